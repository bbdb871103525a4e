//! Pools of Vietnamese name parts; every name is a chance combination and belongs to nobody.
//! Not for: looking anybody up.

use domain::people::Sex;

use crate::dice::Dice;

const FAMILIES: &[(usize, &str)] = &[
    (300, "Nguyễn"),
    (110, "Trần"),
    (95, "Lê"),
    (75, "Phạm"),
    (60, "Huỳnh"),
    (55, "Võ"),
    (50, "Phan"),
    (40, "Trương"),
    (35, "Bùi"),
    (35, "Đặng"),
    (30, "Đỗ"),
    (28, "Ngô"),
    (28, "Hồ"),
    (25, "Dương"),
    (22, "Đinh"),
    (20, "Lương"),
    (18, "Mai"),
    (16, "Đoàn"),
    (14, "Hà"),
    (12, "Thái"),
    (10, "Châu"),
    (10, "Tạ"),
    (8, "Ung"),
    (8, "Doãn"),
    (6, "Văn"),
];
const MEN_MIDDLE: &[&str] = &[
    "Văn", "Đức", "Hữu", "Quang", "Minh", "Công", "Ngọc", "Thanh", "Xuân", "Anh", "Đình", "Quốc", "Tấn", "Viết", "Thế", "Bá", "Hoàng",
    "Trọng",
];
const MEN_GIVEN: &[&str] = &[
    "Hùng", "Dũng", "Tuấn", "Cường", "Thành", "Phúc", "Bình", "Long", "Sơn", "Hải", "Tùng", "Nam", "Khoa", "Vinh", "Quý", "Đạt", "Phong",
    "Lâm", "Thắng", "Nghĩa", "Tâm", "Trung", "Hiếu", "Duy", "Khánh", "Toàn", "Lộc", "Tín", "Việt", "An", "Hòa", "Thịnh", "Kiên", "Trí",
    "Nhân", "Định",
];
const WOMEN_MIDDLE: &[&str] = &[
    "Thị",
    "Thị",
    "Thị Thu",
    "Thị Thanh",
    "Thị Ngọc",
    "Thị Kim",
    "Ngọc",
    "Thị Mỹ",
    "Thị Hồng",
    "Thị Bích",
    "Thu",
    "Thị Phương",
    "Thị Minh",
];
const WOMEN_GIVEN: &[&str] = &[
    "Hoa",
    "Lan",
    "Hương",
    "Thảo",
    "Hạnh",
    "Nga",
    "Hà",
    "Linh",
    "Trang",
    "Yến",
    "Dung",
    "Loan",
    "Hiền",
    "Vân",
    "Phượng",
    "Liên",
    "Tuyết",
    "Nhung",
    "Thủy",
    "Ngân",
    "My",
    "Diệp",
    "Quyên",
    "Trâm",
    "Vy",
    "Nguyệt",
    "Oanh",
    "Thư",
    "Xuân",
    "Lệ",
    "Ánh",
    "Châu",
    "Khuê",
    "Mai",
];
/// Family names usual among the minorities of the western districts, by their code in the national list.
const MINORITIES: &[(usize, (i32, &[&str]))] = &[
    (45, (26, &["Bhling", "Alăng", "Arâl", "Pơloong", "Zơrâm", "Coor", "Bnướch", "Hôih"])),
    (30, (14, &["Hồ", "Nguyễn", "Trần", "Đinh"])),
    (15, (27, &["Hiên", "Kring", "Blúp", "Brôl", "Zơ Râm"])),
    (10, (30, &["Đinh", "Hồ", "Nguyễn", "Trần"])),
];

/// A name and the ethnic group (1 = Kinh).
pub(crate) fn draw(dice: &mut Dice, sex: Sex) -> (String, i32) {
    let minority = if dice.chance(80) { dice.weigh(MINORITIES) } else { None };
    let (family, ethnicity) = match minority {
        Some((code, families)) => (dice.pick(families).copied().unwrap_or("Hồ"), code),
        None => (dice.weigh(FAMILIES).unwrap_or("Nguyễn"), 1),
    };
    let (middles, givens) = match sex {
        Sex::Male => (MEN_MIDDLE, MEN_GIVEN),
        Sex::Female => (WOMEN_MIDDLE, WOMEN_GIVEN),
    };
    let middle = dice.pick(middles).copied().unwrap_or("Văn");
    let given = dice.pick(givens).copied().unwrap_or("An");
    (format!("{family} {middle} {given}"), ethnicity)
}
