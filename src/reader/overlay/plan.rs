//! The plan by weeks: where the reader is in it, and what each week has.
//!
//! Offered, never imposed: nothing here moves her on. Owns which week is unfolded and what is
//! selected; what a week comes to is decided in `practice`.

use crate::course::PlanWeek;
use crate::practice::{AnyItem, CurrentWeek, Practice, week_in_words};
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::{Context, Needs};
use crate::reader::list::{LinePiece, ListLine, Tone};
use crate::reader::outcome::{JournalChange, Jump, Outcome, OverlayRequest};
use crate::reader::overlay::lines::{OverlayLines, Scroll};
use crate::reader::overlay::shared::{ListAction, closing};
use crate::reader::pointer::Target;
use crate::reader::scroll::reach;
use crate::reader::view::View;
use crate::text::columns::{width, wrapped};

/// Its context.
pub const CONTEXT: Context = Context::overlay("weeks", "In the plan by weeks").needing(Needs::Plan);

/// Its rows, beside those of any list.
pub const ROWS: &[BindingRow<PlanAction>] = &[
    row(
        "Enter",
        "choose",
        PlanAction::Choose,
        "unfold the week, open the lesson, go to the item, write the look back",
        "open",
    ),
    row(
        "y",
        "be-in-week",
        PlanAction::BeInWeek,
        "be in this week: begin, go on, or go back",
        "be in this week",
    ),
    row(
        "*",
        "list",
        PlanAction::TakeItems,
        "put the week's items on your list, or the selected one",
        "on my list",
    ),
    row("-", "leave", PlanAction::Leave, "leave the plan; what you read and marked stays", "leave the plan"),
    row("R", "read-on", PlanAction::ReadOn, "read on: the next lesson that is left", "read on"),
    row("u", "undo", PlanAction::Undo, "undo the last thing done in this session", ""),
    row("Ctrl-r", "redo", PlanAction::Redo, "redo what was undone", ""),
];

/// The row that closes it.
pub const CLOSE: BindingRow<ListAction> = closing("P Esc q", "close the plan");

/// The plan while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekPlan {
    /// The week whose contents are shown, counted from 0.
    unfolded: Option<usize>,
    /// What is selected.
    selected: PlanEntry,
}

/// An entry of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PlanEntry {
    /// A week, counted from 0.
    Week(usize),
    /// A lesson of the unfolded week, by its place in it.
    Lesson(usize),
    /// An item of it, by its place in it.
    Item(usize),
    /// What to look back on at its end.
    LookBack,
}

/// What is done in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanAction {
    /// What is done in any list.
    List(ListAction),
    /// Unfolds the week, opens the lesson, goes to the item, writes the look back.
    Choose,
    /// Begins the week that is selected, or goes to it.
    BeInWeek,
    /// Puts the items of the week on the reader's list, or the selected one.
    TakeItems,
    /// Leaves the plan.
    Leave,
    /// Opens the next lesson that is left to read.
    ReadOn,
    /// Takes back what was done last.
    Undo,
    /// Does again what was taken back.
    Redo,
}

impl WeekPlan {
    /// With the week unfolded that the reader is in, else the first.
    pub fn open(view: &View) -> Self {
        let week = view.practice().current_week().map_or(0, |current| current.number);
        Self { unfolded: Some(week), selected: PlanEntry::Week(week) }
    }

    /// Applies an action.
    pub fn update(&mut self, action: PlanAction, view: &View) -> Outcome {
        match action {
            PlanAction::List(action) => self.list(action, view),
            PlanAction::Choose => self.choose(view),
            PlanAction::BeInWeek => self.be_in_week(view),
            PlanAction::TakeItems => self.take_items(view),
            PlanAction::Leave => leave(view),
            PlanAction::ReadOn => Outcome::Perform(Context::PANES, "read-on"),
            PlanAction::Undo => Outcome::Undo,
            PlanAction::Redo => Outcome::Redo,
        }
    }

