//! The documents say what the program does.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

#[path = "documents/exports.rs"]
mod exports;
#[path = "documents/lessons.rs"]
mod lessons;
#[path = "documents/licences.rs"]
mod licences;
#[path = "documents/links.rs"]
mod links;
#[path = "documents/pictures.rs"]
mod pictures;
#[path = "documents/shapes.rs"]
mod shapes;

use std::fs;
use std::path::{Path, PathBuf};

/// Where something in the repository is.
fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every document, by its path in the repository.
fn documents() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["", "docs", ".github", ".github/ISSUE_TEMPLATE"] {
        let Ok(entries) = fs::read_dir(root(folder)) else { continue };
        let paths = entries.map(|entry| Path::new(folder).join(entry.unwrap().file_name()));
        let documents = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
        found.extend(documents.map(|path| path.into_os_string().into_string().unwrap()));
    }
    found.sort();
    found
}

#[test]
fn the_table_of_keys_is_the_table_of_bindings() {
    let generated = sidelight::reader::bindings::markdown();
    let path = root("docs/KEYS.md");
    if std::env::var_os("SIDELIGHT_UPDATE").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        generated,
        "docs/KEYS.md is stale: run `SIDELIGHT_UPDATE=1 cargo test --test documents` and look at the change"
    );
}

#[test]
fn every_path_that_a_document_names_is_there() {
    let mut named = 0;
    for document in documents() {
        let text = fs::read_to_string(root(&document)).unwrap();
        for name in text.split('`').filter(|part| is_path(part)) {
            assert!(root(name).exists(), "{document} names {name}");
            named += 1;
        }
    }
    assert!(named > 30, "only {named} paths were found");
}

/// Whether a piece of code is a path in this repository. `src/cli/*.rs` stands for many files.
fn is_path(code: &str) -> bool {
    let starts = ["tests/", "benches/", "src/", "content/", "docs/", "fuzz/", ".ci/", ".github/"];
    // Where the books of others have their chapters.
    let is_others = code == "src/SUMMARY.md";
    !is_others
        && starts.iter().any(|start| code.starts_with(start))
        && !code.contains(|c: char| c.is_whitespace() || matches!(c, '*' | '<' | '{'))
}
