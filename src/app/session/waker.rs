//! Waking the event loop from another thread.
//!
//! Owns a pipe: its reading end becomes readable when a thread has something. Must not know
//! what that is.

use rustix::io::{Errno, ioctl_fionbio, read, write};
use std::io::{self, PipeReader, PipeWriter, pipe};
use std::os::fd::{AsFd as _, BorrowedFd};
use std::sync::Arc;

/// What threads wake the event loop with.
#[derive(Debug)]
pub(super) struct Waker {
    readable: PipeReader,
    writable: Arc<PipeWriter>,
}

impl Waker {
    /// Makes a pipe of which neither end ever blocks.
    pub(super) fn new() -> io::Result<Self> {
        let (readable, writable) = pipe()?;
        ioctl_fionbio(&readable, true)?;
        ioctl_fionbio(&writable, true)?;
        Ok(Self { readable, writable: Arc::new(writable) })
    }

    /// What wakes the event loop, for a thread to keep.
    pub(super) fn handle(&self) -> impl Fn() + Send + 'static {
        let writable = Arc::clone(&self.writable);
        move || {
            // A pipe that is full wakes it as well.
            write(&*writable, &[0]).ok();
        }
    }

    /// Becomes readable when a thread has called.
    pub(super) fn descriptor(&self) -> BorrowedFd<'_> {
        self.readable.as_fd()
    }

    /// Forgets the calls so far. To be done before looking for what the threads have, or a call
    /// between the two would be missed. Returns whether there were any.
    pub(super) fn drain(&self) -> bool {
        let mut calls = [0; 64];
        let mut were_any = false;
        loop {
            match read(&self.readable, &mut calls) {
                Ok(1..) => were_any = true,
                Err(Errno::INTR) => {}
                Ok(0) | Err(_) => return were_any,
            }
        }
    }
}
