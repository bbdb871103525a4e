//! Pages of gaps: the map of requirements, the names behind a number, and who is to be trained first.
//! Not for: counting (`service::gaps`), or writing standards (`standards`).

pub(crate) mod heat;
pub(crate) mod names;
pub(crate) mod panel;
pub(crate) mod urgent;
pub(crate) mod words;

use domain::people::{LeaderGroup, StaffKind};
use service::gaps::{Among, Ask};

use crate::asked::Asked;
use crate::place::Place;

/// Name of the kind of staff in addresses.
const STAFF: &str = "loai";
/// Name of the group of leaders in addresses.
const GROUP: &str = "nhom";
/// Everybody who is in no group of leaders.
const NO_GROUP: &str = "khac";

/// The question of a page.
fn ask(place: &Place) -> Ask {
    Ask { on: place.day, unit: place.unit_code().map(str::to_owned) }
}

/// The part of the audience that an address asks for; what cannot be read asks for everybody.
fn among(asked: &Asked) -> Option<Among> {
    let group = |text: &str| if text == NO_GROUP { Some(None) } else { LeaderGroup::from_code(text).map(Some) };
    let staff = asked.text(STAFF).and_then(StaffKind::from_code).map(Among::Staff);
    staff.or_else(|| asked.text(GROUP).and_then(group).map(Among::Leaders))
}

/// The pair of an address that asks for a part of the audience.
fn among_pair(among: Option<Among>) -> (&'static str, Option<&'static str>) {
    match among {
        None => (STAFF, None),
        Some(Among::Staff(staff)) => (STAFF, Some(staff.code())),
        Some(Among::Leaders(group)) => (GROUP, Some(group.map_or(NO_GROUP, LeaderGroup::code))),
    }
}
