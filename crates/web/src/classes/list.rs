//! `/lop`: classes with filters, the latest first.
//! Not for: the calendar (`calendar`), or one class (`one`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::ids::ClassId;
use domain::roles::Act;
use domain::time::{date, from_number, number};
use domain::training::{ClassForm, ClassStatus};
use service::classes::{self, After, Ask, ClassLine};

use super::{HERE, chip, days, path, seats};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const PAGE: u32 = 50;

/// A choice: code, text, whether chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "classes/list.html")]
struct ListPage {
    shell: Shell,
    q: String,
    pickers: Vec<(&'static str, String, Vec<Choice>)>,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
    keeps: bool,
    decides: bool,
    sees_people: bool,
}

struct Row {
    href: String,
    code: String,
    name: String,
    days: String,
    form: String,
    lead: String,
    place: String,
    seats: String,
    waiting: Option<String>,
    state: (&'static str, String),
}

fn row(lang: Lang, line: &ClassLine) -> Row {
    Row {
        href: path(&line.code, ""),
        code: line.code.clone(),
        name: line.terms.name.clone(),
        days: days(lang, (line.terms.starts_on, line.terms.ends_on)),
        form: word(lang, "form", line.terms.form.code()),
        lead: line.lead.1.clone(),
        place: line.terms.place.clone(),
        seats: seats(lang, line),
        waiting: (line.waiting > 0).then(|| lang.with("class-n-waiting", &[("n", lang.number(line.waiting.into()).into())])),
        state: chip(lang, line.status),
    }
}

/// `20261201.44`: the day and key of the last line.
fn after(text: &str) -> Option<After> {
    let (day, id) = text.split_once('.')?;
    Some((from_number(day.parse().ok()?)?, ClassId(id.parse().ok()?)))
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let year: Option<i32> = asked.text("nam").and_then(|year| year.parse().ok());
    let status = asked.text("trang-thai").and_then(ClassStatus::from_code);
    let form = asked.text("dang").and_then(ClassForm::from_code);
    let ask = Ask {
        statuses: status.into_iter().collect(),
        during: year.and_then(|year| Some((date(year, 1, 1)?, date(year, 12, 31)?))),
        form,
        words: asked.text("q").unwrap_or_default().to_owned(),
        unit: None,
    };
    let from = asked.text("sau").and_then(after);
    let page = classes::list(&state.services, ctx, &ask, from, PAGE).await?;
    let link = |after: Option<&str>| {
        let kept = ["q", "trang-thai", "dang", "nam"].map(|name| (name, asked.text(name)));
        address(HERE, &[kept.as_slice(), &[("sau", after)]].concat())
    };
    let this_year = ctx.today.year();
    let years = (this_year - 3..=this_year + 1).rev().map(|y| (y.to_string(), y.to_string(), year == Some(y)));
    let codes = |prefix: &str, all: Vec<&'static str>, chosen: Option<&str>| -> Vec<Choice> {
        all.into_iter().map(|code| (code.to_owned(), word(lang, prefix, code), Some(code) == chosen)).collect()
    };
    let statuses = codes("class-status", ClassStatus::ALL.iter().map(|c| c.code()).collect(), status.map(ClassStatus::code));
    let forms = codes("form", ClassForm::ALL.iter().map(|c| c.code()).collect(), form.map(ClassForm::code));
    shell::page(&ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("classes-title")),
        q: ask.words.clone(),
        pickers: vec![
            ("trang-thai", lang.t("class-state"), statuses),
            ("dang", lang.t("class-form"), forms),
            ("nam", lang.t("class-year"), years.collect()),
        ],
        rows: page.lines.iter().map(|line| row(lang, line)).collect(),
        first: from.map(|_| link(None)),
        next: page.next.map(|(day, id)| link(Some(&format!("{}.{id}", number(day))))),
        keeps: ctx.may(Act::KeepClasses),
        sees_people: ctx.may(Act::ViewPeople),
        decides: ctx.may(Act::AgreeNominations) || ctx.may(Act::ConfirmNominations),
    })
}
