//! Thông báo with the list of people who need training at once.
//! Not for: finding them.

use domain::time::Date;
use serde::{Deserialize, Serialize};

use super::{Frame, Said, centre, last, left, listed};
use crate::papers::body::{Block, Row};
use crate::papers::paper::{Paper, PaperFault};

/// An urgent list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgentList {
    /// The day of the figures.
    #[serde(with = "super::kept_day")]
    pub as_of: Date,
    /// Căn cứ.
    pub bases: Vec<String>,
    /// The people.
    pub lines: Vec<UrgentLine>,
    /// Who arranges the classes: "Sở Nội vụ".
    pub organiser: String,
}

/// Somebody who lacks something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UrgentLine {
    /// The name.
    pub name: String,
    /// The post.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// What is lacking.
    pub requirement: String,
    /// Why this person comes first.
    pub reasons: String,
}

impl UrgentLine {
    /// The line as a row of a template.
    #[must_use]
    pub fn fields(&self, number: usize) -> Vec<(&'static str, String)> {
        vec![
            ("stt", number.to_string()),
            ("ho_ten", self.name.clone()),
            ("chuc_danh", self.post.clone()),
            ("don_vi", self.unit.clone()),
            ("yeu_cau", self.requirement.clone()),
            ("ly_do", self.reasons.clone()),
        ]
    }
}

/// The list as a paper.
///
/// # Errors
/// [`PaperFault`].
pub fn urgent_list(frame: &Frame, list: &UrgentList) -> Result<Paper, PaperFault> {
    let body = vec![
        Block::Paragraph(format!(
            "Qua rà soát tiêu chuẩn chức danh, vị trí việc làm tính đến ngày {}, có {} trường hợp cần được bồi dưỡng ngay; danh sách tại Phụ lục kèm theo.",
            domain::time::dmy(list.as_of),
            list.lines.len()
        )),
        Block::Paragraph(
            "Thủ trưởng cơ quan, đơn vị có tên trong danh sách bố trí thời gian, công việc để người được cử tham gia đầy đủ khoá học."
                .to_owned(),
        ),
        last(&format!("{} sắp xếp lớp phù hợp và báo cáo kết quả thực hiện", list.organiser)),
    ];
    let said = Said {
        kind: "Thông báo",
        excerpt: "Danh sách cán bộ, công chức, viên chức cần bồi dưỡng ngay".to_owned(),
        bases: list.bases.clone(),
        body,
        ..Said::default()
    };
    let columns = vec![
        centre("TT", 3),
        left("Họ và tên", 13),
        left("Chức danh", 13),
        left("Cơ quan, đơn vị", 16),
        left("Yêu cầu còn thiếu", 18),
        left("Lý do xếp trước", 16),
    ];
    let rows: Vec<_> = (1..).zip(&list.lines).map(|(number, line)| line.fields(number)).collect();
    let cells = rows.iter().map(|row| Row::Cells(row.iter().map(|(_, value)| value.clone()).collect()));
    let annex = listed("Danh sách cần bồi dưỡng ngay".to_owned(), columns, cells.collect())?;
    Ok(frame.paper(said)?.with_annex(annex).with_rows(rows))
}
