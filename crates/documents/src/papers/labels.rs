//! Labels of numbered items as Vietnamese papers write them: Roman numbers, Arabic numbers, letters of the Vietnamese alphabet.
//! Not for: how a label looks.

use super::body::Level;

/// The letters of points: the Vietnamese alphabet without the letters that carry a hat or a breve, as legal texts use it.
const LETTERS: [char; 23] =
    ['a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'x', 'y'];

/// Counts the items of one part of a paper, in order.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    part: usize,
    section: usize,
    group: usize,
    article: usize,
    clause: usize,
    point: usize,
}

impl Labels {
    /// The label of the next item of this level.
    pub(crate) fn next(&mut self, level: Level) -> String {
        self.begin_below(level);
        match level {
            Level::Part => format!("Phần {}", roman(up(&mut self.part))),
            Level::Section => format!("Mục {}", up(&mut self.section)),
            Level::Group => format!("{}.", roman(up(&mut self.group))),
            Level::Article => format!("Điều {}.", up(&mut self.article)),
            Level::Clause => format!("{}.", up(&mut self.clause)),
            Level::Point => format!("{})", letter(up(&mut self.point))),
        }
    }

    fn begin_below(&mut self, level: Level) {
        let below = [
            (Level::Section, &mut self.section),
            (Level::Group, &mut self.group),
            (Level::Clause, &mut self.clause),
            (Level::Point, &mut self.point),
        ];
        for (other, count) in below {
            if other > level {
                *count = 0;
            }
        }
    }
}

fn up(count: &mut usize) -> usize {
    *count += 1;
    *count
}

/// 4 is "IV".
pub(crate) fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}

/// 5 is "đ"; after "y" comes "aa".
fn letter(number: usize) -> String {
    let place = number.saturating_sub(1);
    let last = LETTERS.get(place % LETTERS.len()).copied().unwrap_or('a');
    let before = place / LETTERS.len();
    if before == 0 { last.to_string() } else { format!("{}{last}", letter(before)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_follow_the_vietnamese_alphabet() {
        let letters: String = (1..=10).map(letter).collect();
        assert_eq!(letters, "abcdđeghik");
        assert_eq!((letter(23), letter(24), letter(46), letter(47)), ("y".into(), "aa".into(), "ay".into(), "ba".into()));
    }

    #[test]
    fn a_higher_item_begins_the_lower_ones_anew_but_articles_go_on() {
        use Level::*;
        let mut labels = Labels::default();
        let levels =
            [Part, Section, Article, Clause, Point, Point, Clause, Point, Section, Article, Clause, Part, Section, Group, Group, Article];
        let told: Vec<String> = levels.iter().map(|level| labels.next(*level)).collect();
        let wanted = [
            "Phần I",
            "Mục 1",
            "Điều 1.",
            "1.",
            "a)",
            "b)",
            "2.",
            "a)",
            "Mục 2",
            "Điều 2.",
            "1.",
            "Phần II",
            "Mục 1",
            "I.",
            "II.",
            "Điều 3.",
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn roman_numbers_are_written_shortest() {
        let some = [1, 4, 9, 14, 40, 90, 400, 1999].map(roman);
        assert_eq!(some, ["I", "IV", "IX", "XIV", "XL", "XC", "CD", "MCMXCIX"]);
    }
}
