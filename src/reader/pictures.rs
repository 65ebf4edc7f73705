//! The pictures of the lesson in sight, as far as they have been drawn, and which one comes next.
//!
//! Kept outside of the state, because they can always be made again. Must not read or draw any: a
//! thread of the session's does.

use crate::course::Course;
use crate::page::{PictureRoom, PictureShape, PictureSize, Top};
use crate::reader::paged_text::PagedText;
use crate::reader::pages::Pages;
use crate::text::Document;
use ratatui::style::Color;
use std::collections::BTreeMap;

/// The most bytes that drawn pictures take, unless those in sight have more. Those that were in sight
/// longest ago go first.
const MOST_BYTES: usize = 32 << 20;

/// The rows of a screen that a picture leaves free: for its description, and all that is around the
/// text.
const ROWS_LEFT_FREE: u16 = 6;

/// The fewest rows that the tallest picture may have.
const FEWEST_ROWS: u16 = 3;

/// The pixels of a cell where pictures are made of characters: half of what they are on most screens,
/// so that a picture is as large as its column has room for.
const BLOCK_CELL: (u16, u16) = (4, 8);

/// How a terminal shows pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PictureWay {
    /// Not at all.
    #[default]
    Never,
    /// The terminal has to be asked, and shows them in characters unless it knows better.
    Unasked(BlockColours),
    /// In characters, each of which shows two pixels.
    Blocks(BlockColours),
    /// By the protocol of kitty. The terminal's cells have so many pixels.
    Kitty((u16, u16)),
    /// By the protocol of iTerm2. The terminal's cells have so many pixels.
    Iterm((u16, u16)),
    /// In sixels. The terminal's cells have so many pixels.
    Sixel((u16, u16)),
}

/// The colours of characters that show pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockColours {
    /// The 256 of xterm.
    Indexed,
    /// Any.
    True,
}

/// A picture that has been drawn for a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnPicture {
    /// Its size in cells.
    pub size: PictureSize,
    /// Tells it from all others that were drawn in this session; of 24 bits.
    pub number: u32,
    /// What shows it.
    pub drawing: Drawing,
}

/// What shows a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawing {
    /// The colours of the upper and the lower half of each cell, row by row.
    Blocks(Vec<[Color; 2]>),
    /// The bytes by which the terminal holds it under its number, and cells refer to it.
    Held(Vec<u8>),
    /// The bytes that draw each row of cells, once the cursor stands in its first cell.
    Rows(Vec<Vec<u8>>),
}

/// Pictures by their lesson and the number of their image.
#[derive(Debug, Default)]
pub struct Pictures {
    way: PictureWay,
    drawn: BTreeMap<(usize, usize), (DrawnPicture, u64)>,
    /// Counts the looks at what is in sight.
    looks: u64,
    bytes: usize,
}

/// A picture that is in sight, or nearly, and that something has to be done for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedPicture {
    /// The lesson that it is in, as an index into the course's.
    pub lesson: usize,
    /// The number of its image.
    pub link: usize,
    /// The size that it is to be drawn in; none while it is not known how many pixels it has.
    pub size: Option<PictureSize>,
}

impl PictureWay {
    /// The room for pictures on a screen of this many rows; none where there are no pictures.
    pub fn room(self, rows: u16) -> Option<PictureRoom> {
        let cell = match self {
            Self::Never => return None,
            Self::Unasked(_) | Self::Blocks(_) => BLOCK_CELL,
            Self::Kitty(cell) | Self::Iterm(cell) | Self::Sixel(cell) => cell,
        };
        Some(PictureRoom { rows: rows.saturating_sub(ROWS_LEFT_FREE).max(FEWEST_ROWS), cell })
    }
}

impl DrawnPicture {
    /// About how many bytes of memory it takes.
    fn weight(&self) -> usize {
        match &self.drawing {
            Drawing::Blocks(cells) => size_of_val(cells.as_slice()),
            Drawing::Held(bytes) => bytes.len(),
            Drawing::Rows(rows) => rows.iter().map(Vec::len).sum(),
        }
    }
}

