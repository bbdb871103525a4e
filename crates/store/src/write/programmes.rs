//! Programmes and their texts: begun, saved, moved on, approved in place of the last. The programme's own row repeats the text that counts.
//! Not for: deciding what may happen (`domain::programmes`); councils (`councils`); files (`materials`).

pub mod councils;
pub mod materials;

use domain::ids::{ProgrammeId, UnitId};
use domain::programmes::Text;
use domain::programmes::life::{State, standing};
use domain::text::fold;
use domain::time::{Date, Instant, number};

use super::insert;
use super::schemes::By;
use crate::db::{StoreError, WriteTx};
use crate::read::programmes::{from_json, to_json};
use crate::sql::{self, Sql};

/// Who does it, and when.
#[derive(Debug, Clone, Copy)]
pub struct Doer<'a> {
    /// Who.
    pub by: By<'a>,
    /// When.
    pub at: Instant,
}

/// The text of a programme that somebody works on, inside a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenText {
    /// Key.
    pub id: i64,
    /// Its number.
    pub number: i32,
    /// How far it has come.
    pub state: State,
    /// Its revision.
    pub revision: i32,
    /// What it says.
    pub text: Text,
}

/// Writes a programme with its first text.
///
/// # Errors
/// [`StoreError::Duplicate`] when the code is taken.
pub async fn create(tx: &WriteTx, doer: Doer<'_>, code: &str, owner: UnitId, text: &Text, note: &str) -> Result<ProgrammeId, StoreError> {
    let columns = ["code", "owner_unit_id", "created_at", "revision", "title", "folded", "kind", "content", "audience", "periods", "days"];
    let mut values: Vec<sea_orm::sea_query::Value> =
        vec![code.into(), owner.0.into(), doer.at.0.into(), 0.into(), text.title.as_str().into()];
    values.extend(["".into(), text.kind.code().into(), text.content.code().into(), "".into(), 0.into(), 0.into()]);
    let rest = ["mode", "outcomes", "legal_basis", "partner", "state"];
    values.extend([text.mode.code().into(), "".into(), "".into(), "".into(), State::Draft.code().into()]);
    let id = ProgrammeId(insert(tx, "programme", &[&columns[..], &rest[..]].concat(), values).await?);
    begin_text(tx, doer, id, 1, text, note).await?;
    Ok(id)
}

/// Begins a text.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody began it at the same time.
pub async fn begin_text(
    tx: &WriteTx,
    doer: Doer<'_>,
    programme: ProgrammeId,
    next: i32,
    text: &Text,
    note: &str,
) -> Result<i64, StoreError> {
    let columns = ["programme_id", "number", "state", "revision", "body", "note", "saved_by", "saved_at"];
    let values = vec![
        programme.0.into(),
        next.into(),
        State::Draft.code().into(),
        1.into(),
        to_json(text)?.into(),
        note.into(),
        doer.by.user().into(),
        doer.at.0.into(),
    ];
    let id = insert(tx, "programme_version", &columns, values).await?;
    project(tx, programme).await?;
    Ok(id)
}

/// The text of a programme that somebody works on, if there is one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn open_text(tx: &WriteTx, programme: ProgrammeId) -> Result<Option<OpenText>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, number, state, revision, body FROM programme_version WHERE programme_id = ").bind(programme.0);
    sql.and_in("state", State::ALL.iter().filter(|state| state.is_open()).map(|state| state.code()));
    let Some(row) = sql.first(tx.connection()).await? else { return Ok(None) };
    Ok(Some(OpenText {
        id: row.try_get("", "id")?,
        number: row.try_get("", "number")?,
        state: sql::code(&row.try_get::<String>("", "state")?, State::from_code)?,
        revision: row.try_get("", "revision")?,
        text: from_json(&row.try_get::<String>("", "body")?)?,
    }))
}

/// Replaces what a text says, when it is still the revision that was edited and may still be edited.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn save_text(
    tx: &WriteTx,
    doer: Doer<'_>,
    programme: ProgrammeId,
    id: i64,
    revision: i32,
    text: &Text,
) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE programme_version SET body = ").bind(to_json(text)?).push(", revision = revision + 1");
    done_by(&mut sql, doer);
    sql.push(" WHERE state IN ('draft', 'to_mend') AND id = ").bind(id).push(" AND revision = ").bind(revision);
    one(sql.run(tx.connection()).await?)?;
    project(tx, programme).await
}

/// Moves a text from one state to another, when it is still in the first.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn change_state(
    tx: &WriteTx,
    doer: Doer<'_>,
    programme: ProgrammeId,
    id: i64,
    (from, to): (State, State),
) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE programme_version SET state = ").bind(to.code()).push(", revision = revision + 1");
    done_by(&mut sql, doer);
    sql.push(" WHERE id = ").bind(id).push(" AND state = ").bind(from.code());
    one(sql.run(tx.connection()).await?)?;
    project(tx, programme).await
}

