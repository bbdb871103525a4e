//! The lines of a plan with their sums: what the plan says.
//! Not for: what it does (`effects`, `needs`, `load`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::PlanId;
use domain::plans::Line;
use domain::roles::Act;
use service::Ctx;
use service::plans::{self, shared};

use super::cells::LineView;
use super::{Head, path, viewed};
use crate::AppState;
use crate::asked::Asked;
use crate::errors::WebError;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "plans/lines.html")]
struct LinesPage {
    shell: Shell,
    head: Head,
    lines: Vec<LineView>,
    groups: Vec<(String, String)>,
    base: String,
    revision: i32,
    is_open: bool,
    /// Where classes of a line are written, once the plan is in force.
    opens: Option<String>,
}

/// The lines.
pub(crate) async fn lines(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let known = plans::known(&state.services, &signed_in.ctx, &view.body.officials()).await?;
    let of = shared(&view.body.lines, &known);
    let group = |group: &Option<domain::people::LeaderGroup>| match group {
        Some(group) => crate::words::word(lang, "group", group.code()),
        None => lang.t("plans-no-group"),
    };
    let opens = view.version.state == domain::plans::PlanState::Issued && signed_in.ctx.may(Act::KeepClasses);
    shell::page(&LinesPage {
        shell: Shell::new(&signed_in.visitor, &view.plan.title).on(signed_in.ctx.today),
        head: Head::of(lang, &view, ""),
        lines: view
            .body
            .lines
            .iter()
            .map(|line| LineView { map: on_map(&signed_in.ctx, view.plan.id, line), ..LineView::of(lang, line, &known) })
            .collect(),
        groups: of.by_group.iter().map(|(key, people)| (group(key), lang.number(*people))).collect(),
        base: path(view.plan.id, ""),
        revision: view.version.revision,
        is_open: view.is_open(),
        opens: opens.then(|| format!("/lop/moi?ke-hoach={}&dong=", view.plan.id)),
    })
}

/// Where a line that brings communes together is seen on the map.
fn on_map(ctx: &Ctx, plan: PlanId, line: &Line) -> Option<String> {
    (line.cluster.len() > 1 && ctx.may(Act::ViewClasses)).then(|| crate::classes::map::link_of_line(plan, line.key))
}
