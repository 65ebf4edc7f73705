//! Which known name somebody may have meant.
//!
//! Owns the measure of likeness. Must not know what the names stand for.

/// How many known names are looked at. No person has more to choose from, but a hostile
/// course may.
const MOST: usize = 5_000;

/// The known name that is most like the wanted one, when any of the first 5,000 is like it
/// at all.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // The distance costs the product of the lengths, and no name is this long.
    const LONGEST: usize = 64;
    let wanted: String = wanted.trim().to_lowercase().chars().take(LONGEST).collect();
    if wanted.is_empty() {
        return None;
    }
    known
        .into_iter()
        .take(MOST)
        .filter_map(|name| {
            let lower: String = name.to_lowercase().chars().take(LONGEST).collect();
            let distance = if wanted.len() > 2 && lower.starts_with(&wanted) {
                1
            } else {
                strsim::osa_distance(&wanted, &lower)
            };
            let near = (wanted.chars().count().max(lower.chars().count()) / 3).max(1);
            (distance <= near).then_some((distance, name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// A remedy that names the nearest known name, or else says what there is to do.
pub(super) fn did_you_mean<'a>(
    wanted: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    nearest(wanted, known).map_or_else(|| otherwise.to_owned(), |name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LESSONS: [&str; 3] = ["start-here", "what-to-avoid", "what-to-embrace"];

    #[test]
    fn a_slip_of_the_finger_finds_the_name() {
        assert_eq!(nearest("what-to-aviod", LESSONS), Some("what-to-avoid"));
    }

    #[test]
    fn the_beginning_of_a_name_finds_it() {
        assert_eq!(nearest("start", LESSONS), Some("start-here"));
    }

    #[test]
    fn something_else_altogether_finds_nothing() {
        assert_eq!(nearest("zebra", LESSONS), None);
        assert_eq!(nearest("", LESSONS), None);
    }

    #[test]
    fn a_very_long_name_is_answered_at_once() {
        assert_eq!(nearest(&"a".repeat(10_000_000), LESSONS), None);
    }
}
