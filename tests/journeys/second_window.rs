//! Another window writes between two keys: what was selected stays selected.

use crate::WIDE;
use crate::support::Reader;
use jiff::civil::date;
use sidelight::course::{CourseId, ItemId, Side};
use sidelight::journal::{Choice, Chosen, ItemStatus, Journal, Mark, Operation, OwnItem};

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
    let own = OwnItem {
        side: Side::Embrace,
        text: "I called a friend".into(),
        instead: String::new(),
        status: ItemStatus::Active,
    };
    let chosen = Chosen::OwnItem { item: ItemId::new("own-0001-00000000"), own };
    Operation::Choice(Choice { course: course(reader), chosen })
}

#[test]
fn an_item_that_another_window_adds_moves_no_selection() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>ae<Tab>I went for a walk<Ctrl-s>");
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
        screen.lines().find_map(|line| line.trim_start().strip_prefix('>')).unwrap_or_default().to_owned()
    };
    let words: String = marked.chars().take(12).collect();
    assert!(selected(&reader).starts_with(&words), "{}", reader.screen());
    let (course, day) = (course(&mut reader), reader.state().today);
    another_window_writes(&mut reader, Operation::Mark { course, item: first, day, mark: Some(Mark::Kept) });
    assert!(selected(&reader).starts_with(&words), "{}", reader.screen());
}
