//! The document as a whole: its head, and its lists in reading order.
//! Not for: the inside of targets, quotas and tasks.

use domain::schemes::{Actor, Scheme, Topic};

use crate::fault::Message;
use crate::node::Node;
use crate::reader::{At, Reader, Sort};

/// Fields of the file; the lists are written as `[[targets]]` and so on.
const FIELDS: [&str; 16] = [
    "code",
    "number",
    "type",
    "title",
    "issuer",
    "signed_on",
    "signed_note",
    "phase",
    "under",
    "legal_basis",
    "actors",
    "targets",
    "topics",
    "quotas",
    "tasks",
    "rules",
];

/// Reads the whole file.
pub(crate) fn read(r: &mut Reader<'_>, root: &Node) -> Option<Scheme> {
    let fields = r.fields(&At::root(root), &FIELDS)?;
    let code = r.required(&fields, "code", scheme_code);
    let number = r.optional(&fields, "number", String::new(), Reader::text);
    let document_type = r.required(&fields, "type", Reader::words);
    let title = r.required(&fields, "title", Reader::title);
    let issuer = r.required(&fields, "issuer", Reader::title);
    let signed_on = r.optional(&fields, "signed_on", None, |r, at| r.day(at).map(Some));
    let signed_note = r.optional(&fields, "signed_note", String::new(), Reader::text);
    let phase = r.required(&fields, "phase", Reader::span_of_days);
    let under = r.optional(&fields, "under", None, |r, at| scheme_code(r, at).map(Some));
    let legal_basis = r.optional(&fields, "legal_basis", Vec::new(), |r, at| r.list(at, Reader::words));
    let actors = r.optional(&fields, "actors", Vec::new(), |r, at| r.list(at, actor));
    let targets = r.optional(&fields, "targets", Vec::new(), |r, at| r.list(at, |r, at| r.target(at, phase)));
    let topics = r.optional(&fields, "topics", Vec::new(), |r, at| r.list(at, topic));
    let quotas = r.optional(&fields, "quotas", Vec::new(), |r, at| r.list(at, |r, at| r.quota(at, phase)));
    let tasks = r.optional(&fields, "tasks", Vec::new(), |r, at| r.list(at, Reader::task));
    let rules = r.optional(&fields, "rules", Vec::new(), |r, at| r.list(at, Reader::rule));
    Some(Scheme {
        code: code?,
        number: number?,
        document_type: document_type?,
        title: title?,
        issuer: issuer?,
        signed_on: signed_on?,
        signed_note: signed_note?,
        phase: phase?,
        under: under?,
        legal_basis: legal_basis?,
        actors: actors?,
        targets: targets?,
        topics: topics?,
        quotas: quotas?,
        tasks: tasks?,
        rules: rules?,
    })
}

/// Lower case with hyphens, because it stands in addresses.
pub(crate) fn scheme_code(r: &mut Reader<'_>, at: &At<'_>) -> Option<String> {
    let code = r.words(at)?;
    if code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Some(code);
    }
    r.fault(
        "bad_code",
        &at.span(),
        &at.path,
        Message::new(
            format!("Mã `{code}` chỉ được gồm chữ thường không dấu, chữ số và gạch nối, ví dụ \"quang-nam-2024\"."),
            format!("The code `{code}` may hold only plain lower-case letters, digits and hyphens, for example \"quang-nam-2024\"."),
        ),
    );
    None
}

fn actor(r: &mut Reader<'_>, at: &At<'_>) -> Option<Actor> {
    let fields = r.fields(at, &["code", "title"])?;
    let code = r.required(&fields, "code", |r, at| r.coin(at, Sort::Actor));
    let title = r.required(&fields, "title", Reader::title);
    Some(Actor { code: code?, title: title? })
}

fn topic(r: &mut Reader<'_>, at: &At<'_>) -> Option<Topic> {
    let fields = r.fields(at, &["code", "section", "area", "title", "lead", "with"])?;
    let code = r.required(&fields, "code", |r, at| r.coin(at, Sort::Topic));
    let section = r.required(&fields, "section", Reader::words);
    let area = r.required(&fields, "area", Reader::title);
    let title = r.required(&fields, "title", Reader::title);
    let lead = r.required(&fields, "lead", Reader::actor);
    let with = r.optional(&fields, "with", Vec::new(), |r, at| r.list(at, Reader::actor));
    Some(Topic { code: code?, section: section?, area: area?, title: title?, lead: lead?, with: with? })
}
