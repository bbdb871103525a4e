//! One training against those its person has: new, told otherwise, the same, or at fault by the rules that the declaring form obeys.
//! Not for: finding out whose it is (`plan`, `told`).

use std::collections::HashMap;

use domain::ids::OfficialId;
use domain::people::Leadership;
use domain::plans::TopicRef;
use domain::register::Source;
use domain::text::fold;
use domain::time::{Date, dmy};
use domain::training::{ClassForm, Mode, Outcome, Programme, TrainingKind};
use store::read::intake::{Known, KnownPosting, KnownRecord};
use store::write::register::NewRecord;
use workbooks::values::Dated;

use super::topics::{Meant, Topics, written};
use super::wish::{Learning, Said, last_day};
use crate::intake::entries::Change;
use crate::intake::judge::{Judge, Told};
use crate::intake::wish::{first_day, may_be};

/// What becomes of a training.
#[derive(Debug)]
pub(crate) enum Fate {
    /// It is new.
    New(Box<NewRecord>, Vec<Change>),
    /// It is known, by this key, and becomes this.
    Changed(i64, Box<NewRecord>, Vec<Change>),
    /// It is known so.
    Same,
    /// It cannot be written.
    Faulty,
}

/// What trainings are judged by.
pub(in crate::intake) struct Desk<'a> {
    pub(super) judge: &'a Judge<'a>,
    source: Source,
    topics: &'a Topics,
    /// Trainings of rows before, with their rows.
    seen: HashMap<OfficialId, Vec<(Mark, u32)>>,
}

/// By what a training is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    kind: TrainingKind,
    subject: Option<&'static str>,
    /// Without marks.
    title: Option<String>,
    from: Date,
    last: Option<Date>,
}

impl Mark {
    fn of(record: &KnownRecord) -> Self {
        let subject = record.content.map(|c| c.code()).or_else(|| record.degree.map(|d| d.code()));
        Self { kind: record.kind, subject, title: record.title.as_deref().map(fold), from: record.from, last: record.last }
    }

    fn of_new(record: &NewRecord) -> Self {
        let subject = record.content.map(|c| c.code()).or_else(|| record.degree.map(|d| d.code()));
        Self { kind: record.kind, subject, title: record.title.as_deref().map(fold), from: record.from, last: record.last }
    }

    /// Whether a training that begins on the day of another is that one: by its name, else by what it was about.
    fn is_same(&self, other: &Self) -> bool {
        let ends = || self.last.is_none() || other.last.is_none() || self.last == other.last;
        self.kind == other.kind
            && match (&self.title, &other.title) {
                (Some(one), Some(another)) => one == another,
                _ => self.subject == other.subject && ends(),
            }
    }
}

impl<'a> Desk<'a> {
    pub(in crate::intake) fn new(judge: &'a Judge<'a>, source: Source, topics: &'a Topics) -> Self {
        Self { judge, source, topics, seen: HashMap::new() }
    }

    /// Judges a training of somebody known; `records` are all that the person has.
    pub(super) fn judge(&mut self, wish: &Learning, person: &Known, records: &[&KnownRecord], told: &mut Told) -> Fate {
        if !self.is_theirs(wish, person, told) {
            return Fate::Faulty;
        }
        let said = wish.said.clone().or(self.judge.defaults);
        let Some(new) = self.wanted(wish, &said, person, told) else { return Fate::Faulty };
        if !told.faults.is_empty() || told.lacks {
            return Fate::Faulty;
        }
        let known = found(&said, &new, records);
        let mark = known.map_or_else(|| Mark::of_new(&new), Mark::of);
        let seen = self.seen.entry(person.official).or_default();
        if let Some((_, row)) = seen.iter().find(|(other, _)| other.from == mark.from && other.is_same(&mark)) {
            let row = (row + 1).to_string();
            told.faults
                .push(self.judge.fault(&wish.who, "title", new.title.as_deref().unwrap_or_default(), "training_again").with("row", row));
            return Fate::Faulty;
        }
        seen.push((mark, wish.who.row));
        let fate = match known {
            None => Fate::New(Box::new(new.clone()), account(&new)),
            Some(known) => self.against(wish, &said, known, new, told),
        };
        if self.judge.own == Some(person.official) && !matches!(fate, Fate::Same) {
            told.faults.push(self.judge.fault(&wish.who, "code", &person.identity.code, "own_record"));
            return Fate::Faulty;
        }
        fate
    }

