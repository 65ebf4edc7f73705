//! Exercises: whatever an author writes, nothing of it is lost, and all that is hidden can be shown.

use crate::properties::check;
use crate::{render_line, words};
use proptest::prelude::*;
use sidelight::page::{Folding, Numbered, Page, PageRow, SlotText, Slots};
use sidelight::text::{BlockKind, Details, Document, ExerciseKind, ExerciseSlot, Flavour, Frame, markdown};
use std::collections::BTreeSet;

const EXERCISES: [&str; 4] = [
    "> [!WRITE] zz-limit\n> Your limit in a *sentence*.\n>\n> 1. It begins so.",
    "> [!YOURS] zz-limit\n> What you wrote:",
    "> [!CHOOSE] zz-eleven\n> Which message?\n>\n> - [ ] \"Did you get it?\"\n>   It asks again.\n\
     > - [x] None `tonight`.\n>   He has your message.\n> - [ ] Call him,\n>   on the phone.",
    "> [!ASK] zz-must\n> When do people\n> do a thing?\n>\n> ---\n>\n> When they can.\n>\n> And want to.",
];

fn course(source: &str) -> Document {
    markdown::parse_as(source, &Flavour::Course)
}

/// A page as a terminal shows it.
fn shown(document: &Document, page: &Page) -> String {
    let rows = page.rows(document, PageRow::default(), usize::MAX);
    let lines =
        rows.map(|(row, line)| render_line(document.block(row.block).unwrap(), line).trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

fn folded(document: &Document, shown: impl IntoIterator<Item = usize>) -> Page {
    Page::new(document, 40).folded(Folding::Toggled(shown.into_iter().collect()))
}

#[test]
fn words_stand_in_a_box_and_where_there_are_none_a_hint_does() {
    let document = course(&EXERCISES[..2].join("\n\n"));
    let mut slots = Slots::default();
    slots
        .write
        .insert("zz-limit".into(), SlotText::Words("I am not willing to\nwait for three years.".into()));
    slots.yours.insert("zz-limit".into(), SlotText::Hint("You have not written this yet.".into()));
    let page = folded(&document, []).filled(slots);
    let expected = "\
┃ Write
┃ Your limit in a sentence.
┃
┃ 1. It begins so.
┃
┃ ╭────────────────────────────────────╮
┃ │ I am not willing to                │
┃ │ wait for three years.              │
┃ ╰────────────────────────────────────╯

┃ Your words
┃ What you wrote:
┃
┃ ╭────────────────────────────────────╮
┃ │ You have not written this yet.     │
┃ ╰────────────────────────────────────╯";
    assert_eq!(shown(&document, &page), expected);
}

#[test]
fn answers_are_folded_and_which_is_right_is_not_seen_before_it_is_chosen() {
    let document = course(&EXERCISES[2..].join("\n\n"));
    let [choose, ask] = document.exercises() else { panic!("{:?}", document.exercises()) };
    let expected = "\
┃ Choose
┃ Which message?
┃
┃ 1. ▸ \"Did you get it?\"
┃ 2. ▸ None tonight.
┃ 3. ▸ Call him,

┃ Ask yourself
┃ When do people do a thing?
┃
┃ ▸ Show the answer";
    assert_eq!(shown(&document, &folded(&document, [])), expected);
    let opened = [choose.answers[0].details, choose.answers[1].details, ask.answers[0].details];
    let expected = "\
┃ Choose
┃ Which message?
┃
┃ 1. ▾ \"Did you get it?\"
┃      It asks again.
┃ 2. ✓ None tonight.
┃      He has your message.
┃ 3. ▸ Call him,

┃ Ask yourself
┃ When do people do a thing?
┃
┃ ▾ The answer
┃   When they can.
┃
┃   And want to.";
    assert_eq!(shown(&document, &folded(&document, opened)), expected);
}

#[test]
fn a_paragraph_of_its_own_is_an_answer_of_several_lines() {
    let document = course(
        "> [!CHOOSE] zz-a\n> Which?\n>\n> - [ ] One that\n>   is long\n>\n>   Effect one.\n>\n> - [x] Two\n>\n>   - effect",
    );
    let answers: Vec<(&str, &str)> = document.exercises()[0]
        .answers
        .iter()
        .map(|answer| (answer.text.as_str(), answer.shows.as_str()))
        .collect();
    assert_eq!(answers, [("One that is long", "Effect one."), ("Two", "effect")]);
}

#[test]
fn an_answer_that_is_not_seen_hides_nothing() {
    for answer in ["<!-- none -->", "<script>none</script>", &"long ".repeat(2_000)] {
        let source = EXERCISES[2].replace("None `tonight`.", answer);
        let page = folded(&course(&source), []);
        assert!(shown(&course(&source), &page).contains("He has your message."), "{answer}");
    }
}

#[test]
fn in_print_exercises_are_numbered_and_all_is_open() {
    let document = course(&EXERCISES[2..].join("\n\n"));
    let page = Page::new(&document, 40).filled(Slots { numbered: Numbered::Yes, ..Slots::default() });
    let text = shown(&document, &page);
    for part in
        ["┃ Exercise 1: Choose", "┃ Exercise 2: Ask yourself", "He has your message.", "When they can."]
    {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

#[test]
fn other_programs_markdown_stays_what_it_is() {
    for exercise in EXERCISES {
        for flavour in [Flavour::GitHub, Flavour::Notes] {
            let document = markdown::parse_as(exercise, &flavour);
            assert_eq!(document.exercises(), []);
            let is_alert = |frame: &Frame| matches!(frame, Frame::Alert { .. });
            assert!(document.blocks().all(|(_, block)| block.frames.iter().any(is_alert)), "{exercise}");
        }
    }
}

/// A change of a source that an author might make by mistake, or somebody on purpose.
#[derive(Debug, Clone)]
enum Change {
    Drop(usize),
    Double(usize),
    Before(usize, &'static str),
    Behind(usize, &'static str),
    Insert(usize, &'static str),
}

fn change() -> impl Strategy<Value = Change> {
    let starts = prop::sample::select(vec!["> ", "- ", "  ", "      ", "1. ", "> > ", "<b>", "[^1]: ", "`"]);
    let ends = prop::sample::select(vec!["  ", "\\", "*", "`", "<!--", "[", " <i>", "&amp;", " <script>"]);
    let lines = prop::sample::select(vec![
        "",
        ">",
        "> ---",
        "> ===",
        "```",
        "> ```",
        "<details>",
        "</details>",
        "> <details>",
        "> <table><tr><td>",
        "> </table>",
        "<table><tr><td>",
        "<script>",
        "> <script>",
        "> <pre>",
        "> | a | b |",
        "> |---|---|",
        "> - [ ] task",
        "> - [x] <!-- none -->",
        "> [!ASK]",
        "> > [!WRITE] zz-inner",
        "> $$",
        ":::tip",
    ]);
    prop_oneof![
        (0..30usize).prop_map(Change::Drop),
        (0..30usize).prop_map(Change::Double),
        (0..30usize, starts).prop_map(|(line, text)| Change::Before(line, text)),
        (0..30usize, ends).prop_map(|(line, text)| Change::Behind(line, text)),
        (0..30usize, lines).prop_map(|(line, text)| Change::Insert(line, text)),
    ]
}

fn changed(source: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    for change in changes {
        let count = lines.len();
        let (Change::Drop(line)
        | Change::Double(line)
        | Change::Before(line, _)
        | Change::Behind(line, _)
        | Change::Insert(line, _)) = change;
        let at = line % count.max(1);
        match change {
            Change::Drop(_) if count > 1 => drop(lines.remove(at)),
            Change::Drop(_) => {}
            Change::Double(_) => lines.insert(at, lines[at].clone()),
            Change::Before(_, text) => lines[at].insert_str(0, text),
            Change::Behind(_, text) => lines[at].push_str(text),
            Change::Insert(_, text) => lines.insert(at, (*text).to_owned()),
        }
    }
    lines.join("\n")
}

/// What opens each of the details that blocks are in.
fn openers(document: &Document) -> BTreeSet<usize> {
    let opener = |kind: &BlockKind| match kind {
        BlockKind::Title { details: Some(Details { number, .. }) }
        | BlockKind::ExerciseSlot(ExerciseSlot::Answer(Details { number, .. })) => Some(*number),
        _ => None,
    };
    document.blocks().filter_map(|(_, block)| opener(&block.kind)).collect()
}

/// The words of a text but for the ids of exercises, which are not shown.
fn said(document: &Document) -> Vec<&str> {
    words(document).into_iter().filter(|word| !word.starts_with("zz-")).collect()
}

proptest! {
    #![proptest_config(crate::properties::config())]

    #[test]
    fn nothing_of_an_exercise_is_lost_whatever_is_wrong_with_it(
        picked in prop::collection::vec(prop::sample::select(&EXERCISES[..]), 1..4),
        changes in prop::collection::vec(change(), 0..6),
        width in 10..=120u16,
    ) {
        let source = changed(&picked.join("\n\n"), &changes);
        let (exercises, quotes) = (course(&source), markdown::parse(&source));
        if source.contains("<script>") {
            // What it hides ends with its block, and the lines behind an option are a block of theirs.
            let mut shown = said(&exercises).into_iter();
            prop_assert!(said(&quotes).into_iter().all(|word| shown.any(|other| other == word)), "{}", source);
        } else {
            prop_assert_eq!(said(&exercises), said(&quotes), "{}", source);
        }
        check(&exercises, width);
        let openers = openers(&exercises);
        for (_, block) in exercises.blocks() {
            for details in block.details() {
                prop_assert!(openers.contains(&details.number), "hidden for ever: {}", source);
            }
        }
        let mut ids = BTreeSet::new();
        for exercise in exercises.exercises().iter().filter(|one| one.kind != ExerciseKind::Yours) {
            prop_assert!(ids.insert(exercise.id.clone()), "{} is twice", exercise.id);
            prop_assert!(exercises.block(exercise.block).is_some());
        }
    }
}
