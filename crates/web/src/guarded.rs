//! Every page and every question of the API, asked by nobody and by every role: a table of answers that shows each change of rights.
//! Not for: what the pages say.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use domain::time::Instant;
use service::demo::{self, DEMO_ACCOUNTS};
use service::sessions::{self, Knock};
use service::{Ctx, Services, registry};
use testkit::synthetic::Options;
use tower::ServiceExt as _;

use crate::AppState;
use crate::routes::{ROUTES, router};

const NOW: Instant = Instant(1_795_320_000_000);
/// Pages that anybody may see.
const OPEN: &[&str] = &[
    "/dang-nhap",
    "/healthz",
    "/favicon.ico",
    "/static/{hash}/{name}",
    "/verify",
    "/verify/key",
    "/verify/revoked.jwt",
    "/verify/revoked.json",
    "/verify/{code}",
    "/verify/{code}/badge.jwt",
    "/verify/{code}/badge.json",
    "/.well-known/did.json",
];

struct House {
    app: Router,
    /// Login and session cookie of each role.
    people: Vec<(&'static str, String)>,
    /// Staff code of somebody in another unit than the unit roles', and a unit of that kind.
    stranger: String,
    strange_unit: String,
}

async fn house(db: testkit::databases::Fresh) -> (House, testkit::databases::Fresh) {
    let today = domain::time::date(2026, 11, 22).unwrap();
    demo::generate(&db.db, Options { people: 6_000, ..Options::on(today) }, NOW, &mut |_| {}).await.unwrap();
    demo::put_accounts(&db.db, NOW, today, &mut |_| {}).await.unwrap();
    let services = Services::new(db.db.clone());
    let system = Ctx::system(NOW, today);
    let mut people = Vec::new();
    for account in DEMO_ACCOUNTS {
        let knock = Knock { address: "127.0.0.1", agent: "test" };
        let signed = sessions::sign_in(&services, &system, account.login, demo::DEMO_PASSWORD, knock).await.unwrap();
        people.push((account.login, format!("kv_session={}", signed.token)));
    }
    let root = registry::home_unit(&services, &system, today).await.unwrap();
    let strange_unit = root.children.iter().find(|u| u.actor.as_deref() == Some("so-y-te")).unwrap().code.clone();
    let ask = registry::PeopleAsk { unit: Some(strange_unit.clone()), ..registry::PeopleAsk::on(today) };
    let strangers = &registry::list_people(&services, &system, &ask, None, 1).await.unwrap().lines;
    let stranger = strangers.first().unwrap().code.clone();
    let state = AppState {
        services: Arc::new(services),
        clock: Arc::new(|| NOW),
        demo: true,
        province: "Tỉnh thử".to_owned(),
        secure_cookies: false,
    };
    (House { app: router(state), people, stranger, strange_unit }, db)
}

impl House {
    async fn get(&self, path: &str, cookie: Option<&str>) -> StatusCode {
        self.page(path, cookie).await.0
    }

