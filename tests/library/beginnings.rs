//! The beginning of a folder is that of the whole, and the whole is the same in one step and in two.

use super::write;
use sidelight::course::Course;
use sidelight::library::{Library, LibraryOrigin};
use std::path::Path;

fn first(path: &Path, names: usize) -> Library {
    Library::open_first(LibraryOrigin::of_path(path, None).unwrap(), names).unwrap()
}

/// The lessons in their order, each with its id, its file and the title of its part.
fn lessons(course: &Course) -> Vec<String> {
    let part = |part: usize| course.parts[part].title.as_str();
    let line = |lesson: &sidelight::course::Lesson| {
        format!("{} {:?} in {}", lesson.id, lesson.file(), part(lesson.part))
    };
    course.lessons.iter().map(line).collect()
}

/// A folder with what may come in any order or be left out: first files, numbers, names that are alike when
/// they are cleaned, folders that are one with the only one in them, hidden and ignored files.
fn mixed(root: &Path) {
    let names = [
        "10.md",
        "2.md",
        "README.md",
        "index.md",
        "Ü.md",
        "ü.md",
        "a b.md",
        "a  b.md",
        "a\u{200b} b.md",
        ".hidden.md",
        "one/two/three/deep.md",
        "one/two/four/deep.md",
        "chapter 1/README.md",
        "chapter 1/2.md",
        "chapter 10/1.md",
        "chapter 2/only/1.md",
        "chapter 2/1.md",
        "chapter 2/no.md",
        "z/.secret/a.md",
        "z/y/x/1.md",
        "z/y/x/w.ipynb",
        "course/course.json",
        "course/lesson.md",
        "none/picture.png",
    ];
    for name in names {
        write(root, &[(name, "# A title")]);
    }
    write(root, &[(".gitignore", "no.md")]);
}

#[test]
fn the_beginning_of_a_folder_is_that_of_the_whole_wherever_it_ends() {
    let root = tempfile::tempdir().unwrap();
    mixed(root.path());
    let whole = first(root.path(), usize::MAX);
    assert!(whole.rest.is_none() && !whole.course.is_beginning());
    let (all, notices) = (lessons(&whole.course), &whole.notices);
    assert!(all.len() == 19 && notices.len() == 2, "{all:#?} {notices:?}");
    let mut lengths = Vec::new();
    for names in 0..60 {
        let beginning = first(root.path(), names);
        let known = lessons(&beginning.course);
        assert_eq!(beginning.course.is_beginning(), beginning.rest.is_some());
        assert!(known.len() >= 2 && all.starts_with(&known), "{names}: {known:#?}");
        let is_known = |title: &str| whole.course.parts.iter().any(|part| part.title == title);
        assert!(beginning.course.parts.iter().all(|part| is_known(&part.title)), "{names}");
        assert!(beginning.rest.is_none() || beginning.notices.is_empty());
        lengths.push(known.len());
        let completed = beginning.completed();
        assert_eq!(lessons(&completed.course), all, "{names}");
        assert_eq!((&completed.course.parts, &completed.notices), (&whole.course.parts, notices), "{names}");
    }
    assert!(lengths.is_sorted() && lengths.last() == Some(&all.len()), "{lengths:?}");
    lengths.dedup();
    assert!(lengths.len() > 8, "the beginning never ends within a folder: {lengths:?}");
}

#[test]
fn what_was_read_of_the_beginning_stays_in_memory() {
    let root = tempfile::tempdir().unwrap();
    mixed(root.path());
    let beginning = first(root.path(), 4);
    let text = std::ptr::from_ref(beginning.course.document(1));
    beginning.course.lessons[2].load_title();
    let whole = beginning.completed();
    assert!(std::ptr::eq(whole.course.document(1), text));
    std::fs::remove_file(root.path().join(whole.course.lessons[2].file().unwrap())).unwrap();
    assert_eq!(whole.course.lessons[2].title(), "A title");
}

#[test]
fn the_beginning_does_not_wait_for_folders_without_a_text() {
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &[("a/1.md", "# One"), ("a/2.md", "# Two")]);
    for folder in 0..50 {
        write(root.path(), &[(&format!("b/{folder}/picture.png"), "")]);
    }
    let beginning = first(root.path(), 5);
    assert!(beginning.course.lessons.len() == 2 && beginning.rest.is_some());
    let whole = beginning.completed();
    assert!(whole.course.lessons.len() == 2 && !whole.course.is_beginning());
}
