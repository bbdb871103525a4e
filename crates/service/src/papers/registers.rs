//! Registers of numbers: kept by who keeps procedures; numbers are taken one after the other, in the system or for a paper that went its
//! way elsewhere, and cancelled for a reason.
//! Not for: which number is next (`domain::papers::numbers`).

use domain::ids::{CaseId, PaperNumberId};
use domain::papers::Family;
use domain::papers::mandates::{Body, Led};
use domain::papers::numbers::{NumberFault, NumberState, RegisterFault, day_fault, next, pattern_faults, symbol};
use domain::roles::{self, Act, Authorised};
use domain::time::Date;
use store::read::papers::{self as read, BodyLine, NumberAsk, NumberLine, RegisterLine};
use store::write::papers::{self as write, NewNumber, NewRegister};
use store::write::schemes::By;
use store::{At, WriteTx};

use super::{PaperRefusal, Refused, note_of, of_the_province};
use crate::{ActError, Ctx, Services};

/// Why a register or body is not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterRefusal {
    /// A rule of registers.
    Fault(RegisterFault),
    /// There is no such body.
    NoBody,
    /// A body needs a name and the post of its head.
    NoName,
}

impl RegisterRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fault(fault) => fault.code(),
            Self::NoBody => "no_body",
            Self::NoName => "no_name",
        }
    }

    /// The article that says so, as the law files cite it: a number and symbol stand once in a year.
    #[must_use]
    pub const fn article(self) -> Option<&'static str> {
        match self {
            Self::Fault(RegisterFault::StartTaken | RegisterFault::SymbolTaken) => Some("nd-30-2020#15"),
            Self::Fault(_) | Self::NoBody | Self::NoName => None,
        }
    }
}

/// A body as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BodyForm<'a> {
    /// Code.
    pub code: &'a str,
    /// Name as it is signed.
    pub name: &'a str,
    /// By whose rules.
    pub family: Family,
    /// By whom it decides.
    pub led: Led,
    /// Post of its head.
    pub head_post: &'a str,
}

/// A register as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisterForm<'a> {
    /// The revision that was looked at; none for a new one.
    pub revision: Option<i32>,
    /// Code.
    pub code: &'a str,
    /// Code of its body.
    pub body: &'a str,
    /// Name.
    pub title: &'a str,
    /// How a symbol is made.
    pub pattern: &'a str,
    /// Sign of the kind of paper.
    pub kind_sign: &'a str,
    /// Sign of the body.
    pub unit_sign: &'a str,
    /// Number with which this year begins.
    pub starts_at: i32,
    /// No more numbers are given.
    pub closed: bool,
}

/// A number as it is asked for by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberForm<'a> {
    /// Day of the paper.
    pub dated_on: Date,
    /// What it says.
    pub title: &'a str,
    /// Post and name of who signed.
    pub signer: &'a str,
}

/// Which numbers of a register are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NumbersAsk<'a> {
    /// Of which year; this year when none.
    pub year: Option<i32>,
    /// Words of title, symbol or signer.
    pub words: Option<&'a str>,
    /// What became of them.
    pub state: Option<NumberState>,
    /// Below which number.
    pub below: Option<i32>,
    /// Most numbers.
    pub limit: u32,
}

/// A register with numbers of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterView {
    /// The register.
    pub register: RegisterLine,
    /// The year.
    pub year: i32,
    /// Years that have numbers, and this one.
    pub years: Vec<i32>,
    /// Numbers, the highest first.
    pub lines: Vec<NumberLine>,
    /// More numbers follow below this one.
    pub next: Option<i32>,
}

fn keeper<R>(ctx: &Ctx) -> Result<Option<Authorised>, ActError<R>> {
    Ok(ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepProcedures)).transpose()?)
}

/// Registers by code.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not see the papers of the whole province.
pub async fn registers(services: &Services, ctx: &Ctx) -> Result<Vec<RegisterLine>, ActError> {
    of_the_province(ctx)?;
    Ok(read::registers(&services.db).await?)
}

/// Bodies by code.
///
/// # Errors
/// [`ActError::Forbidden`] for those who see no papers.
pub async fn bodies(services: &Services, ctx: &Ctx) -> Result<Vec<BodyLine>, ActError> {
    ctx.scope(Act::ViewPapers)?;
    Ok(read::bodies(&services.db).await?)
}

/// Numbers of a register.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not see the papers of the whole province, [`ActError::NotFound`] when there is no such register.
pub async fn numbers(services: &Services, ctx: &Ctx, code: &str, ask: &NumbersAsk<'_>) -> Result<RegisterView, ActError> {
    of_the_province(ctx)?;
    let register = read::register(&services.db, code).await?;
    let year = ask.year.unwrap_or_else(|| ctx.today.year());
    let limit = ask.limit.saturating_add(1);
    let asked = NumberAsk { register: register.id, year, words: ask.words, state: ask.state, below: ask.below, limit };
    let mut lines = read::numbers(&services.db, &asked).await?;
    let most = usize::try_from(ask.limit).unwrap_or(usize::MAX);
    let has_more = lines.len() > most;
    lines.truncate(most);
    let next = lines.last().filter(|_| has_more).map(|line| line.number);
    let mut years = read::number_years(&services.db, register.id).await?;
    years.extend([ctx.today.year(), year]);
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    Ok(RegisterView { register, year, years, lines, next })
}

