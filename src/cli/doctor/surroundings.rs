//! What `doctor` says of the terminal, the locale, the colours, the clipboard, the editor and
//! the clock.
//!
//! Owns what the variables of the environment mean here. A value of one is repeated only if it
//! looks like a name: it may hold anything.

use crate::app::DAY_ENDS;
use crate::cli::arguments::{Shared, ThemeArgument};
use crate::cli::doctor::check::Check;
use jiff::Timestamp;
use rustix::termios::tcgetwinsize;
use std::fs::File;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The smallest screen on which the program draws, in columns and rows.
const SMALLEST: (u16, u16) = (24, 8);
/// The longest value of a variable that is repeated, in bytes.
const LONGEST: usize = 40;
/// The beginning of 2026, in seconds: no clock that is right is before it, as this program was
/// not there yet.
const EARLIEST: i64 = 1_767_225_600;

/// All checks of the surroundings, by the variables of the environment and the settings that
/// apply.
pub(super) fn checks(shared: &Shared, variable: impl Fn(&str) -> Option<String>) -> Vec<Check> {
    let filled = |name: &str| variable(name).filter(|value| !value.is_empty());
    vec![
        terminal(&filled, terminal_size()),
        locale(&filled),
        colours(&filled, shared),
        clipboard(&filled, tmux_setting),
        editor(&filled),
        clock(&filled, shared, Timestamp::now()),
    ]
}

/// The size of the terminal that this program runs in, even if its output goes elsewhere.
fn terminal_size() -> Option<(u16, u16)> {
    let terminal = File::open("/dev/tty").ok()?;
    tcgetwinsize(terminal).ok().map(|size| (size.ws_col, size.ws_row))
}

fn terminal(filled: &impl Fn(&str) -> Option<String>, size: Option<(u16, u16)>) -> Check {
    const ABOUT: &str = "terminal";
    let Some((columns, rows)) = size else {
        return Check::note(
            ABOUT,
            "none, so the screen cannot be opened from here",
            "open a terminal and start sidelight there; without one use `sidelight --linear`",
        );
    };
    let kind = filled("TERM").as_deref().map(name);
    let around = match (filled("TMUX").is_some(), filled("STY").is_some()) {
        (true, _) => ", in tmux",
        (false, true) => ", in screen",
        (false, false) => "",
    };
    let size = format!("{columns} columns by {rows} rows{around}");
    match kind.as_deref() {
        None | Some("dumb") => Check::note(
            ABOUT,
            format!("{size}; TERM is {}, so plain lines are used", kind.as_deref().unwrap_or("not set")),
            "if the terminal has a cursor, set TERM to its name, for example xterm-256color",
        ),
        Some(kind) if columns > 0 && rows > 0 && (columns < SMALLEST.0 || rows < SMALLEST.1) => {
            let remedy = format!("make the window at least {} by {}", SMALLEST.0, SMALLEST.1);
            Check::wrong(ABOUT, format!("{kind}, {size}: too small"), remedy)
        }
        Some(kind) => Check::good(ABOUT, format!("{kind}, {size}")),
    }
}

fn locale(filled: &impl Fn(&str) -> Option<String>) -> Check {
    const ABOUT: &str = "locale";
    let remedy = "if letters or lines look broken, set LC_ALL to a name from `locale -a` that ends in utf8";
    // The first one that is set decides.
    let Some((by, value)) =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|by| filled(by).map(|value| (by, value)))
    else {
        return Check::note(ABOUT, "not set", remedy);
    };
    let letters: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.to_lowercase().ends_with("utf8") {
        Check::good(ABOUT, format!("{} ({by})", name(&value)))
    } else {
        Check::note(ABOUT, format!("{} ({by}), which is not UTF-8", name(&value)), remedy)
    }
}

