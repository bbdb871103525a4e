//! Measured targets as one flat line each: the same fields for the API, the terminal and files.
//! Not for: measuring (`progress`), nor words of the interface; codes stay codes here.

use std::fmt::Write as _;

use domain::schemes::{Rule, Target, Title};
use domain::time::iso;
use serde_json::{Value, json as object};

use super::Figure;

/// A measured target, ready to be written out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetLine {
    /// Code of the target.
    pub id: String,
    /// Code of the scheme.
    pub scheme: String,
    /// Where the document says so.
    pub section: String,
    /// Short title in both languages.
    pub title: Title,
    /// Code of the kind of measure.
    pub kind: &'static str,
    /// First and last day looked at, `2024-01-01..2026-12-31`.
    pub period: String,
    /// People, events or attendances that count.
    pub numerator: i64,
    /// Out of how many; `None` for counts.
    pub denominator: Option<i64>,
    /// The value.
    pub value: Option<Amount>,
    /// The promise in one short text, `>= 20 %`.
    pub threshold: String,
    /// Code of the state.
    pub state: &'static str,
    /// How many more are missing to the floor.
    pub missing: i64,
    /// Numerator at the end of the period if it goes on like this.
    pub forecast: i64,
    /// Attendances behind the numerator.
    pub attendances: i64,
    /// Above the ceiling of a range.
    pub above_ceiling: bool,
}

/// A value: a share or a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Basis points (1 % = 100).
    Share(i64),
    /// Units.
    Count(i64),
}

impl Amount {
    /// The percentage with two decimals, or the count.
    #[must_use]
    pub fn to_json(self) -> Value {
        match self {
            // Shares above 21 million per cent do not exist; a count stands in without panicking.
            Self::Share(points) => i32::try_from(points).map_or_else(|_| object!(points / 100), |p| object!(f64::from(p) / 100.0)),
            Self::Count(count) => object!(count),
        }
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Share(points) => write!(f, "{}.{:02}", points / 100, points % 100),
            Self::Count(count) => count.fmt(f),
        }
    }
}

/// One line per figure, in the given order.
#[must_use]
pub fn lines(figures: &[Figure]) -> Vec<TargetLine> {
    figures.iter().map(line).collect()
}

/// The line of one figure.
#[must_use]
pub fn line(figure: &Figure) -> TargetLine {
    let target = &figure.target;
    let share = target.measure.is_share();
    let last = figure.window.to.previous_day().unwrap_or(figure.window.to);
    TargetLine {
        id: target.code.clone(),
        scheme: figure.stored.scheme.code.clone(),
        section: target.section.clone(),
        title: target.title.clone(),
        kind: target.measure.code(),
        period: format!("{}..{}", iso(figure.window.from), iso(last)),
        numerator: figure.counted.numerator,
        denominator: share.then_some(figure.counted.denominator),
        value: figure.progress.value.map(|v| if share { Amount::Share(v) } else { Amount::Count(v) }),
        threshold: threshold(target),
        state: figure.progress.state.code(),
        missing: figure.progress.missing,
        forecast: figure.progress.forecast,
        attendances: figure.counted.attendances,
        above_ceiling: figure.progress.above_ceiling,
    }
}

/// The promise of a target in one short text: `>= 20 %`, `> 90 %`, `30..50 %`, `7..10`, `yes`.
#[must_use]
pub fn threshold(target: &Target) -> String {
    let share = target.measure.is_share();
    let unit = if share { " %" } else { "" };
    let number = |n: i64| if share { percent(n) } else { n.to_string() };
    match target.threshold.rule {
        Rule::AtLeast(floor) => format!(">= {}{unit}", number(floor)),
        Rule::MoreThan(bound) => format!("> {}{unit}", number(bound)),
        Rule::Between(floor, ceiling) => format!("{}..{}{unit}", number(floor), number(ceiling)),
        Rule::Yes => "yes".to_owned(),
    }
}

/// Basis points as a percentage without needless zeros.
fn percent(points: i64) -> String {
    let text = Amount::Share(points).to_string();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The lines as a JSON array of objects.
#[must_use]
pub fn json(lines: &[TargetLine]) -> Value {
    Value::Array(lines.iter().map(json_line).collect())
}

/// One line as a JSON object.
#[must_use]
pub fn json_line(line: &TargetLine) -> Value {
    object!({
        "id": line.id,
        "scheme": line.scheme,
        "section": line.section,
        "title": { "vi": line.title.vi, "en": line.title.en },
        "kind": line.kind,
        "period": line.period,
        "numerator": line.numerator,
        "denominator": line.denominator,
        "value": line.value.map(Amount::to_json),
        "threshold": line.threshold,
        "state": line.state,
        "missing": line.missing,
        "forecast": line.forecast,
        "attendances": line.attendances,
        "above_ceiling": line.above_ceiling,
    })
}

const CSV_COLUMNS: [&str; 16] = [
    "id",
    "scheme",
    "section",
    "title_vi",
    "title_en",
    "kind",
    "period",
    "numerator",
    "denominator",
    "value",
    "threshold",
    "state",
    "missing",
    "forecast",
    "attendances",
    "above_ceiling",
];

/// The first line of the CSV file, without its line break.
#[must_use]
pub fn csv_header() -> String {
    CSV_COLUMNS.join(",")
}

/// One line of the CSV file, without its line break.
#[must_use]
pub fn csv_row(line: &TargetLine) -> String {
    let cells = [
        line.id.clone(),
        line.scheme.clone(),
        line.section.clone(),
        line.title.vi.clone(),
        line.title.en.clone(),
        line.kind.to_owned(),
        line.period.clone(),
        line.numerator.to_string(),
        optional(line.denominator),
        optional(line.value),
        line.threshold.clone(),
        line.state.to_owned(),
        line.missing.to_string(),
        line.forecast.to_string(),
        line.attendances.to_string(),
        line.above_ceiling.to_string(),
    ];
    cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",")
}

