//! The journeys of the daily practice.

use crate::journey::{Journey, ends_as, journeys};
use crate::support::Reader;
use crate::{NARROW, WIDE};
use std::path::Path;
use std::sync::LazyLock;

journeys! {
    where_am_i_begins_with_what_to_know: WIDE, "w";
    where_am_i_asks_one_question_a_screen: WIDE, "w<Enter>";
    where_am_i_on_a_narrow_screen: NARROW, "w<Enter>jj<Down>k<Up>";
    an_answer_is_given_by_its_digit_and_taken_back: WIDE,
        "w<Enter>22<Backspace>h<Left><Enter>" => where_am_i_asks_one_question_a_screen;
    fear_ends_the_questions_at_once: WIDE, "w<Enter>1";
    the_page_to_read_first_opens_from_the_questions: WIDE,
        "w<Enter>1<Enter>" => the_page_to_read_first_is_one_key_away;
    s_leads_from_the_questions_to_the_same_page: WIDE, "w<Enter>1s" => the_page_to_read_first_is_one_key_away;
    the_questions_end_in_a_suggestion: WIDE, "w<Enter>223222111";
    the_suggestion_scrolls_on_a_narrow_screen: NARROW,
        "w<Enter>223222111 b<PgDn><PgUp>f<Ctrl-d><Ctrl-u>G<Home><End>gjk<Down><Up><PgDn>";
    going_back_from_the_suggestion_asks_again: WIDE, "w<Enter>223222111h3<Left>3<Backspace>";
    an_open_question_puts_the_page_to_read_first_first: WIDE, "w<Enter>323222111";
    leaving_the_questions_saves_nothing_and_says_what_brings_them_back: WIDE, "w<Enter>2232<Esc>";
    leaving_the_suggestion_does_the_same: WIDE,
        "w<Enter>223222111<Esc>" => leaving_the_questions_saves_nothing_and_says_what_brings_them_back;
    the_suggestion_is_taken_over: WIDE, "w<Enter>223222111y";
    the_order_that_was_taken_over_stands_in_the_navigator: WIDE, "w<Enter>223222111yR<Shift-Tab>";
    the_order_on_a_narrow_screen: NARROW, "w<Enter>223222111yRGR<Shift-Tab>";
    what_is_next_is_opened_from_any_pane: WIDE, "w<Enter>223222111y<Tab>RG<Shift-Tab>R";
    without_an_order_the_next_is_the_next_unread_one: WIDE, "G]GR";
    what_was_taken_over_is_undone_and_done_again: WIDE, "w<Enter>223222111yu<Ctrl-r>";
    items_are_put_on_the_list_and_taken_off: WIDE, "<Tab>*jj*j*k*";
    her_list_comes_first_and_the_rest_is_folded: WIDE, "<Tab>*jj*jjj*Lxjx";
    her_list_on_a_narrow_screen: NARROW, "<Tab>*jj*jjj*Lxjx";
    more_opens_with_enter: WIDE, "<Tab>*jj*Ljj<Enter>jj";
    an_empty_list_says_what_to_do: WIDE, "<Tab>L";
    the_items_of_the_open_lesson: WIDE, "3]<Tab>LL";
    the_list_is_there_when_she_starts_again: WIDE, "<Tab>*jj*x<again><Tab>";
    taking_the_last_one_off_the_list_empties_it: WIDE, "<Tab>*L*";
    an_item_of_her_own_is_added: WIDE, "<Tab>a<Enter>I did not slam the door<Enter>I closed it softly<Enter><Enter><Enter>";
    a_form_on_a_narrow_screen: NARROW, "<Tab>a<Tab>I did not slam the door<Down>I closed it<Up><Shift-Tab>";
    an_item_to_embrace_needs_no_instead: WIDE, "<Tab>a <Enter>I called my sister<Ctrl-s>";
    an_item_to_avoid_asks_what_to_do_instead: WIDE, "<Tab>a<Enter>I did not shout<Ctrl-s>";
    a_form_is_left_and_says_what_brings_it_back: WIDE, "<Tab>a<Enter>I did not<Esc>";
    pasted_text_goes_into_the_form: WIDE, "<Tab>a<Enter><paste said \"no\"\nand left>";
    an_own_item_is_edited: WIDE, "<Tab>a <Enter>I called my sister<Ctrl-s>e today<Ctrl-s>";
    retiring_asks_once: WIDE, "<Tab>a <Enter>I called my sister<Ctrl-s>r";
    retiring_is_declined: WIDE, "<Tab>a <Enter>I called my sister<Ctrl-s>rnr<Esc>rq";
    a_retired_item_is_gone_from_the_list: WIDE, "<Tab>a <Enter>I called my sister<Ctrl-s>xry";
    the_items_of_the_course_cannot_be_retired: WIDE, "<Tab>r";
    an_if_then_plan_is_shown_with_its_item: WIDE, "<Tab>phe raises his voice<Enter>I leave the room<Enter>";
    a_plan_is_edited_on_a_narrow_screen: NARROW, "<Tab>ehe shouts<Enter>I leave<Enter>e too loudly<Ctrl-s>";
    undo_says_what_it_did: WIDE, "<Tab>xj!uu";
    redo_says_what_it_did: WIDE, "<Tab>xj!uu<Ctrl-r>";
    undo_on_a_narrow_screen: NARROW, "<Tab>hxlx*uuu";
    there_is_nothing_to_undo_at_first: WIDE, "u";
    there_is_nothing_to_do_again_at_first: WIDE, "<Ctrl-r>";
    the_evening_in_three_lines: WIDE,
        "dHe called.<Enter>I said thank you.<Tab>I sleep early.<Enter>It was short.";
    the_evening_on_a_narrow_screen: NARROW,
        "dHe called at nine and we spoke about the car and about who fetches it.<Down>I listened.<Down><Up><Up><PgUp><PgDn><PgDn><Shift-Tab>";
    the_evening_is_kept_and_opened_again: WIDE, "dHe called.<Esc>d<Tab>I listened.<Ctrl-s>d";
    the_evening_of_yesterday: WIDE, "<Tab>hdA quiet day.<Esc>";
    what_was_written_is_undone: WIDE, "dHe called.<Esc>ud";
    a_note_is_written_to_a_place: WIDE, "]]11jaThis is us.<Esc>";
    a_note_to_a_place_on_a_narrow_screen: NARROW, "]]12jaThis is us.";
    where_a_note_belongs_there_is_a_sign_in_the_margin: WIDE, "]]2jaThis is us.<Esc>gg";
    the_sign_of_a_note_on_a_narrow_screen: NARROW, "]]aThis is us.<Esc>";
    all_notes_by_day: WIDE, "dHe called.<Tab>I listened.<Esc>]]12jaThis is us.<Esc><tomorrow>dQuiet.<Esc>D";
    all_notes_on_a_narrow_screen: NARROW,
        "dHe called.<Tab>I listened.<Esc>]]aThis is us.<Esc>Dgj<Down>k<Up>G<Home><End> b<PgDn><PgUp>f<Ctrl-d><Ctrl-u>g";
    a_note_is_opened_from_the_list: WIDE, "dHe called.<Tab>I listened.<Esc>De";
    a_note_leads_to_its_place: WIDE, "]]11jaThis is us.<Esc>[Do";
    a_note_about_a_day_leads_to_no_place: WIDE, "dHe called.<Esc>Do";
    there_are_no_notes_at_first: WIDE, "D<Enter>";
    the_notes_close: WIDE, "dHe called.<Esc>D<Esc>Dq" => the_first_start_opens_the_first_lesson;
    a_note_is_found_by_search: WIDE, "dHe mended the fence.<Esc>/fence";
    a_found_note_opens_in_the_list: WIDE, "dHe mended the fence.<Esc>/fence<Enter><Enter>";
    a_draft_survives_a_crash: WIDE, "dHe called, and<crash>U";
    a_draft_is_finished_after_a_crash: WIDE, "dHe called, and<crash>U I listened.<Esc><again>d";
    pasted_lines_go_into_the_note: WIDE, "d<paste one\ntwo\n\nthree>";
    the_editor_is_asked_for: WIDE, "aI<Ctrl-x> wait<Esc>e<Esc>";
    the_headings_of_a_lesson: WIDE, "]]t";
    a_heading_is_gone_to: WIDE, "]]tjj<Down>k<Up>G<End>g<Home>jj<Enter>";
    the_headings_on_a_narrow_screen: NARROW, "]]12jt";
    the_headings_close: WIDE, "t<Esc>tqtt" => the_first_start_opens_the_first_lesson;
    there_are_no_notices_at_first: WIDE, "M";
    the_notices_close: WIDE, "Mj<Down>k<Up>g<Home>G<End><Enter>M<Esc>MqMM" => the_first_start_opens_the_first_lesson;
    a_place_gets_a_letter: WIDE, "]]12jma";
    a_letter_leads_back_to_its_place: WIDE, "]]12jma]]'a" => escape_returns_to_exactly_where_she_was;
    a_letter_is_asked_for: NARROW, "]]12jma]mb'";
    no_place_has_a_letter_at_first: WIDE, "m<Esc>'";
    a_letter_without_a_place_says_so: WIDE, "'z";
    a_named_place_is_undone: WIDE, "]]12jmau'a";
    the_palette_lists_every_action: WIDE, ":";
    the_palette_finds_by_a_few_letters: WIDE, ":nxtlsn";
    the_palette_finds_lessons_by_their_titles: WIDE, ":besecu";
    the_palette_on_a_narrow_screen_keeps_the_keys_in_sight: NARROW, ":secu";
    a_lesson_is_opened_from_the_palette: WIDE, "<Tab>:besecu<Enter>";
    the_palette_does_what_is_chosen: WIDE, ":nextles<Enter>" => the_next_lesson_and_the_one_before;
    the_palette_on_a_narrow_screen: NARROW, "<Tab>:<Down><Ctrl-n><Up><Ctrl-p><PgDn><PgDn><PgUp><Down>";
    the_palette_finds_nothing: WIDE, ":zzzz";
    the_palette_closes: WIDE, ":note<Esc>" => the_first_start_opens_the_first_lesson;
    the_palette_opens_the_questions: WIDE, ":<paste where am><Enter>" => where_am_i_begins_with_what_to_know;
    the_review_before_anything_is_marked: WIDE, "v";
    the_review_of_four_weeks: WIDE,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxv";
    the_review_on_a_narrow_screen: NARROW,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxv";
    the_review_of_twelve_weeks: WIDE,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxvv";
    the_review_of_twelve_weeks_on_a_narrow_screen: NARROW,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxvv40h";
    the_review_of_a_year: WIDE,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxvvv";
    the_review_of_a_year_on_a_narrow_screen: NARROW,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxvv<Space>";
    the_review_is_walked_and_a_cell_opens_its_day: WIDE,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxvjhh<Left>l<Right>G<Home>j<Down>k<Up>g<End>kh<Enter>";
    the_review_pages: WIDE,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxv<PgDn>f<PgUp>bjk" => the_review_of_four_weeks;
    the_week_has_one_question: WIDE,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxvwKinder than I thought.";
    the_answer_about_the_week_is_kept: WIDE,
        "<Tab>*x<Down>*!<Down>x<Down>-<tomorrow>kkx<Up>x<tomorrow>!<Down>x<tomorrow><tomorrow>x<tomorrow>jxvwKinder than I thought.<Esc>D";
    the_review_closes: WIDE, "v<Esc>vq" => the_first_start_opens_the_first_lesson;
    a_retired_item_stays_in_the_review: WIDE, "<Tab>a <Enter>I called my sister<Ctrl-s>xry<again>vG";
    the_way_on_is_chosen_with_enter: WIDE,
        "w<Enter>223222111jj<Enter>" => the_first_start_opens_the_first_lesson;
}

