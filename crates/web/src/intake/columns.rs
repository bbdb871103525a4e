//! Which column is which field, which sheet and header are read, and what stands for what the file does not say.
//! Not for: guessing (`workbooks::mapping`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::schemes::Title;
use service::intake::{self, Batch, Chosen, FieldKind, Mode, Settings, Tells, Work};

use super::{path, words};
use crate::AppState;
use crate::errors::WebError;
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::people::keep::unit_code;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Fields for which a value can stand when no column has them.
const fn defaults(tells: Tells) -> &'static [&'static str] {
    match tells {
        Tells::Officials => &["staff", "ethnicity", "post", "unit"],
        Tells::Training => intake::defaults_of_training(),
    }
}

#[derive(Template)]
#[template(path = "intake/columns.html")]
struct ColumnsPage {
    shell: Shell,
    here: String,
    name: String,
    revision: i32,
    sheets: Vec<(String, String, bool)>,
    header: String,
    day: String,
    /// Whether it may tell of everybody of a unit.
    tells_of_people: bool,
    is_everything: bool,
    columns: Vec<ColumnRow>,
    defaults: Vec<Default>,
    units: Vec<UnitRow>,
    mistakes: Vec<Mistake>,
}

/// A name of a unit that is not found.
struct UnitRow {
    id: String,
    text: String,
    rows: String,
    near: Vec<String>,
    value: String,
}

impl ColumnsPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

struct ColumnRow {
    place: u16,
    letters: String,
    title: String,
    samples: String,
    sure: String,
    /// Code, text, chosen.
    fields: Vec<(String, String, bool)>,
}

/// A topic of a scheme as files write it, and its title.
type Topic = (String, Title);

struct Default {
    field: &'static str,
    id: String,
    label: String,
    choices: Vec<(String, String, bool)>,
    value: String,
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let batch = open(&state, &signed_in, id).await?;
    let topics = topics(&state, &signed_in, &batch).await?;
    shell::page(&page(&signed_in, &batch, &topics, &Typed::default(), Vec::new()))
}

/// A batch whose reading can still be changed.
async fn open(state: &AppState, signed_in: &SignedIn, id: i64) -> Result<Batch, WebError> {
    let batch = intake::batch(&state.services, &signed_in.ctx, id).await?;
    if matches!(batch.state, intake::State::Carried | intake::State::Undone) { Err(WebError::Stale) } else { Ok(batch) }
}

fn page(signed_in: &SignedIn, batch: &Batch, topics: &[Topic], typed: &Typed, mistakes: Vec<Mistake>) -> ColumnsPage {
    let lang = signed_in.lang();
    let report = batch.report.as_ref();
    let sheet = batch.settings.sheet.clone().or_else(|| report.map(|report| report.sheet.clone())).unwrap_or_default();
    let header = batch.settings.header.map(|(first, last)| (first + 1, last + 1)).or_else(|| report.map(|report| report.header));
    let sheets = report.map(|report| report.sheets.as_slice()).unwrap_or_default().iter();
    ColumnsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("intake-columns-title")).at(&path(batch.line.id)),
        here: path(batch.line.id),
        name: batch.line.file_name.clone(),
        revision: batch.line.revision,
        sheets: sheets
            .map(|seen| {
                let hidden = if seen.hidden { format!(" ({})", lang.t("intake-hidden")) } else { String::new() };
                (seen.name.clone(), format!("{}{hidden}", seen.name), seen.name == sheet)
            })
            .collect(),
        header: header.map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") }).unwrap_or_default(),
        day: batch.as_of().map(|day| lang.date(day)).unwrap_or_default(),
        tells_of_people: batch.settings.tells == Tells::Officials,
        is_everything: batch.settings.mode == Mode::Everything,
        columns: report
            .map(|report| report.columns.iter().map(|column| row(lang, batch.settings.tells, column)).collect())
            .unwrap_or_default(),
        defaults: defaults(batch.settings.tells).iter().map(|field| default(lang, field, batch, topics)).collect(),
        units: report.map(|report| units(lang, report, typed)).unwrap_or_default(),
        mistakes,
    }
}

