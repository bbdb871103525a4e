//! The audit read back: who may, what a line says, filters, paging; and that every act of the sources has a name.

use std::path::Path;

use domain::ids::UserId;
use domain::roles::{Act, Forbidden, Role};
use service::accounts::{self, NewAccount};
use service::audit::{self, ACTS, AuditAsk, AuditLine};
use service::{ActError, Ctx, Services};

use crate::world::{NOW, day, person, system, today};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// Accounts added on three days, and one locked and unlocked on the last.
async fn busy(services: &Services) {
    for (ago, login) in [(2, "anh"), (1, "binh"), (0, "cuc")] {
        let ctx = Ctx { now: NOW.plus_ms(-ago * DAY_MS), operation: format!("op-{login}"), ..system() };
        let new = NewAccount { login, name: "Tên", role: Role::Learner, unit: None, official: None };
        accounts::add(services, &ctx, &new).await.unwrap();
    }
    accounts::lock(services, &system(), "cuc", "nghỉ việc").await.unwrap();
}

async fn lines(services: &Services, ask: &AuditAsk) -> Vec<AuditLine> {
    audit::page(services, &system(), ask, None, 50).await.unwrap().lines
}

fn subjects(lines: &[AuditLine]) -> Vec<(&str, &str)> {
    lines.iter().map(|l| (l.act.as_str(), l.subject.as_str())).collect()
}

#[tokio::test]
async fn lines_come_newest_first_narrowed_by_day_act_account_and_subject() {
    for fresh in testkit::databases::each().await {
        let services = Services::new(fresh.db.clone());
        busy(&services).await;
        let ask = AuditAsk::default;
        let all = lines(&services, &ask()).await;
        let expected = [
            ("account.lock", "account/cuc"),
            ("account.add", "account/cuc"),
            ("account.add", "account/binh"),
            ("account.add", "account/anh"),
        ];
        assert_eq!(subjects(&all), expected);
        let lock = &all[0];
        assert_eq!((lock.before.as_deref(), lock.after.as_deref()), (Some("state: open"), Some("state: locked")));
        assert_eq!((lock.reason.as_str(), lock.who.as_ref()), ("nghỉ việc", None));
        assert_eq!(all[3].operation, "op-anh");
        let yesterday = AuditAsk { from: Some(day("2026-11-21")), to: Some(day("2026-11-21")), ..ask() };
        assert_eq!(subjects(&lines(&services, &yesterday).await), [("account.add", "account/binh")]);
        let act = AuditAsk { act: Some("account.lock".to_owned()), ..ask() };
        assert_eq!(subjects(&lines(&services, &act).await), [("account.lock", "account/cuc")]);
        let subject = |text: &str| AuditAsk { subject: Some(text.to_owned()), ..ask() };
        assert_eq!(lines(&services, &subject("BINH")).await.len(), 1);
        assert!(lines(&services, &subject("_")).await.is_empty() && lines(&services, &subject("%")).await.is_empty());
    }
}

#[tokio::test]
async fn lines_of_an_account_are_found_by_its_login() {
    let fresh = testkit::databases::sqlite().await;
    let services = Services::new(fresh.db.clone());
    busy(&services).await;
    let anh = accounts::view(&services, &system(), "anh").await.unwrap().id;
    let chief = person(anh, Role::Administrator, None);
    accounts::give(&services, &chief, "binh", Role::UnitHr, None).await.unwrap();
    let ask = AuditAsk { login: Some("anh".to_owned()), ..AuditAsk::default() };
    let found = lines(&services, &ask).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].who.as_ref().map(|w| w.0.as_str()), Some("anh"));
    assert_eq!(found[0].after.as_deref(), Some("role: learner\nrole: unit_hr"));
}

#[tokio::test]
async fn pages_lose_and_repeat_nothing_even_within_one_instant() {
    for fresh in testkit::databases::each().await {
        let services = Services::new(fresh.db.clone());
        busy(&services).await;
        let (mut after, mut seen) = (None, Vec::new());
        loop {
            let page = audit::page(&services, &system(), &AuditAsk::default(), after, 1).await.unwrap();
            let Some(last) = page.lines.last() else { break };
            after = Some((last.at, last.id));
            seen.extend(page.lines.iter().map(|l| l.id));
            assert_eq!(page.more, seen.len() < 4);
        }
        let all: Vec<i64> = lines(&services, &AuditAsk::default()).await.iter().map(|l| l.id).collect();
        assert_eq!(seen, all);
    }
}

#[tokio::test]
async fn administrators_and_inspectors_of_the_whole_province_read_it() {
    let fresh = testkit::databases::sqlite().await;
    let services = Services::new(fresh.db.clone());
    busy(&services).await;
    for role in Role::ALL {
        for unit in [None, Some(1)] {
            let ctx = person(UserId(1), *role, unit);
            let read = audit::page(&services, &ctx, &AuditAsk::default(), None, 5).await;
            let may = matches!(role, Role::Administrator | Role::Inspector) && unit.is_none();
            match read {
                Ok(page) => assert!(may && page.lines.len() == 4, "{role} {unit:?}"),
                Err(error) => assert!(!may && matches!(error, ActError::Forbidden(Forbidden { act: Act::ViewAudit })), "{role} {unit:?}"),
            }
        }
    }
}

#[tokio::test]
async fn no_password_reaches_the_audit() {
    let fresh = testkit::databases::sqlite().await;
    let services = Services::new(fresh.db.clone());
    let new = NewAccount { login: "hoa", name: "Hoa", role: Role::Learner, unit: None, official: None };
    let first = accounts::add(&services, &system(), &new).await.unwrap();
    let second = accounts::reset(&services, &system(), "hoa").await.unwrap();
    let said = format!("{:?}", lines(&services, &AuditAsk::default()).await);
    assert!(!said.contains(&first) && !said.contains(&second));
    assert_eq!(today(), day("2026-11-22"));
}

/// Texts such as `"scheme.publish"` in the sources.
fn acts_of(folder: &Path, found: &mut Vec<String>) {
    for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            acts_of(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let is_act = |t: &&str| {
            let of = t.split_once('.').map(|(of, _)| of);
            let known = [
                "api",
                "account",
                "certificate",
                "class",
                "contact",
                "correction",
                "council",
                "directory",
                "feed",
                "intake",
                "list",
                "mandate",
                "need",
                "nomination",
                "notice",
                "paper",
                "people",
                "plan",
                "post",
                "procedure",
                "programme",
                "register",
                "review",
                "scheme",
                "session",
                "standard",
                "survey",
                "target",
                "task",
                "template",
                "token",
                "unit",
            ];
            of.is_some_and(|of| known.contains(&of)) && t.chars().all(|c| c.is_ascii_lowercase() || c == '.' || c == '_')
        };
        found.extend(text.split('"').skip(1).step_by(2).filter(is_act).map(str::to_owned));
    }
}

#[test]
fn every_act_of_the_sources_is_listed() {
    let mut found = Vec::new();
    acts_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.sort();
    found.dedup();
    // A number of the law that is called like an act.
    found.retain(|act| act != "certificate.issue_days");
    assert_eq!(found, ACTS);
}
