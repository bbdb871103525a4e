//! Folding of Vietnamese text so that people are found with or without marks, d and đ alike.
//! Not for: ordering names; sort keys are made by `store` with a collator.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without marks, đ as d, runs of white space as one blank, trimmed.
///
/// ```
/// assert_eq!(domain::text::fold("  ĐẶNG  Thị Hường "), "dang thi huong");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut blank = true;
    for c in text.nfd().filter(|c| !is_combining_mark(*c)) {
        if c.is_whitespace() {
            if !blank {
                folded.push(' ');
            }
            blank = true;
            continue;
        }
        blank = false;
        match c {
            'đ' | 'Đ' => folded.push('d'),
            _ => folded.extend(c.to_lowercase()),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn marks_case_and_d_do_not_matter() {
        for (typed, found) in
            [("Đào tạo, bồi dưỡng", "dao tao, boi duong"), ("NGUYỄN Thị Ánh", "nguyen thi anh"), ("Đa\u{0300}o", "dao"), ("", "")]
        {
            assert_eq!(fold(typed), found);
        }
    }
}
