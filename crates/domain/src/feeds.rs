//! Calendars that other programs read by a secret address.
//! Not for: what stands in them (`store::read::feeds`), or how they are written (`web`).

use crate::codes;

codes! {
    /// Whose time a calendar tells.
    FeedKind {
        /// Lịch của tôi.
        Person = "person",
        /// Lịch của một lớp.
        Class = "class",
        /// Lịch của một phòng.
        Room = "room",
        /// Lịch của một giảng viên.
        Lecturer = "lecturer",
    }
}