    /// Whether the person is kept by the asker, and is the one who is named.
    fn is_theirs(&self, wish: &Learning, person: &Known, told: &mut Told) -> bool {
        let whose = wish.who.code.as_deref().unwrap_or_default();
        if self.judge.is_kept_elsewhere(person) {
            told.faults.push(self.judge.fault(&wish.who, "code", whose, "kept_elsewhere"));
            return false;
        }
        // A slip in the code must not write into the record of somebody else.
        let is_other = |name: &String| {
            let others = person.identity.other_names.as_deref().map(fold);
            fold(name) != person.folded && others.is_none_or(|others| !others.contains(&fold(name)))
        };
        if let Some(name) = wish.who.name.as_ref().filter(|name| is_other(name)) {
            told.faults.push(self.judge.fault(&wish.who, "name", name, "other_name").with("known", person.identity.name.clone()));
            return false;
        }
        true
    }

    /// The training as it would be written if it is new; what is wrong with it is told.
    fn wanted(&self, wish: &Learning, said: &Said, person: &Known, told: &mut Told) -> Option<NewRecord> {
        let (judge, who) = (self.judge, &wish.who);
        let is_degree = said.awarded.is_some() && said.content.is_none();
        let kind = said.kind.unwrap_or(if is_degree { TrainingKind::Education } else { TrainingKind::Training });
        let is_education = kind == TrainingKind::Education;
        let content = said.content.filter(|_| !is_education);
        let degree = said.awarded.filter(|_| is_education);
        if is_education {
            judge.need(who, "awarded", degree, told);
        } else {
            judge.need(who, "content", content, told);
        }
        let (of_time, of_length) = (judge.has("during", "starts"), judge.has("periods", "days"));
        let from = judge.need(who, of_time, said.starts.and_then(first_day), told);
        let periods = said.periods.or_else(|| is_education.then_some(0));
        let periods = judge.need(who, of_length, periods, told);
        let from = from?;
        let last = said.ends.and_then(|ends| ended(ends, judge.today));
        let outcome =
            said.outcome.unwrap_or(if last.is_some_and(|last| last <= judge.today) { Outcome::Finished } else { Outcome::Studying });
        self.days(wish, (from, last, outcome), person, told);
        let posting = self.posting(wish, person, from, told);
        let topic = said.topic.as_ref().and_then(|text| self.topic(wish, text, told));
        let (posting, periods) = (posting?, periods?);
        Some(NewRecord {
            official: person.official,
            kind,
            title: said.title.clone(),
            content,
            degree,
            field: said.study.filter(|_| is_education),
            named: said.named.filter(|_| !is_education),
            topic,
            form: said.form.unwrap_or(if is_education { ClassForm::Degree } else { ClassForm::Class }),
            mode: said.mode.unwrap_or(Mode::InPerson),
            abroad: said.abroad.unwrap_or(false),
            periods,
            from,
            last,
            outcome,
            staff: posting.staff,
            unit: posting.unit,
            group: posting.leadership.and_then(Leadership::group),
            source: self.source,
            evidence: said.evidence(),
        })
    }

    /// The topic of a scheme that a row names.
    fn topic(&self, wish: &Learning, text: &str, told: &mut Told) -> Option<TopicRef> {
        let (code, near) = match self.topics.meant(text) {
            Meant::One(topic) => return Some(topic.clone()),
            Meant::Several(near) => ("several_topics", near),
            Meant::None(near) => ("no_such_topic", near),
        };
        told.faults.push(self.judge.fault(&wish.who, "topic", text, code).with("near", near.join("; ")));
        None
    }

