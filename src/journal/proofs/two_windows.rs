//! Two windows or devices that write the same thing without knowing of each other: both texts stay.

use super::simulated::Simulated;
use super::{content, course, folder, log_path, note, on, open, plan, put, texts};
use crate::course::{ItemId, Side};
use crate::journal::{
    Choice, Chosen, EraseScope, ItemStatus, Journal, Ledger, Opened, Operation, OwnItem, Replaced, replaced,
};

fn own_item(text: &str, status: ItemStatus) -> Operation {
    let own = OwnItem { status, ..OwnItem::new(Side::Avoid, text.to_owned(), String::new()) };
    let chosen = Chosen::OwnItem { item: ItemId::new("own-1"), own };
    Operation::Choice(Choice { course: course(), chosen })
}

fn planned(ledger: &Ledger) -> String {
    ledger.if_then(&course(), &ItemId::new("item")).map(|plan| plan.cue.clone()).unwrap_or_default()
}

/// Writes as a session does: shown at once, on the disk afterwards.
fn write(Opened { journal, ledger, .. }: &mut Opened, operation: Operation) {
    journal.add(ledger, operation);
    journal.retry(ledger).unwrap();
}

#[test]
fn two_windows_that_write_one_plan_keep_both_texts_and_say_so() {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    write(&mut one, plan("item", "as it was"));
    let mut two = open(&disk.shared());
    write(&mut one, plan("item", "words of one"));
    assert_eq!(one.journal.take_notices(), Vec::<String>::new());
    write(&mut two, plan("item", "words of two"));
    let notices = two.journal.take_notices();
    assert!(notices.iter().any(|notice| notice.contains("at the same time")), "{notices:?}");
    one.journal.refresh(&mut one.ledger).unwrap();
    for ledger in [&one.ledger, &two.ledger, &open(&disk.shared()).ledger] {
        assert_eq!(
            (planned(ledger).as_str(), texts(ledger)),
            ("words of two", vec!["words of one".to_owned()])
        );
    }
    // From here on both are known, and nothing more is kept beside.
    write(&mut one, plan("item", "later words"));
    assert_eq!(texts(&one.ledger), ["words of one"]);
    assert_eq!(one.journal.take_notices(), Vec::<String>::new());
}

#[test]
fn two_windows_that_write_one_own_item_keep_both_texts() {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    write(&mut one, own_item("I went out", ItemStatus::Active));
    let mut two = open(&disk.shared());
    write(&mut one, own_item("I went for a walk", ItemStatus::Active));
    write(&mut two, own_item("I went for a run", ItemStatus::Active));
    let again = open(&disk.shared());
    assert_eq!(again.ledger, two.ledger);
    let own: Vec<&str> = again.ledger.own_items(&course()).map(|(_, own)| own.text.as_str()).collect();
    assert_eq!((own, texts(&again.ledger)), (vec!["I went for a run"], vec!["I went for a walk".to_owned()]));
    let shown = again.ledger.notes(&course());
    assert_eq!(replaced(&shown[0].note), Some(Replaced::OwnItem));
}

#[test]
fn replaced_words_are_changed_and_removed_like_any_note_and_do_not_come_back() {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    let mut two = open(&disk.shared());
    write(&mut one, plan("item", "words of one"));
    write(&mut two, plan("item", "words of two"));
    let shown = two.ledger.notes(&course())[0].clone();
    assert_eq!(two.ledger.note(&course(), &shown.note), Some(shown.clone()));
    write(&mut two, note(&shown.note, "words of one, mended"));
    assert_eq!(texts(&two.ledger), ["words of one, mended"]);
    assert_eq!(open(&disk.shared()).ledger, two.ledger);
    write(&mut two, note(&shown.note, ""));
    let again = open(&disk.shared());
    assert_eq!((planned(&again.ledger).as_str(), texts(&again.ledger)), ("words of two", Vec::new()));
    assert_eq!(again.ledger, two.ledger);
}

