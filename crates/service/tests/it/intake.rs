//! Files into the register: a dry run writes nothing, a file carried twice changes nothing, faults have their cells, units bound who may,
//! what was undone is gone, and what changed since is told.

use std::sync::Arc;

use domain::ids::UnitId;
use domain::orgs::{Bloc, Level};
use domain::people::StaffKind;
use domain::register::Ending;
use domain::roles::Role;
use service::intake::{self, CarryRefusal, Mode, Policy, RehearseRefusal, Report, State, Taking, Watch};
use service::registry;
use service::{ActError, Ctx, Services};
use store::write::register::{self as write, NewPosting, Why};
use store::write::schemes::By;
use testkit::databases::Fresh;
use testkit::small;

use crate::world::{NOW, day, person, today};

const REASON: &str = "danh sách của đơn vị";

struct Office {
    services: Services,
    officer: Ctx,
    here: (String, i64),
    there: (String, i64),
}

async fn office(fresh: &Fresh) -> Office {
    let province = small::province(today(), 200);
    province.load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let new = store::write::accounts::NewAccount { login: "an", name: "An", password_hash: "-", official: None };
    let user = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let unit = |actor: &str| {
        let found = province.frame.units.iter().find(|u| u.actor.as_deref() == Some(actor) && u.ends_on.is_none()).unwrap();
        (found.code.clone(), found.id)
    };
    Office {
        services: Services::new(fresh.db.clone()),
        officer: person(user, Role::HomeAffairs, None),
        here: unit("so-y-te"),
        there: unit("so-tai-chinh"),
    }
}

const HEAD: &str =
    "TT;Mã CBCCVC;Họ và tên;Ngày sinh;Giới tính;Số CCCD;Dân tộc;Chức vụ;Đối tượng;Ngày bổ nhiệm;Trình độ chuyên môn;Năm tốt nghiệp;LLCT";

fn list(rows: &[&str]) -> String {
    let numbered = rows.iter().enumerate().map(|(place, row)| format!("\r\n{};{row}", place + 1));
    format!("{HEAD}{}", numbered.collect::<String>())
}

const BINH: &str = "TM.1;Hồ Thị Bình;31/03/1985;Nữ;049185001234;Cơ tu;Chuyên viên;Công chức;05/01/2026;Đại học;2007;Trung cấp";
const AN: &str = "TM.2;TRẦN VĂN AN;1979;Nam;;;Trưởng phòng;công chức;;ThS;;CC";

impl Office {
    async fn take(&self, who: &Ctx, text: &str) -> i64 {
        let unit = &self.here.0;
        intake::take(&self.services, who, unit, ("danh-sach.csv", text.as_bytes()), today(), Taking::Officials(Mode::Changes))
            .await
            .unwrap()
    }

    async fn rehearsed(&self, text: &str) -> (i64, Report) {
        let batch = self.take(&self.officer, text).await;
        let report = intake::rehearse(&self.services, &self.officer, batch, &Arc::default()).await.unwrap();
        (batch, report)
    }

    async fn carried(&self, text: &str) -> (i64, Report) {
        let (batch, _) = self.rehearsed(text).await;
        let report = self.carry(batch, Policy::AllOrNothing).await.unwrap();
        (batch, report)
    }

    async fn carry(&self, batch: i64, policy: Policy) -> Result<Report, ActError<CarryRefusal>> {
        intake::carry(&self.services, &self.officer, batch, policy, REASON, &Arc::default()).await
    }

    async fn is_there(&self, code: &str) -> bool {
        registry::person(&self.services, &self.officer, code).await.is_ok()
    }
}

fn told(report: &Report) -> Vec<(&str, &str, &str)> {
    report.faults.iter().map(|fault| (fault.cell.as_str(), fault.field.as_str(), fault.code.as_str())).collect()
}

