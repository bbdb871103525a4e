//! People of the register whom the rows of a file may tell of, found by the keys the rows have, with the rows that are compared.
//! Not for: deciding who is meant.

use std::collections::{BTreeSet, HashMap};

use domain::ids::{OfficialId, UnitId};
use domain::people::{Appointment, Band, Degree, Duty, LeaderGroup, Leadership, QualificationKind, RatingKind, Sex, StaffKind, StudyField};
use domain::time::{Date, Interval};
use futures_util::{StreamExt, TryStreamExt, stream};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::{Db, StoreError};
use crate::sql;
use crate::write::register::Identity;

/// Keys of one question.
const CHUNK: usize = 1_000;

/// People whose rows are read together; there are some twenty for each.
const PEOPLE: usize = 500;

/// Questions at once: while rows of one become what is compared, the engine looks for those of the next.
const AT_ONCE: usize = 3;

/// By what people are looked for.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// Staff codes.
    pub codes: BTreeSet<String>,
    /// Citizen numbers.
    pub citizens: BTreeSet<String>,
    /// Names without marks.
    pub names: BTreeSet<String>,
}

/// A posting, to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPosting {
    /// Key.
    pub id: i64,
    /// Unit.
    pub unit: UnitId,
    /// Title of the post.
    pub post: String,
    /// Kind of staff.
    pub staff: StaffKind,
    /// Leadership.
    pub leadership: Option<Leadership>,
    /// Group of leaders.
    pub group: Option<LeaderGroup>,
    /// Standing duty.
    pub duty: Option<Duty>,
    /// What kind of appointment it began with.
    pub appointment: Option<Appointment>,
    /// Whether the professional degree fits the post.
    pub fits_post: bool,
    /// Grade.
    pub grade: Option<String>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// When.
    pub during: Interval,
    /// Whether the person died with its end.
    pub died: bool,
}

/// A qualification, to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPaper {
    /// Key.
    pub id: i64,
    /// What it proves.
    pub kind: QualificationKind,
    /// Degree, for professional ones.
    pub degree: Option<Degree>,
    /// Field of study.
    pub field: Option<StudyField>,
    /// Level within other kinds.
    pub grade: Option<String>,
    /// Since when.
    pub granted_on: Date,
    /// Until when, if it expires.
    pub expires_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its number.
    pub number: Option<String>,
}

/// A person of the register, to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub official: OfficialId,
    /// Revision of the identity.
    pub revision: i32,
    /// Name without marks.
    pub folded: String,
    /// Staff codes of records that were merged into this one.
    pub former_codes: Vec<String>,
    /// The identity.
    pub identity: Identity,
    /// Postings, oldest first.
    pub postings: Vec<KnownPosting>,
    /// Qualifications, oldest first.
    pub papers: Vec<KnownPaper>,
    /// Ratings.
    pub ratings: Vec<(RatingKind, Band, Date)>,
}

/// Everybody who has one of the keys.
///
/// # Errors
/// [`StoreError`] when the engine fails or a stored row is not understood.
pub async fn known(db: &Db, keys: &Keys) -> Result<Vec<Known>, StoreError> {
    use entity::official::Column;
    let mut found: BTreeSet<i64> = BTreeSet::new();
    for (column, values) in [(Column::Code, &keys.codes), (Column::CitizenNumber, &keys.citizens), (Column::Folded, &keys.names)] {
        let mut keys = stream::iter(chunks(values.iter().cloned(), CHUNK)).map(|chunk| having(db, column, chunk)).buffered(AT_ONCE);
        while let Some(more) = keys.try_next().await? {
            found.extend(more);
        }
    }
    let former = merged(db, keys).await?;
    found.extend(former.iter().map(|alias| alias.official_id));
    let ids: Vec<i64> = found.into_iter().collect();
    let mut people = known_of(db, &ids).await?;
    for alias in former {
        // They stand in the order of their keys.
        if let Ok(place) = people.binary_search_by_key(&alias.official_id, |person| person.official.0)
            && let Some(person) = people.get_mut(place)
        {
            person.former_codes.push(alias.code);
        }
    }
    Ok(people)
}

/// Keys of the people who have one of these values.
async fn having(db: &Db, column: entity::official::Column, values: Vec<String>) -> Result<Vec<i64>, StoreError> {
    let find = entity::official::Entity::find().select_only().column(entity::official::Column::Id);
    Ok(find.filter(column.is_in(values)).into_tuple().all(db.reader()).await?)
}

fn chunks<T>(all: impl Iterator<Item = T>, size: usize) -> Vec<Vec<T>> {
    let mut all = all.peekable();
    std::iter::from_fn(|| all.peek().is_some().then(|| all.by_ref().take(size).collect())).collect()
}

/// These people in their order; their former codes are not told.
///
/// # Errors
/// [`StoreError`] when the engine fails or a stored row is not understood.
pub async fn known_of(db: &Db, ids: &[i64]) -> Result<Vec<Known>, StoreError> {
    let mut people = Vec::with_capacity(ids.len());
    let mut chunks = stream::iter(chunks(ids.iter().copied(), PEOPLE)).map(|chunk| together(db, chunk)).buffered(AT_ONCE);
    while let Some(more) = chunks.try_next().await? {
        people.extend(more);
    }
    Ok(people)
}

