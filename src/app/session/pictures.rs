//! The pictures of the text in sight: they are read and drawn on another thread, and shown when they
//! have come.
//!
//! Owns when one is asked for, and what becomes of it. Nothing is asked for before the first frame, nor
//! while everything is hidden. Must not read a file or draw.

use super::{Reads, Session};
use crate::app::background_pictures::{BackgroundPictures, PictureOutcome, PictureTask};
use crate::course::PictureFile;
use crate::page::PictureShape;
use crate::reader::Pages;
use crate::reader::action::News;
use crate::reader::pictures::{PictureWay, WantedPicture};
use crate::reader::pictures_shown::PicturesShown;
use crate::reader::text_anchor::TextAnchor;
use crate::screen::{self, PlacedPicture};
use std::time::Duration;

/// The numbers under which a terminal may hold a picture have so many bits.
const NUMBER_BITS: u32 = 24;

impl Session {
    /// Returns whether the terminal is to be asked how it shows pictures: the first one is near what
    /// is in sight.
    pub fn asks_for_pictures(&self) -> bool {
        self.asks_for_pictures
    }

    /// From now on pictures are shown in this way.
    pub fn show_pictures_by(&mut self, way: PictureWay) {
        self.asks_for_pictures = false;
        self.draws = None;
        self.world.pictures.show_by(way);
        self.fit_pages();
    }

    /// Returns whether a picture is being read or drawn.
    pub fn is_drawing_pictures(&self) -> bool {
        self.draws.as_ref().is_some_and(BackgroundPictures::is_busy)
    }

    /// How long until a picture is given up that is being read or drawn; none where there is none.
    pub fn until_picture(&self) -> Option<Duration> {
        self.draws.as_ref().and_then(BackgroundPictures::until_given_up)
    }

    /// The rows of pictures in sight that are no characters, and where they stand.
    pub fn pictures(&self) -> Vec<PlacedPicture<'_>> {
        match self.world.pictures.way() {
            PictureWay::Never | PictureWay::Unasked(_) | PictureWay::Blocks(_) => Vec::new(),
            PictureWay::Kitty(_) | PictureWay::Iterm(_) | PictureWay::Sixel(_) => {
                screen::placed_pictures(self.state(), &self.world())
            }
        }
    }

    /// Makes room for pictures, as the state wants it. While everything is hidden none is in memory.
    pub(super) fn fit_pictures(&mut self) {
        let state = self.machine.state();
        if state.hidden {
            self.draws = None;
            self.world.pictures.forget();
            return;
        }
        let way = self.world.pictures.way();
        let room = way.room(state.size.1).filter(|_| state.pictures == PicturesShown::Shown);
        let comes_or_goes = room.is_some() != self.world.pages.room().is_some();
        if comes_or_goes && self.reads == Reads::Elsewhere {
            self.change_page(|pages| pages.make_room(room));
        } else {
            // Nothing has been laid out yet, or the screen has another size.
            self.world.pages.make_room(room);
        }
    }

    /// Changes what is on a page, without moving what is read. A search shows a preview instead, and
    /// moves nothing.
    fn change_page(&mut self, change: impl FnOnce(&mut Pages)) {
        let state = self.machine.state();
        let anchor = state.search().is_none().then(|| TextAnchor::of(state, &self.world.view())).flatten();
        change(&mut self.world.pages);
        if let Some(anchor) = anchor {
            self.tell(News::PicturesChanged(anchor));
        }
    }

    /// Has the next picture read or drawn, if one is near what is in sight.
    pub(super) fn ask_for_pictures(&mut self) {
        let is_idle = self.reads == Reads::Elsewhere && !self.state().hidden && !self.is_drawing_pictures();
        if !is_idle || self.world.pages.room().is_none() {
            return;
        }
        while let Some(wanted) = self.next_picture() {
            if matches!(self.world.pictures.way(), PictureWay::Unasked(_)) {
                self.asks_for_pictures = true;
                return;
            }
            match self.picture_file(wanted) {
                Some(file) => return self.begin_picture(wanted, file),
                None => self.world.pages.know(wanted.lesson, wanted.link, PictureShape::NoFile),
            }
        }
    }

    fn next_picture(&mut self) -> Option<WantedPicture> {
        let state = self.machine.state();
        let (shown, height) = (state.shown(), state.geometry().text_height());
        let world = &mut self.world;
        world.pictures.next((shown.lesson, shown.top), height, &world.course, &world.pages)
    }

    fn picture_file(&self, wanted: WantedPicture) -> Option<PictureFile> {
        let course = &self.world.course;
        let target = &course.document_if_read(wanted.lesson)?.link(wanted.link)?.target;
        PictureFile::of(course, wanted.lesson, target)
    }

    fn begin_picture(&mut self, wanted: WantedPicture, file: PictureFile) {
        if self.draws.is_none() {
            // Without a thread there are no pictures; the next frame tries again.
            self.draws = BackgroundPictures::start(self.loader.wake()).ok();
        }
        let way = self.world.pictures.way();
        self.picture_number = (self.picture_number + 1) % (1 << NUMBER_BITS);
        // What begins with nothing is no number to all terminals.
        let number = self.picture_number.max(1);
        if let Some(draws) = &mut self.draws {
            draws.begin(PictureTask { wanted, file, way, number });
        }
    }

    /// Takes in what was drawn. Returns whether that may show.
    pub(super) fn take_pictures(&mut self) -> bool {
        let Some((wanted, outcome)) = self.draws.as_mut().and_then(BackgroundPictures::take) else {
            return false;
        };
        let WantedPicture { lesson, link, .. } = wanted;
        match outcome {
            PictureOutcome::Drawn(picture) => self.world.pictures.keep(lesson, link, picture),
            PictureOutcome::Known(shape) => {
                self.draws.take_if(|draws| draws.is_lost());
                self.change_page(|pages| pages.know(lesson, link, shape));
            }
        }
        true
    }
}
