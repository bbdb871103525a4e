//! `/lop/{code}/ket-qua/{person}`: the result of somebody changed after it was recognised.
//! Not for: what an amendment moves (`service::grades`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::results::Points;
use domain::training::Outcome;
use service::grades::{self, AmendRefusal, Amendment, Cell, GradeSheet, Standing};

use super::{here, kept, misplaced, points, unread};
use crate::AppState;
use crate::classes::path;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Names of the fields of grades: a form of fields has names that live as long as the program, and a class has at most so many works.
const FIELDS: [[&str; 2]; 20] = [
    ["lan-1-1", "lan-1-2"],
    ["lan-2-1", "lan-2-2"],
    ["lan-3-1", "lan-3-2"],
    ["lan-4-1", "lan-4-2"],
    ["lan-5-1", "lan-5-2"],
    ["lan-6-1", "lan-6-2"],
    ["lan-7-1", "lan-7-2"],
    ["lan-8-1", "lan-8-2"],
    ["lan-9-1", "lan-9-2"],
    ["lan-10-1", "lan-10-2"],
    ["lan-11-1", "lan-11-2"],
    ["lan-12-1", "lan-12-2"],
    ["lan-13-1", "lan-13-2"],
    ["lan-14-1", "lan-14-2"],
    ["lan-15-1", "lan-15-2"],
    ["lan-16-1", "lan-16-2"],
    ["lan-17-1", "lan-17-2"],
    ["lan-18-1", "lan-18-2"],
    ["lan-19-1", "lan-19-2"],
    ["lan-20-1", "lan-20-2"],
];

/// What may become of somebody.
const OUTCOMES: [Outcome; 3] = [Outcome::Finished, Outcome::Failed, Outcome::Withdrawn];

fn found<'s>(sheet: &'s GradeSheet, person: &str) -> Result<&'s Standing, WebError> {
    let is_meant = |one: &&Standing| one.attendee.official.1 == person;
    sheet.people.iter().find(is_meant).filter(|_| !sheet.recognised.is_empty()).ok_or(WebError::NotFound)
}

/// Every grade with its field: the name, the label, what stands.
fn fields<'s>(
    sheet: &'s GradeSheet,
    standing: &'s Standing,
) -> impl Iterator<Item = (&'static str, &'s grades::WorkLine, usize, Option<Points>)> {
    let works = sheet.works.iter().zip(&standing.grades).zip(FIELDS);
    works.flat_map(|((work, attempts), names)| {
        names.into_iter().zip(attempts.0).enumerate().map(move |(attempt, (name, stands))| (name, work, attempt, stands))
    })
}

fn form(signed_in: &SignedIn, sheet: &GradeSheet, standing: &Standing, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let who = &standing.attendee.official;
    let mut all = vec![Field::needed(lang, "amend", "outcome", choices(lang, "outcome", OUTCOMES.iter().map(|one| one.code()), false))];
    for (name, work, attempt, _) in fields(sheet, standing) {
        let key = if attempt == 0 { "grade-of" } else { "grade-of-again" };
        let label = lang.with(key, &[("work", work.work.name.clone().into())]);
        all.push(Field { name, label, hint: None, kind: Kind::Short, needed: false });
    }
    all.extend([
        Field::needed(lang, "amend", "decision", Kind::Short),
        Field::needed(lang, "amend", "decided_on", Kind::Day),
        Field::needed(lang, "amend", "reason", Kind::Words),
    ]);
    let lead = [("name", who.2.clone().into()), ("code", who.1.clone().into())];
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("amend-result")),
        back: (here(&sheet.class.code, ""), lang.t("grades-title")),
        lead: lang.with("amend-lead", &lead),
        action: path(&sheet.class.code, &format!("/ket-qua/{}", who.1)),
        submit: lang.t("amend-do"),
        fields: all,
        typed,
        mistakes,
    }
}

/// The form.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, person)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let sheet = kept(&state, &signed_in, &code).await?;
    let standing = found(&sheet, &person)?;
    let mut typed =
        Typed::of([("outcome", standing.attendee.outcome.code().to_owned()), ("decided_on", domain::time::dmy(signed_in.ctx.today))]);
    for (name, _, _, stands) in fields(&sheet, standing) {
        typed.put(name.to_owned(), stands.map(|stands| points(lang, stands)).unwrap_or_default());
    }
    form(&signed_in, &sheet, standing, typed, Vec::new()).answer()
}

/// Does it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, person)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let sheet = kept(&state, &signed_in, &code).await?;
    let standing = found(&sheet, &person)?;
    let official = standing.attendee.official.0;
    let (mut cells, mut wrong) = (Vec::new(), Vec::new());
    for (name, work, attempt, stands) in fields(&sheet, standing) {
        match typed.text(name).map(Points::parse).transpose() {
            Ok(points) => cells.push(Cell { official, work: work.id, attempt, seen: stands, typed: points }),
            Err(fault) => wrong.push(Mistake::new(name, unread(lang, fault))),
        }
    }
    let day = typed.needed_day(lang, "decided_on", &mut wrong);
    let outcome = typed.code("outcome", Outcome::from_code).unwrap_or(standing.attendee.outcome);
    if let Some(day) = day.filter(|_| wrong.is_empty()) {
        let decision = (typed.words("decision"), day);
        let amendment = Amendment { official, outcome, cells: &cells, decision, reason: typed.words("reason") };
        match refused(grades::amend(&state.services, &signed_in.ctx, &code, &amendment).await)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=sua-ket-qua", path(&code, "")))),
            Err(refusal) => wrong = mistakes(lang, &sheet, refusal),
        }
    }
    form(&signed_in, &sheet, standing, typed, wrong).answer()
}

fn mistakes(lang: Lang, sheet: &GradeSheet, refusal: AmendRefusal) -> Vec<Mistake> {
    let (field, key) = match refusal {
        AmendRefusal::Cells(faults) => return faults.iter().map(|one| Mistake::new("outcome", misplaced(lang, sheet, one))).collect(),
        AmendRefusal::NotNow => ("outcome", "amend-not-now"),
        AmendRefusal::NotLearner => ("outcome", "amend-not-learner"),
        AmendRefusal::OddOutcome => ("outcome", "amend-odd-outcome"),
        AmendRefusal::NothingChanged => ("outcome", "amend-nothing"),
        AmendRefusal::NoDecision => ("decision", "amend-no-decision"),
        AmendRefusal::OddDay => ("decided_on", "amend-odd-day"),
        AmendRefusal::NoReason => ("reason", "amend-no-reason"),
    };
    vec![Mistake::new(field, lang.t(key))]
}
