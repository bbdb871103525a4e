//! Plans of training: written by one officer at a time, held to rules, issued, amended, and seen in the forecast of targets.

use std::collections::BTreeSet;

use domain::ids::{OfficialId, PlanId, UserId};
use domain::papers::Issued;
use domain::people::{Degree, LeaderGroup, StaffKind, StudyField};
use domain::plans::check::FaultKind;
use domain::plans::compare::compare;
use domain::plans::{Line, MoneySource, Months, PlanKind, PlanState, Seats};
use domain::roles::Role;
use domain::training::{ClassForm, ContentGroup, Programme};
use service::plans::{self, New, PlanRefusal, View};
use service::progress::{self, Ask, Side};
use service::{ActError, Ctx, Services};
use testkit::databases::each;

use crate::register::{Register, register};
use crate::world::{person, today};

const REASON: &str = "theo chỉ đạo";

impl Register {
    async fn root(&self) -> String {
        service::registry::home_unit(&self.services, &self.officer, today()).await.unwrap().unit.code.clone()
    }

    async fn plan(&self, years: (i32, i32), under: Option<PlanId>) -> PlanId {
        let kind = if years.0 == years.1 { PlanKind::Year } else { PlanKind::Stage };
        let root = self.root().await;
        plans::create(&self.services, &self.officer, &New { kind, unit: &root, under, years, title: "Kế hoạch bồi dưỡng" }).await.unwrap()
    }

    async fn add(&self, plan: PlanId, line: Line) -> Result<u32, ActError<PlanRefusal>> {
        let revision = view(&self.services, &self.officer, plan).await.version.revision;
        plans::save_line(&self.services, &self.officer, plan, revision, line).await
    }

    async fn submit(&self, plan: PlanId) -> Result<(), ActError<PlanRefusal>> {
        let revision = view(&self.services, &self.officer, plan).await.version.revision;
        plans::submit(&self.services, &self.officer, plan, revision).await
    }

