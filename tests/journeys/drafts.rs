//! What is typed and not saved: nothing of it is lost, and none of it is shown unasked.

use crate::shared::{after, message, notes};
use crate::support::Reader;
use crate::{MEDIUM, NARROW, WIDE};

#[test]
fn what_a_crash_left_is_not_shown_unasked_and_its_key_shows_it() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut reader = Reader::new(size);
        let screen = reader.types("dHe called<crash>").screen();
        assert!(!screen.contains("He called"), "{screen}");
        assert!(screen.contains("Something you had typed is waiting: U shows it."), "{screen}");
        // Another start without having asked for it loses nothing.
        let screen = reader.types("]<again>").screen();
        assert!(screen.contains("is waiting: U shows it."), "{screen}");
        assert!(reader.types("U").screen().contains("He called"), "{}", reader.screen());
        reader.types(" at nine<Esc>");
        assert_eq!(notes(&mut reader), ["He called at nine"]);
        assert!(!reader.types("<again>").screen().contains("is waiting"), "{}", reader.screen());
    }
}

#[test]
fn what_a_crash_left_is_there_when_the_same_evening_is_opened() {
    let mut reader = after("dHe called<crash>d");
    assert!(reader.screen().contains("He called"), "{}", reader.screen());
    assert!(message(&reader).contains("what you had typed"), "{}", message(&reader));
    reader.types("<Esc>U");
    assert!(message(&reader).contains("Nothing that you typed is waiting"), "{}", message(&reader));
    assert_eq!(notes(&mut reader), ["He called"]);
}

#[test]
fn what_waits_and_what_is_written_meanwhile_both_outlive_the_next_crash() {
    let mut reader = after("dHe called<crash>]aA thought<crash>U");
    let screen = reader.screen();
    assert!(screen.contains("He called") && screen.contains("A thought"), "{screen}");
    reader.types("<Esc>");
    let mut notes = notes(&mut reader);
    notes.sort();
    assert_eq!(notes, ["A thought", "He called"]);
}

#[test]
fn what_waits_stays_with_its_course() {
    let mut reader = after("dHe called<crash>OG<Enter>");
    assert!(!reader.types("U").screen().contains("He called"), "{}", reader.screen());
    reader.types("<Esc>dOf another course<crash>");
    let screen = reader.types("U").screen();
    assert!(screen.contains("He called") && !screen.contains("Of another course"), "{screen}");
    let screen = reader.types("<Esc>OG<Enter>U").screen();
    assert!(screen.contains("Of another course"), "{screen}");
}

#[test]
fn escape_leaves_a_form_and_what_was_typed_comes_back() {
    for back in ["u", "U", "a"] {
        let mut reader = after("<Tab>a<Enter>I did not<Esc>");
        assert!(reader.state().overlay.is_none());
        assert!(message(&reader).contains("u brings it back"), "{}", message(&reader));
        let screen = reader.types(back).screen();
        assert!(screen.contains("I did not") && screen.contains("Ctrl-s saves it"), "{back}: {screen}");
        reader.types(" shout<Tab>I left<Ctrl-s>");
        assert!(reader.screen().contains("I did not shout"), "{}", reader.screen());
        // What is saved waits no longer.
        assert!(!reader.types("a").screen().contains("I did not shout"), "{}", reader.screen());
        assert!(!message(reader.types("<Esc>")).contains("brings it back"));
    }
}

#[test]
fn each_form_has_a_draft_of_its_own() {
    let mut reader = after("<Tab>pwhen he shouts<Esc>jpwhen I am tired<Esc>a<Tab>I rested<Esc>");
    assert!(reader.types("p").screen().contains("when I am tired"), "{}", reader.screen());
    assert!(reader.types("<Esc>kp").screen().contains("when he shouts"), "{}", reader.screen());
    assert!(reader.types("<Esc>a").screen().contains("I rested"), "{}", reader.screen());
}

