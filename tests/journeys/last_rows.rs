//! What the last rows of the screen say: whole, or with a sign that there is more.

use crate::shared::{after, message};
use crate::support::Reader;
use crate::{NARROW, WIDE};
use sidelight::reader::Key;
use sidelight::reader::bindings::{bindings, resolve};
use sidelight::reader::keys::Context;
use std::collections::HashSet;

/// The sizes at which every message is looked at; the first is the smallest that shows anything.
const SIZES: [(u16, u16); 6] = [(24, 8), (30, 16), (47, 12), (60, 20), (80, 24), (120, 36)];

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Returns whether the last rows are the whole text, or its beginning and the sign that it goes on.
fn is_said(screen: &str, text: &str) -> bool {
    let text = without_blanks(text);
    let rows: Vec<&str> = screen.lines().collect();
    (1..=rows.len() / 2).any(|count| {
        let said: String = rows[rows.len() - count..].iter().map(|row| without_blanks(row)).collect();
        said == text || said.strip_suffix('…').is_some_and(|begun| text.starts_with(begun))
    })
}

fn check(reader: &Reader, after: &str) {
    if let Some(message) = &reader.state().message {
        assert!(is_said(&reader.screen(), message), "{message:?} after {after}\n{}", reader.screen());
    }
}

#[test]
fn no_message_of_any_key_is_cut_without_a_sign_at_any_width() {
    let mut messages = std::collections::BTreeSet::new();
    for size in [(24, 8), (47, 12), (80, 24)] {
        let mut reader = Reader::new(size);
        let keys: std::collections::BTreeSet<String> = bindings()
            .iter()
            .flat_map(|row| row.all_keys().map(|key| key.to_string()).collect::<Vec<_>>())
            .collect();
        for key in keys {
            for prefix in ["", "<Tab>", "<Tab><Tab>", "O"] {
                let script = format!("{prefix}<{key}>");
                for part in [script.as_str(), "<Esc>", "<Esc>"] {
                    reader.types(part);
                    check(&reader, &script);
                    messages.extend(reader.state().message.clone());
                }
            }
        }
    }
    // Else the test would look at nothing.
    assert!(messages.len() > 20, "{messages:#?}");
}

#[test]
fn a_notice_of_any_length_is_whole_or_marked() {
    let path = "/a/folder/with/a/name/that/is/longer/than/any/row/of/the/screen/and/has/no/blank/in/it";
    for length in [1, 3, 9, 40] {
        let notice = format!("Something was found: {}", vec![path; length].join(" and "));
        for columns in (24..140).step_by(7) {
            let mut reader = Reader::new((columns, 20));
            reader.session().notice(&notice);
            check(&reader, "a notice");
        }
    }
}

#[test]
fn what_is_not_saved_has_rows_of_its_own_and_the_keys_stay_below() {
    let why = "Nothing is saved: /home/her/.local/share/sidelight cannot be written. Reading goes on.";
    for (columns, rows) in SIZES {
        let mut reader = Reader::new((columns, rows));
        reader.session().nothing_is_saved(why);
        let screen = reader.screen();
        assert!(screen.lines().next().unwrap().contains("not saved"), "{screen}");
        let above: Vec<&str> = screen.lines().take(usize::from(rows) - 1).collect();
        assert!(is_said(&above.join("\n"), why), "{screen}");
        let keys = screen.lines().last().unwrap();
        assert!(keys.contains("Space/b page"), "{screen}");
    }
}

#[test]
fn a_message_over_the_text_is_gone_with_the_next_key() {
    let mut reader = Reader::new(NARROW);
    let before = reader.screen();
    reader.session().say(&"words ".repeat(60));
    assert_ne!(reader.screen(), before);
    reader.types("<Esc>");
    assert_eq!(reader.screen(), before);
}

#[test]
fn a_narrow_footer_keeps_what_belongs_to_the_focus() {
    for (size, keys) in [
        (NARROW, &["x kept", "! slipped", "- did not arise"][..]),
        ((48, 20), &["x kept", "! slipped", "- did not arise"]),
        ((30, 20), &["x kept", "! slipped"]),
    ] {
        let mut reader = Reader::new(size);
        reader.types("<Tab>");
        let screen = reader.screen();
        let footer = screen.lines().last().unwrap();
        assert!(keys.iter().all(|key| footer.contains(key)), "{screen}");
    }
}

#[test]
fn a_narrow_footer_names_the_hide_key_and_the_page_to_read_first() {
    for script in ["j", "<Tab>x", "<Tab>Gx", "<Shift-Tab>j"] {
        let mut reader = Reader::new(NARROW);
        reader.types(script);
        let screen = reader.screen();
        let footer = screen.lines().last().unwrap();
        assert!(footer.contains("Ctrl-g hide") && footer.contains("s safety"), "{script}\n{screen}");
        // Whoever has the key for the help finds all the others; the marks leave no room for it.
        assert!(footer.contains("? help") || script.contains('x'), "{script}\n{screen}");
        if script.contains("<Tab>") && script.contains('x') {
            let marks = ["x kept", "! ", "- did not arise"];
            assert!(marks.iter().all(|mark| footer.contains(mark)), "{script}\n{screen}");
        }
    }
}

