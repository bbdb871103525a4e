//! `/van-ban`: papers that wait on the reader first, then the late ones, the reader's own, those on their way, those that are over.
//! Not for: one paper (`one`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::papers::PaperKind;
use domain::roles::Act;
use service::papers::{self, Case, InboxAsk, Which};

use super::{due, path};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const HERE: &str = "/van-ban";
/// Papers on a page.
const MOST: u32 = 50;

#[derive(Template)]
#[template(path = "papers/inbox.html")]
struct InboxPage {
    shell: Shell,
    /// Address, words, whether it is the one shown.
    tabs: Vec<(String, String, bool)>,
    kinds: Vec<(&'static str, String, bool)>,
    which: &'static str,
    rows: Vec<Row>,
    none: String,
    first: Option<String>,
    next: Option<String>,
    writes: bool,
    sees_all: bool,
}

struct Row {
    href: String,
    title: String,
    kind: String,
    unit: String,
    holder: String,
    since: String,
    /// Icon and words.
    state: (&'static str, String),
    /// Shown to the reader as the next level.
    escalated: bool,
}

fn row(lang: Lang, signed_in: &SignedIn, case: &Case) -> Row {
    let (icon, words) = match (due(lang, case, signed_in.ctx.today), case.state) {
        (Some((true, words)), _) => ("late", words),
        (Some((false, words)), _) => ("open", words),
        (None, domain::papers::CaseState::Issued) => {
            ("done", case.number.as_ref().map_or_else(String::new, |number| number.symbol.clone()))
        }
        (None, state) => ("open", word(lang, "case-state", state.code())),
    };
    Row {
        href: path(case.id),
        title: case.title.clone(),
        kind: word(lang, "paper-kind", case.kind.code()),
        unit: case.unit.2.clone(),
        holder: word(lang, "holder", case.holder.code()),
        since: lang.instant(case.since),
        state: (icon, words),
        escalated: papers::late_for(&signed_in.ctx, case),
    }
}

/// The inbox.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let handles = signed_in.ctx.may(Act::HandlePapers);
    let otherwise = if handles { Which::Waiting } else { Which::Open };
    let which = asked.text("xem").and_then(Which::from_code).unwrap_or(otherwise);
    let kind = asked.text("loai").and_then(PaperKind::from_code);
    let skip: u32 = asked.text("sau").and_then(|text| text.parse().ok()).unwrap_or(0);
    let found = papers::inbox(&state.services, &signed_in.ctx, &InboxAsk { which, kind, skip, limit: MOST }).await?;
    let link = |which: Which, after: Option<String>| {
        address(HERE, &[("xem", Some(which.code())), ("loai", kind.map(PaperKind::code)), ("sau", after.as_deref())])
    };
    let tab = |one: &Which| {
        let words = match one {
            Which::Waiting => lang.with("papers-tab-waiting", &[("n", lang.number(found.waiting).into())]),
            other => word(lang, "papers-tab", other.code()),
        };
        (link(*one, None), words, *one == which)
    };
    let kinds = PaperKind::ALL.iter().map(|one| (one.code(), word(lang, "paper-kind", one.code()), Some(*one) == kind));
    shell::page(&InboxPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("papers-title")),
        tabs: Which::ALL.iter().filter(|one| handles || !matches!(one, Which::Waiting | Which::Begun)).map(tab).collect(),
        kinds: kinds.collect(),
        which: which.code(),
        rows: found.lines.iter().map(|case| row(lang, &signed_in, case)).collect(),
        none: lang.code_text("papers-none", which.code()),
        first: (skip > 0).then(|| link(which, None)),
        next: found.has_more.then(|| link(which, Some((skip + MOST).to_string()))),
        writes: handles,
        sees_all: papers::sees_all(&signed_in.ctx),
    })
}
