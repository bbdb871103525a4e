//! A unit's own register as a file: everybody who works there on a day, in the columns that the importer reads, and what does not fit
//! into a row on further sheets; noted in the audit with what it is needed for.
//! Not for: forms without people (`template`).

use std::collections::{HashMap, HashSet};

use documents::{CsvFile, Ledger, Page, Row, SheetError};
use domain::ids::UnitId;
use domain::roles::{Act, Reach, Scope};
use domain::time::Date;
use store::Db;
use store::read::intake::{Known, Place, known_of, places};
use store::read::people::{RecordLine, kept_of, records_of};
use store::read::takeout as read;
use store::write::audit;

use super::Words;
use super::columns::{columns, fields, titles};
use super::further::Further;
use super::lists::{lists, units};
use super::person::Teller;
use crate::intake::Tells;
use crate::registry::{ListRefusal, MOST_EXPORTED, UnitView, is_reason, view, without_refusal};
use crate::{ActError, Ctx, Services};

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A workbook with all sheets.
    Xlsx,
    /// The people's sheet alone, as text.
    Csv,
}

/// Which register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterAsk {
    /// Code of the unit; everything below it belongs to it.
    pub unit: String,
    /// The day of the postings.
    pub on: Date,
    /// With citizen numbers, religion and health.
    pub masked: bool,
    /// What kind of file.
    pub shape: Shape,
    /// What it is needed for.
    pub purpose: String,
    /// Lines above the people, the title first; only workbooks have them.
    pub lines: Vec<String>,
}

/// A register as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many people are in it.
    pub people: usize,
}

/// People read and written at once.
const CHUNK: usize = 1_000;

/// Whether the asker may take a unit's register along.
#[must_use]
pub fn may_take(ctx: &Ctx, unit: &UnitView) -> bool {
    ctx.scope(Act::ExportPeople).is_ok_and(|scope| unit.lies_within(&scope))
}

/// A unit's register.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not take people out, [`ActError::NotFound`] for units that are not theirs; every
/// [`ListRefusal`].
pub async fn register(services: &Services, ctx: &Ctx, ask: &RegisterAsk, words: Words<'_>) -> Result<Register, ActError<ListRefusal>> {
    let scope = ctx.scope(Act::ExportPeople)?;
    let unit = view(services, ctx, &ask.unit, ask.on).await.map_err(without_refusal)?;
    if !unit.lies_within(&scope) {
        return Err(ActError::NotFound);
    }
    if !is_reason(&ask.purpose) {
        return Err(ActError::Refused(ListRefusal::NoPurpose));
    }
    let ids = read::working(&services.db, &scope, unit.unit.id, ask.on).await?;
    let people = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    if people > i64::from(MOST_EXPORTED) {
        return Err(ActError::Refused(ListRefusal::TooMany(people)));
    }
    let bytes = file(services, ctx, &scope, (ask, unit.unit.id), &ids, words).await.map_err(without_refusal)?;
    note(services, ctx, ask, ids.len()).await?;
    Ok(Register { bytes, people: ids.len() })
}

async fn file(
    services: &Services,
    ctx: &Ctx,
    scope: &Scope,
    (ask, root): (&RegisterAsk, UnitId),
    ids: &[i64],
    words: Words<'_>,
) -> Result<Vec<u8>, ActError> {
    let fields = fields(Tells::Officials, ask.masked);
    let all: HashMap<UnitId, Place> = places(&services.db).await?.into_iter().map(|place| (place.id, place)).collect();
    let teller = Teller { units: &all, fields: &fields, on: ask.on, yes: words("takeout-yes") };
    let unwritten = |error: SheetError| super::unwritten(&error);
    let mut out = match ask.shape {
        Shape::Csv => Out::Csv(CsvFile::new(titles(Tells::Officials, &fields).iter().map(String::as_str))),
        Shape::Xlsx => {
            let below = units(services, ctx, scope, Some(root), ask.on).await?;
            let lists = lists(services, &fields, &below, words).await?;
            Out::book(ask, &fields, &lists, words).map_err(unwritten)?
        }
    };
    let kept = kept_today(services, ctx, scope, ask.on, ids).await?;
    let mut number = 0;
    let mut chunks = ids.chunks(CHUNK);
    let tells_records = matches!(out, Out::Book(_));
    let mut begin = || chunks.next().map(|chunk| tokio::spawn(told_of(services.db.clone(), chunk.to_vec(), tells_records)));
    let mut coming = begin();
    while let Some(read) = coming {
        let gave_up = |_| store::StoreError::Unreadable("the reader gave up".to_owned());
        let (people, mut records) = read.await.map_err(gave_up)??;
        // The next people are read while these are written.
        coming = begin();
        for person in &people {
            number += 1;
            if kept.as_ref().is_some_and(|kept| !kept.contains(&person.official.0)) {
                out.write_place(&teller, number, person).map_err(unwritten)?;
                continue;
            }
            let own = records.remove(&person.official.0).unwrap_or_default();
            out.write(&teller, number, person, &own, words).map_err(unwritten)?;
        }
    }
    let finished = tokio::task::spawn_blocking(move || out.finish()).await;
    finished.map_err(|_| ActError::Internal(store::StoreError::Unreadable("the writer gave up".to_owned())))?.map_err(unwritten)
}

