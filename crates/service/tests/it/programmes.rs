//! Programmes from draft to decision: who is refused, what is stale, two members at once, and what learners see.

use domain::ids::{UnitId, UserId};
use domain::needs::NeedFault;
use domain::papers::mandates::{SignAs, Standing};
use domain::papers::moves::Move;
use domain::people::StaffKind;
use domain::programmes::appraisal::{Choice, CouncilFault, Seat, Verdict};
use domain::programmes::life::State;
use domain::programmes::materials::{Access, FileFault};
use domain::programmes::{Course, Lack, Module, Text};
use domain::roles::Role;
use domain::standards::Subject;
use domain::training::{ContentGroup, Mode, TrainingKind};
use service::documents::{self, About, Format};
use service::needs::{self, Wish};
use service::papers::{self, Doing, MandateForm};
use service::programmes::{self, Ask, CouncilCard, NewMaterial, NewProgramme, ProgrammeRefusal as R};
use service::{ActError, Ctx, Services};
use store::write::accounts::{self, NewAccount};
use testkit::{databases::Fresh, small};

use crate::world::{NOW, day, person, system, today};

const CODE: &str = "CT-THU.1";

struct World {
    services: Services,
    /// Home Affairs, then five members of the council.
    users: Vec<UserId>,
    unit: String,
    foreign: i64,
}

impl World {
    async fn of(fresh: &Fresh) -> Self {
        small::province(today(), 600).load(&fresh.db, NOW).await;
        let tx = fresh.db.write().await.unwrap();
        let mut users = Vec::new();
        for login in ["an", "binh", "cuc", "dung", "em", "giang"] {
            let new = NewAccount { login, name: login, password_hash: "-", official: None };
            let user = accounts::create(&tx, &new, NOW).await.unwrap();
            let role = if login == "an" { Role::HomeAffairs } else { Role::UnitHead };
            accounts::grant(&tx, user, role, None, day("2020-01-01")).await.unwrap();
            users.push(user);
        }
        tx.commit().await.unwrap();
        let services = Services::new(fresh.db.clone());
        let agencies = store::read::quotas::agencies(&fresh.db, today()).await.unwrap();
        let id = |actor: &str| agencies.iter().find(|a| a.actor == actor).unwrap().unit;
        let names = service::registry::unit_names(&services, &system()).await.unwrap();
        let unit = names.unit(id("so-noi-vu")).unwrap().code.clone();
        Self { services, users, unit, foreign: id("so-y-te").0 }
    }

    fn officer(&self) -> Ctx {
        person(self.users[0], Role::HomeAffairs, None)
    }

    fn member(&self, place: usize) -> Ctx {
        person(self.users[place], Role::UnitHead, None)
    }

    async fn council(&self) -> i64 {
        let seats = [Seat::Chair, Seat::Secretary, Seat::Member, Seat::Member, Seat::Member];
        let members: Vec<(UserId, Seat)> = self.users[1..].iter().copied().zip(seats).collect();
        let card = CouncilCard { name: "Hội đồng", decision: "1/QĐ", from: day("2026-01-01"), last: None, members: &members };
        let short = CouncilCard { members: &members[..4], ..card };
        let refused = programmes::keep_council(&self.services, &self.officer(), None, &short).await;
        assert_eq!(refusals(refused), [R::Council(CouncilFault::TooFew), R::Council(CouncilFault::Even)]);
        programmes::keep_council(&self.services, &self.officer(), None, &card).await.unwrap()
    }

    async fn state(&self) -> State {
        let view = programmes::programme(&self.services, &self.officer(), CODE).await.unwrap();
        view.open().map_or(view.line.state, |open| open.line.state)
    }

    async fn revision(&self) -> i32 {
        programmes::programme(&self.services, &self.officer(), CODE).await.unwrap().open().unwrap().line.revision
    }

    async fn vote(&self, place: usize, session: i64, choice: Choice) {
        programmes::vote(&self.services, &self.member(place), session, choice, "góp ý").await.unwrap();
    }

    /// From a complete draft to an appraised text.
    async fn appraise(&self, council: i64) {
        programmes::send(&self.services, &self.officer(), CODE, council, today()).await.unwrap();
        let session = programmes::waiting(&self.services, &self.member(1)).await.unwrap()[0].id;
        for place in 1..=4 {
            self.vote(place, session, Choice::For).await;
        }
        let verdict = programmes::close(&self.services, &self.member(1), session, "Biên bản").await.unwrap();
        assert_eq!((verdict, self.state().await), (Verdict::Passed, State::Appraised));
    }
}

