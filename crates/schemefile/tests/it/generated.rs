//! Schemes made at random that obey the rules of the format, for the laws of `round_trip`.
//! Not for: plausible schemes; the shipped six are those.

use domain::orgs::{Bloc, Level};
use domain::people::{
    Appointment, Band, Degree, Duty, LeaderGroup, Leadership, QualificationKind, RatingKind, ReceiptKind, Sex, StaffKind, StudyField,
};
use domain::schemes::filters::DatedBy;
use domain::schemes::targets::{Inner, InnerFilter};
use domain::schemes::*;
use domain::time::{Date, Interval, date};
use domain::training::{ClassForm, ContentGroup, FollowUpKind, Mode, Outcome, Programme, TrainingKind};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Codes that the generated lists of actors and topics coin.
const ACTORS: [&str; 3] = ["so-noi-vu", "ubnd-xa", "A_1.b"];
const TOPICS: [&str; 3] = ["A.1", "DD.2", "t"];

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[ \\PC\n\t\"\\\\']{0,12}[a-zđĐẵ0-9\"'\\\\]", "[\\x00-\\x1f\\x7f]{0,2}x"]
}

fn title() -> impl Strategy<Value = Title> {
    (words(), words()).prop_map(|(vi, en)| Title { vi, en })
}

fn some<T: Clone + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = Vec<T>> {
    subsequence(all, 0..=all.len().min(3))
}

fn day() -> impl Strategy<Value = Date> {
    (2000..2040_i32, 1..=12_u8, 1..=28_u8).prop_map(|(y, m, d)| date(y, m, d).unwrap())
}

/// Every generated period lies within 2000–2060.
fn whole() -> Interval {
    Interval::new(date(2000, 1, 1).unwrap(), date(2061, 1, 1)).unwrap()
}

fn phase() -> impl Strategy<Value = Interval> {
    (day(), day()).prop_map(|(a, b)| Interval::of_days(a.min(b), a.max(b)).unwrap())
}

fn person() -> impl Strategy<Value = PersonFilter> {
    let lists = (some(StaffKind::ALL), some(Level::ALL), some(Bloc::ALL), some(Leadership::ALL), some(LeaderGroup::ALL), some(Duty::ALL));
    let rest = (
        option::of(any::<bool>()),
        option::of(select(Sex::ALL)),
        option::of(any::<bool>()),
        option::of(any::<bool>()),
        option::of(1..60_u8),
        option::of(60..=120_u8),
    );
    (lists, rest).prop_map(
        |((staff, levels, blocs, leaderships, groups, duties), (leads, sex, minority, fits_post, from_age, under_age))| PersonFilter {
            staff,
            levels,
            blocs,
            leaderships,
            leads,
            groups,
            duties,
            sex,
            minority,
            under_age,
            from_age,
            fits_post,
        },
    )
}

fn scope() -> impl Strategy<Value = Option<TopicScope>> {
    let of = subsequence(TOPICS.to_vec(), 1..=2).prop_map(|t| TopicScope::Of(t.into_iter().map(str::to_owned).collect()));
    option::of(prop_oneof![Just(TopicScope::Any), of])
}

fn records() -> impl Strategy<Value = RecordFilter> {
    let lists = (
        some(TrainingKind::ALL),
        some(ContentGroup::ALL),
        some(Degree::ALL),
        some(StudyField::ALL),
        some(Programme::ALL),
        some(ClassForm::ALL),
    );
    let rest = (
        some(Mode::ALL),
        option::of(any::<bool>()),
        scope().boxed(),
        some(Outcome::ALL),
        some(StaffKind::ALL),
        prop_oneof![Just(DatedBy::Start), Just(DatedBy::End)],
    );
    (lists, rest).prop_map(|((kinds, contents, degrees, fields, programmes, forms), (modes, abroad, topics, outcomes, staff, dated_by))| {
        RecordFilter { kinds, contents, degrees, fields, programmes, forms, modes, abroad, topics, outcomes, staff, dated_by }
    })
}

fn events() -> impl Strategy<Value = EventFilter> {
    let size = option::of((0..50_u32, 50..9_000_u32));
    (
        some(ClassForm::ALL),
        some(ContentGroup::ALL),
        some(Programme::ALL),
        scope().boxed(),
        option::of(any::<bool>()),
        size,
        some(LeaderGroup::ALL),
    )
        .prop_map(|(forms, contents, programmes, topics, abroad, size, with_groups)| EventFilter {
            forms,
            contents,
            programmes,
            topics,
            abroad,
            size,
            with_groups,
        })
}

