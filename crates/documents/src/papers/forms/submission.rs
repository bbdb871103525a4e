//! Tờ trình: a body asks the one above it to approve something.
//! Not for: the thing itself, which is enclosed.

use super::{Frame, Said, last};
use crate::papers::body::{Block, Item, Level};
use crate::papers::paper::{Paper, PaperFault};

/// A submission.
#[derive(Debug, Clone, Default)]
pub struct Submission {
    /// To whom.
    pub to: Vec<String>,
    /// What about: "Phê duyệt Kế hoạch đào tạo, bồi dưỡng năm 2027".
    pub about: String,
    /// Căn cứ.
    pub bases: Vec<String>,
    /// Why it is needed; a paragraph each.
    pub reasons: Vec<String>,
    /// What is submitted, in short; a paragraph each.
    pub contents: Vec<String>,
    /// What is asked for; a point each.
    pub asks: Vec<String>,
    /// The papers that come with it.
    pub enclosed: Vec<String>,
}

/// The submission as a paper.
///
/// # Errors
/// [`PaperFault`].
pub fn submission(frame: &Frame, submission: &Submission) -> Result<Paper, PaperFault> {
    let mut body = vec![Item::titled(Level::Group, "Sự cần thiết")];
    body.extend(submission.reasons.iter().cloned().map(Block::Paragraph));
    body.push(Item::titled(Level::Group, "Nội dung trình"));
    body.extend(submission.contents.iter().cloned().map(Block::Paragraph));
    body.push(Item::titled(Level::Group, "Kiến nghị"));
    body.extend(submission.asks.iter().map(|ask| Item::text(Level::Clause, ask)));
    if !submission.enclosed.is_empty() {
        body.push(Block::Paragraph(format!("Tài liệu gửi kèm: {}.", submission.enclosed.join("; "))));
    }
    body.push(last(&format!("Kính trình {} xem xét, quyết định", submission.to.join(", "))));
    frame.paper(Said {
        kind: "Tờ trình",
        excerpt: submission.about.clone(),
        to: submission.to.clone(),
        bases: submission.bases.clone(),
        body,
        ..Said::default()
    })
}
