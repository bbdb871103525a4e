//! `/quy-trinh`: procedures of papers as a readable picture of steps, their versions, and the text in which they are changed.
//! Not for: papers on their way (`papers`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::papers::procedure::{Condition, Procedure, Step};
use domain::roles::Act;
use service::ActError;
use service::papers::{self, ProcedureRefusal};

use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field, plain_lines};
use crate::i18n::Lang;
use crate::schemes::faults::{self, FaultRow};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::{capital, word};

const HERE: &str = "/quy-trinh";
/// Empty lines below the text.
const ROOM: usize = 20;

#[derive(Template)]
#[template(path = "papers/procedures.html")]
struct ListPage {
    shell: Shell,
    /// Address, name, kinds, blocs, version.
    rows: Vec<(String, String, String, String, String)>,
}

struct StepRow {
    title: String,
    code: String,
    holder: String,
    days: String,
    condition: Option<String>,
    acts: String,
    needs: String,
    returns: String,
}

#[derive(Template)]
#[template(path = "papers/procedure.html")]
struct OnePage {
    shell: Shell,
    lead: String,
    steps: Vec<StepRow>,
    /// Address, name, note, by whom and when.
    versions: Vec<(String, String, String, String)>,
    edit: Option<String>,
}

#[derive(Template)]
#[template(path = "papers/procedure_edit.html")]
struct EditPage {
    shell: Shell,
    here: String,
    body: String,
    note: String,
    version: i32,
    steps: Vec<StepRow>,
    mistakes: Vec<Mistake>,
    faults: Vec<FaultRow>,
    is_sound: bool,
}

impl EditPage {
    fn rows(&self) -> usize {
        self.body.lines().count() + ROOM
    }

    /// "1\n2\n3 …" beside the text.
    fn numbers(&self) -> String {
        (1..=self.rows()).map(|n| format!("{n}\n")).collect()
    }

    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

fn path(code: &str) -> String {
    format!("{HERE}/{}", escaped(code))
}

fn joined(lang: Lang, prefix: &str, codes: impl Iterator<Item = &'static str>) -> String {
    capital(&codes.map(|code| lang.code_text(prefix, code)).collect::<Vec<_>>().join("; "))
}

fn step(lang: Lang, procedure: &Procedure, step: &Step) -> StepRow {
    let title = |code: &String| procedure.step(code).map(|to| lang.of(&to.title).to_owned()).unwrap_or_default();
    let days = step.days.map(|days| lang.with("procedure-days", &[("n", lang.number(i64::from(days)).into())]));
    StepRow {
        title: lang.of(&step.title).to_owned(),
        code: step.code.clone(),
        holder: word(lang, "holder", step.holder.code()),
        days: days.unwrap_or_default(),
        condition: (step.condition != Condition::Always).then(|| word(lang, "step-condition", step.condition.code())),
        acts: joined(lang, "paper-act", step.acts.iter().map(|act| act.code())),
        needs: joined(lang, "step-needs", step.needs.iter().map(|need| need.code())),
        returns: step.returns.iter().map(title).collect::<Vec<_>>().join("; "),
    }
}

fn steps(lang: Lang, procedure: &Procedure) -> Vec<StepRow> {
    procedure.steps.iter().map(|one| step(lang, procedure, one)).collect()
}

fn lead(lang: Lang, procedure: &Procedure, version: i32) -> String {
    let kinds = joined(lang, "paper-kind", procedure.kinds.iter().map(|kind| kind.code()));
    let blocs = joined(lang, "bloc", procedure.blocs.iter().map(|bloc| bloc.code()));
    lang.with("procedure-lead", &[("kinds", kinds.into()), ("blocs", blocs.into()), ("version", version.to_string().into())])
}

/// Procedures followed now.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let found = papers::procedures(&state.services, &signed_in.ctx).await?;
    let row = |one: &papers::Followed| {
        let procedure = &one.procedure;
        (
            path(&procedure.code),
            lang.of(&procedure.title).to_owned(),
            joined(lang, "paper-kind", procedure.kinds.iter().map(|kind| kind.code())),
            joined(lang, "bloc", procedure.blocs.iter().map(|bloc| bloc.code())),
            one.version.to_string(),
        )
    };
    shell::page(&ListPage { shell: Shell::new(&signed_in.visitor, &lang.t("procedures-title")), rows: found.iter().map(row).collect() })
}

