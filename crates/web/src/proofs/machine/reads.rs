//! Everything that can be asked is answered as described; lists page to their end, and what changed is told from where they began.
//! Not for: writing.

use serde_json::{Value, json};

use super::{Machine, Question, code, json_of, newcomer};

#[tokio::test]
async fn every_question_is_answered_as_described() {
    let machine = Machine::new().await;
    let unit = machine.unit("so-tai-chinh").await;
    let person = machine.get("/api/v1/officials?limit=1").await["items"][0]["code"].as_str().unwrap().to_owned();
    machine.put("/api/v1/posts/CV-1", json!({ "reason": "lập danh mục", "title": "Chuyên viên tổng hợp" })).await;
    let plan = [("kind", "year"), ("title", "Kế hoạch năm"), ("from", "2026"), ("unit", unit.as_str())];
    let begun = machine.house.post("/ke-hoach/moi", &machine.house.sign_in("so-noi-vu").await, &plan).await;
    assert_eq!(begun.status, 303, "{}", begun.text());
    for path in crate::api::questions() {
        let key = if path.contains("plans") { "1" } else { "T2.1" };
        let id = if path.contains("units") {
            &unit
        } else if path.contains("posts") {
            "CV-1"
        } else {
            &person
        };
        let path = path.replace("{code}", id).replace("{id}", key).replace("{table}", "2");
        machine.get(&path).await;
        let unknown = machine.ask("GET", &format!("{path}?nothing=1"), Question::default()).await;
        assert_eq!(code(&unknown), "bad_parameter", "{path}");
        let anonymous = machine.ask("GET", &path, Question { headers: vec![("authorization", "")], ..Question::default() }).await;
        assert_eq!(code(&anonymous), "not_signed_in", "{path}");
        let text = machine.ask("GET", &path, Question { headers: vec![("accept", "text/csv")], ..Question::default() }).await;
        assert_eq!(code(&text), "not_acceptable", "{path}");
    }
    for path in ["/api/v1/officials/none", "/api/v1/units/none", "/api/v1/posts/none", "/api/v1/targets/none", "/api/v1/none"] {
        assert_eq!(code(&machine.ask("GET", path, Question::default()).await), "not_found", "{path}");
    }
    assert_eq!(code(&machine.ask("DELETE", "/api/v1/officials", Question::default()).await), "method_not_allowed");
}

#[tokio::test]
async fn a_whole_list_is_read_and_then_only_what_changed() {
    let machine = Machine::new().await;
    let unit = machine.unit("so-y-te").await;
    for list in ["officials", "units", "posts"] {
        let first = machine.get(&format!("/api/v1/{list}?limit=7")).await;
        let since = first["next_since"].as_str().unwrap().to_owned();
        let mut next = first["next"].as_str().map(str::to_owned);
        let mut lines = first["items"].as_array().unwrap().len();
        while let Some(cursor) = next {
            let page = machine.get(&format!("/api/v1/{list}?limit=200&cursor={cursor}")).await;
            lines += page["items"].as_array().unwrap().len();
            next = page["next"].as_str().map(str::to_owned);
        }
        assert!(lines > 7, "{list}");
        let nothing = machine.get(&format!("/api/v1/{list}?changed-since={since}")).await;
        assert_eq!((nothing["changes"].as_array().unwrap().len(), nothing["more"].as_bool()), (0, Some(false)), "{list}");
    }
    let since = machine.get("/api/v1/officials").await["next_since"].as_str().unwrap().to_owned();
    machine.put("/api/v1/officials/TM.1", newcomer(&unit)).await;
    machine.put("/api/v1/posts/CV-1", json!({ "reason": "lập danh mục", "title": "Chuyên viên tổng hợp", "kinds": ["commune"] })).await;
    machine.put(&format!("/api/v1/units/{unit}"), json!({ "reason": "mã của hệ thống khác", "aliases": [{ "code": "YT-01" }] })).await;
    let told = async |list: &str| -> Vec<Value> {
        machine.get(&format!("/api/v1/{list}?changed-since={since}")).await["changes"].as_array().unwrap().clone()
    };
    let people = told("officials").await;
    assert_eq!((people.len(), &people[0]["state"], &people[0]["item"]["unit"]["code"]), (1, &json!("present"), &json!(unit)));
    assert!(told("posts").await.iter().any(|post| post["code"] == "CV-1" && post["item"]["kinds"] == json!(["commune"])));
    let units = told("units").await;
    assert_eq!((units.len(), &units[0]["code"]), (1, &json!(unit)));
    let detail = machine.get(&format!("/api/v1/units/{unit}")).await;
    assert_eq!(detail["aliases"][0]["code"], "YT-01");
}

#[tokio::test]
async fn a_moment_that_was_not_given_is_refused() {
    let machine = Machine::new().await;
    let since = machine.get("/api/v1/officials").await["next_since"].as_str().unwrap().to_owned();
    let made_up = machine.ask("GET", "/api/v1/officials?changed-since=xyz", Question::default()).await;
    assert_eq!((made_up.status.as_u16(), json_of(&made_up)["parameter"].as_str()), (400, Some("changed-since")));
    let beside = machine.ask("GET", &format!("/api/v1/officials?changed-since={since}&q=an"), Question::default()).await;
    assert_eq!(code(&beside), "bad_parameter");
    let later = format!("{}{}", "00000000000fffff", since.get(16..).unwrap_or_default());
    for list in ["officials", "units", "posts"] {
        let other = machine.ask("GET", &format!("/api/v1/{list}?changed-since={later}"), Question::default()).await;
        assert_eq!((other.status.as_u16(), code(&other).as_str()), (410, "start_over"));
    }
}

#[tokio::test]
async fn a_birth_is_told_to_a_program_only_for_a_purpose_that_is_noted() {
    let machine = Machine::new().await;
    let unit = machine.unit("so-y-te").await;
    machine.put("/api/v1/officials/TM.1", newcomer(&unit)).await;
    let audit = testkit::look::Audit::of(&machine.fresh).await;
    let silent = machine.get("/api/v1/officials/TM.1").await;
    assert_eq!((&silent["birth_on"], &silent["ethnicity"], audit.lines("people.reveal").await), (&json!(null), &json!(null), 0));
    let told = machine.get("/api/v1/officials/TM.1?purpose=chuyen+luong").await;
    assert_eq!((&told["birth_on"], &told["ethnicity"], audit.lines("people.reveal").await), (&json!("1985-03-31"), &json!(26), 1));
    let treatise = machine.ask("GET", &format!("/api/v1/officials/TM.1?purpose={}", "x".repeat(5_000)), Question::default()).await;
    assert_eq!(code(&treatise), "bad_parameter");
    let token = machine.house.token("lanh-dao", false).await;
    let leader = Machine { token, ..machine };
    let told = leader.get("/api/v1/officials/TM.1?purpose=xem").await;
    assert_eq!((&told["birth_on"], audit.lines("people.reveal").await), (&json!(null), 1));
}
