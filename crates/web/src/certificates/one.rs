//! `/chung-nhan/{row}`: one certificate, its file, and what is done about it: mended, confirmed, taken back.
//! Not for: what anybody with the code is shown (`verify`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::certificates::code::Code;
use domain::certificates::{CertificateAct, CertificateKind, CertificateState};
use domain::ids::CertificateId;
use domain::roles::{Act, Forbidden};
use service::ActError;
use service::certificates::{self, CertificateLine, Deed, OneView};

use super::{Row, chip, mistakes, path, row};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "certificates/one.html")]
struct OnePage {
    shell: Shell,
    state: (&'static str, String),
    lead: String,
    person: (String, String),
    facts: Vec<(String, String)>,
    pdf: String,
    verify: (String, String),
    acts: Vec<(String, String)>,
    others: Vec<Row>,
}

fn facts(lang: Lang, line: &CertificateLine) -> Vec<(String, String)> {
    let printed = &line.printed;
    let days = crate::classes::days(lang, printed.days);
    let decision = [("number", printed.decision.0.clone().into()), ("day", lang.date(printed.decision.1).into())];
    let all = [
        ("certificate-symbol", line.symbol.clone()),
        ("certificate-kind", word(lang, "certificate-kind", line.kind.code())),
        ("certificate-course", printed.course.clone()),
        ("class-days", days),
        ("class-field-periods", if printed.periods > 0 { lang.number(printed.periods.into()) } else { String::new() }),
        ("certificate-band", printed.band.clone().unwrap_or_default()),
        ("class-results", lang.with("class-paper", &decision)),
        ("certificate-field-issuer", printed.issuer.clone()),
        ("certificate-field-issued-on", lang.date(printed.issued_on)),
        ("certificate-signer", format!("{} · {}", printed.signer.0, printed.signer.1)),
        ("certificate-ended", line.ended_on.map(|day| lang.date(day)).unwrap_or_default()),
        ("certificate-reason", line.reason.clone().unwrap_or_default()),
        ("certificate-field-decision", line.end_decision.clone().unwrap_or_default()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (lang.t(key), text)).collect()
}

/// The act in addresses.
const fn slug(act: CertificateAct) -> &'static str {
    match act {
        CertificateAct::Issue => "cap",
        CertificateAct::Correct => "cap-lai",
        CertificateAct::Confirm => "xac-nhan",
        CertificateAct::Revoke => "thu-hoi",
    }
}

fn acts(lang: Lang, view: &OneView) -> Vec<(String, String)> {
    if !view.keeps || view.paper.state != CertificateState::Valid {
        return Vec::new();
    }
    let fits = |act: &&CertificateAct| match act {
        CertificateAct::Issue => false,
        CertificateAct::Confirm => view.paper.kind == CertificateKind::Certificate,
        CertificateAct::Correct | CertificateAct::Revoke => true,
    };
    let link =
        |act: &CertificateAct| (path(view.paper.id, &format!("/viec/{}", slug(*act))), lang.code_text("certificate-act", act.code()));
    CertificateAct::ALL.iter().filter(fits).map(link).collect()
}

/// The paper.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(row_id): Path<i64>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = certificates::one(&state.services, &signed_in.ctx, CertificateId(row_id)).await?;
    let paper = &view.paper;
    let is_own = signed_in.ctx.who.as_ref().is_some_and(|who| who.official == Some(paper.official.0));
    let record = if is_own { "/ho-so".to_owned() } else { format!("/nhan-su/{}", escaped(&paper.official.1)) };
    let printed = Code::parse(&paper.code).map_or_else(|| paper.code.clone(), |code| code.printed());
    shell::page(&OnePage {
        shell: Shell::new(&signed_in.visitor, &paper.printed.name),
        state: chip(lang, paper.state),
        lead: format!("{} · {}", word(lang, "certificate-kind", paper.kind.code()), paper.symbol),
        person: (record, lang.t("certificate-to-person")),
        facts: facts(lang, paper),
        pdf: path(paper.id, "/ban.pdf"),
        verify: (format!("/verify/{}", paper.code), printed),
        acts: acts(lang, &view),
        others: view.others.iter().map(|other| row(lang, other)).collect(),
    })
}

