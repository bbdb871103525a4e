//! Names of bodies, districts and communes of the generated province, before and after the reorganisations of 2025.
//! Not for: a gazetteer; names of places are public facts, everything about staff and structure is invented.

use domain::orgs::{Bloc, UnitKind};

/// A body directly under the province: name, actor code of the schemes, divisions.
pub(crate) struct Body {
    pub name: &'static str,
    pub actor: &'static str,
    pub kind: UnitKind,
    pub bloc: Bloc,
    pub divisions: &'static [&'static str],
}

const fn department(name: &'static str, actor: &'static str, divisions: &'static [&'static str]) -> Body {
    Body { name, actor, kind: UnitKind::Department, bloc: Bloc::State, divisions }
}

const fn party(name: &'static str, actor: &'static str) -> Body {
    Body {
        name, actor, kind: UnitKind::PartyBody, bloc: Bloc::Party, divisions: &["Văn phòng", "Phòng Nghiệp vụ 1", "Phòng Nghiệp vụ 2"]
    }
}

const fn front(name: &'static str) -> Body {
    Body {
        name,
        actor: "mat-tran-doan-the",
        kind: UnitKind::FrontBody,
        bloc: Bloc::Front,
        divisions: &["Văn phòng", "Ban Tổ chức - Kiểm tra", "Ban Phong trào"],
    }
}

const fn board(name: &'static str, actor: &'static str) -> Body {
    Body {
        name,
        actor,
        kind: UnitKind::PublicUnit,
        bloc: Bloc::State,
        divisions: &["Văn phòng", "Phòng Kế hoạch - Tài chính", "Phòng Kỹ thuật"],
    }
}

