//! Whole sessions, each written as one line of keys and the screen that it ends in.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "journeys/data.rs"]
mod data;
#[path = "journeys/drafts.rs"]
mod drafts;
#[path = "journeys/everywhere.rs"]
mod everywhere;
#[path = "journeys/exercises.rs"]
mod exercises;
#[path = "journeys/files.rs"]
mod files;
#[path = "journeys/folds.rs"]
mod folds;
#[path = "journeys/hand.rs"]
mod hand;
#[path = "journeys/journey.rs"]
mod journey;
#[path = "journeys/last_rows.rs"]
mod last_rows;
#[path = "journeys/looks.rs"]
mod looks;
#[path = "journeys/pictures.rs"]
mod pictures;
#[path = "journeys/pointer.rs"]
mod pointer;
#[path = "journeys/practice.rs"]
mod practice;
#[path = "journeys/rebinding.rs"]
mod rebinding;
#[path = "journeys/second_window.rs"]
mod second_window;
#[path = "journeys/shared.rs"]
mod shared;
#[path = "journeys/sideways.rs"]
mod sideways;
#[path = "journeys/six_weeks.rs"]
mod six_weeks;
mod support;
#[path = "journeys/today.rs"]
mod today;
#[path = "journeys/two_weeks.rs"]
mod two_weeks;
#[path = "journeys/weeks.rs"]
mod weeks;

use journey::{Journey, ends_as, journeys, kept, snapshot, snapshots};
use sidelight::page::Top;
use sidelight::reader::State;
use sidelight::reader::bindings::bindings;
use sidelight::reader::keys::Context;
use sidelight::reader::keys::context::ContextKind;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use support::Reader;

const WIDE: (u16, u16) = (120, 36);
const MEDIUM: (u16, u16) = (90, 30);
const NARROW: (u16, u16) = (60, 20);

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

