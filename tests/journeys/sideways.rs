//! Journeys through code and tables that are wider than the page.

use crate::journey::snapshot;
use crate::support::Reader;
use crate::{NARROW, WIDE};
use std::path::Path;

const WIDE_THINGS: &str = r#"# Wide things

A paragraph is always broken where the page ends, however long it may be, and never goes on beyond it.

```rust
fn somewhat_long(first: &SomeLongType, second: Option<Vec<String>>) -> Result<(), Box<dyn Error>> { zephyr("中文") }
    short();
```

| name | what it does | where it stands | since when | who asked for it |
|---|---|---|---|---|
| one | a rather long description of what the thing does in the program | src/one/two/three.rs | 1.2.3 | somebody else |

> ```text
> quoted code that goes on and on and on and on and on and on and on and on and on and on until here
> ```
"#;

/// A reader of wide things, at a size.
pub(crate) fn reader(folder: &Path, size: (u16, u16)) -> Reader {
    std::fs::write(folder.join("a.md"), WIDE_THINGS).unwrap();
    Reader::of(size, Some(folder))
}

#[test]
fn wide_lines_stand_whole_and_scroll_sideways_when_she_asks() {
    for (name, size, keys) in [
        ("wide_lines_are_broken_at_first", WIDE, ""),
        ("wide_lines_stand_whole", WIDE, ">"),
        ("wide_lines_scrolled_to_the_right", WIDE, ">>"),
        ("wide_lines_on_a_narrow_screen", NARROW, ">>jj"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = reader(folder.path(), size);
        let screen = reader.types(keys).screen();
        let title = folder.path().file_name().unwrap().to_str().unwrap();
        snapshot(name, &screen.replace(title, &"-".repeat(title.len())), keys);
    }
}

#[test]
fn the_way_back_is_the_way_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    let broken = reader.screen();
    let whole = reader.types(">").screen();
    assert_ne!(whole, broken);
    assert_ne!(reader.types(">").screen(), whole);
    assert_eq!(reader.types("<<>").screen(), whole);
    assert_eq!(reader.types("<<>").screen(), broken);
    assert!(reader.types("<<>").screen().contains("Nothing is scrolled to the right."));
}

#[test]
fn the_end_of_the_widest_line_is_the_end_of_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    reader.types(&">".repeat(30));
    assert!(reader.screen().contains("This is the end of the widest line in sight."));
    assert!(reader.screen().contains(r#"zephyr("中文") }"#), "{}", reader.screen());
}

#[test]
fn every_column_of_a_wide_line_comes_into_sight() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    let code = WIDE_THINGS.lines().find(|line| line.starts_with("fn ")).unwrap();
    let mut seen = String::new();
    for _ in 0..12 {
        seen.push_str(&reader.types(">").screen());
    }
    let all: Vec<char> = code.chars().collect();
    for part in all.windows(12) {
        let part: String = part.iter().collect();
        assert!(seen.contains(&part), "{part:?} was never in sight");
    }
}

#[test]
fn what_was_searched_for_is_in_sight_whatever_was_scrolled() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), (76, 36));
    let without_the_end = reader.types(">").screen();
    assert!(!without_the_end.contains("until here"), "{without_the_end}");
    let found = reader.types("/until here<Enter>").screen();
    assert!(found.contains("until here"), "{found}");
}

#[test]
fn a_line_longer_than_anybody_scrolls_is_cut_and_all_of_it_can_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("# Long\n\n```json\n{}end\n```\n", "e".repeat(70_000));
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut reader = Reader::of(WIDE, Some(folder.path()));
    reader.types("/e<Enter>>G");
    let comes = (0..60).any(|_| reader.types(">").screen().contains("eend"));
    assert!(comes, "{}", reader.screen());
}

#[test]
fn the_sign_that_a_line_goes_on_is_seen_behind_wide_characters() {
    let folder = tempfile::tempdir().unwrap();
    for before in ["", "a"] {
        let text = format!("# Wide\n\n```text\n{before}{}\n```\n", "中".repeat(80));
        std::fs::write(folder.path().join("a.md"), text).unwrap();
        let mut reader = Reader::of(WIDE, Some(folder.path()));
        let buffer = reader.types(">").buffer();
        let signs: Vec<usize> =
            (0..buffer.content.len()).filter(|at| buffer.content[*at].symbol() == "›").collect();
        assert_eq!(signs.len(), 1, "{}", reader.screen());
        assert_ne!(buffer.content[signs[0] - 1].symbol(), "中", "a wide character lies over it");
    }
}

#[test]
fn at_the_end_of_a_text_what_is_measured_is_what_is_in_sight() {
    let folder = tempfile::tempdir().unwrap();
    // Broken, the lines below fill the screen; whole, the wide one comes into sight again.
    let below = format!("{}\n", "b".repeat(100)).repeat(28);
    let text = format!("# End\n\n```text\n{}wide-end\n{below}```\n", "a".repeat(200));
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut reader = Reader::of((76, 36), Some(folder.path()));
    assert!(!reader.types("G").screen().contains("wide-end"), "{}", reader.screen());
    let screen = reader.types(&">".repeat(20)).screen();
    assert!(screen.contains("wide-end"), "{screen}");
}

#[test]
fn only_links_in_sight_are_selected() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        format!("# Links\n\n|a|b|c|\n|-|-|-|\n|{0}|{0}|[far](https://far.example)|\n", "word ".repeat(9));
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut reader = Reader::of((74, 36), Some(folder.path()));
    let narrow = reader.types("-----------").screen();
    assert!(narrow.contains("far"), "{narrow}");
    let whole = reader.types(">l").screen();
    assert!(whole.contains("No link is in sight."), "{whole}");
    assert!(reader.types(">>>l").screen().contains("To far.example"), "{}", reader.screen());
}

#[test]
fn where_nothing_is_wide_nothing_changes() {
    let mut reader = Reader::new(WIDE);
    let before = reader.state().reading;
    reader.types(">");
    assert_eq!(reader.state().reading, before);
    assert!(reader.screen().contains("Nothing in sight is wider than the page."));
}

#[test]
fn the_head_and_the_first_column_of_a_wide_table_stay_in_sight() {
    let folder = tempfile::tempdir().unwrap();
    let row = |number| format!("| row{number} |{}\n", format!(" {} |", "x".repeat(40)).repeat(5));
    let rows: String = (0..60).map(row).collect();
    let text = format!("# Wide\n\n| Name | One | Two | Three | Four | Five |\n|{}\n{rows}", "---|".repeat(6));
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut reader = Reader::of(WIDE, Some(folder.path()));
    let screen = reader.types(">>20j").screen();
    assert!(screen.contains("Name") && !screen.contains("row5"), "{screen}");
    assert!(screen.contains("row30"), "{screen}");
    let screen = reader.types(&">".repeat(20)).screen();
    assert!(screen.contains("Name") && screen.contains("Five") && screen.contains("row30"), "{screen}");
    let screen = reader.types("G").screen();
    assert!(screen.contains("Name") && screen.contains("row59"), "{screen}");
}

#[test]
fn a_table_that_fits_beside_the_text_column_is_not_scrolled() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("# Wide\n\n|a|b|\n|-|-|\n|{}|end|\n", "word ".repeat(15));
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut reader = Reader::of((200, 50), Some(folder.path()));
    let screen = reader.screen();
    assert!(
        screen.lines().any(|line| line.contains(&format!("{}  end", ["word"; 15].join(" ")))),
        "{screen}"
    );
    assert!(reader.types(">").screen().contains("Nothing in sight is wider than the page."));
}
