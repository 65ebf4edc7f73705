//! Taking back and doing again by plain lines.
//!
//! Owns how the outcome is said: what is recorded now, and not what it was that was taken back.

use crate::cli::linear::conversation::Conversation;
use crate::cli::linear::response::Response;
use crate::cli::words::sentence;
use crate::journal::{Choice, Chosen, ItemStatus, Note, Operation};
use crate::practice::{Practice, evening_line, if_then_in_words, mark_word, week_in_words};
use crate::reader::undo::{CHANGED_SINCE, UndoOutcome, UndoStep};

/// The most things that are said one by one.
const MOST: usize = 4;

impl Conversation {
    /// A change that can be undone, with what is said of it.
    pub(super) fn change(&mut self, label: String, operations: Vec<Operation>, text: String) -> Response {
        let step = UndoStep::new(label, operations, &self.session.world());
        let keeps = step.after.clone();
        self.undo.push(step);
        Response { keeps, ..text.into() }
    }

    /// Takes back what was done last.
    pub(super) fn undo(&mut self) -> Response {
        match self.undo.undo(&self.session.world()) {
            UndoOutcome::Step(step) => self.say_now("Undone", &step.label, &step.before),
            UndoOutcome::ChangedSince => CHANGED_SINCE.into(),
            UndoOutcome::Nothing => "There is nothing to undo in this session.".into(),
        }
    }

    /// Does again what was taken back last.
    pub(super) fn redo(&mut self) -> Response {
        match self.undo.redo(&self.session.world()) {
            UndoOutcome::Step(step) => self.say_now("Redone", &step.label, &step.after),
            UndoOutcome::ChangedSince => CHANGED_SINCE.into(),
            UndoOutcome::Nothing => "There is nothing to redo.".into(),
        }
    }

    fn say_now(&self, done: &str, label: &str, keeps: &[Operation]) -> Response {
        let practice = self.session.world().practice();
        let now: Vec<String> = keeps.iter().filter_map(|operation| now(operation, practice)).collect();
        let text = match now.len() {
            1..=MOST => format!("{done}. Now: {}", now.join(" ")),
            _ => sentence(&format!("{done}: {label}")),
        };
        Response { keeps: keeps.to_vec(), ..text.into() }
    }
}

/// Says what is recorded once an operation is done; nothing for what nobody would miss.
fn now(operation: &Operation, practice: Practice) -> Option<String> {
    Some(match operation {
        Operation::Mark { item, day, mark, .. } => {
            let day = day.strftime("%A, %-d %B");
            let known = practice.item(item);
            let word = known.as_ref().map_or_else(|| mark_word(*mark), |item| item.mark_word(*mark));
            let text = practice.named(item).text.trim_end_matches('.');
            sentence(&format!("{day}. {text}: {word}"))
        }
        Operation::Note { text, .. } if text.is_empty() => "nothing is written.".into(),
        Operation::Note { note, day, place, text, .. } => {
            let note = Note { note: note.clone(), day: *day, place: place.clone(), text: text.clone() };
            // What an exercise asks may be long, and her words are what counts.
            let is_evening = evening_line(&note).is_some();
            let label = if is_evening { format!("{} ", practice.note_label(&note)) } else { String::new() };
            format!("{label}{}", sentence(text))
        }
        Operation::Choice(Choice { chosen, .. }) => chosen_now(chosen, practice)?,
        Operation::Place { .. } | Operation::Read { .. } => return None,
    })
}

fn chosen_now(chosen: &Chosen, practice: Practice) -> Option<String> {
    let named = |item| practice.named(item).text.trim_end_matches('.').to_owned();
    Some(match chosen {
        Chosen::Listed { item, listed: true } => format!("{}: on your list.", named(item)),
        Chosen::Listed { item, listed: false } => format!("{}: not on your list.", named(item)),
        Chosen::IfThen { item, plan } if plan.is_empty() => format!("{}: no if-then plan.", named(item)),
        Chosen::IfThen { plan, .. } => sentence(&if_then_in_words(plan)),
        Chosen::OwnItem { own, .. } if own.status == ItemStatus::Retired => {
            format!("{}: retired.", own.text.trim_end_matches('.'))
        }
        Chosen::OwnItem { own, .. } => {
            let under =
                if own.group.is_empty() { String::new() } else { format!(" Under {}", sentence(&own.group)) };
            format!("{}{under} How often: {}.", sentence(&own.text), own.rhythm)
        }
        Chosen::Route { lessons } if lessons.is_empty() => "no order of lessons of your own.".into(),
        Chosen::Route { lessons } => format!("an order of {} lessons.", lessons.len()),
        Chosen::PlanWeek { week } => {
            let weeks = practice.plan_weeks();
            let index = week.and_then(|week| usize::try_from(week).ok());
            match index.and_then(|index| Some((index, weeks.get(index)?))) {
                Some((index, week)) => sentence(&week_in_words(index, weeks.len(), &week.title)),
                None => "you are in no week of the plan.".into(),
            }
        }
        Chosen::Asking { exercise: None, asked: true } => "questions are asked.".into(),
        Chosen::Asking { exercise: None, asked: false } => "no question is asked.".into(),
        Chosen::Asking { asked: true, .. } => "this question is asked.".into(),
        Chosen::Asking { asked: false, .. } => "this question is not asked.".into(),
        Chosen::Answered { known: None, .. } => "the question is not answered.".into(),
        Chosen::Answered { known: Some(true), .. } => "the answer was known.".into(),
        Chosen::Answered { known: Some(false), .. } => "the answer was not known.".into(),
        Chosen::NamedPlace { .. }
        | Chosen::ItemText { .. }
        | Chosen::Question { .. }
        | Chosen::ExerciseText { .. } => return None,
    })
}
