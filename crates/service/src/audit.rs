//! Reading the audit: what was done, by whom, from what to what.
//! Not for: writing it; each act does so in its own transaction.

use domain::roles::Act;
use domain::time::{Date, Instant, midnight};
use store::read::audit::{self, AuditWanted};

use crate::{ActError, Ctx, Services};

pub use store::read::audit::AuditLine;

/// Every act that leaves a line.
pub const ACTS: &[&str] = &[
    "account.add",
    "account.end_sessions",
    "account.grant",
    "account.lock",
    "account.password",
    "account.reset_password",
    "account.ungrant",
    "account.unlock",
    "api.undo",
    "api.write",
    "class.amend",
    "class.begin",
    "class.cancel",
    "class.close",
    "class.create",
    "class.finish",
    "class.keep_seats",
    "class.lecturer",
    "class.open",
    "class.postpone",
    "class.recognise",
    "class.room",
    "class.rules",
    "class.shares",
    "class.sittings",
    "correction.accept",
    "correction.propose",
    "correction.refuse",
    "correction.withdraw",
    "council.keep",
    "directory.add",
    "directory.bind",
    "directory.change",
    "directory.group_add",
    "directory.group_change",
    "directory.group_remove",
    "directory.refuse",
    "directory.remove",
    "directory.unbind",
    "intake.carry",
    "intake.drop_file",
    "intake.forget",
    "intake.original",
    "intake.take",
    "intake.undo",
    "list.share",
    "list.unshare",
    "mandate.end",
    "mandate.give",
    "need.add",
    "need.approve",
    "need.ask",
    "need.confirm",
    "need.judge",
    "need.refuse",
    "need.withdraw",
    "nomination.agree",
    "nomination.confirm",
    "nomination.keep",
    "nomination.let_go",
    "nomination.name",
    "nomination.refuse",
    "nomination.withdraw",
    "paper.body",
    "paper.cancel_number",
    "paper.forward",
    "paper.issue",
    "paper.number",
    "paper.opine",
    "paper.register",
    "paper.return",
    "paper.rewrite",
    "paper.scan",
    "paper.sign",
    "paper.stop",
    "paper.submit",
    "paper.take_back",
    "people.export",
    "people.own_file",
    "people.reveal",
    "people.scan",
    "people.sensitive",
    "people.take_names",
    "plan.amend",
    "plan.create",
    "plan.issue",
    "plan.return",
    "plan.save",
    "plan.submit",
    "plan.take_in",
    "plan.withdraw",
    "post.keep",
    "procedure.save",
    "programme.approve",
    "programme.begin",
    "programme.close",
    "programme.create",
    "programme.material",
    "programme.material_gone",
    "programme.mended",
    "programme.minutes",
    "programme.present",
    "programme.recall",
    "programme.retire",
    "programme.return",
    "programme.save",
    "programme.send",
    "programme.vote",
    "register.add",
    "register.amend",
    "register.back",
    "register.close_promise",
    "register.leave",
    "register.merge",
    "register.move",
    "register.plan_post",
    "register.promise",
    "register.qualification",
    "register.rating",
    "register.record",
    "register.scan",
    "register.scan_gone",
    "register.second",
    "register.set_apart",
    "register.strike",
    "register.undo",
    "review.answer",
    "review.approve",
    "review.close",
    "review.draft",
    "review.extend",
    "review.gather",
    "review.open",
    "review.remind",
    "review.reopen",
    "review.return",
    "review.send",
    "review.take_back",
    "scheme.create",
    "scheme.publish",
    "scheme.retire",
    "scheme.save_draft",
    "scheme.start_draft",
    "session.end",
    "session.end_others",
    "session.open",
    "standard.create",
    "standard.publish",
    "standard.retire",
    "standard.save_draft",
    "standard.start_draft",
    "standard.weights",
    "survey.answer",
    "survey.close",
    "survey.draft",
    "survey.open",
    "target.mark",
    "task.mark",
    "template.add",
    "template.end",
    "token.create",
    "token.revoke",
    "unit.abolish",
    "unit.alias",
    "unit.area",
    "unit.create",
    "unit.merge",
    "unit.move",
    "unit.rename",
    "unit.split",
    "unit.undo",
];

/// Which lines are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditAsk {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Login of the account.
    pub login: Option<String>,
    /// One of [`ACTS`].
    pub act: Option<String>,
    /// Text of the subject.
    pub subject: Option<String>,
}

/// A page of the audit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditPage {
    /// Newest first.
    pub lines: Vec<AuditLine>,
    /// There are older ones.
    pub more: bool,
}

/// Lines of the audit before a place in it, newest first.
///
/// # Errors
/// [`ActError::Forbidden`] for those who may not read the audit.
pub async fn page(
    services: &Services,
    ctx: &Ctx,
    ask: &AuditAsk,
    before: Option<(Instant, i64)>,
    limit: u32,
) -> Result<AuditPage, ActError> {
    ctx.scope(Act::ViewAudit)?;
    let wanted = AuditWanted {
        from: ask.from.map(midnight),
        until: ask.to.and_then(Date::next_day).map(midnight),
        login: ask.login.clone(),
        act: ask.act.clone(),
        subject: ask.subject.clone(),
    };
    let mut lines = audit::page(&services.db, &wanted, before, limit.saturating_add(1)).await?;
    let shown = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = lines.len() > shown;
    lines.truncate(shown);
    Ok(AuditPage { lines, more })
}
