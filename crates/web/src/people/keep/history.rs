//! `/nhan-su/{code}/lich-su`: every change of a record, newest first: what it was and became, who, when and why.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::time;
use service::registry::{self, ChangeLine, Difference};

use super::record_path;
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Changes of one page.
const PAGE: u32 = 50;

#[derive(Template)]
#[template(path = "people/history.html")]
struct HistoryPage {
    shell: Shell,
    back: (String, String),
    changes: Vec<Change>,
    first: Option<String>,
    next: Option<String>,
}

pub(super) struct Change {
    pub(super) what: String,
    pub(super) when: String,
    pub(super) who: String,
    pub(super) reason: String,
    pub(super) state: &'static str,
    pub(super) columns: Vec<(String, Option<String>, Option<String>)>,
    /// It took something back, or was taken back itself.
    pub(super) mark: Option<String>,
    /// Where its act is taken back.
    pub(super) undo: Option<String>,
}

/// The history of a record.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let official = registry::person(&state.services, &signed_in.ctx, &code).await?;
    let keeps = registry::may_keep(&state.services, &signed_in.ctx, &official).await?;
    let before = asked.text("truoc").and_then(|text| text.parse().ok());
    let mut lines = registry::history(&state.services, &signed_in.ctx, &code, before, PAGE + 1).await?;
    let more = cut(&mut lines);
    let path = format!("{}/lich-su", record_path(&code));
    let last = lines.last().map(|line| line.id.to_string());
    shell::page(&HistoryPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("keep-history")),
        back: (record_path(&code), official.name.clone()),
        changes: changes(lang, &code, keeps, &lines),
        first: before.is_some().then(|| path.clone()),
        next: last.filter(|_| more).map(|last| address(&path, &[("truoc", Some(&last))])),
    })
}

/// Leaves the lines of a page; whether there are more. All lines of a change stand together.
fn cut(lines: &mut Vec<ChangeLine>) -> bool {
    let mut ids: Vec<i64> = lines.iter().map(|line| line.id).collect();
    ids.dedup();
    let next = usize::try_from(PAGE).ok().and_then(|page| ids.get(page).copied());
    lines.retain(|line| next.is_none_or(|next| line.id > next));
    next.is_some()
}

pub(super) fn change(lang: Lang, line: &ChangeLine) -> Change {
    let (key, state) = match (line.existed, line.exists) {
        (false, _) => ("keep-added", "is-new"),
        // It only changed hands.
        (true, true) if line.columns.is_empty() => ("merge-moved", "is-changed"),
        (true, true) => ("keep-changed", "is-changed"),
        (true, false) => ("keep-struck", "is-gone"),
    };
    Change {
        what: lang.with(key, &[("what", lang.code_text("keep-row", &line.kind).into())]),
        when: lang.instant(line.at),
        who: line.who.clone().unwrap_or_else(|| lang.t("keep-system")),
        reason: line.reason.clone(),
        state,
        mark: mark(lang, line),
        undo: None,
        columns: line.columns.iter().map(|difference| column(lang, &line.kind, difference)).collect(),
    }
}

fn mark(lang: Lang, line: &ChangeLine) -> Option<String> {
    match (line.is_undone, line.undoes) {
        (true, _) => Some(lang.t("undo-undone")),
        (false, true) => Some(lang.t("undo-undoes")),
        (false, false) => None,
    }
}

/// The changes; those who keep the record can take each act back, at its newest change.
fn changes(lang: Lang, code: &str, keeps: bool, lines: &[ChangeLine]) -> Vec<Change> {
    let mut offered = HashSet::new();
    let mut told = |line: &ChangeLine| {
        let is_first = offered.insert(line.operation.clone());
        let undo = (keeps && is_first && !line.is_undone).then(|| super::undo::path(code, &line.operation));
        Change { undo, ..change(lang, line) }
    };
    lines.iter().map(&mut told).collect()
}

/// A column by its name, its values as people read them; what is masked stays so.
fn column(lang: Lang, row: &str, difference: &Difference) -> (String, Option<String>, Option<String>) {
    let name = lang.code_text("column", &difference.column);
    let value = |text: &Option<String>| text.as_deref().map(|text| value(lang, row, &difference.column, text));
    (name, value(&difference.before), value(&difference.after))
}

fn value(lang: Lang, row: &str, column: &str, text: &str) -> String {
    let prefix = match column {
        "grade" if row == "qualification" => "grade",
        "kind" if row == "qualification" => "person-qualification",
        "kind" if row == "rating" => "rating",
        "kind" if matches!(row, "receipt" | "follow_up") => "keep-kind",
        "kind" => "training",
        "line" => "keep-row",
        "closed_by" => "standing",
        "citizen_number" | "religion" | "health" => return lang.t("official-masked"),
        "ethnicity" => "ethnicity",
        "sex" => "person-sex",
        "staff" => "person-staff",
        "leadership" => "person-leadership",
        "leader_group" => "group",
        "ended_by" => "ending",
        "degree" => "degree",
        "field" => "field",
        "outcome" => "outcome",
        "content" => "content",
        "mode" => "mode",
        "source" => "source",
        "band" => "band",
        "appointment" => "appointment",
        "duty" => "duty",
        "level" => "level",
        "bloc" => "bloc",
        "form" => "form",
        "programme" => "programme",
        "fits_post" | "abroad" => "yes",
        name if name.ends_with("_on") => {
            return text.parse().ok().and_then(time::from_number).map_or_else(|| text.to_owned(), |day| lang.date(day));
        }
        _ => return text.to_owned(),
    };
    lang.code_text(prefix, text)
}
