//! The form of a class: new, from a line of a plan, or changed.
//! Not for: its shares (`shares`) and sittings (`sittings`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::classes::{Hours, Terms};
use domain::ids::{PlanId, ProgrammeId, UnitId};
use domain::orgs::Level;
use domain::people::{Degree, LeaderGroup, StaffKind, StudyField};
use domain::plans::{MoneySource, Seats, TopicRef};
use domain::roles::{Act, Forbidden};
use domain::training::{ClassForm, ContentGroup, Mode, Programme, TrainingKind};
use service::ActError;
use service::classes::{self, ClassRefusal};
use service::plans::{self, Known};

use super::{HERE, mistakes, path};
use crate::AppState;
use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::units::reorganise::unit_meant;
use crate::visitor::SignedIn;

/// Parts of a choice of a topic.
const OF: &str = "|";

fn fields(lang: Lang, known: &Known) -> Vec<Field> {
    let needed = |name, how| Field::needed(lang, "class-field", name, how);
    let maybe = |name, how| Field::new(lang, "class-field", name, how);
    let hinted = |field: Field, key: &str| field.hint(lang.t(key));
    let none = || (String::new(), lang.t("sheet-none"));
    let topics = known.schemes.iter().flat_map(|stored| {
        let scheme = &stored.scheme;
        scheme.topics.iter().map(move |topic| {
            (format!("{}{OF}{}", scheme.code, topic.code), format!("{} · {} {}", scheme.code, topic.code, lang.of(&topic.title)))
        })
    });
    let programmes = known.programmes.iter().map(|line| (line.id.to_string(), format!("{} · {}", line.code, line.title)));
    let mut fields = vec![
        Field::new(lang, "class-field", "revision", Kind::Hidden),
        Field::new(lang, "class-field", "line", Kind::Hidden),
        Field::new(lang, "class-field", "shares", Kind::Hidden),
        needed("name", Kind::Line),
        needed("form", choices(lang, "form", ClassForm::ALL.iter().map(|c| c.code()), false)),
        needed("kind", choices(lang, "training", TrainingKind::ALL.iter().map(|c| c.code()), false)),
        hinted(maybe("content", choices(lang, "content", ContentGroup::ALL.iter().map(|c| c.code()), true)), "class-field-content-hint"),
        hinted(maybe("degree", choices(lang, "degree", Degree::ALL.iter().map(|c| c.code()), true)), "class-field-degree-hint"),
        maybe("field", choices(lang, "field", StudyField::ALL.iter().map(|c| c.code()), true)),
        maybe("programme", Kind::Choice(std::iter::once(none()).chain(programmes).collect())),
        hinted(maybe("named", choices(lang, "programme", Programme::ALL.iter().map(|c| c.code()), true)), "plan-line-named-hint"),
        maybe("topic", Kind::Choice(std::iter::once(none()).chain(topics).collect())),
        needed("lead", Kind::Line).hint(lang.t("class-field-lead-hint")),
        maybe("school", Kind::Line),
        maybe("place", Kind::Line),
        needed("mode", choices(lang, "mode", Mode::ALL.iter().map(|c| c.code()), false)),
        needed("hours", choices(lang, "hours", Hours::ALL.iter().map(|c| c.code()), false)),
        maybe("abroad", Kind::Tick),
        needed("starts_on", Kind::Day),
        needed("ends_on", Kind::Day),
        maybe("days", Kind::Short),
        maybe("periods", Kind::Short),
        needed("most", Kind::Short),
        hinted(maybe("least", Kind::Short), "class-field-least-hint"),
        hinted(maybe("names_until", Kind::Day), "class-field-names-hint"),
    ];
    fields.extend(StaffKind::ALL.iter().map(|staff| tick(staff_box(*staff), lang.code_text("class-for-staff", staff.code()))));
    fields.extend(LeaderGroup::ALL.iter().map(|group| tick(group_box(*group), lang.code_text("class-for-group", group.code()))));
    fields.extend([
        maybe("level", choices(lang, "level", Level::ALL.iter().map(|c| c.code()), true)),
        maybe("cost", Kind::Short),
        maybe("source", choices(lang, "plan-source", MoneySource::ALL.iter().map(|c| c.code()), true)),
        maybe("note", Kind::Words),
    ]);
    fields
}

