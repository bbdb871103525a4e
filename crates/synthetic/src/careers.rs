//! The first 6,000 people with their histories up to 2024: the 2,262 leaders of the tables and those who studied beside them.
//! Not for: what 2025 did to them (`moves`) and what they attended (`sending`, `agenda`).

use domain::orgs::UnitKind;
use domain::people::{Appointment, Duty, LeaderGroup, Leadership, Sex, StaffKind, StudyField};
use domain::time::Date;
use time::macros::date;

use crate::days::{self, COUNTING, FOUNDING};
use crate::dice::Dice;
use crate::leaders::{self, Profile};
use crate::people::{Person, retirement, staff};
use crate::province::Province;
use crate::rows::Posting;
use crate::seats::{self, Seat};
use crate::{names, published};

/// People who carry the published tables; everybody beyond is filler.
pub(crate) const BASE: usize = 6_000;
/// Viên chức among them: enough to have sought the 6,900 degrees that Table 1 gives to viên chức.
const PUBLIC: usize = 3_600;
const COMMUNE_OFFICERS: usize = 160;
/// Advisers on administrative reform.
const ADVISERS: usize = 250;

/// Everybody of the base, leaders first.
pub(crate) fn base(province: &Province, dice: &mut Dice) -> Vec<Person> {
    let mut people = leaders(province, dice);
    let public = PUBLIC.saturating_sub(people.iter().filter(|p| p.public).count());
    for place in 0..public {
        let unit = public_place(province, place);
        people.push(employee(province, unit, dice));
    }
    for commune in &province.old_communes {
        people.push(commune_leader(province, *commune, Leadership::CommuneChair, dice));
    }
    for place in 0..COMMUNE_OFFICERS {
        let Some(commune) = province.old_communes.get(place * 7 % province.old_communes.len().max(1)) else { continue };
        people.push(official(province, *commune, dice));
    }
    while people.len() < BASE {
        let division = dice.pick(&province.divisions).copied().unwrap_or(1);
        if province.unit(division).is_some_and(|u| !seats::is_public(u)) {
            people.push(official(province, division, dice));
        }
    }
    people
}

fn leaders(province: &Province, dice: &mut Dice) -> Vec<Person> {
    let profiles = leaders::profiles(dice);
    let mut people = Vec::with_capacity(BASE);
    for group in &published::GROUPS {
        let mine: Vec<Profile> = profiles.iter().filter(|p| p.group == group.group).copied().collect();
        let seats = seats::of_group(province, group.group, mine.len());
        for (seat, profile) in seated(province, seats, mine, dice) {
            people.push(leader(province, &seat, profile, dice));
        }
    }
    people
}

/// Gives each seat somebody of the field it asks for while there is one, then fills the rest by chance.
fn seated(province: &Province, seats: Vec<Seat>, mut profiles: Vec<Profile>, dice: &mut Dice) -> Vec<(Seat, Profile)> {
    dice.shuffle(&mut profiles);
    let mut pairs = Vec::with_capacity(seats.len());
    let mut open = Vec::new();
    for seat in seats {
        let field = province.unit(seat.unit).and_then(seats::leaning);
        match profiles.iter().position(|p| Some(p.field) == field) {
            Some(at) => pairs.push((seat, profiles.swap_remove(at))),
            None => open.push(seat),
        }
    }
    pairs.extend(open.into_iter().zip(profiles));
    pairs
}

fn leader(province: &Province, seat: &Seat, profile: Profile, dice: &mut Dice) -> Person {
    let sex = if dice.chance(300) { Sex::Female } else { Sex::Male };
    let mut person = nobody(sex, leaders::birth(profile.band, sex, dice), seat.staff == StaffKind::VienChuc, profile.field, dice);
    person.lead = Some(profile);
    let start = first_day(person.birth_on, dice);
    let since = dice.day(days::plus(start, 700).max(date!(2011 - 03 - 01)), date!(2023 - 12 - 01));
    let steps = ladder(province, seat, dice);
    let length = i32::try_from((since - start).whole_days()).unwrap_or(0) / i32::try_from(steps.len()).unwrap_or(1).max(1);
    let mut on = start;
    for step in steps {
        let Some(unit) = province.unit(step.0) else { continue };
        person.begin(match step.1 {
            Some(seat) => Posting { staff: staff(person.public), ..seat.posting(unit, on) },
            None => seats::plain(unit, staff(person.public), on),
        });
        on = days::plus(on, length);
    }
    if let Some(unit) = province.unit(seat.unit) {
        person.begin(seat.posting(unit, since));
    }
    person
}

/// The posts on the way to a seat: a unit, and the seat there unless it was a plain post.
fn ladder(province: &Province, seat: &Seat, dice: &mut Dice) -> Vec<(i64, Option<Seat>)> {
    let Some(unit) = province.unit(seat.unit) else { return Vec::new() };
    let deputy = |unit, group| Some(seats::of_unit(unit, group, false));
    if matches!(seat.group, LeaderGroup::N3 | LeaderGroup::N4) {
        let is_head = !seat.title.starts_with("Phó");
        let mut steps = vec![(unit.id, None)];
        if is_head && dice.chance(600) {
            steps.push((unit.id, deputy(unit, seat.group)));
        }
        return steps;
    }
    let below = if unit.kind == UnitKind::District { LeaderGroup::N4 } else { LeaderGroup::N3 };
    let offices = offices(province, unit.id);
    let office = dice.pick(&offices).and_then(|id| province.unit(*id)).unwrap_or(unit);
    let mut steps = vec![(office.id, None), (office.id, Some(seats::of_unit(office, below, true)))];
    if seat.group == LeaderGroup::N1 {
        steps.push((unit.id, deputy(unit, LeaderGroup::N2)));
    }
    steps
}

