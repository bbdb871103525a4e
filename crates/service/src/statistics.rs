//! The six published tables, live, for any years or day and any part of the province the asker may see.
//! Not for: printed figures (`schemes::quality`).

use std::ops::RangeInclusive;
use std::sync::Arc;

use domain::roles::Act;
use domain::statistics::{Table, TableId};
use domain::time::Date;
use store::read::progress::Place;
use store::read::statistics as read;

use crate::kept::Kept;
use crate::progress::{Ask, place};
use crate::{ActError, Ctx, Services};

/// What is asked of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablesAsk {
    /// Years of Tables 1 and 2.
    pub years: RangeInclusive<i32>,
    /// Day of Tables 3 to 6.
    pub on: Date,
    /// Day of the map of units.
    pub map_on: Date,
    /// Unit code.
    pub unit: Option<String>,
}

/// Longest span of years of one table.
pub const MOST_YEARS: i32 = 60;

/// One table.
///
/// # Errors
/// [`ActError::NotFound`] when the unit is unknown or outside the scope, or the table does not exist.
pub async fn table(services: &Services, ctx: &Ctx, id: TableId, ask: &TablesAsk) -> Result<Arc<Table>, ActError> {
    let scope = ctx.scope(Act::ViewStatistics)?;
    let where_asked = Ask { as_of: ask.on, map_on: ask.map_on, unit: ask.unit.clone(), scheme: None };
    let place = place(services, ctx, &scope, &where_asked).await?;
    let facts = services.facts(ctx).await?;
    if id.is_by_year() {
        let make = async { Ok(read::by_year(&services.db, id, ask.years.clone(), &place).await?) };
        return services.tables.by_year.get(facts, (id, ask.years.clone(), place.clone()), make).await;
    }
    let make = async { Ok(read::leaders(&services.db, ask.on, &place).await?.into_iter().map(Arc::new).collect()) };
    let tables = services.tables.leaders.get(facts, (ask.on, place.clone()), make).await?;
    tables.iter().find(|t| t.id == id).cloned().ok_or(ActError::NotFound)
}

/// Tables kept in memory: those by year one by one, those of a day all at once, as they are counted.
#[derive(Debug, Default)]
pub(crate) struct KeptTables {
    by_year: Kept<(TableId, RangeInclusive<i32>, Place), Table>,
    leaders: Kept<(Date, Place), Vec<Arc<Table>>>,
}
