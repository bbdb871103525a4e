//! A value over time against the straight line that would keep the promise.
//! Not for: counting; the points come measured.

use askama::Template;
use domain::time::Date;

use crate::i18n::Lang;

const WIDTH: i64 = 760;
const HEIGHT: i64 = 260;
const LEFT: i64 = 60;
const RIGHT: i64 = 18;
const TOP: i64 = 16;
const BOTTOM: i64 = 34;

/// What a chart is drawn from; values are numerators.
#[derive(Debug, Clone)]
pub(crate) struct Series<'a> {
    pub(crate) from: Date,
    /// First day after the period.
    pub(crate) to: Date,
    /// The day of the question.
    pub(crate) on: Date,
    pub(crate) points: &'a [(Date, i64)],
    /// Where the straight line starts and what it must reach.
    pub(crate) start: i64,
    pub(crate) required: i64,
    pub(crate) ceiling: Option<i64>,
    pub(crate) forecast: Option<i64>,
    /// A share has its whole: the axis then carries percentages too.
    pub(crate) whole: Option<i64>,
    /// A running share is expected to stand at its promise from the first day.
    pub(crate) is_flat: bool,
}

/// A ready-to-print chart.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/line.html")]
pub(crate) struct Chart {
    state: &'static str,
    title: String,
    description: String,
    line: String,
    area: String,
    expected: String,
    forecast: Option<String>,
    dots: Vec<(i64, i64)>,
    last: Option<(i64, i64, String)>,
    threshold_y: i64,
    threshold_label: String,
    threshold_label_y: i64,
    ceiling_y: Option<i64>,
    today_x: Option<i64>,
    rows: Vec<(i64, String)>,
    columns: Vec<(i64, String)>,
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
}

/// Words around the drawing.
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) threshold: String,
    pub(crate) last: String,
}

struct Field {
    from: Date,
    days: i64,
    most: i64,
}

impl Field {
    fn x(&self, day: Date) -> i64 {
        LEFT + (day - self.from).whole_days().clamp(0, self.days) * (WIDTH - LEFT - RIGHT) / self.days
    }

    fn y(&self, value: i64) -> i64 {
        let height = HEIGHT - TOP - BOTTOM;
        TOP + height - value.clamp(0, self.most).saturating_mul(height) / self.most
    }
}

impl Chart {
    /// Draws; `None` without a period or a point.
    pub(crate) fn draw(lang: Lang, state: &'static str, series: &Series<'_>, words: Words) -> Option<Self> {
        let days = (series.to - series.from).whole_days();
        let (first, last) = (series.points.first()?, series.points.last()?);
        if days < 1 {
            return None;
        }
        let field = Field { from: series.from, days, most: most(series) };
        let (left, right, bottom) = (LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM);
        let place = |(day, value): &(Date, i64)| (field.x(*day), field.y(*value));
        let dots: Vec<(i64, i64)> = series.points.iter().map(place).collect();
        let line = path(&dots);
        let area = format!("{line}L{} {bottom}L{} {bottom}z", field.x(last.0), field.x(first.0));
        let threshold_y = field.y(series.required);
        let start = if series.is_flat { series.required } else { series.start };
        let (last_x, last_y) = place(last);
        Some(Self {
            state,
            title: words.title,
            description: words.description,
            area,
            expected: format!("M{left} {}L{right} {threshold_y}", field.y(start)),
            forecast: series.forecast.map(|end| format!("M{last_x} {last_y}L{right} {}", field.y(end))),
            line,
            dots,
            last: Some((last_x, last_y, words.last)),
            threshold_y,
            threshold_label: words.threshold,
            threshold_label_y: if threshold_y < TOP + 16 { threshold_y + 14 } else { threshold_y - 6 },
            ceiling_y: series.ceiling.map(|ceiling| field.y(ceiling)),
            today_x: (series.on >= series.from && series.on < series.to).then(|| field.x(series.on)),
            rows: rows(lang, &field, series.whole),
            columns: columns(lang, &field, series.to),
            left,
            right,
            top: TOP,
            bottom,
        })
    }

    fn last_label_x(&self) -> i64 {
        self.last.as_ref().map_or(0, |(x, _, _)| (*x).clamp(LEFT + 40, WIDTH - RIGHT - 30))
    }

    fn last_label_y(&self) -> i64 {
        self.last.as_ref().map_or(0, |(_, y, _)| (*y - 12).max(TOP + 10))
    }
}

fn most(series: &Series<'_>) -> i64 {
    let highest = series.points.iter().map(|(_, value)| *value).max().unwrap_or(0);
    let highest = highest.max(series.required).max(series.ceiling.unwrap_or(0)).max(series.forecast.unwrap_or(0)).max(series.start);
    let roomy = highest.saturating_add(highest / 8 + 1);
    series.whole.map_or(roomy, |whole| roomy.min(whole.max(highest))).max(1)
}

fn path(points: &[(i64, i64)]) -> String {
    points.iter().enumerate().map(|(place, (x, y))| format!("{}{x} {y}", if place == 0 { 'M' } else { 'L' })).collect()
}

/// Lines across at round values, or at round percentages of the whole: at most six.
fn rows(lang: Lang, field: &Field, whole: Option<i64>) -> Vec<(i64, String)> {
    if let Some(whole) = whole.filter(|whole| *whole > 0) {
        let percent = (field.most.saturating_mul(100) / whole).max(1);
        let step = round_step(percent);
        let row = |place: i64| (field.y(whole.saturating_mul(place * step) / 100), lang.short_percent(place * step * 100));
        return (0..=percent / step).map(row).collect();
    }
    let step = round_step(field.most);
    (0..=field.most / step).map(|place| (field.y(place * step), lang.number(place * step))).collect()
}

fn round_step(most: i64) -> i64 {
    let mut step = 1;
    loop {
        for times in [1, 2, 5] {
            if most <= step * times * 5 {
                return step * times;
            }
        }
        step *= 10;
    }
}

/// Marks below: the first days of years, or of quarters when the period is short.
fn columns(lang: Lang, field: &Field, to: Date) -> Vec<(i64, String)> {
    let months = if field.days > 800 { 12 } else { 3 };
    let mut marks = Vec::new();
    let first = domain::time::date(field.from.year(), 1, 1).unwrap_or(field.from);
    for place in 0..200 {
        let Some(day) = domain::time::add_months(first, place * months) else { break };
        if day > to {
            break;
        }
        if day >= field.from {
            let label = if months == 12 { day.year().to_string() } else { month(lang, day) };
            marks.push((field.x(day), label));
        }
    }
    marks
}

fn month(lang: Lang, day: Date) -> String {
    let text = lang.date(day);
    text.split_once('/').map_or(text.clone(), |(_, month)| month.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_few() {
        for most in [1, 4, 7, 12, 453, 9_999, 1_000_000] {
            let step = round_step(most);
            assert!(most / step <= 5, "{most} by {step}");
        }
        assert_eq!((round_step(453), round_step(12), round_step(3)), (100, 5, 1));
    }
}
