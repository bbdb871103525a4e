//! Papers made of figures go on their way: the notice of a review, the table of needs, the urgent list. What they say is kept as it is
//! when they are sent, so that what is signed is what was read; one that came back is sent as it is, or made anew of the figures of today.
//! Not for: moving them (`papers`).

use domain::ids::{CaseId, ReviewId};
use domain::orgs::{Bloc, UnitKind};
use domain::papers::{CaseState, New, PaperKind};
use domain::roles::{Act, Forbidden};
use domain::time::dmy;
use store::read::papers::{self as read, NoticeLine};
use store::read::units::{self, UnitLine};
use store::write::papers::{self as write, NewContent};

use super::contents::{self, Said};
use super::frame::{self, Framed};
use super::{About, DocumentRefusal, Refused};
use crate::papers::{self, PaperRefusal};
use crate::registry::keeping::without_refusal_of;
use crate::registry::{self, without_refusal};
use crate::reviews::{self, Runs};
use crate::{ActError, Ctx, Services};

/// Why a paper is not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendRefusal {
    /// It cannot be made.
    Document(DocumentRefusal),
    /// It does not go on.
    Paper(PaperRefusal),
}

type Unsent = ActError<SendRefusal>;

fn unmade(error: Refused) -> Unsent {
    without_refusal_of(error, |refusal| ActError::Refused(SendRefusal::Document(refusal)))
}

fn unmoved(error: ActError<PaperRefusal>) -> Unsent {
    without_refusal_of(error, |refusal| ActError::Refused(SendRefusal::Paper(refusal)))
}

/// In whose bloc somebody sends papers made of figures: whoever runs reviews does, the Party board in its own.
pub(super) fn bloc(ctx: &Ctx) -> Result<Bloc, Forbidden> {
    match Runs::of(ctx, Act::RunReviews) {
        Runs::Everything => Ok(Bloc::State),
        Runs::Party => Ok(Bloc::Party),
        Runs::Nothing => Err(Forbidden { act: Act::RunReviews }),
    }
}

/// Whether somebody may send a kind of them.
#[must_use]
pub fn may_send(ctx: &Ctx, kind: PaperKind) -> bool {
    let may = |act: Act| ctx.who.is_none() || ctx.may(act);
    bloc(ctx).is_ok() && may(Act::HandlePapers) && (kind != PaperKind::UrgentList || may(Act::ExportPeople))
}

/// Which of them it is.
const fn kind_of(about: &About) -> Option<PaperKind> {
    match about {
        About::Review(_) => Some(PaperKind::ReviewNotice),
        About::Needs(_) => Some(PaperKind::NeedsTable),
        About::Urgent(..) => Some(PaperKind::UrgentList),
        About::Case(_) | About::Plan(..) | About::Programme(_) => None,
    }
}

/// A paper ready to be sent.
struct Ready {
    new: New,
    about: String,
    body: String,
}

async fn ready(services: &Services, ctx: &Ctx, about: &About) -> Result<Ready, Unsent> {
    let kind = kind_of(about).ok_or(ActError::NotFound)?;
    let bloc = bloc(ctx)?;
    let framed = frame::frame(services, ctx, None, kind, bloc).await.map_err(unmade)?;
    let said = Said::make(services, ctx, about, &framed).await.map_err(unmade)?.ok_or(ActError::NotFound)?;
    let unit = drafting_unit(services, ctx, &framed).await?;
    let new = New {
        kind,
        subject: 0,
        unit: unit.id,
        bloc,
        title: title(services, ctx, about).await?,
        needs_council: false,
        cadres_of_standing_committee: false,
    };
    Ok(Ready { new, about: contents::kept(about).map_err(unmade)?, body: said.text()? })
}

/// The unit in whose name it is drafted: the one that issues it, where it stands right below the province; else the province.
async fn drafting_unit(services: &Services, ctx: &Ctx, framed: &Framed) -> Result<UnitLine, Unsent> {
    let codes = units::codes(&services.db).await?;
    let (root, ..) = codes.into_iter().find(|(.., kind)| *kind == UnitKind::Province).ok_or(ActError::NotFound)?;
    let below = units::children(&services.db, root, ctx.today).await?;
    let issuer = framed.issuer.to_lowercase();
    match below.into_iter().find(|unit| unit.name.to_lowercase() == issuer) {
        Some(unit) => Ok(unit),
        None => Ok(units::one(&services.db, root, ctx.today).await?),
    }
}

