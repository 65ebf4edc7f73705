//! One thing that `doctor` looks at.
//!
//! Owns what can be said of it. Must not look at anything.

use serde::Serialize;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Check {
    /// The thing.
    pub(super) about: &'static str,
    /// Whether it is as it should be.
    pub(super) state: CheckState,
    /// What was found.
    pub(super) found: String,
    /// What to do about it, unless it is good.
    pub(super) remedy: Option<String>,
}

/// Whether a thing is as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum CheckState {
    /// It is.
    Good,
    /// The program runs, but something may be missed.
    Note,
    /// Something does not work.
    Wrong,
}

impl CheckState {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Note => "note",
            Self::Wrong => "wrong",
        }
    }
}

impl Check {
    /// It is as it should be.
    pub(super) fn good(about: &'static str, found: impl Into<String>) -> Self {
        Self { about, state: CheckState::Good, found: found.into(), remedy: None }
    }

    /// Something may be missed.
    pub(super) fn note(about: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { about, state: CheckState::Note, found: found.into(), remedy: Some(remedy.into()) }
    }

    /// Something does not work.
    pub(super) fn wrong(about: &'static str, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { about, state: CheckState::Wrong, found: found.into(), remedy: Some(remedy.into()) }
    }
}
