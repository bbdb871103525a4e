//! Printed statistics of a signed document as data, and their recomputation: which printed figure does not follow from the others.
//! Not for: the tables a province computes today (`statistics`), nor the file they are read from (`schemefile`).
//!
//! Row and column keys are those of `statistics`, so that a printed table and a computed one are compared cell by cell.

mod figures;

use crate::schemes::Title;

pub use figures::{Figure, Percent};

/// A table as the document prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedTable {
    /// Key, e.g. `2`.
    pub id: String,
    /// Our short title.
    pub title: Title,
    /// What is counted, e.g. attendances or people.
    pub unit: Title,
    /// Columns, in printed order.
    pub columns: Vec<Head>,
    /// Rows, in printed order.
    pub rows: Vec<PrintedRow>,
}

/// Key and label of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Key, e.g. `leadership.cbcc`.
    pub key: String,
    /// Label.
    pub label: Title,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedRow {
    /// Key and label.
    pub head: Head,
    /// One cell per column.
    pub cells: Vec<PrintedCell>,
}

/// A cell: a count, a percentage, both or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PrintedCell {
    /// The printed count.
    pub count: Option<i64>,
    /// The printed percentage.
    pub percent: Option<Percent>,
}

/// Key of the row and of the column that hold totals.
pub const TOTAL: &str = "total";

/// Cells of a table; `None` stands for every row or column that is not a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    /// Table.
    pub table: String,
    /// Row key.
    pub row: Option<String>,
    /// Column key.
    pub column: Option<String>,
}

/// A part of a sum: cells, or the number one, times a whole number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// How many times.
    pub times: i64,
    /// Which cells; `None` for the plain number `times`.
    pub cells: Option<Cells>,
}

/// A figure to be recomputed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Code, e.g. `I2`; several checks may shed light on one point.
    pub id: String,
    /// Where the figure stands.
    pub place: Title,
    /// What to recompute.
    pub recompute: Recompute,
    /// What it means.
    pub remark: Title,
    /// Which figure the synthetic province follows; empty when there is nothing to choose.
    pub choice: Title,
}

/// What to recompute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recompute {
    /// In every row, the total column against the sum of the others.
    RowSums {
        /// Table.
        table: String,
    },
    /// In every column, the total row against the sum of the others.
    ColumnSums {
        /// Table.
        table: String,
    },
    /// In every row, each printed percentage against the row's total.
    RowShares {
        /// Table.
        table: String,
    },
    /// In every row, the printed percentages of the parts against 100 %.
    PercentSums {
        /// Table.
        table: String,
    },
    /// Two sums that must agree.
    Equal {
        /// As printed.
        printed: Vec<Term>,
        /// What it must agree with.
        with: Vec<Term>,
    },
    /// A printed share.
    Share {
        /// As printed.
        printed: Percent,
        /// Part.
        of: Vec<Term>,
        /// Whole.
        base: Vec<Term>,
    },
    /// A printed mean, in units.
    Mean {
        /// As printed.
        printed: i64,
        /// Sum.
        of: Vec<Term>,
        /// Number of years.
        years: i64,
    },
    /// A claim that a share is above a bound.
    MoreThan {
        /// The claimed bound.
        bound: Percent,
        /// Part.
        of: Vec<Term>,
        /// Whole.
        base: Vec<Term>,
    },
    /// A promised share of which a part is already there: how many are still needed.
    StillNeeded {
        /// The promised share.
        promised: Percent,
        /// Already there.
        already: Vec<Term>,
        /// Whole.
        base: Vec<Term>,
    },
    /// A promised share against places handed out for it.
    PlacesFor {
        /// The promised share.
        promised: Percent,
        /// Whole.
        base: Vec<Term>,
        /// Places handed out.
        places: Vec<Term>,
    },
    /// A remark on the wording, with nothing to compute.
    Note {
        /// The words in question, shortened.
        printed: Title,
    },
}

/// What came of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Code of the check.
    pub id: String,
    /// Where, with the row or column when the check looks at many.
    pub place: Title,
    /// As printed.
    pub printed: Figure,
    /// As recomputed.
    pub recomputed: Figure,
    /// Recomputed less printed.
    pub difference: Figure,
    /// Whether the two agree.
    pub consistent: bool,
    /// What it means.
    pub remark: Title,
    /// Which figure the synthetic province follows.
    pub choice: Title,
}

impl PrintedTable {
    /// The cell at a row and column key.
    #[must_use]
    pub fn at(&self, row: &str, column: &str) -> Option<PrintedCell> {
        let place = self.columns.iter().position(|c| c.key == column)?;
        self.rows.iter().find(|r| r.head.key == row)?.cells.get(place).copied()
    }

    /// Row keys that are not the total.
    fn part_rows(&self) -> impl Iterator<Item = &Head> {
        self.rows.iter().map(|r| &r.head).filter(|h| h.key != TOTAL)
    }

