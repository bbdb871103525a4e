//! Lists of officials: which people a list keeps, and which of its questions and columns need more than a right to see people.
//! Not for: words that are searched, units and days (the read model), or names of codes (`locales/`).

use crate::codes;
use crate::orgs::Level;
use crate::people::{Degree, LeaderGroup, Leadership, QualificationKind, Sex, StaffKind, StudyField};
use crate::time::{Date, number};
use crate::training::{ContentGroup, TrainingKind};

codes! {
    /// Whether people of a list serve on its day.
    Working {
        /// They hold a posting on the day.
        AtWork = "dang-lam",
        /// Their last posting had ended by the day.
        Left = "da-nghi",
    }
}

codes! {
    /// Bands of age that a list counts people by; completed years.
    AgeBand {
        /// Under 30.
        Under30 = "0-29",
        /// 30 to 39.
        From30 = "30-39",
        /// 40 to 49.
        From40 = "40-49",
        /// 50 to 59.
        From50 = "50-59",
        /// 60 and older.
        From60 = "60-120",
    }
}

impl AgeBand {
    /// First and last age of the band.
    #[must_use]
    pub const fn ages(self) -> (i32, i32) {
        match self {
            Self::Under30 => (0, 29),
            Self::From30 => (30, 39),
            Self::From40 => (40, 49),
            Self::From50 => (50, 59),
            Self::From60 => (60, OLDEST),
        }
    }
}

/// No list asks for older people.
pub const OLDEST: i32 = 120;

codes! {
    /// Columns of a list beside the name, which always comes first.
    Column {
        /// Post on the day.
        Post = "vi-tri",
        /// Leadership post on the day.
        Leadership = "chuc-vu",
        /// Group of leaders on the day.
        Group = "nhom",
        /// Unit on the day.
        Unit = "don-vi",
        /// Kind of staff on the day.
        Staff = "loai",
        /// Staff code.
        Code = "ma",
        /// Grade on the day.
        Grade = "ngach",
        /// First day of the posting.
        Since = "tu-ngay",
        /// First day of service.
        RecruitedOn = "tuyen-dung",
        /// Sex.
        Sex = "gioi",
        /// Highest professional degree.
        Degree = "trinh-do",
        /// Field of that degree.
        Field = "nganh",
        /// Highest level of political theory.
        PoliticalTheory = "llct",
        /// Highest level of state management.
        StateManagement = "qlnn",
        /// Highest group of defence and security.
        DefenceSecurity = "qpan",
        /// Last day of the last finished training.
        LastTraining = "hoc-gan-nhat",
        /// Birth.
        BirthOn = "ngay-sinh",
        /// Age on the day.
        Age = "tuoi",
        /// Code of the electronic record.
        RecordCode = "ma-ho-so",
        /// Ethnic group.
        Ethnicity = "dan-toc",
        /// Religion.
        Religion = "ton-giao",
        /// Health class.
        Health = "suc-khoe",
        /// Citizen number.
        CitizenNumber = "dinh-danh",
    }
}

/// What a column or a filter needs beside the right to see people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Care {
    /// Nothing.
    Open,
    /// The right to keep or take out the record.
    Private,
    /// That right, and a purpose that is noted.
    Sensitive,
}

impl Column {
    /// The columns of a list that nobody changed.
    pub const USUAL: &'static [Self] = &[Self::Post, Self::Unit, Self::Staff, Self::Code];

    /// What showing it needs.
    #[must_use]
    pub const fn care(self) -> Care {
        match self {
            Self::BirthOn | Self::Age | Self::RecordCode => Care::Private,
            Self::Ethnicity | Self::Religion | Self::Health | Self::CitizenNumber => Care::Sensitive,
            _ => Care::Open,
        }
    }

    /// The kind of qualification it shows the highest level of.
    #[must_use]
    pub const fn kind(self) -> Option<QualificationKind> {
        match self {
            Self::Degree | Self::Field => Some(QualificationKind::Professional),
            Self::PoliticalTheory => Some(QualificationKind::PoliticalTheory),
            Self::StateManagement => Some(QualificationKind::StateManagement),
            Self::DefenceSecurity => Some(QualificationKind::DefenceSecurity),
            _ => None,
        }
    }
}

