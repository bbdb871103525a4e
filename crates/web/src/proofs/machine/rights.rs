//! Who writes: every role at every write, with a token that writes, one that only reads, and a browser's session.
//! Not for: what is written.

use axum::http::StatusCode;
use serde_json::{Value, json};
use service::demo::DEMO_ACCOUNTS;

use super::{Machine, Question, code, errors, newcomer};

fn writes(here: &str, root: &str) -> Vec<(&'static str, String, Value)> {
    let new =
        json!({ "code": "H99.970", "name": "Đơn vị thử", "kind": "department", "level": "province", "bloc": "state", "parent": root });
    let mut person = newcomer(here);
    person.as_object_mut().unwrap().remove("reason");
    let operations = json!([{ "op": "upsert", "type": "official", "code": "TM.8", "body": person }]);
    vec![
        ("PUT", "/api/v1/officials/TM.9?dry_run=1".to_owned(), newcomer(here)),
        ("PUT", "/api/v1/posts/VT-9?dry_run=1".to_owned(), json!({ "reason": "x", "title": "Vị trí thử" })),
        ("PUT", format!("/api/v1/units/{here}"), json!({ "reason": "x", "aliases": [] })),
        ("PUT", format!("/api/v1/units/{here}/place"), json!({ "reason": "x", "latitude": 15.5, "longitude": 108.25 })),
        ("POST", "/api/v1/units/acts?dry_run=1".to_owned(), json!({ "act": "create", "on": "2026-12-01", "reason": "x", "new": new })),
        ("POST", "/api/v1/batches?dry_run=1".to_owned(), json!({ "reason": "x", "operations": operations })),
        ("POST", "/api/v1/operations/api-none/undo".to_owned(), json!({ "reason": "x" })),
    ]
}

#[tokio::test]
async fn nobody_writes_what_their_pages_would_refuse() {
    let machine = Machine::new().await;
    let here = machine.unit("so-tai-chinh").await;
    let root = machine.root().await;
    let writes = writes(&here, &root);
    let mut table = format!("{:<52}{}\n", "", DEMO_ACCOUNTS.iter().map(|a| format!("{:<12}", a.login)).collect::<String>());
    let mut accounts = Vec::new();
    for account in DEMO_ACCOUNTS {
        let (writer, reader) = (machine.house.token(account.login, true).await, machine.house.token(account.login, false).await);
        accounts.push((account.login, format!("Bearer {writer}"), format!("Bearer {reader}"), machine.house.sign_in(account.login).await));
    }
    for (place, (method, path, body)) in writes.iter().enumerate() {
        let mut line = format!("{method:<5}{:<47}", path.replace(&here, "{code}"));
        for (login, writer, reader, cookie) in &accounts {
            let key = format!("{login}-{place}");
            let ask = async |headers: Vec<(&str, &str)>| {
                let headers = headers.into_iter().chain([("idempotency-key", key.as_str())]).collect();
                machine.ask(method, path, Question { headers, body: Some(body.clone()), raw: None }).await
            };
            let answer = ask(vec![("authorization", writer)]).await;
            line.push_str(&format!("{:<12}", answer.status.as_u16()));
            let only_reads = ask(vec![("authorization", reader)]).await;
            assert_eq!((only_reads.status, code(&only_reads).as_str()), (StatusCode::FORBIDDEN, "token_only_reads"), "{method} {path}");
            let session = ask(vec![("authorization", ""), ("cookie", cookie)]).await;
            assert_eq!((session.status, code(&session).as_str()), (StatusCode::UNAUTHORIZED, "not_signed_in"), "{method} {path}");
        }
        table.push_str(&format!("{}\n", line.trim_end()));
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn an_officer_of_a_unit_writes_only_its_people() {
    let machine = Machine::new().await;
    let (own, other) = (machine.unit("so-tai-chinh").await, machine.unit("so-y-te").await);
    let stranger = machine.get(&format!("/api/v1/officials?unit={other}&limit=1")).await["items"][0]["code"].as_str().unwrap().to_owned();
    let token = machine.house.token("to-chuc", true).await;
    let officer = Machine { token, ..machine };
    assert_eq!(officer.put("/api/v1/officials/TM.1", newcomer(&own)).await.status, 201);
    let away = officer.put("/api/v1/officials/TM.2", newcomer(&other)).await;
    assert_eq!((away.status.as_u16(), errors(&away)), (422, vec![("/unit".to_owned(), "other_keeper".to_owned())]));
    let renamed = json!({ "reason": "đổi tên", "name": "Người Lạ" });
    let strange = officer.put(&format!("/api/v1/officials/{stranger}"), renamed).await;
    assert_eq!((strange.status.as_u16(), errors(&strange)), (422, vec![("/code".to_owned(), "kept_elsewhere".to_owned())]));
    assert!(
        !strange.text().contains("Người")
            && officer.ask("GET", &format!("/api/v1/officials/{stranger}"), Question::default()).await.status == 404
    );
}
