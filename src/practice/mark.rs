//! What a mark is: its sign, its word, and what is saved when one is set.
//!
//! Owns the rule that an item's text is saved with its mark, so that the mark can be read when
//! the course no longer has the item, and that the same mark again takes a mark back. The type is in
//! `journal/operation.rs`; that no day to come is marked by a key, `reader/day_shown.rs` says.

use crate::course::{Item, ItemId, Side};
use crate::journal::{Choice, Chosen, KnownItem, Mark, Operation};
use crate::practice::items::{AnyItem, ItemSource, NamedItem};
use crate::practice::view::Practice;
use jiff::ToSpan as _;
use jiff::civil::Date;

/// The most days of the calendar that begin again for somebody who travels west: from 14 hours ahead
/// of UTC to 12 behind it.
const MOST_DAYS_BY_TRAVEL: i32 = 2;

/// The character that stands for a mark in its box. Each can be told without colour.
pub fn mark_sign(mark: Option<Mark>) -> char {
    match mark {
        None => ' ',
        Some(Mark::Kept) => 'x',
        Some(Mark::Slipped) => '!',
        Some(Mark::DidNotArise) => '-',
    }
}

/// The word for a mark.
pub fn mark_word(mark: Option<Mark>) -> &'static str {
    match mark {
        None => "not recorded",
        Some(Mark::Kept) => "kept",
        Some(Mark::Slipped) => "slipped",
        Some(Mark::DidNotArise) => "did not arise",
    }
}

/// The word for a mark of an item on this side. Something to avoid can slip; something to embrace
/// was only not done that day.
pub fn mark_word_on(side: Option<Side>, mark: Option<Mark>) -> &'static str {
    match (side, mark) {
        (Some(Side::Embrace), Some(Mark::Slipped)) => "not today",
        (_, mark) => mark_word(mark),
    }
}

impl<'a> AnyItem<'a> {
    /// The author's own word for a day on which it was not kept, where the usual one would blame.
    pub fn slipped_word(&self) -> Option<&'a str> {
        match self.source {
            ItemSource::Course(Item { slipped, .. }) => slipped.as_deref(),
            ItemSource::Own(_) => None,
        }
    }

    /// The word for a mark on this item: the author's own for a day on which it was not kept, if
    /// there is one.
    pub fn mark_word(&self, mark: Option<Mark>) -> &'a str {
        worded(Some(self.side()), self.slipped_word(), mark)
    }
}

impl<'a> NamedItem<'a> {
    /// The author's own word for a day on which it was not kept, as long as the course has the item.
    pub fn slipped_word(&self) -> Option<&'a str> {
        self.current.and_then(|item| item.slipped_word())
    }

    /// The word for a mark on this item, as [`AnyItem::mark_word`] says it.
    pub fn mark_word(&self, mark: Option<Mark>) -> &'a str {
        worded(self.side, self.slipped_word(), mark)
    }
}

/// The word for a mark of one item: wherever an item is named with its mark, its author's word goes
/// before the usual one.
fn worded(side: Option<Side>, slipped: Option<&str>, mark: Option<Mark>) -> &str {
    match (mark, slipped) {
        (Some(Mark::Slipped), Some(word)) => word,
        (mark, _) => mark_word_on(side, mark),
    }
}

/// What each mark says about an item, for whoever has not set any yet.
pub fn marks_explained(item: &AnyItem) -> [String; 3] {
    let (kept, slipped) = match item.side() {
        Side::Avoid => ("you kept clear", "it happened"),
        Side::Embrace => ("you did it", "you did not"),
    };
    let line = |mark, meaning| format!("{} {}: {meaning}", mark_sign(Some(mark)), item.mark_word(Some(mark)));
    [line(Mark::Kept, kept), line(Mark::Slipped, slipped), line(Mark::DidNotArise, "no occasion")]
}

impl Practice<'_> {
    /// Returns whether nothing was ever marked.
    pub fn has_no_marks(&self) -> bool {
        self.ledger.items(self.id).next().is_none()
    }

    /// The mark of an item on a day.
    pub fn mark(&self, item: &ItemId, day: Date) -> Option<Mark> {
        self.ledger.mark(self.id, item, day)
    }

    /// The marks of an item from `first` to `last`, both included, the latest first.
    pub fn marks_between(
        &self,
        item: &ItemId,
        first: Date,
        last: Date,
    ) -> impl Iterator<Item = (Date, Mark)> {
        self.ledger.marks_between(self.id, item, first, last).rev()
    }

    /// The items of the course whose last mark is that they were kept, by their indices, in order.
    pub fn last_kept(&self) -> Vec<usize> {
        let last = |item: &Item| self.ledger.marks(self.id, &item.id).next_back();
        let is_kept = |item: &Item| last(item).is_some_and(|(_, mark)| mark == Mark::Kept);
        let items = self.course.map_or(&[][..], |course| &course.items).iter().enumerate();
        items.filter(|(_, item)| is_kept(item)).map(|(index, _)| index).collect()
    }

    /// The mark after `mark` was asked for: the same mark again takes it back.
    pub fn toggled(&self, item: &ItemId, day: Date, mark: Mark) -> Option<Mark> {
        (self.mark(item, day) != Some(mark)).then_some(mark)
    }

    /// The operations that set a mark, or with `None` take it back. The item's text goes with
    /// it unless the journal knows it already.
    pub fn marking(&self, item: &AnyItem, day: Date, mark: Option<Mark>) -> Vec<Operation> {
        let mark = Operation::Mark { course: self.id.clone(), item: item.id.clone(), day, mark };
        [mark].into_iter().chain(self.text_to_save(item)).collect()
    }

    /// The operation that saves what an item of the course says, if the journal does not know
    /// it yet.
    fn text_to_save(&self, item: &AnyItem) -> Option<Operation> {
        let ItemSource::Course(of_course) = item.source else { return None };
        let known = KnownItem { side: of_course.side, text: of_course.text.clone() };
        (self.ledger.known_item(self.id, item.id) != Some(&known)).then(|| {
            let chosen = Chosen::ItemText { item: item.id.clone(), known };
            Operation::Choice(Choice { course: self.id.clone(), chosen })
        })
    }
}

impl<'a> Practice<'a> {
    /// The marks of days after today, which a clock that was wrong has left, by day.
    pub fn marks_to_come(&self, today: Date) -> Vec<(Date, &'a ItemId)> {
        let Ok(tomorrow) = today.tomorrow() else { return Vec::new() };
        let of_item =
            |item: &'a ItemId| self.marks_between(item, tomorrow, Date::MAX).map(move |(day, _)| (day, item));
        let mut marks: Vec<(Date, &ItemId)> = self.ledger.items(self.id).flat_map(of_item).collect();
        marks.sort_unstable();
        marks
    }

    /// The first day to come with a mark that the checklist shows, where a clock must have been wrong:
    /// whoever travels west may have marked one or two days of the calendar that come again.
    pub fn day_of_a_wrong_clock(&self, today: Date) -> Option<Date> {
        let last = today.saturating_add(MOST_DAYS_BY_TRAVEL.days());
        let is_shown = |id: &ItemId| self.item(id).is_some_and(|item| item.is_active());
        let mut marks = self.marks_to_come(last).into_iter();
        marks.find(|(_, item)| is_shown(item)).map(|(day, _)| day)
    }
}
