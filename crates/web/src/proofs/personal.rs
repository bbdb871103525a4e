//! Where personal and secret columns come out: marks are planted into them, everything is asked by everybody, and the answers and
//! the log are searched.
//! Not for: whether every column has a class (`store`), or who may open which page (`guarded`).

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use service::demo::DEMO_ACCOUNTS;
use service::sessions::digest;
use testkit::databases::Fresh;
use testkit::look::{Audit, Log, workbook};
use testkit::{marked, small};

use super::house::{self, Answer, House, MADE};
use crate::api;
use crate::routes::ROUTES;

/// What the marked account keeps to itself: the cookie of its session and its API token.
const SESSION: &str = "qwxsessiontoken";
const TOKEN: &str = "kv_qwxapitoken";
/// What somebody types, and from where.
const PASSWORD: &str = "qwxtypedpassword";
const TYPED: &str = "qwxtypedtext";
const ADDRESS: [u8; 4] = [203, 0, 113, 77];

struct Site {
    fresh: Fresh,
    house: House,
    audit: Audit,
    /// Lists with the mark that were taken out.
    exports: u32,
    /// Pages with the mark.
    shown: u32,
}

async fn site() -> Site {
    let mut province = small::province(house::today(), 40);
    let official = marked::mark(&mut province);
    let fresh = house::furnished(&province, MADE).await;
    marked::account(&fresh.db, official, &digest(SESSION), &digest(TOKEN), MADE).await;
    let (house, audit) = (House::open(&fresh, MADE), Audit::of(&fresh).await);
    let (head, row) = ("Mã CBCCVC;Họ và tên;Ngày sinh;Giới tính;Chức vụ;Đối tượng", "Trần Thị Qwxname;3/2/1931;Nữ;Chuyên viên;Công chứng");
    assert_eq!(house.take_in("H99", &format!("{head}\n{};{row}\n", marked::CODE)).await, 1);
    Site { fresh, house, audit, exports: 0, shown: 0 }
}

/// Everything that can be asked, about the marked person where it is about somebody.
fn questions() -> Vec<String> {
    let pages = ROUTES.iter().filter(|(method, route)| *method == "get" && !route.contains("{hash}")).map(|(_, route)| *route);
    let mut all: Vec<String> = pages.chain(api::questions()).map(filled).collect();
    for path in ["/tim", "/nhan-su", "/don-vi", "/api/v1/officials"] {
        all.push(format!("{path}?q=qwxname"));
        all.push(format!("{path}?q={TYPED}"));
    }
    all.extend(["", ".csv", ".xlsx"].map(|ending| format!("/chi-tieu/T2.1/nguoi{ending}?ben=thieu")));
    all.push(format!("/{TYPED}?{TYPED}={TYPED}"));
    all.push(format!("/api/v1/{TYPED}"));
    all
}

fn filled(route: &str) -> String {
    let code = if route.starts_with("/chuong-trinh") {
        "CT-LD.01"
    } else if route.starts_with("/de-an") {
        "lang-son-2021"
    } else if route.starts_with("/tieu-chuan") {
        "tieu-chuan-chung"
    } else if route.contains("/chi-tieu") {
        "T2.1"
    } else if route.contains("/don-vi") || route.contains("/units") {
        "H99"
    } else {
        marked::CODE
    };
    let id = if route.starts_with("/nhap-lieu") { "1" } else { "T2.1" };
    let route = route
        .replace("{code}", code)
        .replace("{id}", id)
        .replace("{key}", "1")
        .replace("{number}", "1")
        .replace("{kind}", "rating")
        .replace("{row}", "1")
        .replace("{sitting}", "1")
        .replace("{person}", "1")
        .replace("{token}", "1-1-00");
    route
        .replace("{act}", "sap-nhap")
        .replace("{unit}", "H99.01")
        .replace("{table}", "2")
        .replace("{task}", "1")
        .replace("{target}", "T3.1")
        .replace("{operation}", "none")
        .replace("{other}", "QN0000001")
        .replace("{requirement}", "CM.1")
        .replace("{group}", "1")
}

fn is_file(answer: &Answer) -> bool {
    answer.headers.get(header::CONTENT_DISPOSITION).is_some_and(|v| v.to_str().is_ok_and(|v| v.starts_with("attachment")))
}

/// All that an answer says, with what a workbook holds.
fn said(answer: &Answer) -> String {
    format!("{:?}\n{}\n{}", answer.headers, answer.text(), workbook(&answer.body)).to_lowercase()
}

fn has(text: &str, mark: &str) -> bool {
    text.contains(&mark.to_lowercase())
}

