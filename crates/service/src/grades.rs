//! Results of a class: its works, grades typed, pasted or imported, what they propose with attendance, and amendments after recognition.
//! Not for: rules (`domain::results`), or recognising (`classes::recognise`).

mod amending;
mod standing;
mod works;

use domain::ids::{OfficialId, WorkId};
use domain::results::pasted::{Entry, Known, Pasted, read as read_pasted};
use domain::results::{GradeFault, Points, Rule, WorkFault};
use domain::training::Outcome;
use store::read::classes::ClassLine;
pub use store::read::grades::{AmendmentLine, ResultLine, WorkLine};
use store::write::grades::{self as write, NewGrade};
use store::{At, WriteTx};

use crate::attendance::is_open;
use crate::classes::{again, keeper, seen, subject};
use crate::noting::note;
use crate::registry::without_refusal;
use crate::reviews::{Proof, why};
use crate::{ActError, Ctx, Services};

pub(crate) use amending::result_line;
pub use amending::{AmendRefusal, Amendment, amend, amendments};
pub use standing::{Band, Standing, cited};
pub(crate) use standing::{Standings, standings};
pub use works::put_works;

/// Why works or grades are not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GradeRefusal {
    /// The class does not run, or its results are recognised; then a change is an amendment.
    NotNow,
    /// Works, by their place in the list, have faults.
    Works(Vec<(usize, WorkFault)>),
    /// Grades have faults.
    Cells(Vec<(Place, GradeFault)>),
}

/// Where a grade stands: whose, for which work, which attempt.
pub type Place = (OfficialId, WorkId, usize);

type Refused = ActError<GradeRefusal>;

const fn refuse<T>(refusal: GradeRefusal) -> Result<T, Refused> {
    Err(ActError::Refused(refusal))
}

/// The grades of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeSheet {
    /// The class.
    pub class: ClassLine,
    /// Its works.
    pub works: Vec<WorkLine>,
    /// Everybody of the class with what is known of them, in name order.
    pub people: Vec<Standing>,
    /// Results as they were recognised.
    pub recognised: Vec<ResultLine>,
    /// What was amended since.
    pub amendments: Vec<AmendmentLine>,
    /// Whether grades may be put now.
    pub may_change: bool,
}

/// The grades of a class, for whoever keeps it.
///
/// # Errors
/// [`ActError::Forbidden`] for everybody else.
pub async fn sheet(services: &Services, ctx: &Ctx, code: &str) -> Result<GradeSheet, ActError> {
    let class = seen(services, ctx, code).await?;
    keeper(services, ctx, class.terms.lead).await?;
    let at = At::Reader(&services.db);
    let late = crate::attendance::rules(services).await?.late;
    let Standings { works, people } = standings(at, ctx, &class, late).await?;
    let recognised = store::read::grades::results(at, class.id).await?;
    let amendments = store::read::grades::amendments(at, class.id).await?;
    let may_change = is_open(&class);
    Ok(GradeSheet { class, works, people, recognised, amendments, may_change })
}

/// The same for a file that carries the names away, which the audit keeps.
///
/// # Errors
/// As [`sheet`].
pub async fn file(services: &Services, ctx: &Ctx, code: &str) -> Result<GradeSheet, ActError> {
    let sheet = sheet(services, ctx, code).await?;
    let tx = services.db.write().await?;
    note(&tx, ctx, "class.grade_file", &subject(code), &sheet.people.len().to_string()).await?;
    tx.commit().await?;
    Ok(sheet)
}

/// A grade as it was seen and as it is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Whose.
    pub official: OfficialId,
    /// For which work.
    pub work: WorkId,
    /// 0 for the first attempt, 1 for the one after it.
    pub attempt: usize,
    /// What stood when it was read.
    pub seen: Option<Points>,
    /// What is to stand.
    pub typed: Option<Points>,
}

impl Cell {
    const fn place(&self) -> Place {
        (self.official, self.work, self.attempt)
    }
}