/// Everything that the journal holds, as text.
fn log(reader: &Reader) -> String {
    let folder = reader.folder().join("log");
    let Ok(files) = std::fs::read_dir(folder) else { return String::new() };
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// The built-in course in a folder of its own, changed.
pub(crate) fn changed_course(change: impl FnOnce(&mut serde_json::Value)) -> tempfile::TempDir {
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
    reader.types("w<Enter>223222111<Esc>");
    assert_eq!(log(&reader), "");
    reader.types("w<Enter>223222111y");
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

#[test]
fn undoing_everything_brings_back_how_things_stood() {
    let mut reader = Reader::new(WIDE);
    reader.types("<Tab>xjx*");
    reader.types("<again><Tab>");
    let before = reader.screen();
    let deeds = "xj!LL**-phe shouts<Enter>I leave<Enter>a <Enter>I called my sister<Ctrl-s>x";
    reader.types(deeds);
    while !reader.state().undo.done.is_empty() {
        reader.types("u");
    }
    let marks = |reader: &mut Reader| {
        let world = reader.session().world();
        let course = &world.course.id;
        let marks: Vec<_> = world
            .ledger
            .items(course)
            .flat_map(|item| {
                world.ledger.marks(course, item).map(move |(day, mark)| (item.clone(), day, mark))
            })
            .collect();
        let listed: Vec<_> = world.practice().listed_items().map(|item| item.index).collect();
        let plans =
            world.practice().items().filter(|item| world.practice().if_then(item.id).is_some()).count();
        (marks, listed, plans)
    };
    let undone = marks(&mut reader);
    assert_eq!(undone.0.len(), 2);
    assert_eq!(undone.2, 0);
    reader.types("<again><Tab>");
    assert_eq!(marks(&mut reader), undone);
    assert_eq!(reader.screen(), before);
}

#[test]
fn a_draft_is_for_its_owner_alone_and_goes_when_it_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let mut reader = Reader::new(WIDE);
    reader.types("dHe called");
    let files = std::fs::read_dir(reader.folder()).unwrap().map(|file| file.unwrap().path());
    let own = format!("draft-{}-", std::process::id());
    let is_own = |path: &std::path::PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(&own);
    let draft = files.into_iter().find(is_own).unwrap();
    assert_eq!(std::fs::metadata(&draft).unwrap().permissions().mode() & 0o777, 0o600);
    reader.types("<Esc>");
    assert!(!draft.exists());
    reader.types("<crash>d");
    assert!(reader.screen().contains("He called"));
}

#[test]
fn what_comes_back_from_the_editor_is_clean_and_can_be_kept() {
    use sidelight::reader::Action;
    use sidelight::reader::action::News;
    let mut reader = Reader::new(WIDE);
    reader.types("dbefore<Ctrl-x>");
    reader.session().apply(Action::News(News::Edited("after\u{1b}[2J\nand \u{202e}more\n".into())));
    assert!(reader.screen().contains("after"));
    reader.types("<Esc><again>D");
    let world = reader.session().world();
    let notes = world.ledger.notes(&world.course.id);
    assert_eq!(notes[0].text, "after\nand more");
    reader.types("<Esc>d");
    reader.session().apply(Action::News(News::NotEdited("The editor ended with an error.".into())));
    assert!(reader.screen().contains("The editor ended with an error."));
    assert!(reader.screen().contains("after"));
}

#[test]
fn a_note_of_a_megabyte_is_written_kept_and_found() {
    let mut reader = Reader::new(WIDE);
    reader.types("d");
    let long = "a quiet evening \u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{1f33f} \n".repeat(40_000);
    reader.session().apply(sidelight::reader::Action::Paste(long));
    assert!(reader.screen().contains("its beginning is here"), "{}", reader.screen());
    reader.types("<Esc><again>/evening<Enter>D");
    assert!(reader.screen().contains("a quiet evening"));
}

#[test]
fn an_item_that_the_course_no_longer_has_stays_in_the_review_under_its_last_words() {
    let course = changed_course(|_| {});
    let mut reader = Reader::of(WIDE, Some(course.path()));
    reader.types("<Tab>xjx<again>");
    let manifest = course.path().join("course.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let avoid = json["checklist"]["avoid"].as_array_mut().unwrap();
    let gone = avoid.remove(0)["text"].as_str().unwrap().to_owned();
    for named_there in ["guide", "plan"] {
        json.as_object_mut().unwrap().remove(named_there);
    }
    std::fs::write(&manifest, json.to_string()).unwrap();
    reader.types("<again>v");
    let screen = reader.screen();
    let row = screen.lines().find(|line| line.contains(&format!("(gone) {gone}"))).unwrap();
    assert!(row.contains('x') && row.contains("1 of 7"), "{screen}");
}

#[test]
fn reading_on_goes_through_her_order_and_then_through_the_rest_of_the_course() {
    let mut reader = Reader::new(WIDE);
    reader.types("w<Enter>223222111y");
    let course = reader.session().world().course.id.clone();
    let route = reader.session().world().ledger.route(&course).to_vec();
    assert!(route.len() > 2);
    let open = |reader: &mut Reader| {
        let lesson = reader.state().reading.lesson;
        reader.session().world().course.lessons[lesson].id.clone()
    };
    for lesson in &route {
        reader.types("RG");
        assert_eq!(open(&mut reader), *lesson);
    }
    let lessons = reader.session().world().course.lessons.len();
    let mut met = Vec::new();
    for _ in route.len()..lessons {
        reader.types("RG");
        met.push(open(&mut reader));
    }
    assert!(met.iter().all(|lesson| !route.contains(lesson)));
    assert!(met.is_sorted_by_key(|id| reader.session().world().course.lesson_index(id)));
    reader.types("R");
    assert!(reader.screen().contains("You have read every lesson."), "{}", reader.screen());
}

#[test]
fn a_lesson_of_her_order_that_the_course_no_longer_has_is_passed_over() {
    let course = changed_course(|_| {});
    let mut reader = Reader::of(WIDE, Some(course.path()));
    reader.types("w<Enter>223222111y");
    let id = reader.session().world().course.id.clone();
    let route = reader.session().world().ledger.route(&id).to_vec();
    let manifest = course.path().join("course.json");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    json.as_object_mut().unwrap().remove("guide");
    // The lesson goes on under another name.
    let text = json.to_string().replace(&format!("\"{}\"", route[0]), "\"another-name\"");
    std::fs::write(&manifest, text).unwrap();
    reader.types("<again>R");
    let open = reader.state().reading.lesson;
    assert_eq!(reader.session().world().course.lessons[open].id, route[1]);
}

#[test]
fn among_very_many_lessons_the_palette_opens_the_one_that_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    for file in 0..=1000 {
        std::fs::write(folder.path().join(format!("{file:04}.md")), format!("# Title {file}\n")).unwrap();
    }
    let mut reader = Reader::of(WIDE, Some(folder.path()));
    let screen = reader.types(":0500").screen();
    // If its title was read by then, that is shown, and its file beside it.
    let is_shown =
        |row: &str| row.contains("> 0500 ") || (row.contains("> Title 500 ") && row.contains(" 0500.md "));
    assert!(screen.lines().any(is_shown), "{screen}");
    reader.types("<Enter>");
    assert_eq!(reader.state().reading.lesson, 500);
}
