//! The other codes of a unit put as another machine tells them: those that are told stand, all others go.
//! Not for: names, places and lives of units; those change by dated acts (`registry::reorganise`).

use std::collections::HashSet;

use domain::roles::{self, Act};
use domain::time::Date;
use store::read::{changes, reorganise as read};
use store::write::exchange as store_exchange;
use store::write::register::{self as register, Alias, Why};
use store::write::schemes::By;
use store::write::{audit, bump_facts};
use store::{StoreError, WriteTx};

use super::keys::Receipt;
use super::write::{Matching, OpState, unit_tag};
use crate::registry::{AliasRefusal, alias_faults, is_reason, unit_names, view, without_refusal};
use crate::{ActError, Ctx, Services};

/// Another code of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasWish {
    /// The code.
    pub code: String,
    /// First day, if known.
    pub from: Option<Date>,
    /// The day after the last one, if it is over.
    pub to: Option<Date>,
}

/// Why other codes are not put: the place in the list where one is at fault, and why; `None` is about the whole.
pub type AliasFaults = Vec<(Option<usize>, AliasRefusal)>;

/// Puts the other codes of a unit. Tells what became of it and the state of the unit after.
///
/// # Errors
/// Every refusal that applies; [`AliasRefusal::Unmatched`] when the unit is in another state than was asked.
pub async fn set_aliases(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    (wishes, reason): (&[AliasWish], &str),
    matching: &Matching,
    receipt: &Receipt<'_, (OpState, String)>,
) -> Result<(OpState, String), ActError<AliasFaults>> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepUnits)).transpose()?;
    let facts = store::read::accounts::facts_version(&services.db).await?;
    let ctx = Ctx { facts: Some(facts), ..ctx.clone() };
    let unit = view(services, &ctx, code, ctx.today).await.map_err(without_refusal)?.unit.id;
    let names = unit_names(services, &ctx).await.map_err(without_refusal)?;
    let known: Vec<&read::AliasLine> = names.known.aliases.iter().filter(|alias| alias.unit == unit).collect();
    let tag = unit_tag(unit.0, changes::newest_of_row(&services.db, "unit", unit.0).await?);
    if !matching.holds(Some(&tag)) {
        return Err(ActError::Refused(vec![(None, AliasRefusal::Unmatched)]));
    }
    let faults = faults(&names.known, &known, wishes, reason);
    if !faults.is_empty() {
        return Err(ActError::Refused(faults));
    }
    let is_same = |alias: &read::AliasLine, wish: &AliasWish| alias.code == wish.code && alias.from == wish.from && alias.to == wish.to;
    let goes = known.iter().filter(|alias| !wishes.iter().any(|wish| is_same(alias, wish)));
    let comes: Vec<&AliasWish> = wishes.iter().filter(|wish| !known.iter().any(|alias| is_same(alias, wish))).collect();
    let operation = format!("api-{}", ctx.operation);
    let why = Why { by: proof.as_ref().map_or(By::System, By::Person), at: ctx.now, words: reason.trim(), operation: &operation };
    let tx = services.db.write().await?;
    store_exchange::take_turn(&tx).await?;
    if store_exchange::facts_version(&tx).await? != facts {
        return Err(ActError::Stale);
    }
    for alias in goes {
        register::remove_alias(&tx, &why, unit, alias.id).await?;
    }
    for wish in comes {
        register::add_alias(&tx, &why, &Alias { unit, code: &wish.code, from: wish.from, to: wish.to }).await?;
    }
    let written = store_exchange::written(&tx, &operation).await?;
    let newest = written.iter().rev().find(|row| row.kind == "unit" && row.row == unit.0);
    let done = match newest {
        Some(row) => (OpState::Changed, unit_tag(unit.0, row.id)),
        None => (OpState::Same, tag),
    };
    receipt.keep(&tx, &done).await?;
    if !written.is_empty() {
        note(&tx, &ctx, (code, wishes, reason)).await?;
        bump_facts(&tx).await?;
        // As for people: somebody else wrote at the same time.
        if store_exchange::facts_version(&tx).await? != facts + 1 {
            return Err(ActError::Stale);
        }
    }
    tx.commit().await?;
    Ok(done)
}

/// What is wrong with the codes that are told.
fn faults(all: &read::Known, known: &[&read::AliasLine], wishes: &[AliasWish], reason: &str) -> AliasFaults {
    let mut faults: AliasFaults = (!is_reason(reason)).then_some((None, AliasRefusal::NoReason)).into_iter().collect();
    let mut told = HashSet::new();
    for (place, wish) in wishes.iter().enumerate() {
        let is_own = known.iter().any(|alias| alias.code == wish.code);
        let twice = !told.insert(wish.code.as_str());
        let found = alias_faults(all, &wish.code, (wish.from, wish.to)).into_iter();
        let found = found.filter(|fault| !(is_own && *fault == AliasRefusal::CodeTaken));
        faults.extend(found.chain(twice.then_some(AliasRefusal::CodeTaken)).map(|fault| (Some(place), fault)));
    }
    faults
}

async fn note(tx: &WriteTx, ctx: &Ctx, (code, wishes, reason): (&str, &[AliasWish], &str)) -> Result<(), StoreError> {
    let subject = format!("unit/{code}");
    let after = wishes.iter().map(|wish| wish.code.as_str()).collect::<Vec<_>>().join(", ");
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act: "unit.alias",
        subject: &subject,
        before: None,
        after: Some(&after),
        reason: reason.trim(),
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}
