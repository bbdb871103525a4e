//! Worked cases of likeness.

use proptest::prelude::*;

use super::*;
use crate::text::fold;
use crate::time::parse;

struct Written {
    name: &'static str,
    born: &'static str,
    sex: &'static str,
    number: Option<&'static str>,
}

const AN: Written = Written { name: "Nguyễn Văn An", born: "12/03/1985", sex: "nam", number: None };

fn between(a: &Written, b: &Written) -> Option<Likeness> {
    let (a_folded, b_folded) = (fold(a.name), fold(b.name));
    let entry = |w: &Written, folded: &'static str| Entry {
        name: w.name,
        folded,
        birth_on: parse(w.born).unwrap(),
        sex: w.sex,
        citizen_number: w.number,
        record_code: None,
    };
    likeness(&entry(a, a_folded.leak()), &entry(b, b_folded.leak()))
}

#[test]
fn the_worked_cases_of_likeness() {
    let with = |name, born| Written { name, born, ..AN };
    let cases: &[(Written, Option<i32>, &[Sign])] = &[
        (AN, Some(90), &[Sign::SameName, Sign::SameBirth]),
        (with("NGUYỄN VĂN AN", "12/03/1985"), Some(90), &[Sign::SameName, Sign::SameBirth]),
        (with("Nguyễn Vân Ấn", "12/03/1985"), Some(85), &[Sign::SameNameUnmarked, Sign::SameBirth]),
        (with("Nguyen Van An", "12/03/1985"), Some(85), &[Sign::SameNameUnmarked, Sign::SameBirth]),
        (with("Nguyễn Văn Anh", "12/03/1985"), Some(65), &[Sign::NearName, Sign::SameBirth]),
        (with("Nguyễn Vna An", "12/03/1985"), Some(65), &[Sign::NearName, Sign::SameBirth]),
        (with("Văn An Nguyễn", "12/03/1985"), Some(65), &[Sign::NearName, Sign::SameBirth]),
        (with("Nguyễn An", "12/03/1985"), Some(65), &[Sign::NearName, Sign::SameBirth]),
        (with("Nguyễn Thị Bình", "12/03/1985"), None, &[]),
        (with("Nguyễn Văn An", "03/12/1985"), Some(80), &[Sign::SameName, Sign::DayMonthSwapped]),
        (with("Nguyễn Văn An", "12/08/1985"), Some(78), &[Sign::SameName, Sign::OneDigitOff]),
        (with("Nguyễn Văn An", "12/03/1995"), Some(78), &[Sign::SameName, Sign::OneDigitOff]),
        (with("Nguyễn Văn An", "01/01/1985"), Some(70), &[Sign::SameName, Sign::SameYearUnknownDay]),
        (with("Nguyễn Văn An", "12/04/1996"), None, &[]),
        (with("Nguyễn Văn Anh", "12/08/1985"), None, &[]),
        (Written { sex: "nu", ..AN }, Some(70), &[Sign::SameName, Sign::SameBirth, Sign::OtherSex]),
    ];
    for (other, score, signs) in cases {
        let found = between(&AN, other);
        assert_eq!(found.as_ref().map(|l| l.score), *score, "{} {}", other.name, other.born);
        assert_eq!(found.map(|l| l.signs).unwrap_or_default(), *signs, "{} {}", other.name, other.born);
    }
}

#[test]
fn a_citizen_number_decides() {
    let known = |number, name, born| Written { name, born, sex: "nam", number: Some(number) };
    let one = known("049085000001", "Nguyễn Văn An", "12/03/1985");
    let renamed = known("049085000001", "Trần Bình", "01/07/1990");
    assert_eq!(between(&one, &renamed).map(|l| l.score), Some(100));
    let namesake = known("049085000002", "Nguyễn Văn An", "12/03/1985");
    assert_eq!(between(&one, &namesake), None);
}

proptest! {
    #[test]
    fn likeness_does_not_depend_on_the_order(a in "[a-d ]{0,9}", b in "[a-d ]{0,9}", days in (0_i64..900, 0_i64..900)) {
        let day = |n: i64| parse("01/01/1985").unwrap().saturating_add(time::Duration::days(n));
        let entry = |name: &'static str, n| Entry { name, folded: name, birth_on: day(n), sex: "nam", citizen_number: None, record_code: None };
        let (a, b): (&'static str, &'static str) = (fold(&a).leak(), fold(&b).leak());
        let (one, other) = (entry(a, days.0), entry(b, days.1));
        prop_assert_eq!(likeness(&one, &other), likeness(&other, &one));
    }
}