#[tokio::test]
async fn a_dry_run_writes_nothing_and_a_file_carried_again_changes_nothing() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let file = list(&[BINH, AN]);
        let (batch, report) = office.rehearsed(&file).await;
        assert_eq!((report.counts.rows, report.counts.new, report.counts.faulty), (2, 2, 0), "{:?}", report.faults);
        assert!(!office.is_there("TM.1").await);
        office.carry(batch, Policy::AllOrNothing).await.unwrap();
        let binh = registry::person(&office.services, &office.officer, "TM.1").await.unwrap();
        assert_eq!(
            (binh.name.as_str(), binh.birth_on, binh.postings[0].unit.0.as_str()),
            ("Hồ Thị Bình", day("1985-03-31"), office.here.0.as_str())
        );
        assert_eq!(binh.qualifications.len(), 2);
        let an = registry::person(&office.services, &office.officer, "TM.2").await.unwrap();
        assert_eq!((an.name.as_str(), an.birth_on), ("Trần Văn An", day("1979-01-01")));
        let history = registry::history(&office.services, &office.officer, "TM.1", None, 20).await.unwrap();
        assert!(history.len() == 4 && history.iter().all(|change| change.reason == REASON && !change.existed), "{history:?}");
        let (again, report) = office.rehearsed(&file).await;
        assert_eq!((report.counts.same, report.counts.new, report.counts.changed), (2, 0, 0), "{:?}", report.lines);
        assert!(matches!(office.carry(again, Policy::AllOrNothing).await, Err(ActError::Refused(CarryRefusal::Nothing))));
        assert_eq!(intake::batch(&office.services, &office.officer, batch).await.unwrap().state, State::Carried);
        assert!(matches!(office.carry(batch, Policy::AllOrNothing).await, Err(ActError::Refused(CarryRefusal::NotCompared))));
    }
}

#[tokio::test]
async fn a_file_is_looked_at_again_when_somebody_moves_while_it_is_written() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        office.carried(&list(&[BINH])).await;
        let promoted = BINH.replace("Chuyên viên;Công chức;05/01/2026", "Trưởng phòng;Công chức;01/10/2026");
        let (batch, report) = office.rehearsed(&list(&[&promoted])).await;
        assert_eq!(report.counts.changed, 1, "{:?}", report.faults);
        let found = registry::person(&office.services, &office.officer, "TM.1").await.unwrap();
        // Another process has written that the person is elsewhere, and commits while the file is being written.
        let why = Why { by: By::System, at: NOW, words: REASON, operation: "slow" };
        let begins = NewPosting {
            official: found.id,
            unit: UnitId(office.there.1),
            level: Level::Province,
            bloc: Bloc::State,
            post: "Chuyên viên".to_owned(),
            staff: StaffKind::CongChuc,
            leadership: None,
            group: None,
            duty: None,
            appointment: None,
            fits_post: true,
            grade: None,
            from: day("2026-11-01"),
            to: None,
            ended_by: None,
            decision: None,
        };
        let tx = fresh.db.write().await.unwrap();
        write::end_posting(&tx, &why, found.id, found.postings[0].id, begins.from, Ending::Moved).await.unwrap();
        write::begin_posting(&tx, &why, &begins).await.unwrap();
        store::write::bump_facts(&tx).await.unwrap();
        let slow = async {
            tokio::time::sleep(std::time::Duration::from_millis(700)).await;
            tx.commit().await.unwrap();
        };
        let (carried, ()) = tokio::join!(office.carry(batch, Policy::AllOrNothing), slow);
        let after = registry::person(&office.services, &office.officer, "TM.1").await.unwrap();
        assert_eq!(after.postings.iter().filter(|posting| posting.during.to().is_none()).count(), 1, "{carried:?}");
        assert!(matches!(carried, Err(ActError::Refused(CarryRefusal::ChangedSince))), "{carried:?}");
    }
}

#[tokio::test]
async fn faults_have_their_cells_and_right_rows_can_go_alone() {
    let fresh = testkit::databases::sqlite().await;
    let office = office(&fresh).await;
    let file = list(&[
        BINH,
        "TM.3;Lê Văn Cam;31/02/1985;Nam;;;Chuyên viên;Công chức;;;;",
        "TM.4;Đỗ Thị Dừa;01/01/1990;Nữ;0491;;Chuyên viên;Công chức;;;;",
        "TM.5;Bùi Văn Ổi;01/01/2030;Nam;;;;Công chức;;;;",
        "TM.1;Hồ Thị Bình;31/03/1985;Nữ;;;Chuyên viên;Công chức;;;;",
        "TM.6;Vũ Thị Mít;01/01/1990;Nữ;;Sao Hoả;Chuyên viên;;;;;",
    ]);
    let (batch, report) = office.rehearsed(&file).await;
    let expected = [
        ("D3", "birth", "no_such_day"),
        ("F4", "citizen_number", "citizen_number"),
        ("H5", "post", "needed"),
        ("D5", "birth", "born_in_future"),
        ("B6", "code", "row_again"),
        ("G7", "ethnicity", "unknown_choice"),
        ("I7", "staff", "needed"),
    ];
    let mut found = told(&report);
    found.sort_unstable();
    let mut wanted = expected.to_vec();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
    assert_eq!((report.counts.new, report.counts.faulty), (1, 5));
    assert!(matches!(office.carry(batch, Policy::AllOrNothing).await, Err(ActError::Refused(CarryRefusal::Faulty(5)))));
    office.carry(batch, Policy::ValidRows).await.unwrap();
    assert!(office.is_there("TM.1").await && !office.is_there("TM.3").await);
}

