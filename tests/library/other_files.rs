//! Files that are no Markdown, and those in other encodings.

use super::{open, text, write};
use sidelight::course::Lesson;
use sidelight::text::BlockKind;
use std::fs;

fn language(lesson: &Lesson) -> String {
    match &lesson.load().block(0).unwrap().kind {
        BlockKind::Code { language } => language.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_no_markdown_is_shown_line_by_line() {
    let root = tempfile::tempdir().unwrap();
    write(
        root.path(),
        &[
            ("list.txt", "Milk\nBread\n# 3 eggs\n"),
            ("main.RS", "---\nfn main() {\n    let _a_ = 2 * 3 * 4;\n}\n---\n"),
        ],
    );
    let list = &open(&root.path().join("list.txt")).course.lessons[0];
    assert_eq!((text(list).as_str(), list.title()), ("Milk\nBread\n# 3 eggs", "list.txt"));
    let source = &open(&root.path().join("main.RS")).course.lessons[0];
    assert_eq!(text(source), "---\nfn main() {\n    let _a_ = 2 * 3 * 4;\n}\n---");
    assert_eq!(language(source), "rs");
}

#[test]
fn a_long_source_is_shown_line_by_line_to_its_end() {
    let root = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..40_000).map(|line| format!("line {line}\n```\n")).collect();
    let lines = lines.concat();
    fs::write(root.path().join("long.py"), &lines).unwrap();
    let lesson = &open(&root.path().join("long.py")).course.lessons[0];
    let blocks: Vec<_> = lesson.load().blocks().map(|(_, block)| block).collect();
    assert!(
        lesson.load().portions() > 1
            && blocks.iter().all(|block| matches!(block.kind, BlockKind::Code { .. }))
    );
    assert!(blocks.iter().rev().skip(1).all(|block| block.continues) && !blocks.last().unwrap().continues);
    let text = text(lesson);
    let differs = text.lines().zip(lines.lines()).enumerate().find(|(_, (shown, line))| shown != line);
    assert_eq!((differs, text.lines().count()), (None, 80_000));
}

#[test]
fn other_encodings_are_read_and_a_guess_is_said() {
    let root = tempfile::tempdir().unwrap();
    let utf16: Vec<u8> = "\u{feff}# Мир\n\nПривет.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(root.path().join("utf16.md"), utf16).unwrap();
    fs::write(root.path().join("cp1251.md"), b"# \xcc\xe8\xf0\n\n\xcf\xf0\xe8\xe2\xe5\xf2.\n").unwrap();
    let long: Vec<u8> =
        "\u{feff}слово\n\n".repeat(40_000).encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(root.path().join("zlong.md"), long).unwrap();
    let course = open(root.path()).course;
    let [guessed, marked, long] = &course.lessons[..] else { panic!("three lessons") };
    assert_eq!((text(marked).as_str(), marked.title()), ("Мир\nПривет.", "Мир"));
    assert!(
        text(guessed).starts_with("This file is not UTF-8. It is shown as windows-1251"),
        "{}",
        text(guessed)
    );
    assert!(text(guessed).ends_with("Мир\nПривет.") && guessed.title() == "Мир");
    assert!(long.load().blocks().all(|(_, block)| block.text == "слово"));
}

#[test]
fn a_notebook_shows_its_text_and_its_code() {
    let root = tempfile::tempdir().unwrap();
    let cells = r##"{"cells": [{"cell_type": "markdown", "source": ["# Title\n", "Text."]}, {"cell_type": "code", "source": "print(1)", "outputs": []}]}"##;
    write(root.path(), &[("a.ipynb", cells), ("b.qmd", "# Quarto"), ("c.Rmd", "# R"), ("d.mdx", "# Mdx")]);
    let course = open(root.path()).course;
    let titles: Vec<&str> = course.lessons.iter().map(Lesson::title).collect();
    assert_eq!(titles, ["a", "Quarto", "R", "Mdx"]);
    assert_eq!(text(&course.lessons[0]), "Title\nText.\nprint(1)");
}
