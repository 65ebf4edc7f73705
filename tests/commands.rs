//! The commands, as scripts and people use them: what they print, and how they end.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use sidelight::course::{CourseId, ItemId, Side};
use sidelight::journal::{Choice, Chosen, ItemStatus, Journal, Operation, OwnItem};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the program with a home of its own.
fn sidelight(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(arguments)
        .env_clear()
        .env("HOME", home)
        .env("TZ", "UTC")
        .env("SIDELIGHT_TODAY", "2026-11-22")
        .output()
        .unwrap()
}

fn text(output: &Output) -> (i32, String, String) {
    let string = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), string(&output.stdout), string(&output.stderr))
}

fn json_of(home: &Path, arguments: &[&str]) -> Value {
    let (code, out, err) = text(&sidelight(home, arguments));
    assert_eq!(code, 0, "{err}");
    assert_eq!(out.lines().count(), 1, "JSON stands on one line");
    serde_json::from_str(&out).unwrap()
}

/// The names in the JSON of an item.
const ITEM: [&str; 7] = ["caution", "id", "listed", "mark", "own", "side", "text"];

/// Writes to the journal of the built-in course what the screen would write.
fn choose(home: &Path, all: impl IntoIterator<Item = Chosen>) {
    let mut opened = Journal::open(&home.join(".local/share/sidelight")).unwrap();
    let course = CourseId::new("reconcile");
    let operations =
        all.into_iter().map(|chosen| Operation::Choice(Choice { course: course.clone(), chosen })).collect();
    opened.journal.append(&mut opened.ledger, operations).unwrap();
}

fn own_item(id: &str, text: &str, status: ItemStatus) -> Chosen {
    let own = OwnItem { side: Side::Avoid, text: text.into(), instead: "I went out".into(), status };
    Chosen::OwnItem { item: ItemId::new(id), own }
}