/// Puts grades, all or none; those that are as they were seen are left alone. Tells how many were put.
///
/// # Errors
/// [`GradeRefusal::Cells`] with every fault; [`GradeRefusal::NotNow`] before the class runs and after its results are recognised.
pub async fn put(services: &Services, ctx: &Ctx, code: &str, cells: &[Cell]) -> Result<usize, Refused> {
    let (tx, class, proof) = opened(services, ctx, code).await?;
    let late = crate::attendance::rules(services).await.map_err(without_refusal)?.late;
    let sheet = standings(At::Writer(&tx), ctx, &class, late).await.map_err(without_refusal)?;
    let changed: Vec<Cell> = cells.iter().copied().filter(|cell| cell.seen != cell.typed).collect();
    let faults = faults(&sheet, &changed, true);
    if !faults.is_empty() {
        return refuse(GradeRefusal::Cells(faults));
    }
    let put = write_all(&tx, ctx, &proof, &sheet, &changed).await?;
    note(&tx, ctx, "class.grades", &subject(code), &put.to_string()).await?;
    tx.commit().await?;
    Ok(put)
}

async fn opened(services: &Services, ctx: &Ctx, code: &str) -> Result<(WriteTx, ClassLine, Proof), Refused> {
    let class = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = keeper(services, ctx, class.terms.lead).await.map_err(without_refusal)?;
    let tx = services.db.write().await?;
    let class = again(&tx, code, ctx.today).await.map_err(without_refusal)?;
    if is_open(&class) { Ok((tx, class, proof)) } else { refuse(GradeRefusal::NotNow) }
}

/// Every fault of grades that are to be put: with people, with what stands now, and beside the other attempt.
fn faults(sheet: &Standings, cells: &[Cell], is_seen: bool) -> Vec<(Place, GradeFault)> {
    let mut faults = Vec::new();
    for cell in cells {
        let standing = sheet.people.iter().find(|one| one.attendee.official.0 == cell.official);
        let Some(standing) = standing.filter(|one| one.attendee.outcome != Outcome::Withdrawn) else {
            faults.push((cell.place(), GradeFault::NotLearner));
            continue;
        };
        let stands = sheet.grade(standing, cell.work, cell.attempt);
        if is_seen && stands != cell.seen && stands != cell.typed {
            faults.push((cell.place(), GradeFault::Changed));
        }
    }
    faults.extend(beside_each_other(sheet, cells));
    faults
}

/// Faults of attempts beside each other, once everything typed stands.
fn beside_each_other(sheet: &Standings, cells: &[Cell]) -> Vec<(Place, GradeFault)> {
    let mut faults = Vec::new();
    for standing in &sheet.people {
        let of = |cell: &&Cell| cell.official == standing.attendee.official.0;
        for (line, attempts) in sheet.works.iter().zip(&standing.grades) {
            let mut attempts = *attempts;
            let mut is_touched = false;
            for cell in cells.iter().filter(of).filter(|cell| cell.work == line.id) {
                if let Some(place) = attempts.0.get_mut(cell.attempt) {
                    *place = cell.typed;
                    is_touched = true;
                }
            }
            if let Some(fault) = attempts.fault(&standing.rule).filter(|_| is_touched) {
                faults.push(((standing.attendee.official.0, line.id, 1), fault));
            }
        }
    }
    faults
}

async fn write_all(tx: &WriteTx, ctx: &Ctx, proof: &Proof, sheet: &Standings, cells: &[Cell]) -> Result<usize, store::StoreError> {
    let why = why(ctx, proof, "");
    let mut put = 0;
    for cell in cells {
        let standing = sheet.people.iter().find(|one| one.attendee.official.0 == cell.official);
        let before = standing.and_then(|standing| sheet.grade(standing, cell.work, cell.attempt));
        if before == cell.typed {
            continue;
        }
        let new = NewGrade { work: cell.work, official: cell.official, attempt: cell.attempt, before, after: cell.typed };
        write::put(tx, &why, &new).await?;
        put += 1;
    }
    Ok(put)
}

