//! A map of the province: points where units stand, circles where classes are held cut by their states, lines to where people come from.
//! Not for: what is shown (`classes::map`); colours and patterns have their names in the style sheet and the template.

use std::f64::consts::{FRAC_PI_2, TAU};

use askama::Template;
use domain::geography::Spot;
use domain::geography::frame::Frame;

/// Units across: about as many as a phone has pixels, so that what is drawn large enough there is so everywhere.
const WIDTH: f64 = 360.0;
const MOST_HEIGHT: f64 = 400.0;
const MARGIN: f64 = 22.0;
/// Radius of the largest and of the smallest circle, and of what a finger hits.
const LARGEST: f64 = 21.0;
const SMALLEST: f64 = 5.0;
const FINGER: f64 = 16.5;
/// Circles nearer than this are drawn as one: no two of them are hit at once.
pub(crate) const APART: f64 = 33.0;
/// People that the largest circle stands for at least: a single small class is no giant.
const MANY: i64 = 150;
/// Between a sign and its name, and how wide a letter is on a phone.
const GAP: f64 = 8.0;
const LETTER: f64 = 6.0;
/// Longest scale.
const SCALE: f64 = 80.0;

/// A mark to be drawn.
#[derive(Debug, Clone)]
pub(crate) struct Marked {
    pub(crate) spot: Spot,
    pub(crate) href: String,
    /// What is told of it, for those who do not see it and for those who point at it.
    pub(crate) label: String,
    /// People by the state of their class, in the order of states.
    pub(crate) people: Vec<(&'static str, i64)>,
    /// How many classes, when more than one.
    pub(crate) count: Option<String>,
    pub(crate) is_chosen: bool,
}

/// A place beside the marks.
#[derive(Debug, Clone)]
pub(crate) struct Noted {
    pub(crate) spot: Spot,
    /// `end`, `far` or `best`.
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    /// Written beside it.
    pub(crate) label: Option<String>,
}

/// What a map is drawn from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ground {
    pub(crate) units: Vec<Spot>,
    pub(crate) marks: Vec<Marked>,
    /// Thin lines.
    pub(crate) ways: Vec<(Spot, Spot)>,
    /// Lines of the class that is looked at, with how thick they are, 1 to 3.
    pub(crate) own: Vec<(Spot, Spot, u8)>,
    pub(crate) noted: Vec<Noted>,
    /// From where names are written away.
    pub(crate) hub: Option<Spot>,
}

/// Words around the drawing.
pub(crate) struct Words {
    pub(crate) title: String,
    pub(crate) description: String,
    /// Of the sign that points north.
    pub(crate) north: &'static str,
    /// Latitude and longitude, as `15°B` and `108°Đ`.
    pub(crate) sides: (&'static str, &'static str),
}

/// A ready-to-print map.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/map.html")]
pub(crate) struct Map {
    title: String,
    description: String,
    north: &'static str,
    width: String,
    height: String,
    whole: String,
    rows: Vec<(String, String)>,
    columns: Vec<(String, String)>,
    units: String,
    ways: String,
    own: Vec<(u8, String)>,
    marks: Vec<Mark>,
    noted: Vec<Note>,
    scale: (String, String, String),
}

