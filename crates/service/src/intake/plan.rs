//! What a file would write: every row given its person, judged, counted.
//! Not for: the rules of one row (`judge`), writing (`carry`).

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::ids::OfficialId;
use domain::text::fold;
use store::read::intake::{Keys, Known};
use store::write::register::{NewRecord, Newcomer, Update};

use super::fault::Fault;
use super::judge::{Change, Judge, Outcome, Told};
use super::report::{Counts, Line, LineState, MOST};
use super::wish::{Wish, may_be};

/// What a file would write.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) new: Vec<Newcomer>,
    pub(super) changed: Vec<Update>,
    /// Trainings that are new.
    pub(super) trainings: Vec<NewRecord>,
    /// Trainings that become otherwise, by their keys.
    pub(super) amended: Vec<(i64, NewRecord)>,
    pub(super) counts: Counts,
    pub(super) faults: Vec<Fault>,
    pub(super) notes: Vec<Fault>,
    pub(super) lines: Vec<Line>,
    /// Everybody the file tells of who is in the register.
    pub(super) met: HashSet<OfficialId>,
    /// The same plan has the same.
    pub(super) digest: String,
}

/// Rows that are judged together.
pub(super) const SOME: usize = 4_000;

/// The keys by which the rows' people are looked for.
pub(super) fn keys<'w>(wishes: impl Iterator<Item = &'w Wish>) -> Keys {
    let mut keys = Keys::default();
    for wish in wishes {
        keys.codes.extend(wish.code.clone());
        keys.citizens.extend(wish.citizen.clone());
        if wish.code.is_none() {
            keys.names.extend(wish.name.as_deref().map(fold));
        }
    }
    keys
}

/// The people of the register by their keys.
pub(super) struct Register<'k> {
    by_code: HashMap<String, &'k Known>,
    by_citizen: HashMap<&'k str, &'k Known>,
    by_name: HashMap<&'k str, Vec<&'k Known>>,
}

impl<'k> Register<'k> {
    pub(super) fn new(people: &'k [Known]) -> Self {
        let mut by_name: HashMap<&str, Vec<&Known>> = HashMap::new();
        for person in people {
            by_name.entry(&person.folded).or_default().push(person);
        }
        let citizens = people.iter().filter_map(|person| Some((person.identity.citizen_number.as_deref()?, person)));
        let codes =
            |person: &'k Known| person.former_codes.iter().chain([&person.identity.code]).map(move |code| (code.to_uppercase(), person));
        Self { by_code: people.iter().flat_map(codes).collect(), by_citizen: citizens.collect(), by_name }
    }

    /// The person a row means: by staff code, by citizen number, else by name and birth when the row has nothing better.
    pub(super) fn meant(&self, wish: &Wish, judge: &Judge<'_>) -> Result<Option<&'k Known>, Box<Fault>> {
        let by_code = wish.code.as_ref().and_then(|code| self.by_code.get(code)).copied();
        let by_citizen = wish.citizen.as_deref().and_then(|number| self.by_citizen.get(number)).copied();
        match (by_code, by_citizen) {
            (Some(a), Some(b)) if a.official != b.official => {
                Err(Box::new(judge.fault(wish, "citizen_number", wish.citizen.as_deref().unwrap_or_default(), "two_people")))
            }
            (Some(person), _) | (None, Some(person)) => Ok(Some(person)),
            (None, None) if wish.code.is_some() => Ok(None),
            (None, None) => self.by_birth(wish, judge),
        }
    }

    fn by_birth(&self, wish: &Wish, judge: &Judge<'_>) -> Result<Option<&'k Known>, Box<Fault>> {
        let (Some(name), Some(birth)) = (wish.name.as_deref(), wish.birth) else { return Ok(None) };
        let is_other = |person: &Known| match (&wish.citizen, &person.identity.citizen_number) {
            (Some(said), Some(known)) => said != known,
            _ => false,
        };
        let is_here = |person: &Known| person.postings.last().is_some_and(|posting| judge.places.is_kept(posting.unit));
        let same = self.by_name.get(fold(name).as_str()).into_iter().flatten().copied();
        let same: Vec<&Known> = same.filter(|p| may_be(birth, p.identity.birth_on) && !is_other(p) && is_here(p)).collect();
        match same.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one)),
            several => {
                let codes: Vec<&str> = several.iter().take(5).map(|person| person.identity.code.as_str()).collect();
                Err(Box::new(judge.fault(wish, "name", name, "several_people").with("codes", codes.join(", "))))
            }
        }
    }
}

/// Staff codes for people whose row has none: the code of the file's unit and a running number.
pub(super) struct Codes {
    prefix: String,
    next: u64,
}

impl Codes {
    /// Codes behind the last one of a prefix.
    pub(super) const fn after(prefix: String, last: u64) -> Self {
        Self { prefix, next: last + 1 }
    }

    fn take(&mut self) -> String {
        let code = format!("{}-{:04}", self.prefix, self.next);
        self.next += 1;
        code
    }
}

/// A plan in the making: rows are judged some at a time, each with the people it may mean, so that nobody holds a whole province.
pub(super) struct Making<'m> {
    judge: &'m Judge<'m>,
    codes: Codes,
    seen: BTreeMap<String, u32>,
    plan: Plan,
}

