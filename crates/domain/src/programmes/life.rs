//! How a text of a programme lives: drafted, appraised, mended, approved by a decision, replaced by the next, retired.
//! Not for: who may take a step (`roles`), or what a text must have (`lacks`).

use crate::codes;

codes! {
    /// How far a text has come.
    State {
        /// Đang soạn.
        Draft = "draft",
        /// Hội đồng đang thẩm định.
        Appraising = "appraising",
        /// Thông qua sau khi chỉnh sửa.
        ToMend = "to_mend",
        /// Đã thẩm định, chờ quyết định.
        Appraised = "appraised",
        /// Đã phê duyệt.
        Approved = "approved",
        /// Đã có bản thay.
        Replaced = "replaced",
        /// Thôi áp dụng.
        Retired = "retired",
    }
}

codes! {
    /// What is done with a text.
    Step {
        /// The drafter saves it.
        Save = "save",
        /// It goes to a council.
        Send = "send",
        /// The drafter takes it back before the council has closed.
        Recall = "recall",
        /// The council passes it.
        Pass = "pass",
        /// The council passes it, if it is mended.
        AskMending = "ask_mending",
        /// The council turns it down.
        TurnDown = "turn_down",
        /// The chair finds it mended.
        AcceptMended = "accept_mended",
        /// The paper that was to approve it comes back.
        Return = "return",
        /// A decision approves it.
        Approve = "approve",
        /// The next text is approved.
        Replace = "replace",
        /// It is not used any more, or is given up.
        Retire = "retire",
    }
}

impl State {
    /// Whether somebody still works on the text; a programme has at most one such text.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::Appraising | Self::ToMend | Self::Appraised => true,
            Self::Approved | Self::Replaced | Self::Retired => false,
        }
    }

    /// The state after a step; `None` when the step is not possible.
    #[must_use]
    pub fn after(self, step: Step) -> Option<Self> {
        use State::{Appraised, Appraising, Approved, Draft, Replaced, Retired, ToMend};
        match step {
            Step::Save => match self {
                Draft | ToMend => Some(self),
                Appraising | Appraised | Approved | Replaced | Retired => None,
            },
            Step::Send => match self {
                Draft | ToMend => Some(Appraising),
                Appraising | Appraised | Approved | Replaced | Retired => None,
            },
            Step::Recall => self.only(Appraising, Draft),
            Step::Pass => self.only(Appraising, Appraised),
            Step::AskMending => self.only(Appraising, ToMend),
            Step::TurnDown => self.only(Appraising, Draft),
            Step::AcceptMended => self.only(ToMend, Appraised),
            Step::Return => self.only(Appraised, Draft),
            Step::Approve => self.only(Appraised, Approved),
            Step::Replace => self.only(Approved, Replaced),
            Step::Retire => match self {
                Draft | ToMend | Approved => Some(Retired),
                Appraising | Appraised | Replaced | Retired => None,
            },
        }
    }

    fn only(self, from: Self, to: Self) -> Option<Self> {
        (self == from).then_some(to)
    }
}

/// What a programme is, by the states of its texts, oldest first: approved while one is in force, else whatever its last text is.
#[must_use]
pub fn standing(texts: &[State]) -> State {
    let in_force = texts.iter().copied().find(|state| *state == State::Approved);
    in_force.or_else(|| texts.last().copied()).unwrap_or(State::Draft)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_graph_of_a_text() {
        let mut picture = String::new();
        for from in State::ALL {
            for step in Step::ALL {
                if let Some(to) = from.after(*step) {
                    picture.push_str(&format!("{from:<11} -- {step:<13} -> {to}\n"));
                }
            }
        }
        insta::assert_snapshot!(picture);
    }

    /// A programme as the acts keep it: the next text begins only when no text is open, and approving replaces the one in force.
    fn walk(steps: &[(bool, Step)]) -> Vec<State> {
        let mut texts = vec![State::Draft];
        for (begins, step) in steps {
            let is_retired = standing(&texts) == State::Retired;
            if *begins {
                if texts.iter().all(|state| !state.is_open()) && !is_retired {
                    texts.push(State::Draft);
                }
                continue;
            }
            let place = texts.iter().rposition(|state| state.is_open()).unwrap_or(texts.len() - 1);
            let Some(to) = texts[place].after(*step) else { continue };
            if to == State::Approved {
                for state in &mut texts {
                    *state = state.after(Step::Replace).unwrap_or(*state);
                }
            }
            texts[place] = to;
        }
        texts
    }

    fn steps() -> impl Strategy<Value = Vec<(bool, Step)>> {
        prop::collection::vec((prop::bool::weighted(0.15), prop::sample::select(Step::ALL)), 0..60)
    }

    proptest! {
        #[test]
        fn no_sequence_of_steps_leaves_two_texts_in_force_or_two_at_work(steps in steps()) {
            let texts = walk(&steps);
            prop_assert!(texts.iter().filter(|s| **s == State::Approved).count() <= 1, "{:?}", texts);
            prop_assert!(texts.iter().filter(|s| s.is_open()).count() <= 1, "{:?}", texts);
        }

        #[test]
        fn nothing_is_approved_that_was_not_appraised(steps in prop::collection::vec(prop::sample::select(Step::ALL), 0..40)) {
            let mut state = State::Draft;
            for step in steps {
                if let Some(to) = state.after(step) {
                    prop_assert!(to != State::Approved || state == State::Appraised);
                    state = to;
                }
            }
        }
    }
}
