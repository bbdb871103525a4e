//! The dry run: the file read and compared, and what it would change written down beside the batch; nothing of the register changes.
//! Not for: writing (`carry`).

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ids::OfficialId;
use domain::register::Source;
use domain::roles::{Act, Reach};
use domain::time::Date;
use store::read::intake::{self as read, Place};
use store::write::intake::{self as write, Step};
use workbooks::OpenError;

use super::batch::{Batch, State, batch, json};
use super::fields::Tells;
use super::jobs::{Stage, Watch};
use super::judge::Judge;
use super::places::Places;
use super::plan::{self, Codes, Plan};
use super::report::{Absent, MOST, Report, SheetSeen};
use super::settings::{Mode, Remembered, Settings};
use super::sheet::{self, NotRead, Read, Reader};
use super::training::{self, Desk, Learning, Topics};
use super::wish::Wish;
use crate::registry::unit_names;
use crate::{ActError, Ctx, Services};

/// Why a file was not compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RehearseRefusal {
    /// It cannot be opened.
    Open(OpenError),
    /// Nothing in it looks like a table; its sheets, to choose from.
    NoTable(Vec<SheetSeen>),
    /// Somebody wanted it to stop.
    Cancelled,
    /// Somebody works on it already.
    Busy,
    /// It was carried already.
    Carried,
}

type Refused = ActError<RehearseRefusal>;

/// A plan that was made, with what is told of it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) plan: Plan,
    pub(super) report: Report,
    pub(super) remembered: (String, Remembered),
}

/// Reads and compares a batch's file, and keeps the report beside it.
///
/// # Errors
/// [`RehearseRefusal`]; then the batch stays as it was.
pub async fn rehearse(services: &Services, ctx: &Ctx, id: i64, watch: &Arc<Watch>) -> Result<Report, Refused> {
    let batch = batch(services, ctx, id).await.map_err(crate::registry::without_refusal)?;
    if matches!(batch.state, State::Carried | State::Undone) {
        return Err(ActError::Refused(RehearseRefusal::Carried));
    }
    let Some(_seat) = services.jobs.sit(id, watch) else { return Err(ActError::Refused(RehearseRefusal::Busy)) };
    let made = make(services, ctx, &batch, watch).await?;
    let report = json(&made.report);
    let tx = services.db.write().await?;
    write::step(&tx, id, batch.line.revision, &Step { state: State::Ready.code(), report: Some(&report), ..Step::default() }).await?;
    tx.commit().await?;
    Ok(made.report)
}

/// Makes the plan of a batch.
pub(super) async fn make(services: &Services, ctx: &Ctx, batch: &Batch, watch: &Arc<Watch>) -> Result<Made, Refused> {
    let facts = store::read::accounts::facts_version(&services.db).await?;
    let earlier = earlier(services, ctx, batch).await.map_err(crate::registry::without_refusal)?;
    match batch.settings.tells {
        Tells::Officials => {
            let read = read_file(services, ctx, batch, earlier, (watch, Wish::of)).await?;
            officials(services, ctx, batch, (facts, read), watch).await
        }
        Tells::Training => {
            let read = read_file(services, ctx, batch, earlier, (watch, Learning::of)).await?;
            trainings(services, ctx, batch, (facts, read), watch).await
        }
    }
}

/// The plan of a list of officials, read at a version of the facts.
async fn officials(
    services: &Services,
    ctx: &Ctx,
    batch: &Batch,
    (facts, mut read): (i64, Read<Wish>),
    watch: &Watch,
) -> Result<Made, Refused> {
    let frame = Frame::of(services, ctx, batch, &read).await?;
    let home = frame.places.get(batch.line.unit).ok_or(ActError::NotFound)?;
    let missing = missing(&read, &frame.defaults, home);
    let mut wishes = Portions::of(std::mem::take(&mut read.wishes));
    let judge = frame.judge(ctx, home, &read);
    let last = read::last_code(&services.db, &home.code).await?;
    let mut making = plan::Making::new(&judge, Codes::after(home.code.clone(), last));
    while let Some(some) = wishes.next(watch)? {
        let people = read::known(&services.db, &plan::keys(some.iter())).await?;
        making.take(&some, &people);
    }
    let mut plan = making.done();
    let absent = absent(services, batch, &frame, &mut plan).await?;
    let report = report(facts, &read, &plan, absent, missing);
    Ok(Made { plan, report, remembered: frame.remembered(read) })
}

