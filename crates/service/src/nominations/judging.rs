//! Who may be sent to a class, judged before sending: the law of the sending day, other classes, the work of the office, shares.
//! The same facts and rules serve one person inside a transaction and a whole province on a page.
//! Not for: seats (`naming`).

use std::collections::{BTreeSet, HashMap};

use domain::classes::Terms;
use domain::classes::sittings::Shift;
use domain::ids::{OfficialId, UnitId};
use domain::nominations::hindrances::{Busy, Hindrance, Office, are_at_once, guard};
use domain::nominations::seating::{Room, room};
use domain::nominations::{Preference, YOUNG};
use domain::orgs::Level;
use domain::people::{Sex, StaffKind};
use domain::plans::{Seats, Tree, Working};
use domain::roles::Act;
use domain::time::{Date, age, months_before};
use domain::training::{ClassStatus, TrainingKind};
use law::SendingDate;
use law::commitment::commitment_months;
use law::sending::{Candidate, Event, Finding, Judge, Weight};
use store::At;
use store::read::classes::{self as halls, ClassLine, Meeting};
use store::read::nominations as read;
use store::read::nominations::NominationLine;
use store::read::nominations::facts::{self, By, Person, Staffing, Who};

use super::places::Places;
use super::{last_day_for_names, tree};
use crate::classes::{Rules, people_place, rules, seen};
use crate::lawbook::law;
use crate::{ActError, Ctx, Services};

/// Why somebody should not, or cannot, be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// The law of the sending day.
    Law(Box<Finding>),
    /// A rule of a signed document, of the office, or of the class itself.
    Rule(Hindrance, Detail),
}

/// What a rule looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// Nothing to tell.
    None,
    /// Another class: code and name.
    Class(String),
    /// A day.
    Day(Date),
    /// Found and allowed.
    Count(i64, i64),
}

impl Because {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Law(finding) => finding.code.code(),
            Self::Rule(hindrance, _) => hindrance.code(),
        }
    }

    /// Whether nobody passes; otherwise a reason in writing is asked for.
    #[must_use]
    pub fn is_hard(&self) -> bool {
        match self {
            Self::Law(finding) => finding.weight == Weight::Hard,
            Self::Rule(hindrance, _) => hindrance.is_hard(),
        }
    }
}

/// Somebody who was judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessed {
    /// Who, with the post held on the first day of the class.
    pub person: Person,
    /// Everything against it.
    pub because: Vec<Because>,
    /// What puts the person before others.
    pub preferences: Vec<Preference>,
    /// Months of service that the law wants promised, for a degree.
    pub promise: Option<u32>,
}

impl Assessed {
    /// Whether nothing forbids it.
    #[must_use]
    pub fn may_go(&self) -> bool {
        !self.because.iter().any(Because::is_hard)
    }

    /// Points in the line.
    #[must_use]
    pub fn points(&self) -> i32 {
        i32::try_from(self.preferences.len()).unwrap_or(i32::MAX)
    }
}

/// What the unit says of somebody beside the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// Months of service that the signed promise names; `None` to judge as if the promise were what the law asks.
    pub promised_months: Option<u32>,
    /// Whether the standing committee has given its opinion.
    pub opinion_given: bool,
    /// Whether the unit has confirmed that the field fits the post.
    pub field_fits: bool,
}

/// A class ready to judge people for: the law of the day looked up, the facts of everybody asked for read.
#[derive(Debug)]
pub struct Judging<'a> {
    class: &'a ClassLine,
    event: &'a Event,
    judge: Judge<'a>,
    promises: HashMap<StaffKind, u32>,
    rules: Rules,
    today: Date,
    may_name_late: bool,
    shares: Vec<Seats>,
    seated: Vec<Working>,
    named: Vec<OfficialId>,
    meetings: Vec<(Date, Shift)>,
    tree: Tree,
    /// Units in areas where people are preferred.
    remote: BTreeSet<UnitId>,
    places: Places,
    facts: Facts,
}

