//! The help of the commands.

use crate::{sidelight, text};
use clap::CommandFactory;
use sidelight::cli::arguments::Arguments;

/// Every command, a command of a command behind its own.
fn commands() -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(Vec::new(), Arguments::command())];
    while let Some((names, command)) = open.pop() {
        for below in command.get_subcommands() {
            let names: Vec<String> = names.iter().cloned().chain([below.get_name().to_owned()]).collect();
            found.push(names.clone());
            open.push((names, below.clone()));
        }
    }
    found
}

#[test]
fn a_commands_help_has_its_own_options_first_an_example_and_the_others_in_one_line() {
    let home = tempfile::tempdir().unwrap();
    let all = commands();
    assert!(all.len() > 15);
    for names in all {
        let arguments: Vec<&str> = names.iter().map(String::as_str).chain(["--help"]).collect();
        let (code, out, err) = text(&sidelight(home.path(), &arguments));
        assert_eq!((code, err.as_str()), (0, ""));
        let lines: Vec<&str> = out.lines().collect();
        let (own, others) = out.split_once("Options of every command").unwrap();
        for other in ["--data-dir", "--no-save", "--theme", "--json"] {
            let is_own = own.split_whitespace().any(|word| word == other);
            assert!(!is_own && others.contains(other), "{out}");
        }
        assert!(own.contains("\nOptions:\n") && others.lines().count() <= 4, "{out}");
        if names != ["journal"] {
            let example = lines.iter().find_map(|line| line.strip_prefix("Example: sidelight ")).unwrap();
            assert!(example.starts_with(&names.join(" ")), "{names:?}: {example}");
        }
    }
}

#[test]
fn an_option_of_all_commands_works_before_and_after_the_command() {
    let home = tempfile::tempdir().unwrap();
    let other = home.path().join("other");
    let other = other.to_str().unwrap();
    for arguments in [
        ["--data-dir", other, "mark", "no-begging", "kept"],
        ["mark", "no-begging", "slipped", "--data-dir", other],
    ] {
        assert_eq!(text(&sidelight(home.path(), &arguments)).0, 0);
    }
    assert!(!home.path().join(".local").exists() && home.path().join("other/log").exists());
}

#[test]
fn the_main_help_explains_every_option_and_names_its_variable() {
    let home = tempfile::tempdir().unwrap();
    let (_, out, _) = text(&sidelight(home.path(), &["--help"]));
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    for name in
        ["DATA_DIR", "CONFIG", "THEME", "PICTURES", "HIDE_AFTER", "DAY_ENDS_AT", "WEEK_BEGINS", "NO_MOUSE"]
    {
        assert!(out.contains(&format!("[env: SIDELIGHT_{name}]")), "{name} is not in\n{out}");
    }
}
