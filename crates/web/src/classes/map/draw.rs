//! What of the classes is drawn: units, places as circles by state, lines to where people come from, the class that is looked at.
//! Not for: shapes (`drawing::map`).

use domain::geography::Spot;
use domain::training::ClassStatus;
use service::classes::{ClassMap, Held};

use super::catchment::Looked;
use super::places::{self, Group};
use super::{HERE, same};
use crate::asked::Asked;
use crate::drawing::map::{APART, Ground, Map, Marked, Noted, Words, field};
use crate::i18n::Lang;
use crate::spots;

/// States as they are told apart on a map.
const STATES: [&str; 5] = ["planned", "open", "running", "over", "cancelled"];
/// Thin lines of one map; those of the most people.
const MOST_WAYS: usize = 180;

const fn state(status: ClassStatus) -> &'static str {
    match status {
        ClassStatus::Planned => "planned",
        ClassStatus::Enrolling => "open",
        ClassStatus::Running => "running",
        ClassStatus::Finished | ClassStatus::Recognised | ClassStatus::Closed => "over",
        ClassStatus::Cancelled => "cancelled",
    }
}

/// The states that are on the map, with their words.
pub(super) fn legend(lang: Lang, classes: &[Held]) -> Vec<(&'static str, String)> {
    let has = |wanted: &str| classes.iter().any(|held| held.place.is_ok() && state(held.line.status) == wanted);
    STATES.into_iter().filter(|state| has(state)).map(|state| (state, lang.code_text("map-state", state))).collect()
}

/// Places near each other, as one circle.
struct Circle<'a> {
    at: (f64, f64),
    groups: Vec<&'a Group<'a>>,
}

