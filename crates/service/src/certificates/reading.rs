//! Certificates read: of a class, of a person, the register, one of them; and what anybody with the code is shown.
//! Not for: printing.

use domain::certificates::code::Code;
use domain::certificates::{CertificateKind, CertificateState};
use domain::ids::CertificateId;
use domain::people::StaffKind;
use domain::roles::Act;
use domain::text::fold;
use domain::time::Date;
use law::CourseEnd;
use store::At;
use store::read::certificates::{self as read, CertificateLine, RunLine, Wanted};
use store::read::classes::ClassLine;
use store::read::people::Person;
use time::Duration;

use super::{keeps, kept, recognised, site};
use crate::classes::people_place;
use crate::lawbook::law;
use crate::noting::note;
use crate::{ActError, Ctx, Services, registry};

/// Certificates of a class, for who keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassCertificates {
    /// The class.
    pub line: ClassLine,
    /// Its papers in the order of their numbers.
    pub papers: Vec<CertificateLine>,
    /// How many are still to get one.
    pub due: i32,
    /// Runs, the newest first.
    pub runs: Vec<RunLine>,
    /// By when they are to be issued, and whether the number of days is verified.
    pub deadline: Option<(Date, bool)>,
    /// The address of this site as it stands in codes.
    pub site: Option<String>,
}

/// Certificates of a class.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not keep it.
pub async fn of_class(services: &Services, ctx: &Ctx, code: &str) -> Result<ClassCertificates, ActError> {
    let (line, _) = kept(services, ctx, code).await?;
    let at = At::Reader(&services.db);
    Ok(ClassCertificates {
        papers: read::of_class(at, line.id).await?,
        due: read::count_due(at, line.id).await?,
        runs: read::runs(at, line.id).await?,
        deadline: deadline(&line)?,
        site: site(services).await?,
        line,
    })
}

/// By when certificates are to be issued after the decision on the results, by the law of the day on which the course ended.
fn deadline(line: &ClassLine) -> Result<Option<(Date, bool)>, ActError> {
    let Some((_, decided_on)) = recognised(line) else { return Ok(None) };
    // The number of days is the same for every kind of staff.
    let Ok(found) = law()?.lookup("certificate.issue_days", StaffKind::CongChuc, CourseEnd(line.terms.ends_on)) else { return Ok(None) };
    // A second-hand source is not the text of the rule.
    let is_verified = found.used.iter().all(|used| used.evidence == law::Evidence::Verified);
    let law::Value::Number(days) = *found.value else { return Ok(None) };
    Ok(decided_on.checked_add(Duration::days(days)).map(|day| (day, is_verified)))
}

/// Certificates of a person whom the asker was shown.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn of_person(services: &Services, person: &Person) -> Result<Vec<CertificateLine>, ActError> {
    Ok(read::of_official(&services.db, person.id).await?)
}

/// One paper as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneView {
    /// The paper.
    pub paper: CertificateLine,
    /// The papers of the same attendance, the newest first.
    pub others: Vec<CertificateLine>,
    /// Whether the asker keeps the class, and so may act on it.
    pub keeps: bool,
    /// The address at which anybody checks it.
    pub site: String,
}

/// One paper, for who keeps the class, sees the person, or is the person.
///
/// # Errors
/// [`ActError::NotFound`] for everybody else.
pub async fn one(services: &Services, ctx: &Ctx, id: CertificateId) -> Result<OneView, ActError> {
    let paper = read::one(At::Reader(&services.db), id).await?;
    let keeps = keeps(services, ctx, &paper.class.1).await;
    if !keeps {
        match registry::person(services, ctx, &paper.official.1).await {
            Ok(_) => {}
            // Whether such a paper exists is told to nobody else.
            Err(ActError::Forbidden(_)) => return Err(ActError::NotFound),
            Err(error) => return Err(error),
        }
    }
    let all = read::of_official(&services.db, paper.official.0).await?;
    let others = all.into_iter().filter(|other| other.record == paper.record && other.id != paper.id).collect();
    Ok(OneView { others, keeps, site: site(services).await?.unwrap_or_default(), paper })
}

/// What of the register is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterAsk {
    /// Of this year.
    pub year: Option<i32>,
    /// Of this kind.
    pub kind: Option<CertificateKind>,
    /// In this state.
    pub state: Option<CertificateState>,
    /// Of this class, by code.
    pub class: Option<String>,
    /// Of people of this unit, by code, on the first day of their course.
    pub unit: Option<String>,
    /// With these words in name, number or course.
    pub words: String,
}

/// A page of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterPage {
    /// The papers, the newest first.
    pub lines: Vec<CertificateLine>,
    /// Where the next page starts.
    pub next: Option<CertificateId>,
    /// Years that have papers.
    pub years: Vec<i32>,
}

/// Most papers of one file.
pub const MOST_EXPORTED: u32 = 100_000;

/// The register of certificates, of people whom the asker may see. A file of it is noted in the audit.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people; [`ActError::NotFound`] when the unit is unknown or outside of the scope.
pub async fn register(
    services: &Services,
    ctx: &Ctx,
    ask: &RegisterAsk,
    before: Option<CertificateId>,
    (limit, is_file): (u32, bool),
) -> Result<RegisterPage, ActError> {
    ctx.scope(if is_file { Act::ExportPeople } else { Act::ViewPeople })?;
    let place = people_place(services, ctx, ask.unit.as_deref(), ctx.today).await?;
    let words = fold(&ask.words);
    let wanted = Wanted {
        place: &place,
        year: ask.year,
        kind: ask.kind,
        state: ask.state,
        class: ask.class.as_deref(),
        words: Some(words.trim()).filter(|words| !words.is_empty()),
        before,
        limit: limit.saturating_add(1),
    };
    let mut lines = read::register(&services.db, &wanted).await?;
    let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        lines.pop();
    }
    if is_file {
        let tx = services.db.write().await?;
        note(&tx, ctx, "certificate.export", "certificates", &format!("{}", lines.len())).await?;
        tx.commit().await?;
    }
    let next = lines.last().filter(|_| more).map(|line| line.id);
    Ok(RegisterPage { lines, next, years: read::years(&services.db).await? })
}

/// What a code finds, for anybody who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The paper, and what anybody needs to check the seal.
    Paper(Box<CertificateLine>),
    /// No paper has this code.
    Unknown,
    /// No paper can have it: a letter is wrong or missing.
    Mistyped,
}

/// The paper of a code. It is for anybody, so it takes no asker; whoever has the code holds the paper or was given it by the holder.
/// A mistyped code costs the same question as any other.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn shown(services: &Services, typed: &str) -> Result<Found, ActError> {
    let code = Code::parse(typed);
    let found = read::by_code(&services.db, code.as_ref().map_or("-", Code::as_str)).await?;
    Ok(match (found, code) {
        (Some(paper), Some(_)) => Found::Paper(Box::new(paper)),
        (_, Some(_)) => Found::Unknown,
        (_, None) => Found::Mistyped,
    })
}
