//! What a course of format 2 has around its lessons: first aid, the first start, the plan by weeks,
//! groups and rhythms.

use crate::journey::snapshot;
use crate::practice::changed_course;
use crate::shared::{in_evenings, lesson, message};
use crate::support::Reader;
use crate::{NARROW, WIDE, root};
use sidelight::course::{Day, ItemId, Rhythm};
use sidelight::journal::{Chosen, Mark, OwnItem};
use sidelight::practice::ReadingOrder;
use sidelight::reader::Key;
use sidelight::reader::keys::Context;
use sidelight::reader::overlay::Overlay;
use sidelight::reader::pane::Pane;

/// A reader of the course, before anything was done in it, on Sunday the 22nd of November.
fn of_size(size: (u16, u16)) -> Reader {
    Reader::of(size, Some(&root("tests/data/evenings")))
}

/// A reader who sees the first screen.
fn at_first_start(size: (u16, u16)) -> Reader {
    let mut reader = of_size(size);
    reader.session().welcome();
    reader.types("");
    reader
}

fn footer(reader: &Reader) -> String {
    reader.screen().lines().last().unwrap_or_default().trim().to_owned()
}

/// Types a script, and compares the screen with the one that is kept under this name.
fn shows(name: &str, size: (u16, u16), script: &str) {
    let mut reader = of_size(size);
    snapshot(name, &reader.types(script).screen(), script);
}

/// The keys that are typed here alone, and where.
pub(crate) fn typed() -> Vec<(Context, Key)> {
    let mut typed = Vec::new();
    for script in [
        "A",
        "vA",
        "<Alt-a>",
        "P<Alt-a>",
        "?i<Enter>",
        "?iw",
        "?i<Esc>",
        "?i<PgDn>",
        "?i<Down>",
        "?i<PgUp>",
        "?i<Up>",
    ] {
        typed.extend(in_evenings(script).typed);
    }
    for list in [
        "<Down>j<Up>k <PgDn>f<Ctrl-f><Ctrl-d>b<PgUp><Ctrl-b><Ctrl-u>g<Home>G<End>",
        "y*-u<Ctrl-r>",
        "yR",
        "<Esc>Pq",
        "P",
        "j<Enter>",
    ] {
        typed.extend(in_evenings(&format!("P{list}")).typed);
    }
    typed
}

#[test]
fn first_aid_is_named_before_all_else_and_nowhere_in_a_course_without_it() {
    for open in ["", "<Tab>", "<Shift-Tab>", "v", "P", "w<Enter>"] {
        let reader = in_evenings(open);
        assert!(
            footer(&reader).starts_with("A first aid   Ctrl-g hide   s safety   "),
            "{open}: {}",
            reader.screen()
        );
    }
    for open in ["d", "ca", ":"] {
        let reader = in_evenings(open);
        assert!(footer(&reader).starts_with("Alt-a first aid   "), "{open}: {}", reader.screen());
    }
    let mut narrow = of_size(NARROW);
    assert!(footer(narrow.types("")).starts_with("A first aid  "), "{}", narrow.screen());
    let screen = in_evenings("?").screen();
    let at = |text: &str| screen.lines().position(|line| line.contains(text));
    assert!(
        at("first aid: what to do").is_some() && at("first aid: what to do") < at("hide everything"),
        "{screen}"
    );
    assert!(in_evenings(":first aid").screen().contains("first aid: what to do in a hard minute"));

    let course = changed_course(|manifest| {
        for given in ["first_aid", "plan"] {
            manifest.as_object_mut().unwrap().remove(given);
        }
    });
    let mut without = Reader::of(WIDE, Some(course.path()));
    without.types("<Esc>");
    assert!(!without.screen().contains("first aid"));
    assert_eq!(message(without.types("A")), "This course names no lesson for a hard minute.");
    assert_eq!(message(without.types("P")), "This course has no plan by weeks.");
    assert!(!without.types("<Esc>?").screen().contains("first aid"));
}

#[test]
fn the_first_screen_says_what_this_is_and_where_to_begin() {
    for (name, size) in
        [("the_first_screen_of_all", WIDE), ("the_first_screen_of_all_on_a_narrow_screen", NARROW)]
    {
        let reader = at_first_start(size);
        snapshot(name, &reader.screen(), "");
    }
}

#[test]
fn four_keys_lead_on_from_the_first_screen() {
    let mut reader = at_first_start(WIDE);
    assert_eq!(lesson(reader.types("A")), "right-now");
    assert!(reader.state().overlay.is_none());

    let mut reader = at_first_start(WIDE);
    let before = in_evenings("").screen();
    assert_eq!(reader.types("<Enter>").screen(), before);
    assert!(reader.state().history.back.is_empty(), "beginning to read is no way to come back from");

    let mut reader = at_first_start(WIDE);
    assert!(matches!(reader.types("w").state().overlay, Some(Overlay::SelfCheck(_))));
    assert!(matches!(reader.types("<Esc>").state().overlay, Some(Overlay::Welcome(_))));

    let mut reader = at_first_start(WIDE);
    reader.types("c");
    assert_eq!((reader.state().focus, reader.state().overlay.is_none()), (Pane::Checklist, true));
}

