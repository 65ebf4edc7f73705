//! A panic in somebody else's parser, caught without a word on the terminal.
//!
//! Owns the way from a panic to a value. Must not be used to hide faults of this
//! program: only what reads untrusted text is run in here.

use std::cell::Cell;
use std::panic::{self, UnwindSafe};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread runs inside [`guarded`]. A panic hook that restores the terminal
/// must ask first: nothing has to be restored for a panic that is caught here.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs `work`, and gives `None` when it panicked. Nothing is printed.
pub fn guarded<T>(work: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |information| {
            if !is_guarded() {
                usual(information);
            }
        }));
    });
    let before = GUARDED.replace(true);
    let result = panic::catch_unwind(work);
    GUARDED.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "panics are what is tested")]

    use super::*;

    #[test]
    fn a_panic_becomes_none_and_the_next_work_is_unhurt() {
        assert_eq!(guarded(|| -> u8 { panic!("from the parser") }), None);
        assert!(!is_guarded());
        assert_eq!(guarded(|| u8::from(is_guarded())), Some(1));
        assert_eq!(guarded(|| guarded(|| -> u8 { panic!("within") })), Some(None));
        assert!(!is_guarded());
    }
}
