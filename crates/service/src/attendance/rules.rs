//! The office's own rules of attendance: minutes of grace, and when the parts of a day begin.
//! Not for: law (`law::results`).

use domain::attendance::checkin::Starts;
use domain::attendance::{LateRule, PERIOD_MINUTES};
use domain::roles::{self, Act};
use store::read::accounts;

use crate::noting::set;
use crate::{ActError, Ctx, Services};

/// The rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AttendanceRules {
    /// How lateness counts.
    pub late: LateRule,
    /// When the parts of a day begin.
    pub starts: Starts,
}

impl AttendanceRules {
    fn are_sound(self) -> bool {
        (0..=PERIOD_MINUTES).contains(&self.late.grace) && self.starts.are_sound()
    }

    fn text(self) -> String {
        format!("{} {} {} {}", self.late.grace, self.starts.morning, self.starts.afternoon, self.starts.evening)
    }

    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(str::parse);
        let mut next = || numbers.next()?.ok();
        let late = LateRule { grace: next()? };
        let rules = Self { late, starts: Starts { morning: next()?, afternoon: next()?, evening: next()? } };
        rules.are_sound().then_some(rules)
    }
}

const KEY: &str = "attendance.rules";

/// The rules in force.
pub(crate) async fn rules(services: &Services) -> Result<AttendanceRules, ActError> {
    let kept = accounts::setting(&services.db, KEY).await?;
    Ok(kept.as_deref().and_then(AttendanceRules::read).unwrap_or_default())
}

/// The rules in force, for who sees classes.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see none.
pub async fn kept_rules(services: &Services, ctx: &Ctx) -> Result<AttendanceRules, ActError> {
    ctx.scope(Act::ViewClasses)?;
    rules(services).await
}

/// Sets the rules.
///
/// # Errors
/// [`ActError::Forbidden`] for who keeps no classes of the whole province; [`ActError::Refused`] when a number is out of its range or the
/// parts of the day do not follow each other.
pub async fn keep_rules(services: &Services, ctx: &Ctx, new: AttendanceRules) -> Result<(), ActError<()>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    roles::authorise(who, Act::KeepClasses)?;
    if !new.are_sound() {
        return Err(ActError::Refused(()));
    }
    let before = rules(services).await.map_err(crate::registry::without_refusal)?.text();
    let after = new.text();
    let tx = services.db.write().await?;
    set(&tx, ctx, KEY, ("class.attendance_rules", "class/attendance_rules"), (&before, &after)).await?;
    Ok(tx.commit().await?)
}
