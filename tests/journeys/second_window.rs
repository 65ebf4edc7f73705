//! Another window writes between two keys: what was selected stays selected.

use crate::WIDE;
use crate::shared;
use crate::support::Reader;
use jiff::civil::date;
use sidelight::course::{CourseId, ItemId, Side};
use sidelight::journal::{Choice, Chosen, Journal, Mark, Operation, OwnItem};

/// Writes to the reader's journal as another window does, and lets the reader's take it in.
fn another_window_writes(reader: &mut Reader, operation: Operation) {
    let mut opened = Journal::open(reader.folder()).unwrap();
    opened.journal.append(&mut opened.ledger, vec![operation]).unwrap();
    reader.session().read_new_records();
}

fn course(reader: &mut Reader) -> CourseId {
    reader.session().world().course.id.clone()
}

/// An own item whose id comes before that of any other: the first item of another device.
fn own_item_of_another_window(reader: &mut Reader) -> Operation {
    let own = OwnItem::new(Side::Embrace, "I called a friend".into(), String::new());
    let chosen = Chosen::OwnItem { item: ItemId::new("own-0001-00000000"), own };
    Operation::Choice(Choice { course: course(reader), chosen })
}

#[test]
fn an_item_that_another_window_adds_moves_no_selection() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>a <Tab>I went for a walk<Ctrl-s>");
    assert!(reader.screen().contains(">[ ] I went for a walk"), "{}", reader.screen());
    let operation = own_item_of_another_window(&mut reader);
    another_window_writes(&mut reader, operation);
    assert!(reader.screen().contains(">[ ] I went for a walk"), "{}", reader.screen());
    reader.types("x");
    let screen = reader.screen();
    assert!(screen.contains(">[x] I went for a walk"), "{screen}");
    let today = reader.state().today;
    let world = reader.session().world();
    let other = ItemId::new("own-0001-00000000");
    assert_eq!(world.ledger.mark(&world.course.id, &other, today), None, "{screen}");
}

#[test]
fn a_note_that_another_window_writes_moves_no_selection() {
    let mut reader = Reader::new(WIDE);
    reader.types("dIt rained.<Esc>D");
    assert!(reader.screen().contains("> What happened?  It rained."), "{}", reader.screen());
    let (course, day) = (course(&mut reader), date(2026, 11, 20));
    let (note, text) = (format!("{day}-1-happened"), "He called.".to_owned());
    another_window_writes(&mut reader, Operation::Note { course, note, day, place: None, text });
    assert!(reader.screen().contains("> What happened?  It rained."), "{}", reader.screen());
    let screen = reader.types("<Enter>").screen();
    assert!(screen.contains("It rained.") && !screen.contains("He called."), "{screen}");
}

#[test]
fn a_mark_that_another_window_makes_moves_no_row_of_the_review() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>jxv");
    let marked = reader.session().world().course.items[1].text.clone();
    let first = reader.session().world().course.items[0].id.clone();
    let selected = |reader: &Reader| {
        let screen = reader.screen();
        screen.lines().find_map(|line| line.trim_start().strip_prefix("▌>")).unwrap_or_default().to_owned()
    };
    let words: String = marked.chars().take(12).collect();
    assert!(selected(&reader).starts_with(&words), "{}", reader.screen());
    let (course, day) = (course(&mut reader), reader.state().today);
    another_window_writes(&mut reader, Operation::Mark { course, item: first, day, mark: Some(Mark::Kept) });
    assert!(selected(&reader).starts_with(&words), "{}", reader.screen());
}

fn what_happened(reader: &mut Reader, text: &str) -> Operation {
    let (course, day) = (course(reader), reader.state().today);
    let note = format!("{day}-1-happened");
    Operation::Note { course, note, day, place: None, text: text.to_owned() }
}

fn notes(reader: &mut Reader) -> Vec<String> {
    let mut texts = shared::notes(reader);
    texts.sort();
    texts
}

#[test]
fn a_note_that_two_windows_write_at_once_keeps_both_texts_and_says_where() {
    for is_heard in [true, false] {
        let mut reader = Reader::new(WIDE);
        reader.types("dwords of this window");
        let operation = what_happened(&mut reader, "words of the other");
        if is_heard {
            another_window_writes(&mut reader, operation);
        } else {
            let mut opened = Journal::open(reader.folder()).unwrap();
            opened.journal.append(&mut opened.ledger, vec![operation]).unwrap();
        }
        let screen = reader.types("<Ctrl-s>").screen();
        assert_eq!(notes(&mut reader), ["words of the other", "words of this window"], "{screen}");
        if is_heard {
            assert!(screen.contains("D shows both"), "{screen}");
        }
        let screen = reader.types("D").screen();
        for words in ["words of the other", "words of this window"] {
            assert!(screen.contains(words), "{screen}");
        }
    }
}

