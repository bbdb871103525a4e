//! `/tieu-chuan/{code}/ban/{n}/yeu-cau/{requirement}` and `…/them-yeu-cau`: one requirement of a draft with fields; it writes the same text.
//! Not for: the whole text (`edit`). What has no field here stays as the text says.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::lists::{Held, levels};
use domain::orgs::Level;
use domain::people::{Leadership, QualificationKind, StaffKind};
use domain::schemes::{RecordFilter, Title};
use domain::standards::{Audience, Need, Requirement, Standard, Subject};
use domain::time::{Interval, dmy};
use domain::training::{ContentGroup, Outcome, Programme, TrainingKind};
use service::ActError;
use service::standards::{self, Draft, StandardText};

use super::{draft, path, refusal};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::people::level;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const TRAINED: &str = "trained";
const FITS_POST: &str = "fits_post";
const YEARLY: &str = "yearly_amount";
const MOST_MONTHS: u8 = 60;
const MOST_YEARS: u8 = 50;

fn fields(lang: Lang, is_new: bool) -> Vec<Field> {
    let needed = |name, kind| Field::needed(lang, "requirement", name, kind);
    let free = |name, kind| Field::new(lang, "requirement", name, kind);
    let tick = |prefix: &str, code: &'static str| Field {
        name: code,
        label: word(lang, prefix, code),
        hint: None,
        kind: Kind::Tick,
        needed: false,
    };
    let leads = ["any", "yes", "no"].map(|code| (code.to_owned(), lang.code_text("requirement-leads", code)));
    let mut fields = vec![
        Field { name: "revision", label: String::new(), hint: None, kind: Kind::Hidden, needed: true },
        needed("code", if is_new { Kind::Short } else { Kind::Hidden }),
        needed("title_vi", Kind::Line),
        needed("title_en", Kind::Line),
        needed("subject", choices(lang, "subject", Subject::ALL.iter().map(|subject| subject.code()), false)),
        needed("need", needs(lang)).hint(lang.t("requirement-need-hint")),
        free("content", choices(lang, "content", ContentGroup::ALL.iter().map(|content| content.code()), true)),
        free("programme", choices(lang, "programme", Programme::ALL.iter().map(|programme| programme.code()), true)),
        free("years", Kind::Short).hint(lang.t("requirement-years-hint")),
    ];
    fields.extend([
        needed("leads", Kind::Choice(leads.to_vec())),
        free("grades", Kind::Short).hint(lang.t("requirement-grades-hint")),
        needed("cites_vi", Kind::Line),
        needed("cites_en", Kind::Line),
        needed("from", Kind::Day),
        free("to", Kind::Day),
        free("grace", Kind::Short).hint(lang.t("requirement-grace-hint")),
        free("verified", Kind::Tick),
    ]);
    fields.extend(StaffKind::ALL.iter().map(|staff| tick("staff", staff.code())));
    fields.extend(Level::ALL.iter().map(|level| tick("level", level.code())));
    fields.extend(Leadership::ALL.iter().map(|leadership| tick("leadership", leadership.code())));
    fields
}

/// Everything that may be asked for, certificates by kind and level.
fn needs(lang: Lang) -> Kind {
    let plain = [FITS_POST, YEARLY, TRAINED].map(|code| (code.to_owned(), lang.code_text("requirement-need", code)));
    let held = QualificationKind::ALL.iter().flat_map(|kind| {
        let least = levels(*kind).iter().filter_map(|level| Held::at_least(*kind, level));
        std::iter::once(Held::any(*kind)).chain(least)
    });
    let text = |held: Held| {
        let kind = word(lang, "qualification", held.kind().code());
        let text =
            level(lang, held).map_or(kind.clone(), |level| lang.with("need-at-least", &[("kind", kind.into()), ("level", level.into())]));
        (held.code(), text)
    };
    Kind::Choice(plain.into_iter().chain(held.map(text)).collect())
}

