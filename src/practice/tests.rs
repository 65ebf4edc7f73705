//! The list of items, what becomes of an item that is gone, and every sum against a plain
//! recount of the marks.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod merging;
mod second_format;
mod today;

use super::*;
use crate::course::{Course, CourseId, ExerciseId, Item, ItemId, LessonId, Rhythm, Side};
use crate::journal::{Choice, Chosen, IfThen, ItemStatus, Ledger, Mark, Operation, OwnItem};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 22);

fn item(id: &str, side: Side, text: &str) -> Item {
    Item {
        id: ItemId::new(id),
        side,
        text: text.into(),
        why: "It helps.".into(),
        lesson: 0,
        section: None,
        instead: None,
        caution: None,
        group: None,
        rhythm: Rhythm::Daily,
        slipped: None,
    }
}

fn course(items: Vec<Item>) -> Course {
    Course { items, ..Course::empty(CourseId::new("test"), "Test".into()) }
}

fn usual() -> Course {
    course(vec![
        Item { instead: Some(1), ..item("no-rush", Side::Avoid, "I did not rush") },
        item("rest", Side::Embrace, "I rested"),
    ])
}

fn chosen(ledger: &mut Ledger, chosen: Chosen) {
    ledger.apply(&Operation::Choice(Choice { course: CourseId::new("test"), chosen }));
}

fn own(ledger: &mut Ledger, id: &str, side: Side, text: &str, status: ItemStatus) {
    let own = OwnItem { status, ..OwnItem::new(side, text.into(), "I walked".into()) };
    chosen(ledger, Chosen::OwnItem { item: ItemId::new(id), own });
}

fn mark(ledger: &mut Ledger, id: &str, day: Date, mark: Option<Mark>) {
    ledger.apply(&Operation::Mark { course: CourseId::new("test"), item: ItemId::new(id), day, mark });
}

/// Two items of the course; three of the reader's own, of which one is retired.
fn with_own_items() -> Ledger {
    let mut ledger = Ledger::default();
    own(&mut ledger, "own-0001-a", Side::Avoid, "I did not shout", ItemStatus::Active);
    own(&mut ledger, "own-0002-b", Side::Embrace, "I called my sister", ItemStatus::Retired);
    own(&mut ledger, "own-0003-c", Side::Embrace, "I walked", ItemStatus::Active);
    chosen(&mut ledger, Chosen::Listed { item: ItemId::new("rest"), listed: true });
    chosen(&mut ledger, Chosen::Listed { item: ItemId::new("own-0001-a"), listed: true });
    ledger
}

fn ids<'a>(items: impl Iterator<Item = AnyItem<'a>>) -> Vec<&'a str> {
    items.map(|item| item.id.as_str()).collect()
}

#[test]
fn the_courses_items_and_the_readers_own_are_one_list_by_sides() {
    let (course, ledger) = (usual(), with_own_items());
    let practice = Practice::new(&course, &ledger);
    assert_eq!(ids(practice.items()), ["no-rush", "own-0001-a", "rest", "own-0003-c"]);
    assert_eq!(ids(practice.listed_items()), ["own-0001-a", "rest"]);
}

#[test]
fn an_index_names_the_same_item_after_another_is_retired() {
    let (course, mut ledger) = (usual(), with_own_items());
    let practice = Practice::new(&course, &ledger);
    let last = practice.items().last().unwrap();
    assert_eq!((last.index, last.id.as_str()), (4, "own-0003-c"));
    own(&mut ledger, "own-0001-a", Side::Avoid, "I did not shout", ItemStatus::Retired);
    let practice = Practice::new(&course, &ledger);
    assert_eq!(practice.item_at(4).unwrap().id.as_str(), "own-0003-c");
    assert!((0..5).all(|index| practice.item_at(index).unwrap().index == index));
    assert_eq!(practice.item_at(5), None);
}

