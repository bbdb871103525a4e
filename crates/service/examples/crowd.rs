//! Names people of a filled database for one class, one by one and by eight askers at once, and prints how many a second: what
//! `cargo xtask bench` tells of nominations with every check on.
//! Not for: tests; it leaves the class behind.

#![expect(clippy::print_stdout, reason = "its answer is what it prints")]

use std::error::Error;
use std::time::Instant;

use domain::classes::{ClassAct, Hours, Terms};
use domain::ids::UnitId;
use domain::time::{Date, noon, parse};
use domain::training::{ClassForm, ContentGroup, Mode, TrainingKind};
use futures_util::future::try_join_all;
use service::classes::{self, Deed};
use service::nominations::{self, Entry};
use service::{Ctx, Services};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// People named by one asker, and by many.
const EACH: usize = 400;
const ASKERS: usize = 8;

#[tokio::main]
async fn main() -> Outcome<()> {
    let address = std::env::args().nth(1).ok_or("the address of a filled database is needed")?;
    let today = parse("2026-11-22").ok_or("a day")?;
    let services = Services::new(store::Db::open(&address).await?);
    let ctx = Ctx::system(noon(today), today);
    let code = open(&services, &ctx, today).await?;
    let (_, _, assessed) = nominations::assess_place(&services, &ctx, &code, None, today).await.map_err(|error| told(&error))?;
    let entries: Vec<Entry> = assessed.iter().filter(|one| one.may_go()).map(|one| entry(&one.person.code)).take(2 * EACH).collect();
    let (alone, together) = entries.split_at(entries.len() / 2);
    let started = Instant::now();
    nominations::name(&services, &ctx, &code, alone, None).await.map_err(|error| told(&error))?;
    println!("alone {:.1}", rate(alone.len(), started));
    let started = Instant::now();
    let lists = together.chunks(together.len().div_ceil(ASKERS).max(1));
    try_join_all(lists.map(|list| nominations::name(&services, &ctx, &code, list, None))).await.map_err(|error| told(&error))?;
    println!("together {:.1}", rate(together.len(), started));
    Ok(())
}

fn told(error: &service::ActError) -> String {
    format!("{error:?}")
}

fn entry(code: &str) -> Entry {
    Entry { official: code.to_owned(), reason: "theo kế hoạch".to_owned(), ..Entry::default() }
}

fn rate(people: usize, since: Instant) -> f64 {
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    f64::from(people) / since.elapsed().as_secs_f64()
}

/// A class in office hours with half as many seats as people who are named.
async fn open(services: &Services, ctx: &Ctx, today: Date) -> Outcome<String> {
    let starts_on = today.next_day().ok_or("a day")?;
    let terms = Terms {
        name: "Lớp đo tốc độ".to_owned(),
        form: ClassForm::Class,
        kind: TrainingKind::Training,
        content: Some(ContentGroup::PostSkills),
        degree: None,
        field: None,
        programme: None,
        named: None,
        topic: None,
        line: None,
        mode: Mode::InPerson,
        hours: Hours::Office,
        abroad: false,
        lead: UnitId(1),
        school: String::new(),
        place: String::new(),
        starts_on,
        ends_on: starts_on,
        days: 1,
        periods: 8,
        most: i32::try_from(EACH)?,
        least: 0,
        staff: Vec::new(),
        groups: Vec::new(),
        level: None,
        names_until: None,
        cost: 0,
        source: None,
        note: String::new(),
    };
    let code = classes::create(services, ctx, &terms, &[]).await.map_err(|e| format!("{e:?}"))?;
    let open = Deed { act: ClassAct::Open, decision: "1/QĐ", reason: "", days: None };
    classes::act(services, ctx, &code, 1, &open).await.map_err(|e| format!("{e:?}"))?;
    Ok(code)
}
