//! What a day has: its items, what a list is begun with, and twelve weeks of squares.

use super::*;
use crate::course::guide::GuideOutcome;
use crate::course::lesson::{Lesson, LessonSource, LessonTitle};
use crate::course::{Day, ExerciseId, Guide, LessonId, PlanWeek};

/// A course of five lessons; each of these items is taught in a lesson of its own, in their order.
fn taught(ids: &[&str]) -> Course {
    let lesson = |number: usize| {
        let id = LessonId::new(format!("lesson-{number}"));
        Lesson::new(id, LessonTitle::Known(format!("Lesson {number}")), 0, LessonSource::BuiltIn(""))
    };
    let item_of = |(lesson, id): (usize, &&str)| Item { lesson, ..item(id, Side::Embrace, id) };
    Course { lessons: (0..5).map(lesson).collect(), ..course(ids.iter().enumerate().map(item_of).collect()) }
}

fn list(ledger: &mut Ledger, ids: &[&str]) {
    for id in ids {
        chosen(ledger, Chosen::Listed { item: ItemId::new(*id), listed: true });
    }
}

fn agenda_ids(agenda: &Agenda) -> Vec<String> {
    agenda.items.iter().map(|item| item.item.id.to_string()).collect()
}

#[test]
fn a_day_has_the_items_of_the_list_that_are_meant_for_it() {
    let mondays = Rhythm::Days([Day::Mon].into());
    let mut items =
        vec![item("rush", Side::Avoid, "I did not rush"), item("rest", Side::Embrace, "I rested")];
    items.push(Item { rhythm: mondays, ..item("call", Side::Embrace, "I called") });
    items.push(item("other", Side::Embrace, "I did something else"));
    let (course, mut ledger) = (course(items), Ledger::default());
    list(&mut ledger, &["call", "rest", "rush"]);
    let practice = Practice::new(&course, &ledger);
    // A Sunday.
    let agenda = practice.agenda(TODAY, 0);
    assert_eq!((agenda_ids(&agenda), agenda.resting), (vec!["rush".into(), "rest".into()], 1));
    let monday = practice.agenda(date(2026, 11, 23), 0);
    assert_eq!((agenda_ids(&monday).len(), monday.resting), (3, 0));
}

#[test]
fn a_plan_helps_until_its_item_is_marked_and_the_lines_are_those_of_the_day() {
    let (course, mut ledger) = (usual(), Ledger::default());
    list(&mut ledger, &["rest"]);
    let plan = IfThen { cue: "it is nine".into(), response: "I rest".into() };
    chosen(&mut ledger, Chosen::IfThen { item: ItemId::new("rest"), plan: plan.clone() });
    let [happened, ..] = evening_prompts(TODAY);
    let (note, text) = (happened.name, "He called.\nAt nine.".to_owned());
    ledger.apply(&Operation::Note { course: course.id.clone(), note, day: TODAY, place: None, text });
    let agenda = Practice::new(&course, &ledger).agenda(TODAY, 0);
    assert_eq!((agenda.items[0].mark, agenda.items[0].plan), (None, Some(&plan)));
    let lines: Vec<&str> = agenda.evening.iter().map(EveningLine::first_line).collect();
    assert_eq!(lines, ["He called.", "", ""]);
    mark(&mut ledger, "rest", TODAY, Some(Mark::Slipped));
    let practice = Practice::new(&course, &ledger);
    let agenda = practice.agenda(TODAY, 0);
    assert_eq!((agenda.items[0].mark, agenda.items[0].plan), (Some(Mark::Slipped), None));
    let yesterday = practice.agenda(TODAY.yesterday().unwrap(), 0);
    assert!(yesterday.evening.iter().all(EveningLine::is_empty));
    assert_eq!(yesterday.items[0].mark, None);
}

#[test]
fn a_list_begins_with_what_the_open_lesson_teaches_then_the_week_then_the_self_check() {
    let mut course = taught(&["a", "b", "c", "d", "e"]);
    let suggested = |course: &Course, ledger: &Ledger, open: usize| -> Vec<String> {
        let items = Practice::new(course, ledger).suggested_items(open);
        items.iter().map(|item| item.id.to_string()).collect()
    };
    let mut ledger = Ledger::default();
    // Nothing else is known: from the open lesson on, in the order of the lessons.
    assert_eq!(suggested(&course, &ledger, 3), ["d", "e", "a"]);
    let outcome = GuideOutcome {
        id: "o".into(),
        title: "O".into(),
        text: String::new(),
        lessons: vec![1],
        items: vec![4],
    };
    let guide = Guide {
        title: "Where am I?".into(),
        introduction: String::new(),
        start: 0,
        questions: vec![],
        outcomes: vec![outcome],
        otherwise: 0,
    };
    course.guide = guide.into();
    assert_eq!(suggested(&course, &ledger, 0), ["a", "e", "b"]);
    let week = |items| PlanWeek { title: "W".into(), lessons: vec![], items, look_back: String::new() };
    course.plan = vec![week(vec![2]), week(vec![3])];
    assert_eq!(suggested(&course, &ledger, 0), ["a", "c", "e"]);
    let begin = Practice::new(&course, &ledger).beginning_week(Some(1));
    ledger.apply(&begin);
    assert_eq!(suggested(&course, &ledger, 0), ["a", "d", "e"]);
    // What is on the list already is not suggested for it.
    list(&mut ledger, &["a", "d"]);
    assert_eq!(suggested(&course, &ledger, 0), ["e", "b", "c"]);
    list(&mut ledger, &["b", "c", "e"]);
    assert_eq!(suggested(&course, &ledger, 0), [""; 0]);
}

