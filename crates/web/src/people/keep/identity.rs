//! `/nhan-su/moi` and `/nhan-su/{code}/sua`: a new official, and changes of who one is.

use axum::extract::{Path, State};
use axum::response::Response;
use domain::people::Sex;
use domain::register::{ETHNIC_GROUPS, IdentityFault};
use service::registry::{self, Identity, IdentityRefusal, Masked, Person};

use super::{career, done, kept, no_reason, offer, reason, record_path, sheet};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

fn fields(lang: Lang) -> Vec<Field> {
    let groups = ETHNIC_GROUPS.map(|n| (n.to_string(), format!("{n:02} · {}", lang.code_text("ethnicity", &n.to_string())))).collect();
    vec![
        Field::needed(lang, "keep", "code", Kind::Short).hint(lang.t("keep-code-hint")),
        Field::new(lang, "keep", "record_code", Kind::Short),
        Field::needed(lang, "keep", "name", Kind::Line),
        Field::new(lang, "keep", "other_names", Kind::Line),
        Field::needed(lang, "keep", "birth_on", Kind::Day),
        Field::needed(lang, "keep", "sex", choices(lang, "person-sex", Sex::ALL.iter().map(|s| s.code()), false)),
        Field::needed(lang, "keep", "ethnicity", Kind::Choice(groups)),
        Field::new(lang, "keep", "religion", Kind::Line),
        Field::new(lang, "keep", "health", Kind::Line),
        Field::new(lang, "keep", "citizen_number", Kind::Short).hint(lang.t("keep-citizen-hint")),
        Field::new(lang, "keep", "recruited_on", Kind::Day),
    ]
}

fn identity(lang: Lang, typed: &Typed, mistakes: &mut Vec<Mistake>) -> Option<Identity> {
    let owned = |name: &str| typed.text(name).map(str::to_owned);
    let birth_on = typed.needed_day(lang, "birth_on", mistakes);
    let recruited_on = typed.day(lang, "recruited_on", mistakes);
    Some(Identity {
        code: typed.words("code").to_owned(),
        record_code: owned("record_code"),
        name: typed.words("name").split_whitespace().collect::<Vec<_>>().join(" "),
        other_names: owned("other_names"),
        birth_on: birth_on?,
        sex: typed.code("sex", Sex::from_code).unwrap_or(Sex::Male),
        ethnicity: typed.words("ethnicity").parse().unwrap_or_default(),
        religion: owned("religion"),
        health: owned("health"),
        citizen_number: owned("citizen_number").map(|n| n.split_whitespace().collect()),
        recruited_on,
    })
}

pub(super) fn mistake(lang: Lang, refusal: &IdentityRefusal) -> Mistake {
    let fault = match refusal {
        IdentityRefusal::Fault(fault) => fault,
        IdentityRefusal::CodeTaken => return Mistake::new("code", lang.t("keep-code-taken")),
        IdentityRefusal::NoReason => return no_reason(lang),
        IdentityRefusal::Career(refusal) => return career::mistake(lang, *refusal),
    };
    let field = match fault {
        IdentityFault::NoName => "name",
        IdentityFault::BadCode => "code",
        IdentityFault::BornInFuture | IdentityFault::OddAge => "birth_on",
        IdentityFault::BadCitizenNumber => "citizen_number",
        IdentityFault::UnknownEthnicity => "ethnicity",
        IdentityFault::OddRecruitment => "recruited_on",
    };
    Mistake::new(field, lang.code_text("keep-fault", fault.code()))
}

fn new_page(signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let mut all = fields(lang);
    all.extend(career::fields(lang));
    all.push(reason(lang));
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("keep-new")),
        back: ("/nhan-su".to_owned(), lang.t("official-title")),
        lead: lang.t("keep-new-lead"),
        action: "/nhan-su/moi".to_owned(),
        submit: lang.t("keep-new-submit"),
        fields: all,
        typed,
        mistakes,
    }
}