/// Puts an appraised text in force from the day of its decision, in place of the one before it.
///
/// # Errors
/// [`StoreError::Stale`] when it is not appraised any more.
pub async fn approve(
    tx: &WriteTx,
    doer: Doer<'_>,
    programme: ProgrammeId,
    id: i64,
    (decision, on): (&str, Date),
) -> Result<(), StoreError> {
    let mut old = Sql::new();
    old.push("UPDATE programme_version SET state = 'replaced', revision = revision + 1, valid_to = ").bind(number(on));
    old.push(" WHERE state = 'approved' AND programme_id = ").bind(programme.0);
    old.run(tx.connection()).await?;
    let mut sql = Sql::new();
    sql.push("UPDATE programme_version SET state = 'approved', revision = revision + 1, decision_number = ").bind(decision);
    sql.push(", decided_on = ").bind(number(on)).push(", valid_from = ").bind(number(on));
    done_by(&mut sql, doer);
    sql.push(" WHERE state = 'appraised' AND id = ").bind(id);
    one(sql.run(tx.connection()).await?)?;
    project(tx, programme).await
}

/// Ends a text: one in force from a day on, a draft at once.
///
/// # Errors
/// [`StoreError::Stale`] when it is in another state by now.
pub async fn retire(tx: &WriteTx, doer: Doer<'_>, programme: ProgrammeId, id: i64, from: State, on: Date) -> Result<(), StoreError> {
    if from == State::Approved {
        let mut sql = Sql::new();
        sql.push("UPDATE programme_version SET valid_to = ").bind(number(on)).push(" WHERE state = 'approved' AND id = ").bind(id);
        one(sql.run(tx.connection()).await?)?;
        let mut sql = Sql::new();
        sql.push("UPDATE programme SET retired_on = ").bind(number(on)).push(" WHERE id = ").bind(programme.0);
        one(sql.run(tx.connection()).await?)?;
    }
    change_state(tx, doer, programme, id, (from, State::Retired)).await
}

fn done_by(sql: &mut Sql, doer: Doer<'_>) {
    sql.push(", saved_by = ").bind(doer.by.user()).push(", saved_at = ").bind(doer.at.0);
}

fn one(touched: u64) -> Result<(), StoreError> {
    if touched == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

struct Row {
    state: State,
    body: String,
    valid_from: Option<i32>,
    decision: Option<String>,
    decided_on: Option<i32>,
}

/// Repeats the text that counts in the row of the programme: the one in force, or the last one that was, or the last one.
async fn project(tx: &WriteTx, programme: ProgrammeId) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT state, body, valid_from, decision_number, decided_on FROM programme_version WHERE programme_id = ").bind(programme.0);
    sql.push(" ORDER BY number");
    let mut rows = Vec::new();
    for row in sql.all(tx.connection()).await? {
        rows.push(Row {
            state: sql::code(&row.try_get::<String>("", "state")?, State::from_code)?,
            body: row.try_get("", "body")?,
            valid_from: row.try_get("", "valid_from")?,
            decision: row.try_get("", "decision_number")?,
            decided_on: row.try_get("", "decided_on")?,
        });
    }
    let states: Vec<State> = rows.iter().map(|row| row.state).collect();
    let standing = standing(&states);
    let was_valid = rows.iter().rposition(|row| row.valid_from.is_some());
    let place = if standing.is_open() { None } else { was_valid };
    let row = place.or(rows.len().checked_sub(1)).and_then(|place| rows.get(place)).ok_or(StoreError::NotFound)?;
    write_projection(tx, programme, standing, row).await
}

async fn write_projection(tx: &WriteTx, programme: ProgrammeId, standing: State, row: &Row) -> Result<(), StoreError> {
    let text = from_json(&row.body)?;
    let mut sql = Sql::new();
    sql.push("UPDATE programme SET revision = revision + 1, state = ").bind(standing.code()).push(", title = ").bind(text.title.as_str());
    sql.push(", kind = ").bind(text.kind.code()).push(", content = ").bind(text.content.code());
    sql.push(", programme = ").bind(text.programme.map(|code| code.code())).push(", level = ").bind(text.level.map(|code| code.code()));
    sql.push(", audience = ").bind(text.audience.as_str()).push(", periods = ").bind(text.periods).push(", days = ").bind(text.days);
    sql.push(", mode = ").bind(text.mode.code()).push(", outcomes = ").bind(text.outcomes.as_str());
    sql.push(", legal_basis = ").bind(text.legal_basis.as_str()).push(", partner = ").bind(text.partner.as_str());
    sql.push(", valid_from = ").bind(row.valid_from).push(", decision_number = ").bind(row.decision.clone());
    sql.push(", decided_on = ").bind(row.decided_on).push(", folded = ").bind(fold(&text.title)).push(" || ' ' || lower(code) WHERE id = ");
    sql.bind(programme.0);
    one(sql.run(tx.connection()).await?)
}
