//! The last rows: what is not saved, and below it what is to be known now, or else the few keys
//! that matter here.
//!
//! A message that is longer than a row grows upwards over the panes, until the next key. None is
//! cut off without the sign that it goes on.

use crate::course::Side;
use crate::journal::Mark;
use crate::practice::mark_word_on;
use crate::reader::geometry::{Geometry, last_rows_width};
use crate::reader::keys::context::Context;
use crate::reader::keys::hints::{Hint, hints};
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::overlay::Overlay;
use crate::reader::overlay::today::keys::CONTEXT;
use crate::reader::pointer::Target;
use crate::reader::state::State;
use crate::reader::update::LARGEST_COUNT;
use crate::reader::view::View;
use crate::screen::Theme;
use crate::screen::canvas::{clear, fitted, indented};
use crate::screen::list::List;
use crate::text::columns;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::collections::BTreeSet;

/// The hints of a context that come before all others.
const FIRST: usize = 3;
/// The hints at the end, those of every pane, that come before the further ones of a context.
const LAST: usize = 4;
/// Columns between two hints.
const GAP: usize = 3;
/// Columns between two where what matters has no room otherwise.
const NARROW_GAP: usize = 2;
/// The columns of the longest word that an author may give to a hint.
const LONGEST_WORD: usize = 14;

pub(super) fn draw(state: &State, view: &View, theme: &Theme, buffer: &mut Buffer) {
    let geometry = &view.geometry;
    status(state, geometry).draw(None, theme, buffer);
    let lines = lines(state, view);
    let area = area(geometry, lines.len());
    clear(area, theme, buffer);
    List::from_line(0, lines, inner(area)).draw(None, theme, buffer);
}

/// The target at a cell of the last rows; none where they are not. Only the keys mean something.
pub(super) fn target_at(state: &State, view: &View, cell: Position) -> Option<Target> {
    let lines = lines(state, view);
    let area = area(&view.geometry, lines.len());
    let list = List::from_line(0, lines, inner(area));
    area.contains(cell).then(|| list.target_at(cell).cloned().unwrap_or(Target::Nothing))
}

/// What is not saved, and what is shown as it was before, and why.
fn status(state: &State, geometry: &Geometry) -> List {
    let area = geometry.status;
    let mut lines: Vec<ListLine> = Vec::new();
    // What is not saved comes first, and each further trouble has a row at least where there is one.
    let troubles: Vec<&str> = state.troubles().collect();
    for (index, trouble) in troubles.iter().enumerate() {
        let after = troubles.len().saturating_sub(index + 1);
        let room = usize::from(area.height).saturating_sub(lines.len());
        let room = room.saturating_sub(after).max(1.min(room));
        let fitted = fitted(trouble, last_rows_width(area.width), room).into_iter();
        lines.extend(fitted.map(|text| ListLine::new(text, Tone::Alarm)));
    }
    List::from_line(0, lines, inner(area))
}

/// The lines that are said now: a count, a message, or the keys.
fn lines(state: &State, view: &View) -> Vec<ListLine> {
    let geometry = &view.geometry;
    let width = last_rows_width(geometry.footer.width);
    if let Some(count) = state.count {
        let most = if count == LARGEST_COUNT { ", the largest" } else { "" };
        return vec![ListLine::new(format!("Count: {count}{most}"), Tone::Message)];
    }
    match &state.message {
        Some(message) => {
            let most = usize::from(geometry.footer.bottom() / 2).max(1);
            let lines = fitted(message, width, most).into_iter();
            lines.map(|text| ListLine::new(text, Tone::Message)).collect()
        }
        None => vec![keys(state, view, usize::from(width))],
    }
}

/// The rows that so many lines take at the bottom of the screen.
fn area(geometry: &Geometry, lines: usize) -> Rect {
    let bottom = geometry.footer.bottom();
    let height = u16::try_from(lines).unwrap_or(u16::MAX).min(bottom);
    Rect { y: bottom - height, height, ..geometry.footer }
}

/// The rows without the margin on their left. Messages leave one on the right, too; keys that have
/// little room do not.
fn inner(area: Rect) -> Rect {
    Rect { width: area.width.saturating_sub(1), ..indented(area, 1) }
}

