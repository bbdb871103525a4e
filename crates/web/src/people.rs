//! `/nhan-su`: the people of a day, filtered by what stands in the address, page by page, and taken out as a file.
//! Not for: one person (`people::person`), who may see whom (`service::registry`).

pub(crate) mod export;
pub(crate) mod keep;
pub(crate) mod person;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::people::StaffKind;
use domain::roles::Act;
use service::registry::{self, OfficialLine, PeopleAsk};

use crate::AppState;
use crate::api::cursor;
use crate::asked::{Asked, escaped};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::place::{Group, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Lines of a page.
const LINES: u32 = 50;

#[derive(Template)]
#[template(path = "people/list.html")]
struct ListPage {
    shell: Shell,
    filter: Filter,
    staffs: Vec<Choice>,
    place_name: String,
    notices: Vec<String>,
    units: Vec<Group>,
    rows: Vec<Row>,
    summary: String,
    first: Option<String>,
    next: Option<String>,
    exports: Vec<(String, &'static str)>,
    may_add: bool,
}

/// The filter as it stands in the form.
struct Filter {
    q: String,
    leaders: bool,
    day: String,
    is_set: bool,
}

/// A kind of staff to choose.
struct Choice {
    code: &'static str,
    text: String,
    is_chosen: bool,
}

/// A person.
struct Row {
    href: String,
    name: String,
    code: String,
    unit: String,
    post: String,
    staff: String,
    leadership: Option<String>,
}

/// What the address asks for; what cannot be read is left out.
pub(super) fn ask(place: &Place, asked: &Asked) -> PeopleAsk {
    PeopleAsk {
        on: place.day,
        unit: place.unit_code().map(str::to_owned),
        text: asked.text("q").unwrap_or_default().to_owned(),
        staff: asked.text("loai").and_then(StaffKind::from_code),
        leaders: asked.text("lanh-dao").is_some(),
    }
}

/// The address of the same question, of another page or as a file.
fn same_question(path: &str, ask: &PeopleAsk, place: &Place, after: Option<&str>) -> String {
    place.link(
        path,
        &[("q", Some(&ask.text)), ("loai", ask.staff.map(StaffKind::code)), ("lanh-dao", ask.leaders.then_some("1")), ("sau", after)],
    )
}

/// A page of people.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let place = Place::of(&state, &signed_in, &asked).await?;
    let ask = ask(&place, &asked);
    let after = asked.text("sau").and_then(cursor::official);
    let from = after.as_ref().map(|(key, id)| (key.as_slice(), *id));
    let page = registry::list_people(&state.services, &signed_in.ctx, &ask, from, LINES).await?;
    let lang = signed_in.lang();
    let next = page.lines.last().filter(|_| page.more).map(|l| cursor::of_official(&l.sort_key, l.id));
    shell::page(&ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("official-title")).on(ask.on),
        filter: filter(lang, &ask),
        staffs: staffs(lang, ask.staff),
        place_name: place.name(),
        notices: place.notices.clone(),
        units: place.picker("/nhan-su", &[]).groups,
        summary: summary(lang, page.lines.len(), page.more, after.is_some()),
        rows: page.lines.iter().map(|line| row(lang, line)).collect(),
        first: after.is_some().then(|| same_question("/nhan-su", &ask, &place, None)),
        next: next.map(|next| same_question("/nhan-su", &ask, &place, Some(&next))),
        exports: exports(&ask, &place, &signed_in),
        may_add: signed_in.ctx.may(Act::KeepRegister),
    })
}

fn filter(lang: Lang, ask: &PeopleAsk) -> Filter {
    Filter {
        q: ask.text.clone(),
        leaders: ask.leaders,
        day: lang.date(ask.on),
        is_set: !ask.text.is_empty() || ask.unit.is_some() || ask.leaders || ask.staff.is_some(),
    }
}

fn staffs(lang: Lang, chosen: Option<StaffKind>) -> Vec<Choice> {
    let choice = |s: &StaffKind| Choice { code: s.code(), text: word(lang, "person-staff", s.code()), is_chosen: chosen == Some(*s) };
    StaffKind::ALL.iter().map(choice).collect()
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

fn exports(ask: &PeopleAsk, place: &Place, signed_in: &SignedIn) -> Vec<(String, &'static str)> {
    if !signed_in.ctx.may(Act::ExportPeople) {
        return Vec::new();
    }
    vec![(same_question("/nhan-su/xuat.xlsx", ask, place, None), "Excel"), (same_question("/nhan-su/xuat.csv", ask, place, None), "CSV")]
}

fn row(lang: Lang, line: &OfficialLine) -> Row {
    Row {
        href: format!("/nhan-su/{}", escaped(&line.code)),
        name: line.name.clone(),
        code: line.code.clone(),
        unit: line.unit.1.clone(),
        post: line.post.clone(),
        staff: word(lang, "person-staff", line.staff.code()),
        leadership: line.leadership.map(|l| word(lang, "person-leadership", l.code())),
    }
}
