//! The seal of a certificate: a compact JWS (EdDSA, Ed25519) of what is printed, so that whoever has the public key checks it without asking
//! anybody; the keys, made at first use, replaced from the terminal.
//! Not for: whether a paper was taken back since; only the register and the list of revoked papers tell that.

use ::documents::papers::{ScanError, read_qr};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use domain::certificates::CertificateKind;
use domain::time::{Instant, iso};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::read::certificates::{KeyLine, Printed, keys};
use store::write::certificates::add_key;
use store::{At, StoreError};

use crate::noting::note;
use crate::{ActError, Ctx, Services};

/// What a seal says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The code by which the paper is found.
    pub code: String,
    /// Number and sign.
    pub no: String,
    /// Kind, by code.
    pub kind: String,
    /// Name of the person.
    pub name: String,
    /// Name of the course.
    pub course: String,
    /// First day, yyyy-mm-dd.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Who granted it.
    pub issuer: String,
    /// When.
    pub issued: String,
}

impl Sealed {
    pub(super) fn of(code: &str, symbol: &str, kind: CertificateKind, printed: &Printed) -> Self {
        Self {
            code: code.to_owned(),
            no: symbol.to_owned(),
            kind: kind.code().to_owned(),
            name: printed.name.clone(),
            course: printed.course.clone(),
            from: iso(printed.days.0),
            to: iso(printed.days.1),
            issuer: printed.issuer.clone(),
            issued: iso(printed.issued_on),
        }
    }
}

/// Why a seal is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// It has not the form of one.
    #[error("this is no seal of a certificate")]
    Form,
    /// None of the keys is the one it names.
    #[error("it was sealed with a key that is not known here")]
    UnknownKey,
    /// It was changed, or sealed by somebody else.
    #[error("the signature does not fit: it was changed, or somebody else made it")]
    Signature,
}

impl SealFault {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::UnknownKey => "unknown_key",
            Self::Signature => "signature",
        }
    }
}

/// A public key with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// How it is called.
    pub kid: String,
    key: VerifyingKey,
    /// Since when it is used.
    pub made_at: Instant,
    /// Since when it is not.
    pub retired_at: Option<Instant>,
}

impl PublicKey {
    fn of(line: &KeyLine) -> Result<Self, StoreError> {
        let key = public_of(&line.public).ok_or_else(|| StoreError::Unreadable("a public key".to_owned()))?;
        Ok(Self { kid: line.kid.clone(), key, made_at: line.made_at, retired_at: line.retired_at })
    }

    /// As a JWK (RFC 8037).
    #[must_use]
    pub fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": Base64UrlUnpadded::encode_string(self.key.as_bytes()), "kid": self.kid, "alg": "EdDSA", "use": "sig" })
    }

    /// Keys of a JWK, of a set of them, or of the bare `x` of one.
    #[must_use]
    pub fn read(text: &str) -> Vec<Self> {
        let of = |x: &str, kid: Option<&str>| {
            let key = public_of(x.trim())?;
            Some(Self { kid: kid.map_or_else(|| name_of(&key), str::to_owned), key, made_at: Instant(0), retired_at: None })
        };
        let Ok(value) = serde_json::from_str::<Value>(text) else { return of(text, None).into_iter().collect() };
        let one = |jwk: &Value| of(jwk.get("x")?.as_str()?, jwk.get("kid").and_then(Value::as_str));
        match value.get("keys").and_then(Value::as_array) {
            Some(list) => list.iter().filter_map(one).collect(),
            None => one(&value).into_iter().collect(),
        }
    }
}

fn public_of(text: &str) -> Option<VerifyingKey> {
    let bytes = Base64UrlUnpadded::decode_vec(text).ok()?;
    VerifyingKey::from_bytes(bytes.as_slice().try_into().ok()?).ok()
}

/// The name of a key is the beginning of its digest, so that two keys never share one.
fn name_of(key: &VerifyingKey) -> String {
    let digest = Sha256::digest(key.as_bytes());
    Base64UrlUnpadded::encode_string(&digest).chars().take(8).collect()
}

/// Whoever seals: the key in use.
pub struct Sealer {
    key: SigningKey,
    kid: String,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealer").field("kid", &self.kid).finish_non_exhaustive()
    }
}

