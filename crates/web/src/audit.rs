//! `/nhat-ky`: who did what, when and why, with what changed.
//! Not for: who may read it (`service::audit`).

mod difference;
mod said;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::time::{Instant, dmy, iso};
use service::audit::{self, ACTS, AuditAsk, AuditLine};

use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use difference::Piece;

#[cfg(test)]
pub(crate) use said::{FACTS, act_key};

const PATH: &str = "/nhat-ky";
/// Lines of a page.
const LINES: u32 = 30;

#[derive(Template)]
#[template(path = "audit/audit.html")]
struct AuditPage {
    shell: Shell,
    filter: Filter,
    acts: Vec<(&'static str, String, bool)>,
    notices: Vec<String>,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
}

struct Filter {
    from: String,
    to: String,
    login: String,
    subject: String,
    is_set: bool,
}

struct Row {
    at: String,
    /// Name, login and the lines of that account.
    who: Option<(String, String, String)>,
    act: String,
    subject: String,
    subject_link: String,
    reason: String,
    operation: String,
    pieces: Vec<Changed>,
}

/// A line of what changed: `in`, `out`, `left` for lines that are not shown, or nothing for one that stayed.
struct Changed {
    kind: &'static str,
    text: String,
}

impl Changed {
    fn of(lang: Lang, piece: Piece) -> Self {
        let (kind, text) = match piece {
            Piece::Same(text) => ("", text),
            Piece::Out(text) => ("out", text),
            Piece::In(text) => ("in", text),
            Piece::Left(count) => ("left", lang.counted("audit-left", count)),
        };
        Self { kind, text }
    }
}

/// A page of the audit.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let ask = ask(&asked);
    let before = asked.text("sau").and_then(place);
    let page = audit::page(&state.services, &signed_in.ctx, &ask, before, LINES).await?;
    let next = page.lines.last().filter(|_| page.more).map(|last| format!("{}-{}", last.at.0, last.id));
    shell::page(&AuditPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("audit-title")),
        filter: filter(&ask, &asked),
        acts: ACTS.iter().map(|act| (*act, said::act(lang, act), ask.act.as_deref() == Some(*act))).collect(),
        notices: notices(lang, &asked),
        rows: page.lines.into_iter().map(|line| row(lang, &ask, line)).collect(),
        first: before.is_some().then(|| link(&ask, None)),
        next: next.map(|next| link(&ask, Some(&next))),
    })
}

fn ask(asked: &Asked) -> AuditAsk {
    let text = |name: &str| asked.text(name).map(str::to_owned);
    AuditAsk {
        from: asked.day("tu-ngay"),
        to: asked.day("den-ngay"),
        login: text("tai-khoan").map(|login| login.to_lowercase()),
        act: text("viec").filter(|act| ACTS.contains(&act.as_str())),
        subject: text("doi-tuong"),
    }
}

fn filter(ask: &AuditAsk, asked: &Asked) -> Filter {
    // A day that cannot be read stays as it was typed.
    let day = |name: &str| asked.day(name).map(dmy).or_else(|| asked.text(name).map(str::to_owned)).unwrap_or_default();
    Filter {
        from: day("tu-ngay"),
        to: day("den-ngay"),
        login: ask.login.clone().unwrap_or_default(),
        subject: ask.subject.clone().unwrap_or_default(),
        is_set: *ask != AuditAsk::default(),
    }
}

/// Days that cannot be read are left out, and that is said.
fn notices(lang: Lang, asked: &Asked) -> Vec<String> {
    let unread = ["tu-ngay", "den-ngay"].into_iter().filter_map(|name| asked.unreadable_day(name));
    unread.map(|typed| lang.with("audit-unreadable-day", &[("typed", typed.into())])).collect()
}

fn link(ask: &AuditAsk, after: Option<&str>) -> String {
    let (from, to) = (ask.from.map(iso), ask.to.map(iso));
    address(
        PATH,
        &[
            ("tu-ngay", from.as_deref()),
            ("den-ngay", to.as_deref()),
            ("tai-khoan", ask.login.as_deref()),
            ("viec", ask.act.as_deref()),
            ("doi-tuong", ask.subject.as_deref()),
            ("sau", after),
        ],
    )
}

/// A place in the audit: instant and id of the last line.
fn place(text: &str) -> Option<(Instant, i64)> {
    let (at, id) = text.split_once('-')?;
    Some((Instant(at.parse().ok()?), id.parse().ok()?))
}

fn row(lang: Lang, ask: &AuditAsk, line: AuditLine) -> Row {
    let of = |login: &str| link(&AuditAsk { login: Some(login.to_owned()), ..ask.clone() }, None);
    let state = |text: Option<&str>| said::state(lang, &line.act, text);
    let changes = difference::pieces(&state(line.before.as_deref()), &state(line.after.as_deref()));
    Row {
        at: lang.instant(line.at),
        who: line.who.map(|(login, name)| (name, login.clone(), of(&login))),
        subject_link: link(&AuditAsk { subject: Some(line.subject.clone()), ..ask.clone() }, None),
        pieces: changes.into_iter().map(|piece| Changed::of(lang, piece)).collect(),
        act: said::act(lang, &line.act),
        subject: line.subject,
        reason: line.reason,
        operation: line.operation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_as_it_went_and_rubbish_is_no_place() {
        assert_eq!(place("1795320000000-42"), Some((Instant(1_795_320_000_000), 42)));
        for broken in ["", "1", "1-", "-", "a-b", "1-2-3"] {
            assert_eq!(place(broken), None, "{broken}");
        }
    }
}
