//! What belongs to the part of the text that is in sight: items taught there, links,
//! its text, and how far along it is.

use crate::course::{Item, ItemId};
use crate::reader::paged_text::{PagedText, PaneRows};
use crate::reader::view::View;
use crate::text::Block;

/// The items taught by what is in sight, as indices into the course's, the one that is read
/// now first.
///
/// A section is read now when it holds the line a third of the way down the pane. When it
/// teaches nothing, the sections further down come first, then those above.
pub fn items(view: &View) -> Vec<usize> {
    let items = view.world.course.items.iter().enumerate();
    let mut taught = items.filter(|(_, item)| item.lesson == view.lesson).peekable();
    // Most lessons of most courses teach none.
    let paged = view.world.paged_text(view.lesson).filter(|_| taught.peek().is_some());
    let Some(paged) = paged else { return Vec::new() };
    let height = view.text_height();
    let PaneRows { first, bottom, .. } = paged.pane(view.top, height);
    let now = paged.page.down(paged.document, first, height / 3).block;
    let mut found: Vec<(usize, usize, usize)> = taught
        .filter_map(|(index, item)| {
            let begin = view.world.course.passage(item);
            let end = section_end(paged.document, begin);
            let in_sight = begin <= bottom.block && end > first.block;
            let order = if (begin..end).contains(&now) {
                0
            } else if begin > now {
                1
            } else {
                2
            };
            in_sight.then_some((order, begin, index))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(.., index)| index).collect()
}

/// The item of those that a key leads to from what is in sight: the selected one, so that whoever
/// came from it gets back to it, else the one that is read now.
pub fn item<'a>(view: &View<'a>, selected: Option<&ItemId>) -> Option<&'a Item> {
    item_of(&items(view), view, selected)
}

/// The same, of these items.
pub fn item_of<'a>(items: &[usize], view: &View<'a>, selected: Option<&ItemId>) -> Option<&'a Item> {
    let mut items = items.iter().filter_map(|index| view.world.course.items.get(*index));
    let first = items.next()?;
    std::iter::once(first).chain(items).find(|item| Some(&item.id) == selected).or(Some(first))
}

/// The block behind a section: the next heading of its level or above.
fn section_end(document: &crate::text::Document, begin: usize) -> usize {
    let level =
        document.headings().find(|(block, ..)| *block == begin).map_or(1, |(_, heading, _)| heading.level);
    document
        .headings()
        .find(|(block, heading, _)| *block > begin && heading.level <= level.max(2))
        .map_or(usize::MAX, |(block, ..)| block)
}

/// The links in sight, in reading order.
pub fn links(view: &View) -> Vec<usize> {
    let Some(paged) = view.world.paged_text(view.lesson) else { return Vec::new() };
    let height = view.text_height();
    let top = paged.first(view.top, height);
    let mut links = Vec::new();
    for (_, line) in paged.in_sight(top, height) {
        for segment in &line.segments {
            if let Some(link) = segment.style.link
                && line.shows(segment, view.scrolled_right, paged.page.width())
                && !links.contains(&link)
            {
                links.push(link);
            }
        }
    }
    links
}

/// The text of the blocks in sight, whole ones, with an empty line between them and formulas as
/// they are written.
pub fn text(view: &View) -> String {
    let Some(paged) = view.world.paged_text(view.lesson) else { return String::new() };
    let height = view.text_height();
    let top = paged.first(view.top, height);
    let texts = paged.blocks_in_sight(top, height).filter_map(|block| paged.document.block(block));
    let texts = texts.map(Block::written).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n\n")
}

/// How far along the reader is: the share of the lesson's text above the pane's lower edge, in
/// per cent.
pub fn per_cent(paged: &PagedText, pane: PaneRows) -> usize {
    if pane.ends {
        return 100;
    }
    let position = paged.page.top(paged.document, pane.bottom).position;
    let (seen, all) = paged.document.progress(position);
    usize::try_from(seen * 100 / all.max(1)).unwrap_or(99).min(99)
}
