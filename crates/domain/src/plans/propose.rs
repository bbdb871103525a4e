//! Drafting lines from what is still missing: needs × approved programmes × quotas, greedy and the same every time, each with its reasons.
//! Not for: finding the best plan there is; an officer chooses among the drafts and changes them.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::burden::{Loads, add_load};
use super::needs::{Asked, is_about};
use super::{Agency, Line, MoneySource, Months, Seats, TopicRef, Working};
use crate::ids::{OfficialId, ProgrammeId, UnitId};
use crate::standards::Subject;
use crate::training::{ClassForm, ContentGroup, Mode, Programme};

/// Months in which classes are usually held: not before the new year of the moon, not while the year is closed.
pub const MONTHS: RangeInclusive<u8> = 3..=11;
/// Size of a class where neither a target nor a rule says one.
pub const USUAL_SIZE: u32 = 40;

/// A programme that may be taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Id.
    pub id: ProgrammeId,
    /// Title.
    pub title: String,
    /// Content group.
    pub content: ContentGroup,
    /// The named programme, if it is one.
    pub named: Option<Programme>,
    /// Periods.
    pub periods: u32,
    /// Days.
    pub days: u32,
    /// How people meet.
    pub mode: Mode,
}

/// Events that a quota still asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaGap {
    /// Quota code.
    pub quota: String,
    /// Topic to be taught.
    pub topic: TopicRef,
    /// Title of the topic.
    pub title: String,
    /// Who leads it, by actor code.
    pub lead: String,
    /// Form.
    pub form: ClassForm,
    /// How many.
    pub missing: u32,
}

/// What lines are drafted from.
pub struct Wanted<'a> {
    /// Needs without a place, with the people who have none.
    pub needs: &'a [(Asked, u32)],
    /// Approved programmes, by id.
    pub offers: &'a [Offer],
    /// Quotas that are not filled.
    pub quotas: &'a [QuotaGap],
    /// Usual sizes of classes.
    pub sizes: &'a BTreeMap<Programme, u32>,
    /// The size where none is usual.
    pub size: u32,
    /// The year.
    pub year: i32,
    /// Months in which classes are held.
    pub months: RangeInclusive<u8>,
    /// What communes carry already.
    pub loads: Loads,
    /// Where the named officials work.
    pub people: &'a BTreeMap<OfficialId, Working>,
    /// The commune or agency that a unit belongs to.
    pub home: &'a dyn Fn(UnitId) -> UnitId,
    /// Order of units, near ones together; none for one that is no commune.
    pub order: &'a dyn Fn(UnitId) -> Option<String>,
    /// The title of a requirement.
    pub requirement: &'a dyn Fn(&str) -> String,
    /// Who pays unless an officer says otherwise.
    pub source: MoneySource,
    /// The first key that is free.
    pub first_key: u32,
}

/// Why a line is drafted as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// So many needs of so many people ask for it.
    Needs {
        /// Needs.
        needs: usize,
        /// People.
        people: u32,
    },
    /// A quota asks for it.
    Quota(String),
    /// No approved programme teaches it.
    NoProgramme,
    /// Classes of the usual size.
    Size(u32),
    /// Small communes that stand next to each other learn together.
    Cluster(usize),
    /// The months in which the people carry least.
    Months(Months),
}

/// A drafted line with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The line.
    pub line: Line,
    /// Why.
    pub why: Vec<Reason>,
}

/// Needs by the place of their commune among its neighbours, and the commune.
type ByCommune<'n> = BTreeMap<(Option<String>, UnitId), Vec<&'n (Asked, u32)>>;

/// What one group of needs is taught by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Taught {
    Programme(ProgrammeId),
    Topic(TopicRef),
    /// Something of a subject, for one requirement where the needs come from one.
    Subject(Subject, Option<String>),
}

/// What a line says of itself that teaches a subject without a programme, so that it answers the needs it is drafted from.
const fn contents(subject: Subject) -> (Option<ContentGroup>, Option<Programme>) {
    match subject {
        Subject::Professional => (None, Some(Programme::Specialised)),
        Subject::StateManagement => (Some(ContentGroup::StateManagement), None),
        Subject::Leadership => (Some(ContentGroup::Leadership), None),
        Subject::PoliticalTheory => (Some(ContentGroup::PoliticalTheory), None),
        Subject::DefenceSecurity => (Some(ContentGroup::DefenceSecurity), None),
        Subject::It => (Some(ContentGroup::It), None),
        Subject::Language => (Some(ContentGroup::Language), None),
        Subject::PostSkills | Subject::Yearly => (Some(ContentGroup::PostSkills), None),
    }
}

