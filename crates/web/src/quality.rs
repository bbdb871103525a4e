//! `/chat-luong`: every printed figure of the signed documents, recomputed: which follow from each other and which do not.
//! Not for: recomputing (`domain::printed`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::printed::Finding;
use service::schemes::{self, Quality};

use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "quality/quality.html")]
struct QualityPage {
    shell: Shell,
    summary: String,
    /// Address, text and whether it is chosen.
    filters: Vec<(String, String, bool)>,
    documents: Vec<Document>,
}

/// The examination of one document.
struct Document {
    title: String,
    href: String,
    tables: Vec<(String, String)>,
    lines: Vec<Line>,
}

/// A recomputed figure.
struct Line {
    id: String,
    place: String,
    printed: String,
    recomputed: String,
    difference: String,
    agrees: bool,
    remark: String,
    choice: String,
}

/// Every figure, or only those that do not follow.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let only_wrong = asked.text("xem") != Some("tat-ca");
    let examined = schemes::quality(&signed_in.ctx)?;
    let mut documents = Vec::new();
    for quality in examined {
        let stored = schemes::one(&state.services, &signed_in.ctx, &quality.scheme).await?;
        let title = format!("{} · {}", stored.scheme.number, lang.of(&stored.scheme.title));
        documents.push(document(lang, quality, title, only_wrong));
    }
    let all: Vec<&Finding> = examined.iter().flat_map(|q| &q.findings).collect();
    let wrong = all.iter().filter(|f| !f.consistent).count();
    shell::page(&QualityPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("quality-title")),
        summary: lang.with("quality-summary", &[("wrong", lang.size(wrong).into()), ("all", lang.size(all.len()).into())]),
        filters: filters(lang, only_wrong, wrong, all.len()),
        documents,
    })
}

fn filters(lang: Lang, only_wrong: bool, wrong: usize, all: usize) -> Vec<(String, String, bool)> {
    vec![
        (address("/chat-luong", &[]), format!("{} ({})", lang.t("quality-only-wrong"), lang.size(wrong)), only_wrong),
        (address("/chat-luong", &[("xem", Some("tat-ca"))]), format!("{} ({})", lang.t("quality-all"), lang.size(all)), !only_wrong),
    ]
}

fn document(lang: Lang, quality: &Quality, title: String, only_wrong: bool) -> Document {
    Document {
        title,
        href: format!("/de-an/{}", quality.scheme),
        tables: quality.tables.iter().map(|t| (t.id.clone(), lang.of(&t.title).to_owned())).collect(),
        lines: quality.findings.iter().filter(|f| !(only_wrong && f.consistent)).map(|f| line(lang, f)).collect(),
    }
}

fn line(lang: Lang, finding: &Finding) -> Line {
    let vi = lang.is_vi();
    Line {
        id: finding.id.clone(),
        place: lang.of(&finding.place).to_owned(),
        printed: finding.printed.text(vi),
        recomputed: finding.recomputed.text(vi),
        difference: finding.difference.text(vi),
        agrees: finding.consistent,
        remark: lang.of(&finding.remark).to_owned(),
        choice: lang.of(&finding.choice).to_owned(),
    }
}
