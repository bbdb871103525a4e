//! Batches: a file taken in, looked at, read in another way, forgotten; each within the units whose people the asker keeps.
//! Not for: comparing (`rehearse`) and writing (`carry`).

use domain::ids::UnitId;
use domain::roles::{self, Act, Authorised, Reach};
use domain::time::Date;
use store::read::intake::{self as read, BatchLine};
use store::write::audit;
use store::write::intake::{self as write, NewBatch, Step};

use super::report::Report;
use super::settings::{Settings, Taking};
use crate::registry::{map, view};
use crate::{ActError, Ctx, Services};

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The file is here and was not compared yet, or is to be compared anew.
    Taken,
    /// It was compared; nothing is written.
    Ready,
    /// It was written.
    Carried,
    /// It was written and undone.
    Undone,
}

impl State {
    const ALL: [Self; 4] = [Self::Taken, Self::Ready, Self::Carried, Self::Undone];

    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Ready => "ready",
            Self::Carried => "carried",
            Self::Undone => "undone",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A batch as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its row.
    pub line: BatchLine,
    /// How far it is.
    pub state: State,
    /// How its file is read.
    pub settings: Settings,
    /// What it would change or changed, if it was compared; lists do not read it.
    pub report: Option<Report>,
}

impl Batch {
    fn of(line: BatchLine) -> Result<Self, ActError> {
        let unreadable = |what: &str| ActError::Internal(store::StoreError::Unreadable(what.to_owned()));
        let state = State::from_code(&line.state).ok_or_else(|| unreadable(&line.state))?;
        let settings = serde_json::from_str(&line.settings).map_err(|error| unreadable(&error.to_string()))?;
        // A report of an earlier program that this one cannot read is made again.
        let report = line.report.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let state = if state == State::Ready && report.is_none() && line.report.is_some() { State::Taken } else { state };
        Ok(Self { line, state, settings, report })
    }

