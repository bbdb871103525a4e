//! Everybody of a class beside all its sittings, with the share that each attended.
//! Not for: one roll (`super`).

use std::collections::BTreeMap;

use domain::attendance::{Said, Share};
use domain::ids::{OfficialId, SittingId};
use domain::roles::{Act, Reach};
use domain::training::Outcome;
use law::Used;
use store::At;
use store::read::attendance::{self as read, Attendee, MarkLine, Marks};
use store::read::classes::{ClassLine, Meeting, SittingLine, sittings};

use super::{is_open, rules, rules_of, teaches};
use crate::classes::{keeper, seen};
use crate::nominations::tree;
use crate::{ActError, Ctx, Services};
use domain::attendance::checkin::Fence;

/// Somebody's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Who.
    pub attendee: Attendee,
    /// What is said at each sitting.
    pub said: Vec<Option<Said>>,
    /// The share so far.
    pub share: Share,
    /// The per cent asked by the law of the class, if it is known.
    pub asked: Option<i64>,
    /// Whether the share reaches it.
    pub reaches: Option<bool>,
}

/// The overview of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The class.
    pub class: ClassLine,
    /// Its sittings: the line, whether the roll was called, whether the asker may call it.
    pub sittings: Vec<(SittingLine, bool, bool)>,
    /// Whom the asker may see.
    pub rows: Vec<Row>,
    /// How many others there are.
    pub others: usize,
    /// The parameters that the rule rests on.
    pub used: Vec<Used>,
    /// How far off the class somebody may check in.
    pub fence: Option<Fence>,
    /// Whether the asker keeps the class.
    pub keeps: bool,
}

/// The overview, as far as the asker sees people: all for whoever keeps the class or teaches in it, the own units' for offices, the own row
/// for a learner.
///
/// # Errors
/// [`ActError::NotFound`] without such a class; [`ActError::Forbidden`] for roles that see none.
pub async fn overview(services: &Services, ctx: &Ctx, code: &str) -> Result<Overview, ActError> {
    let class = seen(services, ctx, code).await?;
    let at = At::Reader(&services.db);
    let keeps = keeper(services, ctx, class.terms.lead).await.is_ok();
    let lines = sittings(at, Meeting::Of(class.id)).await?;
    let attendees = read::attendees(at, class.id, ctx.today).await?;
    let found = rules_of(&class, attendees.iter())?;
    let late = rules(services).await?.late;
    let marks = Kept::of(read::marks(at, Marks::OfClass(class.id)).await?);
    let fence = read::fence(at, class.id).await?;
    let (seen, others) =
        if keeps || lines.iter().any(|line| teaches(ctx, line)) { (attendees, 0) } else { visible(services, ctx, attendees).await? };
    let row = |attendee: Attendee| {
        let said: Vec<Option<Said>> = lines.iter().map(|line| marks.said(line.id, attendee.official.0)).collect();
        let share = marks.share(&lines, attendee.official.0, late);
        let asked = found.get(&attendee.staff).and_then(|found| found.rule.value.share);
        let reaches = asked.and_then(|asked| share.reaches(asked));
        Row { attendee, said, share, asked, reaches }
    };
    let is_shown = |attendee: &Attendee| attendee.outcome != Outcome::Withdrawn || marks.has(attendee.official.0);
    let rows = seen.into_iter().filter(is_shown).map(row).collect();
    let mut used: Vec<Used> = Vec::new();
    for one in found.into_values().flat_map(|found| found.rule.used) {
        if one.key == "attendance_share" && !used.contains(&one) {
            used.push(one);
        }
    }
    let may_call = |line: &SittingLine| is_open(&class) && line.sitting.on <= ctx.today && (keeps || teaches(ctx, line));
    let sittings = lines.iter().map(|line| (line.clone(), marks.is_called(line.id), may_call(line))).collect();
    Ok(Overview { sittings, class, rows, others, used, fence, keeps })
}

async fn visible(services: &Services, ctx: &Ctx, attendees: Vec<Attendee>) -> Result<(Vec<Attendee>, usize), ActError> {
    let all = attendees.len();
    let own = ctx.who.as_ref().and_then(|who| who.official);
    let tree = tree(services, ctx, ctx.today).await;
    let scope = ctx.scope(Act::ViewPeople).ok();
    let sees = |attendee: &Attendee| {
        let is_own = Some(attendee.official.0) == own;
        is_own
            || scope.as_ref().is_some_and(|scope| match scope.reach() {
                Reach::Province => true,
                Reach::Units(roots) => tree.as_ref().is_ok_and(|tree| roots.iter().any(|root| tree.is_within(attendee.unit_id, *root))),
                Reach::Own(official) => attendee.official.0 == *official,
            })
    };
    let seen: Vec<Attendee> = attendees.into_iter().filter(sees).collect();
    let others = all - seen.len();
    Ok((seen, others))
}

/// Marks of a class by sitting and person.
pub(crate) struct Kept(BTreeMap<SittingId, BTreeMap<OfficialId, Said>>);

impl Kept {
    pub(crate) fn of(marks: Vec<MarkLine>) -> Self {
        let mut kept: BTreeMap<SittingId, BTreeMap<OfficialId, Said>> = BTreeMap::new();
        for mark in marks {
            kept.entry(mark.sitting).or_default().insert(mark.official, mark.said);
        }
        Self(kept)
    }

    fn is_called(&self, sitting: SittingId) -> bool {
        self.0.contains_key(&sitting)
    }

    fn said(&self, sitting: SittingId, official: OfficialId) -> Option<Said> {
        self.0.get(&sitting)?.get(&official).copied()
    }

    fn has(&self, official: OfficialId) -> bool {
        self.0.values().any(|marks| marks.contains_key(&official))
    }

    /// The share of somebody over the sittings whose roll was called.
    pub(crate) fn share(&self, lines: &[SittingLine], official: OfficialId, late: domain::attendance::LateRule) -> Share {
        let called = lines.iter().filter(|line| self.is_called(line.id));
        Share::over(called.map(|line| (line.sitting.periods, self.said(line.id, official))), late)
    }
}
