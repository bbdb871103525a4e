//! Keeping a person's record: the forms by which it is changed, its history, and what is masked shown for a purpose.
//! Not for: showing it (`person`); rules are in `service::registry`.

pub(crate) mod career;
pub(crate) mod decide;
pub(crate) mod duplicates;
pub(crate) mod history;
pub(crate) mod identity;
pub(crate) mod letters;
pub(crate) mod merge;
pub(crate) mod papers;
pub(crate) mod plans;
pub(crate) mod propose;
pub(crate) mod reveal;
pub(crate) mod scans;
pub(crate) mod undo;

use axum::response::Response;
use domain::time::Date;
use service::registry::{self, Person};

use crate::AppState;
use crate::asked::escaped;
use crate::errors::WebError;
use crate::form::Mistake;
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::units::reorganise::unit_meant;
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

/// The code of the unit that was typed as a code, a former one, or words of its name.
pub(crate) async fn unit_code(
    state: &AppState,
    signed_in: &SignedIn,
    typed: &str,
    on: Date,
    mistakes: &mut Vec<Mistake>,
) -> Result<String, WebError> {
    let lang = signed_in.lang();
    if typed.is_empty() {
        mistakes.push(Mistake::new("unit", lang.t("keep-no-such-unit")));
        return Ok(String::new());
    }
    let names = registry::unit_names(&state.services, &signed_in.ctx).await?;
    let unit = unit_meant(&names, lang, ("unit", typed), on, mistakes);
    Ok(unit.and_then(|unit| names.unit(unit)).map(|unit| unit.code.clone()).unwrap_or_default())
}

/// Titles of posts to choose from, those of the kind of the unit first.
async fn offer(state: &AppState, signed_in: &SignedIn, unit: Option<&str>, fields: &mut [Field]) -> Result<(), WebError> {
    let kind = match unit {
        None => None,
        Some(code) => match registry::unit(&state.services, &signed_in.ctx, code, signed_in.ctx.today).await {
            Ok(view) => Some(view.unit.kind),
            Err(service::ActError::NotFound) => None,
            Err(error) => return Err(error.into()),
        },
    };
    let titles = registry::post_titles(&state.services, &signed_in.ctx, kind).await?;
    for field in fields.iter_mut().filter(|field| field.name == "post") {
        field.kind = Kind::Offered(titles.clone());
    }
    Ok(())
}
