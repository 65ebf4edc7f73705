//! Today: everything that a day has, on one screen, and all of it done there.
//!
//! What a day has is `practice`'s to say; here is what is selected of it, and what the keys do. The
//! selected entry is named by its id, because another window may change the list at any time.

pub mod keys;
pub mod lines;

use crate::course::{ExerciseId, ItemId, Side};
use crate::journal::{Mark, Operation};
use crate::practice::{Agenda, AnyItem, DueQuestion, EveningLine, FIRST_ITEMS};
use crate::reader::day_shown::{day_after, day_before, mark_change, refused_mark};
use crate::reader::keys::context::Context;
use crate::reader::outcome::{JournalChange, Jump, Outcome, OverlayRequest};
use crate::reader::overlay::shared::ListAction;
use crate::reader::overlay::today::keys::{ANSWER, CONTEXT, RecallGrade, TodayAction};
use crate::reader::pane::checklist::passage_of;
use crate::reader::view::View;

/// Today while it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Today {
    /// The selected entry. Where it is gone, the first that is left to do is selected.
    selected: Option<TodayEntry>,
    /// Whether the first items of a list are chosen here.
    choosing: Choosing,
    /// The question of which the answer is shown.
    shown: Option<ExerciseId>,
}

/// Whether the reader is helped to begin her list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choosing {
    /// The list was empty when Today was opened.
    FirstItems,
    /// There was a list.
    Nothing,
}

/// Something on the screen that can be selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TodayEntry {
    /// An item of the reader's list.
    Item(ItemId),
    /// An item that is suggested for it.
    Suggestion(ItemId),
    /// The way to the whole checklist.
    Checklist,
    /// One of the three lines about the day, counted from 0.
    Line(usize),
    /// A question that is due.
    Question(ExerciseId),
    /// The lesson to read.
    Lesson,
}

impl Today {
    /// The day that the checklist shows, with what is first left to do selected.
    pub fn open(view: &View) -> Self {
        let is_empty = view.practice().listed_items().next().is_none();
        let choosing = if is_empty { Choosing::FirstItems } else { Choosing::Nothing };
        let mut today = Self { selected: None, choosing, shown: None };
        today.selected = today.first_to_do(&agenda(view), view);
        today
    }

    /// The context in which a key is resolved.
    pub fn context(&self) -> Context {
        match (&self.shown, &self.selected) {
            (Some(shown), Some(TodayEntry::Question(selected))) if shown == selected => ANSWER,
            _ => CONTEXT,
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: TodayAction, view: &View) -> Outcome {
        match action {
            TodayAction::List(action) => return self.in_list(action, view),
            TodayAction::Mark(mark) => return self.mark(mark, view),
            TodayAction::Tick(item) => {
                self.selected = Some(TodayEntry::Item(item));
                return self.mark(Mark::Kept, view);
            }
            TodayAction::Choose => return self.choose(view),
            TodayAction::DayBefore => return day_before(view),
            TodayAction::DayAfter => return day_after(view),
            TodayAction::Evening => return Outcome::Open(OverlayRequest::Evening),
            TodayAction::PutOnList => return self.put_on_list(view),
            TodayAction::Add => {
                let side = self.selected_item(view).map_or(Side::Avoid, |item| item.side());
                return Outcome::Open(OverlayRequest::NewItem(side));
            }
            TodayAction::Plan => {
                return match self.selected_item(view) {
                    Some(item) => Outcome::Open(OverlayRequest::Plan(item.id.clone())),
                    None => no_item(view),
                };
            }
            TodayAction::GoToPassage => return self.go_to_passage(view),
            TodayAction::Review => return Outcome::Open(OverlayRequest::Review),
            TodayAction::Undo => return Outcome::Undo,
            TodayAction::Redo => return Outcome::Redo,
            TodayAction::Answer(grade) => return self.answer(grade, view),
            TodayAction::HideAnswer => self.shown = None,
            TodayAction::NeverAsk => return self.never_ask(view),
            TodayAction::Questions => {
                self.shown = None;
                return switch_questions(view);
            }
        }
        Outcome::Stay
    }

    /// Selects the item that one of these operations marks, if there is one: what was undone is
    /// there to be done otherwise.
    pub fn follow<'a>(&mut self, operations: impl IntoIterator<Item = &'a Operation>) {
        let marked = operations.into_iter().find_map(|operation| match operation {
            Operation::Mark { item, .. } => Some(item),
            _ => None,
        });
        if let Some(item) = marked {
            self.selected = Some(TodayEntry::Item(item.clone()));
        }
    }