    /// Issues what was submitted, as the procedure of papers does.
    async fn issue(&self, plan: PlanId, number: &str) {
        let version = view(&self.services, &self.officer, plan).await.version.id.0;
        let tx = self.services.db.write().await.unwrap();
        let issued = Issued { number: number.to_owned(), dated_on: today(), signer_user: UserId(1), signature_line: Vec::new() };
        plans::issued_by_paper(&tx, &self.officer, version, &issued).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn view(services: &Services, ctx: &Ctx, plan: PlanId) -> View {
    plans::one(services, ctx, plan, None).await.unwrap()
}

fn line(year: i32, month: u8) -> Line {
    Line {
        words: "Nghiệp vụ theo ngành".to_owned(),
        named: Some(Programme::Sector),
        content: Some(ContentGroup::PostSkills),
        class_size: 60,
        seats: vec![Seats { unit: None, staff: None, group: None, people: 20 }],
        months: vec![Months { from: month, to: month }],
        days: 3,
        periods: 24,
        cost: 50_000_000,
        source: Some(MoneySource::Province),
        ..Line::empty(0, year)
    }
}

fn kinds(answer: Result<u32, ActError<PlanRefusal>>) -> Vec<FaultKind> {
    match answer {
        Err(ActError::Refused(PlanRefusal::Faults(faults))) => faults.iter().map(|fault| fault.kind).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn a_plan_in_force_moves_the_forecast_and_is_amended_by_the_next_version() {
    for fresh in each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let ask = Ask::on(today());
        let missing = progress::people(services, officer, "T1.5", &ask, Side::Missing, None, 5).await.unwrap();
        let officials: Vec<OfficialId> = missing.people.iter().map(|person| person.id).collect();
        assert!(!officials.is_empty());
        let named = i64::try_from(officials.len()).unwrap();
        let plan = register.plan((2026, 2026), None).await;
        let own = Line { seats: Vec::new(), officials: officials.clone(), ..line(2026, 12) };
        let key = register.add(plan, own.clone()).await.unwrap();
        let effects = plans::effects(services, officer, &view(services, officer, plan).await).await.unwrap();
        let effect = effects.targets.iter().find(|effect| effect.target.code == "T1.5").unwrap().outcome.clone().unwrap();
        assert_eq!((effect.effect.named, effect.effect.assumed, effect.effect.lines[&key]), (named, 0, named));
        assert!(effects.targets.iter().any(|effect| effect.outcome.is_err()) && !effects.quotas.is_empty());
        register.submit(plan).await.unwrap();
        assert!(matches!(register.add(plan, line(2026, 12)).await, Err(ActError::Refused(PlanRefusal::WrongState))));
        let figures = progress::all(services, officer, &ask).await.unwrap();
        let figure = figures.iter().find(|figure| figure.target.code == "T1.5").unwrap();
        let target = (&figure.stored, &figure.target);
        assert!(plans::in_force_on_target(services, officer, target, &ask).await.unwrap().is_none(), "nothing is in force yet");
        register.issue(plan, "118/KH-UBND").await;
        let forecast = plans::in_force_on_target(services, officer, target, &ask).await.unwrap().unwrap();
        assert_eq!((forecast.after.numerator, forecast.effect.named), (figure.counted.numerator + named, named));
        assert_eq!(forecast.plans.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [plan]);
        assert_eq!(plans::amend(services, officer, plan, REASON).await.unwrap(), 2);
        assert!(matches!(plans::amend(services, officer, plan, REASON).await, Err(ActError::Refused(PlanRefusal::DraftExists(2)))));
        register.add(plan, Line { key, cost: 70_000_000, ..own }).await.unwrap();
        register.add(plan, line(2026, 12)).await.unwrap();
        let (before, after) = (plans::one(services, officer, plan, Some(1)).await.unwrap(), view(services, officer, plan).await);
        let difference = compare(&before.body, &after.body);
        let told: Vec<_> = difference.lines.iter().map(|change| (change.fields.clone(), change.people(), change.cost())).collect();
        assert_eq!(told, [(vec!["cost"], 0, 20_000_000), (vec![], 20, 50_000_000)]);
        register.submit(plan).await.unwrap();
        register.issue(plan, "130/KH-UBND").await;
        let now = view(services, officer, plan).await;
        let states: Vec<_> = now.plan.versions.iter().map(|version| (version.number, version.state)).collect();
        assert_eq!(states, [(2, PlanState::Issued), (1, PlanState::Replaced)]);
        assert_eq!((now.version.paper_number.as_deref(), now.version.issued_on), (Some("130/KH-UBND"), Some(today())));
    }
}

#[tokio::test]
async fn rules_refuse_a_line_with_the_section_and_nothing_is_saved() {
    for fresh in each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let stage = register.plan((2026, 2028), None).await;
        let outside = New { kind: PlanKind::Year, unit: &register.root().await, under: Some(stage), years: (2029, 2029), title: "x" };
        let refused = plans::create(services, officer, &outside).await;
        assert!(matches!(refused, Err(ActError::Refused(PlanRefusal::OutsideStage(2026, 2028)))), "{refused:?}");
        let plan = register.plan((2026, 2026), Some(stage)).await;
        let twice = plans::create(services, officer, &New { years: (2026, 2026), under: None, ..outside }).await;
        assert!(matches!(twice, Err(ActError::Refused(PlanRefusal::Exists(id))) if id == plan));
        assert_eq!(kinds(register.add(plan, Line { seats: Vec::new(), ..line(2026, 12) }).await), [FaultKind::NoAudience]);
        assert_eq!(kinds(register.add(plan, Line { source: None, ..line(2026, 12) }).await), [FaultKind::NoMoney]);
        let late = Line { year: 2029, ..line(2026, 12) };
        assert_eq!(kinds(register.add(plan, late).await), [FaultKind::OutsidePlan, FaultKind::OutsideStage]);
        let short = register.add(plan, Line { named: Some(Programme::GeneralState), ..line(2026, 12) }).await;
        let Err(ActError::Refused(PlanRefusal::Faults(faults))) = short else { panic!("{short:?}") };
        assert_eq!((faults[0].kind, faults[0].allowed), (FaultKind::Length, Some((10, 10))));
        assert!(faults[0].basis.as_ref().unwrap().vi.contains("700/QĐ-TTg"), "{faults:?}");
        let unit = service::registry::unit_names(services, officer).await.unwrap();
        let builds = unit.map.units.values().find(|unit| unit.name == "Sở Xây dựng" && unit.life.contains(today())).unwrap().id;
        let seats = Seats { unit: Some(builds), staff: Some(StaffKind::CongChuc), group: Some(LeaderGroup::N3), people: 40 };
        let masters = Line {
            form: ClassForm::Degree,
            degree: Some(Degree::Master),
            field: Some(StudyField::UrbanPlanning),
            named: None,
            seats: vec![seats],
            ..line(2026, 12)
        };
        let over = register.add(plan, masters).await;
        let Err(ActError::Refused(PlanRefusal::Faults(faults))) = over else { panic!("{over:?}") };
        assert_eq!(faults[0].kind, FaultKind::OverQuota);
        assert!(faults[0].basis.as_ref().unwrap().vi.contains("Phụ lục II"), "{faults:?}");
        assert!(view(services, officer, plan).await.body.lines.is_empty(), "nothing was saved");
        assert!(matches!(register.submit(plan).await, Err(ActError::Refused(PlanRefusal::NoLines))));
        register.add(plan, line(2026, 12)).await.unwrap();
        assert_eq!(kinds(register.add(plan, line(2026, 12)).await), [FaultKind::Duplicate]);
        let version = view(services, officer, plan).await.version.id.0;
        let tx = services.db.write().await.unwrap();
        assert!(plans::lacks_of(services, &tx, officer, version).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn two_officers_do_not_overwrite_each_other_and_a_version_goes_one_way_once() {
    for fresh in each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let plan = register.plan((2027, 2027), None).await;
        let revision = view(services, officer, plan).await.version.revision;
        let (one, other) = tokio::join!(
            plans::save_line(services, officer, plan, revision, line(2027, 4)),
            plans::save_line(services, officer, plan, revision, Line { words: "Khác".to_owned(), ..line(2027, 5) })
        );
        assert!(matches!((&one, &other), (Ok(_), Err(ActError::Stale)) | (Err(ActError::Stale), Ok(_))), "{one:?} {other:?}");
        assert_eq!(view(services, officer, plan).await.body.lines.len(), 1);
        let revision = view(services, officer, plan).await.version.revision;
        let (one, other) =
            tokio::join!(plans::submit(services, officer, plan, revision), plans::drop_line(services, officer, plan, revision, 1));
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        if other.is_ok() {
            register.add(plan, line(2027, 4)).await.unwrap();
            register.submit(plan).await.unwrap();
        }
        let version = view(services, officer, plan).await.version.id.0;
        let tx = services.db.write().await.unwrap();
        plans::returned_to_draft(&tx, officer, version, "thiếu dự toán").await.unwrap();
        assert!(matches!(plans::returned_to_draft(&tx, officer, version, "x").await, Err(ActError::Stale)));
        tx.commit().await.unwrap();
        assert_eq!(view(services, officer, plan).await.version.state, PlanState::Draft);
        assert!(matches!(plans::recall(services, officer, plan, REASON).await, Err(ActError::Refused(PlanRefusal::WrongState))));
        assert!(matches!(plans::withdraw(services, officer, plan, " ").await, Err(ActError::Refused(PlanRefusal::NoReason))));
        let on_its_way = plans::withdraw(services, officer, plan, REASON).await;
        assert!(matches!(on_its_way, Err(ActError::Refused(PlanRefusal::Paper(_)))), "its paper is stopped first: {on_its_way:?}");
    }
}

#[tokio::test]
async fn units_write_their_own_plans_which_roll_up_and_the_party_board_writes_those_of_its_blocs() {
    for fresh in each().await {
        let register = register(&fresh).await;
        let (services, officer) = (&register.services, &register.officer);
        let (own, stranger) = (register.keeper_of(&register.here), register.keeper_of(&register.there));
        let province = register.plan((2027, 2027), None).await;
        let new = New { kind: PlanKind::Year, unit: &register.here.0, under: None, years: (2027, 2027), title: "Kế hoạch của Sở" };
        assert!(matches!(plans::create(services, &stranger, &new).await, Err(ActError::Forbidden(_))));
        let small = plans::create(services, &own, &new).await.unwrap();
        assert!(matches!(plans::one(services, &stranger, small, None).await, Err(ActError::NotFound)), "a draft is seen within the unit");
        assert!(matches!(plans::one(services, &own, province, None).await, Err(ActError::NotFound)));
        let user = officer.who.as_ref().unwrap().user;
        let party = person(user, Role::PartyAffairs, None);
        let learner = person(user, Role::Learner, None);
        assert!(matches!(plans::create(services, &party, &New { years: (2028, 2028), ..new }).await, Err(ActError::Forbidden(_))));
        assert!(matches!(plans::list(services, &learner, None).await, Err(ActError::Forbidden(_))));
        let homes = plans::units_to_plan_for(services, &party).await.unwrap();
        assert!(homes.iter().all(|unit| unit.bloc != domain::orgs::Bloc::State));
        let revision = view(services, &own, small).await.version.revision;
        plans::save_line(services, &own, small, revision, line(2027, 6)).await.unwrap();
        let revision = view(services, &own, small).await.version.revision;
        plans::submit(services, &own, small, revision).await.unwrap();
        let above =
            plans::create(services, officer, &New { under: Some(province), years: (2027, 2027), unit: &register.there.0, ..new }).await;
        let above = above.unwrap();
        assert!(matches!(register.add(above, line(2027, 7)).await, Ok(1)));
        register.submit(above).await.unwrap();
        let revision = view(services, officer, province).await.version.revision;
        let children = BTreeSet::from([above, small]);
        assert_eq!(plans::take_in(services, officer, province, revision, &children).await.unwrap(), 1, "only what stands under it");
        assert_eq!(plans::take_in(services, officer, province, revision + 1, &children).await.unwrap(), 0, "once");
        let listed = plans::list(services, officer, Some(2027)).await.unwrap();
        let root = listed.iter().find(|listed| listed.plan.id == province).unwrap();
        assert_eq!((root.children, root.below.people, root.totals.people), (1, 20, 20));
        let covered = plans::coverage(services, officer, &view(services, officer, province).await).await.unwrap();
        assert_eq!((covered.needs, covered.idle.as_slice()), (0, [1].as_slice()));
        let drafts = plans::drafts(services, officer, &view(services, officer, province).await).await.unwrap();
        assert!(drafts.drafts.is_empty(), "no need and no quota of 2027");
        let due = &plans::deadlines(services, officer, &listed).await.unwrap()[0];
        let (year, last_day) = (officer.today.year(), domain::time::date(officer.today.year(), 12, 31).unwrap());
        assert_eq!((due.year, due.last_day, due.is_met), (year + 1, last_day, false), "a plan is there only when it is in force");
        assert_eq!(due.stages, [(2026, 2028), (2029, 2031)]);
    }
}
