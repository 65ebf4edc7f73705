//! Waking up when another window or a sync tool has changed a log.
//!
//! Owns a descriptor that an event loop can wait for together with the keyboard, so that
//! nothing has to be asked again and again. There is one on Linux; elsewhere, and on network
//! disks where the other computer's changes are not reported, a look at the logs whenever a
//! key is pressed has to do. Must not read logs.

#[cfg(target_os = "linux")]
pub(crate) use linux::Watch;
#[cfg(not(target_os = "linux"))]
pub(crate) use none::Watch;

#[cfg(target_os = "linux")]
mod linux {
    use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
    use std::io;
    use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};
    use std::path::Path;

    /// Watches the folder of the logs.
    #[derive(Debug)]
    pub(crate) struct Watch(OwnedFd);

    impl Watch {
        pub(crate) fn new(folder: &Path) -> io::Result<Self> {
            let watch = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK)?;
            // A window closes the log once its marks are on the disk; a sync tool moves
            // whole files in.
            let changes = WatchFlags::CLOSE_WRITE | WatchFlags::MOVED_TO | WatchFlags::DELETE_SELF;
            inotify::add_watch(&watch, folder, changes | WatchFlags::ONLYDIR)?;
            Ok(Self(watch))
        }

        pub(crate) fn descriptor(&self) -> BorrowedFd<'_> {
            self.0.as_fd()
        }

        /// Forgets what has been reported so far. To be called before the logs are read, or
        /// a change between the two would be missed.
        pub(crate) fn drain(&self) {
            let mut events = [0; 4096];
            while rustix::io::read(&self.0, &mut events).is_ok_and(|count| count > 0) {}
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod none {
    use std::io;
    use std::os::fd::BorrowedFd;
    use std::path::Path;

    /// Nothing to wait for.
    #[derive(Debug)]
    pub(crate) enum Watch {}

    impl Watch {
        pub(crate) fn new(_: &Path) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }

        pub(crate) fn descriptor(&self) -> BorrowedFd<'_> {
            match *self {}
        }

        pub(crate) fn drain(&self) {
            match *self {}
        }
    }
}