/// One procedure.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (found, _, versions) = papers::procedure(&state.services, &signed_in.ctx, &code).await?;
    let version = |one: &papers::ProcedureText| {
        let by = one.saved_by.clone().unwrap_or_else(|| lang.t("procedure-shipped"));
        let name = lang.with("procedure-version", &[("n", one.number.to_string().into())]);
        (format!("{}/ban/{}", path(&code), one.number), name, one.note.clone(), format!("{} · {by}", lang.instant(one.saved_at)))
    };
    shell::page(&OnePage {
        shell: Shell::new(&signed_in.visitor, lang.of(&found.procedure.title)),
        lead: lead(lang, &found.procedure, found.version),
        steps: steps(lang, &found.procedure),
        versions: versions.iter().map(version).collect(),
        edit: signed_in.ctx.may(Act::KeepProcedures).then(|| format!("{}/sua", path(&code))),
    })
}

/// An older version.
pub(crate) async fn version(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let found = papers::procedure_text(&state.services, &signed_in.ctx, &code, number).await?;
    shell::page(&OnePage {
        shell: Shell::new(&signed_in.visitor, lang.of(&found.procedure.title)),
        lead: lead(lang, &found.procedure, found.version),
        steps: steps(lang, &found.procedure),
        versions: Vec::new(),
        edit: None,
    })
}

fn editor(signed_in: &SignedIn, code: &str, version: i32, body: String, note: String) -> EditPage {
    let lang = signed_in.lang();
    let here = format!("{}/sua", path(code));
    EditPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("procedure-edit")).at(&here),
        here,
        steps: Vec::new(),
        body,
        note,
        version,
        mistakes: Vec::new(),
        faults: Vec::new(),
        is_sound: false,
    }
}

/// The text of a procedure.
pub(crate) async fn edit(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::KeepProcedures)?;
    let (found, text, _) = papers::procedure(&state.services, &signed_in.ctx, &code).await?;
    shell::page(&editor(&signed_in, &code, found.version, text, String::new()))
}

/// Checks the text, or saves it as the next version.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::KeepProcedures)?;
    let lang = signed_in.lang();
    let version = typed.words("version").parse().map_err(|_| WebError::UnreadableForm)?;
    let mut page = editor(&signed_in, &code, version, plain_lines(typed.words("body")), typed.words("note").to_owned());
    if typed.words("act") == "check" {
        match papers::read_procedure(&page.body) {
            Ok(procedure) => (page.is_sound, page.steps) = (true, steps(lang, &procedure)),
            Err(found) => page.faults = faults::rows(lang, &page.body, &found),
        }
        let status = if page.is_sound { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return shell::page_with(status, &page);
    }
    let saved = papers::save_procedure(&state.services, &signed_in.ctx, &code, version, &page.body, &page.note).await;
    match saved {
        Err(ActError::Stale) => page.mistakes = vec![Mistake::new("van-ban", lang.t("papers-stale"))],
        saved => match refused(saved)? {
            Ok(_) => return Ok(shell::see_other(&format!("{}?xong=luu", path(&code)))),
            Err(ProcedureRefusal::Faults(found)) => page.faults = faults::rows(lang, &page.body, &found),
            Err(refusal) => page.mistakes = vec![mistake(lang, &refusal)],
        },
    }
    shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn mistake(lang: Lang, refusal: &ProcedureRefusal) -> Mistake {
    match refusal {
        ProcedureRefusal::NoNote => Mistake::new("note", lang.t("keep-no-reason")),
        ProcedureRefusal::OtherCode | ProcedureRefusal::Faults(_) => Mistake::new("van-ban", lang.t("procedure-other-code")),
        ProcedureRefusal::Taken { kind, bloc, by } => {
            let words = [
                ("kind", lang.code_text("paper-kind", kind.code()).into()),
                ("bloc", lang.code_text("bloc", bloc.code()).into()),
                ("by", by.clone().into()),
            ];
            Mistake::new("van-ban", lang.with("procedure-taken", &words))
        }
    }
}
