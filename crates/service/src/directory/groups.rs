//! Groups of the directory: found, added, changed and removed by it.
//! Not for: what a group gives (`bindings`).

use domain::ids::{GroupId, UserId};
use domain::time::Instant;
use scim::message::Question;
use scim::schema::GROUPS;
use scim::{Fault, Group, Object};
use serde_json::Value;
use store::read::directory::{self as read, GroupRow, GroupWanted};
use store::write::{accounts as accounts_write, directory as write};
use store::{StoreError, WriteTx};

use super::members::{self, Move};
use super::person::{group_id, meta};
use super::refused::{Line, no, sent};
use super::{DirectoryRefusal, Expected, Found, Refused, key, limits, paged, server, written};
use crate::{ActError, Ctx, Services, sessions};

/// A group as the directory sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its id: `g7`.
    pub id: String,
    /// What the directory may write.
    pub group: Group,
    created_at: Instant,
    changed_at: Instant,
}

impl Team {
    fn of(row: &GroupRow) -> Self {
        let group = Group {
            display_name: row.name.clone(),
            external_id: row.external_id.clone(),
            members: row.members.iter().map(|user| format!("u{user}")).collect(),
        };
        Self { id: group_id(row.id), group, created_at: row.created_at, changed_at: row.changed_at }
    }

    /// The version for If-Match: it changes with everything that is told of the group.
    #[must_use]
    pub fn version(&self) -> String {
        let told = Value::Object(self.group.told("")).to_string();
        sessions::digest(&told).chars().take(16).collect()
    }

    /// The group as SCIM tells it; addresses follow from where the server is: `base`. A group that was read without its members has
    /// no version to tell.
    #[must_use]
    pub fn told(&self, base: &str, with_members: bool) -> Object {
        let mut told = self.group.told(base);
        told.insert("id".to_owned(), self.id.clone().into());
        let location = format!("{base}/Groups/{}", self.id);
        let (created, changed) = (written(self.created_at), written(self.changed_at));
        let mut meta = meta("Group", &created, &changed, &location, &self.version());
        if let (false, Some(fields)) = (with_members, meta.as_object_mut()) {
            fields.remove("version");
        }
        told.insert("meta".to_owned(), meta);
        told
    }
}

/// Groups that fulfil a question.
///
/// # Errors
/// [`DirectoryRefusal::Fault`] for a filter that cannot be asked.
pub async fn find_groups(services: &Services, ctx: &Ctx, ask: &Question) -> Result<Found<Team>, Refused> {
    server::<DirectoryRefusal>(ctx)?;
    let Some(filter) = &ask.filter else {
        let total = usize::try_from(read::group_count(&services.db).await?).unwrap_or_default();
        if ask.count == 0 {
            return Ok(Found { total, page: Vec::new() });
        }
        let members = ask.projection.tells(&GROUPS, "members");
        let wanted = GroupWanted { page: Some(limits(ask.start, ask.count)), members, ..GroupWanted::default() };
        let rows = read::groups(&services.db, &wanted).await?;
        return Ok(Found { total, page: rows.iter().map(Team::of).collect() });
    };
    sent(filter.check(&GROUPS))?;
    let folded = filter.must_equal("displayName").map(str::to_lowercase);
    let id = filter.must_equal("id").map(|id| key(id, 'g').map(GroupId));
    if id == Some(None) {
        return Ok(Found { total: 0, page: Vec::new() });
    }
    let wanted = GroupWanted {
        id: id.flatten(),
        folded: folded.as_deref(),
        external_id: filter.must_equal("externalId"),
        members: true,
        ..GroupWanted::default()
    };
    let rows = read::groups(&services.db, &wanted).await?;
    let all = rows.iter().map(Team::of).filter(|team| filter.holds(&GROUPS, &team.told("", true))).collect();
    Ok(paged(all, ask.start, ask.count))
}

/// One group, perhaps without its members.
///
/// # Errors
/// [`ActError::NotFound`].
pub async fn group(services: &Services, ctx: &Ctx, id: &str, members: bool) -> Result<Team, Refused> {
    server::<DirectoryRefusal>(ctx)?;
    let id = key(id, 'g').map(GroupId).ok_or(ActError::NotFound)?;
    let rows = read::groups(&services.db, &GroupWanted { id: Some(id), members, ..GroupWanted::default() }).await?;
    rows.first().map(Team::of).ok_or(ActError::NotFound)
}

async fn within(tx: &WriteTx, id: GroupId) -> Result<GroupRow, Refused> {
    let rows = read::groups_within(tx, &GroupWanted { id: Some(id), members: true, ..GroupWanted::default() }).await?;
    rows.into_iter().next().ok_or(ActError::NotFound)
}

