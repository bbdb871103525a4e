//! Filters that hold, that do not, and that cannot be.

use proptest::prelude::*;
use scim::filter::{self, Filter};
use scim::schema::{GROUPS, USERS};

use crate::hoa;

fn holds(text: &str) -> bool {
    let filter = filter::read(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    filter.check(&USERS).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    filter.holds(&USERS, &hoa())
}

#[test]
fn conditions_that_hold() {
    for text in [
        r#"userName eq "hoa@tinh.vn""#,
        r#"USERNAME Eq "HOA@tinh.vn""#,
        r#"displayName co "thị""#,
        r#"displayName sw "ĐẶNG" and displayName ew "hoa""#,
        r#"externalId eq "X-1""#,
        "active eq true",
        "active eq True",
        "active ne false",
        "emails pr",
        "name.formatted pr and not (name.givenName pr)",
        r#"emails eq "hoa@nha.vn""#,
        r#"emails.value co "@TINH""#,
        r#"emails.type eq "home""#,
        r#"emails[type eq "work" and value ew "tinh.vn"]"#,
        r#"emails[primary eq true and not (type eq "home")]"#,
        r#"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "hoa""#,
        r#"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "CB 7""#,
        r#"id eq "u7""#,
        r#"meta.lastModified gt "2026-11-23T12:20:00+07:00""#,
        r#"meta.created le "2026-11-22T05:20:00.000Z""#,
        r#"userName eq "ai" or externalId eq "X-1" and active eq true"#,
        r#"(userName eq "ai" or externalId eq "X-1") and active eq true"#,
        "name.givenName eq null",
        r#"userName gt "an" and userName lt "xuan""#,
        r#"displayName eq "\u0110ặng Thị Hoa""#,
        r#"userName ne "ai""#,
    ] {
        assert!(holds(text), "{text}");
    }
}

#[test]
fn conditions_that_do_not_hold() {
    for text in [
        r#"userName eq "ai""#,
        r#"externalId eq "x-1""#,
        "active eq false",
        "name.givenName pr",
        r#"emails[type eq "work" and value ew "nha.vn"]"#,
        r#"emails.value ne "hoa@nha.vn""#,
        r#"not (userName eq "hoa@tinh.vn")"#,
        r#"userName eq "ai" or active eq false"#,
        r#"meta.lastModified lt "2026-11-23T05:20:00Z""#,
        "userName eq null",
    ] {
        assert!(!holds(text), "{text}");
    }
}

#[test]
fn filters_that_cannot_be_read() {
    for text in [
        "",
        "userName",
        "userName eq",
        "userName is \"a\"",
        "userName eq hoa",
        "userName eq \"hoa",
        "userName eq \"a\" \"b\"",
        "(userName pr",
        "userName pr)",
        "not userName pr",
        "emails[type eq \"work\"",
        "userName eq \"\\x\"",
        "user name pr",
        "1name pr",
        "userName eq {\"a\":1}",
        "userName pr and",
        "or userName pr",
        "a:b pr",
    ] {
        assert!(filter::read(text).is_err(), "{text}");
    }
}

#[test]
fn filters_that_no_attribute_answers() {
    for text in [
        "nickName pr",
        "userName eq true",
        "active gt true",
        "active eq \"yes\"",
        "name eq \"x\"",
        "emails[bottom pr]",
        "emails[emails[value pr]]",
        "meta.created gt \"gestern\"",
        "members pr",
        "urn:other:User:userName pr",
    ] {
        let filter = filter::read(text).unwrap();
        assert!(filter.check(&USERS).is_err(), "{text}");
    }
    assert!(filter::read("members.value eq \"u1\"").unwrap().check(&GROUPS).is_ok());
}

#[test]
fn depth_length_and_number_of_conditions_are_limited() {
    let nested = |depth: usize| format!("{}userName pr{}", "(".repeat(depth), ")".repeat(depth));
    assert!(filter::read(&nested(filter::MOST_DEPTH)).is_ok());
    assert!(filter::read(&nested(filter::MOST_DEPTH + 1)).is_err());
    assert!(filter::read(&nested(1_900)).is_err());
    let many = |count: usize| vec!["active pr"; count].join(" or ");
    assert!(filter::read(&many(90)).is_ok() && filter::read(&many(200)).is_err());
    assert!(filter::read(&format!("userName eq \"{}\"", "x".repeat(filter::MOST_LETTERS))).is_err());
}

#[test]
fn a_filter_tells_what_must_be_equal() {
    let of = |text: &str, name: &str| filter::read(text).unwrap().must_equal(name).map(str::to_owned);
    assert_eq!(of(r#"userName eq "hoa""#, "username").as_deref(), Some("hoa"));
    assert_eq!(of(r#"active eq true and (emails pr and userName eq "hoa")"#, "userName").as_deref(), Some("hoa"));
    assert_eq!(of(r#"userName eq "hoa" or active eq true"#, "userName"), None);
    assert_eq!(of(r#"not (userName eq "hoa")"#, "userName"), None);
    assert_eq!(of(r#"userName ne "hoa""#, "userName"), None);
}

fn any_filter() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("userName pr".to_owned()),
        "[a-zA-Z]{1,8}(\\.[a-z]{1,5})? (eq|ne|co|sw|ew|gt|ge|lt|le) (\"[a-zđă ô0-9.()]{0,6}\"|true|null|0|-?[1-9][0-9]{0,2})",
        "emails\\[type eq \"[a-z]{0,4}\"\\]",
    ];
    leaf.prop_recursive(4, 24, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} and {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) or {b}")),
            inner.prop_map(|a| format!("not ({a})")),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_that_is_sent_makes_the_reader_panic(text in "\\PC{0,80}") {
        let _: Result<Filter, scim::Fault> = filter::read(&text);
    }

    #[test]
    fn words_of_the_language_in_any_order_neither(words in prop::collection::vec(
        prop::sample::select(vec!["(", ")", "[", "]", "not", "and", "or", "userName", "emails", "eq", "pr", "\"a\"", "true", ".value"]), 0..24)) {
        if let Ok(filter) = filter::read(&words.join(" ")) {
            let _: bool = filter.check(&USERS).is_ok() && filter.holds(&USERS, &hoa());
        }
    }

    #[test]
    fn what_is_well_formed_is_read_and_its_opposite_is_the_opposite(text in any_filter()) {
        let filter = filter::read(&text).unwrap();
        let opposite = filter::read(&format!("not ({text})")).unwrap();
        prop_assert_ne!(filter.holds(&USERS, &hoa()), opposite.holds(&USERS, &hoa()));
    }
}