/// Every body under the province as of 2010–2025.
pub(crate) const BODIES: &[Body] = &[
    department(
        "Văn phòng Ủy ban nhân dân tỉnh",
        "cac-so-nganh",
        &["Phòng Tổng hợp", "Phòng Nội chính", "Phòng Kinh tế", "Phòng Khoa giáo - Văn xã", "Phòng Hành chính - Quản trị"],
    ),
    department(
        "Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh",
        "cac-so-nganh",
        &["Phòng Công tác Quốc hội", "Phòng Công tác HĐND", "Phòng Hành chính, tổ chức, quản trị"],
    ),
    department(
        "Sở Nội vụ",
        "so-noi-vu",
        &[
            "Văn phòng",
            "Thanh tra",
            "Phòng Tổ chức, biên chế",
            "Phòng Công chức, viên chức",
            "Phòng Cải cách hành chính",
            "Phòng Xây dựng chính quyền",
        ],
    ),
    department(
        "Sở Tài chính",
        "so-tai-chinh",
        &[
            "Văn phòng",
            "Thanh tra",
            "Phòng Quản lý ngân sách",
            "Phòng Tài chính hành chính sự nghiệp",
            "Phòng Quản lý giá và công sản",
            "Phòng Tài chính đầu tư",
        ],
    ),
    department(
        "Sở Kế hoạch và Đầu tư",
        "so-ke-hoach-dau-tu",
        &[
            "Văn phòng",
            "Thanh tra",
            "Phòng Đăng ký kinh doanh",
            "Phòng Đấu thầu, thẩm định",
            "Phòng Tổng hợp quy hoạch",
            "Phòng Kinh tế đối ngoại",
        ],
    ),
    department("Sở Ngoại vụ", "so-ngoai-vu", &["Văn phòng", "Phòng Hợp tác quốc tế", "Phòng Lãnh sự - Biên giới"]),
    department(
        "Sở Thông tin và Truyền thông",
        "so-thong-tin-truyen-thong",
        &["Văn phòng", "Thanh tra", "Phòng Công nghệ thông tin", "Phòng Bưu chính viễn thông", "Phòng Báo chí xuất bản"],
    ),
    department(
        "Sở Khoa học và Công nghệ",
        "so-khoa-hoc-cong-nghe",
        &["Văn phòng", "Thanh tra", "Phòng Quản lý khoa học", "Phòng Quản lý công nghệ", "Phòng Tiêu chuẩn đo lường chất lượng"],
    ),
    department(
        "Sở Xây dựng",
        "so-xay-dung",
        &["Văn phòng", "Thanh tra", "Phòng Quy hoạch - Kiến trúc", "Phòng Hạ tầng và Phát triển đô thị", "Phòng Quản lý xây dựng"],
    ),
    department(
        "Sở Giao thông vận tải",
        "so-giao-thong-van-tai",
        &["Văn phòng", "Thanh tra", "Phòng Quản lý kết cấu hạ tầng", "Phòng Quản lý vận tải", "Phòng Quản lý chất lượng công trình"],
    ),
    department(
        "Sở Tài nguyên và Môi trường",
        "so-tai-nguyen-moi-truong",
        &["Văn phòng", "Thanh tra", "Phòng Quản lý đất đai", "Phòng Môi trường", "Phòng Tài nguyên nước - Biển"],
    ),
    department(
        "Sở Nông nghiệp và Phát triển nông thôn",
        "so-nong-nghiep-ptnt",
        &[
            "Văn phòng",
            "Thanh tra",
            "Phòng Kế hoạch - Tổng hợp",
            "Chi cục Kiểm lâm",
            "Chi cục Thủy lợi",
            "Chi cục Trồng trọt và Bảo vệ thực vật",
        ],
    ),
    department("Sở Y tế", "so-y-te", &["Văn phòng", "Thanh tra", "Phòng Nghiệp vụ Y", "Phòng Nghiệp vụ Dược", "Phòng Tổ chức cán bộ"]),
    department(
        "Sở Giáo dục và Đào tạo",
        "so-giao-duc-dao-tao",
        &[
            "Văn phòng",
            "Thanh tra",
            "Phòng Giáo dục trung học",
            "Phòng Giáo dục mầm non - tiểu học",
            "Phòng Quản lý chất lượng",
            "Phòng Tổ chức cán bộ",
        ],
    ),
    department(
        "Sở Lao động - Thương binh và Xã hội",
        "so-lao-dong-tbxh",
        &["Văn phòng", "Thanh tra", "Phòng Người có công", "Phòng Lao động việc làm", "Phòng Bảo trợ xã hội"],
    ),
    department(
        "Sở Văn hóa và Thể thao",
        "so-van-hoa-the-thao",
        &["Văn phòng", "Thanh tra", "Phòng Quản lý văn hóa", "Phòng Quản lý thể dục thể thao"],
    ),
    department("Sở Du lịch", "so-du-lich", &["Văn phòng", "Phòng Quản lý du lịch", "Phòng Quy hoạch và phát triển tài nguyên du lịch"]),
    department(
        "Sở Công Thương",
        "so-cong-thuong",
        &["Văn phòng", "Thanh tra", "Phòng Quản lý công nghiệp", "Phòng Quản lý thương mại", "Phòng Quản lý năng lượng"],
    ),
    department(
        "Sở Tư pháp",
        "cac-so-nganh",
        &["Văn phòng", "Thanh tra", "Phòng Xây dựng và kiểm tra văn bản", "Phòng Phổ biến giáo dục pháp luật"],
    ),
    department("Thanh tra tỉnh", "cac-so-nganh", &["Văn phòng", "Phòng Nghiệp vụ 1", "Phòng Nghiệp vụ 2", "Phòng Giám sát, kiểm tra"]),
    department("Ban Dân tộc", "cac-so-nganh", &["Văn phòng", "Phòng Chính sách dân tộc", "Phòng Kế hoạch tổng hợp"]),
    department(
        "Ban Quản lý các khu kinh tế và khu công nghiệp",
        "cac-so-nganh",
        &["Văn phòng", "Phòng Quản lý đầu tư", "Phòng Quy hoạch và Xây dựng", "Phòng Tài nguyên môi trường"],
    ),
    party("Văn phòng Tỉnh ủy", "co-quan-dang"),
    party("Ban Tổ chức Tỉnh ủy", "ban-to-chuc-tinh-uy"),
    party("Ban Tuyên giáo Tỉnh ủy", "co-quan-dang"),
    party("Ban Dân vận Tỉnh ủy", "co-quan-dang"),
    party("Cơ quan Ủy ban Kiểm tra Tỉnh ủy", "co-quan-dang"),
    party("Ban Nội chính Tỉnh ủy", "co-quan-dang"),
    party("Đảng ủy Khối các cơ quan và Doanh nghiệp tỉnh", "co-quan-dang"),
    Body {
        name: "Trường Chính trị tỉnh",
        actor: "truong-chinh-tri-tinh",
        kind: UnitKind::School,
        bloc: Bloc::Party,
        divisions: &["Phòng Tổ chức - Hành chính", "Phòng Đào tạo", "Khoa Lý luận cơ sở", "Khoa Nhà nước và Pháp luật"],
    },
    front("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh"),
    front("Liên đoàn Lao động tỉnh"),
    front("Hội Nông dân tỉnh"),
    front("Hội Liên hiệp Phụ nữ tỉnh"),
    front("Tỉnh Đoàn"),
    front("Hội Cựu chiến binh tỉnh"),
    board("Ban Quản lý dự án đầu tư xây dựng tỉnh", "ban-qldt-xay-dung"),
    board("Ban Quản lý dự án đầu tư xây dựng các công trình giao thông", "ban-qldt-giao-thong"),
    board("Ban Quản lý dự án đầu tư xây dựng các công trình nông nghiệp và PTNT", "ban-qldt-nong-nghiep"),
    board("Ban Quản lý Vườn quốc gia Sông Thanh", "ban-ql-song-thanh"),
    board("Trường Đại học Quảng Nam", "don-vi-su-nghiep"),
];

