//! `/van-ban/{id}/ban-quet`: scans of the signed paper, added and looked at; `/van-ban/ban-ky`: a scan that finds its paper by its code.
//! Not for: which files are taken (`domain::register::scans`).

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::ids::CaseId;
use domain::register::scans::Media;
use service::papers::{self, InboxAsk, ScanRefusal, Which};

use super::path;
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::Mistake;
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::upload::{self, FILE, Upload};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Where a scan finds its paper.
const ANY: &str = "/van-ban/ban-ky";
const ACCEPTED: &str = ".pdf,.jpg,.jpeg,.png";

fn sheet(signed_in: &SignedIn, id: CaseId, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let action = format!("{}/ban-quet", path(id));
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("papers-add-scan")).at(&action),
        back: (path(id), lang.t("papers-back")),
        lead: lang.t("papers-scan-lead"),
        action,
        submit: lang.t("papers-add-scan"),
        fields: vec![Field::needed(lang, "scan", FILE, Kind::File(ACCEPTED)).hint(lang.t("scan-tep-hint"))],
        typed: Typed::default(),
        mistakes,
    }
}

/// The form of a scan.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    papers::case(&state.services, &signed_in.ctx, CaseId(id)).await?;
    sheet(&signed_in, CaseId(id), Vec::new()).answer()
}

/// Adds a scan.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, WebError> {
    let (lang, id) = (signed_in.lang(), CaseId(id));
    let Upload { name, bytes, .. } = upload::receive(&state, &signed_in, request).await?;
    match refused(papers::add_scan(&state.services, &signed_in.ctx, id, &name, &bytes).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=ban-quet", path(id)))),
        Err(refusal) => sheet(&signed_in, id, vec![Mistake::new(FILE, said(lang, &refusal))]).answer(),
    }
}

/// Why a scan is not filed.
fn said(lang: Lang, refusal: &ScanRefusal) -> String {
    match refusal {
        ScanRefusal::OtherPaper(Some((id, title))) => {
            lang.with("scan-fault-other_paper", &[("id", id.to_string().into()), ("title", title.as_str().to_owned().into())])
        }
        ScanRefusal::OtherPaper(None) => lang.t("scan-fault-other_paper_unseen"),
        refusal => lang.code_text("scan-fault", refusal.code()),
    }
}

/// Papers to choose from when a scan has no code: signed ones, on their way before those that are over.
async fn signed(state: &AppState, signed_in: &SignedIn) -> Result<Vec<(String, String)>, WebError> {
    const MOST: u32 = 100;
    let mut lines = Vec::new();
    for which in [Which::Open, Which::Done] {
        let ask = InboxAsk { which, kind: None, skip: 0, limit: MOST };
        lines.extend(papers::inbox(&state.services, &signed_in.ctx, &ask).await?.lines);
    }
    let signed = lines.into_iter().filter(|case| case.signed.is_some());
    let named = |case: papers::Case| {
        let number = case.number.map(|number| format!("{} · ", number.symbol)).unwrap_or_default();
        (case.id.to_string(), format!("{number}{}", case.title))
    };
    Ok(signed.map(named).collect())
}

async fn any(state: &AppState, signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::HandlePapers)?;
    let lang = signed_in.lang();
    let none = std::iter::once((String::new(), lang.t("papers-scan-by-code")));
    let papers = Kind::Choice(none.chain(signed(state, signed_in).await?).collect());
    let sheet = Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("papers-file-scan")).at(ANY),
        back: ("/van-ban".to_owned(), lang.t("papers-title")),
        lead: lang.t("papers-file-scan-lead"),
        action: ANY.to_owned(),
        submit: lang.t("papers-file-scan"),
        fields: vec![
            Field::new(lang, "scan", "paper", papers).hint(lang.t("scan-paper-hint")),
            Field::needed(lang, "scan", FILE, Kind::File(ACCEPTED)).hint(lang.t("scan-tep-hint")),
        ],
        typed,
        mistakes,
    };
    sheet.answer()
}

/// The form of a scan that finds its paper.
pub(crate) async fn show_any(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    any(&state, &signed_in, Typed::default(), Vec::new()).await
}

/// Files a scan at the paper of its code, or at the one that was chosen.
pub(crate) async fn save_any(State(state): State<AppState>, signed_in: SignedIn, request: Request) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let Upload { name, bytes, typed } = upload::receive(&state, &signed_in, request).await?;
    let chosen = typed.text("paper").and_then(|id| id.parse().ok()).map(CaseId);
    let (services, ctx) = (&state.services, &signed_in.ctx);
    let filed = match chosen {
        Some(id) => papers::add_scan(services, ctx, id, &name, &bytes).await.map(|()| id),
        None => papers::file_scan(services, ctx, &name, &bytes).await,
    };
    match refused(filed)? {
        Ok(id) => Ok(shell::see_other(&format!("{}?xong=ban-quet", path(id)))),
        Err(refusal) => {
            let field = if refusal == ScanRefusal::NoCode { "paper" } else { FILE };
            any(&state, &signed_in, typed, vec![Mistake::new(field, said(lang, &refusal))]).await
        }
    }
}

/// The file itself: pictures open in the page, a PDF is saved.
pub(crate) async fn file(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, row)): Path<(i64, i64)>,
) -> Result<Response, WebError> {
    let scan = papers::scan(&state.services, &signed_in.ctx, CaseId(id), row).await?;
    let how = if scan.media == Media::Pdf { "attachment" } else { "inline" };
    let how = HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{}", escaped(&scan.name)));
    let kind = HeaderValue::from_static(scan.media.code());
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, how.unwrap_or(HeaderValue::from_static("attachment")))];
    Ok((headers, scan.bytes).into_response())
}
