//! Reads the titles of a large folder while the palette is open, which finds texts by them as they
//! come.
//!
//! Owns how far that has gone. Must not read anything itself.

use super::Session;
use crate::reader::overlay::Overlay;

/// How far the titles of the open course have been read.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct ReadTitles {
    /// The first lesson whose title was not read for the palette.
    pub(super) next: usize,
    /// Whether some are being read.
    pub(super) is_under_way: bool,
}

impl Session {
    /// Has more titles read, if the palette is open and some are left.
    pub(super) fn read_titles(&mut self) {
        let is_wanted =
            self.world.wanted.is_some() && matches!(self.state().overlay, Some(Overlay::Palette(_)));
        if is_wanted && !self.titles.is_under_way && self.titles.next < self.world.course.lessons.len() {
            self.titles.is_under_way = self.loader.load_titles(&self.world.course, self.titles.next);
        }
    }
}