async fn title(services: &Services, ctx: &Ctx, about: &About) -> Result<String, Unsent> {
    let name = async |unit: &Option<String>| match unit {
        Some(code) => {
            let view = registry::view(services, ctx, code, ctx.today).await.map_err(without_refusal)?;
            Ok::<_, Unsent>(format!(" – {}", view.unit.name))
        }
        None => Ok(String::new()),
    };
    Ok(match about {
        About::Review(id) => {
            let review = reviews::one(services, ctx, *id).await.map_err(without_refusal)?.review;
            format!("Thông báo mở đợt: {}", review.title)
        }
        About::Needs(ask) => {
            let year = ask.year.unwrap_or_else(|| ctx.today.year());
            format!("Tổng hợp nhu cầu đào tạo, bồi dưỡng năm {year}{}", name(&ask.unit).await?)
        }
        About::Urgent(ask, ..) => format!("Danh sách cần bồi dưỡng ngay, số liệu ngày {}{}", dmy(ask.on), name(&ask.unit).await?),
        About::Case(_) | About::Plan(..) | About::Programme(_) => return Err(ActError::NotFound),
    })
}

fn content<'a>(ctx: &Ctx, about: &About, ready: &'a Ready) -> NewContent<'a> {
    let (review, made_on) = match about {
        About::Review(id) => (Some(*id), ctx.today),
        About::Needs(ask) => (None, ask.on),
        About::Urgent(ask, ..) => (None, ask.on),
        About::Case(_) | About::Plan(..) | About::Programme(_) => (None, ctx.today),
    };
    NewContent { kind: ready.new.kind, review, about: &ready.about, body: &ready.body, made_on }
}

/// The notices of a review as papers, newest first; for who runs it.
///
/// # Errors
/// [`ActError::Forbidden`] for those who run no reviews.
pub async fn notices(services: &Services, ctx: &Ctx, review: ReviewId) -> Result<Vec<NoticeLine>, ActError> {
    bloc(ctx)?;
    Ok(read::notices_of(&services.db, review).await?)
}

/// Makes a paper of the figures of its day and sends it on its way.
///
/// # Errors
/// [`SendRefusal`]: it cannot be made, the notice of the review is on its way already, or no procedure carries it;
/// [`ActError::Forbidden`] for those who run no reviews.
pub async fn send(services: &Services, ctx: &Ctx, about: &About) -> Result<CaseId, Unsent> {
    let kind = kind_of(about).ok_or(ActError::NotFound)?;
    if !may_send(ctx, kind) {
        return Err(Forbidden { act: Act::RunReviews }.into());
    }
    if let About::Review(id) = about {
        let open = read::notices_of(&services.db, *id).await?.into_iter().any(|notice| notice.state == CaseState::Open);
        if open {
            return Err(ActError::Refused(SendRefusal::Paper(PaperRefusal::OnItsWay)));
        }
    }
    let (proof, ready) = (papers::proof(ctx)?, ready(services, ctx, about).await?);
    let tx = services.db.write().await?;
    let subject = write::add_content(&tx, papers::by(proof.as_ref()), &content(ctx, about, &ready), ctx.now).await?;
    let case = papers::submit(services, ctx, &tx, &New { subject, ..ready.new }).await.map_err(unmoved)?;
    tx.commit().await?;
    Ok(case)
}

/// Sends a paper that came back again: as it is, or made anew of the figures of today.
///
/// # Errors
/// As [`send`]; [`ActError::Stale`] when somebody acted on it first, or it has not come back.
pub async fn send_again(services: &Services, ctx: &Ctx, id: CaseId, revision: i32, anew: bool) -> Result<(), Unsent> {
    let view = papers::case(services, ctx, id).await.map_err(without_refusal)?;
    let case = &view.case;
    if !may_send(ctx, case.kind) || !contents::is_kept(case.kind) {
        return Err(Forbidden { act: Act::RunReviews }.into());
    }
    let came_back = view.holds && view.procedure.place(&case.step) == Some(0);
    if case.revision != revision || !came_back {
        return Err(ActError::Stale);
    }
    let bloc = bloc(ctx)?;
    let new = New {
        kind: case.kind,
        subject: case.subject,
        unit: case.unit.0,
        bloc,
        title: case.title.clone(),
        needs_council: case.facts.council,
        cadres_of_standing_committee: case.facts.standing_committee,
    };
    let made = match anew {
        true => {
            let about = contents::of_kept(&read::content(&services.db, case.subject).await?, ctx)?;
            let ready = ready(services, ctx, &about).await?;
            Some((about, ready))
        }
        false => None,
    };
    let (proof, tx) = (papers::proof(ctx)?, services.db.write().await?);
    let title = match &made {
        Some((about, ready)) => {
            write::renew_content(&tx, papers::by(proof.as_ref()), case.subject, &content(ctx, about, ready), ctx.now).await?;
            ready.new.title.clone()
        }
        None => new.title.clone(),
    };
    papers::submit(services, ctx, &tx, &New { title, ..new }).await.map_err(unmoved)?;
    Ok(tx.commit().await?)
}
