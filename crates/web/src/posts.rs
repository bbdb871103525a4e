//! `/vi-tri`: the catalogue of posts (vị trí việc làm): which there are, for which kinds of units, since when, and how many people have each.
//! Not for: who has them (`people`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::orgs::UnitKind;
use domain::text::fold;
use domain::time::Date;
use service::registry::{self, PostCard, PostGroup, PostLine, PostRefusal};

use crate::AppState;
use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::units::reorganise::guard;
use crate::visitor::SignedIn;

const HERE: &str = "/vi-tri";

/// The name of the box of a kind of units.
const fn box_of(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Province => "for_province",
        UnitKind::Department => "for_department",
        UnitKind::PartyBody => "for_party_body",
        UnitKind::FrontBody => "for_front_body",
        UnitKind::District => "for_district",
        UnitKind::Commune => "for_commune",
        UnitKind::Division => "for_division",
        UnitKind::School => "for_school",
        UnitKind::Hospital => "for_hospital",
        UnitKind::PublicUnit => "for_public_unit",
    }
}

#[derive(Template)]
#[template(path = "units/posts.html")]
struct PostsPage {
    shell: Shell,
    lead: String,
    q: String,
    kinds: Vec<(String, String, bool)>,
    groups: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    keeps: bool,
}

struct Row {
    href: String,
    title: String,
    code: String,
    group: String,
    kinds: String,
    during: String,
    people: String,
}

fn row(lang: Lang, post: &PostLine) -> Row {
    let day = |day: Option<Date>| day.map(|d| lang.date(d));
    let kinds: Vec<String> = post.kinds.iter().map(|kind| lang.code_text("kind", kind.code())).collect();
    Row {
        href: format!("{HERE}/{}", post.id),
        title: post.title.clone(),
        code: post.code.clone().unwrap_or_default(),
        group: post.group.map(|group| lang.code_text("post-group", group.code())).unwrap_or_default(),
        kinds: if kinds.is_empty() { lang.t("posts-all-kinds") } else { kinds.join("; ") },
        during: match (day(post.from), day(post.to.and_then(Date::previous_day))) {
            (None, None) => String::new(),
            (from, to) => format!("{} – {}", from.unwrap_or_default(), to.unwrap_or_default()).trim().to_owned(),
        },
        people: lang.number(post.people),
    }
}

/// The catalogue.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let all = registry::posts(&state.services, &signed_in.ctx, signed_in.ctx.today).await?;
    let (kind, group) = (asked.text("loai").and_then(UnitKind::from_code), asked.text("nhom").and_then(PostGroup::from_code));
    let q = asked.text("q").unwrap_or_default();
    let words = fold(q);
    let is_wanted = |post: &&PostLine| {
        let has_words = fold(&format!("{} {}", post.title, post.code.as_deref().unwrap_or_default())).contains(&words);
        has_words && kind.is_none_or(|kind| post.kinds.contains(&kind)) && group.is_none_or(|group| post.group == Some(group))
    };
    let rows: Vec<Row> = all.iter().filter(is_wanted).map(|post| row(lang, post)).collect();
    let kinds = UnitKind::ALL.iter().map(|k| (k.code().to_owned(), lang.code_text("kind", k.code()), Some(*k) == kind));
    let groups = PostGroup::ALL.iter().map(|g| (g.code().to_owned(), lang.code_text("post-group", g.code()), Some(*g) == group));
    shell::page(&PostsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("posts-title")),
        lead: lang.with("posts-lead", &[("n", lang.size(rows.len()).into()), ("all", lang.size(all.len()).into())]),
        q: q.to_owned(),
        kinds: kinds.collect(),
        groups: groups.collect(),
        rows,
        keeps: registry::may_reorganise(&signed_in.ctx),
    })
}

