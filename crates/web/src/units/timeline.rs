//! The history of a unit as a line: founded, renamed, moved, merged, ended; and its other codes.
//! Not for: changing it (`reorganise`).

use domain::time::{Date, iso};
use service::registry::{Past, SuccessionLine, UnitView};

use super::{Frame, Link};
use crate::asked::{address, escaped};

/// Something that happened to the unit.
pub(super) struct Event {
    pub(super) day: String,
    pub(super) what: String,
    pub(super) link: Option<Link>,
    pub(super) decision: Option<String>,
}

/// Another code.
pub(super) struct Alias {
    pub(super) code: String,
    pub(super) during: String,
    /// Where it is removed, by who may.
    pub(super) remove: Option<String>,
}

impl Frame {
    /// Everything that happened, oldest first.
    pub(super) fn events(&self, view: &UnitView, past: &Past) -> Vec<Event> {
        let unit = &view.unit;
        let founded = past.parents.first().and_then(|first| first.decision.clone());
        let mut events = vec![(unit.life.from(), self.event(unit.life.from(), self.lang.t("reorg-founded"), None, founded))];
        let next_names = past.names.iter().skip(1).map(|line| line.name.as_str()).chain([past.name.as_str()]);
        for (line, next) in past.names.iter().zip(next_names) {
            let Some(day) = line.during.to() else { continue };
            let names = [("old", line.name.clone().into()), ("new", next.to_owned().into())];
            events.push((day, self.event(day, self.lang.with("reorg-renamed", &names), None, line.decision.clone())));
        }
        for line in past.parents.iter().skip(1) {
            let day = line.during.from();
            let link = line.code.as_deref().map(|code| self.seen(code, &line.name, Some(day)));
            events.push((day, self.event(day, self.lang.t("reorg-moved"), link, line.decision.clone())));
        }
        events.extend(view.successions.iter().map(|line| (line.on, self.note(line))));
        if let Some(day) = unit.life.to() {
            events.push((day, self.event(day, self.lang.t("reorg-ended"), None, None)));
        }
        events.sort_by_key(|(day, _)| *day);
        events.into_iter().map(|(_, event)| event).collect()
    }

    fn event(&self, day: Date, what: String, link: Option<Link>, decision: Option<String>) -> Event {
        Event { day: self.lang.date(day), what, link, decision: decision.map(|d| self.lang.with("reorg-by", &[("decision", d.into())])) }
    }

    fn seen(&self, code: &str, name: &str, on: Option<Date>) -> Link {
        let href = address(&format!("/don-vi/{}", escaped(code)), &[("ngay", on.map(iso).as_deref())]);
        Link { href, text: name.to_owned() }
    }

    /// "Sáp nhập vào …".
    fn note(&self, line: &SuccessionLine) -> Event {
        let way = if line.forward { "into" } else { "from" };
        let what = self.lang.t(&format!("change-{way}-{}", line.change.code()));
        // A unit that ends is looked at on its last day, one that begins on its first.
        let seen_on = if line.forward { Some(line.on) } else { line.on.previous_day() };
        self.event(line.on, what, Some(self.seen(&line.code, &line.name, seen_on)), line.decision.clone())
    }

    /// The other codes.
    pub(super) fn aliases(&self, unit: &str, past: &Past, keeps: bool) -> Vec<Alias> {
        let lang = self.lang;
        let day = |day: Option<Date>| day.map(|d| lang.date(d));
        let one = |alias: &service::registry::AliasLine| Alias {
            code: alias.code.clone(),
            during: match (day(alias.from), day(alias.to.and_then(Date::previous_day))) {
                (Some(from), Some(to)) => lang.with("units-life-over", &[("from", from.into()), ("to", to.into())]),
                (Some(from), None) => lang.with("units-life-open", &[("from", from.into())]),
                (None, Some(to)) => lang.with("reorg-until", &[("to", to.into())]),
                (None, None) => String::new(),
            },
            remove: keeps.then(|| format!("/don-vi/{}/ma-khac/{}", escaped(unit), alias.id)),
        };
        past.aliases.iter().map(one).collect()
    }
}
