//! `/lop/{code}/diem-danh/ban-quet/{scan}`: a scan beside the rolls, its doubtful cells decided, its marks put.
//! Not for: taking a scan (`super`).

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::attendance::sheets::{Choice, Finding, Ink, PageFault};
use domain::ids::{OfficialId, SittingId};
use service::attendance::RollRefusal;
use service::attendance::sheets::{self, Decision, OfSitting, PageLine, Review, SettleRefusal};

use super::super::{at_sitting, fault, here, said, when};
use super::{at_scan, located};
use crate::AppState;
use crate::classes::path;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "attendance/scan.html")]
struct ScanPage {
    shell: Shell,
    backs: Vec<(String, String)>,
    lead: String,
    here: String,
    cancel: String,
    file: Option<String>,
    may_remove: bool,
    sums: Vec<(&'static str, String, String)>,
    faults: Vec<Faulty>,
    sittings: Vec<Sitting>,
    others: Vec<String>,
    is_open: bool,
    needs_why: bool,
    why: String,
    mistakes: Vec<Mistake>,
}

impl ScanPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// A page that goes to no roll.
struct Faulty {
    text: String,
    picture: Option<(String, String)>,
}

struct Sitting {
    id: i64,
    when: String,
    roll: String,
    /// Chip: picture and word.
    state: (&'static str, String),
    /// Who put its marks, and when.
    told: Option<String>,
    pages: Vec<(String, String)>,
    warnings: Vec<String>,
    asked: Vec<Cell>,
    clear: Vec<Cell>,
    clear_text: String,
    is_open: bool,
    refused: Option<String>,
}

struct Cell {
    /// Name of the field: the sitting and whose.
    key: String,
    /// Where the roll leads to.
    anchor: String,
    number: usize,
    name: String,
    unit: String,
    crop: Crop,
    told: String,
    stands: String,
    kind: &'static str,
    choices: Vec<Offer>,
    revision: i32,
    mistake: Option<String>,
}

/// A choice of a cell: code, whether it is chosen, how it looks, its words.
struct Offer {
    code: &'static str,
    is_chosen: bool,
    look: &'static str,
    icon: &'static str,
    text: String,
}

/// The cell cut out of its page, with a little around it.
struct Crop {
    page: String,
    view: String,
    label: String,
}

/// What is shown around a cell, in dots of the page.
const AROUND: i32 = 8;

fn crop(lang: Lang, code: &str, scan: i64, (number, row): (i32, usize), name: &str) -> Crop {
    let area = documents::papers::sign_in::signature(row);
    let dots = |tenths: u16| i32::from(tenths / 2);
    let view = format!(
        "{} {} {} {}",
        dots(area.left) - AROUND,
        dots(area.top) - AROUND,
        dots(area.width) + 2 * AROUND,
        dots(area.height) + 2 * AROUND
    );
    Crop {
        page: at_scan(code, scan, &format!("/trang/{number}")),
        view,
        label: lang.with("signed-cell-of", &[("name", name.to_owned().into())]),
    }
}

/// What was chosen, and what stood in its way.
#[derive(Default)]
struct Tried {
    typed: Typed,
    undecided: BTreeSet<(SittingId, OfficialId)>,
    refused: Option<(SittingId, RollRefusal)>,
    mistakes: Vec<Mistake>,
}

fn key(sitting: SittingId, official: OfficialId) -> String {
    format!("{sitting}-{official}")
}

fn offers(lang: Lang, cell: &sheets::Cell, chosen: Option<Choice>) -> Vec<Offer> {
    let stands = cell.stands.as_ref().map(|mark| mark.said);
    let offer = |choice: &Choice| {
        let (look, icon) = match choice {
            Choice::Signed => ("present", "done"),
            Choice::Empty => ("absent", "missed"),
            Choice::Keep => ("keep", "due"),
        };
        let text = match (choice, stands) {
            (Choice::Keep, Some(stands)) => lang.with("signed-choice-keep", &[("mark", said(lang, stands).to_lowercase().into())]),
            (choice, _) => lang.code_text("signed-choice", choice.code()),
        };
        Offer { code: choice.code(), is_chosen: chosen == Some(*choice), look, icon, text }
    };
    Choice::ALL.iter().filter(|choice| **choice != Choice::Keep || stands.is_some()).map(offer).collect()
}

fn cell(lang: Lang, (code, scan): (&str, i64), sitting: SittingId, cell: &sheets::Cell, tried: &Tried) -> Cell {
    let official = cell.attendee.official.0;
    let key = key(sitting, official);
    let stands = cell.stands.as_ref().map(|mark| mark.said);
    let chosen = tried.typed.code(&format!("o-{key}"), Choice::from_code).or_else(|| Choice::proposed(cell.ink.0, stands));
    let stood = match &cell.stands {
        Some(mark) => {
            let source = lang.code_text("mark-source", mark.source.code());
            lang.with("signed-stands", &[("mark", said(lang, mark.said).into()), ("source", source.into())])
        }
        None => lang.t("signed-stands-none"),
    };
    let of_roll = match &tried.refused {
        Some((of, RollRefusal::Marks(faults))) if *of == sitting => {
            faults.iter().find(|(who, _)| *who == official).map(|(_, found)| fault(lang, *found))
        }
        Some((of, RollRefusal::Changed(theirs))) if *of == sitting => theirs
            .iter()
            .find(|(who, _)| *who == official)
            .map(|(_, theirs)| lang.with("signed-changed-to", &[("mark", said(lang, *theirs).into())])),
        _ => None,
    };
    let undecided = tried.undecided.contains(&(sitting, official)).then(|| lang.t("signed-undecided"));
    let (name, share) = (cell.attendee.official.2.clone(), i64::from(cell.ink.1));
    Cell {
        anchor: format!("nguoi-{key}"),
        number: cell.number,
        crop: crop(lang, code, scan, cell.at, &name),
        name,
        unit: format!("{} · {}", cell.attendee.official.1, cell.attendee.unit),
        told: lang.with(&format!("signed-ink-{}", cell.ink.0), &[("share", lang.percent(share).into())]),
        stands: stood,
        kind: cell.finding.code(),
        choices: offers(lang, cell, chosen),
        revision: cell.stands.as_ref().map_or(0, |mark| mark.revision),
        mistake: undecided.or(of_roll),
        key,
    }
}

fn warnings(lang: Lang, of: &OfSitting) -> Vec<String> {
    let mut texts = Vec::new();
    let (missing, all) = &of.missing;
    if !missing.is_empty() {
        let pages = missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        texts.push(lang.with("signed-missing", &[("pages", pages.into()), ("of", lang.size(usize::from(*all)).into())]));
    }
    for gone in &of.gone {
        let who = if gone.who.1.is_empty() { "?".to_owned() } else { format!("{} ({})", gone.who.1, gone.who.0) };
        let ink = lang.t(&format!("signed-gone-{}", gone.ink));
        texts.push(lang.with("signed-gone", &[("number", lang.size(gone.number).into()), ("who", who.into()), ("ink", ink.into())]));
    }
    if !of.added.is_empty() {
        let names: Vec<&str> = of.added.iter().map(|one| one.official.2.as_str()).collect();
        texts.push(lang.with("signed-added", &[("names", names.join(", ").into())]));
    }
    texts
}

fn sitting(lang: Lang, review: &Review, of: &OfSitting, tried: &Tried) -> Sitting {
    let (code, scan, id) = (review.class.code.as_str(), review.scan.id, of.sitting.id);
    let is_open = of.settled.is_none() && of.not_now.is_none();
    let one = |found: &sheets::Cell| cell(lang, (code, scan), id, found, tried);
    let is_asked = |found: &&sheets::Cell| is_open && found.finding.is_asked();
    let asked: Vec<Cell> = of.cells.iter().filter(is_asked).map(one).collect();
    let clear: Vec<Cell> = of.cells.iter().filter(|found| !is_asked(found)).map(one).collect();
    let state = match (&of.settled, &of.not_now) {
        (Some(_), _) => ("done", lang.t("signed-state-settled")),
        (None, Some(RollRefusal::TooEarly)) => ("due", lang.t("roll-too-early")),
        (None, Some(_)) => ("due", lang.t("roll-not-now")),
        (None, None) if asked.is_empty() => ("open", lang.t("signed-nothing-asked")),
        (None, None) => ("at_risk", lang.with("signed-n-asked", &[("n", lang.size(asked.len()).into())])),
    };
    let told = of.settled.as_ref().map(|(at, by)| {
        let by = by.clone().unwrap_or_else(|| lang.t("audit-system"));
        lang.with("signed-settled-by", &[("by", by.into()), ("when", lang.instant(*at).into())])
    });
    let page = |page: &PageLine| {
        let numbers = [
            ("page", lang.size(usize::from(page.page.0)).into()),
            ("of", lang.size(usize::from(page.page.1)).into()),
            ("n", lang.number(page.number.into()).into()),
        ];
        (at_scan(code, scan, &format!("/trang/{}", page.number)), lang.with("signed-page-link", &numbers))
    };
    let refused = tried.refused.as_ref().filter(|(refused, _)| *refused == id).map(|(_, refusal)| roll_refused(lang, refusal));
    Sitting {
        id: id.0,
        when: when(lang, &of.sitting),
        roll: at_sitting(code, id, ""),
        state,
        told,
        pages: of.pages.iter().map(page).collect(),
        warnings: warnings(lang, of),
        clear_text: lang.with(if is_open { "signed-n-clear" } else { "signed-n-cells" }, &[("n", lang.size(clear.len()).into())]),
        asked,
        clear,
        is_open,
        refused,
    }
}

fn roll_refused(lang: Lang, refusal: &RollRefusal) -> String {
    match refusal {
        RollRefusal::NotNow => lang.t("roll-not-now"),
        RollRefusal::TooEarly => lang.t("roll-too-early"),
        RollRefusal::Marks(_) => lang.t("signed-roll-marks"),
        RollRefusal::Changed(theirs) => lang.with("signed-roll-changed", &[("n", lang.size(theirs.len()).into())]),
    }
}

/// What confirming would do, as figures.
fn sums(lang: Lang, review: &Review) -> Vec<(&'static str, String, String)> {
    let count = |finding: Finding| review.open().flat_map(|of| &of.cells).filter(|cell| cell.finding == finding).count();
    let signed = review.open().flat_map(|of| &of.cells).filter(|cell| cell.ink.0 == Ink::Signed).count();
    let figures = [
        ("puts", count(Finding::Puts)),
        ("agrees", count(Finding::Agrees)),
        ("conflict", count(Finding::Conflict)),
        ("unsure", count(Finding::Unsure)),
        ("signed", signed),
    ];
    figures.into_iter().map(|(code, n)| (code, lang.size(n), lang.code_text("signed-sum", code))).collect()
}

fn faulty(lang: Lang, review: &Review, page: &PageLine) -> Faulty {
    // A page without a fault whose sitting left the timetable.
    let (fault, detail) = page.fault.clone().unwrap_or((PageFault::Unknown, String::new()));
    let number = usize::try_from(page.number).unwrap_or(0);
    let address = at_scan(&review.class.code, review.scan.id, &format!("/trang/{number}"));
    let label = lang.with("signed-page-picture", &[("n", lang.size(number).into())]);
    Faulty { text: located(lang, number, fault, &detail), picture: page.is_shown.then_some((address, label)) }
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    (code, scan): (&str, i64),
    status: StatusCode,
    tried: Tried,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let review = sheets::review(&state.services, &signed_in.ctx, code, scan).await?;
    let is_open = review.open().next().is_some();
    let is_past = review.open().any(|of| of.sitting.sitting.on < signed_in.ctx.today && of.cells.iter().any(|cell| cell.stands.is_some()));
    let by = review.scan.by.as_ref().map_or_else(|| lang.t("audit-system"), |(_, name)| name.clone());
    let lead = [
        ("name", review.scan.name.clone().into()),
        ("pages", lang.size(review.pages).into()),
        ("by", by.into()),
        ("when", lang.instant(review.scan.at).into()),
    ];
    let is_settled = review.sittings.iter().any(|of| of.settled.is_some());
    let why = tried.typed.text("why").map_or_else(|| lang.with("signed-why", &[("name", review.scan.name.clone().into())]), str::to_owned);
    let page = ScanPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("signed-review-title")).at(&at_scan(code, scan, "")),
        backs: vec![
            (path(code, ""), review.class.terms.name.clone()),
            (here(code, ""), lang.t("attendance-title")),
            (here(code, "/ban-quet"), lang.t("signed-title")),
        ],
        lead: lang.with("signed-review-lead", &lead),
        here: at_scan(code, scan, ""),
        cancel: here(code, "/ban-quet"),
        file: review.sees_all.then(|| at_scan(code, scan, "/tep")),
        may_remove: review.sees_all && !is_settled,
        sums: if is_open { sums(lang, &review) } else { Vec::new() },
        faults: review.faults.iter().map(|page| faulty(lang, &review, page)).collect(),
        sittings: review.sittings.iter().map(|of| sitting(lang, &review, of, &tried)).collect(),
        others: review.others.iter().map(|line| when(lang, line)).collect(),
        is_open,
        needs_why: is_past,
        why,
        mistakes: tried.mistakes,
    };
    shell::page_with(status, &page)
}