/// The hints that have room, whole ones only. Where what matters has not, they move together.
fn keys(state: &State, view: &View, room: usize) -> ListLine {
    let context = state.context();
    let mut hints = hints(context, view.world.keymap, view.world.provided());
    hints.retain(|hint| !is_item_of_lesson(hint) || teaches_item(view));
    let mut all: Vec<Vec<LinePiece>> = hints.iter().map(|hint| pieces(hint, state, view)).collect();
    let mut widths: Vec<usize> = all.iter().map(|pieces| width(pieces)).collect();
    let ranks = Ranks::of(&hints, context);
    let wide = Ranks::shown(&ranks.usual(), &widths, GAP, room);
    let shows_first = (0..ranks.first).chain(ranks.help).all(|index| wide.contains(&index));
    let (shown, gap) = if shows_first {
        (wide, GAP)
    } else {
        // The margin is theirs, too.
        (shown_on_narrow(&ranks, &mut all, &mut widths, room + 1), NARROW_GAP)
    };
    let mut line = Vec::new();
    for (_, pieces) in all.into_iter().enumerate().filter(|(index, _)| shown.contains(index)) {
        if !line.is_empty() {
            line.push(LinePiece::new(" ".repeat(gap), Tone::Text));
        }
        line.extend(pieces);
    }
    ListLine::of(line)
}

/// The hints that have room on a narrow screen. The key for the help is known by itself: where its
/// word has no room, it goes.
fn shown_on_narrow(
    ranks: &Ranks,
    all: &mut [Vec<LinePiece>],
    widths: &mut [usize],
    room: usize,
) -> BTreeSet<usize> {
    let order = ranks.narrow(widths, room);
    let shown = Ranks::shown(&order, widths, NARROW_GAP, room);
    let left_out = ranks.help.filter(|help| !shown.contains(help));
    let Some((help, its_width)) = left_out.and_then(|help| all.get_mut(help).zip(widths.get_mut(help)))
    else {
        return shown;
    };
    help.pop();
    *its_width = width(help);
    Ranks::shown(&order, widths, NARROW_GAP, room)
}

/// Returns whether a hint leads to the item that the lesson teaches.
fn is_item_of_lesson(hint: &Hint) -> bool {
    hint.rows.iter().any(|(row, _)| (row.context, row.name) == (Context::READING, "go-to-item"))
}

/// Returns whether the lesson on the screen teaches an item.
fn teaches_item(view: &View) -> bool {
    view.world.course.items.iter().any(|item| item.lesson == view.lesson)
}

/// The columns that these pieces take.
fn width(pieces: &[LinePiece]) -> usize {
    pieces.iter().map(|piece| columns::width(&piece.text)).sum()
}

/// Which hints come before others where not all have room, as indexes into them.
struct Ranks {
    /// Whether items are marked here: the keys for that come before all others.
    marks: bool,
    /// The one for first aid. The others for a hurry come before it: its page names them, too.
    aid: Option<usize>,
    /// The number of hints for what may be needed in a hurry. They stand first.
    hurry: usize,
    /// The number of hints up to the last of those that come before all others.
    first: usize,
    /// The first of the last ones, those of every pane.
    last: usize,
    /// The last ones, in the order in which they get room.
    last_ones: Vec<usize>,
    /// The one for the help: whoever has that key finds all the others.
    help: Option<usize>,
    /// The one that closes what is open.
    way_out: Option<usize>,
}

impl Ranks {
    fn of(hints: &[Hint], context: Context) -> Self {
        let hurry = hints.iter().take_while(|hint| hint.is_first()).count();
        let own = hints.iter().skip(hurry).filter(|hint| hint.is_of(context)).count();
        // The text says itself, in its last row, that an item is taught there.
        let most = if context == Context::READING { FIRST - 1 } else { FIRST };
        let first = hurry + most.min(own);
        let aid = hints.iter().position(|hint| hint.rows.iter().any(|(row, _)| row.name == "first-aid"));
        let last = hints.len().saturating_sub(LAST).max(first);
        // Where a course has no page for a hard minute, the very last one leads out of the program.
        let last_ones = last..hints.len();
        let leads_out = context.is_pane() && aid.is_none();
        Self {
            marks: hints.iter().any(|hint| hint.rows.iter().any(|(row, _)| row.name == "slipped")),
            aid,
            hurry,
            first,
            last,
            last_ones: if leads_out { last_ones.rev().collect() } else { last_ones.collect() },
            help: hints.iter().position(|hint| hint.rows.iter().any(|(row, _)| row.name == "help")),
            way_out: hints.iter().position(|hint| hint.rows.iter().any(|(_, key)| *key == "Esc")),
        }
    }

