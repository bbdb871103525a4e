//! A row that tells of somebody the register does not know: everything a record cannot do without must be there.
//! Not for: people who are known (`known`).

use domain::ids::OfficialId;
use domain::people::{Leadership, RatingKind, StaffKind};
use domain::register::{PostingFacts, posting_faults};
use domain::time::{Date, dmy};
use store::read::intake::Place;
use store::write::register::{Identity, NewPosting, NewQualification, NewRating, Newcomer};
use workbooks::values::Dated;

use super::{Judge, Outcome, Told};
use crate::intake::paper::{PaperState, compare};
use crate::intake::wish::{Wish, first_day};

impl Judge<'_> {
    /// Judges somebody new; `code` is the staff code, given or made.
    pub(in crate::intake) fn newcomer(&self, wish: &Wish, code: String, told: &mut Told) -> Outcome {
        let Some(identity) = self.new_identity(wish, code, told) else { return Outcome::Faulty };
        self.identity(wish, &identity, told);
        let posting = self.first_posting(wish, &identity, told);
        let papers = self.new_papers(wish, identity.birth_on, told);
        let ratings = self.ratings(wish);
        match posting {
            Some(posting) if told.faults.is_empty() && !told.lacks => {
                Outcome::New(Box::new(Newcomer { identity, posting, papers, ratings }))
            }
            _ => Outcome::Faulty,
        }
    }

    /// A needed field without a value; a fault of the reading may have told of it already.
    pub(in crate::intake) fn need<T>(&self, wish: &Wish, field: &str, value: Option<T>, told: &mut Told) -> Option<T> {
        let is_told = || wish.faults.iter().chain(&told.faults).any(|fault| fault.field == field);
        if value.is_none() && self.is_missing(field) {
            told.lacks = true;
        } else if value.is_none() && !is_told() {
            told.faults.push(self.fault(wish, field, "", "needed"));
        }
        value
    }

    /// Whether no row of the file can have a field.
    fn is_missing(&self, field: &str) -> bool {
        field != "unit" && !self.columns.contains_key(field) && !(field == "name" && self.columns.contains_key("given"))
    }

    fn default_of<T>(&self, field: &str, from_code: fn(&str) -> Option<T>) -> Option<T> {
        self.defaults.get(field).and_then(|code| from_code(code))
    }

    fn new_identity(&self, wish: &Wish, code: String, told: &mut Told) -> Option<Identity> {
        let name = self.need(wish, "name", wish.name.clone(), told);
        let birth_on = self.need(wish, "birth", wish.birth.and_then(first_day), told);
        let sex = self.need(wish, "sex", wish.sex, told);
        let ethnicity = wish.ethnicity.or_else(|| self.default_of("ethnicity", |code| code.parse().ok()));
        let ethnicity = self.need(wish, "ethnicity", ethnicity, told);
        if let Some(Dated::Year(_) | Dated::Month { .. }) = wish.birth {
            let taken = birth_on.map(dmy).unwrap_or_default();
            told.notes.push(self.fault(wish, "birth", "", "first_of_january").with("taken", taken));
        }
        Some(Identity {
            code,
            record_code: wish.record_code.clone(),
            name: name?,
            other_names: wish.other_names.clone(),
            birth_on: birth_on?,
            sex: sex?,
            ethnicity: ethnicity?,
            religion: wish.religion.clone(),
            health: wish.health.clone(),
            citizen_number: wish.citizen.clone(),
            recruited_on: wish.recruited.and_then(first_day),
        })
    }

    fn first_posting(&self, wish: &Wish, identity: &Identity, told: &mut Told) -> Option<NewPosting> {
        let named = self.unit(wish, told);
        // Nobody works at "the province": whoever has no better unit is asked for it.
        let is_office = self.home.kind != domain::orgs::UnitKind::Province;
        let unit = self.need(wish, "unit", named.or_else(|| is_office.then_some(self.home)), told);
        let post = wish.post.clone().or_else(|| self.defaults.get("post").cloned());
        let post = self.need(wish, "post", post, told);
        let staff = self.need(wish, "staff", wish.staff.or_else(|| self.default_of("staff", StaffKind::from_code)), told);
        let (unit, post, staff) = (unit?, post?, staff?);
        if !self.places.is_kept(unit.id) {
            told.faults.push(self.fault(wish, "unit", &unit.name, "other_keeper"));
        }
        let posting = self.begin(wish, unit, (post, staff, wish.leadership), told);
        let facts = PostingFacts { from: posting.from, to: None, others: &[], unit: unit.life, birth_on: identity.birth_on, died_on: None };
        self.posting(wish, posting.from, posting_faults(&facts), told);
        Some(posting)
    }

    /// A posting that begins on the day the row says, else on the day of the file; a unit that is younger than that day has it since it
    /// exists: lists tell since when somebody has a post, through every reorganisation.
    pub(super) fn begin(&self, wish: &Wish, unit: &Place, what: (String, StaffKind, Option<Leadership>), told: &mut Told) -> NewPosting {
        let (post, staff, leadership) = what;
        let wanted = wish.from.and_then(first_day).unwrap_or(self.as_of);
        let from = wanted.max(unit.life.from());
        if from != wanted && wish.from.is_some() {
            let note = self.fault(wish, "from", &dmy(wanted), "since_unit_exists").with("taken", dmy(from));
            told.notes.push(note);
        }
        NewPosting {
            official: OfficialId(0),
            unit: unit.id,
            level: unit.level,
            bloc: unit.bloc,
            post,
            staff,
            leadership,
            group: leadership.and_then(Leadership::group),
            duty: None,
            appointment: None,
            fits_post: true,
            grade: wish.grade.clone(),
            from,
            to: None,
            ended_by: None,
            decision: wish.decision.clone(),
        }
    }

    fn new_papers(&self, wish: &Wish, birth_on: Date, told: &mut Told) -> Vec<NewQualification> {
        let mut papers = Vec::new();
        for paper in &wish.papers {
            match compare(paper, &[], birth_on, self.as_of, self.today) {
                PaperState::New(new) => papers.push(*new),
                PaperState::InFuture => told.faults.push(self.fault(wish, paper.field, "", "held_in_future")),
                PaperState::TooYoung => told.faults.push(self.fault(wish, paper.field, "", "held_too_young")),
                PaperState::Dated(..) | PaperState::Same | PaperState::Lower => {}
            }
        }
        papers
    }

    /// The yearly rating of a row, decided on the last day of its year.
    pub(super) fn ratings(&self, wish: &Wish) -> Vec<NewRating> {
        let Some((band, year)) = wish.rating else { return Vec::new() };
        // A list of January tells of the year that is over.
        let year = year.unwrap_or_else(|| self.as_of.year() - i32::from(u8::from(self.as_of.month()) < 12));
        let on = domain::time::date(year, 12, 31).filter(|on| *on <= self.today.max(self.as_of));
        on.map(|on| NewRating { official: OfficialId(0), kind: RatingKind::Yearly, band, on }).into_iter().collect()
    }
}
