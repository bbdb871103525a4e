//! `/so-van-ban/{code}`: the numbers of a register, found, printed, taken along; taken by hand and cancelled.
//! Not for: what a register is (`registers`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use documents::{Cell, Column};
use domain::ids::PaperNumberId;
use domain::papers::numbers::NumberState;
use domain::roles::Act;
use service::ActError;
use service::papers::{self, NumberForm, NumberLine, NumbersAsk, PaperRefusal, RegisterView};

use super::{refusal, registers};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::download::List;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Numbers on a page, and in a file.
const MOST: u32 = 100;
const MOST_IN_FILE: u32 = 50_000;

#[derive(Template)]
#[template(path = "papers/numbers.html")]
struct NumbersPage {
    shell: Shell,
    here: String,
    lead: String,
    q: String,
    years: Vec<(i32, bool)>,
    states: Vec<(&'static str, String, bool)>,
    rows: Vec<Row>,
    files: [(String, &'static str); 2],
    first: Option<String>,
    next: Option<String>,
    keeps: bool,
    is_closed: bool,
}

struct Row {
    symbol: String,
    dated_on: String,
    title: String,
    /// Where the paper is.
    case: Option<String>,
    signer: String,
    /// Icon and words.
    state: (&'static str, String),
    taken: String,
    /// Where it is cancelled.
    cancel: Option<String>,
}

fn row(lang: Lang, here: &str, keeps: bool, line: &NumberLine) -> Row {
    let is_taken = line.state == NumberState::Taken;
    let words = word(lang, "number-state", line.state.code());
    Row {
        symbol: line.symbol.clone(),
        dated_on: lang.date(line.dated_on),
        title: line.title.clone(),
        case: line.case.map(super::path),
        signer: line.signer.clone(),
        state: match &line.reason {
            Some(reason) => ("missed", format!("{words}: {reason}")),
            None => ("done", words),
        },
        taken: format!("{} · {}", lang.instant(line.taken_at), line.taken_by.clone().unwrap_or_default()),
        cancel: (keeps && is_taken && line.case.is_none()).then(|| format!("{here}/huy/{}", line.id)),
    }
}

fn ask<'a>(asked: &'a Asked, limit: u32) -> NumbersAsk<'a> {
    NumbersAsk {
        year: asked.text("nam").and_then(|year| year.parse().ok()),
        words: asked.text("q"),
        state: asked.text("trang-thai").and_then(NumberState::from_code),
        below: asked.text("sau").and_then(|number| number.parse().ok()),
        limit,
    }
}

/// Numbers of a register.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = papers::numbers(&state.services, &signed_in.ctx, &code, &ask(&asked, MOST)).await?;
    let here = registers::path(&code);
    let keeps = signed_in.ctx.may(Act::KeepProcedures);
    let year = view.year.to_string();
    let link = |path: &str, after: Option<&str>| {
        address(path, &[("nam", Some(&year)), ("q", asked.text("q")), ("trang-thai", asked.text("trang-thai")), ("sau", after)])
    };
    let chosen = asked.text("trang-thai").and_then(NumberState::from_code);
    let states = NumberState::ALL.iter().map(|one| (one.code(), word(lang, "number-state", one.code()), Some(*one) == chosen));
    shell::page(&NumbersPage {
        shell: Shell::new(&signed_in.visitor, &view.register.title),
        lead: lang.with("numbers-lead", &[("body", view.register.body_name.clone().into()), ("year", year.clone().into())]),
        q: asked.text("q").unwrap_or_default().to_owned(),
        years: view.years.iter().map(|one| (*one, *one == view.year)).collect(),
        states: states.collect(),
        rows: view.lines.iter().map(|line| row(lang, &here, keeps, line)).collect(),
        files: [(link(&format!("{here}/xuat.xlsx"), None), "xlsx"), (link(&format!("{here}/xuat.csv"), None), "csv")],
        first: asked.text("sau").map(|_| link(&here, None)),
        next: view.next.map(|below| link(&here, Some(&below.to_string()))),
        keeps,
        is_closed: view.register.closed,
        here,
    })
}

fn list(lang: Lang, view: &RegisterView) -> List {
    let heads = [
        "numbers-year",
        "numbers-number",
        "numbers-symbol",
        "numbers-dated",
        "papers-what",
        "numbers-signer",
        "papers-state",
        "numbers-reason",
        "numbers-taken-at",
        "numbers-taken-by",
    ];
    let widths = [8, 8, 20, 12, 50, 30, 14, 30, 18, 24];
    let columns = heads.iter().zip(widths).map(|(key, width)| Column { title: lang.t(key), width }).collect();
    let row = |line: &NumberLine| {
        vec![
            Cell::Text(line.year.to_string()),
            Cell::Number(i64::from(line.number)),
            Cell::Text(line.symbol.clone()),
            Cell::Day(line.dated_on),
            Cell::Text(line.title.clone()),
            Cell::Text(line.signer.clone()),
            Cell::Text(word(lang, "number-state", line.state.code())),
            line.reason.clone().map_or(Cell::Empty, Cell::Text),
            Cell::Text(lang.instant(line.taken_at)),
            line.taken_by.clone().map_or(Cell::Empty, Cell::Text),
        ]
    };
    List {
        title: view.register.title.clone(),
        notes: vec![lang.with("numbers-lead", &[("body", view.register.body_name.clone().into()), ("year", view.year.to_string().into())])],
        columns,
        rows: view.lines.iter().rev().map(row).collect(),
    }
}

/// The numbers as an Excel workbook.
pub(crate) async fn xlsx(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let view = papers::numbers(&state.services, &signed_in.ctx, &code, &ask(&asked, MOST_IN_FILE)).await?;
    list(signed_in.lang(), &view).xlsx(&format!("so-van-ban-{}-{}", view.register.code, view.year)).await
}

/// The numbers as comma-separated values.
pub(crate) async fn csv(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let view = papers::numbers(&state.services, &signed_in.ctx, &code, &ask(&asked, MOST_IN_FILE)).await?;
    list(signed_in.lang(), &view).csv(&format!("so-van-ban-{}-{}", view.register.code, view.year)).await
}

fn sheet(signed_in: &SignedIn, code: &str, (key, path): (&str, &str), fields: Vec<Field>, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let here = registers::path(code);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(&format!("numbers-{key}"))),
        lead: lang.t(&format!("numbers-{key}-lead")),
        action: format!("{here}/{path}"),
        submit: lang.t(&format!("numbers-{key}")),
        back: (here, lang.t("registers-title")),
        fields,
        typed,
        mistakes,
    }
}