/// The form with the titles of posts to choose from.
async fn answer_new(state: &AppState, signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let unit = typed.text("unit").and_then(|text| text.split(" · ").next()).map(str::to_owned);
    let mut page = new_page(signed_in, typed, mistakes);
    offer(state, signed_in, unit.as_deref(), &mut page.fields).await?;
    page.answer()
}

/// The form of a new official.
pub(crate) async fn show_new(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::KeepRegister)?;
    let typed = Typed::of([("sex", "nam".to_owned()), ("ethnicity", "1".to_owned())]);
    answer_new(&state, &signed_in, typed, Vec::new()).await
}

/// Writes a new official.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::KeepRegister)?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let identity = identity(lang, &typed, &mut mistakes);
    let first = career::asked(&state, &signed_in, &typed, &mut mistakes).await?;
    let (Some(identity), Some(first), true) = (identity, first, mistakes.is_empty()) else {
        return answer_new(&state, &signed_in, typed, mistakes).await;
    };
    let words = typed.words("reason");
    match refused(registry::add(&state.services, &signed_in.ctx, &identity, &first.as_move(), words).await)? {
        Ok(_) => Ok(done(&identity.code, "them-can-bo")),
        Err(refusals) => {
            let mistakes = refusals.iter().map(|refusal| mistake(lang, refusal)).collect();
            answer_new(&state, &signed_in, typed, mistakes).await
        }
    }
}

fn typed_of(lang: Lang, official: &Person, masked: Masked) -> Typed {
    let day = |day: Option<domain::time::Date>| day.map(|d| lang.date(d)).unwrap_or_default();
    Typed::of([
        ("code", official.code.clone()),
        ("record_code", official.record_code.clone().unwrap_or_default()),
        ("name", official.name.clone()),
        ("other_names", official.other_names.clone().unwrap_or_default()),
        ("birth_on", lang.date(official.birth_on)),
        ("sex", official.sex.clone()),
        ("ethnicity", official.ethnicity.to_string()),
        ("religion", masked.religion.unwrap_or_default()),
        ("health", masked.health.unwrap_or_default()),
        ("citizen_number", masked.citizen_number.unwrap_or_default()),
        ("recruited_on", day(official.recruited_on)),
        ("revision", official.revision.to_string()),
    ])
}

fn amend_page(signed_in: &SignedIn, official: &Person, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let mut all = fields(lang);
    all.push(Field::new(lang, "keep", "revision", Kind::Hidden));
    all.push(reason(lang));
    sheet(signed_in, official, "amend", "sua", all, typed, mistakes)
}

/// The form that changes an identity; it shows what is masked, so the look is noted.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let purpose = signed_in.lang().t("keep-amend");
    let masked = refused(registry::reveal(&state.services, &signed_in.ctx, &code, &purpose).await)?.map_err(|_| WebError::NotFound)?;
    amend_page(&signed_in, &official, typed_of(signed_in.lang(), &official, masked), Vec::new()).answer()
}

/// Changes an identity.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let wanted = identity(lang, &typed, &mut mistakes);
    let revision = typed.words("revision").parse().unwrap_or_default();
    let (Some(wanted), true) = (wanted, mistakes.is_empty()) else {
        return amend_page(&signed_in, &official, typed, mistakes).answer();
    };
    let words = typed.words("reason");
    match registry::amend(&state.services, &signed_in.ctx, &code, revision, &wanted, words).await {
        Err(service::ActError::Stale) => {
            let link = record_path(&code);
            let text = lang.with("keep-stale", &[("link", link.into())]);
            amend_page(&signed_in, &official, typed, vec![Mistake::new("reason", text)]).answer()
        }
        other => match refused(other)? {
            Ok(()) => Ok(shell::see_other(&format!("{}?xong=sua-ho-so", record_path(&wanted.code)))),
            Err(refusals) => {
                let mistakes = refusals.iter().map(|refusal| mistake(lang, refusal)).collect();
                amend_page(&signed_in, &official, typed, mistakes).answer()
            }
        },
    }
}
