//! Words of codes as papers say them, in the Vietnamese of the administration.
//! Not for: pages; `locales/` has their words.

use domain::plans::MoneySource;
use domain::standards::Subject;
use domain::training::{ClassForm, ContentGroup};

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
