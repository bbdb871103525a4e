//! Posts of the catalogue as another machine tells them: what it does not say stays, what it says is nothing becomes nothing.
//! Not for: the rules of posts (`registry::posts`).

use domain::orgs::UnitKind;
use domain::people::PostGroup;
use domain::time::{Date, iso};
use serde_json::{Map, Value};
use store::read::changes;
use store::read::posts::{self, PostLine};
use store::write::register::PostCard;

use super::plan::{Plan, Planned};
use super::write::{Ask, OpDone, OpState, Subject, post_tag};
use crate::intake::{Change, Fault};
use crate::registry::{PostRefusal, post_faults};
use crate::{ActError, Ctx, Services};

/// A post to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PostWish {
    /// The known one.
    pub(super) known: Option<i64>,
    title: String,
    code: String,
    group: Option<PostGroup>,
    kinds: Vec<UnitKind>,
    from: Option<Date>,
    to: Option<Date>,
}

impl PostWish {
    /// As it is written.
    pub(super) fn card(&self) -> PostCard<'_> {
        PostCard {
            title: &self.title,
            code: Some(&self.code),
            group: self.group.map(PostGroup::code),
            kinds: &self.kinds,
            from: self.from,
            to: self.to,
        }
    }

    fn line(&self, place: usize) -> PostLine {
        // A new one has no key yet; a number below zero is nobody's.
        let id = self.known.unwrap_or(-1 - i64::try_from(place).unwrap_or(i64::MAX - 1));
        let (title, code, kinds) = (self.title.clone(), Some(self.code.clone()), self.kinds.clone());
        PostLine { id, title, code, group: self.group, kinds, from: self.from, to: self.to, people: 0 }
    }

    fn differences(&self, known: &PostLine) -> Vec<Change> {
        let kinds = |kinds: &[UnitKind]| Some(kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(" ")).filter(|k| !k.is_empty());
        let last = |to: Option<Date>| to.and_then(Date::previous_day).map(iso);
        let all = [
            ("title", Some(known.title.clone()), Some(self.title.clone())),
            ("code", known.code.clone(), Some(self.code.clone())),
            ("group", known.group.map(|g| g.code().to_owned()), self.group.map(|g| g.code().to_owned())),
            ("kinds", kinds(&known.kinds), kinds(&self.kinds)),
            ("from", known.from.map(iso), self.from.map(iso)),
            ("to", last(known.to), last(self.to)),
        ];
        all.into_iter().filter(|(_, before, after)| before != after).map(|(name, b, a)| (name.to_owned(), b, a)).collect()
    }
}

/// Judges the posts of a request, each as if those before it were written.
pub(super) async fn posts(
    services: &Services,
    ctx: &Ctx,
    ask: &Ask<'_>,
    plan: &mut Plan,
    slots: &mut [Option<Planned>],
    faults: &mut Vec<(usize, Fault)>,
) -> Result<(), ActError> {
    if ask.ops.iter().all(|op| op.subject != Subject::Post) {
        return Ok(());
    }
    let mut all = posts::all(&services.db, ctx.today).await?;
    for (place, op) in ask.ops.iter().enumerate().filter(|(_, op)| op.subject == Subject::Post) {
        let code = op.code.trim();
        let said = op.fields.get("title").and_then(Value::as_str).map(str::trim);
        // A title that joined the catalogue without a code gets its code in this way.
        let known = all.iter().find(|post| post.code.as_deref() == Some(code));
        let known = known.or_else(|| all.iter().find(|post| post.code.is_none() && Some(post.title.as_str()) == said)).cloned();
        let mut found = Vec::new();
        let wish = read(code, op.fields, known.as_ref(), &mut found);
        found.extend(judge(&all, &wish));
        faults.extend(found.into_iter().map(|fault| (place, fault)));
        let told = known.as_ref().map(|known| wish.differences(known)).unwrap_or_default();
        let state = match (&known, told.is_empty()) {
            (None, _) => OpState::Created,
            (Some(_), true) => OpState::Same,
            (Some(_), false) => OpState::Changed,
        };
        // The state is asked for by who puts one alone.
        let tag = match known.as_ref().filter(|known| known.id > 0) {
            Some(known) if ask.ops.len() > 1 => Some(post_tag(known.id, 0)),
            Some(known) => Some(post_tag(known.id, changes::newest_of_row(&services.db, "post", known.id).await?)),
            None => None,
        };
        let line = wish.line(place);
        all.retain(|post| post.id != line.id);
        all.push(line);
        if known.is_some_and(|known| known.id < 0) {
            faults.push((place, fault("code", code, "row_again").with("row", place.to_string())));
        }
        let done = OpDone { subject: Subject::Post, code: code.to_owned(), state, changes: Vec::new(), told, notes: Vec::new(), tag: None };
        if let Some(slot) = slots.get_mut(place) {
            *slot = Some(Planned { done, tag });
        }
        plan.posts.push((place, wish));
    }
    Ok(())
}

