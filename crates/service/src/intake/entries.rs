//! People told one by one by another machine, in the fields of the catalogue but with exact values: judged as rows of files are.
//! Not for: files (`rehearse`), writing and answering (`exchange`).

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::ids::OfficialId;
use domain::orgs::UnitKind;
use domain::people::{Band, Degree, Leadership, QualificationKind, Sex, StaffKind, StudyField};
use domain::roles::{Act, Reach};
use domain::time::Date;
use serde_json::{Map, Value};
use store::read::intake::{self as read, Keys, Known, Place};
use store::write::register::{Newcomer, Update};

use super::exact::Read;
use super::fault::Fault;
use super::fields::{self, Tells};
use super::judge::{Judge, Outcome, Told};
use super::places::Places;
use super::settings::Defaults;
use super::wish::{PaperWish, Wish, first_day, may_be};
use crate::registry::unit_names;
use crate::{ActError, Ctx, Services};

/// What is told of one person.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    /// Its place among all, from zero.
    pub(crate) place: u32,
    /// Staff code.
    pub(crate) code: &'a str,
    /// Values by the fields of the catalogue.
    pub(crate) fields: &'a Map<String, Value>,
}

/// A change as it is told: field, before, after.
pub(crate) type Change = (String, Option<String>, Option<String>);

/// What becomes of an entry.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Somebody new.
    New(Box<Newcomer>),
    /// Changes of somebody known.
    Changed(Box<Update>, Vec<Change>),
    /// The register knows all of it.
    Same,
    /// It cannot be written.
    Faulty(Vec<Fault>),
}

/// An entry, judged.
#[derive(Debug)]
pub(crate) struct Judged {
    /// The person, if known.
    pub(crate) known: Option<OfficialId>,
    /// The person's code in the end.
    pub(crate) code: String,
    /// What becomes of it.
    pub(crate) verdict: Verdict,
    /// Worth a look.
    pub(crate) notes: Vec<Fault>,
}

/// Fields of files that another machine does not use: it tells the name whole.
const NOT_TOLD: [&str; 2] = ["family", "given"];

/// Judges what is told, each by the rules that rows of files and forms obey.
///
/// # Errors
/// [`ActError::Forbidden`] for who keeps no people.
pub(crate) async fn judged(services: &Services, ctx: &Ctx, entries: &[Entry<'_>]) -> Result<Vec<Judged>, ActError> {
    let frame = Frame::of(services, ctx).await?;
    let wishes: Vec<Wish> = entries.iter().map(wish).collect();
    let mut keys = Keys::default();
    for wish in &wishes {
        keys.codes.extend(wish.code.clone());
        keys.citizens.extend(wish.citizen.clone());
    }
    let people = read::known(&services.db, &keys).await?;
    let (columns, defaults, called) = (Frame::columns(Tells::Officials), Defaults::new(), BTreeMap::new());
    let judge = frame.judge(ctx, (&columns, &defaults, &called));
    let bench = Bench { judge, frame: &frame, register: Register::new(&people) };
    let mut seen = HashMap::new();
    Ok(wishes.iter().map(|wish| bench.one(wish, &mut seen)).collect())
}

/// What entries are judged by: there is no file, whose unit would stand for those below it.
pub(super) struct Frame {
    places: Places,
    home: Place,
    own: Option<OfficialId>,
    /// The asker keeps a part of the province.
    only_here: bool,
}

impl Frame {
    pub(super) async fn of(services: &Services, ctx: &Ctx) -> Result<Self, ActError> {
        let scope = ctx.scope(Act::KeepRegister)?;
        let units: Vec<Place> = read::places(&services.db).await?;
        let names = unit_names(services, ctx).await?;
        let home = units.iter().find(|unit| unit.kind == UnitKind::Province).cloned().ok_or(ActError::NotFound)?;
        let mut places = Places::new(units, names, home.id, &scope, ctx.today);
        places.home = BTreeSet::new();
        let is_province = *scope.reach() == Reach::Province;
        let own = ctx.who.as_ref().filter(|_| !is_province).and_then(|who| who.official);
        Ok(Self { places, home, own, only_here: !is_province })
    }

    /// Every field has a place, so that what is missing is told of each entry.
    pub(super) fn columns(tells: Tells) -> BTreeMap<String, u16> {
        fields::field_codes(tells).zip(0_u16..).map(|(code, place)| (code.to_owned(), place)).collect()
    }

    pub(super) fn judge<'f>(&'f self, ctx: &Ctx, (columns, defaults, called): Said<'f>) -> Judge<'f> {
        let (places, home, own) = (&self.places, &self.home, self.own);
        Judge { places, home, sheet: "", columns, defaults, called, as_of: ctx.today, today: ctx.today, own }
    }

    /// Who keeps a part of the province keeps those who work there on the day, as on the pages.
    pub(super) fn is_elsewhere(&self, person: &Known, today: Date) -> bool {
        let now = person.postings.iter().find(|posting| posting.during.contains(today));
        self.only_here && !now.is_some_and(|posting| self.places.is_kept(posting.unit))
    }
}

/// Places of fields, what stands for what is not said, units that are called otherwise.
type Said<'s> = (&'s BTreeMap<String, u16>, &'s Defaults, &'s BTreeMap<String, String>);

