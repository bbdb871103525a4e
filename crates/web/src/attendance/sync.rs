//! `/lop/{code}/diem-danh/{sitting}/dong-bo`: a roll that the script of the page sends, at once or when the network is back.
//! Not for: the form without a script (`roll`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, body::Bytes};
use domain::attendance::{Mark, MarkFault, Said, Source};
use domain::ids::{OfficialId, SittingId};
use serde::{Deserialize, Serialize};
use service::attendance::{self, Entry, RollRefusal};

use super::{fault, said};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::is_ours;
use crate::i18n::Lang;
use crate::visitor::SignedIn;

/// What is sent.
#[derive(Debug, Deserialize)]
struct Sent {
    /// Under which key it is done once.
    key: String,
    /// Why marks are changed.
    #[serde(default)]
    why: String,
    /// Whether it waited for the network.
    #[serde(default)]
    queued: bool,
    marks: Vec<SentMark>,
}

#[derive(Debug, Deserialize)]
struct SentMark {
    official: i64,
    mark: String,
    #[serde(default)]
    minutes: i32,
    #[serde(default)]
    note: String,
    #[serde(default)]
    revision: i32,
}

/// What is answered.
#[derive(Debug, Serialize)]
struct Answer {
    kept: usize,
    conflicts: Vec<Conflict>,
    faults: Vec<Fault>,
    /// Why nothing was put.
    refused: Option<String>,
}

#[derive(Debug, Serialize)]
struct Conflict {
    official: i64,
    mark: String,
    minutes: i32,
    revision: i32,
    /// In words.
    text: String,
}

#[derive(Debug, Serialize)]
struct Fault {
    official: i64,
    text: String,
}

fn entry(sent: SentMark) -> Option<Entry> {
    let mark = Mark::from_code(&sent.mark)?;
    let minutes = if mark == Mark::Late { sent.minutes } else { 0 };
    Some(Entry { official: OfficialId(sent.official), said: Said { mark, minutes }, note: sent.note, revision: sent.revision })
}

fn answer(lang: Lang, synced: attendance::Synced) -> Answer {
    let conflict = |theirs: attendance::Theirs| {
        let mark = Mark::from_code(&theirs.mark).unwrap_or(Mark::Absent);
        let text = said(lang, Said { mark, minutes: theirs.minutes });
        Conflict { official: theirs.official, mark: theirs.mark, minutes: theirs.minutes, revision: theirs.revision, text }
    };
    let told = |(official, code): (i64, String)| {
        let text = MarkFault::from_code(&code).map(|found| fault(lang, found)).unwrap_or_default();
        Fault { official, text }
    };
    Answer {
        kept: synced.kept,
        conflicts: synced.conflicts.into_iter().map(conflict).collect(),
        faults: synced.faults.into_iter().map(told).collect(),
        refused: None,
    }
}

/// Puts the marks that can be put, and tells of the others.
pub(crate) async fn take(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, sitting)): Path<(String, i64)>,
    headers: axum::http::HeaderMap,
    body: Bytes,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    if !is_ours(&signed_in.visitor, &headers, None) {
        return Err(WebError::ForeignForm);
    }
    let sent: Sent = serde_json::from_slice(&body).map_err(|_| WebError::UnreadableForm)?;
    let entries: Vec<Entry> = sent.marks.into_iter().filter_map(entry).collect();
    let source = if sent.queued { Source::Offline } else { Source::Roll };
    let place = (code.as_str(), SittingId(sitting));
    let done = attendance::sync(&state.services, &signed_in.ctx, place, &sent.key, &entries, (&sent.why, source)).await;
    Ok(match refused(done)? {
        Ok(synced) => Json(answer(lang, synced)).into_response(),
        Err(refusal) => {
            let key = if refusal == RollRefusal::TooEarly { "roll-too-early" } else { "roll-not-now" };
            let nothing = Answer { kept: 0, conflicts: Vec::new(), faults: Vec::new(), refused: Some(lang.t(key)) };
            (StatusCode::UNPROCESSABLE_ENTITY, Json(nothing)).into_response()
        }
    })
}
