//! Programmes: the catalogue, writing a text, its appraisal by a council, its approval by a decision, its materials.
//! Not for: rules of texts and votes (`domain::programmes`), lengths (`law`), plans that use programmes.

mod councils;
mod decide;
mod keep;
mod lengths;
mod look;
mod materials;
mod refusal;
mod sessions;

pub use councils::{CouncilCard, appraisers, council, council_sessions, councils, councils_ahead, keep_council, may_keep_councils, rule};
pub use decide::{approve, issued_by_paper, lacks_of, present, retire, returned_to_draft, stopped};
pub(crate) use decide::{lacks_now, path};
pub use keep::{NewProgramme, begin, create, may_create, recall, save, send};
pub use lengths::{Length, course_title, lengths};
pub use look::{Ask, Catalogue, View, catalogue, offered, programme};
pub use materials::{NewMaterial, Opened, add_file, add_material, material_file, withdraw_material};
pub use refusal::ProgrammeRefusal;
pub use sessions::{SessionView, accept_mended, add_minutes, close, minutes_file, session, vote, waiting};
pub use store::read::programmes::councils::{Council, Member, Session, Vote};
pub use store::read::programmes::materials::{FileLine, Material};
pub use store::read::programmes::{CatalogueLine, ProgrammeLine, TextLine, VersionText};

use domain::orgs::Bloc;
use domain::roles::{self, Act, Authorised, Role, Who};
use store::write::programmes::Doer;
use store::write::schemes::By;

use crate::noting::note;
use crate::registry::view;
use crate::{ActError, Ctx, Services};

type Refused = ActError<Vec<ProgrammeRefusal>>;

/// Programmes in force, by day.
pub(crate) type KeptOffers = crate::kept::Kept<domain::time::Date, Vec<ProgrammeLine>>;

/// Whether the asker works in an office: whoever sees plans sees drafts of programmes and materials for teachers; learners see neither.
fn is_of_the_office(ctx: &Ctx) -> bool {
    ctx.may(Act::ViewPlans)
}

/// The asker without the role of the Party board where it does not write: in units of the state.
fn who_writes_in(who: &Who, bloc: Bloc) -> Who {
    let grants = who.grants.iter().copied().filter(|grant| grant.role != Role::PartyAffairs || bloc != Bloc::State);
    Who { grants: grants.collect(), ..who.clone() }
}

/// Who keeps the programmes of a unit; `None` is the system itself.
async fn keeper<R>(services: &Services, ctx: &Ctx, unit: &str, bloc: Bloc) -> Result<Option<Authorised>, ActError<R>> {
    let Some(who) = &ctx.who else { return Ok(None) };
    let view = view(services, ctx, unit, ctx.today).await.map_err(crate::registry::without_refusal)?;
    Ok(Some(roles::authorise_within(&who_writes_in(who, bloc), Act::KeepProgrammes, |scope| view.lies_within(scope))?))
}

/// Who writes for the whole province, into units of a bloc: approves, retires, keeps councils.
fn decider<R>(ctx: &Ctx, bloc: Bloc) -> Result<Option<Authorised>, ActError<R>> {
    let Some(who) = &ctx.who else { return Ok(None) };
    Ok(Some(roles::authorise(&who_writes_in(who, bloc), Act::KeepProgrammes)?))
}

fn doer<'a>(ctx: &Ctx, proof: Option<&'a Authorised>) -> Doer<'a> {
    Doer { by: proof.map_or(By::System, By::Person), at: ctx.now }
}
