//! What hands expect: one meaning of Esc, numbers before keys, and the keys of other programs.

use crate::shared::{after, lesson, message, notes};
use crate::support::Reader;
use crate::{MEDIUM, NARROW, WIDE};
use sidelight::reader::keys::Context;
use sidelight::reader::overlay::Overlay;
use sidelight::reader::pane::Pane;
use sidelight::reader::{Key, TerminalEffect};

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

#[test]
fn escape_hides_the_highlights_and_the_search_goes_on() {
    let highlighted = |reader: &Reader| reader.state().current_find().is_some();
    let mut reader = after("/secure<Enter><Esc>");
    assert!(!highlighted(&reader));
    reader.types("<Esc>n");
    assert!(highlighted(&reader));
    assert_eq!(reader.state().reading, after("/secure<Enter>n").state().reading);
    assert_eq!(message(&reader), message(&after("/secure<Enter>n")));
    assert!(message(&after("n")).starts_with("No search yet"));
    assert_eq!(message(&after("/zqzq<Enter>n")), "No matches for \"zqzq\"; / starts another search.");
}

#[test]
fn hits_are_walked_from_where_she_is() {
    let hit = |script: &str| message(&after(script));
    assert!(hit("/secure<Enter>2n2N").contains(" of "));
    // At the beginning of the course no hit is above.
    assert!(hit("/secure<Enter>3n99[gn").starts_with("1 of "), "{}", hit("/secure<Enter>3n99[gn"));
    let last = hit("/secure<Enter>3n99[gN");
    let (number, all) = last.split_once(" of ").unwrap();
    assert_eq!(number, all);
    assert!(hit("/secure<Enter>3n99[g2n").starts_with("2 of "));
    // As long as the last one is in sight, it is walked on from there.
    assert_eq!(hit("/secure<Enter>njkn"), hit("/secure<Enter>nn"));
}

#[test]
fn a_hit_has_the_same_number_in_the_list_and_in_the_text() {
    let mut reader = after("/secure");
    // The best ones stand above, out of order.
    assert!(reader.screen().lines().any(|line| line.contains("/ secure") && line.contains(" hits")));
    let best = reader.state().search().unwrap().find.best.len();
    reader.types(&"<Down>".repeat(best + 2));
    let screen = reader.screen();
    let shown = screen.lines().find(|line| line.contains("/ secure")).unwrap();
    let (number, all) = shown.rsplit_once(" of ").unwrap();
    let number: usize = number.rsplit(' ').next().unwrap().parse().unwrap();
    assert_eq!(number, 3);
    reader.types("<Enter>n");
    let all = all.split(|sign: char| !sign.is_ascii_digit()).next().unwrap();
    assert_eq!(message(&reader), format!("{} of {all}", number + 1));
}

#[test]
fn a_search_without_a_hit_closes_and_the_next_keys_are_no_part_of_it() {
    let mut reader = after("/zqzq<Enter>");
    assert_eq!(message(&reader), "No matches for \"zqzq\".");
    assert!(reader.state().overlay.is_none());
    assert_eq!(reader.types("5j").state().reading.top, after("5j").state().reading.top);
    assert!(message(&after("/fast.*grep<Enter>")).contains("regex:fast.*grep"));
    assert!(after("/regex:(<Enter>").state().overlay.is_none());
    // What was typed before can be mended.
    assert_eq!(after("/zqzq<Enter>/<Up>").state().search().unwrap().field.text(), "zqzq");
}

#[test]
fn ctrl_c_quits_and_leaves_a_typed_line_first_where_nobody_has_to_be_quick() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("a.md");
    std::fs::write(&text, "# A text\n\nWithout a page for danger.\n").unwrap();
    for open in ["/abc", ":abc", "?/abc", "m", "'"] {
        let mut reader = Reader::of(WIDE, Some(&text));
        reader.types(open);
        assert!(effects_of(&mut reader, "Ctrl-c").is_empty(), "{open}");
        let is_help = matches!(reader.state().overlay, Some(Overlay::Help(_)));
        assert!(is_help || reader.state().overlay.is_none(), "{open}");
        assert!(effects_of(&mut reader, "Ctrl-c").contains(&TerminalEffect::Quit), "{open}");
    }
    for open in ["dWords", "/abc", ":abc", "?/abc", "/abc<Ctrl-g>"] {
        assert!(effects_of(&mut after(open), "Ctrl-c").contains(&TerminalEffect::Quit), "{open}");
    }
    let mut hidden = Reader::of(WIDE, Some(&text));
    assert!(effects_of(hidden.types("/abc<Ctrl-g>"), "Ctrl-c").contains(&TerminalEffect::Quit));
}

