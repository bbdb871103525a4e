//! Kế hoạch đào tạo, bồi dưỡng of a year or of several, with its classes as an annex.
//! Not for: drawing up a plan.

use super::{Frame, Said, centre, counted, grouped, last, left, listed, right};
use crate::papers::body::{Block, Item, Level, Row, Table};
use crate::papers::paper::{Paper, PaperFault};

/// A year plan.
#[derive(Debug, Clone, Default)]
pub struct YearPlan {
    /// The year, or the first of several.
    pub year: i32,
    /// The last year of a plan of several.
    pub until: Option<i32>,
    /// Whom it is for, as it stands in the title: "cán bộ, công chức, viên chức".
    pub people: String,
    /// Căn cứ.
    pub bases: Vec<String>,
    /// What the plan is for; a paragraph each.
    pub aims: Vec<String>,
    /// What carrying it out must look at; a paragraph each.
    pub demands: Vec<String>,
    /// The classes, in order.
    pub lines: Vec<PlanLine>,
    /// Who does what.
    pub duties: Vec<Duty>,
}

/// A class, or several of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlanLine {
    /// What the lines with this heading have in common; a new heading opens a new group.
    pub group: String,
    /// The content.
    pub topic: String,
    /// The programme.
    pub programme: String,
    /// The form: at one place, on line.
    pub form: String,
    /// How many classes.
    pub classes: u32,
    /// How many people in all.
    pub people: u32,
    /// When: "tháng 3–4".
    pub months: String,
    /// Where.
    pub place: String,
    /// Who leads.
    pub lead: String,
    /// Who helps.
    pub cooperating: String,
    /// Đồng.
    pub money: i64,
    /// Where the money comes from.
    pub source: String,
}

/// What a body does in carrying out a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// The body.
    pub body: String,
    /// Its work, a point each.
    pub work: Vec<String>,
}

