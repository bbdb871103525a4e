//! Tables as people make them, one sheet drawn in text each.

use super::*;
use crate::book::{Builder, Merge};

/// A sheet from lines of cells parted by `|`; digits are numbers. Merges by their names: `A1:C1`.
fn sheet(lines: &[&str], merges: &[&str]) -> Sheet {
    let mut builder = Builder::new("S", Visible::Shown, 10_000);
    for (row, line) in (0..).zip(lines) {
        for (column, cell) in (0..).zip(line.split('|')) {
            match cell.trim().parse::<f64>() {
                Ok(number) => builder.number(At::new(row, column), number).unwrap(),
                Err(_) => builder.text(At::new(row, column), cell.trim()).unwrap(),
            }
        }
    }
    for merge in merges {
        let (first, last) = merge.split_once(':').unwrap();
        builder.merge(Merge { first: At::parse(first).unwrap(), last: At::parse(last).unwrap() });
    }
    builder.finish().unwrap()
}

fn found(sheet: &Sheet) -> Table<'_> {
    let (header, _) = header::best(sheet, &Catalogue::new(&[])).unwrap();
    Table::at(sheet, header, &Choices::default())
}

fn titles(table: &Table<'_>) -> Vec<String> {
    table.columns.iter().map(Column::title).collect()
}

fn data(table: &Table<'_>) -> Vec<u32> {
    table.rows.iter().map(|row| row.row + 1).collect()
}

fn skipped(table: &Table<'_>) -> Vec<(u32, &'static str)> {
    table.skipped.iter().map(|skipped| (skipped.row + 1, skipped.why.code())).collect()
}

#[test]
fn a_form_with_everything_in_it_is_taken_apart() {
    let sheet = sheet(
        &[
            "UBND XÃ TÂN HÒA||||||",
            "DANH SÁCH CÁN BỘ, CÔNG CHỨC NĂM 2024||||||",
            "||||||",
            "STT|Họ và tên|Ngày sinh|Lý luận chính trị|||Ghi chú",
            "|||Sơ cấp|Trung cấp|Cao cấp|",
            "(1)|(2)|(3)|(4)|(5)|(6)|(7)",
            "I|Khối Đảng|||||",
            "1|Trần Văn Bưởi|02/03/1985||x||",
            "2|Lê Thị Cam|1990|x|||",
            "II|Khối chính quyền|||||",
            "3|Phạm Văn Dừa|05/1979|||x|",
            "STT|Họ và tên|Ngày sinh|Sơ cấp|Trung cấp|Cao cấp|Ghi chú",
            "4|Đỗ Thị Ổi|1988||||mới",
            "5||||||",
            "|Tổng cộng|4|1|1|1|",
            "||||||",
            "|Ghi chú: chưa có hai người đi học||||||",
            "|||||Tân Hòa, ngày 5 tháng 3 năm 2024|",
            "|Người lập biểu|||||TM. UBND xã",
            "|Ngô Văn Mít|||||Vũ Thị Na",
        ],
        &["A4:A5", "B4:B5", "C4:C5", "D4:F4", "G4:G5", "A2:G2"],
    );
    let table = found(&sheet);
    assert_eq!(table.header, Header { first: 3, last: 4 });
    let expected = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Lý luận chính trị / Sơ cấp",
        "Lý luận chính trị / Trung cấp",
        "Lý luận chính trị / Cao cấp",
        "Ghi chú",
    ];
    assert_eq!(titles(&table), expected);
    assert_eq!(data(&table), [8, 9, 11, 13]);
    assert_eq!(table.group(&table.rows[0]), ["I Khối Đảng"]);
    assert_eq!(table.group(&table.rows[3]), ["II Khối chính quyền"]);
    let expected = [
        (1, "title"),
        (2, "title"),
        (4, "header"),
        (5, "header"),
        (6, "numbering"),
        (7, "group"),
        (10, "group"),
        (12, "header_again"),
        (14, "only_numbered"),
        (15, "totals"),
        (17, "note"),
        (18, "note"),
        (19, "note"),
        (20, "note"),
    ];
    assert_eq!(skipped(&table), expected);
}

#[test]
fn a_header_of_two_rows_without_merged_cells_is_joined() {
    let sheet = sheet(&["TT|Họ tên|Trình độ|||Ghi chú", "|||Chuyên môn|LLCT|", "1|Trần A|ĐH|Luật|SC|", "2|Lê B|ĐH|Kế toán|TC|x"], &[]);
    let table = found(&sheet);
    assert_eq!(titles(&table), ["TT", "Họ tên", "Trình độ", "Trình độ / Chuyên môn", "Trình độ / LLCT", "Ghi chú"]);
    assert_eq!(data(&table), [3, 4]);
}

