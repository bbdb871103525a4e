//! Lists of trainings into the register, by file and by machine: compared first, known again, a better source stands against a weaker
//! one, faults have their cells, and what was brought in is taken back.

use std::sync::Arc;

use domain::plans::TopicRef;
use domain::register::Source;
use domain::roles::Role;
use domain::training::{ContentGroup, Outcome, Programme};
use serde_json::json;
use service::exchange::{self, Answer, Ask, Matching, OpState, Receipt, Subject, Upsert, WriteRefusal};
use service::intake::{self, CarryRefusal, Mode, Policy, Report, Taking, Tells};
use service::registry::{self, RecordLine};
use service::takeout;
use service::{ActError, Ctx, Services};
use testkit::databases::Fresh;

use crate::register::{REASON, Register, register};
use crate::world::{day, person, system, today};

const UNIT: Taking = Taking::Training { by_institute: false };
const SCHOOL: Taking = Taking::Training { by_institute: true };

/// Two people of one unit since January, with no training yet.
async fn office(fresh: &Fresh) -> Register {
    let register = register(fresh).await;
    let people = "Mã CBCCVC;Họ và tên;Ngày sinh;Giới tính;Số CCCD;Chức vụ;Đối tượng;Ngày bổ nhiệm\r\n\
                  TM.1;Hồ Thị Bình;31/03/1985;Nữ;049185001234;Chuyên viên;Công chức;05/01/2026\r\n\
                  TM.2;Trần Văn An;12/05/1979;Nam;;Trưởng phòng;Công chức;05/01/2026\r\n";
    let batch = take(&register, &register.officer, people, Taking::Officials(Mode::Changes)).await;
    compared(&register, batch).await;
    carried(&register, batch).await.unwrap();
    register
}

async fn take(register: &Register, who: &Ctx, text: &str, taking: Taking) -> i64 {
    intake::take(&register.services, who, &register.here.0, ("danh-sach.csv", text.as_bytes()), today(), taking).await.unwrap()
}

async fn compared(register: &Register, batch: i64) -> Report {
    intake::rehearse(&register.services, &register.officer, batch, &Arc::default()).await.unwrap()
}

async fn carried(register: &Register, batch: i64) -> Result<Report, ActError<CarryRefusal>> {
    intake::carry(&register.services, &register.officer, batch, Policy::AllOrNothing, REASON, &Arc::default()).await
}

async fn brought(register: &Register, text: &str, taking: Taking) -> (i64, Report) {
    let batch = take(register, &register.officer, text, taking).await;
    compared(register, batch).await;
    let report = carried(register, batch).await.unwrap();
    (batch, report)
}

async fn records(services: &Services, ctx: &Ctx, code: &str) -> Vec<RecordLine> {
    registry::person(services, ctx, code).await.unwrap().records.clone()
}

const HEAD: &str = "TT;Mã CBCCVC;Họ và tên;Tên lớp;Nội dung bồi dưỡng;Từ ngày;Đến ngày;Số ngày;Hình thức;Kết quả;Nơi cấp;Số chứng chỉ";

fn list(rows: &[&str]) -> String {
    let numbered = rows.iter().enumerate().map(|(place, row)| format!("\r\n{};{row}", place + 1));
    format!("{HEAD}{}", numbered.collect::<String>())
}

const BINH: &str = "TM.1;Hồ Thị Bình;Kỹ năng số;Chuyển đổi số;09/03/2026;13/03/2026;5;Trực tuyến;Giỏi;Trường Chính trị;12/CN";
const AN: &str = "TM.2;TRẦN VĂN AN;Kỹ năng số;Chuyển đổi số;09/03/2026;13/03/2026;5;Trực tuyến;Không đạt;;";

fn told(report: &Report) -> Vec<(&str, &str, &str)> {
    report.faults.iter().map(|fault| (fault.cell.as_str(), fault.field.as_str(), fault.code.as_str())).collect()
}

