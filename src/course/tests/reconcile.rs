//! What the course `reconcile` promises its readers, whatever its lessons say.
#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

use crate::course::{Course, Side};
use crate::text::columns::width;
use crate::text::document::{AlertKind, Block, BlockKind, Frame};

/// The most words of the page for a hard minute.
const TONIGHT: usize = 200;

/// The words of a lesson that is read at leisure.
const LEISURE: std::ops::RangeInclusive<usize> = 250..=900;

/// The most lines of the card for somebody in danger.
const CARD: usize = 6;

/// The columns of a line of the card, so that none is broken on a screen of 60 columns.
const CARD_WIDTH: usize = 50;

/// How many items each side of the checklist has.
const ITEMS: std::ops::RangeInclusive<usize> = 12..=16;

fn reconcile() -> Course {
    Course::built_in("reconcile").unwrap()
}

#[test]
fn each_side_of_the_checklist_has_twelve_to_sixteen_items() {
    let course = reconcile();
    for side in [Side::Avoid, Side::Embrace] {
        let items = course.items.iter().filter(|item| item.side == side).count();
        assert!(ITEMS.contains(&items), "{side:?}: {items} items");
    }
}

#[test]
fn every_lesson_to_act_on_teaches_an_item() {
    let course = reconcile();
    for title in ["Where you are", "What to do"] {
        let part = course.parts.iter().find(|part| part.title == title).unwrap();
        for lesson in part.lessons.clone() {
            let teaches = course.items.iter().any(|item| item.lesson == lesson);
            assert!(teaches, "{} teaches no item", course.lessons[lesson].title());
        }
    }
}

#[test]
fn every_item_to_avoid_has_one_to_embrace_instead() {
    let course = reconcile();
    for item in course.items.iter().filter(|item| item.side == Side::Avoid) {
        let instead = item.instead.map(|instead| course.items[instead].side);
        assert_eq!(instead, Some(Side::Embrace), "{}", item.id);
    }
}

#[test]
fn the_page_for_danger_opens_with_a_card_of_at_most_six_lines() {
    let course = reconcile();
    let document = course.document(course.stop_first.unwrap());
    let mut blocks = document.blocks().map(|(_, block)| block).peekable();
    // The title may be a block of its own.
    blocks.next_if(|block| matches!(block.kind, BlockKind::Heading(_)));
    let card: Vec<&Block> = blocks.take_while(|block| is_in_the_card(block)).collect();
    assert!((1..=CARD).contains(&card.len()), "{} lines", card.len());
    for line in &card {
        let is_an_item = line.frames.iter().any(|frame| matches!(frame, Frame::Item { .. }));
        assert!(is_an_item && width(&line.text) <= CARD_WIDTH, "no line of its own: {}", line.text);
    }
    let words = card.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    for needed in
        ["local emergency number", "findahelpline.com", "lila.help", "hotpeachpages.net", "Ctrl-g", "device"]
    {
        assert!(words.contains(needed), "the card does not name {needed}:\n{words}");
    }
}

fn is_in_the_card(block: &Block) -> bool {
    block.frames.iter().any(|frame| matches!(frame, Frame::Alert { kind: AlertKind::Important, .. }))
}

#[test]
fn the_page_for_a_hard_minute_is_the_second_lesson_and_short() {
    let course = reconcile();
    assert_eq!(course.lessons[1].id.as_str(), "tonight");
    let words = course.document(1).words();
    assert!(words < TONIGHT, "{words} words");
}

#[test]
fn every_other_lesson_has_the_length_that_its_matter_needs() {
    let course = reconcile();
    for (index, lesson) in course.lessons.iter().enumerate().filter(|(index, _)| *index != 1) {
        let words = course.document(index).words();
        assert!(LEISURE.contains(&words), "{}: {words} words", lesson.id);
    }
}

#[test]
fn every_lesson_says_how_sure_it_is() {
    let course = reconcile();
    for (index, lesson) in course.lessons.iter().enumerate() {
        let section = course.document(index).section("how-sure-is-this");
        assert!(section.is_some(), "{} does not say how sure it is", lesson.id);
    }
}
