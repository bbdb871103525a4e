//! What happened to people after January 2024: promotions, mergers, the move from districts to communes, leaving.
//! Not for: the units themselves (`reform`).

use std::collections::BTreeMap;

use domain::orgs::{Bloc, UnitKind};
use domain::people::{Appointment, LeaderGroup, Leadership, StaffKind};
use domain::time::Date;
use time::macros::date;

use crate::days::{self, COUNTING, DEPARTMENTS_MERGE, DISTRICTS_END};
use crate::dice::Dice;
use crate::people::{Person, staff};
use crate::province::{NewCommune, Province};
use crate::rows::{Posting, Unit};
use crate::seats;

/// Carries people through the reorganisations and remembers which leading posts are taken.
pub(crate) struct Moves<'a> {
    province: &'a Province,
    today: Date,
    taken: BTreeMap<(i64, Leadership), usize>,
    /// Units whose head has gone, and since when; a deputy follows. Heads are carried before deputies.
    vacant: BTreeMap<i64, Date>,
}

/// A leading post of a new commune.
struct CommunePost {
    leadership: Leadership,
    /// How many of them a commune has, and how many of these are not deputies.
    seats: usize,
    heads: usize,
    title: &'static str,
    staff: StaffKind,
}

const COMMUNE_POSTS: &[CommunePost] = &[
    CommunePost { leadership: Leadership::CommuneChair, seats: 1, heads: 1, title: "Chủ tịch UBND", staff: StaffKind::CanBo },
    CommunePost { leadership: Leadership::CommuneSecretary, seats: 2, heads: 1, title: "Bí thư Đảng ủy", staff: StaffKind::CanBo },
    CommunePost { leadership: Leadership::CommuneViceChair, seats: 2, heads: 0, title: "Chủ tịch UBND", staff: StaffKind::CanBo },
    CommunePost {
        leadership: Leadership::CommuneDivisionLeader, seats: 9, heads: 3, title: "Trưởng phòng", staff: StaffKind::CongChuc
    },
];

impl<'a> Moves<'a> {
    pub(crate) const fn new(province: &'a Province, today: Date) -> Self {
        Self { province, today, taken: BTreeMap::new(), vacant: BTreeMap::new() }
    }

    /// Everything from February 2024 to today; `leaves` is the last day's morrow by age.
    pub(crate) fn carry(&mut self, person: &mut Person, leaves: Date, promotable: bool, dice: &mut Dice) {
        let rises = (promotable && dice.chance(110)).then(|| dice.day(date!(2024 - 02 - 15), days::plus(self.today, -30)));
        if let Some(on) = rises.filter(|on| *on < DEPARTMENTS_MERGE) {
            self.promote(person, on);
        }
        // Who has left by then takes no seat.
        for on in [DEPARTMENTS_MERGE, DISTRICTS_END].into_iter().filter(|on| *on < leaves) {
            self.merge(person, on, dice);
        }
        if let Some(on) = rises.filter(|on| *on > DISTRICTS_END) {
            self.promote(person, on);
        }
        self.follow(person, leaves);
        if leaves <= self.today {
            let last = person.posting(days::plus(leaves, -1)).filter(|p| p.group.is_some() && !p.title.starts_with("Phó"));
            if let Some(unit) = last.map(|p| p.unit) {
                self.vacant.entry(unit).or_insert(leaves);
            }
            person.stop(leaves);
        }
    }

    /// A deputy takes the seat of a head who has gone.
    fn follow(&mut self, person: &mut Person, leaves: Date) {
        let Some(now) = person.postings.last().filter(|p| p.ends_on.is_none() && p.title.starts_with("Phó")) else { return };
        let (Some(group), Some(gone)) = (now.group, self.vacant.get(&now.unit)) else { return };
        let on = days::plus(*gone, 40).max(days::plus(now.starts_on, 100));
        let Some(unit) = self.province.unit(now.unit).filter(|u| u.ends_on.is_none() && on < leaves.min(self.today)) else { return };
        let group = if group == LeaderGroup::N2 { LeaderGroup::N1 } else { group };
        let step = seats::of_unit(unit, group, true).posting(unit, on);
        let staff = now.staff;
        self.vacant.remove(&unit.id);
        person.begin(Posting { staff, ..step });
    }

