//! `/lop/{code}/diem`: works and grades of a class: typed in a grid, pasted, imported; amendments after recognition.
//! Not for: recognising (`classes::results`), or what grades propose (`domain::results`).

pub(crate) mod amend;
pub(crate) mod grid;
pub(crate) mod take;
pub(crate) mod works;

use domain::results::{GradeFault, Points, PointsFault, Reason};
use domain::roles::{Act, Forbidden};
use service::grades::{self, GradeSheet, Place, Standing};

use crate::AppState;
use crate::classes::path;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::visitor::SignedIn;

/// The address of the grades of a class, or of something of them.
fn here(code: &str, more: &str) -> String {
    path(code, &format!("/diem{more}"))
}

/// A grade as this language writes it.
pub(crate) fn points(lang: Lang, points: Points) -> String {
    points.text(if lang.is_vi() { ',' } else { '.' })
}

/// The grades, for whoever keeps the class.
async fn kept(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<GradeSheet, WebError> {
    match grades::sheet(&state.services, &signed_in.ctx, code).await {
        Err(service::ActError::Forbidden(_)) => Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses })),
        sheet => Ok(sheet?),
    }
}

/// A reason in words, with whether it speaks against the person.
pub(crate) fn reason(lang: Lang, works: &[grades::WorkLine], reason: &Reason) -> (String, bool) {
    let key = format!("reason-{}", reason.code());
    let name = |at: &usize| works.get(*at).map(|line| line.work.name.clone()).unwrap_or_default();
    match reason {
        Reason::LowShare(share, asked) | Reason::EnoughShare(share, asked) => {
            let values = [("share", lang.short_percent(*share).into()), ("asked", lang.short_percent(asked * 100).into())];
            (lang.with(&key, &values), matches!(reason, Reason::LowShare(..)))
        }
        Reason::NoGrade(at) => (lang.with(&key, &[("work", name(at).into())]), true),
        Reason::BelowPass(at, best, pass) => {
            let values = [("work", name(at).into()), ("best", points(lang, *best).into()), ("pass", points(lang, *pass).into())];
            (lang.with(&key, &values), true)
        }
        Reason::AllPassed(pass) => (lang.with(&key, &[("pass", points(lang, *pass).into())]), false),
        Reason::ShareUnknown | Reason::PassUnknown | Reason::NothingKept => (lang.t(&key), false),
    }
}

/// The articles that the rules of people rest on, each once.
pub(crate) fn articles(lang: Lang, people: &[Standing]) -> Result<(String, bool), WebError> {
    let of = |words: &law::Words| if lang.is_vi() { words.vi.clone() } else { words.en.clone() };
    let (mut told, mut is_unverified): (Vec<String>, bool) = (Vec::new(), false);
    for used in people.iter().flat_map(|one| &one.used) {
        let cites = grades::cited(used)?.iter().map(of).collect::<Vec<_>>().join("; ");
        let text = format!("{}: {} ({cites})", of(&used.title), of(&used.value));
        is_unverified |= used.evidence != law::Evidence::Verified;
        if !told.contains(&text) {
            told.push(text);
        }
    }
    Ok((told.join(" · "), is_unverified))
}

/// Why a grade cannot be read.
fn unread(lang: Lang, fault: PointsFault) -> String {
    lang.code_text("points-fault", fault.code())
}

/// Why a grade cannot stand, with the person and the work.
fn misplaced(lang: Lang, sheet: &GradeSheet, (place, fault): &(Place, GradeFault)) -> String {
    let (official, work, _) = place;
    let person = sheet.people.iter().find(|one| one.attendee.official.0 == *official);
    let name = person.map(|one| one.attendee.official.2.clone()).unwrap_or_default();
    let work = sheet.works.iter().find(|line| line.id == *work).map(|line| line.work.name.clone()).unwrap_or_default();
    let text = lang.code_text("grade-fault", fault.code());
    lang.with("grade-at", &[("name", name.into()), ("work", work.into()), ("text", text.into())])
}
