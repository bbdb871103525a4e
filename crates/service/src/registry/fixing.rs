//! Corrections of single values of a record, with the rules of the acts that would have written them rightly.
//! Not for: proposing or deciding (`corrections`).

use domain::people::{Leadership, Sex};
use domain::register::corrections::About;
use domain::register::{PostingFacts, Source, posting_faults};
use domain::time::{self, Date, Interval, iso};
use domain::training::TrainingKind;
use store::read::corrections::Wanted;
use store::read::people::Person;
use store::read::register::{self as read, Masked};
use store::write::register::{self as write, Identity, PostingFix, QualificationFix, RecordFix};

use super::identity::amend_as;
use super::keeping::{self, Keeper};
use super::merging::identity_of;
use super::{CareerRefusal, IdentityRefusal, PaperRefusal, view};
use crate::{ActError, Ctx, Services};

/// A correction about to be made.
pub(super) struct Fix<'a> {
    pub(super) services: &'a Services,
    pub(super) ctx: &'a Ctx,
    pub(super) keeper: &'a Keeper,
    pub(super) official: &'a Person,
    pub(super) values: &'a [Wanted],
    pub(super) reason: &'a str,
}

impl Fix<'_> {
    fn wanted(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|w| w.field == field).map(|w| w.wanted.as_str())
    }

    /// A text, as corrected or as it stands; empty is nothing.
    fn text(&self, field: &str, now: Option<&String>) -> Option<String> {
        let text = self.wanted(field).map(str::to_owned).or_else(|| now.cloned());
        text.filter(|text| !text.is_empty())
    }

    /// A day, as corrected or as it stands; empty is none.
    fn day(&self, field: &str, now: Option<Date>) -> Option<Date> {
        self.wanted(field).map_or(now, time::parse)
    }

    async fn commit(&self, tx: store::WriteTx) -> Result<(), store::StoreError> {
        self.keeper.commit(tx, self.ctx, "correction.accept", &self.official.code, self.reason).await
    }
}

/// Whether a value can be one of its column.
pub(super) fn is_readable(field: &str, value: &str) -> bool {
    let value = value.trim();
    match field {
        "birth_on" | "granted_on" | "starts_on" => time::parse(value).is_some(),
        "recruited_on" | "expires_on" | "ends_on" => value.is_empty() || time::parse(value).is_some(),
        "periods" | "ethnicity" => value.parse::<i32>().is_ok(),
        "sex" => Sex::from_code(value).is_some(),
        _ => true,
    }
}

/// What stands in a record: column and value in text; `None` when the line is not there.
pub(super) fn values(official: &Person, masked: &Masked, about: About, row: Option<i64>) -> Option<Vec<(&'static str, String)>> {
    let (text, day) = (|t: &Option<String>| t.clone().unwrap_or_default(), |d: Option<Date>| d.map(iso).unwrap_or_default());
    Some(match (about, row) {
        (About::Official, _) => vec![
            ("name", official.name.clone()),
            ("other_names", text(&official.other_names)),
            ("birth_on", iso(official.birth_on)),
            ("sex", official.sex.clone()),
            ("ethnicity", official.ethnicity.to_string()),
            ("religion", text(&masked.religion)),
            ("health", text(&masked.health)),
            ("citizen_number", text(&masked.citizen_number)),
            ("record_code", text(&official.record_code)),
            ("recruited_on", day(official.recruited_on)),
        ],
        // A line that is missing has no values yet.
        (_, None) => Vec::new(),
        (About::Posting, Some(row)) => {
            let line = official.postings.iter().find(|line| line.id == row)?;
            let from = iso(line.during.from());
            vec![("post", line.post.clone()), ("grade", text(&line.grade)), ("decision_number", text(&line.decision)), ("starts_on", from)]
        }
        (About::Qualification, Some(row)) => {
            let line = official.qualifications.iter().find(|line| line.id == row)?;
            let days = [("granted_on", iso(line.granted_on)), ("expires_on", day(line.expires_on))];
            days.into_iter().chain([("issuer", text(&line.issuer)), ("number", text(&line.number))]).collect()
        }
        (About::TrainingRecord, Some(row)) => {
            let line = official.records.iter().find(|line| line.id == row)?;
            let days = [("starts_on", iso(line.starts_on)), ("ends_on", day(line.ends_on))];
            days.into_iter().chain([("periods", line.periods.to_string()), ("evidence", text(&line.evidence))]).collect()
        }
    })
}

/// Corrects who the official is.
pub(super) async fn identity(fix: &Fix<'_>) -> Result<(), ActError<Vec<IdentityRefusal>>> {
    let masked = read::masked(&fix.services.db, fix.official.id).await?;
    let now = identity_of(fix.official, masked);
    let identity = Identity {
        name: fix.text("name", Some(&now.name)).unwrap_or_default(),
        other_names: fix.text("other_names", now.other_names.as_ref()),
        birth_on: fix.day("birth_on", Some(now.birth_on)).unwrap_or(now.birth_on),
        sex: fix.wanted("sex").and_then(Sex::from_code).unwrap_or(now.sex),
        ethnicity: fix.wanted("ethnicity").and_then(|n| n.parse().ok()).unwrap_or(now.ethnicity),
        religion: fix.text("religion", now.religion.as_ref()),
        health: fix.text("health", now.health.as_ref()),
        citizen_number: fix.text("citizen_number", now.citizen_number.as_ref()),
        record_code: fix.text("record_code", now.record_code.as_ref()),
        recruited_on: fix.day("recruited_on", now.recruited_on),
        code: now.code,
    };
    amend_as(fix.services, fix.ctx, fix.keeper, fix.official, fix.official.revision, &identity, ("correction.accept", fix.reason)).await
}

