//! Today: a day done on one screen, from an empty list to a full one.

use crate::journey::{Journey, ends_as, journeys, snapshot};
use crate::shared::message;
use crate::support::Reader;
use crate::{MEDIUM, NARROW, WIDE};
use sidelight::app::{FirstScreen, Preferences};
use sidelight::journal::Mark;
use sidelight::reader::Key;
use sidelight::reader::keys::Context;
use sidelight::reader::overlay::Overlay;
use sidelight::reader::pane::Pane;
use std::path::Path;
use std::sync::LazyLock;

journeys! {
    today_on_the_first_day: WIDE, ".";
    today_on_the_first_day_on_a_medium_screen: MEDIUM, ".";
    today_on_the_first_day_on_a_narrow_screen: NARROW, ".";
    three_items_are_chosen_and_are_the_list: WIDE, ".<Enter><Space>*";
    three_items_are_chosen_on_a_narrow_screen: NARROW, ".<Enter><Space>*";
    today_is_done_from_top_to_bottom: WIDE,
        ".<Enter><Enter><Enter>x!-<Enter>He called at nine.<Esc>j<Enter>I listened.<Esc>";
    today_is_done_on_a_narrow_screen: NARROW,
        ".<Enter><Enter><Enter>x!-<Enter>He called at nine.<Esc>j<Enter>I listened.<Esc>";
    the_end_of_today_on_a_narrow_screen: NARROW, ".<Enter><Enter><Enter>x!-G";
    today_has_a_plan_under_what_is_not_marked: WIDE,
        ".<Enter><Enter><Enter>phe does not answer<Enter>I put the phone away<Enter>jx";
    yesterday_is_filled_in_from_today: WIDE, ".<Enter><Enter><Enter>h<Left>l<Right>hx!";
    the_end_of_today_has_the_lesson_to_read: MEDIUM, ".<Enter><Enter><Enter><End>";
    the_lesson_to_read_opens_from_today: WIDE, ".G<Enter>" => the_first_start_opens_the_first_lesson;
    today_closes: WIDE, "..<Alt-.>q.<Esc><Alt-.><Alt-.>" => the_first_start_opens_the_first_lesson;
    the_whole_checklist_is_one_key_from_today: WIDE, ".c" => she_comes_back_to_today;
    the_whole_checklist_is_an_entry_of_today: WIDE, ".jjj<Enter>" => she_comes_back_to_today;
    today_moves_as_any_list: WIDE,
        ".jk<Down><Up>G<Home><End>g<PgDn><PgUp>f<Ctrl-f>b<Ctrl-b><Ctrl-d><Ctrl-u>" => today_on_the_first_day;
    a_mark_is_undone_in_today: WIDE, ".<Enter><Enter><Enter>xu";
    a_mark_is_undone_and_done_again_in_today: WIDE,
        ".<Enter><Enter><Enter>xu<Ctrl-r>u" => a_mark_is_undone_in_today;
}

/// A small course in which a week is planned, items have groups and rhythms, and lessons ask.
pub(crate) fn course() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "course.json",
        r#"{
  "format": 2,
  "id": "evenings",
  "title": "Evenings",
  "language": "en",
  "summary": "A small course.",
  "parts": [ { "title": "All", "lessons": [
    { "id": "one", "title": "One thing at a time", "file": "one.md" },
    { "id": "two", "title": "Two kinds of answers", "file": "two.md" },
    { "id": "three", "title": "Three more weeks", "file": "three.md" }
  ] } ],
  "checklist": {
    "avoid": [
      { "id": "no-second", "text": "No second message before an answer", "why": "It asks again.", "lesson": "one", "instead": "walk", "group": "Messages" },
      { "id": "no-late", "text": "No message after ten", "why": "The night is long.", "lesson": "one", "instead": "walk", "group": "Messages" }
    ],
    "embrace": [
      { "id": "walk", "text": "I walked for half an hour", "why": "It helps.", "lesson": "two", "rhythm": { "per_week": 3 }, "caution": "Only by day." },
      { "id": "call", "text": "I called a friend", "why": "It helps.", "lesson": "two", "rhythm": { "days": ["mon", "thu"] } }
    ]
  },
  "plan": [
    { "title": "Words that do not push", "lessons": ["one"], "items": ["no-second"], "look_back": "What helped?" },
    { "title": "Room", "lessons": ["two"], "items": ["walk"], "look_back": "What helped?" }
  ]
}"#,
    );
    let ask = |id: &str, question: &str, answer: &str| {
        format!("> [!ASK] {id}\n> {question}\n>\n> ---\n>\n> {answer}\n\n")
    };
    let one =
        ask("want-or-must", "When do people do a thing?", "When they can, and want to or think they must.")
            + &ask("first-answer", "What does a second message ask?", "Whether the first one was read.");
    write("one.md", &format!("# One thing at a time\n\nText.\n\n{one}"));
    write(
        "two.md",
        &format!("# Two kinds of answers\n\nText.\n\n{}", ask("room", "What does room need?", "Time.")),
    );
    write("three.md", "# Three more weeks\n\nText.\n");
    folder
}

