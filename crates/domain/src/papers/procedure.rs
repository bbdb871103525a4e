//! Procedures as data: the steps of a kind of paper, who holds each, for how long, what must be there and what may be done.
//! Not for: reading them from a file (`schemefile`) or moving a paper along one (`moves`).

use super::PaperKind;
use crate::codes;
use crate::orgs::Bloc;
use crate::roles::Role;
use crate::schemes::Title;

codes! {
    /// Who holds a paper at a step.
    Holder {
        /// The unit that drafts it.
        Owner = "owner",
        /// Sở Nội vụ.
        HomeAffairs = "home_affairs",
        /// Sở Tài chính.
        Finance = "finance",
        /// Hội đồng đào tạo, bồi dưỡng; its secretary writes down what it concludes.
        Council = "council",
        /// Ban Tổ chức Tỉnh ủy.
        PartyAffairs = "party_affairs",
        /// Ban Thường vụ Tỉnh ủy; the Party board writes down its opinion.
        StandingCommittee = "standing_committee",
        /// Lãnh đạo tỉnh.
        ProvinceLeader = "province_leader",
    }
}

impl Holder {
    /// Roles of those who act for it; of the owner besides those of its unit whoever began (`moves` is told so by the service).
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Owner => &[Role::UnitHr, Role::UnitHead],
            Self::HomeAffairs | Self::Council => &[Role::HomeAffairs],
            Self::Finance => &[Role::Finance],
            Self::PartyAffairs | Self::StandingCommittee => &[Role::PartyAffairs],
            Self::ProvinceLeader => &[Role::ProvinceLeader],
        }
    }

    /// Roles of the next level, to whom a paper that is late here is shown.
    #[must_use]
    pub const fn next_level(self) -> &'static [Role] {
        match self {
            Self::Owner => &[Role::UnitHead, Role::HomeAffairs],
            Self::HomeAffairs | Self::Finance | Self::Council | Self::PartyAffairs | Self::StandingCommittee => &[Role::ProvinceLeader],
            Self::ProvinceLeader => &[],
        }
    }
}

codes! {
    /// When a step is gone through.
    Condition {
        /// Always.
        Always = "always",
        /// Only when the training council has to appraise.
        Council = "council",
        /// Only when cadres whom the standing committee manages are sent.
        StandingCommittee = "standing_committee",
    }
}

codes! {
    /// What may be done at a step.
    ActKind {
        /// Send it to the next step.
        Forward = "forward",
        /// Send it back to an earlier step, for reasons.
        Return = "return",
        /// Say whether one agrees; it goes on by that.
        Opine = "opine",
        /// Sign it.
        Sign = "sign",
        /// Give it a number and a date.
        Number = "number",
        /// Send it out.
        Issue = "issue",
        /// End it without a paper.
        Stop = "stop",
    }
}

impl ActKind {
    /// Whether it is the way on, of which a step has exactly one.
    #[must_use]
    pub const fn leads_on(self) -> bool {
        match self {
            Self::Forward | Self::Opine | Self::Sign | Self::Number | Self::Issue => true,
            Self::Return | Self::Stop => false,
        }
    }
}

codes! {
    /// What must be there before a paper goes on from a step.
    Requirement {
        /// Its subject lacks nothing.
        Complete = "complete",
        /// Words that say what was found.
        Words = "words",
        /// A scan of the signed paper.
        Scan = "scan",
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Stable code.
    pub code: String,
    /// What is done here.
    pub title: Title,
    /// Who holds it.
    pub holder: Holder,
    /// Working days that it may take; none for no limit.
    pub days: Option<u8>,
    /// When it is gone through.
    pub condition: Condition,
    /// What must be there before it goes on.
    pub needs: Vec<Requirement>,
    /// What may be done.
    pub acts: Vec<ActKind>,
    /// Earlier steps to which it may be sent back.
    pub returns: Vec<String>,
    /// The earlier step to which disagreement leads; without one every opinion leads on.
    pub disagreement: Option<String>,
    /// Code of the body for which it is signed here.
    pub body: Option<String>,
    /// Code of the register from which its number is taken here.
    pub register: Option<String>,
}

impl Step {
    /// The act that leads on.
    #[must_use]
    pub fn way_on(&self) -> Option<ActKind> {
        self.acts.iter().copied().find(|act| act.leads_on())
    }
}

/// A procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// Stable code.
    pub code: String,
    /// Name.
    pub title: Title,
    /// Kinds of paper that go this way.
    pub kinds: Vec<PaperKind>,
    /// Blocs whose papers go this way.
    pub blocs: Vec<Bloc>,
    /// Steps in their order; the first is where it is drafted.
    pub steps: Vec<Step>,
}

