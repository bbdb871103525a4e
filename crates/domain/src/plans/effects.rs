//! What the classes of a plan would add to each promise and quota, before they are held.
//! Not for: loading who is missing (`store`) or judging (`progress`); nothing here looks at a database.
//!
//! Who is named is counted exactly: only an official who does not count yet adds anything, and only once. Places without names take, as
//! the most that can come of them, the missing people whom they fit; pages say so.

use std::collections::{BTreeMap, BTreeSet};

use super::{Body, Line, Months, Run, Seats, Tree, Working};
use crate::codes;
use crate::ids::{OfficialId, UnitId};
use crate::people::{LeaderGroup, StaffKind};
use crate::progress::{Counted, Window};
use crate::quotas::{Counts, EventCount, PlaceCount};
use crate::schemes::filters::DatedBy;
use crate::schemes::targets::InnerFilter;
use crate::schemes::{Did, EventFilter, Measure, RecordFilter, Target, TopicScope};
use crate::time::Date;
use crate::training::{ClassForm, Outcome, TrainingKind};

codes! {
    /// Why classes do not move a promise.
    NotMoved {
        /// It asks what was met before an appointment.
        BeforeEvent = "before_event",
        /// It asks for reports and judgements after a class.
        FollowUp = "follow_up",
        /// It asks for a degree or certificate that is held.
        Held = "held",
        /// It asks for a thing that is handed out.
        Received = "received",
        /// It asks for ratings.
        Rated = "rated",
        /// An officer sets it.
        YesNo = "yes_no",
    }
}

/// Whether classes can move what a target counts.
///
/// # Errors
/// Why they cannot.
pub const fn is_moved(measure: &Measure) -> Result<(), NotMoved> {
    match measure {
        Measure::ShareOfPeople { did: Did::Trained(_), .. }
        | Measure::PerPersonPerYear { .. }
        | Measure::CountOfPeople { .. }
        | Measure::CountOfEvents { .. } => Ok(()),
        Measure::ShareOfPeople { did: Did::Holds(_), .. } | Measure::StateOfPeople { .. } => Err(NotMoved::Held),
        Measure::ShareOfPeople { did: Did::Received(_), .. } => Err(NotMoved::Received),
        Measure::BeforeEvent { .. } => Err(NotMoved::BeforeEvent),
        Measure::FollowUpShare { .. } => Err(NotMoved::FollowUp),
        Measure::RatedShare { .. } => Err(NotMoved::Rated),
        Measure::YesNo => Err(NotMoved::YesNo),
    }
}

/// Somebody of the audience of a target who does not count yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub official: OfficialId,
    /// Where.
    pub working: Working,
    /// What is missing: periods for a yearly amount, else 1.
    pub short: i64,
}

type Bucket = (UnitId, StaffKind, Option<LeaderGroup>, i64);

/// Everybody of an audience who does not count yet, ready to be asked many times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audience {
    people: BTreeMap<OfficialId, (Working, i64)>,
    buckets: BTreeMap<Bucket, i64>,
}

impl Audience {
    /// Of these people.
    pub fn of(candidates: impl IntoIterator<Item = Candidate>) -> Self {
        let mut audience = Self::default();
        for candidate in candidates {
            if audience.people.insert(candidate.official, (candidate.working, candidate.short)).is_none() {
                *audience.buckets.entry(bucket(&candidate.working, candidate.short)).or_default() += 1;
            }
        }
        audience
    }
}

const fn bucket(working: &Working, short: i64) -> Bucket {
    (working.unit, working.staff, working.group, short)
}

/// What is asked of a plan.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Code of the scheme whose topics the target means.
    pub scheme: &'a str,
    /// The target.
    pub target: &'a Target,
    /// The part of its period that the plan lies in.
    pub window: &'a Window,
    /// Classes on or before this day are held already, and counted.
    pub held_until: Date,
    /// Who does not count yet.
    pub audience: &'a Audience,
    /// Where the named officials work.
    pub people: &'a BTreeMap<OfficialId, Working>,
    /// Who stands under whom.
    pub tree: &'a Tree,
}

