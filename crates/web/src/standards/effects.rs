//! What a text would change: how many people become short of each requirement or are freed, and who.
//! Not for: comparing (`service::standards`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::roles::Act;
use service::gaps::{After, PersonLine};
use service::standards::{self, Effect, Preview, Side};

use super::{draft, path};
use crate::AppState;
use crate::api::cursor;
use crate::asked::{Asked, address, escaped};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Name of the side in addresses.
const SIDE: &str = "ben";
/// Name of the place in the list in addresses.
const AFTER: &str = "sau";
/// Lines of a page.
const LINES: usize = 50;
/// Names shown beside a text that is not saved yet.
const FEW: usize = 12;

const SIDES: [(Side, &str); 3] = [(Side::Short, "thieu"), (Side::Due, "han"), (Side::Freed, "thoi")];

/// Everything a text changes, ready to print.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effects {
    /// Whether it was asked for.
    pub(crate) is_asked: bool,
    pub(crate) lead: String,
    pub(crate) rows: Vec<Row>,
}

/// How one requirement changes.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) kind: &'static str,
    pub(crate) kind_word: String,
    pub(crate) code: String,
    pub(crate) title: String,
    pub(crate) missing: String,
    pub(crate) due: String,
    pub(crate) sides: Vec<SideRow>,
}

/// People for whom something changes.
#[derive(Debug, Clone)]
pub(crate) struct SideRow {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
    /// The first of them, when they have no page of their own yet.
    pub(crate) names: Vec<(String, String)>,
}

/// The effects of a saved version, each leading to its names.
pub(super) fn saved(lang: Lang, preview: &Preview, path: &str) -> Effects {
    let link =
        |effect: &Effect, side: &'static str| Some(address(&format!("{path}/thay-doi/{}", escaped(effect.code())), &[(SIDE, Some(side))]));
    effects(lang, preview, |effect, _, code| (link(effect, code), Vec::new()))
}

/// The effects of a text that is not saved, with the first names.
pub(super) async fn typed(state: &AppState, signed_in: &SignedIn, text: &str) -> Result<Effects, WebError> {
    let (services, ctx) = (&state.services, &signed_in.ctx);
    let preview = standards::of_text(services, ctx, text).await?;
    let mut first = Vec::new();
    for effect in &preview.effects {
        for (side, code) in SIDES.into_iter().filter(|(side, _)| effect.count(*side) > 0) {
            let (people, _) = standards::people(services, ctx, (&preview, effect.code(), side), None, FEW).await?;
            first.push((effect.code().to_owned(), code, people));
        }
    }
    let names = |effect: &Effect, side: &str| {
        let found = first.iter().find(|(code, of, _)| code == effect.code() && *of == side);
        found.into_iter().flat_map(|(.., people)| people).map(|line| (line.name.clone(), line.unit.1.clone())).collect()
    };
    Ok(effects(signed_in.lang(), &preview, |effect, _, code| (None, names(effect, code))))
}

type Names = Vec<(String, String)>;

fn effects(lang: Lang, preview: &Preview, open: impl Fn(&Effect, Side, &'static str) -> (Option<String>, Names)) -> Effects {
    let row = |effect: &Effect| {
        let (kind, requirement) = match (&effect.before, &effect.after) {
            (None, after) => ("new", after),
            (before, None) => ("gone", before),
            (_, after) => ("changed", after),
        };
        let from_to = |(before, after): (usize, usize)| format!("{} → {}", lang.size(before), lang.size(after));
        let side = |(side, code): (Side, &'static str)| {
            let (href, names) = open(effect, side, code);
            SideRow { text: said(lang, code, effect.count(side)), href, names }
        };
        Row {
            kind,
            kind_word: lang.code_text("publish-change", kind),
            code: effect.code().to_owned(),
            title: requirement.as_ref().map(|requirement| lang.of(&requirement.title).to_owned()).unwrap_or_default(),
            missing: from_to(effect.missing),
            due: from_to(effect.due),
            sides: SIDES.into_iter().filter(|(side, _)| effect.count(*side) > 0).map(side).collect(),
        }
    };
    let lead = [("n", lang.size(preview.same).into()), ("day", lang.date(preview.on).into())];
    Effects { is_asked: true, lead: lang.with("standards-same", &lead), rows: preview.effects.iter().map(row).collect() }
}

fn said(lang: Lang, side: &str, people: usize) -> String {
    format!("{}: {}", lang.code_text("standards-side", side), lang.size(people))
}

#[derive(Template)]
#[template(path = "standards/people.html")]
struct PeoplePage {
    shell: Shell,
    title: String,
    path: String,
    lead: String,
    tabs: Vec<(String, String, bool)>,
    rows: Vec<PersonRow>,
    first: Option<String>,
    next: Option<String>,
}

struct PersonRow {
    name: String,
    href: String,
    code: String,
    post: String,
    unit: String,
}

/// `/tieu-chuan/{code}/ban/{n}/thay-doi/{requirement}`: the people on one side of an effect.
pub(crate) async fn people(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number, requirement)): Path<(String, i32, String)>,
    asked: Asked,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::KeepStandards)?;
    let lang = signed_in.lang();
    draft(&state, &signed_in, &code, number).await?;
    let preview = standards::preview(&state.services, &signed_in.ctx, &code, number).await?;
    let effect = preview.effects.iter().find(|effect| effect.code() == requirement).ok_or(WebError::NotFound)?;
    let (side, here) = SIDES.into_iter().find(|(_, code)| asked.text(SIDE) == Some(code)).unwrap_or(SIDES[0]);
    let after = asked.text(AFTER).and_then(cursor::official).map(|(sort_key, official)| After { sort_key, official });
    let found = standards::people(&state.services, &signed_in.ctx, (&preview, &requirement, side), after.as_ref(), LINES).await?;
    let path = path(&code, number);
    let own = format!("{path}/thay-doi/{}", escaped(&requirement));
    let tab =
        |(side, code): (Side, &'static str)| (said(lang, code, effect.count(side)), address(&own, &[(SIDE, Some(code))]), code == here);
    let next = found.1.as_ref().map(|after| cursor::of_official(&after.sort_key, after.official));
    let title = effect.after.as_ref().or(effect.before.as_ref()).map(|known| lang.of(&known.title).to_owned()).unwrap_or_default();
    shell::page(&PeoplePage {
        shell: Shell::new(&signed_in.visitor, &format!("{requirement} {title}")).on(preview.on),
        title,
        lead: lang.with("standards-people-lead", &[("number", number.to_string().into()), ("day", lang.date(preview.on).into())]),
        tabs: SIDES.into_iter().map(tab).collect(),
        rows: found.0.iter().map(person).collect(),
        first: after.is_some().then(|| address(&own, &[(SIDE, Some(here))])),
        next: next.map(|next| address(&own, &[(SIDE, Some(here)), (AFTER, Some(&next))])),
        path,
    })
}

fn person(line: &PersonLine) -> PersonRow {
    PersonRow {
        name: line.name.clone(),
        href: format!("/nhan-su/{}", escaped(&line.code)),
        code: line.code.clone(),
        post: line.post.clone(),
        unit: line.unit.1.clone(),
    }
}
