//! What the terminal shows of a parameter, and the refusals of look-ups that are asked wrongly.
//! Not for: layout.

use crate::{day, law};
use domain::people::StaffKind;
use law::regime::Regime;
use law::{ClassOpening, GoverningKind, NoLaw, SendingDate, Shown, show};

#[test]
fn a_value_is_shown_with_act_interval_and_evidence() {
    let law = law();
    let Shown::Value(shown) = show(&law, "service_commitment", StaffKind::CongChuc, day("2025-06-30")) else { panic!("refused") };
    assert_eq!(shown.value.vi, "2 lần thời gian đào tạo");
    assert_eq!(shown.interval_words.vi, "từ 21/10/2017 đến hết 30/06/2025");
    assert_eq!(shown.cites[0].place.vi, "điểm c khoản 1 Điều 6 Nghị định 101/2017/NĐ-CP");
    assert_eq!(shown.cites[0].place.en, "Decree 101/2017/NĐ-CP, Article 6, clause 1, point c");
    assert!(!shown.evidence.is_unverified() && !shown.steps.is_empty());
}

#[test]
fn what_rests_on_memory_says_so() {
    let law = law();
    let Shown::Value(shown) = show(&law, "yearly_minimum", StaffKind::CongChuc, day("2024-01-15")) else { panic!("refused") };
    assert_eq!((shown.value.vi.as_str(), shown.evidence.words().en.as_str()), ("40 tiết", "unverified"));
    let found = law.lookup("yearly_minimum", StaffKind::CongChuc, ClassOpening(day("2024-01-15"))).unwrap();
    assert!(found.is_unverified());
}

#[test]
fn a_gap_is_shown_with_its_reason_and_a_way_out() {
    let law = law();
    let Shown::Refusal(shown) = show(&law, "service_commitment", StaffKind::VienChuc, day("2026-07-01")) else { panic!("a value") };
    assert_eq!((shown.code, shown.cites[0].code.as_str()), ("absent", "nd-259-2026"));
    assert!(shown.reason.vi.contains("259/2026") && !shown.way_out.en.is_empty());
    let Shown::Refusal(shown) = show(&law, "nothing", StaffKind::VienChuc, day("2026-07-01")) else { panic!("a value") };
    assert_eq!((shown.code, shown.title), ("unknown_parameter", None));
}

#[test]
fn every_parameter_can_be_shown_for_everyone_on_any_day() {
    let law = law();
    for listed in law.parameters() {
        for staff in StaffKind::ALL {
            for on in ["2010-01-01", "2018-01-01", "2024-01-15", "2026-11-22", "2040-01-01"] {
                match show(&law, listed.key, *staff, day(on)) {
                    Shown::Value(shown) => assert!(!shown.value.vi.is_empty() && !shown.cites.is_empty(), "{}", listed.key),
                    Shown::Refusal(shown) => assert!(!shown.reason.vi.is_empty() && !shown.way_out.vi.is_empty(), "{}", listed.key),
                }
            }
        }
    }
}

#[test]
fn another_kind_of_date_is_refused() {
    let law = law();
    let refusal = law.lookup("service_commitment", StaffKind::CongChuc, ClassOpening(day("2024-01-15"))).unwrap_err();
    let expected = NoLaw::WrongGoverningDate {
        key: "service_commitment".to_owned(),
        needs: GoverningKind::Sending,
        given: GoverningKind::ClassOpening,
    };
    assert_eq!(refusal, expected);
    assert_eq!(refusal.to_string(), "no law for service_commitment: wrong_governing_date");
}

#[test]
fn the_regime_follows_the_sending_day() {
    let law = law();
    let regime = |staff, on| law.regime(staff, SendingDate(day(on))).map(|found| found.value).map_err(|refusal| refusal.code());
    assert_eq!(regime(StaffKind::CongChuc, "2025-06-30"), Ok(Regime::Decree101));
    assert_eq!(regime(StaffKind::CongChuc, "2025-07-01"), Ok(Regime::Decree171));
    assert_eq!(regime(StaffKind::VienChuc, "2026-06-30"), Ok(Regime::Decree101));
    assert_eq!(regime(StaffKind::VienChuc, "2026-07-01"), Err("absent"));
    assert_eq!(regime(StaffKind::CanBo, "2025-07-01"), Err("absent"));
    assert_eq!(regime(StaffKind::KhongChuyenTrach, "2025-07-01"), Err("not_for_this_staff"));
}
