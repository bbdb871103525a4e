//! Many acts on seats in any order, and a process that is killed in the middle of them: what must hold after each.
//! Not for: single acts (`classes`, `nominations`).

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use domain::classes::{ClassAct, Terms};
use domain::ids::{OfficialId, UnitId};
use domain::nominations::NominationState;
use service::classes::{self, Deed};
use service::nominations::{self, Decision, NominationLine};
use service::{ActError, Ctx, Services};
use store::Db;
use testkit::databases::each;
use testkit::dice::Dice;

use crate::hall::{Hall, deed, entry, hall, terms};
use crate::world::{NOW, today};

/// Names, withdrawals, refusals, confirmations, new sizes and cancelled classes in any order, with what must hold after each.
struct Storm {
    hall: Hall,
    classes: Vec<String>,
    dice: Dice,
}

const STORMY: [i64; 9] = [1001, 1002, 1003, 3001, 3002, 3003, 2001, 2002, 2003];

impl Storm {
    async fn step(&mut self) {
        let class = self.classes[usize::try_from(self.dice.below(2)).unwrap()].clone();
        let who = self.dice.one(&STORMY).unwrap();
        let hall = &self.hall;
        let act = self.dice.below(12);
        let named =
            hall.roster(&class).await.into_iter().find(|line| line.line.official.0 == OfficialId(who) && line.line.state.is_alive());
        match (act, named) {
            (0..=4, _) | (5..=9, None) => {
                hall.name(&class, who).await;
            }
            (5..=9, Some(line)) => {
                let decision = [Decision::Withdraw, Decision::Refuse, Decision::Agree, Decision::Confirm, Decision::LetGo];
                let decision = decision[usize::try_from(act - 5).unwrap()];
                let mut ctx = if decision == Decision::Agree { hall.head.clone() } else { hall.affairs.clone() };
                ctx.who.as_mut().unwrap().grants[0].unit = (decision == Decision::Agree).then_some(UnitId(1));
                let answer = nominations::decide(&hall.services, &ctx, (line.line.id, line.line.revision), decision, "việc gấp").await;
                assert!(matches!(answer, Ok(()) | Err(ActError::Refused(_))), "{decision:?}: {answer:?}");
            }
            (10, _) => {
                let terms = hall.class(&class).await.line.terms;
                let most = 1 + i32::try_from(self.dice.below(4)).unwrap();
                let answer = hall.amend(&class, &Terms { most, ..terms }).await;
                assert!(matches!(answer, Ok(()) | Err(ActError::Refused(classes::ClassRefusal::SeatsTaken(_)))), "{answer:?}");
            }
            _ => {
                hall.act(&class, &Deed { reason: "thôi", ..deed(ClassAct::Cancel) }, today()).await.unwrap();
                let fresh = hall.open(&terms(2)).await;
                self.classes.retain(|code| *code != class);
                self.classes.push(fresh);
            }
        }
    }

    async fn lines(&self) -> Vec<NominationLine> {
        let mut lines = Vec::new();
        for class in &self.classes {
            lines.extend(self.hall.roster(class).await.into_iter().map(|line| line.line));
        }
        lines
    }

    async fn check(&self, before: &[NominationLine], log: &str) {
        let lines = self.lines().await;
        for class in &self.classes {
            self.hall.is_sound(class).await;
        }
        let seated = |who: OfficialId| lines.iter().filter(|line| line.seat.is_some() && line.official.0 == who).count();
        assert!(lines.iter().all(|line| seated(line.official.0) <= 1), "{log}: two at once");
        let place = |line: &NominationLine| (std::cmp::Reverse(line.points), line.waits_since, line.id);
        for class in &self.classes {
            let view = self.hall.class(class).await;
            let of = |lines: &[NominationLine]| lines.iter().filter(|line| line.class.code == *class).cloned().collect::<Vec<_>>();
            let here = of(&lines);
            let could: Vec<_> = here.iter().filter(|line| line.state == NominationState::Waiting && seated(line.official.0) == 0).collect();
            let taken = here.iter().filter(|line| line.seat.is_some()).count();
            assert!(
                could.is_empty() || taken == usize::try_from(view.line.terms.most).unwrap(),
                "{log}: a seat is free and somebody waits"
            );
            let moved_up = of(before)
                .into_iter()
                .filter(|old| old.state == NominationState::Waiting && here.iter().any(|line| line.id == old.id && line.seat.is_some()));
            for moved in moved_up {
                assert!(could.iter().all(|waiting| place(&moved) < place(waiting)), "{log}: somebody was passed over");
            }
        }
    }
}

