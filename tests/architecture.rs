//! Who may import whom, proved by reading the sources.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "architecture/circles.rs"]
mod circles;
#[path = "architecture/imports.rs"]
mod imports;
#[path = "architecture/names.rs"]
mod names;
#[path = "architecture/sources.rs"]
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The modules of the crate.
static MODULES: LazyLock<sources::Modules> =
    LazyLock::new(|| sources::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")));

/// The rooms from the top of the data flow to its bottom. Each may import those before it.
const ROOMS: [&str; 12] = [
    "text", "course", "library", "journal", "practice", "page", "search", "reader", "screen", "app",
    "terminal", "cli",
];

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The rooms that a source names behind `crate::`, one by one or in braces.
fn imported(source: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for (at, _) in source.match_indices("crate::") {
        let rest = &source[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(list) => list.split_once('}').map_or(list, |(list, _)| list),
            None => rest,
        };
        let end = |name: &&str| name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
        if rest.starts_with('{') {
            rooms.extend(names.split(',').map(str::trim).map(|name| &name[..end(&name)]));
        } else {
            rooms.push(&names[..end(&names)]);
        }
    }
    rooms
}

#[test]
fn imports_point_one_way_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut checked = 0;
    for (index, room) in ROOMS.iter().enumerate() {
        let mut files = Vec::new();
        files_below(&root.join(room), &mut files);
        assert!(!files.is_empty(), "the room {room} is empty");
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            for other in imported(&source) {
                let Some(other_index) = ROOMS.iter().position(|name| *name == other) else {
                    panic!("{} imports crate::{other}, which is no room", file.display());
                };
                assert!(other_index <= index, "{} imports {other}, which lies below {room}", file.display());
                checked += 1;
            }
        }
    }
    assert!(checked > 50, "only {checked} imports were found: the test reads the sources wrongly");
}

fn room_of(file: &str) -> &str {
    file.split_once('/').map_or("", |(room, _)| room)
}

#[test]
fn resolved_imports_point_one_way_too() {
    let place = |file: &str| ROOMS.iter().position(|room| *room == room_of(file));
    let mut checked = 0;
    for (file, others) in imports::imports(&MODULES) {
        let Some(room) = place(&file) else { continue };
        for other in others {
            assert!(
                place(&other).is_some_and(|other| other <= room),
                "{file} imports {other}, which lies below it"
            );
            checked += 1;
        }
    }
    assert!(checked > 500, "only {checked} imports were found: the test reads the sources wrongly");
}

#[test]
fn no_files_of_a_room_import_each_other_in_a_circle() {
    let imports = imports::imports(&MODULES);
    let mut found = Vec::new();
    for room in ROOMS {
        let within = |file: &String| room_of(file) == room;
        let inner = imports.iter().filter(|(file, _)| within(file)).map(|(file, others)| {
            (file.clone(), others.iter().filter(|other| within(other)).cloned().collect())
        });
        found.extend(imports::circles(&inner.collect()).iter().map(|circle| circle.join(" -> ")));
    }
    assert!(found.is_empty(), "files import each other in a circle:\n{}", found.join("\n"));
}

#[test]
fn every_public_type_has_a_name_of_its_own() {
    let mut files: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for module in MODULES.values() {
        for name in &module.public_types {
            files.entry(name).or_default().insert(&module.file);
        }
    }
    assert!(files.len() > 100, "only {} types were found", files.len());
    files.retain(|_, files| files.len() > 1);
    let shared: Vec<String> = files
        .iter()
        .map(|(name, files)| format!("{name}: {}", files.iter().copied().collect::<Vec<_>>().join(", ")))
        .collect();
    assert!(shared.is_empty(), "several types have one name:\n{}", shared.join("\n"));
}

#[test]
fn a_session_and_the_linear_mode_are_driven_without_a_terminal() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![root.join("cli/linear.rs")];
    files_below(&root.join("cli/linear"), &mut files);
    files_below(&root.join("app"), &mut files);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        assert!(!imported(&source).contains(&"terminal"), "{} imports the terminal", file.display());
    }
}

#[test]
fn every_folder_is_a_room_and_every_room_a_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<String> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let mut rooms = ROOMS.map(String::from);
    rooms.sort();
    assert_eq!(folders, rooms);
}

#[test]
fn every_file_opens_with_what_it_owns() {
    let mut files = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        assert!(source.starts_with("//! "), "{} does not say what it owns", file.display());
    }
}

#[test]
fn the_state_machine_knows_no_terminal_no_file_and_no_clock() {
    let mut files = Vec::new();
    for room in ["text", "page", "search", "reader", "screen"] {
        files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room), &mut files);
    }
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        for outside in ["std::fs", "std::net", "std::process", "std::env", "SystemTime", "Zoned", "Instant::"]
        {
            assert!(!source.contains(outside), "{} uses {outside}", file.display());
        }
    }
}

#[test]
fn there_is_no_network_code() {
    let mut files = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        for word in ["TcpStream", "UdpSocket", "TcpListener", "ToSocketAddrs"] {
            assert!(!source.contains(word), "{} uses {word}", file.display());
        }
    }
}

/// What a Markdown text writes as code: in backquotes, and between fences.
fn code_of(markdown: &str) -> Vec<&str> {
    let mut code = Vec::new();
    for (index, part) in markdown.split("```").enumerate() {
        if index % 2 == 1 {
            code.push(part);
        } else {
            code.extend(part.split('`').skip(1).step_by(2));
        }
    }
    code
}

#[test]
fn every_file_function_and_type_that_the_map_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    files_below(&root.join("src"), &mut files);
    let below = |file: &Path| file.strip_prefix(root.join("src")).unwrap().to_str().unwrap().to_owned();
    let sources =
        names::Sources::new(files.iter().map(|file| (below(file), fs::read_to_string(file).unwrap())));
    let map = fs::read_to_string(root.join("src/lib.rs")).unwrap();
    let map: Vec<&str> = map.lines().filter_map(|line| line.strip_prefix("//!")).collect();
    let documents = [
        ("src/lib.rs", map.join("\n")),
        ("docs/ARCHITECTURE.md", fs::read_to_string(root.join("docs/ARCHITECTURE.md")).unwrap()),
    ];
    let mut missing = Vec::new();
    for (document, text) in &documents {
        let named: Vec<names::Named> = code_of(text).into_iter().flat_map(names::names).collect();
        assert!(named.len() > 30, "only {} names were found in {document}", named.len());
        let gone = named.into_iter().filter(|name| !sources.have(name, root));
        missing.extend(gone.map(|name| format!("{document} names {name:?}")));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
