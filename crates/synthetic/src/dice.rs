//! Seeded chance: the same seed and stream give the same throws on every machine, because only integers are involved.
//! Not for: secrets; and nothing here knows what is thrown for.

use domain::time::Date;
use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

use crate::days;

/// A stream of throws.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// Streams of one seed are independent, so that one part of the province can grow without disturbing another.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number from 0 to below `n`; 0 when `n` is 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(u64::MAX).min(u64::from(u32::MAX));
        usize::try_from((u64::from(self.0.next_u32()) * n) >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let span = usize::try_from(high - low + 1).unwrap_or(1);
        low + i32::try_from(self.below(span)).unwrap_or(0)
    }

    /// Whether an event of so many per thousand happens.
    pub(crate) fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }

    /// One of several.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// One of several with weights.
    pub(crate) fn weigh<T: Copy>(&mut self, from: &[(usize, T)]) -> Option<T> {
        let mut left = self.below(from.iter().map(|f| f.0).sum());
        for (weight, value) in from {
            if left < *weight {
                return Some(*value);
            }
            left -= weight;
        }
        None
    }

    /// Another order.
    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }

    /// A day from `first` to `last`, both included; `first` when the span is empty.
    pub(crate) fn day(&mut self, first: Date, last: Date) -> Date {
        let span = i32::try_from((last - first).whole_days()).unwrap_or(0);
        if span <= 0 { first } else { days::plus(first, self.between(0, span)) }
    }
}