/// What a plan adds to a target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// What it adds of officials who are named, or of classes.
    pub named: i64,
    /// What it adds at most of places without names.
    pub assumed: i64,
    /// What it adds inside the inner minimum, at least.
    pub inner: i64,
    /// What each line adds; lines that add nothing are left out.
    pub lines: BTreeMap<u32, i64>,
}

impl Effect {
    /// Everything it adds.
    #[must_use]
    pub const fn added(&self) -> i64 {
        self.named + self.assumed
    }

    /// What would be counted with the plan.
    #[must_use]
    pub const fn onto(&self, now: Counted) -> Counted {
        Counted { numerator: now.numerator + self.added(), inner: now.inner + self.inner, ..now }
    }
}

/// What a plan adds to a target.
///
/// # Errors
/// Why classes do not move it.
pub fn on_target(body: &Body, question: &Question<'_>) -> Result<Effect, NotMoved> {
    is_moved(&question.target.measure)?;
    Ok(match &question.target.measure {
        Measure::CountOfEvents { events } => question.events(body, events),
        Measure::ShareOfPeople { did: Did::Trained(did), .. } | Measure::CountOfPeople { did, .. } => question.people(body, did, false),
        Measure::PerPersonPerYear { did, .. } => question.people(body, did, true),
        _ => Effect::default(),
    })
}

/// Whether a plan has classes to come that send people whom the target looks for; only then its audience is needed.
#[must_use]
pub fn asks_for_people(body: &Body, question: &Question<'_>) -> bool {
    let (Measure::ShareOfPeople { did: Did::Trained(did), .. }
    | Measure::CountOfPeople { did, .. }
    | Measure::PerPersonPerYear { did, .. }) = &question.target.measure
    else {
        return false;
    };
    body.lines.iter().any(|line| question.is_such(line, did) && !question.runs(line, did.dated_by).is_empty())
}

