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

/// The columns of a line of the card, so that none is broken beside the lessons on a screen of 80.
const CARD_WIDTH: usize = 45;

/// How sure a claim can be. The last lesson says what each of these means.
const CERTAINTY: [&str; 5] = [
    "Tested",
    "Linked, not proven",
    "Described, not compared",
    "One practitioner’s view",
    "Our own judgement",
];

/// What sellers of such courses say, in lower case.
const PROMISES: [&str; 8] = [
    "win him back",
    "get him back",
    "make him want",
    "make him stay",
    "success rate",
    "guarantee",
    "as if you do not care",
    "put up with it",
];

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

/// The text of a lesson, each block on one line.
fn text(course: &Course, lesson: usize) -> String {
    course.document(lesson).blocks().map(|(_, block)| block.text.replace('\n', " ") + "\n").collect()
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
fn every_lesson_says_of_each_claim_how_sure_it_is() {
    let course = reconcile();
    for (index, lesson) in course.lessons.iter().enumerate() {
        let document = course.document(index);
        let section = document.section("how-sure-is-this");
        let heading = section.unwrap_or_else(|| panic!("{} does not say how sure it is", lesson.id));
        let claims: Vec<&Block> =
            document.blocks().filter(|(at, _)| *at > heading).map(|(_, block)| block).collect();
        assert!(!claims.is_empty(), "{}", lesson.id);
        for claim in claims {
            let is_marked = CERTAINTY.iter().any(|words| claim.text.starts_with(words));
            assert!(is_marked, "{}: how sure is {:?}?", lesson.id, claim.text);
        }
    }
    let explained = text(&course, course.lessons.len() - 1);
    for words in CERTAINTY {
        assert!(explained.contains(&format!("{words}:")), "what {words:?} means is not said");
    }
}

#[test]
fn nobody_is_told_that_he_can_be_made_to_stay() {
    let course = reconcile();
    for (index, lesson) in course.lessons.iter().enumerate() {
        let text = text(&course, index).to_lowercase();
        for promise in PROMISES {
            assert!(!text.contains(promise), "{}: {promise}", lesson.id);
        }
    }
    assert!(text(&course, 0).contains("it never promises that he will stay"));
}