impl Sealer {
    fn fresh() -> Self {
        let mut bytes = [0_u8; 32];
        // Without randomness no key may exist.
        if getrandom::fill(&mut bytes).is_err() {
            std::process::abort();
        }
        let key = SigningKey::from_bytes(&bytes);
        let kid = name_of(&key.verifying_key());
        Self { key, kid }
    }

    fn of(line: &KeyLine) -> Result<Self, StoreError> {
        let broken = || StoreError::Unreadable("the signing key".to_owned());
        let secret = line.secret.as_deref().ok_or_else(broken)?;
        let bytes = Base64UrlUnpadded::decode_vec(secret).map_err(|_| broken())?;
        let key = SigningKey::from_bytes(bytes.as_slice().try_into().map_err(|_| broken())?);
        Ok(Self { key, kid: line.kid.clone() })
    }

    /// The key in use; made when there is none yet.
    ///
    /// # Errors
    /// [`StoreError`] when the database fails or holds something else.
    pub(crate) async fn in_use(services: &Services, ctx: &Ctx) -> Result<Self, ActError> {
        let found = keys(At::Reader(&services.db)).await?;
        match found.first().filter(|key| key.retired_at.is_none()) {
            Some(line) => Ok(Self::of(line)?),
            None => match put(services, ctx, Self::fresh()).await {
                // Another process was quicker; its key is the one in use.
                Err(ActError::Stale) => Ok(Self::of(keys(At::Reader(&services.db)).await?.first().ok_or(StoreError::NotFound)?)?),
                made => made,
            },
        }
    }

    /// The name of the key.
    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey { kid: self.kid.clone(), key: self.key.verifying_key(), made_at: Instant(0), retired_at: None }
    }

    /// Seals what a certificate says.
    #[must_use]
    pub fn seal(&self, sealed: &Sealed) -> String {
        self.jws(&json!({ "alg": "EdDSA", "kid": self.kid }), &json!(sealed))
    }

    /// A compact JWS.
    pub(super) fn jws(&self, header: &Value, payload: &Value) -> String {
        let part = |value: &Value| Base64UrlUnpadded::encode_string(value.to_string().as_bytes());
        let text = format!("{}.{}", part(header), part(payload));
        let signature = self.key.sign(text.as_bytes());
        format!("{text}.{}", Base64UrlUnpadded::encode_string(&signature.to_bytes()))
    }
}

async fn put(services: &Services, ctx: &Ctx, sealer: Sealer) -> Result<Sealer, ActError> {
    let encoded = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    let tx = services.db.write().await?;
    let (public, secret) = (encoded(sealer.key.verifying_key().as_bytes()), encoded(&sealer.key.to_bytes()));
    add_key(&tx, &sealer.kid, &public, &secret, ctx.now).await?;
    note(&tx, ctx, "certificate.key", &format!("key/{}", sealer.kid), "").await?;
    tx.commit().await?;
    Ok(sealer)
}

/// Puts a new key into use; what the ones before sealed stays proven by their public halves. From the terminal only.
///
/// # Errors
/// [`ActError::Stale`] when another process did the same at the same time.
pub async fn new_key(services: &Services, ctx: &Ctx) -> Result<PublicKey, ActError> {
    Ok(put(services, ctx, Sealer::fresh()).await?.public())
}

/// Every public key, the one in use first; they are for everybody.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn public_keys(services: &Services) -> Result<Vec<PublicKey>, ActError> {
    let lines = keys(At::Reader(&services.db)).await?;
    Ok(lines.iter().map(PublicKey::of).collect::<Result<_, _>>()?)
}

/// The seal in a text: the text itself, or what follows the `#` of an address.
#[must_use]
pub fn in_text(text: &str) -> &str {
    let text = text.trim();
    text.rsplit_once('#').map_or(text, |(_, seal)| seal)
}

