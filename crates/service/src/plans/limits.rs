//! What lines of a plan are held to: the years, the law, the rules and quotas of schemes, the catalogue of programmes.
//! Not for: judging lines (`domain::plans::check`).

use std::sync::OnceLock;

use domain::people::StaffKind;
use domain::plans::check::{Fault, LengthLimit, Limits, PlaceLimit, SizeLimit, faults};
use domain::plans::{Body, PlanKind};
use domain::quotas;
use domain::schemes::{Quota, QuotaCounts, Title};
use domain::time::{Date, date};
use domain::training::Programme;
use law::{ClassOpening, Law, Value};
use store::StoreError;
use store::read::plans::PlanLine;

use super::{Known, View, basis, known};
use crate::schemes::Stored;
use crate::schemes::quotas::{Counted, counted};
use crate::{ActError, Ctx, Services};

/// Every fault of every line of a version.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn check(services: &Services, ctx: &Ctx, view: &View) -> Result<Vec<Fault>, ActError> {
    let known = known(services, ctx, &[&view.body]).await?;
    Ok(faults(&view.body, &limits(services, ctx, (&view.plan, view.above.as_ref()), &known).await?))
}

/// The faults of other lines of the same plan.
pub(super) async fn faults_of(
    services: &Services,
    ctx: &Ctx,
    plans: (&PlanLine, Option<&PlanLine>),
    body: &Body,
) -> Result<Vec<Fault>, ActError> {
    let known = known(services, ctx, &[body]).await?;
    Ok(faults(body, &limits(services, ctx, plans, &known).await?))
}

async fn limits(services: &Services, ctx: &Ctx, (plan, above): (&PlanLine, Option<&PlanLine>), known: &Known) -> Result<Limits, ActError> {
    let mut places = Vec::new();
    for stored in known.schemes.iter().filter(|stored| !stored.scheme.quotas.is_empty()) {
        let key = (stored.version.id.0, ctx.today);
        let make = counted(services, ctx, &stored.scheme, ctx.today);
        let counted = services.plans.quotas.get(services.facts(ctx).await?, key, make).await?;
        places.extend(stored.scheme.quotas.iter().flat_map(|quota| place_limits(stored, quota, &counted, plan)));
    }
    Ok(Limits {
        years: Some(plan.from..=plan.to),
        stage: above.filter(|above| above.kind == PlanKind::Stage).map(|above| above.from..=above.to),
        programmes: known.programmes.iter().map(|programme| programme.id).collect(),
        sizes: known.schemes.iter().filter_map(|stored| size_limit(stored)).collect(),
        lengths: lengths(date(plan.from, 12, 31).unwrap_or(ctx.today))?,
        places,
        tree: known.tree.clone(),
        people: known.people.clone(),
    })
}

/// The sizes of classes that a scheme sets, by a rule with the values `class_min` and `class_max`.
fn size_limit(stored: &Stored) -> Option<SizeLimit> {
    stored.scheme.rules.iter().find_map(|rule| {
        let value = |name: &str| rule.values.iter().find(|(known, _)| known == name).and_then(|(_, value)| u32::try_from(*value).ok());
        Some(SizeLimit {
            scheme: stored.scheme.code.clone(),
            least: value("class_min")?,
            most: value("class_max")?,
            basis: basis(stored, &rule.section),
        })
    })
}

/// Places that a quota leaves to its agencies in the years of a plan.
fn place_limits(stored: &Stored, quota: &Quota, counted: &Counted, plan: &PlanLine) -> Vec<PlaceLimit> {
    let QuotaCounts::Places { degrees, field, eligible } = &quota.counts else { return Vec::new() };
    let last = date(plan.to, 12, 31).unwrap_or(Date::MAX);
    let of = |line: quotas::QuotaLine| {
        let (actor, unit) = line.agency?;
        let units = || counted.counts.agencies.iter().filter(|(code, _)| *code == actor).map(|(_, unit)| *unit).collect();
        let years = line.year.map_or_else(|| quota.phase.years(last), |year| year..=year);
        Some(PlaceLimit {
            degrees: degrees.clone(),
            field: *field,
            eligible: eligible.clone(),
            years,
            agencies: unit.map_or_else(units, |unit| vec![unit]),
            left: (line.at_least - line.count).max(0),
            basis: basis(stored, &quota.section),
        })
    };
    quotas::lines(quota, &counted.counts, last).into_iter().filter_map(of).collect()
}

/// Where the law keeps the length of a programme.
const LENGTHS: [(Programme, &str); 6] = [
    (Programme::Specialised, "course_durations.commune_specialised"),
    (Programme::GeneralState, "course_durations.commune_state_management"),
    (Programme::Sector, "course_durations.commune_sector"),
    (Programme::Management, "course_durations.division_leader"),
    (Programme::CommuneLeader, "course_durations.commune_leader"),
    (Programme::ProfessionalTitle, "course_durations.professional_title"),
];

/// The lengths that the law sets on a day; a programme of which the law says nothing on that day is not judged.
fn lengths(on: Date) -> Result<Vec<LengthLimit>, ActError> {
    static LAW: OnceLock<Result<Law, String>> = OnceLock::new();
    let law = LAW.get_or_init(|| Law::load().map_err(|errors| errors.to_string()));
    let law = law.as_ref().map_err(|errors| StoreError::Unreadable(errors.clone()))?;
    Ok(LENGTHS.iter().filter_map(|(programme, key)| length(law, *programme, key, on)).collect())
}

/// Study days of a programme. Weeks and months become days as `law::course_length` reckons them: so many days a week, four weeks to a
/// month and up to three days more.
fn length(law: &Law, programme: Programme, key: &str, on: Date) -> Option<LengthLimit> {
    let staff = if programme == Programme::ProfessionalTitle { StaffKind::VienChuc } else { StaffKind::CongChuc };
    let found = law.find(key, staff, ClassOpening(on).into()).ok()?;
    let Value::Number(week) = *law.find("course_durations.days_per_week", staff, ClassOpening(on).into()).ok()?.value else { return None };
    let (low, high) = match found.parameter.unit {
        law::Unit::Days => (1, 1),
        law::Unit::Weeks => (week, week),
        law::Unit::Months => (week * 4, week * 4 + 3),
        _ => return None,
    };
    let (least, most) = match found.value {
        Value::Number(value) => (*value, Some(*value)),
        Value::Range { min, max } => (min.unwrap_or(0), *max),
        _ => return None,
    };
    let days = |number: i64, each: i64| u32::try_from(number.saturating_mul(each)).ok();
    let most = match most {
        Some(most) => Some(days(most, high)?),
        None => None,
    };
    let cited = found.ruling.cites.first().map(|citation| law.cited(citation))?;
    Some(LengthLimit { programme, least: days(least, low)?, most, basis: Title { vi: cited.vi, en: cited.en } })
}
