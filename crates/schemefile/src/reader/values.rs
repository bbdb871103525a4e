//! Single values: texts, numbers, dates, codes, percentages.
//! Not for: tables of several fields.

use domain::printed::Percent;
use domain::schemes::Title;
use domain::time::{Date, Interval, dmy, parse as parse_date};

use super::{At, Reader, hint, quoted};
use crate::coded::Coded;
use crate::fault::Message;
use crate::node::Kind;

/// Counts and sums in files stay below this, so that no arithmetic on them can overflow.
const LARGEST: i64 = 1_000_000_000_000;

impl Reader<'_> {
    /// Any text, also an empty one.
    pub(crate) fn text(&mut self, at: &At<'_>) -> Option<String> {
        match &at.node.kind {
            Kind::Text(text) => Some(text.clone()),
            _ => self.wrong_type(at, ("chữ trong ngoặc kép", "text in quotes")),
        }
    }

    /// A text with at least one visible character.
    pub(crate) fn words(&mut self, at: &At<'_>) -> Option<String> {
        let text = self.text(at)?;
        if !text.trim().is_empty() {
            return Some(text);
        }
        self.fault("empty_text", &at.span(), &at.path, Message::new("Không được để trống.", "Must not be empty."));
        None
    }

    pub(crate) fn title(&mut self, at: &At<'_>) -> Option<Title> {
        let fields = self.fields(at, &["vi", "en"])?;
        let vi = self.required(&fields, "vi", Self::words);
        let en = self.required(&fields, "en", Self::words);
        Some(Title { vi: vi?, en: en? })
    }

    pub(crate) fn flag(&mut self, at: &At<'_>) -> Option<bool> {
        match at.node.kind {
            Kind::Boolean(yes) => Some(yes),
            _ => self.wrong_type(at, ("true hoặc false (không có ngoặc kép)", "true or false (without quotes)")),
        }
    }

    /// A whole number from `least` on.
    pub(crate) fn number(&mut self, at: &At<'_>, least: i64, most: i64) -> Option<i64> {
        let Kind::Integer(number) = at.node.kind else {
            return self.wrong_type(at, ("số nguyên (không có ngoặc kép)", "a whole number (without quotes)"));
        };
        if (least..=most).contains(&number) {
            return Some(number);
        }
        self.fault(
            "bad_number",
            &at.span(),
            &at.path,
            Message::new(
                format!("Số {number} không dùng được ở đây; phải từ {least} đến {most}."),
                format!("The number {number} cannot stand here; it must be from {least} to {most}."),
            ),
        );
        None
    }

    /// A count.
    pub(crate) fn count(&mut self, at: &At<'_>) -> Option<i64> {
        self.number(at, 0, LARGEST)
    }

    /// Any whole number of bearable size.
    pub(crate) fn integer(&mut self, at: &At<'_>) -> Option<i64> {
        self.number(at, -LARGEST, LARGEST)
    }

    pub(crate) fn small(&mut self, at: &At<'_>, least: u32) -> Option<u32> {
        self.number(at, i64::from(least), i64::from(u32::MAX)).and_then(|n| u32::try_from(n).ok())
    }

    pub(crate) fn byte(&mut self, at: &At<'_>, least: u8, most: u8) -> Option<u8> {
        self.number(at, i64::from(least), i64::from(most)).and_then(|n| u8::try_from(n).ok())
    }

    /// A percentage from 0 to 100 with at most two decimals, in basis points.
    pub(crate) fn percent(&mut self, at: &At<'_>) -> Option<i64> {
        let written = match &at.node.kind {
            Kind::Integer(number) => number.to_string(),
            Kind::Decimal(text) | Kind::Text(text) => text.clone(),
            _ => return self.wrong_type(at, ("tỷ lệ phần trăm, ví dụ 20 hoặc 37.5", "a percentage, for example 20 or 37.5")),
        };
        let percent = Percent::parse(&written).map(Percent::basis_points).filter(|p| (0..=10_000).contains(p));
        if percent.is_none() {
            self.fault(
                "bad_threshold",
                &at.span(),
                &at.path,
                Message::new(
                    format!("`{written}` không phải là tỷ lệ từ 0 đến 100 với nhiều nhất hai số lẻ; viết ví dụ 20 hoặc 37.5."),
                    format!("`{written}` is not a percentage from 0 to 100 with at most two decimals; write for example 20 or 37.5."),
                ),
            );
        }
        percent
    }

    /// A day, as text `dd/mm/yyyy` or `yyyy-mm-dd`, or as a TOML date.
    pub(crate) fn day(&mut self, at: &At<'_>) -> Option<Date> {
        let (Kind::Text(text) | Kind::Date(text)) = &at.node.kind else {
            return self.wrong_type(at, ("ngày trong ngoặc kép, ví dụ \"31/12/2026\"", "a day in quotes, for example \"31/12/2026\""));
        };
        let day = parse_date(text);
        if day.is_none() {
            self.fault(
                "impossible_date",
                &at.span(),
                &at.path,
                Message::new(
                    format!("`{text}` không phải là một ngày có thật; viết ngày/tháng/năm, ví dụ \"31/12/2026\"."),
                    format!("`{text}` is not a real day; write day/month/year, for example \"31/12/2026\"."),
                ),
            );
        }
        day
    }

    /// A span from a first to a last day, both included; without a last day it stays open.
    pub(crate) fn span_of_days(&mut self, at: &At<'_>) -> Option<Interval> {
        let fields = self.fields(at, &["from", "to"])?;
        let from = self.required(&fields, "from", Self::day);
        let to = self.optional(&fields, "to", None, |r, at| r.day(at).map(Some));
        let (from, to) = (from?, to?);
        let span = to.map_or_else(|| Interval::new(from, None), |to| Interval::of_days(from, to)).ok();
        if span.is_none() {
            let last = to.map(dmy).unwrap_or_default();
            let first = dmy(from);
            self.fault(
                "empty_interval",
                &at.span(),
                &at.path,
                Message::new(
                    format!("Ngày cuối {last} đứng trước ngày đầu {first}; hãy đổi lại (cả hai ngày đều được tính)."),
                    format!("The last day {last} lies before the first day {first}; correct one of them (both days count)."),
                ),
            );
        }
        span
    }

    /// One of a few words.
    pub(crate) fn choice<T: Copy>(&mut self, at: &At<'_>, options: &[(&'static str, T)]) -> Option<T> {
        let text = self.text(at)?;
        let found = options.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let words = || options.iter().map(|(word, _)| *word);
            let (near_vi, near_en) = hint(&text, words());
            let list = quoted(words());
            self.fault(
                "unknown_code",
                &at.span(),
                &at.path,
                Message::new(
                    format!("Không có mã `{text}`.{near_vi} Các mã được dùng: {list}."),
                    format!("There is no code `{text}`.{near_en} Allowed codes: {list}."),
                ),
            );
        }
        found
    }

    /// A code of a domain enumeration.
    pub(crate) fn code<T: Coded>(&mut self, at: &At<'_>) -> Option<T> {
        let options: Vec<(&'static str, T)> = T::all().iter().map(|v| (v.text(), *v)).collect();
        self.choice(at, &options)
    }

    /// A list of codes; a single code may stand without brackets.
    pub(crate) fn codes<T: Coded>(&mut self, at: &At<'_>) -> Option<Vec<T>> {
        match at.node.kind {
            Kind::Text(_) => self.code(at).map(|code| vec![code]),
            _ => self.list(at, Self::code),
        }
    }
}
