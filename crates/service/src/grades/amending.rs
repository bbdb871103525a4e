//! A result changed after it was recognised: by a decision, with a reason, kept beside what stood before. Record, gaps and targets follow in
//! the same transaction.
//! Not for: grades before recognition (`super`).

use domain::certificates::{CertificateKind, CertificateState};
use domain::ids::{OfficialId, RecordId};
use domain::results::Points;
use domain::time::Date;
use domain::training::{ClassStatus, Outcome};
use store::read::grades::{AmendmentLine, ResultLine, results};
use store::write::bump_facts;
use store::write::certificates::{Ending, end_kind};
use store::write::classes as kept;
use store::write::grades::{self as write, NewAmendment};
use store::write::register::end_class_record;
use store::{At, WriteTx};

use super::{Cell, Place, Standing, Standings, beside_each_other, standings, write_all};
use crate::classes::{again, keeper, seen, subject};
use crate::noting::note;
use crate::registry::without_refusal;
use crate::reviews::why;
use crate::{ActError, Ctx, Services};
use domain::results::GradeFault;

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amendment<'a> {
    /// Whose result.
    pub official: OfficialId,
    /// What became of it after all.
    pub outcome: Outcome,
    /// Grades; those that are as they were seen are left alone.
    pub cells: &'a [Cell],
    /// Number and day of the decision.
    pub decision: (&'a str, Date),
    /// Why.
    pub reason: &'a str,
}

/// Why a result is not amended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AmendRefusal {
    /// Results of the class are not recognised yet: then grades are simply put.
    NotNow,
    /// The person is not of those whose results were recognised.
    NotLearner,
    /// The number of the decision is missing.
    NoDecision,
    /// The decision is of a day before the recognition, or one to come.
    OddDay,
    /// It is not said why.
    NoReason,
    /// Nobody becomes a learner again by an amendment.
    OddOutcome,
    /// Nothing would change.
    NothingChanged,
    /// Grades have faults.
    Cells(Vec<(Place, GradeFault)>),
}

type Refused = ActError<AmendRefusal>;

const fn refuse<T>(refusal: AmendRefusal) -> Result<T, Refused> {
    Err(ActError::Refused(refusal))
}

/// Amends the result of somebody.
///
/// # Errors
/// [`AmendRefusal`] with the first thing in the way; [`ActError::Forbidden`] for who does not keep the class.
pub async fn amend(services: &Services, ctx: &Ctx, code: &str, amendment: &Amendment<'_>) -> Result<(), Refused> {
    let class = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, class.terms.lead).await.map_err(without_refusal)?;
    let late = crate::attendance::rules(services).await.map_err(without_refusal)?.late;
    let tx = services.seating().await?;
    let class = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    let recognised = class.results.as_ref().map(|(_, day)| *day);
    let Some(recognised) = recognised.filter(|_| matches!(class.status, ClassStatus::Recognised | ClassStatus::Closed)) else {
        return refuse(AmendRefusal::NotNow);
    };
    if let Some(refusal) = formal(amendment, recognised, ctx.today) {
        return refuse(refusal);
    }
    let before = standings(At::Writer(&tx), ctx, &class, late).await.map_err(without_refusal)?;
    let Some(standing) = before.of(amendment.official) else { return refuse(AmendRefusal::NotLearner) };
    let kept_before = results(At::Writer(&tx), class.id).await?.into_iter().find(|line| line.official == amendment.official);
    let changed: Vec<Cell> = amendment.cells.iter().copied().filter(|cell| cell.seen != cell.typed).collect();
    if changed.is_empty() && standing.attendee.outcome == amendment.outcome {
        return refuse(AmendRefusal::NothingChanged);
    }
    let faults = beside_each_other(&before, &changed);
    if !faults.is_empty() || changed.iter().any(|cell| cell.official != amendment.official) {
        return refuse(AmendRefusal::Cells(faults));
    }
    let why = why(ctx, &proof, amendment.reason);
    write_all(&tx, ctx, &proof, &before, &changed).await?;
    end_class_record(&tx, &why, standing.attendee.record, amendment.outcome, Some(class.terms.ends_on)).await?;
    if amendment.outcome != Outcome::Finished {
        take_back_papers(&tx, ctx, (code, RecordId(standing.attendee.record)), amendment).await?;
    }
    let after = standings(At::Writer(&tx), ctx, &class, late).await.map_err(without_refusal)?;
    let Some(moved) = after.of(amendment.official) else { return refuse(AmendRefusal::NotLearner) };
    let reason = kept_before.map(|line| line.reason).unwrap_or_default();
    write::put_result(&tx, class.id, &result_line(moved, amendment.outcome, &reason)).await?;
    let new = NewAmendment {
        class: class.id,
        official: amendment.official,
        decision: amendment.decision,
        reason: amendment.reason,
        before: &before.told(standing),
        after: &after.told(moved),
    };
    write::note(&tx, &why, &new).await?;
    kept::note(&tx, &why, class.id, "amend_result", amendment.decision.0).await?;
    note(&tx, ctx, "class.amend_result", &subject(code), amendment.decision.0).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// Whoever did not finish after all holds no valid certificate: the decision that changes the result takes it back.
