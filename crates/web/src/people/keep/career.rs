//! `/nhan-su/{code}/chuyen`, `/nghi`, `/biet-phai`: moving, leaving, working elsewhere for a time.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::people::{Appointment, Duty, LeaderGroup, Leadership, StaffKind};
use domain::register::{Ending, PostingFault};
use domain::time::Date;
use service::registry::{self, CareerRefusal, Move, Person};

use super::{done, kept, no_reason, offer, reason, sheet, unit_code};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::visitor::SignedIn;

/// The fields of a posting.
pub(super) fn fields(lang: Lang) -> Vec<Field> {
    let all = |prefix: &str, codes: Vec<&'static str>, none: bool| choices(lang, prefix, codes.into_iter(), none);
    vec![
        Field::needed(lang, "keep", "unit", Kind::Line).hint(lang.t("keep-unit-hint")),
        Field::needed(lang, "keep", "post", Kind::Line),
        Field::needed(lang, "keep", "staff", all("person-staff", StaffKind::ALL.iter().map(|c| c.code()).collect(), false)),
        Field::new(lang, "keep", "leadership", all("person-leadership", Leadership::ALL.iter().map(|c| c.code()).collect(), true)),
        Field::new(lang, "keep", "group", all("group", LeaderGroup::ALL.iter().map(|c| c.code()).collect(), true))
            .hint(lang.t("keep-group-hint")),
        Field::new(lang, "keep", "appointment", all("appointment", Appointment::ALL.iter().map(|c| c.code()).collect(), true)),
        Field::new(lang, "keep", "duty", all("duty", Duty::ALL.iter().map(|c| c.code()).collect(), true)),
        Field::new(lang, "keep", "grade", Kind::Short).hint(lang.t("keep-grade-hint")),
        Field::needed(lang, "keep", "from", Kind::Day).hint(lang.t("keep-from-hint")),
        Field::new(lang, "keep", "decision", Kind::Short),
    ]
}

/// A posting as typed, its unit found.
pub(super) struct Asked<'a> {
    typed: &'a Typed,
    unit: String,
    from: Date,
}

impl Asked<'_> {
    pub(super) fn as_move(&self) -> Move<'_> {
        Move {
            unit: &self.unit,
            post: self.typed.words("post"),
            staff: self.typed.code("staff", StaffKind::from_code).unwrap_or(StaffKind::CongChuc),
            leadership: self.typed.code("leadership", Leadership::from_code),
            group: self.typed.code("group", LeaderGroup::from_code),
            duty: self.typed.code("duty", Duty::from_code),
            appointment: self.typed.code("appointment", Appointment::from_code),
            grade: self.typed.text("grade"),
            fits_post: None,
            from: self.from,
            decision: self.typed.text("decision"),
        }
    }
}

/// Reads the fields of a posting; what cannot be read is a mistake.
pub(super) async fn asked<'a>(
    state: &AppState,
    signed_in: &SignedIn,
    typed: &'a Typed,
    mistakes: &mut Vec<Mistake>,
) -> Result<Option<Asked<'a>>, WebError> {
    let from = typed.needed_day(signed_in.lang(), "from", mistakes);
    let unit = unit_code(state, signed_in, typed.words("unit"), from.unwrap_or(signed_in.ctx.today), mistakes).await?;
    Ok(from.map(|from| Asked { typed, unit, from }))
}

/// The words of a refusal, at the field they speak of.
pub(super) fn mistake(lang: Lang, refusal: CareerRefusal) -> Mistake {
    let (field, key) = match refusal {
        CareerRefusal::Fault(PostingFault::OutsideUnit) => ("unit", "keep-fault-outside_unit"),
        CareerRefusal::Fault(PostingFault::EndsBeforeStart) => ("until", "keep-fault-ends_before_start"),
        CareerRefusal::Fault(PostingFault::Overlaps) => ("from", "keep-fault-overlaps"),
        CareerRefusal::Fault(PostingFault::TooYoung) => ("from", "keep-fault-too_young"),
        CareerRefusal::Fault(PostingFault::AfterDeath) => ("from", "keep-fault-after_death"),
        CareerRefusal::NoSuchUnit => ("unit", "keep-no-such-unit"),
        CareerRefusal::NoPost => ("post", "keep-no-post"),
        CareerRefusal::NoReason => return no_reason(lang),
        CareerRefusal::NothingToEnd => ("from", "keep-nothing-to-end"),
        CareerRefusal::NotAnEnd => ("ending", "keep-not-an-end"),
        CareerRefusal::OtherKeeper => ("unit", "keep-other-keeper"),
    };
    Mistake::new(field, lang.t(key))
}

fn mistakes_of(lang: Lang, refusals: Vec<CareerRefusal>) -> Vec<Mistake> {
    refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect()
}

fn moving(lang: Lang) -> Vec<Field> {
    fields(lang).into_iter().chain([reason(lang)]).collect()
}