/// What a rule said against it; nothing when the act ended in another way.
fn refusals<T>(result: Result<T, ActError<Vec<R>>>) -> Vec<R> {
    let Err(ActError::Refused(refusals)) = result else { return Vec::new() };
    refusals
}

fn text() -> Text {
    let module = |title: &str| Module { title: title.to_owned(), theory: 80, ..Module::default() };
    Text {
        title: "Lãnh đạo cấp phòng".to_owned(),
        kind: TrainingKind::Training,
        content: ContentGroup::Leadership,
        programme: None,
        course: Some(Course::DivisionLeader),
        staff: vec![StaffKind::CongChuc],
        level: None,
        audience: "Trưởng phòng".to_owned(),
        periods: 160,
        days: 20,
        mode: Mode::InPerson,
        outcomes: "Điều hành được phòng".to_owned(),
        legal_basis: "Nghị định 171/2025/NĐ-CP".to_owned(),
        partner: "Trường Chính trị".to_owned(),
        modules: vec![module("Một"), module("Hai")],
    }
}

#[tokio::test]
async fn a_programme_goes_from_draft_to_decision_and_a_revision_replaces_it() {
    for fresh in testkit::databases::each().await {
        let world = World::of(&fresh).await;
        let (services, officer) = (&world.services, world.officer());
        let good = text();
        let new = NewProgramme { code: CODE, owner: &world.unit, text: &good };
        programmes::create(services, &officer, &new).await.unwrap();
        assert_eq!(refusals(programmes::create(services, &officer, &new).await), [R::CodeTaken]);
        let stranger = person(world.users[0], Role::UnitHr, Some(world.foreign));
        assert!(matches!(programmes::save(services, &stranger, CODE, 1, &good).await, Err(ActError::Forbidden(_))));
        let council = world.council().await;
        // Verified law asks for four weeks.
        let short = Text { days: 10, periods: 80, ..text() };
        programmes::save(services, &officer, CODE, 1, &short).await.unwrap();
        assert!(matches!(programmes::save(services, &officer, CODE, 1, &good).await, Err(ActError::Stale)));
        let lacks = refusals(programmes::send(services, &officer, CODE, council, today()).await);
        assert_eq!(lacks, [R::Lack(Lack::Sum), R::Lack(Lack::LegalLength)]);
        programmes::save(services, &officer, CODE, world.revision().await, &good).await.unwrap();
        let early = programmes::approve(services, &officer, CODE, "1/QĐ", Some(today())).await;
        assert_eq!(refusals(early), [R::WrongState(State::Draft)]);
        world.appraise(council).await;
        let nameless = programmes::approve(services, &officer, CODE, " ", Some(day("2026-12-31"))).await;
        assert_eq!(refusals(nameless), [R::NoNumber, R::BadDecisionDay]);
        programmes::approve(services, &officer, CODE, "1/QĐ", Some(day("2026-11-01"))).await.unwrap();
        assert_eq!(store::read::programmes::approved(&fresh.db, day("2026-10-31")).await.unwrap(), []);
        programmes::begin(services, &officer, CODE, "cập nhật năm").await.unwrap();
        assert_eq!(refusals(programmes::begin(services, &officer, CODE, "nữa").await), [R::OpenText]);
        let revised = Text { title: "Lãnh đạo cấp phòng, sửa đổi".to_owned(), ..text() };
        programmes::save(services, &officer, CODE, 1, &revised).await.unwrap();
        assert_eq!(store::read::programmes::approved(&fresh.db, today()).await.unwrap()[0].title, good.title);
        world.appraise(council).await;
        programmes::approve(services, &officer, CODE, "2/QĐ", Some(today())).await.unwrap();
        assert_eq!(store::read::programmes::approved(&fresh.db, day("2026-11-21")).await.unwrap()[0].title, good.title);
        assert_eq!(store::read::programmes::approved(&fresh.db, today()).await.unwrap()[0].title, revised.title);
        let id = store::read::programmes::approved(&fresh.db, today()).await.unwrap()[0].id;
        let wish = Wish {
            official: None,
            people: 4,
            subject: Subject::Leadership,
            requirement: None,
            programme: Some(id),
            topic: None,
            words: "",
            year: 2027,
            urgent: false,
        };
        let need = needs::add(services, &officer, &world.unit, &wish).await.unwrap();
        assert_eq!(needs::one(services, &officer, need).await.unwrap().line.programme, Some(id));
        programmes::retire(services, &officer, CODE, 2, "hết dùng").await.unwrap();
        let tomorrow = Ctx { today: day("2026-11-23"), ..officer.clone() };
        let gone = needs::add(services, &tomorrow, &world.unit, &wish).await;
        assert!(matches!(gone, Err(ActError::Refused(faults)) if faults == [NeedFault::NoTopic]), "a retired programme is none to ask for");
        assert_eq!(world.state().await, State::Retired);
        assert_eq!(store::read::programmes::approved(&fresh.db, day("2026-12-31")).await.unwrap(), []);
    }
}