    async fn page(&self, path: &str, cookie: Option<&str>) -> (StatusCode, String) {
        let mut request =
            Request::get(path).header(header::HOST, "localhost").extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let answer = self.app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn post(&self, path: &str, cookie: Option<&str>) -> StatusCode {
        let mut request = Request::post(path)
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        if let Some(cookie) = cookie {
            request = request.header(header::COOKIE, cookie);
        }
        self.app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
    }

    fn filled(&self, route: &str) -> String {
        let code = if route.starts_with("/chuong-trinh") {
            "CT-LD.01"
        } else if route.starts_with("/de-an") {
            "lang-son-2021"
        } else if route.starts_with("/tieu-chuan") {
            "tieu-chuan-chung"
        } else if route.starts_with("/chi-tieu") {
            "T2.1"
        } else if route.starts_with("/so-van-ban") {
            "ubnd-kh"
        } else if route.starts_with("/quy-trinh") {
            "to-trinh"
        } else if route.starts_with("/lop") {
            "2026-001"
        } else if route.starts_with("/don-vi") {
            &self.strange_unit
        } else {
            &self.stranger
        };
        let route = route
            .replace("{login}", "nguoi-hoc")
            .replace("{act}", "sap-nhap")
            .replace("{kind}", "rating")
            .replace("{row}", "1")
            .replace("{sitting}", "1")
            .replace("{person}", "1")
            .replace("{token}", "1-1-00")
            .replace("{unit}", &self.strange_unit)
            .replace("{id}", "1")
            .replace("{key}", "1")
            .replace("{operation}", "none")
            .replace("{other}", "none")
            .replace("{requirement}", "CM.1")
            .replace("{group}", "1")
            .replace("{scan}", "1")
            .replace("/giay-to/{name}/", "/giay-to/opening/")
            .replace("{name}", "roster.pdf");
        route.replace("{code}", code).replace("{table}", "2").replace("{number}", "1").replace("{task}", "1").replace("{target}", "T3.1")
    }
}

#[tokio::test]
async fn every_route_is_guarded_and_the_table_of_answers_is_known() {
    let (house, _db) = house(testkit::databases::sqlite().await).await;
    let mut table = format!("{:<5}{:<44}{:<9}", "", "", "nobody");
    table.push_str(&house.people.iter().map(|(login, _)| format!("{login:<11}")).collect::<String>());
    for (method, route) in ROUTES.iter().filter(|(_, route)| !route.contains("{hash}")) {
        let path = house.filled(route);
        let ask = async |cookie: Option<&str>| match *method {
            "post" => house.post(&path, cookie).await,
            _ => house.get(&path, cookie).await,
        };
        let nobody = ask(None).await;
        assert!(nobody != StatusCode::OK || OPEN.contains(route), "{method} {route} answers nobody");
        table.push_str(&format!("\n{method:<5}{route:<44}{:<9}", nobody.as_u16()));
        for (login, cookie) in &house.people {
            let answer = ask(Some(cookie)).await;
            assert!(!answer.is_server_error(), "{method} {route} as {login}: {answer}");
            // A form without its token is refused before anything else.
            assert!(*method != "post" || !answer.is_success(), "{method} {route} as {login} takes a form without a token");
            table.push_str(&format!("{:<11}", answer.as_u16()));
        }
    }
    insta::assert_snapshot!(table.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"));
    api_is_guarded(&house).await;
    strangers_stay_strange(&house).await;
}

async fn api_is_guarded(house: &House) {
    for path in
        ["/api/v1/schemes", "/api/v1/targets", "/api/v1/targets/T2.1", "/api/v1/targets/T2.1/people", "/api/v1/units", "/api/v1/officials"]
    {
        assert_eq!(house.get(path, None).await, StatusCode::UNAUTHORIZED, "{path}");
    }
    let learner = &house.people.iter().find(|(login, _)| *login == "nguoi-hoc").unwrap().1;
    assert_eq!(house.get("/api/v1/officials", Some(learner)).await, StatusCode::FORBIDDEN);
}

/// Roles of one unit do not reach people or figures of another.
async fn strangers_stay_strange(house: &House) {
    for login in ["to-chuc", "thu-truong"] {
        let cookie = Some(house.people.iter().find(|(l, _)| *l == login).unwrap().1.as_str());
        for path in [
            format!("/nhan-su/{}", house.stranger),
            format!("/nhan-su?don-vi={}", house.strange_unit),
            format!("/?don-vi={}", house.strange_unit),
            format!("/chi-tieu/T2.1/nguoi?don-vi={}", house.strange_unit),
            format!("/thong-ke/3?don-vi={}", house.strange_unit),
            format!("/thieu/CM.1?don-vi={}", house.strange_unit),
            format!("/thieu/can-ngay?don-vi={}", house.strange_unit),
            format!("/api/v1/officials/{}", house.stranger),
            format!("/api/v1/officials?unit={}", house.strange_unit),
            format!("/api/v1/targets?unit={}", house.strange_unit),
        ] {
            let (answer, body) = house.page(&path, cookie).await;
            assert!(matches!(answer.as_u16(), 200 | 403 | 404), "{login} at {path}: {answer}");
            assert!(answer != StatusCode::OK || !body.contains(&house.stranger), "{login} at {path} meets {}", house.stranger);
            // A list says that the unit is unknown and shows the own ones; a person or the API is simply not there.
            let is_list = path.contains("?don-vi=");
            assert!(answer != StatusCode::OK || is_list, "{login} at {path}: {answer}");
        }
    }
}