/// A reader of that course who has read both lessons, put all on her list and come back two days
/// later, with Today open. The 22nd is a Sunday.
fn with_questions(folder: &Path, size: (u16, u16)) -> Reader {
    let mut reader = Reader::of(size, Some(folder));
    reader.types("G]G<Tab>*j*j*j*gxjx<tomorrow>gx<tomorrow>.");
    reader
}

fn is_today(reader: &Reader) -> bool {
    matches!(reader.state().overlay, Some(Overlay::Today(_)))
}

fn marks(reader: &mut Reader) -> Vec<(String, Option<Mark>)> {
    let day = reader.state().day;
    let practice = reader.session().world().practice();
    practice.listed_items().map(|item| (item.id.to_string(), practice.mark(item.id, day))).collect()
}

/// The keys of Today that the journeys do not type.
pub(crate) fn typed_at_questions() -> Vec<(Context, Key)> {
    let folder = course();
    let mut reader = with_questions(folder.path(), WIDE);
    // The question above the lesson.
    for key in ["<Esc>", "y", "nu", "ru", "QQ", "q", "<Enter>", "<Space>", "j", "k", "<Down>", "<Up>", "o."] {
        reader.types(&format!("Gk<Enter>{key}"));
    }
    reader.types("Gkrugd<Esc>a<Esc>v<Esc>QQ<Ctrl-r>o.");
    std::mem::take(&mut reader.typed)
}

#[test]
fn today_with_groups_questions_and_a_week_is_whole_at_every_size() {
    let folder = course();
    for (name, size) in [
        ("today_with_all_that_a_course_may_have", WIDE),
        ("today_with_all_that_a_course_may_have_on_a_narrow_screen", NARROW),
    ] {
        let mut reader = with_questions(folder.path(), size);
        begin_week(&mut reader, 0);
        snapshot(name, &reader.types("j").screen(), "G]G<Tab>*j*j*j*gxjx<tomorrow>gx<tomorrow>.j");
    }
    let mut reader = with_questions(folder.path(), NARROW);
    let keys = "G]G<Tab>*j*j*j*gxjx<tomorrow>gx<tomorrow>.Gk<Enter>";
    snapshot("the_answer_to_a_question_on_a_narrow_screen", &reader.types("Gk<Enter>").screen(), keys);
}

/// Begins a week of the plan.
fn begin_week(reader: &mut Reader, week: u32) {
    let operation = reader.session().world().practice().beginning_week(Some(week));
    reader.session().record(operation);
    reader.types("");
}

#[test]
fn a_mark_moves_on_by_itself_and_is_saved_at_once() {
    for size in [WIDE, NARROW] {
        let mut reader = Reader::new(size);
        reader.types(".<Enter><Enter><Enter>x");
        assert!(is_today(&reader), "{}", reader.screen());
        reader.types("!<crash>");
        let marked: Vec<Option<Mark>> = marks(&mut reader).into_iter().map(|(_, mark)| mark).collect();
        assert_eq!(marked, [Some(Mark::Kept), Some(Mark::Slipped), None]);
        // The one that is left is selected when it is opened again; then the first line that is empty.
        reader.types(".-");
        let marked: Vec<Option<Mark>> = marks(&mut reader).into_iter().map(|(_, mark)| mark).collect();
        assert_eq!(marked.last(), Some(&Some(Mark::DidNotArise)));
        let screen = reader.screen();
        assert!(screen.lines().any(|line| line.contains("> What happened?")), "{screen}");
    }
}

