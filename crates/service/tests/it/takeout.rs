//! Files out that come in again: a blank form brings in nobody, a register changes nothing, and what is masked goes out only when asked.

use std::sync::Arc;

use domain::ids::{OfficialId, UnitId, UserId};
use domain::people::{Band, Degree, Leadership, QualificationKind, RatingKind, StaffKind, StudyField};
use domain::register::Source;
use domain::roles::Role;
use domain::time::Date;
use service::intake::{self, Mode, Report, Taking, Tells};
use service::registry::{self, ListRefusal};
use service::takeout::{self, RegisterAsk, Shape};
use service::{ActError, Ctx, Services};
use store::read::intake::{Known, known_of, places};
use store::write::register::{self, Amendment, NewPosting, NewQualification, NewRating, Update, Why};
use store::write::schemes::By;
use testkit::databases::Fresh;
use testkit::dice::Dice;
use testkit::small;

use crate::world::{NOW, day, person, system, today};

fn words(key: &str) -> String {
    match key {
        "takeout-yes" => "Có".to_owned(),
        "takeout-no" => "Không".to_owned(),
        "takeout-example" => "Ví dụ".to_owned(),
        key => key.chars().take(31).collect(),
    }
}

async fn office(fresh: &Fresh, province: &small::Small) -> (Services, String, UnitId) {
    province.load(&fresh.db, NOW).await;
    let root = province.frame.units.iter().find(|unit| unit.kind == domain::orgs::UnitKind::Province && unit.ends_on.is_none()).unwrap();
    (Services::new(fresh.db.clone()), root.code.clone(), UnitId(root.id))
}

fn ask(unit: &str, shape: Shape) -> RegisterAsk {
    let lines = ["Sổ đăng ký", "Đúng vào ngày 22/11/2026"].map(str::to_owned).to_vec();
    RegisterAsk { unit: unit.to_owned(), on: today(), masked: true, shape, purpose: "rà soát".to_owned(), lines }
}

async fn read(services: &Services, who: &Ctx, unit: &str, file: (&str, &[u8])) -> Report {
    let batch = intake::take(services, who, unit, file, today(), Taking::Officials(Mode::Everything)).await.unwrap();
    intake::rehearse(services, who, batch, &Arc::default()).await.unwrap()
}

/// Out and in again: everybody is the same, nobody is new, changed, at fault or missing.
async fn changes_nothing(services: &Services, who: &Ctx, unit: &str, shape: Shape) {
    let out = takeout::register(services, who, &ask(unit, shape), &words).await.unwrap();
    let name = if shape == Shape::Csv { "so.csv" } else { "so.xlsx" };
    let report = read(services, who, unit, (name, &out.bytes)).await;
    assert!(report.faults.is_empty(), "{:#?}", report.faults);
    assert!(report.lines.is_empty(), "{:#?}", report.lines);
    assert_eq!((report.counts.rows, report.counts.same, report.counts.absent), (out.people, out.people, 0), "{:?}", report.absent);
    assert!(out.people > 20, "{}", out.people);
}

const NAMES: [&str; 7] = ["Y \"Bhar\" Niê", "H'Hen Ê-đê", "NGUYỄN VĂN AN", "Trần  Thị  Hai", "K’Brơi", "đinh thị hoa", "Hồ Thị “Ba”"];
const TEXTS: [&str; 10] = ["a;=1+1", "Út \"Bé\", 'Tư'", "=SUM(A1)", "@an", "không", "000123", "-", "'012", "hai\ndòng", "a;b\tc"];
const CODES: [&str; 5] = ["000123", "0", "12E-5", "35.01.000001", "H99-7"];
const CITIZENS: [&str; 3] = ["001085000123", "012345678", "049185000999"];
const GRADES: [&str; 4] = ["01.003", "V.07.03.29", "1.10", "06"];
const POSTS: [&str; 5] = ["Kế toán", "Chủ tịch", "Giám đốc", "Phó Trưởng phòng", "Tổng cộng viên"];
const BIRTHS: [&str; 4] = ["1979-01-01", "1980-02-29", "1968-12-31", "2000-03-01"];

fn text(dice: &mut Dice, list: &[&str]) -> Option<String> {
    dice.maybe(60, list).map(str::to_owned)
}

