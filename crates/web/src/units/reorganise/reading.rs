//! Reading what was typed into an act: units by code or name, new units, and who goes where.
//! Not for: judging it.

use std::sync::Arc;

use domain::ids::UnitId;
use domain::orgs::reorganise::{ChildRule, Fate, Heir, NewUnit, Rule, Step, StepKind, Whose};
use domain::orgs::{Bloc, Level, UnitKind, unit_codes};
use domain::time::Date;
use service::registry::{self, Found, How, Names, Order, UnitLine};

use crate::AppState;
use crate::errors::WebError;
use crate::form::Mistake;
use crate::form::sheet::Typed;
use crate::i18n::Lang;
use crate::visitor::SignedIn;

/// Prefixes of the fields by which a preview asks where people go: units right under, posts, lists of staff codes.
pub(super) const CHILD: &str = "con-";
pub(super) const POST: &str = "vt-";
pub(super) const LIST: &str = "ds-";

/// The unit that a text means on a day; when there is not exactly one, a mistake says which there are.
pub(crate) fn unit_meant(names: &Names, lang: Lang, (field, text): (&str, &str), on: Date, mistakes: &mut Vec<Mistake>) -> Option<UnitId> {
    let told = |units: &[UnitId]| units.iter().take(6).map(|unit| names.told(*unit, on)).collect::<Vec<_>>().join("; ");
    let mut wrong = |key: &str, units: &[UnitId]| {
        let values = [("typed", text.to_owned().into()), ("units", told(units).into()), ("day", lang.date(on).into())];
        mistakes.push(Mistake::new(field, lang.with(key, &values)));
        None
    };
    match names.resolve(text, on) {
        Found::One(unit, How::Now | How::Former) => Some(unit),
        Found::One(unit, How::Heir) => wrong("reorg-gone-unit", &[unit]),
        Found::Several(units) => wrong("reorg-several-units", &units),
        Found::None => match names.matching(text, on).as_slice() {
            [one] => Some(*one),
            [] => wrong("reorg-no-such-unit", &[]),
            several => wrong("reorg-several-units", several),
        },
    }
}

struct Reader<'a> {
    lang: Lang,
    names: Arc<Names>,
    typed: &'a Typed,
    on: Date,
    mistakes: &'a mut Vec<Mistake>,
    /// Codes of new units that were given on the way.
    given: Vec<String>,
}

/// What the form asks for; what cannot be read is a mistake.
pub(super) async fn order(
    state: &AppState,
    signed_in: &SignedIn,
    kind: StepKind,
    typed: &Typed,
    mistakes: &mut Vec<Mistake>,
) -> Result<Option<Order>, WebError> {
    let lang = signed_in.lang();
    let on = typed.needed_day(lang, "on", mistakes);
    let names = registry::unit_names(&state.services, &signed_in.ctx).await?;
    let day = on.unwrap_or(signed_in.ctx.today);
    let mut reader = Reader { lang, names, typed, on: day, mistakes, given: Vec::new() };
    let like = match reader.first(kind) {
        Some(unit) => Some(registry::unit(&state.services, &signed_in.ctx, &reader.code(unit), day).await?.unit.clone()),
        None => None,
    };
    let step = reader.step(kind, like.as_ref());
    let decision = typed.text("decision").map(str::to_owned);
    let order = |(step, on)| Order { step, on, decision, reason: typed.words("reason").to_owned() };
    Ok(step.zip(on).map(order))
}

