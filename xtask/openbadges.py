"""Asks openbadgeslib, which knows nothing of Khuê Văn, about the credentials of a running server.

Called with the address of the server, a code that is valid and one that was revoked. The identity of the issuer is resolved from the
server as a verifier anywhere would do it; only plain HTTP on the loopback address stands in for TLS.
"""

import json
import sys
import urllib.request

from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

ADDRESS, VALID, REVOKED, RECIPIENT = sys.argv[1:5]
DID = "did:web:" + ADDRESS.replace(":", "%3A")


def download(url):
    """What the library would fetch over HTTPS."""
    if not url.startswith(("https://" + ADDRESS + "/", "http://" + ADDRESS + "/")):
        raise ValueError("a foreign address was asked for: " + url)
    with urllib.request.urlopen(url.replace("https://", "http://", 1), timeout=20) as answer:
        return answer.read()


def token(code):
    return download("http://%s/verify/%s/badge.jwt" % (ADDRESS, code)).decode()


def verifier():
    return OB3Verifier.for_issuer_did(DID, download=download)


def refused(what, attempt):
    try:
        attempt()
    except OB3VerificationError as error:
        print("SUCCESS refused, %s: %s" % (what, error))
    else:
        print("ERROR accepted, although %s" % what)


def flipped(text, part):
    """The token with one letter changed in one of its three parts."""
    parts = text.strip().split(".")
    letters = parts[part]
    at = len(letters) // 2
    parts[part] = letters[:at] + ("A" if letters[at] != "A" else "B") + letters[at + 1:]
    return ".".join(parts)


def main():
    good = token(VALID)
    credential = verifier().verify(good, check_status=True, download=download)
    print("SUCCESS accepted: %s for %s" % (credential.achievement.name, credential.identifiers[0].identity_hash))
    if credential.identifiers[0].identity_hash != RECIPIENT:
        print("ERROR it names %s instead of %s" % (credential.identifiers[0].identity_hash, RECIPIENT))
    envelope = json.loads(download("http://%s/verify/%s/badge.json" % (ADDRESS, VALID)))
    enveloped = envelope["id"].split(",", 1)[1]
    verifier().verify(enveloped, check_status=True, download=download)
    print("SUCCESS accepted: the same in its envelope")
    bad = token(REVOKED)
    verifier().verify(bad)
    print("SUCCESS accepted: the signature of the revoked one, when nobody asks for its state")
    refused("it was revoked", lambda: verifier().verify(bad, check_status=True, download=download))
    for part, name in enumerate(["header", "body", "signature"]):
        refused("its %s was changed" % name, lambda: verifier().verify(flipped(good, part)))
    other = "did:web:example.org"
    refused("another issuer is expected", lambda: OB3Verifier(
        pubkey_pem=verifier().pubkey_pem, issuer_did=other).verify(good))


main()
