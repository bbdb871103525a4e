//! `/thieu/can-ngay`: who is to be trained first, each score with its parts; weights stand in the address.
//! Not for: scoring (`service::gaps`).

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use documents::{Cell, Column};
use domain::papers::PaperKind;
use domain::roles::{self, Act};
use serde::Deserialize;
use service::documents::{About, may_send};
use service::gaps::{self, MissingOne, Reason, Urgent, Weights};
use service::needs::NeedLine;

use super::ask;
use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::download::List;
use crate::errors::{WebError, refused};
use crate::form::CsrfForm;
use crate::i18n::Lang;
use crate::needs::{Told, Topics, told, what};
use crate::papers::files::{answer, links};
use crate::place::{DAY, Picker, Place, UNIT};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const PATH: &str = "/thieu/can-ngay";
/// Name of the length of the list in addresses.
const LENGTH: &str = "so";
const LENGTHS: [usize; 4] = [50, 200, 500, 2_000];
const MOST_POINTS: u8 = 100;

#[derive(Template)]
#[template(path = "gaps/urgent.html")]
struct UrgentPage<'a> {
    shell: Shell,
    place_name: String,
    day: String,
    back: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    weights: Vec<Weight>,
    hidden: Vec<(&'static str, String)>,
    /// Somebody changed the weights in the address.
    is_changed: bool,
    usual: String,
    /// The text that the form of the province's weights sends.
    saves: Option<String>,
    masked: Option<String>,
    rows: Vec<Row>,
    lengths: Vec<(String, String, bool)>,
    files: Vec<(String, String)>,
    /// Where it is sent to be signed.
    send: Option<String>,
    /// What units say cannot wait without naming anybody.
    of_nobody: Vec<Told>,
    /// That the areas that count as remote are not checked.
    remote_unverified: bool,
}

/// The points of one reason.
struct Weight {
    name: String,
    label: String,
    points: u8,
}

struct Row {
    number: String,
    name: String,
    href: String,
    code: String,
    post: String,
    unit: String,
    score: String,
    parts: Vec<(String, u32)>,
    missing: Vec<Missing>,
    stated: Vec<Stated>,
}

/// What the unit says cannot wait.
struct Stated {
    href: String,
    what: String,
    why: String,
}

/// A requirement that is missing.
struct Missing {
    code: String,
    title: String,
    since: String,
    cites: String,
    is_verified: bool,
}

/// What an address asks for.
struct Wanted {
    weights: Weights,
    told: Vec<Reason>,
    length: usize,
    is_changed: bool,
    unreadable: Vec<String>,
}

fn field(reason: Reason) -> String {
    format!("diem-{}", reason.code())
}

impl Wanted {
    async fn of(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<Self, WebError> {
        let usual = gaps::default_weights(&state.services, &signed_in.ctx).await?;
        let told = gaps::reasons_told(&signed_in.ctx)?;
        let mut wanted = Self {
            weights: (*usual).clone(),
            told,
            length: asked.text(LENGTH).and_then(|n| n.parse().ok()).filter(|n| LENGTHS.contains(n)).unwrap_or(LENGTHS[0]),
            is_changed: false,
            unreadable: Vec::new(),
        };
        for reason in &wanted.told {
            let Some(typed) = asked.text(&field(*reason)) else { continue };
            match typed.parse::<u8>().ok().filter(|points| *points <= MOST_POINTS) {
                Some(points) => wanted.weights = wanted.weights.with(*reason, points),
                None => wanted.unreadable.push(typed.to_owned()),
            }
        }
        wanted.is_changed = wanted.weights != *usual;
        Ok(wanted)
    }

    /// The pairs of an address that differ from the usual ones.
    fn pairs(&self) -> Vec<(String, String)> {
        let points = |reason: &Reason| (field(*reason), self.weights.of(*reason).to_string());
        let changed = self.told.iter().filter(|_| self.is_changed).map(points);
        let length = (self.length != LENGTHS[0]).then(|| (LENGTH.to_owned(), self.length.to_string()));
        changed.chain(length).collect()
    }

    fn link(&self, place: &Place, path: &str) -> String {
        let pairs = self.pairs();
        let pairs: Vec<(&str, Option<&str>)> = pairs.iter().map(|(name, value)| (name.as_str(), Some(value.as_str()))).collect();
        place.link(path, &pairs)
    }
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewPeople)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let wanted = Wanted::of(&state, &signed_in, &asked).await?;
    let list = gaps::urgent(&state.services, &signed_in.ctx, &ask(&place), &wanted.weights, wanted.length).await?;
    let topics = Topics::of(&state, &signed_in).await?;
    let of_nobody = gaps::stated_of_nobody(&state.services, &signed_in.ctx, &ask(&place)).await?;
    let of_nobody = of_nobody.iter().map(|need| told(place.lang(), &topics, need)).collect();
    shell::page(&view(&signed_in, &place, &wanted, (&list, &topics), of_nobody))
}

