//! `/don-vi`: the tree of cơ quan and đơn vị on a day, one unit at a time.
//! Not for: reorganising (`reorganise`), or people (`people`).

pub(crate) mod aliases;
pub(crate) mod areas;
pub(crate) mod reorganise;
pub(crate) mod spots;
mod timeline;

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::UnitId;
use domain::orgs::UnitKind;
use domain::roles::Act;
use domain::time::{Date, iso};
use service::registry::{self, UnitLine, UnitView};

use timeline::{Alias, Event};

use crate::AppState;
use crate::asked::{Asked, address, escaped};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Units found by words, at most.
const FOUND: u32 = 60;

#[derive(Template)]
#[template(path = "units/unit.html")]
struct UnitPage {
    shell: Shell,
    name: String,
    day: String,
    unreadable: Option<String>,
    path: Vec<Link>,
    /// The other units of a person with several.
    others: Vec<Link>,
    facts: Vec<(String, String)>,
    /// The unit does not live on the day.
    elsewhen: Option<Elsewhen>,
    events: Vec<Event>,
    aliases: Vec<Alias>,
    areas: Vec<areas::Told>,
    spot: spots::Told,
    keeps: Option<Keeps>,
    code: String,
    targets: String,
    people: Option<String>,
    /// Where the unit's register is taken along.
    register: Option<String>,
    /// Where a file of its people is brought in.
    intake: Option<String>,
    q: String,
    found: Option<Vec<Row>>,
    groups: Vec<Group>,
    /// What its people lack, and where that is looked at.
    gaps: Option<(String, String)>,
}

/// Why nothing is to be seen on the day, and the day on which there is.
struct Elsewhen {
    text: String,
    link: Link,
}

/// A unit to go to.
struct Link {
    href: String,
    text: String,
}

/// Where who keeps units goes from here.
struct Keeps {
    reorganise: String,
    alias: String,
    area: String,
}

/// Children of one kind.
struct Group {
    kind: String,
    count: String,
    rows: Vec<Row>,
}

/// A child.
struct Row {
    href: String,
    name: String,
    code: String,
    kind: String,
    people: String,
}

/// The unit where the asker's tree starts.
pub(crate) async fn home(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let on = day(&signed_in, &asked);
    let homes = registry::home_units(&state.services, &signed_in.ctx, on).await?;
    let view = homes.first().ok_or(WebError::NotFound)?;
    show(&state, &signed_in, &asked, view, on).await
}

/// One unit.
pub(crate) async fn one(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let on = day(&signed_in, &asked);
    let view = registry::unit(&state.services, &signed_in.ctx, &code, on).await?;
    show(&state, &signed_in, &asked, &view, on).await
}

fn day(signed_in: &SignedIn, asked: &Asked) -> Date {
    asked.day("ngay").unwrap_or(signed_in.ctx.today)
}

async fn show(state: &AppState, signed_in: &SignedIn, asked: &Asked, view: &UnitView, on: Date) -> Result<Response, WebError> {
    let totals = registry::totals(&state.services, &signed_in.ctx, on).await?;
    let frame = Frame { lang: signed_in.lang(), on, is_today: on == signed_in.ctx.today, totals };
    let homes = registry::home_units(&state.services, &signed_in.ctx, on).await?;
    let past = registry::past(&state.services, &signed_in.ctx, view.unit.id).await?;
    let keeps = registry::may_reorganise(&signed_in.ctx);
    let takes_in = signed_in.ctx.scope(Act::KeepRegister).is_ok_and(|scope| view.lies_within(&scope));
    let q = asked.text("q").unwrap_or_default();
    let found = if q.is_empty() {
        None
    } else {
        let lines = registry::list_units(&state.services, &signed_in.ctx, on, q, "", FOUND).await?;
        Some(lines.iter().map(|line| frame.row(line)).collect())
    };
    shell::page(&UnitPage {
        shell: Shell::new(signed_in.visitor.as_ref(), &view.unit.name).on(on),
        name: view.unit.name.clone(),
        day: frame.lang.date(on),
        unreadable: asked.unreadable_day("ngay").map(|typed| {
            frame.lang.with("place-unreadable-day", &[("typed", typed.to_owned().into()), ("day", frame.lang.date(on).into())])
        }),
        path: view.path.iter().rev().skip(1).rev().map(|u| frame.link(&u.code, &u.name)).collect(),
        others: homes.iter().filter(|home| home.unit.id != view.unit.id).map(|home| frame.link(&home.unit.code, &home.unit.name)).collect(),
        facts: frame.facts(&view.unit),
        elsewhen: frame.elsewhen(&view.unit),
        events: frame.events(view, &past),
        aliases: frame.aliases(&view.unit.code, &past, keeps),
        areas: areas::told(frame.lang, &view.unit.code, &registry::areas(&state.services, &signed_in.ctx, view.unit.id).await?, keeps),
        spot: spots::told(frame.lang, &view.unit.code, &registry::placed(&state.services, &signed_in.ctx, view.unit.id, on).await?, keeps),
        keeps: keeps.then(|| Keeps {
            reorganise: address("/don-vi/sap-xep", &[("don-vi", Some(&view.unit.code))]),
            alias: format!("/don-vi/{}/ma-khac", escaped(&view.unit.code)),
            area: format!("/don-vi/{}/dia-ban", escaped(&view.unit.code)),
        }),
        code: view.unit.code.clone(),
        targets: frame.place("/", &view.unit.code),
        people: view.shows_people_to(&signed_in.ctx).then(|| frame.place("/nhan-su", &view.unit.code)),
        register: service::takeout::may_take(&signed_in.ctx, view).then(|| frame.register(&view.unit.code)),
        intake: takes_in.then(|| frame.place("/nhap-lieu", &view.unit.code)),
        q: q.to_owned(),
        found,
        groups: frame.groups(&view.children),
        gaps: if view.shows_people_to(&signed_in.ctx) && view.unit.life.contains(on) {
            Some(gaps(state, signed_in, &frame, view).await?)
        } else {
            None
        },
    })
}

