//! Certificates: granted once, numbered without a gap, mended, confirmed and taken back; issued by many at once and by a process that is
//! killed; what anybody with a code is shown; who may do what.
//! Not for: rules in every combination (`domain::certificates`), or looks (`documents`).

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock};

use documents::papers::Fonts;
use domain::certificates::{CertificateAct, CertificateFault, CertificateKind, CertificateState};
use domain::classes::ClassAct;
use domain::ids::{OfficialId, UnitId};
use domain::people::StaffKind;
use domain::register::Source;
use domain::training::{Outcome, TrainingKind};
use service::certificates::{
    self, CertificateLine, CertificateRefusal, Deed, Found, RegisterAsk, Terms, badge,
    seal::{check, in_file, in_text},
};
use service::classes::Mark;
use service::work::{End, Stand, Task, Watch};
use service::{ActError, Ctx, Services, classes};
use store::Db;
use store::write::register::{NewRecord, Why, add_class_record};
use store::write::schemes::By;
use testkit::databases::each;
use tokio::io::AsyncReadExt as _;

use crate::hall::{CROWD, Hall, at, code, deed, hall, terms};
use crate::world::{NOW, day};

fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(&assets::paper_fonts()).unwrap());
    &FONTS
}

/// The day on which certificates are issued here.
fn on() -> domain::time::Date {
    day("2026-12-22")
}

fn usual() -> Terms<'static> {
    Terms {
        issued_on: on(),
        issuer: "Trường Chính trị",
        place: "Mẫu",
        signer_post: "Hiệu trưởng",
        signer_name: "Trần Văn Ký",
        site: "https://dao-tao.tinh.vn/",
    }
}

fn faults<T: std::fmt::Debug>(answer: Result<T, ActError<CertificateRefusal>>) -> Vec<CertificateFault> {
    match answer {
        Err(ActError::Refused(CertificateRefusal::Faults(faults))) => faults,
        other => unreachable!("{other:?}"),
    }
}

impl Hall {
    fn later(&self) -> Ctx {
        at(&self.affairs, on())
    }