impl Question<'_> {
    /// The classes of a line that are still to be held within the window, by the day that decides.
    fn runs<'l>(&self, line: &'l Line, dated_by: DatedBy) -> Vec<Run<'l>> {
        let day = |months: Months| match dated_by {
            DatedBy::Start => months.first(line.year),
            DatedBy::End => months.last(line.year),
        };
        let counts = |run: &Run<'_>| {
            let day = run.months.and_then(day);
            day.is_some_and(|day| day > self.held_until && self.window.from <= day && day < self.window.to)
        };
        line.runs().into_iter().filter(counts).collect()
    }

    fn is_topic(&self, line: &Line, topics: Option<&TopicScope>) -> bool {
        let of_scheme = || line.topic.as_ref().filter(|topic| topic.scheme == self.scheme);
        match topics {
            None => true,
            Some(TopicScope::Any) => of_scheme().is_some(),
            Some(TopicScope::Of(codes)) => of_scheme().is_some_and(|topic| codes.is_empty() || codes.contains(&topic.code)),
        }
    }

    /// Whether attending a class of the line would be such an attendance, whoever attends.
    fn is_such(&self, line: &Line, did: &RecordFilter) -> bool {
        let kind = if line.form == ClassForm::Degree { TrainingKind::Education } else { TrainingKind::Training };
        any(&did.kinds, Some(kind))
            && any(&did.contents, line.content)
            && any(&did.degrees, line.degree)
            && any(&did.fields, line.field)
            && any(&did.programmes, line.named)
            && any(&did.forms, Some(line.form))
            && any(&did.modes, Some(line.mode))
            && did.abroad.is_none_or(|abroad| abroad == line.abroad)
            && any(&did.outcomes, Some(Outcome::Finished))
            && self.is_topic(line, did.topics.as_ref())
    }

    fn people(&self, body: &Body, did: &RecordFilter, by_periods: bool) -> Effect {
        let inner = match self.target.inner.as_ref().map(|inner| &inner.of) {
            Some(InnerFilter::Records(inner)) => Some(inner),
            _ => None,
        };
        let mut filling =
            Filling { question: self, did, inner, by_periods, left: BTreeMap::new(), done: BTreeSet::new(), effect: Effect::default() };
        let lines = || body.lines.iter().filter(|line| self.is_such(line, did));
        for line in lines() {
            filling.named(line);
        }
        let mut buckets = filling.remaining();
        let mut places: Vec<(&Line, Seats)> = Vec::new();
        for line in lines() {
            places.extend(self.runs(line, did.dated_by).into_iter().flat_map(|run| run.seats).map(|seats| (line, seats)));
        }
        // Places that few people fit choose first, so that places for anybody leave those people to them.
        places.sort_by_key(|(_, seats)| std::cmp::Reverse([seats.unit.is_some(), seats.group.is_some(), seats.staff.is_some()]));
        for (line, seats) in places {
            filling.places(line, &seats, &mut buckets);
        }
        filling.effect
    }

    fn events(&self, body: &Body, filter: &EventFilter) -> Effect {
        let inner = match self.target.inner.as_ref().map(|inner| &inner.of) {
            Some(InnerFilter::Events(inner)) => Some(inner),
            _ => None,
        };
        let mut effect = Effect::default();
        for line in &body.lines {
            let runs = self.runs(line, DatedBy::Start);
            let held =
                |filter: &EventFilter| i64::try_from(runs.iter().filter(|run| self.is_event(line, run, filter)).count()).unwrap_or(0);
            let added = held(filter);
            if added > 0 {
                effect.named += added;
                effect.lines.insert(line.key, added);
                let both = |inner: &EventFilter| {
                    runs.iter().filter(|run| self.is_event(line, run, filter) && self.is_event(line, run, inner)).count()
                };
                effect.inner += inner.map_or(0, |inner| i64::try_from(both(inner)).unwrap_or(0));
            }
        }
        effect
    }

    fn is_event(&self, line: &Line, run: &Run<'_>, filter: &EventFilter) -> bool {
        let size = u32::try_from(run.people()).unwrap_or(u32::MAX);
        let groups = || {
            let named = run.officials.iter().filter_map(|id| self.people.get(id)?.group);
            named.chain(run.seats.iter().filter_map(|seats| seats.group)).collect::<Vec<_>>()
        };
        any(&filter.forms, Some(line.form))
            && any(&filter.contents, line.content)
            && any(&filter.programmes, line.named)
            && filter.abroad.is_none_or(|abroad| abroad == line.abroad)
            && self.is_topic(line, filter.topics.as_ref())
            && filter.size.is_none_or(|(least, most)| (least..=most).contains(&size))
            && (filter.with_groups.is_empty() || groups().iter().any(|group| filter.with_groups.contains(group)))
    }
}

fn any<T: PartialEq>(list: &[T], value: Option<T>) -> bool {
    list.is_empty() || value.is_some_and(|value| list.contains(&value))
}

/// Fills the classes with the people who are missing.
struct Filling<'q> {
    question: &'q Question<'q>,
    did: &'q RecordFilter,
    /// What counts inside the inner minimum, if there is one.
    inner: Option<&'q RecordFilter>,
    by_periods: bool,
    /// What is still missing of officials who were raised.
    left: BTreeMap<OfficialId, i64>,
    done: BTreeSet<OfficialId>,
    effect: Effect,
}