#[test]
fn a_key_that_is_no_letter_closes_the_prompt_for_one_and_does_what_it_does() {
    assert_eq!(after("]'<Ctrl-o>").state().reading, after("]<Ctrl-o>").state().reading);
    assert_eq!(after("]''").state().reading, after("]<Ctrl-o>").state().reading);
    assert!(after("'/").state().search().is_some());
    assert_eq!(after("'<Tab>").state().focus, Pane::Checklist);
    let reader = after("m!");
    assert!(reader.state().overlay.is_none());
    assert_eq!(message(&reader), "! works in the checklist. c goes there.");
    assert!(message(&after("m'")).contains("a letter or a digit"));
}

#[test]
fn the_way_forward_is_named_when_she_goes_back() {
    assert_eq!(message(&after("]<Ctrl-o>")), "Back. Ctrl-n goes forward again.");
    assert_eq!(message(&after("]]<Ctrl-o><Ctrl-o>")), "");
}

/// A text of one file, long enough to be scrolled.
fn one_file() -> (tempfile::TempDir, Reader) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("README.md");
    let section = |number: usize| format!("## Section {number}\n\n{}", "Words.\n\n".repeat(30));
    let text = format!("# Title\n\n{}", (1..6).map(section).collect::<String>());
    std::fs::write(&path, text).unwrap();
    let reader = Reader::of(MEDIUM, Some(&path));
    (folder, reader)
}

#[test]
fn where_nothing_is_ticked_the_keys_of_a_pager_scroll() {
    let (_folder, mut reader) = one_file();
    let top = |reader: &Reader| reader.state().reading.top;
    reader.types("<Ctrl-d><Ctrl-d>");
    let expected = top(&reader);
    assert_eq!(top(reader.types("gdd")), expected);
    assert!(reader.state().overlay.is_none());
    reader.types("<Ctrl-u>");
    let above = top(&reader);
    assert_eq!(top(reader.types("gddu")), above);
    assert!(!reader.types("?").screen().contains("three lines"), "{}", reader.screen());
    // By its name an action is itself.
    let (here, said) = (top(reader.types("<Esc>gd")), "There is nothing to undo in this session.");
    assert_eq!(message(reader.types(":undo<Enter>")), said);
    assert_eq!(top(&reader), here);
    reader.types("g");
    // What was done is taken back first.
    reader.types("<Esc>aA note<Esc>");
    assert_eq!(notes(&mut reader), ["A note"]);
    let before = top(&reader);
    assert_eq!(top(reader.types("u")), before);
    assert!(notes(&mut reader).is_empty());
    // With an item of her own there is something to do day by day.
    reader.types("ca I rested<Ctrl-s>d");
    assert!(matches!(reader.state().overlay, Some(Overlay::Note(_))), "{}", reader.screen());
    let screen = reader.types("<Esc>:three lines").screen();
    assert!(screen.contains("> three lines about the day"), "{screen}");
    assert!(reader.types("<Esc>?/three lines").screen().contains("about the day"), "{}", reader.screen());
    let footer = reader.types("<Esc><Esc>c<120x36>").screen();
    assert!(footer.lines().last().unwrap().contains("d evening"), "{footer}");
}

