//! What every kind of page says, in both languages, as an outline that a reviewer can read; a new page must be added here.
//! Not for: how it looks (the journeys take pictures), who may open it (`guarded`).
//!
//! Refresh them all with `INSTA_UPDATE=always cargo test -p khuevan-web proofs`, then read the difference before committing.

mod answers;
mod lessons;
mod world;

use world::{World, world};

use super::house::Answer;
use super::outline::{Extent, outline};
use crate::i18n::Lang;
use crate::routes::ROUTES;

const OFFICER: &str = "so-noi-vu";
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
    ("unit-area", OFFICER, 200, "/don-vi/{unit}/dia-ban"),
    ("unit-area-remove", OFFICER, 200, "/don-vi/{unit}/dia-ban/{area}"),
    ("unit-spot", OFFICER, 200, "/don-vi/{unit}/toa-do"),
    ("unit-spot-remove", OFFICER, 200, "/don-vi/{unit}/toa-do/{spot}"),
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
    ("training-record", "nguoi-hoc", 200, "/ho-so/phieu-theo-doi"),
    ("training-record-masked", "thanh-tra", 200, "/nhan-su/{person}/phieu-theo-doi"),
    ("person-letters", OFFICER, 200, "/nhan-su/{person}/thu-dien-tu"),
    ("papers", OFFICER, 200, "/van-ban"),
    ("papers-late", "lanh-dao", 200, "/van-ban?xem=qua-han"),
    ("papers-on-their-way", "thanh-tra", 200, "/van-ban?xem=dang-di"),
    ("paper-new", "to-chuc", 200, "/van-ban/moi"),
    ("paper-to-appraise", OFFICER, 200, "/van-ban/1"),
    ("paper-to-sign", "lanh-dao", 200, "/van-ban/2"),
    ("paper-read", "thanh-tra", 200, "/van-ban/2"),
    ("paper-sent-back", OFFICER, 200, "/van-ban/3"),
    ("paper-again", OFFICER, 200, "/van-ban/3/sua"),
    ("paper-notice-sent-back", OFFICER, 200, "/van-ban/5"),
    ("paper-needs-table", "lanh-dao", 200, "/van-ban/6"),
    ("paper-scan-by-code", OFFICER, 200, "/van-ban/ban-ky"),
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
    ("account-letters", "nguoi-hoc", 200, "/tai-khoan/thu"),
    ("account-feeds", "nguoi-hoc", 200, "/tai-khoan/lich"),
    ("notices", "to-chuc", 200, "/thong-bao"),
    ("notices-none", "lanh-dao", 200, "/thong-bao?xem=chua-doc"),
    ("admin-mails", "quan-tri", 200, "/quan-tri/thu"),
    ("admin-mails-hours", "quan-tri", 200, "/quan-tri/thu/gio"),
    ("commitments", OFFICER, 200, "/cam-ket"),
    ("commitments-none", "thu-truong", 200, "/cam-ket?trang-thai=broken"),
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
    ("templates", OFFICER, 200, "/van-ban/mau"),
    ("template-new", OFFICER, 200, "/van-ban/mau/moi"),
    ("surveys", "nguoi-hoc", 200, "/khao-sat"),
    ("survey-new", OFFICER, 200, "/khao-sat/moi"),
    ("survey", "nguoi-hoc", 200, "/khao-sat/1"),
    ("survey-amend", OFFICER, 200, "/khao-sat/2/sua"),
    ("survey-withheld", OFFICER, 200, "/khao-sat/1/ket-qua"),
    ("survey-results", OFFICER, 200, "/khao-sat/3/ket-qua"),
    ("classes", OFFICER, 200, "/lop?nam=2026"),
    ("classes-of-a-learner", "nguoi-hoc", 200, "/lop?q=ky%20nang%20so"),
    ("class-calendar", OFFICER, 200, "/lop/lich?thang=2026-12"),
    ("class-week", OFFICER, 200, "/lop/lich/tuan?ngay=2026-12-07"),
    ("class-map", OFFICER, 200, "/lop/ban-do"),
    ("class-map-looked", OFFICER, 200, "/lop/ban-do?lop=LOP-2026-001"),
    ("class-map-of-a-line", OFFICER, 200, "/lop/ban-do?ke-hoach=1&dong=1"),
    ("class-map-of-a-unit", "to-chuc", 200, "/lop/ban-do?lop=LOP-2026-001&trang-thai=enrolling"),
    ("class-map-of-a-learner", "nguoi-hoc", 200, "/lop/ban-do?nam=2026"),
    ("class-map-none", OFFICER, 200, "/lop/ban-do?q=khong-co-lop-nao"),
    ("class-map-not-hers", "quan-tri", 403, "/lop/ban-do"),
    ("class-told", OFFICER, 200, "/lop/LOP-2026-001/da-bao"),
    ("class-new", OFFICER, 200, "/lop/moi?ke-hoach=1&dong=1"),
    ("class-waiting", OFFICER, 200, "/lop/cho"),
    ("class-rules", OFFICER, 200, "/lop/quy-tac"),
    ("class-teaching", OFFICER, 200, "/lop/giang-day"),
    ("room", OFFICER, 200, "/lop/phong/1"),
    ("lecturer", OFFICER, 200, "/lop/giang-vien/1"),
    ("class", OFFICER, 200, "/lop/LOP-2026-001"),
    ("class-of-a-learner", "nguoi-hoc", 200, "/lop/LOP-2026-001"),
    ("class-edit", OFFICER, 200, "/lop/LOP-2026-001/sua"),
    ("class-begin", OFFICER, 200, "/lop/LOP-2026-001/viec/khai-giang"),
    ("class-sittings", OFFICER, 200, "/lop/LOP-2026-001/buoi"),
    ("class-shares", OFFICER, 200, "/lop/LOP-2026-001/phan-bo"),
    ("class-name", OFFICER, 200, "/lop/LOP-2026-001/cu?don-vi={unit}"),
    ("nomination", OFFICER, 200, "/lop/LOP-2026-001/nguoi/1"),
    ("class-results", OFFICER, 200, "/lop/LOP-2026-001/ket-qua"),
    ("class-running", OFFICER, 200, "/lop/LOP-2026-002"),
    ("class-amended", OFFICER, 200, "/lop/LOP-2026-003"),
    ("attendance", OFFICER, 200, "/lop/LOP-2026-002/diem-danh"),
    ("attendance-of-a-learner", "nguoi-hoc", 200, "/lop/LOP-2026-002/diem-danh"),
    ("attendance-fence", OFFICER, 200, "/lop/LOP-2026-002/diem-danh/vi-tri"),
    ("roll", OFFICER, 200, "/lop/LOP-2026-002/diem-danh/3"),
    ("roll-of-today", OFFICER, 200, "/lop/LOP-2026-002/diem-danh/4"),
    ("roll-closed", OFFICER, 200, "/lop/LOP-2026-003/diem-danh/5"),
    ("signed-scans", OFFICER, 200, "/lop/LOP-2026-002/diem-danh/ban-quet"),
    ("signed-scans-of-a-sitting", OFFICER, 200, "/lop/LOP-2026-002/diem-danh/4/ban-quet"),
    ("signed-scan", OFFICER, 200, "/lop/LOP-2026-002/diem-danh/ban-quet/2"),
    ("signed-scan-settled", OFFICER, 200, "/lop/LOP-2026-002/diem-danh/ban-quet/1"),
    ("checkin-code", OFFICER, 200, "/lop/LOP-2026-002/diem-danh/4/ma"),
    ("checkin-code-closed", OFFICER, 200, "/lop/LOP-2026-003/diem-danh/5/ma"),
    ("checkin-bad", "nguoi-hoc", 422, "/diem-danh/1-1-00"),
    ("grades", OFFICER, 200, "/lop/LOP-2026-002/diem"),
    ("grades-recognised", OFFICER, 200, "/lop/LOP-2026-003/diem"),
    ("grades-works", OFFICER, 200, "/lop/LOP-2026-002/diem/bai"),
    ("grades-take", OFFICER, 200, "/lop/LOP-2026-002/diem/dan"),
    ("class-results-proposed", OFFICER, 200, "/lop/LOP-2026-002/ket-qua"),
    ("class-results-recognised", OFFICER, 200, "/lop/LOP-2026-003/ket-qua"),
    ("result-amend", OFFICER, 200, "/lop/LOP-2026-003/ket-qua/{person}"),
    ("class-papers", OFFICER, 200, "/lop/LOP-2026-004/giay-to"),
    ("class-papers-of-an-open-class", OFFICER, 200, "/lop/LOP-2026-001/giay-to"),
    ("class-number", OFFICER, 200, "/lop/LOP-2026-004/giay-to/opening/so"),
    ("class-number-back", OFFICER, 200, "/lop/LOP-2026-004/giay-to/opening/so/tra"),
    ("certificates", OFFICER, 200, "/lop/LOP-2026-004/chung-nhan"),
    ("certificates-not-yet", OFFICER, 200, "/lop/LOP-2026-001/chung-nhan"),
    ("certificates-register", OFFICER, 200, "/chung-nhan"),
    ("certificates-register-none", "thanh-tra", 200, "/chung-nhan?q=khong-co-ai"),
    ("certificate", OFFICER, 200, "/chung-nhan/1"),
    ("certificate-read", "thanh-tra", 200, "/chung-nhan/2"),
    ("certificate-correct", OFFICER, 200, "/chung-nhan/1/viec/cap-lai"),
    ("certificate-confirm", OFFICER, 200, "/chung-nhan/1/viec/xac-nhan"),
    ("certificate-revoke", OFFICER, 200, "/chung-nhan/1/viec/thu-hoi"),
    ("verify", OFFICER, 200, "/verify"),
    ("verify-valid", OFFICER, 200, "/verify/{valid}"),
    ("verify-revoked", OFFICER, 200, "/verify/{revoked}"),
    ("verify-unknown", OFFICER, 404, "/verify/222222222222222222"),
    ("verify-mistyped", OFFICER, 404, "/verify/ABC"),
    ("audit", "thanh-tra", 200, "/nhat-ky"),
    ("audit-none", "quan-tri", 200, "/nhat-ky?den=2020-01-01"),
    ("error-403", OFFICER, 403, "/quan-tri"),
    ("error-404", OFFICER, 404, "/khong-co-trang-nay"),
    ("error-409", OFFICER, 409, "/de-an/lang-son-2021/ban/1/sua"),
];
/// Addresses that answer with a file, a redirect or plain text.
const NO_PAGES: &[&str] = &[
    "/nhan-su/{code}/ban-quet/{row}",
    "/nhap-lieu/{id}/tien-do",
    "/thong-bao/{row}",
    "/lich/{token}",
    "/lop/{code}/lich.ics",
    "/lop/ban-do/xuat.xlsx",
    "/lop/ban-do/xuat.csv",
    "/cam-ket/xuat.xlsx",
    "/cam-ket/xuat.csv",
    "/van-ban/{id}/ban-quet/{row}",
    "/nhap-lieu/{id}/goc",
    "/chuong-trinh/{code}/tep/{row}",
    "/hoi-dong/phien/{row}/bien-ban",
    "/lop/{code}/diem/mau",
    "/toi",
    "/lop/{code}/chung-nhan/tien-do",
    "/lop/{code}/chung-nhan/ban-in",
    "/ho-so/phieu-theo-doi/ban.docx",
    "/ho-so/phieu-theo-doi/ban.pdf",
    "/nhan-su/{code}/phieu-theo-doi/ban.docx",
    "/nhan-su/{code}/phieu-theo-doi/ban.pdf",
    "/lop/{code}/diem-danh/ban-ky",
    "/lop/{code}/diem-danh/{sitting}/ban-ky",
    "/lop/{code}/diem-danh/ban-quet/{scan}/tep",
    "/lop/{code}/diem-danh/ban-quet/{scan}/trang/{number}",
    "/lop/{code}/giay-to/{name}",
    "/lop/{code}/giay-to/{name}/tep",
    "/lop/{code}/giay-to/{name}/tien-do",
    "/verify/key",
    "/verify/revoked.jwt",
    "/verify/revoked.json",
    "/verify/{code}/badge.jwt",
    "/verify/{code}/badge.json",
    "/.well-known/did.json",
    "/healthz",
    "/favicon.ico",
    "/static/{hash}/{name}",
];

