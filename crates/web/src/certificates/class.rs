//! `/lop/{code}/chung-nhan`: certificates of a class: issued to everybody who finished, printed, with progress and a way to stop.
//! Not for: a single paper (`one`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::certificates::CertificateState;
use domain::training::ClassStatus;
use service::ActError;
use service::certificates::{self, ClassCertificates, Terms};
use service::work::{End, Stand, Task};

use super::{Row, mistakes, row};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::classes::path;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Papers that the page shows; the register has all.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "certificates/class.html")]
struct ClassPage {
    shell: Shell,
    back: (String, String),
    here: String,
    lead: String,
    numbers: Vec<(String, String)>,
    deadline: Option<(String, bool, bool)>,
    /// What runs.
    works: Vec<Shown>,
    /// How the last work ended.
    ended: Vec<(&'static str, String)>,
    /// The file that was made, with its words.
    file: Option<(String, String)>,
    /// A run that stopped before it was over.
    open_run: Option<String>,
    may_issue: bool,
    may_print: bool,
    is_recognised: bool,
    results: String,
    fields: Vec<Field>,
    typed: Typed,
    mistakes: Vec<Mistake>,
    rows: Vec<Row>,
    more: Option<(String, String)>,
    runs: Vec<(String, String)>,
}

impl ClassPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }

    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }
}

/// How far work is.
#[derive(Template)]
#[template(path = "parts/work.html")]
pub(crate) struct Shown {
    pub(crate) id: &'static str,
    /// Asked again and again.
    pub(crate) poll: String,
    pub(crate) stop: String,
    pub(crate) stop_text: String,
    pub(crate) csrf: String,
    pub(crate) text: String,
    pub(crate) done: usize,
    pub(crate) of: usize,
}

/// The kinds of work of this page by their names in addresses.
const WORKS: [(&str, Task); 2] = [("cap", Task::Certificates), ("in", Task::CertificateFile)];

fn task(name: &str) -> Option<(&'static str, Task)> {
    WORKS.into_iter().find(|(known, _)| *known == name)
}