fn qualification() -> impl Strategy<Value = QualificationFilter> {
    (select(QualificationKind::ALL), some(Degree::ALL)).prop_map(|(kind, degrees)| QualificationFilter { kind, degrees })
}

fn population() -> impl Strategy<Value = Population> {
    (person().boxed(), option::of(Just(date(2000, 1, 1).unwrap()))).prop_map(|(who, frozen_on)| Population { who, frozen_on })
}

fn did() -> impl Strategy<Value = Did> {
    prop_oneof![
        records().boxed().prop_map(Did::Trained),
        select(ReceiptKind::ALL).prop_map(Did::Received),
        qualification().boxed().prop_map(Did::Holds)
    ]
}

fn measure() -> impl Strategy<Value = Measure> {
    prop_oneof![
        (population().boxed(), did().boxed()).prop_map(|(of, did)| Measure::ShareOfPeople { of, did }),
        (population().boxed(), qualification().boxed()).prop_map(|(of, holds)| Measure::StateOfPeople { of, holds }),
        (population().boxed(), records().boxed(), 1..500_u32).prop_map(|(of, did, periods)| Measure::PerPersonPerYear { of, did, periods }),
        (person().boxed(), records().boxed()).prop_map(|(who, did)| Measure::CountOfPeople { who, did }),
        events().boxed().prop_map(|events| Measure::CountOfEvents { events }),
        (person().boxed(), some(Appointment::ALL), did().boxed()).prop_map(|(who, appointments, met)| Measure::BeforeEvent {
            who,
            appointments,
            met
        }),
        (records().boxed(), select(FollowUpKind::ALL), 0..=120_u8).prop_map(|(of, follow_up, after_months)| Measure::FollowUpShare {
            of,
            follow_up,
            after_months
        }),
        (population().boxed(), select(RatingKind::ALL), select(Band::ALL)).prop_map(|(of, rating, at_least)| Measure::RatedShare {
            of,
            rating,
            at_least
        }),
        Just(Measure::YesNo),
    ]
}

/// A threshold and an inner minimum that fit a measure.
fn promise(measure: &Measure) -> BoxedStrategy<(Threshold, Option<Inner>)> {
    let most: i64 = if measure.is_share() { 10_000 } else { 1_000_000 };
    let rule = if *measure == Measure::YesNo {
        Just(Rule::Yes).boxed()
    } else {
        (0..=most, 0..=most, 0..3_u8)
            .prop_map(|(a, b, kind)| match kind {
                0 => Rule::AtLeast(a),
                1 => Rule::MoreThan(a),
                _ => Rule::Between(a.min(b), a.max(b)),
            })
            .boxed()
    };
    let inner = match measure {
        Measure::CountOfPeople { .. } => option::of((records().boxed().prop_map(InnerFilter::Records), 0..99_i64)).boxed(),
        Measure::CountOfEvents { .. } => option::of((events().boxed().prop_map(InnerFilter::Events), 0..99_i64)).boxed(),
        _ => Just(None).boxed(),
    };
    (rule, inner).prop_map(|(rule, inner)| (Threshold { rule }, inner.map(|(of, at_least)| Inner { of, at_least }))).boxed()
}

fn recurrence() -> impl Strategy<Value = Recurrence> {
    prop_oneof![Just(Recurrence::Once), Just(Recurrence::Yearly)]
}

fn target() -> impl Strategy<Value = Target> {
    let promised = measure().boxed().prop_flat_map(|measure| (promise(&measure), Just(measure)));
    ((words(), title().boxed(), any::<bool>(), phase(), recurrence().boxed(), 1..=u32::MAX), promised).prop_map(
        |((section, title, aspiration, phase, recurrence, class_size), ((threshold, inner), measure))| Target {
            code: String::new(),
            section,
            title,
            aspiration,
            measure,
            threshold,
            inner,
            phase,
            recurrence,
            class_size,
        },
    )
}

fn actors() -> impl Strategy<Value = Vec<String>> {
    subsequence(ACTORS.to_vec(), 1..=3).prop_map(|a| a.into_iter().map(str::to_owned).collect())
}

fn counts() -> impl Strategy<Value = QuotaCounts> {
    let topics = subsequence(TOPICS.to_vec(), 0..=3).prop_map(|t| t.into_iter().map(str::to_owned).collect());
    let eligible = subsequence(StaffKind::ALL, 0..=2).prop_flat_map(|kinds| {
        let groups = vec(some(LeaderGroup::ALL), kinds.len());
        groups.prop_map(move |groups| kinds.iter().copied().zip(groups).collect())
    });
    prop_oneof![
        (select(ClassForm::ALL), topics, any::<bool>()).prop_map(|(form, topics, per_topic)| QuotaCounts::Events {
            form,
            topics,
            per_topic
        }),
        (some(Degree::ALL), option::of(select(StudyField::ALL)), eligible).prop_map(|(degrees, field, eligible)| QuotaCounts::Places {
            degrees,
            field,
            eligible
        }),
    ]
}

