//! Each kind of value as people write it: what is meant, what was repaired, what is wrong.

use domain::time::{date, parse};

use super::*;
use crate::fields::{Blanks, Choice};

const RULES: Rules = Rules { first_year: 1930, last_year: 2030, epoch: Epoch::Y1900 };

fn read_as(kind: Kind, cell: &Cell<'_>) -> Result<(Value, Vec<&'static str>), ProblemCode> {
    let reading = read(cell, &Field::new("f", &[], kind), &RULES)?;
    Ok((reading.value, reading.repaired.iter().map(|repair| repair.code()).collect()))
}

fn day(text: &str) -> Value {
    Value::Date(Dated::Day(parse(text).unwrap()))
}

const fn month(year: i32, month: u8) -> Value {
    Value::Date(Dated::Month { year, month })
}

const fn year(year: i32) -> Value {
    Value::Date(Dated::Year(year))
}

#[test]
fn dates_are_read_however_they_are_written() {
    for (cell, value, repairs) in [
        (Cell::Day(date(1985, 3, 2).unwrap()), day("02/03/1985"), vec![]),
        (Cell::Number(31_108.0), day("02/03/1985"), vec!["serial"]),
        (Cell::Number(31_108.5), day("02/03/1985"), vec!["serial"]),
        (Cell::Number(1985.0), year(1985), vec![]),
        (Cell::Number(3.1985), month(1985, 3), vec!["month_as_fraction"]),
        (Cell::Number(10.199), month(1990, 10), vec!["month_as_fraction"]),
        (Cell::Number(19_850_302.0), day("02/03/1985"), vec!["bare_date"]),
        (Cell::Text("02/03/1985"), day("02/03/1985"), vec![]),
        (Cell::Text("2-3-1985"), day("02/03/1985"), vec![]),
        (Cell::Text("02.03.1985"), day("02/03/1985"), vec![]),
        (Cell::Text("2 / 3 / 1985"), day("02/03/1985"), vec![]),
        (Cell::Text("1985-03-02"), day("02/03/1985"), vec![]),
        (Cell::Text("1985-03-02 00:00:00"), day("02/03/1985"), vec![]),
        (Cell::Text("1985-03-02T00:00:00"), day("02/03/1985"), vec![]),
        (Cell::Text("Ngày: 02/03/1985 07:30"), day("02/03/1985"), vec![]),
        (Cell::Text("'02/03/1985"), day("02/03/1985"), vec![]),
        (Cell::Text("ngày 02 tháng 3 năm 1985"), day("02/03/1985"), vec![]),
        (Cell::Text("2/3/85"), day("02/03/1985"), vec!["short_year"]),
        (Cell::Text("2/3/12"), day("02/03/2012"), vec!["short_year"]),
        (Cell::Text("02031985"), day("02/03/1985"), vec!["bare_date"]),
        (Cell::Text("2031985"), day("02/03/1985"), vec!["bare_date"]),
        (Cell::Text("31108"), day("02/03/1985"), vec!["serial"]),
        (Cell::Text("03/1985"), month(1985, 3), vec![]),
        (Cell::Text("1985-03"), month(1985, 3), vec![]),
        (Cell::Text("Tháng 3/1985"), month(1985, 3), vec![]),
        (Cell::Text("tháng 3 năm 1985"), month(1985, 3), vec![]),
        (Cell::Text("031985"), month(1985, 3), vec!["bare_date"]),
        (Cell::Text("1985"), year(1985), vec![]),
        (Cell::Text("năm 1985"), year(1985), vec![]),
        (Cell::Text("00/00/1985"), year(1985), vec!["unknown_day"]),
        (Cell::Text("0/3/1985"), month(1985, 3), vec!["unknown_day"]),
        (Cell::Text("?/?/1985"), year(1985), vec!["unknown_day"]),
        (Cell::Text("Không có"), Value::Empty, vec![]),
        (Cell::Number(0.0), Value::Empty, vec![]),
        (Cell::Text("--"), Value::Empty, vec![]),
    ] {
        assert_eq!(read_as(Kind::Date, &cell), Ok((value, repairs)), "{cell:?}");
    }
}