fn size(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn working(lang: Lang, csrf: &str, here: &str, name: &'static str, (done, of): (usize, usize)) -> Shown {
    let numbers = [("done", lang.number(size(done)).into()), ("of", lang.number(size(of)).into())];
    Shown {
        id: name,
        poll: format!("{here}/tien-do?viec={name}"),
        stop: format!("{here}/dung?viec={name}"),
        stop_text: lang.t("certificates-stop"),
        csrf: csrf.to_owned(),
        text: lang.with(&format!("certificates-running-{name}"), &numbers),
        done,
        of,
    }
}

/// The address of this site as the visitor reached it.
fn site_of(state: &AppState, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    format!("{}://{host}", if state.secure_cookies { "https" } else { "http" })
}

fn first_typed(state: &AppState, signed_in: &SignedIn, headers: &HeaderMap, view: &ClassCertificates) -> Typed {
    let (lang, terms) = (signed_in.lang(), &view.line.terms);
    let last = view.runs.first();
    let issuer = if terms.school.trim().is_empty() { view.line.lead.1.clone() } else { terms.school.clone() };
    let province = ["Tỉnh ", "Thành phố "].iter().find_map(|kind| state.province.strip_prefix(kind)).unwrap_or(&state.province);
    Typed::of([
        ("issued_on", lang.date(signed_in.ctx.today)),
        ("issuer", last.map_or(issuer, |run| run.issuer.clone())),
        ("place", last.map_or_else(|| province.to_owned(), |run| run.place.clone())),
        ("signer_post", last.map(|run| run.signer.0.clone()).unwrap_or_default()),
        ("signer_name", last.map(|run| run.signer.1.clone()).unwrap_or_default()),
        ("site", view.site.clone().unwrap_or_else(|| site_of(state, headers))),
    ])
}

fn fields(lang: Lang) -> Vec<Field> {
    let field = |name, kind| Field::needed(lang, "certificate-field", name, kind);
    vec![
        field("issued_on", Kind::Day),
        field("place", Kind::Short),
        field("issuer", Kind::Line),
        field("signer_post", Kind::Line).hint(lang.t("certificate-field-signer-post-hint")),
        field("signer_name", Kind::Line),
        field("site", Kind::Line).hint(lang.t("certificate-field-site-hint")),
    ]
}

/// How pieces of work stand: those that run, how others ended, and a file that was made.
struct Standing {
    works: Vec<Shown>,
    ended: Vec<(&'static str, String)>,
    file: Option<(String, String)>,
}

async fn standing(state: &AppState, signed_in: &SignedIn, code: &str, here: &str) -> Result<Standing, WebError> {
    let lang = signed_in.lang();
    let mut found = Standing { works: Vec::new(), ended: Vec::new(), file: None };
    for (name, task) in WORKS {
        match certificates::standing(&state.services, &signed_in.ctx, code, task).await? {
            Some(Stand::Running(done, of)) => found.works.push(working(lang, &signed_in.visitor.csrf, here, name, (done, of))),
            Some(Stand::Over(End::Done(Some(made)))) => {
                let words = lang.with("certificates-file", &[("n", lang.number(size(made.count)).into())]);
                found.file = Some((format!("{here}/ban-in"), words));
            }
            Some(Stand::Over(End::Stopped)) => found.ended.push(("is-warn", lang.t(&format!("certificates-stopped-{name}")))),
            Some(Stand::Over(End::Refused(_) | End::Broken(_))) => {
                found.ended.push(("is-bad", lang.t(&format!("certificates-broken-{name}"))))
            }
            Some(Stand::Over(End::Done(None))) | None => {}
        }
    }
    Ok(found)
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    headers: &HeaderMap,
    code: &str,
    typed: Option<Typed>,
    (status, mistakes): (StatusCode, Vec<Mistake>),
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = certificates::of_class(&state.services, &signed_in.ctx, code).await?;
    let here = path(code, "/chung-nhan");
    let found = standing(state, signed_in, code, &here).await?;
    let issuing = found.works.iter().any(|work| work.id == "cap");
    let valid = view.papers.iter().filter(|paper| paper.state == CertificateState::Valid).count();
    let numbers = [
        ("certificates-due", lang.number(view.due.into())),
        ("certificates-made", lang.number(size(view.papers.len()))),
        ("certificates-valid", lang.number(size(valid))),
    ];
    let open = view.runs.iter().find(|run| run.ended_at.is_none()).filter(|_| !issuing && view.due > 0);
    let is_recognised = matches!(view.line.status, ClassStatus::Recognised | ClassStatus::Closed);
    let run = |run: &certificates::RunLine| {
        let made = [("made", lang.number(run.made.into()).into()), ("wanted", lang.number(run.wanted.into()).into())];
        let by = run.by.clone().unwrap_or_else(|| lang.t("audit-system"));
        (format!("{} · {by}", lang.instant(run.started_at)), format!("{} · {}", lang.with("certificates-run", &made), run.signer.1))
    };
    let more = view.papers.len().checked_sub(SHOWN).filter(|more| *more > 0).map(|_| {
        let all = lang.with("certificates-all", &[("n", lang.number(size(view.papers.len())).into())]);
        (address(super::HERE, &[("lop", Some(code))]), all)
    });
    let page = ClassPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("certificates-title")).at(&here),
        back: (path(code, ""), view.line.terms.name.clone()),
        lead: format!("{} · {}", view.line.code, view.line.terms.name),
        numbers: numbers.into_iter().map(|(key, text)| (lang.t(key), text)).collect(),
        deadline: view.deadline.filter(|_| view.due > 0).map(|(day, is_verified)| {
            let key = if day < signed_in.ctx.today { "certificates-deadline-past" } else { "certificates-deadline" };
            (lang.with(key, &[("day", lang.date(day).into())]), is_verified, day < signed_in.ctx.today)
        }),
        works: found.works,
        ended: found.ended,
        file: found.file,
        open_run: open.map(|run| {
            let made = [("made", lang.number(run.made.into()).into()), ("wanted", lang.number(run.wanted.into()).into())];
            lang.with("certificates-open-run", &made)
        }),
        may_issue: is_recognised && view.due > 0 && !issuing,
        may_print: valid > 0,
        is_recognised,
        results: path(code, "/ket-qua"),
        fields: fields(lang),
        typed: typed.unwrap_or_else(|| first_typed(state, signed_in, headers, &view)),
        mistakes,
        rows: view.papers.iter().rev().take(SHOWN).map(|paper| row(lang, paper)).collect(),
        more,
        runs: view.runs.iter().map(run).collect(),
        here,
    };
    shell::page_with(status, &page)
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    page(&state, &signed_in, &headers, &code, None, (StatusCode::OK, Vec::new())).await
}

