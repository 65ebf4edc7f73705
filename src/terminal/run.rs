//! Running a session on the terminal, which is given back however it ends.
//!
//! Owns the way in and out: signal, error, panic. The event loop lies in between.

use crate::app::Session;
use crate::terminal::event_loop::{Ending, Options, Terminal, event_loop};
use crate::terminal::modes;
use crate::terminal::output::Ended;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The error that ended a session.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal refused something.
    #[error("the terminal can't be used: {0}")]
    Terminal(#[from] io::Error),
}

/// Runs a session until it ends. The terminal is given back however it ends.
///
/// # Errors
/// When the terminal cannot be taken, read or written to.
pub fn run(session: &mut Session, options: Options) -> Result<Ending, RunError> {
    modes::tell_of_panics_quietly();
    let mut terminal = Terminal::open(options)?;
    terminal.enter(session.state().mouse)?;
    let ending = catch_unwind(AssertUnwindSafe(|| event_loop(session, options, &mut terminal)));
    match &ending {
        Ok(Ok(Ending::Quit | Ending::Signal(_))) => terminal.leave(),
        Ok(Ok(Ending::Gone) | Err(_)) | Err(_) => modes::leave(),
    }
    let heard = terminal.forget();
    match ending {
        Ok(ending) => {
            session.close();
            ending.or_else(|error| after(error, heard))
        }
        Err(panic) => {
            // What made it panic may do so again.
            catch_unwind(AssertUnwindSafe(|| session.close())).ok();
            resume_unwind(panic)
        }
    }
}

/// The ending that an error of reading or writing means.
fn after(error: io::Error, heard: Option<i32>) -> Result<Ending, RunError> {
    let is_ended = error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Ended>);
    match heard {
        Some(number) if is_ended => Ok(Ending::Signal(number)),
        _ if is_gone(&error) => Ok(Ending::Gone),
        _ => Err(error.into()),
    }
}

fn is_gone(error: &io::Error) -> bool {
    let gone = [rustix::io::Errno::IO, rustix::io::Errno::NXIO];
    gone.iter().any(|number| error.raw_os_error() == Some(number.raw_os_error()))
        || matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof)
}
