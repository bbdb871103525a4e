//! Rules of results as tables and laws, and what is read from pasted sheets.
//! Not for: the numbers of the law.

use proptest::prelude::*;

use super::pasted::{Known, cells, read};
use super::*;
use crate::ids::OfficialId;

fn points(hundredths: i64) -> Points {
    Points::of_hundredths(hundredths).unwrap()
}

fn graded(first: Option<i64>, again: Option<i64>) -> Attempts {
    Attempts([first.map(points), again.map(points)])
}

const SHARE: Share = Share { attended: 36, held: 40 };

fn rule() -> Rule {
    Rule { share: Some(80), pass: Some(points(500)), retries: Some(1) }
}

#[test]
fn a_grade_is_read_with_comma_or_point_and_never_rounded() {
    let table = [
        ("7", Ok(700)),
        (" 7,5 ", Ok(750)),
        ("7.25", Ok(725)),
        ("07,50", Ok(750)),
        ("10", Ok(1_000)),
        ("10,00", Ok(1_000)),
        ("0", Ok(0)),
        ("10,01", Err(PointsFault::OutOfScale)),
        ("85", Err(PointsFault::OutOfScale)),
        ("-1", Err(PointsFault::OutOfScale)),
        ("99999999999999999999", Err(PointsFault::OutOfScale)),
        ("7,255", Err(PointsFault::TooFine)),
        ("7,250", Ok(725)),
        ("", Err(PointsFault::NotANumber)),
        ("7,", Err(PointsFault::NotANumber)),
        (",5", Err(PointsFault::NotANumber)),
        ("7,5,5", Err(PointsFault::NotANumber)),
        ("vắng", Err(PointsFault::NotANumber)),
        ("-", Err(PointsFault::NotANumber)),
        ("7 5", Err(PointsFault::NotANumber)),
    ];
    for (text, expected) in table {
        assert_eq!(Points::parse(text).map(|points| i64::from(points.hundredths())), expected, "{text}");
    }
    assert_eq!(
        (points(700).text(','), points(750).text('.'), points(705).text(',')),
        ("7".to_owned(), "7.5".to_owned(), "7,05".to_owned())
    );
}

#[test]
fn an_outcome_is_proposed_with_every_reason() {
    let low = Share { attended: 31, held: 40 };
    let table = [
        (SHARE, vec![(1, graded(Some(500), None))], rule(), Some(Outcome::Finished), "enough_share all_passed"),
        (SHARE, vec![(1, graded(Some(499), None))], rule(), Some(Outcome::Failed), "enough_share below_pass"),
        (SHARE, vec![(1, graded(Some(300), Some(500)))], rule(), Some(Outcome::Finished), "enough_share all_passed"),
        (
            SHARE,
            vec![(1, graded(None, None)), (1, graded(Some(400), None))],
            rule(),
            Some(Outcome::Failed),
            "enough_share no_grade below_pass",
        ),
        (low, vec![(1, graded(Some(900), None))], rule(), Some(Outcome::Failed), "low_share all_passed"),
        (SHARE, vec![], rule(), Some(Outcome::Finished), "enough_share"),
        (Share::default(), vec![(0, graded(Some(800), None))], rule(), Some(Outcome::Finished), "all_passed"),
        (Share::default(), vec![], rule(), None, "nothing_kept"),
        (SHARE, vec![], Rule { share: None, ..rule() }, None, "share_unknown"),
        (SHARE, vec![(1, graded(Some(900), None))], Rule { pass: None, ..rule() }, None, "enough_share pass_unknown"),
        (low, vec![(1, graded(Some(900), None))], Rule { pass: None, ..rule() }, Some(Outcome::Failed), "low_share pass_unknown"),
    ];
    for (share, works, rule, outcome, reasons) in table {
        let found = propose(share, &works, &rule);
        let codes = found.reasons.iter().map(Reason::code).collect::<Vec<_>>().join(" ");
        assert_eq!((found.outcome, codes.as_str()), (outcome, reasons), "{works:?}");
        assert!(found.reasons.iter().all(|reason| Reason::CODES.contains(&reason.code())));
    }
}

