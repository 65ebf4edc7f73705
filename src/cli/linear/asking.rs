//! Lines where something was asked, and what comes before any question.
//!
//! Owns what a line is taken for then: the answer, a command, a key; and that a question which
//! something else came before can be asked again, with all that was answered. What an answer does is
//! in `dialog.rs`.

use crate::cli::linear::asked::Dialog;
use crate::cli::linear::commands;
use crate::cli::linear::conversation::{Conversation, DayTold, Voice};
use crate::cli::linear::keys;
use crate::cli::linear::response::Response;
use crate::cli::typed_line::{Chord, TypedLine};
use crate::text::ExerciseKind;

/// The word that ends any question.
const STOP: &str = "stop";

/// The sentence behind which something else is done before a question is answered.
const ASIDE: &str = "The question is put aside. question asks it again.";

/// The answer to a key that does nothing here.
const NO_KEY: &str = "There was a key in that line that does nothing here, so nothing was done.";

impl Conversation {
    /// Answers what works wherever one is, also where something was asked.
    pub(super) fn answer_anywhere(&mut self, line: &TypedLine) -> Option<Response> {
        let command = match line {
            TypedLine::Chord(chord, _) => keys::asked_by(*chord)?,
            TypedLine::Words(line) => {
                // Where words are asked for, one letter is an answer; but for the one that the page for danger
                // says works from anywhere.
                let is_asked = self.dialog.is_some();
                let is_choice = self.dialog.as_ref().is_some_and(|dialog| !self.takes_words(dialog));
                match line.to_lowercase().as_str() {
                    "hide" => "hide",
                    "first" => "first",
                    "aid" => "aid",
                    "repeat" => "repeat",
                    "s" if is_asked => "first",
                    "a" if is_choice && line == "A" => "aid",
                    _ => return None,
                }
            }
        };
        match command {
            "hide" => Some(self.hide()),
            "first" => Some(self.stop_first()),
            "aid" => Some(self.first_aid()),
            "repeat" => Some(self.repeat()),
            _ => None,
        }
    }

    /// Answers a key that does not work wherever one is.
    pub(super) fn answer_chord(&mut self, chord: Chord, dialog: Option<Dialog>, day: DayTold) -> Response {
        match (keys::asked_by(chord), dialog) {
            // While something is shown it puts no question aside.
            (Some("show"), Some(dialog)) => self.begin(dialog).behind("Nothing is hidden."),
            (Some(command), None) => self.run(command, day),
            (Some(command), Some(dialog)) => self.put_aside(dialog, command, day),
            (None, None) => NO_KEY.into(),
            (None, Some(dialog)) => self.begin(dialog).behind(NO_KEY),
        }
    }

    /// Takes a line where something was asked.
    pub(super) fn answer_question(&mut self, dialog: Dialog, line: &str, day: DayTold) -> Response {
        if line.eq_ignore_ascii_case(STOP) {
            return self.leave(&dialog);
        }
        let dialog = match dialog {
            Dialog::Doubt(asked, meant) => match self.settle(*asked, &meant, line, day) {
                Ok(response) => return response,
                Err(asked) => asked,
            },
            other => other,
        };
        if commands::of_line(line).is_none() || is_answer(&dialog, line) {
            return self.go_on_with(dialog, line);
        }
        if self.takes_words(&dialog) {
            self.begin(Dialog::Doubt(Box::new(dialog), line.to_owned()))
        } else {
            self.put_aside(dialog, line, day)
        }
    }

    /// Remembers the words before a key in a line of an answer, to be asked about. While a command is in
    /// doubt they come before it; other words are not replaced.
    pub(super) fn keep_begun(&mut self, line: &TypedLine) {
        let TypedLine::Chord(_, words) = line else { return };
        if words.is_empty() {
            return;
        }
        let asked = match self.dialog.take() {
            Some(Dialog::Doubt(asked, meant)) if commands::of_line(&meant).is_some() => *asked,
            Some(dialog) if self.takes_words(&dialog) => dialog,
            other => {
                self.dialog = other;
                return;
            }
        };
        self.dialog = Some(Dialog::Doubt(Box::new(asked), words.clone()));
    }

    /// Asks whether a line that is a command too, or was only begun, was meant as an answer.
    pub(super) fn doubt_question(line: &str) -> String {
        match commands::of_line(line) {
            Some(_) => format!(
                "\u{201c}{line}\u{201d} is a command too. Is it your answer? yes; or {line} once more for the \
                 command; or another answer. Enter asks again."
            ),
            None => format!(
                "You had begun: \u{201c}{line}\u{201d}. Is it your answer? yes; or another answer. Enter asks \
                 again."
            ),
        }
    }

