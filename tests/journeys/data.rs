//! Journeys through what is done with the data as a whole: export, backup, merge, erase.

use crate::journey::{Journey, ends_as, journeys};
use crate::shared::{in_evenings, message};
use crate::support::Reader;
use crate::{NARROW, WIDE};
use jiff::civil::date;
use sidelight::course::{CourseId, ItemId};
use sidelight::journal::{Journal, Mark, Operation};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::LazyLock;

journeys! {
    the_export_asks_for_its_form_and_its_file: WIDE, ":export your<Enter><Down><Tab><Up><Down>";
    the_export_on_a_narrow_screen: NARROW, ":export your<Enter><Shift-Tab><Tab>";
    a_report_asks_what_is_in_it: WIDE, ":a report of<Enter>";
    a_report_is_read_on_a_narrow_screen: NARROW, "<Tab>x:a report of<Enter><Ctrl-p> ";
    the_preview_of_a_report_pages_and_leads_back: NARROW,
        "<Tab>x:a report of<Enter><Ctrl-p>j<Down>k<Up><Space><PgDn>f<Ctrl-f><Ctrl-d>b<PgUp><Ctrl-b><Ctrl-u>\
         Gg<End><Home>q<Ctrl-p><Enter><Ctrl-p><Esc>";
    an_export_is_given_up: WIDE, ":export your<Enter><Esc><Esc>" => the_first_start_opens_the_first_lesson;
    what_to_erase_is_asked_for: WIDE, ":erase what<Enter><Down>";
    nothing_is_erased_without_the_word: NARROW, ":erase what<Enter><paste yes><Enter>";
    where_the_other_journal_is_is_asked_for: WIDE, ":merge another<Enter><Enter>";
}

fn first_mark(reader: &mut Reader) -> Option<Mark> {
    let day = reader.state().today;
    let world = reader.session().world();
    world.practice().mark(&world.course.items[0].id, day)
}

fn said(reader: &Reader) -> String {
    let screen = reader.screen();
    let lines: Vec<&str> = screen.lines().map(str::trim).collect();
    lines[lines.len() - 4..].concat()
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn an_export_is_written_for_her_alone_says_where_it_is_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "mine.md");
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>x:export your<Enter>").types(&format!("<Ctrl-u><paste {file}><Enter>"));
    assert!(said(&reader).contains(&format!("Written: {file}")), "{}", reader.screen());
    assert_eq!(reader.state().overlay, None);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("- [x] I did not beg"), "{text}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // The name is taken: what was typed stays, and so does the file.
    reader.types(":export your<Enter>").types(&format!("<Ctrl-u><paste {file}><Enter>"));
    assert!(said(&reader).contains("is there already"), "{}", reader.screen());
    assert!(reader.screen().contains("mine.md"), "{}", reader.screen());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn a_report_holds_notes_only_if_she_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::new(WIDE);
    reader.types("d<paste hollow>").types("<Ctrl-s><Tab>x");
    for (option, name, has_notes) in [("", "a.html", false), ("<Down><Down><Down>", "b.txt", true)] {
        let file = path(folder.path(), name);
        reader
            .types(&format!(":a report of<Enter>{option}"))
            .types(&format!("<Ctrl-u><paste {file}><Enter>"));
        assert!(said(&reader).contains(&format!("Written: {file}")), "{}", reader.screen());
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("I did not beg or plead"), "{text}");
        assert_eq!(text.contains("hollow"), has_notes, "{text}");
    }
}

#[test]
fn a_report_is_read_before_it_is_written() {
    let mut reader = Reader::new(WIDE);
    reader.types("d<paste hollow>").types("<Ctrl-s><Tab>x").types(":a report of<Enter>");
    let plain = reader.types("<Ctrl-p>").screen();
    assert!(plain.contains("From Monday 26 October 2026") && !plain.contains("hollow"), "{plain}");
    let questions = reader.types("<Esc><Down><Down><Down>").screen();
    assert!(questions.contains("A report of the last four weeks"), "{questions}");
    let with_notes = reader.types("<Ctrl-p>G").screen();
    assert!(with_notes.contains("hollow"), "{with_notes}");
    assert!(
        reader.types("<Esc>").screen().contains("(x) Plain text, with your notes"),
        "{}",
        reader.screen()
    );
}

#[test]
fn one_page_is_read_and_written_from_where_a_report_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "page.html");
    let mut reader = Reader::new(WIDE);
    reader.types("d<paste hollow>").types("<Ctrl-s><Tab>*:a report of<Enter><Down><Down><Down><Down>");
    let questions = reader.screen();
    assert!(questions.contains("(x) One page: first aid"), "{questions}");
    let shown = reader.types("<Ctrl-p>").screen();
    assert!(shown.contains("1. Put the phone in another room.") && !shown.contains("hollow"), "{shown}");
    let page = reader.types("<Esc>").types(&format!("<Ctrl-u><paste {file}><Enter>"));
    assert!(said(page).contains(&format!("Written: {file}")), "{}", page.screen());
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("I did not beg or plead") && text.contains("Put the phone"), "{text}");
}