#[test]
fn any_other_key_leads_to_the_text_and_does_what_it_does_there() {
    for key in ["j", " ", "<Tab>", "/", "]", "n", "<F7>", "x", "v"] {
        let (mut welcomed, mut other) = (at_first_start(WIDE), in_evenings(""));
        assert_eq!(welcomed.types(key).screen(), other.types(key).screen(), "{key}");
    }
    let mut reader = at_first_start(WIDE);
    assert_eq!(reader.types("<Esc>").screen(), in_evenings("").screen());
    assert_eq!(at_first_start(WIDE).types("<Ctrl-g>").screen().trim(), "");
    let mut reader = at_first_start(WIDE);
    assert!(matches!(reader.types("<Ctrl-g><Ctrl-o>").state().overlay, Some(Overlay::Welcome(_))));
}

#[test]
fn the_first_screen_comes_back_when_it_is_asked_for() {
    let shown = at_first_start(WIDE).screen();
    let lines = |screen: &str| screen.lines().take(30).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines(&in_evenings("?i").screen()), lines(&shown));
    assert_eq!(lines(&in_evenings(":first screen<Enter>").screen()), lines(&shown));
    // A folder of notes is no course, and has none.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# Title\n\nText.\n").unwrap();
    let mut reader = Reader::of(WIDE, Some(folder.path()));
    assert!(!reader.types("?").screen().contains("the first screen"), "{}", reader.screen());
}

#[test]
fn a_click_on_a_key_of_the_first_screen_does_what_the_key_does() {
    let mut reader = at_first_start(WIDE);
    let screen = reader.screen();
    let row =
        screen.lines().position(|line| line.contains("Right now: what to do in a hard minute")).unwrap();
    let column = screen.lines().nth(row).unwrap().find("Right now").unwrap();
    reader.types(&format!("<click {column},{row}>"));
    assert!(reader.state().overlay.is_none());
    assert_eq!(lesson(&mut reader), "right-now");
}

#[test]
fn that_it_was_shown_is_known_at_the_next_start() {
    let mut reader = at_first_start(WIDE);
    assert!(reader.session().world().ledger.courses().next().is_some());
    reader.types("<crash>");
    assert!(reader.session().world().ledger.courses().next().is_some());
}

#[test]
fn the_plan_by_weeks_shows_where_she_is() {
    shows("the_plan_before_it_is_begun", WIDE, "P");
    shows("the_plan_in_its_second_week", WIDE, "cjjjx<Esc>PjjjjjyGk");
    shows("the_plan_on_a_narrow_screen", NARROW, "PGyg");
}

#[test]
fn a_week_is_begun_gone_back_to_and_left_and_each_is_undone() {
    let week = |reader: &mut Reader| {
        let world = reader.session().world();
        world.practice().current_week().map(|current| current.number)
    };
    let mut reader = in_evenings("Py");
    assert_eq!(week(&mut reader), Some(0));
    assert_eq!(message(&reader), "You are in week 1 of 3: Light. R reads on in it; u takes it back.");
    assert!(matches!(reader.state().overlay, Some(Overlay::WeekPlan(_))));
    assert_eq!(message(reader.types("y")), "You are in this week. It takes as long as you take.");
    reader.types("Gy");
    assert_eq!(week(&mut reader), Some(2));
    reader.types("gy");
    assert_eq!(week(&mut reader), Some(0));
    reader.types("-");
    assert_eq!(week(&mut reader), None);
    assert!(message(&reader).starts_with("You have left the plan"), "{}", message(&reader));
    assert_eq!(message(reader.types("-")), "You are in no week of the plan.");
    for expected in [Some(0), Some(2), Some(0), None] {
        reader.types("u");
        assert_eq!(week(&mut reader), expected);
    }
    reader.types("<Ctrl-r>");
    assert_eq!(week(&mut reader), Some(0));
    reader.types("<Esc><again>");
    assert_eq!(week(&mut reader), Some(0));
}

