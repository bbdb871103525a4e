//! The head of a paper: the two names at the top, number and day, kind, excerpt, who is addressed, the bases.
//! Not for: the body.

use domain::time::Date;

use super::{Line, Looks, Pair, Piece, Side, unended};
use crate::papers::paper::{Head, Issue, Paper};
use crate::papers::rules::{Measure, StyleOf};

pub(super) fn head(paper: &Paper, looks: Looks) -> Vec<Piece> {
    let head = &paper.head;
    let mut pieces = vec![names(head, looks), issue(head, looks), Piece::Line(kind(head, looks)), Piece::Line(excerpt(head, looks))];
    if let Some(authority) = &head.authority {
        pieces.push(Piece::Line(looks.centred(StyleOf::Authority, authority).before(looks.gap()).kept()));
    }
    pieces.extend(to(&head.to, looks));
    pieces.extend(bases(&head.bases, looks));
    pieces
}

fn names(head: &Head, looks: Looks) -> Piece {
    let words = looks.0.words();
    let mut left: Vec<Line> = head.superior.iter().map(|superior| looks.centred(StyleOf::Superior, superior)).collect();
    let issuer = looks.centred(StyleOf::Issuer, &head.issuer);
    if words.star {
        left.extend([issuer, looks.centred(StyleOf::Number, "*")]);
    } else {
        left.push(issuer.ruled(looks.0.measure(Measure::RuleUnderIssuer)));
    }
    let whole = looks.0.measure(Measure::RuleUnderTitle);
    let title = looks.centred(StyleOf::Title, &words.title);
    let right = match &words.motto {
        Some(motto) => vec![title, looks.centred(StyleOf::Motto, motto).ruled(whole)],
        None => vec![title.ruled(whole)],
    };
    Piece::Pair(Pair { share: looks.0.measure(Measure::LeftColumn), left, right })
}

/// Number and day as they are written; room for a pen where they are open.
pub(crate) fn number_and_day(issue: &Issue) -> (String, String) {
    match issue {
        Issue::Draft { symbol, year } | Issue::ToSign { symbol, year } => {
            (format!("{OPEN}{symbol}"), format!("ngày{OPEN}tháng{OPEN}năm {year}"))
        }
        Issue::Given { number, on } => (number.clone(), day(*on)),
    }
}

/// Blanks that no line breaks at.
const OPEN: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

fn issue(head: &Head, looks: Looks) -> Piece {
    let (number, day) = number_and_day(&head.issue);
    let gap = looks.0.measure(Measure::ParagraphGap);
    let mut left = vec![looks.centred(StyleOf::Number, &format!("{}{number}", looks.0.words().number)).before(gap)];
    if matches!(head.issue, Issue::Draft { .. }) {
        left.push(Line { framed: true, ..looks.centred(StyleOf::DraftMark, "Dự thảo").before(gap) });
    }
    let right = vec![looks.centred(StyleOf::PlaceAndDay, &format!("{}, {day}", head.place)).before(gap)];
    Piece::Pair(Pair { share: looks.0.measure(Measure::LeftColumn), left, right })
}

/// "ngày 05 tháng 02 năm 2026": days below ten and the first two months have a zero before them, so that nobody adds a digit.
fn day(on: Date) -> String {
    let month = u8::from(on.month());
    let month = if month < 3 { format!("0{month}") } else { month.to_string() };
    format!("ngày {:02} tháng {month} năm {}", on.day(), on.year())
}

fn kind(head: &Head, looks: Looks) -> Line {
    looks.centred(StyleOf::Kind, &head.kind).before(looks.gap()).kept()
}

fn excerpt(head: &Head, looks: Looks) -> Line {
    looks.centred(StyleOf::Excerpt, &head.excerpt).ruled(looks.0.measure(Measure::RuleUnderExcerpt)).kept()
}

fn to(names: &[String], looks: Looks) -> Vec<Piece> {
    let gap = looks.gap();
    match names {
        [] => Vec::new(),
        [one] => vec![Piece::Line(looks.centred(StyleOf::To, &format!("Kính gửi: {}.", unended(one))).before(gap))],
        many => {
            let indent = looks.0.measure(Measure::FirstLineIndent);
            let line = |text: &str, times: f64| Line { side: Side::Left, indent: indent * times, ..looks.centred(StyleOf::To, text) };
            let label = line("Kính gửi:", 2.0).before(gap).kept();
            let listed = (1..).zip(many).map(|(place, name)| {
                let sign = if place == many.len() { "." } else { ";" };
                line(&format!("- {}{sign}", unended(name)), 3.0)
            });
            std::iter::once(label).chain(listed).map(Piece::Line).collect()
        }
    }
}

fn bases(bases: &[String], looks: Looks) -> Vec<Piece> {
    let lines = (1..).zip(bases).map(|(place, basis)| {
        let sign = if place == bases.len() { "." } else { ";" };
        let line = looks.paragraph(vec![looks.run(StyleOf::Bases, &format!("{}{sign}", unended(basis)))]);
        Piece::Line(if place == 1 { line.before(looks.gap()) } else { line })
    });
    lines.collect()
}
