//! Gaps as acts: who may see which, what the law leaves open, and the parts of the urgent list.
//! Not for: counting; `store` checks that against brute force.

use std::collections::BTreeMap;

use domain::ids::UnitId;
use domain::orgs::Area;
use domain::people::StaffKind;
use domain::roles::Role;
use domain::standards::{Standing, Subject};
use service::audit::{self, AuditAsk};
use service::gaps::{self, Among, Ask, OfWhom, Reason, Weights};
use service::needs::{self, Wish};
use service::registry::{self, AreaCard, AreaRefusal};
use service::{ActError, Ctx, Services};
use testkit::databases::{Fresh, each};
use testkit::small::{self, Small};

use crate::world::{NOW, day, person, system, today};

async fn furnished(fresh: &Fresh) -> (Services, Small, domain::ids::UserId) {
    let province = small::province(today(), 60);
    province.load(&fresh.db, NOW).await;
    let tx = fresh.db.write().await.unwrap();
    let new = store::write::accounts::NewAccount { login: "an", name: "An", password_hash: "-", official: None };
    let user = store::write::accounts::create(&tx, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    (Services::new(fresh.db.clone()), province, user)
}

fn now() -> Ask {
    Ask { on: today(), unit: None }
}

/// The unit that leads health, with its id.
fn health(province: &Small) -> (i64, String) {
    let unit = province.frame.units.iter().find(|unit| unit.actor.as_deref() == Some("so-y-te")).unwrap();
    (unit.id, unit.code.clone())
}

const fn of<'a>(code: &'a str, ask: &'a Ask) -> OfWhom<'a> {
    OfWhom { code, ask, among: None }
}

async fn names(services: &Services, ctx: &Ctx, code: &str, ask: &Ask) -> Vec<String> {
    let (mut names, mut after) = (Vec::new(), None);
    loop {
        let page = gaps::people(services, ctx, &of(code, ask), after.as_ref(), 7).await.unwrap();
        names.extend(page.people.iter().map(|person| person.code.clone()));
        match &page.next {
            Some(next) => after = Some(next.clone()),
            None => return names,
        }
    }
}

#[tokio::test]
async fn a_number_opens_to_as_many_names_and_units_add_up() {
    for fresh in each().await {
        let (services, _, _) = furnished(&fresh).await;
        let heat = gaps::heat(&services, &system(), &now()).await.unwrap();
        assert!(heat.columns.iter().any(|column| column.total.missing > 0) && heat.columns.iter().any(|column| column.total.due > 0));
        for column in &heat.columns {
            let code = &column.requirement.code;
            let short = column.total.missing + column.total.due;
            assert_eq!(i64::try_from(names(&services, &system(), code, &now()).await.len()).unwrap(), short, "{code}");
            let people: i64 = column.units.values().map(|short| short.people).sum();
            assert_eq!(people, column.total.people, "{code}: everybody is in one unit of the table");
            assert!(column.units.keys().all(|unit| heat.rows.iter().any(|row| row.id == *unit)), "{code}");
        }
        for column in gaps::groups(&services, &system(), &now()).await.unwrap().iter() {
            let total = heat.columns.iter().find(|other| other.requirement == column.requirement).unwrap().total;
            assert_eq!((total, total), (column.staff.values().copied().sum(), column.leaders.values().copied().sum()));
            let parts = column.staff.iter().map(|(staff, short)| (Among::Staff(*staff), *short));
            let parts = parts.chain(column.leaders.iter().map(|(group, short)| (Among::Leaders(*group), *short)));
            for (among, short) in parts {
                let ask = now();
                let part = OfWhom { among: Some(among), ..of(&column.requirement.code, &ask) };
                let page = gaps::people(&services, &system(), &part, None, 1_000).await.unwrap();
                assert_eq!(i64::try_from(page.people.len()).unwrap(), short.missing + short.due, "{part:?}");
                assert_eq!(gaps::of_requirement(&services, &system(), &part).await.unwrap(), short);
            }
        }
    }
}

#[tokio::test]
async fn nobody_sees_beyond_the_own_units() {
    for fresh in each().await {
        let (services, province, user) = furnished(&fresh).await;
        let (id, code) = health(&province);
        let there = Ask { unit: Some(code), ..now() };
        let hers = person(user, Role::UnitHr, Some(id));
        assert_eq!(
            names(&services, &hers, "CM.1", &now()).await,
            names(&services, &system(), "CM.1", &there).await,
            "without a unit it is all she may see"
        );
        let root = province.frame.units.iter().find(|unit| unit.kind == domain::orgs::UnitKind::Province).unwrap();
        let all = Ask { unit: Some(root.code.clone()), ..now() };
        assert!(matches!(gaps::heat(&services, &hers, &all).await, Err(ActError::NotFound)));
        assert!(matches!(gaps::people(&services, &hers, &of("CM.1", &all), None, 5).await, Err(ActError::NotFound)));
        assert!(matches!(gaps::urgent(&services, &hers, &all, &Weights::default(), 5).await, Err(ActError::NotFound)));
        for role in [Role::Learner, Role::Administrator] {
            let ctx = person(user, role, None);
            assert!(gaps::heat(&services, &ctx, &now()).await.is_err(), "{role}");
            assert!(gaps::urgent(&services, &ctx, &now(), &Weights::default(), 5).await.is_err(), "{role}");
        }
        let (inside, outside): (Vec<_>, Vec<_>) = names(&services, &system(), "CM.1", &now()).await.into_iter().partition(|official| {
            let found = province.batch.officials.iter().find(|o| o.code == *official).unwrap().id;
            province.batch.postings.iter().any(|p| p.official == found && p.ends_on.is_none() && p.unit == id)
        });
        for official in inside.iter().take(1) {
            assert!(!gaps::of_person(&services, &hers, official).await.unwrap().is_empty());
        }
        let stranger = outside.iter().find(|official| !names_of(&province, id).contains(official)).unwrap();
        assert!(gaps::of_person(&services, &hers, stranger).await.is_err());
    }
}

/// Staff codes of whoever ever served in the unit or a unit below it by name of code.
fn names_of(province: &Small, unit: i64) -> Vec<&String> {
    let code = &province.frame.units.iter().find(|u| u.id == unit).unwrap().code;
    let below = |id: i64| province.frame.units.iter().any(|u| u.id == id && u.code.starts_with(code.as_str()));
    let served = |id: i64| province.batch.postings.iter().any(|p| p.official == id && below(p.unit));
    province.batch.officials.iter().filter(|o| served(o.id)).map(|o| &o.code).collect()
}

#[tokio::test]
async fn the_yearly_amount_is_judged_only_where_the_law_of_the_day_sets_one() {
    let fresh = testkit::databases::sqlite().await;
    let (services, _, _) = furnished(&fresh).await;
    let yearly = |on: &str| gaps::yearly(day(on)).unwrap().into_iter().collect::<BTreeMap<_, _>>();
    for (on, staff, amount) in [
        ("2025-06-30", StaffKind::CongChuc, Some(40)),
        ("2025-07-01", StaffKind::CongChuc, None),
        ("2026-06-30", StaffKind::VienChuc, Some(40)),
        ("2026-07-01", StaffKind::VienChuc, None),
    ] {
        assert_eq!(yearly(on)[&staff].as_ref().ok().copied(), amount, "{staff} on {on}");
        let heat = gaps::heat(&services, &system(), &Ask { on: day(on), unit: None }).await.unwrap();
        let column = heat.columns.iter().find(|column| column.requirement.code == "HN.1").unwrap();
        assert_eq!(column.total.missing, 0, "a year that goes on is not missed");
    }
    let today = gaps::heat(&services, &system(), &now()).await.unwrap();
    let column = today.columns.iter().find(|column| column.requirement.code == "HN.1").unwrap();
    assert_eq!(column.total.people, 0, "the law of today names no amount, so nobody is judged");
}

#[tokio::test]
async fn the_urgent_list_is_the_sum_of_its_parts() {
    for fresh in each().await {
        let (services, province, user) = furnished(&fresh).await;
        let list = gaps::urgent(&services, &system(), &now(), &Weights::default(), 500).await.unwrap();
        assert!(list.len() > 20);
        for urgent in list.iter() {
            assert_eq!(urgent.score, urgent.parts.iter().map(|(_, points)| points).sum::<u32>());
            assert!(urgent.parts.iter().any(|(reason, _)| !reason.is_preference()), "nobody is urgent for what they are");
        }
        assert!(list.windows(2).all(|pair| pair[0].score >= pair[1].score));
        let heavier = Weights::default().with(Reason::Reorganised, 100);
        let first = gaps::urgent(&services, &system(), &now(), &heavier, 1).await.unwrap();
        assert!(first[0].parts.contains(&(Reason::Reorganised, 100)), "{:?}", first[0]);
        let told = |list: &[gaps::Urgent], reason| list.iter().any(|u| u.parts.iter().any(|(part, _)| *part == reason));
        assert!(told(&list, Reason::Minority) && told(&list, Reason::Young));
        let leader = person(user, Role::ProvinceLeader, None);
        let shown = gaps::urgent(&services, &leader, &now(), &Weights::default(), 500).await.unwrap();
        assert!(!told(&shown, Reason::Minority) && !told(&shown, Reason::Young), "a leader may not read ages and ethnic groups");
        let hers = person(user, Role::UnitHr, Some(health(&province).0));
        let shown = gaps::urgent(&services, &hers, &now(), &Weights::default(), 500).await.unwrap();
        assert!(!told(&shown, Reason::Minority) && shown.len() < list.len());
        assert!(
            !gaps::reasons_told(&leader).unwrap().contains(&Reason::Young) && gaps::reasons_told(&hers).unwrap().contains(&Reason::Young)
        );
    }
}

fn reasons(list: &[gaps::Urgent], code: &str) -> Vec<Reason> {
    let of = list.iter().find(|urgent| urgent.person.code == code);
    of.map(|urgent| urgent.parts.iter().map(|(reason, _)| *reason).collect()).unwrap_or_default()
}

#[tokio::test]
async fn what_a_unit_says_cannot_wait_counts_at_once_and_is_told_with_its_reason() {
    for fresh in each().await {
        let (services, province, _) = furnished(&fresh).await;
        let list = async || gaps::urgent(&services, &system(), &now(), &Weights::default(), 500).await.unwrap();
        let before = list().await;
        let first = &before.iter().find(|urgent| !urgent.missing.is_empty()).unwrap().person;
        let (one, at) = (first.code.clone(), first.unit.0.0);
        let unit = province.frame.units.iter().find(|unit| unit.id == at).unwrap().code.clone();
        assert!(!reasons(&before, &one).contains(&Reason::Stated));
        let wish = Wish {
            official: Some(&one),
            people: 1,
            subject: Subject::PostSkills,
            requirement: None,
            programme: None,
            topic: None,
            words: "Vận hành phòng xét nghiệm mới",
            year: 2027,
            urgent: true,
        };
        needs::add(&services, &system(), &unit, &wish).await.unwrap();
        needs::add(&services, &system(), &unit, &Wish { official: None, people: 7, ..wish }).await.unwrap();
        needs::add(&services, &system(), &unit, &Wish { official: None, people: 9, year: 2026, urgent: false, ..wish }).await.unwrap();
        let after = list().await;
        assert!(reasons(&after, &one).contains(&Reason::Stated));
        let urgent = after.iter().find(|urgent| urgent.person.code == one).unwrap();
        assert_eq!(urgent.stated.iter().map(|need| need.words.as_str()).collect::<Vec<_>>(), [wish.words]);
        let points = |list: &[gaps::Urgent]| list.iter().find(|urgent| urgent.person.code == one).unwrap().score;
        assert_eq!(points(&after) - points(&before), u32::from(Weights::default().of(Reason::Stated)));
        let nobody = gaps::stated_of_nobody(&services, &system(), &now()).await.unwrap();
        assert_eq!(nobody.iter().map(|need| need.people).collect::<Vec<_>>(), [7]);
        let paper = gaps::paper(&services, &system(), &now(), &Weights::default(), 500).await.unwrap();
        assert!(paper.iter().any(|row| row.stated == [wish.words] && row.reasons.contains(&Reason::Stated)));
    }
}

#[tokio::test]
async fn people_below_a_unit_in_a_remote_area_are_preferred_while_the_mark_lasts() {
    for fresh in each().await {
        let (services, province, user) = furnished(&fresh).await;
        let all = gaps::urgent(&services, &system(), &now(), &Weights::default(), 500).await.unwrap();
        let plain = |urgent: &&gaps::Urgent| !urgent.parts.iter().any(|(reason, _)| *reason == Reason::Remote);
        let someone = all.iter().find(plain).unwrap().person.unit.0.0;
        // The unit above the one in which somebody works, unless that stands right below the province.
        let above = province.frame.links.iter().find(|link| link.unit == someone && link.ends_on.is_none()).unwrap().parent;
        let id = if above == 1 { someone } else { above };
        let unit = province.frame.units.iter().find(|unit| unit.id == id).unwrap().code.clone();
        let card = AreaCard { area: Area::Island, from: day("2026-01-01"), to: None, decision: "1/QĐ", reason: "theo danh sách" };
        let keeper = person(user, Role::HomeAffairs, None);
        let stranger = person(user, Role::UnitHr, Some(id));
        assert!(matches!(registry::add_area(&services, &stranger, &unit, &card).await, Err(ActError::Forbidden(_))));
        let refused = registry::add_area(&services, &keeper, &unit, &AreaCard { decision: " ", reason: "", ..card }).await;
        assert!(matches!(refused, Err(ActError::Refused(all)) if all == [AreaRefusal::NoDecision, AreaRefusal::NoReason]));
        let remote = async |on: &str| {
            let ask = Ask { on: day(on), unit: None };
            let list = gaps::urgent(&services, &system(), &ask, &Weights::default(), 500).await.unwrap();
            let of = |urgent: &&gaps::Urgent| urgent.parts.iter().any(|(reason, _)| *reason == Reason::Remote);
            list.iter().filter(of).map(|urgent| urgent.person.unit.0.0).collect::<std::collections::BTreeSet<i64>>()
        };
        let before = remote("2026-11-22").await;
        let parent =
            |unit: i64| province.frame.links.iter().find(|link| link.unit == unit && link.ends_on.is_none()).map(|link| link.parent);
        let below = |unit: &i64| std::iter::successors(Some(*unit), |unit| parent(*unit)).any(|above| above == id);
        assert!(!before.iter().any(below));
        registry::add_area(&services, &keeper, &unit, &card).await.unwrap();
        let twice = registry::add_area(&services, &keeper, &unit, &AreaCard { from: day("2026-05-01"), ..card }).await;
        assert!(matches!(twice, Err(ActError::Refused(all)) if all == [AreaRefusal::Marked]));
        let after = remote("2026-11-22").await;
        assert!(after.iter().any(below) && after.is_superset(&before));
        assert!(after.difference(&before).all(below), "those below count with it, and nobody else");
        assert!(!remote("2025-12-31").await.iter().any(below));
        let marks = registry::areas(&services, &keeper, UnitId(id)).await.unwrap();
        registry::add_area(&services, &keeper, &unit, &AreaCard { area: Area::RegionOne, ..card }).await.unwrap();
        registry::remove_area(&services, &keeper, &unit, marks[0].id, "ghi nhầm đơn vị").await.unwrap();
        assert_eq!(remote("2026-11-22").await, before, "region I does not count as remote");
        assert!(registry::remote_areas(day("2021-06-03")).unwrap().0.is_empty());
    }
}

#[tokio::test]
async fn one_person_is_judged_as_in_the_lists() {
    for fresh in each().await {
        let (services, province, _) = furnished(&fresh).await;
        let short = names(&services, &system(), "LLCT.2", &now()).await;
        for official in province.batch.officials.iter().take(25) {
            let own = gaps::of_person(&services, &system(), &official.code).await.unwrap();
            let judged = own.iter().find(|of| of.requirement.code == "LLCT.2").map(|of| of.judged.as_ref().unwrap().standing);
            let is_short = matches!(judged, Some(Standing::Missing(_) | Standing::Due(_)));
            assert_eq!(is_short, short.contains(&official.code), "{}", official.code);
        }
    }
}

#[tokio::test]
async fn lists_taken_out_are_noted_and_only_for_those_who_may() {
    for fresh in each().await {
        let (services, province, user) = furnished(&fresh).await;
        let (hers, ask) = (person(user, Role::UnitHr, Some(health(&province).0)), now());
        let (requirement, people) = gaps::export_people(&services, &hers, &of("CM.1", &ask)).await.unwrap();
        assert_eq!((requirement.code.as_str(), people.len()), ("CM.1", names(&services, &hers, "CM.1", &ask).await.len()));
        let paper = gaps::paper(&services, &hers, &ask, &Weights::default(), 5).await.unwrap();
        assert!(paper.iter().all(|row| row.born > 1_940 && !row.reasons.is_empty()));
        assert_eq!(paper.iter().map(|row| row.number).collect::<Vec<_>>(), (1..=paper.len()).collect::<Vec<_>>());
        let inspector = person(user, Role::Inspector, None);
        let noted = audit::page(&services, &inspector, &AuditAsk::default(), None, 10).await.unwrap().lines;
        let subjects: Vec<&str> = noted.iter().filter(|line| line.act == "people.export").map(|line| line.subject.as_str()).collect();
        assert_eq!(subjects, ["gaps/urgent?unit=*&on=2026-11-22", "gaps/CM.1?unit=*&on=2026-11-22"]);
        let leader = person(user, Role::ProvinceLeader, None);
        assert!(matches!(gaps::export_people(&services, &leader, &of("CM.1", &ask)).await, Err(ActError::Forbidden(_))));
        assert!(matches!(gaps::export_urgent(&services, &leader, &ask, &Weights::default(), 5).await, Err(ActError::Forbidden(_))));
    }
}

#[tokio::test]
async fn the_weights_of_the_province_are_saved_by_who_keeps_standards() {
    for fresh in each().await {
        let (services, province, user) = furnished(&fresh).await;
        let wanted = Weights::default().with(Reason::Missing, 7).with(Reason::Woman, 0);
        let hers = person(user, Role::UnitHr, Some(health(&province).0));
        assert!(matches!(gaps::save_weights(&services, &hers, &wanted).await, Err(ActError::Forbidden(_))));
        gaps::save_weights(&services, &person(user, Role::HomeAffairs, None), &wanted).await.unwrap();
        assert_eq!(*gaps::default_weights(&services, &hers).await.unwrap(), wanted);
    }
}
