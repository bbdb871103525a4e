//! `/lop/lich/tuan`: a week of meetings by day and part of the day, with room and lecturer; two that cannot both be held are marked.
//! Not for: a month (`calendar`), or the meetings of one class (`sittings`).

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::classes::sittings::Shift;
use domain::ids::ClassId;
use domain::roles::Act;
use domain::time::Date;
use service::classes::{self, SittingLine, UnitLoad};

use super::{HERE, path};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Columns of the week; a meeting of the whole day stands in two.
const PARTS: [Shift; 3] = [Shift::Morning, Shift::Afternoon, Shift::Evening];

#[derive(Template)]
#[template(path = "classes/week.html")]
struct WeekPage {
    shell: Shell,
    before: String,
    after: String,
    month: String,
    parts: Vec<String>,
    days: Vec<Day>,
    clashes: Option<String>,
    load: Option<Load>,
}

/// How many of each unit are away.
struct Load {
    lead: String,
    days: Vec<String>,
    rows: Vec<LoadRow>,
}

struct LoadRow {
    code: String,
    unit: String,
    people: String,
    cells: Vec<LoadCell>,
}

struct LoadCell {
    day: String,
    away: String,
    /// Parts of a hundred of the share, at most the whole.
    part: i32,
    is_over: bool,
}

struct Day {
    name: String,
    is_today: bool,
    cells: Vec<(String, Vec<Meeting>)>,
}

struct Meeting {
    href: String,
    name: String,
    where_: String,
    /// What is taken twice.
    clash: Option<String>,
}

/// The Monday of the week that an address asks for.
fn monday(asked: &Asked, today: Date) -> Date {
    let day = asked.day("ngay").unwrap_or(today);
    let back = i64::from(day.weekday().number_days_from_monday());
    day.checked_sub(time::Duration::days(back)).unwrap_or(day)
}

fn link(monday: Date, days: i64) -> String {
    let other = monday.checked_add(time::Duration::days(days)).unwrap_or(monday);
    address(&format!("{HERE}/lich/tuan"), &[("ngay", Some(&domain::time::iso(other)))])
}

/// What another meeting at the same time takes as well.
fn clash(lang: Lang, one: &SittingLine, all: &[&SittingLine]) -> Option<String> {
    let at_once = |other: &&&SittingLine| {
        other.sitting.class != one.sitting.class && other.sitting.on == one.sitting.on && other.sitting.shift.meets(one.sitting.shift)
    };
    let others: Vec<&&SittingLine> = all.iter().filter(at_once).collect();
    let takes = |taken: &dyn Fn(&SittingLine) -> bool| others.iter().any(|other| taken(other));
    let room = one.sitting.room.is_some() && takes(&|other| other.sitting.room == one.sitting.room);
    let lecturer = one.sitting.lecturer.is_some() && takes(&|other| other.sitting.lecturer == one.sitting.lecturer);
    match (room, lecturer) {
        (true, _) => Some(lang.t("week-room-twice")),
        (_, true) => Some(lang.t("week-lecturer-twice")),
        _ => None,
    }
}

fn meeting(lang: Lang, one: &SittingLine, all: &[&SittingLine]) -> Meeting {
    let name = |pair: &Option<(String, String)>| pair.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let parts = [name(&one.room), name(&one.lecturer), one.sitting.words.clone()];
    Meeting {
        href: path(&one.class.0, ""),
        name: one.class.1.clone(),
        where_: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        clash: clash(lang, one, all),
    }
}

/// What fits beside the meetings; whoever sees no people sees no load.
async fn load(state: &AppState, signed_in: &SignedIn, (first, last): (Date, Date)) -> Result<Option<Load>, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    if !ctx.may(Act::ViewPeople) {
        return Ok(None);
    }
    let (units, share) = classes::load(&state.services, ctx, (first, last)).await?;
    let days: Vec<String> = (1..=7).map(|n| lang.t(&format!("weekday-{n}"))).collect();
    let row = |unit: &UnitLoad| LoadRow {
        code: unit.unit.0.clone(),
        unit: unit.unit.1.clone(),
        people: lang.number(unit.people.into()),
        cells: unit.away.iter().zip(&days).map(|(away, day)| cell(lang, *away, unit.most, day)).collect(),
    };
    let lead = lang.with("week-load-lead", &[("share", lang.number(share.into()).into())]);
    Ok(Some(Load { lead, rows: units.iter().take(MOST_UNITS).map(row).collect(), days }))
}

fn cell(lang: Lang, away: i32, most: i32, day: &str) -> LoadCell {
    let part = (away * 100 / most.max(1)).min(100);
    LoadCell { day: day.to_owned(), away: if away > 0 { lang.number(away.into()) } else { String::new() }, part, is_over: away > most }
}

/// Units shown; those nearest to their share come first.
const MOST_UNITS: usize = 100;

/// The week.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let first = monday(&asked, ctx.today);
    let last = first.checked_add(time::Duration::days(6)).unwrap_or(first);
    let (lines, sittings) = classes::calendar(&state.services, ctx, (first, last)).await?;
    // Drafts are seen by whoever reads drafts.
    let seen: BTreeSet<ClassId> = lines.iter().map(|line| line.id).collect();
    let all: Vec<&SittingLine> = sittings.iter().filter(|sitting| seen.contains(&sitting.sitting.class)).collect();
    let cell = |day: Date, part: Shift| {
        let of = all.iter().filter(|one| one.sitting.on == day && one.sitting.shift.meets(part));
        (word(lang, "shift", part.code()), of.map(|one| meeting(lang, one, &all)).collect())
    };
    let day = |n: i64| {
        let day = first.checked_add(time::Duration::days(n)).unwrap_or(first);
        let weekday = lang.t(&format!("weekday-{}", day.weekday().number_from_monday()));
        Day {
            name: format!("{weekday} {}", lang.date(day)),
            is_today: day == ctx.today,
            cells: PARTS.iter().map(|part| cell(day, *part)).collect(),
        }
    };
    let clashing = all.iter().filter(|one| clash(lang, one, &all).is_some()).count();
    let month = format!("{}-{:02}", first.year(), u8::from(first.month()));
    shell::page(&WeekPage {
        shell: Shell::new(
            &signed_in.visitor,
            &lang.with("week-title", &[("from", lang.date(first).into()), ("to", lang.date(last).into())]),
        ),
        before: link(first, -7),
        after: link(first, 7),
        month: address(&format!("{HERE}/lich"), &[("thang", Some(&month))]),
        parts: PARTS.iter().map(|part| word(lang, "shift", part.code())).collect(),
        days: (0..7).map(day).collect(),
        load: load(&state, &signed_in, (first, last)).await?,
        clashes: (clashing > 0).then(|| lang.with("week-clashes", &[("n", lang.size(clashing).into())])),
    })
}
