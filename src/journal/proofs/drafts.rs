//! Drafts: whose they are, and what they may not do.

use super::simulated::Simulated;
use super::{course, folder, note, open, put, texts};
use crate::journal::disk::Disk;
use crate::journal::names::NEW;
use crate::journal::{Opened, Operation};

fn drafts(disk: &Simulated) -> Vec<String> {
    let mut names = disk.list(&folder()).unwrap();
    names.retain(|name| name.starts_with("draft") && !name.ends_with(NEW));
    names
}

fn written(draft: Vec<Operation>) -> Vec<(String, String)> {
    let parts = draft.into_iter().map(|operation| match operation {
        Operation::Note { note, text, .. } => (note, text),
        other => panic!("{other:?}"),
    });
    parts.collect()
}

#[test]
fn a_draft_is_offered_when_its_window_has_ended_whatever_process_has_its_number() {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    one.journal.keep_draft(&one.ledger, &[note("evening", "first")]).unwrap();
    one.journal.keep_draft(&one.ledger, &[note("evening", "first words")]).unwrap();
    assert_eq!(drafts(&disk).len(), 1);
    // Another window of the very same process takes nothing from it, and overwrites nothing.
    let Opened { mut journal, ledger, .. } = open(&disk.shared());
    assert_eq!(journal.take_draft(&ledger, &course()), []);
    journal.keep_draft(&ledger, &[note("night", "other words")]).unwrap();
    assert_eq!(drafts(&disk).len(), 2);
    drop(one);
    // One that an older version left under the number of a process that runs, such as this.
    let old = serde_json::to_vec(&[note("morning", "older words")]).unwrap();
    put(&disk, &folder().join(format!("draft-{}.json", std::process::id())), &old);

    let mut offered = Vec::new();
    let mut windows = Vec::new();
    for _ in 0..3 {
        let Opened { mut journal, ledger, .. } = open(&disk.shared());
        offered.extend(written(journal.take_draft(&ledger, &course())));
        windows.push(journal);
    }
    offered.sort();
    let words = [("evening", "first words"), ("morning", "older words")];
    assert_eq!(offered, words.map(|(name, text)| (name.to_owned(), text.to_owned())));
    assert_eq!(drafts(&disk).len(), 3);
}

#[test]
fn a_draft_stands_beside_what_was_written_since_it_began() {
    let disk = Simulated::new();
    let mut one = open(&disk.shared());
    one.journal.append(&mut one.ledger, vec![note("evening", "as it was"), note("night", "quiet")]).unwrap();
    let draft = [note("evening", "as it was, and more"), note("night", "quiet, and more")];
    one.journal.keep_draft(&one.ledger, &draft).unwrap();
    drop(one);
    let mut two = open(&disk.shared());
    two.journal.append(&mut two.ledger, vec![note("evening", "newer words")]).unwrap();
    let taken = two.journal.take_draft(&two.ledger, &course());
    let names: Vec<String> = written(taken.clone()).into_iter().map(|(name, _)| name).collect();
    assert!(names[0].starts_with("evening+"), "{names:?}");
    assert_eq!(names[1], "night", "nothing else was written there since");
    two.journal.append(&mut two.ledger, taken).unwrap();
    let mut all = texts(&two.ledger);
    all.sort();
    assert_eq!(all, ["as it was, and more", "newer words", "quiet, and more"]);
}
