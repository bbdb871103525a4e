//! Where things stand on the earth: a spot, how far another is from it, the middle of several.
//! Not for: who may say where something stands (`service`), or how a map looks (`web`).

pub mod catchment;
pub mod frame;
mod reading;
pub mod standing;

use crate::codes;

/// A place on the earth in millionths of a degree (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spot {
    /// North.
    pub latitude: i32,
    /// East.
    pub longitude: i32,
}

codes! {
    /// Why a text does not say where something in Việt Nam stands.
    SpotFault {
        /// Something that is no angle stands in it.
        Unreadable = "unreadable",
        /// Fewer or more than the two angles.
        NotTwo = "not_two",
        /// Minutes or seconds of sixty and more.
        OddAngle = "odd_angle",
        /// Longitude stands where latitude belongs.
        Swapped = "swapped",
        /// The latitude lies outside of Việt Nam.
        OutsideNorth = "outside_north",
        /// The longitude lies outside of Việt Nam.
        OutsideEast = "outside_east",
    }
}

/// Southernmost and northernmost of Việt Nam with its islands, in millionths of a degree: from Trường Sa to Đồng Văn.
pub const NORTH: (i32, i32) = (6_000_000, 23_500_000);
/// Westernmost and easternmost: from A Pa Chải to Trường Sa.
pub const EAST: (i32, i32) = (102_000_000, 118_000_000);

/// Degrees, minutes and tenths of a second.
pub type Angle = (i32, i32, i32);

impl Spot {
    /// A place in degrees; nothing outside of the globe.
    #[must_use]
    pub fn of_degrees(latitude: f64, longitude: f64) -> Option<Self> {
        let millionths = |degrees: f64, most: f64| {
            let is_on_globe = degrees.is_finite() && degrees.abs() <= most;
            // The text of a rounded number is the one way to a whole number that cannot be wrong without a word.
            is_on_globe.then(|| format!("{:.0}", degrees * 1e6).parse().ok()).flatten()
        };
        Some(Self { latitude: millionths(latitude, 90.0)?, longitude: millionths(longitude, 180.0)? })
    }

    /// What a pasted text says: decimal degrees with points or commas, or degrees, minutes and seconds with letters of either language.
    ///
    /// ```
    /// use domain::geography::Spot;
    /// let hall = Spot { latitude: 15_573_600, longitude: 108_474_000 };
    /// for text in ["15.5736, 108.4740", "15,5736 108,4740", "15°34'24,96\"B 108°28'26,4\"Đ"] {
    ///     assert_eq!(Spot::read(text), Ok(hall), "{text}");
    /// }
    /// ```
    ///
    /// # Errors
    /// [`SpotFault`] with what is wrong, and with which of the two.
    pub fn read(text: &str) -> Result<Self, SpotFault> {
        reading::read(text)
    }

    /// The same place, if it lies in Việt Nam.
    ///
    /// # Errors
    /// [`SpotFault`] with which of the two is outside.
    pub const fn in_vietnam(self) -> Result<Self, SpotFault> {
        if self.latitude < NORTH.0 || self.latitude > NORTH.1 {
            Err(SpotFault::OutsideNorth)
        } else if self.longitude < EAST.0 || self.longitude > EAST.1 {
            Err(SpotFault::OutsideEast)
        } else {
            Ok(self)
        }
    }

    /// Latitude and longitude in decimal degrees, as every program reads them back.
    #[must_use]
    pub fn decimal(self) -> (String, String) {
        let text = |millionths: i32| format!("{:.6}", f64::from(millionths) / 1e6);
        (text(self.latitude), text(self.longitude))
    }

    /// Latitude and longitude in degrees, minutes and tenths of a second.
    #[must_use]
    pub fn angles(self) -> (Angle, Angle) {
        (angle(self.latitude), angle(self.longitude))
    }

    /// Metres to another place, along the surface of a ball of the size of the earth.
    #[must_use]
    pub fn metres_to(self, other: Self) -> i64 {
        const RADIUS: f64 = 6_371_008.8;
        let radians = |millionths: i32| (f64::from(millionths) / 1e6).to_radians();
        let (north, east) = (radians(self.latitude) - radians(other.latitude), radians(self.longitude) - radians(other.longitude));
        let across =
            (north / 2.0).sin().powi(2) + radians(self.latitude).cos() * radians(other.latitude).cos() * (east / 2.0).sin().powi(2);
        let metres = 2.0 * RADIUS * across.clamp(0.0, 1.0).sqrt().asin();
        format!("{metres:.0}").parse().unwrap_or(i64::MAX)
    }
}

fn angle(millionths: i32) -> Angle {
    // A tenth of a second is 27.8 millionths of a degree: rounded once, so that no second shows as sixty.
    let tenths = (i64::from(millionths).abs() * 36_000 + 500_000) / 1_000_000;
    let whole = |n: i64| i32::try_from(n).unwrap_or(0);
    (whole(tenths / 36_000), whole(tenths / 600 % 60), whole(tenths % 600))
}

/// The middle of some places: the mean of their latitudes and longitudes. Good for places of one province.
#[must_use]
pub fn middle(spots: &[Spot]) -> Option<Spot> {
    let count = i64::try_from(spots.len()).ok().filter(|count| *count > 0)?;
    let mean = |of: fn(&Spot) -> i32| {
        let sum: i64 = spots.iter().map(|spot| i64::from(of(spot))).sum();
        i32::try_from((sum + count / 2).div_euclid(count)).ok()
    };
    Some(Spot { latitude: mean(|spot| spot.latitude)?, longitude: mean(|spot| spot.longitude)? })
}

#[cfg(test)]
mod tests;
