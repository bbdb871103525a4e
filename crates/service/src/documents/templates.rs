//! Templates: Word files of the province, by which the Word files of a kind of paper are made. Who keeps procedures keeps them.
//! A template is filled with a sample before it comes into force, so that a paper never fails by it later.
//! Not for: filling (`documents::papers`), nor the PDF, which has the looks that the rules of the day ask for.

use ::documents::papers::forms::{NeedsLine, PlanLine, UrgentLine};
use ::documents::papers::{Clash, Family as Pages, Fields, FillError, fill};
use domain::papers::{Family, PaperKind};
use domain::register::scans::plain_name;
use domain::roles::{self, Act};
use store::read::papers as read;
use store::read::people::scan_bytes;
use store::write::papers::{self as write, NewTemplate};
use store::write::schemes::By;
use store::{Db, StoreError};

use crate::noting::note;
use crate::sessions::digest_of;
use crate::{ActError, Ctx, Services, papers};

pub use read::TemplateLine;

/// Why a template does not come into force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateRefusal {
    /// No file was chosen, or it is empty.
    NoFile,
    /// The file cannot be read; the code says why.
    Unreadable(&'static str),
    /// Fields that papers of this kind do not have, or that are not written as fields are, each with its place.
    Fields(Vec<Clash>),
}

impl TemplateRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoFile => "no_file",
            Self::Unreadable(code) => code,
            Self::Fields(_) => "fields",
        }
    }

    /// Every code, so that tests find a word for each.
    pub const CODES: [&str; 8] = ["no_file", "too_large", "not_docx", "encrypted", "macros", "bomb", "damaged", "fields"];
}

type Refused = ActError<TemplateRefusal>;

/// The fields of the row that papers of a kind repeat.
#[must_use]
pub fn row_fields(kind: PaperKind) -> Vec<&'static str> {
    let fields = match kind {
        PaperKind::YearPlan | PaperKind::StagePlan | PaperKind::PlanAmendment => PlanLine::default().fields(1),
        PaperKind::NeedsTable => NeedsLine::default().fields(1),
        PaperKind::UrgentList => UrgentLine::default().fields(1),
        PaperKind::Programme | PaperKind::ReviewNotice | PaperKind::Submission => Vec::new(),
    };
    fields.into_iter().map(|(name, _)| name).collect()
}

/// Every template, in force and before.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not see the papers of the whole province.
pub async fn templates(services: &Services, ctx: &Ctx) -> Result<Vec<TemplateLine>, ActError> {
    papers::of_the_province(ctx)?;
    Ok(read::templates(&services.db).await?)
}

/// The file of a template.
///
/// # Errors
/// [`ActError::NotFound`] when there is none.
pub async fn template(services: &Services, ctx: &Ctx, id: i64) -> Result<(TemplateLine, Vec<u8>), ActError> {
    let line = templates(services, ctx).await?.into_iter().find(|line| line.id == id).ok_or(ActError::NotFound)?;
    let bytes = scan_bytes(&services.db, &line.digest).await?;
    Ok((line, bytes))
}

/// Brings a template into force, in place of the one of the same kind and family.
///
/// # Errors
/// [`TemplateRefusal`].
pub async fn add_template(
    services: &Services,
    ctx: &Ctx,
    (kind, family): (PaperKind, Family),
    name: &str,
    bytes: &[u8],
) -> Result<i64, Refused> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepProcedures)).transpose()?;
    if bytes.is_empty() {
        return Err(ActError::Refused(TemplateRefusal::NoFile));
    }
    try_out(kind, bytes.to_vec()).await?;
    let (name, digest) = (plain_name(name), digest_of(&[bytes]));
    let tx = services.db.write().await?;
    let by = proof.as_ref().map_or(By::System, By::Person);
    let new = NewTemplate { kind, family, name: &name, bytes, digest: &digest };
    let id = write::add_template(&tx, by, &new, ctx.now).await?;
    note(&tx, ctx, "template.add", &format!("paper_template/{id}"), &name).await?;
    tx.commit().await?;
    Ok(id)
}

/// Fills a template with a sample.
async fn try_out(kind: PaperKind, bytes: Vec<u8>) -> Result<(), Refused> {
    let tried = tokio::task::spawn_blocking(move || fill(&bytes, &Fields::sample(&row_fields(kind))));
    match tried.await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(FillError::Fields(clashes))) => Err(ActError::Refused(TemplateRefusal::Fields(clashes))),
        Ok(Err(error @ FillError::Packed(_))) => Err(ActError::Internal(StoreError::Unreadable(error.to_string()))),
        Ok(Err(error)) => Err(ActError::Refused(TemplateRefusal::Unreadable(error.code()))),
        Err(error) => Err(ActError::Internal(StoreError::Unreadable(error.to_string()))),
    }
}

/// Ends a template: papers have the looks of the product again.
///
/// # Errors
/// [`ActError::Stale`] when it is not in force, or not any more.
pub async fn end_template(services: &Services, ctx: &Ctx, id: i64) -> Result<(), ActError> {
    let proof = ctx.who.as_ref().map(|who| roles::authorise(who, Act::KeepProcedures)).transpose()?;
    let tx = services.db.write().await?;
    write::end_template(&tx, proof.as_ref().map_or(By::System, By::Person), id, ctx.now).await?;
    note(&tx, ctx, "template.end", &format!("paper_template/{id}"), "").await?;
    Ok(tx.commit().await?)
}

/// The template by which papers of a kind and family are made now.
pub(super) async fn in_force(db: &Db, kind: PaperKind, family: Pages) -> Result<Option<Vec<u8>>, StoreError> {
    let family = match family {
        Pages::State => Family::State,
        Pages::Party => Family::Party,
    };
    match read::template_in_force(db, kind, family).await? {
        Some(digest) => Ok(Some(scan_bytes(db, &digest).await?)),
        None => Ok(None),
    }
}
