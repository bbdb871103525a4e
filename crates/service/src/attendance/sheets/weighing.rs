//! A scan beside the rolls: whose cell is whose, what would change, what has to be asked, what is missing.
//! Not for: putting marks (`settling`).

use std::collections::{BTreeMap, BTreeSet};

use ::documents::papers::sign_in::ROWS;
use domain::attendance::sheets::{Finding, Ink, missing, weigh};
use domain::ids::{OfficialId, SittingId};
use domain::time::Instant;
use domain::training::Outcome;
use store::At;
use store::read::attendance::{self as rolls, Attendee, MarkLine, Marks};
use store::read::classes::{ClassLine, SittingLine};
use store::read::signed::{self as read, PageLine, ScanLine, SheetLine};

use super::super::RollRefusal;
use super::super::calling::not_now;
use super::{Reader, scan_of};
use crate::{ActError, Ctx, Services};

/// A cell with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Who.
    pub attendee: Attendee,
    /// The mark that stands.
    pub stands: Option<MarkLine>,
    /// Number on the sheet.
    pub number: usize,
    /// Page of the file, and row on it from 0.
    pub at: (i32, usize),
    /// What the cell says, and how much of it is ink, in hundredths of a per cent.
    pub ink: (Ink, u32),
    /// What that means.
    pub finding: Finding,
}

/// Somebody on the sheet who is not of the class any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Number on the sheet.
    pub number: usize,
    /// Staff code and name; empty when nobody knows any more.
    pub who: (String, String),
    /// What the cell says.
    pub ink: Ink,
    /// Page of the file, and row on it from 0.
    pub at: (i32, usize),
}

/// What a scan says of one sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfSitting {
    /// The sitting.
    pub sitting: SittingLine,
    /// Its pages in the file.
    pub pages: Vec<PageLine>,
    /// Pages of the sheet that did not come, of how many.
    pub missing: (Vec<u16>, u16),
    /// Whom the pages name, in their order.
    pub cells: Vec<Cell>,
    /// Whom they name and who is not of the class any more.
    pub gone: Vec<Gone>,
    /// Learners who are on none of the lists: they came after it was printed.
    pub added: Vec<Attendee>,
    /// When its marks were put, and by whom.
    pub settled: Option<(Instant, Option<String>)>,
    /// Why no mark can be put now.
    pub not_now: Option<RollRefusal>,
}

/// A scan beside the rolls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The class.
    pub class: ClassLine,
    /// The scan.
    pub scan: ScanLine,
    /// What it says of each sitting whose roll the asker calls.
    pub sittings: Vec<OfSitting>,
    /// Sittings in it whose rolls somebody else calls.
    pub others: Vec<SittingLine>,
    /// Pages that go to no roll.
    pub faults: Vec<PageLine>,
    /// How many pages there are.
    pub pages: usize,
    /// Whether the asker sees the whole file.
    pub sees_all: bool,
}

impl Review {
    /// The sittings whose marks can be put now.
    pub fn open(&self) -> impl Iterator<Item = &OfSitting> {
        self.sittings.iter().filter(|of| of.settled.is_none() && of.not_now.is_none())
    }
}

/// A scan beside the rolls as they stand, for who calls one of them.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such scan, or it is not for the asker; [`ActError::Forbidden`] for who calls no roll of the class.
pub async fn review(services: &Services, ctx: &Ctx, code: &str, scan: i64) -> Result<Review, ActError> {
    let reader = Reader::of(services, ctx, code).await?;
    let (line, pages) = scan_of(services, ctx, &reader, scan).await?;
    weighed(At::Reader(&services.db), ctx, &reader, line, pages).await
}

