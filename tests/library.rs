//! What can be opened beside courses: books, folders, files and pipes, and what is said of
//! those that are faulty.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use sidelight::course::{Course, Lesson};
use sidelight::library::{Library, LibraryKind, LibraryOrigin};
use sidelight::search::{Index, Notes, Query};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

#[path = "library/anchors.rs"]
mod anchors;
#[path = "library/beginnings.rs"]
mod beginnings;
#[path = "library/books.rs"]
mod books;
#[path = "library/links.rs"]
mod links;
#[path = "library/other_files.rs"]
mod other_files;
#[path = "library/titles.rs"]
mod titles;

/// Writes files, and the folders that they are in.
fn write(root: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn open(path: &Path) -> Library {
    Library::open(LibraryOrigin::of_path(path, None).unwrap()).unwrap()
}

/// The parts with their lessons, each lesson with its number and inset.
fn outline(course: &Course) -> Vec<String> {
    let mut lines = Vec::new();
    for part in &course.parts {
        lines.push(format!("# {}", part.title));
        for lesson in &course.lessons[part.lessons.clone()] {
            let (number, depth) = (&lesson.outline.number, usize::from(lesson.outline.depth));
            lines.push(format!("{}{number}{}", "  ".repeat(depth), lesson.title()));
        }
    }
    lines
}

/// All that a lesson says.
fn text(lesson: &Lesson) -> String {
    lesson.load().blocks().map(|(_, block)| block.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// A book of one chapter, `one.md`, with these settings beside its title.
fn book_of(root: &Path, settings: &str, chapter: &str) {
    let toml = format!("[book]\ntitle = \"A book\"\n{settings}");
    let files =
        [("book.toml", toml.as_str()), ("src/SUMMARY.md", "- [One](one.md)\n"), ("src/one.md", chapter)];
    write(root, &files);
}

fn text_of(course: &Course, id: &str) -> String {
    text(course.lessons.iter().find(|lesson| lesson.id.as_str() == id).unwrap())
}

/// A book with everything that a book may have, beside a file that is not part of it.
fn book(root: &Path) {
    write(
        root,
        &[
            ("secret.txt", "secret"),
            (
                "book/book.toml",
                "[book]\ntitle = \"The \\u001b[31mBook\"\nlanguage = \"de\"\nsrc = \"./text\"\n\n[output.html]\nx = 1\n",
            ),
            (
                "book/text/SUMMARY.md",
                "# Summary\n\n[Preface](preface.md)\n\n# First part\n\n- [One](one.md)\n  - [Inside](deep/inside.md)\n    - [Deeper](deep/deeper.md)\n- [A draft]()\n- [Missing](missing.md)\n\n# Second part\n\n- [One again](one.md)\n- [Outside](../../secret.txt)\n- [Link](link.md)\n\n---\n\n[After](after.md)\n",
            ),
            ("book/text/preface.md", "# Preface\n\nText.\n"),
            (
                "book/text/one.md",
                "# One\n\n```rust\n{{#include ../code/main.rs:body}}\n```\n\n```rust,ignore\n{{#rustdoc_include ../code/main.rs:1:3}}\n```\n\n{{#playground ../code/small.rs editable}}\n\n```text\n\\{{#include shown.rs}}\n{{#include ../code/small.rs:2:}}\n```\n",
            ),
            (
                "book/text/deep/inside.md",
                "# Inside\n\n{{#include ../loop.md}}\n\n{{#include ../../../secret.txt}}\n\n{{#include gone.md}}\n",
            ),
            ("book/text/deep/deeper.md", "Deeper.\n"),
            ("book/text/loop.md", "Round {{#include loop.md}}\n"),
            ("book/text/after.md", "# After\n"),
            (
                "book/code/main.rs",
                "# use hidden;\nfn main() {\n    // ANCHOR: body\n    # let hidden = 1;\n    let shown = 2;\n    // ANCHOR: inner\n    let inner = 3;\n    // ANCHOR_END: inner\n    // ANCHOR_END: body\n}\n",
            ),
            ("book/code/small.rs", "#![allow(x)]\n#\nfn small() {}\n"),
        ],
    );
    symlink("../../secret.txt", root.join("book/text/link.md")).unwrap();
}

#[test]
fn an_mdbook_is_read_as_it_is_meant() {
    let root = tempfile::tempdir().unwrap();
    book(root.path());
    let library = open(&root.path().join("book"));
    assert!(matches!(library.origin, Some(LibraryOrigin::Path { kind: LibraryKind::Book, .. })));
    let course = library.course;
    assert_eq!((course.title.as_str(), course.language.as_str()), ("The Book", "de"));
    assert_eq!(
        outline(&course),
        [
            "# ",
            "Preface",
            "# First part",
            "1.One",
            "  1.1.Inside",
            "    1.1.1.Deeper",
            "2.A draft",
            "3.Missing",
            "# Second part",
            "4.One again",
            "5.Outside",
            "6.Link",
            "# ",
            "After",
        ]
    );
    let ids: Vec<&str> = course.lessons.iter().map(|lesson| lesson.id.as_str()).collect();
    assert_eq!(ids[1], "one.md");
    assert_eq!(ids[6], "one.md (2)", "a file that is named twice is there twice");
    assert_eq!(
        text(&course.lessons[1]),
        "One\n    let shown = 2;\n    let inner = 3;\nfn main() {\n    // ANCHOR: body\n\
         #![allow(x)]\nfn small() {}\n{{#include shown.rs}}\n#\nfn small() {}"
    );
    let inside = text_of(&course, "deep/inside.md");
    assert_eq!(
        inside,
        "Inside\nRound [not included: loop.md includes itself]\n\
         [not included: ../../../secret.txt is outside the book; --allow ROOT lets it be read]\n\
         [not included: the file gone.md does not exist; create it, or correct its name]"
            .replace("the file gone.md", "the file text/deep/gone.md")
            .replace("ROOT", &root.path().canonicalize().unwrap().display().to_string())
            .as_str()
    );
    assert!(text_of(&course, "draft: A draft").contains("has not written it yet"));
    assert!(text_of(&course, "missing.md").contains("does not exist"));
    assert!(text_of(&course, "../../secret.txt").contains("outside the book"));
    assert!(text_of(&course, "link.md").contains("leads out of the folder"));
    for lesson in &course.lessons {
        assert!(!text(lesson).lines().any(|line| line == "secret"), "{}", lesson.id);
    }
}

#[test]
fn a_faulty_book_says_what_is_wrong_and_is_read_as_far_as_it_can_be() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("book.toml", "[book\n"), ("src/a.md", "# A")]);
    let wrong =
        |path: &Path| Library::open(LibraryOrigin::of_path(path, None).unwrap()).unwrap_err().to_string();
    assert!(wrong(root.path()).contains("no table of contents"), "{}", wrong(root.path()));
    assert!(wrong(root.path()).contains("--as folder"));
    write(root.path(), &[("src/SUMMARY.md", "nothing here")]);
    assert!(wrong(root.path()).contains("lists no chapters"));
    write(root.path(), &[("src/SUMMARY.md", "- [A](a.md)")]);
    let library = open(root.path());
    assert_eq!(outline(&library.course), ["# ", "1.A"]);
    assert!(library.notices[0].starts_with("book.toml cannot be read"), "{:?}", library.notices);
    write(root.path(), &[("book.toml", "[book]\nsrc = \"../elsewhere\"")]);
    assert!(wrong(root.path()).contains("outside the book"));
    let as_folder =
        Library::open(LibraryOrigin::of_path(root.path(), Some(LibraryKind::Folder)).unwrap()).unwrap();
    assert_eq!(as_folder.course.lessons.len(), 2);
}

