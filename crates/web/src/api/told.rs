//! Refusals and remarks of writes as errors of a problem document: where in the body, which rule, in the words of the asker's language.
//! Not for: deciding them; words of rules of people are those of files (`intake::words`).

use domain::orgs::reorganise::{FaultKind, StepKind};
use service::exchange::{AliasFaults, WriteRefusal};
use service::intake::Fault as Rule;
use service::registry::{AliasRefusal, ReorganiseRefusal, UndoRefusal};

use super::problem::{ErrorBody, Fault};
use crate::i18n::Lang;

/// Rules of this interface, or that speak here of a body and not of a file.
const OWN: [&str; 14] = [
    "unknown_field",
    "code_differs",
    "not_text",
    "not_a_code",
    "bad_day",
    "bad_year",
    "bad_count",
    "not_yes_no",
    "needs_other",
    "needed",
    "row_again",
    "from_stays",
    "title_taken",
    "code_taken",
];

/// Most mistakes of one body that are told: a body of nothing else has hundreds of thousands.
pub(super) const MOST_TOLD: usize = 1_000;

/// A name as a part of a pointer (RFC 6901).
pub(super) fn part(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// One error at a place of the body.
pub(super) fn error(pointer: impl Into<String>, code: &str, detail: String) -> ErrorBody {
    ErrorBody { pointer: pointer.into(), code: code.to_owned(), detail }
}

/// A rule that speaks of a field, below a place of the body.
pub(super) fn rule(lang: Lang, (base, code_at): (&str, &str), rule: &Rule) -> ErrorBody {
    let pointer = match rule.field.as_str() {
        "code" => code_at.to_owned(),
        field => format!("{base}/{}", part(field)),
    };
    let value = |name: &str| rule.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default();
    let detail = if OWN.contains(&rule.code.as_str()) {
        let row = value("row").parse().unwrap_or(0_i64);
        let values =
            [("read", rule.read.clone().into()), ("known", value("known").into()), ("other", value("other").into()), ("row", row.into())];
        lang.with(&format!("exchange-fault-{}", rule.code), &values)
    } else {
        crate::intake::tell(lang, rule)
    };
    error(pointer, &rule.code, detail)
}

/// Why nothing was written; `place` tells where an operation stands in the body, and where its code.
pub(super) fn refused(lang: Lang, refusal: WriteRefusal, place: impl Fn(usize) -> (String, String)) -> Fault {
    match refusal {
        WriteRefusal::NoReason => Fault::Refused(vec![error("/reason", "no_reason", lang.t("keep-no-reason"))]),
        WriteRefusal::Nothing => Fault::Refused(vec![error("/operations", "nothing", lang.t("exchange-nothing"))]),
        WriteRefusal::TooMany => Fault::Refused(vec![error("/operations", "too_many", too_many(lang))]),
        WriteRefusal::Unmatched => Fault::Unmatched,
        WriteRefusal::Faulty(faults) => {
            let one = |(at, fault): &(usize, Rule)| {
                let (base, code_at) = place(*at);
                rule(lang, (&base, &code_at), fault)
            };
            Fault::Refused(faults.iter().take(MOST_TOLD).map(one).collect())
        }
    }
}

/// More operations than one request may have.
pub(super) fn too_many(lang: Lang) -> String {
    lang.with("exchange-too-many", &[("most", lang.size(service::exchange::MOST_OPERATIONS).into())])
}

/// Why other codes of a unit were not written.
pub(super) fn aliases(lang: Lang, faults: AliasFaults) -> Fault {
    if faults.iter().any(|(_, refusal)| *refusal == AliasRefusal::Unmatched) {
        return Fault::Unmatched;
    }
    let one = |(place, refusal): (Option<usize>, AliasRefusal)| {
        let at = |field: &str| place.map_or_else(String::new, |place| format!("/aliases/{place}/{field}"));
        match refusal {
            AliasRefusal::BadCode => error(at("code"), "bad_code", lang.t("reorg-alias-bad")),
            AliasRefusal::CodeTaken => error(at("code"), "code_taken", lang.t("reorg-alias-taken")),
            AliasRefusal::EndsBeforeStart => error(at("to"), "ends_before_start", lang.t("keep-fault-ends_before_start")),
            AliasRefusal::NoReason | AliasRefusal::Unmatched => error("/reason", "no_reason", lang.t("keep-no-reason")),
        }
    };
    Fault::Refused(faults.into_iter().map(one).collect())
}

/// Where a rule of reorganising speaks of the body.
const fn place_of(step: StepKind, kind: FaultKind) -> &'static str {
    match (step, kind) {
        (_, FaultKind::OutsideLife | FaultKind::OlderAct) => "/on",
        (StepKind::Create, FaultKind::NoName) => "/new/name",
        (StepKind::Create, FaultKind::BadCode | FaultKind::CodeTaken) => "/new/code",
        (StepKind::Create, FaultKind::NoDistrict) => "/new/level",
        (StepKind::Create, _) => "/new/parent",
        (StepKind::Rename, FaultKind::NoName | FaultKind::SameName) => "/name",
        (StepKind::Rename | StepKind::Move, FaultKind::BadCode | FaultKind::CodeTaken) => "/code",
        (StepKind::Move, FaultKind::CircularParent | FaultKind::SameParent | FaultKind::OutsideParent) => "/parent",
        (StepKind::Rename | StepKind::Move, _) | (StepKind::Split | StepKind::Abolish, FaultKind::Root) => "/unit",
        (StepKind::Merge, FaultKind::NoUnits | FaultKind::Nested | FaultKind::Root) => "/units",
        (StepKind::Merge | StepKind::Split | StepKind::Abolish, FaultKind::NotAChild) => "/children",
        (StepKind::Merge | StepKind::Split | StepKind::Abolish, _) => "/into",
    }
}

/// Why units were not reorganised.
pub(super) fn reorganising(lang: Lang, step: StepKind, refusals: Vec<ReorganiseRefusal>) -> Fault {
    let one = |refusal: ReorganiseRefusal| match refusal {
        ReorganiseRefusal::Fault(fault, unit) => {
            let code = fault.kind.code();
            error(place_of(step, fault.kind), code, lang.with(&format!("reorg-fault-{code}"), &[("unit", unit.into())]))
        }
        ReorganiseRefusal::NoReason => error("/reason", "no_reason", lang.t("keep-no-reason")),
        ReorganiseRefusal::Held(people) => error("/people", "held", lang.with("exchange-held", &[("n", lang.size(people).into())])),
        ReorganiseRefusal::Changed => error("", "changed", lang.t("exchange-changed")),
    };
    Fault::Refused(refusals.into_iter().map(one).collect())
}

/// Why an operation was not taken back.
pub(super) fn undoing(lang: Lang, refusals: Vec<UndoRefusal>) -> Fault {
    let one = |refusal: UndoRefusal| match refusal {
        UndoRefusal::NoReason => error("/reason", "no_reason", lang.t("keep-no-reason")),
        UndoRefusal::OthersToo { people } => error("", "others_too", lang.counted("intake-undo-others", people)),
        UndoRefusal::Blocked { count, .. } => error("", "blocked", lang.with("exchange-blocked", &[("n", lang.size(count).into())])),
    };
    Fault::Refused(refusals.into_iter().map(one).collect())
}
