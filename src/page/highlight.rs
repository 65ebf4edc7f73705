//! Finds the tokens of code: comments, strings, keywords.
//!
//! Owns the mapping from syntect's scopes to the few kinds that are distinguished. The grammars
//! are loaded when code is first highlighted, never before a frame that can do without. Must
//! not choose colours.

use crate::page::grammars::{GrammarSet, Grammars};
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;
use syntect::parsing::{ParseState, Scope, ScopeStack};

/// The most bytes of a line that is highlighted: a longer one was not written by hand.
const LONGEST_LINE: usize = 1024;

/// The kinds of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A comment, or a line that a change takes out.
    Comment,
    /// A string, or a line that a change puts in.
    Text,
    /// A number or another constant.
    Constant,
    /// A keyword of the language, or a line of a change that says where it is.
    Keyword,
    /// A name that is defined or called here.
    Name,
}

/// Ranges of bytes of a block's text, ascending and without overlap, and what each is.
pub type Tokens = Vec<(Range<usize>, TokenKind)>;

/// The kinds of the scopes that are distinguished. A scope within another is of the kind of the inner one.
const KINDS: [(&str, TokenKind); 11] = [
    ("comment", TokenKind::Comment),
    ("string", TokenKind::Text),
    ("constant", TokenKind::Constant),
    ("keyword", TokenKind::Keyword),
    ("storage", TokenKind::Keyword),
    ("entity.name", TokenKind::Name),
    ("support.function", TokenKind::Name),
    ("variable.function", TokenKind::Name),
    ("markup.deleted", TokenKind::Comment),
    ("markup.inserted", TokenKind::Text),
    ("meta.diff", TokenKind::Keyword),
];

/// Holds the grammars of many languages, loaded at the first use.
#[derive(Default)]
pub struct Highlighter {
    grammars: Grammars,
    kinds: OnceLock<Kinds>,
}

/// The state of highlighting one block of code, line by line.
#[derive(Debug)]
pub struct HighlightProgress {
    set: GrammarSet,
    state: ParseState,
    scopes: ScopeStack,
    /// The first byte that has not been highlighted.
    start: usize,
    tokens: Tokens,
}

impl HighlightProgress {
    /// The tokens found so far.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// Takes the tokens found so far.
    pub fn into_tokens(self) -> Tokens {
        self.tokens
    }
}

/// [`KINDS`], with the scopes as they are compared.
struct Kinds(Vec<(Scope, TokenKind)>);

impl fmt::Debug for Highlighter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Highlighter")
    }
}

impl Highlighter {
    /// Begins to highlight code in a language, named as after a code fence. `None` when it is not
    /// known.
    pub fn begin(&self, language: &str) -> Option<HighlightProgress> {
        let (set, syntax) = self.grammars.named(language)?;
        Some(HighlightProgress {
            set,
            state: ParseState::new(syntax),
            scopes: ScopeStack::new(),
            start: 0,
            tokens: Tokens::new(),
        })
    }

    /// Highlights the next line of `code`. Returns false when there is none left. `code` must be
    /// the same at every call.
    pub fn highlight_line(&self, progress: &mut HighlightProgress, code: &str) -> bool {
        let kinds = self.kinds.get_or_init(Kinds::of_scopes);
        let rest = code.get(progress.start..).unwrap_or_default();
        let Some(line) = rest.split_inclusive('\n').next() else { return false };
        let HighlightProgress { set, state, scopes, start, tokens } = progress;
        let line_start = *start;
        *start += line.len();
        if line.len() > LONGEST_LINE {
            return true;
        }
        let Ok(changes) = state.parse_line(line, self.grammars.set(*set)) else { return true };
        let mut at = 0;
        for (offset, change) in &changes {
            kinds.push(line_start + at..line_start + offset, scopes, tokens);
            at = *offset;
            if scopes.apply(change).is_err() {
                *start = code.len();
                return false;
            }
        }
        kinds.push(line_start + at..line_start + line.trim_end().len().max(at), scopes, tokens);
        true
    }
}

impl Kinds {
    fn of_scopes() -> Self {
        Self(KINDS.into_iter().filter_map(|(name, token)| Some((Scope::new(name).ok()?, token))).collect())
    }

    /// Adds a range of code, if its scopes are of a kind that is distinguished.
    fn push(&self, range: Range<usize>, scopes: &ScopeStack, tokens: &mut Tokens) {
        let kind_of = |scope: &Scope| {
            self.0.iter().find(|(kind, _)| kind.is_prefix_of(*scope)).map(|(_, token)| *token)
        };
        if range.is_empty() {
            return;
        }
        let Some(token) = scopes.as_slice().iter().rev().find_map(kind_of) else { return };
        match tokens.last_mut() {
            Some((last, kind)) if *kind == token && last.end == range.start => last.end = range.end,
            _ => tokens.push((range, token)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::string_slice, reason = "tests of fixed and generated text")]

    use super::*;
    use proptest::prelude::*;

    fn all(language: &str, code: &str) -> Tokens {
        let highlighter = Highlighter::default();
        let Some(mut progress) = highlighter.begin(language) else { return Vec::new() };
        while highlighter.highlight_line(&mut progress, code) {}
        progress.into_tokens()
    }

    fn tokens<'c>(language: &str, code: &'c str) -> Vec<(&'c str, TokenKind)> {
        all(language, code).into_iter().map(|(range, token)| (code[range].trim_end(), token)).collect()
    }

