//! The few pictures of the interface, drawn as lines on a 20 × 20 field so that they take the colour of the text.
//! Not for: charts (`drawing`).

use askama::filters::HtmlSafe;

/// A picture; it says nothing that the text beside it does not say, so readers skip it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Icon(&'static str);

/// The picture of a name; an unknown name draws nothing.
pub(crate) fn icon(name: &str) -> Icon {
    Icon(match name {
        // States of targets: every one has its own shape.
        "met" => "<circle cx='10' cy='10' r='8' class='fill'/><path d='m6.2 10.3 2.6 2.6 5-5.6' class='cut'/>",
        "published" | "on_track" => "<circle cx='10' cy='10' r='7.2'/><path d='m6.5 10.2 2.4 2.4 4.6-5'/>",
        "at_risk" => "<path d='M10 2.6 18 17H2z'/><path d='M10 8v4M10 14.4v.2'/>",
        "behind" => "<path d='M3 6.5 8 11l3-3 6 6.5'/><path d='M17 10v4.5h-4.5'/>",
        "missed" => "<circle cx='10' cy='10' r='8' class='fill'/><path d='m7 7 6 6m0-6-6 6' class='cut'/>",
        "retired" | "not_started" => "<circle cx='10' cy='10' r='7.2' class='dashed'/>",
        // States of tasks.
        "late" => "<circle cx='10' cy='10' r='7.4'/><path d='M10 5.6V10l3 2'/><path d='M15.5 2.5 18 5'/>",
        "due" => "<circle cx='10' cy='10' r='7.4'/><path d='M10 5.6V10l3 2'/>",
        "open" => "<circle cx='10' cy='10' r='7.2'/>",
        "continuous" => "<path d='M4 10a6 6 0 0 1 10.5-4M16 10a6 6 0 0 1-10.5 4'/><path d='M14.8 2.6V6h-3.4M5.2 17.4V14h3.4'/>",
        "done" => "<path d='m3.5 10.5 4.2 4.2 8.8-9.4'/>",
        // Places of the loop.
        "overview" => "<path d='M3 17V9.5L10 4l7 5.5V17z'/><circle cx='10' cy='11.5' r='2.6'/>",
        "schemes" => "<path d='M5 2.8h7l3.5 3.5v11H5z'/><path d='M12 2.8v3.6h3.4M7.6 10h5.2M7.6 13.2h5.2'/>",
        "tasks" => "<path d='M3 5.2l1.5 1.5L7 3.8M3 13.2l1.5 1.5 2.5-2.9M9.6 5.6H17M9.6 13.6H17'/>",
        "people" => {
            "<circle cx='7.6' cy='7' r='3'/><path d='M2.4 16.8c.4-3.3 2.4-5 5.2-5s4.8 1.7 5.2 5'/><path d='M13 4.4a2.8 2.8 0 0 1 0 5.2M14.6 12c1.8.6 2.8 2.2 3 4.6'/>"
        }
        "units" => "<path d='M7 3h6v4H7zM2.6 13h5v4h-5zM12.4 13h5v4h-5zM10 7v3M5 13v-3h10v3'/>",
        "gaps" => "<path d='M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3z'/><path d='M11 11h6v6h-6z' class='dashed'/>",
        "classes" => "<path d='M2.6 6.4 10 3l7.4 3.4L10 9.8z'/><path d='M5.4 8v4.6c2.6 2.2 6.6 2.2 9.2 0V8M17.4 6.4v5'/>",
        "needs" => "<path d='M3 4.4h14v9H9.4L5.6 17v-3.6H3z'/><path d='M6.4 7.4h7.2M6.4 10.2h4.6'/>",
        "programmes" => {
            "<path d='M10 5.2C8 3.6 5.4 3.2 2.8 3.4v12c2.6-.2 5.2.2 7.2 1.8 2-1.6 4.6-2 7.2-1.8v-12c-2.6-.2-5.2.2-7.2 1.8zM10 5.2v12'/>"
        }
        "plans" => {
            "<path d='M3.2 4.6h13.6v12.2H3.2zM3.2 8.4h13.6M6.8 2.6v3.6M13.2 2.6v3.6'/><path d='M6.4 11h2.4M6.4 13.8h2.4M11.2 11h2.4'/>"
        }
        "papers" => "<path d='M5 2.8h7l3.5 3.5v11H5z'/><path d='M7.6 8h5.2M7.6 10.6h5.2'/><circle cx='12' cy='14' r='1.6'/>",
        "statistics" => "<path d='M3 17h14M5.2 14V9M9 14V4.5M12.8 14v-7M16 14v-3'/>",
        "quality" => "<path d='M10 2.6 16.4 5v4.6c0 3.8-2.6 6.4-6.4 7.8-3.8-1.4-6.4-4-6.4-7.8V5z'/><path d='M10 6.6v4M10 13.2v.2'/>",
        "admin" => {
            "<circle cx='10' cy='10' r='2.6'/><path d='M10 2.8v2.4M10 14.8v2.4M2.8 10h2.4M14.8 10h2.4M4.9 4.9l1.7 1.7M13.4 13.4l1.7 1.7M15.1 4.9l-1.7 1.7M6.6 13.4l-1.7 1.7'/>"
        }
        "audit" => "<path d='M4.8 3.2h7.6l3 3v10.6H4.8z'/><path d='M7.6 8.6h5M7.6 11.2h5M7.6 13.8h3'/>",
        "self" => "<circle cx='10' cy='7' r='3.4'/><path d='M3.6 17.4c.5-3.7 2.9-5.6 6.4-5.6s5.9 1.9 6.4 5.6'/>",
        "commitments" => {
            "<path d='M4 10.5 7 7.4l3 2 3-2 3 3.1-4.2 4.6-1.8 1.2-1.8-1.2z'/><path d='M2.6 6.6 5.4 4l3 1.6M17.4 6.6 14.6 4l-3 1.6'/>"
        }
        "notices" => "<path d='M5 14V9a5 5 0 0 1 10 0v5l1.4 1.6H3.6zM8.4 17.4h3.2M10 2.4V4'/>",
        "search" => "<circle cx='8.6' cy='8.6' r='5.4'/><path d='m12.6 12.6 4.6 4.6'/>",
        "account" => "<path d='M12 3.2h4.8v13.6H12M2.8 10h8.8M8.6 6.8 11.8 10l-3.2 3.2'/>",
        // Acts.
        "menu" => "<path d='M3 5.5h14M3 10h14M3 14.5h14'/>",
        "sun" => {
            "<circle cx='10' cy='10' r='3.4'/><path d='M10 2.4v1.8M10 15.8v1.8M2.4 10h1.8M15.8 10h1.8M4.6 4.6l1.3 1.3M14.1 14.1l1.3 1.3M15.4 4.6l-1.3 1.3M5.9 14.1l-1.3 1.3'/>"
        }
        "moon" => "<path d='M16.6 12A7 7 0 0 1 8 3.4a7 7 0 1 0 8.6 8.6z'/>",
        "auto" => "<circle cx='10' cy='10' r='6.8'/><path d='M10 3.2a6.8 6.8 0 0 1 0 13.6z' class='fill'/>",
        "print" => "<path d='M6 7V3h8v4M6 14H3.2V7h13.6v7H14M6 11.5h8V17H6z'/>",
        "file" => "<path d='M5 2.8h6.4L15.2 6.6v10.6H5zM11.2 2.8v4h4'/>",
        "download" => "<path d='M10 3v9.4M6.2 8.8 10 12.6l3.8-3.8M3.6 16.6h12.8'/>",
        "draft" | "edit" | "corrections" => "<path d='M3.6 16.4v-3.2L13.4 3.4l3.2 3.2-9.8 9.8z'/><path d='m11.4 5.4 3.2 3.2'/>",
        "plus" => "<path d='M10 4v12M4 10h12'/>",
        "arrow" => "<path d='M4 10h12M11 5l5 5-5 5'/>",
        "up" => "<path d='M4 14 9 8.6l3 3L16.4 6'/><path d='M12.4 6h4v4'/>",
        "down" => "<path d='m4 6 5 5.4 3-3 4.4 5.6'/><path d='M12.4 14h4v-4'/>",
        "info" => "<circle cx='10' cy='10' r='7.4'/><path d='M10 9v5M10 6.2v.2'/>",
        "pin" => "<path d='M10 17.6c3.6-4 5.4-7 5.4-9.4a5.4 5.4 0 0 0-10.8 0c0 2.4 1.8 5.4 5.4 9.4z'/><circle cx='10' cy='8.2' r='2'/>",
        "map" => "<path d='M2.8 5.2 7.6 3l4.8 2.2L17.2 3v11.8L12.4 17l-4.8-2.2L2.8 17z'/><path d='M7.6 3v11.8M12.4 5.2V17'/>",
        "lock" => "<path d='M4.6 9h10.8v8H4.6z'/><path d='M7 9V6.4a3 3 0 0 1 6 0V9'/>",
        "flag" => "<path d='M5 17.4V3.2M5 4h9.6l-2 3.2 2 3.2H5'/>",
        _ => "",
    })
}

impl std::fmt::Display for Icon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<svg class='icon' viewBox='0 0 20 20' aria-hidden='true' focusable='false'>{}</svg>", self.0)
    }
}

impl HtmlSafe for Icon {}
