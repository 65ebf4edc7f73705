//! The checklist: the items on both sides with the marks of one day. It shows the reader's
//! list, the lesson's items, or all.
//!
//! The selected item is named by its id, because another window may add items at any time.

pub mod keys;

use crate::course::{ItemId, Side};
use crate::journal::{Choice, Chosen, ItemStatus, Mark, Operation, OwnItem};
use crate::practice::{AnyItem, ItemSource, Practice, heading_above};
use crate::reader::day_shown::{day_after, day_before, mark_change, refused_mark};
use crate::reader::keys::Context;
use crate::reader::motion::Motion;
use crate::reader::outcome::{Confirmation, JournalChange, Jump, Outcome, OverlayRequest};
use crate::reader::pane::checklist::keys::ChecklistAction;
use crate::reader::view::View;

/// The checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistPane {
    /// Which items it shows.
    pub shows: Shows,
    /// Those that are not on the reader's list, below it.
    pub rest: Rest,
    /// The selected item. It stays selected while it is out of sight.
    pub selected: Option<ItemId>,
}

/// Which items are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// The reader's list, and the rest behind "More".
    MyList,
    /// Those that the open lesson teaches.
    Lesson,
    /// All.
    All,
}

/// The items that are not on the reader's list, while that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Folded away.
    Folded,
    /// Folded away, and the row that opens them is selected.
    Selected,
    /// Shown below the list.
    Open,
}

/// A row of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChecklistRow<'a> {
    /// The title of a side.
    Title(Side),
    /// The heading of a group, within a side.
    Group(&'a str),
    /// An item.
    Item(AnyItem<'a>),
    /// This many other items are folded away here.
    More(usize),
    /// The other items begin here.
    Others,
}

impl Shows {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::MyList => "my list",
            Self::Lesson => "lesson",
            Self::All => "all",
        }
    }
}

impl<'a> ChecklistRow<'a> {
    /// The item, where it is one.
    pub fn item(&self) -> Option<AnyItem<'a>> {
        match self {
            Self::Item(item) => Some(*item),
            Self::Title(_) | Self::Group(_) | Self::More(_) | Self::Others => None,
        }
    }

    fn is_selectable(&self) -> bool {
        match self {
            Self::Item(_) | Self::More(_) => true,
            Self::Title(_) | Self::Group(_) | Self::Others => false,
        }
    }
}

impl ChecklistPane {
    /// All items, none of them selected.
    pub fn new() -> Self {
        Self { shows: Shows::All, rest: Rest::Folded, selected: None }
    }

    /// Applies an action.
    pub fn update(&mut self, action: ChecklistAction, view: &View) -> Outcome {
        match action {
            ChecklistAction::Move(motion) => return self.go_by(motion, view),
            ChecklistAction::Select(item) => self.select(item),
            ChecklistAction::SelectMore => self.rest = Rest::Selected,
            ChecklistAction::Mark(mark) => return self.mark(mark, view),
            ChecklistAction::Choose if self.is_at_more() => self.unfold(view),
            ChecklistAction::Choose => return self.mark(Mark::Kept, view),
            ChecklistAction::Tick(item) => {
                self.select(item);
                return self.mark(Mark::Kept, view);
            }
            ChecklistAction::DayBefore => return day_before(view),
            ChecklistAction::DayAfter => return day_after(view),
            ChecklistAction::GoToPassage => return self.go_to_passage(view),
            ChecklistAction::List => return self.list(view),
            ChecklistAction::Switch => self.switch(view),
            ChecklistAction::Add => {
                let side = self.selected_item(view).map_or(Side::Avoid, |item| item.side());
                return Outcome::Open(OverlayRequest::NewItem(side));
            }
            ChecklistAction::Edit => {
                return self.with_item(view, |item| OverlayRequest::EditItem(item.id.clone()));
            }
            ChecklistAction::Plan => {
                return self.with_item(view, |item| OverlayRequest::Plan(item.id.clone()));
            }
            ChecklistAction::Retire => return self.retire(view),
        }
        Outcome::Stay
    }

