//! What every form says, in both families; and that the PDF of a paper says the same as its Word file.
//! Not for: looks.

use documents::papers::{Family, docx, pdf};

use crate::reading::{docx_text, pdf_letters, without_blanks};
use crate::sample::{fonts, forms};

#[test]
fn every_form_says_what_it_said() {
    for (state, party) in forms(Family::State).into_iter().zip(forms(Family::Party)) {
        let [state_text, party_text] = [&state.1, &party.1].map(|paper| docx_text(&docx(paper).unwrap()));
        insta::assert_snapshot!(state.0, format!("{state_text}===\n{party_text}"));
    }
}

#[test]
fn pdf_and_word_file_say_the_same() {
    for (name, paper) in forms(Family::State).into_iter().chain(forms(Family::Party).into_iter().take(1)) {
        let letters = pdf_letters(&pdf(&paper, fonts()).unwrap());
        let text = docx_text(&docx(&paper).unwrap());
        for said in text.split(['\n', '|', '/']).filter(|said| !said.starts_with("---")) {
            assert!(letters.contains(&without_blanks(said)), "{name}: {said} is not in {letters}");
        }
    }
}
