//! Styles of cells: each once more with the colour of a marked cell.
//! Not for: other styles than those of cells.

use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

/// Programs take fewer than 65,491 styles.
const MOST: u32 = 32_000;
const FILL: &str = r#"<fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/></patternFill></fill>"#;

/// The part with the styles, and how many there were: the marked form of a style stands so many places behind it.
pub(super) fn doubled(xml: &str) -> Option<(String, u32)> {
    let mut reader = Reader::from_str(xml);
    let (out, more) = (Writer::new(Vec::new()), Writer::new(Vec::new()));
    let mut doubling = Doubling { out, more, path: Vec::new(), fills: 0, styles: 0, is_done: false };
    loop {
        match reader.read_event().ok()? {
            Event::Eof => break,
            event => doubling.take(&event)?,
        }
    }
    let is_done = doubling.is_done && doubling.styles > 0 && doubling.styles < MOST;
    is_done.then(|| Some((String::from_utf8(doubling.out.into_inner()).ok()?, doubling.styles))).flatten()
}

struct Doubling {
    out: Writer<Vec<u8>>,
    /// The marked styles, until they can follow the others.
    more: Writer<Vec<u8>>,
    path: Vec<String>,
    fills: u32,
    styles: u32,
    is_done: bool,
}

impl Doubling {
    fn take(&mut self, event: &Event<'_>) -> Option<()> {
        match event {
            Event::Start(element) => {
                self.start(element, event)?;
                self.path.push(element.name().as_ref().to_owned());
            }
            Event::Empty(element) => self.start(element, event)?,
            Event::End(element) => {
                self.path.pop();
                self.end(element.name().as_ref(), event)?;
            }
            event => self.both(event)?,
        }
        Some(())
    }

    /// What lies within a style belongs to its marked form as well.
    fn both(&mut self, event: &Event<'_>) -> Option<()> {
        self.out.write_event(event.borrow()).ok()?;
        if self.is_within("cellXfs") && self.path.len() > 2 {
            self.more.write_event(event.borrow()).ok()?;
        }
        Some(())
    }

    /// Whether this stands in a list of the style sheet.
    fn is_within(&self, list: &str) -> bool {
        matches!(self.path.as_slice(), [root, found, ..] if root == "styleSheet" && found == list)
    }

    fn start(&mut self, element: &BytesStart<'_>, event: &Event<'_>) -> Option<()> {
        let name = element.name();
        let is_list = self.path.len() == 1 && ["fills", "cellXfs"].contains(&name.as_ref());
        if is_list {
            // How many there are need not be told, and will be wrong.
            self.out.write_event(same_kind(event, with(element, &[], &["count"])?)).ok()?;
            return Some(());
        }
        if self.path.len() == 2 && self.is_within("fills") && name.as_ref() == "fill" {
            self.fills += 1;
        }
        if self.path.len() == 2 && self.is_within("cellXfs") && name.as_ref() == "xf" {
            self.styles += 1;
            self.out.write_event(event.borrow()).ok()?;
            let fill = self.fills.to_string();
            let marked = with(element, &[("fillId", &fill), ("applyFill", "1")], &["fillId", "applyFill"])?;
            self.more.write_event(same_kind(event, marked)).ok()?;
            return Some(());
        }
        self.both(event)
    }

    fn end(&mut self, name: &str, event: &Event<'_>) -> Option<()> {
        if self.path.len() == 1 && name == "fills" {
            self.out.get_mut().extend_from_slice(FILL.as_bytes());
        }
        if self.path.len() == 1 && name == "cellXfs" {
            // Fills stand in front of the styles, so the number of the new one is known.
            self.is_done = self.fills > 0;
            let more = std::mem::take(self.more.get_mut());
            self.out.get_mut().extend(more);
        }
        self.out.write_event(event.borrow()).ok()?;
        if self.is_within("cellXfs") && self.path.len() >= 2 {
            self.more.write_event(event.borrow()).ok()?;
        }
        Some(())
    }
}

/// The element without some attributes and with others.
pub(super) fn with<'a>(element: &BytesStart<'_>, added: &[(&str, &str)], removed: &[&str]) -> Option<BytesStart<'a>> {
    let mut changed = BytesStart::new(element.name().as_ref().to_owned());
    for attribute in element.attributes() {
        let attribute: Attribute<'_> = attribute.ok()?;
        if !removed.contains(&attribute.key.as_ref()) {
            changed.push_attribute(attribute);
        }
    }
    added.iter().for_each(|attribute| changed.push_attribute(*attribute));
    Some(changed)
}

/// An empty element stays empty.
pub(super) fn same_kind<'a>(event: &Event<'_>, element: BytesStart<'a>) -> Event<'a> {
    if matches!(event, Event::Empty(_)) { Event::Empty(element) } else { Event::Start(element) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_of_a_cell_comes_once_more_with_a_colour() {
        let xml = r#"<styleSheet xmlns="m"><fills count="2"><fill><patternFill/></fill><fill/></fills><cellStyleXfs><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fillId="0"/><xf numFmtId="14" fillId="1" applyAlignment="1"><alignment wrapText="1"/></xf></cellXfs></styleSheet>"#;
        let expected = format!(
            r#"<styleSheet xmlns="m"><fills><fill><patternFill/></fill><fill/>{FILL}</fills><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0" fillId="0"/><xf numFmtId="14" fillId="1" applyAlignment="1"><alignment wrapText="1"/></xf><xf numFmtId="0" fillId="2" applyFill="1"/><xf numFmtId="14" applyAlignment="1" fillId="2" applyFill="1"><alignment wrapText="1"/></xf></cellXfs></styleSheet>"#
        );
        assert_eq!(doubled(xml), Some((expected, 2)));
    }

    #[test]
    fn styles_of_an_unusual_form_are_left_alone() {
        for xml in
            ["", "<a/>", "<x:styleSheet><x:cellXfs><x:xf/></x:cellXfs></x:styleSheet>", "<styleSheet><cellXfs><xf/></cellXfs></styleSheet>"]
        {
            assert_eq!(doubled(xml), None, "{xml}");
        }
    }
}
