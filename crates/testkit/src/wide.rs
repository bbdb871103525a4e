//! The export of a whole province in one sheet of forty columns, as large as anybody sends: people nobody has yet, at the units of the
//! synthetic province, so that all of it can be brought in and measured.
//! Not for: what is wrong with files (`messy`), nor for real persons.
//!
//! `cargo run --release -p khuevan-testkit --example wide -- FILE [ROWS]` writes it.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its file must fail loudly")]

use domain::time::{Date, date, dmy};
use rust_xlsxwriter::Workbook;
use synthetic::Options;

use crate::dice::Dice;

/// Headings of the sheet; the first thirty-four are fields of the register, the rest is what such files carry along.
pub const TITLES: [&str; 40] = [
    "Mã cán bộ",
    "Mã định danh hồ sơ",
    "Họ và tên",
    "Tên gọi khác",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Tôn giáo",
    "Số CCCD",
    "Ngày tuyển dụng",
    "Đơn vị công tác",
    "Chức vụ",
    "Loại cán bộ",
    "Chức vụ lãnh đạo",
    "Mã ngạch",
    "Ngày bổ nhiệm",
    "Số quyết định",
    "Trình độ chuyên môn",
    "Nhóm ngành",
    "Năm tốt nghiệp",
    "Nơi đào tạo",
    "Số hiệu bằng",
    "Lý luận chính trị",
    "Năm cấp LLCT",
    "Quản lý nhà nước",
    "Năm cấp QLNN",
    "Bồi dưỡng lãnh đạo, quản lý",
    "QPAN",
    "Năm cấp QPAN",
    "Ngoại ngữ",
    "Tin học",
    "Tiếng dân tộc",
    "Xếp loại",
    "Năm xếp loại",
    "Quê quán",
    "Nơi ở hiện nay",
    "Điện thoại",
    "Thư điện tử",
    "Bậc lương",
    "Ghi chú",
];

const FAMILY: [&str; 8] = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Alăng", "Đặng"];
const MIDDLE: [&str; 8] = ["Văn", "Thị", "Đức", "Ngọc", "Hữu", "Thu", "Quang", "Minh"];
const GIVEN: [&str; 10] = ["Bưởi", "Quýt", "Mận", "Chanh", "Ổi", "Cam", "Đào", "Mít", "Lựu", "Na"];
const PEOPLES: [&str; 4] = ["Kinh", "Cơ-tu", "Xơ-đăng", "Hoa"];
const STAFF: [(&str, &str); 2] = [("Công chức", "01.003"), ("Viên chức", "V.07.03.29")];

/// The export: so many people on `today` at units that live then. The same bytes in every run.
#[must_use]
pub fn wide(people: u32, today: Date) -> Vec<u8> {
    let province = synthetic::plan(Options::on(today)).unwrap();
    let alive = |unit: &&synthetic::rows::Unit| unit.starts_on <= today && unit.ends_on.is_none_or(|end| end > today);
    let units: Vec<&str> = province.frame().units.iter().filter(alive).map(|unit| unit.code.as_str()).collect();
    let mut dice = Dice::new(40);
    let mut book = Workbook::new();
    // Texts are shared between cells, as the usual programs save them.
    let sheet = book.add_worksheet().set_name("Danh sách").unwrap();
    sheet.write_row(0, 0, TITLES).unwrap();
    for number in 1..=people {
        sheet.write_row(number, 0, row(&mut dice, number, &units)).unwrap();
    }
    book.save_to_buffer().unwrap()
}

fn row(dice: &mut Dice, number: u32, units: &[&str]) -> [String; 40] {
    let is_woman = dice.chance(45);
    let middle = if is_woman { "Thị" } else { dice.one(&MIDDLE).unwrap_or_default() };
    let name = [dice.one(&FAMILY).unwrap_or_default(), middle, dice.one(&GIVEN).unwrap_or_default()].join(" ");
    let birth = day(dice, 1966, 1999);
    let begun = birth.year() + 24;
    let (staff, grade) = dice.one(&STAFF).unwrap_or_default();
    let year = |after: i32| (begun + after).min(2025).to_string();
    let text = |words: &[&str], dice: &mut Dice| dice.one(words).unwrap_or_default().to_owned();
    [
        format!("KV{number:06}"),
        format!("HS-{number:07}"),
        name,
        String::new(),
        dmy(birth),
        (if is_woman { "Nữ" } else { "Nam" }).to_owned(),
        text(&PEOPLES, dice),
        "Không".to_owned(),
        format!("051{}{:02}{number:06}", u8::from(is_woman), birth.year() % 100),
        format!("15/06/{begun}"),
        text(units, dice),
        "Chuyên viên".to_owned(),
        staff.to_owned(),
        String::new(),
        grade.to_owned(),
        format!("01/09/{begun}"),
        format!("{}/QĐ-UBND", 100 + number % 900),
        text(&["Đại học", "Thạc sĩ", "Cao đẳng"], dice),
        text(&["Kinh tế", "Luật", "Công nghệ thông tin", "Nông nghiệp", "Sư phạm"], dice),
        year(-1),
        "Trường Đại học Quảng Nam".to_owned(),
        format!("{:07}", number * 7),
        text(&["Sơ cấp", "Trung cấp", "Cao cấp", ""], dice),
        year(2),
        text(&["Chuyên viên", "Chuyên viên chính", ""], dice),
        year(3),
        text(&["Cấp phòng", "", ""], dice),
        text(&["Đối tượng 4", "Đối tượng 3"], dice),
        year(1),
        text(&["B1", "B2", "A2"], dice),
        text(&["Cơ bản", "Nâng cao"], dice),
        text(&["Có", "Không"], dice),
        text(&["Hoàn thành tốt nhiệm vụ", "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành nhiệm vụ"], dice),
        "2025".to_owned(),
        "Xã Tân Hòa, tỉnh Quảng Nam".to_owned(),
        format!("Thôn {}, xã Tân Hòa, tỉnh Quảng Nam", number % 12 + 1),
        format!("09{number:08}"),
        format!("can.bo.{number}@example.gov.vn"),
        format!("{}/9", number % 9 + 1),
        String::new(),
    ]
}

fn day(dice: &mut Dice, from: i64, to: i64) -> Date {
    let year = i32::try_from(dice.between(from, to)).unwrap_or(1980);
    let [month, day] = [12, 28].map(|last| u8::try_from(dice.between(1, last)).unwrap_or(1));
    date(year, month, day).unwrap_or(Date::MIN)
}
