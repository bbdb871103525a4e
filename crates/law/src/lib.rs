//! The law of training officials as dated data: look-ups that name their governing date, formulas by act, explanations.
//! In reading order: words and acts, governing dates, values and parameters, the look-up and its refusals, then the formulas.
//! Not for: the clock, files at run time, databases; the legal texts themselves, which are cited and never copied.
#![warn(missing_docs)]

pub mod acts;
pub mod commitment;
pub mod council;
pub mod course_length;
pub mod explain;
pub mod governing;
pub mod lookup;
mod nd_101_2017;
mod nd_171_2025;
pub mod parameters;
pub mod postgraduate;
mod reading;
pub mod recovery;
pub mod refusal;
pub mod regime;
pub mod results;
pub mod retirement;
pub mod sending;
pub mod show;
pub mod survey;
pub mod values;
mod working;

pub use acts::{Act, Citation, Evidence, Words};
pub use explain::{Explained, Used};
pub use governing::{
    ClassOpening, CourseEnd, EvaluationDate, GoverningDate, GoverningKind, PaymentDate, RetirementDate, ReviewDate, SendingDate,
    SigningDate,
};
pub use lookup::{Law, LawError, LawErrors, Listed};
pub use refusal::NoLaw;
pub use show::{Shown, ShownCitation, show};
pub use values::{Unit, Value};
