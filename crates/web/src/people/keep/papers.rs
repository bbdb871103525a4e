//! `/nhan-su/{code}/van-bang`, `/xep-loai`, `/qua-trinh-hoc`, `/go-dong`: lines that prove what a person knows, and striking one out.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::people::{Band, Degree, QualificationKind, RatingKind, StudyField};
use domain::training::{ContentGroup, Mode, Outcome, TrainingKind};
use service::registry::{self, Declared, Paper, PaperRefusal};

use super::{done, kept, no_reason, reason, sheet};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::visitor::SignedIn;
use crate::words::word;

/// The words of a refusal, at the field they speak of; `day` is the field of the day in this form.
pub(super) fn mistake(lang: Lang, refusal: PaperRefusal, day: &str) -> Mistake {
    let (field, key) = match refusal {
        PaperRefusal::NoDegree => ("degree", "keep-no-degree"),
        PaperRefusal::OddLevel => ("level", "keep-odd-level"),
        PaperRefusal::InFuture => (day, "keep-in-future"),
        PaperRefusal::EndsBeforeStart => ("until", "keep-fault-ends_before_start"),
        PaperRefusal::TooYoung => (day, "keep-fault-too_young"),
        PaperRefusal::OddPeriods => ("periods", "keep-odd-periods"),
        PaperRefusal::NoContent => ("content", "keep-no-content"),
        PaperRefusal::NoPosting => (day, "keep-no-posting"),
        PaperRefusal::NoEvidence => ("evidence", "keep-no-evidence"),
        PaperRefusal::NoReason => return no_reason(lang),
        PaperRefusal::LearnedHere => ("reason", "keep-learned-here"),
    };
    Mistake::new(field, lang.t(key))
}

fn mistakes_of(lang: Lang, refusals: Vec<PaperRefusal>, day: &str) -> Vec<Mistake> {
    refusals.into_iter().map(|refusal| mistake(lang, refusal, day)).collect()
}

fn degree(lang: Lang) -> Field {
    Field::new(lang, "keep", "degree", choices(lang, "degree", Degree::ALL.iter().map(|c| c.code()), true))
}

fn field_of_study(lang: Lang) -> Field {
    Field::new(lang, "keep", "field", choices(lang, "field", StudyField::ALL.iter().map(|c| c.code()), true))
}

/// Every level of every kind, each with its kind in front.
fn levels(lang: Lang) -> Kind {
    let of = |kind: &QualificationKind| {
        let name = word(lang, "person-qualification", kind.code());
        kind.levels().iter().map(move |level| ((*level).to_owned(), format!("{name}: {}", lang.code_text("grade", level))))
    };
    let none = (String::new(), lang.t("sheet-none"));
    Kind::Choice([none].into_iter().chain(QualificationKind::ALL.iter().flat_map(of)).collect())
}

fn qualification_fields(lang: Lang) -> Vec<Field> {
    let kinds = choices(lang, "person-qualification", QualificationKind::ALL.iter().map(|c| c.code()), false);
    vec![
        Field::needed(lang, "keep", "kind", kinds),
        degree(lang).hint(lang.t("keep-degree-hint")),
        field_of_study(lang),
        Field::new(lang, "keep", "level", levels(lang)).hint(lang.t("keep-level-hint")),
        Field::needed(lang, "keep", "granted", Kind::Day),
        Field::new(lang, "keep", "until", Kind::Day),
        Field::new(lang, "keep", "issuer", Kind::Line),
        Field::new(lang, "keep", "number", Kind::Short),
        reason(lang),
    ]
}

/// The form of a degree or certificate.
pub(crate) async fn show_qualification(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let fields = qualification_fields(signed_in.lang());
    sheet(&signed_in, &official, "qualification", "van-bang", fields, Typed::default(), Vec::new()).answer()
}

/// Adds a degree or certificate.
pub(crate) async fn save_qualification(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let granted = typed.needed_day(lang, "granted", &mut mistakes);
    let expires_on = typed.day(lang, "until", &mut mistakes);
    if let (Some(granted_on), true) = (granted, mistakes.is_empty()) {
        let paper = Paper {
            kind: typed.code("kind", QualificationKind::from_code).unwrap_or(QualificationKind::Professional),
            degree: typed.code("degree", Degree::from_code),
            field: typed.code("field", StudyField::from_code),
            grade: typed.text("level"),
            granted_on,
            expires_on,
            issuer: typed.text("issuer"),
            number: typed.text("number"),
        };
        match refused(registry::add_qualification(&state.services, &signed_in.ctx, &code, &paper, typed.words("reason")).await)? {
            Ok(()) => return Ok(done(&code, "them-van-bang")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals, "granted"),
        }
    }
    sheet(&signed_in, &official, "qualification", "van-bang", qualification_fields(lang), typed, mistakes).answer()
}

