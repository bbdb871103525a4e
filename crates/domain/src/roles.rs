//! Who may do what, where: roles, scopes and the one function that authorises.
//! Not for: checking passwords or loading grants. `Scope` and `Authorised` have private fields and come only from here, so that
//! `store` can demand them and nobody can forge them.

use crate::codes;
use crate::ids::{OfficialId, UnitId, UserId};
use crate::time::Date;

codes! {
    /// Roles; a user may hold several, each for a unit and its subtree.
    Role {
        /// Quản trị hệ thống: accounts and settings, no personal data.
        Administrator = "administrator",
        /// Sở Nội vụ: schemes, figures and people of the whole province.
        HomeAffairs = "home_affairs",
        /// Cán bộ tổ chức của cơ quan, đơn vị.
        UnitHr = "unit_hr",
        /// Thủ trưởng cơ quan, đơn vị.
        UnitHead = "unit_head",
        /// Lãnh đạo tỉnh: looks at everything, approves.
        ProvinceLeader = "province_leader",
        /// Người học: the own record.
        Learner = "learner",
        /// Thanh tra, kiểm tra: reads everything, changes nothing.
        Inspector = "inspector",
        /// Sở Tài chính: gives its opinion on estimates and plans.
        Finance = "finance",
        /// Ban Tổ chức Tỉnh ủy: what Home Affairs is, for the bloc of the Party, the Front and mass organisations.
        PartyAffairs = "party_affairs",
    }
}

codes! {
    /// Everything a person can ask of the system.
    Act {
        /// See figures of targets, quotas and tasks.
        ViewProgress = "view_progress",
        /// See the people behind a figure.
        ViewPeople = "view_people",
        /// See one's own record.
        ViewSelf = "view_self",
        /// See units and their tree.
        ViewUnits = "view_units",
        /// See the statistics tables.
        ViewStatistics = "view_statistics",
        /// See printed figures that do not add up.
        ViewQuality = "view_quality",
        /// Write into the register: identities, postings, papers.
        KeepRegister = "keep_register",
        /// Reorganise units, keep their codes and the catalogue of posts.
        KeepUnits = "keep_units",
        /// Take lists of people out of the system.
        ExportPeople = "export_people",
        /// Create and edit drafts of schemes.
        EditScheme = "edit_scheme",
        /// Publish or retire a scheme.
        PublishScheme = "publish_scheme",
        /// Set a yes/no target or a task done, with evidence.
        RecordEvidence = "record_evidence",
        /// Add and lock accounts, give and take roles, end sessions, set new passwords.
        ManageUsers = "manage_users",
        /// Make a token for a directory, and write accounts and groups with it.
        ServeDirectory = "serve_directory",
        /// Read the audit.
        ViewAudit = "view_audit",
        /// Keep standards: what holders of posts must have.
        KeepStandards = "keep_standards",
        /// Open, extend and close reviews of who needs what.
        RunReviews = "run_reviews",
        /// Answer a review for a unit: confirm, correct, add.
        AnswerReviews = "answer_reviews",
        /// Approve the needs of a unit as its head.
        ApproveNeeds = "approve_needs",
        /// Ask for training for oneself.
        AskTraining = "ask_training",
        /// See needs and the answers of reviews.
        ViewNeeds = "view_needs",
        /// Make surveys and read their results.
        RunSurveys = "run_surveys",
        /// See programmes and their materials.
        ViewProgrammes = "view_programmes",
        /// Write programmes and their materials.
        KeepProgrammes = "keep_programmes",
        /// Appraise as a member of a council.
        Appraise = "appraise",
        /// See plans of training.
        ViewPlans = "view_plans",
        /// Write plans of training.
        KeepPlans = "keep_plans",
        /// See papers on their way and issued ones.
        ViewPapers = "view_papers",
        /// Handle a paper at the step one holds; which step that is, its procedure says.
        HandlePapers = "handle_papers",
        /// Keep procedures, registers of numbers and mandates to sign.
        KeepProcedures = "keep_procedures",
        /// See classes, their sittings and how full they are.
        ViewClasses = "view_classes",
        /// Write classes, open, hold and close them; rooms and lecturers.
        KeepClasses = "keep_classes",
        /// Name people of a unit for a class, take them back, keep seats.
        Nominate = "nominate",
        /// Agree as the head of the unit to who is named.
        AgreeNominations = "agree_nominations",
        /// Confirm who is sent.
        ConfirmNominations = "confirm_nominations",
        /// Call the roll of a sitting one teaches.
        CallRoll = "call_roll",
        /// Check in at a sitting of the own class.
        CheckIn = "check_in",
    }
}

