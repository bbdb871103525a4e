//! The filter of a list in an address and back; what cannot be read is left out.
//! Not for: showing it (`chips`, `panel`).

use domain::lists::{Ages, Column, Filter, Held, OLDEST, Trained, Working};
use domain::orgs::Level;
use domain::people::{LeaderGroup, Leadership, Sex, StaffKind, StudyField};
use domain::register::ETHNIC_GROUPS;
use domain::time::iso;
use domain::training::{ContentGroup, TrainingKind};

use crate::asked::Asked;

/// A name in an address and its value.
pub(crate) type Pair = (&'static str, String);

/// Most choices of one question; an address is shared, not a file.
const MOST: usize = 60;

/// The filter of an address.
pub(crate) fn read(asked: &Asked) -> Filter {
    Filter {
        staff: codes(asked, "loai", StaffKind::from_code),
        leaders: asked.text("lanh-dao").is_some(),
        leaderships: codes(asked, "chuc-vu", Leadership::from_code),
        groups: codes(asked, "nhom", LeaderGroup::from_code),
        levels: codes(asked, "cap", Level::from_code),
        grades: codes(asked, "ngach", |text| Some(text.to_owned()).filter(|text| text.chars().count() <= 40)),
        sex: one(&codes(asked, "gioi", Sex::from_code)),
        ages: Ages { from: age(asked, "tuoi-tu"), to: age(asked, "tuoi-den") },
        ethnic_groups: codes(asked, "dan-toc", |text| text.parse().ok().filter(|group| ETHNIC_GROUPS.contains(group))),
        holds: codes(asked, "co", Held::parse),
        lacks: codes(asked, "thieu", Held::parse),
        fields: codes(asked, "nganh", StudyField::from_code),
        trained: trained(asked),
        working: asked.text("lam-viec").and_then(Working::from_code).filter(|working| *working != Working::AtWork),
    }
}

fn codes<T: PartialEq>(asked: &Asked, name: &str, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
    let mut found = Vec::new();
    for code in asked.all(name).filter_map(read).take(MOST) {
        if !found.contains(&code) {
            found.push(code);
        }
    }
    found
}

/// Two ticked boxes of two ask for everybody.
const fn one(sexes: &[Sex]) -> Option<Sex> {
    match sexes {
        [sex] => Some(*sex),
        _ => None,
    }
}

fn age(asked: &Asked, name: &str) -> Option<i32> {
    asked.text(name).and_then(|text| text.parse().ok()).filter(|age| (0..=OLDEST).contains(age))
}

fn trained(asked: &Asked) -> Option<Trained> {
    let did = match asked.text("hoc")? {
        "roi" => true,
        "chua" => false,
        _ => return None,
    };
    Some(Trained {
        did,
        from: asked.day("hoc-tu"),
        to: asked.day("hoc-den"),
        kind: asked.text("hoc-kieu").and_then(TrainingKind::from_code),
        content: asked.text("noi-dung").and_then(ContentGroup::from_code),
        topic: asked.text("chuyen-de").and_then(|text| text.split_once('/')).map(|(scheme, topic)| (scheme.to_owned(), topic.to_owned())),
    })
}

/// The filter as pairs of an address.
pub(crate) fn pairs(filter: &Filter) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    pairs.extend(filter.staff.iter().map(|staff| ("loai", staff.code().to_owned())));
    pairs.extend(filter.leaders.then(|| ("lanh-dao", "1".to_owned())));
    pairs.extend(filter.leaderships.iter().map(|post| ("chuc-vu", post.code().to_owned())));
    pairs.extend(filter.groups.iter().map(|group| ("nhom", group.code().to_owned())));
    pairs.extend(filter.levels.iter().map(|level| ("cap", level.code().to_owned())));
    pairs.extend(filter.grades.iter().map(|grade| ("ngach", grade.clone())));
    pairs.extend(filter.sex.map(|sex| ("gioi", sex.code().to_owned())));
    pairs.extend(filter.ages.from.map(|age| ("tuoi-tu", age.to_string())));
    pairs.extend(filter.ages.to.map(|age| ("tuoi-den", age.to_string())));
    pairs.extend(filter.ethnic_groups.iter().map(|group| ("dan-toc", group.to_string())));
    pairs.extend(filter.holds.iter().map(|held| ("co", held.code())));
    pairs.extend(filter.lacks.iter().map(|held| ("thieu", held.code())));
    pairs.extend(filter.fields.iter().map(|field| ("nganh", field.code().to_owned())));
    if let Some(asked) = &filter.trained {
        pairs.push(("hoc", if asked.did { "roi" } else { "chua" }.to_owned()));
        pairs.extend(asked.from.map(|day| ("hoc-tu", iso(day))));
        pairs.extend(asked.to.map(|day| ("hoc-den", iso(day))));
        pairs.extend(asked.kind.map(|kind| ("hoc-kieu", kind.code().to_owned())));
        pairs.extend(asked.content.map(|content| ("noi-dung", content.code().to_owned())));
        pairs.extend(asked.topic.as_ref().map(|(scheme, topic)| ("chuyen-de", format!("{scheme}/{topic}"))));
    }
    pairs.extend(filter.working.map(|working| ("lam-viec", working.code().to_owned())));
    pairs
}

/// Columns of an address, `a,b,c`; none when none is known.
pub(crate) fn columns(text: &str) -> Vec<Column> {
    let mut found = Vec::new();
    for column in text.split(',').filter_map(|code| Column::from_code(code.trim())) {
        if !found.contains(&column) {
            found.push(column);
        }
    }
    found
}

/// Columns as they stand in an address.
pub(crate) fn of_columns(columns: &[Column]) -> String {
    columns.iter().map(|column| column.code()).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::dice::Dice;

    #[test]
    fn every_filter_comes_back_from_its_address() {
        for seed in 0..300 {
            let filter = testkit::lists::filter(&mut Dice::new(seed));
            let mut expected = filter.clone();
            expected.working = filter.working.filter(|working| *working == Working::Left);
            let mut seen = Vec::new();
            expected.holds.retain(|held| {
                !seen.contains(held) && {
                    seen.push(*held);
                    true
                }
            });
            seen.clear();
            expected.lacks.retain(|held| {
                !seen.contains(held) && {
                    seen.push(*held);
                    true
                }
            });
            let pairs = pairs(&expected);
            let asked = Asked::of(&pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>());
            assert_eq!(read(&asked), expected, "{pairs:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let odd = [("loai", "x"), ("tuoi-tu", "-1"), ("tuoi-den", "999"), ("co", "it.z"), ("dan-toc", "55"), ("hoc", "?"), ("gioi", "")];
        assert_eq!(read(&Asked::of(&odd)), Filter::default());
        assert_eq!(columns("ma,x,ma, don-vi"), [Column::Code, Column::Unit]);
    }
}
