//! A row that tells of somebody the register knows: what it says differently, and whether that may be written.
//! Not for: people who are new (`newcomer`).

use domain::people::Leadership;
use domain::register::{IdentityField, PostingFacts, posting_faults};
use domain::text::fold;
use domain::time::{Date, Interval, dmy};
use store::read::intake::{Known, KnownPosting, Place};
use store::write::register::{Amendment, Identity, Update};
use workbooks::values::{Dated, as_read};

use super::{Change, Judge, Outcome, Told};
use crate::intake::paper::{PaperState, compare};
use crate::intake::wish::{Wish, first_day, may_be};

impl Judge<'_> {
    /// Judges somebody known.
    pub(in crate::intake) fn known(&self, wish: &Wish, known: &Known, told: &mut Told) -> Outcome {
        let whose = wish.code.as_deref().unwrap_or_default();
        if self.is_kept_elsewhere(known) {
            told.faults.push(self.fault(wish, "code", whose, "kept_elsewhere"));
            return Outcome::Faulty;
        }
        let mut changes = Vec::new();
        let identity = changed_identity(wish, known, &mut changes);
        if let Some(identity) = &identity {
            self.identity(wish, identity, told);
        }
        let mut update = Update {
            official: known.official,
            revision: known.revision,
            identity,
            ends: None,
            amends: None,
            begins: None,
            papers: Vec::new(),
            dated: Vec::new(),
            ratings: Vec::new(),
        };
        self.career(wish, known, &mut update, &mut changes, told);
        self.papers(wish, known, &mut update, &mut changes, told);
        self.rated(wish, known, &mut update, &mut changes, told);
        // Nobody changes the own record; that it stands in a file as it is changes nothing.
        if self.own == Some(known.official) && !changes.is_empty() {
            told.faults.push(self.fault(wish, "code", whose, "own_record"));
        }
        match (told.faults.is_empty(), changes.is_empty()) {
            (false, _) => Outcome::Faulty,
            (true, true) => Outcome::Same,
            (true, false) => Outcome::Changed(Box::new(update), changes),
        }
    }

    /// Whether somebody else keeps a person's record; then nothing of who it is is told.
    pub(in crate::intake) fn is_kept_elsewhere(&self, known: &Known) -> bool {
        let here = current(known, self.as_of).or_else(|| known.postings.last());
        here.is_some_and(|posting| !self.places.is_kept(posting.unit))
    }

    fn career(&self, wish: &Wish, known: &Known, update: &mut Update, changes: &mut Vec<Change>, told: &mut Told) {
        let named = self.unit(wish, told);
        if wish.unit.is_some() && named.is_none() {
            return;
        }
        match current(known, self.as_of) {
            Some(now) if self.stays(now, named, wish.post.as_deref()) => self.amend(wish, now, update, changes),
            now => self.move_on(wish, known, now, named, update, changes, told),
        }
    }

    /// Whether a posting is the one the row tells of. A list of a commune that names the commune means its offices too.
    fn stays(&self, now: &KnownPosting, named: Option<&Place>, post: Option<&str>) -> bool {
        let same_unit =
            named.is_none_or(|place| place.id == now.unit || (place.id == self.home.id && self.places.home.contains(&now.unit)));
        same_unit && post.is_none_or(|post| fold(post) == fold(&now.post))
    }

    fn amend(&self, wish: &Wish, now: &KnownPosting, update: &mut Update, changes: &mut Vec<Change>) {
        let before = changes.len();
        let code = |leadership: Option<Leadership>| leadership.map(|l| l.to_string());
        differ(changes, "staff", Some(now.staff.to_string()), wish.staff.map(|s| s.to_string()));
        differ(changes, "leadership", code(now.leadership), code(wish.leadership));
        differ(changes, "grade", now.grade.clone(), wish.grade.clone());
        differ(changes, "decision", now.decision.clone(), wish.decision.clone());
        if changes.len() == before {
            return;
        }
        let leadership = wish.leadership.or(now.leadership);
        let group = if leadership == now.leadership { now.group } else { leadership.and_then(Leadership::group) };
        update.amends = Some(Amendment {
            posting: now.id,
            leadership,
            group,
            staff: wish.staff.unwrap_or(now.staff),
            grade: wish.grade.clone().or_else(|| now.grade.clone()),
            decision: wish.decision.clone().or_else(|| now.decision.clone()),
        });
    }

    #[expect(clippy::too_many_arguments, reason = "one step of the comparison, with all it is judged by")]
    fn move_on(
        &self,
        wish: &Wish,
        known: &Known,
        now: Option<&KnownPosting>,
        named: Option<&Place>,
        update: &mut Update,
        changes: &mut Vec<Change>,
        told: &mut Told,
    ) {
        let last = now.or_else(|| known.postings.last());
        let unit = named.or_else(|| now.and_then(|now| self.places.get(now.unit)));
        let post = wish.post.clone().or_else(|| now.map(|now| now.post.clone()));
        let staff = wish.staff.or_else(|| last.map(|last| last.staff));
        // A row that says nothing of where somebody works brings nobody back.
        let (Some(unit), Some(post), Some(staff)) = (unit, post, staff) else { return };
        if !self.places.is_kept(unit.id) {
            told.faults.push(self.fault(wish, "unit", &unit.name, "other_keeper"));
        }
        let posting = self.begin(wish, unit, (post, staff, wish.leadership), told);
        if now.is_some_and(|now| posting.from <= now.during.from()) {
            told.faults.push(self.fault(wish, "from", &dmy(posting.from), "overlaps"));
            return;
        }
        let staying = staying(known, now, posting.from);
        let died_on = known.postings.iter().find(|p| p.died).and_then(|p| p.during.to());
        let birth_on = update.identity.as_ref().map_or(known.identity.birth_on, |identity| identity.birth_on);
        let facts = PostingFacts { from: posting.from, to: None, others: &staying, unit: unit.life, birth_on, died_on };
        self.posting(wish, posting.from, posting_faults(&facts), told);
        let text = |unit: (String, String), post: &str| format!("{post}, {}", unit.1);
        let before = now.map(|now| text(self.places.name(now.unit), &now.post));
        changes.push((
            "post".to_owned(),
            before,
            Some(format!("{} ({})", text(self.places.name(unit.id), &posting.post), dmy(posting.from))),
        ));
        update.ends = now.map(|now| (now.id, posting.from));
        update.begins = Some(posting);
    }

    fn papers(&self, wish: &Wish, known: &Known, update: &mut Update, changes: &mut Vec<Change>, told: &mut Told) {
        let birth_on = update.identity.as_ref().map_or(known.identity.birth_on, |identity| identity.birth_on);
        for paper in &wish.papers {
            let level = || paper.degree.map(|degree| degree.to_string()).or_else(|| paper.level.clone()).unwrap_or_else(|| "x".to_owned());
            match compare(paper, &known.papers, birth_on, self.as_of, self.today) {
                PaperState::New(new) => {
                    changes.push((paper.field.to_owned(), None, Some(level())));
                    update.papers.push(*new);
                }
                PaperState::Dated(key, day) => {
                    let before = known.papers.iter().find(|known| known.id == key).map(|known| dmy(known.granted_on));
                    changes.push((format!("{}_on", paper.field), before, Some(dmy(day))));
                    update.dated.push((key, day));
                }
                PaperState::Same => {}
                PaperState::Lower => told.notes.push(self.fault(wish, paper.field, &level(), "lower_than_known")),
                PaperState::InFuture => told.faults.push(self.fault(wish, paper.field, &level(), "held_in_future")),
                PaperState::TooYoung => told.faults.push(self.fault(wish, paper.field, &level(), "held_too_young")),
            }
        }
    }

    fn rated(&self, wish: &Wish, known: &Known, update: &mut Update, changes: &mut Vec<Change>, told: &mut Told) {
        for new in self.ratings(wish) {
            match known.ratings.iter().find(|(kind, _, on)| *kind == new.kind && on.year() == new.on.year()) {
                Some((_, band, _)) if *band == new.band => {}
                Some((_, band, _)) => {
                    let note = self.fault(wish, "rating", new.band.code(), "other_rating").with("known", band.code());
                    told.notes.push(note);
                }
                None => {
                    changes.push(("rating".to_owned(), None, Some(new.band.to_string())));
                    update.ratings.push(new);
                }
            }
        }
    }
}

