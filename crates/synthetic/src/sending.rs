//! Who is sent to college, to university and beyond: Table 1 to the last attendance, then the years after it.
//! Not for: degrees people brought with them or earned on their own (`proofs`).

use domain::orgs::UnitKind;
use domain::people::{Degree, LeaderGroup, StaffKind, StudyField};
use domain::time::Date;
use domain::training::Outcome;

use crate::careers;
use crate::days::{self, COUNTING};
use crate::people::Person;
use crate::published::EDUCATION;
use crate::roll::{Roll, Study};
use crate::rows::Posting;

/// One sending of several people in one year.
#[derive(Clone, Copy)]
struct Wanted {
    year: i32,
    degree: Degree,
    public: bool,
    people: usize,
}

/// Table 1: college first over all years, because nobody goes to college after university; then year by year postgraduate before
/// bachelor, because only hospitals have people for medical degrees and all others can wait.
pub(crate) fn fill_table(roll: &mut Roll<'_>) {
    for (year, row) in EDUCATION {
        fill_step(roll, *year, row, 2);
    }
    for (year, row) in EDUCATION {
        fill_step(roll, *year, row, 0);
        fill_step(roll, *year, row, 1);
    }
}

fn fill_step(roll: &mut Roll<'_>, year: i32, row: &[usize; 6], step: usize) {
    for (public, offset) in [(false, 0), (true, 1)] {
        let people = row.get(step * 2 + offset).copied().unwrap_or(0);
        for (degree, people) in parts(step, public, people) {
            send(roll, Wanted { year, degree, public, people });
        }
    }
}

/// Table 1 does not divide postgraduate degrees; of viên chức about six in ten are medical specialists, one in 24 is a doctorate.
fn parts(step: usize, public: bool, people: usize) -> Vec<(Degree, usize)> {
    match (step, public) {
        (2, _) => vec![(Degree::College, people)],
        (1, _) => vec![(Degree::Bachelor, people)],
        (_, false) => vec![(Degree::Doctor, people / 24), (Degree::Master, people - people / 24)],
        (_, true) => {
            let (doctor, second, first) = (people / 24, people / 13, people * 11 / 20);
            vec![
                (Degree::Doctor, doctor),
                (Degree::Specialist2, second),
                (Degree::Specialist1, first),
                (Degree::Master, people - doctor - second - first),
            ]
        }
    }
}

/// Years after the tables: fewer, and the kinds that the plans of 2023–2025 count.
pub(crate) fn after_tables(roll: &mut Roll<'_>) {
    for year in 2024..=roll.today.year() {
        scheme_places(roll, year);
        let (masters, doctors, first, second) = match year {
            2024 => (8, 2, 46, 6),
            2025 => (18, 3, 32, 4),
            _ => (16, 3, 44, 6),
        };
        let plan = [
            (Degree::Master, true, masters),
            (Degree::Doctor, true, doctors),
            (Degree::Specialist1, true, first),
            (Degree::Specialist2, true, second),
            (Degree::Bachelor, true, 70),
            (Degree::Bachelor, false, 14),
            (Degree::College, true, 9),
        ];
        for (degree, public, people) in plan {
            send(roll, Wanted { year, degree, public, people });
        }
    }
}

/// Annex II of the provincial scheme: places by body and field; about one place in eight is filled in a year.
const PLACES: &[(&str, StudyField, usize)] = &[
    ("so-thong-tin-truyen-thong", StudyField::InformationTechnology, 2),
    ("ubnd-tam-ky", StudyField::InformationTechnology, 1),
    ("ubnd-hoi-an", StudyField::InformationTechnology, 1),
    ("ubnd-dien-ban", StudyField::InformationTechnology, 1),
    ("so-xay-dung", StudyField::UrbanPlanning, 2),
    ("so-ke-hoach-dau-tu", StudyField::UrbanPlanning, 2),
    ("so-giao-thong-van-tai", StudyField::UrbanPlanning, 2),
    ("ban-qldt-xay-dung", StudyField::UrbanPlanning, 2),
    ("ban-qldt-giao-thong", StudyField::UrbanPlanning, 2),
    ("ubnd-huyen", StudyField::UrbanPlanning, 20),
    ("so-tai-nguyen-moi-truong", StudyField::NaturalResources, 2),
    ("so-nong-nghiep-ptnt", StudyField::NaturalResources, 3),
    ("ban-ql-song-thanh", StudyField::NaturalResources, 2),
    ("ubnd-huyen", StudyField::NaturalResources, 10),
    ("so-nong-nghiep-ptnt", StudyField::Agriculture, 3),
    ("ban-qldt-nong-nghiep", StudyField::Agriculture, 1),
    ("ubnd-huyen", StudyField::Agriculture, 10),
    ("ubnd-tam-ky", StudyField::UrbanPlanning, 2),
    ("ubnd-hoi-an", StudyField::UrbanPlanning, 2),
    ("benh-vien", StudyField::Health, 30),
    ("ubnd-tam-ky", StudyField::ForeignAffairs, 1),
    ("ubnd-hoi-an", StudyField::ForeignAffairs, 1),
    ("cac-so-nganh", StudyField::Other, 16),
    ("ubnd-huyen", StudyField::Other, 10),
];

fn scheme_places(roll: &mut Roll<'_>, year: i32) {
    if !(2024..=2026).contains(&year) {
        return;
    }
    for (actor, field, places) in PLACES {
        for _ in 0..*places {
            // The scheme is of 27/09/2024.
            let first = days::working(days::day(year, roll.dice.between(10, 11), roll.dice.between(1, 25)));
            let wanted = if *places > 2 { 330 } else { 500 };
            if first <= roll.today && roll.dice.chance(wanted) {
                send_leader(roll, actor, *field, first);
            }
        }
    }
}

