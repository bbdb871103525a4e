//! Certificates as credentials that foreign programs read: Open Badges 3.0 as JWT, the list of revoked ones as a bitstring, the keys of the
//! issuer as a set and as a `did:web` document.
//! Not for: the seal on paper (`seal`).

use std::io::Write as _;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use domain::certificates::CertificateKind;
use domain::time::{Date, Instant, iso, midnight};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use store::StoreError;
use store::read::certificates::{self as read, CertificateLine};

use super::seal::Sealer;
use super::{address, site};
use crate::{ActError, Ctx, Services};

/// Papers of one list: the least that the standard allows, so that nobody learns from a short list who is on it.
pub const LIST: i64 = 131_072;
/// Seconds after which a list is asked for again.
const LIST_LASTS: i64 = 24 * 60 * 60;

const CONTEXTS: [&str; 2] = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// The name of the issuer among foreign programs: `did:web:host%3Aport`.
#[must_use]
pub fn did(site: &str) -> String {
    let host = site.trim_start_matches("https://").trim_start_matches("http://");
    format!("did:web:{}", host.replace(':', "%3A"))
}

/// 2026-12-01T00:00:00+07:00: the day begins at midnight in Việt Nam.
fn instant_of(day: Date) -> String {
    format!("{}T00:00:00+07:00", iso(day))
}

fn seconds_of(instant: Instant) -> i64 {
    instant.0 / 1_000
}

fn rfc3339(seconds: i64) -> Result<String, StoreError> {
    let at = time::OffsetDateTime::from_unix_timestamp(seconds).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let (day, hour, minute, second) = (at.date(), at.hour(), at.minute(), at.second());
    Ok(format!("{}T{hour:02}:{minute:02}:{second:02}Z", iso(day)))
}

/// The credential of a paper, before it is signed.
fn credential(paper: &CertificateLine, site: &str) -> Value {
    let (printed, here) = (&paper.printed, address(site, &paper.code));
    let list = paper.id.0 / LIST;
    let narrative = format!("{} – {}; {}", iso(printed.days.0), iso(printed.days.1), printed.decision.0);
    json!({
        "@context": CONTEXTS,
        "id": here,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": printed.course,
        "issuer": { "id": did(site), "type": ["Profile"], "name": printed.issuer, "url": site },
        "validFrom": instant_of(printed.issued_on),
        "credentialSubject": {
            "id": format!("{here}#holder"),
            "type": ["AchievementSubject"],
            "identifier": [{ "type": "IdentityObject", "identityHash": printed.name, "identityType": "name", "hashed": false }],
            "activityStartDate": instant_of(printed.days.0),
            "activityEndDate": instant_of(printed.days.1),
            "licenseNumber": paper.symbol,
            "achievement": {
                "id": format!("{here}#course"),
                "type": ["Achievement"],
                "achievementType": match paper.kind {
                    CertificateKind::Certificate => "Certificate",
                    CertificateKind::Completion => "CertificateOfCompletion",
                },
                "name": printed.course,
                "description": printed.course,
                "criteria": { "narrative": narrative },
            },
        },
        "credentialStatus": {
            "id": format!("{}#{}", list_address(site, list), paper.id.0 % LIST),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": (paper.id.0 % LIST).to_string(),
            "statusListCredential": list_address(site, list),
        },
    })
}

fn list_address(site: &str, list: i64) -> String {
    format!("{site}/verify/revoked.jwt?list={list}")
}

/// The JOSE header: the key by its place in the `did:web` document.
fn header(sealer: &Sealer, site: &str) -> Value {
    json!({ "alg": "EdDSA", "typ": "JWT", "kid": format!("{}#{}", did(site), sealer.kid()) })
}

/// The claims of a token beside what it says.
fn with_claims(mut body: Value, from: i64, subject: Option<Value>) -> Value {
    let (issuer, id) = (body.get("issuer").cloned(), body.get("id").cloned());
    if let Some(body) = body.as_object_mut() {
        let issuer = issuer.and_then(|issuer| issuer.get("id").cloned().or(Some(issuer)));
        for (claim, value) in [("iss", issuer), ("jti", id), ("sub", subject), ("nbf", Some(json!(from))), ("iat", Some(json!(from)))] {
            if let Some(value) = value {
                body.insert(claim.to_owned(), value);
            }
        }
    }
    body
}

/// A credential as a JWT, and as a JSON document that envelops it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The compact JWT.
    pub jwt: String,
    /// The W3C envelope of it.
    pub json: String,
}

fn token(sealer: &Sealer, site: &str, body: &Value) -> Token {
    let jwt = sealer.jws(&header(sealer, site), body);
    let json = json!({
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": format!("data:application/vc+jwt,{jwt}"),
    });
    Token { jwt, json: json.to_string() }
}