/// What people write into a register by hand, with what stands in it already.
fn odd(dice: &mut Dice, known: &Known, place: usize) -> Update {
    let mut identity = known.identity.clone();
    identity.name = dice.one(&NAMES).unwrap().to_owned();
    identity.birth_on = day(dice.one(&BIRTHS).unwrap());
    identity.ethnicity = i32::try_from(dice.between(1, 54)).unwrap();
    identity.record_code = text(dice, &CODES);
    identity.other_names = text(dice, &TEXTS);
    identity.religion = text(dice, &TEXTS);
    identity.health = text(dice, &TEXTS);
    identity.citizen_number = CITIZENS.get(place).map(|number| (*number).to_owned());
    identity.recruited_on = dice.maybe(50, &["2010-01-01", "2024-06-30"]).map(day);
    let now = known.postings.iter().rev().find(|posting| posting.during.contains(today())).unwrap();
    let mut update = Update {
        official: known.official,
        revision: known.revision,
        identity: Some(identity),
        ends: None,
        amends: None,
        begins: None,
        papers: papers(dice, known.official),
        dated: Vec::new(),
        ratings: [2023, 2024].into_iter().map(|year| rating(known.official, Date::MIN.replace_year(year).unwrap())).collect(),
    };
    let leadership = dice.maybe(50, Leadership::ALL);
    let staff = dice.one(StaffKind::ALL).unwrap();
    let (grade, decision) = (text(dice, &GRADES), text(dice, &TEXTS));
    let moved = day("2026-10-01");
    if dice.chance(50) && now.during.from() < moved {
        update.ends = Some((now.id, moved));
        update.begins = Some(NewPosting {
            official: known.official,
            unit: now.unit,
            level: domain::orgs::Level::Province,
            bloc: domain::orgs::Bloc::ALL[0],
            post: dice.one(&POSTS).unwrap().to_owned(),
            staff,
            leadership,
            group: None,
            duty: None,
            appointment: None,
            fits_post: true,
            grade,
            from: moved,
            to: None,
            ended_by: None,
            decision,
        });
    } else {
        update.amends = Some(Amendment { posting: now.id, leadership, group: now.group, staff, grade, decision });
    }
    update
}

fn rating(official: OfficialId, on: Date) -> NewRating {
    NewRating { official, kind: RatingKind::Yearly, band: Band::Good, on }
}

/// Twice the same degree, one held very early, and a level of every kind.
fn papers(dice: &mut Dice, official: OfficialId) -> Vec<NewQualification> {
    let paper = |kind, degree, grade: Option<&str>, on: &str| NewQualification {
        official,
        kind,
        degree,
        field: degree.map(|_| StudyField::AdministrationLaw),
        grade: grade.map(str::to_owned),
        granted_on: day(on),
        expires_on: None,
        issuer: Some("Trường \"Chính trị\", tỉnh".to_owned()),
        number: Some("000777".to_owned()),
        source: Source::Declared,
    };
    let mut papers = vec![
        paper(QualificationKind::Professional, Some(Degree::Specialist2), None, "2016-06-01"),
        paper(QualificationKind::Professional, Some(Degree::Specialist2), None, "2020-06-01"),
        paper(QualificationKind::EthnicLanguage, None, None, "2012-01-01"),
        paper(QualificationKind::ProfessionalTitle, None, Some("hang_2"), "2018-01-01"),
        paper(QualificationKind::PoliticalTheory, None, Some("cu_nhan"), "1982-01-01"),
    ];
    for kind in [QualificationKind::StateManagement, QualificationKind::DefenceSecurity, QualificationKind::Language, QualificationKind::It]
    {
        papers.extend(dice.one(kind.levels()).map(|level| paper(kind, None, Some(level), "2019-05-06")));
    }
    papers
}

/// A generated register, then the same with what people write into it by hand, out and in again on every engine.
async fn round_trip(seed: u64) {
    let province = small::seeded(today(), 120, seed);
    for fresh in testkit::databases::each().await {
        let (services, unit, root) = office(&fresh, &province).await;
        changes_nothing(&services, &system(), &unit, Shape::Csv).await;
        let ids = store::read::takeout::working(&services.db, &domain::roles::Scope::system(), root, today()).await.unwrap();
        let mut dice = Dice::new(seed);
        let people = known_of(&services.db, &ids).await.unwrap();
        let updates: Vec<Update> = people.iter().enumerate().map(|(place, known)| odd(&mut dice, known, place)).collect();
        let why = Why { by: By::System, at: NOW, words: "test", operation: "odd" };
        let tx = fresh.db.write().await.unwrap();
        register::update(&tx, &why, &updates).await.unwrap();
        store::write::bump_facts(&tx).await.unwrap();
        tx.commit().await.unwrap();
        for shape in [Shape::Xlsx, Shape::Csv] {
            changes_nothing(&services, &system(), &unit, shape).await;
        }
    }
}

#[tokio::test]
async fn a_register_that_comes_back_changes_nothing() {
    round_trip(testkit::synthetic::DEFAULT_SEED).await;
}

#[tokio::test]
async fn another_register_that_comes_back_changes_nothing() {
    round_trip(7).await;
}