fn sheet(signed_in: &SignedIn, post: Option<&PostLine>, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let title = if post.is_some() { "posts-amend" } else { "posts-new" };
    let mut fields = vec![
        Field { label: lang.t("posts-title-of"), ..Field::needed(lang, "posts", "title", Kind::Line) },
        Field::new(lang, "posts", "code", Kind::Short),
        Field::new(lang, "posts", "group", choices(lang, "post-group", PostGroup::ALL.iter().map(|g| g.code()), true)),
        Field::new(lang, "keep", "from", Kind::Day),
        Field::new(lang, "keep", "until", Kind::Day).hint(lang.t("keep-until-hint")),
    ];
    let tick = |kind: &UnitKind| Field {
        name: box_of(*kind),
        label: lang.with("posts-for", &[("kind", lang.code_text("kind", kind.code()).into())]),
        hint: None,
        kind: Kind::Tick,
        needed: false,
    };
    fields.extend(UnitKind::ALL.iter().map(tick));
    fields.push(Field::needed(lang, "keep", "reason", Kind::Words).hint(lang.t("reorg-reason-hint")));
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(title)),
        back: (HERE.to_owned(), lang.t("posts-title")),
        lead: lang.t("posts-form-lead"),
        action: post.map_or_else(|| format!("{HERE}/moi"), |post| format!("{HERE}/{}", post.id)),
        submit: lang.t("posts-save"),
        fields,
        typed,
        mistakes,
    }
}

fn as_known(lang: Lang, post: &PostLine) -> Typed {
    let day = |day: Option<Date>| day.map(|d| lang.date(d)).unwrap_or_default();
    let fields = [
        ("title", post.title.clone()),
        ("code", post.code.clone().unwrap_or_default()),
        ("group", post.group.map(|g| g.code().to_owned()).unwrap_or_default()),
        ("from", day(post.from)),
        ("until", day(post.to.and_then(Date::previous_day))),
    ];
    Typed::of(fields.into_iter().chain(post.kinds.iter().map(|kind| (box_of(*kind), "1".to_owned()))))
}

/// The form of a new post.
pub(crate) async fn show_new(signed_in: SignedIn) -> Result<Response, WebError> {
    guard(&signed_in)?;
    sheet(&signed_in, None, Typed::default(), Vec::new()).answer()
}

/// The form of a known post.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let post = registry::post(&state.services, &signed_in.ctx, row).await?;
    sheet(&signed_in, Some(&post), as_known(signed_in.lang(), &post), Vec::new()).answer()
}

/// Writes a new post.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    keep(&state, &signed_in, None, typed).await
}

/// Changes a known post.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let post = registry::post(&state.services, &signed_in.ctx, row).await?;
    keep(&state, &signed_in, Some(&post), typed).await
}

async fn keep(state: &AppState, signed_in: &SignedIn, post: Option<&PostLine>, typed: Typed) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let kinds: Vec<UnitKind> = UnitKind::ALL.iter().copied().filter(|kind| typed.is_ticked(box_of(*kind))).collect();
    let card = PostCard {
        title: typed.words("title"),
        code: typed.text("code"),
        group: typed.code("group", PostGroup::from_code).map(PostGroup::code),
        kinds: &kinds,
        from: typed.day(lang, "from", &mut mistakes),
        to: typed.day(lang, "until", &mut mistakes).and_then(Date::next_day),
    };
    if mistakes.is_empty() {
        let id = post.map(|post| post.id);
        match refused(registry::keep_post(&state.services, &signed_in.ctx, id, &card, typed.words("reason")).await)? {
            Ok(()) => return Ok(shell::see_other(&format!("{HERE}?xong=vi-tri"))),
            Err(refusals) => mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
        }
    }
    sheet(signed_in, post, typed, mistakes).answer()
}

fn mistake(lang: Lang, refusal: PostRefusal) -> Mistake {
    match refusal {
        PostRefusal::NoTitle => Mistake::new("title", lang.t("posts-no-title")),
        PostRefusal::TitleTaken => Mistake::new("title", lang.t("posts-title-taken")),
        PostRefusal::CodeTaken => Mistake::new("code", lang.t("posts-code-taken")),
        PostRefusal::EndsBeforeStart => Mistake::new("until", lang.t("keep-fault-ends_before_start")),
        PostRefusal::NoReason => Mistake::new("reason", lang.t("keep-no-reason")),
    }
}
