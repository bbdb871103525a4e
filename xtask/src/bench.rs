//! `cargo xtask bench`: figures of the release binary on this machine, as a table or as JSON. It reports; nothing here passes or fails.
//! Not for: tests. Absolute times belong to one machine; the ratios to the static handler travel better.

mod figures;
mod http;
mod import;
pub(crate) mod process;

use std::path::Path;
use std::time::{Duration, Instant};

use figures::Figures;
use process::Server;

use crate::postgres::Cluster;
use crate::{Outcome, say, tools};

const PAGES: &[(&str, &str)] = &[
    ("static handler", "/healthz"),
    ("dashboard", "/"),
    ("target page", "/chi-tieu/T2.1"),
    ("people behind a target", "/chi-tieu/T2.1/nguoi?ben=thieu"),
    ("person list", "/nhan-su"),
];

/// Lists of people by what is asked: one that fills its page at once, ones that few people meet, and the counts of the filter.
const LISTS: &[(&str, &str)] = &[
    ("all people", "/nhan-su"),
    ("a kind of staff", "/nhan-su?loai=cong_chuc"),
    ("heads of departments", "/nhan-su?chuc-vu=department_head"),
    ("doctors", "/nhan-su?co=professional.doctor"),
    ("without political theory, 40 to 50", "/nhan-su?thieu=political_theory&tuoi-tu=40&tuoi-den=50"),
    ("not trained this year", "/nhan-su?hoc=chua&hoc-tu=2026-01-01"),
    ("left", "/nhan-su?lam-viec=da-nghi"),
    ("name without marks", "/nhan-su?q=nguyen%20thi"),
    ("two frequent words", "/nhan-su?q=tran%20van"),
    ("two words that nobody has together", "/nhan-su?q=hoang%20minh"),
    ("staff code", "/nhan-su?q=qn001"),
    ("nobody", "/nhan-su?q=khong-co-ai"),
    ("a small ethnic group", "/nhan-su?dan-toc=18&muc-dich=do-dac"),
    ("over 64", "/nhan-su?tuoi-tu=65"),
    ("counts beside every choice", "/nhan-su/bo-loc"),
];

/// People of the largest province. What officials lack is asked by one province, so these pages are opened up to its size; the nation asks for targets and lists.
const LARGEST_PROVINCE: u32 = 60_000;

/// What officials lack: every requirement by units and by groups, the urgent list, one requirement's names.
const GAPS: &[(&str, &str)] = &[
    ("heat of all requirements", "/thieu"),
    ("by groups of leaders", "/thieu?theo=nhom"),
    ("urgent list", "/thieu/can-ngay"),
    ("names of one requirement", "/thieu/CM.1"),
];

/// Stands in the page whose counts are still being made.
const COUNTING: &str = "kv-counting";

