//! Making one official of two entries: looked at side by side, chosen field by field, written as one act that can be taken back.
//! Not for: rules of it (`domain::register::merging`).

use domain::people::Sex;
use domain::register::merging::{Attendance, Line, MergeFault, Settled, Two, fates, overlapping};
use domain::register::{IdentityFacts, IdentityFault, IdentityField, identity_faults};
use domain::time::number;
use domain::training::TrainingKind;
use store::read::people::{Person, PostingLine, RecordLine};
use store::read::register::{self as read, Masked};
use store::write::register::{self as write, Identity, Merged, Merging};

use super::identity::found;
use super::keeping::{self, Keeper};
use crate::{ActError, Ctx, Services};

/// Why two entries are not made one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeRefusal {
    /// A rule of merging, and the pairs of postings it speaks of.
    Fault(MergeFault, Vec<Two>),
    /// A rule of identities, broken by the chosen fields together.
    Identity(IdentityFault),
    /// A change must say why.
    NoReason,
}

type Refused = ActError<Vec<MergeRefusal>>;

/// Two entries side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeView {
    /// Who is kept.
    pub kept: Person,
    /// Who goes.
    pub other: Person,
    /// Main postings that cannot both stand.
    pub overlaps: Vec<(PostingLine, PostingLine)>,
    /// Attendances that both have and that will count once.
    pub same_trainings: Vec<RecordLine>,
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// Revisions of both that were read.
    pub revisions: (i32, i32),
    /// Fields that the other entry gives; all else stays as the kept one has it.
    pub from_other: Vec<IdentityField>,
    /// How overlapping postings are settled.
    pub settled: Vec<(Two, Settled)>,
}

async fn both<R>(services: &Services, ctx: &Ctx, codes: (&str, &str)) -> Result<(Keeper, Person, Person), ActError<R>> {
    let (kept, other) = (found(services, ctx, codes.0).await?, found(services, ctx, codes.1).await?);
    let keeper = Keeper::of(services, ctx, &kept).await?;
    Keeper::of::<R>(services, ctx, &other).await?;
    Ok((keeper, kept, other))
}

fn lines(person: &Person) -> Vec<Line> {
    person.postings.iter().map(|posting| (posting.id, posting.during)).collect()
}

/// Two entries side by side, with what both have.
///
/// # Errors
/// [`ActError::NotFound`] or [`ActError::Forbidden`] when the asker does not keep both.
pub async fn merge_view(services: &Services, ctx: &Ctx, codes: (&str, &str)) -> Result<MergeView, ActError> {
    let (_, kept, other) = both(services, ctx, codes).await?;
    if kept.id == other.id {
        return Err(ActError::NotFound);
    }
    let posting = |person: &Person, key: i64| person.postings.iter().find(|posting| posting.id == key).cloned();
    let pairs = overlapping(&lines(&kept), &lines(&other));
    let overlaps = pairs.into_iter().filter_map(|(k, o)| posting(&kept, k).zip(posting(&other, o))).collect();
    let is_same = |line: &&RecordLine| kept.records.iter().any(|own| attendance(own).is_same(&attendance(line)));
    let same_trainings = other.records.iter().filter(is_same).cloned().collect();
    Ok(MergeView { kept, other, overlaps, same_trainings })
}

fn attendance(line: &RecordLine) -> Attendance {
    let is_training = line.kind == TrainingKind::Training;
    Attendance {
        class: line.class.as_ref().map(|(code, _)| code.clone()),
        kind: line.kind.to_string(),
        subject: if is_training { line.content.clone() } else { line.degree.clone() },
        topic: line.topic.clone(),
        from: number(line.starts_on),
        last: line.ends_on.map(number),
    }
}

/// Makes one official of two entries.
///
/// # Errors
/// Every [`MergeRefusal`] that applies, [`ActError::Stale`] when one of the two changed since.
pub async fn merge(services: &Services, ctx: &Ctx, codes: (&str, &str), choice: &Choice, reason: &str) -> Result<Merged, Refused> {
    let (keeper, kept, other) = both(services, ctx, codes).await?;
    if kept.id == other.id {
        return Err(ActError::Refused(vec![MergeRefusal::Fault(MergeFault::SamePerson, Vec::new())]));
    }
    let mut identity = identity_of(&kept, read::masked(&services.db, kept.id).await?);
    let theirs = identity_of(&other, read::masked(&services.db, other.id).await?);
    for field in &choice.from_other {
        take(&mut identity, *field, &theirs);
    }
    let mut refusals = Vec::new();
    refusals.extend((!keeping::is_reason(reason)).then_some(MergeRefusal::NoReason));
    refusals.extend(identity_faults(&facts(&identity), ctx.today).into_iter().map(MergeRefusal::Identity));
    let fates = match fates(&lines(&kept), &lines(&other), &choice.settled) {
        Ok(fates) => fates,
        Err((fault, pairs)) => {
            refusals.push(MergeRefusal::Fault(fault, pairs));
            Vec::new()
        }
    };
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let (ours, gone) = choice.revisions;
    let merging = Merging { kept: (kept.id, ours), other: (other.id, gone), identity: &identity, fates: &fates };
    let tx = services.db.write().await?;
    let merged = write::merge_officials(&tx, &keeper.why(ctx, reason), &merging).await?;
    keeper.commit(tx, ctx, "register.merge", &format!("{}+{}", kept.code, other.code), reason).await?;
    Ok(merged)
}

/// What is checked of an identity.
pub(super) fn facts(identity: &Identity) -> IdentityFacts<'_> {
    IdentityFacts {
        code: &identity.code,
        name: &identity.name,
        birth_on: identity.birth_on,
        ethnicity: identity.ethnicity,
        citizen_number: identity.citizen_number.as_deref(),
        recruited_on: identity.recruited_on,
    }
}

/// Who a person is, as it stands.
pub(super) fn identity_of(person: &Person, masked: Masked) -> Identity {
    Identity {
        code: person.code.clone(),
        record_code: person.record_code.clone(),
        name: person.name.clone(),
        other_names: person.other_names.clone(),
        birth_on: person.birth_on,
        sex: Sex::from_code(&person.sex).unwrap_or(Sex::Male),
        ethnicity: person.ethnicity,
        religion: masked.religion,
        health: masked.health,
        citizen_number: masked.citizen_number,
        recruited_on: person.recruited_on,
    }
}

fn take(identity: &mut Identity, field: IdentityField, from: &Identity) {
    match field {
        IdentityField::Code => identity.code.clone_from(&from.code),
        IdentityField::RecordCode => identity.record_code.clone_from(&from.record_code),
        IdentityField::Name => identity.name.clone_from(&from.name),
        IdentityField::OtherNames => identity.other_names.clone_from(&from.other_names),
        IdentityField::BirthOn => identity.birth_on = from.birth_on,
        IdentityField::Sex => identity.sex = from.sex,
        IdentityField::Ethnicity => identity.ethnicity = from.ethnicity,
        IdentityField::Religion => identity.religion.clone_from(&from.religion),
        IdentityField::Health => identity.health.clone_from(&from.health),
        IdentityField::CitizenNumber => identity.citizen_number.clone_from(&from.citizen_number),
        IdentityField::RecruitedOn => identity.recruited_on = from.recruited_on,
    }
}
