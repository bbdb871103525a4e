//! Questions of reviews and surveys: how they are asked, what a good answer is, and what many answers come to.
//! Not for: who asks whom.

use std::collections::BTreeMap;

use crate::codes;

codes! {
    /// How a question is answered.
    QuestionKind {
        /// Yes or no.
        YesNo = "yes_no",
        /// One of several.
        Choice = "choice",
        /// As many of several as fit.
        Choices = "choices",
        /// A whole number.
        Number = "number",
        /// One to five.
        Scale5 = "scale_5",
        /// One to ten.
        Scale10 = "scale_10",
        /// Words.
        Text = "text",
        /// One of several for each line.
        Matrix = "matrix",
    }
}

impl QuestionKind {
    /// Whether it has texts to choose from.
    #[must_use]
    pub const fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices | Self::Matrix)
    }

    /// The highest step of a scale.
    #[must_use]
    pub const fn scale(self) -> Option<usize> {
        match self {
            Self::Scale5 => Some(5),
            Self::Scale10 => Some(10),
            Self::YesNo | Self::Choice | Self::Choices | Self::Number | Self::Text | Self::Matrix => None,
        }
    }
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// How it is answered.
    pub kind: QuestionKind,
    /// What is asked.
    pub text: String,
    /// Texts to choose from.
    pub options: Vec<String>,
    /// Lines of a matrix.
    pub rows: Vec<String>,
    /// Whether it must be answered.
    pub needed: bool,
}

codes! {
    /// Why a question cannot be asked.
    QuestionFault {
        /// It asks nothing.
        NoText = "no_text",
        /// There are fewer than two texts to choose from.
        NoOptions = "no_options",
        /// A matrix has no line.
        NoRows = "no_rows",
        /// There are too many questions, options or lines.
        TooMany = "too_many",
    }
}

codes! {
    /// Why an answer is not taken.
    AnswerFault {
        /// It must be answered.
        Missing = "missing",
        /// It is none of what can be answered.
        Unreadable = "unreadable",
        /// It is too long.
        TooLong = "too_long",
    }
}

/// Answers by the name of the field: `q1`, or `q1.2` for the second line of a matrix. Options and lines are counted from one.
pub type Answers = BTreeMap<String, Vec<String>>;

/// Most questions of a form.
pub const MOST_QUESTIONS: usize = 40;
/// Most options of a question, and lines of a matrix.
const MOST_OPTIONS: usize = 20;
/// Most letters of an answer in words.
const MOST_LETTERS: usize = 2_000;

/// Everything that is wrong with questions, by their place.
#[must_use]
pub fn question_faults(questions: &[Question]) -> Vec<(usize, QuestionFault)> {
    let mut faults = Vec::new();
    for (place, question) in questions.iter().enumerate() {
        let mut fault = |is_wrong: bool, fault: QuestionFault| faults.extend(is_wrong.then_some((place, fault)));
        fault(question.text.trim().is_empty(), QuestionFault::NoText);
        fault(question.kind.has_options() && question.options.len() < 2, QuestionFault::NoOptions);
        fault(question.kind == QuestionKind::Matrix && question.rows.is_empty(), QuestionFault::NoRows);
        let many = question.options.len() > MOST_OPTIONS || question.rows.len() > MOST_OPTIONS || place >= MOST_QUESTIONS;
        fault(many, QuestionFault::TooMany);
    }
    faults
}

/// The fields of a question: its own, or one for each line.
#[must_use]
pub fn fields(place: usize, question: &Question) -> Vec<String> {
    match question.kind {
        QuestionKind::Matrix => (1..=question.rows.len()).map(|row| format!("q{}.{row}", place + 1)).collect(),
        _ => vec![format!("q{}", place + 1)],
    }
}

/// What was answered, and what is wrong with it by field.
pub fn read(questions: &[Question], given: impl Fn(&str) -> Vec<String>) -> (Answers, Vec<(String, AnswerFault)>) {
    let (mut answers, mut faults) = (Answers::new(), Vec::new());
    for (place, question) in questions.iter().enumerate() {
        for field in fields(place, question) {
            let mut values: Vec<String> = given(&field).iter().map(|v| plain(question.kind, v)).filter(|v| !v.is_empty()).collect();
            // Whoever names a choice twice chose it once.
            values.sort();
            values.dedup();
            if values.is_empty() {
                faults.extend(question.needed.then_some((field, AnswerFault::Missing)));
                continue;
            }
            match answer_fault(question, &values) {
                Some(fault) => faults.push((field, fault)),
                None => {
                    answers.insert(field, values);
                }
            }
        }
    }
    (answers, faults)
}

/// A value without blanks around it; one number is written in one way.
fn plain(kind: QuestionKind, value: &str) -> String {
    let value = value.trim();
    match value.parse::<i64>() {
        Ok(number) if kind != QuestionKind::Text => number.to_string(),
        _ => value.to_owned(),
    }
}

