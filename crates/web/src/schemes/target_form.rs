//! `/de-an/{code}/ban/{n}/chi-tieu/{target}`: one target of a draft as a form, for those who do not write the text.
//! Not for: what is counted and out of whom; that stays in the text.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::schemes::{Rule, Scheme, Target};
use domain::time::{self, Interval};
use serde::Deserialize;
use service::ActError;
use service::schemes::{self, Draft, Version};

use super::{edit, faults, life};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Fields as typed.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Typed {
    title_vi: String,
    title_en: String,
    section: String,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    floor: String,
    #[serde(default)]
    ceiling: String,
    from: String,
    to: String,
    class_size: String,
    #[serde(default)]
    aspiration: Option<String>,
    revision: i32,
}

#[derive(Template)]
#[template(path = "schemes/target_form.html")]
struct FormPage {
    shell: Shell,
    code: String,
    scheme_title: String,
    path: String,
    typed: Typed,
    is_share: bool,
    is_yes_no: bool,
    mistakes: Vec<Mistake>,
    theirs: Option<Theirs>,
}

/// What somebody else saved while this form was filled in.
struct Theirs {
    who: String,
    when: String,
    /// Fields that now say something else, with what they say.
    fields: Vec<(&'static str, String)>,
}

impl FormPage {
    /// What the draft now says in a field, when somebody else changed it.
    fn theirs(&self, field: &str) -> Option<&str> {
        self.theirs.as_ref()?.fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value.as_str())
    }

    fn mistake(&self, field: &str) -> Option<&str> {
        of_field(&self.mistakes, field)
    }
}

fn typed_of(lang: Lang, target: &Target, revision: i32) -> Typed {
    let share = target.measure.is_share();
    let number = |n: i64| if share { decimal(lang, n) } else { n.to_string() };
    let (rule, floor, ceiling) = match target.threshold.rule {
        Rule::AtLeast(floor) => ("at_least", number(floor), String::new()),
        Rule::MoreThan(bound) => ("more_than", number(bound), String::new()),
        Rule::Between(floor, ceiling) => ("between", number(floor), number(ceiling)),
        Rule::Yes => ("yes", String::new(), String::new()),
    };
    Typed {
        title_vi: target.title.vi.clone(),
        title_en: target.title.en.clone(),
        section: target.section.clone(),
        rule: rule.to_owned(),
        floor,
        ceiling,
        from: time::dmy(target.phase.from()),
        to: target.phase.last_day().map(time::dmy).unwrap_or_default(),
        class_size: target.class_size.to_string(),
        aspiration: target.aspiration.then(|| "yes".to_owned()),
        revision,
    }
}

/// Basis points as a percentage without its sign, as it is typed.
fn decimal(lang: Lang, points: i64) -> String {
    let text = lang.short_percent(points);
    text.trim_end_matches('%').trim_end().to_owned()
}

fn page(signed_in: &SignedIn, version: &Version, scheme: &Scheme, target: &Target, typed: Typed, mistakes: Vec<Mistake>) -> FormPage {
    let lang = signed_in.lang();
    let heading = format!("{} {}", target.code, lang.of(&target.title));
    FormPage {
        shell: Shell::new(&signed_in.visitor, &heading),
        code: target.code.clone(),
        scheme_title: lang.of(&scheme.title).to_owned(),
        path: life::path(&version.line.scheme, version.line.number),
        typed,
        is_share: target.measure.is_share(),
        is_yes_no: target.threshold.rule == Rule::Yes,
        mistakes,
        theirs: None,
    }
}

/// The form with what was typed, and beside each field what somebody else saved there; saving again keeps what was typed.
fn conflict(signed_in: &SignedIn, version: &Version, scheme: &Scheme, target: &Target, typed: Typed) -> FormPage {
    let lang = signed_in.lang();
    let saved = typed_of(lang, target, version.line.revision);
    let fields = differing(lang, &typed, &saved);
    let typed = Typed { revision: version.line.revision, ..typed };
    let who = version.line.saved_by_name.clone().unwrap_or_default();
    let theirs = Theirs { who, when: lang.instant(version.line.saved_at), fields };
    FormPage { theirs: Some(theirs), ..page(signed_in, version, scheme, target, typed, Vec::new()) }
}

fn differing(lang: Lang, typed: &Typed, saved: &Typed) -> Vec<(&'static str, String)> {
    let word = |rule: &str| lang.code_text("target-form", &rule.replace('_', "-"));
    let yes_no = |yes: bool| lang.t(if yes { "word-yes" } else { "word-no" });
    let fields = [
        ("title_vi", &typed.title_vi, &saved.title_vi),
        ("title_en", &typed.title_en, &saved.title_en),
        ("section", &typed.section, &saved.section),
        ("rule", &typed.rule, &saved.rule),
        ("floor", &typed.floor, &saved.floor),
        ("ceiling", &typed.ceiling, &saved.ceiling),
        ("from", &typed.from, &saved.from),
        ("to", &typed.to, &saved.to),
        ("class_size", &typed.class_size, &saved.class_size),
    ];
    let is_yes_no = saved.rule == "yes";
    let differs = |(name, mine, theirs): &(&str, &String, &String)| {
        mine.trim() != theirs.trim() && !(is_yes_no && matches!(*name, "rule" | "floor" | "ceiling"))
    };
    let mut found: Vec<_> = fields
        .into_iter()
        .filter(differs)
        .map(|(name, _, theirs)| (name, if name == "rule" { word(theirs) } else { theirs.clone() }))
        .collect();
    if typed.aspiration.is_some() != saved.aspiration.is_some() {
        found.push(("aspiration", yes_no(saved.aspiration.is_some())));
    }
    found
}