#[test]
fn plans_of_two_devices_stay_whatever_order_their_logs_arrive_in() {
    let (here, there) = (Simulated::new(), Simulated::new());
    let mut one = open(&here.shared());
    let mut two = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    write(&mut one, plan("item", "words of one"));
    write(&mut two, plan("item", "words of two"));
    write(&mut two, plan("item", "words of two, mended"));
    let (log, other) = (content(&here, &log_path(&here)), content(&there, &log_path(&there)));
    put(&here, &folder().join("log/from-there.jsonl"), &other);
    put(&there, &folder().join("log/from-here.jsonl"), &log);
    let one = open(&here.shared());
    let two = Journal::open_in(&folder(), on(&there.shared(), 2)).unwrap();
    assert_eq!(one.ledger, two.ledger);
    assert_eq!(planned(&one.ledger), "words of two, mended");
    assert_eq!(texts(&one.ledger), ["words of one"]);
}

#[test]
fn plans_of_the_format_before_replace_what_was_there() {
    let disk = Simulated::new();
    let mut opened = open(&disk.shared());
    for text in ["first", "second"] {
        write(&mut opened, plan("item", text));
    }
    let log = log_path(&disk);
    let line = |line: &str| {
        let (start, rest) = line.split_once(",\"over\":").unwrap();
        let (_, rest) = rest.split_once(']').unwrap();
        let body = format!("{start}{}", rest.rsplit_once(",\"sum\"").unwrap().0).replace("1.2", "1.1");
        format!("{body},\"sum\":\"{:08x}\"}}\n", crc32fast::hash(body.as_bytes()))
    };
    let old: String = String::from_utf8(content(&disk, &log)).unwrap().lines().map(line).collect();
    put(&disk, &log, old.as_bytes());
    let again = open(&disk.shared());
    assert_eq!((planned(&again.ledger).as_str(), texts(&again.ledger)), ("second", Vec::new()));
}

#[test]
fn replaced_words_are_erased_with_all_others() {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    let mut two = open(&disk.shared());
    write(&mut one, plan("item", "words of one"));
    write(&mut two, plan("item", "words of two"));
    two.journal.erase(&mut two.ledger, EraseScope::Words).unwrap();
    assert_eq!((planned(&two.ledger).as_str(), texts(&two.ledger)), ("", Vec::new()));
    for words in ["words of one", "words of two"] {
        assert!(!super::removal::is_anywhere(&disk, words), "{words}");
    }
}

/// A journal with two texts under one name, and the name under which the older is shown.
fn with_an_older_version(first: [Operation; 2]) -> (Simulated, Opened, String) {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    let mut two = open(&disk.shared());
    let [of_one, of_two] = first;
    write(&mut one, of_one);
    write(&mut two, of_two);
    let shown = two.ledger.notes(&course()).into_iter().find(|note| note.text == "words of one").unwrap();
    (disk, two, shown.note)
}

#[test]
fn a_change_of_an_older_version_is_what_is_shown_while_it_is_not_saved() {
    let note_of = |text: &str| note("evening", text);
    let plan_of = |text: &str| plan("item", text);
    for texts_of in [&note_of as &dyn Fn(&str) -> Operation, &plan_of] {
        for changed in ["words of one, mended", ""] {
            let (disk, mut two, name) =
                with_an_older_version([texts_of("words of one"), texts_of("words of two")]);
            assert!(name.contains('~'), "{name}");
            two.journal.add(&mut two.ledger, note(&name, changed));
            let now = two.ledger.note(&course(), &name).map(|note| note.text).unwrap_or_default();
            assert_eq!(now, changed, "what undoing compares");
            assert!(!texts(&two.ledger).contains(&"words of one".to_owned()), "{:?}", texts(&two.ledger));
            let unsaved = texts(&two.ledger);
            two.journal.retry(&mut two.ledger).unwrap();
            assert_eq!(texts(&two.ledger), unsaved);
            assert_eq!(open(&disk.shared()).ledger, two.ledger);
        }
    }
}

#[test]
fn an_older_version_is_shown_while_a_change_of_the_latest_is_not_saved() {
    let (_disk, mut two, name) =
        with_an_older_version([note("evening", "words of one"), note("evening", "words of two")]);
    two.journal.add(&mut two.ledger, note("evening", "words of two, mended"));
    let unsaved = texts(&two.ledger);
    assert_eq!(unsaved, ["words of two, mended", "words of one"]);
    assert_eq!(two.ledger.note(&course(), &name).map(|note| note.text).unwrap_or_default(), "words of one");
    two.journal.retry(&mut two.ledger).unwrap();
    assert_eq!(texts(&two.ledger), unsaved);
}
