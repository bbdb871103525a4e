//! Worked cases of making one entry of two.

use proptest::prelude::*;

use super::*;
use crate::time::parse;

fn line(key: i64, from: &str, to: &str) -> Line {
    (key, Interval::new(parse(from).unwrap(), parse(to)).unwrap())
}

#[test]
fn overlapping_postings_are_settled_one_by_one_or_refused() {
    let kept = [line(1, "2015-01-01", "2020-01-01"), line(2, "2020-01-01", "")];
    let other = [line(11, "2014-01-01", "2015-01-01"), line(12, "2018-06-01", "2019-01-01"), line(13, "2022-01-01", "")];
    let pairs = vec![(1, 12), (2, 13)];
    assert_eq!(overlapping(&kept, &other), pairs);
    assert_eq!(fates(&kept, &other, &[]), Err((MergeFault::PostingsOverlap, pairs)));
    assert_eq!(fates(&kept, &other, &[((2, 13), Settled::Cut)]), Err((MergeFault::PostingsOverlap, vec![(1, 12)])));
    let struck = fates(&kept, &other, &[((1, 12), Settled::Kept), ((2, 13), Settled::Cut)]).unwrap();
    assert_eq!(struck, [(12, Fate::Struck), (2, Fate::EndsOn(parse("2022-01-01").unwrap()))]);
    let others = fates(&kept, &other, &[((1, 12), Settled::Other), ((2, 13), Settled::Other)]).unwrap();
    assert_eq!(others, [(1, Fate::Struck), (2, Fate::Struck)]);
    let cut = fates(&kept, &other, &[((1, 12), Settled::Cut), ((2, 13), Settled::Cut)]).unwrap();
    assert_eq!(cut[0], (1, Fate::EndsOn(parse("2018-06-01").unwrap())));
    let same_day = [line(21, "2020-01-01", "")];
    assert_eq!(fates(&kept, &same_day, &[((2, 21), Settled::Cut)]), Err((MergeFault::CannotCut, vec![(2, 21)])));
    assert_eq!(fates(&kept, &[line(22, "2013-01-01", "2014-01-01")], &[]), Ok(Vec::new()));
}

#[test]
fn one_attendance_written_twice_is_one() {
    let of = |class: Option<i32>, subject: &str, from, last| Attendance {
        class: class.map(|class| class.to_string()),
        kind: "training".to_owned(),
        subject: Some(subject.to_owned()),
        topic: None,
        from,
        last,
    };
    let learned = of(Some(7), "digital", 20_250_310, Some(20_250_312));
    for (other, is_same) in [
        (of(Some(7), "digital", 20_250_310, Some(20_250_312)), true),
        (of(Some(8), "digital", 20_250_310, Some(20_250_312)), false),
        (of(None, "digital", 20_250_310, None), true),
        (of(None, "digital", 20_250_311, Some(20_250_312)), false),
        (of(None, "digital", 20_250_310, Some(20_250_314)), false),
        (of(None, "ethics", 20_250_310, Some(20_250_312)), false),
        (Attendance { topic: Some(("a".to_owned(), "1".to_owned())), ..of(None, "digital", 20_250_310, None) }, true),
    ] {
        assert_eq!((learned.is_same(&other), other.is_same(&learned)), (is_same, is_same), "{other:?}");
    }
}

proptest! {
    #[test]
    fn settled_postings_do_not_overlap(
        kept in prop::collection::vec((0_i64..3_000, 1_i64..900), 0..5),
        other in prop::collection::vec((0_i64..3_000, 1_i64..900), 0..5),
        how in prop::collection::vec(0_usize..3, 25),
    ) {
        let base = parse("2010-01-01").unwrap();
        let day = |n: i64| base.saturating_add(time::Duration::days(n));
        let lines = |first: i64, days: &[(i64, i64)]| -> Vec<Line> {
            (first..).zip(days).map(|(key, (from, long))| (key, Interval::new(day(*from), Some(day(from + long))).unwrap())).collect()
        };
        let (kept, other) = (lines(0, &kept), lines(100, &other));
        let pairs = overlapping(&kept, &other);
        let settled: Vec<_> = pairs.into_iter().zip(how).map(|(pair, n)| (pair, Settled::ALL[n])).collect();
        match fates(&kept, &other, &settled) {
            Ok(fates) => prop_assert!(overlapping(&after(&kept, &fates), &after(&other, &fates)).is_empty()),
            Err((fault, pairs)) => prop_assert!(fault == MergeFault::CannotCut && pairs.len() == 1),
        }
    }
}
