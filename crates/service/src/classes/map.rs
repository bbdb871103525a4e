//! Classes on a map: where each is held, which units send its people, how far they go, and where it would be nearest to all.
//! Not for: drawing (`web`), or deciding where one class is held (`venues`).

use std::collections::BTreeMap;

use domain::geography::Spot;
use domain::geography::catchment::{Sender, Ways, best};
use domain::geography::standing::Whence;
use domain::ids::{ClassId, PlanId, UnitId};
use domain::plans::{Line, Tree};
use domain::roles::{Act, Reach, Scope};
use domain::time::{Date, date};
use domain::training::ClassStatus;
use store::At;
use store::read::venues::{self, SenderLine, Sent};

use super::venues::{Ground, Nowhere, Venue};
use super::{Ask, ClassLine, list, seen};
use crate::{ActError, Ctx, Services, plans};

/// Classes of one map; a province holds fewer in a year.
const MOST: u32 = 1_000;

/// A unit on the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dot {
    /// Key.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where it stands, and how that is known; nothing when nobody said so.
    pub spot: Option<(Spot, Whence)>,
}

/// A unit that sends people, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Key.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// How many it sends.
    pub people: i64,
    /// Where it stands.
    pub spot: Option<Spot>,
    /// Metres to the class in a straight line.
    pub metres: Option<i64>,
}

/// Where a class would be nearest to all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Best {
    /// Code and name of the unit.
    pub unit: (String, String),
    /// Where it stands.
    pub spot: Spot,
    /// The ways to it.
    pub ways: Ways,
}

/// Who comes to a class, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catchment {
    /// How it is known; nothing when nobody is.
    pub sent: Option<Sent>,
    /// The units that the asker may see, the nearest first, those without a place last.
    pub from: Vec<Sending>,
    /// People of units that the asker may not see.
    pub others: i64,
    /// The ways to where it is held.
    pub ways: Option<Ways>,
    /// Where it would be nearest to all; nothing when only a part of them is seen, or one place is all there is.
    pub best: Option<Best>,
}

/// A class with its place and who comes there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The class.
    pub line: ClassLine,
    /// Where.
    pub place: Result<Venue, Nowhere>,
    /// Who comes.
    pub catchment: Catchment,
}

/// Classes on a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassMap {
    /// The classes, the latest first.
    pub classes: Vec<Held>,
    /// Whether there are more than one map has.
    pub is_cut: bool,
    /// The class that is looked at.
    pub chosen: Option<Held>,
    /// Units that live today, for who sees units.
    pub units: Vec<Dot>,
}

/// How people of units are seen by the asker.
struct Eyes {
    people: Option<Scope>,
    units: bool,
    tree: Tree,
    today: Date,
}

impl Eyes {
    fn of(ctx: &Ctx, ground: &Ground) -> Self {
        Self {
            people: ctx.scope(Act::ViewPeople).ok(),
            units: ctx.may(Act::ViewUnits),
            tree: Tree::on(&ground.names.map, ctx.today),
            today: ctx.today,
        }
    }

    /// As on the page of the class: shares are everybody's who sees units, people those of the own units.
    fn see(&self, ground: &Ground, line: &SenderLine) -> bool {
        let reach = self.people.as_ref().map(Scope::reach);
        match (line.sent, reach) {
            (Sent::Shared, _) => self.units,
            (_, Some(Reach::Province)) => true,
            (_, Some(Reach::Units(roots))) => {
                let now = ground.names.map.restated(line.unit, self.today);
                roots.iter().any(|root| self.tree.is_within(now, *root))
            }
            (_, Some(Reach::Own(_)) | None) => false,
        }
    }
}

fn from(ground: &Ground, on: Date, (id, people): (UnitId, i64), place: Option<Spot>) -> Sending {
    let spot = ground.standing.of(id, on).map(|(spot, _)| spot);
    Sending {
        id,
        code: ground.names.unit(id).map(|unit| unit.code.clone()).unwrap_or_default(),
        name: ground.names.name_on(id, on).to_owned(),
        people,
        spot,
        metres: spot.zip(place).map(|(spot, place)| spot.metres_to(place)),
    }
}

/// Who comes on a day from these units to a place.
fn catchment(
    ground: &Ground,
    on: Date,
    people: &BTreeMap<UnitId, i64>,
    place: Option<Spot>,
    (sent, others): (Option<Sent>, i64),
) -> Catchment {
    let mut from: Vec<Sending> = people.iter().map(|(unit, people)| from(ground, on, (*unit, *people), place)).collect();
    from.sort_by(|a, b| (a.metres.is_none(), a.metres, &a.code).cmp(&(b.metres.is_none(), b.metres, &b.code)));
    let senders: Vec<Sender> = from.iter().map(|from| Sender { unit: from.id, spot: from.spot, people: from.people }).collect();
    let whole = others == 0 && senders.iter().filter(|sender| sender.spot.is_some()).count() > 1;
    let best = best(&senders).filter(|_| whole).and_then(|(unit, ways)| {
        let at = from.iter().find(|from| from.id == unit)?;
        Some(Best { unit: (at.code.clone(), at.name.clone()), spot: at.spot?, ways })
    });
    let ways = place.map(|place| Ways::to(place, &senders)).filter(|ways| ways.people > 0);
    Catchment { sent, from, others, ways, best }
}

