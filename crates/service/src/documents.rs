//! Papers as files: what is written, moved and counted here becomes a statutory paper, as Word or as PDF.
//! One function makes the file of anything; who may read the thing may take its paper, and lists of people go out by way of the audit.
//! Not for: looks and page rules (the crate `documents`), the way of a paper (`papers`).

mod class;
mod class_numbers;
mod code;
mod contents;
mod frame;
mod lists;
mod plan;
mod record;
mod sending;
mod templates;
mod texts;
mod words;

use ::documents::papers::{Clash, Fields, FillError, Fonts, NoRules, Paper, PaperFault, docx, fill, pdf};
use domain::ids::{CaseId, PlanId, ReviewId};
use domain::orgs::Bloc;
use domain::papers::PaperKind;
use store::StoreError;

use crate::gaps::Weights;
use crate::{ActError, Ctx, Services, papers};

use contents::Said;

pub use class::{
    ClassPapers, begin_class_papers, class_file, class_papers, class_papers_stand, decision_of, sign_in_file, sitting_code,
    stop_class_papers,
};
pub(crate) use class_numbers::decided_on;
pub use class_numbers::{
    ClassNumberRefusal, NumberWish, class_registers, is_in_use, number_class_paper, taken_number, unnumber_class_paper,
};
pub use code::{Code, read_code};
pub use contents::may_read;
pub use record::record_file;
pub use sending::{SendRefusal, may_send, notices, send, send_again};
pub use store::read::class_numbers::ClassNumber;
pub use store::read::papers::NoticeLine;
pub use templates::{TemplateLine, TemplateRefusal, add_template, end_template, row_fields, template, templates};

/// What a paper is wanted of.
#[derive(Debug, Clone)]
pub enum About {
    /// What a paper on its way is about.
    Case(CaseId),
    /// A plan: a version by its number, or the one to look at first.
    Plan(PlanId, Option<i32>),
    /// The decision that approves a programme, by its code.
    Programme(String),
    /// The notice that opens a review.
    Review(ReviewId),
    /// The needs of a year as one table.
    Needs(crate::needs::Ask),
    /// Who is to be trained at once, so many at most.
    Urgent(crate::gaps::Ask, Weights, usize),
}

/// As which file.
#[derive(Debug, Clone, Copy)]
pub enum Format {
    /// Word.
    Docx,
    /// PDF, with these fonts.
    Pdf(&'static Fonts),
}

/// Why a paper cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentRefusal {
    /// No procedure says who issues it.
    NoProcedure,
    /// Bodies and registers are not laid out yet.
    NoBody,
    /// No page rules are known for its day.
    NoRules(NoRules),
    /// A part that every paper has is missing.
    Fault(PaperFault),
    /// There is nothing to say.
    Empty,
    /// The template of the province asks for fields that this paper does not have.
    Template(Vec<Clash>),
}

impl DocumentRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoProcedure => "no_procedure",
            Self::NoBody => "no_body",
            Self::NoRules(_) => "no_rules",
            Self::Fault(_) => "fault",
            Self::Empty => "empty",
            Self::Template(_) => "template",
        }
    }

    /// Every code, so that tests find a word for each.
    pub const CODES: [&str; 6] = ["no_procedure", "no_body", "no_rules", "fault", "empty", "template"];
}

impl From<PaperFault> for ActError<DocumentRefusal> {
    fn from(fault: PaperFault) -> Self {
        Self::Refused(DocumentRefusal::Fault(fault))
    }
}

type Refused = ActError<DocumentRefusal>;

/// The paper of something as the bytes of a file.
///
/// # Errors
/// [`DocumentRefusal`]; [`ActError::NotFound`] and [`ActError::Forbidden`] as for reading the thing itself.
pub async fn file(services: &Services, ctx: &Ctx, about: &About, format: Format) -> Result<Vec<u8>, Refused> {
    let (kind, paper) = paper(services, ctx, about).await?;
    let template = match format {
        Format::Docx => templates::in_force(&services.db, kind, paper.family()).await?,
        Format::Pdf(_) => None,
    };
    let made = tokio::task::spawn_blocking(move || match (format, template) {
        (Format::Docx, Some(template)) => fill(&template, &Fields::of(&paper)).map_err(not_filled),
        (Format::Docx, None) => docx(&paper).map_err(|error| surprise(&error)),
        (Format::Pdf(fonts), _) => pdf(&paper, fonts).map_err(|error| surprise(&error)),
    });
    made.await.map_err(|error| surprise(&error))?
}

/// A paper as the bytes of a file, in the form of the day.
fn set(paper: &Paper, format: Format) -> Result<Vec<u8>, StoreError> {
    let made = match format {
        Format::Docx => docx(paper),
        Format::Pdf(fonts) => pdf(paper, fonts),
    };
    made.map_err(|error| StoreError::Unreadable(error.to_string()))
}

fn surprise(error: &dyn std::error::Error) -> Refused {
    ActError::Internal(StoreError::Unreadable(error.to_string()))
}

fn not_filled(error: FillError) -> Refused {
    match error {
        FillError::Fields(clashes) => ActError::Refused(DocumentRefusal::Template(clashes)),
        error => surprise(&error),
    }
}

async fn paper(services: &Services, ctx: &Ctx, about: &About) -> Result<(PaperKind, Paper), Refused> {
    let of = |kind: PaperKind| move |paper: Paper| (kind, paper);
    match about {
        About::Plan(id, number) => plan::paper(services, ctx, *id, *number).await,
        About::Programme(code) => texts::programme(services, ctx, code).await.map(of(PaperKind::Programme)),
        About::Review(_) => of_figures(services, ctx, about, PaperKind::ReviewNotice).await,
        About::Needs(_) => of_figures(services, ctx, about, PaperKind::NeedsTable).await,
        About::Urgent(..) => of_figures(services, ctx, about, PaperKind::UrgentList).await,
        About::Case(id) => of_case(services, ctx, *id).await,
    }
}

/// A paper that is made of the figures of now and not sent.
async fn of_figures(services: &Services, ctx: &Ctx, about: &About, kind: PaperKind) -> Result<(PaperKind, Paper), Refused> {
    let framed = frame::frame(services, ctx, None, kind, sending::bloc(ctx).unwrap_or(Bloc::State)).await?;
    let said = Said::make(services, ctx, about, &framed).await?.ok_or(ActError::NotFound)?;
    Ok((kind, said.paper(&framed)?))
}

async fn of_case(services: &Services, ctx: &Ctx, id: CaseId) -> Result<(PaperKind, Paper), Refused> {
    let case = papers::seen(services, ctx, id).await?;
    let paper = match case.kind {
        PaperKind::YearPlan | PaperKind::StagePlan | PaperKind::PlanAmendment => {
            let version = domain::ids::PlanVersionId(case.subject);
            let (plan, number) = store::read::plans::number_of(&services.db, version).await?;
            return plan::paper(services, ctx, plan, Some(number)).await;
        }
        PaperKind::Programme => {
            let code = store::read::programmes::code_of(&services.db, domain::ids::ProgrammeId(case.subject)).await?;
            texts::programme(services, ctx, &code).await?
        }
        PaperKind::Submission => texts::submission(services, ctx, &case).await?,
        PaperKind::ReviewNotice | PaperKind::NeedsTable | PaperKind::UrgentList => contents::paper_of(services, ctx, &case).await?,
    };
    Ok((case.kind, paper))
}
