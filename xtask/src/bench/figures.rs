//! Figures collected by a measurement and their two forms.
//! Not for: judging them.

use std::fmt::Write as _;

/// Named figures in the order they were measured.
#[derive(Debug, Default)]
pub(super) struct Figures {
    rows: Vec<(String, String, f64, &'static str)>,
}

impl Figures {
    pub(super) fn add(&mut self, place: &str, name: &str, value: f64, unit: &'static str) {
        self.rows.push((place.to_owned(), name.to_owned(), value, unit));
    }

    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        for (place, name, value, unit) in &self.rows {
            let _: std::fmt::Result = writeln!(text, "{place:<34} {name:<40} {value:>12.2} {unit}");
        }
        text
    }

    pub(super) fn json(&self) -> String {
        let row = |(place, name, value, unit): &(String, String, f64, &str)| {
            format!("  {{\"place\": \"{place}\", \"figure\": \"{name}\", \"value\": {value:.3}, \"unit\": \"{unit}\"}}")
        };
        format!("[\n{}\n]", self.rows.iter().map(row).collect::<Vec<_>>().join(",\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::Figures;

    #[test]
    fn json_has_one_object_a_figure() {
        let mut figures = Figures::default();
        figures.add("server", "start", 1.5, "s");
        assert_eq!(figures.json(), "[\n  {\"place\": \"server\", \"figure\": \"start\", \"value\": 1.500, \"unit\": \"s\"}\n]");
    }
}
