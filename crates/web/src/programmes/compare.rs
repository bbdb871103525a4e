//! `/chuong-trinh/{code}/so-sanh?cu=1&moi=2`: what differs between two texts.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::programmes::difference::{self, ModuleChange};
use domain::programmes::{Module, Text};
use service::programmes;

use super::one::{part, part_name};
use super::path;
use crate::AppState;
use crate::asked::Asked;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "programmes/compare.html")]
struct ComparePage {
    shell: Shell,
    back: String,
    code: String,
    heads: [String; 2],
    /// Part, what it was, what it is.
    parts: Vec<[String; 3]>,
    /// Title, what became of it, what it was, what it is.
    modules: Vec<[String; 4]>,
}

fn said(lang: Lang, module: &Module) -> String {
    let numbers = [module.theory, module.practice, module.self_study].map(|n| n.to_string());
    let periods = lang.with("programme-n-periods", &[("n", lang.number(i64::from(module.periods())).into())]);
    format!("{periods} ({}) {}", numbers.join("/"), module.outcome).trim().to_owned()
}

fn row(lang: Lang, change: &ModuleChange<'_>) -> [String; 4] {
    let (code, old, new) = match change {
        ModuleChange::Same(module) => ("same", Some(*module), Some(*module)),
        ModuleChange::Changed(old, new) => ("changed", Some(*old), Some(*new)),
        ModuleChange::Added(module) => ("added", None, Some(*module)),
        ModuleChange::Gone(module) => ("gone", Some(*module), None),
    };
    let title = new.or(old).map(|module| module.title.clone()).unwrap_or_default();
    let of = |module: Option<&Module>| module.map(|module| said(lang, module)).unwrap_or_default();
    [title, lang.t(&format!("programme-module-{code}")), of(old), of(new)]
}

/// What differs between the text that somebody saved and the one that stands in a form: what it is, theirs, mine.
pub(super) fn differing(lang: Lang, theirs: &Text, mine: &Text) -> Vec<(String, String, String)> {
    let parts = difference::parts(theirs, mine).into_iter().map(|p| (part_name(lang, p), part(lang, theirs, p), part(lang, mine, p)));
    let modules = difference::modules(theirs, mine);
    let modules = modules.iter().filter(|change| !matches!(change, ModuleChange::Same(_))).map(|change| {
        let [title, _, old, new] = row(lang, change);
        (format!("{}: {title}", lang.t("programme-module")), old, new)
    });
    parts.chain(modules).collect()
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = programmes::programme(&state.services, &signed_in.ctx, &code).await?;
    let number = |name: &str| asked.text(name).and_then(|n| n.parse().ok()).and_then(|n| view.number(n));
    let (old, new) = (number("cu").or_else(|| view.texts.last()), number("moi").or_else(|| view.texts.first()));
    let (old, new) = old.zip(new).ok_or(WebError::NotFound)?;
    let parts = difference::parts(&old.text, &new.text);
    let head = |n: i32| lang.with("programme-text-n", &[("n", n.to_string().into())]);
    shell::page(&ComparePage {
        shell: Shell::new(&signed_in.visitor, &lang.with("programme-compare-title", &[("code", code.clone().into())])),
        back: path(&code),
        heads: [head(old.line.number), head(new.line.number)],
        parts: parts.iter().map(|p| [part_name(lang, *p), part(lang, &old.text, *p), part(lang, &new.text, *p)]).collect(),
        modules: difference::modules(&old.text, &new.text).iter().map(|change| row(lang, change)).collect(),
        code,
    })
}