journeys! {
    the_first_start_opens_the_first_lesson: WIDE, "";
    the_first_start_on_a_medium_screen: MEDIUM, "";
    the_first_start_on_a_narrow_screen: NARROW, "";
    a_found_word_leads_to_the_item_taught_there_and_back_tomorrow: WIDE, "/begg<Enter>ox<again>";
    the_same_on_a_narrow_screen: NARROW, "/begg<Enter>ox<again>";
    she_reads_by_pages_to_the_end_and_the_lesson_is_marked_read: WIDE, "   <PgDn>f<End>";
    she_reads_line_by_line_and_back: WIDE, "jjj<Down><Down>k<Up>";
    she_goes_half_a_page_down_and_up: WIDE, "<Ctrl-d><Ctrl-d><Ctrl-u>";
    she_goes_to_the_end_and_to_the_beginning: WIDE, "G<PgUp>bg";
    home_and_end_do_as_they_say: WIDE, "<End><Home>" => she_goes_to_the_end_and_to_the_beginning;
    a_count_moves_so_many_lines: WIDE, "12j";
    the_next_lesson_and_the_one_before: WIDE, "]][";
    before_the_first_lesson_there_is_none: WIDE, "[";
    the_navigator_opens_a_lesson: WIDE, "<Shift-Tab>jjjjj<Enter>";
    the_navigator_on_a_medium_screen: MEDIUM, "<Tab><Tab>jj";
    the_navigator_on_a_narrow_screen: NARROW, "<Tab><Tab>jjj";
    the_navigator_folds_and_unfolds_a_part: WIDE, "<Shift-Tab>hG<Left>gl";
    a_folded_part_opens_with_enter: WIDE,
        "<Shift-Tab>h<Enter>h<Right>" => the_navigator_folds_and_unfolds_a_part;
    the_navigator_pages: WIDE, "<Shift-Tab> <PgDn>fb<PgUp>jk" => the_navigator_folds_and_unfolds_a_part;
    brackets_work_in_the_navigator_too: WIDE, "<Shift-Tab>]][";
    an_item_is_kept_and_taken_back: WIDE, "<Tab>xjx<Space><Enter>kx";
    slipped_and_did_not_arise_can_be_told_apart: WIDE, "<Tab>xj!j-jj!!";
    the_checklist_on_a_medium_screen: MEDIUM, "<Tab>xj!j-";
    the_checklist_on_a_narrow_screen: NARROW, "<Tab>xj!j-";
    yesterday_can_be_filled_in: WIDE, "<Tab>hx<Left>j!";
    a_day_to_come_cannot_be_marked: WIDE, "<Tab>l";
    she_comes_back_to_today: WIDE, "<Tab>hhl<Right>";
    tomorrow_is_a_new_page: WIDE, "<Tab>xjx<tomorrow>";
    the_checklist_pages_to_the_embrace_side: WIDE, "<Tab><PgDn>f<PgUp>bG";
    an_item_leads_to_the_passage_that_teaches_it: WIDE, "<Tab>jo";
    a_passage_leads_to_its_item_and_the_item_back: WIDE, "<Tab>oo";
    search_as_she_types: WIDE, "/sec";
    search_on_a_medium_screen: MEDIUM, "/secure";
    search_on_a_narrow_screen: NARROW, "/secure";
    a_search_without_hits_says_what_would_help: WIDE, "/zebra";
    a_mistyped_word_is_suggested: WIDE, "/divorse";
    what_is_suggested_is_taken_with_tab: WIDE, "/divorse<Tab>";
    forms_of_a_word_are_told_apart: WIDE, "/begged<Down><Down>";
    a_search_looks_in_notes_alone: NARROW, "/in:notes calm";
    a_search_for_nothing_says_what_can_be_found: WIDE, "/";
    a_mistyped_query_is_mended: WIDE, "/sek<Backspace>cure";
    she_chooses_a_hit: WIDE, "/safe<Down><Down><Ctrl-n><Up><Ctrl-p><PgDn><PgUp><Enter>";
    escape_returns_to_exactly_where_she_was: WIDE, "]]12j/secure<Down><Down><Esc>";
    n_walks_the_hits_across_lessons: WIDE, "/secure<Enter>nnN";
    n_without_a_search_says_so: WIDE, "n";
    escape_clears_the_highlights: WIDE, "/secure<Enter><Esc>" => a_lesson_is_opened_from_the_palette;
    a_hit_in_an_item_selects_it: WIDE, "/dealt with one<Enter>";
    pasted_text_is_searched_for: WIDE, "/<paste said \"no\">";
    pasted_text_is_never_a_command: WIDE, "<paste qqq>";
    a_link_is_selected_and_followed_and_she_comes_back: WIDE, "Gbll<Right>h<Left><Enter><Ctrl-o>";
    she_goes_back_and_forward_again: WIDE, "]]<Ctrl-o><Ctrl-o><Ctrl-n>" => the_next_lesson_and_the_one_before;
    the_page_to_read_first_is_one_key_away: WIDE, "]<Tab>s";
    the_help_lists_the_keys: WIDE, "?";
    the_help_on_a_narrow_screen_scrolls: NARROW, "?jj<Down>k<Up> b<PgDn><PgUp>f<Ctrl-d><Ctrl-u>G<Home><End>g";
    the_help_closes: WIDE, "???<Esc>?q" => the_first_start_opens_the_first_lesson;
    the_text_column_becomes_narrower_and_wider: WIDE, "----+";
    the_text_column_goes_back_to_what_it_was: WIDE, "---=<Ctrl-l>" => the_first_start_opens_the_first_lesson;
    a_resize_keeps_the_place: WIDE, "20j<60x20><200x50><120x36>";
    a_tiny_screen_says_so_and_nothing_is_lost: WIDE, "12j<20x5>";
    growing_a_tiny_screen_shows_it_all_again: WIDE, "12j<20x5><1x1><120x36>" => a_count_moves_so_many_lines;
    the_place_is_found_again_at_another_size: WIDE, "]]3<PgDn><60x20><again>";
    each_lesson_remembers_its_place: WIDE, "12j]]5j[[" => a_count_moves_so_many_lines;
    quitting_keeps_everything: WIDE, "]]12j<Tab>xq<again>";
    drawing_again_changes_nothing: WIDE, "<Ctrl-l>" => the_first_start_opens_the_first_lesson;
    suspending_keeps_the_place: WIDE, "]]]<Ctrl-z><again>" => a_click_on_a_lesson_opens_it;
    hidden_at_once_while_searching_and_no_key_but_one_shows_it: WIDE, "/sec<Ctrl-g>q?x/5<paste text><Ctrl-g>";
    hidden_and_shown_again_everything_is_where_it_was: WIDE,
        "/sec<Ctrl-g>q?<Enter>5<paste text><Ctrl-o>" => search_as_she_types;
    the_shelf_shows_what_she_read_and_the_built_in_courses: WIDE, "O";
    the_shelf_on_a_narrow_screen: NARROW, "Ojk<Down><Up>gG<Home><End>";
    the_shelf_closes: WIDE, "OOO<Esc>Oq" => the_first_start_opens_the_first_lesson;
    a_course_from_the_shelf_opens_in_the_same_session: WIDE, "<Tab>xOG<Enter>";
    and_the_first_one_is_where_she_left_it: WIDE, "5j<Tab>xOG<Enter>Og<Enter>";
    what_is_left_off_the_shelf_keeps_its_marks: WIDE,
        "OG<Enter>Og-g<Enter>" => the_first_start_opens_the_first_lesson;
    what_is_in_sight_is_copied: WIDE, "y";
    a_selected_link_is_copied: WIDE, "Gbly";
    ctrl_c_twice_quits_while_searching_too: WIDE, "/beg<Ctrl-c><Ctrl-c><again>" => the_first_start_opens_the_first_lesson;
}