    /// The rows from top to bottom.
    pub fn rows<'a>(&self, view: &View<'a>) -> Vec<ChecklistRow<'a>> {
        let practice = view.practice();
        match self.shows {
            Shows::All => sides(practice, |_| true),
            Shows::Lesson => sides(practice, |item| item.lesson() == Some(view.lesson)),
            Shows::MyList => {
                let mut rows = sides(practice, |item| practice.is_listed(item.id));
                let others = sides(practice, |item| !practice.is_listed(item.id));
                if others.is_empty() {
                    return rows;
                }
                if self.rest == Rest::Open {
                    rows.push(ChecklistRow::Others);
                    rows.extend(others);
                } else {
                    let items = others.iter().filter(|row| matches!(row, ChecklistRow::Item(_)));
                    rows.push(ChecklistRow::More(items.count()));
                }
                rows
            }
        }
    }

    /// Returns whether a row is the selected one.
    pub fn is_selected(&self, row: &ChecklistRow) -> bool {
        let at_more = self.is_at_more();
        match row {
            ChecklistRow::Item(item) => !at_more && self.selected.as_ref() == Some(item.id),
            ChecklistRow::More(_) => at_more,
            ChecklistRow::Title(_) | ChecklistRow::Group(_) | ChecklistRow::Others => false,
        }
    }

    /// The selected item, if an item is selected and in the list.
    pub fn selected_item<'a>(&self, view: &View<'a>) -> Option<AnyItem<'a>> {
        let practice = view.practice();
        let selected = self.selected.as_ref().filter(|_| !self.is_at_more())?;
        let is_shown = |item: &AnyItem| match self.shows {
            Shows::All => true,
            Shows::Lesson => item.lesson() == Some(view.lesson),
            Shows::MyList => self.rest == Rest::Open || practice.is_listed(item.id),
        };
        practice.item(selected).filter(|item| item.is_active() && is_shown(item))
    }

    /// Selects an item and makes sure that it is shown.
    pub fn reveal(&mut self, item: ItemId, view: &View) {
        self.select(item);
        if self.selected_item(view).is_some() {
            return;
        }
        match self.shows {
            Shows::MyList => self.rest = Rest::Open,
            Shows::Lesson | Shows::All => self.shows = Shows::All,
        }
    }

    /// Selects an item that is about to be made.
    pub fn select_new(&mut self, item: ItemId) {
        self.selected = Some(item);
        if self.shows == Shows::Lesson {
            self.shows = Shows::All;
        }
    }

    /// Shows the reader's list with an item selected that is about to be on it.
    pub fn select_on_my_list(&mut self, item: ItemId) {
        *self = Self { shows: Shows::MyList, rest: Rest::Folded, selected: Some(item) };
    }

    /// Shows the reader's list, with its first item selected where none of it is.
    pub fn show_my_list(&mut self, view: &View) {
        (self.shows, self.rest) = (Shows::MyList, Rest::Folded);
        if self.selected_item(view).is_none() {
            self.select_row(self.selectable(view).first());
        }
    }

    /// Selects the first item of all, for the start.
    pub fn select_first(&mut self, view: &View) {
        self.selected = view.practice().items().next().map(|item| item.id.clone());
    }

    fn selectable<'a>(&self, view: &View<'a>) -> Vec<ChecklistRow<'a>> {
        self.rows(view).into_iter().filter(ChecklistRow::is_selectable).collect()
    }

    fn select(&mut self, item: ItemId) {
        self.selected = Some(item);
        if self.rest == Rest::Selected {
            self.rest = Rest::Folded;
        }
    }

    fn select_row(&mut self, row: Option<&ChecklistRow>) {
        match row {
            Some(ChecklistRow::Item(item)) => self.select(item.id.clone()),
            Some(ChecklistRow::More(_)) => self.rest = Rest::Selected,
            Some(ChecklistRow::Title(_) | ChecklistRow::Group(_) | ChecklistRow::Others) | None => {}
        }
    }

    /// Moves the selection, or says that it is at the end of the list already.
    fn go_by(&mut self, motion: Motion, view: &View) -> Outcome {
        let before = (self.selected.clone(), self.rest);
        self.move_selection(motion, view);
        let has_moved = (self.selected.clone(), self.rest) != before;
        if has_moved { Outcome::Stay } else { Outcome::at_edge(motion) }
    }

    fn move_selection(&mut self, motion: Motion, view: &View) {
        // An item takes about two lines.
        let page = view.list_height() / 2;
        let rows = self.selectable(view);
        let selected = rows.iter().position(|row| self.is_selected(row));
        // What is selected may be out of sight: then the first or the last is the next one.
        let Some(selected) = selected else {
            let row = if motion == Motion::Last { rows.last() } else { rows.first() };
            return self.select_row(row);
        };
        self.select_row(rows.get(view.target(motion, selected, rows.len(), page)));
    }

    /// Shows the list, then the lesson's items, then all. The same item stays selected where
    /// it can.
    fn switch(&mut self, view: &View) {
        if self.rest == Rest::Selected {
            self.rest = Rest::Folded;
        }
        self.shows = match self.shows {
            Shows::MyList => Shows::Lesson,
            Shows::Lesson => Shows::All,
            Shows::All => Shows::MyList,
        };
        if self.selected_item(view).is_none() {
            self.select_row(self.selectable(view).first());
        }
    }

    /// Returns whether the row is selected behind which the other items are.
    fn is_at_more(&self) -> bool {
        self.shows == Shows::MyList && self.rest == Rest::Selected
    }

    /// Unfolds the other items, and selects the first of them.
    fn unfold(&mut self, view: &View) {
        let first_of_others = self.selectable(view).len().saturating_sub(1);
        self.rest = Rest::Open;
        self.select_row(self.selectable(view).get(first_of_others));
    }

    /// Marks the selected item, or takes the mark back when it is there already.
    fn mark(&self, mark: Mark, view: &View) -> Outcome {
        let Some(item) = self.selected_item(view) else { return self.no_item(view) };
        let new = view.practice().toggled(item.id, view.day, mark);
        refused_mark(new, view).unwrap_or_else(|| Outcome::Do(mark_change(&item, new, view)))
    }

    /// What to say where no item is selected.
    fn no_item(&self, view: &View) -> Outcome {
        Outcome::Say(if self.is_at_more() {
            format!("{} shows the other items; nothing is marked here.", key("choose", view))
        } else if self.selectable(view).is_empty() {
            let (add, others) = (key("add", view), key("view", view));
            format!("There is no item here. {add} adds one of your own; {others} shows others.")
        } else {
            let key = |name| view.key(Context::PANES, name);
            format!("Select an item first, with {} and {}.", key("down"), key("up"))
        })
    }

    fn with_item(&self, view: &View, opening: impl FnOnce(&AnyItem) -> OverlayRequest) -> Outcome {
        match self.selected_item(view) {
            Some(item) => Outcome::Open(opening(&item)),
            None => self.no_item(view),
        }
    }

    fn list(&mut self, view: &View) -> Outcome {
        let Some(item) = self.selected_item(view) else { return self.no_item(view) };
        let listed = !view.practice().is_listed(item.id);
        let label = format!("{}: {}", if listed { "on your list" } else { "off your list" }, item.text());
        let message = if listed {
            format!("It is on your list. {} shows your list.", key("view", view))
        } else {
            "It is off your list; its marks stay.".into()
        };
        // Where only the list is shown, the next one is at hand.
        if !listed && self.shows == Shows::MyList && self.rest != Rest::Open {
            self.select_beside(view);
        }
        let operation = choice(Chosen::Listed { item: item.id.clone(), listed }, view);
        Outcome::Do(JournalChange::new(label, vec![operation]).saying(message))
    }

    /// Selects the item below the selected one, else the one above it.
    fn select_beside(&mut self, view: &View) {
        let once = View { count: 1, number: None, ..*view };
        let before = self.selected.clone();
        self.move_selection(Motion::Down, &once);
        if self.selected == before {
            self.rest = Rest::Folded;
            self.move_selection(Motion::Up, &once);
        }
    }

    fn retire(&self, view: &View) -> Outcome {
        let Some(item) = self.selected_item(view) else { return self.no_item(view) };
        let ItemSource::Own(own) = item.source else {
            let key = key("my-list", view);
            return Outcome::Say(format!("The course's own items stay. {key} takes one off your list."));
        };
        let own = OwnItem { status: ItemStatus::Retired, ..own.clone() };
        let operation = choice(Chosen::OwnItem { item: item.id.clone(), own }, view);
        Outcome::Open(OverlayRequest::Confirm(Confirmation {
            question: format!("Retire this item?  {}", item.text()),
            consequence: "It leaves the checklist. Its marks stay, and the review still shows them.".into(),
            change: JournalChange::new(format!("retired: {}", item.text()), vec![operation]),
        }))
    }

    fn go_to_passage(&self, view: &View) -> Outcome {
        let Some(item) = self.selected_item(view) else { return self.no_item(view) };
        passage_of(&item, view)
    }
}

