//! Reading values out of the tree while collecting every mistake: a reader answers `None` after it has said what is wrong.
//! Not for: what a scheme consists of; `scheme`, `targets` and `filters` know the fields.

mod names;
mod values;

use std::ops::Range;

use crate::fault::{Fault, Message, place};
use crate::near::nearest;
use crate::node::{Entry, Kind, Node, tree};

pub(crate) use names::{Names, Sort};

/// Collects mistakes.
pub(crate) struct Reader<'t> {
    text: &'t str,
    faults: Vec<Fault>,
    /// Codes coined and used in the file.
    pub(crate) names: Names,
}

/// A value and the path to it.
#[derive(Debug, Clone)]
pub(crate) struct At<'n> {
    pub(crate) node: &'n Node,
    pub(crate) path: String,
}

/// The fields of a table.
pub(crate) struct Fields<'n> {
    entries: &'n [Entry],
    path: String,
    span: Range<usize>,
}

impl<'n> At<'n> {
    pub(crate) const fn root(node: &'n Node) -> Self {
        Self { node, path: String::new() }
    }

    pub(crate) fn span(&self) -> Range<usize> {
        self.node.span.clone()
    }

    /// A field of this table, when it is a table and has it; says nothing when not.
    pub(crate) fn inside(&self, name: &str) -> Option<At<'n>> {
        let Kind::Table(entries) = &self.node.kind else { return None };
        let entry = entries.iter().find(|e| e.name == name)?;
        Some(At { node: &entry.node, path: join(&self.path, name) })
    }
}

impl<'n> Fields<'n> {
    /// The field, when it is there.
    pub(crate) fn find(&self, name: &str) -> Option<At<'n>> {
        let entry = self.entries.iter().find(|e| e.name == name)?;
        Some(At { node: &entry.node, path: join(&self.path, name) })
    }

    /// Every field with its name, place of the name and value.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&'n Entry, At<'n>)> {
        self.entries.iter().map(|e| (e, At { node: &e.node, path: join(&self.path, &e.name) }))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|e| e.name == name)
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// Words in a message, each in back quotes.
pub(crate) fn quoted<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

