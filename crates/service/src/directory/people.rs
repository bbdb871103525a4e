//! Accounts: found, added, changed and removed by the directory.
//! Not for: groups (`groups`), what an administrator does by hand (`accounts`).

use domain::ids::{OfficialId, UserId};
use scim::message::Question;
use scim::schema::USERS;
use scim::{Fault, User};
use store::read::accounts::admin;
use store::read::directory::{self as read, PeopleWanted, PersonRow};
use store::write::{accounts as accounts_write, directory as write};
use store::{StoreError, WriteTx};

use super::person::{kept, picture};
use super::refused::{Line, no, noted, sent};
use super::{DirectoryRefusal, Expected, Found, Person, Refused, key, limits, paged, server};
use crate::{ActError, Ctx, Services, accounts};

/// Accounts that fulfil a question.
///
/// # Errors
/// [`DirectoryRefusal::Fault`] for a filter that cannot be asked.
pub async fn find_people(services: &Services, ctx: &Ctx, ask: &Question) -> Result<Found<Person>, Refused> {
    server::<DirectoryRefusal>(ctx)?;
    let bare = !ask.projection.tells(&USERS, "groups") && !ask.projection.tells(&USERS, "emails") && ask.filter.is_none();
    let Some(filter) = &ask.filter else {
        let total = usize::try_from(read::people_count(&services.db).await?).unwrap_or_default();
        if ask.count == 0 {
            return Ok(Found { total, page: Vec::new() });
        }
        let wanted = PeopleWanted { page: Some(limits(ask.start, ask.count)), bare, ..PeopleWanted::default() };
        let rows = read::people(&services.db, &wanted, ctx.today).await?;
        return Ok(Found { total, page: rows.iter().map(Person::of).collect() });
    };
    sent(filter.check(&USERS))?;
    // Directories look for one person by far most often; then one row is read, and still held against the whole filter.
    let login = filter.must_equal("userName").map(str::to_lowercase);
    let id = filter.must_equal("id").map(|id| key(id, 'u').map(UserId));
    if id == Some(None) {
        return Ok(Found { total: 0, page: Vec::new() });
    }
    let wanted =
        PeopleWanted { id: id.flatten(), login: login.as_deref(), external_id: filter.must_equal("externalId"), ..PeopleWanted::default() };
    let rows = read::people(&services.db, &wanted, ctx.today).await?;
    let all = rows.iter().map(Person::of).filter(|person| filter.holds(&USERS, &person.told(""))).collect();
    Ok(paged(all, ask.start, ask.count))
}

/// One account.
///
/// # Errors
/// [`ActError::NotFound`].
pub async fn person(services: &Services, ctx: &Ctx, id: &str) -> Result<Person, Refused> {
    server::<DirectoryRefusal>(ctx)?;
    let id = key(id, 'u').map(UserId).ok_or(ActError::NotFound)?;
    let rows = read::people(&services.db, &PeopleWanted { id: Some(id), ..PeopleWanted::default() }, ctx.today).await?;
    rows.first().map(Person::of).ok_or(ActError::NotFound)
}

async fn within(tx: &WriteTx, ctx: &Ctx, id: UserId) -> Result<PersonRow, Refused> {
    let rows = read::people_within(tx, &PeopleWanted { id: Some(id), ..PeopleWanted::default() }, ctx.today).await?;
    rows.into_iter().next().ok_or(ActError::NotFound)
}

/// Adds an account without a password.
///
/// # Errors
/// [`DirectoryRefusal`].
pub async fn add_person(services: &Services, ctx: &Ctx, user: &User) -> Result<Person, Refused> {
    let by = server::<DirectoryRefusal>(ctx)?;
    if !accounts::fits_login(&user.user_name) {
        return no(DirectoryRefusal::BadLogin);
    }
    let tx = services.db.write().await?;
    accounts_write::take_turn(&tx).await?;
    let official = linked(&tx, None, user).await?;
    let name = user.shown_name();
    let new = accounts_write::NewAccount { login: &user.user_name, name: &name, password_hash: "", official };
    let id = match accounts_write::create(&tx, &new, ctx.now).await {
        Err(StoreError::Duplicate) => return no(DirectoryRefusal::LoginTaken),
        other => other?,
    };
    let (told, emails) = kept(user);
    write::tell(&tx, id, &told, &emails).await?;
    if !user.active {
        let is = write::AccountIs { login: &user.user_name, name: &name, official, is_off: true };
        write::change_account(&tx, id, &is, ctx.now).await?;
    }
    let (subject, after) = (format!("account/{}", user.user_name), picture(user));
    Line { act: "directory.add", subject: &subject, before: None, after: Some(&after) }.record(&tx, ctx, by).await?;
    let person = Person::of(&within(&tx, ctx, id).await?);
    tx.commit().await?;
    Ok(person)
}

/// Changes an account; `edit` is given what it is and says what it shall be.
///
/// # Errors
/// [`DirectoryRefusal`], [`ActError::NotFound`].
pub async fn change_person(
    services: &Services,
    ctx: &Ctx,
    id: &str,
    expected: &Expected,
    edit: &(dyn Fn(&User) -> Result<User, Fault> + Send + Sync),
) -> Result<Person, Refused> {
    let by = server::<DirectoryRefusal>(ctx)?;
    let key = key(id, 'u').map(UserId).ok_or(ActError::NotFound)?;
    let result = change(services, ctx, by, key, expected, edit).await;
    noted(services, ctx, by, &format!("directory/{id}"), result).await
}