/// People by their codes, former ones too.
pub(super) fn by_code(people: &[Known]) -> HashMap<String, &Known> {
    let codes =
        |person: &'_ Known| person.former_codes.iter().chain([&person.identity.code]).map(|code| code.to_uppercase()).collect::<Vec<_>>();
    people.iter().flat_map(|person| codes(person).into_iter().map(move |code| (code, person))).collect()
}

struct Register<'k> {
    by_code: HashMap<String, &'k Known>,
    by_citizen: HashMap<&'k str, OfficialId>,
}

impl<'k> Register<'k> {
    fn new(people: &'k [Known]) -> Self {
        let citizens = people.iter().filter_map(|person| Some((person.identity.citizen_number.as_deref()?, person.official)));
        Self { by_code: by_code(people), by_citizen: citizens.collect() }
    }
}

struct Bench<'a> {
    judge: Judge<'a>,
    frame: &'a Frame,
    register: Register<'a>,
}

impl Bench<'_> {
    fn one(&self, wish: &Wish, seen: &mut HashMap<String, u32>) -> Judged {
        let code = wish.code.clone().unwrap_or_default();
        let known = self.register.by_code.get(&code).copied();
        let mut told = Told { faults: wish.faults.clone(), ..Told::default() };
        let again = known.map_or_else(|| code.clone(), |known| format!("#{}", known.official.0));
        let first = seen.insert(again, wish.row);
        if let Some(first) = first {
            told.faults.push(self.judge.fault(wish, "code", &code, "row_again").with("row", first.to_string()));
        }
        let other = wish.citizen.as_deref().and_then(|number| self.register.by_citizen.get(number));
        let is_others = other.is_some_and(|other| known.is_none_or(|known| known.official != *other));
        // Nor may an entry before this one have given the number to somebody else.
        let is_given = wish.citizen.as_deref().is_some_and(|number| seen.insert(format!("citizen {number}"), wish.row).is_some());
        if is_others || (is_given && first.is_none()) {
            let number = wish.citizen.clone().unwrap_or_default();
            told.faults.push(self.judge.fault(wish, "citizen_number", &number, "two_people"));
        }
        let outcome = match known {
            Some(person) if self.frame.is_elsewhere(person, self.judge.today) => {
                told.faults.push(self.judge.fault(wish, "code", &code, "kept_elsewhere"));
                Outcome::Faulty
            }
            Some(person) => self.known(wish, person, &mut told),
            None => {
                let outcome = self.judge.newcomer(wish, code.clone(), &mut told);
                self.needed(wish, &mut told);
                outcome
            }
        };
        let verdict = match outcome {
            _ if !told.faults.is_empty() => Verdict::Faulty(told.faults),
            Outcome::New(new) => Verdict::New(new),
            Outcome::Changed(update, changes) => Verdict::Changed(update, changes),
            Outcome::Same => Verdict::Same,
            Outcome::Faulty => Verdict::Faulty(Vec::new()),
        };
        let code = known.map_or(code, |known| known.identity.code.clone());
        Judged { known: known.map(|known| known.official), code, verdict, notes: told.notes }
    }

    /// Where a newcomer works is asked for together with who it is.
    fn needed(&self, wish: &Wish, told: &mut Told) {
        for (field, is_said) in [("unit", wish.unit.is_some()), ("post", wish.post.is_some()), ("staff", wish.staff.is_some())] {
            if !is_said && told.faults.iter().all(|fault| fault.field != field) {
                told.faults.push(self.judge.fault(wish, field, "", "needed"));
            }
        }
    }

    fn known(&self, wish: &Wish, person: &Known, told: &mut Told) -> Outcome {
        // The code is how the person was found; a former one stays a former one.
        let wish = Wish { code: Some(person.identity.code.clone()), faults: Vec::new(), ..wish.clone() };
        let outcome = self.judge.known(&wish, person, told);
        let begins = matches!(&outcome, Outcome::Changed(update, _) if update.begins.is_some());
        let now = person.postings.iter().find(|posting| posting.during.contains(self.judge.today));
        if let (Some(from), Some(now), false) = (wish.from, now, begins)
            && !may_be(from, now.during.from())
        {
            let said = first_day(from).map(domain::time::iso).unwrap_or_default();
            let note = self.judge.fault(&wish, "from", &said, "from_stays");
            told.notes.push(note.with("known", domain::time::iso(now.during.from())));
        }
        outcome
    }
}