#[test]
fn an_item_is_found_by_its_id_or_by_a_beginning_of_its_text_that_no_other_has() {
    let (course, ledger) = (usual(), with_own_items());
    let practice = Practice::new(&course, &ledger);
    let found = |typed: &str| match practice.find(typed) {
        Lookup::Found(item) => item.id.as_str().to_owned(),
        Lookup::Retired(item) => format!("retired {}", item.id),
        Lookup::Several(items) => format!("{} items", items.len()),
        Lookup::Missing => "none".into(),
    };
    assert_eq!(found("no-rush"), "no-rush");
    assert_eq!(found("own-0003-c"), "own-0003-c");
    assert_eq!(found("own-0002-b"), "retired own-0002-b");
    assert_eq!(found("i DID not sh"), "own-0001-a");
    assert_eq!(found("I did not"), "2 items");
    // What is retired is not found by its text.
    assert_eq!(found("I called"), "none");
    assert_eq!([found(""), found("  "), found("no-rus")], ["none", "none", "none"]);
}

#[test]
fn an_item_that_is_gone_is_named_by_what_it_said_last() {
    let (course, mut ledger) = (usual(), with_own_items());
    let practice = Practice::new(&course, &ledger);
    let rest = practice.item(&ItemId::new("rest")).unwrap();
    let operations = practice.marking(&rest, TODAY, Some(Mark::Kept));
    for operation in &operations {
        ledger.apply(operation);
    }
    mark(&mut ledger, "own-0002-b", TODAY, Some(Mark::Kept));
    mark(&mut ledger, "own-0009-z", TODAY, Some(Mark::Kept));
    mark(&mut ledger, "walk", TODAY, Some(Mark::Kept));
    let without = self::course(Vec::new());
    for practice in
        [Practice::new(&without, &ledger), Practice::of_journal(&CourseId::new("test"), None, &ledger)]
    {
        let named = |id: &str| {
            let id = ItemId::new(id);
            let item = practice.named(&id);
            (item.text.to_owned(), item.side, item.current.is_some())
        };
        assert_eq!(named("rest"), ("I rested".into(), Some(Side::Embrace), false));
        assert_eq!(named("own-0001-a"), ("I did not shout".into(), Some(Side::Avoid), true));
        assert_eq!(named("own-0002-b"), ("I called my sister".into(), Some(Side::Embrace), false));
        assert_eq!(named("own-0009-z"), ("an item of your own".into(), None, false));
        assert_eq!(named("walk"), ("walk".into(), None, false));
    }
}

#[test]
fn a_review_has_the_list_then_what_was_marked_then_what_is_gone() {
    let (course, mut ledger) = (usual(), with_own_items());
    for id in ["no-rush", "own-0002-b", "walk"] {
        mark(&mut ledger, id, TODAY, Some(Mark::Slipped));
    }
    // A mark that was taken back is none.
    mark(&mut ledger, "own-0003-c", TODAY, Some(Mark::Kept));
    mark(&mut ledger, "own-0003-c", TODAY, None);
    let reviewed = Practice::new(&course, &ledger).reviewed_items();
    let ids: Vec<&str> = reviewed.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["own-0001-a", "rest", "no-rush", "own-0002-b", "walk"]);
}

#[test]
fn the_text_of_an_item_is_saved_with_its_first_mark_and_when_it_has_changed() {
    let (mut course, mut ledger) = (usual(), Ledger::default());
    let marking = |course: &Course, ledger: &mut Ledger, wanted: Option<Mark>| {
        let practice = Practice::new(course, ledger);
        let item = practice.items().next().unwrap();
        let operations = practice.marking(&item, TODAY, wanted);
        for operation in &operations {
            ledger.apply(operation);
        }
        operations.len()
    };
    assert_eq!(marking(&course, &mut ledger, Some(Mark::Kept)), 2);
    assert_eq!(marking(&course, &mut ledger, None), 1);
    course.items = vec![item("no-rush", Side::Avoid, "I took my time")];
    assert_eq!(marking(&course, &mut ledger, Some(Mark::Slipped)), 2);
    let known = ledger.known_item(&course.id, &ItemId::new("no-rush")).unwrap();
    assert_eq!(known.text, "I took my time");
}

