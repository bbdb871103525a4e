//! The form of a line: its fields, what stands in them, and reading what was typed.
//! Not for: judging it (`domain::plans::check`).

use domain::ids::{OfficialId, ProgrammeId};
use domain::people::{Degree, LeaderGroup, StaffKind, StudyField};
use domain::plans::{Agency, Line, MoneySource, Months, Seats, TopicRef};
use domain::text::fold;
use domain::time::Date;
use domain::training::{ClassForm, ContentGroup, Mode, Programme};
use service::plans::{Known, rows};

use crate::form::Mistake;
use crate::form::sheet::{Field, Kind, Typed, choices};
use crate::i18n::Lang;
use crate::units::reorganise::unit_meant;

/// Parts of a choice of a topic.
const OF: &str = "|";
/// What stands for any unit.
const ANYWHERE: &str = "*";

/// The fields.
pub(super) fn of(lang: Lang, known: &Known) -> Vec<Field> {
    let needed = |name, how| Field::needed(lang, "plan-line", name, how);
    let maybe = |name, how| Field::new(lang, "plan-line", name, how);
    let hinted = |field: Field, key: &str| field.hint(lang.t(key));
    let none = || (String::new(), lang.t("sheet-none"));
    let topics = known.schemes.iter().flat_map(|stored| {
        let scheme = &stored.scheme;
        scheme.topics.iter().map(move |topic| {
            let code = format!("{}{OF}{}", scheme.code, topic.code);
            (code, format!("{} · {} {}", scheme.code, topic.code, lang.of(&topic.title)))
        })
    });
    let programmes =
        known.programmes.iter().map(|programme| (programme.id.to_string(), format!("{} · {}", programme.code, programme.title)));
    let agencies = known.schemes.iter().flat_map(|stored| &stored.scheme.actors);
    let mut agencies: Vec<String> = agencies.map(|actor| format!("{} · {}", actor.code, lang.of(&actor.title))).collect();
    agencies.sort();
    agencies.dedup();
    vec![
        Field::new(lang, "plan-line", "revision", Kind::Hidden),
        hinted(maybe("words", Kind::Line), "plan-line-words-hint"),
        maybe("topic", Kind::Choice(std::iter::once(none()).chain(topics).collect())),
        maybe("programme", Kind::Choice(std::iter::once(none()).chain(programmes).collect())),
        hinted(maybe("named", choices(lang, "programme", Programme::ALL.iter().map(|c| c.code()), true)), "plan-line-named-hint"),
        maybe("content", choices(lang, "content", ContentGroup::ALL.iter().map(|c| c.code()), true)),
        needed("form", choices(lang, "form", ClassForm::ALL.iter().map(|c| c.code()), false)),
        maybe("degree", choices(lang, "degree", Degree::ALL.iter().map(|c| c.code()), true)),
        maybe("field", choices(lang, "field", StudyField::ALL.iter().map(|c| c.code()), true)),
        needed("classes", Kind::Short),
        needed("class_size", Kind::Short),
        hinted(maybe("seats", Kind::Lines), "plan-line-seats-hint"),
        hinted(maybe("officials", Kind::Lines), "plan-line-officials-hint"),
        needed("year", Kind::Short),
        hinted(needed("months", Kind::Short), "plan-line-months-hint"),
        maybe("place", Kind::Line),
        hinted(maybe("cluster", Kind::Lines), "plan-line-cluster-hint"),
        needed("mode", choices(lang, "mode", Mode::ALL.iter().map(|c| c.code()), false)),
        maybe("days", Kind::Short),
        maybe("periods", Kind::Short),
        maybe("abroad", Kind::Tick),
        hinted(maybe("lead", Kind::Offered(agencies)), "plan-line-lead-hint"),
        hinted(maybe("with", Kind::Lines), "plan-line-with-hint"),
        hinted(maybe("cost", Kind::Short), "plan-line-cost-hint"),
        maybe("cost_basis", Kind::Line),
        needed("source", choices(lang, "plan-source", MoneySource::ALL.iter().map(|c| c.code()), true)),
        maybe("note", Kind::Words),
    ]
}

