//! Writes: what becomes of a thing, refusals by their place and in the asked language, states, keys, batches, acts on units.
//! Not for: who may write (`rights`).

use serde_json::{Value, json};

use super::{Machine, Question, code, errors, json_of, newcomer, tag};

const BINH: &str = "/api/v1/officials/TM.1";

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
}

#[tokio::test]
async fn an_official_is_created_changed_and_left_the_same() {
    let machine = Machine::new().await;
    let (here, there) = (machine.unit("so-y-te").await, machine.unit("so-tai-chinh").await);
    let dry = machine.put(&format!("{BINH}?dry_run=true"), newcomer(&here)).await;
    assert_eq!((dry.status.as_u16(), &json_of(&dry)["outcome"], &json_of(&dry)["operation"]), (200, &json!("created"), &Value::Null));
    assert_eq!(machine.ask("GET", BINH, Question::default()).await.status, 404);
    let new = machine.put(BINH, newcomer(&here)).await;
    assert_eq!((new.status.as_u16(), json_of(&new)["changes"].as_array().unwrap().len()), (201, 1), "{}", new.text());
    let read = machine.ask("GET", BINH, Question::default()).await;
    assert_eq!(tag(&read), tag(&new));
    let again = machine.put(BINH, newcomer(&here)).await;
    let told = json_of(&again);
    assert_eq!((again.status.as_u16(), &told["outcome"], &told["operation"], tag(&again)), (200, &json!("same"), &Value::Null, tag(&new)));
    let moved = json!({ "reason": "điều động", "unit": there, "post": "Phó trưởng phòng", "from": "2026-11-01", "theory": "trung_cap" });
    let preview = json_of(&machine.put(&format!("{BINH}?dry_run=1"), moved.clone()).await);
    let fields: Vec<&str> = preview["differences"].as_array().unwrap().iter().map(|d| d["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["post", "theory"]);
    let changed = machine.put(BINH, moved).await;
    assert_eq!((changed.status.as_u16(), &json_of(&changed)["outcome"]), (200, &json!("changed")));
    assert_ne!(tag(&changed), tag(&new));
    let record = machine.get(BINH).await;
    let postings: Vec<_> = record["postings"].as_array().unwrap().iter().map(|p| (&p["unit"]["code"], &p["during"]["to"])).collect();
    assert_eq!(postings, [(&json!(there), &Value::Null), (&json!(here), &json!("2026-10-31"))]);
    let note = json_of(&machine.put(BINH, json!({ "reason": "sửa", "from": "2026-10-01" })).await);
    assert_eq!(
        (&note["outcome"], &note["notes"][0]["code"], &note["notes"][0]["pointer"]),
        (&json!("same"), &json!("from_stays"), &json!("/from"))
    );
}

#[tokio::test]
async fn refusals_name_the_place_in_the_asked_language() {
    let machine = Machine::new().await;
    let wrong = json!({ "nmae": "x", "name": "Hồ Thị Bình", "birth": "31/03/1985", "sex": "f", "ethnicity": 26, "unit": "H00.00", "staff": "cong_chuc" });
    let refused = machine.put(BINH, wrong.clone()).await;
    assert_eq!((refused.status.as_u16(), errors(&refused)), (422, pairs(&[("/reason", "no_reason")])));
    let mut wrong = wrong;
    wrong["reason"] = json!("thử");
    let refused = machine.put(BINH, wrong.clone()).await;
    let mut found = errors(&refused);
    found.sort();
    let expected = [("/birth", "bad_day"), ("/nmae", "unknown_field"), ("/sex", "not_a_code")];
    assert!(pairs(&expected).iter().all(|pair| found.contains(pair)), "{found:?}");
    let in_english = machine.send("PUT", BINH, wrong, &[("accept-language", "en")]).await;
    let details =
        |answer| json_of(answer)["errors"].as_array().unwrap().iter().map(|e| e["detail"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert!(details(&in_english).contains(&"“f” is not in the list. Write one of: nam, nu.".to_owned()), "{:?}", details(&in_english));
    assert!(details(&refused).contains(&"“f” không có trong danh mục. Ghi một trong: nam, nu.".to_owned()));
    let future = machine.put(BINH, json!({ "reason": "x", "name": "A", "birth": "2030-01-01", "sex": "nam", "ethnicity": 1, "unit": "none", "post": "x", "staff": "cong_chuc" })).await;
    let found = errors(&future);
    for pair in pairs(&[("/unit", "no_such_unit"), ("/birth", "born_in_future")]) {
        assert!(found.contains(&pair), "{found:?}");
    }
}

#[tokio::test]
async fn states_are_honoured() {
    let machine = Machine::new().await;
    let unit = machine.unit("so-y-te").await;
    let known = machine.send("PUT", BINH, newcomer(&unit), &[("if-match", "*")]).await;
    assert_eq!((known.status.as_u16(), code(&known).as_str()), (412, "unmatched"));
    let new = machine.send("PUT", BINH, newcomer(&unit), &[("if-none-match", "*")]).await;
    assert_eq!(new.status, 201);
    assert_eq!(machine.send("PUT", BINH, newcomer(&unit), &[("if-none-match", "*")]).await.status, 412);
    let renamed = |name: &str| json!({ "reason": "đổi tên", "name": name });
    let first = machine.send("PUT", BINH, renamed("Hồ Thị Thanh Bình"), &[("if-match", &tag(&new))]).await;
    assert_eq!(first.status, 200);
    assert_eq!(machine.send("PUT", BINH, renamed("Hồ Bình"), &[("if-match", &tag(&new))]).await.status, 412);
    assert_eq!(machine.get(BINH).await["name"], "Hồ Thị Thanh Bình");
    assert_eq!(machine.send("PUT", BINH, renamed("Hồ Bình"), &[("if-match", &tag(&first))]).await.status, 200);
    let weak = machine.send("PUT", BINH, renamed("Hồ"), &[("if-match", "W/\"x\"")]).await;
    assert_eq!((weak.status.as_u16(), code(&weak).as_str()), (400, "bad_parameter"));
}

#[tokio::test]
async fn a_key_makes_sending_twice_harmless() {
    let machine = Machine::new().await;
    let unit = machine.unit("so-y-te").await;
    let key = [("idempotency-key", "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"")];
    let first = machine.send("PUT", BINH, newcomer(&unit), &key).await;
    let again = machine.send("PUT", BINH, newcomer(&unit), &key).await;
    assert_eq!((again.status, &again.body, tag(&again)), (first.status, &first.body, tag(&first)));
    assert!(!first.headers.contains_key("idempotency-replayed"));
    assert_eq!(again.headers["idempotency-replayed"], "true");
    let other = machine.send("PUT", BINH, json!({ "reason": "x", "name": "Khác" }), &key).await;
    assert_eq!((other.status.as_u16(), code(&other).as_str()), (422, "key_reused"));
    let elsewhere = machine.send("PUT", "/api/v1/officials/TM.2", newcomer(&unit), &key).await;
    assert_eq!(code(&elsewhere), "key_reused");
    // What is refused wrote nothing, so that its key is free again.
    let fresh = [("idempotency-key", "a-second-key")];
    let refused = machine.send("PUT", "/api/v1/officials/TM.2", json!({ "reason": "x", "name": "Khác" }), &fresh).await;
    assert_eq!(refused.status, 422);
    let mut second = newcomer(&unit);
    second["name"] = json!("Hồ Văn An");
    assert_eq!(machine.send("PUT", "/api/v1/officials/TM.2", second, &fresh).await.status, 201);
    let bad = machine.send("PUT", BINH, newcomer(&unit), &[("idempotency-key", "two words")]).await;
    assert_eq!(json_of(&bad)["parameter"], "Idempotency-Key");
}

#[tokio::test]
async fn a_key_in_use_is_told_and_an_old_one_is_free_again() {
    let machine = Machine::new().await;
    let unit = machine.unit("so-y-te").await;
    let key = [("idempotency-key", "key-1")];
    // The request of the key is being worked on elsewhere: its claim stands without an answer.
    machine.send("PUT", BINH, newcomer(&unit), &key).await;
    testkit::look::forget_answer(&machine.fresh).await;
    let running = machine.send("PUT", BINH, newcomer(&unit), &key).await;
    assert_eq!((running.status.as_u16(), code(&running).as_str()), (409, "key_running"));
    let house = super::House::open(&machine.fresh, super::MADE.plus_ms(3 * 60 * 1_000));
    let later = Machine { house, ..machine };
    assert_eq!(later.send("PUT", BINH, newcomer(&unit), &key).await.status, 200);
    let house = super::House::open(&later.fresh, super::MADE.plus_ms(49 * 60 * 60 * 1_000));
    let much_later = Machine { house, ..later };
    let other = much_later.send("PUT", BINH, json!({ "reason": "đổi tên", "name": "Hồ Bình" }), &key).await;
    assert_eq!((other.status.as_u16(), other.headers.contains_key("idempotency-replayed")), (200, false), "{}", other.text());
}

#[tokio::test]
async fn bodies_that_cannot_be_read_are_told() {
    let machine = Machine::new().await;
    let raw = |text: &str| Question { raw: Some(text.as_bytes().to_vec()), ..Question::default() };
    for (text, status, expected) in [("{", 400, "bad_body"), ("[]", 400, "bad_body"), ("", 400, "bad_body")] {
        let answer = machine.ask("PUT", BINH, raw(text)).await;
        assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (status, expected), "{text}");
    }
    let form = Question { headers: vec![("content-type", "application/x-www-form-urlencoded")], raw: Some(b"a=b".to_vec()), body: None };
    let answer = machine.ask("PUT", BINH, form).await;
    assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (415, "wrong_media_type"));
    let nearly = format!("{{\"reason\": \"{}\"}}", "x".repeat(4 << 20));
    assert_eq!(machine.ask("PUT", BINH, raw(&nearly)).await.status, 422);
    let large = format!("{{\"reason\": \"{}\"}}", "x".repeat(5 << 20));
    let answer = machine.ask("PUT", BINH, raw(&large)).await;
    assert_eq!((answer.status.as_u16(), code(&answer).as_str()), (413, "too_large"));
    let answer = machine.ask("PUT", &format!("{BINH}?dryrun=1"), raw("{\"reason\":\"x\"}")).await;
    assert_eq!((answer.status.as_u16(), json_of(&answer)["parameter"].as_str()), (400, Some("dryrun")));
}

fn operation(kind: &str, code: &str, mut body: Value) -> Value {
    body.as_object_mut().unwrap().remove("reason");
    json!({ "op": "upsert", "type": kind, "code": code, "body": body })
}

#[tokio::test]
async fn a_batch_is_done_whole_or_not_at_all_and_goes_back_whole() {
    let machine = Machine::new().await;
    let unit = machine.unit("so-y-te").await;
    let key = [("idempotency-key", "batch-1")];
    let mut an = newcomer(&unit);
    an["name"] = json!("Trần Văn An");
    let post = json!({ "title": "Chuyên viên y tế dự phòng", "group": "professional" });
    let right =
        [operation("official", "TM.1", newcomer(&unit)), operation("official", "TM.2", an.clone()), operation("post", "YT-1", post)];
    let mut wrong = right.to_vec();
    an["sex"] = json!("x");
    an["grade"] = json!(7);
    wrong.push(operation("official", "TM.3", an));
    wrong.push(operation("official", "TM.1", newcomer(&unit)));
    let batch = |operations: &[Value]| json!({ "reason": "đồng bộ từ phần mềm nhân sự", "operations": operations });
    let refused = machine.send("POST", "/api/v1/batches", batch(&wrong), &key).await;
    let expected =
        [("/operations/3/body/sex", "not_a_code"), ("/operations/3/body/grade", "not_text"), ("/operations/4/code", "row_again")];
    assert_eq!((refused.status.as_u16(), errors(&refused)), (422, pairs(&expected)));
    assert_eq!(machine.ask("GET", BINH, Question::default()).await.status, 404);
    let without = machine.send("POST", "/api/v1/batches", batch(&right), &[]).await;
    assert_eq!((without.status.as_u16(), code(&without).as_str()), (400, "key_needed"));
    let dry = json_of(&machine.send("POST", "/api/v1/batches?dry_run=true", batch(&right), &[]).await);
    assert_eq!((&dry["created"], &dry["dry_run"], &dry["operation"]), (&json!(3), &json!(true), &Value::Null));
    let done = machine.send("POST", "/api/v1/batches", batch(&right), &key).await;
    let told = json_of(&done);
    assert_eq!((done.status.as_u16(), &told["created"], told["results"].as_array().unwrap().len()), (200, &json!(3), 3), "{}", done.text());
    let again = machine.send("POST", "/api/v1/batches", batch(&right), &key).await;
    assert_eq!((&again.body, &again.headers["idempotency-replayed"]), (&done.body, &"true".parse().unwrap()));
    let path = format!("/api/v1/operations/{}/undo", told["operation"].as_str().unwrap());
    let reason = json!({ "reason": "gửi nhầm" });
    assert_eq!(code(&machine.send("POST", &path, reason.clone(), &[]).await), "key_needed");
    let undone = machine.send("POST", &path, reason.clone(), &[("idempotency-key", "undo-1")]).await;
    assert_eq!((undone.status.as_u16(), &json_of(&undone)["rows"]), (200, &json!(7)), "{}", undone.text());
    assert_eq!(machine.ask("GET", BINH, Question::default()).await.status, 404);
    let twice = machine.send("POST", &path, reason.clone(), &[("idempotency-key", "undo-2")]).await;
    assert!(matches!(twice.status.as_u16(), 409 | 422), "{}", twice.text());
    let none = machine.send("POST", "/api/v1/operations/api-none/undo", reason, &[("idempotency-key", "undo-3")]).await;
    assert_eq!(none.status, 404);
}

#[tokio::test]
async fn the_shape_of_a_batch_is_told_too() {
    let machine = Machine::new().await;
    let send = async |body: Value| machine.send("POST", "/api/v1/batches?dry_run=1", body, &[]).await;
    assert_eq!(errors(&send(json!({ "reason": "x" })).await), pairs(&[("/operations", "not_a_list")]));
    assert_eq!(errors(&send(json!({ "reason": "x", "operations": [] })).await), pairs(&[("/operations", "nothing")]));
    let odd = json!({ "reason": "x", "operations": [{ "op": "delete", "type": "unit", "code": "", "body": [], "more": 1 }] });
    let expected = ["more", "op", "type", "code", "body"].map(|field| format!("/operations/0/{field}"));
    let found: Vec<String> = errors(&send(odd).await).into_iter().map(|(pointer, _)| pointer).collect();
    assert_eq!(found, expected);
    let many: Vec<Value> = (0..1_001).map(|n| operation("post", &format!("P{n}"), json!({ "title": format!("Vị trí {n}") }))).collect();
    assert_eq!(errors(&send(json!({ "reason": "x", "operations": many })).await), pairs(&[("/operations", "too_many")]));
    let most = json!({ "reason": "x", "operations": many[..1_000] });
    assert_eq!(json_of(&send(most).await)["created"], 1_000);
}

#[tokio::test]
async fn a_post_is_put_and_keeps_what_is_not_told() {
    let machine = Machine::new().await;
    let path = "/api/v1/posts/VT-01";
    let full = json!({ "reason": "lập", "title": "Chuyên viên pháp chế", "group": "professional", "kinds": ["commune", "department"], "from": "2025-07-01" });
    let new = machine.put(path, full).await;
    assert_eq!(new.status, 201);
    assert_eq!(tag(&new), tag(&machine.ask("GET", path, Question::default()).await));
    let part = machine.put(path, json!({ "reason": "sửa", "group": null, "to": "2026-12-31" })).await;
    assert_eq!((part.status.as_u16(), &json_of(&part)["outcome"]), (200, &json!("changed")));
    let read = machine.get(path).await;
    assert_eq!((&read["title"], &read["group"], &read["to"]), (&json!("Chuyên viên pháp chế"), &Value::Null, &json!("2026-12-31")));
    assert_eq!(read["kinds"], json!(["department", "commune"]));
    let wrong =
        json!({ "reason": "x", "title": "", "group": "none", "kinds": ["moon"], "from": "2026-02-30", "to": "2020-01-01", "more": 1 });
    let mut found = errors(&machine.put(path, wrong).await);
    found.sort();
    let expected =
        [("/from", "bad_day"), ("/group", "not_a_code"), ("/kinds", "not_a_code"), ("/more", "unknown_field"), ("/title", "needed")];
    assert_eq!(found, pairs(&expected));
    let taken = machine.put("/api/v1/posts/VT-02", json!({ "reason": "x", "title": "Chuyên viên pháp chế" })).await;
    assert_eq!(errors(&taken), pairs(&[("/title", "title_taken")]));
}

#[tokio::test]
async fn units_are_reorganised_after_a_look() {
    let machine = Machine::new().await;
    let root = machine.root().await;
    let new = json!({ "code": "H99.977", "name": "Trung tâm chuyển đổi số", "kind": "department", "level": "province", "bloc": "state", "parent": root });
    let create = json!({ "act": "create", "on": "2026-12-01", "decision": "77/QĐ-UBND", "reason": "thành lập", "new": new });
    let dry = machine.send("POST", "/api/v1/units/acts?dry_run=true", create.clone(), &[]).await;
    assert_eq!(
        (dry.status.as_u16(), &json_of(&dry)["unit"], &json_of(&dry)["id"]),
        (200, &json!("H99.977"), &Value::Null),
        "{}",
        dry.text()
    );
    assert_eq!(code(&machine.send("POST", "/api/v1/units/acts", create.clone(), &[]).await), "key_needed");
    let done = machine.send("POST", "/api/v1/units/acts", create.clone(), &[("idempotency-key", "act-1")]).await;
    assert_eq!((done.status.as_u16(), &json_of(&done)["begins"][0]["unit"]["code"]), (201, &json!("H99.977")), "{}", done.text());
    let again = machine.send("POST", "/api/v1/units/acts", create.clone(), &[("idempotency-key", "act-1")]).await;
    assert_eq!((&again.body, again.headers.contains_key("idempotency-replayed")), (&done.body, true));
    let twice = machine.send("POST", "/api/v1/units/acts", create, &[("idempotency-key", "act-2")]).await;
    assert_eq!(errors(&twice), pairs(&[("/new/code", "code_taken")]));
    let (health, money) = (machine.unit("so-y-te").await, machine.unit("so-tai-chinh").await);
    let merge =
        json!({ "act": "merge", "on": "2027-01-01", "reason": "sắp xếp", "units": [health], "into": money, "children": "ends_too" });
    let look = json_of(&machine.send("POST", "/api/v1/units/acts?dry_run=1", merge, &[]).await);
    assert!(look["people"].as_u64().unwrap() > 0 && look["flows"][0]["to"]["code"] == json!(money), "{look}");
    let part =
        json!({ "code": "H99.978", "name": "Sở Y tế mới", "kind": "department", "level": "province", "bloc": "state", "parent": root });
    let split = json!({
        "act": "split", "on": "2027-01-01", "reason": "chia tách", "unit": health, "into": [part, money], "stays": false,
        "people": [{ "post": "Chuyên viên", "to": "H99.978" }],
    });
    let look = json_of(&machine.send("POST", "/api/v1/units/acts?dry_run=1", split, &[]).await);
    assert_eq!(look["begins"][0]["unit"]["code"], "H99.978", "{look}");
    let odd = json!({ "act": "move", "on": "01/12/2026", "reason": "x", "unit": "none", "parent": root, "name": "x" });
    let mut found = errors(&machine.send("POST", "/api/v1/units/acts?dry_run=1", odd, &[]).await);
    found.sort();
    assert_eq!(found, pairs(&[("/name", "unknown_field"), ("/on", "bad_day"), ("/unit", "no_such_unit")]));
    let unknown =
        machine.send("POST", "/api/v1/units/acts?dry_run=1", json!({ "act": "sell", "on": "2026-12-01", "reason": "x" }), &[]).await;
    assert_eq!(errors(&unknown), pairs(&[("/act", "not_a_code")]));
}

#[tokio::test]
async fn other_codes_of_a_unit_are_put_as_a_whole() {
    let machine = Machine::new().await;
    let (health, money) = (machine.unit("so-y-te").await, machine.unit("so-tai-chinh").await);
    let path = format!("/api/v1/units/{health}");
    let put = async |aliases: Value, headers: &[(&str, &str)]| {
        machine.send("PUT", &path, json!({ "reason": "mã của hệ thống khác", "aliases": aliases }), headers).await
    };
    let state = tag(&machine.ask("GET", &path, Question::default()).await);
    let both =
        put(json!([{ "code": "YT-01" }, { "code": "YT-02", "from": "2025-07-01", "to": "2026-06-30" }]), &[("if-match", &state)]).await;
    assert_eq!((both.status.as_u16(), &json_of(&both)["outcome"]), (200, &json!("changed")), "{}", both.text());
    assert_eq!(put(json!([]), &[("if-match", &state)]).await.status, 412);
    assert_eq!(tag(&machine.ask("GET", &path, Question::default()).await), tag(&both));
    let same = put(json!([{ "code": "YT-02", "from": "2025-07-01", "to": "2026-06-30" }, { "code": "YT-01" }]), &[]).await;
    assert_eq!((&json_of(&same)["outcome"], tag(&same)), (&json!("same"), tag(&both)));
    let wrong = put(json!([{ "code": money }, { "code": "" }, { "from": "2026-01-01", "code": "A", "to": "2025-01-01" }]), &[]).await;
    assert_eq!(errors(&wrong), pairs(&[("/aliases/1/code", "not_text")]));
    let wrong = put(json!([{ "code": money }, { "from": "2026-01-01", "code": "A", "to": "2025-01-01" }]), &[]).await;
    assert_eq!(errors(&wrong), pairs(&[("/aliases/0/code", "code_taken"), ("/aliases/1/to", "ends_before_start")]));
    let fewer = put(json!([{ "code": "YT-01" }]), &[]).await;
    assert_eq!(json_of(&fewer)["outcome"], "changed");
    let codes: Vec<Value> = machine.get(&path).await["aliases"].as_array().unwrap().iter().map(|alias| alias["code"].clone()).collect();
    assert_eq!(codes, [json!("YT-01")]);
}

#[tokio::test]
async fn where_a_unit_stands_is_put_and_read_back() {
    let machine = Machine::new().await;
    let health = machine.unit("so-y-te").await;
    let path = format!("/api/v1/units/{health}/place");
    let put = async |mut body: Value, headers: &[(&str, &str)]| {
        body.as_object_mut().unwrap().insert("reason".to_owned(), json!("theo bản đồ hành chính"));
        machine.send("PUT", &path, body, headers).await
    };
    let hall = json!({ "latitude": 15.5736, "longitude": 108.474 });
    let first = put(hall.clone(), &[("idempotency-key", "place-1")]).await;
    assert_eq!((first.status.as_u16(), &json_of(&first)["outcome"]), (200, &json!("changed")), "{}", first.text());
    assert_eq!(json_of(&put(hall.clone(), &[("idempotency-key", "place-1")]).await)["outcome"], "changed", "told again, done once");
    assert_eq!(json_of(&put(hall.clone(), &[]).await)["outcome"], "same");
    let detail = machine.get(&format!("/api/v1/units/{health}")).await;
    assert_eq!(detail["place"], json!({ "latitude": 15.5736, "longitude": 108.474, "known": "told" }));
    assert_eq!(put(hall, &[("if-match", "\"u0-0\"")]).await.status, 412);
    let refused = async |body: Value| errors(&put(body, &[]).await);
    assert_eq!(refused(json!({ "latitude": 48.9, "longitude": 108.474 })).await, pairs(&[("/latitude", "outside_north")]));
    assert_eq!(refused(json!({ "latitude": 15.5, "longitude": 2.3 })).await, pairs(&[("/longitude", "outside_east")]));
    assert_eq!(refused(json!({ "latitude": "15", "longitude": 108 })).await, pairs(&[("/latitude", "outside_north")]));
    let odd = json!({ "latitude": 15.5, "longitude": 108, "from": "1/1/2026", "height": 3 });
    assert_eq!(refused(odd).await, pairs(&[("/height", "unknown_field"), ("/from", "bad_day")]));
    let early = json!({ "latitude": 15.5, "longitude": 108, "from": "1990-01-01" });
    assert_eq!(refused(early).await, pairs(&[("/from", "before_last"), ("/from", "outside_life")]));
}

#[tokio::test]
async fn a_flood_of_mistakes_is_told_in_part_and_names_are_pointers() {
    let machine = Machine::new().await;
    let health = machine.unit("so-y-te").await;
    let aliases: Vec<Value> = (0..3_000).map(|number| json!(number)).collect();
    let flood = json!({ "reason": "x", "aliases": aliases });
    assert_eq!(errors(&machine.put(&format!("/api/v1/units/{health}"), flood).await).len(), 1_000);
    let names: serde_json::Map<String, Value> = (0..3_000).map(|number| (format!("x{number}"), json!(1))).collect();
    let put = operation("official", "TM.1", Value::Object(names.clone()));
    let flood = json!({ "reason": "x", "operations": [put] });
    let answer = machine.send("POST", "/api/v1/batches?dry_run=1", flood, &[]).await;
    assert_eq!((answer.status.as_u16(), errors(&answer).len()), (422, 1_000));
    let mut shape = operation("official", "TM.1", json!({}));
    shape.as_object_mut().unwrap().extend(names);
    let answer = machine.send("POST", "/api/v1/batches?dry_run=1", json!({ "reason": "x", "operations": [shape] }), &[]).await;
    assert_eq!((answer.status.as_u16(), errors(&answer).len()), (422, 1_000));
    let odd = machine.put(&format!("/api/v1/units/{health}"), json!({ "reason": "x", "aliases": [{ "code": "Y", "a/b~c": 1 }] })).await;
    assert_eq!(errors(&odd), pairs(&[("/aliases/0/a~1b~0c", "unknown_field")]));
    let odd = machine.send("POST", "/api/v1/batches?dry_run=1", json!({ "reason": "x", "a/b": 1, "operations": [] }), &[]).await;
    assert_eq!(errors(&odd), pairs(&[("/a~1b", "unknown_field")]));
}

#[tokio::test]
async fn a_state_that_nothing_is_held_against_is_refused_and_not_passed_over() {
    let machine = Machine::new().await;
    let health = machine.unit("so-y-te").await;
    let rename = json!({ "act": "rename", "on": "2026-12-01", "reason": "đổi tên", "unit": health, "name": "Sở Y tế mới" });
    let undo = json!({ "reason": "nhầm" });
    for (path, body) in [("/api/v1/units/acts", rename), ("/api/v1/operations/api-none/undo", undo)] {
        let answer = machine.send("POST", path, body, &[("idempotency-key", "held-1"), ("if-match", "\"u1-0\"")]).await;
        assert_eq!((answer.status.as_u16(), json_of(&answer)["parameter"].as_str()), (400, Some("If-Match")), "{path}");
    }
}