    #[test]
    fn comments_strings_constants_keywords_and_names_are_distinguished() {
        let found = tokens("rust", "// why\nfn answer() -> u8 { let s = \"é\"; 42 }\n");
        for expected in [
            ("// why", TokenKind::Comment),
            ("fn", TokenKind::Keyword),
            ("answer", TokenKind::Name),
            ("\"é\"", TokenKind::Text),
            ("42", TokenKind::Constant),
        ] {
            assert!(found.contains(&expected), "{expected:?} is not in {found:?}");
        }
        assert!(!tokens("python", "def f():\n    return None\n").is_empty());
    }

    #[test]
    fn every_language_that_books_are_full_of_has_its_tokens() {
        use TokenKind::{Comment, Constant, Keyword, Name, Text};
        for (language, code, token) in [
            ("bat", "REM a", ("REM", Keyword)),
            ("c", "int a; // b", ("// b", Comment)),
            ("cmake", "set(A \"b\")", ("\"b\"", Text)),
            ("conf", "# a", ("# a", Comment)),
            ("crystal", "def a; end # b", ("# b", Comment)),
            ("dart", "var a = 'b';", ("'b'", Text)),
            ("diff", "@@ -1 +1 @@\n-old\n+new\n same", ("+new", Text)),
            ("diff", "@@ -1 +1 @@\n-old\n+new\n same", ("-old", Comment)),
            ("Dockerfile", "FROM rust:1", ("FROM", Keyword)),
            ("dotenv", "A=b # c", ("# c", Comment)),
            ("elixir", "def a, do: 1", ("a", Name)),
            ("elm", "a = \"b\"", ("\"b\"", Text)),
            ("fish", "set a 'b'", ("'b'", Text)),
            ("graphql", "type A { b: Int }", ("type", Keyword)),
            ("hcl", "a = \"b\"", ("\"b\"", Text)),
            ("http", "GET /a HTTP/1.1", ("GET", Keyword)),
            ("ini", "; a\n[b]\nc=d", ("; a", Comment)),
            ("javascript", "let a = 'b';", ("'b'", Text)),
            ("js", "let a = 'b';", ("'b'", Text)),
            ("json", "{\"a\": 1}", ("1", Constant)),
            ("jsx", "const a = <B c={1}>d</B>;", ("B", Name)),
            ("julia", "a = 1 # b", ("# b", Comment)),
            ("kotlin", "fun a(): Int = 1", ("fun", Keyword)),
            ("less", "@a: 1px; // b", ("// b", Comment)),
            ("make", "a:\n\techo b", ("a", Name)),
            ("nginx", "listen 80; # a", ("# a", Comment)),
            ("nix", "{ a = \"b\"; }", ("\"b\"", Text)),
            ("powershell", "$a = \"b\"", ("\"b\"", Text)),
            ("proto", "message A { int32 b = 1; }", ("A", Name)),
            ("python", "def a(): pass", ("a", Name)),
            ("ruby", "def a; end", ("def", Keyword)),
            ("scss", "$a: 1px; // b", ("// b", Comment)),
            ("solidity", "contract A {}", ("A", Name)),
            ("sql", "select 'a'", ("'a'", Text)),
            ("svelte", "<script>let a = 'b';</script>", ("'b'", Text)),
            ("swift", "let a = \"b\"", ("\"b\"", Text)),
            ("terraform", "a = 1 # b", ("# b", Comment)),
            ("toml", "[a]\nb = \"c\" # d", ("# d", Comment)),
            ("toml", "[a]\nb = \"c\"", ("b", Name)),
            ("ts", "const a: number = 1;", ("const", Keyword)),
            ("tsx", "const a = <B c={1}>d</B>;", ("B", Name)),
            ("typescript", "const a: number = 1;", ("1", Constant)),
            ("typst", "#let a = 1 // b", ("// b", Comment)),
            ("vim", "let a = 'b'", ("'b'", Text)),
            ("vue", "<script>let a = 'b';</script>", ("'b'", Text)),
            ("yaml", "a: b # c", ("# c", Comment)),
            ("zig", "const a = 1; // b", ("// b", Comment)),
        ] {
            let code = format!("{code}\n");
            let found = tokens(language, &code);
            assert!(found.contains(&token), "{language}: {token:?} is not in {found:?}");
        }
    }

    #[test]
    fn an_unknown_language_is_not_highlighted() {
        assert_eq!(tokens("nobody-speaks-this", "let a = 1;"), []);
        assert_eq!(tokens("", "let a = 1;"), []);
    }

    #[test]
    fn a_line_that_nobody_wrote_by_hand_is_not_highlighted() {
        let code = format!("let a = \"{}\";\nlet b = 1;\n", "x".repeat(2 * LONGEST_LINE));
        assert!(tokens("rust", &code).iter().all(|(text, _)| text.len() < LONGEST_LINE));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn tokens_of_any_code_are_in_order_apart_and_whole(
            language in "(rust|python|html|sh|json|c|markdown|diff|toml|dockerfile|jsx)", code in "[ -~é\\n\"'/*#{}()<>-]{0,200}",
        ) {
            let mut end = 0;
            for (range, _) in all(&language, &code) {
                prop_assert!(end <= range.start && range.start < range.end);
                prop_assert!(code.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }
}