    /// A class that ended with these people; results are recognised on 20 December when asked for.
    async fn held(&self, ids: &[i64], failed: &[i64], is_recognised: bool) -> String {
        let class = self.open(&terms(9)).await;
        for id in ids {
            assert_eq!(self.name(&class, *id).await, "seated");
            self.confirm(&class, *id).await;
        }
        self.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        self.act(&class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        if is_recognised {
            let marks: Vec<Mark> = failed.iter().map(|id| Mark { official: OfficialId(*id), outcome: Outcome::Failed }).collect();
            self.recognise_on(&class, &marks).await;
        }
        class
    }

    async fn recognise_on(&self, class: &str, marks: &[Mark]) {
        let revision = self.class(class).await.line.revision;
        let ctx = at(&self.affairs, day("2026-12-20"));
        classes::recognise(&self.services, &ctx, (class, revision), "13/QĐ-SNV", marks).await.unwrap();
    }

    /// A class that a crowd finished.
    async fn crowded(&self, crowd: i64) -> String {
        let class = self.open(&terms(9)).await;
        self.act(&class, &classes::Deed { reason: "đông", ..deed(ClassAct::Begin) }, day("2026-12-07")).await.unwrap();
        let line = self.class(&class).await.line;
        let tx = self.services.db.write().await.unwrap();
        let why = Why { by: By::System, at: NOW, words: "", operation: "crowd" };
        for id in 5001..5001 + crowd {
            let record = NewRecord {
                official: OfficialId(id),
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
                periods: 40,
                from: line.terms.starts_on,
                last: None,
                outcome: Outcome::Studying,
                staff: StaffKind::CongChuc,
                unit: UnitId(CROWD),
                group: None,
                source: Source::Learned,
                evidence: None,
            };
            add_class_record(&tx, &why, &record, line.id).await.unwrap();
        }
        tx.commit().await.unwrap();
        self.act(&class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        self.recognise_on(&class, &[]).await;
        class
    }

    async fn issue(&self, class: &str) -> Vec<CertificateLine> {
        certificates::start(&self.services, &self.later(), class, &usual()).await.unwrap();
        assert!(certificates::carry(&self.services, &self.later(), class, &Watch::default()).await.unwrap());
        self.papers(class).await
    }

    async fn papers(&self, class: &str) -> Vec<CertificateLine> {
        certificates::of_class(&self.services, &self.later(), class).await.unwrap().papers
    }

    async fn deal(&self, paper: &CertificateLine, act: CertificateAct) -> Result<Option<CertificateLine>, ActError<CertificateRefusal>> {
        let deed = Deed { act, reason: "in sai tên", decision: "9/QĐ", issued_on: on(), signer: ("Hiệu trưởng", "Trần Văn Ký") };
        let made = certificates::act(&self.services, &self.later(), paper.id, &deed).await?;
        let papers = self.papers(&paper.class.1).await;
        Ok(made.map(|id| papers.into_iter().find(|paper| paper.id == id).unwrap()))
    }
}

fn numbers(papers: &[CertificateLine]) -> Vec<i32> {
    papers.iter().map(|paper| paper.number).collect()
}

#[tokio::test]
async fn whoever_finished_gets_one_certificate_with_a_number_after_the_results_are_recognised() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.held(&[1001, 1002, 1003], &[], false).await;
        let early = certificates::start(&hall.services, &hall.later(), &class, &usual()).await;
        assert!(matches!(early, Err(ActError::Refused(_))));
        let failed = [Mark { official: OfficialId(1002), outcome: Outcome::Failed }];
        hall.recognise_on(&class, &failed).await;
        let odd = [("2026-12-19", "trước công nhận"), ("2026-12-23", "chưa đến")];
        for (on, _) in odd {
            let terms = Terms { issued_on: day(on), signer_name: " ", ..usual() };
            let refused = certificates::start(&hall.services, &hall.later(), &class, &terms).await;
            assert_eq!(faults(refused), [CertificateFault::NoSigner, CertificateFault::OddDay]);
        }
        for site in ["dao-tao.tinh.vn", "https://", "https://a.vn/path", "javascript:alert(1)"] {
            let refused = certificates::start(&hall.services, &hall.later(), &class, &Terms { site, ..usual() }).await;
            assert!(matches!(refused, Err(ActError::Refused(CertificateRefusal::BadSite))), "{site}");
        }
        let view = certificates::of_class(&hall.services, &hall.later(), &class).await.unwrap();
        assert_eq!((view.due, view.deadline), (2, Some((day("2027-01-04"), false))), "15 days, not verified");
        let papers = hall.issue(&class).await;
        assert_eq!(numbers(&papers), [1, 2]);
        let told: Vec<_> = papers.iter().map(|paper| (paper.official.1.as_str(), paper.symbol.as_str(), paper.state)).collect();
        let valid = CertificateState::Valid;
        let (first, third) = (code(1001), code(1003));
        assert_eq!(told, [(first.as_str(), "0001/2026/CC-H99.01", valid), (third.as_str(), "0002/2026/CC-H99.01", valid)]);
        let printed = &papers[0].printed;
        assert_eq!((printed.name.as_str(), printed.birth_on, printed.periods), ("Nguyễn Văn 1001", day("1990-05-10"), 40));
        assert_eq!(printed.decision, ("13/QĐ-SNV".to_owned(), day("2026-12-20")));
        let again = certificates::start(&hall.services, &hall.later(), &class, &usual()).await;
        assert!(matches!(again, Err(ActError::Refused(CertificateRefusal::NobodyLeft))), "granted once");
        let other = hall.held(&[1004], &[], true).await;
        assert_eq!(numbers(&hall.issue(&other).await), [3], "the register goes on over classes");
        let next_year = at(&hall.affairs, day("2027-01-05"));
        let third = hall.held(&[1005], &[], true).await;
        let terms = Terms { issued_on: day("2027-01-05"), ..usual() };
        certificates::start(&hall.services, &next_year, &third, &terms).await.unwrap();
        certificates::carry(&hall.services, &next_year, &third, &Watch::default()).await.unwrap();
        assert_eq!(hall.papers(&third).await[0].symbol, "0001/2027/CC-H99.01", "and begins anew with the year");
    }
}

