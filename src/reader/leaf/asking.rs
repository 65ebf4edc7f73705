//! The self-check as lines: one question a screen, and at the end where the answers lead.

use crate::course::Guide;
use crate::reader::World;
use crate::reader::asking::{Asking, Ending, Step, Suggestion, endings};
use crate::reader::leaf::{Leaf, Shown, Tone, choice, of_entry};

/// The leaf of the step that is shown.
pub(super) fn leaf(asking: &Asking, world: &World, width: u16) -> Option<Leaf> {
    let guide = world.course.guide.as_ref()?;
    Some(match asking.step {
        Step::Introduction => introduction(guide, width),
        Step::Question { question, chosen } => a_question(asking, guide, question, chosen, width),
        Step::End { top, chosen } => end(asking, guide, world, top, chosen, width),
    })
}

fn introduction(guide: &Guide, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::Selected);
    leaf.push(&guide.title, Tone::Title, width);
    leaf.blank();
    leaf.push(&guide.introduction, Tone::Text, width);
    leaf.blank();
    leaf.lines.extend(choice("", "Begin", true, width));
    leaf
}

fn a_question(asking: &Asking, guide: &Guide, index: usize, chosen: usize, width: u16) -> Leaf {
    let mut leaf = Leaf::new(Shown::Selected);
    let Some(question) = guide.questions.get(index) else { return leaf };
    leaf.push(&format!("{}   question {}", guide.title, asking.given.len() + 1), Tone::Title, width);
    leaf.blank();
    leaf.push(&question.text, Tone::Strong, width);
    leaf.blank();
    for (index, answer) in question.answers.iter().enumerate() {
        let number = (index + 1).to_string();
        leaf.lines.extend(of_entry(index, choice(&number, &answer.text, index == chosen, width)));
    }
    leaf.blank();
    leaf.push(&format!("Why it is asked: {}", question.why), Tone::Quiet, width);
    leaf
}

fn end(asking: &Asking, guide: &Guide, world: &World, top: usize, chosen: usize, width: u16) -> Leaf {
    let suggestion = asking.suggestion(guide);
    let mut leaf = Leaf::new(Shown::From(top));
    for outcome in suggestion.outcomes.iter().filter_map(|index| guide.outcomes.get(*index)) {
        leaf.push(&outcome.title, Tone::Strong, width);
        leaf.push(&outcome.text, Tone::Text, width);
        leaf.blank();
    }
    leaf.push("An order in which to read", Tone::Title, width);
    let lessons = suggestion.lessons.iter().filter_map(|index| world.course.lessons.get(*index));
    for (index, lesson) in lessons.enumerate() {
        leaf.lines.extend(choice(&format!("{:>2}.", index + 1), lesson.title(), false, width));
    }
    if !suggestion.items.is_empty() {
        leaf.blank();
        leaf.push("A few things to begin with", Tone::Title, width);
        for item in suggestion.items.iter().filter_map(|index| world.course.items.get(*index)) {
            leaf.lines.extend(choice(" -", &item.text, false, width));
        }
    }
    leaf.foot.push(super::LeafLine { text: String::new(), tone: Tone::Text, selected: false, entry: None });
    for (index, ending) in endings(&suggestion, world.course).into_iter().enumerate() {
        leaf.foot.extend(of_entry(index, choice("", &words(ending, &suggestion), index == chosen, width)));
    }
    leaf
}

fn words(ending: Ending, suggestion: &Suggestion) -> String {
    match ending {
        Ending::StopFirst => "Open the page to read first".into(),
        Ending::TakeOver if suggestion.items.is_empty() => "Take this over: the reading order".into(),
        Ending::TakeOver => "Take this over: the reading order, and the items for my list".into(),
        Ending::Leave => "Leave it; nothing is kept".into(),
    }
}
