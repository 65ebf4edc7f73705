//! A day as people type it.
//!
//! Owns the words for days. Which day a word stands for depends on today, so it is asked for
//! later.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::str::FromStr;

/// The days of a week by their names.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// The fewest letters of a day's name.
const SHORTEST: usize = 3;

/// As many days as a calendar has: no day lies further back.
const MOST_DAYS: u32 = 7_000_000;

/// A day as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayArgument {
    /// This day.
    On(Date),
    /// This many days before today.
    Before(u32),
    /// The last such day of the week up to today.
    Last(Weekday),
}

impl DayArgument {
    /// The day that it stands for.
    pub fn day(self, today: Date) -> Date {
        match self {
            Self::On(day) => day,
            Self::Before(days) => today.saturating_sub(i64::from(days.min(MOST_DAYS)).days()),
            Self::Last(weekday) => {
                let back = today.weekday().since(weekday);
                today.saturating_sub(i32::from(back).days())
            }
        }
    }
}

impl FromStr for DayArgument {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_lowercase();
        match lower.as_str() {
            "today" => return Ok(Self::Before(0)),
            "yesterday" => return Ok(Self::Before(1)),
            _ => {}
        }
        if let Some(weekday) = weekday(&lower) {
            return Ok(Self::Last(weekday));
        }
        if let Some(days) = lower.strip_prefix('-').and_then(|days| days.parse().ok()) {
            return Ok(Self::Before(days));
        }
        lower.parse().map(Self::On).map_err(|_| "write a day such as 2026-11-22, yesterday, -2 or monday")
    }
}

/// The day of the week that begins like this, in lower case.
fn weekday(text: &str) -> Option<Weekday> {
    let named = WEEKDAYS.iter().find(|(name, _)| text.len() >= SHORTEST && name.starts_with(text));
    named.map(|(_, weekday)| *weekday)
}

/// The day of the week of this name; capitals make no difference.
pub(in crate::cli) fn a_weekday(text: &str) -> Result<Weekday, &'static str> {
    let lower = text.to_lowercase();
    let named = WEEKDAYS.iter().find(|(name, _)| *name == lower);
    named.map(|(_, weekday)| *weekday).ok_or("write a day such as monday, saturday or sunday")
}

/// The name of a day of the week, as [`a_weekday`] reads it.
pub(in crate::cli) fn weekday_name(weekday: Weekday) -> &'static str {
    WEEKDAYS.iter().find(|(_, other)| *other == weekday).map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_named_by_date_or_by_how_long_ago_it_was() {
        // A Sunday.
        let today = date(2026, 11, 22);
        let day = |text: &str| text.parse::<DayArgument>().ok().map(|day| day.day(today));
        for (text, wanted) in [
            ("2026-11-20", date(2026, 11, 20)),
            ("today", today),
            ("Yesterday", date(2026, 11, 21)),
            ("-0", today),
            ("-1", date(2026, 11, 21)),
            ("-30", date(2026, 10, 23)),
            ("sunday", today),
            ("Mon", date(2026, 11, 16)),
            ("saturday", date(2026, 11, 21)),
        ] {
            assert_eq!(day(text), Some(wanted), "{text}");
        }
        assert_eq!(day("-4000000000"), Some(Date::MIN));
        for text in ["", "-", "1", "+1", "tomorrow", "mo", "mondays", "2026-02-30", "-1.5", "--1"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn the_days_of_a_week_are_read_as_they_are_written() {
        for (name, weekday) in WEEKDAYS {
            assert_eq!((a_weekday(name), weekday_name(weekday)), (Ok(weekday), name));
        }
        assert!(a_weekday("sun").is_err());
    }
}