#[tokio::test]
async fn changes_are_told_before_they_are_written() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        office.carried(&list(&[BINH])).await;
        let changed = "TM.1;Hồ Thị Bình;31/03/1985;Nữ;049185001234;Cơ tu;Phó Trưởng phòng;Công chức;01/09/2026;Thạc sĩ;2024;Trung cấp";
        let (batch, report) = office.rehearsed(&list(&[changed])).await;
        let fields: Vec<&str> = report.lines[0].changes.iter().map(|(field, ..)| field.as_str()).collect();
        assert_eq!((report.counts.changed, fields), (1, vec!["post", "degree"]), "{:?}", report.faults);
        office.carry(batch, Policy::AllOrNothing).await.unwrap();
        let binh = registry::person(&office.services, &office.officer, "TM.1").await.unwrap();
        let mut posts: Vec<_> = binh.postings.iter().map(|p| (p.during.from(), p.post.as_str(), p.during.to())).collect();
        posts.sort_unstable();
        let from = day("2026-09-01");
        assert_eq!(posts, [(day("2026-01-05"), "Chuyên viên", Some(from)), (from, "Phó Trưởng phòng", None)]);
    }
}

#[tokio::test]
async fn what_changed_since_the_dry_run_is_looked_at_again() {
    let fresh = testkit::databases::sqlite().await;
    let office = office(&fresh).await;
    let (late, report) = office.rehearsed(&list(&[BINH, AN])).await;
    assert_eq!(report.counts.new, 2);
    office.carried(&list(&[BINH])).await;
    assert!(matches!(office.carry(late, Policy::AllOrNothing).await, Err(ActError::Refused(CarryRefusal::ChangedSince))));
    let again = intake::batch(&office.services, &office.officer, late).await.unwrap();
    assert_eq!(again.report.unwrap().counts.same, 1);
    office.carry(late, Policy::AllOrNothing).await.unwrap();
    assert!(office.is_there("TM.2").await);
}

#[tokio::test]
async fn units_bound_who_may_and_nothing_of_others_is_told() {
    let fresh = testkit::databases::sqlite().await;
    let office = office(&fresh).await;
    office.carried(&list(&[BINH])).await;
    let user = office.officer.who.as_ref().unwrap().user;
    let stranger = person(user, Role::UnitHr, Some(office.there.1));
    let refused =
        intake::take(&office.services, &stranger, &office.here.0, ("a.csv", b"x"), today(), Taking::Officials(Mode::Changes)).await;
    assert!(matches!(refused, Err(ActError::Forbidden(_))));
    let theirs = list(&["TM.1;Hồ Thị Bình;31/03/1985;Nữ;;;Chuyên viên;Công chức;;;;"]);
    let batch =
        intake::take(&office.services, &stranger, &office.there.0, ("a.csv", theirs.as_bytes()), today(), Taking::Officials(Mode::Changes))
            .await
            .unwrap();
    let report = intake::rehearse(&office.services, &stranger, batch, &Arc::default()).await.unwrap();
    assert_eq!(told(&report), [("B2", "code", "kept_elsewhere")]);
    let keeper = person(user, Role::UnitHr, Some(office.here.1));
    assert!(matches!(intake::batch(&office.services, &keeper, batch).await, Err(ActError::NotFound)));
    assert!(intake::batches(&office.services, &keeper, None, 10).await.unwrap().iter().all(|b| b.line.unit.0 == office.here.1));
    let learner = person(user, Role::Learner, None);
    assert!(!intake::may_take(&learner) && intake::batches(&office.services, &learner, None, 10).await.is_err());
}

#[tokio::test]
async fn everybody_who_is_not_in_a_whole_file_is_reported() {
    let fresh = testkit::databases::sqlite().await;
    let office = office(&fresh).await;
    office.carried(&list(&[BINH, AN])).await;
    let file = list(&[BINH]);
    let take = intake::take(
        &office.services,
        &office.officer,
        &office.here.0,
        ("a.csv", file.as_bytes()),
        today(),
        Taking::Officials(Mode::Everything),
    );
    let report = intake::rehearse(&office.services, &office.officer, take.await.unwrap(), &Arc::default()).await.unwrap();
    assert!(report.absent.iter().any(|absent| absent.code == "TM.2") && report.absent.iter().all(|absent| absent.code != "TM.1"));
    assert_eq!(report.counts.absent, report.absent.len());
    assert!(office.is_there("TM.2").await);
}

