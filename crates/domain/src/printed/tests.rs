//! Rules of recomputation on tables small enough to check by hand.
//! Not for: the printed tables of a real document; those are proven beside their file in `schemefile`.

use super::*;

fn words(text: &str) -> Title {
    Title { vi: text.into(), en: text.into() }
}

fn head(key: &str) -> Head {
    Head { key: key.into(), label: words(key) }
}

fn row(key: &str, counts: &[i64], percents: &[&str]) -> PrintedRow {
    let cells =
        counts.iter().enumerate().map(|(i, n)| PrintedCell { count: Some(*n), percent: percents.get(i).and_then(|p| Percent::parse(p)) });
    PrintedRow { head: head(key), cells: cells.collect() }
}

/// Two groups with one wrong row total and one wrong share.
fn sample() -> PrintedTable {
    PrintedTable {
        id: "1".into(),
        title: words("t"),
        unit: words("u"),
        columns: vec![head(TOTAL), head("a"), head("b")],
        rows: vec![
            row("x", &[10, 4, 6], &["100", "40", "60"]),
            row("y", &[21, 7, 13], &["100", "33", "66"]),
            row(TOTAL, &[30, 11, 19], &[]),
        ],
    }
}

fn check(recompute: Recompute) -> Check {
    Check { id: "I".into(), place: words("p"), recompute, remark: words("r"), choice: words("c") }
}

fn terms(row: Option<&str>, column: Option<&str>) -> Vec<Term> {
    vec![Term { times: 1, cells: Some(Cells { table: "1".into(), row: row.map(Into::into), column: column.map(Into::into) }) }]
}

/// Places that disagree, and the difference.
fn wrong(recompute: Recompute) -> Vec<(String, String)> {
    examine(&[sample()], &[check(recompute)])
        .into_iter()
        .filter(|f| !f.consistent)
        .map(|f| (f.place.vi.clone(), f.difference.text(true)))
        .collect()
}

#[test]
fn a_row_that_does_not_add_up_is_named_with_its_difference() {
    assert_eq!(wrong(Recompute::RowSums { table: "1".into() }), [("p: y".to_owned(), "−1".to_owned())]);
}

#[test]
fn columns_are_added_down_including_the_column_of_totals() {
    assert_eq!(wrong(Recompute::ColumnSums { table: "1".into() }), [("p: total".to_owned(), "1".to_owned())]);
}

#[test]
fn a_printed_share_must_be_the_rounded_true_share() {
    assert_eq!(wrong(Recompute::RowShares { table: "1".into() }), [("p: y, b".to_owned(), "−4,10 điểm %".to_owned())]);
    assert_eq!(wrong(Recompute::PercentSums { table: "1".into() }), [("p: y".to_owned(), "1 điểm %".to_owned())]);
}

#[test]
fn agreement_over_many_rows_is_one_finding() {
    let mut table = sample();
    table.rows.remove(1);
    let found = examine(&[table], &[check(Recompute::RowSums { table: "1".into() })]);
    assert_eq!(found.len(), 1);
    assert!(found[0].consistent);
    assert_eq!(found[0].recomputed, Figure::Agreeing(1));
}

#[test]
fn means_claims_and_promises_are_judged_exactly() {
    let all = || terms(None, Some(TOTAL));
    let b = || terms(None, Some("b"));
    let bound = |text: &str| Percent::parse(text).unwrap();
    let state = |recompute| {
        let found = examine(&[sample()], &[check(recompute)]).remove(0);
        (found.recomputed.text(true), found.difference.text(true), found.consistent)
    };
    let cases = [
        (Recompute::Mean { printed: 16, of: all(), years: 2 }, ("15,50", "−0,50", true)),
        (Recompute::Mean { printed: 15, of: all(), years: 2 }, ("15,50", "0,50", false)),
        (Recompute::MoreThan { bound: bound("61,29"), of: b(), base: all() }, ("61,29 %", "0,00 điểm %", true)),
        (Recompute::MoreThan { bound: bound("62"), of: b(), base: all() }, ("61,29 %", "−0,71 điểm %", false)),
        (Recompute::StillNeeded { promised: bound("70"), already: b(), base: all() }, ("61,29 %", "3", true)),
        (Recompute::PlacesFor { promised: bound("70"), base: all(), places: b() }, ("19", "−3", false)),
        (Recompute::Note { printed: words("…") }, ("–", "–", false)),
    ];
    for (recompute, (recomputed, difference, consistent)) in cases {
        assert_eq!(state(recompute.clone()), (recomputed.to_owned(), difference.to_owned(), consistent), "{recompute:?}");
    }
}

#[test]
fn a_figure_that_is_not_there_never_counts_as_right() {
    for recompute in [
        Recompute::RowSums { table: "9".into() },
        Recompute::Equal { printed: terms(Some("x"), Some("zz")), with: terms(Some("x"), Some("a")) },
        Recompute::Share { printed: Percent::new(0, 0), of: terms(Some("x"), Some("a")), base: vec![Term { times: 0, cells: None }] },
    ] {
        let found = examine(&[sample()], &[check(recompute)]);
        assert_eq!(found.len(), 1);
        assert!(!found[0].consistent);
        assert_eq!(found[0].recomputed, Figure::Nothing);
    }
}

#[test]
fn percentages_read_with_comma_or_point_and_keep_their_decimals() {
    for (text, basis_points, decimals, shown) in
        [("5,06", 506, 2, "5,06"), ("35.38%", 3_538, 2, "35,38"), ("23 %", 2_300, 0, "23"), ("2,5", 250, 1, "2,5")]
    {
        let percent = Percent::parse(text).unwrap();
        assert_eq!((percent.basis_points(), percent.decimals(), percent.text(true)), (basis_points, decimals, shown.to_owned()), "{text}");
    }
    for wrong in ["", ",5", "5,", "5,123", "-1", "năm", "1,2,3"] {
        assert_eq!(Percent::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn shares_round_half_up_at_the_printed_decimals() {
    assert_eq!(Percent::of(1, 8, 0), Some(Percent::new(1_300, 0)));
    assert_eq!(Percent::of(1, 8, 1), Some(Percent::new(1_250, 1)));
    assert_eq!(Percent::of(1, 0, 1), None);
    assert_eq!(Percent::new(500, 0).needed(2_262), 114);
    assert_eq!(Percent::new(5_000, 0).needed(2_262), 1_131);
}

#[test]
fn figures_are_grouped_as_each_language_writes_them() {
    assert_eq!(Figure::Count(-47_549).text(true), "−47.549");
    assert_eq!(Figure::Count(47_549).text(false), "47,549");
    assert_eq!(Figure::Mean(339_636).text(true), "3.396,36");
    assert_eq!(Figure::Points(Percent::new(-4, 2)).text(false), "−0.04 points");
}
