//! The grid of grades: everybody of a class beside its works, first attempt and repeat.
//! Not for: pasting (`take`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{OfficialId, WorkId};
use domain::results::Points;
use domain::training::Outcome;
use service::grades::{self, Cell, GradeRefusal, GradeSheet, Place, Standing};

use super::{articles, here, kept, misplaced, points, reason, unread};
use crate::AppState;
use crate::classes::path;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "grades/grid.html")]
struct GridPage {
    shell: Shell,
    back: (String, String),
    action: String,
    works_href: String,
    take_href: String,
    results_href: String,
    attendance_href: String,
    may_change: bool,
    rule: String,
    is_unverified: bool,
    works: Vec<(String, String)>,
    rows: Vec<Row>,
    mistakes: Vec<Mistake>,
}

struct Row {
    name: String,
    code: String,
    works: Vec<(String, Vec<Grade>)>,
    share: String,
    overall: String,
    band: String,
    proposed: Option<(&'static str, String)>,
    reasons: Vec<(String, bool)>,
    amend: Option<String>,
}

/// One field: what stands, what was seen, what is typed.
struct Grade {
    name: String,
    label: String,
    seen: String,
    typed: String,
    is_wrong: bool,
}

/// The field of a grade: whose, for which work, which attempt.
fn field((official, work, attempt): Place) -> String {
    format!("{official}-{work}-{}", attempt + 1)
}

/// The chip of an outcome.
pub(crate) fn chip(lang: Lang, outcome: Outcome) -> (&'static str, String) {
    let icon = match outcome {
        Outcome::Finished => "done",
        Outcome::Failed => "missed",
        Outcome::Withdrawn => "not_started",
        Outcome::Studying => "open",
    };
    (icon, word(lang, "outcome", outcome.code()))
}

fn row(lang: Lang, sheet: &GradeSheet, standing: &Standing, typed: &Typed, wrong: &[Mistake]) -> Row {
    let who = &standing.attendee.official;
    let grade = |work: &grades::WorkLine, attempt: usize, stands: Option<Points>| {
        let name = field((who.0, work.id, attempt));
        let shown = stands.map(|stands| points(lang, stands)).unwrap_or_default();
        let key = format!("diem-{name}");
        let label = [("work", work.work.name.clone().into()), ("name", who.2.clone().into())];
        Grade {
            label: lang.with(if attempt == 0 { "grade-label" } else { "grade-label-again" }, &label),
            seen: typed.text(&format!("da-{name}")).map_or_else(|| shown.clone(), str::to_owned),
            typed: if typed.is_ticked(&key) { typed.words(&key).to_owned() } else { shown },
            is_wrong: crate::form::of_field(wrong, &key).is_some(),
            name,
        }
    };
    let works = sheet.works.iter().zip(&standing.grades);
    let cells = works.map(|(work, attempts)| {
        let grades = attempts.0.iter().enumerate().map(|(at, stands)| grade(work, at, *stands)).collect();
        (work.work.name.clone(), grades)
    });
    let is_open = sheet.may_change;
    Row {
        name: who.2.clone(),
        code: who.1.clone(),
        works: cells.collect(),
        share: standing.share.basis_points().map(|share| lang.short_percent(share)).unwrap_or_default(),
        overall: standing.proposal.overall.map(|overall| points(lang, overall)).unwrap_or_default(),
        band: standing.band.as_ref().map(|band| if lang.is_vi() { band.name.vi.clone() } else { band.name.en.clone() }).unwrap_or_default(),
        proposed: if is_open { standing.proposal.outcome } else { Some(standing.attendee.outcome) }.map(|outcome| chip(lang, outcome)),
        reasons: standing.proposal.reasons.iter().map(|one| reason(lang, &sheet.works, one)).collect(),
        amend: (!is_open && !sheet.recognised.is_empty()).then(|| path(&sheet.class.code, &format!("/ket-qua/{}", who.1))),
    }
}

fn page(signed_in: &SignedIn, sheet: &GradeSheet, typed: &Typed, status: StatusCode, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let code = &sheet.class.code;
    let (rule, is_unverified) = articles(lang, &sheet.people)?;
    let is_shown = |one: &&Standing| one.attendee.outcome != Outcome::Withdrawn;
    let rows = sheet.people.iter().filter(is_shown).map(|one| row(lang, sheet, one, typed, &mistakes)).collect();
    let weight = |line: &grades::WorkLine| match line.work.weight {
        0 => word(lang, "work-kind", line.work.kind.code()),
        n => format!(
            "{} · {}",
            word(lang, "work-kind", line.work.kind.code()),
            lang.with("work-weighs", &[("n", lang.number(n.into()).into())])
        ),
    };
    let page = GridPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("grades-title")),
        back: (path(code, ""), sheet.class.terms.name.clone()),
        action: here(code, ""),
        works_href: here(code, "/bai"),
        take_href: here(code, "/dan"),
        results_href: path(code, "/ket-qua"),
        attendance_href: path(code, "/diem-danh"),
        may_change: sheet.may_change,
        rule,
        is_unverified,
        works: sheet.works.iter().map(|line| (line.work.name.clone(), weight(line))).collect(),
        rows,
        mistakes,
    };
    shell::page_with(status, &page)
}

