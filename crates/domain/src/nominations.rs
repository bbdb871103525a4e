//! Nominations: people named for a class, from the naming to the confirmed seat, and what may keep somebody from being sent.
//! Not for: which seat is given (`seating`), what the law of the day asks (`law::sending`), or attendance.

pub mod hindrances;
pub mod seating;

use crate::codes;

codes! {
    /// How far a nomination has come.
    NominationState {
        /// Đã đề nghị, giữ chỗ, chờ thủ trưởng.
        Named = "named",
        /// Thủ trưởng đã đồng ý, chờ cơ quan cử.
        Agreed = "agreed",
        /// Đã được cử.
        Confirmed = "confirmed",
        /// Chờ chỗ.
        Waiting = "waiting",
        /// Đã được cử, đang xin rút.
        Leaving = "leaving",
        /// Không được cử.
        Refused = "refused",
        /// Đã rút.
        Withdrawn = "withdrawn",
        /// Đã thay bằng người khác.
        Replaced = "replaced",
    }
}

codes! {
    /// What happens to a nomination.
    NominationAct {
        /// Thủ trưởng đồng ý.
        Agree = "agree",
        /// Cơ quan cử quyết định.
        Confirm = "confirm",
        /// Không đồng ý.
        Refuse = "refuse",
        /// Đơn vị rút tên, hoặc xin rút khi đã được cử.
        Withdraw = "withdraw",
        /// Cho rút.
        LetGo = "let_go",
        /// Không cho rút.
        Keep = "keep",
        /// Một chỗ trống được chuyển đến.
        Promote = "promote",
        /// Thay bằng người khác.
        Replace = "replace",
    }
}

impl NominationState {
    /// The state after an act; none when the act does not fit.
    #[must_use]
    pub const fn after(self, act: NominationAct) -> Option<Self> {
        use NominationAct::{Agree, Confirm, Keep, LetGo, Promote, Refuse, Replace, Withdraw};
        match (self, act) {
            (Self::Named, Agree) => Some(Self::Agreed),
            (Self::Agreed, Confirm) | (Self::Leaving, Keep) => Some(Self::Confirmed),
            (Self::Named | Self::Agreed | Self::Waiting, Refuse) => Some(Self::Refused),
            (Self::Named | Self::Agreed | Self::Waiting, Withdraw) | (Self::Leaving, LetGo) => Some(Self::Withdrawn),
            (Self::Confirmed, Withdraw) => Some(Self::Leaving),
            (Self::Waiting, Promote) => Some(Self::Named),
            (Self::Named | Self::Agreed | Self::Confirmed | Self::Leaving, Replace) => Some(Self::Replaced),
            _ => None,
        }
    }

    /// Whether it holds a seat.
    #[must_use]
    pub const fn holds_a_seat(self) -> bool {
        matches!(self, Self::Named | Self::Agreed | Self::Confirmed | Self::Leaving)
    }

    /// Whether the person is, or may still be, of the class.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        self.holds_a_seat() || matches!(self, Self::Waiting)
    }
}

codes! {
    /// What puts somebody before others who ask for the same seat (S0 V.15b, S3).
    Preference {
        /// Nữ.
        Woman = "woman",
        /// Dân tộc thiểu số.
        Minority = "minority",
        /// Dưới 45 tuổi.
        Young = "young",
        /// Công tác ở vùng khó khăn.
        Remote = "remote",
    }
}

/// Completed years of age below which somebody is preferred.
pub const YOUNG: i32 = 45;

#[cfg(test)]
mod tests;
