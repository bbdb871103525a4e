//! Papers go from draft to issue along their procedure: who may move them, who is refused with which article, who comes second.

use domain::ids::{CaseId, UnitId};
use domain::orgs::Bloc;
use domain::papers::mandates::{MandateFault, SignAs, Standing};
use domain::papers::moves::{Move, MoveRefusal, Opinion};
use domain::papers::numbers::{NumberFault, NumberState, RegisterFault};
use domain::papers::{CaseState, New, PaperKind};
use domain::register::scans::ScanFault;
use domain::roles::Role;
use service::papers::{
    self, Doing, InboxAsk, MandateForm, MandateRefusal, NumberForm, NumbersAsk, PaperRefusal, ProcedureRefusal, RegisterForm,
    RegisterRefusal, ScanRefusal, SubmissionForm, Which,
};
use service::{ActError, Ctx, Services};
use testkit::databases::Fresh;

use crate::register::{Register, register};
use crate::world::{NOW, day, person, today};

pub(crate) struct Office {
    pub(crate) services: Services,
    pub(crate) unit: String,
    pub(crate) hr: Ctx,
    pub(crate) home_affairs: Ctx,
    pub(crate) finance: Ctx,
    pub(crate) party: Ctx,
    pub(crate) leader: Ctx,
    pub(crate) other_leader: Ctx,
}

pub(crate) async fn account(fresh: &Fresh, login: &str, role: Role, unit: Option<i64>) -> Ctx {
    let tx = fresh.db.write().await.unwrap();
    let new = store::write::accounts::NewAccount { login, name: login, password_hash: "-", official: None };
    let user = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    person(user, role, unit)
}

pub(crate) async fn office(fresh: &Fresh) -> Office {
    let Register { services, here, .. } = register(fresh).await;
    let office = Office {
        unit: here.0.clone(),
        hr: account(fresh, "hr", Role::UnitHr, Some(here.1)).await,
        home_affairs: account(fresh, "snv", Role::HomeAffairs, None).await,
        finance: account(fresh, "tc", Role::Finance, None).await,
        party: account(fresh, "tctu", Role::PartyAffairs, None).await,
        leader: account(fresh, "ct", Role::ProvinceLeader, None).await,
        other_leader: account(fresh, "pct", Role::ProvinceLeader, None).await,
        services,
    };
    assert!(papers::lay_out(&office.services, &office.home_affairs).await.unwrap());
    let deputy = MandateForm { login: "pct", ..mandate(SignAs::Deputy, Standing::Deputy) };
    papers::give_mandate(&office.services, &office.home_affairs, &deputy).await.unwrap();
    office
}

pub(crate) fn mandate(sign_as: SignAs, standing: Standing) -> MandateForm<'static> {
    MandateForm {
        body: "ubnd-tinh",
        login: "ct",
        sign_as,
        standing,
        post: "PHÓ CHỦ TỊCH",
        decision: None,
        under: None,
        from: day("2026-01-01"),
        last: None,
    }
}

impl Office {
    fn form(&self) -> SubmissionForm<'_> {
        SubmissionForm {
            unit: &self.unit, title: "Xin cử cán bộ", words: "Kính trình …", council: false, standing_committee: false
        }
    }

    async fn send(&self) -> CaseId {
        papers::write_submission(&self.services, &self.hr, &self.form()).await.unwrap()
    }

    pub(crate) async fn act(&self, who: &Ctx, id: CaseId, act: Move, words: &str) -> Result<(), ActError<PaperRefusal>> {
        let revision = papers::case(&self.services, &self.home_affairs, id).await.unwrap().case.revision;
        papers::act(&self.services, who, id, &Doing { revision, act, words, mandate: None }).await
    }

    pub(crate) async fn step(&self, id: CaseId) -> String {
        papers::case(&self.services, &self.home_affairs, id).await.unwrap().case.step
    }

    /// To where a leader signs.
    pub(crate) async fn present(&self, id: CaseId) {
        self.act(&self.home_affairs, id, Move::Forward, "").await.unwrap();
        self.act(&self.finance, id, Move::Opine(Opinion::Agree), "Có nguồn").await.unwrap();
        self.act(&self.home_affairs, id, Move::Forward, "").await.unwrap();
        assert_eq!(self.step(id).await, "sign");
    }

    async fn waits(&self, who: &Ctx) -> Vec<CaseId> {
        let ask = InboxAsk { which: Which::Waiting, kind: None, skip: 0, limit: 50 };
        let inbox = papers::inbox(&self.services, who, &ask).await.unwrap();
        assert_eq!(i64::try_from(inbox.lines.len()).unwrap(), inbox.waiting);
        inbox.lines.iter().map(|case| case.id).collect()
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, ActError<PaperRefusal>>) -> PaperRefusal {
    let refused = match result.unwrap_err() {
        ActError::Refused(refusal) => Ok(refusal),
        other => Err(other),
    };
    refused.unwrap()
}

