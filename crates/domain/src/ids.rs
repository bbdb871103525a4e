//! Every identifier of a stored thing, so that one kind of id never stands where another belongs.
//! Not for: human codes of units, schemes and targets; those are text in their own types.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }
    )+ };
}

ids! {
    /// A paper on its way from draft to issue.
    CaseId,
    /// A certificate, or what confirms a lost one.
    CertificateId,
    /// A class, delegation, workshop or other event that people attend.
    ClassId,
    /// A role that an account holds somewhere for a time.
    GrantId,
    /// A group of the directory.
    GroupId,
    /// Somebody who teaches.
    LecturerId,
    /// What somebody, or a unit, is to be trained in.
    NeedId,
    /// A letter to somebody.
    MailId,
    /// Somebody named for a class.
    NominationId,
    /// What somebody was told.
    NoticeId,
    /// A cán bộ, công chức or viên chức.
    OfficialId,
    /// A number taken from a register of papers.
    PaperNumberId,
    /// A plan of training of a unit for a year or a stage.
    PlanId,
    /// A stored version of a plan.
    PlanVersionId,
    /// One line of an official's working history.
    PostingId,
    /// A programme of the catalogue.
    ProgrammeId,
    /// One attendance of one person at one training.
    RecordId,
    /// A review of who needs what.
    ReviewId,
    /// A room where classes meet.
    RoomId,
    /// A stored version of a scheme.
    SchemeVersionId,
    /// A seat of a class.
    SeatId,
    /// A signed-in session.
    SessionId,
    /// When a class meets once.
    SittingId,
    /// A stored version of a standard.
    StandardVersionId,
    /// A survey with its questions.
    SurveyId,
    /// A token with which a program reads for an account.
    TokenId,
    /// A cơ quan or đơn vị.
    UnitId,
    /// An account that can sign in.
    UserId,
    /// A piece of work that learners of a class are graded for.
    WorkId,
}
