//! Courses of 2010 to 2023: Table 2 to the last attendance, gathered into classes.
//! Not for: courses after 2023 (`agenda`).

use domain::orgs::UnitKind;
use domain::training::{ClassForm, ContentGroup, Mode, Programme};

use crate::days;
use crate::published::TRAINING;
use crate::roll::{Audience, Course, Roll, fits};
use crate::topics::planned;

/// So many of each side in a content; the column "Khác" does not divide the sides.
struct Cell {
    content: ContentGroup,
    officials: usize,
    employees: usize,
    either: usize,
}

/// Fills the table year by year.
pub(crate) fn fill_table(roll: &mut Roll<'_>) {
    for (year, row) in TRAINING {
        for cell in cells(*year, row) {
            fill(roll, *year, &cell);
        }
    }
}

fn cells(year: i32, row: &[usize; 11]) -> Vec<Cell> {
    use ContentGroup as C;
    let contents = [C::Leadership, C::StateManagement, C::PostSkills, C::It, C::Language];
    let (pairs, rest) = row.as_chunks::<2>();
    let sides = contents.into_iter().zip(pairs);
    let mut cells: Vec<Cell> =
        sides.map(|(content, [officials, employees])| Cell { content, officials: *officials, employees: *employees, either: 0 }).collect();
    for (content, either) in others(year, rest.first().copied().unwrap_or(0)) {
        cells.push(Cell { content, officials: 0, employees: 0, either });
    }
    cells
}

/// What stands behind "Khác": our division. From 2022 a part is administrative reform; in 2023 a part is the update of commune staff.
fn others(year: i32, people: usize) -> Vec<(ContentGroup, usize)> {
    use ContentGroup as C;
    let mut parts = match year {
        2023 => vec![(C::AdministrativeReform, 66), (C::DefenceSecurity, 30), (C::PoliticalTheory, 46)],
        2022 => vec![(C::AdministrativeReform, 180), (C::DefenceSecurity, 130), (C::PoliticalTheory, 230), (C::ScienceDigital, 60)],
        _ => vec![(C::PoliticalTheory, people * 9 / 20), (C::DefenceSecurity, people / 5), (C::ScienceDigital, people / 20)],
    };
    let rest = people.saturating_sub(parts.iter().map(|p| p.1).sum());
    parts.push((C::Other, rest));
    parts
}

/// Divides a cell into classes of nearly equal size, at most 48 people each, and finds people for each.
fn fill(roll: &mut Roll<'_>, year: i32, cell: &Cell) {
    let total = cell.officials + cell.employees + cell.either;
    let classes = total.div_ceil(48);
    let (mut officials, mut employees) = (cell.officials, cell.employees);
    for number in 0..classes {
        let size = total / classes + usize::from(number < total % classes);
        let from_officials = officials.min(size);
        let from_employees = employees.min(size - from_officials);
        let either = size - from_officials - from_employees;
        officials -= from_officials;
        employees -= from_employees;
        let course = course(roll, year, cell.content, from_officials >= from_employees, number);
        // Of the years before 2023 not every class left papers.
        let class = (year == 2023 || roll.dice.chance(700)).then(|| roll.open(&course, false));
        for (side, people) in [(Some(false), from_officials), (Some(true), from_employees), (None, either)] {
            seat(roll, &course, class, side, people);
        }
    }
}

/// Those whom the course is for come first; when they do not suffice, others of the same side, because the table must be full.
fn seat(roll: &mut Roll<'_>, course: &Course, class: Option<i64>, side: Option<bool>, people: usize) {
    let province = roll.province;
    let (first, last) = (course.first, course.last());
    let of_side = move |public: bool| side.is_none_or(|s| s == public);
    let audience = audience(course);
    let mut chosen = roll.choose(people, first, last, |p, at| of_side(p.public) && fits(audience, province, p, at));
    roll.attend(&chosen, course, class);
    let missing = people - chosen.len();
    if missing > 0 {
        chosen = roll.choose(missing, first, last, |p, _| of_side(p.public));
        roll.attend(&chosen, course, class);
    }
}

