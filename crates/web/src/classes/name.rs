//! `/lop/{code}/cu`: naming people for a class: everybody of a unit judged before sending, chosen, and told what became of each.
//! Not for: judging (`service::nominations`).

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::NominationId;
use domain::nominations::Preference;
use domain::roles::{Act, Forbidden};
use domain::text::fold;
use domain::training::TrainingKind;
use law::sending::Code;
use service::classes::ClassLine;
use service::nominations::{self, Assessed, Because, Entry, Named};

use super::{Told, days, one::record, path, seats, told};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::place::{Picker, Place, UNIT};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// People on one page; a unit of more is looked through by name.
const MOST: usize = 300;

#[derive(Template)]
#[template(path = "classes/name.html")]
struct NamePage<'a> {
    shell: Shell,
    back: (String, String),
    action: String,
    lead: String,
    picker: Picker<'a>,
    notices: Vec<String>,
    /// What keeps the class from taking names at all.
    closed: Vec<Told>,
    q: String,
    lacks: Vec<(String, String, bool)>,
    only: bool,
    rows: Vec<Row>,
    hidden: Option<String>,
    counts: String,
    is_degree: bool,
    mistakes: Vec<Mistake>,
    replaces: Option<(i64, i32, String)>,
}

struct Row {
    code: String,
    name: String,
    record: String,
    post: String,
    unit: String,
    verdict: (&'static str, String),
    may_go: bool,
    needs_reason: bool,
    because: Vec<Told>,
    asks_opinion: bool,
    asks_field: bool,
    promise: Option<String>,
    preferences: Vec<String>,
    is_chosen: bool,
    reason: String,
    promised: String,
    opinion: bool,
    field: bool,
    /// What became of the entry, once it was sent.
    outcome: Option<(bool, String)>,
}

/// What stands in the boxes of a row.
fn filled(row: &mut Row, typed: &Typed) {
    let (code, field) = (row.code.clone(), |name: &str, code: &str| format!("{name}-{code}"));
    row.is_chosen = typed.is_ticked(&field("chon", &code));
    row.reason = typed.words(&field("ly-do", &code)).to_owned();
    row.promised = typed.text(&field("cam-ket", &code)).map_or_else(|| row.promised.clone(), str::to_owned);
    row.opinion = typed.is_ticked(&field("y-kien", &code));
    row.field = typed.is_ticked(&field("nganh", &code));
}

fn row(lang: Lang, one: &Assessed) -> Result<Row, WebError> {
    let is = |code: Code| one.because.iter().any(|because| matches!(because, Because::Law(finding) if finding.code == code));
    let because = one.because.iter().map(|because| told(lang, because)).collect::<Result<Vec<_>, _>>()?;
    let needs_reason = one.may_go() && !because.is_empty();
    let verdict = match (one.may_go(), needs_reason) {
        (true, false) => ("done", lang.t("verdict-eligible")),
        (true, true) => ("at_risk", lang.t("verdict-with-reason")),
        (false, _) => ("missed", lang.t("verdict-refused")),
    };
    // Of an ethnic group nothing is told here; it only orders the line.
    let preferences = one.preferences.iter().filter(|preference| matches!(preference, Preference::Woman | Preference::Remote));
    Ok(Row {
        code: one.person.code.clone(),
        name: one.person.name.clone(),
        record: record(&one.person.code),
        post: one.person.post.clone(),
        unit: one.person.unit_name.clone(),
        verdict,
        may_go: one.may_go(),
        needs_reason,
        because,
        asks_opinion: is(Code::NoOpinion),
        asks_field: is(Code::FieldNotKnown),
        promise: one.promise.map(|months| lang.with("name-promise", &[("n", lang.number(months.into()).into())])),
        preferences: preferences.map(|preference| lang.code_text("preference", preference.code())).collect(),
        is_chosen: false,
        reason: String::new(),
        promised: one.promise.map(|months| months.to_string()).unwrap_or_default(),
        opinion: false,
        field: false,
        outcome: None,
    })
}

/// What the address asks for.
struct Wanted<'a> {
    q: String,
    lacks: Option<&'a str>,
    only: bool,
}

