//! Officials who may be one person written down twice, among those whom the asker keeps; and saying that two are not.
//! Not for: making one of two (`merging`), or how alike two are (`domain::register::likeness`).

use std::cmp::Reverse;

use domain::register::likeness::{Entry, Likeness, likeness};
use domain::roles::{Act, Scope};
use domain::time::Date;
use store::read::duplicates::{self as read, Alike};
use store::write::register::{self as write};

use super::keeping::Keeper;
use super::person;
use crate::kept::Kept;
use crate::{ActError, Ctx, Never, Services};

/// Two officials who may be one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The one written down first.
    pub one: Alike,
    /// The other.
    pub other: Alike,
    /// How alike they are, and why.
    pub likeness: Likeness,
}

/// Pairs kept in memory: where the asker keeps people, on which day.
pub(crate) type KeptPairs = Kept<(Scope, Date), Vec<Pair>>;

/// A page of pairs, the likeliest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlikePage {
    /// Its pairs.
    pub pairs: Vec<Pair>,
    /// All pairs.
    pub total: usize,
}

/// Pairs of officials who may be one person, the likeliest first, without those that were found not to be.
///
/// # Errors
/// [`ActError::Forbidden`] for those who keep nobody.
pub async fn duplicates(services: &Services, ctx: &Ctx, skip: usize, limit: usize) -> Result<AlikePage, ActError> {
    let scope = ctx.scope(Act::KeepRegister)?;
    let make = found(services, &scope, ctx.today);
    let all = services.pairs.get(services.facts(ctx).await?, (scope.clone(), ctx.today), make).await?;
    let apart = read::not_same(&services.db).await?;
    let is_open = |pair: &&Pair| !apart.contains(&(pair.one.id, pair.other.id));
    let total = all.iter().filter(is_open).count();
    Ok(AlikePage { pairs: all.iter().filter(is_open).skip(skip).take(limit).cloned().collect(), total })
}

async fn found(services: &Services, scope: &Scope, today: Date) -> Result<Vec<Pair>, ActError> {
    let candidates = read::pairs(&services.db, scope, today).await?;
    let judged = |(one, other): (Alike, Alike)| likeness(&entry(&one), &entry(&other)).map(|likeness| Pair { one, other, likeness });
    let mut pairs: Vec<Pair> = candidates.into_iter().filter_map(judged).collect();
    pairs.sort_by_key(|pair| (Reverse(pair.likeness.score), pair.one.id, pair.other.id));
    Ok(pairs)
}

fn entry(person: &Alike) -> Entry<'_> {
    Entry {
        name: &person.name,
        folded: &person.folded,
        birth_on: person.birth_on,
        sex: &person.sex,
        citizen_number: person.citizen_number.as_deref(),
        record_code: person.record_code.as_deref(),
    }
}

/// Remembers that two officials are not one person, so that nobody is asked again.
///
/// # Errors
/// [`ActError::NotFound`] or [`ActError::Forbidden`] when the asker does not keep both.
pub async fn set_apart(services: &Services, ctx: &Ctx, codes: (&str, &str), words: &str) -> Result<(), ActError> {
    let (one, other) = (person(services, ctx, codes.0).await?, person(services, ctx, codes.1).await?);
    let keeper = Keeper::of::<Never>(services, ctx, &one).await?;
    Keeper::of::<Never>(services, ctx, &other).await?;
    if one.id == other.id {
        return Err(ActError::NotFound);
    }
    let tx = services.db.write().await?;
    write::set_apart(&tx, &keeper.why(ctx, words), (one.id, other.id)).await?;
    keeper.note(&tx, ctx, "register.set_apart", &format!("{}+{}", one.code, other.code), words).await?;
    tx.commit().await?;
    Ok(())
}

/// The staff code of the person who was also written down under this one, for those who may see the person.
///
/// # Errors
/// [`ActError::NotFound`] when there is none for the asker.
pub async fn known_as(services: &Services, ctx: &Ctx, code: &str) -> Result<String, ActError> {
    let known = read::known_as(&services.db, code).await?;
    Ok(person(services, ctx, &known).await?.code)
}
