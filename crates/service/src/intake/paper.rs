//! Degrees and certificates of a row against those that are known: new, better dated, the same, or lower than what is known.
//! Not for: identities and postings (`judge`).

use domain::ids::OfficialId;
use domain::people::{Degree, QualificationKind};
use domain::register::Source;
use domain::time::Date;
use store::read::intake::KnownPaper;
use store::write::register::NewQualification;

use super::wish::{PaperWish, first_day, may_be};

/// What becomes of a paper of a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PaperState {
    /// It is new.
    New(Box<NewQualification>),
    /// It is known, but since another day: its key and the right day.
    Dated(i64, Date),
    /// It is known.
    Same,
    /// A higher one of its kind is known; lists tell the highest one, so this is worth a look.
    Lower,
    /// It would be held since a day that is still to come.
    InFuture,
    /// It would be held since before the age of fifteen.
    TooYoung,
}

/// The age from which anything can be held.
const LEAST_AGE: i32 = 15;

/// Compares a paper with those of the person. `as_of` is the day of the file: what it says without a day is held on that day at the latest.
pub(super) fn compare(wish: &PaperWish, known: &[KnownPaper], birth_on: Date, as_of: Date, today: Date) -> PaperState {
    let day = wish.on.and_then(first_day);
    let of_kind = || known.iter().filter(|paper| paper.kind == wish.kind);
    let same = || of_kind().filter(|paper| is_same(wish, paper));
    // What is known already is not judged again, and of several alike the row means the one of its day.
    if same().any(|paper| wish.on.is_none_or(|on| may_be(on, paper.granted_on))) {
        return PaperState::Same;
    }
    if day.is_some_and(|day| day > today) {
        return PaperState::InFuture;
    }
    if day.is_some_and(|day| domain::time::age(birth_on, day) < LEAST_AGE && day.year() - birth_on.year() < LEAST_AGE) {
        return PaperState::TooYoung;
    }
    if let Some(same) = same().next() {
        return day.map_or(PaperState::Same, |day| PaperState::Dated(same.id, day));
    }
    if of_kind().any(|paper| rank_of(paper) > rank(wish)) {
        return PaperState::Lower;
    }
    PaperState::New(Box::new(new(wish, day.unwrap_or(as_of))))
}

fn is_same(wish: &PaperWish, paper: &KnownPaper) -> bool {
    let same_study = wish.study.is_none() || paper.field.is_none() || wish.study == paper.field;
    if wish.kind == QualificationKind::Professional { wish.degree == paper.degree && same_study } else { wish.level == paper.grade }
}

fn rank(wish: &PaperWish) -> usize {
    rank_in(wish.kind, wish.degree, wish.level.as_deref())
}

/// How high a paper is among those of its kind.
pub(crate) fn rank_of(paper: &KnownPaper) -> usize {
    rank_in(paper.kind, paper.degree, paper.grade.as_deref())
}

fn rank_in(kind: QualificationKind, degree: Option<Degree>, level: Option<&str>) -> usize {
    if kind == QualificationKind::Professional {
        return degree.map_or(0, |degree| usize::try_from(degree.rank()).unwrap_or(0));
    }
    level.and_then(|level| kind.levels().iter().position(|known| *known == level)).map_or(0, |place| place + 1)
}

fn new(wish: &PaperWish, granted_on: Date) -> NewQualification {
    NewQualification {
        official: OfficialId(0),
        kind: wish.kind,
        degree: wish.degree,
        field: wish.study,
        grade: wish.level.clone(),
        granted_on,
        expires_on: None,
        issuer: wish.issuer.clone(),
        number: wish.number.clone(),
        source: Source::Imported,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::date;
    use workbooks::values::Dated;

    fn day(year: i32, month: u8, day: u8) -> Date {
        date(year, month, day).unwrap()
    }

    fn theory(level: &str, on: Option<Dated>) -> PaperWish {
        let kind = QualificationKind::PoliticalTheory;
        PaperWish { field: "theory", kind, degree: None, study: None, level: Some(level.to_owned()), on, issuer: None, number: None }
    }

    #[test]
    fn papers_are_new_known_dated_or_lower() {
        let known = KnownPaper {
            id: 7,
            kind: QualificationKind::PoliticalTheory,
            degree: None,
            field: None,
            grade: Some("trung_cap".to_owned()),
            granted_on: day(2019, 6, 30),
            expires_on: None,
            issuer: None,
            number: None,
        };
        let (born, as_of, today) = (day(1980, 5, 1), day(2026, 9, 30), day(2026, 11, 22));
        let of = |wish: PaperWish| compare(&wish, std::slice::from_ref(&known), born, as_of, today);
        assert_eq!(of(theory("trung_cap", None)), PaperState::Same);
        assert_eq!(of(theory("trung_cap", Some(Dated::Year(2019)))), PaperState::Same);
        assert_eq!(of(theory("trung_cap", Some(Dated::Day(day(2018, 1, 2))))), PaperState::Dated(7, day(2018, 1, 2)));
        assert_eq!(of(theory("so_cap", None)), PaperState::Lower);
        assert_eq!(of(theory("cao_cap", Some(Dated::Year(2030)))), PaperState::InFuture);
        assert_eq!(of(theory("cao_cap", Some(Dated::Year(1990)))), PaperState::TooYoung);
        let PaperState::New(new) = of(theory("cao_cap", None)) else { panic!("a higher one is new") };
        assert_eq!((new.granted_on, new.source), (as_of, Source::Imported));
    }
}
