//! Checking in: the code that a lecturer shows, and what becomes of whoever scans it.
//! Not for: signatures (`signing`), or the clock and the distance (`domain::attendance::checkin`).

use domain::attendance::checkin::{CheckInFault, FENCE_METRES, Fence, STEP_MS, is_fresh, replaces, said_at, step_of};
use domain::attendance::{Mark, Said, Source};
use domain::geography::Spot;
use domain::ids::{OfficialId, SittingId};
use domain::roles::{self, Act, Forbidden};
use domain::time::Instant;
use domain::training::{ClassStatus, Outcome};
use store::read::attendance::{self as read, MarkLine, Marks};
use store::read::classes::{ClassLine, SittingLine};
use store::write::attendance::{self as write, NewMark};
use store::{At, StoreError};

use super::signing::{Key, Purpose, Signed, device_digest};
use super::{caller, rules, sitting_of, subject};
use crate::classes::{keeper, seen, subject as class_subject};
use crate::noting::note;
use crate::registry::without_refusal;
use crate::reviews::why;
use crate::{ActError, Ctx, Services};

/// Why somebody is not checked in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckInRefusal {
    /// Why.
    pub fault: CheckInFault,
    /// How far off the device is, in metres, when that is why.
    pub metres: i64,
}

type Refused = ActError<CheckInRefusal>;

const fn refuse<T>(fault: CheckInFault) -> Result<T, Refused> {
    Err(ActError::Refused(CheckInRefusal { fault, metres: 0 }))
}

/// Steps for which whoever scanned in time may still press the button: five minutes.
const TICKET_STEPS: i64 = 15;

/// What the lecturer shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeView {
    /// The class.
    pub class: ClassLine,
    /// The sitting.
    pub sitting: SittingLine,
    /// The code of now; nothing when nobody can check in.
    pub token: Option<String>,
    /// Why nobody can.
    pub closed: Option<CheckInFault>,
    /// Milliseconds until the next code.
    pub next_ms: i64,
    /// How many checked in.
    pub checked_in: usize,
    /// How many are of the class.
    pub people: usize,
    /// How far off the class somebody may check in.
    pub fence: Option<Fence>,
}

/// The code of now for the screen of whoever calls the roll.
///
/// # Errors
/// [`ActError::NotFound`] when the class has no such sitting; [`ActError::Forbidden`] for who does not call its roll.
pub async fn code(services: &Services, ctx: &Ctx, class: &str, sitting: SittingId) -> Result<CodeView, ActError> {
    let class = seen(services, ctx, class).await?;
    let sitting = sitting_of(services, &class, sitting).await?;
    caller(services, ctx, &class, &sitting).await?;
    let closed = closed(services, &class, &sitting, ctx.now).await?;
    let step = step_of(ctx.now);
    let token = match closed {
        Some(_) => None,
        None => Some(Key::of(services, ctx.now).await?.sign(Signed { sitting: sitting.id, step }, Purpose::Screen)),
    };
    let at = At::Reader(&services.db);
    let marks = read::marks(at, Marks::Of(sitting.id)).await?;
    let is_in = |mark: &&MarkLine| mark.source == Source::Qr;
    let people = read::attendees(at, class.id, ctx.today).await?;
    Ok(CodeView {
        token,
        closed,
        next_ms: (step + 1) * STEP_MS - ctx.now.0,
        checked_in: marks.iter().filter(is_in).count(),
        people: people.iter().filter(|one| one.outcome != Outcome::Withdrawn).count(),
        fence: read::fence(at, class.id).await?,
        class,
        sitting,
    })
}

/// Why nobody can check in at an instant.
async fn closed(services: &Services, class: &ClassLine, sitting: &SittingLine, now: Instant) -> Result<Option<CheckInFault>, ActError> {
    if class.status != ClassStatus::Running {
        return Ok(Some(CheckInFault::NotNow));
    }
    let rules = rules(services).await?;
    Ok(said_at(now, rules.starts.span(sitting.sitting.on, sitting.sitting.shift), rules.late).err())
}

/// What somebody who scanned a code in time is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The class.
    pub class: ClassLine,
    /// The sitting.
    pub sitting: SittingLine,
    /// With what the button is pressed.
    pub ticket: String,
    /// Whether the class wants to know where the device is, and within how many metres.
    pub metres: Option<i32>,
    /// What stands already.
    pub stands: Option<Said>,
}

/// Whose staff file the asker has.
fn own(ctx: &Ctx) -> Result<OfficialId, Refused> {
    ctx.who.as_ref().and_then(|who| who.official).map_or_else(|| refuse(CheckInFault::NotLearner), Ok)
}

/// A code scanned by somebody who is signed in.
///
/// # Errors
/// [`CheckInRefusal`] with the first thing in the way.
pub async fn invitation(services: &Services, ctx: &Ctx, token: &str, device: &str) -> Result<Invitation, Refused> {
    let key = Key::of(services, ctx.now).await.map_err(without_refusal)?;
    let Some(signed) = key.read(token, Purpose::Screen) else { return refuse(CheckInFault::BadCode) };
    if !is_fresh(signed.step, ctx.now) {
        return refuse(CheckInFault::Expired);
    }
    let official = own(ctx)?;
    let door = Door::of(services, ctx, signed, official, ctx.now).await?;
    door.open(services, device).await?;
    let metres = read::fence(At::Reader(&services.db), door.class.id).await?.map(|fence| fence.metres);
    let ticket = key.sign(signed, Purpose::Ticket(official, &device_digest(device)));
    let stands = door.stands.map(|mark| mark.said);
    Ok(Invitation { class: door.class, sitting: door.sitting, ticket, metres, stands })
}

