//! The pages of a course at the width that is shown now.
//!
//! A page is laid out once for a lesson and a width. It is kept here, outside of the
//! state, because it can always be made again.

use crate::course::Course;
use crate::page::{Page, PagePictures, PageWidth, PictureRoom, PictureShape, SlotText, Slots, Wide};
use crate::reader::folds::Folds;
use crate::text::{Document, Exercise, ExerciseKind};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// What stands in exercises.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// What the reader wrote, by the ids of the exercises.
    pub words: BTreeMap<String, String>,
    /// The key that lets her write.
    pub key: String,
}

/// The pages of all lessons for one width, each made when it is first asked for.
#[derive(Debug)]
pub struct Pages {
    width: PageWidth,
    wide: Wide,
    folds: Folds,
    written: Written,
    /// The room for pictures; none while their descriptions are alone.
    room: Option<PictureRoom>,
    /// What is known of the pictures of each lesson, by the numbers of their images.
    shapes: BTreeMap<usize, BTreeMap<usize, PictureShape>>,
    /// Behind a pointer, as most are never made and all are made anew with another width: of 100,000
    /// lessons that took tens of milliseconds.
    by_lesson: Vec<OnceCell<Box<Page>>>,
}

impl Pages {
    /// Pages for this many lessons, at this width.
    pub fn new(lessons: usize, width: PageWidth) -> Self {
        let by_lesson = (0..lessons).map(|_| OnceCell::new()).collect();
        Self {
            width,
            wide: Wide::Broken,
            folds: Folds::default(),
            written: Written::default(),
            room: None,
            shapes: BTreeMap::new(),
            by_lesson,
        }
    }

    /// Makes the pages fit another width, another way with what is wider, and other folds; does
    /// nothing when all are the same.
    pub fn fit(&mut self, width: PageWidth, wide: Wide, folds: Folds) {
        if (self.width, self.wide) != (width, wide) || self.folds != folds {
            let written = std::mem::take(&mut self.written);
            let (room, shapes) = (self.room, std::mem::take(&mut self.shapes));
            *self = Self { wide, folds, written, room, shapes, ..Self::new(self.by_lesson.len(), width) };
        }
    }

    /// Makes room for the pages of more lessons, this many in all; those that are there stay.
    pub fn grow(&mut self, lessons: usize) {
        self.by_lesson.resize_with(lessons, OnceCell::new);
    }

    /// The room for pictures; none while their descriptions are alone.
    pub fn room(&self) -> Option<PictureRoom> {
        self.room
    }

    /// Gives pictures this room, or none; does nothing when it is the same.
    pub fn make_room(&mut self, room: Option<PictureRoom>) {
        if self.room != room {
            self.room = room;
            for lesson in self.shapes.keys() {
                self.by_lesson.get_mut(*lesson).and_then(OnceCell::take);
            }
        }
    }

    /// What is known of a picture.
    pub fn shape(&self, lesson: usize, link: usize) -> Option<&PictureShape> {
        self.shapes.get(&lesson)?.get(&link)
    }

    /// Notes what is known of a picture from now on.
    pub fn know(&mut self, lesson: usize, link: usize, shape: PictureShape) {
        let takes_rows = shape != PictureShape::NoFile;
        self.shapes.entry(lesson).or_default().insert(link, shape);
        if takes_rows {
            self.forget(lesson);
        }
    }

    /// Shows what the reader wrote for exercises, beside the key that lets her; does nothing when it
    /// is the same.
    pub fn fill(&mut self, words: &BTreeMap<String, String>, key: &str) {
        if self.written.words != *words || self.written.key != key {
            self.written = Written { words: words.clone(), key: key.to_owned() };
            self.by_lesson.iter_mut().for_each(|page| drop(page.take()));
        }
    }

    /// Gives back the memory of what lies far from what is read.
    pub fn forget_far_from(&mut self, lesson: usize, block: usize) {
        if let Some(page) = self.by_lesson.get_mut(lesson).and_then(OnceCell::get_mut) {
            page.forget_far_from(block);
        }
    }

    /// Forgets the page of a lesson, of which more has been read since.
    pub fn forget(&mut self, lesson: usize) {
        if let Some(page) = self.by_lesson.get_mut(lesson) {
            page.take();
        }
    }

    /// Forgets what was laid out without a portion of a long lesson.
    pub fn forget_portion(&mut self, lesson: usize, portion: usize) {
        if let Some(page) = self.by_lesson.get_mut(lesson).and_then(OnceCell::get_mut) {
            page.forget_portion(portion);
        }
    }

    /// The page of a lesson; none while its text is not in memory.
    pub fn page(&self, course: &Course, lesson: usize) -> Option<&Page> {
        let document = course.lessons.get(lesson)?.document()?;
        let cell = self.by_lesson.get(lesson)?;
        let page = || {
            let page = Page::with(document, self.width, self.wide).folded(self.folds.of(lesson));
            let page = if document.exercises().is_empty() {
                page
            } else {
                page.filled(self.slots(course, document))
            };
            match (self.room, self.shapes.get(&lesson)) {
                (Some(room), Some(shapes)) => page.pictured(PagePictures { room, shapes: shapes.clone() }),
                _ => page,
            }
        };
        Some(cell.get_or_init(|| Box::new(page())))
    }

    /// What stands in the exercises of a lesson.
    fn slots(&self, course: &Course, document: &Document) -> Slots {
        let key = &self.written.key;
        let words = |exercise: &Exercise| self.written.words.get(&exercise.id).cloned().map(SlotText::Words);
        let mut slots = Slots::default();
        for exercise in document.exercises() {
            match exercise.kind {
                ExerciseKind::Write => {
                    let hint = || SlotText::Hint(format!("{key} writes here."));
                    slots.write.insert(exercise.id.clone(), words(exercise).unwrap_or_else(hint));
                }
                ExerciseKind::Yours => {
                    let hint = || SlotText::Hint(not_written_yet(course, exercise, key));
                    slots.yours.insert(exercise.id.clone(), words(exercise).unwrap_or_else(hint));
                }
                ExerciseKind::Choose | ExerciseKind::Ask => {}
            }
        }
        slots
    }
}

/// Says where something can be written that is to be shown again.
fn not_written_yet(course: &Course, exercise: &Exercise, key: &str) -> String {
    let lesson = course.lesson_to_write_in(&exercise.id);
    match lesson.and_then(|index| Some((index + 1, course.lessons.get(index)?.title()))) {
        Some((number, title)) => {
            format!(
                "You have not written this yet. {key} goes to where it is asked: lesson {number}, {title}."
            )
        }
        None => "Nothing is written here.".to_owned(),
    }
}
