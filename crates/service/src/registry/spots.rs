//! Where units stand: read for a day, said by whoever keeps units, taken back when it was wrong.
//! Not for: reading a pasted text (`domain::geography`), or drawing (`web`).

use std::sync::Arc;

use domain::geography::Spot;
use domain::geography::standing::{Standing, Whence};
use domain::ids::UnitId;
use domain::roles::Act;
use domain::time::Date;
use store::At;
use store::read::units::{self as read, SpotLine};
use store::write::register as write;

use super::keeping::{is_reason, without_refusal};
use super::reorganise::{commit, keeper, why};
use super::{UnitView, unit_names, view};
use crate::{ActError, Ctx, Services};

/// Why it is not kept where a unit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpotRefusal {
    /// Something was said from that later day on.
    BeforeLast(Date),
    /// The unit does not live on the first day.
    OutsideLife,
    /// It is known so already.
    Known,
    /// It must say why.
    NoReason,
    /// The unit is in another state than was asked.
    Unmatched,
}

/// Where a unit stands, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpotCard<'a> {
    /// Where.
    pub spot: Spot,
    /// From when on; nothing sets right what was said last, or says it for the whole life of the unit.
    pub from: Option<Date>,
    /// Why.
    pub reason: &'a str,
}

/// What is known about the place of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Where it stands on the day, and how that is known.
    pub now: Option<(Spot, Whence)>,
    /// The unit of which it is a part and with which it stands.
    pub with: Option<(String, String)>,
    /// What was said over the years, oldest first.
    pub lines: Vec<SpotLine>,
}

/// Where every unit stands, for any day, whoever asks.
pub(crate) async fn standing(services: &Services, ctx: &Ctx) -> Result<Arc<Standing>, ActError> {
    let facts = services.facts(ctx).await?;
    let make = async {
        let map = read::map(&services.db).await?;
        let lines = read::spots(At::Reader(&services.db), None).await?;
        Ok(Standing::new(&map, lines.into_iter().map(|line| (line.unit, line.during, line.spot))))
    };
    services.units.standing.get(facts, (), make).await
}

/// What is known about the place of a unit on a day.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn placed(services: &Services, ctx: &Ctx, unit: UnitId, on: Date) -> Result<Placed, ActError> {
    ctx.scope(Act::ViewUnits)?;
    let now = standing(services, ctx).await?.of(unit, on);
    let with = match now {
        Some((_, Whence::Above(above))) => {
            let names = unit_names(services, ctx).await?;
            names.unit(above).map(|unit| (unit.code.clone(), names.name_on(above, on).to_owned()))
        }
        _ => None,
    };
    Ok(Placed { now, with, lines: read::spots(At::Reader(&services.db), Some(unit)).await? })
}

/// From when on a place holds: as asked, else from where what was said last begins, else from the first day of the unit.
fn starts(lines: &[SpotLine], unit: &UnitView, from: Option<Date>) -> Date {
    from.or_else(|| lines.last().map(|line| line.during.from())).unwrap_or(unit.unit.life.from())
}

/// What keeps a place from being written, with the day from which it would hold.
pub(crate) fn spot_faults(lines: &[SpotLine], unit: &UnitView, card: &SpotCard<'_>) -> (Date, Vec<SpotRefusal>) {
    let from = starts(lines, unit, card.from);
    let mut refusals = Vec::new();
    if let Some(last) = lines.last() {
        refusals.extend((from < last.during.from()).then_some(SpotRefusal::BeforeLast(last.during.from())));
        refusals.extend((last.spot == card.spot).then_some(SpotRefusal::Known));
    }
    refusals.extend((!unit.unit.life.contains(from)).then_some(SpotRefusal::OutsideLife));
    refusals.extend((!is_reason(card.reason)).then_some(SpotRefusal::NoReason));
    (from, refusals)
}

/// Says where a unit stands.
///
/// # Errors
/// Every [`SpotRefusal`] that applies; [`ActError::Forbidden`] for those who keep no units.
pub async fn place_unit(services: &Services, ctx: &Ctx, unit: &str, card: &SpotCard<'_>) -> Result<(), ActError<Vec<SpotRefusal>>> {
    let proof = keeper(ctx)?;
    let line = view(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
    let known = read::spots(At::Reader(&services.db), Some(line.unit.id)).await?;
    let (from, refusals) = spot_faults(&known, &line, card);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    write::put_spot(&tx, &why(ctx, proof.as_ref(), card.reason), (line.unit.id, card.spot), from).await?;
    let (north, east) = card.spot.decimal();
    let told = format!("{north}, {east}");
    commit(tx, ctx, "unit.spot", &format!("unit/{}", line.unit.code), (Some(&told), card.reason)).await?;
    Ok(())
}

/// Takes back what was said last of the place of a unit; what was said before goes on.
///
/// # Errors
/// [`SpotRefusal::NoReason`] without a reason, [`ActError::NotFound`] when nothing such was said, [`ActError::Stale`] when more was said since.
pub async fn remove_spot(services: &Services, ctx: &Ctx, unit: &str, row: i64, reason: &str) -> Result<(), ActError<Vec<SpotRefusal>>> {
    let proof = keeper(ctx)?;
    let line = view(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
    if !is_reason(reason) {
        return Err(ActError::Refused(vec![SpotRefusal::NoReason]));
    }
    let tx = services.db.write().await?;
    write::remove_spot(&tx, &why(ctx, proof.as_ref(), reason), line.unit.id, row).await?;
    commit(tx, ctx, "unit.spot", &format!("unit/{}", line.unit.code), (None, reason)).await?;
    Ok(())
}
