//! Places of the earth in words: coordinates, a link that the map of the device opens, distances, and what is wrong with a pasted one.
//! Not for: drawing (`classes::map`); no map of others is ever asked.

use domain::geography::{Angle, Spot, SpotFault};

use crate::form::Mistake;
use crate::i18n::Lang;

/// The way to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    /// What the map of the device opens.
    pub(crate) href: String,
    /// `15.573600, 108.474000`.
    pub(crate) degrees: String,
    /// `15°34′25,0″ B, 108°28′26,4″ Đ`.
    pub(crate) angles: String,
}

/// The way to a place.
pub(crate) fn way(lang: Lang, spot: Spot) -> Way {
    let (north, east) = spot.decimal();
    Way { href: format!("geo:{north},{east}"), degrees: degrees(spot), angles: angles(lang, spot) }
}

/// `15.573600, 108.474000`, which every program reads back.
pub(crate) fn degrees(spot: Spot) -> String {
    let (north, east) = spot.decimal();
    format!("{north}, {east}")
}

fn angles(lang: Lang, spot: Spot) -> String {
    let (north, east) = spot.angles();
    let mark = if lang.is_vi() { ',' } else { '.' };
    let told = |(degrees, minutes, tenths): Angle| format!("{degrees}°{minutes:02}′{:02}{mark}{}″", tenths / 10, tenths % 10);
    lang.with("spot-angles", &[("north", told(north).into()), ("east", told(east).into())])
}

/// Metres as kilometres with one place behind the mark: `12,3 km`.
pub(crate) fn km(lang: Lang, metres: i64) -> String {
    let tenths = (metres + 50) / 100;
    let mark = if lang.is_vi() { ',' } else { '.' };
    format!("{}{mark}{} km", lang.number(tenths / 10), tenths % 10)
}

/// What is wrong with a pasted place.
pub(crate) fn mistake(lang: Lang, field: &str, fault: SpotFault) -> Mistake {
    Mistake::new(field, lang.code_text("spot-fault", fault.code()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_distances_are_told_in_both_languages() {
        let hall = Spot { latitude: 15_573_600, longitude: 108_474_000 };
        let vi = way(Lang::Vi, hall);
        assert_eq!((vi.href.as_str(), vi.degrees.as_str()), ("geo:15.573600,108.474000", "15.573600, 108.474000"));
        assert_eq!(vi.angles, "15°34′25,0″ B, 108°28′26,4″ Đ");
        assert_eq!(way(Lang::En, hall).angles, "15°34′25.0″ N, 108°28′26.4″ E");
        assert_eq!(
            (km(Lang::Vi, 12_349), km(Lang::En, 0), km(Lang::Vi, 1_234_567)),
            ("12,3 km".into(), "0.0 km".into(), "1.234,6 km".into())
        );
    }
}