fn colours(filled: &impl Fn(&str) -> Option<String>, shared: &Shared) -> Check {
    const ABOUT: &str = "colours";
    match shared.theme {
        Some(theme @ ThemeArgument::BuiltIn(_)) => Check::good(ABOUT, format!("theme {}", theme.name())),
        None if filled("NO_COLOR").is_some() => Check::good(ABOUT, "none, as NO_COLOR asks"),
        None | Some(ThemeArgument::Auto) => {
            Check::good(ABOUT, "theme auto: dark or light, as the terminal answers; `--theme light` decides")
        }
    }
}

/// What tmux does with the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
enum TmuxSetting {
    /// It takes what programs copy.
    On,
    /// It drops that.
    Off,
    /// It did not say.
    Unknown,
}

/// Asks tmux for its setting `set-clipboard`. Only `on` lets a program in it copy.
fn tmux_setting() -> TmuxSetting {
    let asked =
        Command::new("tmux").args(["show-options", "-sv", "set-clipboard"]).stdin(Stdio::null()).output();
    match asked.ok().filter(|output| output.status.success()) {
        Some(output) if output.stdout.trim_ascii() == b"on" => TmuxSetting::On,
        Some(_) => TmuxSetting::Off,
        None => TmuxSetting::Unknown,
    }
}

fn clipboard(filled: &impl Fn(&str) -> Option<String>, ask_tmux: impl Fn() -> TmuxSetting) -> Check {
    const ABOUT: &str = "clipboard";
    let with_mouse = "copy with the mouse instead: Ctrl-t leaves it to the terminal";
    if filled("TMUX").is_some() {
        let remedy = "put `set -s set-clipboard on` into ~/.tmux.conf, then run `tmux source ~/.tmux.conf`";
        return match ask_tmux() {
            TmuxSetting::On => Check::good(ABOUT, "tmux takes what y copies"),
            TmuxSetting::Off => Check::note(ABOUT, "tmux drops what y copies", remedy),
            TmuxSetting::Unknown => {
                Check::note(ABOUT, "tmux does not say whether it takes what y copies", remedy)
            }
        };
    }
    let drops = if filled("STY").is_some() {
        Some("screen")
    } else if filled("TERM").as_deref() == Some("linux") {
        Some("the Linux console")
    } else if filled("TERM_PROGRAM").as_deref() == Some("Apple_Terminal") {
        Some("Terminal.app")
    } else {
        None
    };
    match drops {
        Some(drops) => Check::note(ABOUT, format!("{drops} drops what y copies"), with_mouse),
        None => Check::good(ABOUT, "y copies with OSC 52; only a paste shows whether the terminal takes it"),
    }
}

fn editor(filled: &impl Fn(&str) -> Option<String>) -> Check {
    const ABOUT: &str = "editor";
    let Some((by, command)) =
        ["VISUAL", "EDITOR"].into_iter().find_map(|by| filled(by).map(|value| (by, value)))
    else {
        return Check::good(ABOUT, "none named by VISUAL or EDITOR; you can write in the program itself");
    };
    let program = command.split_whitespace().next().unwrap_or_default();
    let shown = Path::new(program).file_name().map_or_else(String::new, |file| name(&file.to_string_lossy()));
    if is_program(program, &filled("PATH").unwrap_or_default()) {
        Check::good(ABOUT, format!("{shown} ({by})"))
    } else {
        let remedy = format!("install it, or set {by} to an editor that is installed");
        Check::wrong(ABOUT, format!("{shown} ({by}) cannot be found"), remedy)
    }
}

/// Returns whether a name or path is that of a program that can be started.
fn is_program(program: &str, path: &str) -> bool {
    let can_be_started = |file: PathBuf| {
        file.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
    };
    if program.contains('/') {
        return can_be_started(PathBuf::from(program));
    }
    std::env::split_paths(path).any(|folder| can_be_started(folder.join(program)))
}

fn clock(filled: &impl Fn(&str) -> Option<String>, shared: &Shared, now: Timestamp) -> Check {
    const ABOUT: &str = "clock";
    if filled("SIDELIGHT_TODAY").is_some() {
        return Check::note(
            ABOUT,
            "SIDELIGHT_TODAY stands in for it, so marks go to that day",
            "`unset SIDELIGHT_TODAY`, and remove it where your shell sets it",
        );
    }
    if now.as_second() < EARLIEST {
        return Check::wrong(ABOUT, "years behind, so marks go to wrong days", "set the computer's clock");
    }
    Check::good(ABOUT, format!("a day ends at {} o'clock", shared.day_ends_at.unwrap_or(DAY_ENDS)))
}