/// The grid.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let sheet = kept(&state, &signed_in, &code).await?;
    page(&signed_in, &sheet, &Typed::default(), StatusCode::OK, Vec::new())
}

/// What was typed, and what cannot be read of it.
fn cells(lang: Lang, sheet: &GradeSheet, typed: &Typed) -> (Vec<Cell>, Vec<Mistake>) {
    let (mut cells, mut wrong) = (Vec::new(), Vec::new());
    for standing in &sheet.people {
        for work in &sheet.works {
            for attempt in 0..2 {
                let place: (OfficialId, WorkId, usize) = (standing.attendee.official.0, work.id, attempt);
                let name = field(place);
                let key = format!("diem-{name}");
                if !typed.is_ticked(&key) {
                    continue;
                }
                let seen = Points::parse(typed.words(&format!("da-{name}"))).ok();
                match typed.text(&key).map(Points::parse).transpose() {
                    Ok(points) => cells.push(Cell { official: place.0, work: place.1, attempt, seen, typed: points }),
                    Err(fault) => {
                        let name = standing.attendee.official.2.clone();
                        let values = [("name", name.into()), ("work", work.work.name.clone().into()), ("text", unread(lang, fault).into())];
                        wrong.push(Mistake::new(&key, lang.with("grade-at", &values)));
                    }
                }
            }
        }
    }
    (cells, wrong)
}

/// Keeps the grid.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let sheet = kept(&state, &signed_in, &code).await?;
    let (cells, mut wrong) = cells(lang, &sheet, &typed);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if wrong.is_empty() {
        match refused(grades::put(&state.services, &signed_in.ctx, &code, &cells).await)? {
            Ok(_) => return Ok(shell::see_other(&format!("{}?xong=diem", here(&code, "")))),
            Err(GradeRefusal::Cells(faults)) => {
                if faults.iter().any(|(_, fault)| *fault == domain::results::GradeFault::Changed) {
                    status = StatusCode::CONFLICT;
                }
                wrong = faults.iter().map(|one| Mistake::new(&format!("diem-{}", field(one.0)), misplaced(lang, &sheet, one))).collect();
            }
            Err(GradeRefusal::NotNow | GradeRefusal::Works(_)) => wrong = vec![Mistake::new("bang", lang.t("grades-not-now"))],
        }
    }
    if status == StatusCode::CONFLICT {
        // What somebody else typed stands beside what was typed here; seen once, it may be overwritten.
        let sheet = kept(&state, &signed_in, &code).await?;
        let shown = typed.all_but("da-");
        return page(&signed_in, &sheet, &shown, status, wrong);
    }
    page(&signed_in, &sheet, &typed, status, wrong)
}