/// The plan of a list of trainings, read at a version of the facts.
async fn trainings(
    services: &Services,
    ctx: &Ctx,
    batch: &Batch,
    (facts, mut read): (i64, Read<Learning>),
    watch: &Watch,
) -> Result<Made, Refused> {
    let frame = Frame::of(services, ctx, batch, &read).await?;
    let home = frame.places.get(batch.line.unit).ok_or(ActError::NotFound)?;
    let missing = training::missing(&read.places, &frame.defaults);
    let mut lines = Portions::of(std::mem::take(&mut read.wishes));
    let judge = frame.judge(ctx, home, &read);
    let source = if batch.settings.by_institute { Source::Institute } else { Source::Imported };
    let topics = Topics::of(services, ctx).await.map_err(crate::registry::without_refusal)?;
    let (mut desk, mut plan) = (Desk::new(&judge, source, &topics), Plan::default());
    while let Some(some) = lines.next(watch)? {
        let people = read::known(&services.db, &plan::keys(some.iter().map(|line| &line.who))).await?;
        let ids: Vec<i64> = people.iter().map(|person| person.official.0).collect();
        let records = read::attended(&services.db, &ids).await?;
        training::take(&mut plan, &mut desk, &some, &people, &records);
    }
    plan.digest = plan.digest();
    let report = report(facts, &read, &plan, Vec::new(), missing);
    Ok(Made { plan, report, remembered: frame.remembered(read) })
}

/// Rows, some at a time; those that were judged are let go.
struct Portions<W> {
    rows: std::vec::IntoIter<W>,
    of: usize,
}

impl<W> Portions<W> {
    fn of(rows: Vec<W>) -> Self {
        Self { of: rows.len(), rows: rows.into_iter() }
    }

    /// The next rows; none when all were judged.
    fn next(&mut self, watch: &Watch) -> Result<Option<Vec<W>>, Refused> {
        if !watch.tell(Stage::Comparing, self.of - self.rows.len(), self.of) {
            return Err(ActError::Refused(RehearseRefusal::Cancelled));
        }
        let some: Vec<W> = self.rows.by_ref().take(plan::SOME).collect();
        Ok((!some.is_empty()).then_some(some))
    }
}

/// What rows are judged by, made once for the file.
struct Frame {
    places: Places,
    defaults: BTreeMap<String, String>,
    called: BTreeMap<String, String>,
    as_of: Date,
    own: Option<OfficialId>,
}

impl Frame {
    async fn of<W: Sync>(services: &Services, ctx: &Ctx, batch: &Batch, read: &Read<W>) -> Result<Self, Refused> {
        let as_of = batch.as_of().unwrap_or(ctx.today);
        let names = unit_names(services, ctx).await.map_err(crate::registry::without_refusal)?;
        let scope = ctx.scope(Act::KeepRegister)?;
        let places: Vec<Place> = read::places(&services.db).await?;
        let places = Places::new(places, names, batch.line.unit, &scope, as_of);
        let is_province = *scope.reach() == Reach::Province;
        let own = ctx.who.as_ref().filter(|_| !is_province).and_then(|who| who.official);
        let mut defaults = read.defaults.clone();
        defaults.extend(batch.settings.defaults.clone());
        let mut called = read.units.clone();
        called.extend(batch.settings.units.clone());
        Ok(Self { places, defaults, called, as_of, own })
    }

    fn judge<'f, W>(&'f self, ctx: &Ctx, home: &'f Place, read: &'f Read<W>) -> Judge<'f> {
        Judge {
            places: &self.places,
            home,
            sheet: &read.sheet,
            columns: &read.places,
            defaults: &self.defaults,
            called: &self.called,
            as_of: self.as_of,
            today: ctx.today,
            own: self.own,
        }
    }

    fn remembered<W>(self, read: Read<W>) -> (String, Remembered) {
        (read.fingerprint, Remembered { columns: read.saved, defaults: self.defaults, units: self.called })
    }
}

async fn earlier(services: &Services, ctx: &Ctx, batch: &Batch) -> Result<Vec<(String, String, Remembered)>, ActError> {
    let path = crate::registry::view(services, ctx, &batch.line.unit_name.0, batch.as_of().unwrap_or(ctx.today)).await?;
    let mut units: Vec<_> = path.path.iter().map(|unit| unit.id).collect();
    units.push(batch.line.unit);
    let rows = read::mappings(&services.db, &units).await?;
    Ok(rows.into_iter().filter_map(|(name, print, text)| Some((name, print, serde_json::from_str(&text).ok()?))).collect())
}

