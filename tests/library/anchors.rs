//! Links with anchors in real books lead where their targets have that anchor.
//!
//! The books are not part of this repository. `SIDELIGHT_BOOKS=one:another cargo test --test library
//! anchors` looks through folders and mdBooks; without it the test says that nothing was looked at.
#![allow(clippy::print_stderr, reason = "says what was looked at")]

use super::open;
use sidelight::course::{Course, Destination, Lesson, link};
use sidelight::text::Anchored;
use std::fs;
use std::path::Path;

/// Returns whether the source of a lesson has what could be reached under this name, by a rule of this
/// test's own: it is written as an id or name, or is what GitHub makes of a heading. Comments do not
/// count.
fn has_anchor(root: &Path, lesson: &Lesson, name: &str) -> bool {
    let source = lesson.file().and_then(|file| fs::read(root.join(file)).ok());
    let source = String::from_utf8_lossy(&source.unwrap_or_default()).into_owned();
    let slug = |heading: &str| -> String {
        let seen = heading.chars().filter(|sign| sign.is_alphanumeric() || " -_".contains(*sign));
        seen.flat_map(char::to_lowercase).map(|sign| if sign == ' ' { '-' } else { sign }).collect()
    };
    let is_heading = |line: &str| line.starts_with('#') && slug(line.trim_matches(['#', ' '])) == name;
    let ids =
        ["id=\"", "id='", "id=", "name=\"", "name='", "{#", "{ #"].map(|before| format!("{before}{name}"));
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || "-_".contains(next));
    let is_id = |line: &str| ids.iter().any(|id| line.split(id.as_str()).skip(1).any(ends));
    let seen = |part: &str| part.split_once("-->").map_or(part, |(_, seen)| seen).to_owned();
    let without_comments: String = source.split("<!--").map(seen).collect();
    without_comments.lines().any(|line| is_heading(line) || is_id(line))
}

/// The links of a course with an anchor in a lesson: how many there are, and those that lead nowhere.
fn looked_through(root: &Path, course: &Course) -> (usize, Vec<String>) {
    let (mut all, mut missed) = (0, Vec::new());
    for (from, lesson) in course.lessons.iter().enumerate() {
        let document = lesson.load();
        let spans = document.blocks().flat_map(|(_, block)| &block.spans);
        let mut links: Vec<usize> = spans.filter_map(|span| span.style.link).collect();
        links.dedup();
        for to in links.into_iter().filter_map(|number| document.link(number)) {
            if let Destination::Lesson { lesson: target, section: Some(section) } = link(course, from, to) {
                all += 1;
                let is_missed = course.section_named(target, section) == Anchored::Nowhere;
                if is_missed && has_anchor(root, &course.lessons[target], section) {
                    missed.push(format!("{}: {}", lesson.id.as_str(), to.target));
                }
            }
        }
    }
    (all, missed)
}

#[test]
fn links_of_the_books_that_are_named_reach_every_anchor_that_is_there() {
    let Some(books) = std::env::var_os("SIDELIGHT_BOOKS") else {
        eprintln!("SIDELIGHT_BOOKS names no books, so nothing was looked at");
        return;
    };
    let mut missed = Vec::new();
    for book in std::env::split_paths(&books) {
        let (all, of_book) = looked_through(&book, &open(&book).course);
        eprintln!("{}: {all} links with anchors, {} miss theirs", book.display(), of_book.len());
        missed.extend(of_book);
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