#[test]
fn the_same_mark_again_takes_it_back_and_another_replaces_it() {
    let (course, mut ledger) = (usual(), Ledger::default());
    mark(&mut ledger, "rest", TODAY, Some(Mark::Kept));
    let practice = Practice::new(&course, &ledger);
    let rest = ItemId::new("rest");
    assert_eq!(practice.toggled(&rest, TODAY, Mark::Kept), None);
    assert_eq!(practice.toggled(&rest, TODAY, Mark::Slipped), Some(Mark::Slipped));
    assert_eq!(practice.toggled(&rest, TODAY.yesterday().unwrap(), Mark::Kept), Some(Mark::Kept));
}

#[test]
fn what_is_done_instead_comes_from_the_course_or_from_the_readers_own_words() {
    let (course, mut ledger) = (usual(), with_own_items());
    let plan = IfThen { cue: "he shouts".into(), response: "I wait".into() };
    chosen(&mut ledger, Chosen::IfThen { item: ItemId::new("rest"), plan: plan.clone() });
    let practice = Practice::new(&course, &ledger);
    let instead = |id: &str| practice.instead_of(&practice.item(&ItemId::new(id)).unwrap());
    assert_eq!(instead("no-rush"), Some("I rested"));
    assert_eq!(instead("rest"), None);
    assert_eq!(instead("own-0001-a"), Some("I walked"));
    assert_eq!(practice.if_then(&ItemId::new("rest")), Some(&plan));
}

#[test]
fn a_note_is_labelled_by_its_question_or_its_lesson() {
    let (course, ledger) = (usual(), Ledger::default());
    let practice = Practice::new(&course, &ledger);
    let note = |name: String| crate::journal::Note { note: name, day: TODAY, place: None, text: "x".into() };
    let labels: Vec<String> =
        evening_prompts(TODAY).map(|prompt| practice.note_label(&note(prompt.name))).into();
    assert_eq!(labels, ["What happened?", "What did I do?", "What next?"]);
    let week = note(week_note_name(TODAY));
    assert!(is_week_note(&week) && evening_line(&week).is_none());
    assert_eq!(practice.note_label(&week), "The week");
    assert_eq!(practice.note_label(&note("2026-01-01-2-did".into())), "Note");
}

fn some_mark() -> impl Strategy<Value = Option<Mark>> {
    prop_oneof![
        4 => Just(Some(Mark::Kept)),
        2 => Just(Some(Mark::Slipped)),
        1 => Just(Some(Mark::DidNotArise)),
        1 => Just(None),
    ]
}

/// One mark: which item, how many days before or after today, and what.
type Marked = (usize, i32, Option<Mark>);

const IDS: [&str; 4] = ["no-rush", "rest", "own-0001-a", "gone"];
const SIDES: [Option<Side>; 4] = [Some(Side::Avoid), Some(Side::Embrace), Some(Side::Avoid), None];