#[test]
fn the_same_mark_again_takes_it_back_and_stays() {
    let mut reader = Reader::new(WIDE);
    reader.types(".<Enter><Enter><Enter>xk");
    let before = reader.state().overlay.clone();
    reader.types("x");
    assert!(marks(&mut reader).iter().all(|(_, mark)| mark.is_none()));
    assert_eq!(reader.state().overlay, before);
}

#[test]
fn what_was_undone_is_selected_to_be_done_otherwise() {
    let mut reader = Reader::new(WIDE);
    reader.types(".<Enter><Enter><Enter>xx");
    reader.types("u");
    assert!(message(&reader).starts_with("Undone: kept"), "{}", message(&reader));
    reader.types("!");
    let marked: Vec<Option<Mark>> = marks(&mut reader).into_iter().map(|(_, mark)| mark).collect();
    assert_eq!(marked, [Some(Mark::Kept), Some(Mark::Slipped), None]);
}

#[test]
fn where_no_item_is_selected_nothing_is_marked() {
    for at in ["G", "Gk"] {
        for key in ["x", "!", "-"] {
            let mut reader = Reader::new(WIDE);
            reader.types(&format!(".<Enter><Enter><Enter>{at}{key}"));
            assert!(marks(&mut reader).iter().all(|(_, mark)| mark.is_none()));
            assert!(message(&reader).starts_with("Select an item first"), "{}", message(&reader));
        }
    }
}

#[test]
fn a_line_of_the_evening_is_written_over_today_and_it_comes_back() {
    let mut reader = Reader::new(WIDE);
    reader.types(".<Enter><Enter><Enter>x!-j<Enter>");
    assert!(matches!(reader.state().overlay, Some(Overlay::Note(_))));
    reader.types("I listened.<Esc>");
    assert!(is_today(&reader));
    let screen = reader.screen();
    let line = screen.lines().find(|line| line.contains("What did I do?")).unwrap();
    assert!(line.contains("I listened.") && line.trim_start().starts_with("▌>"), "{screen}");
}

#[test]
fn today_is_reached_from_everywhere_and_leads_back() {
    // From the panes, and back to the same.
    for (before, pane) in [("", Pane::Reading), ("<Tab>", Pane::Checklist), ("<Shift-Tab>", Pane::Navigator)]
    {
        for key in [".", "<Alt-.>"] {
            let mut reader = Reader::new(WIDE);
            reader.types(before);
            let screen = reader.screen();
            assert!(is_today(reader.types(key)), "{before}{key}");
            reader.types(key);
            assert_eq!((reader.state().focus, reader.screen()), (pane, screen), "{before}{key}");
        }
    }
    // Over another overlay it is opened from that.
    let mut reader = Reader::new(WIDE);
    assert!(is_today(reader.types("v.")));
    assert!(matches!(reader.types("<Esc>").state().overlay, Some(Overlay::Review(_))));
    // What was opened from Today closes, and nothing typed is lost.
    let mut reader = Reader::new(WIDE);
    reader.types(".dHe called<Alt-.>");
    assert!(is_today(&reader) && reader.state().beneath.is_empty());
    assert!(reader.types("u").screen().contains("He called"), "{}", reader.screen());
    assert!(is_today(reader.types("<Esc>")));
    assert!(reader.screen().contains("He called"), "{}", reader.screen());
}

#[test]
fn a_click_on_a_box_in_today_ticks_it() {
    for size in [WIDE, MEDIUM, NARROW] {
        let mut reader = Reader::new(size);
        reader.types(".<Enter><Enter><Enter>");
        let screen = reader.screen();
        let boxes: Vec<(usize, usize)> = screen
            .lines()
            .enumerate()
            .filter_map(|(row, line)| Some((line[..line.find("[ ]")?].chars().count() + 1, row)))
            .collect();
        assert_eq!(boxes.len(), 3, "{screen}");
        let (column, row) = boxes[1];
        reader.types(&format!("<click {column},{row}>"));
        assert!(is_today(&reader), "{}", reader.screen());
        let marked: Vec<Option<Mark>> = marks(&mut reader).into_iter().map(|(_, mark)| mark).collect();
        assert_eq!(marked, [None, Some(Mark::Kept), None]);
        // Elsewhere a click selects, and on what is selected already it does what is nearest.
        let row = reader.screen().lines().position(|line| line.contains("What next?")).unwrap();
        reader.types(&format!("<click 20,{row}>"));
        assert!(is_today(&reader));
        // What is selected moves into the middle.
        let row = reader.screen().lines().position(|line| line.contains("What next?")).unwrap();
        reader.types(&format!("<click 20,{row}>"));
        assert!(matches!(reader.state().overlay, Some(Overlay::Note(_))), "{}", reader.screen());
    }
}

