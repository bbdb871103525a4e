//! Requirements and standings in words.
//! Not for: judging.

use domain::lists::Held;
use domain::standards::{Audience, Need, Requirement, Standing};
use law::NoLaw;
use service::gaps::{self, Among, YearlyAmount};

use crate::errors::WebError;
use crate::explain::filters;
use crate::i18n::Lang;
use crate::words::capital;

/// Kind of a chip and its text.
pub(crate) fn standing(lang: Lang, standing: Standing) -> (&'static str, String) {
    match standing {
        Standing::Met => ("done", lang.t("gaps-met")),
        Standing::Due(day) => ("due", lang.with("gaps-due-by", &[("day", lang.date(day).into())])),
        Standing::Missing(day) => ("missed", lang.with("gaps-missing-since", &[("day", lang.date(day).into())])),
    }
}

/// What must be there.
pub(crate) fn need(lang: Lang, need: &Need) -> String {
    match need {
        Need::Holds(held) => lang.with("need-holds", &[("what", self::held(lang, *held).into())]),
        Need::FitsPost => lang.t("need-fits-post"),
        Need::YearlyAmount => lang.t("need-yearly-amount"),
        Need::Trained { did, years: None } => lang.with("need-trained", &[("what", filters::record(lang, did).into())]),
        Need::Trained { did, years: Some(years) } => {
            let what = filters::record(lang, did);
            lang.with("need-trained-within", &[("what", what.into()), ("years", i64::from(*years).into())])
        }
    }
}

fn held(lang: Lang, held: Held) -> String {
    let kind = lang.code_text("qualification", held.kind().code());
    match crate::people::level(lang, held) {
        Some(level) => lang.with("need-at-least", &[("kind", kind.into()), ("level", level.into())]),
        None => kind,
    }
}

/// Of whom.
pub(crate) fn audience(lang: Lang, audience: &Audience) -> String {
    let grades = (!audience.grades.is_empty()).then(|| lang.with("need-grades", &[("grades", audience.grades.join(", ").into())]));
    let units = (!audience.units.is_empty()).then(|| {
        let kinds: Vec<String> = audience.units.iter().map(|kind| lang.code_text("kind", kind.code())).collect();
        lang.with("need-units", &[("units", kinds.join(", ").into())])
    });
    let planned = (!audience.planned.is_empty()).then(|| {
        let posts: Vec<String> = audience.planned.iter().map(|post| lang.code_text("leadership", post.code())).collect();
        lang.with("need-planned", &[("posts", posts.join(", ").into())])
    });
    let parts = [Some(filters::person(lang, &audience.who)), planned, grades, units];
    capital(&parts.into_iter().flatten().collect::<Vec<_>>().join("; "))
}

/// The days in which it is in force, and the time given.
pub(crate) fn validity(lang: Lang, requirement: &Requirement) -> String {
    let during = crate::explain::span(lang, &requirement.during);
    match requirement.grace_months {
        0 => during,
        months => format!("{during} · {}", lang.with("need-grace", &[("months", i64::from(months).into())])),
    }
}

/// A part of an audience, as a head of a row.
pub(crate) fn among(lang: Lang, among: Among) -> String {
    match among {
        Among::Staff(staff) => crate::words::word(lang, "staff", staff.code()),
        Among::Leaders(Some(group)) => lang.code_text("gaps-group", group.code()),
        Among::Leaders(None) => lang.t("gaps-group-none"),
    }
}

/// Why the law lets nobody of a kind be judged, with what was looked at.
pub(crate) fn refusal(lang: Lang, refusal: &NoLaw) -> Result<String, WebError> {
    let cites = gaps::cited(refusal)?;
    let of = |words: &law::Words| if lang.is_vi() { words.vi.clone() } else { words.en.clone() };
    let cites: Vec<String> = cites.iter().map(of).filter(|text| !text.is_empty()).collect();
    let text = of(&refusal.words());
    Ok(if cites.is_empty() { text } else { format!("{text} ({})", cites.join("; ")) })
}

/// One line for each kind of staff that a requirement asks a yearly amount of and the law of the day names none.
pub(crate) fn refusals(lang: Lang, requirement: &Requirement, yearly: &[YearlyAmount]) -> Result<Vec<String>, WebError> {
    if requirement.need != Need::YearlyAmount {
        return Ok(Vec::new());
    }
    let mut lines = Vec::new();
    for (staff, amount) in yearly.iter().filter(|(staff, _)| requirement.audience.who.staff.contains(staff)) {
        if let Err(why) = amount {
            lines.push(format!("{}: {}", crate::words::word(lang, "staff", staff.code()), refusal(lang, why)?));
        }
    }
    Ok(lines)
}