/// A requirement as the form shows it before anybody typed.
fn typed_of(requirement: Option<&Requirement>, revision: i32) -> Typed {
    let mut typed = Typed::of([("revision", revision.to_string()), ("leads", "any".to_owned())]);
    let Some(known) = requirement else { return typed };
    let mut put = |name: &str, text: String| typed.put(name.to_owned(), text);
    put("code", known.code.clone());
    put("title_vi", known.title.vi.clone());
    put("title_en", known.title.en.clone());
    put("subject", known.subject.code().to_owned());
    put("cites_vi", known.cites.vi.clone());
    put("cites_en", known.cites.en.clone());
    put("from", dmy(known.during.from()));
    put("to", known.during.last_day().map(dmy).unwrap_or_default());
    put("grace", known.grace_months.to_string());
    put("grades", known.audience.grades.join(", "));
    put("leads", known.audience.who.leads.map_or("any", |leads| if leads { "yes" } else { "no" }).to_owned());
    put("need", need_code(&known.need));
    if let Need::Trained { did, years } = &known.need {
        put("content", did.contents.first().map(|content| content.code().to_owned()).unwrap_or_default());
        put("programme", did.programmes.first().map(|programme| programme.code().to_owned()).unwrap_or_default());
        put("years", years.map(|years| years.to_string()).unwrap_or_default());
    }
    let who = &known.audience.who;
    let ticked = who.staff.iter().map(|code| code.code());
    let ticked = ticked.chain(who.levels.iter().map(|code| code.code())).chain(who.leaderships.iter().map(|code| code.code()));
    for code in ticked.chain(known.is_verified.then_some("verified")) {
        put(code, "1".to_owned());
    }
    typed
}

fn need_code(need: &Need) -> String {
    match need {
        Need::Holds(held) => held.code(),
        Need::FitsPost => FITS_POST.to_owned(),
        Need::YearlyAmount => YEARLY.to_owned(),
        Need::Trained { .. } => TRAINED.to_owned(),
    }
}

/// The requirement as typed, or every mistake at once; `old` is what the text says of it so far.
fn read(lang: Lang, typed: &Typed, old: Option<&Requirement>) -> Result<Requirement, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    for name in ["code", "title_vi", "title_en", "cites_vi", "cites_en"] {
        if typed.text(name).is_none() {
            mistakes.push(Mistake::new(name, lang.t("requirement-empty")));
        }
    }
    let subject = typed.code("subject", Subject::from_code);
    if subject.is_none() {
        mistakes.push(Mistake::new("subject", lang.t("requirement-empty")));
    }
    let from = typed.needed_day(lang, "from", &mut mistakes);
    let to = typed.day(lang, "to", &mut mistakes);
    let during = from.and_then(|from| to.map_or_else(|| Interval::new(from, None), |to| Interval::of_days(from, to)).ok());
    if from.is_some() && during.is_none() {
        mistakes.push(Mistake::new("to", lang.t("target-form-period-wrong")));
    }
    let mut number = |name: &str, most: u8| match typed.text(name) {
        None => None,
        Some(text) => {
            let read = text.parse::<u8>().ok().filter(|n| *n <= most);
            if read.is_none() {
                mistakes.push(Mistake::new(name, lang.with("requirement-bad-number", &[("most", i64::from(most).into())])));
            }
            read
        }
    };
    let (grace, years) = (number("grace", MOST_MONTHS).unwrap_or(0), number("years", MOST_YEARS).filter(|years| *years > 0));
    let need = need(typed, years, old);
    if need.is_none() {
        mistakes.push(Mistake::new("need", lang.t("requirement-empty")));
    }
    match (subject, during, need) {
        (Some(subject), Some(during), Some(need)) if mistakes.is_empty() => Ok(Requirement {
            code: typed.words("code").to_owned(),
            title: Title { vi: typed.words("title_vi").to_owned(), en: typed.words("title_en").to_owned() },
            subject,
            cites: Title { vi: typed.words("cites_vi").to_owned(), en: typed.words("cites_en").to_owned() },
            is_verified: typed.is_ticked("verified"),
            audience: audience(typed, old.map(|old| old.audience.clone()).unwrap_or_default()),
            need,
            during,
            grace_months: grace,
        }),
        _ => Err(mistakes),
    }
}

fn need(typed: &Typed, years: Option<u8>, old: Option<&Requirement>) -> Option<Need> {
    match typed.text("need")? {
        FITS_POST => Some(Need::FitsPost),
        YEARLY => Some(Need::YearlyAmount),
        TRAINED => {
            let usual = RecordFilter { kinds: vec![TrainingKind::Training], outcomes: vec![Outcome::Finished], ..RecordFilter::default() };
            let mut did = match old.map(|old| &old.need) {
                Some(Need::Trained { did, .. }) => (**did).clone(),
                _ => usual,
            };
            did.contents = typed.code("content", ContentGroup::from_code).into_iter().collect();
            did.programmes = typed.code("programme", Programme::from_code).into_iter().collect();
            Some(Need::Trained { did: Box::new(did), years })
        }
        held => Held::parse(held).map(Need::Holds),
    }
}

