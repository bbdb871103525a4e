//! Texts that say where something stands, as people paste them from maps, phones and papers.
//! Not for: addresses in words.

use std::iter::Peekable;
use std::str::Chars;

use super::{EAST, NORTH, Spot, SpotFault};
use crate::text::fold;

/// A part of the text; numbers in thousand-millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number(i64),
    Mark(Mark),
    /// Which of the two angles is spoken of, and whether it is south or west.
    Side(Axis, bool),
    /// Ends an angle.
    Gap,
    Minus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Degrees,
    Minutes,
    Seconds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    North,
    East,
}

/// Thousand-millionths of one.
const ONE: i64 = 1_000_000_000;
/// Digits behind the point that are read; a millionth of a degree is a hand's breadth.
const DIGITS: usize = 9;

pub(super) fn read(text: &str) -> Result<Spot, SpotFault> {
    let tokens = lex(text)?;
    let angles = angles(&tokens)?;
    let [first, second] = angles.as_slice() else { return Err(SpotFault::NotTwo) };
    let sides: Vec<Axis> = axes(&tokens);
    let is_turned = sides == [Axis::East, Axis::North];
    let (north, east) = if is_turned { (*second, *first) } else { (*first, *second) };
    let is_behind = |axis: Axis| tokens.contains(&Token::Side(axis, true));
    let north = if is_behind(Axis::North) { -north } else { north };
    let east = if is_behind(Axis::East) { -east } else { east };
    let fits = |value: i64, bounds: (i32, i32)| (i64::from(bounds.0)..=i64::from(bounds.1)).contains(&value);
    if !fits(north, NORTH) {
        let is_swapped = sides.is_empty() && fits(north, EAST) && fits(east, NORTH);
        return Err(if is_swapped { SpotFault::Swapped } else { SpotFault::OutsideNorth });
    }
    if !fits(east, EAST) {
        return Err(SpotFault::OutsideEast);
    }
    let whole = |value: i64| i32::try_from(value).map_err(|_| SpotFault::Unreadable);
    Ok(Spot { latitude: whole(north)?, longitude: whole(east)? })
}

/// In which order the sides are named, each once.
fn axes(tokens: &[Token]) -> Vec<Axis> {
    let mut axes: Vec<Axis> = tokens.iter().filter_map(|token| if let Token::Side(axis, _) = token { Some(*axis) } else { None }).collect();
    axes.dedup();
    axes
}

fn lex(text: &str) -> Result<Vec<Token>, SpotFault> {
    let text = text.trim();
    let text = text.strip_prefix("geo:").unwrap_or(text);
    let is_pointed = has_point(text);
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let token = match c {
            '0'..='9' => Token::Number(number(c, &mut chars, is_pointed)?),
            '°' | 'º' | '˚' => Token::Mark(Mark::Degrees),
            '"' | '”' | '“' | '″' => Token::Mark(Mark::Seconds),
            '\'' | '’' | '‘' | '′' | '´' | 'ʹ' => {
                let is_double = chars.next_if_eq(&c).is_some();
                Token::Mark(if is_double { Mark::Seconds } else { Mark::Minutes })
            }
            '–' | '—' => Token::Gap,
            '-' | '−' if chars.peek().is_some_and(|next| next.is_whitespace()) => Token::Gap,
            '-' | '−' => Token::Minus,
            ',' | ';' | '/' | '|' | '\n' => Token::Gap,
            '(' | ')' | '[' | ']' | ':' | '=' | '+' | '.' => continue,
            c if c.is_whitespace() => continue,
            c if c.is_alphabetic() => match word(c, &mut chars, &tokens)? {
                Some(token) => token,
                None => continue,
            },
            _ => return Err(SpotFault::Unreadable),
        };
        tokens.push(token);
    }
    Ok(tokens)
}

/// Whether a point stands between digits; then a comma between digits parts two numbers.
fn has_point(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).any(|three| matches!(three, [a, '.', b] if a.is_ascii_digit() && b.is_ascii_digit()))
}

fn number(first: char, chars: &mut Peekable<Chars<'_>>, is_pointed: bool) -> Result<i64, SpotFault> {
    let mut whole = String::from(first);
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        whole.push(digit);
    }
    let mut part = String::new();
    let mark = if is_pointed { '.' } else { ',' };
    let mut ahead = chars.clone();
    if ahead.next() == Some(mark) && ahead.next().is_some_and(|c| c.is_ascii_digit()) {
        chars.next();
        while let Some(digit) = chars.next_if(char::is_ascii_digit) {
            part.push(digit);
        }
    }
    if whole.len() > 3 {
        return Err(SpotFault::Unreadable);
    }
    let part: String = part.chars().chain("000000000".chars()).take(DIGITS).collect();
    let read = |digits: &str| digits.parse::<i64>().map_err(|_| SpotFault::Unreadable);
    Ok(read(&whole)? * ONE + read(&part)?)
}

