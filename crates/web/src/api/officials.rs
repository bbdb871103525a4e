//! `/api/v1/officials`: people the caller may see, and one person's record.
//! Not for: changing them (`writes`), or taking whole lists out (the page exports and notes it in the audit).

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::lists::{Ages, Filter, Held, Working};
use domain::orgs::Level;
use domain::people::{LeaderGroup, Leadership, Sex, StaffKind, StudyField};
use domain::time::iso;
use serde::Serialize;
use service::ActError;
use service::exchange::{self, PersonLine};
use service::registry::{self, OfficialLine, PeopleAsk, Person, PostingLine, QualificationLine, RatingLine, RecordLine, SecondmentLine};
use utoipa::ToSchema;

use super::asked::Asked;
use super::caller::Caller;
use super::changed::{self, ChangePage};
use super::cursor;
use super::problem::{Fault, Problem};
use super::sent::tagged;
use super::shapes::{Listed, Named, Span};
use crate::AppState;
use crate::asked::escaped;

/// A line of the list.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Official)]
pub(crate) struct OfficialBody {
    /// Staff code.
    code: String,
    /// Name.
    name: String,
    /// Name of the unit on the day.
    unit: String,
    /// Post on the day.
    post: String,
    /// `can_bo`, `cong_chuc`, `vien_chuc` or `khong_chuyen_trach`.
    staff: String,
    /// Leadership post, if any.
    leadership: Option<String>,
}

impl From<&OfficialLine> for OfficialBody {
    fn from(line: &OfficialLine) -> Self {
        Self {
            code: line.code.clone(),
            name: line.name.clone(),
            unit: line.unit.1.clone(),
            post: line.post.clone(),
            staff: line.staff.code().to_owned(),
            leadership: line.leadership.map(|l| l.code().to_owned()),
        }
    }
}

/// An official who changed, as today has it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChangedOfficial {
    /// Staff code.
    code: String,
    /// Name.
    name: String,
    /// Unit today; null for who works nowhere.
    unit: Option<Named>,
    /// Post today.
    post: Option<String>,
    /// Kind of staff.
    staff: Option<String>,
    /// Leadership post, if any.
    leadership: Option<String>,
}

impl From<PersonLine> for ChangedOfficial {
    fn from(line: PersonLine) -> Self {
        let place = line.place.as_ref();
        Self {
            unit: place.map(|p| Named { code: p.unit_name.0.clone(), name: p.unit_name.1.clone() }),
            post: place.map(|p| p.post.clone()),
            staff: place.map(|p| p.staff.code().to_owned()),
            leadership: place.and_then(|p| p.leadership).map(|l| l.code().to_owned()),
            code: line.code,
            name: line.name,
        }
    }
}

/// A page of people, or who changed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Officials {
    /// A page.
    Page(Listed<OfficialBody>),
    /// With `changed-since`.
    Changes(ChangePage<ChangedOfficial>),
}

