//! `/van-ban/mau`: Word files of the province by which papers are made; one brought into force, taken along, ended.
//! Not for: which fields a paper has (`documents`).

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use documents::papers::{Clash, Fields};
use domain::papers::{Family, PaperKind};
use domain::roles::Act;
use service::documents::{TemplateLine, TemplateRefusal, add_template, end_template, row_fields, template, templates};

use super::files::DOCX;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::upload::{self, FILE, Upload};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;
use crate::{AppState, download};

const HERE: &str = "/van-ban/mau";

#[derive(Template)]
#[template(path = "papers/templates.html")]
struct TemplatesPage {
    shell: Shell,
    rows: Vec<Row>,
    /// The fields of every paper.
    every: String,
    /// What the row of each kind repeats: kind, fields.
    fields: Vec<(String, String)>,
    keeps: bool,
}

struct Row {
    id: i64,
    kind: String,
    name: String,
    by: String,
    days: String,
    is_in_force: bool,
}

fn row(lang: Lang, line: &TemplateLine) -> Row {
    let until = line.ended_at.map(|at| lang.instant(at));
    let since = lang.instant(line.added_at);
    Row {
        id: line.id,
        kind: format!("{} · {}", word(lang, "paper-kind", line.kind.code()), word(lang, "paper-family", line.family.code())),
        name: line.name.clone(),
        by: line.added_by.clone().unwrap_or_default(),
        days: until.map_or_else(|| since.clone(), |until| format!("{since} – {until}")),
        is_in_force: line.ended_at.is_none(),
    }
}

/// Every template.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let lines = templates(&state.services, &signed_in.ctx).await?;
    let repeated = |kind: &PaperKind| {
        let fields: Vec<String> = row_fields(*kind).into_iter().map(|field| format!("{{{{{field}}}}}")).collect();
        (!fields.is_empty()).then(|| (word(lang, "paper-kind", kind.code()), fields.join(" ")))
    };
    shell::page(&TemplatesPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("templates-title")),
        rows: lines.iter().map(|line| row(lang, line)).collect(),
        every: Fields::of_every_paper().join(" "),
        fields: PaperKind::ALL.iter().filter_map(repeated).collect(),
        keeps: signed_in.ctx.may(Act::KeepProcedures),
    })
}

fn sheet(signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("templates-add")).at(&format!("{HERE}/moi")),
        back: (HERE.to_owned(), lang.t("templates-title")),
        lead: lang.t("templates-add-lead"),
        action: format!("{HERE}/moi"),
        submit: lang.t("templates-add"),
        fields: vec![
            Field::needed(lang, "template", "kind", choices(lang, "paper-kind", PaperKind::ALL.iter().map(|one| one.code()), false)),
            Field::needed(lang, "template", "family", choices(lang, "paper-family", Family::ALL.iter().map(|one| one.code()), false)),
            Field::needed(lang, "template", FILE, Kind::File(".docx")).hint(lang.t("template-tep-hint")),
        ],
        typed,
        mistakes,
    }
}

/// The form of a new template.
pub(crate) async fn show_new(signed_in: SignedIn) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::KeepProcedures)?;
    sheet(&signed_in, Typed::default(), Vec::new()).answer()
}

/// Brings a template into force.
pub(crate) async fn save_new(State(state): State<AppState>, signed_in: SignedIn, request: Request) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::KeepProcedures)?;
    let Upload { name, bytes, typed } = upload::receive(&state, &signed_in, request).await?;
    let kind = typed.text("kind").and_then(PaperKind::from_code).ok_or(WebError::UnreadableForm)?;
    let family = typed.text("family").and_then(Family::from_code).ok_or(WebError::UnreadableForm)?;
    match refused(add_template(&state.services, &signed_in.ctx, (kind, family), &name, &bytes).await)? {
        Ok(_) => Ok(shell::see_other(&format!("{HERE}?xong=luu"))),
        Err(refusal) => {
            let mistakes = said(signed_in.lang(), &refusal).into_iter().map(|text| Mistake::new(FILE, text)).collect();
            sheet(&signed_in, typed, mistakes).answer()
        }
    }
}

/// Why a template is not taken; each field that does not fit with its place.
fn said(lang: Lang, refusal: &TemplateRefusal) -> Vec<String> {
    match refusal {
        TemplateRefusal::Fields(clashes) => clashes.iter().map(|clash| clash_words(lang, clash)).collect(),
        refusal => vec![lang.code_text("template-refusal", refusal.code())],
    }
}

/// A field that does not fit, where it stands.
pub(super) fn clash_words(lang: Lang, clash: &Clash) -> String {
    let number = |number: usize| lang.size(number).into();
    let at = &clash.place;
    let cell = at.cell.map(|(table, row, cell)| {
        lang.with(
            "template-cell",
            &[("table", number(table)), ("row", number(row)), ("cell", number(cell)), ("paragraph", number(at.paragraph))],
        )
    });
    let place =
        cell.unwrap_or_else(|| lang.with("template-paragraph", &[("part", at.part.clone().into()), ("paragraph", number(at.paragraph))]));
    let why = lang.code_text("template-clash", clash.kind.code());
    lang.with("template-fault", &[("place", place.into()), ("field", clash.field.clone().into()), ("why", why.into())])
}

/// The file of a template.
pub(crate) async fn file(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    let (line, bytes) = template(&state.services, &signed_in.ctx, row).await?;
    Ok(download::file(&format!("mau-{}-{row}.docx", line.kind), DOCX, bytes))
}

/// Ends a template.
pub(crate) async fn end(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    _: CsrfForm<Typed>,
) -> Result<Response, WebError> {
    end_template(&state.services, &signed_in.ctx, row).await?;
    Ok(shell::see_other(&format!("{HERE}?xong=luu")))
}
