//! The site that the outlines are taken of: a small province in which something of every kind has happened.
//! Not for: which pages are looked at (`pages`).

use serde_json::json;
use testkit::databases::Fresh;
use testkit::small;

use super::OFFICER;
use crate::proofs::directory::Directory;
use crate::proofs::house::{self, Answer, House, MADE};

/// One person in twenty.
const STEP: i64 = 20;
/// The scheme that the officer is editing.
pub(super) const EDITED: &str = "/de-an/lang-son-2021/ban/2";
/// What lines of plans have in common.
pub(super) const LINE: [(&str, &str); 6] =
    [("form", "class"), ("year", "2026"), ("mode", "in_person"), ("days", "3"), ("periods", "24"), ("source", "province")];
pub(super) struct World {
    pub(super) fresh: Fresh,
    pub(super) house: House,
    pub(super) officer: String,
    pub(super) unit: String,
    pub(super) person: String,
    /// Somebody else.
    pub(super) other: String,
    /// The learner, whose own record it is.
    pub(super) own: String,
    /// An act by which the person's record was changed.
    pub(super) operation: String,
    /// A unit that a review asks, a line of its list, and a request of the learner.
    pub(super) asked: String,
    pub(super) need: String,
    pub(super) request: String,
    /// The mark of an area, and where the unit stands.
    pub(super) area: String,
    pub(super) spot: String,
    /// Codes of a certificate that is valid and of one that was taken back.
    pub(super) codes: (String, String),
}

