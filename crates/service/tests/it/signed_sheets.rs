//! Signed sheets that come back as a scan: each page to its sitting, held against the roll, put once a person confirmed it; who may, what
//! is refused, what somebody else changed, what came or went since printing.
//! Not for: pixels (`documents`), the real look of a sheet.

use std::sync::LazyLock;

use documents::papers::sign_in::SheetCode;
use documents::papers::{Fonts, ScanError, read_qr};
use domain::attendance::sheets::{Choice, Finding, Ink, PageFault};
use domain::attendance::{Mark, Said, Source};
use domain::ids::{OfficialId, SittingId};
use service::attendance::sheets::{self, Decision, Review, SettleRefusal, TakeRefusal, Taken};
use service::attendance::{self, RollRefusal};
use service::nominations::Decision as Decide;
use service::{ActError, Ctx, Services, documents as papers};
use store::At;
use testkit::databases::{Fresh, each};
use testkit::scans::{Page, jpeg, pdf};

use crate::attendance::{ABSENT, Lesson, PRESENT, lesson, on, said};
use crate::hall::code;

fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(&assets::paper_fonts()).unwrap());
    &FONTS
}

/// A class whose sheets were printed on its first day.
struct Printed {
    lesson: Lesson,
    codes: Vec<SheetCode>,
    /// Whose row is whose.
    people: Vec<i64>,
}

async fn printed(fresh: &Fresh) -> Printed {
    let lesson = Box::pin(lesson(fresh)).await;
    let (codes, people) = sheets_of(&lesson).await;
    Printed { lesson, codes, people }
}

/// What the codes of all sheets say when they are printed now, and who is on them.
async fn sheets_of(lesson: &Lesson) -> (Vec<SheetCode>, Vec<i64>) {
    let keeper = on(&lesson.hall.affairs, "2026-12-07");
    let mut codes = Vec::new();
    for sitting in &lesson.sittings {
        let file = papers::sign_in_file(&lesson.hall.services, &keeper, &lesson.class, Some(*sitting), fonts()).await.unwrap();
        codes.push(SheetCode::parse(&read_qr(&file).unwrap().unwrap()).unwrap());
    }
    let class = lesson.hall.class(&lesson.class).await.line.id;
    let lists = store::read::signed::sheets(At::Reader(&lesson.hall.services.db), class).await.unwrap();
    let list = lists.into_iter().find(|list| list.version == codes[0].version).unwrap();
    (codes, list.people.iter().map(|who| who.0).collect())
}

impl Printed {
    fn page(&self, sitting: usize, signed: &[i64], doubtful: &[i64]) -> Page {
        let rows = |who: &[i64]| who.iter().map(|who| self.people.iter().position(|one| one == who).unwrap()).collect();
        Page { code: self.codes[sitting].clone(), signed: rows(signed), doubtful: rows(doubtful) }
    }

    fn services(&self) -> &Services {
        &self.lesson.hall.services
    }

    fn keeper(&self, day: &str) -> Ctx {
        on(&self.lesson.hall.affairs, day)
    }

    async fn take(&self, ctx: &Ctx, bytes: Vec<u8>) -> Result<Taken, ActError<TakeRefusal>> {
        sheets::take(self.services(), ctx, (&self.lesson.class, None), ("bản ký.pdf", bytes)).await
    }

    async fn review(&self, ctx: &Ctx, scan: i64) -> Review {
        sheets::review(self.services(), ctx, &self.lesson.class, scan).await.unwrap()
    }

    async fn settle(&self, ctx: &Ctx, scan: i64, decisions: &[Decision], why: &str) -> Result<usize, ActError<SettleRefusal>> {
        sheets::settle(self.services(), ctx, (&self.lesson.class, scan), decisions, why).await
    }

