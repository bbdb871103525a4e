//! Titles as people write them find their fields, and a person's word is remembered.

use super::*;
use crate::fields::{Choice, Kind};

fn columns(titles: &[&str]) -> Vec<Column> {
    (0..)
        .zip(titles)
        .map(|(column, title)| Column { column, parts: title.split(" / ").filter(|part| !part.is_empty()).map(str::to_owned).collect() })
        .collect()
}

fn fields() -> Vec<Field> {
    let gender = vec![Choice::new("male", &["Nam"]), Choice::new("female", &["Nữ"])];
    let level =
        vec![Choice::new("so_cap", &["Sơ cấp"]), Choice::new("trung_cap", &["Trung cấp"]), Choice::new("cao_cap", &["Cao cấp", "Cử nhân"])];
    vec![
        Field::new("name", &["Họ và tên", "Họ tên", "Họ và tên cán bộ, công chức"], Kind::Name).required(),
        Field::new("born", &["Ngày sinh", "Ngày tháng năm sinh", "Năm sinh"], Kind::Date).required(),
        Field::new("gender", &["Giới tính"], Kind::Code(gender)),
        Field::new("theory", &["Lý luận chính trị", "Trình độ lý luận chính trị"], Kind::Code(level)),
        Field::new("unit", &["Đơn vị công tác", "Đơn vị"], Kind::Text),
        Field::new("major", &["Chuyên ngành", "Trình độ chuyên môn / Chuyên ngành"], Kind::Text),
        Field::new("course", &["Lớp bồi dưỡng"], Kind::Text).many(),
    ]
}

#[test]
fn a_title_finds_its_field_however_it_is_written() {
    for (title, field, why) in [
        ("HỌ VÀ TÊN", "name", Why::Same),
        ("Ho va ten", "name", Why::Same),
        ("Họ, tên", "name", Why::Same),
        ("Họ và tên (in hoa)", "name", Why::SameButRemark),
        ("Tên, họ", "name", Why::SameWords),
        ("Ngày, tháng, năm sinh*", "born", Why::Same),
        ("Đơn vị công tcác", "unit", Why::Typo),
        ("Trình độ / Chuyên ngành", "major", Why::LowerLevel),
        ("Đơn vị công tác hiện nay", "unit", Why::Part),
    ] {
        let mapping = Mapping::of(&columns(&[title]), &fields());
        let found = mapping.matched.first().map(|matched| (matched.field.as_str(), matched.why));
        assert_eq!(found, Some((field, why)), "{title}");
    }
    for title in ["", "Ghi chú", "Tên", "Ngày vào Đảng", "STT", "Năm tuyển dụng"] {
        assert_eq!(Mapping::of(&columns(&[title]), &fields()).matched, [], "{title}");
    }
}

#[test]
fn a_column_has_one_field_and_a_field_one_column_unless_it_has_many() {
    let columns = columns(&["Họ tên", "Họ và tên", "Lớp bồi dưỡng", "Lớp bồi dưỡng"]);
    let mapping = Mapping::of(&columns, &fields());
    let found: Vec<_> = mapping.matched.iter().map(|matched| (matched.column, matched.field.as_str())).collect();
    assert_eq!(found, [(0, "name"), (2, "course"), (3, "course")]);
    assert_eq!(mapping.unmatched, [1]);
    assert_eq!(mapping.missing, ["born"]);
}

#[test]
fn a_choice_under_a_field_is_a_column_of_marks() {
    let columns = columns(&["Lý luận chính trị / Trung cấp", "Lý luận chính trị / Cao cấp", "Năm sinh / Nam", "Năm sinh / Nữ"]);
    let mapping = Mapping::of(&columns, &fields());
    let found: Vec<_> = mapping
        .matched
        .iter()
        .map(|matched| (matched.field.as_str(), matched.choice.as_deref(), matched.also.as_ref().map(|also| also.choice.as_str())))
        .collect();
    let expected = [
        ("theory", Some("trung_cap"), None),
        ("theory", Some("cao_cap"), None),
        ("born", None, Some("male")),
        ("born", None, Some("female")),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_person_has_the_last_word() {
    let columns = columns(&["Họ tên", "Tên gọi khác", "Sinh"]);
    let mut mapping = Mapping::of(&columns, &fields());
    mapping.choose(&columns, &fields(), 1, Some(("name", None)));
    mapping.choose(&columns, &fields(), 2, Some(("born", None)));
    assert_eq!(mapping.columns_of("name").map(|matched| matched.column).collect::<Vec<_>>(), [1]);
    assert_eq!((mapping.missing.len(), mapping.unmatched.as_slice()), (0, [0].as_slice()));
    mapping.choose(&columns, &fields(), 2, None);
    assert_eq!(mapping.missing, ["born"]);
}

#[test]
fn what_a_person_said_is_remembered_for_the_next_file() {
    let first = columns(&["Họ tên", "Sinh", "Đơn vị", "Lý luận chính trị / Cao cấp"]);
    let mut mapping = Mapping::of(&first, &fields());
    mapping.choose(&first, &fields(), 1, Some(("born", None)));
    mapping.choose(&first, &fields(), 2, None);
    let text = Saved::of(&mapping, &first).to_json().unwrap();
    assert!(text.starts_with(r#"{"version":1,"fingerprint":""#), "{text}");
    let saved = Saved::from_json(&text).unwrap();
    assert_eq!(saved.to_json().unwrap(), text);
    // The next file: other order, other case, one column more.
    let next = columns(&["SINH", "Họ Tên", "Giới tính", "Đơn vị", "Lý luận chính trị / Cao cấp"]);
    assert!(saved.is_for(&columns(&["HO TEN", "sinh", "don vi", "Ly luan chinh tri / Cao cap"])) && !saved.is_for(&next));
    let again = saved.apply(&next, &fields());
    let found: Vec<_> = again.matched.iter().map(|matched| (matched.column, matched.field.as_str(), matched.why)).collect();
    let expected = [(0, "born", Why::Remembered), (1, "name", Why::Remembered), (2, "gender", Why::Same), (4, "theory", Why::Remembered)];
    assert_eq!(found, expected);
    assert_eq!(again.unmatched, [3]);
}

#[test]
fn a_mapping_of_another_form_is_refused() {
    assert!(matches!(Saved::from_json(r#"{"version":9,"fingerprint":"","columns":[]}"#), Err(NotSaved::Version(9))));
    assert!(matches!(Saved::from_json("[]"), Err(NotSaved::Unreadable(_))));
}
