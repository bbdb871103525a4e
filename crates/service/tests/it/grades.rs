//! Works, grades typed and pasted, the outcome they propose, recognising for and against it, and amendments afterwards.
//! Not for: reading grades (`domain::results`), or rolls (`attendance`).

use domain::attendance::{Mark as Said, Source};
use domain::certificates::{CertificateAct, CertificateState};
use domain::classes::ClassAct;
use domain::classes::sittings::Shift;
use domain::ids::{OfficialId, WorkId};
use domain::results::pasted::cells;
use domain::results::{GradeFault, Points, Work, WorkFault, WorkKind};
use domain::standards::Standing as Met;
use domain::training::{Outcome, Programme};
use service::attendance::{self, Entry};
use service::certificates;
use service::classes::{self, ClassRefusal, Mark, Planned, Reasons};
use service::grades::{self, AmendRefusal, Amendment, Cell, GradeRefusal, Taken};
use service::work::Watch;
use service::{ActError, Ctx};
use testkit::databases::{Fresh, each};

use crate::hall::{Hall, at, code, deed, hall, terms};
use crate::world::day;

fn points(hundredths: i64) -> Option<Points> {
    Points::of_hundredths(hundredths)
}

fn work(name: &str, weight: i32) -> (Option<WorkId>, Work) {
    (None, Work { name: name.to_owned(), kind: WorkKind::Essay, weight })
}

/// A class of 2001, 2002 and 2003 that runs, with a test and an essay that counts twice, and one sitting of eight periods.
struct Course {
    hall: Hall,
    class: String,
    works: Vec<WorkId>,
    ctx: Ctx,
}

async fn course(fresh: &Fresh) -> Course {
    let hall = hall(fresh, 0).await;
    let class = hall.open(&domain::classes::Terms { named: Some(Programme::Sector), ..terms(5) }).await;
    let revision = hall.class(&class).await.line.revision;
    let sitting = Planned {
        on: day("2026-12-07"),
        shift: Shift::Day,
        periods: 8,
        room: String::new(),
        lecturer: String::new(),
        words: String::new(),
    };
    classes::put_sittings(&hall.services, &hall.affairs, &class, revision, &[sitting]).await.unwrap();
    for id in [2001, 2002, 2003] {
        hall.name(&class, id).await;
        hall.confirm(&class, id).await;
    }
    let early = grades::put_works(&hall.services, &hall.affairs, &class, &[work("Bài kiểm tra", 1)]).await;
    assert!(matches!(early, Err(ActError::Refused(GradeRefusal::NotNow))), "nobody learns yet");
    hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
    let ctx = at(&hall.affairs, day("2026-12-12"));
    let list = [work("Bài kiểm tra", 1), work("Tiểu luận", 2)];
    grades::put_works(&hall.services, &ctx, &class, &list).await.unwrap();
    let works = grades::sheet(&hall.services, &ctx, &class).await.unwrap().works.iter().map(|line| line.id).collect();
    Course { hall, class, works, ctx }
}

impl Course {
    fn cell(&self, id: i64, work: usize, attempt: usize, seen: Option<Points>, typed: Option<Points>) -> Cell {
        Cell { official: OfficialId(id), work: self.works[work], attempt, seen, typed }
    }

    async fn put(&self, cells: &[Cell]) -> Result<usize, ActError<GradeRefusal>> {
        grades::put(&self.hall.services, &self.ctx, &self.class, cells).await
    }

    async fn take(&self, text: &str) -> Taken {
        grades::take(&self.hall.services, &self.ctx, &self.class, &cells(text), 0).await.unwrap()
    }

    /// Everybody with outcome so far, proposal, reasons, mean and band.
    async fn told(&self) -> Vec<String> {
        let sheet = grades::sheet(&self.hall.services, &self.ctx, &self.class).await.unwrap();
        let told = |one: &grades::Standing| {
            let reasons = one.proposal.reasons.iter().map(domain::results::Reason::code).collect::<Vec<_>>().join("+");
            let outcome = one.proposal.outcome.map_or("open", Outcome::code);
            let mean = one.proposal.overall.map_or_else(String::new, |points| points.text(','));
            let band = one.band.as_ref().map_or("", |band| band.code.as_str());
            format!("{} {} {outcome} {reasons} {mean} {band}", one.attendee.official.0, one.attendee.outcome)
        };
        sheet.people.iter().map(told).collect()
    }