    /// What a page would send that was shown this review: revisions as seen, and these choices.
    fn sent(review: &Review, choices: &[(i64, Choice)]) -> Vec<Decision> {
        let of = |(sitting, cell): (SittingId, &sheets::Cell)| Decision {
            sitting,
            official: cell.attendee.official.0,
            choice: choices.iter().find(|(who, _)| *who == cell.attendee.official.0.0).map(|(_, choice)| *choice),
            revision: cell.stands.as_ref().map_or(0, |mark| mark.revision),
        };
        let cells = review.sittings.iter().flat_map(|of| of.cells.iter().map(|cell| (of.sitting.id, cell)));
        cells.map(of).collect()
    }

    async fn texts(&self, sitting: usize) -> Vec<(i64, String)> {
        self.lesson.marks(sitting).await.into_iter().map(|(who, text, _)| (who, text)).collect()
    }
}

fn findings(review: &Review, sitting: usize) -> Vec<(i64, Ink, Finding)> {
    review.sittings[sitting].cells.iter().map(|cell| (cell.attendee.official.0.0, cell.ink.0, cell.finding)).collect()
}

fn refusal<R: std::fmt::Debug, T: std::fmt::Debug>(answer: Result<T, ActError<R>>) -> R {
    match answer {
        Err(ActError::Refused(refusal)) => refusal,
        other => unreachable!("{other:?}"),
    }
}

fn texts(marks: &[(i64, &str)]) -> Vec<(i64, String)> {
    marks.iter().map(|(who, text)| (*who, (*text).to_owned())).collect()
}

#[tokio::test]
async fn a_pile_is_scanned_once_and_every_roll_is_right_with_only_the_doubtful_cells_asked() {
    for fresh in each().await {
        let printed = Box::pin(printed(&fresh)).await;
        let keeper = printed.keeper("2026-12-08");
        let pile = pdf(&[printed.page(1, &[1001, 1003], &[1002]), printed.page(0, &[1001, 1002, 1003], &[])]);
        let scan = printed.take(&keeper, pile.clone()).await.unwrap();
        assert!(matches!(scan, Taken::New(_)));
        assert_eq!(printed.take(&keeper, pile).await.unwrap(), Taken::Again(scan.scan()), "the same file is taken once");
        let review = printed.review(&keeper, scan.scan()).await;
        assert_eq!((review.pages, review.faults.len(), review.sittings.len()), (2, 0, 2));
        let signed = |who| (who, Ink::Signed, Finding::Puts);
        assert_eq!(findings(&review, 0), [signed(1001), signed(1002), signed(1003)]);
        assert_eq!(findings(&review, 1), [signed(1001), (1002, Ink::Unsure, Finding::Unsure), signed(1003)]);
        assert!(printed.texts(0).await.is_empty() && printed.texts(1).await.is_empty(), "nothing is put before somebody confirms");
        // The process ends between upload and confirming: what was read is in the database.
        let after = Services::new(fresh.db.clone());
        let open = sheets::settle(&after, &keeper, (&printed.lesson.class, scan.scan()), &Printed::sent(&review, &[]), "").await;
        assert_eq!(refusal(open), SettleRefusal::Undecided(vec![(printed.lesson.sittings[1], OfficialId(1002))]));
        assert!(printed.texts(0).await.is_empty(), "all or nothing");
        let sent = Printed::sent(&review, &[(1002, Choice::Empty)]);
        assert_eq!(printed.settle(&keeper, scan.scan(), &sent, "").await.unwrap(), 6);
        assert_eq!(printed.texts(0).await, texts(&[(1001, "present"), (1002, "absent"), (1003, "present")]), "a choice is of the person");
        let again = printed.settle(&keeper, scan.scan(), &sent, "").await;
        assert_eq!(refusal(again), SettleRefusal::Settled);
        let roll = attendance::roll(printed.services(), &keeper, &printed.lesson.class, printed.lesson.sittings[1]).await.unwrap();
        assert!(roll.people.iter().all(|(_, mark)| mark.as_ref().is_some_and(|mark| mark.source == Source::Paper)));
        assert_eq!(
            (roll.signed[&OfficialId(1003)].scan, roll.signed[&OfficialId(1003)].page),
            (scan.scan(), 1),
            "the roll leads to the cell"
        );
        assert_eq!(printed.lesson.shares().await[0], (1001, 8, 8, Some(true)));
        let (_, file) = sheets::file(printed.services(), &keeper, &printed.lesson.class, scan.scan()).await.unwrap();
        assert!(file.starts_with(b"%PDF-"), "the file is kept as it came");
        let gone = sheets::drop_scan(printed.services(), &keeper, &printed.lesson.class, scan.scan()).await.unwrap();
        assert!(!gone, "what marks rest on stays");
    }
}

