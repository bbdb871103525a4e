//! A file received through the form of the list.
//! Not for: reading the file (`service::intake`).

use axum::extract::{Request, State};
use axum::response::Response;
use domain::time::{self, Date};
use service::intake::{self, Mode, TakeRefusal, Work};

use super::list::{self, Kind, Typed};
use super::path;
use crate::AppState;
use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::form::Mistake;
use crate::form::upload::{self, Upload};
use crate::i18n::Lang;
use crate::place::{DAY, UNIT};
use crate::shell;
use crate::visitor::SignedIn;

/// Takes the file in and begins to read it.
pub(crate) async fn take(State(state): State<AppState>, signed_in: SignedIn, request: Request) -> Result<Response, WebError> {
    if !intake::may_take(&signed_in.ctx) {
        let act = domain::roles::Act::KeepRegister;
        return Err(WebError::Forbidden(domain::roles::Forbidden { act }));
    }
    let Upload { typed, name, bytes } = upload::receive(&state, &signed_in, request).await?;
    let typed = Typed {
        unit: typed.words("don-vi").to_owned(),
        day: typed.words("ngay").to_owned(),
        kind: Kind::of(typed.words("loai")),
        is_everything: typed.words("che-do") == Mode::Everything.code(),
    };
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let day = time::parse(&typed.day);
    if day.is_none() {
        mistakes.push(Mistake::new("ngay", lang.with("sheet-bad-day", &[("typed", typed.day.clone().into())])));
    }
    let taking = typed.kind.taking(if typed.is_everything { Mode::Everything } else { Mode::Changes });
    if let Some(day) = day {
        let unit = unit(&state, &signed_in, &typed.unit, day).await?;
        let taken = intake::take(&state.services, &signed_in.ctx, &unit, (&name, &bytes), day, taking).await;
        match refused(taken)? {
            Ok(batch) => {
                intake::begin(&state.services, &signed_in.ctx, batch, Work::Rehearse);
                return Ok(shell::see_other(&format!("{}?xong=nhan-tep", path(batch))));
            }
            Err(refusal) => mistakes.push(mistake(lang, refusal)),
        }
    }
    let asked = Asked::of(&[(UNIT, &typed.unit), (DAY, day.map_or("", |_| &typed.day))]);
    list::answer(&state, &signed_in, &asked, typed, mistakes).await
}

/// The unit that was chosen, or the one where the person's tree starts on the day.
async fn unit(state: &AppState, signed_in: &SignedIn, typed: &str, day: Date) -> Result<String, WebError> {
    if !typed.is_empty() {
        return Ok(typed.to_owned());
    }
    let home = service::registry::home_unit(&state.services, &signed_in.ctx, day).await?;
    Ok(home.unit.code.clone())
}

fn mistake(lang: Lang, refusal: TakeRefusal) -> Mistake {
    match refusal {
        TakeRefusal::Empty => Mistake::new("tep", lang.t("intake-no-file")),
        TakeRefusal::TooLarge => Mistake::new("tep", lang.t("intake-too-large")),
        TakeRefusal::NoSuchUnit => Mistake::new("don-vi", lang.t("keep-no-such-unit")),
    }
}