fn taking(lang: Lang) -> Vec<Field> {
    vec![
        Field::needed(lang, "numbers", "title", Kind::Line),
        Field::new(lang, "numbers", "signer", Kind::Line).hint(lang.t("numbers-signer-hint")),
        Field::needed(lang, "numbers", "dated", Kind::Day),
    ]
}

fn guard(signed_in: &SignedIn) -> Result<(), WebError> {
    signed_in.ctx.scope(Act::KeepProcedures)?;
    Ok(())
}

/// The form that takes a number by hand.
pub(crate) async fn show_take(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    guard(&signed_in)?;
    papers::numbers(&state.services, &signed_in.ctx, &code, &NumbersAsk::default()).await?;
    let typed = Typed::of([("dated", signed_in.lang().date(signed_in.ctx.today))]);
    sheet(&signed_in, &code, ("take", "lay-so"), taking(signed_in.lang()), typed, Vec::new()).answer()
}

/// Takes a number by hand.
pub(crate) async fn take(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    if let Some(dated_on) = typed.needed_day(lang, "dated", &mut mistakes) {
        let form = NumberForm { dated_on, title: typed.words("title"), signer: typed.words("signer") };
        match refused(papers::take(&state.services, &signed_in.ctx, &code, &form).await)? {
            Ok(_) => return Ok(shell::see_other(&format!("{}?xong=lay-so", registers::path(&code)))),
            Err(why) => mistakes.push(Mistake::new(field(&why), refusal(lang, &why))),
        }
    }
    sheet(&signed_in, &code, ("take", "lay-so"), taking(lang), typed, mistakes).answer()
}

fn field(why: &PaperRefusal) -> &'static str {
    use domain::papers::numbers::NumberFault;
    match why {
        PaperRefusal::Number(NumberFault::BackDated | NumberFault::NotYet) => "dated",
        _ => "title",
    }
}

fn cancelling(lang: Lang) -> Vec<Field> {
    vec![Field::needed(lang, "keep", "reason", Kind::Words).hint(lang.t("keep-reason-hint"))]
}

/// The form that cancels a number.
pub(crate) async fn show_cancel(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    papers::numbers(&state.services, &signed_in.ctx, &code, &NumbersAsk::default()).await?;
    sheet(&signed_in, &code, ("cancel", &format!("huy/{row}")), cancelling(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Cancels a number.
pub(crate) async fn cancel(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mistake = match papers::cancel(&state.services, &signed_in.ctx, &code, PaperNumberId(row), typed.words("reason")).await {
        Err(ActError::Stale) => lang.t("papers-stale"),
        done => match refused(done)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=huy-so", registers::path(&code)))),
            Err(why) => refusal(lang, &why),
        },
    };
    let mistakes = vec![Mistake::new("reason", mistake)];
    sheet(&signed_in, &code, ("cancel", &format!("huy/{row}")), cancelling(lang), typed, mistakes).answer()
}
