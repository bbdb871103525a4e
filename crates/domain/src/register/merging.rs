//! Making one entry of two: which postings cannot both stand, how that is settled, and which lines say the same twice.
//! Not for: finding the two (`likeness`) or writing (`store`).

use crate::codes;
use crate::time::{Date, Interval};

codes! {
    /// Why two entries are not made one.
    MergeFault {
        /// They are one entry already.
        SamePerson = "same_person",
        /// Main postings of the two overlap, and it is not said which one stands.
        PostingsOverlap = "postings_overlap",
        /// The later of two postings cannot cut the earlier one: both begin on one day.
        CannotCut = "cannot_cut",
    }
}

codes! {
    /// How two overlapping postings are settled.
    Settled {
        /// The posting of the entry that is kept stands; the other is struck out.
        Kept = "kept",
        /// The posting of the entry that goes stands; the other is struck out.
        Other = "other",
        /// Both stand: the earlier ends where the later begins.
        Cut = "cut",
    }
}

/// A posting by its key, and its days.
pub type Line = (i64, Interval);

/// A posting of the kept entry and one of the other.
pub type Two = (i64, i64);

/// What is wrong with how postings are settled, and the pairs it speaks of.
pub type Unsettled = (MergeFault, Vec<Two>);

/// What becomes of a posting so that no two of them overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is struck out.
    Struck,
    /// It ends before this day.
    EndsOn(Date),
}

/// Pairs of postings, of the kept entry and of the other, that cannot both stand as they are.
#[must_use]
pub fn overlapping(kept: &[Line], other: &[Line]) -> Vec<Two> {
    let pairs = kept.iter().flat_map(|k| other.iter().map(move |o| (k, o)));
    pairs.filter(|(k, o)| k.1.overlaps(&o.1)).map(|(k, o)| (k.0, o.0)).collect()
}

/// What becomes of the postings by the way in which each overlapping pair is settled.
///
/// # Errors
/// The [`MergeFault`] and the pairs it speaks of: those that are not settled, or still overlap.
pub fn fates(kept: &[Line], other: &[Line], settled: &[(Two, Settled)]) -> Result<Vec<(i64, Fate)>, Unsettled> {
    let mut fates: Vec<(i64, Fate)> = Vec::new();
    let during = |lines: &[Line], key: i64| lines.iter().find(|line| line.0 == key).map(|line| line.1);
    for (keys, how) in settled {
        let (Some(k), Some(o)) = (during(kept, keys.0), during(other, keys.1)) else { continue };
        let fate = match how {
            Settled::Kept => (keys.1, Fate::Struck),
            Settled::Other => (keys.0, Fate::Struck),
            Settled::Cut if k.from() == o.from() => return Err((MergeFault::CannotCut, vec![*keys])),
            Settled::Cut if k.from() < o.from() => (keys.0, Fate::EndsOn(o.from())),
            Settled::Cut => (keys.1, Fate::EndsOn(k.from())),
        };
        add(&mut fates, fate);
    }
    let still = overlapping(&after(kept, &fates), &after(other, &fates));
    if still.is_empty() { Ok(fates) } else { Err((MergeFault::PostingsOverlap, still)) }
}

/// The hardest fate of a posting counts: struck out before cut, cut earlier before cut later.
fn add(fates: &mut Vec<(i64, Fate)>, (key, fate): (i64, Fate)) {
    match fates.iter_mut().find(|known| known.0 == key) {
        None => fates.push((key, fate)),
        Some(known) => {
            known.1 = match (known.1, fate) {
                (Fate::EndsOn(one), Fate::EndsOn(other)) => Fate::EndsOn(one.min(other)),
                _ => Fate::Struck,
            }
        }
    }
}

fn after(lines: &[Line], fates: &[(i64, Fate)]) -> Vec<Line> {
    let cut = |line: &Line| match fates.iter().find(|fate| fate.0 == line.0) {
        None => Some(*line),
        Some((_, Fate::Struck)) => None,
        Some((_, Fate::EndsOn(day))) => Interval::new(line.1.from(), Some(*day)).ok().map(|during| (line.0, during)),
    };
    lines.iter().filter_map(cut).collect()
}

/// What makes two lines of training the same attendance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// The class, if it was one of the system.
    pub class: Option<String>,
    /// Education or training.
    pub kind: String,
    /// Content group or degree.
    pub subject: Option<String>,
    /// Scheme and topic that it carried out.
    pub topic: Option<(String, String)>,
    /// First day.
    pub from: i32,
    /// Last day, if known.
    pub last: Option<i32>,
}

impl Attendance {
    /// Whether both say that the person attended one thing once: one class, or one subject on the same days.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.class, &other.class) {
            (Some(one), Some(another)) => one == another,
            _ => {
                let topics = self.topic.is_none() || other.topic.is_none() || self.topic == other.topic;
                let ends = self.last.is_none() || other.last.is_none() || self.last == other.last;
                topics && ends && self.kind == other.kind && self.subject == other.subject && self.from == other.from
            }
        }
    }
}

#[cfg(test)]
#[path = "merging/tests.rs"]
mod tests;
