//! What every paper of a class says, as its Word file tells it.
//! Not for: looks.

use documents::papers::forms::Frame;
use documents::papers::forms::class_papers::{
    ClassFacts, Meeting, Member, commitment, dispatch, opening, recognition, report, roster, sign_in, summons,
};
use documents::papers::{Family, Issue, Paper, PaperFault, docx, pdf, read_qr};

use crate::reading::docx_text;
use crate::sample::{day, fonts, frame};

fn class() -> ClassFacts {
    ClassFacts {
        name: "Kỹ năng số".to_owned(),
        code: "LOP-2026-001".to_owned(),
        days: (day(2026, 12, 7), day(2026, 12, 11)),
        periods: 40,
        seats: 45,
        place: "Hội trường A".to_owned(),
        school: "Trường Chính trị tỉnh".to_owned(),
        hours: "trong giờ hành chính".to_owned(),
        lead: "Sở Nội vụ".to_owned(),
        bases: vec!["Căn cứ Nghị định số 171/2025/NĐ-CP".to_owned()],
    }
}

fn member(name: &str, outcome: &str) -> Member {
    Member {
        name: name.to_owned(),
        post: "Chuyên viên".to_owned(),
        unit: "Xã Tiên Phước".to_owned(),
        outcome: outcome.to_owned(),
        note: String::new(),
    }
}

fn to_sign(symbol: &str) -> Frame {
    Frame { issue: Issue::ToSign { symbol: symbol.to_owned(), year: 2026 }, ..frame(Family::State, "QĐ") }
}

fn sheet() -> Result<Paper, PaperFault> {
    let meeting = Meeting {
        when: "Sáng, ngày 07/12/2026".to_owned(),
        room: "Phòng 101".to_owned(),
        lecturer: "Giảng viên Mẫu".to_owned(),
        words: "Mở đầu".to_owned(),
    };
    let frame = Frame { code: Some("KVB1:LOP-2026-001:2026-12-07:morning".to_owned()), ..to_sign("/DS-…") };
    sign_in(&frame, &class(), &meeting, &[member("Trần Văn An", ""), member("Lê Thị Bình", "")])
}

#[test]
fn every_paper_of_a_class_says_what_it_said() {
    let (two, authority) = ([member("Trần Văn An", "Hoàn thành"), member("Lê Thị Bình", "Không đạt")], "Giám đốc Sở Nội vụ");
    let sums = [("Hoàn thành".to_owned(), 1), ("Không đạt".to_owned(), 1)];
    let papers = [
        ("opening", opening(&frame(Family::State, "QĐ"), authority, &class())),
        ("dispatch", dispatch(&to_sign("/QĐ-…"), authority, &class(), None, &two)),
        ("dispatch-unit", dispatch(&to_sign("/QĐ-…"), authority, &class(), Some("Xã Tiên Phước"), &two)),
        ("dispatch-one", dispatch(&to_sign("/QĐ-…"), authority, &class(), None, &two[..1])),
        ("summons", summons(&to_sign("/GM-…"), &class(), &two[0], "Sáng, ngày 07/12/2026, Phòng 101")),
        ("roster", roster(&to_sign("/DS-…"), &class(), &two)),
        ("sign-in", sheet()),
        ("recognition", recognition(&frame(Family::State, "QĐ"), authority, &class(), &two, 1)),
        ("report", report(&to_sign("/BC-…"), &class(), &sums, 10, Vec::new())),
        ("commitment", commitment(&to_sign("/CK-…"), &class(), &two[0], 72)),
    ];
    for (name, paper) in papers {
        let paper = paper.unwrap_or_else(|fault| panic!("{name}: {fault}"));
        insta::assert_snapshot!(format!("class_{name}"), docx_text(&docx(&paper).unwrap()));
    }
}

#[test]
fn a_sheet_to_sign_is_known_again_by_its_code() {
    let code = read_qr(&pdf(&sheet().unwrap(), fonts()).unwrap()).unwrap();
    assert_eq!(code.as_deref(), Some("KVB1:LOP-2026-001:2026-12-07:morning"));
}