/// Divisions or offices of a body, as they were in all the years of the tables.
fn offices(province: &Province, body: i64) -> Vec<i64> {
    let links = province.links.iter().filter(|l| l.parent == body && l.starts_on == FOUNDING);
    let is_office = |id: &i64| province.divisions.contains(id) || province.district_offices.contains(id);
    links.map(|l| l.unit).filter(is_office).collect()
}

fn public_place(province: &Province, place: usize) -> i64 {
    // Weights 7:9:7:2 of high schools, hospitals, local schools and centres.
    let list = match place % 25 {
        0..7 => &province.high_schools,
        7..16 => &province.hospitals,
        16..23 => &province.local_schools,
        _ => &province.centres,
    };
    list.get(place / 2 % list.len().max(1)).copied().unwrap_or(1)
}

fn employee(province: &Province, unit: i64, dice: &mut Dice) -> Person {
    let sex = if dice.chance(620) { Sex::Female } else { Sex::Male };
    plain_person(province, unit, sex, true, dice)
}

fn official(province: &Province, unit: i64, dice: &mut Dice) -> Person {
    let sex = if dice.chance(420) { Sex::Female } else { Sex::Male };
    plain_person(province, unit, sex, false, dice)
}

fn plain_person(province: &Province, unit: i64, sex: Sex, public: bool, dice: &mut Dice) -> Person {
    let birth = dice.day(date!(1964 - 06 - 01), date!(1993 - 12 - 31));
    let row = province.unit(unit);
    let field = row.and_then(seats::leaning).unwrap_or_else(|| any_field(dice));
    let mut person = nobody(sex, birth, public, field, dice);
    let start = first_day(birth, dice);
    if let Some(row) = row {
        person.begin(seats::plain(row, staff(public), start));
    }
    if dice.chance(80) {
        let leaves = dice.day(days::plus(start, 1500).max(date!(2012 - 01 - 01)), date!(2023 - 11 - 30));
        person.stop(leaves);
    }
    person
}

fn commune_leader(province: &Province, commune: i64, leadership: Leadership, dice: &mut Dice) -> Person {
    let mut person = official(province, commune, dice);
    let start = person.postings.first().map_or(FOUNDING, |p| p.starts_on);
    person.stop(FOUNDING);
    if let Some(unit) = province.unit(commune) {
        let since = dice.day(days::plus(start, 1200).max(date!(2010 - 06 - 01)), date!(2023 - 10 - 31));
        person.begin(seats::plain(unit, StaffKind::CongChuc, start));
        person.begin(Posting {
            title: "Chủ tịch UBND xã".to_owned(),
            leadership: Some(leadership),
            appointment: Some(Appointment::Leadership),
            ..seats::plain(unit, StaffKind::CanBo, since)
        });
    }
    person
}

/// A person without any history.
pub(crate) fn nobody(sex: Sex, birth_on: Date, public: bool, field: StudyField, dice: &mut Dice) -> Person {
    let (name, ethnicity) = names::draw(dice, sex);
    Person {
        id: 0,
        name,
        birth_on,
        sex,
        ethnicity,
        public,
        lead: None,
        field,
        reform: false,
        under_scheme: false,
        postings: Vec::new(),
        attended: Vec::new(),
        qualifications: Vec::new(),
        ratings: Vec::new(),
        receipts: Vec::new(),
    }
}

fn first_day(birth: Date, dice: &mut Dice) -> Date {
    let years = dice.between(22, 25);
    days::plus(days::months(birth, years * 12), dice.between(60, 300)).max(days::plus(FOUNDING, dice.between(0, 250)))
}

/// A field for somebody whose workplace asks for none.
pub(crate) fn any_field(dice: &mut Dice) -> StudyField {
    use StudyField as F;
    dice.weigh(&[
        (30, F::Economics),
        (6, F::InformationTechnology),
        (10, F::Agriculture),
        (6, F::NaturalResources),
        (30, F::AdministrationLaw),
        (18, F::Other),
    ])
    .unwrap_or(F::Other)
}

/// The day the person must or wants to leave; leaders of the tables stay until the counting is over.
pub(crate) fn leaving(person: &Person, dice: &mut Dice) -> Date {
    let retires = retirement(person.birth_on, person.sex);
    if person.lead.is_some() { retires.max(days::plus(COUNTING, dice.between(30, 400))) } else { retires }
}

/// Names the advisers on administrative reform: officials who work from 2022 on and have not left.
pub(crate) fn name_advisers(people: &mut [Person], today: Date, dice: &mut Dice) {
    let fits = |p: &Person| !p.public && p.works(date!(2021 - 12 - 01), today) && p.lead.is_none_or(|l| l.group != LeaderGroup::N1);
    let mut able: Vec<usize> = people.iter().enumerate().filter(|(_, p)| fits(p)).map(|(at, _)| at).collect();
    dice.shuffle(&mut able);
    for at in able.into_iter().take(ADVISERS) {
        let Some(person) = people.get_mut(at) else { continue };
        person.reform = true;
        for posting in person.postings.iter_mut().filter(|p| p.ends_on.is_none_or(|end| end > date!(2021 - 12 - 01))) {
            posting.duty = Some(Duty::AdministrativeReform);
        }
    }
}