    /// Its lines, at most `width` columns wide: those that can be in sight in `height` rows.
    pub fn lines(&self, view: &View, width: u16, height: u16) -> OverlayLines {
        let practice = view.practice();
        let weeks = practice.plan_weeks();
        let current = practice.current_week();
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        lines.head.push(ListLine::new("The plan by weeks", Tone::Title));
        lines.head.extend(
            wrapped(&where_she_is(current, view), width)
                .into_iter()
                .map(|text| ListLine::new(text, Tone::Quiet)),
        );
        lines.head.push(ListLine::default());
        let entries = self.entries(weeks);
        let selected = entries.iter().position(|entry| *entry == self.selected).unwrap_or(0);
        let reach = reach(selected, entries.len(), usize::from(height));
        for (index, &entry) in entries.iter().enumerate().skip(reach.start).take(reach.len()) {
            let is_here = |week| current.is_some_and(|current| current.number == week);
            let before = index.checked_sub(1).and_then(|before| entries.get(before).copied());
            self.push_label(entry, before, &mut lines);
            let selected = entry == self.selected;
            let of_entry = match entry {
                PlanEntry::Week(week) => week_lines(week, is_here(week), selected, view, width),
                PlanEntry::Lesson(place) => lesson_lines(self.lesson(place, weeks), selected, view, width),
                PlanEntry::Item(place) => item_lines(self.item(place, weeks), selected, practice, width),
                PlanEntry::LookBack => look_back_lines(self.unfolded_week(weeks), selected, width),
            };
            let target = Target::Choice(index);
            lines.lines.extend(of_entry.into_iter().map(|line| line.in_entry(target.clone(), selected)));
        }
        lines
    }

    /// The weeks, and below the unfolded one its lessons and items.
    fn entries(&self, weeks: &[PlanWeek]) -> Vec<PlanEntry> {
        let mut entries = Vec::with_capacity(weeks.len());
        for (index, week) in weeks.iter().enumerate() {
            entries.push(PlanEntry::Week(index));
            if self.unfolded == Some(index) {
                entries.extend((0..week.lessons.len()).map(PlanEntry::Lesson));
                entries.extend((0..week.items.len()).map(PlanEntry::Item));
                entries.extend((!week.look_back.is_empty()).then_some(PlanEntry::LookBack));
            }
        }
        entries
    }

    fn unfolded_week<'a>(&self, weeks: &'a [PlanWeek]) -> Option<&'a PlanWeek> {
        weeks.get(self.unfolded?)
    }

    /// A lesson of the unfolded week, as an index into the course's.
    fn lesson(&self, place: usize, weeks: &[PlanWeek]) -> Option<usize> {
        self.unfolded_week(weeks)?.lessons.get(place).copied()
    }

    /// An item of the unfolded week, as an index into the course's.
    fn item(&self, place: usize, weeks: &[PlanWeek]) -> Option<usize> {
        self.unfolded_week(weeks)?.items.get(place).copied()
    }

    /// The week of what is selected.
    fn week(&self) -> usize {
        match self.selected {
            PlanEntry::Week(week) => week,
            PlanEntry::Lesson(_) | PlanEntry::Item(_) | PlanEntry::LookBack => self.unfolded.unwrap_or(0),
        }
    }

    fn list(&mut self, action: ListAction, view: &View) -> Outcome {
        let entries = self.entries(view.practice().plan_weeks());
        let mut selected = entries.iter().position(|entry| *entry == self.selected).unwrap_or(0);
        let outcome = action.apply(&mut selected, entries.len(), view.list_height(), view);
        if let Some(entry) = entries.get(selected) {
            self.selected = *entry;
        }
        outcome
    }

    fn choose(&mut self, view: &View) -> Outcome {
        match self.selected {
            PlanEntry::Week(week) => {
                self.unfolded = (self.unfolded != Some(week)).then_some(week);
                Outcome::Stay
            }
            PlanEntry::Lesson(place) => {
                let lesson = self.lesson(place, view.practice().plan_weeks());
                lesson.map_or(Outcome::Stay, |lesson| Outcome::Go(Jump::Lesson(lesson)))
            }
            PlanEntry::Item(place) => {
                let practice = view.practice();
                let item = self.item(place, practice.plan_weeks()).and_then(|item| practice.item_at(item));
                item.map_or(Outcome::Stay, |item| Outcome::ShowItem(Some(item.id.clone()), None))
            }
            PlanEntry::LookBack => Outcome::Open(OverlayRequest::LookBack(self.week())),
        }
    }

    fn be_in_week(&mut self, view: &View) -> Outcome {
        let practice = view.practice();
        let (number, weeks) = (self.week(), practice.plan_weeks());
        let Some(week) = weeks.get(number) else { return Outcome::Stay };
        if practice.current_week().is_some_and(|current| current.number == number) {
            return Outcome::Say("You are in this week. It takes as long as you take.".into());
        }
        self.unfolded = Some(number);
        let place = week_in_words(number, weeks.len(), &week.title);
        let key = |name| view.key(CONTEXT, name);
        let message =
            format!("You are in {place}. {} reads on in it; {} takes it back.", key("read-on"), key("undo"));
        let operation = practice.beginning_week(u32::try_from(number).ok());
        Outcome::DoHere(JournalChange::new(place, vec![operation]).saying(message))
    }

    /// Puts the selected item on the reader's list, or those of the week.
    fn take_items(&self, view: &View) -> Outcome {
        let practice = view.practice();
        let operations = match self.selected {
            PlanEntry::Item(place) => practice.listing_items(self.item(place, practice.plan_weeks())),
            PlanEntry::Week(_) | PlanEntry::Lesson(_) | PlanEntry::LookBack => {
                let week = practice.plan_weeks().get(self.week());
                practice.listing_items(week.into_iter().flat_map(|week| week.items.iter().copied()))
            }
        };
        let added = match operations.len() {
            0 => return Outcome::Say("Nothing is left to put on your list here.".into()),
            1 => "1 item".to_owned(),
            many => format!("{many} items"),
        };
        let message = format!("On your list now: {added}. {} takes it back.", view.key(CONTEXT, "undo"));
        Outcome::DoHere(JournalChange::new(format!("on your list: {added}"), operations).saying(message))
    }

    /// Adds what stands above the first lesson and the first item of a week, and above the look back.
    fn push_label(&self, entry: PlanEntry, before: Option<PlanEntry>, lines: &mut OverlayLines) {
        let label = match (entry, before) {
            (PlanEntry::Lesson(_), Some(PlanEntry::Week(_))) => "Read",
            (PlanEntry::Item(_), Some(PlanEntry::Week(_) | PlanEntry::Lesson(_))) => "Practise",
            (PlanEntry::LookBack, _) => "Look back, at its end",
            (PlanEntry::Week(week), Some(_))
                if week > 0 && self.unfolded.is_some_and(|open| open + 1 == week) =>
            {
                return lines.blank();
            }
            _ => return,
        };
        lines.blank();
        lines.lines.push(ListLine::new(format!("{}{label}", " ".repeat(INDENT)), Tone::Quiet));
    }
}

