//! Searching a long text portion by portion.
//!
//! Owns which portions are parsed for a query, and that the prefilters of the others are kept. Must not
//! know what a match is.

use crate::course::Lesson;
use crate::search::folding::{Case, Folded};
use crate::search::hit::{HitPlace, Hits};
use crate::search::index::{Index, collect, rank_place};
use crate::search::prefilter::Prefilter;
use crate::search::query::Query;
use crate::search::ranking::RankPlace;
use crate::search::slots::Slot;
use crate::text::Document;
use std::ops::ControlFlow;

impl Index {
    /// Searches a long text portion by portion, from one on, and breaks where the search has to continue.
    /// Nothing is kept of portions that have no hit, but for their prefilter.
    pub(super) fn search_long(
        &self,
        slot: &Slot,
        subject: &Lesson,
        (lesson, from): (usize, usize),
        query: &Query,
        left: &mut usize,
        hits: &mut Hits,
    ) -> ControlFlow<usize> {
        let document = subject.load();
        for portion in from..document.portions() {
            if hits.more {
                break;
            }
            if *left == 0 {
                return ControlFlow::Break(portion);
            }
            let Some((may_have, bytes)) = self.ask_portion(slot, document, portion, query) else { break };
            *left = left.saturating_sub(bytes);
            if may_have {
                let length = collect_in(document, portion, (lesson, subject), query, Hits::MOST, hits);
                *left = left.saturating_sub(length);
            }
        }
        ControlFlow::Continue(())
    }

    /// Returns whether a portion may have what is looked for, by its prefilter, which is made if it is not
    /// there; and how many bytes that has. None behind the last portion.
    fn ask_portion(
        &self,
        slot: &Slot,
        document: &Document,
        portion: usize,
        query: &Query,
    ) -> Option<(bool, usize)> {
        let kept = slot.prefilters.get().and_then(|prefilters| prefilters.get(portion)?.get());
        let make = || document.raw(portion).map(Prefilter::of);
        self.ask_prefilter(slot, (document.portions(), portion), query, kept, make)
    }
}

/// Adds what is found in a portion of a lesson, until there are `room` hits. Returns how many bytes of text
/// it has.
pub(super) fn collect_in(
    document: &Document,
    portion: usize,
    (lesson, subject): (usize, &Lesson),
    query: &Query,
    room: usize,
    hits: &mut Hits,
) -> usize {
    document.load(portion);
    let mut folded = Folded::default();
    for within in 0..document.blocks_in(portion) {
        let block = document.block(Document::index(portion, within));
        folded.push(block.map_or("", |block| block.text.as_str()), Case::Folded);
    }
    let describe = |within| {
        let index = Document::index(portion, within);
        let block = document.block(index);
        let place = block.map_or(RankPlace::Text, |block| rank_place(block, subject.load_title()));
        (HitPlace::Block { lesson, block: index }, place, block.map_or("", |block| &block.text).into())
    };
    collect(query, &folded, hits, room, |_| true, describe);
    folded.text().len()
}