/// A role held at a unit (and below) for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where; `None` is the whole province.
    pub unit: Option<UnitId>,
}

/// A signed-in person with the grants that hold today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The account.
    pub user: UserId,
    /// The account's own staff file, if linked.
    pub official: Option<OfficialId>,
    /// Grants in force on the day of the request.
    pub grants: Vec<Grant>,
}

/// Where a person may read. Only [`authorise`] makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Scope {
    reach: Reach,
}

/// How far a scope reaches.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The whole province.
    Province,
    /// These units and everything below them.
    Units(Vec<UnitId>),
    /// One person only.
    Own(OfficialId),
}

impl Scope {
    /// How far it reaches.
    #[must_use]
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// The scope of the system itself (jobs, the terminal on the server): the caller already owns the database.
    #[must_use]
    pub const fn system() -> Self {
        Self { reach: Reach::Province }
    }
}

/// Proof that a person may do an act; writing functions demand it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorised {
    user: UserId,
    act: Act,
}

impl Authorised {
    /// Who.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// What.
    #[must_use]
    pub const fn act(&self) -> Act {
        self.act
    }
}

/// The act is not of any role the person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no role of this account may {act}")]
pub struct Forbidden {
    /// The act asked for.
    pub act: Act,
}

/// What every role but the administrator and the learner reads.
const fn is_of_the_office(act: Act) -> bool {
    matches!(
        act,
        Act::ViewProgress
            | Act::ViewUnits
            | Act::ViewStatistics
            | Act::ViewNeeds
            | Act::ViewProgrammes
            | Act::ViewPlans
            | Act::ViewPapers
            | Act::ViewClasses
    )
}

/// What everybody with a record of their own does with it.
const fn is_own(act: Act) -> bool {
    matches!(act, Act::ViewSelf | Act::AskTraining | Act::ViewProgrammes | Act::ViewClasses | Act::CallRoll | Act::CheckIn)
}

/// Whether the role may do the act at all, somewhere.
#[must_use]
pub const fn may(role: Role, act: Act) -> bool {
    match role {
        Role::Administrator => {
            matches!(act, Act::ViewProgress | Act::ViewUnits | Act::ManageUsers | Act::ServeDirectory | Act::ViewAudit | Act::ViewSelf)
        }
        Role::HomeAffairs => {
            !matches!(act, Act::ManageUsers | Act::ServeDirectory | Act::ViewAudit | Act::ApproveNeeds | Act::AgreeNominations)
        }
        Role::UnitHr => {
            let keeps = matches!(
                act,
                Act::ViewPeople
                    | Act::ExportPeople
                    | Act::KeepRegister
                    | Act::AnswerReviews
                    | Act::KeepProgrammes
                    | Act::KeepPlans
                    | Act::HandlePapers
                    | Act::KeepClasses
                    | Act::Nominate
            );
            keeps || is_of_the_office(act) || is_own(act)
        }
        Role::UnitHead => {
            let heads = matches!(act, Act::ViewPeople | Act::ApproveNeeds | Act::Appraise | Act::HandlePapers | Act::AgreeNominations);
            heads || is_of_the_office(act) || is_own(act)
        }
        Role::ProvinceLeader => {
            matches!(act, Act::ViewPeople | Act::ViewQuality | Act::Appraise | Act::HandlePapers) || is_of_the_office(act) || is_own(act)
        }
        Role::Learner => is_own(act),
        Role::Inspector => matches!(act, Act::ViewPeople | Act::ViewQuality | Act::ViewAudit) || is_of_the_office(act),
        Role::Finance => matches!(act, Act::Appraise | Act::HandlePapers) || is_of_the_office(act) || is_own(act),
        Role::PartyAffairs => {
            let runs = matches!(
                act,
                Act::ViewPeople
                    | Act::RunReviews
                    | Act::AnswerReviews
                    | Act::RunSurveys
                    | Act::KeepProgrammes
                    | Act::Appraise
                    | Act::KeepPlans
                    | Act::HandlePapers
                    | Act::KeepClasses
                    | Act::Nominate
                    | Act::ConfirmNominations
            );
            runs || is_of_the_office(act) || is_own(act)
        }
    }
}

/// Whether the act is about things that belong to no unit, so that a grant for a unit does not reach them.
#[must_use]
pub const fn is_without_place(act: Act) -> bool {
    matches!(act, Act::ManageUsers | Act::ServeDirectory | Act::ViewAudit)
}

