//! What 2025 did to the map: departments merged, split and renamed on 01/03, districts ended and communes began on 01/07.
//! Not for: the people of those units (`moves`).

use domain::orgs::{Bloc, Change, Level, UnitKind};

use crate::days::{DEPARTMENTS_MERGE, DISTRICTS_END};
use crate::province::{Blueprint, Province};

/// A department ended and another carries on.
const MERGERS: &[(&str, &str)] = &[
    ("Sở Kế hoạch và Đầu tư", "Sở Tài chính"),
    ("Sở Giao thông vận tải", "Sở Xây dựng"),
    ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"),
    ("Sở Lao động - Thương binh và Xã hội", "Sở Nội vụ"),
    ("Ban Dân vận Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy"),
];

pub(crate) fn apply(province: &mut Province, root: i64) {
    for (old, new) in MERGERS {
        let (old, new) = (province.named(old), province.named(new));
        absorb(province, old, new, Change::Merged);
    }
    environment(province, root);
    rename_minorities(province, root);
    split_party_committee(province, root);
    abolish_centre(province);
    end_districts(province);
}

/// The divisions of an ended body move as they are, except those that every body has: these melt into their twins.
fn absorb(province: &mut Province, old: i64, new: i64, change: Change) {
    let twins: Vec<(String, i64)> = province.open_children(new).into_iter().filter_map(|id| Some((stem(province, id)?, id))).collect();
    for child in province.open_children(old) {
        let twin = stem(province, child).and_then(|stem| twins.iter().find(|t| t.0 == stem).map(|t| t.1));
        match twin {
            Some(twin) => province.end(child, DEPARTMENTS_MERGE, Change::Merged, &[twin]),
            None => province.relink(child, new, DEPARTMENTS_MERGE),
        }
    }
    province.end(old, DEPARTMENTS_MERGE, change, &[new]);
}

/// The name of a division without its body.
fn stem(province: &Province, unit: i64) -> Option<String> {
    province.unit(unit)?.name.split_once(" (").map(|parts| parts.0.to_owned())
}

fn begin(province: &mut Province, root: i64, name: &str, kind: UnitKind, actor: &str, divisions: &[&str]) -> i64 {
    let bloc = if kind == UnitKind::PartyBody { Bloc::Party } else { Bloc::State };
    let plan = Blueprint { name, kind, level: Level::Province, bloc, actor: Some(actor), parent: root, starts_on: DEPARTMENTS_MERGE };
    let body = province.add(&plan);
    for division in divisions {
        let name = format!("{division} ({name})");
        province.add(&Blueprint { name: &name, kind: UnitKind::Division, actor: None, parent: body, ..plan.clone() });
    }
    body
}

fn environment(province: &mut Province, root: i64) {
    let new = begin(province, root, "Sở Nông nghiệp và Môi trường", UnitKind::Department, "cac-so-nganh", &["Văn phòng", "Thanh tra"]);
    for old in ["Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường"] {
        let old = province.named(old);
        absorb(province, old, new, Change::Merged);
    }
}

fn rename_minorities(province: &mut Province, root: i64) {
    let old = province.named("Ban Dân tộc");
    let new = begin(province, root, "Sở Dân tộc và Tôn giáo", UnitKind::Department, "cac-so-nganh", &[]);
    absorb(province, old, new, Change::Renamed);
}

fn split_party_committee(province: &mut Province, root: i64) {
    let old = province.named("Đảng ủy Khối các cơ quan và Doanh nghiệp tỉnh");
    let first = begin(province, root, "Đảng ủy Ủy ban nhân dân tỉnh", UnitKind::PartyBody, "co-quan-dang", &["Văn phòng"]);
    let second = begin(province, root, "Đảng ủy các cơ quan Đảng tỉnh", UnitKind::PartyBody, "co-quan-dang", &[]);
    absorb(province, old, first, Change::Split);
    let on = DEPARTMENTS_MERGE;
    province.successions.push(crate::rows::UnitSuccession { unit: old, successor: second, on, change: Change::Split, main: false });
}

fn abolish_centre(province: &mut Province) {
    let old = province.named("Trung tâm Xúc tiến đầu tư");
    let heir = province.named("Trung tâm Tư vấn và Dịch vụ tài chính");
    province.end(old, DISTRICTS_END, Change::Abolished, &[heir]);
}

fn end_districts(province: &mut Province) {
    for district in province.districts.clone() {
        let communes: Vec<(i64, Vec<i64>)> =
            province.new_communes.iter().filter(|c| c.district == district).map(|c| (c.id, c.offices.clone())).collect();
        let Some((_, seat)) = communes.first().cloned() else { continue };
        for (place, child) in province.open_children(district).into_iter().enumerate() {
            let kind = province.unit(child).map(|u| u.kind);
            if kind == Some(UnitKind::School) {
                if let Some((commune, _)) = communes.get(place % communes.len()) {
                    province.relink(child, *commune, DISTRICTS_END);
                }
            } else if let Some(heir) = heir(province, child, &seat) {
                province.end(child, DISTRICTS_END, Change::Abolished, &[heir]);
            }
        }
        let heirs: Vec<i64> = communes.iter().map(|c| c.0).collect();
        province.end(district, DISTRICTS_END, Change::Abolished, &heirs);
    }
}

/// The office at the district seat that carries on the work of a district office.
fn heir(province: &Province, office: i64, seat: &[i64]) -> Option<i64> {
    let unit = province.unit(office)?;
    let economy = ["Tài chính", "Kinh tế", "Tài nguyên", "Nông nghiệp"];
    let place = match unit.bloc {
        Bloc::Party | Bloc::Front => 0,
        Bloc::State if unit.name.starts_with("Văn phòng") || unit.name.starts_with("Thanh tra") => 1,
        Bloc::State if economy.iter().any(|word| unit.name.contains(word)) => 2,
        Bloc::State => 3,
    };
    seat.get(place).copied()
}
