//! `/chuong-trinh/{code}`: one programme: what it says, whether it is as long as the law allows, what it lacks, its materials, its
//! sessions and its texts.
//! Not for: changing it (`edit`, `acts`, `materials`).

use askama::Template;
use axum::extract::{Path, State as From};
use axum::response::Response;
use domain::papers::CaseState;
use domain::programmes::difference::Part;
use domain::programmes::life::{State, Step};
use domain::programmes::materials::Access;
use domain::programmes::{Module, Text, lacks};
use service::programmes::{self, Material, Session, VersionText, View};

use super::edit::course_words;
use super::{COUNCILS, chip, path};
use crate::AppState;
use crate::asked::Asked;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::{capital, word};

#[derive(Template)]
#[template(path = "programmes/one.html")]
struct OnePage {
    shell: Shell,
    code: String,
    state: (&'static str, String),
    /// A text that is not the one in force is shown.
    other: Option<String>,
    /// Address, word, whether it is the main one.
    acts: Vec<(String, String, bool)>,
    facts: Vec<(String, String)>,
    lacks: Vec<String>,
    lengths: Vec<LengthRow>,
    modules: Vec<Module>,
    sums: [String; 4],
    materials: Vec<MaterialRow>,
    adds: Option<String>,
    sessions: Vec<SessionRow>,
    texts: Vec<TextRow>,
    compare: Option<(String, Vec<i32>)>,
}

struct LengthRow {
    kind: &'static str,
    who: String,
    said: String,
    why: Vec<String>,
    cites: String,
}

struct MaterialRow {
    title: String,
    access: String,
    /// Address, name, what else is to be said.
    files: Vec<(String, String, String)>,
    acts: Vec<(String, String)>,
}

struct SessionRow {
    href: String,
    council: String,
    day: String,
    result: String,
}

struct TextRow {
    href: String,
    number: i32,
    state: (&'static str, String),
    note: String,
    saved: String,
    decision: String,
}

/// A part of a text in words.
pub(super) fn part(lang: Lang, text: &Text, part: Part) -> String {
    let number = |n: i32| lang.number(i64::from(n));
    match part {
        Part::Title => text.title.clone(),
        Part::Kind => word(lang, "training", text.kind.code()),
        Part::Content => word(lang, "content", text.content.code()),
        Part::Programme => text.programme.map(|p| word(lang, "programme", p.code())).unwrap_or_default(),
        Part::Course => text.course.map(|course| course_words(lang, course)).unwrap_or_default(),
        Part::Staff => capital(&text.staff.iter().map(|s| lang.code_text("staff", s.code())).collect::<Vec<_>>().join(", ")),
        Part::Level => text.level.map(|level| word(lang, "level", level.code())).unwrap_or_default(),
        Part::Audience => text.audience.clone(),
        Part::Periods => number(text.periods),
        Part::Days => number(text.days),
        Part::Mode => word(lang, "mode", text.mode.code()),
        Part::Outcomes => text.outcomes.clone(),
        Part::LegalBasis => text.legal_basis.clone(),
        Part::Partner => text.partner.clone(),
    }
}

/// The name of a part.
pub(super) fn part_name(lang: Lang, part: Part) -> String {
    lang.t(&format!("programme-{part}"))
}

fn facts(lang: Lang, view: &View, text: &VersionText) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> =
        Part::ALL.iter().filter(|p| !matches!(p, Part::Title)).map(|p| (part_name(lang, *p), part(lang, &text.text, *p))).collect();
    facts.push((lang.t("programme-owner"), view.line.owner_name.clone()));
    let decision = text.line.decision.as_ref().zip(text.line.decided_on);
    let said =
        decision.map(|(number, on)| lang.with("programme-decided", &[("number", number.clone().into()), ("day", lang.date(on).into())]));
    facts.push((lang.t("programme-decision"), said.unwrap_or_default()));
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

fn lengths(lang: Lang, text: &Text, on: domain::time::Date) -> Result<Vec<LengthRow>, WebError> {
    let found = programmes::lengths(text, on).map_err(|error| WebError::Internal(Box::new(error)))?;
    let words = |all: &[law::Words]| all.iter().map(|w| if lang.is_vi() { w.vi.clone() } else { w.en.clone() }).collect::<Vec<_>>();
    let row = |length: &programmes::Length| {
        let (kind, code) = match length.fit {
            None => ("info", "unknown"),
            Some(law::course_length::Fit::Fits) => ("done", "fits"),
            Some(_) if length.forbids() => ("missed", "forbidden"),
            Some(_) => ("at_risk", "warned"),
        };
        LengthRow {
            kind,
            who: word(lang, "staff", length.staff.code()),
            said: lang.t(&format!("programme-length-{code}")),
            why: words(&length.steps),
            cites: words(&length.cites).join("; "),
        }
    };
    Ok(found.iter().map(row).collect())
}

/// Address and word of what the asker may do with a programme now.
fn acts(lang: Lang, view: &View) -> Vec<(String, String, bool)> {
    let here = path(&view.line.code);
    let act = |name: &str, key: &str, is_main| (format!("{here}/{name}"), lang.t(key), is_main);
    let open = view.open().map(|text| text.line.state);
    let can = |step: Step| open.is_some_and(|state| state.after(step).is_some());
    let mut acts = Vec::new();
    let is_carried = matches!(view.paper, Some((_, CaseState::Open)));
    if let Some((case, _)) = view.paper {
        acts.push((crate::papers::path(case), lang.t("programme-paper"), is_carried));
    }
    if view.keeps {
        acts.extend(can(Step::Approve).then(|| act("viec/trinh", "programme-deed-trinh", !is_carried)));
        acts.extend(can(Step::Save).then(|| act("sua", "programme-act-edit", false)));
        acts.extend(can(Step::Send).then(|| act("viec/gui", "programme-act-send", true)));
        acts.extend(can(Step::Recall).then(|| act("viec/rut", "programme-act-recall", false)));
        acts.extend((view.line.state == State::Approved && open.is_none()).then(|| act("viec/sua-doi", "programme-act-begin", false)));
        acts.extend(can(Step::Retire).then(|| act("viec/bo", "programme-act-drop", false)));
    }
    if view.is_office {
        let file = |ending: &str| format!("{here}/quyet-dinh.{ending}");
        acts.extend(crate::papers::files::links(lang, file).into_iter().map(|(href, text)| (href, text, false)));
    }
    if view.decides {
        acts.extend((can(Step::Approve) && !is_carried).then(|| act("viec/phe-duyet", "programme-act-approve", false)));
        acts.extend((view.line.state == State::Approved && open.is_none()).then(|| act("viec/thoi", "programme-act-retire", false)));
    }
    acts
}

fn material(lang: Lang, view: &View, material: &Material) -> MaterialRow {
    let here = path(&view.line.code);
    let file = |file: &programmes::FileLine| {
        let size = lang.with("programme-kilobytes", &[("n", lang.number(file.size.div_euclid(1_024).max(1)).into())]);
        let version = lang.with("programme-file-version", &[("n", file.number.to_string().into())]);
        let by = file.added_by.clone().unwrap_or_default();
        let said = [version, size, lang.instant(file.added_at), by].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        (format!("{here}/tep/{}", file.id), file.name.clone(), said.join(" · "))
    };
    let is_used = material.withdrawn_at.is_none();
    let access = if is_used { word(lang, "programme-access", material.access.code()) } else { lang.t("programme-withdrawn") };
    let changes = view.keeps && is_used && view.line.state != State::Retired;
    let acts = [("phien-ban", "programme-add-version"), ("thoi-dung", "programme-withdraw")];
    MaterialRow {
        title: material.title.clone(),
        access,
        files: material.files.iter().map(file).collect(),
        acts: acts
            .into_iter()
            .filter(|_| changes)
            .map(|(name, key)| (format!("{here}/tai-lieu/{}/{name}", material.id), lang.t(key)))
            .collect(),
    }
}

pub(super) fn result(lang: Lang, session: &Session) -> String {
    match session.verdict {
        Some(verdict) => word(lang, "programme-verdict", verdict.code()),
        None => word(lang, "programme-session", session.state.code()),
    }
}

fn texts(lang: Lang, view: &View) -> Vec<TextRow> {
    let row = |text: &VersionText| TextRow {
        href: format!("{}?ban={}", path(&view.line.code), text.line.number),
        number: text.line.number,
        state: chip(lang, text.line.state),
        note: text.line.note.clone(),
        saved: [lang.instant(text.line.saved_at), text.line.saved_by.clone().unwrap_or_default()].join(" "),
        decision: text.line.decision.clone().unwrap_or_default(),
    };
    view.texts.iter().map(row).collect()
}

/// The page.
pub(crate) async fn show(
    From(state): From<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let (lang, today) = (signed_in.lang(), signed_in.ctx.today);
    let view = programmes::programme(&state.services, &signed_in.ctx, &code).await?;
    let wanted = asked.text("ban").and_then(|n| n.parse().ok()).and_then(|n| view.number(n));
    let text = wanted.or_else(|| view.text()).ok_or(WebError::NotFound)?;
    let is_worked_on = text.line.state.is_open();
    let sum = |of: fn(&Module) -> i32| lang.number(text.text.modules.iter().map(|module| i64::from(of(module))).sum());
    let sessions = view.sessions.iter().map(|session| SessionRow {
        href: format!("{COUNCILS}/phien/{}", session.id),
        council: session.council_name.clone(),
        day: lang.date(session.held_on),
        result: result(lang, session),
    });
    let other = lang.with("programme-other-text", &[("n", text.line.number.to_string().into())]);
    shell::page(&OnePage {
        shell: Shell::new(&signed_in.visitor, &text.text.title),
        code: code.clone(),
        state: chip(lang, text.line.state),
        other: (Some(text.line.number) != view.text().map(|main| main.line.number)).then_some(other),
        acts: acts(lang, &view),
        facts: facts(lang, &view, text),
        lacks: if is_worked_on { lacks(&text.text) } else { Vec::new() }
            .iter()
            .map(|lack| lang.t(&format!("programme-refusal-lack-{lack}")))
            .collect(),
        lengths: lengths(lang, &text.text, text.line.valid_from.unwrap_or(today))?,
        sums: [sum(|m| m.theory), sum(|m| m.practice), sum(|m| m.self_study), sum(Module::periods)],
        modules: text.text.modules.clone(),
        materials: view.materials.iter().map(|one| material(lang, &view, one)).collect(),
        adds: (view.keeps && view.line.state != State::Retired).then(|| format!("{}/tai-lieu", path(&code))),
        sessions: sessions.collect(),
        compare: (view.texts.len() > 1).then(|| (format!("{}/so-sanh", path(&code)), view.texts.iter().map(|t| t.line.number).collect())),
        texts: if view.is_office { texts(lang, &view) } else { Vec::new() },
    })
}

/// Words of who may open a material, for its form.
pub(super) fn accesses() -> impl Iterator<Item = &'static str> {
    Access::ALL.iter().map(|access| access.code())
}
