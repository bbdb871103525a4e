//! `/ho-so/phieu-theo-doi`, `/nhan-su/{code}/phieu-theo-doi`: the training record of a person, to look at, to print, and as Word and PDF
//! files of the unit.
//! Not for: the whole record (`person`), or what a file looks like (`documents`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use documents::papers::forms::{RecordGroup, TrainingRecord};
use domain::time::Date;
use domain::training::{Outcome, TrainingKind};
use service::documents::{Format, record_file};
use service::registry::{self, CommitmentLine, Person, QualificationLine, RecordLine};

use crate::AppState;
use crate::errors::{WebError, refused};
use crate::i18n::Lang;
use crate::papers::files::{DOCX, links, none, paper_fonts, said};
use crate::people::keep::record_path;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "people/training_record.html")]
struct RecordPage {
    shell: Shell,
    back: (String, String),
    files: Vec<(String, String)>,
    record: TrainingRecord,
}

fn line(lang: Lang, line: &RecordLine) -> [String; 4] {
    let is_training = line.kind == TrainingKind::Training;
    let (prefix, code) = if is_training { ("content", &line.content) } else { ("degree", &line.degree) };
    let kind = word(lang, "training", line.kind.code());
    let what = code.as_deref().map_or(kind, |code| word(lang, prefix, code));
    let class = line.class.as_ref().map(|(code, name)| format!("{name} ({code})")).or_else(|| line.title.clone());
    let from = lang.date(line.starts_on);
    [
        class.map_or_else(|| what.clone(), |class| format!("{what}: {class}")),
        line.ends_on.map_or_else(|| from.clone(), |to| format!("{from} – {}", lang.date(to))),
        if line.periods > 0 { lang.number(line.periods.into()) } else { String::new() },
        word(lang, "outcome", line.outcome.code()),
    ]
}

/// Education first, then training, each the oldest first as a history is read on paper; the periods of what was finished below.
fn groups(lang: Lang, person: &Person) -> Vec<RecordGroup> {
    let group = |kind: TrainingKind| {
        let lines: Vec<&RecordLine> = person.records.iter().rev().filter(|line| line.kind == kind).collect();
        let finished: i64 = lines.iter().filter(|line| line.outcome == Outcome::Finished).map(|line| i64::from(line.periods)).sum();
        let sum = if finished > 0 { lang.with("tracking-sum", &[("n", lang.number(finished).into())]) } else { String::new() };
        RecordGroup { title: word(lang, "training", kind.code()), lines: lines.into_iter().map(|one| line(lang, one)).collect(), sum }
    };
    [TrainingKind::Education, TrainingKind::Training].into_iter().map(group).collect()
}

fn qualification(lang: Lang, line: &QualificationLine) -> [String; 3] {
    let parts = [
        line.degree.as_deref().map(|code| word(lang, "degree", code)),
        line.grade.as_deref().map(|code| word(lang, "grade", code)),
        line.field.as_deref().map(|code| word(lang, "field", code)),
    ];
    let kind = word(lang, "person-qualification", line.kind.code());
    [kind, parts.into_iter().flatten().collect::<Vec<_>>().join(" · "), lang.date(line.granted_on)]
}

fn promise(lang: Lang, line: &CommitmentLine, today: Date) -> [String; 3] {
    let from = lang.date(line.during.from());
    let during = line.during.last_day().map_or_else(|| from.clone(), |to| format!("{from} – {}", lang.date(to)));
    [line.study.clone(), during, word(lang, "standing", line.standing(today).code())]
}

fn record(lang: Lang, person: &Person, is_open: bool, today: Date) -> TrainingRecord {
    let now = person.postings.iter().find(|posting| posting.during.contains(today));
    let birth = if is_open { lang.date(person.birth_on) } else { lang.t("official-masked") };
    let facts = [
        ("tracking-name", person.name.clone()),
        ("tracking-code", person.code.clone()),
        ("tracking-birth", birth),
        ("tracking-post", now.map(|posting| posting.post.clone()).unwrap_or_default()),
        ("tracking-unit", now.map(|posting| posting.unit.1.clone()).unwrap_or_default()),
    ];
    TrainingRecord {
        name: person.name.clone(),
        facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (lang.t(key), text)).collect(),
        groups: groups(lang, person),
        qualifications: person.qualifications.iter().map(|line| qualification(lang, line)).collect(),
        promises: person.commitments.iter().map(|line| promise(lang, line, today)).collect(),
    }
}

async fn show(state: &AppState, signed_in: &SignedIn, code: &str, here: &str) -> Result<Response, WebError> {
    let (lang, today) = (signed_in.lang(), signed_in.ctx.today);
    let person = registry::person(&state.services, &signed_in.ctx, code).await?;
    let is_open = registry::sees_private(&state.services, &signed_in.ctx, &person).await?;
    shell::page(&RecordPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("tracking-title")).on(today),
        back: (record_path(&person.code), person.name.clone()),
        files: links(lang, |ending| format!("{here}/ban.{ending}")),
        record: record(lang, &person, is_open, today),
    })
}

/// The file, in the Vietnamese of the administration whatever the visitor reads.
async fn make(state: &AppState, signed_in: &SignedIn, code: &str, uri: &Uri) -> Result<Response, WebError> {
    let today = signed_in.ctx.today;
    let (format, kind, ending) = if uri.path().ends_with(".pdf") {
        (Format::Pdf(paper_fonts().map_err(|error| WebError::Internal(Box::new(error)))?), "application/pdf", "pdf")
    } else {
        (Format::Docx, DOCX, "docx")
    };
    let say = |person: &Person, is_open: bool| record(Lang::Vi, person, is_open, today);
    match refused(record_file(&state.services, &signed_in.ctx, code, say, format).await)? {
        Ok(bytes) => Ok(crate::download::file(&format!("phieu-theo-doi.{ending}"), kind, bytes)),
        Err(refusal) => none(signed_in, said(signed_in.lang(), &refusal)),
    }
}

/// Of somebody whom the visitor sees.
pub(crate) async fn one(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let here = format!("{}/phieu-theo-doi", record_path(&code));
    show(&state, &signed_in, &code, &here).await
}

/// The own one.
pub(crate) async fn own(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let code = registry::own_code(&state.services, &signed_in.ctx).await?;
    show(&state, &signed_in, &code, "/ho-so/phieu-theo-doi").await
}

/// The file of somebody whom the visitor sees.
pub(crate) async fn file(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    make(&state, &signed_in, &code, &uri).await
}

/// The file of the own one.
pub(crate) async fn own_file(State(state): State<AppState>, signed_in: SignedIn, uri: Uri) -> Result<Response, WebError> {
    let code = registry::own_code(&state.services, &signed_in.ctx).await?;
    make(&state, &signed_in, &code, &uri).await
}