/// Centres under departments: name, actor of the department, own actor.
pub(crate) const CENTRES: &[(&str, &str, &str)] = &[
    ("Trung tâm QTI", "so-thong-tin-truyen-thong", "trung-tam-qti"),
    ("Trung tâm Lưu trữ lịch sử", "so-noi-vu", "don-vi-su-nghiep"),
    ("Trung tâm Tư vấn và Dịch vụ tài chính", "so-tai-chinh", "don-vi-su-nghiep"),
    ("Trung tâm Xúc tiến đầu tư", "so-ke-hoach-dau-tu", "don-vi-su-nghiep"),
    ("Trung tâm Dịch vụ đối ngoại", "so-ngoai-vu", "don-vi-su-nghiep"),
    ("Trung tâm Khoa học, Công nghệ và Đổi mới sáng tạo", "so-khoa-hoc-cong-nghe", "don-vi-su-nghiep"),
    ("Trung tâm Kiểm định xây dựng", "so-xay-dung", "don-vi-su-nghiep"),
    ("Trung tâm Quy hoạch đô thị và nông thôn", "so-xay-dung", "don-vi-su-nghiep"),
    ("Trung tâm Đăng kiểm xe cơ giới", "so-giao-thong-van-tai", "don-vi-su-nghiep"),
    ("Trung tâm Phát triển quỹ đất", "so-tai-nguyen-moi-truong", "don-vi-su-nghiep"),
    ("Văn phòng Đăng ký đất đai", "so-tai-nguyen-moi-truong", "don-vi-su-nghiep"),
    ("Trung tâm Kỹ thuật tài nguyên và môi trường", "so-tai-nguyen-moi-truong", "don-vi-su-nghiep"),
    ("Trung tâm Khuyến nông", "so-nong-nghiep-ptnt", "don-vi-su-nghiep"),
    ("Trung tâm Giống nông nghiệp", "so-nong-nghiep-ptnt", "don-vi-su-nghiep"),
    ("Trung tâm Nước sạch nông thôn", "so-nong-nghiep-ptnt", "don-vi-su-nghiep"),
    ("Trung tâm Kiểm soát bệnh tật", "so-y-te", "don-vi-su-nghiep"),
    ("Trung tâm Kiểm nghiệm", "so-y-te", "don-vi-su-nghiep"),
    ("Trung tâm Giáo dục thường xuyên tỉnh", "so-giao-duc-dao-tao", "don-vi-su-nghiep"),
    ("Trung tâm Dịch vụ việc làm", "so-lao-dong-tbxh", "don-vi-su-nghiep"),
    ("Trung tâm Nuôi dưỡng người có công", "so-lao-dong-tbxh", "don-vi-su-nghiep"),
    ("Trung tâm Bảo trợ xã hội", "so-lao-dong-tbxh", "don-vi-su-nghiep"),
    ("Trung tâm Văn hóa tỉnh", "so-van-hoa-the-thao", "don-vi-su-nghiep"),
    ("Bảo tàng tỉnh", "so-van-hoa-the-thao", "don-vi-su-nghiep"),
    ("Thư viện tỉnh", "so-van-hoa-the-thao", "don-vi-su-nghiep"),
    ("Trung tâm Thông tin xúc tiến du lịch", "so-du-lich", "don-vi-su-nghiep"),
    ("Trung tâm Khuyến công và Xúc tiến thương mại", "so-cong-thuong", "don-vi-su-nghiep"),
    ("Trung tâm Trợ giúp pháp lý nhà nước", "cac-so-nganh/Sở Tư pháp", "don-vi-su-nghiep"),
    ("Trung tâm Phát triển hạ tầng khu công nghiệp", "cac-so-nganh/Ban Quản lý các khu kinh tế và khu công nghiệp", "don-vi-su-nghiep"),
];