/// Its file.
pub(crate) async fn pdf(State(state): State<AppState>, signed_in: SignedIn, Path(row_id): Path<i64>) -> Result<Response, WebError> {
    let fonts = crate::paper_fonts().map_err(|error| WebError::Internal(Box::new(error)))?;
    let id = CertificateId(row_id);
    let view = certificates::one(&state.services, &signed_in.ctx, id).await?;
    let bytes = certificates::pdf(&state.services, &signed_in.ctx, id, fonts).await?;
    Ok(crate::download::file(&format!("{}.pdf", certificates::own_pdf(&view.paper)), "application/pdf", bytes))
}

async fn asked(state: &AppState, signed_in: &SignedIn, row_id: i64, act: &str) -> Result<(OneView, CertificateAct), WebError> {
    let act = CertificateAct::ALL.iter().copied().find(|known| slug(*known) == act && *known != CertificateAct::Issue);
    let act = act.ok_or(WebError::NotFound)?;
    let view = certificates::one(&state.services, &signed_in.ctx, CertificateId(row_id)).await?;
    if !view.keeps {
        return Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses }));
    }
    Ok((view, act))
}

fn sheet(signed_in: &SignedIn, view: &OneView, act: CertificateAct, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let field = |name, kind| Field::needed(lang, "certificate-field", name, kind);
    let mut fields = vec![field("reason", Kind::Words).hint(lang.t(&format!("certificate-act-{}-hint", act.code())))];
    match act {
        CertificateAct::Revoke => fields.push(field("decision", Kind::Short)),
        CertificateAct::Issue | CertificateAct::Correct | CertificateAct::Confirm => {
            fields.extend([field("issued_on", Kind::Day), field("signer_post", Kind::Line), field("signer_name", Kind::Line)]);
        }
    }
    let paper = &view.paper;
    let told = [("symbol", paper.symbol.clone().into()), ("name", paper.printed.name.clone().into())];
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.code_text("certificate-act", act.code())),
        back: (path(paper.id, ""), paper.symbol.clone()),
        lead: lang.with(&format!("certificate-act-{}-lead", act.code()), &told),
        action: path(paper.id, &format!("/viec/{}", slug(act))),
        submit: lang.code_text("certificate-act", act.code()),
        fields,
        typed,
        mistakes,
    }
}

/// An act, with what it would do.
pub(crate) async fn ask(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((row_id, act)): Path<(i64, String)>,
) -> Result<Response, WebError> {
    let (view, act) = asked(&state, &signed_in, row_id, &act).await?;
    let signer = &view.paper.printed.signer;
    let typed = Typed::of([
        ("issued_on", signed_in.lang().date(signed_in.ctx.today)),
        ("signer_post", signer.0.clone()),
        ("signer_name", signer.1.clone()),
    ]);
    sheet(&signed_in, &view, act, typed, Vec::new()).answer()
}

/// Does it.
pub(crate) async fn carry(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((row_id, act)): Path<(i64, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (view, act) = asked(&state, &signed_in, row_id, &act).await?;
    let mut wrong = Vec::new();
    let day = match act {
        CertificateAct::Revoke => Some(signed_in.ctx.today),
        _ => typed.needed_day(lang, "issued_on", &mut wrong),
    };
    if let (Some(issued_on), true) = (day, wrong.is_empty()) {
        let signer = (typed.words("signer_post"), typed.words("signer_name"));
        let deed = Deed { act, reason: typed.words("reason"), decision: typed.words("decision"), issued_on, signer };
        match certificates::act(&state.services, &signed_in.ctx, view.paper.id, &deed).await {
            Err(ActError::Stale) => {
                let stale = vec![Mistake::new("reason", lang.t("certificate-stale"))];
                return shell::page_with(StatusCode::CONFLICT, &sheet(&signed_in, &view, act, typed, stale));
            }
            outcome => match refused(outcome)? {
                Ok(made) => return Ok(shell::see_other(&format!("{}?xong=chung-nhan", path(made.unwrap_or(view.paper.id), "")))),
                Err(refusal) => wrong = mistakes(lang, refusal),
            },
        }
    }
    sheet(&signed_in, &view, act, typed, wrong).answer()
}