#[tokio::test]
async fn a_mistake_is_reissued_a_loss_is_confirmed_and_taking_back_is_told_at_once() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.held(&[1001, 1002], &[], true).await;
        let papers = hall.issue(&class).await;
        let lost = hall.deal(&papers[0], CertificateAct::Confirm).await.unwrap().unwrap();
        assert_eq!(
            (lost.kind, lost.symbol.as_str(), lost.confirms),
            (CertificateKind::Completion, "0003/2026/GCN-H99.01", Some(papers[0].id))
        );
        assert_eq!(hall.papers(&class).await[0].state, CertificateState::Valid, "what was granted stays granted");
        assert_eq!(faults(hall.deal(&lost, CertificateAct::Confirm).await), [CertificateFault::NotACertificate]);
        let again = hall.deal(&papers[0], CertificateAct::Confirm).await.unwrap().unwrap();
        let state = |papers: &[CertificateLine], id| papers.iter().find(|paper| paper.id == id).unwrap().state;
        assert_eq!(state(&hall.papers(&class).await, lost.id), CertificateState::Replaced);
        let mended = hall.deal(&papers[0], CertificateAct::Correct).await.unwrap().unwrap();
        assert_eq!((mended.kind, mended.number, mended.replaces), (CertificateKind::Certificate, 5, Some(papers[0].id)));
        let now = hall.papers(&class).await;
        assert_eq!((state(&now, papers[0].id), state(&now, again.id)), (CertificateState::Replaced, CertificateState::Replaced));
        let old = now.iter().find(|paper| paper.id == papers[0].id).unwrap();
        assert_eq!(old.replaced_by.as_ref().map(|next| next.0), Some(mended.id));
        assert_eq!(faults(hall.deal(&papers[0], CertificateAct::Correct).await), [CertificateFault::NotValid]);
        let bare = Deed { act: CertificateAct::Revoke, reason: " ", decision: "", issued_on: on(), signer: ("", "") };
        let refused = certificates::act(&hall.services, &hall.later(), mended.id, &bare).await;
        assert_eq!(faults(refused), [CertificateFault::NoReason, CertificateFault::NoDecision]);
        assert!(hall.deal(&mended, CertificateAct::Revoke).await.unwrap().is_none());
        let Found::Paper(shown) = certificates::shown(&hall.services, &mended.code).await.unwrap() else { unreachable!() };
        assert_eq!((shown.state, shown.end_decision.as_deref()), (CertificateState::Revoked, Some("9/QĐ")));
        let none = certificates::start(&hall.services, &hall.later(), &class, &usual()).await;
        assert!(matches!(none, Err(ActError::Refused(CertificateRefusal::NobodyLeft))), "a revoked one is not granted again");
    }
}

#[tokio::test]
async fn many_who_issue_at_once_grant_each_once_and_leave_no_gap() {
    for fresh in each().await {
        let hall = hall(&fresh, 450).await;
        let (one, two) = (hall.crowded(450).await, hall.held(&[1001, 1002], &[], true).await);
        for class in [&one, &two] {
            certificates::start(&hall.services, &hall.later(), class, &usual()).await.unwrap();
        }
        let others = Services::new(fresh.db.clone());
        let ctx = hall.later();
        let carry = async |services: &Services, class: &str| loop {
            match certificates::carry(services, &ctx, class, &Watch::default()).await {
                Ok(true) | Err(ActError::NotFound) => return,
                Ok(false) | Err(ActError::Stale) => {}
                Err(error) => unreachable!("{error:?}"),
            }
        };
        tokio::join!(carry(&hall.services, &one), carry(&others, &one), carry(&hall.services, &two), carry(&others, &one));
        let mut all = hall.papers(&one).await;
        assert_eq!(all.len(), 450);
        all.extend(hall.papers(&two).await);
        let mut given = numbers(&all);
        given.sort_unstable();
        assert_eq!(given, (1..=452).collect::<Vec<_>>());
        let mut records: Vec<i64> = all.iter().map(|paper| paper.record.0).collect();
        records.sort_unstable();
        records.dedup();
        assert_eq!(records.len(), 452);
    }
}

#[tokio::test]
async fn a_run_that_is_stopped_goes_on_and_two_acts_on_one_paper_do_not_both_win() {
    for fresh in each().await {
        let hall = hall(&fresh, 450).await;
        let class = hall.crowded(450).await;
        certificates::start(&hall.services, &hall.later(), &class, &usual()).await.unwrap();
        let stopped = Watch::default();
        stopped.cancel();
        assert!(!certificates::carry(&hall.services, &hall.later(), &class, &stopped).await.unwrap());
        let view = certificates::of_class(&hall.services, &hall.later(), &class).await.unwrap();
        assert_eq!((view.papers.len(), view.due, view.runs[0].made, view.runs[0].ended_at), (200, 250, 200, None));
        assert!(certificates::carry(&hall.services, &hall.later(), &class, &Watch::default()).await.unwrap());
        let view = certificates::of_class(&hall.services, &hall.later(), &class).await.unwrap();
        assert_eq!((view.papers.len(), view.due, view.runs[0].made), (450, 0, 450));
        assert!(view.runs[0].ended_at.is_some());
        let paper = &view.papers[0];
        let (a, b) = tokio::join!(hall.deal(paper, CertificateAct::Correct), hall.deal(paper, CertificateAct::Correct));
        assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1, "{a:?} {b:?}");
    }
}

/// Address of the database and code of the class for the process that will be killed.
const CHILD: [&str; 2] = ["KHUEVAN_CERTIFICATES_DATABASE", "KHUEVAN_CERTIFICATES_CLASS"];

