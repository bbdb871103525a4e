//! Who officials are: kinds of staff, leadership, qualifications, as codes that law, plans and statistics share.
//! Not for: rows and forms; and no personal data lives in this crate.

use crate::codes;

codes! {
    /// Kind of staff in the sense of the laws on cán bộ, công chức and viên chức.
    StaffKind {
        /// Elected or appointed for a term.
        CanBo = "can_bo",
        /// Civil servant.
        CongChuc = "cong_chuc",
        /// Public employee.
        VienChuc = "vien_chuc",
        /// Part-time worker of a commune or village.
        KhongChuyenTrach = "khong_chuyen_trach",
    }
}

codes! {
    /// Sex as recorded in the staff file.
    Sex { /// Nam.
        Male = "nam", /// Nữ.
        Female = "nu" }
}

codes! {
    /// Leadership post (chức vụ) or its equivalent.
    Leadership {
        /// Trưởng sở, ban, ngành.
        DepartmentHead = "department_head",
        /// Phó trưởng sở, ban, ngành.
        DepartmentDeputy = "department_deputy",
        /// Trưởng phòng cấp tỉnh.
        ProvinceDivisionHead = "province_division_head",
        /// Phó trưởng phòng cấp tỉnh.
        ProvinceDivisionDeputy = "province_division_deputy",
        /// Trưởng phòng cấp huyện (đến 30/06/2025).
        DistrictDivisionHead = "district_division_head",
        /// Phó trưởng phòng cấp huyện (đến 30/06/2025).
        DistrictDivisionDeputy = "district_division_deputy",
        /// Bí thư, phó bí thư đảng ủy xã.
        CommuneSecretary = "commune_secretary",
        /// Chủ tịch UBND xã.
        CommuneChair = "commune_chair",
        /// Phó chủ tịch UBND xã.
        CommuneViceChair = "commune_vice_chair",
        /// Trưởng, phó phòng thuộc UBND xã (từ 01/07/2025).
        CommuneDivisionLeader = "commune_division_leader",
        /// Người đứng đầu đơn vị sự nghiệp.
        PublicUnitHead = "public_unit_head",
        /// Cấp phó của người đứng đầu đơn vị sự nghiệp.
        PublicUnitDeputy = "public_unit_deputy",
    }
}

impl Leadership {
    /// The group that provincial schemes plan by; equivalents that QĐ 1207-QĐ/TU adds are set by hand.
    #[must_use]
    pub const fn group(self) -> Option<LeaderGroup> {
        match self {
            Self::DepartmentHead => Some(LeaderGroup::N1),
            Self::DepartmentDeputy => Some(LeaderGroup::N2),
            Self::ProvinceDivisionHead | Self::ProvinceDivisionDeputy => Some(LeaderGroup::N3),
            Self::DistrictDivisionHead | Self::DistrictDivisionDeputy => Some(LeaderGroup::N4),
            _ => None,
        }
    }
}

codes! {
    /// The four groups of leaders and managers that provincial schemes plan by.
    LeaderGroup {
        /// Trưởng các sở, ban, ngành và tương đương.
        N1 = "n1",
        /// Phó trưởng các sở, ban, ngành và tương đương.
        N2 = "n2",
        /// Trưởng, phó phòng cấp tỉnh và tương đương.
        N3 = "n3",
        /// Trưởng, phó phòng cấp huyện và tương đương.
        N4 = "n4",
    }
}

codes! {
    /// Groups of posts in the catalogue (NĐ 106/2020/NĐ-CP, NĐ 62/2020/NĐ-CP).
    PostGroup {
        /// Lãnh đạo, quản lý.
        Leading = "leading",
        /// Chuyên môn, nghiệp vụ chuyên ngành.
        Professional = "professional",
        /// Chuyên môn, nghiệp vụ dùng chung.
        Shared = "shared",
        /// Hỗ trợ, phục vụ.
        Support = "support",
    }
}

codes! {
    /// What a qualification proves.
    QualificationKind {
        /// Văn bằng chuyên môn.
        Professional = "professional",
        /// Lý luận chính trị.
        PoliticalTheory = "political_theory",
        /// Quản lý nhà nước.
        StateManagement = "state_management",
        /// Chứng chỉ lãnh đạo, quản lý theo chức danh.
        LeadershipCourse = "leadership_course",
        /// Chứng chỉ theo chức danh nghề nghiệp viên chức.
        ProfessionalTitle = "professional_title",
        /// Quốc phòng, an ninh.
        DefenceSecurity = "defence_security",
        /// Ngoại ngữ.
        Language = "language",
        /// Tin học.
        It = "it",
        /// Tiếng dân tộc thiểu số.
        EthnicLanguage = "ethnic_language",
    }
}