impl Filling<'_> {
    fn gain(&self, line: &Line) -> i64 {
        if self.by_periods { i64::from(line.periods) } else { 1 }
    }

    /// Whether attending the line counts inside the inner minimum for this kind of staff.
    fn is_inner(&self, line: &Line, staff: StaffKind) -> bool {
        self.inner.is_some_and(|inner| self.question.is_such(line, inner) && any(&inner.staff, Some(staff)))
    }

    /// What the named officials of a line add.
    fn named(&mut self, line: &Line) {
        let gain = self.gain(line);
        let mut added = 0;
        for run in self.question.runs(line, self.did.dated_by) {
            for official in run.officials {
                let Some((working, short)) = self.question.audience.people.get(official) else { continue };
                if self.done.contains(official) || !any(&self.did.staff, Some(working.staff)) {
                    continue;
                }
                let is_inner = self.is_inner(line, working.staff);
                let left = self.left.entry(*official).or_insert(*short);
                *left -= gain;
                if *left <= 0 {
                    self.done.insert(*official);
                    added += 1;
                    self.effect.inner += i64::from(is_inner);
                }
            }
        }
        self.effect.named += added;
        self.note(line, added);
    }

    /// Who is still missing after the named ones, by what places ask.
    fn remaining(&self) -> BTreeMap<Bucket, i64> {
        let mut buckets = self.question.audience.buckets.clone();
        for (official, left) in &self.left {
            let Some((working, short)) = self.question.audience.people.get(official) else { continue };
            if let Some(count) = buckets.get_mut(&bucket(working, *short)) {
                *count -= 1;
            }
            if *left > 0 {
                *buckets.entry(bucket(working, *left)).or_default() += 1;
            }
        }
        buckets.retain(|(_, staff, _, _), count| *count > 0 && any(&self.did.staff, Some(*staff)));
        buckets
    }

    /// What places without names add at most.
    fn places(&mut self, line: &Line, seats: &Seats, buckets: &mut BTreeMap<Bucket, i64>) {
        let (gain, mut free) = (self.gain(line), i64::from(seats.people));
        for ((unit, staff, group, short), count) in buckets.iter_mut() {
            let working = Working { unit: *unit, staff: *staff, group: *group };
            if free > 0 && *count > 0 && *short <= gain && seats.take(&working, self.question.tree) {
                let taken = free.min(*count);
                *count -= taken;
                free -= taken;
                self.effect.inner += if self.is_inner(line, *staff) { taken } else { 0 };
            }
        }
        let added = i64::from(seats.people) - free;
        self.effect.assumed += added;
        self.note(line, added);
    }

    fn note(&mut self, line: &Line, added: i64) {
        if added > 0 {
            *self.effect.lines.entry(line.key).or_default() += added;
        }
    }
}

/// What was counted for the quotas of a scheme, with the plan's classes and places that are still to come.
#[must_use]
pub fn onto_quotas(body: &Body, counts: &Counts, around: &Around<'_>) -> Counts {
    let mut with = counts.clone();
    for line in &body.lines {
        let runs = line.runs();
        let to_come = |run: &&Run<'_>| run.months.and_then(|months| months.first(line.year)).is_some_and(|day| day > around.held_until);
        let runs: Vec<&Run<'_>> = runs.iter().filter(to_come).collect();
        if line.form == ClassForm::Degree {
            with.places.extend(runs.iter().flat_map(|run| around.places(line, run)));
        }
        if let Some(topic) = line.topic.as_ref().filter(|topic| topic.scheme == around.scheme && !runs.is_empty()) {
            let count = i64::try_from(runs.len()).unwrap_or(i64::MAX);
            with.events.push(EventCount { topic: topic.code.clone(), form: line.form, year: line.year, count });
        }
    }
    with
}

/// What quotas of a scheme need to know beside the plan.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Scheme code.
    pub scheme: &'a str,
    /// Classes that begin on or before this day are counted already.
    pub held_until: Date,
    /// Where the named officials work.
    pub people: &'a BTreeMap<OfficialId, Working>,
    /// The agency of each unit, itself or the nearest above; several after reorganisations.
    pub agency_of: &'a dyn Fn(UnitId) -> Vec<UnitId>,
}

impl Around<'_> {
    fn places(&self, line: &Line, run: &Run<'_>) -> Vec<PlaceCount> {
        let named = run.officials.iter().filter_map(|id| self.people.get(id)).map(|who| (who.unit, who.staff, who.group, 1));
        let seats = run.seats.iter().filter_map(|seats| {
            let unit = seats.unit?;
            Some((unit, seats.staff.unwrap_or(StaffKind::CongChuc), seats.group, i64::from(seats.people)))
        });
        let all = named.chain(seats);
        all.flat_map(|(unit, staff, group, count)| {
            let place = move |agency| PlaceCount { agency, field: line.field, degree: line.degree, staff, group, year: line.year, count };
            (self.agency_of)(unit).into_iter().map(place)
        })
        .collect()
    }
}
