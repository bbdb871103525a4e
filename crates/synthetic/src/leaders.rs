//! Builds the 2,262 leaders of January 2024 so that Tables 3 to 6 hold together: age and degree jointly, fields on their own.
//! Not for: who they are and where they work (`people`).

use domain::people::{LeaderGroup, Sex, StudyField};
use domain::time::Date;

use crate::days;
use crate::dice::Dice;
use crate::published::{FIELDS, GROUPS, Group};

/// What the tables ask of one leader.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Profile {
    pub group: LeaderGroup,
    /// 3 bachelor, 4 master rank, 5 doctor rank.
    pub rank: i32,
    /// 0 under 40, 1 under 45, 2 under 50, 3 under 55, 4 older.
    pub band: usize,
    pub field: StudyField,
}

/// The profiles of every group, in an order that says nothing.
pub(crate) fn profiles(dice: &mut Dice) -> Vec<Profile> {
    GROUPS.iter().flat_map(|group| of_group(group, dice)).collect()
}

fn of_group(group: &Group, dice: &mut Dice) -> Vec<Profile> {
    let [first, second, third, fourth, fifth] = group.ages();
    let mut older = group.degrees;
    for (all, young) in older.iter_mut().zip(group.young) {
        *all -= young;
    }
    let mut people = pair(group.young, &[(first, 0), (second, 1)], dice);
    people.extend(pair(older, &[(third, 2), (fourth, 3), (fifth, 4)], dice));
    let fields = FIELDS.iter().zip(group.fields);
    let mut fields: Vec<StudyField> = fields.flat_map(|(field, n)| std::iter::repeat_n(*field, n)).collect();
    dice.shuffle(&mut fields);
    let profiles = people.into_iter().zip(fields);
    profiles.map(|((rank, band), field)| Profile { group: group.group, rank, band, field }).collect()
}

/// Degrees against ages: both margins are exact, the combination is chance.
fn pair(degrees: [usize; 3], ages: &[(usize, usize)], dice: &mut Dice) -> Vec<(i32, usize)> {
    let ranks = [3, 4, 5].into_iter().zip(degrees);
    let mut ranks: Vec<i32> = ranks.flat_map(|(rank, n)| std::iter::repeat_n(rank, n)).collect();
    dice.shuffle(&mut ranks);
    let bands = ages.iter().flat_map(|(n, band)| std::iter::repeat_n(*band, *n));
    ranks.into_iter().zip(bands).collect()
}

/// A day of birth that gives the band of age on the counting day.
pub(crate) fn birth(band: usize, sex: Sex, dice: &mut Dice) -> Date {
    let age = match (band, sex) {
        (0, _) => dice.between(31, 39),
        (1, _) => dice.between(40, 44),
        (2, _) => dice.between(45, 49),
        (3, _) => dice.between(50, 54),
        (_, Sex::Male) => dice.between(55, 60),
        (_, Sex::Female) => dice.between(55, 56),
    };
    // From the day after the counting day one year too far back, to the counting day itself: 364 days hold in every year.
    days::plus(days::day(days::COUNTING.year() - 1 - age, 2, 1), dice.between(0, 364))
}
