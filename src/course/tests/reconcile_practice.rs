//! What the course `reconcile` gives its readers to do: exercises, groups, and the plan of six weeks.

use crate::course::{Course, LessonId, Rhythm, Side};
use crate::text::document::{BlockKind, Frame};
use crate::text::{Exercise, ExerciseKind};
use std::collections::BTreeSet;

/// The parts whose lessons are asked about again.
const ASKED: [&str; 3] = ["Understand", "Where you are", "What to do"];

/// The lessons with replies to choose from.
const WITH_REPLIES: [&str; 6] = [
    "two-kinds-of-leaving",
    "he-values-you-and-still-wants-to-go",
    "he-no-longer-values-what-you-have",
    "when-he-will-not-talk",
    "what-to-avoid",
    "talk-so-that-he-wants-to-talk",
];

/// How many exchanges there are to choose a reply in, at least.
const REPLIES: usize = 8;

/// The most sentences of an answer to a question.
const MOST_SENTENCES: usize = 3;

/// The lines at the head of a lesson that say it in short.
const IN_SHORT: usize = 3;

/// The most groups of a side, so that it is seen at a glance.
const MOST_GROUPS: usize = 4;

fn reconcile() -> Course {
    Course::built_in("reconcile").unwrap()
}

fn exercises(course: &Course, lesson: usize, kind: ExerciseKind) -> Vec<Exercise> {
    let all = course.document(lesson).exercises();
    all.iter().filter(|exercise| exercise.kind == kind).cloned().collect()
}

fn lesson(course: &Course, id: &str) -> usize {
    course.lesson_index(&LessonId::new(id)).unwrap_or_else(|| panic!("no lesson {id}"))
}

/// Whether she may be in danger, or is about to write to him: no page to be asked anything.
fn is_for_an_emergency(course: &Course, lesson: usize) -> bool {
    [course.stop_first, course.first_aid].contains(&Some(lesson))
}

#[test]
fn first_aid_is_the_page_tonight_and_the_course_says_what_it_is() {
    let course = reconcile();
    assert_eq!(course.first_aid, Some(lesson(&course, "tonight")));
    assert!(course.welcome.is_some());
}

#[test]
fn pages_for_an_emergency_ask_for_nothing() {
    let course = reconcile();
    let pages: Vec<usize> =
        (0..course.lessons.len()).filter(|at| is_for_an_emergency(&course, *at)).collect();
    assert_eq!(pages.len(), 2);
    for page in pages {
        assert!(course.document(page).exercises().is_empty(), "{}", course.lessons[page].id);
    }
}

#[test]
fn of_two_lessons_at_least_one_has_room_to_write() {
    let course = reconcile();
    let lessons: Vec<usize> =
        (0..course.lessons.len()).filter(|at| !is_for_an_emergency(&course, *at)).collect();
    for two in lessons.windows(2) {
        let has = two.iter().any(|at| !exercises(&course, *at, ExerciseKind::Write).is_empty());
        assert!(has, "nothing to write in {} and the next", course.lessons[two[0]].id);
    }
}

#[test]
fn her_own_problem_is_written_early_and_comes_back() {
    let course = reconcile();
    let has = |at: &str, kind| {
        exercises(&course, lesson(&course, at), kind).iter().any(|exercise| exercise.id == "my-problem")
    };
    assert!(has("why-people-do-what-they-do", ExerciseKind::Write));
    for later in [
        "he-values-you-and-still-wants-to-go",
        "he-no-longer-values-what-you-have",
        "expect-the-right-things",
        "making-it-yours",
    ] {
        assert!(has(later, ExerciseKind::Yours), "{later}");
    }
}

#[test]
fn replies_are_chosen_in_written_exchanges() {
    let course = reconcile();
    let of = |id: &&str| exercises(&course, lesson(&course, id), ExerciseKind::Choose);
    let counts: Vec<usize> = WITH_REPLIES.iter().map(|id| of(id).len()).collect();
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    assert!(counts.iter().sum::<usize>() >= REPLIES, "{counts:?}");
    for reply in WITH_REPLIES.iter().flat_map(of) {
        assert!(reply.answers.iter().any(|answer| !answer.is_right), "{}: all are right", reply.id);
        let alone = reply.prompt.lines().count() < 2;
        let speaks = reply.answers.iter().filter(|answer| answer.text.starts_with('“')).count() > 1;
        assert!(!alone || speaks, "{} is no exchange", reply.id);
    }
}

