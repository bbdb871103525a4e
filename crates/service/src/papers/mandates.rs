//! Mandates to sign: given and ended by who keeps procedures, looked up when somebody signs.
//! Not for: their rules (`domain::papers::mandates`).

use domain::ids::UserId;
use domain::papers::mandates::{Body, Mandate, MandateFault, SignAs, Standing, faults, holds_on, signature_lines};
use domain::roles::{self, Act};
use domain::time::{Date, Interval};
use store::read::papers::{self as read, MandateLine};
use store::write::papers::{self as write, NewMandate};
use store::write::schemes::By;

use super::{PaperRefusal, Refused, note_of};
use crate::{ActError, Ctx, Services};

/// Why a mandate is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MandateRefusal {
    /// A rule of mandates.
    Fault(MandateFault),
    /// There is no such body.
    NoBody,
    /// There is no such account.
    NoSigner,
    /// The mandate it is under is not one of the body.
    NoUnder,
}

impl MandateRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fault(fault) => fault.code(),
            Self::NoBody => "no_body",
            Self::NoSigner => "no_signer",
            Self::NoUnder => "no_under",
        }
    }

    /// The article that says so, as the law files cite it.
    #[must_use]
    pub const fn article(self) -> Option<&'static str> {
        match self {
            Self::Fault(MandateFault::BadDays | MandateFault::NoPost) | Self::NoBody | Self::NoSigner | Self::NoUnder => None,
            Self::Fault(_) => Some("nd-30-2020#13"),
        }
    }
}

/// A mandate as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateForm<'a> {
    /// Code of the body.
    pub body: &'a str,
    /// Sign-in name of the signer.
    pub login: &'a str,
    /// In which way.
    pub sign_as: SignAs,
    /// What the signer is.
    pub standing: Standing,
    /// Post of the signer.
    pub post: &'a str,
    /// Number of the paper that gives the right.
    pub decision: Option<&'a str>,
    /// Key of the mandate it is under.
    pub under: Option<i64>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub last: Option<Date>,
}

/// Every mandate.
///
/// # Errors
/// [`ActError::Forbidden`] for those who see no papers.
pub async fn mandates(services: &Services, ctx: &Ctx) -> Result<Vec<MandateLine>, ActError> {
    ctx.scope(Act::ViewPapers)?;
    Ok(read::mandates(&services.db, None).await?)
}

/// Accounts that can be given a mandate: sign-in name and name.
///
/// # Errors
/// [`ActError::Forbidden`] for those who keep no procedures.
pub async fn signers(services: &Services, ctx: &Ctx) -> Result<Vec<(String, String)>, ActError> {
    ctx.scope(Act::KeepProcedures)?;
    let names = store::read::accounts::admin::names(&services.db).await?;
    Ok(names.into_iter().map(|(_, login, name)| (login, name)).collect())
}

/// Gives a mandate.
///
/// # Errors
/// Every [`MandateRefusal`] that applies.
pub async fn give_mandate(services: &Services, ctx: &Ctx, form: &MandateForm<'_>) -> Result<i64, ActError<Vec<MandateRefusal>>> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepProcedures)).transpose()?;
    let body = read::bodies(&services.db).await?.into_iter().find(|body| body.code == form.body);
    let user =
        store::read::accounts::admin::names(&services.db).await?.into_iter().find(|(_, login, _)| login == form.login).map(|(id, ..)| id);
    let under = match form.under {
        Some(under) => Some(read::mandate(&services.db, under).await?),
        None => None,
    };
    let during = match form.last {
        Some(last) => Interval::of_days(form.from, last),
        None => Interval::new(form.from, None),
    };
    let decision = form.decision.map(str::trim).filter(|number| !number.is_empty()).map(str::to_owned);
    let mandate = Mandate { sign_as: form.sign_as, standing: form.standing, post: form.post.to_owned(), decision, during: during.ok() };
    let mut refusals: Vec<_> =
        faults(&mandate, under.as_ref().map(|under| &under.mandate)).into_iter().map(MandateRefusal::Fault).collect();
    refusals.extend(body.is_none().then_some(MandateRefusal::NoBody));
    refusals.extend(user.is_none().then_some(MandateRefusal::NoSigner));
    let is_of_body = under.as_ref().is_none_or(|under| body.as_ref().is_none_or(|body| under.body == body.id));
    refusals.extend((!is_of_body).then_some(MandateRefusal::NoUnder));
    let (Some(body), Some(user), Some(during), true) = (body, user, mandate.during, refusals.is_empty()) else {
        return Err(ActError::Refused(refusals));
    };
    let new = NewMandate {
        body: body.id,
        user,
        sign_as: form.sign_as,
        standing: form.standing,
        post: form.post,
        decision: mandate.decision.as_deref(),
        under: form.under,
        from: during.from(),
        to: during.to(),
    };
    let tx = services.db.write().await?;
    let id = write::add_mandate(&tx, proof.as_ref().map_or(By::System, By::Person), &new, ctx.now).await?;
    note_of(&tx, ctx, "mandate.give", &format!("mandate/{id}"), form.decision.unwrap_or_default()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Ends a mandate: today is the first day without it.
///
/// # Errors
/// [`ActError::Stale`] when somebody changed it first.
pub async fn end_mandate(services: &Services, ctx: &Ctx, id: i64, revision: i32) -> Result<(), ActError> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepProcedures)).transpose()?;
    let line = read::mandate(&services.db, id).await?;
    let begins = line.mandate.during.map_or(ctx.today, |during| during.from());
    // A mandate that has not begun yet keeps its first day alone, so that it stays a span; it never holds before that day.
    let before = ctx.today.max(begins.next_day().unwrap_or(begins));
    let tx = services.db.write().await?;
    write::end_mandate(&tx, proof.as_ref().map_or(By::System, By::Person), id, revision, before, ctx.now).await?;
    note_of(&tx, ctx, "mandate.end", &format!("mandate/{id}"), "").await?;
    Ok(tx.commit().await?)
}

