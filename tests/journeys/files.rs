//! Sessions with a text of one's own instead of a course: what is beside it, and where its links
//! lead.

use crate::journey::{Journey, ends_as, journeys};
use crate::support::Reader;
use crate::{MEDIUM, NARROW, WIDE};
use sidelight::reader::pane::Pane;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

journeys! {
    the_text_stands_alone: WIDE, "z";
    the_text_alone_and_the_panes_again: WIDE, "zz" => the_first_start_opens_the_first_lesson;
    another_pane_brings_them_back: WIDE, "z<Tab><Shift-Tab>" => the_first_start_opens_the_first_lesson;
    the_text_alone_on_a_medium_screen: MEDIUM, "]z";
    the_tour_is_one_key_away: WIDE, "T" => a_course_from_the_shelf_opens_in_the_same_session;
    and_one_key_leads_back_from_it: WIDE, "]]T<Ctrl-o>" => the_page_to_read_first_is_one_key_away;
    its_key_leads_back_from_anywhere_in_it: WIDE, "]]T]]]s]T" => the_page_to_read_first_is_one_key_away;
    and_forward_to_it_again: WIDE, "T<Ctrl-o><Ctrl-n>j<Up>" => the_tour_is_at_hand_again;
    the_tour_is_at_hand_again: WIDE, "Tj<Up>";
    where_no_pictures_can_be_shown_their_key_says_so: WIDE, "i";
}

/// A text with sections and links, and what lies around it.
pub(crate) fn guide(root: &Path) -> PathBuf {
    let write = |name: &str, text: &str| {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let sections = (1..=9).map(|number| format!("\n## Section {number}\n\n{}", "Some words.\n\n".repeat(6)));
    let links = "[beside](beside.md), [deeper](deep/below.md#the-end), [above](../above.md), \
                 [a picture](drawing.png), [nothing](nothing.md)\n";
    write("in/guide.md", &format!("# A guide\n\n{links}{}", sections.collect::<String>()));
    write("in/beside.md", "# Beside\n\nThis lies beside it.\n");
    let middle = "More words.\n\n".repeat(40);
    write("in/deep/below.md", &format!("# Below\n\n{middle}## The end\n\nHere it ends.\n"));
    write("in/drawing.png", "no text");
    write("above.md", "# Above\n");
    root.join("in/guide.md")
}

/// Opens the guide.
pub(crate) fn opened(size: (u16, u16), root: &Path) -> Reader {
    Reader::of(size, Some(&guide(root)))
}

fn title(reader: &mut Reader) -> String {
    reader.session().world().course.title.clone()
}

#[test]
fn the_navigator_of_a_single_text_has_its_headings_and_no_pane_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = opened(WIDE, folder.path());
    let screen = reader.screen();
    assert!(screen.contains("Section 3  ") && screen.contains("Section 9"), "{screen}");
    assert!(!screen.contains("TODAY") && !screen.contains("last one to read"), "{screen}");
    assert_eq!(reader.session().world().course.items.len(), 0);
    assert!(reader.state().geometry().text.width == 72, "the text has the room of the empty pane");
    // The section that is read is selected and gone to with Enter.
    reader.types("<Shift-Tab>jjjj<Enter>");
    let first = reader.screen().lines().nth(2).unwrap().to_owned();
    assert!(first.contains("Section 4"), "{first}");
    assert_eq!(reader.state().focus, Pane::Reading);
    reader.types("<Ctrl-o>");
    assert!(reader.screen().lines().nth(2).unwrap().contains("A guide"), "{}", reader.screen());
}

#[test]
fn a_checklist_without_items_is_there_when_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    for size in [WIDE, MEDIUM, NARROW] {
        let mut reader = opened(size, folder.path());
        assert!(!reader.screen().contains("TODAY"));
        reader.types("<Tab>");
        assert!(reader.screen().contains("There is no checklist"), "{}", reader.screen());
        reader.types("<Tab><Tab>");
        assert!(!reader.screen().contains("TODAY"), "{}", reader.screen());
    }
}

#[test]
fn no_key_for_items_is_named_where_the_text_teaches_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = opened(WIDE, folder.path());
    let footer = reader.types("j").screen().lines().last().unwrap().to_owned();
    assert!(footer.contains("Space/b page") && !footer.contains("item"), "{footer}");
    assert!(!reader.types("?").screen().contains("the item taught here"), "{}", reader.screen());
}

#[test]
fn a_text_with_nothing_around_it_has_the_whole_screen() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plain.md");
    std::fs::write(&file, "# Plain\n\nNothing but this.\n").unwrap();
    let reader = Reader::of(WIDE, Some(&file));
    let geometry = reader.state().geometry();
    assert!(geometry.navigator.is_none() && geometry.checklist.is_none());
    assert_eq!(geometry.reading, Some(geometry.body));
}

#[test]
fn a_link_to_a_file_beside_opens_it_and_one_key_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = opened(WIDE, folder.path());
    reader.types("l");
    assert!(reader.screen().contains("Enter opens: beside.md"), "{}", reader.screen());
    reader.types("<Enter>");
    assert_eq!(title(&mut reader), "beside.md", "{}", reader.screen());
    reader.types("<Ctrl-o>");
    assert_eq!(title(&mut reader), "guide.md");
    reader.types("<Ctrl-n>");
    assert_eq!(title(&mut reader), "beside.md");
}

#[test]
fn a_link_into_a_section_of_another_file_shows_that_section() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = opened(NARROW, folder.path());
    reader.types("ll<Enter>");
    assert_eq!(title(&mut reader), "below.md");
    assert!(reader.screen().contains("Here it ends"), "{}", reader.screen());
    reader.types("<Ctrl-o>");
    assert_eq!(title(&mut reader), "guide.md");
}

#[test]
fn no_link_of_a_single_text_leads_above_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut reader = opened(WIDE, root);
    std::os::unix::fs::symlink("../above.md", root.join("in/nothing.md")).unwrap();
    for (keys, said) in
        [("lll<Enter>", "points outside this folder"), ("lllll<Enter>", "leads out of this folder")]
    {
        reader.types("<Esc>").types(keys);
        assert_eq!(title(&mut reader), "guide.md");
        assert!(reader.screen().contains(said), "{said}\n{}", reader.screen());
    }
}

#[test]
fn the_tour_is_never_what_was_read_last() {
    let mut reader = Reader::new(WIDE);
    let course = reader.session().world().course.id.clone();
    reader.types("TO");
    let screen = reader.screen();
    assert!(screen.contains("> Reconcile") && screen.contains("A tour of the keys"), "{screen}");
    let recent = std::fs::read_to_string(reader.folder().join("shelf.json")).unwrap();
    assert!(recent.contains(course.as_str()) && !recent.contains("tour"), "{recent}");
}

#[test]
fn the_tour_says_what_is_true_of_hiding_and_of_the_page_for_danger() {
    let mut reader = Reader::new(WIDE);
    reader.types("T]s");
    assert!(reader.screen().contains("Out of sight"), "{}", reader.screen());
    reader.types("<Ctrl-g>");
    assert_eq!(reader.screen().trim(), "");
    reader.types("<Ctrl-o>");
    assert!(reader.screen().contains("When someone comes in"), "{}", reader.screen());
}
