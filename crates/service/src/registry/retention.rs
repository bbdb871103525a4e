//! Retention: which records have kept their names long enough by the rules of a day, and taking the names away; files that were brought
//! in long enough ago, and dropping them.
//! Not for: the rules themselves (`law`).

use domain::people::StaffKind;
use domain::register::last_due;
use domain::roles::Act;
use domain::time::{Date, Instant, midnight};
use law::{ReviewDate, Value, Words};
use store::read::retention::{self as read, Cut};
use store::write::register::{Why, sweep_scans, take_names};
use store::write::schemes::By;
use store::write::{audit, bump_facts};

use crate::lawbook::law;
use crate::{ActError, Ctx, Services};

pub use store::read::retention::{DueLine, FilesDue};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The names of people who left.
    AfterLeaving,
    /// The names of people who died.
    AfterDeath,
    /// Files that people were brought in with.
    ImportedFiles,
}

/// A rule as it holds on the day of the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRule {
    /// What it is about.
    pub kept: Kept,
    /// Kinds of staff.
    pub staff: Vec<StaffKind>,
    /// Years.
    pub years: i64,
    /// What ended or came on this day or before is due.
    pub last: Date,
    /// Where it comes from.
    pub cited: Words,
    /// What to keep in mind.
    pub note: Option<Words>,
    /// Nobody has compared it with the signed text yet.
    pub is_unverified: bool,
}

/// What a review of the records finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The rules of the day; empty where the law of that day is not known.
    pub rules: Vec<RetentionRule>,
    /// Who is due, by year of leaving.
    pub due: Vec<DueLine>,
    /// Imported files that are due.
    pub files: FilesDue,
}

impl Review {
    /// Everybody who is due.
    #[must_use]
    pub fn people(&self) -> i64 {
        self.due.iter().map(|line| line.people).sum()
    }
}

/// Records that lose their names in one transaction.
const AT_ONCE: u32 = 200;
const KEYS: [(&str, Kept); 3] = [
    ("retention.after_leaving", Kept::AfterLeaving),
    ("retention.after_death", Kept::AfterDeath),
    ("retention.imported_files", Kept::ImportedFiles),
];

/// What would be done today; counts only, for whoever manages the installation.
///
/// # Errors
/// [`ActError::Forbidden`] for everybody else.
pub async fn review(services: &Services, ctx: &Ctx) -> Result<Review, ActError> {
    ctx.scope(Act::ManageUsers)?;
    let rules = rules(ctx.today)?;
    let due = read::counts(&services.db, &cuts(&rules)).await?;
    let files = match taken_before(&rules) {
        Some(moment) => read::files(&services.db, moment).await?,
        None => FilesDue::default(),
    };
    Ok(Review { rules, due, files })
}

fn cuts(rules: &[RetentionRule]) -> Vec<Cut> {
    let of = |rule: &RetentionRule| {
        let (died, last) = (rule.kept == Kept::AfterDeath, rule.last);
        rule.staff.clone().into_iter().map(move |staff| Cut { staff, died, last })
    };
    rules.iter().filter(|rule| rule.kept != Kept::ImportedFiles).flat_map(of).collect()
}

/// Files that came before this moment are due.
fn taken_before(rules: &[RetentionRule]) -> Option<Instant> {
    let last = rules.iter().filter(|rule| rule.kept == Kept::ImportedFiles).map(|rule| rule.last).min()?;
    last.next_day().map(midnight)
}

/// The rules of a day. What the law files do not know yields no rule, so nobody is due by it.
fn rules(today: Date) -> Result<Vec<RetentionRule>, ActError> {
    let law = law()?;
    let mut rules: Vec<RetentionRule> = Vec::new();
    for (key, kept) in KEYS {
        for staff in StaffKind::ALL {
            let Ok(found) = law.find(key, *staff, ReviewDate(today).into()) else { continue };
            let Value::Number(years) = found.value else { continue };
            let Some(last) = i32::try_from(*years).ok().and_then(|years| last_due(today, years)) else { continue };
            match rules.iter_mut().find(|rule| rule.kept == kept && rule.years == *years) {
                Some(rule) => rule.staff.push(*staff),
                None => rules.push(RetentionRule {
                    kept,
                    staff: vec![*staff],
                    years: *years,
                    last,
                    cited: found.ruling.cites.first().map_or_else(|| Words::new("", ""), |citation| law.cited(citation)),
                    note: found.ruling.note.clone(),
                    is_unverified: found.evidence.is_unverified(),
                }),
            }
        }
    }
    Ok(rules)
}

/// Drops the files that are due, one after another: what was written with them stays, with its counts, and what was never written goes
/// whole. Only from the terminal on the server.
///
/// # Errors
/// [`ActError::Forbidden`] for people: this cannot be undone.
pub async fn drop_due_files(services: &Services, ctx: &Ctx) -> Result<i64, ActError> {
    if ctx.who.is_some() {
        return Err(domain::roles::Forbidden { act: Act::ManageUsers }.into());
    }
    let Some(moment) = taken_before(&rules(ctx.today)?) else { return Ok(0) };
    let mut done = 0;
    while let Some(batch) = read::oldest_file(&services.db, moment).await? {
        crate::intake::drop_file(services, ctx, batch).await?;
        done += 1;
    }
    Ok(done)
}

/// Takes the names away from every record that is due, batch by batch, each noted in the audit; only from the terminal on the server.
/// Stopped in the middle it leaves whole batches; run again it goes on.
///
/// # Errors
/// [`ActError::Forbidden`] for people: this cannot be undone.
pub async fn take_due_names(services: &Services, ctx: &Ctx, told: &mut (dyn FnMut(i64) + Send)) -> Result<i64, ActError> {
    if ctx.who.is_some() {
        return Err(domain::roles::Forbidden { act: Act::ManageUsers }.into());
    }
    let cuts = cuts(&rules(ctx.today)?);
    let mut done = 0;
    loop {
        let people = read::people(&services.db, &cuts, AT_ONCE).await?;
        if people.is_empty() {
            return Ok(done);
        }
        let tx = services.db.write().await?;
        take_names(&tx, &Why { by: By::System, at: ctx.now, words: "retention", operation: &ctx.operation }, &people).await?;
        sweep_scans(&tx).await?;
        let count = people.len().to_string();
        let subject = format!("retention?on={}", domain::time::iso(ctx.today));
        let entry = audit::Entry {
            at: ctx.now,
            user: None,
            act: "people.take_names",
            subject: &subject,
            before: None,
            after: Some(&count),
            reason: "",
            operation: &ctx.operation,
        };
        audit::record(&tx, &entry).await?;
        bump_facts(&tx).await?;
        tx.commit().await?;
        done += i64::try_from(people.len()).unwrap_or(i64::MAX);
        told(done);
    }
}
