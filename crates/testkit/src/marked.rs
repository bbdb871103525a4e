//! Marks in every personal and secret column of one official and one account, to find out where such columns come out.
//! Not for: looking; tests search answers and logs for the marks.

#![expect(clippy::unwrap_used, reason = "a test that cannot make its world must fail loudly")]

use domain::ids::OfficialId;
use domain::roles::Role;
use domain::time::{Instant, date};
use store::Db;
use store::write::accounts::{self, NewAccount, NewSession};

use crate::small::Small;

/// Staff code of the official.
pub const CODE: &str = "QWXCODE7";
/// Marks of `official` and `user_account`, as they are stored or shown: the birth is 3/2/1931.
pub const PERSONAL: &[&str] = &["qwxname", CODE, "19310203", "1931-02-03", "03/02/1931", "3/2/1931", "qwxlogin", "qwxaccount", "qwxagent"];
/// The login of the account.
pub const LOGIN: &str = "qwxlogin";
/// The token that forms of the account's session repeat.
pub const CSRF: &str = "qwxcsrf";
/// The stored password hash.
pub const PASSWORD_HASH: &str = "$argon2id$qwxhash";

/// Gives the marks to a leader of one of the groups, who is in many figures.
pub fn mark(small: &mut Small) -> OfficialId {
    let leads = |id: i64| small.batch.postings.iter().any(|p| p.official == id && p.ends_on.is_none() && p.group.is_some());
    let has_led = |id: i64| small.batch.postings.iter().any(|p| p.official == id && p.starts_on.year() < 2024 && p.group.is_some());
    let official = small.batch.officials.iter_mut().find(|o| leads(o.id) && has_led(o.id)).unwrap();
    official.name = "Trần Thị Qwxname".to_owned();
    official.code = CODE.to_owned();
    official.birth_on = date(1931, 2, 3).unwrap();
    OfficialId(official.id)
}

/// An account of the official with a session and an API token, stored under these digests.
pub async fn account(db: &Db, official: OfficialId, session: &str, token: &str, now: Instant) {
    let tx = db.write().await.unwrap();
    let new = NewAccount { login: LOGIN, name: "Qwxaccount", password_hash: PASSWORD_HASH, official: Some(official) };
    let user = accounts::create(&tx, &new, now).await.unwrap();
    for role in [Role::Learner, Role::ProvinceLeader] {
        accounts::grant(&tx, user, role, None, date(2020, 1, 1).unwrap()).await.unwrap();
    }
    let end = now.plus_ms(3_600_000);
    let opened = NewSession { user, token_hash: session, csrf: CSRF, agent: "Qwxagent/1.0", now, expires_at: end };
    accounts::open_session(&tx, &opened).await.unwrap();
    accounts::create_token(&tx, user, "báo cáo", token, (now, end), store::read::accounts::TokenRights::Write).await.unwrap();
    tx.commit().await.unwrap();
}
