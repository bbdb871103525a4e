//! Papers of a class: made of its facts and of who is in it, one as a file, or many beside a request as an archive.
//! Not for: wording (`documents::papers::forms::class_papers`), certificates (`certificates`).

mod sign_in;

use std::collections::BTreeMap;
use std::sync::Arc;

use ::documents::papers::forms::Frame;
use ::documents::papers::forms::class_papers::{self as forms, ClassFacts, Meeting, Member};
use ::documents::papers::sign_in::{SignSheet, sign_sheets};
use ::documents::papers::{Fonts, Issue, Paper, PaperFault};
use domain::classes::Hours;
use domain::classes::papers::{ClassPaper, ClassPaperFault, Known};
use domain::classes::sittings::Shift;
use domain::geography::standing::Standing as Houses;
use domain::ids::{OfficialId, UnitId};
use domain::nominations::NominationState;
use domain::people::StaffKind;
use domain::time::{Date, dmy};
use domain::training::Outcome;
use futures_util::future::try_join_all;
use law::SendingDate;
use store::read::class_numbers::{self, ClassNumber};
use store::read::classes::{ClassLine, Meeting as Wanted, SittingLine, sittings};
use store::read::nominations::{self as people, Of};
use store::{At, StoreError};

use super::frame::{of_unit, province};
use super::{DocumentRefusal, Format, Refused, surprise};
use crate::classes::{keeper, seen};
use crate::lawbook::law;
use crate::noting::note;
use crate::registry::{unit_names, view_of_id, without_refusal};
use crate::work::{self, End, Made, Pack, Stand, Task, Watch};
use crate::{ActError, Ctx, Services};

pub use sign_in::sign_in_file;

/// Everything that papers of a class are made of.
struct Material {
    line: ClassLine,
    frame: Frame,
    authority: String,
    facts: ClassFacts,
    members: Vec<Confirmed>,
    numbers: Vec<ClassNumber>,
    outcomes: Vec<Outcome>,
    sittings: Vec<SittingLine>,
}

/// Somebody with a confirmed seat.
pub(super) struct Confirmed {
    official: OfficialId,
    member: Member,
    /// Code and name of the agency: of which the own unit is a part, or it itself.
    agency: (String, String),
    /// Months of service promised.
    months: u32,
    /// What became of the attendance, once there is one.
    outcome: Option<Outcome>,
}

/// The papers of a class with what keeps each from being made, and whether it is one for each of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassPapers {
    /// The class.
    pub line: ClassLine,
    /// Paper, what keeps it, how many of it there are.
    pub papers: Vec<(ClassPaper, Option<ClassPaperFault>, usize)>,
    /// Numbers that they have.
    pub numbers: Vec<ClassNumber>,
}

/// Most people of a class that papers name.
const MOST: u32 = 20_000;
/// Papers set one after the other.
const PORTION: usize = 10;
/// Portions set at once, before somebody hears how far it is.
const LANES: usize = 2;

/// Which papers of a class can be made, for who keeps it.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not keep it.
pub async fn class_papers(services: &Services, ctx: &Ctx, code: &str) -> Result<ClassPapers, ActError> {
    let line = seen(services, ctx, code).await?;
    keeper(services, ctx, line.terms.lead).await?;
    let at = At::Reader(&services.db);
    let members = confirmed(services, ctx, &line).await?;
    let sittings = sittings(at, Wanted::Of(line.id)).await?.len();
    let agencies = agencies_of(&members);
    let known = Known { status: line.status, kind: line.terms.kind, people: members.len(), sittings };
    let many = |paper: ClassPaper| match paper {
        ClassPaper::DispatchByUnit => agencies.len(),
        ClassPaper::Summons | ClassPaper::Commitment => members.len(),
        ClassPaper::SignIn => sittings,
        _ => 1,
    };
    let papers = ClassPaper::ALL.iter().map(|paper| (*paper, paper.fault(&known), many(*paper))).collect();
    let numbers = class_numbers::of_class(at, line.id).await?;
    Ok(ClassPapers { papers, numbers, line })
}

/// The agencies of people by name, each once: code and name.
pub(super) fn agencies_of(members: &[Confirmed]) -> Vec<(String, String)> {
    let mut agencies: Vec<_> = members.iter().map(|one| one.agency.clone()).collect();
    agencies.sort_unstable_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    agencies.dedup();
    agencies
}

