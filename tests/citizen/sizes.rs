//! Any size, and any storm of sizes.

use crate::WIDE;
use crate::terminal::Running;

const SIZES: [(u16, u16); 10] =
    [(0, 0), (1, 1), (2000, 2000), (3, 200), (500, 2), (24, 8), (69, 15), (70, 16), (109, 24), (0, 50)];

#[test]
fn a_storm_of_sizes_leaves_everything_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Running::start(WIDE, folder.path(), &["--theme", "dark"]);
    program.shows("Start here").types("s7j").shows("If you are afraid");
    // The panes, the help and a search, each with the storm passing over it.
    for (open, shown, close) in
        [("", "If you are afraid", ""), ("?", "In every pane", "\x1b"), ("/secure", " hits", "\x1b")]
    {
        let before = program.types(open).shows(shown).settled();
        for round in 0..20_u16 {
            for size in SIZES {
                program.resize(size);
            }
            program.resize((round * 11 % 230, round * 7 % 70));
        }
        program.resize(WIDE).shows_again(&before);
        program.types(close).settled();
    }
    program.shows("If you are afraid").types("q");
    assert!(program.ends().success());
}

#[test]
fn it_starts_at_any_size() {
    for size in SIZES {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Running::start(size, folder.path(), &["--theme", "dark"]);
        program.until("a first frame", |_| true).resize(WIDE).shows("Start here").types("q");
        assert!(program.ends().success(), "at {size:?}");
    }
}
