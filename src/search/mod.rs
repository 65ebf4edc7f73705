//! Finding: one query over lessons, items and notes.

use crate::course::Course;
use std::ops::Range;

/// A query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<String>,
}

/// Where a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitKind {
    /// In a lesson's text.
    Lesson,
    /// In an item.
    Item(usize),
    /// In a note.
    Note(usize),
}

/// A hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub kind: HitKind,
    /// The lesson.
    pub lesson: usize,
    /// The block.
    pub block: usize,
    /// Matches.
    pub ranges: Vec<Range<usize>>,
}

/// All hits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// Them.
    pub hits: Vec<Hit>,
    /// More.
    pub more: bool,
}

/// The index.
#[derive(Debug, Default)]
pub struct Index {}

impl Query {
    /// Parse.
    pub fn parse(text: &str) -> Self {
        Self { words: text.split_whitespace().map(str::to_lowercase).collect() }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl Index {
    /// New.
    pub fn new(course: &Course) -> Self {
        let _ = course;
        Self {}
    }

    /// Search.
    pub fn search(&self, query: &Query, course: &Course) -> Hits {
        let mut hits = Vec::new();
        if query.is_empty() {
            return Hits::default();
        }
        for lesson in 0..course.lessons.len() {
            for (block, text) in course.document(lesson).blocks.iter().enumerate() {
                let ranges = matches_in(&text.text, query);
                if !ranges.is_empty() {
                    hits.push(Hit { kind: HitKind::Lesson, lesson, block, ranges });
                }
            }
        }
        Hits { hits, more: false }
    }
}

/// Matches.
pub fn matches_in(text: &str, query: &Query) -> Vec<Range<usize>> {
    let lower = text.to_lowercase();
    query
        .words
        .iter()
        .flat_map(|word| {
            lower.match_indices(word.as_str()).map(|(at, word)| at..at + word.len()).collect::<Vec<_>>()
        })
        .collect()
}