/// A word; nothing for one that says no more than that an angle follows.
fn word(first: char, chars: &mut Peekable<Chars<'_>>, before: &[Token]) -> Result<Option<Token>, SpotFault> {
    let mut word = String::from(first);
    while let Some(letter) = chars.next_if(|c| c.is_alphabetic() || is_loose_mark(*c)) {
        word.push(letter);
    }
    let follows_number = matches!(before.last(), Some(Token::Number(_)));
    Ok(match fold(&word).as_str() {
        // In Vietnamese N is south too, but nothing of Việt Nam lies there.
        "b" | "bac" | "n" | "north" | "vi" | "lat" | "latitude" => Some(Token::Side(Axis::North, false)),
        "nam" | "s" | "south" => Some(Token::Side(Axis::North, true)),
        "d" | "dong" | "e" | "east" | "kinh" | "lon" | "long" | "lng" | "longitude" => Some(Token::Side(Axis::East, false)),
        "t" | "tay" | "w" | "west" => Some(Token::Side(Axis::East, true)),
        "do" if follows_number => Some(Token::Mark(Mark::Degrees)),
        "phut" if follows_number => Some(Token::Mark(Mark::Minutes)),
        "giay" if follows_number => Some(Token::Mark(Mark::Seconds)),
        "va" | "and" => Some(Token::Gap),
        "do" | "toa" | "gps" => None,
        _ => return Err(SpotFault::Unreadable),
    })
}

/// Marks that stand apart from their letter in some texts.
fn is_loose_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// An angle in the making: degrees, minutes, seconds, and the last that was told.
type Making = ([i64; 3], Option<Mark>);

/// The angles in millionths of a degree.
fn angles(tokens: &[Token]) -> Result<Vec<i64>, SpotFault> {
    if tokens.iter().any(|token| matches!(token, Token::Mark(_))) { marked(tokens) } else { plain(tokens) }
}

/// Without signs for degrees: two numbers, or two and two or three and three of them.
fn plain(tokens: &[Token]) -> Result<Vec<i64>, SpotFault> {
    let mut numbers = Vec::new();
    let mut is_minus = false;
    for token in tokens {
        match token {
            Token::Minus => is_minus = true,
            Token::Number(value) => {
                numbers.push(if is_minus { -value } else { *value });
                is_minus = false;
            }
            _ => is_minus = false,
        }
    }
    match numbers.as_slice() {
        [a, b] => Ok(vec![millionths([*a, 0, 0])?, millionths([*b, 0, 0])?]),
        [a, b, c, d] => Ok(vec![millionths([*a, *b, 0])?, millionths([*c, *d, 0])?]),
        [a, b, c, d, e, f] => Ok(vec![millionths([*a, *b, *c])?, millionths([*d, *e, *f])?]),
        _ => Err(SpotFault::NotTwo),
    }
}

fn marked(tokens: &[Token]) -> Result<Vec<i64>, SpotFault> {
    let mut angles = Vec::new();
    let mut open: Option<Making> = None;
    let mut close = |open: &mut Option<Making>| -> Result<(), SpotFault> {
        if let Some((parts, _)) = open.take() {
            angles.push(millionths(parts)?);
        }
        Ok(())
    };
    let mut rest = tokens.iter().peekable();
    let mut sign = 1;
    while let Some(token) = rest.next() {
        match token {
            Token::Gap | Token::Side(..) => close(&mut open)?,
            Token::Minus => sign = -1,
            Token::Mark(_) => return Err(SpotFault::Unreadable),
            Token::Number(value) => {
                let mark = rest.next_if(|next| matches!(next, Token::Mark(_)));
                let told = if let Some(Token::Mark(mark)) = mark { Some(*mark) } else { None };
                let last = open.and_then(|(_, last)| last);
                // A number without a sign is what comes after the last one.
                let is = told.unwrap_or(match last {
                    Some(Mark::Degrees) => Mark::Minutes,
                    Some(Mark::Minutes) => Mark::Seconds,
                    Some(Mark::Seconds) | None => Mark::Degrees,
                });
                if last.is_some_and(|last| is <= last) {
                    close(&mut open)?;
                }
                let (mut parts, _) = open.unwrap_or(([0; 3], None));
                let [degrees, minutes, seconds] = &mut parts;
                *match is {
                    Mark::Degrees => degrees,
                    Mark::Minutes => minutes,
                    Mark::Seconds => seconds,
                } = sign * value;
                sign = 1;
                open = Some((parts, Some(is)));
            }
        }
    }
    close(&mut open)?;
    Ok(angles)
}

fn millionths([degrees, minutes, seconds]: [i64; 3]) -> Result<i64, SpotFault> {
    if minutes.abs() >= 60 * ONE || seconds.abs() >= 60 * ONE {
        return Err(SpotFault::OddAngle);
    }
    // Seconds of thousand-millionths of a degree.
    let all = degrees * 3_600 + minutes * 60 + seconds;
    Ok((all + 1_800_000).div_euclid(3_600_000))
}
