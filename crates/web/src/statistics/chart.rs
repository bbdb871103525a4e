//! The picture beside a statistics table: columns by year, or one strip of shares for each group of people.
//! Not for: colours (`app.css` gives each part its own by its place) or a chart without its table.

use askama::Template;
use domain::statistics::Table;

use super::table::{head_name, row_name};
use crate::i18n::Lang;

const WIDTH: i64 = 760;
const LEFT: i64 = 56;
const TOP: i64 = 14;
const HEIGHT: i64 = 240;
const STRIP: i64 = 34;
const STRIP_LEFT: i64 = 150;

/// A ready-to-print picture.
#[derive(Template)]
#[template(path = "statistics/chart.html")]
pub(super) struct Picture {
    label: String,
    width: i64,
    height: i64,
    /// Height and text of the lines across.
    lines: Vec<(i64, String)>,
    line_left: i64,
    blocks: Vec<Block>,
    /// Place, height, text and whether the text ends there.
    texts: Vec<(i64, i64, String, bool)>,
    /// Place in the order of colours, and name.
    legend: Vec<(usize, String)>,
}

/// One part of a column or strip.
struct Block {
    part: usize,
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    title: String,
}

/// Rows with their counts by head, both sides of the staff together.
struct Counted {
    heads: Vec<String>,
    rows: Vec<(String, Vec<i64>)>,
}

impl Picture {
    pub(super) fn of(lang: Lang, table: &Table, label: String) -> Self {
        let counted = counted(lang, table);
        let legend = counted.heads.iter().cloned().enumerate().collect();
        if table.id.is_by_year() { columns(lang, &counted, label, legend) } else { strips(lang, &counted, label, legend) }
    }
}

fn counted(lang: Lang, table: &Table) -> Counted {
    let mut heads: Vec<String> = Vec::new();
    for column in table.columns.iter().skip(1) {
        let head = column.split('.').next().unwrap_or(column);
        if heads.last().is_none_or(|last| last != head) {
            heads.push(head.to_owned());
        }
    }
    let sum = |counts: &[i64], head: &String| {
        let of_head = |c: &&String| c.split('.').next() == Some(head.as_str());
        table.columns.iter().zip(counts).filter(|(c, _)| of_head(c)).map(|(_, n)| n).sum()
    };
    let keep_total = table.rows.len() > 2 && !table.id.is_by_year();
    let rows = table.rows.iter().filter(|(key, _)| keep_total || key != "total");
    Counted {
        rows: rows.map(|(key, counts)| (row_name(lang, key), heads.iter().map(|h| sum(counts, h)).collect())).collect(),
        heads: heads.iter().map(|h| head_name(lang, table.id, h)).collect(),
    }
}

/// One column for each year, its parts on top of each other.
fn columns(lang: Lang, counted: &Counted, label: String, legend: Vec<(usize, String)>) -> Picture {
    let most = counted.rows.iter().map(|(_, counts)| counts.iter().sum::<i64>()).max().unwrap_or(0).max(1);
    let step = round_step(most);
    let top = (most / step + 1) * step;
    let height = |n: i64| n.saturating_mul(HEIGHT) / top;
    let count = i64::try_from(counted.rows.len()).unwrap_or(1).max(1);
    let pitch = (WIDTH - LEFT) / count;
    // Years are written as far as they fit; the first always is.
    let every = usize::try_from(44 / pitch.max(1) + 1).unwrap_or(1);
    let (mut blocks, mut texts) = (Vec::new(), Vec::new());
    let mut x = LEFT + pitch / 8;
    for (place, (year, counts)) in counted.rows.iter().enumerate() {
        let mut below = 0;
        for (part, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
            let (bottom, above) = (height(below), height(below + n));
            below += n;
            let title = format!("{year}, {}: {}", counted.heads.get(part).map_or("", String::as_str), lang.number(*n));
            blocks.push(Block { part, x, y: TOP + HEIGHT - above, width: (pitch * 3 / 4).max(1), height: above - bottom, title });
        }
        if place % every == 0 {
            texts.push((x + pitch * 3 / 8, TOP + HEIGHT + 18, year.clone(), false));
        }
        x += pitch;
    }
    let lines = (0..=top / step).map(|n| (TOP + HEIGHT - height(n * step), lang.number(n * step))).collect();
    Picture { label, width: WIDTH, height: TOP + HEIGHT + 28, lines, line_left: LEFT, blocks, texts, legend }
}

/// One strip for each group, as long for few people as for many, because the shares are compared.
fn strips(lang: Lang, counted: &Counted, label: String, legend: Vec<(usize, String)>) -> Picture {
    let whole = WIDTH - STRIP_LEFT - 60;
    let (mut blocks, mut texts) = (Vec::new(), Vec::new());
    let mut y = TOP;
    for (name, counts) in &counted.rows {
        let total: i64 = counts.iter().sum();
        let mut before = 0;
        for (part, n) in counts.iter().enumerate().filter(|(_, n)| **n > 0) {
            let (from, to) = (before * whole / total, (before + n) * whole / total);
            before += n;
            let share = lang.percent(n.saturating_mul(10_000) / total);
            let title = format!("{name}, {}: {} ({share})", counted.heads.get(part).map_or("", String::as_str), lang.number(*n));
            blocks.push(Block { part, x: STRIP_LEFT + from, y, width: to - from, height: STRIP * 2 / 3, title });
        }
        texts.push((STRIP_LEFT - 10, y + STRIP / 2 - 1, name.clone(), true));
        texts.push((WIDTH - 28, y + STRIP / 2 - 1, lang.number(total), false));
        y += STRIP;
    }
    Picture { label, width: WIDTH, height: y, lines: Vec::new(), line_left: STRIP_LEFT, blocks, texts, legend }
}

fn round_step(most: i64) -> i64 {
    let mut step = 1;
    loop {
        for times in [1, 2, 5] {
            if most <= step * times * 5 {
                return step * times;
            }
        }
        step *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::statistics::{TableId, row_keys};

    #[test]
    fn the_parts_of_a_column_stand_on_each_other_without_gaps() {
        let id = TableId::Education;
        let cells = [("postgraduate.cbcc", 3), ("bachelor.vc", 7), ("college.cbcc", 1)].map(|(c, n)| ("2023".to_owned(), c.to_owned(), n));
        let picture = Picture::of(Lang::Vi, &Table::lay_out(id, &row_keys(id, 2023..=2023), &cells), String::new());
        let mut bottom = TOP + HEIGHT;
        for block in &picture.blocks {
            assert_eq!(block.y + block.height, bottom);
            bottom = block.y;
        }
        assert_eq!(picture.blocks.len(), 3);
    }

    #[test]
    fn an_empty_table_draws_nothing_and_does_not_fail() {
        for id in TableId::ALL {
            let picture = Picture::of(Lang::En, &Table::lay_out(*id, &row_keys(*id, 2020..=2023), &[]), String::new());
            assert!(picture.blocks.is_empty());
        }
    }
}
