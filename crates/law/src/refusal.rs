//! Refusals to answer: the law in the files does not reach the case. Each has a stable code, words and a way out.
//! Not for: a person who does not meet a condition; that is an answer (`postgraduate::Eligibility`).

use crate::acts::{Citation, Words};
use crate::governing::{GoverningDate, GoverningKind};
use domain::people::StaffKind;
use domain::time::dmy;
use thiserror::Error;

/// Why there is no law to apply.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no law for {key}: {}", self.code(), key = self.key())]
pub enum NoLaw {
    /// No parameter of that name and shape.
    UnknownParameter {
        /// The name asked for.
        key: String,
    },
    /// The day lies outside every interval in the files.
    OutsideKnownLaw {
        /// The parameter.
        key: String,
        /// The staff kind asked for.
        staff: StaffKind,
        /// The day asked for.
        on: GoverningDate,
    },
    /// The files say that the rule was not found.
    Absent {
        /// The parameter.
        key: String,
        /// Why it is absent.
        reason: Words,
        /// What was looked at.
        cites: Vec<Citation>,
    },
    /// The parameter never applies to this kind of staff.
    NotForThisStaff {
        /// The parameter.
        key: String,
        /// The staff kind asked for.
        staff: StaffKind,
    },
    /// Another kind of date governs the parameter.
    WrongGoverningDate {
        /// The parameter.
        key: String,
        /// The kind it is governed by.
        needs: GoverningKind,
        /// The kind given.
        given: GoverningKind,
    },
}

impl NoLaw {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownParameter { .. } => "unknown_parameter",
            Self::OutsideKnownLaw { .. } => "outside_known_law",
            Self::Absent { .. } => "absent",
            Self::NotForThisStaff { .. } => "not_for_this_staff",
            Self::WrongGoverningDate { .. } => "wrong_governing_date",
        }
    }

    /// The parameter asked for.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::UnknownParameter { key }
            | Self::OutsideKnownLaw { key, .. }
            | Self::Absent { key, .. }
            | Self::NotForThisStaff { key, .. }
            | Self::WrongGoverningDate { key, .. } => key,
        }
    }

    /// What was looked at, when something was.
    #[must_use]
    pub fn cites(&self) -> &[Citation] {
        match self {
            Self::Absent { cites, .. } => cites,
            _ => &[],
        }
    }

    /// The reason for people.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::UnknownParameter { key } => {
                Words::new(format!("Không có thông số pháp lý «{key}»."), format!("There is no legal parameter “{key}”."))
            }
            Self::OutsideKnownLaw { staff, on, .. } => {
                let (who, day) = (staff_words(*staff), dmy(on.day));
                Words::new(
                    format!("Ngày {day} nằm ngoài phần pháp luật đã nhập cho {}.", who.vi),
                    format!("{day} lies outside the law entered for {}.", who.en),
                )
            }
            Self::Absent { reason, .. } => reason.clone(),
            Self::NotForThisStaff { staff, .. } => {
                let who = staff_words(*staff);
                Words::new(format!("Quy định này không áp dụng cho {}.", who.vi), format!("This rule does not apply to {}.", who.en))
            }
            Self::WrongGoverningDate { needs, given, .. } => {
                let (needs, given) = (needs.words(), given.words());
                Words::new(
                    format!("Quy định này xét theo {}, không theo {}.", needs.vi, given.vi),
                    format!("This rule goes by the {}, not by the {}.", needs.en, given.en),
                )
            }
        }
    }

    /// What the person can do.
    #[must_use]
    pub fn way_out(&self) -> Words {
        match self {
            Self::UnknownParameter { .. } => Words::new("Xem danh sách thông số pháp lý.", "See the list of legal parameters."),
            Self::OutsideKnownLaw { .. } => Words::new(
                "Kiểm tra lại ngày; nếu ngày đúng, xử lý theo hồ sơ giấy và báo người phụ trách pháp chế bổ sung.",
                "Check the date; if it is right, decide on paper and ask the legal officer to add the rule.",
            ),
            Self::Absent { .. } => Words::new(
                "Người phụ trách pháp chế đối chiếu văn bản gốc rồi bổ sung; trước đó quyết định theo hồ sơ giấy.",
                "The legal officer checks the official text and adds it; until then decide on paper.",
            ),
            Self::NotForThisStaff { .. } => {
                Words::new("Kiểm tra lại loại cán bộ, công chức, viên chức của hồ sơ.", "Check the kind of staff of the record.")
            }
            Self::WrongGoverningDate { needs, .. } => {
                let needs = needs.words();
                Words::new(format!("Tra theo {}.", needs.vi), format!("Look it up by the {}.", needs.en))
            }
        }
    }
}

/// The kind of staff in words.
#[must_use]
pub fn staff_words(staff: StaffKind) -> Words {
    match staff {
        StaffKind::CanBo => Words::new("cán bộ", "cadres"),
        StaffKind::CongChuc => Words::new("công chức", "civil servants"),
        StaffKind::VienChuc => Words::new("viên chức", "public employees"),
        StaffKind::KhongChuyenTrach => Words::new("người hoạt động không chuyên trách", "part-time workers"),
    }
}
