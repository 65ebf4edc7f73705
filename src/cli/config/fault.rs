//! A fault in the configuration file: its line, the problem, and the remedy.
//!
//! Owns how that is put. What it repeats from the file is cleaned.

use crate::course::nearest;
use crate::text::clean::clean_line;
use serde::Serialize;

/// The longest word of the file that is repeated, in characters.
const LONGEST: usize = 40;

/// A fault in the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::cli) struct ConfigFault {
    /// The line, from 1; none where it is about the file as a whole.
    pub(in crate::cli) line: Option<usize>,
    /// The problem.
    pub(in crate::cli) problem: String,
    /// The remedy.
    pub(in crate::cli) remedy: String,
}

impl ConfigFault {
    /// About the file as a whole.
    pub(super) fn of_file(problem: &str, remedy: &str) -> Self {
        Self { line: None, problem: clean_line(problem), remedy: remedy.into() }
    }

    /// About a line.
    pub(super) fn new(line: usize, problem: &str, remedy: &str) -> Self {
        Self { line: Some(line), problem: clean_line(problem), remedy: clean_line(remedy) }
    }

    /// There is nothing of this name. The remedy names the one that may have been meant.
    pub(super) fn unknown<'a>(
        line: usize,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
        otherwise: &str,
    ) -> Self {
        let remedy = nearest(name, known)
            .map_or_else(|| otherwise.to_owned(), |name| format!("did you mean `{name}`?"));
        Self::new(line, &format!("there is no {what} `{}`", short(name)), &remedy)
    }

    /// The fault in one line, behind what the file is called.
    pub(in crate::cli) fn in_one_line(&self, file: &str) -> String {
        let Self { line, problem, remedy } = self;
        let line = line.map_or_else(String::new, |line| format!(", line {line}"));
        clean_line(&format!("{file}{line}: {problem}; {remedy}"))
    }
}

/// As much of a word of the file as is worth repeating.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push_str("...");
    }
    short
}
