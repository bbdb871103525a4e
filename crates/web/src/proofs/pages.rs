//! What every kind of page says, in both languages, as an outline that a reviewer can read; a new page must be added here.
//! Not for: how it looks (the journeys take pictures), who may open it (`guarded`).
//!
//! Refresh them all with `INSTA_UPDATE=always cargo test -p khuevan-web proofs`, then read the difference before committing.

use testkit::databases::Fresh;
use testkit::small;

use serde_json::json;

use super::directory::Directory;
use super::house::{self, Answer, House, MADE};
use super::outline::{Extent, outline};
use crate::i18n::Lang;
use crate::routes::ROUTES;

/// One person in twenty.
const STEP: i64 = 20;
const OFFICER: &str = "so-noi-vu";
/// The scheme that the officer is editing.
const EDITED: &str = "/de-an/lang-son-2021/ban/2";
/// Pages by name, the account that opens them, the answer, the address.
const PAGES: &[(&str, &str, u16, &str)] = &[
    ("dashboard", OFFICER, 200, "/"),
    ("dashboard-of-a-unit", "thu-truong", 200, "/"),
    ("dashboard-of-the-administrator", "quan-tri", 200, "/"),
    ("schemes", OFFICER, 200, "/de-an"),
    ("scheme-with-tasks", OFFICER, 200, "/de-an/cao-bang-2026"),
    ("scheme-with-quotas", OFFICER, 200, "/de-an/quang-nam-2024"),
    ("tasks", OFFICER, 200, "/nhiem-vu"),
    ("tasks-late", "thu-truong", 200, "/nhiem-vu?trang-thai=late"),
    ("scheme-new", OFFICER, 200, "/de-an/moi"),
    ("version", OFFICER, 200, "/de-an/lang-son-2021/ban/1"),
    ("version-draft", OFFICER, 200, "/de-an/lang-son-2021/ban/2"),
    ("retire", OFFICER, 200, "/de-an/lang-son-2021/ban/1/thoi"),
    ("editor", OFFICER, 200, "/de-an/lang-son-2021/ban/2/sua"),
    ("publish", OFFICER, 200, "/de-an/lang-son-2021/ban/2/ban-hanh"),
    ("target-form", OFFICER, 200, "/de-an/lang-son-2021/ban/2/chi-tieu/T3.1"),
    ("target", OFFICER, 200, "/chi-tieu/T2.1"),
    ("target-yes-no", OFFICER, 200, "/chi-tieu/T3.3"),
    ("people-who-count", OFFICER, 200, "/chi-tieu/T2.1/nguoi"),
    ("people-who-are-missing", "thanh-tra", 200, "/chi-tieu/T2.1/nguoi?ben=thieu"),
    ("programmes", OFFICER, 200, "/chuong-trinh?noi-dung=administrative_reform"),
    ("programmes-of-a-learner", "nguoi-hoc", 200, "/chuong-trinh?q=lanh%20dao"),
    ("programme-new", OFFICER, 200, "/chuong-trinh/moi"),
    ("programme", OFFICER, 200, "/chuong-trinh/CT-LD.01"),
    ("programme-of-a-learner", "nguoi-hoc", 200, "/chuong-trinh/CT-LD.01"),
    ("programme-draft", OFFICER, 200, "/chuong-trinh/CT-CC.04"),
    ("programme-edit", OFFICER, 200, "/chuong-trinh/CT-CC.04/sua"),
    ("programme-compare", OFFICER, 200, "/chuong-trinh/CT-LD.01/so-sanh"),
    ("programme-send", OFFICER, 200, "/chuong-trinh/CT-CC.04/viec/gui"),
    ("programme-material-new", OFFICER, 200, "/chuong-trinh/CT-CC.04/tai-lieu"),
    ("programme-material-version", OFFICER, 200, "/chuong-trinh/CT-CC.04/tai-lieu/1/phien-ban"),
    ("programme-material-withdraw", OFFICER, 200, "/chuong-trinh/CT-CC.04/tai-lieu/1/thoi-dung"),
    ("councils", "tai-chinh", 200, "/hoi-dong"),
    ("council", OFFICER, 200, "/hoi-dong/1"),
    ("council-new", OFFICER, 200, "/hoi-dong/moi"),
    ("council-edit", OFFICER, 200, "/hoi-dong/1/sua"),
    ("session", "lanh-dao", 200, "/hoi-dong/phien/1"),
    ("province", OFFICER, 200, "/don-vi"),
    ("unit", OFFICER, 200, "/don-vi/{unit}"),
    ("reorganise", OFFICER, 200, "/don-vi/sap-xep"),
    ("reorganise-create", OFFICER, 200, "/don-vi/sap-xep/lap?don-vi={unit}"),
    ("reorganise-rename", OFFICER, 200, "/don-vi/sap-xep/doi-ten?don-vi={unit}"),
    ("reorganise-merge", OFFICER, 200, "/don-vi/sap-xep/sap-nhap?don-vi={unit}"),
    ("reorganise-split", OFFICER, 200, "/don-vi/sap-xep/chia-tach?don-vi={unit}"),
    ("reorganise-abolish", OFFICER, 200, "/don-vi/sap-xep/giai-the?don-vi={unit}"),
    ("reorganise-undo", OFFICER, 200, "/don-vi/sap-xep/hoan-tac/1"),
    ("unit-alias", OFFICER, 200, "/don-vi/{unit}/ma-khac"),
    ("unit-alias-remove", OFFICER, 200, "/don-vi/{unit}/ma-khac/1"),
    ("posts", OFFICER, 200, "/vi-tri?q=giam%20doc"),
    ("post-new", OFFICER, 200, "/vi-tri/moi"),
    ("post", OFFICER, 200, "/vi-tri/1"),
    ("officials", OFFICER, 200, "/nhan-su"),
    (
        "officials-filtered",
        OFFICER,
        200,
        "/nhan-su?loai=cong_chuc&loai=vien_chuc&co=professional.bachelor&thieu=political_theory.cao_cap&tuoi-tu=30&cot=trinh-do,llct,tuoi,hoc-gan-nhat",
    ),
    ("officials-purpose", OFFICER, 200, "/nhan-su?dan-toc=5"),
    ("officials-not-hers", "thanh-tra", 200, "/nhan-su?tuoi-tu=50&lam-viec=da-nghi"),
    ("officials-filters", OFFICER, 200, "/nhan-su/bo-loc?loai=cong_chuc&hoc=chua&hoc-tu=2025-01-01"),
    ("officials-filters-masked", "thanh-tra", 200, "/nhan-su/bo-loc"),
    ("officials-columns", OFFICER, 200, "/nhan-su/cot?loai=cong_chuc"),
    ("officials-views", OFFICER, 200, "/nhan-su/khung-nhin?loai=cong_chuc&cot=trinh-do,llct"),
    ("officials-none", OFFICER, 200, "/nhan-su?q=khong-co-ai"),
    ("person", OFFICER, 200, "/nhan-su/{person}"),
    ("person-masked", "thanh-tra", 200, "/nhan-su/{person}"),
    ("person-new", OFFICER, 200, "/nhan-su/moi"),
    ("person-amend", OFFICER, 200, "/nhan-su/{person}/sua"),
    ("person-move", OFFICER, 200, "/nhan-su/{person}/chuyen"),
    ("person-leave", OFFICER, 200, "/nhan-su/{person}/nghi"),
    ("person-second", OFFICER, 200, "/nhan-su/{person}/biet-phai"),
    ("person-back", OFFICER, 200, "/nhan-su/{person}/biet-phai/1"),
    ("person-qualification", OFFICER, 200, "/nhan-su/{person}/van-bang"),
    ("person-rating", OFFICER, 200, "/nhan-su/{person}/xep-loai"),
    ("person-record", OFFICER, 200, "/nhan-su/{person}/qua-trinh-hoc"),
    ("person-planned", OFFICER, 200, "/nhan-su/{person}/quy-hoach"),
    ("person-promise", OFFICER, 200, "/nhan-su/{person}/cam-ket"),
    ("person-closing", OFFICER, 200, "/nhan-su/{person}/cam-ket/1"),
    ("person-scan", OFFICER, 200, "/nhan-su/{person}/kem-ban-quet/qualification/1"),
    ("person-scan-gone", OFFICER, 200, "/nhan-su/{person}/go-ban-quet/1"),
    ("person-strike", OFFICER, 200, "/nhan-su/{person}/go-dong/qualification/1"),
    ("person-reveal", OFFICER, 200, "/nhan-su/{person}/xem"),
    ("intake", OFFICER, 200, "/nhap-lieu"),
    ("unit-register", OFFICER, 200, "/don-vi/{unit}/so-dang-ky"),
    ("intake-compared", OFFICER, 200, "/nhap-lieu/1"),
    ("intake-columns", OFFICER, 200, "/nhap-lieu/1/cot"),
    ("intake-carried", OFFICER, 200, "/nhap-lieu/2"),
    ("person-history", OFFICER, 200, "/nhan-su/{person}/lich-su"),
    ("person-undo", OFFICER, 200, "/nhan-su/{person}/hoan-tac/{operation}"),
    ("person-duplicates", OFFICER, 200, "/nhan-su/trung"),
    ("person-merge", OFFICER, 200, "/nhan-su/{person}/gop/{other}"),
    ("person-proposals", "nguoi-hoc", 200, "/nhan-su/{own}/de-nghi"),
    ("person-propose", "nguoi-hoc", 200, "/nhan-su/{own}/de-nghi/official/0"),
    ("person-propose-missing", "nguoi-hoc", 200, "/nhan-su/{own}/de-nghi/qualification/0"),
    ("proposals", OFFICER, 200, "/de-nghi"),
    ("proposal", OFFICER, 200, "/de-nghi/1"),
    ("proposal-missing", OFFICER, 200, "/de-nghi/2"),
    ("own-record", "nguoi-hoc", 200, "/ho-so"),
    ("papers", OFFICER, 200, "/van-ban"),
    ("papers-late", "lanh-dao", 200, "/van-ban?xem=qua-han"),
    ("papers-on-their-way", "thanh-tra", 200, "/van-ban?xem=dang-di"),
    ("paper-new", "to-chuc", 200, "/van-ban/moi"),
    ("paper-to-appraise", OFFICER, 200, "/van-ban/1"),
    ("paper-to-sign", "lanh-dao", 200, "/van-ban/2"),
    ("paper-read", "thanh-tra", 200, "/van-ban/2"),
    ("paper-sent-back", OFFICER, 200, "/van-ban/3"),
    ("paper-again", OFFICER, 200, "/van-ban/3/sua"),
    ("paper-scan", OFFICER, 200, "/van-ban/2/ban-quet"),
    ("registers", OFFICER, 200, "/so-van-ban"),
    ("register-new", OFFICER, 200, "/so-van-ban/moi"),
    ("register-body", OFFICER, 200, "/so-van-ban/co-quan"),
    ("register", OFFICER, 200, "/so-van-ban/ubnd-qd"),
    ("register-empty", "thanh-tra", 200, "/so-van-ban/ubnd-kh?nam=2025"),
    ("register-change", OFFICER, 200, "/so-van-ban/ubnd-qd/sua"),
    ("register-take", OFFICER, 200, "/so-van-ban/ubnd-qd/lay-so"),
    ("register-cancel", OFFICER, 200, "/so-van-ban/ubnd-qd/huy/1"),
    ("mandates", OFFICER, 200, "/van-ban/uy-quyen"),
    ("mandate-new", OFFICER, 200, "/van-ban/uy-quyen/moi"),
    ("procedures", OFFICER, 200, "/quy-trinh"),
    ("procedure", OFFICER, 200, "/quy-trinh/to-trinh"),
    ("procedure-version", "thanh-tra", 200, "/quy-trinh/to-trinh/ban/1"),
    ("procedure-edit", OFFICER, 200, "/quy-trinh/to-trinh/sua"),
    ("gaps", OFFICER, 200, "/thieu?don-vi={unit}"),
    ("gaps-by-group", "thu-truong", 200, "/thieu?theo=nhom"),
    ("gaps-names", OFFICER, 200, "/thieu/QLNN.2?nhom=n1"),
    ("urgent", OFFICER, 200, "/thieu/can-ngay?don-vi={unit}&diem-missing=0"),
    ("urgent-masked", "lanh-dao", 200, "/thieu/can-ngay?don-vi={unit}"),
    ("standards", OFFICER, 200, "/tieu-chuan"),
    ("standard-new", OFFICER, 200, "/tieu-chuan/moi"),
    ("standard-version", "thanh-tra", 200, "/tieu-chuan/tieu-chuan-chung/ban/1"),
    ("standard-draft", OFFICER, 200, "/tieu-chuan/tieu-chuan-chung/ban/2"),
    ("standard-editor", OFFICER, 200, "/tieu-chuan/tieu-chuan-chung/ban/2/sua"),
    ("standard-requirement", OFFICER, 200, "/tieu-chuan/tieu-chuan-chung/ban/2/yeu-cau/VT.2"),
    ("standard-requirement-new", OFFICER, 200, "/tieu-chuan/tieu-chuan-chung/ban/2/them-yeu-cau"),
    ("standard-publish", OFFICER, 200, "/tieu-chuan/tieu-chuan-chung/ban/2/ban-hanh"),
    ("standard-effect", OFFICER, 200, "/tieu-chuan/tieu-chuan-chung/ban/2/thay-doi/LLCT.2"),
    ("standard-retire", OFFICER, 200, "/tieu-chuan/tieu-chuan-chung/ban/1/thoi"),
    ("statistics", OFFICER, 200, "/thong-ke"),
    ("statistics-by-year", OFFICER, 200, "/thong-ke/2"),
    ("statistics-of-a-day", OFFICER, 200, "/thong-ke/3"),
    ("quality", OFFICER, 200, "/chat-luong"),
    ("plans", OFFICER, 200, "/ke-hoach"),
    ("plan-new", OFFICER, 200, "/ke-hoach/moi"),
    ("plan", OFFICER, 200, "/ke-hoach/1"),
    ("plan-in-force", "to-chuc", 200, "/ke-hoach/1"),
    ("plan-effects", OFFICER, 200, "/ke-hoach/1/tac-dong"),
    ("plan-needs", OFFICER, 200, "/ke-hoach/1/nhu-cau"),
    ("plan-overlaps", OFFICER, 200, "/ke-hoach/2/trung-lap"),
    ("plan-load", OFFICER, 200, "/ke-hoach/1/tai"),
    ("plan-money", OFFICER, 200, "/ke-hoach/1/kinh-phi"),
    ("plan-versions", OFFICER, 200, "/ke-hoach/1/ban"),
    ("plan-compared", OFFICER, 200, "/ke-hoach/1/so-sanh?truoc=1&sau=2"),
    ("plan-line", OFFICER, 200, "/ke-hoach/2/dong/1"),
    ("plan-propose", OFFICER, 200, "/ke-hoach/1/de-xuat"),
    ("plan-below", OFFICER, 200, "/ke-hoach/1/gop"),
    ("plan-check", OFFICER, 200, "/ke-hoach/2/trinh"),
    ("plan-withdraw", OFFICER, 200, "/ke-hoach/1/viec/rut"),
    ("search", OFFICER, 200, "/tim?q=nguyen"),
    ("search-empty", OFFICER, 200, "/tim"),
    ("account", "nguoi-hoc", 200, "/tai-khoan"),
    ("admin", "quan-tri", 200, "/quan-tri"),
    ("admin-new", "quan-tri", 200, "/quan-tri/moi"),
    ("admin-retention", "quan-tri", 200, "/quan-tri/luu-giu"),
    ("admin-groups", "quan-tri", 200, "/quan-tri/nhom"),
    ("admin-group", "quan-tri", 200, "/quan-tri/nhom/1"),
    ("admin-group-unbound", "quan-tri", 200, "/quan-tri/nhom/2"),
    ("admin-account-by-group", "quan-tri", 200, "/quan-tri/tai-khoan/hoa@tinh.vn"),
    ("admin-account", "quan-tri", 200, "/quan-tri/tai-khoan/to-chuc"),
    ("reviews", OFFICER, 200, "/ra-soat"),
    ("reviews-of-a-unit", "to-chuc", 200, "/ra-soat"),
    ("review-new", OFFICER, 200, "/ra-soat/moi"),
    ("review", OFFICER, 200, "/ra-soat/1"),
    ("review-draft", OFFICER, 200, "/ra-soat/2"),
    ("review-amend", OFFICER, 200, "/ra-soat/2/sua"),
    ("review-answer", "to-chuc", 200, "/ra-soat/1/don-vi/{asked}"),
    ("review-answer-foreign", "thu-truong", 404, "/ra-soat/1/don-vi/{asked}"),
    ("review-line", "to-chuc", 200, "/ra-soat/1/don-vi/{asked}/dong/{need}"),
    ("review-add", "to-chuc", 200, "/ra-soat/1/don-vi/{asked}/them"),
    ("needs", OFFICER, 200, "/nhu-cau?nam=moi&trang-thai=withdrawn"),
    ("needs-of-a-unit", "to-chuc", 200, "/nhu-cau?nam=2026"),
    ("needs-consolidated", OFFICER, 200, "/nhu-cau/tong-hop"),
    ("needs-own", "nguoi-hoc", 200, "/nhu-cau/de-nghi"),
    ("needs-add", "to-chuc", 200, "/nhu-cau/moi"),
    ("need", "nguoi-hoc", 200, "/nhu-cau/{request}"),
    ("surveys", "nguoi-hoc", 200, "/khao-sat"),
    ("survey-new", OFFICER, 200, "/khao-sat/moi"),
    ("survey", "nguoi-hoc", 200, "/khao-sat/1"),
    ("survey-amend", OFFICER, 200, "/khao-sat/2/sua"),
    ("survey-results", OFFICER, 200, "/khao-sat/1/ket-qua"),
    ("audit", "thanh-tra", 200, "/nhat-ky"),
    ("audit-none", "quan-tri", 200, "/nhat-ky?den=2020-01-01"),
    ("error-403", OFFICER, 403, "/quan-tri"),
    ("error-404", OFFICER, 404, "/khong-co-trang-nay"),
    ("error-409", OFFICER, 409, "/de-an/lang-son-2021/ban/1/sua"),
];
/// What lines of plans have in common.
const LINE: [(&str, &str); 6] =
    [("form", "class"), ("year", "2026"), ("mode", "in_person"), ("days", "3"), ("periods", "24"), ("source", "province")];
