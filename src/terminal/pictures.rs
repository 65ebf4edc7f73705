//! Finding out how the terminal shows pictures, without making anyone wait.
//!
//! Owns the question (a picture of one pixel, by the protocol of kitty), which is sent when the first
//! picture is near what is read, and never before the first frame. Another question (DA1) follows, which
//! every terminal answers and in which it names sixels; once that answer is here, none to the first is
//! to come. Must not read: the answers come as all other input does.

use crate::reader::pictures::{BlockColours, PictureWay};
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// The picture is not kept, and the question is answered by terminals that know the protocol alone.
/// Versions of kitty before 0.28 know no placeholders, and so not the key `U` either: they do not answer.
const QUESTION: &[u8] = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24,U=1;AAAA\x1b\\\x1b[c";

/// What the answer begins with when the terminal has the protocol.
const YES: &str = "Gi=31;OK";

/// How long is waited before the terminal counts as one that answers nothing.
const LONGEST: Duration = Duration::from_secs(1);

/// The pixels of a cell of which the terminal does not say the size.
const USUAL_CELL: (u16, u16) = (8, 16);

/// What the terminal was asked of pictures, and has said.
#[derive(Debug, Default)]
pub(super) struct PictureAnswers {
    /// Since when an answer is awaited.
    asked: Option<Instant>,
    has_kitty: bool,
    is_known: bool,
}

/// The terminals whose names say how they show pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Named {
    /// They have the protocol of iTerm2.
    Iterm,
    /// They have others, but not as they are meant.
    Blocks,
    /// They have to be asked.
    Other,
}

impl PictureAnswers {
    /// The way if the terminal's name says it; else sends the question, once.
    pub(super) fn ask(
        &mut self,
        out: &mut impl Write,
        colours: BlockColours,
        variable: impl Fn(&str) -> Option<String>,
        cell: Option<(u16, u16)>,
    ) -> io::Result<Option<PictureWay>> {
        match named(variable) {
            Named::Iterm => return Ok(Some(PictureWay::Iterm(cell.unwrap_or(USUAL_CELL)))),
            Named::Blocks => return Ok(Some(PictureWay::Blocks(colours))),
            Named::Other => {}
        }
        if self.asked.is_none() && !self.is_known {
            out.write_all(QUESTION)?;
            out.flush()?;
            self.asked = Some(Instant::now());
        }
        Ok(None)
    }

    /// Returns whether an answer is still awaited.
    pub(super) fn are_awaited(&self) -> bool {
        self.asked.is_some()
    }

    /// How long the terminal may still take to answer; none where nothing is awaited.
    pub(super) fn until_given_up(&self) -> Option<Duration> {
        self.asked.map(|since| LONGEST.saturating_sub(since.elapsed()))
    }

    /// Awaits no answer any more: it was read away when the terminal was given back. The next picture
    /// asks again.
    pub(super) fn forget_question(&mut self) {
        (self.asked, self.has_kitty) = (None, false);
    }

    /// Takes an answer such as `Gi=31;OK`.
    pub(super) fn take(&mut self, answer: &str) {
        self.has_kitty |= answer == YES && self.are_awaited();
    }

    /// The way that follows from the answers, once the last of them is here.
    pub(super) fn way(
        &mut self,
        has_sixel: bool,
        colours: BlockColours,
        cell: Option<(u16, u16)>,
    ) -> Option<PictureWay> {
        self.asked.take()?;
        self.is_known = true;
        Some(match cell {
            cell if self.has_kitty => PictureWay::Kitty(cell.unwrap_or(USUAL_CELL)),
            // Without the size of a cell a sixel picture would cover other rows.
            Some(cell) if has_sixel => PictureWay::Sixel(cell),
            _ => PictureWay::Blocks(colours),
        })
    }

    /// The way of a terminal that has not answered for too long.
    pub(super) fn give_up(&mut self, colours: BlockColours) -> Option<PictureWay> {
        self.asked.take_if(|since| since.elapsed() > LONGEST)?;
        self.is_known = true;
        Some(PictureWay::Blocks(colours))
    }
}

/// The same way on cells of another size.
pub(super) fn on_cells(way: PictureWay, cell: Option<(u16, u16)>) -> PictureWay {
    let cell = |before: (u16, u16)| cell.unwrap_or(before);
    match way {
        PictureWay::Kitty(before) => PictureWay::Kitty(cell(before)),
        PictureWay::Iterm(before) => PictureWay::Iterm(cell(before)),
        PictureWay::Sixel(before) => PictureWay::Sixel(cell(before)),
        PictureWay::Never | PictureWay::Unasked(_) | PictureWay::Blocks(_) => way,
    }
}

