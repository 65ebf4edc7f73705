//! Exercises of lessons: what she writes stands there, what she chooses is shown, what she is asked
//! comes again.

use crate::support::Reader;
use crate::{NARROW, WIDE, snapshot};
use sidelight::course::{CourseId, ExerciseId};
use sidelight::journal::{Journal, Operation};
use sidelight::practice::exercise_note_name;
use sidelight::reader::overlay::Overlay;
use std::fs;
use std::path::{Path, PathBuf};

const FIRST: &str = "# A limit

> [!WRITE] my-limit
> Your limit as one sentence that begins \"I am not willing to\".

> [!CHOOSE] at-eleven
> It is eleven at night and he has not answered. Which message?
>
> - [ ] \"Did you get my message?\"
>   It asks again, and tells him that he will get no room.
> - [x] None tonight.
>   He has your message.

> [!ASK] want-or-must
> When do people do a thing?
>
> ---
>
> When they can, and want to.
";

const SECOND: &str = "# Later

Some words stand before it.

> [!YOURS] my-limit
> What you wrote in lesson 1:

The end.
";

/// A course of two lessons in a folder.
fn course(folder: &Path) -> PathBuf {
    let manifest = r#"{ "format": 2, "id": "limits", "title": "Limits", "summary": "A small course.",
        "language": "en", "parts": [{ "title": "All", "lessons": [
            { "id": "a-limit", "title": "A limit", "file": "1.md" },
            { "id": "later", "title": "Later", "file": "2.md" } ] }],
        "checklist": { "avoid": [], "embrace": [] } }"#;
    fs::write(folder.join("course.json"), manifest).unwrap();
    fs::write(folder.join("1.md"), FIRST).unwrap();
    fs::write(folder.join("2.md"), SECOND).unwrap();
    folder.to_owned()
}

/// A reader of that course.
fn reader(folder: &Path, size: (u16, u16)) -> Reader {
    Reader::of(size, Some(&course(folder)))
}

fn shows(screen: &str, parts: &[&str]) {
    for part in parts {
        assert!(screen.contains(part), "{part:?} is missing in\n{screen}");
    }
}

/// The questions that were met, each with its lesson and day.
fn met(reader: &mut Reader) -> Vec<String> {
    let world = reader.session().world();
    let questions = world.ledger.questions(&world.course.id);
    questions.map(|(id, lesson, day)| format!("{id} {lesson} {day}")).collect()
}

const WORDS: &str = "I am not willing to wait.";

#[test]
fn exercises_stand_in_the_text_at_both_sizes() {
    let folder = tempfile::tempdir().unwrap();
    let mut wide = reader(folder.path(), WIDE);
    wide.types(&format!("l<Enter>{WORDS}<Ctrl-s>ll<Enter>l<Enter>"));
    snapshot("exercises_on_a_wide_screen", &wide.screen(), "exercises");
    let mut narrow = reader(folder.path(), NARROW);
    narrow.types(&format!("l<Enter>{WORDS}<Ctrl-s>"));
    snapshot("exercises_on_a_narrow_screen", &narrow.screen(), "exercises");
}

#[test]
fn what_she_writes_stands_in_the_text_and_everywhere_that_it_is_shown_again() {
    for size in [WIDE, NARROW] {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = reader(folder.path(), size);
        shows(&reader.screen(), &["┃ Write", "│ Enter writes here."]);
        shows(&reader.types("l").screen(), &["Enter writes here. Nobody else sees it."]);
        let writing = reader.types("<Enter>").screen();
        shows(&writing, &["Your limit as one sentence"]);
        let written = reader.types(&format!("{WORDS}<Ctrl-s>")).screen();
        shows(&written, &["│ I am not willing to wait.", "Saved."]);
        assert!(!written.contains("Enter writes here."), "{written}");
        shows(&reader.types("<again>").screen(), &["│ I am not willing to wait."]);
        shows(&reader.types("]").screen(), &["┃ Your words", "│ I am not willing to wait."]);
        // Changed from where it is shown again.
        let changed = reader.types("l<Enter> Not a day.<Ctrl-s>").screen();
        shows(&changed, &["│ I am not willing to wait. Not a day."]);
        shows(&reader.types("[").screen(), &["│ I am not willing to wait. Not a day."]);
        shows(&reader.types("u").screen(), &["│ I am not willing to wait.  "]);
        assert!(!reader.screen().contains("Not a day."), "undo takes it back");
    }
}