/// People with a posting on a day, in Vietnamese name order; or who changed since a moment.
#[utoipa::path(
    get,
    path = "/api/v1/officials",
    tag = "officials",
    params(
        ("on" = Option<String>, Query, description = "The day, `2026-11-22`; today when not given"),
        ("unit" = Option<String>, Query, description = "Unit code, with everything below it"),
        ("q" = Option<String>, Query, description = "Words of the name or the staff code, with or without marks"),
        ("staff" = Option<String>, Query, description = "Kind of staff"),
        ("leaders" = Option<bool>, Query, description = "Only leaders"),
        ("leadership" = Option<String>, Query, description = "Leadership posts, one or more with commas between"),
        ("group" = Option<String>, Query, description = "Groups of leaders, one or more with commas between"),
        ("level" = Option<String>, Query, description = "Levels at which they work, `province`, `district` or `commune`, with commas between"),
        ("grade" = Option<String>, Query, description = "Grades, one or more with commas between"),
        ("sex" = Option<String>, Query, description = "`nam` or `nu`"),
        ("age_from" = Option<i32>, Query, description = "Youngest age; only for who keeps the records"),
        ("age_to" = Option<i32>, Query, description = "Oldest age; only for who keeps the records"),
        ("holds" = Option<String>, Query, description = "Qualifications held, `political_theory.cao_cap` at least or `it` of any level, with commas between"),
        ("lacks" = Option<String>, Query, description = "Qualifications not held, as `holds`"),
        ("field" = Option<String>, Query, description = "Fields of study, one or more with commas between"),
        ("working" = Option<String>, Query, description = "`dang-lam`, the usual, or `da-nghi` for people who left"),
        ("changed-since" = Option<String>, Query, description = "`next_since` of an answer before: only who changed since; takes `limit` beside it and nothing else"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Lines of a page, 1 to 200, usually 50", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "A page", body = Officials),
        (status = 410, description = "The moment is of another life of the register, or units moved into what the account may see or out of it: read everything anew", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Officials>, Fault> {
    let asked = &caller.asked;
    if let Some(since) = changed::asked(asked)? {
        let changes = exchange::changed_officials(&state.services, &caller.ctx, since, asked.limit()?).await?;
        return Ok(Json(Officials::Changes(changed::page(changes, |_, line| ChangedOfficial::from(line)))));
    }
    asked.only(NAMES)?;
    let ask = PeopleAsk {
        unit: asked.text("unit").map(str::to_owned),
        text: asked.text("q").unwrap_or_default().to_owned(),
        filter: filter(asked)?,
        ..PeopleAsk::on(asked.day("on", caller.ctx.today)?)
    };
    let after = asked.cursor(cursor::official)?;
    let after = after.as_ref().map(|(key, id)| (key.as_slice(), *id));
    let next_since = changed::of_since(&exchange::start(&state.services, &caller.ctx).await?);
    let page = registry::list_people(&state.services, &caller.ctx, &ask, after, asked.limit()?).await?;
    let next = if page.more { page.lines.last().map(|l| cursor::of_official(&l.sort_key, l.id)) } else { None };
    Ok(Json(Officials::Page(Listed { items: page.lines.iter().map(OfficialBody::from).collect(), next, next_since })))
}

const NAMES: &[&str] = &[
    "on",
    "unit",
    "q",
    "staff",
    "leaders",
    "leadership",
    "group",
    "level",
    "grade",
    "sex",
    "age_from",
    "age_to",
    "holds",
    "lacks",
    "field",
    "working",
    "cursor",
    "limit",
];

/// Ethnic groups are not asked for here: such a list needs a purpose, which the page asks.
fn filter(asked: &Asked) -> Result<Filter, Fault> {
    Ok(Filter {
        staff: asked.code("staff", StaffKind::from_code, StaffKind::ALL)?.into_iter().collect(),
        leaders: asked.flag("leaders")?,
        leaderships: asked.each("leadership", Leadership::from_code)?,
        groups: asked.each("group", LeaderGroup::from_code)?,
        levels: asked.each("level", Level::from_code)?,
        grades: asked.each("grade", |text| Some(text.to_owned()))?,
        sex: asked.code("sex", Sex::from_code, Sex::ALL)?,
        ages: Ages { from: asked.age("age_from")?, to: asked.age("age_to")? },
        holds: asked.each("holds", Held::parse)?,
        lacks: asked.each("lacks", Held::parse)?,
        fields: asked.each("field", StudyField::from_code)?,
        working: asked.code("working", Working::from_code, Working::ALL)?,
        ..Filter::default()
    })
}

/// A posting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PostingBody {
    /// Unit.
    unit: Named,
    /// Post.
    post: String,
    /// Kind of staff.
    staff: String,
    /// Leadership post, if any.
    leadership: Option<String>,
    /// Grade (ngạch, hạng) by its code.
    grade: Option<String>,
    /// Number of the decision.
    decision: Option<String>,
    /// How it ended, e.g. `moved`, `retired`; null while it goes on.
    ended_by: Option<String>,
    /// When.
    during: Span,
}

/// Work at another unit for a time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecondmentBody {
    /// Unit.
    unit: Named,
    /// Post there.
    post: String,
    /// Number of the decision.
    decision: Option<String>,
    /// When.
    during: Span,
}

impl From<&SecondmentLine> for SecondmentBody {
    fn from(line: &SecondmentLine) -> Self {
        Self {
            unit: Named { code: line.unit.0.clone(), name: line.unit.1.clone() },
            post: line.post.clone(),
            decision: line.decision.clone(),
            during: (&line.during).into(),
        }
    }
}

/// A rating.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RatingBody {
    /// What it judges: `yearly` and others.
    kind: String,
    /// `excellent`, `good`, `average` or `poor`.
    band: String,
    /// The day it was decided.
    #[schema(format = Date)]
    on: String,
}

