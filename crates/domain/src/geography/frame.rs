//! A flat field on which places of a province are put: the plate carrée of its middle latitude, fitted to what is shown.
//! Not for: colours and signs (`web`); whole countries, which would be drawn too wide in the north.

use super::Spot;

/// Kilometres of a degree of latitude.
const KM_OF_DEGREE: f64 = 111.195;
/// Fewest degrees across: one place alone still lies in some land.
const LEAST_DEGREES: f64 = 0.04;
/// Lengths that a scale may have, in kilometres.
const SCALES: [u16; 9] = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/// A line of the grid: its angle in millionths of a degree, and where it lies on the field.
pub type Meridian = (i32, f64);

/// A field of so many units, with the land that lies in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    west: f64,
    north: f64,
    /// Units of a degree of latitude.
    scale: f64,
    /// How much shorter a degree of longitude is.
    narrowing: f64,
    left: f64,
    top: f64,
    /// Units across.
    pub width: f64,
    /// Units down.
    pub height: f64,
}

fn degrees(millionths: i32) -> f64 {
    f64::from(millionths) / 1e6
}

impl Frame {
    /// The field around some places, so wide, at most so high, with a margin on each side; nothing without a place.
    #[must_use]
    pub fn around(spots: &[Spot], width: f64, most_height: f64, margin: f64) -> Option<Self> {
        let range = |of: fn(&Spot) -> i32| Some((degrees(spots.iter().map(of).min()?), degrees(spots.iter().map(of).max()?)));
        let (south, north) = range(|spot| spot.latitude)?;
        let (west, east) = range(|spot| spot.longitude)?;
        let narrowing = f64::midpoint(south, north).to_radians().cos().max(0.1);
        let (down, across) = ((north - south).max(LEAST_DEGREES), ((east - west) * narrowing).max(LEAST_DEGREES));
        let room = |units: f64| (units - 2.0 * margin).max(1.0);
        let scale = (room(width) / across).min(room(most_height) / down);
        let height = (down * scale + 2.0 * margin).min(most_height);
        // Whatever is left over lies evenly around.
        let left = (width - (east - west) * narrowing * scale) / 2.0;
        let top = (height - (north - south) * scale) / 2.0;
        Some(Self { west, north, scale, narrowing, left, top, width, height })
    }

    /// Where a place lies on the field: from the left, from the top.
    #[must_use]
    pub fn put(&self, spot: Spot) -> (f64, f64) {
        let across = (degrees(spot.longitude) - self.west) * self.narrowing * self.scale;
        (self.left + across, self.top + (self.north - degrees(spot.latitude)) * self.scale)
    }

    /// The longest round scale of at most so many units: kilometres and units.
    #[must_use]
    pub fn scale_bar(&self, most: f64) -> (u16, f64) {
        let units = |km: u16| f64::from(km) / KM_OF_DEGREE * self.scale;
        let fitting = SCALES.iter().rev().find(|km| units(**km) <= most);
        let km = fitting.copied().unwrap_or(1);
        (km, units(km))
    }

    /// Lines of latitude and longitude at every so many millionths of a degree that cross the field: the angle, and where it lies from
    /// the top or from the left.
    #[must_use]
    pub fn grid(&self, step: i32) -> (Vec<Meridian>, Vec<Meridian>) {
        let every = |first: f64, last: f64| {
            let lines = std::iter::successors(Some(0_i32), move |at| at.checked_add(step.max(1)));
            lines.skip_while(move |at| degrees(*at) <= first).take_while(move |at| degrees(*at) < last)
        };
        let (down, across) = (self.height / self.scale, self.width / self.scale / self.narrowing);
        let (north, west) = (self.north + self.top / self.scale, self.west - self.left / self.scale / self.narrowing);
        let rows = every(north - down, north).map(|at| (at, self.put(Spot { latitude: at, longitude: 0 }).1)).collect();
        let columns = every(west, west + across).map(|at| (at, self.put(Spot { latitude: 0, longitude: at }).0)).collect();
        (rows, columns)
    }
}
