//! The shipped procedures as pictures, what papers can do along them, and mistakes in the text of one.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::fmt::Write as _;

use domain::orgs::Bloc;
use domain::papers::PaperKind;
use domain::papers::moves::{At, Facts, Move, Opinion, apply, path};
use domain::papers::procedure::{ActKind, Holder, Procedure};
use proptest::prelude::*;
use schemefile::{builtin_procedures, parse_procedure};

fn shipped() -> Vec<Procedure> {
    builtin_procedures().iter().map(|one| parse_procedure(one.text).unwrap_or_else(|faults| panic!("{}: {faults:#?}", one.code))).collect()
}

fn every_facts() -> [Facts; 4] {
    [(false, false), (true, false), (false, true), (true, true)].map(|(council, standing_committee)| Facts { council, standing_committee })
}

/// Everything that anybody could try.
fn every_move(procedure: &Procedure) -> Vec<Move> {
    let back = procedure.steps.iter().map(|step| Move::Return { to: step.code.clone() });
    let opinions = Opinion::ALL.iter().map(|opinion| Move::Opine(*opinion));
    let rest = [Move::Forward, Move::Sign, Move::Number, Move::Issue, Move::Stop, Move::TakeBack];
    rest.into_iter().chain(opinions).chain(back).collect()
}

fn begin(procedure: &Procedure) -> At {
    At::step(&procedure.steps[0].code)
}

fn reached(procedure: &Procedure, facts: Facts, from: At) -> HashSet<At> {
    let mut seen = HashSet::from([from.clone()]);
    let mut open = VecDeque::from([from]);
    while let Some(at) = open.pop_front() {
        for act in every_move(procedure) {
            if let Ok(next) = apply(procedure, facts, &at, &act)
                && seen.insert(next.clone())
            {
                open.push_back(next);
            }
        }
    }
    seen
}