/// The posting of a day, or the one that begins after it when the person is still to come.
fn current(known: &Known, on: Date) -> Option<&KnownPosting> {
    let holds = known.postings.iter().rev().find(|posting| posting.during.contains(on));
    holds.or_else(|| known.postings.iter().find(|posting| posting.during.to().is_none()))
}

/// The postings as they are after the one of the day ended.
fn staying(known: &Known, now: Option<&KnownPosting>, on: Date) -> Vec<Interval> {
    let cut = |posting: &KnownPosting| match now {
        Some(now) if now.id == posting.id => Interval::new(posting.during.from(), Some(on)).ok(),
        _ => Some(posting.during),
    };
    known.postings.iter().filter_map(cut).collect()
}

fn differ(changes: &mut Vec<Change>, field: &str, before: Option<String>, after: Option<String>) {
    let is_same = before.as_ref().zip(after.as_ref()).is_some_and(|(before, after)| is_as_read(before, after));
    if after.is_some() && !is_same {
        changes.push((field.to_owned(), before, after));
    }
}

/// The identity with what the row says differently; `None` when it says nothing different.
fn changed_identity(wish: &Wish, known: &Known, changes: &mut Vec<Change>) -> Option<Identity> {
    let before = changes.len();
    let old = &known.identity;
    let mut new = old.clone();
    let mut text = |field: &str, slot: &mut String, said: Option<&String>| {
        if let Some(said) = said.filter(|said| !is_as_read(slot, said)) {
            changes.push((field.to_owned(), Some(slot.clone()), Some(said.clone())));
            slot.clone_from(said);
        }
    };
    // The code of a record that was merged into this one stays a former code.
    let is_former = |code: &&String| known.former_codes.iter().any(|former| former.eq_ignore_ascii_case(code));
    text("code", &mut new.code, wish.code.as_ref().filter(|code| !is_former(code)));
    // Capitals of a file say nothing of how the register writes the name.
    let is_same_name = |name: &&String| wish.is_cased && as_read(&old.name).to_lowercase() == name.to_lowercase();
    text("name", &mut new.name, wish.name.as_ref().filter(|name| !is_same_name(name)));
    for (field, slot, said) in [
        ("record_code", &mut new.record_code, &wish.record_code),
        ("other_names", &mut new.other_names, &wish.other_names),
        ("religion", &mut new.religion, &wish.religion),
        ("health", &mut new.health, &wish.health),
        ("citizen_number", &mut new.citizen_number, &wish.citizen),
    ] {
        if said.as_ref().is_some_and(|said| !slot.as_ref().is_some_and(|known| is_as_read(known, said))) {
            // What is masked in the register is masked in the account of its changes.
            let shown = |value: &Option<String>| value.clone().map(|text| if IdentityField::masks(field) { mask(&text) } else { text });
            changes.push((field.to_owned(), shown(slot), shown(said)));
            slot.clone_from(said);
        }
    }
    day(changes, "birth", Some(old.birth_on), wish.birth).into_iter().for_each(|on| new.birth_on = on);
    day(changes, "recruited", old.recruited_on, wish.recruited).into_iter().for_each(|on| new.recruited_on = Some(on));
    if let Some(sex) = wish.sex.filter(|sex| *sex != old.sex) {
        changes.push(("sex".to_owned(), Some(old.sex.to_string()), Some(sex.to_string())));
        new.sex = sex;
    }
    if let Some(group) = wish.ethnicity.filter(|group| *group != old.ethnicity) {
        changes.push(("ethnicity".to_owned(), Some(old.ethnicity.to_string()), Some(group.to_string())));
        new.ethnicity = group;
    }
    (changes.len() > before).then_some(new)
}

/// Whether a file that says what the register has can be read so: line breaks and runs of blanks do not come through a cell.
fn is_as_read(known: &str, said: &str) -> bool {
    known == said || as_read(known) == said
}

fn mask(text: &str) -> String {
    let letters = text.chars().count();
    text.chars().enumerate().map(|(place, c)| if place + 3 >= letters && letters > 6 { c } else { '•' }).collect()
}

/// The day a row means when it is another one than the known one.
fn day(changes: &mut Vec<Change>, field: &str, known: Option<Date>, said: Option<Dated>) -> Option<Date> {
    let said = said?;
    if known.is_some_and(|known| may_be(said, known)) {
        return None;
    }
    let on = first_day(said)?;
    changes.push((field.to_owned(), known.map(dmy), Some(dmy(on))));
    Some(on)
}
