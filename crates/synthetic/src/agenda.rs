//! Courses from 2024 to the end of this year: the schemes carried out, partly, and the daily bread beside them.
//! Not for: people beyond the base (`filler`).

use domain::people::LeaderGroup;
use domain::time::Date;
use domain::training::{ClassForm, ContentGroup, Mode, Programme};

use crate::days::{self, COMMUNE_PROGRAMME};
use crate::people::Person;
use crate::province::Province;
use crate::roll::{Audience, Course, Roll, fits, is_grouped};
use crate::rows::Posting;
use crate::topics::{OUTINGS, Outing, SCHEME, TOPICS, Topic, planned};
use crate::yearbook::{lead, title};

/// Leaders of the tables who take part under the scheme: 15.6 % of the 2,262, so that its target of 20 % is within reach.
const UNDER_SCHEME: usize = 353;
const SIZE: usize = 45;
/// Leaders among the people of a class of the scheme.
const LEADERS_PER_CLASS: usize = 9;

/// Runs the whole agenda; courses that begin after today are planned and have no roster.
pub(crate) fn run(roll: &mut Roll<'_>) {
    for year in 2024..=roll.today.year() {
        for (place, topic) in TOPICS.iter().enumerate() {
            scheme_classes(roll, topic, place, year);
        }
        for outing in OUTINGS.iter().filter(|o| o.year == year) {
            go_out(roll, outing);
        }
        regular(roll, year);
        if COMMUNE_PROGRAMME <= days::day(year, 12, 31) {
            commune_programme(roll, year);
        }
    }
}

fn scheme_classes(roll: &mut Roll<'_>, topic: &Topic, place: usize, year: i32) {
    let [first, second] = topic.classes;
    let classes = match year {
        2024 => first,
        2025 => second,
        // A topic of the first years is taken up again in 2026, when the phase ends.
        2026 => usize::from(place % 5 == 1),
        _ => 0,
    };
    for number in 0..classes {
        let month = if year == 2024 { roll.dice.between(10, 11) } else { roll.dice.between(3, 11) };
        let first = days::working(days::day(year, month, roll.dice.between(1, 26)));
        let course = Course {
            name: format!("{} năm {year}, lớp {}", topic.title, number + 1),
            content: topic.content,
            programme: None,
            topic: Some((SCHEME, topic.code)),
            form: ClassForm::Class,
            mode: if roll.dice.chance(250) { Mode::Online } else { Mode::InPerson },
            abroad: false,
            lead_unit: unit_of(roll.province, topic.lead, first),
            first,
            study_days: roll.dice.between(3, 5),
        };
        let size = SIZE - 5 + roll.dice.below(11);
        scheme_event(
            roll,
            &course,
            Seats { leaders: LEADERS_PER_CLASS, beside: size - LEADERS_PER_CLASS, young: 0 },
            LeaderGroup::ALL,
            topic.beside,
        );
    }
}

fn go_out(roll: &mut Roll<'_>, outing: &Outing) {
    let first = days::working(days::day(outing.year, outing.month, roll.dice.between(1, 20)));
    let abroad = outing.form == ClassForm::Delegation;
    let course = Course {
        name: format!("{} năm {}", outing.title, outing.year),
        content: if abroad { ContentGroup::Leadership } else { ContentGroup::ScienceDigital },
        programme: None,
        topic: Some((SCHEME, outing.topic)),
        form: outing.form,
        mode: Mode::InPerson,
        abroad,
        lead_unit: unit_of(roll.province, outing.lead, first),
        first,
        study_days: if abroad { 10 } else { 1 },
    };
    let seats = Seats { leaders: outing.leaders, beside: outing.beside, young: outing.young };
    scheme_event(roll, &course, seats, outing.groups, Audience::Anyone);
}

/// How many leaders of the tables, others and leaders under 45 an event has.
#[derive(Clone, Copy)]
struct Seats {
    leaders: usize,
    beside: usize,
    young: usize,
}

