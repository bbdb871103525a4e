//! Papers of a class: the decisions that open it, send people and recognise results; summons, roster, sheets to sign, the report, the promise
//! of service.
//! Not for: certificates (`papers::certificate`), or who is in the class (`service`).

use domain::time::{Date, dmy};

use super::decision::{Article, Decision, decision};
use super::{Frame, Said, centre, counted, last, left, right};
use crate::papers::body::{Block, Item, Level, Row, Table};
use crate::papers::paper::{Annex, Orientation, Paper, PaperFault};

/// What every paper of a class says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassFacts {
    /// Name.
    pub name: String,
    /// Code.
    pub code: String,
    /// First and last day.
    pub days: (Date, Date),
    /// Periods.
    pub periods: u32,
    /// Seats.
    pub seats: u32,
    /// Where it meets; empty when not said.
    pub place: String,
    /// Who teaches; empty when not said.
    pub school: String,
    /// When in the day, as a sentence says it.
    pub hours: String,
    /// Who opens it, as a sentence says it.
    pub lead: String,
    /// Căn cứ.
    pub bases: Vec<String>,
}

impl ClassFacts {
    fn time(&self) -> String {
        let (from, to) = self.days;
        let days = if from == to { format!("ngày {}", dmy(from)) } else { format!("từ ngày {} đến ngày {}", dmy(from), dmy(to)) };
        if self.hours.is_empty() { days } else { format!("{days}, {}", self.hours) }
    }

    /// Sentences on time, place and school.
    fn clauses(&self) -> Vec<String> {
        let mut clauses = vec![format!("Thời gian: {}.", self.time())];
        clauses.extend((self.periods > 0).then(|| format!("Thời lượng: {} tiết.", self.periods)));
        clauses.extend((!self.place.is_empty()).then(|| format!("Địa điểm: {}.", self.place)));
        clauses.extend((!self.school.is_empty()).then(|| format!("Đơn vị giảng dạy: {}.", self.school)));
        clauses
    }

    fn called(&self) -> String {
        format!("lớp “{}”", self.name)
    }
}

/// Somebody of a class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// Name.
    pub name: String,
    /// Post.
    pub post: String,
    /// Unit.
    pub unit: String,
    /// What became of it, in words; empty while it is going on.
    pub outcome: String,
    /// Anything else.
    pub note: String,
}

fn people(list: &[Member], with_outcome: bool) -> Result<Block, PaperFault> {
    let mut columns = vec![centre("TT", 3), left("Họ và tên", 13), left("Chức danh", 13), left("Cơ quan, đơn vị", 17)];
    columns.push(left(if with_outcome { "Kết quả" } else { "Ghi chú" }, 9));
    let row = |(number, one): (usize, &Member)| {
        let end = if with_outcome { &one.outcome } else { &one.note };
        Row::Cells(vec![number.to_string(), one.name.clone(), one.post.clone(), one.unit.clone(), end.clone()])
    };
    Ok(Block::Table(Table::new(columns, (1..).zip(list).map(row).collect())?))
}

fn annex(title: &str, list: &[Member], with_outcome: bool) -> Result<Annex, PaperFault> {
    let title = title.to_owned();
    Ok(Annex { title, orientation: Orientation::Portrait, body: vec![people(list, with_outcome)?] })
}

fn size(list: &[Member]) -> String {
    counted(u64::try_from(list.len()).unwrap_or(u64::MAX))
}

/// Quyết định mở lớp.
///
/// # Errors
/// [`PaperFault`].
pub fn opening(frame: &Frame, authority: &str, class: &ClassFacts) -> Result<Paper, PaperFault> {
    let open = Article {
        text: format!("Mở {}, mã lớp {}, tối đa {} người học:", class.called(), class.code, class.seats),
        clauses: class.clauses(),
    };
    let duty = format!("{} chủ trì, phối hợp với các cơ quan, đơn vị có liên quan tổ chức lớp theo quy định.", class.lead);
    decision(
        frame,
        &Decision {
            authority: authority.to_owned(),
            about: format!("Mở {}", class.called()),
            bases: class.bases.clone(),
            articles: vec![open, Article { text: duty, clauses: Vec::new() }],
            responsible: vec![class.lead.clone(), "các cơ quan, đơn vị có liên quan".to_owned()],
            annexes: Vec::new(),
        },
    )
}

