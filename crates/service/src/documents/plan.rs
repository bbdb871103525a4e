//! A version of a plan as a paper: its lines by content, its money by source, its duties, with the lines as an annex.
//! Not for: names of people; a plan as a paper counts them.

use std::collections::BTreeSet;

use ::documents::papers::forms::{Duty, PlanLine, YearPlan, year_plan};
use ::documents::papers::{Issue, Paper};
use domain::ids::PlanId;
use domain::papers::PaperKind;
use domain::plans::Line;

use super::{DocumentRefusal, Refused, frame, words};
use crate::plans::{self, Known, rows};
use crate::registry::without_refusal;
use crate::{ActError, Ctx, Services};

pub(super) async fn paper(services: &Services, ctx: &Ctx, id: PlanId, number: Option<i32>) -> Result<(PaperKind, Paper), Refused> {
    let view = plans::one(services, ctx, id, number).await.map_err(without_refusal)?;
    if view.body.lines.is_empty() {
        return Err(ActError::Refused(DocumentRefusal::Empty));
    }
    let known = plans::known(services, ctx, &view.body.officials()).await.map_err(without_refusal)?;
    let plan = &view.plan;
    let mut framed = frame::frame(services, ctx, view.version.case, view.paper_kind(), plan.bloc).await?;
    if let (Some(number), Some(on)) = (&view.version.paper_number, view.version.issued_on) {
        framed.frame.issue = Issue::Given { number: number.clone(), on };
    }
    let mut lines: Vec<&Line> = view.body.lines.iter().collect();
    lines.sort_by_key(|line| (line.content.is_none(), line.content));
    let form = YearPlan {
        year: plan.from,
        until: (plan.to != plan.from).then_some(plan.to),
        people: "cán bộ, công chức, viên chức".to_owned(),
        bases: bases(&lines, &known),
        aims: vec![
            "Trang bị, cập nhật kiến thức, kỹ năng theo tiêu chuẩn chức danh, vị trí việc làm và theo nhu cầu đã được tổng hợp, phê duyệt."
                .to_owned(),
        ],
        demands: vec![
            "Cử đúng người, đúng nội dung; không trùng lớp, không trùng thời gian; sử dụng kinh phí đúng mục đích, tiết kiệm.".to_owned(),
        ],
        lines: lines.iter().map(|line| as_paper(line, &known)).collect(),
        duties: duties(&lines, &known),
    };
    Ok((view.paper_kind(), year_plan(&framed.frame, &form)?))
}

/// The schemes whose topics the lines carry out.
fn bases(lines: &[&Line], known: &Known) -> Vec<String> {
    let named: BTreeSet<&str> = lines.iter().filter_map(|line| line.topic.as_ref()).map(|topic| topic.scheme.as_str()).collect();
    let schemes = known.schemes.iter().filter(|stored| named.contains(stored.scheme.code.as_str()));
    let basis = |scheme: &domain::schemes::Scheme| match scheme.number.as_str() {
        "" => format!("Căn cứ văn bản “{}”", scheme.title.vi),
        number => format!("Căn cứ văn bản số {number}: {}", scheme.title.vi),
    };
    schemes.map(|stored| basis(&stored.scheme)).collect()
}

fn as_paper(line: &Line, known: &Known) -> PlanLine {
    let row = rows::row(line, known);
    // A programme under its own title is not said twice.
    let programme = row.programme.map(|(_, title)| title).filter(|title| *title != row.title.vi);
    let lead = row.lead.map(|title| title.vi);
    PlanLine {
        group: line.content.map_or("Nội dung khác", words::content).to_owned(),
        topic: row.title.vi,
        programme: programme.unwrap_or_default(),
        form: words::form(line.form).to_owned(),
        classes: line.classes,
        people: u32::try_from(row.people).unwrap_or(u32::MAX),
        months: if row.months.is_empty() { String::new() } else { format!("tháng {}", row.months) },
        place: row.place,
        lead: lead.unwrap_or_default(),
        cooperating: row.with.into_iter().map(|title| title.vi).collect::<Vec<_>>().join("; "),
        money: line.cost,
        source: line.source.map_or("", words::source).to_owned(),
    }
}

/// Who leads classes, and what the two departments do in every plan.
fn duties(lines: &[&Line], known: &Known) -> Vec<Duty> {
    let own = |work: &[&str]| work.iter().map(|text| (*text).to_owned()).collect();
    let mut duties = vec![
        Duty {
            body: "Sở Nội vụ".to_owned(), work: own(&["Theo dõi, đôn đốc, tổng hợp kết quả thực hiện Kế hoạch."])
        },
        Duty {
            body: "Sở Tài chính".to_owned(), work: own(&["Tham mưu bố trí kinh phí thực hiện Kế hoạch theo quy định."])
        },
    ];
    let leads: BTreeSet<String> =
        lines.iter().filter_map(|line| line.lead.as_ref()).map(|lead| rows::agency_title(lead, known).vi).collect();
    let others = leads.into_iter().filter(|lead| !lead.is_empty() && duties.iter().all(|duty| duty.body != *lead)).collect::<Vec<_>>();
    duties.extend(others.into_iter().map(|body| Duty { body, work: own(&["Mở các lớp được giao chủ trì tại Phụ lục."]) }));
    duties
}
