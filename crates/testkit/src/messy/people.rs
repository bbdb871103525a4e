//! Invented people for messy workbooks: every name is a chance combination and belongs to nobody.
//! Not for: a province; `synthetic` makes one.

use domain::time::{Date, date};

use crate::dice::Dice;

const FAMILY: [&str; 12] = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Alăng"];
const MAN: [&str; 8] = ["Văn Bưởi", "Đức Quýt", "Hữu Mận", "Quang Chanh", "Minh Ổi", "Công Dừa", "Đình Sấu", "Quốc Thị"];
const WOMAN: [&str; 8] = ["Thị Cam", "Thị Thu Mơ", "Thị Ánh Đào", "Thị Mít", "Ngọc Lựu", "Thị Na", "Thị Hồng Xiêm", "Mỹ Lê"];
const POSITION: [&str; 8] = [
    "Chủ tịch",
    "Phó Chủ tịch",
    "Công chức Tư pháp - Hộ tịch",
    "Công chức Địa chính",
    "Công chức Văn hóa - Xã hội",
    "Công chức Văn phòng - Thống kê",
    "Công chức Tài chính - Kế toán",
    "Chuyên viên",
];

/// A person of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) is_woman: bool,
    pub(super) birth: Date,
    /// Twelve digits.
    pub(super) citizen: String,
    pub(super) position: &'static str,
    /// Years at work.
    pub(super) years: i64,
}

/// So many people, the same ones for the same seed.
pub(super) fn people(seed: u64, count: u64) -> Vec<Person> {
    let mut dice = Dice::new(seed);
    (0..count).map(|place| person(&mut dice, place)).collect()
}

fn person(dice: &mut Dice, place: u64) -> Person {
    let is_woman = dice.chance(45);
    let given = if is_woman { dice.one(&WOMAN) } else { dice.one(&MAN) };
    let name = format!("{} {}", dice.one(&FAMILY).unwrap_or_default(), given.unwrap_or_default());
    let year = i32::try_from(dice.between(1966, 1999)).unwrap_or(1980);
    let [month, day] = [12, 28].map(|last| u8::try_from(dice.between(1, last)).unwrap_or(1));
    let citizen = format!("049{}{:02}{:06}", u8::from(is_woman), year % 100, 1_000 + place * 37);
    let years = dice.between(1, i64::from(2024 - year - 20));
    Person {
        name,
        is_woman,
        birth: date(year, month, day).unwrap_or(Date::MIN),
        citizen,
        position: dice.one(&POSITION).unwrap_or_default(),
        years,
    }
}