/// Mandates of an account with the ones they are under.
async fn of(services: &Services, user: UserId) -> Result<Vec<(MandateLine, Option<MandateLine>)>, store::StoreError> {
    let lines = read::mandates(&services.db, Some(user)).await?;
    let mut found = Vec::with_capacity(lines.len());
    for line in lines {
        let under = match line.under {
            Some(under) => Some(read::mandate(&services.db, under).await?),
            None => None,
        };
        found.push((line, under));
    }
    Ok(found)
}

fn holds((line, under): &(MandateLine, Option<MandateLine>), day: Date) -> bool {
    holds_on(&line.mandate, under.as_ref().map(|under| &under.mandate), day)
}

/// Codes of the bodies for which an account may sign today.
pub(super) async fn bodies_today(services: &Services, ctx: &Ctx, user: UserId) -> Result<Vec<String>, ActError> {
    let mut codes: Vec<String> =
        of(services, user).await?.into_iter().filter(|pair| holds(pair, ctx.today)).map(|(line, _)| line.body_code).collect();
    codes.dedup();
    Ok(codes)
}

/// Mandates with which the asker may sign for a body today, each with the lines above the name.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn mine_to_sign(services: &Services, ctx: &Ctx, body: &str) -> Result<Vec<(MandateLine, Vec<String>)>, ActError> {
    let Some(who) = &ctx.who else { return Ok(Vec::new()) };
    let Some(body) = read::bodies(&services.db).await?.into_iter().find(|line| line.code == body) else { return Ok(Vec::new()) };
    let pairs = of(services, who.user).await?.into_iter().filter(|pair| pair.0.body == body.id && holds(pair, ctx.today));
    Ok(pairs.map(|(line, under)| (line.clone(), lines(&body.body, &line, under.as_ref()))).collect())
}

fn lines(body: &Body, line: &MandateLine, under: Option<&MandateLine>) -> Vec<String> {
    signature_lines(body, &line.mandate, under.map(|under| &under.mandate))
}

/// The signature of an account for a body today.
///
/// # Errors
/// [`PaperRefusal::NoMandate`] and its kin, with their article.
pub(super) async fn signature(
    services: &Services,
    user: UserId,
    today: Date,
    body: &str,
    chosen: Option<i64>,
) -> Result<Vec<String>, Refused> {
    let refuse = |refusal| Err(ActError::Refused(refusal));
    let Some(body) = read::bodies(&services.db).await?.into_iter().find(|line| line.code == body) else {
        return refuse(PaperRefusal::NoMandate);
    };
    let all: Vec<_> = of(services, user).await?.into_iter().filter(|(line, _)| line.body == body.id).collect();
    let asked: Vec<_> = all.iter().filter(|(line, _)| chosen.is_none_or(|id| line.id == id)).collect();
    if asked.is_empty() {
        return refuse(PaperRefusal::NoMandate);
    }
    let mut today = asked.into_iter().filter(|pair| holds(pair, today));
    match (today.next(), today.next()) {
        (None, _) => refuse(PaperRefusal::MandateNotToday),
        (Some(_), Some(_)) => refuse(PaperRefusal::ManyMandates),
        (Some((line, under)), None) => {
            let is_sound = faults(&line.mandate, under.as_ref().map(|under| &under.mandate)).is_empty();
            if is_sound { Ok(lines(&body.body, line, under.as_ref())) } else { refuse(PaperRefusal::BadMandate) }
        }
    }
}
