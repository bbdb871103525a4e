//! Texts of the interface in Vietnamese and English, from `locales/`.
//! Not for: numbers and dates (`format`), titles that come with data.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{Loader, static_loader};
use unic_langid::{LanguageIdentifier, langid};

static_loader! {
    static TEXTS = {
        locales: "../../locales",
        fallback_language: "vi",
        // Direction marks around values only help mixed scripts, and break searching in the page.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static VI: LanguageIdentifier = langid!("vi");
static EN: LanguageIdentifier = langid!("en");

/// Texts without places, once they were looked up: a page has hundreds and Fluent works each of them out anew. Only keys that exist
/// are kept, so it grows no further than `locales/`.
static PLAIN_VI: Plain = LazyLock::new(RwLock::default);
static PLAIN_EN: Plain = LazyLock::new(RwLock::default);

type Plain = LazyLock<RwLock<HashMap<&'static str, &'static str>>>;

/// What stands for a key that is in no file; the tests of the texts know it.
const MISSING: &str = "Unknown localization key";

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Lang {
    #[default]
    Vi,
    En,
}

/// Values for the places of a text.
pub(crate) type Args<'a> = &'a [(&'static str, FluentValue<'a>)];

impl Lang {
    pub(crate) const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The code in the `lang` attribute and the cookie.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    pub(crate) const fn is_vi(self) -> bool {
        matches!(self, Self::Vi)
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::Vi => &VI,
            Self::En => &EN,
        }
    }

    /// The text of a key.
    pub(crate) fn t(self, key: &str) -> String {
        self.text(key).to_owned()
    }

    /// The text of a key as it is kept, without a copy of its own.
    pub(crate) fn text(self, key: &str) -> &'static str {
        let shelf = if self.is_vi() { &PLAIN_VI } else { &PLAIN_EN };
        if let Some(text) = shelf.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return text;
        }
        let Some(text) = TEXTS.try_lookup(self.id(), key) else { return MISSING };
        let (key, text): (&'static str, &'static str) = (key.to_owned().leak(), text.leak());
        shelf.write().unwrap_or_else(PoisonError::into_inner).insert(key, text);
        text
    }

    /// The text of `prefix-code`, for enumerations.
    pub(crate) fn code_text(self, prefix: &str, code: &str) -> String {
        self.t(&format!("{prefix}-{code}"))
    }

    /// The text of a key with values in its places.
    pub(crate) fn with(self, key: &str, args: Args<'_>) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'_>> =
            args.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect();
        TEXTS.lookup_with_args(self.id(), key, &args)
    }

    /// The text of a key about so many: `$count` chooses the form, `$n` is the number as people write it.
    pub(crate) fn counted(self, key: &str, count: i64) -> String {
        self.with(key, &[("count", count.into()), ("n", self.number(count).into())])
    }

    /// One of two texts that came with data.
    pub(crate) fn of(self, title: &domain::schemes::Title) -> &str {
        match self {
            Self::En if !title.en.is_empty() => &title.en,
            _ => &title.vi,
        }
    }
}

#[cfg(test)]
mod tests;
