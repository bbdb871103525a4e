//! How many statements each page and list costs, on empty memory and again; more people and longer lists must not cost more.
//! Not for: how long a statement takes (`cargo xtask bench`).

use axum::http::StatusCode;
use testkit::databases::Fresh;
use testkit::small;

use super::house::{self, House, MADE};

/// One person of both provinces.
const PERSON: &str = "{person}";
/// The pages that people open most, and the lists of the API.
const ASKED: &[&str] = &[
    "/",
    "/de-an",
    "/nhiem-vu",
    "/de-an/cao-bang-2026",
    "/de-an/quang-nam-2024",
    "/chi-tieu/T2.1",
    "/chi-tieu/T2.1/nguoi?ben=dat",
    "/chi-tieu/T2.1/nguoi?ben=thieu",
    "/nhan-su",
    "/nhan-su?q=nguyen",
    "/nhan-su?loai=cong_chuc&co=professional.bachelor&thieu=political_theory&tuoi-tu=30&hoc=chua&hoc-tu=2025-01-01",
    "/nhan-su?cot=trinh-do,llct,tuoi,hoc-gan-nhat,ngach",
    "/nhan-su/bo-loc",
    "/nhan-su/bo-loc?loai=cong_chuc&co=professional.bachelor&thieu=political_theory&hoc=chua&hoc-tu=2025-01-01",
    "/nhan-su/{person}",
    "/don-vi",
    "/thieu",
    "/thieu?theo=nhom",
    "/thieu/CM.1",
    "/thieu/can-ngay",
    "/tieu-chuan",
    "/tim?q=nguyen",
    "/ke-hoach",
    "/ke-hoach/1",
    "/ke-hoach/1/tac-dong",
    "/ke-hoach/1/nhu-cau",
    "/ke-hoach/1/trung-lap",
    "/ke-hoach/1/tai",
    "/lop",
    "/lop/ban-do",
    "/lop/ban-do?nam=moi",
    "/thong-ke",
    "/thong-ke/2",
    "/thong-ke/3",
    "/chat-luong",
    "/tai-khoan",
    "/api/v1/schemes",
    "/api/v1/targets",
    "/api/v1/targets/T2.1",
    "/api/v1/targets/T2.1/people?side=missing&limit=10",
    "/api/v1/targets/T2.1/people?side=missing&limit=200",
    "/api/v1/officials?limit=10",
    "/api/v1/officials?limit=200",
    "/api/v1/officials/{person}",
    "/api/v1/units",
    "/api/v1/plans",
    "/api/v1/statistics/2",
];

struct World {
    fresh: Fresh,
    cookie: String,
    person: String,
}

impl World {
    async fn of(province: &small::Small, person: &str) -> Self {
        let fresh = house::furnished(province, MADE).await;
        let house = House::open(&fresh, MADE);
        let cookie = house.sign_in("so-noi-vu").await;
        plan(&house, &cookie, province).await;
        Self { fresh, cookie, person: person.to_owned() }
    }

    /// Statements of a page on empty memory and when it is asked again.
    async fn cost(&self, path: &str) -> (u64, u64) {
        let house = House::open(&self.fresh, MADE);
        let path = path.replace(PERSON, &self.person);
        let mut costs = [0; 2];
        for cost in &mut costs {
            let before = self.fresh.db.asked();
            let answer = house.get(&path, &self.cookie).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
            *cost = self.fresh.db.asked() - before;
        }
        (costs[0], costs[1])
    }
}

/// A plan of the province with one line for anybody.
async fn plan(house: &House, cookie: &str, province: &small::Small) {
    let root = &province.frame.units.iter().find(|unit| unit.kind == domain::orgs::UnitKind::Province).unwrap().code;
    let new = [("kind", "year"), ("unit", root.as_str()), ("title", "Kế hoạch năm 2026"), ("from", "2026")];
    assert_eq!(house.post("/ke-hoach/moi", cookie, &new).await.status, StatusCode::SEE_OTHER);
    let line = [
        ("revision", "1"),
        ("words", "Theo ngành"),
        ("named", "sector"),
        ("content", "post_skills"),
        ("form", "class"),
        ("classes", "1"),
        ("class_size", "60"),
        ("seats", "*: 40"),
        ("year", "2026"),
        ("months", "12"),
        ("mode", "in_person"),
        ("days", "3"),
        ("source", "province"),
    ];
    let saved = house.post("/ke-hoach/1/dong/moi", cookie, &line).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
}

#[tokio::test]
async fn a_page_asks_as_often_for_many_people_as_for_few() {
    let large = small::province(house::today(), 12);
    let few = large.clone().thinned(120);
    // Somebody who works today and is in both provinces.
    let at_work = |id: i64| few.batch.postings.iter().any(|p| p.official == id && p.ends_on.is_none());
    let person = few.batch.officials.iter().find(|o| at_work(o.id)).unwrap().code.clone();
    assert!(large.batch.officials.len() > 400 && few.batch.officials.len() < 60);
    let (large, few) = (World::of(&large, &person).await, World::of(&few, &person).await);
    let mut table = format!("{:<52}{:>6}{:>7}", "", "first", "again");
    for path in ASKED {
        let (first, again) = large.cost(path).await;
        let (first_of_few, again_of_few) = few.cost(path).await;
        // A list of filtered people looks once whether few enough meet it to gather them, and once more when they are gathered.
        let spare = u64::from(path.starts_with("/nhan-su?"));
        let is_alike = first.abs_diff(first_of_few) <= spare && again == again_of_few;
        assert!(is_alike, "{path} asks {first_of_few} and {again_of_few} questions of few people, {first} and {again} of many");
        assert!(again <= first, "{path} asks more the second time");
        table.push_str(&format!("\n{path:<52}{first:>6}{again:>7}"));
    }
    insta::assert_snapshot!(table);
}
