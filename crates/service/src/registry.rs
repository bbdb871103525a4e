//! Units and officials: read in the asker's scope, and the register kept, every change with who, when and why.
//! Not for: counting (`progress`, `statistics`).

mod areas;
mod career;
mod corrections;
mod duplicates;
mod facets;
mod fixing;
mod identity;
pub(crate) mod keeping;
mod lists;
mod merging;
mod naming;
mod papers;
mod people;
mod plans;
mod posts;
mod reorganise;
mod retention;
mod scans;
mod spots;
mod undoing;
mod units;

pub use areas::{AreaCard, AreaRefusal, add_area, areas, remote_areas, remove_area};
pub use career::{CareerRefusal, Move, end_secondment, leave, move_to, second};
pub use corrections::{
    DecisionRefusal, ProposalRefusal, Proposed, accept, correction, open_corrections, own_corrections, proposable, propose, refuse,
    withdraw,
};
pub(crate) use duplicates::KeptPairs;
pub use duplicates::{AlikePage, Pair, duplicates, known_as, set_apart};
pub(crate) use facets::KeptFacets;
pub use facets::{Counted, Facets, PrivateFacets, facets, facets_within};
pub use identity::{IdentityRefusal, OwnFile, add, amend, own_file, reveal, tells_private};
pub use keeping::{history, may_keep};
pub(crate) use keeping::{is_reason, without_refusal};
pub use lists::{
    LONGEST_NAME, MOST_VIEWS, ViewLine, ViewRefusal, choose_columns, columns_of, keep_view, may_share, remove_view, rename_view, views,
};
pub use merging::{Choice, MergeRefusal, MergeView, merge, merge_view};
pub(crate) use naming::names_of;
pub use naming::{Found, How, Names, resolve_unit, unit_names};
pub use papers::{Declared, Paper, PaperRefusal, add_qualification, add_rating, add_record, strike};
pub(crate) use people::KeptPages;
pub use people::{ListRefusal, MOST_EXPORTED, OfficialsPage, PeopleAsk, export_people, list_people, own_code, person, sees_private};
pub use plans::{PlanRefusal, Planning, close_promise, plan_post, promise};
pub(crate) use posts::KeptPosts;
pub(crate) use posts::post_faults;
pub use posts::{PostCard, PostGroup, PostLine, PostRefusal, keep_post, post, post_titles, posts};
pub(crate) use reorganise::alias_faults;
pub use reorganise::{
    AliasRefusal, Carried, FlowLine, Named, Order, Preview, ReorganiseRefusal, StuckLine, add_alias, carry, carry_for, may_reorganise,
    past, preview, remove_alias, reorganisation, reorganisations, undo_reorganisation,
};
pub use retention::{DueLine, FilesDue, Kept, RetentionRule, Review, drop_due_files, review, take_due_names};
pub use scans::{Scan, ScanRefusal, add_scan, has_line, remove_scan, scan};
pub use spots::{Placed, SpotCard, SpotRefusal, place_unit, placed, remove_spot};
pub(crate) use spots::{spot_faults, standing};
pub use store::read::corrections::{CorrectionLine, Wanted as WantedValue};
pub use store::read::duplicates::Alike;
pub use store::read::people::{
    CommitmentLine, Detail, Details, OfficialLine, Person, PlannedLine, PostingLine, QualificationLine, RatingLine, RecordLine, ScanLine,
    SecondmentLine, Wanted,
};
pub use store::read::register::{ChangeLine, Difference, Masked, Touched};
pub use store::read::reorganise::{AliasLine, Past, PastLine, ReorganisationLine};
pub use store::read::units::{AreaLine, SpotLine};
pub use store::read::units::{SuccessionLine, UnitLine};
pub use store::write::register::{Hindrance, Identity, Merged, Obstacle};
pub(crate) use undoing::others;
pub use undoing::{Operation, UndoRefusal, operation, undo};
pub(crate) use units::{KeptUnits, view, view_of_id};
pub use units::{UnitView, home_unit, home_units, list_units, map, totals, unit};