/// Somebody at the door of a sitting.
struct Door {
    class: ClassLine,
    sitting: SittingLine,
    official: OfficialId,
    said: Said,
    stands: Option<MarkLine>,
}

impl Door {
    async fn of(services: &Services, ctx: &Ctx, signed: Signed, official: OfficialId, scanned: Instant) -> Result<Self, Refused> {
        let at = At::Reader(&services.db);
        let code = match read::class_of(at, signed.sitting).await {
            Err(StoreError::NotFound) => return refuse(CheckInFault::BadCode),
            code => code?,
        };
        let class = seen(services, ctx, &code).await.map_err(without_refusal)?;
        let sitting = sitting_of(services, &class, signed.sitting).await.map_err(without_refusal)?;
        if class.status != ClassStatus::Running {
            return refuse(CheckInFault::NotNow);
        }
        let attendees = read::attendees(at, class.id, ctx.today).await?;
        if !attendees.iter().any(|one| one.official.0 == official && one.outcome == Outcome::Studying) {
            return refuse(CheckInFault::NotLearner);
        }
        let rules = rules(services).await.map_err(without_refusal)?;
        let said = match said_at(scanned, rules.starts.span(sitting.sitting.on, sitting.sitting.shift), rules.late) {
            Ok(said) => said,
            Err(fault) => return refuse(fault),
        };
        let marks = read::marks(at, Marks::Of(sitting.id)).await?;
        let stands = marks.into_iter().find(|mark| mark.official == official);
        Ok(Self { class, sitting, official, said, stands })
    }

    /// Refuses a device that checked somebody else in.
    async fn open(&self, services: &Services, device: &str) -> Result<(), Refused> {
        let used = read::device_of(At::Reader(&services.db), self.sitting.id, &device_digest(device)).await?;
        if used.is_some_and(|by| by != self.official) { refuse(CheckInFault::OtherDevice) } else { Ok(()) }
    }
}

/// Somebody who checked in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedIn {
    /// The class.
    pub class: ClassLine,
    /// The sitting.
    pub sitting: SittingLine,
    /// What is said of the person.
    pub said: Said,
    /// Whether it was said just now; otherwise it stood already.
    pub is_new: bool,
}

/// Checks somebody in who scanned a code in time. Doing it again changes nothing.
///
/// # Errors
/// [`CheckInRefusal`] with the first thing in the way.
pub async fn check_in(services: &Services, ctx: &Ctx, ticket: &str, device: &str, spot: Option<Spot>) -> Result<CheckedIn, Refused> {
    let who = ctx.who.as_ref().ok_or(Forbidden { act: Act::CheckIn })?;
    let official = own(ctx)?;
    let proof = Some(roles::authorise_within(who, Act::CheckIn, |_| true)?);
    let key = Key::of(services, ctx.now).await.map_err(without_refusal)?;
    let digest = device_digest(device);
    let Some(signed) = key.read(ticket, Purpose::Ticket(official, &digest)) else { return refuse(CheckInFault::BadCode) };
    let now = step_of(ctx.now);
    if signed.step > now || signed.step < now - TICKET_STEPS {
        return refuse(CheckInFault::Expired);
    }
    // Whoever scanned in time is in time, however slow the network. The start of the step is before the scan and never after it.
    let door = Door::of(services, ctx, signed, official, Instant(signed.step * STEP_MS)).await?;
    door.open(services, device).await?;
    if let Some(stands) = door.stands.as_ref().filter(|stands| !replaces(Some(stands.said))) {
        return Ok(CheckedIn { said: stands.said, class: door.class, sitting: door.sitting, is_new: false });
    }
    if let Some(fence) = read::fence(At::Reader(&services.db), door.class.id).await? {
        fence.lets_in(spot).map_err(|(fault, metres)| ActError::Refused(CheckInRefusal { fault, metres }))?;
    }
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, "");
    let new = NewMark { sitting: door.sitting.id, official, said: door.said, source: Source::Qr, note: "", device: Some(&digest) };
    match write::put(&tx, &why, &new, door.stands.as_ref()).await {
        // Somebody was quicker: the same person with another device, or somebody else with this one.
        Err(StoreError::Duplicate) => {
            drop(tx);
            door.open(services, device).await?;
            return Err(ActError::Stale);
        }
        done => done?,
    }
    // Who came is a matter of the roll; the audit tells that somebody did.
    note(&tx, ctx, "class.check_in", &subject(&door.class.code, door.sitting.id), Mark::code(door.said.mark)).await?;
    tx.commit().await?;
    Ok(CheckedIn { class: door.class, sitting: door.sitting, said: door.said, is_new: true })
}

/// Puts a fence around a class, or takes it away.
///
/// # Errors
/// [`ActError::Refused`] when the metres are fewer or more than phones can tell; [`ActError::Forbidden`] for who does not keep the class.
pub async fn keep_fence(services: &Services, ctx: &Ctx, code: &str, fence: Option<Fence>) -> Result<(), ActError<()>> {
    let class = seen(services, ctx, code).await.map_err(without_refusal)?;
    keeper(services, ctx, class.terms.lead).await.map_err(without_refusal)?;
    if fence.is_some_and(|fence| !(FENCE_METRES.0..=FENCE_METRES.1).contains(&fence.metres)) {
        return Err(ActError::Refused(()));
    }
    let tx = services.db.write().await?;
    write::put_fence(&tx, class.id, fence).await?;
    let told = fence.map(|fence| format!("{} m", fence.metres)).unwrap_or_default();
    note(&tx, ctx, "class.fence", &class_subject(code), &told).await?;
    Ok(tx.commit().await?)
}
