//! Figures kept in memory under the version of the facts they were counted from, so that they cannot disagree with the facts.
//! Not for: anything that lives longer than a change.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use store::read::progress::Place;

use super::{Ask, Figure};
use crate::schemes::Stored;

/// Answers kept at once; an office asks for a handful of days and units.
const KEPT: usize = 256;

/// What an answer was counted from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    ask: Ask,
    place: String,
    facts: i64,
    schemes: Vec<(i64, i32)>,
}

impl Key {
    pub(super) fn new(ask: &Ask, place: &Place, facts: i64, schemes: &[Arc<Stored>]) -> Self {
        let schemes = schemes.iter().map(|s| (s.version.id.0, s.version.revision)).collect();
        Self { ask: ask.clone(), place: format!("{place:?}"), facts, schemes }
    }
}

/// The kept answers.
#[derive(Debug, Default)]
pub struct FigureCache {
    kept: RwLock<HashMap<Key, Arc<Vec<Figure>>>>,
}

impl FigureCache {
    pub(super) fn get(&self, key: &Key) -> Option<Arc<Vec<Figure>>> {
        self.kept.read().ok()?.get(key).cloned()
    }

    pub(super) fn put(&self, key: Key, figures: &Arc<Vec<Figure>>) {
        if let Ok(mut kept) = self.kept.write() {
            kept.retain(|k, _| k.facts == key.facts);
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.insert(key, Arc::clone(figures));
        }
    }

    /// Forgets everything, for measurements from cold.
    pub fn clear(&self) {
        if let Ok(mut kept) = self.kept.write() {
            kept.clear();
        }
    }
}
