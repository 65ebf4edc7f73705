//! What the program may send to a terminal, and nothing else.

/// The control sequences that the program uses, each as a whole.
const WHOLE: [&str; 17] = [
    "\x1b[?1049h",
    "\x1b[?1049l",
    "\x1b[?25h",
    "\x1b[?25l",
    "\x1b[?2004h",
    "\x1b[?2004l",
    "\x1b[>1u",
    "\x1b[<1u",
    "\x1b[?1000h",
    "\x1b[?1000l",
    "\x1b[?1006h",
    "\x1b[?1006l",
    "\x1b[2J",
    "\x1b]10;?\x1b\\",
    "\x1b]11;?\x1b\\",
    "\x1b[c",
    "\x1b\\",
];

/// The first thing in these bytes that the program has no use for, with what comes after it.
pub(crate) fn stray(bytes: &[u8]) -> Option<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Some("bytes that are not UTF-8".into()) };
    let mut rest = text;
    let mut marks = 0;
    while let Some(character) = rest.chars().next() {
        if character == '\x1b' {
            let Some(length) = sequence(rest) else { return Some(shown(rest)) };
            rest = &rest[length..];
            continue;
        }
        if drives(character) {
            return Some(shown(rest));
        }
        marks = if is_mark(character) { marks + 1 } else { 0 };
        if marks > 8 {
            return Some(format!("a heap of marks: {}", shown(rest)));
        }
        rest = &rest[character.len_utf8()..];
    }
    None
}

/// As [`stray`], for what is printed: lines of text, without any sequence.
pub(crate) fn stray_in_lines(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    text.split('\n')
        .find_map(|line| if line.contains('\x1b') { Some(shown(line)) } else { stray(line.as_bytes()) })
}

fn shown(rest: &str) -> String {
    rest.chars().take(40).collect::<String>().escape_unicode().to_string()
}

/// The length of one of the program's own sequences.
fn sequence(text: &str) -> Option<usize> {
    if let Some(whole) = WHOLE.iter().find(|whole| text.starts_with(**whole)) {
        return Some(whole.len());
    }
    let body = text.strip_prefix("\x1b[")?;
    let parameters = body.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    let numbers = body[..parameters].split(';').filter(|number| !number.is_empty()).count();
    let is_own = match body.as_bytes()[parameters] {
        b'H' => numbers == 2,
        b'm' => parameters <= 40,
        _ => false,
    };
    is_own.then_some(parameters + 3)
}

/// Whether a character instructs instead of being shown. Written down here once more, so
/// that a gap in the program's own list is seen.
fn drives(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_mark(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character)
}

#[test]
fn the_strict_parser_finds_what_it_should() {
    for sound in
        ["", "text é 中 👩\u{200d}🚀", "\x1b[3;4H\x1b[38;5;4mx\x1b[m\x1b[2J\x1b]11;?\x1b\\", "e\u{301}"]
    {
        assert_eq!(stray(sound.as_bytes()), None, "{sound:?}");
    }
    for bad in [
        "\x1b[2K",
        "\x1b]0;t\x07",
        "\x07",
        "\u{9b}2J",
        "a\tb",
        "\x1b[5n",
        "\x1bc",
        "\x1b[1m\x1b",
        "\x1b[1;2;3H",
        "\u{202e}",
        "\u{e0041}",
        "\x1b]11;#fff\x1b\\",
        "\x1b]8;;http://evil\x1b\\",
        "\x1b]8;id=1;javascript:x\x1b\\",
        "\x1b]52;c;?\x1b\\",
        "\x1b]52;p;aGk=\x1b\\",
        "\x1b[?1049$p",
        "\x1b[3H",
    ] {
        assert!(stray(bad.as_bytes()).is_some(), "{bad:?}");
    }
    assert!(stray(format!("e{}", "\u{301}".repeat(9)).as_bytes()).is_some());
    assert!(stray(b"\xff").is_some() && stray_in_lines(b"a\x1b[mb").is_some());
}
