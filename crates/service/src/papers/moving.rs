//! One paper with all that is known of it, and what is done to it: one act per move, in one transaction with its history.
//! Not for: opening one (`submit`).

use domain::ids::CaseId;
use domain::papers::Issued;
use domain::papers::moves::{At, Move, MoveRefusal, Opinion, apply, path};
use domain::papers::procedure::{ActKind, Procedure, Requirement, Step};
use domain::roles::Authorised;
use store::WriteTx;
use store::read::papers::{self as read, Case, EventLine, PaperScan};
use store::write::papers as write;
use store::write::schemes::By;

use super::{
    Lack, PaperRefusal, Refused, calendar, event, holding, mandates, note, procedures, proof, refuse_lacks, registers, step_to, subjects,
};
use crate::registry::without_refusal;
use crate::{ActError, Ctx, Services};

/// What is done to a paper.
#[derive(Debug, Clone)]
pub struct Doing<'a> {
    /// The revision that was looked at.
    pub revision: i32,
    /// What.
    pub act: Move,
    /// In which words.
    pub words: &'a str,
    /// With which mandate it is signed, when there are several.
    pub mandate: Option<i64>,
}

/// One paper with all that is known of it.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The paper.
    pub case: Case,
    /// Its procedure.
    pub procedure: Procedure,
    /// Steps that it goes through.
    pub path: Vec<Step>,
    /// What happened to it, oldest first.
    pub events: Vec<EventLine>,
    /// Scans of the signed paper.
    pub scans: Vec<PaperScan>,
    /// What its subject lacks.
    pub lacks: Vec<Lack>,
    /// What the asker may do now.
    pub acts: Vec<ActKind>,
    /// The asker may take it back.
    pub takes_back: bool,
    /// Whether the asker acts for who holds it.
    pub holds: bool,
    /// Ways in which the asker may sign it today: key of the mandate and the lines above the name.
    pub signatures: Vec<(i64, Vec<String>)>,
}

/// One paper.
///
/// # Errors
/// [`ActError::NotFound`] when the asker may not see it.
pub async fn case(services: &Services, ctx: &Ctx, id: CaseId) -> Result<CaseView, ActError> {
    let case = seen(services, ctx, id).await?;
    let procedure = procedures::stored(services, &case.route).await?;
    let step = procedure.step(&case.step).cloned().ok_or(ActError::NotFound)?;
    let is_open = matches!(case.at(), At::Step { .. });
    let holds = is_open && may_act(services, ctx, &case, &step).await?;
    let lacks = match is_open && step.needs.contains(&Requirement::Complete) {
        true => subjects::lacks_now(services, ctx, case.kind, case.subject).await?,
        false => Vec::new(),
    };
    let signatures = match &step.body {
        Some(body) if is_open => mandates::mine_to_sign(services, ctx, body).await?,
        _ => Vec::new(),
    };
    Ok(CaseView {
        path: path(&procedure, case.facts).cloned().collect(),
        events: read::events(&services.db, id).await?,
        scans: read::scans(&services.db, id).await?,
        lacks,
        acts: if holds { step.acts.clone() } else { Vec::new() },
        takes_back: is_open && is_sender(ctx, &case),
        holds,
        signatures: signatures.into_iter().map(|(line, lines)| (line.id, lines)).collect(),
        case,
        procedure,
    })
}

/// A paper that the asker sees, without what is known of it besides.
pub(crate) async fn seen<R>(services: &Services, ctx: &Ctx, id: CaseId) -> Result<Case, ActError<R>> {
    let case = read::case(&services.db, id).await?;
    let sees = holding::sees(services, ctx, &case).await.map_err(without_refusal)?;
    if sees { Ok(case) } else { Err(ActError::NotFound) }
}

/// Whether the asker acts at a step: for its holder, or as one who may sign there today.
pub(super) async fn may_act(services: &Services, ctx: &Ctx, case: &Case, step: &Step) -> Result<bool, ActError> {
    if holding::holds(services, ctx, case, step).await? {
        return Ok(true);
    }
    let (Some(who), Some(body)) = (&ctx.who, &step.body) else { return Ok(false) };
    let signs = ctx.may(domain::roles::Act::HandlePapers);
    Ok(signs && mandates::bodies_today(services, ctx, who.user).await?.contains(body))
}