    /// Takes what was said about such a line. What is none of what was offered answers the question
    /// itself, which is given back.
    fn settle(&mut self, asked: Dialog, meant: &str, line: &str, day: DayTold) -> Result<Response, Dialog> {
        match line.to_lowercase().as_str() {
            "yes" | "y" => Ok(self.go_on_with(asked, meant)),
            "" | "no" | "n" => Ok(self.begin(asked)),
            lower if lower == meant.to_lowercase() && commands::of_line(meant).is_some() => {
                Ok(self.put_aside(asked, line, day))
            }
            _ => Err(asked),
        }
    }

    /// Does something else before a question is answered.
    fn put_aside(&mut self, dialog: Dialog, command: &str, day: DayTold) -> Response {
        self.push_aside(dialog);
        self.run(command, day).behind(ASIDE)
    }

    /// Puts the question that was asked aside, if there is one, and returns what to say of it.
    pub(super) fn put_question_aside(&mut self) -> Option<&'static str> {
        let asked = self.dialog.take()?;
        self.push_aside(asked);
        Some(ASIDE)
    }

    /// Puts a question on top of those that wait; the same one waits once.
    fn push_aside(&mut self, dialog: Dialog) {
        self.aside.retain(|waiting| *waiting != dialog);
        self.aside.push(dialog);
    }

    /// Asks again what was put aside last.
    pub(super) fn ask_again(&mut self) -> Response {
        match self.aside.pop() {
            Some(dialog) => self.begin(dialog),
            None => "No question was put aside.".into(),
        }
    }

    /// Leaves a question, and says what does not come of it.
    fn leave(&self, dialog: &Dialog) -> Response {
        match dialog {
            Dialog::Doubt(asked, _) => self.leave(asked),
            Dialog::PlanCue(item) | Dialog::PlanResponse(item, _) => {
                match self.session.world().practice().if_then(item) {
                    Some(_) => "Left. The plan stays as it was.".into(),
                    None => "Left. No plan was made.".into(),
                }
            }
            Dialog::Side(_) | Dialog::ItemText(_) | Dialog::Instead(_) => "Left. No item was added.".into(),
            Dialog::Note(..) => "Left. No note was written.".into(),
            Dialog::Evening(..)
            | Dialog::Group(_)
            | Dialog::Rhythm(_)
            | Dialog::Question(..)
            | Dialog::Suggestion(_)
            | Dialog::Exercise(..)
            | Dialog::Recall(_)
            | Dialog::Recalled(_) => "Left.".into(),
        }
    }

    /// Says once more what was said last: the question, or else the answer. In a new session it is the
    /// part that was heard last.
    pub(super) fn repeat(&mut self) -> Response {
        if let Some(dialog) = &self.dialog {
            return Response::asking(self.question(dialog));
        }
        if self.said.is_empty() { self.part_before() } else { self.said.clone().into() }
    }

    /// Says nothing more until it is asked to. A question waits.
    pub(super) fn hide(&mut self) -> Response {
        self.voice = Voice::Silent;
        Response::default()
    }

    /// Takes a line while nothing is said.
    pub(super) fn answer_in_silence(&mut self, line: &TypedLine) -> Response {
        let is_show = match line {
            TypedLine::Chord(chord, _) => keys::asked_by(*chord) == Some("show"),
            TypedLine::Words(line) => line.eq_ignore_ascii_case("show"),
        };
        if !is_show {
            return Response::default();
        }
        self.voice = Voice::Speaking;
        let greeting = self.greeting();
        match &self.dialog {
            None => greeting.into(),
            Some(dialog) => Response::asking(self.question(dialog)).behind(&format!(
                "{greeting}\nA question was put aside by hide. What you answered is kept; stop leaves it."
            )),
        }
    }

    /// A sentence for the end where an answer that was begun would be lost by it.
    pub(super) fn begun(&self) -> Option<&'static str> {
        let begun = self.dialog.iter().chain(&self.aside).any(Dialog::has_unsaved_words);
        begun.then_some("What you had begun to answer is not saved.")
    }

    /// Returns whether words answer a question, and not only a number or one of a few words.
    fn takes_words(&self, dialog: &Dialog) -> bool {
        match dialog {
            Dialog::Evening(..)
            | Dialog::PlanCue(_)
            | Dialog::PlanResponse(..)
            | Dialog::ItemText(_)
            | Dialog::Instead(_)
            | Dialog::Group(_)
            | Dialog::Note(..) => true,
            Dialog::Exercise(lesson, place) => {
                let exercises = self.session.world().course.document(*lesson).exercises();
                exercises.get(*place).is_some_and(|exercise| exercise.kind == ExerciseKind::Write)
            }
            Dialog::Side(_)
            | Dialog::Rhythm(_)
            | Dialog::Question(..)
            | Dialog::Suggestion(_)
            | Dialog::Recall(_)
            | Dialog::Recalled(_)
            | Dialog::Doubt(..) => false,
        }
    }
}

/// Returns whether a line that is a command too is one of the answers that a question offers.
fn is_answer(dialog: &Dialog, line: &str) -> bool {
    matches!(dialog, Dialog::Suggestion(_)) && line.eq_ignore_ascii_case("plan")
}
