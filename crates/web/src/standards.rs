//! Pages of standards: those in force, their versions, and the acts of an officer on them.
//! Not for: the acts themselves (`service::standards`).

pub(crate) mod edit;
pub(crate) mod effects;
pub(crate) mod list;
pub(crate) mod publish;
pub(crate) mod requirement_form;
pub(crate) mod retire;
pub(crate) mod version;

use domain::roles::{self, Act};
use domain::standards::{Requirement, Standard};
use service::standards::{self, EditRefusal, StandardLine, StandardText, VersionState};

use crate::AppState;
use crate::asked::escaped;
use crate::errors::WebError;
use crate::form::Mistake;
use crate::gaps::words;
use crate::i18n::Lang;
use crate::schemes::faults::{self, FaultRow};
use crate::schemes::life::VersionRow;
use crate::visitor::SignedIn;

const LIST: &str = "/tieu-chuan";

/// The address of a version.
fn path(code: &str, number: i32) -> String {
    format!("{LIST}/{}/ban/{number}", escaped(code))
}

/// Whether the person writes standards of the province.
fn keeps(signed_in: &SignedIn) -> bool {
    signed_in.ctx.who.as_ref().is_some_and(|who| roles::authorise(who, Act::KeepStandards).is_ok())
}

/// A version, ready to print.
fn version_row(lang: Lang, line: &StandardLine) -> VersionRow {
    VersionRow {
        number: line.number,
        state: line.state.code(),
        state_word: lang.code_text("standards-version", line.state.code()),
        note: line.note.clone(),
        saved_at: lang.instant(line.saved_at),
        saved_by: line.saved_by.clone().unwrap_or_else(|| lang.t("version-by-system")),
        href: path(&line.code, line.number),
    }
}

/// A requirement in readable form.
struct RequirementRow {
    code: String,
    title: String,
    subject: String,
    need: String,
    audience: String,
    cites: String,
    validity: String,
    is_verified: bool,
    /// Where it is changed with fields.
    form: Option<String>,
}

fn requirement_row(lang: Lang, requirement: &Requirement, form: Option<String>) -> RequirementRow {
    RequirementRow {
        code: requirement.code.clone(),
        title: lang.of(&requirement.title).to_owned(),
        subject: crate::words::word(lang, "subject", requirement.subject.code()),
        need: words::need(lang, &requirement.need),
        audience: words::audience(lang, &requirement.audience),
        cites: lang.of(&requirement.cites).to_owned(),
        validity: words::validity(lang, requirement),
        is_verified: requirement.is_verified,
        form,
    }
}

fn requirement_rows(lang: Lang, standard: &Standard) -> Vec<RequirementRow> {
    standard.requirements.iter().map(|requirement| requirement_row(lang, requirement, None)).collect()
}

/// A draft, for those who write standards.
async fn draft(state: &AppState, signed_in: &SignedIn, code: &str, number: i32) -> Result<StandardText, WebError> {
    signed_in.ctx.scope(Act::KeepStandards)?;
    let version = standards::version(&state.services, &signed_in.ctx, code, number).await?;
    if version.line.state == VersionState::Draft { Ok(version) } else { Err(WebError::Stale) }
}

/// A refusal as mistakes of the form and of the document; `field` is where the summary leads.
fn refusal(lang: Lang, body: &str, refusal: &EditRefusal, field: &str) -> (Vec<Mistake>, Vec<FaultRow>) {
    let text = match refusal {
        EditRefusal::Faults(found) => return (Vec::new(), faults::rows(lang, body, found)),
        EditRefusal::OtherCode { expected, found } => {
            lang.with("editor-other-code", &[("expected", expected.as_str().into()), ("found", found.as_str().into())])
        }
        EditRefusal::CodeTaken => lang.t("standards-code-taken"),
        EditRefusal::RequirementTaken { requirement, standard } => {
            let pairs = [("requirement", requirement.as_str().into()), ("standard", standard.as_str().into())];
            lang.with("standards-requirement-taken", &pairs)
        }
        EditRefusal::DraftExists { number } => lang.with("editor-draft-exists", &[("number", number.to_string().into())]),
        EditRefusal::WrongState => lang.t("editor-wrong-state"),
    };
    (vec![Mistake::new(field, text)], Vec::new())
}
