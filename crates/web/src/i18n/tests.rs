//! That both languages say everything that pages ask for.
//! Not for: how well they say it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str, texts: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, ending, texts);
        } else if path.to_string_lossy().ends_with(ending) {
            texts.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn keys(lang: Lang) -> BTreeSet<String> {
    let mut texts = Vec::new();
    files(&root().join("../../locales").join(lang.code()), ".ftl", &mut texts);
    let mut keys = BTreeSet::new();
    for (path, text) in texts {
        for key in text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic())).filter_map(|l| l.split_once(" =")) {
            assert!(keys.insert(key.0.trim().to_owned()), "{path} says {} twice", key.0);
        }
    }
    keys
}

#[test]
fn both_languages_have_the_same_texts() {
    let (vi, en) = (keys(Lang::Vi), keys(Lang::En));
    assert_eq!(vi.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "only in vi");
    assert_eq!(en.difference(&vi).collect::<Vec<_>>(), Vec::<&String>::new(), "only in en");
}

/// Keys written out in templates and sources: `t("key")`, `with("key"`, `counted("key"`, `code_text("prefix"`.
fn asked() -> (BTreeSet<String>, BTreeSet<String>) {
    let mut texts = Vec::new();
    files(&root().join("templates"), ".html", &mut texts);
    files(&root().join("src"), ".rs", &mut texts);
    let (mut whole, mut prefixes) = (BTreeSet::new(), BTreeSet::new());
    for (path, text) in texts.iter().filter(|(path, _)| !path.ends_with("tests.rs")) {
        // A macro call may break the line between the bracket and the key.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( \"", "(\"");
        for mark in [".t(\"", ".with(\"", ".counted(\"", ".code_text(\""] {
            for rest in text.split(mark).skip(1) {
                let key = rest.split('"').next().unwrap();
                assert!(!key.is_empty(), "{path}");
                let into = if mark.starts_with(".code_text") { &mut prefixes } else { &mut whole };
                into.insert(key.to_owned());
            }
        }
    }
    (whole, prefixes)
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let known = keys(Lang::Vi);
    let (whole, prefixes) = asked();
    let missing: Vec<&String> = whole.iter().filter(|key| !known.contains(*key)).collect();
    assert_eq!(missing, Vec::<&String>::new());
    let empty: Vec<&String> = prefixes.iter().filter(|p| !known.iter().any(|key| key.starts_with(&format!("{p}-")))).collect();
    assert_eq!(empty, Vec::<&String>::new());
}

