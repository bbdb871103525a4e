//! `/de-an/{code}/ban/{n}/sua`: the whole text of a draft; two officers cannot overwrite each other.
//! Not for: single targets (`target_form`), new schemes (`create`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use domain::time::Instant;
use serde::Deserialize;
use service::ActError;
use service::schemes::{self, Draft, Version};

use super::create::status;
use super::editor::EditorPage;
use super::{faults, life};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, plain_lines};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// What was typed.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    body: String,
    note: String,
    revision: i32,
    act: String,
}

/// A draft that someone else saved in between: both texts, to choose from.
#[derive(Template)]
#[template(path = "schemes/conflict.html")]
pub(crate) struct ConflictPage {
    shell: Shell,
    action: String,
    back: String,
    mine: String,
    note: String,
    theirs: String,
    who: String,
    when: String,
    revision: i32,
    /// Lines that stand in one text only: kind and text.
    different: Vec<(&'static str, String)>,
}

fn page(signed_in: &SignedIn, version: &Version, body: String, note: String, revision: i32) -> EditorPage {
    let lang = signed_in.lang();
    let (code, number) = (&version.line.scheme, version.line.number);
    let path = life::path(code, number);
    let heading = lang.with("editor-draft", &[("code", code.as_str().into()), ("number", number.to_string().into())]);
    EditorPage {
        shell: Shell::new(&signed_in.visitor, &heading),
        home: ("/de-an", lang.t("schemes-title")),
        heading,
        lead: lang.t("editor-lead"),
        action: format!("{path}/sua"),
        parts_title: lang.t("editor-targets"),
        parts: targets(lang, &path, &body),
        back: path,
        body,
        note,
        revision,
        mistakes: Vec::new(),
        faults: Vec::new(),
        is_sound: false,
        effects: None,
    }
}

fn targets(lang: Lang, path: &str, body: &str) -> Vec<(String, String, String)> {
    let Ok(scheme) = schemes::check(body) else { return Vec::new() };
    let link = |code: &str| format!("{path}/chi-tieu/{}", escaped(code));
    scheme.targets.iter().map(|t| (t.code.clone(), lang.of(&t.title).to_owned(), link(&t.code))).collect()
}

/// A draft, for those who may edit.
pub(super) async fn draft(state: &AppState, signed_in: &SignedIn, code: &str, number: i32) -> Result<Version, WebError> {
    signed_in.ctx.scope(Act::EditScheme)?;
    let version = schemes::version(&state.services, &signed_in.ctx, code, number).await?;
    if life::is_draft(version.line.state) { Ok(version) } else { Err(WebError::Stale) }
}

/// The form.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    let version = draft(&state, &signed_in, &code, number).await?;
    let (note, revision) = (version.line.note.clone(), version.line.revision);
    shell::page(&page(&signed_in, &version, version.body.clone(), note, revision))
}

/// Checks the text, or saves it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let version = draft(&state, &signed_in, &code, number).await?;
    let mut page = page(&signed_in, &version, plain_lines(&typed.body), typed.note, typed.revision);
    if typed.act == "check" {
        let examined = schemes::check(&page.body);
        page.is_sound = examined.is_ok();
        page.faults = examined.err().map(|found| faults::rows(lang, &page.body, &found)).unwrap_or_default();
        return shell::page_with(status(page.is_sound), &page);
    }
    let text = Draft { scheme: &code, number, revision: page.revision, body: &page.body, note: &page.note };
    let saved = schemes::save_draft(&state.services, &signed_in.ctx, &text).await;
    if matches!(saved, Err(ActError::Stale)) {
        let line = &version.line;
        let theirs = Theirs { body: &version.body, who: line.saved_by_name.as_deref(), at: line.saved_at, revision: line.revision };
        return shell::page_with(StatusCode::CONFLICT, &conflict(&signed_in, &theirs, page));
    }
    match refused(saved)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=luu", life::path(&code, number)))),
        Err(refusal) => {
            (page.mistakes, page.faults) = faults::refusal(lang, &page.body, &refusal, "van-ban");
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// What the other officer saved.
pub(crate) struct Theirs<'a> {
    pub(crate) body: &'a str,
    pub(crate) who: Option<&'a str>,
    pub(crate) at: Instant,
    pub(crate) revision: i32,
}

/// Both texts beside each other.
pub(crate) fn conflict(signed_in: &SignedIn, theirs: &Theirs<'_>, mine: EditorPage) -> ConflictPage {
    let lang = signed_in.lang();
    ConflictPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("conflict-title")),
        action: mine.action,
        back: mine.back,
        different: different(&mine.body, theirs.body),
        mine: mine.body,
        note: mine.note,
        theirs: theirs.body.to_owned(),
        who: theirs.who.unwrap_or_default().to_owned(),
        when: lang.instant(theirs.at),
        revision: theirs.revision,
    }
}

/// Lines of one text that the other lacks, mine first; enough to see what the two were about.
fn different(mine: &str, theirs: &str) -> Vec<(&'static str, String)> {
    let only = |kind: &'static str, here: &str, there: &str| -> Vec<(&'static str, String)> {
        let known: std::collections::BTreeSet<&str> = there.lines().map(str::trim).collect();
        here.lines().filter(|line| !line.trim().is_empty() && !known.contains(line.trim())).map(|line| (kind, line.to_owned())).collect()
    };
    let mut lines = only("mine", mine, theirs);
    lines.extend(only("theirs", theirs, mine));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_shows_the_lines_that_differ() {
        let found = different("a = 1\nb = 2\n", "a = 1\n  b = 3\n");
        assert_eq!(found, [("mine", "b = 2".to_owned()), ("theirs", "  b = 3".to_owned())]);
    }
}