#[test]
fn what_was_exported_is_taken_in_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "mine.json");
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>x:export your<Enter><Down>").types(&format!("<Ctrl-u><paste {file}><Enter>"));
    let mut other = Reader::new(WIDE);
    assert_eq!(first_mark(&mut other), None);
    other.types(":merge another<Enter>").types(&format!("<paste {file}><Enter>"));
    assert!(said(&other).contains("new, 0 known already"), "{}", other.screen());
    assert_eq!(first_mark(&mut other), Some(Mark::Kept));
}

#[test]
fn another_journal_is_merged_and_it_says_what_came_of_it() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>x");
    let mut other = Reader::new(WIDE);
    let from = reader.folder().display().to_string();
    other.types(":merge another<Enter>").types(&format!("<paste {from}><Enter>"));
    assert!(said(&other).contains("known already"), "{}", other.screen());
    assert!(message(&other).contains("Added: 2026-11-22: kept: I did not beg"), "{}", message(&other));
    assert_eq!(first_mark(&mut other), Some(Mark::Kept));
    reader.types("!");
    other.types(":merge another<Enter>").types(&format!("<paste {from}><Enter>"));
    let changed = "Changed: 2026-11-22: slipped: I did not beg or plead (was kept).";
    assert!(message(&other).contains(changed), "{}", message(&other));
    // The next key takes the message away, and the results stay in the list.
    let listed = other.types("jM").screen();
    for line in [
        "Added:",
        "2026-11-22: kept: I did not beg",
        "Changed:",
        "slipped: I did not beg or plead (was kept)",
    ] {
        assert!(listed.contains(line), "{line} is missing in {listed}");
    }
    other.types("<Esc>");
    other.types(":merge another<Enter><paste /nowhere/at/all><Enter>");
    assert!(said(&other).contains("/nowhere/at/all"), "{}", other.screen());
    assert!(other.state().overlay.is_some(), "what was typed is gone");
}

#[test]
fn what_came_for_the_course_that_is_open_is_said_in_its_words() {
    let there = tempfile::tempdir().unwrap();
    let mut opened = Journal::open(there.path()).unwrap();
    let (course, item) = (CourseId::new("evenings"), ItemId::new("walked"));
    let mark = Operation::Mark { course, item, day: date(2026, 11, 20), mark: Some(Mark::Slipped) };
    opened.journal.append(&mut opened.ledger, vec![mark]).unwrap();
    let mut reader = in_evenings("");
    reader.types(":merge another<Enter>").types(&format!("<paste {}><Enter>", there.path().display()));
    let words = "Added: 2026-11-20: not today: I walked for half an hour.";
    assert!(message(&reader).contains(words), "{}", message(&reader));
}

#[test]
fn a_backup_is_made_and_it_says_where() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>x:back up<Enter>");
    let folder = reader.folder().join("backup");
    let made = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    assert!(said(&reader).contains(&made.display().to_string()), "{}", reader.screen());
}

#[test]
fn a_backup_is_restored_by_its_name() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>x:back up<Enter>");
    let folder = reader.folder().join("backup");
    let made = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().file_name();
    let name = made.to_str().unwrap().trim_end_matches(".jsonl").to_owned();
    reader.types(":restore<Enter>").types(&format!("<paste {name}><Enter>"));
    assert!(said(&reader).contains("0 new, "), "{}", reader.screen());
}

#[test]
fn what_is_erased_is_gone_from_the_screen_and_the_disk() {
    let mut reader = Reader::new(WIDE);
    reader.types("d<paste hollow>").types("<Ctrl-s><Tab>x:erase what<Enter><paste erase><Enter>");
    assert!(said(&reader).contains("Erased for good: 1 record."), "{}", reader.screen());
    assert_eq!(first_mark(&mut reader), Some(Mark::Kept));
    reader.types("D");
    assert!(!reader.screen().contains("hollow"), "{}", reader.screen());
    for log in std::fs::read_dir(reader.folder().join("log")).unwrap() {
        assert!(!std::fs::read_to_string(log.unwrap().path()).unwrap().contains("hollow"));
    }
    reader.types("<Esc>:erase what<Enter><Down><Down><paste erase><Enter>");
    assert!(said(&reader).contains("Erased for good"), "{}", reader.screen());
    assert_eq!(first_mark(&mut reader), None);
}
