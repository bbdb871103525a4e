//! The acts that carry a class on: opened by decision, begun, finished, closed, put off, cancelled.
//! Not for: recognising results (`results`), or rules (`domain::classes`).

use domain::classes::papers::ClassPaper;
use domain::classes::{ClassAct, Standing, act_faults};
use domain::nominations::NominationState;
use domain::notices::Event;
use domain::register::Source;
use domain::register::commitments::CommitmentFacts;
use domain::time::Date;
use domain::training::{ClassStatus, Outcome, TrainingKind};
use store::read::classes::ClassLine;
use store::read::nominations::{self as people, NominationLine, Of};
use store::write::bump_facts;
use store::write::classes::{self as write, Step};
use store::write::nominations as nominated;
use store::write::register::{NewRecord, Why, add_class_record, promise, take_back_promise};
use store::{At, WriteTx};

use super::{ClassRefusal, MOST_SHOWN, Refused, again, keeper, key, nobody_twice, refuse, seen, subject};
use crate::documents::decided_on;
use crate::noting::note;
use crate::registry::without_refusal;
use crate::reviews::why;
use crate::{ActError, Ctx, Services, nominations, notices};

/// What is done to a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed<'a> {
    /// The act.
    pub act: ClassAct,
    /// Number of the decision.
    pub decision: &'a str,
    /// Why.
    pub reason: &'a str,
    /// New first and last day.
    pub days: Option<(Date, Date)>,
}