impl Default for ChecklistPane {
    fn default() -> Self {
        Self::new()
    }
}

fn sides(practice: Practice<'_>, wanted: impl Fn(&AnyItem) -> bool) -> Vec<ChecklistRow<'_>> {
    let mut rows = Vec::new();
    let (mut side, mut group) = (None, None);
    for item in practice.items().filter(wanted) {
        if side.replace(item.side()) != Some(item.side()) {
            rows.push(ChecklistRow::Title(item.side()));
            group = None;
        }
        rows.extend(heading_above(group, item.group()).map(ChecklistRow::Group));
        group = Some(item.group());
        rows.push(ChecklistRow::Item(item));
    }
    rows
}

fn choice(chosen: Chosen, view: &View) -> Operation {
    Operation::Choice(Choice { course: view.world.course.id.clone(), chosen })
}

fn key<'a>(name: &'static str, view: &View<'a>) -> &'a str {
    view.key(Context::CHECKLIST, name)
}

/// The way to the passage that teaches an item.
pub fn passage_of(item: &AnyItem, view: &View) -> Outcome {
    let ItemSource::Course(item) = item.source else {
        return Outcome::Say("This item is your own; no lesson teaches it.".into());
    };
    let block = view.world.course.passage(item);
    Outcome::Go(Jump::Block { lesson: item.lesson, block })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::reader::fixture::Fixture;
    use jiff::ToSpan as _;
    use jiff::civil::date;

    #[test]
    fn the_same_mark_again_takes_it_back() {
        let mut fixture = Fixture::new();
        let mut checklist = ChecklistPane::new();
        checklist.select_first(&fixture.view());
        let mark = |checklist: &mut ChecklistPane, fixture: &mut Fixture| {
            let outcome = checklist.update(ChecklistAction::Mark(Mark::Kept), &fixture.view());
            let Outcome::Do(change) = outcome else { panic!("{outcome:?}") };
            change.operations.iter().for_each(|operation| fixture.apply(operation));
            let first = fixture.course.items.first().map(|item| item.id.clone()).unwrap();
            fixture.view().practice().mark(&first, fixture.state.day)
        };
        assert_eq!(mark(&mut checklist, &mut fixture), Some(Mark::Kept));
        assert_eq!(mark(&mut checklist, &mut fixture), None);
    }

    #[test]
    fn a_mark_on_a_day_to_come_is_reached_and_can_only_be_taken_back() {
        let mut fixture = Fixture::new();
        let mut checklist = ChecklistPane::new();
        checklist.select_first(&fixture.view());
        let (today, to_come) = (fixture.state.day, date(2033, 1, 5));
        let view = fixture.view();
        let item = checklist.selected_item(&view).unwrap();
        let operations = view.practice().marking(&item, to_come, Some(Mark::Kept));
        for operation in &operations {
            fixture.apply(operation);
        }
        let next = checklist.update(ChecklistAction::DayAfter, &fixture.view());
        assert_eq!(next, Outcome::ShowDay(to_come));
        fixture.state.day = to_come;
        let further = checklist.update(ChecklistAction::DayAfter, &fixture.view());
        assert!(matches!(further, Outcome::Say(_)), "{further:?}");
        let other = checklist.update(ChecklistAction::Mark(Mark::Slipped), &fixture.view());
        assert!(matches!(other, Outcome::Say(_)), "{other:?}");
        let same = checklist.update(ChecklistAction::Mark(Mark::Kept), &fixture.view());
        assert!(matches!(same, Outcome::Do(_)), "{same:?}");
        let back = checklist.update(ChecklistAction::DayBefore, &fixture.view());
        assert_eq!(back, Outcome::ShowDay(today));
    }

    #[test]
    fn days_are_walked_through_as_far_as_there_are_records_and_at_least_four_weeks() {
        let mut fixture = Fixture::new();
        let mut checklist = ChecklistPane::new();
        checklist.select_first(&fixture.view());
        let today = fixture.state.today;
        let back = |checklist: &mut ChecklistPane, fixture: &Fixture, count| {
            checklist.update(ChecklistAction::DayBefore, &View { count, ..fixture.view() })
        };
        let four_weeks = today.saturating_sub(27.days());
        assert_eq!(back(&mut checklist, &fixture, 99), Outcome::ShowDay(four_weeks));
        fixture.state.day = four_weeks;
        let refused = back(&mut checklist, &fixture, 1);
        assert!(matches!(refused, Outcome::Say(_)), "{refused:?}");
        let first = today.saturating_sub(500.days());
        fixture.add_note(first, "It began");
        assert_eq!(back(&mut checklist, &fixture, 1), Outcome::ShowDay(four_weeks.yesterday().unwrap()));
        assert_eq!(back(&mut checklist, &fixture, 999), Outcome::ShowDay(first));
        fixture.state.day = first;
        assert!(matches!(back(&mut checklist, &fixture, 1), Outcome::Say(_)));
    }

    #[test]
    fn where_nothing_is_selected_nothing_is_marked() {
        let fixture = Fixture::new();
        let mut checklist = ChecklistPane::new();
        let outcome = checklist.update(ChecklistAction::Mark(Mark::Kept), &fixture.view());
        assert_eq!(outcome, Outcome::Say("Select an item first, with j and k.".into()));
    }
}
