//! Taking the terminal and giving it back.
//!
//! Every step of giving it back is tried, even if one before it failed: a shell that
//! echoes nothing is worse than any error message.

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, QueueableCommand};
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is ours. Global because a panic on any thread must know it.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Takes the terminal: raw mode, the alternate screen, no cursor, bracketed paste.
///
/// # Errors
/// When the terminal refuses; what was done until then is undone.
pub(super) fn enter() -> io::Result<()> {
    TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()
        .and_then(|()| {
            let mut out = io::stdout().lock();
            out.queue(EnterAlternateScreen)?.queue(Hide)?.queue(EnableBracketedPaste)?;
            out.flush()
        })
        .inspect_err(|_| leave())
}

/// Gives the terminal back as it was. Does nothing when it is not ours.
pub(super) fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    step(DisableBracketedPaste);
    step(ResetColor);
    step(LeaveAlternateScreen);
    step(Show);
    // Nothing could be done about an error here: the terminal is gone.
    disable_raw_mode().ok();
}

fn step(command: impl Command) {
    let mut out = io::stdout().lock();
    out.queue(command).and_then(Write::flush).ok();
}

/// Makes a panic, on any thread, give the terminal back before it is told of. The message
/// names the place in the program and nothing of what the reader read or wrote.
pub(super) fn tell_of_panics_quietly() {
    std::panic::set_hook(Box::new(|info| {
        // A parser's panic over one text becomes an error of that text; nothing ends.
        if crate::text::guard::is_guarded() {
            return;
        }
        leave();
        let place =
            info.location().map_or(String::new(), |place| format!(" ({}:{})", place.file(), place.line()));
        writeln!(
            io::stderr(),
            "sidelight stopped because of a fault of its own{place}.\nEverything that was shown as saved is saved."
        )
        .ok();
    }));
}
