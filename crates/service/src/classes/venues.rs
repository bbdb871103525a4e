//! Where classes are held, as far as it can be known: from the fence around the class, its rooms, the words for its place and its school,
//! and only when nothing at all is said from the unit that opens it.
//! Not for: drawing them (`map`), or where units stand (`registry`).

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::geography::Spot;
use domain::geography::standing::Standing;
use domain::ids::{ClassId, RoomId, UnitId};
use domain::roles::Act;
use domain::text::fold;
use domain::time::Date;
use domain::training::Mode;
use store::At;
use store::read::classes::{self as read, ClassLine, RoomLine, Wanted};
use store::read::venues;

use crate::registry::{self, Found, Names};
use crate::{ActError, Ctx, Services};

/// From what a place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clue {
    /// The fence in which people check in.
    Fence,
    /// The room in which it meets most often.
    Room,
    /// The words for its place.
    Place,
    /// The school that teaches.
    School,
    /// The unit that opens it: nothing else is said.
    Lead,
}

/// Where a class is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Venue {
    /// Where it stands.
    pub spot: Spot,
    /// What it is called.
    pub name: String,
    /// The unit whose house it is.
    pub unit: Option<UnitId>,
    /// From what it is known.
    pub clue: Clue,
}

/// Why a class has no place on a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nowhere {
    /// Everybody learns where they are.
    Online,
    /// It is held in another country.
    Abroad,
    /// Nobody said where this unit stands: its code and name.
    Unplaced(String, String),
    /// Nobody said where this room stands: its key and name.
    Room(RoomId, String),
    /// The words for its place are the name of no unit and no room.
    Words(String),
    /// Nothing is said.
    Unsaid,
}

/// What is known for some classes, read at once.
pub(crate) struct Ground {
    pub(super) names: Arc<Names>,
    pub(super) standing: Arc<Standing>,
    rooms: Vec<RoomLine>,
    meets: BTreeMap<ClassId, Vec<(i64, RoomId)>>,
    fences: BTreeMap<ClassId, Spot>,
}

impl Ground {
    /// Reads it, whoever asks: a place is no secret, who goes there may be.
    pub(crate) async fn of(services: &Services, ctx: &Ctx, classes: &[ClassId]) -> Result<Self, ActError> {
        let at = At::Reader(&services.db);
        let mut meets: BTreeMap<ClassId, Vec<(i64, RoomId)>> = BTreeMap::new();
        for (class, room, times) in venues::rooms(at, classes).await? {
            meets.entry(class).or_default().push((times, room));
        }
        for rooms in meets.values_mut() {
            rooms.sort_by_key(|(times, room)| (std::cmp::Reverse(*times), *room));
        }
        Ok(Self {
            names: registry::names_of(services, ctx).await?,
            standing: registry::standing(services, ctx).await?,
            rooms: read::rooms(at).await?,
            meets,
            fences: venues::fences(at, classes).await?.into_iter().collect(),
        })
    }

    fn rooms_of(&self, class: ClassId) -> impl Iterator<Item = &RoomLine> {
        let meets = self.meets.get(&class).into_iter().flatten();
        meets.filter_map(|(_, id)| self.rooms.iter().find(|room| room.id == *id))
    }

    /// A unit as a venue on a day; its code and name when nobody said where it stands.
    fn unit(&self, unit: UnitId, clue: Clue, on: Date) -> Result<Venue, Nowhere> {
        let house = self.standing.house(unit, on);
        let name = self.names.name_on(house, on).to_owned();
        match self.standing.of(unit, on) {
            Some((spot, _)) => Ok(Venue { spot, name, unit: Some(house), clue }),
            None => {
                let code = self.names.unit(house).map(|unit| unit.code.clone()).unwrap_or_default();
                Err(Nowhere::Unplaced(code, name))
            }
        }
    }

