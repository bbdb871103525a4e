//! `/don-vi/sap-xep`: reorganising units: choose an act, fill in its form, look at what it would do, do it; what was done, taken back.
//! Not for: the rules (`domain`), or other codes of units (`aliases`).

mod fields;
mod preview;
mod reading;
mod undo;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
#[cfg(test)]
use domain::orgs::reorganise::FaultKind;
use domain::orgs::reorganise::StepKind;
use domain::roles::{Act, Forbidden};
use domain::time::iso;
use service::registry::{self, Order, ReorganiseRefusal};

use crate::AppState;
use crate::asked::{Asked, address, escaped};
use crate::errors::{WebError, refused};
use crate::form::sheet::{Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

pub(crate) use reading::unit_meant;
pub(crate) use undo::{show as show_undo, take_back};

/// Where reorganising begins.
const HERE: &str = "/don-vi/sap-xep";
/// Reorganisations of one page.
const PAGE: u32 = 30;

#[derive(Template)]
#[template(path = "units/reorganise.html")]
struct ActsPage {
    shell: Shell,
    acts: Vec<ActCard>,
    done: Vec<DoneLine>,
    first: Option<String>,
    next: Option<String>,
}

/// An act to choose.
struct ActCard {
    href: String,
    name: String,
    what: String,
}

/// What was done.
struct DoneLine {
    when: String,
    act: String,
    subject: String,
    told: String,
    reason: String,
    /// When it was taken back.
    undone: Option<String>,
    undo: String,
}

/// Only who keeps units comes here.
pub(crate) fn guard(signed_in: &SignedIn) -> Result<(), WebError> {
    if registry::may_reorganise(&signed_in.ctx) { Ok(()) } else { Err(WebError::Forbidden(Forbidden { act: Act::KeepUnits })) }
}

/// The address of an act.
const fn slug(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Create => "lap",
        StepKind::Rename => "doi-ten",
        StepKind::Move => "chuyen",
        StepKind::Merge => "sap-nhap",
        StepKind::Split => "chia-tach",
        StepKind::Abolish => "giai-the",
    }
}

fn kind_of(slug_asked: &str) -> Result<StepKind, WebError> {
    StepKind::ALL.iter().copied().find(|kind| slug(*kind) == slug_asked).ok_or(WebError::NotFound)
}

/// The acts, and what was done.
pub(crate) async fn index(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let lang = signed_in.lang();
    let unit = asked.text("don-vi").map(str::to_owned);
    let before = asked.text("truoc").and_then(|text| text.parse().ok());
    let mut lines = registry::reorganisations(&state.services, &signed_in.ctx, before, PAGE + 1).await?;
    let more = lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let last = lines.last().map(|line| line.id.to_string());
    let card = |kind: &StepKind| ActCard {
        href: address(&format!("{HERE}/{}", slug(*kind)), &[("don-vi", unit.as_deref())]),
        name: lang.code_text("reorg-act", kind.code()),
        what: lang.code_text("reorg-what", kind.code()),
    };
    let line = |line: &registry::ReorganisationLine| DoneLine {
        when: lang.date(line.on),
        act: lang.code_text("reorg-act", line.act.code()),
        subject: line.subject.clone(),
        told: told(lang, line),
        reason: line.reason.clone(),
        undone: line.undone_at.map(|at| lang.with("reorg-undone", &[("when", lang.instant(at).into())])),
        undo: format!("{HERE}/hoan-tac/{}", line.id),
    };
    shell::page(&ActsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("reorg-title")),
        acts: StepKind::ALL.iter().map(card).collect(),
        done: lines.iter().map(line).collect(),
        first: before.map(|_| HERE.to_owned()),
        next: last.filter(|_| more).map(|last| address(HERE, &[("truoc", Some(&last))])),
    })
}

