//! `/api/v1/officials`: people the caller may see, and one person's record.
//! Not for: changing them, or taking whole lists out (the page exports and notes it in the audit).

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::people::StaffKind;
use domain::time::iso;
use serde::Serialize;
use service::ActError;
use service::registry::{self, OfficialLine, PeopleAsk, Person, PostingLine, QualificationLine, RecordLine};
use utoipa::ToSchema;

use super::caller::Caller;
use super::cursor;
use super::problem::{Fault, Problem};
use super::shapes::{Named, Page, Span};
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

/// People with a posting on a day, in Vietnamese name order.
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
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Lines of a page, 1 to 200, usually 50", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "A page", body = Page<OfficialBody>),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Page<OfficialBody>>, Fault> {
    let asked = &caller.asked;
    asked.only(&["on", "unit", "q", "staff", "leaders", "cursor", "limit"])?;
    let ask = PeopleAsk {
        on: asked.day("on", caller.ctx.today)?,
        unit: asked.text("unit").map(str::to_owned),
        text: asked.text("q").unwrap_or_default().to_owned(),
        staff: asked.code("staff", StaffKind::from_code, StaffKind::ALL)?,
        leaders: asked.flag("leaders")?,
    };
    let after = asked.cursor(cursor::official)?;
    let after = after.as_ref().map(|(key, id)| (key.as_slice(), *id));
    let page = registry::list_people(&state.services, &caller.ctx, &ask, after, asked.limit()?).await?;
    let next = if page.more { page.lines.last().map(|l| cursor::of_official(&l.sort_key, l.id)) } else { None };
    Ok(Json(Page { items: page.lines.iter().map(OfficialBody::from).collect(), next }))
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
    /// When.
    during: Span,
}

impl From<&PostingLine> for PostingBody {
    fn from(line: &PostingLine) -> Self {
        Self {
            unit: Named { code: line.unit.0.clone(), name: line.unit.1.clone() },
            post: line.post.clone(),
            staff: line.staff.code().to_owned(),
            leadership: line.leadership.map(|l| l.code().to_owned()),
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
}

impl From<&QualificationLine> for QualificationBody {
    fn from(line: &QualificationLine) -> Self {
        Self {
            kind: line.kind.code().to_owned(),
            degree: line.degree.clone(),
            field: line.field.clone(),
            grade: line.grade.clone(),
            granted_on: iso(line.granted_on),
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
            topic: line.topic.clone().map(|(scheme, topic)| TopicBody { scheme, topic }),
            abroad: line.abroad,
            periods: line.periods,
            starts_on: iso(line.starts_on),
            ends_on: line.ends_on.map(iso),
            outcome: line.outcome.code().to_owned(),
            reported_on: line.reported_on.map(iso),
            evaluated_on: line.evaluated_on.map(iso),
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
    /// Birth; null for callers who do not keep the staff file.
    #[schema(format = Date)]
    birth_on: Option<String>,
    /// Ethnicity code (1 = Kinh); null for callers who do not keep the staff file.
    ethnicity: Option<i32>,
    /// Newest first.
    postings: Vec<PostingBody>,
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
            postings: person.postings.iter().map(PostingBody::from).collect(),
            qualifications: person.qualifications.iter().map(QualificationBody::from).collect(),
            records: person.records.iter().map(RecordBody::from).collect(),
        }
    }
}

/// One person's record; everyone may read the own one.
#[utoipa::path(
    get,
    path = "/api/v1/officials/{code}",
    tag = "officials",
    params(("code" = String, Path, description = "Staff code")),
    responses(
        (status = 200, description = "The record", body = OfficialDetail),
        (status = 307, description = "The record was merged into another one, at the address in `Location`"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(State(state): State<AppState>, Path(code): Path<String>, caller: Caller) -> Result<Response, Fault> {
    caller.asked.only(&[])?;
    let person = match registry::person(&state.services, &caller.ctx, &code).await {
        Err(ActError::NotFound) => {
            let known = registry::known_as(&state.services, &caller.ctx, &code).await?;
            return Ok(Redirect::temporary(&format!("/api/v1/officials/{}", escaped(&known))).into_response());
        }
        other => other?,
    };
    let private = registry::sees_private(&state.services, &caller.ctx, &person).await?;
    Ok(Json(OfficialDetail::of(&person, private)).into_response())
}