/// What a number is taken for.
pub(crate) struct Taking<'a> {
    pub(crate) case: Option<CaseId>,
    pub(crate) title: &'a str,
    pub(crate) signer: &'a str,
}

/// Takes the next number of a register for a day, for a paper that names the register; told with its symbol.
pub(crate) async fn next_of(
    ctx: &Ctx,
    tx: &WriteTx,
    by: By<'_>,
    (code, dated_on): (&str, Date),
    taking: &Taking<'_>,
) -> Result<(PaperNumberId, String), Refused> {
    match take_in(ctx, tx, by, code, dated_on, taking).await {
        Err(ActError::NotFound) => Err(ActError::Refused(PaperRefusal::Number(NumberFault::NoRegister))),
        taken => taken,
    }
}

/// Takes the next number of a register for a day, told with its symbol. Whoever else takes one of this register, or changes it, waits until
/// this is done.
async fn take_in(
    ctx: &Ctx,
    tx: &WriteTx,
    by: By<'_>,
    code: &str,
    dated_on: Date,
    taking: &Taking<'_>,
) -> Result<(PaperNumberId, String), Refused> {
    let refuse = |fault| Err(ActError::Refused(PaperRefusal::Number(fault)));
    write::lock_register(tx, code).await?;
    let register = read::register_in(tx, code).await?;
    if register.closed {
        return refuse(NumberFault::Closed);
    }
    let last = read::last_number(tx, register.id, dated_on.year()).await?;
    if let Some(fault) = day_fault(dated_on, ctx.today, last.map(|(_, day)| day)) {
        return refuse(fault);
    }
    let number = next(dated_on.year(), last.map(|(number, _)| number), register.start);
    let symbol = symbol(&register.pattern, number, &register.kind_sign, &register.unit_sign);
    let Taking { case, title, signer } = *taking;
    let new = NewNumber { register: register.id, number, symbol: &symbol, dated_on, case, title, signer };
    let id = write::take_number(tx, by, &new, ctx.now).await?;
    Ok((id, symbol))
}

/// Takes a number for a paper that went its way elsewhere. Tells number and symbol.
///
/// # Errors
/// [`NumberFault`] as a [`PaperRefusal`]; [`ActError::NotFound`] when there is no such register.
pub async fn take(services: &Services, ctx: &Ctx, code: &str, form: &NumberForm<'_>) -> Result<String, Refused> {
    let proof = keeper(ctx)?;
    if form.title.trim().is_empty() {
        return Err(ActError::Refused(PaperRefusal::Number(NumberFault::NoTitle)));
    }
    let tx = services.db.write().await?;
    let by = proof.as_ref().map_or(By::System, By::Person);
    let taking = Taking { case: None, title: form.title, signer: form.signer };
    let (id, symbol) = take_in(ctx, &tx, by, code, form.dated_on, &taking).await?;
    note_of(&tx, ctx, "paper.number", &format!("paper_number/{id}"), form.title).await?;
    tx.commit().await?;
    Ok(symbol)
}

/// Cancels a number that no paper of the system has; it stays in the register with the reason and is never given again.
///
/// # Errors
/// [`NumberFault`] as a [`PaperRefusal`]; a number of a paper on its way is cancelled by sending the paper back.
pub async fn cancel(services: &Services, ctx: &Ctx, code: &str, id: PaperNumberId, reason: &str) -> Result<(), ActError<PaperRefusal>> {
    keeper::<PaperRefusal>(ctx)?;
    let register = read::register(&services.db, code).await?;
    let refuse = |fault| Err(ActError::Refused(PaperRefusal::Number(fault)));
    if !crate::registry::is_reason(reason) {
        return refuse(NumberFault::NoReason);
    }
    let line = read::number(&services.db, register.id, id).await?;
    if line.state == NumberState::Cancelled {
        return refuse(NumberFault::Cancelled);
    }
    if line.case.is_some() {
        return refuse(NumberFault::HasPaper);
    }
    if store::read::class_numbers::has(At::Reader(&services.db), id).await? {
        return refuse(NumberFault::OfClass);
    }
    let tx = services.db.write().await?;
    write::cancel_number(&tx, id, reason).await?;
    note_of(&tx, ctx, "paper.cancel_number", &format!("paper_number/{id}"), reason).await?;
    Ok(tx.commit().await?)
}