    /// What can be selected, from top to bottom.
    pub fn entries(&self, agenda: &Agenda, view: &View) -> Vec<TodayEntry> {
        let mut entries: Vec<TodayEntry> =
            agenda.items.iter().map(|item| TodayEntry::Item(item.item.id.clone())).collect();
        if let Some(suggestions) = self.suggestions(agenda, view) {
            entries.extend(suggestions.iter().map(|item| TodayEntry::Suggestion(item.id.clone())));
            if has_items(view) {
                entries.push(TodayEntry::Checklist);
            }
        }
        entries.extend((0..agenda.evening.len()).map(TodayEntry::Line));
        let questions = agenda.questions.iter();
        entries.extend(questions.map(|question| TodayEntry::Question(question.exercise.clone())));
        entries.extend(agenda.lesson.map(|_| TodayEntry::Lesson));
        entries
    }

    /// The items that are suggested; none while the reader has a list and does not begin it.
    pub fn suggestions<'a>(&self, agenda: &Agenda, view: &View<'a>) -> Option<Vec<AnyItem<'a>>> {
        let listed = agenda.items.len() + agenda.resting;
        let is_begun = listed >= FIRST_ITEMS || (listed > 0 && self.choosing == Choosing::Nothing);
        (!is_begun).then(|| {
            let mut items = view.practice().suggested_items(view.lesson);
            items.truncate(FIRST_ITEMS - listed);
            items
        })
    }

    /// The row of the selected entry among these; where it is gone, of the first that is left to do.
    pub fn row(&self, entries: &[TodayEntry], agenda: &Agenda, view: &View) -> usize {
        let row_of = |wanted: &TodayEntry| entries.iter().position(|entry| entry == wanted);
        let selected = self.selected.as_ref().and_then(row_of);
        selected.or_else(|| row_of(&self.first_to_do(agenda, view)?)).unwrap_or(0)
    }

    /// Returns whether the answer to a question is shown.
    pub fn shows_answer(&self, question: &DueQuestion) -> bool {
        self.context() == ANSWER && self.shown.as_ref() == Some(question.exercise)
    }

    /// What is first left to do: an item without a mark, else a line that is not written, else a
    /// question, else the lesson. With a list to be begun, its first suggestion.
    fn first_to_do(&self, agenda: &Agenda, view: &View) -> Option<TodayEntry> {
        let unmarked = agenda.items.iter().find(|item| item.mark.is_none());
        if let Some(item) = unmarked {
            return Some(TodayEntry::Item(item.item.id.clone()));
        }
        if let Some(item) = self.suggestions(agenda, view).unwrap_or_default().first() {
            return Some(TodayEntry::Suggestion(item.id.clone()));
        }
        let empty = agenda.evening.iter().position(EveningLine::is_empty);
        let question = agenda.questions.first();
        empty
            .map(TodayEntry::Line)
            .or_else(|| question.map(|question| TodayEntry::Question(question.exercise.clone())))
            .or_else(|| agenda.lesson.map(|_| TodayEntry::Lesson))
    }

    fn in_list(&mut self, action: ListAction, view: &View) -> Outcome {
        let agenda = agenda(view);
        let entries = self.entries(&agenda, view);
        let mut row = self.row(&entries, &agenda, view);
        let outcome = action.apply(&mut row, entries.len(), view.list_height() / 2, view);
        let selected = entries.into_iter().nth(row);
        if selected != self.selected {
            self.shown = None;
        }
        self.selected = selected;
        outcome
    }

    /// The entry that is selected now.
    fn selected_entry(&self, agenda: &Agenda, view: &View) -> Option<TodayEntry> {
        let entries = self.entries(agenda, view);
        let row = self.row(&entries, agenda, view);
        entries.into_iter().nth(row)
    }

    /// The selected item, on the list or suggested. What else the day has is gathered only where that
    /// is needed to tell.
    pub fn selected_item<'a>(&self, view: &View<'a>) -> Option<AnyItem<'a>> {
        let practice = view.practice();
        if let Some(TodayEntry::Item(item)) = &self.selected
            && let Some(item) = practice.item(item).filter(|item| practice.is_on_list_for(item, view.day))
        {
            return Some(item);
        }
        match self.selected_entry(&agenda(view), view)? {
            TodayEntry::Item(item) | TodayEntry::Suggestion(item) => view.practice().item(&item),
            TodayEntry::Checklist | TodayEntry::Line(_) | TodayEntry::Question(_) | TodayEntry::Lesson => {
                None
            }
        }
    }

    /// Marks the selected item and selects the next one without a mark, or takes the mark back.
    fn mark(&mut self, mark: Mark, view: &View) -> Outcome {
        let agenda = agenda(view);
        let item = match self.selected_entry(&agenda, view) {
            Some(TodayEntry::Item(item)) => item,
            Some(TodayEntry::Suggestion(_)) => {
                let key = view.key(CONTEXT, "choose");
                return Outcome::Say(format!("It is not on your list yet: {key} puts it there."));
            }
            Some(
                TodayEntry::Checklist | TodayEntry::Line(_) | TodayEntry::Question(_) | TodayEntry::Lesson,
            )
            | None => return no_item(view),
        };
        let mut items = agenda.items.iter().enumerate();
        let Some((at, marked)) = items.find(|(_, other)| *other.item.id == item) else {
            return no_item(view);
        };
        let new = view.practice().toggled(&item, view.day, mark);
        if let Some(refused) = refused_mark(new, view) {
            return refused;
        }
        let change = mark_change(&marked.item, new, view);
        self.selected = Some(TodayEntry::Item(item));
        if new.is_some() {
            self.select_next(at, &agenda);
        }
        Outcome::DoHere(change)
    }

    /// Selects the next item without a mark after this one, else the first without one, else the
    /// first line that is not written. Where nothing of that is left, this one stays selected.
    fn select_next(&mut self, at: usize, agenda: &Agenda) {
        let (before, after) = agenda.items.split_at(at.min(agenda.items.len()));
        let unmarked = after.iter().skip(1).chain(before).find(|item| item.mark.is_none());
        let next = unmarked.map(|item| TodayEntry::Item(item.item.id.clone()));
        let empty = || agenda.evening.iter().position(EveningLine::is_empty).map(TodayEntry::Line);
        if let Some(next) = next.or_else(empty) {
            self.selected = Some(next);
        }
    }

    fn choose(&mut self, view: &View) -> Outcome {
        let agenda = agenda(view);
        match self.selected_entry(&agenda, view) {
            Some(TodayEntry::Item(_)) => self.mark(Mark::Kept, view),
            Some(TodayEntry::Suggestion(_)) => self.put_on_list(view),
            Some(TodayEntry::Checklist) => Outcome::ShowItem(None, None),
            Some(TodayEntry::Line(line)) => {
                self.selected = Some(TodayEntry::Line(line));
                Outcome::Open(OverlayRequest::EveningLine(line))
            }
            Some(TodayEntry::Question(exercise)) => {
                self.selected = Some(TodayEntry::Question(exercise.clone()));
                self.shown = Some(exercise);
                Outcome::Stay
            }
            Some(TodayEntry::Lesson) => {
                agenda.lesson.map_or(Outcome::Stay, |lesson| Outcome::Go(Jump::Lesson(lesson)))
            }
            None => Outcome::Stay,
        }
    }

    /// Puts the selected item on the reader's list, or takes it off. The next entry is at hand then.
    fn put_on_list(&mut self, view: &View) -> Outcome {
        let Some(item) = self.selected_item(view) else { return no_item(view) };
        self.select_below(view);
        let undo = view.key(CONTEXT, "undo");
        let listed = !view.practice().is_listed(item.id);
        let (label, message) = if listed {
            ("on your list", format!("It is on your list. {undo} takes it off."))
        } else {
            ("off your list", format!("It is off your list; its marks stay. {undo} brings it back."))
        };
        let operation = view.practice().listing(item.id, listed);
        let change = JournalChange::new(format!("{label}: {}", item.text()), vec![operation]);
        Outcome::DoHere(change.saying(message))
    }

    /// Selects the entry below, because the selected one is about to go; at the end, the one above.
    fn select_below(&mut self, view: &View) {
        let agenda = agenda(view);
        let entries = self.entries(&agenda, view);
        let row = self.row(&entries, &agenda, view);
        let beside = entries.get(row + 1).or_else(|| entries.get(row.checked_sub(1)?));
        self.selected = beside.cloned();
        self.shown = None;
    }

    fn go_to_passage(&self, view: &View) -> Outcome {
        let agenda = agenda(view);
        match self.selected_entry(&agenda, view) {
            Some(TodayEntry::Item(_) | TodayEntry::Suggestion(_)) => {
                self.selected_item(view).map_or_else(|| no_item(view), |item| passage_of(&item, view))
            }
            Some(TodayEntry::Question(_)) => match self.selected_question(&agenda, view) {
                Some(question) => Outcome::Go(Jump::Lesson(question.lesson)),
                None => Outcome::Stay,
            },
            Some(TodayEntry::Lesson) => {
                agenda.lesson.map_or(Outcome::Stay, |lesson| Outcome::Go(Jump::Lesson(lesson)))
            }
            Some(TodayEntry::Checklist | TodayEntry::Line(_)) | None => no_item(view),
        }
    }

    fn selected_question<'a>(&self, agenda: &Agenda<'a>, view: &View) -> Option<DueQuestion<'a>> {
        let Some(TodayEntry::Question(selected)) = self.selected_entry(agenda, view) else { return None };
        agenda.questions.iter().find(|question| *question.exercise == selected).copied()
    }

    /// Saves whether the answer was known, which says when the question is asked again.
    fn answer(&mut self, grade: RecallGrade, view: &View) -> Outcome {
        let agenda = agenda(view);
        let Some(question) = self.selected_question(&agenda, view).filter(|it| self.shows_answer(it)) else {
            return no_question(view);
        };
        let (practice, known) = (view.practice(), grade == RecallGrade::Known);
        let when = practice.asked_again_in_words(question.exercise, known);
        let word = if known { "known" } else { "not yet" };
        let label = format!("{word}: {}", prompt_of(&question, view));
        let operation = practice.answering(question.exercise, view.day, known);
        self.select_below(view);
        let change = JournalChange::new(label, vec![operation]);
        Outcome::DoHere(change.saying(when))
    }

    fn never_ask(&mut self, view: &View) -> Outcome {
        let agenda = agenda(view);
        let Some(question) = self.selected_question(&agenda, view) else { return no_question(view) };
        let label = format!("not asked again: {}", prompt_of(&question, view));
        let operation = view.practice().asking(Some(question.exercise), false);
        self.select_below(view);
        let undo = view.key(CONTEXT, "undo");
        let message = format!("This question is never asked again. {undo} takes that back.");
        Outcome::DoHere(JournalChange::new(label, vec![operation]).saying(message))
    }
}