impl Site {
    /// A secret in the answer is a fault; a personal mark in a file must stand in the audit.
    async fn ask(&mut self, path: &str, cookie: &str, bearer: Option<&str>) {
        let mut request = Request::get(path).extension(ConnectInfo(SocketAddr::from((ADDRESS, 9)))).header(header::COOKIE, cookie);
        request = request.header(header::USER_AGENT, "qwxagent/1.0");
        if let Some(token) = bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let is_own_file = path.ends_with("/ho-so.zip");
        let is_of_import = path.ends_with("/goc") || path.ends_with("/danh-dau.xlsx");
        let is_of_certificates = path.starts_with("/chung-nhan/xuat");
        let is_record = path.contains("/phieu-theo-doi/ban.");
        let act = match (is_own_file, is_of_import) {
            (true, _) => "people.own_file",
            (_, true) => "intake.original",
            _ if is_of_certificates => "certificate.export",
            _ if is_record => "people.training_record",
            _ => "people.export",
        };
        let before = self.audit.lines(act).await;
        let answer = self.house.send(request.body(Body::empty()).unwrap()).await;
        assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        let noted = self.audit.lines(act).await - before;
        let said = said(&answer);
        self.search(path, cookie, &said);
        let is_named = marked::PERSONAL.iter().any(|mark| has(&said, mark));
        let is_of_gaps = path.starts_with("/thieu/") && path.contains("/xuat.");
        let lists_people = path.contains("/nguoi.")
            || ["/nhan-su/xuat", "/cam-ket/xuat"].iter().any(|start| path.starts_with(start))
            || is_of_gaps
            || is_of_certificates
            || is_own_file
            || is_record
            || is_of_import;
        if is_file(&answer) {
            assert!(lists_people || !is_named, "{path} takes a person out");
            assert_eq!(noted, i64::from(lists_people), "lines of the audit after {path}");
            self.exports += u32::from(is_named);
        } else {
            assert_eq!(noted, 0, "{path} is no file");
            self.shown += u32::from(is_named);
        }
    }

    fn search(&self, path: &str, cookie: &str, said: &str) {
        let is_own = cookie.contains(SESSION);
        for secret in [marked::PASSWORD_HASH, &digest(SESSION), &digest(TOKEN), SESSION, TOKEN, PASSWORD] {
            assert!(!has(said, secret), "{path} says {secret}");
        }
        assert!(is_own || !has(said, marked::CSRF), "{path} says the token of somebody else's forms");
    }

    /// Forms that come back, with marks in what was typed.
    async fn post(&self, officer: &str) {
        let visitor = format!("kv_csrf={}", "ab".repeat(32));
        let credentials = [("login", marked::LOGIN), ("password", PASSWORD)];
        let wrong = self.house.post_with("/dang-nhap", &visitor, &"ab".repeat(32), &credentials).await;
        let named = self.house.post("/tai-khoan/ma-truy-cap", officer, &[("name", TYPED), ("days", "1")]).await;
        let draft = [("body", TYPED), ("note", TYPED), ("act", "save")];
        let broken = self.house.post("/de-an/moi", officer, &draft).await;
        for answer in [wrong, named, broken] {
            assert_eq!(answer.status, 422, "{}", answer.text());
            self.search("a form", officer, &said(&answer));
        }
    }
}

#[tokio::test]
async fn secrets_stay_inside_and_personal_data_leaves_only_with_a_line_of_the_audit() {
    let log = Log::listen();
    let mut site = site().await;
    let mut people = vec![String::new(), format!("kv_session={SESSION}")];
    for account in DEMO_ACCOUNTS {
        people.push(site.house.sign_in(account.login).await);
    }
    for cookie in &people {
        for path in questions() {
            site.ask(&path, cookie, None).await;
        }
    }
    for path in questions().iter().filter(|path| path.starts_with("/api")) {
        site.ask(path, "", Some(TOKEN)).await;
    }
    site.post(&people[2]).await;
    // Failures are logged with their causes.
    site.fresh.db.clone().close().await.unwrap();
    for path in ["/nhan-su?q=qwxname", "/api/v1/officials?q=qwxname"] {
        assert_eq!(site.house.get(path, &people[1]).await.status, 500, "{path}");
    }
    assert!(site.shown > 20, "the marked person was seen on {} pages", site.shown);
    assert!(site.exports >= 4, "the marked person was taken out {} times", site.exports);
    nothing_is_told(&log.text());
}

fn nothing_is_told(log: &str) {
    for said in ["answered", "asked", "FROM official", "a page failed", "an API request failed"] {
        assert!(log.contains(said), "the log was not listened to: no `{said}`");
    }
    let address = ADDRESS.map(|byte| byte.to_string()).join(".");
    let secrets = [marked::PASSWORD_HASH, marked::CSRF, SESSION, TOKEN, &digest(SESSION), &digest(TOKEN), PASSWORD, TYPED, &address];
    for mark in secrets.iter().chain(marked::PERSONAL) {
        let told = log.lines().find(|line| has(&line.to_lowercase(), mark));
        assert!(told.is_none(), "the log tells {mark}: {}", told.unwrap_or_default());
    }
}