/// The lines as a CSV file (RFC 4180, UTF-8) with a header.
#[must_use]
pub fn csv(lines: &[TargetLine]) -> String {
    let mut text = csv_header();
    for line in lines {
        text.push_str("\r\n");
        text.push_str(&csv_row(line));
    }
    text.push_str("\r\n");
    text
}

/// The lines as an aligned table for a terminal.
#[must_use]
pub fn text(lines: &[TargetLine]) -> String {
    const HEAD: [&str; 9] = ["id", "scheme", "state", "value", "threshold", "count", "missing", "forecast", "period"];
    let row = |l: &TargetLine| {
        let count = l.denominator.map_or_else(|| l.numerator.to_string(), |d| format!("{}/{d}", l.numerator));
        let value = l.value.map_or_else(|| "-".to_owned(), |v| if l.denominator.is_some() { format!("{v} %") } else { v.to_string() });
        [
            l.id.clone(),
            l.scheme.clone(),
            l.state.to_owned(),
            value,
            l.threshold.clone(),
            count,
            l.missing.to_string(),
            l.forecast.to_string(),
            l.period.clone(),
        ]
    };
    let rows: Vec<[String; 9]> = std::iter::once(HEAD.map(str::to_owned)).chain(lines.iter().map(row)).collect();
    let widths: Vec<usize> =
        (0..HEAD.len()).map(|i| rows.iter().filter_map(|r| r.get(i)).map(|c| c.chars().count()).max().unwrap_or(0)).collect();
    rows.iter().fold(String::new(), |mut text, row| {
        let cells: Vec<String> = row.iter().zip(&widths).enumerate().map(|(i, (cell, width))| aligned(i, cell, *width)).collect();
        // Writing into a string cannot fail.
        let _: std::fmt::Result = writeln!(text, "{}", cells.join("  ").trim_end());
        text
    })
}

/// Numbers to the right (columns value, count, missing and forecast), words to the left.
fn aligned(column: usize, cell: &str, width: usize) -> String {
    if matches!(column, 3 | 5 | 6 | 7) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
}

fn optional(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(value: Option<Amount>, denominator: Option<i64>) -> TargetLine {
        TargetLine {
            id: "T1".into(),
            scheme: "quang-nam-2024".into(),
            section: "II.2".into(),
            title: Title { vi: "Bồi dưỡng, hằng năm".into(), en: "The \"yearly\" week".into() },
            kind: "share_of_people",
            period: "2024-01-01..2026-12-31".into(),
            numerator: 151,
            denominator,
            value,
            threshold: ">= 20 %".into(),
            state: "behind",
            missing: 302,
            forecast: 200,
            attendances: 160,
            above_ceiling: false,
        }
    }

    #[test]
    fn a_share_is_a_percentage_with_two_decimals_and_a_share_of_nobody_is_null() {
        let lines = [line(Some(Amount::Share(667)), Some(2_262)), line(None, Some(0)), line(Some(Amount::Count(7)), None)];
        let written = json(&lines);
        let values: Vec<&Value> = written.as_array().unwrap().iter().map(|l| &l["value"]).collect();
        assert_eq!(values, [&object!(6.67), &Value::Null, &object!(7)]);
        assert_eq!(written[2]["denominator"], Value::Null);
    }

    #[test]
    fn csv_quotes_what_needs_quotes_and_every_row_has_every_column() {
        let text = csv(&[line(Some(Amount::Share(667)), Some(2_262))]);
        assert!(text.contains("\"Bồi dưỡng, hằng năm\",\"The \"\"yearly\"\" week\",share_of_people"));
        assert!(text.ends_with("151,2262,6.67,>= 20 %,behind,302,200,160,false\r\n"));
    }

    #[test]
    fn the_table_for_the_terminal_lines_up() {
        let table = text(&[line(Some(Amount::Share(667)), Some(2_262)), line(None, Some(0))]);
        let starts: Vec<Option<usize>> = table.lines().map(|l| l.find("quang-nam").or_else(|| l.find("scheme"))).collect();
        assert!(starts.windows(2).all(|pair| pair[0] == pair[1]), "{table}");
        assert!(table.contains("6.67 %"));
    }

    #[test]
    fn thresholds_have_no_needless_zeros() {
        assert_eq!((percent(2_000), percent(1_250), percent(9_005)), ("20".into(), "12.5".into(), "90.05".into()));
    }
}
