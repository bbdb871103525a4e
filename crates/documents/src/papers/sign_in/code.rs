//! What the code on a page of a sheet says: `KVB2:<class>:<sitting>:<page>:<pages>:<version>`. The version names the list that was printed.
//! Not for: whether there is such a list (`service::attendance`).

/// How the text of a code begins.
const MARK: &str = "KVB2:";
/// How it began before sheets had squares; so do sheets as Word files.
pub(super) const OLD_MARK: &str = "KVB1:";

/// What the code on a page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCode {
    /// Code of the class.
    pub class: String,
    /// Key of the sitting.
    pub sitting: i64,
    /// Page of the sheet, from 1.
    pub page: u16,
    /// Pages of the sheet.
    pub pages: u16,
    /// The list that was printed. Capital letters and digits, which make a smaller code.
    pub version: String,
}

impl SheetCode {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{MARK}{}:{}:{}:{}:{}", self.class, self.sitting, self.page, self.pages, self.version)
    }

    /// The code that a text is; none when it is something else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix(MARK)?.rsplitn(5, ':');
        let version = parts.next()?.to_owned();
        let pages = parts.next()?.parse().ok()?;
        let page = parts.next()?.parse().ok().filter(|page| (1..=pages).contains(page))?;
        let sitting = parts.next()?.parse().ok()?;
        let class = parts.next().filter(|class| !class.is_empty())?.to_owned();
        Some(Self { class, sitting, page, pages, version })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_was_written_and_nothing_else_is() {
        let code = SheetCode { class: "LOP-2026-001".to_owned(), sitting: 42, page: 2, pages: 3, version: "A1B2C3D4".to_owned() };
        assert_eq!(code.text(), "KVB2:LOP-2026-001:42:2:3:A1B2C3D4");
        assert_eq!(SheetCode::parse(&code.text()), Some(code));
        for other in
            ["", "KVB1:LOP:2026-12-07:morning", "KVB2:L:1:3:2:A", "KVB2:L:1:0:2:A", "KVB2::1:1:1:A", "KVB2:L:x:1:1:A", "KVB2:1:1:1:A"]
        {
            assert_eq!(SheetCode::parse(other), None, "{other}");
        }
    }
}
