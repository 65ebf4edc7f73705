//! What a merge is said to have changed.

use super::*;
use crate::journal::Elsewhere;
use std::time::Instant;

fn apply(ledger: &mut Ledger, choice: Chosen) {
    ledger.apply(&Operation::Choice(Choice { course: CourseId::new("reconcile"), chosen: choice }));
}

/// The changes of a merge into an empty journal.
fn added_by(there: &Ledger) -> MergeChanges {
    let elsewhere = Elsewhere { ledger: there.clone(), ..Elsewhere::default() };
    MergeChanges::between(&Ledger::default(), there, &elsewhere, &mut CoursesAtHand::default())
}

#[test]
fn thousands_of_marks_are_named_without_reading_their_course_for_each() {
    let mut there = Ledger::default();
    for days in 0..1500 {
        let (course, item) = (CourseId::new("reconcile"), ItemId::new("no-begging"));
        let day = TODAY.saturating_sub(days.days());
        there.apply(&Operation::Mark { course, item, day, mark: Some(Mark::Kept) });
    }
    let began = Instant::now();
    Course::built_in("reconcile").unwrap();
    let once = began.elapsed();
    let began = Instant::now();
    let changes = added_by(&there);
    let took = began.elapsed();
    assert_eq!(changes.added.len(), 1500);
    assert!(changes.added[0].ends_with("kept: I did not beg or plead"), "{}", changes.added[0]);
    assert!(took < once * 300, "{took:?}, and reading the course once takes {once:?}");
}

#[test]
fn what_the_program_noted_itself_is_no_change_of_hers() {
    let (mut there, exercise) = (Ledger::default(), ExerciseId::new("a-question"));
    let lesson = LessonId::new("start-here");
    apply(&mut there, Chosen::Question { exercise: exercise.clone(), lesson, day: TODAY });
    apply(&mut there, Chosen::ExerciseText { exercise: exercise.clone(), prompt: "What now?".into() });
    let changes = added_by(&there);
    assert_eq!(changes, MergeChanges::default());
    apply(&mut there, Chosen::Answered { exercise, day: TODAY, known: Some(true) });
    let changes = added_by(&there);
    assert_eq!(changes.added.len(), 1, "{changes:?}");
}

#[test]
fn an_exercise_is_named_as_the_course_asks_it_now() {
    let course = Course::built_in("tour").unwrap();
    let (mut ledger, exercise) = (Ledger::default(), ExerciseId::new("first-thing"));
    let old = Chosen::ExerciseText { exercise: exercise.clone(), prompt: "As it was asked before".into() };
    ledger.apply(&Operation::Choice(Choice { course: course.id.clone(), chosen: old }));
    let prompt = |course: Option<&Course>| {
        let id = CourseId::new("tour");
        Practice::of_journal(&id, course, &ledger).prompt_of(&exercise).unwrap()
    };
    assert!(prompt(Some(&course)).starts_with("One thing that you would like to find out"));
    assert_eq!(prompt(None), "As it was asked before");
}
