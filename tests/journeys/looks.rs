//! How the screen looks: what has the focus, what lies over what, and where one types. What is
//! said here holds without colour.

use crate::support::Reader;
use crate::{MEDIUM, NARROW, WIDE};
use jiff::civil::date;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

/// A reader who has typed these keys, on a screen of this size.
fn after(size: (u16, u16), keys: &str) -> Reader {
    let mut reader = Reader::new(size);
    reader.types(keys);
    reader
}

/// The first cell of the first row that shows these words.
fn cell_of(buffer: &Buffer, words: &str) -> (u16, u16) {
    let row = |y: u16| -> String { (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect() };
    let found = (0..buffer.area.height).find_map(|y| {
        let row = row(y);
        let at = row.find(words)?;
        Some((u16::try_from(row[..at].chars().count()).unwrap(), y))
    });
    found.unwrap_or_else(|| panic!("{words:?} is not on the screen"))
}

#[test]
fn the_pane_with_the_focus_has_a_heavy_rule_with_its_title() {
    for size in [WIDE, MEDIUM, NARROW] {
        for (keys, title) in [("", "Reading"), ("<Tab>", "Checklist"), ("<Shift-Tab>", "Lessons")] {
            let screen = after(size, keys).screen();
            let rule = screen.lines().nth(1).unwrap();
            assert!(rule.contains(&format!("━ {title} ━")), "{size:?}: {rule}");
            assert_eq!(rule.matches("━ ").count(), 1, "{size:?}: {rule}");
            // The lines beside it are heavy as well, and no others.
            let beside = screen.lines().nth(5).unwrap().matches('┃').count();
            let expected = match (size, title) {
                (NARROW, _) => 0,
                (WIDE, "Reading") => 2,
                _ => 1,
            };
            assert_eq!(beside, expected, "{size:?}, {title}: {screen}");
        }
    }
    let low = after((80, 12), "").buffer();
    assert!(low[(1, 0)].modifier.contains(Modifier::UNDERLINED), "a low screen has no row for a rule");
}

#[test]
fn an_overlay_is_a_box_over_the_muted_page_and_has_a_narrow_screen_for_itself() {
    let reader = after(WIDE, "m");
    let (screen, buffer) = (reader.screen(), reader.buffer());
    assert!(screen.contains("╭─ Place ─") && screen.contains("BEFORE YOU BEGIN"), "{screen}");
    assert_eq!(screen.lines().filter(|line| line.contains('╰')).count(), 1, "{screen}");
    let (x, y) = cell_of(&buffer, "Tonight");
    assert!(buffer[(x, y)].modifier.contains(Modifier::DIM), "the page is muted");
    let (x, y) = cell_of(&buffer, "Place");
    assert!(!buffer[(x, y)].modifier.contains(Modifier::DIM), "the box is not");
    let narrow = after(NARROW, "m").screen();
    assert!(narrow.contains("━ Place ━") && !narrow.contains('╭'), "{narrow}");
}

#[test]
fn a_box_is_no_higher_than_what_it_holds() {
    let height = |keys: &str| {
        let screen = after(WIDE, keys).screen();
        let row = |corner| screen.lines().position(|line| line.contains(corner)).unwrap();
        row('╰') - row('╭')
    };
    assert!(height("m") < 8 && height("?") > 30, "{} and {}", height("m"), height("?"));
}

#[test]
fn the_line_in_which_one_types_is_seen() {
    for (keys, words) in [(":xyz", ": xyz"), ("/xyz", "xyz"), ("d<Enter>xyz", "xyz")] {
        for size in [WIDE, NARROW] {
            let buffer = after(size, keys).buffer();
            let (x, y) = cell_of(&buffer, words);
            // The line goes on behind what was typed.
            for x in [x, x + 12] {
                assert!(buffer[(x, y)].modifier.contains(Modifier::UNDERLINED), "{keys} at {size:?}");
            }
        }
    }
}

#[test]
fn a_review_says_how_many_weeks_are_in_sight() {
    for size in [(60, 20), (80, 24), (120, 36), (200, 60)] {
        for keys in ["v", "vv"] {
            let screen = after(size, &format!("<Tab>*x<Down>*!{keys}")).screen();
            let said = screen.lines().find_map(|line| line.trim().strip_prefix("The last "));
            let said: usize = said.unwrap().split(' ').next().unwrap().parse().unwrap();
            let lines: Vec<&str> = screen.lines().collect();
            let above = lines.iter().position(|line| line.contains("AVOID")).unwrap() - 1;
            let days =
                lines[above].split_whitespace().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            assert_eq!(days.count(), said, "{size:?}: {screen}");
            assert!(screen.contains("kept") && screen.contains("I did not beg"), "{screen}");
        }
    }
    // All four weeks are in sight on a narrow screen, and twelve on a wide one.
    assert!(after((60, 20), "<Tab>xv").screen().contains("The last 4 weeks"));
    assert!(after((200, 60), "<Tab>xvv").screen().contains("The last 12 weeks"));
}

#[test]
fn the_selected_day_of_a_review_shows_its_marks_and_notes() {
    let keys = "d<Enter>It rained all day.<Ctrl-s><Tab>x<Down>!v";
    for size in [WIDE, (200, 60)] {
        let mut reader = after(size, keys);
        let screen = reader.screen();
        assert!(screen.contains("[x] I did not beg") && screen.contains("It rained all day."), "{screen}");
        let before = reader.types("h").screen();
        assert!(!before.contains("It rained") && !before.contains("[x]"), "{before}");
    }
}

#[test]
fn the_week_of_a_year_shows_what_was_written_about_the_week_alone() {
    let mut reader = Reader::on(date(2026, 11, 16), (200, 60), None);
    reader.types("<Tab>xd<Enter>It rained all day.<Ctrl-s>v");
    assert!(reader.screen().contains("It rained all day."), "{}", reader.screen());
    let year = reader.types("vv").screen();
    assert!(year.contains("The last 52 weeks") && !year.contains("It rained all day."), "{year}");
}

#[test]
fn no_sign_covers_a_digit_of_the_day_on_which_a_week_begins() {
    let mut reader = Reader::on(date(2026, 11, 24), (80, 24), None);
    let screen = reader.types("<Tab>xv").screen();
    let days = screen.lines().take_while(|line| !line.contains("AVOID")).last().unwrap();
    assert!(days.split_whitespace().any(|word| word == "23"), "{screen}");
}