impl<'a> Wanted<'a> {
    fn of(asked: &'a Asked) -> Self {
        Self { q: asked.text("q").unwrap_or_default().to_owned(), lacks: asked.text("thieu"), only: asked.text("duoc").is_some() }
    }
}

/// Everybody of the unit who is asked for, judged; the unit of the asker when none is named.
async fn judged(
    state: &AppState,
    signed_in: &SignedIn,
    (code, unit): (&str, Option<&str>),
    wanted: &Wanted<'_>,
) -> Result<(ClassLine, Vec<Because>, Vec<Assessed>), WebError> {
    let (services, ctx) = (&state.services, &signed_in.ctx);
    let (class, of_class, mut assessed) = nominations::assess_place(services, ctx, code, unit, ctx.today).await?;
    if let Some(requirement) = wanted.lacks {
        let ask = service::gaps::Ask { on: ctx.today, unit: unit.map(str::to_owned) };
        let short = service::gaps::who_lacks(services, ctx, &service::gaps::OfWhom { code: requirement, ask: &ask, among: None }).await?;
        assessed.retain(|one| short.contains(&one.person.id));
    }
    let words = fold(&wanted.q);
    assessed.retain(|one| {
        let text = fold(&format!("{} {}", one.person.name, one.person.code));
        words.split_whitespace().all(|word| text.contains(word)) && (!wanted.only || one.may_go())
    });
    // Who may be sent stands first; both parts stay in name order.
    assessed.sort_by_key(|one| (!one.may_go(), !one.because.is_empty()));
    Ok((class, of_class, assessed))
}

/// What became of the entries of a form, by staff code.
type Outcomes = BTreeMap<String, Named>;

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    (code, asked): (&str, &Asked),
    typed: &Typed,
    (status, outcomes): (StatusCode, &Outcomes),
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    if !signed_in.ctx.may(Act::Nominate) {
        return Err(WebError::Forbidden(Forbidden { act: Act::Nominate }));
    }
    let place = Place::of(state, signed_in, asked).await?;
    let wanted = Wanted::of(asked);
    let (class, of_class, assessed) = judged(state, signed_in, (code, place.unit_code()), &wanted).await?;
    let total = assessed.len();
    let may = assessed.iter().filter(|one| one.may_go()).count();
    let mut rows = Vec::new();
    for one in assessed.iter().take(MOST) {
        let mut row = row(lang, one)?;
        filled(&mut row, typed);
        row.outcome = outcomes.get(&row.code).map(|named| outcome(lang, named)).transpose()?;
        rows.push(row);
    }
    let mistakes = outcomes.iter().filter(|(_, named)| !matches!(named, Named::Seated(_) | Named::Waiting(_)));
    let mistakes = mistakes.map(|(code, named)| Ok(Mistake::new(&format!("chon-{code}"), format!("{code}: {}", outcome(lang, named)?.1))));
    let mistakes = mistakes.collect::<Result<Vec<_>, WebError>>()?;
    let kept = ["q", "thieu", "duoc", "thay", "ban"].map(|name| (name, asked.text(name)));
    let counts = [("n", lang.size(total).into()), ("may", lang.size(may).into())];
    let here = path(code, "/cu");
    let page = NamePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-nominate")),
        back: (path(code, ""), class.terms.name.clone()),
        action: address(&here, &[kept.as_slice(), &[(UNIT, place.unit_code())]].concat()),
        lead: format!("{} · {} · {}", class.code, days(lang, (class.terms.starts_on, class.terms.ends_on)), seats(lang, &class)),
        picker: place.picker(&here, &kept),
        notices: place.notices.clone(),
        closed: of_class.iter().map(|because| told(lang, because)).collect::<Result<_, _>>()?,
        q: wanted.q.clone(),
        lacks: requirements(state, signed_in, wanted.lacks).await?,
        only: wanted.only,
        hidden: (total > MOST).then(|| lang.with("name-hidden", &[("n", lang.size(total - MOST).into())])),
        rows,
        counts: lang.with("name-counts", &counts),
        is_degree: class.terms.kind == TrainingKind::Education,
        mistakes,
        replaces: replaces(state, signed_in, asked).await?,
    };
    shell::page_with(status, &page)
}

