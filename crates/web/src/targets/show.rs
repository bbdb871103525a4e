//! The page of one target: state, what is missing, over time, by year, by unit, and why the figure is what it is.
//! Not for: the people behind it (`people`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::progress::Window;
use domain::roles::Act;
use domain::schemes::Measure;
use service::plans::{self, PlanForecast};
use service::progress::{self, Detail};

use super::mark::MarkForm;
use super::parts::{self, PartRow, PointRow};
use super::{TargetRow, advice, value_text};
use crate::AppState;
use crate::asked::Asked;
use crate::drawing::Chart;
use crate::errors::WebError;
use crate::explain::{self, Line};
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "target.html")]
struct TargetPage<'a> {
    shell: Shell,
    place_name: String,
    day: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    scheme_title: String,
    scheme_href: String,
    row: TargetRow,
    period: String,
    attendances: Option<String>,
    advice: Vec<String>,
    with_plans: Option<String>,
    counted_href: Option<String>,
    missing_href: Option<String>,
    chart: Option<Chart>,
    points: Vec<PointRow>,
    years: Vec<PartRow>,
    branches: Vec<PartRow>,
    explanation: Vec<Line>,
    mark: Option<Mark>,
    form: Option<MarkForm>,
}

/// The last word on a yes/no target.
struct Mark {
    reached: bool,
    text: String,
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    render(&state, &signed_in, &code, &asked, None).await
}

/// The page, with a form that came back with mistakes.
pub(super) async fn render(
    state: &AppState,
    signed_in: &SignedIn,
    code: &str,
    asked: &Asked,
    form: Option<MarkForm>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewProgress)?;
    let place = Place::of(state, signed_in, asked).await?;
    let detail = progress::detail(&state.services, &signed_in.ctx, code, &place.ask()).await?;
    let figure = (&detail.figure.stored, &detail.figure.target);
    let planned = match signed_in.ctx.may(Act::ViewPlans) {
        true => plans::in_force_on_target(&state.services, &signed_in.ctx, figure, &place.ask()).await?,
        false => None,
    };
    let status = if form.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    shell::page_with(
        status,
        &TargetPage { with_plans: planned.map(|planned| with_plans(&place, &detail, &planned)), ..view(signed_in, &place, &detail, form) },
    )
}

fn view<'a>(signed_in: &SignedIn, place: &'a Place, detail: &Detail, form: Option<MarkForm>) -> TargetPage<'a> {
    let lang = place.lang();
    let figure = &detail.figure;
    let (target, scheme) = (&figure.target, &figure.stored.scheme);
    let path = format!("/chi-tieu/{}", crate::asked::escaped(&target.code));
    let has_people = !matches!(target.measure, Measure::CountOfEvents { .. } | Measure::YesNo);
    let people = |side: &str| has_people.then(|| place.link(&format!("{path}/nguoi"), &[("ben", Some(side))]));
    let sees_people = signed_in.ctx.may(Act::ViewPeople);
    let may_mark = target.measure == Measure::YesNo && signed_in.ctx.may(Act::RecordEvidence);
    TargetPage {
        shell: Shell::new(&signed_in.visitor, &format!("{} {}", target.code, lang.of(&target.title))).on(place.day),
        place_name: place.name(),
        day: lang.date(place.day),
        notices: place.notices.clone(),
        picker: place.picker(&path, &[]),
        scheme_title: lang.of(&scheme.title).to_owned(),
        scheme_href: place.link(&format!("/de-an/{}", scheme.code), &[]),
        period: window(place, &figure.window),
        attendances: (figure.counted.attendances > 0 && has_people).then(|| lang.counted("noun-attendance", figure.counted.attendances)),
        advice: advice::advice(lang, figure, place.day),
        with_plans: None,
        counted_href: people("dat"),
        missing_href: people("thieu").filter(|_| target.measure.is_share()),
        chart: parts::chart(place, detail),
        points: if target.measure == Measure::YesNo { Vec::new() } else { parts::points(lang, target, &detail.points) },
        years: parts::years(place, target, &detail.years),
        branches: parts::branches(place, target, &detail.branches, sees_people),
        explanation: explain::explain(lang, &figure.stored, target),
        mark: mark(place, detail),
        form: form.or_else(|| may_mark.then(|| MarkForm::empty(signed_in))),
        row: TargetRow::of(place, figure, sees_people),
    }
}

/// The value with the classes of plans in force, beside the forecast along the straight line.
fn with_plans(place: &Place, detail: &Detail, planned: &PlanForecast) -> String {
    let (lang, target) = (place.lang(), &detail.figure.target);
    let said = lang.with(
        "target-with-plans",
        &[
            ("value", value_text(lang, target, &planned.after, &planned.progress).into()),
            ("state", lang.code_text("state", planned.progress.state.code()).into()),
            ("added", lang.number(planned.effect.added()).into()),
        ],
    );
    match planned.effect.assumed {
        0 => said,
        assumed => format!("{said} {}", lang.with("target-with-plans-assumed", &[("n", lang.number(assumed).into())])),
    }
}

fn window(place: &Place, window: &Window) -> String {
    let lang = place.lang();
    let last = window.to.previous_day().unwrap_or(window.to);
    format!("{} – {}", lang.date(window.from), lang.date(last))
}

fn mark(place: &Place, detail: &Detail) -> Option<Mark> {
    let lang = place.lang();
    let (reached, on, evidence) = detail.mark.as_ref()?;
    let key = if *reached { "mark-said-yes" } else { "mark-said-no" };
    Some(Mark { reached: *reached, text: lang.with(key, &[("day", lang.date(*on).into()), ("evidence", evidence.as_str().into())]) })
}
