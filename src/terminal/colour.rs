//! Finding out whether the terminal is light or dark, without making anyone wait.
//!
//! The questions (OSC 10 for the text, OSC 11 for the ground) are sent after the first frame, and the answers are taken when they
//! come. A library that asks and waits would hold up the first frame, or lose the keys
//! that are typed meanwhile. Another question (DA1) follows, which every terminal answers, in
//! the order in which it was asked: once that answer is here, none to the others is to come.

use crate::screen::Theme;
use crate::screen::theme::colour::Rgb;
use crate::screen::theme::role::Looks;
use std::io::{self, Write};

/// What the terminal has said of its colours so far.
#[derive(Debug, Default)]
pub(super) struct ColourAnswers {
    /// The colour of its text.
    text: Option<Rgb>,
    /// What the reader wants to look otherwise than in the theme that follows from the answers.
    looks: Looks,
}

/// Asks the terminal for the colours of its text and its ground, and then what it is.
pub(super) fn ask(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b]10;?\x1b\\\x1b]11;?\x1b\\\x1b[c")?;
    out.flush()
}

impl ColourAnswers {
    /// No answer yet.
    pub(super) fn new(looks: Looks) -> Self {
        Self { text: None, looks }
    }

    /// Takes an answer such as `11;rgb:1e1e/1e1e/2e2e`. Returns the theme once the ground is known;
    /// the text was asked for before it.
    pub(super) fn take(&mut self, answer: &str) -> Option<Theme> {
        if let Some(colour) = answer.strip_prefix("10;") {
            self.text = colour_of(colour);
            return None;
        }
        let ground = colour_of(answer.strip_prefix("11;")?)?;
        Some(self.looks.applied_to(Theme::for_terminal(ground, self.text)))
    }
}

/// Reads a colour such as `rgb:1e1e/1e1e/2e2e`.
fn colour_of(text: &str) -> Option<Rgb> {
    let mut parts = text.strip_prefix("rgb:")?.split('/').map(|part| {
        let digits = part.get(..2).unwrap_or(part);
        u8::from_str_radix(digits, 16).ok()
    });
    let mut part = || parts.next().flatten();
    Some(Rgb(part()?, part()?, part()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(answers: &[&str]) -> Option<Theme> {
        let mut taken = ColourAnswers::default();
        answers.iter().filter_map(|answer| taken.take(answer)).last()
    }

    #[test]
    fn an_answer_tells_light_from_dark() {
        assert_eq!(theme(&["11;rgb:ffff/ffff/eeee"]), Some(Theme::LIGHT));
        assert_eq!(theme(&["11;rgb:ff/ff/ee"]), Some(Theme::LIGHT));
        assert_eq!(theme(&["11;rgb:1e1e/1e1e/2e2e"]), Some(Theme::DARK));
    }

    #[test]
    fn nothing_is_dim_where_the_text_has_little_contrast_itself() {
        let solarized = ["10;rgb:8383/9494/9696", "11;rgb:0000/2b2b/3636"];
        assert_eq!(theme(&solarized), Some(Theme::DARK.without_dim()));
        assert_eq!(theme(&["10;rgb:ffff/ffff/ffff", "11;rgb:0000/0000/0000"]), Some(Theme::DARK));
        assert_eq!(theme(&["10;nonsense", "11;rgb:0000/0000/0000"]), Some(Theme::DARK));
    }

    #[test]
    fn an_answer_that_makes_no_sense_changes_nothing() {
        for nonsense in ["", "11;", "11;rgb:", "11;rgb:zz/zz/zz", "10;rgb:ff/ff/ff", "11;rgb:ff/ff"] {
            assert_eq!(theme(&[nonsense]), None, "{nonsense}");
        }
    }
}