/// Begins to issue.
pub(crate) async fn issue(
    State(state): State<AppState>,
    signed_in: SignedIn,
    headers: HeaderMap,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mut wrong = Vec::new();
    let day = typed.needed_day(lang, "issued_on", &mut wrong);
    if let (Some(issued_on), true) = (day, wrong.is_empty()) {
        let terms = Terms {
            issued_on,
            issuer: typed.words("issuer"),
            place: typed.words("place"),
            signer_post: typed.words("signer_post"),
            signer_name: typed.words("signer_name"),
            site: typed.words("site"),
        };
        match certificates::begin(&state.services, &signed_in.ctx, &code, &terms).await {
            // It runs already; the page shows how far it is.
            Err(ActError::Stale) => return Ok(shell::see_other(&path(&code, "/chung-nhan"))),
            outcome => match refused(outcome)? {
                Ok(()) => return Ok(shell::see_other(&path(&code, "/chung-nhan"))),
                Err(refusal) => wrong = mistakes(lang, refusal),
            },
        }
    }
    page(&state, &signed_in, &headers, &code, Some(typed), (StatusCode::UNPROCESSABLE_ENTITY, wrong)).await
}

/// Goes on with a run that stopped.
pub(crate) async fn go_on(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    certificates::go_on(&state.services, &signed_in.ctx, &code).await?;
    Ok(shell::see_other(&path(&code, "/chung-nhan")))
}

/// Begins to set all certificates.
pub(crate) async fn print(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let fonts = crate::paper_fonts().map_err(|error| WebError::Internal(Box::new(error)))?;
    certificates::begin_file(&state.services, &signed_in.ctx, &code, fonts).await?;
    Ok(shell::see_other(&path(&code, "/chung-nhan")))
}

/// The file that was made.
pub(crate) async fn file(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let stand = certificates::standing(&state.services, &signed_in.ctx, &code, Task::CertificateFile).await?;
    let Some(Stand::Over(End::Done(Some(made)))) = stand else { return Err(WebError::NotFound) };
    crate::download::made(&made).await
}

/// Stops work.
pub(crate) async fn stop(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (_, task) = asked.text("viec").and_then(task).ok_or(WebError::NotFound)?;
    certificates::stop(&state.services, &signed_in.ctx, &code, task).await?;
    Ok(shell::see_other(&path(&code, "/chung-nhan")))
}

/// How far work is, for the page that asks again and again; when it is over, the page is loaded anew.
pub(crate) async fn progress(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let (name, task) = asked.text("viec").and_then(task).ok_or(WebError::NotFound)?;
    match certificates::standing(&state.services, &signed_in.ctx, &code, task).await? {
        Some(Stand::Running(done, of)) => {
            let here = path(&code, "/chung-nhan");
            shell::page(&working(signed_in.lang(), &signed_in.visitor.csrf, &here, name, (done, of)))
        }
        _ => Ok(reload()),
    }
}

/// Tells the page to load itself anew.
pub(crate) fn reload() -> Response {
    (StatusCode::OK, [(HeaderName::from_static("hx-refresh"), HeaderValue::from_static("true"))], "").into_response()
}
