//! The measured server: started, watched through `/proc`, stopped.
//! Not for: tests; they start their own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// The pause between two looks at a process.
const LOOK: Duration = Duration::from_millis(20);

pub(crate) struct Server {
    child: Child,
    address: String,
}

impl Server {
    /// Starts the demo and waits until it says where it listens.
    pub(super) fn start(binary: &Path, data: &Path) -> Outcome<Self> {
        Self::listening(Command::new(binary).args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data"]).arg(data))
    }

    /// Fills a folder with the demo of a day, and leaves it to others.
    pub(crate) fn furnish(binary: &Path, data: &Path, today: &str) -> Outcome {
        let mut command = Command::new(binary);
        command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--today", today, "--data"]).arg(data);
        Self::listening(&mut command)?.stop()
    }

    /// Starts over a filled database.
    pub(super) fn over(binary: &Path, database: &str) -> Outcome<Self> {
        Self::listening(Command::new(binary).args(["serve", "--demo", "--listen", "127.0.0.1:0", "--database", database]))
    }

    /// Starts over a folder as an office does, without the demo.
    pub(crate) fn plain(binary: &Path, data: &Path) -> Outcome<Self> {
        Self::listening(Command::new(binary).args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data))
    }

    fn listening(command: &mut Command) -> Outcome<Self> {
        command.env("KHUEVAN_LOG", "warn");
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(|e| format!("the server does not start: {e}"))?;
        let out = child.stdout.take().ok_or("the server has no output")?;
        let line = BufReader::new(out).lines().next().and_then(Result::ok).unwrap_or_default();
        match line.split_once("http://") {
            Some((_, address)) => Ok(Self { child, address: address.trim().to_owned() }),
            None => Err("the server ended before it listened".to_owned()),
        }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// CPU time of the process so far, user and system.
    pub(super) fn cpu(&self) -> Outcome<Duration> {
        cpu_of(&self.child.id().to_string())
    }

    /// Memory that is the process's alone: mapped database pages are not counted.
    pub(super) fn private_bytes(&self) -> Outcome<u64> {
        let rollup = self.read("smaps_rollup")?;
        let kilobytes: u64 = rollup
            .lines()
            .filter(|l| l.starts_with("Private_Clean") || l.starts_with("Private_Dirty"))
            .filter_map(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok())
            .sum();
        Ok(kilobytes * 1_024)
    }

    fn read(&self, file: &str) -> Outcome<String> {
        let path = format!("/proc/{}/{file}", self.child.id());
        std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))
    }

    pub(crate) fn stop(mut self) -> Outcome {
        let stopped = Command::new("kill").arg(self.child.id().to_string()).status();
        stopped.map_err(|e| format!("the server cannot be stopped: {e}"))?;
        self.child.wait().map(|_| ()).map_err(|e| format!("the server does not end: {e}"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _: std::io::Result<()> = self.child.kill();
    }
}

/// A process that ran to its end: how long, how much of the processors, and the most memory it held.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watched {
    pub(super) wall: Duration,
    pub(super) cpu: Duration,
    /// Bytes of memory that were its own or shared, at the most.
    pub(super) peak: u64,
}

impl Watched {
    /// Runs a command and looks at it through `/proc` until it ends.
    pub(super) fn of(command: &mut Command) -> Outcome<Self> {
        let started = Instant::now();
        let shown = format!("{command:?}");
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|e| format!("{shown}: {e}"))?;
        let said = child.stderr.take().map(|errors| std::thread::spawn(move || std::io::read_to_string(errors).unwrap_or_default()));
        let (mut cpu, mut peak) = (Duration::ZERO, 0);
        let status = loop {
            if let Some(status) = child.try_wait().map_err(|e| format!("{shown}: {e}"))? {
                break status;
            }
            let id = child.id().to_string();
            cpu = cpu_of(&id).unwrap_or(cpu);
            peak = peak_of(&id).unwrap_or(peak);
            std::thread::park_timeout(LOOK);
        };
        let wall = started.elapsed();
        let said = said.and_then(|thread| thread.join().ok()).unwrap_or_default();
        if status.success() { Ok(Self { wall, cpu, peak }) } else { Err(format!("{shown} ended with {status}: {said}")) }
    }
}

/// CPU time of a process so far, user and system.
fn cpu_of(id: &str) -> Outcome<Duration> {
    let path = format!("/proc/{id}/stat");
    let stat = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    // Linux counts in hundredths of a second on every machine this runs on.
    Ok(Duration::from_millis(ticks * 10))
}

/// The most memory a process ever held.
fn peak_of(id: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}
