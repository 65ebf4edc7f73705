//! What a merge changed here, and what stood against it, in words.
//!
//! Owns how a record is told to somebody who decides by hand. The command and the screen say it in
//! forms of their own.

use crate::course::{Course, CourseId, ItemId};
use crate::journal::{Choice, Chosen, Days, Elsewhere, Ledger, Note, Operation, main_name};
use crate::practice::Practice;
use crate::practice::export::choice_in_a_sentence;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The most lines that are listed of each kind of change.
const MOST_LISTED: usize = 20;

/// The courses whose texts are at hand: the one that is open, and the built-in ones. Each of these is
/// read when it is first asked for and once alone: a merge names thousands of records.
#[derive(Debug, Default)]
pub struct CoursesAtHand<'a> {
    open: Option<&'a Course>,
    built_in: BTreeMap<CourseId, Option<Course>>,
}

/// What a merge changed, each record in a line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct MergeChanges {
    /// What is here now and was not.
    pub added: Vec<String>,
    /// What is another here now than it was.
    pub changed: Vec<String>,
    /// What is another here now, though whoever wrote it did not know what was here.
    pub overruled: Vec<String>,
    /// What was here and is not any more.
    pub removed: Vec<String>,
    /// What is another there than here and was not taken, though whoever wrote what is here did not
    /// know of it.
    pub against: Vec<String>,
}

impl MergeChanges {
    /// The changes that led from one state of this journal to another when that journal `there` was
    /// merged.
    pub fn between(
        before: &Ledger,
        after: &Ledger,
        there: &Elsewhere,
        courses: &mut CoursesAtHand<'_>,
    ) -> Self {
        let came = before.incoming(all(after));
        let hers = |operations: Vec<Operation>| operations.into_iter().filter(is_hers);
        let (overruled, changed): (Vec<_>, Vec<_>) =
            hers(came.differing).partition(|operation| there.is_unaware(operation, before));
        let mut in_words = |operations: &[Operation]| -> Vec<String> {
            operations.iter().map(|now| change(now, before, after, courses)).collect()
        };
        let (overruled, mut changed) = (in_words(&overruled), in_words(&changed));
        // What was read here before is history, and no contradiction.
        let against = hers(after.incoming(all(&there.ledger)).differing);
        let against = against.filter(|operation| there.is_unaware(operation, before));
        let against = against.map(|one| not_taken(&one, after, courses)).collect();
        let (mut came, mut went) = (came.new, after.incoming(all(before)).new);
        let reworded = take_reworded(&mut came, &mut went);
        changed.extend(operations_in_words(&reworded, after, courses));
        let mut words = |operations: &[Operation], ledger: &Ledger| {
            let own = own_items(operations);
            let hers = operations.iter().filter(|one| is_hers(one) && !is_said_of(one, &own));
            hers.map(|operation| operation_in_words(operation, ledger, courses)).collect()
        };
        Self { added: words(&came, after), changed, overruled, removed: words(&went, before), against }
    }

    /// As [`MergeChanges::titled`], but at most 20 lines of each kind, and how many more there are.
    pub fn listed(&self) -> impl Iterator<Item = (&'static str, Vec<String>)> {
        self.titled().map(|(title, lines)| (title, first_lines(lines)))
    }

    /// The kinds of change that there are, each under its title.
    pub fn titled(&self) -> impl Iterator<Item = (&'static str, &[String])> {
        let kinds = [
            ("Added:", self.added.as_slice()),
            ("Changed:", &self.changed),
            ("No longer here:", &self.removed),
            (
                "Changed, though neither machine knew what the other had. Which one counts is decided in \
                 the same way on both, not by the clock on the wall. To set one right, mark or write it \
                 again:",
                &self.overruled,
            ),
            (
                "Not taken, because neither machine knew what the other had. Which one counts is decided \
                 in the same way on both, not by the clock on the wall. To set one right, mark or write \
                 it again:",
                &self.against,
            ),
        ];
        kinds.into_iter().filter(|(_, lines)| !lines.is_empty())
    }
}

impl<'a> CoursesAtHand<'a> {
    /// The built-in courses, and the one that is open, if one is.
    pub fn with(open: Option<&'a Course>) -> Self {
        Self { open, ..Self::default() }
    }

    /// The course with this id, if its texts are at hand.
    fn get(&mut self, id: &CourseId) -> Option<&Course> {
        match self.open {
            Some(open) if open.id == *id => Some(open),
            _ => {
                let built_in = self.built_in.entry(id.clone());
                built_in.or_insert_with(|| Course::built_in(id.as_str()).ok()).as_ref()
            }
        }
    }
}

/// At most 20 of these lines, and how many more there are.
pub fn first_lines(lines: &[String]) -> Vec<String> {
    let rest = lines.len().saturating_sub(MOST_LISTED);
    let more = (rest > 0).then(|| format!("and {rest} more"));
    lines.iter().take(MOST_LISTED).cloned().chain(more).collect()
}

/// Describes operations, a line each.
pub fn operations_in_words(
    operations: &[Operation],
    ledger: &Ledger,
    courses: &mut CoursesAtHand<'_>,
) -> Vec<String> {
    operations.iter().map(|operation| operation_in_words(operation, ledger, courses)).collect()
}