#[test]
fn where_nothing_is_written_yet_the_key_leads_to_where_it_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    let screen = reader.types("]l").screen();
    shows(&screen, &["You have not written this yet.", "in lesson 1."]);
    reader.types("<Enter>");
    assert_eq!(reader.state().reading.lesson, 0);
    shows(&reader.screen(), &["│ Enter writes here."]);
    reader.types("<Ctrl-o>");
    assert_eq!(reader.state().reading.lesson, 1);
}

#[test]
fn an_answer_shows_what_it_does_and_others_can_be_tried_and_nothing_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    let closed = reader.screen();
    shows(&closed, &["1. ▸ \"Did you get", "2. ▸ None tonight."]);
    assert!(!closed.contains("[x]") && !closed.contains("It asks again"), "{closed}");
    let log = |reader: &Reader| {
        let files = fs::read_dir(reader.folder().join("log")).into_iter().flatten();
        files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect::<String>()
    };
    let before = log(&reader);
    shows(&reader.types("ll").screen(), &["Enter shows what this does."]);
    shows(&reader.types("<Enter>").screen(), &["1. ▾", "It asks again", "Another one fits better."]);
    let second = reader.types("l<Enter>").screen();
    shows(&second, &["2. ✓ None tonight.", "He has your message.", "This one fits."]);
    assert_eq!(log(&reader), before, "something was saved");
}

#[test]
fn the_key_that_a_place_to_write_names_opens_it_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    shows(&reader.screen(), &["Enter writes here"]);
    reader.types(&format!("<Enter>{WORDS}<Ctrl-s>"));
    shows(&reader.screen(), &["I am not willing to wait."]);
}

#[test]
fn a_picture_above_a_place_to_write_does_not_take_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let course = course(folder.path());
    let first =
        FIRST.replacen("# A limit\n", "# A limit\n\n![A fence](fence.png)\n\n![A gate](gate.png)\n", 1);
    fs::write(folder.path().join("1.md"), first).unwrap();
    let mut reader = Reader::of(WIDE, Some(&course));
    assert!(reader.screen().contains("Enter writes here."), "{}", reader.screen());
    assert!(matches!(reader.types("<Enter>").state().overlay, Some(Overlay::Note(_))), "{}", reader.screen());
    // Where there is nothing but pictures, one is selected, and says what it is.
    fs::write(folder.path().join("1.md"), "# A limit\n\n![A fence](fence.png)\n").unwrap();
    let mut reader = Reader::of(WIDE, Some(&course));
    let said = reader.types("<Enter>").state().message.clone().unwrap_or_default();
    assert!(said.contains("A picture: "), "{said}");
}

#[test]
fn a_question_keeps_its_answer_until_it_is_asked_for() {
    for size in [WIDE, NARROW] {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = reader(folder.path(), size);
        let closed = reader.types("G").screen();
        shows(&closed, &["▸ Show the answer"]);
        assert!(!closed.contains("When they can"), "{closed}");
        shows(&reader.types("h").screen(), &["Enter shows the answer."]);
        shows(&reader.types("<Enter>G").screen(), &["▾ The answer", "When they can, and want to."]);
        assert!(!reader.types("<Esc>h<Enter>").screen().contains("When they can"));
    }
}

#[test]
fn questions_of_a_lesson_that_was_read_to_its_end_are_met_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), NARROW);
    assert_eq!(met(&mut reader), [""; 0]);
    reader.types("G");
    assert_eq!(met(&mut reader), ["want-or-must a-limit 2026-11-22"]);
    reader.types("gG<tomorrow>gG");
    assert_eq!(met(&mut reader), ["want-or-must a-limit 2026-11-22"]);
    // A question that came to a lesson that was read is met when it is read again.
    let more =
        format!("{FIRST}\n{}", FIRST[FIRST.find("> [!ASK]").unwrap()..].replace("want-or-must", "another"));
    fs::write(folder.path().join("1.md"), more).unwrap();
    reader.types("<again>gG");
    assert_eq!(met(&mut reader).len(), 2);
}

