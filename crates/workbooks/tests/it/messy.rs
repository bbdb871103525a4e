//! Three files as they come by mail: a commune's list, an export of an old program, a form of a ministry.
//! Not for: the rules one by one; those are tested beside their code.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use workbooks::book::Visible;
use workbooks::mapping::{Saved, Why};
use workbooks::{Mapping, table};

use crate::support::*;

fn row(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column, *text).unwrap();
    }
}

/// A commune's list, made by hand: titles, a header of two rows, groups, totals, signatures.
pub(crate) fn commune() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 0, 2, "UBND XÃ TÂN HÒA", &plain).unwrap();
    sheet.merge_range(1, 0, 1, 9, "DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ NĂM 2024", &plain).unwrap();
    for (column, title) in [(0, "STT"), (1, "Họ và tên"), (4, "Chức vụ"), (8, "Số CCCD"), (9, "Ghi chú")] {
        sheet.merge_range(3, column, 4, column, title, &plain).unwrap();
    }
    sheet.merge_range(3, 2, 3, 3, "Ngày, tháng,\nnăm sinh", &plain).unwrap();
    sheet.merge_range(3, 5, 3, 7, "Lý luận chính trị", &plain).unwrap();
    row(sheet, 4, &["", "", "Nam", "Nữ", "", "Sơ cấp", "Trung cấp", "Cao cấp"]);
    sheet.merge_range(5, 0, 5, 9, "I. Khối Đảng, đoàn thể", &plain).unwrap();
    row(sheet, 6, &["1", "NGUYỄN VĂN BƯỞI", "02/03/1985", "", "Bí thư", "", "", "x", "079085000123"]);
    row(sheet, 7, &["2", "Trần Thị  Cam", "", "1990", "Phó Bí thư", "", "X", "", ""]);
    sheet.write_number(7, 8, 79_190_000_456.0).unwrap();
    sheet.merge_range(8, 0, 8, 9, "II. Khối chính quyền", &plain).unwrap();
    row(sheet, 9, &["3", "Lê Văn Dừa", "31/02/1979", "", "Chủ tịch", "x", "x", "", "12345"]);
    row(sheet, 10, &["4", "", "", "10/1988", "Công chức", "", "", "", "-"]);
    row(sheet, 11, &["", "Tổng cộng: 4 người", "2", "2", "", "1", "2", "1"]);
    row(sheet, 13, &["", "Ghi chú: đánh dấu x vào ô tương ứng"]);
    row(sheet, 14, &["", "", "", "", "", "", "Tân Hòa, ngày 05 tháng 3 năm 2024"]);
    row(sheet, 15, &["", "Người lập biểu", "", "", "", "", "TM. ỦY BAN NHÂN DÂN"]);
    row(sheet, 18, &["", "Phạm Thị Ổi", "", "", "", "", "Vũ Văn Na"]);
    book.save_to_buffer().unwrap()
}

#[test]
fn a_list_of_a_commune_made_by_hand() {
    let fields = fields();
    let file = commune();
    let book = read(&file, "ds xa.xlsx").unwrap();
    let table = table::find(&book, &fields).unwrap();
    let mapping = Mapping::of(&table.columns, &fields);
    let expected = [
        "7 [I. Khối Đảng, đoàn thể] name=Nguyễn Văn Bưởi* gender=male born=02/03/1985 position=Bí thư theory=cao_cap citizen=079085000123",
        "8 [I. Khối Đảng, đoàn thể] name=Trần Thị Cam gender=female born=1990 position=Phó Bí thư theory=trung_cap citizen=079190000456*",
        "10 [II. Khối chính quyền] name=Lê Văn Dừa gender=male position=Chủ tịch !C10 no_such_day `31/02/1979` !I10 citizen_number `12345` !G10 several_marks `x`",
        "11 [II. Khối chính quyền] gender=female born=10/1988 position=Công chức !B11 required ``",
    ];
    assert_eq!(lines(&table, &mapping, &fields), expected);
    let skipped: Vec<String> = table.skipped.iter().map(|skipped| format!("{} {}", skipped.row + 1, skipped.why.code())).collect();
    let expected =
        ["1 title", "2 title", "4 header", "5 header", "6 group", "9 group", "12 totals", "14 note", "15 note", "16 note", "19 note"];
    assert_eq!(skipped, expected);
    // The next list of the same commune has the same header.
    let saved = Saved::from_json(&Saved::of(&mapping, &table.columns).to_json().unwrap()).unwrap();
    assert!(saved.is_for(&table.columns));
    assert!(saved.apply(&table.columns, &fields).matched.iter().all(|matched| matched.why == Why::Remembered));
}