/// Describes an operation, for somebody who wants to decide by hand.
fn operation_in_words(operation: &Operation, ledger: &Ledger, courses: &mut CoursesAtHand<'_>) -> String {
    match operation {
        Operation::Mark { course, item, day, mark } => {
            let practice = Practice::of_journal(course, courses.get(course), ledger);
            let item = practice.named(item);
            format!("{day}: {}: {}", item.mark_word(*mark), item.text)
        }
        Operation::Choice(Choice { course, chosen }) => {
            choice_in_a_sentence(chosen, &Practice::of_journal(course, courses.get(course), ledger))
        }
        Operation::Note { course, note, day, place, text } => {
            let note = Note { note: note.clone(), day: *day, place: place.clone(), text: text.clone() };
            let practice = Practice::of_journal(course, courses.get(course), ledger);
            format!("{day}: {}", practice.note_in_words(&note))
        }
        Operation::Place { place, .. } => format!("a place in {}", place.lesson),
        Operation::Read { lesson, .. } => format!("{lesson} was read"),
    }
}

/// Takes out the notes that came with other words than those that went, and returns them: to the
/// reader that is one note which was changed.
fn take_reworded(came: &mut Vec<Operation>, went: &mut Vec<Operation>) -> Vec<Operation> {
    let mut gone: BTreeMap<(CourseId, String, Date), Vec<Operation>> = BTreeMap::new();
    let mut left = Vec::with_capacity(went.len());
    for operation in went.drain(..) {
        match subject_of(&operation) {
            Some(subject) => gone.entry(subject).or_default().push(operation),
            None => left.push(operation),
        }
    }
    let is_other =
        |now: &mut Operation| subject_of(now).and_then(|subject| gone.get_mut(&subject)?.pop()).is_some();
    let reworded = came.extract_if(.., is_other).collect();
    left.extend(gone.into_values().flatten());
    *went = left;
    reworded
}

/// What a note is about: its course, its name without what tells it from others of the name, its day.
fn subject_of(operation: &Operation) -> Option<(CourseId, String, Date)> {
    match operation {
        Operation::Note { course, note, day, .. } => Some((course.clone(), main_name(note).to_owned(), *day)),
        Operation::Mark { .. } | Operation::Choice(_) | Operation::Place { .. } | Operation::Read { .. } => {
            None
        }
    }
}

/// Everything that a ledger holds, course by course.
fn all(ledger: &Ledger) -> Vec<Operation> {
    ledger.courses().flat_map(|course| ledger.current_operations(course, &Days::default())).collect()
}

/// Returns whether something is the reader's own doing: where she was in a text, which questions a
/// lesson had, and a copy of what the course says, are not.
fn is_hers(operation: &Operation) -> bool {
    match operation {
        Operation::Choice(Choice { chosen, .. }) => match chosen {
            Chosen::ItemText { .. } | Chosen::ExerciseText { .. } | Chosen::Question { .. } => false,
            Chosen::Listed { .. }
            | Chosen::Route { .. }
            | Chosen::OwnItem { .. }
            | Chosen::IfThen { .. }
            | Chosen::NamedPlace { .. }
            | Chosen::PlanWeek { .. }
            | Chosen::Answered { .. }
            | Chosen::Asking { .. } => true,
        },
        Operation::Place { .. } => false,
        Operation::Mark { .. } | Operation::Note { .. } | Operation::Read { .. } => true,
    }
}

/// The own items among these operations.
fn own_items(operations: &[Operation]) -> BTreeSet<(&CourseId, &ItemId)> {
    let own = operations.iter().filter_map(|operation| match operation {
        Operation::Choice(Choice { course, chosen: Chosen::OwnItem { item, .. } }) => Some((course, item)),
        _ => None,
    });
    own.collect()
}

/// Returns whether it only says that one of these items is on the list: the item is named anyway.
fn is_said_of(operation: &Operation, own: &BTreeSet<(&CourseId, &ItemId)>) -> bool {
    match operation {
        Operation::Choice(Choice { course, chosen: Chosen::Listed { item, .. } }) => {
            own.contains(&(course, item))
        }
        _ => false,
    }
}

/// What is another now than it was: `2026-11-20: kept: I did not beg (was slipped)`.
fn change(now: &Operation, before: &Ledger, after: &Ledger, courses: &mut CoursesAtHand<'_>) -> String {
    let words = operation_in_words(now, after, courses);
    match now {
        Operation::Mark { course, item, day, .. } => {
            let practice = Practice::of_journal(course, courses.get(course), after);
            format!("{words} (was {})", practice.named(item).mark_word(before.mark(course, item, *day)))
        }
        Operation::Choice(Choice { course, chosen }) => {
            let was = before.current_choice(course, chosen);
            let is_note = was.is_some_and(|was| after.has_as_note(course, &was));
            if is_note { format!("{words} (what was here is a note now)") } else { words }
        }
        Operation::Note { .. } | Operation::Place { .. } | Operation::Read { .. } => words,
    }
}

/// What was not taken, and what stays: `2026-11-20: slipped: I did not beg (kept stays)`.
fn not_taken(there: &Operation, after: &Ledger, courses: &mut CoursesAtHand<'_>) -> String {
    let words = operation_in_words(there, after, courses);
    match there {
        Operation::Mark { course, item, day, .. } => {
            let practice = Practice::of_journal(course, courses.get(course), after);
            format!("{words} ({} stays)", practice.named(item).mark_word(after.mark(course, item, *day)))
        }
        Operation::Choice(Choice { course, chosen }) if after.has_as_note(course, chosen) => {
            format!("{words} (it is a note now)")
        }
        Operation::Choice(_) | Operation::Note { .. } | Operation::Place { .. } | Operation::Read { .. } => {
            words
        }
    }
}