    async fn attend(&self, absent: &[i64]) {
        let sitting = self.hall.class(&self.class).await.sittings[0].id;
        let said = |id: i64| domain::attendance::Said::of(if absent.contains(&id) { Said::Absent } else { Said::Present });
        let entry = |id: i64| Entry { official: OfficialId(id), said: said(id), note: String::new(), revision: 0 };
        let entries = [2001, 2002, 2003].map(entry);
        attendance::call(&self.hall.services, &self.ctx, (&self.class, sitting), &entries, "sau", Source::Paper).await.unwrap();
    }

    async fn finish(&self) {
        self.hall.act(&self.class, &deed(ClassAct::Finish), day("2026-12-12")).await.unwrap();
    }

    async fn recognise(&self, marks: &[Mark], reasons: &Reasons) -> Result<(), ActError<ClassRefusal>> {
        let revision = self.hall.class(&self.class).await.line.revision;
        classes::recognise_with(&self.hall.services, &self.ctx, (&self.class, revision), "13/QĐ-SNV", marks, reasons).await
    }

    async fn outcome(&self, id: i64) -> Outcome {
        let person = service::registry::person(&self.hall.services, &self.hall.affairs, &code(id)).await.unwrap();
        person.records.last().unwrap().outcome
    }

    async fn gaps(&self, id: i64) -> usize {
        let gaps = service::gaps::of_person(&self.hall.services, &self.ctx, &code(id)).await.unwrap();
        gaps.iter().filter(|one| one.judged.as_ref().is_ok_and(|judged| judged.standing != Met::Met)).count()
    }

    async fn figures(&self) -> Vec<i64> {
        let ask = service::progress::Ask::on(self.ctx.today);
        let figures = service::progress::all(&self.hall.services, &self.ctx, &ask).await.unwrap();
        figures.iter().map(|figure| figure.counted.numerator).collect()
    }
}