#[test]
fn the_brackets_walk_the_headings_of_a_single_text() {
    let (_folder, mut reader) = one_file();
    let first = |reader: &Reader| reader.screen().lines().nth(2).unwrap().to_owned();
    assert!(first(reader.types("]")).contains("Section 1"), "{}", reader.screen());
    assert!(first(reader.types("]]")).contains("Section 3"), "{}", reader.screen());
    assert!(first(reader.types("2[")).contains("Section 1"), "{}", reader.screen());
    assert_eq!(message(reader.types("99]]]")), "This is the last section.");
    assert_eq!(message(reader.types("99[[")), "This is the first section.");
    assert_eq!(message(reader.types("A")), "There is no lesson for a hard minute here.");
    assert_eq!(message(reader.types("L")), "L does nothing here. ? shows the keys.");
}

#[test]
fn a_text_that_is_read_in_portions_is_walked_by_its_headings_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.md");
    let section = |number: usize| format!("## Section {number}\n\n{}", "Words of it.\n\n".repeat(1_500));
    let text = format!("# Title\n\n{}", (1..9).map(section).collect::<String>());
    assert!(text.len() > sidelight::text::long::WHOLE);
    std::fs::write(&path, text).unwrap();
    let mut reader = Reader::of(MEDIUM, Some(&path));
    let first = |reader: &Reader| reader.screen().lines().nth(2).unwrap().to_owned();
    for (keys, section) in [("]", 1), ("]", 2), ("3]", 5), ("jjj[", 5), ("[", 4), ("99]", 8), ("2[", 6)] {
        assert!(
            first(reader.types(keys)).contains(&format!("Section {section}")),
            "{keys}\n{}",
            reader.screen()
        );
    }
    assert_eq!(message(reader.types("99]]")), "This is the last section.");
    reader.types("99[");
    assert!(first(&reader).contains("Title"), "{}", reader.screen());
    assert_eq!(message(reader.types("[")), "This is the first section.");
    // Without any, it is looked for a while and no longer.
    std::fs::write(&path, "Words.\n\n".repeat(80_000)).unwrap();
    let mut reader = Reader::of(MEDIUM, Some(&path));
    assert_eq!(message(reader.types("]")), "No other section is near.");
    assert_eq!(message(reader.types("[")), "No other section is near.");
    std::fs::write(&path, "Words.\n\n".repeat(20_000)).unwrap();
    let mut reader = Reader::of(MEDIUM, Some(&path));
    assert_eq!(message(reader.types("]")), "There are no sections to go to here.");
}

#[test]
fn a_number_and_a_per_cent_sign_lead_there() {
    let (_folder, mut reader) = one_file();
    let top = |reader: &mut Reader, script: &str| reader.types(script).state().reading.top;
    assert_eq!(top(&mut reader, "0%"), top(&mut reader, "g"));
    let (end, half) = (top(&mut reader, "G"), top(&mut reader, "g50%"));
    assert!(half > top(&mut reader, "25%") && half < top(&mut reader, "75%"));
    assert_eq!(top(&mut reader, "g:50%<Enter>"), half);
    for script in ["g100%", "g:$<Enter>", "g999%"] {
        assert_eq!(top(&mut reader, script), end, "{script}");
    }
    assert!(message(reader.types("%")).contains("With a number before it"));
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
        "<Ctrl-e><Ctrl-y>50%''",
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
}

#[test]
fn no_answer_is_selected_before_she_selects_one() {
    let mut reader = after("w<Enter>");
    let question = reader.state().overlay.clone();
    assert!(!reader.screen().contains("▌"), "{}", reader.screen());
    assert_eq!(reader.types("<Enter><Enter><Enter>").state().overlay, question);
    assert!(message(&reader).contains("Select an answer"), "{}", message(&reader));
    assert!(message(reader.types("9")).contains("The answers here are 1 to"), "{}", message(&reader));
    reader.types("jj<Enter>");
    assert!(reader.screen().contains("Question 2"), "{}", reader.screen());
    assert!(!reader.screen().contains("▌"), "{}", reader.screen());
}

#[test]
fn letters_that_are_typed_at_a_choice_go_to_the_text() {
    let reader = after("<Tab>aI did not shout");
    assert!(reader.screen().contains("I did not shout"), "{}", reader.screen());
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
        let line = screen.lines().find(|line| line.contains("▌> ")).unwrap_or_default();
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
