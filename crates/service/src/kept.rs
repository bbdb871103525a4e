//! Answers kept in memory under the version of the facts they were made from, so that they cannot disagree with the facts.
//! Not for: answers that depend on who asks unless the key says so; the caller authorises before it looks here.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use store::StoreError;
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

    /// As [`Kept::get`], but the answer is made to its end even if nobody waits for it any more; none while it is not there after
    /// `patience`.
    ///
    /// # Errors
    /// As [`Kept::get`].
    pub(crate) async fn within<M>(&self, patience: Duration, facts: i64, key: K, make: M) -> Result<Option<Arc<V>>, ActError>
    where
        M: Future<Output = Result<V, ActError>> + Send + 'static,
        V: Send + Sync + 'static,
    {
        let cell = self.cell(facts, key);
        if let Some(known) = cell.get() {
            return Ok(Some(Arc::clone(known)));
        }
        let making = tokio::spawn(async move { cell.get_or_try_init(async || make.await.map(Arc::new)).await.cloned() });
        match tokio::time::timeout(patience, making).await {
            Ok(Ok(made)) => made.map(Some),
            Ok(Err(broken)) => Err(StoreError::Unreadable(broken.to_string()).into()),
            Err(_) => Ok(None),
        }
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

    #[tokio::test]
    async fn an_answer_is_made_to_its_end_when_nobody_waits() {
        let kept = Kept::<&str, i32>::default();
        let (go, wait) = tokio::sync::oneshot::channel::<()>();
        let slow = async move {
            wait.await.unwrap();
            Ok(7)
        };
        assert!(kept.within(Duration::ZERO, 1, "key", slow).await.unwrap().is_none());
        go.send(()).unwrap();
        // Made once: this maker is never asked.
        let other = async { Err(ActError::NotFound) };
        assert_eq!(kept.within(Duration::from_secs(60), 1, "key", other).await.unwrap().as_deref(), Some(&7));
    }
}