#[test]
fn a_date_that_cannot_be_is_told_with_the_way_out() {
    let range = ProblemCode::YearOutOfRange { first: 1930, last: 2030 };
    for (cell, problem) in [
        (Cell::Text("31/02/1985"), ProblemCode::NoSuchDay),
        (Cell::Text("03/25/1985"), ProblemCode::MonthFirst { suggested: "25/03/1985".to_owned() }),
        (Cell::Text("32/13/1985"), ProblemCode::NoSuchDay),
        (Cell::Text("13/1985"), ProblemCode::NotADate),
        (Cell::Text("năm ngoái"), ProblemCode::NotADate),
        (Cell::Text("1885"), range.clone()),
        (Cell::Text("02/03/2985"), range.clone()),
        (Cell::Number(3_000.0), range.clone()),
        (Cell::Number(-5.0), range),
        (Cell::Bool(true), ProblemCode::NotADate),
        (Cell::NoValue, ProblemCode::NoValue),
        (Cell::Error("#REF!"), ProblemCode::CellError),
    ] {
        assert_eq!(read_as(Kind::Date, &cell), Err(problem), "{cell:?}");
    }
}

#[test]
fn serial_numbers_follow_the_system_of_the_book() {
    let rules = Rules { epoch: Epoch::Y1904, ..RULES };
    let reading = read(&Cell::Number(29_646.0), &Field::new("f", &[], Kind::Date), &rules).unwrap();
    assert_eq!(reading.value, day("02/03/1985"));
}

#[test]
fn whole_numbers_come_from_numbers_and_texts() {
    let kind = || Kind::Integer { min: 0, max: 10_000 };
    for (cell, value, repairs) in [
        (Cell::Number(12.0), 12, vec![]),
        (Cell::Text("12"), 12, vec!["number_as_text"]),
        (Cell::Text("12,0"), 12, vec!["number_as_text"]),
        (Cell::Text("1.234"), 1234, vec!["grouped"]),
        (Cell::Text("1 234"), 1234, vec!["grouped"]),
        (Cell::Text("1.234,00"), 1234, vec!["grouped"]),
        (Cell::Number(0.0), 0, vec![]),
    ] {
        assert_eq!(read_as(kind(), &cell), Ok((Value::Integer(value), repairs)), "{cell:?}");
    }
    for (cell, problem) in [
        (Cell::Number(1.5), ProblemCode::NotWhole),
        (Cell::Text("12,5"), ProblemCode::NotWhole),
        (Cell::Text("mười"), ProblemCode::NotANumber),
        (Cell::Text("1.23.4"), ProblemCode::NotANumber),
        (Cell::Number(20_000.0), ProblemCode::OutOfRange { min: 0, max: 10_000 }),
        (Cell::Text("-3"), ProblemCode::OutOfRange { min: 0, max: 10_000 }),
    ] {
        assert_eq!(read_as(kind(), &cell), Err(problem), "{cell:?}");
    }
}

