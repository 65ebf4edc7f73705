//! `merge` and `journal restore`: what they say of what they did.

use crate::{json_of, sidelight, text};
use serde_json::{Value, json};
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
    let after = |title: &str| lines[lines.iter().position(|line| *line == title).unwrap() + 1];
    assert!(after("Added:").starts_with("  2026-11-18: kept: "), "{out}");
    assert_eq!(after("Changed:"), "  2026-11-19: slipped: I did not beg or plead (was kept)", "{out}");
    let against = after("Not taken, because what is here was written later:");
    assert_eq!(against, "  2026-11-20: slipped: I did not beg or plead", "{out}");
    let again = json_of(here.path(), &["merge", &data(there.path()), "--json"]);
    assert_eq!((&again["new"], &again["added"], &again["changed"]), (&json!(0), &json!([]), &json!([])));
    assert_eq!(again["against"].as_array().unwrap().len(), 1);
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