/// A scan beside the rolls, read from wherever.
pub(super) async fn weighed(at: At<'_>, ctx: &Ctx, reader: &Reader, scan: ScanLine, pages: Vec<PageLine>) -> Result<Review, ActError> {
    let class = &reader.class;
    let sheets: BTreeMap<i64, SheetLine> = read::sheets(at, class.id).await?.into_iter().map(|sheet| (sheet.id, sheet)).collect();
    let attendees = rolls::attendees(at, class.id, ctx.today).await?;
    let mut known = Known::of(attendees, rolls::marks(at, Marks::OfClass(class.id)).await?);
    let named: BTreeSet<i64> = pages.iter().filter_map(|page| page.sheet).collect();
    let on_sheets: BTreeSet<OfficialId> =
        named.iter().filter_map(|sheet| sheets.get(sheet)).flat_map(|sheet| sheet.people.iter().copied()).collect();
    let strangers: Vec<OfficialId> = on_sheets.into_iter().filter(|who| !known.is_learner(*who)).collect();
    known.today = read::people(at, &strangers).await?;
    let is_faulty = |page: &&PageLine| page.fault.is_some() || !reader.sittings.iter().any(|line| Some(line.id) == page.sitting);
    let sees_all = reader.keeps || reader.brought(ctx, &scan);
    let faults = pages.iter().filter(is_faulty).filter(|_| sees_all).cloned().collect();
    let (mut sittings, mut others) = (Vec::new(), Vec::new());
    for line in &reader.sittings {
        let own: Vec<PageLine> = pages.iter().filter(|page| page.fault.is_none() && page.sitting == Some(line.id)).cloned().collect();
        if own.is_empty() {
            continue;
        }
        if reader.calls(ctx, line) {
            sittings.push(known.of_sitting(line, own, &sheets, not_now(ctx, class, line)));
        } else {
            others.push(line.clone());
        }
    }
    Ok(Review { class: class.clone(), sittings, others, faults, pages: pages.len(), sees_all, scan })
}

/// Who is of the class, and every mark that stands.
struct Known {
    learners: Vec<Attendee>,
    marks: BTreeMap<(SittingId, OfficialId), MarkLine>,
    /// Whom keys of strangers mean today.
    today: BTreeMap<OfficialId, (OfficialId, String, String)>,
}

impl Known {
    fn of(attendees: Vec<Attendee>, marks: Vec<MarkLine>) -> Self {
        let learners = attendees.into_iter().filter(|one| one.outcome != Outcome::Withdrawn).collect();
        let marks = marks.into_iter().map(|mark| ((mark.sitting, mark.official), mark)).collect();
        Self { learners, marks, today: BTreeMap::new() }
    }

    fn is_learner(&self, who: OfficialId) -> bool {
        self.learner(who).is_some()
    }

    fn learner(&self, who: OfficialId) -> Option<&Attendee> {
        self.learners.iter().find(|one| one.official.0 == who)
    }

    /// The learner that a key on a sheet means, also after two records of one person became one.
    fn meant(&self, who: OfficialId) -> Option<&Attendee> {
        self.learner(who).or_else(|| self.learner(self.today.get(&who)?.0))
    }

    fn of_sitting(
        &self,
        line: &SittingLine,
        pages: Vec<PageLine>,
        sheets: &BTreeMap<i64, SheetLine>,
        not_now: Option<RollRefusal>,
    ) -> OfSitting {
        let (mut cells, mut gone) = (Vec::new(), Vec::new());
        let mut seen: BTreeSet<OfficialId> = BTreeSet::new();
        for page in &pages {
            let list = page.sheet.and_then(|sheet| sheets.get(&sheet)).map(|sheet| sheet.people.as_slice()).unwrap_or_default();
            let before = usize::from(page.page.0.saturating_sub(1)) * ROWS;
            for (row, (who, ink)) in list.iter().skip(before).take(ROWS).zip(&page.cells).enumerate() {
                let (number, at) = (before + row + 1, (page.number, row));
                match self.meant(*who) {
                    // On sheets of two versions somebody is asked for once.
                    Some(attendee) if seen.insert(attendee.official.0) => {
                        let stands = self.marks.get(&(line.id, attendee.official.0)).cloned();
                        let finding = weigh(ink.0, stands.as_ref().map(|mark| mark.said));
                        cells.push(Cell { attendee: attendee.clone(), stands, number, at, ink: *ink, finding });
                    }
                    Some(_) => {}
                    None => {
                        let who = self.today.get(who).map(|(_, code, name)| (code.clone(), name.clone())).unwrap_or_default();
                        gone.push(Gone { number, who, ink: ink.0, at });
                    }
                }
            }
        }
        let of = pages.iter().map(|page| page.page.1).max().unwrap_or(0);
        let came: Vec<u16> = pages.iter().map(|page| page.page.0).collect();
        let listed: BTreeSet<OfficialId> =
            pages.iter().filter_map(|page| sheets.get(&page.sheet?)).flat_map(|sheet| sheet.people.iter().copied()).collect();
        let is_listed = |one: &&Attendee| listed.iter().any(|who| self.meant(*who).is_some_and(|meant| meant.official.0 == one.official.0));
        let added = self.learners.iter().filter(|one| !is_listed(one)).cloned().collect();
        let settled = pages.iter().find_map(|page| page.settled.clone());
        OfSitting { sitting: line.clone(), missing: (missing(of, &came), of), pages, cells, gone, added, settled, not_now }
    }
}
