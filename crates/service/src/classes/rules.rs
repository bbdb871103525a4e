//! The office's own rules for sending people: how many may be away at once, how much one person learns in a year, how soon again.
//! Not for: law (`law`), which no office changes.

use domain::roles::{self, Act};
use store::read::accounts;

use crate::noting::set;
use crate::{ActError, Ctx, Services};

/// The rules; each asks for a reason in writing, none forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Share of an office that may be away on one day, in percent, 1–100.
    pub away_share: i32,
    /// Periods of training of one person in a year, 1–2000.
    pub year_load: i32,
    /// Years before the same programme or topic is taught to the same person again, 0–20.
    pub repeat_years: i32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { away_share: 34, year_load: 160, repeat_years: 3 }
    }
}

impl Rules {
    fn are_sound(self) -> bool {
        (1..=100).contains(&self.away_share) && (1..=2_000).contains(&self.year_load) && (0..=20).contains(&self.repeat_years)
    }

    fn text(self) -> String {
        format!("{} {} {}", self.away_share, self.year_load, self.repeat_years)
    }

    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(str::parse);
        let mut next = || numbers.next()?.ok();
        let rules = Self { away_share: next()?, year_load: next()?, repeat_years: next()? };
        rules.are_sound().then_some(rules)
    }
}

const KEY: &str = "classes.rules";

/// The rules in force.
pub(crate) async fn rules(services: &Services) -> Result<Rules, ActError> {
    let kept = accounts::setting(&services.db, KEY).await?;
    Ok(kept.as_deref().and_then(Rules::read).unwrap_or_default())
}

/// The rules in force, for who sees classes.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see none.
pub async fn kept_rules(services: &Services, ctx: &Ctx) -> Result<Rules, ActError> {
    ctx.scope(Act::ViewClasses)?;
    rules(services).await
}

/// Sets the rules.
///
/// # Errors
/// [`ActError::Forbidden`] for who keeps no classes of the whole province; [`ActError::Refused`] when a number is out of its range.
pub async fn keep_rules(services: &Services, ctx: &Ctx, new: Rules) -> Result<(), ActError<()>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    roles::authorise(who, Act::KeepClasses)?;
    if !new.are_sound() {
        return Err(ActError::Refused(()));
    }
    let (before, after) = (rules(services).await.map_err(crate::registry::without_refusal)?.text(), new.text());
    let tx = services.db.write().await?;
    set(&tx, ctx, KEY, ("class.rules", "class/rules"), (&before, &after)).await?;
    Ok(tx.commit().await?)
}
