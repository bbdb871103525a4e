//! `/lop/ban-do`: classes on a map drawn by us: where they are held, which units send people there, how far those go; one class looked at.
//! Not for: the shapes (`drawing::map`), or where a class is held (`service::classes`).

mod catchment;
mod draw;
mod files;
mod places;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::PlanId;
use domain::roles::Act;
use domain::time::date;
use domain::training::{ClassForm, ClassStatus};
use service::classes::{self, Ask, ClassMap};

use super::HERE as CLASSES;
use crate::AppState;
use crate::asked::{Asked, address};
use crate::drawing::map::Map;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

use catchment::Looked;
use places::{Missing, Place, Unplaced};

pub(crate) use files::{csv, xlsx};

const HERE: &str = "/lop/ban-do";
/// Every year.
const ANY_YEAR: &str = "moi";
/// What an address keeps of the filters.
const KEPT: [&str; 4] = ["q", "trang-thai", "dang", "nam"];

/// A choice: code, text, whether chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "classes/map.html")]
struct MapPage {
    shell: Shell,
    lead: String,
    q: String,
    pickers: Vec<(&'static str, String, Vec<Choice>)>,
    /// Whether every class fits.
    cut: Option<String>,
    map: Option<Map>,
    /// States of the legend.
    legend: Vec<(&'static str, String)>,
    looked: Option<Looked>,
    places: Vec<Place>,
    /// Classes without a place.
    missing: Vec<Missing>,
    /// Units that nobody placed.
    unplaced: Option<Unplaced>,
    files: Option<(String, String)>,
}

/// The address of a class on the map.
pub(crate) fn link(code: &str) -> String {
    address(HERE, &[("lop", Some(code))])
}

/// The address of a line of a plan on the map.
pub(crate) fn link_of_line(plan: PlanId, line: u32) -> String {
    address(HERE, &[("ke-hoach", Some(&plan.to_string())), ("dong", Some(&line.to_string()))])
}

/// The filters of a map, as an address has them; the year is this one unless another is asked for.
struct Filter {
    ask: Ask,
    year: Option<i32>,
}

fn filter(signed_in: &SignedIn, asked: &Asked) -> Filter {
    let year = match asked.text("nam") {
        Some(ANY_YEAR) => None,
        Some(year) => year.parse().ok(),
        None => Some(signed_in.ctx.today.year()),
    };
    let ask = Ask {
        statuses: asked.text("trang-thai").and_then(ClassStatus::from_code).into_iter().collect(),
        during: year.and_then(|year| Some((date(year, 1, 1)?, date(year, 12, 31)?))),
        form: asked.text("dang").and_then(ClassForm::from_code),
        words: asked.text("q").unwrap_or_default().to_owned(),
        unit: None,
    };
    Filter { ask, year }
}

/// The same map with another class looked at, or none.
fn same(asked: &Asked, path: &str, class: Option<&str>) -> String {
    let kept = KEPT.map(|name| (name, asked.text(name)));
    address(path, &[kept.as_slice(), &[("lop", class)]].concat())
}

fn pickers(lang: Lang, this_year: i32, filter: &Filter) -> Vec<(&'static str, String, Vec<Choice>)> {
    let any = |is_chosen: bool| (String::new(), lang.t("posts-any"), is_chosen);
    let codes = |prefix: &str, all: Vec<&'static str>, chosen: Option<&str>| -> Vec<Choice> {
        let each = all.into_iter().map(|code| (code.to_owned(), word(lang, prefix, code), Some(code) == chosen));
        std::iter::once(any(chosen.is_none())).chain(each).collect()
    };
    let status = filter.ask.statuses.first().map(|status| status.code());
    let statuses = codes("class-status", ClassStatus::ALL.iter().map(|c| c.code()).collect(), status);
    let forms = codes("form", ClassForm::ALL.iter().map(|c| c.code()).collect(), filter.ask.form.map(ClassForm::code));
    let years = (this_year - 3..=this_year + 1).rev().map(|y| (y.to_string(), y.to_string(), filter.year == Some(y)));
    let every = (ANY_YEAR.to_owned(), lang.t("posts-any"), filter.year.is_none());
    vec![
        ("trang-thai", lang.t("class-state"), statuses),
        ("dang", lang.t("class-form"), forms),
        ("nam", lang.t("class-year"), years.chain([every]).collect()),
    ]
}

fn lead(lang: Lang, found: &ClassMap, places: usize) -> String {
    let here = found.classes.iter().filter(|held| held.place.is_ok()).count();
    let numbers = [("classes", lang.size(here).into()), ("places", lang.size(places).into())];
    lang.with("map-lead", &numbers)
}

async fn looked(state: &AppState, signed_in: &SignedIn, asked: &Asked, found: &ClassMap) -> Result<Option<Looked>, WebError> {
    let lang = signed_in.lang();
    if let Some(held) = &found.chosen {
        return Ok(Some(Looked::of_class(lang, held, same(asked, HERE, None))));
    }
    let number = |name: &str| asked.text(name).and_then(|text| text.parse::<i64>().ok());
    let (Some(plan), Some(key)) = (number("ke-hoach"), number("dong").and_then(|key| u32::try_from(key).ok())) else { return Ok(None) };
    let (line, catchment) = classes::of_plan_line(&state.services, &signed_in.ctx, PlanId(plan), key).await?;
    Ok(Some(Looked::of_line(lang, (PlanId(plan), &line), catchment, same(asked, HERE, None))))
}

/// The map.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let filter = filter(&signed_in, &asked);
    let found = classes::map(&state.services, ctx, &filter.ask, asked.text("lop")).await?;
    let looked = Box::pin(looked(&state, &signed_in, &asked, &found)).await?;
    let groups = places::groups(&found.classes);
    let places: Vec<Place> = groups.iter().map(|group| places::place(lang, &asked, group)).collect();
    let map = draw::draw(lang, &asked, &found, &groups, looked.as_ref());
    let keeps_units = service::registry::may_reorganise(ctx);
    let file = |ending: &str| same(&asked, &format!("{HERE}/xuat.{ending}"), None);
    shell::page(&MapPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("map-title")).on(ctx.today),
        lead: lead(lang, &found, groups.len()),
        q: filter.ask.words.clone(),
        pickers: pickers(lang, ctx.today.year(), &filter),
        cut: found.is_cut.then(|| lang.with("map-cut", &[("n", lang.size(found.classes.len()).into())])),
        legend: draw::legend(lang, &found.classes),
        looked,
        missing: places::missing(lang, &found.classes, (keeps_units, ctx.may(Act::KeepClasses))),
        unplaced: places::unplaced(lang, &found.units, keeps_units),
        files: (!found.classes.is_empty()).then(|| (file("xlsx"), file("csv"))),
        places,
        map,
    })
}
