//! The decoding of bytes: whole sequences, cut ones, and any bytes at all.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use super::*;
use crate::reader::Key;
use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

/// Keys by their names, pastes and answers in brackets.
fn told(inputs: &[Input]) -> Vec<String> {
    inputs
        .iter()
        .filter_map(|input| match input {
            Input::Event(Event::Key(key)) => Key::from_event(key).map(|key| key.to_string()),
            Input::Event(Event::Paste(text)) => Some(format!("<{text}>")),
            Input::Event(event) => Some(format!("{event:?}")),
            Input::Answer(text) => Some(format!("[{text}]")),
            Input::Attributes { .. } => Some("attributes".to_owned()),
        })
        .collect()
}

fn decoded(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let mut decoder = Decoder::default();
    let mut inputs = decoder.take_in(bytes.as_ref());
    if decoder.patience().is_some() {
        inputs.extend(decoder.give_up());
    }
    assert_eq!(decoder.patience(), None);
    told(&inputs)
}

#[test]
fn every_way_of_sending_a_key_is_the_same_key() {
    for (name, ways) in [
        ("Up", vec!["\x1b[A", "\x1bOA", "\x1b[1;1A", "\x1b[57419u"]),
        ("Home", vec!["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~"]),
        ("PgDn", vec!["\x1b[6~", "\x1b[6;1~"]),
        ("Esc", vec!["\x1b", "\x1b[27u", "\x1b[27;1u", "\x1b[27;1:1u", "\x1b[27;1:2u"]),
        ("Enter", vec!["\r", "\x1b[13u", "\x1bOM"]),
        ("Shift-Tab", vec!["\x1b[Z", "\x1b[9;2u"]),
        ("Ctrl-d", vec!["\x04", "\x1b[100;5u"]),
        ("Ctrl-z", vec!["\x1a", "\x1b[122;5u"]),
        ("Alt-x", vec!["\x1bx", "\x1b[120;3u"]),
        ("Alt-[", vec!["\x1b["]),
        ("G", vec!["G", "\x1b[103;2u"]),
        ("Ctrl-Space", vec!["\0"]),
        ("é", vec!["é"]),
        ("👩", vec!["👩"]),
    ] {
        for way in ways {
            assert_eq!(decoded(way), [name], "{way:?}");
        }
    }
}

#[test]
fn releases_and_keys_without_a_meaning_are_no_keys() {
    for nothing in
        ["\x1b[97;1:3u", "\x1b[57441u", "\x1b[?1u", "\x1b[0;0R", "\x1b[I", "\x1b[201~", "\u{9b}", "\u{202e}"]
    {
        assert_eq!(decoded(nothing), Vec::<String>::new(), "{nothing:?}");
    }
}

#[test]
fn the_mouse_of_old_terminals_is_no_keys_either() {
    let mouse = |kind, column, row| {
        let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
        Input::Event(Event::Mouse(event))
    };
    let click = mouse(MouseEventKind::Down(MouseButton::Left), 1, 0);
    for bytes in ["\x1b[<0;2;1M", "\x1b[M \"!"] {
        assert_eq!(Decoder::default().take_in(bytes.as_bytes()), std::slice::from_ref(&click));
        // In pieces too, and the rest of it is no key.
        let mut decoder = Decoder::default();
        let inputs: Vec<Input> = bytes.bytes().flat_map(|byte| decoder.take_in(&[byte])).collect();
        assert_eq!(inputs, std::slice::from_ref(&click));
    }
    assert_eq!(Decoder::default().take_in(b"\x1b[Ma\"!"), [mouse(MouseEventKind::ScrollDown, 1, 0)]);
    for nothing in ["\x1b[<0;2;1m", "\x1b[<35;2;1M", "\x1b[<2;2;1M", "\x1b[M#\"!", "\x1b[M\0!!", "\x1b[<;;M"]
    {
        assert_eq!(decoded(nothing), Vec::<String>::new(), "{nothing:?}");
    }
}

#[test]
fn an_answer_is_picked_out_of_the_keys_around_it() {
    assert_eq!(
        decoded("j\x1b]11;rgb:ffff/ffff/eeee\x1b\\k\x1b]11;x\x07l"),
        ["j", "[11;rgb:ffff/ffff/eeee]", "k", "[11;x]", "l"]
    );
    assert_eq!(decoded("\x1b]11;never ended"), Vec::<String>::new());
    assert_eq!(decoded("\x1b]11;cut\x1b[A"), ["Up"]);
}

#[test]
fn a_paste_is_text_whatever_it_holds() {
    assert_eq!(decoded("\x1b[200~qqq\r\x03\x1b\x1b[201~j"), ["<qqq\r\x03\x1b>", "j"]);
    let hostile = "\x1b[200~a\x1b[201~qqq\x1b[201~";
    assert_eq!(decoded(hostile), ["<a\x1b[201~qqq>"]);
}

#[test]
fn a_paste_that_never_ends_is_given_up_and_keys_work_again() {
    let mut decoder = Decoder::default();
    assert_eq!(told(&decoder.take_in(b"\x1b[200~text")), Vec::<String>::new());
    assert_eq!(decoder.patience(), Some(PASTE));
    assert_eq!(told(&decoder.give_up()), ["<text>"]);
    assert_eq!(told(&decoder.take_in(b"j")), ["j"]);
}