#[test]
fn a_question_is_answered_and_comes_back_when_it_is_due() {
    let folder = course();
    let mut reader = with_questions(folder.path(), WIDE);
    let asked = |reader: &Reader| {
        let screen = reader.screen();
        let all = ["When do people do a thing?", "What does a second message ask?", "What does room need?"];
        all.into_iter().filter(|question| screen.contains(question)).count()
    };
    // Two of the three.
    assert_eq!(asked(&reader), 2, "{}", reader.screen());
    reader.types("Gkk");
    assert_eq!(message(reader.types("y")), "y does nothing here. ? shows the keys.");
    reader.types("<Enter>");
    assert_eq!(reader.state().context().name(), "today-answer");
    assert!(reader.screen().contains("y known   n not yet"), "{}", reader.screen());
    reader.types("y");
    assert_eq!(message(&reader), "It is asked again in 3 days.");
    assert_eq!(asked(&reader), 1, "{}", reader.screen());
    reader.types("<Enter>n");
    assert_eq!(message(&reader), "It is asked again tomorrow.");
    assert_eq!(asked(&reader), 0, "{}", reader.screen());
    reader.types("u");
    assert_eq!(asked(&reader), 1, "{}", reader.screen());
    reader.types("<Ctrl-r><tomorrow>");
    // The third, and the one that was not known yet.
    assert_eq!(asked(&reader), 2, "{}", reader.screen());
}

#[test]
fn a_question_is_ended_for_good_and_all_of_them_and_that_is_undone() {
    let folder = course();
    let mut reader = with_questions(folder.path(), WIDE);
    reader.types("Gkkr");
    assert!(message(&reader).contains("never asked again. u takes that back"), "{}", message(&reader));
    let screen = reader.screen();
    // The third moves up in its place.
    assert!(
        !screen.contains("What does a second message ask?") && screen.contains("What does room need?"),
        "{screen}"
    );
    reader.types("u");
    assert!(reader.screen().contains("What does a second message ask?"), "{}", reader.screen());
    reader.types("Q");
    assert!(!reader.screen().contains("ASKED AGAIN"), "{}", reader.screen());
    assert!(message(&reader).contains("Q has them asked again"), "{}", message(&reader));
    reader.types("<again>.");
    assert!(!reader.screen().contains("ASKED AGAIN"), "{}", reader.screen());
    reader.types("Q");
    assert!(reader.screen().contains("ASKED AGAIN"), "{}", reader.screen());
}

#[test]
fn an_item_that_is_not_for_the_day_is_left_out_and_said_in_one_line() {
    let folder = course();
    let mut reader = with_questions(folder.path(), WIDE);
    // A Tuesday.
    let screen = reader.screen();
    assert!(!screen.contains("I called a friend"), "{screen}");
    assert!(screen.contains("1 item of your list is not for this day."), "{screen}");
    assert!(screen.contains("AVOID \u{b7} Messages"), "{screen}");
    assert!(screen.contains("0 of 3 this week"), "{screen}");
    // Monday.
    let screen = reader.types("h").screen();
    assert!(screen.contains("I called a friend") && screen.contains("yesterday"), "{screen}");
}

#[test]
fn an_item_is_taken_off_the_list_and_brought_back_from_today() {
    let mut reader = Reader::new(WIDE);
    reader.types(".<Enter><Enter><Enter>*");
    assert_eq!(marks(&mut reader).len(), 2);
    assert!(message(&reader).contains("off your list; its marks stay"), "{}", message(&reader));
    reader.types("u");
    assert_eq!(marks(&mut reader).len(), 3);
}

