//! People and posts put as another machine tells them: one or many, all or nothing, under one operation.
//! Not for: judging them (`plan`, `intake::entries`, `catalogue`).

use domain::roles::{self, Act, Authorised};
use serde_json::{Map, Value};
use store::write::exchange::{self as store_exchange, Written};
use store::write::register::{self as register, NewRecord, Why};
use store::write::schemes::By;
use store::write::{audit, bump_facts};
use store::{StoreError, WriteTx};

use super::keys::Receipt;
use super::plan::{Plan, Planned, plan};
use crate::intake::{Change, Fault};
use crate::registry::is_reason;
use crate::{ActError, Ctx, Services};

/// Most operations of one request.
pub const MOST_OPERATIONS: usize = 1_000;
/// How often a plan is made anew when the register changed under it.
const TRIES: u32 = 5;

/// What an operation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A person.
    Official,
    /// A post of the catalogue.
    Post,
    /// A training of a person; its code is the person's.
    Training,
}

/// One thing to be put.
#[derive(Debug, Clone, Copy)]
pub struct Upsert<'a> {
    /// What it is about.
    pub subject: Subject,
    /// Its code.
    pub code: &'a str,
    /// What is told of it.
    pub fields: &'a Map<String, Value>,
}

/// In which state a thing must be to be put.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Matching {
    /// In any.
    #[default]
    Always,
    /// It is not there.
    New,
    /// It is there.
    Known,
    /// It is there and in one of these states.
    Tags(Vec<String>),
}

impl Matching {
    pub(super) fn holds(&self, tag: Option<&str>) -> bool {
        match (self, tag) {
            (Self::Always, _) | (Self::New, None) | (Self::Known, Some(_)) => true,
            (Self::Tags(tags), Some(tag)) => tags.iter().any(|known| known == tag),
            (Self::New, Some(_)) | (Self::Known | Self::Tags(_), None) => false,
        }
    }
}

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The things, in their order.
    pub ops: &'a [Upsert<'a>],
    /// Why.
    pub reason: &'a str,
    /// Only tell what would be done.
    pub dry_run: bool,
    /// In which state the things must be.
    pub matching: &'a Matching,
}

/// What became of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpState {
    /// It is new.
    Created,
    /// It was known and is otherwise now.
    Changed,
    /// It was known and so already.
    Same,
}

impl OpState {
    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

/// One thing, done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpDone {
    /// What it was about.
    pub subject: Subject,
    /// Its code in the end.
    pub code: String,
    /// What became of it.
    pub state: OpState,
    /// Keys of the changes it made.
    pub changes: Vec<i64>,
    /// What is otherwise: field, before, after.
    pub told: Vec<Change>,
    /// Worth a look.
    pub notes: Vec<Fault>,
    /// Its state now, after a request that wrote.
    pub tag: Option<String>,
}

/// What was done, or would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The operation that all changes share; `None` when nothing was written.
    pub operation: Option<String>,
    /// Each thing, in the order of the request.
    pub results: Vec<OpDone>,
}

/// Why nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteRefusal {
    /// It must say why.
    NoReason,
    /// Nothing is told.
    Nothing,
    /// More than [`MOST_OPERATIONS`].
    TooMany,
    /// These things are at fault, by their place in the request.
    Faulty(Vec<(usize, Fault)>),
    /// The thing is in another state than was asked.
    Unmatched,
}

type Refused = ActError<WriteRefusal>;

/// State of a person's record: the newest change of it.
#[must_use]
pub fn official_tag(official: i64, newest: i64) -> String {
    format!("o{official}-{newest}")
}

/// State of a post of the catalogue.
#[must_use]
pub fn post_tag(post: i64, newest: i64) -> String {
    format!("p{post}-{newest}")
}

/// State of a unit with its names, codes and places.
#[must_use]
pub fn unit_tag(unit: i64, newest: i64) -> String {
    format!("u{unit}-{newest}")
}

/// Who writes; the terminal needs no proof.
struct Hand {
    register: Option<Authorised>,
    units: Option<Authorised>,
}

impl Hand {
    fn of(ctx: &Ctx, ops: &[Upsert<'_>]) -> Result<Self, roles::Forbidden> {
        let has = |subject: Subject| ops.iter().any(|op| op.subject == subject);
        let Some(who) = &ctx.who else { return Ok(Self { register: None, units: None }) };
        // Whether each person lies within is judged with the person.
        let register = (has(Subject::Official) || has(Subject::Training))
            .then(|| roles::authorise_within(who, Act::KeepRegister, |_| true))
            .transpose()?;
        let units = has(Subject::Post).then(|| roles::authorise(who, Act::KeepUnits)).transpose()?;
        Ok(Self { register, units })
    }

    fn by(&self) -> By<'_> {
        self.register.as_ref().or(self.units.as_ref()).map_or(By::System, By::Person)
    }
}

