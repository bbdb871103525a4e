//! `/thieu`: requirements by units, by groups of leaders or by kinds of staff, as a map of numbers that open to names.
//! Not for: the names (`names`).

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::roles::Act;
use domain::standards::{Requirement, Subject};
use service::gaps::{self, Among, GroupColumn, Heat, Short};

use super::{among_pair, ask, words};
use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::drawing::Stack;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Name of what the rows are in addresses.
const ROWS: &str = "theo";
const PATH: &str = "/thieu";

#[derive(Template)]
#[template(path = "gaps/heat.html")]
struct HeatPage<'a> {
    shell: Shell,
    place_name: String,
    day: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    urgent: String,
    subjects: Vec<SubjectBlock>,
    tabs: Vec<(String, String, bool)>,
    rows_head: String,
    rows: Vec<Row>,
    foot: Vec<Cell>,
    whole: String,
}

/// Requirements of one subject.
struct SubjectBlock {
    name: String,
    columns: usize,
    /// Gaps of all its requirements together.
    missing: String,
    lines: Vec<Line>,
}

/// One requirement of the place.
struct Line {
    code: String,
    title: String,
    cites: String,
    href: String,
    is_verified: bool,
    missing: String,
    due: Option<String>,
    people: String,
    stack: Stack,
    refusals: Vec<String>,
}

/// One row of the map.
struct Row {
    name: String,
    href: Option<String>,
    cells: Vec<Cell>,
    total: String,
}

/// A number of the map; none where it is asked of nobody.
struct Cell {
    level: u8,
    count: Option<(String, String)>,
    href: Option<String>,
}

/// What the rows of the map are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    Units,
    Leaders,
    Staff,
}

impl Rows {
    const ALL: [(Self, &'static str); 3] = [(Self::Units, "don-vi"), (Self::Leaders, "nhom"), (Self::Staff, "loai")];

    fn of(asked: &Asked) -> Self {
        let code = asked.text(ROWS);
        Self::ALL.into_iter().find(|(_, known)| code == Some(known)).map_or(Self::Units, |(rows, _)| rows)
    }

    fn code(self) -> Option<&'static str> {
        Self::ALL.into_iter().skip(1).find(|(rows, _)| *rows == self).map(|(_, code)| code)
    }
}

/// The page.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewPeople)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let rows = Rows::of(&asked);
    let heat = gaps::heat(&state.services, &signed_in.ctx, &ask(&place)).await?;
    let groups = match rows {
        Rows::Units => Arc::default(),
        _ => gaps::groups(&state.services, &signed_in.ctx, &ask(&place)).await?,
    };
    shell::page(&view(&signed_in, &place, rows, &heat, &groups)?)
}

fn view<'a>(signed_in: &SignedIn, place: &'a Place, rows: Rows, heat: &Heat, groups: &[GroupColumn]) -> Result<HeatPage<'a>, WebError> {
    let lang = place.lang();
    let tab = |(kind, code): (Rows, &str)| (lang.code_text("gaps-rows", code), place.link(PATH, &[(ROWS, kind.code())]), kind == rows);
    let foot = heat.columns.iter().map(|column| cell(lang, Some(&column.total), names(place, &column.requirement, None))).collect();
    Ok(HeatPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("gaps-title")).on(place.day),
        place_name: place.name(),
        day: lang.date(place.day),
        notices: place.notices.clone(),
        picker: place.picker(PATH, &[(ROWS, rows.code())]),
        urgent: place.link("/thieu/can-ngay", &[]),
        subjects: subjects(place, heat)?,
        tabs: Rows::ALL.into_iter().map(tab).collect(),
        rows_head: lang.t(match rows {
            Rows::Units => "gaps-unit",
            Rows::Leaders => "gaps-leaders",
            Rows::Staff => "gaps-staff",
        }),
        rows: if rows == Rows::Units { unit_rows(place, heat) } else { group_rows(place, rows, groups) },
        whole: lang.number(heat.columns.iter().map(|column| column.total.missing).sum()),
        foot,
    })
}

/// Where the names behind a number are.
fn names(place: &Place, requirement: &Requirement, among: Option<Among>) -> Option<String> {
    Some(place.link(&format!("{PATH}/{}", escaped(&requirement.code)), &[among_pair(among)]))
}