/// Addresses that answer with a file, a redirect or plain text.
const NO_PAGES: &[&str] = &[
    "/nhan-su/{code}/ban-quet/{row}",
    "/nhap-lieu/{id}/tien-do",
    "/van-ban/{id}/ban-quet/{row}",
    "/nhap-lieu/{id}/goc",
    "/chuong-trinh/{code}/tep/{row}",
    "/hoi-dong/phien/{row}/bien-ban",
    "/toi",
    "/healthz",
    "/favicon.ico",
    "/static/{hash}/{name}",
];

/// A right to sign that breaks the rules of TUQ.
const MANDATE: &[(&str, &str)] = &[
    ("body", "ubnd-tinh"),
    ("signer", "so-noi-vu"),
    ("sign", "tuq"),
    ("standing", "unit_head"),
    ("post", "GIÁM ĐỐC SỞ NỘI VỤ"),
    ("from", "01/01/2026"),
];

struct World {
    fresh: Fresh,
    house: House,
    officer: String,
    unit: String,
    person: String,
    /// Somebody else.
    other: String,
    /// The learner, whose own record it is.
    own: String,
    /// An act by which the person's record was changed.
    operation: String,
    /// A unit that a review asks, a line of its list, and a request of the learner.
    asked: String,
    need: String,
    request: String,
}