/// Columns before the title of a week, and before what is in it: the cursor, the dot of the week that
/// the reader is in, the number.
const INDENT: usize = 7;

/// Where the reader is, and which key leads on.
fn where_she_is(current: Option<CurrentWeek>, view: &View) -> String {
    if let Some(current) = current {
        return format!("You are in {}.", current.in_words());
    }
    let key = view.key(CONTEXT, "be-in-week");
    format!("A week takes as long as you take. {key} begins the plan with the selected week.")
}

fn leave(view: &View) -> Outcome {
    let practice = view.practice();
    let Some(current) = practice.current_week() else {
        return Outcome::Say("You are in no week of the plan.".into());
    };
    let undo = view.key(CONTEXT, "undo");
    let message = format!("You have left the plan; what you read and marked stays. {undo} takes it back.");
    let label = format!("left the plan in {}", current.in_words());
    Outcome::DoHere(JournalChange::new(label, vec![practice.beginning_week(None)]).saying(message))
}

/// The lines of an entry: the cursor, its sign, its text, further lines set in.
fn entry_lines(sign: &str, text: &str, selected: bool, tone: Tone, room: u16) -> Vec<ListLine> {
    let cursor = if selected { "> " } else { "  " };
    let room = room.saturating_sub(u16::try_from(INDENT).unwrap_or(u16::MAX));
    let lines = wrapped(text, room).into_iter().enumerate();
    lines
        .map(|(index, text)| {
            let (cursor, sign) = if index == 0 { (cursor, sign) } else { ("  ", "") };
            let sign = format!("{sign:>width$} ", width = INDENT - 3);
            ListLine::of([
                LinePiece::new(cursor, Tone::Strong),
                LinePiece::new(sign, Tone::Strong),
                LinePiece::new(text, tone),
            ])
        })
        .collect()
}

