//! `/diem-danh/{token}`: a learner scanned the code and presses the button.
//! Not for: what it says of the learner (`service::attendance`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use domain::attendance::checkin::CheckInFault;
use domain::geography::Spot;
use service::ActError;
use service::attendance::{self, CheckInRefusal, Invitation};

use super::{here, said, when};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::CsrfForm;
use crate::form::sheet::Typed;
use crate::i18n::Lang;
use crate::session::{Keep, cookie, set_cookie};
use crate::shell::{self, Shell};
use crate::visitor::{SignedIn, random};

#[derive(Template)]
#[template(path = "attendance/checkin.html")]
struct CheckInPage {
    shell: Shell,
    class: String,
    lead: String,
    ticket: Option<String>,
    /// How near one must be.
    metres: Option<String>,
    stands: Option<String>,
    refusal: Option<String>,
    way_out: String,
}

/// Name of the cookie by which a device is known again.
const DEVICE: &str = "kv_device";

fn device(headers: &HeaderMap) -> Option<String> {
    let is_ours = |value: &&str| value.len() == 64 && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    cookie(headers, DEVICE).filter(is_ours).map(str::to_owned)
}

fn told(lang: Lang, refusal: CheckInRefusal) -> (String, String) {
    let n = [("n", lang.number(refusal.metres).into())];
    let code = refusal.fault.code();
    let text =
        if refusal.fault == CheckInFault::TooFar { lang.with("checkin-too-far-by", &n) } else { lang.code_text("checkin-fault", code) };
    (text, lang.code_text("checkin-way-out", code))
}

fn invited(signed_in: &SignedIn, invitation: Invitation) -> CheckInPage {
    let lang = signed_in.lang();
    let metres = invitation.metres.map(|n| lang.with("checkin-asks-place", &[("n", lang.number(n.into()).into())]));
    CheckInPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("checkin-title")),
        class: invitation.class.terms.name.clone(),
        lead: when(lang, &invitation.sitting),
        stands: invitation.stands.map(|mark| said(lang, mark)),
        ticket: Some(invitation.ticket),
        metres,
        refusal: None,
        way_out: String::new(),
    }
}

fn turned_away(signed_in: &SignedIn, refusal: CheckInRefusal, ticket: Option<String>) -> CheckInPage {
    let lang = signed_in.lang();
    let (text, way_out) = told(lang, refusal);
    // Whoever was asked for the place may try again with the same ticket.
    let is_placed = matches!(refusal.fault, CheckInFault::NoPosition | CheckInFault::TooFar);
    CheckInPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("checkin-title")).at("/lop"),
        class: String::new(),
        lead: String::new(),
        ticket: ticket.filter(|_| is_placed),
        metres: is_placed.then(|| lang.t("checkin-place-again")),
        stands: None,
        refusal: Some(text),
        way_out,
    }
}

/// The button.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let known = device(&headers);
    let device = known.clone().unwrap_or_else(random);
    let found = attendance::invitation(&state.services, &signed_in.ctx, &token, &device).await;
    let mut response = match refused(found)? {
        Ok(invitation) => shell::page(&invited(&signed_in, invitation))?,
        Err(refusal) => shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &turned_away(&signed_in, refusal, None))?,
    };
    if known.is_none() {
        response.headers_mut().append(header::SET_COOKIE, set_cookie(&state, DEVICE, &device, Keep::Year));
    }
    Ok(response)
}

/// Where a script found the device.
fn spot(typed: &Typed) -> Option<Spot> {
    let degrees = |name: &str| typed.text(name)?.parse().ok();
    Spot::of_degrees(degrees("vi-do")?, degrees("kinh-do")?)
}

/// Checks the learner in.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    headers: HeaderMap,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let ticket = typed.words("ve");
    // Without the cookie of the page the ticket is of no device.
    let device = device(&headers).unwrap_or_default();
    let mut done = attendance::check_in(&state.services, &signed_in.ctx, ticket, &device, spot(&typed)).await;
    if matches!(done, Err(ActError::Stale)) {
        // The roll was called in the same moment; now it is seen what it says.
        done = attendance::check_in(&state.services, &signed_in.ctx, ticket, &device, spot(&typed)).await;
    }
    match refused(done)? {
        Ok(done) => {
            let code = match (done.is_new, done.said.minutes > 0) {
                (false, _) => "da-diem-danh",
                (true, true) => "den-muon",
                (true, false) => "co-mat",
            };
            Ok(shell::see_other(&format!("{}?xong={code}", here(&done.class.code, ""))))
        }
        Err(refusal) => {
            let page = turned_away(&signed_in, refusal, Some(ticket.to_owned()));
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}
