//! Grades that somebody pasted from a sheet, or brought in a file: every line told apart, and what is wrong at its line and column.
//! Not for: opening files (`workbooks`), or whether a grade may be put (`results`).

use super::{Points, PointsFault};
use crate::codes;
use crate::ids::OfficialId;
use crate::text::fold;

/// Somebody of the class, as a line may call the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub official: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// A grade that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub official: OfficialId,
    /// For which work, by its place.
    pub work: usize,
    /// First attempt or the one after it: 0 or 1.
    pub attempt: usize,
    /// The grade.
    pub points: Points,
}

codes! {
    /// Why a place is not taken.
    PasteFault {
        /// Nobody of the class is called so.
        UnknownPerson = "unknown_person",
        /// Several are; the staff code tells them apart.
        SeveralPeople = "several_people",
        /// The person stands in an earlier line.
        Twice = "twice",
        /// It is no number.
        NotANumber = "not_a_number",
        /// It is below 0 or above 10.
        OutOfScale = "out_of_scale",
        /// It has more than two places.
        TooFine = "too_fine",
        /// There is no work for this column.
        NoWork = "no_work",
        /// No line could be read.
        Empty = "empty",
    }
}

/// A place that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// Why.
    pub fault: PasteFault,
    /// What stands there.
    pub typed: String,
    /// Who may be meant, by staff code and name.
    pub near: Option<(String, String)>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// Grades.
    pub entries: Vec<Entry>,
    /// Places that are not taken.
    pub wrong: Vec<Wrong>,
}

/// Cells of pasted text: lines and tabs, as a sheet copies them; a semicolon where there is no tab.
#[must_use]
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let mark = if text.contains('\t') { '\t' } else { ';' };
    text.lines().map(|line| line.split(mark).map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// What a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Code,
    Name,
    Grade(usize, usize),
    Other,
    Unknown,
}

/// Reads rows of cells. A first row that names a work is a head and says what the columns are; without one the person comes first, then
/// the works in their order, all of one attempt.
#[must_use]
pub fn read(rows: &[Vec<String>], people: &[Known], works: &[String], attempt: usize) -> Pasted {
    let mut pasted = Pasted::default();
    let mut seen: Vec<OfficialId> = Vec::new();
    let is_blank = |row: &Vec<String>| row.iter().all(String::is_empty);
    let mut lines = (1..).zip(rows).filter(|(_, row)| !is_blank(row)).peekable();
    // Titles of a filled-in form stand above its head.
    let head_at = rows.iter().take(MOST_TITLES).position(|row| head(row, works).is_some());
    let columns = head_at.and_then(|at| rows.get(at)).and_then(|row| head(row, works));
    if let (Some(at), Some(columns), Some(row)) = (head_at, &columns, head_at.and_then(|at| rows.get(at))) {
        while lines.next_if(|(line, _)| *line <= at + 1).is_some() {}
        for ((column, what), cell) in (1..).zip(columns).zip(row) {
            if *what == Column::Unknown {
                pasted.wrong.push(Wrong { line: at + 1, column, fault: PasteFault::NoWork, typed: cell.clone(), near: None });
            }
        }
    }
    if lines.peek().is_none() {
        pasted.wrong.push(Wrong { line: 1, column: 1, fault: PasteFault::Empty, typed: String::new(), near: None });
    }
    for (line, row) in lines {
        let columns = columns.clone().unwrap_or_else(|| plain(row, works.len(), attempt));
        let official = match who(row, &columns, people) {
            Ok(official) => official,
            Err((column, fault, typed, near)) => {
                pasted.wrong.push(Wrong { line, column, fault, typed, near });
                None
            }
        };
        if let Some(official) = official.filter(|official| seen.contains(official)) {
            let typed = people.iter().find(|known| known.official == official).map(|known| known.code.clone()).unwrap_or_default();
            pasted.wrong.push(Wrong { line, column: 1, fault: PasteFault::Twice, typed, near: None });
        }
        seen.extend(official);
        grades(&mut pasted, line, row, &columns, official);
    }
    pasted
}

/// Lines above a head that are looked at.
const MOST_TITLES: usize = 12;

