//! Accounts and groups as a directory sees them.
//! Not for: signing in (`accounts`), reading filters (`service`).

mod groups;

use std::collections::HashMap;

use domain::ids::{GroupId, OfficialId, UserId};
use domain::roles::Role;
use domain::time::{Date, Instant, number};
use sea_orm::{ConnectionTrait, QueryResult};

use crate::db::{Db, StoreError, WriteTx};
use crate::sql::Sql;

pub use groups::{Binding, GroupRow, GroupWanted, MemberLine, group_count, groups, groups_within, members_of};

/// What stands at an account that the directory switched off.
pub(crate) const OFF: &str = "off";
/// What stands at an account that the directory removed.
pub(crate) const REMOVED: &str = "removed";

/// Ids asked for by one statement.
const CHUNK: usize = 1_000;

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Id.
    pub id: UserId,
    /// Login.
    pub login: String,
    /// The name that pages show.
    pub name: String,
    /// An administrator locked it.
    pub locked_by_hand: bool,
    /// The directory switched it off.
    pub is_off: bool,
    /// It holds the role of administrators by hand.
    pub administers_by_hand: bool,
    /// When it was added.
    pub created_at: Instant,
    /// When it was last changed.
    pub changed_at: Instant,
    /// The staff file it is linked to, with its code.
    pub official: Option<(OfficialId, String)>,
    /// What the directory told of it; nothing when it never did.
    pub told: Option<Told>,
    /// Addresses.
    pub emails: Vec<EmailRow>,
    /// Groups it is in, by name.
    pub groups: Vec<(GroupId, String)>,
}

/// What the directory told of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// Its own id for the person.
    pub external_id: Option<String>,
    /// The name to show.
    pub display_name: Option<String>,
    /// The whole name.
    pub formatted_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Given name.
    pub given_name: Option<String>,
    /// Staff code.
    pub employee_number: Option<String>,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailRow {
    /// The address.
    pub value: String,
    /// What it is for.
    pub kind: Option<String>,
    /// The preferred one, when the directory said.
    pub primary: Option<bool>,
}

/// Which accounts are looked for; all conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleWanted<'a> {
    /// This one.
    pub id: Option<UserId>,
    /// Of this login.
    pub login: Option<&'a str>,
    /// Of this id in the directory.
    pub external_id: Option<&'a str>,
    /// So many, after so many others.
    pub page: Option<(i64, i64)>,
    /// Without groups and addresses.
    pub bare: bool,
}

/// How many accounts the directory sees.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people_count(db: &Db) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(*) AS people FROM user_account a WHERE ").push(SEEN);
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "people")?)
}

/// Accounts the directory sees, oldest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people(db: &Db, wanted: &PeopleWanted<'_>, on: Date) -> Result<Vec<PersonRow>, StoreError> {
    find(db.reader(), wanted, on).await
}

/// As [`people`], as a transaction sees them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people_within(tx: &WriteTx, wanted: &PeopleWanted<'_>, on: Date) -> Result<Vec<PersonRow>, StoreError> {
    find(tx.connection(), wanted, on).await
}

/// Accounts that the directory removed are out of its sight.
const SEEN: &str = "(a.directory_state IS NULL OR a.directory_state <> 'removed')";

async fn find(from: &impl ConnectionTrait, wanted: &PeopleWanted<'_>, on: Date) -> Result<Vec<PersonRow>, StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT a.id, a.login, a.name, a.locked, a.directory_state, a.created_at, a.changed_at, a.official_id, o.code, d.id AS told, ",
    );
    sql.push("d.external_id, d.display_name, d.formatted_name, d.family_name, d.given_name, d.employee_number, ");
    sql.push("EXISTS (SELECT 1 FROM user_grant g WHERE g.user_id = a.id AND g.group_id IS NULL AND g.role = ");
    sql.bind(Role::Administrator.code()).push(" AND (g.ends_on IS NULL OR g.ends_on > ").bind(number(on));
    sql.push(")) AS administers FROM user_account a LEFT JOIN directory_user d ON d.user_id = a.id ");
    sql.push("LEFT JOIN official o ON o.id = a.official_id WHERE ").push(SEEN);
    if let Some(id) = wanted.id {
        sql.push(" AND a.id = ").bind(id.0);
    }
    if let Some(login) = wanted.login {
        sql.push(" AND a.login = ").bind(login);
    }
    if let Some(external_id) = wanted.external_id {
        sql.push(" AND d.external_id = ").bind(external_id);
    }
    sql.push(" ORDER BY a.id");
    if let Some((limit, offset)) = wanted.page {
        sql.push(" LIMIT ").bind(limit).push(" OFFSET ").bind(offset);
    }
    let mut people = sql.all(from).await?.iter().map(person).collect::<Result<Vec<_>, _>>()?;
    if !wanted.bare && !people.is_empty() {
        complete(from, &mut people, wanted).await?;
    }
    Ok(people)
}