#[test]
fn the_lesson_to_read_is_the_open_one_until_it_was_read() {
    let (course, mut ledger) = (taught(&[]), Ledger::default());
    assert_eq!(Practice::new(&course, &ledger).agenda(TODAY, 1).lesson, Some(1));
    for lesson in 0..5 {
        let id = course.lessons[lesson].id.clone();
        ledger.apply(&Operation::Read { course: course.id.clone(), lesson: id });
        let next = (lesson < 4).then_some(lesson + 1);
        assert_eq!(Practice::new(&course, &ledger).agenda(TODAY, lesson).lesson, next);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_square_is_what_a_plain_recount_of_its_day_gives(
        marks in prop::collection::vec((0..3_usize, -100..3_i32, some_mark()), 0..160),
        back in 0..7_i32,
    ) {
        let ids = ["no-rush", "rest", "other"];
        let mut items = usual().items;
        items.push(item("other", Side::Avoid, "I did not do the other"));
        let (course, mut ledger) = (course(items), Ledger::default());
        // The third is not on the list.
        list(&mut ledger, &ids[..2]);
        for (item, days, what) in &marks {
            mark(&mut ledger, ids[*item], TODAY.saturating_add(days.days()), *what);
        }
        let today = TODAY.saturating_sub(back.days());
        let practice = Practice::new(&course, &ledger);
        let squares = practice.squares(today);
        prop_assert_eq!(squares.week(Squares::WEEKS - 1), practice.week_of(today));
        for week in 0..Squares::WEEKS {
            for day in 0..7 {
                let date = squares.week(week).saturating_add(i32::try_from(day).unwrap().days());
                prop_assert_eq!(squares.place_of(date), Some((week, day)));
                let kept = ids[..2].iter().filter(|id| practice.mark(&ItemId::new(**id), date) == Some(Mark::Kept)).count();
                let slipped = ids[..2].iter().filter(|id| practice.mark(&ItemId::new(**id), date) == Some(Mark::Slipped)).count();
                let expected = match (kept, slipped) {
                    _ if date > today => Square::ToCome,
                    (0, 0) => Square::Blank,
                    (0, _) => Square::None,
                    (_, 0) => Square::All,
                    (_, _) => Square::Some,
                };
                prop_assert_eq!(squares.at(week, day), expected, "{}", date);
            }
        }
    }

    #[test]
    fn a_question_is_due_when_all_of_its_answers_one_after_the_other_say_so(
        answers in prop::collection::btree_map(1..400_i32, any::<bool>(), 0..30),
    ) {
        let (course, mut ledger) = (taught(&[]), Ledger::default());
        let question = ExerciseId::new("q");
        let met = date(2026, 1, 1);
        let lesson = course.lessons[0].id.clone();
        let operations = Practice::new(&course, &ledger).meeting(&lesson, std::slice::from_ref(&question), met);
        for operation in &operations {
            ledger.apply(operation);
        }
        // Leitner's rule, word by word.
        let (mut in_box, mut since) = (0_usize, met);
        for (days, known) in &answers {
            since = met.saturating_add(days.days());
            in_box = if *known { (in_box + 1).min(4) } else { 0 };
            let operation = Practice::new(&course, &ledger).answering(&question, since, *known);
            ledger.apply(&operation);
        }
        let due = since.saturating_add([1, 3, 7, 21, 60][in_box].days());
        let practice = Practice::new(&course, &ledger);
        prop_assert_eq!(practice.due_questions(due.yesterday().unwrap()).len(), 0);
        prop_assert_eq!(practice.due_questions(due).len(), 1);
        prop_assert_eq!(practice.asked_again_after(&question, false), 1);
        let next = [3, 7, 21, 60, 60][in_box];
        prop_assert_eq!(practice.asked_again_after(&question, true), next);
    }
}

#[test]
fn signs_of_squares_can_be_told_without_colour() {
    let signs: std::collections::BTreeSet<char> =
        Square::EXPLAINED.iter().map(|square| square.sign()).collect();
    assert_eq!(signs.len(), Square::EXPLAINED.len());
}
