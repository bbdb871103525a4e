//! `/lop/quy-tac`: the office's own rules for sending people and for calling rolls.
//! Not for: what the law asks.

use axum::extract::State;
use axum::response::Response;
use domain::attendance::LateRule;
use domain::attendance::checkin::Starts;
use domain::roles::{Act, Reach};
use service::attendance::{self, AttendanceRules};
use service::classes::{self, Rules};

use super::HERE;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

fn sheet(signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let field = |name, hint: &str| Field::needed(lang, "class-rule", name, Kind::Short).hint(lang.t(hint));
    let keeps = signed_in.ctx.scope(Act::KeepClasses).is_ok_and(|scope| *scope.reach() == Reach::Province);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-rules")),
        back: (HERE.to_owned(), lang.t("classes-title")),
        lead: lang.t(if keeps { "class-rules-lead" } else { "class-rules-read" }),
        action: format!("{HERE}/quy-tac"),
        submit: lang.t("class-save"),
        fields: vec![
            field("away", "class-rule-away-hint"),
            field("load", "class-rule-load-hint"),
            field("repeat", "class-rule-repeat-hint"),
            field("grace", "class-rule-grace-hint"),
            field("morning", "class-rule-start-hint"),
            field("afternoon", "class-rule-start-hint"),
            field("evening", "class-rule-start-hint"),
        ],
        typed,
        mistakes,
    }
}

/// The rules.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let rules = classes::kept_rules(&state.services, &signed_in.ctx).await?;
    let attendance = attendance::kept_rules(&state.services, &signed_in.ctx).await?;
    let typed = Typed::of([
        ("away", rules.away_share.to_string()),
        ("load", rules.year_load.to_string()),
        ("repeat", rules.repeat_years.to_string()),
        ("grace", attendance.late.grace.to_string()),
        ("morning", clock(attendance.starts.morning)),
        ("afternoon", clock(attendance.starts.afternoon)),
        ("evening", clock(attendance.starts.evening)),
    ]);
    sheet(&signed_in, typed, Vec::new()).answer()
}

/// Sets them.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let number = |name: &str| typed.words(name).parse().unwrap_or(-1);
    let rules = Rules { away_share: number("away"), year_load: number("load"), repeat_years: number("repeat") };
    let starts = Starts { morning: minute(&typed, "morning"), afternoon: minute(&typed, "afternoon"), evening: minute(&typed, "evening") };
    let attends = AttendanceRules { late: LateRule { grace: number("grace") }, starts };
    let mut wrong = Vec::new();
    // Rules that are sound are kept whatever the others are; who saves again changes nothing.
    if refused(classes::keep_rules(&state.services, &signed_in.ctx, rules).await)?.is_err() {
        wrong.push(Mistake::new("away", signed_in.lang().t("class-rules-odd")));
    }
    if refused(attendance::keep_rules(&state.services, &signed_in.ctx, attends).await)?.is_err() {
        wrong.push(Mistake::new("grace", signed_in.lang().t("class-rules-odd-times")));
    }
    if wrong.is_empty() { Ok(shell::see_other(&format!("{HERE}?xong=luu"))) } else { sheet(&signed_in, typed, wrong).answer() }
}

/// A minute of the day as a clock shows it.
fn clock(minute: i32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// A time of the clock as a minute of the day; below nothing when it is none.
fn minute(typed: &Typed, name: &str) -> i32 {
    let of = |text: &str| text.trim().parse::<i32>().ok().filter(|n| (0..60).contains(n));
    let parts = typed.words(name).split_once([':', 'h']);
    parts.and_then(|(hour, minute)| Some(of(hour)? * 60 + of(minute)?)).unwrap_or(-1)
}
