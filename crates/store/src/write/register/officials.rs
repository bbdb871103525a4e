//! Identities: a new official, and changes of one.

use domain::ids::OfficialId;
use domain::people::Sex;
use domain::text::fold;
use domain::time::{Date, number};

use super::{Why, change, insert};
use crate::db::{StoreError, WriteTx};
use crate::seed::sort_key;

/// Who an official is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// Staff code.
    pub code: String,
    /// Code of the electronic record (mã định danh hồ sơ).
    pub record_code: Option<String>,
    /// Name.
    pub name: String,
    /// Other names.
    pub other_names: Option<String>,
    /// Birth.
    pub birth_on: Date,
    /// Sex.
    pub sex: Sex,
    /// Ethnic group, 1 to 54.
    pub ethnicity: i32,
    /// Religion, as declared.
    pub religion: Option<String>,
    /// Health class, as declared.
    pub health: Option<String>,
    /// Citizen number.
    pub citizen_number: Option<String>,
    /// First day of service.
    pub recruited_on: Option<Date>,
}

impl Identity {
    pub(super) fn fill(&self, row: &mut entity::official::Model) {
        row.code.clone_from(&self.code);
        row.record_code.clone_from(&self.record_code);
        row.name.clone_from(&self.name);
        row.folded = fold(&self.name);
        row.sort_key = sort_key(&self.name);
        row.other_names.clone_from(&self.other_names);
        row.birth_on = number(self.birth_on);
        self.sex.code().clone_into(&mut row.sex);
        row.ethnicity = self.ethnicity;
        row.religion.clone_from(&self.religion);
        row.health.clone_from(&self.health);
        row.citizen_number.clone_from(&self.citizen_number);
        row.recruited_on = self.recruited_on.map(number);
    }
}

/// The row of a new official.
pub(super) fn row(id: i64, identity: &Identity) -> entity::official::Model {
    let mut row = entity::official::Model {
        id,
        code: String::new(),
        name: String::new(),
        folded: String::new(),
        sort_key: Vec::new(),
        birth_on: 0,
        sex: String::new(),
        ethnicity: 0,
        record_code: None,
        other_names: None,
        citizen_number: None,
        religion: None,
        health: None,
        recruited_on: None,
        revision: 1,
    };
    identity.fill(&mut row);
    row
}

/// Writes a new official.
///
/// # Errors
/// [`StoreError::Duplicate`] when the staff code is taken.
pub async fn add_official(tx: &WriteTx, why: &Why<'_>, identity: &Identity) -> Result<OfficialId, StoreError> {
    let row = row(0, identity);
    Ok(OfficialId(insert::<entity::official::Entity>(tx, why, row).await?))
}

/// Changes who an official is. `revision` is the one that was read; every change counts it up.
///
/// # Errors
/// [`StoreError::Stale`] when someone changed the row since, [`StoreError::Duplicate`] when the staff code is taken.
pub async fn amend_official(tx: &WriteTx, why: &Why<'_>, id: OfficialId, revision: i32, identity: &Identity) -> Result<(), StoreError> {
    let mut stale = false;
    change::<entity::official::Entity>(tx, why, id.0, |row| {
        stale = row.revision != revision;
        if stale {
            return;
        }
        let before = row.clone();
        identity.fill(row);
        if *row != before {
            row.revision += 1;
        }
    })
    .await?;
    if stale { Err(StoreError::Stale) } else { Ok(()) }
}
