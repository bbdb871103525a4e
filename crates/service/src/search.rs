//! One search box over people, units, schemes and targets, with or without marks.
//! Not for: lists with filters (`registry`).

use domain::roles::Act;
use domain::text::fold;
use store::read::people::OfficialLine;
use store::read::search as read;
use store::read::units::{self, UnitLine};

use crate::registry::{Found as Called, resolve_unit};
use crate::schemes::followed;
use crate::{ActError, Ctx, Services};

/// What was found, best first, few of each.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// People in the scope.
    pub people: Vec<OfficialLine>,
    /// Units living today.
    pub units: Vec<UnitLine>,
    /// Schemes: code and title (Vietnamese, English).
    pub schemes: Vec<(String, String, String)>,
    /// Targets: code and title (Vietnamese, English).
    pub targets: Vec<(String, String, String)>,
}

/// Of each kind at most so many.
const EACH: usize = 6;

/// Searches; fewer than two letters find nothing.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn find(services: &Services, ctx: &Ctx, text: &str) -> Result<Found, ActError> {
    let folded = fold(text);
    let mut found = Found::default();
    if folded.chars().count() < 2 {
        return Ok(found);
    }
    if let Ok(scope) = ctx.scope(Act::ViewPeople) {
        found.people = read::people(&services.db, &scope, text, ctx.today, 6).await?;
    }
    if ctx.may(Act::ViewUnits) {
        found.units = read::find_units(&services.db, text, ctx.today, 6).await?;
        if found.units.is_empty() {
            found.units = heirs(services, ctx, text).await?;
        }
    }
    if ctx.may(Act::ViewProgress) {
        let words: Vec<&str> = folded.split(' ').collect();
        let matches = |parts: &[&str]| {
            let whole = fold(&parts.join(" "));
            words.iter().all(|w| whole.contains(w))
        };
        for stored in followed(services, ctx).await?.iter() {
            let scheme = &stored.scheme;
            if matches(&[&scheme.code, &scheme.number, &scheme.title.vi, &scheme.title.en]) && found.schemes.len() < EACH {
                found.schemes.push((scheme.code.clone(), scheme.title.vi.clone(), scheme.title.en.clone()));
            }
            for target in &scheme.targets {
                if matches(&[&target.code, &target.title.vi, &target.title.en]) && found.targets.len() < EACH {
                    found.targets.push((target.code.clone(), target.title.vi.clone(), target.title.en.clone()));
                }
            }
        }
    }
    Ok(found)
}

/// Who carries on a unit that is no more.
async fn heirs(services: &Services, ctx: &Ctx, text: &str) -> Result<Vec<UnitLine>, ActError> {
    let named = match resolve_unit(services, ctx, text, ctx.today).await? {
        Called::One(unit, _) => vec![unit],
        Called::Several(units) => units,
        Called::None => Vec::new(),
    };
    let mut lines = Vec::new();
    for unit in named.into_iter().take(EACH) {
        lines.push(units::one(&services.db, unit, ctx.today).await?);
    }
    Ok(lines)
}
