//! `/tieu-chuan/moi` and `/tieu-chuan/{code}/ban/{n}/sua`: the whole text of a standard, looked at before it is saved.
//! Not for: single requirements (`requirement_form`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use serde::Deserialize;
use service::ActError;
use service::standards::{self, Draft, StandardText};

use super::effects::{self, Effects};
use super::{LIST, draft, path, refusal};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, plain_lines};
use crate::i18n::Lang;
use crate::schemes::create::status;
use crate::schemes::edit::{Theirs, conflict};
use crate::schemes::editor::EditorPage;
use crate::schemes::faults;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// What was typed.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    body: String,
    note: String,
    #[serde(default)]
    revision: i32,
    act: String,
}

fn page(signed_in: &SignedIn, (heading, lead): (String, String), back: String, action: String, typed: (String, String, i32)) -> EditorPage {
    let lang = signed_in.lang();
    let (body, note, revision) = typed;
    EditorPage {
        shell: Shell::new(&signed_in.visitor, &heading),
        home: (LIST, lang.t("standards-title")),
        heading,
        lead,
        action,
        back,
        body,
        note,
        revision,
        mistakes: Vec::new(),
        faults: Vec::new(),
        is_sound: false,
        parts_title: lang.t("standards-forms"),
        parts: Vec::new(),
        effects: Some(Effects::default()),
    }
}

fn new_page(signed_in: &SignedIn, body: String, note: String) -> EditorPage {
    let lang = signed_in.lang();
    let heads = (lang.t("standards-new"), lang.t("standards-new-lead"));
    page(signed_in, heads, LIST.to_owned(), format!("{LIST}/moi"), (body, note, 0))
}

fn draft_page(signed_in: &SignedIn, version: &StandardText, body: String, note: String, revision: i32) -> EditorPage {
    let (lang, code, number) = (signed_in.lang(), &version.line.code, version.line.number);
    let own = path(code, number);
    let heading = lang.with("editor-draft", &[("code", code.as_str().into()), ("number", number.to_string().into())]);
    let parts = parts(lang, &own, &body);
    let mut page = page(signed_in, (heading, lang.t("standards-editor-lead")), own.clone(), format!("{own}/sua"), (body, note, revision));
    page.parts = parts;
    page
}

/// Requirements of the text with the addresses of their forms, and a new one.
fn parts(lang: Lang, path: &str, body: &str) -> Vec<(String, String, String)> {
    let Ok(standard) = standards::check(body) else { return Vec::new() };
    let link = |code: &str| format!("{path}/yeu-cau/{}", escaped(code));
    let known = standard.requirements.iter().map(|known| (known.code.clone(), lang.of(&known.title).to_owned(), link(&known.code)));
    known.chain([("+".to_owned(), lang.t("standards-add-requirement"), format!("{path}/them-yeu-cau"))]).collect()
}

/// Examines the text without saving; shows what it would change when that is asked for.
async fn examine(state: &AppState, signed_in: &SignedIn, mut page: EditorPage, act: &str) -> Result<Response, WebError> {
    let examined = standards::check(&page.body);
    page.is_sound = examined.is_ok();
    page.faults = examined.err().map(|found| faults::rows(signed_in.lang(), &page.body, &found)).unwrap_or_default();
    if act == "preview" && page.is_sound {
        page.effects = Some(effects::typed(state, signed_in, &page.body).await?);
    }
    shell::page_with(status(page.is_sound), &page)
}

fn is_look(act: &str) -> bool {
    matches!(act, "check" | "preview")
}

/// The form of a new standard, with the text of the one that ships with the product.
pub(crate) async fn show_new(signed_in: SignedIn) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::KeepStandards)?;
    shell::page(&new_page(&signed_in, standards::shipped().to_owned(), String::new()))
}

/// Examines the text, or creates the standard.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::KeepStandards)?;
    let mut page = new_page(&signed_in, plain_lines(&typed.body), typed.note);
    if is_look(&typed.act) {
        return examine(&state, &signed_in, page, &typed.act).await;
    }
    match refused(standards::create(&state.services, &signed_in.ctx, &page.body, &page.note).await)? {
        Ok(code) => Ok(shell::see_other(&format!("{}?xong=tao", path(&code, 1)))),
        Err(why) => {
            (page.mistakes, page.faults) = refusal(signed_in.lang(), &page.body, &why, "van-ban");
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// The form of a draft.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    let version = draft(&state, &signed_in, &code, number).await?;
    let (note, revision) = (version.line.note.clone(), version.line.revision);
    shell::page(&draft_page(&signed_in, &version, version.body.clone(), note, revision))
}

/// Examines the text, or saves it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let version = draft(&state, &signed_in, &code, number).await?;
    let mut page = draft_page(&signed_in, &version, plain_lines(&typed.body), typed.note, typed.revision);
    if is_look(&typed.act) {
        return examine(&state, &signed_in, page, &typed.act).await;
    }
    let text = Draft { code: &code, number, revision: page.revision, body: &page.body, note: &page.note };
    let saved = standards::save_draft(&state.services, &signed_in.ctx, &text).await;
    if matches!(saved, Err(ActError::Stale)) {
        let line = &version.line;
        let theirs = Theirs { body: &version.body, who: line.saved_by.as_deref(), at: line.saved_at, revision: line.revision };
        return shell::page_with(StatusCode::CONFLICT, &conflict(&signed_in, &theirs, page));
    }
    match refused(saved)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=luu", path(&code, number)))),
        Err(why) => {
            (page.mistakes, page.faults) = refusal(signed_in.lang(), &page.body, &why, "van-ban");
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}