fn rating_fields(lang: Lang) -> Vec<Field> {
    vec![
        Field::needed(lang, "keep", "judged", choices(lang, "rating", RatingKind::ALL.iter().map(|c| c.code()), false)),
        Field::needed(lang, "keep", "band", choices(lang, "band", Band::ALL.iter().map(|c| c.code()), false)),
        Field::needed(lang, "keep", "on", Kind::Day),
        reason(lang),
    ]
}

/// The form of a rating.
pub(crate) async fn show_rating(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    sheet(&signed_in, &official, "rating", "xep-loai", rating_fields(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Adds a rating.
pub(crate) async fn save_rating(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    if let Some(on) = typed.needed_day(lang, "on", &mut mistakes) {
        let kind = typed.code("judged", RatingKind::from_code).unwrap_or(RatingKind::Yearly);
        let band = typed.code("band", Band::from_code).unwrap_or(Band::Average);
        match refused(registry::add_rating(&state.services, &signed_in.ctx, &code, (kind, band, on), typed.words("reason")).await)? {
            Ok(()) => return Ok(done(&code, "them-xep-loai")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals, "on"),
        }
    }
    sheet(&signed_in, &official, "rating", "xep-loai", rating_fields(lang), typed, mistakes).answer()
}

fn record_fields(lang: Lang) -> Vec<Field> {
    vec![
        Field::new(lang, "keep", "title", Kind::Line).hint(lang.t("keep-title-hint")),
        Field::needed(lang, "keep", "training", choices(lang, "training", TrainingKind::ALL.iter().map(|c| c.code()), false)),
        Field::new(lang, "keep", "content", choices(lang, "content", ContentGroup::ALL.iter().map(|c| c.code()), true))
            .hint(lang.t("keep-content-hint")),
        degree(lang).hint(lang.t("keep-education-hint")),
        field_of_study(lang),
        Field::needed(lang, "keep", "mode", choices(lang, "mode", Mode::ALL.iter().map(|c| c.code()), false)),
        Field::new(lang, "keep", "abroad", Kind::Tick),
        Field::new(lang, "keep", "periods", Kind::Short).hint(lang.t("keep-periods-hint")),
        Field::needed(lang, "keep", "from", Kind::Day),
        Field::new(lang, "keep", "until", Kind::Day),
        Field::needed(lang, "keep", "outcome", choices(lang, "outcome", Outcome::ALL.iter().map(|c| c.code()), false)),
        Field::needed(lang, "keep", "evidence", Kind::Line).hint(lang.t("keep-evidence-hint")),
        reason(lang),
    ]
}

/// The form of a training that was learned elsewhere.
pub(crate) async fn show_record(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let typed = Typed::of([("training", "training".to_owned()), ("outcome", "finished".to_owned())]);
    sheet(&signed_in, &official, "record", "qua-trinh-hoc", record_fields(signed_in.lang()), typed, Vec::new()).answer()
}

/// Adds a training that was learned elsewhere.
pub(crate) async fn save_record(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let from = typed.needed_day(lang, "from", &mut mistakes);
    let last = typed.day(lang, "until", &mut mistakes);
    if let (Some(from), true) = (from, mistakes.is_empty()) {
        let declared = Declared {
            kind: typed.code("training", TrainingKind::from_code).unwrap_or(TrainingKind::Training),
            content: typed.code("content", ContentGroup::from_code),
            degree: typed.code("degree", Degree::from_code),
            field: typed.code("field", StudyField::from_code),
            mode: typed.code("mode", Mode::from_code).unwrap_or(Mode::InPerson),
            abroad: typed.is_ticked("abroad"),
            periods: typed.words("periods").parse().unwrap_or_default(),
            from,
            last,
            outcome: typed.code("outcome", Outcome::from_code).unwrap_or(Outcome::Finished),
            title: typed.words("title"),
            evidence: typed.words("evidence"),
        };
        match refused(registry::add_record(&state.services, &signed_in.ctx, &code, &declared, typed.words("reason")).await)? {
            Ok(()) => return Ok(done(&code, "them-qua-trinh-hoc")),
            Err(refusals) => mistakes = mistakes_of(lang, refusals, "from"),
        }
    }
    sheet(&signed_in, &official, "record", "qua-trinh-hoc", record_fields(lang), typed, mistakes).answer()
}

/// The form that strikes out a line.
pub(crate) async fn show_strike(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, kind, row)): Path<(String, String, i64)>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let path = format!("go-dong/{kind}/{row}");
    sheet(&signed_in, &official, "strike", &path, vec![reason(signed_in.lang())], Typed::default(), Vec::new()).answer()
}

/// Strikes out a line.
pub(crate) async fn strike(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, kind, row)): Path<(String, String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    match refused(registry::strike(&state.services, &signed_in.ctx, &code, (&kind, row), typed.words("reason")).await)? {
        Ok(()) => Ok(done(&code, "go-dong")),
        Err(refusals) => {
            let path = format!("go-dong/{kind}/{row}");
            sheet(&signed_in, &official, "strike", &path, vec![reason(lang)], typed, mistakes_of(lang, refusals, "reason")).answer()
        }
    }
}
