//! Who may sign for whom: KT., TL., TUQ. with their rules, and the lines above the name that come from them.
//! Not for: which account it is.

use super::Family;
use crate::codes;
use crate::time::{Date, Interval};

codes! {
    /// By whom a body decides.
    Led {
        /// As a body: the head signs for it (TM.).
        Collective = "collective",
        /// By its head.
        Head = "head",
    }
}

codes! {
    /// In which way somebody signs.
    SignAs {
        /// As the head.
        Head = "head",
        /// Ký thay: a deputy in place of the head.
        Deputy = "kt",
        /// Thừa lệnh: by order of the head.
        ByOrder = "tl",
        /// Thừa ủy quyền: by a written mandate limited in time.
        ByMandate = "tuq",
    }
}

codes! {
    /// What the signer is.
    Standing {
        /// Người đứng đầu.
        Head = "head",
        /// Cấp phó.
        Deputy = "deputy",
        /// Người đứng đầu đơn vị trực thuộc.
        UnitHead = "unit_head",
        /// Deputy of the head of a unit.
        UnitDeputy = "unit_deputy",
    }
}

/// A body that issues papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Its name as it is signed: `ỦY BAN NHÂN DÂN`.
    pub name: String,
    /// By whose rules.
    pub family: Family,
    /// By whom it decides.
    pub led: Led,
    /// Post of its head: `CHỦ TỊCH`.
    pub head_post: String,
}

/// A right to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// In which way.
    pub sign_as: SignAs,
    /// What the signer is.
    pub standing: Standing,
    /// Post of the signer: `PHÓ CHỦ TỊCH`.
    pub post: String,
    /// Number of the paper that gives the right, if one does.
    pub decision: Option<String>,
    /// First and last day.
    pub during: Option<Interval>,
}

codes! {
    /// Why a right to sign is none.
    MandateFault {
        /// KT. is signed by a deputy only.
        NotDeputy = "not_deputy",
        /// Only the head signs as the head.
        NotHead = "not_head",
        /// TL. and TUQ. are signed by the head of a unit of the body.
        NotUnitHead = "not_unit_head",
        /// TUQ. needs a written mandate.
        NotWritten = "not_written",
        /// TUQ. ends on a day.
        NoEnd = "no_end",
        /// TL. needs the head's order.
        NoOrder = "no_order",
        /// A right that was given cannot be given on; only TL. may pass to the own deputy.
        GivenOn = "given_on",
        /// The last day lies before the first.
        BadDays = "bad_days",
        /// The post is not named.
        NoPost = "no_post",
    }
}

/// Everything that is wrong with a right to sign, given the one it is under.
#[must_use]
pub fn faults(mandate: &Mandate, under: Option<&Mandate>) -> Vec<MandateFault> {
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: MandateFault| faults.extend(is_wrong.then_some(fault));
    let is_written = mandate.decision.as_deref().is_some_and(|number| !number.trim().is_empty());
    fault(mandate.post.trim().is_empty(), MandateFault::NoPost);
    fault(mandate.during.is_none(), MandateFault::BadDays);
    match mandate.sign_as {
        SignAs::Head => fault(mandate.standing != Standing::Head, MandateFault::NotHead),
        SignAs::Deputy => {
            let deputy = if under.is_some() { Standing::UnitDeputy } else { Standing::Deputy };
            fault(mandate.standing != deputy, MandateFault::NotDeputy);
        }
        SignAs::ByOrder => {
            fault(mandate.standing != Standing::UnitHead, MandateFault::NotUnitHead);
            fault(!is_written, MandateFault::NoOrder);
        }
        SignAs::ByMandate => {
            fault(mandate.standing != Standing::UnitHead, MandateFault::NotUnitHead);
            fault(!is_written, MandateFault::NotWritten);
            fault(mandate.during.is_some_and(|during| during.to().is_none()), MandateFault::NoEnd);
        }
    }
    let may_stand_under = under.is_none_or(|under| under.sign_as == SignAs::ByOrder && mandate.sign_as == SignAs::Deputy);
    fault(!may_stand_under, MandateFault::GivenOn);
    faults
}

