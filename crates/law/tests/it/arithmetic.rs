//! Laws of the arithmetic that hold for every case, not only for the worked ones.
//! Not for: single amounts (`cases`).

use crate::day;
use domain::people::StaffKind;
use law::recovery::{Cause, Exemption, Recovery, RecoveryFacts, Reduction, ReductionGroup, recovery};
use law::{Law, SendingDate};
use proptest::prelude::*;
use std::sync::LazyLock;

static LAW: LazyLock<Law> = LazyLock::new(crate::law);

prop_compose! {
    fn facts()(
        new_regime in any::<bool>(),
        cause in proptest::sample::select(Cause::ALL),
        cost in 0_i64..=9_000_000_000_000,
        promised_months in 1_u32..=600,
        served_months in 0_u32..=700,
        reduction in proptest::option::of((0_u16..=80, proptest::sample::select(ReductionGroup::ALL), 0_u16..=150)),
        exemption in proptest::option::weighted(0.2, proptest::sample::select(Exemption::ALL)),
    ) -> RecoveryFacts {
        RecoveryFacts {
            staff: StaffKind::CongChuc,
            sent_on: SendingDate(day(if new_regime { "2025-07-01" } else { "2025-06-30" })),
            cause,
            cost,
            promised_months,
            served_months,
            reduction: reduction.map(|(years, group, decided_basis_points)| Reduction { years, group, decided_basis_points }),
            exemption,
        }
    }
}

fn paid(facts: &RecoveryFacts) -> Option<Recovery> {
    recovery(&LAW, facts).ok().map(|found| found.value)
}

proptest! {
    #[test]
    fn nobody_pays_less_than_nothing_or_more_than_the_cost(facts in facts()) {
        if let Some(found) = paid(&facts) {
            prop_assert!((0..=facts.cost).contains(&found.payable));
            prop_assert!((0..=facts.cost).contains(&found.charged));
            prop_assert!(found.reduction >= 0);
            prop_assert_eq!(found.payable, found.charged - found.reduction);
        }
    }

    #[test]
    fn a_month_more_of_service_never_costs_more(facts in facts()) {
        let longer = RecoveryFacts { served_months: facts.served_months + 1, ..facts };
        prop_assert!(paid(&longer).map(|found| found.payable) <= paid(&facts).map(|found| found.payable));
    }

    #[test]
    fn a_year_more_of_reduction_never_costs_more(facts in facts()) {
        let years = facts.reduction.map(|reduction| Reduction { years: reduction.years + 1, ..reduction });
        let longer = RecoveryFacts { reduction: years, ..facts };
        prop_assert!(paid(&longer).map(|found| found.payable) <= paid(&facts).map(|found| found.payable));
    }

    #[test]
    fn whoever_served_the_promise_pays_nothing(facts in facts(), more in 0_u32..=100) {
        let served = RecoveryFacts { cause: Cause::QuitBeforeServed, served_months: facts.promised_months + more, ..facts };
        if let Some(found) = paid(&served) {
            prop_assert_eq!(found.payable, 0);
        }
    }
}