fn person(row: &QueryResult) -> Result<PersonRow, StoreError> {
    let created_at: i64 = row.try_get("", "created_at")?;
    let told = row.try_get::<Option<i64>>("", "told")?.map(|_| told(row)).transpose()?;
    Ok(PersonRow {
        id: UserId(row.try_get("", "id")?),
        login: row.try_get("", "login")?,
        name: row.try_get("", "name")?,
        locked_by_hand: row.try_get("", "locked")?,
        is_off: row.try_get::<Option<String>>("", "directory_state")?.is_some(),
        administers_by_hand: row.try_get("", "administers")?,
        created_at: Instant(created_at),
        changed_at: Instant(row.try_get::<Option<i64>>("", "changed_at")?.unwrap_or(created_at)),
        official: row.try_get::<Option<i64>>("", "official_id")?.map(OfficialId).zip(row.try_get("", "code")?),
        told,
        emails: Vec::new(),
        groups: Vec::new(),
    })
}

fn told(row: &QueryResult) -> Result<Told, StoreError> {
    Ok(Told {
        external_id: row.try_get("", "external_id")?,
        display_name: row.try_get("", "display_name")?,
        formatted_name: row.try_get("", "formatted_name")?,
        family_name: row.try_get("", "family_name")?,
        given_name: row.try_get("", "given_name")?,
        employee_number: row.try_get("", "employee_number")?,
    })
}

/// Addresses and groups of people: one statement each, whatever their number.
async fn complete(from: &impl ConnectionTrait, people: &mut [PersonRow], wanted: &PeopleWanted<'_>) -> Result<(), StoreError> {
    // Only a list of everybody is longer than a page, and then no list of ids is needed.
    let is_all = wanted.page.is_none() && wanted.id.is_none() && wanted.login.is_none() && wanted.external_id.is_none();
    let ids: Vec<i64> = if is_all { Vec::new() } else { people.iter().map(|person| person.id.0).collect() };
    let mut places: HashMap<i64, &mut PersonRow> = people.iter_mut().map(|person| (person.id.0, person)).collect();
    let mut emails = Sql::new();
    emails.push("SELECT user_id, value, kind, primary_mark FROM directory_email WHERE 1 = 1").and_in("user_id", ids.iter().copied());
    emails.push(" ORDER BY user_id, place");
    for row in emails.all(from).await? {
        if let Some(person) = places.get_mut(&row.try_get::<i64>("", "user_id")?) {
            let primary = row.try_get::<Option<String>>("", "primary_mark")?.map(|mark| mark == "yes");
            person.emails.push(EmailRow { value: row.try_get("", "value")?, kind: row.try_get("", "kind")?, primary });
        }
    }
    let mut groups = Sql::new();
    groups.push("SELECT m.user_id, g.id, g.name FROM directory_member m JOIN directory_group g ON g.id = m.group_id WHERE 1 = 1");
    groups.and_in("m.user_id", ids.iter().copied()).push(" ORDER BY g.folded, g.id");
    for row in groups.all(from).await? {
        if let Some(person) = places.get_mut(&row.try_get::<i64>("", "user_id")?) {
            person.groups.push((GroupId(row.try_get("", "id")?), row.try_get("", "name")?));
        }
    }
    Ok(())
}

/// Logins of accounts that the directory sees, by their ids.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn logins(tx: &WriteTx, users: &[UserId]) -> Result<HashMap<UserId, String>, StoreError> {
    let mut found = HashMap::new();
    for chunk in users.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("SELECT a.id, a.login FROM user_account a WHERE ").push(SEEN).and_in("a.id", chunk.iter().map(|user| user.0));
        for row in sql.all(tx.connection()).await? {
            found.insert(UserId(row.try_get("", "id")?), row.try_get("", "login")?);
        }
    }
    Ok(found)
}
