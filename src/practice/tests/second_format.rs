//! What came with the second format of courses: rhythms, groups, questions that are asked again,
//! and the plan by weeks.

use super::*;
use crate::course::{Day, ExerciseId, PlanWeek};
use crate::journal::Days;

/// Marks an item as kept on days of November.
fn kept(ledger: &mut Ledger, id: &str, days: impl IntoIterator<Item = i8>) {
    days.into_iter().for_each(|day| mark(ledger, id, date(2026, 11, day), Some(Mark::Kept)));
}

#[test]
fn an_item_for_three_days_a_week_is_counted_by_the_week_and_is_done_after_three() {
    let three = Item { rhythm: Rhythm::PerWeek(3), ..item("walk", Side::Embrace, "I walked") };
    let (course, mut ledger) = (course(vec![three]), Ledger::default());
    // A Sunday, two days of the week that ends on Sunday the 22nd.
    kept(&mut ledger, "walk", [15, 16, 18]);
    let practice = Practice::new(&course, &ledger);
    let walk = practice.item(&ItemId::new("walk")).unwrap();
    assert_eq!(practice.standing(&walk, TODAY).in_words(), "2 of 3 this week");
    assert!(practice.is_meant_for(&walk, TODAY));
    kept(&mut ledger, "walk", [20]);
    let practice = Practice::new(&course, &ledger);
    let walk = practice.item(&ItemId::new("walk")).unwrap();
    assert_eq!(practice.standing(&walk, TODAY).short(), "3 of 3");
    assert!(!practice.is_meant_for(&walk, TODAY));
    assert!(practice.is_meant_for(&walk, date(2026, 11, 20)), "a day that is marked is shown as such");
    assert!(practice.is_meant_for(&walk, date(2026, 11, 23)), "another week begins");
}

#[test]
fn a_day_outside_of_an_items_weekdays_is_not_meant_and_counts_in_no_share() {
    let days = Rhythm::Days([Day::Mon, Day::Thu].into());
    let items = vec![
        Item { rhythm: days, ..item("call", Side::Embrace, "I called") },
        item("rest", Side::Embrace, "I rested"),
    ];
    let (course, mut ledger) = (course(items), Ledger::default());
    for id in ["call", "rest"] {
        chosen(&mut ledger, Chosen::Listed { item: ItemId::new(id), listed: true });
    }
    kept(&mut ledger, "rest", [18, 19]);
    let practice = Practice::new(&course, &ledger);
    let call = practice.item(&ItemId::new("call")).unwrap();
    let meant: Vec<i8> = (16..23).filter(|day| practice.is_meant_for(&call, date(2026, 11, *day))).collect();
    assert_eq!(meant, [16, 19]);
    assert_eq!(practice.share_of_list(date(2026, 11, 18)).to_string(), "1 of 1");
    assert_eq!(practice.share_of_list(date(2026, 11, 19)).to_string(), "1 of 2");
    assert_eq!(practice.standing(&call, TODAY).in_words(), "0 of 2 this week");
}

#[test]
fn groups_stand_together_in_the_order_in_which_they_are_first_named() {
    let of = |group: &str, id: &str| Item { group: Some(group.into()), ..item(id, Side::Avoid, "I did not") };
    let items = vec![of("B", "b1"), of("A", "a1"), item("none", Side::Avoid, "I did not"), of("B", "b2")];
    let (course, mut ledger) = (course(items), Ledger::default());
    let own =
        OwnItem { group: "A".into(), ..OwnItem::new(Side::Avoid, "I did not shout".into(), String::new()) };
    chosen(&mut ledger, Chosen::OwnItem { item: ItemId::new("own-2"), own });
    let own = OwnItem::new(Side::Avoid, "I did not run".into(), String::new());
    chosen(&mut ledger, Chosen::OwnItem { item: ItemId::new("own-1"), own });
    let practice = Practice::new(&course, &ledger);
    assert_eq!(ids(practice.items()), ["none", "b1", "b2", "a1", "own-2", "own-1"]);
    assert_eq!(practice.groups(), ["B", "A"]);
    let mut before = None;
    let headings = practice.items().map(|item| {
        let heading = heading_above(before, item.group());
        before = Some(item.group());
        heading
    });
    let headings: Vec<Option<&str>> = headings.collect();
    assert_eq!(headings, [None, Some("B"), None, Some("A"), None, Some("Others")]);
}