impl Pictures {
    /// How the terminal shows them.
    pub fn way(&self) -> PictureWay {
        self.way
    }

    /// From now on the terminal shows them in this way. Forgets those that were drawn for another.
    pub fn show_by(&mut self, way: PictureWay) {
        if self.way != way {
            *self = Self { way, ..Self::default() };
        }
    }

    /// Forgets all of them.
    pub fn forget(&mut self) {
        *self = Self { way: self.way, ..Self::default() };
    }

    /// Returns whether none is in memory.
    pub fn is_empty(&self) -> bool {
        self.drawn.is_empty()
    }

    /// The picture with this number in a lesson, if it has been drawn in this size.
    pub fn of(&self, lesson: usize, link: usize, size: PictureSize) -> Option<&DrawnPicture> {
        self.drawn.get(&(lesson, link)).map(|(picture, _)| picture).filter(|picture| picture.size == size)
    }

    /// Keeps a picture that has been drawn, and drops others when there are too many: never one that
    /// the last look saw, which the next would want again.
    pub fn keep(&mut self, lesson: usize, link: usize, picture: DrawnPicture) {
        self.remove((lesson, link));
        self.bytes += picture.weight();
        self.drawn.insert((lesson, link), (picture, self.looks));
        while self.bytes > MOST_BYTES
            && let Some(oldest) = self.oldest_unseen()
        {
            self.remove(oldest);
        }
    }

    /// The picture that was in sight longest ago, of those that the last look did not see.
    fn oldest_unseen(&self) -> Option<(usize, usize)> {
        let unseen = self.drawn.iter().filter(|(_, (_, seen))| *seen < self.looks);
        unseen.min_by_key(|(_, (_, seen))| *seen).map(|(key, _)| *key)
    }

    fn remove(&mut self, key: (usize, usize)) {
        if let Some((picture, _)) = self.drawn.remove(&key) {
            self.bytes = self.bytes.saturating_sub(picture.weight());
        }
    }

    /// The next picture of a lesson that something has to be done for: one in sight, which are `height`
    /// lines from `top` on, else one in about as many lines below, else above. Once as many bytes are
    /// taken as there may be, none out of sight.
    pub fn next(
        &mut self,
        (lesson, top): (usize, Top),
        height: usize,
        course: &Course,
        pages: &Pages,
    ) -> Option<WantedPicture> {
        let text = PagedText { document: course.document(lesson), page: pages.page(course, lesson)? };
        self.looks += 1;
        let is_full = self.bytes >= MOST_BYTES;
        let (near, in_sight) = near(text, top, height);
        let mut next = None;
        for (index, block) in near.into_iter().enumerate() {
            let Some((link, size)) = text.page.picture(text.document, block) else { continue };
            if let Some((picture, seen)) = self.drawn.get_mut(&(lesson, link)) {
                *seen = self.looks;
                if Some(picture.size) == size {
                    continue;
                }
            }
            let is_refused =
                matches!(pages.shape(lesson, link), Some(PictureShape::NoFile | PictureShape::NotShown(_)));
            let has_room = index < in_sight || !is_full;
            if next.is_none() && !is_refused && has_room {
                next = Some(WantedPicture { lesson, link, size });
            }
        }
        next
    }
}