fn row(lang: Lang, tells: Tells, column: &intake::SeenColumn) -> ColumnRow {
    let chosen = match (&column.field, &column.choice) {
        (Some(field), Some(choice)) => format!("{field}={choice}"),
        (Some(field), None) => field.clone(),
        (None, _) => String::new(),
    };
    let mut fields = vec![(String::new(), lang.t("intake-left-alone"), chosen.is_empty())];
    fields.extend(intake::field_codes(tells).map(|code| (code.to_owned(), words::field(lang, code), chosen == code)));
    if let (Some(field), Some(choice)) = (&column.field, &column.choice) {
        fields.push((chosen, format!("{}: {}", words::field(lang, field), words::value(field, choice)), true));
    }
    let sure = if column.field.is_some() { lang.code_text("intake-why", &column.why) } else { String::new() };
    ColumnRow {
        place: column.place,
        letters: column.letters.clone(),
        title: column.title.clone(),
        samples: column.samples.join(" · "),
        sure,
        fields,
    }
}

fn units(lang: Lang, report: &intake::Report, typed: &Typed) -> Vec<UnitRow> {
    let one = |(place, (text, rows, near)): (usize, &(String, usize, String))| {
        let id = format!("don-vi-{place}");
        UnitRow {
            value: typed.words(&id).to_owned(),
            text: text.clone(),
            rows: lang.counted("intake-unit-rows", i64::try_from(*rows).unwrap_or(i64::MAX)),
            near: near.split("; ").filter(|near| !near.is_empty()).map(str::to_owned).collect(),
            id,
        }
    };
    report.unknown_units.iter().enumerate().map(one).collect()
}

/// Topics that a list of trainings can be of.
async fn topics(state: &AppState, signed_in: &SignedIn, batch: &Batch) -> Result<Vec<Topic>, WebError> {
    match batch.settings.tells {
        Tells::Officials => Ok(Vec::new()),
        Tells::Training => Ok(intake::topics_of_training(&state.services, &signed_in.ctx).await?),
    }
}

fn default(lang: Lang, field: &'static str, batch: &Batch, topics: &[Topic]) -> Default {
    let value = batch.settings.defaults.get(field).cloned().unwrap_or_default();
    let mut choices: Vec<(String, String, bool)> =
        intake::choices(field).map(|(code, name)| (code.to_owned(), name.to_owned(), *code == value)).collect();
    if field == "unit" {
        choices.push(("home".to_owned(), batch.line.unit_name.1.clone(), value == "home"));
    }
    if field == "topic" {
        let shown = |(code, title): &Topic| (code.clone(), format!("{code} {}", lang.of(title)), *code == value);
        choices.extend(topics.iter().map(shown));
    }
    choices.sort_by_key(|(code, ..)| code.parse::<u32>().unwrap_or(u32::MAX));
    if !choices.is_empty() {
        choices.insert(0, (String::new(), lang.t("sheet-none"), value.is_empty()));
    }
    Default { field, id: format!("mac-dinh-{field}"), label: words::field(lang, field), choices, value }
}

/// Says it, and reads the file anew.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let batch = open(&state, &signed_in, id).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let mut settings = batch.settings.clone();
    if let Some(day) = typed.needed_day(lang, "ngay", &mut mistakes) {
        settings.as_of = domain::time::number(day);
    }
    settings.mode = if typed.words("che-do") == Mode::Everything.code() { Mode::Everything } else { Mode::Changes };
    place(lang, &batch, &typed, &mut settings, &mut mistakes);
    stand_ins(lang, &typed, &mut settings, &mut mistakes);
    named_units(&state, &signed_in, &batch, &typed, &mut settings, &mut mistakes).await?;
    if !mistakes.is_empty() {
        let shown = Batch { settings, ..batch };
        let topics = topics(&state, &signed_in, &shown).await?;
        return shell::page_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page(&signed_in, &shown, &topics, &typed, mistakes));
    }
    let revision = typed.text("revision").and_then(|text| text.parse().ok()).unwrap_or(0);
    intake::choose(&state.services, &signed_in.ctx, id, revision, &settings).await?;
    intake::begin(&state.services, &signed_in.ctx, id, Work::Rehearse);
    Ok(shell::see_other(&path(id)))
}

