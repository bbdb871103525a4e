//! The catalogue a caller passes: which fields it looks for, under which names, and what kind of value each holds.
//! Not for: the fields of persons or classes themselves; no name of them stands in this crate.

use domain::text::fold;

/// A field the caller looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Stable name.
    pub code: String,
    /// What people write above such a column, with or without marks, any case. A name may have two levels: `Trình độ / Chuyên môn`.
    pub names: Vec<String>,
    /// What kind of value it holds.
    pub kind: Kind,
    /// Whether a row can do without it.
    pub need: Need,
    /// Whether several columns may hold it.
    pub times: Times,
    /// What counts as nothing.
    pub blanks: Blanks,
}

impl Field {
    /// An optional field of one column; what counts as nothing follows its kind.
    #[must_use]
    pub fn new(code: &str, names: &[&str], kind: Kind) -> Self {
        let blanks = kind.usual_blanks();
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        Self { code: code.to_owned(), names, kind, need: Need::Optional, times: Times::Once, blanks }
    }

    /// The same field, which no row can do without.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.need = Need::Required;
        self
    }

    /// The same field, which several columns may hold.
    #[must_use]
    pub const fn many(mut self) -> Self {
        self.times = Times::Many;
        self
    }

    /// The same field with its own rule for nothing.
    #[must_use]
    pub const fn blanks(mut self, blanks: Blanks) -> Self {
        self.blanks = blanks;
        self
    }
}

/// Whether a row can do without a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It cannot.
    Required,
    /// It can.
    Optional,
}

/// Whether several columns may hold a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// One column.
    Once,
    /// Any number of columns, each a value of its own.
    Many,
}

/// What counts as nothing beside an empty cell. Each level has those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blanks {
    /// Dashes, dots and question marks alone.
    Dashes,
    /// `không`, `không có`, `chưa`, `chưa có`, `n/a`.
    Words,
    /// `0`.
    Zero,
}

const BLANK_WORDS: [&str; 10] = ["khong", "khong co", "chua", "chua co", "n/a", "na", "null", "none", "k", "ko"];
/// Longer texts are not compared; marks may take letters of their own.
const LONGEST_BLANK: usize = 24;

impl Blanks {
    pub(crate) fn has(self, text: &str) -> bool {
        if text.chars().all(|c| c.is_whitespace() || "-–—_.…?/*'".contains(c)) {
            return true;
        }
        // Folding costs; no blank word begins with another letter, and these letters bear no marks.
        let may_be = || text.trim_start().starts_with(['k', 'K', 'c', 'C', 'n', 'N']) && text.chars().count() <= LONGEST_BLANK;
        let is_word = || may_be() && BLANK_WORDS.contains(&fold(text).as_str());
        (self >= Self::Words && is_word()) || (self >= Self::Zero && text.trim() == "0")
    }
}

/// What kind of value a field holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A person's name.
    Name,
    /// A day, a month or a year.
    Date,
    /// A whole number between two bounds, both included.
    Integer {
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// One of a list.
    Code(Vec<Choice>),
    /// Yes or no.
    YesNo,
    /// The number of a citizen: twelve digits, or nine of the old card.
    CitizenNumber,
    /// A code that is kept as text, with its leading zeros.
    Key {
        /// How many digits it has, if it is always as many; a number that lost its zeros gets them back.
        digits: Option<usize>,
    },
}

impl Kind {
    const fn usual_blanks(&self) -> Blanks {
        match self {
            Self::Text | Self::Name | Self::Key { .. } | Self::YesNo => Blanks::Dashes,
            Self::Integer { .. } => Blanks::Words,
            Self::Date | Self::Code(_) | Self::CitizenNumber => Blanks::Zero,
        }
    }

    pub(crate) fn choices(&self) -> &[Choice] {
        match self {
            Self::Code(choices) => choices,
            _ => &[],
        }
    }
}

/// One value of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stable name.
    pub code: String,
    /// What people write for it, as it is compared; the code is the last of them.
    keys: Vec<String>,
}

impl Choice {
    /// A choice under the names people write for it, with or without marks, any case; its code is always one of them.
    #[must_use]
    pub fn new(code: &str, names: &[&str]) -> Self {
        Self { code: code.to_owned(), keys: names.iter().chain([&code]).map(|name| key(name)).collect() }
    }

    pub(crate) fn is_called(&self, wanted: &str) -> bool {
        self.keys.iter().any(|key| key == wanted)
    }

    pub(crate) fn keys(&self) -> &[String] {
        &self.keys
    }
}

/// The text as it is compared: folded, with words parted by single blanks and no signs between them.
pub(crate) fn key(text: &str) -> String {
    let folded = fold(text);
    let parted: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    parted.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many letters must be changed, added or left out to make one text of the other; counting ends behind `most`.
pub(crate) fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(64).collect(), b.chars().take(64).collect());
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut last = i + 1;
        let mut next = vec![last];
        for (right, above) in b.iter().zip(row.iter().skip(1)) {
            last = (diagonal + usize::from(left != right)).min(above + 1).min(last + 1);
            diagonal = *above;
            next.push(last);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_without_marks_and_signs() {
        assert_eq!(key("  Họ,\n tên:* (khai sinh) "), "ho ten khai sinh");
        assert_eq!(key("Đ/c"), "d c");
    }

    #[test]
    fn distances_count_letters() {
        for (a, b, expected) in
            [("", "", 0), ("trung cap", "trung cap", 0), ("trung cap", "trung câp", 1), ("cao cap", "so cap", 2), ("a", "abcd", 3)]
        {
            assert_eq!(distance(a, b, 9), expected, "{a} {b}");
        }
        assert_eq!(distance("a", "abcdef", 2), 3);
    }

    #[test]
    fn blank_words_begin_with_the_letters_that_are_looked_for() {
        assert!(BLANK_WORDS.iter().all(|word| word.starts_with(['k', 'c', 'n'])));
    }

    #[test]
    fn nothing_is_told_by_level() {
        for (text, least) in [
            ("-", Some(Blanks::Dashes)),
            ("...", Some(Blanks::Dashes)),
            ("Không có", Some(Blanks::Words)),
            ("0", Some(Blanks::Zero)),
            ("x", None),
        ] {
            let found = [Blanks::Dashes, Blanks::Words, Blanks::Zero].into_iter().find(|blanks| blanks.has(text));
            assert_eq!(found, least, "{text}");
        }
    }
}
