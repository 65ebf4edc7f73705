//! The course's self-check: a few questions, one a screen, and where the answers lead.
//!
//! Answers live here, and while the questions are left for a while, in `Drafts`: in memory, for as
//! long as the session. Must not record them, and answers nothing by itself: no answer is selected
//! before the reader selects one.

pub mod suggestion;

use crate::course::guide::Given;
use crate::course::{Course, Guide};
use crate::reader::input::OverlayInput;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::{Context, Needs};
use crate::reader::list::{ListLine, Tone};
use crate::reader::motion::Motion;
use crate::reader::outcome::{Jump, Outcome, OverlayRequest};
use crate::reader::overlay::lines::{OverlayLines, Scroll, choice, of_entry};
use crate::reader::overlay::self_check::suggestion::{Suggestion, WayOn};
use crate::reader::view::View;

/// What stands above the questions.
pub const TITLE: &str = "Where am I?";

/// The context of the questions.
pub const QUESTIONS: Context =
    Context::overlay("questions", "Where am I? (a digit answers too)").needing(Needs::SelfCheck);
/// The context of the suggestion at the end.
pub const SUGGESTION: Context =
    Context::overlay("suggestion", "Where am I? At the end").needing(Needs::SelfCheck);

/// The rows of the questions.
pub const QUESTION_ROWS: &[BindingRow<SelfCheckAction>] = &[
    row("j Down", "down", SelfCheckAction::Move(Motion::Down), "the next answer", "choose"),
    row("k Up", "up", SelfCheckAction::Move(Motion::Up), "the answer before", "choose"),
    row("Enter", "choose", SelfCheckAction::Choose, "give this answer; its digit does too", "answer"),
    row("Backspace h Left", "question-before", SelfCheckAction::Back, "the question before", "before"),
    row("Esc", "cancel", SelfCheckAction::Close, "back; your answers wait until you quit", "back"),
];

/// The rows of the suggestion.
pub const SUGGESTION_ROWS: &[BindingRow<SelfCheckAction>] = &[
    row("j Down", "down", SelfCheckAction::Move(Motion::Down), "the next choice", "choose"),
    row("k Up", "up", SelfCheckAction::Move(Motion::Up), "the choice before", "choose"),
    row("Enter", "choose", SelfCheckAction::Choose, "do what is selected", "do it"),
    row(
        "Space PgDn f Ctrl-f Ctrl-d",
        "page-down",
        SelfCheckAction::Move(Motion::PageDown),
        "page down",
        "page",
    ),
    row("b PgUp Ctrl-b Ctrl-u", "page-up", SelfCheckAction::Move(Motion::PageUp), "page up", "page"),
    row("g Home", "first", SelfCheckAction::Move(Motion::First), "to the top", ""),
    row("G End", "last", SelfCheckAction::Move(Motion::Last), "to the end", ""),
    row("y", "take-over", SelfCheckAction::UsePlan, "use this plan: the reading order and the items", ""),
    row("Backspace h Left", "question-before", SelfCheckAction::Back, "the question before", "before"),
    row("s", "read-first", SelfCheckAction::ReadFirst, "open the page to read first", ""),
    row("Esc", "cancel", SelfCheckAction::Close, "back; your answers wait until you quit", "back"),
];

/// The self-check while it is open, somewhere between the introduction and the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfCheck {
    /// The answers so far.
    given: Vec<Given>,
    /// The screen that is shown.
    stage: Stage,
}

/// One screen of the self-check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// What to know before the first question.
    Introduction,
    /// A question.
    Question {
        /// As an index into [`Guide::questions`].
        question: usize,
        /// The selected answer, once one was selected.
        chosen: Option<usize>,
    },
    /// Where the answers lead.
    End {
        /// The first line in sight.
        top: usize,
        /// The selected one of [`Suggestion::ways_on`].
        chosen: usize,
    },
}

/// What only the self-check does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelfCheckAction {
    /// Moves among the answers or the ways on; pages scroll.
    Move(Motion),
    /// Selects the entry with this index.
    Select(usize),
    /// Turns the wheel: scrolls the suggestion, moves among the answers.
    Wheel(Motion),
    /// Gives the answer of this number, counted from 1.
    Digit(u8),
    /// Gives the selected answer, or takes the selected way on.
    Choose,
    /// Back to the question before.
    Back,
    /// Uses the suggested plan.
    UsePlan,
    /// Opens the page to read before any other.
    ReadFirst,
    /// Closes the self-check.
    Close,
}

