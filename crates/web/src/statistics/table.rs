//! A statistics table as it is printed: grouped column heads, rows, rows of percentages.
//! Not for: what is counted where (`domain::statistics`).

use documents::{Cell, Column};
use domain::statistics::{Table, TableId};

use super::printed::Compared;
use crate::download::List;
use crate::i18n::Lang;
use crate::words::word;

/// A ready table.
pub(super) struct TableView {
    pub(super) row_head: String,
    pub(super) groups: Vec<GroupHead>,
    pub(super) parts: Vec<String>,
    pub(super) rows: Vec<Row>,
}

/// A head over one or several columns.
pub(super) struct GroupHead {
    pub(super) text: String,
    pub(super) wide: usize,
    /// It stands over no heads of its own.
    pub(super) is_alone: bool,
}

/// A row of counts or of percentages.
pub(super) struct Row {
    pub(super) head: String,
    pub(super) cells: Vec<Figure>,
    pub(super) is_total: bool,
    pub(super) is_percent: bool,
}

/// A cell; the printed figure stands beside it where it differs.
pub(super) struct Figure {
    pub(super) text: String,
    pub(super) cell: Cell,
    pub(super) printed: Option<String>,
}

impl TableView {
    pub(super) fn of(lang: Lang, table: &Table, compared: Option<&Compared>) -> Self {
        let by_year = table.id.is_by_year();
        let mut rows = Vec::new();
        for (key, counts) in &table.rows {
            rows.push(counts_row(lang, table, key, counts, compared));
            if !by_year || key == "total" {
                rows.push(percent_row(lang, counts));
            }
        }
        Self {
            row_head: lang.t(if by_year { "statistics-year" } else { "statistics-group" }),
            groups: groups(lang, table),
            parts: table
                .columns
                .iter()
                .filter_map(|c| c.split_once('.'))
                .map(|(_, side)| lang.code_text("statistics-side", side))
                .collect(),
            rows,
        }
    }

    /// Whether the heads take two lines.
    pub(super) fn has_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    /// The same as a list; heads are joined because a workbook sorts by one line of heads.
    pub(super) fn list(&self, title: String, notes: Vec<String>) -> List {
        let mut parts = self.parts.iter();
        let mut columns = vec![self.row_head.clone()];
        for group in &self.groups {
            if group.is_alone {
                columns.push(group.text.clone());
            } else {
                columns.extend(parts.by_ref().take(group.wide).map(|part| format!("{}: {part}", group.text)));
            }
        }
        let cell = |figure: &Figure| figure.cell.clone();
        let row = |row: &Row| std::iter::once(Cell::Text(row.head.clone())).chain(row.cells.iter().map(cell)).collect();
        let columns = columns.into_iter().map(|name| Column::new(name, 16)).collect();
        List { title, notes, columns, rows: self.rows.iter().map(row).collect() }
    }
}

/// The name of a row.
pub(super) fn row_name(lang: Lang, key: &str) -> String {
    if key.parse::<i32>().is_ok() { key.to_owned() } else { lang.code_text("statistics-row", key) }
}

/// The name of a column head: the part before the point.
pub(super) fn head_name(lang: Lang, id: TableId, head: &str) -> String {
    match id {
        TableId::LeadersByField if head != "total" => word(lang, "field", head),
        TableId::LeadersByDegree | TableId::YoungLeaders if head != "total" => lang.code_text("statistics-degree", head),
        _ => lang.code_text("statistics-head", head),
    }
}

fn groups(lang: Lang, table: &Table) -> Vec<GroupHead> {
    let mut groups: Vec<(String, GroupHead)> = Vec::new();
    for column in &table.columns {
        let (head, is_alone) = column.split_once('.').map_or((column.as_str(), true), |(head, _)| (head, false));
        match groups.last_mut() {
            Some((last, group)) if last == head => group.wide += 1,
            _ => groups.push((head.to_owned(), GroupHead { text: head_name(lang, table.id, head), wide: 1, is_alone })),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn counts_row(lang: Lang, table: &Table, key: &str, counts: &[i64], compared: Option<&Compared>) -> Row {
    let cell = |(column, count): (&String, &i64)| Figure {
        text: lang.number(*count),
        cell: Cell::Number(*count),
        printed: compared.and_then(|c| c.printed(key, column)).map(|n| lang.number(n)),
    };
    Row {
        head: row_name(lang, key),
        cells: table.columns.iter().zip(counts).map(cell).collect(),
        is_total: key == "total",
        is_percent: false,
    }
}

fn percent_row(lang: Lang, counts: &[i64]) -> Row {
    let whole = counts.first().copied().unwrap_or(0);
    let cell = |n: &i64| match domain::printed::Percent::of(*n, whole, 2) {
        Some(share) => {
            let text = lang.percent(share.basis_points());
            Figure { cell: Cell::Text(text.clone()), text, printed: None }
        }
        None => Figure { text: "–".to_owned(), cell: Cell::Empty, printed: None },
    };
    let cells = counts.iter().map(cell).collect();
    Row { head: lang.t("statistics-percent"), cells, is_total: false, is_percent: true }
}