#[tokio::test]
async fn a_submission_goes_its_way_and_gets_a_number() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let id = office.send().await;
        assert_eq!((office.waits(home).await, office.waits(&office.finance).await), (vec![id], vec![]));
        office.act(home, id, Move::Forward, "").await.unwrap();
        assert_eq!(office.waits(&office.finance).await, [id]);
        office.act(&office.finance, id, Move::Return { to: "gather".to_owned() }, "Thiếu dự toán").await.unwrap();
        office.act(home, id, Move::Return { to: "draft".to_owned() }, "Bổ sung dự toán").await.unwrap();
        assert_eq!(office.waits(&office.hr).await, [id]);
        let line = papers::submission(services, &office.hr, id).await.unwrap();
        let again = SubmissionForm { words: "Kính trình kèm dự toán", ..office.form() };
        papers::change_submission(services, &office.hr, id, line.revision, &again).await.unwrap();
        office.present(id).await;
        let refused = refusal(office.act(&office.leader, id, Move::Sign, "").await);
        assert_eq!((refused.code(), refused.article()), ("no_mandate", Some("nd-30-2020#13")));
        office.act(&office.other_leader, id, Move::Sign, "").await.unwrap();
        office.act(home, id, Move::Number, "").await.unwrap();
        office.act(home, id, Move::Issue, "").await.unwrap();
        let view = papers::case(services, home, id).await.unwrap();
        assert_eq!((view.case.state, view.case.number.unwrap().symbol.as_str()), (CaseState::Issued, "01/TTr-UBND"));
        assert_eq!(view.case.signed.unwrap().lines, ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]);
        let acts: Vec<&str> = view.events.iter().map(|event| event.act.as_str()).collect();
        let expected =
            ["open", "forward", "forward", "return", "return", "forward", "forward", "opine", "forward", "sign", "number", "issue"];
        assert_eq!(acts, expected);
        let line = papers::submission(services, home, id).await.unwrap();
        assert_eq!((line.state, line.number.as_deref(), line.issued_on), (Some(CaseState::Issued), Some("01/TTr-UBND"), Some(today())));
        assert_eq!(refusal(office.act(home, id, Move::Stop, "x").await), PaperRefusal::Move(MoveRefusal::Closed));
        let ask = NumbersAsk { words: Some("xin cu"), limit: 9, ..NumbersAsk::default() };
        assert_eq!(papers::numbers(services, home, "ubnd-ttr", &ask).await.unwrap().lines[0].case, Some(id));
    }
}

#[tokio::test]
async fn who_does_not_hold_a_paper_is_refused_and_who_comes_second_is_told() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let id = office.send().await;
        assert_eq!(refusal(office.act(&office.finance, id, Move::Forward, "").await), PaperRefusal::NotHolder);
        assert_eq!(refusal(office.act(&office.hr, id, Move::Forward, "").await), PaperRefusal::NotHolder);
        assert_eq!(refusal(office.act(home, id, Move::Sign, "").await), PaperRefusal::Move(MoveRefusal::NotHere));
        assert_eq!(refusal(office.act(home, id, Move::Return { to: "draft".to_owned() }, " ").await), PaperRefusal::NoWords);
        let stranger = account(&fresh, "la", Role::UnitHr, Some(999_999)).await;
        assert!(matches!(papers::case(services, &stranger, id).await, Err(ActError::NotFound)));
        let learner = account(&fresh, "hv", Role::Learner, None).await;
        assert!(matches!(papers::case(services, &learner, id).await, Err(ActError::Forbidden(_))));
        // Taken back while nobody acted, then not any more.
        office.act(&office.hr, id, Move::TakeBack, "").await.unwrap();
        assert_eq!((office.step(id).await.as_str(), papers::submission(services, home, id).await.unwrap().state), ("draft", None));
        assert_eq!(refusal(office.act(&office.hr, id, Move::Forward, "").await), PaperRefusal::FromSubject);
        let line = papers::submission(services, &office.hr, id).await.unwrap();
        papers::change_submission(services, &office.hr, id, line.revision, &office.form()).await.unwrap();
        office.present(id).await;
        assert_eq!(refusal(office.act(&office.hr, id, Move::TakeBack, "").await), PaperRefusal::Move(MoveRefusal::NothingToTakeBack));
        let head = MandateForm { post: "CHỦ TỊCH", ..mandate(SignAs::Head, Standing::Head) };
        papers::give_mandate(services, home, &head).await.unwrap();
        let revision = papers::case(services, home, id).await.unwrap().case.revision;
        let doing = Doing { revision, act: Move::Sign, words: "", mandate: None };
        let (one, other) =
            tokio::join!(papers::act(services, &office.leader, id, &doing), papers::act(services, &office.other_leader, id, &doing));
        assert!(matches!((&one, &other), (Ok(()), Err(ActError::Stale)) | (Err(ActError::Stale), Ok(()))), "{one:?} {other:?}");
        let signed = papers::case(services, home, id).await.unwrap().case.signed.unwrap();
        assert_eq!(signed.name, if one.is_ok() { "ct" } else { "pct" });
    }
}

