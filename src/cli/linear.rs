//! Reading by plain lines and short commands: for a screen reader, a pipe, or a terminal that
//! has no cursor to move.
//!
//! Owns the conversation: a command in, an answer out, "Saved" only after the sync. Must not
//! draw: no line is taken back, nothing is said by colour or by where it stands.

mod asked;
mod checklist;
mod conversation;
mod dialog;
mod exercises;
mod interrupt;
mod links;
mod looking_back;
mod reading;
mod spoken;
mod today;
mod weeks;

use crate::app::Session;
use crate::cli::error::CliError;
use crate::cli::typed_line;
use crate::journal::{Choice, Chosen, Operation};
use crate::reader::state::Saving;
use crate::text::columns::wrapped;
use conversation::{Conversation, Response};
use interrupt::Interrupts;
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;

/// The narrowest terminal in which lines are broken at words.
const NARROWEST: u16 = 20;

/// How a session begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greeting {
    /// For the first time of all: what this is comes first.
    First,
    /// As it does on every other day.
    Again,
}

/// Runs a session on standard input and output, which the caller gives in the characters of the
/// locale.
pub(super) fn run(
    session: Session,
    greeting: Greeting,
    mut input: impl BufRead,
    mut out: impl Write,
) -> Result<ExitCode, CliError> {
    let interrupts = Interrupts::handle().map_err(CliError::Output)?;
    let is_asked = io::stdin().is_terminal();
    let mut conversation = Conversation::new(session);
    if greeting == Greeting::First {
        let welcome = conversation.welcome();
        say(&mut out, &welcome).map_err(CliError::Output)?;
    }
    converse(conversation, &mut input, &mut out, is_asked, &interrupts).map_err(CliError::Output)
}

/// Goes on until somebody quits, the input ends, or a signal comes.
fn converse(
    mut conversation: Conversation,
    input: &mut impl BufRead,
    out: &mut impl Write,
    is_asked: bool,
    interrupts: &Interrupts,
) -> io::Result<ExitCode> {
    say(out, &conversation.greeting())?;
    if let Some(today) = conversation.first_screen() {
        say(out, &today)?;
    }
    loop {
        if is_asked {
            write!(out, "> ")?;
        }
        out.flush()?;
        let Some(line) = typed_line::next(input)? else {
            // The shell's next line is not to stand behind the question.
            if is_asked {
                writeln!(out)?;
            }
            break;
        };
        if matches!(line.as_str(), "quit" | "q" | "exit") {
            break;
        }
        let was_silent = conversation.is_silent();
        match interrupts.uncut(|| answered(&mut conversation, &line)) {
            Ok(_) if conversation.is_silent() && was_silent => {}
            Ok(_) if conversation.is_silent() => clear_sight(out)?,
            Ok(text) => say(out, &text)?,
            Err(code) => return Ok(ExitCode::from(code)),
        }
    }
    out.flush()?;
    // What could not be written until now is tried for the last time.
    Ok(match interrupts.uncut(|| not_saved(conversation.save())) {
        Ok(None) => ExitCode::SUCCESS,
        Ok(Some(why)) => {
            say(out, why)?;
            ExitCode::FAILURE
        }
        Err(code) => ExitCode::from(code),
    })
}

/// The answer to a command, with what became of what it wanted to be kept. It is on the disk
/// before a word of this is said.
fn answered(conversation: &mut Conversation, line: &str) -> String {
    let was_unsaved = not_saved(conversation.saving()).is_some();
    conversation.catch_up();
    let Response { mut text, keeps } = conversation.answer(line);
    // Where she is in the text is saved without a word.
    let is_place = |operation: &Operation| match operation {
        Operation::Place { .. } | Operation::Read { .. } => true,
        Operation::Choice(Choice { chosen, .. }) => matches!(chosen, Chosen::Question { .. }),
        Operation::Mark { .. } | Operation::Note { .. } => false,
    };
    let is_asked_for = !keeps.iter().all(is_place);
    match conversation.keep(keeps) {
        Saving::Saved if is_asked_for || was_unsaved => text.push_str("\nSaved."),
        Saving::NotKept(why) if is_asked_for => text = format!("{text}\n{why}"),
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

/// Prints a text. On a terminal its lines are broken at words, as wide as that is.
fn say(out: &mut impl Write, text: &str) -> io::Result<()> {
    let Some((columns, _)) = terminal_size().filter(|(columns, _)| *columns >= NARROWEST) else {
        return writeln!(out, "{text}");
    };
    // The last column stays free: some terminals begin a new line once it is written.
    text.split('\n').flat_map(|line| wrapped(line, columns - 1)).try_for_each(|line| writeln!(out, "{line}"))
}

/// Moves what was said out of sight, as far as plain lines can: a terminal may still scroll back.
fn clear_sight(out: &mut impl Write) -> io::Result<()> {
    let rows = terminal_size().map_or(0, |(_, rows)| usize::from(rows));
    write!(out, "{}", "\n".repeat(rows))
}

/// The columns and rows of the terminal that is written to, if it is one.
fn terminal_size() -> Option<(u16, u16)> {
    let stdout = io::stdout();
    let size = rustix::termios::tcgetwinsize(&stdout).ok().filter(|_| stdout.is_terminal())?;
    Some((size.ws_col, size.ws_row))
}

fn not_saved(saving: &Saving) -> Option<&str> {
    match saving {
        Saving::NotSaved(why) => Some(why),
        Saving::Saved | Saving::NotKept(_) => None,
    }
}

#[cfg(test)]
mod tests;