async fn world() -> World {
    let province = small::province(house::today(), STEP);
    let fresh = house::furnished(&province, MADE).await;
    let house = House::open(&fresh, MADE);
    let officer = house.sign_in(OFFICER).await;
    let unit = province.frame.units.iter().find(|u| u.actor.as_deref() == Some("so-y-te")).unwrap().code.clone();
    let root = province.frame.units.iter().find(|u| u.kind == domain::orgs::UnitKind::Province).unwrap().code.clone();
    let at_work = |id: i64| province.batch.postings.iter().any(|p| p.official == id && p.ends_on.is_none());
    let mut people = province.batch.officials.iter().filter(|o| at_work(o.id)).map(|o| o.code.clone());
    let (person, other) = (people.next().unwrap(), people.next().unwrap());
    let own = own_code(&house).await;
    let asked = province.frame.units.iter().find(|u| u.actor.as_deref() == Some("so-tai-chinh")).unwrap().code.clone();
    let (operation, need, request) = Default::default();
    let mut world = World { fresh, house, officer, unit, person, other, own, operation, asked, need, request };
    world.edit().await;
    world.set_standards().await;
    world.keep().await;
    world.reorganise().await;
    world.propose().await;
    world.take_in().await;
    world.serve().await;
    world.send_papers().await;
    world.ask_for_needs().await;
    world.plan(&root).await;
    world.teach().await;
    world
}