    fn promote(&mut self, person: &mut Person, on: Date) {
        let Some(now) = person.posting(on).filter(|p| p.starts_on < days::plus(on, -100)) else { return };
        let Some(unit) = self.province.unit(now.unit) else { return };
        let step = match now.group {
            Some(LeaderGroup::N3) if unit.kind == UnitKind::Division && !now.title.starts_with("Phó") => {
                self.vacant.entry(unit.id).or_insert(on);
                let body = self.province.unit(self.province.body(unit.id, on)).unwrap_or(unit);
                Some(seats::of_unit(body, LeaderGroup::N2, false).posting(body, on))
            }
            None if now.leadership.is_none() && (self.province.divisions.contains(&unit.id) || self.is_provincial_public(unit)) => {
                Some(seats::of_unit(unit, LeaderGroup::N3, false).posting(unit, on))
            }
            _ => None,
        };
        if let Some(step) = step {
            let staff = if person.public { StaffKind::VienChuc } else { step.staff };
            person.begin(Posting { staff, ..step });
        }
    }

    fn is_provincial_public(&self, unit: &Unit) -> bool {
        let lists = [&self.province.high_schools, &self.province.hospitals, &self.province.centres];
        lists.iter().any(|list| list.contains(&unit.id))
    }

    /// When the unit of the open posting ends on that day, the person goes on in a successor or leaves.
    fn merge(&mut self, person: &mut Person, on: Date, dice: &mut Dice) {
        let Some(last) = person.postings.last().filter(|p| p.ends_on.is_none()).cloned() else { return };
        let Some(unit) = self.province.unit(last.unit).filter(|u| u.ends_on == Some(on)) else { return };
        if on == DISTRICTS_END && person.age(on) >= 52 && dice.chance(120) {
            person.stop(on);
            return;
        }
        let heir = self.heir(unit, dice);
        let Some(heir) = heir.and_then(|id| self.province.unit(id)) else { return };
        let next =
            if self.is_of_commune(heir, on) { self.join_commune(&last, unit, on, dice) } else { self.join_body(&last, heir, on, dice) };
        person.begin(next);
    }

    fn is_of_commune(&self, unit: &Unit, on: Date) -> bool {
        let parent = self.province.parent(unit.id, on).and_then(|id| self.province.unit(id));
        [Some(unit), parent].into_iter().flatten().any(|u| u.kind == UnitKind::Commune)
    }

    fn heir(&self, unit: &Unit, dice: &mut Dice) -> Option<i64> {
        let heirs: Vec<i64> = self.province.successions.iter().filter(|s| s.unit == unit.id).map(|s| s.successor).collect();
        dice.pick(&heirs).copied()
    }

    fn join_body(&mut self, last: &Posting, heir: &Unit, on: Date, dice: &mut Dice) -> Posting {
        let plain = Posting { title: last.title.clone(), ..seats::plain(heir, last.staff, on) };
        let Some(group) = last.group else { return plain };
        let is_head = !last.title.starts_with("Phó");
        // A body that began with the merger has no head yet; in all others the newcomer serves as a deputy.
        let vacant = heir.starts_on == on;
        let heads = self.taken.entry((heir.id, Leadership::DepartmentHead)).or_insert(usize::from(!vacant));
        let group = match group {
            LeaderGroup::N1 if *heads == 0 => LeaderGroup::N1,
            LeaderGroup::N1 => LeaderGroup::N2,
            other => other,
        };
        let head = is_head && *heads == 0 && matches!(group, LeaderGroup::N1 | LeaderGroup::N3);
        if head {
            *heads += 1;
        }
        if !head && group == LeaderGroup::N3 && dice.chance(300) {
            return Posting { title: "Chuyên viên".to_owned(), ..plain };
        }
        let seat = seats::of_unit(heir, group, head);
        Posting { staff: last.staff, appointment: None, ..seat.posting(heir, on) }
    }