impl SelfCheck {
    /// At the introduction.
    pub fn new() -> Self {
        Self { given: Vec::new(), stage: Stage::Introduction }
    }

    /// Returns whether it was begun.
    pub fn is_begun(&self) -> bool {
        self.stage != Stage::Introduction
    }

    /// The context of the screen that is shown.
    pub fn context(&self) -> Context {
        match self.stage {
            Stage::Introduction | Stage::Question { .. } => QUESTIONS,
            Stage::End { .. } => SUGGESTION,
        }
    }

    /// What input that is bound to nothing does.
    pub fn action(input: &OverlayInput) -> Option<SelfCheckAction> {
        match input {
            OverlayInput::Digit(digit) => Some(SelfCheckAction::Digit(*digit)),
            OverlayInput::Click(entry) => Some(SelfCheckAction::Select(*entry)),
            OverlayInput::Wheel(motion) => Some(SelfCheckAction::Wheel(*motion)),
            OverlayInput::Edit(_) | OverlayInput::Paste(_) | OverlayInput::Letter(_) => None,
        }
    }

    /// Applies an action.
    pub fn update(&mut self, action: SelfCheckAction, view: &View) -> Outcome {
        let Some(guide) = &view.world.course.guide else { return Outcome::Close };
        match action {
            SelfCheckAction::Move(motion) => self.move_selection(motion, guide, view),
            SelfCheckAction::Select(entry) => self.select(entry),
            SelfCheckAction::Wheel(motion) => self.wheel(motion, guide, view),
            SelfCheckAction::Digit(digit) => {
                if let Stage::Question { question, .. } = self.stage {
                    return self.answer_by_digit(guide, question, digit);
                }
            }
            SelfCheckAction::Choose => return self.choose(guide, view),
            SelfCheckAction::Back if self.stage == Stage::Introduction => {
                return Outcome::Say("There is no question before this.".into());
            }
            SelfCheckAction::Back => self.back(),
            SelfCheckAction::UsePlan => return self.use_plan(guide, view),
            SelfCheckAction::ReadFirst => return self.read_first(),
            SelfCheckAction::Close => return Outcome::Close,
        }
        Outcome::Stay
    }

    /// Its lines, at most `width` columns wide.
    pub fn lines(&self, view: &View, width: u16) -> OverlayLines {
        let Some(guide) = &view.world.course.guide else { return OverlayLines::new(Scroll::From(0)) };
        match self.stage {
            Stage::Introduction => introduction_lines(guide, width),
            Stage::Question { question, chosen } => self.question_lines(guide, question, chosen, width),
            Stage::End { top, chosen } => self.end_lines(guide, view.world.course, top, chosen, width),
        }
    }

    fn move_selection(&mut self, motion: Motion, guide: &Guide, view: &View) {
        let course = view.world.course;
        let ways = self.suggestion(guide).ways_on(course).len();
        let height = view.geometry.overlay.height;
        let lines = self.lines(view, view.geometry.overlay.width);
        let (page, last_top) = (lines.height(height).saturating_sub(1), lines.last_top(height));
        match &mut self.stage {
            Stage::Introduction => {}
            Stage::Question { question, chosen } => {
                let answers = guide.questions.get(*question).map_or(0, |question| question.answers.len());
                *chosen = Some(match (*chosen, motion) {
                    (Some(chosen), motion) => view.target(motion, chosen, answers, answers),
                    // From no answer it is one step to the first, and to the last.
                    (None, Motion::Up | Motion::Last) => answers.saturating_sub(1),
                    (None, _) => 0,
                });
            }
            Stage::End { top, chosen } => match motion {
                Motion::Down | Motion::Up => *chosen = view.target(motion, *chosen, ways, 1),
                Motion::First
                | Motion::Last
                | Motion::HalfPageDown
                | Motion::HalfPageUp
                | Motion::PageDown
                | Motion::PageUp => {
                    *top = view.target(motion, (*top).min(last_top), last_top + 1, page);
                }
            },
        }
    }

    fn select(&mut self, entry: usize) {
        match &mut self.stage {
            Stage::Question { chosen, .. } => *chosen = Some(entry),
            Stage::End { chosen, .. } => *chosen = entry,
            Stage::Introduction => {}
        }
    }

    fn wheel(&mut self, motion: Motion, guide: &Guide, view: &View) {
        let motion = match (self.stage, motion) {
            (Stage::End { .. }, Motion::Up) => Motion::HalfPageUp,
            (Stage::End { .. }, _) => Motion::HalfPageDown,
            (Stage::Introduction | Stage::Question { .. }, motion) => motion,
        };
        self.move_selection(motion, guide, view);
    }

