//! Papers of a class: which there are, of whom each is made, and when one can be made.
//! Not for: what they say (`documents`).

use crate::codes;
use crate::training::{ClassStatus, TrainingKind};

codes! {
    /// A paper of a class.
    ClassPaper {
        /// Quyết định mở lớp.
        Opening = "opening",
        /// Quyết định cử đi học: everybody in one.
        Dispatch = "dispatch",
        /// Quyết định cử đi học: one for each unit.
        DispatchByUnit = "dispatch_by_unit",
        /// Giấy mời tham dự: one for each person.
        Summons = "summons",
        /// Danh sách học viên.
        Roster = "roster",
        /// Danh sách ký tên: one for each sitting.
        SignIn = "sign_in",
        /// Bản cam kết: one for each person who studies for a degree.
        Commitment = "commitment",
        /// Quyết định công nhận kết quả.
        Recognition = "recognition",
        /// Báo cáo kết quả lớp.
        Report = "report",
    }
}

codes! {
    /// Why a paper cannot be made.
    ClassPaperFault {
        /// The class is a draft, or was cancelled.
        NotOpened = "not_opened",
        /// Nobody is confirmed.
        Nobody = "nobody",
        /// It has no sittings.
        NoSittings = "no_sittings",
        /// It is not education for a degree.
        NoDegree = "no_degree",
        /// The class is not over.
        NotOver = "not_over",
    }
}

codes! {
    /// Why a paper of a class gets no number, or does not give it back.
    ClassNumberFault {
        /// Papers of this kind carry none.
        NotNumbered = "not_numbered",
        /// Every one of them has a number.
        HasNumber = "has_number",
        /// None of them has a number.
        NoNumber = "no_number",
        /// Neither a register nor a number was said.
        NothingSaid = "nothing_said",
        /// Both were said.
        BothSaid = "both_said",
        /// A number from elsewhere does not begin with digits, so the numbers of the other units cannot follow it.
        NoDigits = "no_digits",
        /// The class goes by this decision already.
        InUse = "in_use",
        /// Giving a number back must say why.
        NoReason = "no_reason",
    }
}

/// What is known of a class when a paper is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// State.
    pub status: ClassStatus,
    /// Education or training.
    pub kind: TrainingKind,
    /// People who are of it.
    pub people: usize,
    /// Its sittings.
    pub sittings: usize,
}

impl ClassPaper {
    /// Whether one is made for each person, unit or sitting, so that it is work beside a request.
    #[must_use]
    pub const fn is_many(self) -> bool {
        matches!(self, Self::DispatchByUnit | Self::Summons | Self::SignIn | Self::Commitment)
    }

    /// Whether it is issued under a number of its own. Lists and promises go along with papers that are.
    #[must_use]
    pub const fn is_numbered(self) -> bool {
        match self {
            Self::Opening | Self::Dispatch | Self::DispatchByUnit | Self::Summons | Self::Recognition | Self::Report => true,
            Self::Roster | Self::SignIn | Self::Commitment => false,
        }
    }

    /// What keeps the paper from being made. The decision that opens a class is drafted while the class is a draft.
    #[must_use]
    pub const fn fault(self, known: &Known) -> Option<ClassPaperFault> {
        use ClassPaperFault as Fault;
        let is_draft = matches!(known.status, ClassStatus::Planned | ClassStatus::Cancelled);
        let is_over = matches!(known.status, ClassStatus::Finished | ClassStatus::Recognised | ClassStatus::Closed);
        match self {
            Self::Opening if matches!(known.status, ClassStatus::Cancelled) => Some(Fault::NotOpened),
            Self::Opening => None,
            _ if is_draft => Some(Fault::NotOpened),
            Self::Commitment if !matches!(known.kind, TrainingKind::Education) => Some(Fault::NoDegree),
            Self::Recognition | Self::Report if !is_over => Some(Fault::NotOver),
            Self::SignIn if known.sittings == 0 => Some(Fault::NoSittings),
            _ if known.people == 0 => Some(Fault::Nobody),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_paper_can_be_made_when() {
        let mut picture = String::new();
        for status in ClassStatus::ALL {
            for (people, sittings, kind) in
                [(0, 0, TrainingKind::Training), (3, 0, TrainingKind::Training), (3, 2, TrainingKind::Education)]
            {
                picture.push_str(&format!("{status}, {people} people, {sittings} sittings, {kind}:"));
                for paper in ClassPaper::ALL {
                    let fault = paper.fault(&Known { status: *status, kind, people, sittings });
                    picture.push_str(&format!(" {paper}={}", fault.map_or("yes", ClassPaperFault::code)));
                }
                picture.push('\n');
            }
        }
        insta::assert_snapshot!(picture);
    }
}
