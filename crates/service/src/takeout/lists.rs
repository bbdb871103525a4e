//! The lists that columns are chosen from: codes of the catalogue, units, posts and grades of the register.
//! Not for: which column has which (`columns`).

use domain::ids::UnitId;
use domain::orgs::UnitKind;
use domain::roles::{Reach, Scope};
use domain::time::Date;
use store::read::intake::{Place, places};
use store::read::takeout as read;

use super::Words;
use super::columns::list_name;
use crate::intake::{choices, first_name};
use crate::{ActError, Ctx, Services};

/// So many posts and grades are offered at most.
const MOST: u32 = 2_000;

/// A list: its name, its head, what may be chosen.
pub(super) type List = (String, String, Vec<String>);

/// A unit as files of the register name it: by its code, so that it is found, and its name, so that it is understood.
pub(super) fn unit(place: &Place) -> String {
    format!("{} · {}", place.code, place.name)
}

/// Units that are there on a day: of one unit, else of the whole scope, by code.
pub(super) async fn units(services: &Services, ctx: &Ctx, scope: &Scope, root: Option<UnitId>, on: Date) -> Result<Vec<Place>, ActError> {
    let mut all = places(&services.db).await?;
    let roots = match (root, scope.reach()) {
        (Some(root), _) => Some(vec![root]),
        (None, Reach::Units(roots)) => Some(roots.clone()),
        (None, Reach::Province) => None,
        (None, Reach::Own(_)) => Some(Vec::new()),
    };
    if let Some(roots) = roots {
        let map = crate::registry::map(services, ctx).await?;
        let kept: std::collections::BTreeSet<UnitId> = roots.iter().flat_map(|root| map.subtree(*root, on)).collect();
        all.retain(|place| kept.contains(&place.id));
    }
    // Nobody works at "the province".
    all.retain(|place| place.life.contains(on) && place.kind != UnitKind::Province);
    all.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(all)
}

/// The lists of all columns that have one.
pub(super) async fn lists(services: &Services, fields: &[&str], units: &[Place], words: Words<'_>) -> Result<Vec<List>, ActError> {
    let (grades, posts) = read::words(&services.db, MOST).await?;
    let of = |code: &str| match code {
        "unit" => units.iter().map(unit).collect(),
        "post" => posts.clone(),
        "grade" => grades.clone(),
        "ethnic_language" => vec![words("takeout-yes"), words("takeout-no")],
        code => choices(code).map(|(_, word)| word.to_owned()).collect(),
    };
    let all = fields.iter().filter_map(|code| Some((list_name(code)?, first_name(code)?.to_owned(), of(code))));
    Ok(all.filter(|(.., values)| !values.is_empty()).collect())
}
