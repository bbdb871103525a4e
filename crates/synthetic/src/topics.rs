//! Which topics of the provincial scheme `quang-nam-2024` (Annex I) were carried out, and how often; some deliberately never.
//! Not for: the topics themselves (`schemes/quang-nam-2024.toml`).

use domain::people::LeaderGroup;
use domain::training::{ClassForm, ContentGroup, Programme};

use crate::roll::Audience;

/// Code of the scheme.
pub(crate) const SCHEME: &str = "quang-nam-2024";

/// A topic: code, our short title, actor of its lead, content, who fills the class beside the leaders, classes in 2024 and in 2025.
pub(crate) struct Topic {
    pub code: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub content: ContentGroup,
    pub beside: Audience,
    pub classes: [usize; 2],
}

const fn topic(
    code: &'static str,
    title: &'static str,
    lead: &'static str,
    content: ContentGroup,
    beside: Audience,
    classes: [usize; 2],
) -> Topic {
    Topic { code, title, lead, content, beside, classes }
}

/// Topics with their classes. B.5, DD.3, E.2 and H.2 never took place; D.3 is carried out by delegations.
pub(crate) const TOPICS: &[Topic] = {
    use Audience as A;
    use ContentGroup as C;
    &[
        topic("A.1", "Tài chính, tài sản công", "so-tai-chinh", C::PostSkills, A::Side(false), [1, 1]),
        topic("A.2", "Đấu thầu, mua sắm tài sản công", "so-ke-hoach-dau-tu", C::PostSkills, A::Side(false), [1, 1]),
        topic("B.1", "Ứng dụng công nghệ thông tin", "so-thong-tin-truyen-thong", C::ScienceDigital, A::Anyone, [1, 1]),
        topic("B.2", "Chuyển đổi số", "so-thong-tin-truyen-thong", C::ScienceDigital, A::Anyone, [1, 2]),
        topic("B.3", "Chính quyền số", "so-thong-tin-truyen-thong", C::ScienceDigital, A::Side(false), [0, 1]),
        topic("B.4", "Ứng phó thông tin xấu độc trên mạng", "so-thong-tin-truyen-thong", C::ScienceDigital, A::Anyone, [0, 1]),
        topic("B.5", "Bảo mật hệ thống mạng chuyên sâu", "trung-tam-qti", C::ScienceDigital, A::Anyone, [0, 0]),
        topic("C.1", "Quản lý y tế", "so-y-te", C::PostSkills, A::Hospital, [1, 1]),
        topic("C.2", "Chuyên sâu y - dược", "so-y-te", C::PostSkills, A::Hospital, [0, 1]),
        topic("D.1", "Xây dựng chính quyền, tổ chức bộ máy", "so-noi-vu", C::PostSkills, A::Side(false), [1, 1]),
        topic("D.2", "Xây dựng Đảng, hệ thống chính trị", "ban-to-chuc-tinh-uy", C::PostSkills, A::Side(false), [1, 1]),
        topic("DD.1", "Đô thị thông minh, đô thị xanh", "so-xay-dung", C::PostSkills, A::Side(false), [1, 1]),
        topic("DD.2", "Quy hoạch - kiến trúc đô thị", "so-xay-dung", C::PostSkills, A::Side(false), [0, 1]),
        topic("DD.3", "Quy hoạch mạng lưới giao thông", "so-giao-thong-van-tai", C::PostSkills, A::Side(false), [0, 0]),
        topic("DD.4", "Quản lý dự án giao thông", "so-giao-thong-van-tai", C::PostSkills, A::Side(false), [1, 0]),
        topic("E.1", "Quản lý nhà nước về đất đai", "so-tai-nguyen-moi-truong", C::PostSkills, A::Side(false), [1, 1]),
        topic("E.2", "Xây dựng đô thị xanh", "so-tai-nguyen-moi-truong", C::PostSkills, A::Side(false), [0, 0]),
        topic("G.1", "Khoa học kỹ thuật trong nông nghiệp", "so-nong-nghiep-ptnt", C::PostSkills, A::Anyone, [1, 1]),
        topic("G.2", "Phòng chống thiên tai", "so-nong-nghiep-ptnt", C::PostSkills, A::Side(false), [0, 1]),
        topic("H.1", "Kiểm định thiết bị X-quang y tế", "so-khoa-hoc-cong-nghe", C::PostSkills, A::Hospital, [0, 1]),
        topic("H.2", "Kiểm định phương tiện đo nhóm II", "so-khoa-hoc-cong-nghe", C::PostSkills, A::Side(true), [0, 0]),
        topic("H.3", "Đánh giá hệ thống ISO 9001:2015", "so-khoa-hoc-cong-nghe", C::PostSkills, A::Side(false), [1, 1]),
        topic("H.4", "Sở hữu trí tuệ", "so-khoa-hoc-cong-nghe", C::PostSkills, A::Side(false), [1, 1]),
        topic("H.5", "Thị trường khoa học công nghệ", "so-khoa-hoc-cong-nghe", C::PostSkills, A::Side(false), [0, 1]),
    ]
};