/// An export of an old program: separated by semicolons, in letters for old fonts, called `.xls`.
pub(crate) const OLD_EXPORT: &str = "DANH S¸CH C¸N Bé, C¤NG CHøC;;;;;\r\n\
    Ngµy in: 05/03/2004;;;;;\r\n\
    Sè TT;M· sè;Hä vµ tªn;Ngµy sinh;Giíi tÝnh;§¬n vÞ c«ng t¸c\r\n\
    1;00123;NguyÔn V¨n B\u{ad}ëi;02/03/1965;Nam;Phßng Tæ chøc\r\n\
    2;124;TrÇn ThÞ Cam;2-3-70;N÷;Phßng Tµi chÝnh\r\n\
    3;00125;Lª Vò;1975;Nam;\"Ban Qu¶n lý; khu A\"\r\n";

#[test]
fn an_export_of_an_old_program_in_letters_for_old_fonts() {
    let fields = fields();
    let book = read(&one_byte(OLD_EXPORT), "NHANSU.XLS").unwrap();
    assert_eq!((book.encoding, book.delimiter), (Some("windows-1252"), Some(';')));
    assert!(book.sheets[0].fonts.tcvn3 >= 15 && book.sheets[0].fonts.undecided == 0, "{:?}", book.sheets[0].fonts);
    let table = table::find(&book, &fields).unwrap();
    let mapping = Mapping::of(&table.columns, &fields);
    let expected = [
        "4 payroll=00123 name=Nguyễn Văn Bưởi born=02/03/1965 gender=male unit=Phòng Tổ chức",
        "5 payroll=00124* name=Trần Thị Cam born=02/03/1970* gender=female unit=Phòng Tài chính",
        "6 payroll=00125 name=Lê Vũ born=1975 gender=male unit=Ban Quản lý; khu A",
    ];
    assert_eq!(lines(&table, &mapping, &fields), expected);
}

#[test]
fn the_same_export_in_windows_for_vietnamese() {
    let text = "STT;Ho\u{323} và tên;Ngày sinh;Ðõn vi\u{323}\r\n1;Nguyê\u{303}n Thi\u{323} Ánh;02/03/1965;Pho\u{300}ng 1\r\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1258.encode(text);
    let bytes = bytes.replace_all(b"&#208;", b"\xd0").replace_all(b"&#245;", b"\xf5");
    let fields = fields();
    let book = read(&bytes, "x.csv").unwrap();
    assert_eq!(book.encoding, Some("windows-1258"));
    let table = table::find(&book, &fields).unwrap();
    let lines = lines(&table, &Mapping::of(&table.columns, &fields), &fields);
    assert_eq!(lines, ["2 name=Nguyễn Thị Ánh born=02/03/1965 unit=Phòng 1"]);
}

trait ReplaceAll {
    fn replace_all(&self, from: &[u8], to: &[u8]) -> Vec<u8>;
}

impl ReplaceAll for [u8] {
    fn replace_all(&self, from: &[u8], to: &[u8]) -> Vec<u8> {
        let mut rest = self;
        let mut out = Vec::new();
        while let Some(place) = rest.windows(from.len()).position(|window| window == from) {
            out.extend_from_slice(&rest[..place]);
            out.extend_from_slice(to);
            rest = &rest[place + from.len()..];
        }
        out.extend_from_slice(rest);
        out
    }
}