/// The staff code of the learner.
async fn own_code(house: &House) -> String {
    let page = house.get("/ho-so", &house.sign_in("nguoi-hoc").await).await.text();
    let rest = page.split("/nhan-su/").nth(1).unwrap();
    rest.split('/').next().unwrap().to_owned()
}

impl World {
    /// A draft that changes one target and takes another away.
    async fn edit(&self) {
        let begun = self.house.post("/de-an/lang-son-2021/ban/1/nhap", &self.officer, &[("note", "điều chỉnh giữa kỳ")]).await;
        assert_eq!(begun.status, 303);
        let body = changed(small::scheme("lang-son-2021"));
        let saved = self.save(&body, "1", "save").await;
        assert_eq!(saved.status, 303, "{}", saved.text());
    }

    /// A published standard, and a draft that asks for a higher certificate.
    async fn set_standards(&self) {
        let (list, text) = ("/tieu-chuan/tieu-chuan-chung/ban", service::standards::shipped());
        let post = async |path: String, fields: &[(&str, &str)]| {
            let answer = self.house.post(&path, &self.officer, fields).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        };
        post("/tieu-chuan/moi".to_owned(), &[("body", text), ("note", "bản đầu"), ("act", "save")]).await;
        post(format!("{list}/1/ban-hanh"), &[("revision", "1"), ("reason", "ban hành lần đầu")]).await;
        post(format!("{list}/1/nhap"), &[("note", "nâng chuẩn")]).await;
        let body = higher(text);
        post(format!("{list}/2/sua"), &[("body", &body), ("note", "nâng chuẩn"), ("revision", "1"), ("act", "save")]).await;
    }