fn send_leader(roll: &mut Roll<'_>, actor: &str, field: StudyField, first: Date) {
    let last = days::months(first, 24);
    let province = roll.province;
    // Places of departments and districts are for công chức, those of hospitals and boards for viên chức.
    let official = ["so-", "cac-", "ubnd-"].iter().any(|prefix| actor.starts_with(prefix));
    let staff = if official { StaffKind::CongChuc } else { StaffKind::VienChuc };
    let fits = |person: &Person, posting: &Posting| {
        let own = province.unit(posting.unit).and_then(|u| u.actor.as_deref());
        let eligible = posting.staff == staff && posting.group.is_some_and(|g| g != LeaderGroup::N1) && person.age(first) < 48;
        // A medical specialist of the first degree may go on to the second.
        let highest = if field == StudyField::Health { 4 } else { 3 };
        eligible
            && person.lead.is_some_and(|l| l.rank <= highest && allows(person, l.rank + 1, first, last))
            && (own == Some(actor) || province.actor(posting.unit, first) == Some(actor))
    };
    let Some(at) = roll.choose(1, first, last, fits).first().copied() else { return };
    let outcome = if last > roll.today { Outcome::Studying } else { Outcome::Finished };
    let rank = roll.people.get(at).and_then(|p| p.lead).map_or(3, |l| l.rank);
    let degree = match (field, rank) {
        (StudyField::Health, 4) => Degree::Specialist2,
        (StudyField::Health, _) => Degree::Specialist1,
        _ => Degree::Master,
    };
    roll.study(at, &Study { degree, field, first, last, outcome });
}

/// Sends as many as wanted; those who have studied least come first (for postgraduate degrees those who have studied most), and people over fifty only when nobody else is left.
fn send(roll: &mut Roll<'_>, wanted: Wanted) {
    let mut left = wanted.people;
    for attempt in 0..6 {
        let mut able: Vec<(usize, usize, usize)> = Vec::new();
        for at in 0..roll.people.len() {
            let tie = roll.dice.below(1_000_000);
            let Some(person) = roll.people.get(at).filter(|p| p.public == wanted.public) else { continue };
            if attempt > 3 || person.age(days::day(wanted.year, 7, 1)) < 50 {
                let studies = person.studies().count();
                able.push((if wanted.degree.rank() > 3 { 9 - studies.min(9) } else { studies }, tie, at));
            }
        }
        able.sort_unstable();
        for (_, _, at) in able {
            if left == 0 {
                return;
            }
            if try_send(roll, at, wanted) {
                left -= 1;
            }
        }
    }
}

fn try_send(roll: &mut Roll<'_>, at: usize, wanted: Wanted) -> bool {
    let first = days::working(days::day(wanted.year, roll.dice.between(2, 11), roll.dice.between(1, 27)));
    let last = days::months(first, length(wanted.degree, roll));
    let end = last.min(roll.today);
    let Some(person) = roll.people.get(at) else { return false };
    let Some(posting) = person.posting(first).filter(|_| first <= roll.today) else { return false };
    let right_place = workplace_allows(roll, person, posting, wanted.degree, wanted.year);
    if !right_place || !person.works(first, end) || !person.is_free(first, last) || !allows(person, wanted.degree.rank(), first, last) {
        return false;
    }
    let own = person.field;
    let changes = person.lead.is_none() && wanted.degree == Degree::Bachelor && roll.dice.chance(200);
    let field = if changes { careers::any_field(&mut roll.dice) } else { own };
    let quits = roll.dice.chance(40);
    let (last, outcome) = match () {
        () if quits && days::months(first, 12) <= roll.today => (days::months(first, 12), Outcome::Withdrawn),
        () if last > roll.today => (last, Outcome::Studying),
        () => (last, Outcome::Finished),
    };
    roll.study(at, &Study { degree: wanted.degree, field, first, last, outcome });
    true
}

fn length(degree: Degree, roll: &mut Roll<'_>) -> i32 {
    match degree {
        Degree::Intermediate | Degree::College => roll.dice.between(20, 28),
        Degree::Bachelor => roll.dice.between(24, 40),
        Degree::Doctor => 36,
        Degree::Master | Degree::Specialist1 | Degree::Specialist2 => 24,
    }
}

/// Medical degrees are for hospitals; from 2024 leaders of the tables go by the places of the scheme alone.
fn workplace_allows(roll: &Roll<'_>, person: &Person, posting: &Posting, degree: Degree, year: i32) -> bool {
    let hospital = roll.province.unit(posting.unit).is_some_and(|u| u.kind == UnitKind::Hospital);
    let by_places_alone = year >= 2024 && person.lead.is_some();
    !by_places_alone
        && match degree {
            Degree::Specialist1 | Degree::Specialist2 => hospital && person.field == StudyField::Health,
            Degree::Master | Degree::Doctor => !hospital || person.field != StudyField::Health,
            Degree::Intermediate | Degree::College | Degree::Bachelor => true,
        }
}

/// Degrees only rise (a second bachelor is usual), and no leader of the tables may hold more in January 2024 than they say.
fn allows(person: &Person, rank: i32, first: Date, last: Date) -> bool {
    let in_order = person.studies().all(|(other, on, well)| {
        let second = rank == 3 || !well;
        if on < first { other < rank || (other == rank && second) } else { rank < other || (other == rank && second) }
    });
    let of_tables = person.lead.is_none_or(|lead| {
        let counted = last <= COUNTING;
        // Somebody of doctor rank in the tables holds a master already and seeks no second one.
        let rises = rank > lead.rank || (rank == 3 && lead.rank == 3);
        rank != 2 && if counted { rank <= lead.rank } else { rises }
    });
    in_order && of_tables
}
