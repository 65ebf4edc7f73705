//! Suggests the known name that somebody may have meant.
//!
//! Owns the measure of similarity. Must not know what the names mean.

/// The most known names that are compared. No person has more to choose from, but a hostile
/// course may.
const MOST: usize = 5_000;

/// Finds the known name most similar to the wanted one, by optimal string alignment distance,
/// among the first 5,000; `None` when none is similar. A name that begins with the wanted one is
/// at distance 1.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // The distance takes time in proportion to the product of the lengths; no name is this long.
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

/// Makes the remedy "did you mean …?"; `otherwise` when no known name is similar.
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
    fn a_typing_error_finds_the_name() {
        assert_eq!(nearest("what-to-aviod", LESSONS), Some("what-to-avoid"));
    }

    #[test]
    fn the_beginning_of_a_name_finds_it() {
        assert_eq!(nearest("start", LESSONS), Some("start-here"));
    }

    #[test]
    fn a_different_word_finds_nothing() {
        assert_eq!(nearest("zebra", LESSONS), None);
        assert_eq!(nearest("", LESSONS), None);
    }

    #[test]
    fn a_very_long_name_is_answered_at_once() {
        assert_eq!(nearest(&"a".repeat(10_000_000), LESSONS), None);
    }
}
