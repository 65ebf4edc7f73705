//! Lessons with pictures, shown in characters of two colours.

use crate::support::Reader;
use crate::{NARROW, WIDE};
use image::{Rgb, RgbImage};
use ratatui::style::Color;
use sidelight::app::Preferences;
use sidelight::reader::pictures::{BlockColours, PictureWay};
use std::collections::HashSet;
use std::path::Path;

const SMALL: (u16, u16) = (80, 24);

/// The colour of the upper half of the picture, and that of the lower.
const ABOVE: Color = Color::Rgb(200, 0, 0);
const BELOW: Color = Color::Rgb(0, 0, 200);

/// A picture of two colours, one above the other.
fn write_picture(file: &Path, width: u32, height: u32) {
    let colour = |y| if y < height / 2 { Rgb([200, 0, 0]) } else { Rgb([0, 0, 200]) };
    RgbImage::from_fn(width, height, |_, y| colour(y)).save(file).unwrap();
}

/// A reader of a lesson with a picture, between so many paragraphs.
fn reader(folder: &Path, size: (u16, u16), before: usize, after: usize) -> Reader {
    write_picture(&folder.join("flag.png"), 160, 64);
    let text = |word: &str, count| (0..count).fold(String::new(), |text, n| format!("{text}{word} {n}.\n\n"));
    let (above, below) = (text("Above", before), text("Below", after));
    let lesson = format!("# A flag\n\n{above}![Two colours](flag.png)\n\n{below}The end.\n");
    std::fs::write(folder.join("a.md"), lesson).unwrap();
    let mut reader = Reader::of(size, Some(&folder.join("a.md")));
    reader.prefers(with_pictures());
    reader.types("j").types("k");
    reader
}

fn with_pictures() -> Preferences {
    Preferences { picture_way: PictureWay::Blocks(BlockColours::True), ..Preferences::default() }
}

/// The rows of the picture on the screen, from above: the colours of the first of its cells, and how
/// many cells there are.
fn rows(reader: &Reader) -> Vec<(u16, [Color; 2], usize)> {
    let buffer = reader.buffer();
    let row = |y: u16| {
        let cells: Vec<_> =
            (0..buffer.area.width).map(|x| &buffer[(x, y)]).filter(|cell| cell.symbol() == "▀").collect();
        cells.first().map(|cell| (y, [cell.fg, cell.bg], cells.len()))
    };
    (0..buffer.area.height).filter_map(row).collect()
}

#[test]
fn a_picture_stands_above_its_description() {
    for size in [NARROW, SMALL, WIDE, (200, 60)] {
        let folder = tempfile::tempdir().unwrap();
        let reader = reader(folder.path(), size, 1, 1);
        let rows = rows(&reader);
        // 160 by 64 pixels, of which a cell shows four by eight: forty columns and eight rows.
        assert_eq!(rows.len(), 8, "{size:?}\n{}", reader.screen());
        for (index, (_, colours, cells)) in rows.iter().enumerate() {
            let colour = if index < 4 { ABOVE } else { BELOW };
            assert_eq!((*colours, *cells), ([colour; 2], 40), "{size:?}, row {index}");
        }
        let screen = reader.screen();
        let below = screen.lines().nth(usize::from(rows[7].0) + 1).unwrap();
        assert!(below.contains("Two colours"), "{screen}");
    }
}

#[test]
fn a_picture_is_scaled_to_a_narrower_column_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), NARROW, 0, 1);
    assert_eq!(rows(&reader).len(), 8);
    reader.types("<34x20>");
    let narrow = rows(&reader);
    assert_eq!((narrow.len(), narrow[0].2), (6, 30), "{}", reader.screen());
    reader.types("<60x20>");
    assert_eq!((rows(&reader).len(), rows(&reader)[0].2), (8, 40));
}

#[test]
fn a_picture_scrolls_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), NARROW, 2, 30);
    let before = rows(&reader);
    reader.types("jjjj");
    let after = rows(&reader);
    assert_eq!(after.len(), before.len());
    assert_eq!(after[0].0 + 4, before[0].0);
    // The first rows have left at the top.
    reader.types("jjjjj");
    let cut = rows(&reader);
    assert!(cut.len() < 8 && cut.last().unwrap().1 == [BELOW; 2], "{}", reader.screen());
    reader.types("g");
    assert_eq!(rows(&reader), before);
}

#[test]
fn hiding_leaves_no_cell_of_it_and_it_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), SMALL, 1, 1);
    let before = rows(&reader);
    assert_eq!(before.len(), 8);
    reader.types("<Ctrl-g>");
    assert_eq!(reader.screen().trim(), "");
    assert!(reader.buffer().content.iter().all(|cell| (cell.fg, cell.bg) == (Color::Reset, Color::Reset)));
    assert!(reader.session().world().pictures.is_empty(), "none is left in memory");
    reader.types("<Ctrl-o>");
    assert_eq!(rows(&reader), before);
}

/// Looks at a lesson with a picture, below so many paragraphs, after one key that does something with
/// it; another brings it back as it was.
fn changed_and_back(
    paragraphs: usize,
    preferences: Preferences,
    key: &str,
    back: &str,
    changed: impl FnOnce(&Reader),
) {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), SMALL, paragraphs, 1);
    reader.prefers(preferences).types("jk");
    let before = rows(&reader);
    assert_eq!(before.len(), 8);
    changed(reader.types(key));
    reader.types(back);
    assert_eq!(rows(&reader), before);
}