fn audience(typed: &Typed, old: Audience) -> Audience {
    let mut audience = old;
    audience.who.staff = StaffKind::ALL.iter().copied().filter(|code| typed.is_ticked(code.code())).collect();
    audience.who.levels = Level::ALL.iter().copied().filter(|code| typed.is_ticked(code.code())).collect();
    audience.who.leaderships = Leadership::ALL.iter().copied().filter(|code| typed.is_ticked(code.code())).collect();
    audience.who.leads = match typed.words("leads") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    audience.grades = typed.words("grades").split(',').map(str::trim).filter(|grade| !grade.is_empty()).map(str::to_owned).collect();
    audience
}

fn sheet(signed_in: &SignedIn, version: &StandardText, code: Option<&str>, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let (lang, own) = (signed_in.lang(), path(&version.line.code, version.line.number));
    let title = code.map_or_else(|| lang.t("standards-add-requirement"), |code| lang.with("requirement-edit", &[("code", code.into())]));
    let action = code.map_or_else(|| format!("{own}/them-yeu-cau"), |code| format!("{own}/yeu-cau/{}", escaped(code)));
    Sheet {
        shell: Shell::new(&signed_in.visitor, &title),
        back: (own, format!("{} · {} {}", version.line.code, lang.t("version-word"), version.line.number)),
        lead: lang.t("requirement-lead"),
        action,
        submit: lang.t("requirement-save"),
        fields: fields(lang, code.is_none()),
        typed,
        mistakes,
    }
}

fn standard(version: &StandardText) -> Result<Standard, WebError> {
    // A draft is saved only when it is in order.
    standards::check(&version.body).map_err(|_| WebError::Stale)
}

/// The form of a requirement.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number, requirement)): Path<(String, i32, String)>,
) -> Result<Response, WebError> {
    let version = draft(&state, &signed_in, &code, number).await?;
    let standard = standard(&version)?;
    let known = standard.requirement(&requirement).ok_or(WebError::NotFound)?;
    sheet(&signed_in, &version, Some(&requirement), typed_of(Some(known), version.line.revision), Vec::new()).answer()
}

/// The form of a new requirement.
pub(crate) async fn show_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    let version = draft(&state, &signed_in, &code, number).await?;
    sheet(&signed_in, &version, None, typed_of(None, version.line.revision), Vec::new()).answer()
}

/// Changes the requirement in the text of the draft and saves it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number, requirement)): Path<(String, i32, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    keep(&state, &signed_in, &draft(&state, &signed_in, &code, number).await?, Some(&requirement), typed).await
}

/// Adds a requirement to the text of the draft and saves it.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    keep(&state, &signed_in, &draft(&state, &signed_in, &code, number).await?, None, typed).await
}

async fn keep(
    state: &AppState,
    signed_in: &SignedIn,
    version: &StandardText,
    code: Option<&str>,
    mut typed: Typed,
) -> Result<Response, WebError> {
    let (lang, line) = (signed_in.lang(), &version.line);
    let mut standard = standard(version)?;
    let old = code.map(|code| standard.requirement(code).cloned().ok_or(WebError::NotFound)).transpose()?;
    let read = match read(lang, &typed, old.as_ref()) {
        Ok(read) => read,
        Err(mistakes) => return sheet(signed_in, version, code, typed, mistakes).answer(),
    };
    match standard.requirements.iter_mut().find(|known| Some(known.code.as_str()) == code) {
        Some(place) => *place = Requirement { code: place.code.clone(), ..read },
        None => standard.requirements.push(read),
    }
    let body = standards::compose(&standard);
    let revision = typed.words("revision").parse().unwrap_or(line.revision);
    let text = Draft { code: &line.code, number: line.number, revision, body: &body, note: &line.note };
    let saved = standards::save_draft(&state.services, &signed_in.ctx, &text).await;
    if matches!(saved, Err(ActError::Stale)) {
        typed.put("revision".to_owned(), line.revision.to_string());
        return sheet(signed_in, version, code, typed, vec![Mistake::new("title_vi", lang.t("requirement-conflict"))]).answer();
    }
    match refused(saved)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=luu", path(&line.code, line.number)))),
        Err(why) => {
            let (mut mistakes, rows) = refusal(lang, &body, &why, "code");
            mistakes.extend(rows.into_iter().map(|row| Mistake::new("code", row.text)));
            sheet(signed_in, version, code, typed, mistakes).answer()
        }
    }
}
