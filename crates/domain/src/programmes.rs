//! Programmes as texts: what is taught, to whom, for how long, in which modules, and what a text still lacks.
//! Not for: how a text lives (`life`), who appraises it (`appraisal`), files (`materials`), or the length that the law allows (`law`).

pub mod appraisal;
pub mod difference;
pub mod life;
pub mod materials;

use crate::codes;
use crate::orgs::Level;
use crate::people::StaffKind;
use crate::training::{ContentGroup, Mode, Programme, TrainingKind};

codes! {
    /// A course whose length the law sets; codes are those of the law's parameters `course_durations.…`.
    Course {
        /// Ngạch cán sự.
        CanSu = "can_su",
        /// Ngạch chuyên viên.
        ChuyenVien = "chuyen_vien",
        /// Ngạch chuyên viên chính.
        ChuyenVienChinh = "chuyen_vien_chinh",
        /// Ngạch chuyên viên cao cấp.
        ChuyenVienCaoCap = "chuyen_vien_cao_cap",
        /// Lãnh đạo, quản lý cấp phòng.
        DivisionLeader = "division_leader",
        /// Lãnh đạo, quản lý cấp sở.
        DepartmentLeader = "department_leader",
        /// Chức danh lãnh đạo cấp xã.
        CommuneLeader = "commune_leader",
        /// Theo yêu cầu vị trí việc làm.
        ByPost = "by_post",
        /// Theo chức danh nghề nghiệp.
        ProfessionalTitle = "professional_title",
        /// Chuyên sâu cho cán bộ, công chức xã.
        CommuneSpecialised = "commune_specialised",
        /// Quản lý nhà nước chung cho công chức xã.
        CommuneStateManagement = "commune_state_management",
        /// Theo ngành, lĩnh vực cho cấp xã.
        CommuneSector = "commune_sector",
    }
}

/// One text of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Title.
    pub title: String,
    /// Education or training.
    pub kind: TrainingKind,
    /// Content group.
    pub content: ContentGroup,
    /// Which programme that a plan names it carries out.
    pub programme: Option<Programme>,
    /// Which course of the law it is, so that its length can be judged.
    pub course: Option<Course>,
    /// Kinds of staff it is for.
    pub staff: Vec<StaffKind>,
    /// Level of government it is for; `None` for every one.
    pub level: Option<Level>,
    /// For whom, in words.
    pub audience: String,
    /// Periods (tiết) in all.
    pub periods: i32,
    /// Study days.
    pub days: i32,
    /// How people meet.
    pub mode: Mode,
    /// What they can do afterwards.
    pub outcomes: String,
    /// Acts and plans it rests on.
    pub legal_basis: String,
    /// School it is drafted and taught with.
    pub partner: String,
    /// In order.
    pub modules: Vec<Module>,
}

/// A part of a programme (chuyên đề).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// Title.
    pub title: String,
    /// Periods of theory.
    pub theory: i32,
    /// Periods of practice and discussion.
    pub practice: i32,
    /// Periods of guided self-study.
    pub self_study: i32,
    /// What it gives.
    pub outcome: String,
}

impl Module {
    /// All periods of the module.
    #[must_use]
    pub const fn periods(&self) -> i32 {
        self.theory.saturating_add(self.practice).saturating_add(self.self_study)
    }
}

impl Text {
    /// All periods of the modules.
    #[must_use]
    pub fn periods_of_modules(&self) -> i32 {
        self.modules.iter().fold(0, |sum, module| sum.saturating_add(module.periods()))
    }
}

/// Most modules of a programme.
pub const MOST_MODULES: usize = 60;
/// Most letters of a title.
pub const MOST_TITLE: usize = 300;
/// Most letters of any other words.
pub const MOST_WORDS: usize = 4_000;
/// Most periods; more than two years of full days.
pub const MOST_PERIODS: i32 = 4_000;
/// Most study days.
pub const MOST_DAYS: i32 = 800;

codes! {
    /// Why a text cannot even be kept as a draft.
    TextFault {
        /// It has no title.
        NoTitle = "no_title",
        /// Some words are longer than anybody reads.
        TooLong = "too_long",
        /// A number of periods or days is below nothing or beyond reason.
        OddNumber = "odd_number",
        /// It has too many modules.
        ManyModules = "many_modules",
    }
}

codes! {
    /// What a text lacks before a council may be asked, or before it may be decided upon.
    Lack {
        /// For whom it is.
        Audience = "audience",
        /// Kinds of staff.
        Staff = "staff",
        /// Periods.
        Periods = "periods",
        /// Days.
        Days = "days",
        /// Modules.
        Modules = "modules",
        /// A module has no title.
        ModuleTitle = "module_title",
        /// A module has no periods.
        ModulePeriods = "module_periods",
        /// The modules have other periods in all than the programme.
        Sum = "sum",
        /// Outcomes.
        Outcomes = "outcomes",
        /// Legal basis.
        LegalBasis = "legal_basis",
        /// The council has not appraised it.
        Appraisal = "appraisal",
        /// The law, as verified, allows no such length.
        LegalLength = "legal_length",
    }
}

