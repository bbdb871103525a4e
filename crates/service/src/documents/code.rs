//! The code at the foot of a paper: a reference without an address, `KV1:<paper>:<kind>:<digest>`, and reading it back from a scan.
//! Not for: filing a scan (`papers`).

use ::documents::papers::{ScanError, read_qr};
use domain::ids::CaseId;
use domain::papers::PaperKind;
use store::read::papers::Case;

use crate::sessions::digest_of;

/// Digits of the digest that a code shows: it is to be read from paper.
const DIGITS: usize = 8;

/// What a code says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The paper.
    pub case: CaseId,
    /// What it is.
    pub kind: PaperKind,
    digest: String,
}

impl Code {
    /// The code of a paper.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let said = format!("{}:{}:{}:{}", case.id, case.kind, case.subject, case.opened_at.0);
        let digest = digest_of(&[said.as_bytes()]).chars().take(DIGITS).collect();
        Self { case: case.id, kind: case.kind, digest }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("KV1:{}:{}:{}", self.case, self.kind, self.digest)
    }

    /// The code that a text is; none when it is something else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("KV1:")?.split(':');
        let (case, kind, digest) = (parts.next()?.parse().ok()?, PaperKind::from_code(parts.next()?)?, parts.next()?.to_owned());
        parts.next().is_none().then_some(Self { case: CaseId(case), kind, digest })
    }
}

/// The code on a scan; none when there is none that is ours.
///
/// # Errors
/// [`ScanError`] when the file cannot be read.
pub async fn read_code(bytes: Vec<u8>) -> Result<Option<Code>, ScanError> {
    let read = tokio::task::spawn_blocking(move || read_qr(&bytes)).await;
    let text = read.unwrap_or_else(|error| Err(ScanError::Damaged(error.to_string())))?;
    Ok(text.as_deref().and_then(Code::parse))
}
