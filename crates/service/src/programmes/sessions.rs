//! Sessions of councils: members vote and change their votes, the chair closes, the result is computed, the minutes are kept.
//! Not for: how votes are counted (`domain::programmes::appraisal`).

use domain::programmes::appraisal::{Choice, Rule, Seat, SessionState, Tally, Verdict};
use domain::programmes::life::Step;
use domain::register::scans::{judge, plain_name};
use domain::roles::{self, Act, Authorised};
use law::{Explained, NoLaw};
use store::read::people::scan_bytes;
use store::read::programmes::councils::{self as read, Of};
use store::write::programmes as texts;
use store::write::programmes::Doer;
use store::write::programmes::councils as write;
use store::{StoreError, WriteTx};

use super::councils::rule;
use super::keep::stepping;
use super::{Council, ProgrammeRefusal, Refused, Session, Vote, doer, is_of_the_office, note};
use crate::registry::Scan;
use crate::sessions::digest_of;
use crate::{ActError, Ctx, Services};

/// A session with everything on its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// The session.
    pub session: Session,
    /// The council as it is today.
    pub council: Council,
    /// Votes so far.
    pub votes: Vec<Vote>,
    /// The rule of its day, or why there is none.
    pub rule: Result<Explained<Rule>, NoLaw>,
    /// Where the asker sits, if anywhere.
    pub seat: Option<Seat>,
}

impl SessionView {
    /// The votes, counted.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(self.council.members.len(), self.votes.iter().map(|vote| vote.choice))
    }
}

/// A session.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, [`ActError::Forbidden`] outside the offices.
pub async fn session(services: &Services, ctx: &Ctx, id: i64) -> Result<SessionView, ActError> {
    if !is_of_the_office(ctx) {
        return Err(domain::roles::Forbidden { act: Act::ViewPlans }.into());
    }
    let session = read::sessions(&services.db, Of::One(id)).await?.pop().ok_or(ActError::NotFound)?;
    let council = read::council(&services.db, session.council).await?;
    let user = ctx.who.as_ref().map(|who| who.user);
    let seat = council.members.iter().find(|member| Some(member.user) == user).map(|member| member.seat);
    Ok(SessionView { votes: read::votes(&services.db, id).await?, rule: rule(session.held_on)?, seat, council, session })
}

/// Open sessions that wait for the asker's vote or close.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn waiting(services: &Services, ctx: &Ctx) -> Result<Vec<Session>, ActError> {
    match &ctx.who {
        Some(who) if ctx.may(Act::Appraise) => Ok(read::sessions(&services.db, Of::Waiting(who.user)).await?),
        _ => Ok(Vec::new()),
    }
}

fn refuse(refusal: ProgrammeRefusal) -> Refused {
    ActError::Refused(vec![refusal])
}

/// The asker, who must be a person that may appraise; in which council, its members say.
fn appraiser(ctx: &Ctx) -> Result<Authorised, Refused> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    Ok(roles::authorise_within(who, Act::Appraise, |_| true)?)
}

/// Takes a turn in an open session: the session, and where the asker sits.
async fn turn(tx: &WriteTx, proof: &Authorised, id: i64) -> Result<(Session, Seat), Refused> {
    let session = read::session(tx, id).await?;
    let members = read::members(tx, session.council).await?;
    let seat = members.iter().find(|member| member.user == proof.user()).map(|member| member.seat);
    let seat = seat.ok_or_else(|| refuse(ProgrammeRefusal::NotAMember))?;
    match write::turn(tx, id).await {
        Err(StoreError::Stale) => Err(refuse(ProgrammeRefusal::Closed)),
        other => Ok(other.map(|()| (session, seat))?),
    }
}

/// Votes, or votes anew, until the session is closed.
///
/// # Errors
/// [`ProgrammeRefusal::NotAMember`], [`ProgrammeRefusal::Closed`], [`ProgrammeRefusal::NoOpinion`].
pub async fn vote(services: &Services, ctx: &Ctx, id: i64, choice: Choice, opinion: &str) -> Result<(), Refused> {
    let proof = appraiser(ctx)?;
    let opinion = opinion.trim();
    if choice != Choice::For && opinion.is_empty() {
        return Err(refuse(ProgrammeRefusal::NoOpinion));
    }
    if opinion.chars().count() > domain::programmes::MOST_WORDS {
        return Err(refuse(ProgrammeRefusal::Text(domain::programmes::TextFault::TooLong)));
    }
    let tx = services.db.write().await?;
    let (session, _) = turn(&tx, &proof, id).await?;
    write::vote(&tx, id, proof.user(), (choice, opinion), ctx.now).await?;
    note(&tx, ctx, "programme.vote", &subject(&session), choice.code()).await?;
    Ok(tx.commit().await?)
}

