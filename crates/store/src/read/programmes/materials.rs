//! Materials of a programme with every version of their files.
//! Not for: the bytes, which are asked for by their digest (`people::scan_bytes`).

use domain::ids::ProgrammeId;
use domain::programmes::materials::{Access, Media};
use domain::time::Instant;
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// Key.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Who may open it.
    pub access: Access,
    /// When it was taken out of use.
    pub withdrawn_at: Option<Instant>,
    /// Its files, newest first; at least one.
    pub files: Vec<FileLine>,
}

/// A version of a material.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileLine {
    /// Key.
    pub id: i64,
    /// 1, 2, 3 …
    pub number: i32,
    /// Name of the file.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Bytes.
    pub size: i64,
    /// Digest of the bytes.
    pub digest: String,
    /// Name of the account that added it.
    pub added_by: Option<String>,
    /// When.
    pub added_at: Instant,
}

/// Materials of a programme in the order in which they were added.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn materials(db: &Db, programme: ProgrammeId) -> Result<Vec<Material>, StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT m.id AS material_id, m.title, m.access, m.withdrawn_at, f.id, f.number, f.name, f.media, f.size, f.digest, f.added_at, ",
    );
    sql.push("a.name AS added_by FROM programme_material m JOIN programme_file f ON f.material_id = m.id ");
    sql.push("LEFT JOIN user_account a ON a.id = f.added_by WHERE m.programme_id = ").bind(programme.0);
    sql.push(" ORDER BY m.id, f.number DESC");
    let mut all: Vec<Material> = Vec::new();
    for row in sql.all(db.reader()).await? {
        let id: i64 = row.try_get("", "material_id")?;
        let file = file(&row)?;
        match all.last_mut().filter(|last| last.id == id) {
            Some(last) => last.files.push(file),
            None => all.push(Material {
                id,
                title: row.try_get("", "title")?,
                access: sql::code(&row.try_get::<String>("", "access")?, Access::from_code)?,
                withdrawn_at: row.try_get::<Option<i64>>("", "withdrawn_at")?.map(Instant),
                files: vec![file],
            }),
        }
    }
    Ok(all)
}

fn file(row: &QueryResult) -> Result<FileLine, StoreError> {
    Ok(FileLine {
        id: row.try_get("", "id")?,
        number: row.try_get("", "number")?,
        name: row.try_get("", "name")?,
        media: sql::code(&row.try_get::<String>("", "media")?, Media::from_code)?,
        size: row.try_get("", "size")?,
        digest: row.try_get("", "digest")?,
        added_by: row.try_get("", "added_by")?,
        added_at: Instant(row.try_get("", "added_at")?),
    })
}
