//! Two classes of the site that the outlines are taken of: one that runs, with a roll and grades, and one whose results are recognised and
//! amended.
//! Not for: classes that take names (`world`).

use documents::papers::sign_in::SheetCode;
use domain::attendance::{Mark, Said, Source};
use domain::classes::sittings::Shift;
use domain::classes::{ClassAct, Hours, Terms};
use domain::ids::{OfficialId, SittingId};
use domain::results::{Points, Work, WorkKind};
use domain::time::{Date, Instant, date};
use domain::training::Outcome;
use service::attendance::{self, Entry, sheets};
use service::classes::{self, Deed, Planned, Reasons};
use service::grades::{self, Amendment, Cell};
use service::nominations::{self, Decision};
use service::{Ctx, Services};
use testkit::databases::Fresh;
use testkit::scans::{Page, pdf};

use crate::proofs::house::{self, MADE};

fn on(month: u8, day: u8) -> Date {
    date(2026, month, day).unwrap()
}

/// The system on a day.
fn at(day: Date) -> Ctx {
    let days = (day - house::today()).whole_days();
    Ctx::system(Instant(MADE.0 + days * 86_400_000), day)
}

struct School<'a> {
    services: &'a Services,
    class: String,
}

impl School<'_> {
    async fn act(&self, ctx: &Ctx, act: ClassAct) {
        let line = classes::one(self.services, ctx, &self.class).await.unwrap().line;
        let deed = Deed { act, decision: "15/QĐ-SNV", reason: "theo kế hoạch", days: None };
        classes::act(self.services, ctx, &self.class, line.revision, &deed).await.unwrap();
    }

    /// Written, opened, with people confirmed, and begun on its first day.
    async fn begin(&self, people: &[&str], sittings: &[Planned]) {
        let early = at(on(10, 1));
        let line = classes::one(self.services, &early, &self.class).await.unwrap().line;
        classes::put_sittings(self.services, &early, &self.class, line.revision, sittings).await.unwrap();
        self.act(&early, ClassAct::Open).await;
        let entry = |code: &&str| nominations::Entry {
            official: (*code).to_owned(),
            reason: "đã bố trí người thay".to_owned(),
            ..Default::default()
        };
        let entries: Vec<nominations::Entry> = people.iter().map(entry).collect();
        nominations::name(self.services, &early, &self.class, &entries, None).await.unwrap();
        for decision in [Decision::Agree, Decision::Confirm] {
            for line in nominations::roster(self.services, &early, &self.class).await.unwrap().lines {
                nominations::decide(self.services, &early, (line.line.id, line.line.revision), decision, "").await.unwrap();
            }
        }
        self.act(&at(line.terms.starts_on), ClassAct::Begin).await;
    }

    async fn learners(&self, ctx: &Ctx) -> Vec<OfficialId> {
        let line = classes::one(self.services, ctx, &self.class).await.unwrap().line;
        classes::learners(self.services, ctx, &line).await.unwrap().iter().map(|learner| learner.official.0).collect()
    }

    async fn grade(&self, ctx: &Ctx, who: &[OfficialId], hundredths: &[i64]) {
        let essay = Work { name: "Bài thu hoạch".to_owned(), kind: WorkKind::Essay, weight: 2 };
        let test = Work { name: "Bài kiểm tra".to_owned(), kind: WorkKind::Test, weight: 1 };
        grades::put_works(self.services, ctx, &self.class, &[(None, test), (None, essay)]).await.unwrap();
        let work = grades::sheet(self.services, ctx, &self.class).await.unwrap().works[0].id;
        let cell = |(official, n): (&OfficialId, &i64)| Cell {
            official: *official,
            work,
            attempt: 0,
            seen: None,
            typed: Points::of_hundredths(*n),
        };
        let cells: Vec<Cell> = who.iter().zip(hundredths).map(cell).collect();
        grades::put(self.services, ctx, &self.class, &cells).await.unwrap();
    }

    /// Two scans of signed sheets: one waits with a page of another class, one was put into the roll.
    async fn scan(&self, ctx: &Ctx) {
        let code = async |sitting: SittingId| {
            let fonts = crate::paper_fonts().unwrap();
            let file = service::documents::sign_in_file(self.services, ctx, &self.class, Some(sitting), fonts).await.unwrap();
            SheetCode::parse(&documents::papers::read_qr(&file).unwrap().unwrap()).unwrap()
        };
        let sittings: Vec<SittingId> =
            classes::one(self.services, ctx, &self.class).await.unwrap().sittings.iter().map(|line| line.id).collect();
        let (first, second) = (code(sittings[0]).await, code(sittings[1]).await);
        let page = |code: &SheetCode, signed: &[usize], doubtful: &[usize]| Page {
            code: code.clone(),
            signed: signed.to_vec(),
            doubtful: doubtful.to_vec(),
        };
        let foreign = SheetCode { class: "LOP-2026-001".to_owned(), ..first.clone() };
        let pile = pdf(&[page(&first, &[0, 1], &[]), page(&second, &[0], &[1]), page(&foreign, &[], &[])]);
        let put = async |name: &str, bytes| sheets::take(self.services, ctx, (&self.class, None), (name, bytes)).await.unwrap().scan();
        let settled = put("Bản ký buổi 1.pdf", pdf(&[page(&first, &[0, 1], &[])])).await;
        put("Bản ký tuần 1.pdf", pile).await;
        let keep = |official: &OfficialId| sheets::Decision {
            sitting: sittings[0],
            official: *official,
            choice: Some(sheets::Choice::Keep),
            revision: 1,
        };
        let decisions: Vec<sheets::Decision> = self.learners(ctx).await.iter().map(keep).collect();
        sheets::settle(self.services, ctx, (&self.class, settled), &decisions, "").await.unwrap();
    }
}

