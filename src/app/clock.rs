//! The day, as the reader counts it.
//!
//! Owns the hour at which a day ends. Must not keep a day: it is asked for.

use crate::app::local_zone::LocalZone;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, Zoned};

/// The hour at which a day ends unless the reader says another: what is ticked after midnight belongs to the evening.
pub const DAY_ENDS: i8 = 3;

/// A clock that gives civil days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clock {
    /// The system's clock in this time zone; a day ends at this hour.
    System(LocalZone, i8),
    /// Always this day.
    Fixed(Date),
}

impl Clock {
    /// The civil day now.
    pub fn today(&self) -> Date {
        match self {
            Self::System(zone, day_ends) => day_of(&now(zone), *day_ends),
            Self::Fixed(day) => *day,
        }
    }

    /// The system's clock in the system's time zone; a day ends at this hour.
    pub fn system(day_ends: i8) -> Self {
        Self::System(LocalZone::of_system(), day_ends)
    }

    /// Takes on the system's time zone if that is another one than it was.
    pub fn refresh_zone(&mut self) {
        match self {
            Self::System(zone, _) => zone.refresh(),
            Self::Fixed(_) => {}
        }
    }

    /// The moment at which the day after begins; none where days do not pass.
    pub fn next_day(&self) -> Option<Timestamp> {
        match self {
            Self::System(zone, day_ends) => next_day(&now(zone), *day_ends),
            Self::Fixed(_) => None,
        }
    }

    /// Returns whether there was, or will be, such a day where the reader is.
    pub fn has(&self, day: Date) -> bool {
        match self {
            Self::System(zone, _) => zone.has(day),
            Self::Fixed(_) => true,
        }
    }
}

fn now(zone: &LocalZone) -> Zoned {
    Timestamp::now().to_zoned(zone.rules().clone())
}

/// The day that a moment belongs to where the reader is, if days end at this hour. Computed from
/// the clock on the wall, so that a night with an hour more or less changes nothing.
pub fn day_of(now: &Zoned, day_ends: i8) -> Date {
    let wall = now.datetime();
    wall.checked_sub(i64::from(day_ends).hours()).unwrap_or(wall).date()
}

/// The moment at which the day that a moment belongs to has ended.
fn next_day(now: &Zoned, day_ends: i8) -> Option<Timestamp> {
    let next = day_of(now, day_ends).tomorrow().ok()?.at(day_ends, 0, 0, 0);
    Some(next.to_zoned(now.time_zone().clone()).ok()?.timestamp())
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
    fn a_day_ends_at_the_hour_that_the_reader_says() {
        let ends_at = |hour| day_of(&"2026-11-23T02:30:00[Europe/Vienna]".parse::<Zoned>().unwrap(), hour);
        assert_eq!([0, 2, 3, 11].map(ends_at), [23, 23, 22, 22].map(|day| date(2026, 11, day)));
    }

    #[test]
    fn the_nights_when_clocks_change_end_at_the_same_hour_on_the_wall() {
        assert_eq!(day("2026-03-29T03:00:00[Europe/Vienna]"), date(2026, 3, 29));
        assert_eq!(day("2026-10-25T02:30:00+01:00[Europe/Vienna]"), date(2026, 10, 24));
    }

    #[test]
    fn at_the_moment_of_the_next_day_it_has_begun_and_not_a_second_before() {
        for zone in ["Europe/Vienna", "America/Sao_Paulo", "Asia/Kathmandu", "America/Havana", "UTC"] {
            for start in ["2026-03-28T12:00", "2026-10-24T23:59:59", "2018-11-03T22:30", "2026-11-01T00:30"] {
                for hour in [0, 1, 2, 3, 11] {
                    let now: Zoned = format!("{start}[{zone}]").parse().unwrap();
                    let next = next_day(&now, hour).unwrap().to_zoned(now.time_zone().clone());
                    let before = next.checked_sub(1.second()).unwrap();
                    let days = [&now, &before, &next].map(|moment| day_of(moment, hour));
                    assert_eq!(days[1], days[0], "{now} {hour}");
                    assert_eq!(days[2], days[0].tomorrow().unwrap(), "{now} {hour}");
                }
            }
        }
    }
}
