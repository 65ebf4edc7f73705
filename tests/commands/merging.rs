//! `merge` and `journal restore`: what they say of what they did.

use crate::{json_of, sidelight, text};
use jiff::civil::date;
use serde_json::{Value, json};
use sidelight::course::{CourseId, ItemId, Side};
use sidelight::journal::{Choice, Chosen, Journal, Mark, Operation, OwnItem};
use std::path::Path;

fn data(home: &Path) -> String {
    home.join(".local/share/sidelight").to_str().unwrap().to_owned()
}

fn marks(home: &Path, item: &str, mark: &str, day: &str) {
    assert_eq!(text(&sidelight(home, &["mark", item, mark, "--day", day])).0, 0);
}

#[test]
fn a_merge_says_what_it_changed_and_what_stood_against_it() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    marks(there.path(), "no-begging", "slipped", "2026-11-20");
    marks(here.path(), "no-begging", "kept", "2026-11-19");
    marks(here.path(), "no-begging", "kept", "2026-11-20");
    // What was written later, by the count of what was written, stands.
    for _ in 0..4 {
        marks(there.path(), "no-love-test", "kept", "2026-11-18");
        marks(there.path(), "no-begging", "slipped", "2026-11-19");
    }
    let (code, out, err) = text(&sidelight(here.path(), &["merge", &data(there.path())]));
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    let after = |title: &str| lines[lines.iter().position(|line| line.ends_with(title)).unwrap() + 1];
    assert!(after("Added:").starts_with("  2026-11-18: kept: "), "{out}");
    // Neither knew of the other's mark, and the count decides, not the clock.
    assert!(!out.contains("later"), "{out}");
    let again = "right, mark or write it again:";
    assert_eq!(after(again), "  2026-11-19: slipped: I did not beg or plead (was kept)", "{out}");
    let not_taken =
        lines.iter().position(|line| line.starts_with("Not taken, because neither machine")).unwrap();
    let against = lines[not_taken..].iter().find(|line| line.starts_with("  ")).unwrap();
    assert_eq!(*against, "  2026-11-20: slipped: I did not beg or plead (kept stays)", "{out}");
    assert!(lines.iter().all(|line| line.chars().count() <= 80), "{out}");
    let again = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!((&again["new"], &again["added"], &again["changed"]), (&json!(0), &json!([]), &json!([])));
    // What was told once is history.
    assert_eq!((&again["against"], &again["overruled"]), (&json!([]), &json!([])));
    let items = json_of(here.path(), &["items", "--day", "2026-11-20", "--json"]);
    assert_eq!(items["items"][0]["mark"], "kept");
}

#[test]
fn a_mark_that_another_device_took_back_is_named() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    marks(here.path(), "no-begging", "kept", "2026-11-20");
    assert_eq!(text(&sidelight(there.path(), &["merge", &data(here.path())])).0, 0);
    marks(there.path(), "no-begging", "clear", "2026-11-20");
    let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!(value["removed"], json!(["2026-11-20: kept: I did not beg or plead"]));
}

#[test]
fn an_export_is_told_from_a_journal() {
    let home = tempfile::tempdir().unwrap();
    marks(home.path(), "no-begging", "kept", "2026-11-20");
    let file = home.path().join("export.json");
    let file = file.to_str().unwrap();
    assert_eq!(text(&sidelight(home.path(), &["export", "--format", "json", "--output", file])).0, 0);
    let (code, out, err) = text(&sidelight(home.path(), &["merge", file]));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains(&format!("is an export: `sidelight import {file}` takes it")), "{err}");
}

#[test]
fn a_merge_that_finds_no_record_fails() {
    let home = tempfile::tempdir().unwrap();
    let (text_file, empty) = (home.path().join("letter.txt"), home.path().join("empty"));
    std::fs::write(&text_file, "Dear all,\n").unwrap();
    std::fs::create_dir(&empty).unwrap();
    for from in [&text_file, &empty, &home.path().join("nowhere")] {
        let (code, out, err) = text(&sidelight(home.path(), &["merge", from.to_str().unwrap()]));
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.contains(from.to_str().unwrap()), "{err}");
    }
}

