//! What people keep of their lists: the columns they see, and questions under a name, of their own or shared.
//! Not for: the people of a list (`people`).

use domain::ids::UserId;
use domain::lists::Column;
use domain::roles::{self, Act, Forbidden, Who};
use store::read::lists as read;
use store::write::{audit, lists as write};

use crate::{ActError, Ctx, Services};

pub use store::read::lists::ViewLine;

/// Why a question is not kept under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViewRefusal {
    /// The name is empty or longer than [`LONGEST_NAME`].
    BadName,
    /// The account has one of this name.
    NameTaken,
    /// The account keeps [`MOST_VIEWS`] already.
    TooMany,
}

/// Most letters of a name.
pub const LONGEST_NAME: usize = 80;
/// Most questions that an account keeps.
pub const MOST_VIEWS: usize = 50;

type Refused = ActError<ViewRefusal>;

fn who(ctx: &Ctx) -> Result<&Who, Forbidden> {
    ctx.scope(Act::ViewPeople)?;
    ctx.who.as_ref().ok_or(Forbidden { act: Act::ViewPeople })
}

/// The columns that an account chose, as its session has them; the usual ones when nothing was chosen.
#[must_use]
pub fn columns_of(kept: Option<&str>) -> Vec<Column> {
    let columns: Vec<Column> = kept.unwrap_or_default().split(',').filter_map(Column::from_code).collect();
    if columns.is_empty() { Column::USUAL.to_vec() } else { columns }
}

/// Keeps the columns that the asker chose; the usual ones are not kept.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see people.
pub async fn choose_columns(services: &Services, ctx: &Ctx, columns: &[Column]) -> Result<(), ActError> {
    let user = who(ctx)?.user;
    let tx = services.db.write().await?;
    if columns.is_empty() || columns == Column::USUAL {
        write::forget_columns(&tx, user).await?;
    } else {
        let codes: Vec<&str> = columns.iter().map(|column| column.code()).collect();
        write::set_columns(&tx, user, &codes.join(",")).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Whether the asker may share questions with everybody: who keeps the register of the whole province.
#[must_use]
pub fn may_share(ctx: &Ctx) -> bool {
    ctx.who.as_ref().is_some_and(|who| roles::authorise(who, Act::KeepRegister).is_ok())
}

/// Questions that the asker keeps, and shared ones, by name.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see people.
pub async fn views(services: &Services, ctx: &Ctx) -> Result<Vec<ViewLine>, ActError> {
    Ok(read::views(&services.db, who(ctx)?.user).await?)
}

/// Keeps a question under a name.
///
/// # Errors
/// Every [`ViewRefusal`]; [`ActError::Forbidden`] for sharing without the right.
pub async fn keep_view(services: &Services, ctx: &Ctx, name: &str, query: &str, shared: bool) -> Result<(), Refused> {
    let user = who(ctx)?.user;
    if shared && !may_share(ctx) {
        return Err(Forbidden { act: Act::KeepRegister }.into());
    }
    let name = named(name)?;
    let own = read::views(&services.db, user).await?.iter().filter(|view| view.owner == user).count();
    if own >= MOST_VIEWS {
        return Err(ActError::Refused(ViewRefusal::TooMany));
    }
    let tx = services.db.write().await?;
    taken(write::add_view(&tx, user, name, query, shared, ctx.now).await)?;
    if shared {
        note(&tx, ctx, user, "list.share", name).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Gives a kept question another name.
///
/// # Errors
/// Every [`ViewRefusal`] but too many; [`ActError::NotFound`] when it is not the asker's.
pub async fn rename_view(services: &Services, ctx: &Ctx, id: i64, name: &str) -> Result<(), Refused> {
    let view = changeable(services, ctx, id).await?;
    let name = named(name)?;
    let tx = services.db.write().await?;
    taken(write::rename_view(&tx, view.id, name).await)?;
    tx.commit().await?;
    Ok(())
}

/// Removes a kept question.
///
/// # Errors
/// [`ActError::NotFound`] when it is not the asker's.
pub async fn remove_view(services: &Services, ctx: &Ctx, id: i64) -> Result<(), ActError> {
    let view = changeable(services, ctx, id).await?;
    let tx = services.db.write().await?;
    write::remove_view(&tx, view.id).await?;
    if view.shared {
        note(&tx, ctx, who(ctx)?.user, "list.unshare", &view.name).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A question is changed by whose it is; a shared one also by everybody who may share.
async fn changeable<R>(services: &Services, ctx: &Ctx, id: i64) -> Result<ViewLine, ActError<R>> {
    let user = who(ctx)?.user;
    let views = read::views(&services.db, user).await?;
    let may = |view: &ViewLine| view.id == id && (view.owner == user || (view.shared && may_share(ctx)));
    views.into_iter().find(may).ok_or(ActError::NotFound)
}

fn named(name: &str) -> Result<&str, Refused> {
    let name = name.trim();
    if (1..=LONGEST_NAME).contains(&name.chars().count()) { Ok(name) } else { Err(ActError::Refused(ViewRefusal::BadName)) }
}

fn taken<T>(result: Result<T, store::StoreError>) -> Result<T, Refused> {
    result.map_err(|error| match error {
        store::StoreError::Duplicate => ActError::Refused(ViewRefusal::NameTaken),
        other => other.into(),
    })
}

async fn note(tx: &store::WriteTx, ctx: &Ctx, user: UserId, act: &str, name: &str) -> Result<(), store::StoreError> {
    let subject = format!("list/{name}");
    let entry = audit::Entry {
        at: ctx.now,
        user: Some(user),
        act,
        subject: &subject,
        before: None,
        after: None,
        reason: "",
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}