/// The graph as Mermaid draws it: solid ways on, dotted ways back.
fn picture(procedure: &Procedure) -> String {
    let mut text = format!("%% {}\nflowchart TD\n", procedure.title.vi);
    for step in &procedure.steps {
        let condition = if step.condition.code() == "always" { String::new() } else { format!(" [{}]", step.condition) };
        let days = step.days.map(|days| format!(", {days}")).unwrap_or_default();
        writeln!(text, "  {}[\"{} ({}{days}){condition}\"]", step.code, step.title.vi, step.holder).unwrap();
    }
    let mut arrows = BTreeSet::new();
    for facts in every_facts() {
        for step in path(procedure, facts) {
            for act in every_move(procedure) {
                let to = match apply(procedure, facts, &At::step(&step.code), &act) {
                    Ok(At::Step { step, .. }) => step,
                    Ok(At::Issued) => "issued".to_owned(),
                    Ok(At::Stopped) => "stopped".to_owned(),
                    Err(_) => continue,
                };
                let name = if let Move::Opine(opinion) = act { format!("opine {opinion}") } else { act.code().to_owned() };
                let line = if matches!(act, Move::Return { .. } | Move::Opine(Opinion::Disagree)) { "-.->" } else { "-->" };
                arrows.insert(format!("  {} {line}|{name}| {to}", step.code));
            }
        }
    }
    text + &arrows.into_iter().collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn the_graphs_of_the_shipped_procedures() {
    for procedure in shipped() {
        insta::assert_snapshot!(format!("procedure-{}", procedure.code), picture(&procedure));
    }
}

#[test]
fn every_kind_of_paper_of_every_bloc_has_one_procedure() {
    let all = shipped();
    for (kind, bloc) in PaperKind::ALL.iter().flat_map(|kind| Bloc::ALL.iter().map(move |bloc| (*kind, *bloc))) {
        let governing: Vec<_> = all.iter().filter(|one| one.governs(kind, bloc)).map(|one| one.code.as_str()).collect();
        assert_eq!(governing.len(), 1, "{kind} {bloc}: {governing:?}");
    }
}

#[test]
fn from_wherever_a_paper_comes_it_can_be_issued() {
    for procedure in shipped() {
        for facts in every_facts() {
            for at in reached(&procedure, facts, begin(&procedure)) {
                let ends = reached(&procedure, facts, at.clone());
                assert!(at == At::Stopped || ends.contains(&At::Issued), "{} {facts:?} {at:?}", procedure.code);
            }
        }
    }
}

#[test]
fn only_who_signs_numbers_and_issues_in_this_order_ends_it() {
    for procedure in shipped() {
        for facts in every_facts() {
            let order: Vec<_> = path(&procedure, facts).filter_map(|step| step.way_on()).collect();
            assert!(order.ends_with(&[ActKind::Sign, ActKind::Number, ActKind::Issue]), "{order:?}");
            let committee = path(&procedure, facts).any(|step| step.holder == Holder::StandingCommittee);
            let asks = procedure.steps.iter().any(|step| step.holder == Holder::StandingCommittee);
            assert_eq!(committee, facts.standing_committee && asks, "{}", procedure.code);
        }
    }
}

proptest! {
    /// Whatever anybody tries, a paper is at a step that its procedure has and its facts go through, so one holds it, or it is over.
    #[test]
    fn no_sequence_of_acts_leaves_the_graph(which in 0_usize..5, council: bool, committee: bool, tries in proptest::collection::vec(0_usize..60, 0..60)) {
        let procedure = &shipped()[which];
        let facts = Facts { council, standing_committee: committee };
        let moves = every_move(procedure);
        let mut at = begin(procedure);
        for one in tries {
            let act = &moves[one % moves.len()];
            match (apply(procedure, facts, &at, act), &at) {
                (Ok(_), At::Issued | At::Stopped) => prop_assert!(false, "{act:?} after the end"),
                (Ok(next), At::Step { step, .. }) => {
                    let allowed = act.kind().is_none_or(|kind| procedure.step(step).unwrap().acts.contains(&kind));
                    prop_assert!(allowed, "{act:?} at {step}");
                    at = next;
                }
                (Err(_), _) => {}
            }
            if let At::Step { step, .. } = &at {
                let holders = path(procedure, facts).filter(|one| one.code == *step).count();
                prop_assert_eq!(holders, 1, "{}", step);
            }
        }
    }
}

#[test]
fn a_mistake_is_told_by_its_line() {
    let good = builtin_procedures()[0].text;
    let cases = [
        ("holder = \"finance\"", "holder = \"finanse\"", "unknown_code"),
        ("acts = [\"forward\", \"stop\"]", "acts = [\"stop\"]", "bad_start"),
        ("acts = [\"opine\", \"return\"]", "acts = [\"opine\", \"forward\", \"return\"]", "no_way_on"),
        ("returns = [\"gather\"]", "returns = [\"sign\"]", "not_earlier"),
        ("disagreement = \"appraise\"", "disagreement = \"council\"", "not_earlier"),
        ("acts = [\"issue\", \"return\", \"stop\"]", "acts = [\"forward\", \"return\"]", "bad_end"),
        ("body = \"ubnd-tinh\"\n", "", "no_body"),
        ("register = \"ubnd-kh\"\n", "", "no_register"),
        ("acts = [\"sign\", \"return\", \"stop\"]", "when = \"council\"\nacts = [\"sign\", \"return\", \"stop\"]", "skipped"),
        (
            "acts = [\"issue\", \"return\", \"stop\"]\nreturns = [\"appraise\"]",
            "acts = [\"issue\", \"return\", \"stop\"]\nreturns = [\"number\"]",
            "after_signing",
        ),
        ("acts = [\"forward\", \"return\", \"stop\"]\nreturns = [\"draft\"]", "acts = [\"forward\", \"return\"]", "no_return"),
        ("code = \"gather\"", "code = \"draft\"", "duplicate_code"),
        ("title = { vi = \"Ban hành kế hoạch\"", "titel = { vi = \"Ban hành kế hoạch\"", "unknown_field"),
    ];
    for (from, to, code) in cases {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let faults = parse_procedure(&text).unwrap_err();
        assert!(faults.iter().any(|fault| fault.code == code && fault.line > 1), "{code}: {faults:#?}");
    }
}
