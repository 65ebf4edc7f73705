//! The journeys with the mouse, and what it must not do.

use crate::journey::{Journey, ends_as, journeys};
use crate::support::Reader;
use crate::{MEDIUM, NARROW, WIDE};
use sidelight::course::Side;
use sidelight::journal::Mark;
use sidelight::reader::overlay::Overlay;
use sidelight::reader::pane::Pane;
use sidelight::reader::pointer::Mouse;
use std::sync::LazyLock;

journeys! {
    a_click_on_a_lesson_opens_it: WIDE, "<click 10,8>";
    a_click_on_the_second_line_of_a_title_opens_that_lesson: WIDE,
        "<click 10,9>" => a_click_on_a_lesson_opens_it;
    a_click_on_a_part_folds_it: WIDE, "<click 4,7>";
    a_click_on_a_box_ticks_it_and_again_takes_it_back: WIDE, "<click 91,6><click 91,8><click 91,6>";
    the_wheel_scrolls_the_pane_under_the_mouse: WIDE,
        "<wheel-down 60,12><wheel-down 60,12><wheel-up 60,12>" => she_reads_line_by_line_and_back;
    the_wheel_over_the_lessons_leaves_the_text_alone: WIDE, "<wheel-down 5,12><wheel-down 5,12>";
    the_mouse_is_left_to_the_terminal: WIDE, "<Ctrl-t>";
    the_mouse_is_taken_back: WIDE, "<Ctrl-t><Ctrl-t>";
}

/// The cell at which a text stands.
fn cell_of(reader: &Reader, text: &str) -> (usize, usize) {
    let screen = reader.screen();
    let found = screen.lines().enumerate().find_map(|(row, line)| {
        let at = line.find(text)?;
        Some((line[..at].chars().count(), row))
    });
    found.unwrap_or_else(|| panic!("{text:?} is not on the screen\n{screen}"))
}

fn does(reader: &mut Reader, what: &str, text: &str) {
    let (column, row) = cell_of(reader, text);
    reader.types(&format!("<{what} {column},{row}>"));
}

fn title(reader: &mut Reader) -> String {
    let lesson = reader.state().reading.lesson;
    reader.session().world().course.lessons[lesson].title().to_owned()
}

#[test]
fn what_is_clicked_is_what_stands_there_at_every_scroll() {
    for size in [WIDE, (200, 20)] {
        let mut reader = Reader::new(size);
        for text in ["Be secure", "Why he is leaving", "Making it yours", "What to avoid", "Start here"] {
            // The selection is what scrolls the list.
            for _ in 0..40 {
                if reader
                    .screen()
                    .lines()
                    .any(|line| line.chars().take(30).collect::<String>().contains(text))
                {
                    break;
                }
                reader.types(if text == "Why he is leaving" || text == "Start here" {
                    "<wheel-up 4,5>"
                } else {
                    "<wheel-down 4,5>"
                });
            }
            does(&mut reader, "click", text);
            assert_eq!(title(&mut reader), text, "{}", reader.screen());
            assert_eq!(reader.state().focus, Pane::Reading);
        }
    }
}

#[test]
fn a_click_on_an_item_selects_it_and_only_its_box_ticks_it() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut reader = Reader::new(size);
        reader.types("<Tab>jj");
        does(&mut reader, "click", "I did not beg");
        let today = reader.state().today;
        let mark = |reader: &mut Reader| {
            let world = reader.session().world();
            world.practice().mark(&world.course.items[0].id, today)
        };
        let selected = reader.state().checklist.selected.clone();
        assert_eq!(selected.as_ref(), Some(&reader.session().world().course.items[0].id));
        assert_eq!(mark(&mut reader), None);
        does(&mut reader, "click", "] I did not beg");
        assert_eq!(mark(&mut reader), Some(Mark::Kept), "{}", reader.screen());
        does(&mut reader, "click", "x] I did not beg");
        assert_eq!(mark(&mut reader), None);
    }
}

#[test]
fn a_click_gives_a_pane_the_focus_and_the_wheel_gives_it_to_a_list() {
    let mut reader = Reader::new(WIDE);
    for (cell, pane) in [("119,1", Pane::Checklist), ("2,1", Pane::Navigator), ("60,30", Pane::Reading)] {
        let before = reader.state().focus;
        reader.types(&format!("<wheel-down {cell}>"));
        assert_eq!(reader.state().focus, if pane == Pane::Reading { before } else { pane });
        reader.types(&format!("<click {cell}>"));
        assert_eq!(reader.state().focus, pane, "at {cell}");
    }
}

#[test]
fn what_lies_over_the_panes_takes_the_mouse() {
    let mut reader = Reader::new(WIDE);
    reader.types("?<wheel-down 60,10>");
    let top = |reader: &Reader| match &reader.state().overlay {
        Some(Overlay::Help(help)) => help.top,
        other => panic!("no help but {other:?}"),
    };
    assert_eq!(top(&reader), 3);
    reader.types("<wheel-up 60,10><click 60,10>");
    assert_eq!(top(&reader), 0);
    reader.types("<Esc>t<wheel-down 60,10>");
    does(&mut reader, "click", "What is possible");
    assert!(reader.screen().lines().nth(2).unwrap().contains("What is possible"), "{}", reader.screen());
    reader.types("/secure");
    does(&mut reader, "click", "Secure people have limits");
    let selected = reader.state().search().unwrap().find.selected;
    reader.types("<wheel-down 5,9>");
    assert_eq!(reader.state().search().unwrap().find.selected, selected + 1);
    reader.types("<Esc>w<Enter>");
    does(&mut reader, "click", "3 Not sure");
    assert!(reader.screen().contains("> 3 Not sure"), "{}", reader.screen());
    reader.types("<Esc><Tab>a<Tab>");
    does(&mut reader, "click", "(x) avoid");
    assert!(reader.screen().contains("> Which side?"), "{}", reader.screen());
    reader.types("<Esc>:");
    does(&mut reader, "click", "  slipped");
    reader.types("<Enter>");
    assert!(reader.screen().contains("[!]"), "{}", reader.screen());
    reader.types("v");
    does(&mut reader, "click", "I did not beg");
    let overlay = reader.state().overlay.clone();
    let items = reader.session().world().practice().reviewed_items();
    assert!(matches!(overlay, Some(Overlay::Review(review)) if review.row(&items) == 0));
}