/// Study days of a month.
const DAYS_OF_A_MONTH: u32 = 20;

/// Drafts lines: first what needs ask for, then what quotas still ask for.
#[must_use]
pub fn propose(wanted: &Wanted<'_>) -> Vec<Draft> {
    let mut groups: BTreeMap<Taught, Vec<&(Asked, u32)>> = BTreeMap::new();
    for need in wanted.needs {
        groups.entry(wanted.taught(&need.0)).or_default().push(need);
    }
    let mut drafting = Drafting { key: wanted.first_key, loads: wanted.loads.clone(), drafts: Vec::new(), wanted };
    for (taught, needs) in groups {
        let (near, far): (Vec<_>, Vec<_>) = needs.into_iter().partition(|need| (wanted.order)((wanted.home)(need.0.unit)).is_some());
        let size = wanted.size_of(&taught);
        for cluster in wanted.clusters(near, size) {
            drafting.needs(&taught, &cluster, size, true);
        }
        if !far.is_empty() {
            drafting.needs(&taught, &far, size, false);
        }
    }
    for gap in wanted.quotas {
        drafting.quota(gap);
    }
    drafting.drafts
}

impl Wanted<'_> {
    fn offer(&self, id: ProgrammeId) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.id == id)
    }

    /// By what a need is taught: the programme it names while that is approved, else its topic, else the first programme of its subject.
    fn taught(&self, need: &Asked) -> Taught {
        let named = need.programme.filter(|id| self.offer(*id).is_some());
        let fitting = || self.offers.iter().find(|offer| is_about(need.subject, Some(offer.content), offer.named, ClassForm::Class));
        match (named, &need.topic) {
            (Some(id), _) => Taught::Programme(id),
            (None, Some(topic)) => Taught::Topic(topic.clone()),
            (None, None) => match fitting() {
                Some(offer) => Taught::Programme(offer.id),
                None => Taught::Subject(need.subject, need.requirement.clone()),
            },
        }
    }

    fn size_of(&self, taught: &Taught) -> u32 {
        let named = match taught {
            Taught::Programme(id) => self.offer(*id).and_then(|offer| offer.named),
            Taught::Topic(_) | Taught::Subject(..) => None,
        };
        named.and_then(|named| self.sizes.get(&named)).copied().unwrap_or(self.size).max(1)
    }

    /// Needs of communes in the order of the communes, cut where a class is full; a small rest joins the cluster before it.
    fn clusters<'n>(&self, needs: Vec<&'n (Asked, u32)>, size: u32) -> Vec<Vec<&'n (Asked, u32)>> {
        let mut by_commune: ByCommune<'_> = BTreeMap::new();
        for need in needs {
            let home = (self.home)(need.0.unit);
            by_commune.entry(((self.order)(home), home)).or_default().push(need);
        }
        let mut clusters: Vec<Vec<&(Asked, u32)>> = Vec::new();
        let mut open: Vec<&(Asked, u32)> = Vec::new();
        for own in by_commune.into_values() {
            open.extend(own);
            if people(&open) >= size {
                clusters.push(std::mem::take(&mut open));
            }
        }
        match clusters.last_mut() {
            Some(last) if people(&open) < size / 2 => last.extend(open),
            _ if open.is_empty() => {}
            _ => clusters.push(open),
        }
        clusters
    }
}

fn people(needs: &[&(Asked, u32)]) -> u32 {
    needs.iter().map(|(_, people)| *people).sum()
}

struct Drafting<'w> {
    wanted: &'w Wanted<'w>,
    key: u32,
    loads: Loads,
    drafts: Vec<Draft>,
}

