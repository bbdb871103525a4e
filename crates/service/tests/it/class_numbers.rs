//! Numbers of papers of classes: out of a register or from elsewhere, one for each unit, given back, and never two for one paper.
//! Not for: registers alone (`papers`), or what the papers say.

use domain::classes::ClassAct;
use domain::classes::papers::{ClassNumberFault, ClassPaper, ClassPaperFault};
use domain::papers::numbers::{NumberFault, NumberState};
use domain::time::Date;
use service::classes::{self, Deed};
use service::documents::{self, ClassNumberRefusal, NumberWish, number_class_paper, unnumber_class_paper};
use service::papers::{self, NumbersAsk, PaperRefusal};
use service::{ActError, Ctx};
use testkit::databases::each;

use crate::hall::{Hall, deed, hall, terms};
use crate::world::{day, today};

fn out_of(register: &str) -> NumberWish<'_> {
    NumberWish { register, symbol: "", dated_on: today() }
}

fn elsewhere(symbol: &str) -> NumberWish<'_> {
    NumberWish { register: "", symbol, dated_on: today() }
}

impl Hall {
    async fn number(&self, class: &str, paper: ClassPaper, wish: NumberWish<'_>) -> Result<Vec<String>, ActError<ClassNumberRefusal>> {
        number_class_paper(&self.services, &self.affairs, class, paper, &wish).await
    }

    async fn opened_on(&self, class: &str) -> Option<(String, Date)> {
        self.class(class).await.line.decision
    }

    /// A class of three people of two units, opened.
    async fn seated_in_two_units(&self) -> String {
        let class = self.open(&terms(9)).await;
        for id in [1001, 1002, 2001] {
            assert_eq!(self.name(&class, id).await, "seated");
            self.confirm(&class, id).await;
        }
        class
    }
}

fn fault<T: std::fmt::Debug>(outcome: Result<T, ActError<ClassNumberRefusal>>) -> ClassNumberRefusal {
    match outcome {
        Err(ActError::Refused(refusal)) => refusal,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn a_class_is_opened_by_the_number_that_its_decision_took() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        papers::lay_out(&hall.services, &hall.affairs).await.unwrap();
        let class = classes::create(&hall.services, &hall.affairs, &terms(3), &[]).await.unwrap();
        let early = fault(hall.number(&class, ClassPaper::Dispatch, out_of("snv-qd")).await);
        assert_eq!(early, ClassNumberRefusal::NotNow(ClassPaperFault::NotOpened));
        assert_eq!(hall.number(&class, ClassPaper::Opening, out_of("snv-qd")).await.unwrap(), ["01/QĐ-SNV"]);
        let again = fault(hall.number(&class, ClassPaper::Opening, out_of("snv-qd")).await);
        assert_eq!(again, ClassNumberRefusal::Fault(ClassNumberFault::HasNumber));
        let line = hall.class(&class).await.line;
        let taken = documents::taken_number(&hall.services, &hall.affairs, &line, ClassPaper::Opening).await.unwrap();
        assert_eq!(taken.as_deref(), Some("01/QĐ-SNV"));
        // Opened two days later, the class goes by the day of its decision; a number typed by hand goes by the day of the act.
        hall.act(&class, &Deed { decision: "01/QĐ-SNV", ..deed(ClassAct::Open) }, day("2026-11-24")).await.unwrap();
        assert_eq!(hall.opened_on(&class).await, Some(("01/QĐ-SNV".to_owned(), today())));
        let stays = unnumber_class_paper(&hall.services, &hall.affairs, &class, ClassPaper::Opening, "Nhầm sổ đăng ký").await;
        assert_eq!(fault(stays), ClassNumberRefusal::Fault(ClassNumberFault::InUse));
        let other = classes::create(&hall.services, &hall.affairs, &terms(3), &[]).await.unwrap();
        hall.act(&other, &Deed { decision: "77/QĐ-SNV", ..deed(ClassAct::Open) }, day("2026-11-24")).await.unwrap();
        assert_eq!(hall.opened_on(&other).await, Some(("77/QĐ-SNV".to_owned(), day("2026-11-24"))));
    }
}

