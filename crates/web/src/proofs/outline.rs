//! A page as a reviewer reads it: one line per element with its id, classes, attributes and text; long runs of alike elements are cut.
//! Not for: pages of others; it reads the HTML that our own templates write, and refuses tags that do not close.

/// A part of a page.
#[derive(Debug)]
enum Node {
    Text(String),
    Element(Element),
}

#[derive(Debug, Default)]
struct Element {
    tag: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

impl Element {
    fn attribute(&self, wanted: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }
}

const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];
/// Their inside is text, whatever it looks like.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];
/// Said once, in the outline of the sign-in page and of the dashboard.
const FRAME: [&str; 3] = ["kv-head", "kv-side", "kv-menu"];
/// So many alike elements in a row are shown.
const SHOWN: usize = 2;
/// So many letters of a text are shown.
const LETTERS: usize = 300;
/// So many hexadecimal digits in a row are a token or a digest.
const SECRET_DIGITS: usize = 12;

/// How much of a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// Without the header and the menus that all pages share.
    Inside,
}

/// The outline of a page.
///
/// # Errors
/// The first tag that does not close, with what surrounds it.
pub(super) fn outline(html: &str, extent: Extent) -> Result<String, String> {
    let nodes = read(html)?;
    let mut lines = Vec::new();
    let body = nodes.iter().find_map(|node| inside(node, "body")).unwrap_or(&nodes);
    if let Some(title) = nodes.iter().find_map(|node| inside(node, "title")) {
        lines.push(format!("title {}", title.iter().map(own_text).collect::<String>()));
    }
    draw(body, 0, extent, &mut lines);
    Ok(lines.join("\n"))
}

/// The children of the first element of a tag.
fn inside<'a>(node: &'a Node, wanted: &str) -> Option<&'a Vec<Node>> {
    match node {
        Node::Element(element) if element.tag == wanted => Some(&element.children),
        Node::Element(element) => element.children.iter().find_map(|child| inside(child, wanted)),
        Node::Text(_) => None,
    }
}

fn read(html: &str) -> Result<Vec<Node>, String> {
    let mut open = vec![Element::default()];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tagged) = rest.split_at(at);
        put_text(&mut open, text);
        if let Some(comment) = tagged.strip_prefix("<!") {
            rest = comment.split_once('>').map_or("", |(_, after)| after);
            continue;
        }
        let end = end_of_tag(tagged).ok_or_else(|| format!("a tag without its end: {}", start(tagged)))?;
        let (inner, after) = tagged.split_at(end);
        let inner = inner.strip_prefix('<').unwrap_or(inner);
        rest = after.strip_prefix('>').unwrap_or(after);
        if let Some(name) = inner.strip_prefix('/') {
            let closed = open.pop().unwrap_or_default();
            if closed.tag != name.trim() || open.is_empty() {
                return Err(format!("</{name}> closes <{}> before {}", closed.tag, start(after)));
            }
            put(&mut open, Node::Element(closed));
            continue;
        }
        let mut element = head(inner);
        if VOID.contains(&element.tag.as_str()) || inner.ends_with('/') {
            put(&mut open, Node::Element(element));
        } else if RAW.contains(&element.tag.as_str()) {
            let (text, after) = rest.split_once(&format!("</{}>", element.tag)).ok_or_else(|| format!("{element:?} does not close"))?;
            element.children.push(Node::Text(text.trim().to_owned()));
            put(&mut open, Node::Element(element));
            rest = after;
        } else {
            open.push(element);
        }
    }
    match open.pop() {
        Some(root) if root.tag.is_empty() => Ok(root.children),
        other => Err(format!("<{}> does not close", other.unwrap_or_default().tag)),
    }
}

fn start(text: &str) -> String {
    text.chars().take(60).collect()
}

fn put(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn put_text(open: &mut [Element], text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        put(open, Node::Text(text));
    }
}

/// Where a tag ends; a `>` inside quotes does not end it.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    text.char_indices().find_map(|(at, c)| match (quote, c) {
        (None, '>') => Some(at),
        (None, '"' | '\'') => {
            quote = Some(c);
            None
        }
        (Some(q), c) if q == c => {
            quote = None;
            None
        }
        _ => None,
    })
}

