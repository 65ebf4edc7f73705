//! How often something is meant to be done, as people type it.
//!
//! Owns which rhythm is meant by some words: "3 a week", "mon thu", "Mondays and Thursdays". Every
//! rhythm is understood as it is said. Must not guess: what is not clear is none.

use crate::course::{Day, Rhythm};
use std::collections::BTreeSet;

/// What can be typed for a rhythm, in a sentence.
pub const HOW_OFTEN: &str = "Write daily, 3 a week, or days such as mon thu.";

/// The rhythm that somebody means who types this; nothing typed is every day. `None` where it cannot
/// be told.
pub fn rhythm_meant(typed: &str) -> Option<Rhythm> {
    let typed = typed.to_lowercase();
    let words: Vec<&str> =
        typed.split(|sign: char| !sign.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let (mut count, mut days) = (None, BTreeSet::new());
    for word in &words {
        match (number(word), weekdays(word)) {
            (Some(number), _) if count.is_none() => count = Some(number),
            (None, named) if !named.is_empty() => days.extend(named),
            (None, _) if FILLERS.contains(word) => {}
            _ => return None,
        }
    }
    let has = |word| words.contains(&word);
    // "Every 2 days" is no number of days of a week.
    let is_every = (has("every") || has("each")) && !has("week");
    // Once a day is every day; more often than that, a day has one box.
    let is_per_day = has("daily") || has("everyday") || (has("day") && !has("week"));
    let is_one_day = has("day") && !has("a") && !has("per") && !is_every;
    match (count, days.len()) {
        (Some(1), 0) if is_per_day && !is_one_day => Some(Rhythm::Daily),
        (Some(_), 0) if is_per_day => None,
        (Some(_), 0) if is_every => None,
        (Some(7), 0) | (None, 7) => Some(Rhythm::Daily),
        (Some(count), 0) => Rhythm::PerWeek(count).sound(),
        (None, 0) if has("week") || has("weeks") => {
            (has("every") || has("each") || has("a")).then_some(Rhythm::PerWeek(1))
        }
        (None, 0) => {
            (words.is_empty() || has("daily") || has("everyday") || has("day")).then_some(Rhythm::Daily)
        }
        (None, _) => Some(Rhythm::Days(days)),
        (Some(_), _) => None,
    }
}

/// Words that may stand around those that say something.
const FILLERS: [&str; 16] = [
    "a", "and", "daily", "day", "days", "each", "every", "everyday", "on", "per", "the", "time", "times",
    "week", "weeks", "x",
];

/// The number that a word is.
fn number(word: &str) -> Option<u8> {
    const WORDS: [&[&str]; 7] = [
        &["once", "one", "weekly"],
        &["twice", "two"],
        &["thrice", "three"],
        &["four"],
        &["five"],
        &["six"],
        &["seven"],
    ];
    let named =
        WORDS.iter().position(|words| words.contains(&word)).and_then(|index| u8::try_from(index + 1).ok());
    named.or_else(|| word.strip_suffix('x').unwrap_or(word).parse().ok())
}

/// The days of the week that a word names; two letters of one are enough.
fn weekdays(word: &str) -> Vec<Day> {
    let singular = word.strip_suffix('s').filter(|rest| rest.len() > 1).unwrap_or(word);
    match singular {
        "weekday" | "workday" => vec![Day::Mon, Day::Tue, Day::Wed, Day::Thu, Day::Fri],
        "weekend" => vec![Day::Sat, Day::Sun],
        short if short.len() < 2 => Vec::new(),
        day => Day::ALL.into_iter().filter(|named| named.name().to_lowercase().starts_with(day)).collect(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_rhythm_is_understood_as_people_write_it() {
        let days = |days: &[Day]| Some(Rhythm::Days(days.iter().copied().collect()));
        for typed in [
            "",
            " ",
            "daily",
            "Daily",
            "every day",
            "everyday",
            "7 a week",
            "seven times a week",
            "once a day",
            "once daily",
            "1 per day",
            "one time every day",
        ] {
            assert_eq!(rhythm_meant(typed), Some(Rhythm::Daily), "{typed:?}");
        }
        for typed in
            ["3", "3 a week", "3x", "3/week", "3 times a week", "three times per week", "3 days a week"]
        {
            assert_eq!(rhythm_meant(typed), Some(Rhythm::PerWeek(3)), "{typed:?}");
        }
        for typed in ["once a week", "weekly", "1", "every week", "once every week"] {
            assert_eq!(rhythm_meant(typed), Some(Rhythm::PerWeek(1)), "{typed:?}");
        }
        for typed in
            ["mon thu", "mon, thu", "Mondays and Thursdays", "mo th", "on monday and on thurs", "thu mon"]
        {
            assert_eq!(rhythm_meant(typed), days(&[Day::Mon, Day::Thu]), "{typed:?}");
        }
        assert_eq!(rhythm_meant("weekends"), days(&[Day::Sat, Day::Sun]));
        assert_eq!(rhythm_meant("weekdays").unwrap().days_a_week(), 5);
    }

    #[test]
    fn what_no_week_can_have_or_is_not_clear_is_no_rhythm() {
        for typed in [
            "0",
            "8 a week",
            "sometimes",
            "every other day",
            "every 2 days",
            "every 2 weeks",
            "twice a day",
            "3 times daily",
            "2x/day",
            "twice every day",
            "one day",
            "3 mon",
            "t",
            "3 4",
        ] {
            assert_eq!(rhythm_meant(typed), None, "{typed:?}");
        }
    }

    fn any_rhythm() -> impl Strategy<Value = Rhythm> {
        let days = proptest::collection::btree_set(proptest::sample::select(&Day::ALL[..]), 1..7);
        prop_oneof![Just(Rhythm::Daily), (1..7_u8).prop_map(Rhythm::PerWeek), days.prop_map(Rhythm::Days)]
    }

    proptest! {
        #[test]
        fn a_rhythm_is_understood_as_it_is_said(rhythm in any_rhythm()) {
            prop_assert_eq!(rhythm_meant(&rhythm.to_string()), Some(rhythm));
        }
    }
}
