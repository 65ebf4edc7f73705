//! A line that somebody types, or that a pipe has: a command of the linear mode, an answer to `ask`.
//!
//! Owns how much of a line is read, and that it is cleaned. Must not know what it answers.

use crate::text::clean::clean_line;
use std::io::{self, BufRead, Read};

/// The longest line that is read, in bytes.
const LONGEST: u64 = 4096;

/// The next line, without the blanks around it; none at the end. Of a line that is too long only the
/// beginning counts.
///
/// # Errors
/// Those of the system; a terminal that went away is the end.
pub(super) fn next(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let count = match input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
        Ok(count) => count,
        // A terminal that went away.
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => 0,
        Err(error) => return Err(error),
    };
    if count == 0 {
        return Ok(None);
    }
    if !bytes.ends_with(b"\n") && bytes.len() as u64 == LONGEST {
        input.skip_until(b'\n')?;
    }
    Ok(Some(clean_line(&String::from_utf8_lossy(&bytes)).trim().to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_line_that_is_too_long_is_one_and_not_several_and_none_drives_a_terminal() {
        let long = "x".repeat(10_000);
        let mut input = io::Cursor::new(format!("{long}\nlist\r\n\n y\x1b[31mes \nlast"));
        assert_eq!(next(&mut input).unwrap().unwrap().len(), 4096);
        assert_eq!(next(&mut input).unwrap().as_deref(), Some("list"));
        assert_eq!(next(&mut input).unwrap().as_deref(), Some(""));
        let typed = next(&mut input).unwrap().unwrap();
        assert!(!typed.contains('\x1b') && typed.starts_with('y'), "{typed:?}");
        assert_eq!(next(&mut input).unwrap().as_deref(), Some("last"));
        assert_eq!(next(&mut input).unwrap(), None);
    }

    #[test]
    fn a_terminal_that_went_away_is_the_end_and_any_other_error_is_told() {
        struct Failing(rustix::io::Errno);
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
        }
        let mut gone = io::BufReader::new(Failing(rustix::io::Errno::IO));
        assert_eq!(next(&mut gone).unwrap(), None);
        let mut folder = io::BufReader::new(Failing(rustix::io::Errno::ISDIR));
        assert!(next(&mut folder).is_err());
    }
}