#[tokio::test]
async fn a_paper_that_goes_back_loses_its_signature_and_its_number_for_good() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let id = office.send().await;
        office.present(id).await;
        let early = papers::add_scan(services, home, id, "a.pdf", b"%PDF-1.7").await;
        assert!(matches!(early, Err(ActError::Forbidden(_))), "{early:?}");
        office.act(&office.other_leader, id, Move::Sign, "").await.unwrap();
        office.act(home, id, Move::Number, "").await.unwrap();
        papers::add_scan(services, home, id, "ký.pdf", b"%PDF-1.7").await.unwrap();
        let again = papers::add_scan(services, home, id, "ký.pdf", b"%PDF-1.7").await;
        assert!(matches!(again, Err(ActError::Refused(ScanRefusal::File(ScanFault::Again)))), "{again:?}");
        let scan = papers::case(services, &office.hr, id).await.unwrap().scans[0].id;
        assert_eq!(papers::scan(services, &office.hr, id, scan).await.unwrap().bytes, b"%PDF-1.7");
        let number =
            papers::numbers(services, home, "ubnd-ttr", &NumbersAsk { limit: 9, ..NumbersAsk::default() }).await.unwrap().lines[0].id;
        let has_paper = papers::cancel(services, home, "ubnd-ttr", number, "nhầm").await;
        assert_eq!(refusal(has_paper), PaperRefusal::Number(NumberFault::HasPaper));
        office.act(home, id, Move::Return { to: "appraise".to_owned() }, "Sai trích yếu").await.unwrap();
        let case = papers::case(services, home, id).await.unwrap().case;
        assert_eq!((case.signed, case.number), (None, None));
        office.act(home, id, Move::Forward, "").await.unwrap();
        office.act(&office.other_leader, id, Move::Sign, "").await.unwrap();
        let tomorrow = |who: &Ctx, text: &str| Ctx { today: day(text), ..who.clone() };
        // Signed on Sunday 22/11/2026: Monday is the last day for its number.
        let late = tomorrow(home, "2026-11-24");
        let refused = refusal(office.act(&late, id, Move::Number, "").await);
        assert_eq!((refused.code(), refused.article()), ("late_number", Some("nd-30-2020#15")));
        office.act(&tomorrow(home, "2026-11-23"), id, Move::Number, "").await.unwrap();
        let lines = papers::numbers(services, home, "ubnd-ttr", &NumbersAsk { limit: 9, ..NumbersAsk::default() }).await.unwrap().lines;
        let seen: Vec<_> = lines.iter().map(|line| (line.symbol.as_str(), line.state, line.reason.as_deref())).collect();
        assert_eq!(seen, [("02/TTr-UBND", NumberState::Taken, None), ("01/TTr-UBND", NumberState::Cancelled, Some("Sai trích yếu"))]);
        let refused = refusal(office.act(&tomorrow(home, "2026-11-25"), id, Move::Issue, "").await);
        assert_eq!((refused.code(), refused.article()), ("late_issue", Some("nd-30-2020#18")));
        office.act(&tomorrow(home, "2026-11-25"), id, Move::Issue, "Mất điện").await.unwrap();
    }
}

