//! `/ho-so/phieu-theo-doi`, `/nhan-su/{code}/phieu-theo-doi`: the training record of a person as a sheet to print.
//! Not for: the whole record (`person`), or statutory papers with a number (`documents`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::training::{Outcome, TrainingKind};
use service::registry::{self, CommitmentLine, Person, QualificationLine, RecordLine};

use crate::AppState;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::people::keep::record_path;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "people/training_record.html")]
struct RecordSheet {
    shell: Shell,
    back: (String, String),
    facts: Vec<(String, String)>,
    groups: Vec<(String, Vec<Row>, String)>,
    qualifications: Vec<(String, String, String)>,
    promises: Vec<(String, String, String)>,
}

struct Row {
    number: String,
    what: String,
    details: String,
    when: String,
    periods: String,
    outcome: String,
}

fn row(lang: Lang, (number, line): (usize, &RecordLine)) -> Row {
    let is_training = line.kind == TrainingKind::Training;
    let (prefix, code) = if is_training { ("content", &line.content) } else { ("degree", &line.degree) };
    let kind = word(lang, "training", line.kind.code());
    let class = line.class.as_ref().map(|(code, name)| format!("{name} ({code})")).or_else(|| line.title.clone());
    let from = lang.date(line.starts_on);
    Row {
        number: lang.size(number),
        what: code.as_deref().map_or(kind, |code| word(lang, prefix, code)),
        details: class.unwrap_or_default(),
        when: line.ends_on.map_or_else(|| from.clone(), |to| format!("{from} – {}", lang.date(to))),
        periods: if line.periods > 0 { lang.number(line.periods.into()) } else { String::new() },
        outcome: word(lang, "outcome", line.outcome.code()),
    }
}

/// Education first, then training, each the oldest first as a history is read on paper; the periods of what was finished below.
fn groups(lang: Lang, person: &Person) -> Vec<(String, Vec<Row>, String)> {
    let group = |kind: TrainingKind| {
        let lines: Vec<&RecordLine> = person.records.iter().rev().filter(|line| line.kind == kind).collect();
        let finished: i64 = lines.iter().filter(|line| line.outcome == Outcome::Finished).map(|line| i64::from(line.periods)).sum();
        let rows = (1..).zip(lines).map(|line| row(lang, line)).collect();
        let sum = if finished > 0 { lang.with("tracking-sum", &[("n", lang.number(finished).into())]) } else { String::new() };
        (word(lang, "training", kind.code()), rows, sum)
    };
    [TrainingKind::Education, TrainingKind::Training].into_iter().map(group).collect()
}

fn qualification(lang: Lang, line: &QualificationLine) -> (String, String, String) {
    let parts = [
        line.degree.as_deref().map(|code| word(lang, "degree", code)),
        line.grade.as_deref().map(|code| word(lang, "grade", code)),
        line.field.as_deref().map(|code| word(lang, "field", code)),
    ];
    (
        word(lang, "person-qualification", line.kind.code()),
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        lang.date(line.granted_on),
    )
}

fn promise(lang: Lang, line: &CommitmentLine, today: domain::time::Date) -> (String, String, String) {
    let from = lang.date(line.during.from());
    let during = line.during.last_day().map_or_else(|| from.clone(), |to| format!("{from} – {}", lang.date(to)));
    (line.study.clone(), during, word(lang, "standing", line.standing(today).code()))
}

async fn show(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<Response, WebError> {
    let (lang, today) = (signed_in.lang(), signed_in.ctx.today);
    let person = registry::person(&state.services, &signed_in.ctx, code).await?;
    let private = registry::sees_private(&state.services, &signed_in.ctx, &person).await?;
    let now = person.postings.iter().find(|posting| posting.during.contains(today));
    let birth = if private { lang.date(person.birth_on) } else { lang.t("official-masked") };
    let facts = [
        ("tracking-name", person.name.clone()),
        ("tracking-code", person.code.clone()),
        ("tracking-birth", birth),
        ("tracking-post", now.map(|posting| posting.post.clone()).unwrap_or_default()),
        ("tracking-unit", now.map(|posting| posting.unit.1.clone()).unwrap_or_default()),
    ];
    shell::page(&RecordSheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("tracking-title")).on(today),
        back: (record_path(&person.code), person.name.clone()),
        facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (lang.t(key), text)).collect(),
        groups: groups(lang, &person),
        qualifications: person.qualifications.iter().map(|line| qualification(lang, line)).collect(),
        promises: person.commitments.iter().map(|line| promise(lang, line, today)).collect(),
    })
}

/// Of somebody whom the visitor sees.
pub(crate) async fn one(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    show(&state, &signed_in, &code).await
}

/// The own one.
pub(crate) async fn own(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let code = registry::own_code(&state.services, &signed_in.ctx).await?;
    show(&state, &signed_in, &code).await
}