/// The form.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number, target)): Path<(String, i32, String)>,
) -> Result<Response, WebError> {
    let version = edit::draft(&state, &signed_in, &code, number).await?;
    let scheme = schemes::check(&version.body).map_err(|_| WebError::NotFound)?;
    let found = scheme.target(&target).ok_or(WebError::NotFound)?;
    let typed = typed_of(signed_in.lang(), found, version.line.revision);
    shell::page(&page(&signed_in, &version, &scheme, found, typed, Vec::new()))
}

/// Changes the target in the text of the draft and saves it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number, target)): Path<(String, i32, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let version = edit::draft(&state, &signed_in, &code, number).await?;
    let scheme = schemes::check(&version.body).map_err(|_| WebError::NotFound)?;
    let found = scheme.target(&target).ok_or(WebError::NotFound)?;
    let again =
        |mistakes| shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&signed_in, &version, &scheme, found, typed.clone(), mistakes));
    let changed = match read(lang, found, &typed) {
        Ok(changed) => changed,
        Err(mistakes) => return again(mistakes),
    };
    let body = schemes::compose(&with(&scheme, changed));
    let draft = Draft { scheme: &code, number, revision: typed.revision, body: &body, note: &version.line.note };
    let saved = schemes::save_draft(&state.services, &signed_in.ctx, &draft).await;
    if matches!(saved, Err(ActError::Stale)) {
        return shell::page_with(StatusCode::CONFLICT, &conflict(&signed_in, &version, &scheme, found, typed.clone()));
    }
    match refused(saved)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=luu", life::path(&code, number)))),
        Err(refusal) => {
            let (mut mistakes, rows) = faults::refusal(lang, &body, &refusal, "title_vi");
            mistakes.extend(rows.into_iter().map(|row| Mistake::new("title_vi", row.text)));
            again(mistakes)
        }
    }
}

fn with(scheme: &Scheme, changed: Target) -> Scheme {
    let mut scheme = scheme.clone();
    if let Some(place) = scheme.targets.iter_mut().find(|t| t.code == changed.code) {
        *place = changed;
    }
    scheme
}

/// The target as typed, or every mistake at once.
fn read(lang: Lang, old: &Target, typed: &Typed) -> Result<Target, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut need = |field: &str, text: &str| {
        if text.trim().is_empty() {
            mistakes.push(Mistake::new(field, lang.code_text("target-form-missing", field)));
        }
    };
    need("title_vi", &typed.title_vi);
    need("title_en", &typed.title_en);
    need("section", &typed.section);
    let rule = rule(lang, old, typed).map_err(|mistake| mistakes.push(mistake)).ok();
    let phase = phase(lang, typed).map_err(|mistake| mistakes.push(mistake)).ok();
    let class_size = typed.class_size.trim().parse::<u32>().ok().filter(|n| (1..=10_000).contains(n));
    if class_size.is_none() {
        mistakes.push(Mistake::new("class_size", lang.t("target-form-class-size-wrong")));
    }
    let (Some(rule), Some(phase), Some(class_size), true) = (rule, phase, class_size, mistakes.is_empty()) else { return Err(mistakes) };
    let mut target = old.clone();
    target.title.vi = typed.title_vi.trim().to_owned();
    target.title.en = typed.title_en.trim().to_owned();
    target.section = typed.section.trim().to_owned();
    target.threshold.rule = rule;
    target.phase = phase;
    target.class_size = class_size;
    target.aspiration = typed.aspiration.is_some();
    Ok(target)
}

fn rule(lang: Lang, old: &Target, typed: &Typed) -> Result<Rule, Mistake> {
    if old.threshold.rule == Rule::Yes {
        return Ok(Rule::Yes);
    }
    let share = old.measure.is_share();
    let number = |field: &str, text: &str| {
        let read = if share { points(text).filter(|p| (0..=10_000).contains(p)) } else { text.trim().parse().ok().filter(|n| *n >= 0) };
        let key = if share { "target-form-percent-wrong" } else { "target-form-count-wrong" };
        read.ok_or_else(|| Mistake::new(field, lang.t(key)))
    };
    let floor = number("floor", &typed.floor)?;
    match typed.rule.as_str() {
        "at_least" => Ok(Rule::AtLeast(floor)),
        "more_than" => Ok(Rule::MoreThan(floor)),
        "between" => {
            let ceiling = number("ceiling", &typed.ceiling)?;
            if ceiling < floor {
                Err(Mistake::new("ceiling", lang.t("target-form-ceiling-low")))
            } else {
                Ok(Rule::Between(floor, ceiling))
            }
        }
        _ => Err(Mistake::new("rule", lang.t("target-form-rule-missing"))),
    }
}

/// A percentage with at most two decimals, comma or point, as basis points.
fn points(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    if decimals.len() > 2 || !decimals.bytes().all(|b| b.is_ascii_digit()) || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let hundredths: i64 = format!("{decimals:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(hundredths)
}

fn phase(lang: Lang, typed: &Typed) -> Result<Interval, Mistake> {
    let from = time::parse(&typed.from).ok_or_else(|| Mistake::new("from", lang.t("target-form-day-wrong")))?;
    let to = time::parse(&typed.to).ok_or_else(|| Mistake::new("to", lang.t("target-form-day-wrong")))?;
    Interval::of_days(from, to).map_err(|_| Mistake::new("to", lang.t("target-form-period-wrong")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_read_with_comma_or_point_and_nothing_is_guessed() {
        let read = ["20", "12,5", "14.26 %", "0,05"].map(points);
        assert_eq!(read, [Some(2_000), Some(1_250), Some(1_426), Some(5)]);
        for wrong in ["", "abc", "1,234", "-5", "1.2.3"] {
            assert_eq!(points(wrong), None, "{wrong}");
        }
    }
}