#[tokio::test]
async fn conditions_and_blocs_choose_the_way() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let form = SubmissionForm { council: true, standing_committee: true, ..office.form() };
        let id = papers::write_submission(services, &office.hr, &form).await.unwrap();
        office.act(home, id, Move::Forward, "").await.unwrap();
        office.act(&office.finance, id, Move::Opine(Opinion::Changes), "Giảm chi").await.unwrap();
        office.act(home, id, Move::Forward, "").await.unwrap();
        assert_eq!(office.step(id).await, "council");
        office.act(home, id, Move::Opine(Opinion::Agree), "Biên bản 3").await.unwrap();
        // Without the agreement of the standing committee no cadre it manages is sent (R21).
        assert_eq!(office.waits(&office.party).await, [id]);
        office.act(&office.party, id, Move::Opine(Opinion::Disagree), "Chưa đủ điều kiện").await.unwrap();
        assert_eq!(office.step(id).await, "appraise");
        let tx = services.db.write().await.unwrap();
        let new = New {
            kind: PaperKind::UrgentList,
            subject: 7,
            unit: UnitId(office.hr.who.as_ref().unwrap().grants[0].unit.unwrap().0),
            bloc: Bloc::Party,
            title: "Danh sách".to_owned(),
            needs_council: false,
            cadres_of_standing_committee: false,
        };
        let party = papers::submit(services, &office.party, &tx, &new).await.unwrap();
        assert_eq!(refusal(papers::submit(services, &office.party, &tx, &new).await), PaperRefusal::OnItsWay);
        tx.commit().await.unwrap();
        assert_eq!(papers::case(services, home, party).await.unwrap().case.route.0, "thong-bao-dang");
        assert_eq!(office.waits(&office.party).await, [party]);
    }
}

#[tokio::test]
async fn a_late_paper_is_shown_to_the_next_level() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let id = office.send().await;
        let view = papers::case(&office.services, &office.home_affairs, id).await.unwrap();
        // Five working days after Sunday 22/11/2026.
        assert_eq!(view.case.due_on, Some(day("2026-11-27")));
        let at = |who: &Ctx, text: &str| Ctx { today: day(text), ..who.clone() };
        for (text, late) in [("2026-11-27", vec![]), ("2026-11-28", vec![id])] {
            let ask = InboxAsk { which: Which::Late, kind: None, skip: 0, limit: 9 };
            let found = papers::inbox(&office.services, &at(&office.leader, text), &ask).await.unwrap();
            assert_eq!(found.lines.iter().map(|case| case.id).collect::<Vec<_>>(), late, "{text}");
        }
        assert!(papers::late_for(&at(&office.leader, "2026-11-28"), &view.case));
        assert!(!papers::late_for(&at(&office.finance, "2026-11-28"), &view.case));
    }
}