#[tokio::test]
async fn a_list_of_trainings_is_compared_written_known_again_and_taken_back() {
    for fresh in testkit::databases::each().await {
        let register = office(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let batch = take(&register, officer, &list(&[BINH, AN]), UNIT).await;
        let report = compared(&register, batch).await;
        assert_eq!((report.counts.rows, report.counts.new, report.counts.faulty), (2, 2, 0), "{:?} {:?}", report.faults, report.columns);
        assert!(records(services, officer, "TM.1").await.is_empty(), "a dry run writes nothing");
        carried(&register, batch).await.unwrap();
        let binh = records(services, officer, "TM.1").await;
        let line = &binh[0];
        assert_eq!((line.title.as_deref(), line.content.as_deref(), line.periods), (Some("Kỹ năng số"), Some("science_digital"), 40));
        assert_eq!((line.starts_on, line.ends_on, line.outcome), (day("2026-03-09"), Some(day("2026-03-13")), Outcome::Finished));
        assert_eq!((line.source, line.evidence.as_deref()), (Source::Imported, Some("12/CN, Trường Chính trị")));
        assert_eq!(records(services, officer, "TM.2").await[0].outcome, Outcome::Failed);
        let history = registry::history(services, officer, "TM.1", None, 1).await.unwrap();
        assert_eq!((history[0].kind.as_str(), history[0].reason.as_str()), ("training_record", REASON));
        let again = take(&register, officer, &list(&[BINH, AN]), UNIT).await;
        assert_eq!(compared(&register, again).await.counts.same, 2);
        assert!(matches!(carried(&register, again).await, Err(ActError::Refused(CarryRefusal::Nothing))));
        assert_eq!(intake::undo(services, officer, batch, "nhầm tệp").await.unwrap(), 2);
        assert!(records(services, officer, "TM.1").await.is_empty());
    }
}

const COUNTED: &str = "TT;Mã CBCCVC;Tên lớp;Nội dung bồi dưỡng;Từ ngày;Đến ngày;Số ngày;Loại chương trình;Mã chuyên đề";

#[tokio::test]
async fn a_training_counts_for_the_programme_and_the_topic_that_a_list_tells() {
    for fresh in testkit::databases::each().await {
        let register = office(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let line =
            |topic: &str| format!("{COUNTED}\r\n1;TM.1;Kỹ năng số;Chuyển đổi số;09/03/2026;13/03/2026;5;Chuyên ngành 3 tháng;{topic}");
        let wrong = take(&register, officer, &line("binh-dinh-2023/L.99"), UNIT).await;
        assert_eq!(told(&compared(&register, wrong).await), [("I2", "topic", "no_such_topic")]);
        let (_, report) = brought(&register, &line("Bình-Định-2023 · l.1"), UNIT).await;
        assert_eq!(report.counts.new, 1, "{:?}", report.faults);
        let known = || async { store::read::intake::attended(&fresh.db, &[person_key(services, officer).await]).await.unwrap().remove(0) };
        let topic = |code: &str| Some(TopicRef { scheme: "binh-dinh-2023".to_owned(), code: code.to_owned() });
        let record = known().await;
        assert_eq!((record.named, record.topic), (Some(Programme::Specialised), topic("L.1")));
        assert_eq!(brought_again(&register, &line("binh-dinh-2023/L.1")).await, (1, 0));
        // What a list does not say stays.
        assert_eq!(brought_again(&register, &list(&[BINH.split(";Trực tuyến").next().unwrap()])).await, (1, 0));
        let (_, report) = brought(&register, &line("binh-dinh-2023/L.2"), UNIT).await;
        assert_eq!(report.counts.changed, 1);
        assert_eq!(known().await.topic, topic("L.2"));
    }
}

async fn person_key(services: &Services, ctx: &Ctx) -> i64 {
    registry::person(services, ctx, "TM.1").await.unwrap().id.0
}

/// How many rows say what is known, and how many something else.
async fn brought_again(register: &Register, text: &str) -> (usize, usize) {
    let batch = take(register, &register.officer, text, UNIT).await;
    let counts = compared(register, batch).await.counts;
    (counts.same, counts.changed + counts.new + counts.faulty)
}

#[tokio::test]
async fn a_school_confirms_what_a_unit_keeps_and_a_unit_does_not_change_what_a_school_said() {
    for fresh in testkit::databases::each().await {
        let register = office(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        brought(&register, &list(&[BINH]), UNIT).await;
        let school = BINH.replace(";5;", ";6;");
        let (_, report) = brought(&register, &list(&[&school]), SCHOOL).await;
        let fields: Vec<&str> = report.lines[0].changes.iter().map(|(field, ..)| field.as_str()).collect();
        assert_eq!((report.counts.changed, fields), (1, vec!["periods", "source"]));
        let line = records(services, officer, "TM.1").await;
        assert_eq!((line.len(), line[0].periods, line[0].source), (1, 48, Source::Institute));
        let batch = take(&register, officer, &list(&[BINH]), UNIT).await;
        let report = compared(&register, batch).await;
        assert_eq!((report.counts.same, report.counts.changed), (1, 0));
        assert_eq!(report.notes.iter().map(|note| note.code.as_str()).collect::<Vec<_>>(), ["stronger_source"]);
    }
}

#[tokio::test]
async fn faults_of_trainings_have_their_cells() {
    let fresh = testkit::databases::sqlite().await;
    let register = office(&fresh).await;
    let rows = [
        BINH,
        "TM.1;Hồ Thị Bình;KỸ NĂNG SỐ;Chuyển đổi số;09/03/2026;13/03/2026;5;;;;",
        "TM.9;Ai Đó;Lớp A;Tin học;09/03/2026;;5;;;;",
        "TM.2;Hồ Thị Bình;Lớp A;Tin học;09/03/2026;;5;;;;",
        "TM.2;Trần Văn An;Lớp A;Nấu ăn;09/03/2026;;5;;;;",
        "TM.2;Trần Văn An;Lớp B;Tin học;09/03/2026;01/03/2026;5;;;;",
        "TM.2;Trần Văn An;Lớp C;Tin học;09/03/2027;;5;;;;",
        "TM.2;Trần Văn An;Lớp D;Tin học;09/03/2026;;;;;;",
        "TM.2;Trần Văn An;Lớp E;Tin học;09/03/1990;;2;;;;",
    ];
    let batch = take(&register, &register.officer, &list(&rows), UNIT).await;
    let report = compared(&register, batch).await;
    let wanted = [
        ("D3", "title", "training_again"),
        ("B4", "code", "no_such_person"),
        ("C5", "name", "other_name"),
        ("E6", "content", "unknown_choice"),
        ("G7", "ends", "ends_before_start"),
        ("F8", "starts", "learned_in_future"),
        ("H9", "days", "needed"),
        ("F10", "starts", "too_young"),
    ];
    assert_eq!(told(&report), wanted);
    assert_eq!((report.counts.new, report.counts.faulty), (1, 8));
    let marked = intake::marked(
        &register.services,
        &register.officer,
        batch,
        intake::MarkWords { list: "Lỗi".to_owned(), heads: ["a", "b", "c", "d"].map(str::to_owned) },
        |fault| fault.code.clone(),
    );
    assert!(marked.await.unwrap().starts_with(b"PK"));
}

#[tokio::test]
async fn a_school_report_names_its_class_above_the_table() {
    let fresh = testkit::databases::sqlite().await;
    let register = office(&fresh).await;
    let (services, officer) = (&register.services, &register.officer);
    let file = "DANH SÁCH HỌC VIÊN LỚP KỸ NĂNG SỐ\r\n\r\nTT;Họ và tên;Ngày sinh;Số CCCD;Thời gian;Kết quả\r\n\
                1;Hồ Thị Bình;31/3/1985;;9-13/3/2026;Đạt\r\n2;Trần Văn An;12/5/1979;;9-13/3/2026;Khá\r\n";
    let batch = take(&register, officer, file, SCHOOL).await;
    let report = compared(&register, batch).await;
    assert_eq!((report.missing.as_slice(), report.counts.new), (["content".to_owned(), "days".to_owned()].as_slice(), 0));
    let known = intake::batch(services, officer, batch).await.unwrap();
    let mut settings = known.settings.clone();
    for (field, value) in [("title", "Kỹ năng số"), ("content", "science_digital"), ("days", "5"), ("issuer", "Trường Chính trị")]
    {
        settings.defaults.insert(field.to_owned(), value.to_owned());
    }
    intake::choose(services, officer, batch, known.line.revision, &settings).await.unwrap();
    let report = compared(&register, batch).await;
    assert_eq!((report.missing.len(), report.counts.new, report.counts.faulty), (0, 2, 0), "{:?}", report.faults);
    carried(&register, batch).await.unwrap();
    let line = &records(services, officer, "TM.2").await[0];
    assert_eq!((line.starts_on, line.ends_on), (day("2026-03-09"), Some(day("2026-03-13"))));
    assert_eq!((line.title.as_deref(), line.source), (Some("Kỹ năng số"), Source::Institute));
}

#[tokio::test]
async fn trainings_of_others_are_not_written_nor_the_own_ones() {
    let fresh = testkit::databases::sqlite().await;
    let register = office(&fresh).await;
    let (services, user) = (&register.services, register.officer.who.as_ref().unwrap().user);
    let stranger = person(user, Role::UnitHr, Some(register.there.1));
    let file = list(&[BINH]);
    let batch = intake::take(services, &stranger, &register.there.0, ("a.csv", file.as_bytes()), today(), UNIT).await.unwrap();
    let report = intake::rehearse(services, &stranger, batch, &Arc::default()).await.unwrap();
    assert_eq!(told(&report), [("B2", "code", "kept_elsewhere")]);
    let mut own = person(user, Role::UnitHr, Some(register.here.1));
    let binh = registry::person(services, &register.officer, "TM.1").await.unwrap().id;
    own.who = own.who.map(|who| domain::roles::Who { official: Some(binh), ..who });
    let batch = take(&register, &own, &file, UNIT).await;
    let report = intake::rehearse(services, &own, batch, &Arc::default()).await.unwrap();
    assert_eq!(told(&report), [("B2", "code", "own_record")]);
}

#[tokio::test]
async fn a_blank_form_for_trainings_is_read_without_a_question() {
    let fresh = testkit::databases::sqlite().await;
    let register = office(&fresh).await;
    let words = |key: &str| if key == "takeout-example" { "Ví dụ".to_owned() } else { key.to_owned() };
    let bytes = takeout::template(&register.services, &system(), Tells::Training, None, &words).await.unwrap();
    let batch = intake::take(&register.services, &register.officer, &register.here.0, ("mau.xlsx", &bytes), today(), UNIT).await.unwrap();
    let report = compared(&register, batch).await;
    assert_eq!((report.counts, report.missing.len(), report.sheet.as_str()), (intake::Counts::default(), 0, "takeout-sheet-records"));
    assert_eq!(report.left_out, [("example".to_owned(), 1), ("header".to_owned(), 1)]);
    assert!(report.columns.iter().skip(1).all(|column| column.field.is_some()), "{:?}", report.columns);
}

fn fields(value: &serde_json::Value) -> serde_json::Map<String, serde_json::Value> {
    value.as_object().unwrap().clone()
}

async fn send(register: &Register, operation: &str, ops: &[(&str, serde_json::Value)]) -> Result<exchange::Done, ActError<WriteRefusal>> {
    let bodies: Vec<_> = ops.iter().map(|(code, value)| (*code, fields(value))).collect();
    let ops: Vec<Upsert<'_>> = bodies.iter().map(|(code, fields)| Upsert { subject: Subject::Training, code, fields }).collect();
    let answer = |_: &exchange::Done| Answer { status: 200, body: "{}".to_owned(), etag: None };
    let ask = Ask { ops: &ops, reason: REASON, dry_run: false, matching: &Matching::Always };
    let ctx = Ctx { operation: operation.to_owned(), ..register.officer.clone() };
    exchange::write(&register.services, &ctx, &ask, &Receipt { claim: None, answer: &answer }).await
}

#[tokio::test]
async fn machines_put_trainings_all_or_nothing_and_take_them_back() {
    for fresh in testkit::databases::each().await {
        let register = office(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let digital = json!({ "title": "Kỹ năng số", "content": "science_digital", "starts": "2026-03-09", "ends": "2026-03-13", "days": 5,
            "source": "institute", "issuer": "Trường Chính trị", "certificate": "12/CN" });
        let bad = json!({ "title": "Lớp A", "content": "cooking", "starts": "2026-03-09", "days": 2 });
        let refused = send(&register, "one", &[("TM.1", digital.clone()), ("TM.2", bad), ("TM.9", digital.clone())]).await;
        let Err(ActError::Refused(WriteRefusal::Faulty(faults))) = refused else { panic!("{refused:?}") };
        let found: Vec<_> = faults.iter().map(|(place, fault)| (*place, fault.code.as_str())).collect();
        assert!(found.contains(&(1, "not_a_code")) && found.contains(&(2, "no_such_person")), "{found:?}");
        assert!(records(services, officer, "TM.1").await.is_empty());
        let done = send(&register, "two", &[("TM.1", digital.clone()), ("TM.2", digital.clone())]).await.unwrap();
        let states: Vec<_> = done.results.iter().map(|result| (result.state, result.changes.len(), result.code.as_str())).collect();
        assert_eq!(states, [(OpState::Created, 1, "TM.1"), (OpState::Created, 1, "TM.2")]);
        let line = &records(services, officer, "TM.1").await[0];
        assert_eq!((line.source, line.content.as_deref()), (Source::Institute, Some(ContentGroup::ScienceDigital.code())));
        let failed = json!({ "title": "Kỹ năng số", "content": "science_digital", "starts": "2026-03-09", "days": 5, "outcome": "failed",
            "source": "institute" });
        let done_again = send(&register, "three", &[("TM.1", digital), ("TM.2", failed)]).await.unwrap();
        assert_eq!(done_again.results.iter().map(|result| result.state).collect::<Vec<_>>(), [OpState::Same, OpState::Changed]);
        assert_eq!(records(services, officer, "TM.2").await[0].outcome, Outcome::Failed);
        let rows = |rows: &usize| Answer { status: 200, body: rows.to_string(), etag: None };
        let back = |operation: String| async move {
            exchange::undo(services, officer, &operation, REASON, &Receipt { claim: None, answer: &rows }).await
        };
        assert_eq!(back(done_again.operation.unwrap()).await.unwrap(), 1);
        assert_eq!(back(done.operation.unwrap()).await.unwrap(), 2);
        assert!(records(services, officer, "TM.1").await.is_empty());
    }
}