#[tokio::test]
async fn what_the_roll_says_otherwise_is_asked_and_what_says_more_stays() {
    for fresh in each().await {
        let printed = Box::pin(printed(&fresh)).await;
        let keeper = printed.keeper("2026-12-07");
        let late = Said { mark: Mark::Late, minutes: 20 };
        printed.lesson.call(&keeper, 0, &[said(1001, late, 0), said(1002, ABSENT, 0), said(1003, PRESENT, 0)], "").await.unwrap();
        let scan = printed.take(&keeper, jpeg(&printed.page(0, &[1001, 1002], &[]))).await.unwrap().scan();
        let review = printed.review(&keeper, scan).await;
        let conflict = Finding::Conflict;
        let expected = [(1001, Ink::Signed, Finding::Agrees), (1002, Ink::Signed, conflict), (1003, Ink::Empty, conflict)];
        assert_eq!(findings(&review, 0), expected);
        let sitting = printed.lesson.sittings[0];
        let both = SettleRefusal::Undecided(vec![(sitting, OfficialId(1002)), (sitting, OfficialId(1003))]);
        assert_eq!(refusal(printed.settle(&keeper, scan, &Printed::sent(&review, &[]), "").await), both);
        // Somebody else corrects the roll while the scan is being looked at.
        printed.lesson.call(&printed.lesson.teacher_on("2026-12-07"), 0, &[said(1002, late, 1)], "").await.unwrap();
        let sent = Printed::sent(&review, &[(1002, Choice::Empty), (1003, Choice::Keep)]);
        let changed = SettleRefusal::Roll(sitting, RollRefusal::Changed(vec![(OfficialId(1002), late)]));
        assert_eq!(refusal(printed.settle(&keeper, scan, &sent, "").await), changed);
        assert_eq!(printed.texts(0).await, texts(&[(1001, "late 20"), (1002, "late 20"), (1003, "present")]), "nothing was put");
        // The next day a change wants a reason, as in the roll.
        let (later, review) = (printed.keeper("2026-12-08"), printed.review(&keeper, scan).await);
        let sent = Printed::sent(&review, &[(1003, Choice::Empty)]);
        assert!(matches!(refusal(printed.settle(&later, scan, &sent, " ").await), SettleRefusal::Roll(_, RollRefusal::Marks(_))));
        assert_eq!(printed.settle(&later, scan, &sent, "theo bản ký").await.unwrap(), 1);
        assert_eq!(printed.texts(0).await, texts(&[(1001, "late 20"), (1002, "late 20"), (1003, "absent")]));
    }
}

impl Lesson {
    fn teacher_on(&self, day: &str) -> Ctx {
        on(&self.teacher, day)
    }
}

#[tokio::test]
async fn two_who_confirm_at_once_put_it_once() {
    for fresh in each().await {
        let printed = Box::pin(printed(&fresh)).await;
        let keeper = printed.keeper("2026-12-07");
        let scan = printed.take(&keeper, jpeg(&printed.page(0, &[1001], &[]))).await.unwrap().scan();
        let sent = Printed::sent(&printed.review(&keeper, scan).await, &[]);
        let teacher = printed.lesson.teacher_on("2026-12-07");
        let (one, other) = tokio::join!(printed.settle(&keeper, scan, &sent, ""), printed.settle(&teacher, scan, &sent, ""));
        let done = [&one, &other].into_iter().filter(|answer| matches!(answer, Ok(3))).count();
        let told = [&one, &other]
            .into_iter()
            .filter(|answer| matches!(answer, Err(ActError::Refused(SettleRefusal::Settled) | ActError::Stale)))
            .count();
        assert_eq!((done, told), (1, 1), "{one:?} {other:?}");
        assert_eq!(printed.texts(0).await, texts(&[(1001, "present"), (1002, "absent"), (1003, "absent")]));
    }
}

