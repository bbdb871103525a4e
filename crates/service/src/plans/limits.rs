//! What lines of a plan are held to: the years, the law, the rules and quotas of schemes, the catalogue of programmes.
//! Not for: judging lines (`domain::plans::check`).

use domain::people::StaffKind;
use domain::plans::check::{Fault, LengthLimit, Limits, PlaceLimit, SizeLimit, faults};
use domain::plans::{Body, PlanKind};
use domain::programmes::Course;
use domain::quotas;
use domain::schemes::{Quota, QuotaCounts, Title};
use domain::time::{Date, date};
use domain::training::Programme;
use law::course_length::allowed;
use law::{ClassOpening, Law};
use store::read::plans::PlanLine;

use super::{Known, View, basis, known};
use crate::lawbook::law;
use crate::schemes::Stored;
use crate::schemes::quotas::{Counted, counted};
use crate::{ActError, Ctx, Services};

/// Every fault of every line of a version.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn check(services: &Services, ctx: &Ctx, view: &View) -> Result<Vec<Fault>, ActError> {
    let known = known(services, ctx, &view.body.officials()).await?;
    Ok(faults(&view.body, &limits(services, ctx, (&view.plan, view.above.as_ref()), &known).await?))
}

/// Every fault of every line of what is to become a version.
pub(super) async fn faults_of(
    services: &Services,
    ctx: &Ctx,
    plans: (&PlanLine, Option<&PlanLine>),
    body: &Body,
) -> Result<Vec<Fault>, ActError> {
    let known = known(services, ctx, &body.officials()).await?;
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
    let last = plan.last_day();
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

/// The course as whose length the law knows a programme.
const LENGTHS: [(Programme, Course); 6] = [
    (Programme::Specialised, Course::CommuneSpecialised),
    (Programme::GeneralState, Course::CommuneStateManagement),
    (Programme::Sector, Course::CommuneSector),
    (Programme::Management, Course::DivisionLeader),
    (Programme::CommuneLeader, Course::CommuneLeader),
    (Programme::ProfessionalTitle, Course::ProfessionalTitle),
];

/// The lengths that the law sets on a day; a programme of which the law says nothing on that day is not judged.
fn lengths(on: Date) -> Result<Vec<LengthLimit>, ActError> {
    let law = law()?;
    Ok(LENGTHS.iter().filter_map(|(programme, course)| length(law, *programme, *course, on)).collect())
}

/// Study days of a programme.
fn length(law: &Law, programme: Programme, course: Course, on: Date) -> Option<LengthLimit> {
    let staff = if programme == Programme::ProfessionalTitle { StaffKind::VienChuc } else { StaffKind::CongChuc };
    let allowed = allowed(law, course, staff, ClassOpening(on)).ok()?;
    let (least, most) = allowed.value;
    let days = |days: Option<i64>| days.map(|days| u32::try_from(days).ok());
    let most = match days(most) {
        Some(most) => Some(most?),
        None => None,
    };
    let cited = law.cited(allowed.used.first()?.cites.first()?);
    let least = days(least).unwrap_or(Some(0))?;
    Some(LengthLimit { programme, least, most, basis: Title { vi: cited.vi, en: cited.en } })
}