#[test]
fn names_keep_their_letters_and_get_their_capitals() {
    for (text, name, repairs) in [
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh", vec![]),
        ("  NGUYỄN   THỊ ÁNH ", "Nguyễn Thị Ánh", vec!["case"]),
        ("nguyễn thị ánh", "Nguyễn Thị Ánh", vec!["case"]),
        ("Nguyễn Thị ánh", "Nguyễn Thị Ánh", vec!["case"]),
        ("K'BRƠI", "K'Brơi", vec!["case"]),
        ("H'Hen Niê", "H'Hen Niê", vec![]),
        ("Lê A (Ba)", "Lê A (Ba)", vec![]),
        ("Y \"Bhar\" Niê", "Y \"Bhar\" Niê", vec![]),
        ("Hồ Thị “Ba”", "Hồ Thị “Ba”", vec![]),
    ] {
        assert_eq!(read_as(Kind::Name, &Cell::Text(text)), Ok((Value::Text(name.to_owned()), repairs)), "{text}");
    }
    for cell in [Cell::Text("Trần 2"), Cell::Number(5.0), Cell::Text("@#")] {
        assert_eq!(read_as(Kind::Name, &cell), Err(ProblemCode::NotAName));
    }
    assert_eq!(read_as(Kind::Name, &Cell::Garbled("NguyÔ")), Err(ProblemCode::FontEncoding));
    assert_eq!(read_as(Kind::Name, &Cell::Text("Nguy\u{fffd}n")), Err(ProblemCode::LostLetters));
}

#[test]
fn a_choice_is_found_by_its_names_and_near_ones_are_suggested() {
    let kind = || {
        Kind::Code(vec![
            Choice::new("so_cap", &["Sơ cấp", "SC"]),
            Choice::new("trung_cap", &["Trung cấp", "TC"]),
            Choice::new("cao_cap", &["Cao cấp", "Cử nhân"]),
            Choice::new("none", &["Không"]),
        ])
    };
    let code = |code: &str| Value::Code(code.to_owned());
    for (text, value, repairs) in [
        ("Trung cấp", code("trung_cap"), vec![]),
        ("TRUNG CAP", code("trung_cap"), vec![]),
        ("tc", code("trung_cap"), vec![]),
        ("Cao cấp (2019)", code("cao_cap"), vec![]),
        ("Không", code("none"), vec![]),
        ("trungg cấp", code("trung_cap"), vec!["spelling"]),
        ("-", Value::Empty, vec![]),
        ("0", Value::Empty, vec![]),
    ] {
        assert_eq!(read_as(kind(), &Cell::Text(text)), Ok((value, repairs)), "{text}");
    }
    for (text, near) in [("Đại học", vec![]), ("Cao cấp LLCT", vec!["cao_cap"]), ("x", vec![])] {
        let near = near.into_iter().map(str::to_owned).collect();
        assert_eq!(read_as(kind(), &Cell::Text(text)), Err(ProblemCode::UnknownChoice { near }), "{text}");
    }
}

#[test]
fn yes_and_no_have_many_signs() {
    for cell in [Cell::Text("x"), Cell::Text("X"), Cell::Text("Có"), Cell::Number(1.0), Cell::Bool(true), Cell::Text("✓")] {
        assert_eq!(read_as(Kind::YesNo, &cell), Ok((Value::YesNo(true), vec![])), "{cell:?}");
    }
    for cell in [Cell::Text("Không"), Cell::Number(0.0), Cell::Bool(false), Cell::Text("chưa")] {
        assert_eq!(read_as(Kind::YesNo, &cell), Ok((Value::YesNo(false), vec![])), "{cell:?}");
    }
    assert_eq!(read_as(Kind::YesNo, &Cell::Text("-")), Ok((Value::Empty, vec![])));
    assert_eq!(read_as(Kind::YesNo, &Cell::Text("có lẽ")), Err(ProblemCode::NotYesNo));
}