fn scheme_event(roll: &mut Roll<'_>, course: &Course, seats: Seats, groups: &[LeaderGroup], beside: Audience) {
    let id = roll.open(course, false);
    if course.first > roll.today {
        return;
    }
    let (first, last, province) = (course.first, course.last(), roll.province);
    let mut members = 0;
    for (young, people) in [(true, seats.young), (false, seats.leaders)] {
        // Abroad every other member is over 45, so that the count of young leaders abroad is the planned two.
        let of_age = |age: i32| if young { age < 45 } else { !course.abroad || age >= 45 };
        let may = |p: &Person, at: &Posting| {
            p.lead.is_some() && at.leadership.is_some() && of_age(p.age(first)) && (young || is_grouped(at, groups))
        };
        let room = UNDER_SCHEME.saturating_sub(roll.people.iter().filter(|p| p.under_scheme).count());
        let mut chosen = roll.choose(people.min(room), first, last, |p, at| !p.under_scheme && may(p, at));
        // When enough different leaders have taken part, the same come again.
        chosen.extend(roll.choose(people - chosen.len(), first, last, |p, at| p.under_scheme && may(p, at)));
        roll.attend(&chosen, course, Some(id));
        for at in &chosen {
            if let Some(person) = roll.people.get_mut(*at) {
                person.under_scheme = true;
            }
        }
        members += chosen.len();
    }
    if !course.abroad {
        let missing = (seats.leaders + seats.beside).saturating_sub(members);
        let others = roll.choose(missing, first, last, |p, at| p.lead.is_none() && fits(beside, province, p, at));
        roll.attend(&others, course, Some(id));
    }
}

/// The unit that an actor code means on a day; after a merger the one that carries on.
fn unit_of(province: &Province, actor: &str, on: Date) -> i64 {
    let mut unit = province.units.iter().find(|u| u.actor.as_deref() == Some(actor));
    while let Some(ended) = unit.filter(|u| u.ends_on.is_some_and(|end| end <= on)) {
        unit = province.successor(ended.id).and_then(|id| province.unit(id));
    }
    unit.map_or(1, |u| u.id)
}

/// A line of the yearly plan outside the scheme.
struct Line {
    content: ContentGroup,
    programme: Option<Programme>,
    audience: Audience,
    name: &'static str,
    /// Classes in 2024, 2025, and each later year.
    classes: [usize; 3],
    study_days: i32,
    size: usize,
}

const fn line(
    content: ContentGroup,
    programme: Option<Programme>,
    audience: Audience,
    name: &'static str,
    classes: [usize; 3],
    study_days: i32,
) -> Line {
    Line { content, programme, audience, name, classes, study_days, size: SIZE }
}

const LINES: &[Line] = {
    use Audience as A;
    use ContentGroup as C;
    use Programme as P;
    &[
        line(C::Leadership, Some(P::Management), A::DivisionLeaders, "Quản lý, quản trị cho lãnh đạo cấp phòng", [4, 5, 3], 10),
        line(C::StateManagement, Some(P::PublicDuty), A::CivilServants, "Năng lực thực thi công vụ", [8, 7, 9], 5),
        line(
            C::StateManagement,
            Some(P::CommuneLeader),
            A::CommuneLeaders,
            "Quản lý nhà nước cho chủ tịch, phó chủ tịch UBND xã",
            [2, 3, 2],
            5,
        ),
        line(C::Other, Some(P::CommuneUpdate), A::CommuneStaff, "Cập nhật chuyên môn cho công chức xã", [3, 8, 4], 3),
        line(C::PostSkills, Some(P::ProfessionalTitle), A::Side(true), "Tiêu chuẩn chức danh nghề nghiệp", [7, 6, 4], 20),
        line(C::PoliticalTheory, None, A::Anyone, "Lý luận chính trị", [5, 4, 4], 60),
        line(C::DefenceSecurity, None, A::Side(false), "Quốc phòng, an ninh đối tượng 3", [3, 3, 3], 8),
        line(C::It, None, A::Side(true), "Tin học nâng cao", [2, 1, 1], 5),
        line(C::Language, None, A::Anyone, "Ngoại ngữ bậc 3", [1, 1, 1], 30),
        line(C::ScienceDigital, None, A::Anyone, "Kỹ năng số, trí tuệ nhân tạo", [2, 3, 6], 3),
        line(C::AdministrativeReform, None, A::Advisers, "Tập huấn tham mưu cải cách hành chính", [3, 3, 1], 3),
        line(C::PostSkills, None, A::Side(true), "Nghiệp vụ theo vị trí việc làm", [8, 8, 7], 5),
        line(C::StateManagement, None, A::Side(false), "Quản lý nhà nước ngạch chuyên viên", [2, 2, 2], 20),
    ]
};

