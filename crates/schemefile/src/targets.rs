//! Targets: the measure, the threshold that fits it, the inner minimum and the period.
//! Not for: quotas and tasks (`shares`).

use domain::schemes::targets::{Inner, InnerFilter};
use domain::schemes::{Did, Measure, Population, Recurrence, Rule, Target, Threshold};
use domain::time::{Date, Interval, dmy};

use crate::fault::Message;
use crate::node::Kind;
use crate::reader::{At, Fields, Reader, Sort};

/// Words for the recurrence.
pub(crate) const RECURRENCES: [(&str, Recurrence); 2] = [("once", Recurrence::Once), ("yearly", Recurrence::Yearly)];

/// How a measure is written and what its value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value {
    Share,
    People,
    Events,
    Yes,
}

/// Kinds of measure: the fields they need besides `kind`, and their value.
const MEASURES: [(&str, &[&str], Value); 9] = [
    ("share_of_people", &["kind", "of", "did"], Value::Share),
    ("state_of_people", &["kind", "of", "holds"], Value::Share),
    ("per_person_per_year", &["kind", "of", "did", "periods"], Value::Share),
    ("count_of_people", &["kind", "who", "did"], Value::People),
    ("count_of_events", &["kind", "events"], Value::Events),
    ("before_event", &["kind", "who", "appointments", "met"], Value::Share),
    ("follow_up_share", &["kind", "of", "follow_up", "after_months"], Value::Share),
    ("rated_share", &["kind", "of", "rating", "at_least"], Value::Share),
    ("yes_no", &["kind"], Value::Yes),
];

