//! Classes of the demonstration: one that takes names, one that runs, one whose results wait; made by the same acts as everybody's, each
//! on the day it would have happened.
//! Not for: classes that the published tables count (`synthetic`).

use domain::classes::sittings::{LecturerKind, Shift};
use domain::classes::{ClassAct, Hours, Terms};
use domain::ids::OfficialId;
use domain::orgs::{Level, UnitKind};
use domain::time::{Date, noon};
use domain::training::{ClassForm, ContentGroup, Mode, TrainingKind};
use store::Db;

use super::PrepareError;
use crate::classes::{self, Deed, Lecturer, Planned, Room};
use crate::nominations::{self, Decision, Entry};
use crate::{ActError, Ctx, Services};

/// Days from the first to the last of each class.
const DAYS: i64 = 2;
/// People beyond the seats, who wait in the line.
const WAITING: usize = 4;
/// Most people of one unit in a class, so that no office is emptied.
const OF_A_UNIT: usize = 2;

/// What a class of the demonstration is to be.
struct Sketch {
    name: &'static str,
    content: ContentGroup,
    place: &'static str,
    room: &'static str,
    lecturer: &'static str,
    /// Days from today to its first day; below nothing for the past.
    begins_in: i64,
    seats: i32,
    level: Option<Level>,
}

const TAKES_NAMES: Sketch = Sketch {
    name: "Kỹ năng số và khai thác dữ liệu dùng chung cho công chức cấp xã, cụm 1",
    content: ContentGroup::ScienceDigital,
    place: "Hội trường cụm xã số 1",
    room: "H-CUM1",
    lecturer: "GV-02",
    begins_in: 16,
    seats: 30,
    level: Some(Level::Commune),
};
const RUNS: Sketch = Sketch {
    name: "Kỹ năng tham mưu và xử lý công việc trên môi trường số",
    content: ContentGroup::PostSkills,
    place: "Trường Chính trị tỉnh",
    room: "P-201",
    lecturer: "GV-01",
    begins_in: -1,
    seats: 24,
    level: None,
};
const IS_OVER: Sketch = Sketch {
    name: "Soạn thảo văn bản hành chính theo thể thức mới",
    content: ContentGroup::PostSkills,
    place: "Trường Chính trị tỉnh",
    room: "P-201",
    lecturer: "GV-02",
    begins_in: -20,
    seats: 20,
    level: None,
};

/// Opens the classes, names people for them and carries them to where they stand today; `own` is the official of the demonstration's
/// learner, who is in the class that runs.
///
/// # Errors
/// [`PrepareError`] when the database fails or the demonstration breaks a rule of classes.
pub async fn put_classes(db: &Db, today: Date, own: Option<OfficialId>) -> Result<(), PrepareError> {
    let services = Services::new(db.clone());
    teaching(&services, &on(today, 0)).await?;
    let over = filled(&services, &IS_OVER, today, None, 0).await?;
    carry(&services, &on(today, IS_OVER.begins_in), &over, (ClassAct::Begin, "")).await?;
    carry(&services, &on(today, IS_OVER.begins_in + DAYS), &over, (ClassAct::Finish, "")).await?;
    let running = filled(&services, &RUNS, today, own, 0).await?;
    carry(&services, &on(today, RUNS.begins_in), &running, (ClassAct::Begin, "")).await?;
    filled(&services, &TAKES_NAMES, today, None, WAITING).await?;
    Ok(())
}

/// The system on a day that lies so many days from today.
fn on(today: Date, days: i64) -> Ctx {
    let day = today.checked_add(time::Duration::days(days)).unwrap_or(today);
    Ctx::system(noon(day), day)
}

async fn teaching(services: &Services, ctx: &Ctx) -> Result<(), PrepareError> {
    let rooms = [
        ("P-201", "Phòng học 201", "Trường Chính trị tỉnh", 60, "Trường Chính trị tỉnh"),
        ("H-CUM1", "Hội trường cụm xã số 1", "Trung tâm cụm xã", 80, "Xã Tiên Phước"),
    ];
    for (code, name, place, seats, unit) in rooms {
        let room = Room { code, name, place, seats, is_over: false, unit, spot: None };
        classes::put_room(services, ctx, None, &room).await.map_err(broke)?;
    }
    let lecturers = [
        ("GV-01", "Giảng viên Một", LecturerKind::Permanent, "Trường Chính trị tỉnh", "Kỹ năng tham mưu"),
        ("GV-02", "Giảng viên Hai", LecturerKind::PartTime, "Sở Khoa học và Công nghệ", "Chuyển đổi số; soạn thảo văn bản"),
    ];
    for (code, name, kind, home, subjects) in lecturers {
        let lecturer = Lecturer { code, name, kind, home, subjects, official: "", is_over: false };
        classes::put_lecturer(services, ctx, None, &lecturer).await.map_err(broke)?;
    }
    Ok(())
}

