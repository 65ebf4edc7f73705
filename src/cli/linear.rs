//! Reading by plain lines and short commands: for a screen reader, a pipe, or a terminal that
//! has no cursor to move.
//!
//! Owns the conversation: a command in, an answer out, "Saved" only after the sync. Must not
//! draw: no line is taken back, nothing is said by colour or by where it stands.

mod conversation;
mod interrupt;
mod spoken;

use crate::app::Session;
use crate::cli::error::CliError;
use crate::journal::Operation;
use crate::reader::state::Saving;
use crate::text::clean::clean_line;
use conversation::{Conversation, Response};
use interrupt::Interrupts;
use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::process::ExitCode;

/// The longest command that is read, in bytes.
const LONGEST: u64 = 4096;

/// Runs a session on standard input and output.
pub(super) fn run(session: Session) -> Result<ExitCode, CliError> {
    let interrupts = Interrupts::handle().map_err(CliError::Output)?;
    let is_asked = io::stdin().is_terminal();
    let mut out = io::stdout().lock();
    converse(session, &mut io::stdin().lock(), &mut out, is_asked, &interrupts).map_err(CliError::Output)
}

/// Goes on until somebody quits, the input ends, or a signal comes.
fn converse(
    session: Session,
    input: &mut impl BufRead,
    out: &mut impl Write,
    is_asked: bool,
    interrupts: &Interrupts,
) -> io::Result<ExitCode> {
    let mut conversation = Conversation::new(session);
    writeln!(out, "{}", conversation.greeting())?;
    loop {
        if is_asked {
            write!(out, "> ")?;
        }
        out.flush()?;
        let Some(line) = line(input)? else {
            // The shell's next line is not to stand behind the question.
            if is_asked {
                writeln!(out)?;
            }
            break;
        };
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        if matches!(command, "quit" | "q" | "exit") {
            break;
        }
        match interrupts.uncut(|| answered(&mut conversation, command, rest.trim())) {
            Ok(text) => writeln!(out, "{text}")?,
            Err(code) => return Ok(ExitCode::from(code)),
        }
    }
    out.flush()?;
    // What could not be written until now is tried for the last time.
    Ok(match interrupts.uncut(|| not_saved(conversation.save())) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(why)) => {
            writeln!(out, "{why}")?;
            ExitCode::FAILURE
        }
        Err(code) => ExitCode::from(code),
    })
}

/// The answer to a command, with what became of what it wanted to be kept. It is on the disk
/// before a word of this is said.
fn answered(conversation: &mut Conversation, command: &str, rest: &str) -> String {
    let was_unsaved = not_saved(conversation.saving()).is_some();
    conversation.catch_up();
    let Response { mut text, keeps } = conversation.answer(command, rest);
    let is_mark = keeps.iter().any(|operation| matches!(operation, Operation::Mark { .. }));
    match conversation.keep(keeps) {
        Saving::Saved if is_mark || was_unsaved => text.push_str("\nSaved."),
        Saving::NotKept(why) if is_mark => text = format!("{text}\n{why}"),
        Saving::NotSaved(why) => text = format!("{text}\n{why}"),
        Saving::Saved | Saving::NotKept(_) => {}
    }
    // What is not saved is heard first; notices wait until it is.
    if not_saved(conversation.saving()).is_none() {
        for notice in conversation.new_notices() {
            text = format!("{text}\n{notice}");
        }
    }
    text
}

fn not_saved(saving: &Saving) -> Option<&str> {
    match saving {
        Saving::NotSaved(why) => Some(why),
        Saving::Saved | Saving::NotKept(_) => None,
    }
}

/// The next command; none at the end. Of a line that is too long only the beginning counts.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
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
mod tests;
