//! Writing to standard output, so that a closed pipe ends the program quietly.

use crate::cli::error::CliError;
use crate::text::clean::clean;
use serde::Serialize;
use std::io::{self, Write};

/// Standard output, and whether JSON was asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    json: bool,
}

impl Output {
    /// Standard output.
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Returns whether JSON was asked for.
    pub(super) fn is_json(self) -> bool {
        self.json
    }

    /// Writes a value: as JSON on one line, or as the text that `plain` makes of it.
    pub(super) fn write<T: Serialize>(
        self,
        value: &T,
        plain: impl FnOnce(&T) -> String,
    ) -> Result<(), CliError> {
        let mut text = if self.json {
            serde_json::to_string(value).map_err(|error| CliError::Output(error.into()))?
        } else {
            // Names and paths come from anywhere, and none of them drives the terminal.
            clean(&plain(value)).into_owned()
        };
        if !text.ends_with('\n') {
            text.push('\n');
        }
        write_text(&text)
    }
}

/// Writes a text to standard output as it stands.
pub(super) fn write_text(text: &str) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(CliError::Output)
}

/// Says something to the person, on standard error. Whatever names, paths and texts are in
/// it, none of them drives the terminal.
pub(super) fn complain(message: &str) {
    let message = clean(message);
    // There is nobody left to tell if this fails.
    writeln!(io::stderr(), "sidelight: {message}").ok();
}
