//! Tests of courses, with small ones that are written on the spot.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod authoring;
mod built_in;
mod exercises;
mod faults;
mod files;
mod guides;
mod links;
mod near_misses;
mod reconcile;
mod reconcile_practice;
mod rules;
mod second_format;

use crate::course::{Course, CourseError, Fault};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A small course without a fault.
const SOUND: &str = r#"{
  "format": 1,
  "id": "small",
  "title": "A small course",
  "summary": "It is small.",
  "language": "en",
  "stop_first": "two",
  "parts": [
    { "title": "All of it", "lessons": [
      { "id": "one", "title": "The first", "file": "lessons/one.md" },
      { "id": "two", "title": "The second", "file": "lessons/two.md" }
    ] }
  ],
  "checklist": {
    "avoid": [
      { "id": "no-rush", "text": "I did not rush", "why": "Rushing tires.", "lesson": "one", "instead": "pause" }
    ],
    "embrace": [
      { "id": "pause", "text": "I paused", "why": "It helps.", "lesson": "two", "caution": "Only if it is safe." }
    ]
  }
}
"#;

/// A guide for it.
const GUIDE: &str = r#",
  "guide": {
    "title": "Where am I?",
    "introduction": "A few questions.",
    "start": "first",
    "questions": [
      { "id": "first", "text": "Is it so?", "why": "It decides.", "answers": [
        { "text": "Yes", "next": "second" },
        { "text": "Not sure", "outcome": "stay" }
      ] },
      { "id": "second", "text": "Is it really?", "why": "To be sure.", "answers": [
        { "text": "Rather not say" }
      ] }
    ],
    "outcomes": [
      { "id": "stay", "title": "Stay", "text": "Stay a while.", "lessons": ["one"], "items": ["pause"] },
      { "id": "go", "title": "Go", "text": "Go on.", "lessons": ["two", "one"], "items": [] }
    ],
    "otherwise": "go"
  }
}
"#;

/// The small course with a guide.
fn with_guide() -> String {
    SOUND.trim_end().strip_suffix("\n}").unwrap().to_owned() + GUIDE
}

/// A folder with this manifest and both lessons.
fn folder(manifest: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("course.json"), manifest).unwrap();
    fs::create_dir(folder.path().join("lessons")).unwrap();
    fs::write(folder.path().join("lessons/one.md"), "# The first\n\nSome words.\n\n## A section\n\nMore.\n")
        .unwrap();
    fs::write(folder.path().join("lessons/two.md"), "# The second\n\nOther words.\n").unwrap();
    folder
}

/// The small course after a change, which has to change something.
fn changed(from: &str, to: &str) -> TempDir {
    assert!(SOUND.contains(from), "nothing to change: {from}");
    folder(SOUND.replace(from, to))
}

fn faults_of(folder: &Path) -> Vec<Fault> {
    match Course::open(folder) {
        Err(CourseError::Faulty(faults)) => faults,
        Err(other) => panic!("{other}"),
        Ok(_) => Vec::new(),
    }
}

/// The faults as they are shown.
fn reported(folder: &TempDir) -> Vec<String> {
    faults_of(folder.path()).iter().map(Fault::to_string).collect()
}
