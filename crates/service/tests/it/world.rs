//! A fixed day, people with roles, and an installation with the shipped schemes.

use domain::ids::{UnitId, UserId};
use domain::roles::{Grant, Role, Who};
use domain::time::{Date, Instant, parse};
use service::{Ctx, Services};
use store::WriteTx;
use store::read::schemes::VersionState;
use store::write::accounts::{self, NewAccount};
use store::write::schemes::{self, By};
use testkit::databases::Fresh;

pub(crate) const NOW: Instant = Instant(1_795_320_000_000);

pub(crate) fn day(text: &str) -> Date {
    parse(text).unwrap()
}

pub(crate) fn today() -> Date {
    day("2026-11-22")
}

pub(crate) fn system() -> Ctx {
    Ctx::system(NOW, today())
}

/// A signed-in person.
pub(crate) fn person(user: UserId, role: Role, unit: Option<i64>) -> Ctx {
    let who = Who { user, official: None, grants: vec![Grant { role, unit: unit.map(UnitId) }] };
    Ctx { now: NOW, today: today(), who: Some(who), operation: "test".to_owned(), facts: None }
}

/// The shipped schemes in force.
pub(crate) async fn shipped(tx: &WriteTx) {
    for shipped in schemefile::builtin() {
        schemes::add_version(tx, By::System, shipped.code, VersionState::Published, shipped.text, "", NOW).await.unwrap();
    }
}

/// An installation with two officers and the shipped schemes in force.
pub(crate) async fn installed(fresh: &Fresh) -> (Services, UserId, UserId) {
    let tx = fresh.db.write().await.unwrap();
    let mut users = Vec::new();
    for login in ["an", "binh"] {
        let new = NewAccount { login, name: login, password_hash: "-", official: None };
        users.push(accounts::create(&tx, &new, NOW).await.unwrap());
    }
    shipped(&tx).await;
    tx.commit().await.unwrap();
    (Services::new(fresh.db.clone()), users[0], users[1])
}
