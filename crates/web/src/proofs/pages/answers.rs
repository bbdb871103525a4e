//! The pages that answer a form: what is refused, what is looked at before it is done.
//! Not for: pages that have an address of their own (`pages`).

use testkit::small;

use super::world::{EDITED, LINE, World};
use crate::proofs::house::Answer;

/// A right to sign that breaks the rules of TUQ.
const MANDATE: &[(&str, &str)] = &[
    ("body", "ubnd-tinh"),
    ("signer", "so-noi-vu"),
    ("sign", "tuq"),
    ("standing", "unit_head"),
    ("post", "GIÁM ĐỐC SỞ NỘI VỤ"),
    ("from", "01/01/2026"),
];

/// Name of the snapshot, status, page.
type Answered = (&'static str, u16, Answer);

impl World {
    /// The pages that answer a form.
    pub(super) async fn answers(&self, lang: &str) -> Vec<Answered> {
        let mut answers = self.of_texts(lang).await;
        answers.extend(self.of_work(lang).await);
        answers.extend(self.of_records_and_accounts(lang).await);
        answers
    }

    /// Schemes, standards, targets.
    async fn of_texts(&self, lang: &str) -> Vec<Answered> {
        let officer = format!("{}; {lang}", self.officer);
        let post = async |path: &str, fields: &[(&str, &str)]| self.house.post(path, &officer, fields).await;
        let broken = small::scheme("lang-son-2021").replacen("code", "cod", 1);
        let text = |body: &'static str| [("body", body), ("note", "x"), ("revision", "1"), ("act", "save")];
        vec![
            (
                "error-422-editor",
                422,
                post(&format!("{EDITED}/sua"), &[("body", &broken), ("note", "x"), ("revision", "2"), ("act", "check")]).await,
            ),
            (
                "error-409-programme",
                409,
                post(
                    "/chuong-trinh/CT-CC.04/sua",
                    &[
                        ("title", "Cải cách hành chính, bản của tôi"),
                        ("kind", "training"),
                        ("content", "administrative_reform"),
                        ("mode", "in_person"),
                        ("periods", "16"),
                        ("revision", "9"),
                        ("act", "save"),
                    ],
                )
                .await,
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
        ]
    }

    /// Papers, reviews, surveys, plans.
    async fn of_work(&self, lang: &str) -> Vec<Answered> {
        let officer = format!("{}; {lang}", self.officer);
        let post = async |path: &str, fields: &[(&str, &str)]| self.house.post(path, &officer, fields).await;
        let keeper = format!("{}; {lang}", self.house.sign_in("to-chuc").await);
        vec![
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
        ]
    }

    /// Records, accounts, signing in.
    async fn of_records_and_accounts(&self, lang: &str) -> Vec<Answered> {
        let officer = format!("{}; {lang}", self.officer);
        let post = async |path: &str, fields: &[(&str, &str)]| self.house.post(path, &officer, fields).await;
        let visitor = format!("kv_csrf={}; {lang}", "ab".repeat(32));
        let wrong = [("login", "so-noi-vu"), ("password", "sai")];
        let administrator = format!("{}; {lang}", self.house.sign_in("quan-tri").await);
        vec![
            ("error-422-token", 422, post("/tai-khoan/ma-truy-cap", &[("name", ""), ("days", "1")]).await),
            ("error-422-person-new", 422, post("/nhan-su/moi", &[("code", "CB 1"), ("birth_on", "31/02/1990"), ("unit", "phòng")]).await),
            ("person-revealed", 200, post(&format!("/nhan-su/{}/xem", self.person), &[("purpose", "đối chiếu")]).await),
            ("error-403-foreign-form", 403, self.house.post_with("/tuy-chon", &officer, "khác", &[("lang", "vi")]).await),
            (
                "error-422-group",
                422,
                self.house.post("/quan-tri/nhom/2/gan", &administrator, &[("role", "administrator"), ("unit", "Sở Y tế")]).await,
            ),
            ("sign-in", 200, self.house.get("/dang-nhap?next=%2Fde-an", &visitor).await),
            ("error-422-sign-in", 422, self.house.post_with("/dang-nhap", &visitor, &"ab".repeat(32), &wrong).await),
        ]
    }
}

impl World {
    /// Previews of reorganisations.
    pub(super) async fn previews(&self, lang: &str) -> Vec<Answered> {
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