/// People with a confirmed seat by name of unit and their own.
pub(super) async fn confirmed(services: &Services, ctx: &Ctx, line: &ClassLine) -> Result<Vec<Confirmed>, ActError> {
    let at = At::Reader(&services.db);
    let names = unit_names(services, ctx).await?;
    let houses = Houses::new(&names.map, []);
    let agency = |unit: UnitId| {
        let house = houses.house(unit, ctx.today);
        let code = names.map.units.get(&house).map(|unit| unit.code.clone()).unwrap_or_default();
        (code, names.name_on(house, ctx.today).to_owned())
    };
    let outcomes: BTreeMap<_, _> =
        people::learners(at, line.id, ctx.today).await?.into_iter().map(|(who, _, outcome)| (who.0, outcome)).collect();
    let named = people::list(at, Of::Class(line.id), ctx.today, MOST).await?;
    let member = |named: people::NominationLine| {
        let (official, _, name) = named.official;
        let outcome = outcomes.get(&official).copied();
        let words = outcome.map(outcome_words).unwrap_or_default();
        let (post, unit, agency) = (named.post.unwrap_or_default(), named.unit.1, agency(named.working.unit));
        let member = Member { name, post, unit, outcome: words, note: String::new() };
        Confirmed { official, member, agency, months: u32::try_from(named.promised_months).unwrap_or(0), outcome }
    };
    let mut members: Vec<Confirmed> = named.into_iter().filter(|named| named.state == NominationState::Confirmed).map(member).collect();
    members.sort_by(|a, b| a.member.unit.cmp(&b.member.unit));
    Ok(members)
}

fn outcome_words(outcome: Outcome) -> String {
    match outcome {
        Outcome::Studying => "",
        Outcome::Finished => "Hoàn thành",
        Outcome::Failed => "Không đạt",
        Outcome::Withdrawn => "Thôi học",
    }
    .to_owned()
}

async fn material(services: &Services, ctx: &Ctx, code: &str, paper: ClassPaper) -> Result<Material, Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?;
    gathered(services, ctx, line, paper).await
}

/// The material of a paper, for whoever was found to have a right to it.
async fn gathered(services: &Services, ctx: &Ctx, line: ClassLine, paper: ClassPaper) -> Result<Material, Refused> {
    let unit = view_of_id(services, ctx, line.terms.lead, ctx.today).await.map_err(without_refusal)?;
    let members = confirmed(services, ctx, &line).await.map_err(without_refusal)?;
    let sittings = sittings(At::Reader(&services.db), Wanted::Of(line.id)).await?;
    let known = Known { status: line.status, kind: line.terms.kind, people: members.len(), sittings: sittings.len() };
    if paper.fault(&known).is_some() {
        return Err(ActError::Refused(DocumentRefusal::Empty));
    }
    let outcomes =
        people::learners(At::Reader(&services.db), line.id, ctx.today).await?.into_iter().map(|(_, _, outcome)| outcome).collect();
    let province = province(services, ctx).await?;
    let numbers = class_numbers::of_class(At::Reader(&services.db), line.id).await?;
    let (frame, authority) = of_unit(&unit, &province, issue(&line, paper, &numbers, ctx.today), ctx.today)?;
    let facts = facts(&line, &frame.issuer, bases(&line, paper, ctx.today)?);
    Ok(Material { line, frame, authority, facts, members, numbers, outcomes, sittings })
}

fn facts(line: &ClassLine, issuer: &str, bases: Vec<String>) -> ClassFacts {
    let terms = &line.terms;
    let hours = match terms.hours {
        Hours::Office => "trong giờ hành chính",
        Hours::AfterHours => "ngoài giờ hành chính",
        Hours::Evening => "buổi tối",
    };
    ClassFacts {
        name: terms.name.clone(),
        code: line.code.clone(),
        days: (terms.starts_on, terms.ends_on),
        periods: u32::try_from(terms.periods).unwrap_or(0),
        seats: u32::try_from(terms.most).unwrap_or(0),
        place: terms.place.clone(),
        school: terms.school.clone(),
        hours: hours.to_owned(),
        lead: issuer.replace('\n', " "),
        bases,
    }
}

/// Number and day of the decision that a paper is, when the class goes by it already: it was opened with it, or its results were recognised.
#[must_use]
pub fn decision_of(line: &ClassLine, paper: ClassPaper) -> Option<&(String, Date)> {
    match paper {
        ClassPaper::Opening => line.decision.as_ref(),
        ClassPaper::Recognition => line.results.as_ref(),
        _ => None,
    }
}