fn listed(id: &str) -> Chosen {
    Chosen::Listed { item: ItemId::new(id), listed: true }
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn lessons_as_json_keeps_its_promise_to_scripts() {
    let home = tempfile::tempdir().unwrap();
    let value = json_of(home.path(), &["lessons", "--json"]);
    assert_eq!(keys(&value), ["course", "lessons"]);
    assert_eq!(value["course"], "reconcile");
    let lesson = &value["lessons"][0];
    assert_eq!(keys(lesson), ["id", "part", "read", "title", "words"]);
    assert_eq!(lesson["id"], "start-here");
    assert_eq!(lesson["part"], "Before you begin");
    assert_eq!(lesson["read"], false);
    assert!(lesson["words"].as_u64().unwrap() > 300);
}

#[test]
fn items_and_today_as_json_keep_their_promise_to_scripts() {
    let home = tempfile::tempdir().unwrap();
    for command in [["items", "--json"], ["today", "--json"]] {
        let value = json_of(home.path(), &command);
        assert_eq!(keys(&value), ["course", "day", "items"]);
        assert_eq!(value["day"], "2026-11-22");
        assert_eq!(keys(&value["items"][0]), ITEM);
        assert_eq!(value["items"][0]["mark"], Value::Null);
        let sides: Vec<&str> =
            value["items"].as_array().unwrap().iter().map(|item| item["side"].as_str().unwrap()).collect();
        assert!(sides.contains(&"avoid") && sides.contains(&"embrace"));
    }
}

#[test]
fn marks_are_kept_for_their_day_and_taken_back() {
    let home = tempfile::tempdir().unwrap();
    for (word, mark) in
        [("kept", json!("kept")), ("slipped", json!("slipped")), ("na", json!("na")), ("clear", Value::Null)]
    {
        let marked = json_of(home.path(), &["mark", "no-begging", word, "--day", "2026-11-20", "--json"]);
        assert_eq!(keys(&marked), ITEM);
        assert_eq!(marked["mark"], mark);
        let day = json_of(home.path(), &["items", "--day", "2026-11-20", "--json"]);
        assert_eq!(day["items"][0]["mark"], mark);
        let today = json_of(home.path(), &["today", "--json"]);
        assert_eq!(today["items"][0]["mark"], Value::Null);
    }
}

#[test]
fn an_item_of_the_readers_own_is_listed_and_marked_like_any_other() {
    let home = tempfile::tempdir().unwrap();
    choose(home.path(), [own_item("own-0001-x", "I did not read his letters", ItemStatus::Active)]);
    let own = |value: &Value| {
        let items = value["items"].as_array().unwrap();
        items.iter().find(|item| item["id"] == "own-0001-x").cloned().unwrap()
    };
    let item = own(&json_of(home.path(), &["items", "--json"]));
    assert_eq!((&item["own"], &item["side"], &item["mark"]), (&json!(true), &json!("avoid"), &Value::Null));
    // By its id, and by the beginning of its text.
    for typed in ["own-0001-x", "i did not READ"] {
        let marked = json_of(home.path(), &["mark", typed, "kept", "--json"]);
        assert_eq!((&marked["id"], &marked["mark"]), (&json!("own-0001-x"), &json!("kept")));
        assert_eq!(own(&json_of(home.path(), &["today", "--json"]))["mark"], "kept");
        json_of(home.path(), &["mark", typed, "clear", "--json"]);
    }
    let (code, out, _) = text(&sidelight(home.path(), &["mark", "own-0001-x", "slipped"]));
    assert_eq!((code, out.as_str()), (0, "[!] I did not read his letters\n"));
    let (_, out, _) = text(&sidelight(home.path(), &["items"]));
    let avoid = out.split("\nEmbrace\n").next().unwrap();
    let line = avoid.lines().find(|line| line.contains("own-0001-x")).unwrap();
    assert!(line.ends_with("  [!] I did not read his letters"), "{out}");
}

#[test]
fn today_shows_the_readers_list_and_all_items_while_it_is_empty() {
    let home = tempfile::tempdir().unwrap();
    let ids = |command: &str| -> Vec<String> {
        let value = json_of(home.path(), &[command, "--json"]);
        let items = value["items"].as_array().unwrap();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let all = ids("items");
    assert_eq!(ids("today"), all);
    let mine = "own-0001-x";
    choose(
        home.path(),
        [
            own_item(mine, "I did not read his letters", ItemStatus::Active),
            listed(mine),
            listed("no-begging"),
        ],
    );
    assert_eq!(ids("today"), ["no-begging", mine]);
    assert_eq!(ids("items").len(), all.len() + 1);
    sidelight(home.path(), &["mark", "no-begging", "kept"]);
    let (code, out, _) = text(&sidelight(home.path(), &["today"]));
    assert_eq!(code, 0);
    assert!(out.starts_with("2026-11-22   1 of 2 kept\n\nAvoid\n  [x] "), "{out}");
    assert!(!out.contains("Embrace"), "an empty side has a title: {out}");
    assert!(
        out.ends_with(&format!(
            "\nNot on your list: {} more. `sidelight items` shows them.\n",
            all.len() - 1
        ))
    );
    let (_, out, _) = text(&sidelight(home.path(), &["items"]));
    let starred: Vec<&str> = out.lines().filter(|line| line.starts_with("  * ")).collect();
    assert_eq!(starred.len(), 2, "{out}");
}

#[test]
fn an_item_that_cannot_be_told_or_is_retired_is_refused_with_what_there_is() {
    let home = tempfile::tempdir().unwrap();
    choose(
        home.path(),
        [
            own_item("own-0001-x", "I did not read his letters", ItemStatus::Active),
            own_item("own-0002-y", "I did not read his diary", ItemStatus::Active),
            own_item("own-0003-z", "I did not shout", ItemStatus::Retired),
        ],
    );
    for (typed, told) in [
        ("I did not read", "own-0001-x, own-0002-y"),
        ("own-0003-z", "is retired"),
        ("own-0001-y", "did you mean `own-0001-x`?"),
        ("I did not shout", "there is no item"),
        ("", "there is no item"),
    ] {
        let (code, out, err) = text(&sidelight(home.path(), &["mark", typed, "kept"]));
        assert_eq!((code, out.as_str()), (1, ""), "{typed}");
        assert!(err.contains(told), "{typed}: {err}");
    }
    let (_, out, _) = text(&sidelight(home.path(), &["items"]));
    assert!(!out.contains("[x]") && !out.contains("shout"), "{out}");
}

#[test]
fn an_item_that_was_marked_by_command_is_named_after_the_course_has_lost_it() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("course");
    let manifest = |items: &str| {
        format!(
            r#"{{"format":1,"id":"c","title":"C","summary":"S","language":"en","parts":[{{"title":"P",
"lessons":[{{"id":"a","title":"A","file":"a.md"}}]}}],"checklist":{{"avoid":[],"embrace":[{items}]}}}}"#
        )
    };
    let rest = r#"{"id":"rest","text":"I rested","why":"It helps.","lesson":"a"}"#;
    let walk = r#"{"id":"walk","text":"I took a walk","why":"It helps.","lesson":"a"}"#;
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("a.md"), "# A\n\nText.\n").unwrap();
    std::fs::write(folder.join("course.json"), manifest(&format!("{rest},{walk}"))).unwrap();
    let course = folder.to_str().unwrap();
    let (code, _, err) = text(&sidelight(home.path(), &["--course", course, "mark", "walk", "kept"]));
    assert_eq!(code, 0, "{err}");
    std::fs::write(folder.join("course.json"), manifest(rest)).unwrap();
    for command in ["report", "export"] {
        let (code, out, err) = text(&sidelight(home.path(), &["--course", course, command]));
        assert_eq!(code, 0, "{err}");
        assert!(out.contains("I took a walk"), "{command} does not name it:\n{out}");
    }
}

