//! The attributes themselves.
//! Not for: how they are told (`describe`).

use super::{Attribute, Kind, Mutability, ResourceType, Schema};

/// The core schema of people.
pub const USER_ID: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
/// What an office tells of people beside the core.
pub const ENTERPRISE_ID: &str = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/// The core schema of groups.
pub const GROUP_ID: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";

const TEXT: Attribute = Attribute {
    name: "",
    what: "",
    kind: Kind::Text,
    many: false,
    required: false,
    exact: false,
    mutability: Mutability::ReadWrite,
    unique: false,
    values: &[],
    references: &[],
    subs: &[],
};
const TOLD: Attribute = Attribute { mutability: Mutability::ReadOnly, ..TEXT };

/// People.
pub static USER: Schema = Schema {
    id: USER_ID,
    name: "User",
    what: "An account that can sign in to Khuê Văn",
    attributes: &[
        Attribute {
            name: "userName",
            what: "The login: 3 to 64 small letters, digits and . - _ @; capital letters are made small",
            required: true,
            unique: true,
            ..TEXT
        },
        Attribute { name: "displayName", what: "The name that pages show; without it name.formatted is shown", ..TEXT },
        Attribute {
            name: "name",
            what: "The name of the person",
            kind: Kind::Complex,
            subs: &[
                Attribute { name: "formatted", what: "The whole name", ..TEXT },
                Attribute { name: "familyName", what: "Family name", ..TEXT },
                Attribute { name: "givenName", what: "Given name", ..TEXT },
            ],
            ..TEXT
        },
        Attribute {
            name: "active",
            what: "False locks the account and ends its sessions and tokens at once; true when a new account does not say",
            kind: Kind::Flag,
            required: true,
            ..TEXT
        },
        Attribute {
            name: "emails",
            what: "Addresses of the person",
            kind: Kind::Complex,
            many: true,
            subs: &[
                Attribute { name: "value", what: "The address", ..TEXT },
                Attribute { name: "type", what: "What it is for", values: &["work"], ..TEXT },
                Attribute { name: "primary", what: "The one that is preferred", kind: Kind::Flag, ..TEXT },
            ],
            ..TEXT
        },
        Attribute {
            name: "groups",
            what: "Groups that the account is a member of",
            kind: Kind::Complex,
            many: true,
            subs: &[
                Attribute { name: "value", what: "The id of the group", exact: true, ..TOLD },
                Attribute {
                    name: "$ref",
                    what: "The address of the group",
                    kind: Kind::Reference,
                    exact: true,
                    references: &["Group"],
                    ..TOLD
                },
                Attribute { name: "display", what: "The name of the group", ..TOLD },
                Attribute { name: "type", what: "Always direct", values: &["direct"], ..TOLD },
            ],
            ..TOLD
        },
    ],
};

/// Of people, beside the core.
pub static ENTERPRISE: Schema = Schema {
    id: ENTERPRISE_ID,
    name: "EnterpriseUser",
    what: "What the office knows of the person",
    attributes: &[Attribute {
        name: "employeeNumber",
        what: "The staff code; it links the account to the person's own record when the register has this code",
        exact: true,
        ..TEXT
    }],
};

/// Groups.
pub static GROUP: Schema = Schema {
    id: GROUP_ID,
    name: "Group",
    what: "A group of the directory; an administrator of Khuê Văn says what it gives",
    attributes: &[
        Attribute { name: "displayName", what: "The name; no two groups have the same", required: true, unique: true, ..TEXT },
        Attribute {
            name: "members",
            what: "Accounts in the group",
            kind: Kind::Complex,
            many: true,
            subs: &[
                Attribute { name: "value", what: "The id of the account", exact: true, mutability: Mutability::Immutable, ..TEXT },
                Attribute {
                    name: "$ref",
                    what: "The address of the account",
                    kind: Kind::Reference,
                    exact: true,
                    mutability: Mutability::Immutable,
                    references: &["User"],
                    ..TEXT
                },
                Attribute {
                    name: "type",
                    what: "Always User: groups in groups are not kept",
                    mutability: Mutability::Immutable,
                    values: &["User"],
                    ..TEXT
                },
            ],
            ..TEXT
        },
    ],
};

/// Attributes of every resource (RFC 7643 section 3.1); no schema tells them.
static COMMON: [Attribute; 4] = [
    Attribute { name: "schemas", what: "", kind: Kind::Reference, many: true, exact: true, ..TOLD },
    Attribute { name: "id", what: "", exact: true, ..TOLD },
    Attribute { name: "externalId", what: "", exact: true, ..TEXT },
    Attribute {
        name: "meta",
        what: "",
        kind: Kind::Complex,
        subs: &[
            Attribute { name: "resourceType", what: "", exact: true, ..TOLD },
            Attribute { name: "created", what: "", kind: Kind::Instant, ..TOLD },
            Attribute { name: "lastModified", what: "", kind: Kind::Instant, ..TOLD },
            Attribute { name: "location", what: "", kind: Kind::Reference, exact: true, ..TOLD },
            Attribute { name: "version", what: "", exact: true, ..TOLD },
        ],
        ..TOLD
    },
];

pub(super) fn common(name: &str) -> Option<&'static Attribute> {
    COMMON.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))
}

/// People as a kind of resource.
pub static USERS: ResourceType = ResourceType {
    name: "User",
    endpoint: "/Users",
    what: "Accounts",
    schema: &USER,
    extension: Some(&ENTERPRISE),
    passed_over: &[
        "nickName",
        "profileUrl",
        "title",
        "userType",
        "preferredLanguage",
        "locale",
        "timezone",
        "password",
        "phoneNumbers",
        "ims",
        "photos",
        "addresses",
        "entitlements",
        "roles",
        "x509Certificates",
        "costCenter",
        "organization",
        "division",
        "department",
        "manager",
    ],
};

/// Groups as a kind of resource.
pub static GROUPS: ResourceType =
    ResourceType { name: "Group", endpoint: "/Groups", what: "Groups", schema: &GROUP, extension: None, passed_over: &[] };

/// Both kinds.
pub static TYPES: [&ResourceType; 2] = [&USERS, &GROUPS];