impl From<&RatingLine> for RatingBody {
    fn from(line: &RatingLine) -> Self {
        Self { kind: line.kind.code().to_owned(), band: line.band.code().to_owned(), on: iso(line.on) }
    }
}

impl From<&PostingLine> for PostingBody {
    fn from(line: &PostingLine) -> Self {
        Self {
            unit: Named { code: line.unit.0.clone(), name: line.unit.1.clone() },
            post: line.post.clone(),
            staff: line.staff.code().to_owned(),
            leadership: line.leadership.map(|l| l.code().to_owned()),
            grade: line.grade.clone(),
            decision: line.decision.clone(),
            ended_by: line.ended_by.map(|e| e.code().to_owned()),
            during: (&line.during).into(),
        }
    }
}

/// A qualification.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QualificationBody {
    /// What it proves.
    kind: String,
    /// Degree, for professional ones.
    degree: Option<String>,
    /// Field of study.
    field: Option<String>,
    /// Level within other kinds.
    grade: Option<String>,
    /// Since when.
    #[schema(format = Date)]
    granted_on: String,
    /// Until when, if it expires.
    #[schema(format = Date)]
    expires_on: Option<String>,
    /// Who issued it.
    issuer: Option<String>,
    /// Its number.
    number: Option<String>,
    /// Where it comes from: `declared`, `imported` and others.
    source: String,
}

impl From<&QualificationLine> for QualificationBody {
    fn from(line: &QualificationLine) -> Self {
        Self {
            kind: line.kind.code().to_owned(),
            degree: line.degree.clone(),
            field: line.field.clone(),
            grade: line.grade.clone(),
            granted_on: iso(line.granted_on),
            expires_on: line.expires_on.map(iso),
            issuer: line.issuer.clone(),
            number: line.number.clone(),
            source: line.source.code().to_owned(),
        }
    }
}

/// An attendance.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordBody {
    /// `education` or `training`.
    kind: String,
    /// Content group, if training.
    content: Option<String>,
    /// Degree, if education.
    degree: Option<String>,
    /// Class, if known.
    class: Option<Named>,
    /// What was attended, by name, if it was no class of the system.
    title: Option<String>,
    /// Scheme and topic it carried out.
    topic: Option<TopicBody>,
    /// Abroad.
    abroad: bool,
    /// Periods (tiết).
    periods: i32,
    /// First day.
    #[schema(format = Date)]
    starts_on: String,
    /// Last day.
    #[schema(format = Date)]
    ends_on: Option<String>,
    /// `studying`, `finished`, `failed` or `withdrawn`.
    outcome: String,
    /// Day of the learner's report.
    #[schema(format = Date)]
    reported_on: Option<String>,
    /// Day of the unit's evaluation.
    #[schema(format = Date)]
    evaluated_on: Option<String>,
    /// Where it comes from.
    source: String,
    /// What proves it, if it was not learned here.
    evidence: Option<String>,
}

/// A topic of a scheme.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TopicBody {
    /// Scheme code.
    scheme: String,
    /// Topic code.
    topic: String,
}