    fn choose(&mut self, guide: &Guide, view: &View) -> Outcome {
        match self.stage {
            Stage::Introduction => self.stage = Stage::Question { question: guide.start, chosen: None },
            Stage::Question { question, chosen: Some(chosen) } => self.answer(guide, question, chosen),
            Stage::Question { chosen: None, .. } => {
                let key = |name| view.key(QUESTIONS, name);
                let (down, up) = (key("down"), key("up"));
                return Outcome::Say(format!("Select an answer with {down} and {up}, or type its digit."));
            }
            Stage::End { chosen, .. } => return self.go_on(chosen, guide, view),
        }
        Outcome::Stay
    }

    /// Takes a way on from the end. With that the questions are done, and nothing of them waits.
    fn go_on(&mut self, chosen: usize, guide: &Guide, view: &View) -> Outcome {
        match self.suggestion(guide).ways_on(view.world.course).get(chosen) {
            Some(WayOn::ReadFirst) => self.read_first(),
            Some(WayOn::UsePlan) => self.use_plan(guide, view),
            Some(WayOn::Weeks) => Outcome::Open(OverlayRequest::WeekPlan),
            Some(WayOn::Leave) | None => {
                *self = Self::new();
                Outcome::Close
            }
        }
    }

    fn read_first(&mut self) -> Outcome {
        *self = Self::new();
        Outcome::Go(Jump::ReadFirst)
    }

    fn answer_by_digit(&mut self, guide: &Guide, question: usize, digit: u8) -> Outcome {
        let answers = guide.questions.get(question).map_or(0, |question| question.answers.len());
        match usize::from(digit).checked_sub(1).filter(|answer| *answer < answers) {
            Some(answer) => self.answer(guide, question, answer),
            None => return Outcome::Say(format!("The answers here are 1 to {answers}.")),
        }
        Outcome::Stay
    }

    fn answer(&mut self, guide: &Guide, question: usize, answer: usize) {
        let found = guide.questions.get(question).and_then(|question| question.answers.get(answer));
        let Some(found) = found else { return };
        self.given.push(Given { question, answer });
        self.stage = match found.next(&self.given) {
            Some(question) => Stage::Question { question, chosen: None },
            None => Stage::End { top: 0, chosen: 0 },
        };
    }

    /// The question before, with the answer that was given to it selected and taken back.
    fn back(&mut self) {
        self.stage = match self.given.pop() {
            Some(Given { question, answer }) => Stage::Question { question, chosen: Some(answer) },
            None => Stage::Introduction,
        };
    }

    fn use_plan(&self, guide: &Guide, view: &View) -> Outcome {
        let course = view.world.course;
        let suggestion = self.suggestion(guide);
        let at_the_end = matches!(self.stage, Stage::End { .. });
        if !at_the_end || !suggestion.ways_on(course).contains(&WayOn::UsePlan) {
            return Outcome::Say("There is no plan to use here.".into());
        }
        let key = |name| view.key(Context::PANES, name);
        Outcome::Do(suggestion.change(view.practice(), course, key("read-on"), key("undo")))
    }

    /// Where the answers so far lead.
    fn suggestion(&self, guide: &Guide) -> Suggestion {
        Suggestion::of(&self.given, guide)
    }

    fn question_lines(&self, guide: &Guide, index: usize, chosen: Option<usize>, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::ToSelected);
        let Some(question) = guide.questions.get(index) else { return lines };
        let number = self.given.len() + 1;
        let title = match own_title(guide) {
            Some(title) => format!("{title}   question {number}"),
            None => format!("Question {number}"),
        };
        lines.push(&title, Tone::Title, width);
        lines.blank();
        lines.push(&question.text, Tone::Strong, width);
        lines.blank();
        for (index, answer) in question.answers.iter().enumerate() {
            let number = (index + 1).to_string();
            lines.lines.extend(of_entry(index, choice(&number, &answer.text, Some(index) == chosen, width)));
        }
        lines.blank();
        lines.push(&format!("Why it is asked: {}", question.why), Tone::Quiet, width);
        lines
    }

    fn end_lines(
        &self,
        guide: &Guide,
        course: &Course,
        top: usize,
        chosen: usize,
        width: u16,
    ) -> OverlayLines {
        let suggestion = self.suggestion(guide);
        let mut lines = OverlayLines::new(Scroll::From(top));
        for outcome in suggestion.outcomes.iter().filter_map(|index| guide.outcomes.get(*index)) {
            lines.push(&outcome.title, Tone::Strong, width);
            lines.push(&outcome.text, Tone::Text, width);
            lines.blank();
        }
        lines.push("An order in which to read", Tone::Title, width);
        let lessons = suggestion.lessons.iter().filter_map(|index| course.lessons.get(*index));
        for (index, lesson) in lessons.enumerate() {
            lines.lines.extend(choice(&format!("{:>2}.", index + 1), lesson.title(), false, width));
        }
        if !suggestion.items.is_empty() {
            lines.blank();
            lines.push("A few things to begin with", Tone::Title, width);
            for item in suggestion.items.iter().filter_map(|index| course.items.get(*index)) {
                lines.lines.extend(choice(" -", &item.text, false, width));
            }
        }
        lines.foot.push(ListLine::default());
        for (index, way) in suggestion.ways_on(course).into_iter().enumerate() {
            let text = suggestion.in_words(way);
            lines.foot.extend(of_entry(index, choice("", text, index == chosen, width)));
        }
        lines
    }
}

