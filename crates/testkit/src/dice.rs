//! A small seeded source of choices, so that a failing seed can be run again.
//! Not for: secrets, or the product's own generator.

use domain::time::{Date, add_months, date};

/// Seeded choices (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Choices of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// A number from `a` to `b`, both included.
    pub fn between(&mut self, a: i64, b: i64) -> i64 {
        a + i64::try_from(self.below(u64::try_from(b - a + 1).unwrap_or(1))).unwrap_or(0)
    }

    /// True with so many percent.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the list.
    pub fn one<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let place = self.below(u64::try_from(list.len()).ok()?);
        list.get(usize::try_from(place).ok()?).copied()
    }

    /// One of the list with so many percent, else nothing.
    pub fn maybe<T: Copy>(&mut self, percent: u64, list: &[T]) -> Option<T> {
        if self.chance(percent) { self.one(list) } else { None }
    }

    /// Up to two of the list with so many percent, else none ("any").
    pub fn some<T: Copy + PartialEq>(&mut self, percent: u64, list: &[T]) -> Vec<T> {
        let mut chosen = Vec::new();
        if self.chance(percent) {
            for _ in 0..=self.below(2) {
                if let Some(one) = self.one(list).filter(|one| !chosen.contains(one)) {
                    chosen.push(one);
                }
            }
        }
        chosen
    }

    /// A day from 2022 to 2026, often the first or last of a month.
    pub fn day(&mut self) -> Date {
        let first = date(2022, 1, 1).and_then(|d| add_months(d, i32::try_from(self.below(58)).unwrap_or(0))).unwrap_or(Date::MIN);
        match self.below(4) {
            0 => first,
            1 => first.previous_day().unwrap_or(first),
            _ => first.checked_add(time::Duration::days(self.between(0, 30))).unwrap_or(first),
        }
    }
}
