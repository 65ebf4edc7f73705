//! The doctor: it finds what is wrong, tells nobody anything private, and changes nothing.

use crate::{printed, sidelight};
use serde_json::Value;
use sidelight::course::{CourseId, ItemId, Side};
use sidelight::journal::{Choice, Chosen, Journal, Operation, OwnItem};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// The checks by what they are about: the state, what was found, and the remedy.
fn checks(home: &Path, arguments: &[&str]) -> (i32, BTreeMap<String, [String; 3]>) {
    let output = sidelight(home).args(["doctor", "--json"]).args(arguments).output().unwrap();
    let report: Value = serde_json::from_str(&printed(&output)).unwrap();
    let text = |check: &Value, name: &str| check[name].as_str().unwrap_or_default().to_owned();
    let checks = report["checks"].as_array().unwrap().iter();
    let checks = checks
        .map(|check| (text(check, "about"), ["state", "found", "remedy"].map(|name| text(check, name))));
    (output.status.code().unwrap(), checks.collect())
}

/// Every file below a folder with its content.
fn files(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.insert(path.clone(), fs::read(path).unwrap());
        }
    }
}

#[test]
fn a_new_home_is_in_order_and_stays_empty() {
    let home = tempfile::tempdir().unwrap();
    let (code, checks) = checks(home.path(), &[]);
    assert_eq!(code, 0, "{checks:?}");
    assert_eq!(checks["data folder"][0], "good");
    assert!(checks["data folder"][1].contains("not there yet"), "{checks:?}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn nothing_private_is_in_the_report() {
    let secrets = ["Marianne", "the-red-house", "I did not answer Tom", "own-7-tom", "drak-Marianne"];
    let base = tempfile::tempdir().unwrap();
    let home = base.path().join("Marianne");
    let folder = home.join("the-red-house");
    fs::create_dir_all(home.join(".config/sidelight")).unwrap();
    fs::write(home.join(".config/sidelight/config.toml"), "theme = 'drak-Marianne'\n").unwrap();
    let own = OwnItem::new(Side::Avoid, secrets[2].into(), String::new());
    let chosen = Chosen::OwnItem { item: ItemId::new(secrets[3]), own };
    let operation = Operation::Choice(Choice { course: CourseId::new("reconcile"), chosen });
    let mut opened = Journal::open(&folder).unwrap();
    opened.journal.append(&mut opened.ledger, vec![operation]).unwrap();
    drop(opened);
    let log = fs::read_dir(folder.join("log")).unwrap().next().unwrap().unwrap().path();
    fs::write(&log, [fs::read(&log).unwrap(), b"I did not answer Tom\n".to_vec()].concat()).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let device = log.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut before = BTreeMap::new();
    files(base.path(), &mut before);
    for json in [&["--json"][..], &[]] {
        let output = sidelight(&home)
            .arg("doctor")
            .args(json)
            .env("SIDELIGHT_DATA_DIR", &folder)
            .env("EDITOR", home.join("the-red-house/edit"))
            .env("LANG", "Marianne's own")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stderr.is_empty(), "{output:?}");
        let report = printed(&output);
        for secret in secrets.into_iter().chain([home.to_str().unwrap(), &device]) {
            assert!(!report.contains(secret), "{secret} is in\n{report}");
        }
        for told in ["1 fault", "1 damaged line", "0755", "1 record"] {
            assert!(report.contains(told), "{told} is not in\n{report}");
        }
    }
    let mut after = BTreeMap::new();
    files(base.path(), &mut after);
    assert!(before == after, "the doctor has changed a file");
}

#[test]
fn what_is_wrong_is_told_with_its_remedy() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("data");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("novel.txt"), "").unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
    let (code, found) = checks(home.path(), &["--data-dir", "data"]);
    assert_eq!(code, 1);
    assert_eq!(found["logs"][0], "wrong");
    assert!(found["logs"][2].contains("--data-dir"), "{found:?}");
    let (_, found) = checks(home.path(), &["--data-dir", "data/novel.txt"]);
    assert_eq!(found["data folder"][0], "wrong");
    fs::write(home.path().join("config.toml"), "them = 'dark'\ntheme = 'light'\n").unwrap();
    let (code, found) = checks(home.path(), &["--config", "config.toml", "--no-save"]);
    assert_eq!((code, found["configuration"][0].as_str()), (1, "wrong"));
    assert_eq!(found["colours"][1], "theme light");
    assert!(found["data folder"][1].contains("--no-save"));
    let without_home = sidelight(home.path()).arg("doctor").env("HOME", "").output().unwrap();
    assert!(!printed(&without_home).is_empty());
}
