//! The people behind a figure taken out of the system, with a note in the audit.
//! Not for: pages of them (`detail`), files (`documents`).

use domain::progress::Window;
use domain::roles::Act;
use domain::schemes::Target;
use domain::time::iso;
use store::read::progress::{self as read, CountedPerson, Question, Side};
use store::write::audit;

use super::detail::find;
use super::{Ask, place};
use crate::registry::MOST_EXPORTED;
use crate::{ActError, Ctx, Services};

/// All people on one side of a figure, in name order; noted in the audit.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not export people.
pub async fn export_people(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    ask: &Ask,
    side: Side,
) -> Result<(Target, Vec<CountedPerson>), ActError> {
    let scope = ctx.scope(Act::ExportPeople)?;
    let (stored, target) = find(services, ctx, code).await?;
    let place = place(services, ctx, &scope, ask).await?;
    let window = Window::of(&target, ask.as_of).ok_or(ActError::NotFound)?;
    let question = Question { scheme: &stored.scheme.code, target: &target, window, place: &place };
    let people = read::people(&services.db, &question, side, None, MOST_EXPORTED).await?;
    let subject = format!("target/{code}/people?unit={}&on={}", ask.unit.as_deref().unwrap_or("*"), iso(ask.as_of));
    let after = people.len().to_string();
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|w| w.user),
        act: "people.export",
        subject: &subject,
        before: None,
        after: Some(&after),
        reason: "",
        operation: &ctx.operation,
    };
    let tx = services.db.write().await?;
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok((target, people))
}
