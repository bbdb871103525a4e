//! `/quan-tri/luu-giu`: which records would lose their names today, which imported files would go, and by which rules; counts only,
//! nothing is done here.
//! Not for: doing it (`khuevan retention` on the server).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use law::Words;
use service::registry::{self, Kept, RetentionRule};

use crate::AppState;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "admin/retention.html")]
struct RetentionPage {
    shell: Shell,
    people: String,
    is_due: bool,
    files: String,
    rules: Vec<Rule>,
    /// Year, how they left, how many.
    due: Vec<(i32, String, String)>,
}

struct Rule {
    what: String,
    staff: String,
    years: String,
    last: String,
    cited: String,
    note: Option<String>,
    is_unverified: bool,
}

fn said(lang: Lang, words: &Words) -> String {
    if lang.is_vi() { words.vi.clone() } else { words.en.clone() }
}

fn rule(lang: Lang, rule: &RetentionRule) -> Rule {
    Rule {
        what: lang.t(match rule.kept {
            Kept::AfterLeaving => "privacy-after-leaving",
            Kept::AfterDeath => "privacy-after-death",
            Kept::ImportedFiles => "privacy-imported-files",
        }),
        staff: rule.staff.iter().map(|staff| lang.code_text("person-staff", staff.code())).collect::<Vec<_>>().join(", "),
        years: lang.counted("privacy-years", rule.years),
        last: format!(
            "{} {}",
            lang.t(if rule.kept == Kept::ImportedFiles { "privacy-last-file" } else { "privacy-last" }),
            lang.date(rule.last)
        ),
        cited: said(lang, &rule.cited),
        note: rule.note.as_ref().map(|note| said(lang, note)),
        is_unverified: rule.is_unverified,
    }
}

/// What a review finds today.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let review = registry::review(&state.services, &signed_in.ctx).await?;
    let left = |died: bool| lang.t(if died { "privacy-died" } else { "privacy-left" });
    shell::page(&RetentionPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("privacy-title")),
        people: lang.counted("privacy-due", review.people()),
        is_due: review.people() > 0,
        files: lang.counted("privacy-files-due", review.files.files),
        rules: review.rules.iter().map(|found| rule(lang, found)).collect(),
        due: review.due.iter().map(|line| (line.year, left(line.died), lang.number(line.people))).collect(),
    })
}
