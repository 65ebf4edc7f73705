//! The pages of a course at the width that is shown now.
//!
//! A page is laid out once for a lesson and a width. It is kept here, outside of the
//! state, because it can always be made again.

use crate::course::Course;
use crate::page::{Page, PageWidth, Wide};
use crate::reader::folds::Folds;
use std::cell::OnceCell;

/// The pages of all lessons for one width, each made when it is first asked for.
#[derive(Debug)]
pub struct Pages {
    width: PageWidth,
    wide: Wide,
    folds: Folds,
    by_lesson: Vec<OnceCell<Page>>,
}

impl Pages {
    /// Pages for this many lessons, at this width.
    pub fn new(lessons: usize, width: PageWidth) -> Self {
        let by_lesson = (0..lessons).map(|_| OnceCell::new()).collect();
        Self { width, wide: Wide::Broken, folds: Folds::default(), by_lesson }
    }

    /// Makes the pages fit another width, another way with what is wider, and other folds; does
    /// nothing when all are the same.
    pub fn fit(&mut self, width: PageWidth, wide: Wide, folds: Folds) {
        if (self.width, self.wide) != (width, wide) || self.folds != folds {
            *self = Self { wide, folds, ..Self::new(self.by_lesson.len(), width) };
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

    /// The page of a lesson; none while its text is not in memory.
    pub fn page(&self, course: &Course, lesson: usize) -> Option<&Page> {
        let document = course.lessons.get(lesson)?.document()?;
        let cell = self.by_lesson.get(lesson)?;
        let page = || Page::with(document, self.width, self.wide).folded(self.folds.of(lesson));
        Some(cell.get_or_init(page))
    }
}
