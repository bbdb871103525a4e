//! Questions of reviews and surveys on pages: rows in which they are written, and fields in which they are answered.
//! Not for: what a good question or answer is (`domain::questions`).

use domain::questions::{AnswerFault, Answers, MOST_QUESTIONS, Question, QuestionFault, QuestionKind, fields};

use crate::form::sheet::Typed;
use crate::form::{Mistake, of_field};
use crate::i18n::Lang;
use crate::words::word;

/// A row in which a question is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its place, from one.
    pub(crate) number: usize,
    /// Code, text and whether it is chosen.
    pub(crate) kinds: Vec<(&'static str, String, bool)>,
    pub(crate) text: String,
    pub(crate) options: String,
    pub(crate) rows: String,
    pub(crate) needed: bool,
    pub(crate) mistake: Option<String>,
}

impl Row {
    /// The id of the field of its text.
    pub(crate) fn id(&self) -> String {
        field(self.number - 1)
    }
}

/// The id of the text of a question.
fn field(place: usize) -> String {
    format!("cau-{}", place + 1)
}

/// The rows of a form: those that were typed with so many empty ones behind them.
pub(crate) fn rows(lang: Lang, questions: &[Question], spare: usize, mistakes: &[Mistake]) -> Vec<Row> {
    let empty = Question { kind: QuestionKind::Choice, text: String::new(), options: Vec::new(), rows: Vec::new(), needed: true };
    let count = (questions.len() + spare).min(MOST_QUESTIONS);
    let row = |place: usize| {
        let question = questions.get(place).unwrap_or(&empty);
        let kind = |kind: &QuestionKind| (kind.code(), word(lang, "question-kind", kind.code()), *kind == question.kind);
        Row {
            number: place + 1,
            kinds: QuestionKind::ALL.iter().map(kind).collect(),
            text: question.text.clone(),
            options: question.options.join("\n"),
            rows: question.rows.join("\n"),
            needed: question.needed,
            mistake: of_field(mistakes, &field(place)).map(str::to_owned),
        }
    };
    (0..count).map(row).collect()
}

/// The questions that were written; rows without anything in them are left out.
pub(crate) fn written(typed: &Typed) -> Vec<Question> {
    let mut questions = Vec::new();
    for place in 0..MOST_QUESTIONS {
        let of = |name: &str| format!("{name}-{}", place + 1);
        let lines = |name: &str| typed.words(&of(name)).lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        let Some(kind) = typed.code(&of("kieu"), QuestionKind::from_code) else { continue };
        let question = Question {
            kind,
            text: typed.words(&of("cau")).to_owned(),
            options: if kind.has_options() { lines("chon") } else { Vec::new() },
            rows: if kind == QuestionKind::Matrix { lines("dong") } else { Vec::new() },
            needed: typed.is_ticked(&of("can")),
        };
        if !(question.text.is_empty() && question.options.is_empty() && question.rows.is_empty()) {
            questions.push(question);
        }
    }
    questions
}

/// The words of a question that cannot be asked.
pub(crate) fn mistake(lang: Lang, place: usize, fault: QuestionFault) -> Mistake {
    let number = [("n", lang.size(place + 1).into())];
    Mistake::new(&field(place), lang.with(&format!("question-fault-{}", fault.code()), &number))
}

/// A question as it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) text: String,
    pub(crate) needed: bool,
    /// How it is answered: `one`, `many`, `number` or `text`.
    pub(crate) how: &'static str,
    pub(crate) fields: Vec<AskedField>,
}

/// One field of it: the whole question, or a line of its matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedField {
    pub(crate) name: String,
    pub(crate) line: Option<String>,
    /// Value, text and whether it is chosen.
    pub(crate) options: Vec<(String, String, bool)>,
    pub(crate) value: String,
    pub(crate) mistake: Option<String>,
}

/// The texts that can be chosen, by value.
pub(crate) fn options(lang: Lang, question: &Question) -> Vec<(String, String)> {
    match question.kind {
        QuestionKind::YesNo => vec![("yes".to_owned(), lang.t("question-yes")), ("no".to_owned(), lang.t("question-no"))],
        QuestionKind::Scale5 | QuestionKind::Scale10 => {
            (1..=question.kind.scale().unwrap_or_default()).map(|n| (n.to_string(), n.to_string())).collect()
        }
        QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Matrix => {
            question.options.iter().enumerate().map(|(place, text)| ((place + 1).to_string(), text.clone())).collect()
        }
        QuestionKind::Number | QuestionKind::Text => Vec::new(),
    }
}

/// The questions with what was answered.
pub(crate) fn asked(lang: Lang, questions: &[Question], answers: &Answers, mistakes: &[Mistake]) -> Vec<Asked> {
    let one = |(place, question): (usize, &Question)| {
        let field = |(row, name): (usize, String)| {
            let given = answers.get(&name).cloned().unwrap_or_default();
            let option = |(value, text): (String, String)| {
                let is_chosen = given.contains(&value);
                (value, text, is_chosen)
            };
            AskedField {
                line: if question.kind == QuestionKind::Matrix { question.rows.get(row).cloned() } else { None },
                options: options(lang, question).into_iter().map(option).collect(),
                value: given.first().cloned().unwrap_or_default(),
                mistake: of_field(mistakes, &name).map(str::to_owned),
                name,
            }
        };
        Asked {
            text: question.text.clone(),
            needed: question.needed,
            how: match question.kind {
                QuestionKind::Choices => "many",
                QuestionKind::Number => "number",
                QuestionKind::Text => "text",
                _ => "one",
            },
            fields: fields(place, question).into_iter().enumerate().map(field).collect(),
        }
    };
    questions.iter().enumerate().map(one).collect()
}

/// A form whose fields may be given more than once.
pub(crate) type Given = Vec<(String, String)>;

/// What was given for a field.
pub(crate) fn given(form: &Given, field: &str) -> Vec<String> {
    form.iter().filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
}

/// What was given, as answers, for a form that is shown again.
pub(crate) fn as_answers(form: &Given) -> Answers {
    let mut answers = Answers::new();
    for (name, value) in form {
        answers.entry(name.clone()).or_default().push(value.clone());
    }
    answers
}

/// The words of an answer that is not taken.
pub(crate) fn answer_mistake(lang: Lang, field: &str, fault: AnswerFault) -> Mistake {
    let number = field.trim_start_matches('q').to_owned();
    Mistake::new(field, lang.with(&format!("question-answer-{}", fault.code()), &[("n", number.into())]))
}
