//! Taking back an act of the register: everything that it changed, in one step, unless something was built on it since.
//! Not for: how rows go back (`store::write::register::undo`).

use domain::roles::{Act, Forbidden, Reach, Scope};
use store::read::register::{self as read, ChangeLine, Touched};
use store::write::register::{self as write, Obstacle, Undoing};

use super::identity::found;
use super::keeping::{self, Keeper};
use crate::{ActError, Ctx, Services};

/// Why an act is not taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UndoRefusal {
    /// A change must say why.
    NoReason,
    /// It touched people whom the asker does not keep.
    OthersToo {
        /// How many.
        people: i64,
    },
    /// Something was built on it since.
    Blocked {
        /// What stands in the way: the first few.
        obstacles: Vec<Obstacle>,
        /// How many stand in the way.
        count: usize,
    },
}

type Refused = ActError<Vec<UndoRefusal>>;

/// An act of the register as it can be looked at before it is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its changes, newest first; the first few.
    pub lines: Vec<ChangeLine>,
    /// All that it touched.
    pub touched: Touched,
}

/// Changes that are shown of an act; an import has many thousands.
const MOST_SHOWN: u32 = 50;

/// The people of the register that the asker keeps.
pub(super) fn scope(ctx: &Ctx) -> Result<Scope, Forbidden> {
    ctx.scope(Act::KeepRegister)
}

/// What taking back an act of a person's record would touch.
///
/// # Errors
/// [`ActError::NotFound`] when the act is not of this record, [`ActError::Forbidden`] for those who do not keep it.
pub async fn operation(services: &Services, ctx: &Ctx, code: &str, operation: &str) -> Result<Operation, ActError> {
    let official = super::person(services, ctx, code).await?;
    Keeper::of::<crate::Never>(services, ctx, &official).await?;
    if !read::is_of(&services.db, operation, official.id).await? {
        return Err(ActError::NotFound);
    }
    let touched = read::touched(&services.db, &scope(ctx)?, operation, ctx.today).await?;
    Ok(Operation { lines: read::operation(&services.db, operation, MOST_SHOWN).await?, touched })
}

/// Takes back an act of a person's record, with everything else that it changed. Tells how many rows went back.
///
/// # Errors
/// Every [`UndoRefusal`] that applies; [`ActError::NotFound`] when the act is not of this record.
pub async fn undo(services: &Services, ctx: &Ctx, code: &str, operation: &str, reason: &str) -> Result<usize, Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    if !read::is_of(&services.db, operation, official.id).await? {
        return Err(ActError::NotFound);
    }
    let mut refusals = Vec::new();
    refusals.extend((!keeping::is_reason(reason)).then_some(UndoRefusal::NoReason));
    refusals.extend(others(services, ctx, operation).await?);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    match write::undo_operation(&tx, &keeper.why(ctx, reason), operation).await? {
        Undoing::Blocked { obstacles, count } => Err(ActError::Refused(vec![UndoRefusal::Blocked { obstacles, count }])),
        Undoing::Done { rows } => {
            keeper.commit(tx, ctx, "register.undo", &official.code, reason).await?;
            Ok(rows)
        }
    }
}

/// Who keeps a part of the province takes back only what touched nobody else, and not the own record.
pub(crate) async fn others(services: &Services, ctx: &Ctx, operation: &str) -> Result<Option<UndoRefusal>, Refused> {
    let scope = scope(ctx)?;
    if *scope.reach() == Reach::Province {
        return Ok(None);
    }
    let touched = read::touched(&services.db, &scope, operation, ctx.today).await?;
    let own = match ctx.who.as_ref().and_then(|who| who.official) {
        Some(own) => read::is_of(&services.db, operation, own).await?,
        None => false,
    };
    let people = touched.outside + touched.of_nobody + i64::from(own);
    Ok((people > 0).then_some(UndoRefusal::OthersToo { people }))
}
