//! XML of a part as a tree, and back; what is not changed comes back as it was.
//! Not for: what elements mean.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

/// An element, or anything between elements.
#[derive(Clone)]
pub(super) enum Node {
    Element(Element),
    Other(Event<'static>),
}

#[derive(Clone)]
pub(super) struct Element {
    pub(super) start: BytesStart<'static>,
    pub(super) children: Vec<Node>,
    /// Written as `<a/>`.
    closed: bool,
}

/// Deeper than any document; a tree is walked by functions that call themselves.
const DEEPEST: usize = 200;

impl Element {
    pub(super) fn is(&self, name: &str) -> bool {
        self.start.name().as_ref() == name
    }

    pub(super) fn empty(name: &'static str) -> Self {
        Self { start: BytesStart::new(name), children: Vec::new(), closed: true }
    }

    /// A text of Word with all its blanks.
    pub(super) fn text(text: &str) -> Self {
        let mut start = BytesStart::new("w:t");
        start.push_attribute(("xml:space", "preserve"));
        Self { start, children: vec![Node::Other(Event::Text(BytesText::new(text).into_owned()))], closed: false }
    }

    /// The letters directly inside.
    pub(super) fn letters(&self) -> String {
        let mut letters = String::new();
        for child in &self.children {
            match child {
                Node::Other(Event::Text(text)) => letters.push_str(text.as_ref()),
                Node::Other(Event::CData(text)) => letters.push_str(text.as_ref()),
                Node::Other(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                    Ok(Some(letter)) => letters.push(letter),
                    _ => letters.push_str(resolve_predefined_entity(name.as_ref()).unwrap_or_default()),
                },
                _ => {}
            }
        }
        letters
    }
}

pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Node>, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut open: Vec<Element> = Vec::new();
    let mut top = Vec::new();
    loop {
        let node = match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof => break,
            Event::DocType(_) => return Err("a document type is not allowed".to_owned()),
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err("too many elements inside each other".to_owned());
                }
                open.push(Element { start: start.into_owned(), children: Vec::new(), closed: false });
                continue;
            }
            Event::End(_) => Node::Element(open.pop().ok_or("an element ends that never began")?),
            Event::Empty(start) => Node::Element(Element { start: start.into_owned(), children: Vec::new(), closed: true }),
            other => Node::Other(other.into_owned()),
        };
        open.last_mut().map_or(&mut top, |element| &mut element.children).push(node);
    }
    if open.is_empty() { Ok(top) } else { Err("the end is missing".to_owned()) }
}

pub(super) fn write(nodes: &[Node]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    nodes.iter().for_each(|node| write_one(&mut writer, node));
    writer.into_inner()
}

fn write_one(writer: &mut Writer<Vec<u8>>, node: &Node) {
    // Writing into memory cannot fail.
    match node {
        Node::Other(event) => {
            let _ = writer.write_event(event.borrow());
        }
        Node::Element(element) if element.closed => {
            let _ = writer.write_event(Event::Empty(element.start.borrow()));
        }
        Node::Element(element) => {
            let _ = writer.write_event(Event::Start(element.start.borrow()));
            element.children.iter().for_each(|child| write_one(writer, child));
            let _ = writer.write_event(Event::End(element.start.to_end()));
        }
    }
}
