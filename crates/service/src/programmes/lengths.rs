//! The length of a programme against the law of a day, for each kind of staff it is for.
//! Not for: the law itself.

use domain::people::StaffKind;
use domain::programmes::{Course, Text};
use domain::time::Date;
use law::course_length::{Fit, course_length, key, rests_on_memory};
use law::{ClassOpening, Words};
use store::StoreError;

use crate::lawbook::law;

/// The name that the law gives a course.
#[must_use]
pub fn course_title(course: Course) -> Option<Words> {
    law().ok()?.parameter(&key(course)).map(|parameter| parameter.title.clone())
}

/// What the law says of a length for one kind of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Length {
    /// The kind of staff.
    pub staff: StaffKind,
    /// How it stands to the law; `None` when the law entered does not say.
    pub fit: Option<Fit>,
    /// The law is not confirmed by a person, so that a length outside it only warns.
    pub is_unverified: bool,
    /// The way to the answer, or why there is none.
    pub steps: Vec<Words>,
    /// Where it comes from.
    pub cites: Vec<Words>,
}

impl Length {
    /// Whether a verified law forbids the length.
    #[must_use]
    pub fn forbids(&self) -> bool {
        !self.is_unverified && matches!(self.fit, Some(Fit::TooShort | Fit::TooLong))
    }
}

/// What the law says of a text if its classes open on a day; nothing when it is no course of the law.
///
/// # Errors
/// [`StoreError::Unreadable`] when the law files are broken; none is expected in a released binary.
pub fn lengths(text: &Text, on: Date) -> Result<Vec<Length>, StoreError> {
    let Some(course) = text.course.filter(|_| text.days > 0) else { return Ok(Vec::new()) };
    let law = law()?;
    let one = |staff: &StaffKind| match course_length(law, course, *staff, ClassOpening(on), i64::from(text.days)) {
        Ok(found) => Length {
            staff: *staff,
            fit: Some(found.value),
            is_unverified: rests_on_memory(&found),
            cites: found.used.iter().flat_map(|used| &used.cites).map(|cite| law.cited(cite)).collect(),
            steps: found.steps,
        },
        Err(no_law) => Length {
            staff: *staff,
            fit: None,
            is_unverified: true,
            steps: vec![no_law.words()],
            cites: no_law.cites().iter().map(|cite| law.cited(cite)).collect(),
        },
    };
    Ok(text.staff.iter().map(one).collect())
}