/// The acts that govern a class on the day that counts: of the decision when there is one, else today; and the decision it follows.
fn bases(line: &ClassLine, paper: ClassPaper, today: Date) -> Result<Vec<String>, StoreError> {
    let on = decision_of(line, paper).map_or(today, |(_, day)| *day);
    let law = law()?;
    let mut kinds = line.terms.staff.clone();
    if kinds.is_empty() {
        kinds.extend([StaffKind::CongChuc, StaffKind::VienChuc]);
    }
    let mut bases: Vec<String> = Vec::new();
    for kind in kinds {
        // A kind of staff whose act is not known on that day is cited by nothing: a wrong basis is worse than none.
        let Ok(found) = law.lookup("regimes.training", kind, SendingDate(on)) else { continue };
        for cite in found.used.iter().flat_map(|used| &used.cites) {
            let Some(act) = law.act(&cite.act) else { continue };
            let basis = format!("Căn cứ {} {}", act.name().vi, act.title.vi);
            if !bases.contains(&basis) {
                bases.push(basis);
            }
        }
    }
    if let (false, Some((number, day))) = (paper == ClassPaper::Opening, &line.decision) {
        bases.push(format!("Căn cứ Quyết định số {number} ngày {} về việc mở lớp “{}”", dmy(*day), line.terms.name));
    }
    Ok(bases)
}

/// Number and day when the class says them, or when it took a number for the paper; else to be signed, with room for both.
fn issue(line: &ClassLine, paper: ClassPaper, numbers: &[ClassNumber], today: Date) -> Issue {
    let taken = || numbers.iter().find(|one| one.paper == paper && one.unit.is_empty()).map(|one| (one.symbol.clone(), one.dated_on));
    let symbol = match paper {
        ClassPaper::Opening | ClassPaper::Dispatch | ClassPaper::DispatchByUnit | ClassPaper::Recognition => "/QĐ-…",
        ClassPaper::Summons => "/GM-…",
        ClassPaper::Report => "/BC-…",
        ClassPaper::Roster | ClassPaper::SignIn => "/DS-…",
        ClassPaper::Commitment => "/CK-…",
    };
    match decision_of(line, paper).cloned().or_else(taken) {
        Some((number, on)) => Issue::Given { number, on },
        None => Issue::ToSign { symbol: symbol.to_owned(), year: today.year() },
    }
}

fn when(line: &SittingLine) -> String {
    let shift = match line.sitting.shift {
        Shift::Morning => "Sáng",
        Shift::Afternoon => "Chiều",
        Shift::Evening => "Tối",
        Shift::Day => "Cả ngày",
    };
    format!("{shift}, ngày {}", dmy(line.sitting.on))
}

impl Material {
    fn list(&self) -> Vec<Member> {
        self.members.iter().map(|one| one.member.clone()).collect()
    }

    /// Who signs sheets: whoever left the class does not.
    fn signers(&self) -> impl Iterator<Item = (OfficialId, &Member)> {
        let stays = |one: &&Confirmed| one.outcome != Some(Outcome::Withdrawn);
        self.members.iter().filter(stays).map(|one| (one.official, &one.member))
    }

    fn first(&self) -> String {
        let room = |line: &SittingLine| line.room.as_ref().map(|(_, name)| format!(", {name}")).unwrap_or_default();
        self.sittings.first().map(|line| format!("{}{}", when(line), room(line))).unwrap_or_default()
    }

    fn one(&self, paper: ClassPaper) -> Result<Paper, PaperFault> {
        let (frame, authority, facts, list) = (&self.frame, &self.authority, &self.facts, self.list());
        match paper {
            ClassPaper::Opening => forms::opening(frame, authority, facts),
            ClassPaper::Dispatch => forms::dispatch(frame, authority, facts, None, &list),
            ClassPaper::Roster => forms::roster(frame, facts, &list),
            ClassPaper::Recognition => {
                let finished = self.outcomes.iter().filter(|outcome| **outcome == Outcome::Finished).count();
                forms::recognition(frame, authority, facts, &list, finished)
            }
            ClassPaper::Report => {
                let sum = |outcome: Outcome| {
                    let name = outcome_words(outcome);
                    let name = if name.is_empty() { "Chưa ghi kết quả".to_owned() } else { name };
                    (name, self.outcomes.iter().filter(|known| **known == outcome).count())
                };
                let all = [Outcome::Finished, Outcome::Failed, Outcome::Withdrawn, Outcome::Studying];
                let sums: Vec<_> = all.into_iter().map(sum).filter(|(_, n)| *n > 0).collect();
                forms::report(frame, facts, &sums, self.sittings.len(), Vec::new())
            }
            ClassPaper::DispatchByUnit | ClassPaper::Summons | ClassPaper::SignIn | ClassPaper::Commitment => {
                Err(PaperFault::Blank("body"))
            }
        }
    }

