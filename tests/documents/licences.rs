//! The licences of the grammars that are part of the program go with it.

use super::root;
use std::collections::BTreeMap;
use std::fs;

const HEAD: &str = "\
Code is coloured by the grammars of Sublime Text, which syntect brings, and by those that
bat's authors gathered, which two-face brings. Each text below is the licence of the grammars
that are named above it. Grammars whose licence asks for no notice are not named.
";

/// The licences of the grammars, each text once, under the names of what it is for.
fn licences() -> String {
    let listing = two_face::acknowledgement::listing();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for licence in listing.for_syntaxes() {
        let path = licence.rel_path.parent().unwrap().to_str().unwrap();
        let name = path.split('/').skip(2).collect::<Vec<_>>().join("/");
        let lines: Vec<&str> = licence.text.lines().map(str::trim_end).collect();
        texts.entry(lines.join("\n").trim_matches('\n').to_owned()).or_default().push(name);
    }
    let mut named: Vec<(Vec<String>, String)> =
        texts.into_iter().map(|(text, names)| (names, text)).collect();
    named.sort();
    let sections = named.into_iter().map(|(names, text)| format!("\n==== {}\n\n{text}\n", names.join(", ")));
    HEAD.to_owned() + &sections.collect::<String>()
}

#[test]
fn the_licences_of_the_grammars_are_those_of_the_package_that_brings_them() {
    let path = root("LICENSE-OF-GRAMMARS");
    let generated = licences();
    if std::env::var_os("SIDELIGHT_UPDATE").is_some() {
        fs::write(&path, &generated).unwrap();
    }
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        generated,
        "LICENSE-OF-GRAMMARS is stale: run `SIDELIGHT_UPDATE=1 cargo test --test documents`"
    );
}
