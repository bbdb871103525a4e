//! The process is killed in the middle: what was acknowledged stays, and the next start is clean.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use testkit::databases::Folder;

use crate::run::{Server, TODAY, json, khuevan};

#[test]
fn killed_while_the_province_is_loaded_the_next_start_loads_it_whole() {
    let folder = Folder::new();
    let file = folder.path().join("khuevan.db");
    for size in [600_000, 4_000_000] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_khuevan"))
            .args(["--today", TODAY, "serve", "--demo", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let wal = folder.path().join("khuevan.db-wal");
        let written = || [&file, &wal].iter().map(|p| std::fs::metadata(p).map_or(0, |m| m.len())).sum::<u64>();
        let started = Instant::now();
        while written() < size && started.elapsed() < Duration::from_secs(60) {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let server = Server::start(folder.path());
    assert!(server.sign_in("so-noi-vu").is_some());
    server.kill();
    let database = format!("sqlite:{}", file.display());
    let table = json(&khuevan(&["statistics", "--database", &database, "--table", "1", "--format", "json"]));
    assert_eq!(table["rows"].as_array().unwrap().last().unwrap()["cells"]["total"], 8_664);
}

#[test]
fn killed_under_writes_every_acknowledged_session_is_still_there() {
    let folder = Folder::new();
    let server = Server::start(folder.path());
    let logins = ["so-noi-vu", "lanh-dao", "thanh-tra", "quan-tri"];
    let acknowledged: Vec<String> = logins.iter().cycle().take(12).filter_map(|login| server.sign_in(login)).collect();
    assert_eq!(acknowledged.len(), 12);
    server.kill();
    let server = Server::start(folder.path());
    for cookie in &acknowledged {
        let (status, _, _) = server.ask("GET /tai-khoan", &format!("Cookie: {cookie}\r\n"), "");
        assert_eq!(status, 200, "{cookie}");
    }
}
