//! Which needs the lines of a plan answer, who is still without a place, and which lines nobody needs.
//! Not for: collecting needs (`store`), or promises (`effects`).

use std::collections::{BTreeMap, BTreeSet};

use super::{Body, Line, TopicRef, Tree, Working};
use crate::ids::{NeedId, OfficialId, ProgrammeId, UnitId};
use crate::people::{LeaderGroup, StaffKind};
use crate::standards::Subject;
use crate::training::{ClassForm, ContentGroup, Programme};

/// An approved need: one official, or so many people of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Id.
    pub id: NeedId,
    /// Unit.
    pub unit: UnitId,
    /// The official, if one is meant.
    pub official: Option<OfficialId>,
    /// How many people.
    pub people: u32,
    /// What it is about.
    pub subject: Subject,
    /// Code of the requirement that it meets, if it comes from one.
    pub requirement: Option<String>,
    /// The programme asked for.
    pub programme: Option<ProgrammeId>,
    /// The topic asked for.
    pub topic: Option<TopicRef>,
    /// Kind of staff, if known.
    pub staff: Option<StaffKind>,
    /// Group of leaders, if any.
    pub group: Option<LeaderGroup>,
    /// In words.
    pub words: String,
}

/// Whether a line teaches what a need asks for: the programme when the need names one, else the topic, else something of its subject.
#[must_use]
pub fn answers(line: &Line, need: &Asked) -> bool {
    if need.programme.is_some() {
        return line.programme == need.programme;
    }
    if need.topic.is_some() {
        return line.topic == need.topic;
    }
    is_about(need.subject, line.content, line.named, line.form)
}

/// Whether a content is of a subject.
#[must_use]
pub fn is_about(subject: Subject, content: Option<ContentGroup>, named: Option<Programme>, form: ClassForm) -> bool {
    match subject {
        Subject::Professional => form == ClassForm::Degree || named == Some(Programme::Specialised),
        Subject::StateManagement => content == Some(ContentGroup::StateManagement),
        Subject::Leadership => content == Some(ContentGroup::Leadership),
        Subject::PoliticalTheory => content == Some(ContentGroup::PoliticalTheory),
        Subject::DefenceSecurity => content == Some(ContentGroup::DefenceSecurity),
        Subject::PostSkills => matches!(
            content,
            Some(
                ContentGroup::PostSkills
                    | ContentGroup::It
                    | ContentGroup::Language
                    | ContentGroup::ScienceDigital
                    | ContentGroup::AdministrativeReform
                    | ContentGroup::Other
            )
        ),
        Subject::It => matches!(content, Some(ContentGroup::It | ContentGroup::ScienceDigital)),
        Subject::Language => content == Some(ContentGroup::Language),
        Subject::Yearly => form != ClassForm::Degree && content.is_some(),
    }
}

/// What a plan does for needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Needs with the people whom no line covers, in the order of the needs.
    pub open: Vec<(NeedId, u32)>,
    /// Lines by the need they cover, with how many people.
    pub covered: BTreeMap<NeedId, Vec<(u32, u32)>>,
    /// Lines that answer no need.
    pub idle: Vec<u32>,
}

/// Gives needs the places of a plan: first to who is named, then, need by need, places without names that fit.
#[must_use]
pub fn coverage(body: &Body, needs: &[Asked], tree: &Tree) -> Coverage {
    let mut coverage = Coverage::default();
    let mut answering: BTreeSet<u32> = BTreeSet::new();
    let named: Vec<BTreeSet<OfficialId>> = body.lines.iter().map(|line| line.officials.iter().copied().collect()).collect();
    let mut free: Vec<Vec<u32>> = body.lines.iter().map(|line| line.seats.iter().map(|seats| seats.people).collect()).collect();
    let mut open = Vec::new();
    for need in needs {
        let fitting = || body.lines.iter().zip(&named).filter(|(line, _)| answers(line, need));
        answering.extend(fitting().map(|(line, _)| line.key));
        match need.official.and_then(|official| fitting().find(|(_, named)| named.contains(&official))) {
            Some((line, _)) => coverage.covered.entry(need.id).or_default().push((line.key, 1)),
            None => open.push(need),
        }
    }
    for need in open {
        let mut left = need.people;
        for (line, free) in body.lines.iter().zip(&mut free).filter(|(line, _)| answers(line, need)) {
            let taken = take(line, free, need, left, tree);
            if taken > 0 {
                left -= taken;
                coverage.covered.entry(need.id).or_default().push((line.key, taken));
            }
        }
        if left > 0 {
            coverage.open.push((need.id, left));
        }
    }
    coverage.idle = body.lines.iter().map(|line| line.key).filter(|key| !answering.contains(key)).collect();
    coverage
}

fn take(line: &Line, free: &mut [u32], need: &Asked, wanted: u32, tree: &Tree) -> u32 {
    let mut taken = 0;
    for (seats, free) in line.seats.iter().zip(free) {
        // Of people whose kind is not known, the kind is not asked.
        let working = Working {
            unit: need.unit,
            staff: need.staff.or(seats.staff).unwrap_or(StaffKind::CongChuc),
            group: if need.staff.is_none() { need.group.or(seats.group) } else { need.group },
        };
        if seats.take(&working, tree) {
            let some = (*free).min(wanted - taken);
            *free -= some;
            taken += some;
        }
    }
    taken
}