    fn days(&self, wish: &Learning, (from, last, outcome): (Date, Option<Date>, Outcome), person: &Known, told: &mut Told) {
        let mut fault = |field: &str, day: Date, code: &str| told.faults.push(self.judge.fault(&wish.who, field, &dmy(day), code));
        if let Some(last) = last.filter(|last| *last < from) {
            fault("ends", last, "ends_before_start");
        }
        let over = last.unwrap_or(from);
        if from > self.judge.today {
            fault("starts", from, "learned_in_future");
        } else if outcome == Outcome::Finished && over > self.judge.today {
            fault("ends", over, "learned_in_future");
        }
        if domain::time::age(person.identity.birth_on, from) < LEAST_AGE {
            fault("starts", from, "too_young");
        }
    }

    /// The posting of the first day; registers that begin later than their people's careers have the first one to go by.
    fn posting<'p>(&self, wish: &Learning, person: &'p Known, from: Date, told: &mut Told) -> Option<&'p KnownPosting> {
        if let Some(posting) = person.postings.iter().find(|posting| posting.during.contains(from)) {
            return Some(posting);
        }
        let later = person.postings.iter().filter(|posting| posting.during.from() > from).min_by_key(|posting| posting.during.from());
        let fault = match later {
            Some(posting) => self.judge.fault(&wish.who, "starts", &dmy(from), "first_posting").with("taken", dmy(posting.during.from())),
            None => self.judge.fault(&wish.who, "starts", &dmy(from), "no_posting"),
        };
        if later.is_some() {
            told.notes.push(fault)
        } else {
            told.faults.push(fault)
        }
        later
    }

    /// What is told otherwise of a known training, and whether that is written.
    fn against(&self, wish: &Learning, said: &Said, known: &KnownRecord, new: NewRecord, told: &mut Told) -> Fate {
        let mut changes = Vec::new();
        let is = merged(said, known, new, &mut changes);
        if changes.is_empty() && !self.source.outranks(known.source) {
            return Fate::Same;
        }
        if known.source.outranks(self.source) {
            let note = self.judge.fault(&wish.who, "source", known.title.as_deref().unwrap_or_default(), "stronger_source");
            told.notes.push(note.with("choices", known.source.code()));
            return Fate::Same;
        }
        if self.source != known.source {
            changes.push(("source".to_owned(), Some(known.source.to_string()), Some(self.source.to_string())));
        }
        Fate::Changed(known.id, Box::new(is), changes)
    }
}

/// Trainings by whose they are.
pub(super) fn by_person(records: &[KnownRecord]) -> HashMap<OfficialId, Vec<&KnownRecord>> {
    let mut known: HashMap<OfficialId, Vec<&KnownRecord>> = HashMap::new();
    for record in records {
        known.entry(record.official).or_default().push(record);
    }
    known
}

/// The training that is known already; one with the same name before one without.
fn found<'r>(said: &Said, new: &NewRecord, records: &[&'r KnownRecord]) -> Option<&'r KnownRecord> {
    let mark = Mark::of_new(new);
    let begins = |record: &KnownRecord| said.starts.is_some_and(|starts| may_be(starts, record.from));
    // A last day that is told by its month is the known one of that month.
    let ends = |record: &KnownRecord| said.ends.zip(record.last).is_none_or(|(ends, last)| may_be(ends, last));
    let same = |record: &KnownRecord| {
        let known = Mark::of(record);
        begins(record) && mark.is_same(&Mark { last: if ends(record) { mark.last } else { known.last }, ..known })
    };
    let all = || records.iter().copied().filter(|record| same(record));
    all().find(|record| Mark::of(record).title == mark.title).or_else(|| all().next())
}

/// The age from which anything can be learned here.
const LEAST_AGE: i32 = 15;

/// The last day that is meant; a year that is not over yet ends today.
fn ended(ends: Dated, today: Date) -> Option<Date> {
    let last = last_day(ends)?;
    let is_exact = matches!(ends, Dated::Day(_));
    Some(if is_exact || first_day(ends).is_some_and(|first| first > today) { last } else { last.min(today) })
}

