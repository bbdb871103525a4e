//! What papers are about, by kind: one match per question asks the owner of the kind.
//! Not for: answering; the owners do.

use domain::papers::{Issued, Lack, PaperKind};
use store::WriteTx;

use super::submissions;
use crate::Services;

/// What is missing before a paper may go on.
pub(super) async fn lacks(services: &Services, tx: &WriteTx, kind: PaperKind, subject: i64) -> Result<Vec<Lack>, store::StoreError> {
    match kind {
        PaperKind::Submission => submissions::lacks_of(services, tx, subject).await,
        PaperKind::YearPlan
        | PaperKind::StagePlan
        | PaperKind::PlanAmendment
        | PaperKind::Programme
        | PaperKind::ReviewNotice
        | PaperKind::NeedsTable
        | PaperKind::UrgentList => Ok(Vec::new()),
    }
}

/// Tells the owner that a paper is where it is drafted again.
pub(super) async fn returned(services: &Services, tx: &WriteTx, kind: PaperKind, subject: i64) -> Result<(), store::StoreError> {
    match kind {
        PaperKind::Submission => submissions::returned_to_draft(services, tx, subject).await,
        PaperKind::YearPlan
        | PaperKind::StagePlan
        | PaperKind::PlanAmendment
        | PaperKind::Programme
        | PaperKind::ReviewNotice
        | PaperKind::NeedsTable
        | PaperKind::UrgentList => Ok(()),
    }
}

/// Tells the owner that a paper was stopped: its subject is a draft again, unless it is nothing without the paper.
pub(super) async fn stopped(services: &Services, tx: &WriteTx, kind: PaperKind, subject: i64) -> Result<(), store::StoreError> {
    match kind {
        PaperKind::Submission => submissions::stopped(services, tx, subject).await,
        PaperKind::YearPlan
        | PaperKind::StagePlan
        | PaperKind::PlanAmendment
        | PaperKind::Programme
        | PaperKind::ReviewNotice
        | PaperKind::NeedsTable
        | PaperKind::UrgentList => returned(services, tx, kind, subject).await,
    }
}

/// Tells the owner that a paper was issued.
pub(super) async fn issued(
    services: &Services,
    tx: &WriteTx,
    kind: PaperKind,
    subject: i64,
    issued: &Issued,
) -> Result<(), store::StoreError> {
    match kind {
        PaperKind::Submission => submissions::issued_by_paper(services, tx, subject, issued).await,
        PaperKind::YearPlan
        | PaperKind::StagePlan
        | PaperKind::PlanAmendment
        | PaperKind::Programme
        | PaperKind::ReviewNotice
        | PaperKind::NeedsTable
        | PaperKind::UrgentList => Ok(()),
    }
}

/// The page of a subject; a submission is written on the page of its paper.
pub(super) fn path(kind: PaperKind, _subject: i64) -> Option<String> {
    match kind {
        PaperKind::Submission
        | PaperKind::YearPlan
        | PaperKind::StagePlan
        | PaperKind::PlanAmendment
        | PaperKind::Programme
        | PaperKind::ReviewNotice
        | PaperKind::NeedsTable
        | PaperKind::UrgentList => None,
    }
}
