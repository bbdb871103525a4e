//! Papers made of what somebody wrote: the decision on a programme, a submission, the notice that opens a review.
//! Not for: lists and tables (`lists`, `plan`).

use ::documents::papers::forms::{Article, Decision, ReviewNotice, Submission, decision, submission as form};
use ::documents::papers::{Align, Annex, Block, Column, Issue, Orientation, Paper, Row, Table};
use domain::ids::{CaseId, ReviewId};
use domain::papers::{CaseState, PaperKind};
use domain::programmes::Text;
use domain::time::Date;
use store::read::papers::Case;

use super::{Refused, frame};
use crate::registry::without_refusal;
use crate::{ActError, Ctx, Services, papers, programmes, reviews};

/// The decision that approves a programme, with its modules.
pub(super) async fn programme(services: &Services, ctx: &Ctx, code: &str) -> Result<Paper, Refused> {
    let view = programmes::programme(services, ctx, code).await.map_err(without_refusal)?;
    let open = view.open();
    let text = &open.or_else(|| view.text()).ok_or(ActError::NotFound)?.text;
    let decided = view.line.decision.clone().zip(view.line.decided_on).filter(|_| open.is_none());
    let case = case_of(services, &view, decided.as_ref()).await?;
    let mut framed = frame::frame(services, ctx, case, PaperKind::Programme, view.line.owner_bloc).await?;
    if let Some((number, on)) = decided {
        framed.frame.issue = Issue::Given { number, on };
    }
    let article = |text: String| Article { text, clauses: Vec::new() };
    let said = Decision {
        authority: framed.authority,
        about: format!("Phê duyệt chương trình {}", text.title),
        bases: text.legal_basis.lines().filter(|line| !line.trim().is_empty()).map(|line| basis(line.trim())).collect(),
        articles: vec![
            article(format!("Phê duyệt kèm theo Quyết định này chương trình {} ({code}).", text.title)),
            Article { text: "Nội dung chính của chương trình:".to_owned(), clauses: clauses(text) },
        ],
        responsible: vec!["Giám đốc Sở Nội vụ".to_owned(), "Thủ trưởng các cơ quan, đơn vị liên quan".to_owned()],
        annexes: if text.modules.is_empty() { Vec::new() } else { vec![modules(text)?] },
    };
    Ok(decision(&framed.frame, &said)?)
}

/// The paper of the text: on its way while a text is worked on, else the one whose number the decision has.
async fn case_of(services: &Services, view: &programmes::View, decided: Option<&(String, Date)>) -> Result<Option<CaseId>, Refused> {
    let Some((id, state)) = view.paper else { return Ok(None) };
    let is_its_own = match (state, decided) {
        (CaseState::Open, None) => true,
        (CaseState::Issued, Some((number, _))) => {
            store::read::papers::case(&services.db, id).await?.number.is_some_and(|own| own.symbol == *number)
        }
        _ => false,
    };
    Ok(is_its_own.then_some(id))
}

fn basis(line: &str) -> String {
    if line.starts_with("Căn cứ") { line.to_owned() } else { format!("Căn cứ {line}") }
}

fn clauses(text: &Text) -> Vec<String> {
    let said = [
        ("Đối tượng", text.audience.clone()),
        ("Thời lượng", format!("{} tiết, {} ngày", text.periods, text.days)),
        ("Chuẩn đầu ra", text.outcomes.clone()),
        ("Cơ sở phối hợp", text.partner.clone()),
    ];
    said.into_iter().filter(|(_, words)| !words.trim().is_empty()).map(|(name, words)| format!("{name}: {}", words.trim())).collect()
}

fn modules(text: &Text) -> Result<Annex, ::documents::papers::PaperFault> {
    let columns = vec![
        Column::new("TT", 3, Align::Centre),
        Column::new("Chuyên đề", 30, Align::Left),
        Column::new("Lý thuyết", 8, Align::Right),
        Column::new("Thực hành", 8, Align::Right),
        Column::new("Tự học", 8, Align::Right),
        Column::new("Tổng số tiết", 8, Align::Right),
    ];
    let row = |(number, module): (usize, &domain::programmes::Module)| {
        let figures = [module.theory, module.practice, module.self_study, module.periods()].map(|figure| figure.to_string());
        Row::Cells([number.to_string(), module.title.clone()].into_iter().chain(figures).collect())
    };
    let rows = (1..).zip(&text.modules).map(row).collect();
    Ok(Annex {
        title: format!("Khung chương trình {}", text.title),
        orientation: Orientation::Portrait,
        body: vec![Block::Table(Table::new(columns, rows)?)],
    })
}

/// A submission in its own words: the first paragraph says why, the others what.
pub(super) async fn submission(services: &Services, ctx: &Ctx, case: &Case) -> Result<Paper, Refused> {
    let line = papers::submission(services, ctx, case.id).await.map_err(without_refusal)?;
    let unit = crate::registry::view(services, ctx, &case.unit.1, ctx.today).await.map_err(without_refusal)?;
    let mut framed = frame::frame(services, ctx, Some(case.id), PaperKind::Submission, unit.unit.bloc).await?;
    framed.frame.recipients.insert(0, "Như trên".to_owned());
    let mut paragraphs = line.words.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    let reasons = paragraphs.next().into_iter().collect();
    let rest: Vec<String> = paragraphs.collect();
    let said = Submission {
        to: vec![framed.issuer],
        about: line.title.clone(),
        reasons,
        contents: if rest.is_empty() { vec![format!("{}.", line.title.trim_end_matches('.'))] } else { rest },
        asks: vec![format!("Xem xét, quyết định: {}.", line.title.trim_end_matches('.'))],
        ..Submission::default()
    };
    Ok(form(&framed.frame, &said)?)
}

/// Units that a notice names; more are told as a number.
const MOST_NAMED: usize = 6;

/// The notice that opens a review.
pub(super) async fn notice(services: &Services, ctx: &Ctx, id: ReviewId, contact: &str) -> Result<ReviewNotice, Refused> {
    let notice = reviews::notice(services, ctx, id).await.map_err(without_refusal)?;
    let review = notice.review;
    let names: Vec<&str> = notice.units.iter().map(|(_, name)| name.as_str()).collect();
    let scope = if names.len() > MOST_NAMED {
        format!("{} cơ quan, đơn vị có tên trên hệ thống", names.len())
    } else {
        names.join("; ")
    };
    let asked = review.questions.iter().map(|question| question.text.clone());
    Ok(ReviewNotice {
        year: review.year,
        bases: Vec::new(),
        scope,
        opens: review.opens_on,
        closes: review.due_on,
        contents: [
            "Tiêu chuẩn chức danh, vị trí việc làm còn thiếu của từng người.".to_owned(),
            "Nhu cầu khác của đơn vị và cá nhân.".to_owned(),
        ]
        .into_iter()
        .chain(asked)
        .collect(),
        contact: contact.to_owned(),
    })
}
