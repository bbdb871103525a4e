//! Versions of a plan, and two of them line by line.
//! Not for: lines of one version (`show`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::plans::compare::{LineChange, compare};
use service::plans::{self, Known};

use super::{Head, cells, chip, dong, path, told, viewed};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "plans/versions.html")]
struct VersionsPage {
    shell: Shell,
    head: Head,
    rows: Vec<VersionRow>,
}

struct VersionRow {
    href: String,
    title: String,
    state: &'static str,
    state_word: String,
    note: String,
    saved: String,
    compare: Option<String>,
}

/// The versions.
pub(crate) async fn versions(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let plan = &view.plan;
    let base = path(plan.id, "");
    let rows = plan.versions.iter().map(|version| {
        let number = version.number.to_string();
        let before = (version.number > 1).then(|| (version.number - 1).to_string());
        let saved = version.saved_by.clone().unwrap_or_else(|| lang.t("keep-system"));
        VersionRow {
            href: address(&base, &[("so", Some(&number))]),
            title: told(lang, version),
            state: chip(version.state),
            state_word: lang.code_text("plan-state", version.state.code()),
            note: version.note.clone(),
            saved: format!("{} · {saved}", lang.instant(version.saved_at)),
            compare: before.map(|before| address(&path(plan.id, "/so-sanh"), &[("truoc", Some(&before)), ("sau", Some(&number))])),
        }
    });
    shell::page(&VersionsPage {
        shell: Shell::new(&signed_in.visitor, &plan.title).on(signed_in.ctx.today),
        head: Head::of(lang, &view, "/ban"),
        rows: rows.collect(),
    })
}

#[derive(Template)]
#[template(path = "plans/compare.html")]
struct ComparePage {
    shell: Shell,
    title: String,
    back: String,
    before: String,
    after: String,
    sums: Vec<(String, String, String, String)>,
    changes: Vec<Change>,
}

struct Change {
    title: String,
    kind: &'static str,
    kind_word: String,
    fields: Vec<(String, String, String)>,
    people: String,
    cost: String,
}

/// Two versions line by line.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let version = async |name: &str| {
        let number = Asked::of(&[("so", asked.text(name).unwrap_or_default())]);
        viewed(&state, &signed_in, id, &number).await
    };
    let (before, after) = (version("truoc").await?, version("sau").await?);
    let known = plans::known(&state.services, &signed_in.ctx, &(&before.body.officials() | &after.body.officials())).await?;
    let difference = compare(&before.body, &after.body);
    let sum = |key: &str, before: i64, after: i64| {
        (lang.t(key), lang.number(before), lang.number(after), signed(lang, after.saturating_sub(before)))
    };
    let (b, a) = (difference.before, difference.after);
    shell::page(&ComparePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("plans-compare-title")).on(signed_in.ctx.today),
        title: after.plan.title.clone(),
        back: path(after.plan.id, "/ban"),
        before: told(lang, &before.version),
        after: told(lang, &after.version),
        sums: vec![
            sum("plans-lines", b.lines, a.lines),
            sum("plans-classes", b.classes, a.classes),
            sum("plans-people", b.people, a.people),
            sum("plans-cost", b.cost, a.cost),
        ],
        changes: difference.lines.iter().map(|change| of(lang, change, &known)).collect(),
    })
}

/// A difference with its sign.
fn signed(lang: Lang, amount: i64) -> String {
    if amount > 0 { format!("+{}", lang.number(amount)) } else { lang.number(amount) }
}

fn of(lang: Lang, change: &LineChange<'_>, known: &Known) -> Change {
    let line = change.after.or(change.before);
    let (kind, picture) = match (change.before, change.after) {
        (None, _) => ("plans-came", "plus"),
        (_, None) => ("plans-gone", "retired"),
        _ => ("plans-changed", "edit"),
    };
    let field = |name: &&str| {
        let value = |line: Option<&domain::plans::Line>| line.map(|line| cells::value(lang, name, line, known)).unwrap_or_default();
        (lang.t(&format!("plan-line-{}", name.replace('_', "-"))), value(change.before), value(change.after))
    };
    Change {
        title: line.map(|line| lang.of(&plans::rows::title(line, known)).to_owned()).unwrap_or_default(),
        kind: picture,
        kind_word: lang.t(kind),
        fields: change.fields.iter().map(field).collect(),
        people: signed(lang, change.people()),
        cost: if change.cost() > 0 { format!("+{}", dong(lang, change.cost())) } else { dong(lang, change.cost()) },
    }
}
