//! A file taken: judged, read beside all requests, each page led to its sitting, all kept in one transaction; the same file is taken once.
//! Not for: what its marks mean (`weighing`).

use std::collections::BTreeSet;

use ::documents::papers::ScanError;
use ::documents::papers::sign_in::{ReadPage, Sheet, read_sheets};
use domain::attendance::sheets::PageFault;
use domain::ids::SittingId;
use domain::register::scans::{Media, plain_name};
use store::read::signed::{self as read, SheetLine};
use store::write::signed::{self as write, NewPage, NewScan};
use store::{At, StoreError};

use super::{Reader, may_take};
use crate::noting::note;
use crate::registry::without_refusal;
use crate::reviews::why;
use crate::sessions::digest_of;
use crate::{ActError, Ctx, Services};

/// Most bytes of a file: sixty pages in colours at 200 dots per inch have some thirty megabytes.
pub const MOST_BYTES: usize = 48 << 20;

/// Why a file is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TakeRefusal {
    /// There is no file, or it is empty.
    Empty,
    /// More bytes than are taken.
    TooLarge,
    /// It cannot be opened.
    File(ScanError),
    /// None of its pages could be led to a sitting: place in the file, why, detail.
    Nothing(Vec<(usize, PageFault, String)>),
}

impl TakeRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge => "too_many_bytes",
            Self::File(error) => error.code(),
            Self::Nothing(_) => "nothing",
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It is kept under this key.
    New(i64),
    /// It was taken before, under this key; nothing changed.
    Again(i64),
}

impl Taken {
    /// The key.
    #[must_use]
    pub const fn scan(self) -> i64 {
        match self {
            Self::New(scan) | Self::Again(scan) => scan,
        }
    }
}

type Refused = ActError<TakeRefusal>;

/// Takes a scan of signed sheets of a class, for who calls one of its rolls. Pages of several sittings each go to their own.
///
/// # Errors
/// [`TakeRefusal`]; [`ActError::Forbidden`] for who calls no roll of the class, or not the one of the sitting.
pub async fn take(
    services: &Services,
    ctx: &Ctx,
    (code, sitting): (&str, Option<SittingId>),
    (name, bytes): (&str, Vec<u8>),
) -> Result<Taken, Refused> {
    may_take(services, ctx, code, sitting).await.map_err(without_refusal)?;
    let reader = Reader::of(services, ctx, code).await.map_err(without_refusal)?;
    let refuse = |refusal| Err(ActError::Refused(refusal));
    let media = match (bytes.len(), Media::of(&bytes)) {
        (0, _) => return refuse(TakeRefusal::Empty),
        (many, _) if many > MOST_BYTES => return refuse(TakeRefusal::TooLarge),
        (_, None) => return refuse(TakeRefusal::File(ScanError::UnknownFormat)),
        (_, Some(media)) => media,
    };
    let digest = digest_of(&[&bytes]);
    if let Some(before) = read::scan_of(At::Reader(&services.db), reader.class.id, &digest).await? {
        return Ok(Taken::Again(before.id));
    }
    let (bytes, pages) = read_beside(services, bytes).await?;
    let sheets = read::sheets(At::Reader(&services.db), reader.class.id).await?;
    let pages = Led::of(&reader, &sheets).pages(pages);
    if pages.iter().all(|page| page.fault.is_some()) {
        let faults = pages.into_iter().filter_map(|page| {
            let (fault, detail) = page.fault?;
            Some((usize::try_from(page.number).unwrap_or(0), fault, detail))
        });
        return refuse(TakeRefusal::Nothing(faults.collect()));
    }
    let tx = services.db.write().await?;
    let name = plain_name(name);
    let new = NewScan { class: reader.class.id, name: &name, media, bytes: &bytes, digest: &digest };
    let scan = match write::add_scan(&tx, &why(ctx, &reader.proof, ""), &new).await {
        // Somebody brought the same file at the same time.
        Err(StoreError::Duplicate) => {
            drop(tx);
            let before = read::scan_of(At::Reader(&services.db), reader.class.id, &digest).await?;
            return before.map(|before| Taken::Again(before.id)).ok_or(ActError::Stale);
        }
        added => added?,
    };
    for page in &pages {
        write::add_page(&tx, scan, page).await?;
    }
    note(&tx, ctx, "class.sheet_scan", &format!("class/{code}/scan/{scan}"), &pages.len().to_string()).await?;
    tx.commit().await?;
    Ok(Taken::New(scan))
}

/// Reads a file beside the requests, one file at a time: a page may take a hundred megabytes while it is looked at.
async fn read_beside(services: &Services, bytes: Vec<u8>) -> Result<(Vec<u8>, Vec<ReadPage>), Refused> {
    let _turn = services.scanning.lock().await;
    let read = tokio::task::spawn_blocking(move || {
        let pages = read_sheets(&bytes);
        (bytes, pages)
    });
    let (bytes, pages) = read.await.map_err(|error| StoreError::Unreadable(error.to_string()))?;
    Ok((bytes, pages.map_err(|error| ActError::Refused(TakeRefusal::File(error)))?))
}

/// Leads pages to their sittings.
struct Led<'a> {
    reader: &'a Reader,
    sheets: &'a [SheetLine],
    /// What came before in the file.
    came: BTreeSet<(i64, String, u16)>,
}

impl<'a> Led<'a> {
    const fn of(reader: &'a Reader, sheets: &'a [SheetLine]) -> Self {
        Self { reader, sheets, came: BTreeSet::new() }
    }

    fn pages(mut self, pages: Vec<ReadPage>) -> Vec<NewPage> {
        pages.into_iter().map(|page| self.page(page)).collect()
    }

    fn page(&mut self, page: ReadPage) -> NewPage {
        let number = i32::try_from(page.number).unwrap_or(i32::MAX);
        let new = NewPage { number, picture: page.picture, ..NewPage::default() };
        let sheet = match page.read {
            Ok(sheet) => sheet,
            Err(unreadable) => return NewPage { fault: Some((unreadable.fault, unreadable.detail)), ..new },
        };
        match self.led(&sheet) {
            Ok(list) => NewPage {
                sheet: Some(list),
                sitting: Some(SittingId(sheet.code.sitting)),
                page: (sheet.code.page, sheet.code.pages),
                cells: sheet.cells.iter().map(|cell| (cell.ink, cell.share)).collect(),
                ..new
            },
            Err(fault) => NewPage { fault: Some(fault), ..new },
        }
    }

    /// The list that a page belongs to.
    fn led(&mut self, sheet: &Sheet) -> Result<i64, (PageFault, String)> {
        let code = &sheet.code;
        if code.class != self.reader.class.code {
            return Err((PageFault::OtherClass, code.class.clone()));
        }
        let list = self.sheets.iter().find(|list| list.version == code.version);
        let meets = self.reader.sittings.iter().any(|line| line.id.0 == code.sitting);
        let Some(list) = list.filter(|_| meets) else { return Err((PageFault::Unknown, code.version.clone())) };
        if !self.came.insert((code.sitting, code.version.clone(), code.page)) {
            return Err((PageFault::Twice, code.page.to_string()));
        }
        Ok(list.id)
    }
}
