//! Lines that prove what an official knows and did: qualifications, ratings, training declared; and striking out a wrong one.
//! Not for: training in classes of the system.

use domain::people::{Band, Degree, QualificationKind, RatingKind, StudyField};
use domain::register::Source;
use domain::time::Date;
use domain::training::{ClassForm, ContentGroup, Mode, Outcome, TrainingKind};
use store::read::people::Person;
use store::write::register::{self as write, NewQualification, NewRating, NewRecord};

use super::fixing::Fix;
use super::identity::found;
use super::keeping::{self, Keeper};
use super::view;
use crate::{ActError, Ctx, Services};

/// Why a line is not written or struck out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperRefusal {
    /// A professional qualification needs its degree.
    NoDegree,
    /// The kind has no such level.
    OddLevel,
    /// A day lies in the future.
    InFuture,
    /// It expires before it was granted, or ends before it began.
    EndsBeforeStart,
    /// Before the person was fifteen.
    TooYoung,
    /// Training has a number of periods above zero and below ten thousand.
    OddPeriods,
    /// Training needs its content group, education its degree.
    NoContent,
    /// On the first day the person worked nowhere.
    NoPosting,
    /// A declared training needs its evidence.
    NoEvidence,
    /// A change must say why.
    NoReason,
    /// What was learned in a class of the system is corrected in the class.
    LearnedHere,
}

type Refused = ActError<Vec<PaperRefusal>>;

/// A degree or certificate, as declared.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// What it proves.
    pub kind: QualificationKind,
    /// Degree, for professional ones.
    pub degree: Option<Degree>,
    /// Field of study.
    pub field: Option<StudyField>,
    /// Level within other kinds.
    pub grade: Option<&'a str>,
    /// Since when.
    pub granted_on: Date,
    /// Until when, if it expires.
    pub expires_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<&'a str>,
    /// Its number.
    pub number: Option<&'a str>,
}

/// Adds a qualification.
///
/// # Errors
/// Every [`PaperRefusal`] that applies.
pub async fn add_qualification(services: &Services, ctx: &Ctx, code: &str, paper: &Paper<'_>, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let is_professional = paper.kind == QualificationKind::Professional;
    let mut refusals = common(&official, ctx, paper.granted_on, reason);
    refusals.extend((is_professional && paper.degree.is_none()).then_some(PaperRefusal::NoDegree));
    refusals.extend(paper.grade.is_some_and(|level| !paper.kind.levels().contains(&level)).then_some(PaperRefusal::OddLevel));
    refusals.extend(paper.expires_on.is_some_and(|to| to <= paper.granted_on).then_some(PaperRefusal::EndsBeforeStart));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let text = |text: Option<&str>| text.map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let new = NewQualification {
        official: official.id,
        kind: paper.kind,
        degree: paper.degree.filter(|_| is_professional),
        field: paper.field.filter(|_| is_professional),
        grade: text(paper.grade),
        granted_on: paper.granted_on,
        expires_on: paper.expires_on,
        issuer: text(paper.issuer),
        number: text(paper.number),
        source: Source::Declared,
    };
    let tx = services.db.write().await?;
    write::add_qualification(&tx, &keeper.why(ctx, reason), &new).await?;
    keeper.commit(tx, ctx, "register.qualification", &official.code, reason).await?;
    Ok(())
}

/// What every line shares: a reason, and a day between the person's fifteenth birthday and today.
pub(super) fn common(official: &Person, ctx: &Ctx, on: Date, reason: &str) -> Vec<PaperRefusal> {
    let mut refusals = Vec::new();
    refusals.extend((on > ctx.today).then_some(PaperRefusal::InFuture));
    refusals.extend((domain::time::age(official.birth_on, on) < 15).then_some(PaperRefusal::TooYoung));
    refusals.extend((!keeping::is_reason(reason)).then_some(PaperRefusal::NoReason));
    refusals
}

/// Adds a rating.
///
/// # Errors
/// Every [`PaperRefusal`] that applies.
pub async fn add_rating(services: &Services, ctx: &Ctx, code: &str, rating: (RatingKind, Band, Date), reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let (kind, band, on) = rating;
    let refusals = common(&official, ctx, on, reason);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    write::add_rating(&tx, &keeper.why(ctx, reason), &NewRating { official: official.id, kind, band, on }).await?;
    keeper.commit(tx, ctx, "register.rating", &official.code, reason).await?;
    Ok(())
}

