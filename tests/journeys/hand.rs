//! What hands expect: one meaning of Esc, numbers before keys, and the keys of other programs.

use crate::shared::{after, lesson, message, notes};
use crate::support::Reader;
use crate::{MEDIUM, NARROW, WIDE};
use sidelight::reader::keys::Context;
use sidelight::reader::overlay::Overlay;
use sidelight::reader::pane::Pane;
use sidelight::reader::{Key, TerminalEffect};

#[test]
fn the_first_escape_takes_back_a_number_and_nothing_else() {
    let mut reader = after("/secure<Enter>12<Esc>");
    assert_eq!(reader.state().count, None);
    assert!(reader.state().find.is_some());
    let top = reader.state().reading.top;
    reader.types("j");
    assert_eq!(after("/secure<Enter>j").state().reading.top, reader.state().reading.top);
    assert_ne!(reader.state().reading.top, top);
    let mut reader = after("v5<Esc>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Review(_))));
    assert!(reader.types("<Esc>").state().overlay.is_none());
}

#[test]
fn escape_leads_back_to_what_an_overlay_was_opened_from() {
    let mut reader = after("vw");
    assert!(matches!(reader.types("<Esc>").state().overlay, Some(Overlay::Review(_))));
    reader.types("wKinder than I thought<Esc>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Review(_))), "{}", reader.screen());
    assert_eq!(notes(&mut reader), ["Kinder than I thought"]);
    assert!(reader.types("<Esc>").state().overlay.is_none());

    reader.types("D<Enter>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Note(_))));
    assert!(matches!(reader.types("<Esc>").state().overlay, Some(Overlay::Notes(_))));
    reader.types("<Enter>, like marmalade<Esc>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Notes(_))));
    assert!(reader.screen().contains("Kinder than I thought, like marmalade"), "{}", reader.screen());
    assert!(reader.types("<Esc>").state().overlay.is_none());

    reader.types("/marmalade<Enter>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Notes(_))), "{}", reader.screen());
    assert!(reader.types("<Esc>").state().search().is_some());
    assert!(reader.types("<Esc>").state().overlay.is_none());
}

/// What a key asks of the terminal.
fn effects_of(reader: &mut Reader, key: &str) -> Vec<TerminalEffect> {
    reader.session().key(&Key::parse(key).unwrap().to_event())
}

#[test]
fn the_commands_of_other_programs_work_in_the_palette() {
    for command in ["q", "wq", "q!", "x", "quit"] {
        let mut reader = after(&format!(":{command}"));
        assert!(effects_of(&mut reader, "Enter").contains(&TerminalEffect::Quit), "{command}");
    }
    assert!(matches!(after(":help<Enter>").state().overlay, Some(Overlay::Help(_))));
    assert_eq!(message(&after(":w<Enter>")), "Everything is saved.");
    assert_eq!(message(&after("<Ctrl-s>")), "Everything is saved.");
    assert_eq!(after(":12<Enter>").state().reading.top, after("11j").state().reading.top);
}

#[test]
fn a_number_counts_with_every_movement() {
    let top = |script: &str| after(script).state().reading.top;
    let reading = |script: &str| after(script).state().reading;
    assert_eq!(reading("3]"), reading("]]]"));
    assert_eq!(reading("4]3["), reading("]"));
    assert_eq!(reading("999]").lesson, reading("<Shift-Tab>G<Enter>").lesson);
    assert_eq!(top("12G"), top("11j"));
    assert_eq!(top("12g"), top("11j"));
    assert_eq!(top("G5G"), top("4j"));
    assert_eq!(top("2<Ctrl-d>"), top("<Ctrl-d><Ctrl-d>"));
    assert_eq!(reading("/secure<Enter>3n"), reading("/secure<Enter>nnn"));
    assert_eq!(reading("/secure<Enter>4n3N"), reading("/secure<Enter>n"));
    assert_eq!(reading("]]]3<Ctrl-o>"), reading("]]]<Ctrl-o><Ctrl-o><Ctrl-o>"));
    assert_eq!(reading("]]]3<Ctrl-o>2<Ctrl-n>"), reading("]]]<Ctrl-o>"));
    assert_eq!(reading("Gb2l").link, reading("Gbll").link);
    let checklist = |script: &str| after(script).state().checklist.selected.clone();
    assert_eq!(checklist("<Tab>3G"), checklist("<Tab>jj"));
    assert_eq!(checklist("<Tab>3j2k"), checklist("<Tab>j"));
    for (open, three) in [("t", "jj"), ("O", "jj"), ("<Tab>*j*j*v", "jj")] {
        let by_number = after(&format!("{open}g3G")).state().overlay.clone();
        assert_eq!(by_number, after(&format!("{open}g{three}")).state().overlay, "{open}");
    }
}

#[test]
fn zz_puts_the_hit_that_was_gone_to_into_the_middle() {
    let mut reader = after("/have limits<Enter>");
    let row =
        |reader: &Reader| reader.screen().lines().position(|line| line.contains("have limits")).unwrap();
    let before = row(&reader);
    reader.types("zz");
    assert!(row(&reader) > before && (13..=21).contains(&row(&reader)), "{}", reader.screen());
    // What is not in sight is left where it is.
    let top = reader.types("g").state().reading.top;
    assert_eq!(reader.types("zz").state().reading.top, top);
}

/// Types keys in every list and many elsewhere, and returns what was typed where.
pub(crate) fn pages_everywhere() -> Vec<(Context, Key)> {
    let mut typed = Vec::new();
    let mut screen = |script: &str| {
        let reader = after(script);
        let screen = reader.screen();
        typed.extend(reader.typed);
        screen
    };
    let noted = "dOne<Tab>Two<Tab>Three<Esc>D";
    for open in ["", "<Shift-Tab>", "<Tab>", noted, "t", "M", "O", "<Tab>*j*v", "w<Enter>223222111", "?"] {
        for (page, others) in [("<PgDn>", ["f", "<Ctrl-f>"]), ("<PgDn><PgUp>", ["<PgDn>b", "<PgDn><Ctrl-b>"])]
        {
            let expected = screen(&format!("{open}{page}"));
            for other in others {
                assert_eq!(screen(&format!("{open}{other}")), expected, "{open}{other}");
            }
        }
    }
    for open in [noted, "t", "M", "O", "?"] {
        for (page, other) in [
            ("<PgDn>", " "),
            ("<PgDn>", "<Ctrl-d>"),
            ("g<PgDn><PgUp>", "g<PgDn><Ctrl-u>"),
            ("g", "G<End>g<Home>"),
            ("g", "g<Down><Up>jk"),
        ] {
            let expected = screen(&format!("{open}{page}"));
            assert_eq!(screen(&format!("{open}{other}")), expected, "{open}{other}");
        }
    }
    for script in [
        "?/page<Down><PgDn><Up><PgUp><Esc>",
        "?/page<Enter>",
        "?<F1>",
        "<Alt-s>",
        "<Tab>L",
        "vsvcv?",
        "ccU",
        "<Ctrl-s>",
    ] {
        screen(script);
    }
    typed
}

#[test]
fn ctrl_f_and_ctrl_b_are_the_page_keys_everywhere() {
    assert!(!pages_everywhere().is_empty());
}

#[test]
fn what_was_searched_for_comes_back_above_the_first_hit() {
    let mut reader = after("/secure<Enter>/fear<Esc>/");
    let typed = |reader: &Reader| reader.state().search().map(|search| search.field.text().to_owned());
    for text in ["fear", "secure", "", "fear"] {
        reader.types("<Up>");
        assert_eq!(typed(&reader).as_deref(), Some(text));
    }
    // Below the first hit the key moves among the hits.
    reader.types("<Down><Down><Up>");
    assert_eq!(typed(&reader).as_deref(), Some("fear"));
    assert_eq!(reader.state().search().unwrap().find.selected, 1);
    let reader = after(":headings<Esc>:<Up>");
    assert!(reader.screen().contains(": headings"), "{}", reader.screen());
}

#[test]
fn from_an_item_to_its_passage_and_back_is_the_same_item() {
    let items = after("").session().world().course.items.len();
    for item in 0..items {
        let moves = if item == 0 { String::new() } else { format!("{item}j") };
        let mut reader = after(&format!("<Tab>{moves}"));
        let before = reader.state().checklist.selected.clone();
        reader.types("o");
        assert_eq!(reader.state().focus, Pane::Reading);
        reader.types("o");
        assert_eq!(reader.state().focus, Pane::Checklist);
        assert_eq!(reader.state().checklist.selected, before);
    }
}

#[test]
fn one_key_leads_to_the_checklist_and_back() {
    for size in [WIDE, MEDIUM, NARROW] {
        for (before, pane) in [("", Pane::Reading), ("<Shift-Tab>", Pane::Navigator)] {
            let mut reader = Reader::new(size);
            assert_eq!(reader.types(before).types("c").state().focus, Pane::Checklist);
            assert!(reader.screen().contains("TODAY"), "{}", reader.screen());
            assert_eq!(reader.types("c").state().focus, pane);
        }
    }
}

#[test]
fn no_answer_is_selected_before_she_selects_one() {
    let mut reader = after("w<Enter>");
    let question = reader.state().overlay.clone();
    assert!(!reader.screen().contains("▌"), "{}", reader.screen());
    assert_eq!(reader.types("<Enter><Enter><Enter>").state().overlay, question);
    assert!(message(&reader).contains("Select an answer"), "{}", message(&reader));
    assert!(message(reader.types("9")).contains("The answers here are 1 to"), "{}", message(&reader));
    reader.types("jj<Enter>");
    assert!(reader.screen().contains("Question 2"), "{}", reader.screen());
    assert!(!reader.screen().contains("▌"), "{}", reader.screen());
}

#[test]
fn letters_that_are_typed_at_a_choice_go_to_the_text() {
    let reader = after("<Tab>aI did not shout");
    assert!(reader.screen().contains("I did not shout"), "{}", reader.screen());
}

#[test]
fn no_mark_is_made_at_the_row_that_stands_for_the_other_items() {
    let mut reader = after("<Tab>*Lj");
    assert!(
        reader.screen().lines().any(|line| line.contains('>') && line.contains("More")),
        "{}",
        reader.screen()
    );
    for key in ["x", "!", "-", "x", "x"] {
        reader.types(key);
        assert!(message(&reader).contains("nothing is marked here"), "{key}: {}", message(&reader));
    }
    assert!(reader.state().undo.done.len() == 1, "only the list was changed");
    reader.types("<Enter>");
    assert_eq!(message(&reader), "");
    assert!(!reader.screen().contains("More:"), "{}", reader.screen());
}

#[test]
fn the_palette_finds_a_file_by_its_name_and_a_lesson_by_its_id() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# First\n\nText.\n").unwrap();
    std::fs::write(folder.path().join("zz-quince.md"), "# Second\n\nText.\n").unwrap();
    let mut reader = Reader::of(WIDE, Some(folder.path()));
    let screen = reader.types(":quince").screen();
    assert!(screen.lines().any(|line| line.contains("> Second") && line.contains("zz-quince")), "{screen}");
    reader.types("<Enter>");
    assert_eq!(reader.state().reading.lesson, 1);
    let mut reader = after(":is-this-for-you<Enter>");
    assert_eq!(lesson(&mut reader), "is-this-for-you-now");
}

#[test]
fn the_palette_begins_with_what_fits_the_pane() {
    for (focus, first) in [("<Tab>", "kept to it"), ("", "page down"), ("<Shift-Tab>", "open the lesson")] {
        let screen = after(&format!("{focus}:")).screen();
        let line = screen.lines().find(|line| line.contains("▌> ")).unwrap_or_default();
        assert!(line.contains(first), "{screen}");
    }
}

#[test]
fn the_help_is_searched_and_wraps() {
    let screen = after("?/narrower").screen();
    assert!(screen.contains("a narrower text column") && !screen.contains("half a page"), "{screen}");
    let mut reader = Reader::new((30, 20));
    for step in 0..40 {
        let screen = if step == 0 { reader.types("?").screen() } else { reader.types(" ").screen() };
        // The first row and the last are not the help's.
        assert!(!screen.lines().skip(1).take(18).any(|line| line.contains('…')), "{screen}");
    }
}
