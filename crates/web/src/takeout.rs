//! `/nhap-lieu/bieu-mau*.xlsx` and `/don-vi/{code}/so-dang-ky`: blank forms, and a unit's own register for who says what it is for.
//! Not for: what stands in them (`service::takeout`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::roles::{Act, Forbidden};
use domain::time::{Date, Instant};
use service::intake::Tells;
use service::registry::{self, ListRefusal, MOST_EXPORTED, UnitView};
use service::takeout::{self, RegisterAsk, Shape};

use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::download;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::Shell;
use crate::visitor::SignedIn;
use crate::words::capital;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const CSV: &str = "text/csv; charset=utf-8";
/// The kinds of files by their endings.
const SHAPES: [(&str, Shape, &str); 2] = [("xlsx", Shape::Xlsx, XLSX), ("csv", Shape::Csv, CSV)];

/// The words of files that the terminal writes, by key, in Vietnamese.
#[must_use]
pub fn words(key: &str) -> String {
    word(Lang::Vi, key)
}

/// The lines above a register that the terminal writes.
#[must_use]
pub fn register_lines(unit: &str, on: Date, now: Instant) -> Vec<String> {
    lines(Lang::Vi, unit, on, now)
}

/// In a cell every word begins with a capital.
fn word(lang: Lang, key: &str) -> String {
    capital(&lang.t(key))
}

fn lines(lang: Lang, unit: &str, on: Date, now: Instant) -> Vec<String> {
    let args = [("unit", unit.to_owned().into())];
    let day = format!("{} {}", lang.t("units-as-of"), lang.date(on));
    vec![lang.with("takeout-register-title", &args), capital(&day), format!("{} {}", lang.t("print-made"), lang.instant(now))]
}

/// The address of a unit's register.
pub(crate) fn path(unit: &str) -> String {
    format!("/don-vi/{}/so-dang-ky", escaped(unit))
}

/// A blank form with the units of who asks.
pub(crate) async fn template(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let bytes = takeout::template(&state.services, &signed_in.ctx, Tells::Officials, None, &|key| word(lang, key)).await?;
    Ok(download::file("mau-nhap-can-bo.xlsx", XLSX, bytes))
}

/// A blank form for trainings.
pub(crate) async fn training_template(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let bytes = takeout::template(&state.services, &signed_in.ctx, Tells::Training, None, &|key| word(lang, key)).await?;
    Ok(download::file("mau-nhap-boi-duong.xlsx", XLSX, bytes))
}

async fn own_unit(state: &AppState, signed_in: &SignedIn, code: &str, on: Date) -> Result<std::sync::Arc<UnitView>, WebError> {
    let unit = registry::unit(&state.services, &signed_in.ctx, code, on).await?;
    if takeout::may_take(&signed_in.ctx, &unit) { Ok(unit) } else { Err(WebError::Forbidden(Forbidden { act: Act::ExportPeople })) }
}

/// The form that asks what it is needed for.
pub(crate) async fn ask(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let on = asked.day("ngay").unwrap_or(signed_in.ctx.today);
    let unit = own_unit(&state, &signed_in, &code, on).await?;
    let typed = Typed::of([("day", signed_in.lang().date(on)), ("shape", "xlsx".to_owned())]);
    sheet(&signed_in, &unit, typed, Vec::new()).answer()
}

/// The file; what is missing is told on the form.
pub(crate) async fn send(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let on = typed.needed_day(lang, "day", &mut mistakes).unwrap_or(signed_in.ctx.today);
    let unit = own_unit(&state, &signed_in, &code, on).await?;
    if !mistakes.is_empty() {
        return sheet(&signed_in, &unit, typed, mistakes).answer();
    }
    let (ending, shape, kind) =
        SHAPES.into_iter().find(|(ending, ..)| *ending == typed.words("shape")).unwrap_or(("xlsx", Shape::Xlsx, XLSX));
    let wanted = RegisterAsk {
        unit: unit.unit.code.clone(),
        on,
        masked: typed.is_ticked("masked"),
        shape,
        purpose: typed.words("purpose").to_owned(),
        lines: lines(lang, &unit.unit.name, on, signed_in.ctx.now),
    };
    match refused(takeout::register(&state.services, &signed_in.ctx, &wanted, &|key| word(lang, key)).await)? {
        Ok(register) => Ok(download::file(&format!("so-dang-ky-{}.{ending}", plain(&unit.unit.code)), kind, register.bytes)),
        Err(refusal) => sheet(&signed_in, &unit, typed, vec![mistake(lang, refusal)]).answer(),
    }
}

/// A code as part of a file's name.
fn plain(code: &str) -> String {
    code.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' }).collect()
}

fn mistake(lang: Lang, refusal: ListRefusal) -> Mistake {
    match refusal {
        ListRefusal::NoPurpose => Mistake::new("purpose", lang.t("keep-no-purpose")),
        ListRefusal::TooMany(people) => {
            let args = [("n", lang.number(people).into()), ("most", lang.number(i64::from(MOST_EXPORTED)).into())];
            Mistake::new("shape", lang.with("list-too-many", &args))
        }
    }
}

fn sheet(signed_in: &SignedIn, unit: &UnitView, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let here = path(&unit.unit.code);
    let shapes = SHAPES.iter().map(|(ending, ..)| ((*ending).to_owned(), lang.code_text("takeout-shape", ending)));
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("takeout-register")).at(&here),
        back: (format!("/don-vi/{}", escaped(&unit.unit.code)), unit.unit.name.clone()),
        lead: lang.with("takeout-register-lead", &[("unit", unit.unit.name.clone().into())]),
        action: here,
        submit: lang.t("takeout-register-submit"),
        fields: vec![
            Field::needed(lang, "takeout", "day", Kind::Day),
            Field::needed(lang, "takeout", "shape", Kind::Choice(shapes.collect())),
            Field::needed(lang, "takeout", "purpose", Kind::Words).hint(lang.t("takeout-purpose-hint")),
            Field::new(lang, "takeout", "masked", Kind::Tick),
        ],
        typed,
        mistakes,
    }
}
