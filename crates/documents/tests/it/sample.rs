//! One paper of every form in both families, and the fonts they are set in.
//! Not for: checks.

use std::sync::LazyLock;

use documents::papers::forms::*;
use documents::papers::{Family, Fonts, Issue, PageRules, Paper, PaperDay, Signature};
use domain::time::{Date, date};

/// The fonts, read once.
pub(crate) fn fonts() -> &'static Fonts {
    static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(&assets::paper_fonts()).unwrap());
    &FONTS
}

pub(crate) fn day(year: i32, month: u8, day: u8) -> Date {
    date(year, month, day).unwrap()
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

/// Who issues, in a family; `number` goes with `abbreviation`.
pub(crate) fn frame(family: Family, abbreviation: &str) -> Frame {
    let on = day(2026, 2, 5);
    let rules = PageRules::on(family, PaperDay(on)).unwrap();
    match family {
        Family::State => Frame {
            rules,
            superior: None,
            issuer: "Ủy ban nhân dân\ntỉnh Sông Vàng".to_owned(),
            place: "Sông Vàng".to_owned(),
            issue: Issue::Given { number: format!("05/{abbreviation}-UBND"), on },
            signature: Signature {
                lines: texts(&["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"]),
                name: "Trần Thị Hồng Ngát".to_owned(),
            },
            recipients: texts(&["Bộ Nội vụ (b/c)", "Các sở, ban, ngành", "UBND các xã, phường"]),
            archive: "Lưu: VT, NC".to_owned(),
            code: Some("https://khuevan.example/v/05-KH-UBND-2026".to_owned()),
        },
        Family::Party => Frame {
            rules,
            superior: Some("Tỉnh ủy Sông Vàng".to_owned()),
            issuer: "Ban Tổ chức".to_owned(),
            place: "Sông Vàng".to_owned(),
            issue: Issue::Given { number: format!("07-{abbreviation}/BTC"), on },
            signature: Signature { lines: texts(&["Trưởng ban"]), name: "Lê Quang Đạt".to_owned() },
            recipients: texts(&["Thường trực Tỉnh ủy (b/c)", "Các đảng ủy trực thuộc"]),
            archive: "Lưu Văn phòng".to_owned(),
            code: None,
        },
    }
}

const FORMS: [&str; 6] = ["year_plan", "submission", "decision", "urgent_list", "review_notice", "needs_table"];

/// Every form by name.
pub(crate) fn forms(family: Family) -> Vec<(&'static str, Paper)> {
    FORMS.into_iter().map(|name| (name, form(name, family))).collect()
}

fn form(name: &str, family: Family) -> Paper {
    let bases = texts(&["Căn cứ Luật Cán bộ, công chức số 80/2025/QH15", "Căn cứ Nghị định số 171/2025/NĐ-CP;"]);
    let paper = match name {
        "year_plan" => return year_plan(&frame(family, "KH"), &plan(3)).unwrap(),
        "submission" => submission(&frame(family, "TTr"), &submitted(bases)),
        "decision" => decision(&frame(family, "QĐ"), &decided(bases)),
        "urgent_list" => urgent_list(&frame(family, "TB"), &urgent(bases)),
        "review_notice" => review_notice(&frame(family, "TB"), &notice(bases)),
        _ => needs_table(&frame(family, "BC"), &needs(bases)),
    };
    paper.unwrap()
}

/// A year plan with so many classes in each of two groups.
pub(crate) fn plan(classes: u32) -> YearPlan {
    let line = |group: &str, number: u32| PlanLine {
        group: group.to_owned(),
        topic: format!("Kỹ năng xử lý tình huống ở cơ sở, khoá {number}"),
        programme: "Bồi dưỡng theo yêu cầu vị trí việc làm".to_owned(),
        form: "Tập trung".to_owned(),
        classes: 1,
        people: 40 + number,
        months: "Tháng 3–4".to_owned(),
        place: "Trường Chính trị tỉnh".to_owned(),
        lead: "Sở Nội vụ".to_owned(),
        cooperating: "Trường Chính trị".to_owned(),
        money: 52_500_000,
        source: "Ngân sách tỉnh".to_owned(),
    };
    let groups = ["Bồi dưỡng theo tiêu chuẩn ngạch, chức danh", "Bồi dưỡng chuyển đổi số"];
    YearPlan {
        year: 2027,
        until: None,
        people: "cán bộ, công chức, viên chức".to_owned(),
        bases: texts(&["Căn cứ Luật Cán bộ, công chức số 80/2025/QH15", "Căn cứ Quyết định số 700/QĐ-TTg ngày 20/4/2026"]),
        aims: texts(&["Nâng cao năng lực thực thi công vụ, đáp ứng tiêu chuẩn chức danh và vị trí việc làm của chính quyền hai cấp."]),
        demands: texts(&["Cử đúng người, đúng nội dung; không trùng lớp, không trùng thời gian."]),
        lines: groups.iter().flat_map(|group| (1..=classes).map(move |number| line(group, number))).collect(),
        duties: vec![
            Duty {
                body: "Sở Nội vụ".to_owned(), work: texts(&["Chủ trì, theo dõi, đôn đốc;", "Báo cáo kết quả trước ngày 15/12/2027."])
            },
            Duty { body: "Sở Tài chính".to_owned(), work: texts(&["Bố trí kinh phí theo quy định."]) },
        ],
    }
}

fn submitted(bases: Vec<String>) -> Submission {
    Submission {
        to: texts(&["Ủy ban nhân dân tỉnh", "Ban Thường vụ Tỉnh ủy"]),
        about: "Phê duyệt Kế hoạch đào tạo, bồi dưỡng năm 2027".to_owned(),
        bases,
        reasons: texts(&["Còn 126 người chưa đáp ứng tiêu chuẩn về quản lý nhà nước."]),
        contents: texts(&["Kế hoạch gồm 6 lớp với 252 lượt người học, kinh phí 315.000.000 đồng."]),
        asks: texts(&["Phê duyệt Kế hoạch.", "Giao Sở Nội vụ tổ chức thực hiện."]),
        enclosed: texts(&["Dự thảo Kế hoạch", "Bảng tổng hợp nhu cầu"]),
    }
}

fn decided(bases: Vec<String>) -> Decision {
    Decision {
        authority: "Chủ tịch Ủy ban nhân dân tỉnh".to_owned(),
        about: "Phê duyệt Kế hoạch đào tạo, bồi dưỡng năm 2027".to_owned(),
        bases,
        articles: vec![
            Article {
                text: "Phê duyệt Kế hoạch đào tạo, bồi dưỡng cán bộ, công chức, viên chức năm 2027, gồm:".to_owned(),
                clauses: texts(&["Số lớp: 6.", "Kinh phí: 315.000.000 đồng."]),
            },
            Article { text: "Giao Sở Nội vụ tổ chức thực hiện.".to_owned(), clauses: Vec::new() },
        ],
        responsible: texts(&["Chánh Văn phòng Ủy ban nhân dân tỉnh", "Giám đốc Sở Nội vụ", "Giám đốc Sở Tài chính"]),
        annexes: Vec::new(),
    }
}

fn urgent(bases: Vec<String>) -> UrgentList {
    let line = |name: &str, reasons: &str| UrgentLine {
        name: name.to_owned(),
        post: "Phó Trưởng phòng".to_owned(),
        unit: "Sở Xây dựng".to_owned(),
        requirement: "Bồi dưỡng lãnh đạo, quản lý cấp phòng".to_owned(),
        reasons: reasons.to_owned(),
    };
    UrgentList {
        as_of: day(2026, 1, 31),
        bases,
        lines: vec![line("Nguyễn Thị Ước", "Trình độ chưa đúng vị trí; Có trong quy hoạch"), line("Đỗ Kỳ Nghĩa", "Thiếu chứng chỉ")],
        organiser: "Sở Nội vụ".to_owned(),
    }
}

fn notice(bases: Vec<String>) -> ReviewNotice {
    ReviewNotice {
        year: 2027,
        bases,
        scope: "các sở, ban, ngành và Ủy ban nhân dân các xã, phường".to_owned(),
        opens: day(2026, 9, 1),
        closes: day(2026, 9, 30),
        contents: texts(&["Tiêu chuẩn chức danh còn thiếu;", "Nhu cầu theo vị trí việc làm;", "Nguyện vọng cá nhân."]),
        contact: "Phòng Công chức, viên chức".to_owned(),
    }
}

fn needs(bases: Vec<String>) -> NeedsTable {
    let line = |group: &str, topic: &str, cong_chuc| NeedsLine {
        group: group.to_owned(),
        topic: topic.to_owned(),
        programme: "Chương trình của Bộ Nội vụ".to_owned(),
        can_bo: 12,
        cong_chuc,
        vien_chuc: 1_250,
        part_time: 0,
        unsaid: 0,
        units: "12 sở, 40 xã".to_owned(),
    };
    NeedsTable {
        year: 2027,
        bases,
        to: texts(&["Ủy ban nhân dân tỉnh"]),
        answered: (52, 60),
        lines: vec![line("Quản lý nhà nước", "Ngạch chuyên viên chính", 85), line("Kỹ năng", "Kỹ năng số", 640)],
    }
}
