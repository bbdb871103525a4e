//! Programs of others read our papers: `pdftotext` of poppler, and LibreOffice, which opens the Word file and writes it again.
//! Not for: what our own readers can see. Without the programs the test says so and passes; with `CI` set it fails.

use std::path::PathBuf;
use std::process::Command;

use documents::papers::forms::year_plan;
use documents::papers::{Family, docx, pdf, read_qr};

use crate::reading::{docx_text, part, without_blanks};
use crate::sample::{fonts, frame, plan};

/// The programs, or nothing when one is missing.
fn programs() -> Option<[PathBuf; 3]> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let find = |name: &str| std::env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file());
    let found = (find("pdftotext"), find("pdftoppm"), find("soffice"));
    if let (Some(text), Some(picture), Some(office)) = found {
        return Some([text, picture, office]);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "poppler-utils and libreoffice-writer are missing; `cargo xtask test --only tools` installs them"
    );
    None
}

fn run(command: &mut Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn other_programs_read_what_we_wrote() {
    let Some([pdftotext, pdftoppm, soffice]) = programs() else { return };
    let folder = tempfile::tempdir().unwrap();
    let paper = year_plan(&frame(Family::State, "KH"), &plan(30)).unwrap();
    let file = |name: &str| folder.path().join(name);
    let (own_pdf, own_docx) = (file("paper.pdf"), file("paper.docx"));
    std::fs::write(&own_pdf, pdf(&paper, fonts()).unwrap()).unwrap();
    std::fs::write(&own_docx, docx(&paper).unwrap()).unwrap();
    let written = docx_text(&std::fs::read(&own_docx).unwrap());

    holds_all(&run(Command::new(&pdftotext).args(["-layout", "-nopgbrk"]).arg(&own_pdf).arg("-")), &["5", "KT. CHỦ TỊCH", "Phụ lục"]);
    run(Command::new(&pdftoppm).args(["-png", "-r", "200", "-f", "1", "-l", "1", "-singlefile"]).arg(&own_pdf).arg(file("page")));
    let read = read_qr(&std::fs::read(file("page.png")).unwrap()).unwrap();
    assert_eq!(read.as_deref(), Some("https://khuevan.example/v/05-KH-UBND-2026"), "the code is read from a picture of the page");

    // One home for both conversions: making it takes longer than the work.
    let home = format!("-env:UserInstallation=file://{}", file("home").display());
    let out = file("again");
    let office = |kind: &str| {
        run(Command::new(&soffice).args([&home, "--headless", "--convert-to", kind, "--outdir"]).arg(&out).arg(&own_docx));
    };
    office("pdf");
    let pages = lopdf::Document::load(out.join("paper.pdf")).unwrap();
    let landscape = pages.get_pages().into_values().filter(|page| is_landscape(&pages, *page)).count();
    assert!(landscape >= 4 && landscape < pages.get_pages().len(), "the annex lies, the plan stands");
    holds_all(
        &run(Command::new(&pdftotext).arg(out.join("paper.pdf")).arg("-")),
        &["PHÓ CHỦ TỊCH", "Kỹ năng xử lý tình huống ở cơ sở, khoá 30"],
    );
    office("docx");
    let again = std::fs::read(out.join("paper.docx")).unwrap();
    assert_eq!(table_rows(&docx_text(&again)), table_rows(&written), "tables come through another program");
    let document = part(&again, "word/document.xml");
    assert_eq!(document.matches("<w:tblHeader").count(), 2, "headers still repeat");
    assert!(part(&again, "word/styles.xml").contains("Times New Roman"));
}

fn is_landscape(document: &lopdf::Document, page: lopdf::ObjectId) -> bool {
    let box_of_page = document.get_dictionary(page).unwrap().get(b"MediaBox").unwrap().as_array().unwrap();
    box_of_page[2].as_float().unwrap() > box_of_page[3].as_float().unwrap()
}

fn holds_all(text: &[u8], wanted: &[&str]) {
    let text = String::from_utf8(text.to_vec()).unwrap();
    for said in wanted {
        assert!(without_blanks(&text).contains(&without_blanks(said)), "{said} is not in {text}");
    }
}

fn table_rows(text: &str) -> Vec<String> {
    text.lines().filter(|line| line.matches('|').count() > 3).map(without_blanks).collect()
}
