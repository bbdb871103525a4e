//! Every route of the pages, once.
//! Not for: handlers; the API has its own table (`api`).

use std::collections::HashSet;
use std::sync::LazyLock;

use axum::Router;

use crate::errors::WebError;
use crate::{
    AppState, account, admin, api, audit, home, intake, layers, login, people, posts, preferences, programmes, quality, schemes, scim,
    search, statics, statistics, takeout, targets, units,
};

macro_rules! routes {
    ($($method:ident $path:literal => $handler:path),+ $(,)?) => {
        /// Method and path of every route of the pages.
        pub(crate) const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        fn pages() -> Router<AppState> {
            Router::new()$(.route($path, axum::routing::$method($handler)))+
        }
    };
}

routes! {
    get "/" => home::show,
    get "/dang-nhap" => login::show,
    post "/dang-nhap" => login::sign_in,
    post "/dang-nhap/thu" => login::try_role,
    post "/dang-xuat" => login::sign_out,
    post "/tuy-chon" => preferences::set,
    get "/don-vi" => units::home,
    get "/don-vi/sap-xep" => units::reorganise::index,
    get "/don-vi/sap-xep/{act}" => units::reorganise::show,
    post "/don-vi/sap-xep/{act}" => units::reorganise::save,
    get "/don-vi/sap-xep/hoan-tac/{row}" => units::reorganise::show_undo,
    post "/don-vi/sap-xep/hoan-tac/{row}" => units::reorganise::take_back,
    get "/don-vi/{code}" => units::one,
    get "/don-vi/{code}/ma-khac" => units::aliases::show,
    post "/don-vi/{code}/ma-khac" => units::aliases::add,
    get "/don-vi/{code}/ma-khac/{row}" => units::aliases::show_removing,
    post "/don-vi/{code}/ma-khac/{row}" => units::aliases::remove,
    get "/don-vi/{code}/so-dang-ky" => takeout::ask,
    post "/don-vi/{code}/so-dang-ky" => takeout::send,
    get "/vi-tri" => posts::list,
    get "/vi-tri/moi" => posts::show_new,
    post "/vi-tri/moi" => posts::save_new,
    get "/vi-tri/{row}" => posts::show,
    post "/vi-tri/{row}" => posts::save,
    get "/nhan-su" => people::list,
    get "/nhan-su/bo-loc" => people::panel::show,
    get "/nhan-su/cot" => people::choose::show,
    post "/nhan-su/cot" => people::choose::save,
    get "/nhan-su/khung-nhin" => people::views::show,
    post "/nhan-su/khung-nhin" => people::views::save,
    post "/nhan-su/khung-nhin/{row}/ten" => people::views::rename,
    post "/nhan-su/khung-nhin/{row}/xoa" => people::views::remove,
    get "/nhan-su/xuat.xlsx" => people::export::xlsx,
    get "/nhan-su/xuat.csv" => people::export::csv,
    get "/nhan-su/moi" => people::keep::identity::show_new,
    post "/nhan-su/moi" => people::keep::identity::save_new,
    get "/nhan-su/trung" => people::keep::duplicates::show,
    post "/nhan-su/trung" => people::keep::duplicates::set_apart,
    get "/nhan-su/{code}" => people::person::one,
    get "/nhan-su/{code}/gop/{other}" => people::keep::merge::show,
    post "/nhan-su/{code}/gop/{other}" => people::keep::merge::save,
    get "/nhan-su/{code}/sua" => people::keep::identity::show,
    post "/nhan-su/{code}/sua" => people::keep::identity::save,
    get "/nhan-su/{code}/chuyen" => people::keep::career::show_move,
    post "/nhan-su/{code}/chuyen" => people::keep::career::save_move,
    get "/nhan-su/{code}/nghi" => people::keep::career::show_leave,
    post "/nhan-su/{code}/nghi" => people::keep::career::save_leave,
    get "/nhan-su/{code}/biet-phai" => people::keep::career::show_second,
    post "/nhan-su/{code}/biet-phai" => people::keep::career::save_second,
    get "/nhan-su/{code}/biet-phai/{row}" => people::keep::career::show_back,
    post "/nhan-su/{code}/biet-phai/{row}" => people::keep::career::save_back,
    get "/nhan-su/{code}/van-bang" => people::keep::papers::show_qualification,
    post "/nhan-su/{code}/van-bang" => people::keep::papers::save_qualification,
    get "/nhan-su/{code}/xep-loai" => people::keep::papers::show_rating,
    post "/nhan-su/{code}/xep-loai" => people::keep::papers::save_rating,
    get "/nhan-su/{code}/qua-trinh-hoc" => people::keep::papers::show_record,
    post "/nhan-su/{code}/qua-trinh-hoc" => people::keep::papers::save_record,
    get "/nhan-su/{code}/quy-hoach" => people::keep::plans::show_post,
    post "/nhan-su/{code}/quy-hoach" => people::keep::plans::save_post,
    get "/nhan-su/{code}/cam-ket" => people::keep::plans::show_promise,
    post "/nhan-su/{code}/cam-ket" => people::keep::plans::save_promise,
    get "/nhan-su/{code}/cam-ket/{row}" => people::keep::plans::show_closing,
    post "/nhan-su/{code}/cam-ket/{row}" => people::keep::plans::save_closing,
    get "/nhan-su/{code}/kem-ban-quet/{kind}/{row}" => people::keep::scans::show,
    post "/nhan-su/{code}/kem-ban-quet/{kind}/{row}" => people::keep::scans::save,
    get "/nhan-su/{code}/ban-quet/{row}" => people::keep::scans::file,
    get "/nhan-su/{code}/go-ban-quet/{row}" => people::keep::scans::show_removal,
    post "/nhan-su/{code}/go-ban-quet/{row}" => people::keep::scans::remove,
    get "/nhan-su/{code}/go-dong/{kind}/{row}" => people::keep::papers::show_strike,
    post "/nhan-su/{code}/go-dong/{kind}/{row}" => people::keep::papers::strike,
    get "/nhan-su/{code}/xem" => people::keep::reveal::ask,
    post "/nhan-su/{code}/xem" => people::keep::reveal::show,
    get "/nhan-su/{code}/de-nghi" => people::keep::propose::list,
    get "/nhan-su/{code}/de-nghi/{kind}/{row}" => people::keep::propose::show,
    post "/nhan-su/{code}/de-nghi/{kind}/{row}" => people::keep::propose::save,
    post "/nhan-su/{code}/rut-de-nghi/{row}" => people::keep::propose::withdraw,
    get "/de-nghi" => people::keep::decide::list,
    get "/de-nghi/{row}" => people::keep::decide::show,
    post "/de-nghi/{row}" => people::keep::decide::save,
    get "/nhan-su/{code}/lich-su" => people::keep::history::show,
    get "/nhap-lieu" => intake::list::show,
    post "/nhap-lieu" => intake::upload::take,
    get "/nhap-lieu/bieu-mau.xlsx" => takeout::template,
    get "/nhap-lieu/{id}" => intake::one::show,
    get "/nhap-lieu/{id}/tien-do" => intake::one::progress,
    get "/nhap-lieu/{id}/cot" => intake::columns::show,
    post "/nhap-lieu/{id}/cot" => intake::columns::save,
    post "/nhap-lieu/{id}/doc" => intake::acts::rehearse,
    post "/nhap-lieu/{id}/ghi" => intake::acts::carry,
    post "/nhap-lieu/{id}/dung" => intake::acts::cancel,
    post "/nhap-lieu/{id}/bo" => intake::acts::forget,
    post "/nhap-lieu/{id}/hoan-tac" => intake::acts::undo,
    get "/nhap-lieu/{id}/danh-dau.xlsx" => intake::files::marked,
    get "/nhap-lieu/{id}/goc" => intake::files::original,
    get "/nhan-su/{code}/hoan-tac/{operation}" => people::keep::undo::show,
    post "/nhan-su/{code}/hoan-tac/{operation}" => people::keep::undo::save,
    get "/nhan-su/{code}/ho-so.zip" => people::own_file::zip,
    get "/ho-so" => people::person::own,
    get "/toi" => people::person::to_own,
    get "/thong-ke" => statistics::index,
    get "/thong-ke/{table}" => statistics::one,
    get "/thong-ke/{table}/xuat.xlsx" => statistics::xlsx,
    get "/chat-luong" => quality::show,
    get "/tim" => search::show,
    get "/tai-khoan" => account::show,
    post "/tai-khoan/phien" => account::end_session,
    post "/tai-khoan/phien-khac" => account::end_others,
    post "/tai-khoan/mat-khau" => account::password::change,
    post "/tai-khoan/ma-truy-cap" => account::tokens::create,
    post "/tai-khoan/ma-truy-cap/thu-hoi" => account::tokens::revoke,
    get "/quan-tri" => admin::list::show,
    get "/quan-tri/moi" => admin::create::show,
    post "/quan-tri/moi" => admin::create::save,
    get "/quan-tri/nhom" => admin::groups::list,
    get "/quan-tri/nhom/{group}" => admin::groups::show,
    post "/quan-tri/nhom/{group}/gan" => admin::groups::bind,
    post "/quan-tri/nhom/{group}/go" => admin::groups::unbind,
    post "/quan-tri/nhom/{group}/xoa" => admin::groups::discard,
    get "/quan-tri/luu-giu" => admin::retention::show,
    get "/quan-tri/tai-khoan/{login}" => admin::one::show,
    post "/quan-tri/tai-khoan/{login}/khoa" => admin::acts::lock,
    post "/quan-tri/tai-khoan/{login}/mo-khoa" => admin::acts::unlock,
    post "/quan-tri/tai-khoan/{login}/phien" => admin::acts::end_sessions,
    post "/quan-tri/tai-khoan/{login}/mat-khau" => admin::acts::reset,
    post "/quan-tri/tai-khoan/{login}/vai-tro" => admin::roles::give,
    post "/quan-tri/tai-khoan/{login}/thoi-vai-tro" => admin::roles::take_away,
    get "/nhat-ky" => audit::show,
    get "/nhiem-vu" => schemes::all_tasks::show,
    get "/de-an" => schemes::list::show,
    get "/de-an/moi" => schemes::create::show,
    post "/de-an/moi" => schemes::create::save,
    get "/de-an/{code}" => schemes::show::show,
    post "/de-an/{code}/nhiem-vu/{task}" => schemes::tasks::set,
    get "/de-an/{code}/ban/{number}" => schemes::version::show,
    post "/de-an/{code}/ban/{number}/nhap" => schemes::version::start_draft,
    get "/de-an/{code}/ban/{number}/sua" => schemes::edit::show,
    post "/de-an/{code}/ban/{number}/sua" => schemes::edit::save,
    get "/de-an/{code}/ban/{number}/ban-hanh" => schemes::publish::show,
    post "/de-an/{code}/ban/{number}/ban-hanh" => schemes::publish::publish,
    get "/de-an/{code}/ban/{number}/thoi" => schemes::retire::show,
    post "/de-an/{code}/ban/{number}/thoi" => schemes::retire::retire,
    get "/de-an/{code}/ban/{number}/chi-tieu/{target}" => schemes::target_form::show,
    post "/de-an/{code}/ban/{number}/chi-tieu/{target}" => schemes::target_form::save,
    get "/chi-tieu/{code}" => targets::show::show,
    post "/chi-tieu/{code}/ket-qua" => targets::mark::set,
    get "/chi-tieu/{code}/nguoi" => targets::people::list,
    get "/chi-tieu/{code}/nguoi.xlsx" => targets::people::xlsx,
    get "/chi-tieu/{code}/nguoi.csv" => targets::people::csv,
    get "/chuong-trinh" => programmes::list::show,
    get "/chuong-trinh/xuat.xlsx" => programmes::list::xlsx,
    get "/chuong-trinh/xuat.csv" => programmes::list::csv,
    get "/chuong-trinh/moi" => programmes::edit::show_new,
    post "/chuong-trinh/moi" => programmes::edit::save_new,
    get "/chuong-trinh/{code}" => programmes::one::show,
    get "/chuong-trinh/{code}/sua" => programmes::edit::show,
    post "/chuong-trinh/{code}/sua" => programmes::edit::save,
    get "/chuong-trinh/{code}/so-sanh" => programmes::compare::show,
    get "/chuong-trinh/{code}/viec/{act}" => programmes::acts::show,
    post "/chuong-trinh/{code}/viec/{act}" => programmes::acts::save,
    get "/chuong-trinh/{code}/tai-lieu" => programmes::materials::show_new,
    post "/chuong-trinh/{code}/tai-lieu" => programmes::materials::add,
    get "/chuong-trinh/{code}/tai-lieu/{row}/phien-ban" => programmes::materials::show_version,
    post "/chuong-trinh/{code}/tai-lieu/{row}/phien-ban" => programmes::materials::add_version,
    get "/chuong-trinh/{code}/tai-lieu/{row}/thoi-dung" => programmes::materials::show_withdrawal,
    post "/chuong-trinh/{code}/tai-lieu/{row}/thoi-dung" => programmes::materials::withdraw,
    get "/chuong-trinh/{code}/tep/{row}" => programmes::materials::open,
    get "/hoi-dong" => programmes::councils::list,
    get "/hoi-dong/moi" => programmes::councils::show_new,
    post "/hoi-dong/moi" => programmes::councils::save_new,
    get "/hoi-dong/{row}" => programmes::councils::show,
    get "/hoi-dong/{row}/sua" => programmes::councils::show_edit,
    post "/hoi-dong/{row}/sua" => programmes::councils::save,
    get "/hoi-dong/phien/{row}" => programmes::sessions::show,
    post "/hoi-dong/phien/{row}/phieu" => programmes::sessions::vote,
    post "/hoi-dong/phien/{row}/ket-luan" => programmes::sessions::close,
    post "/hoi-dong/phien/{row}/xac-nhan" => programmes::sessions::accept,
    get "/hoi-dong/phien/{row}/bien-ban" => programmes::sessions::scan,
    post "/hoi-dong/phien/{row}/bien-ban" => programmes::sessions::add_scan,
    get "/healthz" => statics::healthz,
    get "/favicon.ico" => statics::favicon,
    get "/static/{hash}/{name}" => statics::file,
}

