//! `/api/v1/posts`: the catalogue of posts, one of it, and putting one.
//! Not for: who has them.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use domain::time::{Date, iso};
use serde::Serialize;
use service::exchange::{self, Subject};
use service::registry::{self, PostLine};
use utoipa::ToSchema;

use super::caller::Caller;
use super::changed::{self, ChangePage};
use super::cursor;
use super::problem::{Fault, Problem};
use super::sent::{Sent, tagged};
use super::shapes::Listed;
use super::writes::{Put, put_one};
use crate::AppState;

/// A post of the catalogue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Post)]
pub(crate) struct PostBody {
    /// Code; null for a title that has none yet.
    code: Option<String>,
    /// Title.
    title: String,
    /// `leading`, `professional`, `shared` or `support`.
    group: Option<String>,
    /// Kinds of units it is for; none is all.
    kinds: Vec<String>,
    /// First day, if known.
    #[schema(format = Date)]
    from: Option<String>,
    /// Last day, if it is over.
    #[schema(format = Date)]
    to: Option<String>,
    /// People who have it today.
    people: i64,
}

impl From<&PostLine> for PostBody {
    fn from(post: &PostLine) -> Self {
        Self {
            code: post.code.clone(),
            title: post.title.clone(),
            group: post.group.map(|group| group.code().to_owned()),
            kinds: post.kinds.iter().map(|kind| kind.code().to_owned()).collect(),
            from: post.from.map(iso),
            to: post.to.and_then(Date::previous_day).map(iso),
            people: post.people,
        }
    }
}

/// A page of the catalogue, or what changed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Posts {
    /// A page.
    Page(Listed<PostBody>),
    /// With `changed-since`.
    Changes(ChangePage<PostBody>),
}

/// Posts of the catalogue by title, or what changed of them since a moment.
#[utoipa::path(
    get,
    path = "/api/v1/posts",
    tag = "posts",
    params(
        ("changed-since" = Option<String>, Query, description = "`next_since` of an answer before: only what changed since; takes `limit` beside it and nothing else"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Lines of a page, 1 to 200, usually 50", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "A page", body = Posts),
        (status = 410, description = "The moment is of another life of the register: read everything anew", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Posts>, Fault> {
    let (services, ctx) = (&state.services, &caller.ctx);
    let limit = caller.asked.limit()?;
    if let Some(since) = changed::asked(&caller.asked)? {
        let changes = exchange::changed_posts(services, ctx, since, limit).await?;
        return Ok(Json(Posts::Changes(changed::page(changes, |_, post| PostBody::from(&post)))));
    }
    caller.asked.only(&["cursor", "limit"])?;
    let next_since = changed::of_since(&exchange::start(services, ctx).await?);
    let all = registry::posts(services, ctx, ctx.today).await?;
    // The catalogue is read as a whole and kept in memory; the key of the last line is the place in it.
    let after = caller.asked.cursor(|text| cursor::code(text)?.parse::<i64>().ok())?;
    let start = match after {
        None => 0,
        Some(id) => {
            1 + all.iter().position(|post| post.id == id).ok_or_else(|| Fault::parameter("cursor", "is none that this list gave"))?
        }
    };
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let lines: Vec<&PostLine> = all.iter().skip(start).take(shown).collect();
    let next = lines.last().filter(|_| start + lines.len() < all.len()).map(|post| cursor::of_code(&post.id.to_string()));
    Ok(Json(Posts::Page(Listed { items: lines.into_iter().map(PostBody::from).collect(), next, next_since })))
}

/// One post of the catalogue.
#[utoipa::path(
    get,
    path = "/api/v1/posts/{code}",
    tag = "posts",
    params(("code" = String, Path, description = "Code of the post")),
    responses(
        (status = 200, description = "The post", body = PostBody, headers(("ETag" = String, description = "State of the post, for If-Match"))),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn one(State(state): State<AppState>, Path(code): Path<String>, caller: Caller) -> Result<Response, Fault> {
    caller.asked.only(&[])?;
    let (post, tag) = exchange::post(&state.services, &caller.ctx, &code).await?;
    let mut response = Json(PostBody::from(&post)).into_response();
    tagged(&mut response, Some(&tag));
    Ok(response)
}

/// Puts a post of the catalogue as told: new, otherwise, or the same already. A field that is not told stays; null empties it. A title that
/// is in the catalogue without a code gets its code in this way.
#[utoipa::path(
    put,
    path = "/api/v1/posts/{code}",
    tag = "posts",
    params(
        ("code" = String, Path, description = "Code of the post"),
        ("dry_run" = Option<bool>, Query, description = "Only tell what would be done"),
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same key and body, the first answer is given"),
        ("If-Match" = Option<String>, Header, description = "Only when the post is in the state of this `ETag`; `*` when it is there"),
        ("If-None-Match" = Option<String>, Header, description = "`*`: only when it is not there"),
        ("Accept-Language" = Option<String>, Header, description = "Language of `detail` in errors: `vi` (usual) or `en`"),
    ),
    request_body(content = ref("#/components/schemas/PostFields"), content_type = "application/json"),
    responses(
        (status = 200, description = "Known: otherwise now, or the same", body = Put,
            headers(("ETag" = String, description = "State of the post now"), ("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 201, description = "New", body = Put,
            headers(("ETag" = String, description = "State of the post now"), ("Idempotency-Replayed" = String, description = "`true` when answered before"))),
        (status = 412, description = "In another state than If-Match or If-None-Match says", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Rules refuse it, each by its place in the body; or the key was used for another request", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn put(State(state): State<AppState>, Path(code): Path<String>, sent: Sent) -> Result<Response, Fault> {
    put_one(&state, &sent, Subject::Post, &code).await
}