    /// A room as a venue: where it stands itself, else in the house of its unit, else where its words say.
    fn room(&self, room: &RoomLine, clue: Clue, on: Date) -> Result<Venue, Nowhere> {
        if let Some(spot) = room.spot {
            return Ok(Venue { spot, name: room.name.clone(), unit: None, clue });
        }
        match (room.unit, self.named(&room.place, on)) {
            (Some(unit), _) | (None, Some(unit)) => self.unit(unit, clue, on),
            (None, None) => Err(Nowhere::Room(room.id, room.name.clone())),
        }
    }

    /// The one unit of that name on a day.
    fn named(&self, words: &str, on: Date) -> Option<UnitId> {
        match self.names.resolve(words, on) {
            Found::One(unit, _) if !words.trim().is_empty() => Some(unit),
            _ => None,
        }
    }

    fn words(&self, words: &str, clue: Clue, on: Date) -> Result<Venue, Nowhere> {
        let key = fold(words);
        if let Some(room) = self.rooms.iter().find(|room| fold(&room.name) == key || fold(&room.code) == key) {
            return self.room(room, clue, on);
        }
        match self.named(words, on) {
            Some(unit) => self.unit(unit, clue, on),
            None => Err(Nowhere::Words(words.to_owned())),
        }
    }

    /// Where a class is held. Of what is known the nearest counts; what was tried first and has no place is told when nothing has one.
    ///
    /// # Errors
    /// [`Nowhere`], when it has no place on a map.
    pub(crate) fn venue(&self, line: &ClassLine) -> Result<Venue, Nowhere> {
        let (terms, on) = (&line.terms, line.terms.starts_on);
        match (terms.mode, terms.abroad) {
            (_, true) => return Err(Nowhere::Abroad),
            (Mode::Online, _) => return Err(Nowhere::Online),
            _ => {}
        }
        if let Some(spot) = self.fences.get(&line.id) {
            let said = [&terms.place, &terms.school, &terms.name].into_iter().find(|words| !words.is_empty());
            let name = self.rooms_of(line.id).next().map(|room| room.name.clone()).or_else(|| said.cloned()).unwrap_or_default();
            return Ok(Venue { spot: *spot, name, unit: None, clue: Clue::Fence });
        }
        let mut without: Vec<Nowhere> = Vec::new();
        let rooms = self.rooms_of(line.id).map(|room| self.room(room, Clue::Room, on));
        let words = [(&terms.place, Clue::Place), (&terms.school, Clue::School)];
        let words = words.into_iter().filter(|(words, _)| !words.trim().is_empty()).map(|(words, clue)| self.words(words, clue, on));
        for tried in rooms.chain(words) {
            match tried {
                Ok(venue) => return Ok(venue),
                Err(nowhere) => without.push(nowhere),
            }
        }
        match without.into_iter().next() {
            Some(nowhere) => Err(nowhere),
            None => self.unit(terms.lead, Clue::Lead, on).map_err(|_| Nowhere::Unsaid),
        }
    }
}

/// Where a class is held.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no classes.
pub async fn venue(services: &Services, ctx: &Ctx, line: &ClassLine) -> Result<Result<Venue, Nowhere>, ActError> {
    ctx.scope(Act::ViewClasses)?;
    Ok(Ground::of(services, ctx, &[line.id]).await?.venue(line))
}

/// Where the classes of these codes are held, by code; those without a place are left out.
pub(crate) async fn spots(services: &Services, ctx: &Ctx, codes: &[&str]) -> Result<BTreeMap<String, Spot>, ActError> {
    if codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let wanted = Wanted { codes, ..Wanted::default() };
    let lines = read::list(&services.db, &wanted, None, u32::MAX, ctx.today).await?;
    let ground = Ground::of(services, ctx, &lines.iter().map(|line| line.id).collect::<Vec<_>>()).await?;
    Ok(lines.iter().filter_map(|line| Some((line.code.clone(), ground.venue(line).ok()?.spot))).collect())
}
