//! Versions of a scheme as lines of a table.
//! Not for: the text of a version (`version`).

use service::schemes::{VersionLine, VersionState};

use crate::i18n::Lang;

/// A version, ready to print.
#[derive(Debug, Clone)]
pub(crate) struct VersionRow {
    pub(crate) number: i32,
    pub(crate) state: &'static str,
    pub(crate) state_word: String,
    pub(crate) note: String,
    pub(crate) saved_at: String,
    pub(crate) saved_by: String,
    pub(crate) href: String,
}

impl VersionRow {
    pub(super) fn of(lang: Lang, line: &VersionLine) -> Self {
        Self {
            number: line.number,
            state: line.state.code(),
            state_word: lang.code_text("version", line.state.code()),
            note: line.note.clone(),
            saved_at: lang.instant(line.saved_at),
            saved_by: line.saved_by_name.clone().unwrap_or_else(|| lang.t("version-by-system")),
            href: path(&line.scheme, line.number),
        }
    }
}

/// The address of a version.
pub(super) fn path(scheme: &str, number: i32) -> String {
    format!("/de-an/{}/ban/{number}", crate::asked::escaped(scheme))
}

/// Whether a version is still written on.
pub(super) fn is_draft(state: VersionState) -> bool {
    state == VersionState::Draft
}