#[test]
fn every_code_of_the_business_has_a_word() {
    let known = keys(Lang::Vi);
    let mut missing = Vec::new();
    let mut check = |prefix: &str, codes: Vec<&'static str>| {
        missing.extend(codes.into_iter().map(|code| format!("{prefix}-{code}")).filter(|key| !known.contains(key)));
    };
    check("state", domain::progress::State::ALL.iter().map(|c| c.code()).collect());
    check("role", domain::roles::Role::ALL.iter().map(|c| c.code()).collect());
    check("role-sees", domain::roles::Role::ALL.iter().map(|c| c.code()).collect());
    check("act", domain::roles::Act::ALL.iter().map(|c| c.code()).collect());
    check("kind", domain::orgs::UnitKind::ALL.iter().map(|c| c.code()).collect());
    check("task", service::schemes::TaskState::ALL.iter().map(|c| c.code()).collect());
    check("theme", crate::preferences::Theme::ALL.iter().map(|c| c.code()).collect());
    check("done", crate::nav::DONE.to_vec());
    check("notice-event", domain::notices::Event::ALL.iter().map(|c| c.code()).collect());
    check("audience", domain::notices::Audience::ALL.iter().map(|c| c.code()).collect());
    check("delivery", domain::notices::Delivery::ALL.iter().map(|c| c.code()).collect());
    check("mail-state", domain::notices::MailState::ALL.iter().map(|c| c.code()).collect());
    check("watch", domain::register::commitments::Watch::ALL.iter().map(|c| c.code()).collect());
    check("feed-kind", domain::feeds::FeedKind::ALL.iter().map(|c| c.code()).collect());
    check("paper-kind", domain::papers::PaperKind::ALL.iter().map(|c| c.code()).collect());
    check("holder", domain::papers::procedure::Holder::ALL.iter().map(|c| c.code()).collect());
    check("paper-act", domain::papers::procedure::ActKind::ALL.iter().map(|c| c.code()).collect());
    check("opinion", domain::papers::moves::Opinion::ALL.iter().map(|c| c.code()).collect());
    check("paper-refusal", domain::papers::moves::MoveRefusal::ALL.iter().map(|c| c.code()).collect());
    let own = ["not_holder", "no_procedure", "on_its_way", "from_subject", "lacks", "no_words", "no_scan", "not_signed", "no_mandate"];
    check("paper-refusal", own.to_vec());
    let own = ["mandate_not_today", "bad_mandate", "many_mandates", "late_number", "late_issue", "no_title", "too_long"];
    check("paper-refusal", own.to_vec());
    check("template-clash", documents::papers::ClashKind::ALL.iter().map(|c| c.code()).collect());
    check("template-refusal", service::documents::TemplateRefusal::CODES.to_vec());
    check("document-refusal", service::documents::DocumentRefusal::CODES.to_vec());
    check("lack", domain::plans::check::FaultKind::ALL.iter().map(|c| c.code()).collect());
    check("lack", domain::programmes::Lack::ALL.iter().map(|c| c.code()).collect());
    check("scan-fault", vec!["other_paper", "other_paper_unseen", "foreign", "no_code"]);
    check("certificate-kind", domain::certificates::CertificateKind::ALL.iter().map(|c| c.code()).collect());
    check("certificate-state", domain::certificates::CertificateState::ALL.iter().map(|c| c.code()).collect());
    check("certificate-act", domain::certificates::CertificateAct::ALL.iter().map(|c| c.code()).collect());
    check("certificate-fault", domain::certificates::CertificateFault::ALL.iter().map(|c| c.code()).collect());
    check("verify", domain::certificates::CertificateState::ALL.iter().map(|c| c.code()).collect());
    check("class-paper", domain::classes::papers::ClassPaper::ALL.iter().map(|c| c.code()).collect());
    check("class-paper-lead", domain::classes::papers::ClassPaper::ALL.iter().map(|c| c.code()).collect());
    check("class-paper-fault", domain::classes::papers::ClassPaperFault::ALL.iter().map(|c| c.code()).collect());
    check("class-symbol-fault", domain::classes::papers::ClassNumberFault::ALL.iter().map(|c| c.code()).collect());
    check("number-fault", domain::papers::numbers::NumberFault::ALL.iter().map(|c| c.code()).collect());
    check("register-fault", domain::papers::numbers::RegisterFault::ALL.iter().map(|c| c.code()).collect());
    check("mandate-fault", domain::papers::mandates::MandateFault::ALL.iter().map(|c| c.code()).collect());
    check("papers-tab", service::papers::Which::ALL.iter().map(|c| c.code()).collect());
    check("papers-none", service::papers::Which::ALL.iter().map(|c| c.code()).collect());
    check("audit-fact", crate::audit::FACTS.to_vec());
    check("post-group", domain::people::PostGroup::ALL.iter().map(|c| c.code()).collect());
    check("reorg-fate", domain::orgs::reorganise::Fate::ALL.iter().map(|c| c.code()).collect());
    check("subject", domain::standards::Subject::ALL.iter().map(|c| c.code()).collect());
    check("needs-state", domain::needs::NeedState::ALL.iter().map(|c| c.code()).collect());
    check("needs-source", domain::needs::NeedSource::ALL.iter().map(|c| c.code()).collect());
    check("needs-level", domain::needs::NeedLevel::ALL.iter().map(|c| c.code()).collect());
    check("needs-verdict", domain::needs::Verdict::ALL.iter().map(|c| c.code()).collect());
    check("needs-fault", domain::needs::NeedFault::ALL.iter().map(|c| c.code()).collect());
    check("review-state", domain::reviews::ReviewState::ALL.iter().map(|c| c.code()).collect());
    check("review-answer", domain::reviews::AnswerState::ALL.iter().map(|c| c.code()).collect());
    check("review-step", domain::reviews::Step::ALL.iter().map(|c| c.code()).collect());
    check("review-fault", domain::reviews::ReviewFault::ALL.iter().map(|c| c.code()).collect());
    check("survey-fault", domain::surveys::SurveyFault::ALL.iter().map(|c| c.code()).collect());
    check("question-kind", domain::questions::QuestionKind::ALL.iter().map(|c| c.code()).collect());
    check("question-fault", domain::questions::QuestionFault::ALL.iter().map(|c| c.code()).collect());
    check("question-answer", domain::questions::AnswerFault::ALL.iter().map(|c| c.code()).collect());
    check("mark", domain::attendance::Mark::ALL.iter().map(|c| c.code()).collect());
    check("mark-source", domain::attendance::Source::ALL.iter().map(|c| c.code()).collect());
    check("signed-fault", domain::attendance::sheets::PageFault::ALL.iter().map(|c| c.code()).collect());
    check("signed-ink", domain::attendance::sheets::Ink::ALL.iter().map(|c| c.code()).collect());
    check("signed-gone", domain::attendance::sheets::Ink::ALL.iter().map(|c| c.code()).collect());
    check("signed-choice", domain::attendance::sheets::Choice::ALL.iter().map(|c| c.code()).collect());
    check("signed-sum", domain::attendance::sheets::Finding::ALL.iter().map(|c| c.code()).collect());
    check("mark-fault", domain::attendance::MarkFault::ALL.iter().map(|c| c.code()).collect());
    check("checkin-fault", domain::attendance::checkin::CheckInFault::ALL.iter().map(|c| c.code()).collect());
    check("checkin-way-out", domain::attendance::checkin::CheckInFault::ALL.iter().map(|c| c.code()).collect());
    check("sitting-fault", domain::classes::sittings::SittingFault::ALL.iter().map(|c| c.code()).collect());
    check("work-kind", domain::results::WorkKind::ALL.iter().map(|c| c.code()).collect());
    check("work-fault", domain::results::WorkFault::ALL.iter().map(|c| c.code()).collect());
    check("points-fault", domain::results::PointsFault::ALL.iter().map(|c| c.code()).collect());
    check("grade-fault", domain::results::GradeFault::ALL.iter().map(|c| c.code()).collect());
    check("paste-fault", domain::results::pasted::PasteFault::ALL.iter().map(|c| c.code()).collect());
    check("reason", domain::results::Reason::CODES.to_vec());
    missing.extend(crate::units::reorganise::keys().into_iter().filter(|key| !known.contains(key)));
    missing.extend(crate::plans::keys().into_iter().filter(|key| !known.contains(key)));
    missing.extend(crate::notices::words::keys().into_iter().filter(|key| !known.contains(key)));
    let acts = service::audit::ACTS.iter().map(|act| crate::audit::act_key(act));
    missing.extend(acts.filter(|key| !known.contains(key)));
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn a_text_with_places_is_filled_and_plural_where_the_language_is() {
    assert_eq!(Lang::Vi.counted("noun-people", 1_234), "1.234 người");
    assert_eq!((Lang::En.counted("noun-people", 1), Lang::En.counted("noun-people", 1_234)), ("1 person".into(), "1,234 people".into()));
}
