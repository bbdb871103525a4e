//! Page rules as dated data: every figure of the page and of the letters, with its citation and evidence, by family and day.
//! Not for: what stands on a page; `compose` decides that and asks here how.

mod reading;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use domain::codes;
use domain::time::{Date, Interval, dmy};

codes! {
    /// Whose form a paper has.
    Family {
        /// Papers of the State, by the decree on clerical work.
        State = "state",
        /// Papers of the Party, by its own guidance.
        Party = "party",
    }
}

codes! {
    /// Whether somebody has seen the figure in the text of the act.
    Evidence {
        /// Seen in the act, or in an official excerpt.
        Verified = "verified",
        /// From a secondary source or from memory.
        Unverified = "unverified",
    }
}

codes! {
    /// A length, share or ordinal of the page.
    Measure {
        /// Millimetres.
        PageWidth = "page_width",
        /// Millimetres.
        PageHeight = "page_height",
        /// Millimetres.
        MarginTop = "margin_top",
        /// Millimetres.
        MarginBottom = "margin_bottom",
        /// Millimetres.
        MarginLeft = "margin_left",
        /// Millimetres.
        MarginRight = "margin_right",
        /// Millimetres that the first line of a paragraph stands in.
        FirstLineIndent = "first_line_indent",
        /// Points between paragraphs.
        ParagraphGap = "paragraph_gap",
        /// Points above the kind, the signature and whatever else begins anew.
        BlockGap = "block_gap",
        /// Distance of lines, 1 being single.
        LineSpacing = "line_spacing",
        /// Length of the rule under the title or motto, in per cent of its text.
        RuleUnderTitle = "rule_under_title",
        /// Length of the rule under the issuing body, in per cent of its text.
        RuleUnderIssuer = "rule_under_issuer",
        /// Length of the rule under the excerpt, in per cent of its text.
        RuleUnderExcerpt = "rule_under_excerpt",
        /// The first page that shows its number.
        FirstNumberOn = "first_number_on",
        /// Millimetres from the upper edge to the page number.
        PageNumberFromEdge = "page_number_from_edge",
        /// Share of the width, in per cent, that the issuing body takes at the top.
        LeftColumn = "left_column",
        /// Share of the width, in per cent, that the signature takes at the end.
        SigningColumn = "signing_column",
        /// Millimetres between the post and the name.
        SigningRoom = "signing_room",
        /// Millimetres that a side of the code at the foot has.
        CodeSize = "code_size",
        /// Millimetres from the lower edge to the code.
        CodeFromEdge = "code_from_edge",
    }
}

codes! {
    /// A component of a paper that has letters of its own.
    StyleOf {
        /// The page number.
        PageNumber = "page_number",
        /// Quốc hiệu, or the title of Party papers.
        Title = "title",
        /// Tiêu ngữ; Party papers have none.
        Motto = "motto",
        /// The body above the issuing one.
        Superior = "superior",
        /// The issuing body.
        Issuer = "issuer",
        /// Number and symbol.
        Number = "number",
        /// Place and day.
        PlaceAndDay = "place_and_day",
        /// The mark of a draft.
        DraftMark = "draft_mark",
        /// Tên loại.
        Kind = "kind",
        /// Trích yếu.
        Excerpt = "excerpt",
        /// Who decides, above the bases of a decision; and the word that opens its articles.
        Authority = "authority",
        /// Kính gửi.
        To = "to",
        /// Căn cứ.
        Bases = "bases",
        /// Paragraphs, clauses and points.
        Body = "body",
        /// The word and number of a part.
        Part = "part",
        /// The title of a part, a section or a group.
        PartTitle = "part_title",
        /// The word and number of a section.
        Section = "section",
        /// The word and number of an article.
        Article = "article",
        /// The title of a clause or point.
        ClauseTitle = "clause_title",
        /// The lines above a signature.
        Post = "post",
        /// The name below a signature.
        Signer = "signer",
        /// "Nơi nhận:".
        RecipientsLabel = "recipients_label",
        /// The recipients and the archive.
        Recipients = "recipients",
        /// "Phụ lục" with its number.
        AnnexLabel = "annex_label",
        /// The title of an annex.
        AnnexTitle = "annex_title",
        /// What an annex belongs to.
        AnnexOf = "annex_of",
        /// Cells of tables.
        Table = "table",
    }
}

/// The letters of a component.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Size in points.
    pub pt: f64,
    /// Bold letters.
    pub bold: bool,
    /// Italic letters.
    pub italic: bool,
    /// Capital letters.
    pub upper: bool,
}

/// The words that are the same on every paper of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) title: String,
    /// None in the Party's family.
    pub(crate) motto: Option<String>,
    /// What stands before a number.
    pub(crate) number: String,
    pub(crate) recipients: String,
    /// A star instead of a rule under the issuing body.
    pub(crate) star: bool,
}

/// The page rules of a family over an interval of days.
#[derive(Debug)]
pub struct PageRules {
    family: Family,
    act: String,
    interval: Interval,
    words: Words,
    measures: BTreeMap<Measure, f64>,
    styles: BTreeMap<StyleOf, Style>,
    unverified: Vec<String>,
}

/// The day that chooses the page rules: the day of the paper, for one without a day the day on which it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperDay(pub Date);

/// Why there are no page rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRules {
    /// The day lies outside every interval entered.
    #[error("no page rules of the family {family} are known for {}", dmy(*day))]
    OutsideKnownRules {
        /// The family asked for.
        family: Family,
        /// The day asked for.
        day: Date,
    },
    /// A file of rules has a mistake; a test keeps that from being released.
    #[error("the page rules cannot be read: {0}")]
    Unreadable(String),
}

static RULES: LazyLock<Result<Vec<PageRules>, String>> = LazyLock::new(|| {
    let files =
        [("nd-30-2020.toml", include_str!("../../data/nd-30-2020.toml")), ("hd-05-vptw.toml", include_str!("../../data/hd-05-vptw.toml"))];
    reading::read(&files)
});

impl PageRules {
    /// The rules of a family on a day; nothing is guessed for a day outside what is known.
    ///
    /// # Errors
    /// [`NoRules`].
    pub fn on(family: Family, day: PaperDay) -> Result<&'static Self, NoRules> {
        let all = RULES.as_ref().map_err(|problem| NoRules::Unreadable(problem.clone()))?;
        let found = all.iter().find(|rules| rules.family == family && rules.interval.contains(day.0));
        found.ok_or(NoRules::OutsideKnownRules { family, day: day.0 })
    }

    /// Whose form it is.
    #[must_use]
    pub const fn family(&self) -> Family {
        self.family
    }

    /// The id of the act that the rules come from.
    #[must_use]
    pub fn act(&self) -> &str {
        &self.act
    }

    /// The names of the figures that nobody has checked against the act.
    #[must_use]
    pub fn unverified(&self) -> &[String] {
        &self.unverified
    }

    /// A figure of the page, in the unit of [`Measure`].
    #[must_use]
    pub fn measure(&self, measure: Measure) -> f64 {
        // Reading refuses a file without one of them.
        self.measures.get(&measure).copied().unwrap_or_default()
    }

    /// The letters of a component; one that the family does not have looks like the body.
    #[must_use]
    pub fn style(&self, component: StyleOf) -> Style {
        let plain = Style { pt: 0.0, bold: false, italic: false, upper: false };
        self.styles.get(&component).or_else(|| self.styles.get(&StyleOf::Body)).copied().unwrap_or(plain)
    }

    pub(crate) const fn words(&self) -> &Words {
        &self.words
    }
}

#[cfg(test)]
mod tests;
