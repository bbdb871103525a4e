//! How the files are built: margins, fonts, page numbers, repeating headers, sections of annexes.
//! Not for: what papers say (`golden`).

use documents::papers::forms::year_plan;
use documents::papers::{Family, Fonts, Issue, PaperError, PaperFault, docx, pdf};

use crate::reading::{docx_text, part};
use crate::sample::{fonts, frame, plan};

#[test]
fn look_at_a_long_plan() {
    let paper = year_plan(&frame(Family::State, "KH"), &plan(30)).unwrap();
    std::fs::write("/tmp/kv/papers-plan.pdf", pdf(&paper, fonts()).unwrap()).unwrap();
    std::fs::write("/tmp/kv/papers-plan.docx", docx(&paper).unwrap()).unwrap();
    for family in [Family::State, Family::Party] {
        for (name, paper) in crate::sample::forms(family) {
            let start = std::time::Instant::now();
            std::fs::write(format!("/tmp/kv/papers-{family}-{name}.pdf"), pdf(&paper, fonts()).unwrap()).unwrap();
            println!("{name} {:?}", start.elapsed());
            std::fs::write(format!("/tmp/kv/papers-{family}-{name}.docx"), docx(&paper).unwrap()).unwrap();
        }
    }
}