#[test]
fn the_documents_of_a_project_are_read_by_folders() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            ("docs/zebra.md", "# Zebra"),
            ("docs/README.md", "# Welcome"),
            ("docs/guide/10-end.md", "# End"),
            ("docs/guide/2-middle.md", "Middle\n======\n"),
            ("docs/guide/index.md", "## The *guide*"),
            ("docs/guide/deep/er/page.markdown", "no heading"),
            ("docs/picture.png", "png"),
            ("docs/empty/.keep", ""),
            ("docs/.hidden/a.md", "# Hidden"),
            ("docs/.hidden.md", "# Hidden"),
        ],
    );
    let library = open(&root.path().join("docs"));
    assert_eq!(library.course.title, "docs");
    assert_eq!(
        outline(&library.course),
        ["# ", "Welcome", "Zebra", "# guide", "index", "Middle", "End", "# guide/deep/er", "page"]
    );
    assert_eq!(library.course.lessons[4].id.as_str(), "guide/10-end.md");
}

#[test]
fn a_vault_of_notes_is_read_without_its_front_matter() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            ("Home.md", "---\ntitle: \"Where all begins\"\ntags:\n  - a\n---\n\nHello [[Daily Notes]].\n"),
            ("Daily Notes/2024-1-2.md", "+++\ndraft = true\n+++\nRain.\n"),
            ("Daily Notes/2024-1-10.md", "Sun.\n"),
            ("Some_Page (old) #1.md", "Text.\n"),
            (".obsidian/workspace.md", "no"),
        ],
    );
    let course = open(root.path()).course;
    assert_eq!(
        outline(&course),
        ["# ", "Where all begins", "Some_Page (old) #1", "# Daily Notes", "2024-1-2", "2024-1-10"]
    );
    assert_eq!(text_of(&course, "Home.md"), "Hello Daily Notes.");
    assert_eq!(text_of(&course, "Daily Notes/2024-1-2.md"), "Rain.");
}

