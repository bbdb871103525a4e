//! Tables 1–6 as a province publishes them: their rows, columns and how counts fall into cells.
//! Not for: counting (`store`) or the printed figures of a signed document (`printed`).

use crate::codes;
use crate::people::{Degree, LeaderGroup, StaffKind, StudyField};
use crate::training::ContentGroup;

codes! {
    /// The six published tables.
    TableId {
        /// Lượt cử đi đào tạo, by year.
        Education = "1",
        /// Lượt cử đi bồi dưỡng, by year.
        Training = "2",
        /// Leaders by group and degree.
        LeadersByDegree = "3",
        /// Leaders by group and age.
        LeadersByAge = "4",
        /// Leaders under 45 by degree.
        YoungLeaders = "5",
        /// Leaders by group and field of study.
        LeadersByField = "6",
    }
}

impl TableId {
    /// Whether the table counts attendances over years (else people on a day).
    #[must_use]
    pub const fn is_by_year(self) -> bool {
        matches!(self, Self::Education | Self::Training)
    }
}

codes! {
    /// Cán bộ and công chức together, or viên chức: the split of Tables 1 and 2.
    StaffSide { /// Cán bộ, công chức.
        Official = "cbcc", /// Viên chức.
        Employee = "vc" }
}

impl StaffSide {
    /// The side a kind of staff is counted on.
    #[must_use]
    pub const fn of(staff: StaffKind) -> Self {
        match staff {
            StaffKind::VienChuc => Self::Employee,
            StaffKind::CanBo | StaffKind::CongChuc | StaffKind::KhongChuyenTrach => Self::Official,
        }
    }
}

codes! {
    /// Bands of age, closed below and open above, so that no age belongs to two.
    AgeBand {
        /// Under 40.
        Under40 = "under_40",
        /// 40 to under 45.
        From40 = "40_45",
        /// 45 to under 50.
        From45 = "45_50",
        /// 50 to under 55.
        From50 = "50_55",
        /// 55 and over.
        From55 = "from_55",
    }
}

impl AgeBand {
    /// The band of an age in completed years.
    #[must_use]
    pub const fn of(age: i32) -> Self {
        match age {
            i32::MIN..=39 => Self::Under40,
            40..=44 => Self::From40,
            45..=49 => Self::From45,
            50..=54 => Self::From50,
            _ => Self::From55,
        }
    }
}

/// A finished table: row and column keys are codes for the interface to name; the last row is the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Which table.
    pub id: TableId,
    /// Column keys; the first is the total of the row.
    pub columns: Vec<String>,
    /// Rows: key and one count per column.
    pub rows: Vec<(String, Vec<i64>)>,
}

/// A counted group: the row key, the column key and how many.
pub type Cell = (String, String, i64);

impl Table {
    /// Lays counted cells out; cells whose row is not of the table are dropped.
    #[must_use]
    pub fn lay_out(id: TableId, row_keys: &[String], cells: &[Cell]) -> Self {
        let parts = columns(id);
        let mut rows: Vec<(String, Vec<i64>)> =
            row_keys.iter().map(|k| (k.clone(), row(&parts, cells.iter().filter(|c| &c.0 == k)))).collect();
        let known = |c: &&Cell| row_keys.contains(&c.0);
        rows.push(("total".to_owned(), row(&parts, cells.iter().filter(known))));
        let columns = std::iter::once("total".to_owned()).chain(parts).collect();
        Self { id, columns, rows }
    }

    /// The count at a row and column key.
    #[must_use]
    pub fn at(&self, row: &str, column: &str) -> Option<i64> {
        let place = self.columns.iter().position(|c| c == column)?;
        self.rows.iter().find(|r| r.0 == row)?.1.get(place).copied()
    }
}

