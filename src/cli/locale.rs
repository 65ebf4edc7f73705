//! What the locale says: on which day a week begins, and which characters a terminal shows.
//!
//! Owns how the variables of POSIX locales are read. An empty one counts as not set. Must not
//! know what becomes of the answers.

use crate::terminal::Charset;
use jiff::civil::Weekday;

/// Where a week begins on another day than Monday, by territory: the table `weekData` of the
/// Unicode Common Locale Data Repository, version 46.
const WEEKS: [(Weekday, &[&str]); 3] = [
    (
        Weekday::Sunday,
        &[
            "AG", "AS", "BD", "BR", "BS", "BT", "BW", "BZ", "CA", "CO", "DM", "DO", "ET", "GT", "GU", "HK",
            "HN", "ID", "IL", "IN", "JM", "JP", "KE", "KH", "KR", "LA", "MH", "MM", "MO", "MT", "MX", "MZ",
            "NI", "NP", "PA", "PE", "PH", "PK", "PR", "PT", "PY", "SA", "SG", "SV", "TH", "TT", "TW", "UM",
            "US", "VE", "VI", "WS", "YE", "ZA", "ZW",
        ],
    ),
    (
        Weekday::Saturday,
        &["AF", "BH", "DJ", "DZ", "EG", "IQ", "IR", "JO", "KW", "LY", "OM", "QA", "SD", "SY"],
    ),
    (Weekday::Friday, &["MV"]),
];

/// The day on which a week begins where the reader is; Monday where the locale names no country.
pub(super) fn week_begins(variable: impl Fn(&str) -> Option<String>) -> Weekday {
    let locale = named("LC_TIME", variable).unwrap_or_default();
    let territory =
        locale.split(['.', '@']).next().and_then(|name| name.split_once('_')).map(|(_, rest)| rest);
    let Some(territory) = territory else { return Weekday::Monday };
    let found = WEEKS.iter().find(|(_, territories)| territories.contains(&territory));
    found.map_or(Weekday::Monday, |(weekday, _)| *weekday)
}

/// The characters that a terminal shows which has been told of this locale. Where there is no
/// locale at all, UTF-8: hardly any terminal is without it, and many systems set nothing.
pub(super) fn charset(variable: impl Fn(&str) -> Option<String>) -> Charset {
    let console = variable("TERM").is_some_and(|kind| kind == "linux");
    let Some(locale) = named("LC_CTYPE", variable) else {
        return if console { Charset::Console } else { Charset::Unicode };
    };
    let codeset = locale.split('@').next().and_then(|name| name.split_once('.')).map(|(_, codeset)| codeset);
    let codeset: String = codeset.unwrap_or_default().to_lowercase().replace(['-', '_'], "");
    match codeset.as_str() {
        "utf8" => {
            if console {
                Charset::Console
            } else {
                Charset::Unicode
            }
        }
        "iso88591" => Charset::Latin1,
        _ => Charset::Ascii,
    }
}

/// The locale of a category: as POSIX has it, `LC_ALL` goes first, and `LANG` is for all that
/// have no variable of their own.
fn named(category: &str, variable: impl Fn(&str) -> Option<String>) -> Option<String> {
    ["LC_ALL", category, "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty())
}

/// A variable of this process.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<'a>(set: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + use<'a> {
        |name| set.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn a_week_begins_as_it_does_in_the_country_of_the_locale() {
        for (set, wanted) in [
            (&[("LANG", "en_US.UTF-8")][..], Weekday::Sunday),
            (&[("LANG", "de_AT.UTF-8")], Weekday::Monday),
            (&[("LANG", "ar_EG")], Weekday::Saturday),
            (&[("LANG", "en_US.UTF-8"), ("LC_TIME", "en_GB.UTF-8")], Weekday::Monday),
            (&[("LC_ALL", "pt_BR@x"), ("LC_TIME", "en_GB.UTF-8")], Weekday::Sunday),
            (&[("LC_ALL", ""), ("LANG", "ja_JP.utf8")], Weekday::Sunday),
            (&[("LANG", "C.UTF-8")], Weekday::Monday),
            (&[("LANG", "en")], Weekday::Monday),
            (&[], Weekday::Monday),
        ] {
            assert_eq!(week_begins(with(set)), wanted, "{set:?}");
        }
    }

    #[test]
    fn a_terminal_shows_the_characters_of_its_locale() {
        for (set, wanted) in [
            (&[("LANG", "en_US.UTF-8")][..], Charset::Unicode),
            (&[("LANG", "C.utf8")], Charset::Unicode),
            (&[], Charset::Unicode),
            (&[("LANG", "C")], Charset::Ascii),
            (&[("LC_ALL", "POSIX"), ("LANG", "en_US.UTF-8")], Charset::Ascii),
            (&[("LC_ALL", ""), ("LANG", "en_US.UTF-8")], Charset::Unicode),
            (&[("LANG", "de_DE.ISO-8859-1")], Charset::Latin1),
            (&[("LANG", "ru_RU.KOI8-R")], Charset::Ascii),
            (&[("TERM", "linux"), ("LANG", "de_DE.UTF-8")], Charset::Console),
            (&[("TERM", "linux")], Charset::Console),
            (&[("TERM", "linux"), ("LANG", "C")], Charset::Ascii),
        ] {
            assert_eq!(charset(with(set)), wanted, "{set:?}");
        }
    }
}