    /// A secondment and a certificate that were entered by hand.
    async fn keep(&mut self) {
        let record = format!("/nhan-su/{}", self.person);
        let host = [("unit", self.unit.as_str()), ("post", "Chuyên viên"), ("from", "01/10/2026"), ("reason", "theo quyết định")];
        assert_eq!(self.house.post(&format!("{record}/biet-phai"), &self.officer, &host).await.status, 303);
        let paper = [("kind", "it"), ("level", "co_ban"), ("granted", "15/06/2025"), ("issuer", "Trường Chính trị"), ("reason", "bổ sung")];
        let kept = self.house.post(&format!("{record}/van-bang"), &self.officer, &paper).await;
        assert_eq!(kept.status, 303);
        let planned = [("unit", self.unit.as_str()), ("leadership", "department_deputy"), ("from", "01/01/2026"), ("reason", "quy hoạch")];
        assert_eq!(self.house.post(&format!("{record}/quy-hoach"), &self.officer, &planned).await.status, 303);
        let promise = [
            ("study", "Thạc sĩ Quản lý công"),
            ("sent", "01/03/2022"),
            ("study_months", "24"),
            ("months", "72"),
            ("from", "01/04/2024"),
            ("reason", "bản cam kết"),
        ];
        assert_eq!(self.house.post(&format!("{record}/cam-ket"), &self.officer, &promise).await.status, 303);
        let scan = ("bằng.pdf", b"%PDF-1.4".as_slice());
        let sent = self.house.send_file(&format!("{record}/kem-ban-quet/qualification/1"), &self.officer, scan).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        self.operation = kept.headers.get("x-operation-id").and_then(|id| id.to_str().ok()).unwrap().to_owned();
    }

    /// A correction of a name, and a certificate that is missing, proposed by the learner.
    async fn propose(&self) {
        let learner = self.house.sign_in("nguoi-hoc").await;
        let propose = async |about: &str, fields: &[(&str, &str)]| {
            let path = format!("/nhan-su/{}/de-nghi/{about}/0", self.own);
            let form = self.house.get(&path, &learner).await;
            assert_eq!(form.status, 200);
            let sent = self.house.post(&path, &learner, fields).await;
            assert_eq!(sent.status, 303, "{}", sent.text());
        };
        let identity =
            [("name", "Nguyễn Văn Đúng"), ("birth_on", "02/09/1985"), ("sex", "nam"), ("ethnicity", "1"), ("words", "theo giấy khai sinh")];
        propose("official", &identity).await;
        propose("qualification", &[("words", "chứng chỉ tin học năm 2024")]).await;
    }

    /// A name from next month on, a code from elsewhere, and a post of the catalogue.
    async fn reorganise(&self) {
        let named =
            [("unit", self.unit.as_str()), ("name", "Sở Y tế và Chăm sóc sức khoẻ"), ("on", "01/12/2026"), ("decision", "9/NQ-HĐND")];
        let fields = [named.as_slice(), &[("reason", "đổi tên"), ("act", "do")]].concat();
        assert_eq!(self.house.post("/don-vi/sap-xep/doi-ten", &self.officer, &fields).await.status, 303);
        let alias = [("code", "20455"), ("from", "01/07/2025"), ("reason", "mã hành chính")];
        assert_eq!(self.house.post(&format!("/don-vi/{}/ma-khac", self.unit), &self.officer, &alias).await.status, 303);
        let post = [("title", "Giám đốc Sở"), ("code", "LD.01"), ("group", "leading"), ("for_department", "1"), ("reason", "danh mục")];
        assert_eq!(self.house.post("/vi-tri/moi", &self.officer, &post).await.status, 303);
    }

    /// A plan of the province in force with an amendment, and one of a department under it that names an official twice.
    async fn plan(&self, root: &str) {
        let post = async |path: &str, fields: &[(&str, &str)]| {
            let answer = self.house.post(path, &self.officer, fields).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        };
        let new = [("kind", "year"), ("title", "Kế hoạch bồi dưỡng năm 2026"), ("from", "2026")];
        post("/ke-hoach/moi", &[new.as_slice(), &[("unit", root)]].concat()).await;
        let seats = format!("{} / cong_chuc: 20\n*: 15", self.unit);
        let wide =
            [("words", "Kỹ năng số"), ("content", "it"), ("named", "sector"), ("seats", &seats), ("classes", "1"), ("class_size", "60")];
        let line = |revision: &'static str, cost: &'static str| {
            [wide.as_slice(), &LINE, &[("revision", revision), ("cost", cost), ("months", "11-12")]].concat()
        };
        post("/ke-hoach/1/dong/moi", &line("1", "96.000.000")).await;
        post("/ke-hoach/1/trinh", &[("revision", "2")]).await;
        let ctx = service::Ctx::system(MADE, house::today());
        let tx = self.fresh.db.write().await.unwrap();
        service::plans::issued_by_paper(&tx, &ctx, 1, ("118/KH-UBND", house::today())).await.unwrap();
        tx.commit().await.unwrap();
        post("/ke-hoach/1/viec/sua-doi", &[("reason", "bổ sung kinh phí")]).await;
        post("/ke-hoach/1/dong/1", &line("1", "120.000.000")).await;
        let own = [new.as_slice(), &[("unit", self.unit.as_str()), ("under", "1")]].concat();
        post("/ke-hoach/moi", &own).await;
        let named = [("words", "Kỹ năng số"), ("officials", self.person.as_str()), ("classes", "1"), ("class_size", "40")];
        post("/ke-hoach/2/dong/moi", &[named.as_slice(), &LINE, &[("revision", "1"), ("months", "11")]].concat()).await;
        post("/ke-hoach/2/dong/moi", &[named.as_slice(), &LINE, &[("revision", "2"), ("months", "12")]].concat()).await;
    }

