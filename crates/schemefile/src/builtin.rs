//! The six schemes and the standard that ship with the product, and the printed tables of the Quảng Nam scheme.
//! Not for: schemes that officers enter; those live in the store.

/// A scheme that ships with the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// Code of the scheme.
    pub code: &'static str,
    /// Text of its file.
    pub text: &'static str,
}

macro_rules! builtin {
    ($($code:literal),+ $(,)?) => {
        &[$(Builtin { code: $code, text: include_str!(concat!("../../../schemes/", $code, ".toml")) }),+]
    };
}

/// Every scheme that ships with the product; one that carries out another stands after it.
#[must_use]
pub const fn builtin() -> &'static [Builtin] {
    builtin!("binh-dinh-2023", "qd-700-2026", "cao-bang-2026", "quang-nam-2024", "lang-son-2021", "dong-thap-2021")
}

/// The file of printed tables of the scheme `quang-nam-2024`.
#[must_use]
pub const fn builtin_tables() -> &'static str {
    include_str!("../../../schemes/quang-nam-2024.tables.toml")
}

/// The standard that ships with the product.
#[must_use]
pub const fn builtin_standard() -> &'static str {
    include_str!("../../../standards/tieu-chuan-chung.toml")
}
