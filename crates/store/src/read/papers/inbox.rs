//! Lists of papers: what waits on somebody, what is late, what somebody began, and all within a scope.
//! Not for: deciding who acts for a holder; the caller says which holders, units and bodies are somebody's.

use domain::ids::{UnitId, UserId};
use domain::papers::PaperKind;
use domain::papers::procedure::Holder;
use domain::roles::{Reach, Role, Scope};
use domain::time::{Date, number};

use super::{Case, SELECT, read};
use crate::db::{Db, StoreError};
use crate::sql::Sql;

domain::codes! {
    /// Which papers.
    Which {
        /// Those that wait on the asker.
        Waiting = "cho-toi",
        /// Those that should have gone on by now.
        Late = "qua-han",
        /// Those that the asker began.
        Begun = "cua-toi",
        /// Those that are on their way.
        Open = "dang-di",
        /// Those that are over.
        Done = "da-xong",
    }
}

/// What is somebody's to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mine {
    /// The account.
    pub user: Option<UserId>,
    /// Holders for whom the asker acts wherever a paper comes from.
    pub holders: Vec<Holder>,
    /// Roles in which the asker goes on with what others of the role began.
    pub roles: Vec<Role>,
    /// Units whose drafts the asker handles, with everything below them.
    pub units: Vec<UnitId>,
    /// Bodies for which the asker may sign today.
    pub bodies: Vec<String>,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Where the asker may look.
    pub scope: &'a Scope,
    /// What is the asker's to do.
    pub mine: &'a Mine,
    /// Which papers.
    pub which: Which,
    /// Of which kind.
    pub kind: Option<PaperKind>,
    /// The day.
    pub today: Date,
    /// The last paper of the page before: late ones and those due first come first, so pages go by number of lines.
    pub skip: u32,
    /// Most papers.
    pub limit: u32,
}

/// Papers: those that are due first, then the newest.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, asked: &Asked<'_>) -> Result<Vec<Case>, StoreError> {
    let mut sql = Sql::new();
    open(&mut sql, asked);
    sql.push(SELECT);
    condition(&mut sql, asked);
    let order = match asked.which {
        Which::Begun | Which::Done => " ORDER BY c.id DESC",
        Which::Waiting | Which::Late | Which::Open => " ORDER BY COALESCE(c.due_on, 99991231), c.id",
    };
    sql.push(order).push(" LIMIT ").bind(i64::from(asked.limit)).push(" OFFSET ").bind(i64::from(asked.skip));
    sql.all(db.reader()).await?.iter().map(read).collect()
}

/// How many papers wait on somebody.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn waiting(db: &Db, mine: &Mine, today: Date) -> Result<i64, StoreError> {
    let scope = Scope::system();
    let asked = Asked { scope: &scope, mine, which: Which::Waiting, kind: None, today, skip: 0, limit: 0 };
    let mut sql = Sql::new();
    open(&mut sql, &asked);
    sql.push("SELECT COUNT(*) AS count FROM paper_case c WHERE ");
    condition(&mut sql, &asked);
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "count")?)
}

/// The units of the asker (`own`) and of the scope (`within`).
fn open(sql: &mut Sql, asked: &Asked<'_>) {
    sql.push("WITH RECURSIVE ");
    tree(sql, "own", asked.mine.units.iter().copied(), asked.today);
    sql.push(", ");
    let roots = match asked.scope.reach() {
        Reach::Units(roots) => roots.clone(),
        Reach::Province | Reach::Own(_) => Vec::new(),
    };
    tree(sql, "within", roots.into_iter(), asked.today);
    sql.push(" ");
}

fn tree(sql: &mut Sql, name: &str, roots: impl Iterator<Item = UnitId>, on: Date) {
    // −1 is nobody's key: without roots the tree is empty.
    let roots = std::iter::once(-1).chain(roots.map(|unit| unit.0));
    sql.push(name).push("(id) AS (SELECT u.id FROM unit u WHERE 1 = 1").and_in("u.id", roots);
    sql.push(" UNION SELECT l.unit_id FROM unit_link l JOIN ").push(name).push(" w ON l.parent_id = w.id WHERE l.starts_on <= ");
    sql.bind(number(on)).push(" AND (l.ends_on IS NULL OR l.ends_on > ").bind(number(on)).push("))");
}

fn condition(sql: &mut Sql, asked: &Asked<'_>) {
    match asked.which {
        Which::Waiting => {
            sql.push("c.state = 'open'");
            waits(sql, asked.mine);
        }
        Which::Late => {
            sql.push("c.state = 'open' AND c.due_on < ").bind(number(asked.today));
        }
        Which::Begun => {
            sql.push("c.opened_by = ").bind(asked.mine.user.map_or(-1, |user| user.0));
        }
        Which::Open => {
            sql.push("c.state = 'open'");
        }
        Which::Done => {
            sql.push("c.state <> 'open'");
        }
    }
    if let Some(kind) = asked.kind {
        sql.push(" AND c.kind = ").bind(kind.code());
    }
    let is_limited = *asked.scope.reach() != Reach::Province;
    if is_limited && asked.which != Which::Waiting {
        sql.push(" AND (c.unit_id IN (SELECT id FROM within) OR c.opened_by = ").bind(asked.mine.user.map_or(-1, |user| user.0)).push(")");
    }
}

/// Held by a body of the asker, drafted by the asker's unit or role, or to be signed by the asker.
fn waits(sql: &mut Sql, mine: &Mine) {
    sql.push(" AND (1 = 0");
    any_of(sql, " OR (1 = 1", "c.held_role", mine.holders.iter().map(|holder| holder.code()));
    any_of(sql, " OR (c.held_role = 'owner'", "c.opened_as", mine.roles.iter().map(|role| role.code()));
    any_of(sql, " OR (1 = 1", "c.held_body", mine.bodies.iter().map(String::as_str));
    sql.push(" OR (c.held_role = 'owner' AND (c.opened_by = ").bind(mine.user.map_or(-1, |user| user.0));
    sql.push(" OR c.unit_id IN (SELECT id FROM own))))");
}

fn any_of<'a>(sql: &mut Sql, opening: &str, column: &str, values: impl Iterator<Item = &'a str>) {
    let mut values = values.peekable();
    if values.peek().is_some() {
        sql.push(opening).and_in(column, values).push(")");
    }
}
