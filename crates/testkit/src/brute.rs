//! An evaluator that counts targets by walking every row, written apart from the statements it checks.
//! Not for: speed.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::UnitId;
use domain::people::Degree;
use domain::progress::{Counted, Window};
use domain::schemes::filters::DatedBy;
use domain::schemes::targets::InnerFilter;
use domain::schemes::{Did, EventFilter, Measure, PersonFilter, Population, QualificationFilter, RecordFilter, Target, TopicScope};
use domain::time::{Date, add_months, age};
use domain::training::Outcome;
use synthetic::rows::{Class, Posting, Record};

use crate::little::Little;

/// A question, as the statements are asked it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The province.
    pub world: &'a Little,
    /// Code of the scheme whose topics count.
    pub scheme: &'a str,
    /// The target.
    pub target: &'a Target,
    /// The part of the period looked at.
    pub window: Window,
    /// The units that count, as they stand on the map: unit → branch; `None` is the whole province.
    pub branches: Option<BTreeMap<UnitId, UnitId>>,
    /// Day of the map.
    pub map_on: Date,
}

/// Branches of a subtree as one total under key 0.
#[must_use]
pub fn total(world: &Little, root: UnitId, map_on: Date) -> BTreeMap<UnitId, UnitId> {
    world.map.subtree(root, map_on).into_iter().map(|u| (u, UnitId(0))).collect()
}

/// Branches of each child, and the unit's own.
#[must_use]
pub fn children(world: &Little, parent: UnitId, map_on: Date) -> BTreeMap<UnitId, UnitId> {
    let mut branches = BTreeMap::from([(parent, parent)]);
    for child in world.map.children(parent, map_on) {
        branches.extend(world.map.subtree(child.id, map_on).into_iter().map(|u| (u, child.id)));
    }
    branches
}

/// Counts by branch.
#[must_use]
pub fn count(asked: &Asked<'_>) -> BTreeMap<UnitId, Counted> {
    match &asked.target.measure {
        Measure::ShareOfPeople { of, did } => asked.share(of, |p| asked.did(p, did)),
        Measure::StateOfPeople { of, holds } => asked.share(of, |p| asked.held(p, holds)),
        Measure::PerPersonPerYear { of, did, periods } => asked.share(of, |p| {
            let attended: Vec<&Record> = asked.records(p, did).collect();
            let sum: i64 = attended.iter().map(|r| i64::from(r.periods)).sum();
            (sum >= i64::from(*periods)).then(|| hits(attended.iter().filter_map(|r| deciding(r, did))))
        }),
        Measure::RatedShare { of, rating, at_least } => asked.share(of, |p| {
            let own = asked.world.batch.ratings.iter().filter(|r| r.official == p && r.kind == *rating && asked.inside(r.on));
            let own: Vec<_> = own.collect();
            let latest = own.iter().max_by_key(|r| r.on)?;
            (latest.band.rank() >= at_least.rank()).then(|| hits(own.iter().map(|r| r.on)))
        }),
        Measure::CountOfPeople { who, did } => asked.people_sent(who, did),
        Measure::CountOfEvents { events } => asked.events(events),
        Measure::BeforeEvent { who, appointments, met } => asked.appointments(who, appointments, met),
        Measure::FollowUpShare { of, follow_up, after_months } => asked.follow_ups(of, *follow_up, *after_months),
        Measure::YesNo => asked.yes_no(),
    }
}

/// What made a person count: how many rows, and the first day.
struct Hits {
    count: i64,
    first: Date,
}

fn hits(days: impl Iterator<Item = Date>) -> Hits {
    days.fold(Hits { count: 0, first: Date::MAX }, |h, d| Hits { count: h.count + 1, first: h.first.min(d) })
}

fn any<T: PartialEq>(list: &[T], value: Option<T>) -> bool {
    list.is_empty() || value.is_some_and(|v| list.contains(&v))
}

fn deciding(record: &Record, filter: &RecordFilter) -> Option<Date> {
    match filter.dated_by {
        DatedBy::Start => Some(record.starts_on),
        DatedBy::End => record.ends_on,
    }
}

/// Whether the holder of a posting is one of the people of a filter on a day.
pub(crate) fn is_one_of(world: &Little, who: &PersonFilter, posting: &Posting, on: Date) -> bool {
    let Some(official) = world.batch.officials.iter().find(|o| o.id == posting.official) else { return false };
    let years = age(official.birth_on, on);
    any(&who.staff, Some(posting.staff))
        && any(&who.levels, Some(posting.level))
        && any(&who.blocs, Some(posting.bloc))
        && any(&who.leaderships, posting.leadership)
        && who.leads.is_none_or(|l| l == posting.leadership.is_some())
        && any(&who.groups, posting.group)
        && any(&who.duties, posting.duty)
        && who.sex.is_none_or(|s| s == official.sex)
        && who.minority.is_none_or(|m| m == (official.ethnicity != 1))
        && who.under_age.is_none_or(|a| years < i32::from(a))
        && who.from_age.is_none_or(|a| years >= i32::from(a))
        && who.fits_post.is_none_or(|f| f == posting.fits_post)
}