/// Quyết định cử đi học, of everybody or of the people of one unit.
///
/// # Errors
/// [`PaperFault`].
pub fn dispatch(frame: &Frame, authority: &str, class: &ClassFacts, unit: Option<&str>, list: &[Member]) -> Result<Paper, PaperFault> {
    let who = match (list, unit) {
        ([one], _) => format!("ông (bà) {}, {}, {}", one.name, one.post, one.unit),
        (_, Some(unit)) => format!("{} cán bộ, công chức, viên chức của {unit} (danh sách kèm theo)", size(list)),
        (_, None) => format!("{} cán bộ, công chức, viên chức (danh sách kèm theo)", size(list)),
    };
    let send = Article { text: format!("Cử {who} tham gia {}:", class.called()), clauses: class.clauses() };
    let duty = "Người được cử đi học có trách nhiệm tham gia đầy đủ, chấp hành quy chế của lớp và báo cáo kết quả học tập; \
                cơ quan, đơn vị bố trí thời gian, công việc để người được cử đi học."
        .to_owned();
    let annexes = if list.len() == 1 { Vec::new() } else { vec![annex("Danh sách cử đi học", list, false)?] };
    decision(
        frame,
        &Decision {
            authority: authority.to_owned(),
            about: format!("Cử cán bộ, công chức, viên chức tham gia {}", class.called()),
            bases: class.bases.clone(),
            articles: vec![send, Article { text: duty, clauses: Vec::new() }],
            responsible: vec![class.lead.clone(), "Thủ trưởng cơ quan, đơn vị liên quan và người được cử".to_owned()],
            annexes,
        },
    )
}

/// Quyết định công nhận kết quả.
///
/// # Errors
/// [`PaperFault`].
pub fn recognition(frame: &Frame, authority: &str, class: &ClassFacts, list: &[Member], finished: usize) -> Result<Paper, PaperFault> {
    let text = format!(
        "Công nhận kết quả {} cho {} người học, trong đó {finished} người hoàn thành (danh sách kèm theo).",
        class.called(),
        size(list)
    );
    let duty = format!("{} cấp chứng chỉ cho người hoàn thành và lưu hồ sơ theo quy định.", class.lead);
    decision(
        frame,
        &Decision {
            authority: authority.to_owned(),
            about: format!("Công nhận kết quả {}", class.called()),
            bases: class.bases.clone(),
            articles: vec![Article { text, clauses: class.clauses() }, Article { text: duty, clauses: Vec::new() }],
            responsible: vec![class.lead.clone(), "cơ quan, đơn vị liên quan và người học có tên trong danh sách".to_owned()],
            annexes: vec![annex("Danh sách công nhận kết quả", list, true)?],
        },
    )
}

/// Giấy triệu tập of one person.
///
/// # Errors
/// [`PaperFault`].
pub fn summons(frame: &Frame, class: &ClassFacts, one: &Member, opening: &str) -> Result<Paper, PaperFault> {
    let mut body = vec![Block::Paragraph(format!(
        "{} trân trọng mời ông (bà) {}, {}, {}, tham dự {}.",
        class.lead,
        one.name,
        one.post,
        one.unit,
        class.called()
    ))];
    body.extend(class.clauses().into_iter().map(|clause| Item::text(Level::Clause, clause)));
    body.extend((!opening.is_empty()).then(|| Item::text(Level::Clause, format!("Buổi đầu: {opening}."))));
    body.push(last("Đề nghị ông (bà) thu xếp công việc, có mặt đúng giờ; vắng mặt phải báo cáo bằng văn bản trước ngày khai giảng"));
    let to = vec![format!("Ông (bà) {}", one.name), one.unit.clone()];
    frame.paper(Said { kind: "Giấy mời", excerpt: format!("Tham dự {}", class.called()), to, body, ..Said::default() })
}

/// Danh sách học viên.
///
/// # Errors
/// [`PaperFault`].
pub fn roster(frame: &Frame, class: &ClassFacts, list: &[Member]) -> Result<Paper, PaperFault> {
    let said = format!("{} có {} học viên; thời gian: {}.", capital(&class.called()), size(list), class.time());
    let body = vec![Block::Paragraph(said), people(list, false)?];
    frame.paper(Said { kind: "Danh sách", excerpt: format!("Học viên {}", class.called()), body, ..Said::default() })
}

