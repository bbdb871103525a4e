//! `/lop/{code}/giay-to/{paper}/so`: a paper of a class gets its number, or gives it back.
//! Not for: the files of papers (`papers`), or the lists of numbers themselves (`papers::registers`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::classes::papers::{ClassNumberFault, ClassPaper};
use domain::papers::numbers::NumberFault;
use domain::roles::{Act, Forbidden};
use domain::text::fold;
use service::ActError;
use service::documents::{self, ClassNumber, ClassNumberRefusal, ClassPapers, NumberWish, decision_of, is_in_use};
use service::papers::{PaperRefusal, RegisterLine};

use super::path;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::papers::refusal as of_papers;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// The numbers of one paper as a list of papers tells them, with what can be done about them.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    /// Number and day; the first and the last of many.
    pub(super) told: Option<String>,
    /// Out of which register.
    pub(super) register: Option<String>,
    /// It is no paper with a number.
    pub(super) is_bare: bool,
    /// Where numbers are taken; none when each has one.
    pub(super) take: Option<String>,
    /// Where they are given back.
    pub(super) give_back: Option<String>,
}

/// What a list of papers says of the numbers of one.
pub(super) fn numbered(lang: Lang, here: &str, found: &ClassPapers, paper: ClassPaper, (can, count): (bool, usize)) -> Numbered {
    if !paper.is_numbered() {
        return Numbered { is_bare: true, ..Numbered::default() };
    }
    let given: Vec<&ClassNumber> = found.numbers.iter().filter(|number| number.paper == paper).collect();
    let said = decision_of(&found.line, paper);
    let of = if paper == ClassPaper::DispatchByUnit { count } else { 1 };
    let is_in_use = given.iter().any(|number| is_in_use(&found.line, number));
    Numbered {
        told: match given.as_slice() {
            _ if said.is_some() => said.map(|(symbol, day)| one(lang, symbol, lang.date(*day))),
            [] => None,
            [number] => Some(one(lang, &number.symbol, lang.date(number.dated_on))),
            [first, .., last] => {
                let words = [
                    ("n", lang.size(given.len()).into()),
                    ("first", first.symbol.clone().into()),
                    ("last", last.symbol.clone().into()),
                    ("day", lang.date(last.dated_on).into()),
                ];
                Some(lang.with("class-symbol-many", &words))
            }
        },
        register: given.first().and_then(|number| number.register.clone()),
        is_bare: false,
        take: (can && said.is_none() && given.len() < of).then(|| format!("{here}/{paper}/so")),
        give_back: (!given.is_empty() && !is_in_use).then(|| format!("{here}/{paper}/so/tra")),
    }
}

fn one(lang: Lang, symbol: &str, day: String) -> String {
    lang.with("class-symbol-one", &[("number", symbol.to_owned().into()), ("day", day.into())])
}

/// The paper of an address, for who keeps its class.
async fn asked(state: &AppState, signed_in: &SignedIn, code: &str, paper: &str) -> Result<(ClassPapers, ClassPaper), WebError> {
    let paper = ClassPaper::from_code(paper).filter(|paper| paper.is_numbered()).ok_or(WebError::NotFound)?;
    match documents::class_papers(&state.services, &signed_in.ctx, code).await {
        Err(ActError::Forbidden(_)) => Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses })),
        found => Ok((found?, paper)),
    }
}

fn sheet(
    signed_in: &SignedIn,
    (found, paper): (&ClassPapers, ClassPaper),
    (key, way): (&str, &str),
    fields: Vec<Field>,
    (typed, mistakes): (Typed, Vec<Mistake>),
) -> Sheet {
    let lang = signed_in.lang();
    let here = path(&found.line.code, "/giay-to");
    let count = found.papers.iter().find(|(one, ..)| *one == paper).map_or(1, |(.., count)| *count);
    let n = if paper == ClassPaper::DispatchByUnit { count } else { 1 };
    let name = word(lang, "class-paper", paper.code());
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.with(&format!("class-symbol-{key}"), &[("paper", name.into())])),
        lead: lang
            .with(&format!("class-symbol-{key}-lead"), &[("n", lang.size(n).into()), ("class", found.line.terms.name.clone().into())]),
        action: format!("{here}/{paper}/{way}"),
        submit: lang.t(&format!("class-symbol-{key}-submit")),
        back: (here, lang.t("class-papers-title")),
        fields,
        typed,
        mistakes,
    }
}

