//! Sessions with other keys than those of the table.

use crate::support::Reader;
use crate::{WIDE, at_an_address};
use sidelight::app::Preferences;
use sidelight::reader::bindings::{context_named, rebound};
use sidelight::reader::keys::rebinding::Wish;
use sidelight::reader::{Key, Keymap};

fn reader(wishes: &[(&str, &'static str, &str)]) -> Reader {
    let mut reader = Reader::new(WIDE);
    reader.prefers(Preferences { text_width: Some(50), ..preferring(wishes) });
    reader
}

fn preferring(wishes: &[(&str, &'static str, &str)]) -> Preferences {
    Preferences { keymap: keymap(wishes), ..Preferences::default() }
}

fn keymap(wishes: &[(&str, &'static str, &str)]) -> Keymap {
    let wishes: Vec<Wish> = wishes
        .iter()
        .map(|(context, name, keys)| Wish {
            context: context_named(context).unwrap(),
            name,
            keys: keys.split_whitespace().map(|key| Key::parse(key).unwrap()).collect(),
        })
        .collect();
    let (keymap, refused) = rebound(&wishes);
    assert!(refused.is_empty(), "{refused:?}");
    keymap
}

#[test]
fn other_keys_do_the_same_and_help_footer_and_palette_tell_them() {
    let mut usual = Reader::new(WIDE);
    let mut other = reader(&[
        ("reading", "next-lesson", "F5 z"),
        ("checklist", "kept", "Z"),
        ("panes", "next-pane", "Alt-p"),
        ("always", "quit", "Ctrl-q"),
    ]);
    usual.types("]]<Tab>x");
    other.types("<F5>z<Alt-p>Z");
    assert_eq!(usual.state().reading.lesson, other.state().reading.lesson);
    let day = other.state().today;
    let kept = |reader: &mut Reader| {
        let world = reader.session().world();
        world.course.items.iter().filter(|item| world.practice().mark(&item.id, day).is_some()).count()
    };
    assert_eq!((kept(&mut usual), kept(&mut other)), (1, 1));
    let footer = other.screen();
    assert!(footer.contains("Z kept") && footer.contains("Alt-p next"), "{footer}");
    let help = other.types("<Esc>?/Alt-p").screen();
    assert!(help.contains("Alt-p"), "{help}");
    let help = other.types("<Esc>G").screen();
    assert!(help.contains("Ctrl-q") && !help.contains("Ctrl-c"), "{help}");
    let palette = other.types("<Esc>:the next lesson").screen();
    assert!(palette.lines().any(|line| line.contains("the next lesson") && line.contains("F5")), "{palette}");
    assert!(other.types("<Esc>").state().overlay.is_none());
}

#[test]
fn a_key_bound_to_nothing_does_nothing_and_the_palette_still_does_it() {
    let mut reader = reader(&[("reading", "next-lesson", "")]);
    let first = reader.state().reading.lesson;
    let help = reader.types("?").screen();
    assert!(!help.lines().any(|line| line.ends_with(" the next lesson") && !line.contains("open")), "{help}");
    assert_eq!(reader.types("<Esc>]]").state().reading.lesson, first);
    assert!(!reader.screen().contains("]/[ lesson"));
    assert_eq!(reader.types(":the next lesson<Enter>").state().reading.lesson, first + 1);
}

#[test]
fn the_width_of_the_text_is_the_one_to_come_back_to() {
    let mut reader = reader(&[]);
    assert_eq!(reader.state().measure, 50);
    assert_eq!(reader.types("++").state().measure, 58);
    assert_eq!(reader.types("=").state().measure, 50);
}

#[test]
fn what_she_prefers_holds_in_another_course_from_the_shelf_too() {
    let mut reader = reader(&[("reading", "next-lesson", "z"), ("shelf", "choose", "F6")]);
    let first = reader.session().world().course.id.clone();
    reader.types("+OG<F6>");
    assert_ne!(reader.session().world().course.id, first);
    assert_eq!(reader.state().measure, 54);
    assert_eq!(reader.types("=").state().measure, 50);
    let lesson = reader.state().reading.lesson;
    assert_eq!(reader.types("]").state().reading.lesson, lesson);
    assert_eq!(reader.types("z").state().reading.lesson, lesson + 1);
    assert!(reader.screen().contains("z/[ lesson"), "{}", reader.screen());
}

/// Other keys for all that is spoken of on the screen.
const SPOKEN_OF: &[(&str, &str, &str)] = &[
    ("reading", "follow-link", "F1"),
    ("panes", "undo", "F2"),
    ("panes", "read-on", "F3"),
    ("panes", "search", "F4"),
    ("always", "mouse", "F5"),
    ("writing", "keep", "F6"),
    ("checklist", "add", "F7"),
    ("checklist", "view", "F8"),
    ("checklist", "my-list", "F9"),
    ("panes", "go-to-named-place", "F10"),
    ("reading", "name-place", "F11"),
    ("checklist", "day-before", "F12"),
    ("panes", "evening", "Alt-d"),
    ("suggestion", "page-down", "Alt-f"),
    ("address", "copy", "Alt-y"),
    ("reading", "go-to-item", "Alt-o"),
    ("panes", "draft", "Alt-u"),
    ("panes", "checklist", "Alt-c"),
    ("weeks", "read-on", "Alt-r"),
    ("weeks", "undo", "Alt-z"),
    ("search", "take-suggestion", "Alt-t"),
    ("today", "choose", "Alt-e"),
];

#[test]
fn what_is_said_names_her_own_keys() {
    for (script, words) in [
        ("Gbll", "F1 goes to: "),
        ("n", "F4 starts one."),
        ("<paste words>", "F4 opens the search."),
        ("<F5>", "F5 takes it back."),
        ("<Alt-d>words<F6>", "Saved. F2 takes it back."),
        ("<Tab><F7> <Enter>words<Enter><Enter><Enter>", "Saved. F2 takes it back."),
        ("<Tab><F7> <Enter>words<Ctrl-s>ry", "words. F2 takes it back."),
        ("w<Enter>223222111", "Alt-f: more below"),
        ("w<Enter>223222111y", "F3 opens the first; F2 takes it back."),
        ("<Tab><F9>", "F8 shows your list."),
        ("<Tab>r", "F9 takes one off your list."),
        ("<60x20><Tab><F8><F8>", "teaches none of the items. F8 shows all"),
        ("<Tab><F8><F8>x", "There is no item here. F7 adds one of your own; F8 shows others."),
        ("", "F3  next: "),
        ("<F4>begg<Enter>", "Alt-o  [ ] "),
        ("<F11>e", "Press F10 e to return"),
        ("<F10>e", "F11 e names this one"),
        ("<F10>", "F11 and a letter name"),
        ("<tomorrow>", "F12 in the checklist shows the day before."),
        ("D", "Alt-d writes three lines"),
        ("x", "Alt-c goes there."),
        ("<Tab><F7>I did not<Esc>", "F2 brings it back."),
        ("Py", "Alt-r reads on in it; Alt-z takes it back."),
        ("P*", "Alt-z takes it back."),
        ("Py-", "Alt-z takes it back."),
        ("<F4>zzzz<Alt-t>", "Alt-t takes a word"),
        (".x", "Alt-e puts it there."),
    ] {
        let screen = reader(SPOKEN_OF).types(script).screen();
        assert!(screen.contains(words), "{script}: {words}\n{screen}");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut reader = at_an_address(folder.path(), WIDE);
    reader.prefers(preferring(SPOKEN_OF));
    assert!(reader.screen().contains("Alt-y copies it."), "{}", reader.screen());
}

#[test]
fn a_draft_after_a_crash_names_her_own_key_to_keep_it() {
    let mut reader = Reader::new(WIDE);
    reader.types("dwords").prefers(preferring(SPOKEN_OF)).types("<crash>");
    assert!(reader.screen().contains("Alt-u shows it."), "{}", reader.screen());
    assert!(reader.types("<Alt-u>").screen().contains("F6 saves it."), "{}", reader.screen());
}
