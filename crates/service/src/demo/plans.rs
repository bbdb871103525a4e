//! Plans of training of the demonstration: the province's for this year, in force, and for the next, being written; two of communes; and
//! a programme with needs of the next year, from which lines are proposed.
//! Not for: people; lines of these plans name nobody.

use domain::ids::{PlanId, UnitId};
use domain::needs::{NeedLevel, NeedSource, NeedState};
use domain::orgs::{Level, OrgMap, UnitKind};
use domain::people::StaffKind;
use domain::plans::{Agency, Body, Line, MoneySource, Months, PlanKind, PlanState, Seats, TopicRef, Tree};
use domain::programmes::Text;
use domain::programmes::life::State;
use domain::standards::Subject;
use domain::time::{Date, Instant, date};
use domain::training::{ContentGroup, Mode, Programme, TrainingKind};
use store::read::needs::Seat;
use store::read::units;
use store::write::needs::NewNeed;
use store::write::plans::{self as write, NewPlan};
use store::write::register::Why;
use store::write::schemes::By;
use store::write::{bump_facts, programmes};
use store::{Db, StoreError, WriteTx};

/// Communes of which plans speak.
const COMMUNES: usize = 12;

/// Writes the plans.
pub(super) async fn put(db: &Db, now: Instant, today: Date) -> Result<(), StoreError> {
    let map = units::map(db).await?;
    let root = map.units.values().find(|unit| unit.kind == UnitKind::Province).map(|unit| unit.id);
    let lives = |unit: &&domain::orgs::Unit| unit.kind == UnitKind::Commune && unit.level == Level::Commune && unit.life.contains(today);
    let mut communes: Vec<_> = map.units.values().filter(lives).collect();
    communes.sort_by(|a, b| a.code.cmp(&b.code));
    let communes: Vec<(UnitId, &str)> = communes.iter().take(COMMUNES).map(|unit| (unit.id, unit.name.as_str())).collect();
    let (Some(root), [one, two, ..]) = (root, communes.as_slice()) else { return Ok(()) };
    let year = today.year();
    let all: Vec<UnitId> = communes.iter().map(|(id, _)| *id).collect();
    let tx = db.write().await?;
    let this = plan(&tx, (root, "tỉnh"), None, year, now).await?;
    issue(&tx, this, &of_this_year(&all, year), (&format!("118/KH-UBND-{year}"), date(year, 5, 15)), now).await?;
    let next = plan(&tx, (root, "tỉnh"), None, year + 1, now).await?;
    write::add_draft(&tx, By::System, next, &of_next_year(&all, year + 1), "", now).await?;
    let small = plan(&tx, *one, Some(this), year, now).await?;
    issue(&tx, small, &of_commune(one.0, year), ("09/KH-UBND", date(year, 6, 5)), now).await?;
    let submitted = plan(&tx, *two, Some(next), year + 1, now).await?;
    let (version, _) = write::add_draft(&tx, By::System, submitted, &of_commune(two.0, year + 1), "", now).await?;
    write::change_state(&tx, version, 1, (PlanState::Draft, PlanState::Submitted)).await?;
    needs(&tx, &map, &seats_of(db, today).await?, (&all, year + 1), (today, now)).await?;
    bump_facts(&tx).await?;
    tx.commit().await
}

/// Communes whose officials are named in needs; the others say how many.
const NAMING: usize = 6;
/// People of a commune who need it where nobody is named.
const UNNAMED: i32 = 14;

async fn seats_of(db: &Db, today: Date) -> Result<Vec<Seat>, StoreError> {
    let seats = store::read::needs::seats(db, today, None).await?;
    Ok(seats.into_iter().filter(|seat| matches!(seat.staff, StaffKind::CanBo | StaffKind::CongChuc)).collect())
}

/// An approved programme, and needs of communes for it.
async fn needs(
    tx: &WriteTx,
    map: &OrgMap,
    seats: &[Seat],
    (communes, year): (&[UnitId], i32),
    (today, now): (Date, Instant),
) -> Result<(), StoreError> {
    let owner = map.units.values().find(|unit| unit.kind == UnitKind::Province).map(|unit| unit.id).ok_or(StoreError::NotFound)?;
    let doer = programmes::Doer { by: By::System, at: now };
    let programme = programmes::create(tx, doer, "BD-XA-01", owner, &text(), "").await?;
    let open = programmes::open_text(tx, programme).await?.ok_or(StoreError::NotFound)?;
    programmes::change_state(tx, doer, programme, open.id, (State::Draft, State::Appraised)).await?;
    let decided = date(today.year(), 6, 1).unwrap_or(today);
    programmes::approve(tx, doer, programme, open.id, ("412/QĐ-UBND", decided)).await?;
    let tree = Tree::on(map, today);
    let (naming, counting) = communes.split_at(NAMING.min(communes.len()));
    let need = |unit: UnitId, official: Option<&Seat>, people: i32| NewNeed {
        unit,
        official: official.map(|seat| seat.official),
        people,
        subject: Subject::PostSkills,
        requirement: None,
        programme: Some(programme),
        topic: None,
        words: "Nghiệp vụ mới, khó theo ngành, lĩnh vực".to_owned(),
        year,
        urgent: false,
        source: NeedSource::Unit,
        part_of: None,
        state: NeedState::Approved,
        level: NeedLevel::HomeAffairs,
        seat: official.map(|seat| (seat.post.clone(), seat.staff, seat.group)),
        since: None,
    };
    let named = seats.iter().filter(|seat| naming.iter().any(|commune| tree.is_within(seat.unit, *commune)));
    let rows = named.map(|seat| need(seat.unit, Some(seat), 1)).chain(counting.iter().map(|unit| need(*unit, None, UNNAMED)));
    let why = Why { by: By::System, at: now, words: "", operation: "demo" };
    store::write::needs::fill(tx, &why, rows.collect()).await
}

