//! Writing to the disk: records, the draft of what is being written, and the last place.
//!
//! Owns when the journal writes. "Saved" is said only after the sync.

use super::{DraftState, Session};
use crate::app::unfinished::{PATIENCE_AT_THE_END, Work};
use crate::journal::{JournalError, Refreshed};
use crate::reader::action::News;
use crate::reader::draft::draft;
use crate::reader::navigate::record_place;
use crate::text::clean::clean_line;
use std::sync::Arc;
use std::time::Duration;

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

    /// How long to wait until work on the journal goes on that is not finished, if there is any.
    pub fn until_journal(&self) -> Option<Duration> {
        [self.unfinished.writing, self.unfinished.reading].into_iter().filter_map(Work::wait).min()
    }

    /// Goes on reading what others have written, if that is not finished.
    pub(super) fn read_on(&mut self) {
        if self.unfinished.reading != Work::Done {
            self.read_some_records();
        }
    }

    /// Takes in what other windows and devices have written, all of it.
    pub fn read_new_records(&mut self) {
        self.read_some_records();
        while self.unfinished.reading == Work::Begun {
            self.read_some_records();
        }
    }

    /// Takes in some of what other windows and devices have written. Returns whether that may show: what
    /// this window has written itself is there already.
    pub(super) fn read_some_records(&mut self) -> bool {
        let before = self.unfinished.reading;
        let refreshed = self.world.journal.refresh_in_part(&mut self.world.ledger);
        let is_known = matches!(refreshed, Ok(Refreshed::Nothing));
        self.unfinished.reading = match refreshed {
            Ok(Refreshed::Nothing | Refreshed::All) => Work::Done,
            Ok(Refreshed::Part) => Work::Begun,
            Err(JournalError::Busy { .. }) => Work::Locked,
            Err(error) => {
                self.tell_of_failed_reading(&error);
                Work::Failed
            }
        };
        if !is_known {
            self.world.forget_notes();
        }
        self.forget_erased();
        let has_notices = self.tell_notices();
        !is_known || has_notices || before != Work::Done
    }

    /// Says once that the journal cannot be read now. What was done is saved all the same, or is
    /// still pending and says so itself.
    fn tell_of_failed_reading(&mut self, error: &JournalError) {
        if self.unfinished.reading != Work::Failed {
            self.notice(&format!("The journal can't be read now: {error}"));
        }
    }

    /// Saves where the reader is, without being asked: the program is about to end.
    pub fn close(&mut self) {
        self.world.journal.set_patience(PATIENCE_AT_THE_END);
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
        self.world.journal.close();
    }

    fn write_records(&mut self) -> bool {
        let journal = &mut self.world.journal;
        self.unfinished.writing = Work::Done;
        if journal.pending() == 0 {
            return false;
        }
        let (saves, had_folder) = (journal.saves(), journal.log_folder().is_some());
        let (has_words, news) = (journal.has_pending_words(), journal.news());
        let written = journal.retry(&mut self.world.ledger);
        if let Err(JournalError::Busy { .. }) = written {
            self.unfinished.writing = Work::Locked;
        }
        if !had_folder {
            self.watch_logs();
        }
        if self.world.journal.has_more_to_read() && self.unfinished.reading == Work::Done {
            self.unfinished.reading = Work::Begun;
        }
        // Other windows' notes may have come with it.
        if has_words || self.world.journal.news() != news {
            self.world.forget_notes();
        } else {
            self.world.notes.forget_marks();
        }
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

    /// Says what the journal came upon, such as damage that it set aside. Returns whether there was
    /// anything.
    pub(super) fn tell_notices(&mut self) -> bool {
        let notices = self.world.journal.take_notices();
        for notice in &notices {
            self.notice(notice);
        }
        !notices.is_empty()
    }

    /// Puts what is being written where a crash does not reach it, and removes it from there
    /// once it is recorded. Returns whether there was anything to do.
    fn save_draft(&mut self) -> bool {
        let draft = draft(self.state(), &self.world());
        let journal = &mut self.world.journal;
        // What is recorded but could not be written yet is still better off in two places.
        let is_known = draft == self.saved_draft;
        if (is_known && self.draft == DraftState::Saved) || (draft.is_empty() && journal.pending() > 0) {
            return false;
        }
        let saved = if draft.is_empty() {
            journal.drop_draft()
        } else {
            journal.keep_draft(&self.world.ledger, &draft)
        };
        self.saved_draft = draft;
        self.draft = if saved.is_ok() { DraftState::Saved } else { DraftState::Failed };
        if let (Err(error), false) = (saved, is_known) {
            self.say(&format!("Your draft couldn't be saved: {error}"));
        }
        true
    }

    /// Returns whether a crash would cost nothing of what is being written.
    pub fn has_safe_draft(&self) -> bool {
        self.draft == DraftState::Saved
    }
}