/// The name of the box of a kind of staff.
const fn staff_box(staff: StaffKind) -> &'static str {
    match staff {
        StaffKind::CanBo => "cho-can_bo",
        StaffKind::CongChuc => "cho-cong_chuc",
        StaffKind::VienChuc => "cho-vien_chuc",
        StaffKind::KhongChuyenTrach => "cho-khong_chuyen_trach",
    }
}

/// The name of the box of a group of leaders.
const fn group_box(group: LeaderGroup) -> &'static str {
    match group {
        LeaderGroup::N1 => "cho-n1",
        LeaderGroup::N2 => "cho-n2",
        LeaderGroup::N3 => "cho-n3",
        LeaderGroup::N4 => "cho-n4",
    }
}

fn tick(name: &'static str, label: String) -> Field {
    Field { name, label, hint: None, kind: Kind::Tick, needed: false }
}

fn typed(terms: &Terms, known: &Known, (revision, shares): (i32, &[Seats])) -> Typed {
    let code = |code: Option<&'static str>| code.unwrap_or_default().to_owned();
    let day = domain::time::dmy;
    let unit = |id: UnitId| known.names.unit(id).map(|unit| format!("{} · {}", unit.code, unit.name)).unwrap_or_default();
    let mut typed = Typed::of([
        ("revision", revision.to_string()),
        ("line", terms.line.map(|(plan, line)| format!("{plan}.{line}")).unwrap_or_default()),
        ("shares", shares.iter().map(share_text).collect::<Vec<_>>().join(";")),
        ("name", terms.name.clone()),
        ("form", terms.form.code().to_owned()),
        ("kind", terms.kind.code().to_owned()),
        ("content", code(terms.content.map(|c| c.code()))),
        ("degree", code(terms.degree.map(|c| c.code()))),
        ("field", code(terms.field.map(|c| c.code()))),
        ("programme", terms.programme.map(|id| id.to_string()).unwrap_or_default()),
        ("named", code(terms.named.map(|c| c.code()))),
        ("topic", terms.topic.as_ref().map(|topic| format!("{}{OF}{}", topic.scheme, topic.code)).unwrap_or_default()),
        ("lead", unit(terms.lead)),
        ("school", terms.school.clone()),
        ("place", terms.place.clone()),
        ("mode", terms.mode.code().to_owned()),
        ("hours", terms.hours.code().to_owned()),
        ("starts_on", day(terms.starts_on)),
        ("ends_on", day(terms.ends_on)),
        ("days", terms.days.to_string()),
        ("periods", terms.periods.to_string()),
        ("most", terms.most.to_string()),
        ("least", terms.least.to_string()),
        ("names_until", terms.names_until.map(day).unwrap_or_default()),
        ("level", code(terms.level.map(|c| c.code()))),
        ("cost", terms.cost.to_string()),
        ("source", code(terms.source.map(|c| c.code()))),
        ("note", terms.note.clone()),
    ]);
    let ticked = terms.staff.iter().map(|staff| staff_box(*staff)).chain(terms.groups.iter().map(|group| group_box(*group)));
    for name in ticked.chain(terms.abroad.then_some("abroad")) {
        typed.put(name.to_owned(), "1".to_owned());
    }
    typed
}

/// `12/cong_chuc/n3/20`: a share of a line as it goes along unseen until the class is written.
fn share_text(share: &Seats) -> String {
    let unit = share.unit.map(|unit| unit.to_string()).unwrap_or_default();
    let (staff, group) = (share.staff.map(|c| c.code()).unwrap_or_default(), share.group.map(|c| c.code()).unwrap_or_default());
    format!("{unit}/{staff}/{group}/{}", share.people)
}

