//! A standard as canonical text; reading it back gives the same standard.
//! Not for: comments; those live only in hand-written files.

use domain::standards::{Audience, Need, Requirement, Standard};

use super::{Inline, Lines, person, records, span, text, title};

/// The text of a standard.
#[must_use]
pub fn write_standard(standard: &Standard) -> String {
    let mut file = Lines::default();
    file.put("code", text(&standard.code));
    file.put("title", title(&standard.title));
    for requirement in &standard.requirements {
        lines(&mut file, requirement);
    }
    file.0
}

fn lines(file: &mut Lines, requirement: &Requirement) {
    file.0.push_str("\n[[requirements]]\n");
    file.put("code", text(&requirement.code));
    file.put("title", title(&requirement.title));
    file.put("subject", text(requirement.subject.code()));
    file.put("cites", title(&requirement.cites));
    file.put("verified", requirement.is_verified.to_string());
    file.put("who", audience(&requirement.audience));
    file.put("need", need(&requirement.need));
    file.put("during", span(requirement.during));
    if requirement.grace_months > 0 {
        file.put("grace_months", requirement.grace_months.to_string());
    }
}

fn audience(audience: &Audience) -> String {
    person(&audience.who).texts("grades", &audience.grades).codes("units", &audience.units).codes("planned", &audience.planned).done()
}

fn need(need: &Need) -> String {
    let kind = |kind: &str| Inline::default().put("kind", text(kind));
    match need {
        Need::FitsPost => kind("fits_post"),
        Need::YearlyAmount => kind("yearly_amount"),
        Need::Holds(held) => kind("holds").put("qualification", text(held.kind().code())).plain("level", held.level().map(text)),
        Need::Trained { did, years } => kind("trained").put("did", records(did)).plain("years", *years),
    }
    .done()
}