/// Hospitals of the province; each district also has a health centre.
pub(crate) const HOSPITALS: &[&str] = &[
    "Bệnh viện Đa khoa tỉnh",
    "Bệnh viện Đa khoa khu vực",
    "Bệnh viện Đa khoa khu vực miền núi phía Bắc",
    "Bệnh viện Nhi",
    "Bệnh viện Phụ sản",
    "Bệnh viện Y học cổ truyền",
    "Bệnh viện Mắt",
    "Bệnh viện Tâm thần",
    "Bệnh viện Phổi",
    "Bệnh viện Da liễu",
];

/// Offices of every district: name, kind, bloc.
pub(crate) const DISTRICT_OFFICES: &[(&str, UnitKind, Bloc)] = &[
    ("Văn phòng HĐND và UBND", UnitKind::Division, Bloc::State),
    ("Phòng Nội vụ", UnitKind::Division, Bloc::State),
    ("Phòng Tài chính - Kế hoạch", UnitKind::Division, Bloc::State),
    ("Phòng Kinh tế - Hạ tầng", UnitKind::Division, Bloc::State),
    ("Phòng Tài nguyên và Môi trường", UnitKind::Division, Bloc::State),
    ("Phòng Nông nghiệp và Phát triển nông thôn", UnitKind::Division, Bloc::State),
    ("Phòng Lao động - Thương binh và Xã hội", UnitKind::Division, Bloc::State),
    ("Phòng Giáo dục và Đào tạo", UnitKind::Division, Bloc::State),
    ("Phòng Văn hóa và Thông tin", UnitKind::Division, Bloc::State),
    ("Phòng Tư pháp", UnitKind::Division, Bloc::State),
    ("Phòng Y tế", UnitKind::Division, Bloc::State),
    ("Thanh tra", UnitKind::Division, Bloc::State),
    ("Văn phòng cấp ủy", UnitKind::PartyBody, Bloc::Party),
    ("Ban Tổ chức cấp ủy", UnitKind::PartyBody, Bloc::Party),
    ("Ban Tuyên giáo cấp ủy", UnitKind::PartyBody, Bloc::Party),
    ("Cơ quan Ủy ban Kiểm tra cấp ủy", UnitKind::PartyBody, Bloc::Party),
    ("Ban Dân vận cấp ủy", UnitKind::PartyBody, Bloc::Party),
    ("Ủy ban Mặt trận Tổ quốc Việt Nam", UnitKind::FrontBody, Bloc::Front),
    ("Hội Nông dân", UnitKind::FrontBody, Bloc::Front),
    ("Hội Liên hiệp Phụ nữ", UnitKind::FrontBody, Bloc::Front),
    ("Đoàn TNCS Hồ Chí Minh", UnitKind::FrontBody, Bloc::Front),
    ("Hội Cựu chiến binh", UnitKind::FrontBody, Bloc::Front),
];

/// Offices of every commune from 01/07/2025: name, kind, bloc.
pub(crate) const COMMUNE_OFFICES: &[(&str, UnitKind, Bloc)] = &[
    ("Đảng ủy", UnitKind::PartyBody, Bloc::Party),
    ("Văn phòng HĐND và UBND", UnitKind::Division, Bloc::State),
    ("Phòng Kinh tế", UnitKind::Division, Bloc::State),
    ("Phòng Văn hóa - Xã hội", UnitKind::Division, Bloc::State),
];

/// A district until 30/06/2025.
pub(crate) struct District {
    pub form: &'static str,
    pub name: &'static str,
    pub actor: &'static str,
    /// New communes and the communes they were made of; the first takes over the district seat.
    pub communes: &'static [(&'static str, &'static [&'static str])],
}