impl Drafting<'_> {
    fn line(&mut self) -> Line {
        let line = Line { source: Some(self.wanted.source), ..Line::empty(self.key, self.wanted.year) };
        self.key += 1;
        line
    }

    fn needs(&mut self, taught: &Taught, needs: &[&(Asked, u32)], size: u32, is_near: bool) {
        let count = people(needs);
        let mut line = self.line();
        line.classes = count.div_ceil(size).max(1);
        line.class_size = size;
        self.fill_in(&mut line, taught, needs);
        for (need, people) in needs {
            match need.official {
                Some(official) => line.officials.push(official),
                None => seat(&mut line.seats, Seats { unit: Some(need.unit), staff: need.staff, group: need.group, people: *people }),
            }
        }
        line.officials.sort();
        line.officials.dedup();
        let mut homes: Vec<UnitId> = needs.iter().map(|(need, _)| (self.wanted.home)(need.unit)).collect();
        homes.sort_by_key(|home| ((self.wanted.order)(*home), *home));
        homes.dedup();
        let mut why = vec![Reason::Needs { needs: needs.len(), people: count }, Reason::Size(size)];
        if line.programme.is_none() {
            why.push(Reason::NoProgramme);
        }
        if is_near && homes.len() > 1 {
            why.push(Reason::Cluster(homes.len()));
            line.cluster = homes;
        }
        self.finish(line, why);
    }

    fn fill_in(&self, line: &mut Line, taught: &Taught, needs: &[&(Asked, u32)]) {
        match taught {
            Taught::Programme(id) => {
                let Some(offer) = self.wanted.offer(*id) else { return };
                line.programme = Some(offer.id);
                line.words.clone_from(&offer.title);
                (line.named, line.content, line.mode) = (offer.named, Some(offer.content), offer.mode);
                (line.days, line.periods) = (offer.days, offer.periods);
            }
            Taught::Topic(topic) => line.topic = Some(topic.clone()),
            Taught::Subject(subject, requirement) => {
                (line.content, line.named) = contents(*subject);
                line.words = requirement.as_deref().map(self.wanted.requirement).unwrap_or_default();
            }
        }
        if line.words.is_empty() {
            line.words = needs.iter().map(|(need, _)| need.words.as_str()).find(|words| !words.is_empty()).unwrap_or_default().to_owned();
        }
    }

    fn quota(&mut self, gap: &QuotaGap) {
        let size = self.wanted.size.max(1);
        let mut line = self.line();
        line.topic = Some(gap.topic.clone());
        line.words.clone_from(&gap.title);
        line.form = gap.form;
        line.abroad = gap.form == ClassForm::Delegation;
        line.classes = gap.missing;
        line.class_size = size;
        line.lead = Some(Agency::Actor(gap.lead.clone()));
        line.seats = vec![Seats { unit: None, staff: None, group: None, people: gap.missing.saturating_mul(size) }];
        self.finish(line, vec![Reason::Quota(gap.quota.clone()), Reason::Size(size)]);
    }

    /// Puts the line into the months in which its people carry least so far, of equals those with the fewest people of anybody in
    /// classes, and of equals the earliest.
    fn finish(&mut self, mut line: Line, mut why: Vec<Reason>) {
        let span = u8::try_from(line.days.div_ceil(DAYS_OF_A_MONTH).clamp(1, 12)).unwrap_or(1);
        let (first, last) = (*self.wanted.months.start(), *self.wanted.months.end());
        let starts = first..=last.saturating_sub(span - 1).max(first);
        let spans = starts.map(|from| Months { from, to: (from + span - 1).min(12) });
        let Some(months) =
            spans.min_by_key(|months| (self.carried(&line, *months, true), self.carried(&line, *months, false), months.from))
        else {
            return;
        };
        line.months = vec![months];
        why.push(Reason::Months(months));
        add_load(&mut self.loads, &line, self.wanted.people, self.wanted.home);
        self.drafts.push(Draft { line, why });
    }

    /// People who sit in classes in these months: of the line's own units, or of all; a line of nobody's unit looks at all.
    fn carried(&self, line: &Line, months: Months, own: bool) -> i64 {
        let named = line.officials.iter().filter_map(|id| self.wanted.people.get(id)).map(|who| who.unit);
        let homes: Vec<UnitId> = named.chain(line.seats.iter().filter_map(|seats| seats.unit)).map(self.wanted.home).collect();
        let inside = |(unit, year, month): &(UnitId, i32, u8)| {
            *year == line.year && (months.from..=months.to).contains(month) && (!own || homes.is_empty() || homes.contains(unit))
        };
        self.loads.iter().filter(|(at, _)| inside(at)).map(|(_, load)| load.people).sum()
    }
}

/// Adds places to those of the same kind.
fn seat(all: &mut Vec<Seats>, new: Seats) {
    let same = all.iter_mut().find(|old| (old.unit, old.staff, old.group) == (new.unit, new.staff, new.group));
    match same {
        Some(old) => old.people += new.people,
        None => all.push(new),
    }
}