#[tokio::test]
async fn each_unit_has_a_number_of_its_own_and_numbers_given_back_are_cancelled_for_good() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        papers::lay_out(&hall.services, &hall.affairs).await.unwrap();
        let class = hall.seated_in_two_units().await;
        let by_unit = ClassPaper::DispatchByUnit;
        assert_eq!(hall.number(&class, by_unit, out_of("snv-qd")).await.unwrap(), ["01/QĐ-SNV", "02/QĐ-SNV"]);
        let found = documents::class_papers(&hall.services, &hall.affairs, &class).await.unwrap();
        let told: Vec<_> = found.numbers.iter().map(|number| (number.unit.as_str(), number.symbol.as_str())).collect();
        assert_eq!(told, [("H99.02", "01/QĐ-SNV"), ("H99.04", "02/QĐ-SNV")]);
        let view =
            papers::numbers(&hall.services, &hall.affairs, "snv-qd", &NumbersAsk { limit: 9, ..NumbersAsk::default() }).await.unwrap();
        assert!(view.lines[0].title.ends_with("– Đơn vị 4") && view.lines[0].signer == "Chủ tịch", "{:?}", view.lines);
        let through_the_list = papers::cancel(&hall.services, &hall.affairs, "snv-qd", view.lines[0].id, "Nhầm sổ đăng ký").await;
        assert!(matches!(through_the_list, Err(ActError::Refused(PaperRefusal::Number(NumberFault::OfClass)))), "{through_the_list:?}");
        let silent = unnumber_class_paper(&hall.services, &hall.affairs, &class, by_unit, " ").await;
        assert_eq!(fault(silent), ClassNumberRefusal::Fault(ClassNumberFault::NoReason));
        unnumber_class_paper(&hall.services, &hall.affairs, &class, by_unit, "Nhầm sổ đăng ký").await.unwrap();
        let none = unnumber_class_paper(&hall.services, &hall.affairs, &class, by_unit, "Nhầm sổ đăng ký").await;
        assert_eq!(fault(none), ClassNumberRefusal::Fault(ClassNumberFault::NoNumber));
        assert_eq!(hall.number(&class, by_unit, out_of("snv-qd")).await.unwrap(), ["03/QĐ-SNV", "04/QĐ-SNV"]);
        let view =
            papers::numbers(&hall.services, &hall.affairs, "snv-qd", &NumbersAsk { limit: 9, ..NumbersAsk::default() }).await.unwrap();
        let states: Vec<_> = view.lines.iter().rev().map(|line| line.state).collect();
        assert_eq!(states, [NumberState::Cancelled, NumberState::Cancelled, NumberState::Taken, NumberState::Taken]);
        // A unit that comes later takes a number alone.
        hall.name(&class, 3001).await;
        hall.confirm(&class, 3001).await;
        assert_eq!(hall.number(&class, by_unit, elsewhere("9/QĐ-X")).await.unwrap(), ["9/QĐ-X"]);
    }
}