/// A line as it stands in the form; staff codes only of officials whom the asker may see.
pub(super) fn typed(line: &Line, known: &Known, revision: i32) -> Typed {
    let unit =
        |unit: &domain::ids::UnitId| known.names.unit(*unit).map(|unit| format!("{} · {}", unit.code, unit.name)).unwrap_or_default();
    let agency = |agency: &Agency| match agency {
        Agency::Actor(code) => code.clone(),
        Agency::Unit(id) => unit(id),
    };
    let seats = |seats: &Seats| {
        let who = [
            Some(seats.unit.map_or_else(|| ANYWHERE.to_owned(), |id| unit(&id))),
            seats.staff.map(|staff| staff.code().to_owned()),
            seats.group.map(|group| group.code().to_owned()),
        ];
        format!("{}: {}", who.into_iter().flatten().collect::<Vec<_>>().join(" / "), seats.people)
    };
    let lines = |lines: Vec<String>| lines.join("\n");
    let officials = known.officials.iter().filter(|named| line.officials.contains(&named.id)).map(|named| named.code.clone());
    let mut typed = Typed::of([
        ("revision", revision.to_string()),
        ("words", line.words.clone()),
        ("topic", line.topic.as_ref().map(|topic| format!("{}{OF}{}", topic.scheme, topic.code)).unwrap_or_default()),
        ("programme", line.programme.map(|id| id.to_string()).unwrap_or_default()),
        ("named", line.named.map(|c| c.code().to_owned()).unwrap_or_default()),
        ("content", line.content.map(|c| c.code().to_owned()).unwrap_or_default()),
        ("form", line.form.code().to_owned()),
        ("degree", line.degree.map(|c| c.code().to_owned()).unwrap_or_default()),
        ("field", line.field.map(|c| c.code().to_owned()).unwrap_or_default()),
        ("classes", line.classes.to_string()),
        ("class_size", line.class_size.to_string()),
        ("seats", lines(line.seats.iter().map(seats).collect())),
        ("officials", lines(officials.collect())),
        ("year", line.year.to_string()),
        ("months", rows::months(&line.months)),
        ("place", line.place.clone()),
        ("cluster", lines(line.cluster.iter().map(unit).collect())),
        ("mode", line.mode.code().to_owned()),
        ("days", line.days.to_string()),
        ("periods", line.periods.to_string()),
        ("lead", line.lead.as_ref().map(agency).unwrap_or_default()),
        ("with", lines(line.with.iter().map(agency).collect())),
        ("cost", line.cost.to_string()),
        ("cost_basis", line.cost_basis.clone()),
        ("source", line.source.map(|c| c.code().to_owned()).unwrap_or_default()),
        ("note", line.note.clone()),
    ]);
    if line.abroad {
        typed.put("abroad".to_owned(), "1".to_owned());
    }
    typed
}

