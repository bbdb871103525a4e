//! A little province made for classes: two offices of the state, a commune, a body of the Party, and whoever acts in them.
//! Not for: published figures, or odd histories.

use domain::classes::{ClassAct, Hours, Terms};
use domain::ids::{NominationId, OfficialId, UnitId, UserId};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::people::{Band, Degree, Duty, LeaderGroup, Leadership, RatingKind, Sex, StaffKind, StudyField};
use domain::roles::Role;
use domain::time::{Date, Instant};
use domain::training::{ClassForm, ContentGroup, Mode, TrainingKind};
use service::classes::{self, ClassView, Deed};
use service::nominations::{self, Decision, DecisionRefusal, Entry, Named, RosterLine};
use service::{ActError, Ctx, Services};
use store::seed::Loader;
use store::write::accounts::{self, NewAccount};
use synthetic::rows::{Batch, Frame, Official, Posting, Rating, Unit, UnitLink};
use testkit::databases::Fresh;

use crate::world::{NOW, day, person, today};

pub(crate) const PROVINCE: i64 = 1;
/// An office with twelve people: 1011 and 1012 share a duty.
pub(crate) const OFFICE: i64 = 2;
/// Of that office, and gone before any class begins.
pub(crate) const GONE: i64 = 1100;
/// A commune of ten cán bộ and ten viên chức; all women.
pub(crate) const COMMUNE: i64 = 4;
/// A body of the Party.
pub(crate) const PARTY: i64 = 5;
/// A big office for crowds; nobody in it has a duty.
pub(crate) const CROWD: i64 = 6;

/// Whoever acts, and the province they act in.
pub(crate) struct Hall {
    pub(crate) services: Services,
    pub(crate) affairs: Ctx,
    pub(crate) party: Ctx,
    pub(crate) officer: Ctx,
    pub(crate) head: Ctx,
    pub(crate) stranger: Ctx,
    pub(crate) inspector: Ctx,
    pub(crate) learner: Ctx,
}

fn unit(id: i64, kind: UnitKind, level: Level, bloc: Bloc) -> Unit {
    Unit {
        id,
        code: format!("H99.{id:02}"),
        name: format!("Đơn vị {id}"),
        kind,
        level,
        bloc,
        actor: None,
        starts_on: day("2000-01-01"),
        ends_on: None,
    }
}

fn frame() -> Frame {
    let units = vec![
        unit(PROVINCE, UnitKind::Province, Level::Province, Bloc::State),
        Unit { actor: Some("so-noi-vu".to_owned()), ..unit(OFFICE, UnitKind::Department, Level::Province, Bloc::State) },
        unit(COMMUNE, UnitKind::Commune, Level::Commune, Bloc::State),
        unit(PARTY, UnitKind::PartyBody, Level::Province, Bloc::Party),
        unit(CROWD, UnitKind::Department, Level::Province, Bloc::State),
    ];
    let link = |unit: &Unit| UnitLink { unit: unit.id, parent: PROVINCE, starts_on: unit.starts_on, ends_on: None };
    let links = units.iter().filter(|unit| unit.id != PROVINCE).map(link).collect();
    Frame { units, links, ..Frame::default() }
}

fn people(batch: &mut Batch, unit: &Unit, ids: std::ops::Range<i64>, staff: StaffKind) {
    for id in ids {
        let sex = if unit.id == COMMUNE { Sex::Female } else { Sex::Male };
        let born = if unit.id == OFFICE { day("1990-05-10") } else { day("1975-05-10") };
        batch.officials.push(Official { id, code: code(id), name: format!("Nguyễn Văn {id}"), birth_on: born, sex, ethnicity: 1 });
        batch.postings.push(Posting {
            official: id,
            unit: unit.id,
            title: "Chuyên viên".to_owned(),
            staff,
            level: unit.level,
            bloc: unit.bloc,
            leadership: None,
            group: None,
            duty: matches!(id, 1011 | 1012).then_some(Duty::AdministrativeReform),
            appointment: None,
            fits_post: true,
            starts_on: day("2015-01-01"),
            ends_on: None,
        });
        for year in [2023, 2024, 2025] {
            let on = domain::time::date(year, 12, 1).unwrap();
            batch.ratings.push(Rating { official: id, kind: RatingKind::Yearly, band: Band::Good, on });
        }
    }
}

pub(crate) fn code(id: i64) -> String {
    format!("HT{id:06}")
}

/// The province with so many people in its crowd.
pub(crate) async fn hall(fresh: &Fresh, crowd: i64) -> Hall {
    let frame = frame();
    furnished(fresh, &frame, &people_of(&frame, crowd)).await
}

