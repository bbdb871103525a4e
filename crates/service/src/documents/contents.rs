//! What papers made of figures say: made of the figures of a day, kept as it was when the paper was sent, and set as a paper.
//! Not for: sending them (`sending`), or counting.

use ::documents::papers::forms::{NeedsTable, ReviewNotice, UrgentList, needs_table, review_notice, urgent_list};
use ::documents::papers::{Paper, PaperFault};
use domain::ids::ReviewId;
use domain::needs::NeedState;
use domain::papers::PaperKind;
use domain::roles::{Act, Forbidden, Reach};
use domain::standards::Subject;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::read::papers::{Case, Content};

use super::frame::{self, Framed};
use super::{About, Refused, lists, texts};
use crate::gaps::{self, Weights};
use crate::noting::note;
use crate::{ActError, Ctx, Services, needs};

/// What a paper made of figures says.
pub(super) enum Said {
    Notice(ReviewNotice),
    Needs(NeedsTable),
    Urgent(UrgentList),
}

impl Said {
    /// Makes it of the figures of now; none when it is no such paper.
    pub(super) async fn make(services: &Services, ctx: &Ctx, about: &About, framed: &Framed) -> Result<Option<Self>, Refused> {
        Ok(match about {
            About::Review(id) => Some(Self::Notice(texts::notice(services, ctx, *id, &framed.issuer).await?)),
            About::Needs(ask) => Some(Self::Needs(lists::needs(services, ctx, ask).await?)),
            About::Urgent(ask, weights, most) => {
                Some(Self::Urgent(lists::urgent(services, ctx, ask, weights, *most, &framed.issuer).await?))
            }
            About::Case(_) | About::Plan(..) | About::Programme(_) => None,
        })
    }

    /// As it is kept.
    pub(super) fn text(&self) -> Result<String, StoreError> {
        match self {
            Self::Notice(notice) => written(notice),
            Self::Needs(table) => written(table),
            Self::Urgent(list) => written(list),
        }
    }

    fn of_text(kind: PaperKind, text: &str) -> Result<Self, StoreError> {
        match kind {
            PaperKind::ReviewNotice => read(text).map(Self::Notice),
            PaperKind::NeedsTable => read(text).map(Self::Needs),
            PaperKind::UrgentList => read(text).map(Self::Urgent),
            other => Err(StoreError::Unreadable(format!("{other} keeps no content"))),
        }
    }

    /// In its frame.
    pub(super) fn paper(&self, framed: &Framed) -> Result<Paper, PaperFault> {
        match self {
            Self::Notice(notice) => review_notice(&framed.frame, notice),
            Self::Needs(table) => needs_table(&framed.frame, table),
            Self::Urgent(list) => urgent_list(&framed.frame, list),
        }
    }
}

/// Whether what papers of a kind say is kept.
pub(super) const fn is_kept(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::ReviewNotice | PaperKind::NeedsTable | PaperKind::UrgentList)
}

/// Whether somebody who sees a paper may read it as a file: a list of names is for those who see all people.
#[must_use]
pub fn may_read(ctx: &Ctx, kind: PaperKind) -> bool {
    kind != PaperKind::UrgentList || ctx.scope(Act::ViewPeople).is_ok_and(|scope| *scope.reach() == Reach::Province)
}

/// The paper of a case as it was when it was sent; a list of names is noted in the audit as taken out.
pub(super) async fn paper_of(services: &Services, ctx: &Ctx, case: &Case) -> Result<Paper, Refused> {
    if !may_read(ctx, case.kind) {
        return Err(Forbidden { act: Act::ViewPeople }.into());
    }
    let content = store::read::papers::content(&services.db, case.subject).await?;
    let said = Said::of_text(case.kind, &content.body)?;
    let bloc = crate::registry::view(services, ctx, &case.unit.1, ctx.today).await.map_err(crate::registry::without_refusal)?.unit.bloc;
    let framed = frame::frame(services, ctx, Some(case.id), case.kind, bloc).await?;
    if case.kind == PaperKind::UrgentList {
        let tx = services.db.write().await?;
        note(&tx, ctx, "people.export", &format!("paper/{}", case.id), "").await?;
        tx.commit().await?;
    }
    Ok(said.paper(&framed)?)
}

/// Of what a paper was made, as it is kept.
#[derive(Serialize, Deserialize)]
enum AboutText {
    Review(i64),
    Needs { unit: Option<String>, year: Option<i32>, subject: Option<String>, states: Vec<String>, urgent: bool },
    Urgent { unit: Option<String>, weights: String, most: usize },
}

/// Of what a paper is made, as it is kept; the day is that of the making.
pub(super) fn kept(about: &About) -> Result<String, Refused> {
    let text = match about {
        About::Review(id) => AboutText::Review(id.0),
        About::Needs(ask) => AboutText::Needs {
            unit: ask.unit.clone(),
            year: ask.year,
            subject: ask.subject.map(|subject| subject.to_string()),
            states: ask.states.iter().map(ToString::to_string).collect(),
            urgent: ask.urgent,
        },
        About::Urgent(ask, weights, most) => AboutText::Urgent { unit: ask.unit.clone(), weights: weights.text(), most: *most },
        About::Case(_) | About::Plan(..) | About::Programme(_) => return Err(ActError::NotFound),
    };
    Ok(written(&text)?)
}

/// Of what a paper was made, with the figures of today.
pub(super) fn of_kept(content: &Content, ctx: &Ctx) -> Result<About, StoreError> {
    Ok(match read(&content.about)? {
        AboutText::Review(id) => About::Review(ReviewId(id)),
        AboutText::Needs { unit, year, subject, states, urgent } => About::Needs(needs::Ask {
            on: ctx.today,
            unit,
            year,
            subject: subject.as_deref().and_then(Subject::from_code),
            states: states.iter().filter_map(|state| NeedState::from_code(state)).collect(),
            urgent,
        }),
        AboutText::Urgent { unit, weights, most } => About::Urgent(gaps::Ask { on: ctx.today, unit }, Weights::of_text(&weights), most),
    })
}

fn written(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(&error))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| unreadable(&error))
}

fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
