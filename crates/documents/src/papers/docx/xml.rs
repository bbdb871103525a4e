//! Writes XML as text: tags and attributes are ours, texts are escaped.
//! Not for: what the tags mean.

use std::fmt::Write as _;

use quick_xml::escape::escape;

/// XML in the making.
pub(super) struct Xml(String);

impl Xml {
    pub(super) fn new() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>".to_owned())
    }

    /// Tags that are the same in every file.
    pub(super) fn raw(&mut self, tags: &str) {
        self.0.push_str(tags);
    }

    /// `<tag a="b">`, then what is inside, then `</tag>`.
    pub(super) fn within(&mut self, tag: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.begin(tag, attributes);
        self.0.push('>');
        inside(self);
        // Writing into a text cannot fail.
        let _ = write!(self.0, "</{tag}>");
    }

    /// `<tag a="b"/>`.
    pub(super) fn empty(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.begin(tag, attributes);
        self.0.push_str("/>");
    }

    /// `<tag w:val="value"/>`, as most properties of Word are written.
    pub(super) fn value(&mut self, tag: &str, value: &str) {
        self.empty(tag, &[("w:val", value)]);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.0.push_str(&escape(text));
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    fn begin(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.0, "<{tag}");
        for (name, value) in attributes {
            let _ = write!(self.0, " {name}=\"{}\"", escape(*value));
        }
    }
}