impl Reader<'_> {
    /// A target; `span` is the period of the whole document.
    pub(crate) fn target(&mut self, at: &At<'_>, span: Option<Interval>) -> Option<Target> {
        const ALLOWED: [&str; 10] =
            ["code", "section", "title", "aspiration", "phase", "recurrence", "class_size", "threshold", "inner", "measure"];
        let fields = self.fields(at, &ALLOWED)?;
        let code = self.required(&fields, "code", |r, at| r.coin(at, Sort::Target));
        let section = self.required(&fields, "section", Self::words);
        let title = self.required(&fields, "title", Self::title);
        let aspiration = self.optional(&fields, "aspiration", false, Self::flag);
        let phase = self.required(&fields, "phase", |r, at| r.phase_within(at, span));
        let recurrence = self.optional(&fields, "recurrence", Recurrence::Once, |r, at| r.choice(at, &RECURRENCES));
        let class_size = self.optional(&fields, "class_size", 40, |r, at| r.small(at, 1));
        let value = fields.find("measure").and_then(|at| value_of(&at));
        let measure = self.required(&fields, "measure", Self::measure);
        let threshold = self.required(&fields, "threshold", |r, at| r.threshold(at, value));
        let inner = self.optional(&fields, "inner", None, |r, at| r.inner(at, value).map(Some));
        self.check_frozen(&fields, measure.as_ref().and_then(frozen_on), phase);
        Some(Target {
            code: code?,
            section: section?,
            title: title?,
            aspiration: aspiration?,
            measure: measure?,
            threshold: Threshold { rule: threshold? },
            inner: inner?,
            phase: phase?,
            recurrence: recurrence?,
            class_size: class_size?,
        })
    }

    /// A phase that lies within the period of the document.
    pub(crate) fn phase_within(&mut self, at: &At<'_>, whole: Option<Interval>) -> Option<Interval> {
        let phase = self.span_of_days(at)?;
        let Some(whole) = whole else { return Some(phase) };
        let ends_within = whole.to().is_none_or(|end| phase.to().is_some_and(|to| to <= end));
        if phase.from() >= whole.from() && ends_within {
            return Some(phase);
        }
        let (first, last) = (dmy(whole.from()), whole.last_day().map_or_else(|| "…".to_owned(), dmy));
        self.fault(
            "outside_phase",
            &at.span(),
            &at.path,
            Message::new(
                format!("Giai đoạn này ra ngoài giai đoạn của văn bản ({first} – {last})."),
                format!("This period reaches outside that of the document ({first} – {last})."),
            ),
        );
        None
    }

    fn measure(&mut self, at: &At<'_>) -> Option<Measure> {
        let kinds: Vec<(&'static str, &'static [&'static str])> = MEASURES.iter().map(|(name, fields, _)| (*name, *fields)).collect();
        let any = self.any_fields(at)?;
        let allowed = self.required(&any, "kind", |r, at| r.choice(at, &kinds))?;
        let fields = self.fields(at, allowed)?;
        let kind = fields.find("kind").and_then(|at| self.text(&at))?;
        match kind.as_str() {
            "share_of_people" => {
                let of = self.required(&fields, "of", Self::population);
                let did = self.required(&fields, "did", Self::did);
                Some(Measure::ShareOfPeople { of: of?, did: did? })
            }
            "state_of_people" => {
                let of = self.required(&fields, "of", Self::population);
                let holds = self.required(&fields, "holds", Self::qualification);
                Some(Measure::StateOfPeople { of: of?, holds: holds? })
            }
            "per_person_per_year" => {
                let of = self.required(&fields, "of", Self::population);
                let did = self.required(&fields, "did", Self::records);
                let periods = self.required(&fields, "periods", |r, at| r.small(at, 1));
                Some(Measure::PerPersonPerYear { of: of?, did: did?, periods: periods? })
            }
            _ => self.other_measure(&kind, &fields),
        }
    }

    fn other_measure(&mut self, kind: &str, fields: &Fields<'_>) -> Option<Measure> {
        match kind {
            "count_of_people" => {
                let who = self.required(fields, "who", Self::person);
                let did = self.required(fields, "did", Self::records);
                Some(Measure::CountOfPeople { who: who?, did: did? })
            }
            "count_of_events" => Some(Measure::CountOfEvents { events: self.required(fields, "events", Self::events)? }),
            "before_event" => {
                let who = self.required(fields, "who", Self::person);
                let appointments = self.required(fields, "appointments", Self::codes);
                let met = self.required(fields, "met", Self::did);
                Some(Measure::BeforeEvent { who: who?, appointments: appointments?, met: met? })
            }
            "follow_up_share" => {
                let of = self.required(fields, "of", Self::records);
                let follow_up = self.required(fields, "follow_up", Self::code);
                let after_months = self.optional(fields, "after_months", 0, |r, at| r.byte(at, 0, 120));
                Some(Measure::FollowUpShare { of: of?, follow_up: follow_up?, after_months: after_months? })
            }
            "rated_share" => {
                let of = self.required(fields, "of", Self::population);
                let rating = self.required(fields, "rating", Self::code);
                let at_least = self.required(fields, "at_least", Self::code);
                Some(Measure::RatedShare { of: of?, rating: rating?, at_least: at_least? })
            }
            _ => Some(Measure::YesNo),
        }
    }

    /// What somebody did: `{ trained = { … } }`, `{ received = "…" }` or `{ holds = { … } }`.
    fn did(&mut self, at: &At<'_>) -> Option<Did> {
        let fields = self.one_of(at, &["trained", "received", "holds"])?;
        if let Some(at) = fields.find("trained") {
            return self.records(&at).map(Did::Trained);
        }
        if let Some(at) = fields.find("received") {
            return self.code(&at).map(Did::Received);
        }
        let at = fields.find("holds")?;
        self.qualification(&at).map(Did::Holds)
    }

    /// A table with exactly one of the allowed fields.
    pub(crate) fn one_of<'n>(&mut self, at: &At<'n>, allowed: &[&str]) -> Option<Fields<'n>> {
        let fields = self.fields(at, allowed)?;
        let known = allowed.iter().filter(|name| fields.has(name)).count();
        if known == 1 {
            return Some(fields);
        }
        let list = crate::reader::quoted(allowed.iter().copied());
        let code = if known == 0 { "missing_field" } else { "too_many_fields" };
        self.fault(
            code,
            &at.span(),
            &at.path,
            Message::new(
                format!("Ở đây phải có đúng một trong các trường: {list}."),
                format!("Exactly one of these fields must stand here: {list}."),
            ),
        );
        None
    }

    fn threshold(&mut self, at: &At<'_>, value: Option<Value>) -> Option<Rule> {
        let fields = self.one_of(at, &["at_least", "more_than", "between", "yes"])?;
        let value = value?;
        if fields.has("yes") != (value == Value::Yes) {
            self.fault(
                "bad_threshold",
                &at.span(),
                &at.path,
                Message::new(
                    "Ngưỡng { yes = true } chỉ đi với chỉ tiêu có/không (yes_no), và chỉ tiêu có/không chỉ nhận ngưỡng ấy.",
                    "The threshold { yes = true } goes with yes_no targets only, and those take no other.",
                ),
            );
            return None;
        }
        if let Some(at) = fields.find("at_least") {
            return self.amount(&at, value).map(Rule::AtLeast);
        }
        if let Some(at) = fields.find("more_than") {
            return self.amount(&at, value).map(Rule::MoreThan);
        }
        match fields.find("between") {
            Some(at) => self.between(&at, value),
            None => self.yes(&fields),
        }
    }

    fn yes(&mut self, fields: &Fields<'_>) -> Option<Rule> {
        let at = fields.find("yes")?;
        if self.flag(&at)? {
            return Some(Rule::Yes);
        }
        self.fault("bad_threshold", &at.span(), &at.path, Message::new("Chỉ viết yes = true.", "Write yes = true only."));
        None
    }

    fn between(&mut self, at: &At<'_>, value: Value) -> Option<Rule> {
        let amounts = self.list(at, |r, at| r.amount(at, value))?;
        match amounts.as_slice() {
            [floor, ceiling] if floor <= ceiling => Some(Rule::Between(*floor, *ceiling)),
            _ => {
                self.fault(
                    "bad_threshold",
                    &at.span(),
                    &at.path,
                    Message::new(
                        "Cần đúng hai số, mức thấp trước mức cao, ví dụ [30, 50].",
                        "Exactly two numbers are needed, the floor before the ceiling, for example [30, 50].",
                    ),
                );
                None
            }
        }
    }

    /// A percentage for shares, a count otherwise.
    fn amount(&mut self, at: &At<'_>, value: Value) -> Option<i64> {
        if value == Value::Share { self.percent(at) } else { self.count(at) }
    }

    fn inner(&mut self, at: &At<'_>, value: Option<Value>) -> Option<Inner> {
        let fields = self.fields(at, &["records", "events", "at_least"])?;
        let at_least = self.required(&fields, "at_least", Self::count);
        let fits = match value? {
            Value::People => fields.has("records") && !fields.has("events"),
            Value::Events => fields.has("events") && !fields.has("records"),
            Value::Share | Value::Yes => false,
        };
        if !fits {
            self.fault(
                "bad_inner",
                &at.span(),
                &at.path,
                Message::new(
                    "Mức tối thiểu bên trong: dùng `records` với chỉ tiêu đếm người (count_of_people), `events` với chỉ tiêu đếm lớp, đoàn (count_of_events); các loại khác không có.",
                    "An inner minimum takes `records` in a count_of_people target and `events` in a count_of_events target; other kinds have none.",
                ),
            );
            return None;
        }
        let of = match (fields.find("records"), fields.find("events")) {
            (Some(at), _) => self.records(&at).map(InnerFilter::Records),
            (None, Some(at)) => self.events(&at).map(InnerFilter::Events),
            (None, None) => None,
        };
        Some(Inner { of: of?, at_least: at_least? })
    }

    /// A population fixed after the period is over would make every earlier figure a guess.
    fn check_frozen(&mut self, fields: &Fields<'_>, frozen: Option<Date>, phase: Option<Interval>) {
        let (Some(frozen), Some(phase)) = (frozen, phase) else { return };
        if phase.to().is_none_or(|to| frozen < to) {
            return;
        }
        let Some(at) = fields.find("measure").and_then(|at| at.inside("of")?.inside("frozen_on")) else { return };
        self.fault(
            "bad_frozen_date",
            &at.span(),
            &at.path,
            Message::new(
                format!("Ngày chốt mẫu số {} đứng sau ngày cuối của giai đoạn; chốt vào một ngày trước hoặc trong giai đoạn.", dmy(frozen)),
                format!(
                    "The day {} on which the population is fixed lies after the period; fix it on a day before or within it.",
                    dmy(frozen)
                ),
            ),
        );
    }
}

fn value_of(at: &At<'_>) -> Option<Value> {
    let at = at.inside("kind")?;
    let Kind::Text(kind) = &at.node.kind else { return None };
    MEASURES.iter().find(|(name, _, _)| name == kind).map(|(_, _, value)| *value)
}

const fn frozen_on(measure: &Measure) -> Option<Date> {
    match measure {
        Measure::ShareOfPeople { of, .. }
        | Measure::StateOfPeople { of, .. }
        | Measure::PerPersonPerYear { of, .. }
        | Measure::RatedShare { of, .. } => {
            let Population { frozen_on, .. } = of;
            *frozen_on
        }
        _ => None,
    }
}