async fn together(db: &Db, ids: Vec<i64>) -> Result<Vec<Known>, StoreError> {
    let rows = entity::official::Entity::find().filter(entity::official::Column::Id.is_in(ids.iter().copied())).all(db.reader()).await?;
    let mut people = rows.into_iter().map(|row| Ok((row.id, person(row)?))).collect::<Result<HashMap<_, _>, StoreError>>()?;
    postings(db, &ids, &mut people).await?;
    papers(db, &ids, &mut people).await?;
    ratings(db, &ids, &mut people).await?;
    Ok(ids.iter().filter_map(|id| people.remove(id)).collect())
}

/// Codes of records that were merged into another one.
async fn merged(db: &Db, keys: &Keys) -> Result<Vec<entity::official_alias::Model>, StoreError> {
    use entity::official_alias::{Column, Entity};
    let codes: Vec<&String> = keys.codes.iter().collect();
    let mut aliases = Vec::new();
    for chunk in codes.chunks(CHUNK) {
        aliases.extend(Entity::find().filter(Column::Code.is_in(chunk.iter().map(|code| code.as_str()))).all(db.reader()).await?);
    }
    Ok(aliases)
}

fn person(row: entity::official::Model) -> Result<Known, StoreError> {
    Ok(Known {
        official: OfficialId(row.id),
        revision: row.revision,
        folded: row.folded,
        former_codes: Vec::new(),
        identity: Identity {
            code: row.code,
            record_code: row.record_code,
            name: row.name,
            other_names: row.other_names,
            birth_on: sql::date(row.birth_on)?,
            sex: sql::code(&row.sex, Sex::from_code)?,
            ethnicity: row.ethnicity,
            religion: row.religion,
            health: row.health,
            citizen_number: row.citizen_number,
            recruited_on: row.recruited_on.map(sql::date).transpose()?,
        },
        postings: Vec::new(),
        papers: Vec::new(),
        ratings: Vec::new(),
    })
}

fn maybe<T>(text: Option<&String>, from_code: fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
    text.map(|text| sql::code(text, from_code)).transpose()
}

async fn postings(db: &Db, ids: &[i64], people: &mut HashMap<i64, Known>) -> Result<(), StoreError> {
    use entity::posting::Column;
    let find = entity::posting::Entity::find().filter(Column::OfficialId.is_in(ids.iter().copied()));
    let rows = find.order_by_asc(Column::StartsOn).order_by_asc(Column::Id).all(db.reader()).await?;
    let posts: BTreeSet<i64> = rows.iter().map(|row| row.post_id).collect();
    let titles = entity::post::Entity::find().filter(entity::post::Column::Id.is_in(posts)).all(db.reader()).await?;
    let titles: HashMap<i64, String> = titles.into_iter().map(|post| (post.id, post.title)).collect();
    for row in rows {
        let Some(person) = people.get_mut(&row.official_id) else { continue };
        let during = Interval::new(sql::date(row.starts_on)?, row.ends_on.map(sql::date).transpose()?);
        person.postings.push(KnownPosting {
            id: row.id,
            unit: UnitId(row.unit_id),
            post: titles.get(&row.post_id).cloned().unwrap_or_default(),
            staff: sql::code(&row.staff, StaffKind::from_code)?,
            leadership: maybe(row.leadership.as_ref(), Leadership::from_code)?,
            group: maybe(row.leader_group.as_ref(), LeaderGroup::from_code)?,
            duty: maybe(row.duty.as_ref(), Duty::from_code)?,
            appointment: maybe(row.appointment.as_ref(), Appointment::from_code)?,
            fits_post: row.fits_post,
            grade: row.grade,
            decision: row.decision_number,
            during: during.map_err(|error| StoreError::Unreadable(error.to_string()))?,
            died: row.ended_by.as_deref() == Some("died"),
        });
    }
    Ok(())
}

async fn papers(db: &Db, ids: &[i64], people: &mut HashMap<i64, Known>) -> Result<(), StoreError> {
    use entity::qualification::Column;
    let find = entity::qualification::Entity::find().filter(Column::OfficialId.is_in(ids.iter().copied()));
    for row in find.order_by_asc(Column::GrantedOn).order_by_asc(Column::Id).all(db.reader()).await? {
        let Some(person) = people.get_mut(&row.official_id) else { continue };
        person.papers.push(KnownPaper {
            id: row.id,
            kind: sql::code(&row.kind, QualificationKind::from_code)?,
            degree: maybe(row.degree.as_ref(), Degree::from_code)?,
            field: maybe(row.field.as_ref(), StudyField::from_code)?,
            grade: row.grade,
            granted_on: sql::date(row.granted_on)?,
            expires_on: row.expires_on.map(sql::date).transpose()?,
            issuer: row.issuer,
            number: row.number,
        });
    }
    Ok(())
}

async fn ratings(db: &Db, ids: &[i64], people: &mut HashMap<i64, Known>) -> Result<(), StoreError> {
    use entity::rating::Column;
    let find = entity::rating::Entity::find().filter(Column::OfficialId.is_in(ids.iter().copied()));
    for row in find.order_by_asc(Column::RatedOn).order_by_asc(Column::Id).all(db.reader()).await? {
        let Some(person) = people.get_mut(&row.official_id) else { continue };
        let kind = sql::code(&row.kind, RatingKind::from_code)?;
        person.ratings.push((kind, sql::code(&row.band, Band::from_code)?, sql::date(row.rated_on)?));
    }
    Ok(())
}