/// The whole site.
pub fn router(state: AppState) -> Router {
    let routes = pages()
        .fallback(async || WebError::NotFound)
        .method_not_allowed_fallback(async || WebError::WrongMethod)
        .merge(api::routes(&state))
        .merge(scim::routes());
    layers::around(routes, &state).with_state(state)
}

/// Whether a page of this address can be looked at.
pub(crate) fn exists(path: &str) -> bool {
    static PAGES: LazyLock<HashSet<&str>> = LazyLock::new(|| ROUTES.iter().filter(|(m, _)| *m == "get").map(|(_, path)| *path).collect());
    PAGES.contains(path)
}

/// The page that a posted form stands on: of its own address, or of the nearest one above that can be looked at.
pub(crate) fn page_of_form(route: &str, path: &str) -> String {
    let (mut route, mut path) = (route, path);
    while !exists(route) {
        match (route.rsplit_once('/'), path.rsplit_once('/')) {
            (Some((above, _)), Some((upper, _))) if !above.is_empty() => (route, path) = (above, upper),
            _ => return "/".to_owned(),
        }
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_stands_on_a_page_that_can_be_looked_at() {
        for (route, path, page) in [
            ("/chi-tieu/{code}/ket-qua", "/chi-tieu/T2.6/ket-qua", "/chi-tieu/T2.6"),
            ("/de-an/{code}/nhiem-vu/{task}", "/de-an/a/nhiem-vu/b", "/de-an/a"),
            ("/de-an/{code}/ban/{number}/sua", "/de-an/a/ban/2/sua", "/de-an/a/ban/2/sua"),
            ("/dang-nhap/thu", "/dang-nhap/thu", "/dang-nhap"),
            ("/tuy-chon", "/tuy-chon", "/"),
        ] {
            assert_eq!(page_of_form(route, path), page);
        }
    }

    #[test]
    fn the_routes() {
        let list: String = ROUTES.iter().map(|(method, path)| format!("{:<5} {path}\n", method.to_uppercase())).collect();
        insta::assert_snapshot!(list);
    }
}