fn held(ground: &Ground, eyes: &Eyes, lines: &[SenderLine], line: ClassLine) -> Held {
    let on = line.terms.starts_on;
    let place = ground.venue(&line);
    let of_class = || lines.iter().filter(|sender| sender.class == line.id);
    // What is known best counts alone: whoever attends was named before, and has a place.
    let sent = of_class().map(|sender| sender.sent).max();
    let (mut people, mut others) = (BTreeMap::new(), 0);
    for sender in of_class().filter(|sender| Some(sender.sent) == sent) {
        if eyes.see(ground, sender) {
            *people.entry(ground.standing.house(sender.unit, on)).or_insert(0) += sender.people;
        } else {
            others += sender.people;
        }
    }
    let spot = place.as_ref().ok().map(|venue| venue.spot);
    let catchment = catchment(ground, on, &people, spot, (sent, others));
    Held { line, place, catchment }
}

fn dots(ctx: &Ctx, ground: &Ground) -> Vec<Dot> {
    if !ctx.may(Act::ViewUnits) {
        return Vec::new();
    }
    let dot = |(unit, spot): (&domain::orgs::Unit, Option<(Spot, Whence)>)| Dot {
        id: unit.id,
        code: unit.code.clone(),
        name: ground.names.name_on(unit.id, ctx.today).to_owned(),
        spot,
    };
    ground.standing.houses(ctx.today).into_iter().map(dot).collect()
}

/// Classes that are asked for on a map, and the one that is looked at, whether it is among them or not.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no classes; [`ActError::NotFound`] when the chosen class is unknown.
pub async fn map(services: &Services, ctx: &Ctx, ask: &Ask, chosen: Option<&str>) -> Result<ClassMap, ActError> {
    let page = list(services, ctx, ask, None, MOST).await?;
    let mut lines = page.lines;
    // Whoever asks for cancelled classes gets them; nobody else is sent to one.
    lines.retain(|line| line.status != ClassStatus::Cancelled || ask.statuses.contains(&ClassStatus::Cancelled));
    let chosen = match chosen {
        Some(code) => Some(seen(services, ctx, code).await?),
        None => None,
    };
    let mut ids: Vec<ClassId> = lines.iter().chain(&chosen).map(|line| line.id).collect();
    ids.sort_unstable();
    ids.dedup();
    let ground = Ground::of(services, ctx, &ids).await?;
    let senders = venues::senders(At::Reader(&services.db), &ids).await?;
    let eyes = Eyes::of(ctx, &ground);
    let of = |line: ClassLine| {
        let from = senders.partition_point(|sender| sender.class < line.id);
        let to = senders.partition_point(|sender| sender.class <= line.id);
        held(&ground, &eyes, senders.get(from..to).unwrap_or_default(), line)
    };
    Ok(ClassMap {
        chosen: chosen.map(of),
        classes: lines.into_iter().map(of).collect(),
        is_cut: page.next.is_some(),
        units: dots(ctx, &ground),
    })
}

/// The communes that a line of a plan brings together, and where their class would be nearest to all: people as the line gives places to each
/// commune, or one of each when it gives none.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such line, or none that the asker may see.
pub async fn of_plan_line(services: &Services, ctx: &Ctx, plan: PlanId, key: u32) -> Result<(Line, Catchment), ActError> {
    ctx.scope(Act::ViewClasses)?;
    let view = plans::one(services, ctx, plan, None).await?;
    let line = view.body.line(key).cloned().ok_or(ActError::NotFound)?;
    let ground = Ground::of(services, ctx, &[]).await?;
    let on = date(line.year, 1, 1).map_or(ctx.today, |first| first.max(ctx.today));
    let seats =
        |unit: UnitId| -> i64 { line.seats.iter().filter(|seats| seats.unit == Some(unit)).map(|seats| i64::from(seats.people)).sum() };
    let gives = line.cluster.iter().any(|unit| seats(*unit) > 0);
    let people = line.cluster.iter().map(|unit| (*unit, if gives { seats(*unit) } else { 1 })).collect();
    let found = catchment(&ground, on, &people, None, (gives.then_some(Sent::Shared), 0));
    Ok((line, found))
}
