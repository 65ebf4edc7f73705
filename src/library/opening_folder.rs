//! Opening a folder of texts in two steps: its beginning, of which the first screen is made, and the rest.
//!
//! Owns how the files of a walk become the lessons and the parts of a course, and that those of the
//! beginning are those with which the whole begins. Must not read any lesson, and must not know what is
//! said of files that are left out: `folder.rs` does.

use crate::course::{Folder, Lesson, LessonId, Part};
use crate::library::file_lesson::{FileReading, lesson};
use crate::library::folder_tree;
use crate::library::names::{LessonIds, placeholder};
use crate::library::origin::Hidden;
use crate::library::walk::{Walk, WalkEnd, WalkedFolder};
use crate::text::clean::clean_line;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// The fewest lessons of a beginning: of a single one the headings would be shown where names are to come.
const FEWEST: usize = 2;

/// A folder that is being opened.
#[derive(Debug)]
pub(super) struct OpeningFolder {
    folder: Arc<Folder>,
    walk: Walk,
    /// How many files and folders the beginning has at least, unless there are not so many, and how many
    /// files of one folder at most.
    beginning: usize,
    /// The ids that are taken; none while every name is its own id, as no two files have the same.
    ids: Option<LessonIds>,
    /// The folders that were walked, in reading order, and the lessons of each.
    walked: Vec<(String, Range<usize>)>,
    /// How many lessons there are, with those that were given out.
    count: usize,
    lessons: Vec<Lesson>,
}

impl OpeningFolder {
    /// A folder of which nothing is known yet.
    pub(super) fn new(folder: Folder, hidden: Hidden, beginning: usize) -> Self {
        let walk = Walk::new(folder.path(), hidden);
        let (walked, lessons) = (Vec::new(), Vec::new());
        Self { folder: Arc::new(folder), walk, beginning, ids: None, walked, count: 0, lessons }
    }

    /// Reads the names of the beginning. Returns whether that is all.
    ///
    /// # Errors
    /// With the reason, when the folder itself cannot be read.
    pub(super) fn read_beginning(&mut self) -> Result<bool, String> {
        while !self.walk.is_over() && (self.walk.seen() < self.beginning || self.count < FEWEST) {
            let Some(walked) = self.walk.step(self.beginning) else { continue };
            if let Some(refused) = walked.refused.as_ref().filter(|_| walked.name.is_empty()) {
                return Err(refused.clone());
            }
            self.take(walked, &[]);
        }
        Ok(self.walk.is_over())
    }

    /// Reads all other names, behind these lessons that were given out.
    pub(super) fn read_rest(&mut self, before: &[Lesson]) {
        while !self.walk.is_over() {
            if let Some(walked) = self.walk.step(usize::MAX) {
                self.take(walked, before);
            }
        }
    }

    /// Adds a lesson behind all others that has a name and this text. Returns its index.
    pub(super) fn add_last(&mut self, name: &str, title: &str, says: &str, before: &[Lesson]) -> usize {
        // It is no file, so that a file may have the same name.
        let id = self.ids_with(before).assign(name);
        self.push(placeholder(id, title, 0, says));
        self.count - 1
    }

    /// The path of the folder.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns whether there is no lesson.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Gives out the lessons that were read since the last time.
    pub(super) fn take_lessons(&mut self) -> Vec<Lesson> {
        std::mem::take(&mut self.lessons)
    }

    /// The names of the folders that hold lessons, in reading order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.walked.iter().map(|(name, _)| name.as_str())
    }

    /// The parts that all lessons are in, as far as the folders are known.
    pub(super) fn parts(&self) -> Vec<Part> {
        let names: Vec<&str> = self.names().collect();
        let mut all = Vec::with_capacity(names.len());
        for (parts, (_, lessons)) in folder_tree::parts(&names).into_iter().zip(&self.walked) {
            all.extend(parts.into_iter().map(|part| Part { lessons: lessons.start..lessons.start, ..part }));
            if let Some(part) = all.last_mut() {
                part.lessons = lessons.clone();
            }
        }
        all
    }

    /// What is known at the end.
    pub(super) fn end(&mut self) -> WalkEnd {
        self.walk.end()
    }

    /// Makes lessons of the files of a folder, or of more of those of the last one.
    fn take(&mut self, walked: WalkedFolder, before: &[Lesson]) {
        let WalkedFolder { name: within, files, refused } = walked;
        let first = self.count;
        if let Some(refused) = refused {
            let id = self.assign(&within, before);
            self.push(placeholder(id, &within, 0, &refused));
        }
        for file in files {
            let name = if within.is_empty() { file } else { format!("{within}/{file}") };
            let id = self.assign(&name, before);
            self.push(lesson(&self.folder, id, name, FileReading::ByName));
        }
        match self.walked.last_mut().filter(|(name, _)| *name == within) {
            Some((_, lessons)) => lessons.end = self.count,
            None => self.walked.push((within, first..self.count)),
        }
    }

    fn push(&mut self, lesson: Lesson) {
        self.count += 1;
        self.lessons.push(lesson);
    }

    /// Assigns the id for a name in the folder.
    fn assign(&mut self, name: &str, before: &[Lesson]) -> LessonId {
        if self.ids.is_none() && clean_line(name) == name {
            return LessonId::new(name);
        }
        self.ids_with(before).assign(name)
    }

    /// The ids that are taken, also by lessons that were given out.
    fn ids_with(&mut self, before: &[Lesson]) -> &mut LessonIds {
        let known = before.iter().chain(&self.lessons).map(|lesson| &lesson.id);
        self.ids.get_or_insert_with(|| LessonIds::without(known))
    }
}
