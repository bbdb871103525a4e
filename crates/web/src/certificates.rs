//! Certificates: those of a class with issuing and printing, the register, one of them, and what anybody with a code is shown.
//! Not for: rules (`domain::certificates`), or what an act does (`service::certificates`).

pub(crate) mod class;
pub(crate) mod one;
pub(crate) mod register;
pub(crate) mod verify;

use domain::certificates::{CertificateFault, CertificateState};
use domain::ids::CertificateId;
use service::certificates::{CertificateLine, CertificateRefusal};

use crate::form::Mistake;
use crate::i18n::Lang;
use crate::words::word;

/// Where the register is.
pub(crate) const HERE: &str = "/chung-nhan";

/// The address of a paper, or of something of it.
pub(crate) fn path(id: CertificateId, more: &str) -> String {
    format!("{HERE}/{id}{more}")
}

/// The chip of a state: picture and word.
fn chip(lang: Lang, state: CertificateState) -> (&'static str, String) {
    let icon = match state {
        CertificateState::Valid => "done",
        CertificateState::Replaced => "continuous",
        CertificateState::Revoked => "missed",
    };
    (icon, word(lang, "certificate-state", state.code()))
}

/// A paper in a table.
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) pdf: String,
    pub(crate) symbol: String,
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) course: String,
    pub(crate) class: (String, String),
    pub(crate) kind: String,
    pub(crate) issued: String,
    pub(crate) state: (&'static str, String),
}

/// A paper as a row.
pub(crate) fn row(lang: Lang, line: &CertificateLine) -> Row {
    Row {
        href: path(line.id, ""),
        pdf: path(line.id, "/ban.pdf"),
        symbol: line.symbol.clone(),
        name: line.printed.name.clone(),
        code: line.official.1.clone(),
        course: line.printed.course.clone(),
        class: (crate::classes::path(&line.class.1, ""), line.class.1.clone()),
        kind: word(lang, "certificate-kind", line.kind.code()),
        issued: lang.date(line.printed.issued_on),
        state: chip(lang, line.state),
    }
}

/// The words of a refusal, each at the field it concerns.
fn mistakes(lang: Lang, refusal: CertificateRefusal) -> Vec<Mistake> {
    match refusal {
        CertificateRefusal::Faults(faults) => {
            faults.into_iter().map(|fault| Mistake::new(field(fault), lang.code_text("certificate-fault", fault.code()))).collect()
        }
        CertificateRefusal::BadSite => vec![Mistake::new("site", lang.t("certificate-bad-site"))],
        CertificateRefusal::Empty(field) => vec![Mistake::new(field, lang.t("certificate-empty"))],
        CertificateRefusal::NobodyLeft => vec![Mistake::new("issued_on", lang.t("certificate-nobody-left"))],
    }
}

const fn field(fault: CertificateFault) -> &'static str {
    match fault {
        CertificateFault::NoDecision => "decision",
        CertificateFault::NoSigner => "signer_name",
        CertificateFault::OddDay => "issued_on",
        CertificateFault::NotRecognised
        | CertificateFault::NotFinished
        | CertificateFault::AlreadyGranted
        | CertificateFault::NotValid
        | CertificateFault::NotACertificate
        | CertificateFault::NoReason => "reason",
    }
}
