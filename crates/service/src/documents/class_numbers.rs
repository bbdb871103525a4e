//! Numbers of papers of classes: taken from a register of the province, or written down when another office gave them; given back with a
//! reason as long as the class does not go by them.
//! Not for: registers (`papers::registers`), or what the papers say (`class`).

use domain::classes::papers::{ClassNumberFault, ClassPaper, ClassPaperFault, Known};
use domain::ids::ClassId;
use domain::papers::numbers::{NumberFault, following};
use domain::time::{Date, dmy};
use store::read::class_numbers::{self as read, ClassNumber};
use store::read::classes::{ClassLine, Meeting, sittings};
use store::read::papers::RegisterLine;
use store::write::class_numbers::{self as write, NewClassNumber};
use store::write::papers::cancel_number;
use store::write::schemes::By;
use store::{At, StoreError, WriteTx};

use super::class::{agencies_of, confirmed, decision_of};
use super::frame::head_post;
use crate::classes::{again, keeper, seen};
use crate::noting::note;
use crate::papers::{self, PaperRefusal, Taking, sees_all};
use crate::registry::keeping::{is_reason, without_refusal_of};
use crate::registry::{view_of_id, without_refusal};
use crate::{ActError, Ctx, Services};

/// Why a paper of a class gets no number, or keeps the one it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassNumberRefusal {
    /// A rule of such numbers.
    Fault(ClassNumberFault),
    /// The paper cannot be made yet.
    NotNow(ClassPaperFault),
    /// A rule of registers.
    Register(PaperRefusal),
}

/// Where a number comes from: a register here, by its code, or another office, which gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberWish<'a> {
    /// Code of the register; empty for a number from elsewhere.
    pub register: &'a str,
    /// Number and symbol that another office gave; empty for one from a register.
    pub symbol: &'a str,
    /// Day of the paper.
    pub dated_on: Date,
}

type Refused = ActError<ClassNumberRefusal>;

fn refuse<T>(fault: ClassNumberFault) -> Result<T, Refused> {
    Err(ActError::Refused(ClassNumberRefusal::Fault(fault)))
}

/// Registers that the asker may take numbers of papers of classes from: those that are open, for who sees the papers of the whole province.
///
/// # Errors
/// [`ActError::Internal`] when the engine fails.
pub async fn class_registers(services: &Services, ctx: &Ctx) -> Result<Vec<RegisterLine>, ActError> {
    if !sees_all(ctx) {
        return Ok(Vec::new());
    }
    let all = store::read::papers::registers(&services.db).await?;
    Ok(all.into_iter().filter(|register| !register.closed).collect())
}

/// Gives numbers to a paper of a class: one, or one for each unit that has none yet, all or nothing. Tells them.
///
/// # Errors
/// [`ClassNumberRefusal`]; [`ActError::Forbidden`] for who does not keep the class, or takes from a register without seeing the papers of
/// the province; [`ActError::Stale`] when somebody else gave the paper a number first.
pub async fn number_class_paper(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    paper: ClassPaper,
    wish: &NumberWish<'_>,
) -> Result<Vec<String>, Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
    refuse_wrong(ctx, paper, wish)?;
    let lead = view_of_id(services, ctx, line.terms.lead, ctx.today).await.map_err(without_refusal)?;
    let wanted = wanted(services, ctx, &line, paper).await?;
    let tx = services.db.write().await?;
    let given = read::of_class(At::Writer(&tx), line.id).await?;
    let has = |unit: &str| given.iter().any(|number| number.paper == paper && number.unit == unit);
    let missing: Vec<_> = wanted.into_iter().filter(|(unit, _)| !has(unit)).collect();
    if missing.is_empty() {
        return refuse(ClassNumberFault::HasNumber);
    }
    let giving = Giving { ctx, tx: &tx, by: proof.as_ref().map_or(By::System, By::Person), line: &line, paper, wish };
    let mut symbols = Vec::with_capacity(missing.len());
    for (after, (unit, name)) in (0_u32..).zip(&missing) {
        symbols.push(giving.one((unit, name), head_post(&lead), after).await?);
    }
    note(&tx, ctx, "class.number", &format!("class/{code}"), &format!("{paper}: {}", symbols.join(", "))).await?;
    tx.commit().await?;
    Ok(symbols)
}

fn refuse_wrong(ctx: &Ctx, paper: ClassPaper, wish: &NumberWish<'_>) -> Result<(), Refused> {
    if !paper.is_numbered() {
        return refuse(ClassNumberFault::NotNumbered);
    }
    match (wish.register.trim().is_empty(), wish.symbol.trim().is_empty()) {
        (true, true) => return refuse(ClassNumberFault::NothingSaid),
        (false, false) => return refuse(ClassNumberFault::BothSaid),
        (false, true) => papers::of_the_province(ctx).map_err(without_refusal)?,
        (true, false) => {}
    }
    if wish.dated_on > ctx.today {
        return Err(ActError::Refused(ClassNumberRefusal::Register(PaperRefusal::Number(NumberFault::NotYet))));
    }
    Ok(())
}

/// For whom the paper is made, code and name: every unit, or everybody at once.
async fn wanted(services: &Services, ctx: &Ctx, line: &ClassLine, paper: ClassPaper) -> Result<Vec<(String, String)>, Refused> {
    let members = confirmed(services, ctx, line).await.map_err(without_refusal)?;
    let sittings = sittings(At::Reader(&services.db), Meeting::Of(line.id)).await?.len();
    let known = Known { status: line.status, kind: line.terms.kind, people: members.len(), sittings };
    match paper.fault(&known) {
        Some(fault) => Err(ActError::Refused(ClassNumberRefusal::NotNow(fault))),
        None if paper == ClassPaper::DispatchByUnit => Ok(agencies_of(&members)),
        None => Ok(vec![(String::new(), String::new())]),
    }
}

