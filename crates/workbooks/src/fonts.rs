//! Vietnamese written for old fonts, which draw it over Latin letters: told from Unicode by its syllables, and converted.
//! Not for: bytes of files (`text`). Decides by cell where a cell is clear, else by its column, else by its sheet.

mod syllable;
mod tcvn3;
mod vni;

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// An old font encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// TCVN3, also called ABC: `.VnTime`, `.VnArial` and their capitals.
    Tcvn3,
    /// VNI for Windows: `VNI-Times`, `VNI-Helve`.
    Vni,
    /// No font: UTF-8 that a program took for Western letters and saved as UTF-8 once more.
    Utf8Twice,
}

impl Encoding {
    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Utf8Twice => "utf8_twice",
        }
    }
}

/// What was found in a sheet: how many cells were converted from which encoding, and how many could not be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fonts {
    /// Cells converted from TCVN3.
    pub tcvn3: usize,
    /// Cells converted from VNI.
    pub vni: usize,
    /// Cells converted from UTF-8 that was saved as UTF-8 once more.
    pub utf8_twice: usize,
    /// Cells whose encoding could not be told; they are read as [`Cell::Garbled`](crate::Cell::Garbled).
    pub undecided: usize,
}

impl Fonts {
    pub(crate) const fn count(&mut self, encoding: Encoding) {
        match encoding {
            Encoding::Tcvn3 => self.tcvn3 += 1,
            Encoding::Vni => self.vni += 1,
            Encoding::Utf8Twice => self.utf8_twice += 1,
        }
    }
}

/// The text as Unicode, composed.
pub(crate) fn convert(text: &str, encoding: Encoding) -> String {
    match encoding {
        Encoding::Tcvn3 => tcvn3::to_unicode(text),
        Encoding::Vni => vni::to_unicode(text),
        Encoding::Utf8Twice => once(text).unwrap_or_else(|| text.to_owned()),
    }
}

/// The text that was saved as UTF-8 twice, if the letters really are its bytes; by chance they never are.
fn once(text: &str) -> Option<String> {
    // Every letter of Vietnamese begins with one of these when its bytes are taken for Western letters.
    if !text.contains(['Ã', 'Ä', 'Å', 'Æ', 'á']) || text.chars().any(|c| c > '\u{ff}' && !WESTERN.contains(c)) {
        return None;
    }
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(text);
    if lost || bytes.is_ascii() {
        return None;
    }
    Some(std::str::from_utf8(&bytes).ok()?.nfc().collect())
}

/// How many words with letters beyond ASCII are Vietnamese syllables.
pub(crate) fn syllables(text: &str) -> usize {
    words(text).filter(|word| !word.is_ascii() && syllable::is_syllable(word)).count()
}

/// What a single cell says about its own encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Says nothing: ASCII, or signs that every encoding has.
    Silent,
    Unicode,
    /// Only this encoding makes syllables of it. `strong` when there is enough of it to decide alone.
    Old {
        encoding: Encoding,
        strong: bool,
    },
    /// Several readings make syllables.
    Either {
        unicode: bool,
        tcvn3: bool,
        vni: bool,
    },
    /// Signs inside words, and no reading makes syllables.
    Broken,
}

/// What to do with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Keep,
    Convert(Encoding),
    Unknown,
}

/// The cells of a sheet that speak for an encoding, by column.
#[derive(Debug, Default)]
pub(crate) struct Survey {
    columns: BTreeMap<u16, Votes>,
    sheet: Votes,
    suspects: usize,
}

#[derive(Debug, Default, Clone, Copy)]
struct Votes {
    unicode: usize,
    tcvn3: usize,
    vni: usize,
}

/// So many times more cells must speak for one reading than for all others together.
const MAJORITY: usize = 4;

impl Votes {
    const fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Unicode => self.unicode += 1,
            Verdict::Old { encoding: Encoding::Tcvn3, .. } => self.tcvn3 += 1,
            Verdict::Old { encoding: Encoding::Vni, .. } => self.vni += 1,
            Verdict::Old { encoding: Encoding::Utf8Twice, .. } | Verdict::Silent | Verdict::Either { .. } | Verdict::Broken => {}
        }
    }

    /// `None` without votes or without a clear majority.
    fn winner(self) -> Option<Decision> {
        let all = self.unicode + self.tcvn3 + self.vni;
        let wins = |votes: usize| votes > 0 && votes >= MAJORITY * (all - votes);
        if wins(self.tcvn3) {
            return Some(Decision::Convert(Encoding::Tcvn3));
        }
        if wins(self.vni) {
            return Some(Decision::Convert(Encoding::Vni));
        }
        wins(self.unicode).then_some(Decision::Keep)
    }

    const fn is_empty(self) -> bool {
        self.unicode + self.tcvn3 + self.vni == 0
    }
}

impl Survey {
    /// Takes the evidence of a cell.
    pub(crate) fn look(&mut self, column: u16, verdict: Verdict) {
        self.sheet.add(verdict);
        self.columns.entry(column).or_default().add(verdict);
        self.suspects += usize::from(matches!(verdict, Verdict::Old { .. } | Verdict::Broken));
    }

    /// Whether no cell gives reason to look again: then everything stays as it is.
    pub(crate) const fn is_clean(&self) -> bool {
        self.suspects == 0
    }