/// Adds a group; it gives nothing until an administrator binds it.
///
/// # Errors
/// [`DirectoryRefusal`].
pub async fn add_group(services: &Services, ctx: &Ctx, group: &Group) -> Result<Team, Refused> {
    let by = server::<DirectoryRefusal>(ctx)?;
    let tx = services.db.write().await?;
    accounts_write::take_turn(&tx).await?;
    let folded = group.display_name.to_lowercase();
    let id = match write::add_group(&tx, (&group.display_name, &folded), group.external_id.as_deref(), ctx.now).await {
        Err(StoreError::Duplicate) => return no(DirectoryRefusal::NameTaken),
        other => other?,
    };
    let row = within(&tx, id).await?;
    let moved = Move::between(&row, &group.members)?;
    let told = moved.carry(&tx, ctx, &row).await?;
    let after = format!("{}{told}", picture(group));
    let subject = format!("group/{}", group_id(id));
    Line { act: "directory.group_add", subject: &subject, before: None, after: Some(&after) }.record(&tx, ctx, by).await?;
    let team = Team::of(&within(&tx, id).await?);
    tx.commit().await?;
    Ok(team)
}

/// Changes a group; `edit` is given what it is and says what it shall be. Who joins is given what the group gives, who leaves loses it.
///
/// # Errors
/// [`DirectoryRefusal`], [`ActError::NotFound`].
pub async fn change_group(
    services: &Services,
    ctx: &Ctx,
    id: &str,
    expected: &Expected,
    edit: &(dyn Fn(&Group) -> Result<Group, Fault> + Send + Sync),
) -> Result<Team, Refused> {
    let by = server::<DirectoryRefusal>(ctx)?;
    let id = key(id, 'g').map(GroupId).ok_or(ActError::NotFound)?;
    let tx = services.db.write().await?;
    // From here on nobody else changes accounts or groups, so what `edit` is given stays true and no member is lost.
    accounts_write::take_turn(&tx).await?;
    let row = within(&tx, id).await?;
    let team = Team::of(&row);
    expected.check(&team.version())?;
    let wanted = sent(edit(&team.group))?;
    if wanted == team.group {
        return Ok(team);
    }
    let name = (wanted.display_name.as_str(), wanted.display_name.to_lowercase());
    match write::change_group(&tx, id, (name.0, &name.1), wanted.external_id.as_deref(), ctx.now).await {
        Err(StoreError::Duplicate) => return no(DirectoryRefusal::NameTaken),
        other => other?,
    }
    let told = Move::between(&row, &wanted.members)?.carry(&tx, ctx, &row).await?;
    let (before, after) = (picture(&team.group), format!("{}{told}", picture(&wanted)));
    let subject = format!("group/{}", group_id(id));
    Line { act: "directory.group_change", subject: &subject, before: Some(&before), after: Some(&after) }.record(&tx, ctx, by).await?;
    let team = Team::of(&within(&tx, id).await?);
    tx.commit().await?;
    Ok(team)
}

/// Removes a group and what it gave.
///
/// # Errors
/// [`DirectoryRefusal::Unmatched`], [`ActError::NotFound`].
pub async fn remove_group(services: &Services, ctx: &Ctx, id: &str, expected: &Expected) -> Result<(), Refused> {
    let by = server::<DirectoryRefusal>(ctx)?;
    let id = key(id, 'g').map(GroupId).ok_or(ActError::NotFound)?;
    let tx = services.db.write().await?;
    accounts_write::take_turn(&tx).await?;
    let row = within(&tx, id).await?;
    expected.check(&Team::of(&row).version())?;
    strike(&tx, ctx, by, &row).await?;
    Ok(tx.commit().await?)
}

/// Removes a group within a transaction, with its line in the audit.
pub(super) async fn strike(tx: &WriteTx, ctx: &Ctx, by: Option<UserId>, row: &GroupRow) -> Result<(), StoreError> {
    write::end_grants_of_group(tx, row.id, None, ctx.today).await?;
    write::remove_group(tx, row.id).await?;
    let before = format!("{}{}", picture(&Team::of(row).group), members::bound(row));
    let subject = format!("group/{}", group_id(row.id));
    Line { act: "directory.group_remove", subject: &subject, before: Some(&before), after: None }.record(tx, ctx, by).await
}

fn picture(group: &Group) -> String {
    let external = group.external_id.as_ref().map(|id| format!("\nexternal_id: {id}")).unwrap_or_default();
    format!("group: {}{external}\nmembers: {}", group.display_name, group.members.len())
}
