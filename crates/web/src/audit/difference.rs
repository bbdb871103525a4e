//! The difference of two texts, line by line, with a little of what stayed around what changed.
//! Not for: words within a line.

/// Lines that stayed and are shown on either side of a change.
const AROUND: usize = 2;
/// Pairs of lines that are compared at most; beyond that all old lines go and all new ones come.
const MOST_PAIRS: usize = 1_000_000;
/// Pieces that are shown at most.
const MOST_SHOWN: usize = 400;

/// A line of the difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Stayed.
    Same(String),
    /// Was there before.
    Out(String),
    /// Is there after.
    In(String),
    /// So many lines are not shown.
    Left(i64),
}

/// What changed from one text to another; nothing when they are the same.
pub(super) fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let middle = |lines: &'_ [&'_ str]| lines.len().saturating_sub(tail);
    let (old_middle, old_tail) = old_rest.split_at(middle(old_rest));
    let (new_middle, _) = new_rest.split_at(middle(new_rest));
    if old_middle.is_empty() && new_middle.is_empty() {
        return Vec::new();
    }
    let same = |line: &&str| Piece::Same((*line).to_owned());
    let mut all: Vec<Piece> = old.iter().take(head).map(same).collect();
    all.extend(changes(old_middle, new_middle));
    all.extend(old_tail.iter().map(same));
    shortened(all)
}

/// The lines between the first and the last change.
fn changes(old: &[&str], new: &[&str]) -> Vec<Piece> {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        let gone = old.iter().map(|line| Piece::Out((*line).to_owned()));
        return gone.chain(new.iter().map(|line| Piece::In((*line).to_owned()))).collect();
    }
    let common = Common::of(old, new);
    let (mut i, mut j, mut pieces) = (0, 0, Vec::new());
    loop {
        match (old.get(i), new.get(j)) {
            (None, None) => return pieces,
            (Some(a), Some(b)) if a == b => {
                pieces.push(Piece::Same((*a).to_owned()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || common.at(i + 1, j) >= common.at(i, j + 1) => {
                pieces.push(Piece::Out((*a).to_owned()));
                i += 1;
            }
            (_, Some(b)) => {
                pieces.push(Piece::In((*b).to_owned()));
                j += 1;
            }
            (Some(_), None) => return pieces,
        }
    }
}

/// How many lines two texts have in common from a line of each on.
struct Common {
    /// From the last line of the old text to the first; each row by line of the new one.
    rows: Vec<Vec<u32>>,
}

impl Common {
    fn of(old: &[&str], new: &[&str]) -> Self {
        let mut rows: Vec<Vec<u32>> = vec![vec![0; new.len() + 1]];
        for a in old.iter().rev() {
            let below = rows.last().map_or(&[][..], Vec::as_slice);
            let mut right = 0;
            let mut row = vec![0];
            // From the last line of the new text to the first.
            for (b, pair) in new.iter().rev().zip(below.windows(2).rev()) {
                let [under, aslant] = pair else { continue };
                right = if a == b { aslant + 1 } else { right.max(*under) };
                row.push(right);
            }
            row.reverse();
            rows.push(row);
        }
        rows.reverse();
        Self { rows }
    }

    fn at(&self, i: usize, j: usize) -> u32 {
        self.rows.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0)
    }
}

/// Long runs of lines that stayed are counted instead of shown.
fn shortened(all: Vec<Piece>) -> Vec<Piece> {
    let changed: Vec<usize> = all.iter().enumerate().filter(|(_, p)| !matches!(p, Piece::Same(_))).map(|(i, _)| i).collect();
    let is_near = |i: usize| {
        let next = changed.partition_point(|c| *c < i);
        let near = |c: Option<&usize>| c.is_some_and(|c| c.abs_diff(i) <= AROUND);
        near(changed.get(next)) || next.checked_sub(1).is_some_and(|last| near(changed.get(last)))
    };
    let mut shown: Vec<Piece> = Vec::new();
    for (i, piece) in all.into_iter().enumerate() {
        let is_shown = shown.len() < MOST_SHOWN && is_near(i);
        match (is_shown, shown.last_mut()) {
            (true, _) => shown.push(piece),
            (false, Some(Piece::Left(count))) => *count += 1,
            (false, _) => shown.push(Piece::Left(1)),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(before: &str, after: &str) -> String {
        let line = |piece: &Piece| match piece {
            Piece::Same(text) => format!("  {text}"),
            Piece::Out(text) => format!("- {text}"),
            Piece::In(text) => format!("+ {text}"),
            Piece::Left(count) => format!("… {count}"),
        };
        pieces(before, after).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn only_what_changed_is_shown_with_a_little_around_it() {
        assert_eq!(picture("a\nb", "a\nb"), "");
        assert_eq!(picture("", "a"), "+ a");
        assert_eq!(picture("state: open", "state: locked"), "- state: open\n+ state: locked");
        assert_eq!(picture("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nx\n5\n6\n7"), "… 1\n  2\n  3\n- 4\n+ x\n  5\n  6\n… 1");
        assert_eq!(picture("a\nb\nc\nd", "b\nc\ne\nd"), "- a\n  b\n  c\n+ e\n  d");
        assert_eq!(picture("a\na", "a"), "  a\n- a");
    }

    #[test]
    fn leaving_out_and_putting_in_turns_one_text_into_the_other() {
        let texts = ["", "a", "a\nb\na\nb", "b\na\nb", "c\na\nc\nb", "b\nb\nb", "a\nb\nc\nd\ne\nf\ng", "g\nf\ne\nd\nc\nb\na"];
        for (before, after) in texts.iter().flat_map(|a| texts.iter().map(move |b| (*a, *b))) {
            let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
            let pieces = changes(&old, &new);
            let kept = |is: fn(&Piece) -> Option<&String>| pieces.iter().filter_map(is).cloned().collect::<Vec<_>>();
            let was = kept(|p| if let Piece::Same(t) | Piece::Out(t) = p { Some(t) } else { None });
            let is = kept(|p| if let Piece::Same(t) | Piece::In(t) = p { Some(t) } else { None });
            assert_eq!((was, is), (old.iter().map(|l| (*l).to_owned()).collect(), new.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>()));
        }
    }

    #[test]
    fn very_long_texts_are_neither_compared_pair_by_pair_nor_shown_whole() {
        let text = |mark: &str| (0..2_000).map(|i| format!("{mark}{i}")).collect::<Vec<_>>().join("\n");
        let shown = pieces(&text("a"), &text("b"));
        assert_eq!((shown.len(), shown.last()), (MOST_SHOWN + 1, Some(&Piece::Left(3_600))));
    }
}
