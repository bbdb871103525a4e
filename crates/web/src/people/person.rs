//! `/nhan-su/{code}`: one person's record, as the officer and the person see it.
//! Not for: changing it; personal facts are masked here only as the act says.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::register::Source;
use domain::register::commitments::{Closing, Standing};
use domain::register::scans::Proven;
use domain::time::{Date, Interval, age};
use domain::training::{Outcome, PERIODS_PER_DAY, TrainingKind};
use service::registry::{
    self, CommitmentLine, Person, PlannedLine, PostingLine, QualificationLine, RatingLine, RecordLine, ScanLine, SecondmentLine,
};

use crate::AppState;
use crate::asked::escaped;
use crate::certificates;
use crate::errors::WebError;
use crate::gaps::panel::{self, Panel};
use crate::i18n::Lang;
use crate::people::keep::record_path;
use crate::people::mine::{self, Mine};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage {
    shell: Shell,
    name: String,
    is_own: bool,
    /// What stands first on the own record.
    mine: Option<Mine>,
    now: Option<Posting>,
    facts: Vec<(String, String)>,
    private: bool,
    /// Address of the record, when the visitor keeps it.
    keeps: Option<String>,
    /// Whether the history may be read.
    reads_history: bool,
    code: String,
    secondments: Vec<Secondment>,
    planned: Vec<Planned>,
    commitments: Vec<Commitment>,
    scans: Vec<Scan>,
    ratings: Vec<Rating>,
    postings: Vec<Posting>,
    qualifications: Vec<Qualification>,
    totals: Vec<(String, String)>,
    years: Vec<Year>,
    records: Vec<Record>,
    certificates: Vec<certificates::Row>,
    gaps: Panel,
}

struct Secondment {
    id: i64,
    unit: String,
    post: String,
    during: String,
    is_open: bool,
}

struct Planned {
    id: i64,
    unit: String,
    leadership: String,
    during: String,
    decision: Option<String>,
}

