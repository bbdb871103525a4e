//! Keeping a person's record: the forms by which it is changed, its history, and what is masked shown for a purpose.
//! Not for: showing it (`person`); rules are in `service::registry`.

pub(crate) mod career;
pub(crate) mod decide;
pub(crate) mod duplicates;
pub(crate) mod history;
pub(crate) mod identity;
pub(crate) mod merge;
pub(crate) mod papers;
pub(crate) mod propose;
pub(crate) mod reveal;
pub(crate) mod undo;

use axum::response::Response;
use domain::text::fold;
use domain::time::Date;
use service::registry::{self, Person};

use crate::AppState;
use crate::asked::escaped;
use crate::errors::WebError;
use crate::form::Mistake;
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// The page of a record.
pub(crate) fn record_path(code: &str) -> String {
    format!("/nhan-su/{}", escaped(code))
}

/// A record that the visitor keeps.
async fn kept(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<Person, WebError> {
    let official = registry::person(&state.services, &signed_in.ctx, code).await?;
    if registry::may_keep(&state.services, &signed_in.ctx, &official).await? {
        return Ok(official);
    }
    Err(WebError::Forbidden(domain::roles::Forbidden { act: domain::roles::Act::KeepRegister }))
}

/// A form about one person: `key` names its texts, `path` its address under the record.
fn sheet(
    signed_in: &SignedIn,
    official: &Person,
    key: &str,
    path: &str,
    fields: Vec<Field>,
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Sheet {
    let lang = signed_in.lang();
    let record = record_path(&official.code);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(&format!("keep-{key}"))),
        lead: lang.with(&format!("keep-{key}-lead"), &[("name", official.name.clone().into())]),
        action: format!("{record}/{path}"),
        submit: lang.t(&format!("keep-{key}-submit")),
        back: (record, official.name.clone()),
        fields,
        typed,
        mistakes,
    }
}

/// Why a change is made; every form ends with it.
fn reason(lang: Lang) -> Field {
    Field::needed(lang, "keep", "reason", Kind::Words).hint(lang.t("keep-reason-hint"))
}

fn no_reason(lang: Lang) -> Mistake {
    Mistake::new("reason", lang.t("keep-no-reason"))
}

/// Back to the record, which says what was done.
fn done(code: &str, what: &str) -> Response {
    shell::see_other(&format!("{}?xong={what}", record_path(code)))
}

/// The code of the unit that was typed as a code or as words of its name.
pub(crate) async fn unit_code(
    state: &AppState,
    signed_in: &SignedIn,
    typed: &str,
    on: Date,
    mistakes: &mut Vec<Mistake>,
) -> Result<String, WebError> {
    let lang = signed_in.lang();
    let code = typed.split(" · ").next().unwrap_or_default().trim().to_uppercase();
    if registry::unit(&state.services, &signed_in.ctx, &code, on).await.is_ok() {
        return Ok(code);
    }
    let found =
        if typed.is_empty() { Vec::new() } else { registry::list_units(&state.services, &signed_in.ctx, on, typed, "", 50).await? };
    // Divisions carry the name of their department behind their own.
    let exact = found.iter().find(|unit| fold(&unit.name) == fold(typed));
    match (exact, found.as_slice()) {
        (Some(one), _) | (None, [one]) => return Ok(one.code.clone()),
        (None, []) => mistakes.push(Mistake::new("unit", lang.t("keep-no-such-unit"))),
        (None, several) => {
            let named: Vec<String> = several.iter().take(6).map(|unit| format!("{} · {}", unit.code, unit.name)).collect();
            mistakes.push(Mistake::new("unit", lang.with("keep-several-units", &[("units", named.join("; ").into())])));
        }
    }
    Ok(String::new())
}