/// A reader of a folder with a long address, which is shown.
fn at_an_address(folder: &Path, size: (u16, u16)) -> Reader {
    let address = format!("https://someone@example.org/{}?q=1#end", "a-long-way/".repeat(9));
    std::fs::write(folder.join("a.md"), format!("# Links\n\n[docs.rs]({address}) leads elsewhere.\n"))
        .unwrap();
    let mut reader = Reader::of(size, Some(folder));
    reader.types("l<Enter>");
    reader
}

#[test]
fn an_address_is_shown_whole_and_its_host_first() {
    for (name, size) in [("an_address_on_a_wide_screen", WIDE), ("an_address_on_a_narrow_screen", NARROW)] {
        let folder = tempfile::tempdir().unwrap();
        let screen = at_an_address(folder.path(), size).screen();
        // The name of a folder that was made for the test alone.
        let title = folder.path().file_name().unwrap().to_str().unwrap();
        snapshot(name, &screen.replace(title, &"-".repeat(title.len())), "l<Enter>");
    }
}

#[test]
fn every_binding_occurs_in_a_journey() {
    let mut typed = HashSet::new();
    for journey in JOURNEYS
        .iter()
        .chain(practice::JOURNEYS.iter())
        .chain(pointer::JOURNEYS.iter())
        .chain(files::JOURNEYS.iter())
        .chain(data::JOURNEYS.iter())
        .chain(today::JOURNEYS.iter())
    {
        typed.extend(journey.typed().iter().copied());
    }
    let folder = tempfile::tempdir().unwrap();
    let mut reader = at_an_address(folder.path(), WIDE);
    typed.extend(reader.types("y<Esc><Enter>q<Enter><Enter>").typed.iter().copied());
    let mut reader = sideways::reader(folder.path(), WIDE);
    typed.extend(reader.types(">><<>").typed.iter().copied());
    typed.extend(hand::pages_everywhere());
    typed.extend(today::typed_at_questions());
    typed.extend(weeks::typed());
    let mut missing = Vec::new();
    for row in bindings() {
        for key in row.all_keys() {
            let found = typed.iter().any(|(context, other)| {
                let holds = match row.context {
                    shared if shared == Context::ALWAYS => true,
                    shared if shared.kind == ContextKind::Shared => context.shared() == Some(shared),
                    own => own == *context,
                };
                holds && *other == key
            });
            if !found {
                missing.push(format!("{key} in {:?}", row.context));
            }
        }
    }
    assert!(missing.is_empty(), "no journey types {}", missing.join(", "));
}

#[test]
fn every_screen_is_kept_once_and_for_a_journey() {
    let mut sources = std::fs::read_to_string(root("tests/journeys.rs")).unwrap();
    for file in std::fs::read_dir(root("tests/journeys")).unwrap() {
        sources.push_str(&std::fs::read_to_string(file.unwrap().path()).unwrap());
    }
    let mut screens: HashMap<String, String> = HashMap::new();
    for file in std::fs::read_dir(snapshots()).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_named =
            [format!("    {name}: "), format!("\"{name}\"")].iter().any(|text| sources.contains(text));
        assert!(is_named, "no journey ends in {}", path.display());
        if let Some(other) = screens.insert(kept(&path), name.clone()) {
            panic!("{name} and {other} are the same screen: let one journey end as the other, with `=>`");
        }
    }
}

#[test]
fn a_found_word_its_item_and_her_place_are_there_the_next_day() {
    let mut reader = Reader::new(WIDE);
    reader.types("/begg<Enter>ox");
    let (item, reading) = (reader.state().checklist.selected.clone().unwrap(), reader.state().reading);
    reader.types("<again>");
    assert_eq!(reader.state().reading.lesson, reading.lesson);
    // What is kept is a place in the text: blank lines that were scrolled past it are not.
    assert_eq!(reader.state().reading.top, Top { skip: 0, ..reading.top });
    let day = reader.state().today;
    let world = reader.session().world();
    assert_eq!(world.practice().mark(&item, day), Some(sidelight::journal::Mark::Kept));
    assert_eq!(world.practice().item(&item).unwrap().lesson(), Some(reading.lesson));
}