struct Commitment {
    id: i64,
    study: String,
    during: String,
    terms: String,
    standing: (&'static str, String),
    /// It can still be ended before it is served.
    is_open: bool,
}

/// A scan at its line.
struct Scan {
    id: i64,
    line: Proven,
    row: i64,
    name: String,
    size: String,
}

impl PersonPage {
    /// The scans that prove a line.
    fn scans_of(&self, line: &str, row: &i64) -> Vec<&Scan> {
        self.scans.iter().filter(|scan| scan.line.code() == line && scan.row == *row).collect()
    }
}

struct Rating {
    id: i64,
    what: String,
    band: String,
    on: String,
}

struct Posting {
    id: i64,
    details: String,
    unit: String,
    href: String,
    post: String,
    staff: String,
    leadership: Option<String>,
    during: String,
    is_now: bool,
}

struct Qualification {
    id: i64,
    kind: String,
    what: String,
    since: String,
    issuer: String,
    source: String,
}

/// Periods of one year against the yearly minimum of a week.
struct Year {
    year: i32,
    attendances: String,
    periods: String,
    /// Twentieths of the bar, which the style sheet knows how wide to draw.
    bar: i32,
}

struct Record {
    id: i64,
    /// Where it comes from and what proves it, when it was not learned here.
    source: Option<String>,
    what: String,
    class: Option<String>,
    topic: Option<String>,
    when: String,
    periods: String,
    outcome: String,
    outcome_icon: &'static str,
    abroad: bool,
    reported: Option<String>,
    evaluated: Option<String>,
    is_training: bool,
}

/// One person.
pub(crate) async fn one(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    match show(&state, &signed_in, &code).await {
        // A code of a record that was merged into another leads on to it.
        Err(WebError::NotFound) => {
            let known = registry::known_as(&state.services, &signed_in.ctx, &code).await?;
            Ok(shell::see_other(&record_path(&known)))
        }
        other => other,
    }
}

/// The asker's own record.
pub(crate) async fn own(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let code = registry::own_code(&state.services, &signed_in.ctx).await?;
    show(&state, &signed_in, &code).await
}

/// The short address of the own record.
pub(crate) async fn to_own(_: SignedIn) -> Response {
    shell::see_other("/ho-so")
}

async fn show(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<Response, WebError> {
    let person = registry::person(&state.services, &signed_in.ctx, code).await?;
    let private = registry::sees_private(&state.services, &signed_in.ctx, &person).await?;
    let keeps = registry::may_keep(&state.services, &signed_in.ctx, &person).await?;
    let is_own = signed_in.ctx.who.as_ref().is_some_and(|w| w.official == Some(person.id));
    let gaps = panel::of(state, signed_in, &person).await?;
    let papers = service::certificates::of_person(&state.services, &person).await?;
    let mine = if is_own { Some(mine::of(state, signed_in, gaps.open()).await?) } else { None };
    let (lang, today) = (signed_in.lang(), signed_in.ctx.today);
    let postings: Vec<Posting> = person.postings.iter().map(|line| posting(lang, line, today)).collect();
    shell::page(&PersonPage {
        shell: Shell::new(&signed_in.visitor, &person.name).on(today),
        name: person.name.clone(),
        is_own,
        mine,
        keeps: keeps.then(|| record_path(&person.code)),
        reads_history: keeps || is_own,
        code: escaped(&person.code),
        secondments: person.secondments.iter().map(|line| secondment(lang, line, today)).collect(),
        planned: person.planned.iter().map(|line| planned(lang, line)).collect(),
        commitments: person.commitments.iter().map(|line| commitment(lang, line, today)).collect(),
        scans: person.scans.iter().filter(|_| private).map(|line| scan(lang, line)).collect(),
        ratings: person.ratings.iter().map(|line| rating(lang, line)).collect(),
        now: person.postings.iter().find(|p| p.during.contains(today)).map(|line| posting(lang, line, today)),
        facts: facts(lang, &person, private, today),
        private,
        postings,
        qualifications: person.qualifications.iter().map(|line| qualification(lang, line)).collect(),
        totals: totals(lang, &person),
        years: years(lang, &person),
        records: person.records.iter().map(|line| record(lang, line)).collect(),
        certificates: papers.iter().map(|line| certificates::row(lang, line)).collect(),
        gaps,
    })
}

fn facts(lang: Lang, person: &Person, private: bool, today: Date) -> Vec<(String, String)> {
    let masked = || lang.t("official-masked");
    let birth =
        lang.with("official-birth-value", &[("day", lang.date(person.birth_on).into()), ("age", age(person.birth_on, today).into())]);
    let ethnicity = || lang.code_text("ethnicity", &person.ethnicity.to_string());
    let mut facts = vec![(lang.t("official-code"), person.code.clone())];
    let more = [("official-record-code", &person.record_code), ("official-other-names", &person.other_names)];
    facts.extend(more.into_iter().filter_map(|(key, text)| Some((lang.t(key), text.clone()?))));
    facts.push((lang.t("official-sex"), word(lang, "person-sex", &person.sex)));
    facts.push((lang.t("official-birth"), if private { birth } else { masked() }));
    facts.push((lang.t("official-ethnicity"), if private { ethnicity() } else { masked() }));
    facts.extend(person.recruited_on.map(|day| (lang.t("official-recruited"), lang.date(day))));
    facts
}

fn secondment(lang: Lang, line: &SecondmentLine, today: Date) -> Secondment {
    Secondment {
        id: line.id,
        unit: line.unit.1.clone(),
        post: line.post.clone(),
        during: span(lang, &line.during),
        is_open: line.during.to().is_none_or(|to| today < to),
    }
}

fn planned(lang: Lang, line: &PlannedLine) -> Planned {
    Planned {
        id: line.id,
        unit: line.unit.1.clone(),
        leadership: word(lang, "person-leadership", line.leadership.code()),
        during: span(lang, &line.during),
        decision: line.decision.as_ref().map(|number| format!("{} {number}", lang.t("official-decision"))),
    }
}

fn commitment(lang: Lang, line: &CommitmentLine, today: Date) -> Commitment {
    let standing = line.standing(today);
    let terms = [
        Some(lang.with("official-promise-terms", &[("months", line.months.into()), ("study", line.study_months.into())])),
        line.decision.as_ref().map(|number| format!("{} {number}", lang.t("official-decision"))),
        line.closed.map(|(_, day)| lang.date(day)),
    ];
    let icon = match standing {
        Standing::Ahead => "not_started",
        Standing::Running => "due",
        Standing::Served | Standing::Closed(Closing::Repaid | Closing::Released) => "done",
        Standing::Closed(Closing::Broken) => "missed",
    };
    Commitment {
        id: line.id,
        study: line.study.clone(),
        during: span(lang, &line.during),
        terms: terms.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        standing: (icon, word(lang, "standing", standing.code())),
        is_open: matches!(standing, Standing::Ahead | Standing::Running),
    }
}

fn scan(lang: Lang, line: &ScanLine) -> Scan {
    let kilobytes = (line.size / 1_024).max(1);
    Scan {
        id: line.id,
        line: line.line,
        row: line.row,
        name: line.name.clone(),
        size: lang.with("scan-size", &[("kilobytes", kilobytes.into())]),
    }
}

fn rating(lang: Lang, line: &RatingLine) -> Rating {
    Rating { id: line.id, what: word(lang, "rating", line.kind.code()), band: word(lang, "band", line.band.code()), on: lang.date(line.on) }
}

/// `01/07/2025 – 31/12/2026`, or since when.
pub(super) fn span(lang: Lang, during: &Interval) -> String {
    let from = lang.date(during.from());
    match during.last_day() {
        Some(last) => format!("{from} – {}", lang.date(last)),
        None => lang.with("official-since", &[("day", from.into())]),
    }
}

fn posting(lang: Lang, line: &PostingLine, today: Date) -> Posting {
    let details = [
        line.grade.clone(),
        line.decision.as_ref().map(|number| format!("{} {number}", lang.t("official-decision"))),
        line.ended_by.map(|by| lang.code_text("ending", by.code())),
    ];
    Posting {
        id: line.id,
        details: details.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        unit: line.unit.1.clone(),
        href: format!("/don-vi/{}", escaped(&line.unit.0)),
        post: line.post.clone(),
        staff: word(lang, "person-staff", line.staff.code()),
        leadership: line.leadership.map(|l| word(lang, "person-leadership", l.code())),
        during: span(lang, &line.during),
        is_now: line.during.contains(today),
    }
}

fn qualification(lang: Lang, line: &QualificationLine) -> Qualification {
    let parts = [
        line.degree.as_deref().map(|d| word(lang, "degree", d)),
        line.grade.as_deref().map(|g| word(lang, "grade", g)),
        line.field.as_deref().map(|f| word(lang, "field", f)),
    ];
    let issuer = [line.issuer.clone(), line.number.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let until = line.expires_on.map(|day| format!(" – {}", lang.date(day))).unwrap_or_default();
    Qualification {
        id: line.id,
        issuer: if issuer.is_empty() { "–".to_owned() } else { issuer },
        source: word(lang, "source", line.source.code()),
        kind: word(lang, "person-qualification", line.kind.code()),
        what: parts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        since: format!("{}{until}", lang.date(line.granted_on)),
    }
}

/// Attendances, periods, and how many were followed up.
fn totals(lang: Lang, person: &Person) -> Vec<(String, String)> {
    let of = |kind| person.records.iter().filter(move |r| r.kind == kind);
    let attendances = |kind| lang.counted("official-attendances", i64::try_from(of(kind).count()).unwrap_or(i64::MAX));
    let finished = || of(TrainingKind::Training).filter(|r| r.outcome == Outcome::Finished);
    let periods: i64 = finished().map(|r| i64::from(r.periods)).sum();
    let share = |part: usize| format!("{} / {}", lang.size(part), lang.size(finished().count()));
    vec![
        (lang.t("official-trainings"), attendances(TrainingKind::Training)),
        (lang.t("official-educations"), attendances(TrainingKind::Education)),
        (lang.t("official-periods"), lang.number(periods)),
        (lang.t("official-reported"), share(finished().filter(|r| r.reported_on.is_some()).count())),
        (lang.t("official-evaluated"), share(finished().filter(|r| r.evaluated_on.is_some()).count())),
    ]
}

/// Training by year of its first day, newest first; the full bar is a week of study.
fn years(lang: Lang, person: &Person) -> Vec<Year> {
    let mut years: BTreeMap<i32, (i64, i32)> = BTreeMap::new();
    for record in person.records.iter().filter(|r| r.kind == TrainingKind::Training) {
        let year = years.entry(record.starts_on.year()).or_default();
        year.0 += 1;
        year.1 += if record.outcome == Outcome::Finished { record.periods } else { 0 };
    }
    let week = PERIODS_PER_DAY * 5;
    let line = |(year, (attendances, periods)): (i32, (i64, i32))| Year {
        year,
        attendances: lang.number(attendances),
        periods: lang.number(i64::from(periods)),
        bar: (periods * 20 / week).clamp(0, 20),
    };
    years.into_iter().rev().map(line).collect()
}

fn record(lang: Lang, line: &RecordLine) -> Record {
    let is_training = line.kind == TrainingKind::Training;
    let (prefix, code) = if is_training { ("content", &line.content) } else { ("degree", &line.degree) };
    let kind = word(lang, "training", line.kind.code());
    let from = lang.date(line.starts_on);
    let elsewhere = || [Some(word(lang, "source", line.source.code())), line.evidence.clone()].into_iter().flatten().collect::<Vec<_>>();
    Record {
        id: line.id,
        source: (line.source != Source::Learned).then(|| elsewhere().join(": ")),
        what: code.as_deref().map_or(kind, |c| word(lang, prefix, c)),
        class: line.class.as_ref().map(|(code, name)| format!("{name} ({code})")).or_else(|| line.title.clone()),
        topic: line.topic.as_ref().map(|(scheme, topic)| format!("{scheme} · {topic}")),
        when: line
            .ends_on
            .map_or_else(|| lang.with("official-since", &[("day", from.clone().into())]), |to| format!("{from} – {}", lang.date(to))),
        periods: lang.number(i64::from(line.periods)),
        outcome: word(lang, "outcome", line.outcome.code()),
        outcome_icon: match line.outcome {
            Outcome::Studying => "due",
            Outcome::Finished => "done",
            Outcome::Failed => "missed",
            Outcome::Withdrawn => "not_started",
        },
        abroad: line.abroad,
        reported: line.reported_on.map(|d| lang.date(d)),
        evaluated: line.evaluated_on.map(|d| lang.date(d)),
        is_training,
    }
}