/// An entry as what it says of a person; what cannot be read is a fault of its field.
fn wish(entry: &Entry<'_>) -> Wish {
    let mut read = Read::of(entry);
    read.unknown(Tells::Officials, &NOT_TOLD, &[]);
    let code = entry.code.trim().to_uppercase();
    if read.text("code").is_some_and(|said| said.to_uppercase() != code) {
        read.fault("code", "code_differs");
    }
    let mut wish = Wish {
        row: entry.place,
        code: Some(code),
        record_code: read.text("record_code"),
        name: read.text("name").map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")),
        other_names: read.text("other_names"),
        birth: read.dated("birth"),
        sex: read.code("sex", Sex::from_code),
        ethnicity: read.code("ethnicity", |code| code.parse().ok()),
        religion: read.text("religion"),
        health: read.text("health"),
        citizen: read.text("citizen_number"),
        recruited: read.dated("recruited"),
        unit: read.text("unit"),
        post: read.text("post"),
        staff: read.code("staff", StaffKind::from_code),
        leadership: read.code("leadership", Leadership::from_code),
        grade: read.text("grade"),
        from: read.dated("from"),
        decision: read.text("decision"),
        ..Wish::default()
    };
    wish.rating = read.code("rating", Band::from_code).map(|band| (band, read.year("rating_year")));
    wish.papers = papers(&mut read);
    wish.faults = read.faults;
    wish
}

fn papers(read: &mut Read<'_>) -> Vec<PaperWish> {
    let mut papers = Vec::new();
    let paper = |field, kind, level, on| PaperWish { field, kind, degree: None, study: None, level, on, issuer: None, number: None };
    if let Some(degree) = read.code("degree", Degree::from_code) {
        let on = read.dated("degree_on");
        let known = paper("degree", QualificationKind::Professional, None, on);
        let study = read.code("field", StudyField::from_code);
        let (issuer, number) = (read.text("degree_issuer"), read.text("degree_number"));
        papers.push(PaperWish { degree: Some(degree), study, issuer, number, ..known });
    }
    for (field, kind, on) in [
        ("theory", QualificationKind::PoliticalTheory, "theory_on"),
        ("state", QualificationKind::StateManagement, "state_on"),
        ("course", QualificationKind::LeadershipCourse, ""),
        ("defence", QualificationKind::DefenceSecurity, "defence_on"),
        ("language", QualificationKind::Language, ""),
        ("it", QualificationKind::It, ""),
    ] {
        let level = read.code(field, |code| kind.levels().contains(&code).then(|| code.to_owned()));
        if let Some(level) = level {
            let on = read.dated(on);
            papers.push(paper(field, kind, Some(level), on));
        }
    }
    if read.yes("ethnic_language") {
        papers.push(paper("ethnic_language", QualificationKind::EthnicLanguage, None, None));
    }
    papers
}

#[cfg(test)]
mod tests {
    use super::*;
    use workbooks::values::Dated;

    fn read(text: &str) -> Wish {
        let Value::Object(fields) = serde_json::from_str(text).unwrap() else { panic!("an object") };
        wish(&Entry { place: 3, code: " tm.1 ", fields: &fields })
    }

    fn faults(wish: &Wish) -> Vec<(&str, &str)> {
        wish.faults.iter().map(|fault| (fault.field.as_str(), fault.code.as_str())).collect()
    }

    #[test]
    fn what_is_told_is_read_exactly() {
        let wish = read(
            r#"{"code": "TM.1", "name": " Hồ  Thị Bình ", "birth": "1985-03", "sex": "nu", "ethnicity": 26, "unit": "H01", "degree": "bachelor",
                "degree_on": 2007, "ethnic_language": true, "rating": "good", "rating_year": 2025, "religion": null, "post": " "}"#,
        );
        assert_eq!(faults(&wish), []);
        assert_eq!((wish.code.as_deref(), wish.name.as_deref(), wish.ethnicity), (Some("TM.1"), Some("Hồ Thị Bình"), Some(26)));
        assert_eq!((wish.birth, wish.religion, wish.post), (Some(Dated::Month { year: 1985, month: 3 }), None, None));
        assert_eq!(wish.papers.iter().map(|paper| paper.field).collect::<Vec<_>>(), ["degree", "ethnic_language"]);
        assert_eq!((wish.papers[0].on, wish.rating), (Some(Dated::Year(2007)), Some((Band::Good, Some(2025)))));
    }

    #[test]
    fn what_cannot_be_read_is_a_fault_of_its_field() {
        let wish = read(
            r#"{"code": "TM.2", "nmae": "x", "family": "Hồ", "name": 7, "sex": "female", "birth": "31/03/1985", "theory_on": "2020",
                "ethnic_language": "yes", "ethnicity": "99", "rating": "good", "rating_year": "2025"}"#,
        );
        let mut found = faults(&wish);
        found.sort_unstable();
        assert_eq!(
            found,
            [
                ("birth", "bad_day"),
                ("code", "code_differs"),
                ("ethnic_language", "not_yes_no"),
                ("ethnicity", "not_a_code"),
                ("family", "unknown_field"),
                ("name", "not_text"),
                ("nmae", "unknown_field"),
                ("rating_year", "bad_year"),
                ("sex", "not_a_code"),
                ("theory_on", "needs_other"),
            ]
        );
    }
}