fn quota() -> impl Strategy<Value = Quota> {
    let agency = (select(&ACTORS[..]), 0..3_u8).prop_map(|(code, kind)| match kind {
        0 => QuotaAgency::One(code.to_owned()),
        1 => QuotaAgency::Each(code.to_owned()),
        _ => QuotaAgency::Together(code.to_owned()),
    });
    (words(), title().boxed(), counts().boxed(), vec(agency, 1..3), recurrence().boxed(), phase(), 0..9_999_i64).prop_map(
        |(section, title, counts, agencies, recurrence, phase, at_least)| Quota {
            code: String::new(),
            section,
            title,
            counts,
            agencies,
            recurrence,
            phase,
            at_least,
        },
    )
}

fn task() -> impl Strategy<Value = Task> {
    let due = prop_oneof![
        day().prop_map(Due::By),
        (1..=12_u8, phase()).prop_map(|(month, within)| Due::Yearly { month, within }),
        day().prop_map(|from| Due::Yearly { month: 6, within: Interval::new(from, None).unwrap() }),
        Just(Due::Continuous),
    ];
    let evidence = prop_oneof![Just(Title::default()), title().boxed()];
    (words(), title().boxed(), actors().boxed(), prop_oneof![Just(Vec::new()), actors().boxed()], due, evidence)
        .prop_map(|(section, title, lead, with, due, evidence)| Task { code: String::new(), section, title, lead, with, due, evidence })
}

fn rule() -> impl Strategy<Value = SchemeRule> {
    let values = btree_set("[a-zA-Z0-9_ đ.\"-]{0,6}", 0..3).prop_flat_map(|names| {
        let numbers = vec(-1_000_000_000_000..=1_000_000_000_000_i64, names.len());
        numbers.prop_map(move |numbers| names.iter().cloned().zip(numbers).collect())
    });
    (words(), title().boxed(), values).prop_map(|(section, title, values)| SchemeRule { code: String::new(), section, title, values })
}

fn topics() -> impl Strategy<Value = Vec<Topic>> {
    vec((words(), title().boxed(), title().boxed(), select(&ACTORS[..]), prop_oneof![Just(Vec::new()), actors().boxed()]), TOPICS.len())
        .prop_map(|all| {
            let topic = |(code, (section, area, title, lead, with)): (&&str, (String, Title, Title, &str, Vec<String>))| Topic {
                code: (*code).to_owned(),
                section,
                area,
                title,
                lead: lead.to_owned(),
                with,
            };
            TOPICS.iter().zip(all).map(topic).collect()
        })
}

/// Gives every element a code of its own.
fn numbered<T>(list: Vec<T>, set: impl Fn(&mut T, String)) -> Vec<T> {
    let number = |(i, mut element): (usize, T)| {
        set(&mut element, format!("X-{i}.a_b"));
        element
    };
    list.into_iter().enumerate().map(number).collect()
}

/// A scheme that the format can hold.
pub(crate) fn scheme() -> impl Strategy<Value = Scheme> {
    let head = (
        "[a-z0-9-]{1,9}",
        "[ -~]{0,9}",
        words(),
        title().boxed(),
        title().boxed(),
        option::of(day()),
        "[ -~]{0,9}",
        option::of("[a-z0-9-]{1,9}"),
        vec(words(), 0..3),
    );
    let lists = (
        vec(title().boxed(), ACTORS.len()),
        vec(target().boxed(), 0..3),
        topics().boxed(),
        vec(quota().boxed(), 0..3),
        vec(task().boxed(), 0..3),
        vec(rule().boxed(), 0..3),
    );
    (head, lists).prop_map(|(head, (actors, targets, topics, quotas, tasks, rules))| {
        let (code, number, document_type, title, issuer, signed_on, signed_note, under, legal_basis) = head;
        Scheme {
            code,
            number,
            document_type,
            title,
            issuer,
            signed_on,
            signed_note,
            phase: whole(),
            under,
            legal_basis,
            actors: ACTORS.iter().zip(actors).map(|(code, title)| Actor { code: (*code).to_owned(), title }).collect(),
            targets: numbered(targets, |t, code| t.code = code),
            topics,
            quotas: numbered(quotas, |q, code| q.code = code),
            tasks: numbered(tasks, |t, code| t.code = code),
            rules: numbered(rules, |r, code| r.code = code),
        }
    })
}
