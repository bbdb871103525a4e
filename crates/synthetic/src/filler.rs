//! People beyond the base, made one by one from their own throw of the dice: they never lead and attend nothing before 2024,
//! so that any number of them leaves the published tables as they are.
//! Not for: the base.

use domain::orgs::Level;
use domain::people::{Degree, QualificationKind, Sex, StaffKind};
use domain::time::Date;
use domain::training::{ClassForm, ClassStatus, ContentGroup, Mode, Programme};
use time::macros::date;

use crate::careers::{any_field, nobody};
use crate::days::{self, AFTER_TABLES, COMMUNE_PROGRAMME, DEPARTMENTS_MERGE, DISTRICTS_END};
use crate::dice::Dice;
use crate::moves::Moves;
use crate::people::{Person, retirement, staff};
use crate::province::Province;
use crate::roll::{Audience, Course, attend, class, fits, outcome};
use crate::rows::{Class, Posting};
use crate::{proofs, seats, yearbook};

/// Classes of a full batch, and the people one takes.
const CLASSES: usize = 16;
const SEATS: usize = 45;
/// A batch smaller than this would leave its classes half empty.
const ENOUGH: usize = 1_000;
const PEOPLE_STREAM: u64 = 1 << 32;
const CLASS_STREAM: u64 = 1 << 48;

/// What every batch of filler needs.
pub(crate) struct Filler {
    pub seed: u64,
    pub today: Date,
    /// Large provinces measure speed: about eight courses each. A small one is looked at, and its years should resemble one another.
    pub crowd: bool,
    /// Id of the last class of the base.
    pub classes_before: i64,
}

/// A class of a batch with its free seats.
struct Open {
    course: Course,
    audience: Audience,
    id: i64,
    seats: usize,
}

impl Filler {
    /// The class rows of a batch.
    pub(crate) fn classes(&self, province: &Province, number: usize, people: usize) -> Vec<Class> {
        let open = self.open(province, number, people);
        open.iter()
            .map(|o| {
                class(&o.course, o.id, format!("{}-{}", o.course.first.year(), 1000 + o.id - self.classes_before), ClassStatus::Finished)
            })
            .collect()
    }

    /// The people with these ids.
    pub(crate) fn people(&self, province: &Province, number: usize, ids: std::ops::Range<i64>) -> Vec<Person> {
        let size = usize::try_from(ids.end - ids.start).unwrap_or(0);
        let mut open = self.open(province, number, size);
        let mut moves = Moves::new(province, self.today);
        ids.map(|id| {
            let mut dice = Dice::new(self.seed, PEOPLE_STREAM + u64::try_from(id).unwrap_or(0));
            let mut person = self.person(province, &mut moves, &mut dice);
            person.id = id;
            self.send(&mut person, province, &mut open, &mut dice);
            self.prove(&mut person, &mut dice);
            person
        })
        .collect()
    }

    fn open(&self, province: &Province, number: usize, people: usize) -> Vec<Open> {
        if people < ENOUGH {
            return Vec::new();
        }
        let mut dice = Dice::new(self.seed, CLASS_STREAM + u64::try_from(number).unwrap_or(0));
        let mut open = Vec::with_capacity(CLASSES);
        for place in 0..CLASSES {
            let (course, audience) = self.course(province, place, &mut dice);
            let id = self.classes_before + i64::try_from(number * CLASSES + place).unwrap_or(0) + 1;
            open.push(Open { course, audience, id, seats: SEATS });
        }
        open
    }

    /// None of these is of a kind whose number a plan counts by the year.
    fn course(&self, province: &Province, place: usize, dice: &mut Dice) -> (Course, Audience) {
        use ContentGroup as C;
        let late = self.today >= days::plus(COMMUNE_PROGRAMME, 60);
        let (content, programme, audience, study_days) = match place {
            0..2 if late => (C::PostSkills, Some(Programme::Sector), Audience::CommuneStaff, 3),
            2 if late => (C::StateManagement, Some(Programme::GeneralState), Audience::CommuneStaff, 10),
            0..5 => (C::PostSkills, None, Audience::Side(true), 5),
            5..8 => (C::ScienceDigital, None, Audience::Anyone, 3),
            8..10 => (C::PoliticalTheory, None, Audience::Anyone, 10),
            10..12 => (C::DefenceSecurity, None, Audience::Side(false), 5),
            12..14 => (C::It, None, Audience::Side(true), 5),
            _ => (C::Other, None, Audience::Anyone, 2),
        };
        let from = if programme.is_some() { COMMUNE_PROGRAMME } else { date!(2024 - 02 - 01) };
        let first = days::working(dice.day(from, days::plus(self.today, -45)));
        let name = format!("{} năm {}, cụm {}", yearbook::title(content), first.year(), dice.between(1, 40));
        (course(name, content, programme, first, study_days, province.named("Sở Nội vụ")), audience)
    }