#[test]
fn what_a_repository_ignores_is_left_out() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            (".gitignore", "target/\n/build\n*.draft.md\n!keep.draft.md\n"),
            ("README.md", "just text"),
            ("notes.draft.md", "no"),
            ("keep.draft.md", "yes"),
            ("target/doc/a.md", "no"),
            ("build/a.md", "no"),
            ("crates/one/build/a.md", "yes"),
            ("crates/one/.gitignore", "local.md\n"),
            ("crates/one/local.md", "no"),
            ("crates/two/local.md", "yes"),
            (".git/description.md", "no"),
        ],
    );
    assert_eq!(
        outline(&open(root.path()).course),
        ["# ", "README", "keep.draft", "# crates", "# crates/one/build", "a", "# crates/two", "local"]
    );
}

#[test]
fn links_never_lead_outside_or_in_circles() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("secret.md", "# Secret"), ("open/a.md", "# A"), ("open/below/b.md", "# B")]);
    symlink("..", root.path().join("open/below/up")).unwrap();
    symlink("../secret.md", root.path().join("open/link.md")).unwrap();
    symlink("a.md", root.path().join("open/same.md")).unwrap();
    symlink("nowhere", root.path().join("open/broken.md")).unwrap();
    let course = open(&root.path().join("open")).course;
    assert_eq!(outline(&course), ["# ", "A", "broken", "link", "A", "# below", "B"]);
    assert!(text_of(&course, "link.md").contains("leads out of the folder"));
    assert!(text_of(&course, "broken.md").contains("does not exist"));
}

#[test]
fn a_file_that_vanishes_or_grows_says_so_or_is_read() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("a.md", "# A"), ("b.md", "# B"), ("c.md", "# C")]);
    let course = open(root.path()).course;
    fs::remove_file(root.path().join("a.md")).unwrap();
    fs::write(root.path().join("b.md"), [b"# B\n\n".as_slice(), &[0xff, b'x']].concat()).unwrap();
    fs::remove_file(root.path().join("c.md")).unwrap();
    fs::create_dir(root.path().join("c.md")).unwrap();
    assert!(text_of(&course, "a.md").contains("does not exist"));
    assert_eq!(
        text_of(&course, "b.md"),
        "This file is not UTF-8. It is shown as windows-1252, which is a guess.\nB\nÿx"
    );
    assert!(text_of(&course, "c.md").contains("is a folder"));
    assert_eq!(course.lessons[0].title(), "a", "a title that cannot be read is the file's name");
}

