//! Signals for a way of reading that has no screen to give back.
//!
//! Owns when a signal may end the program: at once while it waits or tells something, and
//! after what is under way while it works, so that nothing is left half done. Writes nothing but the
//! end of the line in which Ctrl-c was typed.

use rustix::io::{Errno, write};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::register_usize;
use signal_hook::iterator::Signals;
use signal_hook::low_level::exit;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The number that a shell adds to that of the signal that ended a program.
const ENDED_BY_SIGNAL: i32 = 128;

/// The signals that ask the program to end.
const ENDING: [i32; 4] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT];

/// The bytes of the stack of the thread that waits for signals. It does next to nothing.
const STACK: usize = 128 * 1024;

/// The signals that ask the program to end.
#[derive(Debug)]
pub(super) struct Interrupts {
    /// Held by what must not be cut short.
    under_way: Arc<Mutex<()>>,
    /// The number of the last signal that came; 0 if none did.
    heard: Arc<AtomicUsize>,
}

impl Interrupts {
    /// Begins to handle SIGINT, SIGTERM, SIGHUP and SIGQUIT.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn handle() -> io::Result<Self> {
        let own = Self { under_way: Arc::default(), heard: Arc::default() };
        for number in ENDING {
            register_usize(number, Arc::clone(&own.heard), usize::try_from(number).unwrap_or(0))?;
        }
        let mut signals = Signals::new(ENDING)?;
        let under_way = Arc::clone(&own.under_way);
        thread::Builder::new().name("signals".into()).stack_size(STACK).spawn(move || {
            if let Some(number) = signals.forever().next() {
                let _nothing = under_way.lock().unwrap_or_else(PoisonError::into_inner);
                end_line(number);
                exit(ENDED_BY_SIGNAL + number);
            }
        })?;
        Ok(own)
    }

    /// The exit code of the program if a signal is behind an error. A terminal that goes away sends one and
    /// can be neither read nor written any more; whichever is noticed first says the same.
    pub(super) fn code_behind(&self, error: &io::Error) -> Option<u8> {
        let number = match u8::try_from(self.heard.load(SeqCst)).unwrap_or(0) {
            0 if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => u8::try_from(SIGHUP).ok()?,
            0 => return None,
            number => number,
        };
        Some(number.saturating_add(128))
    }

    /// Does something that a signal must not cut short. Returns what came of it, or the
    /// exit code of the program if a signal came meanwhile.
    ///
    /// # Errors
    /// With that exit code.
    pub(super) fn uncut<T>(&self, work: impl FnOnce() -> T) -> Result<T, u8> {
        let under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let done = work();
        // From here on a signal ends the program by itself; one that came before is passed on, and
        // nothing else may end it meanwhile.
        match u8::try_from(self.heard.load(SeqCst)) {
            Ok(0) | Err(_) => Ok(done),
            Ok(number) => {
                std::mem::forget(under_way);
                end_line(i32::from(number));
                Err(number.saturating_add(128))
            }
        }
    }
}

/// Ends the line in which a key was typed that is a signal: what comes next, the shell's, is not to
/// stand in it.
fn end_line(number: i32) {
    let stdout = io::stdout();
    if matches!(number, SIGINT | SIGQUIT) && stdout.is_terminal() {
        // There is nobody left to tell if this fails.
        write(rustix::stdio::stdout(), b"\n").ok();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_signal_waits_for_what_is_under_way_and_then_has_its_exit_code() {
        let interrupts = Interrupts::handle().unwrap();
        assert_eq!(interrupts.uncut(|| 1), Ok(1));
        let mut is_done = false;
        let ended = interrupts.uncut(|| {
            signal_hook::low_level::raise(SIGTERM).unwrap();
            is_done = true;
        });
        assert_eq!((ended, is_done), (Err(143), true));
    }
}
