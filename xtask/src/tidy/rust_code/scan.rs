//! Just enough reading of Rust to find functions and test modules: blanks comments and literals, then counts brackets.
//! Not for: parsing. A full parser would be right in more corners, and would make the automation slow to build.

use std::ops::Range;

/// A function, or an item marked `#[cfg(test)]`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) lines: usize,
    bytes: Range<usize>,
}

impl Item {
    pub(super) fn contains(&self, other: &Self) -> bool {
        self.bytes.start <= other.bytes.start && other.bytes.end <= self.bytes.end
    }
}

/// The source with every comment, string and character literal replaced by spaces; lines and byte positions stay.
pub(super) fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    let mut previous = ' ';
    while let Some(first) = rest.chars().next() {
        let blank = opaque_length(rest, previous);
        let length = if blank == 0 { first.len_utf8() } else { blank };
        let (piece, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if blank == 0 {
            code.push_str(piece);
        } else {
            // One space a byte, so that positions stay the same.
            code.extend(piece.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
        }
        previous = first;
        rest = after;
    }
    code
}

/// The length of the comment or literal that starts here; 0 if none does.
fn opaque_length(rest: &str, previous: char) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment_length(rest);
    }
    if rest.starts_with('"') {
        return quoted_length(rest, '"').unwrap_or(rest.len());
    }
    if rest.starts_with('\'') {
        return character_length(rest);
    }
    // The `r` of a raw string, but not the last letter of a name; `br` and `cr` begin with a letter that may stay.
    let starts_word = !is_word(previous) || previous == 'b' || previous == 'c';
    if rest.starts_with('r') && starts_word { raw_string_length(rest) } else { 0 }
}

fn block_comment_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(here) = rest.get(at..) {
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            let Some(next) = here.chars().next() else { break };
            at += next.len_utf8();
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of a literal from its opening to its closing quote; a backslash hides the character after it.
fn quoted_length(rest: &str, quote: char) -> Option<usize> {
    let mut is_hidden = false;
    for (at, found) in rest.char_indices().skip(1) {
        if is_hidden {
            is_hidden = false;
        } else if found == '\\' {
            is_hidden = true;
        } else if found == quote {
            return Some(at + quote.len_utf8());
        }
    }
    None
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn character_length(rest: &str) -> usize {
    let mut letters = rest.chars().skip(1);
    let (first, second) = (letters.next(), letters.next());
    if first == Some('\\') || second == Some('\'') { quoted_length(rest, '\'').unwrap_or(0) } else { 0 }
}

fn raw_string_length(rest: &str) -> usize {
    let hashes: String = rest.chars().skip(1).take_while(|letter| *letter == '#').collect();
    let opening = 1 + hashes.len();
    let Some(body) = rest.get(opening..).and_then(|body| body.strip_prefix('"')) else { return 0 };
    let closing = format!("\"{hashes}");
    body.find(&closing).map_or(rest.len(), |at| opening + 1 + at + closing.len())
}

/// Every function with a name, nested ones and methods too.
pub(super) fn functions(code: &str) -> Vec<Item> {
    let starts = code.match_indices("fn ").filter(|(at, _)| is_word_start(code, *at));
    starts
        .filter_map(|(at, keyword)| {
            let after = code.get(at + keyword.len()..)?;
            let name: String = after.trim_start().chars().take_while(|letter| is_word(*letter)).collect();
            (!name.is_empty()).then(|| item(code, at, name))
        })
        .collect()
}

/// Every item that is compiled for tests only.
pub(super) fn test_items(code: &str) -> Vec<Item> {
    code.match_indices("#[cfg(test)]").map(|(at, _)| item(code, at, String::new())).collect()
}

/// The item that starts here: up to its `;`, or to the `}` that closes its body.
fn item(code: &str, start: usize, name: String) -> Item {
    let text = code.get(start..).unwrap_or("");
    let mut depth = 0_i32;
    let mut length = text.len();
    for (at, letter) in text.char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
        // A closing `)` or `]` at depth 0 ends parameters or an attribute, not the item.
        if depth < 0 || (depth == 0 && matches!(letter, '}' | ';')) {
            length = at + letter.len_utf8();
            break;
        }
    }
    let lines = text.get(..length).map_or(0, |body| body.lines().count());
    Item { name, lines, bytes: start..start + length }
}

fn is_word_start(code: &str, at: usize) -> bool {
    let before = code.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|letter| !is_word(letter))
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_blanked_and_positions_kept() {
        let source = "a // é {\nb /* { /* { */ } */ c \"}\\\"{\" d '{' e '\\'' f 'static r#\"}\"{\"# g br\"{\" attr";
        let code = code_only(source);
        assert_eq!(code.len(), source.len());
        assert_eq!(code.lines().count(), 2);
        assert_eq!(code.split_whitespace().collect::<Vec<_>>(), ["a", "b", "c", "d", "e", "f", "'static", "g", "b", "attr"]);
    }

    #[test]
    fn a_raw_name_is_not_a_raw_string() {
        assert_eq!(code_only("r#type + for_r\"{\""), "r#type + for_r   ");
    }

    #[test]
    fn functions_are_measured_from_keyword_to_brace() {
        let code = "fn a(x: [u8; 2]) -> u8\nwhere X: Y,\n{\n  if b { c }\n}\nstruct F { call: fn (u8) }\nfn d();\n";
        let found = functions(code);
        let found: Vec<_> = found.iter().map(|function| (function.name.as_str(), function.lines)).collect();
        assert_eq!(found, [("a", 5), ("d", 1)]);
    }

    #[test]
    fn a_test_module_holds_its_functions() {
        let code = "fn a() {}\n#[cfg(test)]\n#[expect(x)]\nmod tests {\n  fn b() {}\n}\n#[cfg(test)]\nmod more;\nfn c() {}\n";
        let tests = test_items(code);
        assert_eq!(tests.iter().map(|item| item.lines).collect::<Vec<_>>(), [5, 2]);
        let outside = functions(code).into_iter().filter(|function| !tests.iter().any(|test| test.contains(function)));
        assert_eq!(outside.map(|function| function.name).collect::<Vec<_>>(), ["a", "c"]);
    }
}
