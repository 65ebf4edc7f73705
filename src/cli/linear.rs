//! Reading by plain lines and short commands: for a screen reader, a pipe, or a terminal that
//! has no cursor to move.
//!
//! Owns the conversation: a command in, an answer out, "Saved" only after the sync. Must not
//! draw: no line is taken back, nothing is said by colour or by where it stands.

mod asked;
mod asking;
mod checklist;
mod commands;
mod conversation;
mod dialog;
mod exercises;
mod interrupt;
mod keys;
mod links;
mod looking_back;
mod notes;
mod reading;
mod response;
mod spoken;
mod today;
mod undoing;
mod weeks;

use crate::app::Session;
use crate::cli::error::CliError;
use crate::cli::typed_line::{self, TypedLine};
use crate::journal::{Choice, Chosen, Operation};
use crate::reader::state::Saving;
use crate::text::columns::wrapped;
use conversation::Conversation;
use interrupt::Interrupts;
use response::Response;
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
    converse(conversation, &mut input, &mut out, is_asked, &interrupts).or_else(|error| {
        let code = interrupts.code_behind(&error).filter(|_| is_asked);
        code.map(ExitCode::from).ok_or(CliError::Output(error))
    })
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
    let mut is_ended = is_asked;
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
        if is_end(&line) {
            is_ended = true;
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
    let saving = match interrupts.uncut(|| conversation.save().clone()) {
        Ok(saving) => saving,
        Err(code) => return Ok(ExitCode::from(code)),
    };
    // Somebody who let the input end does not hear it; nor does anybody while all is hidden.
    if is_ended && !conversation.is_silent() {
        for line in conversation.begun().into_iter().chain(parting(&saving)) {
            say(out, line)?;
        }
    }
    Ok(match saving {
        Saving::Saved | Saving::NotKept(_) => ExitCode::SUCCESS,
        Saving::NotSaved(why) => {
            say(out, &why)?;
            ExitCode::FAILURE
        }
    })
}

/// Returns whether a line ends the session.
fn is_end(line: &TypedLine) -> bool {
    match line {
        TypedLine::Words(line) => matches!(line.to_lowercase().as_str(), "quit" | "q" | "exit"),
        TypedLine::Chord(..) => false,
    }
}

/// The last words, where all went well.
fn parting(saving: &Saving) -> Option<&str> {
    match saving {
        Saving::Saved => Some("Ended. Everything is saved."),
        Saving::NotKept(why) => Some(why),
        Saving::NotSaved(_) => None,
    }
}

/// The answer to a command, with what became of what it wanted to be kept. It is on the disk
/// before a word of this is said.
fn answered(conversation: &mut Conversation, line: &TypedLine) -> String {
    let was_unsaved = not_saved(conversation.saving()).is_some();
    conversation.catch_up();
    let Response { text, keeps, question } = conversation.answer(line);
    // Where she is in the text is saved without a word.
    let is_place = |operation: &Operation| match operation {
        Operation::Place { .. } | Operation::Read { .. } => true,
        Operation::Choice(Choice { chosen, .. }) => matches!(chosen, Chosen::Question { .. }),
        Operation::Mark { .. } | Operation::Note { .. } => false,
    };
    let is_asked_for = !keeps.iter().all(is_place);
    let mut lines = vec![text];
    match conversation.keep(keeps) {
        Saving::Saved if is_asked_for || was_unsaved => lines.push("Saved.".into()),
        Saving::NotKept(why) if is_asked_for => lines.push(why.clone()),
        Saving::NotSaved(why) => lines.push(why.clone()),
        Saving::Saved | Saving::NotKept(_) => {}
    }
    // What is not saved is heard first; notices wait until it is, and until something is said again.
    if not_saved(conversation.saving()).is_none() && !conversation.is_silent() {
        lines.extend(conversation.new_notices());
    }
    // A question is the last that is heard.
    lines.push(question);
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
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
