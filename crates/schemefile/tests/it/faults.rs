//! Every mistake an officer can make, with the line, column and field it is reported at.
//! Not for: files without mistakes.

use schemefile::{Fault, parse};

/// A small right file; the cases spoil one place of it.
const FILE: &str = r#"code = "tinh-a-2024"
type = "KH"
title = { vi = "Kế hoạch", en = "Plan" }
issuer = { vi = "UBND tỉnh", en = "Province" }
signed_on = "27/09/2024"
phase = { from = "01/01/2024", to = "31/12/2026" }
actors = [
  { code = "so-noi-vu", title = { vi = "Sở Nội vụ", en = "Home Affairs" } },
  { code = "ubnd-xa", title = { vi = "UBND xã", en = "Communes" } },
]

[[targets]]
code = "T1"
section = "II"
title = { vi = "Một phần năm", en = "A fifth" }
phase = { from = "01/01/2024", to = "31/12/2026" }
class_size = 40
threshold = { at_least = 20 }
[targets.measure]
kind = "share_of_people"
of = { staff = ["cong_chuc"], frozen_on = "31/01/2024" }
did = { trained = { topics = ["A.1"] } }

[[targets]]
code = "T2"
section = "II"
title = { vi = "Ba lớp", en = "Three classes" }
phase = { from = "01/01/2024", to = "31/12/2026" }
recurrence = "yearly"
threshold = { between = [3, 5] }
inner = { events = { forms = ["class"] }, at_least = 1 }
[targets.measure]
kind = "count_of_events"
events = { forms = ["class"], size = [40, 50] }

[[topics]]
code = "A.1"
section = "PL"
area = { vi = "A", en = "A" }
title = { vi = "Đất đai", en = "Land" }
lead = "so-noi-vu"

[[tasks]]
code = "V.1"
section = "V.1"
title = { vi = "Báo cáo", en = "Report" }
lead = ["so-noi-vu"]
due = { yearly = { month = 12, within = { from = "01/01/2024", to = "31/12/2026" } } }
"#;

fn faults(from: &str, to: &str) -> Vec<Fault> {
    assert_eq!(FILE.matches(from).count(), 1, "spoils exactly one place: {from}");
    parse(&FILE.replacen(from, to, 1)).expect_err(to)
}

fn places(faults: &[Fault]) -> Vec<(&str, usize, usize, &str)> {
    faults.iter().map(|f| (f.code, f.line, f.column, f.field.as_str())).collect()
}

#[test]
fn the_unspoilt_file_reads() {
    assert_eq!(parse(FILE).unwrap().targets.len(), 2);
}

#[test]
fn a_mistake_in_the_head_or_a_list_is_reported_at_its_place() {
    let cases = [
        ("type = \"KH\"", "type = \"KH", ("syntax", 2, 11, "")),
        ("type = \"KH\"", "type = \"KH\"\ntype = \"ĐA\"", ("duplicate_field", 3, 1, "")),
        ("signed_on =", "signed_no =", ("unknown_field", 5, 1, "signed_no")),
        ("signed_on = \"27/09/2024\"", "signed_on = \"31/09/2024\"", ("impossible_date", 5, 13, "signed_on")),
        ("signed_on = \"27/09/2024\"", "signed_on = 2024", ("wrong_type", 5, 13, "signed_on")),
        ("type = \"KH\"", "type = \" \"", ("empty_text", 2, 8, "type")),
        ("code = \"tinh-a-2024\"", "code = \"Tỉnh A\"", ("bad_code", 1, 8, "code")),
        ("title = { vi = \"Kế hoạch\", en = \"Plan\" }\n", "", ("missing_field", 1, 1, "title")),
        ("{ vi = \"Kế hoạch\", en = \"Plan\" }", "{ vi = \"Kế hoạch\" }", ("missing_field", 3, 9, "title.en")),
        ("code = \"ubnd-xa\"", "code = \"so-noi-vu\"", ("duplicate_code", 9, 12, "actors[1].code")),
        ("code = \"A.1\"", "code = \"Đ.1\"", ("bad_code", 37, 8, "topics[0].code")),
        ("lead = \"so-noi-vu\"", "lead = \"so-noi-vụ\"", ("unknown_actor", 41, 8, "topics[0].lead")),
        ("lead = [\"so-noi-vu\"]", "lead = [\"so-noi-vu\", \"so-y-te\"]", ("unknown_actor", 47, 22, "tasks[0].lead[1]")),
        ("lead = [\"so-noi-vu\"]", "lead = []", ("empty_list", 47, 8, "tasks[0].lead")),
        ("month = 12", "month = 13", ("bad_number", 48, 28, "tasks[0].due.yearly.month")),
        ("due = { yearly", "due = { by = \"31/12/2024\", yearly", ("too_many_fields", 48, 7, "tasks[0].due")),
    ];
    for (from, to, place) in cases {
        let found = faults(from, to);
        assert!(places(&found).contains(&place), "{to}: {:?}", places(&found));
    }
}

