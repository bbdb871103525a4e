//! A read TOML document as a plain tree in which every key and value knows its place.
//! Not for: meaning; the tree does not know what a scheme is.

use std::ops::Range;

use toml_edit::{Item, Key, Value};

/// A value and its place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Text(String),
    Integer(i64),
    /// A decimal number as written in plain digits.
    Decimal(String),
    Boolean(bool),
    /// A TOML date as written.
    Date(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) span: Range<usize>,
    pub(crate) node: Node,
}

impl Kind {
    /// What it is, in both languages.
    pub(crate) const fn name(&self) -> (&'static str, &'static str) {
        match self {
            Self::Text(_) => ("chữ trong ngoặc kép", "text in quotes"),
            Self::Integer(_) => ("số nguyên", "a whole number"),
            Self::Decimal(_) => ("số thập phân", "a decimal number"),
            Self::Boolean(_) => ("true/false", "true or false"),
            Self::Date(_) => ("ngày", "a date"),
            Self::List(_) => ("danh sách [ … ]", "a list [ … ]"),
            Self::Table(_) => ("bảng { … }", "a table { … }"),
        }
    }
}

/// The tree of a document.
pub(crate) fn tree(document: &toml_edit::Document<&str>) -> Node {
    Node { span: 0..0, kind: Kind::Table(document.iter().filter_map(|(key, item)| entry(document.key(key), key, item)).collect()) }
}

fn entry(key: Option<&Key>, name: &str, item: &Item) -> Option<Entry> {
    let span = key.and_then(Key::span).unwrap_or(0..0);
    Some(Entry { name: name.to_owned(), node: of_item(item, &span)?, span })
}

fn of_item(item: &Item, place: &Range<usize>) -> Option<Node> {
    let span = item.span().unwrap_or_else(|| place.clone());
    let kind = match item {
        Item::None => return None,
        Item::Value(value) => return Some(of_value(value, place)),
        Item::Table(table) => Kind::Table(table.iter().filter_map(|(key, item)| entry(table.key(key), key, item)).collect()),
        Item::ArrayOfTables(tables) => Kind::List(
            tables
                .iter()
                .map(|table| Node {
                    span: table.span().unwrap_or_else(|| place.clone()),
                    kind: Kind::Table(table.iter().filter_map(|(key, item)| entry(table.key(key), key, item)).collect()),
                })
                .collect(),
        ),
    };
    Some(Node { span, kind })
}

fn of_value(value: &Value, place: &Range<usize>) -> Node {
    let span = value.span().unwrap_or_else(|| place.clone());
    let kind = match value {
        Value::String(text) => Kind::Text(text.value().clone()),
        Value::Integer(number) => Kind::Integer(*number.value()),
        Value::Float(number) => Kind::Decimal(number.value().to_string()),
        Value::Boolean(yes) => Kind::Boolean(*yes.value()),
        Value::Datetime(date) => Kind::Date(date.value().to_string()),
        Value::Array(values) => Kind::List(values.iter().map(|v| of_value(v, &span)).collect()),
        Value::InlineTable(table) => Kind::Table(
            table
                .iter()
                .map(|(name, value)| {
                    let key = table.key(name).and_then(Key::span).unwrap_or_else(|| span.clone());
                    Entry { name: name.to_owned(), node: of_value(value, &key), span: key }
                })
                .collect(),
        ),
    };
    Node { span, kind }
}