    /// Papers of which there are many, with a name for each file.
    fn many(&self, paper: ClassPaper, format: Format) -> Result<Vec<(String, Piece)>, PaperFault> {
        let (frame, facts) = (&self.frame, &self.facts);
        let named = |place: usize, paper: Paper| (format!("{:04}", place + 1), Piece::Paper(Box::new(paper)));
        let people = self.members.iter().enumerate();
        match paper {
            ClassPaper::Summons => {
                let first = self.first();
                people.map(|(at, one)| Ok(named(at, forms::summons(frame, facts, &one.member, &first)?))).collect()
            }
            ClassPaper::Commitment => {
                people.map(|(at, one)| Ok(named(at, forms::commitment(frame, facts, &one.member, one.months)?))).collect()
            }
            ClassPaper::DispatchByUnit => {
                let of = |(at, (code, name)): (usize, (String, String))| {
                    let list: Vec<Member> = self.members.iter().filter(|one| one.agency.0 == code).map(|one| one.member.clone()).collect();
                    let taken = self.numbers.iter().find(|number| number.paper == paper && number.unit == code);
                    let given = taken.map(|number| Issue::Given { number: number.symbol.clone(), on: number.dated_on });
                    let frame = Frame { issue: given.unwrap_or_else(|| frame.issue.clone()), ..frame.clone() };
                    Ok(named(at, forms::dispatch(&frame, &self.authority, facts, Some(&name), &list)?))
                };
                agencies_of(&self.members).into_iter().enumerate().map(of).collect()
            }
            ClassPaper::SignIn if matches!(format, Format::Pdf(_)) => {
                let sheet = |(at, sheet)| (format!("{:04}", at + 1), Piece::Sheet(Box::new(sheet)));
                Ok(self.sheets(None).into_iter().enumerate().map(sheet).collect())
            }
            ClassPaper::SignIn => {
                let list: Vec<Member> = self.signers().map(|(_, member)| member.clone()).collect();
                let of = |(at, line): (usize, &SittingLine)| {
                    let frame = Frame { code: Some(sitting_code(&self.line.code, line)), ..frame.clone() };
                    Ok(named(at, forms::sign_in(&frame, facts, &meeting(line), &list)?))
                };
                self.sittings.iter().enumerate().map(of).collect()
            }
            other => Ok(vec![named(0, self.one(other)?)]),
        }
    }
}

fn meeting(line: &SittingLine) -> Meeting {
    Meeting {
        when: when(line),
        room: line.room.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        lecturer: line.lecturer.as_ref().map(|(_, name)| name.clone()).unwrap_or_default(),
        words: line.sitting.words.clone(),
    }
}

/// What is set: a paper, or a sheet to sign, whose cells have places of their own.
enum Piece {
    Paper(Box<Paper>),
    Sheet(Box<SignSheet>),
}

/// What the code on a sheet to sign says that is a Word file: `KVB1:<class>:<day>:<part of the day>`. It has no squares, so its scan is told
/// and not read.
#[must_use]
pub fn sitting_code(class: &str, line: &SittingLine) -> String {
    format!("KVB1:{class}:{}:{}", domain::time::iso(line.sitting.on), line.sitting.shift)
}

/// One paper of a class as the bytes of a file, for who keeps the class. A list of people is noted in the audit.
///
/// # Errors
/// [`DocumentRefusal`]; [`ActError::Forbidden`] for who does not keep the class.
pub async fn class_file(services: &Services, ctx: &Ctx, code: &str, paper: ClassPaper, format: Format) -> Result<Vec<u8>, Refused> {
    let material = material(services, ctx, code, paper).await?;
    noted(services, ctx, code, paper).await?;
    let paper = material.one(paper)?;
    let paper = Piece::Paper(Box::new(paper));
    let made = tokio::task::spawn_blocking(move || set(&paper, format));
    made.await.map_err(|error| surprise(&error))?.map_err(ActError::Internal)
}