impl Default for SelfCheck {
    fn default() -> Self {
        Self::new()
    }
}

/// The course's title for its questions, unless it is what stands above them already.
fn own_title(guide: &Guide) -> Option<&str> {
    Some(guide.title.as_str()).filter(|title| *title != TITLE)
}

fn introduction_lines(guide: &Guide, width: u16) -> OverlayLines {
    let mut lines = OverlayLines::new(Scroll::ToSelected);
    if let Some(title) = own_title(guide) {
        lines.push(title, Tone::Title, width);
        lines.blank();
    }
    lines.push(&guide.introduction, Tone::Text, width);
    lines.blank();
    lines.lines.extend(choice("", "Begin", true, width));
    lines
}

#[cfg(test)]
mod routes;
#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::reader::overlay::self_check::suggestion::MOST_ITEMS;

    /// Answers that end no question early, by how they begin.
    const TO_THE_END: [&str; 9] =
        ["No", "No", "No", "No", "No", "He has moved out", "Heated", "Yes", "He talks"];

    /// What is suggested to whoever gives the answers that begin with these words.
    fn answered(answers: &[&str]) -> (Course, Suggestion) {
        let course = Course::built_in("reconcile").unwrap();
        let guide = course.guide.as_ref().unwrap();
        let mut check = SelfCheck::new();
        let mut next = Some(guide.start);
        for beginning in answers {
            let question = next.unwrap();
            let all = &guide.questions.get(question).unwrap().answers;
            let answer = all.iter().position(|answer| answer.text.starts_with(beginning)).unwrap();
            check.given.push(Given { question, answer });
            next = all.get(answer).unwrap().next(&check.given);
        }
        let suggestion = check.suggestion(guide);
        (course, suggestion)
    }

    #[test]
    fn fear_leads_to_the_page_to_read_first_and_to_nothing_else() {
        let (course, suggestion) = answered(&["Yes"]);
        assert_eq!(suggestion.lessons, vec![course.stop_first.unwrap()]);
        assert_eq!(suggestion.ways_on(&course), vec![WayOn::ReadFirst, WayOn::Leave]);
    }

    #[test]
    fn outcomes_are_joined_without_repeats_and_items_are_few() {
        let (course, suggestion) = answered(&TO_THE_END);
        let mut lessons = suggestion.lessons.clone();
        lessons.sort_unstable();
        lessons.dedup();
        assert_eq!(lessons.len(), suggestion.lessons.len());
        assert!(suggestion.outcomes.len() > 2);
        assert!((1..=MOST_ITEMS).contains(&suggestion.items.len()));
        assert_eq!(suggestion.ways_on(&course), vec![WayOn::UsePlan, WayOn::Weeks, WayOn::Leave]);
    }

    #[test]
    fn one_open_safety_question_puts_the_page_to_read_first_before_the_rest() {
        let mut answers = TO_THE_END;
        answers[0] = "Not sure";
        let (course, suggestion) = answered(&answers);
        assert_eq!(suggestion.lessons.first().copied(), course.stop_first);
        assert_eq!(
            suggestion.ways_on(&course),
            vec![WayOn::ReadFirst, WayOn::UsePlan, WayOn::Weeks, WayOn::Leave]
        );
    }

    #[test]
    fn no_answers_at_all_still_lead_somewhere() {
        let (_, suggestion) = answered(&[]);
        assert_eq!(suggestion.outcomes.len(), 1);
    }
}
