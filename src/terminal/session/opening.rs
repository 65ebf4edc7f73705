//! What is open, and what else can be: the shelf, opening something in the place of what is
//! open, and opening it anew when it has changed.
//!
//! Owns the way from one course to another within a sitting. Must not read the files of a
//! course: the library does.

use super::Session;
use crate::course::{Course, built_in_ids};
use crate::journal::shelf::can_be_shelved;
use crate::journal::{Shelf, Shelved};
use crate::library::{Library, Origin, Pipe};
use crate::reader::state::{Overlay, State};
use crate::reader::update::{draft, offer_draft, opening};
use crate::reader::{Bearings, Geometry};
use crate::terminal::live::Live;
use std::time::Duration;

impl Session {
    /// Takes note of where what is open came from.
    pub fn came_from(&mut self, origin: Option<Origin>) {
        self.origin = origin;
    }

    /// Puts what is open on the shelf, in front.
    pub fn shelve(&mut self) {
        let is_text = |origin: &Origin| origin.path().is_none_or(can_be_shelved);
        let Some(origin) = self.origin.clone().filter(is_text) else { return };
        let Course { id, title, .. } = &self.store.course;
        let (course, title) = (id.clone(), title.clone());
        let new = Shelved { course, title, origin, day: Some(self.state.today) };
        self.change_shelf(|shelf| shelf.put(new));
    }

    pub(super) fn change_shelf(&mut self, change: impl FnOnce(&mut Shelf)) {
        if let Err(error) = self.store.journal.change_shelf(change) {
            self.say(&format!("The shelf is as it was: {error}"));
        }
    }

    /// What stands on the shelf: what was read lately, then the other built-in courses.
    pub(super) fn shelf(&self) -> Vec<Shelved> {
        let mut entries = self.store.journal.shelf().read().to_vec();
        for id in built_in_ids() {
            let origin = Origin::BuiltIn(id.to_owned());
            if !entries.iter().any(|entry| entry.origin == origin)
                && let Ok(course) = Course::built_in(id)
            {
                entries.push(Shelved { course: course.id, title: course.title, origin, day: None });
            }
        }
        entries
    }

    /// Opens something else in the place of what is open.
    pub(super) fn open(&mut self, origin: Origin) {
        let library = match Library::open(origin) {
            Ok(library) => library,
            Err(error) => return self.say(&error.to_string()),
        };
        // What is pending is about the course that is left.
        self.save();
        let mut course = library.course;
        course.id = self.store.journal.shelf().id(course.id);
        let old = &self.state;
        let mut state = State::new(old.size, old.today);
        (state.measure, state.usual_measure) = (old.measure, old.usual_measure);
        (state.mouse, state.saving) = (old.mouse, old.saving.clone());
        self.store.take_up(course, Geometry::of(&state).text_width());
        opening(&mut state, &self.store.world());
        let left = self.store.journal.take_draft(&self.store.ledger, &self.store.course.id);
        offer_draft(&mut state, left, &self.store.world());
        self.drafted = draft(&state, &self.store.world());
        self.state = state;
        self.origin = library.origin;
        self.live = None;
        if self.watches {
            self.watch_files();
        }
        self.shelve();
        if let Some(notice) = library.notices.first() {
            self.say(notice);
        }
    }

    /// Shows what still comes through a pipe.
    pub fn follow(&mut self, pipe: Pipe) {
        self.live = Some(Live::pipe(pipe));
    }

    /// Shows what changes in the files of what is open.
    pub fn watch_files(&mut self) {
        self.watches = true;
        self.live = None;
        let Some(origin @ Origin::Path { .. }) = self.origin.clone() else {
            self.say("There is nothing to watch: this does not come from files.");
            return;
        };
        match Live::files(origin, &self.store.course) {
            Ok(live) => self.live = Some(live),
            Err(error) => self.say(&format!("Changes of files are not shown: {error}")),
        }
    }

    /// How long to wait until what is open is to be looked at again, if it is.
    pub fn wait(&self) -> Option<Duration> {
        // What lies over the panes may count lessons and blocks. It is closed by a key.
        self.live.as_ref().filter(|_| self.state.overlay == Overlay::None).and_then(Live::wait)
    }

    /// Opens anew what has changed. Returns whether anything was.
    pub fn renew(&mut self) -> bool {
        let live = self.live.as_mut().filter(|_| self.state.overlay == Overlay::None);
        let Some(news) = live.and_then(Live::news) else { return false };
        match news {
            Ok(library) => self.replace(library),
            Err(why) => {
                self.store.forget(Geometry::of(&self.state).text_width());
                self.say(&why);
            }
        }
        self.fit();
        true
    }

    /// Puts what was opened anew in the place of what is open.
    fn replace(&mut self, mut library: Library) {
        // An id that was moved stays, whatever the path would make of it.
        library.course.id = self.store.course.id.clone();
        let bearings = Bearings::of(&self.state, &self.store.course);
        let width = Geometry::of(&self.state).text_width();
        if bearings.are_in(&library.course) {
            self.store.take_up(library.course, width);
        } else {
            // Its file may come back. Until then the text says that it is not there.
            self.store.forget(width);
        }
        bearings.restore(&mut self.state, &self.store.course);
        if let Some(notice) = library.notices.first() {
            self.say(notice);
        }
    }
}
