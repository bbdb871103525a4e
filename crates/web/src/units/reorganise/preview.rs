//! What an act would do, and where its people go: looked at, changed, and then done.
//! Not for: working it out (`service`).

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::orgs::reorganise::{Fate, Heir, Step};
use domain::time::iso;
use service::registry::{Named, Order, Preview};

use super::reading::{CHILD, LIST, POST};
use super::{HERE, slug};
use crate::asked::{address, escaped};
use crate::errors::WebError;
use crate::form::Mistake;
use crate::form::sheet::Typed;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// People who cannot go, named one by one.
const MOST_NAMED: usize = 100;

#[derive(Template)]
#[template(path = "units/preview.html")]
struct PreviewPage {
    shell: Shell,
    lead: String,
    act: String,
    action: String,
    mistakes: Vec<Mistake>,
    changes: Vec<Change>,
    flows: Vec<(String, String, String)>,
    people: String,
    notes: Vec<String>,
    stuck: Vec<Held>,
    stuck_more: Option<String>,
    choices: Vec<Choice>,
    lists: Vec<List>,
    hidden: Vec<(String, String)>,
    figures: Vec<(String, String)>,
    can_do: bool,
}

/// Units that end, begin, move or are renamed.
struct Change {
    heading: String,
    rows: Vec<(String, Option<String>)>,
}

/// Somebody who cannot go.
struct Held {
    href: String,
    name: String,
    code: String,
    what: String,
    why: String,
}

/// Where a unit or a post goes.
struct Choice {
    id: String,
    name: String,
    label: String,
    /// Value, text, chosen; nothing for a unit that is typed.
    options: Vec<(String, String, bool)>,
    value: String,
}

/// A list of staff codes that go to one place.
struct List {
    id: String,
    name: String,
    label: String,
    value: String,
}

/// The page.
pub(super) fn page(
    signed_in: &SignedIn,
    order: &Order,
    typed: &Typed,
    seen: &Preview,
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let kind = order.step.kind();
    let action = format!("{HERE}/{}", slug(kind));
    let own = |name: &str| [CHILD, POST, LIST].iter().any(|prefix| name.starts_with(prefix));
    let goes_along = typed.all().filter(|(name, _)| !matches!(*name, "csrf" | "act" | "seen" | "chose"));
    let (choices, lists) = chosen(lang, order, typed, seen);
    let hidden = goes_along.filter(|(name, _)| !own(name)).map(|(name, value)| (name.to_owned(), value.to_owned()));
    let chose =
        choices.iter().map(|c| (c.name.as_str(), c.value.as_str())).chain(lists.iter().map(|l| (l.name.as_str(), l.value.as_str())));
    let seen_as = [("seen".to_owned(), seen.facts.to_string()), ("chose".to_owned(), mark(chose))];
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = PreviewPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("reorg-preview")).at(&action),
        lead: lang.with("reorg-preview-lead", &[("day", lang.date(order.on).into())]),
        act: lang.code_text("reorg-act", kind.code()),
        mistakes,
        changes: changes(lang, seen),
        flows: seen.flows.iter().map(|flow| (told(&flow.from), told(&flow.to), lang.size(flow.people))).collect(),
        people: lang.counted("noun-people", count(seen.people)),
        notes: notes(lang, seen),
        stuck: seen.stuck.iter().take(MOST_NAMED).map(|line| held(lang, line)).collect(),
        stuck_more: (seen.stuck.len() > MOST_NAMED).then(|| lang.size(seen.stuck.len() - MOST_NAMED)),
        hidden: hidden.chain(seen_as).collect(),
        choices,
        lists,
        figures: figures(lang, order, seen),
        can_do: seen.stuck.is_empty(),
        action,
    };
    shell::page_with(status, &page)
}

/// A mark of what was chosen, so that nothing is done that was not looked at.
fn mark<'a>(chosen: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let chosen: BTreeSet<(&str, &str)> = chosen.map(|(name, value)| (name, value.trim())).filter(|(_, value)| !value.is_empty()).collect();
    let mut hasher = DefaultHasher::new();
    chosen.hash(&mut hasher);
    hasher.finish().to_string()
}

/// Whether the choices of a form are those that the preview showed.
pub(super) fn is_as_seen(typed: &Typed) -> bool {
    let is_choice = |name: &str| [CHILD, POST, LIST].iter().any(|prefix| name.starts_with(prefix));
    typed.text("chose").is_none_or(|seen| seen == mark(typed.all().filter(|(name, _)| is_choice(name))))
}

/// What becomes of units; kinds of changes that there are none of are left out.
fn changes(lang: Lang, seen: &Preview) -> Vec<Change> {
    let named = |heading: &str, rows: Vec<(String, Option<String>)>| Change { heading: lang.t(heading), rows };
    let pairs = |pairs: &[(Named, Named)]| pairs.iter().map(|(unit, other)| (told(unit), Some(told(other)))).collect();
    let all = [
        named("reorg-ends", seen.ends.iter().map(|unit| (told(unit), None)).collect()),
        named("reorg-begins", pairs(&seen.begins)),
        named("reorg-moves", pairs(&seen.moves)),
        named("reorg-renames", pairs(&seen.renames)),
    ];
    all.into_iter().filter(|change| !change.rows.is_empty()).collect()
}

fn told((code, name): &Named) -> String {
    format!("{name} ({code})")
}

