//! `/lop/lich`: a month of classes: which run on each day, and which meet at what part of it.
//! Not for: sittings of one class (`sittings`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::time::{Date, date};
use service::classes::{self, ClassLine};

use super::{HERE, chip, path};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "classes/calendar.html")]
struct CalendarPage {
    shell: Shell,
    month: String,
    before: String,
    after: String,
    weekdays: Vec<String>,
    weeks: Vec<Vec<Day>>,
    running: String,
}

struct Day {
    number: u8,
    /// The whole day in words, for lists on phones and for screen readers.
    told: String,
    is_of_month: bool,
    is_today: bool,
    classes: Vec<OnDay>,
}

struct OnDay {
    href: String,
    name: String,
    when: String,
    state: (&'static str, String),
}

/// The month asked for, `2026-12`; the current one else.
fn month(asked: &Asked, today: Date) -> Date {
    let first = |text: &str| {
        let (year, month) = text.split_once('-')?;
        date(year.parse().ok()?, month.parse().ok()?, 1)
    };
    asked.text("thang").and_then(first).unwrap_or_else(|| today.replace_day(1).unwrap_or(today))
}

fn link(first: Date, months: i32) -> String {
    let other = domain::time::add_months(first, months).unwrap_or(first);
    address(&format!("{HERE}/lich"), &[("thang", Some(&format!("{}-{:02}", other.year(), u8::from(other.month()))))])
}

/// The month.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let first = month(&asked, ctx.today);
    let last = first.replace_day(first.month().length(first.year())).unwrap_or(first);
    let back = i64::from(first.weekday().number_days_from_monday());
    let start = first.checked_sub(time::Duration::days(back)).unwrap_or(first);
    let weeks_shown = (back + (last - first).whole_days() + 7) / 7;
    let end = start.checked_add(time::Duration::days(weeks_shown * 7 - 1)).unwrap_or(last);
    let (lines, sittings) = classes::calendar(&state.services, ctx, (start, end)).await?;
    let on = |line: &ClassLine, day: Date| {
        let mut shifts = sittings.iter().filter(|sitting| sitting.sitting.class == line.id && sitting.sitting.on == day).peekable();
        let has_sittings = sittings.iter().any(|sitting| sitting.sitting.class == line.id);
        // A class whose sittings are known shows on those days only; of the others the whole time is known.
        let is_held = if has_sittings { shifts.peek().is_some() } else { line.terms.starts_on <= day && day <= line.terms.ends_on };
        is_held.then(|| {
            let when: Vec<String> = shifts.map(|sitting| lang.code_text("shift", sitting.sitting.shift.code())).collect();
            OnDay { href: path(&line.code, ""), name: line.terms.name.clone(), when: when.join(", "), state: chip(lang, line.status) }
        })
    };
    let day = |day: Date| Day {
        number: day.day(),
        told: lang.date(day),
        is_of_month: day.month() == first.month(),
        is_today: day == ctx.today,
        classes: lines.iter().filter_map(|line| on(line, day)).collect(),
    };
    let days = (0..weeks_shown * 7).map(|n| day(start.checked_add(time::Duration::days(n)).unwrap_or(start)));
    let mut weeks: Vec<Vec<Day>> = Vec::new();
    for (n, day) in days.enumerate() {
        if n % 7 == 0 {
            weeks.push(Vec::new());
        }
        if let Some(week) = weeks.last_mut() {
            week.push(day);
        }
    }
    shell::page(&CalendarPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-calendar")),
        month: told(lang, first),
        before: link(first, -1),
        after: link(first, 1),
        weekdays: (1..=7).map(|n| lang.t(&format!("weekday-{n}"))).collect(),
        weeks,
        running: lang.with("class-calendar-count", &[("n", lang.size(lines.len()).into())]),
    })
}

fn told(lang: Lang, first: Date) -> String {
    lang.with("class-month", &[("month", u8::from(first.month()).to_string().into()), ("year", first.year().to_string().into())])
}