#[test]
fn the_mean_is_weighted_and_rounded_once() {
    let mean = |works: &[(i32, Attempts)]| overall(works).map(|points| points.hundredths());
    assert_eq!(mean(&[(1, graded(Some(700), None)), (2, graded(Some(800), None))]), Some(767), "7,666…");
    assert_eq!(mean(&[(1, graded(Some(700), None)), (1, graded(Some(705), None))]), Some(703), "half up");
    assert_eq!(mean(&[(1, graded(Some(600), None)), (0, graded(None, None))]), Some(600), "what does not count is not waited for");
    assert_eq!(mean(&[(1, graded(Some(600), None)), (1, graded(None, None))]), None);
    assert_eq!(mean(&[(0, graded(Some(600), None))]), None, "nothing counts");
    assert_eq!(mean(&[(1, graded(Some(300), Some(650)))]), Some(650), "the best attempt");
}

#[test]
fn a_work_is_repeated_once_and_only_when_it_was_not_passed() {
    assert_eq!(graded(None, Some(600)).fault(&rule()), Some(GradeFault::NoFirst));
    assert_eq!(graded(Some(500), Some(600)).fault(&rule()), Some(GradeFault::PassedAlready));
    assert_eq!(graded(Some(499), Some(600)).fault(&rule()), None);
    assert_eq!(graded(Some(499), Some(600)).fault(&Rule { retries: Some(0), ..rule() }), Some(GradeFault::NoMoreAttempts));
    assert_eq!(graded(Some(800), None).fault(&rule()), None);
}

#[test]
fn works_have_names_of_their_own() {
    let work = |name: &str, weight| Work { name: name.to_owned(), kind: WorkKind::Test, weight };
    assert_eq!(work_faults(&[work("Bài 1", 1), work("Tiểu luận", 2)]), []);
    let odd = [work(" ", 1), work("Bài 1", -1), work("BAI 1", 101)];
    assert_eq!(work_faults(&odd), [(0, WorkFault::BadName), (1, WorkFault::OddWeight), (2, WorkFault::Twice), (2, WorkFault::OddWeight)]);
}

fn people() -> Vec<Known> {
    let known = |id: i64, name: &str| Known { official: OfficialId(id), code: format!("HT00{id}"), name: name.to_owned() };
    vec![known(1, "Nguyễn Văn An"), known(2, "Trần Thị Bình"), known(3, "Lê Văn Cường"), known(4, "Lê Văn Cường")]
}

/// Grades as `who work/attempt grade`, faults as `line:column code`.
fn told(text: &str) -> (Vec<String>, Vec<String>) {
    let works = ["Bài kiểm tra".to_owned(), "Tiểu luận".to_owned()];
    let pasted = read(&cells(text), &people(), &works, 0);
    let entry = |entry: &super::pasted::Entry| format!("{} {}/{} {}", entry.official, entry.work, entry.attempt, entry.points.text(','));
    let wrong = |wrong: &super::pasted::Wrong| format!("{}:{} {}", wrong.line, wrong.column, wrong.fault);
    (pasted.entries.iter().map(entry).collect(), pasted.wrong.iter().map(wrong).collect())
}

#[test]
fn lines_are_read_by_code_or_name_with_and_without_a_head() {
    let (entries, wrong) = told("HT001\t7,5\t8\nTran thi binh\t6.25\n\nHT003\tLê Văn Cường\t\t9\n");
    assert_eq!(entries, ["1 0/0 7,5", "1 1/0 8", "2 0/0 6,25", "3 1/0 9"]);
    assert_eq!(wrong, Vec::<String>::new());
    let (entries, wrong) =
        told("BẢNG ĐIỂM\nSTT\tMã cán bộ\tHọ và tên\tTiểu luận\tBài kiểm tra\tBài kiểm tra (2)\n1\tHT001\tNguyễn Văn An\t8\t4\t6,5");
    assert_eq!((entries, wrong), (vec!["1 1/0 8".to_owned(), "1 0/0 4".to_owned(), "1 0/1 6,5".to_owned()], vec![]));
}

