//! The catalogue of a demonstration, and a council of its accounts with a session that is open.
//! Not for: which programmes there are (`synthetic::programmes`).

use domain::ids::{ProgrammeId, UserId};
use domain::programmes::appraisal::{Choice, Seat};
use domain::programmes::life::State;
use domain::time::{Date, Instant, Interval, date};
use store::write::programmes::{self as write, Doer, councils};
use store::write::schemes::By;
use store::{Db, StoreError, WriteTx};
use synthetic::programmes::Given;

/// Who keeps a programme whose own unit is not there any more.
const HOME_AFFAIRS: &str = "so-noi-vu";
/// Who sits where in the council: logins of demonstration accounts.
const SEATS: [(&str, Seat); 5] = [
    ("lanh-dao", Seat::Chair),
    ("so-noi-vu", Seat::Secretary),
    ("thu-truong", Seat::Member),
    ("tai-chinh", Seat::Member),
    ("to-chuc-tinh-uy", Seat::Member),
];
/// The draft that the council has.
const APPRAISED: &str = "CT-XN.04";

/// Writes the catalogue into a province that has none.
///
/// # Errors
/// [`StoreError`] when the database fails.
pub async fn put_catalogue(db: &Db, now: Instant, today: Date) -> Result<(), StoreError> {
    let agencies = store::read::quotas::agencies(db, today).await?;
    let unit = |actor: &str| agencies.iter().find(|agency| agency.actor == actor).map(|agency| agency.unit);
    let doer = Doer { by: By::System, at: now };
    let tx = db.write().await?;
    for (given, lot) in synthetic::programmes::catalogue().iter().zip(0_i64..) {
        let Some(owner) = unit(given.owner).or_else(|| unit(HOME_AFFAIRS)) else { continue };
        let id = write::create(&tx, doer, &given.code, owner, &given.text, "").await?;
        put_state(&tx, doer, id, given, (lot, today)).await?;
    }
    tx.commit().await
}

async fn put_state(tx: &WriteTx, doer: Doer<'_>, id: ProgrammeId, given: &Given, (lot, today): (i64, Date)) -> Result<(), StoreError> {
    if given.state == State::Draft {
        return Ok(());
    }
    let open = write::open_text(tx, id).await?.ok_or(StoreError::NotFound)?;
    for step in [(State::Draft, State::Appraising), (State::Appraising, State::Appraised)] {
        write::change_state(tx, doer, id, open.id, step).await?;
    }
    if given.state == State::Appraised {
        return Ok(());
    }
    let before = |days: i64| today.checked_sub(time::Duration::days(days)).unwrap_or(today);
    let number = format!("{}/QĐ-UBND", 100 + lot * 7);
    write::approve(tx, doer, id, open.id, (&number, before(40 + lot * 9))).await?;
    if given.state == State::Retired {
        write::retire(tx, doer, id, open.id, State::Approved, before(20)).await?;
    } else if lot % 6 == 0 {
        write::begin_text(tx, doer, id, 2, &given.text, "Cập nhật hằng năm").await?;
    }
    Ok(())
}

/// Seats a council of accounts, and opens its first session where there is something to appraise.
pub(super) async fn put_council(tx: &WriteTx, now: Instant, today: Date, users: &[(&str, UserId)]) -> Result<(), StoreError> {
    let user = |login: &str| users.iter().find(|(of, _)| *of == login).map(|(_, id)| *id);
    let members: Vec<(UserId, Seat)> = SEATS.iter().filter_map(|(login, seat)| Some((user(login)?, *seat))).collect();
    let from = date(2026, 1, 1).unwrap_or(today);
    let during = Interval::new(from, None).map_err(|_| StoreError::Unreadable(from.to_string()))?;
    let row = councils::CouncilRow {
        name: "Hội đồng thẩm định chương trình bồi dưỡng của tỉnh",
        decision: "125/QĐ-UBND",
        during,
        members: &members,
    };
    let council = councils::create(tx, &row, now).await?;
    let Some(id) = store::read::programmes::id_within(tx, APPRAISED).await? else { return Ok(()) };
    let Some(open) = write::open_text(tx, id).await?.filter(|open| open.state == State::Draft) else { return Ok(()) };
    let doer = Doer { by: By::System, at: now };
    write::change_state(tx, doer, id, open.id, (State::Draft, State::Appraising)).await?;
    let session = councils::open(tx, doer, council, open.id, today).await?;
    for (login, choice, opinion) in
        [("tai-chinh", Choice::For, ""), ("thu-truong", Choice::ForAfterChanges, "Thêm tình huống tiếp công dân đông người.")]
    {
        if let Some(user) = user(login) {
            councils::vote(tx, session, user, (choice, opinion), now).await?;
        }
    }
    Ok(())
}