/// The Open Badge of a paper, for anybody who has its code; none before the first certificate of this site.
///
/// # Errors
/// [`ActError::NotFound`] when the site has no address yet.
pub async fn badge(services: &Services, ctx: &Ctx, paper: &CertificateLine) -> Result<Token, ActError> {
    let site = site(services).await?.ok_or(ActError::NotFound)?;
    let sealer = Sealer::in_use(services, ctx).await?;
    let body = credential(paper, &site);
    let subject = body.pointer("/credentialSubject/id").cloned();
    let from = seconds_of(midnight(paper.printed.issued_on));
    Ok(token(&sealer, &site, &with_claims(body, from, subject)))
}

/// The signed list of papers that are not valid any more: one bit for each paper, by its key.
///
/// # Errors
/// [`ActError::NotFound`] for a list that nobody needs, or before the first certificate of this site.
pub async fn revoked(services: &Services, ctx: &Ctx, list: i64) -> Result<Token, ActError> {
    let site = site(services).await?.ok_or(ActError::NotFound)?;
    if !(0..=1_000).contains(&list) {
        return Err(ActError::NotFound);
    }
    let ended = read::ended(&services.db, list * LIST, (list + 1) * LIST - 1).await?;
    let bits = bits(&ended, list * LIST).ok_or_else(|| StoreError::Unreadable("the list of revoked certificates".to_owned()))?;
    let packed = packed(&bits).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let (here, now) = (list_address(&site, list), seconds_of(ctx.now));
    let body = json!({
        "@context": [CONTEXTS[0]],
        "id": here,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did(&site),
        "validFrom": rfc3339(now)?,
        "validUntil": rfc3339(now + LIST_LASTS)?,
        "credentialSubject": {
            "id": format!("{here}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": format!("u{}", Base64UrlUnpadded::encode_string(&packed)),
        },
    });
    let sealer = Sealer::in_use(services, ctx).await?;
    let subject = json!(format!("{here}#list"));
    Ok(token(&sealer, &site, &with_claims(body, now, Some(subject))))
}

/// Bits by key from the first one on; the highest bit of a byte is the first.
fn bits(keys: &[i64], first: i64) -> Option<Vec<u8>> {
    let mut bits = vec![0_u8; usize::try_from(LIST / 8).ok()?];
    for key in keys {
        let at = key.checked_sub(first)?;
        let byte = bits.get_mut(usize::try_from(at / 8).ok()?)?;
        *byte |= 0x80_u8.checked_shr(u32::try_from(at % 8).ok()?)?;
    }
    Some(bits)
}

fn packed(bits: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bits)?;
    packer.finish()
}

/// Every public key as a JWK set.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn key_set(services: &Services) -> Result<String, ActError> {
    let keys: Vec<Value> = super::public_keys(services).await?.iter().map(super::seal::PublicKey::jwk).collect();
    Ok(json!({ "keys": keys }).to_string())
}

/// The document of the issuer (`did:web`), with every key that it ever signed with.
///
/// # Errors
/// [`ActError::NotFound`] before the first certificate of this site.
pub async fn did_document(services: &Services) -> Result<String, ActError> {
    let site = site(services).await?.ok_or(ActError::NotFound)?;
    let did = did(&site);
    let keys = super::public_keys(services).await?;
    let method = |key: &super::seal::PublicKey| json!({ "id": format!("{did}#{}", key.kid), "type": "JsonWebKey2020", "controller": did, "publicKeyJwk": key.jwk() });
    let ids: Vec<String> = keys.iter().map(|key| format!("{did}#{}", key.kid)).collect();
    let document = json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/suites/jws-2020/v1"],
        "id": did,
        "verificationMethod": keys.iter().map(method).collect::<Vec<_>>(),
        "assertionMethod": ids,
    });
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_is_named_by_its_host_and_port() {
        assert_eq!(did("https://dao-tao.tinh.vn"), "did:web:dao-tao.tinh.vn");
        assert_eq!(did("http://127.0.0.1:8080"), "did:web:127.0.0.1%3A8080");
    }

    #[test]
    fn the_first_paper_of_a_list_is_the_highest_bit_of_its_first_byte() {
        let bits = bits(&[LIST, LIST + 9, 2 * LIST - 1], LIST).unwrap();
        assert_eq!((bits[0], bits[1], bits[16_383], bits.len()), (0x80, 0x40, 0x01, 16_384));
        assert!(super::bits(&[2 * LIST], LIST).is_none() && super::bits(&[LIST - 1], LIST).is_none());
    }
}