    fn person(&self, province: &Province, moves: &mut Moves<'_>, dice: &mut Dice) -> Person {
        let start = dice.day(date!(2003 - 01 - 06), days::plus(self.today, -60));
        let public = dice.chance(430);
        let unit = place(province, public, start, dice);
        let sex = if dice.chance(520) { Sex::Female } else { Sex::Male };
        let birth = days::plus(days::months(start, -12 * dice.between(22, 30)), -dice.between(0, 364));
        let row = province.unit(unit);
        let field = row.and_then(seats::leaning).unwrap_or_else(|| any_field(dice));
        let mut person = nobody(sex, birth, public, field, dice);
        if let Some(row) = row {
            let part_time = row.level == Level::Commune && !public && start < DISTRICTS_END && dice.chance(70);
            let staff = if part_time { StaffKind::KhongChuyenTrach } else { staff(public) };
            let fits_post = row.level != Level::Commune || public || start < DISTRICTS_END || !dice.chance(350);
            person.begin(Posting { fits_post, ..seats::plain(row, staff, start) });
        }
        let leaves = if dice.chance(60) { dice.day(days::plus(start, 300), self.today) } else { retirement(birth, sex) };
        // Who left before a reorganisation has no part in it.
        moves.carry(&mut person, leaves, false, dice);
        person
    }

    /// Courses between 2024 and today, one in each stretch of the time at work, so that no two overlap.
    fn send(&self, person: &mut Person, province: &Province, open: &mut [Open], dice: &mut Dice) {
        let Some(from) = person.postings.first().map(|p| p.starts_on.max(AFTER_TABLES)) else { return };
        let until = person.postings.last().and_then(|p| p.ends_on).unwrap_or(self.today).min(self.today);
        let all = i32::try_from((self.today - AFTER_TABLES).whole_days()).unwrap_or(1).max(1);
        let mine = i32::try_from((until - from).whole_days()).unwrap_or(0);
        let (few, many) = if self.crowd { (6, 12) } else { (1, 4) };
        let courses = dice.between(few, many) * mine / all;
        let stretch = mine / courses.max(1);
        for number in 0..courses {
            let (a, b) = (days::plus(from, number * stretch), days::plus(from, (number + 1) * stretch - 3));
            let class = open.iter_mut().find(|o| o.seats > 0 && a <= o.course.first && o.course.last() < b && o.is_for(person, province));
            match class.filter(|_| dice.chance(500)) {
                Some(class) => {
                    class.seats -= 1;
                    let outcome = outcome(&class.course, self.today, dice);
                    attend(person, &class.course, Some(class.id), outcome);
                }
                None => self.send_alone(person, province, a, b, dice),
            }
        }
    }

    /// A course of which only the attendance is on file.
    fn send_alone(&self, person: &mut Person, province: &Province, a: Date, b: Date, dice: &mut Dice) {
        let room = i32::try_from((b - a).whole_days()).unwrap_or(0);
        let first = days::working(dice.day(a, days::plus(b, -(room / 2).max(8))));
        let Some(posting) = person.posting(first) else { return };
        let (content, programme, study_days) = menu(person, posting, first, dice);
        let lead = province.named("Sở Nội vụ");
        let course = course(String::new(), content, programme, first, study_days, lead);
        if course.last() < b {
            let outcome = outcome(&course, self.today, dice);
            attend(person, &course, None, outcome);
        }
    }

    fn prove(&self, person: &mut Person, dice: &mut Dice) {
        let Some(start) = person.postings.first().map(|p| p.starts_on) else { return };
        let degree = dice
            .weigh(&[(74, Degree::Bachelor), (11, Degree::College), (7, Degree::Intermediate), (8, Degree::Master)])
            .unwrap_or(Degree::Bachelor);
        person.graduate(degree, person.field, days::plus(start, -dice.between(40, 200)));
        if dice.chance(if person.public { 250 } else { 600 }) {
            let on = dice.day(start, self.today);
            person.qualify(QualificationKind::PoliticalTheory, "trung_cap", on);
        }
        if !person.public && dice.chance(650) {
            let on = dice.day(start, self.today);
            person.qualify(QualificationKind::StateManagement, "chuyen_vien", on);
        }
        // Only named programmes are followed up; for millions of people everything else would double the rows without use.
        let (named, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut person.attended).into_iter().partition(|a| a.record.programme.is_some());
        person.attended = named;
        proofs::follow_up(person, self.today, dice);
        person.attended.extend(rest);
        person.attended.sort_by_key(|a| a.record.starts_on);
        proofs::judge(person, self.today.year() - 2, self.today, dice);
    }
}

