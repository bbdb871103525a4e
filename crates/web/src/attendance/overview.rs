//! `/lop/{code}/diem-danh`: everybody of a class beside its sittings, with the share each attended.
//! Not for: putting marks (`roll`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::attendance::{Mark, Said};
use service::attendance::{self, Overview};

use super::{at_sitting, here, said, when};
use crate::AppState;
use crate::classes::path;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "attendance/overview.html")]
struct OverviewPage {
    shell: Shell,
    back: (String, String),
    lead: String,
    rule: Option<String>,
    is_unverified: bool,
    sittings: Vec<Sitting>,
    rows: Vec<Row>,
    others: Option<String>,
    low: Option<String>,
    /// Where the fence is kept, and its words.
    fence: Option<(String, String)>,
    grades: Option<String>,
    sheets: Option<String>,
}

struct Sitting {
    when: String,
    short: String,
    periods: String,
    is_called: bool,
    roll: Option<String>,
    code: Option<String>,
}

struct Row {
    name: String,
    unit: String,
    cells: Vec<Cell>,
    periods: String,
    share: String,
    /// Chip: picture and word.
    state: Option<(&'static str, String)>,
    is_low: bool,
}

struct Cell {
    kind: &'static str,
    sign: String,
    told: String,
    label: String,
}

/// The sign of a mark in the matrix; the words stand beside it for who does not see it.
fn sign(said: Option<Said>) -> String {
    match said.map(|said| (said.mark, said.minutes)) {
        Some((Mark::Present, _)) => "✓".to_owned(),
        Some((Mark::Late, minutes)) => format!("{minutes}′"),
        Some((Mark::Absent, _)) => "V".to_owned(),
        Some((Mark::Excused, _)) => "P".to_owned(),
        None => "–".to_owned(),
    }
}

fn rows(lang: Lang, view: &Overview) -> Vec<Row> {
    let labels: Vec<String> = view.sittings.iter().map(|(line, ..)| when(lang, line)).collect();
    let cell = |(mark, label): (&Option<Said>, &String)| Cell {
        kind: mark.map_or("none", |said| said.mark.code()),
        sign: sign(*mark),
        told: mark.map_or_else(|| lang.t("mark-none"), |mark| said(lang, mark)),
        label: label.clone(),
    };
    let row = |row: &attendance::Row| {
        let share = row.share;
        Row {
            name: format!("{} ({})", row.attendee.official.2, row.attendee.official.1),
            unit: row.attendee.unit.clone(),
            cells: row.said.iter().zip(&labels).map(cell).collect(),
            periods: format!("{} / {}", lang.number(share.attended.into()), lang.number(share.held.into())),
            share: share.basis_points().map(|points| lang.short_percent(points)).unwrap_or_default(),
            state: row.reaches.map(
                |reaches| {
                    if reaches { ("done", lang.t("attendance-enough")) } else { ("missed", lang.t("attendance-low")) }
                },
            ),
            is_low: row.reaches == Some(false),
        }
    };
    view.rows.iter().map(row).collect()
}

/// The overview.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = attendance::overview(&state.services, &signed_in.ctx, &code).await?;
    let rows = rows(lang, &view);
    let low = rows.iter().filter(|row| row.is_low).count();
    let called = view.sittings.iter().filter(|(_, is_called, _)| *is_called).count();
    let lead = [("called", lang.size(called).into()), ("all", lang.size(view.sittings.len()).into())];
    let sitting = |(line, is_called, may_call): &(service::classes::SittingLine, bool, bool)| Sitting {
        when: when(lang, line),
        short: format!("{:02}/{:02}", line.sitting.on.day(), u8::from(line.sitting.on.month())),
        periods: lang.number(line.sitting.periods.into()),
        is_called: *is_called,
        roll: may_call.then(|| at_sitting(&code, line.id, "")),
        code: (*may_call && line.sitting.on == signed_in.ctx.today).then(|| at_sitting(&code, line.id, "/ma")),
    };
    let of = |words: &law::Words| if lang.is_vi() { words.vi.clone() } else { words.en.clone() };
    let rule = match view.used.first() {
        Some(used) => {
            let cites = service::grades::cited(used)?.iter().map(of).collect::<Vec<_>>().join("; ");
            Some(lang.with("attendance-rule", &[("share", of(&used.value).into()), ("cites", cites.into())]))
        }
        None => None,
    };
    let fence = view
        .fence
        .map_or_else(|| lang.t("fence-none"), |fence| lang.with("fence-within", &[("n", lang.number(fence.metres.into()).into())]));
    let page = OverviewPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("attendance-title")).on(signed_in.ctx.today),
        back: (path(&code, ""), view.class.terms.name.clone()),
        lead: lang.with("attendance-lead", &lead),
        rule,
        is_unverified: view.used.iter().any(|used| used.evidence.is_unverified()),
        sittings: view.sittings.iter().map(sitting).collect(),
        others: (view.others > 0).then(|| lang.with("attendance-others", &[("n", lang.size(view.others).into())])),
        low: (low > 0).then(|| lang.with("attendance-n-low", &[("n", lang.size(low).into())])),
        fence: view.keeps.then(|| (here(&code, "/vi-tri"), fence)),
        sheets: (view.keeps || view.sittings.iter().any(|(.., may_call)| *may_call)).then(|| here(&code, "/ban-quet")),
        grades: view.keeps.then(|| path(&code, "/diem")),
        rows,
    };
    shell::page(&page)
}
