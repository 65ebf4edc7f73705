//! How often an item is meant to be done: every day, some days of a week, or certain weekdays.
//!
//! Owns what a rhythm is and how it is written. Must not know what was marked: what a rhythm
//! means for a day's marks is decided in `practice`.

use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// How often an item is meant to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Every day.
    #[default]
    Daily,
    /// On so many days of a week, whichever they are: 1 to 7.
    PerWeek(u8),
    /// On these days of the week, and on no others.
    Days(BTreeSet<Day>),
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "each is named by its first letters")]
pub enum Day {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Day {
    /// All seven, from Monday on.
    pub const ALL: [Self; 7] = [Self::Mon, Self::Tue, Self::Wed, Self::Thu, Self::Fri, Self::Sat, Self::Sun];

    /// Its name in full.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mon => "Monday",
            Self::Tue => "Tuesday",
            Self::Wed => "Wednesday",
            Self::Thu => "Thursday",
            Self::Fri => "Friday",
            Self::Sat => "Saturday",
            Self::Sun => "Sunday",
        }
    }
}

impl From<Weekday> for Day {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

impl Rhythm {
    /// The rhythm if it can be kept at all: a week has seven days, and one of them at least is
    /// meant.
    pub fn sound(self) -> Option<Self> {
        match &self {
            Self::PerWeek(days) if !(1..=7).contains(days) => None,
            Self::Days(days) if days.is_empty() => None,
            Self::Daily | Self::PerWeek(_) | Self::Days(_) => Some(self),
        }
    }

    /// Returns whether an item with this rhythm is meant for such a day.
    pub fn is_meant_for(&self, day: Weekday) -> bool {
        match self {
            Self::Daily | Self::PerWeek(_) => true,
            Self::Days(days) => days.contains(&day.into()),
        }
    }

    /// On how many days of a week it is meant to be done.
    pub fn days_a_week(&self) -> u32 {
        match self {
            Self::Daily => 7,
            Self::PerWeek(days) => u32::from(*days),
            Self::Days(days) => u32::try_from(days.len()).unwrap_or(7),
        }
    }
}

impl fmt::Display for Rhythm {
    /// Writes it as it is read: `daily`, `3 times a week`, `Mondays and Thursdays`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Daily => formatter.write_str("daily"),
            Self::PerWeek(1) => formatter.write_str("once a week"),
            Self::PerWeek(2) => formatter.write_str("twice a week"),
            Self::PerWeek(days) => write!(formatter, "{days} times a week"),
            Self::Days(days) => {
                let last = days.len().saturating_sub(1);
                for (index, day) in days.iter().enumerate() {
                    let before = match index {
                        0 => "",
                        _ if index == last => " and ",
                        _ => ", ",
                    };
                    write!(formatter, "{before}{}s", day.name())?;
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn a_rhythm_is_written_as_it_is_read() {
        let days = Rhythm::Days(BTreeSet::from([Day::Thu, Day::Mon, Day::Sat]));
        let all = [Rhythm::Daily, Rhythm::PerWeek(3), days];
        let written = all.map(|rhythm| serde_json::to_string(&rhythm).unwrap());
        assert_eq!(written, ["\"daily\"", "{\"per_week\":3}", "{\"days\":[\"mon\",\"thu\",\"sat\"]}"]);
    }

    #[test]
    fn a_rhythm_is_said_in_words() {
        let days = |days: &[Day]| Rhythm::Days(days.iter().copied().collect()).to_string();
        assert_eq!(Rhythm::PerWeek(1).to_string(), "once a week");
        assert_eq!(Rhythm::PerWeek(3).to_string(), "3 times a week");
        assert_eq!(days(&[Day::Mon]), "Mondays");
        assert_eq!(days(&[Day::Thu, Day::Mon]), "Mondays and Thursdays");
        assert_eq!(days(&[Day::Thu, Day::Mon, Day::Sun]), "Mondays, Thursdays and Sundays");
    }

    #[test]
    fn a_rhythm_that_cannot_be_is_none() {
        for rhythm in [Rhythm::PerWeek(0), Rhythm::PerWeek(8), Rhythm::Days(BTreeSet::new())] {
            assert_eq!(rhythm.sound(), None);
        }
        assert!(Rhythm::PerWeek(7).sound().is_some());
    }
}