#[test]
fn a_day_to_come_is_refused_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, err) =
        text(&sidelight(home.path(), &["mark", "no-begging", "kept", "--day", "2026-11-23"]));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("is in the future"), "{err}");
    assert!(!home.path().join(".local").exists());
    let (code, ..) = text(&sidelight(home.path(), &["mark", "no-begging", "kept", "--day", "2026-02-30"]));
    assert_eq!(code, 2);
}

#[test]
fn a_day_that_does_not_exist_is_refused_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    for day in ["2026-02-30", "2026-13-01", "yesterday", ""] {
        let (code, out, err) = text(&sidelight(home.path(), &["mark", "no-begging", "kept", "--day", day]));
        assert_eq!((code, out.as_str()), (2, ""), "{day}");
        assert!(err.contains("--day") && !err.contains("panicked"), "{err}");
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_day_ends_at_the_hour_that_was_asked_for() {
    let home = tempfile::tempdir().unwrap();
    let (code, _, err) = text(&sidelight(home.path(), &["today", "--day-ends-at", "12"]));
    assert_eq!(code, 2);
    assert!(err.contains("from 0 to 11"), "{err}");
    // In zones that lie so far apart one of the two hours parts the days at any time.
    let day = |zone: &str, hour: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
        let command = command.args(["today", "--json"]).env_clear().env("TZ", zone);
        let output = command.env("SIDELIGHT_DAY_ENDS_AT", hour).env("HOME", home.path()).output().unwrap();
        serde_json::from_slice::<Value>(&output.stdout).unwrap()["day"].as_str().unwrap().to_owned()
    };
    let zones: Vec<String> = (0..24).map(|hours| format!("UTC-{hours}")).collect();
    assert!(zones.iter().any(|zone| day(zone, "0") != day(zone, "11")), "the hour changes nothing");
}