/// The scope in which the person may do a reading act.
///
/// # Errors
/// [`Forbidden`] when no grant allows it.
pub fn scope(who: &Who, act: Act) -> Result<Scope, Forbidden> {
    let reaches = |g: &&Grant| may(g.role, act) && (g.unit.is_none() || !is_without_place(act));
    let grants: Vec<&Grant> = who.grants.iter().filter(reaches).collect();
    if grants.is_empty() {
        return Err(Forbidden { act });
    }
    if act == Act::ViewSelf {
        return who.official.map(|id| Scope { reach: Reach::Own(id) }).ok_or(Forbidden { act });
    }
    if grants.iter().any(|g| g.unit.is_none()) {
        return Ok(Scope { reach: Reach::Province });
    }
    let mut units: Vec<UnitId> = grants.iter().filter_map(|g| g.unit).collect();
    units.sort();
    units.dedup();
    Ok(Scope { reach: Reach::Units(units) })
}

/// Proof that the person may do a writing act for the whole province.
///
/// # Errors
/// [`Forbidden`] when no grant allows it there.
pub fn authorise(who: &Who, act: Act) -> Result<Authorised, Forbidden> {
    let allowed = who.grants.iter().any(|g| may(g.role, act) && g.unit.is_none());
    if allowed { Ok(Authorised { user: who.user, act }) } else { Err(Forbidden { act }) }
}

/// Proof that the person may do a writing act on something that lies in the scope of the grants; the caller knows whether it does.
///
/// # Errors
/// [`Forbidden`] when no grant allows the act, or the thing lies elsewhere.
pub fn authorise_within(who: &Who, act: Act, lies_within: impl FnOnce(&Scope) -> bool) -> Result<Authorised, Forbidden> {
    if lies_within(&scope(who, act)?) { Ok(Authorised { user: who.user, act }) } else { Err(Forbidden { act }) }
}

/// A grant is in force on a day.
#[must_use]
pub fn in_force(from: Date, to: Option<Date>, on: Date) -> bool {
    from <= on && to.is_none_or(|to| on < to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(role: Role, unit: Option<i64>) -> Who {
        Who { user: UserId(1), official: Some(OfficialId(7)), grants: vec![Grant { role, unit: unit.map(UnitId) }] }
    }

    #[test]
    fn the_matrix_of_roles_and_acts() {
        let mut picture = format!("{:<22}{}\n", "", Role::ALL.iter().map(|r| format!("{:<17}", r.code())).collect::<String>());
        for act in Act::ALL {
            let marks: String = Role::ALL.iter().map(|r| format!("{:<17}", if may(*r, *act) { "✔" } else { "·" })).collect();
            picture.push_str(&format!("{:<22}{}\n", act.code(), marks.trim_end()));
        }
        insta::assert_snapshot!(picture);
    }

    #[test]
    fn a_scope_is_the_units_of_the_grants_that_allow_the_act() {
        assert_eq!(scope(&who(Role::UnitHr, Some(4)), Act::ViewPeople).unwrap().reach(), &Reach::Units(vec![UnitId(4)]));
        assert_eq!(scope(&who(Role::Inspector, None), Act::ViewPeople).unwrap().reach(), &Reach::Province);
        assert_eq!(scope(&who(Role::Learner, None), Act::ViewSelf).unwrap().reach(), &Reach::Own(OfficialId(7)));
        assert!(scope(&who(Role::Learner, None), Act::ViewPeople).is_err());
        assert!(scope(&who(Role::Administrator, None), Act::ViewPeople).is_err());
    }

    #[test]
    fn accounts_and_the_audit_belong_to_no_unit() {
        assert!(
            scope(&who(Role::Inspector, None), Act::ViewAudit).is_ok() && scope(&who(Role::Inspector, Some(3)), Act::ViewAudit).is_err()
        );
        assert!(scope(&who(Role::Administrator, Some(3)), Act::ManageUsers).is_err());
    }

    #[test]
    fn writing_in_a_unit_needs_a_grant_that_reaches_it() {
        let reaches = |unit: i64| move |scope: &Scope| matches!(scope.reach(), Reach::Units(units) if units.contains(&UnitId(unit)));
        assert!(authorise_within(&who(Role::UnitHr, Some(4)), Act::KeepRegister, reaches(4)).is_ok());
        assert!(authorise_within(&who(Role::UnitHr, Some(4)), Act::KeepRegister, reaches(5)).is_err());
        assert!(authorise_within(&who(Role::UnitHead, Some(4)), Act::KeepRegister, reaches(4)).is_err());
    }

    #[test]
    fn writing_for_the_province_needs_a_grant_for_the_province() {
        assert!(authorise(&who(Role::HomeAffairs, None), Act::EditScheme).is_ok());
        assert!(authorise(&who(Role::HomeAffairs, Some(3)), Act::EditScheme).is_err());
        assert!(authorise(&who(Role::Inspector, None), Act::EditScheme).is_err());
    }
}
