//! Fields in a text that is cut into pieces: finding them, and giving each piece its part of the filled text.
//! Not for: XML.

/// A field between double braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// First byte and first byte after it.
    at: (usize, usize),
    pub(super) kind: MarkKind,
    pub(super) name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// `{{name}}`
    Value,
    /// `{{#name}}`
    Open,
    /// `{{/name}}`
    Close,
    /// `{{` without its end.
    Unclosed,
}

/// All fields of a text, in order.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(rest) = text.get(from..) {
        let Some((before, after)) = rest.split_once("{{") else { break };
        let start = from + before.len();
        // Another opening before the end means that this one was never closed.
        let inside = after.split_once("}}").map(|(inside, _)| inside).filter(|inside| !inside.contains("{{"));
        let Some(inside) = inside else {
            from = start + 2;
            let name = after.chars().take(20).take_while(|letter| *letter != '{').collect::<String>().trim().to_owned();
            found.push(Mark { at: (start, from), kind: MarkKind::Unclosed, name });
            continue;
        };
        let name = inside.trim();
        let (kind, name) = match (name.strip_prefix('#'), name.strip_prefix('/')) {
            (Some(name), _) => (MarkKind::Open, name),
            (_, Some(name)) => (MarkKind::Close, name),
            _ => (MarkKind::Value, name),
        };
        from = start + 2 + inside.len() + 2;
        found.push(Mark { at: (start, from), kind, name: name.trim().to_owned() });
    }
    found
}

/// The pieces after each mark became its value; a value stands in the piece where its mark begins.
pub(super) fn filled(pieces: &[String], marks: &[Mark], values: &[String]) -> Vec<String> {
    let whole = pieces.concat();
    let mut from = 0;
    let mut done = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let to = from + piece.len();
        let mut text = String::new();
        let mut at = from;
        for (mark, value) in marks.iter().zip(values) {
            let (start, end) = mark.at;
            if end <= at || start >= to {
                continue;
            }
            text.push_str(whole.get(at..start).unwrap_or_default());
            if start >= from {
                text.push_str(value);
            }
            at = end.min(to);
        }
        text.push_str(whole.get(at..to).unwrap_or_default());
        done.push(text);
        from = to;
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(pieces: &[&str], values: &[&str]) -> Vec<String> {
        let pieces: Vec<String> = pieces.iter().map(|piece| (*piece).to_owned()).collect();
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        filled(&pieces, &marks(&pieces.concat()), &values)
    }

    #[test]
    fn a_field_in_pieces_is_one_field() {
        assert_eq!(fill(&["Số: {", "{s", "o}}/KH"], &["05"]), ["Số: 05", "", "/KH"]);
        assert_eq!(fill(&["{{a}}{{b}}", " và {{a", "}}."], &["1", "2", "3"]), ["12", " và 3", "."]);
        assert_eq!(fill(&["không có gì"], &[]), ["không có gì"]);
        assert_eq!(fill(&["", "{{a}}", ""], &["x"]), ["", "x", ""]);
    }

    #[test]
    fn marks_have_kinds_and_an_open_one_is_told() {
        let kinds: Vec<(MarkKind, String)> =
            marks("{{#dong}} {{ stt }} {{/dong}} {{hở {{so}} {{").into_iter().map(|mark| (mark.kind, mark.name)).collect();
        let wanted = [
            (MarkKind::Open, "dong"),
            (MarkKind::Value, "stt"),
            (MarkKind::Close, "dong"),
            (MarkKind::Unclosed, "hở"),
            (MarkKind::Value, "so"),
            (MarkKind::Unclosed, ""),
        ];
        assert_eq!(kinds, wanted.map(|(kind, name)| (kind, name.to_owned())));
    }
}
