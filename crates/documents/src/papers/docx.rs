//! A paper as a Word file, to be edited on: real tables with repeating headers, a section of its own for each annex.
//! Not for: looks; `compose` decides them. The parts of the package that never change are in `docx/fixed.rs`.

mod body;
mod fixed;
mod table;
mod xml;

use zip::CompressionMethod;

use self::xml::Xml;
use super::compose::{Composed, Page, compose};
use super::paper::{Paper, PaperError};
use crate::archive::packed;

/// The paper as a Word file. The same paper makes the same bytes.
///
/// # Errors
/// [`PaperError::Packed`] when the file grows beyond what its format holds.
pub fn docx(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    let composed = compose(paper);
    let mut files = vec![
        ("[Content_Types].xml", fixed::content_types(composed.page.code).into()),
        ("_rels/.rels", fixed::RELATIONS.into()),
        ("docProps/core.xml", properties(&composed)),
        ("word/_rels/document.xml.rels", fixed::document_relations(composed.page.code).into()),
        ("word/document.xml", body::document(&composed)),
        ("word/settings.xml", fixed::SETTINGS.into()),
        ("word/styles.xml", fixed::STYLES.into()),
        ("word/header.xml", page_number(&composed.page)),
    ];
    if let Some(code) = &paper.code {
        files.push(("word/footer.xml", code_at_foot(&composed.page)));
        files.push(("word/no-footer.xml", fixed::NO_FOOTER.into()));
        files.push(("word/_rels/footer.xml.rels", fixed::FOOTER_RELATIONS.into()));
        files.push(("word/media/code.png", code.png.clone()));
    }
    packed(&files, CompressionMethod::Deflated).map_err(|error| PaperError::Packed(Box::new(error)))
}

fn properties(composed: &Composed) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.within("cp:coreProperties", &fixed::PROPERTY_NAMES, |xml| {
        xml.within("dc:title", &[], |xml| xml.text(&composed.title));
        xml.within("dc:creator", &[], |xml| xml.text(&composed.author));
        xml.within("dc:language", &[], |xml| xml.text("vi-VN"));
    });
    xml.bytes()
}

fn page_number(page: &Page) -> Vec<u8> {
    let mut xml = Xml::new();
    let size = half_points(page.number_pt);
    xml.within("w:hdr", &fixed::NAMES, |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| xml.value("w:jc", "center"));
            xml.within("w:fldSimple", &[("w:instr", "PAGE")], |xml| {
                xml.within("w:r", &[], |xml| {
                    xml.within("w:rPr", &[], |xml| body::size(xml, &size));
                    xml.within("w:t", &[], |xml| xml.text("2"));
                });
            });
        });
    });
    xml.bytes()
}

fn code_at_foot(page: &Page) -> Vec<u8> {
    let side = emu(page.code_size);
    let mut xml = Xml::new();
    xml.within("w:ftr", &fixed::NAMES, |xml| {
        xml.within("w:p", &[], |xml| {
            xml.within("w:r", &[], |xml| xml.raw(&fixed::PICTURE.replace("SIDE", &side)));
        });
    });
    xml.bytes()
}

/// Twentieths of a point, as Word measures lengths.
fn twips(points: f64) -> String {
    format!("{:.0}", points * 20.0)
}

/// Twentieths of a point from millimetres.
fn twips_of_mm(mm: f64) -> String {
    twips(mm * super::compose::POINTS_PER_MM)
}

/// Half points, as Word measures letters.
fn half_points(points: f64) -> String {
    format!("{:.0}", points * 2.0)
}

/// The unit of pictures from millimetres.
fn emu(mm: f64) -> String {
    format!("{:.0}", mm * 36_000.0)
}