/// What people of the unit and below lack, in a line.
async fn gaps(state: &AppState, signed_in: &SignedIn, frame: &Frame, view: &UnitView) -> Result<(String, String), WebError> {
    let ask = service::gaps::Ask { on: frame.on, unit: Some(view.unit.code.clone()) };
    let columns = service::gaps::groups(&state.services, &signed_in.ctx, &ask).await?;
    let all: service::gaps::Short = columns.iter().flat_map(|column| column.staff.values().copied()).sum();
    let numbers = [("missing", frame.lang.number(all.missing).into()), ("due", frame.lang.number(all.due).into())];
    Ok((frame.lang.with("gaps-of-unit", &numbers), frame.place("/thieu", &view.unit.code)))
}

/// The language, the day and the counts that every part of the page is written with.
struct Frame {
    lang: Lang,
    on: Date,
    is_today: bool,
    totals: Arc<BTreeMap<UnitId, i64>>,
}

impl Frame {
    /// The day in an address; nothing when it is today.
    fn in_address(&self) -> Option<String> {
        (!self.is_today).then(|| iso(self.on))
    }

    fn link(&self, code: &str, name: &str) -> Link {
        let href = address(&format!("/don-vi/{}", escaped(code)), &[("ngay", self.in_address().as_deref())]);
        Link { href, text: name.to_owned() }
    }

    fn place(&self, path: &str, code: &str) -> String {
        address(path, &[("don-vi", Some(code)), ("ngay", self.in_address().as_deref())])
    }

    fn register(&self, code: &str) -> String {
        address(&crate::takeout::path(code), &[("ngay", self.in_address().as_deref())])
    }

    fn total(&self, unit: &UnitLine) -> i64 {
        self.totals.get(&unit.id).copied().unwrap_or(unit.people)
    }

    fn row(&self, unit: &UnitLine) -> Row {
        let link = self.link(&unit.code, &unit.name);
        Row {
            href: link.href,
            name: link.text,
            code: unit.code.clone(),
            kind: self.lang.code_text("kind", unit.kind.code()),
            people: self.lang.number(self.total(unit)),
        }
    }

    /// Children by kind, in the order of the kinds.
    fn groups(&self, children: &[UnitLine]) -> Vec<Group> {
        let of = |kind: UnitKind| {
            let rows: Vec<Row> = children.iter().filter(|c| c.kind == kind).map(|c| self.row(c)).collect();
            Group { kind: self.lang.code_text("kind", kind.code()), count: self.lang.size(rows.len()), rows }
        };
        UnitKind::ALL.iter().map(|kind| of(*kind)).filter(|g| !g.rows.is_empty()).collect()
    }

    fn facts(&self, unit: &UnitLine) -> Vec<(String, String)> {
        let lang = self.lang;
        let people =
            lang.with("units-people-value", &[("all", lang.number(self.total(unit)).into()), ("own", lang.number(unit.people).into())]);
        vec![
            (lang.t("units-code"), unit.code.clone()),
            (lang.t("units-kind"), lang.code_text("kind", unit.kind.code())),
            (lang.t("units-level"), word(lang, "level", unit.level.code())),
            (lang.t("units-life"), aliases::during(lang, unit.life)),
            (lang.t("units-people"), people),
        ]
    }

    fn elsewhen(&self, unit: &UnitLine) -> Option<Elsewhen> {
        if unit.life.contains(self.on) {
            return None;
        }
        let lang = self.lang;
        let day = lang.date(self.on);
        let (key, seen_on) = match unit.life.last_day() {
            Some(last) if self.on > last => ("units-gone", last),
            _ => ("units-not-yet", unit.life.from()),
        };
        let seen = lang.date(seen_on);
        let href = address(&format!("/don-vi/{}", escaped(&unit.code)), &[("ngay", Some(&iso(seen_on)))]);
        Some(Elsewhen {
            text: lang.with(key, &[("day", day.into()), ("seen", seen.clone().into())]),
            link: Link { href, text: lang.with("units-see-on", &[("day", seen.into())]) },
        })
    }
}