    /// A material of a draft.
    async fn teach(&self) {
        let path = "/chuong-trinh/CT-CC.04/tai-lieu";
        let sent = self.house.send_file(path, &self.officer, ("bai-giang.pdf", b"%PDF-1.4".as_slice())).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
    }

    /// Two groups of the directory with a member, one of them bound to a role.
    async fn serve(&self) {
        let directory = Directory::of(&self.house).await;
        directory.add("Users", json!({ "userName": "hoa@tinh.vn", "displayName": "Đặng Thị Hoa", "active": false })).await;
        let member = directory.id("Users", "userName eq \"hoa@tinh.vn\"").await;
        for name in ["Sở Y tế – tổ chức cán bộ", "Chưa gắn"] {
            let members = json!([{ "value": member }]);
            directory.add("Groups", json!({ "displayName": name, "externalId": "9a1c", "members": members })).await;
        }
        let administrator = self.house.sign_in("quan-tri").await;
        let bound = self.house.post("/quan-tri/nhom/1/gan", &administrator, &[("role", "unit_hr"), ("unit", "Sở Tư pháp")]).await;
        assert_eq!(bound.status, 303, "{}", bound.text());
    }

    /// A review that asks a unit, with a question; a draft; a request of the learner; a survey that was answered, and a draft of one.
    async fn ask_for_needs(&mut self) {
        let learner = self.house.sign_in("nguoi-hoc").await;
        let asked = [("subject", "post_skills"), ("words", "Tiếng Anh B1"), ("year", "2027")];
        assert_eq!(self.house.post("/nhu-cau/de-nghi", &learner, &asked).await.status, 303);
        self.request = "1".to_owned();
        let days = [("as-of", "22/11/2026"), ("opens", "22/11/2026"), ("due", "05/12/2026"), ("year", "2027"), ("act", "save")];
        let unit = format!("dv-{}", self.asked);
        for title in ["Rà soát nhu cầu 2027", "Rà soát bổ sung"] {
            let terms = [("title-of", title), ("reason", "lập kế hoạch năm"), (unit.as_str(), "1")];
            let question = [("kieu-1", "choice"), ("cau-1", "Học khi nào?"), ("chon-1", "Trong giờ\nNgoài giờ"), ("can-1", "1")];
            let made = self.house.post("/ra-soat/moi", &self.officer, &[terms.as_slice(), &days, &question].concat()).await;
            assert_eq!(made.status, 303, "{}", made.text());
        }
        assert_eq!(self.house.post("/ra-soat/1/mo", &self.officer, &[("revision", "1")]).await.status, 303);
        let keeper = self.house.sign_in("to-chuc").await;
        let added = [("people", "12"), ("subject", "post_skills"), ("words", "Kỹ năng số"), ("urgent-tick", "1")];
        assert_eq!(self.house.post(&format!("/ra-soat/1/don-vi/{}/them", self.asked), &keeper, &added).await.status, 303);
        let page = self.house.get(&format!("/ra-soat/1/don-vi/{}", self.asked), &keeper).await.text();
        let line = page.rsplit("/dong/").next().and_then(|rest| rest.split('"').next());
        self.need = line.unwrap().to_owned();
        let days = [("opens", "22/11/2026"), ("closes", "05/12/2026"), ("act", "save"), ("anonymous", "1")];
        let questions = [
            ("kieu-1", "scale_5"),
            ("cau-1", "Mức cần?"),
            ("can-1", "1"),
            ("kieu-2", "matrix"),
            ("cau-2", "Học thế nào?"),
            ("chon-2", "Trực tiếp\nTrực tuyến"),
            ("dong-2", "Ngoại ngữ\nTin học"),
            ("kieu-3", "text"),
            ("cau-3", "Ý kiến khác?"),
        ];
        for title in ["Nhu cầu kỹ năng số", "Phiếu nháp"] {
            let made =
                self.house.post("/khao-sat/moi", &self.officer, &[&[("title-of", title)], days.as_slice(), &questions].concat()).await;
            assert_eq!(made.status, 303, "{}", made.text());
        }
        assert_eq!(self.house.post("/khao-sat/1/buoc", &self.officer, &[("act", "open"), ("revision", "1")]).await.status, 303);
        let answered = self.house.post("/khao-sat/1", &keeper, &[("q1", "4"), ("q2.1", "2"), ("q3", "Học buổi tối")]).await;
        assert_eq!(answered.status, 303, "{}", answered.text());
    }

    /// A file that was compared, with faults and a column nobody knows, and one that was written.
    async fn take_in(&self) {
        let head = "STT;Mã CBCCVC;Họ và tên;Năm sinh;Giới tính;Chức vụ;Đối tượng;LLCT;Sở thích";
        let right = "1;TM.1;HỒ THỊ BÌNH;1985;Nữ;Chuyên viên;Công chức;Trung cấp;đọc sách";
        let wrong = "2;TM.2;Trần Văn An;31/02/1979;Nam;Trưởng phòng;Công chứng;CC;\n3;TM.3;Lê Thị Na;1990;;Chuyên viên;Công chức;;";
        assert_eq!(self.house.take_in(&self.unit, &format!("{head}\n{right}\n{wrong}\n")).await, 1);
        let second = self.house.take_in(&self.unit, &format!("{head}\n{}\n", right.replace("TM.1", "TM.9"))).await;
        self.house.carry(second).await;
    }

