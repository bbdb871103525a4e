//! What papers are about, by kind: one match per question asks the owner of the kind.
//! Not for: answering; the owners do.

use domain::papers::{Issued, Lack, PaperKind};
use store::{StoreError, WriteTx};

use super::submissions;
use crate::{ActError, Ctx, Services, plans, programmes};

/// What is missing before a paper may go on.
pub(super) async fn lacks(services: &Services, ctx: &Ctx, tx: &WriteTx, kind: PaperKind, subject: i64) -> Result<Vec<Lack>, ActError> {
    match kind {
        PaperKind::Submission => Ok(submissions::lacks_of(tx, subject).await?),
        PaperKind::YearPlan | PaperKind::StagePlan | PaperKind::PlanAmendment => plans::lacks_of(services, tx, ctx, subject).await,
        PaperKind::Programme => Ok(programmes::lacks_of(tx, ctx, subject).await?),
        PaperKind::ReviewNotice | PaperKind::NeedsTable | PaperKind::UrgentList => Ok(Vec::new()),
    }
}

/// The same outside of a change, to be looked at.
pub(super) async fn lacks_now(services: &Services, ctx: &Ctx, kind: PaperKind, subject: i64) -> Result<Vec<Lack>, ActError> {
    match kind {
        PaperKind::Submission => Ok(submissions::lacks_now(services, subject).await?),
        PaperKind::YearPlan | PaperKind::StagePlan | PaperKind::PlanAmendment => plans::lacks_now(services, ctx, subject).await,
        PaperKind::Programme => Ok(programmes::lacks_now(services, ctx, subject).await?),
        PaperKind::ReviewNotice | PaperKind::NeedsTable | PaperKind::UrgentList => Ok(Vec::new()),
    }
}

/// Tells the owner that a paper is where it is drafted again, and why.
pub(super) async fn returned(ctx: &Ctx, tx: &WriteTx, kind: PaperKind, subject: i64, reason: &str) -> Result<(), ActError> {
    match kind {
        PaperKind::Submission => Ok(submissions::returned_to_draft(tx, subject).await?),
        PaperKind::YearPlan | PaperKind::StagePlan | PaperKind::PlanAmendment => plans::returned_to_draft(tx, ctx, subject, reason).await,
        PaperKind::Programme => Ok(programmes::returned_to_draft(tx, ctx, subject, reason).await?),
        PaperKind::ReviewNotice | PaperKind::NeedsTable | PaperKind::UrgentList => Ok(()),
    }
}

/// Tells the owner that a paper was stopped, and why: its subject is a draft again, unless it is nothing without the paper.
pub(super) async fn stopped(ctx: &Ctx, tx: &WriteTx, kind: PaperKind, subject: i64, reason: &str) -> Result<(), ActError> {
    match kind {
        PaperKind::Submission => Ok(submissions::stopped(tx, subject).await?),
        PaperKind::YearPlan | PaperKind::StagePlan | PaperKind::PlanAmendment => plans::stopped(tx, ctx, subject, reason).await,
        PaperKind::Programme => Ok(programmes::stopped(tx, ctx, subject, reason).await?),
        PaperKind::ReviewNotice | PaperKind::NeedsTable | PaperKind::UrgentList => Ok(()),
    }
}

/// Tells the owner that a paper was issued.
pub(super) async fn issued(ctx: &Ctx, tx: &WriteTx, kind: PaperKind, subject: i64, issued: &Issued) -> Result<(), ActError> {
    match kind {
        PaperKind::Submission => Ok(submissions::issued_by_paper(tx, subject, issued).await?),
        PaperKind::YearPlan | PaperKind::StagePlan | PaperKind::PlanAmendment => plans::issued_by_paper(tx, ctx, subject, issued).await,
        PaperKind::Programme => Ok(programmes::issued_by_paper(tx, ctx, subject, issued).await?),
        PaperKind::ReviewNotice | PaperKind::NeedsTable | PaperKind::UrgentList => Ok(()),
    }
}

/// The page of a subject; a submission is written, and a list made anew, on the page of its paper.
pub(super) async fn path(services: &Services, kind: PaperKind, subject: i64) -> Result<Option<String>, StoreError> {
    match kind {
        PaperKind::YearPlan | PaperKind::StagePlan | PaperKind::PlanAmendment => plans::path(services, subject).await.map(Some),
        PaperKind::Programme => programmes::path(services, subject).await.map(Some),
        PaperKind::ReviewNotice => {
            let review = store::read::papers::content(&services.db, subject).await?.review;
            Ok(review.map(|id| format!("/ra-soat/{id}")))
        }
        PaperKind::Submission | PaperKind::NeedsTable | PaperKind::UrgentList => Ok(None),
    }
}