/// When a class meets once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meeting {
    /// "Sáng ngày 07/12/2026".
    pub when: String,
    /// Room.
    pub room: String,
    /// Who teaches.
    pub lecturer: String,
    /// What is taught.
    pub words: String,
}

/// Bảng điểm danh of one sitting; its code names class and sitting, so that the scan is filed.
///
/// # Errors
/// [`PaperFault`].
pub fn sign_in(frame: &Frame, class: &ClassFacts, meeting: &Meeting, list: &[Member]) -> Result<Paper, PaperFault> {
    let mut facts = vec![format!("Buổi học: {}.", meeting.when)];
    for (name, text) in [("Phòng", &meeting.room), ("Giảng viên", &meeting.lecturer), ("Nội dung", &meeting.words)] {
        facts.extend((!text.is_empty()).then(|| format!("{name}: {text}.")));
    }
    let mut body: Vec<Block> = facts.into_iter().map(Block::Paragraph).collect();
    let columns = vec![centre("TT", 3), left("Họ và tên", 14), left("Cơ quan, đơn vị", 17), left("Ký tên", 10), left("Ghi chú", 7)];
    let row = |(number, one): (usize, &Member)| {
        Row::Cells(vec![number.to_string(), one.name.clone(), one.unit.clone(), String::new(), String::new()])
    };
    body.push(Block::Table(Table::new(columns, (1..).zip(list).map(row).collect())?));
    frame.paper(Said { kind: "Danh sách", excerpt: format!("Học viên ký tên dự {}", class.called()), body, ..Said::default() })
}

/// Báo cáo kết quả lớp.
///
/// # Errors
/// [`PaperFault`].
pub fn report(frame: &Frame, class: &ClassFacts, sums: &[(String, usize)], sittings: usize, to: Vec<String>) -> Result<Paper, PaperFault> {
    let mut body = vec![Item::titled(Level::Clause, "Việc tổ chức lớp")];
    body.push(Block::Paragraph(format!("{} được tổ chức {}.", capital(&class.called()), class.time())));
    body.extend((sittings > 0).then(|| Block::Paragraph(format!("Số buổi học: {sittings}."))));
    body.extend(class.clauses().into_iter().skip(1).map(|clause| Item::text(Level::Point, clause)));
    body.push(Item::titled(Level::Clause, "Kết quả"));
    let columns = vec![left("Kết quả", 30), right("Số người", 10)];
    let count = |n: usize| counted(u64::try_from(n).unwrap_or(u64::MAX));
    let mut rows: Vec<Row> = sums.iter().map(|(name, n)| Row::Cells(vec![name.clone(), count(*n)])).collect();
    rows.push(Row::Total(vec!["Cộng".to_owned(), count(sums.iter().map(|(_, n)| n).sum())]));
    body.push(Block::Table(Table::new(columns, rows)?));
    body.push(last(&format!("{} báo cáo để theo dõi, chỉ đạo", class.lead)));
    frame.paper(Said {
        kind: "Báo cáo", excerpt: format!("Kết quả {}", class.called()), to, bases: Vec::new(), body, ..Said::default()
    })
}

/// Bản cam kết of somebody who is sent to study for a degree.
///
/// # Errors
/// [`PaperFault`].
pub fn commitment(frame: &Frame, class: &ClassFacts, one: &Member, months: u32) -> Result<Paper, PaperFault> {
    let body = vec![
        Block::Paragraph(format!("Tôi là {}, {}, {}, được cử tham gia {}.", one.name, one.post, one.unit, class.called())),
        Block::Paragraph("Tôi cam kết:".to_owned()),
        Item::text(Level::Clause, "Chấp hành quy chế học tập, hoàn thành khoá học đúng thời hạn và báo cáo kết quả học tập."),
        Item::text(Level::Clause, format!("Sau khi hoàn thành, làm việc theo phân công của cơ quan, đơn vị ít nhất {months} tháng.")),
        Item::text(Level::Clause, "Nếu vi phạm cam kết, đền bù chi phí đào tạo theo quy định của pháp luật."),
        last("Tôi chịu trách nhiệm về nội dung cam kết này"),
    ];
    frame.paper(Said {
        kind: "Bản cam kết",
        excerpt: format!("Thực hiện nghĩa vụ khi được cử tham gia {}", class.called()),
        body,
        ..Said::default()
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
