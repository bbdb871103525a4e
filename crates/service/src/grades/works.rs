//! The works of a class kept as a list.
//! Not for: their grades.

use domain::ids::WorkId;
use domain::results::{Work, WorkFault, work_faults};
use store::At;
use store::read::grades as read;
use store::write::grades as write;

use super::{GradeRefusal, Refused, opened, refuse};
use crate::classes::subject;
use crate::noting::note;
use crate::{Ctx, Services};

/// Puts the works of a class in place of those before; one with a key stays the same work, one with grades cannot go.
///
/// # Errors
/// [`GradeRefusal::Works`] with every fault; [`GradeRefusal::NotNow`] before the class runs and after its results are recognised.
pub async fn put_works(services: &Services, ctx: &Ctx, code: &str, list: &[(Option<WorkId>, Work)]) -> Result<(), Refused> {
    let (tx, class, _) = opened(services, ctx, code).await?;
    let works: Vec<Work> = list.iter().map(|(_, work)| work.clone()).collect();
    let mut faults = work_faults(&works);
    let before = read::works(At::Writer(&tx), class.id).await?;
    let gone: Vec<WorkId> = before.iter().map(|line| line.id).filter(|id| !list.iter().any(|(kept, _)| *kept == Some(*id))).collect();
    let grades = read::grades(At::Writer(&tx), class.id).await?;
    if grades.iter().any(|grade| gone.contains(&grade.work)) {
        faults.push((list.len(), WorkFault::HasGrades));
    }
    if !faults.is_empty() {
        return refuse(GradeRefusal::Works(faults));
    }
    write::put_works(&tx, class.id, list, &gone).await?;
    note(&tx, ctx, "class.works", &subject(code), &works.len().to_string()).await?;
    Ok(tx.commit().await?)
}