fn regular(roll: &mut Roll<'_>, year: i32) {
    for (place, line) in LINES.iter().enumerate() {
        let [first, second, later] = line.classes;
        let classes = match year {
            2024 => first,
            2025 => second,
            _ => later,
        };
        for number in 0..classes {
            // In 2025 the chairs of the new communes, not those about to leave office.
            let from = if year == 2025 && line.programme == Some(Programme::CommuneLeader) { 8 } else { 2 };
            let first = days::working(days::day(year, roll.dice.between(from, 11), roll.dice.between(1, 26)));
            let name = format!("{} năm {year}, lớp {}", line.name, number + 1);
            // Now and then a class is called off; those that a target counts are not.
            let cancelled = line.programme.is_none() && (place + number * 3 + usize::try_from(year).unwrap_or(0)) % 17 == 0;
            hold(roll, line, name, first, (number, cancelled));
        }
    }
}

fn hold(roll: &mut Roll<'_>, line: &Line, name: String, first: Date, (number, cancelled): (usize, bool)) {
    let online = line.study_days <= 5 && roll.dice.chance(200);
    let course = Course {
        name,
        content: line.content,
        programme: line.programme,
        topic: planned(line.content, line.programme, first.year(), number),
        form: ClassForm::Class,
        mode: if online { Mode::Online } else { Mode::InPerson },
        abroad: false,
        lead_unit: lead(roll, line.content),
        first,
        study_days: line.study_days,
    };
    let id = roll.open(&course, cancelled);
    if cancelled || first > roll.today {
        return;
    }
    let size = line.size - 5 + roll.dice.below(11);
    let province = roll.province;
    let chosen = roll.choose(size, first, course.last(), |p, at| fits(line.audience, province, p, at));
    roll.attend(&chosen, &course, Some(id));
}

/// The programme of QĐ 700 for commune staff, month by month from June 2026.
fn commune_programme(roll: &mut Roll<'_>, year: i32) {
    use ContentGroup as C;
    let lines = [
        (
            1,
            line(
                C::PostSkills,
                Some(Programme::Specialised),
                Audience::CommuneUnfit,
                "Chuyên môn chuyên ngành cho cán bộ, công chức xã",
                [0; 3],
                60,
            ),
        ),
        (
            2,
            line(
                C::StateManagement,
                Some(Programme::GeneralState),
                Audience::CommuneStaff,
                "Kiến thức chung về quản lý nhà nước",
                [0; 3],
                10,
            ),
        ),
        (4, line(C::PostSkills, Some(Programme::Sector), Audience::CommuneStaff, "Bồi dưỡng theo ngành, lĩnh vực", [0; 3], 3)),
    ];
    for month in 1..=12 {
        if days::day(year, month, 28) < COMMUNE_PROGRAMME {
            continue;
        }
        for (classes, line) in &lines {
            for number in 1..=*classes {
                let first = days::working(days::day(year, month, roll.dice.between(1, 25)));
                let name = format!("{} tháng {month:02}/{year}, lớp {number} ({})", line.name, title(line.content));
                hold(roll, line, name, first, (0, false));
            }
        }
    }
}
