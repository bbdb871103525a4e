//! What stands first on the own record: the classes of the person with their next meetings and the way there, and what is to be done.
//! Not for: the record itself (`person`).

use domain::geography::Spot;
use domain::time::Date;
use service::feeds::{self, Entry};
use service::notices;

use crate::AppState;
use crate::asked::escaped;
use crate::classes;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::spots::{self, Way};
use crate::visitor::SignedIn;

/// Meetings told of one class; its page has all.
const SHOWN: usize = 3;

/// What stands first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mine {
    pub(crate) tasks: Vec<(String, &'static str, String)>,
    pub(crate) classes: Vec<MyClass>,
}

/// A class of the person.
#[derive(Debug, Clone)]
pub(crate) struct MyClass {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) days: String,
    pub(crate) state: (&'static str, String),
    pub(crate) meetings: Vec<String>,
    pub(crate) more: Option<String>,
    /// Where, and an address that a map understands when the place is known by its name only.
    pub(crate) place: Option<(String, Option<String>)>,
    /// The way there, when it is known where it stands.
    pub(crate) way: Option<Way>,
}

/// Whoever looks at the own record sees it.
pub(crate) async fn of(state: &AppState, signed_in: &SignedIn, gaps: usize) -> Result<Mine, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let entries = feeds::mine(&state.services, ctx).await?;
    let spots = feeds::spots(&state.services, ctx, &entries).await?;
    let unread = notices::unread(&state.services, ctx).await?;
    let mut mine = Mine::default();
    if unread > 0 {
        mine.tasks.push(("/thong-bao?xem=chua-doc".to_owned(), "notices", lang.counted("notices-lead", unread)));
    }
    if gaps > 0 {
        mine.tasks.push(("#thieu".to_owned(), "gaps", lang.with("mine-gaps", &[("n", lang.size(gaps).into())])));
    }
    let mut codes: Vec<&str> = entries.iter().map(|entry| entry.class.0.as_str()).collect();
    codes.dedup();
    let mut seen: Vec<&str> = Vec::new();
    for code in codes {
        if seen.contains(&code) {
            continue;
        }
        seen.push(code);
        let of: Vec<&Entry> = entries.iter().filter(|entry| entry.class.0 == code).collect();
        mine.classes.extend(class(lang, &of, spots.get(code).copied(), ctx.today));
    }
    Ok(mine)
}

fn class(lang: Lang, entries: &[&Entry], spot: Option<Spot>, today: Date) -> Option<MyClass> {
    let first = entries.first()?;
    let ahead: Vec<&&Entry> = entries.iter().filter(|entry| entry.meeting.as_ref().is_some_and(|(on, ..)| *on >= today)).collect();
    let told = |entry: &&&Entry| {
        let (on, shift, words) = entry.meeting.as_ref()?;
        let weekday = lang.t(&format!("weekday-{}", on.weekday().number_from_monday()));
        let room = entry.room.as_ref().map(|(name, _)| name.clone()).unwrap_or_default();
        let parts = [format!("{weekday} {}", lang.date(*on)), lang.code_text("shift", shift.code()), room, words.clone()];
        Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "))
    };
    let more = ahead.len().saturating_sub(SHOWN);
    let place = ahead.first().and_then(|entry| entry.room.as_ref()).map(|(_, place)| place.clone()).filter(|place| !place.is_empty());
    let place = place.unwrap_or_else(|| first.place.clone());
    let state = if first.is_sure { classes::chip(lang, first.status) } else { ("due", lang.t("mine-not-sure")) };
    Some(MyClass {
        href: classes::path(&first.class.0, ""),
        name: first.class.1.clone(),
        days: classes::days(lang, first.days),
        state,
        meetings: ahead.iter().take(SHOWN).filter_map(told).collect(),
        more: (more > 0).then(|| lang.with("mine-more", &[("n", lang.size(more).into())])),
        place: (!place.is_empty()).then(|| (place.clone(), spot.is_none().then(|| format!("geo:0,0?q={}", escaped(&place))))),
        way: spot.map(|spot| spots::way(lang, spot)),
    })
}
