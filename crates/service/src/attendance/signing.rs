//! Codes of checking in, signed by a secret of this installation, so that nobody else makes one.
//! Not for: how long they hold (`domain::attendance::checkin`).

use domain::ids::{OfficialId, SittingId};
use domain::time::Instant;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use store::At;
use store::read::attendance::secret;
use store::write::attendance::keep_secret;

use crate::{ActError, Services};

const NAME: &str = "check_in";
/// Letters of a signature in a code: 128 bits, as short as a code on a screen should be and far beyond guessing in forty seconds.
const SHORT: usize = 32;

/// What is signed: a sitting at a step of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Signed {
    /// The sitting.
    pub(super) sitting: SittingId,
    /// The step.
    pub(super) step: i64,
}

/// For what it is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose<'a> {
    /// The code on the screen.
    Screen,
    /// That somebody with a device scanned it in time, and may still press the button.
    Ticket(OfficialId, &'a str),
}

/// The key of this installation.
pub(super) struct Key(Vec<u8>);

impl Key {
    /// The key, made when there is none.
    pub(super) async fn of(services: &Services, now: Instant) -> Result<Self, ActError> {
        let kept = match secret(At::Reader(&services.db), NAME).await? {
            Some(kept) => kept,
            None => keep_secret(&services.db, NAME, &random(), now).await?,
        };
        Ok(Self(kept.into_bytes()))
    }

    fn mac(&self, signed: Signed, purpose: Purpose<'_>) -> Option<Hmac<Sha256>> {
        let said = match purpose {
            Purpose::Screen => format!("screen/{}/{}", signed.sitting, signed.step),
            Purpose::Ticket(official, device) => format!("ticket/{}/{}/{official}/{device}", signed.sitting, signed.step),
        };
        // Any length of key is a key for this method.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(said.as_bytes());
        Some(mac)
    }

    /// The code.
    pub(super) fn sign(&self, signed: Signed, purpose: Purpose<'_>) -> String {
        let mac = self.mac(signed, purpose).map(|mac| hex(&mac.finalize().into_bytes())).unwrap_or_default();
        format!("{:x}-{:x}-{}", signed.sitting.0, signed.step, mac.get(..SHORT).unwrap_or_default())
    }

    /// What a code says, when it was made here for this purpose.
    pub(super) fn read(&self, code: &str, purpose: Purpose<'_>) -> Option<Signed> {
        let mut parts = code.split('-');
        let (sitting, step, mac) = (parts.next()?, parts.next()?, parts.next()?);
        let number = |text: &str| i64::from_str_radix(text, 16).ok();
        let signed = Signed { sitting: SittingId(number(sitting)?), step: number(step)? };
        let said = bytes(mac).filter(|said| said.len() * 2 == SHORT)?;
        // Compared in the same time wherever they differ.
        self.mac(signed, purpose)?.verify_truncated_left(&said).ok()?;
        parts.next().is_none().then_some(signed)
    }
}

/// A device as it is kept: nobody who reads the database can pass for it.
pub(super) fn device_digest(device: &str) -> String {
    hex(&Sha256::digest(device.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = hex.chars().map(|sign| sign.to_digit(16)).collect::<Option<_>>()?;
    digits.chunks(2).map(|pair| u8::try_from(pair.first()? * 16 + pair.get(1)?).ok()).collect()
}

fn random() -> String {
    let mut bytes = [0_u8; 32];
    // Without randomness no secret may exist: a guessable one would protect nothing.
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    hex(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_here_for_this_is_read() {
        let (key, other) = (Key(b"one".to_vec()), Key(b"other".to_vec()));
        let signed = Signed { sitting: SittingId(7), step: 89_766_000 };
        let code = key.sign(signed, Purpose::Screen);
        assert!(code.len() < 50, "{code}");
        assert_eq!(key.read(&code, Purpose::Screen), Some(signed));
        assert_eq!(other.read(&code, Purpose::Screen), None);
        assert_eq!(key.read(&code.replacen("7-", "8-", 1), Purpose::Screen), None, "another sitting");
        assert_eq!(key.read(&code, Purpose::Ticket(OfficialId(1), "d")), None, "a code on the screen is no ticket");
        let ticket = key.sign(signed, Purpose::Ticket(OfficialId(1), "d"));
        assert_eq!(key.read(&ticket, Purpose::Ticket(OfficialId(1), "d")), Some(signed));
        assert_eq!(key.read(&ticket, Purpose::Ticket(OfficialId(2), "d")), None);
        assert_eq!(key.read(&ticket, Purpose::Ticket(OfficialId(1), "e")), None);
        for odd in ["", "-", "7-5", &format!("{code}-1"), code.split_at(code.len() - 2).0, "7-5-ă", "g-1-00"] {
            assert_eq!(key.read(odd, Purpose::Screen), None, "{odd}");
        }
    }
}