fn view<'a>(
    signed_in: &SignedIn,
    place: &'a Place,
    wanted: &Wanted,
    (list, topics): (&[Urgent], &Topics),
    of_nobody: Vec<Told>,
) -> UrgentPage<'a> {
    let lang = place.lang();
    let file = |ending: &str| wanted.link(place, &format!("{PATH}/xuat.{ending}"));
    let weight = |reason: &Reason| Weight {
        name: field(*reason),
        label: lang.code_text("urgent", reason.code()),
        points: wanted.weights.of(*reason),
    };
    let length = |length: usize| {
        let wanted = Wanted { length, weights: wanted.weights.clone(), told: wanted.told.clone(), unreadable: Vec::new(), ..*wanted };
        (lang.size(length), wanted.link(place, PATH))
    };
    let masked: Vec<String> =
        Reason::ALL.iter().filter(|reason| !wanted.told.contains(reason)).map(|reason| lang.code_text("urgent", reason.code())).collect();
    let unreadable = wanted.unreadable.iter().map(|typed| lang.with("urgent-unreadable", &[("typed", typed.as_str().into())]));
    let keeps = signed_in.ctx.who.as_ref().is_some_and(|who| roles::authorise(who, Act::KeepStandards).is_ok());
    let hidden = [
        (DAY, (place.day != signed_in.ctx.today).then(|| domain::time::iso(place.day))),
        (UNIT, place.unit_code().map(str::to_owned)),
        (LENGTH, (wanted.length != LENGTHS[0]).then(|| wanted.length.to_string())),
    ];
    UrgentPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("gaps-urgent")).on(place.day),
        place_name: place.name(),
        day: lang.date(place.day),
        back: place.link("/thieu", &[]),
        notices: place.notices.iter().cloned().chain(unreadable).collect(),
        picker: place.picker(PATH, &[]),
        weights: wanted.told.iter().map(weight).collect(),
        hidden: hidden.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
        is_changed: wanted.is_changed,
        usual: place.link(PATH, &[]),
        saves: (keeps && wanted.is_changed).then(|| wanted.weights.text()),
        masked: (!masked.is_empty()).then(|| lang.with("urgent-masked", &[("what", masked.join(", ").into())])),
        rows: (1..).zip(list).map(|(number, urgent)| row(lang, topics, number, urgent)).collect(),
        lengths: LENGTHS
            .into_iter()
            .map(|n| {
                let (text, href) = length(n);
                (text, href, n == wanted.length)
            })
            .collect(),
        send: may_send(&signed_in.ctx, PaperKind::UrgentList).then(|| wanted.link(place, &format!("{PATH}/trinh"))),
        of_nobody,
        remote_unverified: wanted.weights.of(Reason::Remote) > 0
            && service::registry::remote_areas(place.day).is_ok_and(|(areas, is_verified)| !areas.is_empty() && !is_verified),
        files: if signed_in.ctx.may(Act::ExportPeople) { files(lang, file) } else { Vec::new() },
    }
}

/// The list as tables and as a paper: word and address.
fn files(lang: Lang, file: impl Fn(&str) -> String) -> Vec<(String, String)> {
    let tables = [("Excel".to_owned(), file("xlsx")), ("CSV".to_owned(), file("csv"))];
    tables.into_iter().chain(links(lang, file).into_iter().map(|(href, word)| (word, href))).collect()
}

/// The list as a paper.
pub(crate) async fn paper(State(state): State<AppState>, signed_in: SignedIn, asked: Asked, uri: Uri) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ExportPeople)?;
    answer(&state, &signed_in, &uri, &about(&state, &signed_in, &asked).await?, "can-boi-duong-ngay").await
}

