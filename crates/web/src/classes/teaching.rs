//! `/lop/giang-day`: rooms and lecturers, and the form of each.
//! Not for: when they are taken (`sittings`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::classes::sittings::LecturerKind;
use domain::geography::Spot;
use domain::ids::{LecturerId, RoomId};
use domain::roles::{Act, Forbidden, Reach};
use service::classes::{self, Lecturer, Room, TeachingRefusal};
use service::registry;

use super::HERE;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::spots;
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "classes/teaching.html")]
struct TeachingPage {
    shell: Shell,
    keeps: bool,
    rooms: Vec<Row>,
    lecturers: Vec<Row>,
}

struct Row {
    href: String,
    code: String,
    name: String,
    about: String,
    more: String,
    is_over: bool,
}

fn keeps(signed_in: &SignedIn) -> bool {
    signed_in.ctx.scope(Act::KeepClasses).is_ok_and(|scope| *scope.reach() == Reach::Province)
}

/// Both lists.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let rooms = classes::rooms(&state.services, ctx).await?;
    let lecturers = classes::lecturers(&state.services, ctx).await?;
    shell::page(&TeachingPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-teaching")),
        keeps: keeps(&signed_in),
        rooms: rooms
            .into_iter()
            .map(|room| Row {
                href: format!("{HERE}/phong/{}", room.id),
                code: room.code,
                name: room.name,
                about: room.place,
                more: lang.with("room-n-seats", &[("n", lang.number(room.seats.into()).into())]),
                is_over: room.ended_on.is_some(),
            })
            .collect(),
        lecturers: lecturers
            .into_iter()
            .map(|one| Row {
                href: format!("{HERE}/giang-vien/{}", one.id),
                code: one.code,
                name: one.name,
                about: format!("{} · {}", word(lang, "lecturer-kind", one.kind.code()), one.home),
                more: one.subjects,
                is_over: one.ended_on.is_some(),
            })
            .collect(),
    })
}

/// The key in an address; `0` is a new one.
fn key(row: i64) -> Option<i64> {
    (row > 0).then_some(row)
}

fn mistake(lang: Lang, refusal: TeachingRefusal) -> Mistake {
    match refusal {
        TeachingRefusal::BadCode => Mistake::new("code", lang.t("teaching-bad-code")),
        TeachingRefusal::BadName => Mistake::new("name", lang.t("teaching-bad-name")),
        TeachingRefusal::OddSeats => Mistake::new("seats", lang.t("teaching-odd-seats")),
        TeachingRefusal::UnknownOfficial => Mistake::new("official", lang.t("lecturer-unknown-official")),
        TeachingRefusal::UnknownUnit => Mistake::new("unit", lang.t("room-unknown-unit")),
        TeachingRefusal::CodeTaken => Mistake::new("code", lang.t("teaching-code-taken")),
    }
}

fn sheet(signed_in: &SignedIn, (title, action): (&str, String), fields: Vec<Field>, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(title)),
        back: (format!("{HERE}/giang-day"), lang.t("class-teaching")),
        lead: lang.t("teaching-lead"),
        action,
        submit: lang.t("class-save"),
        fields,
        typed,
        mistakes,
    }
}

fn room_sheet(signed_in: &SignedIn, row: i64, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let needed = |name, kind| Field::needed(lang, "room", name, kind);
    let fields = vec![
        needed("code", Kind::Short),
        needed("name", Kind::Line),
        Field::new(lang, "room", "place", Kind::Line),
        needed("seats", Kind::Short),
        Field::new(lang, "room", "unit", Kind::Line).hint(lang.t("room-unit-hint")),
        Field::new(lang, "room", "spot", Kind::Line).hint(lang.t("spot-hint")),
        Field::new(lang, "room", "over", Kind::Tick),
    ];
    sheet(signed_in, ("room-one", format!("{HERE}/phong/{row}")), fields, typed, mistakes)
}

