//! A calendar as RFC 5545 writes it: one event for each meeting, or for the whole time of a class whose meetings are not known.
//! Not for: reading any.

use domain::feeds::FeedKind;
use domain::time::{Date, Instant, midnight};
use domain::training::ClassStatus;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use service::feeds::{Entry, Feed};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::classes;
use crate::i18n::Lang;

/// The calendar. Hours are told in UTC, which every program reads alike; Việt Nam has no summer time.
pub(super) fn write(lang: Lang, feed: &Feed, base: &str) -> String {
    let mut calendar = Calendar::empty();
    let name =
        lang.with("feed-name", &[("kind", lang.code_text("feed-kind", feed.kind.code()).into()), ("name", feed.name.clone().into())]);
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Khue Van//Lich lop hoc//VI"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        calendar.append_property(Property::new(key, value));
    }
    calendar.append_property(Property::new("X-WR-CALNAME", &name));
    calendar.append_property(Property::new("X-WR-TIMEZONE", "Asia/Ho_Chi_Minh"));
    calendar.append_property(Property::new("REFRESH-INTERVAL", "PT1H").add_parameter("VALUE", "DURATION").done());
    for entry in &feed.entries {
        calendar.push(event(lang, feed, entry, base));
    }
    calendar.to_string()
}

fn event(lang: Lang, feed: &Feed, entry: &Entry, base: &str) -> Event {
    let mut event = Event::new();
    let (code, name) = (&entry.class.0, &entry.class.1);
    let stamp = stamp(entry.changed_at);
    event.append_property(Property::new("DTSTAMP", &stamp));
    event.append_property(Property::new("LAST-MODIFIED", &stamp));
    // A meeting is known by its class, day and part of the day, however often the timetable is written anew.
    match &entry.meeting {
        Some((on, shift, _)) => {
            let (from, to) = shift.clock();
            event.uid(&format!("{code}-{}-{}@khuevan", domain::time::number(*on), shift.code()));
            event.append_property(Property::new("DTSTART", self::stamp(at(*on, from))));
            event.append_property(Property::new("DTEND", self::stamp(at(*on, to))));
        }
        None => {
            let after = entry.days.1.next_day().unwrap_or(entry.days.1);
            event.uid(&format!("{code}@khuevan"));
            event.append_property(Property::new("DTSTART", day(entry.days.0)).add_parameter("VALUE", "DATE").done());
            event.append_property(Property::new("DTEND", day(after)).add_parameter("VALUE", "DATE").done());
        }
    }
    event.sequence(u32::try_from(entry.sequence).unwrap_or(u32::MAX));
    event.status(match (entry.status, entry.is_sure) {
        (ClassStatus::Cancelled, _) => EventStatus::Cancelled,
        (_, true) => EventStatus::Confirmed,
        (_, false) => EventStatus::Tentative,
    });
    let cancelled = if entry.status == ClassStatus::Cancelled { lang.t("feed-cancelled") } else { String::new() };
    event.summary([cancelled.as_str(), name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").as_str());
    let place = place(entry);
    if !place.is_empty() {
        event.location(&place);
    }
    if let Some(spot) = feed.spots.get(code) {
        let (north, east) = spot.decimal();
        event.append_property(Property::new("GEO", format!("{north};{east}")));
    }
    event.description(&description(lang, feed.kind, entry));
    event.url(&format!("{base}{}", classes::path(code, "")));
    event.done()
}

/// Room, where it is, and where the class is held in words, each once.
fn place(entry: &Entry) -> String {
    let (room, at) = entry.room.as_ref().map_or(("", ""), |(name, place)| (name.as_str(), place.as_str()));
    let mut parts: Vec<&str> = Vec::new();
    for part in [room, at, &entry.place, &entry.school] {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(", ")
}

/// What is taught, by whom, and the code of the class. A calendar of a room tells no names.
fn description(lang: Lang, kind: FeedKind, entry: &Entry) -> String {
    let taught = entry.meeting.as_ref().map(|(_, _, words)| words.clone()).unwrap_or_default();
    let by = entry.lecturer.as_ref().filter(|_| kind != FeedKind::Room);
    let by = by.map(|name| lang.with("feed-lecturer", &[("name", name.clone().into())])).unwrap_or_default();
    let code = lang.with("feed-class", &[("code", entry.class.0.clone().into())]);
    [taught, by, code].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

fn at(on: Date, (hour, minute): (u8, u8)) -> Instant {
    midnight(on).plus_ms((i64::from(hour) * 60 + i64::from(minute)) * 60_000)
}

fn utc(instant: Instant) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(instant.0.div_euclid(1_000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

/// `20261207T003000Z`.
fn stamp(instant: Instant) -> String {
    utc(instant).format(format_description!("[year][month][day]T[hour][minute][second]Z")).unwrap_or_default()
}

/// `20261207`.
fn day(on: Date) -> String {
    domain::time::number(on).to_string()
}

/// `Mon, 07 Dec 2026 00:30:00 GMT`.
pub(super) fn http_date(instant: Instant) -> Option<String> {
    let shape = format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    utc(instant).format(shape).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::classes::sittings::Shift;
    use domain::geography::Spot;
    use domain::time::date;

    fn entry(status: ClassStatus, meeting: Option<(Date, Shift, String)>) -> Entry {
        Entry {
            class: ("LOP-2026-001".to_owned(), "Kỹ năng số; phần 1, nâng cao".to_owned()),
            status,
            days: (date(2026, 12, 7).unwrap(), date(2026, 12, 9).unwrap()),
            place: "Hội trường A".to_owned(),
            school: "Trường Chính trị".to_owned(),
            meeting,
            room: Some(("Phòng 201".to_owned(), "Trường Chính trị".to_owned())),
            lecturer: Some("Giảng viên Mẫu".to_owned()),
            is_sure: true,
            sequence: 3,
            changed_at: Instant(1_795_320_000_000),
        }
    }

    fn feed(kind: FeedKind, entries: Vec<Entry>) -> Feed {
        let spots = [("LOP-2026-001".to_owned(), Spot { latitude: 15_573_600, longitude: 108_474_000 })].into();
        Feed { kind, name: "Nguyễn Văn An".to_owned(), entries, spots }
    }

    #[test]
    fn a_meeting_a_class_without_meetings_and_a_cancelled_one() {
        let on = date(2026, 12, 7).unwrap();
        let entries = vec![
            entry(ClassStatus::Enrolling, Some((on, Shift::Morning, "Thực hành".to_owned()))),
            Entry { is_sure: false, room: None, ..entry(ClassStatus::Enrolling, None) },
            entry(ClassStatus::Cancelled, Some((on, Shift::Evening, String::new()))),
        ];
        insta::assert_snapshot!(write(Lang::Vi, &feed(FeedKind::Person, entries), "https://khuevan.tinh.vn").replace("\r\n", "\n"));
    }

    #[test]
    fn a_calendar_of_a_room_tells_no_names() {
        let on = date(2026, 12, 7).unwrap();
        let written =
            write(Lang::En, &feed(FeedKind::Room, vec![entry(ClassStatus::Running, Some((on, Shift::Day, String::new())))]), "https://x");
        assert!(
            !written.contains("Giảng viên Mẫu") && written.contains("LOCATION:Phòng 201\\, Trường Chính trị\\, Hội trường A"),
            "{written}"
        );
    }

    #[test]
    fn the_hour_in_utc() {
        assert_eq!(stamp(at(date(2026, 12, 7).unwrap(), (7, 30))), "20261207T003000Z");
        assert_eq!(stamp(at(date(2027, 1, 1).unwrap(), (0, 30))), "20261231T173000Z");
        assert_eq!(http_date(Instant(1_795_320_000_000)).as_deref(), Some("Sun, 22 Nov 2026 04:00:00 GMT"));
    }
}
