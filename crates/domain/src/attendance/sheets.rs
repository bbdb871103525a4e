//! Signed sheets that come back as a scan: what a cell says, what keeps a page from being read, and what both mean for the roll.
//! Not for: pixels (`documents::papers`), or whose mark may be put (`service::attendance`).

use super::{Mark, Said};
use crate::codes;

codes! {
    /// What a cell for a signature says.
    Ink {
        /// Somebody signed.
        Signed = "signed",
        /// Nobody did.
        Empty = "empty",
        /// A person has to look.
        Unsure = "unsure",
    }
}

codes! {
    /// Why a page of a scan goes to no roll.
    PageFault {
        /// No code was found.
        NoCode = "no_code",
        /// It has a code of something else.
        Foreign = "foreign",
        /// It is a sheet of the old form, or printed from Word: it has a code and no squares.
        OldForm = "old_form",
        /// Several sheets lie in one picture.
        Several = "several",
        /// Squares at the corners of the table are missing.
        NoMarks = "no_marks",
        /// Paper and ink can hardly be told apart.
        TooDark = "too_dark",
        /// The picture has too few dots.
        TooSmall = "too_small",
        /// The picture has more dots than are unpacked.
        TooLarge = "too_large",
        /// The page of a PDF has no picture.
        NoPicture = "no_picture",
        /// The picture is packed in a way that is not read.
        Packed = "packed",
        /// The picture is broken.
        Damaged = "damaged",
        /// It is a sheet of another class.
        OtherClass = "other_class",
        /// It is a sheet of this class that was not printed here, or of a sitting that is gone.
        Unknown = "unknown",
        /// The same page stands before it in the file.
        Twice = "twice",
    }
}

codes! {
    /// What a cell means beside the mark that stands.
    Finding {
        /// Nothing would change.
        Agrees = "agrees",
        /// No mark stands; one would be put.
        Puts = "puts",
        /// The sheet and the roll say different things.
        Conflict = "conflict",
        /// The cell says nothing for certain.
        Unsure = "unsure",
    }
}

impl Finding {
    /// Whether a person has to choose.
    #[must_use]
    pub const fn is_asked(self) -> bool {
        matches!(self, Self::Conflict | Self::Unsure)
    }
}

/// What a cell means beside the mark that stands. Whoever signed was there, late or not; whoever did not was absent, excused or not.
#[must_use]
pub const fn weigh(ink: Ink, stands: Option<Said>) -> Finding {
    let Some(stands) = stands else {
        return if matches!(ink, Ink::Unsure) { Finding::Unsure } else { Finding::Puts };
    };
    let came = matches!(stands.mark, Mark::Present | Mark::Late);
    match ink {
        Ink::Unsure => Finding::Unsure,
        Ink::Signed if came => Finding::Agrees,
        Ink::Empty if !came => Finding::Agrees,
        Ink::Signed | Ink::Empty => Finding::Conflict,
    }
}

codes! {
    /// What a person says of a cell.
    Choice {
        /// Signed: was there.
        Signed = "signed",
        /// Not signed: was absent.
        Empty = "empty",
        /// The roll is right as it stands.
        Keep = "keep",
    }
}

impl Choice {
    /// What follows from a cell without being asked; none where a person has to choose.
    #[must_use]
    pub const fn proposed(ink: Ink, stands: Option<Said>) -> Option<Self> {
        match (weigh(ink, stands), ink) {
            (Finding::Conflict | Finding::Unsure, _) | (_, Ink::Unsure) => None,
            (_, Ink::Signed) => Some(Self::Signed),
            (_, Ink::Empty) => Some(Self::Empty),
        }
    }

    /// The mark to be put; none where the one that stands says as much or more.
    #[must_use]
    pub const fn puts(self, stands: Option<Said>) -> Option<Said> {
        match (self, stands) {
            (Self::Keep, _) => None,
            (Self::Signed, Some(Said { mark: Mark::Present | Mark::Late, .. })) => None,
            (Self::Empty, Some(Said { mark: Mark::Absent | Mark::Excused, .. })) => None,
            (Self::Signed, _) => Some(Said::of(Mark::Present)),
            (Self::Empty, _) => Some(Said::of(Mark::Absent)),
        }
    }
}

/// Pages of a sheet that are not among those that came, in order.
#[must_use]
pub fn missing(pages: u16, came: &[u16]) -> Vec<u16> {
    (1..=pages).filter(|page| !came.contains(page)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_signed_was_there_and_what_the_roll_says_against_it_is_asked() {
        let (present, late) = (Said::of(Mark::Present), Said { mark: Mark::Late, minutes: 20 });
        let (absent, excused) = (Said::of(Mark::Absent), Said::of(Mark::Excused));
        let cases = [
            (Ink::Signed, None, Finding::Puts, Some(present)),
            (Ink::Empty, None, Finding::Puts, Some(absent)),
            (Ink::Signed, Some(present), Finding::Agrees, None),
            (Ink::Signed, Some(late), Finding::Agrees, None),
            (Ink::Empty, Some(absent), Finding::Agrees, None),
            (Ink::Empty, Some(excused), Finding::Agrees, None),
        ];
        for (ink, stands, finding, puts) in cases {
            assert_eq!(weigh(ink, stands), finding, "{ink} beside {stands:?}");
            assert_eq!(Choice::proposed(ink, stands).and_then(|choice| choice.puts(stands)), puts, "{ink} beside {stands:?}");
        }
        let asked = [
            (Ink::Signed, Some(absent)),
            (Ink::Signed, Some(excused)),
            (Ink::Empty, Some(present)),
            (Ink::Empty, Some(late)),
            (Ink::Unsure, None),
            (Ink::Unsure, Some(present)),
        ];
        for (ink, stands) in asked {
            assert!(weigh(ink, stands).is_asked(), "{ink} beside {stands:?}");
            assert_eq!(Choice::proposed(ink, stands), None);
            assert_eq!(Choice::Keep.puts(stands), None);
        }
        assert_eq!(Choice::Signed.puts(Some(excused)), Some(present));
        assert_eq!(Choice::Empty.puts(Some(late)), Some(absent));
    }

    #[test]
    fn pages_that_did_not_come_are_named() {
        assert_eq!(missing(3, &[2]), [1, 3]);
        assert_eq!(missing(2, &[2, 1]), [0_u16; 0]);
    }
}
