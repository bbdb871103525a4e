//! A scheme as canonical text: the same scheme always gives the same file, and reading it back gives the same scheme.
//! Not for: comments; those live only in hand-written files.

mod standards;

pub use standards::write_standard;

use domain::schemes::filters::DatedBy;
use domain::schemes::targets::{Inner, InnerFilter};
use domain::schemes::{
    Did, Due, EventFilter, Measure, PersonFilter, Population, QualificationFilter, Quota, QuotaAgency, QuotaCounts, RecordFilter,
    Recurrence, Rule, Scheme, Target, Task, Title, TopicScope,
};
use domain::time::{Date, Interval, dmy};

use crate::coded::Coded;
use crate::filters::ANY_TOPIC;

/// The text of a scheme.
#[must_use]
pub fn write(scheme: &Scheme) -> String {
    let mut file = Lines::default();
    head(&mut file, scheme);
    for target in &scheme.targets {
        target_lines(&mut file, target);
    }
    for topic in &scheme.topics {
        file.open("topics", &topic.code, &topic.section);
        file.put("area", title(&topic.area));
        file.put("title", title(&topic.title));
        file.put("lead", text(&topic.lead));
        file.put_unless_empty("with", &topic.with);
    }
    for quota in &scheme.quotas {
        quota_lines(&mut file, quota);
    }
    for task in &scheme.tasks {
        task_lines(&mut file, task);
    }
    for rule in &scheme.rules {
        file.open("rules", &rule.code, &rule.section);
        file.put("title", title(&rule.title));
        if !rule.values.is_empty() {
            let values: Vec<String> = rule.values.iter().map(|(name, value)| format!("{} = {value}", key(name))).collect();
            file.put("values", format!("{{ {} }}", values.join(", ")));
        }
    }
    file.0
}

fn head(file: &mut Lines, scheme: &Scheme) {
    file.put("code", text(&scheme.code));
    if !scheme.number.is_empty() {
        file.put("number", text(&scheme.number));
    }
    file.put("type", text(&scheme.document_type));
    file.put("title", title(&scheme.title));
    file.put("issuer", title(&scheme.issuer));
    if let Some(day) = scheme.signed_on {
        file.put("signed_on", date(day));
    }
    if !scheme.signed_note.is_empty() {
        file.put("signed_note", text(&scheme.signed_note));
    }
    file.put("phase", span(scheme.phase));
    if let Some(under) = &scheme.under {
        file.put("under", text(under));
    }
    file.put_unless_empty("legal_basis", &scheme.legal_basis);
    if !scheme.actors.is_empty() {
        let actors: Vec<String> =
            scheme.actors.iter().map(|a| format!("  {{ code = {}, title = {} }},\n", text(&a.code), title(&a.title))).collect();
        file.put("actors", format!("[\n{}]", actors.concat()));
    }
}

fn target_lines(file: &mut Lines, target: &Target) {
    file.open("targets", &target.code, &target.section);
    file.put("title", title(&target.title));
    if target.aspiration {
        file.put("aspiration", "true");
    }
    file.put("phase", span(target.phase));
    file.put("recurrence", recurrence(target.recurrence));
    file.put("class_size", target.class_size.to_string());
    file.put("threshold", threshold(target.threshold.rule, target.measure.is_share()));
    if let Some(inner) = &target.inner {
        file.put("inner", inner_table(inner));
    }
    file.0.push_str("[targets.measure]\n");
    file.put("kind", text(target.measure.code()));
    measure(file, &target.measure);
}

fn measure(file: &mut Lines, measure: &Measure) {
    match measure {
        Measure::ShareOfPeople { of, did } => {
            file.put("of", population(of));
            file.put("did", deed(did));
        }
        Measure::StateOfPeople { of, holds } => {
            file.put("of", population(of));
            file.put("holds", qualification(holds));
        }
        Measure::PerPersonPerYear { of, did, periods } => {
            file.put("of", population(of));
            file.put("did", records(did));
            file.put("periods", periods.to_string());
        }
        Measure::CountOfPeople { who, did } => {
            file.put("who", person(who).done());
            file.put("did", records(did));
        }
        Measure::CountOfEvents { events: filter } => file.put("events", events(filter)),
        Measure::BeforeEvent { who, appointments, met } => {
            file.put("who", person(who).done());
            file.put("appointments", codes(appointments));
            file.put("met", deed(met));
        }
        Measure::FollowUpShare { of, follow_up, after_months } => {
            file.put("of", records(of));
            file.put("follow_up", text(follow_up.code()));
            file.put("after_months", after_months.to_string());
        }
        Measure::RatedShare { of, rating, at_least } => {
            file.put("of", population(of));
            file.put("rating", text(rating.code()));
            file.put("at_least", text(at_least.code()));
        }
        Measure::YesNo => {}
    }
}

