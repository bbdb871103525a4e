//! Papers of a class: which can be made when, who may take them, and many of them beside a request, with a way to stop.
//! Not for: wording (`documents`), rules in every combination (`domain`).

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use documents::papers::sign_in::SheetCode;
use documents::papers::{Fonts, read_qr};
use domain::classes::ClassAct;
use domain::classes::papers::{ClassPaper, ClassPaperFault};
use domain::classes::sittings::Shift;
use service::classes::{self, Planned};
use service::documents::{self as papers, DocumentRefusal, Format};
use service::work::{End, Made, Stand};
use service::{ActError, Ctx, Services};
use testkit::databases::each;
use tokio::io::AsyncReadExt as _;

use crate::hall::{Hall, deed, hall, terms};
use crate::world::{day, today};

fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(&assets::paper_fonts()).unwrap());
    &FONTS
}

impl Hall {
    /// A class of people of two units, with two sittings.
    async fn seated(&self) -> String {
        let class = self.open(&terms(9)).await;
        for id in [1001, 1002, 2001] {
            assert_eq!(self.name(&class, id).await, "seated");
            self.confirm(&class, id).await;
        }
        let revision = self.class(&class).await.line.revision;
        let meet = |on: &str, shift| Planned {
            on: day(on),
            shift,
            periods: 4,
            room: String::new(),
            lecturer: String::new(),
            words: String::new(),
        };
        let list = [meet("2026-12-07", Shift::Evening), meet("2026-12-08", Shift::Evening)];
        classes::put_sittings(&self.services, &self.affairs, &class, revision, &list).await.unwrap();
        class
    }

    async fn faults(&self, class: &str) -> Vec<(ClassPaper, &'static str, usize)> {
        let found = papers::class_papers(&self.services, &self.affairs, class).await.unwrap();
        found.papers.into_iter().map(|(paper, fault, many)| (paper, fault.map_or("", ClassPaperFault::code), many)).collect()
    }
}

async fn made(services: &Arc<Services>, ctx: &Ctx, class: &str, paper: ClassPaper) -> Arc<Made> {
    papers::begin_class_papers(services, ctx, class, paper, Some(fonts())).await.unwrap();
    loop {
        match papers::class_papers_stand(services, ctx, class, paper).await.unwrap() {
            Some(Stand::Over(End::Done(Some(made)))) => return made,
            Some(Stand::Running(..)) => tokio::time::sleep(Duration::from_millis(20)).await,
            other => unreachable!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn papers_follow_the_life_of_the_class_and_are_for_who_keeps_it() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let draft = classes::create(&hall.services, &hall.affairs, &terms(3), &[]).await.unwrap();
        assert!(hall.faults(&draft).await.iter().all(|(paper, fault, _)| (*fault == "not_opened") == (*paper != ClassPaper::Opening)));
        let class = hall.seated().await;
        let expected = [
            (ClassPaper::Opening, "", 1),
            (ClassPaper::Dispatch, "", 1),
            (ClassPaper::DispatchByUnit, "", 2),
            (ClassPaper::Summons, "", 3),
            (ClassPaper::Roster, "", 1),
            (ClassPaper::SignIn, "", 2),
            (ClassPaper::Commitment, "no_degree", 3),
            (ClassPaper::Recognition, "not_over", 1),
            (ClassPaper::Report, "not_over", 1),
        ];
        assert_eq!(hall.faults(&class).await, expected);
        let early = papers::class_file(&hall.services, &hall.affairs, &class, ClassPaper::Report, Format::Docx).await;
        assert!(matches!(early, Err(ActError::Refused(DocumentRefusal::Empty))));
        for ctx in [&hall.officer, &hall.inspector, &hall.learner] {
            let refused = papers::class_file(&hall.services, ctx, &class, ClassPaper::Roster, Format::Docx).await;
            assert!(matches!(refused, Err(ActError::Forbidden(_))), "{refused:?}");
        }
        let pdf = papers::class_file(&hall.services, &hall.affairs, &class, ClassPaper::Opening, Format::Pdf(fonts())).await.unwrap();
        let document = lopdf::Document::load_mem(&pdf).unwrap();
        let text: String = document.extract_text(&[1]).unwrap().chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.contains("12/QĐ-SNV") && text.contains("Kỹnăngsoạnthảo"), "{text}");
        hall.act(&class, &deed(ClassAct::Begin), day("2026-12-07")).await.unwrap();
        hall.act(&class, &deed(ClassAct::Finish), day("2026-12-11")).await.unwrap();
        for paper in [ClassPaper::Recognition, ClassPaper::Report] {
            let docx = papers::class_file(&hall.services, &hall.affairs, &class, paper, Format::Docx).await.unwrap();
            assert!(docx.starts_with(b"PK"), "{paper}");
        }
        assert_eq!(today(), day("2026-11-22"));
    }
}

#[tokio::test]
async fn many_papers_are_made_beside_the_request_one_for_each_and_a_sheet_names_its_sitting() {
    let fresh = testkit::databases::sqlite().await;
    let hall = hall(&fresh, 0).await;
    let class = hall.seated().await;
    let services = Arc::new(Services::new(fresh.db.clone()));
    for (paper, many) in [(ClassPaper::Summons, 3), (ClassPaper::DispatchByUnit, 2)] {
        let made = made(&services, &hall.affairs, &class, paper).await;
        assert_eq!((made.kind, made.count), ("application/zip", many), "{paper}");
    }
    let made = made(&services, &hall.affairs, &class, ClassPaper::SignIn).await;
    let mut bytes = Vec::new();
    made.open().await.unwrap().0.read_to_end(&mut bytes).await.unwrap();
    // The files lie in the archive as they are.
    let starts: Vec<usize> = bytes.windows(5).enumerate().filter(|(_, five)| *five == b"%PDF-").map(|(at, _)| at).collect();
    assert_eq!(starts.len(), 2);
    let code = SheetCode::parse(&read_qr(&bytes[starts[0]..starts[1]]).unwrap().unwrap()).unwrap();
    let first = hall.class(&class).await.sittings[0].id;
    assert_eq!((code.class, code.sitting, code.page, code.pages), (class, first.0, 1, 1));
}
