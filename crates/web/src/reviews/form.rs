//! `/ra-soat/moi` and `/ra-soat/{id}/sua`: a review written as a draft: why, when, which units, which questions.
//! Not for: opening it (`steps`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::ReviewId;
use domain::orgs::UnitKind;
use domain::questions::Question;
use domain::reviews::{ReviewFault, ReviewState};
use domain::roles::Act;
use service::ActError;
use service::registry::UnitLine;
use service::reviews::{self, Chosen, Draft, ReviewLine, ReviewRefusal};

use super::HERE;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::questions::{self, Row};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "reviews/form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    revision: i32,
    fields: Vec<Field>,
    typed: Typed,
    /// Kinds of units, each with its units: code, name and whether it is ticked.
    groups: Vec<(String, Vec<Tick>)>,
    questions: Vec<Row>,
    mistakes: Vec<Mistake>,
}

impl FormPage {
    fn has_ticked(&self, units: &[Tick]) -> bool {
        units.iter().any(|(.., is_ticked)| *is_ticked)
    }

    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }

    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// A unit to tick: code, name and whether it is.
type Tick = (String, String, bool);

/// Begins the name of the box of a unit.
const UNIT: &str = "dv-";

fn groups(lang: Lang, units: &[UnitLine], typed: &Typed) -> Vec<(String, Vec<Tick>)> {
    let of_kind = |kind: &UnitKind| {
        let of = units.iter().filter(|unit| unit.kind == *kind);
        let of = of.map(|u| (u.code.clone(), u.name.clone(), typed.is_ticked(&format!("{UNIT}{}", u.code))));
        (crate::words::word(lang, "kind", kind.code()), of.collect::<Vec<_>>())
    };
    UnitKind::ALL.iter().map(of_kind).filter(|(_, units)| !units.is_empty()).collect()
}

/// The form as it stands, with so many empty questions behind those that are written.
struct Written {
    id: Option<ReviewId>,
    revision: i32,
    typed: Typed,
    questions: Vec<Question>,
    spare: usize,
    mistakes: Vec<Mistake>,
    status: StatusCode,
}

async fn page(state: &AppState, signed_in: &SignedIn, form: Written) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let units = reviews::askable(&state.services, &signed_in.ctx).await?;
    let schemes = service::schemes::in_force(&state.services, &signed_in.ctx).await?;
    let none = std::iter::once((String::new(), lang.t("sheet-none")));
    let schemes = none.chain(schemes.iter().map(|s| (s.scheme.code.clone(), lang.of(&s.scheme.title).to_owned())));
    let year = signed_in.ctx.today.year();
    let years = (year..=year + 5).map(|year| (year.to_string(), year.to_string()));
    let field = |name: &'static str, kind: Kind| Field::new(lang, "review", name, kind);
    let needed = |name: &'static str, kind: Kind| Field::needed(lang, "review", name, kind);
    let fields = vec![
        needed("title-of", Kind::Line),
        field("reason", Kind::Words).hint(lang.t("review-reason-hint")),
        field("scheme", Kind::Choice(schemes.collect())),
        needed("year", Kind::Choice(years.collect())),
        needed("as-of", Kind::Day).hint(lang.t("review-as-of-hint")),
        needed("opens", Kind::Day),
        needed("due", Kind::Day),
        field("communes", Kind::Tick),
        field("departments", Kind::Tick),
        field("party", Kind::Tick),
        field("others", Kind::Words).hint(lang.t("review-others-hint")),
    ];
    let title = if form.id.is_some() { "review-amend" } else { "review-new" };
    let page = FormPage {
        shell: Shell::new(&signed_in.visitor, &lang.t(title)),
        action: form.id.map_or_else(|| format!("{HERE}/moi"), |id| format!("{HERE}/{id}/sua")),
        revision: form.revision,
        groups: groups(lang, &units, &form.typed),
        questions: questions::rows(lang, &form.questions, form.spare, &form.mistakes),
        fields,
        typed: form.typed,
        mistakes: form.mistakes,
    };
    shell::page_with(form.status, &page)
}

/// An empty form.
pub(crate) async fn show_new(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let (lang, today) = (signed_in.lang(), signed_in.ctx.today);
    let day = || lang.date(today);
    let year = (today.year() + 1).to_string();
    let typed = Typed::of([("as-of", day()), ("opens", day()), ("year", year)]);
    let form = Written { id: None, revision: 0, typed, questions: Vec::new(), spare: 1, mistakes: Vec::new(), status: StatusCode::OK };
    page(&state, &signed_in, form).await
}

