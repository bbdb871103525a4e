//! Legal acts, citations of their articles, bilingual words and marks of evidence.
//! Not for: what an act says; that is in the parameters and formulas.

use domain::codes;
use domain::time::Date;

/// A short text in Vietnamese and in English.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Two texts of one meaning.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }
}

codes! {
    /// How well a fact of the law is known.
    Evidence {
        /// Seen in the legal text or in a legal publisher's excerpt.
        Verified = "verified",
        /// Seen in a secondary source only.
        Secondary = "secondary",
        /// From memory; shown as unverified everywhere.
        FromMemory = "from_memory",
        /// Computed from other facts.
        Computed = "computed",
    }
}

impl Evidence {
    /// Whether a person still has to check it against the official text.
    #[must_use]
    pub const fn is_unverified(self) -> bool {
        matches!(self, Self::FromMemory)
    }

    /// The mark in words.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Verified => Words::new("đã đối chiếu văn bản", "checked against the text"),
            Self::Secondary => Words::new("theo nguồn thứ cấp", "from a secondary source"),
            Self::FromMemory => Words::new("chưa xác minh", "unverified"),
            Self::Computed => Words::new("do hệ thống tính", "computed"),
        }
    }
}

codes! {
    /// Kind of legal act.
    ActKind {
        /// Luật.
        Luat = "luat",
        /// Nghị định.
        NghiDinh = "nghi_dinh",
        /// Thông tư.
        ThongTu = "thong_tu",
        /// Thông tư liên tịch.
        ThongTuLienTich = "thong_tu_lien_tich",
        /// Quyết định.
        QuyetDinh = "quyet_dinh",
        /// Hướng dẫn (của Đảng).
        HuongDan = "huong_dan",
    }
}

impl ActKind {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Luat => ("Luật", "Law"),
            Self::NghiDinh => ("Nghị định", "Decree"),
            Self::ThongTu => ("Thông tư", "Circular"),
            Self::ThongTuLienTich => ("Thông tư liên tịch", "Joint Circular"),
            Self::QuyetDinh => ("Quyết định", "Decision"),
            Self::HuongDan => ("Hướng dẫn", "Guidance"),
        }
    }
}

/// A legal act, as `data/sources.toml` describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Stable id such as `nd-101-2017`.
    pub id: String,
    /// Kind of act.
    pub kind: ActKind,
    /// Number and symbol as printed.
    pub number: String,
    /// What it is about, in our own words.
    pub title: Words,
    /// Day of issue; `None` when not known (the note says why).
    pub issued_on: Option<Date>,
    /// First day in force; `None` when not known (the note says why).
    pub in_force_from: Option<Date>,
    /// First day no longer in force; `None` while in force or unknown.
    pub to: Option<Date>,
    /// How well the dates are known.
    pub evidence: Evidence,
    /// What is doubtful about it.
    pub note: Option<Words>,
}

impl Act {
    /// Kind and number: "Nghị định 101/2017/NĐ-CP".
    #[must_use]
    pub fn name(&self) -> Words {
        let (vi, en) = self.kind.words();
        Words::new(format!("{vi} {}", self.number), format!("{en} {}", self.number))
    }
}

/// A place in an act: `nd-101-2017#6.1.c` is article 6, clause 1, point c; without `#` the whole act.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Citation {
    /// Id of the act.
    pub act: String,
    /// Article, when known.
    pub article: Option<u16>,
    /// Clause (khoản).
    pub clause: Option<u16>,
    /// Point (điểm).
    pub point: Option<String>,
}

impl Citation {
    /// Reads the short form; `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let Some((act, place)) = text.split_once('#') else {
            return Self::checked(text, None, None, None);
        };
        let mut parts = place.split('.');
        let article = parts.next()?.parse().ok()?;
        let clause = parts.next().map(str::parse).transpose().ok()?;
        let point = parts.next().map(str::to_owned);
        if parts.next().is_some() || point.as_ref().is_some_and(String::is_empty) {
            return None;
        }
        Self::checked(act, Some(article), clause, point)
    }

    fn checked(act: &str, article: Option<u16>, clause: Option<u16>, point: Option<String>) -> Option<Self> {
        let well_formed = !act.is_empty() && act.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        well_formed.then(|| Self { act: act.to_owned(), article, clause, point })
    }

    /// "điểm c khoản 1 Điều 6", empty for a whole act.
    #[must_use]
    pub fn place(&self) -> Words {
        let Some(article) = self.article else {
            return Words::new("", "");
        };
        let (mut vi, mut en) = (format!("Điều {article}"), format!("Article {article}"));
        if let Some(clause) = self.clause {
            vi = format!("khoản {clause} {vi}");
            en = format!("{en}, clause {clause}");
        }
        if let Some(point) = &self.point {
            vi = format!("điểm {point} {vi}");
            en = format!("{en}, point {point}");
        }
        Words::new(vi, en)
    }
}

impl std::fmt::Display for Citation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.act)?;
        if let Some(article) = self.article {
            write!(f, "#{article}")?;
        }
        if let Some(clause) = self.clause {
            write!(f, ".{clause}")?;
        }
        if let Some(point) = &self.point {
            write!(f, ".{point}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_reads_and_prints_the_same() {
        for text in ["nd-101-2017", "nd-101-2017#6", "nd-101-2017#6.1", "nd-101-2017#6.1.đ"] {
            assert_eq!(Citation::parse(text).unwrap().to_string(), text);
        }
        for wrong in ["", "#6", "ND-101", "nd-101#", "nd-101#a", "nd-101#6.1.", "nd-101#6.1.c.d"] {
            assert_eq!(Citation::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_place_is_said_from_the_point_up_in_vietnamese() {
        assert_eq!(Citation::parse("nd-101-2017#6.1.c").unwrap().place().vi, "điểm c khoản 1 Điều 6");
    }
}