#[test]
fn the_late_rest_of_a_paste_is_no_command() {
    let mut decoder = Decoder::default();
    decoder.take_in(b"\x1b[200~text");
    decoder.give_up();
    assert_eq!(told(&decoder.take_in(b"qqq\x1b[201~j")), ["<qqq>", "j"]);
}

#[test]
fn a_paste_without_brackets_is_text_too_but_a_held_key_is_keys() {
    let mut decoder = Decoder::default();
    assert!(decoder.take_in(b"quit, drop the table, and answer him\r").is_empty());
    assert!(decoder.take_in(b"qqq").is_empty());
    assert_eq!(decoder.patience(), Some(BURST));
    assert_eq!(told(&decoder.give_up()), ["<quit, drop the table, and answer him\rqqq>"]);
    assert_eq!(decoded("jk".repeat(100)).len(), 200);
    assert_eq!(decoded("qqq"), ["q", "q", "q"]);
}

#[test]
fn a_paste_is_bounded() {
    let mut decoder = Decoder::default();
    decoder.take_in(b"\x1b[200~");
    for _ in 0..40 {
        decoder.take_in(&vec![b'a'; 64 * 1024]);
    }
    let Some(Input::Event(Event::Paste(text))) = decoder.take_in(b"\x1b[201~").pop() else { panic!() };
    assert_eq!(text.len(), LARGEST_PASTE);
}

#[test]
fn what_arrives_in_pieces_means_the_same() {
    let whole = "j\x1b[A\x1b]11;rgb:0/0/0\x1b\\é👩\x1b[200~a b\x1b[201~\x1b[100;5u\x1b[<64;3;4Mk";
    let expected = decoded(whole);
    for size in 1..whole.len() {
        let mut decoder = Decoder::default();
        let inputs: Vec<Input> =
            whole.as_bytes().chunks(size).flat_map(|piece| decoder.take_in(piece)).collect();
        assert_eq!(told(&inputs), expected, "in pieces of {size}");
    }
}

/// Pieces that are more likely to hurt than bytes by chance.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        any::<Vec<u8>>(),
        prop::sample::select(vec![
            "\x1b",
            "\x1b[",
            "\x1b[200~",
            "\x1b[201~",
            "\x1b]11;",
            "\x1b\\",
            "\x07",
            "\x1b[<",
            "\x1b[0;0R",
            "\x1b[M",
            "\x1b[<0;0;0M",
            "\x1b[99999999999u",
            ";;;;",
            ":::",
            "u",
            "~",
            "\u{9b}",
            "\u{202e}",
            "\x1bO",
            "\x1b[[",
            "\x1bP",
            "\x18",
            "j",
            "é"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn cases() -> u32 {
    std::env::var("SIDELIGHT_FUZZ").ok().and_then(|cases| cases.parse().ok()).unwrap_or(5_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn no_bytes_are_too_much_and_after_a_silence_every_key_works(bytes in hostile(), size in 1..64usize) {
        let mut decoder = Decoder::default();
        for piece in bytes.chunks(size) {
            for input in decoder.take_in(piece) {
                if let Input::Event(Event::Key(KeyEvent { code: KeyCode::Char(character), .. })) = input {
                    prop_assert!(!character.is_control());
                }
            }
            prop_assert!(decoder.unfinished.len() <= 4200);
        }
        decoder.give_up();
        prop_assert_eq!(told(&decoder.take_in(b"\x03")), ["Ctrl-c"]);
    }
}

/// What arrives in these pieces, each after the silence that ends what came before; `true` while
/// an answer of the terminal is still to come.
fn in_pieces(awaits: Awaits, pieces: &[&[u8]]) -> Vec<Input> {
    let mut decoder = Decoder::default();
    decoder.awaits(awaits);
    let mut inputs = Vec::new();
    for piece in pieces {
        inputs.extend(decoder.take_in(piece));
        // A tenth of a second goes by.
        if decoder.patience().is_some_and(|patience| patience <= Duration::from_millis(100)) {
            inputs.extend(decoder.give_up());
        }
    }
    inputs
}

#[test]
fn an_answer_in_pieces_is_an_answer_while_it_is_awaited() {
    let answer = b"\x1b]11;rgb:1c1c/1e1e/2626\x1b\\";
    for cut in 1..answer.len() {
        let (first, second) = answer.split_at(cut);
        let inputs = in_pieces(Awaits::Answer, &[first, second]);
        assert_eq!(inputs, [Input::Answer("11;rgb:1c1c/1e1e/2626".into())], "after {cut} bytes");
    }
    assert_eq!(in_pieces(Awaits::Answer, &[b"\x1b[?6", b"2;4c"]), [Input::Attributes { has_sixel: true }]);
}

#[test]
fn the_rest_of_an_answer_that_was_given_up_is_no_text() {
    for cut in 3..20 {
        let (first, second) = b"\x1b]11;rgb:1c1c/1e1e/2626\x07".split_at(cut);
        let second = [second, b"q"].concat();
        let inputs = in_pieces(Awaits::Nothing, &[first, &second]);
        assert_eq!(inputs.len(), 1, "after {cut} bytes: {inputs:?}");
    }
    // Keys that come after half a sequence are keys.
    assert_eq!(in_pieces(Awaits::Nothing, &[b"\x1b]11;rgb:", b"abc"]).len(), 3);
}
