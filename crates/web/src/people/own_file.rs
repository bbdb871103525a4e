//! `/nhan-su/{code}/ho-so.zip`: everything that is kept about oneself as one archive: a workbook, JSON for programs and a page to read.
//! Not for: anybody else's record; the act refuses.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use documents::{Cell, Column, Part};
use domain::time::{Date, Interval, iso};
use serde_json::{Value, json};
use service::registry::{self, ChangeLine, OwnFile};

use crate::AppState;
use crate::download;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::visitor::SignedIn;
use crate::words::word;

/// A page without scripts, styles or links, so that it can be read anywhere.
#[derive(Template)]
#[template(path = "people/own_file.html")]
struct Page<'a> {
    lang: Lang,
    title: String,
    lead: String,
    made: String,
    parts: &'a [Table],
}

/// A table of the file.
struct Table {
    name: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The archive.
pub(crate) async fn zip(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let file = registry::own_file(&state.services, &signed_in.ctx, &code).await?;
    let lang = signed_in.lang();
    let tables = tables(lang, &file);
    let made = lang.instant(signed_in.ctx.now);
    let args = [("name", file.person.name.clone().into()), ("code", file.person.code.clone().into())];
    let page = Page { lang, title: lang.t("privacy-file-title"), lead: lang.with("privacy-file-lead", &args), made, parts: &tables };
    let json = serde_json::to_vec_pretty(&as_json(&file)).map_err(|error| WebError::Internal(Box::new(error)))?;
    let mut files = vec![
        ("ho-so.html", page.render()?.into_bytes()),
        ("ho-so.json", json),
        ("ho-so.xlsx", workbook(&page, &tables).map_err(|error| WebError::Internal(Box::new(error)))?),
    ];
    files.extend(file.scans.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())));
    let bytes = documents::archive(&files).map_err(|error| WebError::Internal(Box::new(error)))?;
    Ok(download::file("ho-so.zip", "application/zip", bytes))
}

fn workbook(page: &Page<'_>, tables: &[Table]) -> Result<Vec<u8>, documents::SheetError> {
    let part = |table: &Table| Part {
        // A tab holds 31 letters and no slash.
        name: table.name.replace('/', ",").chars().take(31).collect(),
        columns: table.heads.iter().map(|head| Column::new(head.clone(), 24)).collect(),
        rows: table.rows.iter().map(|row| row.iter().map(|text| Cell::Text(text.clone())).collect()).collect(),
    };
    let parts: Vec<Part> = tables.iter().map(part).collect();
    documents::book(&page.title, &[page.lead.clone(), page.made.clone()], &parts)
}

fn tables(lang: Lang, file: &OwnFile) -> Vec<Table> {
    vec![
        facts(lang, file),
        postings(lang, file),
        qualifications(lang, file),
        records(lang, file),
        rest(lang, file),
        planned(lang, file),
        commitments(lang, file),
        scans(lang, file),
        history(lang, file),
    ]
}

fn table(lang: Lang, name: &str, heads: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { name: lang.t(name), heads: heads.iter().map(|key| lang.t(key)).collect(), rows }
}

fn facts(lang: Lang, file: &OwnFile) -> Table {
    let person = &file.person;
    let rows = [
        ("official-name", Some(person.name.clone())),
        ("official-code", Some(person.code.clone())),
        ("official-record-code", person.record_code.clone()),
        ("official-other-names", person.other_names.clone()),
        ("official-birth", Some(lang.date(person.birth_on))),
        ("official-sex", Some(word(lang, "person-sex", &person.sex))),
        ("official-ethnicity", Some(lang.code_text("ethnicity", &person.ethnicity.to_string()))),
        ("official-recruited", person.recruited_on.map(|day| lang.date(day))),
        ("keep-citizen-number", file.masked.citizen_number.clone()),
        ("keep-religion", file.masked.religion.clone()),
        ("keep-health", file.masked.health.clone()),
    ];
    let rows = rows.into_iter().map(|(key, value)| vec![lang.t(key), value.unwrap_or_default()]).collect();
    table(lang, "privacy-file-facts", &["privacy-file-name", "privacy-file-value"], rows)
}

fn span(lang: Lang, during: &Interval) -> [String; 2] {
    [lang.date(during.from()), during.last_day().map(|day| lang.date(day)).unwrap_or_default()]
}

