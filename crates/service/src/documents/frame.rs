//! What is around a paper: who issues and signs it, its number and day, under which page rules. The procedure names body and register.
//! Not for: what it says.

use ::documents::papers::forms::Frame;
use ::documents::papers::{Family as Pages, Issue, PageRules, PaperDay, Signature};
use domain::ids::CaseId;
use domain::orgs::{Bloc, UnitKind};
use domain::papers::mandates::{Body, Led, Mandate, SignAs, Standing};
use domain::papers::numbers::symbol;
use domain::papers::procedure::Procedure;
use domain::papers::{Family, PaperKind};
use domain::time::Date;
use store::read::papers::{self as read, Case, RegisterLine};

use super::code::Code;
use super::{DocumentRefusal, Refused};
use crate::registry::UnitView;
use crate::{ActError, Ctx, Services, papers, registry};

/// The frame with what forms say of it.
pub(super) struct Framed {
    pub(super) frame: Frame,
    /// Who decides, as a sentence says it: "Chủ tịch Ủy ban nhân dân tỉnh Quảng Nam".
    pub(super) authority: String,
    /// The issuing body as a sentence says it.
    pub(super) issuer: String,
}

/// Stands for a name that is not known yet.
pub(super) const NO_NAME: &str = "…………………";

/// The frame of a paper that is on its way, or of one that is not yet.
pub(super) async fn frame(services: &Services, ctx: &Ctx, case: Option<CaseId>, kind: PaperKind, bloc: Bloc) -> Result<Framed, Refused> {
    let case = match case {
        Some(id) => Some(read::case(&services.db, id).await?),
        None => None,
    };
    let procedure = match &case {
        Some(case) => papers::procedure_of(services, case).await?,
        None => papers::procedure_for(services, kind, bloc).await?.ok_or(ActError::Refused(DocumentRefusal::NoProcedure))?,
    };
    let no_body = || ActError::Refused(DocumentRefusal::NoBody);
    let code = last(&procedure, |step| step.body.as_ref()).ok_or_else(no_body)?;
    let body = read::bodies(&services.db).await?.into_iter().find(|line| line.code == *code).ok_or_else(no_body)?.body;
    let register = match last(&procedure, |step| step.register.as_ref()) {
        Some(code) => read::registers(&services.db).await?.into_iter().find(|line| line.code == *code),
        None => None,
    };
    let province = province(services, ctx).await?;
    let day = case.as_ref().and_then(|case| case.number.as_ref()).map_or(ctx.today, |number| number.dated_on);
    let family = match body.family {
        Family::State => Pages::State,
        Family::Party => Pages::Party,
    };
    let rules = PageRules::on(family, PaperDay(day)).map_err(|none| ActError::Refused(DocumentRefusal::NoRules(none)))?;
    let place = ["Tỉnh ", "Thành phố "].iter().find_map(|kind| province.strip_prefix(kind)).unwrap_or(&province).to_owned();
    let (superior, issuer) = heads(&body, &province, &place);
    let spoken = issuer.replace('\n', " ");
    let signature = signature(&body, case.as_ref(), ctx.today)?;
    let frame = Frame {
        rules,
        superior,
        issuer,
        place,
        issue: issue(case.as_ref(), register.as_ref(), day.year()),
        signature,
        recipients: vec!["Các cơ quan, đơn vị liên quan".to_owned()],
        archive: "Lưu: VT".to_owned(),
        code: case.as_ref().map(|case| Code::of(case).text()),
    };
    let head = sentence(&body.head_post);
    let authority = format!("{head} {}", if body.led == Led::Collective { lower(&spoken) } else { spoken.clone() });
    Ok(Framed { frame, authority, issuer: spoken })
}

/// The post of who signs for a unit.
pub(super) fn head_post(unit: &UnitView) -> &'static str {
    match (unit.unit.kind, unit.unit.bloc) {
        (UnitKind::Province | UnitKind::Commune | UnitKind::District, _) => "Chủ tịch",
        (UnitKind::School, _) => "Hiệu trưởng",
        (_, Bloc::Party) => "Trưởng ban",
        (UnitKind::Department, _) => "Giám đốc",
        _ => "Thủ trưởng",
    }
}

