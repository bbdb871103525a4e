//! The parser: words and strings, then `or` over `and` over single conditions. It never looks back and never goes deeper than
//! [`MOST_DEPTH`].
//! Not for: whether the attributes exist (`ask`).

use std::iter::Peekable;
use std::vec::IntoIter;

use serde_json::Value;

use super::{Comparison, Filter};
use crate::Fault;
use crate::path::AttributePath;

/// Longest filter in letters.
pub const MOST_LETTERS: usize = 4_000;
/// Most brackets within brackets.
pub const MOST_DEPTH: usize = 16;
/// Most conditions: each is asked of each resource.
const MOST_CONDITIONS: usize = 100;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Open,
    Close,
    OpenValues,
    CloseValues,
    Word(String),
    Text(String),
}

/// Reads a filter.
///
/// # Errors
/// [`Fault::Filter`] with what is wrong.
pub fn read(text: &str) -> Result<Filter, Fault> {
    if text.chars().count() > MOST_LETTERS {
        return Err(wrong(&format!("the filter has more than {MOST_LETTERS} letters")));
    }
    let mut reader = Reader { tokens: tokens(text)?.into_iter().peekable(), conditions: 0 };
    let filter = reader.either(0)?;
    match reader.tokens.next() {
        None => Ok(filter),
        Some(_) => Err(wrong("the filter goes on after its end")),
    }
}

fn wrong(what: &str) -> Fault {
    Fault::Filter(what.to_owned())
}

fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut letters = text.chars().peekable();
    let mut found = Vec::new();
    while let Some(letter) = letters.next() {
        found.push(match letter {
            c if c.is_whitespace() => continue,
            '(' => Token::Open,
            ')' => Token::Close,
            '[' => Token::OpenValues,
            ']' => Token::CloseValues,
            '"' => Token::Text(string(&mut letters)?),
            first => {
                let mut word = String::from(first);
                while let Some(c) = letters.next_if(|c| !c.is_whitespace() && !"()[]\"".contains(*c)) {
                    word.push(c);
                }
                Token::Word(word)
            }
        });
    }
    Ok(found)
}

/// The rest of a JSON string, after its first quote.
fn string(letters: &mut impl Iterator<Item = char>) -> Result<String, Fault> {
    let mut raw = String::from('"');
    loop {
        match letters.next() {
            None => return Err(wrong("a text in quotes does not end")),
            Some('"') => break,
            Some('\\') => {
                raw.push('\\');
                raw.extend(letters.next());
            }
            Some(c) => raw.push(c),
        }
    }
    raw.push('"');
    serde_json::from_str(&raw).map_err(|_| wrong("a text in quotes is not a JSON string"))
}

struct Reader {
    tokens: Peekable<IntoIter<Token>>,
    conditions: usize,
}

impl Reader {
    fn takes(&mut self, word: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Word(w) if w.eq_ignore_ascii_case(word))).is_some()
    }

    fn either(&mut self, depth: usize) -> Result<Filter, Fault> {
        let mut left = self.both(depth)?;
        while self.takes("or") {
            left = Filter::Or(Box::new(left), Box::new(self.both(depth)?));
        }
        Ok(left)
    }

    fn both(&mut self, depth: usize) -> Result<Filter, Fault> {
        let mut left = self.one(depth)?;
        while self.takes("and") {
            left = Filter::And(Box::new(left), Box::new(self.one(depth)?));
        }
        Ok(left)
    }

    fn one(&mut self, depth: usize) -> Result<Filter, Fault> {
        self.conditions += 1;
        if depth > MOST_DEPTH || self.conditions > MOST_CONDITIONS {
            return Err(wrong("the filter has too many conditions or brackets"));
        }
        match self.tokens.next() {
            Some(Token::Open) => self.inside(depth, &Token::Close),
            Some(Token::Word(word)) if word.eq_ignore_ascii_case("not") && self.tokens.peek() == Some(&Token::Open) => {
                self.tokens.next();
                Ok(Filter::Not(Box::new(self.inside(depth, &Token::Close)?)))
            }
            Some(Token::Word(word)) => self.condition(&word, depth),
            Some(_) => Err(wrong("an attribute was expected")),
            None => Err(wrong("the filter ends where an attribute was expected")),
        }
    }

    fn inside(&mut self, depth: usize, end: &Token) -> Result<Filter, Fault> {
        let filter = self.either(depth + 1)?;
        if self.tokens.next().as_ref() == Some(end) { Ok(filter) } else { Err(wrong("a bracket is not closed")) }
    }

    fn condition(&mut self, word: &str, depth: usize) -> Result<Filter, Fault> {
        let path = AttributePath::read(word).map_err(|fault| wrong(&fault.to_string()))?;
        let word = match self.tokens.next() {
            Some(Token::OpenValues) => return Ok(Filter::Has(path, Box::new(self.inside(depth, &Token::CloseValues)?))),
            Some(Token::Word(word)) => word,
            _ => return Err(wrong("a comparison such as eq was expected")),
        };
        if word.eq_ignore_ascii_case("pr") {
            return Ok(Filter::Present(path));
        }
        let comparison =
            comparison(&word).ok_or_else(|| wrong("there is no such comparison; there are eq, ne, co, sw, ew, gt, ge, lt, le, pr"))?;
        let value = match self.tokens.next() {
            Some(Token::Text(text)) => Value::String(text),
            // Some directories write True and False.
            Some(Token::Word(word)) => serde_json::from_str(&word.to_ascii_lowercase())
                .ok()
                .filter(|value: &Value| !value.is_object() && !value.is_array())
                .ok_or_else(|| wrong("a value stands in quotes, or is true, false, null or a number"))?,
            _ => return Err(wrong("a value was expected")),
        };
        Ok(Filter::Compare(path, comparison, value))
    }
}

fn comparison(word: &str) -> Option<Comparison> {
    Some(match word.to_ascii_lowercase().as_str() {
        "eq" => Comparison::Equal,
        "ne" => Comparison::NotEqual,
        "co" => Comparison::Contains,
        "sw" => Comparison::StartsWith,
        "ew" => Comparison::EndsWith,
        "gt" => Comparison::Greater,
        "ge" => Comparison::GreaterOrEqual,
        "lt" => Comparison::Less,
        "le" => Comparison::LessOrEqual,
        _ => return None,
    })
}
