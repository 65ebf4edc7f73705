//! The day, as the reader counts it.
//!
//! Owns the time zone and the hour at which a day ends. Must not keep a day: it is asked for.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use std::path::Path;

/// The hour at which a day ends unless the reader says another: what is ticked after midnight belongs to the evening.
pub const DAY_ENDS: i8 = 3;

/// The file in which the system keeps the rules of its time zone.
const LOCAL_TIME: &str = "/etc/localtime";

/// The most bytes of rules that are read: those of any time zone are a few thousand.
const LONGEST_RULES: u64 = 1 << 20;

/// A clock that gives civil days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clock {
    /// The system's clock in this time zone; a day ends at this hour.
    System(TimeZone, i8),
    /// Always this day.
    Fixed(Date),
}

impl Clock {
    /// The civil day now.
    pub fn today(&self) -> Date {
        match self {
            Self::System(zone, day_ends) => day_of(&Timestamp::now().to_zoned(zone.clone()), *day_ends),
            Self::Fixed(day) => *day,
        }
    }

    /// The system's clock in the system's time zone; a day ends at this hour.
    pub fn system(day_ends: i8) -> Self {
        Self::System(local_zone(), day_ends)
    }
}

/// The system's time zone. Unless `TZ` names another it is read from the one file that
/// holds it: to look it up by its name, the library would list the whole database of the
/// world's time zones first, which takes longer than the first frame.
fn local_zone() -> TimeZone {
    let Some(named) = std::env::var_os("TZ") else {
        return zone_in(Path::new(LOCAL_TIME)).unwrap_or_else(TimeZone::system);
    };
    // A path may lead to a device that never ends, so it is not left to the library.
    let path = named.to_str().map(|named| Path::new(named.strip_prefix(':').unwrap_or(named)));
    match path.filter(|path| path.is_absolute()) {
        Some(path) => zone_in(path).or_else(|| zone_in(Path::new(LOCAL_TIME))).unwrap_or(TimeZone::UTC),
        None => TimeZone::system(),
    }
}

/// The time zone whose rules are in a plain file.
fn zone_in(path: &Path) -> Option<TimeZone> {
    let is_plain = std::fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= LONGEST_RULES);
    let rules = is_plain.then(|| std::fs::read(path).ok()).flatten()?;
    TimeZone::tzif("", &rules).ok()
}

/// The day that a moment belongs to where the reader is, if days end at this hour. Computed from
/// the clock on the wall, so that a night with an hour more or less changes nothing.
pub fn day_of(now: &Zoned, day_ends: i8) -> Date {
    let wall = now.datetime();
    wall.checked_sub(i64::from(day_ends).hours()).unwrap_or(wall).date()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use jiff::civil::date;

    fn day(moment: &str) -> Date {
        day_of(&moment.parse::<Zoned>().unwrap(), DAY_ENDS)
    }

    #[test]
    fn a_tick_after_midnight_belongs_to_the_evening_before() {
        assert_eq!(day("2026-11-23T02:59:59[Europe/Vienna]"), date(2026, 11, 22));
        assert_eq!(day("2026-11-23T03:00:00[Europe/Vienna]"), date(2026, 11, 23));
        assert_eq!(day("2026-11-22T23:59:59[Asia/Tokyo]"), date(2026, 11, 22));
    }

    #[test]
    fn rules_are_read_from_plain_files_alone() {
        assert_eq!(zone_in(Path::new("/dev/zero")), None);
        assert_eq!(zone_in(Path::new("/")), None);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rules");
        std::fs::write(&path, "no rules").unwrap();
        assert_eq!(zone_in(&path), None);
    }

    #[test]
    fn a_day_ends_at_the_hour_that_the_reader_says() {
        let ends_at = |hour| day_of(&"2026-11-23T02:30:00[Europe/Vienna]".parse::<Zoned>().unwrap(), hour);
        assert_eq!([0, 2, 3, 11].map(ends_at), [23, 23, 22, 22].map(|day| date(2026, 11, day)));
    }

    #[test]
    fn the_nights_when_clocks_change_end_at_the_same_hour_on_the_wall() {
        assert_eq!(day("2026-03-29T03:00:00[Europe/Vienna]"), date(2026, 3, 29));
        assert_eq!(day("2026-10-25T02:30:00+01:00[Europe/Vienna]"), date(2026, 10, 24));
    }
}