/// What stands for what the file does not say; days and numbers must be such.
fn stand_ins(lang: Lang, typed: &Typed, settings: &mut Settings, mistakes: &mut Vec<Mistake>) {
    for field in defaults(settings.tells) {
        let name = format!("mac-dinh-{field}");
        let Some(value) = typed.text(&name) else {
            settings.defaults.remove(*field);
            continue;
        };
        let wrong = match intake::field_kind(field) {
            Some(FieldKind::Date) if domain::time::parse(value).is_none() => {
                Some(lang.with("sheet-bad-day", &[("typed", value.to_owned().into())]))
            }
            Some(FieldKind::Count) if value.parse::<u16>().ok().filter(|n| (1..=9_999).contains(n)).is_none() => {
                Some(lang.with("intake-fault-out_of_range", &[("min", "1".into()), ("max", "9999".into())]))
            }
            _ => None,
        };
        mistakes.extend(wrong.map(|text| Mistake::new(&name, text)));
        settings.defaults.insert((*field).to_owned(), value.to_owned());
    }
}

/// Units that the file calls otherwise.
async fn named_units(
    state: &AppState,
    signed_in: &SignedIn,
    batch: &Batch,
    typed: &Typed,
    settings: &mut Settings,
    mistakes: &mut Vec<Mistake>,
) -> Result<(), WebError> {
    let day = domain::time::from_number(settings.as_of).unwrap_or(signed_in.ctx.today);
    for (place, (text, ..)) in batch.report.iter().flat_map(|report| &report.unknown_units).enumerate() {
        let id = format!("don-vi-{place}");
        let Some(said) = typed.text(&id) else { continue };
        let mut wrong = Vec::new();
        let code = unit_code(state, signed_in, said, day, &mut wrong).await?;
        if wrong.is_empty() {
            settings.units.insert(intake::unit_key(text), code);
        }
        mistakes.extend(wrong.into_iter().map(|mistake| Mistake::new(&id, mistake.text)));
    }
    Ok(())
}

/// Sheet, header and columns. Columns of another sheet or header are other columns: what was said of them is forgotten.
fn place(lang: Lang, batch: &Batch, typed: &Typed, settings: &mut Settings, mistakes: &mut Vec<Mistake>) {
    let report = batch.report.as_ref();
    let sheet = typed.text("trang").map(str::to_owned);
    let header = typed.text("tieu-de").map(header);
    if header == Some(None) {
        mistakes.push(Mistake::new("tieu-de", lang.t("intake-bad-header")));
        return;
    }
    let header = header.flatten();
    let was = report.map(|report| (report.sheet.clone(), (report.header.0 - 1, report.header.1 - 1)));
    let is_other = match (&sheet, &header, &was) {
        (Some(sheet), _, Some((known, _))) if sheet != known => {
            (settings.sheet, settings.header) = (Some(sheet.clone()), None);
            true
        }
        (_, Some(header), Some((known, lines))) if header != lines => {
            (settings.sheet, settings.header) = (Some(known.clone()), Some(*header));
            true
        }
        _ => false,
    };
    if is_other {
        settings.columns.clear();
        return;
    }
    for column in report.map(|report| report.columns.as_slice()).unwrap_or_default() {
        let name = format!("cot-{}", column.place);
        let was = match (&column.field, &column.choice) {
            (Some(field), Some(choice)) => format!("{field}={choice}"),
            (field, _) => field.clone().unwrap_or_default(),
        };
        let now = typed.words(&name);
        if now != was {
            let (field, choice) = now.split_once('=').map_or((now, None), |(field, choice)| (field, Some(choice.to_owned())));
            let field = Some(field.to_owned()).filter(|field| !field.is_empty());
            settings.columns.insert(column.place, Chosen { field, choice });
        }
    }
}

/// `5` or `5-6`, as people count rows; counted from zero.
fn header(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let (first, last): (u32, u32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    (first >= 1 && first <= last && last - first < 10).then(|| (first - 1, last - 1))
}
