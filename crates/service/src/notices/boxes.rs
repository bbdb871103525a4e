//! Where and when somebody wants letters: kept by the person, the address also by the officer who keeps the record; the office's hours.
//! Not for: what letters say.

use domain::notices::hours::{OfficeHours, Quiet};
use domain::notices::{Delivery, is_address};
use domain::roles::{self, Act, Forbidden};
use store::At;
use store::read::accounts;
use store::read::notices::Person;
use store::read::notices::people::{Letterbox, letterbox};
use store::write::notices::{self as write, Contact};

use super::reader;
use crate::noting::{note, set};
use crate::registry::{self, without_refusal};
use crate::{ActError, Ctx, Services};

/// Where and when somebody wants letters, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Box {
    /// The address; empty for none of one's own.
    pub email: String,
    /// Code of the language.
    pub language: String,
    /// When.
    pub delivery: Delivery,
    /// Own hours of quiet; those of the office without.
    pub quiet: Option<Quiet>,
}

/// Why it is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxRefusal {
    /// It is no address.
    BadAddress,
    /// Letters are not written in this language.
    BadLanguage,
}

type Refused = ActError<BoxRefusal>;

/// Languages of letters.
const LANGUAGES: [&str; 2] = ["vi", "en"];

/// Where the asker's letters go.
///
/// # Errors
/// [`ActError::NotFound`] for the system.
pub async fn own(services: &Services, ctx: &Ctx) -> Result<Letterbox, ActError> {
    Ok(letterbox(At::Reader(&services.db), reader(ctx)?).await?)
}

/// Keeps where and when the asker wants letters.
///
/// # Errors
/// [`BoxRefusal`]; [`ActError::NotFound`] for the system.
pub async fn keep_own(services: &Services, ctx: &Ctx, typed: &Box) -> Result<(), Refused> {
    let person = reader(ctx).map_err(without_refusal)?;
    let contact = sound(typed)?;
    let tx = services.db.write().await?;
    write::put_contact(&tx, &person, &contact, ctx.now).await?;
    // The address is the person's and does not go into the audit.
    note(&tx, ctx, "contact.change", "contact/own", "").await?;
    Ok(tx.commit().await?)
}

fn sound(typed: &Box) -> Result<Contact, Refused> {
    let email = typed.email.trim();
    if !email.is_empty() && !is_address(email) {
        return Err(ActError::Refused(BoxRefusal::BadAddress));
    }
    if !LANGUAGES.contains(&typed.language.as_str()) {
        return Err(ActError::Refused(BoxRefusal::BadLanguage));
    }
    let email = (!email.is_empty()).then(|| email.to_owned());
    Ok(Contact { email, language: typed.language.clone(), delivery: typed.delivery, quiet: typed.quiet })
}

/// Somebody's record for the officer who keeps it.
async fn kept(services: &Services, ctx: &Ctx, code: &str) -> Result<Person, ActError> {
    let person = registry::person(services, ctx, code).await?;
    if !registry::may_keep(services, ctx, &person).await? {
        return Err(Forbidden { act: Act::KeepRegister }.into());
    }
    Ok(Person { official: Some(person.id), user: None })
}

/// Where letters of an official go, for the officer who keeps the record.
///
/// # Errors
/// [`ActError::NotFound`] without such a person, [`ActError::Forbidden`] for who keeps no record of the unit.
pub async fn of_official(services: &Services, ctx: &Ctx, code: &str) -> Result<Letterbox, ActError> {
    Ok(letterbox(At::Reader(&services.db), kept(services, ctx, code).await?).await?)
}

/// Keeps the address of an official; when letters come stays the person's own choice.
///
/// # Errors
/// As [`of_official`], and [`BoxRefusal::BadAddress`].
pub async fn keep_of(services: &Services, ctx: &Ctx, code: &str, email: &str) -> Result<(), Refused> {
    let person = kept(services, ctx, code).await.map_err(without_refusal)?;
    let tx = services.db.write().await?;
    let before = letterbox(At::Writer(&tx), person).await?;
    let language = before.language.unwrap_or_else(|| "vi".to_owned());
    let contact = sound(&Box { email: email.to_owned(), language, delivery: before.delivery, quiet: before.quiet })?;
    write::put_contact(&tx, &person, &contact, ctx.now).await?;
    note(&tx, ctx, "contact.change", &format!("contact/{code}"), "").await?;
    Ok(tx.commit().await?)
}

const KEY: &str = "notices.hours";

/// The office's hours.
pub(super) async fn office_hours(services: &Services) -> Result<OfficeHours, ActError> {
    let kept = accounts::setting(&services.db, KEY).await?;
    Ok(kept.as_deref().and_then(OfficeHours::read).unwrap_or_default())
}

/// The office's hours, for anybody who is signed in.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn hours(services: &Services) -> Result<OfficeHours, ActError> {
    office_hours(services).await
}

/// Sets the office's hours.
///
/// # Errors
/// [`ActError::Forbidden`] for who manages no accounts.
pub async fn keep_hours(services: &Services, ctx: &Ctx, new: OfficeHours) -> Result<(), ActError> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    roles::authorise(who, Act::ManageUsers)?;
    let before = office_hours(services).await?.text();
    let tx = services.db.write().await?;
    set(&tx, ctx, KEY, ("notice.hours", "notice/hours"), (&before, &new.text())).await?;
    Ok(tx.commit().await?)
}
