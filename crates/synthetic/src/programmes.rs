//! A plausible catalogue of programmes, after the topics of the shipped schemes; the same in every province.
//! Not for: how they are stored, or councils.

use domain::people::StaffKind;
use domain::programmes::life::State;
use domain::programmes::{Course, Module, Text};
use domain::training::{ContentGroup, Mode, Programme, TrainingKind};

/// A programme of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Code.
    pub code: String,
    /// Actor of the unit that keeps it.
    pub owner: &'static str,
    /// How far its text has come.
    pub state: State,
    /// What it says.
    pub text: Text,
}

/// Title, actor of the owner, study days, state.
type Line = (&'static str, &'static str, i32, State);

/// Programmes that have all but their titles in common.
struct Family {
    prefix: &'static str,
    content: ContentGroup,
    programme: Option<Programme>,
    course: Option<Course>,
    staff: &'static [StaffKind],
    audience: &'static str,
    basis: &'static str,
    lines: &'static [Line],
}

const OFFICE: &[StaffKind] = &[StaffKind::CanBo, StaffKind::CongChuc];
const EVERYBODY: &[StaffKind] = &[StaffKind::CanBo, StaffKind::CongChuc, StaffKind::VienChuc];
/// Periods of a generated study day; the legal figure lives in `law`.
const PERIODS: i32 = 8;

