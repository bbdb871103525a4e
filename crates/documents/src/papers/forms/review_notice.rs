//! Thông báo that opens a review of training needs.
//! Not for: running the review.

use domain::time::{Date, dmy};
use serde::{Deserialize, Serialize};

use super::{Frame, Said, last};
use crate::papers::body::{Block, Item, Level};
use crate::papers::paper::{Paper, PaperFault};

/// A notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewNotice {
    /// The year whose needs are reviewed.
    pub year: i32,
    /// Căn cứ.
    pub bases: Vec<String>,
    /// Which bodies take part: "các sở, ban, ngành và Ủy ban nhân dân các xã, phường".
    pub scope: String,
    /// First day.
    #[serde(with = "super::kept_day")]
    pub opens: Date,
    /// Last day.
    #[serde(with = "super::kept_day")]
    pub closes: Date,
    /// What is reviewed; a point each.
    pub contents: Vec<String>,
    /// Who is asked in case of doubt.
    pub contact: String,
}

/// The notice as a paper.
///
/// # Errors
/// [`PaperFault`].
pub fn review_notice(frame: &Frame, notice: &ReviewNotice) -> Result<Paper, PaperFault> {
    let year = notice.year;
    let mut body = vec![
        Item::titled(Level::Clause, "Phạm vi"),
        Block::Paragraph(format!("Đợt rà soát áp dụng đối với {}.", notice.scope)),
        Item::titled(Level::Clause, "Nội dung rà soát"),
    ];
    body.extend(notice.contents.iter().map(|content| Item::text(Level::Point, content)));
    body.push(Item::titled(Level::Clause, "Thời gian"));
    body.push(Block::Paragraph(format!("Từ ngày {} đến hết ngày {}.", dmy(notice.opens), dmy(notice.closes))));
    body.push(Item::titled(Level::Clause, "Cách thực hiện"));
    body.push(Block::Paragraph(
        "Cơ quan, đơn vị đối chiếu danh sách còn thiếu tiêu chuẩn, xác nhận nhu cầu và gửi trên hệ thống quản lý đào tạo, bồi dưỡng trong thời hạn trên."
            .to_owned(),
    ));
    body.push(last(&format!("Đề nghị các cơ quan, đơn vị thực hiện đúng thời hạn; vướng mắc liên hệ {}", notice.contact)));
    frame.paper(Said {
        kind: "Thông báo",
        excerpt: format!("Mở đợt rà soát nhu cầu đào tạo, bồi dưỡng năm {year}"),
        bases: notice.bases.clone(),
        body,
        ..Said::default()
    })
}