/// The blocks that are in sight, then those in about as many lines below and above, and how many of
/// them are in sight. Asks for no portion of the text that is not in memory.
fn near(text: PagedText, top: Top, height: usize) -> (Vec<usize>, usize) {
    let PagedText { document, page } = text;
    let mut blocks: Vec<usize> = text.blocks_in_sight(text.first(top, height), height).collect();
    let in_sight = blocks.len();
    let (Some(first), Some(last)) = (blocks.first().copied(), blocks.last().copied()) else {
        return (blocks, in_sight);
    };
    let width = usize::from(page.width().text.max(1));
    let mut add = |portion: usize, within: &mut dyn Iterator<Item = usize>| {
        let mut lines = 0;
        for index in within.map(|within| Document::index(portion, within)) {
            if lines > height {
                break;
            }
            if page.shows(document, index) {
                let size = page.picture(document, index).and_then(|(_, size)| size);
                lines += document.block(index).map_or(0, |block| block.text.len() / width) + 2;
                lines += size.map_or(0, |size| usize::from(size.rows));
                blocks.push(index);
            }
        }
    };
    let (portion, within) = Document::within(last);
    add(portion, &mut (within + 1..document.blocks_in(portion)));
    let (portion, within) = Document::within(first);
    add(portion, &mut (0..within).rev());
    (blocks, in_sight)
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::format_collect,
        reason = "a test fails by panicking, and its texts are small"
    )]
    use super::*;
    use crate::library::fixture;
    use crate::text::Position;
    use std::collections::BTreeSet;

    const SIZE: PictureSize = PictureSize { columns: 1, rows: 1 };

    #[test]
    fn too_many_bytes_cost_the_picture_that_was_in_sight_longest_ago() {
        let mut pictures = Pictures::default();
        let picture = || DrawnPicture { size: SIZE, number: 1, drawing: Drawing::Held(vec![0; 12 << 20]) };
        pictures.keep(0, 1, picture());
        pictures.looks = 2;
        pictures.keep(0, 2, picture());
        pictures.looks = 3;
        pictures.keep(0, 3, picture());
        assert!(pictures.of(0, 1, SIZE).is_none());
        assert!(pictures.of(0, 2, SIZE).is_some() && pictures.of(0, 3, SIZE).is_some());
        // One that is drawn anew takes the place of itself.
        pictures.keep(0, 3, picture());
        assert!(pictures.of(0, 2, SIZE).is_some());
        assert_eq!(pictures.bytes, 24 << 20);
    }

    #[test]
    fn a_gallery_that_is_larger_than_all_may_be_is_drawn_to_an_end() {
        const PICTURES: usize = 60;
        let gallery: String = (0..PICTURES).map(|number| format!("![{number}]({number}.png)\n\n")).collect();
        let folder = fixture::folder(&[("a.md", &gallery)]);
        let course = fixture::open(&folder).course;
        let mut pictures = Pictures::default();
        let mut pages = Pages::new(course.lessons.len(), 80.into());
        pages.make_room(PictureWay::Kitty((10, 20)).room(24));
        for first in [0, 30] {
            let top = Top { position: Position { block: first, offset: 0 }, skip: 0 };
            let mut steps = 0;
            while let Some(WantedPicture { lesson, link, size }) =
                pictures.next((0, top), 22, &course, &pages)
            {
                steps += 1;
                assert!(steps <= 2 * PICTURES, "it has no end");
                match size {
                    None => pages.know(lesson, link, PictureShape::Pixels(80, 40)),
                    Some(size) => {
                        let drawing = Drawing::Held(vec![0; 12 << 20]);
                        pictures.keep(lesson, link, DrawnPicture { size, number: 1, drawing });
                    }
                }
            }
            let text = PagedText { document: course.document(0), page: pages.page(&course, 0).unwrap() };
            let in_sight = text.page.rows(text.document, text.first(top, 22), 22);
            let in_sight: BTreeSet<usize> = in_sight.map(|(row, _)| row.block).collect();
            assert!(in_sight.len() > 3, "more than have room in memory");
            for block in in_sight {
                let (link, size) = text.page.picture(text.document, block).unwrap();
                assert!(pictures.of(0, link, size.unwrap()).is_some(), "{block} is not shown");
            }
            assert!(pictures.drawn.len() <= 8, "{} are in memory", pictures.drawn.len());
        }
    }

    #[test]
    fn one_that_is_larger_than_all_may_be_is_still_shown() {
        let mut pictures = Pictures::default();
        let drawing = Drawing::Held(vec![0; MOST_BYTES + 1]);
        pictures.keep(0, 1, DrawnPicture { size: SIZE, number: 1, drawing });
        assert!(pictures.of(0, 1, SIZE).is_some());
        assert!(pictures.of(0, 1, PictureSize { columns: 2, rows: 1 }).is_none());
    }
}