pub(super) async fn world() -> World {
    let province = small::province(house::today(), STEP);
    let fresh = house::furnished(&province, MADE).await;
    let house = House::open(&fresh, MADE);
    let officer = house.sign_in(OFFICER).await;
    let unit = province.frame.units.iter().find(|u| u.actor.as_deref() == Some("so-y-te")).unwrap().code.clone();
    let root = province.frame.units.iter().find(|u| u.kind == domain::orgs::UnitKind::Province).unwrap().code.clone();
    let at_work = |id: i64| province.batch.postings.iter().any(|p| p.official == id && p.ends_on.is_none());
    let mut people = province.batch.officials.iter().filter(|o| at_work(o.id)).map(|o| o.code.clone());
    let (person, other) = (people.next().unwrap(), people.next().unwrap());
    let learned: Vec<String> = people.take(2).collect();
    let own = own_code(&house).await;
    let asked = province.frame.units.iter().find(|u| u.actor.as_deref() == Some("so-tai-chinh")).unwrap().code.clone();
    let (operation, need, request, codes) = Default::default();
    let area = (province.frame.areas.len() + 1).to_string();
    let of_unit = province.frame.units.iter().find(|u| u.code == unit).unwrap().id;
    let spot = (province.frame.spots.iter().position(|spot| spot.unit == of_unit).unwrap() + 1).to_string();
    let mut world = World { fresh, house, officer, unit, person, other, own, operation, asked, need, request, area, spot, codes };
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
    world.send_figures().await;
    world.hold_a_class().await;
    Box::pin(super::lessons::hold(&world.fresh, &[&world.person, &world.other, &world.own])).await;
    Box::pin(world.certify(&learned)).await;
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
        let issued = domain::papers::Issued {
            number: "118/KH-UBND".to_owned(),
            dated_on: house::today(),
            signer_user: domain::ids::UserId(1),
            signature_line: Vec::new(),
        };
        service::plans::issued_by_paper(&tx, &ctx, 1, &issued).await.unwrap();
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

    /// A class of the department that takes names: a room, a lecturer, two sittings, a share, seats kept, and two people named for it.
    async fn hold_a_class(&self) {
        let post = async |path: &str, fields: &[(&str, &str)]| {
            let answer = self.house.post(path, &self.officer, fields).await;
            assert_eq!(answer.status, 303, "{path}: {}", answer.text());
        };
        post("/lop/phong/0", &[("code", "P.201"), ("name", "Phòng 201"), ("place", "Trường Chính trị"), ("seats", "60")]).await;
        let lecturer = [("code", "GV.01"), ("name", "Giảng viên Mẫu"), ("kind", "part_time"), ("home", "Sở Nội vụ")];
        post("/lop/giang-vien/0", &lecturer).await;
        let terms = [
            ("name", "Kỹ năng số cho công chức ngành y tế"),
            ("form", "class"),
            ("kind", "training"),
            ("content", "it"),
            ("lead", self.unit.as_str()),
            ("mode", "in_person"),
            ("hours", "office"),
            ("starts_on", "07/12/2026"),
            ("ends_on", "09/12/2026"),
            ("days", "3"),
            ("periods", "24"),
            ("most", "40"),
            ("line", "1.1"),
            ("shares", "///38"),
            ("place", "Hội trường A"),
        ];
        post("/lop/moi", &terms).await;
        let class = "/lop/LOP-2026-001";
        let sittings = [("ngay-1", "07/12/2026"), ("buoi-1", "morning"), ("tiet-1", "4"), ("phong-1", "P.201"), ("giang-vien-1", "GV.01")];
        let more = [("ngay-2", "08/12/2026"), ("buoi-2", "day"), ("tiet-2", "8"), ("noi-dung-2", "Thực hành"), ("revision", "1")];
        post(&format!("{class}/buoi"), &[sittings.as_slice(), &more].concat()).await;
        let keeper = self.house.sign_in("to-chuc").await;
        let letters =
            [("email", "to.chuc@tinh.vn"), ("language", "vi"), ("delivery", "daily"), ("quiet_from", "20:00"), ("quiet_to", "07:00")];
        assert_eq!(self.house.post("/tai-khoan/thu", &keeper, &letters).await.status, 303);
        post(&format!("/nhan-su/{}/thu-dien-tu", self.person), &[("email", "can.bo@tinh.vn")]).await;
        post(&format!("{class}/viec/mo"), &[("revision", "1"), ("decision", "12/QĐ-SYT")]).await;
        self.house.tell().await;
        post(&format!("{class}/phan-bo"), &[("unit", self.unit.as_str()), ("seats", "5"), ("act", "keep")]).await;
        let (one, two) = (format!("chon-{}", self.person), format!("chon-{}", self.other));
        let (why, because) = (format!("ly-do-{}", self.person), format!("ly-do-{}", self.other));
        post(&format!("{class}/cu"), &[(&one, "1"), (&two, "1"), (&why, "đã bố trí người thay"), (&because, "đã bố trí người thay")]).await;
        self.house.tell().await;
    }

    /// A class of one evening that two people finished, with their certificates, one of them taken back.
    async fn certify(&mut self, learned: &[String]) {
        use domain::classes::ClassAct;
        use service::certificates::{self, Terms};
        use service::nominations::{self, Decision, Entry};
        let day = domain::time::dmy(house::today());
        let terms = [
            ("name", "Kỹ năng soạn thảo văn bản"),
            ("form", "class"),
            ("kind", "training"),
            ("content", "it"),
            ("lead", self.unit.as_str()),
            ("mode", "in_person"),
            ("hours", "evening"),
            ("starts_on", &day),
            ("ends_on", &day),
            ("days", "1"),
            ("periods", "4"),
            ("most", "40"),
        ];
        let made = self.house.post("/lop/moi", &self.officer, &terms).await;
        assert_eq!(made.status, 303, "{}", made.text());
        let (class, services) = ("LOP-2026-004", service::Services::new(self.fresh.db.clone()));
        let ctx = service::Ctx::system(MADE, house::today());
        let act = async |act: ClassAct| {
            let revision = service::classes::one(&services, &ctx, class).await.unwrap().line.revision;
            let deed = service::classes::Deed { act, decision: "15/QĐ-SYT", reason: "", days: None };
            service::classes::act(&services, &ctx, class, revision, &deed).await.unwrap();
        };
        act(ClassAct::Open).await;
        let entry = |code: &String| Entry { official: code.clone(), reason: "đã bố trí".to_owned(), ..Entry::default() };
        nominations::name(&services, &ctx, class, &learned.iter().map(entry).collect::<Vec<_>>(), None).await.unwrap();
        for decision in [Decision::Agree, Decision::Confirm] {
            for line in nominations::roster(&services, &ctx, class).await.unwrap().lines {
                nominations::decide(&services, &ctx, (line.line.id, line.line.revision), decision, "").await.unwrap();
            }
        }
        act(ClassAct::Begin).await;
        act(ClassAct::Finish).await;
        let revision = service::classes::one(&services, &ctx, class).await.unwrap().line.revision;
        service::classes::recognise(&services, &ctx, (class, revision), "16/QĐ-SYT", &[]).await.unwrap();
        let terms = Terms {
            issued_on: house::today(),
            issuer: "Trường Chính trị tỉnh",
            place: "Quảng Nam",
            signer_post: "Hiệu trưởng",
            signer_name: "Trần Văn Ký",
            site: "https://dao-tao.tinh.vn",
        };
        certificates::start(&services, &ctx, class, &terms).await.unwrap();
        certificates::carry(&services, &ctx, class, &service::work::Watch::default()).await.unwrap();
        let papers = certificates::of_class(&services, &ctx, class).await.unwrap().papers;
        let fields = [("reason", "cấp nhầm người"), ("decision", "17/QĐ-SYT")];
        let revoked = self.house.post(&format!("/chung-nhan/{}/viec/thu-hoi", papers[1].id), &self.officer, &fields).await;
        assert_eq!(revoked.status, 303, "{}", revoked.text());
        self.codes = (papers[0].code.clone(), papers[1].code.clone());
    }

    /// A unit on the border, the notice of a review that came back, and the table of needs on its way.
    async fn send_figures(&self) {
        let mark = [("area", "border"), ("decision", "1/QĐ"), ("from", "01/01/2026"), ("reason", "theo danh sách")];
        assert_eq!(self.house.post(&format!("/don-vi/{}/dia-ban", self.unit), &self.officer, &mark).await.status, 303);
        let sent = self.house.post("/ra-soat/1/thong-bao", &self.officer, &[]).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let back = [("act", "return:draft"), ("revision", "2"), ("words", "sai hạn")];
        assert_eq!(self.house.post("/van-ban/5", &self.officer, &back).await.status, 303);
        let sent = self.house.post("/nhu-cau/tong-hop/trinh?nam=2027", &self.officer, &[]).await;
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
        let days = [("opens", "22/11/2026"), ("closes", "05/12/2026"), ("act", "save")];
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
        let anonymous = [("anonymous", "1")];
        for (title, anonymous) in [("Nhu cầu kỹ năng số", anonymous.as_slice()), ("Phiếu nháp", &anonymous), ("Phiếu có tên", &[])]
        {
            let fields = [&[("title-of", title)], days.as_slice(), &questions, anonymous].concat();
            let made = self.house.post("/khao-sat/moi", &self.officer, &fields).await;
            assert_eq!(made.status, 303, "{}", made.text());
        }
        for survey in ["/khao-sat/1", "/khao-sat/3"] {
            let opened = self.house.post(&format!("{survey}/buoc"), &self.officer, &[("act", "open"), ("revision", "1")]).await;
            assert_eq!(opened.status, 303, "{}", opened.text());
            let answered = self.house.post(survey, &keeper, &[("q1", "4"), ("q2.1", "2"), ("q3", "Học buổi tối")]).await;
            assert_eq!(answered.status, 303, "{}", answered.text());
        }
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
}

/// The text with another promise for its first target.
fn changed(text: &str) -> String {
    text.replacen("threshold = { at_least = 100 }", "threshold = { at_least = 90 }", 1)
}

/// The standard with a higher certificate in place of the first intermediate one.
fn higher(text: &str) -> String {
    text.replacen("level = \"trung_cap\"", "level = \"cao_cap\"", 1)
}
