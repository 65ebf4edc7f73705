//! What erasing would remove, in words, for whoever is asked before it is done.
//!
//! Owns what is counted: what the reader can see now. Older versions of it go too, but nobody knows
//! their number by heart. Must not erase.

use crate::journal::{Days, EraseScope, Ledger, Operation};

/// The number of those marks, notes and other texts that erasing this would remove: `41 marks, 3
/// notes`. Empty if there are none.
pub fn erasable_in_words(ledger: &Ledger, scope: EraseScope) -> String {
    let (mut marks, mut notes, mut texts) = (0, 0, 0);
    for course in ledger.courses() {
        for operation in ledger.current_operations(course, &Days::default()) {
            let count = match &operation {
                Operation::Mark { .. } => &mut marks,
                Operation::Note { .. } => &mut notes,
                Operation::Choice(choice) if choice.chosen.has_words() => &mut texts,
                Operation::Choice(_) | Operation::Place { .. } | Operation::Read { .. } => continue,
            };
            *count += usize::from(is_erased(&operation, scope));
        }
    }
    let kinds = [
        (marks, "mark", "marks"),
        (notes, "note", "notes"),
        (texts, "plan or own item", "plans and own items"),
    ];
    let counted = kinds.iter().filter(|(count, ..)| *count > 0).map(|(count, one, more)| {
        let noun = if *count == 1 { one } else { more };
        format!("{count} {noun}")
    });
    counted.collect::<Vec<_>>().join(", ")
}

fn is_erased(operation: &Operation, scope: EraseScope) -> bool {
    match scope {
        EraseScope::All => true,
        EraseScope::Notes => matches!(operation, Operation::Note { .. }),
        EraseScope::Words => operation.has_words(),
        // The day on which a plan was written is not in the ledger.
        EraseScope::Before(before) => match operation {
            Operation::Mark { day, .. } | Operation::Note { day, .. } => *day < before,
            Operation::Choice(_) | Operation::Place { .. } | Operation::Read { .. } => false,
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::course::{CourseId, ItemId};
    use crate::journal::{Choice, Chosen, IfThen, Mark};
    use jiff::civil::{Date, date};

    fn mark(day: Date) -> Operation {
        Operation::Mark { course: CourseId::new("c"), item: ItemId::new("i"), day, mark: Some(Mark::Kept) }
    }

    #[test]
    fn it_is_counted_what_each_choice_would_erase() {
        let course = CourseId::new("c");
        let note = Operation::Note {
            course: course.clone(),
            note: "n".into(),
            day: date(2026, 11, 2),
            place: None,
            text: "He called".into(),
        };
        let plan = Chosen::IfThen {
            item: ItemId::new("i"),
            plan: IfThen { cue: "he shouts".into(), response: "I leave".into() },
        };
        let plan = Operation::Choice(Choice { course, chosen: plan });
        let mut ledger = Ledger::default();
        for operation in [mark(date(2026, 11, 1)), mark(date(2026, 11, 3)), note, plan] {
            ledger.apply(&operation);
        }
        for (scope, words) in [
            (EraseScope::All, "2 marks, 1 note, 1 plan or own item"),
            (EraseScope::Words, "1 note, 1 plan or own item"),
            (EraseScope::Notes, "1 note"),
            (EraseScope::Before(date(2026, 11, 3)), "1 mark, 1 note"),
            (EraseScope::Before(date(2026, 11, 1)), ""),
        ] {
            assert_eq!(erasable_in_words(&ledger, scope), words, "{scope:?}");
        }
    }
}
