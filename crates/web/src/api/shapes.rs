//! Shapes that several answers share: pages, titles, spans of days.
//! Not for: the answers themselves.

use domain::schemes::Title;
use domain::time::{Interval, iso};
use serde::Serialize;
use utoipa::ToSchema;

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Page<T> {
    /// Lines, in the list's order.
    pub(crate) items: Vec<T>,
    /// Give it as `cursor` for the next page; null on the last one.
    pub(crate) next: Option<String>,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct TitleBody {
    /// Vietnamese.
    pub(crate) vi: String,
    /// English.
    pub(crate) en: String,
}

impl From<&Title> for TitleBody {
    fn from(title: &Title) -> Self {
        Self { vi: title.vi.clone(), en: title.en.clone() }
    }
}

/// A span of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Span {
    /// First day.
    #[schema(format = Date)]
    pub(crate) from: String,
    /// Last day, included; null while open.
    #[schema(format = Date)]
    pub(crate) to: Option<String>,
}

impl From<&Interval> for Span {
    fn from(span: &Interval) -> Self {
        Self { from: iso(span.from()), to: span.last_day().map(iso) }
    }
}

/// A code with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Named {
    /// Code.
    pub(crate) code: String,
    /// Name.
    pub(crate) name: String,
}

/// A page of a list whose changes can be asked for later.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// Lines, in the list's order.
    pub(crate) items: Vec<T>,
    /// Give it as `cursor` for the next page; null on the last one.
    pub(crate) next: Option<String>,
    /// The moment at which this page was read. Whoever reads the whole list keeps that of the first page, and gives it as `changed-since`
    /// from then on.
    pub(crate) next_since: String,
}
