//! What every page is set in: head, navigation, header, footer, print header; and the ways a handler answers.
//! Not for: the inside of a page.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::roles::Who;
use domain::time::Date;

use crate::errors::WebError;
use crate::i18n::Lang;
use crate::nav::{self, NavItem};
use crate::preferences::Theme;
use crate::visitor::{Person, Visitor};

/// Ready-to-print parts of the frame around a page.
#[derive(Debug, Clone)]
pub(crate) struct Shell {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    /// Of the page, for the tab of the browser.
    pub(crate) title: String,
    pub(crate) province: String,
    pub(crate) demo: bool,
    /// Hidden in every form.
    pub(crate) csrf: String,
    pub(crate) person: Option<Badge>,
    /// How many notices were not read: the figure, and the words that a screen reader says.
    pub(crate) bell: Option<(String, String)>,
    pub(crate) nav: Vec<NavItem>,
    /// Bottom bar of the phone, for learners.
    pub(crate) bar: Vec<NavItem>,
    /// Path and query, so that switching language or theme stays here.
    pub(crate) place: String,
    /// When the page was made, for prints.
    pub(crate) made_at: String,
    /// The day of the figures, for prints.
    pub(crate) as_of: Option<String>,
    /// What the page just did, said once at its top.
    pub(crate) done: Option<String>,
}

/// The signed-in person in the header.
#[derive(Debug, Clone)]
pub(crate) struct Badge {
    pub(crate) name: String,
    pub(crate) roles: String,
}

impl Shell {
    /// The frame for a visitor; `title` names the page.
    pub(crate) fn new(visitor: &Visitor, title: &str) -> Self {
        let lang = visitor.lang;
        Self {
            lang,
            theme: visitor.theme,
            title: title.to_owned(),
            province: visitor.province.clone(),
            demo: visitor.demo,
            csrf: visitor.csrf.clone(),
            person: visitor.person.as_ref().map(|p| Badge { name: p.name.clone(), roles: role_names(lang, &p.who) }),
            bell: visitor.person.as_ref().map(|person| bell(lang, person.waits.notices)),
            nav: visitor.person.as_ref().map(|person| nav_of(lang, person, &visitor.place)).unwrap_or_default(),
            bar: visitor.person.as_ref().map(|person| bar_of(lang, person, &visitor.place)).unwrap_or_default(),
            place: visitor.place.clone(),
            made_at: lang.instant(visitor.now),
            as_of: None,
            done: nav::done(lang, &visitor.place),
        }
    }

    /// The same with the day of the figures, for prints.
    pub(crate) fn on(mut self, day: Date) -> Self {
        self.as_of = Some(self.lang.date(day));
        self
    }

    /// The same for the answer to a form, whose own address cannot be looked at: switching language or theme leads to this one.
    pub(crate) fn at(mut self, path: &str) -> Self {
        path.clone_into(&mut self.place);
        self
    }

    /// The text of a key.
    pub(crate) fn t(&self, key: &str) -> &'static str {
        self.lang.text(key)
    }
}

/// The navigation, with what waits there.
fn nav_of(lang: Lang, person: &Person, place: &str) -> Vec<NavItem> {
    let mut items = nav::items(lang, &person.who, place);
    nav::count(&mut items, person.waits, lang);
    items
}

/// The bottom bar, with what waits there.
fn bar_of(lang: Lang, person: &Person, place: &str) -> Vec<NavItem> {
    let mut items = nav::bar(lang, &person.who, place);
    nav::count(&mut items, person.waits, lang);
    items
}

fn bell(lang: Lang, unread: i64) -> (String, String) {
    let count = if unread > 0 { lang.number(unread.min(999)) } else { String::new() };
    (count, lang.with("notices-bell", &[("n", lang.number(unread).into())]))
}

fn role_names(lang: Lang, who: &Who) -> String {
    let mut names: Vec<String> = who.grants.iter().map(|g| lang.code_text("role", g.role.code())).collect();
    names.dedup();
    names.join(" · ")
}

/// A page.
///
/// # Errors
/// [`WebError::Internal`] when a template fails.
pub(crate) fn page(template: &impl Template) -> Result<Response, WebError> {
    page_with(StatusCode::OK, template)
}

/// A page with a status: 422 for a form with mistakes, 409 for a conflict.
///
/// # Errors
/// [`WebError::Internal`] when a template fails.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Result<Response, WebError> {
    let html = template.render()?;
    Ok((status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))], html).into_response())
}

/// After a form has done its work: the page to look at next.
pub(crate) fn see_other(to: &str) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// A path of our own that a form or link may lead back to; anything else is the first page.
pub(crate) fn local(path: Option<&str>) -> &str {
    match path {
        Some(path) if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\n', '\r', '\t']) => path,
        _ => "/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_back_never_leaves_the_site() {
        assert_eq!(local(Some("/de-an?x=1")), "/de-an?x=1");
        for foreign in ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "", "de-an"] {
            assert_eq!(local(Some(foreign)), "/", "{foreign}");
        }
    }
}
