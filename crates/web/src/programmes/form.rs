//! The form of a text: read from what was typed, and shown from what is known; modules are rows with numbered names.
//! Not for: what a text must have (`domain::programmes`).

use domain::orgs::Level;
use domain::people::StaffKind;
use domain::programmes::{Course, MOST_MODULES, Module, Text};
use domain::training::{ContentGroup, Mode, Programme, TrainingKind};

use crate::form::Mistake;
use crate::form::sheet::Typed;
use crate::i18n::Lang;

/// Columns of a module that hold periods.
const PERIODS: [&str; 3] = ["theory", "practice", "self_study"];

/// The name of the box of a kind of staff.
pub(super) const fn box_of(staff: StaffKind) -> &'static str {
    match staff {
        StaffKind::CanBo => "staff_can_bo",
        StaffKind::CongChuc => "staff_cong_chuc",
        StaffKind::VienChuc => "staff_vien_chuc",
        StaffKind::KhongChuyenTrach => "staff_khong_chuyen_trach",
    }
}

/// A module as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TypedModule {
    pub(super) title: String,
    pub(super) theory: String,
    pub(super) practice: String,
    pub(super) self_study: String,
    pub(super) outcome: String,
}

impl TypedModule {
    fn is_empty(&self) -> bool {
        [&self.title, &self.theory, &self.practice, &self.self_study, &self.outcome].iter().all(|text| text.is_empty())
    }
}

/// The modules that were typed, in their order.
pub(super) fn modules(typed: &Typed) -> Vec<TypedModule> {
    let count = typed.text("modules").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0).min(MOST_MODULES + 1);
    let text = |place: usize, name: &str| typed.words(&format!("m{place}_{name}")).to_owned();
    let one = |place| TypedModule {
        title: text(place, "title"),
        theory: text(place, "theory"),
        practice: text(place, "practice"),
        self_study: text(place, "self_study"),
        outcome: text(place, "outcome"),
    };
    (0..count).map(one).collect()
}

/// A text as a filled-in form.
pub(super) fn typed(text: &Text) -> (Typed, Vec<TypedModule>) {
    let number = |n: i32| if n == 0 { String::new() } else { n.to_string() };
    let fields = [
        ("title", text.title.clone()),
        ("kind", text.kind.to_string()),
        ("content", text.content.to_string()),
        ("programme", text.programme.map(|code| code.to_string()).unwrap_or_default()),
        ("course", text.course.map(|code| code.to_string()).unwrap_or_default()),
        ("level", text.level.map(|code| code.to_string()).unwrap_or_default()),
        ("audience", text.audience.clone()),
        ("periods", number(text.periods)),
        ("days", number(text.days)),
        ("mode", text.mode.to_string()),
        ("outcomes", text.outcomes.clone()),
        ("legal_basis", text.legal_basis.clone()),
        ("partner", text.partner.clone()),
    ];
    let boxes = text.staff.iter().map(|staff| (box_of(*staff), "1".to_owned()));
    let module = |m: &Module| TypedModule {
        title: m.title.clone(),
        theory: number(m.theory),
        practice: number(m.practice),
        self_study: number(m.self_study),
        outcome: m.outcome.clone(),
    };
    (Typed::of(fields.into_iter().chain(boxes)), text.modules.iter().map(module).collect())
}

fn number(lang: Lang, field: &str, typed: &str, mistakes: &mut Vec<Mistake>) -> i32 {
    if typed.is_empty() {
        return 0;
    }
    typed.parse().unwrap_or_else(|_| {
        mistakes.push(Mistake::new(field, lang.with("programme-odd-number", &[("typed", typed.to_owned().into())])));
        0
    })
}

/// The text that was typed; rows of modules with nothing in them are left out.
pub(super) fn read(lang: Lang, typed: &Typed, mistakes: &mut Vec<Mistake>) -> Text {
    let mut all = Vec::new();
    for (place, module) in modules(typed).into_iter().enumerate().filter(|(_, module)| !module.is_empty()) {
        let [theory, practice, self_study] =
            PERIODS.map(|name| number(lang, &format!("m{place}_{name}"), typed.words(&format!("m{place}_{name}")), mistakes));
        all.push(Module { title: module.title, theory, practice, self_study, outcome: module.outcome });
    }
    let words = |name: &str| typed.words(name).replace("\r\n", "\n");
    Text {
        title: words("title"),
        kind: typed.code("kind", TrainingKind::from_code).unwrap_or(TrainingKind::Training),
        content: typed.code("content", ContentGroup::from_code).unwrap_or(ContentGroup::Other),
        programme: typed.code("programme", Programme::from_code),
        course: typed.code("course", Course::from_code),
        staff: StaffKind::ALL.iter().copied().filter(|staff| typed.is_ticked(box_of(*staff))).collect(),
        level: typed.code("level", Level::from_code),
        audience: words("audience"),
        periods: number(lang, "periods", typed.words("periods"), mistakes),
        days: number(lang, "days", typed.words("days"), mistakes),
        mode: typed.code("mode", Mode::from_code).unwrap_or(Mode::InPerson),
        outcomes: words("outcomes"),
        legal_basis: words("legal_basis"),
        partner: words("partner"),
        modules: all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_back() {
        let fields = [
            ("title", "A"),
            ("periods", "12"),
            ("staff_can_bo", "1"),
            ("modules", "3"),
            ("m0_title", "B"),
            ("m0_theory", "4"),
            ("m2_title", "C"),
        ];
        let mut mistakes = Vec::new();
        let text = read(Lang::En, &Typed::of(fields.map(|(name, text)| (name, text.to_owned()))), &mut mistakes);
        assert_eq!((text.modules.len(), text.modules[0].theory, text.staff.len(), text.periods), (2, 4, 1, 12));
        let (_, shown) = typed(&text);
        assert_eq!((shown.len(), shown[0].theory.as_str()), (2, "4"));
        assert!(mistakes.is_empty());
    }
}
