//! Where a unit stands, put as another machine tells it.
//! Not for: the rules of it (`registry::place_unit`).

use domain::roles::{self, Act};
use store::At;
use store::read::{changes, units as read};
use store::write::exchange as store_exchange;
use store::write::register::{self as register, Why};
use store::write::schemes::By;
use store::write::{audit, bump_facts};

use super::keys::Receipt;
use super::write::{Matching, OpState, unit_tag};
use crate::registry::{SpotCard, SpotRefusal, spot_faults, view, without_refusal};
use crate::{ActError, Ctx, Services};

/// Puts where a unit stands. Tells what became of it and the state of the unit after.
///
/// # Errors
/// Every [`SpotRefusal`] that applies but that it is known so already: that is the same.
pub async fn set_spot(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    card: &SpotCard<'_>,
    matching: &Matching,
    receipt: &Receipt<'_, (OpState, String)>,
) -> Result<(OpState, String), ActError<Vec<SpotRefusal>>> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepUnits)).transpose()?;
    let facts = store::read::accounts::facts_version(&services.db).await?;
    let ctx = Ctx { facts: Some(facts), ..ctx.clone() };
    let unit = view(services, &ctx, code, ctx.today).await.map_err(without_refusal)?;
    let id = unit.unit.id;
    let tag = unit_tag(id.0, changes::newest_of_row(&services.db, "unit", id.0).await?);
    if !matching.holds(Some(&tag)) {
        return Err(ActError::Refused(vec![SpotRefusal::Unmatched]));
    }
    let known = read::spots(At::Reader(&services.db), Some(id)).await?;
    let (from, mut refusals) = spot_faults(&known, &unit, card);
    let is_known = refusals.contains(&SpotRefusal::Known);
    refusals.retain(|refusal| *refusal != SpotRefusal::Known);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let operation = format!("api-{}", ctx.operation);
    let why = Why { by: proof.as_ref().map_or(By::System, By::Person), at: ctx.now, words: card.reason.trim(), operation: &operation };
    let tx = services.db.write().await?;
    store_exchange::take_turn(&tx).await?;
    if store_exchange::facts_version(&tx).await? != facts {
        return Err(ActError::Stale);
    }
    let done = (if is_known { OpState::Same } else { OpState::Changed }, tag);
    if !is_known {
        register::put_spot(&tx, &why, (id, card.spot), from).await?;
        let (north, east) = card.spot.decimal();
        let entry = audit::Entry {
            at: ctx.now,
            user: ctx.who.as_ref().map(|who| who.user),
            act: "unit.spot",
            subject: &format!("unit/{code}"),
            before: None,
            after: Some(&format!("{north}, {east}")),
            reason: card.reason.trim(),
            operation: &ctx.operation,
        };
        audit::record(&tx, &entry).await?;
        bump_facts(&tx).await?;
    }
    receipt.keep(&tx, &done).await?;
    tx.commit().await?;
    Ok(done)
}
