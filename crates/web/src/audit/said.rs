//! Words for what the audit keeps as codes.
//! Not for: texts that people wrote, which are shown as they are.

use domain::roles::Role;
use service::audit::ACTS;

use crate::i18n::Lang;

/// What lines of accounts and tokens tell.
pub(crate) const FACTS: &[&str] = &[
    "name",
    "official",
    "role",
    "sessions",
    "state",
    "login",
    "group",
    "members",
    "joined",
    "left",
    "staff_code",
    "external_id",
    "emails",
    "refused",
];

/// The key of an act's name.
pub(crate) fn act_key(act: &str) -> String {
    format!("audit-act-{}", act.replace('.', "-"))
}

/// The name of an act; one that this program does not know keeps its code.
pub(super) fn act(lang: Lang, act: &str) -> String {
    if ACTS.contains(&act) { lang.t(&act_key(act)) } else { act.to_owned() }
}

/// A state of the thing, with codes as words.
pub(super) fn state(lang: Lang, act: &str, text: Option<&str>) -> String {
    let Some(text) = text else { return String::new() };
    if act == "people.export" {
        return text.parse().map_or_else(|_| text.to_owned(), |count| lang.counted("noun-people", count));
    }
    if !["account.", "token.", "directory."].iter().any(|kind| act.starts_with(kind)) {
        return text.to_owned();
    }
    text.lines().map(|line| fact(lang, line)).collect::<Vec<_>>().join("\n")
}

fn fact(lang: Lang, line: &str) -> String {
    let Some((key, value)) = line.split_once(": ").filter(|(key, _)| FACTS.contains(key)) else { return role(lang, line) };
    let value = match (key, value) {
        ("role", value) => role(lang, value),
        ("state", "locked") => lang.t("admin-locked"),
        ("state", "open") => lang.t("admin-open"),
        ("state", "off") => lang.t("admin-off"),
        ("state", "removed") => lang.t("admin-removed"),
        ("refused", code @ ("administrator" | "own_account" | "locked_by_hand")) => lang.code_text("audit-refused", code),
        _ => value.to_owned(),
    };
    format!("{}: {value}", lang.code_text("audit-fact", key))
}

/// `unit_hr @ H47` in words.
fn role(lang: Lang, text: &str) -> String {
    let (code, unit) = text.split_once(" @ ").map_or((text, None), |(code, unit)| (code, Some(unit)));
    match (Role::from_code(code), unit) {
        (None, _) => text.to_owned(),
        (Some(role), None) => format!("{} · {}", lang.code_text("role", role.code()), lang.t("admin-whole")),
        (Some(role), Some(unit)) => format!("{} · {unit}", lang.code_text("role", role.code())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_words_and_texts_stay() {
        let vi = |act: &str, text: &str| state(Lang::Vi, act, Some(text));
        assert_eq!(vi("account.lock", "state: locked"), "Trạng thái: Đã khoá");
        assert_eq!(
            vi("account.grant", "role: unit_hr @ H47\nrole: learner"),
            "Vai trò: Cán bộ tổ chức · H47\nVai trò: Người học · Toàn tỉnh"
        );
        assert_eq!(vi("account.add", "inspector"), "Thanh tra, kiểm tra · Toàn tỉnh");
        assert_eq!(vi("scheme.save_draft", "state: locked"), "state: locked");
        assert_eq!(vi("people.export", "1234"), "1.234 người");
        assert_eq!((act(Lang::Vi, "later.act"), state(Lang::Vi, "later.act", None)), ("later.act".to_owned(), String::new()));
    }
}
