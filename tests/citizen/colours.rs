//! Any terminal: what is sent is what each understands.

use crate::WIDE;
use crate::strict::stray;
use crate::terminal::Running;

/// A session that shows every style there is, and everything that it sent.
fn sent(arguments: &[&str], environment: &[(&str, &str)]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start_with(WIDE, folder.path(), arguments, environment);
    program.shows("Start here").types("\txj!j-").shows("[!]").types("*v").shows("4 weeks").types("\x1b[27u");
    program.shows("Start here").types("/secure").shows(" hits").types("\r").settled();
    program.types("?");
    program.shows("In every pane").types("\x03");
    assert!(program.ends().success());
    assert_eq!(stray(&program.sent), None);
    program.sent.clone()
}

/// The numbers in all sequences that set looks.
fn looks(sent: &[u8]) -> Vec<u32> {
    let text = String::from_utf8_lossy(sent).into_owned();
    let bodies = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    bodies.flat_map(|body| body.split(';').map(|n| n.parse().unwrap_or(0)).collect::<Vec<u32>>()).collect()
}

fn is_of_the_sixteen(number: u32) -> bool {
    matches!(number, 30..=37 | 40..=47 | 90..=97 | 100..=107)
}

fn is_a_modifier(number: u32) -> bool {
    matches!(number, 0..=4 | 7 | 9)
}

#[test]
fn every_kind_of_terminal_is_sent_its_own_sixteen_colours_and_no_other() {
    for (kind, deep) in [
        ("xterm", ""),
        ("xterm-16color", ""),
        ("xterm-256color", ""),
        ("xterm-256color", "truecolor"),
        ("tmux-256color", ""),
        ("screen", ""),
        ("screen-256color", "24bit"),
        ("linux", ""),
        ("no-such-terminal", ""),
    ] {
        let theme = if kind == "linux" { "high-contrast" } else { "dark" };
        let numbers = looks(&sent(&["--theme", theme], &[("TERM", kind), ("COLORTERM", deep)]));
        let strange = numbers.iter().find(|number| !is_of_the_sixteen(**number) && !is_a_modifier(**number));
        assert_eq!(strange, None, "{kind} {deep}");
        assert!(numbers.iter().any(|number| is_of_the_sixteen(*number)), "{kind} has no colours");
    }
}

#[test]
fn without_colours_there_are_modifiers_and_nothing_else() {
    for (arguments, environment) in
        [(vec![], vec![("NO_COLOR", "1")]), (vec!["--theme", "plain"], vec![("COLORTERM", "truecolor")])]
    {
        let numbers = looks(&sent(&arguments, &environment));
        assert_eq!(numbers.iter().find(|number| !is_a_modifier(**number)), None);
        for wanted in [1, 4, 7] {
            assert!(numbers.contains(&wanted), "{wanted} is not used to tell things apart");
        }
    }
}

#[test]
fn whoever_names_a_theme_has_its_colours() {
    let numbers = looks(&sent(&["--theme", "light"], &[("NO_COLOR", "1")]));
    assert!(numbers.iter().any(|number| is_of_the_sixteen(*number)));
    let numbers = looks(&sent(&[], &[("NO_COLOR", "")]));
    assert!(numbers.iter().any(|number| is_of_the_sixteen(*number)), "an empty NO_COLOR is none");
}