#[test]
fn numbers_of_citizens_get_their_lost_zeros_back() {
    let new = |digits: &str| Value::Citizen(Citizen::New(digits.to_owned()));
    let old = |digits: &str| Value::Citizen(Citizen::Old(digits.to_owned()));
    for (cell, value, repairs) in [
        (Cell::Text("079185000123"), new("079185000123"), vec![]),
        (Cell::Text("079 185 000 123"), new("079185000123"), vec![]),
        (Cell::Number(79_185_000_123.0), new("079185000123"), vec!["lost_zeros"]),
        (Cell::Number(1_185_000_123.0), new("001185000123"), vec!["lost_zeros"]),
        (Cell::Text("250123456"), old("250123456"), vec![]),
        (Cell::Number(12_345_678.0), old("012345678"), vec!["lost_zeros"]),
    ] {
        assert_eq!(read_as(Kind::CitizenNumber, &cell), Ok((value, repairs)), "{cell:?}");
    }
    for (cell, problem) in [
        (Cell::Text("7.9185E+10"), ProblemCode::LostDigits),
        (Cell::Text("07918500012"), ProblemCode::CitizenNumber { digits: 11 }),
        (Cell::Text("12345"), ProblemCode::CitizenNumber { digits: 5 }),
        (Cell::Text("079185OOO123"), ProblemCode::CitizenNumber { digits: 9 }),
        (Cell::Text("979185000123"), ProblemCode::CitizenNumber { digits: 12 }),
    ] {
        assert_eq!(read_as(Kind::CitizenNumber, &cell), Err(problem), "{cell:?}");
    }
}

#[test]
fn codes_keep_their_zeros() {
    for (cell, digits, text, repairs) in [
        (Cell::Text("00123"), None, "00123", vec![]),
        (Cell::Text("12E-5"), None, "12E-5", vec![]),
        (Cell::Number(123.0), Some(5), "00123", vec!["lost_zeros"]),
        (Cell::Number(123.0), None, "123", vec!["text_as_number"]),
        (Cell::Text("123"), Some(5), "00123", vec!["lost_zeros"]),
        (Cell::Text("A-12"), Some(5), "A-12", vec![]),
    ] {
        assert_eq!(read_as(Kind::Key { digits }, &cell), Ok((Value::Text(text.to_owned()), repairs)), "{cell:?}");
    }
    assert_eq!(read_as(Kind::Key { digits: Some(2) }, &Cell::Number(123.0)), Err(ProblemCode::TooManyDigits { digits: 2 }));
}

#[test]
fn nothing_is_a_problem_only_where_something_is_needed() {
    let needed = Field::new("f", &[], Kind::Text).required();
    assert_eq!(read(&Cell::Text(" - "), &needed, &RULES), Err(ProblemCode::Required));
    let text = Field::new("f", &[], Kind::Text);
    assert_eq!(read(&Cell::Text("Không"), &text, &RULES).unwrap().value, Value::Text("Không".to_owned()));
    assert_eq!(read(&Cell::Text("Không"), &text.blanks(Blanks::Words), &RULES).unwrap().value, Value::Empty);
}

#[test]
fn text_that_was_kept_as_a_number_is_told() {
    assert_eq!(read_as(Kind::Text, &Cell::Number(12.0)), Ok((Value::Text("12".to_owned()), vec!["text_as_number"])));
    let cell = Cell::Day(date(2024, 3, 2).unwrap());
    assert_eq!(read_as(Kind::Text, &cell), Ok((Value::Text("02/03/2024".to_owned()), vec!["text_as_number"])));
}

#[test]
fn a_year_typed_into_a_cell_of_days_is_a_year_again() {
    for (day, value, repairs) in [
        ((1905, 6, 1), Dated::Year(1979), vec!["year_as_day"]),
        ((1905, 6, 29), Dated::Year(2007), vec!["year_as_day"]),
        ((1985, 3, 2), Dated::Day(date(1985, 3, 2).unwrap()), vec![]),
        ((1931, 6, 1), Dated::Day(date(1931, 6, 1).unwrap()), vec![]),
    ] {
        let cell = Cell::Day(date(day.0, day.1, day.2).unwrap());
        assert_eq!(read_as(Kind::Date, &cell), Ok((Value::Date(value), repairs)), "{day:?}");
    }
}

#[test]
fn texts_that_a_cell_cannot_tell_apart_are_read_alike() {
    for (text, read) in [("hai\ndòng", "hai dòng"), ("  a   b ", "a b"), ("'012", "012"), ("Út 'Tư'", "Út 'Tư'")] {
        assert_eq!(as_read(text), read);
    }
}
