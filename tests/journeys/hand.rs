//! What hands expect: one meaning of Esc, nothing typed lost, the keys of other programs, and no
//! key that is silent.

use crate::support::Reader;
use crate::{MEDIUM, NARROW, WIDE};
use sidelight::reader::bindings::{bindings, resolve};
use sidelight::reader::keys::Context;
use sidelight::reader::overlay::Overlay;
use sidelight::reader::pane::Pane;
use sidelight::reader::{Key, TerminalEffect};
use std::collections::HashSet;

/// What opens each overlay, and whether text or a letter is typed in it.
const OVERLAYS: [(&str, bool); 19] = [
    (".", false),
    ("?", false),
    ("?/", true),
    ("/sec", true),
    ("w", false),
    ("w<Enter>", false),
    ("w<Enter>223222111", false),
    ("<Tab>a", true),
    ("<Tab>p", true),
    ("d", true),
    ("a", true),
    ("D", false),
    ("t", false),
    ("m", true),
    ("'", true),
    (":", true),
    ("v", false),
    ("O", false),
    ("M", false),
];

fn message(reader: &Reader) -> String {
    reader.state().message.clone().unwrap_or_default()
}

fn lesson(reader: &mut Reader) -> String {
    let lesson = reader.state().reading.lesson;
    reader.session().world().course.lessons[lesson].id.to_string()
}

fn notes(reader: &mut Reader) -> Vec<String> {
    let world = reader.session().world();
    world.ledger.notes(&world.course.id).into_iter().map(|note| note.text).collect()
}

/// Types a script on the usual screen from the first start on.
fn after(script: &str) -> Reader {
    let mut reader = Reader::new(WIDE);
    reader.types(script);
    reader
}

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
    for (script, last) in [
        ("dHe called<Alt-s><Tab>a<Enter>I did not shout<crash>U", "I did not shout"),
        ("<Tab>a<Enter>I did not shout<Esc>dHe called<crash>U", "He called"),
    ] {
        let mut reader = after(script);
        assert!(reader.screen().contains(last), "{script}: {}", reader.screen());
        reader.types("<Esc>cad<Esc>");
        assert!(reader.types("d").screen().contains("He called") || last == "He called");
    }
}

