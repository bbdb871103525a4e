//! The text field in which a document is written, with its line numbers and its mistakes.
//! Not for: saving.

use askama::Template;

use super::faults::FaultRow;
use crate::form::Mistake;
use crate::shell::Shell;

/// Empty lines below the text.
const ROOM: usize = 40;

/// The page of a text being written.
#[derive(Template)]
#[template(path = "schemes/editor.html")]
pub(super) struct EditorPage {
    pub(super) shell: Shell,
    pub(super) heading: String,
    pub(super) lead: String,
    /// Where the form goes.
    pub(super) action: String,
    pub(super) back: String,
    pub(super) body: String,
    pub(super) note: String,
    pub(super) revision: i32,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) faults: Vec<FaultRow>,
    /// The text was examined and is in order.
    pub(super) is_sound: bool,
    /// Targets of the draft with the addresses of their forms.
    pub(super) targets: Vec<(String, String, String)>,
}

impl EditorPage {
    fn rows(&self) -> usize {
        self.body.lines().count() + ROOM
    }

    /// "1\n2\n3 …" beside the text.
    fn numbers(&self) -> String {
        (1..=self.rows()).map(|n| format!("{n}\n")).collect()
    }

    fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }
}
