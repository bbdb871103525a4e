//! Looking at programmes: the catalogue, and one programme with everything around it. Learners see what is in force and open.
//! Not for: councils (`councils`).

use std::sync::Arc;

use domain::ids::CaseId;
use domain::papers::{CaseState, PaperKind};
use domain::programmes::life::State;
use domain::programmes::materials::Access;
use domain::roles::Act;
use store::read::programmes as read;
use store::read::programmes::councils::{Of, sessions};
use store::read::programmes::materials::materials;
use store::read::programmes::{CatalogueLine, ProgrammeLine, VersionText, Wanted};

use super::{Material, Session, decider, is_of_the_office, keeper};
use crate::{ActError, Ctx, Never, Services};

/// Which programmes a list keeps.
pub type Ask = Wanted;

/// A page of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// By code.
    pub lines: Vec<CatalogueLine>,
    /// There are more after the last one.
    pub more: bool,
    /// How many of each state, whatever states were asked for; states without any are left out.
    pub counts: Vec<(State, i64)>,
    /// Units that keep programmes: code and name.
    pub owners: Vec<(domain::ids::UnitId, String, String)>,
}

/// A page of the catalogue after a code.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see programmes.
pub async fn catalogue(services: &Services, ctx: &Ctx, ask: &Ask, after: &str, limit: u32) -> Result<Catalogue, ActError> {
    ctx.scope(Act::ViewProgrammes)?;
    let is_office = is_of_the_office(ctx);
    let mut wanted = ask.clone();
    if !is_office {
        wanted.states = vec![State::Approved];
    }
    let mut lines = read::list(&services.db, &wanted, after, limit.saturating_add(1)).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > shown;
    lines.truncate(shown);
    let mut counts = read::counts(&services.db, &wanted).await?;
    if !is_office {
        lines.iter_mut().for_each(|line| line.next = None);
        counts.retain(|(state, _)| *state == State::Approved);
    }
    Ok(Catalogue { lines, more, counts, owners: read::owners(&services.db).await? })
}

/// The programmes in force today, by code; whoever may ask for training may choose among them.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn offered(services: &Services, ctx: &Ctx) -> Result<Arc<Vec<ProgrammeLine>>, ActError> {
    let make = async { Ok(read::approved(&services.db, ctx.today).await?) };
    services.offers.get(services.facts(ctx).await?, ctx.today, make).await
}

/// A programme with everything around it, as far as the asker may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Its line in the catalogue.
    pub line: CatalogueLine,
    /// Its texts, newest first; at least one.
    pub texts: Vec<VersionText>,
    /// Its materials.
    pub materials: Vec<Material>,
    /// Sessions of councils over its texts, newest first.
    pub sessions: Vec<Session>,
    /// Whether the asker sees drafts and materials for teachers.
    pub is_office: bool,
    /// The newest paper about it, and how far that has come.
    pub paper: Option<(CaseId, CaseState)>,
    /// Whether the asker writes it.
    pub keeps: bool,
    /// Whether the asker approves and retires it.
    pub decides: bool,
}

impl View {
    /// The text that counts: in force, else the newest.
    #[must_use]
    pub fn text(&self) -> Option<&VersionText> {
        self.texts.iter().find(|text| text.line.state == State::Approved).or_else(|| self.texts.first())
    }

    /// The text that somebody works on.
    #[must_use]
    pub fn open(&self) -> Option<&VersionText> {
        self.texts.iter().find(|text| text.line.state.is_open())
    }

    /// The text of a number.
    #[must_use]
    pub fn number(&self, number: i32) -> Option<&VersionText> {
        self.texts.iter().find(|text| text.line.number == number)
    }
}

/// One programme.
///
/// # Errors
/// [`ActError::NotFound`] when there is none of that code, or a learner asks for one that is not in force.
pub async fn programme(services: &Services, ctx: &Ctx, code: &str) -> Result<View, ActError> {
    ctx.scope(Act::ViewProgrammes)?;
    let line = read::one(&services.db, code).await?;
    let mut view = View {
        texts: read::texts(&services.db, line.id).await?,
        materials: materials(&services.db, line.id).await?,
        sessions: sessions(&services.db, Of::Programme(line.id)).await?,
        is_office: is_of_the_office(ctx),
        paper: store::read::papers::newest_of(&services.db, PaperKind::Programme, line.id.0).await?,
        keeps: keeper::<Never>(services, ctx, &line.owner_code, line.owner_bloc).await.is_ok(),
        decides: decider::<Never>(ctx, line.owner_bloc).is_ok(),
        line,
    };
    if view.is_office {
        return Ok(view);
    }
    if view.line.state != State::Approved {
        return Err(ActError::NotFound);
    }
    view.line.next = None;
    view.paper = None;
    view.texts.retain(|text| text.line.state == State::Approved);
    view.sessions.clear();
    view.materials.retain(|material| material.access == Access::Open && material.withdrawn_at.is_none());
    view.materials.iter_mut().for_each(|material| material.files.truncate(1));
    Ok(view)
}
