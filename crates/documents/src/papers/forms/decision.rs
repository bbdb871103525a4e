//! Quyết định that approves a plan or a programme.
//! Not for: what is approved; it is annexed or issued with the decision.

use super::{Frame, Said};
use crate::papers::body::{Block, Item, Level};
use crate::papers::paper::{Annex, Paper, PaperFault};

/// A decision.
#[derive(Debug, Clone, Default)]
pub struct Decision {
    /// Who decides: "Chủ tịch Ủy ban nhân dân tỉnh".
    pub authority: String,
    /// What about: "Phê duyệt Kế hoạch đào tạo, bồi dưỡng năm 2027".
    pub about: String,
    /// Căn cứ; the proposal comes last.
    pub bases: Vec<String>,
    /// What is decided.
    pub articles: Vec<Article>,
    /// Who carries it out; the last article names them.
    pub responsible: Vec<String>,
    /// What is issued with it.
    pub annexes: Vec<Annex>,
}

/// An article of a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its sentence.
    pub text: String,
    /// Its clauses, if any.
    pub clauses: Vec<String>,
}

/// The decision as a paper; the article about its effect is added.
///
/// # Errors
/// [`PaperFault`].
pub fn decision(frame: &Frame, decision: &Decision) -> Result<Paper, PaperFault> {
    let mut body = vec![Block::Centred("Quyết định:".to_owned())];
    for article in &decision.articles {
        body.push(Item::text(Level::Article, &article.text));
        body.extend(article.clauses.iter().map(|clause| Item::text(Level::Clause, clause)));
    }
    let effect = "Quyết định này có hiệu lực kể từ ngày ký.";
    let carried = format!("{effect} {} chịu trách nhiệm thi hành Quyết định này./.", decision.responsible.join("; "));
    body.push(Item::text(Level::Article, carried));
    let said = Said {
        kind: "Quyết định",
        excerpt: decision.about.clone(),
        authority: Some(decision.authority.clone()).filter(|authority| !authority.is_empty()),
        bases: decision.bases.clone(),
        body,
        ..Said::default()
    };
    let paper = frame.paper(said)?;
    Ok(decision.annexes.iter().cloned().fold(paper, Paper::with_annex))
}
