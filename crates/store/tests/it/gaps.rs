//! Gaps against an evaluator that walks every row: counts by unit, names, keys and single people agree with it, on both engines.
//! Not for: what requirements mean; `domain` and `service` test that.

use std::collections::BTreeMap;

use domain::ids::{OfficialId, UnitId};
use domain::people::StaffKind;
use domain::standards::{Need, Standing};
use store::read::gaps::{self, After, Question, Short};
use store::read::progress::{Place, TOTAL};
use testkit::databases::{Fresh, postgres, sqlite};
use testkit::dice::Dice;
use testkit::little::Little;
use testkit::{brute, gaps as plain, lists};

const QUESTIONS: usize = 40;

type Standings = BTreeMap<OfficialId, (UnitId, Standing)>;

fn short<'a>(standings: impl Iterator<Item = &'a Standing>) -> Short {
    standings.fold(Short::default(), |sum, standing| Short {
        people: sum.people + 1,
        missing: sum.missing + i64::from(matches!(standing, Standing::Missing(_))),
        due: sum.due + i64::from(matches!(standing, Standing::Due(_))),
    })
}

async fn by_branch(fresh: &Fresh, world: &Little, question: &Question<'_>, expected: &Standings, what: &str) {
    for parent in world.map.units.keys().filter(|unit| world.map.units[unit].life.contains(question.on)) {
        let branches = brute::children(world, *parent, question.on);
        let mut sums: BTreeMap<UnitId, Vec<Standing>> = BTreeMap::new();
        for (unit, standing) in expected.values() {
            if let Some(branch) = branches.get(&world.map.restated(*unit, question.on)) {
                sums.entry(*branch).or_default().push(*standing);
            }
        }
        let sums: BTreeMap<UnitId, Short> = sums.iter().map(|(branch, all)| (*branch, short(all.iter()))).collect();
        let place = Place::branches(*parent, question.on);
        assert_eq!(gaps::count(&fresh.db, &Question { place: &place, ..*question }).await.unwrap(), sums, "{parent:?} {what}");
    }
}

async fn names(fresh: &Fresh, question: &Question<'_>, expected: &Standings, what: &str) {
    let (mut found, mut after): (BTreeMap<OfficialId, Standing>, Option<After>) = (BTreeMap::new(), None);
    loop {
        let page = gaps::people(&fresh.db, question, after.as_ref(), 3).await.unwrap();
        found.extend(page.iter().map(|person| (person.id, person.standing)));
        match page.last().filter(|_| page.len() == 3) {
            Some(last) => after = Some(last.after.clone()),
            None => break,
        }
    }
    let unmet: BTreeMap<OfficialId, Standing> =
        expected.iter().map(|(id, (_, standing))| (*id, *standing)).filter(|(_, standing)| *standing != Standing::Met).collect();
    assert_eq!(found, unmet, "names {what}");
    let keys: BTreeMap<_, _> = gaps::all_short(&fresh.db, question).await.unwrap().into_iter().collect();
    assert_eq!(keys, unmet, "keys {what}");
    let late = |(id, standing): (&OfficialId, &Standing)| if let Standing::Missing(since) = standing { Some((*id, *since)) } else { None };
    let missing: BTreeMap<_, _> = gaps::all_missing(&fresh.db, question).await.unwrap().into_iter().collect();
    assert_eq!(missing, unmet.iter().filter_map(late).collect(), "missing {what}");
}

async fn agree(fresh: &Fresh, seed: u64) {
    let world = lists::province(seed);
    lists::load(fresh, &world).await;
    let mut dice = Dice::new(seed ^ 0x6A95);
    for n in 0..QUESTIONS {
        let on = dice.day();
        let requirement = plain::requirement(&mut dice, on);
        let yearly = [(StaffKind::CongChuc, 16), (StaffKind::VienChuc, 40)];
        let what = format!("seed {seed}, question {n} on {on}: {requirement:?}");
        let expected = plain::standings(&world, &requirement, on, &yearly);
        let place = Place::province(on);
        let question = Question { requirement: &requirement, place: &place, on, yearly: &yearly, among: None };
        let total = gaps::count(&fresh.db, &question).await.unwrap().get(&TOTAL).copied().unwrap_or_default();
        assert_eq!(total, short(expected.values().map(|(_, standing)| standing)), "{what}");
        by_branch(fresh, &world, &question, &expected, &what).await;
        names(fresh, &question, &expected, &what).await;
        for official in &world.batch.officials {
            let one = gaps::of_one(&fresh.db, &question, OfficialId(official.id)).await.unwrap();
            let standing = expected.get(&OfficialId(official.id)).map(|(_, standing)| *standing);
            assert_eq!(one.map(|judged| judged.standing), standing, "{} {what}", official.id);
            assert_eq!(one.is_some_and(|judged| judged.amount.is_some()), one.is_some() && requirement.need == Need::YearlyAmount);
        }
    }
}

#[tokio::test]
async fn gaps_agree_with_brute_force_on_sqlite() {
    let fresh = sqlite().await;
    for seed in 0..20 {
        agree(&fresh, seed).await;
    }
}

#[tokio::test]
async fn gaps_agree_with_brute_force_on_postgres() {
    let Some(fresh) = postgres().await else { return };
    for seed in 500..508 {
        agree(&fresh, seed).await;
    }
}
