//! `/lop/{code}/diem-danh/{sitting}`: the roll of a sitting, called on a phone: everybody is there until somebody says otherwise.
//! Not for: what is sent later by a script (`sync`).

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::attendance::{Mark, MarkFault, Said, Source};
use domain::ids::{OfficialId, SittingId};
use service::attendance::{self, Entry, Roll, RollRefusal};

use super::{at_sitting, fault, here, icon, kept, said, when};
use crate::AppState;
use crate::classes::path;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "attendance/roll.html")]
struct RollPage {
    shell: Shell,
    backs: Vec<(String, String)>,
    lead: String,
    action: String,
    cancel: String,
    sync: String,
    code: Option<String>,
    sheets: Option<String>,
    may_call: bool,
    is_past: bool,
    is_called: bool,
    why: String,
    marks: Vec<(&'static str, &'static str, String)>,
    people: Vec<Person>,
    changes: Vec<Change>,
    mistakes: Vec<Mistake>,
}

impl RollPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

struct Person {
    id: i64,
    at: usize,
    name: String,
    code: String,
    unit: String,
    revision: i32,
    mark: &'static str,
    minutes: String,
    note: String,
    /// Where a mark came from that nobody called.
    source: Option<String>,
    /// Where the signature is that it was read off.
    signature: Option<String>,
    told: String,
    mistake: Option<String>,
    theirs: Option<String>,
}

struct Change {
    who: String,
    what: String,
    words: String,
    by: String,
    when: String,
}

/// What stood in the way of a roll that was sent.
#[derive(Default)]
struct InTheWay {
    faults: BTreeMap<OfficialId, MarkFault>,
    theirs: BTreeMap<OfficialId, Said>,
    mistakes: Vec<Mistake>,
}

/// Whether some learners checked in themselves: whoever did not is then not taken for present.
fn by_code(roll: &Roll) -> bool {
    roll.people.iter().filter_map(|(_, mark)| mark.as_ref()).any(|mark| mark.source == Source::Qr)
}

fn people(lang: Lang, roll: &Roll, typed: &Typed, way: &InTheWay) -> Vec<Person> {
    let default = if by_code(roll) { Mark::Absent } else { Mark::Present };
    let one = |(at, (who, mark)): (usize, &(service::attendance::Attendee, Option<service::attendance::MarkLine>))| {
        let id = who.official.0;
        let field = |name: &str| typed.text(&format!("{name}-{id}")).map(str::to_owned);
        let stands = mark.as_ref().map_or(Said::of(default), |mark| mark.said);
        let minutes = if stands.minutes > 0 { stands.minutes.to_string() } else { String::new() };
        let shown = mark.as_ref().filter(|mark| matches!(mark.source, Source::Qr | Source::Paper | Source::Offline));
        Person {
            id: id.0,
            at,
            name: who.official.2.clone(),
            code: who.official.1.clone(),
            unit: who.unit.clone(),
            // Whoever looks at a mark in the way has seen it, and may overwrite it.
            revision: mark.as_ref().map_or(0, |mark| mark.revision),
            mark: typed.code(&format!("diem-{id}"), Mark::from_code).unwrap_or(stands.mark).code(),
            minutes: field("phut").unwrap_or(minutes),
            note: field("ly-do").unwrap_or_else(|| mark.as_ref().map(|mark| mark.note.clone()).unwrap_or_default()),
            source: shown.map(|mark| {
                let source = lang.code_text("mark-source", mark.source.code());
                lang.with("mark-from", &[("source", source.into()), ("when", lang.instant(mark.at).into())])
            }),
            signature: mark.as_ref().and_then(|mark| signature(roll, id, mark)),
            told: mark.as_ref().map_or_else(|| lang.t("mark-none"), |mark| said(lang, mark.said)),
            mistake: way.faults.get(&id).map(|found| fault(lang, *found)),
            theirs: way.theirs.get(&id).map(|theirs| said(lang, *theirs)),
        }
    };
    (1..).zip(&roll.people).map(one).collect()
}

/// Where the cell is that a mark was read off, unless somebody changed the mark since.
fn signature(roll: &Roll, official: OfficialId, mark: &service::attendance::MarkLine) -> Option<String> {
    let seen = roll.signed.get(&official).filter(|seen| mark.source == Source::Paper && mark.at == seen.at)?;
    Some(here(&roll.class.code, &format!("/ban-quet/{}#nguoi-{}-{official}", seen.scan, roll.sitting.id)))
}