impl<'m> Making<'m> {
    pub(super) fn new(judge: &'m Judge<'m>, codes: Codes) -> Self {
        Self { judge, codes, seen: BTreeMap::new(), plan: Plan::default() }
    }

    /// Judges the next rows; `people` are those that their keys found.
    pub(super) fn take(&mut self, wishes: &[Wish], people: &[Known]) {
        let register = Register::new(people);
        for wish in wishes {
            let mut told = Told { faults: wish.faults.clone(), ..Told::default() };
            let met = &mut self.plan.met;
            let outcome = row(wish, &register, self.judge, &mut self.codes, &mut self.seen, &mut told, met);
            self.plan.add(wish, outcome, told, self.judge);
        }
    }

    pub(super) fn done(mut self) -> Plan {
        self.plan.digest = self.plan.digest();
        self.plan
    }
}

fn row(
    wish: &Wish,
    register: &Register<'_>,
    judge: &Judge<'_>,
    codes: &mut Codes,
    seen: &mut BTreeMap<String, u32>,
    told: &mut Told,
    met: &mut HashSet<OfficialId>,
) -> Outcome {
    let meant = match register.meant(wish, judge) {
        Ok(meant) => meant,
        Err(fault) => {
            told.faults.push(*fault);
            return Outcome::Faulty;
        }
    };
    met.extend(meant.map(|known| known.official));
    for key in row_keys(wish, meant) {
        let is_citizen = key.starts_with(CITIZEN);
        if let Some(other) = seen.insert(key, wish.row) {
            told.faults.push(again(wish, other, is_citizen, judge));
            return Outcome::Faulty;
        }
    }
    match meant {
        Some(known) => judge.known(wish, known, told),
        None => {
            let code = wish.code.clone().unwrap_or_else(|| codes.take());
            judge.newcomer(wish, code, told)
        }
    }
}

/// The row of somebody who was there already; with a staff code of its own it is another person with the citizen number of the first.
fn again(wish: &Wish, other: u32, is_citizen: bool, judge: &Judge<'_>) -> Fault {
    match (&wish.code, &wish.citizen) {
        (Some(_), Some(number)) if is_citizen => judge.fault(wish, "citizen_number", number, "two_people"),
        (Some(code), _) => judge.fault(wish, "code", code, "row_again").with("row", (other + 1).to_string()),
        (None, _) => judge.fault(wish, "name", wish.name.as_deref().unwrap_or_default(), "row_again").with("row", (other + 1).to_string()),
    }
}

/// What stands before the citizen number in a key.
const CITIZEN: &str = "citizen ";

/// By what a second row of the same person is told; nobody else gets the citizen number.
fn row_keys(wish: &Wish, meant: Option<&Known>) -> Vec<String> {
    let citizen = wish.citizen.iter().map(|number| format!("{CITIZEN}{number}"));
    if let Some(known) = meant {
        return std::iter::once(format!("#{}", known.official.0)).chain(citizen).collect();
    }
    let mut keys: Vec<String> = wish.code.iter().map(|code| format!("code {code}")).chain(citizen).collect();
    if keys.is_empty()
        && let (Some(name), Some(birth)) = (&wish.name, wish.birth)
    {
        keys.push(format!("name {} {birth:?}", fold(name)));
    }
    keys
}

impl Plan {
    fn add(&mut self, wish: &Wish, outcome: Outcome, told: Told, judge: &Judge<'_>) {
        let outcome = if told.faults.is_empty() { outcome } else { Outcome::Faulty };
        self.tell(told);
        match outcome {
            Outcome::New(new) => {
                self.counts.new += 1;
                let unit = judge.places.name(new.posting.unit);
                self.line(wish, LineState::New, (&new.identity.code, &new.identity.name), unit, Vec::new());
                self.new.push(*new);
            }
            Outcome::Changed(update, changes) => {
                self.counts.changed += 1;
                let unit = update.begins.as_ref().map(|posting| judge.places.name(posting.unit)).unwrap_or_default();
                let name = wish.name.clone().unwrap_or_default();
                self.line(wish, LineState::Changed, (wish.code.as_deref().unwrap_or_default(), &name), unit, changes);
                self.changed.push(*update);
            }
            Outcome::Same => self.counts.same += 1,
            Outcome::Faulty => self.counts.faulty += 1,
        }
    }

    /// A row, with what is wrong with it.
    pub(super) fn tell(&mut self, told: Told) {
        self.counts.rows += 1;
        self.counts.faults += told.faults.len();
        self.counts.notes += told.notes.len();
        self.faults.extend(told.faults);
        self.notes.extend(told.notes.into_iter().take(MOST.saturating_sub(self.notes.len())));
    }

    pub(super) fn line(&mut self, wish: &Wish, state: LineState, who: (&str, &str), unit: (String, String), changes: Vec<Change>) {
        if self.lines.len() < MOST {
            let (code, name) = (who.0.to_owned(), who.1.to_owned());
            self.lines.push(Line { row: wish.row + 1, state, code, name, unit, changes });
        }
    }

    pub(super) fn digest(&self) -> String {
        // Another release may count otherwise: then the file is looked at once more, as when the register changed.
        let mut hash = DefaultHasher::new();
        (&self.new, &self.changed, &self.trainings, &self.amended).hash(&mut hash);
        format!("{:016x}", hash.finish())
    }
}