    /// What to do with a cell, when all have been looked at.
    pub(crate) fn decide(&self, column: u16, text: &str, verdict: Verdict) -> Decision {
        match verdict {
            Verdict::Silent | Verdict::Unicode => Decision::Keep,
            Verdict::Broken => self.decide_broken(column, text),
            Verdict::Old { encoding, strong: true } => Decision::Convert(encoding),
            Verdict::Old { encoding, strong: false } => self.decide_weak(encoding),
            Verdict::Either { unicode, tcvn3, vni } => self.decide_either(column, unicode, tcvn3, vni),
        }
    }

    /// One short word alone may be a unit or a foreign word; the sheet must have more of the same.
    const fn decide_weak(&self, encoding: Encoding) -> Decision {
        let same = match encoding {
            Encoding::Tcvn3 => self.sheet.tcvn3,
            Encoding::Vni => self.sheet.vni,
            Encoding::Utf8Twice => 2,
        };
        match (same, self.sheet.unicode) {
            (2.., _) => Decision::Convert(encoding),
            (_, 0) => Decision::Unknown,
            _ => Decision::Keep,
        }
    }

    /// No syllable, but maybe a name of a minority (`Alăng`): read as the cells around it, when that gives letters that can be spoken.
    fn decide_broken(&self, column: u16, text: &str) -> Decision {
        match self.votes(column).winner() {
            Some(Decision::Convert(encoding)) if can_be_spoken(&convert(text, encoding)) => Decision::Convert(encoding),
            _ => Decision::Unknown,
        }
    }

    /// The votes of the column, or of the sheet when the column has none.
    fn votes(&self, column: u16) -> Votes {
        self.columns.get(&column).copied().filter(|votes| !votes.is_empty()).unwrap_or(self.sheet)
    }

    fn decide_either(&self, column: u16, unicode: bool, tcvn3: bool, vni: bool) -> Decision {
        let votes = self.votes(column);
        let possible = |decision: Decision| match decision {
            Decision::Keep => unicode,
            Decision::Convert(Encoding::Tcvn3) => tcvn3,
            Decision::Convert(Encoding::Vni) => vni,
            Decision::Convert(Encoding::Utf8Twice) | Decision::Unknown => false,
        };
        match votes.winner() {
            Some(decision) if possible(decision) => decision,
            // Nobody in the sheet speaks for an old font: the text is what it says it is.
            _ if votes.is_empty() && unicode => Decision::Keep,
            _ if votes.tcvn3 + votes.vni == 0 && unicode => Decision::Keep,
            _ => Decision::Unknown,
        }
    }
}

/// What Western Windows has beyond Latin-1; it says nothing about Vietnamese.
const WESTERN: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";

/// What a cell says; the same text says the same wherever it stands.
pub(crate) fn judge(text: &str) -> Verdict {
    if text.is_ascii() {
        return Verdict::Silent;
    }
    if once(text).is_some() {
        return Verdict::Old { encoding: Encoding::Utf8Twice, strong: true };
    }
    if text.chars().any(|c| c > '\u{ff}' && !WESTERN.contains(c) && (c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}'))) {
        return Verdict::Unicode;
    }
    let (mut unicode, mut tcvn3, mut vni, mut all, mut broken) = (0_usize, 0_usize, 0_usize, 0_usize, false);
    let mut strong = false;
    for word in words(text).filter(|word| !word.is_ascii() && word.chars().nth(1).is_some()) {
        all += 1;
        let as_it_is = syllable::is_syllable(word);
        let as_tcvn3 = syllable::is_syllable(&tcvn3::to_unicode(word));
        let as_vni = syllable::is_syllable(&vni::to_unicode(word));
        unicode += usize::from(as_it_is);
        tcvn3 += usize::from(as_tcvn3);
        vni += usize::from(as_vni);
        strong |= (as_tcvn3 || as_vni) && !as_it_is && word.chars().count() >= 3;
        broken |= !as_it_is && !as_tcvn3 && !as_vni && has_sign_inside(word);
    }
    let most = unicode.max(tcvn3).max(vni);
    if most == 0 {
        return if broken { Verdict::Broken } else { Verdict::Silent };
    }
    match (unicode == most, tcvn3 == most, vni == most) {
        (true, false, false) if all == most => Verdict::Unicode,
        (false, true, false) => Verdict::Old { encoding: Encoding::Tcvn3, strong: strong || most >= 2 },
        (false, false, true) => Verdict::Old { encoding: Encoding::Vni, strong: strong || most >= 2 },
        (unicode, tcvn3, vni) => Verdict::Either { unicode, tcvn3, vni },
    }
}

/// Runs of letters and of the signs that old fonts draw as letters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphabetic() || matches!(c, '\u{a1}'..='\u{ff}' | '\u{300}'..='\u{36f}'))).filter(|word| !word.is_empty())
}

/// Letters only, and in no word two tones.
fn can_be_spoken(text: &str) -> bool {
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    words(text).all(|word| !has_sign_inside(word) && word.nfd().filter(is_tone).count() <= 1)
}

/// A sign between two letters: no word of any language, but text read in a wrong encoding.
fn has_sign_inside(word: &str) -> bool {
    let is_sign = |c: char| !c.is_alphabetic() && !matches!(c, '\u{300}'..='\u{36f}' | '·');
    let inner = word.trim_matches(is_sign);
    inner.chars().any(is_sign)
}

#[cfg(test)]
mod tests;
