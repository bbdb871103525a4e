//! A person under construction: history, studies and what becomes rows in the end.
//! Not for: chance; who builds a person brings it.

use domain::people::{Band, Degree, QualificationKind, RatingKind, ReceiptKind, Sex, StaffKind, StudyField};
use domain::time::Date;
use domain::training::{FollowUpKind, Outcome, TrainingKind};

use crate::leaders::Profile;
use crate::rows::{Batch, FollowUp, Official, Posting, Qualification, Rating, Receipt, Record};

/// An attendance with what followed it.
pub(crate) struct Attendance {
    pub record: Record,
    pub follow_ups: Vec<(FollowUpKind, Date, Option<Band>)>,
}

/// A person.
pub(crate) struct Person {
    pub id: i64,
    pub name: String,
    pub birth_on: Date,
    pub sex: Sex,
    pub ethnicity: i32,
    /// Viên chức for life; everybody else is on the side of cán bộ, công chức. Nobody changes sides, so that the side of a record
    /// never depends on its day.
    pub public: bool,
    pub lead: Option<Profile>,
    pub field: StudyField,
    /// Advises on administrative reform.
    pub reform: bool,
    /// A leader of the tables who took part under the provincial scheme.
    pub under_scheme: bool,
    /// In order of time, without overlaps.
    pub postings: Vec<Posting>,
    pub attended: Vec<Attendance>,
    pub qualifications: Vec<Qualification>,
    pub ratings: Vec<(RatingKind, Band, Date)>,
    pub receipts: Vec<(ReceiptKind, Date)>,
}

impl Person {
    /// The posting held on a day.
    pub(crate) fn posting(&self, on: Date) -> Option<&Posting> {
        self.postings.iter().find(|p| p.starts_on <= on && p.ends_on.is_none_or(|end| on < end))
    }

    /// Closes what is open on that day and begins something new.
    pub(crate) fn begin(&mut self, posting: Posting) {
        self.stop(posting.starts_on);
        self.postings.push(posting);
    }

    /// Nothing is held from this day on.
    pub(crate) fn stop(&mut self, on: Date) {
        self.postings.retain(|p| p.starts_on < on);
        for posting in &mut self.postings {
            posting.ends_on = Some(posting.ends_on.map_or(on, |end| end.min(on)));
        }
    }

    /// Whether the person works from the first to the last day without a gap.
    pub(crate) fn works(&self, first: Date, last: Date) -> bool {
        self.posting(first).is_some() && self.posting(last).is_some()
    }

    /// Whether nothing is attended on any of these days.
    pub(crate) fn is_free(&self, first: Date, last: Date) -> bool {
        self.attended.iter().all(|a| a.record.ends_on.is_some_and(|end| end < first) || last < a.record.starts_on)
    }

    /// Degrees sought so far: rank, first day, whether it ended well.
    pub(crate) fn studies(&self) -> impl Iterator<Item = (i32, Date, bool)> + '_ {
        self.attended.iter().filter(|a| a.record.kind == TrainingKind::Education).filter_map(|a| {
            let record = &a.record;
            Some((record.degree?.rank(), record.starts_on, matches!(record.outcome, Outcome::Finished | Outcome::Studying)))
        })
    }

    /// Completed years on a day.
    pub(crate) fn age(&self, on: Date) -> i32 {
        domain::time::age(self.birth_on, on)
    }

    /// Splits the posting of a day; the later part is what `change` makes of it.
    pub(crate) fn split(&mut self, on: Date, change: impl FnOnce(&mut Posting)) -> bool {
        let Some(at) = self.postings.iter().position(|p| p.starts_on < on && p.ends_on.is_none_or(|end| on < end)) else { return false };
        let Some(first) = self.postings.get_mut(at) else { return false };
        let mut second = first.clone();
        first.ends_on = Some(on);
        second.starts_on = on;
        second.appointment = None;
        change(&mut second);
        self.postings.insert(at + 1, second);
        true
    }

    pub(crate) fn qualify(&mut self, kind: QualificationKind, grade: &str, granted_on: Date) {
        let grade = Some(grade.to_owned());
        self.qualifications.push(Qualification { official: self.id, kind, degree: None, field: None, grade, granted_on });
    }

    pub(crate) fn graduate(&mut self, degree: Degree, field: StudyField, granted_on: Date) {
        let kind = QualificationKind::Professional;
        self.qualifications.push(Qualification {
            official: self.id,
            kind,
            degree: Some(degree),
            field: Some(field),
            grade: None,
            granted_on,
        });
    }

    /// Turns the person into rows; record ids continue from `next`.
    pub(crate) fn write(self, next: &mut i64, batch: &mut Batch) {
        let id = self.id;
        batch.officials.push(Official {
            id,
            code: format!("QN{id:07}"),
            name: self.name,
            birth_on: self.birth_on,
            sex: self.sex,
            ethnicity: self.ethnicity,
        });
        batch.postings.extend(self.postings.into_iter().map(|p| Posting { official: id, ..p }));
        batch.qualifications.extend(self.qualifications.into_iter().map(|q| Qualification { official: id, ..q }));
        for Attendance { record, follow_ups } in self.attended {
            let row = Record { id: *next, official: id, ..record };
            batch.follow_ups.extend(follow_ups.into_iter().map(|(kind, on, band)| FollowUp { record: row.id, kind, on, band }));
            batch.records.push(row);
            *next += 1;
        }
        batch.ratings.extend(self.ratings.into_iter().map(|(kind, band, on)| Rating { official: id, kind, band, on }));
        batch.receipts.extend(self.receipts.into_iter().map(|(kind, on)| Receipt { official: id, kind, on }));
    }
}

/// The day somebody of this sex and birth retires.
pub(crate) fn retirement(birth: Date, sex: Sex) -> Date {
    crate::days::months(birth, if sex == Sex::Male { 61 * 12 } else { 57 * 12 })
}

/// The kind of staff of somebody without a leading post.
pub(crate) const fn staff(public: bool) -> StaffKind {
    if public { StaffKind::VienChuc } else { StaffKind::CongChuc }
}