#[derive(Debug, Default)]
struct Facts {
    people: Vec<Person>,
    ratings: By<(i32, domain::people::Band)>,
    first_sent: HashMap<OfficialId, Date>,
    busy: By<Busy>,
    finished: HashMap<OfficialId, Date>,
    load: HashMap<OfficialId, i64>,
    offices: HashMap<UnitId, Staffing>,
}

/// Months of study; training has none.
pub(crate) fn study_months(terms: &Terms) -> u16 {
    let months = |day: Date| day.year() * 12 + i32::from(u8::from(day.month()));
    match terms.kind {
        TrainingKind::Education => u16::try_from((months(terms.ends_on) - months(terms.starts_on)).max(1)).unwrap_or(u16::MAX),
        TrainingKind::Training => 0,
    }
}

/// The class as the law looks at it.
pub(super) fn event(terms: &Terms, sent_on: Date) -> Event {
    Event {
        kind: terms.kind,
        degree: terms.degree,
        field: terms.field,
        abroad: terms.abroad,
        starts_on: terms.starts_on,
        ends_on: terms.ends_on,
        study_months: study_months(terms),
        sent_on: SendingDate(sent_on),
        staff: terms.staff.clone(),
        groups: terms.groups.clone(),
    }
}

impl<'a> Judging<'a> {
    /// Reads everything by which people are judged; a fixed number of statements, however many people.
    ///
    /// # Errors
    /// [`ActError::Internal`] when the database or the shipped law fails.
    pub(super) async fn of(
        services: &Services,
        ctx: &Ctx,
        at: At<'_>,
        (class, event): (&'a ClassLine, &'a Event),
        who: Who<'_>,
    ) -> Result<Self, ActError> {
        let (on, span) = (class.terms.starts_on, (class.terms.starts_on, class.terms.ends_on));
        let rules = rules(services).await?;
        let since = months_before(on, rules.repeat_years * 12).unwrap_or(on);
        let facts = Facts {
            people: facts::people(at, who, on).await?,
            ratings: facts::ratings(at, who, on, event.sent_on.0.year() - 3).await?,
            first_sent: facts::first_sent(at, who, on).await?,
            busy: facts::busy(at, who, on, span).await?,
            finished: facts::finished(at, who, on, &class.terms, since).await?,
            load: facts::load(at, who, on, on.year()).await?,
            offices: facts::offices(at, who, on, span).await?,
        };
        let law = law()?;
        let promise = |staff: &StaffKind| {
            let asked = commitment_months(law, *staff, event.sent_on, event.study_months).ok()?;
            Some((*staff, asked.value))
        };
        let promises = if event.study_months > 0 { StaffKind::ALL.iter().filter_map(promise).collect() } else { HashMap::new() };
        Ok(Self {
            class,
            event,
            judge: Judge::new(law, event),
            promises,
            rules,
            today: ctx.today,
            may_name_late: ctx.may(Act::ConfirmNominations),
            shares: halls::shares(at, class.id).await?,
            seated: read::seated(at, class.id).await?,
            named: read::alive(at, class.id).await?,
            places: Places::of(services, ctx, at, &class.terms).await?,
            meetings: halls::sittings(at, Meeting::Of(class.id)).await?.iter().map(|line| (line.sitting.on, line.sitting.shift)).collect(),
            tree: tree(services, ctx, on).await?,
            remote: crate::gaps::remote(services, ctx, on).await?,
            facts,
        })
    }

    /// Everybody whose facts were read, in name order.
    pub(super) fn people(&self) -> &[Person] {
        &self.facts.people
    }

    /// The shares of the class and the tree of its first day.
    pub(super) const fn hall(&self) -> (&Vec<Seats>, &Vec<Working>, &Tree) {
        (&self.shares, &self.seated, &self.tree)
    }