#[tokio::test]
async fn a_blank_form_brings_in_nobody_and_nothing_is_wrong_with_it() {
    let fresh = testkit::databases::sqlite().await;
    let (services, unit, _) = office(&fresh, &small::province(today(), 120)).await;
    let bytes = takeout::template(&services, &system(), Tells::Officials, None, &words).await.unwrap();
    let batch = intake::take(&services, &system(), &unit, ("mau.xlsx", &bytes), today(), Taking::Officials(Mode::Changes)).await.unwrap();
    let report = intake::rehearse(&services, &system(), batch, &Arc::default()).await.unwrap();
    assert_eq!((report.counts, report.sheet.as_str()), (intake::Counts::default(), "takeout-sheet-people"));
    assert!(report.faults.is_empty() && report.notes.is_empty() && report.missing.is_empty(), "{:?}", report.missing);
    assert!(report.unknown_units.is_empty());
    assert_eq!(report.left_out, [("example".to_owned(), 1), ("header".to_owned(), 1)]);
    assert!(matches!(
        intake::carry(&services, &system(), batch, intake::Policy::AllOrNothing, "x", &Arc::default()).await,
        Err(ActError::Refused(intake::CarryRefusal::Nothing))
    ));
}

#[tokio::test]
async fn registers_are_of_the_own_units_for_a_purpose_and_the_masked_part_only_when_asked() {
    let fresh = testkit::databases::sqlite().await;
    let (services, unit, _) = office(&fresh, &small::province(today(), 120)).await;
    let tx = fresh.db.write().await.unwrap();
    let new = store::write::accounts::NewAccount { login: "an", name: "An", password_hash: "-", official: None };
    let user: UserId = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let offices = places(&services.db).await.unwrap();
    let office = offices.iter().find(|place| place.life.contains(today()) && place.kind == domain::orgs::UnitKind::Department).unwrap();
    let officer = person(user, Role::UnitHr, Some(office.id.0));
    let other = takeout::register(&services, &officer, &ask(&unit, Shape::Csv), &words).await;
    assert!(matches!(other, Err(ActError::NotFound)), "{other:?}");
    for role in [Role::Learner, Role::UnitHead, Role::Inspector, Role::Administrator] {
        let stranger = person(user, role, None);
        let refused = takeout::register(&services, &stranger, &ask(&unit, Shape::Csv), &words).await;
        assert!(matches!(refused, Err(ActError::Forbidden(_))), "{role:?}");
        assert!(takeout::template(&services, &stranger, Tells::Officials, None, &words).await.is_err(), "{role:?}");
    }
    let silent = RegisterAsk { purpose: " ".to_owned(), ..ask(&office.code, Shape::Csv) };
    let refused = takeout::register(&services, &officer, &silent, &words).await;
    assert!(matches!(refused, Err(ActError::Refused(ListRefusal::NoPurpose))), "{refused:?}");
    let head = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned();
    let whole = takeout::register(&services, &officer, &ask(&office.code, Shape::Csv), &words).await.unwrap();
    assert!(head(whole.bytes).contains("Số CCCD"));
    let plain = RegisterAsk { masked: false, ..ask(&office.code, Shape::Csv) };
    let plain = head(takeout::register(&services, &officer, &plain, &words).await.unwrap().bytes);
    assert!(!plain.contains("CCCD,") && !plain.contains("Tôn giáo") && !plain.contains("Sức khỏe") && plain.contains("Dân tộc"), "{plain}");
    let auditor = Ctx::system(NOW, today());
    let lines = service::audit::page(&services, &auditor, &service::audit::AuditAsk::default(), None, 20).await.unwrap().lines;
    let told: Vec<_> =
        lines.iter().filter(|line| line.act == "people.export").map(|line| (line.subject.as_str(), line.reason.as_str())).collect();
    let subject = format!("register/{}?on=2026-11-22", office.code);
    assert_eq!(told, [(subject.as_str(), "rà soát"), (format!("{subject}&columns=religion,health,citizen_number").as_str(), "rà soát")]);
}

#[tokio::test]
async fn a_register_of_a_past_day_tells_only_the_place_of_who_is_kept_elsewhere_by_now() {
    let fresh = testkit::databases::sqlite().await;
    let register = crate::register::register(&fresh).await;
    let (services, officer) = (&register.services, &register.officer);
    let identity = crate::register::identity("TM.1");
    let first = crate::register::to(&register.here.0, day("2026-01-05"));
    registry::add(services, officer, &identity, &first, "tuyển dụng").await.unwrap();
    registry::move_to(services, officer, "TM.1", &crate::register::to(&register.there.0, day("2026-06-01")), "điều động").await.unwrap();
    let keeper = register.keeper_of(&register.here);
    assert!(matches!(registry::person(services, &keeper, "TM.1").await, Err(ActError::NotFound)));
    let past = RegisterAsk { on: day("2026-03-01"), ..ask(&register.here.0, Shape::Csv) };
    let line = async |who: &Ctx| {
        let file = takeout::register(services, who, &past, &words).await.unwrap();
        String::from_utf8(file.bytes).unwrap().lines().find(|line| line.contains("TM.1,")).unwrap().to_owned()
    };
    let citizen = identity.citizen_number.as_deref().unwrap();
    let (whole, masked) = (line(officer).await, line(&keeper).await);
    assert!(whole.contains(citizen) && whole.contains("31/03/1985"), "{whole}");
    assert!(masked.contains("Hồ Thị Bình") && masked.contains("05/01/2026"), "{masked}");
    assert!(!masked.contains(citizen) && !masked.contains("31/03/1985"), "{masked}");
}
