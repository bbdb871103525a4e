//! `/khao-sat/moi` and `/khao-sat/{id}/sua`: a survey written as a draft.
//! Not for: opening it (`surveys`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::SurveyId;
use domain::questions::Question;
use domain::roles::{Act, Role};
use domain::surveys::SurveyState;
use service::ActError;
use service::surveys::{self, Draft};

use super::{HERE, mistake};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::questions::{self, Row};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "surveys/form.html")]
struct FormPage {
    shell: Shell,
    action: String,
    revision: i32,
    fields: Vec<Field>,
    typed: Typed,
    /// Code, name and whether it is ticked.
    roles: Vec<(&'static str, String, bool)>,
    questions: Vec<Row>,
    mistakes: Vec<Mistake>,
}

impl FormPage {
    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }

    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// Begins the name of the box of a role.
const ROLE: &str = "vai-";

/// The form as it stands.
struct Written {
    id: Option<SurveyId>,
    revision: i32,
    typed: Typed,
    questions: Vec<Question>,
    spare: usize,
    mistakes: Vec<Mistake>,
    status: StatusCode,
}

fn page(signed_in: &SignedIn, form: Written) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    signed_in.ctx.scope(Act::RunSurveys)?;
    let fields = vec![
        Field::needed(lang, "survey", "title-of", Kind::Line),
        Field::new(lang, "survey", "lead-of", Kind::Words),
        Field::new(lang, "survey", "anonymous", Kind::Tick),
        Field::needed(lang, "survey", "opens", Kind::Day),
        Field::needed(lang, "survey", "closes", Kind::Day),
        Field::new(lang, "survey", "units", Kind::Words).hint(lang.t("survey-units-hint")),
    ];
    let role = |role: &Role| (role.code(), lang.code_text("role", role.code()), form.typed.is_ticked(&format!("{ROLE}{}", role.code())));
    let page = FormPage {
        shell: Shell::new(&signed_in.visitor, &lang.t(if form.id.is_some() { "survey-amend" } else { "survey-new" })),
        action: form.id.map_or_else(|| format!("{HERE}/moi"), |id| format!("{HERE}/{id}/sua")),
        revision: form.revision,
        roles: Role::ALL.iter().map(role).collect(),
        questions: questions::rows(lang, &form.questions, form.spare, &form.mistakes),
        fields,
        typed: form.typed,
        mistakes: form.mistakes,
    };
    shell::page_with(form.status, &page)
}

/// An empty form.
pub(crate) async fn show_new(signed_in: SignedIn) -> Result<Response, WebError> {
    let typed = Typed::of([("opens", signed_in.lang().date(signed_in.ctx.today)), ("anonymous", "1".to_owned())]);
    let form = Written { id: None, revision: 0, typed, questions: Vec::new(), spare: 2, mistakes: Vec::new(), status: StatusCode::OK };
    page(&signed_in, form)
}

/// The form of a draft.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    signed_in.ctx.scope(Act::RunSurveys)?;
    let view = surveys::one(&state.services, &signed_in.ctx, SurveyId(id)).await?;
    let survey = view.survey;
    if survey.state != SurveyState::Draft {
        return Err(WebError::NotFound);
    }
    let mut typed = Typed::of([
        ("title-of", survey.title),
        ("lead-of", survey.lead),
        ("opens", lang.date(survey.opens_on)),
        ("closes", lang.date(survey.closes_on)),
        ("units", view.units.iter().map(|(_, code, _)| code.as_str()).collect::<Vec<_>>().join("; ")),
    ]);
    if survey.is_anonymous {
        typed.put("anonymous".to_owned(), "1".to_owned());
    }
    for role in &survey.roles {
        typed.put(format!("{ROLE}{}", role.code()), "1".to_owned());
    }
    let (id, revision, questions) = (Some(survey.id), survey.revision, survey.questions);
    page(&signed_in, Written { id, revision, typed, questions, spare: 0, mistakes: Vec::new(), status: StatusCode::OK })
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
    keep(&state, &signed_in, Some(SurveyId(id)), typed).await
}

async fn keep(state: &AppState, signed_in: &SignedIn, id: Option<SurveyId>, typed: Typed) -> Result<Response, WebError> {
    let (lang, mut mistakes) = (signed_in.lang(), Vec::new());
    let (questions, revision) = (questions::written(&typed), typed.words("revision").parse().unwrap_or_default());
    if typed.words("act") == "add" {
        return page(signed_in, Written { id, revision, typed, questions, spare: 1, mistakes, status: StatusCode::OK });
    }
    let mut day = |name: &str| typed.needed_day(lang, name, &mut mistakes);
    let days = (day("opens"), day("closes"));
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let (Some(opens_on), Some(closes_on)) = days {
        let units: Vec<String> = typed.lines("units").map(str::to_owned).collect();
        let roles: Vec<Role> = typed.beginning(ROLE).filter_map(|(code, _)| Role::from_code(code)).collect();
        let draft = Draft {
            title: typed.words("title-of"),
            lead: typed.words("lead-of"),
            is_anonymous: typed.is_ticked("anonymous"),
            questions: &questions,
            roles: &roles,
            units: &units,
            opens_on,
            closes_on,
        };
        match surveys::save(&state.services, &signed_in.ctx, id.map(|id| (id, revision)), &draft).await {
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
    page(signed_in, Written { id, revision, typed, questions, spare: 1, mistakes, status })
}
