//! Answers kept in memory under the version of the facts they were made from, so that they cannot disagree with the facts.
//! Not for: answers that depend on who asks unless the key says so; the caller authorises before it looks here.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OnceCell;

use crate::ActError;

/// Answers of one kind kept at once; an office asks for a handful of days and units.
const MOST: usize = 256;

/// Answers of one kind. People who ask the same at the same moment wait for one answer instead of making it many times.
#[derive(Debug)]
pub(crate) struct Kept<K, V> {
    shelf: Mutex<Shelf<K, V>>,
}

#[derive(Debug)]
struct Shelf<K, V> {
    facts: i64,
    cells: HashMap<K, Arc<OnceCell<Arc<V>>>>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { shelf: Mutex::new(Shelf { facts: 0, cells: HashMap::new() }) }
    }
}

impl<K: Eq + Hash, V> Kept<K, V> {
    /// The kept answer, or the one that `make` gives. `facts` is the version read before the answer is made: an answer may be newer
    /// than its version, never older.
    ///
    /// # Errors
    /// What `make` fails with; nothing is kept then.
    pub(crate) async fn get(&self, facts: i64, key: K, make: impl Future<Output = Result<V, ActError>>) -> Result<Arc<V>, ActError> {
        let cell = self.cell(facts, key);
        cell.get_or_try_init(async || make.await.map(Arc::new)).await.cloned()
    }

    fn cell(&self, facts: i64, key: K) -> Arc<OnceCell<Arc<V>>> {
        // Nothing is left half done under the lock, so a panic elsewhere does not spoil the shelf.
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if facts < shelf.facts {
            return Arc::default();
        }
        if facts > shelf.facts || (shelf.cells.len() >= MOST && !shelf.cells.contains_key(&key)) {
            shelf.cells.clear();
            shelf.facts = facts;
        }
        Arc::clone(shelf.cells.entry(key).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn ask(kept: &Kept<&'static str, i32>, facts: i64, fresh: i32) -> i32 {
        *kept.get(facts, "key", async { Ok(fresh) }).await.unwrap()
    }

    #[tokio::test]
    async fn an_answer_stands_until_the_facts_change() {
        let kept = Kept::default();
        assert_eq!(ask(&kept, 1, 10).await, 10);
        assert_eq!(ask(&kept, 1, 20).await, 10);
        assert_eq!(ask(&kept, 2, 30).await, 30);
    }

    #[tokio::test]
    async fn a_late_question_neither_reads_nor_spoils_newer_answers() {
        let kept = Kept::default();
        assert_eq!(ask(&kept, 2, 20).await, 20);
        assert_eq!(ask(&kept, 1, 10).await, 10);
        assert_eq!(ask(&kept, 2, 30).await, 20);
    }

    #[tokio::test]
    async fn a_failure_is_not_kept() {
        let kept = Kept::<&str, i32>::default();
        assert!(kept.get(1, "key", async { Err(ActError::NotFound) }).await.is_err());
        assert_eq!(ask(&kept, 1, 10).await, 10);
    }
}