fn as_known(lang: Lang, review: &ReviewLine) -> Typed {
    let mut typed = Typed::of([
        ("title-of", review.title.clone()),
        ("reason", review.reason.clone()),
        ("scheme", review.scheme.clone().unwrap_or_default()),
        ("year", review.year.to_string()),
        ("as-of", lang.date(review.as_of)),
        ("opens", lang.date(review.opens_on)),
        ("due", lang.date(review.due_on)),
    ]);
    for (name, is_ticked) in
        [("communes", review.chosen.communes), ("departments", review.chosen.departments), ("party", review.chosen.party)]
    {
        if is_ticked {
            typed.put(name.to_owned(), "1".to_owned());
        }
    }
    for code in &review.chosen.picked {
        typed.put(format!("{UNIT}{code}"), "1".to_owned());
    }
    typed.put("others".to_owned(), review.chosen.picked.join("; "));
    typed
}

/// The form of a draft.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::RunReviews)?;
    let review = reviews::one(&state.services, &signed_in.ctx, ReviewId(id)).await?.review;
    if review.state != ReviewState::Draft {
        return Err(WebError::NotFound);
    }
    let form = Written {
        id: Some(review.id),
        revision: review.revision,
        typed: as_known(signed_in.lang(), &review),
        spare: usize::from(review.questions.is_empty()),
        questions: review.questions,
        mistakes: Vec::new(),
        status: StatusCode::OK,
    };
    page(&state, &signed_in, form).await
}

/// Keeps a new draft.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    keep(&state, &signed_in, None, typed).await
}

/// Keeps a draft.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    keep(&state, &signed_in, Some(ReviewId(id)), typed).await
}

fn chosen(typed: &Typed) -> Chosen {
    let mut picked: Vec<String> = typed.beginning(UNIT).map(|(code, _)| code.to_owned()).collect();
    picked.extend(typed.lines("others").map(str::to_owned));
    picked.sort();
    picked.dedup();
    Chosen { communes: typed.is_ticked("communes"), departments: typed.is_ticked("departments"), party: typed.is_ticked("party"), picked }
}

async fn keep(state: &AppState, signed_in: &SignedIn, id: Option<ReviewId>, typed: Typed) -> Result<Response, WebError> {
    let (lang, mut mistakes) = (signed_in.lang(), Vec::new());
    let (questions, revision) = (questions::written(&typed), typed.words("revision").parse().unwrap_or_default());
    if typed.words("act") == "add" {
        let form = Written { id, revision, typed, questions, spare: 1, mistakes, status: StatusCode::OK };
        return page(state, signed_in, form).await;
    }
    let mut day = |name: &str| typed.needed_day(lang, name, &mut mistakes);
    let days = (day("as-of"), day("opens"), day("due"));
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let (Some(as_of), Some(opens_on), Some(due_on)) = days {
        let chosen = chosen(&typed);
        let draft = Draft {
            title: typed.words("title-of"),
            reason: typed.words("reason"),
            scheme: typed.text("scheme"),
            year: typed.words("year").parse().unwrap_or_default(),
            as_of,
            opens_on,
            due_on,
            chosen: &chosen,
            questions: &questions,
        };
        match reviews::save(&state.services, &signed_in.ctx, id.map(|id| (id, revision)), &draft).await {
            Err(ActError::Stale) => {
                status = StatusCode::CONFLICT;
                mistakes.push(Mistake::new("title-of", lang.t("review-stale")));
            }
            outcome => match refused(outcome)? {
                Ok(id) => return Ok(shell::see_other(&format!("{HERE}/{id}?xong=luu"))),
                Err(refusals) => mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
            },
        }
    }
    page(state, signed_in, Written { id, revision, typed, questions, spare: 0, mistakes, status }).await
}

/// The words of a refusal, at the field it concerns.
pub(super) fn mistake(lang: Lang, refusal: ReviewRefusal) -> Mistake {
    match refusal {
        ReviewRefusal::Fault(fault) => {
            let field = match fault {
                ReviewFault::NoTitle => "title-of",
                ReviewFault::NoReason => "reason",
                ReviewFault::NoUnits | ReviewFault::NotOfBloc => "communes",
                ReviewFault::DueBeforeOpening | ReviewFault::DueIsPast => "due",
                ReviewFault::AsOfAhead => "as-of",
                ReviewFault::BadYear => "year",
            };
            Mistake::new(field, lang.code_text("review-fault", fault.code()))
        }
        ReviewRefusal::Question(place, fault) => questions::mistake(lang, place, fault),
        ReviewRefusal::UnknownUnit(code) => Mistake::new("others", lang.with("review-fault-unknown-unit", &[("code", code.into())])),
        ReviewRefusal::UnknownScheme => Mistake::new("scheme", lang.t("review-fault-unknown-scheme")),
        ReviewRefusal::NoReason => Mistake::new("reason", lang.t("needs-fault-no_reason")),
        ReviewRefusal::NotLater => Mistake::new("due", lang.t("review-fault-not-later")),
        ReviewRefusal::NotNow => Mistake::new("reason", lang.t("review-fault-not-now")),
    }
}
