//! The people behind a figure: those who count and those who are missing, page by page, and as files.
//! Not for: one person's record.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use documents::{Cell, Column};
use domain::roles::Act;
use domain::schemes::{Measure, Target};
use service::progress::{self, CountedPerson, Figure, Side};

use crate::AppState;
use crate::api::cursor;
use crate::asked::{Asked, escaped};
use crate::download::List;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Lines of a page.
const PAGE: u32 = 50;
/// Name of the side in addresses.
const SIDE: &str = "ben";
/// Name of the place in the list in addresses.
const AFTER: &str = "sau";

#[derive(Template)]
#[template(path = "target_people.html")]
struct PeopleView<'a> {
    shell: Shell,
    code: String,
    title: String,
    target_href: String,
    place_name: String,
    day: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    tabs: Vec<Tab>,
    side_text: String,
    /// None where nobody has done anything yet.
    columns: Option<Columns>,
    people: Vec<PersonRow>,
    first: Option<String>,
    next: Option<String>,
    files: Vec<(&'static str, String)>,
}

struct Tab {
    text: String,
    count: String,
    href: String,
    is_here: bool,
}

/// Heads of the columns that depend on the measure.
struct Columns {
    at: String,
    amount: String,
}

struct PersonRow {
    code: String,
    name: String,
    href: Option<String>,
    unit: String,
    at: String,
    amount: String,
}

fn side(asked: &Asked) -> Side {
    if asked.text(SIDE) == Some("thieu") { Side::Missing } else { Side::Counted }
}

const fn side_code(side: Side) -> &'static str {
    match side {
        Side::Counted => "dat",
        Side::Missing => "thieu",
    }
}

/// The list.
pub(crate) async fn list(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewPeople)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let after = asked.text(AFTER).and_then(cursor::counted);
    let found = progress::people(&state.services, &signed_in.ctx, &code, &place.ask(), side(&asked), after.as_ref(), PAGE).await?;
    let figures = progress::all(&state.services, &signed_in.ctx, &place.ask()).await?;
    let figure = figures.iter().find(|f| f.target.code == code).ok_or(WebError::NotFound)?;
    shell::page(&view(&signed_in, &place, figure, side(&asked), after.is_some(), &found))
}

fn view<'a>(
    signed_in: &SignedIn,
    place: &'a Place,
    figure: &Figure,
    side: Side,
    is_later: bool,
    found: &progress::PeoplePage,
) -> PeopleView<'a> {
    let lang = place.lang();
    let target = &figure.target;
    let path = format!("/chi-tieu/{}/nguoi", escaped(&target.code));
    let code = side_code(side);
    let next = found.next.as_ref().map(cursor::of_counted);
    let may_export = signed_in.ctx.may(Act::ExportPeople);
    let file = |ending: &str| place.link(&format!("{path}.{ending}"), &[(SIDE, Some(code))]);
    PeopleView {
        shell: Shell::new(&signed_in.visitor, &lang.with("behind-of", &[("code", target.code.as_str().into())])).on(place.day),
        code: target.code.clone(),
        title: lang.of(&target.title).to_owned(),
        target_href: place.link(&format!("/chi-tieu/{}", escaped(&target.code)), &[]),
        place_name: place.name(),
        day: lang.date(place.day),
        notices: place.notices.clone(),
        picker: place.picker(&path, &[(SIDE, Some(code))]),
        tabs: tabs(place, figure, &path, side),
        side_text: lang.code_text("side", code),
        columns: (side == Side::Counted || found.people.iter().any(|p| p.at.is_some())).then(|| columns(lang, target)),
        people: found.people.iter().map(|person| row(lang, target, person)).collect(),
        first: is_later.then(|| place.link(&path, &[(SIDE, Some(code))])),
        next: next.map(|next| place.link(&path, &[(SIDE, Some(code)), (AFTER, Some(&next))])),
        files: if may_export { vec![("Excel", file("xlsx")), ("CSV", file("csv"))] } else { Vec::new() },
    }
}

fn tabs(place: &Place, figure: &Figure, path: &str, here: Side) -> Vec<Tab> {
    let lang = place.lang();
    let counted = &figure.counted;
    let missing = counted.denominator - counted.numerator;
    let mut sides = vec![(Side::Counted, counted.numerator)];
    if figure.target.measure.is_share() {
        sides.push((Side::Missing, missing));
    }
    let tab = |(side, count): (Side, i64)| Tab {
        text: lang.code_text("side", side_code(side)),
        count: lang.number(count),
        href: place.link(path, &[(SIDE, Some(side_code(side)))]),
        is_here: side == here,
    };
    sides.into_iter().map(tab).collect()
}

