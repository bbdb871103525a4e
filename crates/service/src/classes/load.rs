//! How many people of each unit are away to classes on the days of a week, against the share that the office lets go at once.
//! Not for: refusing anybody; the guard does that when somebody is named (`nominations`).

use std::collections::BTreeSet;

use domain::ids::OfficialId;
use domain::time::Date;
use store::At;
use store::read::nominations::facts::{Staffing, Who, offices};

use super::{people_place, rules};
use crate::registry;
use crate::{ActError, Ctx, Services};

/// A unit of whose people somebody is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLoad {
    /// Code and name.
    pub unit: (String, String),
    /// How many hold a post in it.
    pub people: i32,
    /// How many of them are away, by day.
    pub away: Vec<i32>,
    /// How many may be away by the share of the office; one always may.
    pub most: i32,
}

impl UnitLoad {
    /// How many are away on the worst day.
    #[must_use]
    pub fn worst(&self) -> i32 {
        self.away.iter().copied().max().unwrap_or(0)
    }
}

/// The units whose people the asker sees and of whom somebody is away between two days, those nearest to their share first; and that share in
/// percent.
///
/// # Errors
/// [`ActError::Forbidden`] for who sees nobody's people.
pub async fn load(services: &Services, ctx: &Ctx, (from, to): (Date, Date)) -> Result<(Vec<UnitLoad>, i32), ActError> {
    let place = people_place(services, ctx, None, ctx.today).await?;
    let share = rules(services).await?.away_share;
    let names = registry::unit_names(services, ctx).await?;
    let found = offices(At::Reader(&services.db), Who::Place(&place), ctx.today, (from, to)).await?;
    let mut units: Vec<UnitLoad> = Vec::new();
    for (unit, staffing) in found.iter().filter(|(_, staffing)| !staffing.away.is_empty()) {
        let code = names.unit(*unit).map_or_else(String::new, |unit| unit.code.clone());
        let most = (staffing.people * share / 100).max(1);
        units.push(UnitLoad {
            unit: (code, names.name_on(*unit, ctx.today).to_owned()),
            people: staffing.people,
            away: days(from, to).map(|day| on(staffing, day)).collect(),
            most,
        });
    }
    let part = |unit: &UnitLoad| i64::from(unit.worst()) * 1_000 / i64::from(unit.most.max(1));
    units.sort_by(|a, b| part(b).cmp(&part(a)).then_with(|| a.unit.0.cmp(&b.unit.0)));
    Ok((units, share))
}

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.next_day()).take_while(move |day| *day <= to)
}

fn on(staffing: &Staffing, day: Date) -> i32 {
    let away = staffing.away.iter().filter(|away| away.days.0 <= day && day <= away.days.1);
    i32::try_from(away.map(|away| away.official).collect::<BTreeSet<OfficialId>>().len()).unwrap_or(i32::MAX)
}