#[test]
fn one_chosen_item_is_a_list_and_no_more_are_asked_for_the_next_time() {
    let mut reader = Reader::new(WIDE);
    reader.types(".<Enter>");
    assert!(reader.screen().contains("AND PERHAPS"), "{}", reader.screen());
    reader.types("..");
    assert!(!reader.screen().contains("AND PERHAPS"), "{}", reader.screen());
    assert_eq!(marks(&mut reader).len(), 1);
}

#[test]
fn today_is_seen_first_where_somebody_wants_it_so() {
    let today = Preferences { start: FirstScreen::Today, ..Preferences::default() };
    let mut reader = Reader::new(NARROW);
    reader.prefers(today.clone());
    assert!(!is_today(&reader), "only when it starts");
    assert!(is_today(reader.types("<again>")));
    // A file has no day to begin with.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# A file\n\nText.\n").unwrap();
    let mut reader = Reader::of(NARROW, Some(folder.path()));
    reader.prefers(today);
    assert!(!is_today(reader.types("<again>")));
}

#[test]
fn today_of_a_course_without_items_says_how_to_add_one() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.md"), "# A file\n\nText.\n").unwrap();
    let mut reader = Reader::of(WIDE, Some(folder.path()));
    assert!(reader.types(".").screen().contains("a adds an item of your own"), "{}", reader.screen());
    reader.types("a <Enter>I called my sister<Ctrl-s>");
    assert!(is_today(&reader) && reader.screen().contains("[ ] I called my sister"), "{}", reader.screen());
}

#[test]
fn the_day_is_seen_by_whoever_marks_it() {
    let mut reader = Reader::new(WIDE);
    reader.types(".<Enter><Enter><Enter><tomorrow>");
    assert!(reader.screen().contains("Monday, 23 November"), "{}", reader.screen());
    let before = reader.state().today.yesterday().unwrap();
    reader.types("x");
    let practice = reader.session().world().practice();
    let marked = practice.listed_items().filter(|item| practice.mark(item.id, before).is_some()).count();
    assert_eq!(marked, 0);
}

#[test]
fn every_line_of_today_can_be_reached_on_a_small_screen() {
    let folder = course();
    for size in [(24, 8), (30, 12), NARROW] {
        let mut reader = with_questions(folder.path(), size);
        reader.types("g");
        let mut seen = String::new();
        for _ in 0..14 {
            seen.push_str(&reader.screen());
            reader.types("j");
        }
        // What cannot be selected is seen beside what can, where it has room.
        let weeks = (size == NARROW).then_some("TWELVE WEEKS");
        for part in ["second", "walked", "What next?", "When do", "Three more"].into_iter().chain(weeks) {
            assert!(seen.contains(part), "{part} at {size:?}: {seen}");
        }
    }
}

#[test]
fn a_mark_on_what_is_only_suggested_says_which_key_puts_it_on_the_list() {
    let mut reader = Reader::new(WIDE);
    for key in ["x", "!", "-"] {
        assert_eq!(
            message(reader.types(&format!(".{key}"))),
            "It is not on your list yet: Enter puts it there."
        );
        reader.types("<Esc>");
    }
    assert!(marks(&mut reader).is_empty());
}

#[test]
fn enter_leads_from_line_to_line_of_the_evening_and_breaks_the_last() {
    let mut reader = Reader::new(WIDE);
    reader.types("dOne<Enter>Two<Enter>Three<Enter>more<Esc>");
    let world = reader.session().world();
    let mut notes: Vec<String> =
        world.ledger.notes(&world.course.id).into_iter().map(|note| note.text).collect();
    notes.sort();
    assert_eq!(notes, ["One", "Three\nmore", "Two"]);
    // A note that is one text is broken by it.
    reader.types("aHere<Enter>and there<Esc>D");
    assert!(reader.types("<Enter>").screen().contains("and there"), "{}", reader.screen());
}

#[test]
fn weeks_that_have_no_room_beside_the_day_say_that_they_go_on() {
    let mut reader = Reader::new((120, 16));
    let screen = reader.types(".").screen();
    assert!(screen.contains("TWELVE WEEKS") && screen.contains("G: more below"), "{screen}");
    assert!(reader.types("<End>").screen().contains("READ"), "{}", reader.screen());
}
