//! From what is written to what is issued: plans and programmes travel as papers, come back, are signed, numbered and in force.

use std::sync::LazyLock;

use ::documents::papers::{ClashKind, Fonts};
use domain::ids::{CaseId, PlanId};
use domain::papers::moves::{Move, MoveRefusal, Opinion};
use domain::papers::{CaseState, Family, PaperKind};
use domain::plans::{Line, MoneySource, Months, PlanKind, PlanState, Seats, TopicRef};
use domain::roles::Role;
use domain::training::{ContentGroup, Programme};
use service::documents::{self, About, Format, TemplateRefusal};
use service::papers::{self, PaperRefusal, ScanRefusal};
use service::plans::{self, New, PlanRefusal, View};
use service::{ActError, Ctx};

use testkit::word;

use crate::papers::{Office, account, office};
use crate::world::today;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(&assets::paper_fonts()).unwrap());

/// The text of a PDF without blanks, which stand where the typesetter put them.
fn text_of(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect()
}

const REASON: &str = "theo góp ý";

fn line() -> Line {
    Line {
        words: "Kỹ năng số".to_owned(),
        named: Some(Programme::Sector),
        content: Some(ContentGroup::PostSkills),
        class_size: 60,
        seats: vec![Seats { unit: None, staff: None, group: None, people: 20 }],
        months: vec![Months { from: 12, to: 12 }],
        days: 3,
        periods: 24,
        cost: 50_000_000,
        source: Some(MoneySource::Province),
        ..Line::empty(0, 2026)
    }
}

impl Office {
    /// The Word file of something is made of the template of the province while one is in force; a template that does not fit never is.
    async fn by_a_template(&self, about: &About) {
        let (services, home) = (&self.services, &self.home_affairs);
        let docx = async || word::text(&documents::file(services, home, about, Format::Docx).await.unwrap()).unwrap();
        let own = docx().await;
        let add = async |ctx: &Ctx, kind: PaperKind, bytes: &[u8]| {
            documents::add_template(services, ctx, (kind, Family::State), "mẫu.docx", bytes).await
        };
        let refused = async |kind: PaperKind, bytes: &[u8]| match add(home, kind, bytes).await {
            Err(ActError::Refused(refusal)) => Some(refusal),
            _ => None,
        };
        let row = ["{{#dong}}{{stt}}", "{{noi_dung}}", "{{so_nguoi}}{{/dong}}"];
        let good = word::file(&["Mẫu của tỉnh", "Số {{so}}"], &row).unwrap();
        assert_eq!(refused(PaperKind::YearPlan, b"").await, Some(TemplateRefusal::NoFile));
        assert_eq!(refused(PaperKind::YearPlan, b"Mau").await.map(|refusal| refusal.code()), Some("not_docx"));
        let clash = async |kind: PaperKind, bytes: &[u8]| match refused(kind, bytes).await {
            Some(TemplateRefusal::Fields(clashes)) => clashes.into_iter().map(|clash| (clash.field, clash.kind)).collect(),
            _ => Vec::new(),
        };
        assert_eq!(clash(PaperKind::YearPlan, &word::file(&["{{la}}"], &[]).unwrap()).await, [("la".to_owned(), ClashKind::Unknown)]);
        assert_eq!(
            clash(PaperKind::Submission, &word::file(&["{{so_lop}}"], &[]).unwrap()).await,
            [("so_lop".to_owned(), ClashKind::Missing)]
        );
        assert!(matches!(add(&self.hr, PaperKind::YearPlan, &good).await, Err(ActError::Forbidden(_))));
        assert!(matches!(documents::templates(services, &self.hr).await, Err(ActError::Forbidden(_))));
        assert_eq!(docx().await, own);

        let first = add(home, PaperKind::YearPlan, &good).await.unwrap();
        assert_eq!(docx().await, "Mẫu của tỉnh Số 01/KH-UBND 1 Kỹ năng số 20");
        add(home, PaperKind::YearPlan, &word::file(&["Mẫu mới {{ten_loai}}"], &[]).unwrap()).await.unwrap();
        assert_eq!(docx().await, "Mẫu mới Kế hoạch");
        let lines = documents::templates(services, home).await.unwrap();
        let in_force: Vec<i64> = lines.iter().filter(|line| line.ended_at.is_none()).map(|line| line.id).collect();
        assert!(lines.len() == 2 && in_force.len() == 1 && in_force[0] != first);
        assert_eq!(documents::template(services, home, first).await.unwrap().1, good);
        assert!(matches!(documents::end_template(services, home, first).await, Err(ActError::Stale)));
        documents::end_template(services, home, in_force[0]).await.unwrap();
        assert_eq!(docx().await, own);
    }

