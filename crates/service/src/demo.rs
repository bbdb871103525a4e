//! Preparing an installation: the six schemes and the standard, the generated province, and one account per role for a demonstration.
//! Not for: making the rows (`synthetic`) or writing them (`store::seed`).

mod classes;
mod plans;
mod programmes;

pub use classes::put_classes;
pub use programmes::put_catalogue;

use domain::ids::{OfficialId, UnitId, UserId};
use domain::roles::Role;
use domain::time::{Date, Instant};
use store::read::schemes::VersionState;
use store::seed::{self, Filling, Loader};
use store::write::schemes::{self as schemes, By, Occurrence};
use store::write::standards::{self, Saving};
use store::write::{accounts, bump_facts};
use store::{Db, StoreError};
use synthetic::{Options, PlanError};

use crate::{papers, sessions};

/// How preparing goes on: batches done, people so far.
pub type OnProgress<'a> = &'a mut (dyn FnMut(Stage) + Send);

/// What is being prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Schemes are in.
    Schemes(usize),
    /// So many people of so many are in.
    People(u64, u64),
    /// Accounts are in.
    Accounts(usize),
}

/// Why preparing failed.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// The province cannot carry the published tables.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Something is there already.
    #[error("the database already holds a province; use another database")]
    NotEmpty,
    /// A shipped scheme does not read; a fault of the program.
    #[error("the shipped scheme `{0}` does not read")]
    Scheme(&'static str),
    /// The demonstration breaks a rule; a fault of the program.
    #[error("the demonstration breaks a rule: {0}")]
    Rule(String),
    /// Hashing failed.
    #[error("a password could not be hashed")]
    Password,
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
}

/// Whether a province is there; a load that broke off counts as not there and is begun anew.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn is_ready(db: &Db) -> Result<bool, StoreError> {
    Ok(seed::filling(db).await? == Filling::Ready)
}

/// Writes the schemes and the province into an empty database.
///
/// # Errors
/// [`PrepareError`]; a broken load is begun anew next time.
pub async fn generate(db: &Db, options: Options, now: Instant, report: OnProgress<'_>) -> Result<(), PrepareError> {
    let generator = synthetic::plan(options)?;
    let (total, today) = (u64::from(options.people), options.today);
    let mut loader = match Loader::begin(db, generator.frame()).await {
        Err(StoreError::Duplicate) => return Err(PrepareError::NotEmpty),
        other => other?,
    };
    report(Stage::Schemes(put_schemes(db, now).await?));
    put_marks(db, now, options.today).await?;
    programmes::put_catalogue(db, now, options.today).await?;
    let mut people = 0;
    for batch in generator {
        loader.add(db, &batch).await?;
        people += u64::try_from(batch.officials.len()).unwrap_or_default();
        report(Stage::People(people, total.max(people)));
    }
    plans::put(db, now, today).await?;
    loader.finish(db).await?;
    Ok(())
}

async fn put_schemes(db: &Db, now: Instant) -> Result<usize, PrepareError> {
    let tx = db.write().await?;
    for shipped in schemefile::builtin() {
        let scheme = schemefile::parse(shipped.text).map_err(|_| PrepareError::Scheme(shipped.code))?;
        schemes::add_version(&tx, By::System, &scheme.code, VersionState::Published, shipped.text, "", now).await?;
    }
    let text = crate::standards::shipped();
    let standard = schemefile::parse_standard(text).map_err(|_| PrepareError::Scheme("tieu-chuan-chung"))?;
    let saving = Saving { by: By::System, body: text, note: "", now };
    standards::add_version(&tx, &standard.code, VersionState::Published, &saving).await?;
    bump_facts(&tx).await?;
    tx.commit().await?;
    Ok(schemefile::builtin().len())
}

/// Evidence of past tasks, so that a demonstration shows done, late and missed ones: about five of six deadlines were met.
async fn put_marks(db: &Db, now: Instant, today: Date) -> Result<(), PrepareError> {
    let tx = db.write().await?;
    for shipped in schemefile::builtin() {
        let scheme = schemefile::parse(shipped.text).map_err(|_| PrepareError::Scheme(shipped.code))?;
        for task in &scheme.tasks {
            for deadline in task.due.deadlines(today) {
                let lot = (task.code.bytes().map(i32::from).sum::<i32>() + deadline.year() * 7 + i32::from(deadline.ordinal())) % 24;
                let Some(done_on) = deadline.checked_sub(time::Duration::days(i64::from(lot))).filter(|d| *d <= today && lot % 6 != 0)
                else {
                    continue;
                };
                let what = Occurrence { scheme: &scheme.code, task: &task.code, deadline: Some(deadline) };
                let evidence = format!("Báo cáo số {}/BC-SNV", 10 + lot);
                schemes::mark_task(&tx, By::System, &what, done_on, &evidence, now).await?;
            }
        }
    }
    tx.commit().await?;
    Ok(())
}