/// What became of pasted rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// So many grades were put.
    Put(usize),
    /// Nothing was put: what cannot be read, at its line and column.
    Wrong(Vec<domain::results::pasted::Wrong>),
    /// Nothing was put: grades that must not stand, each with its person and work.
    Refused(Vec<(Place, GradeFault)>),
}

/// Takes grades from rows of cells, pasted or out of a file: all of them, or none and everything that is wrong.
///
/// # Errors
/// [`GradeRefusal::NotNow`] before the class runs and after its results are recognised.
pub async fn take(services: &Services, ctx: &Ctx, code: &str, rows: &[Vec<String>], attempt: usize) -> Result<Taken, Refused> {
    let (tx, class, proof) = opened(services, ctx, code).await?;
    let late = crate::attendance::rules(services).await.map_err(without_refusal)?.late;
    let sheet = standings(At::Writer(&tx), ctx, &class, late).await.map_err(without_refusal)?;
    let known = |one: &Standing| Known {
        official: one.attendee.official.0,
        code: one.attendee.official.1.clone(),
        name: one.attendee.official.2.clone(),
    };
    let learners = sheet.people.iter().filter(|one| one.attendee.outcome != Outcome::Withdrawn);
    let people: Vec<Known> = learners.map(known).collect();
    let names: Vec<String> = sheet.works.iter().map(|line| line.work.name.clone()).collect();
    let Pasted { entries, wrong } = read_pasted(rows, &people, &names, attempt);
    if !wrong.is_empty() {
        return Ok(Taken::Wrong(wrong));
    }
    let cell = |entry: &Entry| {
        let work = sheet.works.get(entry.work)?.id;
        Some(Cell { official: entry.official, work, attempt: entry.attempt, seen: None, typed: Some(entry.points) })
    };
    let cells: Vec<Cell> = entries.iter().filter_map(cell).collect();
    let faults = faults(&sheet, &cells, false);
    if !faults.is_empty() {
        return Ok(Taken::Refused(faults));
    }
    let put = write_all(&tx, ctx, &proof, &sheet, &cells).await?;
    note(&tx, ctx, "class.grades", &subject(code), &put.to_string()).await?;
    tx.commit().await?;
    Ok(Taken::Put(put))
}

/// Rows of a file of grades: the first sheet that has any.
///
/// # Errors
/// [`workbooks::OpenError`] when it is none of the files that are read.
pub fn rows_of_file(bytes: &[u8], name: &str) -> Result<Vec<Vec<String>>, workbooks::OpenError> {
    let book = workbooks::open(bytes, name, &workbooks::Limits::default(), &mut workbooks::unwatched)?;
    let sheet = book.sheets.iter().find(|sheet| sheet.last_row().is_some());
    let Some(sheet) = sheet else { return Ok(Vec::new()) };
    let last = sheet.last_row().unwrap_or_default().min(MOST_ROWS);
    let row = |row: u32| {
        let mut cells: Vec<String> = Vec::new();
        for (column, cell) in sheet.row(row) {
            let at = usize::from(column);
            if at < MOST_COLUMNS {
                cells.resize(cells.len().max(at + 1), String::new());
                if let Some(place) = cells.get_mut(at) {
                    cell.shown().trim().clone_into(place);
                }
            }
        }
        cells
    };
    Ok((0..=last).map(row).collect())
}

/// Rows and columns of a file of grades that are looked at: a class has two thousand seats and twenty works.
const MOST_ROWS: u32 = 4_000;
const MOST_COLUMNS: usize = 64;

/// What the law asks of somebody, for the head of a grid.
#[must_use]
pub fn rule_of(people: &[Standing]) -> Option<Rule> {
    people.first().map(|one| one.rule)
}
