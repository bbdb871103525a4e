//! The quota board: topics by years, places by agencies.
//! Not for: counting (`service::schemes::quotas`).

use std::collections::{BTreeMap, BTreeSet};

use domain::quotas::QuotaLine;
use domain::schemes::{QuotaCounts, Scheme};
use service::schemes::{QuotaBoard, QuotaRow};

use crate::i18n::Lang;

/// A board, ready to print.
#[derive(Debug, Clone, Default)]
pub(crate) struct Board {
    pub(crate) years: Vec<String>,
    pub(crate) events: Vec<EventRow>,
    pub(crate) places: Vec<PlaceRow>,
    pub(crate) reached: String,
    pub(crate) all: String,
}

/// A content with its counts by year.
#[derive(Debug, Clone)]
pub(crate) struct EventRow {
    pub(crate) title: String,
    pub(crate) section: String,
    pub(crate) floor: String,
    pub(crate) cells: Vec<Option<Share>>,
}

/// Places of one line of the annex with the agencies that fill them.
#[derive(Debug, Clone)]
pub(crate) struct PlaceRow {
    pub(crate) title: String,
    pub(crate) section: String,
    pub(crate) floor: String,
    pub(crate) reached: String,
    pub(crate) agencies: Vec<(String, Share)>,
}

/// A count against its floor.
#[derive(Debug, Clone)]
pub(crate) struct Share {
    pub(crate) count: String,
    pub(crate) floor: String,
    pub(crate) is_reached: bool,
}

impl Share {
    fn of(lang: Lang, line: &QuotaLine) -> Self {
        Self { count: lang.number(line.count), floor: lang.number(line.at_least), is_reached: line.is_reached() }
    }
}

impl Board {
    /// The board of a scheme.
    pub(super) fn of(lang: Lang, scheme: &Scheme, board: &QuotaBoard) -> Self {
        let (reached, all) = board.reached();
        let is_event = |row: &&QuotaRow| matches!(row.quota.counts, QuotaCounts::Events { .. });
        let years: BTreeSet<i32> =
            board.rows.iter().filter(is_event).flat_map(|row| row.lines.iter().filter_map(|(l, _)| l.year)).collect();
        Self {
            events: board.rows.iter().filter(is_event).flat_map(|row| events(lang, scheme, row, &years)).collect(),
            places: board.rows.iter().filter(|row| !is_event(row)).map(|row| places(lang, scheme, row)).collect(),
            years: years.iter().map(ToString::to_string).collect(),
            reached: lang.size(reached),
            all: lang.size(all),
        }
    }

    /// Whether there is anything to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.events.is_empty() && self.places.is_empty()
    }
}

/// One row per topic, or one for the quota as a whole.
fn events(lang: Lang, scheme: &Scheme, row: &QuotaRow, years: &BTreeSet<i32>) -> Vec<EventRow> {
    let mut by_topic: BTreeMap<Option<&str>, Vec<&QuotaLine>> = BTreeMap::new();
    for (line, _) in &row.lines {
        by_topic.entry(line.topic.as_deref()).or_default().push(line);
    }
    let quota = &row.quota;
    let topic_title = |code: &str| {
        scheme.topics.iter().find(|t| t.code == code).map_or_else(|| code.to_owned(), |t| format!("{code} {}", lang.of(&t.title)))
    };
    let event_row = |(topic, lines): (Option<&str>, Vec<&QuotaLine>)| EventRow {
        title: match topic {
            Some(code) => format!("{}: {}", form(lang, &quota.counts), topic_title(code)),
            None => lang.of(&quota.title).to_owned(),
        },
        section: quota.section.clone(),
        floor: lang.number(quota.at_least),
        cells: if years.is_empty() {
            Vec::new()
        } else {
            years.iter().map(|year| lines.iter().find(|l| l.year.is_none_or(|y| y == *year)).map(|l| Share::of(lang, l))).collect()
        },
    };
    by_topic.into_iter().map(event_row).collect()
}

fn form(lang: Lang, counts: &QuotaCounts) -> String {
    match counts {
        QuotaCounts::Events { form, .. } => lang.code_text("form-head", form.code()),
        QuotaCounts::Places { .. } => String::new(),
    }
}

fn places(lang: Lang, scheme: &Scheme, row: &QuotaRow) -> PlaceRow {
    let reached = row.lines.iter().filter(|(line, _)| line.is_reached()).count();
    let by_role = |line: &QuotaLine| line.agency.as_ref().map(|(actor, _)| scheme.actor_title(actor, lang.is_vi()).to_owned());
    let named =
        |(line, name): &(QuotaLine, Option<String>)| (name.clone().or_else(|| by_role(line)).unwrap_or_default(), Share::of(lang, line));
    PlaceRow {
        title: lang.of(&row.quota.title).to_owned(),
        section: row.quota.section.clone(),
        floor: lang.number(row.quota.at_least),
        reached: lang.with("quota-agencies", &[("reached", lang.size(reached).into()), ("all", lang.size(row.lines.len()).into())]),
        agencies: row.lines.iter().map(named).collect(),
    }
}
