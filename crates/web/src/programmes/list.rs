//! `/chuong-trinh`: the catalogue with filters and counts, also as a file.
//! Not for: one programme (`one`).

use askama::Template;
use axum::extract::State as From;
use axum::response::Response;
use documents::{Cell, Column};
use domain::programmes::life::State;
use domain::text::fold;
use domain::training::{ContentGroup, Mode, TrainingKind};
use service::programmes::{self, Ask, Catalogue, CatalogueLine};

use super::{COUNCILS, HERE, chip, path};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::download::List;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const PAGE: u32 = 100;
/// Most lines of a file.
const MOST: u32 = 5_000;

/// A choice: code, text, whether chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "programmes/list.html")]
struct ListPage {
    shell: Shell,
    lead: String,
    q: String,
    pickers: Vec<(&'static str, String, Vec<Choice>)>,
    /// Address, word, count, whether chosen.
    states: Vec<(String, String, String, bool)>,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
    creates: bool,
    councils: Option<&'static str>,
    files: [(String, &'static str); 2],
}

struct Row {
    href: String,
    code: String,
    title: String,
    about: String,
    content: String,
    length: String,
    mode: String,
    owner: String,
    state: (&'static str, String),
    next: Option<(&'static str, String)>,
}

fn row(lang: Lang, line: &CatalogueLine) -> Row {
    let length = [("programme-n-periods", line.periods), ("programme-n-days", line.days)];
    let length = length.map(|(key, n)| lang.with(key, &[("n", lang.number(i64::from(n)).into())]));
    Row {
        href: path(&line.code),
        code: line.code.clone(),
        title: line.title.clone(),
        about: line.audience.clone(),
        content: word(lang, "content", line.content.code()),
        length: length.join(" · "),
        mode: word(lang, "mode", line.mode.code()),
        owner: line.owner_name.clone(),
        state: chip(lang, line.state),
        next: line.next.map(|state| chip(lang, state)),
    }
}

/// What an address asks for, and the filters of it by name.
struct Listed<'a> {
    ask: Ask,
    kept: [(&'static str, Option<&'a str>); 6],
}

impl<'a> Listed<'a> {
    fn of(asked: &'a Asked) -> Self {
        let owner = asked.text("don-vi").and_then(|id| id.parse().ok()).map(domain::ids::UnitId);
        let ask = Ask {
            states: asked.text("trang-thai").and_then(State::from_code).into_iter().collect(),
            content: asked.text("noi-dung").and_then(ContentGroup::from_code),
            kind: asked.text("loai").and_then(TrainingKind::from_code),
            mode: asked.text("hinh-thuc").and_then(Mode::from_code),
            owner,
            folded: fold(asked.text("q").unwrap_or_default()),
        };
        let kept = ["q", "loai", "noi-dung", "hinh-thuc", "don-vi", "trang-thai"].map(|name| (name, asked.text(name)));
        Self { ask, kept }
    }

    fn link(&self, to: &str, other: (&'static str, Option<&str>)) -> String {
        let mut pairs: Vec<(&str, Option<&str>)> = self.kept.iter().copied().filter(|(name, _)| *name != other.0).collect();
        pairs.push(other);
        address(to, &pairs)
    }
}

fn choices(lang: Lang, prefix: &str, codes: impl Iterator<Item = &'static str>, chosen: Option<&str>) -> Vec<Choice> {
    codes.map(|code| (code.to_owned(), word(lang, prefix, code), Some(code) == chosen)).collect()
}

fn pickers(lang: Lang, asked: &Asked, found: &Catalogue) -> Vec<(&'static str, String, Vec<Choice>)> {
    let owner = asked.text("don-vi");
    let owners = found.owners.iter().map(|(id, _, name)| (id.to_string(), name.clone(), Some(id.to_string().as_str()) == owner));
    let codes = |prefix, all: Vec<&'static str>, name| choices(lang, prefix, all.into_iter(), asked.text(name));
    vec![
        ("noi-dung", lang.t("programme-content"), codes("content", ContentGroup::ALL.iter().map(|c| c.code()).collect(), "noi-dung")),
        ("loai", lang.t("programme-kind"), codes("training", TrainingKind::ALL.iter().map(|c| c.code()).collect(), "loai")),
        ("hinh-thuc", lang.t("programme-mode"), codes("mode", Mode::ALL.iter().map(|c| c.code()).collect(), "hinh-thuc")),
        ("don-vi", lang.t("programme-owner"), owners.collect()),
    ]
}

/// The catalogue.
pub(crate) async fn show(From(state): From<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let listed = Listed::of(&asked);
    let after = asked.text("sau").unwrap_or_default();
    let found = programmes::catalogue(&state.services, ctx, &listed.ask, after, PAGE).await?;
    let chosen = listed.ask.states.first().copied();
    let all: i64 = found.counts.iter().map(|(_, count)| count).sum();
    let mut states = vec![(listed.link(HERE, ("trang-thai", None)), lang.t("programme-all"), lang.number(all), chosen.is_none())];
    for (state, count) in State::ALL.iter().filter_map(|state| found.counts.iter().find(|(of, _)| of == state)) {
        let word = word(lang, "programme-state", state.code());
        states.push((listed.link(HERE, ("trang-thai", Some(state.code()))), word, lang.number(*count), chosen == Some(*state)));
    }
    let last = found.lines.last().filter(|_| found.more).map(|line| line.code.clone());
    shell::page(&ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("programmes-title")),
        lead: lang.t("programmes-lead"),
        q: asked.text("q").unwrap_or_default().to_owned(),
        pickers: pickers(lang, &asked, &found),
        states,
        rows: found.lines.iter().map(|line| row(lang, line)).collect(),
        first: (!after.is_empty()).then(|| listed.link(HERE, ("sau", None))),
        next: last.map(|code| listed.link(HERE, ("sau", Some(&code)))),
        creates: programmes::may_create(ctx),
        councils: ctx.may(domain::roles::Act::ViewPlans).then_some(COUNCILS),
        files: [
            (listed.link(&format!("{HERE}/xuat.xlsx"), ("sau", None)), "Excel"),
            (listed.link(&format!("{HERE}/xuat.csv"), ("sau", None)), "CSV"),
        ],
    })
}

async fn file(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<List, WebError> {
    let lang = signed_in.lang();
    let found = programmes::catalogue(&state.services, &signed_in.ctx, &Listed::of(asked).ask, "", MOST).await?;
    let texts = ["code", "title", "content", "kind", "audience", "mode", "owner", "partner", "state", "decision"];
    let mut columns: Vec<Column> = texts.iter().map(|name| Column::new(lang.t(&format!("programme-{name}")), 24)).collect();
    columns.extend(["periods", "days"].iter().map(|name| Column::new(lang.t(&format!("programme-{name}")), 10)));
    let cells = |line: &CatalogueLine| {
        let text = [
            line.code.clone(),
            line.title.clone(),
            word(lang, "content", line.content.code()),
            word(lang, "training", line.kind.code()),
            line.audience.clone(),
            word(lang, "mode", line.mode.code()),
            line.owner_name.clone(),
            line.partner.clone(),
            word(lang, "programme-state", line.state.code()),
            line.decision.clone().unwrap_or_default(),
        ];
        let numbers = [line.periods, line.days].map(|n| Cell::Number(i64::from(n)));
        text.into_iter().map(Cell::Text).chain(numbers).collect()
    };
    Ok(List {
        title: lang.t("programmes-title"),
        notes: vec![lang.date(signed_in.ctx.today)],
        columns,
        rows: found.lines.iter().map(cells).collect(),
    })
}

/// As an Excel workbook.
pub(crate) async fn xlsx(From(state): From<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    file(&state, &signed_in, &asked).await?.xlsx("chuong-trinh").await
}

/// As comma-separated values.
pub(crate) async fn csv(From(state): From<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    file(&state, &signed_in, &asked).await?.csv("chuong-trinh").await
}
