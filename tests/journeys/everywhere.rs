//! What opens from everywhere, and everything that it opens from: help, first aid, the page for danger,
//! the checklist, and the key that hides all of it.

use crate::shared::{after, in_evenings, lesson};
use sidelight::reader::overlay::Overlay;
use sidelight::reader::pane::Pane;
use std::mem::discriminant;

/// What opens each overlay, and whether text or a letter is typed in it. `word` is in the course, and
/// `answers` are those to its questions.
fn openings(word: &str, answers: &str) -> Vec<(String, bool)> {
    let of_any_course = [
        (".", false),
        ("?", false),
        ("?/", true),
        ("?i", false),
        ("w", false),
        ("w<Enter>", false),
        ("ca", true),
        ("cp", true),
        ("d", true),
        ("a", true),
        ("D", false),
        ("t", false),
        ("m", true),
        ("'", true),
        (":", true),
        (":report<Enter>", true),
        ("v", false),
        ("O", false),
        ("M", false),
        ("P", false),
    ];
    let of_this = [(format!("/{word}"), true), (format!("w<Enter>{answers}"), false)];
    of_any_course.into_iter().map(|(open, is_typed)| (open.to_owned(), is_typed)).chain(of_this).collect()
}

#[test]
fn every_overlay_that_a_key_opens_is_among_them() {
    let mut kinds = Vec::new();
    for (open, _) in openings("sec", "223222111") {
        let reader = after(&open);
        let overlay = reader.state().overlay.as_ref();
        kinds.push(discriminant(overlay.unwrap_or_else(|| panic!("{open} opens nothing"))));
    }
    kinds.sort_by_key(|kind| format!("{kind:?}"));
    kinds.dedup();
    // Without an address, a preview and a question, which take more than keys.
    assert_eq!(kinds.len(), 16);
}

#[test]
fn help_opens_in_every_overlay_begins_with_it_and_leads_back() {
    for (open, is_typed) in openings("sec", "223222111") {
        let mut reader = after(&open);
        let before = reader.state().overlay.clone();
        if matches!(before, Some(Overlay::Help(_))) {
            continue;
        }
        let title = reader.state().context().title();
        for key in if is_typed { &["<F1>"][..] } else { &["<F1>", "?"] } {
            let screen = reader.types(key).screen();
            let lines: Vec<&str> = screen.lines().map(str::trim).collect();
            assert!(
                lines.iter().any(|line| line.contains(&format!("{title} (where you are)"))),
                "{open}: {screen}"
            );
            assert!(screen.contains("Ctrl-g") && screen.contains("Alt-s"), "{open}: {screen}");
            assert_eq!(reader.types("<Esc>").state().overlay, before, "{open}");
        }
    }
    // Help for the help is the help.
    let mut reader = after("?/page<F1>");
    reader.types("<Esc><Esc>");
    assert!(reader.state().overlay.is_none(), "{}", reader.screen());
}

#[test]
fn the_page_for_danger_opens_from_everywhere_and_nothing_typed_is_lost() {
    for (open, is_typed) in openings("sec", "223222111") {
        for key in if is_typed { &["<Alt-s>"][..] } else { &["<Alt-s>", "s"] } {
            let mut reader = after(&open);
            reader.types(key);
            assert_eq!(lesson(&mut reader), "is-this-for-you-now", "{open}{key}");
            assert!(reader.screen().contains("Ring your local emergency number"), "{open}{key}");
            assert!(reader.state().overlay.is_none() && reader.state().beneath.is_empty(), "{open}{key}");
            assert_eq!(reader.state().focus, Pane::Reading);
        }
    }
    for (script, typed) in [("dHe called", "He called"), ("<Tab>a<Tab>I hummed", "I hummed")] {
        let mut reader = after(script);
        assert!(!reader.types("<Alt-s>").screen().contains(typed), "{}", reader.screen());
        assert!(reader.types("U").screen().contains(typed), "{}", reader.screen());
    }
    // Not even when the program ends then.
    let mut reader = after("dHe called<Alt-s><crash>");
    assert!(reader.types("U").screen().contains("He called"), "{}", reader.screen());
}

#[test]
fn everything_is_hidden_from_everywhere() {
    for (open, _) in openings("sec", "223222111") {
        let mut reader = after(&open);
        let (overlay, screen) = (reader.state().overlay.clone(), reader.screen());
        assert_eq!(reader.types("<Ctrl-g>").screen().trim(), "", "{open}");
        reader.types("<Ctrl-o>");
        assert_eq!((&reader.state().overlay, reader.screen()), (&overlay, screen), "{open}");
    }
}

#[test]
fn the_checklist_is_one_key_from_wherever_nothing_is_typed() {
    for (open, is_typed) in openings("sec", "223222111") {
        if !is_typed {
            let mut reader = after(&open);
            reader.types("c");
            assert_eq!((reader.state().focus, reader.state().overlay.is_none()), (Pane::Checklist, true));
        }
    }
}

#[test]
fn first_aid_opens_from_everywhere_and_nothing_typed_is_lost() {
    for (open, is_typed) in openings("pap", "12") {
        for key in if is_typed { &["<Alt-a>"][..] } else { &["<Alt-a>", "A"] } {
            let mut reader = in_evenings(&format!("]]{open}"));
            reader.types(key);
            assert_eq!(lesson(&mut reader), "right-now", "{open}{key}");
            assert!(reader.state().overlay.is_none() && reader.state().beneath.is_empty(), "{open}{key}");
            assert_eq!(reader.state().focus, Pane::Reading, "{open}{key}");
        }
    }
    for pane in ["", "<Tab>", "<Shift-Tab>", "z"] {
        let mut reader = in_evenings(&format!("]]{pane}A"));
        assert_eq!(
            (lesson(&mut reader).as_str(), reader.state().focus),
            ("right-now", Pane::Reading),
            "{pane}"
        );
    }
    let mut reader = in_evenings("]]dIt was late<Alt-a>");
    assert!(!reader.screen().contains("It was late"), "{}", reader.screen());
    assert!(reader.types("U").screen().contains("It was late"), "{}", reader.screen());
    // What is hidden stays so until it is shown, and then it is one key away.
    let mut reader = in_evenings("]]v<Ctrl-g>A<Alt-a>");
    assert_eq!(reader.screen().trim(), "");
    reader.types("<Ctrl-o>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Review(_))));
    assert_eq!(lesson(reader.types("A")), "right-now");
}