#[test]
fn the_items_of_a_week_come_onto_the_list_by_one_key() {
    let listed = |reader: &mut Reader| {
        let world = reader.session().world();
        world.practice().listed_items().map(|item| item.id.to_string()).collect::<Vec<_>>()
    };
    let mut reader = in_evenings("P*");
    assert_eq!(listed(&mut reader), ["no-late-screen", "read-on-paper"]);
    assert_eq!(message(&reader), "On your list now: 2 items. u takes it back.");
    assert_eq!(message(reader.types("*")), "Nothing is left to put on your list here.");
    reader.types("u");
    assert!(listed(&mut reader).is_empty());
    // One of them alone.
    reader.types("jj*");
    assert_eq!(listed(&mut reader), ["no-late-screen"]);
    // Enter on it leads to it.
    reader.types("<Enter>");
    assert_eq!((reader.state().focus, reader.state().overlay.is_none()), (Pane::Checklist, true));
    assert_eq!(reader.state().checklist.selected, Some(ItemId::new("no-late-screen")));
}

#[test]
fn what_is_next_follows_the_week() {
    let mut reader = in_evenings("PGyR");
    assert_eq!(lesson(&mut reader), "moving");
    let plan = reader.session().world().practice().reading_plan();
    assert_eq!((plan.order, plan.order.left_in_words()), (ReadingOrder::Week, "this week"));
    assert!(reader.screen().contains("R  next: Keeping it"), "{}", reader.screen());
    assert_eq!(lesson(reader.types("GR")), "keeping-it");
    // From a lesson of the plan, Enter opens it.
    assert_eq!(lesson(reader.types("Pj<Enter>")), "moving");
    // Another order takes its place.
    let mut reader = in_evenings("Pyw");
    reader.types("<Esc><Esc>w<Enter>11y");
    assert!(reader.session().world().practice().current_week().is_none());
    assert_eq!(lesson(reader.types("R")), "light");
}

#[test]
fn the_self_check_ends_with_the_way_to_the_plan() {
    let mut reader = in_evenings("w<Enter>11");
    assert!(reader.screen().contains("Look at the plan by weeks"), "{}", reader.screen());
    let end = reader.state().overlay.clone();
    assert!(
        matches!(reader.types("j<Enter>").state().overlay, Some(Overlay::WeekPlan(_))),
        "{}",
        reader.screen()
    );
    reader.types("<Esc>k");
    assert_eq!(reader.state().overlay, end);
    // Reading on from the plan leaves both.
    reader.types("j<Enter>R");
    assert!(reader.state().overlay.is_none() && reader.state().beneath.is_empty(), "{}", reader.screen());
}

#[test]
fn groups_stand_as_headings_and_rhythms_under_their_items() {
    shows("groups_and_rhythms_in_the_checklist", WIDE, "cGx");
    shows("groups_and_rhythms_on_a_narrow_screen", NARROW, "cG");
}

#[test]
fn a_day_outside_of_the_rhythm_has_a_sign_of_its_own_in_the_review() {
    let mut reader = of_size(WIDE);
    // Two weeks: a walk on three days of the first and on one of the second.
    for (day, item) in
        [(9, "walked"), (11, "walked"), (14, "walked"), (17, "walked"), (12, "called"), (16, "called")]
    {
        let world = reader.session().world();
        let item = world.practice().item(&ItemId::new(item)).unwrap();
        let day = jiff::civil::date(2026, 11, day);
        for operation in world.practice().marking(&item, day, Some(Mark::Kept)) {
            reader.session().record(operation);
        }
    }
    snapshot("rhythms_in_the_review", &reader.types("vG").screen(), "vG");
    assert!(reader.screen().contains("~ not meant"), "{}", reader.screen());
    reader.types("hhh");
    assert!(
        reader.screen().contains("not recorded") && reader.screen().contains("1 of 2 this week"),
        "{}",
        reader.screen()
    );
}

/// The one item of the reader's own.
fn own(reader: &mut Reader) -> OwnItem {
    let world = reader.session().world();
    let (_, own) = world.ledger.own_items(&world.course.id).next().unwrap();
    own.clone()
}

#[test]
fn an_own_item_gets_a_group_and_a_rhythm_and_keeps_them() {
    let mut reader = in_evenings("ca <Tab>I swam<Tab>");
    assert!(reader.screen().contains("There are: Screens, People, Body"), "{}", reader.screen());
    reader.types("Body<Tab>every other day<Ctrl-s>");
    assert_eq!(message(&reader), "Write daily, 3 a week, or days such as mon thu.");
    assert!(matches!(reader.state().overlay, Some(Overlay::Form(_))));
    for _ in 0.."every other day".len() {
        reader.types("<Backspace>");
    }
    reader.types("tue, fri<Ctrl-s>");
    assert_eq!(own(&mut reader).group, "Body");
    assert_eq!(own(&mut reader).rhythm, Rhythm::Days([Day::Tue, Day::Fri].into()));
    assert!(reader.screen().contains("Tuesdays and Fridays: 0"), "{}", reader.screen());
    // Another word of it, and nothing else.
    reader.types("e today<Ctrl-s>");
    let changed = own(&mut reader);
    assert_eq!((changed.text.as_str(), changed.group.as_str()), ("I swam today", "Body"));
    assert_eq!(changed.rhythm, Rhythm::Days([Day::Tue, Day::Fri].into()));
    snapshot("an_own_item_with_a_group_and_a_rhythm", &reader.types("e").screen(), "e");
    reader.types("<Esc>ry");
    assert_eq!(own(&mut reader).group, "Body");
}