/// Ages from and to, both included; an open side is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Ages {
    /// Youngest.
    pub from: Option<i32>,
    /// Oldest.
    pub to: Option<i32>,
}

impl Ages {
    /// Whether any side is set.
    #[must_use]
    pub const fn is_set(self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// Birth days as numbers, from and to, both included: who is born between them has the age on the day.
    #[must_use]
    pub fn births(self, on: Date) -> (Option<i32>, Option<i32>) {
        let today = number(on);
        (self.to.map(|to| today - (to + 1) * 10_000 + 1), self.from.map(|from| today - from * 10_000))
    }
}

/// A qualification of a kind, at least of a level when one is named; levels count from 1, the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Held {
    kind: QualificationKind,
    least: usize,
}

/// Degrees as levels of the professional kind, lowest first; each stands for all of its rank.
const DEGREES: &[&str] = &["intermediate", "college", "bachelor", "master", "doctor"];

/// Codes of the levels of a kind, lowest first, as lists ask for them.
#[must_use]
pub const fn levels(kind: QualificationKind) -> &'static [&'static str] {
    match kind {
        QualificationKind::Professional => DEGREES,
        other => other.levels(),
    }
}

impl Held {
    /// Any qualification of the kind.
    #[must_use]
    pub const fn any(kind: QualificationKind) -> Self {
        Self { kind, least: 0 }
    }

    /// At least the level of this code.
    #[must_use]
    pub fn at_least(kind: QualificationKind, level: &str) -> Option<Self> {
        let place = levels(kind).iter().position(|known| *known == level)?;
        Some(Self { kind, least: place + 1 })
    }

    /// Reads `kind` or `kind.level`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('.') {
            None => QualificationKind::from_code(text).map(Self::any),
            Some((kind, level)) => Self::at_least(QualificationKind::from_code(kind)?, level),
        }
    }

    /// `kind` or `kind.level`.
    #[must_use]
    pub fn code(self) -> String {
        self.level().map_or_else(|| self.kind.code().to_owned(), |level| format!("{}.{level}", self.kind.code()))
    }

    /// The kind.
    #[must_use]
    pub const fn kind(self) -> QualificationKind {
        self.kind
    }

    /// The lowest level that counts, if one is named.
    #[must_use]
    pub fn level(self) -> Option<&'static str> {
        self.least.checked_sub(1).and_then(|place| levels(self.kind).get(place).copied())
    }

    /// Place of the lowest level that counts, from 1; 0 when any will do.
    #[must_use]
    pub const fn least(self) -> usize {
        self.least
    }

    /// Stored codes of the levels that count: degrees of the professional kind, grades of the others; none when any will do.
    #[must_use]
    pub fn accepted(self) -> Vec<&'static str> {
        if self.least == 0 {
            return Vec::new();
        }
        if self.kind == QualificationKind::Professional {
            let reaches = |degree: &&Degree| usize::try_from(degree.rank()).is_ok_and(|rank| rank >= self.least);
            return Degree::ALL.iter().filter(reaches).map(|degree| degree.code()).collect();
        }
        levels(self.kind).iter().skip(self.least - 1).copied().collect()
    }
}

/// Training finished within a period, or the lack of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Trained {
    /// Whether people did, or did not.
    pub did: bool,
    /// First day on which it may have ended.
    pub from: Option<Date>,
    /// Last day on which it may have ended.
    pub to: Option<Date>,
    /// Đào tạo or bồi dưỡng.
    pub kind: Option<TrainingKind>,
    /// Content group.
    pub content: Option<ContentGroup>,
    /// Scheme and topic.
    pub topic: Option<(String, String)>,
}

