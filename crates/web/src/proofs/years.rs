//! The site in later years: at the beginning of a year, on a leap day, and after every period of the schemes is over.
//! Not for: how a state is judged (`domain::progress`), or the law of later days (`law`).

use axum::http::StatusCode;
use domain::time::{Date, parse};
use serde_json::Value;
use testkit::databases::Fresh;
use testkit::small;

use super::house::{self, House, noon};
use crate::routes::ROUTES;

/// One person in sixty.
const STEP: i64 = 60;
const DAYS: &[&str] = &["2027-01-15", "2028-02-29", "2031-06-30"];

struct Later {
    house: House,
    cookie: String,
    day: Date,
}

impl Later {
    async fn of(fresh: &Fresh, day: &str) -> Self {
        let house = House::open(fresh, noon(day));
        let cookie = house.sign_in("so-noi-vu").await;
        Self { house, cookie, day: parse(day).unwrap() }
    }

    async fn page(&self, path: &str) -> String {
        let answer = self.house.get(path, &self.cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{path} on {}: {}", self.day, answer.text());
        answer.text()
    }

    async fn items(&self, path: &str) -> Vec<Value> {
        let answer: Value = serde_json::from_str(&self.page(path).await).unwrap();
        answer["items"].as_array().unwrap().clone()
    }

    /// Every page that needs no code, each target, table, scheme and unit.
    async fn everything_opens(&self) {
        let not_hers = [
            "/healthz",
            "/dang-nhap",
            "/favicon.ico",
            "/ho-so",
            "/ho-so/phieu-theo-doi",
            "/ho-so/phieu-theo-doi/ban.docx",
            "/ho-so/phieu-theo-doi/ban.pdf",
            "/nhu-cau/de-nghi",
            "/toi",
            "/quan-tri",
            "/quan-tri/moi",
            "/quan-tri/luu-giu",
            "/quan-tri/nhom",
            "/quan-tri/thu",
            "/quan-tri/thu/gio",
            "/nhat-ky",
            // Nothing is revoked before the first certificate.
            "/verify/revoked.jwt",
            "/verify/revoked.json",
            "/.well-known/did.json",
        ];
        // Papers need bodies that sign them; `service` proves those.
        let is_paper = |route: &str| route.ends_with(".docx") || route.ends_with(".pdf");
        let opens = |route: &str| !route.contains('{') && !not_hers.contains(&route) && !is_paper(route);
        let plain = ROUTES.iter().filter(|(method, route)| *method == "get" && opens(route));
        for (_, route) in plain {
            self.page(route).await;
        }
        for target in self.items("/api/v1/targets").await {
            let code = word(&target, "id");
            self.page(&format!("/chi-tieu/{code}")).await;
            self.page(&format!("/api/v1/targets/{code}")).await;
            self.page(&format!("/chi-tieu/{code}/nguoi")).await;
            self.state_fits(&target);
        }
        for scheme in self.items("/api/v1/schemes").await {
            self.page(&format!("/de-an/{}", word(&scheme, "code"))).await;
        }
        let units = self.items("/api/v1/units?limit=200").await;
        assert!(units.len() > 50, "only {} units live on {}", units.len(), self.day);
        for unit in units {
            self.page(&format!("/don-vi/{}", word(&unit, "code"))).await;
        }
        self.tables_reach_the_year().await;
    }

    /// What is over is met or missed, what has not begun has not started; a share of nobody never starts.
    fn state_fits(&self, target: &Value) {
        let (first, last) = word(target, "period").split_once("..").unwrap();
        let (first, last) = (parse(first).unwrap(), parse(last).unwrap());
        let state = word(target, "state");
        let fits = if target["value"].is_null() {
            state == "not_started"
        } else if self.day > last {
            matches!(state, "met" | "missed")
        } else if self.day < first {
            state == "not_started"
        } else {
            matches!(state, "on_track" | "at_risk" | "behind" | "met")
        };
        assert!(fits, "{} of {first}..{last} is {state} on {}", word(target, "id"), self.day);
    }

    async fn tables_reach_the_year(&self) {
        for table in 1..=6 {
            let page = self.page(&format!("/thong-ke/{table}")).await;
            assert!(page.contains(&self.day.year().to_string()), "table {table} stops before {}", self.day);
            self.page(&format!("/api/v1/statistics/{table}")).await;
            self.page(&format!("/thong-ke/{table}/xuat.xlsx")).await;
        }
    }
}

fn word<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap()
}

#[tokio::test]
async fn a_province_of_2026_is_still_looked_at_in_later_years() {
    let fresh = house::furnished(&small::province(house::today(), STEP), house::MADE).await;
    for day in DAYS {
        Later::of(&fresh, day).await.everything_opens().await;
    }
}

#[tokio::test]
async fn a_demonstration_can_begin_in_a_later_year() {
    let day = DAYS[2];
    let now = noon(day);
    let fresh = house::furnished(&small::province(domain::time::day_of(now), STEP), now).await;
    Later::of(&fresh, day).await.everything_opens().await;
}