const FAMILIES: &[Family] = {
    use ContentGroup as C;
    use State::{Appraised, Approved, Draft, Retired};
    &[
        Family {
            prefix: "CM",
            content: C::PostSkills,
            programme: None,
            course: Some(Course::ByPost),
            staff: EVERYBODY,
            audience: "Công chức, viên chức làm việc trong lĩnh vực",
            basis: "Đề án quang-nam-2024, Phụ lục I",
            lines: &[
                ("Quản lý tài chính, tài sản công", "so-tai-chinh", 5, Approved),
                ("Đấu thầu, mua sắm tài sản công", "so-tai-chinh", 4, Approved),
                ("Quản lý y tế", "so-y-te", 5, Approved),
                ("Chuyên sâu y - dược", "so-y-te", 5, Draft),
                ("Xây dựng chính quyền, tổ chức bộ máy", "so-noi-vu", 4, Approved),
                ("Xây dựng Đảng, hệ thống chính trị", "ban-to-chuc-tinh-uy", 5, Approved),
                ("Đô thị thông minh, đô thị xanh", "so-xay-dung", 3, Approved),
                ("Quy hoạch - kiến trúc đô thị", "so-xay-dung", 4, Draft),
                ("Quản lý dự án giao thông", "so-giao-thong-van-tai", 3, Retired),
                ("Quản lý nhà nước về đất đai", "so-tai-nguyen-moi-truong", 5, Approved),
                ("Khoa học kỹ thuật trong nông nghiệp", "so-nong-nghiep-ptnt", 4, Approved),
                ("Phòng chống thiên tai", "so-nong-nghiep-ptnt", 2, Appraised),
                ("Sở hữu trí tuệ", "so-khoa-hoc-cong-nghe", 3, Approved),
                ("Đánh giá hệ thống ISO 9001:2015", "so-khoa-hoc-cong-nghe", 3, Retired),
            ],
        },
        Family {
            prefix: "SO",
            content: C::ScienceDigital,
            programme: None,
            course: Some(Course::ByPost),
            staff: EVERYBODY,
            audience: "Cán bộ, công chức, viên chức cấp tỉnh và cấp xã",
            basis: "Đề án quang-nam-2024, Phụ lục I",
            lines: &[
                ("Ứng dụng công nghệ thông tin", "so-khoa-hoc-cong-nghe", 3, Approved),
                ("Chuyển đổi số trong cơ quan nhà nước", "so-khoa-hoc-cong-nghe", 3, Approved),
                ("Chính quyền số và dữ liệu", "so-khoa-hoc-cong-nghe", 2, Appraised),
                ("Ứng phó thông tin xấu độc trên mạng", "so-khoa-hoc-cong-nghe", 2, Draft),
                ("Trí tuệ nhân tạo cho công việc hằng ngày", "so-noi-vu", 2, Draft),
            ],
        },
        Family {
            prefix: "XA",
            content: C::StateManagement,
            programme: Some(Programme::GeneralState),
            course: Some(Course::CommuneStateManagement),
            staff: OFFICE,
            audience: "Công chức chuyên môn cấp xã",
            basis: "Quyết định 700/QĐ-TTg năm 2026",
            lines: &[("Kiến thức chung về quản lý nhà nước cho cấp xã", "so-noi-vu", 10, Approved)],
        },
        Family {
            prefix: "XC",
            content: C::PostSkills,
            programme: Some(Programme::Specialised),
            course: Some(Course::CommuneSpecialised),
            staff: OFFICE,
            audience: "Cán bộ, công chức xã chưa đạt chuẩn chuyên môn",
            basis: "Quyết định 700/QĐ-TTg năm 2026",
            lines: &[
                ("Chuyên sâu quản lý đất đai, xây dựng ở xã", "so-noi-vu", 65, Approved),
                ("Chuyên sâu tài chính - kế hoạch ở xã", "so-tai-chinh", 65, Draft),
            ],
        },
        Family {
            prefix: "XN",
            content: C::PostSkills,
            programme: Some(Programme::Sector),
            course: Some(Course::CommuneSector),
            staff: OFFICE,
            audience: "Cán bộ, công chức xã theo ngành, lĩnh vực",
            basis: "Quyết định 700/QĐ-TTg năm 2026",
            lines: &[
                ("Hộ tịch, chứng thực ở xã", "so-tu-phap", 3, Approved),
                ("Ngân sách và kế toán xã", "so-tai-chinh", 5, Approved),
                ("Văn hoá, xã hội ở cơ sở", "so-noi-vu", 3, Appraised),
                ("Tiếp công dân, giải quyết khiếu nại", "thanh-tra-tinh", 2, Draft),
            ],
        },
        Family {
            prefix: "CC",
            content: C::AdministrativeReform,
            programme: None,
            course: Some(Course::ByPost),
            staff: OFFICE,
            audience: "Công chức tham mưu cải cách hành chính",
            basis: "Kế hoạch dong-thap-2021",
            lines: &[
                ("Kỹ năng tham mưu cải cách hành chính", "so-noi-vu", 3, Approved),
                ("Đánh giá chỉ số cải cách hành chính", "so-noi-vu", 2, Approved),
                ("Văn hoá công vụ, giao tiếp với người dân", "so-noi-vu", 2, Approved),
                ("Giải quyết thủ tục qua một cửa", "so-noi-vu", 2, Draft),
            ],
        },
        Family {
            prefix: "LD",
            content: C::Leadership,
            programme: Some(Programme::Management),
            course: Some(Course::DivisionLeader),
            staff: &[StaffKind::CongChuc],
            audience: "Lãnh đạo, quản lý cấp phòng và quy hoạch",
            basis: "Kế hoạch binh-dinh-2023; Nghị định 171/2025/NĐ-CP",
            lines: &[
                ("Lãnh đạo, quản lý cấp phòng và tương đương", "so-noi-vu", 20, Approved),
                ("Lãnh đạo phòng chuyên môn cấp xã", "so-noi-vu", 20, Draft),
            ],
        },
        Family {
            prefix: "LX",
            content: C::Leadership,
            programme: Some(Programme::CommuneLeader),
            course: Some(Course::CommuneLeader),
            staff: OFFICE,
            audience: "Chủ tịch, phó chủ tịch UBND xã",
            basis: "Kế hoạch binh-dinh-2023",
            lines: &[
                ("Quản lý nhà nước cho chủ tịch, phó chủ tịch UBND xã", "so-noi-vu", 5, Approved),
                ("Điều hành chính quyền xã hai cấp", "so-noi-vu", 3, Appraised),
            ],
        },
        Family {
            prefix: "CV",
            content: C::PostSkills,
            programme: Some(Programme::PublicDuty),
            course: Some(Course::ByPost),
            staff: OFFICE,
            audience: "Công chức thực thi công vụ",
            basis: "Kế hoạch binh-dinh-2023",
            lines: &[
                ("Soạn thảo văn bản hành chính", "so-noi-vu", 3, Approved),
                ("Làm việc nhóm, giải quyết vấn đề", "so-noi-vu", 2, Approved),
                ("Kỹ năng tham mưu, tổng hợp", "so-noi-vu", 3, Retired),
                ("Cập nhật nghiệp vụ cho công chức xã", "so-noi-vu", 2, Draft),
            ],
        },
        Family {
            prefix: "QP",
            content: C::DefenceSecurity,
            programme: None,
            course: None,
            staff: EVERYBODY,
            audience: "Đối tượng 3 và 4",
            basis: "Kế hoạch giáo dục quốc phòng và an ninh của tỉnh",
            lines: &[
                ("Kiến thức quốc phòng và an ninh đối tượng 3", "so-noi-vu", 12, Approved),
                ("Kiến thức quốc phòng và an ninh đối tượng 4", "so-noi-vu", 5, Approved),
            ],
        },
    ]
};

