//! Files taken in, newest first, and the form for another one.
//! Not for: one of them (`one`), receiving (`upload`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::roles::{Act, Forbidden};
use service::intake::{self, Batch, Mode, Taking};

use super::path;
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::form::{Mistake, of_field};
use crate::i18n::Lang;
use crate::place::{Choice, DAY, Group, Place, UNIT};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Lines of a page.
const LINES: u32 = 30;

#[derive(Template)]
#[template(path = "intake/list.html")]
struct ListPage<'a> {
    shell: Shell,
    units: Vec<Group<'a>>,
    notices: Vec<String>,
    unit: String,
    day: String,
    /// Code, text, chosen.
    kinds: Vec<(&'static str, String, bool)>,
    is_everything: bool,
    mistakes: Vec<Mistake>,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
}

impl ListPage<'_> {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

struct Row {
    href: String,
    name: String,
    unit: String,
    when: String,
    who: String,
    state: (&'static str, String),
}

/// What a file tells of, and who says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Kind {
    /// Officials.
    #[default]
    Officials,
    /// Trainings, as a unit keeps them.
    Training,
    /// Trainings, as who taught them reports.
    Institute,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Officials, Self::Training, Self::Institute];

    const fn code(self) -> &'static str {
        match self {
            Self::Officials => "officials",
            Self::Training => "training",
            Self::Institute => "institute",
        }
    }

    pub(super) fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.code() == code).unwrap_or_default()
    }

    pub(super) const fn taking(self, mode: Mode) -> Taking {
        match self {
            Self::Officials => Taking::Officials(mode),
            Self::Training => Taking::Training { by_institute: false },
            Self::Institute => Taking::Training { by_institute: true },
        }
    }
}

/// What was typed into the form.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) unit: String,
    pub(super) day: String,
    pub(super) kind: Kind,
    pub(super) is_everything: bool,
}

/// The page at first.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let day = asked.day(DAY).unwrap_or(signed_in.ctx.today);
    let unit = asked.text(UNIT).unwrap_or_default().to_owned();
    let kind = Kind::of(asked.text("loai").unwrap_or_default());
    let typed = Typed { unit, day: signed_in.lang().date(day), kind, ..Typed::default() };
    answer(&state, &signed_in, &asked, typed, Vec::new()).await
}

/// The page with what was typed and what is wrong with it.
pub(super) async fn answer(
    state: &AppState,
    signed_in: &SignedIn,
    asked: &Asked,
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    if !intake::may_take(&signed_in.ctx) {
        return Err(WebError::Forbidden(Forbidden { act: Act::KeepRegister }));
    }
    let lang = signed_in.lang();
    let before = asked.text("sau").and_then(|text| text.parse().ok());
    let batches = intake::batches(&state.services, &signed_in.ctx, before, LINES).await?;
    let place = Place::of(state, signed_in, asked).await?;
    let mut units = place.groups();
    // A unit that is not offered on this day stays chosen: nothing may be filed under another one by the way.
    if !typed.unit.is_empty() && !units.iter().any(|group| group.options.iter().any(|option| option.code == typed.unit)) {
        let kept = Choice { code: &typed.unit, name: typed.unit.as_str().into(), is_chosen: true };
        units.push(Group { name: lang.text("place-chosen"), options: vec![kept] });
    }
    let more = batches.len() == usize::try_from(LINES).unwrap_or(0);
    let next = batches.last().filter(|_| more).map(|last| address("/nhap-lieu", &[("sau", Some(&last.line.id.to_string()))]));
    let status = if mistakes.is_empty() { axum::http::StatusCode::OK } else { axum::http::StatusCode::UNPROCESSABLE_ENTITY };
    let page = ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("intake-title")).at("/nhap-lieu"),
        units,
        notices: place.notices.clone(),
        unit: typed.unit.clone(),
        day: typed.day.clone(),
        kinds: Kind::ALL.map(|kind| (kind.code(), lang.code_text("intake-tells", kind.code()), kind == typed.kind)).to_vec(),
        is_everything: typed.is_everything,
        mistakes,
        rows: batches.iter().map(|batch| row(lang, batch)).collect(),
        first: before.map(|_: i64| "/nhap-lieu".to_owned()),
        next,
    };
    shell::page_with(status, &page)
}

fn row(lang: Lang, batch: &Batch) -> Row {
    Row {
        href: path(batch.line.id),
        name: batch.line.file_name.clone(),
        unit: batch.line.unit_name.1.clone(),
        when: lang.instant(batch.line.taken_at),
        who: batch.line.who.clone().unwrap_or_else(|| lang.t("keep-system")),
        state: (chip(batch), lang.code_text("intake-state", batch.state.code())),
    }
}

/// The look of a state.
pub(super) fn chip(batch: &Batch) -> &'static str {
    match batch.state {
        intake::State::Carried => "done",
        intake::State::Ready => "flag",
        intake::State::Taken | intake::State::Undone => "info",
    }
}