#[tokio::test]
async fn a_file_can_be_cancelled_and_bad_ones_are_refused() {
    let fresh = testkit::databases::sqlite().await;
    let office = office(&fresh).await;
    let batch = office.take(&office.officer, &list(&[BINH])).await;
    let watch: Arc<Watch> = Arc::default();
    watch.cancel();
    let stopped = intake::rehearse(&office.services, &office.officer, batch, &watch).await;
    assert!(matches!(stopped, Err(ActError::Refused(RehearseRefusal::Cancelled))), "{stopped:?}");
    assert_eq!(intake::batch(&office.services, &office.officer, batch).await.unwrap().state, State::Taken);
    let (whole, _) = office.rehearsed(&list(&[BINH])).await;
    let stopped = intake::carry(&office.services, &office.officer, whole, Policy::AllOrNothing, REASON, &watch).await;
    assert!(matches!(stopped, Err(ActError::Refused(CarryRefusal::Rehearse(RehearseRefusal::Cancelled)))));
    assert!(!office.is_there("TM.1").await);
    let no_list = office.take(&office.officer, "Chiều nay họp lúc hai giờ.").await;
    let refused = intake::rehearse(&office.services, &office.officer, no_list, &Arc::default()).await;
    assert!(matches!(refused, Err(ActError::Refused(RehearseRefusal::NoTable(_)))), "{refused:?}");
}

#[tokio::test]
async fn people_without_codes_get_them_and_are_known_again() {
    let fresh = testkit::databases::sqlite().await;
    let office = office(&fresh).await;
    let file =
        "Họ và tên;Năm sinh;Giới tính;Chức vụ;Loại\r\nLê Thị Na;1991;Nữ;Văn thư;Viên chức\r\nLê Thị Na;1992;Nữ;Kế toán;Viên chức\r\n";
    let (_, report) = office.carried(file).await;
    let codes: Vec<&str> = report.lines.iter().map(|line| line.code.as_str()).collect();
    assert_eq!(codes, [format!("{}-0001", office.here.0), format!("{}-0002", office.here.0)]);
    let (_, again) = office.rehearsed(file).await;
    assert_eq!(again.counts.same, 2, "{:?}", again.lines);
}

#[tokio::test]
async fn columns_that_were_chosen_are_remembered_for_the_next_file() {
    let fresh = testkit::databases::sqlite().await;
    let office = office(&fresh).await;
    let head = "Họ và tên;Sinh;Giới tính;Làm gì;Loại";
    let file = format!("{head}\r\nLê Thị Na;02/03/1991;Nữ;Văn thư;Viên chức\r\n");
    let (batch, report) = office.rehearsed(&file).await;
    assert!(report.missing.contains(&"post".to_owned()), "{:?}", report.columns);
    let known = intake::batch(&office.services, &office.officer, batch).await.unwrap();
    let mut settings = known.settings.clone();
    for (place, field) in [(1, "birth"), (3, "post")] {
        settings.columns.insert(place, intake::Chosen { field: Some(field.to_owned()), choice: None });
    }
    intake::choose(&office.services, &office.officer, batch, known.line.revision, &settings).await.unwrap();
    let report = intake::rehearse(&office.services, &office.officer, batch, &Arc::default()).await.unwrap();
    assert_eq!((report.counts.new, report.counts.faulty), (1, 0), "{:?}", report.faults);
    office.carry(batch, Policy::AllOrNothing).await.unwrap();
    let next = format!("{head}\r\nĐỗ Văn Mận;05/06/1993;Nam;Kế toán;Viên chức\r\n");
    let (_, report) = office.rehearsed(&next).await;
    assert_eq!((report.counts.new, report.missing.len()), (1, 0), "{:?}", report.faults);
}

#[tokio::test]
async fn a_carried_file_can_be_taken_back_until_something_is_built_on_it() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (first, _) = office.carried(&list(&[BINH, AN])).await;
        let rows = intake::undo(&office.services, &office.officer, first, "nhầm tệp").await.unwrap();
        assert!(rows >= 7 && !office.is_there("TM.1").await && !office.is_there("TM.2").await, "{rows}");
        assert_eq!(intake::batch(&office.services, &office.officer, first).await.unwrap().state, State::Undone);
        let (second, _) = office.carried(&list(&[BINH, AN])).await;
        let changed =
            list(&["TM.1;Hồ Thị Thanh Bình;31/03/1985;Nữ;049185001234;Cơ tu;Chuyên viên;Công chức;05/01/2026;Đại học;2007;Trung cấp"]);
        office.carried(&changed).await;
        let refused = intake::undo(&office.services, &office.officer, second, "nhầm tệp").await;
        let Err(ActError::Refused(refusals)) = refused else { panic!("{refused:?}") };
        assert!(matches!(refusals.as_slice(), [registry::UndoRefusal::Blocked { count: 1, .. }]), "{refusals:?}");
        assert!(office.is_there("TM.2").await);
    }
}

