//! Decides the white space between two blocks.
//!
//! Owns how many blank lines separate them. Must not know of widths.

use crate::text::document::Marker;
use crate::text::{Block, BlockKind, ExerciseSlot, Frame};

/// Counts the frames around a block that the next block is within as well.
pub(crate) fn common(before: &[Frame], next: &[Frame]) -> usize {
    before.iter().zip(next).take_while(|(_, next)| !next.opens()).count()
}

/// Counts the blank lines between two blocks.
pub(crate) fn between(before: &Block, next: &Block) -> usize {
    if before.continues || are_close(before, next) {
        return 0;
    }
    if shows_answer(before, next) {
        return 0;
    }
    match (&before.kind, &next.kind) {
        // What an alert's own title names follows it as it would follow its name. Behind an alert that
        // is its title alone stands what is no part of it.
        (BlockKind::Title { details: None }, _) if is_in_alert(before) => {
            usize::from(common(&before.frames, &next.frames) < before.frames.len())
        }
        // Terms that have one definition.
        (BlockKind::Title { details: None }, BlockKind::Title { details: None }) => 0,
        (_, BlockKind::Heading(_)) => 1,
        // A heading stands close to what it is about, and the title of all apart. The head of a
        // table is bold as well: without a line between, a heading would look like a row.
        (BlockKind::Heading(heading), next) => {
            usize::from(heading.level == 1 || matches!(next, BlockKind::Table(_)))
        }
        _ => 1,
    }
}

/// Returns whether a block is the line that shows an answer of an exercise, and the next is what it
/// shows.
fn shows_answer(before: &Block, next: &Block) -> bool {
    let is_answer = |frame: &Frame| matches!(frame, Frame::Item { marker: Marker::Answer { .. }, .. });
    let shown = match before.kind {
        BlockKind::ExerciseSlot(ExerciseSlot::Answer(details)) => Some(details),
        BlockKind::Title { details } => details.filter(|_| before.frames.last().is_some_and(is_answer)),
        _ => None,
    };
    shown.is_some_and(|shown| next.details().any(|details| details.number == shown.number))
}

/// Returns whether both are in one tight list, or are footnotes in a row.
fn are_close(before: &Block, next: &Block) -> bool {
    let common = common(&before.frames, &next.frames);
    match (before.frames.get(common), next.frames.get(common)) {
        (Some(Frame::Item { marker: before, .. }), Some(Frame::Item { marker: next, tight: true, .. })) => {
            is_numbered(before) == is_numbered(next)
        }
        // What is said of a term stands directly below it.
        (Some(Frame::Footnote { .. }), Some(Frame::Footnote { .. }))
        | (None | Some(Frame::Definition { .. }), Some(Frame::Definition { .. })) => true,
        // A list within an item follows the item's text directly.
        (None, Some(Frame::Item { tight: true, .. })) => {
            let outer = common.checked_sub(1).and_then(|outer| next.frames.get(outer));
            matches!(outer, Some(Frame::Item { tight: true, .. }))
        }
        _ => false,
    }
}

fn is_in_alert(block: &Block) -> bool {
    matches!(block.frames.last(), Some(Frame::Alert { .. }))
}

fn is_numbered(marker: &Marker) -> bool {
    matches!(marker, Marker::Number(_))
}

/// Returns whether the footnotes begin with this block.
pub(crate) fn begins_footnotes<'b>(before: impl FnOnce() -> Option<&'b Block>, block: &Block) -> bool {
    let is_note = |block: &Block| matches!(block.frames.first(), Some(Frame::Footnote { .. }));
    is_note(block) && !before().is_some_and(is_note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::markdown;

    #[test]
    fn an_alert_that_is_its_title_alone_stands_apart_from_what_follows() {
        let blank_lines = |source: &str| -> Vec<usize> {
            let document = markdown::parse(source);
            let blocks: Vec<&Block> = document.blocks().map(|(_, block)| block).collect();
            blocks.iter().zip(blocks.iter().skip(1)).map(|(before, next)| between(before, next)).collect()
        };
        assert_eq!(blank_lines("> [!tip] A title\n\ntext"), [1]);
        assert_eq!(blank_lines("> [!tip] A title\n\n> [!tip] Another\n\n## A heading"), [1, 1]);
        assert_eq!(blank_lines("> [!tip] A title\n> text"), [0]);
    }
}
