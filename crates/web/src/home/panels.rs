//! What waits on people: tasks that are late or due, quotas, printed figures that do not add up.
//! Not for: the boards themselves (`schemes`).

use std::sync::Arc;

use domain::roles::Act;
use futures_util::future::try_join_all;
use service::schemes::{self, QuotaBoard, Stored, TaskBoard, TaskRow, TaskState};
use service::{ActError, needs, reviews};

use crate::AppState;
use crate::drawing::Stack;
use crate::errors::WebError;
use crate::place::Place;
use crate::visitor::SignedIn;

/// Tasks shown at once.
const SHOWN: usize = 3;

/// The panels above the schemes.
pub(super) struct Panels {
    pub(super) tasks: Vec<TaskLine>,
    pub(super) tasks_late: String,
    pub(super) tasks_due: String,
    pub(super) late_href: String,
    pub(super) due_href: String,
    pub(super) quotas: Vec<QuotaPanel>,
    pub(super) quality: Option<Quality>,
    pub(super) waiting: Option<Waiting>,
}

/// Answers to reviews and needs that wait for the visitor.
pub(super) struct Waiting {
    pub(super) reviews: String,
    pub(super) needs: String,
    pub(super) late: Option<String>,
    pub(super) reminded: Option<String>,
}

/// What waits for the visitor; none when nothing does.
async fn waiting_for(state: &AppState, signed_in: &SignedIn) -> Result<Option<Waiting>, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    if !ctx.may(Act::ViewNeeds) {
        return Ok(None);
    }
    let going = reviews::going(&state.services, ctx).await?;
    let needs = needs::waiting(&state.services, ctx).await?;
    let late = going.iter().filter(|(answer, _)| answer.is_late(ctx.today)).count();
    let reminded = going.iter().filter(|(answer, _)| answer.reminded.is_some()).count();
    let told = |count: usize| (count > 0).then(|| lang.size(count));
    let waiting = Waiting { reviews: lang.size(going.len()), needs: lang.size(needs.len()), late: told(late), reminded: told(reminded) };
    Ok((!going.is_empty() || !needs.is_empty()).then_some(waiting))
}

/// A task that waits.
pub(super) struct TaskLine {
    pub(super) title: String,
    pub(super) state: &'static str,
    pub(super) state_word: String,
    pub(super) deadline: String,
    pub(super) lead: String,
    pub(super) href: String,
}

/// The quotas of one scheme.
pub(super) struct QuotaPanel {
    pub(super) title: String,
    pub(super) reached: String,
    pub(super) all: String,
    pub(super) stack: Stack,
    pub(super) href: String,
}

/// Printed figures of signed documents.
pub(super) struct Quality {
    pub(super) wrong: String,
    pub(super) examined: String,
    pub(super) href: &'static str,
    pub(super) has_page: bool,
}

impl Panels {
    pub(super) async fn load(state: &AppState, signed_in: &SignedIn, place: &Place, stored: &[Arc<Stored>]) -> Result<Self, WebError> {
        let lang = place.lang();
        let boards = try_join_all(stored.iter().map(|scheme| boards(state, signed_in, place, scheme))).await?;
        let mut waiting: Vec<(&Arc<Stored>, TaskRow)> = Vec::new();
        let mut quotas = Vec::new();
        for (scheme, (tasks, board)) in stored.iter().zip(boards) {
            let rows = tasks.rows.into_iter().filter(|row| matches!(row.state, TaskState::Late | TaskState::Due));
            waiting.extend(rows.map(|row| (scheme, row)));
            if !scheme.scheme.quotas.is_empty() {
                let (reached, all) = board.reached();
                quotas.push(quota(place, scheme, reached, all));
            }
        }
        // What can still be done in time first, then what was missed last.
        waiting.sort_by_key(|(_, row)| match (row.state, row.deadline) {
            (TaskState::Due, Some(day)) => (0, domain::time::number(day)),
            (_, Some(day)) => (1, -domain::time::number(day)),
            (_, None) => (2, 0),
        });
        let count = |wanted: TaskState| waiting.iter().filter(|(_, row)| row.state == wanted).count();
        Ok(Self {
            tasks_late: lang.size(count(TaskState::Late)),
            tasks_due: lang.size(count(TaskState::Due)),
            late_href: place.link("/nhiem-vu", &[("trang-thai", Some(TaskState::Late.code()))]),
            due_href: place.link("/nhiem-vu", &[("trang-thai", Some(TaskState::Due.code()))]),
            tasks: waiting.iter().take(SHOWN).map(|(scheme, row)| line(place, scheme, row)).collect(),
            quotas,
            quality: quality(signed_in, place)?,
            waiting: waiting_for(state, signed_in).await?,
        })
    }
}

async fn boards(state: &AppState, signed_in: &SignedIn, place: &Place, stored: &Stored) -> Result<(TaskBoard, Arc<QuotaBoard>), ActError> {
    let code = &stored.scheme.code;
    let tasks = schemes::tasks(&state.services, &signed_in.ctx, code, place.day).await?;
    Ok((tasks, schemes::quotas(&state.services, &signed_in.ctx, code, place.day).await?))
}

fn line(place: &Place, stored: &Stored, row: &TaskRow) -> TaskLine {
    let lang = place.lang();
    let lead: Vec<&str> = row.task.lead.iter().map(|code| stored.scheme.actor_title(code, lang.is_vi())).collect();
    TaskLine {
        title: lang.of(&row.task.title).to_owned(),
        state: row.state.code(),
        state_word: lang.code_text("task", row.state.code()),
        deadline: row.deadline.map(|day| lang.date(day)).unwrap_or_default(),
        lead: lead.join(", "),
        href: format!("{}#nv-{}", place.link(&format!("/de-an/{}", stored.scheme.code), &[]), row.task.code),
    }
}

fn quota(place: &Place, stored: &Stored, reached: usize, all: usize) -> QuotaPanel {
    let lang = place.lang();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let open = all.saturating_sub(reached);
    let label = lang.with("home-quota-label", &[("reached", lang.size(reached).into()), ("all", lang.size(all).into())]);
    QuotaPanel {
        title: lang.of(&stored.scheme.title).to_owned(),
        reached: lang.size(reached),
        all: lang.size(all),
        stack: Stack::of(&[("met", count(reached)), ("open", count(open))], label),
        href: format!("{}#chi-tieu-giao", place.link(&format!("/de-an/{}", stored.scheme.code), &[])),
    }
}

fn quality(signed_in: &SignedIn, place: &Place) -> Result<Option<Quality>, WebError> {
    if !signed_in.ctx.may(Act::ViewQuality) {
        return Ok(None);
    }
    let examined = schemes::quality(&signed_in.ctx)?;
    let all: usize = examined.iter().map(|q| q.findings.len()).sum();
    let wrong = examined.iter().flat_map(|q| q.findings.iter()).filter(|f| !f.consistent).count();
    Ok(Some(Quality {
        wrong: place.lang().size(wrong),
        examined: place.lang().with("home-quality-of", &[("n", place.lang().size(all).into())]),
        href: "/chat-luong",
        has_page: crate::routes::exists("/chat-luong"),
    }))
}
