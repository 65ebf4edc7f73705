//! Faults in commands.

use crate::{Fault, Home, chosen, faults, strace_is_there};
use std::path::{Path, PathBuf};

/// What is done, each with a journal in which marks stand, and the item that is kept when it says
/// that it has succeeded.
const COMMANDS: &[(&[&str], &str)] = &[
    (&["mark", "no-threats", "kept"], "no-threats"),
    (&["merge", "OTHER"], "no-insult"),
    (&["import", "EXPORT"], "no-insult"),
    (&["journal", "backup"], "no-begging"),
    (&["journal", "restore", "BACKUP"], "no-begging"),
    (&["journal", "repair"], "no-begging"),
    (&["erase", "--notes", "--yes"], "no-begging"),
];

/// The faults that are tried each time.
const COUNT: usize = 40;

/// Another journal, and what was exported from it.
struct Elsewhere {
    home: Home,
    export: PathBuf,
}

impl Elsewhere {
    fn new() -> Self {
        let home = Home::new();
        assert!(home.run(&["mark", "no-insult", "kept"]).status.success());
        let export = home.path().join("export.json");
        std::fs::write(&export, home.export()).unwrap();
        Self { home, export }
    }

    fn arguments(&self, home: &Home, arguments: &[&str]) -> Vec<String> {
        let backup =
            || std::fs::read_dir(home.data().join("backup")).unwrap().next().unwrap().unwrap().path();
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        let named = |argument: &&str| match *argument {
            "OTHER" => path(&self.home.data()),
            "EXPORT" => path(&self.export),
            "BACKUP" => path(&backup()),
            other => other.to_owned(),
        };
        arguments.iter().map(named).collect()
    }
}

/// What is erased.
const WORDS: &str = "Words of hers";

/// A journal with a mark, a note, a backup and a damaged line.
fn prepared() -> Home {
    let home = Home::new();
    let note = format!(
        r#"{{"sidelight":"export","version":1,"records":[{{"op":"note","course":"reconcile",
        "note":"n","day":"2026-11-21","place":null,"text":"{WORDS}"}}]}}"#
    );
    let file = home.path().join("note.json");
    std::fs::write(&file, note).unwrap();
    assert!(home.run(&["import", file.to_str().unwrap()]).status.success());
    assert!(home.run(&["journal", "backup"]).status.success());
    let log = home.log();
    let bytes = std::fs::read(&log).unwrap();
    std::fs::write(&log, [bytes, b"rubbish\n".to_vec()].concat()).unwrap();
    home
}

fn holds_words(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).any(|path| {
        if path.is_dir() {
            holds_words(&path)
        } else {
            String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains(WORDS)
        }
    })
}

/// Runs a command under `strace`. Returns whether it said that it had succeeded.
fn succeeds(home: &Home, elsewhere: &Elsewhere, arguments: &[&str], fault: Option<&Fault>) -> bool {
    let arguments = elsewhere.arguments(home, arguments);
    let mut command = home.command("strace");
    command.args(home.strace(fault)).arg(env!("CARGO_BIN_EXE_sidelight")).args(arguments);
    command.output().unwrap().status.success()
}

#[test]
fn no_fault_at_any_call_of_a_command_costs_what_was_there_or_what_was_said_to_be_saved() {
    if !strace_is_there() {
        return;
    }
    let elsewhere = Elsewhere::new();
    let mut all = Vec::new();
    for (arguments, item) in COMMANDS {
        let home = prepared();
        assert!(succeeds(&home, &elsewhere, arguments, None), "{arguments:?}");
        all.extend(faults(&home.traced()).into_iter().map(|fault| (*arguments, *item, fault)));
    }
    let mut injections = 0;
    for (arguments, item, fault) in chosen(all, COUNT) {
        let home = prepared();
        let has_succeeded = succeeds(&home, &elsewhere, arguments, Some(&fault));
        injections += usize::from(home.is_injected());
        let context = format!("{arguments:?}, {fault:?}");
        let is_kept = |item: &str| home.export().contains(&format!("\"{item}\""));
        assert!(is_kept("no-begging"), "{context}: what was there is gone");
        assert!(!has_succeeded || is_kept(item), "{context}: said to be saved, and lost");
        if has_succeeded && arguments[0] == "erase" {
            assert!(!holds_words(&home.data()), "{context}: said to be erased, and still there");
        }
        // What was begun can be done after it.
        assert!(succeeds(&home, &elsewhere, arguments, None), "{context}: not possible afterwards");
        assert!(is_kept("no-begging") && is_kept(item), "{context}: lost afterwards");
    }
    eprintln!("{injections} injections into commands");
    assert!(injections > 0, "nothing was injected");
}
