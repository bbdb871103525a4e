//! Báo cáo with the consolidated table of needs.
//! Not for: consolidating.

use serde::{Deserialize, Serialize};

use super::{Frame, Said, centre, counted, last, left, listed, right};
use crate::papers::body::{Block, Row};
use crate::papers::paper::{Paper, PaperFault};

/// A table of needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsTable {
    /// The year of the needs.
    pub year: i32,
    /// Căn cứ.
    pub bases: Vec<String>,
    /// To whom it is reported.
    pub to: Vec<String>,
    /// How many bodies have answered, out of how many.
    pub answered: (u32, u32),
    /// The needs, in order.
    pub lines: Vec<NeedsLine>,
}

/// People of all kinds who need one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedsLine {
    /// What lines under this heading have in common.
    pub group: String,
    /// What is needed.
    pub topic: String,
    /// By which programme.
    pub programme: String,
    /// Cán bộ.
    pub can_bo: u32,
    /// Công chức.
    pub cong_chuc: u32,
    /// Viên chức.
    pub vien_chuc: u32,
    /// Người hoạt động không chuyên trách.
    pub part_time: u32,
    /// People whose kind was not said; they stand in the sum alone.
    pub unsaid: u32,
    /// Which bodies asked.
    pub units: String,
}

impl NeedsLine {
    fn people(&self) -> u64 {
        [self.can_bo, self.cong_chuc, self.vien_chuc, self.part_time, self.unsaid].into_iter().map(u64::from).sum()
    }

    /// The line as a row of a template.
    #[must_use]
    pub fn fields(&self, number: usize) -> Vec<(&'static str, String)> {
        vec![
            ("stt", number.to_string()),
            ("noi_dung", self.topic.clone()),
            ("chuong_trinh", self.programme.clone()),
            ("so_nguoi", counted(self.people())),
            ("don_vi", self.units.clone()),
        ]
    }

    fn cells(&self, number: String) -> Vec<String> {
        let figures = [self.can_bo, self.cong_chuc, self.vien_chuc, self.part_time].map(|figure| counted(u64::from(figure)));
        let mut cells = vec![number, self.topic.clone(), self.programme.clone()];
        cells.extend(figures);
        cells.extend([counted(self.people()), self.units.clone()]);
        cells
    }
}

impl NeedsTable {
    /// All lines together.
    fn whole(&self) -> NeedsLine {
        self.lines.iter().fold(NeedsLine { topic: "Tổng cộng".to_owned(), ..NeedsLine::default() }, |sum, line| NeedsLine {
            can_bo: sum.can_bo.saturating_add(line.can_bo),
            cong_chuc: sum.cong_chuc.saturating_add(line.cong_chuc),
            vien_chuc: sum.vien_chuc.saturating_add(line.vien_chuc),
            part_time: sum.part_time.saturating_add(line.part_time),
            unsaid: sum.unsaid.saturating_add(line.unsaid),
            ..sum
        })
    }
}

/// The table as a paper.
///
/// # Errors
/// [`PaperFault`].
pub fn needs_table(frame: &Frame, table: &NeedsTable) -> Result<Paper, PaperFault> {
    let whole = table.whole();
    let (answered, asked) = table.answered;
    let body = vec![
        Block::Paragraph(format!(
            "Đến nay đã có {answered}/{asked} cơ quan, đơn vị gửi nhu cầu đào tạo, bồi dưỡng năm {}, với tổng số {} lượt người.",
            table.year,
            counted(whole.people())
        )),
        last("Kết quả tổng hợp theo nội dung tại Phụ lục kèm theo"),
    ];
    let said = Said {
        kind: "Báo cáo",
        excerpt: format!("Tổng hợp nhu cầu đào tạo, bồi dưỡng năm {}", table.year),
        to: table.to.clone(),
        bases: table.bases.clone(),
        body,
        ..Said::default()
    };
    let columns = vec![
        centre("TT", 3),
        left("Nội dung", 18),
        left("Chương trình", 16),
        right("Cán bộ", 5),
        right("Công chức", 6),
        right("Viên chức", 6),
        right("Không chuyên trách", 7),
        right("Tổng số", 6),
        left("Cơ quan, đơn vị đề nghị", 17),
    ];
    let annex = listed(format!("Bảng tổng hợp nhu cầu đào tạo, bồi dưỡng năm {}", table.year), columns, rows(table, &whole))?;
    let rows = (1..).zip(&table.lines).map(|(number, line)| line.fields(number)).collect();
    Ok(frame.paper(said)?.with_annex(annex).with_rows(rows))
}

fn rows(table: &NeedsTable, whole: &NeedsLine) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut group = "";
    for (number, line) in (1_u32..).zip(&table.lines) {
        if line.group != group {
            group = &line.group;
            rows.push(Row::Group(group.to_owned()));
        }
        rows.push(Row::Cells(line.cells(number.to_string())));
    }
    rows.push(Row::Total(whole.cells(String::new())));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_unknown_kind_count_in_the_sum_of_all_lines() {
        let line = |topic: &str, cong_chuc, unsaid| NeedsLine { topic: topic.to_owned(), cong_chuc, unsaid, ..NeedsLine::default() };
        let table = NeedsTable { lines: vec![line("A", 2, 0), line("B", 0, 5)], ..NeedsTable::default() };
        let whole = table.whole();
        assert_eq!((whole.people(), whole.cong_chuc), (7, 2));
    }
}