#[test]
fn a_narrow_footer_names_them_and_the_way_out_over_the_panes_too() {
    for (script, way_out) in [("d", "Esc save"), ("<Tab>a", "Esc back"), (":", "Esc close")] {
        for size in [NARROW, (80, 24)] {
            let mut reader = Reader::new(size);
            let screen = reader.types(script).screen();
            let footer = screen.lines().last().unwrap();
            let keys = ["Ctrl-g hide", "s safety", way_out];
            assert!(keys.iter().all(|key| footer.contains(key)), "{script} at {size:?}\n{screen}");
        }
    }
}

#[test]
fn what_slips_on_one_side_is_not_today_on_the_other() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>");
    let explained = reader.screen();
    for words in ["x kept: you kept clear", "! slipped: it happened", "did not arise: no occasion"] {
        assert!(explained.contains(words), "{words}\n{explained}");
    }
    reader.types("G");
    let embrace = reader.screen();
    assert!(embrace.contains("! not today") && embrace.contains("! not today: you did not"), "{embrace}");
    reader.types("!u");
    assert!(reader.screen().contains("not today, Sun 22 Nov"), "{}", reader.screen());
    reader.types("g!u");
    assert!(reader.screen().contains("slipped, Sun 22 Nov"), "{}", reader.screen());
    // Once something is marked, the words are known.
    reader.types("x");
    assert!(!reader.screen().contains("no occasion"), "{}", reader.screen());
}

#[test]
fn a_note_has_its_sign_while_any_row_of_its_passage_is_in_sight() {
    let mut reader = Reader::new(NARROW);
    while !reader.screen().lines().nth(2).unwrap().contains("Your husband has said") {
        let before = reader.screen();
        assert_ne!(reader.types("j").screen(), before, "the paragraph is never at the top");
    }
    reader.types("a<paste remember this><Ctrl-s>");
    let signs = |reader: &Reader| {
        let screen = reader.screen();
        screen.lines().filter(|line| line.trim_start().starts_with("* ")).count()
    };
    assert_eq!(signs(&reader), 1, "{}", reader.screen());
    reader.types("j");
    assert_eq!(signs(&reader), 1, "{}", reader.screen());
}

#[test]
fn a_list_that_is_at_its_end_says_so() {
    for script in ["<Tab>Gj", "<Tab>G<Ctrl-d>", "<Shift-Tab>Gj", "d<paste words>/<Esc><Esc>Dj"] {
        let reader = after(script);
        assert_eq!(message(&reader), "This is the end of the list.", "{script}");
    }
    for script in ["<Tab>gk", "<Shift-Tab>gk", "Ok"] {
        assert_eq!(message(&after(script)), "This is the beginning of the list.", "{script}");
    }
    for script in ["<Tab>j", "<Shift-Tab>j", "<Tab>1G"] {
        assert_eq!(message(&after(script)), "", "{script}");
    }
}

#[test]
fn the_last_row_names_first_aid_hiding_and_the_page_for_danger_first() {
    let footer = |reader: &Reader| reader.screen().lines().last().unwrap_or_default().trim().to_owned();
    for open in ["", "<Tab>", "<Shift-Tab>", ".", "v", "D", "t", "w<Enter>"] {
        let reader = after(open);
        assert!(
            footer(&reader).starts_with("A first aid   Ctrl-g hide   s safety   "),
            "{open}: {}",
            reader.screen()
        );
    }
    for open in ["d", "<Tab>a", ":", "/"] {
        let reader = after(open);
        let first = "Alt-a first aid   Ctrl-g hide   Alt-s safety   ";
        assert!(footer(&reader).starts_with(first), "{open}: {}", reader.screen());
    }
    // A course that has no such page names none.
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.md", "b.md"] {
        std::fs::write(folder.path().join(name), "# Title\n\nText.\n").unwrap();
    }
    let reader = Reader::of(WIDE, Some(folder.path()));
    assert!(footer(&reader).starts_with("Ctrl-g hide   ") && !reader.screen().contains("safety"));
}

#[test]
fn a_key_that_does_nothing_says_where_it_works_however_often_it_is_pressed() {
    let mut reader = after("x");
    assert_eq!(message(&reader), "x works in the checklist. c goes there.");
    assert_eq!(message(reader.types("xx")), "x works in the checklist. c goes there.");
    assert_eq!(message(reader.types("Z")), "Z does nothing here. ? shows the keys.");
    assert_eq!(message(reader.types("<Tab>t")), "t works in the text. Shift-Tab goes there.");
    assert_eq!(message(reader.types("v!")), "! does nothing here. ? shows the keys.");
    assert_eq!(message(reader.types("<Esc>d<F7>")), "F7 does nothing here. F1 shows the keys.");
    // Its release says nothing.
    let mut event = Key::parse("Q").unwrap().to_event();
    event.kind = crossterm::event::KeyEventKind::Release;
    let mut reader = after("");
    reader.session().key(&event);
    assert_eq!(message(&reader), "");
    // Nor does anything while nothing is shown.
    let mut reader = after("<Ctrl-g>Z<Ctrl-o>");
    assert_eq!(message(reader.types("<Ctrl-l>")), "");
}