    /// Column keys that are not the total.
    fn part_columns(&self) -> impl Iterator<Item = &Head> {
        self.columns.iter().filter(|h| h.key != TOTAL)
    }
}

impl Cells {
    /// The sum of the counts; `None` when the table, a key or a count is not there.
    #[must_use]
    pub fn sum(&self, tables: &[PrintedTable]) -> Option<i64> {
        let table = tables.iter().find(|t| t.id == self.table)?;
        let rows: Vec<&str> = self.row.as_deref().map_or_else(|| table.part_rows().map(|h| h.key.as_str()).collect(), |r| vec![r]);
        let columns: Vec<&str> = self.column.as_deref().map_or_else(|| table.part_columns().map(|h| h.key.as_str()).collect(), |c| vec![c]);
        let mut sum = 0_i64;
        for row in rows {
            for column in &columns {
                sum = sum.checked_add(table.at(row, column)?.count?)?;
            }
        }
        Some(sum)
    }
}

/// The sum of terms; `None` when a cell is not there or the sum does not fit.
#[must_use]
pub fn sum(tables: &[PrintedTable], terms: &[Term]) -> Option<i64> {
    terms.iter().try_fold(0_i64, |sum, term| {
        let cells = term.cells.as_ref().map_or(Some(1), |cells| cells.sum(tables))?;
        sum.checked_add(cells.checked_mul(term.times)?)
    })
}

/// Recomputes every check. A check over many rows or columns gives one finding per disagreement, or a single agreeing one.
#[must_use]
pub fn examine(tables: &[PrintedTable], checks: &[Check]) -> Vec<Finding> {
    checks.iter().flat_map(|check| findings(tables, check)).collect()
}

/// Printed and recomputed figure, their difference and whether they agree.
struct Compared {
    printed: Figure,
    recomputed: Figure,
    difference: Figure,
    consistent: bool,
}

fn findings(tables: &[PrintedTable], check: &Check) -> Vec<Finding> {
    let table = |id: &str| tables.iter().find(|t| t.id == id);
    let one = |compared: Option<Compared>| vec![finding(check, None, compared.unwrap_or_else(unknown))];
    match &check.recompute {
        Recompute::RowSums { table: id } => many(check, table(id).map(row_sums)),
        Recompute::ColumnSums { table: id } => many(check, table(id).map(column_sums)),
        Recompute::RowShares { table: id } => many(check, table(id).map(row_shares)),
        Recompute::PercentSums { table: id } => many(check, table(id).map(percent_sums)),
        Recompute::Equal { printed, with } => one(equal(tables, printed, with)),
        Recompute::Share { printed, of, base } => one(share(tables, *printed, of, base)),
        Recompute::Mean { printed, of, years } => one(mean(tables, *printed, of, *years)),
        Recompute::MoreThan { bound, of, base } => one(more_than(tables, *bound, of, base)),
        Recompute::StillNeeded { promised, already, base } => one(still_needed(tables, *promised, already, base)),
        Recompute::PlacesFor { promised, base, places } => one(places_for(tables, *promised, base, places)),
        Recompute::Note { printed } => one(Some(Compared {
            printed: Figure::Words(printed.clone()),
            recomputed: Figure::Nothing,
            difference: Figure::Nothing,
            consistent: false,
        })),
    }
}

fn finding(check: &Check, at: Option<&Title>, compared: Compared) -> Finding {
    let place = at.map_or_else(
        || check.place.clone(),
        |at| Title { vi: format!("{}: {}", check.place.vi, at.vi), en: format!("{}: {}", check.place.en, at.en) },
    );
    Finding {
        id: check.id.clone(),
        place,
        printed: compared.printed,
        recomputed: compared.recomputed,
        difference: compared.difference,
        consistent: compared.consistent,
        remark: check.remark.clone(),
        choice: check.choice.clone(),
    }
}

/// One finding per disagreement, or one that tells how many agree.
fn many(check: &Check, compared: Option<Vec<(Title, Compared)>>) -> Vec<Finding> {
    let Some(compared) = compared else { return vec![finding(check, None, unknown())] };
    let total = i64::try_from(compared.len()).unwrap_or(i64::MAX);
    let wrong: Vec<Finding> = compared.into_iter().filter(|(_, c)| !c.consistent).map(|(at, c)| finding(check, Some(&at), c)).collect();
    if !wrong.is_empty() {
        return wrong;
    }
    let agree = Compared {
        printed: Figure::Agreeing(total),
        recomputed: Figure::Agreeing(total),
        difference: Figure::Count(0),
        consistent: total > 0,
    };
    vec![finding(check, None, agree)]
}

const fn unknown() -> Compared {
    Compared { printed: Figure::Nothing, recomputed: Figure::Nothing, difference: Figure::Nothing, consistent: false }
}

fn counts(printed: i64, recomputed: i64) -> Compared {
    Compared {
        printed: Figure::Count(printed),
        recomputed: Figure::Count(recomputed),
        difference: Figure::Count(recomputed.saturating_sub(printed)),
        consistent: printed == recomputed,
    }
}