#[test]
fn everything_wrong_is_told_at_its_line_and_column_and_the_rest_is_read() {
    let text = "HT001\tbảy\t8\nHT999\t7\t7\nLê Văn Cường\t5\t5\nHT002\t11\t7,255\t4\nHT001\t9";
    let (entries, wrong) = told(text);
    assert_eq!(entries, ["1 1/0 8", "1 0/0 9"]);
    let expected =
        ["1:2 not_a_number", "2:1 unknown_person", "3:1 several_people", "4:2 out_of_scale", "4:3 too_fine", "4:4 no_work", "5:1 twice"];
    assert_eq!(wrong, expected);
    assert_eq!(told(" \n\t\n").1, ["1:1 empty"]);
    let unknown = told("Mã\tBài kiểm tra\tThuyết trình\nHT001\t7\t8");
    assert_eq!(unknown, (vec!["1 0/0 7".to_owned()], vec!["1:3 no_work".to_owned()]));
    let near = read(&cells("Nguyễn Văn Ân B\t7"), &people(), &["Bài".to_owned()], 0);
    assert_eq!(near.wrong[0].near.as_ref().map(|(code, _)| code.as_str()), Some("HT001"), "an accent or a letter more");
}

fn attempts() -> impl Strategy<Value = Attempts> {
    let grade = || prop::option::of((0..=1_000_i64).prop_map(points));
    (grade(), grade()).prop_map(|(first, again)| Attempts([first, again]))
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(hundredths in 0..=1_000_i64) {
        for mark in [',', '.'] {
            prop_assert_eq!(Points::parse(&points(hundredths).text(mark)), Ok(points(hundredths)));
        }
    }

    #[test]
    fn a_mean_lies_between_the_worst_and_the_best_whatever_the_order(
        works in prop::collection::vec((1..=100_i32, (0..=1_000_i64).prop_map(|n| graded(Some(n), None))), 1..20),
    ) {
        let mean = overall(&works).unwrap();
        let grades = || works.iter().filter_map(|(_, attempts)| attempts.best());
        prop_assert!(grades().min().unwrap() <= mean && mean <= grades().max().unwrap());
        let backwards: Vec<_> = works.iter().rev().copied().collect();
        prop_assert_eq!(overall(&backwards), Some(mean));
    }

    #[test]
    fn another_attempt_never_makes_it_worse(first in attempts(), again in (0..=1_000_i64).prop_map(points)) {
        let more = Attempts([first.0[0], Some(again).max(first.0[1])]);
        prop_assert!(more.best() >= first.best());
        let outcome = |attempts| propose(SHARE, &[(1, attempts)], &rule()).outcome;
        prop_assert!(outcome(first) != Some(Outcome::Finished) || outcome(more) == Some(Outcome::Finished));
    }

    #[test]
    fn any_text_is_read_without_losing_a_line(text in "[\\PC\t\n;,.0-9]{0,200}") {
        let works = ["Bài".to_owned()];
        let rows = cells(&text);
        let pasted = read(&rows, &people(), &works, 0);
        let spoken: Vec<usize> = pasted.wrong.iter().map(|wrong| wrong.line).collect();
        for (line, row) in (1..).zip(&rows).filter(|(_, row)| row.iter().any(|cell| !cell.is_empty())) {
            let is_known = people().iter().any(|known| row.iter().any(|cell| cell.eq_ignore_ascii_case(&known.code) || crate::text::fold(cell) == crate::text::fold(&known.name)));
            prop_assert!(is_known || spoken.contains(&line), "line {line} of {text:?}");
        }
    }
}
