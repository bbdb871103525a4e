//! The fields of each act, and which of them a rule speaks of.
//! Not for: reading them (`reading`).

use domain::orgs::reorganise::{Fate, FaultKind, StepKind};
use domain::orgs::{Bloc, Level, UnitKind};
use service::registry::UnitLine;

use crate::form::sheet::{Field, Kind, Typed, choices};
use crate::i18n::Lang;
use crate::words::word;

/// The fields of an act.
pub(super) fn of(lang: Lang, kind: StepKind) -> Vec<Field> {
    let needed = |name, how| Field::needed(lang, "reorg", name, how);
    let maybe = |name, how| Field::new(lang, "reorg", name, how);
    let hinted = |field: Field, key: &str| field.hint(lang.t(key));
    let unit = || hinted(needed("unit", Kind::Line), "reorg-unit-hint");
    let code = || hinted(maybe("code", Kind::Short), "reorg-code-hint");
    let mut fields = match kind {
        StepKind::Create => vec![
            hinted(needed("parent", Kind::Line), "reorg-unit-hint"),
            needed("name", Kind::Line),
            code(),
            needed("kind", kinds(lang, false)),
            needed("level", levels(lang, false)),
            needed("bloc", choices(lang, "bloc", Bloc::ALL.iter().map(|b| b.code()), false)),
            hinted(maybe("actor", Kind::Short), "reorg-actor-hint"),
        ],
        StepKind::Rename => vec![unit(), needed("name", Kind::Line), hinted(maybe("code", Kind::Short), "reorg-same-code-hint")],
        StepKind::Move => {
            let parent = hinted(needed("parent", Kind::Line), "reorg-unit-hint");
            vec![unit(), parent, hinted(maybe("code", Kind::Short), "reorg-same-code-hint")]
        }
        StepKind::Merge => merging(lang),
        StepKind::Split => splitting(lang),
        StepKind::Abolish => vec![unit(), hinted(maybe("into", Kind::Line), "reorg-heir-hint"), fate(lang)],
    };
    fields.push(hinted(needed("on", Kind::Day), "reorg-on-hint"));
    fields.push(maybe("decision", Kind::Short));
    fields.push(hinted(needed("reason", Kind::Words), "reorg-reason-hint"));
    fields
}

/// Units that end, and who carries on.
fn merging(lang: Lang) -> Vec<Field> {
    let maybe = |name, how| Field::new(lang, "reorg", name, how);
    vec![
        Field::needed(lang, "reorg", "units", Kind::Lines).hint(lang.t("reorg-units-hint")),
        maybe("into", Kind::Line).hint(lang.t("reorg-into-hint")),
        maybe("name", Kind::Line),
        maybe("code", Kind::Short).hint(lang.t("reorg-code-hint")),
        maybe("parent", Kind::Line).hint(lang.t("reorg-parent-hint")),
        maybe("kind", kinds(lang, true)),
        maybe("level", levels(lang, true)),
        fate(lang),
    ]
}

/// The unit that is divided, and its parts.
fn splitting(lang: Lang) -> Vec<Field> {
    let maybe = |name, how| Field::new(lang, "reorg", name, how);
    vec![
        Field::needed(lang, "reorg", "unit", Kind::Line).hint(lang.t("reorg-unit-hint")),
        Field::needed(lang, "reorg", "parts", Kind::Lines).hint(lang.t("reorg-parts-hint")),
        maybe("parent", Kind::Line).hint(lang.t("reorg-parent-hint")),
        maybe("kind", kinds(lang, true)),
        maybe("level", levels(lang, true)),
        maybe("stays", Kind::Tick),
    ]
}

fn fate(lang: Lang) -> Field {
    let all = Fate::ALL.iter().map(|fate| (fate.code().to_owned(), lang.code_text("reorg-fate", fate.code()))).collect();
    Field::needed(lang, "reorg", "children", Kind::Choice(all))
}

fn kinds(lang: Lang, may_be_same: bool) -> Kind {
    let all = UnitKind::ALL.iter().filter(|kind| **kind != UnitKind::Province);
    listed(lang, all.map(|kind| (kind.code().to_owned(), lang.code_text("kind", kind.code()))), may_be_same)
}

fn levels(lang: Lang, may_be_same: bool) -> Kind {
    listed(lang, Level::ALL.iter().map(|level| (level.code().to_owned(), word(lang, "level", level.code()))), may_be_same)
}

fn listed(lang: Lang, all: impl Iterator<Item = (String, String)>, may_be_same: bool) -> Kind {
    let same = may_be_same.then(|| (String::new(), lang.t("reorg-same-kind")));
    Kind::Choice(same.into_iter().chain(all).collect())
}

/// The form as it opens from the page of a unit.
pub(super) fn about(kind: StepKind, unit: &UnitLine) -> Typed {
    let told = format!("{} · {}", unit.code, unit.name);
    match kind {
        StepKind::Create => Typed::of([("parent", told), ("level", unit.level.code().to_owned()), ("bloc", unit.bloc.code().to_owned())]),
        StepKind::Merge => Typed::of([("units", told)]),
        StepKind::Rename => Typed::of([("unit", told), ("name", unit.name.clone())]),
        StepKind::Move | StepKind::Split | StepKind::Abolish => Typed::of([("unit", told)]),
    }
}

/// The field that a rule speaks of.
pub(super) const fn field_of(kind: StepKind, fault: FaultKind) -> &'static str {
    let unit = match kind {
        StepKind::Create => "parent",
        StepKind::Merge => "units",
        StepKind::Rename | StepKind::Move | StepKind::Split | StepKind::Abolish => "unit",
    };
    let into = match kind {
        StepKind::Split => "parts",
        _ => "into",
    };
    match fault {
        FaultKind::NoName | FaultKind::SameName => match kind {
            StepKind::Split => "parts",
            _ => "name",
        },
        FaultKind::BadCode | FaultKind::CodeTaken => match kind {
            StepKind::Split => "parts",
            _ => "code",
        },
        FaultKind::CircularParent | FaultKind::SameParent | FaultKind::OutsideParent => "parent",
        FaultKind::NoDistrict => "kind",
        FaultKind::OutsideLife | FaultKind::OlderAct => "on",
        FaultKind::IntoItself | FaultKind::SuccessorGone | FaultKind::TooFewHeirs => into,
        FaultKind::Root | FaultKind::NoUnits | FaultKind::Nested | FaultKind::NotAChild | FaultKind::BrokenMap => unit,
    }
}