    /// The day the file is true on.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        domain::time::from_number(self.settings.as_of)
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeRefusal {
    /// Nothing is in it.
    Empty,
    /// It is larger than is taken.
    TooLarge,
    /// There is no such unit on the day.
    NoSuchUnit,
}

/// The largest file that is taken, in bytes.
pub const MOST_BYTES: usize = 80 << 20;
/// Names of files are cut to so many letters.
const LONGEST_NAME: usize = 200;

/// Whether the asker may take files in at all.
#[must_use]
pub fn may_take(ctx: &Ctx) -> bool {
    ctx.may(Act::KeepRegister)
}

/// Proof that the asker keeps the people of a unit; `None` for the terminal.
pub(super) async fn keeper<R>(services: &Services, ctx: &Ctx, unit: &str, on: Date) -> Result<Option<Authorised>, ActError<R>> {
    let Some(who) = &ctx.who else { return Ok(None) };
    let unit = view(services, ctx, unit, on).await.map_err(crate::registry::without_refusal)?;
    Ok(Some(roles::authorise_within(who, Act::KeepRegister, |scope| unit.lies_within(scope))?))
}

/// Takes a file in for a unit, as it is on a day.
///
/// # Errors
/// [`TakeRefusal`], or [`ActError::Forbidden`] for who does not keep the unit's people.
pub async fn take(
    services: &Services,
    ctx: &Ctx,
    unit: &str,
    file: (&str, &[u8]),
    as_of: Date,
    taking: Taking,
) -> Result<i64, ActError<TakeRefusal>> {
    let (name, bytes) = file;
    let place = match view(services, ctx, unit, as_of).await {
        Err(ActError::NotFound) => return Err(ActError::Refused(TakeRefusal::NoSuchUnit)),
        other => other.map_err(crate::registry::without_refusal)?,
    };
    keeper(services, ctx, unit, as_of).await?;
    if bytes.is_empty() {
        return Err(ActError::Refused(TakeRefusal::Empty));
    }
    if bytes.len() > MOST_BYTES {
        return Err(ActError::Refused(TakeRefusal::TooLarge));
    }
    let settings = json(&Settings::of(as_of, taking));
    let name: String = name.rsplit(['/', '\\']).next().unwrap_or(name).chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
    let digest = crate::sessions::digest_of(&[bytes]);
    let tx = services.db.write().await?;
    let new = NewBatch {
        unit: place.unit.id,
        user: ctx.who.as_ref().map(|who| who.user),
        file_name: &name,
        bytes,
        digest: &digest,
        at: ctx.now,
        state: State::Taken.code(),
        settings: &settings,
    };
    let batch = write::add(&tx, &new).await?;
    note(&tx, ctx, "intake.take", batch, Some(&name)).await?;
    tx.commit().await?;
    Ok(batch)
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A line of the audit about a batch.
pub(super) async fn note(tx: &store::WriteTx, ctx: &Ctx, act: &str, batch: i64, after: Option<&str>) -> Result<(), store::StoreError> {
    let subject = format!("intake/{batch}");
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act,
        subject: &subject,
        before: None,
        after,
        reason: "",
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}

/// One batch.
///
/// # Errors
/// [`ActError::NotFound`] when there is none of a unit whose people the asker keeps.
pub async fn batch(services: &Services, ctx: &Ctx, id: i64) -> Result<Batch, ActError> {
    let line = read::batch(&services.db, id).await?;
    let day = domain::time::day_of(line.taken_at);
    match keeper::<crate::Never>(services, ctx, &line.unit_name.0, day.min(ctx.today)).await {
        Ok(_) => Batch::of(line),
        Err(ActError::Internal(error)) => Err(ActError::Internal(error)),
        Err(_) => Err(ActError::NotFound),
    }
}

/// Batches of the units whose people the asker keeps, newest first.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that keep nobody.
pub async fn batches(services: &Services, ctx: &Ctx, before: Option<i64>, limit: u32) -> Result<Vec<Batch>, ActError> {
    let scope = ctx.scope(Act::KeepRegister)?;
    let units: Option<Vec<UnitId>> = match scope.reach() {
        Reach::Province => None,
        Reach::Own(_) => Some(Vec::new()),
        Reach::Units(roots) => {
            let map = map(services, ctx).await?;
            Some(roots.iter().flat_map(|root| map.subtree(*root, ctx.today)).collect())
        }
    };
    read::batches(&services.db, units.as_deref(), before, limit).await?.into_iter().map(Batch::of).collect()
}

/// Says how a batch's file is read from now on; it is to be compared anew.
///
/// # Errors
/// [`ActError::Stale`] when it was carried, or somebody else said something since.
pub async fn choose(services: &Services, ctx: &Ctx, id: i64, revision: i32, settings: &Settings) -> Result<(), ActError> {
    let batch = batch(services, ctx, id).await?;
    if matches!(batch.state, State::Carried | State::Undone) || batch.line.revision != revision {
        return Err(ActError::Stale);
    }
    let settings = json(settings);
    let tx = services.db.write().await?;
    write::step(&tx, id, revision, &Step { state: State::Taken.code(), settings: Some(&settings), ..Step::default() }).await?;
    tx.commit().await?;
    Ok(())
}

/// Forgets a batch that was not carried, with its file.
///
/// # Errors
/// [`ActError::Stale`] when it was carried: then its account stays.
pub async fn forget(services: &Services, ctx: &Ctx, id: i64) -> Result<(), ActError> {
    let batch = batch(services, ctx, id).await?;
    if batch.state == State::Carried {
        return Err(ActError::Stale);
    }
    let tx = services.db.write().await?;
    write::forget(&tx, id).await?;
    note(&tx, ctx, "intake.forget", id, Some(&batch.line.file_name)).await?;
    tx.commit().await?;
    Ok(())
}

/// Drops a file that was kept long enough, with everything that its report quotes; a batch that was never written goes whole. The caller
/// has seen to it that it is due.
pub(crate) async fn drop_file(services: &Services, ctx: &Ctx, id: i64) -> Result<(), ActError> {
    let batch = Batch::of(read::batch(&services.db, id).await?)?;
    let tx = services.db.write().await?;
    if matches!(batch.state, State::Carried | State::Undone) {
        write::drop_file(&tx, id, batch.report.map(|report| json(&report.without_quotes())).as_deref()).await?;
    } else {
        write::forget(&tx, id).await?;
    }
    note(&tx, ctx, "intake.drop_file", id, Some(&batch.line.file_name)).await?;
    tx.commit().await?;
    Ok(())
}

/// The file of a batch as it came; noted in the audit.
///
/// # Errors
/// [`ActError::NotFound`] when there is none.
pub async fn original(services: &Services, ctx: &Ctx, id: i64) -> Result<(Batch, Vec<u8>), ActError> {
    let batch = batch(services, ctx, id).await?;
    let bytes = read::file(&services.db, id).await?;
    let tx = services.db.write().await?;
    note(&tx, ctx, "intake.original", id, Some(&batch.line.file_name)).await?;
    tx.commit().await?;
    Ok((batch, bytes))
}