/// The topic of the training plan `binh-dinh-2023` that a class of its years carries out, in turn.
pub(crate) fn planned(
    content: ContentGroup,
    programme: Option<Programme>,
    year: i32,
    number: usize,
) -> Option<(&'static str, &'static str)> {
    const LEADERSHIP: [&str; 7] = ["L.1", "L.2", "L.3", "L.4", "L.5", "L.6", "L.7"];
    const PUBLIC_DUTY: [&str; 5] = ["P.1", "P.2", "P.3", "P.4", "P.5"];
    let topics: &[&str] = match (content, programme) {
        (ContentGroup::Leadership, _) => &LEADERSHIP,
        (_, Some(Programme::PublicDuty)) => &PUBLIC_DUTY,
        _ => return None,
    };
    let topic = topics.iter().cycle().nth(number)?;
    (2023..=2025).contains(&year).then_some(("binh-dinh-2023", *topic))
}

/// A delegation or workshop of the scheme.
pub(crate) struct Outing {
    pub form: ClassForm,
    pub topic: &'static str,
    pub lead: &'static str,
    pub title: &'static str,
    pub year: i32,
    pub month: i32,
    /// Leaders of the tables, and others beside them.
    pub leaders: usize,
    pub beside: usize,
    /// Of these groups on the first day.
    pub groups: &'static [LeaderGroup],
    /// Two members are under 45 (the young leaders whom the plan of 2023–2025 sends abroad).
    pub young: usize,
}

const TOP: &[LeaderGroup] = &[LeaderGroup::N1, LeaderGroup::N2];
const MIDDLE: &[LeaderGroup] = &[LeaderGroup::N3];
const ANY: &[LeaderGroup] = &[LeaderGroup::N2, LeaderGroup::N3, LeaderGroup::N4];

const fn abroad(
    topic: &'static str,
    lead: &'static str,
    title: &'static str,
    when: (i32, i32),
    groups: &'static [LeaderGroup],
    young: usize,
) -> Outing {
    Outing { form: ClassForm::Delegation, topic, lead, title, year: when.0, month: when.1, leaders: 12, beside: 0, groups, young }
}

const fn workshop(topic: &'static str, lead: &'static str, title: &'static str, when: (i32, i32)) -> Outing {
    Outing { form: ClassForm::Workshop, topic, lead, title, year: when.0, month: when.1, leaders: 12, beside: 30, groups: ANY, young: 0 }
}

/// Delegations and workshops; the second delegation of 2026 is planned for December.
pub(crate) const OUTINGS: &[Outing] = &[
    abroad("D.3", "so-ngoai-vu", "Đoàn học tập quản trị nhân lực ở nước ngoài", (2024, 10), TOP, 2),
    abroad("B.2", "so-ngoai-vu", "Đoàn bồi dưỡng chuyển đổi số ở nước ngoài", (2024, 11), MIDDLE, 0),
    abroad("D.3", "so-ngoai-vu", "Đoàn học tập lãnh đạo, quản lý ở nước ngoài", (2025, 5), TOP, 2),
    abroad("DD.1", "so-ngoai-vu", "Đoàn bồi dưỡng đô thị thông minh ở nước ngoài", (2025, 10), MIDDLE, 0),
    abroad("D.3", "so-ngoai-vu", "Đoàn học tập lãnh đạo, quản lý ở nước ngoài", (2026, 5), TOP, 2),
    abroad("C.1", "so-ngoai-vu", "Đoàn bồi dưỡng quản lý y tế ở nước ngoài", (2026, 12), MIDDLE, 0),
    workshop("B.2", "so-thong-tin-truyen-thong", "Hội thảo chuyển đổi số cấp tỉnh", (2024, 11)),
    workshop("G.1", "so-nong-nghiep-ptnt", "Hội thảo nông nghiệp công nghệ cao", (2024, 12)),
    workshop("B.2", "so-thong-tin-truyen-thong", "Hội thảo dữ liệu dùng chung", (2025, 6)),
    workshop("C.1", "so-y-te", "Hội thảo quản lý bệnh viện", (2025, 9)),
    workshop("DD.2", "so-xay-dung", "Hội thảo quy hoạch đô thị ven biển", (2025, 11)),
];
