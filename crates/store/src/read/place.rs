//! Where a question looks: the whole province or subtrees on the map of a day, with what became of units since or before.
//! Not for: who may look there.

use domain::ids::UnitId;
use domain::time::Date;

use crate::sql::Sql;
use domain::time::number as n;

/// Units asked about, on the map of a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    roots: Option<Vec<UnitId>>,
    map_on: Date,
    by_branch: bool,
}

impl Place {
    /// The whole province.
    #[must_use]
    pub const fn province(map_on: Date) -> Self {
        Self { roots: None, map_on, by_branch: false }
    }

    /// These units and everything below them, as one total.
    #[must_use]
    pub const fn units(roots: Vec<UnitId>, map_on: Date) -> Self {
        Self { roots: Some(roots), map_on, by_branch: false }
    }

    /// Each child of a unit with everything below it, and the unit's own under its own id.
    #[must_use]
    pub fn branches(parent: UnitId, map_on: Date) -> Self {
        Self { roots: Some(vec![parent]), map_on, by_branch: true }
    }

    pub(in crate::read) const fn is_by_branch(&self) -> bool {
        self.by_branch
    }

    /// Starts the statement with the common table `place(id, branch)` when the question is about a part of the province.
    pub(in crate::read) fn open(&self, sql: &mut Sql) {
        let Some(roots) = &self.roots else {
            sql.push("WITH ");
            return;
        };
        let map_on = n(self.map_on);
        sql.push("WITH RECURSIVE tree(id, branch) AS (");
        if self.by_branch {
            sql.push("SELECT l.unit_id, l.unit_id FROM unit_link l WHERE l.starts_on <= ").bind(map_on);
            sql.push(" AND (l.ends_on IS NULL OR l.ends_on > ").bind(map_on).push(")");
            sql.and_in("l.parent_id", roots.iter().map(|u| u.0));
        } else {
            sql.push("SELECT u.id, CAST(0 AS bigint) FROM unit u WHERE 1 = 1").and_in("u.id", roots.iter().map(|u| u.0));
        }
        sql.push(" UNION SELECT l.unit_id, t.branch FROM unit_link l JOIN tree t ON l.parent_id = t.id WHERE l.starts_on <= ").bind(map_on);
        sql.push(" AND (l.ends_on IS NULL OR l.ends_on > ").bind(map_on).push(")), ");
        sql.push("standing(id, branch) AS (SELECT id, branch FROM tree");
        if self.by_branch {
            sql.push(" UNION SELECT u.id, u.id FROM unit u WHERE 1 = 1").and_in("u.id", roots.iter().map(|u| u.0));
        }
        // What ended by that day stands where its main successor stands; what had not begun stands where its first source stood.
        // A chain never turns round, so the two directions are followed apart.
        sql.push("), ended(id, branch) AS (SELECT id, branch FROM standing UNION SELECT s.unit_id, e.branch FROM ended e ");
        sql.push("JOIN unit_succession s ON s.successor_id = e.id AND s.main JOIN unit u ON u.id = s.unit_id AND u.ends_on <= ")
            .bind(map_on);
        sql.push("), unborn(id, branch) AS (SELECT id, branch FROM standing UNION SELECT s.successor_id, b.branch FROM unborn b ");
        sql.push("JOIN unit_succession s ON s.unit_id = b.id AND s.main JOIN unit u ON u.id = s.successor_id AND u.starts_on > ")
            .bind(map_on);
        sql.push(" WHERE s.unit_id = (SELECT MIN(x.unit_id) FROM unit_succession x WHERE x.successor_id = s.successor_id AND x.main)), ");
        sql.push("place(id, branch) AS (SELECT id, branch FROM ended UNION SELECT id, branch FROM unborn), ");
    }

    /// Joins `place` on a unit column when the question is about a part of the province.
    pub(in crate::read) fn join(&self, sql: &mut Sql, unit_column: &str) {
        if self.roots.is_some() {
            sql.push(" JOIN place ON place.id = ").push(unit_column);
        }
    }

    /// The branch of a row.
    pub(in crate::read) const fn branch(&self) -> &'static str {
        if self.roots.is_some() { "place.branch" } else { "CAST(0 AS bigint)" }
    }
}
