//! The navigation: the places of the loop that a person may go to.
//! Not for: refusing; that is done by the acts. A place without a route is not shown.

use domain::roles::{self, Act, Who};
use service::waits::Waits;

use crate::i18n::Lang;
use crate::routes;

/// One place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NavItem {
    pub(crate) href: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) text: &'static str,
    pub(crate) is_here: bool,
    /// How many things wait there: the figure, and the words that a screen reader says instead.
    pub(crate) waiting: Option<(String, String)>,
}

/// Path, name of the text and picture, and the acts of which one is enough.
const PLACES: &[(&str, &str, &[Act])] = &[
    ("/", "overview", &[Act::ViewProgress]),
    ("/de-an", "schemes", &[Act::ViewProgress]),
    ("/nhiem-vu", "tasks", &[Act::ViewProgress]),
    ("/nhan-su", "people", &[Act::ViewPeople]),
    ("/de-nghi", "corrections", &[Act::KeepRegister]),
    ("/don-vi", "units", &[Act::ViewUnits]),
    ("/thieu", "gaps", &[Act::ViewPeople]),
    ("/nhu-cau", "needs", &[Act::ViewNeeds]),
    ("/chuong-trinh", "programmes", &[Act::ViewProgrammes]),
    ("/ke-hoach", "plans", &[Act::ViewPlans]),
    ("/lop", "classes", &[Act::ViewClasses]),
    ("/cam-ket", "commitments", &[Act::ViewPeople]),
    ("/van-ban", "papers", &[Act::ViewPapers]),
    ("/thong-ke", "statistics", &[Act::ViewStatistics]),
    ("/chat-luong", "quality", &[Act::ViewQuality]),
    ("/ho-so", "self", &[Act::ViewSelf]),
    ("/quan-tri", "admin", &[Act::ManageUsers]),
    ("/nhat-ky", "audit", &[Act::ViewAudit]),
];

/// The learner's own things, within reach of a thumb.
const BAR: [(&str, &str, &[Act]); 4] = [
    ("/ho-so", "self", &[Act::ViewSelf]),
    ("/lop", "classes", &[Act::ViewClasses]),
    ("/thong-bao", "notices", &[Act::ViewSelf]),
    ("/tai-khoan", "account", &[Act::ViewSelf]),
];

/// The navigation of a person on a page.
pub(crate) fn items(lang: Lang, who: &Who, place: &str) -> Vec<NavItem> {
    shown(PLACES, lang, who, place)
}

/// Says beside each place how much waits there.
pub(crate) fn count(items: &mut [NavItem], waits: Waits, lang: Lang) {
    let size = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    for item in items {
        let waiting = match item.href {
            "/van-ban" => waits.papers,
            "/nhu-cau" => size(waits.needs),
            "/chuong-trinh" => size(waits.sessions),
            "/thong-bao" => waits.notices,
            _ => 0,
        };
        item.waiting = (waiting > 0).then(|| (lang.number(waiting), lang.counted("nav-waiting", waiting)));
    }
}

/// The bottom bar of the phone: only for those who see nothing but their own record.
pub(crate) fn bar(lang: Lang, who: &Who, place: &str) -> Vec<NavItem> {
    if roles::scope(who, Act::ViewProgress).is_ok() { Vec::new() } else { shown(&BAR, lang, who, place) }
}

fn shown(places: &[(&'static str, &'static str, &[Act])], lang: Lang, who: &Who, place: &str) -> Vec<NavItem> {
    let may = |acts: &[Act]| acts.iter().any(|act| roles::scope(who, *act).is_ok());
    places
        .iter()
        .filter(|(href, _, acts)| may(acts) && routes::exists(href))
        .map(|(href, name, _)| NavItem {
            href,
            icon: name,
            text: lang.text(&format!("nav-{name}")),
            is_here: is_here(href, place),
            waiting: None,
        })
        .collect()
}