/// A training that no class of the system carried out, as declared.
#[derive(Debug, Clone, Copy)]
pub struct Declared<'a> {
    /// Education or training.
    pub kind: TrainingKind,
    /// Content group, if training.
    pub content: Option<ContentGroup>,
    /// Degree, if education.
    pub degree: Option<Degree>,
    /// Field, if education.
    pub field: Option<StudyField>,
    /// How people met.
    pub mode: Mode,
    /// Abroad.
    pub abroad: bool,
    /// Periods.
    pub periods: i32,
    /// First day.
    pub from: Date,
    /// Last day, if over.
    pub last: Option<Date>,
    /// What became of it.
    pub outcome: Outcome,
    /// What was attended, by name; may be empty.
    pub title: &'a str,
    /// What proves it: number and issuer of the certificate or decision.
    pub evidence: &'a str,
}

/// Adds a training that was learned elsewhere.
///
/// # Errors
/// Every [`PaperRefusal`] that applies.
pub async fn add_record(services: &Services, ctx: &Ctx, code: &str, declared: &Declared<'_>, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let mut refusals = common(&official, ctx, declared.last.unwrap_or(declared.from), reason);
    let is_education = declared.kind == TrainingKind::Education;
    refusals.extend(declared.last.is_some_and(|last| last < declared.from).then_some(PaperRefusal::EndsBeforeStart));
    refusals.extend((!is_education && !(1..10_000).contains(&declared.periods)).then_some(PaperRefusal::OddPeriods));
    let lacks = if is_education { declared.degree.is_none() } else { declared.content.is_none() };
    refusals.extend(lacks.then_some(PaperRefusal::NoContent));
    refusals.extend(declared.evidence.trim().is_empty().then_some(PaperRefusal::NoEvidence));
    let posting = official.postings.iter().find(|p| p.during.contains(declared.from));
    refusals.extend(posting.is_none().then_some(PaperRefusal::NoPosting));
    let (Some(posting), true) = (posting, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let unit = view(services, ctx, &posting.unit.0, declared.from).await.map_err(keeping::without_refusal)?;
    let new = NewRecord {
        official: official.id,
        kind: declared.kind,
        title: Some(declared.title.trim().to_owned()).filter(|title| !title.is_empty()),
        content: declared.content.filter(|_| !is_education),
        degree: declared.degree.filter(|_| is_education),
        field: declared.field.filter(|_| is_education),
        named: None,
        topic: None,
        form: ClassForm::Class,
        mode: declared.mode,
        abroad: declared.abroad,
        periods: declared.periods,
        from: declared.from,
        last: declared.last,
        outcome: declared.outcome,
        staff: posting.staff,
        unit: unit.unit.id,
        group: posting.leadership.and_then(domain::people::Leadership::group),
        source: Source::Declared,
        evidence: Some(declared.evidence.trim().to_owned()),
    };
    let tx = services.db.write().await?;
    write::add_record(&tx, &keeper.why(ctx, reason), &new).await?;
    keeper.commit(tx, ctx, "register.record", &official.code, reason).await?;
    Ok(())
}

/// Strikes out a line that is wrong; the history keeps what it said.
///
/// # Errors
/// [`ActError::NotFound`] when the line is not this person's, [`PaperRefusal::LearnedHere`] for training in classes of the system.
pub async fn strike(services: &Services, ctx: &Ctx, code: &str, (kind, row): (&str, i64), reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let fix = Fix { services, ctx, keeper: &keeper, official: &official, values: &[], reason };
    strike_as(&fix, "register.strike", (kind, row)).await
}

/// Strikes out a line, by a keeper; the act is how the audit names it.
pub(super) async fn strike_as(fix: &Fix<'_>, act: &str, (kind, row): (&str, i64)) -> Result<(), Refused> {
    let Fix { services, ctx, keeper, official, reason, .. } = *fix;
    let mut refusals = Vec::new();
    refusals.extend((!keeping::is_reason(reason)).then_some(PaperRefusal::NoReason));
    let learned = |r: &store::read::people::RecordLine| r.id == row && r.source == Source::Learned;
    refusals.extend((kind == "training_record" && official.records.iter().any(learned)).then_some(PaperRefusal::LearnedHere));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    write::strike(&tx, &keeper.why(ctx, reason), official.id, kind, row).await?;
    keeper.commit(tx, ctx, act, &official.code, reason).await?;
    Ok(())
}
