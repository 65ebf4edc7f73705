//! What is left to read, in which order, and about how long that takes.
//!
//! Owns the order: the one that she took over from the self-check, else the course's own.
//! Lessons that the course no longer has are passed over. Must not draw.

use crate::course::Course;
use crate::reader::World;
use crate::reader::state::State;

/// How many words are read in a minute. Brysbaert, "How many words do we read per minute? A
/// review and meta-analysis of reading rate" (Journal of Memory and Language 109, 2019), finds
/// 238 for adults who read English prose silently. Less is reckoned with here: these texts are
/// read in the evening, and ask for a pause now and then.
const WORDS_A_MINUTE: usize = 200;

/// The most lessons that are counted: each may be a file to be looked at.
const MOST_COUNTED: usize = 1_000;

/// How long the lessons are. Counted once, after the first frame; until then nothing is said.
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
        Self { words: course.lessons.iter().map(crate::course::Lesson::words_about).collect() }
    }

    /// About how many minutes these lessons take together; `None` until it was counted.
    fn minutes(&self, lessons: &[usize]) -> Option<usize> {
        if self.words.is_empty() || lessons.is_empty() {
            return None;
        }
        let words: usize = lessons.iter().filter_map(|lesson| self.words.get(*lesson)).sum();
        Some(words.div_ceil(WORDS_A_MINUTE).max(1))
    }
}

/// What is left to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The lessons that are not read yet, the next one first.
    pub left: Vec<usize>,
    /// Whether that is the order that she took over.
    pub is_hers: bool,
}

impl Plan {
    /// What is left of the order that she took over; when nothing is, of the whole course.
    pub fn of(world: &World) -> Self {
        let unread = |lesson: &usize| !world.is_read(*lesson);
        let left: Vec<usize> = route(world).into_iter().filter(unread).collect();
        if !left.is_empty() {
            return Self { left, is_hers: true };
        }
        Self { left: (0..world.course.lessons.len()).filter(unread).collect(), is_hers: false }
    }

    /// The lesson that comes next: the one behind the open lesson, or the first that is left.
    pub fn next(&self, state: &State) -> Option<usize> {
        let open = self.left.iter().position(|lesson| *lesson == state.reading.lesson);
        let next = open.and_then(|open| self.left.get(open + 1)).or_else(|| self.left.first());
        next.copied().filter(|next| *next != state.reading.lesson)
    }

    /// About how many minutes it takes to read what is left.
    pub fn minutes(&self, world: &World) -> Option<usize> {
        world.lengths.minutes(&self.left)
    }
}

/// About how many minutes one lesson takes.
pub fn minutes(lesson: usize, world: &World) -> Option<usize> {
    world.lengths.minutes(&[lesson])
}

/// The order that she took over, as far as the course still has its lessons.
pub fn route(world: &World) -> Vec<usize> {
    let route = world.ledger.route(&world.course.id);
    route.iter().filter_map(|lesson| world.course.lesson_index(lesson)).collect()
}

/// A length of time in a few words: `6 min`, `1 h 20 min`.
pub fn in_words(minutes: usize) -> String {
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
    fn a_minute_is_two_hundred_words_and_none_is_said_before_they_are_counted() {
        let lengths = Lengths { words: vec![1, 200, 201, 12_000] };
        let minutes = |lessons: &[usize]| lengths.minutes(lessons);
        assert_eq!(minutes(&[0]), Some(1));
        assert_eq!(minutes(&[1]), Some(1));
        assert_eq!(minutes(&[1, 2]), Some(3));
        assert_eq!(minutes(&[]), None);
        assert_eq!(Lengths::default().minutes(&[0]), None);
        assert_eq!([5, 60, 61].map(in_words), ["5 min", "1 h", "1 h 1 min"]);
    }
}
