//! Where everybody of a class stands: attendance, grades, and what the law of the class makes of both.
//! Not for: changing anything.

use std::collections::BTreeMap;

use domain::attendance::{LateRule, Share};
use domain::ids::{OfficialId, WorkId};
use domain::results::{Attempts, Points, Proposal, Rule, propose};
use law::results::band;
use law::{CourseEnd, Used, Words};
use store::At;
use store::read::attendance::{self, Attendee, Marks};
use store::read::classes::{ClassLine, Meeting, sittings};
use store::read::grades::{GradeLine, WorkLine, grades, works};

use crate::attendance::{Kept, rules_of};
use crate::lawbook::law;
use crate::{ActError, Ctx};

/// The band of a mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// Code.
    pub code: String,
    /// Name.
    pub name: Words,
}

/// Where somebody stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub attendee: Attendee,
    /// Periods attended of those held.
    pub share: Share,
    /// Grades for each work of the class, in its order.
    pub grades: Vec<Attempts>,
    /// What the law asks.
    pub rule: Rule,
    /// What follows.
    pub proposal: Proposal,
    /// Band of the mean.
    pub band: Option<Band>,
    /// The parameters that the rule rests on.
    pub used: Vec<Used>,
}

/// A class with where everybody stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standings {
    /// Works of the class.
    pub(crate) works: Vec<WorkLine>,
    /// Everybody of it, in name order.
    pub(crate) people: Vec<Standing>,
}

impl Standings {
    /// A grade as it stands.
    pub(crate) fn grade(&self, standing: &Standing, work: WorkId, attempt: usize) -> Option<Points> {
        let at = self.works.iter().position(|line| line.id == work)?;
        *standing.grades.get(at)?.0.get(attempt)?
    }
}

/// Where everybody of a class stands, by a fixed number of statements.
pub(crate) async fn standings(at: At<'_>, ctx: &Ctx, class: &ClassLine, late: LateRule) -> Result<Standings, ActError> {
    let lines = sittings(at, Meeting::Of(class.id)).await?;
    let attendees = attendance::attendees(at, class.id, ctx.today).await?;
    let marks = Kept::of(attendance::marks(at, Marks::OfClass(class.id)).await?);
    let works = works(at, class.id).await?;
    let mut graded: BTreeMap<OfficialId, Vec<GradeLine>> = BTreeMap::new();
    for grade in grades(at, class.id).await? {
        graded.entry(grade.official).or_default().push(grade);
    }
    let found = rules_of(class, attendees.iter())?;
    let law = law()?;
    let standing = |attendee: Attendee| {
        let own = graded.get(&attendee.official.0).map(Vec::as_slice).unwrap_or_default();
        let grades: Vec<Attempts> = works.iter().map(|work| attempts(own, work.id)).collect();
        let share = marks.share(&lines, attendee.official.0, late);
        let found = found.get(&attendee.staff);
        let rule = found.map(|found| found.rule.value).unwrap_or_default();
        let weighed: Vec<(i32, Attempts)> = works.iter().map(|line| line.work.weight).zip(grades.iter().copied()).collect();
        let proposal = propose(share, &weighed, &rule);
        let end = CourseEnd(class.terms.ends_on);
        let step = proposal.overall.and_then(|points| band(law, attendee.staff, end, points));
        let band = step.map(|step| Band { code: step.code.clone(), name: step.name.clone() });
        let used = found.map(|found| found.rule.used.clone()).unwrap_or_default();
        Standing { attendee, share, grades, rule, proposal, band, used }
    };
    let people = attendees.into_iter().map(standing).collect();
    Ok(Standings { works, people })
}

fn attempts(own: &[GradeLine], work: WorkId) -> Attempts {
    let mut attempts = Attempts::default();
    for grade in own.iter().filter(|grade| grade.work == work) {
        if let Some(place) = attempts.0.get_mut(grade.attempt) {
            *place = Some(grade.points);
        }
    }
    attempts
}

/// The articles that a parameter comes from, in words.
///
/// # Errors
/// [`ActError::Internal`] when the shipped law cannot be read.
pub fn cited(used: &Used) -> Result<Vec<Words>, ActError> {
    let law = law()?;
    Ok(used.cites.iter().map(|cite| law.cited(cite)).collect())
}
