//! A file received: the form of the list, with the token in front of the file, so that nothing is read for strangers.
//! Not for: reading the file (`service::intake`).

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State};
use axum::response::Response;
use domain::time;
use service::intake::{self, Mode, TakeRefusal, Work};

use super::list::{self, Typed};
use super::path;
use crate::AppState;
use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::form::{self, Mistake};
use crate::i18n::Lang;
use crate::layers::FILE_LIMIT;
use crate::shell;
use crate::visitor::SignedIn;

struct Received {
    typed: Typed,
    name: String,
    bytes: Vec<u8>,
}

/// Takes the file in and begins to read it.
pub(crate) async fn take(State(state): State<AppState>, signed_in: SignedIn, mut request: Request) -> Result<Response, WebError> {
    if !intake::may_take(&signed_in.ctx) {
        let act = domain::roles::Act::KeepRegister;
        return Err(WebError::Forbidden(domain::roles::Forbidden { act }));
    }
    DefaultBodyLimit::max(FILE_LIMIT).apply(&mut request);
    let headers = request.headers().clone();
    let form = Multipart::from_request(request, &state).await.map_err(|_| WebError::UnreadableForm)?;
    let received = receive(form, |token| form::is_ours(&signed_in.visitor, &headers, token)).await?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let day = time::parse(&received.typed.day);
    if day.is_none() {
        mistakes.push(Mistake::new("ngay", lang.with("sheet-bad-day", &[("typed", received.typed.day.clone().into())])));
    }
    let mode = if received.typed.is_everything { Mode::Everything } else { Mode::Changes };
    if let Some(day) = day {
        let unit = unit(&state, &signed_in, &received.typed.unit).await?;
        let taken = intake::take(&state.services, &signed_in.ctx, &unit, (&received.name, &received.bytes), day, mode).await;
        match refused(taken)? {
            Ok(batch) => {
                intake::begin(&state.services, &signed_in.ctx, batch, Work::Rehearse);
                return Ok(shell::see_other(&format!("{}?xong=nhan-tep", path(batch))));
            }
            Err(refusal) => mistakes.push(mistake(lang, refusal)),
        }
    }
    list::answer(&state, &signed_in, &Asked::default(), received.typed, mistakes).await
}

/// The unit that was chosen, or the one where the person's tree starts.
async fn unit(state: &AppState, signed_in: &SignedIn, typed: &str) -> Result<String, WebError> {
    if !typed.is_empty() {
        return Ok(typed.to_owned());
    }
    let home = service::registry::home_unit(&state.services, &signed_in.ctx, signed_in.ctx.today).await?;
    Ok(home.unit.code.clone())
}

fn mistake(lang: Lang, refusal: TakeRefusal) -> Mistake {
    match refusal {
        TakeRefusal::Empty => Mistake::new("tep", lang.t("intake-no-file")),
        TakeRefusal::TooLarge => Mistake::new("tep", lang.t("intake-too-large")),
        TakeRefusal::NoSuchUnit => Mistake::new("don-vi", lang.t("keep-no-such-unit")),
    }
}

async fn receive(mut form: Multipart, is_ours: impl Fn(Option<&str>) -> bool) -> Result<Received, WebError> {
    let mut received = Received { typed: Typed::default(), name: String::new(), bytes: Vec::new() };
    let mut known = is_ours(None);
    while let Some(field) = form.next_field().await.map_err(|error| too_large(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "tep" {
            if !known {
                return Err(WebError::ForeignForm);
            }
            received.name = field.file_name().unwrap_or_default().to_owned();
            received.bytes = field.bytes().await.map_err(|error| too_large(&error))?.to_vec();
            continue;
        }
        let text = field.text().await.map_err(|error| too_large(&error))?;
        match name.as_str() {
            form::TOKEN => known = is_ours(Some(&text)),
            "don-vi" => text.trim().clone_into(&mut received.typed.unit),
            "ngay" => text.trim().clone_into(&mut received.typed.day),
            "che-do" => received.typed.is_everything = text == Mode::Everything.code(),
            _ => {}
        }
    }
    if known { Ok(received) } else { Err(WebError::ForeignForm) }
}

fn too_large(error: &axum::extract::multipart::MultipartError) -> WebError {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { WebError::TooLarge } else { WebError::UnreadableForm }
}
