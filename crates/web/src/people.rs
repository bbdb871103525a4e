//! `/nhan-su`: the people of a day, filtered by what stands in the address, page by page, and taken out as a file.
//! Not for: one person (`people::person`), who may see whom (`service::registry`).

mod chips;
pub(crate) mod choose;
mod columns;
pub(crate) mod export;
mod filters;
pub(crate) mod keep;
mod mine;
pub(crate) mod own_file;
pub(crate) mod panel;
pub(crate) mod person;
pub(crate) mod training_record;
pub(crate) mod views;

use std::borrow::Cow;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::lists::{Care, Column, Filter};
use domain::roles::Act;
use service::registry::{self, OfficialLine, OfficialsPage, PeopleAsk};

use crate::AppState;
use crate::api::cursor;
use crate::asked::{Asked, escaped};
use crate::errors::{WebError, refused};
use crate::i18n::Lang;
use crate::place::{Group, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
pub(crate) use chips::level;

use chips::Chip;
use filters::Pair;

/// Lines of a page.
const LINES: u32 = 50;
const LIST: &str = "/nhan-su";
const PANEL: &str = "/nhan-su/bo-loc";

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage<'a> {
    shell: Shell,
    q: String,
    day: String,
    is_set: bool,
    chips: Vec<Chip>,
    /// What of the question has no field in the bar and goes along with it.
    hidden: Vec<Pair>,
    panel: String,
    /// Where columns are chosen, and questions kept.
    columns: String,
    views: String,
    place_name: String,
    notices: Vec<String>,
    units: Vec<Group<'a>>,
    /// The list must say what it is needed for first.
    asks_purpose: bool,
    heads: Vec<String>,
    rows: Vec<Row<'a>>,
    summary: String,
    first: Option<String>,
    next: Option<String>,
    exports: Vec<(String, &'static str)>,
    /// Where a file of these people's unit is brought in.
    intake: String,
    may_add: bool,
}

/// A person.
struct Row<'a> {
    /// None where the record is not open to the visitor.
    href: Option<String>,
    name: &'a str,
    cells: Vec<Shown<'a>>,
}

/// A cell of a row under the head of its place.
struct Shown<'a> {
    text: Cow<'a, str>,
    small: Option<&'static str>,
    is_code: bool,
}

/// A question as an address asks it.
pub(super) struct Listed {
    ask: PeopleAsk,
    /// The columns stand in the address and not only in the account.
    names_columns: bool,
    notices: Vec<String>,
}

impl Listed {
    /// What the address asks for; what cannot be read, or is not for this person to ask, is left out.
    fn of(place: &Place, asked: &Asked, signed_in: &SignedIn) -> Self {
        let lang = signed_in.lang();
        let columns = filters::columns(asked.text("cot").unwrap_or_default());
        let names_columns = !columns.is_empty();
        let mut ask = PeopleAsk {
            unit: place.unit_code().map(str::to_owned),
            text: asked.text("q").unwrap_or_default().to_owned(),
            filter: filters::read(asked),
            columns: if names_columns { columns } else { own_columns(signed_in) },
            purpose: asked.text("muc-dich").unwrap_or_default().to_owned(),
            ..PeopleAsk::on(place.day)
        };
        let mut notices = Vec::new();
        if ask.care() != Care::Open && !signed_in.ctx.may(Act::ExportPeople) {
            notices.push(lang.t("list-not-yours"));
            ask.filter = ask.filter.without_private();
            ask.columns.retain(|column| column.care() == Care::Open);
        }
        Self { ask, names_columns, notices }
    }

    /// What stands in an address beside day and unit, with another filter.
    fn pairs(&self, filter: &Filter) -> Vec<Pair> {
        let mut pairs = vec![("q", self.ask.text.clone())];
        pairs.extend(filters::pairs(filter));
        pairs.extend(self.names_columns.then(|| ("cot", filters::of_columns(&self.ask.columns))));
        pairs
    }

