//! Every test that `docs/PRIVACY.md` names as a proof exists.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

#[test]
fn every_promise_names_a_test_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut code = String::new();
    for path in sources(&root.join("src")).into_iter().chain(sources(&root.join("tests"))) {
        if path.extension().is_some_and(|extension| extension == "rs") {
            code.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    let page = std::fs::read_to_string(root.join("docs/PRIVACY.md")).unwrap();
    let promises =
        page.split("## What is promised").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let mut proofs = 0;
    for promise in promises.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let named = promise.split('`').skip(1).step_by(2).filter(|name| name.matches('_').count() > 2);
        let tests: Vec<&str> = named.collect();
        assert!(!tests.is_empty(), "no test shows: {promise}");
        for test in tests {
            assert!(
                code.contains(&format!("#[test]\nfn {test}()")) || code.contains(&format!("    fn {test}(")),
                "{test} does not exist"
            );
            proofs += 1;
        }
    }
    assert!(proofs > 30, "{proofs}");
}