#[tokio::test]
async fn the_paper_of_a_programme_decides_it_and_while_it_is_on_its_way_nobody_else_does() {
    for fresh in testkit::databases::each().await {
        let world = World::of(&fresh).await;
        let (services, officer) = (&world.services, world.officer());
        programmes::create(services, &officer, &NewProgramme { code: CODE, owner: &world.unit, text: &text() }).await.unwrap();
        assert_eq!(refusals(programmes::present(services, &officer, CODE).await), [R::WrongState(State::Draft)]);
        let council = world.council().await;
        world.appraise(council).await;
        let stranger = person(world.users[0], Role::UnitHr, Some(world.foreign));
        assert!(matches!(programmes::present(services, &stranger, CODE).await, Err(ActError::Forbidden(_))));
        assert!(papers::lay_out(services, &officer).await.unwrap());
        let leader = crate::papers::account(&fresh, "ct", Role::ProvinceLeader, None).await;
        let head = MandateForm { post: "CHỦ TỊCH", ..crate::papers::mandate(SignAs::Head, Standing::Head) };
        papers::give_mandate(services, &officer, &head).await.unwrap();
        let id = programmes::present(services, &officer, CODE).await.unwrap();
        assert_eq!(refusals(programmes::present(services, &officer, CODE).await), [R::OnItsWay]);
        assert_eq!(refusals(programmes::approve(services, &officer, CODE, "1/QĐ", Some(today())).await), [R::OnItsWay]);
        let act = async |who: &Ctx, act: Move, words: &str| {
            let revision = papers::case(services, &officer, id).await.unwrap().case.revision;
            papers::act(services, who, id, &Doing { revision, act, words, mandate: None }).await.unwrap();
        };
        act(&officer, Move::Return { to: "draft".to_owned() }, "Sửa căn cứ").await;
        assert_eq!(world.state().await, State::Draft);
        world.appraise(council).await;
        assert_eq!(programmes::present(services, &officer, CODE).await.unwrap(), id, "the same paper goes on");
        act(&officer, Move::Forward, "").await;
        act(&officer, Move::Forward, "").await;
        act(&leader, Move::Sign, "").await;
        act(&officer, Move::Number, "").await;
        act(&officer, Move::Issue, "").await;
        let line = programmes::programme(services, &officer, CODE).await.unwrap().line;
        assert_eq!((line.state, line.decision.as_deref(), line.valid_from), (State::Approved, Some("01/QĐ-UBND"), Some(today())));
        assert!(documents::file(services, &officer, &About::Case(id), Format::Docx).await.unwrap().starts_with(b"PK"));
    }
}

#[tokio::test]
async fn members_vote_at_once_and_only_the_chair_closes() {
    for fresh in testkit::databases::each().await {
        let world = World::of(&fresh).await;
        let (services, officer) = (&world.services, world.officer());
        let good = text();
        programmes::create(services, &officer, &NewProgramme { code: CODE, owner: &world.unit, text: &good }).await.unwrap();
        let council = world.council().await;
        programmes::send(services, &officer, CODE, council, today()).await.unwrap();
        assert!(matches!(programmes::save(services, &officer, CODE, 1, &good).await, Err(ActError::Refused(_))));
        let session = programmes::waiting(services, &world.member(2)).await.unwrap()[0].id;
        assert_eq!(refusals(programmes::vote(services, &officer, session, Choice::For, "").await), [R::NotAMember]);
        assert_eq!(refusals(programmes::vote(services, &world.member(2), session, Choice::Against, " ").await), [R::NoOpinion]);
        tokio::join!(world.vote(2, session, Choice::For), world.vote(3, session, Choice::ForAfterChanges));
        let closed = programmes::close(services, &world.member(1), session, "Biên bản").await;
        assert_eq!(refusals(closed), [R::TooFewVotes]);
        tokio::join!(world.vote(4, session, Choice::ForAfterChanges), world.vote(3, session, Choice::ForAfterChanges));
        world.vote(1, session, Choice::For).await;
        let view = programmes::session(services, &officer, session).await.unwrap();
        assert_eq!((view.tally().voted(), view.tally().after_changes), (4, 2));
        assert_eq!(refusals(programmes::close(services, &world.member(2), session, "x").await), [R::NotTheChair]);
        let verdict = programmes::close(services, &world.member(1), session, "Biên bản").await.unwrap();
        assert_eq!((verdict, world.state().await), (Verdict::ToMend, State::ToMend));
        assert_eq!(refusals(programmes::vote(services, &world.member(2), session, Choice::For, "").await), [R::Closed]);
        programmes::save(services, &officer, CODE, world.revision().await, &good).await.unwrap();
        assert_eq!(refusals(programmes::accept_mended(services, &world.member(2), session).await), [R::NotTheChair]);
        programmes::accept_mended(services, &world.member(1), session).await.unwrap();
        assert_eq!(world.state().await, State::Appraised);
        let id = programmes::programme(services, &officer, CODE).await.unwrap().line.id.0;
        let tx = fresh.db.write().await.unwrap();
        assert_eq!(programmes::lacks_of(&tx, &officer, id).await.unwrap(), []);
        programmes::returned_to_draft(&tx, &officer, id, "sửa căn cứ").await.unwrap();
        assert_eq!(programmes::lacks_of(&tx, &officer, id).await.unwrap()[0].code, "appraisal");
        tx.commit().await.unwrap();
        assert_eq!(world.state().await, State::Draft);
    }
}