/// A week, and how much of it is read, at the right edge where there is room.
fn week_lines(week: usize, is_here: bool, selected: bool, view: &View, room: u16) -> Vec<ListLine> {
    let practice = view.practice();
    let Some(planned) = practice.plan_weeks().get(week) else { return Vec::new() };
    let sign = format!("{}{:>3}", if is_here { "•" } else { " " }, week + 1);
    let tone = if is_here { Tone::Strong } else { Tone::Title };
    let mut lines = entry_lines(&sign, &planned.title, selected, tone, room);
    let read = planned.lessons.iter().filter(|lesson| practice.is_read(**lesson)).count();
    let said = match planned.lessons.len() {
        0 => String::new(),
        all => format!("{read} of {all} read"),
    };
    if let [line] = lines.as_mut_slice() {
        let free = usize::from(room).saturating_sub(width(&line.text()) + width(&said));
        if free > 1 {
            line.pieces.push(LinePiece::new(format!("{}{said}", " ".repeat(free)), Tone::Quiet));
        }
    }
    lines
}

fn lesson_lines(lesson: Option<usize>, selected: bool, view: &View, room: u16) -> Vec<ListLine> {
    let Some(lesson) = lesson else { return Vec::new() };
    let title = view.world.course.lessons.get(lesson).map_or("", |lesson| lesson.title());
    let sign = if view.practice().is_read(lesson) { "✓" } else { "" };
    entry_lines(sign, title, selected, Tone::Text, room)
}

fn item_lines(item: Option<usize>, selected: bool, practice: Practice, room: u16) -> Vec<ListLine> {
    let item: Option<AnyItem> = item.and_then(|item| practice.item_at(item));
    let is_listed = item.is_some_and(|item| practice.is_listed(item.id));
    let sign = if is_listed { "*" } else { "" };
    entry_lines(sign, item.map_or("", |item| item.text()), selected, Tone::Text, room)
}

/// What to look back on at the end of a week, as lines.
fn look_back_lines(week: Option<&PlanWeek>, selected: bool, room: u16) -> Vec<ListLine> {
    let look_back = week.map_or("", |week| &week.look_back).lines();
    let first_alone =
        |(index, text): (usize, &str)| entry_lines("", text, selected && index == 0, Tone::Text, room);
    look_back.enumerate().flat_map(first_alone).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
    use super::*;
    use crate::course::Course;
    use crate::reader::fixture::Fixture;
    use crate::reader::motion::Motion;

    /// A view of the built-in course with this many weeks, of one lesson each.
    fn with_weeks(count: usize) -> Fixture {
        let mut course = Course::built_in("reconcile").unwrap();
        let week = |number| PlanWeek {
            title: format!("Week of the number {number}"),
            lessons: vec![0],
            items: Vec::new(),
            look_back: "What helped?\nWhat did not?".into(),
        };
        course.plan = (0..count).map(week).collect();
        Fixture::of(course)
    }

    #[test]
    fn only_the_weeks_that_can_be_in_sight_become_lines() {
        let fixture = with_weeks(5_000);
        let plan = WeekPlan { unfolded: Some(2_500), selected: PlanEntry::Week(2_500) };
        let lines = plan.lines(&fixture.view(), 60, 20).lines;
        assert!(lines.len() < 80, "{}", lines.len());
        assert!(lines.iter().any(|line| line.selected && line.text().contains("number 2500")), "{lines:#?}");
    }

    #[test]
    fn the_look_back_of_a_week_is_the_last_of_its_entries_and_is_written_from_there() {
        let fixture = with_weeks(3);
        let mut plan = WeekPlan { unfolded: Some(1), selected: PlanEntry::Week(1) };
        let down = PlanAction::List(ListAction::Move(Motion::Down));
        plan.update(down, &fixture.view());
        plan.update(down, &fixture.view());
        assert_eq!(plan.selected, PlanEntry::LookBack);
        let lines = plan.lines(&fixture.view(), 60, 40).lines;
        let selected: Vec<String> = lines.iter().filter(|line| line.selected).map(ListLine::text).collect();
        assert_eq!(selected.len(), 2, "{selected:?}");
        assert!(selected.iter().zip(["> ", "  "]).all(|(line, begin)| line.starts_with(begin)));
        let outcome = plan.update(PlanAction::Choose, &fixture.view());
        assert_eq!(outcome, Outcome::Open(OverlayRequest::LookBack(1)));
        plan.update(down, &fixture.view());
        assert_eq!(plan.selected, PlanEntry::Week(2));
    }
}
