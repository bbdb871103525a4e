//! Signed sheets that come back as a scan: the file taken and read, its pages beside the roll, the marks put once a person confirmed them.
//! Nothing is written to a roll before that.
//! Not for: reading pixels (`documents`), what a cell means (`domain::attendance::sheets`), printing (`documents::class`).

mod settling;
mod taking;
mod weighing;

pub use domain::attendance::sheets::{Choice, Finding, Ink, PageFault};
pub use settling::{Decision, SettleRefusal, drop_scan, settle};
pub use store::read::signed::{PageLine, ScanLine};
pub use taking::{MOST_BYTES, TakeRefusal, Taken, take};
pub use weighing::{Cell, Gone, OfSitting, Review, review};

use std::collections::BTreeMap;

use ::documents::papers::sign_in::ROWS;
use domain::ids::{ClassId, OfficialId, SittingId};
use domain::roles::{self, Act, Forbidden};
use domain::time::Instant;
use store::At;
use store::read::classes::{ClassLine, Meeting, SittingLine, sittings};
use store::read::people::scan_bytes;
use store::read::signed::{self as read, Pages};

use super::{caller, teaches};
use crate::classes::{keeper, seen};
use crate::reviews::Proof;
use crate::{ActError, Ctx, Services};

/// A scan of a class in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The scan.
    pub scan: ScanLine,
    /// Its pages.
    pub pages: usize,
    /// Pages that go to no roll.
    pub faulty: usize,
    /// Sittings whose marks are to be confirmed.
    pub open: usize,
    /// Sittings whose marks were put.
    pub settled: usize,
}

/// The scans of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The class.
    pub class: ClassLine,
    /// The scans, the newest first.
    pub scans: Vec<Listed>,
    /// Whether the asker keeps the class.
    pub keeps: bool,
}

/// Who looks at scans of a class, and what they see of them.
struct Reader {
    class: ClassLine,
    sittings: Vec<SittingLine>,
    keeps: bool,
    proof: Proof,
}

impl Reader {
    /// Whoever keeps the class, and whoever teaches in it.
    async fn of(services: &Services, ctx: &Ctx, code: &str) -> Result<Self, ActError> {
        let class = seen(services, ctx, code).await?;
        let sittings = sittings(At::Reader(&services.db), Meeting::Of(class.id)).await?;
        if let Ok(proof) = keeper(services, ctx, class.terms.lead).await {
            return Ok(Self { class, sittings, keeps: true, proof });
        }
        let who = ctx.who.as_ref().ok_or(Forbidden { act: Act::CallRoll })?;
        let proof = roles::authorise_within(who, Act::CallRoll, |_| sittings.iter().any(|line| teaches(ctx, line)))?;
        Ok(Self { class, sittings, keeps: false, proof: Some(proof) })
    }

    /// Whether a page is for the asker: of an own sitting, or of a file that they brought.
    fn sees(&self, ctx: &Ctx, scan: &ScanLine, sitting: Option<SittingId>) -> bool {
        self.keeps || self.brought(ctx, scan) || self.sittings.iter().any(|line| Some(line.id) == sitting && teaches(ctx, line))
    }

    fn brought(&self, ctx: &Ctx, scan: &ScanLine) -> bool {
        let by = scan.by.as_ref().map(|(user, _)| *user);
        by.is_some() && by == ctx.who.as_ref().map(|who| who.user)
    }

    /// Whether the asker may put marks of a sitting.
    fn calls(&self, ctx: &Ctx, line: &SittingLine) -> bool {
        self.keeps || teaches(ctx, line)
    }
}

/// The scans of a class, for whoever keeps it or teaches in it: those they brought, and those with a page of an own sitting.
///
/// # Errors
/// [`ActError::NotFound`] without such a class; [`ActError::Forbidden`] for everybody else.
pub async fn scans(services: &Services, ctx: &Ctx, code: &str) -> Result<Listing, ActError> {
    let reader = Reader::of(services, ctx, code).await?;
    let at = At::Reader(&services.db);
    let pages = read::pages(at, Pages::OfClass(reader.class.id)).await?;
    let mut scans = Vec::new();
    for scan in read::scans(at, reader.class.id).await? {
        let own: Vec<&PageLine> = pages.iter().filter(|page| page.scan == scan.id).collect();
        if !reader.brought(ctx, &scan) && !own.iter().any(|page| reader.sees(ctx, &scan, page.sitting)) {
            continue;
        }
        let of = |settled: bool| {
            let mut sittings: Vec<_> = own
                .iter()
                .filter(|page| page.fault.is_none() && page.settled.is_some() == settled)
                .filter_map(|page| page.sitting)
                .collect();
            sittings.sort_unstable();
            sittings.dedup();
            sittings.len()
        };
        let faulty = own.iter().filter(|page| page.fault.is_some()).count();
        scans.push(Listed { pages: own.len(), faulty, open: of(false), settled: of(true), scan });
    }
    Ok(Listing { class: reader.class, scans, keeps: reader.keeps })
}

