//! Trainings told one by one by another machine, in the fields of the catalogue but with exact values.
//! Not for: files (`plan`), writing and answering (`exchange`).

use std::collections::{BTreeMap, HashMap};

use domain::people::{Degree, StudyField};
use domain::register::Source;
use domain::training::{ClassForm, ContentGroup, Mode, Outcome, Programme, TrainingKind};
use store::read::intake::{self as read, Keys, Known};
use store::write::register::NewRecord;

use super::desk::{Desk, Fate, by_person};
use super::plan::nobody;
use super::topics::Topics;
use super::wish::{ABROAD, Learning, Said, of_days};
use crate::intake::entries::{Change, Entry, Frame, by_code};
use crate::intake::exact::Read;
use crate::intake::fault::Fault;
use crate::intake::fields::Tells;
use crate::intake::judge::Told;
use crate::intake::settings::Defaults;
use crate::intake::wish::Wish;
use crate::{ActError, Ctx, Services};

/// What becomes of a training that is told.
#[derive(Debug)]
pub(crate) enum Lesson {
    /// It is new.
    New(Box<NewRecord>),
    /// It is known, by this key, and becomes this.
    Changed(i64, Box<NewRecord>, Vec<Change>),
    /// It is known so.
    Same,
    /// It cannot be written.
    Faulty(Vec<Fault>),
}

/// A training, judged.
#[derive(Debug)]
pub(crate) struct Taught {
    /// The person's code in the end.
    pub(crate) code: String,
    /// What becomes of it.
    pub(crate) lesson: Lesson,
    /// Worth a look.
    pub(crate) notes: Vec<Fault>,
}