/// As the process that is killed: issues and says how far it is.
async fn issue_until_killed(address: &str, class: &str) {
    let services = Arc::new(Services::new(Db::open(address).await.unwrap()));
    let ctx = Ctx::system(NOW, on());
    certificates::go_on(&services, &ctx, class).await.unwrap();
    loop {
        let stand = certificates::standing(&services, &ctx, class, Task::Certificates).await.unwrap();
        let mut out = std::io::stdout();
        match stand {
            Some(Stand::Running(done, _)) => writeln!(out, "issued {done}").unwrap(),
            other => return writeln!(out, "ended {other:?}").unwrap(),
        }
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn killed_in_the_middle_of_a_run_nothing_is_lost_or_doubled_and_it_goes_on() {
    if let [Ok(address), Ok(class)] = CHILD.map(std::env::var) {
        return Box::pin(issue_until_killed(&address, &class)).await;
    }
    for fresh in each().await {
        let hall = hall(&fresh, 3_000).await;
        let class = hall.crowded(3_000).await;
        certificates::start(&hall.services, &hall.later(), &class, &usual()).await.unwrap();
        let mut acknowledged = 0;
        for least in [200, 1_000] {
            let test = "certificates::killed_in_the_middle_of_a_run_nothing_is_lost_or_doubled_and_it_goes_on";
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.args([test, "--exact", "--nocapture", "--test-threads", "1"]);
            command.env(CHILD[0], &fresh.address).env(CHILD[1], &class).stdout(Stdio::piped()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
            let issued = said.filter_map(|line| line.split_once("issued ").and_then(|(_, n)| n.parse::<usize>().ok()));
            acknowledged = issued.into_iter().find(|done| *done >= least).unwrap();
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let papers = hall.papers(&class).await;
        assert!(papers.len() >= acknowledged && papers.len() < 3_000, "{} of {acknowledged} told", papers.len());
        assert_eq!(papers.len() % 200, 0, "whole portions");
        let many = i32::try_from(papers.len()).unwrap();
        assert_eq!(numbers(&papers), (1..=many).collect::<Vec<_>>());
        assert!(certificates::carry(&hall.services, &hall.later(), &class, &Watch::default()).await.unwrap());
        let papers = hall.papers(&class).await;
        assert_eq!(numbers(&papers), (1..=3_000).collect::<Vec<_>>());
        let view = certificates::of_class(&hall.services, &hall.later(), &class).await.unwrap();
        assert_eq!((view.due, view.runs.len(), view.runs[0].made), (0, 1, 3_000), "one run");
    }
}

#[tokio::test]
async fn keepers_issue_others_of_the_office_look_and_strangers_find_nothing() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.held(&[1001, 2001], &[], true).await;
        for (who, ctx) in [("officer", &hall.officer), ("inspector", &hall.inspector), ("learner", &hall.learner)] {
            let refused = certificates::start(&hall.services, &at(ctx, on()), &class, &usual()).await;
            assert!(matches!(refused, Err(ActError::Forbidden(_))), "{who}: {refused:?}");
        }
        let papers = hall.issue(&class).await;
        let one = async |ctx: &Ctx, paper: &CertificateLine| {
            certificates::one(&hall.services, &at(ctx, on()), paper.id).await.map(|view| view.keeps)
        };
        assert!(matches!(one(&hall.affairs, &papers[0]).await, Ok(true)));
        assert!(matches!(one(&hall.inspector, &papers[0]).await, Ok(false)));
        assert!(matches!(one(&hall.officer, &papers[0]).await, Ok(false)), "of the own office");
        assert!(matches!(one(&hall.officer, &papers[1]).await, Err(ActError::NotFound)), "of another one");
        assert!(matches!(one(&hall.learner, &papers[0]).await, Ok(false)), "the own one");
        assert!(matches!(one(&hall.learner, &papers[1]).await, Err(ActError::NotFound)));
        let act = Deed { act: CertificateAct::Revoke, reason: "a", decision: "b", issued_on: on(), signer: ("", "") };
        let refused = certificates::act(&hall.services, &at(&hall.officer, on()), papers[0].id, &act).await;
        assert!(matches!(refused, Err(ActError::Forbidden(_))), "{refused:?}");
        let lines = async |ctx: &Ctx| {
            let found = certificates::register(&hall.services, &at(ctx, on()), &RegisterAsk::default(), None, (10, false)).await;
            found.map(|page| page.lines.len())
        };
        assert!(matches!(lines(&hall.affairs).await, Ok(2)));
        assert!(matches!(lines(&hall.officer).await, Ok(1)), "of the own people");
        assert!(matches!(lines(&hall.learner).await, Err(ActError::Forbidden(_))));
        let found = RegisterAsk { words: "nguyen van 2001".to_owned(), ..RegisterAsk::default() };
        let page = certificates::register(&hall.services, &hall.later(), &found, None, (10, false)).await.unwrap();
        assert_eq!(page.lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2]);
    }
}

#[tokio::test]
async fn a_code_shows_its_paper_to_anybody_and_a_slip_of_the_hand_is_told() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.held(&[1001], &[], true).await;
        let paper = hall.issue(&class).await.remove(0);
        let shown = async |typed: &str| certificates::shown(&hall.services, typed).await.unwrap();
        assert!(matches!(shown(&paper.code.to_lowercase()).await, Found::Paper(line) if line.id == paper.id));
        let mut letters: Vec<char> = paper.code.chars().collect();
        let first = letters[0];
        letters[0] = if first == '2' { '3' } else { '2' };
        assert_eq!(shown(&letters.iter().collect::<String>()).await, Found::Mistyped);
        assert_eq!(shown("2".repeat(18).as_str()).await, Found::Unknown);
        for odd in ["", "-", "' OR 1=1", "ABC"] {
            assert_eq!(shown(odd).await, Found::Mistyped, "{odd}");
        }
        let keys = certificates::public_keys(&hall.services).await.unwrap();
        let sealed = check(&paper.seal, &keys).unwrap();
        assert_eq!(
            (sealed.no.as_str(), sealed.name.as_str(), sealed.code.as_str()),
            (paper.symbol.as_str(), "Nguyễn Văn 1001", paper.code.as_str())
        );
        assert!(!paper.seal.is_empty() && !serde_json::to_string(&sealed).unwrap().contains("1990"), "no day of birth");
    }
}

