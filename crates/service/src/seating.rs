//! Transactions that give or free seats, one after the other: whether somebody sits in two classes, and whether an office has enough
//! people left, is not a matter of one class.
//! Not for: which seat goes to whom (`domain::nominations::seating`).

use std::ops::Deref;

use store::write::classes::lock_seats;
use store::{StoreError, WriteTx};
use tokio::sync::MutexGuard;

use crate::Services;

/// A transaction that alone gives and frees seats until it ends.
#[derive(Debug)]
pub(crate) struct Seating<'s> {
    tx: WriteTx,
    _turn: MutexGuard<'s, ()>,
}

impl Services {
    /// Waits for its turn. Whoever waits inside the database holds a connection that the one in front may need to read by: inside of
    /// this process people wait here, without one; the lock of the database is for other processes.
    pub(crate) async fn seating(&self) -> Result<Seating<'_>, StoreError> {
        let turn = self.seats.lock().await;
        let tx = self.db.write().await?;
        lock_seats(&tx).await?;
        Ok(Seating { tx, _turn: turn })
    }
}

impl Deref for Seating<'_> {
    type Target = WriteTx;

    fn deref(&self) -> &WriteTx {
        &self.tx
    }
}

impl Seating<'_> {
    /// Keeps everything that was written.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}
