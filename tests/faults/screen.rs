//! Faults in the screen, from the first key on: only calls at the journal's files are tampered with.

use crate::terminal::Running;
use crate::{Fault, Home, chosen, faults, strace_is_there};

const SIZE: (u16, u16) = (120, 36);

/// What is done: its keys, what the screen shows once it was done, and what an export has of it.
struct Deed {
    keys: &'static str,
    shows: &'static str,
    exported: &'static str,
}

const DEEDS: &[Deed] = &[
    Deed { keys: "\tj!", shows: ">[!]", exported: "no-love-test" },
    Deed { keys: "dWords of hers\x1b", shows: "Saved. ", exported: "Words of hers" },
    Deed { keys: "\tae\tI went for a walk\x13", shows: "Saved. ", exported: "I went for a walk" },
    Deed { keys: "\tehe shouts\tI wait\x13", shows: "Saved. ", exported: "he shouts" },
];

/// The faults that are tried each time, for each deed.
const COUNT: usize = 2;

/// The program under `strace`, with faults at the journal's own files alone.
fn start(home: &Home, fault: Option<&Fault>) -> Running {
    let mut arguments = home.strace(fault);
    let data = home.data();
    for path in [home.log(), data.join("log"), data.join("backup"), data.clone()] {
        arguments.extend(["-P".to_owned(), path.to_str().unwrap().to_owned()]);
    }
    arguments.push(env!("CARGO_BIN_EXE_sidelight").to_owned());
    arguments.extend(["--theme".to_owned(), "dark".to_owned()]);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    Running::start_program("strace", SIZE, home.path(), &arguments, &[])
}

/// Does it, and returns whether the screen said that it was saved.
fn says_saved(home: &Home, deed: &Deed, fault: Option<&Fault>) -> bool {
    let mut running = start(home, fault);
    if !running.comes_to_show(&|screen| screen.contains("I did not beg")) {
        return false;
    }
    running.types_if_possible(deed.keys);
    let is_done = |screen: &str| screen.contains(deed.shows) || screen.contains("NOT SAVED");
    if !running.comes_to_show(&is_done) {
        return false;
    }
    // With the next key it is tried again.
    running.types_if_possible("\x1b[B\x1b[A");
    let is_saved = running.comes_to_show(&|screen| !screen.contains("NOT SAVED"));
    running.types_if_possible("q");
    let has_ended = running.ends().success();
    is_saved && has_ended
}

#[test]
fn no_fault_at_any_call_of_the_screen_costs_what_was_there_or_what_was_said_to_be_saved() {
    if !strace_is_there() {
        return;
    }
    let mut injections = 0;
    for deed in DEEDS {
        let home = Home::new();
        assert!(says_saved(&home, deed, None), "{}", deed.exported);
        assert!(home.export().contains(deed.exported), "{}", deed.exported);
        for fault in chosen(faults(&home.traced()), COUNT) {
            let home = Home::new();
            // What was tried when the screen did not come to show what it should.
            eprintln!("{}, {fault:?}", deed.exported);
            let is_saved = says_saved(&home, deed, Some(&fault));
            injections += usize::from(home.is_injected());
            let context = format!("{}, {fault:?}", deed.exported);
            let export = home.export();
            assert!(export.contains("\"no-begging\""), "{context}: what was there is gone");
            assert!(!is_saved || export.contains(deed.exported), "{context}: said to be saved, and lost");
        }
    }
    eprintln!("{injections} injections into the screen");
    assert!(injections > 0, "nothing was injected");
}
