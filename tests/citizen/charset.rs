//! Terminals that do not show every character: what they are sent, and what is typed there.

use crate::WIDE;
use crate::terminal::Running;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn page(folder: &tempfile::TempDir) -> PathBuf {
    let path = folder.path().join("page.md");
    std::fs::write(&path, "# Gr\u{fc}n\n\n- ein \u{201e}Punkt\u{201c} \u{2026} \u{4e2d}\n\n```\nx\n```\n")
        .unwrap();
    path
}

/// Everything that is sent to a terminal in this environment, and what it showed.
fn sent(environment: &[(&str, &str)]) -> (Vec<u8>, String) {
    let folder = tempfile::tempdir().unwrap();
    let page = page(&folder);
    let arguments = ["--theme", "dark", page.to_str().unwrap()];
    let mut program = Running::start_with(WIDE, folder.path(), &arguments, environment);
    let shown = program.shows("Punkt").settled();
    program.types("?").shows("In every pane").types("\x03");
    assert!(program.ends().success());
    (program.sent.clone(), shown)
}

#[test]
fn a_terminal_without_unicode_is_sent_what_its_locale_has_and_told_what_would_help() {
    for locale in [("LANG", "C"), ("LC_ALL", "POSIX"), ("LC_CTYPE", "ru_RU.KOI8-R")] {
        let (sent, shown) = sent(&[locale]);
        assert_eq!(sent.iter().find(|byte| !byte.is_ascii()), None, "{locale:?}");
        for part in ["Grun", "* ein ", "==", "Your locale is not UTF-8"] {
            assert!(shown.contains(part), "{locale:?}: no {part:?} in\n{shown}");
        }
    }
    let (sent, _) = sent(&[("LANG", "de_DE.ISO-8859-1")]);
    assert!(sent.windows(4).any(|bytes| bytes == b"Gr\xfcn"));
    assert!(sent.iter().all(|byte| byte.is_ascii() || *byte == 0xfc));
}

#[test]
fn the_linux_console_has_letters_and_plain_signs() {
    let (sent, shown) = sent(&[("TERM", "linux")]);
    let sent = String::from_utf8(sent).unwrap();
    assert!(
        shown.contains("Gr\u{fc}n") && shown.contains("* ein ") && !shown.contains("Your locale"),
        "{shown}"
    );
    let sign = sent.chars().find(|c| matches!(c, '\u{2000}'..='\u{2bff}'));
    assert_eq!(sign, None);
}

#[test]
fn a_letter_of_latin_1_is_typed_as_it_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let page = page(&folder);
    let arguments = ["--theme", "dark", page.to_str().unwrap()];
    let environment = [("LANG", "de_DE.ISO-8859-1")];
    let mut program = Running::start_with(WIDE, folder.path(), &arguments, &environment);
    program.shows("Punkt").types("/").types(b"gr\xfcn").shows("1 of ").types("\x03\x03");
    assert!(program.ends().success());
}

/// Everything that the linear mode answers to these bytes in this locale.
fn answered(locale: &str, commands: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sidelight"));
    command.arg("--linear").arg(page(&folder)).env_clear().env("LANG", locale);
    command.env("SIDELIGHT_DATA_DIR", folder.path().join("data"));
    let mut program =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    program.stdin.take().unwrap().write_all(commands).unwrap();
    program.wait_with_output().unwrap().stdout
}

#[test]
fn lines_too_have_what_the_locale_has() {
    let plain = answered("C", b"next\n");
    assert_eq!(plain.iter().find(|byte| !byte.is_ascii()), None);
    assert!(String::from_utf8(plain).unwrap().contains("Grun"));
    let latin = answered("de_DE.ISO-8859-1", b"search gr\xfcn\nevening\ngr\xfcn\n\n\nevening\n");
    assert!(latin.windows(9).any(|bytes| bytes == b"Now: gr\xfcn"), "{}", latin.escape_ascii());
    assert!(latin.iter().all(|byte| byte.is_ascii() || *byte == 0xfc), "{}", latin.escape_ascii());
    let whole = answered("C.UTF-8", b"next\n");
    assert!(String::from_utf8(whole).unwrap().contains("Gr\u{fc}n"));
}