fn refusal<T: std::fmt::Debug, R>(answer: Result<T, ActError<R>>) -> R
where
    R: std::fmt::Debug,
{
    match answer {
        Err(ActError::Refused(refusal)) => refusal,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn grades_are_put_whole_and_nobody_overwrites_what_was_not_seen() {
    for fresh in each().await {
        let course = Box::pin(course(&fresh)).await;
        let first = [course.cell(2001, 0, 0, None, points(750)), course.cell(2001, 1, 0, None, points(800))];
        assert_eq!(course.put(&first).await.unwrap(), 2);
        assert_eq!(course.put(&first).await.unwrap(), 0, "it stands so already");
        let blind = course.cell(2001, 0, 0, None, points(900));
        let fine = course.cell(2002, 0, 0, None, points(600));
        let refused = refusal(course.put(&[blind, fine]).await);
        assert_eq!(refused, GradeRefusal::Cells(vec![((OfficialId(2001), course.works[0], 0), GradeFault::Changed)]));
        let odd = [
            course.cell(2002, 0, 1, None, points(700)),
            course.cell(2001, 0, 1, None, points(900)),
            course.cell(1001, 0, 0, None, points(900)),
        ];
        let expected = vec![
            ((OfficialId(1001), course.works[0], 0), GradeFault::NotLearner),
            ((OfficialId(2001), course.works[0], 1), GradeFault::PassedAlready),
            ((OfficialId(2002), course.works[0], 1), GradeFault::NoFirst),
        ];
        assert_eq!(refusal(course.put(&odd).await), GradeRefusal::Cells(expected));
        let again = [course.cell(2002, 0, 0, None, points(400)), course.cell(2002, 0, 1, None, points(650))];
        assert_eq!(course.put(&again).await.unwrap(), 2, "a failed work and its repeat in one go");
        assert_eq!(course.put(&[course.cell(2001, 0, 0, points(750), None)]).await.unwrap(), 1, "taken away");
        let hr = grades::put(&course.hall.services, &at(&course.hall.stranger, day("2026-12-12")), &course.class, &[fine]).await;
        assert!(matches!(hr, Err(ActError::Forbidden(_))));
        assert!(matches!(grades::sheet(&course.hall.services, &course.hall.learner, &course.class).await, Err(ActError::Forbidden(_))));
        // Works.
        let put = async |list: &[(Option<WorkId>, Work)]| grades::put_works(&course.hall.services, &course.ctx, &course.class, list).await;
        let kept = |at: usize, name: &str, weight: i32| (Some(course.works[at]), work(name, weight).1);
        assert_eq!(refusal(put(&[work("Khác", 1)]).await), GradeRefusal::Works(vec![(1, WorkFault::HasGrades)]));
        let twice = refusal(put(&[kept(0, "Bài", 1), kept(1, "bai", -1)]).await);
        assert_eq!(twice, GradeRefusal::Works(vec![(1, WorkFault::Twice), (1, WorkFault::OddWeight)]));
        put(&[kept(1, "Tiểu luận cuối khoá", 3), kept(0, "Bài kiểm tra", 1)]).await.unwrap();
        let works = grades::sheet(&course.hall.services, &course.ctx, &course.class).await.unwrap().works;
        assert_eq!(works.iter().map(|line| line.id).collect::<Vec<_>>(), [course.works[1], course.works[0]]);
    }
}

#[tokio::test]
async fn pasted_grades_are_taken_whole_or_every_fault_is_told() {
    for fresh in each().await {
        let course = Box::pin(course(&fresh)).await;
        let bad = format!("{}\tbảy\t8\nHT999999\t7\t7\nNguyễn Văn 2002\t7,5\t11", code(2001));
        let Taken::Wrong(wrong) = course.take(&bad).await else { unreachable!() };
        let places: Vec<_> = wrong.iter().map(|wrong| (wrong.line, wrong.column, wrong.fault.code())).collect();
        assert_eq!(places, [(1, 2, "not_a_number"), (2, 1, "unknown_person"), (3, 3, "out_of_scale")]);
        assert!(course.told().await.iter().all(|told| told.contains("no_grade")), "nothing was put");
        let good = format!("{}\t7,5\t8\n\nNguyễn Văn 2002\t4.25\t6\n{}\t\t9", code(2001), code(2003).to_lowercase());
        assert_eq!(course.take(&good).await, Taken::Put(5));
        let headed = format!("Mã cán bộ\tHọ tên\tBài kiểm tra (2)\n{}\tNguyễn Văn 2002\t5,5\n{}\t\t9", code(2002), code(2001));
        let expected = vec![((OfficialId(2001), course.works[0], 1), GradeFault::PassedAlready)];
        assert_eq!(course.take(&headed).await, Taken::Refused(expected));
        let mended = headed.lines().take(2).collect::<Vec<_>>().join("\n");
        assert_eq!(course.take(&mended).await, Taken::Put(1));
        assert_eq!(course.take(&mended).await, Taken::Put(0), "once more changes nothing");
    }
}

#[test]
fn a_file_is_read_as_its_rows() {
    let columns = ["Mã cán bộ", "Họ và tên", "Tiểu luận"].map(|title| documents::Column::new(title, 20));
    let text = |text: &str| documents::Cell::Text(text.to_owned());
    let rows =
        [vec![text("HT002001"), text("Nguyễn Văn 2001"), text("7,5")], vec![text("HT002002"), text("B"), documents::Cell::Number(8)]];
    let xlsx = documents::sheet("Bảng điểm", &["Lớp".to_owned()], &columns, &rows).unwrap();
    let read = grades::rows_of_file(&xlsx, "diem.xlsx").unwrap();
    let is_head = |row: &&Vec<String>| row.first().is_some_and(|cell| cell == "Mã cán bộ");
    assert!(read.iter().any(|row| is_head(&row)), "{read:?}");
    assert_eq!(read.iter().skip_while(|row| !is_head(row)).nth(2).unwrap(), &["HT002002", "B", "8"]);
    let csv = grades::rows_of_file("Mã;Tiểu luận\nHT1;7,25\n".as_bytes(), "diem.csv").unwrap();
    assert_eq!(csv[1], ["HT1", "7,25"]);
    assert!(grades::rows_of_file(b"\x00\x01\x02", "diem.xlsx").is_err());
}

#[tokio::test]
async fn attendance_and_grades_propose_and_recognising_against_it_wants_a_reason() {
    for fresh in each().await {
        let course = Box::pin(course(&fresh)).await;
        course.attend(&[2003]).await;
        course.take(&format!("{}\t7\t8\n{}\t4\t9\n{}\t9\t9", code(2001), code(2002), code(2003))).await;
        let expected = [
            "2001 studying finished enough_share+all_passed 7,67 kha",
            "2002 studying failed enough_share+below_pass 7,33 kha",
            "2003 studying failed low_share+all_passed 9 xuat_sac",
        ];
        assert_eq!(course.told().await, expected);
        course.finish().await;
        let mark = |id: i64, outcome| Mark { official: OfficialId(id), outcome };
        let against = [mark(2003, Outcome::Finished), mark(2002, Outcome::Failed)];
        let blank = Reasons::from([(OfficialId(2003), "  ".to_owned())]);
        assert_eq!(refusal(course.recognise(&against, &blank).await), ClassRefusal::NeedsReason(vec![OfficialId(2003)]));
        assert_eq!(course.outcome(2003).await, Outcome::Studying);
        let reasons = Reasons::from([(OfficialId(2003), "học bù đủ tiết".to_owned())]);
        course.recognise(&against, &reasons).await.unwrap();
        assert_eq!(course.outcome(2001).await, Outcome::Finished, "by the proposal, of whom nothing was said");
        assert_eq!((course.outcome(2002).await, course.outcome(2003).await), (Outcome::Failed, Outcome::Finished));
        let sheet = grades::sheet(&course.hall.services, &course.ctx, &course.class).await.unwrap();
        let kept: Vec<_> =
            sheet.recognised.iter().map(|line| (line.official.0, line.outcome, line.proposed, line.reason.as_str())).collect();
        let (done, failed) = (Outcome::Finished, Outcome::Failed);
        let expected = [(2001, done, Some(done), ""), (2002, failed, Some(failed), ""), (2003, done, Some(failed), "học bù đủ tiết")];
        assert_eq!(kept, expected);
        assert_eq!(sheet.recognised[0].overall, points(767));
        assert_eq!((sheet.recognised[0].band.as_deref(), sheet.recognised[2].share), (Some("kha"), (0, 8)));
        assert!(!sheet.may_change);
        let late = refusal(course.put(&[course.cell(2001, 0, 0, points(700), points(900))]).await);
        assert_eq!(late, GradeRefusal::NotNow, "from now on it is an amendment");
    }
}

#[tokio::test]
async fn an_amendment_moves_record_gaps_and_figures_and_is_kept() {
    for fresh in each().await {
        let course = Box::pin(course(&fresh)).await;
        course.take(&format!("{}\t4\t8\n{}\t7\t7\n{}\t8\t8", code(2001), code(2002), code(2003))).await;
        let decision = ("15/QĐ-SNV", day("2026-12-12"));
        let cells = [course.cell(2001, 0, 1, None, points(600))];
        let base = Amendment { official: OfficialId(2001), outcome: Outcome::Finished, cells: &cells, decision, reason: "phúc khảo" };
        let amend = async |amendment: &Amendment<'_>| grades::amend(&course.hall.services, &course.ctx, &course.class, amendment).await;
        assert_eq!(refusal(amend(&base).await), AmendRefusal::NotNow);
        course.finish().await;
        course.recognise(&[], &Reasons::new()).await.unwrap();
        assert_eq!(course.outcome(2001).await, Outcome::Failed);
        let (gaps, figures) = (course.gaps(2001).await, course.figures().await);
        let odd = [
            (Amendment { decision: (" ", decision.1), ..base }, AmendRefusal::NoDecision),
            (Amendment { reason: "", ..base }, AmendRefusal::NoReason),
            (Amendment { decision: ("15", day("2026-12-13")), ..base }, AmendRefusal::OddDay),
            (Amendment { decision: ("15", day("2026-12-11")), ..base }, AmendRefusal::OddDay),
            (Amendment { outcome: Outcome::Studying, ..base }, AmendRefusal::OddOutcome),
            (Amendment { cells: &[], outcome: Outcome::Failed, ..base }, AmendRefusal::NothingChanged),
            (Amendment { official: OfficialId(1001), cells: &[], ..base }, AmendRefusal::NotLearner),
        ];
        for (amendment, expected) in odd {
            assert_eq!(refusal(amend(&amendment).await), expected);
        }
        let passed = [course.cell(2001, 1, 1, None, points(900))];
        let refused = refusal(amend(&Amendment { cells: &passed, ..base }).await);
        assert_eq!(refused, AmendRefusal::Cells(vec![((OfficialId(2001), course.works[1], 1), GradeFault::PassedAlready)]));
        let foreign = grades::amend(&course.hall.services, &at(&course.hall.officer, day("2026-12-12")), &course.class, &base).await;
        assert!(matches!(foreign, Err(ActError::Forbidden(_))));
        assert_eq!(course.gaps(2001).await, gaps, "nothing moved yet");
        amend(&base).await.unwrap();
        assert_eq!(course.outcome(2001).await, Outcome::Finished);
        assert!(course.gaps(2001).await < gaps, "a gap less");
        assert_ne!(course.figures().await, figures, "a figure moved");
        let sheet = grades::sheet(&course.hall.services, &course.ctx, &course.class).await.unwrap();
        let kept = &sheet.amendments[0];
        assert_eq!((kept.decision.0.as_str(), kept.reason.as_str(), kept.by.as_deref()), ("15/QĐ-SNV", "phúc khảo", Some("an")));
        assert_eq!(kept.before, "outcome failed\noverall 6,67\ngrade 1 Bài kiểm tra: 4\ngrade 1 Tiểu luận: 8");
        assert_eq!(kept.after, "outcome finished\noverall 7,33\ngrade 1 Bài kiểm tra: 4\ngrade 2 Bài kiểm tra: 6\ngrade 1 Tiểu luận: 8");
        assert_eq!(sheet.recognised[0].overall, points(733));
        // And back again.
        let back = Amendment { outcome: Outcome::Failed, cells: &[], decision: ("16/QĐ-SNV", decision.1), reason: "thanh tra", ..base };
        amend(&back).await.unwrap();
        assert_eq!((course.gaps(2001).await, course.figures().await), (gaps, figures));
        assert_eq!(grades::amendments(&course.hall.services, &course.ctx, &course.class).await.unwrap().len(), 2);
        let events = course.hall.class(&course.class).await.events;
        assert_eq!(events[0].act, "amend_result");
    }
}

#[tokio::test]
async fn a_certificate_says_the_band_and_is_taken_back_with_the_result() {
    for fresh in each().await {
        let course = Box::pin(course(&fresh)).await;
        course.take(&format!("{}\t4\t8\n{}\t7\t7\n{}\t8\t8", code(2001), code(2002), code(2003))).await;
        course.attend(&[]).await;
        course.finish().await;
        course.recognise(&[], &Reasons::new()).await.unwrap();
        let (services, later) = (&course.hall.services, at(&course.hall.affairs, day("2026-12-22")));
        let papers = async || {
            let (signer_post, signer_name) = ("Hiệu trưởng", "Trần Văn Ký");
            let site = "https://dao-tao.tinh.vn/";
            let terms = certificates::Terms { issued_on: later.today, issuer: "Trường", place: "Mẫu", signer_post, signer_name, site };
            certificates::start(services, &later, &course.class, &terms).await.unwrap();
            certificates::carry(services, &later, &course.class, &Watch::default()).await.unwrap();
            let papers = certificates::of_class(services, &later, &course.class).await.unwrap().papers;
            papers.into_iter().map(|paper| (paper.official.1, paper.printed.band, paper.state)).collect::<Vec<_>>()
        };
        let paper = |id: i64, band: &str, state| (code(id), Some(band.to_owned()), state);
        let [fair, good] = [paper(2002, "Khá", CertificateState::Valid), paper(2003, "Giỏi", CertificateState::Valid)];
        assert_eq!(papers().await, [fair.clone(), good]);
        let decision = ("15/QĐ-SNV", day("2026-12-22"));
        let amendment =
            |id: i64, outcome: Outcome| Amendment { official: OfficialId(id), outcome, cells: &[], decision, reason: "phúc khảo" };
        for (id, outcome) in [(2003, Outcome::Failed), (2001, Outcome::Finished)] {
            grades::amend(services, &later, &course.class, &amendment(id, outcome)).await.unwrap();
        }
        let revoked = paper(2003, "Giỏi", CertificateState::Revoked);
        assert_eq!(
            papers().await,
            [fair.clone(), revoked.clone(), paper(2001, "Trung bình", CertificateState::Valid)],
            "a new one for whoever finished after all"
        );
        let back = Amendment { decision: ("16/QĐ-SNV", day("2026-12-22")), ..amendment(2003, Outcome::Finished) };
        grades::amend(services, &later, &course.class, &back).await.unwrap();
        let (now, again) = (papers().await, paper(2003, "Giỏi", CertificateState::Valid));
        assert_eq!((now.len(), &now[1], &now[3]), (4, &revoked, &again), "and one more for whoever lost it by an amendment");
        let lines = certificates::of_class(services, &later, &course.class).await.unwrap().papers;
        assert_eq!(lines[3].replaces, Some(lines[1].id));
        // One that was taken back for a reason of its own stays taken back.
        let deed = certificates::Deed {
            act: CertificateAct::Revoke,
            reason: "cấp sai",
            decision: "17/QĐ-SNV",
            issued_on: later.today,
            signer: ("Hiệu trưởng", "Trần Văn Ký"),
        };
        certificates::act(services, &later, lines[3].id, &deed).await.unwrap();
        assert_eq!(certificates::of_class(services, &later, &course.class).await.unwrap().due, 0);
    }
}