fn row<'a>(parts: &[String], cells: impl Iterator<Item = &'a Cell>) -> Vec<i64> {
    let cells: Vec<&Cell> = cells.collect();
    let sums = parts.iter().map(|p| cells.iter().filter(|c| &c.1 == p).map(|c| c.2).sum::<i64>()).collect::<Vec<_>>();
    std::iter::once(sums.iter().sum()).chain(sums).collect()
}

/// The part columns of a table, in published order.
#[must_use]
pub fn columns(id: TableId) -> Vec<String> {
    let sides = |heads: &[&str]| heads.iter().flat_map(|h| StaffSide::ALL.iter().map(move |s| format!("{h}.{s}"))).collect::<Vec<_>>();
    match id {
        TableId::Education => sides(&["postgraduate", "bachelor", "college"]),
        TableId::Training => {
            let mut columns = sides(&["leadership", "state_management", "post_skills", "it", "language"]);
            columns.push("other".to_owned());
            columns
        }
        TableId::LeadersByDegree | TableId::YoungLeaders => ["bachelor", "master", "doctor"].map(str::to_owned).to_vec(),
        TableId::LeadersByAge => AgeBand::ALL.iter().map(|b| b.code().to_owned()).collect(),
        TableId::LeadersByField => {
            StudyField::ALL.iter().filter(|f| **f != StudyField::ForeignAffairs).map(|f| f.code().to_owned()).collect()
        }
    }
}

/// The column of Table 1 for a degree and side; `None` for degrees the table does not print.
#[must_use]
pub fn education_column(degree: Degree, staff: StaffKind) -> Option<String> {
    let head = match degree.rank() {
        4 | 5 => "postgraduate",
        3 => "bachelor",
        2 => "college",
        _ => return None,
    };
    Some(format!("{head}.{}", StaffSide::of(staff)))
}

/// The column of Table 2 for a content and side.
#[must_use]
pub fn training_column(content: ContentGroup, staff: StaffKind) -> String {
    match content {
        ContentGroup::Leadership | ContentGroup::StateManagement | ContentGroup::PostSkills | ContentGroup::It | ContentGroup::Language => {
            format!("{content}.{}", StaffSide::of(staff))
        }
        _ => "other".to_owned(),
    }
}

/// The column of Tables 3 and 5 for the rank of the highest degree.
#[must_use]
pub const fn degree_column(rank: i32) -> &'static str {
    match rank {
        5 => "doctor",
        4 => "master",
        _ => "bachelor",
    }
}

/// The column of Table 6 for a field.
#[must_use]
pub const fn field_column(field: StudyField) -> &'static str {
    match field {
        StudyField::ForeignAffairs => StudyField::Other.code(),
        field => field.code(),
    }
}

/// Row keys of a table: years, groups, or one row.
#[must_use]
pub fn row_keys(id: TableId, years: std::ops::RangeInclusive<i32>) -> Vec<String> {
    match id {
        TableId::Education | TableId::Training => years.map(|y| y.to_string()).collect(),
        TableId::YoungLeaders => vec!["under_45".to_owned()],
        _ => LeaderGroup::ALL.iter().map(|g| g.code().to_owned()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_on_a_boundary_belongs_to_the_upper_band_only() {
        for (age, band) in
            [(39, AgeBand::Under40), (40, AgeBand::From40), (45, AgeBand::From45), (50, AgeBand::From50), (55, AgeBand::From55)]
        {
            assert_eq!(AgeBand::of(age), band);
        }
    }

    #[test]
    fn totals_are_sums_of_the_laid_out_cells() {
        let cells = vec![("n1".into(), "master".into(), 2), ("n2".into(), "doctor".into(), 3), ("n9".into(), "doctor".into(), 7)];
        let table = Table::lay_out(TableId::LeadersByDegree, &row_keys(TableId::LeadersByDegree, 0..=0), &cells);
        assert_eq!((table.at("n1", "total"), table.at("total", "doctor"), table.at("total", "total")), (Some(2), Some(3), Some(5)));
    }
}
