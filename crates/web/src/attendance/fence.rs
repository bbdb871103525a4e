//! `/lop/{code}/diem-danh/vi-tri`: how far from the class somebody may check in.
//! Not for: measuring it (`domain::attendance::checkin`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::attendance::checkin::{FENCE_METRES, Fence};
use domain::geography::Spot;
use domain::roles::{Act, Forbidden};
use service::attendance::{self, Overview};

use super::here;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

async fn kept(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<Overview, WebError> {
    let view = attendance::overview(&state.services, &signed_in.ctx, code).await?;
    if view.keeps { Ok(view) } else { Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses })) }
}

fn sheet(signed_in: &SignedIn, code: &str, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let field = |name| Field::new(lang, "fence", name, Kind::Short);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("fence-title")),
        back: (here(code, ""), lang.t("attendance-title")),
        lead: lang.t("fence-lead"),
        action: here(code, "/vi-tri"),
        submit: lang.t("class-save"),
        fields: vec![
            field("latitude").hint(lang.t("fence-latitude-hint")),
            field("longitude").hint(lang.t("fence-longitude-hint")),
            field("metres").hint(lang.with(
                "fence-metres-hint",
                &[("least", lang.number(FENCE_METRES.0.into()).into()), ("most", lang.number(FENCE_METRES.1.into()).into())],
            )),
        ],
        typed,
        mistakes,
    }
}

/// Millionths of a degree as degrees.
fn degrees(millionths: i32) -> String {
    format!("{:.6}", f64::from(millionths) / 1e6)
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, &code).await?;
    let typed = view.fence.map_or_else(Typed::default, |fence| {
        Typed::of([
            ("latitude", degrees(fence.spot.latitude)),
            ("longitude", degrees(fence.spot.longitude)),
            ("metres", fence.metres.to_string()),
        ])
    });
    sheet(&signed_in, &code, typed, Vec::new()).answer()
}

/// Keeps it; all fields empty take it away.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    kept(&state, &signed_in, &code).await?;
    let names = ["latitude", "longitude", "metres"];
    let number = |name: &str| typed.words(name).replace(',', ".").parse::<f64>().ok();
    let fence = || {
        let spot = Spot::of_degrees(number("latitude")?, number("longitude")?)?;
        Some(Fence { spot, metres: typed.words("metres").parse().ok()? })
    };
    let wished = if names.iter().all(|name| typed.text(name).is_none()) { Some(None) } else { fence().map(Some) };
    let done = match wished {
        Some(fence) => refused(attendance::keep_fence(&state.services, &signed_in.ctx, &code, fence).await)?,
        None => Err(()),
    };
    match done {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=luu", here(&code, "")))),
        Err(()) => sheet(&signed_in, &code, typed, vec![Mistake::new("latitude", lang.t("fence-odd"))]).answer(),
    }
}