/// "Có phải …?" and "Did you mean …?", empty when nothing is near.
fn hint<'a>(typed: &str, allowed: impl IntoIterator<Item = &'a str>) -> (String, String) {
    nearest(typed, allowed)
        .map_or_else(Default::default, |word| (format!(" Có phải ý định viết `{word}`?"), format!(" Did you mean `{word}`?")))
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, faults: Vec::new(), names: Names::default() }
    }

    pub(crate) fn fault(&mut self, code: &'static str, span: &Range<usize>, field: &str, message: Message) {
        let (line, column) = place(self.text, span);
        self.faults.push(Fault { line, column, field: field.to_owned(), code, message_vi: message.vi, message_en: message.en });
    }

    /// The line a span stands on.
    pub(crate) fn line(&self, span: &Range<usize>) -> usize {
        place(self.text, span).0
    }

    /// The tree of the file, unless it is not TOML at all.
    pub(crate) fn document(&mut self, text: &str) -> Option<Node> {
        match toml_edit::Document::parse(text) {
            Ok(document) => Some(tree(&document)),
            Err(error) => {
                self.syntax(&error);
                None
            }
        }
    }

    fn syntax(&mut self, error: &toml_edit::TomlError) {
        let said = error.message().trim().replace('\n', "; ");
        let span = error.span().unwrap_or(0..0);
        let (code, message) = if said.contains("duplicate key") {
            (
                "duplicate_field",
                Message::new(
                    "Trường này đã được viết ở trên trong cùng một bảng; hãy bỏ bớt một.",
                    "This field is already written above in the same table; remove one.",
                ),
            )
        } else {
            (
                "syntax",
                Message::new(
                    format!(
                        "Không đọc được chỗ này: chữ phải nằm trong ngoặc kép, mỗi ngoặc mở phải có ngoặc đóng, giữa các phần tử có dấu phẩy. (TOML: {said})"
                    ),
                    format!(
                        "Cannot be read here: text stands in quotes, every bracket is closed, elements are separated by commas. (TOML: {said})"
                    ),
                ),
            )
        };
        self.fault(code, &span, "", message);
    }

    /// The value when there was no mistake, else every mistake in the order of the file.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Vec<Fault>> {
        self.check_names();
        self.faults.sort_by_key(|f| (f.line, f.column));
        match value {
            Some(value) if self.faults.is_empty() => Ok(value),
            _ => Err(self.faults),
        }
    }

    /// The fields of a table; fields that are not allowed are mistakes.
    pub(crate) fn fields<'n>(&mut self, at: &At<'n>, allowed: &[&str]) -> Option<Fields<'n>> {
        let fields = self.any_fields(at)?;
        for entry in fields.entries.iter().filter(|e| !allowed.contains(&e.name.as_str())) {
            let (near_vi, near_en) = hint(&entry.name, allowed.iter().copied());
            let list = quoted(allowed.iter().copied());
            self.fault(
                "unknown_field",
                &entry.span,
                &join(&fields.path, &entry.name),
                Message::new(
                    format!("Không có trường `{}` ở đây.{near_vi} Các trường được dùng: {list}.", entry.name),
                    format!("There is no field `{}` here.{near_en} Allowed fields: {list}.", entry.name),
                ),
            );
        }
        Some(fields)
    }

    /// The fields of a table whose names are free.
    pub(crate) fn any_fields<'n>(&mut self, at: &At<'n>) -> Option<Fields<'n>> {
        match &at.node.kind {
            Kind::Table(entries) => Some(Fields { entries, path: at.path.clone(), span: at.span() }),
            _ => self.wrong_type(at, ("bảng { tên = giá trị, … }", "a table { name = value, … }")),
        }
    }

    /// A field that must be there.
    pub(crate) fn required<'n, T>(
        &mut self,
        fields: &Fields<'n>,
        name: &str,
        read: impl FnOnce(&mut Self, &At<'n>) -> Option<T>,
    ) -> Option<T> {
        if let Some(at) = fields.find(name) {
            return read(self, &at);
        }
        let sample = sample(name);
        self.fault(
            "missing_field",
            &fields.span,
            &join(&fields.path, name),
            Message::new(
                format!("Thiếu trường `{name}`. Thêm vào, ví dụ: {sample}"),
                format!("The field `{name}` is missing. Add it, for example: {sample}"),
            ),
        );
        None
    }

    /// A field that may be left out.
    pub(crate) fn optional<'n, T>(
        &mut self,
        fields: &Fields<'n>,
        name: &str,
        absent: T,
        read: impl FnOnce(&mut Self, &At<'n>) -> Option<T>,
    ) -> Option<T> {
        match fields.find(name) {
            Some(at) => read(self, &at),
            None => Some(absent),
        }
    }

    /// The elements of a list.
    pub(crate) fn elements<'n>(&mut self, at: &At<'n>) -> Option<Vec<At<'n>>> {
        match &at.node.kind {
            Kind::List(nodes) => Some(nodes.iter().enumerate().map(|(i, node)| At { node, path: format!("{}[{i}]", at.path) }).collect()),
            _ => self.wrong_type(at, ("danh sách [ … ]", "a list [ … ]")),
        }
    }

    /// A list, every element of it read; `None` when one was wrong.
    pub(crate) fn list<'n, T>(&mut self, at: &At<'n>, mut read: impl FnMut(&mut Self, &At<'n>) -> Option<T>) -> Option<Vec<T>> {
        let read: Vec<Option<T>> = self.elements(at)?.iter().map(|element| read(self, element)).collect();
        read.into_iter().collect()
    }

    /// A list with at least one element.
    pub(crate) fn some<'n, T>(&mut self, at: &At<'n>, read: impl FnMut(&mut Self, &At<'n>) -> Option<T>) -> Option<Vec<T>> {
        let list = self.list(at, read)?;
        if !list.is_empty() {
            return Some(list);
        }
        self.fault(
            "empty_list",
            &at.span(),
            &at.path,
            Message::new("Danh sách này phải có ít nhất một phần tử.", "This list needs at least one element."),
        );
        None
    }

    pub(crate) fn wrong_type<T>(&mut self, at: &At<'_>, wanted: (&str, &str)) -> Option<T> {
        let (read_vi, read_en) = at.node.kind.name();
        self.fault(
            "wrong_type",
            &at.span(),
            &at.path,
            Message::new(
                format!("Ở đây cần {}, nhưng đọc được {read_vi}.", wanted.0),
                format!("Expected {} here, but found {read_en}.", wanted.1),
            ),
        );
        None
    }
}

/// How a field looks, for "add it, for example".
fn sample(name: &str) -> String {
    let value = match name {
        "title" | "issuer" | "area" | "place" | "evidence" | "remark" | "unit" | "cites" => "{ vi = \"…\", en = \"…\" }",
        "phase" | "during" => "{ from = \"01/01/2026\", to = \"31/12/2031\" }",
        "threshold" => "{ at_least = 20 }",
        "measure" => "{ kind = \"share_of_people\", of = { … }, did = { … } }",
        "due" => "{ by = \"31/12/2026\" }",
        "counts" => "{ events = { form = \"class\", topics = [\"A.1\"] } }",
        "agencies" => "[{ one = \"so-noi-vu\" }]",
        "need" => "{ kind = \"holds\", qualification = \"political_theory\", level = \"trung_cap\" }",
        "subject" => "\"political_theory\"",
        "kinds" => "[\"year_plan\"]",
        "blocs" => "[\"state\"]",
        "holder" => "\"home_affairs\"",
        "acts" => "[\"forward\", \"return\"]",
        "steps" => "[{ code = \"draft\", holder = \"owner\", acts = [\"forward\"], … }]",
        "verified" => "false",
        "of" | "who" => "{ staff = [\"cong_chuc\"] }",
        "did" => "{ trained = { programmes = [\"public_duty\"] } }",
        "lead" | "rows" | "columns" => "[\"…\"]",
        "at_least" | "periods" | "years" => "1",
        "from" => "\"01/01/2026\"",
        "kind" => "\"share_of_people\"",
        "code" => "\"T1\"",
        _ => "\"…\"",
    };
    format!("{name} = {value}")
}
