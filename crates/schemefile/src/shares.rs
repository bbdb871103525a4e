//! Quotas and tasks: what is shared out to agencies and assigned to them.
//! Not for: targets of the whole province (`targets`).

use domain::people::{LeaderGroup, StaffKind};
use domain::schemes::{Due, Quota, QuotaAgency, QuotaCounts, Recurrence, SchemeRule, Task, Title};
use domain::time::Interval;

use crate::coded::Coded;
use crate::reader::{At, Reader, Sort};
use crate::targets::RECURRENCES;

impl Reader<'_> {
    /// A quota; `span` is the period of the whole document.
    pub(crate) fn quota(&mut self, at: &At<'_>, span: Option<Interval>) -> Option<Quota> {
        let fields = self.fields(at, &["code", "section", "title", "counts", "agencies", "recurrence", "phase", "at_least"])?;
        let code = self.required(&fields, "code", |r, at| r.coin(at, Sort::Quota));
        let section = self.required(&fields, "section", Self::words);
        let title = self.required(&fields, "title", Self::title);
        let counts = self.required(&fields, "counts", Self::quota_counts);
        let agencies = self.required(&fields, "agencies", |r, at| r.some(at, Self::agency));
        let recurrence = self.optional(&fields, "recurrence", Recurrence::Once, |r, at| r.choice(at, &RECURRENCES));
        let phase = self.required(&fields, "phase", |r, at| r.phase_within(at, span));
        let at_least = self.required(&fields, "at_least", Self::count);
        Some(Quota {
            code: code?,
            section: section?,
            title: title?,
            counts: counts?,
            agencies: agencies?,
            recurrence: recurrence?,
            phase: phase?,
            at_least: at_least?,
        })
    }

    fn quota_counts(&mut self, at: &At<'_>) -> Option<QuotaCounts> {
        let fields = self.one_of(at, &["events", "places"])?;
        match fields.find("events") {
            Some(at) => self.quota_events(&at),
            None => self.quota_places(&fields.find("places")?),
        }
    }

    fn quota_events(&mut self, at: &At<'_>) -> Option<QuotaCounts> {
        let fields = self.fields(at, &["form", "topics", "per_topic"])?;
        let form = self.required(&fields, "form", Self::code);
        let topics = self.optional(&fields, "topics", Vec::new(), |r, at| r.list(at, Self::topic));
        let per_topic = self.optional(&fields, "per_topic", false, Self::flag);
        Some(QuotaCounts::Events { form: form?, topics: topics?, per_topic: per_topic? })
    }

    fn quota_places(&mut self, at: &At<'_>) -> Option<QuotaCounts> {
        let fields = self.fields(at, &["degrees", "field", "eligible"])?;
        let degrees = self.optional(&fields, "degrees", Vec::new(), Self::codes);
        let field = self.optional(&fields, "field", None, |r, at| r.code(at).map(Some));
        let eligible = self.optional(&fields, "eligible", Vec::new(), Self::eligible);
        Some(QuotaCounts::Places { degrees: degrees?, field: field?, eligible: eligible? })
    }

    /// `{ cong_chuc = ["n3", "n4"], vien_chuc = [] }`.
    fn eligible(&mut self, at: &At<'_>) -> Option<Vec<(StaffKind, Vec<LeaderGroup>)>> {
        let names: Vec<&str> = StaffKind::all().iter().map(|k| k.text()).collect();
        let fields = self.fields(at, &names)?;
        let mut eligible = Vec::new();
        for (entry, at) in fields.all() {
            let groups = self.codes(&at);
            eligible.push(StaffKind::from_code(&entry.name).zip(groups));
        }
        eligible.into_iter().collect()
    }

    fn agency(&mut self, at: &At<'_>) -> Option<QuotaAgency> {
        let fields = self.one_of(at, &["one", "each", "together"])?;
        if let Some(at) = fields.find("one") {
            return self.actor(&at).map(QuotaAgency::One);
        }
        if let Some(at) = fields.find("each") {
            return self.actor(&at).map(QuotaAgency::Each);
        }
        let at = fields.find("together")?;
        self.actor(&at).map(QuotaAgency::Together)
    }

    /// A task.
    pub(crate) fn task(&mut self, at: &At<'_>) -> Option<Task> {
        let fields = self.fields(at, &["code", "section", "title", "lead", "with", "due", "evidence"])?;
        let code = self.required(&fields, "code", |r, at| r.coin(at, Sort::Task));
        let section = self.required(&fields, "section", Self::words);
        let title = self.required(&fields, "title", Self::title);
        let lead = self.required(&fields, "lead", |r, at| r.some(at, Self::actor));
        let with = self.optional(&fields, "with", Vec::new(), |r, at| r.list(at, Self::actor));
        let due = self.required(&fields, "due", Self::due);
        let evidence = self.optional(&fields, "evidence", Title::default(), Self::title);
        Some(Task { code: code?, section: section?, title: title?, lead: lead?, with: with?, due: due?, evidence: evidence? })
    }

    /// `{ by = "31/12/2026" }`, `{ month = 12, from = "…", to = "…" }` or `"continuous"`.
    fn due(&mut self, at: &At<'_>) -> Option<Due> {
        if matches!(at.node.kind, crate::node::Kind::Text(_)) {
            return self.choice(at, &[("continuous", Due::Continuous)]);
        }
        let fields = self.one_of(at, &["by", "yearly"])?;
        if let Some(at) = fields.find("by") {
            return self.day(&at).map(Due::By);
        }
        let at = fields.find("yearly")?;
        let fields = self.fields(&at, &["month", "within"])?;
        let month = self.required(&fields, "month", |r, at| r.byte(at, 1, 12));
        let within = self.required(&fields, "within", Self::span_of_days);
        Some(Due::Yearly { month: month?, within: within? })
    }

    /// A rule with its named values.
    pub(crate) fn rule(&mut self, at: &At<'_>) -> Option<SchemeRule> {
        let fields = self.fields(at, &["code", "section", "title", "values"])?;
        let code = self.required(&fields, "code", |r, at| r.coin(at, Sort::Rule));
        let section = self.required(&fields, "section", Self::words);
        let title = self.required(&fields, "title", Self::title);
        let values = self.optional(&fields, "values", Vec::new(), Self::named_values);
        Some(SchemeRule { code: code?, section: section?, title: title?, values: values? })
    }

    fn named_values(&mut self, at: &At<'_>) -> Option<Vec<(String, i64)>> {
        let fields = self.any_fields(at)?;
        let mut values = Vec::new();
        for (entry, at) in fields.all() {
            values.push(self.integer(&at).map(|value| (entry.name.clone(), value)));
        }
        values.into_iter().collect()
    }
}