#[tokio::test]
async fn who_arrived_with_a_file_is_told_row_by_row_and_what_was_filled_in_since_stays() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (first, _) = office.carried(&list(&[AN])).await;
        let history = registry::history(&office.services, &office.officer, "TM.2", None, 20).await.unwrap();
        let kinds: Vec<_> = history.iter().map(|line| line.kind.as_str()).collect();
        assert_eq!(kinds, ["qualification", "qualification", "posting", "official"]);
        let column = |line: usize, name: &str| history[line].columns.iter().find(|c| c.column == name).and_then(|c| c.after.clone());
        assert_eq!(column(3, "name").as_deref(), Some("Trần Văn An"));
        assert_eq!((column(2, "staff").as_deref(), column(2, "ends_on")), (Some("cong_chuc"), None));
        let operation = registry::operation(&office.services, &office.officer, "TM.2", &history[0].operation).await.unwrap();
        assert_eq!((operation.lines.len(), operation.touched.rows, operation.touched.people), (4, 4, 1));
        let filled = AN.replace(";Nam;;;", ";Nam;049079001234;;");
        office.carried(&list(&[&filled])).await;
        let refused = intake::undo(&office.services, &office.officer, first, "nhầm tệp").await;
        assert!(matches!(refused, Err(ActError::Refused(_))), "{refused:?}");
        assert!(office.is_there("TM.2").await);
    }
}

#[tokio::test]
async fn a_file_past_its_time_goes_and_what_was_written_with_it_stays() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (written, _) = office.carried(&list(&[BINH, AN])).await;
        let (looked_at, _) = office.rehearsed(&list(&[BINH])).await;
        let on = |day: &str| Ctx::system(NOW, crate::world::day(day));
        let taken = domain::time::day_of(NOW);
        let early = on(&domain::time::iso(domain::time::add_months(taken, 12).unwrap().previous_day().unwrap()));
        let late = on(&domain::time::iso(domain::time::add_months(taken, 12).unwrap()));
        assert_eq!(registry::review(&office.services, &early).await.unwrap().files.files, 0);
        assert_eq!(registry::drop_due_files(&office.services, &early).await.unwrap(), 0);
        let due = registry::review(&office.services, &late).await.unwrap().files;
        assert!(due.files == 2 && due.bytes > 200, "{due:?}");
        assert!(matches!(registry::drop_due_files(&office.services, &office.officer).await, Err(ActError::Forbidden(_))));
        assert_eq!(registry::drop_due_files(&office.services, &late).await.unwrap(), 2);
        let kept = intake::batch(&office.services, &office.officer, written).await.unwrap();
        let report = kept.report.unwrap();
        assert_eq!((kept.state, kept.line.has_file, report.counts.new, report.lines.len()), (State::Carried, false, 2, 0));
        assert!(report.columns.iter().all(|column| column.samples.is_empty()));
        assert!(matches!(intake::original(&office.services, &office.officer, written).await, Err(ActError::NotFound)));
        assert!(matches!(intake::batch(&office.services, &office.officer, looked_at).await, Err(ActError::NotFound)));
        assert!(office.is_there("TM.1").await);
        let rows = usize::try_from(
            registry::operation(&office.services, &office.officer, "TM.1", kept.line.operation.as_deref().unwrap())
                .await
                .unwrap()
                .touched
                .rows,
        )
        .unwrap();
        let everywhere = testkit::look::Everything::of(&fresh).await;
        assert!(!everywhere.tables_with("Hồ Thị Bình").iter().any(|table| table.starts_with("import")));
        assert_eq!(intake::undo(&office.services, &office.officer, written, "nhầm tệp").await.unwrap(), rows);
    }
}

#[tokio::test]
async fn one_citizen_number_is_not_given_to_two_people_of_a_file() {
    let fresh = testkit::databases::sqlite().await;
    let office = office(&fresh).await;
    office.carried(&list(&[AN])).await;
    let known = AN.replace("Nam;;", "Nam;049185001234;");
    let (_, report) = office.rehearsed(&list(&[&known, BINH])).await;
    assert_eq!(told(&report), [("F3", "citizen_number", "two_people")]);
    let (_, report) = office.rehearsed(&list(&[BINH, &known])).await;
    assert_eq!(told(&report), [("F3", "citizen_number", "two_people")]);
}