/// The known training with what is said of it; what is not said stays.
fn merged(said: &Said, known: &KnownRecord, new: NewRecord, changes: &mut Vec<Change>) -> NewRecord {
    let mut differ = |field: &str, before: Option<String>, after: Option<String>, is_said: bool| {
        let is_other = is_said && before != after;
        if is_other {
            changes.push((field.to_owned(), before, after));
        }
        is_other
    };
    let code = |text: &str| Some(text.to_owned());
    let place = |abroad: bool| code(if abroad { super::wish::ABROAD } else { "domestic" });
    let mut is = NewRecord { title: known.title.clone(), content: known.content, degree: known.degree, from: known.from, ..new.clone() };
    // A name that is written with other capitals is the same name.
    if differ("title", known.title.clone(), new.title.clone(), said.title.is_some() && known.title.is_none()) {
        is.title.clone_from(&new.title);
    }
    let content = |content: Option<domain::training::ContentGroup>| content.map(|c| c.to_string());
    if differ("content", content(known.content), content(new.content), said.content.is_some() && known.degree.is_none()) {
        is.content = new.content;
    }
    let study = |field: Option<domain::people::StudyField>| field.map(|f| f.to_string());
    is.field = if differ("study", study(known.field), study(new.field), new.field.is_some()) { new.field } else { known.field };
    let programme = |named: Option<Programme>| named.map(|named| named.to_string());
    let is_named = new.named.is_some();
    is.named = if differ("programme", programme(known.named), programme(new.named), is_named) { new.named } else { known.named };
    let topic = |topic: &Option<TopicRef>| topic.as_ref().map(written);
    let is_topic = differ("topic", topic(&known.topic), topic(&new.topic), new.topic.is_some());
    is.topic = if is_topic { new.topic } else { known.topic.clone() };
    is.form = if differ("form", code(known.form.code()), code(new.form.code()), said.form.is_some()) { new.form } else { known.form };
    is.mode = if differ("mode", code(known.mode.code()), code(new.mode.code()), said.mode.is_some()) { new.mode } else { known.mode };
    is.abroad = if differ("place", place(known.abroad), place(new.abroad), said.abroad.is_some()) { new.abroad } else { known.abroad };
    let periods = |n: i32| Some(n.to_string());
    is.periods =
        if differ("periods", periods(known.periods), periods(new.periods), said.periods.is_some()) { new.periods } else { known.periods };
    let is_known_end = said.ends.zip(known.last).is_some_and(|(ends, last)| may_be(ends, last));
    let ends = |day: Option<Date>| day.map(dmy);
    is.last = if differ("ends", ends(known.last), ends(new.last), said.ends.is_some() && !is_known_end) { new.last } else { known.last };
    // That a training is over is told by its last day as well as by its result.
    let is_told = said.outcome.is_some() || (known.outcome == Outcome::Studying && new.outcome == Outcome::Finished);
    is.outcome = if differ("outcome", code(known.outcome.code()), code(new.outcome.code()), is_told) { new.outcome } else { known.outcome };
    is.evidence = if differ("certificate", known.evidence.clone(), new.evidence.clone(), new.evidence.is_some()) {
        new.evidence
    } else {
        known.evidence.clone()
    };
    is
}

/// What a new training is, as its changes are told.
fn account(new: &NewRecord) -> Vec<Change> {
    let subject = new.content.map(|c| ("content", c.to_string())).or_else(|| new.degree.map(|d| ("awarded", d.to_string())));
    let told = [
        new.title.clone().map(|title| ("title", title)),
        subject,
        new.named.map(|named| ("programme", named.to_string())),
        new.topic.as_ref().map(|topic| ("topic", written(topic))),
        Some(("starts", dmy(new.from))),
        new.last.map(|last| ("ends", dmy(last))),
        Some(("periods", new.periods.to_string())),
        Some(("outcome", new.outcome.to_string())),
        Some(("source", new.source.to_string())),
        new.evidence.clone().map(|evidence| ("certificate", evidence)),
    ];
    told.into_iter().flatten().map(|(field, text)| (field.to_owned(), None, Some(text))).collect()
}
