//! Who comes to a class, or to the class of a line of a plan, as the page tells it beside the map.
//! Not for: counting (`service::classes`).

use domain::ids::PlanId;
use domain::plans::Line;
use service::classes::{Best, Catchment, Held, Sending, Sent};

use super::super::{chip, path};
use super::places;
use crate::i18n::Lang;
use crate::spots::{self, Way};

/// What is looked at.
pub(super) struct Looked {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) code: Option<String>,
    pub(super) state: Option<(&'static str, String)>,
    /// Where it is held, or why that is on no map.
    pub(super) place: String,
    pub(super) clue: Option<String>,
    pub(super) way: Option<Way>,
    pub(super) facts: Vec<(String, String)>,
    /// How its people are known.
    pub(super) source: String,
    pub(super) rows: Vec<Row>,
    /// People whose units the visitor does not see.
    pub(super) others: Option<String>,
    /// Where it would be nearest to all.
    pub(super) advice: Option<String>,
    /// The map without it.
    pub(super) away: String,
    pub(super) catchment: Catchment,
    pub(super) spot: Option<domain::geography::Spot>,
}

/// A unit that sends people.
pub(super) struct Row {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) people: String,
    pub(super) far: String,
    pub(super) is_farthest: bool,
}

fn row(lang: Lang, from: &Sending, farthest: Option<i64>) -> Row {
    Row {
        code: from.code.clone(),
        name: from.name.clone(),
        people: lang.number(from.people),
        far: match (from.metres, from.spot) {
            (Some(metres), _) => spots::km(lang, metres),
            (None, None) => lang.t("map-no-spot"),
            (None, Some(_)) => String::new(),
        },
        is_farthest: from.metres.is_some() && from.metres == farthest,
    }
}

fn facts(lang: Lang, catchment: &Catchment) -> Vec<(String, String)> {
    let mut facts = vec![(lang.t("map-senders"), lang.size(catchment.from.len()))];
    if let Some(ways) = catchment.ways {
        if let Some(mean) = ways.mean() {
            facts.push((lang.t("map-mean"), spots::km(lang, mean)));
        }
        if let Some((metres, unit)) = ways.farthest {
            let name = catchment.from.iter().find(|from| from.id == unit).map(|from| from.name.as_str()).unwrap_or_default();
            facts.push((lang.t("map-farthest"), format!("{name}, {}", spots::km(lang, metres))));
        }
    }
    facts
}

/// What a planner may think of: never more than a suggestion.
fn advice(lang: Lang, catchment: &Catchment) -> Option<String> {
    let best: &Best = catchment.best.as_ref()?;
    let mean = best.ways.mean()?;
    let name = || best.unit.1.clone().into();
    let Some(now) = catchment.ways.and_then(|ways| Some((ways.all, ways.mean()?))) else {
        return Some(lang.with("map-best", &[("unit", name()), ("mean", spots::km(lang, mean).into())]));
    };
    if now.0 <= best.ways.all {
        return Some(lang.t("map-best-here"));
    }
    let values = [("unit", name()), ("mean", spots::km(lang, mean).into()), ("now", spots::km(lang, now.1).into())];
    Some(lang.with("map-best-instead", &values))
}

fn source(lang: Lang, sent: Option<Sent>) -> String {
    lang.t(match sent {
        Some(Sent::Attended) => "map-sent-attended",
        Some(Sent::Named) => "map-sent-named",
        Some(Sent::Shared) => "map-sent-shared",
        None => "map-sent-nobody",
    })
}

fn rows(lang: Lang, catchment: &Catchment) -> Vec<Row> {
    let farthest = catchment.from.iter().filter_map(|from| from.metres).max();
    catchment.from.iter().map(|from| row(lang, from, farthest)).collect()
}

impl Looked {
    pub(super) fn of_class(lang: Lang, held: &Held, away: String) -> Self {
        let (line, catchment) = (&held.line, held.catchment.clone());
        let spot = held.place.as_ref().ok().map(|venue| venue.spot);
        Self {
            href: path(&line.code, ""),
            name: line.terms.name.clone(),
            code: Some(line.code.clone()),
            state: Some(chip(lang, line.status)),
            place: held.place.as_ref().map_or_else(|nowhere| places::why(lang, nowhere), |venue| venue.name.clone()),
            clue: held.place.as_ref().ok().and_then(|venue| places::clue(lang, venue.clue)),
            way: spot.map(|spot| spots::way(lang, spot)),
            facts: facts(lang, &catchment),
            source: source(lang, catchment.sent),
            rows: rows(lang, &catchment),
            others: (catchment.others > 0).then(|| lang.with("map-others", &[("n", lang.number(catchment.others).into())])),
            advice: advice(lang, &catchment),
            away,
            catchment,
            spot,
        }
    }

    pub(super) fn of_line(lang: Lang, (plan, line): (PlanId, &Line), catchment: Catchment, away: String) -> Self {
        Self {
            href: format!("/ke-hoach/{plan}#dong-{}", line.key),
            name: Some(&line.words)
                .filter(|words| !words.is_empty())
                .or(line.topic.as_ref().map(|topic| &topic.code))
                .cloned()
                .unwrap_or_default(),
            code: None,
            state: None,
            place: if line.place.is_empty() { lang.t("map-line-no-place") } else { line.place.clone() },
            clue: None,
            way: None,
            facts: facts(lang, &catchment),
            source: lang.t(if catchment.sent.is_some() { "map-sent-seats" } else { "map-sent-cluster" }),
            rows: rows(lang, &catchment),
            others: None,
            advice: advice(lang, &catchment),
            away,
            catchment,
            spot: None,
        }
    }
}
