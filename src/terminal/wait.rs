//! Waiting until a descriptor can be read or written.
//!
//! Owns which call of the system that is: `poll`, but on macOS `select`, because `poll` does not
//! serve `/dev/tty` there. Must not read or write.

use std::os::fd::BorrowedFd;
use std::time::Duration;

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// Something can be read.
    Readable,
    /// Something can be written.
    Writable,
}

/// The state of a descriptor after a wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Readiness {
    /// Nothing has come.
    Waiting,
    /// It can be read or written.
    Ready,
    /// It was closed at its other end, or never was open. `select` does not tell: there it is
    /// ready, and the next read or write says so.
    Gone,
}

/// Waits until one of these is ready, a signal comes, or the time is over; without a limit for
/// ever. Returns the state of each, in their order.
///
/// # Errors
/// Those of the system, `INTR` among them when a signal came.
pub(super) fn wait(
    watched: &[(BorrowedFd<'_>, Until)],
    limit: Option<Duration>,
) -> rustix::io::Result<Vec<Readiness>> {
    system::wait(watched, limit)
}

#[cfg(not(target_os = "macos"))]
mod system {
    use super::{Readiness, Until};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use std::os::fd::BorrowedFd;
    use std::time::Duration;

    pub(super) fn wait(
        watched: &[(BorrowedFd<'_>, Until)],
        limit: Option<Duration>,
    ) -> rustix::io::Result<Vec<Readiness>> {
        let limit = limit.and_then(|limit| Timespec::try_from(limit).ok());
        let descriptor = |(descriptor, until): &(_, _)| {
            let flags = match until {
                Until::Readable => PollFlags::IN,
                Until::Writable => PollFlags::OUT,
            };
            PollFd::from_borrowed_fd(*descriptor, flags)
        };
        let mut descriptors: Vec<PollFd> = watched.iter().map(descriptor).collect();
        poll(&mut descriptors, limit.as_ref())?;
        Ok(descriptors.iter().map(|descriptor| readiness(descriptor.revents())).collect())
    }

    fn readiness(flags: PollFlags) -> Readiness {
        if flags.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            Readiness::Gone
        } else if flags.is_empty() {
            Readiness::Waiting
        } else {
            Readiness::Ready
        }
    }
}

#[cfg(target_os = "macos")]
mod system {
    use super::{Readiness, Until};
    use filedescriptor::{Error, POLLIN, POLLOUT, poll, pollfd};
    use rustix::io::Errno;
    use std::os::fd::{AsRawFd as _, BorrowedFd};
    use std::time::Duration;

    /// `filedescriptor::poll` calls `select` here.
    pub(super) fn wait(
        watched: &[(BorrowedFd<'_>, Until)],
        limit: Option<Duration>,
    ) -> rustix::io::Result<Vec<Readiness>> {
        let descriptor = |(descriptor, until): &(BorrowedFd<'_>, Until)| pollfd {
            fd: descriptor.as_raw_fd(),
            events: match until {
                Until::Readable => POLLIN,
                Until::Writable => POLLOUT,
            },
            revents: 0,
        };
        let mut descriptors: Vec<pollfd> = watched.iter().map(descriptor).collect();
        poll(&mut descriptors, limit).map_err(|error| match error {
            Error::Poll(source) => Errno::from_io_error(&source).unwrap_or(Errno::IO),
            _ => Errno::BADF,
        })?;
        let readiness = |descriptor: &pollfd| match descriptor.revents {
            0 => Readiness::Waiting,
            _ => Readiness::Ready,
        };
        Ok(descriptors.iter().map(readiness).collect())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
    use super::*;
    use std::io::Write as _;
    use std::os::fd::AsFd as _;
    use std::os::unix::net::UnixStream;

    #[test]
    fn what_is_ready_is_told_from_what_is_waited_for_and_what_is_gone() {
        let (silent, _other) = UnixStream::pair().unwrap();
        let (heard, mut speaker) = UnixStream::pair().unwrap();
        let (gone, dropped) = UnixStream::pair().unwrap();
        speaker.write_all(b"x").unwrap();
        drop(dropped);
        let watched = [&silent, &heard, &gone].map(|descriptor| (descriptor.as_fd(), Until::Readable));
        let found = wait(&watched, Some(Duration::from_secs(20))).unwrap();
        assert_eq!(found[..2], [Readiness::Waiting, Readiness::Ready]);
        assert_ne!(found[2], Readiness::Waiting);
        assert_eq!(wait(&[(silent.as_fd(), Until::Writable)], None).unwrap(), [Readiness::Ready]);
        assert_eq!(wait(&watched[..1], Some(Duration::ZERO)).unwrap(), [Readiness::Waiting]);
    }
}
