//! `/quan-tri/nhom`: groups of the directory, and what each of them gives.
//! Not for: making groups; the directory does that (`scim`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::GroupId;
use domain::roles::Role;
use serde::Deserialize;
use service::directory::{self, BindRefusal, GroupRow};

use super::one::Typed;
use super::{Choice, meant, role_choices, units};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const PATH: &str = "/quan-tri/nhom";

fn path(group: GroupId) -> String {
    format!("{PATH}/{group}")
}

/// What a group gives, ready to print.
struct Gives {
    role: String,
    place: String,
}

fn gives(lang: Lang, group: &GroupRow) -> Option<Gives> {
    let binding = group.binding.as_ref()?;
    let place = binding.unit.as_ref().map_or_else(|| lang.t("admin-whole"), |unit| unit.2.clone());
    Some(Gives { role: lang.code_text("role", binding.role.code()), place })
}

#[derive(Template)]
#[template(path = "directory/groups.html")]
struct ListPage {
    shell: Shell,
    groups: Vec<GroupLine>,
}

struct GroupLine {
    href: String,
    name: String,
    members: String,
    gives: Option<Gives>,
}

/// All groups.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let groups = directory::groups(&state.services, &signed_in.ctx).await?;
    let line = |group: &GroupRow| GroupLine {
        href: path(group.id),
        name: group.name.clone(),
        members: lang.number(group.size),
        gives: gives(lang, group),
    };
    shell::page(&ListPage { shell: Shell::new(&signed_in.visitor, &lang.t("directory-title")), groups: groups.iter().map(line).collect() })
}

#[derive(Template)]
#[template(path = "directory/group.html")]
struct GroupPage {
    shell: Shell,
    path: String,
    name: String,
    gives: Option<Gives>,
    facts: Vec<(String, String)>,
    /// Address, name, login, and whether the account is closed.
    members: Vec<(String, String, String, bool)>,
    /// Further members than are shown.
    more: Option<String>,
    roles: Vec<Choice>,
    units: Vec<(String, String)>,
    typed: Typed,
    mistakes: Vec<Mistake>,
}

impl GroupPage {
    fn mistake(&self, field: &str) -> Option<&str> {
        of_field(&self.mistakes, field)
    }
}

/// One group.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(group): Path<i64>) -> Result<Response, WebError> {
    shell::page(&page(&state, &signed_in, GroupId(group), Typed::default(), Vec::new()).await?)
}

async fn page(state: &AppState, signed_in: &SignedIn, group: GroupId, typed: Typed, mistakes: Vec<Mistake>) -> Result<GroupPage, WebError> {
    let lang = signed_in.lang();
    let view = directory::view(&state.services, &signed_in.ctx, group).await?;
    let path = path(group);
    let left = view.group.size - i64::try_from(view.members.len()).unwrap_or_default();
    let member = |line: directory::MemberLine| (super::path(&line.login), line.name, line.login, line.is_closed);
    Ok(GroupPage {
        shell: Shell::new(&signed_in.visitor, &view.group.name).at(&path),
        path,
        gives: gives(lang, &view.group),
        facts: vec![
            (lang.t("directory-members"), lang.number(view.group.size)),
            (lang.t("directory-external"), view.group.external_id.clone().unwrap_or_else(|| "–".to_owned())),
            (lang.t("admin-created"), lang.instant(view.group.created_at)),
            (lang.t("directory-changed"), lang.instant(view.group.changed_at)),
        ],
        name: view.group.name,
        members: view.members.into_iter().map(member).collect(),
        more: (left > 0).then(|| lang.counted("directory-more", left)),
        roles: role_choices(lang, &typed.role),
        units: units(state, signed_in).await?,
        typed,
        mistakes,
    })
}

/// The role to bind the group to.
#[derive(Deserialize)]
pub(crate) struct Binding {
    #[serde(default)]
    role: String,
    unit: String,
}

/// Binds the group to a role.
pub(crate) async fn bind(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(group): Path<i64>,
    CsrfForm(binding): CsrfForm<Binding>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(domain::roles::Act::ManageUsers)?;
    let lang = signed_in.lang();
    let units = units(&state, &signed_in).await?;
    let mistake = match Role::from_code(&binding.role) {
        None => Mistake::new("role", lang.t("admin-choose-role")),
        Some(role) => {
            let unit = meant(&binding.unit, &units);
            match refused(directory::bind(&state.services, &signed_in.ctx, GroupId(group), role, unit).await)? {
                Ok(()) => return Ok(done(group, "gan-nhom")),
                Err(refusal) => mistake(lang, refusal),
            }
        }
    };
    let typed = Typed { role: binding.role, unit: binding.unit, ..Typed::default() };
    let page = page(&state, &signed_in, GroupId(group), typed, vec![mistake]).await?;
    shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn mistake(lang: Lang, refusal: BindRefusal) -> Mistake {
    match refusal {
        BindRefusal::NoSuchUnit => Mistake::new("unit", lang.t("admin-no-such-unit")),
        BindRefusal::WholeProvinceOnly => Mistake::new("unit", lang.t("admin-whole-only")),
        BindRefusal::AlreadySo => Mistake::new("role", lang.t("directory-already-so")),
    }
}

/// Nothing but the token.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// Unbinds the group.
pub(crate) async fn unbind(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(group): Path<i64>,
    CsrfForm(_): CsrfForm<Nothing>,
) -> Result<Response, WebError> {
    match refused(directory::unbind(&state.services, &signed_in.ctx, GroupId(group)).await)? {
        Ok(()) => Ok(done(group, "go-nhom")),
        // Somebody was faster, and it is as it was wished.
        Err(_) => Ok(shell::see_other(&path(GroupId(group)))),
    }
}

/// Removes the group.
pub(crate) async fn discard(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(group): Path<i64>,
    CsrfForm(_): CsrfForm<Nothing>,
) -> Result<Response, WebError> {
    directory::discard(&state.services, &signed_in.ctx, GroupId(group)).await?;
    Ok(shell::see_other(&format!("{PATH}?xong=xoa-nhom")))
}

fn done(group: i64, what: &str) -> Response {
    shell::see_other(&format!("{}?xong={what}", path(GroupId(group))))
}