codes! {
    /// What is wrong with a procedure as a whole.
    ProcedureFault {
        /// The first step must be held by the unit that drafts, which sends it on.
        BadStart = "bad_start",
        /// A step must have exactly one way on.
        NoWayOn = "no_way_on",
        /// Only earlier steps that are always gone through can be sent back to.
        NotEarlier = "not_earlier",
        /// Sending back is allowed, but no step to send back to is named; or the other way round.
        NoReturn = "no_return",
        /// The last step must issue, and no other.
        BadEnd = "bad_end",
        /// It must be signed once, then numbered once, then issued.
        BadOrder = "bad_order",
        /// Where it is signed the body is named, and only there.
        NoBody = "no_body",
        /// Where it is numbered the register is named, and only there.
        NoRegister = "no_register",
        /// The step that signs, numbers or issues must always be gone through.
        Skipped = "skipped",
        /// What comes after the signing can be sent back only to the signing or before it, and asks nobody who may disagree: going back
        /// takes the signature away.
        AfterSigning = "after_signing",
    }
}

impl Procedure {
    /// Whether papers of this kind and bloc go this way.
    #[must_use]
    pub fn governs(&self, kind: PaperKind, bloc: Bloc) -> bool {
        self.kinds.contains(&kind) && self.blocs.contains(&bloc)
    }

    /// A step by its code.
    #[must_use]
    pub fn step(&self, code: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.code == code)
    }

    /// Where a step stands.
    #[must_use]
    pub fn place(&self, code: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.code == code)
    }

    /// Everything that is wrong with it, with the place of the step.
    #[must_use]
    pub fn faults(&self) -> Vec<(usize, ProcedureFault)> {
        let mut faults = Vec::new();
        let is_start =
            |step: &Step| step.holder == Holder::Owner && step.condition == Condition::Always && step.acts.contains(&ActKind::Forward);
        if !self.steps.first().is_some_and(is_start) {
            faults.push((0, ProcedureFault::BadStart));
        }
        for (place, step) in self.steps.iter().enumerate() {
            faults.extend(self.step_faults(place, step).into_iter().map(|fault| (place, fault)));
        }
        let order: Vec<ActKind> = self
            .steps
            .iter()
            .filter_map(Step::way_on)
            .filter(|act| matches!(act, ActKind::Sign | ActKind::Number | ActKind::Issue))
            .collect();
        if order != [ActKind::Sign, ActKind::Number, ActKind::Issue] {
            faults.push((self.steps.len().saturating_sub(1), ProcedureFault::BadOrder));
        }
        faults
    }

    fn step_faults(&self, place: usize, step: &Step) -> Vec<ProcedureFault> {
        let mut faults = Vec::new();
        let mut fault = |is_wrong: bool, fault: ProcedureFault| faults.extend(is_wrong.then_some(fault));
        let has = |act: ActKind| step.acts.contains(&act);
        fault(step.acts.iter().filter(|act| act.leads_on()).count() != 1, ProcedureFault::NoWayOn);
        let earlier = |code: &String| {
            let at = self.place(code);
            at.is_some_and(|at| at < place) && self.step(code).is_some_and(|step| step.condition == Condition::Always)
        };
        fault(!step.returns.iter().chain(&step.disagreement).all(earlier), ProcedureFault::NotEarlier);
        fault(has(ActKind::Return) == step.returns.is_empty(), ProcedureFault::NoReturn);
        fault(step.disagreement.is_some() && !has(ActKind::Opine), ProcedureFault::NoReturn);
        let is_last = place + 1 == self.steps.len();
        fault(is_last != has(ActKind::Issue), ProcedureFault::BadEnd);
        fault(has(ActKind::Sign) != step.body.is_some(), ProcedureFault::NoBody);
        fault(has(ActKind::Number) != step.register.is_some(), ProcedureFault::NoRegister);
        let is_final = matches!(step.way_on(), Some(ActKind::Sign | ActKind::Number | ActKind::Issue));
        fault(is_final && step.condition != Condition::Always, ProcedureFault::Skipped);
        let signed_at = self.steps.iter().position(|step| step.way_on() == Some(ActKind::Sign));
        let keeps_signature = |code: &String| self.place(code) > signed_at;
        let is_signed = signed_at.is_some_and(|signed_at| place > signed_at);
        fault(is_signed && (step.disagreement.is_some() || step.returns.iter().any(keeps_signature)), ProcedureFault::AfterSigning);
        faults
    }
}