/// The scan beside the rolls.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, scan)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    page(&state, &signed_in, (&code, scan), StatusCode::OK, Tried::default()).await
}

/// What was said of each cell; a field is named by its sitting and whose it is.
fn decisions(typed: &Typed) -> Vec<Decision> {
    let decision = |(key, revision): (&str, &str)| {
        let (sitting, official) = key.split_once('-')?;
        let choice = typed.code(&format!("o-{key}"), Choice::from_code);
        let (sitting, official) = (SittingId(sitting.parse().ok()?), OfficialId(official.parse().ok()?));
        Some(Decision { sitting, official, choice, revision: revision.parse().unwrap_or(0) })
    };
    typed.beginning("ban-").filter_map(decision).collect()
}

/// Puts the marks.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, scan)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let done = sheets::settle(&state.services, &signed_in.ctx, (&code, scan), &decisions(&typed), typed.words("why")).await;
    let Err(refusal) = refused(done)? else {
        return Ok(shell::see_other(&at_scan(&code, scan, "?xong=ghi-ban-ky")));
    };
    let (status, tried) = in_the_way(lang, typed, refusal);
    page(&state, &signed_in, (&code, scan), status, tried).await
}

fn in_the_way(lang: Lang, typed: Typed, refusal: SettleRefusal) -> (StatusCode, Tried) {
    let tried = Tried { typed, ..Tried::default() };
    let first = |list: &[(SittingId, OfficialId)]| list.first().map(|(of, who)| format!("nguoi-{}", key(*of, *who))).unwrap_or_default();
    match refusal {
        SettleRefusal::Settled => {
            (StatusCode::CONFLICT, Tried { mistakes: vec![Mistake::new("noi-dung", lang.t("signed-settled-already"))], ..tried })
        }
        SettleRefusal::Undecided(cells) => {
            let text = lang.with("signed-n-undecided", &[("n", lang.size(cells.len()).into())]);
            let mistakes = vec![Mistake::new(&first(&cells), text)];
            (StatusCode::UNPROCESSABLE_ENTITY, Tried { undecided: cells.into_iter().collect(), mistakes, ..tried })
        }
        SettleRefusal::Roll(sitting, refusal) => {
            let (status, field) = match &refusal {
                RollRefusal::Changed(theirs) => (StatusCode::CONFLICT, theirs.first().map(|(who, _)| first(&[(sitting, *who)]))),
                RollRefusal::Marks(faults) => {
                    let field = faults.first().map(|(who, found)| {
                        if *found == domain::attendance::MarkFault::NoWhy { "why".to_owned() } else { first(&[(sitting, *who)]) }
                    });
                    (StatusCode::UNPROCESSABLE_ENTITY, field)
                }
                RollRefusal::NotNow | RollRefusal::TooEarly => (StatusCode::UNPROCESSABLE_ENTITY, None),
            };
            let field = field.unwrap_or_else(|| format!("buoi-{sitting}"));
            let text = match &refusal {
                RollRefusal::Marks(faults) => faults.first().map(|(_, found)| fault(lang, *found)).unwrap_or_default(),
                other => roll_refused(lang, other),
            };
            (status, Tried { mistakes: vec![Mistake::new(&field, text)], refused: Some((sitting, refusal)), ..tried })
        }
    }
}
