//! Bytes to a workbook: the format is told from the content, and what cannot be read is refused before it can do harm.
//! Not for: finding tables in it (`table`). A file is never written to disk, and nothing in it is run.

mod archive;
mod csv;
mod merges;
mod ods;
mod refusal;
mod sniff;
mod xls;
mod xlsx;

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(crate) use merges::parts as parts_of_sheets;
pub use refusal::{Looks, OpenError};

use crate::book::{Book, Full};
use sniff::Kind;

/// How much is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of all parts of a zipped workbook when unpacked.
    pub unpacked: u64,
    /// A part may be so many times larger than it is packed; only asked of parts beyond ten megabytes.
    pub ratio: u64,
    /// Cells that hold something, of all sheets.
    pub cells: usize,
    /// Sheets.
    pub sheets: usize,
}

impl Default for Limits {
    /// 80 MiB, unpacked 1 GiB, 6,000,000 cells in 200 sheets: about 400 MB of memory at most.
    fn default() -> Self {
        Self { bytes: 80 << 20, unpacked: 1 << 30, ratio: 250, cells: 6_000_000, sheets: 200 }
    }
}

impl Limits {
    /// Whether a file of so many bytes is read at all; asked before a file is taken into memory, and by [`open()`] once more.
    ///
    /// # Errors
    /// [`OpenError::TooLarge`].
    pub const fn admit(&self, bytes: usize) -> Result<(), OpenError> {
        if bytes > self.bytes { Err(OpenError::TooLarge { bytes, limit: self.bytes }) } else { Ok(()) }
    }
}

/// How far the reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress<'a> {
    /// The parts of a zipped workbook are looked through: so many of so many.
    Checking {
        /// Parts looked through.
        done: usize,
        /// Parts in the file.
        of: usize,
    },
    /// Cells of a sheet are read: so many until now.
    Reading {
        /// The name of the sheet.
        sheet: &'a str,
        /// Cells read until now, of all sheets.
        cells: usize,
    },
}

/// Who watches the reading; [`ControlFlow::Break`] ends it with [`OpenError::Cancelled`].
pub type Watch<'w> = dyn FnMut(Progress<'_>) -> ControlFlow<()> + 'w;

/// A watcher who does not care.
pub fn unwatched(_: Progress<'_>) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// Reads a workbook. The name of the file gives its sheet a name when the format has none; it does not tell the format.
///
/// # Errors
/// [`OpenError`] when the file is not a workbook, is damaged or encrypted, or exceeds the limits.
pub fn open(bytes: &[u8], file_name: &str, limits: &Limits, watch: &mut Watch<'_>) -> Result<Book, OpenError> {
    if bytes.is_empty() {
        return Err(OpenError::Empty);
    }
    limits.admit(bytes.len())?;
    let mut reading = Reading { limits, watch, cells: 0 };
    let book = match sniff::kind(bytes)? {
        Kind::Zip => open_zip(bytes, &mut reading)?,
        Kind::Compound => contained(|| xls::read(bytes, &mut reading))?,
        Kind::Text(decoded) => csv::read(&decoded, file_name, &mut reading)?,
    };
    if book.sheets.iter().all(|sheet| sheet.cell_count() == 0) {
        return Err(OpenError::Empty);
    }
    Ok(book)
}

fn open_zip(bytes: &[u8], reading: &mut Reading<'_, '_>) -> Result<Book, OpenError> {
    match archive::check(bytes, reading)? {
        archive::Package::Xlsx(macros, merges) => contained(|| xlsx::read(bytes, macros, &merges, reading)),
        archive::Package::Ods(macros) => ods::read(bytes, macros, reading),
    }
}

/// The libraries for Excel formats are made for right files; on a broken one they may panic, which is a damaged file and not our end.
fn contained(read: impl FnOnce() -> Result<Book, OpenError>) -> Result<Book, OpenError> {
    // Nothing of what the closure changed is used after a panic.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(OpenError::Damaged { part: None, why: "the reader gave up".to_owned() }))
}

/// What one reading carries along.
struct Reading<'l, 'w> {
    limits: &'l Limits,
    watch: &'l mut Watch<'w>,
    /// Cells of the sheets that are complete.
    cells: usize,
}

/// Who watches is asked once in so many cells.
const ASKED_EVERY: usize = 1 << 15;

impl Reading<'_, '_> {
    fn tell(&mut self, progress: Progress<'_>) -> Result<(), OpenError> {
        if (self.watch)(progress).is_break() { Err(OpenError::Cancelled) } else { Ok(()) }
    }

    /// Tells that so many cells of this sheet are read, not too often.
    fn tell_cells(&mut self, sheet: &str, of_sheet: usize) -> Result<(), OpenError> {
        if !of_sheet.is_multiple_of(ASKED_EVERY) {
            return Ok(());
        }
        let cells = self.cells + of_sheet;
        self.tell(Progress::Reading { sheet, cells })
    }

    /// How many cells may still come.
    const fn room(&self) -> usize {
        self.limits.cells.saturating_sub(self.cells)
    }

    fn too_many(&self, sheet: &str) -> impl Fn(Full) -> OpenError + use<> {
        let (sheet, limit) = (sheet.to_owned(), self.limits.cells);
        move |_| OpenError::TooManyCells { sheet: sheet.clone(), limit }
    }
}