/// The scan, for who sees something of it.
async fn scan_of(services: &Services, ctx: &Ctx, reader: &Reader, scan: i64) -> Result<(ScanLine, Vec<PageLine>), ActError> {
    let at = At::Reader(&services.db);
    let line = read::scans(at, reader.class.id).await?.into_iter().find(|line| line.id == scan).ok_or(ActError::NotFound)?;
    let pages = read::pages(at, Pages::Of(scan)).await?;
    let is_seen = reader.brought(ctx, &line) || pages.iter().any(|page| reader.sees(ctx, &line, page.sitting));
    if is_seen { Ok((line, pages)) } else { Err(ActError::NotFound) }
}

/// What is shown of a page, as JPEG.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such page, or it is not for the asker.
pub async fn picture(services: &Services, ctx: &Ctx, code: &str, (scan, number): (i64, i32)) -> Result<Vec<u8>, ActError> {
    let reader = Reader::of(services, ctx, code).await?;
    let (line, pages) = scan_of(services, ctx, &reader, scan).await?;
    let page = pages.iter().find(|page| page.number == number).ok_or(ActError::NotFound)?;
    if !reader.sees(ctx, &line, page.sitting) {
        return Err(ActError::NotFound);
    }
    Ok(read::picture(At::Reader(&services.db), scan, number).await?)
}

/// The file as it came, for whoever keeps the class or brought it: it shows every sitting.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, or it is not for the asker.
pub async fn file(services: &Services, ctx: &Ctx, code: &str, scan: i64) -> Result<(ScanLine, Vec<u8>), ActError> {
    let reader = Reader::of(services, ctx, code).await?;
    let (line, _) = scan_of(services, ctx, &reader, scan).await?;
    if !reader.keeps && !reader.brought(ctx, &line) {
        return Err(ActError::NotFound);
    }
    let bytes = scan_bytes(&services.db, &line.digest).await?;
    Ok((line, bytes))
}

/// The cell that the mark of somebody was read off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Key of the scan.
    pub scan: i64,
    /// Page of the file.
    pub page: i32,
    /// When its marks were put.
    pub at: Instant,
}

/// Whose cells were confirmed for a sitting, the newest scan of each.
pub(super) async fn seen_in(at: At<'_>, class: ClassId, sitting: SittingId) -> Result<BTreeMap<OfficialId, Seen>, ActError> {
    let pages = read::pages(at, Pages::SettledOf(sitting)).await?;
    if pages.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sheets = read::sheets(at, class).await?;
    let mut seen = BTreeMap::new();
    for page in &pages {
        let (Some(sheet), Some((at, _))) = (sheets.iter().find(|sheet| Some(sheet.id) == page.sheet), &page.settled) else { continue };
        let before = usize::from(page.page.0.saturating_sub(1)) * ROWS;
        seen.extend(sheet.people.iter().skip(before).take(ROWS).map(|who| (*who, Seen { scan: page.scan, page: page.number, at: *at })));
    }
    Ok(seen)
}

/// Whether the asker may bring sheets of a class; for the page of one sitting, whether they call its roll.
///
/// # Errors
/// [`ActError::NotFound`] without such a class or sitting; [`ActError::Forbidden`] for everybody else.
pub async fn may_take(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    sitting: Option<SittingId>,
) -> Result<(ClassLine, Option<SittingLine>), ActError> {
    let reader = Reader::of(services, ctx, code).await?;
    let Some(sitting) = sitting else { return Ok((reader.class, None)) };
    let line = reader.sittings.iter().find(|line| line.id == sitting).cloned().ok_or(ActError::NotFound)?;
    caller(services, ctx, &reader.class, &line).await?;
    Ok((reader.class, Some(line)))
}