/// What stands around a paper of a unit: its head signs, with the name left open.
pub(super) fn of_unit(unit: &UnitView, province: &str, issue: Issue, today: Date) -> Result<(Frame, String), Refused> {
    let place = ["Tỉnh ", "Thành phố "].iter().find_map(|kind| province.strip_prefix(kind)).unwrap_or(province).to_owned();
    let name = unit.unit.name.clone();
    let committee = |of: &str| format!("Ủy ban nhân dân\n{of}");
    let above = || Some(committee(&lower(province)));
    let head = head_post(unit);
    let (superior, issuer, represents) = match (unit.unit.kind, unit.unit.bloc) {
        (UnitKind::Province, _) => (None, committee(&lower(province)), Some("TM. ỦY BAN NHÂN DÂN")),
        (UnitKind::Commune | UnitKind::District, _) => {
            let own = ["Xã ", "Phường ", "Đặc khu ", "Huyện "].iter().find(|kind| name.starts_with(*kind));
            let own = own.map_or_else(|| name.clone(), |kind| name.replacen(kind, &kind.to_lowercase(), 1));
            (above(), committee(&own), Some("TM. ỦY BAN NHÂN DÂN"))
        }
        (_, Bloc::Party) if unit.unit.kind != UnitKind::School => (Some(format!("Tỉnh ủy {place}")), name, None),
        _ => (above(), name, None),
    };
    let day = if let Issue::Given { on, .. } = &issue { *on } else { today };
    let rules = PageRules::on(Pages::State, PaperDay(day)).map_err(|none| ActError::Refused(DocumentRefusal::NoRules(none)))?;
    let authority = format!("{head} {}", issuer.replace('\n', " "));
    let lines = represents.map(str::to_owned).into_iter().chain([head.to_uppercase()]).collect();
    let signature = Signature { lines, name: NO_NAME.to_owned() };
    let recipients = vec!["Như trên hoặc theo danh sách".to_owned()];
    Ok((Frame { rules, superior, issuer, place, issue, signature, recipients, archive: "Lưu: VT".to_owned(), code: None }, authority))
}

/// What the last step of a procedure says that says it.
fn last<'p, T>(procedure: &'p Procedure, of: impl Fn(&'p domain::papers::procedure::Step) -> Option<&'p T>) -> Option<&'p T> {
    procedure.steps.iter().rev().find_map(of)
}

/// The name of the province, whoever asks: it stands on papers of people who see no units.
pub(super) async fn province(services: &Services, ctx: &Ctx) -> Result<String, Refused> {
    let codes = store::read::units::codes(&services.db).await?;
    let (root, ..) = codes.into_iter().find(|(.., kind)| *kind == UnitKind::Province).ok_or(ActError::NotFound)?;
    Ok(registry::view_of_id(services, ctx, root, ctx.today).await.map_err(registry::without_refusal)?.unit.name.clone())
}

/// The body above and the issuing one, as they stand at the head. A body of the Party that decides as one is the committee itself; a board
/// that its head leads stands under it.
fn heads(body: &Body, province: &str, place: &str) -> (Option<String>, String) {
    let name = sentence(&body.name);
    let committee = || format!("{} {place}", if province.starts_with("Thành phố ") { "Thành ủy" } else { "Tỉnh ủy" });
    match (body.family, body.led) {
        (Family::Party, Led::Collective) => (None, committee()),
        (Family::Party, Led::Head) => (Some(committee()), name),
        (Family::State, Led::Collective) => (None, format!("{name}\n{}", lower(province))),
        (Family::State, Led::Head) => (Some(format!("Ủy ban nhân dân\n{}", lower(province))), name),
    }
}

fn signature(body: &Body, case: Option<&Case>, today: Date) -> Result<Signature, Refused> {
    Ok(match case.and_then(|case| case.signed.as_ref()) {
        Some(signed) => Signature { lines: signed.lines.clone(), name: signed.name.clone() },
        None => {
            let head =
                Mandate { sign_as: SignAs::Head, standing: Standing::Head, post: body.head_post.clone(), decision: None, during: None };
            Signature { lines: papers::above_name(body, &head, None, today)?, name: NO_NAME.to_owned() }
        }
    })
}

/// Number and day when it has them; ready to sign where it is to be signed; else a draft.
fn issue(case: Option<&Case>, register: Option<&RegisterLine>, year: i32) -> Issue {
    if let Some(number) = case.and_then(|case| case.number.as_ref()) {
        return Issue::Given { number: number.symbol.clone(), on: number.dated_on };
    }
    let sign = |line: &RegisterLine| symbol(&line.pattern.replace("{number}", ""), 0, &line.kind_sign, &line.unit_sign);
    let symbol = register.map_or_else(|| "/…".to_owned(), sign);
    let is_ready = case.is_some_and(|case| case.signed.is_some() || case.body.is_some());
    if is_ready { Issue::ToSign { symbol, year } } else { Issue::Draft { symbol, year } }
}

/// "ỦY BAN NHÂN DÂN" is "Ủy ban nhân dân".
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    first.to_uppercase().chain(letters.as_str().to_lowercase().chars()).collect()
}

/// With a small first letter: "Tỉnh Quảng Nam" is "tỉnh Quảng Nam"; but "Ủy ban" stays a name.
pub(super) fn lower(text: &str) -> String {
    match ["Tỉnh ", "Thành phố "].into_iter().find(|kind| text.starts_with(kind)) {
        Some(kind) => text.replacen(kind, &kind.to_lowercase(), 1),
        None => text.to_owned(),
    }
}