#[test]
fn lessons_to_understand_and_to_act_on_ask_one_or_two_short_questions() {
    let course = reconcile();
    for title in ASKED {
        let part = course.parts.iter().find(|part| part.title == title).unwrap();
        for at in part.lessons.clone() {
            let questions = exercises(&course, at, ExerciseKind::Ask);
            assert!((1..=2).contains(&questions.len()), "{}: {}", course.lessons[at].id, questions.len());
            for question in questions {
                let answer = question.answer();
                let sentences = answer.matches(['.', '?', '!']).count();
                assert!((1..=MOST_SENTENCES).contains(&sentences), "{}: {answer}", question.id);
            }
        }
    }
}

#[test]
fn where_she_writes_of_the_two_of_them_the_lesson_says_who_may_read_it() {
    let course = reconcile();
    // Where danger is near in the matter itself, the lesson says so beside the room to write.
    for id in [
        "start-here",
        "why-people-do-what-they-do",
        "blame-and-one-apology",
        "he-values-you-and-still-wants-to-go",
        "expect-the-right-things",
        "making-it-yours",
    ] {
        let document = course.document(lesson(&course, id));
        let text: String = document.blocks().map(|(_, block)| block.text.replace('\n', " ") + "\n").collect();
        let warns = ["might read it", "must not read", "might look at", "if he read it", "might read them"];
        assert!(warns.iter().any(|words| text.contains(words)), "{id} does not say who may read it");
    }
}

#[test]
fn every_lesson_but_the_two_for_an_emergency_opens_with_three_lines() {
    let course = reconcile();
    for (at, lesson) in course.lessons.iter().enumerate() {
        if is_for_an_emergency(&course, at) {
            continue;
        }
        let document = course.document(at);
        let mut blocks = document.blocks().map(|(_, block)| block).peekable();
        blocks.next_if(|block| matches!(block.kind, BlockKind::Heading(_)));
        assert_eq!(blocks.next().map(|block| block.text.as_str()), Some("In short"), "{}", lesson.id);
        let lines = blocks
            .take_while(|block| block.frames.iter().any(|frame| matches!(frame, Frame::Item { .. })))
            .count();
        assert_eq!(lines, IN_SHORT, "{}", lesson.id);
    }
}

#[test]
fn items_stand_in_a_few_groups_that_are_not_broken_up() {
    let course = reconcile();
    for side in [Side::Avoid, Side::Embrace] {
        let of_side = course.items.iter().filter(|item| item.side == side);
        let mut groups: Vec<&str> = of_side.map(|item| item.group.as_deref().unwrap()).collect();
        groups.dedup();
        let different: BTreeSet<&&str> = groups.iter().collect();
        assert_eq!(different.len(), groups.len(), "{side:?}: {groups:?}");
        assert!((2..=MOST_GROUPS).contains(&groups.len()), "{side:?}: {groups:?}");
    }
}

#[test]
fn nothing_to_embrace_is_called_a_slip() {
    let course = reconcile();
    for item in course.items.iter().filter(|item| item.side == Side::Embrace) {
        assert_eq!(item.slipped.as_deref(), Some("not today"), "{}", item.id);
    }
}

#[test]
fn what_would_press_or_tire_is_not_meant_for_every_day() {
    let course = reconcile();
    for id in ["one-need", "pleasant-minute", "one-step", "practical-matter", "three-facts"] {
        let item = course.items.iter().find(|item| item.id.as_str() == id).unwrap();
        assert!(matches!(item.rhythm, Rhythm::PerWeek(1..=3)), "{id}");
    }
}

#[test]
fn the_plan_takes_six_weeks_begins_small_and_has_every_lesson_once() {
    let course = reconcile();
    assert_eq!(course.plan.len(), 6);
    let first = &course.plan[0];
    let mut planned = Vec::new();
    for week in &course.plan {
        assert!(
            (3..=4).contains(&week.items.len()) && (3..=4).contains(&week.lessons.len()),
            "{}",
            week.title
        );
        assert!(week.items.len() >= first.items.len(), "{}", week.title);
        assert!(!week.look_back.is_empty(), "{}", week.title);
        for side in [Side::Avoid, Side::Embrace] {
            let has = week.items.iter().any(|item| course.items[*item].side == side);
            assert!(has, "{}: nothing on the side {side:?}", week.title);
        }
        planned.extend(week.lessons.iter().copied());
    }
    planned.sort_unstable();
    assert_eq!(planned, (0..course.lessons.len()).collect::<Vec<_>>());
    // Nothing that may raise a danger is asked for before the middle of it.
    for item in course.plan.iter().take(3).flat_map(|week| &week.items) {
        assert!(course.items[*item].caution.is_none(), "{}", course.items[*item].id);
    }
}
