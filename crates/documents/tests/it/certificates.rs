//! What a certificate says, that its code is read back from its own PDF, and that many of them are one file.
//! Not for: looks; a journey takes a picture.

use documents::papers::certificate::{Certificate, certificates};
use documents::papers::read_qr;
use domain::certificates::CertificateKind;

use crate::reading::{pdf_letters, without_blanks};
use crate::sample::{day, fonts};

fn sample(kind: CertificateKind) -> Certificate {
    let is_completion = kind == CertificateKind::Completion;
    Certificate {
        kind,
        superior: is_completion.then(|| "Ủy ban nhân dân tỉnh Mẫu".to_owned()),
        issuer: "Trường Chính trị tỉnh Mẫu".to_owned(),
        name: "Nguyễn Thị Huyền #[Mẫu] $x$".to_owned(),
        birth_on: day(1990, 5, 10),
        course: "Kỹ năng số cho công chức *ngành* y tế".to_owned(),
        days: (day(2026, 12, 7), day(2026, 12, 11)),
        periods: 40,
        band: is_completion.then(|| "Giỏi".to_owned()),
        decision: ("13/QĐ-SNV".to_owned(), day(2026, 12, 20)),
        confirms: is_completion.then(|| ("0001/2026/CC-H99.01".to_owned(), day(2026, 12, 20))),
        place: "Mẫu".to_owned(),
        issued_on: day(2027, 1, 5),
        signer: ("Hiệu trưởng".to_owned(), "Trần Văn Ký".to_owned()),
        symbol: "0012/2027/CC-H99.01".to_owned(),
        code: "ABCDEF-GHJKLM-NPQRST".to_owned(),
        site: "dao-tao.tinh.vn/verify".to_owned(),
        link: format!("https://dao-tao.tinh.vn/verify/ABCDEFGHJKLMNPQRST#{}", "seal".repeat(120)),
    }
}

#[test]
fn a_certificate_says_what_it_was_told_and_takes_nothing_for_markup() {
    let said = [
        "TRƯỜNG CHÍNH TRỊ TỈNH MẪU",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "CHỨNG CHỈ",
        "Nguyễn Thị Huyền #[Mẫu] $x$",
        "10/05/1990",
        "Kỹ năng số cho công chức *ngành* y tế",
        "từ ngày 07/12/2026 đến ngày 11/12/2026 (40 tiết)",
        "Quyết định số 13/QĐ-SNV ngày 20/12/2026",
        "Mẫu, ngày 05 tháng 01 năm 2027",
        "HIỆU TRƯỞNG",
        "Trần Văn Ký",
        "0012/2027/CC-H99.01",
        "ABCDEF-GHJKLM-NPQRST",
        "dao-tao.tinh.vn/verify",
    ];
    let letters = pdf_letters(&certificates(&[sample(CertificateKind::Certificate)], fonts()).unwrap());
    for text in said {
        assert!(letters.contains(&without_blanks(text)), "{text} is not in {letters}");
    }
    let letters = pdf_letters(&certificates(&[sample(CertificateKind::Completion)], fonts()).unwrap());
    for text in ["GIẤY CHỨNG NHẬN", "ỦY BAN NHÂN DÂN TỈNH MẪU", "Giỏi", "như chứng chỉ số 0001/2026/CC-H99.01 cấp ngày 20/12/2026"]
    {
        assert!(letters.contains(&without_blanks(text)), "{text} is not in {letters}");
    }
}

#[test]
fn the_code_of_a_certificate_is_read_back_from_its_file() {
    let one = sample(CertificateKind::Certificate);
    assert_eq!(read_qr(&certificates(std::slice::from_ref(&one), fonts()).unwrap()).unwrap(), Some(one.link));
}

#[test]
fn many_certificates_are_one_file_with_a_page_each() {
    let list: Vec<Certificate> =
        (1..=6).map(|number| Certificate { name: format!("Người thứ {number}"), ..sample(CertificateKind::Certificate) }).collect();
    let bytes = certificates(&list, fonts()).unwrap();
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    assert_eq!(document.get_pages().len(), 6);
    assert!(pdf_letters(&bytes).contains("Ngườithứ6"));
    assert!(certificates(&[], fonts()).is_err());
}