fn shares(text: &str) -> Vec<Seats> {
    let share = |text: &str| {
        let mut parts = text.split('/');
        let mut next = || parts.next().filter(|part| !part.is_empty());
        let unit = next().and_then(|unit| unit.parse().ok()).map(UnitId);
        let (staff, group) = (next().and_then(StaffKind::from_code), next().and_then(LeaderGroup::from_code));
        Some(Seats { unit, staff, group, people: next()?.parse().ok()? })
    };
    text.split(';').filter_map(share).collect()
}

struct Reader<'a> {
    lang: Lang,
    known: &'a Known,
    typed: &'a Typed,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn number<T: std::str::FromStr + Default>(&mut self, field: &str) -> T {
        let Some(text) = self.typed.text(field) else { return T::default() };
        let plain: String = text.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}' | 'đ')).collect();
        let number = plain.parse().ok();
        if number.is_none() {
            self.mistakes.push(Mistake::new(field, self.lang.with("plans-bad-number", &[("typed", text.to_owned().into())])));
        }
        number.unwrap_or_default()
    }

    fn terms(&mut self, today: domain::time::Date) -> Terms {
        let (typed, lang) = (self.typed, self.lang);
        let starts_on = typed.needed_day(lang, "starts_on", &mut self.mistakes).unwrap_or(today);
        let ends_on = typed.needed_day(lang, "ends_on", &mut self.mistakes).unwrap_or(starts_on);
        let lead = unit_meant(&self.known.names, lang, ("lead", typed.words("lead")), today, &mut self.mistakes);
        let line = typed.text("line").and_then(|text| text.split_once('.'));
        let topic = typed.text("topic").and_then(|text| text.split_once(OF));
        Terms {
            name: typed.words("name").to_owned(),
            form: typed.code("form", ClassForm::from_code).unwrap_or(ClassForm::Class),
            kind: typed.code("kind", TrainingKind::from_code).unwrap_or(TrainingKind::Training),
            content: typed.code("content", ContentGroup::from_code),
            degree: typed.code("degree", Degree::from_code),
            field: typed.code("field", StudyField::from_code),
            programme: typed.text("programme").and_then(|id| id.parse().ok()).map(ProgrammeId),
            named: typed.code("named", Programme::from_code),
            topic: topic.map(|(scheme, code)| TopicRef { scheme: scheme.to_owned(), code: code.to_owned() }),
            line: line.and_then(|(plan, line)| Some((PlanId(plan.parse().ok()?), line.parse().ok()?))),
            mode: typed.code("mode", Mode::from_code).unwrap_or(Mode::InPerson),
            hours: typed.code("hours", Hours::from_code).unwrap_or(Hours::Office),
            abroad: typed.is_ticked("abroad"),
            lead: lead.unwrap_or(UnitId(0)),
            school: typed.words("school").to_owned(),
            place: typed.words("place").to_owned(),
            starts_on,
            ends_on,
            days: self.number("days"),
            periods: self.number("periods"),
            most: self.number("most"),
            least: self.number("least"),
            staff: StaffKind::ALL.iter().copied().filter(|staff| typed.is_ticked(staff_box(*staff))).collect(),
            groups: LeaderGroup::ALL.iter().copied().filter(|group| typed.is_ticked(group_box(*group))).collect(),
            level: typed.code("level", Level::from_code),
            names_until: typed.day(lang, "names_until", &mut self.mistakes),
            cost: self.number("cost"),
            source: typed.code("source", MoneySource::from_code),
            note: typed.words("note").to_owned(),
        }
    }
}

async fn known(state: &AppState, signed_in: &SignedIn) -> Result<Known, WebError> {
    if !signed_in.ctx.may(Act::KeepClasses) {
        return Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses }));
    }
    Ok(plans::known(&state.services, &signed_in.ctx, &std::collections::BTreeSet::new()).await?)
}

