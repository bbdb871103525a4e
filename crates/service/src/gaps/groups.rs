//! Gaps by kind of staff and by group of leaders.
//! Not for: units (`gaps::heat`).

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::people::{LeaderGroup, StaffKind};
use domain::roles::Act;
use domain::standards::Requirement;
use futures_util::future::try_join_all;
use store::read::gaps::{self as read, Question, Short};

use super::{Ask, known, place, yearly};
use crate::{ActError, Ctx, Services, standards};

/// One requirement over kinds of staff and groups of leaders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupColumn {
    /// The requirement.
    pub requirement: Arc<Requirement>,
    /// By kind of staff; kinds of which it is not asked are left out.
    pub staff: BTreeMap<StaffKind, Short>,
    /// By group of leaders; `None` is everybody in no group.
    pub leaders: BTreeMap<Option<LeaderGroup>, Short>,
}

/// Requirements in force by kind of staff and group of leaders, by subject.
///
/// # Errors
/// As [`super::heat`].
pub async fn groups(services: &Services, ctx: &Ctx, ask: &Ask) -> Result<Arc<Vec<GroupColumn>>, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let place = place(services, ctx, &scope, &ask.place()).await?;
    let make = async {
        let yearly = known(&yearly(ask.on)?);
        let shelf = standards::followed(services, ctx).await?;
        let columns = shelf.on(ask.on).map(async |requirement| {
            let question = Question { requirement, place: &place, on: ask.on, yearly: &yearly, among: None };
            let counts = read::count_groups(&services.db, &question).await?;
            Ok::<_, ActError>(column(requirement, counts))
        });
        try_join_all(columns).await
    };
    services.gaps.groups.get(services.facts(ctx).await?, (ask.clone(), place.clone()), make).await
}

fn column(requirement: &Arc<Requirement>, counts: Vec<(StaffKind, Option<LeaderGroup>, Short)>) -> GroupColumn {
    let mut column = GroupColumn { requirement: Arc::clone(requirement), staff: BTreeMap::new(), leaders: BTreeMap::new() };
    for (staff, leaders, short) in counts {
        let (of_staff, of_leaders) = (column.staff.entry(staff).or_default(), column.leaders.entry(leaders).or_default());
        *of_staff = [*of_staff, short].into_iter().sum();
        *of_leaders = [*of_leaders, short].into_iter().sum();
    }
    column
}
