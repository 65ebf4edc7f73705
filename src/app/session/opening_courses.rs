//! Opening another course within a session, and opening the same one anew when it has changed.
//!
//! Owns the way from one course to another. Must not read the files of a course: the library
//! does.

use super::Session;
use crate::app::reload::Reload;
use crate::library::{Library, Origin, Pipe};
use crate::reader::action::News;
use crate::reader::state::Overlay;
use crate::reader::{Geometry, RestoredPosition};
use std::time::Duration;

impl Session {
    /// Opens something else instead of what is open.
    pub(super) fn open(&mut self, origin: Origin) {
        let library = match Library::open(origin) {
            Ok(library) => library,
            Err(error) => return self.say(&error.to_string()),
        };
        // What is pending is about the course that is left.
        self.save();
        let Library { mut course, origin, notices } = library;
        course.id = self.world.journal.shelf().id(course.id);
        self.world.replace_course(course, self.text_width());
        self.begin_course();
        self.origin = origin;
        self.watch_course();
        self.shelve();
        if let Some(notice) = notices.first() {
            self.say(notice);
        }
    }

    /// Shows what still comes through a pipe.
    pub fn follow(&mut self, pipe: Pipe) {
        self.reload = Some(Reload::pipe(pipe));
    }

    /// How long to wait until the open course is to be opened anew, if it is.
    pub fn until_reload(&self) -> Option<Duration> {
        self.reload_now().and_then(Reload::wait)
    }

    /// Opens anew what has changed, when it is time. Returns whether anything was.
    pub fn reload(&mut self) -> bool {
        if self.reload_now().is_none() {
            return false;
        }
        let Some(opened) = self.reload.as_mut().and_then(Reload::take_due) else { return false };
        match opened {
            Ok(library) => self.replace(library),
            Err(why) => {
                self.world.forget_texts(self.text_width());
                self.say(&why);
            }
        }
        self.fit_pages();
        true
    }

    /// Where changes come from, while they may show: an overlay may count lessons and blocks.
    /// It is closed by a key.
    fn reload_now(&self) -> Option<&Reload> {
        self.reload.as_ref().filter(|_| self.state().overlay == Overlay::None)
    }

    /// Puts what was opened anew in the place of what is open.
    fn replace(&mut self, mut library: Library) {
        // An id that was moved stays, whatever the path would make of it.
        library.course.id = self.world.course.id.clone();
        let position = RestoredPosition::of(self.state(), &self.world.course);
        let files = self.files_to_watch(&library.course);
        self.watch_files(files);
        if position.is_in(&library.course) {
            self.world.replace_course(library.course, self.text_width());
        } else {
            // Its file may come back. Until then the text says that it is not there.
            self.world.forget_texts(self.text_width());
        }
        self.tell(News::Reopened(Box::new(position)));
        if let Some(notice) = library.notices.first() {
            self.say(notice);
        }
    }

    fn text_width(&self) -> u16 {
        Geometry::of(self.state()).text_width()
    }
}
