//! The file back with its faults and notes marked, to be mended where they are.
//! Not for: the sentences; the caller chooses them by code.

use std::sync::Arc;

use workbooks::marked::Words;
use workbooks::{At, Limits, Mark};

use super::batch::batch;
use super::fault::Fault;
use super::jobs::Watch;
use super::rehearse::{RehearseRefusal, make};
use crate::{ActError, Ctx, Services};

/// The words of the list of faults: the name of its sheet and the titles of its columns.
#[derive(Debug, Clone)]
pub struct MarkWords {
    /// Name of the sheet.
    pub list: String,
    /// Sheet, cell, what stands there, what is wrong.
    pub heads: [String; 4],
}

/// The file of a batch, noted in the audit as taken out, with every fault marked by the sentence `tell` gives.
///
/// # Errors
/// As [`super::rehearse`].
pub async fn marked(
    services: &Services,
    ctx: &Ctx,
    id: i64,
    words: MarkWords,
    tell: impl Fn(&Fault) -> String + Send,
) -> Result<Vec<u8>, ActError<RehearseRefusal>> {
    let batch = batch(services, ctx, id).await.map_err(crate::registry::without_refusal)?;
    let made = make(services, ctx, &batch, &Arc::new(Watch::default())).await?;
    let all = made.plan.faults.iter().chain(&made.plan.notes);
    let marks: Vec<Mark> =
        all.filter_map(|fault| Some(Mark { sheet: fault.sheet.clone(), at: At::parse(&fault.cell)?, text: tell(fault) })).collect();
    let (_, bytes) = super::original(services, ctx, id).await.map_err(crate::registry::without_refusal)?;
    let name = batch.line.file_name;
    let work = tokio::task::spawn_blocking(move || {
        let book = workbooks::open(&bytes, &name, &Limits::default(), &mut workbooks::unwatched).map_err(RehearseRefusal::Open)?;
        let words = Words { list: words.list, heads: words.heads };
        workbooks::marked(&book, &marks, &words)
            .map_err(|error| RehearseRefusal::Open(workbooks::OpenError::Damaged { part: None, why: error.to_string() }))
    });
    let gave_up = RehearseRefusal::Open(workbooks::OpenError::Damaged { part: None, why: "the writer gave up".to_owned() });
    work.await.unwrap_or(Err(gave_up)).map_err(ActError::Refused)
}
