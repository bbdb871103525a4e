//! `/lop/{code}/diem-danh/{sitting}/ma`: the code on the screen, anew every twenty seconds.
//! Not for: who scans it (`checkin`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use domain::ids::SittingId;
use service::attendance;

use super::{at_sitting, here, when};
use crate::AppState;
use crate::classes::path;
use crate::errors::WebError;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "attendance/code.html")]
struct CodePage {
    shell: Shell,
    backs: Vec<(String, String)>,
    lead: String,
    here: String,
    roll: String,
    /// What the code says, for programs that show it another way.
    address: Option<String>,
    code: Option<documents::ScreenCode>,
    closed: Option<String>,
    /// Until the page looks again: milliseconds for the script, seconds without one.
    wait_ms: i64,
    wait_s: i64,
    counted: String,
    fence: Option<String>,
}

/// Longest time between two looks, so that the count on the screen follows people.
const LOOK_MS: i64 = 4_000;
/// After the next code is there.
const AFTER_MS: i64 = 150;

/// Where this server is, as the browser that asks knows it.
fn address(state: &AppState, headers: &HeaderMap, more: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if state.secure_cookies { "https" } else { "http" };
    format!("{scheme}://{host}{more}")
}

/// The code of now.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, sitting)): Path<(String, i64)>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = attendance::code(&state.services, &signed_in.ctx, &code, SittingId(sitting)).await?;
    let said = view.token.as_ref().map(|token| address(&state, &headers, &format!("/diem-danh/{token}")));
    let counted = [("n", lang.size(view.checked_in).into()), ("all", lang.size(view.people).into())];
    let page = CodePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("checkin-code")),
        backs: vec![(path(&code, ""), view.class.terms.name.clone()), (here(&code, ""), lang.t("attendance-title"))],
        lead: when(lang, &view.sitting),
        here: at_sitting(&code, view.sitting.id, "/ma"),
        roll: at_sitting(&code, view.sitting.id, ""),
        code: said.as_deref().and_then(documents::screen_code),
        address: said,
        closed: view.closed.map(|fault| lang.code_text("checkin-fault", fault.code())),
        wait_ms: view.next_ms.min(LOOK_MS) + AFTER_MS,
        wait_s: view.next_ms / 1_000 + 1,
        counted: lang.with("checkin-counted", &counted),
        fence: view.fence.map(|fence| lang.with("fence-within", &[("n", lang.number(fence.metres.into()).into())])),
    };
    shell::page(&page)
}