/// What a seal says, when one of these keys made it.
///
/// # Errors
/// [`SealFault`].
pub fn check(text: &str, keys: &[PublicKey]) -> Result<Sealed, SealFault> {
    let text = in_text(text);
    let (signed, signature) = text.rsplit_once('.').ok_or(SealFault::Form)?;
    let (header, payload) = signed.split_once('.').ok_or(SealFault::Form)?;
    let decoded = |part: &str| Base64UrlUnpadded::decode_vec(part).map_err(|_| SealFault::Form);
    let header: Value = serde_json::from_slice(&decoded(header)?).map_err(|_| SealFault::Form)?;
    if header.get("alg").and_then(Value::as_str) != Some("EdDSA") {
        return Err(SealFault::Form);
    }
    let kid = header.get("kid").and_then(Value::as_str).ok_or(SealFault::Form)?;
    let key = keys.iter().find(|key| key.kid == kid).ok_or(SealFault::UnknownKey)?;
    let signature = Signature::from_slice(&decoded(signature)?).map_err(|_| SealFault::Form)?;
    key.key.verify_strict(signed.as_bytes(), &signature).map_err(|_| SealFault::Signature)?;
    serde_json::from_slice(&decoded(payload)?).map_err(|_| SealFault::Form)
}

/// The text in a file: of the code on a printed or scanned certificate (PDF, PNG, JPEG), or the file itself.
///
/// # Errors
/// What keeps a PDF or picture from being read.
pub fn in_file(bytes: Vec<u8>) -> Result<Option<String>, ScanError> {
    match read_qr(&bytes) {
        Err(ScanError::UnknownFormat) => Ok(String::from_utf8(bytes).ok()),
        read => read,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sealed(name: &str) -> Sealed {
        Sealed {
            code: "ABC".to_owned(),
            no: "0001/2026/CC-H99".to_owned(),
            kind: "certificate".to_owned(),
            name: name.to_owned(),
            course: "Kỹ năng số".to_owned(),
            from: "2026-12-07".to_owned(),
            to: "2026-12-11".to_owned(),
            issuer: "Trường Chính trị".to_owned(),
            issued: "2026-12-20".to_owned(),
        }
    }

    #[test]
    fn a_seal_is_taken_with_its_key_alone_also_after_the_sign_of_an_address() {
        let (sealer, other) = (Sealer::fresh(), Sealer::fresh());
        let seal = sealer.seal(&sealed("Nguyễn Văn Mẫu"));
        assert_eq!(check(&seal, &[other.public(), sealer.public()]), Ok(sealed("Nguyễn Văn Mẫu")));
        assert_eq!(check(&format!(" https://a.vn/verify/ABC#{seal}\n"), &[sealer.public()]), Ok(sealed("Nguyễn Văn Mẫu")));
        assert_eq!(check(&seal, &[other.public()]), Err(SealFault::UnknownKey));
        let lying = PublicKey { kid: sealer.kid.clone(), ..other.public() };
        assert_eq!(check(&seal, &[lying]), Err(SealFault::Signature));
        for odd in ["", "a.b", "a.b.c", "https://a.vn/verify/ABC"] {
            assert_eq!(check(odd, &[sealer.public()]), Err(SealFault::Form), "{odd}");
        }
    }

    #[test]
    fn a_header_that_asks_for_no_signature_is_no_seal() {
        let sealer = Sealer::fresh();
        for alg in ["none", "HS256"] {
            let text = sealer.jws(&json!({ "alg": alg, "kid": sealer.kid }), &json!(sealed("A")));
            assert_eq!(check(&text, &[sealer.public()]), Err(SealFault::Form));
        }
    }

    #[test]
    fn keys_are_read_from_a_set_from_one_and_from_its_bare_half() {
        let key = Sealer::fresh().public();
        let jwk = key.jwk();
        for text in [json!({ "keys": [jwk] }).to_string(), jwk.to_string(), jwk["x"].as_str().unwrap().to_owned()] {
            let found = PublicKey::read(&text);
            assert_eq!(found.iter().map(|found| (&found.kid, found.key)).collect::<Vec<_>>(), [(&key.kid, key.key)]);
        }
        assert!(PublicKey::read("khong-phai").is_empty() && PublicKey::read("{}").is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_other_letter_spoils_a_seal(name in "\\PC{1,40}", at in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_-]") {
            let sealer = Sealer::fresh();
            let seal = sealer.seal(&sealed(&name));
            prop_assert_eq!(check(&seal, &[sealer.public()]), Ok(sealed(&name)));
            let mut letters: Vec<char> = seal.chars().collect();
            let at = at.index(letters.len());
            let letter = letter.chars().next().unwrap();
            prop_assume!(letters[at] != letter && letters[at] != '.');
            letters[at] = letter;
            prop_assert!(check(&letters.into_iter().collect::<String>(), &[sealer.public()]).is_err());
        }
    }
}
