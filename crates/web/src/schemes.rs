//! Pages of schemes.
//! Not for: the acts (`service::schemes`).

use domain::schemes::Scheme;

use crate::i18n::Lang;

/// Number, issuer and span of a document in one line.
pub(crate) fn facts(lang: Lang, scheme: &Scheme) -> String {
    let number = if scheme.number.is_empty() { scheme.document_type.clone() } else { scheme.number.clone() };
    let signed = scheme.signed_on.map(|day| lang.date(day)).unwrap_or_else(|| scheme.signed_note.clone());
    let years = match scheme.phase.last_day() {
        Some(last) => format!("{}–{}", scheme.phase.from().year(), last.year()),
        None => lang.with("facts-from", &[("year", scheme.phase.from().year().to_string().into())]),
    };
    [number, lang.of(&scheme.issuer).to_owned(), signed, years].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
