//! `/ke-hoach`: plans of training: the list, one plan with what it does, its lines, its life.
//! Not for: rules and sums (`domain::plans`, `service::plans`).

pub(crate) mod acts;
mod cells;
pub(crate) mod compare;
pub(crate) mod create;
pub(crate) mod effects;
mod fields;
pub(crate) mod files;
pub(crate) mod line;
pub(crate) mod list;
pub(crate) mod load;
pub(crate) mod needs;
pub(crate) mod propose;
pub(crate) mod show;

use domain::ids::PlanId;
use domain::plans::PlanState;
use service::plans::{self, PlanLine, PlanRefusal, VersionLine, View};

use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::form::Mistake;
use crate::i18n::Lang;
use crate::visitor::SignedIn;

/// Where plans are.
const HERE: &str = "/ke-hoach";

/// The address of a plan, or of something of it.
fn path(plan: PlanId, more: &str) -> String {
    format!("{HERE}/{plan}{more}")
}

/// The plan that an address means, by the version it asks for.
async fn viewed(state: &AppState, signed_in: &SignedIn, id: i64, asked: &Asked) -> Result<View, WebError> {
    let number = asked.text("so").and_then(|number| number.parse().ok());
    Ok(plans::one(&state.services, &signed_in.ctx, PlanId(id), number).await?)
}

/// The picture of a state.
const fn chip(state: PlanState) -> &'static str {
    match state {
        PlanState::Draft => "draft",
        PlanState::Submitted => "due",
        PlanState::Issued => "published",
        PlanState::Replaced | PlanState::Withdrawn => "retired",
    }
}

/// One year, or the first and the last.
fn years(plan: &PlanLine) -> String {
    if plan.from == plan.to { plan.from.to_string() } else { format!("{}–{}", plan.from, plan.to) }
}

/// An amount of đồng.
fn dong(lang: Lang, amount: i64) -> String {
    format!("{} đ", lang.number(amount))
}