async fn read_file<W: Send + 'static>(
    services: &Services,
    ctx: &Ctx,
    batch: &Batch,
    earlier: Vec<(String, String, Remembered)>,
    (watch, of): (&Arc<Watch>, Reader<W>),
) -> Result<Read<W>, Refused> {
    watch.tell(Stage::Opening, 0, 0);
    let bytes = read::file(&services.db, batch.line.id).await?;
    let (name, settings, today): (String, Settings, Date) = (batch.line.file_name.clone(), batch.settings.clone(), ctx.today);
    let watch = Arc::clone(watch);
    // Reading keeps a core busy for seconds; others are served meanwhile.
    let work = tokio::task::spawn_blocking(move || sheet::read(&bytes, &name, &settings, &earlier, today, (&watch, of)));
    match work.await {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(NotRead::Open(error))) => Err(ActError::Refused(RehearseRefusal::Open(error))),
        Ok(Err(NotRead::NoTable(sheets))) => Err(ActError::Refused(RehearseRefusal::NoTable(sheets))),
        Ok(Err(NotRead::Cancelled)) => Err(ActError::Refused(RehearseRefusal::Cancelled)),
        Err(_) => Err(ActError::Refused(RehearseRefusal::Open(OpenError::Damaged { part: None, why: "the reader gave up".to_owned() }))),
    }
}

/// Who works in the unit on the day of the file and is not in it.
async fn absent(services: &Services, batch: &Batch, frame: &Frame, plan: &mut Plan) -> Result<Vec<Absent>, Refused> {
    if batch.settings.mode == Mode::Changes {
        return Ok(Vec::new());
    }
    let units: Vec<_> = frame.places.home.iter().copied().collect();
    let mut working = read::working(&services.db, &units, frame.as_of).await?;
    working.retain(|(id, ..)| !plan.met.contains(&OfficialId(*id)));
    working.sort_by(|a, b| a.1.cmp(&b.1));
    plan.counts.absent = working.len();
    Ok(working.into_iter().take(MOST).map(|(_, code, name, unit)| Absent { code, name, unit }).collect())
}

/// What nobody new can be written without: fields that have no column and for which nothing stands.
fn missing(read: &Read<Wish>, defaults: &BTreeMap<String, String>, home: &Place) -> Vec<String> {
    let has = |field: &str| read.places.contains_key(field) || defaults.contains_key(field);
    let has_name = has("name") || (has("family") && has("given"));
    let has_unit = has("unit") || home.kind != domain::orgs::UnitKind::Province || read.wishes.iter().any(|wish| !wish.group.is_empty());
    let told = [("name", has_name), ("unit", has_unit)].into_iter();
    let others = ["birth", "sex", "post", "staff", "ethnicity"].into_iter().map(|field| (field, has(field)));
    told.chain(others).filter(|(_, has)| !has).map(|(field, _)| field.to_owned()).collect()
}

fn report<W>(facts: i64, read: &Read<W>, plan: &Plan, absent: Vec<Absent>, missing: Vec<String>) -> Report {
    Report {
        facts,
        digest: plan.digest.clone(),
        format: read.format.clone(),
        encoding: read.encoding.clone(),
        fonts: read.fonts.clone(),
        sheets: read.sheets.clone(),
        sheet: read.sheet.clone(),
        header: read.header,
        columns: read.columns.clone(),
        left_out: read.left_out.clone(),
        missing,
        counts: plan.counts,
        faults: plan.faults.iter().take(MOST).cloned().collect(),
        notes: plan.notes.clone(),
        lines: plan.lines.clone(),
        absent,
        unknown_units: unknown_units(plan),
    }
}

/// What the file calls units that are not found, with how many rows and what is written alike.
fn unknown_units(plan: &Plan) -> Vec<(String, usize, String)> {
    let mut units: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for fault in plan.faults.iter().filter(|fault| fault.field == "unit" && UNKNOWN.contains(&fault.code.as_str())) {
        let near = fault.params.iter().find(|(name, _)| name == "near").map(|(_, near)| near.as_str()).unwrap_or_default();
        units.entry(&fault.read).or_insert((0, near)).0 += 1;
    }
    let mut units: Vec<_> = units.into_iter().map(|(text, (rows, near))| (text.to_owned(), rows, near.to_owned())).collect();
    units.sort_by_key(|(_, rows, _)| std::cmp::Reverse(*rows));
    units.truncate(MOST_UNITS);
    units
}

/// Faults of units that can be mended by saying which unit is meant.
const UNKNOWN: [&str; 3] = ["no_such_unit", "several_units", "unit_gone"];
/// So many unknown units are asked for at once.
const MOST_UNITS: usize = 60;
