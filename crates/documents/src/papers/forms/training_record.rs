//! Phiếu theo dõi: the training record of a person as a paper that the head of the unit signs.
//! Not for: what is in it, nor the words of codes (`locales/`).

use super::{Frame, Said, centre, left, right};
use crate::papers::body::{Block, Item, Level, Row, Table};
use crate::papers::paper::{Paper, PaperFault};

/// A training record in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrainingRecord {
    /// Name of the person.
    pub name: String,
    /// What is said of the person: label and value.
    pub facts: Vec<(String, String)>,
    /// Education and training.
    pub groups: Vec<RecordGroup>,
    /// Qualifications: kind, level, day.
    pub qualifications: Vec<[String; 3]>,
    /// Promises of service: study, days, how they stand.
    pub promises: Vec<[String; 3]>,
}

/// Attendances of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordGroup {
    /// Of which kind.
    pub title: String,
    /// What, when, periods, outcome.
    pub lines: Vec<[String; 4]>,
    /// The sum below, if there is one.
    pub sum: String,
}

/// The record as a paper.
///
/// # Errors
/// [`PaperFault`].
pub fn training_record(frame: &Frame, record: &TrainingRecord) -> Result<Paper, PaperFault> {
    let mut body: Vec<Block> = record.facts.iter().map(|(label, value)| Block::Paragraph(format!("{label}: {value}"))).collect();
    for group in &record.groups {
        body.push(Item::titled(Level::Group, &group.title));
        if group.lines.is_empty() {
            body.push(Block::Paragraph("Chưa có.".to_owned()));
            continue;
        }
        let columns = vec![centre("TT", 3), left("Nội dung, lớp", 24), left("Thời gian", 12), right("Số tiết", 5), left("Kết quả", 9)];
        let row =
            |(number, line): (usize, &[String; 4])| Row::Cells([number.to_string()].into_iter().chain(line.iter().cloned()).collect());
        body.push(Block::Table(Table::new(columns, (1..).zip(&group.lines).map(row).collect())?));
        body.extend((!group.sum.is_empty()).then(|| Block::Paragraph(format!("{}.", group.sum))));
    }
    body.extend(listed("Văn bằng, chứng chỉ", ["Loại", "Trình độ", "Ngày cấp"], &record.qualifications)?);
    body.extend(listed("Cam kết phục vụ", ["Khóa đào tạo", "Thời gian phục vụ", "Tình trạng"], &record.promises)?);
    let said =
        Said { kind: "Phiếu theo dõi", excerpt: format!("Đào tạo, bồi dưỡng của {}", record.name), body, ..Said::default() };
    frame.paper(said)
}

/// A titled table of three columns; nothing when there is nothing in it.
fn listed(title: &str, heads: [&str; 3], lines: &[[String; 3]]) -> Result<Vec<Block>, PaperFault> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let columns = std::iter::once(centre("TT", 3)).chain(heads.into_iter().zip([20, 18, 12]).map(|(head, weight)| left(head, weight)));
    let row = |(number, line): (usize, &[String; 3])| Row::Cells([number.to_string()].into_iter().chain(line.iter().cloned()).collect());
    let table = Table::new(columns.collect(), (1..).zip(lines).map(row).collect())?;
    Ok(vec![Item::titled(Level::Group, title), Block::Table(table)])
}