    /// A paper at Home Affairs, one to be signed, one that came back, and a number taken by hand.
    async fn send_papers(&self) {
        let finance = self.house.sign_in("tai-chinh").await;
        let fields = [("unit", self.unit.as_str()), ("title", "Xin mở lớp tin học"), ("words", "Kính trình mở lớp.\nKinh phí đã có.")];
        for _ in 0..3 {
            let sent = self.house.post("/van-ban/moi", &self.officer, &fields).await;
            assert_eq!(sent.status, 303, "{}", sent.text());
        }
        let act = async |who: &str, paper: &str, revision: &str, act: &str| {
            let fields = [("act", act), ("revision", revision), ("words", "đã xem")];
            let done = self.house.post(&format!("/van-ban/{paper}"), who, &fields).await;
            assert_eq!(done.status, 303, "{}", done.text());
        };
        act(&self.officer, "2", "2", "forward").await;
        act(&finance, "2", "3", "opine:agree").await;
        act(&self.officer, "2", "4", "forward").await;
        act(&self.officer, "3", "2", "return:draft").await;
        let number = [("title", "Quyết định cử đi học"), ("signer", "CHỦ TỊCH Nguyễn Văn A"), ("dated", "22/11/2026")];
        assert_eq!(self.house.post("/so-van-ban/ubnd-qd/lay-so", &self.officer, &number).await.status, 303);
    }

    async fn save(&self, body: &str, revision: &str, act: &str) -> Answer {
        let fields = [("body", body), ("note", "sửa ngưỡng"), ("revision", revision), ("act", act)];
        self.house.post(&format!("{EDITED}/sua"), &self.officer, &fields).await
    }

    /// The pages that answer a form.
    async fn answers(&self, lang: &str) -> Vec<(&'static str, u16, Answer)> {
        let officer = format!("{}; {lang}", self.officer);
        let post = async |path: &str, fields: &[(&str, &str)]| self.house.post(path, &officer, fields).await;
        let broken = small::scheme("lang-son-2021").replacen("code", "cod", 1);
        let text = |body: &'static str| [("body", body), ("note", "x"), ("revision", "1"), ("act", "save")];
        let visitor = format!("kv_csrf={}; {lang}", "ab".repeat(32));
        let wrong = [("login", "so-noi-vu"), ("password", "sai")];
        let administrator = format!("{}; {lang}", self.house.sign_in("quan-tri").await);
        let keeper = format!("{}; {lang}", self.house.sign_in("to-chuc").await);
        vec![
            (
                "error-422-editor",
                422,
                post(&format!("{EDITED}/sua"), &[("body", &broken), ("note", "x"), ("revision", "2"), ("act", "check")]).await,
            ),
            ("error-409-conflict", 409, post(&format!("{EDITED}/sua"), &text(small::scheme("lang-son-2021"))).await),
            (
                "standard-effects",
                200,
                post(
                    "/tieu-chuan/tieu-chuan-chung/ban/2/sua",
                    &[("body", service::standards::shipped()), ("note", "x"), ("revision", "2"), ("act", "preview")],
                )
                .await,
            ),
            (
                "error-409-standard",
                409,
                post(
                    "/tieu-chuan/tieu-chuan-chung/ban/2/sua",
                    &[("body", service::standards::shipped()), ("note", "x"), ("revision", "1"), ("act", "save")],
                )
                .await,
            ),
            (
                "error-422-standard",
                422,
                post("/tieu-chuan/moi", &[("body", "code = \"a\"\nrequirements = []"), ("note", ""), ("act", "save")]).await,
            ),
            (
                "error-422-requirement",
                422,
                post("/tieu-chuan/tieu-chuan-chung/ban/2/them-yeu-cau", &[("code", "X.1"), ("from", "99/99"), ("years", "một")]).await,
            ),
            ("error-422-publish", 422, post(&format!("{EDITED}/ban-hanh"), &[("revision", "2"), ("reason", " ")]).await),
            ("error-422-mark", 422, post("/chi-tieu/T3.3/ket-qua", &[("reached", "yes"), ("on", "99/99"), ("evidence", "")]).await),
            ("error-422-token", 422, post("/tai-khoan/ma-truy-cap", &[("name", ""), ("days", "1")]).await),
            ("error-422-person-new", 422, post("/nhan-su/moi", &[("code", "CB 1"), ("birth_on", "31/02/1990"), ("unit", "phòng")]).await),
            ("person-revealed", 200, post(&format!("/nhan-su/{}/xem", self.person), &[("purpose", "đối chiếu")]).await),
            ("error-403-foreign-form", 403, self.house.post_with("/tuy-chon", &officer, "khác", &[("lang", "vi")]).await),
            (
                "error-422-group",
                422,
                self.house.post("/quan-tri/nhom/2/gan", &administrator, &[("role", "administrator"), ("unit", "Sở Y tế")]).await,
            ),
            ("error-422-paper", 422, post("/van-ban/1", &[("act", "return:draft"), ("revision", "2"), ("words", " ")]).await),
            ("error-422-paper-stale", 422, post("/van-ban/1", &[("act", "forward"), ("revision", "1"), ("words", "đồng ý")]).await),
            ("error-422-number", 422, post("/so-van-ban/ubnd-qd/lay-so", &[("title", "QĐ"), ("dated", "01/11/2026")]).await),
            ("error-422-mandate", 422, post("/van-ban/uy-quyen/moi", MANDATE).await),
            (
                "error-422-procedure",
                422,
                post("/quy-trinh/to-trinh/sua", &[("body", "code = 1"), ("version", "1"), ("act", "check")]).await,
            ),
            ("error-422-review", 422, post("/ra-soat/moi", &[("opens", "22/11/2026"), ("due", "31/02/2027"), ("act", "save")]).await),
            (
                "error-422-review-step",
                422,
                self.house.post(&format!("/ra-soat/1/don-vi/{}/buoc", self.asked), &keeper, &[("act", "send"), ("revision", "2")]).await,
            ),
            ("error-422-survey", 422, post("/khao-sat/1", &[("q1", "9")]).await),
            (
                "error-422-plan",
                422,
                post("/ke-hoach/moi", &[("kind", "year"), ("unit", &self.unit), ("title", ""), ("from", "2026")]).await,
            ),
            (
                "error-422-plan-line",
                422,
                post(
                    "/ke-hoach/1/dong/1",
                    &[
                        LINE.as_slice(),
                        &[("revision", "2"), ("words", "Lớp mới"), ("days", "9"), ("named", "sector"), ("months", "13"), ("source", "")],
                    ]
                    .concat(),
                )
                .await,
            ),
            (
                "error-409-plan-line",
                409,
                post(
                    "/ke-hoach/1/dong/1",
                    &[
                        LINE.as_slice(),
                        &[
                            ("words", "Lớp mới"),
                            ("months", "12"),
                            ("classes", "1"),
                            ("class_size", "9"),
                            ("revision", "1"),
                            ("seats", "*: 9"),
                        ],
                    ]
                    .concat(),
                )
                .await,
            ),
            ("sign-in", 200, self.house.get("/dang-nhap?next=%2Fde-an", &visitor).await),
            ("error-422-sign-in", 422, self.house.post_with("/dang-nhap", &visitor, &"ab".repeat(32), &wrong).await),
        ]
    }
}