fn is_here(href: &str, place: &str) -> bool {
    let path = place.split('?').next().unwrap_or(place);
    // A target is reached through its scheme.
    if href == "/de-an" && path.starts_with("/chi-tieu") {
        return true;
    }
    // Standards are reached through what is missing against them.
    if href == "/thieu" && path.starts_with("/tieu-chuan") {
        return true;
    }
    // Registers and procedures belong to papers.
    if href == "/van-ban" && ["/so-van-ban", "/quy-trinh"].iter().any(|near| path.starts_with(near)) {
        return true;
    }
    // The register of certificates is reached through classes.
    if href == "/lop" && path.starts_with("/chung-nhan") {
        return true;
    }
    // Reviews and surveys are reached through needs, councils through programmes.
    if href == "/nhu-cau" && ["/ra-soat", "/khao-sat"].iter().any(|near| path.starts_with(near)) {
        return true;
    }
    if href == "/chuong-trinh" && path.starts_with("/hoi-dong") {
        return true;
    }
    path == href || (href != "/" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

/// What was done on the way here: `?xong=luu` says "saved" once at the top of the page.
pub(crate) fn done(lang: Lang, place: &str) -> Option<String> {
    let (_, query) = place.split_once('?')?;
    let code = query.split('&').find_map(|pair| pair.strip_prefix("xong="))?;
    DONE.contains(&code).then(|| lang.code_text("done", code))
}

/// What can have been done.
pub(crate) const DONE: &[&str] = &[
    "duyet-nhu-cau",
    "duyet-mot-phan",
    "gui-nhu-cau",
    "them-nhu-cau",
    "xu-ly-nhu-cau",
    "xac-nhan-nhu-cau",
    "sua-dong",
    "mo-ra-soat",
    "nhac-ra-soat",
    "gia-han-ra-soat",
    "dong-ra-soat",
    "buoc-ra-soat",
    "tra-loi-khao-sat",
    "mo-khao-sat",
    "dong-khao-sat",
    "nhan-tep",
    "bo-tep",
    "hoan-tac-tep",
    "dung-doc",
    "gui-de-nghi",
    "rut-de-nghi",
    "nhan-de-nghi",
    "bac-de-nghi",
    "gop-ho-so",
    "khong-trung",
    "hoan-tac",
    "khung-nhin",
    "bo-khung-nhin",
    "them-can-bo",
    "sua-ho-so",
    "chuyen-cong-tac",
    "thoi-cong-tac",
    "biet-phai",
    "het-biet-phai",
    "them-van-bang",
    "them-xep-loai",
    "them-qua-trinh-hoc",
    "go-dong",
    "quy-hoach",
    "cam-ket",
    "het-cam-ket",
    "ban-quet",
    "go-ban-quet",
    "sap-xep",
    "hoan-tac-sap-xep",
    "ma-don-vi",
    "dia-ban",
    "go-dia-ban",
    "toa-do",
    "go-toa-do",
    "go-ma-don-vi",
    "vi-tri",
    "chuong-trinh",
    "tai-lieu",
    "luu",
    "van-ban",
    "gui-van-ban",
    "lay-so",
    "huy-so",
    "tao",
    "nhap",
    "ban-hanh",
    "thoi",
    "ghi-nhan",
    "mat-khau",
    "thu-hoi",
    "phien",
    "cac-phien",
    "khoa",
    "mo-khoa",
    "vai-tro",
    "thoi-vai-tro",
    "gan-nhom",
    "go-nhom",
    "xoa-nhom",
    "lap-ke-hoach",
    "dong-ke-hoach",
    "bo-dong",
    "nhan-de-xuat",
    "gop-ke-hoach",
    "trinh-ke-hoach",
    "lay-lai-ke-hoach",
    "sua-doi-ke-hoach",
    "rut-ke-hoach",
    "trong-so",
    "lap-lop",
    "sua-lop",
    "viec-lop",
    "lay-so-lop",
    "tra-so-lop",
    "buoi-hoc",
    "phan-bo",
    "cu-nguoi",
    "quyet-cu",
    "cong-nhan",
    "diem-danh",
    "co-mat",
    "den-muon",
    "da-diem-danh",
    "doc-ban-quet",
    "ban-quet-da-co",
    "ghi-ban-ky",
    "bo-ban-quet",
    "diem",
    "sua-ket-qua",
    "chung-nhan",
    "da-doc",
    "bo-lich",
    "gui-lai",
    "ban-hanh-tieu-chuan",
    "thoi-tieu-chuan",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_below_a_place_belongs_to_it() {
        assert!(is_here("/de-an", "/de-an/quang-nam-2024?ngay=2026-11-22") && is_here("/de-an", "/chi-tieu/T2.1"));
        assert!(is_here("/nhu-cau", "/khao-sat/1") && is_here("/chuong-trinh", "/hoi-dong"));
        assert!(!is_here("/", "/de-an") && is_here("/", "/?ngay=2026-11-22") && !is_here("/de-an", "/de-an-khac"));
    }

    #[test]
    fn only_known_acts_are_said_to_be_done() {
        assert!(done(Lang::Vi, "/de-an/x?xong=luu").is_some());
        assert_eq!(done(Lang::Vi, "/de-an/x?xong=<b>"), None);
    }
}
