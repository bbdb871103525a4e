//! The printed table beside the live one: where they differ.
//! Not for: whether the print agrees with itself (`quality`).

use std::collections::BTreeMap;

use domain::printed::{PrintedTable, TOTAL};
use domain::roles::Act;
use domain::schemes::{Measure, Scheme};
use domain::statistics::{Table, TableId};
use domain::time::Date;
use service::statistics::TablesAsk;
use service::{ActError, Ctx, Services, schemes};

use super::same_question;
use crate::i18n::Lang;

/// The printed form of a table, with the years or day it was printed for.
pub(super) struct Printed {
    table: PrintedTable,
    years: std::ops::RangeInclusive<i32>,
    on: Date,
}

/// Where print and live differ.
pub(super) struct Compared {
    /// The printed figure by row and column, where it is another.
    differs: BTreeMap<(String, String), i64>,
    pub(super) text: String,
    pub(super) is_same: bool,
}

impl Compared {
    /// The printed figure, where it is another than the live one.
    pub(super) fn printed(&self, row: &str, column: &str) -> Option<i64> {
        self.differs.get(&(row.to_owned(), column.to_owned())).copied()
    }
}

impl Printed {
    /// The printed form, for those who may see printed figures.
    pub(super) async fn of(services: &Services, ctx: &Ctx, id: TableId) -> Result<Option<Self>, ActError> {
        if !ctx.may(Act::ViewQuality) {
            return Ok(None);
        }
        for quality in schemes::quality(ctx)? {
            let Some(table) = quality.tables.iter().find(|t| t.id == id.code()) else { continue };
            let Ok(stored) = schemes::one(services, ctx, &quality.scheme).await else { continue };
            let years: Vec<i32> = table.rows.iter().filter_map(|r| r.head.key.parse().ok()).collect();
            let on = counted_on(&stored.scheme).unwrap_or(stored.scheme.phase.from());
            let years = years.first().copied().unwrap_or(on.year())..=years.last().copied().unwrap_or(on.year());
            return Ok(Some(Self { table: table.clone(), years, on }));
        }
        Ok(None)
    }

    /// The address of the live table for the printed years or day.
    pub(super) fn address(&self, id: TableId) -> String {
        let ask = TablesAsk { years: self.years.clone(), on: self.on, map_on: self.on, unit: None };
        same_question(&format!("/thong-ke/{}", id.code()), &ask, id.is_by_year())
    }

    /// The differences, when the live table answers the printed question.
    pub(super) fn compare(&self, lang: Lang, live: &Table, ask: &TablesAsk) -> Option<Compared> {
        let by_year = live.id.is_by_year();
        if !by_year && ask.on != self.on {
            return None;
        }
        let same_years = !by_year || ask.years == self.years;
        let mut differs = BTreeMap::new();
        let mut met = 0_i64;
        for (key, counts) in live.rows.iter().filter(|(key, _)| same_years || key != TOTAL) {
            for (column, count) in live.columns.iter().zip(counts) {
                let Some(printed) = self.table.at(key, column).and_then(|c| c.count) else { continue };
                met += 1;
                if printed != *count {
                    differs.insert((key.clone(), column.clone()), printed);
                }
            }
        }
        if met == 0 {
            return None;
        }
        let key = if differs.is_empty() { "statistics-same" } else { "statistics-differs" };
        let count = i64::try_from(differs.len()).unwrap_or(i64::MAX);
        let text = lang.with(key, &[("count", count.into()), ("n", lang.number(count).into()), ("all", lang.number(met).into())]);
        Some(Compared { is_same: differs.is_empty(), differs, text })
    }
}

/// The day on which the document counted its people: its targets freeze their populations on it.
fn counted_on(scheme: &Scheme) -> Option<Date> {
    scheme.targets.iter().find_map(|target| match &target.measure {
        Measure::ShareOfPeople { of, .. } | Measure::StateOfPeople { of, .. } | Measure::PerPersonPerYear { of, .. } => of.frozen_on,
        _ => None,
    })
}