/// The same where 1001 to 1003 lead divisions.
pub(crate) async fn led(fresh: &Fresh) -> Hall {
    let frame = frame();
    let mut batch = people_of(&frame, 0);
    batch.postings.iter_mut().filter(|posting| (1001..=1003).contains(&posting.official)).for_each(|posting| {
        posting.leadership = Some(Leadership::ProvinceDivisionHead);
        posting.group = Some(LeaderGroup::N3);
    });
    furnished(fresh, &frame, &batch).await
}

fn people_of(frame: &Frame, crowd: i64) -> Batch {
    let mut batch = Batch::default();
    let of = |id: i64| frame.units.iter().find(|unit| unit.id == id).unwrap();
    people(&mut batch, of(OFFICE), 1001..1013, StaffKind::CongChuc);
    people(&mut batch, of(OFFICE), GONE..GONE + 1, StaffKind::CongChuc);
    batch.postings.iter_mut().filter(|posting| posting.official == GONE).for_each(|posting| posting.ends_on = Some(day("2026-12-01")));
    people(&mut batch, of(COMMUNE), 2001..2011, StaffKind::CanBo);
    people(&mut batch, of(COMMUNE), 2011..2021, StaffKind::VienChuc);
    people(&mut batch, of(PARTY), 3001..3006, StaffKind::CongChuc);
    people(&mut batch, of(CROWD), 5001..5001 + crowd, StaffKind::CongChuc);
    batch
}

async fn furnished(fresh: &Fresh, frame: &Frame, batch: &Batch) -> Hall {
    let mut loader = Loader::begin(&fresh.db, frame).await.unwrap();
    loader.add(&fresh.db, batch).await.unwrap();
    let tx = fresh.db.write().await.unwrap();
    crate::world::shipped(&tx).await;
    let mut users: Vec<UserId> = Vec::new();
    for login in ["an", "binh", "chi", "dung", "em", "giang", "hoa"] {
        users.push(accounts::create(&tx, &NewAccount { login, name: login, password_hash: "-", official: None }, NOW).await.unwrap());
    }
    tx.commit().await.unwrap();
    loader.finish(&fresh.db).await.unwrap();
    let mut learner = person(users[6], Role::Learner, None);
    learner.who.as_mut().unwrap().official = Some(OfficialId(1001));
    Hall {
        services: Services::new(fresh.db.clone()),
        affairs: person(users[0], Role::HomeAffairs, None),
        party: person(users[1], Role::PartyAffairs, None),
        officer: person(users[2], Role::UnitHr, Some(OFFICE)),
        head: person(users[3], Role::UnitHead, Some(OFFICE)),
        stranger: person(users[4], Role::UnitHr, Some(COMMUNE)),
        inspector: person(users[5], Role::Inspector, None),
        learner,
    }
}

/// A short course after hours, far enough away.
pub(crate) fn terms(most: i32) -> Terms {
    Terms {
        name: "Kỹ năng soạn thảo".to_owned(),
        form: ClassForm::Class,
        kind: TrainingKind::Training,
        content: Some(ContentGroup::PostSkills),
        degree: None,
        field: None,
        programme: None,
        named: None,
        topic: None,
        line: None,
        mode: Mode::InPerson,
        hours: Hours::AfterHours,
        abroad: false,
        lead: UnitId(PROVINCE),
        school: String::new(),
        place: String::new(),
        starts_on: day("2026-12-07"),
        ends_on: day("2026-12-11"),
        days: 5,
        periods: 40,
        most,
        least: 0,
        staff: Vec::new(),
        groups: Vec::new(),
        level: None,
        names_until: None,
        cost: 0,
        source: None,
        note: String::new(),
    }
}

/// A master's course of two years.
pub(crate) fn master(most: i32) -> Terms {
    Terms {
        name: "Cao học luật".to_owned(),
        form: ClassForm::Degree,
        kind: TrainingKind::Education,
        content: None,
        degree: Some(Degree::Master),
        field: Some(StudyField::AdministrationLaw),
        ends_on: day("2028-12-07"),
        days: 400,
        periods: 0,
        ..terms(most)
    }
}

pub(crate) fn at(ctx: &Ctx, on: Date) -> Ctx {
    let later = (on - today()).whole_days() * 86_400_000;
    Ctx { today: on, now: Instant(NOW.0 + later), facts: None, ..ctx.clone() }
}

pub(crate) const fn deed(act: ClassAct) -> Deed<'static> {
    Deed { act, decision: "", reason: "", days: None }
}

