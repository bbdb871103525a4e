//! `/chuong-trinh/moi` and `/{code}/sua`: the form of a text. Rows of modules come and go with buttons of the form, without scripts.
//! Not for: reading the fields (`form`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::orgs::Level;
use domain::people::StaffKind;
use domain::programmes::life::Step;
use domain::programmes::{Course, MOST_MODULES, Text};
use domain::training::{ContentGroup, Mode, Programme, TrainingKind};
use service::ActError;
use service::programmes::{self, NewProgramme};

use super::compare::differing;
use super::form::{self, TypedModule, box_of};
use super::{HERE, mistakes, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// A choice: name, label, codes with texts.
struct Select {
    name: &'static str,
    label: String,
    options: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "programmes/edit.html")]
struct EditPage {
    shell: Shell,
    back: (String, String),
    action: String,
    is_new: bool,
    revision: i32,
    typed: Typed,
    kinds: Vec<Select>,
    reach: Vec<Select>,
    staff: Vec<(&'static str, String)>,
    modules: Vec<TypedModule>,
    mistakes: Vec<Mistake>,
    /// What somebody else saved while this form was filled in.
    theirs: Option<Theirs>,
}

/// What somebody else saved while a form was filled in.
struct Theirs {
    who: String,
    when: String,
    /// What it is about, what they saved, what stands in the form.
    rows: Vec<(String, String, String)>,
}

impl EditPage {
    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }

    fn wrong(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }

    fn answer(&self) -> Result<Response, WebError> {
        let status = if self.mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        shell::page_with(status, self)
    }
}

/// Courses under the names that the law gives them.
pub(super) fn course_words(lang: Lang, course: Course) -> String {
    let title = programmes::course_title(course);
    title.map(|title| if lang.is_vi() { title.vi } else { title.en }).unwrap_or_default()
}

fn select(lang: Lang, name: &'static str, prefix: &str, codes: impl Iterator<Item = &'static str>, may_be_none: bool) -> Select {
    let none = may_be_none.then(|| (String::new(), lang.t("sheet-none")));
    let options = none.into_iter().chain(codes.map(|code| (code.to_owned(), word(lang, prefix, code)))).collect();
    Select { name, label: lang.t(&format!("programme-{name}")), options }
}

fn page(signed_in: &SignedIn, code: Option<&str>, revision: i32, (typed, modules): (Typed, Vec<TypedModule>)) -> EditPage {
    let lang = signed_in.lang();
    let title = code.map_or_else(|| lang.t("programme-new"), |code| lang.with("programme-edit", &[("code", code.to_owned().into())]));
    let none = std::iter::once((String::new(), lang.t("programme-no-course")));
    let courses = Course::ALL.iter().map(|course| (course.to_string(), course_words(lang, *course)));
    EditPage {
        shell: Shell::new(&signed_in.visitor, &title),
        back: code.map_or_else(|| (HERE.to_owned(), lang.t("programmes-title")), |code| (path(code), code.to_owned())),
        action: code.map_or_else(|| format!("{HERE}/moi"), |code| format!("{}/sua", path(code))),
        is_new: code.is_none(),
        revision,
        typed,
        kinds: vec![
            select(lang, "kind", "training", TrainingKind::ALL.iter().rev().map(|c| c.code()), false),
            select(lang, "content", "content", ContentGroup::ALL.iter().map(|c| c.code()), false),
            select(lang, "programme", "programme", Programme::ALL.iter().map(|c| c.code()), true),
            Select { name: "course", label: lang.t("programme-course"), options: none.chain(courses).collect() },
            select(lang, "mode", "mode", Mode::ALL.iter().map(|c| c.code()), false),
        ],
        reach: vec![select(lang, "level", "level", [Level::Province, Level::Commune].iter().map(|c| c.code()), true)],
        staff: StaffKind::ALL.iter().map(|staff| (box_of(*staff), word(lang, "staff", staff.code()))).collect(),
        modules: if modules.is_empty() { vec![TypedModule::default(); 3] } else { modules },
        mistakes: Vec::new(),
        theirs: None,
    }
}

