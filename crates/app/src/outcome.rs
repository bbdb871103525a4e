//! How a command ends: exit codes and one clear sentence.
//! Not for: success output.
//!
//! 0 done · 1 failed (database, file, network) · 2 wrong command line · 3 refused by a rule or mistakes in the input.

use std::error::Error;
use std::process::ExitCode;

use crate::screen::remark;

/// Refused by a rule, or mistakes in the input.
pub(crate) const REFUSED: u8 = 3;

/// Why a command failed.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Failure {
    /// A failure with its cause.
    pub(crate) fn new(message: impl Into<String>, source: impl Error + Send + Sync + 'static) -> Self {
        Self { message: message.into(), source: Some(Box::new(source)) }
    }

    /// A failure that explains itself.
    pub(crate) fn plain(message: impl Into<String>) -> Self {
        Self { message: message.into(), source: None }
    }
}

macro_rules! failures {
    ($($error:ty),+ $(,)?) => { $(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                let message = error.to_string();
                Self { message, source: Error::source(&error).map(|s| s.to_string().into()) }
            }
        }
    )+ };
}

failures!(store::OpenError, store::StoreError, store::BackupError, service::demo::PrepareError);

impl From<service::ActError> for Failure {
    fn from(error: service::ActError) -> Self {
        match error {
            service::ActError::NotFound => Self::plain("no such unit, scheme, table or class; check the code"),
            service::ActError::Internal(inner) => Self::new("the database failed", inner),
            other => Self::plain(other.to_string()),
        }
    }
}

/// Says why and gives the exit code.
pub(crate) fn report(failure: &Failure) -> ExitCode {
    remark(&format!("khuevan: {}", failure.message));
    let mut cause: Option<&dyn Error> = failure.source.as_deref().map(|s| {
        let s: &dyn Error = s;
        s
    });
    while let Some(error) = cause {
        remark(&format!("  because: {error}"));
        cause = error.source();
    }
    ExitCode::FAILURE
}
