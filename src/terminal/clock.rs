//! What day it is for the reader.

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

/// The hour at which a day ends: what is ticked after midnight belongs to the evening.
pub const DAY_ENDS: i8 = 3;

/// Says what day it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The system's clock in the reader's own time zone.
    System,
    /// Always this day.
    Fixed(Date),
}

impl Clock {
    /// The civil day now; it ends at [`DAY_ENDS`] o'clock.
    pub fn today(self) -> Date {
        match self {
            Self::System => day_of(&Zoned::now()),
            Self::Fixed(day) => day,
        }
    }
}

/// The day that a moment belongs to. Reckoned on the clock on the wall, so that a night
/// with an hour more or less changes nothing.
fn day_of(now: &Zoned) -> Date {
    let wall = now.datetime();
    wall.checked_sub(i64::from(DAY_ENDS).hours()).unwrap_or(wall).date()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use jiff::civil::date;

    fn day(moment: &str) -> Date {
        day_of(&moment.parse::<Zoned>().unwrap())
    }

    #[test]
    fn a_tick_after_midnight_belongs_to_the_evening_before() {
        assert_eq!(day("2026-11-23T02:59:59[Europe/Vienna]"), date(2026, 11, 22));
        assert_eq!(day("2026-11-23T03:00:00[Europe/Vienna]"), date(2026, 11, 23));
        assert_eq!(day("2026-11-22T23:59:59[Asia/Tokyo]"), date(2026, 11, 22));
    }

    #[test]
    fn the_nights_when_clocks_change_end_at_the_same_hour_on_the_wall() {
        assert_eq!(day("2026-03-29T03:00:00[Europe/Vienna]"), date(2026, 3, 29));
        assert_eq!(day("2026-10-25T02:30:00+01:00[Europe/Vienna]"), date(2026, 10, 24));
    }
}
