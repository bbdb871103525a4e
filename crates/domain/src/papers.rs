//! Papers on their way from draft to issue: what kinds there are, how far one has come, and the parts of the way.
//! Not for: what a paper is about; plans, programmes and reviews know that themselves.

use crate::codes;
use crate::ids::{UnitId, UserId};
use crate::orgs::Bloc;
use crate::time::Date;

pub mod days;
pub mod mandates;
pub mod moves;
pub mod numbers;
pub mod procedure;

codes! {
    /// What a paper is.
    PaperKind {
        /// Kế hoạch đào tạo, bồi dưỡng năm.
        YearPlan = "year_plan",
        /// Kế hoạch giai đoạn.
        StagePlan = "stage_plan",
        /// Điều chỉnh kế hoạch.
        PlanAmendment = "plan_amendment",
        /// Chương trình, tài liệu bồi dưỡng.
        Programme = "programme",
        /// Thông báo mở đợt rà soát.
        ReviewNotice = "review_notice",
        /// Bảng tổng hợp nhu cầu.
        NeedsTable = "needs_table",
        /// Danh sách cần bồi dưỡng ngay.
        UrgentList = "urgent_list",
        /// Tờ trình.
        Submission = "submission",
    }
}

codes! {
    /// How far a paper has come.
    CaseState {
        /// Somebody holds it.
        Open = "open",
        /// It has a number and went out.
        Issued = "issued",
        /// It was stopped for a reason.
        Stopped = "stopped",
    }
}

codes! {
    /// By whose rules a paper is laid out, signed and numbered.
    Family {
        /// Nghị định 30/2020/NĐ-CP.
        State = "state",
        /// Văn bản của Đảng.
        Party = "party",
    }
}

/// A paper to be sent on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct New {
    /// What it is.
    pub kind: PaperKind,
    /// Key of what it is about, in the table of its kind.
    pub subject: i64,
    /// The unit that drafts it.
    pub unit: UnitId,
    /// Bloc of that unit: it chooses the procedure.
    pub bloc: Bloc,
    /// What it says, in one line (trích yếu).
    pub title: String,
    /// The training council has to appraise it first.
    pub needs_council: bool,
    /// It sends cadres whom the standing committee manages.
    pub cadres_of_standing_committee: bool,
}

/// Something that is missing before a paper may go on; its words are the text `lack-<code>` with `$detail`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// Stable code.
    pub code: &'static str,
    /// What it is about: a line, a name; may be empty.
    pub detail: String,
}

/// What its subject is told when a paper has been issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Number and symbol, `05/QĐ-UBND`.
    pub number: String,
    /// Day of the paper.
    pub dated_on: Date,
    /// Who signed.
    pub signer_user: UserId,
    /// Lines above the name: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub signature_line: Vec<String>,
}