#[tokio::test]
async fn two_takers_at_once_get_two_numbers_and_none_is_put_in_between() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let form = NumberForm { dated_on: today(), title: "Quyết định", signer: "CHỦ TỊCH Nguyễn Văn A" };
        let (one, other, third) = tokio::join!(
            papers::take(services, home, "ubnd-qd", &form),
            papers::take(services, home, "ubnd-qd", &form),
            papers::take(services, home, "ubnd-qd", &form)
        );
        let mut taken = [one.unwrap(), other.unwrap(), third.unwrap()];
        taken.sort();
        assert_eq!(taken, ["01/QĐ-UBND", "02/QĐ-UBND", "03/QĐ-UBND"]);
        for (text, fault) in [("2026-11-21", NumberFault::BackDated), ("2026-11-23", NumberFault::NotYet)] {
            let refused = refusal(papers::take(services, home, "ubnd-qd", &NumberForm { dated_on: day(text), ..form }).await);
            assert_eq!((&refused, refused.article()), (&PaperRefusal::Number(fault), Some("nd-30-2020#15")));
        }
        let register = RegisterForm {
            revision: Some(1),
            code: "ubnd-qd",
            body: "ubnd-tinh",
            title: "Quyết định",
            pattern: "{number}/{kind}-{unit}-HC",
            kind_sign: "QĐ",
            unit_sign: "UBND",
            starts_at: 3,
            closed: false,
        };
        let taken = papers::save_register(services, home, &register).await;
        assert!(matches!(&taken, Err(ActError::Refused(r)) if *r == [RegisterRefusal::Fault(RegisterFault::StartTaken)]), "{taken:?}");
        papers::save_register(services, home, &RegisterForm { starts_at: 700, ..register }).await.unwrap();
        assert!(matches!(papers::save_register(services, home, &RegisterForm { starts_at: 800, ..register }).await, Err(ActError::Stale)));
        assert_eq!(papers::take(services, home, "ubnd-qd", &form).await.unwrap(), "700/QĐ-UBND-HC");
        let next_year = Ctx { today: day("2027-01-04"), ..home.clone() };
        let first = papers::take(services, &next_year, "ubnd-qd", &NumberForm { dated_on: day("2027-01-04"), ..form }).await;
        assert_eq!(first.unwrap(), "01/QĐ-UBND-HC");
        assert!(matches!(papers::take(services, &office.hr, "ubnd-qd", &form).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn mandates_hold_in_their_days_and_break_no_rule() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let give = async |form: &MandateForm<'_>| match papers::give_mandate(services, home, form).await {
            Err(ActError::Refused(refusals)) => refusals,
            Ok(_) => Vec::new(),
            Err(other) => panic!("{other:?}"),
        };
        let faults = give(&mandate(SignAs::ByMandate, Standing::UnitHead)).await;
        assert_eq!(faults, [MandateRefusal::Fault(MandateFault::NotWritten), MandateRefusal::Fault(MandateFault::NoEnd)]);
        assert_eq!(faults[0].article(), Some("nd-30-2020#13"));
        let unknown = MandateForm { body: "khong-co", login: "khong-co", ..mandate(SignAs::Head, Standing::Head) };
        assert_eq!(give(&unknown).await, [MandateRefusal::NoBody, MandateRefusal::NoSigner]);
        assert!(matches!(papers::give_mandate(services, &office.hr, &unknown).await, Err(ActError::Forbidden(_))));
        let old = MandateForm { last: Some(day("2026-10-31")), ..mandate(SignAs::Deputy, Standing::Deputy) };
        assert_eq!(give(&old).await, []);
        let id = office.send().await;
        office.present(id).await;
        let refused = refusal(office.act(&office.leader, id, Move::Sign, "").await);
        assert_eq!((refused.code(), refused.article()), ("mandate_not_today", Some("nd-30-2020#13")));
        // One who signs by order needs no role of a leader.
        let order = MandateForm {
            login: "snv",
            decision: Some("QC 1"),
            post: "GIÁM ĐỐC SỞ NỘI VỤ",
            ..mandate(SignAs::ByOrder, Standing::UnitHead)
        };
        assert_eq!(give(&order).await, []);
        assert_eq!(office.waits(home).await, [id]);
        let line = papers::mandates(services, home).await.unwrap().into_iter().find(|line| line.name == "pct").unwrap();
        papers::end_mandate(services, home, line.id, line.revision).await.unwrap();
        assert!(matches!(papers::end_mandate(services, home, line.id, line.revision).await, Err(ActError::Stale)));
        assert_eq!(refusal(office.act(&office.other_leader, id, Move::Sign, "").await).code(), "mandate_not_today");
        office.act(home, id, Move::Sign, "").await.unwrap();
        let signed = papers::case(services, home, id).await.unwrap().case.signed.unwrap();
        assert_eq!(signed.lines, ["TL. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"]);
    }
}

#[tokio::test]
async fn a_paper_on_its_way_stays_with_the_procedure_it_began_with() {
    for fresh in testkit::databases::each().await {
        let office = office(&fresh).await;
        let (services, home) = (&office.services, &office.home_affairs);
        let before = office.send().await;
        let (followed, text, _) = papers::procedure(services, home, "to-trinh").await.unwrap();
        assert_eq!(followed.version, 1);
        let save = async |edited: i32, text: &str, note: &str| papers::save_procedure(services, home, "to-trinh", edited, text, note).await;
        let shorter = text.replace("days = 5", "days = 1");
        assert!(matches!(save(1, &shorter, " ").await, Err(ActError::Refused(ProcedureRefusal::NoNote))));
        let broken = save(1, &text.replace("\"ubnd-ttr\"", "\"ubnd ttr\""), "sửa").await;
        assert!(matches!(&broken, Err(ActError::Refused(ProcedureRefusal::Faults(faults))) if faults[0].line > 1), "{broken:?}");
        let taken = save(1, &text.replace("[\"submission\"]", "[\"submission\", \"year_plan\"]"), "sửa").await;
        assert!(matches!(&taken, Err(ActError::Refused(ProcedureRefusal::Taken { by, .. })) if by == "ke-hoach"), "{taken:?}");
        assert_eq!(save(1, &shorter, "rút ngắn").await.unwrap(), 2);
        assert!(matches!(save(1, &shorter, "rút ngắn").await, Err(ActError::Stale)));
        assert!(matches!(papers::save_procedure(services, &office.hr, "to-trinh", 2, &shorter, "x").await, Err(ActError::Forbidden(_))));
        let after = office.send().await;
        let route = async |id| papers::case(services, home, id).await.unwrap().case.route.1;
        assert_eq!((route(before).await, route(after).await), (1, 2));
        let due = papers::case(services, home, after).await.unwrap().case.due_on;
        assert_eq!(due, Some(day("2026-11-23")));
    }
}