#[test]
fn no_key_of_another_pane_is_silent() {
    for (pane, focus) in
        [(Context::READING, ""), (Context::CHECKLIST, "<Tab>"), (Context::NAVIGATOR, "<Shift-Tab>")]
    {
        let mut reader = after(focus);
        let keys: HashSet<Key> = bindings()
            .iter()
            .filter(|row| row.context.is_pane())
            .flat_map(sidelight::reader::keys::Binding::all_keys)
            .collect();
        for key in keys {
            if resolve(reader.session().world().keymap, pane, &key.to_event()).is_none() {
                reader.types(&format!("<{key}>"));
                assert!(message(&reader).contains(" works in "), "{key} in {pane:?}: {}", message(&reader));
            }
        }
    }
}

#[test]
fn the_end_of_a_lesson_says_which_key_goes_on() {
    for key in ["j", " ", "<PgDn>", "<Ctrl-d>", "G"] {
        let mut reader = after("G");
        let next = reader.session().world().course.lessons[1].title().to_owned();
        reader.types(key);
        assert_eq!(message(&reader), format!("This is the end. ] opens: {next}"), "{key}");
    }
    assert_eq!(message(&after("k")), "This is the beginning of the first lesson.");
    assert!(message(&after("]k")).starts_with("This is the beginning. [ opens: "));
    assert_eq!(message(&after("999]GG")), "This is the end of the last lesson.");
    // In her own order it is the key that goes on in it.
    assert!(message(&after("w<Enter>223222111yRGG")).starts_with("This is the end. R opens: "));
}

#[test]
fn the_width_of_the_text_is_said() {
    let reader = after("--");
    let width = reader.state().geometry().text_width();
    assert_eq!(message(&reader), format!("The text is {width} columns wide."));
    let mut reader = Reader::new((200, 60));
    reader.types("+");
    assert_eq!(message(&reader), "72 columns are the most.");
    reader.types("20-");
    for _ in 0..20 {
        reader.types("-");
    }
    assert_eq!(message(&reader), "30 columns are the least.");
    assert_eq!(message(reader.types("=")), "The text is 72 columns wide, as by default.");
    let mut reader = Reader::new(NARROW);
    assert_eq!(message(reader.types("+")), "The text fills its pane: 56 columns.");
}

#[test]
fn keys_that_would_do_nothing_in_a_list_say_why() {
    for (script, says) in [
        ("D<Enter>", "There are none yet."),
        ("/zebra<Enter>", "No matches for \"zebra\"."),
        (":zzzz<Enter>", "Nothing fits what you typed"),
        ("w<Backspace>", "There is no question before this."),
        ("<Shift-Tab>l", "There is nothing to unfold here."),
    ] {
        assert!(message(&after(script)).contains(says), "{script}: {}", message(&after(script)));
    }
}

/// The last row after these keys on a screen of this size.
fn footer(size: (u16, u16), script: &str) -> String {
    let mut reader = Reader::new(size);
    reader.types(script).screen().lines().last().unwrap_or_default().trim().to_owned()
}

#[test]
fn a_narrow_footer_names_all_marks_also_in_today() {
    for script in ["<Tab>", "<Tab>*."] {
        let footer = footer(NARROW, script);
        let keys = ["x kept", "! slipped", "- did not arise", "Ctrl-g hide", "s safety"];
        assert!(keys.iter().all(|key| footer.contains(key)), "{script}: {footer}");
    }
    // Where the word for the help has no room, its key has.
    for script in ["v", "w<Enter>"] {
        let footer = footer(NARROW, script);
        assert!(footer.ends_with("  ?"), "{script}: {footer}");
    }
}

#[test]
fn the_way_out_of_what_is_open_is_named() {
    for script in ["v", "D", "t", "."] {
        let footer = footer(WIDE, script);
        assert!(footer.contains("Esc close") && footer.contains("? help"), "{script}: {footer}");
    }
}

#[test]
fn the_way_to_an_item_is_named_only_where_the_lesson_teaches_one() {
    let mut reader = Reader::new((200, 60));
    let course = &reader.session().world().course;
    let teaches = |lesson: usize| course.items.iter().any(|item| item.lesson == lesson);
    let teaching: Vec<bool> = (0..course.lessons.len()).map(teaches).collect();
    assert!(teaching.contains(&true) && teaching.contains(&false));
    for teaches in teaching {
        let screen = reader.screen();
        let footer = screen.lines().last().unwrap();
        assert_eq!(footer.contains("o practise"), teaches, "{footer}");
        reader.types("]");
    }
}