async fn noted(services: &Services, ctx: &Ctx, code: &str, paper: ClassPaper) -> Result<(), StoreError> {
    let tx = services.db.write().await?;
    note(&tx, ctx, "class.papers", &format!("class/{code}"), paper.code()).await?;
    tx.commit().await
}

fn set(piece: &Piece, format: Format) -> Result<Vec<u8>, StoreError> {
    match (piece, format) {
        (Piece::Paper(paper), format) => super::set(paper, format),
        (Piece::Sheet(sheet), Format::Pdf(fonts)) => {
            sign_sheets(std::slice::from_ref(sheet), fonts).map_err(|error| StoreError::Unreadable(error.to_string()))
        }
        (Piece::Sheet(_), Format::Docx) => Err(StoreError::Unreadable("a sheet to sign has no Word file".to_owned())),
    }
}

const fn task(paper: ClassPaper) -> Task {
    Task::ClassPapers(paper.code())
}

/// Begins to set papers of which there are many, beside the request; they end up in one archive.
///
/// # Errors
/// As [`class_file`].
pub async fn begin_class_papers(
    services: &Arc<Services>,
    ctx: &Ctx,
    code: &str,
    paper: ClassPaper,
    fonts: Option<&'static Fonts>,
) -> Result<(), Refused> {
    let material = material(services, ctx, code, paper).await?;
    noted(services, ctx, code, paper).await?;
    if paper == ClassPaper::SignIn {
        sign_in::keep_list(services, ctx, &material).await?;
    }
    let (format, ending) = fonts.map_or((Format::Docx, "docx"), |fonts| (Format::Pdf(fonts), "pdf"));
    let papers = material.many(paper, format)?;
    let (of, class) = (papers.len(), material.line.id.0);
    let name = format!("{}-{}", paper.code().replace('_', "-"), code.to_lowercase());
    let work = async move |_: Arc<Services>, watch: Arc<Watch>| match many(papers, (&name, ending), format, &watch).await {
        Ok(Some(made)) => End::Done(Some(Arc::new(made))),
        Ok(None) => End::Stopped,
        Err(error) => End::Broken(error.to_string()),
    };
    work::begin(services, (task(paper), class), of, work);
    Ok(())
}

/// Sets papers portion by portion, so that no thread is held for long, into an archive on the disk; none when it was stopped.
async fn many(
    papers: Vec<(String, Piece)>,
    (name, ending): (&str, &'static str),
    format: Format,
    watch: &Watch,
) -> Result<Option<Made>, StoreError> {
    let (of, mut done, mut pack) = (papers.len(), 0, Pack::begin()?);
    let mut left = papers.into_iter();
    loop {
        let portions = (0..LANES).map(|_| left.by_ref().take(PORTION).collect::<Vec<_>>()).filter(|portion| !portion.is_empty());
        let lanes: Vec<_> = portions.map(|portion| set_all(portion, ending, format)).collect();
        if lanes.is_empty() {
            break;
        }
        for files in try_join_all(lanes).await? {
            done += files.len();
            pack = pack.add(files).await?;
        }
        if !watch.tell(done, of) {
            return Ok(None);
        }
    }
    Ok(Some(pack.finish(format!("{name}.zip"), None)?))
}

async fn set_all(portion: Vec<(String, Piece)>, ending: &'static str, format: Format) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let one = move |(name, paper): (String, Piece)| Ok((format!("{name}.{ending}"), set(&paper, format)?));
    let setting = tokio::task::spawn_blocking(move || portion.into_iter().map(one).collect());
    setting.await.map_err(|error| StoreError::Unreadable(error.to_string()))?
}

/// How the making of papers stands, for who keeps the class.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not.
pub async fn class_papers_stand(services: &Services, ctx: &Ctx, code: &str, paper: ClassPaper) -> Result<Option<Stand>, ActError> {
    let line = seen(services, ctx, code).await?;
    keeper(services, ctx, line.terms.lead).await?;
    Ok(services.works.stand((task(paper), line.id.0)))
}

/// Asks the making of papers to stop, for who keeps the class.
///
/// # Errors
/// [`ActError::Forbidden`] for who does not.
pub async fn stop_class_papers(services: &Services, ctx: &Ctx, code: &str, paper: ClassPaper) -> Result<(), ActError> {
    let line = seen(services, ctx, code).await?;
    keeper(services, ctx, line.terms.lead).await?;
    services.works.cancel((task(paper), line.id.0));
    Ok(())
}