#[test]
fn a_backup_is_restored_by_the_name_that_the_list_has() {
    let home = tempfile::tempdir().unwrap();
    marks(home.path(), "no-begging", "kept", "2026-11-20");
    let made = json_of(home.path(), &["journal", "backup", "--json"]);
    let listed = json_of(home.path(), &["journal", "restore", "--json"]);
    assert!(listed["backups"].as_array().unwrap().contains(&made["backup"]));
    let path = made["backup"].as_str().unwrap();
    let name = path.rsplit('/').next().unwrap();
    for named in [path, name, name.strip_suffix(".jsonl").unwrap()] {
        let value: Value = json_of(home.path(), &["journal", "restore", named, "--json"]);
        assert_eq!(value["known"], 2, "{named}");
    }
    let (code, _, err) = text(&sidelight(home.path(), &["journal", "restore", "2020-01-01-1.jsonl"]));
    assert_eq!(code, 1);
    assert!(err.contains("2020-01-01-1.jsonl"), "{err}");
}

#[test]
fn a_mark_that_was_changed_by_somebody_who_knew_it_is_no_contradiction() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    marks(there.path(), "no-begging", "kept", "2026-11-20");
    assert_eq!(text(&sidelight(here.path(), &["merge", &data(there.path())])).0, 0);
    marks(here.path(), "no-begging", "slipped", "2026-11-20");
    for _ in 0..2 {
        let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
        assert_eq!((&value["new"], &value["against"]), (&json!(0), &json!([])));
    }
    let value = json_of(there.path(), &["merge", &data(here.path()), "--json"]);
    assert_eq!(value["changed"], json!(["2026-11-20: slipped: I did not beg or plead (was kept)"]));
    assert_eq!(value["overruled"], json!([]));
}

/// Writes something as the screen does.
fn does(home: &Path, operations: Vec<Operation>) {
    let mut opened = Journal::open(Path::new(&data(home))).unwrap();
    opened.journal.append(&mut opened.ledger, operations).unwrap();
    opened.journal.close();
}

/// Writes a note as the screen does.
fn writes(home: &Path, note: &str, words: &str) {
    let (course, day) = (CourseId::new("reconcile"), date(2026, 11, 22));
    does(home, vec![Operation::Note { course, note: note.into(), day, place: None, text: words.into() }]);
}

#[test]
fn a_merge_that_only_gives_a_text_another_name_calls_nothing_lost_and_names_notes_by_their_question() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    writes(there.path(), "2026-11-22-1-happened", "rain");
    writes(here.path(), "2026-11-22-1-happened", "sun");
    writes(there.path(), "2026-11-22-week", "long");
    let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!(value["removed"], json!([]));
    assert_eq!(value["added"], json!(["2026-11-22: What happened?", "2026-11-22: The week"]));
    let value = json_of(there.path(), &["merge", &data(here.path()), "--json"]);
    assert_eq!((&value["added"], &value["removed"]), (&json!(["2026-11-22: What happened?"]), &json!([])));
}

#[test]
fn an_import_before_a_merge_doubles_no_note() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    writes(there.path(), "2026-11-22-1-happened", "rain");
    let file = here.path().join("there.json");
    let file = file.to_str().unwrap();
    assert_eq!(text(&sidelight(there.path(), &["export", "--format", "json", "--output", file])).0, 0);
    assert_eq!(text(&sidelight(here.path(), &["import", file])).0, 0);
    let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!((&value["new"], &value["added"]), (&json!(1), &json!([])));
    let value = json_of(there.path(), &["merge", &data(here.path()), "--json"]);
    assert_eq!(value["added"], json!([]));
    for home in [here.path(), there.path()] {
        let (_, out, _) = text(&sidelight(home, &["export"]));
        assert_eq!(out.matches("rain").count(), 1, "{out}");
    }
}