fn grades(pasted: &mut Pasted, line: usize, row: &[String], columns: &[Column], official: Option<OfficialId>) {
    for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let mut wrong = |fault| pasted.wrong.push(Wrong { line, column: at + 1, fault, typed: cell.clone(), near: None });
        match columns.get(at).copied().unwrap_or(Column::Unknown) {
            Column::Grade(work, attempt) => match Points::parse(cell) {
                Ok(points) => pasted.entries.extend(official.map(|official| Entry { official, work, attempt, points })),
                Err(PointsFault::NotANumber) => wrong(PasteFault::NotANumber),
                Err(PointsFault::OutOfScale) => wrong(PasteFault::OutOfScale),
                Err(PointsFault::TooFine) => wrong(PasteFault::TooFine),
            },
            // A head told of an unknown column once, at its own place.
            Column::Unknown if columns.len() <= at => wrong(PasteFault::NoWork),
            Column::Code | Column::Name | Column::Other | Column::Unknown => {}
        }
    }
}

type NotFound = (usize, PasteFault, String, Option<(String, String)>);

fn who(row: &[String], columns: &[Column], people: &[Known]) -> Result<Option<OfficialId>, NotFound> {
    let cell = |what: Column| {
        let at = columns.iter().position(|column| *column == what)?;
        Some((at + 1, row.get(at)?.as_str())).filter(|(_, text)| !text.is_empty())
    };
    let (code, name) = (cell(Column::Code), cell(Column::Name));
    let by_code = code.and_then(|(_, text)| people.iter().find(|known| known.code.eq_ignore_ascii_case(text)));
    if let Some(known) = by_code {
        return Ok(Some(known.official));
    }
    // Without a head one column may hold either.
    let Some((column, text)) = name.or(code) else {
        return Err((1, PasteFault::UnknownPerson, String::new(), None));
    };
    let folded = fold(text);
    let called: Vec<&Known> = people.iter().filter(|known| fold(&known.name) == folded).collect();
    match called.as_slice() {
        [one] => Ok(Some(one.official)),
        [] => Err((column, PasteFault::UnknownPerson, text.to_owned(), near(&folded, people))),
        _ => Err((column, PasteFault::SeveralPeople, text.to_owned(), None)),
    }
}

/// The one person whose name shares most words with a text, if it is one alone and shares more than the family name.
fn near(folded: &str, people: &[Known]) -> Option<(String, String)> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let shared = |known: &Known| fold(&known.name).split_whitespace().filter(|word| words.contains(word)).count();
    let most = people.iter().map(shared).max().filter(|most| *most > 1)?;
    let mut best = people.iter().filter(|known| shared(known) == most);
    let one = best.next()?;
    best.next().is_none().then(|| (one.code.clone(), one.name.clone()))
}

/// A row without a head: the person, perhaps the name beside the code, then the works.
fn plain(row: &[String], works: usize, attempt: usize) -> Vec<Column> {
    let has_name =
        row.get(1).is_some_and(|cell| cell.chars().any(char::is_alphabetic) && Points::parse(cell).is_err() && cell.contains(' '));
    let mut columns = vec![Column::Code];
    columns.extend(has_name.then_some(Column::Name));
    columns.extend((0..works).map(|work| Column::Grade(work, attempt)));
    columns
}

/// What the columns are by their titles; nothing when no title names a work.
fn head(row: &[String], works: &[String]) -> Option<Vec<Column>> {
    let works: Vec<String> = works.iter().map(|name| fold(name)).collect();
    let column = |cell: &String| {
        let title = fold(cell);
        let (bare, attempt) = match AGAIN.iter().find_map(|mark| title.strip_suffix(mark)) {
            Some(bare) if !works.contains(&title) => (bare.trim_end_matches([' ', '-', ',', '(']).to_owned(), 1),
            _ => (title.clone(), 0),
        };
        if let Some(work) = works.iter().position(|name| *name == bare) {
            return Column::Grade(work, attempt);
        }
        match title.as_str() {
            "ma" | "ma can bo" | "ma cbccvc" | "staff code" | "code" => Column::Code,
            "ho ten" | "ho va ten" | "name" | "full name" => Column::Name,
            "" | "stt" | "tt" | "no" | "no." | "don vi" | "co quan" | "unit" | "ghi chu" | "note" => Column::Other,
            _ => Column::Unknown,
        }
    };
    let columns: Vec<Column> = row.iter().map(column).collect();
    let has_work = columns.iter().any(|column| matches!(column, Column::Grade(..)));
    let has_person = columns.iter().any(|column| matches!(column, Column::Code | Column::Name));
    (has_work && has_person).then_some(columns)
}

/// Ends of titles that mean the attempt after the first.
const AGAIN: &[&str] = &["(2)", "lan 2", "lan 2)", "thi lai", "thi lai)", "retry", "retry)"];
