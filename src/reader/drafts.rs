//! What was typed and is not saved: forms, questions and notes that were left, as they were.
//!
//! Owns which of them comes back when the same thing is opened again, and which is the last. They
//! last as long as the session, and notes and forms longer: `draft.rs` has them on the disk. Must
//! not show anything by itself: whoever sits at the screen may not be the one who typed.

use crate::course::CourseId;
use crate::reader::overlay::Overlay;
use crate::reader::world::World;

/// What was left and is not saved, the last at the end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drafts {
    drafts: Vec<Draft>,
}

/// Something that was left and is not saved.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    /// The course that it belongs to.
    course: CourseId,
    /// It, as it was when it was left.
    overlay: Overlay,
}

impl Drafts {
    /// Puts aside what was left. What was there of the same thing is replaced.
    pub(in crate::reader) fn put(&mut self, course: &CourseId, overlay: Overlay) {
        self.take(course, &overlay);
        self.drafts.push(Draft { course: course.clone(), overlay });
    }

    /// Takes the draft of what is being opened, if there is one.
    pub(in crate::reader) fn take(&mut self, course: &CourseId, opened: &Overlay) -> Option<Overlay> {
        let is_of = |draft: &Draft| draft.course == *course && draft.overlay.is_same_thing(opened);
        let at = self.drafts.iter().position(is_of)?;
        Some(self.drafts.remove(at).overlay)
    }

    /// Takes what was left last in a course.
    pub(in crate::reader) fn take_last(&mut self, course: &CourseId) -> Option<Overlay> {
        let at = self.drafts.iter().rposition(|draft| draft.course == *course)?;
        Some(self.drafts.remove(at).overlay)
    }

    /// What waits to be saved in a course, the last at the end.
    pub(in crate::reader) fn of<'a>(&'a self, course: &'a CourseId) -> impl Iterator<Item = &'a Overlay> {
        self.drafts.iter().filter(|draft| draft.course == *course).map(|draft| &draft.overlay)
    }

    /// Forgets what was erased from the journal. What was typed since stays.
    pub(in crate::reader) fn forget_erased(&mut self, world: &World) {
        for Draft { course, overlay } in &mut self.drafts {
            overlay.forget_erased(course, world.ledger);
        }
    }

    /// Forgets answers to the questions of a course that has changed: they may have other ones now.
    pub(in crate::reader) fn forget_answers(&mut self) {
        self.drafts.retain(|draft| !matches!(draft.overlay, Overlay::SelfCheck(_)));
    }
}