#[test]
fn a_form_waits_for_its_writer_however_the_program_ends() {
    for end in ["<again>", "<crash>", "<Esc><again>"] {
        for (script, words) in [
            ("<Tab>a<Enter>I did not shout", "I did not shout"),
            ("<Tab>a <Enter>I rested", "I rested"),
            ("<Tab>pwhen he shouts", "when he shouts"),
            ("<Tab>a <Enter>I rested<Ctrl-s>e<End> for an hour", "I rested for an hour"),
        ] {
            let mut reader = after(script);
            let screen = reader.types(end).screen();
            assert!(!screen.contains(words), "shown unasked: {screen}");
            assert!(message(&reader).contains("U shows it"), "{script}{end}: {}", message(&reader));
            let screen = reader.types("U").screen();
            assert!(screen.contains(words), "{script}{end}: {screen}");
            reader.types("<Ctrl-s>");
            // It is written on where a field is still empty, and waits no longer once it is saved.
            if reader.state().overlay.is_some() {
                reader.types("I left<Ctrl-s>");
            }
            assert!(reader.state().overlay.is_none(), "{}", reader.screen());
            reader.types("<again>");
            assert!(!message(&reader).contains("shows it"), "{script}{end}: {}", message(&reader));
        }
    }
}

#[test]
fn a_note_and_a_form_wait_beside_each_other_and_the_last_one_comes_first() {
    for (script, last, next, other) in [
        ("dHe called<Alt-s><Tab>a<Enter>I did not shout<crash>U", "I did not shout", "<Esc>d", "He called"),
        ("<Tab>a<Enter>I did not shout<Esc>dHe called<crash>U", "He called", "<Esc>U", "I did not shout"),
    ] {
        let mut reader = after(script);
        assert!(reader.screen().contains(last), "{script}: {}", reader.screen());
        assert!(reader.types(next).screen().contains(other), "{script}: {}", reader.screen());
    }
}

#[test]
fn undoing_takes_back_what_was_done_last_and_a_form_left_before_stays() {
    let mut reader = after("<Tab>a<Enter>I did not<Esc>x");
    reader.types("u");
    assert!(message(&reader).starts_with("Undone: kept"), "{}", message(&reader));
    assert!(reader.types("U").screen().contains("I did not"), "{}", reader.screen());
}

#[test]
fn a_form_that_was_left_outlives_another_course() {
    let reader = after("<Tab>a<Enter>I did not<Esc>OG<Enter>OG<Enter>U");
    assert!(reader.screen().contains("I did not"), "{}", reader.screen());
}

#[test]
fn answers_wait_for_whoever_comes_back_to_the_questions_until_they_are_done() {
    for script in ["w<Enter>2232", "w<Enter>223222111"] {
        let mut reader = after(script);
        let overlay = reader.state().overlay.clone();
        reader.types("<Esc>");
        assert!(reader.state().overlay.is_none());
        assert_eq!(reader.types("w").state().overlay, overlay);
        assert_eq!(reader.types("<Esc>u").state().overlay, overlay);
    }
    // A way on is the end of them.
    let begun = after("w").state().overlay.clone();
    for way_on in ["jj<Enter>", "y", "s"] {
        let mut reader = after("w<Enter>223222111");
        assert_eq!(reader.types(way_on).types("w").state().overlay, begun, "{way_on}");
    }
}

#[test]
fn words_for_how_often_that_are_not_finished_outlive_a_crash_and_are_no_note() {
    let mut reader = after("<Tab>a <Enter>I rested<Tab><Tab>every other d<crash>");
    assert!(!reader.screen().contains("every other d"), "{}", reader.screen());
    let screen = reader.types("U").screen();
    assert!(screen.contains("I rested") && screen.contains("every other d"), "{screen}");
    reader.types("<Ctrl-s>");
    assert!(message(&reader).contains("such as mon thu"), "{}", message(&reader));
    reader.types("<Ctrl-u>mon thu<Ctrl-s>");
    assert!(reader.state().overlay.is_none(), "{}", reader.screen());
    assert_eq!(notes(&mut reader), [""; 0]);
    assert!(!reader.types("<again>").screen().contains("is waiting"), "{}", reader.screen());
}