/// Acts that can be taken back have an id in their address, another one in every run.
fn without_operations(html: &str) -> String {
    let mut parts = html.split("/hoan-tac/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |said, part| {
        format!("{said}/hoan-tac/(kept){}", part.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-'))
    })
}

/// Codes and seals of certificates are drawn by lot.
fn without_chance(html: &str) -> String {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let told = |word: &str| match word {
        word if word.starts_with("eyJ") => "(seal)".to_owned(),
        word if domain::certificates::code::Code::parse(word).is_some() => "(code)".to_owned(),
        word => word.to_owned(),
    };
    let (mut said, mut word) = (String::with_capacity(html.len()), String::new());
    for c in html.chars() {
        if is_of_word(c) {
            word.push(c);
            continue;
        }
        said.push_str(&told(&word));
        word.clear();
        said.push(c);
    }
    said + &told(&word)
}

fn check(name: &str, lang: Lang, status: u16, answer: &Answer) {
    assert_eq!(answer.status.as_u16(), status, "{name}: {}", answer.text());
    let extent = if matches!(name, "dashboard" | "sign-in") { Extent::Whole } else { Extent::Inside };
    let operation = answer.headers.get("x-operation-id").and_then(|id| id.to_str().ok()).unwrap_or("-");
    let html = answer.text().replace(operation, "(operation)");
    let html = without_chance(&without_operations(&html));
    assert!(!html.contains("Unknown localization key"), "{name}: a text is missing");
    let outline = outline(&html, extent).unwrap_or_else(|fault| panic!("{name}: {fault}"));
    insta::assert_snapshot!(format!("{name}.{}", lang.code()), outline);
}

#[tokio::test]
async fn every_page_says_what_its_snapshot_says() {
    let world = Box::pin(world()).await;
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
                .replace("{area}", &world.area)
                .replace("{spot}", &world.spot)
                .replace("{need}", &world.need)
                .replace("{request}", &world.request)
                .replace("{valid}", &world.codes.0)
                .replace("{revoked}", &world.codes.1);
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
    let is_file = |route: &str| [".xlsx", ".csv", ".zip", ".docx", ".pdf"].iter().any(|ending| route.ends_with(ending));
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
