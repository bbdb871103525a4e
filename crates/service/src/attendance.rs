//! Attendance of a class: the roll of a sitting called by its lecturer or whoever keeps the class, the overview, and checking in.
//! Not for: what counts (`domain::attendance`), or what follows for results (`grades`).

mod calling;
mod checkin;
mod overview;
mod rules;
pub mod sheets;
mod signing;

use std::collections::BTreeMap;

use domain::attendance::{MarkFault, Said};
use domain::ids::{OfficialId, SittingId};
use domain::people::StaffKind;
use domain::roles::{self, Act, Forbidden};
use law::results::{Found, result_rule};
use law::{ClassOpening, CourseEnd};
use store::At;
use store::read::attendance::{self as read, Marks};
pub use store::read::attendance::{Attendee, MarkChange, MarkLine};
use store::read::classes::{ClassLine, Meeting, SittingLine, sittings};

use crate::classes::{keeper, seen};
use crate::lawbook::law;
use crate::reviews::Proof;
use crate::{ActError, Ctx, Services};
use domain::training::{ClassStatus, Outcome};

pub use calling::{Entry, Synced, Theirs, call, sync};
pub use checkin::{CheckInRefusal, CheckedIn, CodeView, Invitation, check_in, code, invitation, keep_fence};
pub(crate) use overview::Kept;
pub use overview::{Overview, Row, overview};
pub(crate) use rules::rules;
pub use rules::{AttendanceRules, keep_rules, kept_rules};

/// Why a roll is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RollRefusal {
    /// The class does not run, or its results are recognised.
    NotNow,
    /// The day of the sitting has not come.
    TooEarly,
    /// Marks have faults.
    Marks(Vec<(OfficialId, MarkFault)>),
    /// Others were changed by somebody else meanwhile; what stands there now.
    Changed(Vec<(OfficialId, Said)>),
}

type Refused = ActError<RollRefusal>;

/// The roll of a sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roll {
    /// The class.
    pub class: ClassLine,
    /// The sitting.
    pub sitting: SittingLine,
    /// Who is to be there, in name order, with the mark that stands.
    pub people: Vec<(Attendee, Option<MarkLine>)>,
    /// Marks that were changed after they were first put, newest first.
    pub changes: Vec<MarkChange>,
    /// Cells of scanned sheets that marks were read off, with when that was.
    pub signed: BTreeMap<OfficialId, sheets::Seen>,
    /// Whether it may be called or corrected now.
    pub may_call: bool,
    /// Whether the asker keeps the class.
    pub keeps: bool,
}

/// Changes of one roll that are shown.
const MOST_CHANGES: u32 = 100;

/// The roll of a sitting, for its lecturer and whoever keeps the class.
///
/// # Errors
/// [`ActError::NotFound`] when the class has no such sitting; [`ActError::Forbidden`] for everybody else.
pub async fn roll(services: &Services, ctx: &Ctx, code: &str, sitting: SittingId) -> Result<Roll, ActError> {
    let class = seen(services, ctx, code).await?;
    let keeps = keeper(services, ctx, class.terms.lead).await.is_ok();
    let sitting = sitting_of(services, &class, sitting).await?;
    caller(services, ctx, &class, &sitting).await?;
    let at = At::Reader(&services.db);
    let mut marks: BTreeMap<OfficialId, MarkLine> =
        read::marks(at, Marks::Of(sitting.id)).await?.into_iter().map(|mark| (mark.official, mark)).collect();
    let attendees = read::attendees(at, class.id, ctx.today).await?;
    let changes = read::changes(at, sitting.id, MOST_CHANGES).await?;
    let signed = sheets::seen_in(at, class.id, sitting.id).await?;
    let may_call = is_open(&class) && sitting.sitting.on <= ctx.today;
    let people = attendees
        .into_iter()
        .map(|attendee| {
            let mark = marks.remove(&attendee.official.0);
            (attendee, mark)
        })
        .filter(|(attendee, mark)| attendee.outcome != Outcome::Withdrawn || mark.is_some())
        .collect();
    Ok(Roll { class, sitting, people, changes, signed, may_call, keeps })
}

/// Whether marks and grades of a class may still be put.
pub(crate) const fn is_open(class: &ClassLine) -> bool {
    matches!(class.status, ClassStatus::Running | ClassStatus::Finished)
}

pub(crate) async fn sitting_of(services: &Services, class: &ClassLine, sitting: SittingId) -> Result<SittingLine, ActError> {
    let all = sittings(At::Reader(&services.db), Meeting::Of(class.id)).await?;
    all.into_iter().find(|line| line.id == sitting).ok_or(ActError::NotFound)
}

/// Whether the asker teaches a sitting.
fn teaches(ctx: &Ctx, sitting: &SittingLine) -> bool {
    let own = ctx.who.as_ref().and_then(|who| who.official);
    own.is_some() && own == sitting.taught_by
}

/// Proof that the asker calls the roll of a sitting: as its lecturer, or as whoever keeps the class.
pub(crate) async fn caller(services: &Services, ctx: &Ctx, class: &ClassLine, sitting: &SittingLine) -> Result<Proof, ActError> {
    if let Ok(proof) = keeper(services, ctx, class.terms.lead).await {
        return Ok(proof);
    }
    let who = ctx.who.as_ref().ok_or(Forbidden { act: Act::CallRoll })?;
    Ok(Some(roles::authorise_within(who, Act::CallRoll, |_| teaches(ctx, sitting))?))
}

/// The rule of a class for every kind of staff in it.
pub(crate) fn rules_of<'a>(class: &ClassLine, people: impl Iterator<Item = &'a Attendee>) -> Result<BTreeMap<StaffKind, Found>, ActError> {
    let law = law()?;
    let mut found = BTreeMap::new();
    for attendee in people {
        found
            .entry(attendee.staff)
            .or_insert_with(|| result_rule(law, attendee.staff, ClassOpening(class.terms.starts_on), CourseEnd(class.terms.ends_on)));
    }
    Ok(found)
}

/// Where an act of attendance is noted.
fn subject(class: &str, sitting: SittingId) -> String {
    format!("class/{class}/sitting/{sitting}")
}
