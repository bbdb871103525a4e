//! Mandates to sign: given and ended by who keeps procedures, looked up when somebody signs.
//! Not for: their rules (`domain::papers::mandates`).

use domain::ids::UserId;
use domain::papers::Family;
use domain::papers::mandates::{Body, Mandate, MandateFault, SignAs, Signs, Standing, faults, holds_on, signature_lines};
use domain::people::{LeaderGroup, StaffKind};
use domain::roles::{self, Act};
use domain::schemes::Title;
use domain::time::{Date, Interval};
use law::{NoLaw, SigningDate, Value};
use store::StoreError;
use store::read::papers::{self as read, MandateLine};
use store::write::papers::{self as write, NewMandate};
use store::write::schemes::By;

use super::{PaperRefusal, Refused, note_of, of_the_province};
use crate::lawbook::law;
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
/// [`ActError::Forbidden`] for those who do not see the papers of the whole province.
pub async fn mandates(services: &Services, ctx: &Ctx) -> Result<Vec<MandateLine>, ActError> {
    of_the_province(ctx)?;
    Ok(read::mandates(&services.db).await?)
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
async fn of(services: &Services, user: UserId) -> Result<Vec<(MandateLine, Option<MandateLine>)>, StoreError> {
    let all = read::mandates(&services.db).await?;
    let under = |line: &MandateLine| all.iter().find(|other| Some(other.id) == line.under).cloned();
    Ok(all.iter().filter(|line| line.user == user).map(|line| (line.clone(), under(line))).collect())
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
    let lines = |(line, under): (MandateLine, Option<MandateLine>)| {
        let lines = above_name(&body.body, &line.mandate, under.as_ref().map(|under| &under.mandate), ctx.today)?;
        Ok((line, lines))
    };
    pairs.map(lines).collect()
}

/// The lines above a name on a day.
///
/// # Errors
/// [`StoreError::Unreadable`] when the law of that day is not known.
pub fn above_name(body: &Body, mandate: &Mandate, under: Option<&Mandate>, on: Date) -> Result<Vec<String>, StoreError> {
    Ok(signature_lines(&signs(body.family, on)?, body, mandate, under))
}

/// The abbreviations of a family on a day.
fn signs(family: Family, on: Date) -> Result<Signs, StoreError> {
    let law = law()?;
    let value =
        |key: String| law.lookup(&key, StaffKind::CongChuc, SigningDate(on)).map(|found| found.value).map_err(|none| unknown(&none));
    let codes = value(format!("paperwork.signs_{family}"))?;
    let deputy_for_body = *value(format!("paperwork.deputy_signs_for_body_{family}"))? == Value::Flag(true);
    match codes {
        Value::Codes(codes) => match codes.as_slice() {
            [for_body, in_place, by_order, by_mandate] => Ok(Signs {
                for_body: for_body.clone(),
                in_place: in_place.clone(),
                by_order: by_order.clone(),
                by_mandate: by_mandate.clone(),
                deputy_for_body,
            }),
            _ => Err(StoreError::Unreadable(codes.join(", "))),
        },
        other => Err(StoreError::Unreadable(other.to_string())),
    }
}

/// Groups of leaders whom the standing committee of the province manages, so that they are sent only with its agreement (R21).
///
/// # Errors
/// [`StoreError::Unreadable`] when the law of that day is not known.
pub(crate) fn managed_groups(on: Date) -> Result<Vec<LeaderGroup>, StoreError> {
    let found =
        law()?.lookup("paperwork.standing_committee_groups", StaffKind::CongChuc, SigningDate(on)).map_err(|none| unknown(&none))?;
    match found.value {
        Value::Codes(codes) => Ok(codes.iter().filter_map(|code| LeaderGroup::from_code(code)).collect()),
        other => Err(StoreError::Unreadable(other.to_string())),
    }
}

/// By which act the groups of leaders whom the standing committee manages are known on a day, and whether that was checked against the text.
///
/// # Errors
/// [`StoreError`] when the law files are broken.
pub fn managed_by(on: Date) -> Result<Option<(Title, bool)>, StoreError> {
    let law = law()?;
    let Ok(found) = law.lookup("paperwork.standing_committee_groups", StaffKind::CongChuc, SigningDate(on)) else { return Ok(None) };
    let is_verified = !found.is_unverified();
    let cited = found.used.first().and_then(|used| used.cites.first()).map(|cite| law.cited(cite));
    Ok(cited.map(|cited| (Title { vi: cited.vi, en: cited.en }, is_verified)))
}

fn unknown(none: &NoLaw) -> StoreError {
    StoreError::Unreadable(none.words().en)
}

/// The signature of an account for a body today.
///
/// # Errors
/// [`PaperRefusal::NoMandate`] and its kin, with their article.
pub(super) async fn signature(
    services: &Services,
    user: UserId,
    on: Date,
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
    let mut today = asked.into_iter().filter(|pair| holds(pair, on));
    match (today.next(), today.next()) {
        (None, _) => refuse(PaperRefusal::MandateNotToday),
        (Some(_), Some(_)) => refuse(PaperRefusal::ManyMandates),
        (Some((line, under)), None) => {
            let under = under.as_ref().map(|under| &under.mandate);
            let is_sound = faults(&line.mandate, under).is_empty();
            if is_sound { Ok(above_name(&body.body, &line.mandate, under, on)?) } else { refuse(PaperRefusal::BadMandate) }
        }
    }
}