fn quota_lines(file: &mut Lines, quota: &Quota) {
    file.open("quotas", &quota.code, &quota.section);
    file.put("title", title(&quota.title));
    file.put("counts", quota_counts(&quota.counts));
    let agencies: Vec<String> = quota
        .agencies
        .iter()
        .map(|agency| match agency {
            QuotaAgency::One(code) => format!("{{ one = {} }}", text(code)),
            QuotaAgency::Each(code) => format!("{{ each = {} }}", text(code)),
            QuotaAgency::Together(code) => format!("{{ together = {} }}", text(code)),
        })
        .collect();
    file.put("agencies", format!("[{}]", agencies.join(", ")));
    file.put("recurrence", recurrence(quota.recurrence));
    file.put("phase", span(quota.phase));
    file.put("at_least", quota.at_least.to_string());
}

fn quota_counts(counts: &QuotaCounts) -> String {
    match counts {
        QuotaCounts::Events { form, topics, per_topic } => {
            let inside = Inline::default().put("form", text(form.code())).texts("topics", topics);
            let inside = if *per_topic { inside.put("per_topic", "true") } else { inside };
            Inline::default().put("events", inside.done()).done()
        }
        QuotaCounts::Places { degrees, field, eligible } => {
            let mut kinds = Inline::default();
            for (staff, groups) in eligible {
                kinds = kinds.put(staff.code(), codes(groups));
            }
            let inside = Inline::default().codes("degrees", degrees).one("field", *field);
            let inside = if eligible.is_empty() { inside } else { inside.put("eligible", kinds.done()) };
            Inline::default().put("places", inside.done()).done()
        }
    }
}

fn task_lines(file: &mut Lines, task: &Task) {
    file.open("tasks", &task.code, &task.section);
    file.put("title", title(&task.title));
    file.put("lead", texts(&task.lead));
    file.put_unless_empty("with", &task.with);
    let due = match task.due {
        Due::By(day) => format!("{{ by = {} }}", date(day)),
        Due::Yearly { month, within } => format!("{{ yearly = {{ month = {month}, within = {} }} }}", span(within)),
        Due::Continuous => text("continuous"),
    };
    file.put("due", due);
    if task.evidence != Title::default() {
        file.put("evidence", title(&task.evidence));
    }
}

fn threshold(rule: Rule, share: bool) -> String {
    let amount = |n: i64| if share { percent(n) } else { n.to_string() };
    match rule {
        Rule::AtLeast(n) => format!("{{ at_least = {} }}", amount(n)),
        Rule::MoreThan(n) => format!("{{ more_than = {} }}", amount(n)),
        Rule::Between(floor, ceiling) => format!("{{ between = [{}, {}] }}", amount(floor), amount(ceiling)),
        Rule::Yes => "{ yes = true }".to_owned(),
    }
}

/// Basis points as percent, without needless decimals.
fn percent(basis_points: i64) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") }
}

fn inner_table(inner: &Inner) -> String {
    let inside = match &inner.of {
        InnerFilter::Records(filter) => Inline::default().put("records", records(filter)),
        InnerFilter::Events(filter) => Inline::default().put("events", events(filter)),
    };
    inside.put("at_least", inner.at_least.to_string()).done()
}

fn person(filter: &PersonFilter) -> Inline {
    Inline::default()
        .codes("staff", &filter.staff)
        .codes("levels", &filter.levels)
        .codes("blocs", &filter.blocs)
        .codes("leaderships", &filter.leaderships)
        .plain("leads", filter.leads)
        .codes("groups", &filter.groups)
        .codes("duties", &filter.duties)
        .one("sex", filter.sex)
        .plain("minority", filter.minority)
        .plain("from_age", filter.from_age)
        .plain("under_age", filter.under_age)
        .plain("fits_post", filter.fits_post)
}

fn population(population: &Population) -> String {
    let who = person(&population.who);
    population.frozen_on.map_or_else(|| who.clone(), |day| who.clone().put("frozen_on", date(day))).done()
}

fn qualification(filter: &QualificationFilter) -> String {
    Inline::default().put("kind", text(filter.kind.code())).codes("degrees", &filter.degrees).done()
}