    /// What stands against the class itself taking names now.
    pub(super) fn of_class(&self) -> Vec<Because> {
        let mut because = Vec::new();
        if self.class.status != ClassStatus::Enrolling {
            because.push(Because::Rule(Hindrance::NotEnrolling, Detail::None));
        }
        let last = last_day_for_names(self.class);
        if self.today > last && !self.may_name_late {
            because.push(Because::Rule(Hindrance::TooLate, Detail::Day(last)));
        }
        because
    }

    /// Judges one person.
    #[must_use]
    pub fn assess(&self, person: &Person, said: Said) -> Assessed {
        let mut because: Vec<Because> =
            self.judge.of(&self.candidate(person, said)).into_iter().map(|finding| Because::Law(Box::new(finding))).collect();
        self.rules_against(person, &mut because);
        because.sort_by_key(|one| !one.is_hard());
        Assessed {
            person: person.clone(),
            because,
            preferences: self.preferences(person),
            promise: self.promises.get(&person.working.staff).copied(),
        }
    }

    /// What forbids sending somebody who is named already, judged anew: the law may have changed since the naming, and so may the facts.
    pub(super) fn against(&self, line: &NominationLine) -> Vec<Because> {
        let Some(person) = self.facts.people.iter().find(|person| person.id == line.official.0) else {
            return vec![Because::Rule(Hindrance::NotInService, Detail::Day(self.class.terms.starts_on))];
        };
        let said = Said {
            promised_months: Some(u32::try_from(line.promised_months).unwrap_or(0)),
            opinion_given: line.opinion_given,
            field_fits: true,
        };
        let mut because = self.assess(person, said).because;
        because.retain(|one| one.is_hard() && !matches!(one, Because::Rule(Hindrance::AlreadyNamed, _)));
        // Whoever holds a seat is counted among those who take the shares and places.
        let of_seats = [Hindrance::ShareFull, Hindrance::NotMeant, Hindrance::QuotaFull];
        because.retain(|one| !line.state.holds_a_seat() || !matches!(one, Because::Rule(rule, _) if of_seats.contains(rule)));
        because
    }

    fn candidate(&self, person: &Person, said: Said) -> Candidate {
        let asked = self.promises.get(&person.working.staff).copied().unwrap_or(0);
        Candidate {
            staff: person.working.staff,
            sex: person.sex,
            born_on: person.born_on,
            group: person.working.group,
            service_from: person.service_from,
            first_sent_on: self.facts.first_sent.get(&person.id).copied(),
            ratings: self.facts.ratings.get(&person.id).cloned().unwrap_or_default(),
            field_fits_post: said.field_fits.then_some(true),
            promised_months: said.promised_months.unwrap_or(asked),
            opinion_given: said.opinion_given,
            in_commune: person.level == Level::Commune,
            is_minority: person.is_minority,
            // A register that marks no area at all says nothing of one.
            in_hard_area: (!self.remote.is_empty()).then(|| self.remote.contains(&person.working.unit)),
        }
    }

    fn preferences(&self, person: &Person) -> Vec<Preference> {
        let mut found = Vec::new();
        let mut prefer = |is: bool, preference| found.extend(is.then_some(preference));
        prefer(person.sex == Sex::Female, Preference::Woman);
        prefer(person.is_minority, Preference::Minority);
        prefer(age(person.born_on, self.event.sent_on.0) < YOUNG, Preference::Young);
        prefer(self.remote.contains(&person.working.unit), Preference::Remote);
        found
    }

