//! Finding out whether the terminal is light or dark, without making anyone wait.
//!
//! The question (OSC 11) is sent after the first frame, and the answer is taken when it
//! comes. A library that asks and waits would hold up the first frame, or lose the keys
//! that are typed meanwhile. A second question (DA1) follows, which every terminal answers, in
//! the order in which it was asked: once that answer is here, none to the first is to come.

use crate::screen::Theme;
use std::io::{self, Write};

/// Asks the terminal for the colour of its ground, and then what it is.
pub(super) fn ask(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"\x1b]11;?\x1b\\\x1b[c")?;
    out.flush()
}

/// Reads an answer such as `11;rgb:1e1e/1e1e/2e2e`. Light is what is nearer to white than
/// to black by its luma (ITU-R BT.601).
pub(super) fn theme(answer: &str) -> Option<Theme> {
    let colour = answer.strip_prefix("11;rgb:")?;
    let mut parts = colour.split('/').map(|part| {
        let digits = part.get(..2).unwrap_or(part);
        u32::from_str_radix(digits, 16).ok()
    });
    let mut part = || parts.next().flatten();
    let (red, green, blue) = (part()?, part()?, part()?);
    let luma = (299 * red + 587 * green + 114 * blue) / 1000;
    Some(if luma > 127 { Theme::LIGHT } else { Theme::DARK })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_tells_light_from_dark() {
        assert_eq!(theme("11;rgb:ffff/ffff/eeee"), Some(Theme::LIGHT));
        assert_eq!(theme("11;rgb:ff/ff/ee"), Some(Theme::LIGHT));
        assert_eq!(theme("11;rgb:1e1e/1e1e/2e2e"), Some(Theme::DARK));
    }

    #[test]
    fn an_answer_that_makes_no_sense_changes_nothing() {
        for nonsense in ["", "11;", "11;rgb:", "11;rgb:zz/zz/zz", "10;rgb:ff/ff/ff", "11;rgb:ff/ff"] {
            assert_eq!(theme(nonsense), None, "{nonsense}");
        }
    }
}