impl Reader<'_> {
    fn code(&self, unit: UnitId) -> String {
        self.names.unit(unit).map(|u| u.code.clone()).unwrap_or_default()
    }

    fn unit(&mut self, field: &str, text: &str) -> Option<UnitId> {
        unit_meant(&self.names, self.lang, (field, text), self.on, self.mistakes)
    }

    fn maybe(&mut self, field: &str) -> Option<UnitId> {
        let typed = self.typed;
        typed.text(field).and_then(|text| self.unit(field, text))
    }

    fn needed(&mut self, field: &str) -> Option<UnitId> {
        if self.typed.text(field).is_none() {
            self.mistakes.push(Mistake::new(field, self.lang.t("reorg-no-unit")));
        }
        self.maybe(field)
    }

    /// The unit that new ones are like.
    fn first(&self, kind: StepKind) -> Option<UnitId> {
        let text = match kind {
            StepKind::Merge => self.typed.lines("units").next(),
            StepKind::Split => self.typed.text("unit"),
            _ => None,
        }?;
        unit_meant(&self.names, self.lang, ("units", text), self.on, &mut Vec::new())
    }

    fn step(&mut self, kind: StepKind, like: Option<&UnitLine>) -> Option<Step> {
        let code = self.typed.text("code").map(str::to_uppercase);
        match kind {
            StepKind::Create => self.create(),
            StepKind::Rename => Some(Step::Rename { unit: self.needed("unit")?, name: self.typed.words("name").to_owned(), code }),
            StepKind::Move => {
                let (unit, parent) = (self.needed("unit"), self.needed("parent"));
                Some(Step::Move { unit: unit?, parent: parent?, code })
            }
            StepKind::Merge => self.merge(like),
            StepKind::Split => self.split(like),
            StepKind::Abolish => self.abolish(),
        }
    }

    fn create(&mut self) -> Option<Step> {
        let parent = self.needed("parent")?;
        let kind = self.typed.code("kind", UnitKind::from_code).unwrap_or(UnitKind::PublicUnit);
        let level = self.typed.code("level", Level::from_code).unwrap_or(Level::Province);
        let bloc = self.typed.code("bloc", Bloc::from_code).unwrap_or(Bloc::State);
        let code = self.new_code(self.typed.text("code"), parent);
        let actor = self.typed.text("actor").map(str::to_owned);
        Some(Step::Create(NewUnit { code, name: self.typed.words("name").to_owned(), kind, level, bloc, actor, parent }))
    }

    /// A code as typed, or the next one under the parent.
    fn new_code(&mut self, typed: Option<&str>, parent: UnitId) -> String {
        let known = self.names.known.codes.keys().chain(&self.given);
        let code = typed.map_or_else(|| unit_codes::next(&self.code(parent), known.map(String::as_str)), str::to_uppercase);
        self.given.push(code.clone());
        code
    }

    /// A unit like another one, under the parent that was typed or the same.
    fn new_like(&mut self, like: &UnitLine, code: Option<&str>, name: &str) -> Option<NewUnit> {
        let same = self.names.map.parent(like.id, self.on);
        let parent = if self.typed.text("parent").is_some() { self.maybe("parent")? } else { same? };
        let kind = self.typed.code("kind", UnitKind::from_code).unwrap_or(like.kind);
        let level = self.typed.code("level", Level::from_code).unwrap_or(like.level);
        let actor = like.actor.clone().filter(|_| kind == like.kind);
        Some(NewUnit { code: self.new_code(code, parent), name: name.to_owned(), kind, level, bloc: like.bloc, actor, parent })
    }

    fn merge(&mut self, like: Option<&UnitLine>) -> Option<Step> {
        let typed = self.typed;
        let units: Vec<Option<UnitId>> = typed.lines("units").map(|line| self.unit("units", line)).collect();
        let children = typed.code("children", Fate::from_code).unwrap_or(Fate::Follows);
        let into = match (self.maybe("into"), like) {
            (Some(unit), _) => Heir::Living(unit),
            (None, _) if typed.text("into").is_some() => return None,
            (None, None) => return Some(Step::Merge { units: Vec::new(), into: Heir::Living(UnitId(0)), children }),
            (None, Some(like)) => Heir::New(self.new_like(like, typed.text("code"), typed.words("name"))?),
        };
        Some(Step::Merge { units: units.into_iter().collect::<Option<_>>()?, into, children })
    }

    fn split(&mut self, like: Option<&UnitLine>) -> Option<Step> {
        let typed = self.typed;
        let unit = self.needed("unit")?;
        let stays = typed.is_ticked("stays");
        let mut into = Vec::new();
        for line in typed.lines("parts") {
            into.push(match line.split_once('|') {
                Some((code, name)) => Heir::New(self.new_like(like?, Some(code.trim()).filter(|c| !c.is_empty()), name.trim())?),
                None => Heir::Living(self.unit("parts", line)?),
            });
        }
        let ids = part_ids(unit, &into, stays);
        let place = |text: &str| text.parse::<usize>().ok().and_then(|place| ids.get(place).copied());
        let children = typed.beginning(CHILD).filter_map(|(code, value)| {
            let (fate, to) = value.split_once(':')?;
            let unit = self.names.known.codes.get(code).copied()?;
            Some(ChildRule { unit, fate: Fate::from_code(fate)?, to: place(to)? })
        });
        let children = children.collect();
        let mut people = Vec::new();
        for (list, codes) in typed.beginning(LIST) {
            let named = codes.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).filter(|code| !code.is_empty());
            people.extend(place(list).into_iter().flat_map(|to| named.clone().map(move |code| official(code, to))));
        }
        people.extend(typed.beginning(POST).filter_map(|(title, value)| Some(post(title, place(value)?))));
        Some(Step::Split { unit, into, stays, children, people })
    }

    fn abolish(&mut self) -> Option<Step> {
        let typed = self.typed;
        let unit = self.needed("unit")?;
        let into = self.maybe("into");
        let children = typed.code("children", Fate::from_code).unwrap_or(Fate::Follows);
        let mut people = Vec::new();
        for (_, lines) in typed.beginning(LIST) {
            for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
                match line.split_once('=') {
                    Some((code, to)) => people.extend(self.unit("danh-sach", to.trim()).map(|to| official(code.trim(), to))),
                    None => {
                        self.mistakes.push(Mistake::new("danh-sach", self.lang.with("reorg-bad-line", &[("line", line.to_owned().into())])))
                    }
                }
            }
        }
        for (title, to) in typed.beginning(POST) {
            people.extend(self.unit("vi-tri", to).map(|to| post(title, to)));
        }
        (typed.text("into").is_none() || into.is_some()).then_some(Step::Abolish { unit, into, children, people })
    }
}

fn official(code: &str, to: UnitId) -> Rule {
    Rule { whose: Whose::Official(code.to_owned()), to }
}

fn post(title: &str, to: UnitId) -> Rule {
    Rule { whose: Whose::Post(title.to_owned()), to }
}

/// The parts of a split in the order in which the form numbers them.
pub(super) fn part_ids(unit: UnitId, into: &[Heir], stays: bool) -> Vec<UnitId> {
    let mut new = 0;
    let parts = into.iter().map(|heir| match heir {
        Heir::Living(unit) => *unit,
        Heir::New(_) => {
            new -= 1;
            UnitId(new)
        }
    });
    stays.then_some(unit).into_iter().chain(parts).collect()
}