/// What the name of a terminal says of its pictures.
fn named(variable: impl Fn(&str) -> Option<String>) -> Named {
    let is = |name: &str, value: &str| variable(name).is_some_and(|own| own == value);
    if is("TERM_PROGRAM", "iTerm.app") || is("LC_TERMINAL", "iTerm2") || is("TERM_PROGRAM", "WezTerm") {
        // WezTerm answers as kitty does, but knows no placeholders.
        Named::Iterm
    } else if variable("KONSOLE_VERSION").is_some() {
        // It answers as kitty does, but knows no placeholders, and leaves parts of sixels behind.
        Named::Blocks
    } else {
        Named::Other
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    const CELL: Option<(u16, u16)> = Some((10, 20));
    const COLOURS: BlockColours = BlockColours::Indexed;

    /// What was sent, and the way if it was known at once.
    fn asked(answers: &mut PictureAnswers, set: &[(&str, &str)]) -> (Vec<u8>, Option<PictureWay>) {
        let value = |name: &str| set.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        let mut question = Vec::new();
        let way = answers.ask(&mut question, COLOURS, |name| value(name).map(str::to_owned), CELL).unwrap();
        (question, way)
    }

    #[test]
    fn the_answers_say_which_way() {
        for (answer, has_sixel, cell, way) in [
            (Some("Gi=31;OK"), true, CELL, PictureWay::Kitty((10, 20))),
            (Some("Gi=31;OK"), false, None, PictureWay::Kitty((8, 16))),
            (Some("Gi=31;ENOTSUP:no"), true, CELL, PictureWay::Sixel((10, 20))),
            (None, true, CELL, PictureWay::Sixel((10, 20))),
            (None, true, None, PictureWay::Blocks(COLOURS)),
            (None, false, CELL, PictureWay::Blocks(COLOURS)),
        ] {
            let mut answers = PictureAnswers::default();
            assert_eq!(asked(&mut answers, &[]), (QUESTION.to_vec(), None));
            if let Some(answer) = answer {
                answers.take(answer);
            }
            assert_eq!(answers.way(has_sixel, COLOURS, cell), Some(way), "{answer:?}");
            // It is asked once.
            assert_eq!(asked(&mut answers, &[]), (Vec::new(), None));
            assert_eq!(answers.way(has_sixel, COLOURS, cell), None);
        }
    }

    #[test]
    fn an_answer_is_waited_for_no_longer_than_a_second_and_only_when_one_is_to_come() {
        let mut answers = PictureAnswers::default();
        assert_eq!(answers.until_given_up(), None);
        asked(&mut answers, &[]);
        assert!(answers.until_given_up().is_some_and(|rest| rest <= LONGEST));
        assert_eq!(answers.give_up(COLOURS), None);
        answers.asked = Instant::now().checked_sub(LONGEST + Duration::from_millis(1));
        assert_eq!(answers.until_given_up(), Some(Duration::ZERO));
        assert_eq!(answers.give_up(COLOURS), Some(PictureWay::Blocks(COLOURS)));
        assert_eq!(answers.until_given_up(), None);
    }

    #[test]
    fn a_question_whose_answer_was_read_away_is_asked_again() {
        let mut answers = PictureAnswers::default();
        asked(&mut answers, &[]);
        answers.forget_question();
        assert!(!answers.are_awaited());
        assert_eq!(asked(&mut answers, &[]), (QUESTION.to_vec(), None));
        answers.take("Gi=31;OK");
        assert_eq!(answers.way(false, COLOURS, CELL), Some(PictureWay::Kitty((10, 20))));
        // What is known stays so.
        answers.forget_question();
        assert_eq!(asked(&mut answers, &[]), (Vec::new(), None));
    }

    #[test]
    fn what_nobody_asked_is_no_answer() {
        let mut answers = PictureAnswers::default();
        answers.take("Gi=31;OK");
        assert_eq!(answers.way(true, COLOURS, CELL), None);
        asked(&mut answers, &[]);
        assert_eq!(answers.way(false, COLOURS, CELL), Some(PictureWay::Blocks(COLOURS)));
    }

    #[test]
    fn a_terminal_that_says_its_name_is_not_asked() {
        for (name, value, way) in [
            ("TERM_PROGRAM", "iTerm.app", PictureWay::Iterm((10, 20))),
            ("LC_TERMINAL", "iTerm2", PictureWay::Iterm((10, 20))),
            ("TERM_PROGRAM", "WezTerm", PictureWay::Iterm((10, 20))),
            ("KONSOLE_VERSION", "230804", PictureWay::Blocks(COLOURS)),
        ] {
            let mut answers = PictureAnswers::default();
            assert_eq!(asked(&mut answers, &[(name, value)]), (Vec::new(), Some(way)), "{value}");
        }
    }
}
