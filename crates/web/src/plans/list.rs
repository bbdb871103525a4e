//! The list of plans by year, with the sums of what stands under each.
//! Not for: one plan.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::roles::Act;
use service::plans::{self, Deadline, Listed};

use super::{HERE, chip, dong, path, told, years};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "plans/list.html")]
struct ListPage {
    shell: Shell,
    lead: String,
    years: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    rules: Vec<(String, bool)>,
    may_write: bool,
}

struct Row {
    href: String,
    title: String,
    unit: String,
    about: String,
    is_below: bool,
    state: &'static str,
    state_word: String,
    paper: String,
    classes: String,
    people: String,
    cost: String,
    below: String,
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let year: Option<i32> = asked.text("nam").and_then(|year| year.parse().ok());
    let all = plans::list(&state.services, &signed_in.ctx, None).await?;
    let mut known: Vec<i32> = all.iter().flat_map(|listed| listed.plan.from..=listed.plan.to).collect();
    known.sort_unstable();
    known.dedup();
    let is_wanted = |listed: &&Listed| year.is_none_or(|year| (listed.plan.from..=listed.plan.to).contains(&year));
    let rows: Vec<Row> = all.iter().filter(is_wanted).map(|listed| row(lang, listed)).collect();
    let deadlines = plans::deadlines(&state.services, &signed_in.ctx, &all).await?;
    let link = |year: Option<i32>| address(HERE, &[("nam", year.map(|year| year.to_string()).as_deref())]);
    let every = (link(None), lang.t("plans-every-year"), year.is_none());
    shell::page(&ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("plans-title")),
        lead: lang.with("plans-lead", &[("n", lang.size(rows.len()).into())]),
        years: std::iter::once(every).chain(known.iter().map(|y| (link(Some(*y)), y.to_string(), year == Some(*y)))).collect(),
        rows,
        rules: deadlines.iter().map(|due| (deadline(lang, due), due.is_met)).collect(),
        may_write: signed_in.ctx.may(Act::KeepPlans),
    })
}

fn deadline(lang: Lang, due: &Deadline) -> String {
    let stages: Vec<String> = due.stages.iter().map(|(from, to)| format!("{from}–{to}")).collect();
    let key = if due.is_met { "plans-deadline-met" } else { "plans-deadline" };
    lang.with(
        key,
        &[
            ("year", due.year.to_string().into()),
            ("day", lang.date(due.last_day).into()),
            ("stages", stages.join(", ").into()),
            ("basis", lang.of(&due.basis).to_owned().into()),
        ],
    )
}

fn row(lang: Lang, listed: &Listed) -> Row {
    let (plan, version, below) = (&listed.plan, &listed.version, &listed.below);
    let under = lang.with(
        "plans-below",
        &[
            ("n", lang.size(listed.children).into()),
            ("classes", lang.number(below.classes).into()),
            ("people", lang.number(below.people).into()),
            ("cost", dong(lang, below.cost).into()),
        ],
    );
    Row {
        href: path(plan.id, ""),
        title: plan.title.clone(),
        unit: plan.unit_name.clone(),
        about: format!("{} · {}", lang.code_text("plan-kind", plan.kind.code()), years(plan)),
        is_below: plan.under.is_some(),
        state: chip(version.state),
        state_word: lang.code_text("plan-state", version.state.code()),
        paper: plan.in_force().map(|version| told(lang, version)).unwrap_or_default(),
        classes: lang.number(listed.totals.classes),
        people: lang.number(listed.totals.people),
        cost: dong(lang, listed.totals.cost),
        below: if listed.children > 0 { under } else { String::new() },
    }
}
