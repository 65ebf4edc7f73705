//! The commands about the journal as a whole.

use crate::{json_of, sidelight, text};
use serde_json::{Value, json};
use std::path::Path;

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
    let (code, out, _) = text(&sidelight(home.path(), &["journal", "verify", "--json"]));
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &value["logs"][0]["damaged"]), (1, &json!(1)));
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
fn what_a_sync_tool_left_is_named_and_other_line_ends_are_no_damage() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    sidelight(home.path(), &["mark", "no-begging", "kept"]);
    sidelight(other.path(), &["mark", "no-love-test", "slipped", "--day", "2026-11-20"]);
    let logs = home.path().join(".local/share/sidelight/log");
    let log = std::fs::read_dir(other.path().join(".local/share/sidelight/log")).unwrap().next().unwrap();
    let bytes = std::fs::read(log.unwrap().path()).unwrap();
    for name in ["x.jsonl.part", ".x.jsonl.icloud", "x.jsonl (conflicted copy)"] {
        std::fs::write(logs.join(name), &bytes).unwrap();
        let (code, out, _) = text(&sidelight(home.path(), &["journal", "verify"]));
        assert_eq!(code, 0);
        assert!(out.contains(&format!("{name}: a file of a sync tool or an editor, not read")), "{out}");
        std::fs::remove_file(logs.join(name)).unwrap();
    }
    let windows = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
    std::fs::write(logs.join("x.jsonl"), windows).unwrap();
    let value = json_of(home.path(), &["items", "--day", "2026-11-20", "--json"]);
    assert_eq!(value["items"][1]["mark"], "slipped");
    let (code, out, _) = text(&sidelight(home.path(), &["journal", "verify"]));
    assert!(code == 0 && out.matches("no damage").count() == 2, "{out}");
    assert!(!home.path().join(".local/share/sidelight/quarantine").exists());
}
