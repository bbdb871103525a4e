//! Codes that a file coins (actors, topics, targets …) and uses: each coined once, none used that nobody coined.
//! Not for: codes of enumerations; `domain` fixes those.

use std::ops::Range;

use super::{At, Reader, hint};
use crate::fault::Message;

/// What a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Actor,
    Topic,
    Target,
    Quota,
    Task,
    Rule,
    Table,
    Requirement,
    Step,
    /// Row or column of the table being read.
    Key,
}

/// A code at a place.
#[derive(Debug, Clone)]
struct Name {
    sort: Sort,
    code: String,
    span: Range<usize>,
    path: String,
}

/// Coined and used codes.
#[derive(Debug, Default)]
pub(crate) struct Names {
    coined: Vec<Name>,
    used: Vec<Name>,
}

impl Names {
    /// Forgets the keys of the table read before.
    pub(crate) fn forget_keys(&mut self) {
        self.coined.retain(|n| n.sort != Sort::Key);
    }
}

impl Reader<'_> {
    /// A code coined here: letters, digits, dots, hyphens and underscores, and only once in its list.
    pub(crate) fn coin(&mut self, at: &At<'_>, sort: Sort) -> Option<String> {
        let code = self.code_text(at)?;
        if let Some(first) = self.names.coined.iter().find(|n| n.sort == sort && n.code == code) {
            let line = self.line(&first.span);
            self.fault(
                "duplicate_code",
                &at.span(),
                &at.path,
                Message::new(
                    format!("Mã `{code}` đã dùng ở dòng {line}; mỗi mã chỉ dùng một lần."),
                    format!("The code `{code}` is already used on line {line}; each code stands once."),
                ),
            );
            return None;
        }
        self.names.coined.push(Name { sort, code: code.clone(), span: at.span(), path: at.path.clone() });
        Some(code)
    }

    /// A text that can be a code.
    pub(crate) fn code_text(&mut self, at: &At<'_>) -> Option<String> {
        let code = self.words(at)?;
        if code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')) {
            return Some(code);
        }
        self.fault(
            "bad_code",
            &at.span(),
            &at.path,
            Message::new(
                format!("Mã `{code}` chỉ được gồm chữ không dấu, chữ số, dấu chấm, gạch nối, gạch dưới."),
                format!("The code `{code}` may hold only plain letters, digits, dots, hyphens and underscores."),
            ),
        );
        None
    }

    /// A code used here; whether it exists is asked when the whole file has been read.
    pub(crate) fn used(&mut self, at: &At<'_>, sort: Sort) -> Option<String> {
        let code = self.words(at)?;
        self.names.used.push(Name { sort, code: code.clone(), span: at.span(), path: at.path.clone() });
        Some(code)
    }

    pub(crate) fn actor(&mut self, at: &At<'_>) -> Option<String> {
        self.used(at, Sort::Actor)
    }

    pub(crate) fn topic(&mut self, at: &At<'_>) -> Option<String> {
        self.used(at, Sort::Topic)
    }

    /// Every used code must have been coined.
    pub(super) fn check_names(&mut self) {
        let names = std::mem::take(&mut self.names);
        for used in &names.used {
            let coined = || names.coined.iter().filter(|n| n.sort == used.sort).map(|n| n.code.as_str());
            if coined().any(|code| code == used.code) {
                continue;
            }
            let (fault, list, what_vi, what_en) = match used.sort {
                Sort::Topic => ("unknown_topic", "topics", "nội dung", "topic"),
                _ => ("unknown_actor", "actors", "cơ quan", "actor"),
            };
            let (near_vi, near_en) = hint(&used.code, coined());
            let code = &used.code;
            self.fault(
                fault,
                &used.span,
                &used.path,
                Message::new(
                    format!("Chưa có {what_vi} mã `{code}` trong danh sách `{list}` của tệp.{near_vi} Sửa mã hoặc thêm vào danh sách."),
                    format!("No {what_en} with the code `{code}` stands in the list `{list}` of this file.{near_en} Correct the code or add it to the list."),
                ),
            );
        }
    }
}