#[test]
fn her_words_and_the_answers_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    reader.types(&format!("l<Enter>{WORDS}<Ctrl-s>"));
    shows(&reader.types("/willing to wait").screen(), &["I am not willing to wait."]);
    reader.types("<Esc><Esc>");
    let found = reader.types("/takes no room").screen();
    assert!(found.contains("No matches"), "{found}");
    reader.types("<Esc><Esc>");
    shows(&reader.types("/gets no room").screen(), &["> ~ …and tells him that he will get no room."]);
    reader.types("<Esc><Esc>");
    let found = reader.types("/get no room<Enter>").screen();
    shows(&found, &["1. ▾ \"Did you get", "he will get no room"]);
}

#[test]
fn what_she_wrote_stays_under_what_was_asked_when_the_exercise_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    reader.types(&format!("l<Enter>{WORDS}<Ctrl-s>"));
    let changed = FIRST.replace("[!WRITE] my-limit", "[!NOTE]");
    fs::write(folder.path().join("1.md"), &changed).unwrap();
    reader.types("<again>");
    let list = reader.types("D").screen();
    shows(&list, &["> Your limit as one sentence that", "I am not willing to wait."]);
    let opened = reader.types("<Enter>").screen();
    shows(&opened, &["Your limit as one sentence", "I am not willing to wait."]);
    // It became a question: her words stay her note, and are no answer.
    let asks =
        FIRST.replace("[!WRITE] my-limit", "[!ASK] my-limit").replace("to\".", "to\".\n>\n> ---\n>\n> None.");
    fs::write(folder.path().join("1.md"), asks).unwrap();
    reader.types("<Esc><Esc><again>");
    shows(&reader.types("D").screen(), &["I am not willing to wait."]);
}

#[test]
fn two_windows_that_write_at_once_keep_both() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    reader.types("l<Enter>One way.");
    let mut opened = Journal::open(reader.folder()).unwrap();
    let (course, note) = (CourseId::new("limits"), exercise_note_name(&ExerciseId::new("my-limit")));
    let (day, text) = (reader.state().today, "Another way.".to_owned());
    let other = Operation::Note { course, note, day, place: None, text };
    opened.journal.append(&mut opened.ledger, vec![other]).unwrap();
    reader.session().read_new_records();
    reader.types("<Ctrl-s>");
    let list = reader.types("D").screen();
    shows(&list, &["One way.", "Another way."]);
    assert_eq!(list.matches("Your limit as one sentence").count(), 2, "{list}");
}

#[test]
fn what_she_writes_is_named_by_what_was_asked_in_what_she_takes_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = reader(folder.path(), WIDE);
    reader.types(&format!("l<Enter>{WORDS}<Ctrl-s>"));
    let world = reader.session().world();
    let id = ExerciseId::new("my-limit");
    assert_eq!(world.practice().words_for(&id).unwrap().text, WORDS);
    let without = sidelight::practice::Practice::of_journal(&world.course.id, None, world.ledger);
    let note = without.words_for(&id).unwrap();
    assert_eq!(without.note_label(&note), "Your limit as one sentence that begins \"I am not willing to\".");
}

#[test]
fn a_place_for_words_that_are_not_written_yet_leads_to_where_they_are_asked_for_in_the_same_lesson_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = course(folder.path());
    let between = "Text.\n\n".repeat(30);
    fs::write(path.join("1.md"), format!("{FIRST}\n{between}> [!YOURS] my-limit\n> What you wrote:\n"))
        .unwrap();
    let mut reader = Reader::of(NARROW, Some(&path));
    reader.types("Gl");
    let said = reader.state().message.clone().unwrap();
    assert_eq!(said, "Enter goes to where it is asked.");
    let screen = reader.types("<Enter>").screen();
    assert!(reader.state().overlay.is_none(), "{screen}");
    shows(&screen, &["Your limit as one sentence"]);
    // There the same key writes, and what is written is changed from either place.
    reader.types(&format!("<Enter>{WORDS}<Ctrl-s>Gl<Enter>"));
    shows(&reader.screen(), &[WORDS]);
    assert!(reader.state().overlay.is_some());
}