#[test]
fn groups_lie_in_groups() {
    let sheet = sheet(
        &[
            "TT|Họ tên|Năm sinh|Chức vụ",
            "A|CẤP HUYỆN||",
            "I|Phòng Nội vụ||",
            "1|Trần A|1980|TP",
            "II|Phòng Tư pháp||",
            "1|Lê B|1981|TP",
            "B|CẤP XÃ||",
            "1|Vũ C|1982|CT",
        ],
        &[],
    );
    let table = found(&sheet);
    let groups: Vec<_> = table.rows.iter().map(|row| table.group(row).join(" > ")).collect();
    assert_eq!(groups, ["A CẤP HUYỆN > I Phòng Nội vụ", "A CẤP HUYỆN > II Phòng Tư pháp", "B CẤP XÃ"]);
}

#[test]
fn a_group_merged_over_the_table_needs_no_sign() {
    let sheet = sheet(&["Họ tên|Năm sinh|Chức vụ|Đơn vị", "Hành chính|||", "Trần A|1980|TP|x", "Lê B|||"], &["A2:D2"]);
    let table = found(&sheet);
    assert_eq!((data(&table), table.group(&table.rows[0])), (vec![3, 4], ["Hành chính".to_owned()].as_slice()));
}

#[test]
fn a_value_merged_downwards_stands_in_every_row() {
    let sheet = sheet(&["TT|Họ tên|Đơn vị", "1|Trần A|Phòng Nội vụ", "2|Lê B|", "3|Vũ C|", "4|Đỗ D|Văn phòng"], &["C2:C4"]);
    let table = found(&sheet);
    let units: Vec<String> = table.rows.iter().map(|row| table.cell(row.row, 2).shown()).collect();
    assert_eq!(units, ["Phòng Nội vụ", "Phòng Nội vụ", "Phòng Nội vụ", "Văn phòng"]);
}

#[test]
fn names_of_fields_tell_the_header_from_other_rows() {
    let sheet = sheet(&["Đơn vị:|UBND xã|Kỳ:|Quý I|Biểu số:|01|x|y", "Mã|Tên lớp|Số tiết", "L01|Bồi dưỡng|40", "L02|Cập nhật|16"], &[]);
    let fields =
        [Field::new("code", &["Mã", "Mã lớp"], crate::fields::Kind::Text), Field::new("title", &["Tên lớp"], crate::fields::Kind::Text)];
    let (header, _) = header::best(&sheet, &Catalogue::new(&fields)).unwrap();
    assert_eq!(header, Header { first: 1, last: 1 });
}

#[test]
fn people_whose_names_look_like_totals_stay() {
    let sheet = sheet(&["TT|Họ tên|Năm sinh", "1|Tống Công|1980", "2|Cộng|1981", "|Tổng cộng: 2 người|"], &[]);
    assert_eq!(data(&found(&sheet)), [2, 3]);
}

#[test]
fn a_person_says_which_rows_are_data() {
    let sheet = sheet(&["TT|Họ tên|Năm sinh", "1|Trần A|1980", "|Tổng cộng|1"], &[]);
    let header = Header { first: 0, last: 0 };
    let choices = Choices { keep: [2].into(), skip: [1].into() };
    let table = Table::at(&sheet, header, &choices);
    assert_eq!((data(&table), skipped(&table)), (vec![3], vec![(1, "header"), (2, "chosen")]));
}

#[test]
fn an_example_is_nobody() {
    let sheet = sheet(
        &["TT|Họ và tên|Ngày sinh|Chức vụ", "Ví dụ|Hồ Thị Bình|31/03/1985|Chuyên viên", "|Lê Văn Cam|1990|Kế toán", "1|Đỗ Thị Ổi|1988|"],
        &[],
    );
    let table = found(&sheet);
    assert_eq!(data(&table), [3, 4]);
    assert_eq!(skipped(&table), [(1, "header"), (2, "example")]);
}

#[test]
fn a_person_of_whom_little_is_known_is_no_signature() {
    let head: Vec<String> = (1..40).map(|n| format!("Cột {n}")).collect();
    let head = format!("TT|{}", head.join("|"));
    let sheet =
        sheet(&[&head, "|M1|Hồ Thị Bình|1985|Nữ|Kinh|S1|Kế toán", "|M2|Lê Văn Cam|1990|Nam|Kinh|S1|Kế toán", "||Người lập|||Kế toán"], &[]);
    let table = found(&sheet);
    assert_eq!(data(&table), [2, 3]);
}