impl World {
    /// Previews of reorganisations.
    async fn previews(&self, lang: &str) -> Vec<(&'static str, u16, Answer)> {
        let officer = format!("{}; {lang}", self.officer);
        let post = async |path: &str, fields: &[(&str, &str)]| self.house.post(path, &officer, fields).await;
        vec![
            (
                "reorganise-preview-merge",
                200,
                post("/don-vi/sap-xep/sap-nhap", &self.act(&[("units", "so tai chinh"), ("into", "Sở Nội vụ")])).await,
            ),
            (
                "reorganise-preview-split",
                200,
                post(
                    "/don-vi/sap-xep/chia-tach",
                    &self.act(&[("unit", "Sở Tài chính"), ("parts", "| Sở Ngân sách\n| Sở Tài sản"), ("ds-1", "X.1")]),
                )
                .await,
            ),
            (
                "reorganise-preview-held",
                422,
                post("/don-vi/sap-xep/giai-the", &self.act(&[("unit", "Sở Tài chính"), ("children", "ends_too"), ("act", "do")])).await,
            ),
            (
                "error-422-reorganise",
                422,
                post("/don-vi/sap-xep/chuyen", &self.act(&[("unit", "Sở Tài chính"), ("parent", "Sở Tài chính")])).await,
            ),
        ]
    }

    /// An act of the first of next year, with more fields.
    fn act<'a>(&self, fields: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
        [&[("on", "01/01/2027"), ("decision", "1/NQ"), ("reason", "sắp xếp")], fields].concat()
    }
}

/// The text with another promise for its first target.
fn changed(text: &str) -> String {
    text.replacen("threshold = { at_least = 100 }", "threshold = { at_least = 90 }", 1)
}

/// The standard with a higher certificate in place of the first intermediate one.
fn higher(text: &str) -> String {
    text.replacen("level = \"trung_cap\"", "level = \"cao_cap\"", 1)
}

/// Acts that can be taken back have an id in their address, another one in every run.
fn without_operations(html: &str) -> String {
    let mut parts = html.split("/hoan-tac/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| {
        format!("{said}/hoan-tac/(kept){}", part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-'))
    })
}

fn check(name: &str, lang: Lang, status: u16, answer: &Answer) {
    assert_eq!(answer.status.as_u16(), status, "{name}: {}", answer.text());
    let extent = if matches!(name, "dashboard" | "sign-in") { Extent::Whole } else { Extent::Inside };
    let operation = answer.headers.get("x-operation-id").and_then(|id| id.to_str().ok()).unwrap_or("-");
    let html = answer.text().replace(operation, "(operation)");
    let html = without_operations(&html);
    assert!(!html.contains("Unknown localization key"), "{name}: a text is missing");
    let outline = outline(&html, extent).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    insta::assert_snapshot!(format!("{name}.{}", lang.code()), outline);
}

#[tokio::test]
async fn every_page_says_what_its_snapshot_says() {
    let world = world().await;
    for lang in Lang::ALL {
        let choice = format!("lang={}", lang.code());
        let mut cookies = std::collections::BTreeMap::new();
        for (name, login, status, path) in PAGES {
            if !cookies.contains_key(login) {
                cookies.insert(*login, world.house.sign_in(login).await);
            }
            let path = path
                .replace("{unit}", &world.unit)
                .replace("{person}", &world.person)
                .replace("{other}", &world.other)
                .replace("{own}", &world.own)
                .replace("{operation}", &world.operation)
                .replace("{asked}", &world.asked)
                .replace("{need}", &world.need)
                .replace("{request}", &world.request);
            check(name, lang, *status, &world.house.get(&path, &format!("{}; {choice}", cookies[login])).await);
        }
        for (name, status, answer) in world.answers(&choice).await.into_iter().chain(world.previews(&choice).await) {
            check(name, lang, status, &answer);
        }
    }
    let World { fresh, house, .. } = world;
    fresh.db.clone().close().await.unwrap();
    for lang in Lang::ALL {
        check("error-500", lang, 500, &house.get("/", &format!("kv_session=ab; lang={}", lang.code())).await);
    }
}

#[test]
fn every_page_has_a_snapshot() {
    let is_file = |route: &str| [".xlsx", ".csv", ".zip"].iter().any(|ending| route.ends_with(ending));
    for (_, route) in ROUTES.iter().filter(|(method, route)| *method == "get" && !is_file(route) && !NO_PAGES.contains(route)) {
        let shown = PAGES.iter().any(|(.., path)| is_of(path, route)) || *route == "/dang-nhap";
        assert!(shown, "{route} has no line in PAGES");
    }
}

/// Whether an address belongs to a route.
fn is_of(path: &str, route: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let (asked, known): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), route.split('/').collect());
    asked.len() == known.len() && asked.iter().zip(&known).all(|(a, k)| a == k || k.starts_with('{'))
}
