//! Standards: requirements of posts as an officer writes them, in the same TOML and with the same located mistakes as schemes.
//! Not for: judging officials by them (`domain::standards`).

use domain::lists::{Held, levels};
use domain::people::QualificationKind;
use domain::standards::{Audience, Need, Requirement, Standard};

use crate::fault::Message;
use crate::filters::PERSON;
use crate::node::Node;
use crate::reader::{At, Fields, Reader, Sort, quoted};
use crate::scheme::scheme_code;

/// Kinds of need and the fields they have besides `kind`.
const NEEDS: [(&str, &[&str]); 4] = [
    ("holds", &["kind", "qualification", "level"]),
    ("fits_post", &["kind"]),
    ("yearly_amount", &["kind"]),
    ("trained", &["kind", "did", "years"]),
];

/// Fields of people that no standard may choose by.
const PRIVATE: [&str; 3] = ["minority", "from_age", "under_age"];

/// Reads the whole file.
pub(crate) fn read(r: &mut Reader<'_>, root: &Node) -> Option<Standard> {
    let fields = r.fields(&At::root(root), &["code", "title", "requirements"])?;
    let code = r.required(&fields, "code", scheme_code);
    let title = r.required(&fields, "title", Reader::title);
    let requirements = r.required(&fields, "requirements", |r, at| r.some(at, Reader::requirement));
    Some(Standard { code: code?, title: title?, requirements: requirements? })
}

impl Reader<'_> {
    fn requirement(&mut self, at: &At<'_>) -> Option<Requirement> {
        const ALLOWED: [&str; 9] = ["code", "title", "subject", "cites", "verified", "who", "need", "during", "grace_months"];
        let fields = self.fields(at, &ALLOWED)?;
        let code = self.required(&fields, "code", |r, at| r.coin(at, Sort::Requirement));
        let title = self.required(&fields, "title", Self::title);
        let subject = self.required(&fields, "subject", Self::code);
        let cites = self.required(&fields, "cites", Self::title);
        let is_verified = self.required(&fields, "verified", Self::flag);
        let audience = self.required(&fields, "who", Self::audience);
        let need = self.required(&fields, "need", Self::need);
        let during = self.required(&fields, "during", Self::span_of_days);
        let grace_months = self.optional(&fields, "grace_months", 0, |r, at| r.byte(at, 0, 60));
        Some(Requirement {
            code: code?,
            title: title?,
            subject: subject?,
            cites: cites?,
            is_verified: is_verified?,
            audience: audience?,
            need: need?,
            during: during?,
            grace_months: grace_months?,
        })
    }

    fn audience(&mut self, at: &At<'_>) -> Option<Audience> {
        // A standard is of posts: what is private in people would be told by who stands in a list of it.
        let of_posts = PERSON.into_iter().filter(|field| !PRIVATE.contains(field));
        let allowed: Vec<&str> = of_posts.chain(["grades", "units", "planned"]).collect();
        let fields = self.fields(at, &allowed)?;
        let who = self.person_fields(&fields);
        let grades = self.optional(&fields, "grades", Vec::new(), |r, at| r.some(at, Self::code_text));
        let units = self.optional(&fields, "units", Vec::new(), Self::codes);
        let planned = self.optional(&fields, "planned", Vec::new(), Self::codes);
        Some(Audience { who: who?, grades: grades?, units: units?, planned: planned? })
    }

    fn need(&mut self, at: &At<'_>) -> Option<Need> {
        let kinds: Vec<(&'static str, usize)> = NEEDS.iter().enumerate().map(|(place, (kind, _))| (*kind, place)).collect();
        let open = self.any_fields(at)?;
        let place = self.required(&open, "kind", |r, at| r.choice(at, &kinds))?;
        let (kind, allowed) = NEEDS.get(place)?;
        let fields = self.fields(at, allowed)?;
        match *kind {
            "fits_post" => Some(Need::FitsPost),
            "yearly_amount" => Some(Need::YearlyAmount),
            "holds" => self.held(&fields).map(Need::Holds),
            _ => {
                let did = self.required(&fields, "did", |r, at| r.records_without_topics(at));
                let years = self.optional(&fields, "years", None, |r, at| r.byte(at, 1, 50).map(Some));
                Some(Need::Trained { did: Box::new(did?), years: years? })
            }
        }
    }

    fn held(&mut self, fields: &Fields<'_>) -> Option<Held> {
        let kind: QualificationKind = self.required(fields, "qualification", Self::code)?;
        let Some(at) = fields.find("level") else { return Some(Held::any(kind)) };
        let level = self.words(&at)?;
        let held = Held::at_least(kind, &level);
        if held.is_none() {
            let list = quoted(levels(kind).iter().copied());
            self.fault(
                "unknown_code",
                &at.span(),
                &at.path,
                Message::new(
                    format!("Loại `{kind}` không có bậc `{level}`. Các bậc được dùng: {list}."),
                    format!("The kind `{kind}` has no level `{level}`. Allowed levels: {list}."),
                ),
            );
        }
        held
    }

    /// Topics belong to a scheme; a standard has none.
    fn records_without_topics(&mut self, at: &At<'_>) -> Option<domain::schemes::RecordFilter> {
        if let Some(topics) = at.inside("topics") {
            self.fault(
                "unknown_field",
                &topics.span(),
                &topics.path,
                Message::new(
                    "Tiêu chuẩn không thuộc đề án nào nên không dùng `topics`; hãy dùng `contents` hoặc `programmes`.",
                    "A standard belongs to no scheme and cannot use `topics`; use `contents` or `programmes`.",
                ),
            );
            return None;
        }
        self.records(at)
    }
}
