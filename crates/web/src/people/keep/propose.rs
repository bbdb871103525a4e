//! `/nhan-su/{code}/de-nghi`: what an official proposes to correct in the own record, and what became of it.
//! Not for: deciding (`decide`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::people::Sex;
use domain::register::corrections::{About, CorrectionState, ProposalFault, Wish};
use domain::register::{ETHNIC_GROUPS, IdentityField};
use domain::time::{self, iso};
use service::registry::{self, CorrectionLine, Person, ProposalRefusal, Proposed};

use super::record_path;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::people::person::span;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "people/proposals.html")]
struct ProposalsPage {
    shell: Shell,
    record: String,
    /// What can be proposed about: address and text, under a heading each.
    groups: Vec<(String, Vec<(String, String)>)>,
    proposals: Vec<Told>,
}

/// A proposal as people read it.
pub(super) struct Told {
    pub(super) id: i64,
    pub(super) person: String,
    pub(super) record: String,
    pub(super) what: String,
    pub(super) values: Vec<(String, String, String)>,
    pub(super) words: String,
    pub(super) when: String,
    pub(super) state: String,
    pub(super) icon: &'static str,
    pub(super) decided: Option<String>,
    pub(super) answer: Option<String>,
    pub(super) is_open: bool,
}

/// A stored value as people read it.
fn shown(lang: Lang, field: &str, value: &str) -> String {
    match field {
        _ if value.is_empty() => lang.t("keep-unknown"),
        "sex" => word(lang, "person-sex", value),
        "ethnicity" => lang.code_text("ethnicity", value),
        name if name.ends_with("_on") => time::parse(value).map_or_else(|| value.to_owned(), |day| lang.date(day)),
        _ => value.to_owned(),
    }
}

fn label(lang: Lang, field: &str) -> String {
    if field == "post" { lang.t("keep-post") } else { lang.code_text("column", field) }
}

/// The same for a list, in which nobody looks for anything in particular: what is masked stays so.
pub(super) fn told_masked(lang: Lang, line: &CorrectionLine) -> Told {
    let mut masked = line.clone();
    masked.values.retain(|w| !IdentityField::masks(&w.field));
    let hidden = line.values.iter().filter(|w| IdentityField::masks(&w.field));
    let hidden = hidden.map(|w| (label(lang, &w.field), lang.t("official-masked"), lang.t("official-masked")));
    let mut told = told(lang, &masked);
    told.values.extend(hidden);
    told
}

/// A proposal with all its values.
pub(super) fn told(lang: Lang, line: &CorrectionLine) -> Told {
    let what = [("what", lang.code_text("keep-row", line.about.code()).into())];
    let decided = line.decided_at.map(|at| match &line.decided_by {
        Some(who) => format!("{} · {who}", lang.instant(at)),
        None => lang.instant(at),
    });
    let value = |w: &registry::WantedValue| (label(lang, &w.field), shown(lang, &w.field, &w.now), shown(lang, &w.field, &w.wanted));
    Told {
        id: line.id,
        person: format!("{} ({})", line.name, line.code),
        record: record_path(&line.code),
        what: lang.with(&format!("correction-wish-{}", line.wish.code()), &what),
        values: line.values.iter().map(value).collect(),
        words: line.words.clone(),
        when: lang.instant(line.proposed_at),
        state: lang.code_text("correction-state", line.state.code()),
        icon: match line.state {
            CorrectionState::Open => "due",
            CorrectionState::Accepted => "done",
            CorrectionState::Refused => "missed",
            CorrectionState::Withdrawn => "not_started",
        },
        decided,
        answer: line.answer.clone(),
        is_open: line.state == CorrectionState::Open,
    }
}

fn groups(lang: Lang, official: &Person) -> Vec<(String, Vec<(String, String)>)> {
    let path = |about: About, row: i64| format!("{}/de-nghi/{}/{row}", record_path(&official.code), about.code());
    let missing = |about: About| (path(about, 0), lang.t("correction-is-missing"));
    let group = |heading: &str, about: About, lines: Vec<(i64, String)>| {
        let lines = lines.into_iter().map(|(row, text)| (path(about, row), text));
        (lang.t(heading), lines.chain([missing(about)]).collect())
    };
    let postings = official.postings.iter().map(|p| (p.id, format!("{}: {}, {}", span(lang, &p.during), p.post, p.unit.1)));
    let paper = |q: &registry::QualificationLine| {
        (q.id, format!("{}: {}", lang.date(q.granted_on), word(lang, "person-qualification", q.kind.code())))
    };
    let record = |r: &registry::RecordLine| {
        let what = r.class.as_ref().map(|(_, name)| name.clone()).unwrap_or_else(|| word(lang, "training", r.kind.code()));
        (r.id, format!("{}: {what}", lang.date(r.starts_on)))
    };
    vec![
        (lang.t("official-facts"), vec![(path(About::Official, 0), lang.t("keep-amend"))]),
        group("official-postings", About::Posting, postings.collect()),
        group("official-qualifications", About::Qualification, official.qualifications.iter().map(paper).collect()),
        group("official-records", About::TrainingRecord, official.records.iter().map(record).collect()),
    ]
}

/// The own proposals, and what another could be about.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let lines = registry::own_corrections(&state.services, &signed_in.ctx, &code).await?;
    let official = registry::person(&state.services, &signed_in.ctx, &code).await?;
    shell::page(&ProposalsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("correction-own")),
        record: record_path(&code),
        groups: groups(lang, &official),
        proposals: lines.iter().map(|line| told(lang, line)).collect(),
    })
}

