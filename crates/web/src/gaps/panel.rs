//! What the post of one official asks, on the record: what is missing, since when, and what meets the rest.
//! Not for: judging (`service::gaps`).

use service::gaps::{self, Judged, OfOne};
use service::registry::Person;

use super::words;
use crate::AppState;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::visitor::SignedIn;

/// The panel.
pub(crate) struct Panel {
    pub(crate) rows: Vec<Row>,
    /// How many are missing, in words.
    pub(crate) summary: String,
}

impl Panel {
    /// How many are missing.
    pub(crate) fn open(&self) -> usize {
        self.rows.iter().filter(|row| row.standing.0 == "missed").count()
    }
}

/// One requirement of the post.
pub(crate) struct Row {
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) cites: String,
    pub(crate) is_verified: bool,
    pub(crate) standing: (&'static str, String),
    /// What meets it, or how far it is.
    pub(crate) evidence: Option<String>,
}

/// The panel of a person; missing comes first.
pub(crate) async fn of(state: &AppState, signed_in: &SignedIn, person: &Person) -> Result<Panel, WebError> {
    let lang = signed_in.lang();
    let known = gaps::of_record(&state.services, &signed_in.ctx, person).await?;
    let mut all: Vec<&OfOne> = known.iter().collect();
    all.sort_by_key(|of| std::cmp::Reverse(of.judged.as_ref().map(|judged| judged.standing).ok()));
    let missing = all.iter().filter(|of| matches!(&of.judged, Ok(judged) if words::standing(lang, judged.standing).0 == "missed")).count();
    let rows = all.iter().copied().map(|of| row(lang, of)).collect::<Result<Vec<_>, _>>()?;
    let numbers = [("missing", lang.size(missing).into()), ("all", lang.size(all.len()).into())];
    Ok(Panel { summary: lang.with("gaps-of-person", &numbers), rows })
}

fn row(lang: Lang, of: &OfOne) -> Result<Row, WebError> {
    let (standing, evidence) = match &of.judged {
        Ok(judged) => (words::standing(lang, judged.standing), evidence(lang, judged)),
        Err(refusal) => (("not_started", lang.t("gaps-not-judged")), Some(words::refusal(lang, refusal)?)),
    };
    Ok(Row {
        code: of.requirement.code.clone(),
        title: lang.of(&of.requirement.title).to_owned(),
        cites: lang.of(&of.requirement.cites).to_owned(),
        is_verified: of.requirement.is_verified,
        standing,
        evidence,
    })
}

fn evidence(lang: Lang, judged: &Judged) -> Option<String> {
    let amount = judged.amount.map(|(reached, asked)| {
        lang.with("gaps-amount", &[("reached", lang.number(reached).into()), ("asked", lang.number(asked).into())])
    });
    amount.or_else(|| judged.met_on.map(|day| lang.with("gaps-met-on", &[("day", lang.date(day).into())])))
}