#[test]
fn emptying_a_note_removes_nothing_that_was_written_elsewhere_meanwhile() {
    let mut reader = Reader::new(WIDE);
    reader.types("dfirst<Ctrl-s>d<Ctrl-u>");
    let operation = what_happened(&mut reader, "first and more");
    another_window_writes(&mut reader, operation);
    let screen = reader.types("<Ctrl-s>").screen();
    assert_eq!(notes(&mut reader), ["first and more"], "{screen}");
    assert!(screen.contains("it stays"), "{screen}");

    // What was opened and not touched overwrites nothing either.
    reader.types("d");
    let operation = what_happened(&mut reader, "first, and even more");
    another_window_writes(&mut reader, operation);
    reader.types("<Ctrl-s>");
    assert_eq!(notes(&mut reader), ["first, and even more"]);
}

#[test]
fn undoing_a_mark_leaves_what_another_window_marked_since() {
    // Another mark, and the same one once more.
    for (there, sign) in [(Mark::Slipped, "!"), (Mark::Kept, "x")] {
        let mut reader = Reader::new(WIDE);
        reader.types("<Tab>x");
        let (course, day) = (course(&mut reader), reader.state().today);
        let item = reader.session().world().course.items[0].id.clone();
        let mark = |mark| Operation::Mark { course: course.clone(), item: item.clone(), day, mark };
        another_window_writes(&mut reader, mark(Some(there)));
        let screen = reader.types("u").screen();
        assert!(screen.contains("changed elsewhere since"), "{screen}");
        assert!(screen.contains(&format!("[{sign}] I did not beg")), "{screen}");
        // What this window does afterwards is its own again, and so is what it takes back.
        let screen = reader.types("-u").screen();
        assert!(screen.contains(&format!("[{sign}] I did not beg")), "{screen}");
        let screen = reader.types("<Ctrl-r>").screen();
        assert!(screen.contains("[-] I did not beg"), "{screen}");
        another_window_writes(&mut reader, mark(None));
        let screen = reader.types("u").screen();
        assert!(
            screen.contains("changed elsewhere since") && screen.contains("[ ] I did not beg"),
            "{screen}"
        );
    }
}

#[test]
fn what_cannot_be_undone_any_more_does_not_stand_before_what_can() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>xjx");
    let (course, day) = (course(&mut reader), reader.state().today);
    let item = reader.session().world().course.items[1].id.clone();
    another_window_writes(&mut reader, Operation::Mark { course, item, day, mark: Some(Mark::Slipped) });
    let screen = reader.types("u").screen();
    assert!(screen.contains("changed elsewhere since"), "{screen}");
    let screen = reader.types("u").screen();
    assert!(screen.contains("Undone: ") && screen.contains("[ ] I did not beg"), "{screen}");
    assert!(screen.contains("[!] "), "{screen}");
}

#[test]
fn undoing_takes_back_nothing_that_was_written_elsewhere_since() {
    let mut reader = Reader::new(WIDE);
    reader.types("dfirst<Ctrl-s>");
    let operation = what_happened(&mut reader, "first and more");
    another_window_writes(&mut reader, operation);
    let screen = reader.types("u").screen();
    assert_eq!(notes(&mut reader), ["first and more"], "{screen}");
    assert!(screen.contains("changed elsewhere since"), "{screen}");
}

#[test]
fn an_own_item_that_two_windows_change_keeps_the_words_of_both() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>a <Tab>I went for a walk<Ctrl-s>");
    let world = reader.session().world();
    let (item, own) = world.ledger.own_items(&world.course.id).next().unwrap();
    let (item, own) = (item.clone(), own.clone());
    reader.types("e by the river");
    let own = OwnItem { text: "I went for a run".into(), ..own };
    let chosen = Chosen::OwnItem { item, own };
    let operation = Operation::Choice(Choice { course: course(&mut reader), chosen });
    another_window_writes(&mut reader, operation);
    let screen = reader.types("<Ctrl-s>").screen();
    assert!(screen.contains("is a note now"), "{screen}");
    let world = reader.session().world();
    let (_, own) = world.ledger.own_items(&world.course.id).next().unwrap();
    assert_eq!(own.text, "I went for a walk by the river");
    assert_eq!(notes(&mut reader), ["I went for a run"], "{screen}");
}
