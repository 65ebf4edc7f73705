//! Sittings with other keys than those of the table.

use crate::WIDE;
use crate::support::Reader;
use sidelight::reader::bindings::{Context, Wish, rebound};
use sidelight::reader::{Key, Keymap};

fn reader(wishes: &[(Context, &'static str, &str)]) -> Reader {
    let wishes: Vec<Wish> = wishes
        .iter()
        .map(|(context, name, keys)| Wish {
            context: *context,
            name,
            keys: keys.split_whitespace().map(|key| Key::parse(key).unwrap()).collect(),
        })
        .collect();
    let (rows, refused) = rebound(&wishes);
    assert!(refused.is_empty(), "{refused:?}");
    let mut reader = Reader::new(WIDE);
    reader.session().prefer(Some(Keymap::new(rows)), Some(50));
    reader
}

#[test]
fn other_keys_do_the_same_and_help_footer_and_palette_tell_them() {
    let mut usual = Reader::new(WIDE);
    let mut other = reader(&[
        (Context::Reading, "next-lesson", "F5 z"),
        (Context::Checklist, "kept", "Z"),
        (Context::Panes, "next-pane", "Alt-p"),
        (Context::Always, "quit", "Ctrl-q"),
    ]);
    usual.types("]]<Tab>x");
    other.types("<F5>z<Alt-p>Z");
    assert_eq!(usual.state().reading.lesson, other.state().reading.lesson);
    let day = other.state().today;
    let kept = |reader: &mut Reader| {
        let world = reader.session().world();
        world.course.items.iter().filter(|item| world.mark(item, day).is_some()).count()
    };
    assert_eq!((kept(&mut usual), kept(&mut other)), (1, 1));
    let footer = other.screen();
    assert!(footer.contains("Z kept") && footer.contains("Alt-p pane"), "{footer}");
    let help = other.types("<Esc>?").screen();
    assert!(help.contains("Alt-p"), "{help}");
    let help = other.types("G").screen();
    assert!(help.contains("Ctrl-q") && !help.contains("Ctrl-c"), "{help}");
    let palette = other.types("<Esc>:the next lesson").screen();
    assert!(palette.lines().any(|line| line.contains("the next lesson") && line.contains("F5")), "{palette}");
    assert!(other.types("<Esc>").state().overlay == sidelight::reader::state::Overlay::None);
}

#[test]
fn a_key_bound_to_nothing_does_nothing_and_the_palette_still_does_it() {
    let mut reader = reader(&[(Context::Reading, "next-lesson", "")]);
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
