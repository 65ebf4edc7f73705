//! The grammars of many languages, and the names that authors give these after a fence.
//!
//! Owns which set of grammars a language is in. The larger set takes longer to load and more memory than
//! the usual one, so it is loaded only for a language that the usual one lacks. Must not know what a token
//! is shown like.

use std::sync::OnceLock;
use syntect::parsing::{SyntaxReference, SyntaxSet};

/// Names of what is no program, so that no set is looked through for them.
const PLAIN: [&str; 10] =
    ["text", "txt", "plain", "plaintext", "output", "console", "terminal", "none", "ascii", "mermaid"];

/// Names that authors use, and those that the grammars have.
const OTHER_NAMES: [(&str, &str); 18] = [
    ("conf", "ini"),
    ("containerfile", "dockerfile"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("fortran", "f90"),
    ("fsharp", "fs"),
    ("golang", "go"),
    ("graphviz", "dot"),
    ("gql", "graphql"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("mdx", "md"),
    ("objc", "m"),
    ("scheme", "lisp"),
    ("shell", "sh"),
    ("shellscript", "sh"),
    ("systemd", "ini"),
    ("typst", "typ"),
];

/// Sets of grammars, each loaded at its first use.
#[derive(Default)]
pub(super) struct Grammars {
    usual: OnceLock<SyntaxSet>,
    larger: OnceLock<SyntaxSet>,
}

/// The set that a grammar is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GrammarSet {
    /// That of most languages.
    Usual,
    /// That of more than two hundred.
    Larger,
}

impl Grammars {
    /// The grammar of a language that is called so after a fence; `None` when it is not known.
    pub(super) fn named(&self, name: &str) -> Option<(GrammarSet, &SyntaxReference)> {
        let is_name = |other: &&str| name.eq_ignore_ascii_case(other);
        if name.is_empty() || PLAIN.iter().any(is_name) {
            return None;
        }
        let other = OTHER_NAMES.iter().find(|(other, _)| is_name(other));
        let name = other.map_or(name, |(_, name)| name);
        let found = |set| Some((set, self.set(set).find_syntax_by_token(name)?));
        found(GrammarSet::Usual).or_else(|| found(GrammarSet::Larger))
    }

    /// A set, loaded if it was not.
    pub(super) fn set(&self, set: GrammarSet) -> &SyntaxSet {
        match set {
            GrammarSet::Usual => self.usual.get_or_init(SyntaxSet::load_defaults_newlines),
            GrammarSet::Larger => self.larger.get_or_init(two_face::syntax::extra_newlines),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_usual_set_lacks_is_looked_for_in_the_larger_one() {
        let grammars = Grammars::default();
        for plain in PLAIN {
            assert!(grammars.named(plain).is_none(), "{plain}");
        }
        assert!(grammars.usual.get().is_none());
        for usual in ["rust", "rs", "Python", "sh", "shell", "c", "json", "jsonc", "diff", "csharp", "golang"]
        {
            assert_eq!(grammars.named(usual).map(|(set, _)| set), Some(GrammarSet::Usual), "{usual}");
        }
        assert!(grammars.larger.get().is_none());
        assert!(grammars.named("nobody-speaks-this").is_none());
    }

    #[test]
    fn every_other_name_leads_to_a_grammar() {
        let grammars = Grammars::default();
        for (other, name) in OTHER_NAMES {
            let found = |name| grammars.named(name).map(|(_, syntax)| syntax.name.as_str());
            assert!(found(other).is_some() && found(other) == found(name), "{other}");
        }
    }
}
