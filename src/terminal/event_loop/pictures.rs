//! When the terminal is asked how it shows pictures, and what comes of its answers.

use super::Terminal;
use crate::app::Session;
use crate::reader::pictures::PictureWay;
use crate::terminal::pictures::on_cells;
use crate::terminal::size::cell_size;
use std::io;
use std::time::Duration;

impl Terminal {
    /// Shows pictures as the terminal has said that it can, if it was asked.
    pub(super) fn take_picture_way(&mut self, session: &mut Session, has_sixel: bool) {
        if let PictureWay::Unasked(colours) = session.world().pictures.way()
            && let Some(way) = self.pictures.way(has_sixel, colours, cell_size())
        {
            session.show_pictures_by(way);
        }
    }

    /// How long the terminal may still take to say how it shows pictures, or whatever it was asked before
    /// that. Then the next frame does without its answer.
    pub(super) fn until_picture_way(&self, session: &Session) -> Option<Duration> {
        if !matches!(session.world().pictures.way(), PictureWay::Unasked(_)) {
            return None;
        }
        let until_asked = self.keyboard.until_answer().filter(|_| session.asks_for_pictures());
        self.pictures.until_given_up().or(until_asked)
    }

    /// Draws the session. Then asks how the terminal shows pictures.
    pub(super) fn draw(&mut self, session: &mut Session) -> io::Result<()> {
        self.screen.draw(session)?;
        self.ask_for_picture_way(session)
    }

    /// Asks how the terminal shows pictures, if one is near what is read and no other answer is awaited,
    /// from which that to this question could not be told.
    pub(super) fn ask_for_picture_way(&mut self, session: &mut Session) -> io::Result<()> {
        let PictureWay::Unasked(colours) = session.world().pictures.way() else { return Ok(()) };
        let way = if self.pictures.are_awaited() {
            let Some(way) = self.pictures.give_up(colours) else { return Ok(()) };
            Some(way)
        } else if session.asks_for_pictures() && !self.keyboard.awaits_answer() {
            let variable = |name: &str| std::env::var(name).ok();
            self.pictures.ask(self.screen.output(), colours, variable, cell_size())?
        } else {
            return Ok(());
        };
        let Some(way) = way else {
            self.keyboard.expect_answer();
            return Ok(());
        };
        session.show_pictures_by(way);
        self.screen.draw(session)
    }

    /// Shows pictures for cells of the size that they have now.
    pub(super) fn fit_pictures_to_cells(session: &mut Session) {
        let way = session.world().pictures.way();
        let fitted = on_cells(way, cell_size());
        if fitted != way {
            session.show_pictures_by(fitted);
        }
    }
}