/// The marks that stand, as a plain list.
fn standing(marks: &[Marked]) -> Vec<(usize, Date, Mark)> {
    let mut last = std::collections::BTreeMap::new();
    for (item, days, mark) in marks {
        last.insert((*item, TODAY.saturating_add(days.days())), *mark);
    }
    last.into_iter().filter_map(|((item, day), mark)| Some((item, day, mark?))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_sum_is_what_a_plain_recount_of_the_marks_gives(
        marks in prop::collection::vec((0..4_usize, -400..3_i32, some_mark()), 0..120),
        recent in prop::collection::vec((0..4_usize, -30..2_i32, some_mark()), 0..80),
        first in -100..1_i32,
        length in 0..100_i32,
    ) {
        let marks: Vec<Marked> = marks.into_iter().chain(recent).collect();
        let course = usual();
        let mut ledger = Ledger::default();
        own(&mut ledger, "own-0001-a", Side::Avoid, "I did not shout", ItemStatus::Active);
        for (item, days, what) in &marks {
            mark(&mut ledger, IDS[*item], TODAY.saturating_add(days.days()), *what);
        }
        let practice = Practice::new(&course, &ledger);
        let standing = standing(&marks);
        let ids = IDS.map(ItemId::new);
        let named: Vec<NamedItem> = ids.iter().map(|id| practice.named(id)).collect();
        prop_assert_eq!(named.iter().map(|item| item.side).collect::<Vec<_>>(), SIDES);
        let count = |wanted: &dyn Fn(usize, Date, Mark) -> bool| {
            u32::try_from(standing.iter().filter(|(item, day, mark)| wanted(*item, *day, *mark)).count()).unwrap()
        };

        // The counts of a run of days, and the last seven days.
        let first = TODAY.saturating_add(first.days());
        let last = first.saturating_add(length.days());
        for (index, id) in ids.iter().enumerate() {
            let counts = practice.counts(id, first, last);
            let of = |wanted: Mark| count(&|item, day, mark| {
                item == index && mark == wanted && first <= day && day <= last
            });
            prop_assert_eq!(counts.kept, of(Mark::Kept));
            prop_assert_eq!(counts.slipped, of(Mark::Slipped));
            prop_assert_eq!(counts.not_arisen, of(Mark::DidNotArise));
            let week_ago = TODAY.saturating_sub(7.days());
            let seven = count(&|item, day, mark| {
                item == index && mark == Mark::Kept && week_ago < day && day <= TODAY
            });
            prop_assert_eq!(practice.last_seven(id, TODAY), LastSeven(usize::try_from(seven).unwrap()));

            // The columns of each review.
            for span in [ReviewSpan::Month, ReviewSpan::Quarter, ReviewSpan::Year] {
                let columns = practice.columns(id, span, TODAY);
                prop_assert_eq!(columns.len(), practice.column_count(span, TODAY));
                for (column, counts) in columns.iter().enumerate() {
                    let from = practice.first_day(span, TODAY).saturating_add((i32::try_from(column).unwrap() * span.step()).days());
                    let to = from.saturating_add((span.step() - 1).days()).min(TODAY);
                    prop_assert_eq!(*counts, practice.counts(id, from, to));
                }
            }
        }

        // The weeks: all of them, each with its days, and none that is not asked for.
        let weeks = practice.weeks(&named, first, last);
        prop_assert_eq!(weeks.first().unwrap().begins, practice.week_of(first));
        prop_assert_eq!(weeks.last().unwrap().begins, practice.week_of(last));
        for week in &weeks {
            let of = |avoid: bool, slipped: bool| count(&|item, day, mark| {
                (SIDES[item] == Some(Side::Avoid)) == avoid
                    && (mark == Mark::Kept || (slipped && mark == Mark::Slipped))
                    && practice.week_of(day) == week.begins && first <= day && day <= last
            });
            prop_assert_eq!(week.avoid, Share { kept: of(true, false), all: of(true, true) });
            prop_assert_eq!(week.embrace, Share { kept: of(false, false), all: of(false, true) });
        }

        // The best week of all up to today; of equal ones the latest.
        let best = standing.iter().filter(|(_, day, mark)| *mark == Mark::Kept && *day <= TODAY)
            .map(|(_, day, _)| practice.week_of(*day))
            .map(|begins| (count(&|_, day, mark| {
                mark == Mark::Kept && day <= TODAY && practice.week_of(day) == begins
            }), begins))
            .max()
            .map(|(kept, begins)| BestWeek { begins, kept });
        prop_assert_eq!(practice.best_week(&named, TODAY), best);

        // What was kept today, of all and of the list.
        let kept = count(&|item, day, mark| item < 3 && day == TODAY && mark == Mark::Kept);
        prop_assert_eq!(practice.kept_on(TODAY), usize::try_from(kept).unwrap());
        chosen(&mut ledger, Chosen::Listed { item: ItemId::new("own-0001-a"), listed: true });
        let kept = count(&|item, day, mark| item == 2 && day == TODAY && mark == Mark::Kept);
        let share = Practice::new(&course, &ledger).share_of_list(TODAY);
        prop_assert_eq!(share, Share { kept, all: 1 });
    }
}
