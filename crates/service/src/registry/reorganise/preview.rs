//! What a reorganisation would do, in the words a person checks it by.
//! Not for: doing it.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::UnitId;
use domain::orgs::reorganise::{Destination, Hold};
use store::read::reorganise as read;

use super::{Refused, Worked};
use crate::Services;

/// A unit by code and name.
pub type Named = (String, String);

/// People of one unit who go to one other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowLine {
    /// From.
    pub from: Named,
    /// To.
    pub to: Named,
    /// How many people.
    pub people: usize,
}

/// Somebody who cannot go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckLine {
    /// Staff code and name.
    pub person: (String, String),
    /// Unit.
    pub unit: Named,
    /// Title of the post.
    pub post: String,
    /// Why.
    pub hold: Hold,
}

/// What a reorganisation would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preview {
    /// Version of the facts it was made from.
    pub facts: i64,
    /// Units that end.
    pub ends: Vec<Named>,
    /// Units that begin, and under whom.
    pub begins: Vec<(Named, Named)>,
    /// Units that stand under another parent, and under whom.
    pub moves: Vec<(Named, Named)>,
    /// Units with another name or code: before and after.
    pub renames: Vec<(Named, Named)>,
    /// Who goes where.
    pub flows: Vec<FlowLine>,
    /// Who cannot go.
    pub stuck: Vec<StuckLine>,
    /// People who go.
    pub people: usize,
    /// People in the unit that lives on.
    pub staying: usize,
    /// Leaders among those who go.
    pub leaders: usize,
    /// Postings that began on the day or later and are put right instead of ended.
    pub anew: usize,
    /// Accounts with a role in a unit that ends.
    pub accounts: i64,
    /// Units right under the one it is about.
    pub children: Vec<Named>,
    /// Posts in the unit itself for which a place may be chosen, and how many people have each.
    pub posts: Vec<(String, usize)>,
    /// Units that live and carry on, by name.
    pub living: Vec<(UnitId, String)>,
    /// The unit whose figures show both maps.
    pub subject: Named,
}

pub(super) async fn of(services: &Services, worked: &Worked, facts: i64) -> Result<Preview, Refused> {
    let plan = &worked.plan;
    let before = |unit: UnitId| named_before(worked, unit);
    let after = |unit: UnitId| (worked.code(unit), named_after(worked, unit));
    let accounts = if plan.ends.is_empty() { 0 } else { read::accounts_at(&services.db, &plan.ends, plan.on).await? };
    let gone = worked.going.iter().filter_map(|(place, going)| worked.seats.get(*place).map(|seat| (seat, going)));
    let (mut flows, mut leaders, mut anew) = (BTreeMap::<(UnitId, UnitId), BTreeSet<&str>>::new(), BTreeSet::new(), 0);
    for (line, going) in gone {
        flows.entry((line.seat.unit, going.to)).or_default().insert(&line.seat.official);
        anew += usize::from(going.anew);
        if line.leads {
            leaders.insert(line.seat.official.as_str());
        }
    }
    let flow =
        |((from, to), people): ((UnitId, UnitId), BTreeSet<&str>)| FlowLine { from: before(from), to: after(to), people: people.len() };
    let children = worked.names.map.children(plan.subject, plan.on);
    Ok(Preview {
        facts,
        ends: plan.ends.iter().map(|unit| before(*unit)).collect(),
        begins: plan.begins.iter().map(|(unit, new)| (after(*unit), after(new.parent))).collect(),
        moves: plan.links.iter().map(|(unit, parent)| (before(*unit), after(*parent))).collect(),
        renames: plan.names.iter().map(|renaming| (before(renaming.unit), after(renaming.unit))).collect(),
        flows: flows.into_iter().map(flow).collect(),
        stuck: stuck(worked),
        people: worked.people(),
        staying: staying(worked),
        leaders: leaders.len(),
        anew,
        accounts,
        children: children.iter().map(|unit| before(unit.id)).collect(),
        posts: posts(worked),
        living: plan.successions.iter().filter(|(s, _)| s.to.0 > 0).map(|(s, _)| (s.to, worked.name(s.to).to_owned())).collect(),
        subject: before(plan.subject),
    })
}

fn named_before(worked: &Worked, unit: UnitId) -> (String, String) {
    let code = worked.names.unit(unit).map(|u| u.code.clone());
    (code.unwrap_or_else(|| worked.code(unit)), worked.name(unit).to_owned())
}

fn named_after(worked: &Worked, unit: UnitId) -> String {
    let is_renamed = worked.plan.names.iter().any(|renaming| renaming.unit == unit);
    if is_renamed { worked.after.units.get(&unit).map(|u| u.name.clone()).unwrap_or_default() } else { worked.name(unit).to_owned() }
}

fn stuck(worked: &Worked) -> Vec<StuckLine> {
    let line = |stuck: &domain::orgs::reorganise::Stuck| {
        let line = worked.seats.get(stuck.seat)?;
        Some(StuckLine {
            person: (line.seat.official.clone(), line.name.clone()),
            unit: named_before(worked, line.seat.unit),
            post: line.seat.post.clone(),
            hold: stuck.hold,
        })
    };
    worked.stuck.iter().filter_map(line).collect()
}

/// People of a unit that lives on, who do not go.
fn staying(worked: &Worked) -> usize {
    let stays = worked.seats.iter().filter(|line| worked.plan.destination(&line.seat) == Destination::Stays);
    stays.map(|line| line.seat.official.as_str()).collect::<BTreeSet<_>>().len()
}

/// Posts that a rule may speak of.
fn posts(worked: &Worked) -> Vec<(String, usize)> {
    let plan = &worked.plan;
    let is_asked =
        |unit: UnitId| plan.flows.iter().any(|flow| flow.from == unit && (unit == plan.subject || flow.rest == Destination::Nowhere));
    let mut posts = BTreeMap::<&str, usize>::new();
    for line in worked.seats.iter().filter(|line| is_asked(line.seat.unit)) {
        *posts.entry(&line.seat.post).or_default() += 1;
    }
    posts.into_iter().map(|(title, people)| (title.to_owned(), people)).collect()
}