impl Open {
    fn is_for(&self, person: &Person, province: &Province) -> bool {
        person.posting(self.course.first).is_some_and(|posting| fits(self.audience, province, person, posting))
    }
}

fn course(name: String, content: ContentGroup, programme: Option<Programme>, first: Date, study_days: i32, lead_unit: i64) -> Course {
    Course {
        name,
        content,
        programme,
        topic: None,
        form: ClassForm::Class,
        mode: Mode::InPerson,
        abroad: false,
        lead_unit,
        first,
        study_days,
    }
}

/// Where somebody begins work: communes for four in ten, else departments, districts, schools and hospitals of that day.
fn place(province: &Province, public: bool, start: Date, dice: &mut Dice) -> i64 {
    if public {
        let lists = [&province.local_schools, &province.high_schools, &province.hospitals];
        return dice.pick(&lists).and_then(|list| dice.pick(list)).copied().unwrap_or(1);
    }
    let commune = dice.chance(620);
    if start >= DISTRICTS_END && commune {
        let commune = dice.pick(&province.new_communes);
        return commune.and_then(|c| dice.pick(&c.offices)).copied().unwrap_or(1);
    }
    if commune {
        return dice.pick(&province.old_communes).copied().unwrap_or(1);
    }
    let district = start < DISTRICTS_END && dice.chance(500);
    let list = if district { &province.district_offices } else { &province.divisions };
    let lasting = |id: &i64| province.unit(*id).is_some_and(|u| !seats::is_public(u) && u.ends_on.is_none_or(|end| start < end));
    for _ in 0..20 {
        if let Some(id) = dice.pick(list).filter(|id| lasting(id)) {
            return *id;
        }
    }
    if start < DEPARTMENTS_MERGE { list.first().copied().unwrap_or(1) } else { province.named("Sở Nội vụ") }
}

/// What somebody in a post is sent to.
fn menu(person: &Person, posting: &Posting, on: Date, dice: &mut Dice) -> (ContentGroup, Option<Programme>, i32) {
    use ContentGroup as C;
    use Programme as P;
    type Dish = (ContentGroup, Option<Programme>, i32);
    const EMPLOYEE: &[(usize, Dish)] = &[
        (35, (C::PostSkills, None, 5)),
        (12, (C::PostSkills, Some(P::ProfessionalTitle), 20)),
        (12, (C::It, None, 5)),
        (6, (C::Language, None, 20)),
        (15, (C::ScienceDigital, None, 3)),
        (10, (C::PoliticalTheory, None, 10)),
        (10, (C::Other, None, 2)),
    ];
    const SERVANT: &[(usize, Dish)] = &[
        (20, (C::StateManagement, Some(P::PublicDuty), 5)),
        (20, (C::PostSkills, None, 5)),
        (15, (C::StateManagement, None, 10)),
        (15, (C::ScienceDigital, None, 3)),
        (12, (C::DefenceSecurity, None, 5)),
        (10, (C::PoliticalTheory, None, 10)),
        (8, (C::AdministrativeReform, None, 2)),
    ];
    const COMMUNE: &[(usize, Dish)] = &[
        (20, (C::Other, Some(P::CommuneUpdate), 3)),
        (20, (C::PostSkills, None, 5)),
        (15, (C::StateManagement, None, 10)),
        (15, (C::ScienceDigital, None, 3)),
        (15, (C::DefenceSecurity, None, 5)),
        (15, (C::PoliticalTheory, None, 10)),
    ];
    const NEW_COMMUNE: &[(usize, Dish)] =
        &[(35, (C::PostSkills, Some(P::Sector), 3)), (22, (C::StateManagement, Some(P::GeneralState), 10)), (43, (C::Other, None, 2))];
    let unfit = !posting.fits_post && dice.chance(350);
    let dishes = match (person.public, posting.level, on >= COMMUNE_PROGRAMME) {
        (true, ..) => EMPLOYEE,
        (false, Level::Commune, true) if unfit => return (C::PostSkills, Some(P::Specialised), 60),
        (false, Level::Commune, true) => NEW_COMMUNE,
        (false, Level::Commune, false) => COMMUNE,
        _ => SERVANT,
    };
    dice.weigh(dishes).unwrap_or((C::Other, None, 2))
}
