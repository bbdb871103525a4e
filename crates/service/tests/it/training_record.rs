//! The training record as a paper: for oneself, who sees no units, and for who sees the person; each one taken is noted.
//! Not for: its looks (`documents`), or its words.

use documents::papers::forms::TrainingRecord;
use service::ActError;
use service::documents::{Format, record_file};
use store::read::people::Person;
use testkit::databases::each;

use crate::hall::{GONE, code, hall};

#[tokio::test]
async fn a_record_is_taken_by_oneself_and_by_who_sees_the_person() {
    for fresh in each().await {
        let hall = hall(&fresh, 0).await;
        let say = |person: &Person, is_open: bool| {
            let facts = vec![("Họ và tên".to_owned(), person.name.clone()), ("Mở".to_owned(), is_open.to_string())];
            TrainingRecord { name: person.name.clone(), facts, ..TrainingRecord::default() }
        };
        for (ctx, id) in [(&hall.learner, 1001), (&hall.officer, 1002), (&hall.affairs, 2001), (&hall.affairs, GONE)] {
            let docx = record_file(&hall.services, ctx, &code(id), say, Format::Docx).await.unwrap();
            assert!(docx.starts_with(b"PK"), "{id}");
        }
        for (ctx, id) in [(&hall.learner, 1002), (&hall.stranger, 1002)] {
            let refused = record_file(&hall.services, ctx, &code(id), say, Format::Docx).await;
            assert!(matches!(refused, Err(ActError::NotFound | ActError::Forbidden(_))), "{id}: {refused:?}");
        }
        let noted = store::read::audit::page(&fresh.db, &store::read::audit::AuditWanted::default(), None, 99).await.unwrap();
        assert_eq!(noted.iter().filter(|line| line.act == "people.training_record").count(), 4);
    }
}