/// Staff codes that were typed.
pub(super) fn staff_codes(typed: &Typed) -> Vec<String> {
    let codes = typed.words("officials").split(|c: char| c.is_whitespace() || c == ',' || c == ';');
    codes.filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// Reads a line; what cannot be read is a mistake at its field.
pub(super) struct Reader<'a> {
    pub(super) lang: Lang,
    pub(super) known: &'a Known,
    pub(super) typed: &'a Typed,
    /// Officials by staff code.
    pub(super) officials: &'a [(String, OfficialId)],
    pub(super) today: Date,
    pub(super) mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    /// The line with a key; officials of the line before it whom the asker may not see stay.
    pub(super) fn line(&mut self, key: u32, before: Option<&Line>) -> Line {
        let typed = self.typed;
        let topic = typed.text("topic").and_then(|text| text.split_once(OF));
        Line {
            key,
            topic: topic.map(|(scheme, code)| TopicRef { scheme: scheme.to_owned(), code: code.to_owned() }),
            words: typed.words("words").to_owned(),
            programme: typed.text("programme").and_then(|text| text.parse().ok()).map(ProgrammeId),
            named: typed.code("named", Programme::from_code),
            content: typed.code("content", ContentGroup::from_code),
            form: typed.code("form", ClassForm::from_code).unwrap_or(ClassForm::Class),
            degree: typed.code("degree", Degree::from_code),
            field: typed.code("field", StudyField::from_code),
            classes: self.number("classes"),
            class_size: self.number("class_size"),
            seats: self.seats(),
            officials: self.officials(before),
            year: i32::try_from(self.number("year")).unwrap_or(0),
            months: self.months(),
            place: typed.words("place").to_owned(),
            cluster: typed.lines("cluster").collect::<Vec<_>>().into_iter().filter_map(|text| self.unit("cluster", text)).collect(),
            mode: typed.code("mode", Mode::from_code).unwrap_or(Mode::InPerson),
            days: self.number("days"),
            periods: self.number("periods"),
            abroad: typed.is_ticked("abroad"),
            lead: typed.text("lead").and_then(|text| self.agency("lead", text)),
            with: typed.lines("with").collect::<Vec<_>>().into_iter().filter_map(|text| self.agency("with", text)).collect(),
            cost: self.cost(),
            cost_basis: typed.words("cost_basis").to_owned(),
            source: typed.code("source", MoneySource::from_code),
            note: typed.words("note").to_owned(),
        }
    }

    fn wrong(&mut self, field: &str, key: &str, text: &str) {
        self.mistakes.push(Mistake::new(field, self.lang.with(key, &[("typed", text.to_owned().into())])));
    }

    fn number(&mut self, field: &str) -> u32 {
        let Some(text) = self.typed.text(field) else { return 0 };
        let number = text.parse().ok();
        if number.is_none() {
            self.wrong(field, "plans-bad-number", text);
        }
        number.unwrap_or(0)
    }

    /// Đồng, with dots, commas or blanks between thousands.
    fn cost(&mut self) -> i64 {
        let Some(text) = self.typed.text("cost") else { return 0 };
        let plain: String = text.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}' | 'đ')).collect();
        let cost = plain.parse().ok();
        if cost.is_none() {
            self.wrong("cost", "plans-bad-number", text);
        }
        cost.unwrap_or(0)
    }

    fn unit(&mut self, field: &str, text: &str) -> Option<domain::ids::UnitId> {
        unit_meant(&self.known.names, self.lang, (field, text), self.today, &mut self.mistakes)
    }

    /// An actor of a scheme by its code, else a unit.
    fn agency(&mut self, field: &str, text: &str) -> Option<Agency> {
        let code = text.split(" · ").next().unwrap_or(text).trim();
        let is_actor = self.known.schemes.iter().flat_map(|stored| &stored.scheme.actors).any(|actor| actor.code == code);
        if is_actor { Some(Agency::Actor(code.to_owned())) } else { self.unit(field, text).map(Agency::Unit) }
    }

    /// One line for each place: unit, and if it matters kind of staff and group, then how many.
    fn seats(&mut self) -> Vec<Seats> {
        let typed = self.typed;
        let lines = typed.words("seats").split('\n').map(str::trim).filter(|line| !line.is_empty());
        lines.filter_map(|line| self.places(line)).collect()
    }

    fn places(&mut self, line: &str) -> Option<Seats> {
        let Some((who, people)) = line.rsplit_once(':').and_then(|(who, people)| Some((who, people.trim().parse().ok()?))) else {
            self.wrong("seats", "plans-bad-seats", line);
            return None;
        };
        let mut parts = who.split(" / ").map(str::trim);
        let unit = parts.next().filter(|text| !text.is_empty() && *text != ANYWHERE);
        let mut seats = Seats { unit: None, staff: None, group: None, people };
        for part in parts {
            match (StaffKind::from_code(part).or_else(|| self.staff(part)), LeaderGroup::from_code(&part.to_lowercase())) {
                (Some(staff), _) => seats.staff = Some(staff),
                (None, Some(group)) => seats.group = Some(group),
                (None, None) => {
                    self.wrong("seats", "plans-bad-seats", line);
                    return None;
                }
            }
        }
        match unit {
            None => Some(seats),
            Some(text) => self.unit("seats", text).map(|unit| Seats { unit: Some(unit), ..seats }),
        }
    }

    fn staff(&self, text: &str) -> Option<StaffKind> {
        let is_called = |staff: &StaffKind| fold(&self.lang.code_text("staff", staff.code())) == fold(text);
        StaffKind::ALL.iter().copied().find(is_called)
    }

    fn officials(&mut self, before: Option<&Line>) -> Vec<OfficialId> {
        let seen = |id: &OfficialId| self.known.officials.iter().any(|named| named.id == *id);
        let kept = before.map(|line| line.officials.iter().filter(|id| !seen(id)).copied().collect()).unwrap_or_default();
        let mut found: Vec<OfficialId> = kept;
        for code in staff_codes(self.typed) {
            match self.officials.iter().find(|(known, _)| *known == code) {
                Some((_, id)) if !found.contains(id) => found.push(*id),
                Some(_) => {}
                None => self.wrong("officials", "plans-no-such-official", &code),
            }
        }
        found
    }

    /// `3-4; 6`: months from and to, one span for each class or one for all.
    fn months(&mut self) -> Vec<Months> {
        let typed = self.typed;
        let Some(text) = typed.text("months") else { return Vec::new() };
        let span = |part: &str| {
            let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
            Some(Months { from: from.trim().parse().ok()?, to: to.trim().parse().ok()? })
        };
        let spans: Option<Vec<Months>> = text.split([';', ',']).map(str::trim).filter(|part| !part.is_empty()).map(span).collect();
        if spans.is_none() {
            self.wrong("months", "plans-bad-months", text);
        }
        spans.unwrap_or_default()
    }
}