    /// What belongs to the focus comes before what is the same everywhere.
    fn usual(&self) -> Vec<usize> {
        let own = (self.hurry..self.first).chain((0..self.hurry).filter(|index| Some(*index) != self.aid));
        let own = own.chain(self.aid);
        let ways_out = self.help.into_iter().chain(self.way_out);
        own.chain(ways_out).chain(self.last_ones.iter().copied()).chain(self.first..self.last).collect()
    }

    /// On a narrow screen what may be needed in a hurry and the way out come before all else, as
    /// long as there is room for a key of the focus beside them. Where items are marked, the marks go
    /// before everything.
    fn narrow(&self, widths: &[usize], room: usize) -> Vec<usize> {
        if self.marks {
            return self.usual();
        }
        let width = |index: &usize| widths.get(*index).map_or(0, |width| width + NARROW_GAP);
        let has_room = |needed: &Vec<usize>| needed.iter().map(width).sum::<usize>() <= room + NARROW_GAP;
        // The page of first aid names the keys for hiding and for danger, which go before it.
        let all = (0..self.hurry).chain(self.way_out).chain([self.hurry]).chain(self.help);
        let all: Vec<usize> = all.collect();
        let without = |left_out: &[Option<usize>]| -> Vec<usize> {
            all.iter().copied().filter(|index| !left_out.contains(&Some(*index))).collect()
        };
        let tried =
            [all.clone(), without(&[self.help]), without(&[self.aid]), without(&[self.help, self.aid])];
        let needed = tried.into_iter().find(has_room).unwrap_or_default();
        needed.into_iter().chain(self.usual()).collect()
    }

    /// Those that have room beside each other, taken in this order.
    fn shown(order: &[usize], widths: &[usize], gap: usize, room: usize) -> BTreeSet<usize> {
        // The gap of the first one has room beyond the edge.
        let mut room = room + gap;
        let mut shown = BTreeSet::new();
        for &index in order {
            let width = widths.get(index).map_or(0, |width| width + gap);
            if width <= room && shown.insert(index) {
                room -= width;
            }
        }
        shown
    }
}

/// The keys of a hint and its word. A click on a key does what the key does, and one on the word
/// what the first does.
fn pieces<'a>(hint: &Hint<'a>, state: &State, view: &View<'a>) -> Vec<LinePiece> {
    let mut pieces = Vec::new();
    for (row, key) in &hint.rows {
        if !pieces.is_empty() {
            pieces.push(LinePiece::new("/", Tone::Quiet));
        }
        let target = Some(Target::Key(row.context, row.name));
        pieces.push(LinePiece { target, ..LinePiece::new(*key, Tone::Key) });
    }
    let target = pieces.first().and_then(|piece: &LinePiece| piece.target.clone());
    let text = format!(" {}", word(hint, state, view));
    pieces.push(LinePiece { target, ..LinePiece::new(text, Tone::Quiet) });
    pieces
}

/// The word of a hint. What slips on one side was only not done on the other, and an author may have a
/// word of his own for it; where that is too long for a hint, it is one that blames nobody.
fn word<'a>(hint: &Hint<'a>, state: &State, view: &View<'a>) -> &'a str {
    let is_slipped =
        |context| hint.rows.iter().any(|(row, _)| (row.context, row.name) == (context, "slipped"));
    let item = match &state.overlay {
        Some(Overlay::Today(today)) if is_slipped(CONTEXT) => today.selected_item(view),
        None if is_slipped(Context::CHECKLIST) => state.checklist.selected_item(view),
        _ => None,
    };
    let Some(item) = item else { return hint.word };
    let word = item.mark_word(Some(Mark::Slipped));
    if columns::width(word) <= LONGEST_WORD {
        word
    } else {
        mark_word_on(Some(Side::Embrace), Some(Mark::Slipped))
    }
}
