//! The documents say what the program does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
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
fn every_file_that_a_document_links_to_is_there() {
    for document in [
        "README.md",
        "docs/ARCHITECTURE.md",
        "docs/AUTHORING.md",
        "docs/CONFIG.md",
        "docs/LIBRARY.md",
        "docs/PRIVACY.md",
    ] {
        let path = root(document);
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{document}: {error}"));
        for part in text.split("](").skip(1) {
            let target = part.split([')', '#', ' ']).next().unwrap();
            if target.is_empty() || target.contains(':') {
                continue;
            }
            assert!(path.parent().unwrap().join(target).exists(), "{document} links to {target}");
        }
    }
}

#[test]
fn every_test_file_that_the_architecture_names_is_there() {
    let text = fs::read_to_string(root("docs/ARCHITECTURE.md")).unwrap();
    let named: Vec<&str> = text
        .split('`')
        .filter(|part| {
            let is_path =
                ["tests/", "benches/", "src/", "content/"].iter().any(|start| part.starts_with(start));
            is_path && !part.contains(char::is_whitespace)
        })
        .collect();
    assert!(named.len() > 5);
    for name in named {
        assert!(root(name).exists(), "docs/ARCHITECTURE.md names {name}");
    }
}
