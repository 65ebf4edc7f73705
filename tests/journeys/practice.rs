//! The journeys of the daily practice.

use crate::support::Reader;
use crate::{NARROW, WIDE};
use std::path::Path;

/// What the reader does, at which size, and with which keys.
pub(crate) const JOURNEYS: &[(&str, (u16, u16), &str)] = &[
    ("where_am_i_begins_with_what_to_know", WIDE, "w"),
    ("where_am_i_asks_one_question_a_screen", WIDE, "w<Enter>"),
    ("where_am_i_on_a_narrow_screen", NARROW, "w<Enter>jj<Down>k<Up>"),
    ("an_answer_is_given_by_its_digit_and_taken_back", WIDE, "w<Enter>22<Backspace>h<Left><Enter>"),
    ("fear_ends_the_questions_at_once", WIDE, "w<Enter>1"),
    ("the_page_to_read_first_opens_from_the_questions", WIDE, "w<Enter>1<Enter>"),
    ("s_leads_from_the_questions_to_the_same_page", WIDE, "w<Enter>1s"),
    ("the_questions_end_in_a_suggestion", WIDE, "w<Enter>222222111"),
    (
        "the_suggestion_scrolls_on_a_narrow_screen",
        NARROW,
        "w<Enter>222222111 b<PgDn><PgUp>f<Ctrl-d><Ctrl-u>G<Home><End>gjk<Down><Up><PgDn>",
    ),
    ("going_back_from_the_suggestion_asks_again", WIDE, "w<Enter>222222111h3<Left>3<Backspace>"),
    ("an_open_question_puts_the_page_to_read_first_first", WIDE, "w<Enter>322222111"),
    ("leaving_the_questions_keeps_nothing", WIDE, "w<Enter>2222<Esc>"),
    ("leaving_the_suggestion_keeps_nothing", WIDE, "w<Enter>222222111<Esc>"),
    ("the_suggestion_is_taken_over", WIDE, "w<Enter>222222111y"),
    ("the_way_on_is_chosen_with_enter", WIDE, "w<Enter>222222111j<Enter>"),
];

/// Everything that the journal holds, as text.
fn log(reader: &Reader) -> String {
    let folder = reader.folder().join("log");
    let Ok(files) = std::fs::read_dir(folder) else { return String::new() };
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// The built-in course in a folder of its own, changed.
fn changed_course(change: impl FnOnce(&mut serde_json::Value)) -> tempfile::TempDir {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/reconcile");
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("lessons")).unwrap();
    for file in std::fs::read_dir(from.join("lessons")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.path().join("lessons").join(file.file_name())).unwrap();
    }
    let manifest = std::fs::read_to_string(from.join("course.json")).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    change(&mut manifest);
    std::fs::write(folder.path().join("course.json"), manifest.to_string()).unwrap();
    folder
}

#[test]
fn no_answer_is_ever_stored() {
    let mut reader = Reader::new(WIDE);
    reader.types("w<Enter>222222111<Esc>");
    assert_eq!(log(&reader), "");
    reader.types("w<Enter>222222111y");
    let log = log(&reader);
    assert!(log.contains("\"route\"") && log.contains("\"listed\""), "{log}");
    for word in ["question", "answer", "afraid", "outcome"] {
        assert!(!log.contains(word), "{word} in {log}");
    }
}

#[test]
fn a_course_without_questions_does_not_show_their_key_and_says_so_when_it_is_pressed() {
    let course = changed_course(|manifest| {
        manifest.as_object_mut().unwrap().remove("guide");
    });
    let mut reader = Reader::of(WIDE, Some(course.path()));
    assert!(!reader.screen().contains("where am I?"), "{}", reader.screen());
    reader.types("w");
    assert!(reader.screen().contains("This course has no questions of this kind."));
    reader.types("?GGG");
    assert!(!reader.screen().to_lowercase().contains("where am i"), "{}", reader.screen());
}
