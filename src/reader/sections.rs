//! The sections of a text, as they are walked: the headings below and above a row.
//!
//! Looks at no more of a text than lies between, and lays out none but the one that is gone to. Must not
//! change the state.

use crate::page::{PageRow, Top};
use crate::reader::outcome::Neighbour;
use crate::reader::paged_text::PagedText;
use crate::text::{BlockKind, Document, Position};

/// The most portions of a long text that are looked through for headings on either side, of those that
/// stay in memory at once. A log of many has no heading at all, and would be read to its end.
const FARTHEST: usize = 8;

/// Why there is no section to go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSection {
    /// The text has none.
    InText,
    /// This is the last, or the first.
    Beyond,
    /// There is none for a long way, and what comes then is not known.
    Near,
}

impl NoSection {
    /// What to say of it to whoever wanted to go on in this direction.
    pub fn words(self, neighbour: Neighbour) -> &'static str {
        match (self, neighbour) {
            (Self::InText, _) => "There are no sections to go to here.",
            (Self::Beyond, Neighbour::Next) => "This is the last section.",
            (Self::Beyond, Neighbour::Previous) => "This is the first section.",
            (Self::Near, _) => "No other section is near.",
        }
    }
}

/// Where the section stands that is so many headings below or above this row, which is the first in
/// sight; the last one or the first, where there are fewer. The beginning of the text is a section, too.
///
/// # Errors
/// When there is none in this direction.
pub fn neighbour(
    paged: PagedText,
    first: PageRow,
    height: usize,
    neighbour: Neighbour,
    count: usize,
) -> Result<Top, NoSection> {
    let here = paged.page.top(paged.document, first);
    let is_beyond = |top: &Top| match neighbour {
        Neighbour::Next => *top > here,
        Neighbour::Previous => *top < here,
    };
    let found = walk(paged, first, neighbour, count.max(1));
    let begins = (neighbour == Neighbour::Previous && found.wanted > 0 && found.ends).then(Top::default);
    let top = begins.or_else(|| found.last.map(|block| paged.beginning(block, height)));
    if let Some(top) = top.filter(is_beyond) {
        return Ok(top);
    }
    let back = match neighbour {
        Neighbour::Next => Neighbour::Previous,
        Neighbour::Previous => Neighbour::Next,
    };
    let is_section = |block| is_section(paged.document, block);
    let other = walk(paged, first, back, 1);
    Err(match (found.ends, other.ends) {
        _ if !found.ends => NoSection::Near,
        _ if found.last.or(other.last).is_some() || is_section(first.block) => NoSection::Beyond,
        (_, true) => NoSection::InText,
        (_, false) => NoSection::Near,
    })
}

/// What a walk over headings has found.
struct Walked {
    /// The heading that it came to.
    last: Option<usize>,
    /// How many more were to be found.
    wanted: usize,
    /// Whether the text has nothing further in this direction.
    ends: bool,
}

/// Walks over so many headings from a row on.
fn walk(
    PagedText { document, page }: PagedText,
    first: PageRow,
    neighbour: Neighbour,
    count: usize,
) -> Walked {
    let step = |block: usize| match neighbour {
        Neighbour::Next => document.next(block),
        Neighbour::Previous => document.previous(block),
    };
    // Of the block of the row itself some lines may be above it.
    let heading = page.row_of(document, Position { block: first.block, offset: 0 });
    let is_passed = match neighbour {
        Neighbour::Next => heading <= first,
        Neighbour::Previous => heading >= first,
    };
    let mut walked = Walked { last: None, wanted: count, ends: false };
    let mut block = Some(first.block);
    while let Some(here) = block.filter(|block| distance(*block, first.block) <= FARTHEST) {
        if is_section(document, here) && !(is_passed && here == first.block) {
            walked.last = Some(here);
            walked.wanted -= 1;
            if walked.wanted == 0 {
                return walked;
            }
        }
        block = step(here);
    }
    walked.ends = block.is_none();
    walked
}

/// How many portions lie between two blocks.
fn distance(block: usize, other: usize) -> usize {
    Document::within(block).0.abs_diff(Document::within(other).0)
}

/// Returns whether a section begins with this block: a heading, but for the one that is the text's title.
fn is_section(document: &Document, block: usize) -> bool {
    let is_heading =
        |block: usize| document.block(block).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
    is_heading(block) && document.first() != Some(block)
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
    use crate::page::Page;

    #[test]
    fn going_to_a_section_lays_out_what_is_shown_of_it_and_no_other() {
        let text: String = (0..1_000).map(|number| format!("## Part {number}\n\nWords.\n\n")).collect();
        let folder = fixture::folder(&[("a.md", &text)]);
        let course = fixture::open(&folder).course;
        let document = course.document(0);
        let page = Page::new(document, 60);
        let paged = PagedText { document, page: &page };
        let first = PageRow { block: 1_000, line: 0 };
        for direction in [Neighbour::Next, Neighbour::Previous] {
            assert!(neighbour(paged, first, 20, direction, 3).is_ok());
        }
        assert!(page.laid_out() < 60, "{} blocks were laid out", page.laid_out());
    }
}