#[test]
fn escape_from_a_search_restores_the_state_to_the_letter() {
    for size in [WIDE, MEDIUM, NARROW] {
        for before in ["", "]]12j", "<Tab>jj", "<Shift-Tab>jj"] {
            let mut reader = Reader::new(size);
            reader.types(before);
            let (state, screen) = (reader.state().clone(), reader.screen());
            reader.types("/secure<Down><Down><Esc>");
            // What was searched for can be brought back, and nothing else is left of it.
            let searches = reader.state().searches.clone();
            assert_eq!(*reader.state(), State { searches, ..state });
            assert_eq!(reader.screen(), screen);
        }
    }
}

#[test]
fn a_storm_of_resizes_keeps_the_place() {
    let mut reader = Reader::new(WIDE);
    reader.types("]]17j");
    let (reading, screen) = (reader.state().reading, reader.screen());
    for step in 0..500_u16 {
        let (columns, rows) = ((step * 37) % 230, (step * 23) % 70);
        reader.types(&format!("<{columns}x{rows}>"));
    }
    reader.types("<2000x2000><0x0><120x36>");
    assert_eq!(reader.state().reading, reading);
    assert_eq!(reader.screen(), screen);
}

#[test]
fn every_key_at_every_size_leaves_the_program_calm() {
    for (columns, rows) in
        [(0, 0), (1, 1), (24, 8), (40, 9), (69, 15), (70, 16), (109, 24), (110, 40), (300, 90)]
    {
        let mut reader = Reader::new((columns, rows));
        for row in bindings() {
            for key in row.all_keys() {
                for prefix in ["", "<Tab>", "/", "?"] {
                    reader.types(&format!("{prefix}<{key}><Esc><Esc>"));
                }
            }
        }
    }
}

#[test]
fn a_failure_to_save_is_said_until_it_is_solved_and_nothing_is_lost() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>x");
    assert!(reader.screen().contains("saved"));
    let log = reader.folder().join("log");
    let aside = reader.folder().join("aside");
    std::fs::rename(&log, &aside).unwrap();
    std::fs::write(&log, "in the way").unwrap();
    reader.types("jx");
    let screen = reader.screen();
    assert!(screen.contains("NOT SAVED"), "{screen}");
    reader.types("j");
    assert!(reader.screen().contains("NOT SAVED"));
    std::fs::remove_file(&log).unwrap();
    std::fs::rename(&aside, &log).unwrap();
    reader.types("k");
    assert!(!reader.screen().contains("NOT SAVED"), "{}", reader.screen());
    reader.types("<again>");
    let day = reader.state().today;
    let world = reader.session().world();
    assert!(world.practice().mark(&world.course.items[0].id, day).is_some());
    assert!(world.practice().mark(&world.course.items[1].id, day).is_some());
}

#[test]
fn the_first_screen_names_the_page_for_a_hard_minute_and_its_key() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut reader = Reader::new(size);
        let screen = reader.screen();
        assert!(screen.contains("Press A for Tonight"), "{screen}");
        reader.types("A");
        let lesson = reader.state().reading.lesson;
        assert_eq!(reader.session().world().course.lessons[lesson].id.as_str(), "tonight");
    }
}

#[test]
fn the_card_for_danger_is_on_one_screen_and_each_line_on_one_row() {
    for size in [WIDE, MEDIUM, (80, 24), NARROW] {
        // From the end of the page itself too.
        for script in ["s", "sGs"] {
            let mut reader = Reader::new(size);
            let screen = reader.types(script).screen();
            let card: Vec<&str> = screen
                .lines()
                .skip_while(|line| !line.contains("\u{2503} Important"))
                .take_while(|line| {
                    ["\u{2503} Important", "\u{2503} \u{2022}"].iter().any(|row| line.contains(row))
                })
                .collect();
            let lines = card.iter().filter(|line| line.contains("\u{2503} \u{2022}")).count();
            // One row for each, and one for the word above them.
            assert_eq!((lines, card.len()), (6, 7), "{size:?} {script}: {screen}");
            assert!(screen.contains("Ring now. Be with someone."), "{screen}");
        }
    }
}