/// As the person stands today.
fn as_now(official: &Person, today: Date) -> Typed {
    let Some(now) = official.postings.iter().find(|p| p.during.contains(today)) else { return Typed::default() };
    Typed::of([
        ("unit", format!("{} · {}", now.unit.0, now.unit.1)),
        ("post", now.post.clone()),
        ("staff", now.staff.code().to_owned()),
        ("leadership", now.leadership.map(|l| l.code().to_owned()).unwrap_or_default()),
        ("grade", now.grade.clone().unwrap_or_default()),
    ])
}

/// Where the person works today.
fn now(official: &Person, today: Date) -> Option<&str> {
    official.postings.iter().find(|p| p.during.contains(today)).map(|p| p.unit.0.as_str())
}

/// The form that moves a person to a post.
pub(crate) async fn show_move(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let typed = as_now(&official, signed_in.ctx.today);
    let mut fields = moving(signed_in.lang());
    offer(&state, &signed_in, now(&official, signed_in.ctx.today), &mut fields).await?;
    sheet(&signed_in, &official, "move", "chuyen", fields, typed, Vec::new()).answer()
}

/// Moves a person to a post.
pub(crate) async fn save_move(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let to = asked(&state, &signed_in, &typed, &mut mistakes).await?;
    if let (Some(to), true) = (to, mistakes.is_empty()) {
        let outcome = registry::move_to(&state.services, &signed_in.ctx, &code, &to.as_move(), typed.words("reason")).await;
        match refused(outcome)? {
            Ok(()) => return Ok(done(&code, "chuyen-cong-tac")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals),
        }
    }
    let mut fields = moving(lang);
    let asked = typed.text("unit").and_then(|text| text.split(" · ").next());
    offer(&state, &signed_in, asked.or(now(&official, signed_in.ctx.today)), &mut fields).await?;
    sheet(&signed_in, &official, "move", "chuyen", fields, typed, mistakes).answer()
}

fn leaving(lang: Lang) -> Vec<Field> {
    let ends = Ending::ALL.iter().filter(|e| e.leaves()).map(|e| e.code());
    vec![
        Field::needed(lang, "keep", "ending", choices(lang, "ending", ends, false)),
        Field::needed(lang, "keep", "from", Kind::Day).hint(lang.t("keep-leave-from-hint")),
        reason(lang),
    ]
}

/// The form that ends a person's service.
pub(crate) async fn show_leave(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    sheet(&signed_in, &official, "leave", "nghi", leaving(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Ends a person's service.
pub(crate) async fn save_leave(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let from = typed.needed_day(lang, "from", &mut mistakes);
    let ending = typed.code("ending", Ending::from_code).unwrap_or(Ending::Retired);
    if let (Some(from), true) = (from, mistakes.is_empty()) {
        match refused(registry::leave(&state.services, &signed_in.ctx, &code, from, ending, typed.words("reason")).await)? {
            Ok(()) => return Ok(done(&code, "thoi-cong-tac")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals),
        }
    }
    sheet(&signed_in, &official, "leave", "nghi", leaving(lang), typed, mistakes).answer()
}

fn seconding(lang: Lang) -> Vec<Field> {
    vec![
        Field::needed(lang, "keep", "unit", Kind::Line).hint(lang.t("keep-unit-hint")),
        Field::needed(lang, "keep", "post", Kind::Line),
        Field::needed(lang, "keep", "from", Kind::Day),
        Field::new(lang, "keep", "until", Kind::Day).hint(lang.t("keep-until-hint")),
        Field::new(lang, "keep", "decision", Kind::Short),
        reason(lang),
    ]
}

/// The form that sends a person to another unit for a time.
pub(crate) async fn show_second(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    sheet(&signed_in, &official, "second", "biet-phai", seconding(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Sends a person to another unit for a time.
pub(crate) async fn save_second(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let to = asked(&state, &signed_in, &typed, &mut mistakes).await?;
    let until = typed.day(lang, "until", &mut mistakes).and_then(Date::next_day);
    if let (Some(to), true) = (to, mistakes.is_empty()) {
        let outcome = registry::second(&state.services, &signed_in.ctx, &code, &to.as_move(), until, typed.words("reason")).await;
        match refused(outcome)? {
            Ok(()) => return Ok(done(&code, "biet-phai")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals),
        }
    }
    sheet(&signed_in, &official, "second", "biet-phai", seconding(lang), typed, mistakes).answer()
}

fn coming_back(lang: Lang) -> Vec<Field> {
    vec![Field::needed(lang, "keep", "from", Kind::Day).hint(lang.t("keep-back-from-hint")), reason(lang)]
}

/// The form that ends a secondment.
pub(crate) async fn show_back(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    official.secondments.iter().find(|line| line.id == row).ok_or(WebError::NotFound)?;
    sheet(&signed_in, &official, "back", &format!("biet-phai/{row}"), coming_back(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Ends a secondment.
pub(crate) async fn save_back(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    if let Some(from) = typed.needed_day(lang, "from", &mut mistakes) {
        match refused(registry::end_secondment(&state.services, &signed_in.ctx, &code, row, from, typed.words("reason")).await)? {
            Ok(()) => return Ok(done(&code, "het-biet-phai")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals),
        }
    }
    sheet(&signed_in, &official, "back", &format!("biet-phai/{row}"), coming_back(lang), typed, mistakes).answer()
}