async fn requirements(state: &AppState, signed_in: &SignedIn, chosen: Option<&str>) -> Result<Vec<(String, String, bool)>, WebError> {
    let lang = signed_in.lang();
    let shelf = service::standards::shelf(&state.services, &signed_in.ctx).await?;
    let choice = |requirement: &std::sync::Arc<domain::standards::Requirement>| {
        (requirement.code.clone(), lang.of(&requirement.title).to_owned(), Some(requirement.code.as_str()) == chosen)
    };
    Ok(shelf.on(signed_in.ctx.today).map(choice).collect())
}

/// Whom the chosen person replaces: key, revision, name.
async fn replaces(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<Option<(i64, i32, String)>, WebError> {
    let Some(id) = asked.text("thay").and_then(|id| id.parse().ok()) else { return Ok(None) };
    let line = nominations::one(&state.services, &signed_in.ctx, NominationId(id)).await?;
    Ok(Some((id, line.revision, line.official.2)))
}

/// Whether the entry is taken, and what is said to it.
fn outcome(lang: Lang, named: &Named) -> Result<(bool, String), WebError> {
    let reasons = |because: &[Because]| -> Result<String, WebError> {
        Ok(because.iter().map(|one| told(lang, one).map(|told| told.text)).collect::<Result<Vec<_>, _>>()?.join("; "))
    };
    Ok(match named {
        Named::Seated(_) => (true, lang.t("named-seated")),
        Named::Waiting(_) => (true, lang.t("named-waiting")),
        Named::Refused(because) => (false, lang.with("named-refused", &[("why", reasons(because)?.into())])),
        Named::NeedsReason(because) => (false, lang.with("named-needs-reason", &[("why", reasons(because)?.into())])),
        Named::Unknown => (false, lang.t("named-unknown")),
    })
}

/// Everybody of a unit, judged.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    page(&state, &signed_in, (&code, &asked), &Typed::default(), (StatusCode::OK, &Outcomes::new())).await
}

/// Names whoever is ticked.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let field = |name: &str, code: &str| format!("{name}-{code}");
    let entry = |(official, _): (&str, &str)| Entry {
        official: official.to_owned(),
        reason: typed.words(&field("ly-do", official)).to_owned(),
        promised_months: typed.words(&field("cam-ket", official)).parse().unwrap_or(0),
        opinion_given: typed.is_ticked(&field("y-kien", official)),
        field_fits: typed.is_ticked(&field("nganh", official)),
    };
    let entries: Vec<Entry> = typed.beginning("chon-").map(entry).collect();
    let replaced = typed.text("thay").and_then(|id| id.parse().ok()).map(NominationId);
    let replaced = replaced.zip(typed.text("ban").and_then(|revision| revision.parse().ok()));
    let told = nominations::name(&state.services, &signed_in.ctx, &code, &entries, replaced).await?;
    let is_taken = |named: &Named| matches!(named, Named::Seated(_) | Named::Waiting(_));
    if !told.is_empty() && told.iter().all(|(_, named)| is_taken(named)) {
        return Ok(shell::see_other(&format!("{}?xong=cu-nguoi", path(&code, ""))));
    }
    let status = if told.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page(&state, &signed_in, (&code, &asked), &typed, (status, &told.into_iter().collect())).await
}

impl Row {
    /// Who is named already, or may not be, has nothing to tick.
    fn may_be_chosen(&self) -> bool {
        self.may_go && self.outcome.as_ref().is_none_or(|(is_taken, _)| !is_taken)
    }
}

#[cfg(test)]
mod tests {
    use domain::nominations::hindrances::Hindrance;

    use super::*;

    #[test]
    fn a_hindrance_has_words_in_both_languages() {
        for hindrance in Hindrance::ALL {
            for lang in [Lang::Vi, Lang::En] {
                let values = [("class", "L".into()), ("day", "D".into()), ("found", "F".into()), ("most", "M".into())];
                let told = lang.with(&format!("hindrance-{hindrance}"), &values);
                assert!(!told.contains("hindrance-") && !told.contains('{'), "{hindrance}: {told}");
            }
        }
    }
}