fn lecturer_sheet(signed_in: &SignedIn, row: i64, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let needed = |name, kind| Field::needed(lang, "lecturer", name, kind);
    let fields = vec![
        needed("code", Kind::Short),
        needed("name", Kind::Line),
        needed("kind", choices(lang, "lecturer-kind", LecturerKind::ALL.iter().map(|kind| kind.code()), false)),
        Field::new(lang, "lecturer", "home", Kind::Line),
        Field::new(lang, "lecturer", "subjects", Kind::Words),
        Field::new(lang, "lecturer", "official", Kind::Short).hint(lang.t("lecturer-official-hint")),
        Field::new(lang, "lecturer", "over", Kind::Tick),
    ];
    sheet(signed_in, ("lecturer-one", format!("{HERE}/giang-vien/{row}")), fields, typed, mistakes)
}

fn allowed(signed_in: &SignedIn) -> Result<(), WebError> {
    if keeps(signed_in) { Ok(()) } else { Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses })) }
}

/// The form of a room.
pub(crate) async fn show_room(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    allowed(&signed_in)?;
    let mut typed = Typed::default();
    if let Some(id) = key(row) {
        let rooms = classes::rooms(&state.services, &signed_in.ctx).await?;
        let room = rooms.into_iter().find(|room| room.id == RoomId(id)).ok_or(WebError::NotFound)?;
        let unit = match room.unit {
            Some(unit) => registry::unit_names(&state.services, &signed_in.ctx).await?.told(unit, signed_in.ctx.today),
            None => String::new(),
        };
        typed = Typed::of([
            ("code", room.code),
            ("name", room.name),
            ("place", room.place),
            ("seats", room.seats.to_string()),
            ("unit", unit),
            ("spot", room.spot.map(spots::degrees).unwrap_or_default()),
        ]);
        if room.ended_on.is_some() {
            typed.put("over".to_owned(), "1".to_owned());
        }
    }
    room_sheet(&signed_in, row, typed, Vec::new()).answer()
}

/// Keeps a room.
pub(crate) async fn save_room(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let spot = match typed.text("spot").map(Spot::read).transpose() {
        Ok(spot) => spot,
        Err(fault) => {
            let wrong = vec![spots::mistake(signed_in.lang(), "spot", fault)];
            return room_sheet(&signed_in, row, typed.clone(), wrong).answer();
        }
    };
    let room = Room {
        code: typed.words("code"),
        name: typed.words("name"),
        place: typed.words("place"),
        seats: typed.words("seats").parse().unwrap_or(0),
        is_over: typed.is_ticked("over"),
        unit: typed.words("unit"),
        spot,
    };
    match refused(classes::put_room(&state.services, &signed_in.ctx, key(row).map(RoomId), &room).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{HERE}/giang-day?xong=luu"))),
        Err(refusal) => {
            let wrong = vec![mistake(signed_in.lang(), refusal)];
            room_sheet(&signed_in, row, typed.clone(), wrong).answer()
        }
    }
}

/// The form of a lecturer.
pub(crate) async fn show_lecturer(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    allowed(&signed_in)?;
    let mut typed = Typed::default();
    if let Some(id) = key(row) {
        let lecturers = classes::lecturers(&state.services, &signed_in.ctx).await?;
        let one = lecturers.into_iter().find(|one| one.id == LecturerId(id)).ok_or(WebError::NotFound)?;
        typed = Typed::of([
            ("code", one.code),
            ("name", one.name),
            ("kind", one.kind.code().to_owned()),
            ("home", one.home),
            ("subjects", one.subjects),
            ("official", one.official.unwrap_or_default()),
        ]);
        if one.ended_on.is_some() {
            typed.put("over".to_owned(), "1".to_owned());
        }
    }
    lecturer_sheet(&signed_in, row, typed, Vec::new()).answer()
}

/// Keeps a lecturer.
pub(crate) async fn save_lecturer(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lecturer = Lecturer {
        code: typed.words("code"),
        name: typed.words("name"),
        kind: typed.code("kind", LecturerKind::from_code).unwrap_or(LecturerKind::PartTime),
        home: typed.words("home"),
        subjects: typed.words("subjects"),
        official: typed.words("official"),
        is_over: typed.is_ticked("over"),
    };
    match refused(classes::put_lecturer(&state.services, &signed_in.ctx, key(row).map(LecturerId), &lecturer).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{HERE}/giang-day?xong=luu"))),
        Err(refusal) => {
            let wrong = vec![mistake(signed_in.lang(), refusal)];
            lecturer_sheet(&signed_in, row, typed.clone(), wrong).answer()
        }
    }
}