    fn rules_against(&self, person: &Person, because: &mut Vec<Because>) {
        let mut rule = |hindrance, detail| because.push(Because::Rule(hindrance, detail));
        if self.named.contains(&person.id) {
            rule(Hindrance::AlreadyNamed, Detail::None);
        }
        if let Some(other) = self.elsewhere(person) {
            rule(Hindrance::TwoAtOnce, Detail::Class(other.to_owned()));
        }
        match room(&self.shares, &self.seated, &person.working, &self.tree) {
            Room::Free => {}
            Room::NotMeant => rule(Hindrance::NotMeant, Detail::None),
            Room::Full(place) => {
                let most = self.shares.get(place).map_or(0, |share| i64::from(share.people));
                rule(Hindrance::ShareFull, Detail::Count(most, most));
            }
        }
        if let Some((taken, most)) = self.places.full_for(&person.working) {
            rule(Hindrance::QuotaFull, Detail::Count(taken, most));
        }
        if let Some((hindrance, detail)) = self.office(person) {
            rule(hindrance, detail);
        }
        if let Some(last) = self.facts.finished.get(&person.id) {
            rule(Hindrance::AlreadyTrained, Detail::Day(*last));
        }
        let load = self.facts.load.get(&person.id).copied().unwrap_or(0) + i64::from(self.class.terms.periods);
        if self.class.terms.kind == TrainingKind::Training && load > i64::from(self.rules.year_load) {
            rule(Hindrance::YearlyLoad, Detail::Count(load, i64::from(self.rules.year_load)));
        }
    }

    /// The other class, by code and name, that somebody cannot be in beside this one.
    pub(super) fn elsewhere(&self, person: &Person) -> Option<&str> {
        let others = self.facts.busy.get(&person.id)?;
        let mine = Busy {
            class: Some(self.class.id),
            told: String::new(),
            form: self.class.terms.form,
            days: (self.class.terms.starts_on, Some(self.class.terms.ends_on)),
            sittings: self.meetings.clone(),
        };
        others.iter().find(|other| are_at_once(&mine, other)).map(|other| other.told.as_str())
    }

    /// How the office is left on the worst day; learning outside of office hours or at a screen takes nobody away.
    fn office(&self, person: &Person) -> Option<(Hindrance, Detail)> {
        let terms = &self.class.terms;
        let takes_away = terms.hours == domain::classes::Hours::Office && terms.mode != domain::training::Mode::Online;
        let staffing = self.facts.offices.get(&person.working.unit).filter(|_| takes_away)?;
        let others = || staffing.away.iter().filter(|away| away.official != person.id);
        // The number of people away changes only on a day when somebody leaves.
        let days = std::iter::once(terms.starts_on).chain(others().map(|away| away.days.0).filter(|day| *day > terms.starts_on));
        let same_duty = |away: &&facts::Away| person.duty.is_some() && away.duty == person.duty;
        let on = |day: Date, is_meant: &dyn Fn(&&facts::Away) -> bool| {
            others().filter(|away| away.days.0 <= day && day <= away.days.1).filter(|away| is_meant(away)).count()
        };
        let worst = days.map(|day| (on(day, &|_| true), on(day, &same_duty))).fold((0, 0), |a, b| (a.0.max(b.0), a.1.max(b.1)));
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let office = Office {
            people: staffing.people,
            away: number(worst.0),
            on_duty: person.duty.as_ref().and_then(|duty| staffing.duties.get(duty)).copied().unwrap_or(0),
            duty_away: number(worst.1),
        };
        let hindrance = guard(&office, self.rules.away_share)?;
        Some((hindrance, Detail::Count(i64::from(office.away) + 1, i64::from(office.people))))
    }
}

/// Everybody of a place whom the asker may see, judged for a class by the law of a day, in name order.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people; [`ActError::NotFound`] without such a class or unit.
pub async fn assess_place(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    unit: Option<&str>,
    on: Date,
) -> Result<(ClassLine, Vec<Because>, Vec<Assessed>), ActError> {
    let class = seen(services, ctx, code).await?;
    let place = people_place(services, ctx, unit, ctx.today).await?;
    let event = event(&class.terms, on);
    let judging = Judging::of(services, ctx, At::Reader(&services.db), (&class, &event), Who::Place(&place)).await?;
    let assessed = judging.people().iter().map(|person| judging.assess(person, Said::default())).collect();
    let of_class = judging.of_class();
    drop(judging);
    Ok((class, of_class, assessed))
}