fn postings(lang: Lang, file: &OwnFile) -> Table {
    let posting = |line: &registry::PostingLine| {
        let leadership = line.leadership.map(|post| word(lang, "person-leadership", post.code())).unwrap_or_default();
        let what = vec![line.unit.1.clone(), line.post.clone(), leadership, line.grade.clone().unwrap_or_default()];
        [span(lang, &line.during).to_vec(), what, vec![line.decision.clone().unwrap_or_default()]].concat()
    };
    let second = |line: &registry::SecondmentLine| {
        let what = vec![line.unit.1.clone(), line.post.clone(), String::new(), String::new(), line.decision.clone().unwrap_or_default()];
        [span(lang, &line.during).to_vec(), what].concat()
    };
    let rows = file.person.postings.iter().map(posting).chain(file.person.secondments.iter().map(second)).collect();
    let heads = [
        "privacy-file-from",
        "privacy-file-to",
        "privacy-file-unit",
        "official-post",
        "official-leadership",
        "list-grade",
        "official-decision",
    ];
    table(lang, "official-postings", &heads, rows)
}

fn qualifications(lang: Lang, file: &OwnFile) -> Table {
    let row = |line: &registry::QualificationLine| {
        let level = line.degree.as_deref().map(|d| word(lang, "degree", d)).or(line.grade.as_deref().map(|g| word(lang, "grade", g)));
        let issuer = [line.issuer.clone(), line.number.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let field = line.field.as_deref().map(|f| word(lang, "field", f)).unwrap_or_default();
        vec![word(lang, "person-qualification", line.kind.code()), level.unwrap_or_default(), field, lang.date(line.granted_on), issuer]
    };
    let rows = file.person.qualifications.iter().map(row).collect();
    let heads = ["official-qualification", "official-level", "list-field", "official-granted", "official-issuer"];
    table(lang, "official-qualifications", &heads, rows)
}

fn records(lang: Lang, file: &OwnFile) -> Table {
    let row = |line: &registry::RecordLine| {
        let what = line.content.as_deref().map(|c| word(lang, "content", c)).or(line.degree.as_deref().map(|d| word(lang, "degree", d)));
        let class = line
            .class
            .as_ref()
            .map(|(code, name)| format!("{name} ({code})"))
            .or(line.title.clone())
            .or(line.evidence.clone())
            .unwrap_or_default();
        let days = [lang.date(line.starts_on), line.ends_on.map(|day| lang.date(day)).unwrap_or_default()];
        let kind = word(lang, "training", line.kind.code());
        let outcome = word(lang, "outcome", line.outcome.code());
        [vec![kind, what.unwrap_or_default(), class], days.to_vec(), vec![line.periods.to_string(), outcome]].concat()
    };
    let rows = file.person.records.iter().map(row).collect();
    let heads = [
        "list-training-kind",
        "list-content",
        "official-record",
        "privacy-file-from",
        "privacy-file-to",
        "official-periods-head",
        "official-outcome",
    ];
    table(lang, "official-records", &heads, rows)
}

fn rest(lang: Lang, file: &OwnFile) -> Table {
    let row = |line: &registry::RatingLine| {
        vec![lang.date(line.on), word(lang, "rating", line.kind.code()), word(lang, "band", line.band.code())]
    };
    table(
        lang,
        "official-ratings",
        &["privacy-file-when", "privacy-file-what", "privacy-file-value"],
        file.person.ratings.iter().map(row).collect(),
    )
}

fn planned(lang: Lang, file: &OwnFile) -> Table {
    let row = |line: &registry::PlannedLine| {
        let what =
            vec![line.unit.1.clone(), word(lang, "person-leadership", line.leadership.code()), line.decision.clone().unwrap_or_default()];
        [span(lang, &line.during).to_vec(), what].concat()
    };
    let heads = ["privacy-file-from", "privacy-file-to", "privacy-file-unit", "plan-leadership", "official-decision"];
    table(lang, "official-planned", &heads, file.person.planned.iter().map(row).collect())
}

fn commitments(lang: Lang, file: &OwnFile) -> Table {
    let row = |line: &registry::CommitmentLine| {
        let terms = [lang.date(line.sent_on), line.study_months.to_string(), line.months.to_string()];
        let closed = line.closed.map(|(how, day)| format!("{}, {}", word(lang, "standing", how.code()), lang.date(day)));
        let rest = vec![line.decision.clone().unwrap_or_default(), closed.unwrap_or_default()];
        [vec![line.study.clone()], terms.to_vec(), span(lang, &line.during).to_vec(), rest].concat()
    };
    let heads = [
        "plan-study",
        "plan-sent",
        "plan-study-months",
        "plan-months",
        "privacy-file-from",
        "privacy-file-to",
        "official-decision",
        "keep-closing",
    ];
    table(lang, "official-commitments", &heads, file.person.commitments.iter().map(row).collect())
}

fn scans(lang: Lang, file: &OwnFile) -> Table {
    let row = |line: &registry::ScanLine| {
        let size = lang.with("scan-size", &[("kilobytes", (line.size / 1_024).max(1).into())]);
        vec![lang.code_text("keep-row", line.line.code()), format!("{}-{}", line.id, line.name), size, lang.instant(line.added_at)]
    };
    let heads = ["column-line", "scan-tep", "column-size", "column-added_at"];
    table(lang, "official-scans", &heads, file.person.scans.iter().map(row).collect())
}

fn history(lang: Lang, file: &OwnFile) -> Table {
    let row = |line: &ChangeLine| {
        let name = |column: &str| lang.code_text("column", column);
        let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        let told = line.columns.iter().map(|d| format!("{}: {} → {}", name(&d.column), value(&d.before), value(&d.after)));
        let what = told.collect::<Vec<_>>().join("; ");
        vec![lang.instant(line.at), what, line.who.clone().unwrap_or_default(), line.reason.clone()]
    };
    let rows = file.changes.iter().map(row).collect();
    table(lang, "privacy-file-history", &["privacy-file-when", "privacy-file-what", "privacy-file-who", "privacy-file-why"], rows)
}

fn as_json(file: &OwnFile) -> Value {
    let person = &file.person;
    let day = |day: Option<Date>| day.map(iso);
    let during = |span: &Interval| json!({ "from": iso(span.from()), "to": day(span.to()) });
    json!({
        "code": person.code, "name": person.name, "other_names": person.other_names, "record_code": person.record_code,
        "birth_on": iso(person.birth_on), "sex": person.sex, "ethnicity": person.ethnicity, "recruited_on": day(person.recruited_on),
        "citizen_number": file.masked.citizen_number, "religion": file.masked.religion, "health": file.masked.health,
        "postings": person.postings.iter().map(|p| json!({ "unit": p.unit.0, "unit_name": p.unit.1, "post": p.post, "staff": p.staff.code(),
            "leadership": p.leadership.map(|l| l.code()), "grade": p.grade, "decision": p.decision, "during": during(&p.during) })).collect::<Vec<_>>(),
        "secondments": person.secondments.iter().map(|s| json!({ "unit": s.unit.0, "unit_name": s.unit.1, "post": s.post,
            "decision": s.decision, "during": during(&s.during) })).collect::<Vec<_>>(),
        "qualifications": person.qualifications.iter().map(|q| json!({ "kind": q.kind.code(), "degree": q.degree, "field": q.field,
            "level": q.grade, "granted_on": iso(q.granted_on), "expires_on": day(q.expires_on), "issuer": q.issuer, "number": q.number,
            "source": q.source.code() })).collect::<Vec<_>>(),
        "records": person.records.iter().map(|r| json!({ "kind": r.kind.code(), "content": r.content, "degree": r.degree,
            "class": r.class.as_ref().map(|c| &c.0), "title": r.title, "topic": r.topic, "periods": r.periods, "starts_on": iso(r.starts_on),
            "ends_on": day(r.ends_on), "outcome": r.outcome.code(), "source": r.source.code(), "evidence": r.evidence,
            "reported_on": day(r.reported_on), "evaluated_on": day(r.evaluated_on) })).collect::<Vec<_>>(),
        "ratings": person.ratings.iter().map(|r| json!({ "kind": r.kind.code(), "band": r.band.code(), "on": iso(r.on) })).collect::<Vec<_>>(),
        "planned_posts": person.planned.iter().map(|p| json!({ "unit": p.unit.0, "unit_name": p.unit.1, "leadership": p.leadership.code(),
            "decision": p.decision, "during": during(&p.during) })).collect::<Vec<_>>(),
        "commitments": person.commitments.iter().map(|c| json!({ "study": c.study, "sent_on": iso(c.sent_on), "study_months": c.study_months,
            "months": c.months, "during": during(&c.during), "decision": c.decision,
            "closed": c.closed.map(|(how, on)| json!({ "how": how.code(), "on": iso(on) })) })).collect::<Vec<_>>(),
        "scans": person.scans.iter().map(|s| json!({ "line": s.line.code(), "row": s.row, "name": s.name, "media": s.media.code(),
            "size": s.size, "sha256": s.digest })).collect::<Vec<_>>(),
        "changes": file.changes.iter().map(|c| json!({ "kind": c.kind, "at": c.at.0, "by": c.who, "reason": c.reason, "columns":
            c.columns.iter().map(|d| json!({ "column": d.column, "before": d.before, "after": d.after })).collect::<Vec<_>>() })).collect::<Vec<_>>(),
    })
}
