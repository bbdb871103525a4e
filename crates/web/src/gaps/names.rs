//! `/thieu/{requirement}`: who does not meet one requirement, page by page, and as files.
//! Not for: one person's record.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use documents::{Cell, Column};
use domain::roles::Act;
use domain::standards::{Requirement, Standing};
use service::gaps::{self, After, Among, Ask, OfWhom, ShortPage, ShortPerson};

use super::{among, among_pair, ask, words};
use crate::AppState;
use crate::api::cursor;
use crate::asked::{Asked, escaped};
use crate::download::List;
use crate::errors::WebError;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Lines of a page.
const LINES: u32 = 50;
/// Name of the place in the list in addresses.
const AFTER: &str = "sau";

#[derive(Template)]
#[template(path = "gaps/names.html")]
struct NamesPage<'a> {
    shell: Shell,
    code: String,
    title: String,
    place_name: String,
    /// The part of the audience, if one is asked for, and the address of everybody.
    part: Option<(String, String)>,
    day: String,
    back: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    is_verified: bool,
    facts: Vec<(String, String)>,
    refusals: Vec<String>,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
    files: Vec<(&'static str, String)>,
}

struct Row {
    name: String,
    href: String,
    code: String,
    post: String,
    unit: String,
    standing: (&'static str, String),
}

/// The list.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewPeople)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let (services, ctx, ask) = (&state.services, &signed_in.ctx, ask(&place));
    let of = OfWhom { code: &code, ask: &ask, among: among(&asked) };
    let requirement = gaps::in_force(services, ctx, &code, ask.on).await?;
    let counted = gaps::of_requirement(services, ctx, &of).await?;
    let after = asked.text(AFTER).and_then(cursor::official).map(|(sort_key, official)| After { sort_key, official });
    let found = gaps::people(services, ctx, &of, after.as_ref(), LINES).await?;
    let mut page = view(&signed_in, &place, &requirement, of.among, &found)?;
    let lang = place.lang();
    let counts = [("missing", counted.missing), ("due", counted.due), ("people", counted.people)];
    let counts: Vec<_> = counts.into_iter().map(|(name, n)| (name, lang.number(n).into())).collect();
    page.facts.insert(0, (lang.t("gaps-counts"), lang.with("gaps-line", &counts)));
    page.first = after.is_some().then(|| place.link(&path(&code), &[among_pair(of.among)]));
    shell::page(&page)
}

fn path(code: &str) -> String {
    format!("/thieu/{}", escaped(code))
}

fn view<'a>(
    signed_in: &SignedIn,
    place: &'a Place,
    requirement: &Requirement,
    among: Option<Among>,
    found: &ShortPage,
) -> Result<NamesPage<'a>, WebError> {
    let (lang, path) = (place.lang(), path(&requirement.code));
    let pair = among_pair(among);
    let next = found.next.as_ref().map(|after| cursor::of_official(&after.sort_key, after.official));
    let file = |ending: &str| place.link(&format!("{path}/xuat.{ending}"), &[pair]);
    let may_export = signed_in.ctx.may(Act::ExportPeople);
    Ok(NamesPage {
        shell: Shell::new(&signed_in.visitor, &format!("{} {}", requirement.code, lang.of(&requirement.title))).on(place.day),
        code: requirement.code.clone(),
        title: lang.of(&requirement.title).to_owned(),
        place_name: place.name(),
        part: among.map(|among| (words::among(lang, among), place.link(&path, &[]))),
        day: lang.date(place.day),
        back: place.link("/thieu", &[]),
        notices: place.notices.clone(),
        picker: place.picker(&path, &[pair]),
        is_verified: requirement.is_verified,
        facts: vec![
            (lang.t("need-what"), words::need(lang, &requirement.need)),
            (lang.t("need-who"), words::audience(lang, &requirement.audience)),
            (lang.t("need-cites"), lang.of(&requirement.cites).to_owned()),
            (lang.t("need-validity"), words::validity(lang, requirement)),
        ],
        refusals: words::refusals(lang, requirement, &gaps::yearly(place.day)?)?,
        rows: found.people.iter().map(|person| row(place, person)).collect(),
        first: None,
        next: next.map(|next| place.link(&path, &[pair, (AFTER, Some(&next))])),
        files: if may_export { vec![("Excel", file("xlsx")), ("CSV", file("csv"))] } else { Vec::new() },
    })
}

fn row(place: &Place, person: &ShortPerson) -> Row {
    Row {
        name: person.name.clone(),
        href: format!("/nhan-su/{}", escaped(&person.code)),
        code: person.code.clone(),
        post: person.post.clone(),
        unit: person.unit.1.clone(),
        standing: words::standing(place.lang(), person.standing),
    }
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
    let ask: Ask = ask(&place);
    let of = OfWhom { code, ask: &ask, among: among(asked) };
    let (requirement, people) = gaps::export_people(&state.services, &signed_in.ctx, &of).await?;
    let plain: String = code.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).collect();
    Ok((format!("thieu-{plain}-{}", domain::time::iso(place.day)), file(&place, signed_in, &requirement, of.among, &people)))
}

fn file(place: &Place, signed_in: &SignedIn, requirement: &Requirement, among: Option<Among>, people: &[ShortPerson]) -> List {
    let lang = place.lang();
    let day = |standing: Standing| match standing {
        Standing::Missing(day) | Standing::Due(day) => Cell::Day(day),
        Standing::Met => Cell::Empty,
    };
    let cells = |person: &ShortPerson| {
        let is_due = matches!(person.standing, Standing::Due(_));
        let texts = [&person.name, &person.code, &person.post, &person.unit.1].map(|text| Cell::Text(text.clone()));
        let state = Cell::Text(lang.t(if is_due { "gaps-state-due" } else { "gaps-state-missing" }));
        texts.into_iter().chain([state, day(person.standing)]).collect()
    };
    let heads =
        [("behind-name", 30), ("behind-code", 14), ("official-post", 30), ("behind-unit", 40), ("gaps-state", 14), ("gaps-state-day", 14)];
    let unverified = (!requirement.is_verified).then(|| lang.t("gaps-unverified-note"));
    let mut notes = vec![
        lang.of(&requirement.cites).to_owned(),
        among.map_or_else(|| place.name(), |among| format!("{} · {}", place.name(), words::among(lang, among))),
        format!("{} {}", lang.t("home-as-of"), lang.date(place.day)),
        super::urgent::made(signed_in),
    ];
    notes.extend(unverified);
    List {
        title: format!("{} {}", requirement.code, lang.of(&requirement.title)),
        notes,
        columns: heads.into_iter().map(|(key, width)| Column::new(lang.t(key), width)).collect(),
        rows: people.iter().map(cells).collect(),
    }
}