/// Name and attributes of an opening tag.
fn head(inner: &str) -> Element {
    let inner = inner.trim_end_matches('/').trim();
    let (tag, mut rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Element { tag: tag.to_owned(), attributes, children: Vec::new() };
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let quoted = after.strip_prefix('=').and_then(|v| Some((v.chars().next()?, v)));
        let (value, after) = match quoted {
            Some((q @ ('"' | '\''), v)) => v.strip_prefix(q).and_then(|v| v.split_once(q)).unwrap_or((v, "")),
            Some((_, v)) => v.split_once(char::is_whitespace).unwrap_or((v, "")),
            None => ("", after),
        };
        attributes.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
}

fn own_text(node: &Node) -> String {
    match node {
        Node::Text(text) => text.clone(),
        Node::Element(_) => String::new(),
    }
}

fn draw(nodes: &[Node], depth: usize, extent: Extent, lines: &mut Vec<String>) {
    let mut at = 0;
    while at < nodes.len() {
        let run = nodes[at..].iter().take_while(|node| alike(&nodes[at], node)).count().max(1);
        for node in nodes[at..at + run].iter().take(if run > SHOWN + 1 { SHOWN } else { run }) {
            draw_one(node, depth, extent, lines);
        }
        if run > SHOWN + 1 {
            lines.push(format!("{}… {} more of the kind", "  ".repeat(depth), run - SHOWN));
        }
        at += run;
    }
}

fn alike(a: &Node, b: &Node) -> bool {
    match (a, b) {
        (Node::Element(a), Node::Element(b)) => a.tag == b.tag && a.attribute("class") == b.attribute("class"),
        _ => false,
    }
}

fn draw_one(node: &Node, depth: usize, extent: Extent, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let element = match node {
        Node::Text(text) => return lines.push(format!("{indent}\"{}\"", shown(text))),
        Node::Element(element) => element,
    };
    // How a picture is drawn is not for reading; what it is called and what it says is.
    let is_picture = element.tag == "svg";
    let is_frame = element.attribute("class").is_some_and(|c| c.split_whitespace().any(|class| FRAME.contains(&class)));
    let is_ornament = is_picture && element.attribute("aria-hidden") == Some("true");
    if is_ornament || (is_frame && extent == Extent::Inside) {
        return;
    }
    let text = match element.children.as_slice() {
        [Node::Text(text)] => Some(text),
        _ => None,
    };
    lines.push(format!("{indent}{}{}", name(element, is_picture), text.map(|t| format!(" \"{}\"", shown(t))).unwrap_or_default()));
    if is_picture {
        words(&element.children, depth + 1, lines);
    } else if text.is_none() {
        draw(&element.children, depth + 1, extent, lines);
    }
}

/// `tag#id.class [attribute=value]`.
fn name(element: &Element, is_picture: bool) -> String {
    let mut line = element.tag.clone();
    if let Some(id) = element.attribute("id") {
        line.push_str(&format!("#{id}"));
    }
    for class in element.attribute("class").unwrap_or_default().split_whitespace() {
        line.push_str(&format!(".{class}"));
    }
    for (name, value) in element.attributes.iter().filter(|(name, _)| name != "id" && name != "class") {
        if !is_picture || name.starts_with("aria") || name == "role" {
            line.push_str(&format!(" [{name}{}{}]", if value.is_empty() { "" } else { "=" }, shown(value)));
        }
    }
    line
}

/// The words inside a picture.
fn words(nodes: &[Node], depth: usize, lines: &mut Vec<String>) {
    for node in nodes {
        match node {
            Node::Text(text) => lines.push(format!("{}\"{}\"", "  ".repeat(depth), shown(text))),
            Node::Element(element) => words(&element.children, depth, lines),
        }
    }
}

/// A text without what is new each time, and not longer than can be read.
fn shown(text: &str) -> String {
    if let Some((_, name)) = text.strip_prefix("/static/").and_then(|rest| rest.split_once('/')) {
        return format!("/static/…/{name}");
    }
    let mut kept = String::new();
    let mut digits = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars().chain(['\0']) {
        if c.is_ascii_hexdigit() {
            digits.push(c);
            continue;
        }
        kept.push_str(if digits.len() >= SECRET_DIGITS { "…" } else { &digits });
        digits.clear();
        if c != '\0' {
            kept.push(c);
        }
    }
    let letters = kept.chars().count();
    if letters <= LETTERS {
        return kept;
    }
    format!("{}… ({letters} letters)", kept.chars().take(LETTERS / 2).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_become_lines_and_long_runs_are_cut() {
        let html = r#"<!doctype html><title>A &amp; B</title><body><header class="kv-head">x</header><p id="a" class="b c" hidden>one</p>
            <ul><li>1</li><li>2</li><li>3</li><li>4</li></ul><img src='/static/01234567/a.svg' alt="" data-x='0123456789abcdef'>
            <svg class="i" viewBox="0 0 1 1"><path d="M0"/><text>w</text></svg></body>"#;
        let expected = "title A &amp; B\np#a.b.c [hidden] \"one\"\nul\n  li \"1\"\n  li \"2\"\n  … 2 more of the kind\n\
            img [src=/static/…/a.svg] [alt] [data-x=…]\nsvg.i\n  \"w\"";
        assert_eq!(outline(html, Extent::Inside).unwrap(), expected);
        assert!(outline(html, Extent::Whole).unwrap().contains("header.kv-head \"x\""));
    }

    #[test]
    fn a_tag_that_does_not_close_is_refused() {
        assert!(outline("<body><p><b>x</p></body>", Extent::Whole).is_err());
        assert!(outline("<body><div>", Extent::Whole).is_err());
        assert!(outline("<body></div></body>", Extent::Whole).is_err());
    }
}
