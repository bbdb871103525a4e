//! Who is told of an event, with when each wants letters; and where the letters of one person go.
//! Not for: which people an event is for (`domain::notices`).

use domain::ids::{ClassId, MailId, NominationId, UnitId, UserId};
use domain::notices::Delivery;
use domain::notices::hours::Quiet;
use domain::roles::Role;
use domain::time::{Date, Instant, number};
use sea_orm::QueryResult;

use super::Person;
use crate::db::{At, StoreError};
use crate::sql::{self, Sql};

/// Somebody who is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub person: Person,
    /// Whether an address is known.
    pub has_address: bool,
    /// When letters are wanted.
    pub delivery: Delivery,
    /// The person's own hours of quiet.
    pub quiet: Option<Quiet>,
}

/// Whom an event is for.
#[derive(Debug, Clone, Copy)]
pub enum Whom<'a> {
    /// Everybody named for a class by an instant and not gone since; only who is confirmed when said so.
    Learners(ClassId, Instant, bool),
    /// Somebody named.
    Learner(NominationId),
    /// Who named anybody for a class.
    Namers(ClassId),
    /// Who named somebody.
    Namer(NominationId),
    /// Open accounts with one of these roles on a day, at one of these units; anywhere without.
    Holders(&'a [Role], Option<&'a [UnitId]>, Date),
}

/// The address of a joined account, of the person's own first, else what a directory told.
const ADDRESS: &str = "COALESCE(c.email, (SELECT d.value FROM directory_email d WHERE d.user_id = a.id \
    ORDER BY CASE WHEN d.primary_mark = 'yes' THEN 0 ELSE 1 END, d.place LIMIT 1)) AS address";
const OPEN: &str = "NOT a.locked AND a.directory_state IS NULL";
const CONTACT: &str = " LEFT JOIN contact c ON (c.official_id = a.official_id OR (a.official_id IS NULL AND c.user_id = a.id))";

/// Everybody an event is for.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn recipients(at: At<'_>, whom: Whom<'_>) -> Result<Vec<Recipient>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT DISTINCT ").push(match whom {
        Whom::Learners(..) | Whom::Learner(_) => "k.official_id",
        _ => "a.official_id",
    });
    sql.push(", a.id AS user_id, c.delivery, c.quiet_from, c.quiet_to, ").push(ADDRESS).push(" FROM ");
    match whom {
        Whom::Learners(..) | Whom::Learner(_) => {
            sql.push("nomination k LEFT JOIN user_account a ON a.official_id = k.official_id AND ").push(OPEN);
            sql.push(" LEFT JOIN contact c ON c.official_id = k.official_id WHERE ");
        }
        Whom::Namers(_) | Whom::Namer(_) => {
            sql.push("nomination k JOIN user_account a ON a.id = k.made_by AND ").push(OPEN).push(CONTACT).push(" WHERE ");
        }
        Whom::Holders(_, _, on) => {
            sql.push("user_grant g JOIN user_account a ON a.id = g.user_id AND ").push(OPEN).push(CONTACT);
            sql.push(" WHERE g.starts_on <= ").bind(number(on)).push(" AND (g.ends_on IS NULL OR g.ends_on > ").bind(number(on)).push(")");
        }
    }
    match whom {
        Whom::Learners(class, until, confirmed) => {
            sql.push("k.class_id = ").bind(class.0).push(" AND k.made_at <= ").bind(until.0);
            let states: &[&str] =
                if confirmed { &["confirmed", "leaving"] } else { &["named", "agreed", "confirmed", "waiting", "leaving"] };
            sql.and_in("k.state", states.iter().copied());
        }
        Whom::Namers(class) => {
            sql.push("k.class_id = ").bind(class.0).push(" AND k.state IN ('named', 'agreed', 'confirmed', 'waiting', 'leaving')");
        }
        Whom::Learner(nomination) | Whom::Namer(nomination) => {
            sql.push("k.id = ").bind(nomination.0);
        }
        Whom::Holders(roles, units, _) => {
            sql.and_in("g.role", roles.iter().map(|role| role.code()));
            sql.and_in("g.unit_id", units.unwrap_or_default().iter().map(|unit| unit.0));
        }
    }
    at.all(sql).await?.iter().map(recipient).collect()
}

fn recipient(row: &QueryResult) -> Result<Recipient, StoreError> {
    let (quiet, delivery) = (quiet(row)?, row.try_get::<Option<String>>("", "delivery")?);
    Ok(Recipient {
        person: Person::of(row)?,
        has_address: row.try_get::<Option<String>>("", "address")?.is_some_and(|address| !address.is_empty()),
        delivery: delivery.map(|code| sql::code(&code, Delivery::from_code)).transpose()?.unwrap_or(Delivery::AtOnce),
        quiet,
    })
}

fn quiet(row: &QueryResult) -> Result<Option<Quiet>, StoreError> {
    let pair = row.try_get::<Option<i32>>("", "quiet_from")?.zip(row.try_get::<Option<i32>>("", "quiet_to")?);
    Ok(pair.and_then(|(from, to)| Quiet::new(from, to)))
}

/// Where letters of somebody go, and what the person wants of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterbox {
    /// Name.
    pub name: String,
    /// The address of the person's own.
    pub own: Option<String>,
    /// The address that counts.
    pub address: Option<String>,
    /// Code of the language, if chosen.
    pub language: Option<String>,
    /// When.
    pub delivery: Delivery,
    /// Own hours of quiet.
    pub quiet: Option<Quiet>,
}

/// Where letters of somebody go; of an official by the account that is linked to it.
///
/// # Errors
/// [`StoreError::NotFound`] when there is nobody.
pub async fn letterbox(at: At<'_>, person: Person) -> Result<Letterbox, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COALESCE(o.name, a.name) AS name, c.email, c.language, c.delivery, c.quiet_from, c.quiet_to, ").push(ADDRESS);
    match (person.official, person.user) {
        (Some(official), _) => {
            sql.push(" FROM official o LEFT JOIN user_account a ON a.official_id = o.id LEFT JOIN contact c ON c.official_id = o.id ");
            sql.push("WHERE o.id = ").bind(official.0);
        }
        (None, user) => {
            sql.push(" FROM user_account a LEFT JOIN official o ON o.id = a.official_id").push(CONTACT);
            sql.push(" WHERE a.id = ").bind(user.map(|UserId(id)| id));
        }
    }
    let row = at.first(sql).await?.ok_or(StoreError::NotFound)?;
    let maybe = |name: &str| row.try_get::<Option<String>>("", name);
    Ok(Letterbox {
        name: row.try_get("", "name")?,
        own: maybe("email")?.filter(|address| !address.is_empty()),
        address: maybe("address")?.filter(|address| !address.is_empty()),
        language: maybe("language")?,
        delivery: maybe("delivery")?.map(|code| sql::code(&code, Delivery::from_code)).transpose()?.unwrap_or(Delivery::AtOnce),
        quiet: quiet(&row)?,
    })
}

/// Whose a letter is.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn whose(at: At<'_>, mail: MailId) -> Result<Person, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT user_id, official_id FROM mail WHERE id = ").bind(mail.0);
    Person::of(&at.first(sql).await?.ok_or(StoreError::NotFound)?)
}
