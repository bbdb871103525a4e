//! `/nhiem-vu`: the tasks of all documents in force in one list, what is late first; by state and by who leads.
//! Not for: recording evidence; that is done on the board of the document (`tasks`).

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::roles::Act;
use domain::time;
use futures_util::future::try_join_all;
use service::schemes::{self, Stored, TaskRow, TaskState};

use crate::AppState;
use crate::asked::Asked;
use crate::errors::WebError;
use crate::place::{DAY, Picker, Place, UNIT};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const PATH: &str = "/nhiem-vu";
/// Name of the state in addresses; the first page leads here with it.
const STATE: &str = "trang-thai";
/// Name of who leads in addresses.
const LEAD: &str = "chu-tri";

#[derive(Template)]
#[template(path = "schemes/all_tasks.html")]
struct TasksPage<'a> {
    shell: Shell,
    day: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    all: String,
    all_link: String,
    is_filtered: bool,
    facets: Vec<Facet>,
    /// Who leads some task, and whether that is chosen.
    leads: Vec<(String, bool)>,
    kept: Vec<(&'static str, String)>,
    rows: Vec<Row>,
}

/// A state with how many tasks are in it.
struct Facet {
    state: &'static str,
    word: String,
    count: String,
    is_none: bool,
    href: String,
    is_chosen: bool,
}

/// A task of a document.
struct Row {
    code: String,
    title: String,
    href: String,
    scheme: String,
    scheme_href: String,
    section: String,
    lead: String,
    state: &'static str,
    word: String,
    deadline: String,
    missed: String,
    done: String,
}

/// A task with its document.
struct Found {
    stored: Arc<Stored>,
    row: TaskRow,
    leads: Vec<String>,
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewProgress)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let found = load(&state, &signed_in, &place).await?;
    let chosen = asked.text(STATE).and_then(TaskState::from_code);
    shell::page(&view(&signed_in, &place, &found, chosen, asked.text(LEAD)))
}

/// Tasks of all documents: by state, then by deadline, in document order.
async fn load(state: &AppState, signed_in: &SignedIn, place: &Place) -> Result<Vec<Found>, WebError> {
    let lang = place.lang();
    let stored = schemes::in_force(&state.services, &signed_in.ctx).await?;
    let codes = stored.iter().map(|s| s.scheme.code.as_str());
    let boards = try_join_all(codes.map(|code| schemes::tasks(&state.services, &signed_in.ctx, code, place.day))).await?;
    let mut found = Vec::new();
    for (stored, board) in stored.iter().zip(boards) {
        for row in board.rows {
            let leads = row.task.lead.iter().map(|code| stored.scheme.actor_title(code, lang.is_vi()).to_owned()).collect();
            found.push(Found { stored: Arc::clone(stored), row, leads });
        }
    }
    let order = |state: TaskState| TaskState::ALL.iter().position(|s| *s == state);
    found.sort_by_key(|f| (order(f.row.state), f.row.deadline.is_none(), f.row.deadline.map(time::number)));
    Ok(found)
}

fn view<'a>(signed_in: &SignedIn, place: &'a Place, found: &[Found], chosen: Option<TaskState>, lead: Option<&str>) -> TasksPage<'a> {
    let lang = place.lang();
    let names: BTreeSet<&str> = found.iter().flat_map(|f| f.leads.iter().map(String::as_str)).collect();
    // A name of another language, kept in an address, chooses nobody.
    let lead = lead.filter(|name| names.contains(name));
    let led: Vec<&Found> = found.iter().filter(|f| lead.is_none_or(|name| f.leads.iter().any(|l| l == name))).collect();
    let code = chosen.map(TaskState::code);
    let day = (place.day != signed_in.ctx.today).then(|| time::iso(place.day));
    let kept = [(DAY, day), (UNIT, place.unit_code().map(str::to_owned)), (STATE, code.map(str::to_owned))];
    TasksPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("tasks-title")).on(place.day),
        day: lang.date(place.day),
        notices: place.notices.clone(),
        picker: place.day_picker(PATH, &[(STATE, code), (LEAD, lead)]),
        all: lang.size(led.iter().filter(|f| waits(f.row.state)).count()),
        all_link: place.link(PATH, &[(LEAD, lead)]),
        is_filtered: chosen.is_some(),
        facets: TaskState::ALL.iter().map(|state| facet(place, *state, chosen, lead, &led)).collect(),
        leads: names.iter().map(|name| ((*name).to_owned(), lead == Some(*name))).collect(),
        kept: kept.into_iter().filter_map(|(name, value)| value.map(|v| (name, v))).collect(),
        rows: led
            .iter()
            .filter(|f| chosen.map_or_else(|| waits(f.row.state), |state| f.row.state == state))
            .map(|f| row(place, f))
            .collect(),
    }
}

/// Whether there is a day by which it must be done, and it is not.
const fn waits(state: TaskState) -> bool {
    matches!(state, TaskState::Late | TaskState::Due | TaskState::Open)
}

fn facet(place: &Place, state: TaskState, chosen: Option<TaskState>, lead: Option<&str>, led: &[&Found]) -> Facet {
    let count = led.iter().filter(|f| f.row.state == state).count();
    Facet {
        state: state.code(),
        word: place.lang().code_text("task", state.code()),
        count: place.lang().size(count),
        is_none: count == 0,
        href: place.link(PATH, &[(STATE, Some(state.code())), (LEAD, lead)]),
        is_chosen: chosen == Some(state),
    }
}

fn row(place: &Place, found: &Found) -> Row {
    let lang = place.lang();
    let (scheme, task) = (&found.stored.scheme, &found.row.task);
    let scheme_href = place.link(&format!("/de-an/{}", scheme.code), &[]);
    let missed = i64::try_from(found.row.missed).unwrap_or(i64::MAX);
    let said = |(day, evidence): &(time::Date, String)| {
        lang.with("task-done-said", &[("day", lang.date(*day).into()), ("evidence", evidence.as_str().into())])
    };
    Row {
        code: task.code.clone(),
        title: lang.of(&task.title).to_owned(),
        href: format!("{scheme_href}#nv-{}", task.code),
        scheme: lang.of(&scheme.title).to_owned(),
        scheme_href,
        section: task.section.clone(),
        lead: found.leads.join(", "),
        state: found.row.state.code(),
        word: lang.code_text("task", found.row.state.code()),
        deadline: found.row.deadline.map(|day| lang.date(day)).unwrap_or_default(),
        missed: if missed > 1 { lang.counted("task-missed", missed) } else { String::new() },
        done: found.row.done.as_ref().map(said).unwrap_or_default(),
    }
}