/// The colours of the cells of the picture that nothing lies over.
fn colours(reader: &Reader) -> HashSet<Color> {
    let buffer = reader.buffer();
    let cells = buffer.content.iter().filter(|cell| cell.symbol() == "▀");
    cells.flat_map(|cell| [cell.fg, cell.bg]).collect()
}

#[test]
fn an_overlay_lies_over_it_and_dims_what_is_beside() {
    changed_and_back(0, with_pictures(), "M", "<Esc>", |reader| {
        assert!(reader.state().overlay.is_some());
        let left: Vec<usize> = rows(reader).iter().map(|(.., cells)| *cells).collect();
        assert!(left.iter().any(|cells| *cells < 40), "nothing lies over it: {}", reader.screen());
        assert_eq!(colours(reader), HashSet::from([Color::Rgb(66, 0, 0), Color::Rgb(0, 0, 66)]));
    });
    // Of the 256 colours these are the nearest, both of the picture's and of a third of them.
    let way = PictureWay::Blocks(BlockColours::Indexed);
    let indexed = Preferences { picture_way: way, ..Preferences::default() };
    changed_and_back(0, indexed, "M", "<Esc>", |reader| {
        assert_eq!(colours(reader), HashSet::from([Color::Indexed(52), Color::Indexed(17)]));
    });
}

#[test]
fn a_key_leaves_the_description_alone_and_another_brings_the_picture_back() {
    changed_and_back(1, with_pictures(), "i", "i", |reader| {
        assert_eq!(rows(reader), []);
        assert!(reader.screen().contains("Two colours"));
        assert!(reader.screen().contains("only their descriptions"));
    });
}

#[test]
fn where_there_are_no_pictures_the_key_says_so_and_nothing_is_different() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), SMALL, 1, 1);
    reader.prefers(Preferences::default());
    assert!(reader.types("i").screen().contains("Pictures can't be shown here"));
    assert_eq!(rows(&reader), []);
    assert!(reader.screen().contains("Two colours"));
}

#[test]
fn what_is_read_stays_where_it_is_when_a_picture_comes() {
    let folder = tempfile::tempdir().unwrap();
    // The last is the blank line behind the description: the picture comes above it.
    for (moves, first) in [("8G", ["Above 2.", ""]), ("G", ["Below 23.", ""]), ("13G", ["", "Below 0."])] {
        let mut reader = reader(folder.path(), NARROW, 4, 30);
        reader.prefers(Preferences::default());
        reader.types("g").types(moves);
        let first_two = |reader: &Reader| -> Vec<String> {
            let screen = reader.screen();
            let lines = screen.lines().skip(2).take(2);
            lines.map(|line| line.trim_end_matches('▐').trim().to_owned()).collect()
        };
        assert_eq!(first_two(&reader), first, "{}", reader.screen());
        reader.prefers(with_pictures());
        reader.types("<Ctrl-l>");
        assert_eq!(first_two(&reader), first, "{moves}\n{}", reader.screen());
    }
}

#[test]
fn a_picture_that_comes_to_the_block_at_the_top_is_seen_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), NARROW, 4, 30);
    reader.prefers(Preferences::default());
    assert!(reader.types("g12G").screen().lines().nth(2).unwrap().contains("Two colours"));
    reader.prefers(with_pictures());
    reader.types("<Ctrl-l>");
    assert_eq!(rows(&reader)[0].0, 2, "{}", reader.screen());
}

#[test]
fn within_a_line_in_a_heading_and_in_a_table_it_is_its_description() {
    let folder = tempfile::tempdir().unwrap();
    write_picture(&folder.path().join("flag.png"), 160, 64);
    let text = "# A ![flag](flag.png)\n\nSee ![this](flag.png).\n\n| ![cell](flag.png) |\n|---|\n| b |\n";
    std::fs::write(folder.path().join("a.md"), text).unwrap();
    let mut reader = Reader::of(WIDE, Some(folder.path()));
    reader.prefers(with_pictures()).types("jk");
    assert_eq!(rows(&reader), []);
}

#[test]
fn what_cannot_be_shown_says_why_and_what_is_no_file_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let in_folder = |name: &str| folder.path().join("in").join(name);
    std::fs::create_dir(folder.path().join("in")).unwrap();
    write_picture(&folder.path().join("secret.png"), 8, 8);
    std::os::unix::fs::symlink("../secret.png", in_folder("link.png")).unwrap();
    for name in ["drawing.svg", "drawing.png"] {
        std::fs::write(in_folder(name), "<svg></svg>").unwrap();
    }
    let names =
        ["link.png", "drawing.svg", "drawing.png", "gone.png", "../secret.png", "https://example.org/a.png"];
    let text = names.map(|name| format!("![About {name}]({name})\n\n")).concat();
    std::fs::write(in_folder("a.md"), text).unwrap();
    let mut reader = Reader::of(WIDE, Some(&folder.path().join("in")));
    reader.prefers(with_pictures()).types("jk");
    let screen = reader.screen();
    for (name, reason) in [
        ("link.png", "(not shown: `link.png` is a link that leads out of the folder)"),
        ("drawing.png", "(not shown: only PNG, JPEG, GIF and WebP can be)"),
        ("gone.png", "(not shown: the file `gone.png` does not exist)"),
    ] {
        let mut lines = screen.lines().skip_while(|line| !line.contains(&format!("About {name}")));
        assert!(lines.nth(1).unwrap().contains(reason), "{name}\n{screen}");
    }
    assert_eq!(screen.matches("not shown").count(), 3, "{screen}");
    assert_eq!(rows(&reader), []);
}
