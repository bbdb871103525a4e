//! Units and officials, read in the asker's scope.
//! Not for: changing them.

mod people;
mod units;

pub(crate) use people::KeptPages;
pub use people::{MOST_EXPORTED, OfficialsPage, PeopleAsk, export_people, list_people, own_code, person, sees_private};
pub use store::read::people::{OfficialLine, Person, PostingLine, QualificationLine, RecordLine, Wanted};
pub use store::read::units::{SuccessionLine, UnitLine};
pub(crate) use units::{KeptUnits, view};
pub use units::{UnitView, home_unit, home_units, list_units, map, totals, unit};