#[test]
fn a_folder_put_in_place_of_the_opened_one_is_read() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("open/a.md", "# A"), ("new/a.md", "# New")]);
    let course = open(&root.path().join("open")).course;
    fs::rename(root.path().join("open"), root.path().join("old")).unwrap();
    fs::rename(root.path().join("new"), root.path().join("open")).unwrap();
    assert!(text_of(&course, "a.md").contains("New"));
}

#[test]
fn the_name_of_a_file_is_found_where_no_heading_says_it() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("zebra.md", "Hay."), ("other.md", "Hay, and more of it.")]);
    for before in ["", "hay"] {
        let course = open(root.path()).course;
        let index = Index::new(&course);
        index.search(&Query::parse(before), &course, &Notes::default());
        let found = index.search(&Query::parse("zebra"), &course, &Notes::default());
        assert_eq!(found.hits.len(), 1, "after {before:?}");
    }
}

#[test]
fn one_file_is_a_library_of_one() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("a.md", "---\nx: y\n---\n# A"), ("b.md", "# B"), ("plain.txt", "text")]);
    let course = open(&root.path().join("a.md")).course;
    assert_eq!((course.title.as_str(), outline(&course)), ("a.md", vec!["# ".to_owned(), "A".to_owned()]));
    assert_eq!(text_of(&course, "a.md"), "A");
    assert_eq!(open(&root.path().join("plain.txt")).course.lessons.len(), 1);
    let other = open(&root.path().join("b.md")).course;
    assert_ne!(course.id, other.id);
    assert_eq!(open(&root.path().join("./b.md")).course.id, other.id, "an id is that of the canonical path");
}

#[test]
fn what_cannot_be_opened_is_refused_in_words() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("a.md", ""), ("empty/x.txt", ""), ("c/course.json", "{}")]);
    let refused = |name: &str, kind| {
        let origin = LibraryOrigin::of_path(&root.path().join(name), kind);
        origin.and_then(Library::open).unwrap_err().to_string()
    };
    assert!(refused("none", None).contains("not found; check its name"));
    assert!(refused("empty", None).contains("no Markdown file"));
    assert!(refused("c", None).contains("course.json"));
    assert!(refused("a.md", Some(LibraryKind::Book)).contains("this is a file"));
    assert!(refused("empty", Some(LibraryKind::File)).contains("this is a folder"));
    assert!(refused("empty", Some(LibraryKind::Course)).contains("course.json"));
    let pipe = root.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(refused("pipe", None).contains("sidelight - <"));
}

#[test]
fn a_folder_of_too_many_files_says_that_not_all_are_shown() {
    let root = tempfile::tempdir().unwrap();
    for folder in 0..121 {
        let path = root.path().join(format!("{folder}"));
        fs::create_dir(&path).unwrap();
        fs::write(path.join("first.md"), "").unwrap();
        for file in 1..1000 {
            fs::hard_link(path.join("first.md"), path.join(format!("{file}.md"))).unwrap();
        }
    }
    let library = open(root.path());
    let last = library.course.lessons.last().unwrap();
    assert!(library.course.lessons.len() < 120_001);
    assert!(library.course.lessons.len() > 119_000);
    assert!(text(last).contains("more than 120,000"), "{}", text(last));
    assert!(library.notices[0].contains("more than 120,000"));
}

#[test]
fn folders_nested_too_deep_are_left_out_with_a_notice() {
    let root = tempfile::tempdir().unwrap();
    let deep = root.path().join("d/".repeat(70));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("a.md"), "").unwrap();
    fs::write(root.path().join("a.md"), "").unwrap();
    let library = open(root.path());
    assert_eq!(library.course.lessons.len(), 2);
    assert!(library.notices[0].contains("64 deep"));
}
