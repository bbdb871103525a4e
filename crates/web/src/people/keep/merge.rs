//! `/nhan-su/{code}/gop/{other}`: two entries of one person side by side, chosen field by field, and made one.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::register::IdentityField;
use domain::register::merging::{MergeFault, Settled, Two};
use service::ActError;
use service::registry::{self, Choice, Masked, MergeRefusal, MergeView, Person, PostingLine};

use super::{no_reason, record_path};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::people::person::span;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "people/merge.html")]
struct MergePage {
    shell: Shell,
    back: (String, String),
    action: String,
    /// The same with the sides changed.
    swapped: String,
    names: (String, String),
    revisions: (i32, i32),
    fields: Vec<Field>,
    postings: (Vec<String>, Vec<String>),
    counts: Vec<(String, String, String)>,
    overlaps: Vec<Overlap>,
    same_trainings: Vec<String>,
    reason: String,
    mistakes: Vec<Mistake>,
}

struct Field {
    code: &'static str,
    label: String,
    kept: String,
    other: String,
    differs: bool,
    from_other: bool,
}

struct Overlap {
    id: String,
    kept: String,
    other: String,
    /// Code, text, chosen.
    ways: Vec<(&'static str, String, bool)>,
}

impl MergePage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// What both entries are, what is masked shown: each look is noted.
struct Sides {
    view: MergeView,
    masked: (Masked, Masked),
}

async fn sides(state: &AppState, signed_in: &SignedIn, codes: (&str, &str)) -> Result<Sides, WebError> {
    let view = registry::merge_view(&state.services, &signed_in.ctx, codes).await?;
    let purpose = signed_in.lang().t("merge-title");
    let look = async |code: &str| {
        refused(registry::reveal(&state.services, &signed_in.ctx, code, &purpose).await)?.map_err(|_| WebError::NotFound)
    };
    let masked = (look(&view.kept.code).await?, look(&view.other.code).await?);
    Ok(Sides { view, masked })
}

fn overlap_id((kept, other): Two) -> String {
    format!("vi-tri-{kept}-{other}")
}

fn page(signed_in: &SignedIn, sides: &Sides, typed: &Typed, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let (lang, Sides { view, masked }) = (signed_in.lang(), sides);
    let (kept, other) = (&view.kept, &view.other);
    let path = |one: &Person, other: &Person| format!("{}/gop/{}", record_path(&one.code), escaped(&other.code));
    let postings = |person: &Person| person.postings.iter().map(|line| posting(lang, line)).collect();
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = MergePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("merge-title")),
        back: ("/nhan-su/trung".to_owned(), lang.t("merge-duplicates")),
        action: path(kept, other),
        swapped: path(other, kept),
        names: (format!("{} ({})", kept.name, kept.code), format!("{} ({})", other.name, other.code)),
        revisions: (kept.revision, other.revision),
        fields: IdentityField::ALL.iter().map(|code| field(lang, *code, (kept, &masked.0), (other, &masked.1), typed)).collect(),
        postings: (postings(kept), postings(other)),
        counts: counts(lang, kept, other),
        overlaps: view.overlaps.iter().map(|pair| overlap(lang, pair, typed)).collect(),
        same_trainings: view.same_trainings.iter().map(|line| training(lang, line)).collect(),
        reason: typed.words("reason").to_owned(),
        mistakes,
    };
    shell::page_with(status, &page)
}

fn value(lang: Lang, field: IdentityField, (person, masked): (&Person, &Masked)) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match field {
        IdentityField::Code => person.code.clone(),
        IdentityField::RecordCode => text(&person.record_code),
        IdentityField::Name => person.name.clone(),
        IdentityField::OtherNames => text(&person.other_names),
        IdentityField::BirthOn => lang.date(person.birth_on),
        IdentityField::Sex => word(lang, "person-sex", &person.sex),
        IdentityField::Ethnicity => lang.code_text("ethnicity", &person.ethnicity.to_string()),
        IdentityField::Religion => text(&masked.religion),
        IdentityField::Health => text(&masked.health),
        IdentityField::CitizenNumber => text(&masked.citizen_number),
        IdentityField::RecruitedOn => person.recruited_on.map(|day| lang.date(day)).unwrap_or_default(),
    }
}

