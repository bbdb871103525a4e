//! Questions of a list that few people may meet, and everybody who may meet one of them, found by an index of its own.
//! Not for: the other questions of the list; whoever is found here is asked them afterwards (`pages`).

use domain::lists::{Ages, Held, Trained};
use domain::people::QualificationKind;
use domain::time::{Date, number};

use super::list::Wanted;
use crate::read::units;
use crate::sql::Sql;

/// One question of a list from whose side people can be gathered.
pub(super) enum Side<'a> {
    /// A word of the name or the code, or of the unit on any day.
    Word(&'a str),
    /// Two words, the rarer one first, and whether each stands in a unit of a day or in a former code beside names: many people may have
    /// either, and few both.
    Both([(&'a str, bool); 2], Date),
    /// Grades.
    Grades(&'a [String]),
    /// Degrees or certificates of at least a level.
    Held(Held),
    /// Ethnic groups.
    Ethnic(&'a [i32]),
    /// Ages on a day.
    Ages(Ages, Date),
    /// Training in a topic of a scheme.
    Topic(&'a str, &'a str),
}

impl Side<'_> {
    /// The sides of a list.
    pub(super) fn all(wanted: &Wanted, on: Date) -> Vec<Side<'_>> {
        let filter = &wanted.filter;
        let mut sides: Vec<Side<'_>> = wanted.text.split_whitespace().map(Side::Word).collect();
        sides.extend((!filter.grades.is_empty()).then_some(Side::Grades(&filter.grades)));
        sides.extend(filter.holds.iter().filter(|held| held.least() > 0).map(|held| Side::Held(*held)));
        sides.extend((!filter.ethnic_groups.is_empty()).then_some(Side::Ethnic(&filter.ethnic_groups)));
        sides.extend((filter.ages != Ages::default()).then_some(Side::Ages(filter.ages, on)));
        if let Some(Trained { did: true, topic: Some((scheme, topic)), .. }) = &filter.trained {
            sides.push(Side::Topic(scheme, topic));
        }
        sides
    }

    /// Statements that together give the key of everybody who may meet the question, some more than once.
    pub(super) fn push(&self, sql: &mut Sql) {
        match self {
            Side::Word(word) => of_word(sql, word),
            Side::Both([rare, frequent], on) => {
                named_by(sql, frequent.0);
                sql.push(" AND w.official_id IN (");
                with_word(sql, rare.0);
                if rare.1 {
                    in_units(sql.push(" UNION ALL "), rare.0, Some(*on));
                }
                sql.push(")");
                if rare.1 {
                    former(sql, rare.0);
                    in_units(sql.push(" UNION ALL "), rare.0, Some(*on));
                    sql.push(" AND n.folded LIKE ").bind(format!("%{}%", units::like(frequent.0))).push(" ESCAPE '\\'");
                }
                if frequent.1 {
                    former(sql, frequent.0);
                    in_units(sql.push(" UNION ALL "), frequent.0, Some(*on));
                    with_word(sql.push(" AND p.official_id IN ("), rare.0);
                    sql.push(")");
                }
            }
            Side::Grades(grades) => {
                sql.push("SELECT p.official_id AS id FROM posting p WHERE p.grade IS NOT NULL");
                sql.and_in("p.grade", grades.iter().map(String::as_str));
            }
            Side::Held(held) if held.kind() == QualificationKind::Professional => {
                sql.push("SELECT q.official_id AS id FROM qualification q WHERE q.degree IS NOT NULL");
                sql.and_in("q.degree", held.accepted());
            }
            Side::Held(held) => {
                sql.push("SELECT q.official_id AS id FROM qualification q WHERE q.grade IS NOT NULL AND q.kind = ");
                sql.bind(held.kind().code()).and_in("q.grade", held.accepted());
            }
            Side::Ethnic(groups) => {
                sql.push("SELECT e.id FROM official e WHERE 1 = 1").and_in("e.ethnicity", groups.iter().copied());
            }
            Side::Ages(ages, on) => {
                let (first, last) = ages.births(*on);
                sql.push("SELECT e.id FROM official e WHERE e.birth_on >= ").bind(first.unwrap_or_default());
                sql.push(" AND e.birth_on <= ").bind(last.unwrap_or_else(|| number(*on)));
            }
            Side::Topic(scheme, topic) => {
                sql.push("SELECT t.official_id AS id FROM training_record t WHERE t.scheme = ").bind(*scheme);
                sql.push(" AND t.topic = ").bind(*topic);
            }
        }
    }
}

/// The statement of everybody with a word in the name or the code.
pub(super) fn named_by(sql: &mut Sql, word: &str) {
    sql.push("SELECT w.official_id AS id FROM official_word w WHERE ");
    begins(sql, "w.word", word);
}

/// That a column begins with a word.
fn begins(sql: &mut Sql, column: &str, word: &str) {
    // The first text after every text that begins with the word: no text holds this byte.
    let mut end = word.as_bytes().to_vec();
    end.push(u8::MAX);
    sql.push(column).push(" >= ").bind(word.as_bytes().to_vec());
    sql.push(" AND ").push(column).push(" < ").bind(end);
}

fn of_word(sql: &mut Sql, word: &str) {
    named_by(sql, word);
    former(sql, word);
    in_units(sql.push(" UNION ALL "), word, None);
}

/// And whoever had a code that begins with a word.
fn former(sql: &mut Sql, word: &str) {
    sql.push(" UNION ALL SELECT a.official_id FROM official_alias a WHERE LOWER(a.code) LIKE ");
    sql.bind(format!("{}%", units::like(word))).push(" ESCAPE '\\'");
}

/// Everybody with a word in the name or the code, inside another statement.
fn with_word(sql: &mut Sql, word: &str) {
    sql.push("SELECT x.official_id FROM official_word x WHERE ");
    begins(sql, "x.word", word);
}

/// Whoever is of a unit with a word in its name on a day, or on any day.
fn in_units(sql: &mut Sql, word: &str, on: Option<Date>) {
    sql.push("SELECT p.official_id FROM unit n CROSS JOIN posting p WHERE p.unit_id = n.id AND n.folded LIKE ");
    sql.bind(format!("%{}%", units::like(word))).push(" ESCAPE '\\'");
    if let Some(on) = on.map(number) {
        sql.push(" AND p.starts_on <= ").bind(on).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(on).push(")");
    }
}
