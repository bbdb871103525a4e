//! `/nhan-su/bo-loc`: every filter of the list with the number of people beside each choice. A page of its own, and a part of the list
//! when a script asks for it; the list itself stays cheap.
//! Not for: the list (`people`).

use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::lists::{AgeBand, Ages, Care, Filter, Held, Working, levels};
use domain::orgs::Level;
use domain::people::{LeaderGroup, Leadership, QualificationKind, Sex, StaffKind, StudyField};
use domain::register::ETHNIC_GROUPS;
use domain::training::{ContentGroup, TrainingKind};
use service::registry::{self, Counted, Facets, PeopleAsk, PrivateFacets};
use service::schemes;

use super::filters::Pair;
use super::{LIST, Listed, chips};
use crate::AppState;
use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::i18n::Lang;
use crate::place::{Place, UNIT};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// How long the page waits for the counts; a province has them long before.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Template)]
#[template(path = "people/panel_page.html")]
struct PanelPage {
    shell: Shell,
    back: String,
    panel: Panel,
}

/// The form.
#[derive(Template)]
#[template(path = "people/panel.html")]
struct Panel {
    lang: Lang,
    /// Where the counts will be, while they are not there yet.
    counts_later: Option<String>,
    clear: String,
    hidden: Vec<Pair>,
    sets: Vec<Set>,
    papers: Vec<Paper>,
    working: Vec<Choice>,
    training: Training,
    /// None for who may not ask for ages and ethnic groups.
    private: Option<Private>,
}

/// Choices of one question, of which several may be ticked.
struct Set {
    name: &'static str,
    legend: String,
    is_open: bool,
    choices: Vec<Choice>,
}

struct Choice {
    value: String,
    text: String,
    count: Option<String>,
    is_chosen: bool,
}

/// A kind of qualification: what is held and what is missing.
struct Paper {
    kind: &'static str,
    name: String,
    holds: Vec<Choice>,
    lacks: Vec<Choice>,
}

struct Training {
    did: Vec<Choice>,
    from: String,
    to: String,
    kinds: Vec<Choice>,
    contents: Vec<Choice>,
    topics: Vec<(String, Vec<Choice>)>,
}

struct Private {
    from: String,
    to: String,
    /// A band of age, its list, and how many.
    bands: Vec<(String, String, Option<String>)>,
    ethnic_groups: Set,
    purpose: String,
}

/// The filter.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let place = Place::of(&state, &signed_in, &asked).await?;
    let listed = Listed::of(&place, &asked, &signed_in);
    let counted = counted(&state, &signed_in, &listed.ask).await?;
    let topics = topics(&state, &signed_in, &listed.ask.filter).await?;
    let panel = match counted {
        Counted::Ready(facets) => Making { lang, listed: &listed, place: &place, facets: &facets, is_counted: true }.panel(topics),
        Counted::Later { is_keeper } => {
            let facets = Facets { private: is_keeper.then(PrivateFacets::default), ..Facets::default() };
            Making { lang, listed: &listed, place: &place, facets: &facets, is_counted: false }.panel(topics)
        }
    };
    if headers.contains_key("hx-request") {
        return shell::page(&panel);
    }
    let back = listed.same(LIST, &place, None);
    shell::page(&PanelPage { shell: Shell::new(&signed_in.visitor, &lang.t("list-panel")).on(listed.ask.on), back, panel })
}

/// Without a purpose the sensitive part of the question is not counted along.
async fn counted(state: &AppState, signed_in: &SignedIn, ask: &PeopleAsk) -> Result<Counted, WebError> {
    if let Ok(counted) = refused(registry::facets_within(&state.services, &signed_in.ctx, ask, PATIENCE).await)? {
        return Ok(counted);
    }
    let mut open = ask.clone();
    open.filter.ethnic_groups.clear();
    refused(registry::facets_within(&state.services, &signed_in.ctx, &open, PATIENCE).await)?.map_err(|_| WebError::NotFound)
}

/// Topics of the schemes in force, by scheme.
async fn topics(state: &AppState, signed_in: &SignedIn, filter: &Filter) -> Result<Vec<(String, Vec<Choice>)>, WebError> {
    let lang = signed_in.lang();
    if !signed_in.ctx.may(domain::roles::Act::ViewProgress) {
        return Ok(Vec::new());
    }
    let chosen = filter.trained.as_ref().and_then(|asked| asked.topic.as_ref());
    let followed = schemes::in_force(&state.services, &signed_in.ctx).await?;
    let of = |stored: &std::sync::Arc<schemes::Stored>| {
        let scheme = &stored.scheme;
        let choice = |topic: &domain::schemes::Topic| Choice {
            value: format!("{}/{}", scheme.code, topic.code),
            text: format!("{} {}", topic.code, lang.of(&topic.title)),
            count: None,
            is_chosen: chosen.is_some_and(|(code, own)| *code == scheme.code && *own == topic.code),
        };
        (lang.of(&scheme.title).to_owned(), scheme.topics.iter().map(choice).collect::<Vec<_>>())
    };
    Ok(followed.iter().map(of).filter(|(_, topics)| !topics.is_empty()).collect())
}

