//! Filters over people, qualifications, attendances and events, as inline tables; a field that is left out means "any".
//! Not for: writing them; `write` does.

use domain::schemes::filters::DatedBy;
use domain::schemes::{EventFilter, PersonFilter, Population, QualificationFilter, RecordFilter, TopicScope};

use crate::fault::Message;
use crate::node::Kind;
use crate::reader::{At, Fields, Reader};

/// Fields of a filter over people.
pub(crate) const PERSON: [&str; 12] =
    ["staff", "levels", "blocs", "leaderships", "leads", "groups", "duties", "sex", "minority", "from_age", "under_age", "fits_post"];

/// The word for "every topic of this scheme".
pub(crate) const ANY_TOPIC: &str = "any";

/// Words for the date of an attendance that decides.
pub(crate) const DATES: [(&str, DatedBy); 2] = [("start", DatedBy::Start), ("end", DatedBy::End)];

impl Reader<'_> {
    /// People.
    pub(crate) fn person(&mut self, at: &At<'_>) -> Option<PersonFilter> {
        let fields = self.fields(at, &PERSON)?;
        self.person_fields(&fields)
    }

    /// People, with the day on which they are fixed.
    pub(crate) fn population(&mut self, at: &At<'_>) -> Option<Population> {
        let allowed: Vec<&str> = PERSON.into_iter().chain(["frozen_on"]).collect();
        let fields = self.fields(at, &allowed)?;
        let who = self.person_fields(&fields);
        let frozen_on = self.optional(&fields, "frozen_on", None, |r, at| r.day(at).map(Some));
        Some(Population { who: who?, frozen_on: frozen_on? })
    }

    pub(crate) fn person_fields(&mut self, fields: &Fields<'_>) -> Option<PersonFilter> {
        let staff = self.optional(fields, "staff", Vec::new(), Self::codes);
        let levels = self.optional(fields, "levels", Vec::new(), Self::codes);
        let blocs = self.optional(fields, "blocs", Vec::new(), Self::codes);
        let leaderships = self.optional(fields, "leaderships", Vec::new(), Self::codes);
        let leads = self.maybe_flag(fields, "leads");
        let groups = self.optional(fields, "groups", Vec::new(), Self::codes);
        let duties = self.optional(fields, "duties", Vec::new(), Self::codes);
        let sex = self.optional(fields, "sex", None, |r, at| r.code(at).map(Some));
        let minority = self.maybe_flag(fields, "minority");
        let fits_post = self.maybe_flag(fields, "fits_post");
        let ages = self.ages(fields);
        Some(PersonFilter {
            staff: staff?,
            levels: levels?,
            blocs: blocs?,
            leaderships: leaderships?,
            leads: leads?,
            groups: groups?,
            duties: duties?,
            sex: sex?,
            minority: minority?,
            under_age: ages?.1,
            from_age: ages?.0,
            fits_post: fits_post?,
        })
    }

    fn ages(&mut self, fields: &Fields<'_>) -> Option<(Option<u8>, Option<u8>)> {
        let from = self.optional(fields, "from_age", None, |r, at| r.byte(at, 1, 120).map(Some));
        let under = self.optional(fields, "under_age", None, |r, at| r.byte(at, 1, 120).map(Some));
        let (from, under) = (from?, under?);
        if let (Some(first), Some(end), Some(at)) = (from, under, fields.find("under_age"))
            && end <= first
        {
            self.fault(
                "bad_range",
                &at.span(),
                &at.path,
                Message::new(
                    format!("Không ai vừa từ {first} tuổi vừa dưới {end} tuổi; `under_age` phải lớn hơn `from_age`."),
                    format!("Nobody is both {first} or older and under {end}; `under_age` must be above `from_age`."),
                ),
            );
            return None;
        }
        Some((from, under))
    }

    fn maybe_flag(&mut self, fields: &Fields<'_>, name: &str) -> Option<Option<bool>> {
        self.optional(fields, name, None, |r, at| r.flag(at).map(Some))
    }

    /// Qualifications.
    pub(crate) fn qualification(&mut self, at: &At<'_>) -> Option<QualificationFilter> {
        let fields = self.fields(at, &["kind", "degrees"])?;
        let kind = self.required(&fields, "kind", Self::code);
        let degrees = self.optional(&fields, "degrees", Vec::new(), Self::codes);
        Some(QualificationFilter { kind: kind?, degrees: degrees? })
    }

    /// Attendances.
    pub(crate) fn records(&mut self, at: &At<'_>) -> Option<RecordFilter> {
        const ALLOWED: [&str; 12] =
            ["kinds", "contents", "degrees", "fields", "programmes", "forms", "modes", "abroad", "topics", "outcomes", "staff", "dated_by"];
        let fields = self.fields(at, &ALLOWED)?;
        let kinds = self.optional(&fields, "kinds", Vec::new(), Self::codes);
        let contents = self.optional(&fields, "contents", Vec::new(), Self::codes);
        let degrees = self.optional(&fields, "degrees", Vec::new(), Self::codes);
        let studied = self.optional(&fields, "fields", Vec::new(), Self::codes);
        let programmes = self.optional(&fields, "programmes", Vec::new(), Self::codes);
        let forms = self.optional(&fields, "forms", Vec::new(), Self::codes);
        let modes = self.optional(&fields, "modes", Vec::new(), Self::codes);
        let abroad = self.maybe_flag(&fields, "abroad");
        let topics = self.optional(&fields, "topics", None, |r, at| r.topics(at).map(Some));
        let outcomes = self.optional(&fields, "outcomes", Vec::new(), Self::codes);
        let staff = self.optional(&fields, "staff", Vec::new(), Self::codes);
        let dated_by = self.optional(&fields, "dated_by", DatedBy::End, |r, at| r.choice(at, &DATES));
        Some(RecordFilter {
            kinds: kinds?,
            contents: contents?,
            degrees: degrees?,
            fields: studied?,
            programmes: programmes?,
            forms: forms?,
            modes: modes?,
            abroad: abroad?,
            topics: topics?,
            outcomes: outcomes?,
            staff: staff?,
            dated_by: dated_by?,
        })
    }

    /// Events.
    pub(crate) fn events(&mut self, at: &At<'_>) -> Option<EventFilter> {
        let fields = self.fields(at, &["forms", "contents", "programmes", "topics", "abroad", "size", "with_groups"])?;
        let forms = self.optional(&fields, "forms", Vec::new(), Self::codes);
        let contents = self.optional(&fields, "contents", Vec::new(), Self::codes);
        let programmes = self.optional(&fields, "programmes", Vec::new(), Self::codes);
        let topics = self.optional(&fields, "topics", None, |r, at| r.topics(at).map(Some));
        let abroad = self.maybe_flag(&fields, "abroad");
        let size = self.optional(&fields, "size", None, |r, at| r.size(at).map(Some));
        let with_groups = self.optional(&fields, "with_groups", Vec::new(), Self::codes);
        Some(EventFilter {
            forms: forms?,
            contents: contents?,
            programmes: programmes?,
            topics: topics?,
            abroad: abroad?,
            size: size?,
            with_groups: with_groups?,
        })
    }

    /// `"any"` or a list of topic codes.
    fn topics(&mut self, at: &At<'_>) -> Option<TopicScope> {
        match &at.node.kind {
            Kind::Text(text) if text == ANY_TOPIC => Some(TopicScope::Any),
            Kind::List(_) => self.some(at, Self::topic).map(TopicScope::Of),
            _ => {
                self.wrong_type(at, ("\"any\" (mọi nội dung) hoặc danh sách mã nội dung", "\"any\" (every topic) or a list of topic codes"))
            }
        }
    }

    /// `[from, to]`, both included.
    fn size(&mut self, at: &At<'_>) -> Option<(u32, u32)> {
        let numbers = self.list(at, |r, at| r.small(at, 0))?;
        match numbers.as_slice() {
            [from, to] if from <= to => Some((*from, *to)),
            _ => {
                self.fault(
                    "bad_range",
                    &at.span(),
                    &at.path,
                    Message::new(
                        "Cần đúng hai số, số nhỏ trước, ví dụ [40, 50].",
                        "Exactly two numbers are needed, the smaller first, for example [40, 50].",
                    ),
                );
                None
            }
        }
    }
}
