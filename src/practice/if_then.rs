//! If-then plans as sentences.

use crate::journal::IfThen;

/// The plan as one sentence without its full stop: "If he shouts, then I leave the room". A
/// plan may still lack one of its halves.
pub fn if_then_in_words(plan: &IfThen) -> String {
    match (plan.cue.as_str(), plan.response.as_str()) {
        (cue, "") => format!("If {cue}, then ..."),
        ("", response) => format!("Plan: {response}"),
        (cue, response) => format!("If {cue}, then {response}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_reads_as_a_sentence_with_one_half_too() {
        let words = |cue: &str, response: &str| {
            if_then_in_words(&IfThen { cue: cue.into(), response: response.into() })
        };
        assert_eq!(words("he shouts", "I wait"), "If he shouts, then I wait");
        assert_eq!(words("he shouts", ""), "If he shouts, then ...");
        assert_eq!(words("", "I wait"), "Plan: I wait");
    }
}