#[test]
fn search_as_json_keeps_its_promise_to_scripts() {
    let home = tempfile::tempdir().unwrap();
    let value = json_of(home.path(), &["search", "begging", "--json"]);
    assert_eq!(keys(&value), ["hits", "query"]);
    let hits = value["hits"].as_array().unwrap();
    assert!(hits.iter().all(|hit| keys(hit) == ["kind", "lesson", "text", "title"]));
    let kinds: Vec<&str> = hits.iter().map(|hit| hit["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"lesson") && kinds.contains(&"item"), "{kinds:?}");
    let (code, out, err) = text(&sidelight(home.path(), &["search", "zebra", "--json"]));
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["hits"], json!([]));
    assert!(err.contains("No matches"));
}

#[test]
fn a_wrong_id_suggests_the_nearest_one() {
    let home = tempfile::tempdir().unwrap();
    for (arguments, near) in [
        (vec!["read", "start-hare"], "start-here"),
        (vec!["read", "what"], "what-to-avoid"),
        (vec!["mark", "no-beging", "kept"], "no-begging"),
    ] {
        let (code, out, err) = text(&sidelight(home.path(), &arguments));
        assert_eq!((code, out.as_str()), (1, ""));
        assert!(err.contains(near), "{err}");
    }
}

#[test]
fn a_lesson_is_printed_as_plain_text() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, _) = text(&sidelight(home.path(), &["read", "what-to-avoid"]));
    assert_eq!(code, 0);
    assert!(out.starts_with("What to avoid\n═"));
    assert!(!out.contains('\u{1b}'));
    assert!(out.lines().all(|line| sidelight::text::columns::width(line) <= 72));
    let value = json_of(home.path(), &["read", "what-to-avoid", "--json"]);
    assert_eq!(value["id"], "what-to-avoid");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sidelight"))
        .args(["read", "what-to-avoid"])
        .env("HOME", home.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn wrong_use_exits_with_two_and_help_with_none() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(text(&sidelight(home.path(), &["mark", "no-begging", "perhaps"])).0, 2);
    assert_eq!(text(&sidelight(home.path(), &["--no-such-flag"])).0, 2);
    let (code, out, _) = text(&sidelight(home.path(), &["--help"]));
    assert_eq!(code, 0);
    for command in ["lessons", "read", "search", "items", "today", "mark", "check", "new", "courses"] {
        assert!(out.contains(&format!("\n  {command} ")), "the help does not name {command}");
    }
}

#[test]
fn a_faulty_course_tells_all_its_faults_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = r#"{"format":1,"id":"c","title":"C","summary":"S","language":"en",
"parts":[{"title":"P","lessons":[{"id":"a","title":"A","file":"../a.md"},
{"id":"a","title":"B","file":"b.md"}]}],
"checklist":{"avoid":[{"id":"i","text":"t","why":"w","lesson":"zz"}],"embrace":[]}}"#;
    std::fs::write(folder.path().join("course.json"), manifest).unwrap();
    std::fs::write(folder.path().join("b.md"), [b'#', b' ', 0xff, 0xfe]).unwrap();
    let course = folder.path().to_str().unwrap();
    let (code, out, err) = text(&sidelight(folder.path(), &["--course", course, "lessons"]));
    assert_eq!((code, out.as_str()), (1, ""));
    for part in
        ["course.json:2:", "outside", "course.json:3:", "another lesson has the id", "`zz`", "b.md:1:"]
    {
        assert!(err.contains(part), "no {part:?} in {err}");
    }
    assert!(!err.contains("panicked"));
}

#[test]
fn hostile_folders_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let course = folder.path().to_str().unwrap();
    let (code, _, err) = text(&sidelight(folder.path(), &["--course", course, "lessons"]));
    assert_eq!(code, 1);
    assert!(err.contains("no Markdown file in this folder"), "{err}");
    let (code, _, err) = text(&sidelight(folder.path(), &["--course", course, "--as", "course", "lessons"]));
    assert_eq!(code, 1);
    assert!(err.contains("course.json"), "{err}");
    std::fs::write(folder.path().join("course.json"), "[".repeat(10_000)).unwrap();
    let (code, _, err) = text(&sidelight(folder.path(), &["--course", course, "lessons"]));
    assert_eq!(code, 1);
    assert!(!err.contains("panicked") && err.len() < 1000, "{err}");
    let (code, _, err) = text(&sidelight(folder.path(), &["--course", "/dev/zero", "lessons"]));
    assert_eq!(code, 1, "{err}");
}

#[test]
fn without_a_home_reading_goes_on_and_marking_says_what_to_do() {
    let run = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_sidelight")).args(arguments).env_clear().output().unwrap();
        text(&output)
    };
    let (code, out, _) = run(&["read", "start-here"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("Start here"));
    // Where HOME is missing the system may still know a home; a folder that cannot be made
    // is as good as none.
    let (code, out, err) = run(&["mark", "no-begging", "kept", "--data-dir", "/dev/null/x"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("Nothing is saved"), "{err}");
    let (code, _, err) = run(&["today", "--data-dir", "/dev/null/x"]);
    assert_eq!(code, 0);
    assert!(err.contains("Nothing is saved"), "{err}");
}

#[test]
fn nothing_is_written_with_no_save() {
    let home = tempfile::tempdir().unwrap();
    let (code, ..) = text(&sidelight(home.path(), &["today", "--no-save"]));
    assert_eq!(code, 0);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn the_built_in_courses_have_no_problems() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, _) = text(&sidelight(home.path(), &["check"]));
    assert_eq!((code, out.as_str()), (0, "No problems.\n"));
    let (_, out, _) = text(&sidelight(home.path(), &["courses"]));
    assert!(out.contains("reconcile") && out.contains("tour"));
}

