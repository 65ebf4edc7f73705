//! Waking up at a moment of the clock on the wall, however long the machine has slept meanwhile.
//!
//! Owns the system's timer that follows that clock. The limit of a wait does not: it counts only the
//! time in which the machine is awake, and notices no clock that is set. Must not know what begins
//! at that moment.

use jiff::Timestamp;
use std::os::fd::BorrowedFd;
use std::time::Duration;

/// A timer for one moment. It also wakes when the clock was set, or the machine has slept.
#[derive(Debug)]
pub(super) struct WallTimer {
    timer: system::Timer,
    /// The moment for which it was last set.
    moment: Option<Timestamp>,
    /// What was found out when it was set, until it was taken note of.
    found: Woke,
}

impl WallTimer {
    /// A timer that is not set.
    pub(super) fn new() -> Self {
        Self { timer: system::Timer::new(), moment: None, found: Woke::InTime }
    }

    /// Sets it, unless it was set for this moment already: one that has passed does not come again,
    /// even where the program is told another time than the system.
    pub(super) fn set(&mut self, moment: Option<Timestamp>) {
        if self.moment != moment {
            let found = self.timer.set(moment);
            self.note(found, moment);
        }
    }

    /// Takes note of what was found out when it was set.
    fn note(&mut self, found: Woke, moment: Option<Timestamp>) {
        (self.found, self.moment) = (found, moment);
    }

    /// Becomes readable when it is time to look at the clock; none where the system has no such timer.
    pub(super) fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.timer.descriptor()
    }

    /// The longest wait before somebody looks at the clock: none at all if that was set when this was,
    /// a minute where there is no descriptor for it.
    pub(super) fn limit(&self) -> Option<Duration> {
        if self.found == Woke::ClockSet {
            return Some(Duration::ZERO);
        }
        let is_deaf = self.moment.is_some() && self.timer.descriptor().is_none();
        is_deaf.then_some(Duration::from_mins(1))
    }

    /// Takes note that it woke, if it did. After the clock was set it can be set for the same moment
    /// again.
    pub(super) fn take(&mut self) {
        let found = std::mem::replace(&mut self.found, Woke::InTime);
        if found == Woke::ClockSet || self.timer.take() == Woke::ClockSet {
            self.moment = None;
        }
    }
}

/// What the timer woke for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Woke {
    /// Its moment, or nothing.
    InTime,
    /// The clock was set, or the machine has slept.
    ClockSet,
}