    /// The address of the same question with another filter; the purpose stays with the question that it was said for.
    fn link(&self, path: &str, place: &Place, filter: &Filter, more: &[(&'static str, Option<&str>)]) -> String {
        let mut pairs = self.pairs(filter);
        pairs.extend((*filter == self.ask.filter).then(|| ("muc-dich", self.ask.purpose.clone())));
        let mut all: Vec<(&str, Option<&str>)> = pairs.iter().map(|(name, value)| (*name, Some(value.as_str()))).collect();
        all.extend_from_slice(more);
        place.link(path, &all)
    }

    /// The address of the same question, of another page or as a file.
    fn same(&self, path: &str, place: &Place, after: Option<&str>) -> String {
        self.link(path, place, &self.ask.filter, &[("sau", after)])
    }
}

fn own_columns(signed_in: &SignedIn) -> Vec<Column> {
    registry::columns_of(signed_in.visitor.person.as_ref().and_then(|person| person.columns.as_deref()))
}

/// A page of people.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let place = Place::of(&state, &signed_in, &asked).await?;
    let listed = Listed::of(&place, &asked, &signed_in);
    let after = asked.text("sau").and_then(cursor::official);
    let from = after.as_ref().map(|(key, id)| (key.as_slice(), *id));
    // The only refusal of a page is that its purpose is missing.
    let page = refused(registry::list_people(&state.services, &signed_in.ctx, &listed.ask, from, LINES).await)?.ok();
    shell::page(&view(&signed_in, &place, &listed, page.as_deref(), after.is_some()))
}

fn view<'a>(signed_in: &SignedIn, place: &'a Place, listed: &Listed, page: Option<&'a OfficialsPage>, is_later: bool) -> ListPage<'a> {
    let (lang, ask) = (signed_in.lang(), &listed.ask);
    let lines = page.map_or(&[][..], |page| &page.lines);
    let more = page.is_some_and(|page| page.more);
    let next = lines.last().filter(|_| more).map(|l| cursor::of_official(&l.sort_key, l.id));
    let pairs = listed.pairs(&ask.filter);
    ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("official-title")).on(ask.on),
        q: ask.text.clone(),
        day: lang.date(ask.on),
        is_set: !ask.text.is_empty() || ask.unit.is_some() || ask.filter.is_set(),
        chips: chips::chips(lang, &ask.filter, |filter| listed.link(LIST, place, filter, &[])),
        hidden: pairs.into_iter().filter(|(name, _)| *name != "q").collect(),
        panel: listed.same(PANEL, place, None),
        columns: listed.same("/nhan-su/cot", place, None),
        views: listed.same("/nhan-su/khung-nhin", place, None),
        place_name: place.name(),
        notices: place.notices.iter().chain(&listed.notices).cloned().collect(),
        units: place.groups(),
        asks_purpose: page.is_none(),
        heads: ask.columns.iter().map(|column| columns::head(lang, *column)).collect(),
        rows: page.map_or_else(Vec::new, |page| lines.iter().map(|line| row(signed_in, ask, page, line)).collect()),
        summary: if page.is_some() { summary(lang, lines.len(), more, is_later) } else { lang.t("list-not-shown") },
        first: is_later.then(|| listed.same(LIST, place, None)),
        next: next.map(|next| listed.same(LIST, place, Some(&next))),
        exports: if page.is_some() { exports(listed, place, signed_in) } else { Vec::new() },
        intake: place.link("/nhap-lieu", &[]),
        may_add: signed_in.ctx.may(Act::KeepRegister),
    }
}

/// The count is told only when the page knows it without counting.
fn summary(lang: Lang, shown: usize, more: bool, is_later: bool) -> String {
    let key = match (more, is_later) {
        (false, false) => "official-count-all",
        (true, false) => "official-count-first",
        (_, true) => "official-count-more",
    };
    lang.counted(key, i64::try_from(shown).unwrap_or(i64::MAX))
}

fn exports(listed: &Listed, place: &Place, signed_in: &SignedIn) -> Vec<(String, &'static str)> {
    if !signed_in.ctx.may(Act::ExportPeople) {
        return Vec::new();
    }
    vec![(listed.same("/nhan-su/xuat.xlsx", place, None), "Excel"), (listed.same("/nhan-su/xuat.csv", place, None), "CSV")]
}

fn row<'a>(signed_in: &SignedIn, ask: &PeopleAsk, page: &'a OfficialsPage, line: &'a OfficialLine) -> Row<'a> {
    let (lang, detail) = (signed_in.lang(), page.details.get(&line.id.0));
    let shown = |column: &Column| Shown {
        text: columns::shown(lang, *column, line, detail, ask.on),
        small: if *column == Column::Post { columns::under_post(lang, line, &ask.columns) } else { None },
        is_code: *column == Column::Code,
    };
    Row {
        // Somebody else keeps the record by now.
        href: (!line.is_place_alone()).then(|| format!("/nhan-su/{}", escaped(&line.code))),
        name: &line.name,
        cells: ask.columns.iter().map(shown).collect(),
    }
}
