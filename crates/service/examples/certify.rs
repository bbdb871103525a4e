//! Issues certificates of a class that many finished, in a filled database, and sets them, and a summons for each, as PDF: how many a second,
//! for `cargo xtask bench`, and codes to ask for, for the stage `badges`. The last certificate of a few is taken back.
//! Not for: tests; it leaves the class behind.

#![expect(clippy::print_stdout, reason = "its answer is what it prints")]

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use documents::papers::Fonts;
use domain::certificates::CertificateAct;
use domain::classes::papers::ClassPaper;
use domain::classes::{ClassAct, Hours, Terms};
use domain::ids::UnitId;
use domain::nominations::NominationState;
use domain::register::Source;
use domain::time::{Date, noon, parse};
use domain::training::{ClassForm, ContentGroup, Mode, Outcome as Ended, TrainingKind};
use service::certificates::{self, Deed};
use service::documents as papers;
use service::work::{End, Made, Stand, Task, Watch};
use service::{Ctx, Services, classes, nominations};
use store::write::nominations::{NewNomination, add};
use store::write::register::{NewRecord, Why, add_class_record};
use store::write::schemes::By;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Up to so many, codes are told and one certificate is taken back.
const FEW: usize = 10;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().ok_or(format!("{what} is needed"));
    let address = next("the address of a filled database")?;
    let today = parse(&next("the day")?).ok_or("a day")?;
    let many: usize = next("how many")?.parse()?;
    let site = next("the address of the site")?;
    let services = Arc::new(Services::new(store::Db::open(&address).await?));
    let ctx = Ctx::system(noon(today), today);
    let code = held(&services, &ctx, many).await?;
    let terms = certificates::Terms {
        issued_on: today,
        issuer: "Trường Chính trị",
        place: "Mẫu",
        signer_post: "Hiệu trưởng",
        signer_name: "Trần Văn Ký",
        site: &site,
    };
    let started = Instant::now();
    certificates::start(&services, &ctx, &code, &terms).await.map_err(|error| told(&error))?;
    certificates::carry(&services, &ctx, &code, &Watch::default()).await.map_err(|error| told(&error))?;
    println!("issued {:.1}", rate(many, started));
    if many <= FEW {
        return codes(&services, &ctx, &code).await;
    }
    let fonts: &'static Fonts = Box::leak(Box::new(Fonts::new(&assets::paper_fonts())?));
    let started = Instant::now();
    certificates::begin_file(&services, &ctx, &code, fonts).await.map_err(|error| told(&error))?;
    let stand = async || certificates::standing(&services, &ctx, &code, Task::CertificateFile).await.map_err(|error| told(&error));
    let made = over(stand).await?;
    println!("printed {:.1}\nbytes {}", rate(made.count, started), made.open().await?.1);
    let started = Instant::now();
    let paper = ClassPaper::Summons;
    papers::begin_class_papers(&services, &ctx, &code, paper, Some(fonts)).await.map_err(|error| told(&error))?;
    let stand = async || papers::class_papers_stand(&services, &ctx, &code, paper).await.map_err(|error| told(&error));
    let made = over(stand).await?;
    println!("summoned {:.1}\nbytes {}", rate(made.count, started), made.open().await?.1);
    Ok(())
}

/// What work made, once it is over.
async fn over(stand: impl AsyncFn() -> Result<Option<Stand>, String>) -> Outcome<Arc<Made>> {
    loop {
        match stand().await? {
            Some(Stand::Running(..)) => tokio::time::sleep(Duration::from_millis(50)).await,
            Some(Stand::Over(End::Done(Some(made)))) => return Ok(made),
            other => return Err(format!("{other:?}").into()),
        }
    }
}

fn told<R: std::fmt::Debug>(error: &service::ActError<R>) -> String {
    format!("{error:?}")
}

fn rate(many: usize, since: Instant) -> f64 {
    f64::from(u32::try_from(many).unwrap_or(u32::MAX)) / since.elapsed().as_secs_f64()
}

async fn codes(services: &Services, ctx: &Ctx, code: &str) -> Outcome<()> {
    let papers = certificates::of_class(services, ctx, code).await.map_err(|error| told(&error))?.papers;
    let (first, last) = (papers.first().ok_or("a certificate")?, papers.last().ok_or("a certificate")?);
    let deed = Deed { act: CertificateAct::Revoke, reason: "cấp nhầm", decision: "9/QĐ", issued_on: ctx.today, signer: ("", "") };
    certificates::act(services, ctx, last.id, &deed).await.map_err(|error| told(&error))?;
    println!("valid {}\nrevoked {}\nname {}\nseal {}", first.code, last.code, first.printed.name, first.seal);
    Ok(())
}

/// A class of yesterday that so many people finished, its results recognised.
async fn held(services: &Services, ctx: &Ctx, many: usize) -> Outcome<String> {
    let code = classes::create(services, ctx, &of_yesterday(ctx.today)?, &[]).await.map_err(|error| told(&error))?;
    let act = async |act: ClassAct| {
        let line = classes::one(services, ctx, &code).await.map_err(|error| told(&error))?.line;
        let deed = classes::Deed { act, decision: "1/QĐ", reason: "đo tốc độ", days: None };
        classes::act(services, ctx, &code, line.revision, &deed).await.map_err(|error| told(&error))?;
        Ok::<_, String>(line)
    };
    act(ClassAct::Open).await?;
    let (line, _, assessed) = nominations::assess_place(services, ctx, &code, None, ctx.today).await.map_err(|error| told(&error))?;
    act(ClassAct::Begin).await?;
    let tx = services.db.write().await?;
    let why = Why { by: By::System, at: ctx.now, words: "đo tốc độ", operation: &ctx.operation };
    for one in assessed.iter().take(many) {
        let record = NewRecord {
            official: one.person.id,
            kind: TrainingKind::Training,
            title: None,
            content: line.terms.content,
            degree: None,
            field: None,
            named: None,
            topic: None,
            form: line.terms.form,
            mode: line.terms.mode,
            abroad: false,
            periods: line.terms.periods,
            from: line.terms.starts_on,
            last: None,
            outcome: Ended::Studying,
            staff: one.person.working.staff,
            unit: one.person.working.unit,
            group: None,
            source: Source::Learned,
            evidence: None,
        };
        add_class_record(&tx, &why, &record, line.id).await?;
        let nomination = NewNomination {
            class: line.id,
            official: one.person.id,
            working: one.person.working,
            state: NominationState::Confirmed,
            points: 0,
            judged_on: ctx.today,
            findings: "",
            reason: "",
            promised_months: 0,
            opinion_given: false,
            replaces: None,
        };
        add(&tx, &why, &nomination).await?;
    }
    tx.commit().await?;
    let line = act(ClassAct::Finish).await?;
    classes::recognise(services, ctx, (&code, line.revision + 1), "13/QĐ", &[]).await.map_err(|error| told(&error))?;
    Ok(code)
}

fn of_yesterday(today: Date) -> Outcome<Terms> {
    let day = today.previous_day().ok_or("a day")?;
    Ok(Terms {
        name: "Kỹ năng số cho công chức".to_owned(),
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
        hours: Hours::Evening,
        abroad: false,
        lead: UnitId(1),
        school: String::new(),
        place: String::new(),
        starts_on: day,
        ends_on: day,
        days: 1,
        periods: 8,
        most: 40,
        least: 0,
        staff: Vec::new(),
        groups: Vec::new(),
        level: None,
        names_until: None,
        cost: 0,
        source: None,
        note: String::new(),
    })
}