/// About what, by its code and row; row 0 is the identity, or a line that is missing.
fn about(kind: &str, row: i64) -> Result<(About, Option<i64>), WebError> {
    let about = About::from_code(kind).ok_or(WebError::NotFound)?;
    Ok((about, Some(row).filter(|row| *row != 0 && about != About::Official)))
}

fn kind(lang: Lang, field: &str) -> Kind {
    match field {
        "sex" => choices(lang, "person-sex", Sex::ALL.iter().map(|s| s.code()), false),
        "ethnicity" => {
            let named = |n: i32| (n.to_string(), format!("{n:02} · {}", lang.code_text("ethnicity", &n.to_string())));
            Kind::Choice(ETHNIC_GROUPS.map(named).collect())
        }
        name if name.ends_with("_on") => Kind::Day,
        "grade" | "number" | "decision_number" | "citizen_number" | "record_code" | "periods" => Kind::Short,
        _ => Kind::Line,
    }
}

/// Values that a record always has.
const NEEDED: &[&str] = &["name", "birth_on", "sex", "ethnicity", "post", "starts_on", "granted_on", "periods"];

fn fields(lang: Lang, about: About, row: Option<i64>) -> Vec<Field> {
    let is_line = row.is_some() || about == About::Official;
    let known: &[&'static str] = if is_line { about.fields() } else { &[] };
    let field =
        |name: &&'static str| Field { name, label: label(lang, name), hint: None, kind: kind(lang, name), needed: NEEDED.contains(name) };
    let mut fields: Vec<Field> = known.iter().map(field).collect();
    fields.extend(row.map(|_| Field::new(lang, "correction", "wrong", Kind::Tick)));
    let hint = if is_line { "correction-words-hint" } else { "correction-missing-hint" };
    fields.push(Field::needed(lang, "correction", "words", Kind::Words).hint(lang.t(hint)));
    fields
}

fn page(
    signed_in: &SignedIn,
    code: &str,
    (about, row): (About, Option<i64>),
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let path = format!("{}/de-nghi", record_path(code));
    let what = [("what", lang.code_text("keep-row", about.code()).into())];
    let key = if row.is_some() || about == About::Official { "correction-lead" } else { "correction-missing-lead" };
    let sheet = Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("correction-new")),
        lead: lang.with(key, &what),
        action: format!("{path}/{}/{}", about.code(), row.unwrap_or_default()),
        submit: lang.t("correction-submit"),
        back: (path, lang.t("correction-own")),
        fields: fields(lang, about, row),
        typed,
        mistakes,
    };
    sheet.answer()
}

/// The form of a proposal, filled in as the record stands.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, kind, row)): Path<(String, String, i64)>,
) -> Result<Response, WebError> {
    let (about, row) = about(&kind, row)?;
    let now = registry::proposable(&state.services, &signed_in.ctx, &code, about, row).await?;
    let lang = signed_in.lang();
    let day = |field: &str, value: String| if field.ends_with("_on") && !value.is_empty() { shown(lang, field, &value) } else { value };
    let typed = Typed::of(now.into_iter().map(|(field, value)| (field, day(field, value))));
    page(&signed_in, &code, (about, row), typed, Vec::new())
}

/// Takes a proposal.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, kind, row)): Path<(String, String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (about, row) = about(&kind, row)?;
    let wish = match row {
        None if about != About::Official => Wish::Missing,
        Some(_) if typed.is_ticked("wrong") => Wish::Wrong,
        _ => Wish::Changed,
    };
    let value = |field: &&'static str| {
        let words = typed.words(field);
        let day = time::parse(words).filter(|_| field.ends_with("_on"));
        (*field, day.map_or_else(|| words.to_owned(), iso))
    };
    let values: Vec<_> = if wish == Wish::Changed { about.fields().iter().map(value).collect() } else { Vec::new() };
    let proposed = Proposed { about, row, wish, values: &values, words: typed.words("words") };
    match refused(registry::propose(&state.services, &signed_in.ctx, &code, &proposed).await)? {
        Ok(_) => Ok(shell::see_other(&format!("{}/de-nghi?xong=gui-de-nghi", record_path(&code)))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(signed_in.lang(), refusal)).collect();
            page(&signed_in, &code, (about, row), typed, mistakes)
        }
    }
}

fn mistake(lang: Lang, refusal: ProposalRefusal) -> Mistake {
    match refusal {
        ProposalRefusal::Fault(fault @ (ProposalFault::NoWords | ProposalFault::NothingNew | ProposalFault::TooMany)) => {
            Mistake::new("words", lang.code_text("correction-fault", fault.code()))
        }
        ProposalRefusal::Fault(_) => Mistake::new("words", lang.code_text("correction-fault", "unknown_field")),
        ProposalRefusal::BadValue(field) => {
            let label = [("field", label(lang, field).into())];
            Mistake::new(field, lang.with("correction-bad-value", &label))
        }
    }
}

/// Takes an own proposal back.
pub(crate) async fn withdraw(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    registry::withdraw(&state.services, &signed_in.ctx, row).await?;
    Ok(shell::see_other(&format!("{}/de-nghi?xong=rut-de-nghi", record_path(&code))))
}
