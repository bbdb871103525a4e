//! The figures of Tables 1 to 6 of Đề án 7328/ĐA-UBND (seed S2) that the generated province reproduces.
//! Not for: misprints; where two printed figures disagree, the choice is written beside the figure.

use domain::people::LeaderGroup;

/// A row of Table 1: year, then postgraduate, bachelor and college, each for cán bộ, công chức and for viên chức.
pub(crate) const EDUCATION: &[(i32, [usize; 6])] = &[
    (2010, [43, 59, 305, 820, 5, 296]),
    (2011, [30, 47, 95, 291, 8, 62]),
    (2012, [36, 44, 72, 353, 1, 60]),
    (2013, [34, 63, 269, 286, 4, 104]),
    (2014, [33, 52, 101, 415, 4, 54]),
    (2015, [23, 57, 72, 314, 2, 61]),
    (2016, [24, 47, 56, 275, 3, 176]),
    (2017, [58, 99, 63, 324, 2, 152]),
    (2018, [52, 92, 48, 316, 6, 93]),
    (2019, [36, 131, 43, 368, 18, 78]),
    (2020, [28, 67, 70, 273, 13, 59]),
    (2021, [17, 74, 10, 290, 10, 45]),
    (2022, [10, 95, 7, 197, 8, 25]),
    (2023, [7, 82, 22, 107, 0, 13]),
];

/// A row of Table 2: year, then leadership, state management, post skills, IT and languages, each for cán bộ, công chức and for
/// viên chức, then everything else. The row of 2023 follows its printed parts (1,345), not its printed sum (1,326): only the parts
/// give the printed total of 47,549.
pub(crate) const TRAINING: &[(i32, [usize; 11])] = &[
    (2010, [125, 132, 241, 93, 76, 291, 326, 865, 238, 916, 2789]),
    (2011, [87, 27, 105, 42, 194, 129, 48, 319, 52, 244, 474]),
    (2012, [71, 35, 382, 106, 194, 160, 130, 341, 41, 281, 832]),
    (2013, [156, 31, 174, 48, 409, 145, 136, 474, 49, 501, 796]),
    (2014, [220, 52, 304, 34, 740, 155, 154, 214, 55, 271, 2331]),
    (2015, [184, 63, 310, 38, 622, 139, 69, 436, 79, 417, 740]),
    (2016, [195, 133, 558, 65, 93, 429, 134, 471, 146, 512, 932]),
    (2017, [110, 50, 617, 82, 592, 613, 25, 406, 31, 428, 1128]),
    (2018, [152, 133, 439, 191, 325, 1431, 125, 402, 50, 307, 804]),
    (2019, [314, 160, 249, 127, 169, 802, 316, 486, 254, 442, 1037]),
    (2020, [246, 159, 200, 171, 44, 726, 225, 193, 147, 162, 702]),
    (2021, [308, 194, 476, 79, 99, 1144, 34, 121, 3, 134, 832]),
    (2022, [178, 52, 119, 47, 496, 663, 5, 89, 7, 104, 648]),
    (2023, [57, 30, 139, 61, 91, 711, 1, 2, 17, 4, 232]),
];

/// A group of leaders on 31/01/2024.
pub(crate) struct Group {
    pub group: LeaderGroup,
    /// Bachelor, master rank, doctor rank (Table 3).
    pub degrees: [usize; 3],
    /// Of these under 45. Table 5 prints only the sums 406, 366 and 8; the shares of the groups are ours, and each fits the ages.
    pub young: [usize; 3],
    /// Under 40, then bands of five years, then 55 and over, as Table 4 prints them.
    pub printed_ages: [usize; 5],
    /// Fields of the highest degree, in the order of [`FIELDS`] (Table 6).
    pub fields: [usize; 9],
}

pub(crate) const FIELDS: [domain::people::StudyField; 9] = {
    use domain::people::StudyField as F;
    [
        F::Economics,
        F::InformationTechnology,
        F::Health,
        F::Education,
        F::UrbanPlanning,
        F::NaturalResources,
        F::Agriculture,
        F::AdministrationLaw,
        F::Other,
    ]
};

pub(crate) const GROUPS: [Group; 4] = [
    Group {
        group: LeaderGroup::N1,
        degrees: [23, 32, 10],
        young: [1, 2, 0],
        printed_ages: [1, 2, 17, 16, 29],
        fields: [15, 1, 2, 5, 3, 1, 4, 18, 16],
    },
    Group {
        group: LeaderGroup::N2,
        degrees: [64, 82, 4],
        young: [7, 12, 0],
        printed_ages: [6, 13, 57, 40, 34],
        fields: [39, 2, 4, 8, 6, 3, 10, 51, 27],
    },
    Group {
        group: LeaderGroup::N3,
        degrees: [415, 398, 37],
        young: [95, 150, 8],
        printed_ages: [72, 193, 291, 157, 179],
        fields: [153, 43, 80, 182, 17, 19, 56, 113, 187],
    },
    Group {
        group: LeaderGroup::N4,
        degrees: [903, 294, 0],
        young: [303, 202, 0],
        printed_ages: [180, 313, 283, 154, 225],
        fields: [312, 23, 7, 87, 4, 36, 125, 288, 315],
    },
];

/// Table 4 prints 892 people in group 3 and 1,155 in group 4; Tables 3 and 6 print 850 and 1,197. These 42 are moved.
const MOVED: usize = 42;

impl Group {
    /// The ages that fit Tables 3 and 6: 42 people go from group 3 to group 4 inside their bands, in proportion to group 3, the two
    /// largest remainders rounded up, so that the column totals of Table 4 stay.
    pub(crate) fn ages(&self) -> [usize; 5] {
        let moved = moved();
        let mut ages = self.printed_ages;
        for (age, moved) in ages.iter_mut().zip(moved) {
            match self.group {
                LeaderGroup::N3 => *age -= moved,
                LeaderGroup::N4 => *age += moved,
                LeaderGroup::N1 | LeaderGroup::N2 => {}
            }
        }
        ages
    }
}

fn moved() -> [usize; 5] {
    let [_, _, third, _] = GROUPS;
    let sum: usize = third.printed_ages.iter().sum();
    let mut moved = third.printed_ages.map(|n| n * MOVED / sum);
    let mut remainders: Vec<(usize, usize)> = third.printed_ages.iter().enumerate().map(|(band, n)| (n * MOVED % sum, band)).collect();
    remainders.sort_by(|a, b| b.cmp(a));
    let short = MOVED - moved.iter().sum::<usize>();
    for (_, band) in remainders.into_iter().take(short) {
        if let Some(n) = moved.get_mut(band) {
            *n += 1;
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_add_up_to_the_printed_totals() {
        assert_eq!(EDUCATION.iter().flat_map(|r| r.1).sum::<usize>(), 8_664);
        assert_eq!(TRAINING.iter().flat_map(|r| r.1).sum::<usize>(), 47_549);
        for group in &GROUPS {
            let people: usize = group.degrees.iter().sum();
            assert_eq!(group.fields.iter().sum::<usize>(), people);
            assert_eq!(group.ages().iter().sum::<usize>(), people);
            assert_eq!(group.young.iter().sum::<usize>(), group.ages()[0] + group.ages()[1]);
        }
    }

    #[test]
    fn moving_42_people_keeps_the_columns_of_table_4() {
        assert_eq!(moved(), [3, 9, 14, 7, 9]);
        let column = |band: usize| GROUPS.iter().map(|g| g.ages()[band]).sum::<usize>();
        assert_eq!([0, 1, 2, 3, 4].map(column), [259, 521, 648, 367, 467]);
    }
}