#[test]
fn a_mistake_in_a_target_is_reported_at_its_place() {
    let cases = [
        ("staff = [\"cong_chuc\"]", "stuff = [\"cong_chuc\"]", ("unknown_field", 21, 8, "targets[0].measure.of.stuff")),
        ("[\"cong_chuc\"]", "[\"vien_chuc\", \"cong_chuoc\"]", ("unknown_code", 21, 30, "targets[0].measure.of.staff[1]")),
        ("frozen_on = \"31/01/2024\"", "frozen_on = \"30/02/2024\"", ("impossible_date", 21, 43, "targets[0].measure.of.frozen_on")),
        ("frozen_on = \"31/01/2024\"", "frozen_on = \"01/01/2027\"", ("bad_frozen_date", 21, 43, "targets[0].measure.of.frozen_on")),
        ("frozen_on = \"31/01/2024\"", "from_age = 50, under_age = 45", ("bad_range", 21, 58, "targets[0].measure.of.under_age")),
        ("topics = [\"A.1\"]", "topics = [\"A.2\"]", ("unknown_topic", 22, 31, "targets[0].measure.did.trained.topics[0]")),
        ("topics = [\"A.1\"]", "topics = \"all\"", ("wrong_type", 22, 30, "targets[0].measure.did.trained.topics")),
        ("did = { trained = { topics = [\"A.1\"] } }", "did = {}", ("missing_field", 22, 7, "targets[0].measure.did")),
        ("\"share_of_people\"", "\"share_of_peple\"", ("unknown_code", 20, 8, "targets[0].measure.kind")),
        ("at_least = 20", "at_least = 120", ("bad_threshold", 18, 26, "targets[0].threshold.at_least")),
        ("at_least = 20", "at_least = 20.125", ("bad_threshold", 18, 26, "targets[0].threshold.at_least")),
        ("at_least = 20", "yes = true", ("bad_threshold", 18, 13, "targets[0].threshold")),
        ("class_size = 40", "class_size = 0", ("bad_number", 17, 14, "targets[0].class_size")),
        ("between = [3, 5]", "between = [5, 3]", ("bad_threshold", 30, 25, "targets[1].threshold.between")),
        ("between = [3, 5]", "at_least = 2.5", ("wrong_type", 30, 26, "targets[1].threshold.at_least")),
        ("inner = { events", "inner = { records", ("bad_inner", 31, 9, "targets[1].inner")),
        ("size = [40, 50]", "size = [50, 40]", ("bad_range", 34, 38, "targets[1].measure.events.size")),
        ("recurrence = \"yearly\"", "recurrence = \"year\"", ("unknown_code", 29, 14, "targets[1].recurrence")),
        ("code = \"T2\"", "code = \"T1\"", ("duplicate_code", 25, 8, "targets[1].code")),
    ];
    for (from, to, place) in cases {
        let found = faults(from, to);
        assert!(places(&found).contains(&place), "{to}: {:?}", places(&found));
    }
}

