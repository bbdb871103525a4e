//! Words of codes as papers say them, in the Vietnamese of the administration.
//! Not for: pages; `locales/` has their words.

use domain::plans::MoneySource;
use domain::standards::Subject;
use domain::training::{ClassForm, ContentGroup};

use crate::gaps::Reason;

pub(super) const fn content(group: ContentGroup) -> &'static str {
    match group {
        ContentGroup::Leadership => "Lãnh đạo, quản lý",
        ContentGroup::StateManagement => "Quản lý nhà nước",
        ContentGroup::PostSkills => "Yêu cầu vị trí việc làm",
        ContentGroup::It => "Tin học",
        ContentGroup::Language => "Ngoại ngữ",
        ContentGroup::PoliticalTheory => "Lý luận chính trị",
        ContentGroup::DefenceSecurity => "Quốc phòng, an ninh",
        ContentGroup::ScienceDigital => "Khoa học công nghệ, kỹ năng số",
        ContentGroup::AdministrativeReform => "Cải cách hành chính",
        ContentGroup::Other => "Nội dung khác",
    }
}

pub(super) const fn form(form: ClassForm) -> &'static str {
    match form {
        ClassForm::Class => "Lớp bồi dưỡng",
        ClassForm::Delegation => "Đoàn bồi dưỡng",
        ClassForm::Workshop => "Hội thảo, hội nghị chuyên đề",
        ClassForm::Dialogue => "Đối thoại, gặp gỡ",
        ClassForm::StudyVisit => "Học tập kinh nghiệm",
        ClassForm::Degree => "Khoá đào tạo cấp bằng",
    }
}

pub(super) const fn source(source: MoneySource) -> &'static str {
    match source {
        MoneySource::Central => "ngân sách trung ương",
        MoneySource::Province => "ngân sách tỉnh",
        MoneySource::Commune => "ngân sách xã",
        MoneySource::Unit => "kinh phí của cơ quan, đơn vị",
        MoneySource::Scheme => "kinh phí của đề án, chương trình",
        MoneySource::Learner => "người học tự chi",
        MoneySource::Sponsor => "tài trợ",
    }
}

pub(super) const fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Professional => "Trình độ chuyên môn",
        Subject::StateManagement => "Quản lý nhà nước",
        Subject::Leadership => "Lãnh đạo, quản lý",
        Subject::PoliticalTheory => "Lý luận chính trị",
        Subject::DefenceSecurity => "Quốc phòng, an ninh",
        Subject::It => "Tin học, kỹ năng số",
        Subject::Language => "Ngoại ngữ, tiếng dân tộc",
        Subject::PostSkills => "Vị trí việc làm, chuyên đề",
        Subject::Yearly => "Bồi dưỡng bắt buộc hằng năm",
    }
}

pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Unqualified => "Trình độ chưa phù hợp vị trí việc làm",
        Reason::Missing => "Thiếu chứng chỉ, chương trình bắt buộc",
        Reason::Expiring => "Chứng chỉ sắp hết hạn",
        Reason::Stated => "Đơn vị đề nghị bồi dưỡng ngay",
        Reason::Reorganised => "Chịu tác động của sắp xếp đơn vị",
        Reason::Planned => "Có trong quy hoạch",
        Reason::Untrained => "Chưa được bồi dưỡng lần nào",
        Reason::Woman => "Nữ",
        Reason::Minority => "Người dân tộc thiểu số",
        Reason::Young => "Dưới 45 tuổi",
        Reason::Remote => "Công tác ở vùng sâu, vùng xa, hải đảo, vùng đặc biệt khó khăn",
    }
}