async fn take_back_papers(tx: &WriteTx, ctx: &Ctx, (code, record): (&str, RecordId), amendment: &Amendment<'_>) -> Result<(), Refused> {
    let (reason, decision) = (amendment.reason, Some(amendment.decision.0));
    let ending = Ending { state: CertificateState::Revoked, on: ctx.today, reason, decision };
    for kind in [CertificateKind::Certificate, CertificateKind::Completion] {
        if end_kind(tx, record, kind, &ending).await? {
            note(tx, ctx, "certificate.revoke", &subject(code), amendment.reason).await?;
        }
    }
    Ok(())
}

fn formal(amendment: &Amendment<'_>, recognised: Date, today: Date) -> Option<AmendRefusal> {
    let (number, day) = amendment.decision;
    let faults = [
        (amendment.outcome == Outcome::Studying, AmendRefusal::OddOutcome),
        (number.trim().is_empty(), AmendRefusal::NoDecision),
        (day < recognised || day > today, AmendRefusal::OddDay),
        (amendment.reason.trim().is_empty(), AmendRefusal::NoReason),
    ];
    faults.into_iter().find(|(is_wrong, _)| *is_wrong).map(|(_, refusal)| refusal)
}

/// A result as it is kept for good.
pub(crate) fn result_line(standing: &Standing, outcome: Outcome, reason: &str) -> ResultLine {
    ResultLine {
        official: standing.attendee.official.0,
        outcome,
        proposed: standing.proposal.outcome,
        share: (standing.share.attended, standing.share.held),
        overall: standing.proposal.overall,
        band: standing.band.as_ref().map(|band| band.code.clone()),
        reason: reason.to_owned(),
    }
}

impl Standings {
    fn of(&self, official: OfficialId) -> Option<&Standing> {
        self.people.iter().find(|one| one.attendee.official.0 == official)
    }

    /// What stands, as lines: `outcome finished`, `overall 7,25`, `grade 1 Bài kiểm tra: 6,5`.
    fn told(&self, standing: &Standing) -> String {
        let text = |points: Points| points.text(',');
        let mut lines = vec![format!("outcome {}", standing.attendee.outcome)];
        lines.extend(standing.proposal.overall.map(|points| format!("overall {}", text(points))));
        for (work, attempts) in self.works.iter().zip(&standing.grades) {
            for (attempt, points) in (1..).zip(attempts.0) {
                lines.extend(points.map(|points| format!("grade {attempt} {}: {}", work.work.name, text(points))));
            }
        }
        lines.join("\n")
    }
}

/// Amendments of a class, newest first, for whoever keeps it.
///
/// # Errors
/// [`ActError::Forbidden`] for everybody else.
pub async fn amendments(services: &Services, ctx: &Ctx, code: &str) -> Result<Vec<AmendmentLine>, ActError> {
    let class = seen(services, ctx, code).await?;
    keeper(services, ctx, class.terms.lead).await?;
    Ok(store::read::grades::amendments(At::Reader(&services.db), class.id).await?)
}