/// The catalogue, in order of code.
#[must_use]
pub fn catalogue() -> Vec<Given> {
    let mut all: Vec<Given> = Vec::new();
    for family in FAMILIES {
        for (line, number) in family.lines.iter().zip(1_u32..) {
            all.push(Given { code: format!("CT-{}.{number:02}", family.prefix), owner: line.1, state: line.3, text: text(family, line) });
        }
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    all
}

fn text(family: &Family, (title, _, days, _): &Line) -> Text {
    let periods = days * PERIODS;
    Text {
        title: (*title).to_owned(),
        kind: TrainingKind::Training,
        content: family.content,
        programme: family.programme,
        course: family.course,
        staff: family.staff.to_vec(),
        level: None,
        audience: family.audience.to_owned(),
        periods,
        days: *days,
        mode: if family.content == ContentGroup::ScienceDigital { Mode::Blended } else { Mode::InPerson },
        outcomes: format!("Nắm được quy định và làm được việc thuộc nội dung: {title}."),
        legal_basis: family.basis.to_owned(),
        partner: "Trường Chính trị tỉnh".to_owned(),
        modules: modules(periods),
    }
}

/// Four modules that share the periods.
fn modules(periods: i32) -> Vec<Module> {
    const TITLES: [(&str, &str); 4] = [
        ("Quan điểm, chủ trương và quy định hiện hành", "Nêu được quy định"),
        ("Kiến thức nghiệp vụ", "Giải thích được quy trình"),
        ("Kỹ năng và tình huống thực tế", "Xử lý được tình huống"),
        ("Thực hành, kiểm tra, viết thu hoạch", "Lập được sản phẩm công việc"),
    ];
    let share = periods / 4;
    let module = |(place, (title, outcome)): (usize, &(&str, &str))| {
        let whole = if place == 3 { periods - share * 3 } else { share };
        let practice = if place < 2 { whole / 4 } else { whole / 2 };
        Module { title: (*title).to_owned(), theory: whole - practice, practice, self_study: 0, outcome: (*outcome).to_owned() }
    };
    TITLES.iter().enumerate().map(module).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::programmes::{faults, is_code, lacks};
    use std::collections::BTreeSet;

    #[test]
    fn every_programme_is_complete_and_every_state_is_there() {
        let all = catalogue();
        assert_eq!(all.len(), 40);
        let codes: BTreeSet<&str> = all.iter().map(|given| given.code.as_str()).collect();
        assert_eq!(codes.len(), all.len());
        for given in &all {
            assert!(is_code(&given.code) && faults(&given.text).is_empty() && lacks(&given.text).is_empty(), "{given:?}");
        }
        let states: BTreeSet<State> = all.iter().map(|given| given.state).collect();
        assert_eq!(states.len(), 4);
    }
}
