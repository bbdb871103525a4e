//! The values of a template: single fields and rows of lists; the names that every paper gives.
//! Not for: finding fields.

use std::collections::BTreeMap;

use crate::papers::body::spoken;
use crate::papers::compose::number_and_day;
use crate::papers::paper::{Paper, one_line};

/// Values by the names of fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    single: BTreeMap<String, String>,
    lists: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

/// The names that [`Fields::of`] gives.
const OF_A_PAPER: [&str; 15] = [
    "co_quan_chu_quan",
    "co_quan",
    "so",
    "dia_danh",
    "ngay",
    "ten_loai",
    "trich_yeu",
    "quyen_han",
    "kinh_gui",
    "can_cu",
    "noi_dung_van_ban",
    "chuc_vu",
    "nguoi_ky",
    "noi_nhan",
    "luu",
];
/// The names of the rows that forms give, and of the list they stand in.
const LIST: &str = "dong";
const OF_A_ROW: [&str; 17] = [
    "stt",
    "noi_dung",
    "chuong_trinh",
    "hinh_thuc",
    "so_lop",
    "so_nguoi",
    "thoi_gian",
    "dia_diem",
    "chu_tri",
    "phoi_hop",
    "kinh_phi",
    "nguon",
    "don_vi",
    "ho_ten",
    "chuc_danh",
    "yeu_cau",
    "ly_do",
];

impl Fields {
    /// No values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The values of a paper: its head, its signature, its recipients. Lists of lines are cut by line breaks.
    #[must_use]
    pub fn of(paper: &Paper) -> Self {
        let (head, close) = (&paper.head, &paper.close);
        let (number, day) = number_and_day(&head.issue);
        let values = [
            head.superior.clone().unwrap_or_default(),
            head.issuer.clone(),
            number,
            head.place.clone(),
            day,
            head.kind.clone(),
            one_line(&head.excerpt),
            head.authority.clone().unwrap_or_default(),
            head.to.join("\n"),
            head.bases.join("\n"),
            spoken(&paper.body).join("\n"),
            close.signature.lines.join("\n"),
            close.signature.name.clone(),
            close.recipients.join("\n"),
            close.archive.clone(),
        ];
        let single = OF_A_PAPER.into_iter().map(str::to_owned).zip(values).collect();
        let fields = Self { single, lists: BTreeMap::new() };
        if paper.rows.is_empty() { fields } else { fields.with_rows(LIST, paper.rows.iter().cloned()) }
    }

    /// The fields that every paper has.
    #[must_use]
    pub const fn of_every_paper() -> &'static [&'static str] {
        &OF_A_PAPER
    }

    /// Every field that papers have which repeat rows of these fields, each with its own name as its value.
    #[must_use]
    pub fn sample(row: &[&'static str]) -> Self {
        let single = OF_A_PAPER.into_iter().map(|name| (name.to_owned(), name.to_owned())).collect();
        let fields = Self { single, lists: BTreeMap::new() };
        let cells: Vec<_> = row.iter().map(|name| (*name, (*name).to_owned())).collect();
        if row.is_empty() { fields } else { fields.with_rows(LIST, [cells]) }
    }

    /// With one more value, or another one.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.single.insert(name.to_owned(), value.into());
        self
    }

    /// With the rows of a list; a list without rows leaves one empty row.
    #[must_use]
    pub fn with_rows<'r>(mut self, list: &str, rows: impl IntoIterator<Item = Vec<(&'r str, String)>>) -> Self {
        let rows = rows.into_iter().map(|row| row.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
        self.lists.insert(list.to_owned(), rows.collect());
        self
    }

    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.single.get(name).map(String::as_str)
    }

    pub(super) fn rows(&self, list: &str) -> Option<&[BTreeMap<String, String>]> {
        self.lists.get(list).map(Vec::as_slice)
    }

    /// Whether some paper gives this field.
    pub(crate) fn knows(name: &str) -> bool {
        OF_A_PAPER.contains(&name) || OF_A_ROW.contains(&name) || name == LIST
    }
}
