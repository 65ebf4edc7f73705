//! Signals for a way of reading that has no screen to give back.
//!
//! Owns when a signal may end the program: at once while it waits or tells something, and
//! after what is under way while it works, so that nothing is left half done. Must not touch
//! the terminal.

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::{register_conditional_shutdown, register_usize};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

/// The number that a shell adds to that of the signal that ended a program.
const ENDED_BY_SIGNAL: i32 = 128;

/// The signals that ask the program to end.
#[derive(Debug)]
pub(super) struct Interrupts {
    /// Whether a signal may end the program at once.
    idle: Arc<AtomicBool>,
    /// The number of the last signal that came; 0 if none did.
    heard: Arc<AtomicUsize>,
}

impl Interrupts {
    /// Begins to handle SIGINT, SIGTERM, SIGHUP and SIGQUIT.
    ///
    /// # Errors
    /// When the system refuses.
    pub(super) fn handle() -> io::Result<Self> {
        let own = Self { idle: Arc::new(AtomicBool::new(true)), heard: Arc::new(AtomicUsize::new(0)) };
        for number in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
            register_usize(number, Arc::clone(&own.heard), usize::try_from(number).unwrap_or(0))?;
            register_conditional_shutdown(number, ENDED_BY_SIGNAL + number, Arc::clone(&own.idle))?;
        }
        Ok(own)
    }

    /// Does something that a signal must not cut short. Returns what came of it, or the
    /// exit code of the program if a signal came meanwhile.
    ///
    /// # Errors
    /// With that exit code.
    pub(super) fn uncut<T>(&self, work: impl FnOnce() -> T) -> Result<T, u8> {
        self.idle.store(false, SeqCst);
        let done = work();
        // From here on a signal ends the program by itself; one that came before has to be
        // asked for.
        self.idle.store(true, SeqCst);
        match u8::try_from(self.heard.load(SeqCst)) {
            Ok(0) | Err(_) => Ok(done),
            Ok(number) => Err(number.saturating_add(128)),
        }
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