fn percents(printed: Percent, recomputed: Percent, consistent: bool) -> Compared {
    Compared {
        printed: Figure::Share(printed),
        recomputed: Figure::Share(recomputed),
        difference: Figure::Points(recomputed.less(printed)),
        consistent,
    }
}

/// A printed percentage agrees when the exact share rounds to it at the printed decimals; the recomputed one shows at least two
/// decimals as soon as they disagree, because "16 %" would hide what was computed.
fn judged(printed: Percent, part: i64, whole: i64) -> Option<Compared> {
    let same = Percent::of(part, whole, printed.decimals())?;
    let consistent = same == printed;
    let shown = if consistent { same } else { Percent::of(part, whole, printed.decimals().max(2))? };
    Some(percents(printed, shown, consistent))
}

fn row_sums(table: &PrintedTable) -> Vec<(Title, Compared)> {
    let row = |head: &Head| {
        let parts = Cells { table: table.id.clone(), row: Some(head.key.clone()), column: None };
        let printed = table.at(&head.key, TOTAL)?.count?;
        Some((head.label.clone(), counts(printed, parts.sum(std::slice::from_ref(table))?)))
    };
    table.part_rows().filter_map(row).collect()
}

fn column_sums(table: &PrintedTable) -> Vec<(Title, Compared)> {
    let column = |head: &Head| {
        let parts = Cells { table: table.id.clone(), row: None, column: Some(head.key.clone()) };
        let printed = table.at(TOTAL, &head.key)?.count?;
        Some((head.label.clone(), counts(printed, parts.sum(std::slice::from_ref(table))?)))
    };
    table.columns.iter().filter_map(column).collect()
}

fn row_shares(table: &PrintedTable) -> Vec<(Title, Compared)> {
    let mut shares = Vec::new();
    for row in &table.rows {
        for head in table.part_columns() {
            let label =
                Title { vi: format!("{}, {}", row.head.label.vi, head.label.vi), en: format!("{}, {}", row.head.label.en, head.label.en) };
            shares.extend(row_share(table, &row.head.key, &head.key).map(|c| (label, c)));
        }
    }
    shares
}

fn row_share(table: &PrintedTable, row: &str, column: &str) -> Option<Compared> {
    let cell = table.at(row, column)?;
    judged(cell.percent?, cell.count?, table.at(row, TOTAL)?.count?)
}

fn percent_sums(table: &PrintedTable) -> Vec<(Title, Compared)> {
    let row = |row: &PrintedRow| {
        let printed: Vec<Percent> = table.part_columns().filter_map(|c| table.at(&row.head.key, &c.key)?.percent).collect();
        let decimals = printed.iter().map(|p| p.decimals()).max()?;
        let sum = Percent::new(printed.iter().map(|p| p.basis_points()).sum(), decimals);
        let whole = Percent::new(10_000, decimals);
        Some((row.head.label.clone(), percents(sum, whole, sum == whole)))
    };
    table.rows.iter().filter_map(row).collect()
}

fn equal(tables: &[PrintedTable], printed: &[Term], with: &[Term]) -> Option<Compared> {
    Some(counts(sum(tables, printed)?, sum(tables, with)?))
}

fn share(tables: &[PrintedTable], printed: Percent, of: &[Term], base: &[Term]) -> Option<Compared> {
    judged(printed, sum(tables, of)?, sum(tables, base)?)
}

fn mean(tables: &[PrintedTable], printed: i64, of: &[Term], years: i64) -> Option<Compared> {
    let total = sum(tables, of)?;
    let hundredths = figures::divide(total.checked_mul(100)?, years)?;
    Some(Compared {
        printed: Figure::Count(printed),
        recomputed: Figure::Mean(hundredths),
        difference: Figure::Mean(hundredths.saturating_sub(printed.saturating_mul(100))),
        consistent: figures::divide(total, years)? == printed,
    })
}

fn more_than(tables: &[PrintedTable], bound: Percent, of: &[Term], base: &[Term]) -> Option<Compared> {
    let (part, whole) = (sum(tables, of)?, sum(tables, base)?);
    let true_share = Percent::of(part, whole, 2)?;
    Some(percents(bound, true_share, i128::from(part) * 10_000 > i128::from(bound.basis_points()) * i128::from(whole)))
}

fn still_needed(tables: &[PrintedTable], promised: Percent, already: &[Term], base: &[Term]) -> Option<Compared> {
    let (already, whole) = (sum(tables, already)?, sum(tables, base)?);
    Some(Compared {
        printed: Figure::Share(promised),
        recomputed: Figure::Share(Percent::of(already, whole, 2)?),
        difference: Figure::Count(promised.needed(whole).saturating_sub(already).max(0)),
        consistent: true,
    })
}

fn places_for(tables: &[PrintedTable], promised: Percent, base: &[Term], places: &[Term]) -> Option<Compared> {
    Some(counts(promised.needed(sum(tables, base)?), sum(tables, places)?))
}

#[cfg(test)]
mod tests;