#[test]
fn a_list_that_is_at_its_end_says_so() {
    for script in ["<Tab>Gj", "<Tab>G<Ctrl-d>", "<Shift-Tab>Gj", "d<paste words>/<Esc><Esc>Dj"] {
        let reader = after(script);
        assert_eq!(message(&reader), "This is the end of the list.", "{script}");
    }
    for script in ["<Tab>gk", "<Shift-Tab>gk", "Ok"] {
        assert_eq!(message(&after(script)), "This is the beginning of the list.", "{script}");
    }
    for script in ["<Tab>j", "<Shift-Tab>j", "<Tab>1G"] {
        assert_eq!(message(&after(script)), "", "{script}");
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
fn the_first_escape_takes_back_a_number_and_nothing_else() {
    let mut reader = after("/secure<Enter>12<Esc>");
    assert_eq!(reader.state().count, None);
    assert!(reader.state().find.is_some());
    let top = reader.state().reading.top;
    reader.types("j");
    assert_eq!(after("/secure<Enter>j").state().reading.top, reader.state().reading.top);
    assert_ne!(reader.state().reading.top, top);
    let mut reader = after("v5<Esc>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Review(_))));
    assert!(reader.types("<Esc>").state().overlay.is_none());
}

#[test]
fn escape_leads_back_to_what_an_overlay_was_opened_from() {
    let mut reader = after("vw");
    assert!(matches!(reader.types("<Esc>").state().overlay, Some(Overlay::Review(_))));
    reader.types("wKinder than I thought<Esc>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Review(_))), "{}", reader.screen());
    assert_eq!(notes(&mut reader), ["Kinder than I thought"]);
    assert!(reader.types("<Esc>").state().overlay.is_none());

    reader.types("D<Enter>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Note(_))));
    assert!(matches!(reader.types("<Esc>").state().overlay, Some(Overlay::Notes(_))));
    reader.types("<Enter>, like marmalade<Esc>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Notes(_))));
    assert!(reader.screen().contains("Kinder than I thought, like marmalade"), "{}", reader.screen());
    assert!(reader.types("<Esc>").state().overlay.is_none());

    reader.types("/marmalade<Enter>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Notes(_))), "{}", reader.screen());
    assert!(reader.types("<Esc>").state().search().is_some());
    assert!(reader.types("<Esc>").state().overlay.is_none());
}

#[test]
fn help_opens_in_every_overlay_begins_with_it_and_leads_back() {
    for (open, is_typed) in OVERLAYS {
        let mut reader = after(open);
        let before = reader.state().overlay.clone();
        if matches!(before, Some(Overlay::Help(_))) {
            continue;
        }
        let title = reader.state().context().title();
        for key in if is_typed { &["<F1>"][..] } else { &["<F1>", "?"] } {
            let screen = reader.types(key).screen();
            let lines: Vec<&str> = screen.lines().map(str::trim).collect();
            assert!(lines.iter().any(|line| *line == format!("{title} (where you are)")), "{open}: {screen}");
            assert!(screen.contains("Ctrl-g") && screen.contains("Alt-s"), "{open}: {screen}");
            assert_eq!(reader.types("<Esc>").state().overlay, before, "{open}");
        }
    }
    // Help for the help is the help.
    let mut reader = after("?/page<F1>");
    reader.types("<Esc><Esc>");
    assert!(reader.state().overlay.is_none(), "{}", reader.screen());
}

#[test]
fn the_page_for_danger_opens_from_everywhere_and_nothing_typed_is_lost() {
    for (open, is_typed) in OVERLAYS {
        for key in if is_typed { &["<Alt-s>"][..] } else { &["<Alt-s>", "s"] } {
            let mut reader = after(open);
            reader.types(key);
            assert_eq!(lesson(&mut reader), "is-this-for-you-now", "{open}{key}");
            assert!(reader.screen().contains("Ring your local emergency number"), "{open}{key}");
            assert!(reader.state().overlay.is_none() && reader.state().beneath.is_empty(), "{open}{key}");
            assert_eq!(reader.state().focus, Pane::Reading);
        }
    }
    for (script, typed) in [("dHe called", "He called"), ("<Tab>a<Tab>I hummed", "I hummed")] {
        let mut reader = after(script);
        assert!(!reader.types("<Alt-s>").screen().contains(typed), "{}", reader.screen());
        assert!(reader.types("U").screen().contains(typed), "{}", reader.screen());
    }
    // Not even when the program ends then.
    let mut reader = after("dHe called<Alt-s><crash>");
    assert!(reader.types("U").screen().contains("He called"), "{}", reader.screen());
}

#[test]
fn everything_is_hidden_from_everywhere() {
    for (open, _) in OVERLAYS {
        let mut reader = after(open);
        let (overlay, screen) = (reader.state().overlay.clone(), reader.screen());
        assert_eq!(reader.types("<Ctrl-g>").screen().trim(), "", "{open}");
        reader.types("<Ctrl-o>");
        assert_eq!((&reader.state().overlay, reader.screen()), (&overlay, screen), "{open}");
    }
}

#[test]
fn the_last_row_names_hiding_and_the_page_for_danger_first() {
    let footer = |reader: &Reader| reader.screen().lines().last().unwrap_or_default().trim().to_owned();
    for open in ["", "<Tab>", "<Shift-Tab>", ".", "v", "D", "t", "w<Enter>"] {
        let reader = after(open);
        assert!(
            footer(&reader).starts_with("A first aid   Ctrl-g hide   s safety   "),
            "{open}: {}",
            reader.screen()
        );
    }
    for open in ["d", "<Tab>a", ":", "/"] {
        let reader = after(open);
        let first = "Alt-a first aid   Ctrl-g hide   Alt-s safety   ";
        assert!(footer(&reader).starts_with(first), "{open}: {}", reader.screen());
    }
    // A course that has no such page names none.
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.md", "b.md"] {
        std::fs::write(folder.path().join(name), "# Title\n\nText.\n").unwrap();
    }
    let reader = Reader::of(WIDE, Some(folder.path()));
    assert!(footer(&reader).starts_with("Ctrl-g hide   ") && !reader.screen().contains("safety"));
}

/// What a key asks of the terminal.
fn effects_of(reader: &mut Reader, key: &str) -> Vec<TerminalEffect> {
    reader.session().key(&Key::parse(key).unwrap().to_event())
}

#[test]
fn the_commands_of_other_programs_work_in_the_palette() {
    for command in ["q", "wq", "q!", "x", "quit"] {
        let mut reader = after(&format!(":{command}"));
        assert!(effects_of(&mut reader, "Enter").contains(&TerminalEffect::Quit), "{command}");
    }
    assert!(matches!(after(":help<Enter>").state().overlay, Some(Overlay::Help(_))));
    assert_eq!(message(&after(":w<Enter>")), "Everything is saved.");
    assert_eq!(message(&after("<Ctrl-s>")), "Everything is saved.");
    assert_eq!(after(":12<Enter>").state().reading.top, after("11j").state().reading.top);
}

#[test]
fn a_number_counts_with_every_movement() {
    let top = |script: &str| after(script).state().reading.top;
    let reading = |script: &str| after(script).state().reading;
    assert_eq!(reading("3]"), reading("]]]"));
    assert_eq!(reading("4]3["), reading("]"));
    assert_eq!(reading("999]").lesson, reading("<Shift-Tab>G<Enter>").lesson);
    assert_eq!(top("12G"), top("11j"));
    assert_eq!(top("12g"), top("11j"));
    assert_eq!(top("G5G"), top("4j"));
    assert_eq!(top("2<Ctrl-d>"), top("<Ctrl-d><Ctrl-d>"));
    assert_eq!(reading("/secure<Enter>3n"), reading("/secure<Enter>nnn"));
    assert_eq!(reading("/secure<Enter>4n3N"), reading("/secure<Enter>n"));
    assert_eq!(reading("]]]3<Ctrl-o>"), reading("]]]<Ctrl-o><Ctrl-o><Ctrl-o>"));
    assert_eq!(reading("]]]3<Ctrl-o>2<Ctrl-n>"), reading("]]]<Ctrl-o>"));
    assert_eq!(reading("Gb2l").link, reading("Gbll").link);
    let checklist = |script: &str| after(script).state().checklist.selected.clone();
    assert_eq!(checklist("<Tab>3G"), checklist("<Tab>jj"));
    assert_eq!(checklist("<Tab>3j2k"), checklist("<Tab>j"));
    for (open, three) in [("t", "jj"), ("O", "jj"), ("<Tab>*j*j*v", "jj")] {
        let by_number = after(&format!("{open}g3G")).state().overlay.clone();
        assert_eq!(by_number, after(&format!("{open}g{three}")).state().overlay, "{open}");
    }
}

#[test]
fn zz_puts_the_hit_that_was_gone_to_into_the_middle() {
    let mut reader = after("/have limits<Enter>");
    let row =
        |reader: &Reader| reader.screen().lines().position(|line| line.contains("have limits")).unwrap();
    let before = row(&reader);
    reader.types("zz");
    assert!(row(&reader) > before && (13..=21).contains(&row(&reader)), "{}", reader.screen());
    // What is not in sight is left where it is.
    let top = reader.types("g").state().reading.top;
    assert_eq!(reader.types("zz").state().reading.top, top);
}

/// Types keys in every list and many elsewhere, and returns what was typed where.
pub(crate) fn pages_everywhere() -> Vec<(Context, Key)> {
    let mut typed = Vec::new();
    let mut screen = |script: &str| {
        let reader = after(script);
        let screen = reader.screen();
        typed.extend(reader.typed);
        screen
    };
    let noted = "dOne<Tab>Two<Tab>Three<Esc>D";
    for open in ["", "<Shift-Tab>", "<Tab>", noted, "t", "M", "O", "<Tab>*j*v", "w<Enter>223222111", "?"] {
        for (page, others) in [("<PgDn>", ["f", "<Ctrl-f>"]), ("<PgDn><PgUp>", ["<PgDn>b", "<PgDn><Ctrl-b>"])]
        {
            let expected = screen(&format!("{open}{page}"));
            for other in others {
                assert_eq!(screen(&format!("{open}{other}")), expected, "{open}{other}");
            }
        }
    }
    for open in [noted, "t", "M", "O", "?"] {
        for (page, other) in [
            ("<PgDn>", " "),
            ("<PgDn>", "<Ctrl-d>"),
            ("g<PgDn><PgUp>", "g<PgDn><Ctrl-u>"),
            ("g", "G<End>g<Home>"),
            ("g", "g<Down><Up>jk"),
        ] {
            let expected = screen(&format!("{open}{page}"));
            assert_eq!(screen(&format!("{open}{other}")), expected, "{open}{other}");
        }
    }
    for script in [
        "?/page<Down><PgDn><Up><PgUp><Esc>",
        "?/page<Enter>",
        "?<F1>",
        "<Alt-s>",
        "<Tab>L",
        "vsvcv?",
        "ccU",
        "<Ctrl-s>",
    ] {
        screen(script);
    }
    typed
}

#[test]
fn ctrl_f_and_ctrl_b_are_the_page_keys_everywhere() {
    assert!(!pages_everywhere().is_empty());
}

#[test]
fn what_was_searched_for_comes_back_above_the_first_hit() {
    let mut reader = after("/secure<Enter>/fear<Esc>/");
    let typed = |reader: &Reader| reader.state().search().map(|search| search.field.text().to_owned());
    for text in ["fear", "secure", "", "fear"] {
        reader.types("<Up>");
        assert_eq!(typed(&reader).as_deref(), Some(text));
    }
    // Below the first hit the key moves among the hits.
    reader.types("<Down><Down><Up>");
    assert_eq!(typed(&reader).as_deref(), Some("fear"));
    assert_eq!(reader.state().search().unwrap().find.selected, 1);
    let reader = after(":headings<Esc>:<Up>");
    assert!(reader.screen().contains(": headings"), "{}", reader.screen());
}

#[test]
fn from_an_item_to_its_passage_and_back_is_the_same_item() {
    let items = after("").session().world().course.items.len();
    for item in 0..items {
        let moves = if item == 0 { String::new() } else { format!("{item}j") };
        let mut reader = after(&format!("<Tab>{moves}"));
        let before = reader.state().checklist.selected.clone();
        reader.types("o");
        assert_eq!(reader.state().focus, Pane::Reading);
        reader.types("o");
        assert_eq!(reader.state().focus, Pane::Checklist);
        assert_eq!(reader.state().checklist.selected, before);
    }
}

#[test]
fn one_key_leads_to_the_checklist_and_back() {
    for size in [WIDE, MEDIUM, NARROW] {
        for (before, pane) in [("", Pane::Reading), ("<Shift-Tab>", Pane::Navigator)] {
            let mut reader = Reader::new(size);
            assert_eq!(reader.types(before).types("c").state().focus, Pane::Checklist);
            assert!(reader.screen().contains("TODAY"), "{}", reader.screen());
            assert_eq!(reader.types("c").state().focus, pane);
        }
    }
    for (open, is_typed) in OVERLAYS {
        if !is_typed {
            let mut reader = after(open);
            reader.types("c");
            assert_eq!((reader.state().focus, reader.state().overlay.is_none()), (Pane::Checklist, true));
        }
    }
}

#[test]
fn no_answer_is_selected_before_she_selects_one() {
    let mut reader = after("w<Enter>");
    let question = reader.state().overlay.clone();
    assert!(!reader.screen().lines().any(|line| line.trim_start().starts_with("> ")), "{}", reader.screen());
    assert_eq!(reader.types("<Enter><Enter><Enter>").state().overlay, question);
    assert!(message(&reader).contains("Select an answer"), "{}", message(&reader));
    assert!(message(reader.types("9")).contains("The answers here are 1 to"), "{}", message(&reader));
    reader.types("jj<Enter>");
    assert!(reader.screen().contains("question 2"), "{}", reader.screen());
    assert!(!reader.screen().lines().any(|line| line.trim_start().starts_with("> ")), "{}", reader.screen());
}

#[test]
fn letters_that_are_typed_at_a_choice_go_to_the_text() {
    let reader = after("<Tab>aI did not shout");
    assert!(reader.screen().contains("I did not shout"), "{}", reader.screen());
}

#[test]
fn a_key_that_does_nothing_says_where_it_works_once() {
    let mut reader = after("x");
    assert_eq!(message(&reader), "x works in the checklist. c goes there.");
    assert_eq!(message(reader.types("x")), "");
    assert_eq!(message(reader.types("Z")), "Z does nothing here. ? shows the keys.");
    assert_eq!(message(reader.types("<Tab>t")), "t works in the text. Shift-Tab goes there.");
    assert_eq!(message(reader.types("v!")), "! does nothing here. ? shows the keys.");
    assert_eq!(message(reader.types("<Esc>d<F7>")), "F7 does nothing here. F1 shows the keys.");
    // Its release says nothing.
    let mut event = Key::parse("Q").unwrap().to_event();
    event.kind = crossterm::event::KeyEventKind::Release;
    let mut reader = after("");
    reader.session().key(&event);
    assert_eq!(message(&reader), "");
    // Nor does anything while nothing is shown.
    let mut reader = after("<Ctrl-g>Z<Ctrl-o>");
    assert_eq!(message(reader.types("<Ctrl-l>")), "");
}

#[test]
fn no_key_of_another_pane_is_silent() {
    for (pane, focus) in
        [(Context::READING, ""), (Context::CHECKLIST, "<Tab>"), (Context::NAVIGATOR, "<Shift-Tab>")]
    {
        let mut reader = after(focus);
        let keys: HashSet<Key> = bindings()
            .iter()
            .filter(|row| row.context.is_pane())
            .flat_map(sidelight::reader::keys::Binding::all_keys)
            .collect();
        for key in keys {
            if resolve(reader.session().world().keymap, pane, &key.to_event()).is_none() {
                reader.types(&format!("<{key}>"));
                assert!(message(&reader).contains(" works in "), "{key} in {pane:?}: {}", message(&reader));
            }
        }
    }
}

#[test]
fn the_end_of_a_lesson_says_which_key_goes_on() {
    for key in ["j", " ", "<PgDn>", "<Ctrl-d>", "G"] {
        let mut reader = after("G");
        let next = reader.session().world().course.lessons[1].title().to_owned();
        reader.types(key);
        assert_eq!(message(&reader), format!("This is the end. ] opens: {next}"), "{key}");
    }
    assert_eq!(message(&after("k")), "This is the beginning of the first lesson.");
    assert!(message(&after("]k")).starts_with("This is the beginning. [ opens: "));
    assert_eq!(message(&after("999]GG")), "This is the end of the last lesson.");
    // In her own order it is the key that goes on in it.
    assert!(message(&after("w<Enter>223222111yRGG")).starts_with("This is the end. R opens: "));
}

#[test]
fn the_width_of_the_text_is_said() {
    let reader = after("--");
    let width = reader.state().geometry().text_width();
    assert_eq!(message(&reader), format!("The text is {width} columns wide."));
    let mut reader = Reader::new((200, 60));
    reader.types("+");
    assert_eq!(message(&reader), "72 columns are the most.");
    reader.types("20-");
    for _ in 0..20 {
        reader.types("-");
    }
    assert_eq!(message(&reader), "30 columns are the least.");
    assert_eq!(message(reader.types("=")), "The text is 72 columns wide, as by default.");
    let mut reader = Reader::new(NARROW);
    assert_eq!(message(reader.types("+")), "The text fills its pane: 56 columns.");
}

#[test]
fn no_mark_is_made_at_the_row_that_stands_for_the_other_items() {
    let mut reader = after("<Tab>*Lj");
    assert!(
        reader.screen().lines().any(|line| line.contains('>') && line.contains("More")),
        "{}",
        reader.screen()
    );
    for key in ["x", "!", "-", "x", "x"] {
        reader.types(key);
        assert!(message(&reader).contains("nothing is marked here"), "{key}: {}", message(&reader));
    }
    assert!(reader.state().undo.done.len() == 1, "only the list was changed");
    reader.types("<Enter>");
    assert_eq!(message(&reader), "");
    assert!(!reader.screen().contains("More:"), "{}", reader.screen());
}

#[test]
fn keys_that_would_do_nothing_in_a_list_say_why() {
    for (script, says) in [
        ("D<Enter>", "There are none yet."),
        ("/zebra<Enter>", "There is no hit to go to"),
        (":zzzz<Enter>", "Nothing fits what you typed"),
        ("w<Backspace>", "There is no question before this."),
        ("<Shift-Tab>l", "There is nothing to unfold here."),
    ] {
        assert!(message(&after(script)).contains(says), "{script}: {}", message(&after(script)));
    }
}

#[test]
fn the_palette_finds_a_file_by_its_name_and_a_lesson_by_its_id() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# First\n\nText.\n").unwrap();
    std::fs::write(folder.path().join("zz-quince.md"), "# Second\n\nText.\n").unwrap();
    let mut reader = Reader::of(WIDE, Some(folder.path()));
    let screen = reader.types(":quince").screen();
    assert!(screen.lines().any(|line| line.contains("> Second") && line.contains("zz-quince")), "{screen}");
    reader.types("<Enter>");
    assert_eq!(reader.state().reading.lesson, 1);
    let mut reader = after(":is-this-for-you<Enter>");
    assert_eq!(lesson(&mut reader), "is-this-for-you-now");
}

#[test]
fn the_palette_begins_with_what_fits_the_pane() {
    for (focus, first) in [("<Tab>", "kept to it"), ("", "page down"), ("<Shift-Tab>", "open the lesson")] {
        let screen = after(&format!("{focus}:")).screen();
        let line = screen.lines().find(|line| line.trim_start().starts_with("> ")).unwrap_or_default();
        assert!(line.contains(first), "{screen}");
    }
}

#[test]
fn the_help_is_searched_and_wraps() {
    let screen = after("?/narrower").screen();
    assert!(screen.contains("a narrower text column") && !screen.contains("half a page"), "{screen}");
    let mut reader = Reader::new((30, 20));
    for step in 0..40 {
        let screen = if step == 0 { reader.types("?").screen() } else { reader.types(" ").screen() };
        // The first row and the last are not the help's.
        assert!(!screen.lines().skip(1).take(18).any(|line| line.contains('…')), "{screen}");
    }
}