/// What the paper of an address is made of.
pub(crate) async fn about(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<About, WebError> {
    let place = Place::of(state, signed_in, asked).await?;
    let wanted = Wanted::of(state, signed_in, asked).await?;
    Ok(About::Urgent(ask(&place), wanted.weights, wanted.length))
}

fn row(lang: Lang, topics: &Topics, number: usize, urgent: &Urgent) -> Row {
    let person = &urgent.person;
    Row {
        number: lang.size(number),
        name: person.name.clone(),
        href: format!("/nhan-su/{}", escaped(&person.code)),
        code: person.code.clone(),
        post: person.post.clone(),
        unit: person.unit.1.clone(),
        score: lang.number(i64::from(urgent.score)),
        parts: urgent.parts.iter().map(|(reason, points)| (lang.code_text("urgent", reason.code()), *points)).collect(),
        missing: urgent.missing.iter().map(|gap| missing(lang, gap)).collect(),
        stated: urgent.stated.iter().map(|need| stated(lang, topics, need)).collect(),
    }
}

fn stated(lang: Lang, topics: &Topics, need: &NeedLine) -> Stated {
    Stated { href: format!("/nhu-cau/{}", need.id), what: what(lang, topics, need), why: need.reason.clone() }
}

fn missing(lang: Lang, gap: &MissingOne) -> Missing {
    Missing {
        code: gap.requirement.code.clone(),
        title: lang.of(&gap.requirement.title).to_owned(),
        since: lang.with("gaps-missing-since", &[("day", lang.date(gap.since).into())]),
        cites: lang.of(&gap.requirement.cites).to_owned(),
        is_verified: gap.requirement.is_verified,
    }
}

/// The weights that become those of the province.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    weights: String,
}

/// Keeps weights as those of the province.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    match refused(gaps::save_weights(&state.services, &signed_in.ctx, &Weights::of_text(&typed.weights)).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{PATH}?xong=trong-so"))),
        Err(never) => match never {},
    }
}

/// The list as an Excel file.
pub(crate) async fn xlsx(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    file(&state, &signed_in, &asked).await?.xlsx("can-boi-duong-ngay").await
}

/// The list as a CSV file.
pub(crate) async fn csv(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    file(&state, &signed_in, &asked).await?.csv("can-boi-duong-ngay").await
}

async fn file(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<List, WebError> {
    signed_in.ctx.scope(Act::ExportPeople)?;
    let place = Place::of(state, signed_in, asked).await?;
    let wanted = Wanted::of(state, signed_in, asked).await?;
    let list = gaps::export_urgent(&state.services, &signed_in.ctx, &ask(&place), &wanted.weights, wanted.length).await?;
    let lang = place.lang();
    let line = |(number, urgent): (i64, &Urgent)| {
        let person = &urgent.person;
        let parts: Vec<String> =
            urgent.parts.iter().map(|(reason, points)| format!("{} {points}", lang.code_text("urgent", reason.code()))).collect();
        let gap = |gap: &MissingOne| format!("{} {}", gap.requirement.code, lang.of(&gap.requirement.title));
        let stated = urgent.stated.iter().map(|need| need.words.clone()).filter(|words| !words.is_empty());
        let missing: Vec<String> = urgent.missing.iter().map(gap).chain(stated).collect();
        let texts = [&person.name, &person.code, &person.post, &person.unit.1].map(|text| Cell::Text(text.clone()));
        let score = [Cell::Number(i64::from(urgent.score)), Cell::Text(parts.join("; ")), Cell::Text(missing.join("; "))];
        std::iter::once(Cell::Number(number)).chain(texts).chain(score).collect()
    };
    let heads = [
        ("urgent-number", 6),
        ("behind-name", 30),
        ("behind-code", 14),
        ("official-post", 30),
        ("behind-unit", 40),
        ("urgent-score", 8),
        ("urgent-parts", 40),
        ("urgent-gaps", 60),
    ];
    let weights: Vec<String> =
        wanted.told.iter().map(|r| format!("{} {}", lang.code_text("urgent", r.code()), wanted.weights.of(*r))).collect();
    Ok(List {
        title: lang.t("gaps-urgent"),
        notes: vec![
            place.name(),
            format!("{} {}", lang.t("home-as-of"), lang.date(place.day)),
            format!("{}: {}", lang.t("urgent-weights"), weights.join("; ")),
            made(signed_in),
        ],
        columns: heads.into_iter().map(|(key, width)| Column::new(lang.t(key), width)).collect(),
        rows: (1..).zip(list.iter()).map(line).collect(),
    })
}

/// When a file was made, by whom.
pub(super) fn made(signed_in: &SignedIn) -> String {
    let lang = signed_in.lang();
    let who = signed_in.visitor.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
    lang.with("gaps-file-made", &[("made", lang.instant(signed_in.ctx.now).into()), ("who", who.into())])
}
