//! The course as everything else sees it: plain, checked, clean.
//!
//! Must not know how a course is written down, which is the manifest's, nor where the text of a
//! lesson comes from, which is the lesson's.

use crate::course::file_index::FileIndex;
use crate::course::guide::{Guide, GuideOnDemand};
use crate::course::ids::{CourseId, ItemId, LessonId};
use crate::course::lesson::{Lesson, LessonSource};
use crate::course::plan::PlanWeek;
use crate::course::rhythm::Rhythm;
use crate::text::long::WHOLE;
use crate::text::wanted::{Asker, Piece, Want, WantList};
use crate::text::{Document, Exercise, ExerciseKind, Flavour, exercise};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A course, ready to be read.
#[derive(Debug)]
pub struct Course {
    /// Its id, under which marks and places are kept.
    pub id: CourseId,
    /// Its title.
    pub title: String,
    /// What it is, in a sentence or two.
    pub summary: String,
    /// Its language as a BCP 47 tag, such as `en`; empty when it is not known.
    pub language: String,
    /// The lesson to read before any other, one key away from anywhere.
    pub stop_first: Option<usize>,
    /// The author's word for that lesson where keys are named, if there is one.
    pub stop_first_word: Option<String>,
    /// Who should read that lesson, as the author says it: `if you may be in danger`.
    pub stop_first_when: Option<String>,
    /// The lesson for a hard minute, one key away from anywhere.
    pub first_aid: Option<usize>,
    /// What it is, for somebody who opens it for the first time; may have several lines.
    pub welcome: Option<String>,
    /// The parts in order. Each names a run of [`Course::lessons`].
    pub parts: Vec<Part>,
    /// All lessons in reading order.
    pub lessons: Vec<Lesson>,
    /// All items: those to avoid first, then those to embrace, each in the author's order.
    pub items: Vec<Item>,
    /// The self-check, if the course has one: see [`Course::guide`].
    pub(crate) guide: GuideOnDemand,
    /// The plan, week by week; empty if the course has none.
    pub plan: Vec<PlanWeek>,
    /// Finds lessons by their files, once a link has asked for one.
    pub(crate) files: FilesOnDemand,
    /// Finds the lessons in which the reader writes.
    pub(crate) written: WrittenOnDemand,
    /// Whether all of its lessons are known.
    pub(crate) known_lessons: KnownLessons,
}

/// Whether all lessons of a course are known.
#[derive(Debug, Clone, Default)]
pub(crate) enum KnownLessons {
    /// They are.
    #[default]
    Whole,
    /// It is the beginning of a folder whose other names are still read: see [`Course::grown`]. With what
    /// notes that these are wanted; none until lessons are no longer read when they are asked for.
    Beginning(Option<Asker>),
}

/// The lessons in which the reader may write, by the ids of the exercises; made when first asked for.
#[derive(Debug, Default)]
pub(crate) struct WrittenOnDemand(OnceLock<BTreeMap<String, Vec<usize>>>);

/// The index of a course's files, made when it is first asked for.
#[derive(Debug, Default)]
pub(crate) struct FilesOnDemand(OnceLock<FileIndex>);

/// A run of lessons under one title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its title; of a folder, its path from the one that is open.
    pub title: String,
    /// How it stands among the other parts.
    pub kind: PartKind,
    /// The lessons in it, as indices into [`Course::lessons`]. Those of the parts nested in it
    /// follow, and are not among them.
    pub lessons: Range<usize>,
}

/// How a part stands among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKind {
    /// A part of a book or a course, beside the others.
    Titled,
    /// A folder.
    Folder {
        /// Its path from the folder that it is nested in, which may be several folders at once.
        name: String,
        /// The number of folders that it is nested in.
        depth: u8,
    },
}

impl Part {
    /// A part of a book or a course.
    pub fn titled(title: String, lessons: Range<usize>) -> Self {
        Self { title, kind: PartKind::Titled, lessons }
    }

    /// The number of parts that it is nested in.
    pub fn depth(&self) -> u8 {
        match self.kind {
            PartKind::Titled => 0,
            PartKind::Folder { depth, .. } => depth,
        }
    }
}

/// Which side of the checklist an item is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Something to keep clear of.
    Avoid,
    /// Something to do.
    Embrace,
}

/// One behaviour on the checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its side.
    pub side: Side,
    /// One line, in the first person, that can be ticked.
    pub text: String,
    /// One line that says why.
    pub why: String,
    /// The lesson that teaches it, as an index into [`Course::lessons`].
    pub lesson: usize,
    /// The slug of the section that teaches it; `None` for the whole lesson.
    pub section: Option<String>,
    /// For an item to avoid: what to do instead, as an index into [`Course::items`].
    pub instead: Option<usize>,
    /// The author's caution, such as "Only if it is safe."
    pub caution: Option<String>,
    /// The heading that it stands under on its side of the checklist.
    pub group: Option<String>,
    /// How often it is meant to be done.
    pub rhythm: Rhythm,
    /// The author's word for a day on which it was not kept.
    pub slipped: Option<String>,
}

