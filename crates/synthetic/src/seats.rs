//! Leading posts of January 2024 and what they are called: so many heads and deputies of every body, division and office.
//! Not for: who sits on them.

use domain::orgs::{Bloc, UnitKind};
use domain::people::{Appointment, LeaderGroup, Leadership, StaffKind, StudyField};
use domain::time::Date;

use crate::province::Province;
use crate::rows::{Posting, Unit};

/// A leading post.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    pub unit: i64,
    pub leadership: Leadership,
    pub group: LeaderGroup,
    pub staff: StaffKind,
    pub title: String,
}

/// The leading posts of a group; heads first, then rounds of deputies, until everybody has one.
pub(crate) fn of_group(province: &Province, group: LeaderGroup, people: usize) -> Vec<Seat> {
    let units: Vec<&Unit> = units(province, group).into_iter().filter_map(|id| province.unit(id)).collect();
    let heads = matches!(group, LeaderGroup::N1 | LeaderGroup::N3 | LeaderGroup::N4);
    let mut seats = Vec::new();
    for round in 0..people {
        if seats.len() >= people {
            break;
        }
        let is_head = heads && (round == 0 || group == LeaderGroup::N1);
        for unit in &units {
            // A second head is the secretary of a district committee.
            let secretary = group == LeaderGroup::N1 && round > 0;
            if seats.len() < people && (!secretary || unit.kind == UnitKind::District) {
                seats.push(seat(unit, group, is_head, secretary));
            }
        }
    }
    seats
}

fn units(province: &Province, group: LeaderGroup) -> Vec<i64> {
    match group {
        LeaderGroup::N1 | LeaderGroup::N2 => province.bodies.clone(),
        LeaderGroup::N3 => {
            [&province.divisions, &province.high_schools, &province.hospitals, &province.centres].into_iter().flatten().copied().collect()
        }
        LeaderGroup::N4 => province.district_offices.clone(),
    }
}

fn seat(unit: &Unit, group: LeaderGroup, is_head: bool, secretary: bool) -> Seat {
    let leadership = leadership(unit, group, is_head);
    let head = if secretary { "Bí thư cấp ủy".to_owned() } else { head_title(unit) };
    let title = if is_head { head } else { format!("Phó {head}") };
    Seat { unit: unit.id, leadership, group, staff: staff(unit, group), title }
}

/// The post a group has in a unit.
fn leadership(unit: &Unit, group: LeaderGroup, is_head: bool) -> Leadership {
    use Leadership as L;
    match (group, is_public(unit) && unit.kind != UnitKind::Division, is_head) {
        (LeaderGroup::N1, ..) => L::DepartmentHead,
        (LeaderGroup::N2, ..) => L::DepartmentDeputy,
        (LeaderGroup::N3, true, true) => L::PublicUnitHead,
        (LeaderGroup::N3, true, false) => L::PublicUnitDeputy,
        (LeaderGroup::N3, false, true) => L::ProvinceDivisionHead,
        (LeaderGroup::N3, false, false) => L::ProvinceDivisionDeputy,
        (LeaderGroup::N4, _, true) => L::DistrictDivisionHead,
        (LeaderGroup::N4, _, false) => L::DistrictDivisionDeputy,
    }
}

/// Whether a unit employs viên chức only.
pub(crate) fn is_public(unit: &Unit) -> bool {
    let of_public_body = ["(Ban Quản lý dự án", "(Ban Quản lý Vườn", "(Trường Đại học"].iter().any(|body| unit.name.contains(body));
    unit.bloc == Bloc::State && (of_public_body || matches!(unit.kind, UnitKind::School | UnitKind::Hospital | UnitKind::PublicUnit))
}

fn staff(unit: &Unit, group: LeaderGroup) -> StaffKind {
    if is_public(unit) {
        return StaffKind::VienChuc;
    }
    match (group, unit.kind, unit.bloc) {
        (LeaderGroup::N1 | LeaderGroup::N2, UnitKind::District, _) | (_, _, Bloc::Front) => StaffKind::CanBo,
        _ => StaffKind::CongChuc,
    }
}