/// What became of a name, in one short text.
pub(crate) fn told(named: &Named) -> String {
    let codes = |because: &[nominations::Because]| because.iter().map(nominations::Because::code).collect::<Vec<_>>().join(" ");
    match named {
        Named::Seated(_) => "seated".to_owned(),
        Named::Waiting(_) => "waiting".to_owned(),
        Named::Refused(because) => format!("refused: {}", codes(because)),
        Named::NeedsReason(because) => format!("reason: {}", codes(because)),
        Named::Unknown => "unknown".to_owned(),
    }
}

pub(crate) fn entry(id: i64) -> Entry {
    Entry { official: code(id), ..Entry::default() }
}

/// What the unit says of somebody sent to a master's course.
pub(crate) fn sworn(id: i64) -> Entry {
    Entry { promised_months: 72, opinion_given: true, field_fits: true, ..entry(id) }
}

impl Hall {
    /// A class that takes names.
    pub(crate) async fn open(&self, terms: &Terms) -> String {
        let code = classes::create(&self.services, &self.affairs, terms, &[]).await.unwrap();
        self.act(&code, &Deed { decision: "12/QĐ-SNV", ..deed(ClassAct::Open) }, today()).await.unwrap();
        code
    }

    pub(crate) async fn class(&self, code: &str) -> ClassView {
        classes::one(&self.services, &self.affairs, code).await.unwrap()
    }

    pub(crate) async fn act(&self, code: &str, deed: &Deed<'_>, on: Date) -> Result<(), ActError<classes::ClassRefusal>> {
        let revision = self.class(code).await.line.revision;
        classes::act(&self.services, &at(&self.affairs, on), code, revision, deed).await
    }

    pub(crate) async fn amend(&self, code: &str, terms: &Terms) -> Result<(), ActError<classes::ClassRefusal>> {
        let revision = self.class(code).await.line.revision;
        classes::amend(&self.services, &self.affairs, code, revision, terms).await
    }

    /// Names somebody as Home Affairs.
    pub(crate) async fn name(&self, class: &str, id: i64) -> String {
        self.name_as(&self.affairs, class, &entry(id)).await
    }

    pub(crate) async fn name_as(&self, ctx: &Ctx, class: &str, entry: &Entry) -> String {
        let entries = std::slice::from_ref(entry);
        told(&nominations::name(&self.services, ctx, class, entries, None).await.unwrap()[0].1)
    }

    pub(crate) async fn roster(&self, class: &str) -> Vec<RosterLine> {
        nominations::roster(&self.services, &self.affairs, class).await.unwrap().lines
    }

    /// The nomination of somebody that was written last.
    pub(crate) async fn nomination(&self, class: &str, id: i64) -> (NominationId, i32) {
        let lines = self.roster(class).await;
        let of = lines.iter().filter(|line| line.line.official.0 == OfficialId(id)).max_by_key(|line| line.line.id);
        of.map(|line| (line.line.id, line.line.revision)).unwrap()
    }

    /// The state of whoever was written last for somebody.
    pub(crate) async fn state(&self, class: &str, id: i64) -> String {
        let key = self.nomination(class, id).await.0;
        let lines = self.roster(class).await;
        let line = lines.iter().find(|line| line.line.id == key).unwrap();
        match line.line.seat {
            Some(seat) => format!("{} on {seat}", line.line.state),
            None => line.line.state.to_string(),
        }
    }

    pub(crate) async fn decide(&self, ctx: &Ctx, class: &str, id: i64, decision: Decision) -> Result<(), ActError<DecisionRefusal>> {
        let key = self.nomination(class, id).await;
        nominations::decide(&self.services, ctx, key, decision, "việc gấp").await
    }

    /// Somebody goes the whole way to a confirmed seat.
    pub(crate) async fn confirm(&self, class: &str, id: i64) {
        let mut head = self.head.clone();
        head.who.as_mut().unwrap().grants[0].unit = Some(UnitId(PROVINCE));
        self.decide(&head, class, id, Decision::Agree).await.unwrap();
        self.decide(&self.affairs, class, id, Decision::Confirm).await.unwrap();
    }

    /// Everybody seated sits on one seat of their own, and no class has more people than seats.
    pub(crate) async fn is_sound(&self, class: &str) {
        let view = self.class(class).await;
        let lines = self.roster(class).await;
        let mut seats: Vec<i32> = lines.iter().filter_map(|line| line.line.seat).collect();
        let seated = seats.len();
        seats.sort_unstable();
        seats.dedup();
        assert_eq!(seats.len(), seated, "two on one seat");
        assert!(seated <= usize::try_from(view.line.terms.most).unwrap());
        assert!(lines.iter().all(|line| line.line.state.holds_a_seat() == line.line.seat.is_some()));
    }
}