/// Runs the measurements.
pub(crate) fn run(root: &Path, options: &[&str]) -> Outcome {
    let json = options.windows(2).any(|pair| pair == ["--format", "json"]);
    if let Some(odd) = options.iter().find(|o| !["--format", "json", "text", "--large", "--import"].contains(o)) {
        return Err(format!(
            "`{odd}` is not an option of bench; there are --format json, --large (2.5 million people, many minutes) and --import (only that)"
        ));
    }
    // All at once, so that libraries are built with one set of features and only once.
    let mut build = tools::cargo();
    build.args([
        "build",
        "--release",
        "--quiet",
        "--workspace",
        "--bin",
        "khuevan",
        "--example",
        "crowd",
        "--example",
        "certify",
        "--example",
        "wide",
    ]);
    tools::run(&mut build)?;
    let binary = root.join("target/release/khuevan");
    let folder = std::env::temp_dir().join(format!("khuevan-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut figures = Figures::default();
    let outcome = measure(root, (&binary, &folder), options, &mut figures);
    let _: std::io::Result<()> = std::fs::remove_dir_all(&folder);
    // What was measured before something failed is told too.
    say(&if json { figures.json() } else { figures.table() });
    outcome
}

fn measure(root: &Path, (binary, folder): (&Path, &Path), options: &[&str], figures: &mut Figures) -> Outcome {
    if options.contains(&"--import") {
        return import::measure(root, binary, folder, &Cluster::start()?, figures);
    }
    let size = std::fs::metadata(binary).map_err(|e| format!("{}: {e}", binary.display()))?.len();
    figures.add("binary", "size", megabytes(size), "MB");
    server(binary, folder, figures)?;
    let cluster = Cluster::start()?;
    let mut sizes = vec![("demo province", 12_000), ("60,000 people", LARGEST_PROVINCE)];
    if options.contains(&"--large") {
        sizes.push(("2.5 million people", 2_500_000));
    }
    for (name, people) in sizes {
        for engine in ["SQLite", "PostgreSQL"] {
            let address = match engine {
                "SQLite" => format!("sqlite:{}", folder.join(format!("{people}.db")).display()),
                _ => new_database(&cluster, &people.to_string())?,
            };
            targets(binary, &format!("{name}, {engine}"), &address, people, figures)?;
        }
    }
    import::measure(root, binary, folder, &cluster, figures)
}

fn new_database(cluster: &Cluster, of: &str) -> Outcome<String> {
    let name = format!("bench_{of}");
    let psql = tools::find("psql").ok_or("psql is needed to create databases for the measurements")?;
    tools::read(std::process::Command::new(psql).arg(cluster.url()).args(["-qc", &format!("CREATE DATABASE {name}")]))?;
    let base = cluster.url().rsplit_once('/').map_or(cluster.url(), |(base, _)| base);
    Ok(format!("{base}/{name}"))
}

/// Filling a database, then all targets of all schemes from a cold process and from cold caches of a warm one.
fn targets(binary: &Path, place: &str, address: &str, people: u32, figures: &mut Figures) -> Outcome {
    say(&format!("… {place}"));
    let filled = timed(binary, &["generate", "--database", address, "--people", &people.to_string()])?;
    figures.add(place, "generate and load", seconds(filled), "s");
    let runs: Vec<Duration> =
        (0..3).map(|_| timed(binary, &["progress", "--database", address, "--format", "json"])).collect::<Outcome<_>>()?;
    let best = runs.iter().min().copied().unwrap_or_default();
    figures.add(place, "all targets, whole process", milliseconds(best), "ms");
    if people <= LARGEST_PROVINCE {
        sending(binary, place, address, figures)?;
    }
    lists(binary, place, address, people <= LARGEST_PROVINCE, figures)
}

/// A class of the generated province.
const CLASS: &str = "2026-001";

/// Everybody judged for one class, from a cold process; then people named for another, with every check on.
fn sending(binary: &Path, place: &str, address: &str, figures: &mut Figures) -> Outcome {
    let arguments = ["eligibility", "--database", address, "--class", CLASS, "--format", "csv"];
    let runs: Vec<Duration> = (0..3).map(|_| timed(binary, &arguments)).collect::<Outcome<_>>()?;
    figures.add(place, "eligibility of everybody, whole process", milliseconds(runs.iter().min().copied().unwrap_or_default()), "ms");
    let told = tools::read(std::process::Command::new(binary.with_file_name("examples").join("crowd")).arg(address))?;
    for (word, name) in [("alone", "nominations, one after the other"), ("together", "nominations, eight askers at once")] {
        let rate = told.lines().find_map(|line| line.strip_prefix(word)?.trim().parse().ok());
        figures.add(place, name, rate.ok_or_else(|| format!("the crowd said `{told}`"))?, "/s");
    }
    certificates(binary, place, address, figures)
}

/// Certificates of one class of five thousand: written with number and seal, then set as PDF with their codes.
fn certificates(binary: &Path, place: &str, address: &str, figures: &mut Figures) -> Outcome {
    let mut command = std::process::Command::new(binary.with_file_name("examples").join("certify"));
    let told = tools::read(command.args([address, "2026-11-22", "5000", "https://dao-tao.tinh.vn"]))?;
    let names = [
        ("issued", "certificates issued and sealed"),
        ("printed", "certificates set as PDF"),
        ("summoned", "papers of a class set as PDF, one for each"),
    ];
    for (word, name) in names {
        let rate = told.lines().find_map(|line| line.strip_prefix(word)?.trim().parse().ok());
        figures.add(place, name, rate.ok_or_else(|| format!("certify said `{told}`"))?, "/s");
    }
    Ok(())
}

/// Lists of people, and what they lack, from empty memory, each asked once; the dashboard before them waits until the figures of the day are counted.
fn lists(binary: &Path, place: &str, address: &str, with_gaps: bool, figures: &mut Figures) -> Outcome {
    let server = Server::over(binary, address)?;
    let cookie = http::sign_in(server.address(), "so-noi-vu", "khuevan")?;
    http::get(server.address(), "/", &cookie)?;
    for (name, path) in LISTS {
        let first = http::get_whole(server.address(), path, &cookie, COUNTING)?;
        figures.add(place, &format!("list: {name}"), milliseconds(first), "ms");
    }
    for (name, path) in GAPS.iter().filter(|_| with_gaps) {
        figures.add(place, &format!("gaps: {name}"), milliseconds(http::get(server.address(), path, &cookie)?), "ms");
    }
    server.stop()
}

fn timed(binary: &Path, arguments: &[&str]) -> Outcome<Duration> {
    let started = Instant::now();
    tools::read(std::process::Command::new(binary).args(arguments))?;
    Ok(started.elapsed())
}

/// Start-up, memory and pages of the demo province.
fn server(binary: &Path, folder: &Path, figures: &mut Figures) -> Outcome {
    say("… server on the demo province");
    let data = folder.join("demo");
    let first = Instant::now();
    Server::start(binary, &data)?.stop()?;
    figures.add("server", "first start, province included", seconds(first.elapsed()), "s");
    let second = Instant::now();
    let server = Server::start(binary, &data)?;
    figures.add("server", "second start", milliseconds(second.elapsed()), "ms");
    let cookie = http::sign_in(server.address(), "so-noi-vu", "khuevan")?;
    let first_view = http::get(server.address(), "/", &cookie)?;
    figures.add("dashboard", "first view after a start", milliseconds(first_view), "ms");
    figures.add("dashboard", "a day that nobody asked for, median of 9", milliseconds(unasked(&server, &cookie)?), "ms");
    let mut base = None;
    for (name, path) in PAGES {
        let before = server.cpu()?;
        let load = http::full_speed(server.address(), path, &cookie, 8, Duration::from_secs(4))?;
        let spent = server.cpu()?.saturating_sub(before);
        let rate = load.rate();
        let base_rate = *base.get_or_insert(rate);
        figures.add(name, "requests a second, 8 connections", rate, "1/s");
        figures.add(name, "times slower than the static handler", if rate > 0.0 { base_rate / rate } else { 0.0 }, "×");
        figures.add(name, "CPU a request", milliseconds(spent) / load.count().max(1.0), "ms");
        let office = http::office(server.address(), path, &cookie, 50, Duration::from_secs(8))?;
        figures.add(name, "p50, 50 people with 1 s to think", milliseconds(office.percentile(50)), "ms");
        figures.add(name, "p99, 50 people with 1 s to think", milliseconds(office.percentile(99)), "ms");
    }
    figures.add("server", "private memory after the load", megabytes(server.private_bytes()?), "MB");
    server.stop()
}

/// Every figure of a day is counted anew when nobody has asked for that day; the median of some such days.
fn unasked(server: &Server, cookie: &str) -> Outcome<Duration> {
    let days = (1..=9).map(|day| format!("/?ngay=2026-10-{day:02}"));
    let mut times = days.map(|path| http::get(server.address(), &path, cookie)).collect::<Outcome<Vec<_>>>()?;
    times.sort();
    Ok(times.get(times.len() / 2).copied().unwrap_or_default())
}

fn seconds(duration: Duration) -> f64 {
    duration.as_secs_f64()
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

fn megabytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1_024).unwrap_or(u32::MAX)) / 1_024.0
}
