//! The text field in which a document is written, with its line numbers and its mistakes.
//! Not for: saving.

use askama::Template;

use super::faults::FaultRow;
use crate::form::Mistake;
use crate::shell::Shell;
use crate::standards::effects::Effects;

/// Empty lines below the text.
const ROOM: usize = 40;

/// The page of a text being written.
#[derive(Template)]
#[template(path = "schemes/editor.html")]
pub(crate) struct EditorPage {
    pub(crate) shell: Shell,
    /// The list it belongs to: address and title.
    pub(crate) home: (&'static str, String),
    pub(crate) heading: String,
    pub(crate) lead: String,
    /// Where the form goes.
    pub(crate) action: String,
    pub(crate) back: String,
    pub(crate) body: String,
    pub(crate) note: String,
    pub(crate) revision: i32,
    pub(crate) mistakes: Vec<Mistake>,
    pub(crate) faults: Vec<FaultRow>,
    /// The text was examined and is in order.
    pub(crate) is_sound: bool,
    /// Heading of the forms below.
    pub(crate) parts_title: String,
    /// Parts of the draft that have a form of their own: code, title, address.
    pub(crate) parts: Vec<(String, String, String)>,
    /// Whether it can be asked what the text would change; none where nothing is to be asked.
    pub(crate) effects: Option<Effects>,
}

impl EditorPage {
    fn rows(&self) -> usize {
        self.body.lines().count() + ROOM
    }

    /// "1\n2\n3 …" beside the text.
    fn numbers(&self) -> String {
        (1..=self.rows()).map(|n| format!("{n}\n")).collect()
    }
}