/// Carries a class that is as it was read into another state. Beginning writes an attendance for everybody who is confirmed; cancelling
/// takes them back. Of a degree the promises of service go with them.
///
/// # Errors
/// [`ClassRefusal::Act`] with every fault; [`ActError::Stale`] when somebody else changed the class first.
pub async fn act(services: &Services, ctx: &Ctx, code: &str, revision: i32, deed: &Deed<'_>) -> Result<(), Refused> {
    if deed.act == ClassAct::Recognise {
        return refuse(ClassRefusal::NotNow);
    }
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
    let tx = services.seating().await?;
    let line = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    if line.revision != revision {
        return Err(ActError::Stale);
    }
    let to = step_of(&line, deed, ctx.today)?;
    let why = why(ctx, &proof, deed.reason);
    match deed.act {
        ClassAct::Begin => begin(&tx, &why, &line, ctx.today).await?,
        ClassAct::Cancel => cancel(&tx, &why, &line).await?,
        _ => {}
    }
    let day = decided_on(&tx, line.id, ClassPaper::Opening, deed.decision, ctx.today).await?;
    let decision = (!deed.decision.trim().is_empty()).then_some((deed.decision, day));
    let days = deed.days.filter(|_| deed.act == ClassAct::Postpone);
    write::step(&tx, key(&line), &Step { act: deed.act, to, decision, days }).await?;
    let told = [deed.decision.trim(), deed.reason.trim()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ");
    write::note(&tx, &why, line.id, deed.act.code(), &told).await?;
    if let Some(days) = days {
        write::clear_sittings(&tx, line.id, days).await?;
        nobody_twice(services, &tx, ctx, code).await?;
    }
    if matches!(deed.act, ClassAct::Postpone | ClassAct::Cancel) {
        nominations::promote(services, &tx, ctx, &why).await.map_err(without_refusal)?;
    }
    note(&tx, ctx, audited(deed.act), &subject(code), &told).await?;
    if let Some(event) = event_of(deed.act) {
        let words = days.map_or_else(|| deed.reason.trim().to_owned(), |days| moved(&line, days, deed.reason));
        notices::tell(&tx, ctx, event, line.id, &words).await?;
    }
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

fn step_of(line: &ClassLine, deed: &Deed<'_>, today: Date) -> Result<ClassStatus, Refused> {
    let standing = Standing {
        status: line.status,
        confirmed: line.confirmed,
        unconfirmed: line.unconfirmed,
        least: line.terms.least,
        most: line.terms.most,
        days: (line.terms.starts_on, line.terms.ends_on),
    };
    let deed = domain::classes::Deed { act: deed.act, decision: deed.decision, reason: deed.reason, days: deed.days };
    let faults = act_faults(&standing, &deed, today);
    match line.status.after(deed.act) {
        Some(to) if faults.is_empty() => Ok(to),
        _ => refuse(ClassRefusal::Act(faults)),
    }
}

/// What people are told of an act; some concern nobody outside of the office.
const fn event_of(act: ClassAct) -> Option<Event> {
    match act {
        ClassAct::Open => Some(Event::Opened),
        ClassAct::Begin => Some(Event::Begun),
        ClassAct::Postpone => Some(Event::Postponed),
        ClassAct::Cancel => Some(Event::Cancelled),
        ClassAct::Recognise => Some(Event::Recognised),
        ClassAct::Finish | ClassAct::Close => None,
    }
}

/// From which days to which, and why.
fn moved(line: &ClassLine, (from, to): (Date, Date), reason: &str) -> String {
    let days = |from: Date, to: Date| format!("{} – {}", domain::time::dmy(from), domain::time::dmy(to));
    let told = format!("{} → {}", days(line.terms.starts_on, line.terms.ends_on), days(from, to));
    [told.as_str(), reason.trim()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
}

const fn audited(act: ClassAct) -> &'static str {
    match act {
        ClassAct::Open => "class.open",
        ClassAct::Begin => "class.begin",
        ClassAct::Finish => "class.finish",
        ClassAct::Recognise => "class.recognise",
        ClassAct::Close => "class.close",
        ClassAct::Postpone => "class.postpone",
        ClassAct::Cancel => "class.cancel",
    }
}

/// Everybody confirmed is of the class from its first day on: an attendance that is going on. Whoever still waits does so in vain.
async fn begin(tx: &WriteTx, why: &Why<'_>, line: &ClassLine, today: Date) -> Result<(), Refused> {
    for nomination in people::list(At::Writer(tx), Of::Class(line.id), today, MOST_LEARNERS).await? {
        if nomination.state != NominationState::Confirmed {
            continue;
        }
        let terms = &line.terms;
        let record = NewRecord {
            official: nomination.official.0,
            kind: terms.kind,
            title: None,
            content: terms.content,
            degree: terms.degree,
            field: terms.field,
            named: terms.named,
            topic: terms.topic.clone(),
            form: terms.form,
            mode: terms.mode,
            abroad: terms.abroad,
            periods: if terms.kind == TrainingKind::Training { terms.periods } else { 0 },
            from: terms.starts_on,
            last: None,
            outcome: Outcome::Studying,
            staff: nomination.working.staff,
            unit: nomination.working.unit,
            group: nomination.working.group,
            source: Source::Learned,
            evidence: None,
        };
        add_class_record(tx, why, &record, line.id).await?;
        if terms.kind == TrainingKind::Education && nomination.promised_months > 0 {
            let commitment = promise(tx, why, nomination.official.0, &promised(line, &nomination), decision(line)).await?;
            nominated::promised(tx, nomination.id, commitment).await?;
        }
    }
    Ok(())
}

fn decision(line: &ClassLine) -> Option<&str> {
    line.decision.as_ref().map(|(number, _)| number.as_str())
}

/// The promise of whoever is sent to study for a degree. It is written when the class begins: from then on the study costs money that is
/// paid back when the promise is broken, while whoever is let go before was never sent. Its law is that of the day of the confirmation,
/// which is the sending decision; its clock starts when the study is over, on the day after the last of the class.
fn promised<'a>(line: &'a ClassLine, nomination: &NominationLine) -> CommitmentFacts<'a> {
    CommitmentFacts {
        study: &line.terms.name,
        sent_on: nomination.judged_on,
        study_months: i32::from(nominations::study_months(&line.terms)),
        months: nomination.promised_months,
        starts_on: clock_start(line.terms.ends_on),
        closed: None,
    }
}

/// When the clock of promises starts whose study ends on a day.
pub(super) fn clock_start(ends_on: Date) -> Date {
    ends_on.next_day().unwrap_or(ends_on)
}

/// Most people of one class that are read at once.
pub(super) const MOST_LEARNERS: u32 = 4 * MOST_SHOWN;

async fn cancel(tx: &WriteTx, why: &Why<'_>, line: &ClassLine) -> Result<(), Refused> {
    for (record, _) in store::read::nominations::records(At::Writer(tx), line.id).await? {
        store::write::register::end_class_record(tx, why, record, Outcome::Withdrawn, None).await?;
    }
    // A study that the school or the office broke off binds nobody.
    let promises = people::promises(At::Writer(tx), line.id).await?;
    nominated::promised_nothing(tx, line.id).await?;
    for (commitment, official) in promises {
        take_back_promise(tx, why, official, commitment).await?;
    }
    Ok(())
}