/// Numbers being given to one paper.
struct Giving<'a> {
    ctx: &'a Ctx,
    tx: &'a WriteTx,
    by: By<'a>,
    line: &'a ClassLine,
    paper: ClassPaper,
    wish: &'a NumberWish<'a>,
}

impl Giving<'_> {
    /// The number for one unit, which comes so many after the first.
    async fn one(&self, (unit, name): (&str, &str), signer: &str, after: u32) -> Result<String, Refused> {
        let Self { ctx, tx, by, line, paper, wish } = *self;
        let (number, symbol) = if wish.register.trim().is_empty() {
            let said = wish.symbol.trim();
            let symbol = if after == 0 { Some(said.to_owned()) } else { following(said, after) };
            (None, symbol.ok_or(ActError::Refused(ClassNumberRefusal::Fault(ClassNumberFault::NoDigits)))?)
        } else {
            let title = title(paper, line, name);
            let taking = Taking { case: None, title: &title, signer };
            let taken = papers::next_of(ctx, tx, by, (wish.register.trim(), wish.dated_on), &taking).await;
            let (id, symbol) = taken.map_err(of_register)?;
            (Some(id), symbol)
        };
        let new = NewClassNumber { paper, unit, symbol: &symbol, dated_on: wish.dated_on, number };
        match write::put(tx, by, line.id, &new, ctx.now).await {
            Err(StoreError::Duplicate) => Err(ActError::Stale),
            done => Ok(done.map(|()| symbol)?),
        }
    }
}

fn of_register(error: ActError<PaperRefusal>) -> Refused {
    without_refusal_of(error, |refusal| ActError::Refused(ClassNumberRefusal::Register(refusal)))
}

/// What the register says of the paper.
fn title(paper: ClassPaper, line: &ClassLine, unit: &str) -> String {
    let name = &line.terms.name;
    match paper {
        ClassPaper::Opening => format!("Mở lớp “{name}”"),
        ClassPaper::Dispatch => format!("Cử học viên lớp “{name}”"),
        ClassPaper::DispatchByUnit => format!("Cử học viên lớp “{name}” – {unit}"),
        ClassPaper::Summons => format!("Mời tham dự lớp “{name}”, từ {}", dmy(line.terms.starts_on)),
        ClassPaper::Recognition => format!("Công nhận kết quả lớp “{name}”"),
        ClassPaper::Report => format!("Kết quả lớp “{name}”"),
        ClassPaper::Roster | ClassPaper::SignIn | ClassPaper::Commitment => String::new(),
    }
}

/// Gives the numbers of a paper back. Those of a register are cancelled there for good, with the reason. Forms of the class that were open
/// meanwhile, and may have the number filled in, are stale after it.
///
/// # Errors
/// [`ClassNumberRefusal`]: there is none, no reason, or the class goes by it; [`ActError::Forbidden`] for who does not keep the class.
pub async fn unnumber_class_paper(services: &Services, ctx: &Ctx, code: &str, paper: ClassPaper, reason: &str) -> Result<(), Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
    if !is_reason(reason) {
        return refuse(ClassNumberFault::NoReason);
    }
    // Whoever opens the class by the number at this moment comes before or after, and is told when after.
    let tx = services.seating().await?;
    let line = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    let mut given = read::of_class(At::Writer(&tx), line.id).await?;
    given.retain(|number| number.paper == paper);
    if given.is_empty() {
        return refuse(ClassNumberFault::NoNumber);
    }
    if given.iter().any(|number| is_in_use(&line, number)) {
        return refuse(ClassNumberFault::InUse);
    }
    if given.iter().any(|number| number.number.is_some()) {
        papers::of_the_province(ctx).map_err(without_refusal)?;
    }
    for id in given.iter().filter_map(|number| number.number) {
        cancel_number(&tx, id, reason).await?;
    }
    write::take_back(&tx, line.id, paper).await?;
    let symbols: Vec<&str> = given.iter().map(|number| number.symbol.as_str()).collect();
    note(&tx, ctx, "class.unnumber", &format!("class/{code}"), &format!("{paper}: {}; {}", symbols.join(", "), reason.trim())).await?;
    Ok(tx.commit().await?)
}

/// Whether the class goes by a number: it was opened, or its results were recognised, with it.
#[must_use]
pub fn is_in_use(line: &ClassLine, number: &ClassNumber) -> bool {
    decision_of(line, number.paper).is_some_and(|(symbol, _)| *symbol == number.symbol)
}

/// The number that a class took for a paper made once, for the form that asks for it; for who keeps the class.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not.
pub async fn taken_number(services: &Services, ctx: &Ctx, line: &ClassLine, paper: ClassPaper) -> Result<Option<String>, ActError> {
    keeper(services, ctx, line.terms.lead).await?;
    let given = read::of_class(At::Reader(&services.db), line.id).await?;
    Ok(given.into_iter().find(|number| number.paper == paper && number.unit.is_empty()).map(|number| number.symbol))
}

/// The day of a decision of a class: that of the number it took for the paper, else today.
pub(crate) async fn decided_on(tx: &WriteTx, class: ClassId, paper: ClassPaper, symbol: &str, today: Date) -> Result<Date, StoreError> {
    let given = read::of_class(At::Writer(tx), class).await?;
    let taken = given.iter().find(|number| number.paper == paper && number.symbol == symbol.trim());
    Ok(taken.map_or(today, |number| number.dated_on))
}