/// A form of a ministry: titles on both sides, a header of three rows, numbered columns, a hidden sheet with lists.
pub(crate) fn ministry() -> Vec<u8> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let lists = book.add_worksheet().set_name("DanhMuc").unwrap();
    row(lists, 0, &["Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Giới tính"]);
    row(lists, 1, &["(mẫu)", "", "Trưởng phòng", "Sở Nội vụ", "Nam"]);
    lists.set_hidden(true);
    let cover = book.add_worksheet().set_name("Hướng dẫn").unwrap();
    row(cover, 0, &["Điền theo mẫu, không thêm cột"]);
    let sheet = book.add_worksheet().set_name("Biểu 2A").unwrap();
    sheet.set_active(true);
    sheet.merge_range(0, 0, 0, 3, "BỘ NỘI VỤ", &plain).unwrap();
    sheet.merge_range(0, 4, 0, 6, "Biểu số 2A/BNV", &plain).unwrap();
    sheet.merge_range(2, 0, 2, 6, "BÁO CÁO CHẤT LƯỢNG ĐỘI NGŨ", &plain).unwrap();
    for (column, title) in [(0, "TT"), (1, "Họ và tên"), (6, "Số năm công tác")] {
        sheet.merge_range(4, column, 6, column, title, &plain).unwrap();
    }
    sheet.merge_range(4, 2, 4, 5, "Thông tin chung", &plain).unwrap();
    sheet.merge_range(5, 2, 6, 2, "Năm sinh", &plain).unwrap();
    sheet.merge_range(5, 3, 5, 4, "Công tác", &plain).unwrap();
    sheet.merge_range(5, 5, 6, 5, "Giới tính", &plain).unwrap();
    row(sheet, 6, &["", "", "", "Chức danh", "Đơn vị"]);
    row(sheet, 7, &["A", "B", "1", "2", "3", "4", "5=6+7"]);
    for (place, (name, years)) in (0_u32..).zip([("Ngô Thị Mít", "12"), ("Hồ Văn Ổi", "7,0"), ("K'BRƠI", "bảy")]) {
        row(sheet, 8 + place, &["", name, "", "Chuyên viên", if place == 0 { "Sở Nội vụ" } else { "" }, "nam", years]);
        sheet.write_number(8 + place, 0, place + 1).unwrap();
        sheet.write_datetime_with_format(8 + place, 2, ExcelDateTime::from_ymd(1985, 3, 2).unwrap(), &day).unwrap();
    }
    sheet.merge_range(8, 4, 10, 4, "Sở Nội vụ", &plain).unwrap();
    row(sheet, 11, &["", "Tổng số", "3"]);
    book.save_to_buffer().unwrap()
}

#[test]
fn a_form_of_a_ministry() {
    let fields = fields();
    let file = ministry();
    let book = read(&file, "Bieu 2A.xlsx").unwrap();
    assert_eq!(book.sheets[0].visible, Visible::Hidden);
    let table = table::find(&book, &fields).unwrap();
    assert_eq!(table.sheet.name, "Biểu 2A");
    let titles: Vec<String> = table.columns.iter().map(workbooks::table::Column::title).collect();
    let expected = [
        "TT",
        "Họ và tên",
        "Thông tin chung / Năm sinh",
        "Thông tin chung / Công tác / Chức danh",
        "Thông tin chung / Công tác / Đơn vị",
        "Thông tin chung / Giới tính",
        "Số năm công tác",
    ];
    assert_eq!(titles, expected);
    let expected = [
        "9 name=Ngô Thị Mít born=02/03/1985 position=Chuyên viên unit=Sở Nội vụ gender=male years=12*",
        "10 name=Hồ Văn Ổi born=02/03/1985 position=Chuyên viên unit=Sở Nội vụ gender=male years=7*",
        "11 name=K'Brơi* born=02/03/1985 position=Chuyên viên unit=Sở Nội vụ gender=male !G11 not_a_number `bảy`",
    ];
    assert_eq!(lines(&table, &Mapping::of(&table.columns, &fields), &fields), expected);
    // The hidden sheet is listed, behind the others.
    let places = table::places(&book, &fields);
    assert_eq!(places.last().map(|place| place.sheet), Some(0));
}
