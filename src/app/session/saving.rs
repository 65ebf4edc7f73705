//! Writing to the disk: records, the draft of what is being written, and the last place.
//!
//! Owns when the journal writes. "Saved" is said only after the sync.

use super::Session;
use crate::reader::action::News;
use crate::reader::draft::draft;
use crate::reader::navigate::record_place;
use crate::text::clean::clean_line;
use std::sync::Arc;

impl Session {
    /// Writes what is pending, once for all that was done since the last call. Only then is
    /// the screen drawn, so "saved" is never shown before it is so. Returns whether anything
    /// was written, or could not be.
    pub fn save(&mut self) -> bool {
        let has_news = self.write_records() | self.save_draft();
        let reading = self.state().shown();
        // While a thread reads or searches the course, it keeps what it has.
        if let Some(course) = Arc::get_mut(&mut self.world.course) {
            course.forget_far_from(reading.lesson, reading.top.position.block);
        }
        self.world.pages.forget_far_from(reading.lesson, reading.top.position.block);
        has_news
    }

    /// Saves where the reader is, without being asked: the program is about to end.
    pub fn close(&mut self) {
        let wanted = self.world.wanted.clone();
        if let Some(wanted) = &wanted {
            wanted.take();
        }
        let effect = record_place(self.state(), &self.world());
        // A place in a text that is not in memory would be none.
        let is_known = wanted.is_none_or(|wanted| wanted.take().is_empty());
        if let Some(effect) = effect.filter(|_| is_known) {
            self.perform(effect);
        }
        self.save();
    }

    fn write_records(&mut self) -> bool {
        let journal = &mut self.world.journal;
        if journal.pending() == 0 {
            return false;
        }
        let (saves, had_folder) = (journal.saves(), journal.log_folder().is_some());
        let written = journal.retry(&mut self.world.ledger);
        if !had_folder {
            self.watch_logs();
        }
        // Other windows' notes may have come with it.
        self.world.notes.empty();
        self.forget_erased();
        self.tell_notices();
        match written {
            Ok(()) if saves => self.tell(News::Saved),
            Ok(()) => {}
            Err(error) => self.tell(News::NotSaved(clean_line(&format!("NOT SAVED: {error}")))),
        }
        true
    }

    /// Forgets what was erased, here or elsewhere, since this was last asked.
    pub(super) fn forget_erased(&mut self) {
        let erases = self.world.journal.erases();
        if std::mem::replace(&mut self.erases, erases) == erases {
            return;
        }
        self.tell(News::Erased);
        // The draft went with it, and what is still being written is to be there again.
        self.saved_draft.clear();
    }

    /// Says what the journal came upon, such as damage that it set aside.
    pub(super) fn tell_notices(&mut self) {
        if let Some(notice) = self.world.journal.take_notices().into_iter().next() {
            self.say(&notice);
        }
    }

    /// Puts what is being written where a crash does not reach it, and removes it from there
    /// once it is recorded. Returns whether there was anything to do.
    fn save_draft(&mut self) -> bool {
        let draft = draft(self.state(), &self.world());
        let journal = &mut self.world.journal;
        // What is recorded but could not be written yet is still better off in two places.
        if draft == self.saved_draft || (draft.is_empty() && journal.pending() > 0) {
            return false;
        }
        let saved = if draft.is_empty() {
            journal.drop_draft()
        } else {
            journal.keep_draft(&self.world.ledger, &draft)
        };
        self.saved_draft = draft;
        if let Err(error) = saved {
            self.say(&format!("Your draft couldn't be saved: {error}"));
        }
        true
    }
}
