//! Accounts from the terminal: the first one, the list, locking, a new password, and what is refused with which exit code.

use testkit::databases::Folder;

use crate::run::{json, khuevan, text};

#[test]
fn accounts_are_added_listed_locked_and_given_new_passwords() {
    let folder = Folder::new();
    let database = format!("sqlite:{}", folder.path().join("khuevan.db").display());
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = ["account"].iter().chain(arguments).copied().chain(["--database", &database]).collect();
        khuevan(&all)
    };
    assert_eq!(run(&["list"]).status.code(), Some(1));
    let first = run(&["add", "--login", "chief", "--name", "Trưởng phòng", "--role", "administrator"]);
    assert_eq!((first.status.code(), text(&first.stdout).trim().len()), (Some(0), 23));
    assert_eq!(run(&["add", "--login", "chief", "--name", "Hai", "--role", "learner"]).status.code(), Some(3));
    assert_eq!(run(&["add", "--login", "hoa", "--name", "Hoa", "--role", "inspector"]).status.code(), Some(0));

    assert_eq!(run(&["lock", "--login", "chief", "--reason", "thử"]).status.code(), Some(3));
    assert_eq!(run(&["lock", "--login", "hoa", "--reason", " "]).status.code(), Some(3));
    assert_eq!(run(&["lock", "--login", "hoa", "--reason", "nghỉ việc"]).status.code(), Some(0));
    let list = json(&run(&["list", "--format", "json"]));
    let states: Vec<_> = list.as_array().unwrap().iter().map(|l| (l["login"].as_str().unwrap(), l["locked"].as_bool().unwrap())).collect();
    assert_eq!(states, [("chief", false), ("hoa", true)]);
    assert_eq!(list[1]["roles"][0]["role"], "inspector");
    assert!(text(&run(&["list", "--find", "truong phong"]).stdout).starts_with("chief  open"));
    assert_eq!(run(&["unlock", "--login", "hoa", "--reason", "trở lại"]).status.code(), Some(0));

    let password = run(&["password", "--login", "hoa"]);
    assert_eq!((password.status.code(), text(&password.stdout).trim().len()), (Some(0), 23));
    let nobody = run(&["password", "--login", "ai-do"]);
    assert_eq!(nobody.status.code(), Some(1));
    assert!(text(&nobody.stderr).contains("there is no account `ai-do`"));
}