    async fn plan(&self) -> PlanId {
        let new = New {
            kind: PlanKind::Year, unit: &self.unit, under: None, years: (2026, 2026), title: "Kế hoạch bồi dưỡng năm 2026"
        };
        plans::create(&self.services, &self.hr, &new).await.unwrap()
    }

    async fn view(&self, plan: PlanId) -> View {
        plans::one(&self.services, &self.hr, plan, None).await.unwrap()
    }

    async fn write(&self, plan: PlanId, line: Line) -> u32 {
        let revision = self.view(plan).await.version.revision;
        plans::save_line(&self.services, &self.hr, plan, revision, line).await.unwrap()
    }

    async fn submit_plan(&self, who: &Ctx, plan: PlanId) -> Result<(), ActError<PlanRefusal>> {
        let revision = self.view(plan).await.version.revision;
        plans::submit(&self.services, who, plan, revision).await
    }

    async fn case_of(&self, plan: PlanId) -> CaseId {
        self.view(plan).await.version.case.unwrap()
    }

    /// From where a leader signs to where it goes out.
    async fn finish(&self, id: CaseId) {
        self.act(&self.other_leader, id, Move::Sign, "").await.unwrap();
        self.act(&self.home_affairs, id, Move::Number, "").await.unwrap();
        self.act(&self.home_affairs, id, Move::Issue, "").await.unwrap();
    }
}

#[tokio::test]
async fn a_plan_comes_back_goes_again_and_is_in_force_with_the_number_of_its_paper() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let plan = office.plan().await;
        let key = office.write(plan, line()).await;
        office.submit_plan(&office.hr, plan).await.unwrap();
        let id = office.case_of(plan).await;
        let case = papers::case(services, home, id).await.unwrap().case;
        assert_eq!((case.kind, case.step.as_str(), case.title.as_str()), (PaperKind::YearPlan, "gather", "Kế hoạch bồi dưỡng năm 2026"));
        let path = papers::subject_path(services, case.kind, case.subject).await.unwrap();
        assert_eq!(path.as_deref(), Some(format!("/ke-hoach/{plan}?so=1").as_str()));
        office.act(home, id, Move::Forward, "").await.unwrap();
        office.act(&office.finance, id, Move::Return { to: "gather".to_owned() }, "Thiếu dự toán").await.unwrap();
        assert_eq!(office.view(plan).await.version.state, PlanState::Submitted, "it has not come back to who writes it");
        let recalled = plans::recall(services, &office.hr, plan, REASON).await;
        let expected = PlanRefusal::Paper(PaperRefusal::Move(MoveRefusal::NothingToTakeBack));
        assert!(matches!(recalled, Err(ActError::Refused(refusal)) if refusal == expected));
        office.act(home, id, Move::Return { to: "draft".to_owned() }, "Bổ sung dự toán").await.unwrap();
        assert_eq!((office.view(plan).await.version.state, office.case_of(plan).await), (PlanState::Draft, id));
        let kept = plans::withdraw(services, &office.hr, plan, REASON).await;
        assert!(matches!(kept, Err(ActError::Refused(PlanRefusal::Paper(PaperRefusal::OnItsWay)))), "{kept:?}");
        office.write(plan, Line { key, cost: 60_000_000, ..line() }).await;
        office.submit_plan(&office.hr, plan).await.unwrap();
        assert_eq!(office.case_of(plan).await, id, "the same paper goes on");
        office.present(id).await;
        office.finish(id).await;
        let version = office.view(plan).await.version;
        let expected = (PlanState::Issued, Some("01/KH-UBND"), Some(today()));
        assert_eq!((version.state, version.paper_number.as_deref(), version.issued_on), expected);

        let fonts = &*FONTS;
        let pdf = documents::file(services, home, &About::Case(id), Format::Pdf(fonts)).await.unwrap();
        let words = text_of(&pdf);
        assert!(["01/KH-UBND", "Kỹnăngsố", "60.000.000", "PHÓCHỦTỊCH"].iter().all(|part| words.contains(part)), "{words}");
        assert!(documents::file(services, home, &About::Plan(plan, None), Format::Docx).await.unwrap().starts_with(b"PK"));
        office.by_a_template(&About::Plan(plan, None)).await;

        assert_eq!(plans::amend(services, &office.hr, plan, REASON).await.unwrap(), 2);
        office.write(plan, Line { key, cost: 70_000_000, ..line() }).await;
        office.submit_plan(&office.hr, plan).await.unwrap();
        let next = office.case_of(plan).await;
        assert_eq!(papers::case(services, home, next).await.unwrap().case.kind, PaperKind::PlanAmendment);
        office.present(next).await;
        // A scan is filed where its code says, and nowhere else.
        let wrong = papers::add_scan(services, home, next, "a.pdf", &pdf).await;
        let told = ScanRefusal::OtherPaper(Some((id, "Kế hoạch bồi dưỡng năm 2026".to_owned())));
        assert!(matches!(&wrong, Err(ActError::Refused(refusal)) if *refusal == told), "{wrong:?}");
        assert_eq!(papers::file_scan(services, home, "a.pdf", &pdf).await.unwrap(), id);
        let blank = papers::file_scan(services, home, "a.pdf", b"%PDF-1.7").await;
        assert!(matches!(blank, Err(ActError::Refused(ScanRefusal::NoCode))), "{blank:?}");
        office.finish(next).await;
        let versions = office.view(plan).await.plan.versions;
        let states: Vec<_> = versions.iter().map(|version| (version.state, version.paper_number.as_deref())).collect();
        assert_eq!(states, [(PlanState::Issued, Some("02/KH-UBND")), (PlanState::Replaced, Some("01/KH-UBND"))]);
    }
}