fn records(filter: &RecordFilter) -> String {
    let inside = Inline::default()
        .codes("kinds", &filter.kinds)
        .codes("contents", &filter.contents)
        .codes("degrees", &filter.degrees)
        .codes("fields", &filter.fields)
        .codes("programmes", &filter.programmes)
        .codes("forms", &filter.forms)
        .codes("modes", &filter.modes)
        .plain("abroad", filter.abroad)
        .scope("topics", filter.topics.as_ref())
        .codes("outcomes", &filter.outcomes)
        .codes("staff", &filter.staff);
    match filter.dated_by {
        DatedBy::Start => inside.put("dated_by", text("start")),
        DatedBy::End => inside,
    }
    .done()
}

fn events(filter: &EventFilter) -> String {
    let inside = Inline::default()
        .codes("forms", &filter.forms)
        .codes("contents", &filter.contents)
        .codes("programmes", &filter.programmes)
        .scope("topics", filter.topics.as_ref())
        .plain("abroad", filter.abroad);
    let inside = match filter.size {
        Some((from, to)) => inside.put("size", format!("[{from}, {to}]")),
        None => inside,
    };
    inside.codes("with_groups", &filter.with_groups).done()
}

fn deed(did: &Did) -> String {
    match did {
        Did::Trained(filter) => format!("{{ trained = {} }}", records(filter)),
        Did::Received(kind) => format!("{{ received = {} }}", text(kind.code())),
        Did::Holds(filter) => format!("{{ holds = {} }}", qualification(filter)),
    }
}

/// Lines of the file.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn open(&mut self, list: &str, code: &str, section: &str) {
        self.0.push_str(&format!("\n[[{list}]]\n"));
        self.put("code", text(code));
        self.put("section", text(section));
    }

    fn put(&mut self, name: &str, value: impl AsRef<str>) {
        self.0.push_str(&format!("{name} = {}\n", value.as_ref()));
    }

    fn put_unless_empty(&mut self, name: &str, list: &[String]) {
        if !list.is_empty() {
            self.put(name, texts(list));
        }
    }
}

/// Fields of an inline table; what means "any" is left out.
#[derive(Default, Clone)]
struct Inline(Vec<String>);

impl Inline {
    fn put(mut self, name: &str, value: impl AsRef<str>) -> Self {
        self.0.push(format!("{name} = {}", value.as_ref()));
        self
    }

    fn plain(self, name: &str, value: Option<impl ToString>) -> Self {
        match value {
            Some(value) => self.put(name, value.to_string()),
            None => self,
        }
    }

    fn one(self, name: &str, value: Option<impl Coded>) -> Self {
        match value {
            Some(value) => self.put(name, text(value.text())),
            None => self,
        }
    }

    fn codes(self, name: &str, values: &[impl Coded]) -> Self {
        if values.is_empty() { self } else { self.put(name, codes(values)) }
    }

    fn texts(self, name: &str, values: &[String]) -> Self {
        if values.is_empty() { self } else { self.put(name, texts(values)) }
    }

    fn scope(self, name: &str, scope: Option<&TopicScope>) -> Self {
        match scope {
            Some(TopicScope::Any) => self.put(name, text(ANY_TOPIC)),
            Some(TopicScope::Of(topics)) => self.put(name, texts(topics)),
            None => self,
        }
    }

    fn done(self) -> String {
        if self.0.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", self.0.join(", ")) }
    }
}

fn codes(values: &[impl Coded]) -> String {
    let codes: Vec<String> = values.iter().map(|v| text(v.text())).collect();
    format!("[{}]", codes.join(", "))
}

fn texts(values: &[String]) -> String {
    let texts: Vec<String> = values.iter().map(|v| text(v)).collect();
    format!("[{}]", texts.join(", "))
}

fn title(title: &Title) -> String {
    format!("{{ vi = {}, en = {} }}", text(&title.vi), text(&title.en))
}

fn recurrence(recurrence: Recurrence) -> String {
    text(match recurrence {
        Recurrence::Once => "once",
        Recurrence::Yearly => "yearly",
    })
}

fn span(span: Interval) -> String {
    let from = Inline::default().put("from", date(span.from()));
    match span.last_day() {
        Some(last) => from.put("to", date(last)),
        None => from,
    }
    .done()
}

fn date(day: Date) -> String {
    text(&dmy(day))
}

/// A quoted text on one line.
fn text(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A field name, quoted when it needs to be.
fn key(name: &str) -> String {
    let bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if bare { name.to_owned() } else { text(name) }
}
