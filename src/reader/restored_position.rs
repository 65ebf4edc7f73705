//! The reader's position by ids and titles, which outlive the course: it is opened anew when
//! its files change.
//!
//! Owns how the state is carried over to the course as it is then. Must not open anything.

use crate::course::{Course, LessonId, Place};
use crate::page::Top;
use crate::reader::pane::navigator::NavigatorEntry;
use crate::reader::pane::reading::ReadingPane;
use crate::reader::state::{State, Visit};
use std::collections::BTreeSet;

/// A position in a course that can be found again in another version of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredPosition {
    place: Option<(Place, usize)>,
    /// The columns by which wide lines are scrolled sideways.
    sideways: Option<u16>,
    selected: Option<Selected>,
    folded: BTreeSet<String>,
    back: Vec<(LessonId, Top)>,
    forward: Vec<(LessonId, Top)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Selected {
    Section(String),
    Lesson(LessonId),
}

impl RestoredPosition {
    /// The position now.
    pub fn of(state: &State, course: &Course) -> Self {
        let id = |lesson: usize| course.lessons.get(lesson).map(|lesson| lesson.id.clone());
        let title = |part: usize| course.parts.get(part).map(|part| part.title.clone());
        let ReadingPane { lesson, top, sideways, .. } = state.reading;
        let place = id(lesson).map(|id| (Place::new(id, course.document(lesson), top.position), top.skip));
        let visits = |visits: &[Visit]| {
            visits.iter().filter_map(|visit| Some((id(visit.lesson)?, visit.top))).collect()
        };
        Self {
            place,
            sideways,
            selected: match state.navigator.selected {
                NavigatorEntry::Part(part) => title(part).map(Selected::Section),
                NavigatorEntry::Lesson(lesson) => id(lesson).map(Selected::Lesson),
                // It follows from what is read.
                NavigatorEntry::Heading(_) => None,
            },
            folded: state.navigator.folded.iter().filter_map(|part| title(*part)).collect(),
            back: visits(&state.history.back),
            forward: visits(&state.history.forward),
        }
    }

    /// The place that is read, if there is one.
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref().map(|(place, _)| place)
    }

    /// Returns whether a course has the lesson that is read.
    pub fn is_in(&self, course: &Course) -> bool {
        self.place.as_ref().is_none_or(|(place, _)| course.lesson_index(&place.lesson).is_some())
    }

    /// Restores the position in the course as it is now; what is gone from it is left out.
    pub(in crate::reader) fn restore(self, state: &mut State, course: &Course) {
        let lesson = |id: &LessonId| course.lesson_index(id);
        let visits = |visits: Vec<(LessonId, Top)>| {
            visits.into_iter().filter_map(|(id, top)| Some(Visit { lesson: lesson(&id)?, top })).collect()
        };
        if let Some((place, skip)) = &self.place
            && let Some(index) = lesson(&place.lesson)
        {
            let position = place.find(course.document(index));
            state.reading = ReadingPane {
                sideways: self.sideways,
                ..ReadingPane::new(index, Top { position, skip: *skip })
            };
        }
        let part = |title: &String| course.parts.iter().position(|part| part.title == *title);
        let selected = match &self.selected {
            Some(Selected::Section(title)) => part(title).map(NavigatorEntry::Part),
            Some(Selected::Lesson(id)) => lesson(id).map(NavigatorEntry::Lesson),
            None => None,
        };
        state.navigator.selected = selected.unwrap_or(NavigatorEntry::Lesson(state.reading.lesson));
        state.navigator.folded = self.folded.iter().filter_map(part).collect();
        state.history.back = visits(self.back);
        state.history.forward = visits(self.forward);
        // What was found stands in the text as it was.
        state.find = None;
    }
}