async fn change(
    services: &Services,
    ctx: &Ctx,
    by: Option<UserId>,
    id: UserId,
    expected: &Expected,
    edit: &(dyn Fn(&User) -> Result<User, Fault> + Send + Sync),
) -> Result<Person, Refused> {
    let tx = services.db.write().await?;
    accounts_write::take_turn(&tx).await?;
    let row = within(&tx, ctx, id).await?;
    let person = Person::of(&row);
    expected.check(&person.version())?;
    let wanted = sent(edit(&person.user))?;
    if wanted == person.user {
        return Ok(person);
    }
    permitted(&row, by)?;
    if row.locked_by_hand && wanted.active {
        return no(DirectoryRefusal::LockedByHand);
    }
    if wanted.user_name != row.login && !accounts::fits_login(&wanted.user_name) {
        return no(DirectoryRefusal::BadLogin);
    }
    save(&tx, ctx, &row, &wanted).await?;
    let (subject, before, after) = (format!("account/{}", wanted.user_name), picture(&person.user), picture(&wanted));
    Line { act: "directory.change", subject: &subject, before: Some(&before), after: Some(&after) }.record(&tx, ctx, by).await?;
    let person = Person::of(&within(&tx, ctx, id).await?);
    tx.commit().await?;
    Ok(person)
}

async fn save(tx: &WriteTx, ctx: &Ctx, row: &PersonRow, wanted: &User) -> Result<(), Refused> {
    let official = linked(tx, Some(row), wanted).await?;
    let name = wanted.shown_name();
    // What an administrator locked stays as the directory left it: it neither opens nor closes it.
    let is_off = if row.locked_by_hand { row.is_off } else { !wanted.active };
    let is = write::AccountIs { login: &wanted.user_name, name: &name, official, is_off };
    match write::change_account(tx, row.id, &is, ctx.now).await {
        Err(StoreError::Duplicate) => return no(DirectoryRefusal::LoginTaken),
        other => other?,
    }
    let (told, emails) = kept(wanted);
    write::tell(tx, row.id, &told, &emails).await?;
    if !wanted.active {
        accounts_write::end_sessions(tx, row.id, None, ctx.now).await?;
        accounts_write::revoke_tokens(tx, row.id, None, ctx.now).await?;
    }
    Ok(())
}

/// Takes an account out of the directory's sight: it stays closed, because audit and history name it, and its login is free.
///
/// # Errors
/// [`DirectoryRefusal`], [`ActError::NotFound`].
pub async fn remove_person(services: &Services, ctx: &Ctx, id: &str, expected: &Expected) -> Result<(), Refused> {
    let by = server::<DirectoryRefusal>(ctx)?;
    let key = key(id, 'u').map(UserId).ok_or(ActError::NotFound)?;
    let result = remove(services, ctx, by, key, expected).await;
    noted(services, ctx, by, &format!("directory/{id}"), result).await
}

async fn remove(services: &Services, ctx: &Ctx, by: Option<UserId>, id: UserId, expected: &Expected) -> Result<(), Refused> {
    let tx = services.db.write().await?;
    accounts_write::take_turn(&tx).await?;
    let row = within(&tx, ctx, id).await?;
    let person = Person::of(&row);
    expected.check(&person.version())?;
    permitted(&row, by)?;
    write::leave_all(&tx, id, ctx.today).await?;
    accounts_write::end_sessions(&tx, id, None, ctx.now).await?;
    accounts_write::revoke_tokens(&tx, id, None, ctx.now).await?;
    write::forget(&tx, id).await?;
    let login = format!("{}~{id}", row.login);
    write::remove_account(&tx, id, &login, ctx.now).await?;
    let (subject, before) = (format!("account/{}", row.login), picture(&person.user));
    let after = format!("login: {login}\nstate: removed");
    Line { act: "directory.remove", subject: &subject, before: Some(&before), after: Some(&after) }.record(&tx, ctx, by).await?;
    Ok(tx.commit().await?)
}

/// Neither those who administer by hand nor the owner of the token are the directory's to change.
fn permitted(row: &PersonRow, by: Option<UserId>) -> Result<(), Refused> {
    if row.administers_by_hand {
        return no(DirectoryRefusal::Administrator);
    }
    if by == Some(row.id) {
        return no(DirectoryRefusal::Own);
    }
    Ok(())
}

/// The staff file that the account shall be linked to. A link that was made by hand stays, and nobody's file is taken from another
/// account; a code that nobody has is kept and links nothing.
async fn linked(tx: &WriteTx, row: Option<&PersonRow>, wanted: &User) -> Result<Option<OfficialId>, StoreError> {
    let was = row.and_then(|row| row.official.as_ref());
    let said = row.and_then(|row| row.told.as_ref()).and_then(|told| told.employee_number.as_deref());
    if let Some((id, code)) = was
        && (said != Some(code) || wanted.employee_number.as_deref() == said)
    {
        return Ok(Some(*id));
    }
    let Some(code) = wanted.employee_number.as_deref() else { return Ok(None) };
    Ok(admin::official_within(tx, code).await?.and_then(|(id, is_taken)| (!is_taken).then_some(id)))
}
