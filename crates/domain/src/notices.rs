//! Notices: what people are told of, who of them is, and when a letter about it may go out.
//! Not for: writing letters (`web`), carrying them (`app`), or who has which account.

pub mod hours;

use crate::codes;

codes! {
    /// What happened to a class, or to somebody named for one.
    Event {
        /// Được cử, chờ thủ trưởng.
        Named = "named",
        /// Xếp hàng chờ chỗ.
        Waiting = "waiting",
        /// Được chuyển từ hàng chờ lên.
        Promoted = "promoted",
        /// Thủ trưởng đồng ý, chờ cơ quan cử.
        Agreed = "agreed",
        /// Được cử đi học.
        Confirmed = "confirmed",
        /// Không được cử.
        Refused = "refused",
        /// Đơn vị rút tên.
        Withdrawn = "withdrawn",
        /// Xin rút khi đã được cử.
        Leaving = "leaving",
        /// Được rút.
        LetGo = "let_go",
        /// Không được rút.
        Kept = "kept",
        /// Được thay bằng người khác.
        Replaced = "replaced",
        /// Lớp mở, nhận đề cử.
        Opened = "opened",
        /// Lớp dời ngày.
        Postponed = "postponed",
        /// Lớp đổi ngày, nơi học.
        Changed = "changed",
        /// Lớp đổi buổi, phòng, giảng viên.
        Sittings = "sittings",
        /// Lớp khai giảng.
        Begun = "begun",
        /// Lớp bị hủy.
        Cancelled = "cancelled",
        /// Kết quả được công nhận.
        Recognised = "recognised",
    }
}

codes! {
    /// As what somebody is told.
    Audience {
        /// Người học.
        Learner = "learner",
        /// Thủ trưởng đơn vị, nơi chờ ý kiến.
        Head = "head",
        /// Cơ quan quyết định cử, nơi chờ quyết định.
        Sender = "sender",
        /// Người đã đề cử.
        Namer = "namer",
        /// Cán bộ tổ chức được mời đề cử.
        Officer = "officer",
    }
}

impl Audience {
    /// Whether something is asked of whoever is told so.
    #[must_use]
    pub const fn is_asked(self) -> bool {
        matches!(self, Self::Head | Self::Sender | Self::Officer)
    }
}

impl Event {
    /// Who is told; whoever is told as several of them is told once, as the first.
    #[must_use]
    pub const fn audiences(self) -> &'static [Audience] {
        use Audience::{Head, Learner, Namer, Officer, Sender};
        match self {
            Self::Named | Self::Promoted => &[Head, Learner, Namer],
            Self::Agreed | Self::Leaving => &[Sender, Learner, Namer],
            Self::Waiting | Self::Confirmed | Self::Refused | Self::Withdrawn | Self::LetGo | Self::Kept | Self::Replaced => {
                &[Learner, Namer]
            }
            Self::Opened => &[Officer],
            Self::Postponed | Self::Changed | Self::Sittings | Self::Begun | Self::Cancelled | Self::Recognised => &[Learner, Namer],
        }
    }

    /// Whether it is of the whole class, and not of one person named for it.
    #[must_use]
    pub const fn is_of_the_class(self) -> bool {
        matches!(self, Self::Opened | Self::Postponed | Self::Changed | Self::Sittings | Self::Begun | Self::Cancelled | Self::Recognised)
    }

    /// Whether only people with a confirmed seat are told of it; of anything else whoever waits is told as well.
    #[must_use]
    pub const fn is_for_the_confirmed(self) -> bool {
        matches!(self, Self::Begun | Self::Recognised)
    }
}

codes! {
    /// When somebody wants letters.
    Delivery {
        /// Ngay khi có.
        AtOnce = "at_once",
        /// Mỗi ngày một thư.
        Daily = "daily",
        /// Chỉ xem trong phần mềm.
        AppOnly = "app_only",
    }
}

codes! {
    /// How far a letter has come.
    MailState {
        /// Chờ gửi.
        Waiting = "waiting",
        /// Đang gửi.
        Sending = "sending",
        /// Đã gửi.
        Sent = "sent",
        /// Không gửi được.
        Failed = "failed",
    }
}

/// Minutes before a letter that could not be handed over is tried again, by how often it was tried; the last one for ever.
const BACK_OFF: [i64; 6] = [1, 2, 5, 15, 60, 240];
/// Days after which a letter that could not be handed over is given up.
pub const PATIENCE_DAYS: i64 = 5;

/// Minutes to wait before the next try, after so many.
#[must_use]
pub fn back_off(tries: i32) -> i64 {
    let place = usize::try_from(tries.max(1) - 1).unwrap_or(0).min(BACK_OFF.len() - 1);
    BACK_OFF.get(place).copied().unwrap_or(240)
}

/// Most letters of an address.
const MOST_ADDRESS: usize = 254;

/// Whether a text can be an address of e-mail: one `@` with something before it, a name with a dot behind it, and none of the signs that
/// would mean more than an address to a server of mail.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let Some((who, host)) = text.rsplit_once('@') else { return false };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_host = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let dotted = |text: &str| !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
    (1..=64).contains(&who.len())
        && text.len() <= MOST_ADDRESS
        && who.chars().all(is_plain)
        && dotted(who)
        && host.contains('.')
        && host.split('.').all(is_host)
}

/// An address as a log shows it: the first letter and the host.
#[must_use]
pub fn masked(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((who, host)) => format!("{}…@{host}", who.chars().take(1).collect::<String>()),
        None => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_always_told() {
        for event in Event::ALL {
            assert!(!event.audiences().is_empty(), "{event}");
            let learners = event.audiences().contains(&Audience::Learner);
            assert_eq!(learners, *event != Event::Opened, "{event}");
        }
    }

    #[test]
    fn a_letter_waits_longer_each_time() {
        let waits: Vec<i64> = (0..9).map(back_off).collect();
        assert_eq!(waits, [1, 1, 2, 5, 15, 60, 240, 240, 240]);
    }

    #[test]
    fn addresses_are_told_from_other_texts() {
        for fine in ["an@tinh.gov.vn", "a.b+c@x-y.vn", "1@a.b", "o'neil@xa.tinh.gov.vn"] {
            assert!(is_address(fine), "{fine}");
        }
        let wrong = [
            "",
            "@",
            "an",
            "an@tinh",
            "@tinh.vn",
            "an@",
            "an@.vn",
            "an@tinh..vn",
            ".an@tinh.vn",
            "an.@tinh.vn",
            "a n@tinh.vn",
            "an@tinh.vn\r\nBcc: x@y.z",
            "an@-tinh.vn",
            "<an@tinh.vn>",
            "an,binh@tinh.vn",
            "ân@tinh.vn",
            "an@tinh.vn ",
        ];
        for text in wrong {
            assert!(!is_address(text), "{text}");
        }
        assert!(!is_address(&format!("{}@tinh.vn", "a".repeat(65))));
    }

    #[test]
    fn a_masked_address_tells_the_host_alone() {
        assert_eq!((masked("binh@tinh.gov.vn"), masked("x")), ("b…@tinh.gov.vn".to_owned(), "…".to_owned()));
    }
}
