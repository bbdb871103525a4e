//! Where and when a page looks: the day and the unit of its address, and the pickers that change them.
//! Not for: counting there.

use std::borrow::Cow;
use std::sync::Arc;

use domain::orgs::UnitKind;
use domain::time::{Date, iso};
use service::ActError;
use service::progress::Ask;
use service::registry::{self, UnitLine, UnitView};

use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::visitor::{SignedIn, Visitor};

/// Name of the day in addresses.
pub(crate) const DAY: &str = "ngay";
/// Name of the unit in addresses.
pub(crate) const UNIT: &str = "don-vi";

/// Where and when, understood.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    visitor: Arc<Visitor>,
    /// The day of the figures.
    pub(crate) day: Date,
    /// The unit asked for, when there is one of that code on that day.
    pub(crate) unit: Option<Arc<UnitView>>,
    /// Where the trees of the person start.
    homes: Vec<Arc<UnitView>>,
    /// What of the address could not be followed.
    pub(crate) notices: Vec<String>,
}

impl Place {
    /// Reads the address; what cannot be followed becomes a notice.
    ///
    /// # Errors
    /// [`WebError`] when the person may not see units, or the database fails.
    pub(crate) async fn of(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<Self, WebError> {
        let lang = signed_in.lang();
        let day = asked.day(DAY).unwrap_or(signed_in.ctx.today);
        let mut notices = Vec::new();
        if let Some(typed) = asked.unreadable_day(DAY) {
            notices.push(lang.with("place-unreadable-day", &[("typed", typed.into()), ("day", lang.date(day).into())]));
        }
        let homes = known(registry::home_units(&state.services, &signed_in.ctx, day).await)?.unwrap_or_default();
        let unit = match asked.text(UNIT) {
            None => None,
            Some(code) => {
                let found = known(registry::unit(&state.services, &signed_in.ctx, code, day).await)?;
                let inside = found.filter(|unit| is_inside(unit, &homes, day));
                if inside.is_none() {
                    notices.push(lang.with("place-unknown-unit", &[("typed", code.into()), ("day", lang.date(day).into())]));
                }
                inside
            }
        };
        Ok(Self { visitor: Arc::clone(&signed_in.visitor), day, unit, homes, notices })
    }

    /// The question for figures.
    pub(crate) fn ask(&self) -> Ask {
        Ask { unit: self.unit_code().map(str::to_owned), ..Ask::on(self.day) }
    }

    /// The code of the unit, if one is asked for.
    pub(crate) fn unit_code(&self) -> Option<&str> {
        self.unit.as_ref().map(|unit| unit.unit.code.as_str())
    }

    /// Whether the trees of the person start at the unit of this code.
    pub(crate) fn is_home(&self, code: &str) -> bool {
        self.homes.iter().any(|home| home.unit.code == code)
    }

    /// Name of what is looked at.
    pub(crate) fn name(&self) -> String {
        let is_whole = || self.homes.iter().any(|home| home.unit.kind == UnitKind::Province);
        match &self.unit {
            Some(unit) => unit.unit.name.clone(),
            None if self.homes.is_empty() || is_whole() => self.visitor.province.clone(),
            None => names(&self.homes),
        }
    }

    /// An address that stays where and when this page is, with more pairs.
    pub(crate) fn link(&self, path: &str, more: &[(&str, Option<&str>)]) -> String {
        let day = self.day_in_address();
        let mut pairs = vec![(DAY, day.as_deref()), (UNIT, self.unit_code())];
        pairs.extend_from_slice(more);
        address(path, &pairs)
    }

    /// An address for another unit on the same day.
    pub(crate) fn link_to_unit(&self, path: &str, unit: Option<&str>, more: &[(&str, Option<&str>)]) -> String {
        let day = self.day_in_address();
        let mut pairs = vec![(DAY, day.as_deref()), (UNIT, unit)];
        pairs.extend_from_slice(more);
        address(path, &pairs)
    }

    fn day_in_address(&self) -> Option<String> {
        (self.day != self.visitor.today).then(|| iso(self.day))
    }

    /// The picker of the day alone, for pages that look at no unit; a unit of the address stays for the pages that do.
    pub(crate) fn day_picker(&self, path: &str, kept: &[(&'static str, Option<&str>)]) -> Picker<'_> {
        let mut picker = Picker { groups: Vec::new(), ..self.picker(path, kept) };
        picker.kept.extend(self.unit_code().map(|code| (UNIT, code.to_owned())));
        picker
    }

    /// The pickers; `kept` are other pairs of the address that stay.
    pub(crate) fn picker(&self, path: &str, kept: &[(&'static str, Option<&str>)]) -> Picker<'_> {
        Picker {
            path: path.to_owned(),
            day: self.visitor.lang.date(self.day),
            days: self.days(),
            is_today: self.day == self.visitor.today,
            today_link: self.today_link(path, kept),
            groups: self.groups(),
            kept: kept.iter().filter_map(|(name, value)| value.map(|v| (*name, v.to_owned()))).collect(),
        }
    }

    fn today_link(&self, path: &str, kept: &[(&str, Option<&str>)]) -> String {
        let mut pairs = vec![(UNIT, self.unit_code())];
        pairs.extend_from_slice(kept);
        address(path, &pairs)
    }

    /// Days that are often asked for.
    fn days(&self) -> Vec<(String, String)> {
        let lang = self.visitor.lang;
        let today = self.visitor.today;
        let month = today.replace_day(1).ok().and_then(Date::previous_day);
        let ends = (1..=3).filter_map(|back| domain::time::date(today.year() - back, 12, 31));
        let days = std::iter::once(("place-today", Some(today))).chain([("place-last-month", month)]);
        let days = days.chain(ends.map(|day| ("place-year-end", Some(day))));
        days.filter_map(|(key, day)| day.map(|day| (lang.date(day), lang.t(key)))).collect()
    }

    /// The units to choose from.
    pub(crate) fn groups(&self) -> Vec<Group<'_>> {
        let lang = self.visitor.lang;
        if self.homes.is_empty() {
            return Vec::new();
        }
        let chosen = self.unit_code();
        let mut groups = vec![Group { name: "", options: vec![whole(&self.homes, chosen)] }];
        if self.homes.len() > 1 {
            groups.push(Group::of("", self.homes.iter().map(|home| &home.unit), chosen));
        }
        if let Some(unit) = &self.unit {
            let depth = self.homes.iter().find(|home| lies_in(unit, home)).map_or(0, |home| home.path.len());
            let above: Vec<&UnitLine> = unit.path.iter().skip(depth).collect();
            groups.push(Group::of(lang.text("place-chosen"), above.into_iter(), chosen));
            groups.push(Group::of(lang.text("place-below"), unit.children.iter(), chosen));
        }
        for kind in UnitKind::ALL {
            groups.push(Group::of(lang.text(&format!("kind-{}", kind.code())), children(&self.homes).filter(|c| c.kind == *kind), None));
        }
        groups.retain(|group| !group.options.is_empty());
        groups
    }
}

fn whole(homes: &[Arc<UnitView>], chosen: Option<&str>) -> Choice<'static> {
    Choice { code: "", name: names(homes).into(), is_chosen: chosen.is_none() }
}

fn names(homes: &[Arc<UnitView>]) -> String {
    homes.iter().map(|home| home.unit.name.as_str()).collect::<Vec<_>>().join(" · ")
}

fn children(homes: &[Arc<UnitView>]) -> impl Iterator<Item = &UnitLine> {
    homes.iter().flat_map(|home| &home.children)
}

/// A missing unit is no failure of a page.
fn known<T>(result: Result<T, ActError>) -> Result<Option<T>, WebError> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(ActError::NotFound) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

fn is_inside(unit: &UnitView, homes: &[Arc<UnitView>], day: Date) -> bool {
    unit.unit.life.contains(day) && homes.iter().any(|home| lies_in(unit, home))
}

fn lies_in(unit: &UnitView, home: &UnitView) -> bool {
    unit.path.iter().any(|above| above.id == home.unit.id)
}

/// The pickers of day and unit, ready to print.
#[derive(Debug, Clone)]
pub(crate) struct Picker<'a> {
    pub(crate) path: String,
    /// As people write it.
    pub(crate) day: String,
    /// Days to choose from, with what they are.
    pub(crate) days: Vec<(String, String)>,
    pub(crate) is_today: bool,
    pub(crate) today_link: String,
    pub(crate) groups: Vec<Group<'a>>,
    pub(crate) kept: Vec<(&'static str, String)>,
}

/// Units of one kind.
#[derive(Debug, Clone)]
pub(crate) struct Group<'a> {
    pub(crate) name: &'static str,
    pub(crate) options: Vec<Choice<'a>>,
}

/// A unit to choose.
#[derive(Debug, Clone)]
pub(crate) struct Choice<'a> {
    pub(crate) code: &'a str,
    pub(crate) name: Cow<'a, str>,
    pub(crate) is_chosen: bool,
}

impl<'a> Group<'a> {
    fn of(name: &'static str, units: impl Iterator<Item = &'a UnitLine>, chosen: Option<&str>) -> Self {
        let option = |unit: &'a UnitLine| Choice {
            code: &unit.code,
            name: Cow::Borrowed(&unit.name),
            is_chosen: chosen == Some(unit.code.as_str()),
        };
        Self { name, options: units.map(option).collect() }
    }
}

/// Language of the place, for views built from it.
impl Place {
    pub(crate) fn lang(&self) -> Lang {
        self.visitor.lang
    }
}