/// Puts things as they are told: all of them, or none.
///
/// # Errors
/// [`WriteRefusal`]; [`ActError::Stale`] when the register goes on changing, or the key of the request was given up meanwhile.
pub async fn write(services: &Services, ctx: &Ctx, ask: &Ask<'_>, receipt: &Receipt<'_, Done>) -> Result<Done, Refused> {
    let hand = Hand::of(ctx, ask.ops)?;
    let refused = |refusal| Err(ActError::Refused(refusal));
    if ask.ops.is_empty() {
        return refused(WriteRefusal::Nothing);
    }
    if ask.ops.len() > MOST_OPERATIONS {
        return refused(WriteRefusal::TooMany);
    }
    if !is_reason(ask.reason) {
        return refused(WriteRefusal::NoReason);
    }
    let _turn = if ask.dry_run { None } else { Some(services.turn.lock().await) };
    for _ in 0..TRIES {
        let facts = store::read::accounts::facts_version(&services.db).await?;
        let ctx = Ctx { facts: Some(facts), ..ctx.clone() };
        let plan = plan(services, &ctx, ask).await?;
        if ask.dry_run {
            return Ok(plan.preview());
        }
        let tx = services.db.write().await?;
        store_exchange::take_turn(&tx).await?;
        // Every act of the register counts the facts: the same version is the same register.
        if store_exchange::facts_version(&tx).await? == facts
            && let Some(done) = carry(tx, (&ctx, facts), ask, &hand, plan, receipt).await?
        {
            return Ok(done);
        }
    }
    Err(ActError::Stale)
}

/// Writes a plan that was made from a version of the facts. `None` when the register changed meanwhile: then nothing is written.
async fn carry(
    tx: WriteTx,
    (ctx, facts): (&Ctx, i64),
    ask: &Ask<'_>,
    hand: &Hand,
    plan: Plan,
    receipt: &Receipt<'_, Done>,
) -> Result<Option<Done>, Refused> {
    let operation = format!("api-{}", ctx.operation);
    let why = Why { by: hand.by(), at: ctx.now, words: ask.reason.trim(), operation: &operation };
    register::welcome(&tx, &why, plan.new, &mut |_| true).await?;
    register::update(&tx, &why, &plan.changed).await?;
    let mut posts = Vec::new();
    for (place, post) in &plan.posts {
        let card = post.card();
        // People of this very request may have brought the title.
        let known = if post.known.is_some() { post.known } else { register::post_without_code(&tx, card.title).await? };
        posts.push((*place, register::keep_post(&tx, &why, known, &card).await?));
    }
    let mut rows = posts;
    rows.extend(trainings(&tx, &why, plan.trainings, &plan.amended).await?);
    let written = store_exchange::written(&tx, &operation).await?;
    let is_written = !written.is_empty();
    let results = plan.ops.iter().enumerate().map(|(place, op)| told(op, rows.iter().find(|(of, _)| *of == place), &written)).collect();
    let done = Done { operation: is_written.then(|| operation.clone()), results };
    receipt.keep(&tx, &done).await?;
    if is_written {
        note(&tx, ctx, ask, &operation, &done).await?;
        bump_facts(&tx).await?;
        // PostgreSQL lets others write at the same time: who wrote before, and has committed by now, has counted too.
        if store_exchange::facts_version(&tx).await? != facts + 1 {
            return Ok(None);
        }
    }
    tx.commit().await?;
    Ok(Some(done))
}

/// Trainings that are new or become otherwise: the place of each in the request, and its row.
async fn trainings(
    tx: &WriteTx,
    why: &Why<'_>,
    new: Vec<(usize, NewRecord)>,
    amended: &[(usize, i64, NewRecord)],
) -> Result<Vec<(usize, i64)>, StoreError> {
    let (places, new): (Vec<usize>, Vec<NewRecord>) = new.into_iter().unzip();
    let keys = register::add_records(tx, why, &new).await?;
    let known: Vec<(i64, NewRecord)> = amended.iter().map(|(_, key, record)| (*key, record.clone())).collect();
    register::amend_records(tx, why, &known).await?;
    Ok(places.into_iter().zip(keys).chain(amended.iter().map(|(place, key, _)| (*place, *key))).collect())
}

/// The kind of rows that trainings are.
const TRAINING: &str = "training_record";

/// What became of one thing, with the changes that were written of it; `of` is the row of a post or training.
fn told(op: &Planned, of: Option<&(usize, i64)>, written: &[Written]) -> OpDone {
    let is_row = |row: &Written, kind: &str| of.is_some_and(|(_, key)| row.kind == kind && row.row == *key);
    let is_its = |row: &&Written| match op.done.subject {
        Subject::Official => row.kind != TRAINING && row.official.as_ref().is_some_and(|(_, code)| *code == op.done.code),
        Subject::Post => is_row(row, "post"),
        Subject::Training => is_row(row, TRAINING),
    };
    let own: Vec<&Written> = written.iter().filter(is_its).collect();
    let newest = own.last().map(|row| row.id);
    let official = own.iter().find_map(|row| row.official.as_ref()).map(|(id, _)| *id);
    let tag = match op.done.subject {
        Subject::Official => official.zip(newest).map(|(id, newest)| official_tag(id, newest)),
        Subject::Post => of.zip(newest).map(|((_, id), newest)| post_tag(*id, newest)),
        Subject::Training => None,
    };
    OpDone { changes: own.iter().map(|row| row.id).collect(), told: Vec::new(), tag: tag.or_else(|| op.tag.clone()), ..op.done.clone() }
}

/// One line for the whole request; the register's own changes tell the rest.
async fn note(tx: &WriteTx, ctx: &Ctx, ask: &Ask<'_>, operation: &str, done: &Done) -> Result<(), StoreError> {
    let count = |state: OpState| done.results.iter().filter(|result| result.state == state).count();
    let after = format!("+{} ~{} ={}", count(OpState::Created), count(OpState::Changed), count(OpState::Same));
    let subject = match done.results.as_slice() {
        [one] if one.subject == Subject::Post => format!("post/{}", one.code),
        [one] => format!("official/{}", one.code),
        _ => format!("operation/{operation}"),
    };
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act: "api.write",
        subject: &subject,
        before: None,
        after: Some(&after),
        reason: ask.reason.trim(),
        operation: &ctx.operation,
    };
    audit::record(tx, &entry).await
}