impl Course {
    /// A course in no known language, without lessons and items.
    pub(crate) fn empty(id: CourseId, title: String) -> Self {
        Self {
            id,
            title,
            summary: String::new(),
            language: String::new(),
            stop_first: None,
            stop_first_word: None,
            stop_first_when: None,
            first_aid: None,
            welcome: None,
            parts: Vec::new(),
            lessons: Vec::new(),
            items: Vec::new(),
            guide: GuideOnDemand::default(),
            plan: Vec::new(),
            files: FilesOnDemand::default(),
            written: WrittenOnDemand::default(),
            known_lessons: KnownLessons::Whole,
        }
    }

    /// The self-check, if the course has one.
    pub fn guide(&self) -> Option<&Guide> {
        self.guide.get()
    }

    /// Returns whether the course has a self-check. Reads nothing.
    pub fn has_guide(&self) -> bool {
        self.guide.is_there()
    }

    /// The lesson's parsed text; an empty document for an index that does not exist, and for a
    /// text that is not in memory and must not be read here.
    pub fn document(&self, lesson: usize) -> &Document {
        static EMPTY: Document = Document::empty();
        self.lessons.get(lesson).and_then(Lesson::document).unwrap_or(&EMPTY)
    }

    /// The lesson's parsed text if it is in memory. Asks for nothing.
    pub fn document_if_read(&self, lesson: usize) -> Option<&Document> {
        self.lessons.get(lesson)?.document.get().map(Arc::as_ref)
    }

    /// From now on reads no file when a lesson is asked for something: what is not in memory is
    /// put on the list that this returns. None for a course that is in memory as a whole.
    pub fn stop_reading(&mut self) -> Option<Arc<WantList>> {
        let list = Arc::new(WantList::default());
        let mut has_files = false;
        for (index, lesson) in self.lessons.iter_mut().enumerate() {
            if matches!(lesson.source, LessonSource::File { .. }) {
                has_files = true;
                lesson.ask_with(Asker::new(Arc::clone(&list), index));
            }
        }
        if let KnownLessons::Beginning(asker) = &mut self.known_lessons {
            *asker = Some(Asker::new(Arc::clone(&list), self.lessons.len()));
        }
        has_files.then_some(list)
    }

    /// Returns whether it is only the beginning of a folder, of which there are more lessons.
    pub fn is_beginning(&self) -> bool {
        matches!(self.known_lessons, KnownLessons::Beginning(_))
    }

    /// Notes that the lessons are wanted that are not known yet. Returns whether there are any.
    pub fn ask_for_rest(&self) -> bool {
        if let KnownLessons::Beginning(Some(asker)) = &self.known_lessons {
            asker.ask(Piece::Names);
        }
        self.is_beginning()
    }

    /// The same course with more lessons behind those that it has, and with the parts that all of them are
    /// in. What was read of it stays in memory, shared with this one.
    #[must_use]
    pub(crate) fn grown(&self, rest: Vec<Lesson>, parts: Vec<Part>, known_lessons: KnownLessons) -> Self {
        let mut lessons = Vec::with_capacity(self.lessons.len() + rest.len());
        lessons.extend_from_slice(&self.lessons);
        lessons.extend(rest);
        if let KnownLessons::Beginning(Some(asker)) = &self.known_lessons {
            for (index, lesson) in lessons.iter_mut().enumerate().skip(self.lessons.len()) {
                lesson.ask_with(asker.for_text(index));
            }
        }
        for (index, part) in parts.iter().enumerate() {
            for lesson in lessons.get_mut(part.lessons.clone()).into_iter().flatten() {
                lesson.part = index;
            }
        }
        Self { known_lessons, ..self.with_lessons(lessons, parts) }
    }

    /// Reads what is wanted, and may wait for the disk.
    pub fn load(&self, want: Want) {
        let Some(lesson) = self.lessons.get(want.text) else { return };
        match want.piece {
            Piece::Title => drop(lesson.load_title()),
            Piece::Text => drop(lesson.load()),
            Piece::Portion(portion) => lesson.load().load(portion),
            // Whoever opened the folder reads them.
            Piece::Names => {}
        }
    }

    /// Returns whether a piece that was wanted has been read since.
    pub fn has(&self, want: Want) -> bool {
        if want.piece == Piece::Names {
            return !self.is_beginning();
        }
        let Some(lesson) = self.lessons.get(want.text) else { return true };
        match (want.piece, lesson.document.get()) {
            (Piece::Title, _) => lesson.has_title(),
            (Piece::Text, document) => document.is_some(),
            (Piece::Portion(portion), Some(document)) => document.has(portion),
            (Piece::Portion(_), None) => false,
            (Piece::Names, _) => true,
        }
    }