/// A value as it may be repeated: a short one that looks like the name of something.
fn name(value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@' | '+');
    if !value.is_empty() && value.len() <= LONGEST && value.chars().all(is_plain) {
        value.to_owned()
    } else {
        "an unusual value".to_owned()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unreachable, reason = "a test fails by panicking")]
    use super::*;
    use crate::cli::doctor::check::CheckState;

    fn variables(pairs: &'static [(&str, &str)]) -> impl Fn(&str) -> Option<String> {
        |name| pairs.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn a_window_that_is_too_small_is_wrong_and_one_without_a_size_is_not() {
        let xterm = variables(&[("TERM", "xterm")]);
        assert_eq!(terminal(&xterm, Some((80, 24))).found, "xterm, 80 columns by 24 rows");
        assert_eq!(terminal(&xterm, Some((80, 7))).state, CheckState::Wrong);
        assert_eq!(terminal(&xterm, Some((0, 0))).state, CheckState::Good);
        assert_eq!(terminal(&xterm, None).state, CheckState::Note);
        assert_eq!(terminal(&variables(&[]), Some((80, 24))).state, CheckState::Note);
        let tmux = terminal(&variables(&[("TERM", "tmux-256color"), ("TMUX", "x")]), Some((80, 24)));
        assert!(tmux.found.ends_with("in tmux"), "{}", tmux.found);
    }

    #[test]
    fn the_first_variable_that_is_set_decides_the_locale() {
        let good = locale(&variables(&[("LC_ALL", "de_AT.UTF-8"), ("LANG", "C")]));
        assert_eq!((good.state, good.found.as_str()), (CheckState::Good, "de_AT.UTF-8 (LC_ALL)"));
        assert_eq!(locale(&variables(&[("LC_ALL", "POSIX"), ("LANG", "C.utf8")])).state, CheckState::Note);
        assert_eq!(locale(&variables(&[])).state, CheckState::Note);
    }

    #[test]
    fn the_clipboard_is_told_by_what_stands_between() {
        let tmux = variables(&[("TMUX", "x"), ("TERM", "tmux-256color")]);
        assert_eq!(clipboard(&tmux, || TmuxSetting::On).state, CheckState::Good);
        assert_eq!(clipboard(&tmux, || TmuxSetting::Off).state, CheckState::Note);
        assert_eq!(clipboard(&tmux, || TmuxSetting::Unknown).state, CheckState::Note);
        let unasked = || -> TmuxSetting { unreachable!("there is no tmux here") };
        assert_eq!(clipboard(&variables(&[("STY", "1.x")]), unasked).state, CheckState::Note);
        assert_eq!(clipboard(&variables(&[("TERM", "foot")]), unasked).state, CheckState::Good);
    }

    #[test]
    fn an_editor_is_found_by_its_path_or_is_wrong() {
        let missing = editor(&variables(&[("VISUAL", "no-such-editor --wait"), ("PATH", "/usr/bin:/bin")]));
        assert_eq!(missing.state, CheckState::Wrong);
        let shell = editor(&variables(&[("EDITOR", "sh -c x"), ("PATH", "/usr/bin:/bin")]));
        assert_eq!((shell.state, shell.found.as_str()), (CheckState::Good, "sh (EDITOR)"));
        assert_eq!(editor(&variables(&[])).state, CheckState::Good);
    }

    #[test]
    fn no_value_is_repeated_that_is_not_a_name() {
        for value in ["a b", "/home/her", "", "\u{1b}[2J", &"x".repeat(41)] {
            assert_eq!(name(value), "an unusual value");
        }
        let editor = editor(&variables(&[("EDITOR", "/home/her/my-editor -x")]));
        assert_eq!(editor.found, "my-editor (EDITOR) cannot be found");
    }
}