#[test]
fn a_click_on_a_link_a_key_the_next_lesson_and_another_day_does_what_it_says() {
    let mut reader = Reader::new(WIDE);
    reader.types("s");
    let here = title(&mut reader);
    reader.types("<Ctrl-o>");
    // A link in the text.
    does(&mut reader, "click", "Tonight.");
    assert_eq!(title(&mut reader), "Tonight");
    // The keys in the last row: each does what it does when it is typed.
    does(&mut reader, "click", "/[ lesson");
    assert_eq!(title(&mut reader), "Tonight", "between two keys there is nothing");
    does(&mut reader, "click", "[ lesson");
    assert_eq!(title(&mut reader), "Start here");
    does(&mut reader, "click", "? help");
    assert!(matches!(reader.state().overlay, Some(Overlay::Help(_))));
    does(&mut reader, "click", "close");
    assert_eq!(reader.state().overlay, None);
    // What is next.
    does(&mut reader, "click", "next: ");
    assert_ne!(title(&mut reader), "Start here");
    assert_ne!(here, "Start here");
    // The days around the one that is shown, and what is shown of it.
    let today = reader.state().day;
    does(&mut reader, "click", "< Sun 22 Nov");
    assert_eq!(reader.state().day, today.yesterday().unwrap());
    let (column, row) = cell_of(&reader, "Sat 21 Nov >");
    reader.types(&format!("<click {},{row}>", column + 11));
    assert_eq!(reader.state().day, today);
    // A side's title leads to its first item.
    reader.types("<120x90>");
    does(&mut reader, "click", "EMBRACE");
    let first = reader.session().world().practice().items().find(|item| item.side() == Side::Embrace);
    let first = first.map(|item| item.id.clone());
    assert_eq!(reader.state().checklist.selected, first);
}

#[test]
fn a_second_click_chooses_and_never_answers_a_question() {
    let mut reader = Reader::new(WIDE);
    reader.types("O");
    does(&mut reader, "click", "A tour of the keys");
    assert!(reader.state().overlay.is_some());
    does(&mut reader, "click", "A tour of the keys");
    assert_eq!(reader.session().world().course.id.as_str(), "tour");
    let mut reader = Reader::new(WIDE);
    reader.types("w<Enter>");
    does(&mut reader, "click", "1 Yes");
    let selected = reader.state().overlay.clone();
    does(&mut reader, "click", "1 Yes");
    assert!(matches!(selected, Some(Overlay::SelfCheck(_))));
    assert_eq!(reader.state().overlay, selected, "it was answered");
}

#[test]
fn a_click_on_the_key_that_hides_everything_hides_it() {
    for script in ["", "<Tab>", "v", "d"] {
        let mut reader = Reader::new(WIDE);
        let screen = reader.types(script).screen();
        let column = screen.lines().last().unwrap().find("Ctrl-g").unwrap();
        assert_eq!(reader.types(&format!("<click {column},35>")).screen().trim(), "", "{script}");
    }
}

#[test]
fn while_everything_is_hidden_the_mouse_does_nothing() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Ctrl-g>");
    let state = reader.state().clone();
    for row in 0..36 {
        reader.types(&format!("<click 10,{row}><click 91,{row}><wheel-down 60,{row}>"));
    }
    reader.types("<Ctrl-t>");
    assert_eq!(*reader.state(), state);
}

#[test]
fn the_mouse_at_any_cell_of_any_overlay_leaves_the_program_calm() {
    for (columns, rows) in [(1, 1), (24, 8), (69, 15), (120, 36)] {
        for open in [
            "",
            "?",
            "/sec",
            "w",
            "w<Enter>",
            "<Tab>a",
            "a",
            "D",
            "t",
            "m",
            ":",
            "v",
            "<Tab>*v",
            "w<Enter>223222111",
        ] {
            let mut reader = Reader::new((columns, rows));
            reader.types(open);
            let whole = reader.state().clone();
            for row in (0..rows + 3).step_by(3) {
                for column in (0..columns + 9).step_by(19) {
                    for what in ["click", "wheel-down", "wheel-up"] {
                        reader.types(&format!("<{what} {column},{row}>"));
                    }
                }
            }
            reader.types("<click 65535,65535><wheel-down 65535,0>");
            // Where a second click chooses, it may be gone.
            if !["t", ":", "/sec"].contains(&open) {
                assert_eq!(
                    reader.state().overlay.as_ref().map(std::mem::discriminant),
                    whole.overlay.as_ref().map(std::mem::discriminant)
                );
            }
            assert_eq!(reader.state().mouse, Mouse::Ours);
        }
    }
}