#[test]
fn an_item_of_another_window_keeps_its_rhythm_when_it_is_edited_here() {
    let mut reader = in_evenings("ca <Tab>I swam<Ctrl-s>e");
    let (id, mut elsewhere) = {
        let world = reader.session().world();
        let (id, own) = world.ledger.own_items(&world.course.id).next().unwrap();
        (id.clone(), own.clone())
    };
    (elsewhere.group, elsewhere.rhythm) = ("Body".into(), Rhythm::PerWeek(2));
    let course = reader.session().world().course.id.clone();
    let chosen = Chosen::OwnItem { item: id, own: elsewhere };
    reader
        .session()
        .record(sidelight::journal::Operation::Choice(sidelight::journal::Choice { course, chosen }));
    reader.types(" a mile<Ctrl-s>");
    let own = own(&mut reader);
    assert_eq!(
        (own.text.as_str(), own.group.as_str(), own.rhythm),
        ("I swam a mile", "Body", Rhythm::PerWeek(2))
    );
}

#[test]
fn the_look_back_of_a_week_is_written_from_the_plan_and_the_review_shows_it() {
    let mut reader = in_evenings("Py");
    while !reader.screen().lines().any(|line| line.contains("▌> ") && line.contains('?')) {
        let before = reader.screen();
        assert_ne!(reader.types("j").screen(), before, "there is no look back to select");
    }
    let screen = reader.types("<Enter>").screen();
    assert!(screen.contains("Looking back: week 1 of 3"), "{screen}");
    reader.types("The light by the door.<Esc>");
    assert!(matches!(reader.state().overlay, Some(Overlay::WeekPlan(_))), "{}", reader.screen());
    assert!(reader.types("<Esc>vw").screen().contains("The light by the door."), "{}", reader.screen());
}

#[test]
fn after_the_page_for_danger_reading_goes_on_with_what_was_left_unread_before_it() {
    let mut reader = Reader::new(WIDE);
    let first = lesson(&mut reader);
    assert_eq!(lesson(reader.types("s")), "is-this-for-you-now");
    assert_eq!(lesson(reader.types("R")), first);
    // Whoever has read it goes on behind that page.
    assert_ne!(lesson(reader.types("GsGR")), first);
}

#[test]
fn what_does_not_fit_on_a_low_first_screen_is_scrolled_to_and_the_ways_on_come_first() {
    let mut reader = at_first_start((60, 12));
    let screen = reader.screen();
    assert!(
        screen.contains("Right now: what to do in a hard minute") && screen.contains("Begin reading"),
        "{screen}"
    );
    assert!(screen.contains("PgDn: more below"), "{screen}");
    let mut seen = screen;
    for _ in 0..4 {
        seen.push_str(&reader.types("<PgDn>").screen());
    }
    assert!(seen.contains("Nobody sees what you read") && seen.contains("leads back here"), "{seen}");
    assert!(reader.state().overlay.is_none());
}

#[test]
fn a_course_says_in_its_own_words_what_slips_and_what_is_read_first() {
    let course = changed_course(|manifest| {
        for given in ["stop_first_word", "stop_first_when"] {
            manifest.as_object_mut().unwrap().remove(given);
        }
        let items = manifest["checklist"]["avoid"].as_array_mut().unwrap();
        items[0]["slipped"] = "I did beg".into();
        items[1]["slipped"] = "a word that has no room among the keys".into();
    });
    let mut reader = Reader::of(WIDE, Some(course.path()));
    reader.types("<Esc>");
    assert!(footer(&reader).contains("s read first   "), "{}", reader.screen());
    assert!(reader.types("?").screen().contains("the page to read first  "), "{}", reader.screen());
    assert!(!reader.screen().contains("danger"));
    reader.types("<Esc><Tab>");
    assert!(footer(&reader).contains("! I did beg   "), "{}", reader.screen());
    assert!(reader.screen().contains("! I did beg: it happened"), "{}", reader.screen());
    assert!(footer(reader.types("j")).contains("! not today   "), "{}", reader.screen());
    assert!(footer(reader.types("j")).contains("! slipped   "), "{}", reader.screen());
    assert!(reader.types("gg!v").screen().contains(": I did beg"), "{}", reader.screen());
    let screen = in_evenings("?").screen();
    assert!(screen.contains("the page to read first, if you may be in danger"), "{screen}");
}
