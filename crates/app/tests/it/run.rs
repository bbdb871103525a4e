//! Running the binary and talking to its server.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// The day that every run pretends.
pub(crate) const TODAY: &str = "2026-11-22";

pub(crate) fn khuevan(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_khuevan")).args(["--today", TODAY]).args(arguments).output().unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) fn json(output: &Output) -> serde_json::Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&output.stdout)))
}

/// A small filled database.
pub(crate) fn filled(folder: &Path) -> String {
    let address = format!("sqlite:{}", folder.join("khuevan.db").display());
    let made = khuevan(&["generate", "--database", &address, "--people", "6000"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    address
}

/// A running server.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(data: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_khuevan"));
        command.args(["--today", TODAY, "serve", "--demo", "--listen", "127.0.0.1:0", "--data"]).arg(data);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit_once("http://").unwrap_or_else(|| panic!("the server said `{line}`")).1.to_owned();
        Self { child, address }
    }

    /// As a power cut would: no signal handler runs.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// One request on a fresh connection: status, headers, body.
    pub(crate) fn ask(&self, line: &str, headers: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let host = &self.address;
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n{headers}\
             Content-Length: {}\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_owned(), body.to_owned())
    }

    /// Signs in and gives the session cookie.
    pub(crate) fn sign_in(&self, login: &str) -> Option<String> {
        let (_, head, page) = self.ask("GET /dang-nhap", "", "");
        let token = page.split("name=\"csrf\"").nth(1)?.split("value=\"").nth(1)?.split('"').next()?.to_owned();
        let form = format!("csrf={token}&login={login}&password=khuevan");
        let (_, head, _) = self.ask("POST /dang-nhap", &format!("Cookie: {}\r\n", cookies(&head)), &form);
        cookies(&head).split("; ").find(|c| c.starts_with("kv_session=")).map(str::to_owned)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _: std::io::Result<()> = self.child.kill();
        let _: std::io::Result<std::process::ExitStatus> = self.child.wait();
    }
}

fn cookies(head: &str) -> String {
    let set = head.lines().filter_map(|l| l.split_once(": ")).filter(|(n, _)| n.eq_ignore_ascii_case("set-cookie"));
    set.filter_map(|(_, v)| v.split(';').next()).collect::<Vec<_>>().join("; ")
}