fn answer_fault(question: &Question, values: &[String]) -> Option<AnswerFault> {
    let one_of = |most: usize| values.iter().all(|v| v.parse::<usize>().is_ok_and(|n| (1..=most).contains(&n)));
    let is_readable = match question.kind {
        QuestionKind::YesNo => values.iter().all(|v| v == "yes" || v == "no"),
        QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Matrix => one_of(question.options.len()),
        QuestionKind::Number => values.iter().all(|v| v.parse::<i32>().is_ok()),
        QuestionKind::Scale5 | QuestionKind::Scale10 => question.kind.scale().is_some_and(one_of),
        QuestionKind::Text => true,
    };
    let is_alone = question.kind == QuestionKind::Choices || values.len() == 1;
    let is_long = values.iter().any(|v| v.chars().count() > MOST_LETTERS);
    match (is_readable && is_alone, is_long) {
        (false, _) => Some(AnswerFault::Unreadable),
        (true, true) => Some(AnswerFault::TooLong),
        (true, false) => None,
    }
}

/// What many answers to one field come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// How many answered it.
    pub answered: i64,
    /// How often each value was given, by value; not for words.
    pub counts: BTreeMap<String, i64>,
    /// The mean in hundredths, for numbers and scales.
    pub mean: Option<i64>,
    /// The words, in the order of the alphabet so that they tell no order of answering.
    pub words: Vec<String>,
}

/// What answers come to for one field of a question.
pub fn tally<'a>(question: &Question, field: &str, answers: impl Iterator<Item = &'a Answers>) -> Tally {
    let mut tally = Tally::default();
    let (mut sum, mut numbers) = (0_i64, 0_i64);
    let is_number = question.kind == QuestionKind::Number || question.kind.scale().is_some();
    for values in answers.filter_map(|answers| answers.get(field)) {
        tally.answered += 1;
        for value in values {
            if question.kind == QuestionKind::Text {
                tally.words.push(value.clone());
                continue;
            }
            *tally.counts.entry(value.clone()).or_insert(0) += 1;
            if let Some(number) = value.parse::<i64>().ok().filter(|_| is_number) {
                (sum, numbers) = (sum.saturating_add(number), numbers + 1);
            }
        }
    }
    tally.words.sort();
    tally.mean = sum.saturating_mul(100).checked_div(numbers);
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(kind: QuestionKind) -> Question {
        let options = if kind.has_options() { vec!["A".to_owned(), "B".to_owned()] } else { Vec::new() };
        Question { kind, text: "?".to_owned(), options, rows: vec!["một".to_owned()], needed: true }
    }

    fn fault(kind: QuestionKind, values: &[&str]) -> Option<AnswerFault> {
        let values: Vec<String> = values.iter().map(|v| (*v).to_owned()).collect();
        read(&[question(kind)], |_| values.clone()).1.first().map(|(_, fault)| *fault)
    }

    #[test]
    fn the_worked_cases_of_answers() {
        use QuestionKind::{Choice, Choices, Matrix, Number, Scale5, Scale10, Text, YesNo};
        for (kind, good, bad) in [
            (YesNo, &["yes"][..], &["maybe"][..]),
            (Choice, &["2"], &["1", "2"]),
            (Choices, &["1", "2"], &["3"]),
            (Number, &["-4"], &["bốn"]),
            (Scale5, &["5"], &["6"]),
            (Scale10, &["10"], &["0"]),
            (Matrix, &["1"], &["A"]),
        ] {
            assert_eq!((fault(kind, good), fault(kind, bad)), (None, Some(AnswerFault::Unreadable)), "{kind}");
            assert_eq!(fault(kind, &[" "]), Some(AnswerFault::Missing), "{kind}");
        }
        assert_eq!(fault(Text, &["x".repeat(2_001).as_str()]), Some(AnswerFault::TooLong));
    }

    #[test]
    fn a_choice_that_is_named_again_is_chosen_once() {
        let given = |_: &str| ["2", "1", "02", "1"].map(str::to_owned).to_vec();
        assert_eq!(read(&[question(QuestionKind::Choices)], given).0["q1"], ["1", "2"]);
    }

    #[test]
    fn a_question_without_a_choice_cannot_be_asked() {
        let bad = Question { options: vec!["A".to_owned()], rows: Vec::new(), text: " ".to_owned(), ..question(QuestionKind::Matrix) };
        let faults: Vec<_> = question_faults(&[question(QuestionKind::Matrix), bad]).into_iter().collect();
        assert_eq!(faults, [(1, QuestionFault::NoText), (1, QuestionFault::NoOptions), (1, QuestionFault::NoRows)]);
    }

    #[test]
    fn answers_come_to_counts_and_a_mean() {
        let scale = question(QuestionKind::Scale5);
        let answers: Vec<Answers> = ["5", "4", "4"].iter().map(|v| Answers::from([("q1".to_owned(), vec![(*v).to_owned()])])).collect();
        let tally = tally(&scale, "q1", answers.iter().chain([&Answers::new()]));
        assert_eq!((tally.answered, tally.mean, tally.counts.get("4")), (3, Some(433), Some(&2)));
    }
}