/// Everything that keeps a text from being stored.
#[must_use]
pub fn faults(text: &Text) -> Vec<TextFault> {
    let long = |words: &str, most: usize| words.chars().count() > most;
    let others = [&text.audience, &text.outcomes, &text.legal_basis, &text.partner];
    let is_long = long(&text.title, MOST_TITLE)
        || others.iter().any(|words| long(words, MOST_WORDS))
        || text.modules.iter().any(|module| long(&module.title, MOST_TITLE) || long(&module.outcome, MOST_WORDS));
    let numbers = text.modules.iter().flat_map(|module| [module.theory, module.practice, module.self_study]);
    let is_odd =
        !(0..=MOST_DAYS).contains(&text.days) || numbers.chain([text.periods]).any(|periods| !(0..=MOST_PERIODS).contains(&periods));
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: TextFault| faults.extend(is_wrong.then_some(fault));
    fault(text.title.trim().is_empty(), TextFault::NoTitle);
    fault(is_long, TextFault::TooLong);
    fault(is_odd, TextFault::OddNumber);
    fault(text.modules.len() > MOST_MODULES, TextFault::ManyModules);
    faults
}

/// Everything that a text lacks before a council may be asked.
#[must_use]
pub fn lacks(text: &Text) -> Vec<Lack> {
    let mut lacks = Vec::new();
    let mut lack = |is_missing: bool, lack: Lack| lacks.extend(is_missing.then_some(lack));
    lack(text.audience.trim().is_empty(), Lack::Audience);
    lack(text.staff.is_empty(), Lack::Staff);
    lack(text.periods == 0, Lack::Periods);
    lack(text.days == 0, Lack::Days);
    lack(text.modules.is_empty(), Lack::Modules);
    lack(text.modules.iter().any(|module| module.title.trim().is_empty()), Lack::ModuleTitle);
    lack(text.modules.iter().any(|module| module.periods() == 0), Lack::ModulePeriods);
    lack(!text.modules.is_empty() && text.periods_of_modules() != text.periods, Lack::Sum);
    lack(text.outcomes.trim().is_empty(), Lack::Outcomes);
    lack(text.legal_basis.trim().is_empty(), Lack::LegalBasis);
    lacks
}

/// Whether a text can be the code of a programme: 2 to 24 letters without marks, digits, dots and hyphens, such as `CT-LDP.01`.
#[must_use]
pub fn is_code(code: &str) -> bool {
    let is_plain = |sign: char| sign.is_ascii_uppercase() || sign.is_ascii_digit() || matches!(sign, '-' | '.');
    (2..=24).contains(&code.len()) && code.chars().all(is_plain) && code.starts_with(|sign: char| sign.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Text {
        let module =
            |theory, practice, self_study| Module { title: "Chuyên đề".to_owned(), theory, practice, self_study, ..Module::default() };
        Text {
            title: "Kỹ năng soạn thảo văn bản".to_owned(),
            kind: TrainingKind::Training,
            content: ContentGroup::PostSkills,
            programme: None,
            course: Some(Course::ByPost),
            staff: vec![StaffKind::CongChuc],
            level: None,
            audience: "Công chức văn phòng".to_owned(),
            periods: 24,
            days: 3,
            mode: Mode::InPerson,
            outcomes: "Soạn được văn bản".to_owned(),
            legal_basis: "Nghị định 30/2020/NĐ-CP".to_owned(),
            partner: String::new(),
            modules: vec![module(8, 4, 0), module(4, 4, 4)],
        }
    }

    fn with(change: impl FnOnce(&mut Text)) -> Text {
        let mut text = good();
        change(&mut text);
        text
    }

    #[test]
    fn what_a_text_lacks_before_a_council_is_asked() {
        let cases: [(Text, &[Lack]); 8] = [
            (good(), &[]),
            (with(|t| t.periods = 25), &[Lack::Sum]),
            (with(|t| t.modules.clear()), &[Lack::Modules]),
            (with(|t| t.modules.push(Module::default())), &[Lack::ModuleTitle, Lack::ModulePeriods]),
            (with(|t| t.staff.clear()), &[Lack::Staff]),
            (with(|t| (t.periods, t.days) = (0, 0)), &[Lack::Periods, Lack::Days, Lack::Sum]),
            (with(|t| t.outcomes = " ".to_owned()), &[Lack::Outcomes]),
            (with(|t| (t.audience, t.legal_basis) = (String::new(), String::new())), &[Lack::Audience, Lack::LegalBasis]),
        ];
        for (text, expected) in cases {
            assert_eq!(lacks(&text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_kept_even_as_a_draft() {
        let cases: [(Text, &[TextFault]); 6] = [
            (good(), &[]),
            (with(|t| t.title = " ".to_owned()), &[TextFault::NoTitle]),
            (with(|t| t.outcomes = "a".repeat(MOST_WORDS + 1)), &[TextFault::TooLong]),
            (with(|t| t.modules[0].theory = -1), &[TextFault::OddNumber]),
            (with(|t| t.days = MOST_DAYS + 1), &[TextFault::OddNumber]),
            (with(|t| t.modules = vec![Module::default(); MOST_MODULES + 1]), &[TextFault::ManyModules]),
        ];
        for (text, expected) in cases {
            assert_eq!(faults(&text), expected);
        }
    }

    #[test]
    fn a_code_is_plain() {
        for (code, is_one) in [("CT-LDP.01", true), ("C", false), ("ct-01", false), ("Đ1", false), ("-A1", false), ("CT 01", false)] {
            assert_eq!(is_code(code), is_one, "{code}");
        }
    }
}