/// Closes a session: what comes out is computed from the votes, and the text moves on accordingly.
///
/// # Errors
/// [`ProgrammeRefusal::NotTheChair`], [`ProgrammeRefusal::TooFewVotes`], [`ProgrammeRefusal::NoMinutes`].
pub async fn close(services: &Services, ctx: &Ctx, id: i64, minutes: &str) -> Result<Verdict, Refused> {
    let proof = appraiser(ctx)?;
    let tx = services.db.write().await?;
    let (session, seat) = turn(&tx, &proof, id).await?;
    if seat != Seat::Chair {
        return Err(refuse(ProgrammeRefusal::NotTheChair));
    }
    let members = read::members(&tx, session.council).await?;
    let votes = read::votes_within(&tx, id).await?;
    let tally = Tally::of(members.len(), votes.iter().map(|vote| vote.choice));
    let rule = rule(session.held_on)?.map_err(|_| refuse(ProgrammeRefusal::NoRule))?.value;
    let verdict = tally.verdict(&rule);
    let mut refusals = Vec::new();
    refusals.extend((session.held_on > ctx.today).then_some(ProgrammeRefusal::BadDay));
    refusals.extend(verdict.is_none().then_some(ProgrammeRefusal::TooFewVotes));
    refusals.extend(minutes.trim().is_empty().then_some(ProgrammeRefusal::NoMinutes));
    let (Some(verdict), true) = (verdict, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let doer = doer(ctx, Some(&proof));
    write::close(&tx, doer, id, verdict, minutes.trim()).await?;
    move_on(&tx, doer, &session, step_of(verdict)).await?;
    note(&tx, ctx, "programme.close", &subject(&session), verdict.code()).await?;
    tx.commit().await?;
    Ok(verdict)
}

const fn step_of(verdict: Verdict) -> Step {
    match verdict {
        Verdict::Passed => Step::Pass,
        Verdict::ToMend => Step::AskMending,
        Verdict::TurnedDown => Step::TurnDown,
    }
}

/// The chair finds the text mended as the session asked.
///
/// # Errors
/// [`ProgrammeRefusal::NotTheChair`], [`ProgrammeRefusal::WrongState`].
pub async fn accept_mended(services: &Services, ctx: &Ctx, id: i64) -> Result<(), Refused> {
    let proof = appraiser(ctx)?;
    let tx = services.db.write().await?;
    let session = read::session(&tx, id).await?;
    let members = read::members(&tx, session.council).await?;
    if !members.iter().any(|member| member.user == proof.user() && member.seat == Seat::Chair) {
        return Err(refuse(ProgrammeRefusal::NotTheChair));
    }
    if session.verdict != Some(Verdict::ToMend) {
        return Err(refuse(ProgrammeRefusal::Closed));
    }
    move_on(&tx, doer(ctx, Some(&proof)), &session, Step::AcceptMended).await?;
    note(&tx, ctx, "programme.mended", &subject(&session), "").await?;
    Ok(tx.commit().await?)
}

/// Keeps a scan of the signed minutes.
///
/// # Errors
/// [`ProgrammeRefusal::NotTheSecretary`]; [`ProgrammeRefusal::Scan`] for a file that is not taken.
pub async fn add_minutes(services: &Services, ctx: &Ctx, id: i64, (name, bytes): (&str, &[u8])) -> Result<(), Refused> {
    let proof = appraiser(ctx)?;
    let media = judge(bytes).map_err(|fault| refuse(ProgrammeRefusal::Scan(fault)))?;
    let tx = services.db.write().await?;
    let session = read::session(&tx, id).await?;
    let members = read::members(&tx, session.council).await?;
    if !members.iter().any(|member| member.user == proof.user() && member.seat != Seat::Member) {
        return Err(refuse(ProgrammeRefusal::NotTheSecretary));
    }
    if session.state != SessionState::Closed {
        return Err(refuse(ProgrammeRefusal::NoMinutes));
    }
    write::keep_scan(&tx, id, (&plain_name(name), media), &digest_of(&[bytes]), bytes).await?;
    note(&tx, ctx, "programme.minutes", &subject(&session), "").await?;
    Ok(tx.commit().await?)
}

/// The scan of the minutes.
///
/// # Errors
/// [`ActError::NotFound`] when there is none.
pub async fn minutes_file(services: &Services, ctx: &Ctx, id: i64) -> Result<Scan, ActError> {
    let scan = session(services, ctx, id).await?.session.scan.ok_or(ActError::NotFound)?;
    Ok(Scan { bytes: scan_bytes(&services.db, &scan.digest).await?, name: scan.name, media: scan.media })
}

async fn move_on(tx: &WriteTx, doer: Doer<'_>, session: &Session, step: Step) -> Result<(), Refused> {
    let open = texts::open_text(tx, session.programme).await?.filter(|open| open.id == session.text);
    let (open, next) = stepping(open, domain::programmes::life::State::Replaced, step)?;
    Ok(texts::change_state(tx, doer, session.programme, open.id, (open.state, next)).await?)
}

fn subject(session: &Session) -> String {
    format!("programme/{}/{}", session.code, session.number)
}