/// Which people a list keeps; everything that is asked must hold, and of several choices of one question one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Filter {
    /// Kinds of staff.
    pub staff: Vec<StaffKind>,
    /// Only leaders.
    pub leaders: bool,
    /// Leadership posts.
    pub leaderships: Vec<Leadership>,
    /// Groups of leaders.
    pub groups: Vec<LeaderGroup>,
    /// Levels of the administration at which they work.
    pub levels: Vec<Level>,
    /// Grades (ngạch, hạng) by their codes.
    pub grades: Vec<String>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Age on the day.
    pub ages: Ages,
    /// Ethnic groups of the national list.
    pub ethnic_groups: Vec<i32>,
    /// Qualifications that people hold on the day.
    pub holds: Vec<Held>,
    /// Qualifications that people do not hold on the day.
    pub lacks: Vec<Held>,
    /// Fields of a professional qualification held on the day.
    pub fields: Vec<StudyField>,
    /// Training in a period.
    pub trained: Option<Trained>,
    /// Whether they serve on the day; nothing said is yes.
    pub working: Option<Working>,
}

impl Filter {
    /// Whether people who left are meant.
    #[must_use]
    pub fn is_of_left(&self) -> bool {
        self.working == Some(Working::Left)
    }

    /// What asking so needs: a record shows ages to its keeper only, and ethnic groups are what the law calls sensitive.
    #[must_use]
    pub const fn care(&self) -> Care {
        match (self.ethnic_groups.is_empty(), self.ages.is_set()) {
            (false, _) => Care::Sensitive,
            (true, true) => Care::Private,
            (true, false) => Care::Open,
        }
    }

    /// Whether it asks for anything.
    #[must_use]
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// The same without what only the keeper of a record may ask for.
    #[must_use]
    pub fn without_private(self) -> Self {
        Self { ages: Ages::default(), ethnic_groups: Vec::new(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{age, parse};

    #[test]
    fn a_level_means_itself_and_everything_above() {
        let held = |text: &str| Held::parse(text).unwrap();
        for (text, accepted) in [
            ("professional", vec![]),
            ("professional.master", vec!["master", "specialist_1", "doctor", "specialist_2"]),
            ("political_theory.cao_cap", vec!["cao_cap", "cu_nhan"]),
            ("defence_security.doi_tuong_1", vec!["doi_tuong_1"]),
            ("ethnic_language", vec![]),
        ] {
            assert_eq!((held(text).accepted(), held(text).code()), (accepted, text.to_owned()));
        }
        for odd in ["", "professional.cao_cap", "law", "it.", "ethnic_language.a1"] {
            assert_eq!(Held::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn births_between_the_bounds_have_the_age() {
        let on = parse("2024-02-29").unwrap();
        for (birth, from, to, is_in) in [
            ("1984-02-29", Some(40), Some(40), true),
            ("1984-03-01", Some(40), None, false),
            ("1984-03-01", Some(39), Some(39), true),
            ("1983-02-28", None, Some(40), false),
            ("1983-03-01", None, Some(40), true),
        ] {
            let birth = parse(birth).unwrap();
            let (first, last) = Ages { from, to }.births(on);
            let born = number(birth);
            assert_eq!(first.is_none_or(|f| f <= born) && last.is_none_or(|l| born <= l), is_in, "{birth} {from:?} {to:?}");
            let years = age(birth, on);
            assert_eq!(from.is_none_or(|f| f <= years) && to.is_none_or(|t| years <= t), is_in, "{birth} is {years}");
        }
    }

    #[test]
    fn ages_need_the_keeper_and_ethnic_groups_a_purpose() {
        let of = |filter: Filter| (filter.care(), filter.without_private().care());
        assert_eq!(of(Filter { sex: Some(Sex::Female), ..Filter::default() }), (Care::Open, Care::Open));
        assert_eq!(of(Filter { ages: Ages { from: Some(50), to: None }, ..Filter::default() }), (Care::Private, Care::Open));
        assert_eq!(of(Filter { ethnic_groups: vec![2], ..Filter::default() }), (Care::Sensitive, Care::Open));
    }

    #[test]
    fn bands_of_age_follow_each_other() {
        let ends: Vec<_> = AgeBand::ALL.iter().map(|band| band.ages()).collect();
        assert!(ends.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0) && ends[0].0 == 0 && ends[4].1 == OLDEST);
        assert!(AgeBand::ALL.iter().all(|band| band.code() == format!("{}-{}", band.ages().0, band.ages().1)));
    }
}