#[tokio::test]
async fn the_printed_code_proves_the_paper_without_the_server_also_after_the_key_changed() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let class = hall.held(&[1001, 1002], &[], true).await;
        let paper = hall.issue(&class).await.remove(0);
        let pdf = certificates::pdf(&hall.services, &hall.later(), paper.id, fonts()).await.unwrap();
        let text = in_file(pdf).unwrap().unwrap();
        assert!(text.starts_with(&format!("https://dao-tao.tinh.vn/verify/{}#", paper.code)), "{text}");
        assert_eq!(in_text(&text), paper.seal);
        let system = Ctx::system(NOW, on());
        let fresh_key = certificates::new_key(&hall.services, &system).await.unwrap();
        let keys = certificates::public_keys(&hall.services).await.unwrap();
        assert_eq!((keys.len(), &keys[0].kid), (2, &fresh_key.kid));
        assert_eq!(check(&text, &keys).unwrap().no, paper.symbol);
        assert!(check(&text, &keys[..1]).is_err(), "the new key alone does not prove it");
        let next = hall.deal(&paper, CertificateAct::Correct).await.unwrap().unwrap();
        assert!(check(&next.seal, &keys[..1]).is_ok(), "the next one is sealed with it");
        let document = badge::did_document(&hall.services).await.unwrap();
        assert!(keys.iter().all(|key| document.contains(&key.kid)) && document.contains("did:web:dao-tao.tinh.vn"));
    }
}

#[tokio::test]
async fn all_certificates_of_a_class_are_one_file_made_beside_the_request() {
    let fresh = testkit::databases::sqlite().await;
    let hall = hall(&fresh, 0).await;
    let class = hall.held(&[1001, 1002, 1003], &[], true).await;
    hall.issue(&class).await;
    let (services, ctx) = (Arc::new(Services::new(fresh.db.clone())), hall.later());
    certificates::begin_file(&services, &ctx, &class, fonts()).await.unwrap();
    let made = loop {
        match certificates::standing(&services, &ctx, &class, Task::CertificateFile).await.unwrap() {
            Some(Stand::Over(End::Done(Some(made)))) => break made,
            Some(Stand::Running(..)) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            other => unreachable!("{other:?}"),
        }
    };
    assert_eq!((made.kind, made.count), ("application/pdf", 3));
    let (mut file, size) = made.open().await.unwrap();
    let mut bytes = Vec::new();
    assert_eq!(u64::try_from(file.read_to_end(&mut bytes).await.unwrap()).unwrap(), size);
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    assert_eq!(document.get_pages().len(), 3);
    let stranger = certificates::standing(&services, &at(&hall.officer, on()), &class, Task::CertificateFile).await;
    assert!(matches!(stranger, Err(ActError::Forbidden(_))));
}