#[tokio::test]
async fn a_plan_that_carries_out_a_scheme_with_a_council_goes_by_it() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let plan = office.plan().await;
        let key = office.write(plan, line()).await;
        assert_eq!(plans::extra_steps(services, home, &office.view(plan).await).await.unwrap().council, []);
        let topic = TopicRef { scheme: "quang-nam-2024".to_owned(), code: "B.5".to_owned() };
        office.write(plan, Line { key, topic: Some(topic), ..line() }).await;
        let extra = plans::extra_steps(services, home, &office.view(plan).await).await.unwrap();
        assert_eq!(extra.council.len(), 1);
        assert!(extra.council[0].vi.contains("Phần III, I.6"), "{:?}", extra.council);
        office.submit_plan(&office.hr, plan).await.unwrap();
        let id = office.case_of(plan).await;
        office.act(home, id, Move::Forward, "").await.unwrap();
        office.act(&office.finance, id, Move::Opine(Opinion::Agree), "Có nguồn").await.unwrap();
        office.act(home, id, Move::Forward, "").await.unwrap();
        assert_eq!(office.step(id).await, "council");
        let early = office.act(&office.other_leader, id, Move::Sign, "").await;
        assert!(matches!(early, Err(ActError::Refused(_))), "{early:?}");
        office.act(home, id, Move::Opine(Opinion::Disagree), "Thiếu căn cứ mở lớp").await.unwrap();
        assert_eq!(office.step(id).await, "appraise");
        office.act(home, id, Move::Forward, "").await.unwrap();
        office.act(home, id, Move::Opine(Opinion::Agree), "Hội đồng nhất trí").await.unwrap();
        office.finish(id).await;
        assert_eq!(office.view(plan).await.version.state, PlanState::Issued);
    }
}

#[tokio::test]
async fn who_may_not_or_comes_late_sends_no_plan_and_a_stopped_one_is_a_draft_without_a_paper() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let plan = office.plan().await;
        let old = office.view(plan).await.version.revision;
        office.write(plan, line()).await;
        assert!(matches!(plans::submit(services, &office.hr, plan, old).await, Err(ActError::Stale)));
        assert!(matches!(office.submit_plan(&office.finance, plan).await, Err(ActError::Forbidden(_))));
        let learner = account(&fresh, "hv", Role::Learner, None).await;
        assert!(matches!(office.submit_plan(&learner, plan).await, Err(ActError::Forbidden(_))));
        office.submit_plan(&office.hr, plan).await.unwrap();
        let id = office.case_of(plan).await;
        plans::recall(services, &office.hr, plan, REASON).await.unwrap();
        assert_eq!((office.view(plan).await.version.state, office.step(id).await.as_str()), (PlanState::Draft, "draft"));
        office.submit_plan(&office.hr, plan).await.unwrap();
        office.act(home, id, Move::Stop, "Không làm nữa").await.unwrap();
        let version = office.view(plan).await.version;
        assert_eq!((version.state, version.case), (PlanState::Draft, None));
        assert_eq!(papers::case(services, home, id).await.unwrap().case.state, CaseState::Stopped);
        plans::withdraw(services, &office.hr, plan, REASON).await.unwrap();
    }
}
