//! `/khao-sat/{id}/ket-qua`: what a survey comes to: counts, means and bars with their tables; as a workbook too.
//! Not for: who answered what; answers in words are listed to who runs the survey alone.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use documents::{Cell, Column};
use domain::ids::SurveyId;
use domain::questions::{Question, QuestionKind, Tally};
use service::surveys::{self, Results};

use super::HERE;
use crate::AppState;
use crate::asked::{Asked, address};
use crate::download::List;
use crate::drawing::Stack;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::questions::options;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "surveys/results.html")]
struct ResultsPage {
    shell: Shell,
    survey: (String, String),
    answered: String,
    is_anonymous: bool,
    is_withheld: bool,
    hidden: Option<String>,
    groups: Vec<(String, String, bool)>,
    parts: Vec<Part>,
    xlsx: String,
}

/// One field of a question.
struct Part {
    id: String,
    title: String,
    answered: String,
    mean: Option<String>,
    /// Text, count, share and its bar.
    rows: Vec<(String, String, String, Stack)>,
    words: Vec<String>,
}

/// A mean in hundredths.
fn mean(lang: Lang, hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths.abs() % 100);
    if lang.is_vi() { text.replace('.', ",") } else { text }
}

/// The values that can be given, with their texts; numbers as they were given.
fn values(lang: Lang, question: &Question, tally: &Tally) -> Vec<(String, String)> {
    if question.kind == QuestionKind::Number {
        let mut numbers: Vec<i64> = tally.counts.keys().filter_map(|value| value.parse().ok()).collect();
        numbers.sort_unstable();
        return numbers.into_iter().map(|n| (n.to_string(), lang.number(n))).collect();
    }
    options(lang, question)
}

fn title(question: &Question, line: Option<&String>) -> String {
    line.map_or_else(|| question.text.clone(), |line| format!("{} – {line}", question.text))
}

fn part(lang: Lang, id: String, question: &Question, (line, tally): &(Option<String>, Tally)) -> Part {
    let row = |(value, text): (String, String)| {
        let count = tally.counts.get(&value).copied().unwrap_or_default();
        let share = lang.short_percent(count.saturating_mul(10_000).checked_div(tally.answered).unwrap_or_default());
        let rest = (tally.answered - count).max(0);
        let label = format!("{text}: {}", lang.number(count));
        (text, lang.number(count), share, Stack::of(&[("met", count), ("not_started", rest)], label))
    };
    Part {
        id,
        title: title(question, line.as_ref()),
        answered: lang.counted("survey-answers", tally.answered),
        mean: tally.mean.map(|hundredths| mean(lang, hundredths)),
        rows: values(lang, question, tally).into_iter().map(row).collect(),
        words: tally.words.clone(),
    }
}

async fn loaded(state: &AppState, signed_in: &SignedIn, id: i64, asked: &Asked) -> Result<Results, WebError> {
    Ok(surveys::results(&state.services, &signed_in.ctx, SurveyId(id), asked.text("don-vi")).await?)
}

/// What it comes to.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let results = loaded(&state, &signed_in, id, &asked).await?;
    let path = format!("{HERE}/{id}/ket-qua");
    let chosen = asked.text("don-vi");
    let all = (path.clone(), lang.t("survey-all-units"), chosen.is_none());
    let groups = results.groups.iter().map(|(code, name, count)| {
        let text = format!("{name} ({})", lang.number(*count));
        (address(&path, &[("don-vi", Some(code))]), text, chosen == Some(code.as_str()))
    });
    let parts = results.outcomes.iter().enumerate().flat_map(|(place, outcome)| {
        let tallies = outcome.tallies.iter().enumerate();
        tallies.map(move |(row, tally)| part(lang, format!("cau-{}-{}", place + 1, row + 1), &outcome.question, tally))
    });
    let hidden = i64::try_from(results.hidden).unwrap_or(i64::MAX);
    shell::page(&ResultsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("survey-results")),
        survey: (format!("{HERE}/{id}"), results.survey.title.clone()),
        answered: lang.counted("survey-answers", results.answered),
        is_anonymous: results.survey.is_anonymous,
        is_withheld: results.is_withheld,
        hidden: (hidden > 0 && !results.is_withheld).then(|| lang.counted("survey-hidden", hidden)),
        groups: if results.groups.is_empty() { Vec::new() } else { std::iter::once(all).chain(groups).collect() },
        parts: parts.collect(),
        xlsx: address(&format!("{HERE}/{id}/ket-qua.xlsx"), &[("don-vi", chosen)]),
    })
}

/// The counts as a workbook; answers in words stay on the page.
pub(crate) async fn xlsx(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let results = loaded(&state, &signed_in, id, &asked).await?;
    let columns = [("question-one", 50), ("survey-choice", 30), ("survey-count", 12), ("survey-mean", 12)];
    let mut rows = Vec::new();
    for outcome in &results.outcomes {
        for (line, tally) in &outcome.tallies {
            let title = title(&outcome.question, line.as_ref());
            let mean = tally.mean.map_or(Cell::Empty, |hundredths| Cell::Text(mean(lang, hundredths)));
            rows.push(vec![Cell::Text(title.clone()), Cell::Text(lang.t("survey-answered")), Cell::Number(tally.answered), mean]);
            for (value, text) in values(lang, &outcome.question, tally) {
                let count = tally.counts.get(&value).copied().unwrap_or_default();
                rows.push(vec![Cell::Text(title.clone()), Cell::Text(text), Cell::Number(count), Cell::Empty]);
            }
        }
    }
    let list = List {
        title: results.survey.title.clone(),
        notes: vec![lang.counted("survey-answers", results.answered)],
        columns: columns.iter().map(|(key, width)| Column::new(lang.t(key), *width)).collect(),
        rows,
    };
    list.xlsx("khao-sat").await
}
