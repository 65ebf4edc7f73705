//! The manual pages: what is in them by hand agrees with the program.

use crate::{is_installed, printed, sidelight};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The folder with the pages.
fn pages() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let output = sidelight(home.path()).args(["manual", "pages/man1"]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let written = printed(&output);
    assert!(written.lines().count() > 20 && written.contains("pages/man1/sidelight-journal-verify.1"));
    home
}

/// Every variable of the program's own that a source names.
fn variables(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            variables(&path, found);
        }
        if path.extension().is_none_or(|extension| extension != "rs") || path.ends_with("tests.rs") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap_or_default();
        // What stands below is for tests.
        let source = source.split("#[cfg(test)]").next().unwrap();
        for (at, _) in source.match_indices("\"SIDELIGHT_") {
            let name: String = source
                .get(at + 1..)
                .unwrap_or_default()
                .chars()
                .take_while(|c| c.is_ascii_uppercase() || *c == '_')
                .collect();
            found.insert(name);
        }
    }
}

#[test]
fn the_page_of_the_program_names_every_variable() {
    let home = pages();
    let page = fs::read_to_string(home.path().join("pages/man1/sidelight.1")).unwrap().replace("\\-", "-");
    let mut names = BTreeSet::new();
    for room in ["app", "cli", "screen", "terminal"] {
        variables(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room), &mut names);
    }
    // Scripts alone set it.
    assert!(names.remove("SIDELIGHT_COMPLETE"), "{names:?}");
    assert!(names.len() >= 5, "{names:?}");
    for name in names {
        assert!(page.contains(&name), "sidelight.1 does not name {name}");
    }
}

#[test]
fn every_page_is_sound_and_none_is_wider_than_the_terminal() {
    let home = pages();
    if !is_installed("man") {
        return;
    }
    for entry in fs::read_dir(home.path().join("pages/man1")).unwrap() {
        let path = entry.unwrap().path();
        let output = Command::new("man")
            .args(["--warnings", "--nj", "--nh", "-l"])
            .arg(&path)
            .env("MANWIDTH", "80")
            .env("LC_ALL", "C.UTF-8")
            .env("MANPAGER", "cat")
            .output()
            .unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{}: {output:?}", path.display());
        for line in printed(&output).lines() {
            assert!(line.chars().count() <= 80, "{}: {line}", path.display());
        }
    }
}
