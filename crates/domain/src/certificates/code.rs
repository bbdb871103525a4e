//! The code by which anybody finds a certificate: random letters that nobody guesses, and one that tells a slip of the hand.
//! Not for: randomness; the caller brings it.

/// Letters and digits that nobody takes for each other: no 0, 1, I, O, U. There are 31, a prime, so that the check finds every single wrong
/// letter and every two that changed places.
const LETTERS: &str = "23456789ABCDEFGHJKLMNPQRSTVWXYZ";
const MODULUS: usize = 31;
/// Random letters: 17 of 31 are 84 bits.
pub const RANDOM: usize = 17;
/// Letters between two hyphens.
const GROUP: usize = 6;

/// A code that is well formed: 17 random letters and the check.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Code(String);

fn value(letter: char) -> Option<usize> {
    LETTERS.chars().position(|known| known == letter)
}

fn check(values: impl Iterator<Item = usize>) -> usize {
    (1..).zip(values).map(|(weight, value)| weight * value).sum::<usize>() % MODULUS
}

fn letter(value: usize) -> char {
    LETTERS.chars().nth(value % MODULUS).unwrap_or('2')
}

impl Code {
    /// A code of random bytes; none when there are too few that can be used. A byte of 248 and above is left out, so that every letter is as
    /// likely as every other.
    #[must_use]
    pub fn of(random: &[u8]) -> Option<Self> {
        let values: Vec<usize> = random.iter().filter(|byte| **byte < 248).map(|byte| usize::from(*byte) % MODULUS).take(RANDOM).collect();
        if values.len() < RANDOM {
            return None;
        }
        let mut text: String = values.iter().map(|value| letter(*value)).collect();
        text.push(letter(check(values.into_iter())));
        Some(Self(text))
    }

    /// The code that somebody typed: blanks, hyphens and small letters do not matter. None when it cannot be one.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let text: String =
            typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).take(RANDOM + 2).collect();
        let values: Vec<usize> = text.chars().map(value).collect::<Option<_>>()?;
        let (last, random) = values.split_last()?;
        (random.len() == RANDOM && check(random.iter().copied()) == *last).then_some(Self(text))
    }

    /// As it is kept and stands in addresses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it is printed: `ABCDEF-GHJKLM-NPQRST`.
    #[must_use]
    pub fn printed(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code() -> impl Strategy<Value = Code> {
        proptest::collection::vec(any::<u8>(), 40).prop_filter_map("too few bytes", |bytes| Code::of(&bytes))
    }

    #[test]
    fn letters_are_distinct_and_their_number_is_prime() {
        let mut letters: Vec<char> = LETTERS.chars().collect();
        letters.sort_unstable();
        letters.dedup();
        assert_eq!(letters.len(), MODULUS);
        assert!((2..MODULUS).all(|divisor| !MODULUS.is_multiple_of(divisor)) && RANDOM < MODULUS - 1);
        assert!(f64::from(31).log2() * 17.0 >= 80.0);
        assert_eq!(Code::of(&[0; 16]), None);
    }

    proptest! {
        #[test]
        fn a_code_is_read_as_it_is_printed_typed_small_or_with_blanks(code in code()) {
            for typed in [code.printed(), code.printed().to_lowercase(), code.as_str().to_owned(), code.printed().replace('-', " ")] {
                prop_assert_eq!(Code::parse(&typed), Some(code.clone()));
            }
        }

        #[test]
        fn one_wrong_letter_is_found(code in code(), at in 0..=RANDOM, other in 0..MODULUS) {
            let mut letters: Vec<char> = code.as_str().chars().collect();
            prop_assume!(letters[at] != letter(other));
            letters[at] = letter(other);
            prop_assert_eq!(Code::parse(&letters.iter().collect::<String>()), None);
        }

        #[test]
        fn two_letters_that_changed_places_are_found(code in code(), one in 0..=RANDOM, two in 0..=RANDOM) {
            let mut letters: Vec<char> = code.as_str().chars().collect();
            prop_assume!(letters[one] != letters[two]);
            letters.swap(one, two);
            prop_assert_eq!(Code::parse(&letters.iter().collect::<String>()), None);
        }

        #[test]
        fn whatever_is_typed_is_a_code_or_none(typed in "\\PC*") {
            if let Some(code) = Code::parse(&typed) {
                prop_assert_eq!(Code::parse(&code.printed()), Some(code));
            }
        }
    }
}
