//! Opening another course within a session, and opening the same one anew when it has changed.
//!
//! Owns the way from one course to another. Must not read the files of a course: the library
//! does, on another thread once there is something on the screen.

use super::loader::{LibraryRequest, Purpose};
use super::visited::Way;
use super::{Reads, Session};
use crate::app::reload::{Due, Reload};
use crate::course::FileBeside;
use crate::library::{Library, LibraryError, LibraryOrigin, Pipe};
use crate::page::PageWidth;
use crate::reader::RestoredPosition;
use crate::reader::action::News;
use crate::reader::overlay::Overlay;
use crate::text::clean::clean_line;
use std::time::Duration;

/// What is said of what is shown while its files cannot be opened.
const IS_OLDER: &str = "What you see is older than its files.";

impl Session {
    /// Opens something else instead of what is open, which stays until the disk has answered.
    pub(super) fn open(&mut self, origin: LibraryOrigin) {
        self.open_on(LibraryRequest::Origin(origin), Way::Onward, None);
    }

    /// Opens a file beside the one that is open, at the section that the link names.
    pub(super) fn open_beside(&mut self, file: FileBeside) {
        let section = file.section.clone();
        self.open_on(LibraryRequest::Beside(file), Way::Onward, section);
    }

    /// Opens what was open before this, or after it.
    pub(super) fn open_visited(&mut self, way: Way) {
        match self.visited.next(way).cloned() {
            Some(origin) => self.open_on(LibraryRequest::Origin(origin), way, None),
            None if way == Way::Forward => self.say("There is no place after this one."),
            None => self.say("There is no place before this one."),
        }
    }

    fn open_on(&mut self, request: LibraryRequest, way: Way, section: Option<String>) {
        (self.way, self.section) = (way, section);
        let origin = request.origin();
        let recent = self.world.journal.recent();
        let known = recent.read().iter().find(|entry| entry.origin == origin);
        let place = known.and_then(|entry| self.world.ledger.last_place(&entry.course)).cloned();
        if self.reads == Reads::AtOnce {
            return self.enter(request.open(place.as_ref().map(|place| &place.lesson)));
        }
        self.wait_for_library(origin);
        self.loader.open(request, place, Purpose::Instead);
        self.take_loaded();
    }

    /// Replaces the open course by what was opened.
    pub(super) fn enter(&mut self, opened: Result<Library, LibraryError>) {
        let Library { mut course, origin, notices, rest } = match opened {
            Ok(library) => library,
            Err(error) => return self.say(&error.in_short()),
        };
        // What is pending is about the course that is left, and so is what is being written.
        self.save();
        self.world.journal.leave_draft();
        course.id = self.world.journal.recent().id(course.id);
        self.world.replace_course(course, self.page_width());
        self.begin_course();
        self.rest = rest;
        self.settle();
        let left = std::mem::replace(&mut self.origin, origin);
        self.visited.leave(left, std::mem::take(&mut self.way));
        if let Some(section) = self.section.take() {
            self.tell(News::Section(section));
        }
        self.watch_course();
        let same_id = self.course_of_same_id();
        self.add_to_recent();
        for notice in notices.into_iter().chain(same_id) {
            self.notice(&notice);
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
        match self.reload.as_mut().and_then(Reload::take_due) {
            None => false,
            Some(Due::Pipe(library)) => {
                self.show_again(Ok(*library));
                true
            }
            Some(Due::Files(origin)) => {
                let place = RestoredPosition::of(self.state(), &self.world.course).place().cloned();
                self.loader.open(LibraryRequest::Origin(origin), place, Purpose::Again);
                self.take_loaded()
            }
        }
    }

    /// Shows what was opened anew from here, unless something else is open by now. Returns whether
    /// it did.
    pub(super) fn reopen(&mut self, origin: &LibraryOrigin, opened: Result<Library, LibraryError>) -> bool {
        if self.origin.as_ref() != Some(origin) {
            return false;
        }
        if self.reload_now().is_none() {
            // Something was opened over the panes meanwhile.
            self.reload.iter_mut().for_each(Reload::note_change);
            return false;
        }
        self.show_again(opened);
        true
    }

    fn show_again(&mut self, opened: Result<Library, LibraryError>) {
        match opened {
            Ok(library) => self.replace(library),
            Err(error) => {
                self.world.forget_texts(self.page_width());
                let why = format!("{IS_OLDER} {}", error.in_short());
                self.tell(News::NotReopened(clean_line(&why)));
            }
        }
        self.settle();
        self.fit_pages();
    }

    /// Where changes come from, while they may show: an overlay may count lessons and blocks, all but
    /// those that speak of keys or of this session. It is closed by a key. Nor is the beginning of a folder
    /// opened anew before the rest of it has come.
    fn reload_now(&self) -> Option<&Reload> {
        let counts_none = |overlay: &Overlay| matches!(overlay, Overlay::Help(_) | Overlay::Notices(_));
        let state = self.state();
        let is_free = state.overlay.iter().chain(&state.beneath).all(counts_none);
        self.reload.as_ref().filter(|_| is_free && !self.world.course.is_beginning())
    }

    /// Replaces the open course by what was opened anew.
    fn replace(&mut self, mut library: Library) {
        // An id that was moved stays, whatever the path would make of it.
        library.course.id = self.world.course.id.clone();
        let position = RestoredPosition::of(self.state(), &self.world.course);
        let files = self.files_to_watch(&library.course);
        self.watch_files(files);
        if position.is_in(&library.course) {
            self.world.replace_course(library.course, self.page_width());
        } else {
            // Its file may come back. Until then the text says that it is not there.
            self.world.forget_texts(self.page_width());
        }
        self.tell(News::Reopened(Box::new(position)));
        for notice in library.notices {
            self.notice(&notice);
        }
    }

    fn page_width(&self) -> PageWidth {
        self.state().geometry().page_width()
    }
}