fn fault(field: &str, read: &str, code: &str) -> Fault {
    Fault::new("", workbooks::At::new(0, 0), field, read, code)
}

fn judge(all: &[PostLine], wish: &PostWish) -> Vec<Fault> {
    let one = |refusal: PostRefusal| match refusal {
        PostRefusal::NoTitle => Some(fault("title", "", "needed")),
        PostRefusal::TitleTaken => Some(fault("title", &wish.title, "title_taken")),
        PostRefusal::CodeTaken => Some(fault("code", &wish.code, "code_taken")),
        PostRefusal::EndsBeforeStart => Some(fault("to", &wish.to.map(iso).unwrap_or_default(), "ends_before_start")),
        // The whole request has one reason.
        PostRefusal::NoReason => None,
    };
    post_faults(all, wish.known, &wish.card()).into_iter().filter_map(one).collect()
}

const FIELDS: [&str; 6] = ["code", "title", "group", "kinds", "from", "to"];

fn read(code: &str, fields: &Map<String, Value>, known: Option<&PostLine>, faults: &mut Vec<Fault>) -> PostWish {
    let mut read = Read { fields, faults };
    read.unknown();
    if code.is_empty() || read.text("code").flatten().is_some_and(|said| said != code) {
        read.fault("code", "code_differs");
    }
    let title = read.text("title").map(Option::unwrap_or_default);
    PostWish {
        known: known.map(|known| known.id),
        title: title.or_else(|| known.map(|known| known.title.clone())).unwrap_or_default(),
        code: code.to_owned(),
        group: read.group().unwrap_or_else(|| known.and_then(|known| known.group)),
        kinds: read.kinds().unwrap_or_else(|| known.map(|known| known.kinds.clone()).unwrap_or_default()),
        from: read.day("from").unwrap_or_else(|| known.and_then(|known| known.from)),
        to: read.day("to").map(|to| to.and_then(Date::next_day)).unwrap_or_else(|| known.and_then(|known| known.to)),
    }
}

/// Values as they are said: `None` is not said, `Some(None)` is said to be nothing.
struct Read<'r> {
    fields: &'r Map<String, Value>,
    faults: &'r mut Vec<Fault>,
}

impl Read<'_> {
    fn fault(&mut self, field: &str, code: &str) {
        let read = self.fields.get(field).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        self.faults.push(fault(field, &read.unwrap_or_default(), code));
    }

    fn unknown(&mut self) {
        let names: Vec<String> = self.fields.keys().filter(|name| !FIELDS.contains(&name.as_str())).cloned().collect();
        for name in names {
            self.fault(&name, "unknown_field");
        }
    }

    /// A text, or nothing where it is said to be nothing or cannot be read; then a fault tells of it.
    fn text(&mut self, field: &str) -> Option<Option<String>> {
        match self.fields.get(field)? {
            Value::Null => Some(None),
            Value::String(text) if text.chars().count() <= 500 && !text.chars().any(char::is_control) => {
                Some(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
            }
            _ => {
                self.fault(field, "not_text");
                Some(None)
            }
        }
    }

    fn day(&mut self, field: &str) -> Option<Option<Date>> {
        let text = self.text(field)?;
        let day = text.as_deref().filter(|text| text.split('-').count() == 3).and_then(domain::time::parse);
        if text.is_some() && day.is_none() {
            self.fault(field, "bad_day");
        }
        Some(day)
    }

    fn not_a_code(&mut self, field: &str, known: &[&str]) {
        self.fault(field, "not_a_code");
        if let Some(fault) = self.faults.last_mut() {
            fault.params.push(("known".to_owned(), known.join(", ")));
        }
    }

    fn group(&mut self) -> Option<Option<PostGroup>> {
        let text = self.text("group")?;
        let group = text.as_deref().and_then(PostGroup::from_code);
        if text.is_some() && group.is_none() {
            self.not_a_code("group", &PostGroup::ALL.iter().map(|group| group.code()).collect::<Vec<_>>());
        }
        Some(group)
    }

    fn kinds(&mut self) -> Option<Vec<UnitKind>> {
        let said = match self.fields.get("kinds")? {
            Value::Null => Some(Vec::new()),
            Value::Array(items) => items.iter().map(|item| item.as_str().and_then(UnitKind::from_code)).collect(),
            _ => None,
        };
        if said.is_none() {
            self.not_a_code("kinds", &UnitKind::ALL.iter().map(|kind| kind.code()).collect::<Vec<_>>());
        }
        let said = said.unwrap_or_default();
        // In the order of the list, each once.
        Some(UnitKind::ALL.iter().copied().filter(|kind| said.contains(kind)).collect())
    }
}
