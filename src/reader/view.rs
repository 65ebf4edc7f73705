//! What panes and overlays may know beside their own state.
//!
//! Owns nothing: it is made anew for every action and every frame, and only to be read. It
//! keeps panes and overlays from knowing the whole state, which is made of them.

use crate::page::Top;
use crate::practice::Practice;
use crate::reader::geometry::Geometry;
use crate::reader::keys::Context;
use crate::reader::motion::Motion;
use crate::reader::world::World;
use jiff::civil::Date;

/// The course and the journal, and where the reader is in them.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The course, what was done, and what is made from them.
    pub world: World<'a>,
    /// Where everything is on the screen.
    pub geometry: Geometry,
    /// Today.
    pub today: Date,
    /// The day that the checklist shows.
    pub day: Date,
    /// The lesson on the screen, as an index into the course's.
    pub lesson: usize,
    /// What stands at the top of the text.
    pub top: Top,
    /// The columns by which wide code and tables are scrolled sideways.
    pub scrolled_right: u16,
    /// The context of the pane that has the focus.
    pub pane: Context,
    /// The context in which keys are resolved: that of the pane, or of what lies over it.
    pub context: Context,
    /// The rows of the list that takes the keys: that of the overlay, else of the pane.
    pub list_rows: u16,
    /// The count that was typed before the key, at least 1.
    pub count: usize,
    /// The same, if one was typed: `12G` goes to the twelfth line, and `G` to the last.
    pub number: Option<usize>,
}

impl<'a> View<'a> {
    /// The key to name when an action is spoken of.
    pub fn key(&self, context: Context, name: &'static str) -> &'a str {
        self.world.key(context, name)
    }

    /// The items, marks and plans of the course.
    pub fn practice(&self) -> Practice<'a> {
        self.world.practice()
    }

    /// Where a movement leads from an index, in a list of this length with pages of this many
    /// entries. With a number, the first and the last are the entry of that number.
    pub fn target(&self, motion: Motion, index: usize, length: usize, page: usize) -> usize {
        match (motion, self.number) {
            (Motion::First | Motion::Last, Some(number)) => {
                number.saturating_sub(1).min(length.saturating_sub(1))
            }
            (motion, _) => motion.target(index, length, self.count, page),
        }
    }

    /// The lines of text in sight, at least one.
    pub fn text_height(&self) -> usize {
        self.geometry.text_height()
    }

    /// The lines that a page of a list has, for moving by pages. What stands above and below the
    /// entries takes about four rows.
    pub fn list_height(&self) -> usize {
        usize::from(self.list_rows.saturating_sub(4).max(2))
    }
}