/// Whether the right holds on a day, and the one it is under.
#[must_use]
pub fn holds_on(mandate: &Mandate, under: Option<&Mandate>, day: Date) -> bool {
    let holds = |mandate: &Mandate| mandate.during.is_some_and(|during| during.contains(day));
    holds(mandate) && under.is_none_or(holds)
}

/// How the rules of a family on a day have somebody sign; the law knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// For a body that decides as one: `TM.`.
    pub for_body: String,
    /// In place of the head: `KT.`.
    pub in_place: String,
    /// By order of the head: `TL.`.
    pub by_order: String,
    /// By a written mandate of the head: `TUQ.`.
    pub by_mandate: String,
    /// A deputy of a body that decides as one signs for the body under the own post, not in place of the head.
    pub deputy_for_body: bool,
}

/// The lines above the name.
#[must_use]
pub fn signature_lines(signs: &Signs, body: &Body, mandate: &Mandate, under: Option<&Mandate>) -> Vec<String> {
    let Signs { for_body: tm, in_place: kt, by_order: tl, by_mandate: tuq, deputy_for_body } = signs;
    let for_body = (body.led == Led::Collective).then(|| format!("{tm} {}", body.name));
    let post = mandate.post.clone();
    let lines = match (mandate.sign_as, under) {
        (SignAs::Head, _) => vec![for_body, Some(post)],
        (SignAs::Deputy, Some(under)) => {
            vec![Some(format!("{tl} {}", body.head_post)), Some(format!("{kt} {}", under.post)), Some(post)]
        }
        (SignAs::Deputy, None) if *deputy_for_body && body.led == Led::Collective => vec![for_body, Some(post)],
        (SignAs::Deputy, None) => vec![for_body, Some(format!("{kt} {}", body.head_post)), Some(post)],
        (SignAs::ByOrder, _) => vec![Some(format!("{tl} {}", body.head_post)), Some(post)],
        (SignAs::ByMandate, _) => vec![Some(format!("{tuq} {}", body.head_post)), Some(post)],
    };
    lines.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::parse;

    fn mandate(sign_as: SignAs, standing: Standing, post: &str) -> Mandate {
        let during = Interval::of_days(parse("2026-01-01").unwrap(), parse("2026-12-31").unwrap()).ok();
        Mandate { sign_as, standing, post: post.to_owned(), decision: Some("12/QĐ-UBND".to_owned()), during }
    }

    fn open(mandate: &Mandate) -> Mandate {
        Mandate { during: Interval::new(parse("2026-01-01").unwrap(), None).ok(), ..mandate.clone() }
    }

    #[test]
    fn the_worked_cases_of_rights_to_sign() {
        use MandateFault as F;
        use {SignAs as A, Standing as S};
        let tl = mandate(A::ByOrder, S::UnitHead, "GIÁM ĐỐC SỞ NỘI VỤ");
        let tuq = mandate(A::ByMandate, S::UnitHead, "GIÁM ĐỐC SỞ NỘI VỤ");
        let unwritten = |mandate: &Mandate| Mandate { decision: None, ..mandate.clone() };
        let cases: &[(Mandate, Option<&Mandate>, &[F])] = &[
            (mandate(A::Head, S::Head, "CHỦ TỊCH"), None, &[]),
            (mandate(A::Head, S::Deputy, "PHÓ CHỦ TỊCH"), None, &[F::NotHead]),
            (unwritten(&mandate(A::Deputy, S::Deputy, "PHÓ CHỦ TỊCH")), None, &[]),
            (mandate(A::Deputy, S::UnitHead, "GIÁM ĐỐC"), None, &[F::NotDeputy]),
            (mandate(A::Deputy, S::UnitDeputy, "PHÓ GIÁM ĐỐC"), Some(&tl), &[]),
            (mandate(A::Deputy, S::UnitDeputy, "PHÓ GIÁM ĐỐC"), None, &[F::NotDeputy]),
            (mandate(A::Deputy, S::UnitDeputy, "PHÓ GIÁM ĐỐC"), Some(&tuq), &[F::GivenOn]),
            (tl.clone(), None, &[]),
            (open(&tl), None, &[]),
            (unwritten(&tl), None, &[F::NoOrder]),
            (tuq.clone(), None, &[]),
            (unwritten(&tuq), None, &[F::NotWritten]),
            (open(&tuq), None, &[F::NoEnd]),
            (tuq.clone(), Some(&tuq), &[F::GivenOn]),
            (tuq.clone(), Some(&tl), &[F::GivenOn]),
            (Mandate { during: None, ..mandate(A::Head, S::Head, " ") }, None, &[F::NoPost, F::BadDays]),
        ];
        for (mandate, under, expected) in cases {
            assert_eq!(faults(mandate, *under), *expected, "{mandate:?} under {under:?}");
        }
    }

    #[test]
    fn a_right_holds_from_its_first_to_its_last_day() {
        let short = Mandate {
            during: Interval::of_days(parse("2026-03-01").unwrap(), parse("2026-03-31").unwrap()).ok(),
            ..mandate(SignAs::ByOrder, Standing::UnitHead, "GIÁM ĐỐC")
        };
        let deputy = mandate(SignAs::Deputy, Standing::UnitDeputy, "PHÓ GIÁM ĐỐC");
        for (day, alone, below) in
            [("2026-02-28", false, false), ("2026-03-01", true, true), ("2026-03-31", true, true), ("2026-04-01", false, false)]
        {
            let day = parse(day).unwrap();
            assert_eq!((holds_on(&short, None, day), holds_on(&deputy, Some(&short), day)), (alone, below), "{day}");
        }
    }

    #[test]
    fn the_lines_above_a_name_come_from_the_right_and_the_body() {
        use {SignAs as A, Standing as S};
        let body = |family, led, name: &str, head: &str| Body { name: name.to_owned(), family, led, head_post: head.to_owned() };
        let committee = body(Family::State, Led::Collective, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH");
        let department = body(Family::State, Led::Head, "SỞ NỘI VỤ", "GIÁM ĐỐC");
        let party = body(Family::Party, Led::Collective, "BAN THƯỜNG VỤ", "BÍ THƯ");
        let board = body(Family::Party, Led::Head, "BAN TỔ CHỨC", "TRƯỞNG BAN");
        let tl = mandate(A::ByOrder, S::UnitHead, "GIÁM ĐỐC SỞ NỘI VỤ");
        let signs = |body: &Body| {
            let [for_body, in_place, by_order, by_mandate] = match body.family {
                Family::State => ["TM.", "KT.", "TL.", "TUQ."],
                Family::Party => ["T/M", "K/T", "T/L", "TUQ"],
            }
            .map(str::to_owned);
            Signs { for_body, in_place, by_order, by_mandate, deputy_for_body: body.family == Family::Party }
        };
        let cases: &[(&Body, Mandate, Option<&Mandate>, &[&str])] = &[
            (&committee, mandate(A::Head, S::Head, "CHỦ TỊCH"), None, &["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
            (&committee, mandate(A::Deputy, S::Deputy, "PHÓ CHỦ TỊCH"), None, &["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
            (&committee, tl.clone(), None, &["TL. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"]),
            (
                &committee,
                mandate(A::Deputy, S::UnitDeputy, "PHÓ GIÁM ĐỐC"),
                Some(&tl),
                &["TL. CHỦ TỊCH", "KT. GIÁM ĐỐC SỞ NỘI VỤ", "PHÓ GIÁM ĐỐC"],
            ),
            (&committee, mandate(A::ByMandate, S::UnitHead, "GIÁM ĐỐC SỞ NỘI VỤ"), None, &["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"]),
            (&department, mandate(A::Head, S::Head, "GIÁM ĐỐC"), None, &["GIÁM ĐỐC"]),
            (&department, mandate(A::Deputy, S::Deputy, "PHÓ GIÁM ĐỐC"), None, &["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
            (&party, mandate(A::Head, S::Head, "BÍ THƯ"), None, &["T/M BAN THƯỜNG VỤ", "BÍ THƯ"]),
            (&party, mandate(A::Deputy, S::Deputy, "PHÓ BÍ THƯ"), None, &["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]),
            (&board, mandate(A::Deputy, S::Deputy, "PHÓ TRƯỞNG BAN"), None, &["K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]),
        ];
        for (body, mandate, under, expected) in cases {
            assert_eq!(signature_lines(&signs(body), body, mandate, *under), *expected);
        }
    }
}