/// Judges trainings that are told, each by the rules that rows of files obey; each stands under the code of its person.
///
/// # Errors
/// [`ActError::Forbidden`] for who keeps no people.
pub(crate) async fn taught(services: &Services, ctx: &Ctx, entries: &[Entry<'_>]) -> Result<Vec<Taught>, ActError> {
    let lines: Vec<(Learning, Source)> = entries.iter().map(line).collect();
    let keys = Keys { codes: lines.iter().filter_map(|(line, _)| line.who.code.clone()).collect(), ..Keys::default() };
    let people = read::known(&services.db, &keys).await?;
    let ids: Vec<i64> = people.iter().map(|person| person.official.0).collect();
    let records = read::attended(&services.db, &ids).await?;
    let (frame, topics) = (Frame::of(services, ctx).await?, Topics::of(services, ctx).await?);
    let (columns, defaults, called) = (Frame::columns(Tells::Training), Defaults::new(), BTreeMap::new());
    let judge = frame.judge(ctx, (&columns, &defaults, &called));
    let register: HashMap<String, &Known> = by_code(&people);
    let known = by_person(&records);
    // Each source has a desk of its own; the rows before are those of the same source.
    let mut desks: Vec<(Source, Desk<'_>)> = Vec::new();
    let mut all = Vec::with_capacity(lines.len());
    for (line, source) in &lines {
        let place = desks.iter().position(|(known, _)| known == source).unwrap_or_else(|| {
            desks.push((*source, Desk::new(&judge, *source, &topics)));
            desks.len() - 1
        });
        let mut told = Told { faults: line.who.faults.clone(), ..Told::default() };
        let code = line.who.code.clone().unwrap_or_default();
        let person = register.get(&code).copied();
        let fate = match (person, desks.get_mut(place)) {
            (Some(person), _) if frame.is_elsewhere(person, ctx.today) => {
                told.faults.push(judge.fault(&line.who, "code", &code, "kept_elsewhere"));
                Fate::Faulty
            }
            (Some(person), Some((_, desk))) => {
                let own = known.get(&person.official).map(Vec::as_slice).unwrap_or_default();
                desk.judge(line, person, own, &mut told)
            }
            _ => {
                told.faults.push(nobody(line, &judge));
                Fate::Faulty
            }
        };
        let lesson = match fate {
            _ if !told.faults.is_empty() => Lesson::Faulty(told.faults),
            Fate::New(new, _) => Lesson::New(new),
            Fate::Changed(key, is, changes) => Lesson::Changed(key, is, changes),
            Fate::Same => Lesson::Same,
            Fate::Faulty => Lesson::Faulty(Vec::new()),
        };
        let code = person.map_or(code, |person| person.identity.code.clone());
        all.push(Taught { code, lesson, notes: told.notes });
    }
    Ok(all)
}

/// Fields of files that another machine does not use: the code says whose it is, and days are told exactly.
const NOT_TOLD: [&str; 4] = ["family", "given", "citizen_number", "during"];

/// An entry as what it says of a training; what cannot be read is a fault of its field.
fn line(entry: &Entry<'_>) -> (Learning, Source) {
    let mut read = Read::of(entry);
    read.unknown(Tells::Training, &NOT_TOLD, &[SOURCE]);
    let code = entry.code.trim().to_uppercase();
    if read.text("code").is_some_and(|said| said.to_uppercase() != code) {
        read.fault("code", "code_differs");
    }
    let source = read.code(SOURCE, |code| Source::from_code(code).filter(|source| TOLD.contains(source)));
    let days = read.count("days").and_then(of_days);
    let said = Said {
        title: read.text("title"),
        kind: read.code("training", TrainingKind::from_code),
        content: read.code("content", ContentGroup::from_code),
        awarded: read.code("awarded", Degree::from_code),
        study: read.code("study", StudyField::from_code),
        named: read.code("programme", Programme::from_code),
        topic: read.text("topic"),
        form: read.code("form", ClassForm::from_code),
        mode: read.code("mode", Mode::from_code),
        abroad: read.code("place", |code| Some(code == ABROAD)),
        starts: read.dated("starts"),
        ends: read.dated("ends"),
        periods: read.count("periods").and_then(|n| i32::try_from(n).ok()).or(days),
        outcome: read.code("outcome", Outcome::from_code),
        issuer: read.text("issuer"),
        certificate: read.text("certificate"),
    };
    let name = read.text("name").map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
    let who = Wish { row: entry.place, code: Some(code), name, birth: read.dated("birth"), faults: read.faults, ..Wish::default() };
    (Learning { who, said }, source.unwrap_or(Source::Imported))
}

/// Who says it.
const SOURCE: &str = "source";
/// What another machine may say of itself: what was learned here or declared is written where that happens.
const TOLD: [Source; 2] = [Source::Imported, Source::Institute];

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn read(text: &str) -> (Learning, Source) {
        let Value::Object(fields) = serde_json::from_str(text).unwrap() else { panic!("an object") };
        line(&Entry { place: 2, code: " tm.1 ", fields: &fields })
    }

    #[test]
    fn what_is_told_is_read_exactly() {
        let (line, source) = read(
            r#"{"title": "Kỹ năng số", "content": "science_digital", "starts": "2026-03-09", "ends": "2026-03-13", "days": 5,
                "place": "domestic", "source": "institute", "programme": "specialised", "topic": "quang-nam-2024/B.5", "issuer": "Trường Chính trị", "certificate": "12/CN"}"#,
        );
        assert_eq!((line.who.code.as_deref(), source, line.who.faults.len()), (Some("TM.1"), Source::Institute, 0));
        assert_eq!((line.said.periods, line.said.abroad, line.said.content), (Some(40), Some(false), Some(ContentGroup::ScienceDigital)));
        assert_eq!((line.said.named, line.said.topic.as_deref()), (Some(Programme::Specialised), Some("quang-nam-2024/B.5")));
        assert_eq!(line.said.evidence().as_deref(), Some("12/CN, Trường Chính trị"));
    }

    #[test]
    fn what_cannot_be_read_is_a_fault_of_its_field() {
        let (line, source) = read(
            r#"{"content": "cooking", "days": "5", "periods": 0, "starts": "09/03/2026", "source": "learned", "unit": "H01", "during": "x"}"#,
        );
        let mut found: Vec<(&str, &str)> = line.who.faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect();
        found.sort_unstable();
        let wanted = [
            ("content", "not_a_code"),
            ("days", "bad_count"),
            ("during", "unknown_field"),
            ("periods", "bad_count"),
            ("source", "not_a_code"),
            ("starts", "bad_day"),
            ("unit", "unknown_field"),
        ];
        assert_eq!((found, source), (wanted.to_vec(), Source::Imported));
    }
}