    /// Somebody of a district or of an old commune goes to a new commune of that district.
    fn join_commune(&mut self, last: &Posting, old: &Unit, on: Date, dice: &mut Dice) -> Posting {
        let district = self.province.body(old.id, days::plus(on, -1));
        let mut communes: Vec<&'a NewCommune> = self.province.new_communes.iter().filter(|c| c.district == district).collect();
        dice.shuffle(&mut communes);
        let wishes = wishes(last, dice);
        let led = wishes.iter().find_map(|wish| communes.iter().find_map(|commune| self.take(commune, *wish, on)));
        let fits_post = !dice.chance(350);
        if let Some(posting) = led {
            return Posting { fits_post, ..posting };
        }
        let office = communes.first().and_then(|commune| self.office(commune, last.bloc, dice));
        let kind = if last.staff == StaffKind::KhongChuyenTrach { last.staff } else { staff(last.staff == StaffKind::VienChuc) };
        Posting { fits_post, ..seats::plain(office.unwrap_or(old), kind, on) }
    }

    /// The next free seat of a kind in a commune.
    fn take(&mut self, commune: &NewCommune, leadership: Leadership, on: Date) -> Option<Posting> {
        let post = COMMUNE_POSTS.iter().find(|p| p.leadership == leadership)?;
        let taken = self.taken.entry((commune.id, leadership)).or_insert(0);
        if *taken >= post.seats {
            return None;
        }
        let place = *taken;
        *taken += 1;
        // The secretary sits in the Party committee, division leaders by turns in the three other offices, chairs in the commune itself.
        let unit = match leadership {
            Leadership::CommuneSecretary => *commune.offices.first()?,
            Leadership::CommuneDivisionLeader => *commune.offices.get(1 + place % 3)?,
            _ => commune.id,
        };
        let title = if place < post.heads { post.title.to_owned() } else { format!("Phó {}", post.title) };
        Some(Posting {
            title,
            leadership: Some(leadership),
            appointment: Some(Appointment::Leadership),
            ..seats::plain(self.province.unit(unit)?, post.staff, on)
        })
    }

    fn office(&self, commune: &NewCommune, bloc: Bloc, dice: &mut Dice) -> Option<&'a Unit> {
        let place = if bloc == Bloc::State { 1 + dice.below(3) } else { 0 };
        self.province.unit(*commune.offices.get(place)?)
    }
}

/// The seats somebody is considered for, the highest first.
fn wishes(last: &Posting, dice: &mut Dice) -> &'static [Leadership] {
    use Leadership as L;
    match (last.group, last.leadership, last.title.starts_with("Phó")) {
        (Some(LeaderGroup::N1 | LeaderGroup::N2), ..) | (Some(_), _, false) => {
            &[L::CommuneChair, L::CommuneSecretary, L::CommuneViceChair, L::CommuneDivisionLeader]
        }
        (Some(_), _, true) if dice.chance(450) => &[L::CommuneDivisionLeader],
        (None, Some(_), _) if dice.chance(700) => &[L::CommuneViceChair, L::CommuneDivisionLeader],
        _ => &[],
    }
}

/// The order in which people are asked in 2025: the higher the group, the earlier the choice.
pub(crate) fn turn(person: &Person) -> (u8, bool) {
    let Some(posting) = person.posting(COUNTING) else { return (9, true) };
    let group = match posting.group {
        Some(LeaderGroup::N1) => 0,
        Some(LeaderGroup::N2) => 1,
        Some(LeaderGroup::N3) => 2,
        Some(LeaderGroup::N4) => 3,
        None if posting.leadership.is_some() => 4,
        None => 5,
    };
    (group, posting.title.starts_with("Phó"))
}