#[test]
fn a_new_course_passes_the_check_and_opens_at_once() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("my-course");
    let folder = folder.to_str().unwrap();
    assert_eq!(text(&sidelight(home.path(), &["new", folder])).0, 0);
    let (code, out, _) = text(&sidelight(home.path(), &["check", folder]));
    assert_eq!((code, out.as_str()), (0, "No problems.\n"));
    assert_eq!(text(&sidelight(home.path(), &["--course", folder, "lessons"])).0, 0);
    let (code, _, err) = text(&sidelight(home.path(), &["new", folder]));
    assert_eq!(code, 1);
    assert!(err.contains("already exists"), "{err}");
}

#[test]
fn faults_can_be_read_by_other_programs() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("course.json"), "{}").unwrap();
    let (code, out, _) =
        text(&sidelight(folder.path(), &["check", folder.path().to_str().unwrap(), "--json"]));
    assert_eq!(code, 1);
    let value: Value = serde_json::from_str(&out).unwrap();
    assert!(value["errors"].as_u64().unwrap() > 0);
    let fault = &value["faults"][0];
    assert_eq!(keys(fault), ["column", "file", "line", "problem", "remedy", "severity"]);
}

#[test]
fn where_lists_what_was_written_and_asking_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (code, out, _) = text(&sidelight(home.path(), &["where"]));
    assert_eq!(code, 0);
    assert!(out.contains("Nothing has been written"), "{out}");
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    sidelight(home.path(), &["mark", "no-begging", "kept"]);
    let value = json_of(home.path(), &["where", "--json"]);
    let files: Vec<&str> =
        value["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert!(files.iter().any(|path| path.contains("jsonl")), "{files:?}");
    assert!(files.iter().all(|path| Path::new(path).exists()), "{files:?}");
}

#[test]
fn a_backup_brings_back_what_was_lost() {
    let home = tempfile::tempdir().unwrap();
    sidelight(home.path(), &["mark", "no-begging", "kept"]);
    let (code, backup, _) = text(&sidelight(home.path(), &["journal", "backup"]));
    assert_eq!(code, 0);
    let log = home.path().join(".local/share/sidelight/log");
    for entry in std::fs::read_dir(&log).unwrap() {
        std::fs::remove_file(entry.unwrap().path()).unwrap();
    }
    assert_eq!(json_of(home.path(), &["today", "--json"])["items"][0]["mark"], Value::Null);
    let (code, out, err) = text(&sidelight(home.path(), &["journal", "restore", backup.trim()]));
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("2 new"), "{out}");
    assert_eq!(json_of(home.path(), &["today", "--json"])["items"][0]["mark"], "kept");
    let (code, out, _) = text(&sidelight(home.path(), &["journal", "verify"]));
    assert_eq!(code, 0);
    assert!(out.contains("no damage"), "{out}");
}

#[test]
fn damage_is_named_and_mended_and_nothing_whole_is_lost() {
    let home = tempfile::tempdir().unwrap();
    sidelight(home.path(), &["mark", "no-begging", "kept"]);
    let folder = home.path().join(".local/share/sidelight/log");
    let log = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let mut bytes = b"rubbish\n".to_vec();
    bytes.extend(std::fs::read(&log).unwrap());
    std::fs::write(&log, bytes).unwrap();
    let value = json_of(home.path(), &["journal", "verify", "--json"]);
    assert_eq!(value["logs"][0]["damaged"], 1);
    let (code, out, err) = text(&sidelight(home.path(), &["journal", "repair"]));
    assert_eq!(code, 0, "{err}");
    assert!(out.starts_with("Repaired"), "{out}");
    assert_eq!(json_of(home.path(), &["journal", "verify", "--json"])["logs"][0]["damaged"], 0);
    assert_eq!(json_of(home.path(), &["today", "--json"])["items"][0]["mark"], "kept");
}