#[test]
fn what_is_not_meant_is_not_missed_and_the_cells_say_so() {
    let days = Rhythm::Days([Day::Mon, Day::Thu].into());
    let items = vec![
        Item { rhythm: Rhythm::PerWeek(3), ..item("walk", Side::Embrace, "I walked") },
        Item { rhythm: days, ..item("call", Side::Embrace, "I called") },
        item("rest", Side::Embrace, "I rested"),
    ];
    let (course, mut ledger) = (course(items), Ledger::default());
    kept(&mut ledger, "walk", [9, 10, 11, 17]);
    kept(&mut ledger, "call", [10, 12, 19]);
    let practice = Practice::new(&course, &ledger);
    let signs = |id: &str, today: Date| {
        let named = practice.named_items().into_iter().find(|item| item.id.as_str() == id).unwrap();
        let cells = practice.cells(&named, ReviewSpan::Month, today);
        let signs: String = cells.iter().map(|cell| cell.sign(ReviewSpan::Month)).collect();
        signs.chars().skip(14).collect::<String>()
    };
    // From Monday the 9th to Sunday the 22nd. Of the second week two walks are missing.
    assert_eq!(signs("walk", TODAY), "xxx~~~~~x~~~\u{b7}\u{b7}");
    assert_eq!(signs("call", TODAY), "\u{b7}x~x~~~\u{b7}~~x~~~");
    assert_eq!(signs("rest", TODAY), "\u{b7}".repeat(14));
    // As long as there are days enough, nothing is missing yet.
    let in_the_week: String = {
        let named = practice.named_items().into_iter().find(|item| item.id.as_str() == "walk").unwrap();
        practice
            .days(&named, date(2026, 11, 16), date(2026, 11, 19))
            .map(|day| day.cell().sign(ReviewSpan::Month))
            .collect()
    };
    assert_eq!(in_the_week, "~x~~");
}

/// A ledger in which two questions of the one lesson were met on the 1st of November.
fn with_questions(course: &Course) -> Ledger {
    let mut ledger = Ledger::default();
    let questions = ["want-or-must", "able"].map(ExerciseId::new);
    let operations =
        Practice::new(course, &ledger).meeting(&course.lessons[0].id, &questions, date(2026, 11, 1));
    for operation in &operations {
        ledger.apply(operation);
    }
    ledger
}

fn with_a_lesson() -> Course {
    let lesson = crate::course::lesson::Lesson::new(
        crate::course::LessonId::new("one"),
        crate::course::lesson::LessonTitle::Known("One".into()),
        0,
        crate::course::lesson::LessonSource::BuiltIn(""),
    );
    Course { lessons: vec![lesson], ..course(Vec::new()) }
}

fn due(course: &Course, ledger: &Ledger, day: i8) -> Vec<String> {
    let due = Practice::new(course, ledger).due_questions(date(2026, 11, day));
    due.iter().map(|question| question.exercise.to_string()).collect()
}

#[test]
fn a_question_is_asked_after_one_day_then_three_then_seven() {
    let course = with_a_lesson();
    let mut ledger = with_questions(&course);
    assert_eq!(due(&course, &ledger, 1), [""; 0]);
    assert_eq!(due(&course, &ledger, 2), ["able", "want-or-must"]);
    let able = ExerciseId::new("able");
    let answer = |ledger: &mut Ledger, day: i8, known: bool| {
        let operation = Practice::new(&course, ledger).answering(&able, date(2026, 11, day), known);
        ledger.apply(&operation);
    };
    answer(&mut ledger, 2, true);
    assert_eq!(due(&course, &ledger, 4), ["want-or-must"]);
    assert_eq!(due(&course, &ledger, 5), ["want-or-must", "able"]);
    answer(&mut ledger, 5, true);
    assert!(!due(&course, &ledger, 11).contains(&"able".to_owned()));
    assert!(due(&course, &ledger, 12).contains(&"able".to_owned()));
    // Not known: to the first box, and asked again on the next day.
    answer(&mut ledger, 12, false);
    assert!(due(&course, &ledger, 13).contains(&"able".to_owned()));
}

#[test]
fn the_boxes_are_the_same_in_whatever_order_answers_arrive() {
    let course = with_a_lesson();
    let able = ExerciseId::new("able");
    let answers = [(2, true), (5, true), (12, false), (13, true)];
    let mut orders = Vec::new();
    for turn in 0..answers.len() {
        let mut ledger = with_questions(&course);
        for (day, known) in answers.iter().cycle().skip(turn).take(answers.len()) {
            let operation = Practice::new(&course, &ledger).answering(&able, date(2026, 11, *day), *known);
            ledger.apply(&operation);
        }
        orders.push((2..30).map(|day| due(&course, &ledger, day)).collect::<Vec<_>>());
    }
    orders.dedup();
    assert_eq!(orders.len(), 1);
}

