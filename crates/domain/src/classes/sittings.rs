//! Sittings: when a class meets, in which room, with whom; and where two of them cannot both be held.
//! Not for: who attended.

use std::collections::BTreeMap;

use crate::codes;
use crate::ids::{ClassId, LecturerId, RoomId};
use crate::time::Date;

codes! {
    /// Part of a day.
    Shift { /// Buổi sáng.
        Morning = "morning", /// Buổi chiều.
        Afternoon = "afternoon", /// Cả ngày.
        Day = "day", /// Buổi tối.
        Evening = "evening" }
}

impl Shift {
    /// Whether two parts of one day share time.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Evening, other) => matches!(other, Self::Evening),
            (_, Self::Evening) => false,
            (Self::Day, _) | (_, Self::Day) | (Self::Morning, Self::Morning) | (Self::Afternoon, Self::Afternoon) => true,
            _ => false,
        }
    }

    /// First and last minute of the day by the usual timetable, for calendars; an office that keeps other hours says so in words.
    #[must_use]
    pub const fn clock(self) -> ((u8, u8), (u8, u8)) {
        match self {
            Self::Morning => ((7, 30), (11, 30)),
            Self::Afternoon => ((13, 30), (17, 0)),
            Self::Day => ((7, 30), (17, 0)),
            Self::Evening => ((18, 0), (21, 0)),
        }
    }

    /// Most periods that fit: five of a half day, ten of a whole one, four of an evening.
    #[must_use]
    pub const fn most_periods(self) -> i32 {
        match self {
            Self::Morning | Self::Afternoon => 5,
            Self::Day => 10,
            Self::Evening => 4,
        }
    }
}

/// When a class meets once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// The class.
    pub class: ClassId,
    /// The day.
    pub on: Date,
    /// Part of the day.
    pub shift: Shift,
    /// Periods.
    pub periods: i32,
    /// Room, if it is one of those kept here.
    pub room: Option<RoomId>,
    /// Lecturer, if known.
    pub lecturer: Option<LecturerId>,
    /// What is taught.
    pub words: String,
}

codes! {
    /// Why a list of sittings cannot be kept.
    SittingFault {
        /// The day is not one of the class.
        OutsideClass = "outside_class",
        /// No periods, or more than fit.
        OddPeriods = "odd_periods",
        /// The class itself meets twice at that time.
        Twice = "twice",
        /// The room is taken by another class.
        RoomTaken = "room_taken",
        /// The lecturer teaches another class.
        LecturerTaken = "lecturer_taken",
        /// Some words are longer than anybody reads.
        TooLong = "too_long",
        /// A sitting that is no more in the list has a roll.
        HasRoll = "has_roll",
    }
}

/// A sitting that cannot be kept, by its place in the list, and the class in its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clash {
    /// Place in the list.
    pub at: usize,
    /// Why.
    pub fault: SittingFault,
    /// The other class, if one is in the way.
    pub with: Option<ClassId>,
}

/// Everything that keeps a list from being stored, beside the sittings of all other classes on those days.
#[must_use]
pub fn clashes(list: &[Sitting], days: (Date, Date), others: &[Sitting]) -> Vec<Clash> {
    let mut by_day: BTreeMap<Date, Vec<&Sitting>> = BTreeMap::new();
    for other in others {
        by_day.entry(other.on).or_default().push(other);
    }
    let mut found = Vec::new();
    for (at, sitting) in list.iter().enumerate() {
        let mut clash = |fault, with| found.push(Clash { at, fault, with });
        if sitting.on < days.0 || sitting.on > days.1 {
            clash(SittingFault::OutsideClass, None);
        }
        if !(1..=sitting.shift.most_periods()).contains(&sitting.periods) {
            clash(SittingFault::OddPeriods, None);
        }
        if sitting.words.chars().count() > super::MOST_NAME {
            clash(SittingFault::TooLong, None);
        }
        let before = list.get(..at).unwrap_or_default();
        if before.iter().any(|earlier| earlier.on == sitting.on && earlier.shift.meets(sitting.shift)) {
            clash(SittingFault::Twice, None);
        }
        for other in by_day.get(&sitting.on).into_iter().flatten().filter(|other| other.shift.meets(sitting.shift)) {
            if sitting.room.is_some() && sitting.room == other.room {
                clash(SittingFault::RoomTaken, Some(other.class));
            }
            if sitting.lecturer.is_some() && sitting.lecturer == other.lecturer {
                clash(SittingFault::LecturerTaken, Some(other.class));
            }
        }
    }
    found
}

codes! {
    /// How a lecturer belongs to the teaching.
    LecturerKind { /// Giảng viên cơ hữu.
        Permanent = "permanent", /// Giảng viên kiêm chức, thỉnh giảng.
        PartTime = "part_time", /// Báo cáo viên.
        Rapporteur = "rapporteur" }
}