/// The files below a folder that hold these words.
fn files_with(words: &str, folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                return files_with(words, &path);
            }
            let bytes = std::fs::read(&path).unwrap();
            let has = bytes.windows(words.len()).any(|window| window == words.as_bytes());
            if has { vec![path] } else { Vec::new() }
        })
        .collect()
}

#[test]
fn what_a_merge_hears_is_erased_is_in_no_file_when_the_command_has_ended() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    writes(there.path(), "2026-11-22-1-happened", "hollow");
    marks(there.path(), "no-begging", "kept", "2026-11-20");
    assert_eq!(text(&sidelight(here.path(), &["merge", &data(there.path())])).0, 0);
    assert_eq!(text(&sidelight(here.path(), &["journal", "backup"])).0, 0);
    assert_eq!(text(&sidelight(there.path(), &["erase", "--notes", "--yes"])).0, 0);
    assert!(!files_with("hollow", Path::new(&data(here.path()))).is_empty());
    let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!(value["removed"], json!(["2026-11-22: What happened?"]));
    assert_eq!(files_with("hollow", Path::new(&data(here.path()))), Vec::<std::path::PathBuf>::new());
    let items = json_of(here.path(), &["items", "--day", "2026-11-20", "--json"]);
    assert_eq!(items["items"][0]["mark"], "kept");
}

#[test]
fn a_record_that_a_journal_has_twice_is_counted_once() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    marks(there.path(), "no-begging", "kept", "2026-11-20");
    let log = Path::new(&data(there.path())).join("log");
    let name = std::fs::read_dir(&log).unwrap().next().unwrap().unwrap().file_name();
    std::fs::copy(log.join(name), log.join("copy.sync-conflict-1.jsonl")).unwrap();
    let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!((&value["new"], &value["known"]), (&json!(2), &json!(0)));
}

/// The lines of a kind of change.
fn lines(report: &Value, kind: &str) -> Vec<String> {
    report[kind].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_note_that_was_reworded_elsewhere_is_called_changed() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    writes(here.path(), "2026-11-22-1-happened", "rain");
    assert_eq!(text(&sidelight(there.path(), &["merge", &data(here.path())])).0, 0);
    writes(there.path(), "2026-11-22-1-happened", "rain, then sun");
    writes(there.path(), "2026-11-22-2-did", "walked");
    let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!(value["changed"], json!(["2026-11-22: What happened?"]));
    assert_eq!((&value["added"], &value["removed"]), (&json!(["2026-11-22: What did I do?"]), &json!([])));
}

#[test]
fn two_texts_of_one_note_that_were_emptied_elsewhere_are_told_of_as_two() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    writes(here.path(), "2026-11-22-1-happened", "rain");
    writes(there.path(), "2026-11-22-1-happened", "sun");
    for (home, from) in [(&there, &here), (&here, &there)] {
        assert_eq!(text(&sidelight(home.path(), &["merge", &data(from.path())])).0, 0);
    }
    let names: Vec<String> = {
        let opened = Journal::open(Path::new(&data(there.path()))).unwrap();
        opened.ledger.notes(&CourseId::new("reconcile")).into_iter().map(|note| note.note).collect()
    };
    assert_eq!(names.len(), 2, "{names:?}");
    for name in &names {
        writes(there.path(), name, "");
    }
    let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!(value["removed"], json!(["2026-11-22: What happened?", "2026-11-22: What happened?"]));
}