#[tokio::test]
async fn whatever_happens_seats_hold_nobody_is_twice_and_the_line_is_fair() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let classes = vec![hall.open(&terms(2)).await, hall.open(&terms(3)).await];
        let mut storm = Storm { hall, classes, dice: Dice::new(20_261_130) };
        for step in 0..100 {
            let before = storm.lines().await;
            storm.step().await;
            storm.check(&before, &format!("step {step}")).await;
        }
    }
}

/// Address of the database and code of the class for the process that will be killed.
const CHILD: [&str; 2] = ["KHUEVAN_CROWD_DATABASE", "KHUEVAN_CROWD_CLASS"];
const CROWD: std::ops::Range<i64> = 5001..5101;

/// As the process that is killed: names one after the other and says so after each.
async fn name_until_killed(address: &str, class: &str) {
    let services = Services::new(Db::open(address).await.unwrap());
    for id in CROWD {
        let answer = nominations::name(&services, &Ctx::system(NOW, today()), class, &[entry(id)], None).await.unwrap();
        let mut out = std::io::stdout();
        writeln!(out, "named {id} {}", crate::hall::told(&answer[0].1)).unwrap();
    }
}

#[tokio::test]
async fn killed_in_the_middle_of_many_names_nothing_is_lost_or_doubled() {
    if let [Ok(address), Ok(class)] = CHILD.map(std::env::var) {
        return Box::pin(name_until_killed(&address, &class)).await;
    }
    for fresh in each().await {
        let hall = hall(&fresh, 100).await;
        let class = hall.open(&terms(40)).await;
        let mut acknowledged = Vec::new();
        for lines in [12, 45] {
            let test = "storm::killed_in_the_middle_of_many_names_nothing_is_lost_or_doubled";
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.args([test, "--exact", "--nocapture", "--test-threads", "1"]);
            command.env(CHILD[0], &fresh.address).env(CHILD[1], &class).stdout(Stdio::piped()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
            let named = said.filter_map(|line| line.split_once("named ").map(|(_, rest)| rest.to_owned()));
            let mut named = named.map(|rest| rest.split_once(' ').map(|(id, told)| (id.parse::<i64>().unwrap(), told.to_owned())).unwrap());
            acknowledged.extend(named.by_ref().take(lines));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        hall.is_sound(&class).await;
        let lines = hall.roster(&class).await;
        let of = |id: i64| lines.iter().filter(|line| line.line.official.0 == OfficialId(id)).collect::<Vec<_>>();
        for (id, told) in acknowledged.iter().filter(|(_, told)| told == "seated" || told == "waiting") {
            let kept = of(*id);
            assert_eq!(kept.len(), 1, "{id} is there, once");
            assert_eq!(kept[0].line.seat.is_some(), told == "seated", "{id}");
        }
        assert!(lines.len() < 100, "it was killed before the end");
        let steps =
            futures_util::future::join_all(lines.iter().map(|line| store::read::nominations::steps(&hall.services.db, line.line.id)));
        assert!(steps.await.into_iter().all(|steps| steps.unwrap().len() == 1), "each name with its event");
        let before = lines.len();
        let again = futures_util::future::join_all(CROWD.map(|id| hall.name(&class, id)).collect::<Vec<_>>()).await;
        assert_eq!(again.iter().filter(|told| *told == "refused: already_named").count(), before);
        assert_eq!(hall.roster(&class).await.iter().filter(|line| line.line.seat.is_some()).count(), 40);
        hall.is_sound(&class).await;
    }
}
