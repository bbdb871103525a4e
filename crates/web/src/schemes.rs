//! Pages of schemes: the list, one in force, its versions, and the acts of an officer on them.
//! Not for: the acts themselves (`service::schemes`).

pub(crate) mod all_tasks;
mod board;
pub(crate) mod create;
pub(crate) mod edit;
pub(crate) mod editor;
pub(crate) mod faults;
pub(crate) mod life;
pub(crate) mod list;
pub(crate) mod publish;
mod quotas;
pub(crate) mod retire;
pub(crate) mod show;
pub(crate) mod target_form;
pub(crate) mod tasks;
pub(crate) mod version;

use domain::schemes::Scheme;

use crate::i18n::Lang;

/// Number, issuer and span of a document in one line.
pub(crate) fn facts(lang: Lang, scheme: &Scheme) -> String {
    let number = if scheme.number.is_empty() { scheme.document_type.clone() } else { scheme.number.clone() };
    let signed_on = scheme.signed_on.map(|day| lang.date(day)).unwrap_or_default();
    let parts = [number, lang.of(&scheme.issuer).to_owned(), signed_on, years(lang, scheme)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// The day of signature, or what is known of it.
pub(crate) fn signed(lang: Lang, scheme: &Scheme) -> String {
    scheme.signed_on.map(|day| lang.date(day)).unwrap_or_else(|| scheme.signed_note.clone())
}

fn years(lang: Lang, scheme: &Scheme) -> String {
    match scheme.phase.last_day() {
        Some(last) if last.year() == scheme.phase.from().year() => last.year().to_string(),
        Some(last) => format!("{}–{}", scheme.phase.from().year(), last.year()),
        None => lang.with("facts-from", &[("year", scheme.phase.from().year().to_string().into())]),
    }
}