fn subjects(place: &Place, heat: &Heat) -> Result<Vec<SubjectBlock>, WebError> {
    let lang = place.lang();
    let mut by_subject: BTreeMap<Subject, Vec<&gaps::Column>> = BTreeMap::new();
    for column in &heat.columns {
        by_subject.entry(column.requirement.subject).or_default().push(column);
    }
    let block = |(subject, columns): (Subject, Vec<&gaps::Column>)| {
        Ok(SubjectBlock {
            name: crate::words::word(lang, "subject", subject.code()),
            columns: columns.len(),
            missing: lang.number(columns.iter().map(|column| column.total.missing).sum()),
            lines: columns.iter().map(|column| line(place, heat, column)).collect::<Result<_, WebError>>()?,
        })
    };
    by_subject.into_iter().map(block).collect()
}

fn line(place: &Place, heat: &Heat, column: &gaps::Column) -> Result<Line, WebError> {
    let (lang, short, requirement) = (place.lang(), column.total, &column.requirement);
    let met = short.people - short.missing - short.due;
    let label = lang.with(
        "gaps-line",
        &[
            ("missing", lang.number(short.missing).into()),
            ("due", lang.number(short.due).into()),
            ("people", lang.number(short.people).into()),
        ],
    );
    Ok(Line {
        code: requirement.code.clone(),
        title: lang.of(&requirement.title).to_owned(),
        cites: lang.of(&requirement.cites).to_owned(),
        href: names(place, requirement, None).unwrap_or_default(),
        is_verified: requirement.is_verified,
        missing: lang.number(short.missing),
        due: (short.due > 0).then(|| lang.number(short.due)),
        people: lang.number(short.people),
        stack: Stack::of(&[("missed", short.missing), ("due", short.due), ("done", met)], label),
        refusals: words::refusals(lang, requirement, &heat.yearly)?,
    })
}

fn unit_rows(place: &Place, heat: &Heat) -> Vec<Row> {
    let lang = place.lang();
    let is_own = |code: &str| place.unit_code() == Some(code) || place.is_home(code);
    let row = |unit: &service::registry::UnitLine| {
        // The own line of the unit asked for leads nowhere: its address means the unit with everything below it.
        let own = is_own(&unit.code);
        let code = Some(unit.code.as_str());
        let of = |column: &gaps::Column| {
            let path = format!("{PATH}/{}", escaped(&column.requirement.code));
            cell(lang, column.units.get(&unit.id), (!own).then(|| place.link_to_unit(&path, code, &[])))
        };
        Row {
            name: if own { lang.with("gaps-own-unit", &[("name", unit.name.as_str().into())]) } else { unit.name.clone() },
            href: (!own).then(|| place.link_to_unit(PATH, code, &[])),
            cells: heat.columns.iter().map(of).collect(),
            total: lang.number(heat.columns.iter().filter_map(|column| column.units.get(&unit.id)).map(|short| short.missing).sum()),
        }
    };
    heat.rows.iter().map(row).collect()
}

fn group_rows(place: &Place, rows: Rows, groups: &[GroupColumn]) -> Vec<Row> {
    let lang = place.lang();
    let of = |column: &GroupColumn, among: Among| match among {
        Among::Staff(staff) => column.staff.get(&staff).copied(),
        Among::Leaders(group) => column.leaders.get(&group).copied(),
    };
    let row = |among: Among| {
        let counts: Vec<Option<Short>> = groups.iter().map(|column| of(column, among)).collect();
        let total: i64 = counts.iter().flatten().map(|short| short.missing).sum();
        let cells = groups.iter().zip(&counts);
        let cells = cells.map(|(column, short)| cell(lang, short.as_ref(), names(place, &column.requirement, Some(among)))).collect();
        let is_asked = counts.iter().any(Option::is_some);
        is_asked.then(|| Row { name: words::among(lang, among), href: None, cells, total: lang.number(total) })
    };
    let all: Vec<Among> = match rows {
        Rows::Staff => domain::people::StaffKind::ALL.iter().copied().map(Among::Staff).collect(),
        _ => domain::people::LeaderGroup::ALL.iter().copied().map(Some).chain([None]).map(Among::Leaders).collect(),
    };
    all.into_iter().filter_map(row).collect()
}

fn cell(lang: Lang, short: Option<&Short>, href: Option<String>) -> Cell {
    let Some(short) = short.filter(|short| short.people > 0) else { return Cell { level: 0, count: None, href: None } };
    let share = short.missing * 100 / short.people;
    // Part of a percent is still somebody.
    let share = if short.missing > 0 { share.max(1) } else { share };
    Cell {
        level: level(share),
        count: Some((lang.number(short.missing), lang.short_percent(share * 100))),
        href: href.filter(|_| short.missing + short.due > 0),
    }
}

/// How dark a cell is: nobody, up to a tenth, a quarter, half, more.
const fn level(percent: i64) -> u8 {
    match percent {
        0 => 0,
        1..=10 => 1,
        11..=25 => 2,
        26..=50 => 3,
        _ => 4,
    }
}
