//! One way to read every enumeration that travels as a code.
//! Not for: new codes; `domain` coins them.

use domain::orgs::{Bloc, Level, UnitKind};
use domain::papers::PaperKind;
use domain::papers::procedure::{ActKind, Condition, Holder, Requirement};
use domain::people::{
    Appointment, Band, Degree, Duty, LeaderGroup, Leadership, QualificationKind, RatingKind, ReceiptKind, Sex, StaffKind, StudyField,
};
use domain::standards::Subject;
use domain::training::{ClassForm, ContentGroup, FollowUpKind, Mode, Outcome, Programme, TrainingKind};

/// An enumeration of the domain with stable codes.
pub(crate) trait Coded: Copy + 'static {
    /// Every variant.
    fn all() -> &'static [Self];
    /// The code.
    fn text(self) -> &'static str;
}

macro_rules! coded {
    ($($name:ident),+ $(,)?) => { $(
        impl Coded for $name {
            fn all() -> &'static [Self] { Self::ALL }
            fn text(self) -> &'static str { self.code() }
        }
    )+ };
}

coded!(
    ActKind,
    Appointment,
    Band,
    Bloc,
    ClassForm,
    Condition,
    ContentGroup,
    Degree,
    Duty,
    FollowUpKind,
    Holder,
    LeaderGroup,
    Leadership,
    Level,
    Mode,
    Outcome,
    PaperKind,
    Programme,
    QualificationKind,
    RatingKind,
    ReceiptKind,
    Requirement,
    Sex,
    StaffKind,
    StudyField,
    Subject,
    TrainingKind,
    UnitKind,
);
