//! Work that several threads do together for a search.
//!
//! Owns how many there are. Must not know what they do.

use std::sync::OnceLock;

/// The most threads that work together.
const MOST: usize = 4;

/// How many threads work together: found out when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Threads(OnceLock<usize>);

impl Threads {
    /// How many there are, the one that asks among them.
    pub(super) fn count(&self) -> usize {
        let available = || std::thread::available_parallelism().map_or(1, usize::from).min(MOST);
        *self.0.get_or_init(available)
    }

    /// Does the same on all of them, and returns when all have ended.
    pub(super) fn share(&self, work: impl Fn() + Sync) {
        std::thread::scope(|scope| {
            for _ in 1..self.count() {
                // Where no thread can be had, this one does what it would have done.
                std::thread::Builder::new().spawn_scoped(scope, &work).ok();
            }
            work();
        });
    }

    /// As if there were so many.
    #[cfg(test)]
    pub(super) fn set(&self, threads: usize) {
        self.0.set(threads).ok();
    }
}