fn page(signed_in: &SignedIn, roll: &Roll, typed: &Typed, status: StatusCode, way: InTheWay) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (code, sitting) = (&roll.class.code, &roll.sitting);
    let change = |change: &service::attendance::MarkChange| Change {
        who: change.official.1.clone(),
        what: format!("{} → {}", change.before.as_deref().map(|text| kept(lang, text)).unwrap_or_default(), kept(lang, &change.after)),
        words: change.words.clone(),
        by: change.by.clone().unwrap_or_else(|| lang.t("audit-system")),
        when: lang.instant(change.at),
    };
    let words = [sitting.sitting.words.clone(), sitting.room.as_ref().map(|(_, name)| name.clone()).unwrap_or_default()];
    let parts = std::iter::once(when(lang, sitting)).chain(words).filter(|part| !part.is_empty());
    let is_today = sitting.sitting.on == signed_in.ctx.today;
    let page = RollPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("roll-title")),
        backs: vec![(path(code, ""), roll.class.terms.name.clone()), (here(code, ""), lang.t("attendance-title"))],
        lead: parts.collect::<Vec<_>>().join(" · "),
        action: at_sitting(code, sitting.id, ""),
        cancel: here(code, ""),
        sync: at_sitting(code, sitting.id, "/dong-bo"),
        code: (roll.may_call && is_today).then(|| at_sitting(code, sitting.id, "/ma")),
        sheets: roll.may_call.then(|| at_sitting(code, sitting.id, "/ban-quet")),
        may_call: roll.may_call,
        is_past: sitting.sitting.on < signed_in.ctx.today,
        is_called: roll.people.iter().any(|(_, mark)| mark.is_some()),
        why: typed.words("why").to_owned(),
        marks: Mark::ALL.iter().map(|mark| (mark.code(), icon(*mark), word(lang, "mark", mark.code()))).collect(),
        people: people(lang, roll, typed, &way),
        changes: roll.changes.iter().map(change).collect(),
        mistakes: way.mistakes,
    };
    shell::page_with(status, &page)
}

/// The roll.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, sitting)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let roll = attendance::roll(&state.services, &signed_in.ctx, &code, SittingId(sitting)).await?;
    page(&signed_in, &roll, &Typed::default(), StatusCode::OK, InTheWay::default())
}

/// The marks of a form; a field is named by what it is and whose.
fn entries(typed: &Typed) -> Vec<Entry> {
    let entry = |(id, mark): (&str, &str)| {
        let field = |name: &str| typed.words(&format!("{name}-{id}"));
        let mark = Mark::from_code(mark)?;
        let minutes = if mark == Mark::Late { field("phut").parse().unwrap_or(0) } else { 0 };
        let official = OfficialId(id.parse().ok()?);
        let revision = field("ban").parse().unwrap_or(0);
        Some(Entry { official, said: Said { mark, minutes }, note: field("ly-do").to_owned(), revision })
    };
    typed.beginning("diem-").filter_map(entry).collect()
}

/// Keeps the roll.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, sitting)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let place = (code.as_str(), SittingId(sitting));
    let source = if typed.is_ticked("giay") { Source::Paper } else { Source::Roll };
    let done = attendance::call(&state.services, &signed_in.ctx, place, &entries(&typed), typed.words("why"), source).await;
    let (status, way) = match refused(done)? {
        Ok(_) => return Ok(shell::see_other(&format!("{}?xong=diem-danh", at_sitting(&code, SittingId(sitting), "")))),
        Err(refusal) => in_the_way(lang, refusal),
    };
    let roll = attendance::roll(&state.services, &signed_in.ctx, &code, SittingId(sitting)).await?;
    page(&signed_in, &roll, &typed, status, way)
}

fn in_the_way(lang: Lang, refusal: RollRefusal) -> (StatusCode, InTheWay) {
    let mut way = InTheWay::default();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match refusal {
        RollRefusal::NotNow => way.mistakes.push(Mistake::new("why", lang.t("roll-not-now"))),
        RollRefusal::TooEarly => way.mistakes.push(Mistake::new("why", lang.t("roll-too-early"))),
        RollRefusal::Marks(faults) => {
            for (official, found) in &faults {
                let field = if *found == MarkFault::NoWhy { "why".to_owned() } else { format!("diem-{official}") };
                if of_field(&way.mistakes, &field).is_none() {
                    way.mistakes.push(Mistake::new(&field, fault(lang, *found)));
                }
            }
            way.faults = faults.into_iter().collect();
        }
        RollRefusal::Changed(theirs) => {
            status = StatusCode::CONFLICT;
            let first = theirs.first().map(|(official, _)| format!("diem-{official}")).unwrap_or_default();
            let text = lang.with("roll-changed", &[("n", lang.size(theirs.len()).into())]);
            way.mistakes.push(Mistake::new(&first, text));
            way.theirs = theirs.into_iter().collect();
        }
    }
    (status, way)
}
