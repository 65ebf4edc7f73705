//! The checklist pane as rows: her list, the lesson's items, or all.
//!
//! Owns which items are shown, in which order, and which of the rows can be selected. Must
//! not draw.

use crate::course::Side;
use crate::practice::AnyItem;
use crate::reader::World;
use crate::reader::state::State;

/// What the checklist shows, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checklist {
    /// Which items.
    pub shows: Shows,
    /// Those that are not on her list, below it.
    pub rest: Rest,
}

/// Which items are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Her own list, and the rest behind "More".
    Mine,
    /// Those that the open lesson teaches.
    Lesson,
    /// All.
    All,
}

/// The items that are not on her list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Folded away.
    Folded,
    /// Folded away, and the row that opens them is selected.
    Selected,
    /// Shown below her list.
    Open,
}

/// A row of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The title of a side.
    Title(Side),
    /// An item, by its index.
    Item(usize),
    /// So many other items are folded away here.
    More(usize),
    /// The other items begin here.
    Others,
}

impl Shows {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "my list",
            Self::Lesson => "lesson",
            Self::All => "all",
        }
    }
}

/// The rows from top to bottom.
pub fn rows(state: &State, world: &World) -> Vec<Row> {
    match state.checklist.shows {
        Shows::All => sides(world, |_| true),
        Shows::Lesson => sides(world, |item| item.lesson() == Some(state.reading.lesson)),
        Shows::Mine => {
            let mut rows = sides(world, |item| world.practice().is_listed(item.id));
            let others = sides(world, |item| !world.practice().is_listed(item.id));
            if others.is_empty() {
                return rows;
            }
            if state.checklist.rest == Rest::Open {
                rows.push(Row::Others);
                rows.extend(others);
            } else {
                rows.push(Row::More(others.iter().filter(|row| matches!(row, Row::Item(_))).count()));
            }
            rows
        }
    }
}

fn sides(world: &World, wanted: impl Fn(&AnyItem) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for side in [Side::Avoid, Side::Embrace] {
        let mut items =
            world.practice().items().filter(|item| item.side() == side && wanted(item)).peekable();
        if items.peek().is_some() {
            rows.push(Row::Title(side));
            rows.extend(items.map(|item| Row::Item(item.index)));
        }
    }
    rows
}

/// Whether a row is the selected one.
pub fn is_selected(row: Row, state: &State) -> bool {
    let at_more = state.checklist.rest == Rest::Selected && state.checklist.shows == Shows::Mine;
    match row {
        Row::Item(item) => item == state.item && !at_more,
        Row::More(_) => at_more,
        Row::Title(_) | Row::Others => false,
    }
}

/// The rows that can be selected.
pub fn selectable(state: &State, world: &World) -> Vec<Row> {
    rows(state, world).into_iter().filter(|row| matches!(row, Row::Item(_) | Row::More(_))).collect()
}

/// The selected item, if an item is what is selected.
pub fn selected<'a>(state: &State, world: &World<'a>) -> Option<AnyItem<'a>> {
    let shown =
        rows(state, world).into_iter().any(|row| row == Row::Item(state.item) && is_selected(row, state));
    world.practice().item_at(state.item).filter(|_| shown)
}