#[test]
fn two_homes_are_merged_and_twice_is_no_more() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    sidelight(one.path(), &["mark", "no-begging", "kept"]);
    sidelight(other.path(), &["mark", "no-love-test", "slipped"]);
    let from = other.path().join(".local/share/sidelight");
    let from = from.to_str().unwrap();
    assert_eq!(json_of(one.path(), &["merge", from, "--json"])["new"], 2);
    assert_eq!(json_of(one.path(), &["merge", from, "--json"])["new"], 0);
    let items = &json_of(one.path(), &["today", "--json"])["items"];
    assert_eq!((&items[0]["mark"], &items[1]["mark"]), (&json!("kept"), &json!("slipped")));
}

#[test]
fn erase_asks_first_and_then_leaves_no_trace() {
    let home = tempfile::tempdir().unwrap();
    sidelight(home.path(), &["mark", "no-begging", "kept"]);
    let (code, out, err) = text(&sidelight(home.path(), &["erase"]));
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("--yes"), "{err}");
    assert_eq!(json_of(home.path(), &["today", "--json"])["items"][0]["mark"], "kept");
    let (code, ..) = text(&sidelight(home.path(), &["erase", "--yes"]));
    assert_eq!(code, 0);
    assert_eq!(json_of(home.path(), &["today", "--json"])["items"][0]["mark"], Value::Null);
    let mut folders = vec![home.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
                assert!(!text.contains("no-begging"), "{} still has it", path.display());
            }
        }
    }
}

#[test]
fn no_name_of_a_file_drives_the_terminal_in_any_command_or_notice() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let odd = "x\u{1b}]0;PWNED\u{7}\u{1b}[31m\ny\u{202e}z";
    let data = home.join(".local/share/sidelight");
    assert_eq!(text(&sidelight(home, &["mark", "no-begging", "kept"])).0, 0);
    for folder in ["log", "backup", "quarantine", "cache"] {
        std::fs::create_dir_all(data.join(folder)).unwrap();
    }
    let log = std::fs::read_dir(data.join("log")).unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&log).unwrap();
    // A folder where a log should be, a damaged log, a copy, a backup, damage, a link.
    std::fs::create_dir(data.join(format!("log/a{odd}.jsonl"))).unwrap();
    std::fs::write(data.join(format!("log/b{odd}.jsonl")), [&bytes[..], b"rubbish\n"].concat()).unwrap();
    std::fs::write(data.join(format!("log/c{odd}.jsonl.bak")), "no log\n").unwrap();
    std::fs::write(data.join(format!("backup/d{odd}.jsonl")), &bytes).unwrap();
    std::fs::write(data.join(format!("quarantine/e{odd}.damaged")), "x").unwrap();
    std::os::unix::fs::symlink("/nothing", data.join(format!("log/f{odd}.jsonl"))).unwrap();
    let stick = home.join(format!("stick{odd}"));
    let stick = stick.to_str().unwrap();
    let commands: &[&[&str]] = &[
        &["today"],
        &["where"],
        &["journal", "verify"],
        &["journal", "restore"],
        &["journal", "restore", stick],
        &["journal", "repair"],
        &["journal", "backup"],
        &["merge", stick],
        &["import", stick],
        &["export", "--output", stick],
        &["lessons", "--course", stick],
        &["check", stick],
        &["--data-dir", stick, "where"],
        &["--data-dir", stick, "mark", "no-begging", "kept"],
        &["--data-dir", stick, "where"],
        &["erase", "--yes"],
        &["where"],
    ];
    for arguments in commands {
        for json in [false, true] {
            let arguments: Vec<&str> = arguments.iter().copied().chain(json.then_some("--json")).collect();
            let (_, out, err) = text(&sidelight(home, &arguments));
            for said in [out, err] {
                let drives = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
                assert!(!said.contains(drives), "{arguments:?}: {said:?}");
                // Nor does it make a line of its own.
                assert!(!said.lines().any(|line| line.starts_with('y')), "{arguments:?}: {said:?}");
            }
        }
    }
}
