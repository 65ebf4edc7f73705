//! What the last rows of the screen say: whole, or with a sign that there is more.

use crate::support::Reader;
use crate::{NARROW, WIDE};
use sidelight::reader::bindings::bindings;

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
