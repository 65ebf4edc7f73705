//! What the texts of a folder are called, how folders are nested, and what is said of those that are
//! left out.

use super::{open, outline, write};
use sidelight::course::Course;
use sidelight::course::model::PartKind;
use sidelight::library::{Hidden, Library, LibraryOrigin, Scope};
use std::path::Path;

/// The heads of the parts, set in by their depth.
fn tree(course: &Course) -> Vec<String> {
    let line = |kind: &PartKind| match kind {
        PartKind::Titled => String::new(),
        PartKind::Folder { name, depth } => format!("{}{name}", "  ".repeat(usize::from(*depth))),
    };
    course.parts.iter().map(|part| line(&part.kind)).collect()
}

fn open_all(path: &Path) -> Library {
    let scope = Scope { hidden: Hidden::Shown, ..Scope::default() };
    Library::open(LibraryOrigin::of_path(path, None).unwrap().with_scope(scope)).unwrap()
}

#[test]
fn a_text_is_called_by_its_front_matter_its_first_title_or_its_file() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            ("Contact us.md", "## Questions and advice\n\ntext"),
            ("changes.md", "<!--\n# YYYY (template)\n-->\n\n# Changes\n"),
            ("ch1.md", "# The Long Book\n# Chapter 1: Beginnings\n\nText.\n"),
            ("ch2.md", "# The Long Book\n# Chapter 2: Middles\n\nText.\n"),
            ("folded.md", "---\ntitle: >-\n  Folded\n  name\n---\n\nText.\n"),
            ("toml.md", "+++\ntitle = \"Toml name\"\n+++\n\nText.\n"),
            ("dots.md", "---\ntitle: Dots\n...\n\nText.\n"),
            ("rule.md", "---\nThis file begins with a rule.\n---\n\nRest.\n"),
        ],
    );
    assert_eq!(
        outline(&open(root.path()).course),
        [
            "# ",
            "Chapter 1: Beginnings",
            "Chapter 2: Middles",
            "Changes",
            "Contact us",
            "Dots",
            "Folded name",
            "rule",
            "Toml name"
        ]
    );
}

#[test]
fn folders_are_a_tree_and_its_parts_hold_the_lessons_below_them() {
    let root = tempfile::tempdir().unwrap();
    let text = |name: &'static str| (name, "text");
    write(
        root.path(),
        &[
            "1-language/04-objects/01-a/1-first/task.md",
            "1-language/04-objects/01-a/2-second/task.md",
            "1-language/04-objects/02-b/task.md",
            "1-language/04-objects/02-b/1-first/task.md",
            "2-other/x.md",
        ]
        .map(text),
    );
    let course = open(root.path()).course;
    assert_eq!(
        tree(&course),
        [
            "1-language/04-objects",
            "  01-a",
            "    1-first",
            "    2-second",
            "  02-b",
            "    1-first",
            "2-other"
        ]
    );
    let below: Vec<usize> = (0..course.parts.len()).map(|part| course.lessons_below(part).len()).collect();
    assert_eq!(below, [4, 2, 1, 1, 2, 1, 1]);
    assert_eq!(
        (0..7).map(|part| course.part_around(part)).collect::<Vec<_>>(),
        [None, Some(0), Some(1), Some(1), Some(0), Some(4), None]
    );
    for (index, part) in course.parts.iter().enumerate() {
        assert!(course.lessons[part.lessons.clone()].iter().all(|lesson| lesson.part == index));
    }
}

#[test]
fn what_is_hidden_or_ignored_is_counted_said_and_shown_when_asked_for() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("only/.hidden/a.md", "# A"), ("only/.hidden/x.txt", ""), ("only/.git/d.md", "no")]);
    let only = root.path().join("only");
    let refused = Library::open(LibraryOrigin::of_path(&only, None).unwrap()).unwrap_err().to_string();
    assert!(refused.contains("no Markdown file to see in this folder; 1 file of Markdown is hidden or ignored: --all shows them"), "{refused}");
    assert_eq!(outline(&open_all(&only).course), ["# .hidden", "A"]);
    write(
        root.path(),
        &[
            ("only/seen.md", ""),
            ("only/.gitignore", "target/\nno.md\n"),
            ("only/no.md", ""),
            ("only/target/doc/b.md", ""),
        ],
    );
    let library = open(&only);
    assert_eq!(library.notices, ["3 files of Markdown are hidden or ignored: --all shows them."]);
    assert_eq!(library.course.lessons.len(), 1);
    let all = open_all(&only);
    assert_eq!((all.course.lessons.len(), all.notices.len()), (4, 0));
}