/// What the buttons of the form ask for beside saving: a row more or a row less.
fn rows(typed: &Typed) -> Option<Vec<TypedModule>> {
    let mut modules = form::modules(typed);
    let act = typed.text("act")?;
    if act == "add" {
        if modules.len() < MOST_MODULES {
            modules.push(TypedModule::default());
        }
        return Some(modules);
    }
    let place: usize = act.strip_prefix("remove-")?.parse().ok()?;
    if place < modules.len() {
        modules.remove(place);
    }
    Some(modules)
}

/// The form of a new programme.
pub(crate) async fn show_new(signed_in: SignedIn) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::KeepProgrammes)?;
    page(&signed_in, None, 0, (Typed::default(), Vec::new())).answer()
}

/// Begins a programme.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::KeepProgrammes)?;
    let lang = signed_in.lang();
    if let Some(modules) = rows(&typed) {
        return page(&signed_in, None, 0, (typed, modules)).answer();
    }
    let mut wrong = Vec::new();
    let text = form::read(lang, &typed, &mut wrong);
    let code = typed.words("code").to_uppercase();
    if wrong.is_empty() {
        let new = NewProgramme { code: &code, owner: typed.words("owner"), text: &text };
        match refused(programmes::create(&state.services, &signed_in.ctx, &new).await)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=luu", path(&code)))),
            Err(refusals) => wrong = mistakes(lang, refusals),
        }
    }
    let modules = form::modules(&typed);
    EditPage { mistakes: wrong, ..page(&signed_in, None, 0, (typed, modules)) }.answer()
}

/// The form of the text that is worked on.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::KeepProgrammes)?;
    let view = programmes::programme(&state.services, &signed_in.ctx, &code).await?;
    let open = view.open().filter(|_| view.keeps).ok_or(WebError::Stale)?;
    page(&signed_in, Some(&code), open.line.revision, form::typed(&open.text)).answer()
}

/// Saves the text that is worked on.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::KeepProgrammes)?;
    let lang = signed_in.lang();
    let revision = typed.text("revision").and_then(|n| n.parse().ok()).unwrap_or(0);
    if let Some(modules) = rows(&typed) {
        return page(&signed_in, Some(&code), revision, (typed, modules)).answer();
    }
    let mut wrong = Vec::new();
    let text = form::read(lang, &typed, &mut wrong);
    if wrong.is_empty() {
        match programmes::save(&state.services, &signed_in.ctx, &code, revision, &text).await {
            Err(ActError::Stale) => return conflict(&state, &signed_in, &code, typed, &text).await,
            saved => match refused(saved)? {
                Ok(()) => return Ok(shell::see_other(&format!("{}?xong=luu", path(&code)))),
                Err(refusals) => wrong = mistakes(lang, refusals),
            },
        }
    }
    let modules = form::modules(&typed);
    EditPage { mistakes: wrong, ..page(&signed_in, Some(&code), revision, (typed, modules)) }.answer()
}

/// The form with what was typed, and what somebody else saved meanwhile; saving again keeps what was typed.
async fn conflict(state: &AppState, signed_in: &SignedIn, code: &str, typed: Typed, mine: &Text) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = programmes::programme(&state.services, &signed_in.ctx, code).await?;
    // A text that nobody can write any more was sent or given up, and there is nothing to save again.
    let open = view.open().filter(|open| view.keeps && open.line.state.after(Step::Save).is_some()).ok_or(WebError::Stale)?;
    let theirs = Theirs {
        who: open.line.saved_by.clone().unwrap_or_else(|| lang.t("audit-system")),
        when: lang.instant(open.line.saved_at),
        rows: differing(lang, &open.text, mine),
    };
    let modules = form::modules(&typed);
    let page = EditPage { theirs: Some(theirs), ..page(signed_in, Some(code), open.line.revision, (typed, modules)) };
    shell::page_with(StatusCode::CONFLICT, &page)
}
