//! A throw-away PostgreSQL cluster for tests: on the loopback address, on a free port, in a temporary folder, gone afterwards.
//! Not for: real data. It trusts every local connection and never flushes to disk.

use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, process, thread};

use crate::{Outcome, say, tools};

/// The variable through which tests find the cluster.
pub(crate) const VARIABLE: &str = "KHUEVAN_TEST_POSTGRES";

/// Speed before safety: the data may be lost at any moment, and is.
/// No Unix socket, because a long temporary path would not fit into one; little shared memory, because containers have little.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
max_parallel_workers_per_gather = 0
timezone = 'UTC'
";

/// Another process may take the free port between choosing and using it.
const ATTEMPTS: u32 = 3;

/// A running cluster; dropping it stops the server and removes its files.
#[derive(Debug)]
pub(crate) struct Cluster {
    url: String,
    guardian: Child,
}

impl Cluster {
    pub(crate) fn start() -> Outcome<Self> {
        let programs = tools::postgres()?;
        let owner = Owner::choose()?;
        let folder = create_folder(&owner)?;
        // Set before the server exists, so that whatever fails below is cleaned up.
        let mut cluster = Self { url: String::new(), guardian: guard(&folder, &owner, &programs)? };
        let data = folder.join("data");
        let mut initdb = owner.command(&programs.join("initdb"), &folder);
        initdb.arg("--pgdata").arg(&data).args(["--username=khuevan", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        tools::read(&mut initdb)?;
        append(&data.join("postgresql.conf"), SETTINGS)?;
        let port = start_server(&folder, &owner, &programs)?;
        cluster.url = format!("postgres://khuevan@127.0.0.1:{port}/postgres");
        Ok(cluster)
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // The guardian acts when its standard input ends, here or when this process dies.
        drop(self.guardian.stdin.take());
        if let Err(error) = self.guardian.wait() {
            eprintln!("xtask: the test database may still be running: {error}");
        }
    }
}

/// `cargo xtask pg`: a cluster for a developer, until Enter or until this process is ended.
pub(crate) fn serve() -> Outcome {
    let cluster = Cluster::start()?;
    say(&format!("PostgreSQL is ready; let the tests use it with\n\n    export {VARIABLE}={}\n", cluster.url()));
    say("Enter stops it and removes its data.");
    let read = io::stdin().read_line(&mut String::new()).map_err(|error| format!("the terminal cannot be read: {error}"))?;
    if read == 0 && !io::stdin().is_terminal() {
        // Started without a keyboard: stay until a signal; the guardian cleans up behind us.
        loop {
            thread::park();
        }
    }
    Ok(())
}

/// The user the server runs as: PostgreSQL refuses to run as root.
#[derive(Debug)]
enum Owner {
    Ourselves,
    Other { name: &'static str, user: u32, group: u32 },
}

impl Owner {
    fn choose() -> Outcome<Self> {
        if !tools::is_root() {
            return Ok(Self::Ourselves);
        }
        let id = |option: &str, name: &str| tools::read(Command::new("id").args([option, name])).ok()?.parse().ok();
        let known = ["postgres", "nobody"].into_iter().find_map(|name| Some((name, id("-u", name)?, id("-g", name)?)));
        let (name, user, group) = known.ok_or("PostgreSQL refuses to run as root, and there is neither a user `postgres` nor `nobody`")?;
        Ok(Self::Other { name, user, group })
    }

    /// The command as this user, started in a folder that the user may enter.
    fn command(&self, program: &Path, folder: &Path) -> Command {
        let mut command = match self {
            Self::Ourselves => Command::new(program),
            Self::Other { name, user, group } => switch_user(name, *user, *group, program),
        };
        command.current_dir(folder);
        command
    }
}

/// Containers differ in which of these three they have; `su` is everywhere.
fn switch_user(name: &str, user: u32, group: u32, program: &Path) -> Command {
    let mut command;
    if tools::find("setpriv").is_some() {
        command = Command::new("setpriv");
        command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned(), "--".to_owned()]);
    } else if tools::find("runuser").is_some() {
        command = Command::new("runuser");
        command.args(["-u", name, "--"]);
    } else {
        command = Command::new("su");
        // The shell's own `$0` is the program, so that no argument needs quoting.
        command.args(["-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", name, "--"]);
    }
    command.arg(program);
    command
}

fn create_folder(owner: &Owner) -> Outcome<PathBuf> {
    let folder = env::temp_dir().join(format!("khuevan-pg-{}", process::id()));
    let told = |error: io::Error| format!("{} cannot be made: {error}", folder.display());
    fs::DirBuilder::new().mode(0o700).create(&folder).map_err(told)?;
    if let Owner::Other { user, group, .. } = owner {
        chown(&folder, Some(*user), Some(*group)).map_err(told)?;
    }
    Ok(folder)
}

/// A shell that waits for its standard input to end, then stops the server and removes the folder.
/// The system closes that input however this process ends, by a signal too, where no destructor would run.
fn guard(folder: &Path, owner: &Owner, programs: &Path) -> Outcome<Child> {
    let mut stop = owner.command(&programs.join("pg_ctl"), folder);
    stop.args(["stop", "--mode=immediate", "--silent", "--pgdata"]).arg(folder.join("data"));
    Command::new("sh")
        .args(["-c", "read -r _; \"$@\"; cd / && rm -rf -- \"$0\""])
        .arg(folder)
        .arg(stop.get_program())
        .args(stop.get_args())
        .current_dir(folder)
        // Its own process group, so that Ctrl-C reaches us and not the one who cleans up.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("`sh` could not be started: {error}"))
}

/// Starts the server and waits until it answers; returns its port.
fn start_server(folder: &Path, owner: &Owner, programs: &Path) -> Outcome<u16> {
    let data = folder.join("data");
    let log = folder.join("log");
    let mut failure = String::new();
    for _ in 0..ATTEMPTS {
        let port = free_port()?;
        // The last line for a setting counts, so a second attempt simply adds another.
        append(&data.join("postgresql.conf"), &format!("port = {port}\n"))?;
        let mut start = owner.command(&programs.join("pg_ctl"), folder);
        start.args(["start", "--wait", "--timeout=60", "--silent", "--pgdata"]).arg(&data).arg("--log").arg(&log);
        match tools::read(&mut start) {
            Ok(_) => return Ok(port),
            Err(error) => failure = error,
        }
    }
    let said = fs::read_to_string(&log).unwrap_or_default();
    Err(format!("PostgreSQL does not start: {failure}\n{}", said.trim()))
}

fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("there is no free port on the loopback address: {error}"))
}

fn append(path: &Path, text: &str) -> Outcome {
    let result = OpenOptions::new().append(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    result.map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_user_runs_the_very_program_asked_for() {
        let owner = Owner::Other { name: "nobody", user: 65_534, group: 65_534 };
        let command = owner.command(Path::new("/usr/bin/true"), Path::new("/tmp"));
        assert_eq!(command.get_args().last(), Some("/usr/bin/true".as_ref()));
        assert_eq!(command.get_current_dir(), Some(Path::new("/tmp")));
    }

    #[test]
    fn the_server_listens_on_the_loopback_address_only() {
        assert!(SETTINGS.contains("listen_addresses = '127.0.0.1'"));
        assert!(SETTINGS.contains("unix_socket_directories = ''"));
    }

    #[test]
    fn a_free_port_is_a_real_port() {
        assert!(free_port().is_ok_and(|port| port > 0));
    }
}