impl QualificationKind {
    /// Codes of the levels within the kind, lowest first; professional ones have degrees instead.
    #[must_use]
    pub const fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Professional | Self::EthnicLanguage => &[],
            Self::PoliticalTheory => &["so_cap", "trung_cap", "cao_cap", "cu_nhan"],
            Self::StateManagement => &["can_su", "chuyen_vien", "chuyen_vien_chinh", "chuyen_vien_cao_cap"],
            Self::LeadershipCourse => &["cap_phong", "cap_huyen", "cap_so"],
            Self::ProfessionalTitle => &["hang_4", "hang_3", "hang_2", "hang_1"],
            Self::DefenceSecurity => &["doi_tuong_4", "doi_tuong_3", "doi_tuong_2", "doi_tuong_1"],
            Self::Language => &["a1", "a2", "b1", "b2", "c1"],
            Self::It => &["co_ban", "nang_cao"],
        }
    }
}

codes! {
    /// Professional degrees; the two medical specialist degrees count with master and doctor.
    Degree {
        /// Trung cấp trở xuống.
        Intermediate = "intermediate",
        /// Cao đẳng.
        College = "college",
        /// Đại học.
        Bachelor = "bachelor",
        /// Thạc sĩ.
        Master = "master",
        /// Bác sĩ chuyên khoa cấp I.
        Specialist1 = "specialist_1",
        /// Tiến sĩ.
        Doctor = "doctor",
        /// Bác sĩ chuyên khoa cấp II.
        Specialist2 = "specialist_2",
    }
}

impl Degree {
    /// Rank among degrees: 1 intermediate … 3 bachelor, 4 master or specialist I, 5 doctor or specialist II.
    #[must_use]
    pub const fn rank(self) -> i32 {
        match self {
            Self::Intermediate => 1,
            Self::College => 2,
            Self::Bachelor => 3,
            Self::Master | Self::Specialist1 => 4,
            Self::Doctor | Self::Specialist2 => 5,
        }
    }
}

codes! {
    /// Field of study of a degree, as the statistics group it.
    StudyField {
        /// Kinh tế, tài chính, kế toán.
        Economics = "economics",
        /// Công nghệ thông tin, khoa học máy tính.
        InformationTechnology = "information_technology",
        /// Y tế.
        Health = "health",
        /// Giáo dục.
        Education = "education",
        /// Quy hoạch, phát triển đô thị.
        UrbanPlanning = "urban_planning",
        /// Tài nguyên môi trường, quản lý đất đai.
        NaturalResources = "natural_resources",
        /// Nông nghiệp, phát triển nông thôn.
        Agriculture = "agriculture",
        /// Quản lý hành chính, luật.
        AdministrationLaw = "administration_law",
        /// Đối ngoại: quan hệ quốc tế, luật quốc tế.
        ForeignAffairs = "foreign_affairs",
        /// Khác.
        Other = "other",
    }
}

codes! {
    /// A standing duty beside or within the post.
    Duty {
        /// Tham mưu cải cách hành chính.
        AdministrativeReform = "administrative_reform",
    }
}

codes! {
    /// What kind of appointment a posting began with.
    Appointment {
        /// Bổ nhiệm chức vụ lãnh đạo, quản lý.
        Leadership = "leadership",
        /// Bổ nhiệm lại.
        Reappointment = "reappointment",
        /// Bổ nhiệm chức danh nghề nghiệp.
        ProfessionalTitle = "professional_title",
    }
}

codes! {
    /// A band of a yearly rating or an assessment of ability.
    Band { /// Không hoàn thành, yếu.
        Poor = "poor", /// Hoàn thành, trung bình.
        Average = "average", /// Hoàn thành tốt, tốt.
        Good = "good", /// Hoàn thành xuất sắc.
        Excellent = "excellent" }
}

impl Band {
    /// 1 poor … 4 excellent.
    #[must_use]
    pub const fn rank(self) -> i32 {
        match self {
            Self::Poor => 1,
            Self::Average => 2,
            Self::Good => 3,
            Self::Excellent => 4,
        }
    }
}

codes! {
    /// What a rating judges.
    RatingKind { /// Xếp loại chất lượng hằng năm.
        Yearly = "yearly", /// Năng lực tham mưu cải cách hành chính.
        ReformAdvice = "reform_advice" }
}

codes! {
    /// A thing handed or opened to a person.
    ReceiptKind { /// Tài liệu, sổ tay cải cách hành chính.
        ReformHandbook = "reform_handbook" }
}