/// Corrects a posting.
pub(super) async fn posting(fix: &Fix<'_>, row: i64) -> Result<(), ActError<Vec<CareerRefusal>>> {
    let line = fix.official.postings.iter().find(|line| line.id == row).ok_or(ActError::NotFound)?;
    let from = fix.day("starts_on", Some(line.during.from())).unwrap_or(line.during.from());
    let post = fix.text("post", Some(&line.post)).unwrap_or_default();
    let mut refusals = Vec::new();
    refusals.extend(post.is_empty().then_some(CareerRefusal::NoPost));
    match view(fix.services, fix.ctx, &line.unit.0, from).await {
        Ok(unit) => {
            let others: Vec<Interval> = fix.official.postings.iter().filter(|other| other.id != row).map(|other| other.during).collect();
            let to = line.during.to();
            let facts = PostingFacts { from, to, others: &others, unit: unit.unit.life, birth_on: fix.official.birth_on, died_on: None };
            refusals.extend(posting_faults(&facts).into_iter().map(CareerRefusal::Fault));
        }
        Err(ActError::NotFound) => refusals.push(CareerRefusal::NoSuchUnit),
        Err(other) => return Err(keeping::without_refusal(other)),
    }
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let (grade, decision) = (fix.text("grade", line.grade.as_ref()), fix.text("decision_number", line.decision.as_ref()));
    let tx = fix.services.db.write().await?;
    write::fix_posting(&tx, &fix.keeper.why(fix.ctx, fix.reason), row, &PostingFix { post, grade, decision, from }).await?;
    Ok(fix.commit(tx).await?)
}

/// Corrects a qualification.
pub(super) async fn qualification(fix: &Fix<'_>, row: i64) -> Result<(), ActError<Vec<PaperRefusal>>> {
    let line = fix.official.qualifications.iter().find(|line| line.id == row).ok_or(ActError::NotFound)?;
    let granted_on = fix.day("granted_on", Some(line.granted_on)).unwrap_or(line.granted_on);
    let expires_on = fix.day("expires_on", line.expires_on);
    let mut refusals = super::papers::common(fix.official, fix.ctx, granted_on, fix.reason);
    refusals.extend(expires_on.is_some_and(|to| to <= granted_on).then_some(PaperRefusal::EndsBeforeStart));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let (issuer, number) = (fix.text("issuer", line.issuer.as_ref()), fix.text("number", line.number.as_ref()));
    let tx = fix.services.db.write().await?;
    let fixed = QualificationFix { granted_on, expires_on, issuer, number };
    write::fix_qualification(&tx, &fix.keeper.why(fix.ctx, fix.reason), row, &fixed).await?;
    Ok(fix.commit(tx).await?)
}

/// Corrects a training that was not learned in a class of the system.
pub(super) async fn record(fix: &Fix<'_>, row: i64) -> Result<(), ActError<Vec<PaperRefusal>>> {
    let line = fix.official.records.iter().find(|line| line.id == row).ok_or(ActError::NotFound)?;
    let from = fix.day("starts_on", Some(line.starts_on)).unwrap_or(line.starts_on);
    let last = fix.day("ends_on", line.ends_on);
    let periods = fix.wanted("periods").and_then(|n| n.parse().ok()).unwrap_or(line.periods);
    let evidence = fix.text("evidence", line.evidence.as_ref());
    let mut refusals = super::papers::common(fix.official, fix.ctx, last.unwrap_or(from), fix.reason);
    refusals.extend((line.source == Source::Learned).then_some(PaperRefusal::LearnedHere));
    refusals.extend(last.is_some_and(|last| last < from).then_some(PaperRefusal::EndsBeforeStart));
    let is_odd = line.kind == TrainingKind::Training && !(1..10_000).contains(&periods);
    refusals.extend(is_odd.then_some(PaperRefusal::OddPeriods));
    refusals.extend(evidence.is_none().then_some(PaperRefusal::NoEvidence));
    let posting = fix.official.postings.iter().find(|p| p.during.contains(from));
    refusals.extend(posting.is_none().then_some(PaperRefusal::NoPosting));
    let (Some(posting), true) = (posting, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let unit = view(fix.services, fix.ctx, &posting.unit.0, from).await.map_err(keeping::without_refusal)?;
    let group = posting.leadership.and_then(Leadership::group);
    let fixed = RecordFix { from, last, periods, evidence, unit: unit.unit.id, staff: posting.staff, group };
    let tx = fix.services.db.write().await?;
    write::fix_record(&tx, &fix.keeper.why(fix.ctx, fix.reason), row, &fixed).await?;
    Ok(fix.commit(tx).await?)
}
