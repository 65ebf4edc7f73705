//! The letter of a place: asked for when the place on the screen is to have one, and when the
//! reader goes to a place that has one.

use crate::course::Place;
use crate::journal::{Choice, Chosen, Operation};
use crate::page::Top;
use crate::reader::input::OverlayInput;
use crate::reader::keys::Context;
use crate::reader::keys::binding::{BindingRow, row};
use crate::reader::keys::context::Unbound;
use crate::reader::list::Tone;
use crate::reader::outcome::{JournalChange, Jump, Outcome};
use crate::reader::overlay::lines::{OverlayLines, Scroll, choice};
use crate::reader::view::View;

/// The prompt's context.
pub const CONTEXT: Context =
    Context::overlay("letter", "When a place is named or gone to (by a letter or digit)")
        .with_unbound(Unbound::Letter);

/// The rows of the prompt.
pub const ROWS: &[BindingRow<PlaceAction>] = &[
    row("Esc", "cancel", PlaceAction::Close, "back; no place is named", "back"),
    row("'", "place-before", PlaceAction::Before, "to the place before, as in other programs", ""),
];

/// The prompt for a letter, by what the letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterPrompt {
    /// To name the place on the screen.
    Name,
    /// To go to its place.
    Go,
}

/// What is done with the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceAction {
    /// The letter or digit that was asked for.
    Letter(char),
    /// Goes to the place before.
    Before,
    /// Closes the prompt.
    Close,
}

impl LetterPrompt {
    /// What input that is bound to nothing does.
    pub fn action(input: &OverlayInput) -> Option<PlaceAction> {
        match input {
            OverlayInput::Letter(letter) => Some(PlaceAction::Letter(*letter)),
            OverlayInput::Edit(_)
            | OverlayInput::Paste(_)
            | OverlayInput::Digit(_)
            | OverlayInput::Click(_)
            | OverlayInput::Wheel(_) => None,
        }
    }

    /// Applies an action.
    pub fn update(self, action: PlaceAction, view: &View) -> Outcome {
        match (action, self) {
            (PlaceAction::Letter(letter), Self::Name) => name(letter, view),
            (PlaceAction::Letter(letter), Self::Go) => go(letter, view),
            (PlaceAction::Before, Self::Go) => Outcome::Perform(Context::PANES, "back"),
            (PlaceAction::Before, Self::Name) => {
                Outcome::CloseSaying("A place is named by a letter or a digit.".into())
            }
            (PlaceAction::Close, _) => Outcome::Close,
        }
    }

    /// Its lines, at most `width` columns wide: the places that have a letter.
    pub fn lines(self, view: &View, width: u16) -> OverlayLines {
        let mut lines = OverlayLines::new(Scroll::From(0));
        let question = match self {
            Self::Name => "Which letter or digit is to name this place?",
            Self::Go => "Go to the place of which letter or digit?",
        };
        lines.push(question, Tone::Strong, width);
        lines.blank();
        let course = view.world.course;
        let mut places = view.world.ledger.named_places(&course.id).peekable();
        if places.peek().is_none() {
            let key = view.key(Context::READING, "name-place");
            let text = format!("No place has a name yet. {key} and a letter name the place you are reading.");
            lines.push(&text, Tone::Quiet, width);
        }
        for (letter, place) in places {
            let lesson = course.lesson_index(&place.lesson).and_then(|lesson| course.lessons.get(lesson));
            let otherwise = if course.is_beginning() {
                place.lesson.as_str()
            } else {
                "a lesson that is no longer in the course"
            };
            let title = lesson.map_or(otherwise, |lesson| lesson.title());
            lines.lines.extend(choice(&letter.to_string(), title, false, width));
        }
        lines
    }
}

fn name(letter: char, view: &View) -> Outcome {
    let course = view.world.course;
    let Some(lesson) = course.lessons.get(view.lesson) else { return Outcome::Close };
    let place = Place::new(lesson.id.clone(), course.document(view.lesson), view.top.position);
    let chosen = Chosen::NamedPlace { name: letter, place: Some(place) };
    let operation = Operation::Choice(Choice { course: course.id.clone(), chosen });
    let key = view.key(Context::PANES, "go-to-named-place");
    let message = format!("Place \"{letter}\" set. Press {key} {letter} to return");
    let label = format!("the letter {letter} for: {}", lesson.title());
    Outcome::Do(JournalChange::new(label, vec![operation]).saying(message))
}

fn go(letter: char, view: &View) -> Outcome {
    let course = view.world.course;
    let Some(place) = view.world.ledger.named_place(&course.id, letter) else {
        let key = view.key(Context::READING, "name-place");
        let message = format!("No place is named \"{letter}\". {key} {letter} names this one");
        return Outcome::CloseSaying(message);
    };
    let Some(lesson) = course.lesson_index(&place.lesson) else {
        if course.ask_for_rest() {
            return Outcome::Stay;
        }
        return Outcome::CloseSaying("That lesson is no longer in the course.".into());
    };
    let position = place.find(course.document(lesson));
    Outcome::Go(Jump::Top { lesson, top: Top { position, skip: 0 } })
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )]
    use super::*;
    use crate::reader::fixture::Fixture;

    #[test]
    fn a_letter_without_a_place_closes_the_prompt_and_says_how_to_set_one() {
        let fixture = Fixture::new();
        let outcome = LetterPrompt::Go.update(PlaceAction::Letter('z'), &fixture.view());
        let message = "No place is named \"z\". m z names this one";
        assert_eq!(outcome, Outcome::CloseSaying(message.into()));
    }

    #[test]
    fn a_named_place_is_where_its_letter_leads() {
        let mut fixture = Fixture::new();
        let Outcome::Do(change) = LetterPrompt::Name.update(PlaceAction::Letter('a'), &fixture.view()) else {
            panic!("the place was not named");
        };
        change.operations.iter().for_each(|operation| fixture.apply(operation));
        fixture.state.reading.lesson = 3;
        let outcome = LetterPrompt::Go.update(PlaceAction::Letter('a'), &fixture.view());
        assert_eq!(outcome, Outcome::Go(Jump::Top { lesson: 0, top: Top::default() }));
    }
}