impl From<&RecordLine> for RecordBody {
    fn from(line: &RecordLine) -> Self {
        Self {
            kind: line.kind.code().to_owned(),
            content: line.content.clone(),
            degree: line.degree.clone(),
            class: line.class.clone().map(|(code, name)| Named { code, name }),
            title: line.title.clone(),
            topic: line.topic.clone().map(|(scheme, topic)| TopicBody { scheme, topic }),
            abroad: line.abroad,
            periods: line.periods,
            starts_on: iso(line.starts_on),
            ends_on: line.ends_on.map(iso),
            outcome: line.outcome.code().to_owned(),
            reported_on: line.reported_on.map(iso),
            evaluated_on: line.evaluated_on.map(iso),
            source: line.source.code().to_owned(),
            evidence: line.evidence.clone(),
        }
    }
}

/// A person's record.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficialDetail {
    /// Staff code.
    code: String,
    /// Name.
    name: String,
    /// `nam` or `nu`.
    sex: String,
    /// Birth; null for callers who do not keep the staff file or say no purpose.
    #[schema(format = Date)]
    birth_on: Option<String>,
    /// Ethnicity code (1 = Kinh); null as `birth_on`.
    ethnicity: Option<i32>,
    /// Code of the electronic record.
    record_code: Option<String>,
    /// Other names.
    other_names: Option<String>,
    /// First day of service.
    #[schema(format = Date)]
    recruited_on: Option<String>,
    /// Newest first.
    postings: Vec<PostingBody>,
    /// Work at other units for a time, newest first.
    secondments: Vec<SecondmentBody>,
    /// Newest first.
    ratings: Vec<RatingBody>,
    /// Newest first.
    qualifications: Vec<QualificationBody>,
    /// Newest first.
    records: Vec<RecordBody>,
}

impl OfficialDetail {
    fn of(person: &Person, private: bool) -> Self {
        Self {
            code: person.code.clone(),
            name: person.name.clone(),
            sex: person.sex.clone(),
            birth_on: private.then(|| iso(person.birth_on)),
            ethnicity: private.then_some(person.ethnicity),
            record_code: person.record_code.clone(),
            other_names: person.other_names.clone(),
            recruited_on: person.recruited_on.map(iso),
            postings: person.postings.iter().map(PostingBody::from).collect(),
            secondments: person.secondments.iter().map(SecondmentBody::from).collect(),
            ratings: person.ratings.iter().map(RatingBody::from).collect(),
            qualifications: person.qualifications.iter().map(QualificationBody::from).collect(),
            records: person.records.iter().map(RecordBody::from).collect(),
        }
    }
}

/// One person's record; everyone may read the own one. Birth and ethnic group of others are told for a purpose, which is noted in the
/// audit; citizen number, religion and health are shown on the page alone, for a purpose.
#[utoipa::path(
    get,
    path = "/api/v1/officials/{code}",
    tag = "officials",
    params(
        ("code" = String, Path, description = "Staff code"),
        ("purpose" = Option<String>, Query, description = "What birth and ethnic group are needed for, at most 500 letters; noted in the audit"),
    ),
    responses(
        (status = 200, description = "The record", body = OfficialDetail, headers(("ETag" = String, description = "State of the record, for If-Match"))),
        (status = 307, description = "The record was merged into another one, at the address in `Location`"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(State(state): State<AppState>, Path(code): Path<String>, caller: Caller) -> Result<Response, Fault> {
    caller.asked.only(&["purpose"])?;
    // Read before the record: it may be older than what is shown, never newer.
    let tag = exchange::tag_of_official(&state.services, &code).await?;
    let person = match registry::person(&state.services, &caller.ctx, &code).await {
        Err(ActError::NotFound) => {
            let known = registry::known_as(&state.services, &caller.ctx, &code).await?;
            return Ok(Redirect::temporary(&format!("/api/v1/officials/{}", escaped(&known))).into_response());
        }
        other => other?,
    };
    let private = registry::tells_private(&state.services, &caller.ctx, &person, caller.asked.text("purpose")).await;
    let private = private.map_err(|error| Fault::of(error, |_| Fault::parameter("purpose", "is longer than 500 letters")))?;
    let mut response = Json(OfficialDetail::of(&person, private)).into_response();
    tagged(&mut response, tag.as_deref());
    Ok(response)
}