fn sitting(on: Date, shift: Shift, periods: i32, lecturer: &str) -> Planned {
    Planned { on, shift, periods, room: String::new(), lecturer: lecturer.to_owned(), words: "Thực hành".to_owned() }
}

/// Holds both classes with the people of these codes, the first of whom stays away.
pub(super) async fn hold(fresh: &Fresh, people: &[&str]) {
    let services = Services::new(fresh.db.clone());
    let model = classes::one(&services, &at(house::today()), "LOP-2026-001").await.unwrap().line.terms;
    let terms = |name: &str, starts_on: Date, ends_on: Date| Terms {
        name: name.to_owned(),
        hours: Hours::AfterHours,
        line: None,
        starts_on,
        ends_on,
        ..model.clone()
    };
    let running = terms("Tập huấn chuyển đổi số", on(11, 21), on(11, 28));
    let class = classes::create(&services, &at(on(10, 1)), &running, &[]).await.unwrap();
    let school = School { services: &services, class };
    let timetable = [sitting(on(11, 21), Shift::Day, 8, "GV.01"), sitting(on(11, 22), Shift::Morning, 4, "GV.01")];
    school.begin(people, &timetable).await;
    let now = at(house::today());
    let who = school.learners(&now).await;
    let first = classes::one(&services, &now, &school.class).await.unwrap().sittings[0].id;
    let mark = |(at, official): (usize, &OfficialId)| Entry {
        official: *official,
        said: if at == 0 { Said::of(Mark::Absent) } else { Said { mark: Mark::Late, minutes: 20 } },
        note: String::new(),
        revision: 0,
    };
    let entries: Vec<Entry> = who.iter().enumerate().map(mark).collect();
    attendance::call(&services, &now, (&school.class, first), &entries, "", Source::Roll).await.unwrap();
    school.grade(&now, &who, &[450, 825]).await;
    school.scan(&now).await;

    let over = terms("Bồi dưỡng kỹ năng báo cáo", on(11, 9), on(11, 11));
    let class = classes::create(&services, &at(on(10, 1)), &over, &[]).await.unwrap();
    let school = School { services: &services, class };
    school.begin(people, &[sitting(on(11, 9), Shift::Evening, 4, "")]).await;
    let last = at(on(11, 12));
    let who = school.learners(&last).await;
    school.grade(&last, &who, &[700]).await;
    school.act(&last, ClassAct::Finish).await;
    let revision = classes::one(&services, &last, &school.class).await.unwrap().line.revision;
    let reasons: Reasons = who.iter().map(|official| (*official, "bài nộp bản giấy".to_owned())).collect();
    classes::recognise_with(&services, &last, (&school.class, revision), "16/QĐ-SNV", &[], &reasons).await.unwrap();
    let amendment =
        Amendment {
            official: who[0], outcome: Outcome::Finished, cells: &[], decision: ("17/QĐ-SNV", on(11, 12)), reason: "phúc khảo"
        };
    grades::amend(&services, &last, &school.class, &amendment).await.unwrap();
}