#[cfg(target_os = "linux")]
mod system {
    use super::Woke;
    use jiff::Timestamp;
    use rustix::io::Errno;
    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
        timerfd_settime,
    };
    use std::os::fd::{AsFd as _, BorrowedFd, OwnedFd};

    /// A descriptor of `timerfd_create`; none where the system refuses one.
    #[derive(Debug)]
    pub(super) struct Timer(Option<OwnedFd>);

    impl Timer {
        pub(super) fn new() -> Self {
            let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
            Self(timerfd_create(TimerfdClockId::Realtime, flags).ok())
        }

        pub(super) fn set(&mut self, moment: Option<Timestamp>) -> Woke {
            let zero = Timespec { tv_sec: 0, tv_nsec: 0 };
            let value = moment.map_or(zero, |moment| Timespec {
                tv_sec: moment.as_second(),
                tv_nsec: moment.subsec_nanosecond().into(),
            });
            let times = Itimerspec { it_interval: zero, it_value: value };
            let flags = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
            self.keep(|timer| timerfd_settime(timer, flags, &times).map(|_| ()))
        }

        /// Keeps the timer if it could be set. It is set too where the system says that the clock was
        /// set meanwhile; without it the limit of the wait remains.
        fn keep(&mut self, set: impl FnOnce(&OwnedFd) -> rustix::io::Result<()>) -> Woke {
            match self.0.as_ref().map(set) {
                Some(Err(Errno::CANCELED)) => return Woke::ClockSet,
                Some(Err(_)) => self.0 = None,
                Some(Ok(())) | None => {}
            }
            Woke::InTime
        }

        /// As if the system had answered this when it was set.
        #[cfg(test)]
        pub(super) fn answered(&mut self, error: Errno) -> Woke {
            self.keep(|_| Err(error))
        }

        #[cfg(test)]
        pub(super) fn refused() -> Self {
            Self(None)
        }

        pub(super) fn descriptor(&self) -> Option<BorrowedFd<'_>> {
            self.0.as_ref().map(OwnedFd::as_fd)
        }

        pub(super) fn take(&mut self) -> Woke {
            let read = self.0.as_ref().map(|timer| rustix::io::read(timer, &mut [0; 8]));
            match read {
                Some(Err(Errno::CANCELED)) => Woke::ClockSet,
                Some(Ok(_) | Err(_)) | None => Woke::InTime,
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::Woke;
    use jiff::Timestamp;
    use std::os::fd::BorrowedFd;

    /// No timer: there the wait is limited.
    #[derive(Debug)]
    pub(super) struct Timer;

    impl Timer {
        pub(super) fn new() -> Self {
            Self
        }

        pub(super) fn set(&mut self, _: Option<Timestamp>) -> Woke {
            Woke::InTime
        }

        pub(super) fn descriptor(&self) -> Option<BorrowedFd<'_>> {
            None
        }

        pub(super) fn take(&mut self) -> Woke {
            Woke::InTime
        }
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
    use super::*;
    use crate::terminal::wait::{Readiness, Until, wait};
    use rustix::io::Errno;

    fn readiness(timer: &WallTimer, limit: Duration) -> Readiness {
        wait(&[(timer.descriptor().unwrap(), Until::Readable)], Some(limit)).unwrap()[0]
    }

    #[test]
    fn a_timer_wakes_once_at_its_moment_of_the_wall_clock() {
        let mut timer = WallTimer::new();
        assert_eq!(readiness(&timer, Duration::ZERO), Readiness::Waiting);
        let moment = Timestamp::now() + Duration::from_millis(20);
        timer.set(Some(moment));
        assert_eq!(readiness(&timer, Duration::from_secs(20)), Readiness::Ready);
        assert!(Timestamp::now() >= moment);
        timer.take();
        timer.set(Some(moment));
        assert_eq!(readiness(&timer, Duration::ZERO), Readiness::Waiting, "it wakes for what has passed");
        timer.set(Some(Timestamp::now() - Duration::from_secs(1)));
        assert_eq!(readiness(&timer, Duration::from_secs(20)), Readiness::Ready);
        timer.set(None);
        assert_eq!(readiness(&timer, Duration::ZERO), Readiness::Waiting);
    }

    #[test]
    fn a_clock_that_was_set_meanwhile_is_looked_at_once_and_the_timer_stays() {
        let mut timer = WallTimer::new();
        let moment = Timestamp::now() + Duration::from_hours(1);
        let found = timer.timer.answered(Errno::CANCELED);
        timer.note(found, Some(moment));
        assert_eq!(timer.limit(), Some(Duration::ZERO));
        timer.take();
        assert_eq!((timer.limit(), timer.descriptor().is_some()), (None, true), "the timer is gone");
        assert_eq!(timer.moment, None, "it is not set again for the same moment");
        let found = timer.timer.answered(Errno::INVAL);
        timer.note(found, None);
        assert!(timer.descriptor().is_none());
        timer.set(Some(moment));
        assert_eq!(timer.limit(), Some(Duration::from_mins(1)));
    }

    #[test]
    fn where_the_system_has_no_such_timer_the_wait_is_short() {
        let mut timer = WallTimer::new();
        timer.set(Some(Timestamp::now() + Duration::from_hours(1)));
        assert_eq!(timer.limit(), None);
        timer.timer = system::Timer::refused();
        assert_eq!(timer.limit(), Some(Duration::from_mins(1)));
        timer.set(None);
        assert_eq!(timer.limit(), None);
    }
}
