//! Topics of the schemes in force, by what lists of trainings write of them.
//! Not for: what counts for a topic (`progress`).

use domain::plans::TopicRef;
use domain::roles::Act;
use domain::schemes::Title;
use domain::text::fold;

use crate::schemes::{Stored, followed};
use crate::{ActError, Ctx, Services};

/// Between the code of a scheme and that of its topic, here and in the form of a class.
const OF: char = '/';
/// Topics that are suggested.
const SOME: usize = 3;

/// The topics of the schemes in force.
#[derive(Debug, Default)]
pub(crate) struct Topics(Vec<Topic>);

#[derive(Debug)]
struct Topic {
    of: TopicRef,
    title: Title,
}

/// Which topic a text means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant<'t> {
    /// This one.
    One(&'t TopicRef),
    /// Some, to choose from.
    Several(Vec<String>),
    /// None; these are written much like it.
    None(Vec<String>),
}

impl Topics {
    /// # Errors
    /// [`ActError`] when the engine fails.
    pub(crate) async fn of(services: &Services, ctx: &Ctx) -> Result<Self, ActError> {
        let schemes = followed(services, ctx).await?;
        Ok(Self(schemes.iter().flat_map(|stored| of_scheme(stored)).collect()))
    }

    /// The topic that is written: by scheme and code, else by a code or a title that no other has.
    pub(super) fn meant(&self, text: &str) -> Meant<'_> {
        let wanted = plain(text);
        let by = |is_it: &dyn Fn(&Topic) -> bool| self.0.iter().filter(|topic| is_it(topic)).collect::<Vec<_>>();
        for found in
            [by(&|t| plain(&written(&t.of)) == wanted), by(&|t| plain(&t.of.code) == wanted), by(&|t| plain(&t.title.vi) == wanted)]
        {
            match found.as_slice() {
                [] => {}
                [one] => return Meant::One(&one.of),
                several => return Meant::Several(several.iter().map(|topic| shown(topic)).collect()),
            }
        }
        Meant::None(self.near(&wanted))
    }

    fn near(&self, wanted: &str) -> Vec<String> {
        let words: Vec<&str> = words(wanted).filter(|word| word.len() > 1).collect();
        let shared = |topic: &Topic| {
            let title = plain(&topic.title.vi);
            words.iter().filter(|word| self::words(&title).any(|other| other == **word)).count()
        };
        let mut scored: Vec<(usize, &Topic)> = self.0.iter().map(|topic| (shared(topic), topic)).collect();
        scored.retain(|(score, _)| *score > 1 && *score * 2 > words.len());
        scored.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.of.cmp(&y.of)));
        scored.into_iter().take(SOME).map(|(_, topic)| shown(topic)).collect()
    }
}

/// The topics for which trainings of a list can count, as they are written, with their titles.
///
/// # Errors
/// [`ActError::Forbidden`] for who keeps no people.
pub async fn topics_of_training(services: &Services, ctx: &Ctx) -> Result<Vec<(String, Title)>, ActError> {
    ctx.scope(Act::KeepRegister)?;
    Ok(Topics::of(services, ctx).await?.0.into_iter().map(|topic| (written(&topic.of), topic.title)).collect())
}

fn of_scheme(stored: &Stored) -> impl Iterator<Item = Topic> {
    let scheme = &stored.scheme;
    scheme
        .topics
        .iter()
        .map(|topic| Topic { of: TopicRef { scheme: scheme.code.clone(), code: topic.code.clone() }, title: topic.title.clone() })
}

/// A topic as files and other machines write it.
pub(super) fn written(topic: &TopicRef) -> String {
    format!("{}{OF}{}", topic.scheme, topic.code)
}

fn shown(topic: &Topic) -> String {
    format!("{} ({})", written(&topic.of), topic.title.vi)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

/// Without marks, and whatever stands between scheme and code.
fn plain(text: &str) -> String {
    let joined = fold(text).replace(['·', '\\', '|'], "/");
    joined.split(OF).map(str::trim).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics() -> Topics {
        let topic = |scheme: &str, code: &str, title: &str| Topic {
            of: TopicRef { scheme: scheme.to_owned(), code: code.to_owned() },
            title: Title { vi: title.to_owned(), en: String::new() },
        };
        Topics(vec![
            topic("de-an-2023", "L.1", "Tài chính, kế toán"),
            topic("de-an-2023", "L.2", "Phát triển đô thị"),
            topic("de-an-2026", "L.2", "Quản lý đất đai"),
        ])
    }

    #[test]
    fn a_topic_is_known_by_scheme_and_code_by_its_code_alone_and_by_its_title() {
        let topics = topics();
        let meant = |text: &str| match topics.meant(text) {
            Meant::One(topic) => written(topic),
            other => format!("{other:?}"),
        };
        for text in ["de-an-2023/L.1", "DE-AN-2023 · l.1", "L.1", "tai chinh, ke toan"] {
            assert_eq!(meant(text), "de-an-2023/L.1", "{text}");
        }
        assert_eq!(meant("de-an-2026/L.2"), "de-an-2026/L.2");
    }

    #[test]
    fn what_two_schemes_have_is_asked_and_what_none_has_is_suggested() {
        let topics = topics();
        let several = ["de-an-2023/L.2 (Phát triển đô thị)", "de-an-2026/L.2 (Quản lý đất đai)"].map(str::to_owned).to_vec();
        assert_eq!(topics.meant("L.2"), Meant::Several(several));
        assert_eq!(topics.meant("Quản lý đất đai, đô thị"), Meant::None(vec!["de-an-2026/L.2 (Quản lý đất đai)".to_owned()]));
        assert_eq!(topics.meant("de-an-2023/L.9"), Meant::None(Vec::new()));
    }
}