/// Whether an attendance is one of a filter; topics and days are not looked at.
pub(crate) fn is_such(filter: &RecordFilter, r: &Record) -> bool {
    any(&filter.kinds, Some(r.kind))
        && any(&filter.contents, r.content)
        && any(&filter.degrees, r.degree)
        && any(&filter.fields, r.field)
        && any(&filter.programmes, r.programme)
        && any(&filter.forms, Some(r.form))
        && any(&filter.modes, Some(r.mode))
        && filter.abroad.is_none_or(|a| a == r.abroad)
        && any(&filter.outcomes, Some(r.outcome))
        && any(&filter.staff, Some(r.staff))
}

impl Asked<'_> {
    fn inside(&self, day: Date) -> bool {
        self.window.from <= day && day < self.window.cut
    }

    fn branch(&self, unit: i64) -> Option<UnitId> {
        match &self.branches {
            None => Some(UnitId(0)),
            Some(branches) => branches.get(&self.world.map.restated(UnitId(unit), self.map_on)).copied(),
        }
    }

    fn person(&self, who: &PersonFilter, posting: &Posting, on: Date) -> bool {
        is_one_of(self.world, who, posting, on)
    }

    fn topic(&self, topics: Option<&TopicScope>, scheme: Option<&String>, topic: Option<&String>) -> bool {
        match topics {
            None => true,
            Some(TopicScope::Any) => scheme.is_some_and(|s| s == self.scheme),
            Some(TopicScope::Of(codes)) => {
                scheme.is_some_and(|s| s == self.scheme) && (codes.is_empty() || topic.is_some_and(|t| codes.contains(t)))
            }
        }
    }

    fn record(&self, filter: &RecordFilter, r: &Record) -> bool {
        self.topic(filter.topics.as_ref(), r.scheme.as_ref(), r.topic.as_ref()) && is_such(filter, r)
    }

    fn records<'s>(&'s self, official: i64, filter: &'s RecordFilter) -> impl Iterator<Item = &'s Record> {
        let all = self.world.batch.records.iter().filter(move |r| r.official == official);
        all.filter(|r| self.record(filter, r) && deciding(r, filter).is_some_and(|d| self.inside(d)))
    }

    fn qualification(filter: &QualificationFilter, kind: domain::people::QualificationKind, degree: Option<Degree>) -> bool {
        filter.kind == kind && any(&filter.degrees, degree)
    }

    fn held(&self, official: i64, holds: &QualificationFilter) -> Option<Hits> {
        let own = self.world.batch.qualifications.iter().filter(|q| q.official == official && Self::qualification(holds, q.kind, q.degree));
        let found = hits(own.filter(|q| q.granted_on <= self.window.on).map(|q| q.granted_on));
        (found.count > 0).then_some(found)
    }

    fn did(&self, official: i64, did: &Did) -> Option<Hits> {
        let found = match did {
            Did::Trained(filter) => hits(self.records(official, filter).filter_map(|r| deciding(r, filter))),
            Did::Holds(filter) => return self.held(official, filter),
            Did::Received(kind) => {
                let own = self.world.batch.receipts.iter().filter(|r| r.official == official && r.kind == *kind && self.inside(r.on));
                hits(own.map(|r| r.on))
            }
        };
        (found.count > 0).then_some(found)
    }

    fn posting_on(&self, official: i64, on: Date) -> Option<&Posting> {
        self.world.batch.postings.iter().find(|p| p.official == official && p.starts_on <= on && p.ends_on.is_none_or(|e| on < e))
    }

    fn share(&self, of: &Population, counts: impl Fn(i64) -> Option<Hits>) -> BTreeMap<UnitId, Counted> {
        let on = of.frozen_on.unwrap_or(self.window.on);
        let mut found: BTreeMap<UnitId, Counted> = BTreeMap::new();
        for official in &self.world.batch.officials {
            let Some(posting) = self.posting_on(official.id, on).filter(|p| self.person(&of.who, p, on)) else { continue };
            let Some(branch) = self.branch(posting.unit) else { continue };
            let counted = found.entry(branch).or_default();
            counted.denominator += 1;
            if let Some(hits) = counts(official.id) {
                counted.numerator += 1;
                counted.attendances += hits.count;
                counted.at_start += i64::from(hits.first < self.window.from);
            }
        }
        found
    }

    fn people_sent(&self, who: &PersonFilter, did: &RecordFilter) -> BTreeMap<UnitId, Counted> {
        let mut people: BTreeMap<UnitId, (BTreeSet<i64>, BTreeSet<i64>, i64)> = BTreeMap::new();
        for official in &self.world.batch.officials {
            for record in self.records(official.id, did) {
                let posting = self.posting_on(official.id, record.starts_on);
                let passes = *who == PersonFilter::default() || posting.is_some_and(|p| self.person(who, p, record.starts_on));
                let Some(branch) = self.branch(record.unit).filter(|_| passes) else { continue };
                let entry = people.entry(branch).or_default();
                entry.0.insert(official.id);
                entry.2 += 1;
                if let Some(InnerFilter::Records(inner)) = self.target.inner.as_ref().map(|i| &i.of)
                    && self.record(inner, record)
                {
                    entry.1.insert(official.id);
                }
            }
        }
        let number = |set: &BTreeSet<i64>| i64::try_from(set.len()).unwrap_or(0);
        let counted = |(all, inside, times): &(BTreeSet<i64>, BTreeSet<i64>, i64)| Counted {
            numerator: number(all),
            inner: number(inside),
            attendances: *times,
            ..Counted::default()
        };
        people.iter().map(|(branch, sets)| (*branch, counted(sets))).collect()
    }

    fn event(&self, filter: &EventFilter, class: &Class) -> bool {
        let roster: Vec<&Record> =
            self.world.batch.records.iter().filter(|r| r.class == Some(class.id) && r.outcome != Outcome::Withdrawn).collect();
        let size = u32::try_from(roster.len()).unwrap_or(u32::MAX);
        any(&filter.forms, Some(class.form))
            && any(&filter.contents, class.content)
            && any(&filter.programmes, class.programme)
            && filter.abroad.is_none_or(|a| a == class.abroad)
            && self.topic(filter.topics.as_ref(), class.scheme.as_ref(), class.topic.as_ref())
            && filter.size.is_none_or(|(least, most)| least <= size && size <= most)
            && (filter.with_groups.is_empty() || roster.iter().any(|r| r.group.is_some_and(|g| filter.with_groups.contains(&g))))
    }

    fn events(&self, filter: &EventFilter) -> BTreeMap<UnitId, Counted> {
        let mut found: BTreeMap<UnitId, Counted> = BTreeMap::new();
        let held = |c: &&Class| c.status.is_held() && self.inside(c.starts_on);
        for class in self.world.frame.classes.iter().filter(held).filter(|c| self.event(filter, c)) {
            let Some(branch) = self.branch(class.lead_unit) else { continue };
            let counted = found.entry(branch).or_default();
            counted.numerator += 1;
            let roster = self.world.batch.records.iter().filter(|r| r.class == Some(class.id) && r.outcome != Outcome::Withdrawn);
            counted.attendances += i64::try_from(roster.count()).unwrap_or(0);
            if let Some(InnerFilter::Events(inner)) = self.target.inner.as_ref().map(|i| &i.of) {
                counted.inner += i64::from(self.event(inner, class));
            }
        }
        found
    }

    fn appointments(&self, who: &PersonFilter, kinds: &[domain::people::Appointment], met: &Did) -> BTreeMap<UnitId, Counted> {
        let mut found = BTreeMap::new();
        let wanted = |p: &&Posting| self.inside(p.starts_on) && any(kinds, p.appointment) && self.person(who, p, p.starts_on);
        for posting in self.world.batch.postings.iter().filter(wanted) {
            let day = posting.starts_on;
            let batch = &self.world.batch;
            let before = match met {
                Did::Holds(f) => batch
                    .qualifications
                    .iter()
                    .any(|q| q.official == posting.official && q.granted_on < day && Self::qualification(f, q.kind, q.degree)),
                Did::Received(kind) => batch.receipts.iter().any(|r| r.official == posting.official && r.kind == *kind && r.on < day),
                Did::Trained(f) => {
                    batch.records.iter().any(|r| r.official == posting.official && r.ends_on.is_some_and(|e| e < day) && self.record(f, r))
                }
            };
            self.note(&mut found, posting.unit, before);
        }
        found
    }

    fn follow_ups(&self, of: &RecordFilter, kind: domain::training::FollowUpKind, months: u8) -> BTreeMap<UnitId, Counted> {
        let mut found = BTreeMap::new();
        for record in self.world.batch.records.iter().filter(|r| self.record(of, r)) {
            let Some(end) = record.ends_on.filter(|e| self.inside(*e)) else { continue };
            let Some(due) = add_months(end, i32::from(months)) else { continue };
            if months > 0 && due >= self.window.cut {
                continue;
            }
            let done = self
                .world
                .batch
                .follow_ups
                .iter()
                .any(|f| f.record == record.id && f.kind == kind && f.on < self.window.cut && (months == 0 || f.on >= due));
            self.note(&mut found, record.unit, done);
        }
        found
    }

    fn note(&self, found: &mut BTreeMap<UnitId, Counted>, unit: i64, met: bool) {
        let Some(branch) = self.branch(unit) else { return };
        let counted = found.entry(branch).or_default();
        counted.denominator += 1;
        counted.numerator += i64::from(met);
        counted.attendances += i64::from(met);
    }

    fn yes_no(&self) -> BTreeMap<UnitId, Counted> {
        let own = self.world.marks.iter().filter(|(code, on, _)| *code == self.target.code && *on < self.window.cut);
        let latest = own.max_by_key(|(_, on, _)| *on);
        let reached = latest.is_some_and(|(_, _, reached)| *reached);
        BTreeMap::from([(UnitId(0), Counted { numerator: i64::from(reached), ..Counted::default() })])
    }
}
