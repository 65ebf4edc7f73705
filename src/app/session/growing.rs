//! A folder of which the beginning is open, and the rest becomes known while it is read.
//!
//! Owns when the names are read, and that nothing which the reader has or does is lost when they have come.
//! Must not read them: the library does, on another thread.

use super::loader::ReadNames;
use super::{Reads, Session};
use crate::app::reload::Reload;
use crate::app::waiting::Awaited;
use crate::course::Course;
use crate::reader::action::News;
use crate::text::wanted::{Piece, Want};
use std::collections::BTreeSet;
use std::sync::Arc;

#[cfg(test)]
mod tests;

impl Session {
    /// Has the names read that are still to be read, once there is something on the screen.
    pub(super) fn read_names(&mut self) {
        if self.reads == Reads::AtOnce {
            return;
        }
        if let Some(rest) = self.rest.take() {
            self.rest = self.loader.load_names(&self.world.course, &self.world.index, rest);
        }
    }

    /// Lets all lessons of a folder be known from now on, unless something else is open by now. Returns
    /// whether they are.
    pub(super) fn grow(&mut self, beginning: &Arc<Course>, names: ReadNames) -> bool {
        if !Arc::ptr_eq(beginning, &self.world.course) {
            return false;
        }
        let ReadNames { course, index, notices } = names;
        self.world.grow_course(course, index);
        // A search goes on behind what the state knows of it, and titles behind those that were read.
        self.running = None;
        self.titles.is_under_way = false;
        self.tell(News::Grown { lessons: beginning.lessons.len(), parts: beginning.parts.clone() });
        self.load_again();
        self.loader.load_lengths(&self.world.course);
        self.watch_course();
        // What has changed since the beginning was read was not watched everywhere.
        self.reload.iter_mut().for_each(Reload::note_change);
        for notice in notices {
            self.notice(&notice);
        }
        true
    }

    /// Has read again what is waited for: what is being read would come to the course as it was.
    fn load_again(&mut self) {
        self.loader.forget_wants();
        let Some(Awaited::Texts { wants, .. }) = self.waiting.as_ref().map(|waiting| &waiting.what) else {
            return;
        };
        let wants: BTreeSet<Want> = wants.iter().filter(|want| want.piece != Piece::Names).copied().collect();
        if !wants.is_empty() {
            self.loader.load(&self.world.course, &wants, 0);
        }
    }
}