#[tokio::test]
async fn an_older_sheet_is_read_by_the_list_that_was_printed() {
    for fresh in each().await {
        let mut printed = Box::pin(printed(&fresh)).await;
        let lesson = &printed.lesson;
        let (hall, day) = (&lesson.hall, "2026-12-07");
        hall.decide(&on(&hall.officer, day), &lesson.class, 1002, Decide::Withdraw).await.unwrap();
        hall.decide(&on(&hall.affairs, day), &lesson.class, 1002, Decide::LetGo).await.unwrap();
        let keeper = printed.keeper("2026-12-07");
        let scan = printed.take(&keeper, jpeg(&printed.page(0, &[1002, 1003], &[]))).await.unwrap().scan();
        let review = printed.review(&keeper, scan).await;
        assert_eq!(findings(&review, 0), [(1001, Ink::Empty, Finding::Puts), (1003, Ink::Signed, Finding::Puts)]);
        let gone = &review.sittings[0].gone[0];
        assert_eq!((gone.who.0.clone(), gone.ink), (code(1002), Ink::Signed), "whoever left is named");
        assert_eq!(printed.settle(&keeper, scan, &Printed::sent(&review, &[]), "").await.unwrap(), 2);
        assert_eq!(printed.texts(0).await, texts(&[(1001, "absent"), (1003, "present")]));
        let (codes, people) = sheets_of(&printed.lesson).await;
        assert!(codes[0].version != printed.codes[0].version && people.len() == 2, "a sheet that is printed now has another version");
        // Of the day after: the sheet of two, which does not name who left.
        printed.codes = codes;
        printed.people = people;
        let keeper = printed.keeper("2026-12-08");
        let scan = printed.take(&keeper, jpeg(&printed.page(1, &[1001], &[]))).await.unwrap().scan();
        let review = printed.review(&keeper, scan).await;
        assert_eq!((review.sittings[0].gone.len(), review.sittings[0].added.len(), review.sittings[0].cells.len()), (0, 0, 2));
    }
}

#[tokio::test]
async fn pages_of_others_are_named_and_go_to_no_roll() {
    for fresh in each().await {
        let printed = Box::pin(printed(&fresh)).await;
        let keeper = printed.keeper("2026-12-08");
        let with = |change: fn(&mut SheetCode)| {
            let mut page = printed.page(0, &[1001], &[]);
            change(&mut page.code);
            page
        };
        let pages = [
            printed.page(0, &[1001, 1002, 1003], &[]),
            with(|code| code.class = "LOP-2020-009".to_owned()),
            with(|code| code.version = "FFFFFFFF".to_owned()),
            with(|code| code.sitting = 99_999),
            printed.page(0, &[1001], &[]),
        ];
        let scan = printed.take(&keeper, pdf(&pages)).await.unwrap().scan();
        let review = printed.review(&keeper, scan).await;
        let faults: Vec<_> = review.faults.iter().map(|page| (page.number, page.fault.as_ref().unwrap().0)).collect();
        let expected = [(2, PageFault::OtherClass), (3, PageFault::Unknown), (4, PageFault::Unknown), (5, PageFault::Twice)];
        assert_eq!(faults, expected);
        assert_eq!(review.sittings.len(), 1);
        let nothing = refusal(printed.take(&keeper, pdf(&pages[1..4])).await);
        let TakeRefusal::Nothing(faults) = nothing else { unreachable!("{nothing:?}") };
        assert_eq!(faults[0], (1, PageFault::OtherClass, "LOP-2020-009".to_owned()));
        for (bytes, expected) in [
            (Vec::new(), TakeRefusal::Empty),
            (b"GIF89a".to_vec(), TakeRefusal::File(ScanError::UnknownFormat)),
            (vec![b' '; sheets::MOST_BYTES + 1], TakeRefusal::TooLarge),
        ] {
            assert_eq!(refusal(printed.take(&keeper, bytes).await), expected);
        }
        assert_eq!(
            sheets::scans(printed.services(), &keeper, &printed.lesson.class).await.unwrap().scans.len(),
            1,
            "what is refused is not kept"
        );
        // A sitting whose day has not come waits; the page of one that is there is put.
        let early = printed.take(&printed.keeper("2026-12-07"), jpeg(&printed.page(2, &[1001], &[]))).await.unwrap().scan();
        let review = printed.review(&keeper, early).await;
        assert_eq!(review.sittings[0].not_now, Some(RollRefusal::TooEarly));
        assert_eq!(refusal(printed.settle(&keeper, early, &[], "").await), SettleRefusal::Settled);
        assert!(sheets::drop_scan(printed.services(), &keeper, &printed.lesson.class, early).await.unwrap());
        assert!(matches!(sheets::review(printed.services(), &keeper, &printed.lesson.class, early).await, Err(ActError::NotFound)));
    }
}