#[tokio::test]
async fn numbers_from_elsewhere_follow_each_other_and_wrong_wishes_are_told() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        papers::lay_out(&hall.services, &hall.affairs).await.unwrap();
        let class = hall.seated_in_two_units().await;
        let by_unit = ClassPaper::DispatchByUnit;
        let cases = [
            (ClassPaper::Roster, elsewhere("1/X"), ClassNumberFault::NotNumbered),
            (by_unit, elsewhere(" "), ClassNumberFault::NothingSaid),
            (by_unit, NumberWish { register: "snv-qd", ..elsewhere("1/X") }, ClassNumberFault::BothSaid),
            (by_unit, elsewhere("QĐ số 9"), ClassNumberFault::NoDigits),
        ];
        for (paper, wish, expected) in cases {
            assert_eq!(fault(hall.number(&class, paper, wish).await), ClassNumberRefusal::Fault(expected), "{wish:?}");
        }
        let number = |fault| ClassNumberRefusal::Register(PaperRefusal::Number(fault));
        assert_eq!(fault(hall.number(&class, by_unit, out_of("khong-co")).await), number(NumberFault::NoRegister));
        let tomorrow = NumberWish { dated_on: day("2026-11-23"), ..elsewhere("9/X") };
        assert_eq!(fault(hall.number(&class, by_unit, tomorrow).await), number(NumberFault::NotYet));
        // What was refused in the middle left nothing behind.
        let found = documents::class_papers(&hall.services, &hall.affairs, &class).await.unwrap();
        assert_eq!(found.numbers, []);
        assert_eq!(hall.number(&class, by_unit, elsewhere("09/QĐ-X")).await.unwrap(), ["09/QĐ-X", "10/QĐ-X"]);
    }
}

#[tokio::test]
async fn who_does_not_keep_the_class_takes_no_number_and_of_two_at_once_one_does() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        papers::lay_out(&hall.services, &hall.affairs).await.unwrap();
        let class = hall.seated_in_two_units().await;
        for ctx in [&hall.officer, &hall.stranger, &hall.inspector, &hall.learner] {
            let refused = number_class_paper(&hall.services, ctx, &class, ClassPaper::Dispatch, &out_of("snv-qd")).await;
            assert!(matches!(refused, Err(ActError::Forbidden(_))), "{refused:?}");
        }
        let take = |ctx: Ctx, register: &'static str| {
            let (services, class) = (&hall.services, class.as_str());
            async move { number_class_paper(services, &ctx, class, ClassPaper::Dispatch, &out_of(register)).await }
        };
        let (one, other) = tokio::join!(take(hall.affairs.clone(), "snv-qd"), take(hall.affairs.clone(), "ubnd-qd"));
        assert_eq!([&one, &other].iter().filter(|outcome| outcome.is_ok()).count(), 1, "{one:?} {other:?}");
        let found = documents::class_papers(&hall.services, &hall.affairs, &class).await.unwrap();
        assert_eq!(found.numbers.len(), 1);
        // Whoever came second took nothing: its register has no hole.
        for register in ["snv-qd", "ubnd-qd"] {
            let ask = NumbersAsk { limit: 9, ..NumbersAsk::default() };
            let view = papers::numbers(&hall.services, &hall.affairs, register, &ask).await.unwrap();
            assert!(view.lines.iter().all(|line| line.symbol == found.numbers[0].symbol), "{:?}", view.lines);
        }
    }
}

#[tokio::test]
async fn a_class_is_not_opened_by_a_number_that_is_given_back_at_the_same_time() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        papers::lay_out(&hall.services, &hall.affairs).await.unwrap();
        let class = classes::create(&hall.services, &hall.affairs, &terms(3), &[]).await.unwrap();
        hall.number(&class, ClassPaper::Opening, out_of("snv-qd")).await.unwrap();
        let revision = hall.class(&class).await.line.revision;
        let opening = Deed { decision: "01/QĐ-SNV", ..deed(ClassAct::Open) };
        let (opened, given_back) = tokio::join!(
            classes::act(&hall.services, &hall.affairs, &class, revision, &opening),
            unnumber_class_paper(&hall.services, &hall.affairs, &class, ClassPaper::Opening, "Nhầm sổ đăng ký"),
        );
        match opened {
            Ok(()) => assert_eq!(fault(given_back), ClassNumberRefusal::Fault(ClassNumberFault::InUse)),
            Err(error) => {
                assert!(matches!(error, ActError::Stale), "{error:?}");
                given_back.unwrap();
            }
        }
    }
}