fn text() -> Text {
    Text {
        title: "Nghiệp vụ mới, khó theo ngành, lĩnh vực cho cán bộ, công chức cấp xã".to_owned(),
        kind: TrainingKind::Training,
        content: ContentGroup::PostSkills,
        programme: Some(Programme::Sector),
        course: None,
        staff: vec![StaffKind::CanBo, StaffKind::CongChuc],
        level: Some(Level::Commune),
        audience: "Cán bộ, công chức xã, phường".to_owned(),
        periods: 32,
        days: 4,
        mode: Mode::InPerson,
        outcomes: "Làm được việc mới giao cho cấp xã theo ngành, lĩnh vực".to_owned(),
        legal_basis: "Quyết định 700/QĐ-TTg".to_owned(),
        partner: "Trường Chính trị tỉnh".to_owned(),
        modules: Vec::new(),
    }
}

async fn plan(tx: &WriteTx, (unit, name): (UnitId, &str), under: Option<PlanId>, year: i32, now: Instant) -> Result<PlanId, StoreError> {
    let title = format!("Kế hoạch đào tạo, bồi dưỡng cán bộ, công chức, viên chức năm {year} ({name})");
    write::add(tx, &NewPlan { kind: PlanKind::Year, unit, under, from: year, to: year, title: &title }, now).await
}

async fn issue(tx: &WriteTx, plan: PlanId, body: &Body, (number, on): (&str, Option<Date>), now: Instant) -> Result<(), StoreError> {
    let (version, _) = write::add_draft(tx, By::System, plan, body, "", now).await?;
    write::change_state(tx, version, 1, (PlanState::Draft, PlanState::Issued)).await?;
    match on {
        Some(on) => write::issued_as(tx, version, number, on).await,
        None => Ok(()),
    }
}

/// What lines of commune training have in common.
fn line(key: u32, year: i32, words: &str, topic: &str, named: Programme) -> Line {
    Line {
        words: words.to_owned(),
        topic: Some(TopicRef { scheme: "cao-bang-2026".to_owned(), code: topic.to_owned() }),
        named: Some(named),
        lead: Some(Agency::Actor("so-noi-vu".to_owned())),
        with: vec![Agency::Actor("truong-chinh-tri-tinh".to_owned())],
        place: "Trường Chính trị tỉnh".to_owned(),
        cost_basis: "Theo số lớp, số ngày và định mức chi của tỉnh".to_owned(),
        source: Some(MoneySource::Province),
        ..Line::empty(key, year)
    }
}

fn places(units: &[UnitId], people: u32) -> Vec<Seats> {
    units.iter().map(|unit| Seats { unit: Some(*unit), staff: None, group: None, people }).collect()
}

fn of_this_year(communes: &[UnitId], year: i32) -> Body {
    let (near, far) = communes.split_at(communes.len() / 2);
    let sector = |key: u32, units: &[UnitId], month: u8| Line {
        content: Some(ContentGroup::PostSkills),
        classes: 2,
        class_size: 60,
        seats: places(units, 15),
        cluster: units.to_vec(),
        months: vec![Months { from: month, to: month }],
        days: 3,
        periods: 24,
        cost: 96_000_000,
        ..line(key, year, "Nghiệp vụ mới theo ngành, lĩnh vực cho cấp xã", "1.b.3", Programme::Sector)
    };
    let general = Line {
        content: Some(ContentGroup::StateManagement),
        classes: 2,
        class_size: 60,
        seats: places(communes, 8),
        months: vec![Months { from: 9, to: 9 }, Months { from: 12, to: 12 }],
        days: 10,
        periods: 80,
        cost: 210_000_000,
        ..line(3, year, "Kiến thức chung về quản lý nhà nước", "1.b.2", Programme::GeneralState)
    };
    let special = Line {
        content: Some(ContentGroup::PostSkills),
        classes: 1,
        class_size: 40,
        seats: places(communes, 3),
        months: vec![Months { from: 10, to: 12 }],
        days: 60,
        periods: 480,
        cost: 540_000_000,
        ..line(4, year, "Chuyên môn chuyên ngành cho người chưa đáp ứng vị trí việc làm", "1.a", Programme::Specialised)
    };
    Body { lines: vec![sector(1, near, 11), sector(2, far, 12), general, special] }
}

fn of_next_year(communes: &[UnitId], year: i32) -> Body {
    let sector = Line {
        content: Some(ContentGroup::ScienceDigital),
        classes: 3,
        class_size: 60,
        seats: places(communes, 12),
        months: vec![Months { from: 4, to: 4 }],
        days: 2,
        periods: 16,
        cost: 120_000_000,
        ..line(1, year, "Kỹ năng số, trí tuệ nhân tạo cho cấp xã", "1.b.3", Programme::Sector)
    };
    Body { lines: vec![sector] }
}

fn of_commune(commune: UnitId, year: i32) -> Body {
    let own = Line {
        content: Some(ContentGroup::PostSkills),
        classes: 1,
        class_size: 40,
        seats: places(&[commune], 30),
        months: vec![Months { from: 12, to: 12 }],
        days: 2,
        periods: 16,
        cost: 18_000_000,
        source: Some(MoneySource::Commune),
        lead: Some(Agency::Unit(commune)),
        with: Vec::new(),
        place: "Hội trường UBND xã".to_owned(),
        topic: None,
        ..line(1, year, "Xử lý tình huống, giao tiếp với người dân", "1.b.5", Programme::Sector)
    };
    Body { lines: vec![own] }
}