fn columns(lang: Lang, target: &Target) -> Columns {
    let (at, amount) = match &target.measure {
        Measure::StateOfPeople { .. } => ("behind-at-granted", "behind-amount-certificates"),
        Measure::PerPersonPerYear { .. } => ("behind-at-trained", "behind-amount-periods"),
        Measure::BeforeEvent { .. } => ("behind-at-appointed", "behind-amount-met"),
        Measure::FollowUpShare { .. } => ("behind-at-ended", "behind-amount-follow-up"),
        Measure::RatedShare { .. } => ("behind-at-rated", "behind-amount-rating"),
        _ => ("behind-at-trained", "behind-amount-attendances"),
    };
    Columns { at: lang.t(at), amount: lang.t(amount) }
}

fn row(lang: Lang, target: &Target, person: &CountedPerson) -> PersonRow {
    PersonRow {
        href: crate::routes::exists("/nhan-su/{code}").then(|| format!("/nhan-su/{}", escaped(&person.code))),
        code: person.code.clone(),
        name: person.name.clone(),
        unit: person.unit.as_ref().map_or_else(|| lang.t("behind-left"), |(_, name)| name.clone()),
        at: person.at.map(|day| lang.date(day)).unwrap_or_default(),
        amount: amount(lang, target, person.amount),
    }
}

fn amount(lang: Lang, target: &Target, amount: i64) -> String {
    if !matches!(target.measure, Measure::RatedShare { .. }) {
        return lang.number(amount);
    }
    let band = domain::people::Band::ALL.iter().find(|band| i64::from(band.rank()) == amount);
    band.map(|band| lang.code_text("band", band.code())).unwrap_or_default()
}

/// The list as an Excel file.
pub(crate) async fn xlsx(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let (name, list) = export(&state, &signed_in, &code, &asked).await?;
    list.xlsx(&name).await
}

/// The list as a CSV file.
pub(crate) async fn csv(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let (name, list) = export(&state, &signed_in, &code, &asked).await?;
    list.csv(&name).await
}

async fn export(state: &AppState, signed_in: &SignedIn, code: &str, asked: &Asked) -> Result<(String, List), WebError> {
    signed_in.ctx.scope(Act::ExportPeople)?;
    let place = Place::of(state, signed_in, asked).await?;
    let side = side(asked);
    let (target, people) = progress::export_people(&state.services, &signed_in.ctx, code, &place.ask(), side).await?;
    let name = format!("{}-{}-{}", target.code, side_code(side), domain::time::iso(place.day));
    Ok((name, file(&place, signed_in, &target, side, &people)))
}

fn file(place: &Place, signed_in: &SignedIn, target: &Target, side: Side, people: &[CountedPerson]) -> List {
    let lang = place.lang();
    let heads = columns(lang, target);
    let maker = signed_in.visitor.person.as_ref().map(|p| p.name.clone()).unwrap_or_default();
    let cells = |person: &CountedPerson| {
        let row = row(lang, target, person);
        let amount =
            if matches!(target.measure, Measure::RatedShare { .. }) { Cell::Text(row.amount) } else { Cell::Number(person.amount) };
        vec![Cell::Text(row.code), Cell::Text(row.name), Cell::Text(row.unit), person.at.map_or(Cell::Empty, Cell::Day), amount]
    };
    List {
        title: format!("{} {}", target.code, lang.of(&target.title)),
        notes: vec![
            format!("{} · {}", lang.code_text("side", side_code(side)), place.name()),
            lang.with(
                "behind-file-note",
                &[("day", lang.date(place.day).into()), ("made", lang.instant(signed_in.ctx.now).into()), ("who", maker.into())],
            ),
        ],
        columns: vec![
            Column::new(lang.t("behind-code"), 14),
            Column::new(lang.t("behind-name"), 30),
            Column::new(lang.t("behind-unit"), 40),
            Column::new(heads.at, 14),
            Column::new(heads.amount, 14),
        ],
        rows: people.iter().map(cells).collect(),
    }
}