/// A demonstration account: login, name, role, and where (actor code of a unit).
pub struct DemoAccount {
    /// Login.
    pub login: &'static str,
    /// Display name.
    pub name: &'static str,
    /// Role.
    pub role: Role,
    /// Actor code of the unit the role is limited to.
    pub unit: Option<&'static str>,
}

/// One account per role.
pub const DEMO_ACCOUNTS: &[DemoAccount] = &[
    DemoAccount { login: "so-noi-vu", name: "Chuyên viên Sở Nội vụ", role: Role::HomeAffairs, unit: None },
    DemoAccount { login: "lanh-dao", name: "Lãnh đạo tỉnh", role: Role::ProvinceLeader, unit: None },
    DemoAccount { login: "to-chuc", name: "Cán bộ tổ chức Sở Tài chính", role: Role::UnitHr, unit: Some("so-tai-chinh") },
    DemoAccount { login: "thu-truong", name: "Thủ trưởng Sở Xây dựng", role: Role::UnitHead, unit: Some("so-xay-dung") },
    DemoAccount { login: "nguoi-hoc", name: "Người học", role: Role::Learner, unit: None },
    DemoAccount { login: "tai-chinh", name: "Chuyên viên Sở Tài chính", role: Role::Finance, unit: None },
    DemoAccount { login: "to-chuc-tinh-uy", name: "Chuyên viên Ban Tổ chức Tỉnh ủy", role: Role::PartyAffairs, unit: None },
    DemoAccount { login: "thanh-tra", name: "Thanh tra", role: Role::Inspector, unit: None },
    DemoAccount { login: "quan-tri", name: "Quản trị hệ thống", role: Role::Administrator, unit: None },
];

/// The password of every demonstration account; demonstrations listen on loopback and say so.
pub const DEMO_PASSWORD: &str = "khuevan";

/// Creates the demonstration accounts once. Tells which official the learner is.
///
/// # Errors
/// [`PrepareError`] when the database fails.
pub async fn put_accounts(db: &Db, now: Instant, today: Date, report: OnProgress<'_>) -> Result<Option<OfficialId>, PrepareError> {
    let hash = sessions::hash(DEMO_PASSWORD).map_err(|_| PrepareError::Password)?;
    let agencies = store::read::quotas::agencies(db, today).await?;
    let unit = |actor: &str| agencies.iter().find(|a| a.actor == actor).map(|a| a.unit);
    let official = seed::any_official(db, today).await?;
    let tx = db.write().await?;
    let mut users: Vec<(&str, UserId)> = Vec::new();
    for account in DEMO_ACCOUNTS {
        let place: Option<UnitId> = account.unit.and_then(unit);
        let own: Option<OfficialId> = if account.role == Role::Learner { official } else { None };
        let new = accounts::NewAccount { login: account.login, name: account.name, password_hash: &hash, official: own };
        let user = accounts::create(&tx, &new, now).await?;
        accounts::grant(&tx, user, account.role, place, domain::time::date(2020, 1, 1).unwrap_or(today)).await?;
        users.push((account.login, user));
    }
    papers::put_demo(&tx, &users, now, today).await?;
    programmes::put_council(&tx, now, today, &users).await?;
    tx.commit().await?;
    store::write::set_setting(db, DEMO, "yes").await?;
    report(Stage::Accounts(DEMO_ACCOUNTS.len()));
    Ok(official)
}

/// The setting that marks a demonstration.
const DEMO: &str = "demo";

/// What `--demo` meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A demonstration, ready to be shown.
    Demo,
    /// A generated province without accounts.
    Province,
    /// Nothing, or a load that broke off.
    Nothing,
    /// Somebody's own installation; demonstration accounts have a public password and must never come in.
    Own,
}

/// What kind of installation the database holds.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn found(db: &Db) -> Result<Found, StoreError> {
    if store::read::accounts::setting(db, DEMO).await?.is_some() {
        return Ok(Found::Demo);
    }
    let accounts = store::read::accounts::any(db).await?;
    Ok(match (accounts, seed::filling(db).await?) {
        (false, Filling::Ready) => Found::Province,
        (false, _) => Found::Nothing,
        (true, _) => Found::Own,
    })
}