struct Making<'a> {
    lang: Lang,
    listed: &'a Listed,
    place: &'a Place,
    facets: &'a Facets,
    /// Before the counts are there, every choice is offered without one.
    is_counted: bool,
}

impl Making<'_> {
    fn panel(&self, topics: Vec<(String, Vec<Choice>)>) -> Panel {
        let (lang, ask) = (self.lang, &self.listed.ask);
        let nothing = Filter::default();
        let mut hidden: Vec<Pair> = self.listed.pairs(&nothing).into_iter().filter(|(_, value)| !value.is_empty()).collect();
        hidden.extend(self.place.unit_code().map(|code| (UNIT, code.to_owned())));
        hidden.push((crate::place::DAY, lang.date(ask.on)));
        Panel {
            lang,
            counts_later: (!self.is_counted).then(|| self.listed.same(super::PANEL, self.place, None)),
            clear: self.listed.link(LIST, self.place, &nothing, &[]),
            hidden,
            sets: self.sets(),
            papers: QualificationKind::ALL.iter().map(|kind| self.paper(*kind)).collect(),
            working: self.working(),
            training: self.training(topics),
            private: self.facets.private.as_ref().map(|private| self.private(private)),
        }
    }

    fn set(&self, name: &'static str, key: &str, choices: Vec<Choice>) -> Set {
        let is_open = choices.iter().any(|choice| choice.is_chosen);
        Set { name, legend: self.lang.t(key), is_open, choices }
    }

    fn number(&self, count: i64) -> Option<String> {
        self.is_counted.then(|| self.lang.number(count))
    }

    /// A choice with its count; one that keeps nobody is left out unless it is chosen.
    fn choice(&self, value: &str, text: String, count: i64, is_chosen: bool) -> Option<Choice> {
        let choice = Choice { value: value.to_owned(), text, count: self.number(count), is_chosen };
        (count > 0 || is_chosen || !self.is_counted).then_some(choice)
    }

    fn sets(&self) -> Vec<Set> {
        let (lang, facets, filter) = (self.lang, self.facets, &self.listed.ask.filter);
        let count = |found: Option<&i64>| found.copied().unwrap_or_default();
        let staff = StaffKind::ALL.iter().filter_map(|s| {
            self.choice(s.code(), word(lang, "person-staff", s.code()), count(facets.staff.get(s)), filter.staff.contains(s))
        });
        let posts = Leadership::ALL.iter().filter_map(|l| {
            let text = word(lang, "person-leadership", l.code());
            self.choice(l.code(), text, count(facets.leaderships.get(l)), filter.leaderships.contains(l))
        });
        let groups = LeaderGroup::ALL
            .iter()
            .filter_map(|g| self.choice(g.code(), word(lang, "group", g.code()), count(facets.groups.get(g)), filter.groups.contains(g)));
        let fields = StudyField::ALL
            .iter()
            .filter_map(|f| self.choice(f.code(), word(lang, "field", f.code()), count(facets.fields.get(f)), filter.fields.contains(f)));
        let levels = Level::ALL
            .iter()
            .filter_map(|l| self.choice(l.code(), word(lang, "level", l.code()), count(facets.levels.get(l)), filter.levels.contains(l)));
        let mut sets = vec![self.set("loai", "official-staff", staff.collect()), self.set("gioi", "official-sex", self.sexes())];
        let leaders = self.choice("1", lang.t("official-leaders"), facets.leaders, filter.leaders);
        sets.push(self.set("lanh-dao", "list-leaders", leaders.into_iter().collect()));
        sets.push(self.set("chuc-vu", "official-leadership", posts.collect()));
        sets.push(self.set("nhom", "list-group", groups.collect()));
        sets.push(self.set("cap", "list-level", levels.collect()));
        sets.push(self.set("ngach", "list-grade", self.grades()));
        sets.push(self.set("nganh", "list-field", fields.collect()));
        sets.retain(|set| !set.choices.is_empty());
        sets
    }

    fn sexes(&self) -> Vec<Choice> {
        let choice = |sex: &Sex| {
            let count = self.facets.sexes.get(sex).copied().unwrap_or_default();
            self.choice(sex.code(), word(self.lang, "person-sex", sex.code()), count, self.listed.ask.filter.sex == Some(*sex))
        };
        Sex::ALL.iter().filter_map(choice).collect()
    }

    fn grades(&self) -> Vec<Choice> {
        let chosen = &self.listed.ask.filter.grades;
        let known = self.facets.grades.iter().map(|(grade, count)| (grade, *count));
        let lost = chosen.iter().filter(|grade| !self.facets.grades.contains_key(*grade)).map(|grade| (grade, 0));
        known.chain(lost).filter_map(|(grade, count)| self.choice(grade, grade.clone(), count, chosen.contains(grade))).collect()
    }

    fn paper(&self, kind: QualificationKind) -> Paper {
        let filter = &self.listed.ask.filter;
        let all = || std::iter::once(Some(Held::any(kind))).chain(levels(kind).iter().map(|level| Held::at_least(kind, level))).flatten();
        let text = |held: Held, any: &str, least: &str| match chips::level(self.lang, held) {
            None => self.lang.t(any),
            Some(level) => self.lang.with(least, &[("level", level.into())]),
        };
        let choices = |counts: &std::collections::BTreeMap<Held, i64>, chosen: &[Held], any: &str, least: &str| {
            let count = |held: &Held| counts.get(held).copied().unwrap_or_default();
            all().filter_map(|held| self.choice(&held.code(), text(held, any, least), count(&held), chosen.contains(&held))).collect()
        };
        Paper {
            kind: kind.code(),
            name: word(self.lang, "person-qualification", kind.code()),
            holds: choices(&self.facets.holds, &filter.holds, "list-holds-any", "list-holds-least"),
            lacks: choices(&self.facets.lacks, &filter.lacks, "list-lacks-any", "list-lacks-least"),
        }
    }

    fn working(&self) -> Vec<Choice> {
        let chosen = self.listed.ask.filter.working.unwrap_or(Working::AtWork);
        let counts = [self.facets.working.0, self.facets.working.1];
        let choice = |(working, count): (&Working, i64)| Choice {
            value: working.code().to_owned(),
            text: self.lang.code_text("list-working", working.code()),
            count: self.number(count),
            is_chosen: *working == chosen,
        };
        Working::ALL.iter().zip(counts).map(choice).collect()
    }

    fn training(&self, topics: Vec<(String, Vec<Choice>)>) -> Training {
        let (lang, asked) = (self.lang, self.listed.ask.filter.trained.as_ref());
        let plain = |value: &str, text: String, is_chosen: bool| Choice { value: value.to_owned(), text, count: None, is_chosen };
        let counts = self.facets.trained;
        let did = |value: &str, key: &str, count: Option<i64>, is_chosen: bool| Choice {
            count: count.map(|count| lang.number(count)),
            ..plain(value, lang.t(key), is_chosen)
        };
        Training {
            did: vec![
                did("roi", "list-trained", counts.map(|c| c.0), asked.is_some_and(|a| a.did)),
                did("chua", "list-not-trained", counts.map(|c| c.1), asked.is_some_and(|a| !a.did)),
            ],
            from: asked.and_then(|a| a.from).map(|day| lang.date(day)).unwrap_or_default(),
            to: asked.and_then(|a| a.to).map(|day| lang.date(day)).unwrap_or_default(),
            kinds: TrainingKind::ALL
                .iter()
                .map(|k| plain(k.code(), word(lang, "training", k.code()), asked.is_some_and(|a| a.kind == Some(*k))))
                .collect(),
            contents: ContentGroup::ALL
                .iter()
                .map(|c| plain(c.code(), word(lang, "content", c.code()), asked.is_some_and(|a| a.content == Some(*c))))
                .collect(),
            topics,
        }
    }

    fn private(&self, private: &registry::PrivateFacets) -> Private {
        let (lang, ask) = (self.lang, &self.listed.ask);
        let count = |band: &AgeBand| self.number(private.bands.get(band).copied().unwrap_or_default());
        let band = |band: &AgeBand| {
            let (from, to) = band.ages();
            let filter = Filter { ages: Ages { from: Some(from), to: Some(to) }, ..ask.filter.clone() };
            (lang.code_text("list-band", band.code()), self.listed.link(LIST, self.place, &filter, &[]), count(band))
        };
        Private {
            from: ask.filter.ages.from.map(|age| age.to_string()).unwrap_or_default(),
            to: ask.filter.ages.to.map(|age| age.to_string()).unwrap_or_default(),
            bands: AgeBand::ALL.iter().map(band).collect(),
            ethnic_groups: self.set("dan-toc", "official-ethnicity", self.ethnic_groups(private)),
            purpose: if ask.care() == Care::Sensitive { ask.purpose.clone() } else { String::new() },
        }
    }

    fn ethnic_groups(&self, private: &registry::PrivateFacets) -> Vec<Choice> {
        let chosen = &self.listed.ask.filter.ethnic_groups;
        let choice = |group: i32| {
            let (value, count) = (group.to_string(), private.ethnic_groups.get(&group).copied().unwrap_or_default());
            self.choice(&value, self.lang.code_text("ethnicity", &value), count, chosen.contains(&group))
        };
        ETHNIC_GROUPS.filter_map(choice).collect()
    }
}