/// Adds a body.
///
/// # Errors
/// [`RegisterRefusal`].
pub async fn save_body(services: &Services, ctx: &Ctx, form: &BodyForm<'_>) -> Result<(), ActError<Vec<RegisterRefusal>>> {
    keeper::<Vec<RegisterRefusal>>(ctx)?;
    let mut refusals = Vec::new();
    refusals.extend((!is_code(form.code)).then_some(RegisterRefusal::Fault(RegisterFault::BadCode)));
    refusals.extend((form.name.trim().is_empty() || form.head_post.trim().is_empty()).then_some(RegisterRefusal::NoName));
    let is_taken = read::bodies(&services.db).await?.iter().any(|body| body.code == form.code);
    refusals.extend(is_taken.then_some(RegisterRefusal::Fault(RegisterFault::CodeTaken)));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let body = Body { name: form.name.trim().to_owned(), family: form.family, led: form.led, head_post: form.head_post.trim().to_owned() };
    let tx = services.db.write().await?;
    write::add_body(&tx, form.code, &body).await?;
    note_of(&tx, ctx, "paper.body", &format!("paper_body/{}", form.code), "").await?;
    Ok(tx.commit().await?)
}

/// Adds a register, or changes one. Its numbers of this year begin at `starts_at`, above everything that was given already.
///
/// # Errors
/// Every [`RegisterRefusal`] that applies, [`ActError::Stale`] when somebody changed it first.
pub async fn save_register(services: &Services, ctx: &Ctx, form: &RegisterForm<'_>) -> Result<(), ActError<Vec<RegisterRefusal>>> {
    keeper::<Vec<RegisterRefusal>>(ctx)?;
    let all = read::registers(&services.db).await?;
    let body = read::bodies(&services.db).await?.into_iter().find(|body| body.code == form.body);
    let old = all.iter().find(|register| register.code == form.code && form.revision.is_some());
    let mut refusals = register_faults(form, &all, body.as_ref());
    let year = ctx.today.year();
    let tx = services.db.write().await?;
    if old.is_some() {
        write::lock_register(&tx, form.code).await?;
    }
    let start = match old {
        Some(old) if old.start == (year, form.starts_at) => old.start,
        Some(old) => {
            let last = read::last_number(&tx, old.id, year).await?;
            let is_taken = last.is_some_and(|(last, _)| form.starts_at <= last);
            // A start that was set in an earlier year is over; 1 says that it stays so.
            let is_over = form.starts_at == 1 && old.start.0 != year;
            refusals.extend((is_taken && !is_over).then_some(RegisterRefusal::Fault(RegisterFault::StartTaken)));
            if is_over { old.start } else { (year, form.starts_at) }
        }
        None => (year, form.starts_at),
    };
    let (Some(body), true) = (body, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let new = NewRegister {
        code: form.code,
        body: body.id,
        title: form.title.trim(),
        pattern: form.pattern.trim(),
        kind_sign: form.kind_sign.trim(),
        unit_sign: form.unit_sign.trim(),
        start,
        closed: form.closed,
    };
    match (old, form.revision) {
        (Some(old), Some(revision)) => write::change_register(&tx, old.id, revision, &new).await?,
        (None, Some(_)) => return Err(ActError::NotFound),
        (_, None) => write::add_register(&tx, &new).await.map(|_| ())?,
    }
    note_of(&tx, ctx, "paper.register", &format!("paper_register/{}", form.code), "").await?;
    Ok(tx.commit().await?)
}

fn register_faults(form: &RegisterForm<'_>, all: &[RegisterLine], body: Option<&BodyLine>) -> Vec<RegisterRefusal> {
    let mut faults = pattern_faults(form.pattern);
    let mut fault = |is_wrong: bool, fault: RegisterFault| faults.extend(is_wrong.then_some(fault));
    fault(!is_code(form.code), RegisterFault::BadCode);
    fault(form.title.trim().is_empty(), RegisterFault::NoTitle);
    fault(form.starts_at < 1, RegisterFault::BadStart);
    fault(form.revision.is_none() && all.iter().any(|other| other.code == form.code), RegisterFault::CodeTaken);
    let sample = symbol(form.pattern.trim(), 1, form.kind_sign.trim(), form.unit_sign.trim());
    let is_same = |other: &&RegisterLine| symbol(&other.pattern, 1, &other.kind_sign, &other.unit_sign) == sample;
    let others = all.iter().filter(|other| other.code != form.code && !other.closed);
    fault(body.is_some_and(|body| others.filter(|other| other.body == body.id).any(|other| is_same(&other))), RegisterFault::SymbolTaken);
    let mut refusals: Vec<_> = faults.into_iter().map(RegisterRefusal::Fault).collect();
    refusals.extend(body.is_none().then_some(RegisterRefusal::NoBody));
    refusals
}

fn is_code(code: &str) -> bool {
    !code.is_empty() && code.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-')
}