fn is_sender(ctx: &Ctx, case: &Case) -> bool {
    let user = ctx.who.as_ref().map(|who| who.user);
    case.sent.as_ref().is_some_and(|(_, by)| *by == user)
}

/// Does something to a paper. Who comes second is told so.
///
/// # Errors
/// [`PaperRefusal`] with its code and article, [`ActError::Stale`] when somebody acted first.
pub async fn act(services: &Services, ctx: &Ctx, id: CaseId, doing: &Doing<'_>) -> Result<(), Refused> {
    let proof = proof(ctx)?;
    let case = seen(services, ctx, id).await?;
    if case.revision != doing.revision {
        return Err(ActError::Stale);
    }
    let procedure = procedures::stored(services, &case.route).await?;
    let refuse = |refusal: PaperRefusal| Err(ActError::Refused(refusal));
    let next = match apply(&procedure, case.facts, &case.at(), &doing.act) {
        Ok(next) => next,
        Err(refusal) => return refuse(PaperRefusal::Move(refusal)),
    };
    let step = procedure.step(&case.step).ok_or(ActError::NotFound)?;
    let may = match doing.act {
        Move::TakeBack if is_sender(ctx, &case) => true,
        Move::TakeBack => return refuse(PaperRefusal::Move(MoveRefusal::NothingToTakeBack)),
        _ => may_act(services, ctx, &case, step).await.map_err(without_refusal)?,
    };
    if !may {
        return refuse(PaperRefusal::NotHolder);
    }
    if procedure.place(&case.step) == Some(0) && doing.act == Move::Forward {
        return refuse(PaperRefusal::FromSubject);
    }
    refuse_wordless(doing, step)?;
    let tx = services.db.write().await?;
    let doer = Doer { services, ctx, tx: &tx, proof: proof.as_ref(), case: &case, procedure: &procedure, step, doing };
    doer.carry(&next).await?;
    Ok(tx.commit().await?)
}

/// Sending back, stopping and disagreeing say why; a step may ask for words as well.
fn refuse_wordless(doing: &Doing<'_>, step: &Step) -> Result<(), Refused> {
    let words = doing.words.trim();
    let leads_on = doing.act.kind().is_some_and(ActKind::leads_on);
    let is_asked = match &doing.act {
        Move::Return { .. } | Move::Stop | Move::Opine(Opinion::Changes | Opinion::Disagree) => true,
        _ => leads_on && step.needs.contains(&Requirement::Words),
    };
    if is_asked && words.is_empty() {
        return Err(ActError::Refused(PaperRefusal::NoWords));
    }
    if words.chars().count() > MOST_WORDS { Err(ActError::Refused(PaperRefusal::TooLong)) } else { Ok(()) }
}

/// The name of a move in the audit.
const fn audited(act: &Move) -> &'static str {
    match act {
        Move::Forward => "paper.forward",
        Move::Return { .. } => "paper.return",
        Move::Opine(_) => "paper.opine",
        Move::Sign => "paper.sign",
        Move::Number => "paper.number",
        Move::Issue => "paper.issue",
        Move::Stop => "paper.stop",
        Move::TakeBack => "paper.take_back",
    }
}

/// Most letters of what is said about a paper.
const MOST_WORDS: usize = 4_000;

struct Doer<'a> {
    services: &'a Services,
    ctx: &'a Ctx,
    tx: &'a WriteTx,
    proof: Option<&'a Authorised>,
    case: &'a Case,
    procedure: &'a Procedure,
    step: &'a Step,
    doing: &'a Doing<'a>,
}