fn count(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}

/// What a person should know before doing it.
fn notes(lang: Lang, seen: &Preview) -> Vec<String> {
    let note = |key: &str, number: usize| (number > 0).then(|| lang.with(key, &[("n", lang.size(number).into())]));
    let accounts = usize::try_from(seen.accounts).unwrap_or(0);
    [
        note("reorg-note-staying", seen.staying),
        note("reorg-note-leaders", seen.leaders),
        note("reorg-note-anew", seen.anew),
        note("reorg-note-accounts", accounts),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn held(lang: Lang, line: &service::registry::StuckLine) -> Held {
    Held {
        href: format!("/nhan-su/{}", escaped(&line.person.0)),
        code: line.person.0.clone(),
        name: line.person.1.clone(),
        what: format!("{}, {}", line.post, line.unit.1),
        why: lang.code_text("reorg-hold", line.hold.code()),
    }
}

/// Where figures of the unit are seen on the map of the day before and of the day.
fn figures(lang: Lang, order: &Order, seen: &Preview) -> Vec<(String, String)> {
    let link = |day: Option<domain::time::Date>| {
        let day = day?;
        let text = lang.with("reorg-figures", &[("unit", seen.subject.1.clone().into()), ("day", lang.date(day).into())]);
        Some((address("/", &[("don-vi", Some(&seen.subject.0)), ("ngay", Some(&iso(day)))]), text))
    };
    let lives = !seen.subject.0.is_empty() && seen.begins.iter().all(|(unit, _)| unit.0 != seen.subject.0);
    if lives { link(order.on.previous_day()).into_iter().collect() } else { Vec::new() }
}

/// What may be chosen: of a split where each unit and post goes, without a successor where each post goes.
fn chosen(lang: Lang, order: &Order, typed: &Typed, seen: &Preview) -> (Vec<Choice>, Vec<List>) {
    match &order.step {
        Step::Split { into, stays, .. } => {
            let parts = parts(seen, into, *stays);
            let children = seen.children.iter().enumerate().map(|(place, unit)| child(lang, typed, place, unit, &parts));
            let posts = seen.posts.iter().enumerate().map(|(place, post)| whose(lang, typed, place, post, &parts));
            let list = |(place, name): (usize, &String)| List {
                id: format!("danh-sach-{place}"),
                name: format!("{LIST}{place}"),
                label: lang.with("reorg-list", &[("unit", name.clone().into())]),
                value: typed.words(&format!("{LIST}{place}")).to_owned(),
            };
            (children.chain(posts).collect(), parts.iter().enumerate().map(list).collect())
        }
        Step::Abolish { into: None, .. } => {
            let posts = seen.posts.iter().enumerate().map(|(place, (title, people))| Choice {
                id: if place == 0 { "vi-tri".to_owned() } else { format!("vi-tri-{place}") },
                name: format!("{POST}{title}"),
                label: lang.with("reorg-post-to", &[("post", title.clone().into()), ("n", lang.size(*people).into())]),
                options: Vec::new(),
                value: typed.words(&format!("{POST}{title}")).to_owned(),
            });
            let name = format!("{LIST}x");
            let value = typed.words(&name).to_owned();
            (posts.collect(), vec![List { id: "danh-sach".to_owned(), name, label: lang.t("reorg-list-lines"), value }])
        }
        _ => (Vec::new(), Vec::new()),
    }
}

/// Names of the parts, in the order in which the form numbers them.
fn parts(seen: &Preview, into: &[Heir], stays: bool) -> Vec<String> {
    let mut begins = seen.begins.iter();
    let named = |heir: &Heir| match heir {
        Heir::New(new) => {
            begins.next();
            new.name.clone()
        }
        Heir::Living(unit) => seen.living.iter().find(|(id, _)| id == unit).map(|(_, name)| name.clone()).unwrap_or_default(),
    };
    let others: Vec<String> = into.iter().map(named).collect();
    stays.then(|| seen.subject.1.clone()).into_iter().chain(others).collect()
}

fn child(lang: Lang, typed: &Typed, place: usize, (code, name): &Named, parts: &[String]) -> Choice {
    let field = format!("{CHILD}{code}");
    let value = typed.text(&field).unwrap_or("follows:0").to_owned();
    let option = |fate: &Fate, (place, part): (usize, &String)| {
        let code = format!("{}:{place}", fate.code());
        let text = lang.with(&format!("reorg-child-{}", fate.code()).replace('_', "-"), &[("unit", part.clone().into())]);
        (code.clone(), text, code == value)
    };
    let options = Fate::ALL.iter().flat_map(|fate| parts.iter().enumerate().map(move |part| option(fate, part))).collect();
    Choice { id: format!("don-vi-con-{place}"), name: field, label: name.clone(), options, value }
}

fn whose(lang: Lang, typed: &Typed, place: usize, (title, people): &(String, usize), parts: &[String]) -> Choice {
    let field = format!("{POST}{title}");
    let value = typed.text(&field).unwrap_or("0").to_owned();
    let option = |(place, part): (usize, &String)| (place.to_string(), part.clone(), place.to_string() == value);
    let label = lang.with("reorg-post", &[("post", title.clone().into()), ("n", lang.size(*people).into())]);
    Choice { id: format!("vi-tri-{place}"), name: field, label, options: parts.iter().enumerate().map(option).collect(), value }
}