/// Whose records the asker may see today, when those of the day asked for may be others: access ends with a transfer. `None` is all.
async fn kept_today(
    services: &Services,
    ctx: &Ctx,
    scope: &Scope,
    on: Date,
    ids: &[i64],
) -> Result<Option<HashSet<i64>>, store::StoreError> {
    if on == ctx.today || !matches!(scope.reach(), Reach::Units(_)) {
        return Ok(None);
    }
    kept_of(&services.db, scope, ids, ctx.today).await.map(Some)
}

/// People, and their attendances where they are told, by person.
type ToldOf = (Vec<Known>, HashMap<i64, Vec<RecordLine>>);

async fn told_of(db: Db, ids: Vec<i64>, tells_records: bool) -> Result<ToldOf, store::StoreError> {
    let people = known_of(&db, &ids).await?;
    let mut records: HashMap<i64, Vec<RecordLine>> = HashMap::new();
    if tells_records {
        for (official, record) in records_of(&db, &ids).await? {
            records.entry(official).or_default().push(record);
        }
    }
    Ok((people, records))
}

/// A file in the making.
enum Out {
    Csv(CsvFile),
    Book(Box<(Ledger, Page, Further)>),
}

impl Out {
    fn book(ask: &RegisterAsk, fields: &[&str], given: &[super::lists::List], words: Words<'_>) -> Result<Self, SheetError> {
        let mut ledger = Ledger::new(ask.lines.first().map_or("", String::as_str))?;
        let people = ledger.page(&words("takeout-sheet-people"), &ask.lines, columns(Tells::Officials, fields, given, words))?;
        let further = Further::begin(&mut ledger, words)?;
        ledger.lists(&words("takeout-sheet-lists"), given)?;
        Ok(Self::Book(Box::new((ledger, people, further))))
    }

    fn write(
        &mut self,
        teller: &Teller<'_>,
        number: i64,
        person: &Known,
        records: &[RecordLine],
        words: Words<'_>,
    ) -> Result<(), SheetError> {
        let row = teller.row(number, person);
        match self {
            Self::Csv(file) => file.row(&row),
            Self::Book(book) => {
                let (ledger, people, further) = book.as_mut();
                ledger.row(*people, Row::Plain, &row)?;
                further.write(ledger, words, teller.units, person, records)?;
            }
        }
        Ok(())
    }

    /// A person of whom only the place is told.
    fn write_place(&mut self, teller: &Teller<'_>, number: i64, person: &Known) -> Result<(), SheetError> {
        let row = teller.place_alone(number, person);
        match self {
            Self::Csv(file) => file.row(&row),
            Self::Book(book) => {
                let (ledger, people, _) = book.as_mut();
                ledger.row(*people, Row::Plain, &row)?;
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>, SheetError> {
        match self {
            Self::Csv(file) => Ok(file.finish()),
            Self::Book(book) => book.0.finish(),
        }
    }
}

async fn note(services: &Services, ctx: &Ctx, ask: &RegisterAsk, people: usize) -> Result<(), store::StoreError> {
    let masked = if ask.masked { "&columns=religion,health,citizen_number" } else { "" };
    let subject = format!("register/{}?on={}{masked}", ask.unit, domain::time::iso(ask.on));
    let after = people.to_string();
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act: "people.export",
        subject: &subject,
        before: None,
        after: Some(&after),
        reason: ask.purpose.trim(),
        operation: &ctx.operation,
    };
    let tx = services.db.write().await?;
    audit::record(&tx, &entry).await?;
    tx.commit().await
}
