//! The form of a new plan.
//! Not for: its lines (`line`).

use axum::extract::State;
use axum::response::Response;
use domain::ids::PlanId;
use domain::plans::PlanKind;
use domain::roles::{Act, Forbidden};
use service::plans::{self, New};

use super::{HERE, mistake, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::CsrfForm;
use crate::form::Mistake;
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

async fn sheet(state: &AppState, signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Result<Sheet, WebError> {
    let lang = signed_in.lang();
    let units = plans::units_to_plan_for(&state.services, &signed_in.ctx).await?;
    if units.is_empty() {
        return Err(WebError::Forbidden(Forbidden { act: Act::KeepPlans }));
    }
    let units = units.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect();
    let above = plans::list(&state.services, &signed_in.ctx, None).await?;
    let none = (String::new(), lang.t("sheet-none"));
    let above = above.iter().map(|listed| (listed.plan.id.to_string(), format!("{} · {}", listed.plan.title, listed.plan.unit_name)));
    let kinds = PlanKind::ALL.iter().map(|kind| (kind.code().to_owned(), lang.code_text("plan-kind", kind.code()))).collect();
    Ok(Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("plans-new")),
        back: (HERE.to_owned(), lang.t("plans-title")),
        lead: lang.t("plans-new-lead"),
        action: format!("{HERE}/moi"),
        submit: lang.t("plans-make"),
        fields: vec![
            Field::needed(lang, "plans-field", "kind", Kind::Choice(kinds)),
            Field::needed(lang, "plans-field", "unit", Kind::Choice(units)),
            Field::needed(lang, "plans-field", "title", Kind::Line),
            Field::needed(lang, "plans-field", "from", Kind::Short),
            Field::new(lang, "plans-field", "to", Kind::Short).hint(lang.t("plans-field-to-hint")),
            Field::new(lang, "plans-field", "under", Kind::Choice(std::iter::once(none).chain(above).collect()))
                .hint(lang.t("plans-field-under-hint")),
        ],
        typed,
        mistakes,
    })
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let year = (signed_in.ctx.today.year() + 1).to_string();
    let title = signed_in.lang().with("plans-usual-title", &[("year", year.clone().into())]);
    let typed = Typed::of([("kind", PlanKind::Year.code().to_owned()), ("from", year), ("title", title)]);
    sheet(&state, &signed_in, typed, Vec::new()).await?.answer()
}

/// Makes it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let year = |name: &str| typed.text(name).and_then(|text| text.parse::<i32>().ok());
    let from = year("from").unwrap_or(0);
    let new = New {
        kind: typed.code("kind", PlanKind::from_code).unwrap_or(PlanKind::Year),
        unit: typed.words("unit"),
        under: typed.text("under").and_then(|text| text.parse().ok()).map(PlanId),
        years: (from, if typed.text("to").is_some() { year("to").unwrap_or(0) } else { from }),
        title: typed.words("title"),
    };
    match refused(plans::create(&state.services, &signed_in.ctx, &new).await)? {
        Ok(plan) => Ok(shell::see_other(&format!("{}?xong=lap-ke-hoach", path(plan, "")))),
        Err(refusal) => sheet(&state, &signed_in, typed.clone(), mistake(lang, &refusal)).await?.answer(),
    }
}
