//! What is left to read, in which order, and about how long that takes.
//!
//! Owns the order: that of the week of the plan that the reader is in, else the one that she chose
//! after the self-check, else the course's own. Lessons that the course no longer has are passed over.

use crate::course::{Course, Lesson, LessonId};
use crate::practice::view::Practice;
use std::collections::BTreeSet;

/// How many words are read in a minute. Brysbaert, "How many words do we read per minute? A
/// review and meta-analysis of reading rate" (Journal of Memory and Language 109, 2019), finds
/// 238 for adults who read English prose silently. Fewer are assumed here: these texts are read
/// in the evening, and ask for a pause now and then.
const WORDS_A_MINUTE: usize = 200;

/// The most lessons that are counted: each may be a file to be looked at.
const MOST_COUNTED: usize = 1_000;

/// The lengths of all lessons, in words. They are counted once, after the first frame; until
/// then there is no estimate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lengths {
    words: Vec<usize>,
}

impl Lengths {
    /// Counts the words of every lesson, unless there are so many that it would be felt.
    pub fn of(course: &Course) -> Self {
        if course.lessons.len() > MOST_COUNTED {
            return Self::default();
        }
        Self { words: course.lessons.iter().map(Lesson::words_about).collect() }
    }

    /// About how many minutes these lessons take together; `None` until they are counted.
    pub fn minutes(&self, lessons: &[usize]) -> Option<usize> {
        if self.words.is_empty() || lessons.is_empty() {
            return None;
        }
        let words: usize = lessons.iter().filter_map(|lesson| self.words.get(*lesson)).sum();
        Some(minutes_for(words))
    }
}

/// About how many minutes a lesson takes. May wait for the disk.
pub fn minutes_of(lesson: &Lesson) -> usize {
    minutes_for(lesson.words_about())
}

fn minutes_for(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

/// What is left to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingPlan {
    /// The lessons that are not read yet, as indices into the course, the next one first.
    pub left: Vec<usize>,
    /// Which order that is.
    pub order: ReadingOrder,
    /// The lessons that are opened in a hurry, from anywhere. They say nothing of how far somebody
    /// has come.
    aside: [Option<usize>; 2],
}

/// An order in which to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingOrder {
    /// That of the week of the plan that the reader is in.
    Week,
    /// The one that the reader chose after the self-check.
    Chosen,
    /// The course's own.
    Course,
}

impl ReadingOrder {
    /// What is left in it, in words that follow a number: `2 left this week`.
    pub fn left_in_words(self) -> &'static str {
        match self {
            Self::Week => "this week",
            Self::Chosen => "in your order",
            Self::Course => "to read",
        }
    }
}

impl ReadingPlan {
    /// Returns whether the order is one that the reader chose, and not just the course's.
    pub fn is_hers(&self) -> bool {
        match self.order {
            ReadingOrder::Week | ReadingOrder::Chosen => true,
            ReadingOrder::Course => false,
        }
    }

    /// The lesson that comes next: the one after the open lesson, or the first that is left. After one
    /// that is opened in a hurry it is the first, for nobody has read her way there.
    pub fn next(&self, open: usize) -> Option<usize> {
        let is_aside = self.aside.contains(&Some(open));
        let at = self.left.iter().position(|lesson| *lesson == open && !is_aside);
        let first = || self.left.iter().find(|lesson| **lesson != open);
        at.and_then(|at| self.left.get(at + 1)).or_else(first).copied()
    }
}

impl ReadingPlan {
    /// Returns whether nothing is left behind the open lesson, as far as the course is known.
    pub fn ends_at(&self, open: usize) -> bool {
        self.left.last().is_none_or(|last| *last == open)
    }
}

impl Practice<'_> {
    /// What is left of the week that the reader is in; when nothing is, of the order that she chose;
    /// when nothing is, of the whole course.
    pub fn reading_plan(&self) -> ReadingPlan {
        // Every frame asks this of all lessons, which may be 100,000.
        let read = self.ledger.lessons_read(self.id).filter(|read| !read.is_empty());
        let is_read = |read: &BTreeSet<LessonId>, lesson: usize| {
            let lesson = self.course.and_then(|course| course.lessons.get(lesson));
            lesson.is_some_and(|lesson| read.contains(&lesson.id))
        };
        let unread = |lesson: &usize| !read.is_some_and(|read| is_read(read, *lesson));
        let aside = self.course.map_or([None; 2], |course| [course.stop_first, course.first_aid]);
        let orders =
            [(ReadingOrder::Week, self.lessons_of_week()), (ReadingOrder::Chosen, self.chosen_order())];
        for (order, lessons) in orders {
            let left: Vec<usize> = lessons.into_iter().filter(unread).collect();
            if !left.is_empty() {
                return ReadingPlan { left, order, aside };
            }
        }
        let lessons = self.course.map_or(0, |course| course.lessons.len());
        ReadingPlan { left: (0..lessons).filter(unread).collect(), order: ReadingOrder::Course, aside }
    }

    /// The lessons that are numbered for the reader: those of the week that she is in, else the order
    /// that she chose, as far as the course still has its lessons.
    pub fn route(&self) -> Vec<usize> {
        match self.current_week() {
            Some(_) => self.lessons_of_week(),
            None => self.chosen_order(),
        }
    }

    fn lessons_of_week(&self) -> Vec<usize> {
        self.current_week().map_or(Vec::new(), |current| current.week.lessons.clone())
    }

    fn chosen_order(&self) -> Vec<usize> {
        let Some(course) = self.course else { return Vec::new() };
        self.ledger.route(self.id).iter().filter_map(|lesson| course.lesson_index(lesson)).collect()
    }
}

/// A length of time in a few words: `6 min`, `1 h 20 min`.
pub fn minutes_in_words(minutes: usize) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_two_hundred_words_and_nothing_is_estimated_before_they_are_counted() {
        let lengths = Lengths { words: vec![1, 200, 201, 12_000] };
        let minutes = |lessons: &[usize]| lengths.minutes(lessons);
        assert_eq!(minutes(&[0]), Some(1));
        assert_eq!(minutes(&[1]), Some(1));
        assert_eq!(minutes(&[1, 2]), Some(3));
        assert_eq!(minutes(&[]), None);
        assert_eq!(Lengths::default().minutes(&[0]), None);
        assert_eq!([5, 60, 61].map(minutes_in_words), ["5 min", "1 h", "1 h 1 min"]);
    }

    #[test]
    fn the_lesson_after_the_open_one_comes_next() {
        let plan = ReadingPlan { left: vec![4, 2, 7], order: ReadingOrder::Chosen, aside: [None; 2] };
        assert_eq!([4, 2, 7, 0].map(|open| plan.next(open)), [Some(2), Some(7), Some(4), Some(4)]);
        let plan = ReadingPlan { left: vec![3], order: ReadingOrder::Course, aside: [None; 2] };
        assert_eq!(plan.next(3), None);
    }

    #[test]
    fn after_a_page_that_was_opened_in_a_hurry_the_first_that_is_left_comes_next() {
        let plan = |left: &[usize]| ReadingPlan {
            left: left.to_vec(),
            order: ReadingOrder::Course,
            aside: [Some(1), Some(4)],
        };
        assert_eq!([1, 4, 2].map(|open| plan(&[0, 1, 2, 3, 4]).next(open)), [Some(0), Some(0), Some(3)]);
        // Whoever has read what comes before it goes on behind it.
        assert_eq!(plan(&[1, 2, 3]).next(1), Some(2));
        assert_eq!(plan(&[1]).next(1), None);
    }
}