fn field(lang: Lang, code: IdentityField, kept: (&Person, &Masked), other: (&Person, &Masked), typed: &Typed) -> Field {
    let (ours, theirs) = (value(lang, code, kept), value(lang, code, other));
    let chosen = typed.text(code.code()).map(|side| side == "other");
    Field {
        code: code.code(),
        label: lang.code_text("column", code.code()),
        differs: ours != theirs,
        // Where the kept entry says nothing, the other does.
        from_other: chosen.unwrap_or(ours.is_empty()),
        kept: ours,
        other: theirs,
    }
}

fn posting(lang: Lang, line: &PostingLine) -> String {
    format!("{}: {}, {}", span(lang, &line.during), line.post, line.unit.1)
}

fn training(lang: Lang, line: &registry::RecordLine) -> String {
    let what = line.class.as_ref().map(|(code, name)| format!("{name} ({code})"));
    let what = what.or_else(|| line.content.as_deref().map(|content| word(lang, "content", content)));
    let what = what.or_else(|| line.degree.as_deref().map(|degree| word(lang, "degree", degree)));
    format!("{}: {}", lang.date(line.starts_on), what.unwrap_or_else(|| word(lang, "training", line.kind.code())))
}

fn counts(lang: Lang, kept: &Person, other: &Person) -> Vec<(String, String, String)> {
    let line = |key: &str, of: fn(&Person) -> usize| (lang.t(key), lang.size(of(kept)), lang.size(of(other)));
    vec![
        line("official-secondments", |p| p.secondments.len()),
        line("official-qualifications", |p| p.qualifications.len()),
        line("official-ratings", |p| p.ratings.len()),
        line("official-records", |p| p.records.len()),
    ]
}

fn overlap(lang: Lang, (kept, other): &(PostingLine, PostingLine), typed: &Typed) -> Overlap {
    let id = overlap_id((kept.id, other.id));
    let can_cut = kept.during.from() != other.during.from();
    let ways = Settled::ALL.iter().filter(|way| can_cut || **way != Settled::Cut);
    Overlap {
        ways: ways.map(|way| (way.code(), lang.code_text("merge-settle", way.code()), typed.text(&id) == Some(way.code()))).collect(),
        id,
        kept: posting(lang, kept),
        other: posting(lang, other),
    }
}

/// Both entries side by side; what is masked is shown, so the look is noted.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, other)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let sides = sides(&state, &signed_in, (&code, &other)).await?;
    page(&signed_in, &sides, &Typed::default(), Vec::new())
}

fn choice(typed: &Typed, view: &MergeView) -> Choice {
    let revision = |name: &str| typed.words(name).parse().unwrap_or_default();
    let pairs = view.overlaps.iter().map(|(kept, other)| (kept.id, other.id));
    Choice {
        revisions: (revision("revision"), revision("other_revision")),
        from_other: IdentityField::ALL.iter().copied().filter(|field| typed.text(field.code()) == Some("other")).collect(),
        settled: pairs.filter_map(|pair| Some((pair, typed.code(&overlap_id(pair), Settled::from_code)?))).collect(),
    }
}

/// Makes one of two.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, other)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = registry::merge_view(&state.services, &signed_in.ctx, (&code, &other)).await?;
    let choice = choice(&typed, &view);
    let outcome = registry::merge(&state.services, &signed_in.ctx, (&code, &other), &choice, typed.words("reason")).await;
    let mistakes = match outcome {
        Err(ActError::Stale) => vec![Mistake::new("reason", lang.t("merge-stale"))],
        outcome => match refused(outcome)? {
            Ok(_) => {
                let kept = if choice.from_other.contains(&IdentityField::Code) { &other } else { &code };
                return Ok(shell::see_other(&format!("{}?xong=gop-ho-so", record_path(kept))));
            }
            Err(refusals) => refusals.iter().flat_map(|refusal| mistakes_of(lang, refusal)).collect(),
        },
    };
    page(&signed_in, &sides(&state, &signed_in, (&code, &other)).await?, &typed, mistakes)
}

fn mistakes_of(lang: Lang, refusal: &MergeRefusal) -> Vec<Mistake> {
    match refusal {
        MergeRefusal::NoReason => vec![no_reason(lang)],
        MergeRefusal::Identity(fault) => vec![Mistake::new("reason", lang.code_text("keep-fault", fault.code()))],
        MergeRefusal::Fault(MergeFault::SamePerson, _) => vec![Mistake::new("reason", lang.code_text("merge-fault", "same_person"))],
        MergeRefusal::Fault(fault, pairs) => {
            pairs.iter().map(|pair| Mistake::new(&overlap_id(*pair), lang.code_text("merge-fault", fault.code()))).collect()
        }
    }
}