fn taking(lang: Lang, registers: &[RegisterLine]) -> Vec<Field> {
    let field = |name, kind| Field::new(lang, "class-symbol", name, kind);
    let mut fields = Vec::new();
    if !registers.is_empty() {
        let none = (String::new(), lang.t("class-symbol-elsewhere"));
        let one = |register: &RegisterLine| (register.code.clone(), register.title.clone());
        fields.push(field("register", Kind::Choice(registers.iter().map(one).chain([none]).collect())));
    }
    let symbol = Field { needed: registers.is_empty(), ..field("symbol", Kind::Short) };
    fields.push(symbol.hint(lang.t("class-symbol-symbol-hint")));
    fields.push(Field { needed: true, ..field("dated", Kind::Day) });
    fields
}

/// The register of the unit that opens the class whose papers are of the kind, so that it stands chosen; else none does.
fn usual<'r>(registers: &'r [RegisterLine], paper: ClassPaper, lead: &str) -> Option<&'r RegisterLine> {
    let sign = match paper {
        ClassPaper::Summons => "GM",
        ClassPaper::Report => "BC",
        _ => "QĐ",
    };
    let lead = fold(lead);
    registers.iter().find(|register| register.kind_sign == sign && fold(&register.body_name) == lead)
}

/// The form that takes numbers.
pub(crate) async fn show_take(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, paper)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (found, paper) = asked(&state, &signed_in, &code, &paper).await?;
    let registers = documents::class_registers(&state.services, &signed_in.ctx).await?;
    let mut typed = Typed::of([("dated", lang.date(signed_in.ctx.today))]);
    // A choice that nobody made must not look made.
    let usual = usual(&registers, paper, &found.line.lead.1).map(|register| register.code.clone());
    typed.put("register".to_owned(), usual.unwrap_or_default());
    sheet(&signed_in, (&found, paper), ("take", "so"), taking(lang, &registers), (typed, Vec::new())).answer()
}

/// Takes numbers.
pub(crate) async fn take(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, paper)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (found, paper) = asked(&state, &signed_in, &code, &paper).await?;
    let registers = documents::class_registers(&state.services, &signed_in.ctx).await?;
    let mut mistakes = Vec::new();
    if let Some(dated_on) = typed.needed_day(lang, "dated", &mut mistakes) {
        let wish = NumberWish { register: typed.words("register"), symbol: typed.words("symbol"), dated_on };
        match documents::number_class_paper(&state.services, &signed_in.ctx, &code, paper, &wish).await {
            Err(ActError::Stale) => mistakes.push(Mistake::new("dated", lang.t("class-symbol-stale"))),
            done => match refused(done)? {
                Ok(_) => return Ok(shell::see_other(&format!("{}?xong=lay-so-lop", path(&code, "/giay-to")))),
                Err(why) => mistakes.push(Mistake::new(field(&why), said(lang, &why))),
            },
        }
    }
    sheet(&signed_in, (&found, paper), ("take", "so"), taking(lang, &registers), (typed, mistakes)).answer()
}

/// The field that a refusal is about.
fn field(why: &ClassNumberRefusal) -> &'static str {
    use ClassNumberFault as Fault;
    match why {
        ClassNumberRefusal::Register(PaperRefusal::Number(NumberFault::BackDated | NumberFault::NotYet)) => "dated",
        ClassNumberRefusal::Register(_) => "register",
        ClassNumberRefusal::Fault(Fault::NoReason | Fault::InUse | Fault::NoNumber) => "reason",
        ClassNumberRefusal::Fault(_) | ClassNumberRefusal::NotNow(_) => "symbol",
    }
}

fn said(lang: Lang, why: &ClassNumberRefusal) -> String {
    match why {
        ClassNumberRefusal::Register(refusal) => of_papers(lang, refusal),
        ClassNumberRefusal::Fault(fault) => lang.code_text("class-symbol-fault", fault.code()),
        ClassNumberRefusal::NotNow(fault) => lang.code_text("class-paper-fault", fault.code()),
    }
}

fn giving_back(lang: Lang) -> Vec<Field> {
    vec![Field::needed(lang, "keep", "reason", Kind::Words).hint(lang.t("keep-reason-hint"))]
}

/// The form that gives numbers back.
pub(crate) async fn show_back(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, paper)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (found, paper) = asked(&state, &signed_in, &code, &paper).await?;
    sheet(&signed_in, (&found, paper), ("back", "so/tra"), giving_back(signed_in.lang()), (Typed::default(), Vec::new())).answer()
}

/// Gives numbers back.
pub(crate) async fn give_back(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, paper)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (found, paper) = asked(&state, &signed_in, &code, &paper).await?;
    let reason = typed.words("reason");
    match refused(documents::unnumber_class_paper(&state.services, &signed_in.ctx, &code, paper, reason).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=tra-so-lop", path(&code, "/giay-to")))),
        Err(why) => {
            let mistakes = vec![Mistake::new(field(&why), said(lang, &why))];
            sheet(&signed_in, (&found, paper), ("back", "so/tra"), giving_back(lang), (typed, mistakes)).answer()
        }
    }
}