/// A class with its sittings, everybody who sits in it confirmed, and some who wait.
async fn filled(
    services: &Services,
    sketch: &Sketch,
    today: Date,
    own: Option<OfficialId>,
    waiting: usize,
) -> Result<String, PrepareError> {
    let drafted = on(today, sketch.begins_in.min(0) - 14);
    let lead = province(services, &drafted).await?;
    let terms = terms(sketch, today, lead);
    let code = classes::create(services, &drafted, &terms, &[]).await.map_err(broke)?;
    meet(services, &drafted, &code, sketch, &terms).await?;
    carry(services, &drafted, &code, (ClassAct::Open, "96/QĐ-SNV")).await?;
    let seats = usize::try_from(sketch.seats).unwrap_or_default();
    let entries = candidates(services, &drafted, &code, own, seats + waiting).await?;
    nominations::name(services, &drafted, &code, &entries, None).await.map_err(broke)?;
    let named: Vec<_> = nominations::roster(services, &drafted, &code).await.map_err(broke)?.lines;
    let seated: Vec<_> = named.iter().filter(|entry| entry.line.seat.is_some()).map(|entry| entry.line.id).collect();
    for (decision, revision) in [(Decision::Agree, 1), (Decision::Confirm, 2)] {
        let list: Vec<_> = seated.iter().map(|id| (*id, revision)).collect();
        nominations::decide_many(services, &drafted, &list, decision, "").await.map_err(broke)?;
    }
    Ok(code)
}

async fn province(services: &Services, ctx: &Ctx) -> Result<domain::ids::UnitId, PrepareError> {
    let map = store::read::units::map(&services.db).await?;
    let root = map.units.values().find(|unit| unit.kind == UnitKind::Province && unit.life.contains(ctx.today));
    Ok(root.ok_or(store::StoreError::NotFound)?.id)
}

fn terms(sketch: &Sketch, today: Date, lead: domain::ids::UnitId) -> Terms {
    Terms {
        name: sketch.name.to_owned(),
        form: ClassForm::Class,
        kind: TrainingKind::Training,
        content: Some(sketch.content),
        degree: None,
        field: None,
        programme: None,
        named: None,
        topic: None,
        line: None,
        mode: Mode::InPerson,
        hours: Hours::Office,
        abroad: false,
        lead,
        school: "Trường Chính trị tỉnh".to_owned(),
        place: sketch.place.to_owned(),
        starts_on: on(today, sketch.begins_in).today,
        ends_on: on(today, sketch.begins_in + DAYS).today,
        days: 3,
        periods: 24,
        most: sketch.seats,
        least: 15,
        staff: Vec::new(),
        groups: Vec::new(),
        level: sketch.level,
        names_until: None,
        cost: 36_000_000,
        source: None,
        note: String::new(),
    }
}

/// Morning and afternoon of each day.
async fn meet(services: &Services, ctx: &Ctx, code: &str, sketch: &Sketch, terms: &Terms) -> Result<(), PrepareError> {
    let subjects = ["Khai giảng; tổng quan", "Thực hành", "Xử lý tình huống", "Thảo luận nhóm", "Ôn tập", "Kiểm tra; bế giảng"];
    let days: Vec<Date> =
        std::iter::successors(Some(terms.starts_on), |day| day.next_day()).take_while(|day| *day <= terms.ends_on).collect();
    let parts = days.iter().flat_map(|day| [(*day, Shift::Morning), (*day, Shift::Afternoon)]);
    let sitting = |((on, shift), words): ((Date, Shift), &str)| Planned {
        on,
        shift,
        periods: 4,
        room: sketch.room.to_owned(),
        lecturer: sketch.lecturer.to_owned(),
        words: words.to_owned(),
    };
    let sittings: Vec<Planned> = parts.zip(subjects).map(sitting).collect();
    classes::put_sittings(services, ctx, code, 1, &sittings).await.map_err(broke)
}

/// People whom nothing stands against, the learner of the demonstration first, a few of each unit in turn: a nation is not judged for
/// a demonstration.
async fn candidates(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    own: Option<OfficialId>,
    how_many: usize,
) -> Result<Vec<Entry>, PrepareError> {
    let mut entries = Vec::new();
    for unit in units(services, ctx, own).await? {
        let (_, _, assessed) = nominations::assess_place(services, ctx, code, Some(&unit), ctx.today).await.map_err(broke)?;
        let mut fit: Vec<_> = assessed.iter().filter(|one| one.because.is_empty()).collect();
        fit.sort_by_key(|one| Some(one.person.id) != own);
        entries.extend(fit.iter().take(OF_A_UNIT).map(|one| Entry { official: one.person.code.clone(), ..Entry::default() }));
        if entries.len() >= how_many {
            break;
        }
    }
    entries.truncate(how_many);
    Ok(entries)
}

/// Codes of offices and communes that live on the day, the learner's own first, then from the last.
async fn units(services: &Services, ctx: &Ctx, own: Option<OfficialId>) -> Result<Vec<String>, PrepareError> {
    let map = store::read::units::map(&services.db).await?;
    let home = match own {
        Some(_) => store::read::needs::seats(&services.db, ctx.today, own).await?.first().map(|seat| seat.unit),
        None => None,
    };
    let lives = |unit: &&domain::orgs::Unit| {
        (Some(unit.id) == home || matches!(unit.kind, UnitKind::Commune | UnitKind::Department)) && unit.life.contains(ctx.today)
    };
    let mut units: Vec<_> = map.units.values().filter(lives).collect();
    units.sort_by_key(|unit| (Some(unit.id) != home, std::cmp::Reverse(unit.code.as_str())));
    Ok(units.into_iter().map(|unit| unit.code.clone()).collect())
}

async fn carry(services: &Services, ctx: &Ctx, code: &str, (act, decision): (ClassAct, &str)) -> Result<(), PrepareError> {
    let view = classes::one(services, ctx, code).await.map_err(broke)?;
    let deed = Deed { act, decision, reason: "", days: None };
    classes::act(services, ctx, code, view.line.revision, &deed).await.map_err(broke)
}

#[expect(clippy::needless_pass_by_value, reason = "handed to `map_err`")]
fn broke<R: std::fmt::Debug>(error: ActError<R>) -> PrepareError {
    PrepareError::Rule(format!("{error:?}"))
}