impl Doer<'_> {
    fn by(&self) -> By<'_> {
        super::by(self.proof)
    }

    async fn carry(&self, next: &At) -> Result<(), Refused> {
        let (case, ctx, tx) = (self.case, self.ctx, self.tx);
        if self.doing.act.kind().is_some_and(ActKind::leads_on) {
            self.refuse_unready().await?;
        }
        step_to(ctx, tx, self.by(), case, self.procedure, next).await?;
        match &self.doing.act {
            Move::Sign => self.sign().await?,
            Move::Number => self.number().await?,
            Move::Issue => self.issue().await?,
            Move::Return { .. } | Move::Stop | Move::Opine(_) | Move::TakeBack | Move::Forward => {}
        }
        if matches!(self.doing.act, Move::Return { .. } | Move::Stop) {
            self.unsign().await?;
        }
        self.tell_subject(next).await?;
        let opinion = match self.doing.act {
            Move::Opine(opinion) => Some(opinion),
            _ => None,
        };
        let line = write::NewEvent { opinion, ..event(case, self.doing.act.code(), next, self.doing.words) };
        write::event(tx, self.by(), case.id, &line, ctx.now).await?;
        Ok(note(tx, ctx, audited(&self.doing.act), case.id, self.doing.words).await?)
    }

    /// What must be there before it goes on.
    async fn refuse_unready(&self) -> Result<(), Refused> {
        refuse_lacks(self.services, self.ctx, self.tx, self.case, self.step).await?;
        let needs_scan = self.step.needs.contains(&Requirement::Scan);
        if needs_scan && read::scans(&self.services.db, self.case.id).await?.is_empty() {
            return Err(ActError::Refused(PaperRefusal::NoScan));
        }
        Ok(())
    }

    async fn sign(&self) -> Result<(), Refused> {
        let (Some(proof), Some(body)) = (self.proof, &self.step.body) else { return Err(ActError::Refused(PaperRefusal::NoMandate)) };
        let lines = mandates::signature(self.services, proof.user(), self.ctx.today, body, self.doing.mandate).await?;
        Ok(write::signature(self.tx, self.case.id, Some((proof.user(), self.ctx.today, &lines))).await?)
    }

    async fn number(&self) -> Result<(), Refused> {
        let Some(signed) = &self.case.signed else { return Err(ActError::Refused(PaperRefusal::NotSigned)) };
        self.refuse_late(calendar::last_day("paperwork.number_days", signed.on)?, PaperRefusal::LateNumber)?;
        let signer = format!("{} {}", signed.lines.last().map(String::as_str).unwrap_or_default(), signed.name);
        let code = self.step.register.as_deref().unwrap_or_default();
        let taking = registers::Taking { case: Some(self.case.id), title: &self.case.title, signer: &signer };
        let number = registers::next_of(self.ctx, self.tx, self.by(), (code, self.ctx.today), &taking).await?.0;
        Ok(write::numbered(self.tx, self.case.id, Some(number)).await?)
    }

    async fn issue(&self) -> Result<(), Refused> {
        let (Some(signed), Some(number)) = (&self.case.signed, &self.case.number) else {
            return Err(ActError::Refused(PaperRefusal::NotSigned));
        };
        self.refuse_late(calendar::last_day("paperwork.issue_days", signed.on.max(number.dated_on))?, PaperRefusal::LateIssue)?;
        write::issued(self.tx, self.case.id, self.ctx.today).await?;
        let issued = Issued {
            number: number.symbol.clone(),
            dated_on: number.dated_on,
            signer_user: signed.by,
            signature_line: signed.lines.clone(),
        };
        subjects::issued(self.ctx, self.tx, self.case.kind, self.case.subject, &issued).await.map_err(without_refusal)
    }

    /// After the last day of the law only with a reason, which stays in the history.
    fn refuse_late(&self, last: Option<domain::time::Date>, refusal: PaperRefusal) -> Result<(), Refused> {
        let is_late = last.is_some_and(|last| self.ctx.today > last);
        if is_late && self.doing.words.trim().is_empty() { Err(ActError::Refused(refusal)) } else { Ok(()) }
    }

    /// A paper that goes back is not signed any more, and its number is cancelled for good.
    async fn unsign(&self) -> Result<(), Refused> {
        if self.case.signed.is_some() {
            write::signature(self.tx, self.case.id, None).await?;
        }
        if let Some(number) = &self.case.number {
            write::cancel_number(self.tx, number.id, self.doing.words).await?;
            write::numbered(self.tx, self.case.id, None).await?;
        }
        Ok(())
    }

    async fn tell_subject(&self, next: &At) -> Result<(), Refused> {
        let (ctx, tx, kind, subject, reason) = (self.ctx, self.tx, self.case.kind, self.case.subject, self.doing.words.trim());
        let told = match next {
            At::Stopped => subjects::stopped(ctx, tx, kind, subject, reason).await,
            At::Step { step, .. } if self.procedure.place(step) == Some(0) => subjects::returned(ctx, tx, kind, subject, reason).await,
            At::Step { .. } | At::Issued => Ok(()),
        };
        told.map_err(without_refusal)
    }
}
