//! The six schemes, the standard and the procedures that ship with the product, and the printed tables of the Quảng Nam scheme.
//! Not for: schemes that officers enter; those live in the store.

/// A scheme or procedure that ships with the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// Its code.
    pub code: &'static str,
    /// Text of its file.
    pub text: &'static str,
}

macro_rules! builtin {
    ($folder:literal: $($code:literal),+ $(,)?) => {
        &[$(Builtin { code: $code, text: include_str!(concat!("../../../", $folder, "/", $code, ".toml")) }),+]
    };
}

/// Every scheme that ships with the product; one that carries out another stands after it.
#[must_use]
pub const fn builtin() -> &'static [Builtin] {
    builtin!("schemes": "binh-dinh-2023", "qd-700-2026", "cao-bang-2026", "quang-nam-2024", "lang-son-2021", "dong-thap-2021")
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

/// Every procedure that ships with the product.
#[must_use]
pub const fn builtin_procedures() -> &'static [Builtin] {
    builtin!("procedures": "ke-hoach", "chuong-trinh", "thong-bao", "thong-bao-dang", "to-trinh", "khoi-dang")
}