#[tokio::test]
async fn lecturers_bring_and_confirm_their_own_sittings_and_nobody_else_does() {
    for fresh in each().await {
        let printed = Box::pin(printed(&fresh)).await;
        let (lesson, class) = (&printed.lesson, printed.lesson.class.as_str());
        let (teacher, keeper) = (lesson.teacher_on("2026-12-08"), printed.keeper("2026-12-08"));
        let pile = pdf(&[printed.page(0, &[1001], &[]), printed.page(1, &[1002], &[])]);
        for ctx in [&lesson.hall.learner, &lesson.hall.stranger, &lesson.hall.officer, &lesson.hall.inspector] {
            assert!(matches!(printed.take(ctx, pile.clone()).await, Err(ActError::Forbidden(_))));
            assert!(matches!(sheets::scans(printed.services(), ctx, class).await, Err(ActError::Forbidden(_))));
            let file = papers::sign_in_file(printed.services(), ctx, class, Some(lesson.sittings[0]), fonts()).await;
            assert!(matches!(file, Err(ActError::Forbidden(_))));
        }
        let whole = papers::sign_in_file(printed.services(), &teacher, class, None, fonts()).await;
        assert!(matches!(whole, Err(ActError::Forbidden(_))), "all sittings are for who keeps the class");
        papers::sign_in_file(printed.services(), &teacher, class, Some(lesson.sittings[0]), fonts()).await.unwrap();
        let other = sheets::take(printed.services(), &teacher, (class, Some(lesson.sittings[1])), ("a.pdf", pile.clone())).await;
        assert!(matches!(other, Err(ActError::Forbidden(_))), "on the page of a sitting of somebody else");
        let scan = printed.take(&teacher, pile).await.unwrap().scan();
        let review = printed.review(&teacher, scan).await;
        assert_eq!((review.sittings.len(), review.others.len()), (1, 1));
        assert_eq!(printed.settle(&teacher, scan, &Printed::sent(&review, &[]), "").await.unwrap(), 3);
        assert_eq!((printed.texts(0).await.len(), printed.texts(1).await.len()), (3, 0));
        let review = printed.review(&keeper, scan).await;
        assert_eq!((review.sittings.len(), review.open().count()), (2, 1), "the other sitting waits for who keeps the class");
        assert_eq!(printed.settle(&keeper, scan, &Printed::sent(&review, &[]), "").await.unwrap(), 3);
        let picture = sheets::picture(printed.services(), &keeper, class, (scan, 2)).await.unwrap();
        assert!(picture.starts_with(&[0xFF, 0xD8]));
        assert!(matches!(sheets::picture(printed.services(), &lesson.hall.officer, class, (scan, 2)).await, Err(ActError::Forbidden(_))));
        assert!(matches!(sheets::picture(printed.services(), &keeper, class, (scan, 3)).await, Err(ActError::NotFound)));
    }
}