/// Who did it, when, by which decision, and how many people went.
fn told(lang: Lang, line: &registry::ReorganisationLine) -> String {
    let who = line.who.clone().unwrap_or_else(|| lang.t("keep-system"));
    let people = (line.people > 0).then(|| lang.counted("noun-people", line.people));
    let parts = [line.decision.clone(), people, Some(who), Some(lang.instant(line.at))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn form(signed_in: &SignedIn, kind: StepKind, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.code_text("reorg-act", kind.code())),
        back: (HERE.to_owned(), lang.t("reorg-title")),
        lead: lang.code_text("reorg-what", kind.code()),
        action: format!("{HERE}/{}", slug(kind)),
        submit: lang.t("reorg-look"),
        fields: fields::of(lang, kind),
        typed,
        mistakes,
    }
}

/// The form of an act.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(act): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let kind = kind_of(&act)?;
    guard(&signed_in)?;
    let mut typed = Typed::default();
    if let Some(code) = asked.text("don-vi") {
        let unit = registry::unit(&state.services, &signed_in.ctx, code, signed_in.ctx.today).await?;
        typed = fields::about(kind, &unit.unit);
    }
    form(&signed_in, kind, typed, Vec::new()).answer()
}

/// What the form asks for: the form again, a look at what it would do, or doing it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(act): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let kind = kind_of(&act)?;
    guard(&signed_in)?;
    let mut mistakes = Vec::new();
    let order = reading::order(&state, &signed_in, kind, &typed, &mut mistakes).await?;
    let Some(order) = order.filter(|_| mistakes.is_empty() && typed.text("act") != Some("edit")) else {
        return form(&signed_in, kind, typed, mistakes).answer();
    };
    if typed.text("act") == Some("do") && !preview::is_as_seen(&typed) {
        mistakes.push(Mistake::new("lam", signed_in.lang().t("reorg-chose")));
    } else if typed.text("act") == Some("do") {
        let seen = typed.text("seen").and_then(|text| text.parse().ok());
        match refused(registry::carry(&state.services, &signed_in.ctx, &order, seen).await)? {
            Ok(done) => return Ok(shell::see_other(&done_path(&order, &done.code))),
            Err(refusals) => mistakes = refusals.iter().map(|refusal| mistake(signed_in.lang(), kind, refusal)).collect(),
        }
    }
    match refused(registry::preview(&state.services, &signed_in.ctx, &order).await)? {
        Ok(seen) => preview::page(&signed_in, &order, &typed, &seen, mistakes),
        Err(refusals) => {
            let mistakes = refusals.iter().map(|refusal| mistake(signed_in.lang(), kind, refusal)).collect();
            form(&signed_in, kind, typed, mistakes).answer()
        }
    }
}

/// The unit to look at afterwards, on the first day of the new order.
fn done_path(order: &Order, code: &str) -> String {
    address(&format!("/don-vi/{}", escaped(code)), &[("ngay", Some(&iso(order.on))), ("xong", Some("sap-xep"))])
}

/// The words of a refusal, at the field it speaks of.
fn mistake(lang: Lang, kind: StepKind, refusal: &ReorganiseRefusal) -> Mistake {
    match refusal {
        ReorganiseRefusal::NoReason => Mistake::new("reason", lang.t("keep-no-reason")),
        ReorganiseRefusal::Held(people) => Mistake::new("khong-di-duoc", lang.with("reorg-held", &[("n", lang.size(*people).into())])),
        ReorganiseRefusal::Changed => Mistake::new("lam", lang.t("reorg-changed")),
        ReorganiseRefusal::Fault(fault, name) => {
            let text = lang.with(&format!("reorg-fault-{}", fault.kind.code()), &[("unit", name.clone().into())]);
            Mistake::new(fields::field_of(kind, fault.kind), text)
        }
    }
}

/// Every rule has words; a test holds the list.
#[cfg(test)]
pub(crate) fn keys() -> Vec<String> {
    let faults = FaultKind::ALL.iter().map(|kind| format!("reorg-fault-{}", kind.code()));
    let acts = StepKind::ALL.iter().flat_map(|kind| [format!("reorg-act-{}", kind.code()), format!("reorg-what-{}", kind.code())]);
    let holds = domain::orgs::reorganise::Hold::ALL.iter().map(|hold| format!("reorg-hold-{}", hold.code()));
    faults.chain(acts).chain(holds).collect()
}
