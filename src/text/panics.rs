//! Catches a panic in somebody else's parser without printing anything on the terminal.
//!
//! Owns the way from a panic to a value. Must not be used to hide bugs of this program: only
//! parsers of untrusted text run in here.

use std::cell::Cell;
use std::panic::{self, UnwindSafe};
use std::sync::Once;

thread_local! {
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Returns whether this thread is inside [`catch`]. A panic hook that restores the terminal must ask
/// first: a panic that is caught here leaves the terminal as it is.
pub fn is_catching() -> bool {
    CATCHING.get()
}

/// Runs `work`, and returns `None` when it panicked. Prints nothing.
pub fn catch<T>(work: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |information| {
            if !is_catching() {
                usual(information);
            }
        }));
    });
    let before = CATCHING.replace(true);
    let result = panic::catch_unwind(work);
    CATCHING.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "panics are what is tested")]

    use super::*;

    #[test]
    fn a_panic_becomes_none_and_later_calls_are_unharmed() {
        assert_eq!(catch(|| -> u8 { panic!("from the parser") }), None);
        assert!(!is_catching());
        assert_eq!(catch(|| u8::from(is_catching())), Some(1));
        assert_eq!(catch(|| catch(|| -> u8 { panic!("within") })), Some(None));
        assert!(!is_catching());
    }
}
