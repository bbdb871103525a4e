//! Papers made of figures go their way: what they say is kept as it was sent, made anew when asked, read by who may, numbered and issued.

use domain::ids::{CaseId, ReviewId};
use domain::papers::mandates::{SignAs, Standing};
use domain::papers::moves::Move;
use domain::papers::{CaseState, PaperKind};
use domain::roles::Role;
use domain::standards::Subject;
use service::audit::{self, AuditAsk};
use service::documents::{self, About, Format, SendRefusal};
use service::needs::{self, Wish};
use service::papers::{self, MandateForm, PaperRefusal};
use service::reviews::{self, Chosen, Draft};
use service::{ActError, Ctx, gaps};
use testkit::{databases, word};

use crate::papers::{Office, account, mandate, office};
use crate::world::{day, today};

impl Office {
    async fn review(&self) -> ReviewId {
        let chosen = Chosen { picked: [self.unit.clone()].into(), ..Chosen::default() };
        let draft = Draft {
            title: "Rà soát nhu cầu 2027",
            reason: "lập kế hoạch năm",
            scheme: None,
            year: 2027,
            as_of: today(),
            opens_on: today(),
            due_on: day("2026-12-05"),
            chosen: &chosen,
            questions: &[],
        };
        reviews::save(&self.services, &self.home_affairs, None, &draft).await.unwrap()
    }

    async fn need(&self, words: &str) {
        let wish = Wish {
            official: None,
            people: 3,
            subject: Subject::PostSkills,
            requirement: None,
            programme: None,
            topic: None,
            words,
            year: 2027,
            urgent: false,
        };
        needs::add(&self.services, &self.hr, &self.unit, &wish).await.unwrap();
    }

    async fn signs_for(&self, body: &str, login: &str) {
        let form = MandateForm { body, login, post: "GIÁM ĐỐC", ..mandate(SignAs::Head, Standing::Head) };
        papers::give_mandate(&self.services, &self.home_affairs, &form).await.unwrap();
    }

    async fn words(&self, who: &Ctx, id: CaseId) -> String {
        word::text(&documents::file(&self.services, who, &About::Case(id), Format::Docx).await.unwrap()).unwrap()
    }

    async fn back(&self, who: &Ctx, id: CaseId) -> i32 {
        self.act(who, id, Move::Return { to: "draft".to_owned() }, "Xem lại số liệu").await.unwrap();
        papers::case(&self.services, who, id).await.unwrap().case.revision
    }

    async fn to_the_end(&self, who: &Ctx, id: CaseId) -> String {
        for act in [Move::Forward, Move::Sign, Move::Number, Move::Issue] {
            self.act(who, id, act, "").await.unwrap();
        }
        let case = papers::case(&self.services, who, id).await.unwrap().case;
        assert_eq!(case.state, CaseState::Issued);
        case.number.unwrap().symbol
    }
}

fn table() -> About {
    let (unit, subject) = (None, None);
    About::Needs(needs::Ask { on: today(), unit, year: Some(2027), subject, states: Vec::new(), urgent: false })
}

fn list() -> About {
    About::Urgent(gaps::Ask { on: today(), unit: None }, gaps::Weights::default(), 5)
}

