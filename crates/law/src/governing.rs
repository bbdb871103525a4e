//! Governing dates: a look-up names which day picks the rule, so that "today" does not fit by accident.
//! Not for: which kind a parameter needs; its data file says that.

use crate::acts::Words;
use domain::codes;
use domain::time::{Date, dmy};

codes! {
    /// Which day of a case picks the rule.
    GoverningKind {
        /// Day of the decision that sends the person to study.
        Sending = "sending_date",
        /// Opening day of the class.
        ClassOpening = "class_opening",
        /// Last day of the course.
        CourseEnd = "course_end",
        /// Day of payment.
        Payment = "payment_date",
        /// Day of the evaluation.
        Evaluation = "evaluation_date",
        /// Day on which kept records are reviewed.
        Review = "review_date",
        /// Day on which a paper is signed.
        Signing = "signing_date",
        /// Day on which a person retires.
        Retirement = "retirement_date",
    }
}

impl GoverningKind {
    /// The kind in words.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Sending => Words::new("ngày quyết định cử đi học", "date of the sending decision"),
            Self::ClassOpening => Words::new("ngày khai giảng lớp", "opening day of the class"),
            Self::CourseEnd => Words::new("ngày kết thúc khoá", "last day of the course"),
            Self::Payment => Words::new("ngày thanh toán", "day of payment"),
            Self::Evaluation => Words::new("ngày đánh giá", "day of the evaluation"),
            Self::Review => Words::new("ngày rà soát", "day of the review"),
            Self::Signing => Words::new("ngày ký văn bản", "day of signing"),
            Self::Retirement => Words::new("ngày nghỉ hưu", "day of retirement"),
        }
    }
}

/// A day together with what it is the day of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GoverningDate {
    /// What the day is the day of.
    pub kind: GoverningKind,
    /// The day.
    pub day: Date,
}

impl GoverningDate {
    /// "ngày quyết định cử đi học 01/07/2025".
    #[must_use]
    pub fn words(self) -> Words {
        let kind = self.kind.words();
        Words::new(format!("{} {}", kind.vi, dmy(self.day)), format!("{} {}", kind.en, dmy(self.day)))
    }
}

macro_rules! governing_dates {
    ($($(#[$meta:meta])* $name:ident => $kind:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Date);

        impl From<$name> for GoverningDate {
            fn from(date: $name) -> Self {
                Self { kind: GoverningKind::$kind, day: date.0 }
            }
        }
    )+};
}

governing_dates! {
    /// Day of the decision that sends a person to study.
    SendingDate => Sending,
    /// Opening day of a class.
    ClassOpening => ClassOpening,
    /// Last day of a course.
    CourseEnd => CourseEnd,
    /// Day of a payment.
    PaymentDate => Payment,
    /// Day of an evaluation.
    EvaluationDate => Evaluation,
    /// Day of a review of kept records.
    ReviewDate => Review,
    /// Day on which a paper is signed.
    SigningDate => Signing,
    /// Day on which a person retires.
    RetirementDate => Retirement,
}
