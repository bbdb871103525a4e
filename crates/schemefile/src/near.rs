//! "Did you mean": the allowed word nearest to a mistyped one.
//! Not for: search; lists here are short.

use domain::text::fold;

/// The nearest of the allowed words, when it is near enough to be a slip of the hand.
pub(crate) fn nearest<'a>(typed: &str, allowed: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = plain(typed);
    let limit = match typed.chars().count() {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    };
    allowed
        .into_iter()
        .map(|word| (distance(&typed, &plain(word)), word))
        .filter(|(d, _)| *d <= limit)
        .min_by_key(|(d, _)| *d)
        .map(|(_, word)| word)
}

fn plain(word: &str) -> String {
    fold(word).replace(['-', ' '], "_")
}

/// Letters to insert, delete or replace; two swapped neighbours count as two.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (y, (above_left, above)) in b.iter().zip(row.iter().zip(row.iter().skip(1))) {
            let left = next.last().copied().unwrap_or(usize::MAX - 1);
            next.push((above_left + usize::from(x != *y)).min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_hand_is_recognised_and_a_stranger_is_not() {
        let words = ["cong_chuc", "vien_chuc", "can_bo"];
        for (typed, found) in [
            ("cong_chuoc", Some("cong_chuc")),
            ("công chức", Some("cong_chuc")),
            ("vien-chuc", Some("vien_chuc")),
            ("giam_doc", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, words), found, "{typed}");
        }
    }
}
