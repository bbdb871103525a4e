//! Notes of a sheet: their texts, and the shapes that programs show them in.
//! Not for: which cells have notes.

use std::collections::BTreeMap;

use super::{MAIN, escaped, noted};
use crate::book::At;
use crate::marked::{LONGEST_NOTE, cut};

/// The part with the texts.
pub(super) fn comments(marks: &BTreeMap<At, String>) -> String {
    let note = |(at, text): (&At, &String)| {
        let text = escaped(&cut(text, LONGEST_NOTE));
        format!(r#"<comment ref="{at}" authorId="0"><text><r><t xml:space="preserve">{text}</t></r></text></comment>"#)
    };
    let notes: String = noted(marks).map(note).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<comments xmlns="{MAIN}"><authors><author></author></authors><commentList>{notes}</commentList></comments>"#
    )
}

/// The part with the shapes; the number keeps shapes of different sheets apart.
pub(super) fn shapes(marks: &BTreeMap<At, String>, number: usize) -> String {
    let shapes: String = noted(marks).enumerate().map(|(place, (at, _))| shape(*at, number * 1_024 + place + 1, place + 1)).collect();
    // Programs count shapes by blocks of a thousand and twenty-four.
    let blocks: Vec<String> = (0..=marks.len() / 1_024).map(|block| (number + block).to_string()).collect();
    let blocks = blocks.join(",");
    format!(
        r##"<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>{shapes}</xml>"##
    )
}

fn shape(at: At, id: usize, order: usize) -> String {
    let (row, column) = (u64::from(at.row), u32::from(at.column));
    // Two columns and four rows beside the cell; in the last ones of a sheet it lies over it.
    let (left, top) = (column.min(16_378) + 1, row.min(1_048_570));
    let anchor = format!("{left}, 15, {top}, 2, {}, 15, {}, 4", left + 4, top + 4);
    format!(
        r##"<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:1.5pt;width:240pt;height:68pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"##
    )
}