/// What the head of a unit is called.
fn head_title(unit: &Unit) -> String {
    let name = unit.name.as_str();
    let title = match unit.kind {
        UnitKind::District | UnitKind::Commune => "Chủ tịch UBND",
        UnitKind::School => "Hiệu trưởng",
        UnitKind::FrontBody if name.contains("Đoàn") => "Bí thư",
        UnitKind::FrontBody => "Chủ tịch",
        UnitKind::PartyBody if name.starts_with("Đảng ủy") => "Bí thư",
        UnitKind::PartyBody if name.starts_with("Cơ quan") => "Chủ nhiệm",
        _ if name.starts_with("Văn phòng") => "Chánh Văn phòng",
        _ if name.starts_with("Thanh tra") => "Chánh Thanh tra",
        UnitKind::Division if name.starts_with("Chi cục") => "Chi cục trưởng",
        UnitKind::Division if name.starts_with("Khoa") => "Trưởng khoa",
        UnitKind::Division if name.starts_with("Ban") => "Trưởng ban",
        UnitKind::Division => "Trưởng phòng",
        _ if name.starts_with("Ban ") && !name.starts_with("Ban Quản lý dự án") => "Trưởng ban",
        _ => "Giám đốc",
    };
    title.to_owned()
}

/// What somebody without a leading post is called.
fn plain_title(unit: &Unit) -> &'static str {
    match unit.kind {
        UnitKind::School => "Giáo viên",
        UnitKind::Hospital => "Bác sĩ, điều dưỡng",
        UnitKind::PublicUnit => "Viên chức nghiệp vụ",
        UnitKind::Commune => "Công chức cấp xã",
        _ => "Chuyên viên",
    }
}

/// The field that the work of a unit asks for.
pub(crate) fn leaning(unit: &Unit) -> Option<StudyField> {
    const WORDS: &[(&str, StudyField)] = &[
        ("Tài chính", StudyField::Economics),
        ("Kế hoạch", StudyField::Economics),
        ("Đấu thầu", StudyField::Economics),
        ("Công nghệ thông tin", StudyField::InformationTechnology),
        ("QTI", StudyField::InformationTechnology),
        ("Y tế", StudyField::Health),
        ("Nghiệp vụ Y", StudyField::Health),
        ("Nghiệp vụ Dược", StudyField::Health),
        ("Giáo dục", StudyField::Education),
        ("Quy hoạch", StudyField::UrbanPlanning),
        ("Hạ tầng", StudyField::UrbanPlanning),
        ("Môi trường", StudyField::NaturalResources),
        ("đất đai", StudyField::NaturalResources),
        ("Nông nghiệp", StudyField::Agriculture),
        ("Khuyến nông", StudyField::Agriculture),
        ("Nội vụ", StudyField::AdministrationLaw),
        ("Tư pháp", StudyField::AdministrationLaw),
        ("Thanh tra", StudyField::AdministrationLaw),
    ];
    match unit.kind {
        UnitKind::Hospital => Some(StudyField::Health),
        UnitKind::School if unit.bloc == Bloc::State => Some(StudyField::Education),
        _ => WORDS.iter().find(|w| unit.name.contains(w.0)).map(|w| w.1),
    }
}

impl Seat {
    /// The posting of somebody appointed to this seat.
    pub(crate) fn posting(&self, unit: &Unit, starts_on: Date) -> Posting {
        Posting {
            title: self.title.clone(),
            leadership: Some(self.leadership),
            group: Some(self.group),
            appointment: Some(Appointment::Leadership),
            ..plain(unit, self.staff, starts_on)
        }
    }
}

/// The seat of a head or deputy of a unit.
pub(crate) fn of_unit(unit: &Unit, group: LeaderGroup, is_head: bool) -> Seat {
    seat(unit, group, is_head, false)
}

/// A posting without a leading post.
pub(crate) fn plain(unit: &Unit, staff: StaffKind, starts_on: Date) -> Posting {
    Posting {
        official: 0,
        unit: unit.id,
        title: plain_title(unit).to_owned(),
        staff,
        level: unit.level,
        bloc: unit.bloc,
        leadership: None,
        group: None,
        duty: None,
        appointment: None,
        fits_post: true,
        starts_on,
        ends_on: None,
    }
}
