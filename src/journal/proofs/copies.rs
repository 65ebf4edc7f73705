//! The same words that came in several ways, by an import and by a merge: one note.

use super::simulated::Simulated;
use super::{content, course, folder, note, on, open, plan, put, texts, today};
use crate::course::ItemId;
use crate::journal::disk::Disk;
use crate::journal::names::LOG;
use crate::journal::{Days, EraseScope, Journal, Ledger, Opened, Operation};

/// A device with a disk of its own.
fn device(machine: u64) -> (Simulated, Opened) {
    let disk = Simulated::new();
    let opened = Journal::open_in(&folder(), on(&disk.shared(), machine)).unwrap();
    (disk, opened)
}

fn write(Opened { journal, ledger, .. }: &mut Opened, operations: Vec<Operation>) {
    for operation in operations {
        journal.add(ledger, operation);
    }
    journal.retry(ledger).unwrap();
}

fn export(ledger: &Ledger) -> Vec<Operation> {
    ledger.current_operations(&course(), &Days::default())
}

fn import(to: &mut Opened, file: Vec<Operation>) {
    let new = to.ledger.incoming_with_words(file, today()).new;
    write(to, new);
}

/// Copies the logs of one device to another, under names of its own, which reads them.
fn copy_logs(from: &Simulated, disk: &Simulated, to: &mut Opened) {
    let logs = folder().join("log");
    for name in from.list(&logs).unwrap().into_iter().filter(|name| name.ends_with(LOG)) {
        put(disk, &logs.join(&name), &content(from, &logs.join(&name)));
    }
    to.journal.refresh(&mut to.ledger).unwrap();
}

fn plan_of(ledger: &Ledger) -> String {
    ledger.if_then(&course(), &ItemId::new("item")).map(|plan| plan.cue.clone()).unwrap_or_default()
}

#[test]
fn words_that_were_imported_and_merged_are_one_note_in_any_order() {
    let (disk, mut one) = device(1);
    write(&mut one, vec![note("evening", "rain"), note("night", "stars")]);
    let file = export(&one.ledger);
    for merges_first in [false, true] {
        let (other_disk, mut other) = device(2);
        if merges_first {
            copy_logs(&disk, &other_disk, &mut other);
        }
        import(&mut other, file.clone());
        copy_logs(&disk, &other_disk, &mut other);
        import(&mut other, file.clone());
        assert_eq!(texts(&other.ledger), ["rain", "stars"], "merged first: {merges_first}");
        assert_eq!(export(&other.ledger), file);
        // And back.
        let (mut again, disk) = (open(&disk.after_the_worst().shared()), disk.after_the_worst());
        copy_logs(&other_disk, &disk, &mut again);
        assert_eq!(texts(&open(&disk.shared()).ledger), ["rain", "stars"]);
    }
}

#[test]
fn one_file_that_both_have_imported_is_one_note_for_each_of_its_notes() {
    let (_, mut third) = device(3);
    write(&mut third, vec![note("evening", "rain"), note("night", "stars")]);
    let file = export(&third.ledger);
    let ((disk, mut one), (other_disk, mut other)) = (device(1), device(2));
    // One of them had words of her own for that evening.
    write(&mut one, vec![note("evening", "wind")]);
    import(&mut one, file.clone());
    import(&mut other, file);
    copy_logs(&disk, &other_disk, &mut other);
    copy_logs(&other_disk, &disk, &mut one);
    let mut all = texts(&one.ledger);
    all.sort();
    assert_eq!(all, ["rain", "stars", "wind"]);
    assert_eq!(one.ledger, other.ledger);
}

#[test]
fn changing_and_emptying_a_note_reaches_its_copies_also_those_that_come_later() {
    for text in ["sun", ""] {
        let ((disk, mut one), (other_disk, mut other)) = (device(1), device(2));
        write(&mut one, vec![note("night", "stars"), note("evening", "rain")]);
        import(&mut other, export(&one.ledger));
        // The copy of the other device is not known here.
        write(&mut one, vec![note("evening", text)]);
        copy_logs(&disk, &other_disk, &mut other);
        let shown: Vec<String> = texts(&other.ledger).into_iter().filter(|shown| shown != "stars").collect();
        let expected: Vec<&str> = [text].into_iter().filter(|text| !text.is_empty()).collect();
        assert_eq!(shown, expected);
        // Written once more, it is there once more.
        write(&mut other, vec![note("evening", "rain")]);
        copy_logs(&other_disk, &disk, &mut one);
        assert_eq!(one.ledger, other.ledger);
        assert!(texts(&one.ledger).contains(&"rain".to_owned()), "{:?}", texts(&one.ledger));
    }
}

#[test]
fn changing_and_emptying_a_note_reaches_the_copies_that_are_here() {
    let ((disk, mut one), (other_disk, mut other)) = (device(1), device(2));
    write(&mut one, vec![note("evening", "rain")]);
    write(&mut other, vec![note("evening", "wind"), note("night", "stars")]);
    import(&mut other, export(&one.ledger));
    copy_logs(&disk, &other_disk, &mut other);
    let shown = other.ledger.notes(&course()).into_iter().find(|note| note.text == "rain").unwrap();
    write(&mut other, vec![note(&shown.note, "")]);
    assert!(!texts(&other.ledger).contains(&"rain".to_owned()), "{:?}", texts(&other.ledger));
    assert_eq!(open(&other_disk.shared()).ledger, other.ledger);
}

#[test]
fn erasing_words_erases_every_copy_of_them() {
    let ((disk, mut one), (other_disk, mut other)) = (device(1), device(2));
    write(&mut one, vec![note("evening", "hollow")]);
    import(&mut other, export(&one.ledger));
    copy_logs(&disk, &other_disk, &mut other);
    other.journal.erase(&mut other.ledger, EraseScope::Words).unwrap();
    copy_logs(&other_disk, &disk, &mut one);
    for disk in [&disk, &other_disk] {
        assert!(!super::removal::is_anywhere(disk, "hollow"));
    }
}

#[test]
fn words_of_a_plan_that_differ_in_an_import_are_a_note_as_they_are_after_a_merge() {
    let ((disk, mut one), (other_disk, mut other)) = (device(1), device(2));
    write(&mut one, vec![plan("item", "walk")]);
    write(&mut other, vec![plan("item", "swim")]);
    let file = export(&one.ledger);
    import(&mut other, file.clone());
    assert_eq!((plan_of(&other.ledger), texts(&other.ledger)), ("swim".into(), vec!["walk".to_owned()]));
    let again = other.ledger.incoming_with_words(file, today());
    assert_eq!((again.new, again.as_notes), (Vec::new(), 1), "a second time changes nothing");
    // The plan itself comes too: its words stand once, wherever they stand.
    copy_logs(&disk, &other_disk, &mut other);
    let mut all = texts(&other.ledger);
    all.push(plan_of(&other.ledger));
    all.sort();
    assert_eq!(all, ["swim", "walk"]);
    let shown = other.ledger.notes(&course())[0].clone();
    write(&mut other, vec![note(&shown.note, "")]);
    assert_eq!(texts(&other.ledger), Vec::<String>::new());
    assert_eq!(open(&other_disk.shared()).ledger, other.ledger);
    // A plan that is changed by somebody who knew it leaves no copy of its words behind.
    write(&mut other, vec![plan("item", "run")]);
    assert_eq!(texts(&other.ledger), Vec::<String>::new());
}