#[test]
fn an_evening_has_at_most_two_questions_also_when_some_are_answered_already() {
    let course = with_a_lesson();
    let mut ledger = Ledger::default();
    let questions: Vec<ExerciseId> = (0..9).map(|number| ExerciseId::new(format!("q{number}"))).collect();
    let practice = Practice::new(&course, &ledger);
    let operations = practice.meeting(&course.lessons[0].id, &questions, date(2026, 11, 1));
    for operation in &operations {
        ledger.apply(operation);
    }
    assert_eq!(due(&course, &ledger, 9), ["q0", "q1"]);
    let answered = Practice::new(&course, &ledger).answering(&questions[0], date(2026, 11, 9), true);
    ledger.apply(&answered);
    assert_eq!(due(&course, &ledger, 9), ["q1"]);
    let off = Practice::new(&course, &ledger).asking(Some(&questions[1]), false);
    ledger.apply(&off);
    assert_eq!(due(&course, &ledger, 9), ["q2"]);
    let none = Practice::new(&course, &ledger).asking(None, false);
    ledger.apply(&none);
    assert_eq!(due(&course, &ledger, 9), [""; 0]);
}

#[test]
fn a_question_that_was_met_is_not_met_again() {
    let course = with_a_lesson();
    let ledger = with_questions(&course);
    let again = [ExerciseId::new("able"), ExerciseId::new("new")];
    let operations = Practice::new(&course, &ledger).meeting(&course.lessons[0].id, &again, TODAY);
    assert_eq!(operations.len(), 1);
}

#[test]
fn the_week_of_the_plan_is_begun_and_left_and_unknown_once_the_course_has_it_no_more() {
    let week = |title: &str| PlanWeek {
        title: title.into(),
        lessons: vec![],
        items: vec![],
        look_back: String::new(),
    };
    let mut course = Course { plan: vec![week("One"), week("Two")], ..course(Vec::new()) };
    let mut ledger = Ledger::default();
    let begin = |ledger: &mut Ledger, course: &Course, number| {
        let operation = Practice::new(course, ledger).beginning_week(number);
        ledger.apply(&operation);
    };
    assert_eq!(Practice::new(&course, &ledger).current_week(), None);
    begin(&mut ledger, &course, Some(1));
    let current = Practice::new(&course, &ledger).current_week().unwrap();
    assert_eq!((current.number, current.of, current.week.title.as_str()), (1, 2, "Two"));
    course.plan.truncate(1);
    assert_eq!(Practice::new(&course, &ledger).current_week(), None);
    begin(&mut ledger, &course, None);
    assert_eq!(Practice::new(&course, &ledger).current_week(), None);
}

#[test]
fn an_authors_word_for_a_slip_is_said_wherever_one_item_is_named() {
    let smoke = Item { slipped: Some("I had one".into()), ..item("smoke", Side::Avoid, "I did not smoke") };
    let (course, mut ledger) =
        (course(vec![smoke, item("rest", Side::Avoid, "I rested")]), Ledger::default());
    for id in ["smoke", "rest"] {
        mark(&mut ledger, id, TODAY, Some(Mark::Slipped));
    }
    let practice = Practice::new(&course, &ledger);
    let slipped = Some(Mark::Slipped);
    let words: Vec<&str> = practice.named_items().iter().map(|item| item.mark_word(slipped)).collect();
    assert_eq!(words, ["I had one", "slipped"]);
    let items = practice.named_items();
    let counts = Counts { slipped: 1, kept: 2, ..Counts::default() };
    assert_eq!(ReviewSpan::Year.in_words(counts, &items[0]), "2 kept; I had one: 1");
    let day = Counts { slipped: 1, ..Counts::default() };
    assert_eq!(ReviewSpan::Month.in_words(day, &items[0]), "I had one");
    assert_eq!(ReviewSpan::Month.in_words(day, &items[1]), "slipped");
    assert_eq!(
        marks_explained(&practice.item(&ItemId::new("smoke")).unwrap())[1],
        "! I had one: it happened"
    );
    let mut report = Report::new(TODAY, TODAY);
    report.add(practice, &[ReportPart::Avoid]);
    let text = report.in_form(ReportForm::Text);
    assert!(text.contains("kept 0, I had one 1") && text.contains("kept 0, slipped 1"), "{text}");
    for form in [ReportForm::Markdown, ReportForm::Html] {
        let table = report.in_form(form);
        assert!(table.contains("1 (I had one)") && table.contains("slipped"), "{table}");
    }
    let days = Days { from: None, to: None };
    let exported =
        export::export([(&course.id, Some(&course))], &ledger, &days, TODAY, export::ExportFormat::Markdown);
    assert!(exported.unwrap().text.contains("- [!] I did not smoke (I had one)"));
    // Where all items of a side have the same word, it is that of the table.
    let alone = super::course(vec![Item {
        slipped: Some("I had one".into()),
        ..item("smoke", Side::Avoid, "I did not")
    }]);
    let mut report = Report::new(TODAY, TODAY);
    report.add(Practice::new(&alone, &ledger), &[ReportPart::Avoid]);
    let table = report.in_form(ReportForm::Markdown);
    assert!(table.contains("| kept | I had one | did not arise |"), "{table}");
}
