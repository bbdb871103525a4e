//! A small load generator over keep-alive connections: full speed, or an office of people who think between clicks.
//! Not for: anything but loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;

/// Times of all requests of a run.
#[derive(Debug, Default)]
pub(super) struct Load {
    times: Vec<Duration>,
    took: Duration,
}

impl Load {
    pub(super) fn count(&self) -> f64 {
        f64::from(u32::try_from(self.times.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn rate(&self) -> f64 {
        if self.took.is_zero() { 0.0 } else { self.count() / self.took.as_secs_f64() }
    }

    pub(super) fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.times.clone();
        sorted.sort();
        let place = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(place).copied().unwrap_or_default()
    }
}

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Signs a demo account in and gives its cookies.
pub(super) fn sign_in(address: &str, login: &str, password: &str) -> Outcome<String> {
    let mut stream = connect(address)?;
    let page = exchange(&mut stream, address, "GET /dang-nhap", "", None)?;
    let before = cookies(&page);
    let token = page.body.split("name=\"csrf\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1)).and_then(|v| v.split('"').next());
    let form = format!("csrf={}&login={login}&password={password}", token.unwrap_or_default());
    let signed = exchange(&mut stream, address, "POST /dang-nhap", &before, Some(&form))?;
    let after = cookies(&signed);
    if after.contains("kv_session=") { Ok(after) } else { Err(format!("the demo account was not signed in (status {})", signed.status)) }
}

/// The time of one page on a fresh connection.
pub(super) fn get(address: &str, path: &str, cookie: &str) -> Outcome<Duration> {
    let mut stream = connect(address)?;
    one(&mut stream, address, path, cookie)
}

/// The time until a page no longer says that it is not ready, asked again and again; each answer takes as long as the server waits.
pub(super) fn get_whole(address: &str, path: &str, cookie: &str, unready: &str) -> Outcome<Duration> {
    let (mut stream, started) = (connect(address)?, Instant::now());
    loop {
        let answer = exchange(&mut stream, address, &format!("GET {path}"), cookie, None)?;
        match answer.status {
            200 if answer.body.contains(unready) => {}
            200 => return Ok(started.elapsed()),
            status => return Err(format!("{path} answered {status}")),
        }
    }
}

/// As many requests as `connections` can make.
pub(super) fn full_speed(address: &str, path: &str, cookie: &str, connections: usize, during: Duration) -> Outcome<Load> {
    many(address, path, cookie, connections, during, Duration::ZERO)
}

/// People who open the page, think for a second, and open it again.
pub(super) fn office(address: &str, path: &str, cookie: &str, people: usize, during: Duration) -> Outcome<Load> {
    many(address, path, cookie, people, during, Duration::from_secs(1))
}

fn many(address: &str, path: &str, cookie: &str, clients: usize, during: Duration, think: Duration) -> Outcome<Load> {
    let started = Instant::now();
    let spread = think / u32::try_from(clients.max(1)).unwrap_or(1);
    let handles: Vec<_> = (0..clients)
        .map(|n| {
            let (address, path, cookie) = (address.to_owned(), path.to_owned(), cookie.to_owned());
            let delay = spread * u32::try_from(n).unwrap_or(0);
            thread::spawn(move || client(&address, &path, &cookie, started, delay, during, think))
        })
        .collect();
    let mut load = Load::default();
    for handle in handles {
        load.times.extend(handle.join().map_err(|_| "a client of the load stopped".to_owned())??);
    }
    load.took = started.elapsed();
    Ok(load)
}

#[expect(clippy::disallowed_methods, reason = "people think; this thread stands for one of them")]
fn client(
    address: &str,
    path: &str,
    cookie: &str,
    started: Instant,
    delay: Duration,
    during: Duration,
    think: Duration,
) -> Outcome<Vec<Duration>> {
    let mut stream = connect(address)?;
    let mut times = Vec::new();
    thread::sleep(delay);
    while started.elapsed() < during {
        times.push(one(&mut stream, address, path, cookie)?);
        if !think.is_zero() {
            thread::sleep(think);
        }
    }
    Ok(times)
}

fn one(stream: &mut BufReader<TcpStream>, address: &str, path: &str, cookie: &str) -> Outcome<Duration> {
    let started = Instant::now();
    let answer = exchange(stream, address, &format!("GET {path}"), cookie, None)?;
    if answer.status == 200 { Ok(started.elapsed()) } else { Err(format!("{path} answered {}", answer.status)) }
}

fn connect(address: &str) -> Outcome<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address).map_err(|e| format!("{address}: {e}"))?;
    stream.set_nodelay(true).map_err(|e| format!("{address}: {e}"))?;
    Ok(BufReader::new(stream))
}

fn exchange(stream: &mut BufReader<TcpStream>, address: &str, line: &str, cookie: &str, form: Option<&str>) -> Outcome<Answer> {
    let body = form.unwrap_or_default();
    let mut request = format!("{line} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nOrigin: http://{address}\r\n");
    if !cookie.is_empty() {
        request.push_str(&format!("Cookie: {cookie}\r\n"));
    }
    if form.is_some() {
        request.push_str(&format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", body.len()));
    }
    request.push_str("\r\n");
    request.push_str(body);
    stream.get_mut().write_all(request.as_bytes()).map_err(|e| format!("{line}: {e}"))?;
    read(stream).map_err(|e| format!("{line}: {e}"))
}

fn read(stream: &mut BufReader<TcpStream>) -> std::io::Result<Answer> {
    let mut first = String::new();
    stream.read_line(&mut first)?;
    let status = first.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        match line.trim_end().split_once(':') {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.trim().to_owned())),
            None => break,
        }
    }
    let header = |name: &str| headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone());
    let body = match header("content-length").and_then(|n| n.parse::<usize>().ok()) {
        Some(length) => {
            let mut bytes = vec![0; length];
            stream.read_exact(&mut bytes)?;
            bytes
        }
        None if header("transfer-encoding").is_some() => chunks(stream)?,
        None => Vec::new(),
    };
    Ok(Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() })
}

fn chunks(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut size = String::new();
        stream.read_line(&mut size)?;
        let length = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let mut chunk = vec![0; length + 2];
        stream.read_exact(&mut chunk)?;
        chunk.truncate(length);
        if length == 0 {
            return Ok(body);
        }
        body.extend(chunk);
    }
}

fn cookies(answer: &Answer) -> String {
    let set = answer.headers.iter().filter(|(n, _)| n == "set-cookie");
    set.filter_map(|(_, v)| v.split(';').next()).collect::<Vec<_>>().join("; ")
}