#[test]
fn a_period_must_end_after_it_starts_and_lie_within_the_document() {
    let third = FILE.replacen(
        "phase = { from = \"01/01/2024\", to = \"31/12/2026\" }",
        "phase = { from = \"01/01/2025\", to = \"31/12/2024\" }",
        1,
    );
    assert_eq!(places(&parse(&third).unwrap_err()), [("empty_interval", 6, 9, "phase")]);
    let narrow = FILE.replacen(
        "phase = { from = \"01/01/2024\", to = \"31/12/2026\" }",
        "phase = { from = \"01/02/2024\", to = \"31/12/2026\" }",
        1,
    );
    assert_eq!(
        places(&parse(&narrow).unwrap_err()),
        [("outside_phase", 16, 9, "targets[0].phase"), ("outside_phase", 28, 9, "targets[1].phase")]
    );
}

#[test]
fn all_mistakes_are_reported_at_once_in_the_order_of_the_file() {
    let spoilt = FILE
        .replacen("signed_on = \"27/09/2024\"", "signed_on = \"31/09/2024\"", 1)
        .replacen("at_least = 20", "at_least = 120", 1)
        .replacen("lead = \"so-noi-vu\"", "lead = \"so-noi\"", 1);
    let found = parse(&spoilt).unwrap_err();
    assert_eq!(
        found.iter().map(|f| (f.line, f.code)).collect::<Vec<_>>(),
        [(5, "impossible_date"), (18, "bad_threshold"), (41, "unknown_actor")]
    );
}

#[test]
fn a_message_says_what_was_read_what_is_allowed_and_how_to_put_it_right() {
    let found = faults("[\"cong_chuc\"]", "[\"công chức\"]");
    let fault = found.first().unwrap();
    assert_eq!(
        fault.message_vi,
        "Không có mã `công chức`. Có phải ý định viết `cong_chuc`? Các mã được dùng: `can_bo`, `cong_chuc`, `vien_chuc`, `khong_chuyen_trach`."
    );
    assert_eq!(
        fault.message_en,
        "There is no code `công chức`. Did you mean `cong_chuc`? Allowed codes: `can_bo`, `cong_chuc`, `vien_chuc`, `khong_chuyen_trach`."
    );
    let found = faults("section = \"II\"\ntitle = { vi = \"Ba lớp\"", "title = { vi = \"Ba lớp\"");
    assert_eq!(found.first().unwrap().message_vi, "Thiếu trường `section`. Thêm vào, ví dụ: section = \"…\"");
    let found = faults("code = \"T2\"", "code = \"T1\"");
    assert_eq!(found.first().unwrap().message_en, "The code `T1` is already used on line 13; each code stands once.");
}

#[test]
fn percentages_and_dates_may_be_written_the_ways_officers_write_them() {
    for (from, to) in [
        ("at_least = 20", "at_least = 20.0"),
        ("at_least = 20", "at_least = \"20\""),
        ("at_least = 20", "at_least = \"20,00 %\""),
        ("signed_on = \"27/09/2024\"", "signed_on = 2024-09-27"),
        ("signed_on = \"27/09/2024\"", "signed_on = \"2024-09-27\""),
        ("staff = [\"cong_chuc\"]", "staff = \"cong_chuc\""),
    ] {
        assert_eq!(parse(&FILE.replacen(from, to, 1)).unwrap(), parse(FILE).unwrap(), "{to}");
    }
}

#[test]
fn text_that_is_no_file_at_all_is_refused_without_panic() {
    for text in [
        "",
        "\u{0}",
        "[[",
        "a = [[[[",
        "= 1",
        "[targets]\nx = 1",
        "targets = 3",
        "code = 1979-05-27T07:32:00Z",
        "title = \"\"\"",
        "\u{feff}code = \"a\"",
    ] {
        assert!(!parse(text).unwrap_err().is_empty(), "{text:?}");
    }
}