#[tokio::test]
async fn the_notice_of_a_review_is_signed_as_it_was_sent_and_once_at_a_time() {
    for fresh in databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        office.signs_for("so-noi-vu", "snv").await;
        let review = office.review().await;
        assert!(matches!(documents::send(services, &office.hr, &About::Review(review)).await, Err(ActError::Forbidden(_))));
        let id = documents::send(services, home, &About::Review(review)).await.unwrap();
        let case = papers::case(services, home, id).await.unwrap().case;
        assert_eq!(
            (case.kind, case.step.as_str(), case.title.as_str()),
            (PaperKind::ReviewNotice, "check", "Thông báo mở đợt: Rà soát nhu cầu 2027")
        );
        assert_eq!(case.unit.2, "Sở Nội vụ");
        let path = papers::subject_path(services, case.kind, case.subject).await.unwrap();
        assert_eq!(path, Some(format!("/ra-soat/{review}")));
        let twice = documents::send(services, home, &About::Review(review)).await;
        assert!(matches!(twice, Err(ActError::Refused(SendRefusal::Paper(PaperRefusal::OnItsWay)))), "{twice:?}");
        reviews::open(services, home, review, 1).await.unwrap();
        reviews::advance(services, home, (review, 2), Some(day("2026-12-20")), "gia hạn theo đề nghị").await.unwrap();
        assert!(office.words(home, id).await.contains("05/12/2026"), "what is signed is what was sent");
        let revision = office.back(home, id).await;
        let stale = documents::send_again(services, home, id, revision - 1, true).await;
        assert!(matches!(stale, Err(ActError::Stale)), "{stale:?}");
        assert!(matches!(
            documents::send_again(services, &office.hr, id, revision, true).await,
            Err(ActError::Forbidden(_) | ActError::NotFound)
        ));
        documents::send_again(services, home, id, revision, true).await.unwrap();
        let words = office.words(home, id).await;
        assert!(words.contains("20/12/2026") && !words.contains("05/12/2026"), "{words}");
        assert_eq!(office.to_the_end(home, id).await, "01/TB-SNV");
        assert!(office.words(home, id).await.contains("01/TB-SNV"));
        let notices = documents::notices(services, home, review).await.unwrap();
        assert_eq!(notices.iter().map(|notice| (notice.case, notice.symbol.as_deref())).collect::<Vec<_>>(), [(id, Some("01/TB-SNV"))]);
        documents::send(services, home, &About::Review(review)).await.unwrap();
    }
}

#[tokio::test]
async fn the_table_of_needs_keeps_its_figures_in_the_form_of_who_issues_it() {
    for fresh in databases::each().await {
        let office = office(&fresh).await;
        let (services, home, party) = (&office.services, &office.home_affairs, &office.party);
        office.signs_for("so-noi-vu", "snv").await;
        office.signs_for("ban-to-chuc", "tctu").await;
        let empty = documents::send(services, home, &table()).await;
        assert!(matches!(&empty, Err(ActError::Refused(SendRefusal::Document(why))) if why.code() == "empty"), "{empty:?}");
        office.need("Kỹ năng số").await;
        let id = documents::send(services, home, &table()).await.unwrap();
        office.need("Tiếng Co").await;
        let words = office.words(home, id).await;
        assert!(words.contains("Kỹ năng số") && !words.contains("Tiếng Co"), "{words}");
        let revision = office.back(home, id).await;
        documents::send_again(services, home, id, revision, false).await.unwrap();
        assert!(!office.words(home, id).await.contains("Tiếng Co"), "sent as it is");
        assert_eq!(office.to_the_end(home, id).await, "01/TB-SNV");
        let theirs = documents::send(services, party, &table()).await.unwrap();
        assert_eq!(office.to_the_end(party, theirs).await, "01-TB/BTCTU");
        assert!(office.words(party, theirs).await.to_lowercase().contains("ban tổ chức tỉnh ủy"));
    }
}

#[tokio::test]
async fn the_urgent_list_on_its_way_is_read_by_who_sees_people_and_that_is_noted() {
    for fresh in databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        assert!(matches!(documents::send(services, &office.party, &list()).await, Err(ActError::Forbidden(_))));
        let id = documents::send(services, home, &list()).await.unwrap();
        let inspector = account(&fresh, "tt", Role::Inspector, None).await;
        let noted = async || {
            let ask = AuditAsk { act: Some("people.export".to_owned()), ..AuditAsk::default() };
            let page = audit::page(services, &inspector, &ask, None, 50).await.unwrap();
            page.lines.iter().filter(|line| line.subject == format!("paper/{id}")).count()
        };
        assert_eq!(noted().await, 0);
        let words = office.words(&office.leader, id).await;
        assert!(words.contains("cần bồi dưỡng ngay"), "{words}");
        assert_eq!(noted().await, 1);
        let unseen = documents::file(services, &office.finance, &About::Case(id), Format::Docx).await;
        assert!(matches!(unseen, Err(ActError::Forbidden(_))), "{unseen:?}");
        assert!(documents::may_read(home, PaperKind::UrgentList) && !documents::may_read(&office.finance, PaperKind::UrgentList));
    }
}