/// Of which class the form is: none of a new one, else its code.
fn sheet(signed_in: &SignedIn, known: &Known, class: Option<&str>, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let (title, back, action) = match class {
        None => ("class-new", (HERE.to_owned(), lang.t("classes-title")), format!("{HERE}/moi")),
        Some(code) => ("class-edit", (path(code, ""), code.to_owned()), path(code, "/sua")),
    };
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(title)),
        back,
        lead: lang.t("class-form-lead"),
        action,
        submit: lang.t("class-save"),
        fields: fields(lang, known),
        typed,
        mistakes,
    }
}

/// The form of a new class; `?ke-hoach=3&dong=2` fills it by a line of a plan.
pub(crate) async fn show_new(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let known = known(&state, &signed_in).await?;
    let number = |name: &str| asked.text(name).and_then(|text| text.parse::<i64>().ok());
    let line = number("ke-hoach").zip(number("dong").and_then(|line| u32::try_from(line).ok()));
    let filled = match line {
        Some((plan, line)) => {
            let (terms, shares) = classes::draft_of_line(&state.services, &signed_in.ctx, (PlanId(plan), line)).await?;
            typed(&terms, &known, (0, &shares))
        }
        None => {
            let home = classes::home(&state.services, &signed_in.ctx).await?;
            let lead = home.map(|unit| format!("{} · {}", unit.unit.code, unit.unit.name)).unwrap_or_default();
            let usual = [("kind", TrainingKind::Training.code()), ("most", "40"), ("days", "5"), ("periods", "40")];
            Typed::of(usual.map(|(name, text)| (name, text.to_owned())).into_iter().chain([("lead", lead)]))
        }
    };
    sheet(&signed_in, &known, None, filled, Vec::new()).answer()
}

/// Writes a new class.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, known) = (signed_in.lang(), known(&state, &signed_in).await?);
    let mut reader = Reader { lang, known: &known, typed: &typed, mistakes: Vec::new() };
    let terms = reader.terms(signed_in.ctx.today);
    let mut wrong = reader.mistakes;
    if wrong.is_empty() {
        match refused(classes::create(&state.services, &signed_in.ctx, &terms, &shares(typed.words("shares"))).await)? {
            Ok(code) => return Ok(shell::see_other(&format!("{}?xong=lap-lop", path(&code, "")))),
            Err(refusal) => wrong = mistakes(lang, refusal),
        }
    }
    sheet(&signed_in, &known, None, typed, wrong).answer()
}

/// The form of a class that is there.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let known = known(&state, &signed_in).await?;
    let view = classes::one(&state.services, &signed_in.ctx, &code).await?;
    if !view.keeps {
        return Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses }));
    }
    let filled = typed(&view.line.terms, &known, (view.line.revision, &[]));
    sheet(&signed_in, &known, Some(&code), filled, Vec::new()).answer()
}

/// Changes it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, known) = (signed_in.lang(), known(&state, &signed_in).await?);
    let mut reader = Reader { lang, known: &known, typed: &typed, mistakes: Vec::new() };
    let terms = reader.terms(signed_in.ctx.today);
    let mut wrong = reader.mistakes;
    let revision = typed.words("revision").parse().unwrap_or_default();
    if wrong.is_empty() {
        match classes::amend(&state.services, &signed_in.ctx, &code, revision, &terms).await {
            Err(ActError::Stale) => {
                let page = sheet(&signed_in, &known, Some(&code), typed, vec![Mistake::new("name", lang.t("class-stale"))]);
                return shell::page_with(StatusCode::CONFLICT, &page);
            }
            outcome => match refused(outcome)? {
                Ok(()) => return Ok(shell::see_other(&format!("{}?xong=sua-lop", path(&code, "")))),
                Err(ClassRefusal::NotNow) => return Err(WebError::Stale),
                Err(refusal) => wrong = mistakes(lang, refusal),
            },
        }
    }
    sheet(&signed_in, &known, Some(&code), typed, wrong).answer()
}