impl YearPlan {
    /// "năm 2027", "giai đoạn 2026–2030".
    fn when(&self) -> String {
        match self.until.filter(|until| *until != self.year) {
            Some(until) => format!("giai đoạn {}–{until}", self.year),
            None => format!("năm {}", self.year),
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl PlanLine {
    /// The line as a row of a template.
    #[must_use]
    pub fn fields(&self, number: usize) -> Vec<(&'static str, String)> {
        vec![
            ("stt", number.to_string()),
            ("noi_dung", self.topic.clone()),
            ("chuong_trinh", self.programme.clone()),
            ("hinh_thuc", self.form.clone()),
            ("so_lop", counted(self.classes.into())),
            ("so_nguoi", counted(self.people.into())),
            ("thoi_gian", self.months.clone()),
            ("dia_diem", self.place.clone()),
            ("chu_tri", self.lead.clone()),
            ("phoi_hop", self.cooperating.clone()),
            ("kinh_phi", grouped(self.money)),
            ("nguon", self.source.clone()),
        ]
    }
}

/// Sums of lines.
#[derive(Clone, Copy, Default)]
struct Sum {
    classes: u64,
    people: u64,
    money: i64,
}

impl Sum {
    fn of<'l>(lines: impl IntoIterator<Item = &'l PlanLine>) -> Self {
        lines.into_iter().fold(Self::default(), |sum, line| Self {
            classes: sum.classes.saturating_add(u64::from(line.classes)),
            people: sum.people.saturating_add(u64::from(line.people)),
            money: sum.money.saturating_add(line.money),
        })
    }
}

/// The plan as a paper.
///
/// # Errors
/// [`PaperFault`].
pub fn year_plan(frame: &Frame, plan: &YearPlan) -> Result<Paper, PaperFault> {
    let when = plan.when();
    let whole = Sum::of(&plan.lines);
    let mut body = vec![Item::titled(Level::Group, "Mục đích, yêu cầu"), Item::titled(Level::Clause, "Mục đích")];
    body.extend(plan.aims.iter().cloned().map(Block::Paragraph));
    body.push(Item::titled(Level::Clause, "Yêu cầu"));
    body.extend(plan.demands.iter().cloned().map(Block::Paragraph));
    body.push(Item::titled(Level::Group, "Nội dung"));
    body.push(Block::Paragraph(format!(
        "{} mở {} lớp với {} lượt người học. Tổng hợp theo nhóm nội dung như sau; danh mục từng lớp tại Phụ lục kèm theo.",
        capital(&when),
        counted(whole.classes),
        counted(whole.people)
    )));
    body.push(Block::Table(summary(plan, whole)?));
    body.push(Item::titled(Level::Group, "Kinh phí"));
    body.push(Block::Paragraph(money(plan, whole)));
    body.push(Item::titled(Level::Group, "Tổ chức thực hiện"));
    for duty in &plan.duties {
        body.push(Item::titled(Level::Clause, &duty.body));
        body.extend(duty.work.iter().map(|work| Item::text(Level::Point, work)));
    }
    body.push(last("Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các cơ quan, đơn vị phản ánh kịp thời về cơ quan ban hành để xem xét, điều chỉnh"));
    let people = &plan.people;
    let said = Said {
        kind: "Kế hoạch",
        excerpt: format!("Đào tạo, bồi dưỡng {people} {when}"),
        bases: plan.bases.clone(),
        body,
        ..Said::default()
    };
    let annex = listed(format!("Danh mục lớp đào tạo, bồi dưỡng {when}"), columns(), rows(plan, whole))?;
    let rows = (1..).zip(&plan.lines).map(|(number, line)| line.fields(number)).collect();
    Ok(frame.paper(said)?.with_annex(annex).with_rows(rows))
}

/// The groups in the order in which they open.
fn groups(plan: &YearPlan) -> Vec<&str> {
    let mut groups: Vec<&str> = Vec::new();
    for line in &plan.lines {
        if !groups.contains(&line.group.as_str()) {
            groups.push(&line.group);
        }
    }
    groups
}

fn summary(plan: &YearPlan, whole: Sum) -> Result<Table, PaperFault> {
    let columns = vec![centre("TT", 1), left("Nhóm nội dung", 7), right("Số lớp", 2), right("Lượt người", 2), right("Kinh phí (đồng)", 3)];
    let cells =
        |number: String, name: &str, sum: Sum| vec![number, name.to_owned(), counted(sum.classes), counted(sum.people), grouped(sum.money)];
    let of_group = |(number, group): (usize, &str)| {
        Row::Cells(cells(number.to_string(), group, Sum::of(plan.lines.iter().filter(|line| line.group == group))))
    };
    let mut rows: Vec<Row> = (1..).zip(groups(plan)).map(of_group).collect();
    rows.push(Row::Total(cells(String::new(), "Tổng cộng", whole)));
    Table::new(columns, rows)
}

fn money(plan: &YearPlan, whole: Sum) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for line in &plan.lines {
        if !line.source.is_empty() && !sources.contains(&line.source.as_str()) {
            sources.push(&line.source);
        }
    }
    let from = if sources.is_empty() { String::new() } else { format!(", từ nguồn: {}", sources.join("; ")) };
    format!("Tổng kinh phí dự kiến {} đồng{from}.", grouped(whole.money))
}

fn columns() -> Vec<super::Column> {
    vec![
        centre("TT", 4),
        left("Nội dung", 17),
        left("Chương trình", 14),
        left("Hình thức", 8),
        right("Số lớp", 5),
        right("Số người", 6),
        left("Thời gian", 8),
        left("Địa điểm", 10),
        left("Chủ trì", 11),
        left("Phối hợp", 11),
        right("Kinh phí (đồng)", 11),
        left("Nguồn", 9),
    ]
}

fn rows(plan: &YearPlan, whole: Sum) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut number = 0;
    for group in groups(plan) {
        if !group.is_empty() {
            rows.push(Row::Group(group.to_owned()));
        }
        for line in plan.lines.iter().filter(|line| line.group == group) {
            number += 1;
            rows.push(Row::Cells(line.fields(number).into_iter().map(|(_, value)| value).collect()));
        }
    }
    let mut total = vec![String::new(); columns().len()];
    let sums = [(1, "Tổng cộng".to_owned()), (4, counted(whole.classes)), (5, counted(whole.people)), (10, grouped(whole.money))];
    for (place, text) in sums {
        if let Some(cell) = total.get_mut(place) {
            *cell = text;
        }
    }
    rows.push(Row::Total(total));
    rows
}
