//! Links that the terminal itself can open (OSC 8).
//!
//! Owns which terminals are known to have them, and what a target must be like to be sent.
//! Must not know which links are in sight.

use std::fmt::Write as _;

/// A longer target is not sent: some terminals drop the whole sequence.
const LONGEST: usize = 2000;

/// Decides by the variables of the environment whether a terminal knows links.
pub(super) fn are_known(variable: impl Fn(&str) -> Option<String>) -> bool {
    let filled = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    // Other programs honour it too.
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return forced != "0";
    }
    let term = variable("TERM").unwrap_or_default();
    // A multiplexer says what the terminal behind it was, not what gets through.
    if filled("STY") || term.starts_with("screen") || term == "linux" || term == "dumb" {
        return false;
    }
    if filled("TMUX") {
        let version = variable("TERM_PROGRAM_VERSION").unwrap_or_default();
        let mut numbers = version.split('.').map(|part| {
            part.trim_end_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().unwrap_or_default()
        });
        let version = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
        return version >= (3, 4);
    }
    let vte = variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok());
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby"];
    let terms = ["kitty", "alacritty", "foot", "wezterm", "ghostty", "contour", "rio"];
    vte.is_some_and(|version| version >= 5000)
        || ["WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"].iter().any(|name| filled(name))
        || variable("TERM_PROGRAM").is_some_and(|program| programs.contains(&program.as_str()))
        || terms.iter().any(|known| term.contains(known))
}

/// The sequence that opens a link to this target; `None` for one that is not sent. It is plain
/// ASCII, so that nothing can end the sequence early.
pub(super) fn opening(target: &str) -> Option<String> {
    let lower = target.get(..8.min(target.len())).unwrap_or_default().to_ascii_lowercase();
    if !["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
        return None;
    }
    let mut safe = String::with_capacity(target.len());
    for byte in target.bytes() {
        if byte.is_ascii_graphic() {
            safe.push(char::from(byte));
        } else {
            write!(safe, "%{byte:02X}").ok()?;
        }
        if safe.len() > LONGEST {
            return None;
        }
    }
    // The pieces of a link that is wrapped light up together.
    Some(format!("\x1b]8;id={:x};{safe}\x1b\\", crc32fast::hash(safe.as_bytes())))
}

/// The sequence that ends a link.
pub(super) const CLOSING: &str = "\x1b]8;;\x1b\\";

#[cfg(test)]
mod tests {
    use super::{are_known, opening};

    fn known(pairs: &[(&str, &str)]) -> bool {
        are_known(|name| pairs.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn links_are_sent_to_terminals_that_are_known_to_have_them() {
        for yes in [
            vec![("TERM", "xterm-kitty")],
            vec![("TERM", "xterm-256color"), ("VTE_VERSION", "7600")],
            vec![("TERM_PROGRAM", "WezTerm")],
            vec![("TMUX", "x"), ("TERM_PROGRAM_VERSION", "3.5a")],
            vec![("TERM", "xterm"), ("FORCE_HYPERLINK", "1")],
        ] {
            assert!(known(&yes), "{yes:?}");
        }
        for no in [
            vec![],
            vec![("TERM", "xterm-256color")],
            vec![("TERM", "linux"), ("KONSOLE_VERSION", "1")],
            vec![("VTE_VERSION", "4000")],
            vec![("TMUX", "x"), ("TERM_PROGRAM_VERSION", "3.3a"), ("VTE_VERSION", "7600")],
            vec![("TERM", "xterm-kitty"), ("FORCE_HYPERLINK", "0")],
        ] {
            assert!(!known(&no), "{no:?}");
        }
    }

    #[test]
    fn a_hostile_target_is_made_harmless_or_left_out() {
        assert_eq!(opening("javascript:alert(1)"), None);
        assert_eq!(opening("file:///etc/passwd"), None);
        assert_eq!(opening(&format!("https://{}", "a".repeat(3000))), None);
        assert_eq!(opening(""), None);
        assert_eq!(opening("ä"), None);
        let sent = opening("https://x.org/a b\u{1b}\\\u{7}\u{202e}ü;y").unwrap_or_default();
        assert!(sent.ends_with(";https://x.org/a%20b%1B\\%07%E2%80%AE%C3%BC;y\x1b\\"), "{sent:?}");
        assert_eq!(sent.matches('\x1b').count(), 2);
    }
}