/// What stands over every page of a plan.
struct Head {
    title: String,
    unit: String,
    about: String,
    state: &'static str,
    state_word: String,
    version: String,
    above: Option<(String, String)>,
    tabs: Vec<Tab>,
    sums: Vec<(String, String)>,
    acts: Vec<(String, &'static str, String, bool)>,
    note: Option<String>,
}

struct Tab {
    href: String,
    text: String,
    is_here: bool,
}

/// Pages of a plan: the end of the address and the key of the name.
const TABS: [(&str, &str); 7] = [
    ("", "plans-tab-lines"),
    ("/tac-dong", "plans-tab-effects"),
    ("/nhu-cau", "plans-tab-needs"),
    ("/trung-lap", "plans-tab-overlaps"),
    ("/tai", "plans-tab-load"),
    ("/kinh-phi", "plans-tab-money"),
    ("/ban", "plans-tab-versions"),
];

impl Head {
    fn of(lang: Lang, view: &View, here: &str) -> Self {
        let (plan, version) = (&view.plan, &view.version);
        let number = version.number.to_string();
        let kept = || Some(number.as_str()).filter(|_| plan.versions.first().is_none_or(|newest| newest.number != version.number));
        let tab = |(end, key): &(&str, &str)| Tab {
            href: address(&path(plan.id, end), &[("so", kept())]),
            text: lang.t(key),
            is_here: *end == here,
        };
        let totals = view.body.totals();
        let sums = [
            ("plans-lines", lang.number(totals.lines)),
            ("plans-classes", lang.number(totals.classes)),
            ("plans-people", lang.number(totals.people)),
            ("plans-cost", dong(lang, totals.cost)),
        ];
        Self {
            title: plan.title.clone(),
            unit: plan.unit_name.clone(),
            about: format!("{} · {}", lang.code_text("plan-kind", plan.kind.code()), years(plan)),
            state: chip(version.state),
            state_word: lang.code_text("plan-state", version.state.code()),
            version: told(lang, version),
            above: view.above.as_ref().map(|above| (path(above.id, ""), above.title.clone())),
            tabs: TABS.iter().map(tab).collect(),
            sums: sums.into_iter().map(|(key, text)| (lang.t(key), text)).collect(),
            acts: acts_of(lang, view),
            note: Some(version.note.clone()).filter(|note| !note.is_empty()),
        }
    }
}

/// "Bản 2, số 118/KH-UBND ngày 15/05/2026".
fn told(lang: Lang, version: &VersionLine) -> String {
    let number = i64::from(version.number);
    match (&version.paper_number, version.issued_on) {
        (Some(paper), Some(day)) => lang.with(
            "plans-version-issued",
            &[("number", number.into()), ("paper", paper.as_str().to_owned().into()), ("day", lang.date(day).into())],
        ),
        _ => lang.with("plans-version", &[("number", number.into())]),
    }
}

/// What the asker may do with the version that is looked at: address, picture, words, whether it is the first thing to do.
fn acts_of(lang: Lang, view: &View) -> Vec<(String, &'static str, String, bool)> {
    let act = |end: &str, icon: &'static str, key: &str, first: bool| (path(view.plan.id, end), icon, lang.t(key), first);
    let mut acts = Vec::new();
    if view.is_open() {
        acts.push(act("/dong/moi", "plus", "plans-add-line", true));
        acts.push(act("/de-xuat", "needs", "plans-propose", false));
        acts.push(act("/gop", "units", "plans-take-in", false));
        acts.push(act("/trinh", "arrow", "plans-check", false));
    }
    if let Some(case) = view.version.case {
        acts.push((crate::papers::path(case), "papers", lang.t("plans-paper"), view.version.state == PlanState::Submitted));
    }
    if view.may_keep && view.version.state == PlanState::Submitted {
        acts.push(act("/viec/lay-lai", "draft", "plans-recall", false));
    }
    if view.may_keep && view.version.state == PlanState::Issued && view.plan.open().is_none() {
        acts.push(act("/viec/sua-doi", "edit", "plans-amend", true));
    }
    if view.may_be_withdrawn() {
        acts.push(act("/viec/rut", "retired", "plans-withdraw", false));
    }
    let number = view.version.number.to_string();
    if !view.body.lines.is_empty() {
        let file = |ending: &str| address(&path(view.plan.id, &format!("/ban.{ending}")), &[("so", Some(&number))]);
        acts.extend(crate::papers::files::links(lang, file).into_iter().map(|(href, text)| (href, "download", text, false)));
    }
    acts.push((address(&path(view.plan.id, "/xuat.xlsx"), &[("so", Some(&number))]), "download", lang.t("plans-xlsx"), false));
    acts.push((address(&path(view.plan.id, "/xuat.csv"), &[("so", Some(&number))]), "download", lang.t("plans-csv"), false));
    acts
}

/// The words of a refusal, at the field it speaks of.
fn mistake(lang: Lang, refusal: &PlanRefusal) -> Vec<Mistake> {
    let one = |field: &str, key: &str| vec![Mistake::new(field, lang.t(key))];
    match refusal {
        PlanRefusal::NoTitle => one("title", "plans-no-title"),
        PlanRefusal::BadYears => one("from", "plans-bad-years"),
        PlanRefusal::OutsideStage(from, to) => {
            let text = lang.with("plans-outside-above", &[("from", i64::from(*from).into()), ("to", i64::from(*to).into())]);
            vec![Mistake::new("from", text)]
        }
        PlanRefusal::NotUnder => one("under", "plans-not-under"),
        PlanRefusal::Exists(_) => one("unit", "plans-exists"),
        PlanRefusal::Faults(faults) => faults.iter().map(|fault| Mistake::new(fault.kind.field(), cells::fault(lang, fault))).collect(),
        PlanRefusal::NoLines => one("dong", "plans-no-lines"),
        PlanRefusal::WrongState => one("trang-thai", "plans-wrong-state"),
        PlanRefusal::DraftExists(number) => {
            vec![Mistake::new("trang-thai", lang.with("plans-draft-exists", &[("number", i64::from(*number).into())]))]
        }
        PlanRefusal::NoReason => one("reason", "keep-no-reason"),
        PlanRefusal::Paper(refusal) => vec![Mistake::new("trang-thai", crate::papers::refusal(lang, refusal))],
    }
}

/// Words of the codes of plans; a test holds the list.
#[cfg(test)]
pub(crate) fn keys() -> Vec<String> {
    use domain::plans::burden::OverlapKind;
    use domain::plans::check::FaultKind;
    use domain::plans::effects::NotMoved;
    use domain::plans::{MoneySource, PlanKind};
    let states = PlanState::ALL.iter().map(|code| format!("plan-state-{}", code.code()));
    let kinds = PlanKind::ALL.iter().map(|code| format!("plan-kind-{}", code.code()));
    let sources = MoneySource::ALL.iter().map(|code| format!("plan-source-{}", code.code()));
    let faults = FaultKind::ALL.iter().map(|code| format!("plan-fault-{}", code.code()));
    let unmoved = NotMoved::ALL.iter().map(|code| format!("plan-unmoved-{}", code.code()));
    let overlaps = OverlapKind::ALL.iter().map(|code| format!("plan-overlap-{}", code.code()));
    let fields = cells::COMPARED.iter().map(|field| format!("plan-line-{}", field.replace('_', "-")));
    states.chain(kinds).chain(sources).chain(faults).chain(unmoved).chain(overlaps).chain(fields).collect()
}