#[test]
fn what_neither_machine_knew_is_told_on_the_one_that_merges_second_too() {
    // With a greater count the mark of the second stands; with the same one, either does.
    for more in [1, 0] {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for _ in 0..more {
            marks(second.path(), "no-love-test", "kept", "2026-11-18");
        }
        marks(first.path(), "no-begging", "slipped", "2026-11-20");
        marks(second.path(), "no-begging", "kept", "2026-11-20");
        for (home, from) in [(&first, &second), (&second, &first)] {
            let value = json_of(home.path(), &["merge", &data(from.path()), "--json"]);
            let told = [lines(&value, "overruled"), lines(&value, "against")].concat();
            assert_eq!(told.len(), 1, "{value}");
            assert_eq!(value["changed"], json!([]));
        }
        // And what came of it is history.
        let value = json_of(first.path(), &["merge", &data(second.path()), "--json"]);
        assert_eq!((&value["overruled"], &value["against"]), (&json!([]), &json!([])));
    }
}

#[test]
fn a_mark_that_was_changed_after_a_merge_is_no_contradiction_on_either_side() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    marks(first.path(), "no-love-test", "kept", "2026-11-18");
    marks(second.path(), "no-begging", "kept", "2026-11-20");
    assert_eq!(text(&sidelight(first.path(), &["merge", &data(second.path())])).0, 0);
    marks(first.path(), "no-begging", "slipped", "2026-11-20");
    let value = json_of(second.path(), &["merge", &data(first.path()), "--json"]);
    assert_eq!(value["changed"], json!(["2026-11-20: slipped: I did not beg or plead (was kept)"]));
    assert_eq!((&value["overruled"], &value["against"]), (&json!([]), &json!([])));
}

#[test]
fn what_was_not_taken_of_an_own_item_that_both_know_has_the_item_s_words() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (course, item) = (CourseId::new("reconcile"), ItemId::new("own-1"));
    let own = OwnItem::new(Side::Avoid, "I slept with the telephone off".into(), String::new());
    let chosen = Chosen::OwnItem { item: item.clone(), own };
    does(here.path(), vec![Operation::Choice(Choice { course: course.clone(), chosen })]);
    assert_eq!(text(&sidelight(there.path(), &["merge", &data(here.path())])).0, 0);
    let marked = |mark| Operation::Mark {
        course: course.clone(),
        item: item.clone(),
        day: date(2026, 11, 20),
        mark: Some(mark),
    };
    does(there.path(), vec![marked(Mark::Slipped)]);
    does(here.path(), vec![marked(Mark::Slipped), marked(Mark::Kept)]);
    let value = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    let words = "2026-11-20: slipped: I slept with the telephone off (kept stays)";
    assert_eq!(value["against"], json!([words]), "{value}");
}

#[test]
fn marks_of_a_course_that_is_named_have_its_words() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let evenings = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/evenings");
    let day = date(2026, 11, 20);
    let mark = |item: &str, mark| Operation::Mark {
        course: CourseId::new("evenings"),
        item: ItemId::new(item),
        day,
        mark: Some(mark),
    };
    does(there.path(), vec![mark("walked", Mark::Slipped)]);
    let from = data(there.path());
    let value = json_of(here.path(), &["merge", &from, "--course", evenings, "--json"]);
    assert_eq!(value["added"], json!(["2026-11-20: not today: I walked for half an hour"]));
    // A backup and an export as well.
    let backup = json_of(here.path(), &["journal", "backup", "--json"]);
    let third = tempfile::tempdir().unwrap();
    let backup = backup["backup"].as_str().unwrap();
    let value = json_of(third.path(), &["journal", "restore", backup, "--course", evenings, "--json"]);
    assert_eq!(value["added"], json!(["2026-11-20: not today: I walked for half an hour"]));
    let file = there.path().join("there.json");
    let file = file.to_str().unwrap();
    assert_eq!(text(&sidelight(there.path(), &["export", "--format", "json", "--output", file])).0, 0);
    does(here.path(), vec![mark("walked", Mark::Kept)]);
    let value = json_of(here.path(), &["import", file, "--course", evenings, "--json"]);
    assert_eq!(value["differing"], json!(["2026-11-20: not today: I walked for half an hour"]));
}