/// What the day that is shown has.
pub fn agenda<'a>(view: &View<'a>) -> Agenda<'a> {
    view.practice().agenda(view.day, view.lesson)
}

/// Returns whether there is a checklist to choose from.
fn has_items(view: &View) -> bool {
    view.practice().items().next().is_some()
}

/// What a question asks, for whoever undoes its answer.
fn prompt_of(question: &DueQuestion, view: &View) -> String {
    let found = view.practice().question_in(question.lesson, question.exercise);
    found.map_or_else(String::new, |found| found.prompt.clone())
}

/// Has all questions asked no more, or asked again.
fn switch_questions(view: &View) -> Outcome {
    let practice = view.practice();
    let asked = !practice.asks_questions();
    let (undo, again) = (view.key(CONTEXT, "undo"), view.key(CONTEXT, "questions"));
    let (label, message) = if asked {
        ("questions are asked again", format!("Questions are asked again. {undo} takes that back."))
    } else {
        ("no questions any more", format!("No question is asked any more. {again} has them asked again."))
    };
    Outcome::DoHere(JournalChange::new(label.into(), vec![practice.asking(None, asked)]).saying(message))
}

/// What to say where no item is selected.
fn no_item(view: &View) -> Outcome {
    let key = |name| view.key(CONTEXT, name);
    Outcome::Say(format!("Select an item first, with {} and {}.", key("down"), key("up")))
}

/// What to say where no question is selected, or its answer is not shown.
fn no_question(view: &View) -> Outcome {
    let key = |name| view.key(CONTEXT, name);
    Outcome::Say(format!("Select a question first; {} shows its answer.", key("choose")))
}
