//! The palette: every action by what it does, and every lesson by its title, found by a few
//! letters.
//!
//! Made from the table of bindings and the course, so that nothing can be missing from it.
//! Must not act: `update` does what was chosen.

use crate::course::Course;
use crate::reader::bindings::{Binding, Context};
use crate::reader::text_field::{Lines, TextField};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// In a course of more lessons, they are found by the names of their files if their titles
/// stand in them, so that no key waits until all are read.
const READ: usize = 1000;

/// What a lesson is called here. It stays the same while the palette is open.
pub fn lesson_name(course: &Course, lesson: usize) -> &str {
    let reads = course.lessons.len() <= READ;
    course.lessons.get(lesson).map_or("", |lesson| if reads { lesson.title() } else { lesson.name() })
}

/// What can be chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Row<'a> {
    /// An action.
    Action(&'a Binding),
    /// A lesson, by its index.
    Lesson(usize),
}

/// The palette while it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// What was typed.
    pub text: TextField,
    /// The pane that had the focus: its own actions come along.
    pub context: Context,
    /// The selected one of the rows that are shown.
    pub selected: usize,
}

impl Palette {
    /// With nothing typed yet.
    pub fn open(context: Context) -> Self {
        Self { text: TextField::new("", Lines::One), context, selected: 0 }
    }

    /// The rows that fit what was typed, the best first. Lessons come once something is typed.
    pub fn rows<'a>(&self, bindings: &'a [Binding], course: &Course) -> Vec<Row<'a>> {
        let holds =
            |context| context == self.context || context == Context::Panes || context == Context::Always;
        let actions = bindings.iter().filter(|row| holds(row.context) && row.is_offered(course));
        let actions = actions.map(|row| (row.help, Row::Action(row)));
        let lessons = if self.text.text().is_empty() { 0 } else { course.lessons.len() };
        let lessons = (0..lessons).map(|lesson| (lesson_name(course, lesson), Row::Lesson(lesson)));
        let pattern = Pattern::parse(self.text.text(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let mut scored: Vec<(u32, Row)> = actions
            .chain(lessons)
            .filter_map(|(text, row)| {
                Some((pattern.score(Utf32Str::new(text, &mut letters), &mut matcher)?, row))
            })
            .collect();
        // Rows that fit equally well stay in the order of the table, and of the course.
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.into_iter().map(|(_, row)| row).collect()
    }
}
