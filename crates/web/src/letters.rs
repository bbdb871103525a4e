//! Letters that tell people what happened to their classes: subject, plain text and page, in the language of whoever reads them.
//! Not for: carrying them (`app`), or when they go out (`domain::notices`).

use askama::Template;
use service::notices::{NoticeLine, Parcel};

use crate::i18n::Lang;
use crate::notices::{self, words};

/// A letter that is ready to be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Subject.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// As a page.
    pub html: String,
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct LetterPage<'a> {
    lang: Lang,
    subject: &'a str,
    greeting: &'a str,
    lines: &'a [Line],
    foot: &'a str,
    all: &'a str,
    settings: &'a str,
}

struct Line {
    title: String,
    words: String,
    facts: String,
    href: String,
}

/// Writes the letter. Links begin with the address by which people reach the program.
///
/// # Errors
/// [`askama::Error`] when the template fails.
pub fn write(parcel: &Parcel, reached_by: &str, province: &str) -> Result<Letter, askama::Error> {
    let lang = Lang::from_code(&parcel.language).unwrap_or_default();
    let base = reached_by.trim_end_matches('/');
    let line = |notice: &NoticeLine| Line {
        title: words::title(lang, notice),
        words: notice.words.clone(),
        facts: words::facts(lang, notice),
        href: format!("{base}{}/{}", notices::HERE, notice.id),
    };
    let lines: Vec<Line> = parcel.notices.iter().map(line).collect();
    let subject = match lines.as_slice() {
        [one] => plain(&one.title),
        many => lang.counted("letter-subject-many", i64::try_from(many.len()).unwrap_or(i64::MAX)),
    };
    let greeting = lang.with("letter-greeting", &[("name", parcel.name.clone().into())]);
    let foot = lang.with("letter-foot", &[("province", province.to_owned().into())]);
    let (all, settings) = (format!("{base}{}", notices::HERE), format!("{base}/tai-khoan/thu"));
    let text = text(lang, &greeting, &lines, &foot, (&all, &settings));
    let html =
        LetterPage { lang, subject: &subject, greeting: &greeting, lines: &lines, foot: &foot, all: &all, settings: &settings }.render()?;
    Ok(Letter { subject: format!("[Khuê Văn] {subject}"), text, html })
}

/// A subject is one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(lang: Lang, greeting: &str, lines: &[Line], foot: &str, (all, settings): (&str, &str)) -> String {
    let mut text = format!("{greeting}\n");
    for line in lines {
        let parts = [line.title.as_str(), &line.words, &line.facts, &line.href];
        let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        text.push_str(&format!("\n{}\n", told.join("\n")));
    }
    text.push_str(&format!("\n{}: {all}\n{}: {settings}\n\n-- \n{foot}\n", lang.t("letter-all"), lang.t("letter-settings")));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{MailId, NominationId, NoticeId};
    use domain::notices::{Audience, Event};
    use domain::time::{Instant, date};
    use domain::training::ClassStatus;

    fn notice(event: Event, audience: Audience, words: &str) -> NoticeLine {
        let named = (!event.is_of_the_class()).then(|| (NominationId(9), "QN0000007".to_owned(), "Nguyễn Văn An".to_owned()));
        NoticeLine {
            id: NoticeId(7),
            event,
            audience,
            class: ("LOP-2026-001".to_owned(), "Kỹ năng <số>".to_owned()),
            days: (date(2026, 12, 7).unwrap(), date(2026, 12, 9).unwrap()),
            place: "Hội trường A".to_owned(),
            status: ClassStatus::Enrolling,
            named,
            words: words.to_owned(),
            made_at: Instant(0),
            read_at: None,
            mail: None,
        }
    }

    fn parcel(language: &str, notices: Vec<NoticeLine>) -> Parcel {
        Parcel {
            id: MailId(1), address: "an@tinh.vn".to_owned(), name: "Nguyễn Văn An".to_owned(), language: language.to_owned(), notices
        }
    }

    #[test]
    fn a_letter_in_both_languages() {
        for language in ["vi", "en"] {
            let cancelled = notice(Event::Cancelled, Audience::Learner, "bão số 9");
            let one = write(&parcel(language, vec![cancelled.clone()]), "https://khuevan.tinh.vn/", "Tỉnh thử").unwrap();
            let named = notice(Event::Named, Audience::Head, "");
            let two = write(&parcel(language, vec![cancelled, named]), "https://khuevan.tinh.vn", "Tỉnh thử").unwrap();
            insta::assert_snapshot!(
                format!("letter-{language}"),
                format!("{}\n\n{}\n{}\n\n{}\n{}", one.subject, one.text, one.html, two.subject, two.text)
            );
        }
    }

    #[test]
    fn words_of_people_are_words_in_the_page() {
        let written =
            write(&parcel("vi", vec![notice(Event::Cancelled, Audience::Learner, "<b>x</b>\nBcc: a@b.c")]), "https://x", "T").unwrap();
        assert!(written.html.contains("&#60;b&#62;x") && !written.html.contains("<b>x"), "{}", written.html);
        assert!(!written.subject.contains('\n'));
    }
}