#[tokio::test]
async fn learners_find_what_is_in_force_and_open() {
    let fresh = testkit::databases::sqlite().await;
    let world = World::of(&fresh).await;
    let (services, officer) = (&world.services, world.officer());
    let good = text();
    programmes::create(services, &officer, &NewProgramme { code: CODE, owner: &world.unit, text: &good }).await.unwrap();
    let add = async |title: &str, access, bytes: &[u8]| {
        let new = NewMaterial { title, access, name: "bai-giang.pdf", bytes };
        programmes::add_material(services, &officer, CODE, &new).await
    };
    add("Bài giảng", Access::Open, b"%PDF-1.4 a").await.unwrap();
    add("Đáp án", Access::Office, b"%PDF-1.4 b").await.unwrap();
    assert_eq!(refusals(add("", Access::Open, b"MZ").await), [R::File(FileFault::NoTitle), R::File(FileFault::OddFile)]);
    let view = programmes::programme(services, &officer, CODE).await.unwrap();
    let (open, office) = (view.materials[0].id, view.materials[1].files[0].id);
    let again = programmes::add_file(services, &officer, CODE, open, ("x.pdf", b"%PDF-1.4 a")).await;
    assert_eq!(refusals(again), [R::File(FileFault::Again)]);
    programmes::add_file(services, &officer, CODE, open, ("x.pdf", b"%PDF-1.4 c")).await.unwrap();
    let learner = person(world.users[1], Role::Learner, None);
    assert!(matches!(programmes::programme(services, &learner, CODE).await, Err(ActError::NotFound)));
    assert_eq!(programmes::catalogue(services, &learner, &Ask::default(), "", 10).await.unwrap().lines, []);
    let council = world.council().await;
    world.appraise(council).await;
    programmes::approve(services, &officer, CODE, "1/QĐ", Some(today())).await.unwrap();
    let found = Ask { folded: "lanh dao".to_owned(), ..Ask::default() };
    assert_eq!(programmes::catalogue(services, &learner, &found, "", 10).await.unwrap().lines.len(), 1);
    let seen = programmes::programme(services, &learner, CODE).await.unwrap();
    assert_eq!((seen.materials.len(), seen.materials[0].files.len(), seen.sessions.len()), (1, 1, 0));
    let file = seen.materials[0].files[0].id;
    assert_eq!(programmes::material_file(services, &learner, CODE, file).await.unwrap().bytes, b"%PDF-1.4 c");
    assert!(matches!(programmes::material_file(services, &learner, CODE, office).await, Err(ActError::NotFound)));
    let tx = fresh.db.write().await.unwrap();
    assert_eq!(store::write::register::sweep_scans(&tx).await.unwrap(), 0, "materials keep their bytes");
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_party_board_writes_outside_the_state_only() {
    let fresh = testkit::databases::sqlite().await;
    let world = World::of(&fresh).await;
    let board = person(world.users[0], Role::PartyAffairs, None);
    let good = text();
    let new = NewProgramme { code: CODE, owner: &world.unit, text: &good };
    assert!(matches!(programmes::create(&world.services, &board, &new).await, Err(ActError::Forbidden(_))));
    let agencies = store::read::quotas::agencies(&fresh.db, today()).await.unwrap();
    let own = agencies.iter().find(|a| a.actor == "ban-to-chuc-tinh-uy").unwrap().unit;
    let names = service::registry::unit_names(&world.services, &board).await.unwrap();
    let own = names.unit(UnitId(own.0)).unwrap().code.clone();
    programmes::create(&world.services, &board, &NewProgramme { owner: &own, ..new }).await.unwrap();
}