    /// The same course, of which nothing has been read.
    #[must_use]
    pub fn unread(&self) -> Self {
        self.with_lessons(self.lessons.iter().map(Lesson::unread).collect(), self.parts.clone())
    }

    /// The same course with other lessons, and with the parts that these are in.
    fn with_lessons(&self, lessons: Vec<Lesson>, parts: Vec<Part>) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            language: self.language.clone(),
            stop_first: self.stop_first,
            stop_first_word: self.stop_first_word.clone(),
            stop_first_when: self.stop_first_when.clone(),
            parts,
            lessons,
            items: self.items.clone(),
            guide: self.guide.clone(),
            first_aid: self.first_aid,
            welcome: self.welcome.clone(),
            plan: self.plan.clone(),
            files: FilesOnDemand::default(),
            written: WrittenOnDemand::default(),
            known_lessons: match self.known_lessons {
                KnownLessons::Whole => KnownLessons::Whole,
                KnownLessons::Beginning(_) => KnownLessons::Beginning(None),
            },
        }
    }

    /// Finds lessons by their files.
    pub(super) fn files(&self) -> &FileIndex {
        self.files.0.get_or_init(|| {
            let lessons = self.lessons.iter().enumerate();
            FileIndex::new(lessons.filter_map(|(index, lesson)| Some((index, lesson.file()?))))
        })
    }

    /// Gives back the memory of what lies far from a block of a long lesson.
    pub fn forget_far_from(&mut self, lesson: usize, block: usize) {
        let document = self.lessons.get_mut(lesson).and_then(|lesson| lesson.document.get_mut());
        // One that is shared with a course that a thread still has is given back later.
        if let Some(document) = document.and_then(Arc::get_mut) {
            document.forget_far_from(block);
        }
    }

    /// The lessons of a part and of all that are nested in it.
    pub fn lessons_below(&self, part: usize) -> Range<usize> {
        let Some(own) = self.parts.get(part) else { return 0..0 };
        let nested = self.parts.iter().skip(part + 1).take_while(|nested| nested.depth() > own.depth());
        own.lessons.start..nested.last().map_or(own.lessons.end, |last| last.lessons.end)
    }

    /// The part that a part is nested in.
    pub fn part_around(&self, part: usize) -> Option<usize> {
        let depth = self.parts.get(part)?.depth();
        self.parts.get(..part)?.iter().rposition(|around| around.depth() < depth)
    }

    /// The lesson in which the reader writes for an exercise of this id. Looks through the sources
    /// of all lessons once, and parses those that seem to have it: its head may stand in a listing too.
    /// Only lessons that are in memory, and are parsed as a whole, have exercises.
    pub fn lesson_to_write_in(&self, exercise: &str) -> Option<usize> {
        let index = || {
            let lessons = self.lessons.iter().enumerate();
            let lessons = lessons.filter(|(_, lesson)| lesson.flavour == Flavour::Course);
            let mut found = BTreeMap::new();
            for (index, lesson) in lessons {
                let text = match &lesson.source {
                    LessonSource::BuiltIn(text) => text,
                    LessonSource::Text(text, _) => &**text,
                    LessonSource::File { .. } => continue,
                };
                if text.len() > WHOLE {
                    continue;
                }
                for id in exercise::ids_to_write_for(text) {
                    let lessons: &mut Vec<usize> = found.entry(id.to_owned()).or_default();
                    if lessons.last() != Some(&index) {
                        lessons.push(index);
                    }
                }
            }
            found
        };
        let is_there = |lesson: &usize| {
            let exercises = self.lessons.get(*lesson).map(|lesson| lesson.load().exercises());
            let is_it = |one: &Exercise| one.id == exercise && one.kind == ExerciseKind::Write;
            exercises.is_some_and(|exercises| exercises.iter().any(is_it))
        };
        let lessons = self.written.0.get_or_init(index).get(exercise)?;
        lessons.iter().copied().find(is_there)
    }

    /// The index of the lesson with this id.
    pub fn lesson_index(&self, id: &LessonId) -> Option<usize> {
        self.lessons.iter().position(|lesson| lesson.id == *id)
    }

    /// The index of the item with this id.
    pub fn item_index(&self, id: &ItemId) -> Option<usize> {
        self.items.iter().position(|item| item.id == *id)
    }

    /// The block that teaches an item: its section's heading, else the lesson's start.
    pub fn passage(&self, item: &Item) -> usize {
        item.section.as_deref().and_then(|slug| self.document(item.lesson).section(slug)).unwrap_or(0)
    }
}