/// The eighteen districts.
pub(crate) const DISTRICTS: &[District] = &[
    District {
        form: "Thành phố",
        name: "Tam Kỳ",
        actor: "ubnd-tam-ky",
        communes: &[
            ("Phường Tam Kỳ", &["An Mỹ", "An Xuân", "Trường Xuân"]),
            ("Phường Quảng Phú", &["An Phú", "Tam Thanh", "Tam Phú"]),
            ("Phường Hương Trà", &["An Sơn", "Hòa Hương", "Tam Ngọc"]),
            ("Phường Bàn Thạch", &["Hòa Thuận", "Tân Thạnh", "Tam Thăng"]),
        ],
    },
    District {
        form: "Thành phố",
        name: "Hội An",
        actor: "ubnd-hoi-an",
        communes: &[
            ("Phường Hội An", &["Minh An", "Cẩm Phô", "Sơn Phong", "Cẩm Nam", "Cẩm Kim"]),
            ("Phường Hội An Đông", &["Cẩm Châu", "Cửa Đại", "Cẩm Thanh"]),
            ("Phường Hội An Tây", &["Thanh Hà", "Tân An", "Cẩm An", "Cẩm Hà"]),
            ("Xã Tân Hiệp", &["Tân Hiệp"]),
        ],
    },
    District {
        form: "Thị xã",
        name: "Điện Bàn",
        actor: "ubnd-dien-ban",
        communes: &[
            ("Phường Điện Bàn", &["Vĩnh Điện", "Điện Minh", "Điện Phương"]),
            ("Phường Điện Bàn Đông", &["Điện Nam Đông", "Điện Nam Trung", "Điện Dương", "Điện Ngọc"]),
            ("Phường An Thắng", &["Điện An", "Điện Thắng Nam", "Điện Thắng Trung"]),
            ("Phường Điện Bàn Bắc", &["Điện Thắng Bắc", "Điện Hòa", "Điện Tiến"]),
            ("Xã Điện Bàn Tây", &["Điện Hồng", "Điện Thọ", "Điện Phước"]),
            ("Xã Gò Nổi", &["Điện Phong", "Điện Trung", "Điện Quang"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Duy Xuyên",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Nam Phước", &["Nam Phước", "Duy Phước", "Duy Vinh"]),
            ("Xã Duy Nghĩa", &["Duy Thành", "Duy Hải", "Duy Nghĩa"]),
            ("Xã Duy Xuyên", &["Duy Trung", "Duy Sơn", "Duy Trinh"]),
            ("Xã Thu Bồn", &["Duy Châu", "Duy Hòa", "Duy Phú", "Duy Tân"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Đại Lộc",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Đại Lộc", &["Ái Nghĩa", "Đại Hiệp", "Đại Hòa", "Đại An", "Đại Nghĩa"]),
            ("Xã Hà Nha", &["Đại Đồng", "Đại Hồng", "Đại Quang"]),
            ("Xã Thượng Đức", &["Đại Lãnh", "Đại Hưng", "Đại Sơn"]),
            ("Xã Vu Gia", &["Đại Phong", "Đại Minh", "Đại Cường"]),
            ("Xã Phú Thuận", &["Đại Tân", "Đại Thắng", "Đại Chánh", "Đại Thạnh"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Quế Sơn",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Quế Sơn", &["Đông Phú", "Quế Minh", "Quế An", "Quế Long"]),
            ("Xã Quế Sơn Trung", &["Quế Mỹ", "Quế Hiệp", "Quế Thuận", "Quế Châu"]),
            ("Xã Xuân Phú", &["Hương An", "Quế Xuân 1", "Quế Xuân 2", "Quế Phú"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Nông Sơn",
        actor: "ubnd-huyen",
        communes: &[("Xã Nông Sơn", &["Trung Phước", "Quế Lộc"]), ("Xã Quế Phước", &["Ninh Phước", "Phước Ninh", "Quế Lâm"])],
    },
    District {
        form: "Huyện",
        name: "Thăng Bình",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Thăng Bình", &["Hà Lam", "Bình Nguyên", "Bình Quý", "Bình Phục"]),
            ("Xã Thăng An", &["Bình Triều", "Bình Giang", "Bình Đào", "Bình Minh", "Bình Dương"]),
            ("Xã Thăng Trường", &["Bình Nam", "Bình Hải", "Bình Sa"]),
            ("Xã Thăng Điền", &["Bình An", "Bình Trung", "Bình Tú"]),
            ("Xã Thăng Phú", &["Bình Phú", "Bình Quế"]),
            ("Xã Đồng Dương", &["Bình Lãnh", "Bình Trị", "Bình Định"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Hiệp Đức",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Hiệp Đức", &["Tân Bình", "Quế Tân", "Quế Lưu"]),
            ("Xã Việt An", &["Thăng Phước", "Bình Lâm", "Bình Sơn", "Quế Thọ"]),
            ("Xã Phước Trà", &["Sông Trà", "Phước Gia", "Phước Trà"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Núi Thành",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Núi Thành", &["Núi Thành", "Tam Quang", "Tam Nghĩa", "Tam Hiệp", "Tam Giang"]),
            ("Xã Tam Mỹ", &["Tam Mỹ Đông", "Tam Mỹ Tây", "Tam Trà"]),
            ("Xã Tam Anh", &["Tam Hòa", "Tam Anh Bắc", "Tam Anh Nam"]),
            ("Xã Đức Phú", &["Tam Sơn", "Tam Thạnh"]),
            ("Xã Tam Xuân", &["Tam Xuân I", "Tam Xuân II", "Tam Tiến"]),
            ("Xã Tam Hải", &["Tam Hải"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Phú Ninh",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Chiên Đàn", &["Phú Thịnh", "Tam Đàn", "Tam Thái"]),
            ("Xã Tây Hồ", &["Tam An", "Tam Thành", "Tam Phước", "Tam Lộc"]),
            ("Xã Phú Ninh", &["Tam Dân", "Tam Đại", "Tam Lãnh"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Tiên Phước",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Tiên Phước", &["Tiên Kỳ", "Tiên Mỹ", "Tiên Phong", "Tiên Thọ"]),
            ("Xã Lãnh Ngọc", &["Tiên Lãnh", "Tiên Ngọc", "Tiên Hiệp"]),
            ("Xã Thạnh Bình", &["Tiên An", "Tiên Cảnh", "Tiên Lộc", "Tiên Lập"]),
            ("Xã Sơn Cẩm Hà", &["Tiên Sơn", "Tiên Hà", "Tiên Cẩm", "Tiên Châu"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Bắc Trà My",
        actor: "ubnd-bac-tra-my",
        communes: &[
            ("Xã Trà My", &["Trà My", "Trà Sơn", "Trà Giang", "Trà Dương"]),
            ("Xã Trà Liên", &["Trà Đông", "Trà Nú", "Trà Kót"]),
            ("Xã Trà Giáp", &["Trà Giáp", "Trà Ka"]),
            ("Xã Trà Tân", &["Trà Tân", "Trà Giác"]),
            ("Xã Trà Đốc", &["Trà Đốc", "Trà Bui"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Nam Trà My",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Nam Trà My", &["Trà Mai", "Trà Don"]),
            ("Xã Trà Tập", &["Trà Tập", "Trà Cang"]),
            ("Xã Trà Vân", &["Trà Vân", "Trà Vinh"]),
            ("Xã Trà Linh", &["Trà Linh", "Trà Nam"]),
            ("Xã Trà Leng", &["Trà Leng", "Trà Dơn"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Phước Sơn",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Khâm Đức", &["Khâm Đức", "Phước Xuân"]),
            ("Xã Phước Năng", &["Phước Đức", "Phước Năng", "Phước Mỹ"]),
            ("Xã Phước Chánh", &["Phước Chánh", "Phước Công"]),
            ("Xã Phước Thành", &["Phước Thành", "Phước Lộc", "Phước Kim"]),
            ("Xã Phước Hiệp", &["Phước Hiệp", "Phước Hòa"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Nam Giang",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Thạnh Mỹ", &["Thạnh Mỹ"]),
            ("Xã Bến Giằng", &["Cà Dy", "Tà Bhing", "Tà Pơơ"]),
            ("Xã Nam Giang", &["Zuôih", "Chà Vàl"]),
            ("Xã Đắc Pring", &["Đắc Pring", "Đắc Pre"]),
            ("Xã La Dêê", &["La Dêê", "Đắc Tôi"]),
            ("Xã La Êê", &["La Êê", "Chơ Chun"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Đông Giang",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Đông Giang", &["Prao", "Tà Lu", "A Rooi", "Zà Hung"]),
            ("Xã Sông Vàng", &["Tư", "Ba"]),
            ("Xã Sông Kôn", &["Sông Kôn", "Jơ Ngây", "A Ting"]),
            ("Xã Bến Hiên", &["Kà Dăng", "Mà Cooih"]),
        ],
    },
    District {
        form: "Huyện",
        name: "Tây Giang",
        actor: "ubnd-huyen",
        communes: &[
            ("Xã Tây Giang", &["A Tiêng", "A Nông", "Lăng"]),
            ("Xã Avương", &["A Vương", "Dang", "Bhalêê"]),
            ("Xã Hùng Sơn", &["Gari", "Axan", "Tr'Hy", "Ch'Ơm"]),
        ],
    },
];