fn circles<'a>(groups: &'a [Group<'a>], put: impl Fn(Spot) -> (f64, f64)) -> Vec<Circle<'a>> {
    let mut circles: Vec<Circle<'a>> = Vec::new();
    for group in groups {
        let at = put(group.venue.spot);
        let is_near = |circle: &&mut Circle<'a>| (circle.at.0 - at.0).hypot(circle.at.1 - at.1) < APART;
        match circles.iter_mut().find(is_near) {
            Some(circle) => circle.groups.push(group),
            None => circles.push(Circle { at, groups: vec![group] }),
        }
    }
    circles
}

fn mark(lang: Lang, asked: &Asked, circle: &Circle<'_>, chosen: Option<&str>) -> Option<Marked> {
    let first = circle.groups.first()?;
    let classes = || circle.groups.iter().flat_map(|group| group.classes.iter());
    let people_of = |wanted: &str| classes().filter(|held| state(held.line.status) == wanted).map(|held| places::people(held)).sum();
    let people: Vec<(&'static str, i64)> = STATES.into_iter().map(|state| (state, people_of(state))).collect();
    let count = classes().count();
    let all = lang.counted("noun-people", people.iter().map(|(_, people)| *people).sum());
    let mut one = classes();
    let (href, label) = match (one.next(), one.next()) {
        (Some(held), None) => {
            let href = format!("{}#ban-do", same(asked, HERE, Some(&held.line.code)));
            let status = lang.code_text("class-status", held.line.status.code());
            (href, format!("{}: {}, {all}, {status}", held.line.terms.name, first.venue.name))
        }
        _ => {
            let others = circle.groups.len() - 1;
            let counted = lang.counted("noun-class", i64::try_from(count).unwrap_or(i64::MAX));
            let name = if others == 0 {
                first.venue.name.clone()
            } else {
                lang.with("map-and-near", &[("place", first.venue.name.clone().into()), ("n", lang.size(others).into())])
            };
            (format!("#{}", places::id(first.venue)), format!("{name}: {counted}, {all}"))
        }
    };
    Some(Marked {
        spot: first.venue.spot,
        href,
        label,
        people,
        count: (count > 1).then(|| lang.size(count)),
        is_chosen: chosen.is_some_and(|code| classes().any(|held| held.line.code == code)),
    })
}

/// The thin lines from places to where their people come from, each once, those of the most people.
fn ways(groups: &[Group<'_>]) -> Vec<(Spot, Spot)> {
    let mut ways: Vec<((Spot, Spot), i64)> = Vec::new();
    for group in groups {
        let all = group.classes.iter().flat_map(|held| &held.catchment.from);
        ways.extend(all.filter_map(|from| Some(((group.venue.spot, from.spot?), from.people))));
    }
    ways.sort_unstable();
    let mut summed: Vec<((Spot, Spot), i64)> = Vec::new();
    for (way, people) in ways.into_iter().filter(|((from, to), _)| from != to) {
        match summed.last_mut() {
            Some(last) if last.0 == way => last.1 += people,
            _ => summed.push((way, people)),
        }
    }
    summed.sort_by_key(|(_, people)| std::cmp::Reverse(*people));
    summed.into_iter().take(MOST_WAYS).map(|(way, _)| way).collect()
}

/// Lines, ends and names of what is looked at.
fn add_looked(lang: Lang, ground: &mut Ground, looked: &Looked) {
    let farthest = looked.catchment.from.iter().filter_map(|from| from.metres).max().filter(|metres| *metres > 0);
    // Without a place of its own, a class is drawn where it would be nearest to all.
    let hub = looked.spot.or(looked.catchment.best.as_ref().map(|best| best.spot));
    ground.hub = hub;
    for from in &looked.catchment.from {
        let Some(spot) = from.spot else { continue };
        let far = from.metres.map(|metres| format!(", {}", spots::km(lang, metres))).unwrap_or_default();
        let title = format!("{}: {}{far}", from.name, lang.counted("noun-people", from.people));
        if let Some(place) = hub.filter(|place| *place != spot) {
            let thick = match from.people {
                ..4 => 1,
                4..10 => 2,
                _ => 3,
            };
            ground.own.push((place, spot, thick));
        }
        let is_far = from.metres.is_some() && from.metres == farthest;
        let label = is_far.then(|| from.name.clone());
        ground.noted.push(Noted { spot, kind: if is_far { "far" } else { "end" }, title, label });
    }
    let is_better = |ways: domain::geography::catchment::Ways| looked.catchment.ways.is_none_or(|now| ways.all < now.all);
    if let Some(best) = looked.catchment.best.as_ref().filter(|best| is_better(best.ways)) {
        let title = lang.with("map-best-mark", &[("unit", best.unit.1.clone().into())]);
        ground.noted.push(Noted { spot: best.spot, kind: "best", title, label: Some(best.unit.1.clone()) });
    }
}

/// The map; nothing when nothing has a place.
pub(super) fn draw(lang: Lang, asked: &Asked, found: &ClassMap, groups: &[Group<'_>], looked: Option<&Looked>) -> Option<Map> {
    let units: Vec<Spot> = found.units.iter().filter_map(|unit| unit.spot).map(|(spot, _)| spot).collect();
    let venues = groups.iter().map(|group| group.venue.spot);
    let ends = looked.into_iter().flat_map(|looked| looked.catchment.from.iter().filter_map(|from| from.spot).chain(looked.spot));
    let frame = field(&units.iter().copied().chain(venues).chain(ends).collect::<Vec<_>>())?;
    let chosen = looked.and_then(|looked| looked.code.as_deref());
    let drawn = circles(groups, |spot| frame.put(spot));
    let mut marks: Vec<Marked> = drawn.iter().filter_map(|circle| mark(lang, asked, circle, chosen)).collect();
    // A class that the filters leave out is looked at all the same.
    if let (Some(held), false) = (&found.chosen, marks.iter().any(|mark| mark.is_chosen)) {
        let only = places::groups(std::slice::from_ref(held));
        let alone = circles(&only, |spot| frame.put(spot));
        marks.extend(alone.iter().filter_map(|circle| mark(lang, asked, circle, chosen)));
    }
    let mut ground = Ground { units, marks, ways: ways(groups), ..Ground::default() };
    if let Some(looked) = looked {
        add_looked(lang, &mut ground, looked);
    }
    let words = Words {
        title: looked.map_or_else(|| lang.t("map-title"), |looked| lang.with("map-of", &[("name", looked.name.clone().into())])),
        description: lang.t("map-description"),
        north: lang.text("map-north"),
        sides: (lang.text("map-side-north"), lang.text("map-side-east")),
    };
    Some(Map::draw(&frame, &ground, words))
}