fn audience(course: &Course) -> Audience {
    match (course.content, course.programme, course.first.year()) {
        (ContentGroup::Leadership, ..) => Audience::Leaders,
        (_, Some(Programme::PublicDuty), _) => Audience::CivilServants,
        (_, Some(Programme::CommuneUpdate), _) => Audience::CommuneStaff,
        (ContentGroup::AdministrativeReform, _, 2022..) => Audience::Advisers,
        _ => Audience::Anyone,
    }
}

fn course(roll: &mut Roll<'_>, year: i32, content: ContentGroup, officials: bool, number: usize) -> Course {
    let first = days::working(days::day(year, roll.dice.between(2, 11), roll.dice.between(1, 26)));
    let programme = match (content, year) {
        (ContentGroup::Leadership, 2023) => Some(Programme::Management),
        (ContentGroup::StateManagement, 2023) => Some(Programme::PublicDuty),
        (ContentGroup::PostSkills, 2023) if officials => Some(Programme::PublicDuty),
        (ContentGroup::Other, 2023) => Some(Programme::CommuneUpdate),
        (ContentGroup::PostSkills, _) if !officials && roll.dice.chance(700) => Some(Programme::ProfessionalTitle),
        _ => None,
    };
    let online = matches!(content, ContentGroup::It | ContentGroup::Other) && year >= 2020 && roll.dice.chance(400);
    Course {
        name: format!("{} năm {year}, lớp {}", title(content), number + 1),
        content,
        programme,
        topic: planned(content, programme, year, number),
        form: ClassForm::Class,
        mode: if online { Mode::Online } else { Mode::InPerson },
        abroad: false,
        lead_unit: lead(roll, content),
        first,
        study_days: study_days(roll, content),
    }
}

/// What a course of a content is called.
pub(crate) const fn title(content: ContentGroup) -> &'static str {
    match content {
        ContentGroup::Leadership => "Bồi dưỡng kỹ năng lãnh đạo, quản lý",
        ContentGroup::StateManagement => "Bồi dưỡng kiến thức quản lý nhà nước",
        ContentGroup::PostSkills => "Bồi dưỡng theo yêu cầu vị trí việc làm",
        ContentGroup::It => "Bồi dưỡng tin học",
        ContentGroup::Language => "Bồi dưỡng ngoại ngữ",
        ContentGroup::PoliticalTheory => "Bồi dưỡng lý luận chính trị",
        ContentGroup::DefenceSecurity => "Bồi dưỡng kiến thức quốc phòng, an ninh",
        ContentGroup::ScienceDigital => "Bồi dưỡng kỹ năng số, đổi mới sáng tạo",
        ContentGroup::AdministrativeReform => "Tập huấn cải cách hành chính",
        ContentGroup::Other => "Cập nhật kiến thức chuyên ngành",
    }
}

/// Who runs courses of a content; every one of these bodies outlives the reorganisations.
pub(crate) fn lead(roll: &Roll<'_>, content: ContentGroup) -> i64 {
    let name = match content {
        ContentGroup::Leadership | ContentGroup::PoliticalTheory => "Trường Chính trị tỉnh",
        ContentGroup::Language => "Sở Giáo dục và Đào tạo",
        ContentGroup::It | ContentGroup::ScienceDigital => "Sở Khoa học và Công nghệ",
        _ => "Sở Nội vụ",
    };
    debug_assert!(roll.province.units.iter().any(|u| u.name == name && u.kind != UnitKind::Division));
    roll.province.named(name)
}

fn study_days(roll: &mut Roll<'_>, content: ContentGroup) -> i32 {
    let lengths: &[i32] = match content {
        ContentGroup::Leadership => &[10, 10, 20],
        ContentGroup::StateManagement => &[5, 20, 30],
        ContentGroup::PostSkills => &[3, 5, 5, 20],
        ContentGroup::It => &[3, 5, 10],
        ContentGroup::Language => &[20, 30, 45],
        ContentGroup::PoliticalTheory => &[5, 20, 45, 60],
        ContentGroup::DefenceSecurity => &[5, 8, 12],
        _ => &[2, 3, 5],
    };
    roll.dice.pick(lengths).copied().unwrap_or(5)
}
