//! What people attend and how it is counted: education and training, contents, forms, outcomes.
//! Not for: running a class (rosters, sittings, attendance).

use crate::codes;

codes! {
    /// Đào tạo leads to a degree; bồi dưỡng does not.
    TrainingKind { /// Đào tạo.
        Education = "education", /// Bồi dưỡng.
        Training = "training" }
}

codes! {
    /// Content group of bồi dưỡng.
    ContentGroup {
        /// Kiến thức, kỹ năng lãnh đạo, quản lý.
        Leadership = "leadership",
        /// Kiến thức, kỹ năng quản lý nhà nước.
        StateManagement = "state_management",
        /// Theo yêu cầu của vị trí việc làm.
        PostSkills = "post_skills",
        /// Tin học.
        It = "it",
        /// Ngoại ngữ.
        Language = "language",
        /// Lý luận chính trị.
        PoliticalTheory = "political_theory",
        /// Quốc phòng, an ninh.
        DefenceSecurity = "defence_security",
        /// Khoa học công nghệ, đổi mới sáng tạo, kỹ năng số.
        ScienceDigital = "science_digital",
        /// Cải cách hành chính.
        AdministrativeReform = "administrative_reform",
        /// Khác.
        Other = "other",
    }
}

codes! {
    /// The form an event takes.
    ClassForm {
        /// Lớp bồi dưỡng.
        Class = "class",
        /// Đoàn bồi dưỡng ở nước ngoài.
        Delegation = "delegation",
        /// Hội thảo, hội nghị chuyên đề.
        Workshop = "workshop",
        /// Đối thoại, gặp gỡ.
        Dialogue = "dialogue",
        /// Học tập kinh nghiệm.
        StudyVisit = "study_visit",
        /// Khoá đào tạo cấp bằng.
        Degree = "degree",
    }
}

codes! {
    /// How people meet.
    Mode { /// Trực tiếp.
        InPerson = "in_person", /// Trực tuyến.
        Online = "online", /// Kết hợp.
        Blended = "blended" }
}

codes! {
    /// Programmes whose length or audience a plan names.
    Programme {
        /// Chuyên môn chuyên ngành, 3 tháng.
        Specialised = "specialised",
        /// Kiến thức chung về quản lý nhà nước, 2 tuần.
        GeneralState = "general_state",
        /// Theo ngành, lĩnh vực, 2–5 ngày.
        Sector = "sector",
        /// Năng lực thực thi công vụ.
        PublicDuty = "public_duty",
        /// Quản lý, quản trị cho lãnh đạo cấp phòng.
        Management = "management",
        /// Quản lý nhà nước và lãnh đạo cho chủ tịch, phó chủ tịch UBND xã.
        CommuneLeader = "commune_leader",
        /// Cập nhật chuyên môn cho công chức xã.
        CommuneUpdate = "commune_update",
        /// Theo chức danh nghề nghiệp.
        ProfessionalTitle = "professional_title",
    }
}

codes! {
    /// What became of an attendance.
    Outcome { /// Đang học.
        Studying = "studying", /// Hoàn thành.
        Finished = "finished", /// Không đạt.
        Failed = "failed", /// Thôi học, rút.
        Withdrawn = "withdrawn" }
}

codes! {
    /// What follows an attendance.
    FollowUpKind { /// Người học báo cáo kết quả.
        Reported = "reported", /// Cơ quan đánh giá sau bồi dưỡng.
        Evaluated = "evaluated" }
}

codes! {
    /// Life of an event.
    ClassStatus { /// Dự kiến.
        Planned = "planned", /// Đã có quyết định mở, đang cử người học.
        Enrolling = "enrolling", /// Đang học.
        Running = "running", /// Đã kết thúc.
        Finished = "finished", /// Đã công nhận kết quả.
        Recognised = "recognised", /// Đã đóng hồ sơ.
        Closed = "closed", /// Đã huỷ.
        Cancelled = "cancelled" }
}

/// Periods (tiết) shown as one study day where a page turns periods into days; what the law asks of a year is looked up in `law`.
pub const PERIODS_PER_DAY: i32 = 8;
