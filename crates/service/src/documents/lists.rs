//! Papers made of figures of the day: the needs of a year as one table, and who is to be trained at once.
//! Not for: counting (`needs`, `gaps`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ::documents::papers::forms::{NeedsLine, NeedsTable, UrgentLine, UrgentList};
use domain::needs::NeedState;
use domain::people::StaffKind;
use domain::standards::Subject;
use store::read::needs::NeedLine;

use super::{DocumentRefusal, Refused, words};
use crate::gaps::{self, Weights};
use crate::registry::without_refusal;
use crate::standards::Shelf;
use crate::{ActError, Ctx, Services, needs, registry, standards};

/// What lines of the table have in common.
type Key = (Subject, String, String);

/// The needs of a year, by subject and content; without a state those that units or levels above say are needs.
pub(super) async fn needs(services: &Services, ctx: &Ctx, ask: &needs::Ask) -> Result<NeedsTable, Refused> {
    let mut ask = ask.clone();
    if ask.states.is_empty() {
        ask.states = vec![NeedState::Confirmed, NeedState::Approved];
    }
    let lines = needs::all(services, ctx, &ask).await.map_err(without_refusal)?;
    let year = ask.year.unwrap_or_else(|| ctx.today.year());
    if lines.is_empty() {
        return Err(ActError::Refused(DocumentRefusal::Empty));
    }
    let shelf = standards::shelf(services, ctx).await.map_err(without_refusal)?;
    let known = crate::schemes::in_force(services, ctx).await.map_err(without_refusal)?;
    let topic = |(scheme, topic): &(String, String)| {
        let found = known.iter().find(|stored| stored.scheme.code == *scheme)?;
        found.scheme.topics.iter().find(|known| known.code == *topic).map(|topic| topic.title.vi.clone())
    };
    let offered = crate::programmes::offered(services, ctx).await.map_err(without_refusal)?;
    let programme = |need: &NeedLine| {
        let known = need.programme.and_then(|id| offered.iter().find(|line| line.id == id));
        known.map(|line| line.title.clone()).unwrap_or_default()
    };
    let mut sums: BTreeMap<Key, (NeedsLine, BTreeSet<&str>)> = BTreeMap::new();
    for need in &lines {
        let (programme, topic) = (programme(need), need.topic.as_ref().and_then(topic));
        let said = said(&shelf, need, topic, &programme);
        let (line, units) = sums.entry((need.subject, said, programme)).or_default();
        add(line, need);
        units.insert(&need.unit.2);
    }
    let line = |((subject, topic, programme), (line, units)): (Key, (NeedsLine, BTreeSet<&str>))| NeedsLine {
        group: words::subject(subject).to_owned(),
        topic,
        programme,
        units: some(&units),
        ..line
    };
    Ok(NeedsTable {
        year,
        bases: Vec::new(),
        to: Vec::new(),
        answered: answered(services, ctx, &ask).await?,
        lines: sums.into_iter().map(line).collect(),
    })
}

/// How many of the units right below have needs, out of how many.
async fn answered(services: &Services, ctx: &Ctx, ask: &needs::Ask) -> Result<(u32, u32), Refused> {
    let parents = match &ask.unit {
        Some(code) => vec![registry::unit(services, ctx, code, ask.on).await.map_err(without_refusal)?],
        None => registry::home_units(services, ctx, ask.on).await.map_err(without_refusal)?,
    };
    let below = || parents.iter().flat_map(|parent| &parent.children).filter(|child| child.life.contains(ask.on));
    let rows = needs::consolidated(services, ctx, ask).await.map_err(without_refusal)?.rows;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok((count(below().filter(|child| rows.iter().any(|row| row.unit.id == child.id)).count()), count(below().count())))
}

/// What is needed, in words.
fn said(shelf: &Arc<Shelf>, need: &NeedLine, topic: Option<String>, programme: &str) -> String {
    let requirement = need.requirement.as_deref().and_then(|code| shelf.requirement(code)).map(|known| known.title.vi.clone());
    let parts: Vec<String> = [requirement, topic, Some(need.words.clone())].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    match (parts.is_empty(), programme) {
        (false, _) => parts.join("; "),
        (true, "") => words::subject(need.subject).to_owned(),
        (true, programme) => programme.to_owned(),
    }
}

fn add(line: &mut NeedsLine, need: &NeedLine) {
    let people = u32::try_from(need.people).unwrap_or(0);
    let figure = match need.staff {
        Some(StaffKind::CanBo) => &mut line.can_bo,
        Some(StaffKind::CongChuc) => &mut line.cong_chuc,
        Some(StaffKind::VienChuc) => &mut line.vien_chuc,
        Some(StaffKind::KhongChuyenTrach) => &mut line.part_time,
        None => &mut line.unsaid,
    };
    *figure = figure.saturating_add(people);
}

/// Units that a line names; more are told as a number.
const MOST_NAMED: usize = 4;

fn some(units: &BTreeSet<&str>) -> String {
    if units.len() > MOST_NAMED {
        format!("{} cơ quan, đơn vị", units.len())
    } else {
        units.iter().copied().collect::<Vec<_>>().join("; ")
    }
}

/// Who is to be trained at once; noted in the audit as taken out.
pub(super) async fn urgent(
    services: &Services,
    ctx: &Ctx,
    ask: &gaps::Ask,
    weights: &Weights,
    most: usize,
    organiser: &str,
) -> Result<UrgentList, Refused> {
    let rows = gaps::paper(services, ctx, ask, weights, most).await.map_err(without_refusal)?;
    if rows.is_empty() {
        return Err(ActError::Refused(DocumentRefusal::Empty));
    }
    let line = |row: gaps::PaperRow| UrgentLine {
        name: row.name,
        post: row.post,
        unit: row.unit,
        requirement: row.missing.into_iter().map(|(title, _)| title).chain(row.stated).collect::<Vec<_>>().join("; "),
        reasons: row.reasons.into_iter().map(words::reason).collect::<Vec<_>>().join("; "),
    };
    Ok(UrgentList { as_of: ask.on, bases: Vec::new(), lines: rows.into_iter().map(line).collect(), organiser: organiser.to_owned() })
}