#[derive(Debug, Clone)]
struct Mark {
    href: String,
    label: String,
    x: String,
    y: String,
    r: String,
    finger: String,
    slices: Vec<(&'static str, String)>,
    /// One state alone is a whole circle.
    only: Option<&'static str>,
    count: Option<String>,
    is_chosen: bool,
}

#[derive(Debug, Clone)]
struct Note {
    kind: &'static str,
    x: String,
    y: String,
    title: String,
    label: Option<(String, &'static str, String)>,
}

fn told(units: f64) -> String {
    let text = format!("{units:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// The field on which everything lies; nothing when there is nothing to show.
pub(crate) fn field(spots: &[Spot]) -> Option<Frame> {
    Frame::around(spots, WIDTH, MOST_HEIGHT, MARGIN)
}

impl Map {
    /// Draws on a field.
    pub(crate) fn draw(frame: &Frame, ground: &Ground, words: Words) -> Self {
        let put = |spot: Spot| frame.put(spot);
        let units: String = ground.units.iter().map(|spot| point(put(*spot))).collect();
        let most = ground.marks.iter().map(people).max().unwrap_or(1).max(MANY);
        let mut marks: Vec<&Marked> = ground.marks.iter().collect();
        // The small lie upon the large, the chosen upon all.
        marks.sort_by_key(|mark| (mark.is_chosen, std::cmp::Reverse(people(mark))));
        let (rows, columns) = frame.grid(500_000);
        let line = |side: &'static str| move |(at, place): (i32, f64)| (told(place), angle(at, side));
        let (km, length) = frame.scale_bar(SCALE);
        let hub = ground.hub.map(|hub| put(hub).0);
        let own =
            |thick: u8| -> String { ground.own.iter().filter(|way| way.2 == thick).map(|way| way_of(put(way.0), put(way.1))).collect() };
        Self {
            title: words.title,
            description: words.description,
            north: words.north,
            width: told(frame.width),
            height: told(frame.height),
            whole: told(frame.height + 26.0),
            rows: rows.into_iter().map(line(words.sides.0)).collect(),
            columns: columns.into_iter().map(line(words.sides.1)).collect(),
            units,
            ways: ground.ways.iter().map(|way| way_of(put(way.0), put(way.1))).collect(),
            own: (1..=3).map(|thick| (thick, own(thick))).filter(|(_, way)| !way.is_empty()).collect(),
            marks: marks.into_iter().map(|mark| drawn(mark, put(mark.spot), most)).collect(),
            noted: ground.noted.iter().map(|note| noted(note, put(note.spot), (frame.width, hub))).collect(),
            scale: (km.to_string(), told(10.0 + length), told(length)),
        }
    }
}

/// `15,5°B`.
fn angle(millionths: i32, side: &str) -> String {
    let halves = millionths / 500_000;
    let half = if halves % 2 == 0 { "" } else { "30′" };
    format!("{}°{half}{side}", halves / 2)
}

/// A point is a line of no length with a round end.
fn point((x, y): (f64, f64)) -> String {
    format!("M{} {}h0", told(x), told(y))
}

fn way_of((x, y): (f64, f64), (to_x, to_y): (f64, f64)) -> String {
    format!("M{x:.0} {y:.0}L{to_x:.0} {to_y:.0}")
}

fn people(mark: &Marked) -> i64 {
    mark.people.iter().map(|(_, people)| *people).sum()
}

fn real(number: i64) -> f64 {
    i32::try_from(number).map_or(f64::from(i32::MAX), f64::from)
}

/// The area tells how many.
fn radius(people: i64, most: i64) -> f64 {
    SMALLEST + (LARGEST - SMALLEST) * (real(people.max(0)) / real(most)).min(1.0).sqrt()
}

fn drawn(mark: &Marked, (x, y): (f64, f64), most: i64) -> Mark {
    let all = people(mark);
    let r = radius(all, most);
    let parts: Vec<(&'static str, i64)> = mark.people.iter().filter(|(_, people)| *people > 0).copied().collect();
    let only = match parts.as_slice() {
        [(state, _)] => Some(*state),
        [] => mark.people.first().map(|(state, _)| *state),
        _ => None,
    };
    let mut before = 0;
    let slice = |(state, people): &(&'static str, i64)| {
        let from = real(before) / real(all);
        before += people;
        (*state, slice((x, y), r, from, real(before) / real(all)))
    };
    let slices = if only.is_some() { Vec::new() } else { parts.iter().map(slice).collect() };
    Mark {
        href: mark.href.clone(),
        label: mark.label.clone(),
        x: told(x),
        y: told(y),
        r: told(r),
        finger: told(r.max(FINGER)),
        slices,
        only,
        count: mark.count.clone(),
        is_chosen: mark.is_chosen,
    }
}

/// A slice of a circle from a part of it to another, from the top on as a clock goes.
fn slice((x, y): (f64, f64), r: f64, from: f64, to: f64) -> String {
    let edge = |part: f64| {
        let turn = part * TAU - FRAC_PI_2;
        format!("{:.1} {:.1}", r.mul_add(turn.cos(), x), r.mul_add(turn.sin(), y))
    };
    let is_large = u8::from(to - from > 0.5);
    format!("M{} {}L{}A{r:.1} {r:.1} 0 {is_large} 1 {}z", told(x), told(y), edge(from), edge(to))
}

fn noted(note: &Noted, (x, y): (f64, f64), (width, hub): (f64, Option<f64>)) -> Note {
    // Away from the class, as long as the words fit there.
    let letters = note.label.as_ref().map_or(0, |label| label.chars().count());
    let length = GAP + LETTER * f64::from(u16::try_from(letters).unwrap_or(u16::MAX));
    let (fits_right, fits_left) = (x + length < width, x > length);
    let is_right = if hub.is_none_or(|hub| x >= hub) { fits_right || !fits_left } else { !fits_left && fits_right };
    let (at, anchor) = if is_right { (x + GAP, "start") } else { (x - GAP, "end") };
    Note {
        kind: note.kind,
        x: told(x),
        y: told(y),
        title: note.title.clone(),
        label: note.label.clone().map(|text| (told(at), anchor, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(latitude: i32, longitude: i32) -> Spot {
        Spot { latitude, longitude }
    }

    #[test]
    fn slices_fill_a_circle_and_one_state_is_a_whole_one() {
        let mark = |people: Vec<(&'static str, i64)>| Marked {
            spot: spot(15_500_000, 108_000_000),
            href: String::new(),
            label: String::new(),
            people,
            count: None,
            is_chosen: false,
        };
        let two = drawn(&mark(vec![("planned", 0), ("open", 30), ("running", 10)]), (100.0, 100.0), 160);
        assert_eq!(two.only, None);
        assert_eq!(two.r, "13", "a quarter of the people of the largest have half of the way to its radius");
        let expected = ["M100 100L100.0 87.0A13.0 13.0 0 1 1 87.0 100.0z", "M100 100L87.0 100.0A13.0 13.0 0 0 1 100.0 87.0z"];
        assert_eq!(two.slices.iter().map(|(_, d)| d.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(drawn(&mark(vec![("planned", 0), ("over", 7)]), (0.0, 0.0), 7).only, Some("over"));
        assert_eq!(drawn(&mark(vec![("planned", 0)]), (0.0, 0.0), 7).only, Some("planned"), "nobody yet");
        let small = drawn(&mark(vec![("open", 1)]), (0.0, 0.0), 10_000);
        assert_eq!(small.finger, "16.5");
    }

    #[test]
    fn a_name_is_written_away_from_the_class_where_it_fits() {
        let anchor = |x: f64, hub: f64, label: &str| {
            let note = Noted { spot: spot(0, 0), kind: "far", title: String::new(), label: Some(label.to_owned()) };
            noted(&note, (x, 0.0), (360.0, Some(hub))).label.map(|label| label.1)
        };
        assert_eq!(anchor(200.0, 100.0, "Xã Tây Hồ"), Some("start"));
        assert_eq!(anchor(100.0, 200.0, "Xã Tây Hồ"), Some("end"));
        assert_eq!(anchor(340.0, 100.0, "Xã Tam Xuân"), Some("end"), "no room to the right");
        assert_eq!(anchor(20.0, 100.0, "Xã Hùng Sơn"), Some("start"), "no room to the left");
    }

    #[test]
    fn angles_of_the_grid_are_told_with_halves() {
        assert_eq!((angle(15_500_000, "B").as_str(), angle(108_000_000, "Đ").as_str()), ("15°30′B", "108°Đ"));
    }
}
